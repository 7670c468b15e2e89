/* tests/t_index_form.c - a store whose index rows an earlier version wrote: it opens, is whole, and has no more of them
 * once it is open for writing. */
#include <string.h>

#include "store/doctor.h"
#include "store/index_form.h"
#include "tests/storetest.h"

enum { MANY = 5000 };            /* rows, more than go in one transaction */

static struct test_clock clock_;
static struct id unit, role, shift, place, corps;

static struct id make_corps(struct store *s)
{
	struct change *c;
	struct err e;
	must(change_begin(s, ACT_EDIT, &c, &e), &e, "change");
	struct id id = change_new(c, TYPE_ORGANISATION);
	must(change_set(c, TYPE_ORGANISATION, id, F_ORGANISATION_NAME, value_text("Vågetjenesten"), &e), &e, "name");
	must(change_commit(c, NULL, &e), &e, "commit");
	return id;
}

static void make_scene(void)
{
	struct store *s = test_store("s", &clock_);
	unit = test_unit(s, "Forhal");
	role = test_role(s, "Hospitalsguide");
	corps = make_corps(s);
	shift = test_shift(s, unit, role, 30000000, 30000180, 2);
	place = test_assign(s, shift, test_volunteer(s, "Anna", "Holm"), ASSIGNMENT_ACCEPTED);
	test_set(s, TYPE_ASSIGNMENT, place, F_ASSIGNMENT_ORGANISATION, value_id(corps));
	store_close(s);
}

static struct kv_op ref_op(struct id target, int type, int field, struct id from)
{
	struct kv_op op = { .table = KV_REF };
	size_t n = index_key_ref(op.key, target, type, field);
	memcpy(op.key + n, from.b, sizeof from.b);
	op.nkey = INDEX_REF_KEY;
	return op;
}

/* As it was before there was a number of the form. */
static void make_old(void)
{
	static struct kv_op op[MANY + 4];
	struct kv *kv;
	struct err e;
	size_t n = 0;
	must(kv_open(test_path("s"), 0, &kv, &e), &e, "open");
	for (uint64_t i = 0; i < MANY; i++)
		op[n++] = ref_op(unit, TYPE_SHIFT, F_SHIFT_UNIT, id_make(7, i + 1));
	op[n++] = ref_op(unit, TYPE_SHIFT, F_SHIFT_UNIT, shift);
	op[n++] = ref_op(role, TYPE_SHIFT, F_SHIFT_ROLE, shift);
	op[n++] = ref_op(corps, TYPE_ASSIGNMENT, F_ASSIGNMENT_ORGANISATION, place);
	op[n++] = (struct kv_op){ .table = KV_META, .nkey = 1, .key = "r", .del = true };
	const struct kv_op proof = op[0];
	must(kv_apply(kv, op, n, 0, &proof, &e), &e, "rows");
	kv_close(kv);
}

static size_t count_refs(void)
{
	struct kv_txn t;
	struct kv *kv;
	struct err e;
	size_t n;
	must(kv_open(test_path("s"), KV_READONLY, &kv, &e), &e, "open");
	must(kv_begin(kv, &t, &e), &e, "begin");
	must(kv_rows(&t, KV_REF, &n, &e), &e, "rows");
	kv_end(&t);
	kv_close(kv);
	return n;
}

static void hear(void *ctx, const char *sentence)
{
	(void)ctx;
	diag("%s", sentence);
}

static bool is_whole(void)
{
	struct store_opts opts = { .clock = test_clock(&clock_) };
	struct doctor_ctx d = { .say = hear };
	struct doctor_report r;
	struct err e;
	must(doctor_check(test_path("s"), &opts, &d, &r, &e), &e, "doctor");
	return r.findings == 0;
}

/* Opened and closed; how many commits that took. */
static uint64_t open_store(bool readonly)
{
	struct store_opts opts = { .clock = test_clock(&clock_), .readonly = readonly };
	struct store *s;
	struct kv *kv;
	struct err e;
	must(kv_open(test_path("s"), KV_READONLY, &kv, &e), &e, "open");
	const uint64_t before = kv_version(kv);
	kv_close(kv);
	must(store_open(test_path("s"), &opts, &s, &e), &e, "open");
	const uint64_t after = kv_version(s->kv);
	store_close(s);
	return after - before;
}

static bool is_named(struct id target, int type, int field, struct id by)
{
	struct store *s = test_open("s", &clock_);
	struct arena *a = arena_new();
	struct view *v;
	struct err e;
	struct id *ids;
	size_t n;
	must(view_begin(s, &v, &e), &e, "view");
	must(view_refs(v, a, target, type, field, &ids, &n, &e), &e, "refs");
	bool named = n == 1 && id_equal(ids[0], by);
	view_end(v);
	arena_free(a);
	store_close(s);
	return named;
}

int main(void)
{
	test_dir();
	make_scene();
	const size_t own = count_refs();
	is_int((intmax_t)open_store(false), 0, "opening a store that this version made writes nothing");
	make_old();
	is_int((intmax_t)(count_refs() - own), MANY + 3, "one of an earlier version has more rows");
	ok(is_whole(), "and nothing is wrong with it");
	open_store(true);
	is_int((intmax_t)(count_refs() - own), MANY + 3, "to read it nothing is altered");
	ok(open_store(false) > 1, "opened for writing it is renewed");
	is_int((intmax_t)count_refs(), (intmax_t)own, "and has only the rows of this version");
	ok(is_whole(), "it is whole");
	is_int((intmax_t)open_store(false), 0, "the next time there is nothing to do");
	ok(is_named(unit, TYPE_SHIFT, F_SHIFT_UNIT, shift) && is_named(role, TYPE_SHIFT, F_SHIFT_ROLE, shift) &&
		is_named(corps, TYPE_ASSIGNMENT, F_ASSIGNMENT_ORGANISATION, place), "who names what is found without them");
	return done_testing();
}
