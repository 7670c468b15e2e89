/* tests/storetest.c - see storetest.h. */
#include "tests/storetest.h"

#include <stdio.h>
#include <stdlib.h>

#define START INT64_C(1764576000)

static int64_t read_clock(void *ctx)
{
	struct test_clock *c = ctx;
	return c->t ? c->t : START;
}

struct os_clock test_clock(struct test_clock *c)
{
	return (struct os_clock){ read_clock, c };
}

void must(int rc, const struct err *e, const char *what)
{
	if (rc == OK)
		return;
	printf("Bail out! %s: %d %s\n", what, rc, e ? e->text : "");
	exit(99);
}

const char *test_path(const char *name)
{
	static char path[4][4200];
	static unsigned next;
	char *p = path[next++ % 4];
	snprintf(p, sizeof path[0], "%s/%s", test_dir(), name);
	return p;
}

struct buf test_read(const char *path)
{
	struct buf b = {0};
	struct err e;
	must(os_read_file(path, 1 << 30, &b, &e), &e, "read");
	return b;
}

void test_write(const char *path, const char *p, size_t n)
{
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(p, 1, n, f) != n)
		must(ERR_IO, NULL, "write");
	fclose(f);
}

struct store *test_open(const char *name, struct test_clock *c)
{
	struct err e = { 0 };
	struct store *s;
	struct store_opts opts = { .clock = test_clock(c), .eager = true };
	must(store_open(test_path(name), &opts, &s, &e), &e, "open");
	return s;
}

struct store *test_store(const char *name, struct test_clock *c)
{
	struct err e = { 0 };
	struct os_clock clock = test_clock(c);
	struct store_new how = { .site = "Viborg", .person = "Anna" };
	must(store_create(test_path(name), &how, &clock, &e), &e, "create");
	return test_open(name, c);
}

static struct change *begin(struct store *s, enum act_no act)
{
	struct err e = { 0 };
	struct change *c;
	must(change_begin(s, act, &c, &e), &e, "begin");
	return c;
}

static void put(struct change *c, int type, struct id id, int field, struct value v)
{
	struct err e = { 0 };
	must(change_set(c, type, id, field, v, &e), &e, "set");
}

static struct change_result commit(struct change *c)
{
	struct err e = { 0 };
	struct change_result r;
	must(change_commit(c, &r, &e), &e, "commit");
	return r;
}

struct id test_unit(struct store *s, const char *name)
{
	struct change *c = begin(s, ACT_ADD);
	struct id id = change_new(c, TYPE_UNIT);
	put(c, TYPE_UNIT, id, F_UNIT_NAME, value_text(name));
	commit(c);
	return id;
}

struct id test_role(struct store *s, const char *name)
{
	struct change *c = begin(s, ACT_ADD);
	struct id id = change_new(c, TYPE_ROLE);
	put(c, TYPE_ROLE, id, F_ROLE_NAME, value_text(name));
	commit(c);
	return id;
}

struct id test_volunteer(struct store *s, const char *given, const char *family)
{
	struct change *c = begin(s, ACT_ADD);
	struct id id = change_new(c, TYPE_VOLUNTEER);
	put(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_GIVEN, value_text(given));
	if (family)
		put(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_FAMILY, value_text(family));
	put(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ACTIVE));
	change_arg(c, value_id(id));
	commit(c);
	return id;
}

struct id test_shift(struct store *s, struct id unit, struct id role, civil_min start, civil_min end, int need)
{
	struct change *c = begin(s, ACT_ADD);
	struct id id = change_new(c, TYPE_SHIFT);
	put(c, TYPE_SHIFT, id, F_SHIFT_UNIT, value_id(unit));
	put(c, TYPE_SHIFT, id, F_SHIFT_ROLE, value_id(role));
	put(c, TYPE_SHIFT, id, F_SHIFT_START, value_int(start));
	put(c, TYPE_SHIFT, id, F_SHIFT_END, value_int(end));
	put(c, TYPE_SHIFT, id, F_SHIFT_NEED, value_int(need));
	put(c, TYPE_SHIFT, id, F_SHIFT_STATE, value_int(SHIFT_PUBLISHED));
	commit(c);
	return id;
}

struct id test_assign(struct store *s, struct id shift, struct id volunteer, int state)
{
	struct change *c = begin(s, ACT_ASSIGN);
	struct id id = id_assignment(shift, volunteer);
	change_arg(c, value_id(volunteer));
	change_arg(c, value_id(shift));
	change_make(c, TYPE_ASSIGNMENT, id);
	put(c, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_SHIFT, value_id(shift));
	put(c, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_VOLUNTEER, value_id(volunteer));
	put(c, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_STATE, value_int(state));
	commit(c);
	return id;
}

struct change_result test_set(struct store *s, int type, struct id id, int field, struct value v)
{
	struct change *c = begin(s, ACT_EDIT);
	change_arg(c, value_id(id));
	put(c, type, id, field, v);
	return commit(c);
}

struct change_result test_delete(struct store *s, int type, struct id id)
{
	struct change *c = begin(s, ACT_DELETE);
	change_arg(c, value_id(id));
	change_delete(c, type, id);
	return commit(c);
}

struct change_result test_undo_newest(struct store *s)
{
	struct change_result r;
	struct view *v;
	struct dot dot;
	struct err e;
	must(view_begin(s, &v, &e), &e, "view");
	must(change_undoable(v, &dot, &e), &e, "newest change");
	view_end(v);
	must(change_undo(s, dot, &r, &e), &e, "undo");
	return r;
}
