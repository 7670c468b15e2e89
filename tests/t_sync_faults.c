/* tests/t_sync_faults.c - meetings in which one call of the stick fails, alone or with all that come after it (it was
 * pulled): nothing is lost, nothing half is taken, and the next meeting makes it good. */
#include "tests/synctest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_priv.h"

struct faulty { struct folder_io real; int calls, fail_at; bool gone; };

static int call(void *ctx, struct err *e)
{
	struct faulty *f = ctx;
	int now = f->calls++;
	if (f->fail_at < 0 || now < f->fail_at || (now > f->fail_at && !f->gone))
		return OK;
	return err_set(e, ERR_IO, "the stick failed");
}

static int make_dir(void *ctx, const char *path, struct err *e)
{
	int rc = call(ctx, e);
	return rc ? rc : ((struct faulty *)ctx)->real.make_dir(NULL, path, e);
}

static int list(void *ctx, struct arena *a, const char *path, struct folder_entry **out, size_t *n, struct err *e)
{
	int rc = call(ctx, e);
	return rc ? rc : ((struct faulty *)ctx)->real.list(NULL, a, path, out, n, e);
}

static int read_file(void *ctx, const char *path, size_t max, struct buf *b, struct err *e)
{
	int rc = call(ctx, e);
	return rc ? rc : ((struct faulty *)ctx)->real.read(NULL, path, max, b, e);
}

/* What fails may have been written in part. */
static int write_file(void *ctx, const char *path, const void *p, size_t n, struct err *e)
{
	struct folder_io *real = &((struct faulty *)ctx)->real;
	int rc = call(ctx, e), done = real->write(NULL, path, p, rc ? n / 2 : n, rc ? NULL : e);
	return rc ? rc : done;
}

static int publish(void *ctx, const char *from, const char *to, struct err *e)
{
	int rc = call(ctx, e);
	return rc ? rc : ((struct faulty *)ctx)->real.publish(NULL, from, to, e);
}

static int remove_file(void *ctx, const char *path, struct err *e)
{
	int rc = call(ctx, e);
	return rc ? rc : ((struct faulty *)ctx)->real.remove(NULL, path, e);
}

static int settle(void *ctx, const char *path, struct err *e)
{
	(void)path;
	return call(ctx, e);
}

static struct folder_io faulty_io(struct faulty *f)
{
	f->real = folder_io_real();
	return (struct folder_io){make_dir, list, read_file, write_file, publish, remove_file, remove_file, settle, read_file, f};
}

/* ---- one world ---------------------------------------------------------------------------------------- */

struct world { struct site at[2]; struct id anna; int edits; };

static void edit(struct world *w, struct site *site)
{
	char text[20];
	snprintf(text, sizeof text, "%08d", 20000000 + ++w->edits);
	test_set(site->s, TYPE_VOLUNTEER, w->anna, F_VOLUNTEER_PHONE, value_text(text));
}

static int meet_with(struct site *site, const char *dir, struct faulty *f)
{
	struct folder_io io = faulty_io(f);
	struct sync_opts opts = {.io = &io};
	struct sync_result r;
	struct arena *a = arena_new();
	int rc = sync_meet(site->s, dir, &opts, a, &r, NULL);
	arena_free(a);
	return rc;
}

/* Both have news; the first meets well, the second has the fault. */
static void try_at(struct world *w, const char *dir, struct faulty *f, int *well)
{
	struct faulty none = {.fail_at = -1};
	edit(w, &w->at[0]);
	edit(w, &w->at[1]);
	if (meet_with(&w->at[0], dir, &none))
		diag("a meeting without a fault failed");
	*well += meet_with(&w->at[1], dir, f) == OK;
}

static void test_faults(bool gone)
{
	struct world w = {.edits = 0};
	struct faulty count = {.fail_at = -1};
	const char *dir = stick(gone ? "pulled" : "failing");
	int well = 0, unequal = 0, calls;
	site_first(&w.at[0], "Viborg");
	w.anna = test_volunteer(w.at[0].s, "Anna", "Holm");
	site_join(&w.at[1], "Skejby", &w.at[0], RING_FULL);
	meet_all(w.at, 2, dir);
	try_at(&w, dir, &count, &well);
	calls = count.calls;
	for (int at = 0; at < calls; at++) {
		struct faulty f = {.fail_at = at, .gone = gone};
		try_at(&w, dir, &f, &well);
		meet_all(w.at, 2, dir);
		unequal += !are_equal(&w.at[0], &w.at[1]);
	}
	ok(calls > 8, "a meeting makes %d calls; each fails, %s", calls, gone ? "and all after it" : "alone");
	ok(!gone || well <= 3, "a meeting whose stick was pulled says so");
	is_int(unequal, 0, "after the next meeting both are equal");
	for (int i = 0; i < 2; i++)
		site_end(&w.at[i]);
}

/* One bit of the sum of all that a store holds, as if it held something else. */
static void spoil_sum(struct site *site)
{
	struct view *v;
	struct err e;
	struct kv_bytes head;
	uint8_t value[STORE_HEAD];
	must(view_begin(site->s, &v, &e), &e, "view");
	must(kv_get(&v->txn, KV_META, "h", 1, &head, &e), &e, "head");
	memcpy(value, head.p, sizeof value);
	view_end(v);
	value[STORE_HEAD - 1] ^= 1;
	struct kv_op op = {.table = KV_META, .nkey = 1, .key = "h", .value = value, .nvalue = sizeof value};
	const struct kv_op proof = op;
	must(kv_apply(site->s->kv, &op, 1, 0, &proof, &e), &e, "spoil");
}

static void test_differ(void)
{
	struct site at[2];
	struct sync_result r;
	struct err e;
	const char *dir = stick("alike"), *other = stick("unlike");
	site_first(&at[0], "Viborg");
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	spoil_sum(&at[1]);
	site_set(&at[1], anna, F_VOLUNTEER_CITY, "Viborg");
	meet(&at[1], other);
	is_int(try_meet(&at[0], other, &r, &e), ERR_CORRUPT, "who has seen the same and holds something else is met no further");
	ok(strstr(e.text, "Skejby") != NULL, "it is told who that is: %s", e.text);
	ok(r.received && r.diverged && r.files_written == 0, "what came stands, and nothing goes out");
	site_set(&at[0], anna, F_VOLUNTEER_PHONE, "11111111");
	is_int(try_meet(&at[0], other, &r, &e), OK, "who has seen more than that goes on");
	sites_end(at, 2);
}

int main(void)
{
	test_faults(false);
	test_faults(true);
	test_differ();
	return done_testing();
}
