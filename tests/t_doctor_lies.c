/* tests/t_doctor_lies.c - rows of a store that are whole but say something else than the log, or that nobody can read:
 * the doctor finds each, and makes good what the log can. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/vault.h"
#include "tests/doctortest.h"

/* ---- rows that lie ------------------------------------------------------------------------------- */

/* The n-th row of a table. */
static struct kv_op row_at(struct store *s, enum kv_table table, size_t n, struct arena *a)
{
	struct kv_op op = {.table = (uint8_t)table};
	struct kv_txn t;
	struct kv_scan scan;
	struct err e;
	must(kv_begin(s->kv, &t, &e), &e, "begin");
	must(kv_scan_prefix(&t, table, NULL, 0, &scan, &e), &e, "scan");
	for (size_t i = 0; i <= n; i++)
		must(kv_scan_next(&scan, &e), &e, "row");
	op.nkey = (uint8_t)scan.key.n;
	memcpy(op.key, scan.key.p, scan.key.n);
	op.nvalue = (uint32_t)scan.value.n;
	op.value = arena_copy(a, scan.value.p, scan.value.n);
	kv_scan_end(&scan);
	kv_end(&t);
	return op;
}

static void apply(struct store *s, struct kv_op op)
{
	struct kv_op ops[2] = {
		op, {.table = KV_META, .nkey = 2, .key = {'c', 250}, .value = "\0\0\0\0\0\0\0", .nvalue = 8}};
	struct err e;
	const struct kv_op proof = ops[1];
	must(kv_apply(s->kv, ops, 2, 0, &proof, &e), &e, "apply");
}

static void drop(struct store *s, struct kv_op op)
{
	op.del = true;
	op.nvalue = 0;
	apply(s, op);
}

static void drop_rec(struct store *s, struct arena *a)
{
	drop(s, row_at(s, KV_REC, 20, a));
}
static void drop_time(struct store *s, struct arena *a)
{
	drop(s, row_at(s, KV_TIME, 3, a));
}
static void drop_person(struct store *s, struct arena *a)
{
	drop(s, row_at(s, KV_PERSON, 3, a));
}
static void drop_ref(struct store *s, struct arena *a)
{
	drop(s, row_at(s, KV_REF, 3, a));
}
static void drop_due(struct store *s, struct arena *a)
{
	drop(s, row_at(s, KV_DUE, 0, a));
}
static void drop_count(struct store *s, struct arena *a)
{
	drop(s, row_at(s, KV_META, 0, a));
}
static void drop_log(struct store *s, struct arena *a)
{
	drop(s, row_at(s, KV_LOG, 40, a));
}
static void drop_log_first(struct store *s, struct arena *a)
{
	drop(s, row_at(s, KV_LOG, 0, a));
}

static struct kv_op last_row(struct store *s, enum kv_table table, struct arena *a)
{
	struct kv_txn t;
	size_t n;
	kv_begin(s->kv, &t, NULL);
	kv_rows(&t, table, &n, NULL);
	kv_end(&t);
	return row_at(s, table, n - 1, a);
}
static void drop_log_last(struct store *s, struct arena *a)
{
	drop(s, last_row(s, KV_LOG, a));
}

static void add_row(struct store *s, struct arena *a)
{
	struct kv_op op = row_at(s, KV_DUE, 0, a);
	op.key[3] ^= 1;
	apply(s, op);
}

static void lie_of_filled(struct store *s, struct arena *a)
{
	struct kv_op op = row_at(s, KV_TIME, 4, a);
	uint8_t *value = arena_copy(a, op.value, op.nvalue);
	value[op.nvalue - 1] ^= 1;
	op.value = value;
	apply(s, op);
}

static void swap_recs(struct store *s, struct arena *a)
{
	struct kv_op op = row_at(s, KV_REC, 20, a), other = row_at(s, KV_REC, 21, a);
	op.value = other.value;
	op.nvalue = other.nvalue;
	apply(s, op);
}

/* A true row with a true seal, but of yesterday. */
static void age_rec(struct store *s, struct arena *a)
{
	struct kv_op row = row_at(s, KV_REC, 20, a);
	struct id id;
	memcpy(id.b, row.key + 1, 16);
	const struct type *t = schema_type(row.key[0]);
	int field = 0;
	for (size_t i = 0; i < t->nfields && !field; i++)
		if (t->fields[i].kind == KIND_TEXT || t->fields[i].kind == KIND_LONGTEXT)
			field = t->fields[i].no;
	test_set(s, t->no, id, field, value_text("newer"));
	apply(s, row);
}

static void lie_of_head(struct store *s, struct arena *a)
{
	struct kv_op op = {.table = KV_META, .nkey = 1, .key = "h", .nvalue = STORE_HEAD};
	uint8_t *value = arena_alloc(a, STORE_HEAD);
	struct view *v;
	struct head h;
	view_begin(s, &v, NULL);
	view_head(v, &h, NULL);
	view_end(v);
	h.clock += 2;
	store_put_head(value, store_incarnation(s), &h);
	op.value = value;
	apply(s, op);
}

static const struct {
	void (*lie)(struct store *s, struct arena *a);
	bool log;
	const char *says, *what;
} lies[] = {
	{drop_rec, false, "missing", "a record is gone"},
	{swap_recs, false, "missing", "a record in another's place"},
	{age_rec, false, "isn't what the log says", "a record as it was yesterday"},
	{drop_time, false, "index", "a shift is in no time index"},
	{drop_person, false, "index", "a place is in no person's index"},
	{drop_ref, false, "index", "a reference is gone"},
	{drop_due, false, "index", "a due date is gone"},
	{add_row, false, "index of due dates", "a due date of nobody"},
	{lie_of_filled, false, "index", "a shift with another number of places"},
	{drop_count, false, "counter", "a counter is gone"},
	{lie_of_head, false, "counter", "the head counts too much"},
	{drop_log, true, "the log lacks", "a change is gone"},
	{drop_log_first, true, "the log lacks", "the first change is gone"},
	{drop_log_last, true, "", "the last change is gone"},
};


static void test_lies(uint64_t sum, const struct wound *w)
{
	for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
		struct told t = {0};
		struct doctor_report r;
		struct err e = {0};
		struct arena *a = arena_new();
		struct store *s = doctortest_open(w);
		lies[i].lie(s, a);
		store_close(s);
		int rc = doctortest_ask(&t, &r, &e);
		ok(rc == OK && r.findings > 0 && strstr(t.first, lies[i].says), "found: %s", lies[i].what);
		diag("%s", t.first);
		ok(r.can_rebuild == !lies[i].log, "and whether the log is whole");
		rc = doctortest_rebuild(&t, &e);
		if (lies[i].log)
			ok(rc == ERR_CORRUPT && strstr(e.text, "samvagt restore"),
				"nothing is made from a log that isn't");
		else
			ok(rc == OK && (lies[i].lie == age_rec || doctortest_sum() == sum), "it is made good");
		arena_free(a);
	}
}

/* ---- a row that ends whoever reads it ------------------------------------------------------------ */

/* Wherever LMDB's file has this row of meta, it says that it is 4 GiB long. */
static int make_deadly(struct buf *b, const struct kv_op *row)
{
	enum { LENGTH = 4, HEAD = 8, CHECK = 4 };
	char node[HEAD + KV_KEY_MOST] = {0};
	const uint32_t length = row->nvalue + CHECK;
	const uint16_t nkey = row->nkey;
	int n = 0;
	memcpy(node, &length, sizeof length);
	memcpy(node + HEAD - sizeof nkey, &nkey, sizeof nkey);
	memcpy(node + HEAD, row->key, row->nkey);
	for (size_t at = 0; at + HEAD + row->nkey <= b->n; at++)
		if (memcmp(b->p + at, node, HEAD + row->nkey) == 0) {
			memset(b->p + at, 0xff, LENGTH);
			n++;
		}
	return n;
}

/* The first row of meta, which leads to what lies under the log; or the last, which nobody can have but from there. */
static void test_deadly(uint64_t sum, const struct wound *w, bool first)
{
	static const struct vault_row secret = {"secret", "x", 1};
	struct told t = {0};
	struct doctor_report r;
	struct err e = {0};
	struct arena *a = arena_new();
	struct store *s = doctortest_open(w);
	must(vault_put(s, &secret, 1, &e), &e, "vault");
	apply(s, (struct kv_op){.table = KV_SEG, .nkey = 24, .value = "\0\0\0\4kept", .nvalue = 8});
	const struct kv_op row = first ? row_at(s, KV_META, 0, a) : last_row(s, KV_META, a);
	store_close(s);
	struct buf b = test_read(doctortest_file());
	ok(make_deadly(&b, &row) > 0, "a row that nobody can read and go on");
	test_write(doctortest_file(), b.p, b.n);
	ok(doctortest_ask(&t, &r, &e) == OK && r.findings > 0 && r.can_rebuild, "it isn't in the log, so that can be made again");
	if (!is_int(doctortest_rebuild(&t, &e), OK, "and is"))
		diag("%s", e.text);
	ok(first ? t.n == 1 : t.n == 2 && strstr(t.first, "left out"), "what can't be carried over is said once");
	ok(doctortest_sum() == sum && doctortest_ask(&t, &r, &e) == OK && r.findings == 0, "all else is whole");
	s = test_open("s", &doctortest_clock);
	ok(row_at(s, KV_SEG, 0, a).nvalue == 8, "also what isn't in the log");
	store_close(s);
	buf_free(&b);
	arena_free(a);
}

int main(void)
{
	struct wound w = {0};
	uint64_t sum;
	doctortest_scene(&w, &sum);
	test_lies(sum, &w);
	test_deadly(sum, &w, true);
	test_deadly(sum, &w, false);
	doctortest_end(&w);
	return done_testing();
}
