/* tests/rostertest.c - see rostertest.h. */
#include "tests/rostertest.h"

#include <stdio.h>
#include <string.h>

struct peek look_begin(struct store *s)
{
	struct err e = {0};
	struct peek l = {.a = arena_new()};
	must(view_begin(s, &l.v, &e), &e, "view");
	must(book_load(l.v, &l.b, &e), &e, "book");
	return l;
}

void look_end(struct peek *l)
{
	book_free(l->b);
	view_end(l->v);
	arena_free(l->a);
}

static void put(struct change *c, struct id id, int field, struct value v)
{
	struct err e = {0};
	must(change_set(c, TYPE_VOLUNTEER, id, field, v, &e), &e, "field");
}

static void put_text(struct change *c, struct id id, int field, const char *s)
{
	if (s)
		put(c, id, field, value_text(s));
}

static void put_int(struct change *c, struct id id, int field, int64_t i)
{
	if (i)
		put(c, id, field, value_int(i));
}

static size_t count_roles(const struct test_person *p)
{
	size_t n = 0;
	while (n < sizeof p->roles / sizeof *p->roles && !id_is_none(p->roles[n]))
		n++;
	return n;
}

static void put_fields(struct change *c, struct id id, const struct test_person *p)
{
	put_text(c, id, F_VOLUNTEER_GIVEN, p->given);
	put_text(c, id, F_VOLUNTEER_FAMILY, p->family);
	put_text(c, id, F_VOLUNTEER_PHONE, p->phone);
	put_text(c, id, F_VOLUNTEER_EMAIL, p->email);
	put_text(c, id, F_VOLUNTEER_WISHES, p->wishes);
	put_int(c, id, F_VOLUNTEER_BORN, p->born);
	put_int(c, id, F_VOLUNTEER_CONFIDENTIALITY, p->confidentiality);
	put_int(c, id, F_VOLUNTEER_STARTED, p->started);
	put_int(c, id, F_VOLUNTEER_PAUSE_UNTIL, p->pause_until);
	put_int(c, id, F_VOLUNTEER_STATUS, p->status ? p->status : VOLUNTEER_ACTIVE);
	put_int(c, id, F_VOLUNTEER_CHILD_CHECK, p->child_check);
	put_int(c, id, F_VOLUNTEER_MAX_PER_MONTH, p->max_per_month);
	put_int(c, id, F_VOLUNTEER_FREQUENCY, p->frequency);
	if (!id_is_none(p->organisation))
		put(c, id, F_VOLUNTEER_ORGANISATION, value_id(p->organisation));
}

struct id test_person(struct store *s, const struct test_person *p)
{
	struct err e = {0};
	struct change *c;
	struct view *v;
	must(view_begin(s, &v, &e), &e, "view");
	must(change_begin(s, ACT_ADD, &c, &e), &e, "begin");
	struct id id = change_new(c, TYPE_VOLUNTEER);
	change_arg(c, value_id(id));
	put_fields(c, id, p);
	must(act_set_roles(c, v, id, p->roles, count_roles(p), &e), &e, "roles");
	view_end(v);
	must(change_commit(c, NULL, &e), &e, "commit");
	return id;
}

struct id test_org(struct store *s, const char *name)
{
	struct err e = {0};
	struct change *c;
	must(change_begin(s, ACT_ADD, &c, &e), &e, "begin");
	struct id id = change_new(c, TYPE_ORGANISATION);
	must(change_set(c, TYPE_ORGANISATION, id, F_ORGANISATION_NAME, value_text(name), &e), &e, "name");
	must(change_commit(c, NULL, &e), &e, "commit");
	return id;
}

civil_date test_day(const char *date)
{
	int y, m, d;
	return sscanf(date, "%d-%d-%d", &y, &m, &d) == 3 ? civil_from_ymd(y, m, d) : DATE_NONE;
}

civil_min test_at(const char *date, int hour, int minute)
{
	return cmin_at(test_day(date), hour * 60 + minute);
}

const struct person *test_find(struct peek *l, struct id id)
{
	const struct person *p = book_person(l->b, id);
	must(p ? OK : ERR_NOTFOUND, NULL, "a person of the test");
	return p;
}
