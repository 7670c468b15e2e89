/* tests/t_fresh.c - rows that lie above others until they are folded in: whatever is written, and how, readers see one
 * table, and damage is never an older row. */
#include "store/kv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/os.h"
#include "store/kv_seen.h"
#include "tests/storetest.h"

static struct err e;

/* ---- a table that is only an array --------------------------------------------------------------- */

enum { KEYS = 400, VALUE = 24, LONG = 2040, VALUE_MOST = LONG + 20 };

struct twin {
	struct kv *k;
	uint64_t dice;
	bool there[KV_TABLES][KEYS];
	char value[KV_TABLES][KEYS][VALUE_MOST];
	size_t wrong, asked;
};

static const enum kv_table tables[] = { KV_LOG, KV_REC, KV_PERSON, KV_DUE, KV_META };
enum { TABLES = sizeof tables / sizeof tables[0] };

static size_t draw(struct twin *t, size_t n)
{
	t->dice = t->dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (size_t)(t->dice >> 33) % n;
}

/* Of different lengths, some the beginning of others, in order of i. */
static size_t key_of(uint8_t key[KV_KEY_MOST], size_t i)
{
	int n = snprintf((char *)key, KV_KEY_MOST, "%03zu", i / 2 + 1);
	if (i % 2)
		memset(key + n, 'x', KV_KEY_MOST - (size_t)n);
	return i % 2 ? KV_KEY_MOST : (size_t)n;
}

static struct kv *open_new(const char *name, int flags)
{
	char db[4300];
	struct kv *k;
	snprintf(db, sizeof db, "%s/db", test_path(name));
	must(os_mkdir_p(db, &e), &e, "mkdir");
	must(kv_open(test_path(name), KV_CREATE | KV_UNSYNCED | flags, &k, &e), &e, "open");
	return k;
}

/* One table's rows are never asked for by another's: the same keys are in all. */
static size_t some_ops(struct twin *t, struct kv_op *op, size_t most)
{
	size_t n = 0;
	for (size_t at = 0; at < TABLES; at++)
		for (size_t i = draw(t, 3), step = 1 + draw(t, KEYS); i < KEYS && n < most; i += 1 + draw(t, step)) {
			enum kv_table table = tables[at];
			op[n] = (struct kv_op){ .table = (uint8_t)table, .del = draw(t, 3) == 0 };
			op[n].nkey = (uint8_t)key_of(op[n].key, i);
			t->there[table][i] = !op[n].del;
			if (!op[n].del) {
				op[n].nvalue = (uint32_t)(draw(t, 30) ? draw(t, VALUE) : LONG + draw(t, VALUE_MOST - LONG));
				snprintf(t->value[table][i], VALUE_MOST, "%0*zu", VALUE_MOST - 1, draw(t, 1 << 30));
				op[n].value = t->value[table][i];
			}
			t->value[table][i][op[n].nvalue] = '\0';
			n++;
		}
	return n;
}

static bool is_row(const struct twin *t, enum kv_table table, size_t i, struct kv_bytes v)
{
	return v.n == strlen(t->value[table][i]) && memcmp(v.p, t->value[table][i], v.n) == 0;
}

static void check(struct twin *t, bool holds)
{
	t->asked++;
	t->wrong += !holds;
}

static void compare_rows(struct twin *t, const struct kv_txn *txn, enum kv_table table)
{
	size_t rows = 0, before = KEYS, said;
	for (size_t i = 0; i < KEYS; i++) {
		uint8_t key[KV_KEY_MOST];
		struct kv_bytes v, found;
		size_t n = key_of(key, i);
		int rc = kv_get(txn, table, key, n, &v, &e);
		check(t, rc == (t->there[table][i] ? OK : ERR_NOTFOUND) && (rc != OK || is_row(t, table, i, v)));
		rc = kv_before(txn, table, key, n, &found, &v, &e);
		check(t, rc == (before < KEYS ? OK : ERR_NOTFOUND) && (rc != OK || is_row(t, table, before, v)));
		before = t->there[table][i] ? i : before;
		rows += t->there[table][i];
	}
	check(t, kv_rows(txn, table, &said, &e) == OK && said == rows);
}

/* From somewhere to somewhere, with jumps ahead. */
static void compare_range(struct twin *t, const struct kv_txn *txn, enum kv_table table)
{
	uint8_t lo[KV_KEY_MOST], hi[KV_KEY_MOST];
	struct kv_scan s;
	size_t i = draw(t, KEYS), end = i + draw(t, KEYS - i + 1);
	size_t nlo = key_of(lo, i), nhi = end < KEYS ? key_of(hi, end) : 0;
	must(kv_scan_range(txn, table, lo, nlo, hi, nhi, &s, &e), &e, "scan");
	for (int rc = OK; rc == OK;) {
		while (i < end && !t->there[table][i])
			i++;
		rc = kv_scan_next(&s, &e);
		check(t, rc == (i < end ? OK : ERR_NOTFOUND));
		check(t, rc != OK || (s.key.n == key_of(lo, i) && memcmp(s.key.p, lo, s.key.n) == 0 &&
			is_row(t, table, i, s.value)));
		i++;
		if (rc == OK && i < end && draw(t, 4) == 0) {
			i += draw(t, end - i);
			kv_scan_seek(&s, lo, key_of(lo, i));
		}
	}
	kv_scan_end(&s);
}

static void compare(struct twin *t)
{
	struct kv_txn txn;
	must(kv_begin(t->k, &txn, &e), &e, "begin");
	for (size_t at = 0; at < TABLES; at++) {
		compare_rows(t, &txn, tables[at]);
		for (int i = 0; i < 5; i++)
			compare_range(t, &txn, tables[at]);
	}
	kv_end(&txn);
}

static size_t lying_above(struct kv *k)
{
	struct kv_txn txn;
	must(kv_begin(k, &txn, &e), &e, "begin");
	size_t n = txn.fresh;
	kv_end(&txn);
	return n;
}

/* ---- any history --------------------------------------------------------------------------------- */

static void test_histories(void)
{
	static struct kv_op op[KEYS * TABLES];
	size_t above = 0, folded = 0;
	struct twin *t = calloc(1, sizeof *t);
	for (uint64_t seed = 1; seed <= 20; seed++) {
		char name[20];
		snprintf(name, sizeof name, "h%d", (int)seed);
		*t = (struct twin){ .k = open_new(name, KV_EAGER | (seed % 2 ? KV_TINY : 0)), .dice = seed, .wrong = t->wrong, .asked = t->asked };
		for (int round = 0; round < 12; round++) {
			size_t n = some_ops(t, op, sizeof op / sizeof op[0]);
			const struct kv_op proof = op[0];
			if (n > 0)
				must(kv_apply(t->k, op, n, draw(t, 3) ? KV_SCATTERED : 0, &proof, &e), &e, "apply");
			above += lying_above(t->k);
			compare(t);
			if (draw(t, 5) == 0) {
				must(kv_fold(t->k, &e), &e, "fold");
				folded++;
				check(t, lying_above(t->k) == 0);
				compare(t);
			}
		}
		kv_close(t->k);
	}
	is_int((intmax_t)t->wrong, 0, "one table, however it was written, by %zu questions", t->asked);
	ok(above > 1000 && folded > 10, "rows lay above (%zu), and were folded in (%zu times)", above, folded);
	free(t);
}

/* ---- when it pays -------------------------------------------------------------------------------- */

static void fill(struct kv *k, size_t rows)
{
	struct kv_op *op = calloc(rows, sizeof *op);
	char *value = calloc(rows, 100);
	for (size_t i = 0; i < rows; i++) {
		op[i] = (struct kv_op){ .table = KV_REC, .value = value + 100 * i, .nvalue = 100 };
		op[i].nkey = (uint8_t)snprintf((char *)op[i].key, KV_KEY_MOST, "%06zu", i);
	}
	const struct kv_op proof = op[0];
	must(kv_apply(k, op, rows, KV_SCATTERED, &proof, &e), &e, "fill");
	free(op);
	free(value);
}

/* Every `step`th of the rows anew. */
static void scatter(struct kv *k, size_t rows, size_t step)
{
	struct kv_op op[256];
	size_t n = 0;
	for (size_t i = 0; i < rows && n < 256; i += step) {
		op[n] = (struct kv_op){ .table = KV_REC, .value = "anew", .nvalue = 4 };
		op[n].nkey = (uint8_t)snprintf((char *)op[n].key, KV_KEY_MOST, "%06zu", i);
		n++;
	}
	const struct kv_op proof = op[0];
	must(kv_apply(k, op, n, KV_SCATTERED, &proof, &e), &e, "scatter");
}

static void test_choice(void)
{
	struct kv *k = open_new("choice", 0);
	bool due;
	fill(k, 20000);
	is_int((intmax_t)lying_above(k), 0, "a batch that fills its pages goes to its place");
	scatter(k, 20000, 100);
	is_int((intmax_t)lying_above(k), 200, "rows of a page each wait above");
	must(kv_is_due(k, &due, &e), &e, "due");
	ok(!due, "they may wait");
	for (size_t i = 0; i < 40 && !due; i++) {
		scatter(k, 20000, 79 + i);
		must(kv_is_due(k, &due, &e), &e, "due");
	}
	ok(due, "until several of them share each page");
	kv_close(k);
}

/* ---- damage -------------------------------------------------------------------------------------- */

enum { ROWS = 90, ROW = 1 + 4 + 22 + 4 };        /* a chunk that is longer than what LMDB lays beside its key */

/* Everything that two tables hold, as one sum, or the error that a reader gets. */
static int sum_all(const char *name, uint64_t *sum)
{
	struct kv *k;
	struct kv_txn t;
	*sum = 0;
	int rc = kv_open(test_path(name), KV_READONLY, &k, &e);
	if (rc == OK && (rc = kv_begin(k, &t, &e)) == OK) {
		for (size_t i = 0; i < ROWS && (rc == OK || rc == ERR_NOTFOUND); i++) {
			char key[8];
			struct kv_bytes v;
			rc = kv_get(&t, KV_PERSON, key, (size_t)snprintf(key, sizeof key, "%03zu", i), &v, &e);
			for (size_t c = 0; rc == OK && c < v.n; c++)
				*sum = *sum * 31 + ((const uint8_t *)v.p)[c] + i;
		}
		kv_end(&t);
	}
	if (k)
		kv_close(k);
	return rc == ERR_NOTFOUND ? OK : rc;
}

struct wound { const char *name; uint64_t right; };

/* 1: the older rows have come back, or others, without a word. LMDB may also end the process, which is no lie. */
static int look(void *ctx)
{
	const struct wound *w = ctx;
	uint64_t sum;
	return sum_all(w->name, &sum) == OK && sum != w->right;
}

static void put_all(struct kv *k, const char *value, int how)
{
	struct kv_op op[ROWS];
	for (size_t i = 0; i < ROWS; i++) {
		op[i] = (struct kv_op){ .table = KV_PERSON, .value = value, .nvalue = (uint32_t)strlen(value) };
		op[i].nkey = (uint8_t)snprintf((char *)op[i].key, KV_KEY_MOST, "%03zu", i);
	}
	const struct kv_op proof = op[0];
	must(kv_apply(k, op, ROWS, how, &proof, &e), &e, "apply");
}

/* A page, bit by bit: each of the first bytes and of those from `close` on, where others are pointed at, and some of the
 * rest. */
static void flip_page(const char *data, struct buf *b, size_t page, size_t close, const struct wound *w)
{
	enum { PAGE = 4096, CLOSE = 120, STEP = 13 };
	size_t lies = 0, tried = 0, caught = 0;
	for (size_t byte = 0; byte < PAGE; byte += byte < CLOSE || (byte >= close && byte < close + CLOSE) ? 1 : STEP) {
		char *at = b->p + page * PAGE + byte;
		int found = 0;
		*at = (char)(*at ^ 1 << byte % 8);
		test_write(data, b->p, b->n);
		int rc = os_run_apart(look, (void *)(uintptr_t)w, 20000, &found, &e);
		lies += rc == OK && found == 1;
		caught += rc == OK && found != 0 && found != 1;
		tried++;
		*at = (char)(*at ^ 1 << byte % 8);
	}
	is_int((intmax_t)lies, 0, "of %zu bits none brings back what was (%zu end the reader)", tried, caught);
}

static size_t page_with(const struct buf *b, const char *bytes, size_t n, size_t but)
{
	enum { PAGE = 4096 };
	for (const char *at = b->p; (at = memmem(at, b->n - (size_t)(at - b->p), bytes, n)) != NULL; at++)
		if ((size_t)(at - b->p) / PAGE != but)
			return (size_t)(at - b->p) / PAGE;
	return 0;
}

/* The chunk in which the fresh rows lie, and the page that leads to it and says how many they are. */
static void test_flips(void)
{
	static const char first[] = { KV_PERSON, '0', '0', '0' }, count[] = { 0, 0, 0, 0, 0, 0, 0, ROWS };
	struct kv *k = open_new("flips", KV_EAGER);
	struct wound w = { .name = "flips" };
	char data[4300];
	put_all(k, "before, as it was below", 0);
	put_all(k, "after, as it is above", KV_SCATTERED);
	is_int((intmax_t)lying_above(k), ROWS, "all lie above");
	kv_close(k);
	must(sum_all(w.name, &w.right), &e, "sum");
	snprintf(data, sizeof data, "%s/db/data.mdb", test_path("flips"));
	struct buf b = test_read(data);
	const size_t chunk = page_with(&b, "after, as it is above", 21, 0), leaf = page_with(&b, first, sizeof first, chunk);
	ok(chunk > 0 && leaf > 0 && memmem(b.p + 4096 * leaf, 4096, count, sizeof count), "and can be seen");
	flip_page(data, &b, chunk, 16 + ROWS * ROW, &w);
	flip_page(data, &b, leaf, 4096 - 120, &w);
	buf_free(&b);
}

/* ---- a store of before --------------------------------------------------------------------------- */

static bool holds(struct kv *k, const char *value)
{
	struct kv_txn t;
	struct kv_bytes v;
	must(kv_begin(k, &t, &e), &e, "begin");
	bool right = kv_get(&t, KV_PERSON, "007", 3, &v, &e) == OK && v.n == strlen(value) && memcmp(v.p, value, v.n) == 0;
	kv_end(&t);
	return right;
}

/* The table goes by another name, which is as if there were none. */
static void test_older(void)
{
	struct kv *k = open_new("older", 0), *reader;
	char data[4300];
	put_all(k, "as it was", 0);
	kv_close(k);
	snprintf(data, sizeof data, "%s/db/data.mdb", test_path("older"));
	struct buf b = test_read(data);
	for (char *p; (p = memmem(b.p, b.n, "fresh", 5)) != NULL;)
		p[2] = 'o';
	test_write(data, b.p, b.n);
	buf_free(&b);
	must(kv_open(test_path("older"), KV_READONLY, &reader, &e), &e, "read");
	ok(holds(reader, "as it was"), "a store that an earlier version made is read");
	must(kv_open(test_path("older"), KV_EAGER, &k, &e), &e, "open");
	put_all(k, "as it is", KV_SCATTERED);
	is_int((intmax_t)lying_above(k), ROWS, "gets the table with the first rows");
	ok(holds(k, "as it is") && holds(reader, "as it is"), "which others see at once");
	put_all(k, "as it will be", 0);
	is_int((intmax_t)lying_above(k), 0, "what is written plainly is at its place only");
	ok(holds(reader, "as it will be"), "and seen");
	kv_close(k);
	kv_close(reader);
}

/* ---- which may lie there ------------------------------------------------------------------------- */

static struct kv_bytes number(char text[24], size_t i)
{
	return (struct kv_bytes){ text, (size_t)snprintf(text, 24, "%zu", i * 7919) };
}

static void test_seen(void)
{
	enum { MANY = 10000 };
	struct kv_seen *s = kv_seen_new();
	char text[24];
	ok(kv_seen_may(s, 1, number(text, 1)), "of nobody's rows anything may lie above");
	kv_seen_none(s, 5);
	ok(!kv_seen_may(s, 5, number(text, 1)), "where nothing lay, nothing does");
	ok(kv_seen_may(s, 4, number(text, 1)) && kv_seen_may(s, 6, number(text, 1)), "then, and not before or later");
	size_t missed = 0, taken = 0;
	for (size_t i = 0; i < MANY; i++)
		kv_seen_add(s, number(text, i));
	kv_seen_through(s, 6);
	for (size_t i = 0; i < MANY; i++) {
		missed += !kv_seen_may(s, 6, number(text, i));
		taken += kv_seen_may(s, 6, number(text, MANY + i));
	}
	is_int((intmax_t)missed, 0, "what was laid there may lie there");
	ok(taken < MANY / 100, "and few others: %zu of %d", taken, MANY);
	kv_seen_through(s, 8);
	ok(kv_seen_may(s, 8, number(text, MANY)) && kv_seen_may(s, 6, number(text, MANY)), "once somebody else wrote, anything may");
	kv_seen_none(s, 9);
	ok(!kv_seen_may(s, 9, number(text, 1)), "until all is folded in");
	kv_seen_free(s);
}

static void lay(struct kv *k, char key, bool del)
{
	struct kv_op op = { .table = KV_REC, .key = { (uint8_t)key }, .nkey = 1, .value = "row", .nvalue = 3, .del = del };
	const struct kv_op proof = op;
	must(kv_apply(k, &op, 1, del ? 0 : KV_SCATTERED, &proof, &e), &e, "lay");
}

static int lay_elsewhere(char key)
{
	int status;
	pid_t pid = fork();
	if (pid == 0) {
		struct kv *k;
		must(kv_open(test_path("elsewhere"), KV_EAGER | KV_UNSYNCED, &k, &e), &e, "open");
		lay(k, key, false);
		kv_close(k);
		_exit(0);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid ? status : -1;
}

static bool is_there(struct kv *k, char key)
{
	struct kv_txn t;
	struct kv_bytes v;
	must(kv_begin(k, &t, &e), &e, "begin");
	int rc = kv_get(&t, KV_REC, &key, 1, &v, &e);
	kv_end(&t);
	return rc == OK;
}

/* What this program laid there isn't all that lies there. */
static void test_elsewhere(void)
{
	struct kv *k = open_new("elsewhere", KV_EAGER);
	ok(!is_there(k, 'a'), "nothing lies there");
	lay(k, 'a', false);
	ok(is_there(k, 'a') && !is_there(k, 'b'), "then one row");
	is_int(lay_elsewhere('b'), 0, "another program lays one");
	ok(is_there(k, 'a') && is_there(k, 'b'), "both are seen");
	must(kv_fold(k, &e), &e, "fold");
	lay(k, 'c', false);
	lay(k, 'x', true);
	is_int(lay_elsewhere('d'), 0, "also after this one deleted what wasn't there");
	ok(is_there(k, 'c') && is_there(k, 'd') && !is_there(k, 'x'), "all is seen");
	kv_close(k);
}

int main(void)
{
	test_seen();
	test_elsewhere();
	test_histories();
	test_choice();
	test_flips();
	test_older();
	return done_testing();
}
