/* tests/t_doctor.c - damage of every sort in a store's file is said, takes down nobody, and is made good from the log.
 */
#include "store/doctor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "store/change.h"
#include "store/store_priv.h"
#include "store/vault.h"
#include "tests/storetest.h"

enum { PAGE = 4096 };

static struct test_clock clk;

/* ---- a store with something of everything -------------------------------------------------------- */

static civil_min at(int day, int hour)
{
	return cmin_at(civil_from_ymd(2025, 12, day), hour * 60);
}

static void fill_store(struct store *s)
{
	struct id unit = test_unit(s, "Forhal"), role = test_role(s, "Guide"), volunteer[12], shift[20];
	struct change_result r;
	struct err e;
	for (int i = 0; i < 12; i++)
		volunteer[i] = test_volunteer(s, "Anna", i % 2 ? "Holm" : "Ågård");
	for (int i = 0; i < 20; i++) {
		clk.t += 60;
		shift[i] = test_shift(s, unit, role, at(1 + i, 8), at(1 + i, 11), 3);
		for (int k = 0; k < 4; k++)
			test_assign(
				s, shift[i], volunteer[(i + k) % 12], k == 3 ? ASSIGNMENT_WISHED : ASSIGNMENT_ACCEPTED);
	}
	test_set(s, TYPE_VOLUNTEER, volunteer[3], F_VOLUNTEER_PAUSE_UNTIL, value_int(civil_from_ymd(2026, 1, 5)));
	test_set(s, TYPE_SHIFT, shift[2], F_SHIFT_START, value_int(at(3, 9)));
	test_delete(s, TYPE_ASSIGNMENT, id_assignment(shift[5], volunteer[5]));
	r = test_set(s, TYPE_VOLUNTEER, volunteer[4], F_VOLUNTEER_PHONE, value_text("20838797"));
	must(change_undo(s, r.dot, &r, &e), &e, "undo");
	test_set(s, TYPE_VOLUNTEER, volunteer[7], F_VOLUNTEER_CITY, value_text("Viborg"));
}

/* ---- what a store says --------------------------------------------------------------------------- */

static uint64_t mix(uint64_t h, const void *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ ((const uint8_t *)p)[i]) * UINT64_C(0x100000001B3);
	return h;
}

static uint64_t mix_value(uint64_t h, struct value v)
{
	h = mix(h, &v.tag, sizeof v.tag);
	if (v.tag == V_INT)
		return mix(h, &v.i, sizeof v.i);
	if (v.tag == V_ID)
		return mix(h, v.id.b, sizeof v.id.b);
	return v.tag == V_NONE ? h : mix(h, v.text.s, v.text.n);
}

static int mix_rec(void *ctx, const struct rec *r)
{
	uint64_t *h = ctx;
	*h = mix(*h, r->id.b, sizeof r->id.b);
	for (size_t i = 0; i < r->n; i++) {
		*h = mix(*h, &r->f[i].no, 1);
		*h = mix(*h, &r->f[i].at, sizeof r->f[i].at);
		*h = mix_value(*h, r->f[i].v);
	}
	return 0;
}

static uint64_t mix_log(struct view *v, struct arena *a, uint64_t h)
{
	struct group *g = NULL;
	size_t n = 0;
	struct err e;
	must(log_back(v, a, (struct dot){0}, 10000, true, &g, &n, &e), &e, "log");
	for (size_t i = 0; i < n; i++) {
		h = mix(h, &g[i].dot, sizeof g[i].dot);
		h = mix(h, g[i].person, strlen(g[i].person));
		for (size_t k = 0; k < g[i].nwrites; k++)
			h = mix_value(mix(h, g[i].writes[k].id.b, 16), g[i].writes[k].v);
	}
	return h;
}

static uint64_t mix_times(struct view *v, struct arena *a, uint64_t h)
{
	struct shift_row *shift = NULL;
	struct due_row *due = NULL;
	size_t n = 0;
	struct err e;
	must(view_shifts(v, a, NULL, at(1, 0), at(31, 0), &shift, &n, &e), &e, "shifts");
	for (size_t i = 0; i < n; i++) {
		h = mix(mix(h, shift[i].shift.b, 16), &shift[i].start, sizeof shift[i].start);
		h = mix(mix(h, &shift[i].filled, sizeof shift[i].filled), &shift[i].state, 1);
	}
	must(view_due(v, a, 0, 100000, &due, &n, &e), &e, "due");
	for (size_t i = 0; i < n; i++)
		h = mix(mix(h, &due[i].date, sizeof due[i].date), due[i].id.b, 16);
	return h;
}

/* Everything that can be read in one number. */
static uint64_t sum_store(struct store *s)
{
	struct arena *a = arena_new();
	struct view *v;
	size_t n;
	struct err e;
	uint64_t h = 1;
	const struct type *t = schema_types(&n);
	must(view_begin(s, &v, &e), &e, "view");
	for (size_t i = 0; i < n; i++) {
		size_t many = 0;
		must(view_each(v, t[i].no, mix_rec, &h, &e), &e, "each");
		must(view_count(v, t[i].no, &many, &e), &e, "count");
		h = mix(h, &many, sizeof many);
	}
	h = mix_times(v, a, mix_log(v, a, h));
	view_end(v);
	arena_free(a);
	return h;
}

/* ---- files --------------------------------------------------------------------------------------- */

static const char *data_file(void)
{
	return test_path("s/db/data.mdb");
}

/* ---- asking the doctor --------------------------------------------------------------------------- */

struct told {
	int n, progress, stop_at;
	char first[700];
	bool sentences, lost;
};

static void hear(void *ctx, const char *sentence)
{
	struct told *t = ctx;
	if (t->n++ == 0)
		snprintf(t->first, sizeof t->first, "%s", sentence);
	t->sentences = t->sentences && strlen(sentence) > 10;
	t->lost = t->lost || strstr(sentence, "may be lost");
}

static int progress(void *ctx, size_t done, size_t total)
{
	struct told *t = ctx;
	return done > total || ++t->progress == t->stop_at;
}

static int ask(struct told *t, struct doctor_report *r, struct err *e)
{
	struct store_opts opts = {.clock = test_clock(&clk)};
	struct doctor_ctx d = {hear, progress, t};
	t->n = 0;
	t->first[0] = '\0';
	t->sentences = true;
	return doctor_check(test_path("s"), &opts, &d, r, e);
}

static int rebuild(struct told *t, struct err *e)
{
	struct store_opts opts = {.clock = test_clock(&clk)};
	struct doctor_ctx d = {hear, progress, t};
	t->n = 0;
	return doctor_rebuild(test_path("s"), &opts, &d, e);
}

static uint64_t sum_now(void)
{
	struct store *s = test_open("s", &clk);
	uint64_t h = sum_store(s);
	store_close(s);
	return h;
}

/* ---- a whole store ------------------------------------------------------------------------------- */

static void test_whole(void)
{
	struct told t = {0};
	struct doctor_report r;
	struct err e = {0};
	is_int(ask(&t, &r, &e), OK, "a whole store can be examined");
	if (!is_int((intmax_t)r.findings, 0, "nothing is found"))
		diag("%s", t.first);
	ok(t.n == 0 && r.can_rebuild, "and nothing said");
	ok(r.groups > 110 && r.records > 110 && r.index_entries > 200, "all of it was looked at: %zu, %zu, %zu",
		r.groups, r.records, r.index_entries);
}

static void test_rebuild_whole(uint64_t sum)
{
	struct told t = {0};
	struct doctor_report r;
	struct err e = {0};
	if (!is_int(rebuild(&t, &e), OK, "a whole store can be made again"))
		diag("%s", e.text);
	ok(strstr(t.first, "db.damaged-") != NULL, "and it is said where the old one is");
	ok(sum_now() == sum, "it holds the same");
	ok(ask(&t, &r, &e) == OK && r.findings == 0, "and is whole");
}

/* ---- damage -------------------------------------------------------------------------------------- */

struct wound {
	struct buf whole, older; /* the file as it is, and as it was some changes ago */
	size_t pages;
};

/* One wound a number; what it is for the diagnosis. False when it changes nothing. */
static bool hurt(const struct wound *w, struct prng *r, struct buf *b, char what[100])
{
	size_t page = prng_below(r, w->pages), other = prng_below(r, w->pages), at = page * PAGE + prng_below(r, PAGE);
	buf_add(b, w->whole.p, w->whole.n);
	switch (prng_below(r, 8)) {
	case 0:
		memset(b->p + page * PAGE, 0, PAGE);
		snprintf(what, 100, "page %zu zeroed", page);
		break;
	case 1:
		for (size_t i = 0; i < PAGE; i++)
			b->p[page * PAGE + i] = (char)prng_next(r);
		snprintf(what, 100, "page %zu full of noise", page);
		break;
	case 2:
		memcpy(b->p + page * PAGE, w->whole.p + other * PAGE, PAGE);
		snprintf(what, 100, "page %zu a copy of %zu", page, other);
		break;
	case 3:
		/* a head as it was is a commit that never happened: no file can know better */
		if (page < 2 || (page + 1) * PAGE > w->older.n)
			return false;
		memcpy(b->p + page * PAGE, w->older.p + page * PAGE, PAGE);
		snprintf(what, 100, "page %zu as it was before", page);
		break;
	case 4:
		b->n = at;
		snprintf(what, 100, "cut to %zu bytes", at);
		break;
	case 5:
		at = page * PAGE + prng_below(r, 32);
		/* fall through */
	default:
		b->p[at] ^= (char)(1 << prng_below(r, 8));
		snprintf(what, 100, "a bit flipped in byte %zu of page %zu", at % PAGE, at / PAGE);
	}
	return b->n != w->whole.n || memcmp(b->p, w->whole.p, b->n) != 0;
}

/* In a child, as a store that the doctor should have warned of might do anything. */
static int is_same(void *ctx)
{
	return sum_now() == *(uint64_t *)ctx ? 1 : 0;
}

static bool still_the_same(uint64_t sum)
{
	int same = 0;
	os_run_apart(is_same, &sum, 20000, &same, NULL);
	return same == 1;
}

struct tally {
	int silent_wrong, silent_right, failed, unsaid, rebuilt, older, not_rebuilt;
};

static void treat(struct tally *t, uint64_t sum, const char *what)
{
	struct told told = {0};
	struct doctor_report r;
	struct err e = {0};
	int rc = ask(&told, &r, &e);
	if (rc != OK) {
		t->failed++;
		diag("%s: %d %s", what, rc, e.text);
	} else if (r.findings == 0) {
		bool same = still_the_same(sum);
		t->silent_right += same;
		t->silent_wrong += !same;
		if (!same)
			diag("%s: nothing found, but it isn't the same", what);
		return;
	}
	t->unsaid += told.n == 0 || !told.sentences;
	if (!r.can_rebuild)
		return;
	bool lost = told.lost;
	rc = rebuild(&told, &e);
	bool same = rc == OK && still_the_same(sum);
	if (rc == OK && (same || lost) && ask(&told, &r, &e) == OK && r.findings == 0)
		*(same ? &t->rebuilt : &t->older) += 1;
	else {
		t->not_rebuilt++;
		diag("%s: not made again: %d %s / %s", what, rc, e.text, told.first);
	}
}

static void test_wounds(uint64_t sum, const struct wound *w, int n, uint64_t seed)
{
	struct prng r = {seed};
	struct tally t = {0};
	for (int i = 0; i < n;) {
		struct buf b = {0};
		char what[100];
		if (hurt(w, &r, &b, what)) {
			os_remove_tree(test_path("s/db"), NULL);
			os_mkdir_p(test_path("s/db"), NULL);
			test_write(data_file(), b.p, b.n);
			treat(&t, sum, what);
			i++;
		}
		buf_free(&b);
	}
	diag("%d wounds: %d without effect, %d healed, %d to an older state that was told of", n, t.silent_right,
		t.rebuilt, t.older);
	is_int(t.failed, 0, "every damaged store can be examined (seed %ju)", (uintmax_t)seed);
	is_int(t.silent_wrong, 0, "no damage that changes anything is passed over");
	is_int(t.unsaid, 0, "every finding is a sentence");
	is_int(t.not_rebuilt, 0, "whatever the doctor says can be made again, can");
	ok(t.older <= n / 10, "and what is made again is hardly ever older");
	ok(t.rebuilt > n / 10 && t.silent_right < n * 3 / 5, "and both happen often");
}

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
	must(kv_apply(s->kv, ops, 2, false, &proof, &e), &e, "apply");
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

/* The store as it was before anything was done to it. */
static struct store *open_whole(const struct wound *w)
{
	os_remove_tree(test_path("s/db"), NULL);
	os_mkdir_p(test_path("s/db"), NULL);
	test_write(data_file(), w->whole.p, w->whole.n);
	return test_open("s", &clk);
}

static void test_lies(uint64_t sum, const struct wound *w)
{
	for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
		struct told t = {0};
		struct doctor_report r;
		struct err e = {0};
		struct arena *a = arena_new();
		struct store *s = open_whole(w);
		lies[i].lie(s, a);
		store_close(s);
		int rc = ask(&t, &r, &e);
		ok(rc == OK && r.findings > 0 && strstr(t.first, lies[i].says), "found: %s", lies[i].what);
		diag("%s", t.first);
		ok(r.can_rebuild == !lies[i].log, "and whether the log is whole");
		rc = rebuild(&t, &e);
		if (lies[i].log)
			ok(rc == ERR_CORRUPT && strstr(e.text, "samvagt restore"),
				"nothing is made from a log that isn't");
		else
			ok(rc == OK && (lies[i].lie == age_rec || sum_now() == sum), "it is made good");
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
	struct store *s = open_whole(w);
	must(vault_put(s, &secret, 1, &e), &e, "vault");
	apply(s, (struct kv_op){.table = KV_SEG, .nkey = 24, .value = "\0\0\0\4kept", .nvalue = 8});
	const struct kv_op row = first ? row_at(s, KV_META, 0, a) : last_row(s, KV_META, a);
	store_close(s);
	struct buf b = test_read(data_file());
	ok(make_deadly(&b, &row) > 0, "a row that nobody can read and go on");
	test_write(data_file(), b.p, b.n);
	ok(ask(&t, &r, &e) == OK && r.findings > 0 && r.can_rebuild, "it isn't in the log, so that can be made again");
	if (!is_int(rebuild(&t, &e), OK, "and is"))
		diag("%s", e.text);
	ok(first ? t.n == 1 : t.n == 2 && strstr(t.first, "left out"), "what can't be carried over is said once");
	ok(sum_now() == sum && ask(&t, &r, &e) == OK && r.findings == 0, "all else is whole");
	s = test_open("s", &clk);
	ok(row_at(s, KV_SEG, 0, a).nvalue == 8, "also what isn't in the log");
	store_close(s);
	buf_free(&b);
	arena_free(a);
}

/* ---- what isn't damage, and what can't be examined --------------------------------------------- */

static int check_dir(const char *dir, const char *passphrase, struct told *t, struct doctor_report *r, struct err *e)
{
	struct store_opts opts = {.clock = test_clock(&clk), .passphrase = passphrase};
	struct doctor_ctx d = {hear, progress, t};
	*t = (struct told){.sentences = true};
	return doctor_check(dir, &opts, &d, r, e);
}

static void test_outside(void)
{
	struct told t = {.stop_at = 0};
	struct doctor_report r;
	struct err e = {0};
	struct os_clock clock = test_clock(&clk);
	struct store_new how = {.site = "Skive", .passphrase = "kaffe", .fast_kdf = true};
	is_int(check_dir(test_path("nothing"), NULL, &t, &r, &e), ERR_NOTFOUND, "no store");
	must(store_create(test_path("locked"), &how, &clock, &e), &e, "create");
	is_int(check_dir(test_path("locked"), NULL, &t, &r, &e), ERR_KEY, "a passphrase is needed");
	is_int(check_dir(test_path("locked"), "the", &t, &r, &e), ERR_KEY, "the right one");
	ok(check_dir(test_path("locked"), "kaffe", &t, &r, &e) == OK && r.findings == 0,
		"with it a new store is whole");
	os_remove_tree(test_path("locked/db"), NULL);
	ok(check_dir(test_path("locked"), "kaffe", &t, &r, &e) == OK && r.findings == 1 && t.n == 1 && !r.can_rebuild,
		"a database that is gone is found");
	test_write(test_path("locked/keys"), "x", 1);
	ok(check_dir(test_path("locked"), "kaffe", &t, &r, &e) == OK && r.findings == 1 && t.n == 1,
		"so are damaged keys");
	test_write(test_path("locked/format"), "x", 1);
	ok(check_dir(test_path("locked"), "kaffe", &t, &r, &e) == OK && r.findings == 1 && t.n == 1,
		"and a damaged format");
	test_write(test_path("locked/format"), "samvagt-store 9\nsum 46833cb5fac13828c3ef32794d4bb7ff\n", 53);
	is_int(check_dir(test_path("locked"), "kaffe", &t, &r, &e), ERR_UNSUPPORTED, "a newer version is no damage");
}

/* A disk that fails when what was made takes its place. */
static bool exchange_fails;

int renameat2(int at, const char *from, int to_at, const char *to, unsigned flags)
{
	if (exchange_fails && flags == RENAME_EXCHANGE) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_renameat2, at, from, to_at, to, flags);
}

static size_t count_names(const char *dir)
{
	struct arena *a = arena_new();
	char **names;
	size_t n = 0;
	must(os_list_dir(a, dir, &names, &n, NULL), NULL, "list");
	arena_free(a);
	return n;
}

static void test_manners(uint64_t sum, const struct wound *w)
{
	struct told t = {0};
	struct doctor_report r;
	struct err e = {0};
	struct store *s = open_whole(w);
	ok(ask(&t, &r, &e) == OK && r.findings == 0, "a store in use can be examined");
	is_int(rebuild(&t, &e), ERR_BUSY, "but not made again");
	store_close(s);
	is_int(doctor_check(test_path("s"), &(struct store_opts){.clock = test_clock(&clk)}, &(struct doctor_ctx){0},
		       &r, &e),
		OK, "nobody needs to listen");
	t = (struct told){.stop_at = 1};
	is_int(ask(&t, &r, &e), ERR_STOPPED, "an examination can be stopped");
	t = (struct told){.stop_at = 1};
	is_int(rebuild(&t, &e), ERR_STOPPED, "making again too");
	ok(sum_now() == sum && !os_exists(test_path("s/rebuild")), "and then nothing has happened");
	size_t before = count_names(test_path("s"));
	t = (struct told){0};
	exchange_fails = true;
	is_int(rebuild(&t, &e), ERR_IO, "a disk on which names can't change places");
	exchange_fails = false;
	ok(sum_now() == sum && count_names(test_path("s")) == before, "keeps what it has, and nothing beside it");
}

int main(void)
{
	struct wound w = {0};
	clk.t = 1764576000;
	struct store *s = test_store("s", &clk);
	fill_store(s);
	store_close(s);
	w.older = test_read(data_file());
	s = test_open("s", &clk);
	struct id extra = test_volunteer(s, "Extra", NULL);
	test_set(s, TYPE_VOLUNTEER, extra, F_VOLUNTEER_CITY, value_text("Skive"));
	uint64_t sum = sum_store(s);
	store_close(s);
	w.whole = test_read(data_file());
	w.pages = w.whole.n / PAGE;
	while (w.pages > 2 && w.whole.p[(w.pages - 1) * PAGE + 10] == 0)
		w.pages--;
	test_whole();
	test_rebuild_whole(sum);
	test_wounds(sum, &w, 320, 31);
	test_lies(sum, &w);
	test_deadly(sum, &w, true);
	test_deadly(sum, &w, false);
	test_outside();
	test_manners(sum, &w);
	buf_free(&w.whole);
	buf_free(&w.older);
	return done_testing();
}
