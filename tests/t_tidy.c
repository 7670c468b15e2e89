/* tests/t_tidy.c - a store laid in order answers what it answered, in a smaller file; one that is damaged is left as it
 * is. */
#include "store/store_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/vault.h"
#include "tests/taketest.h"

static struct test_clock clk[2];
static struct err e;

/* ---- every row ------------------------------------------------------------------------------------- */

static void add(uint64_t *sum, const void *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*sum = (*sum ^ ((const uint8_t *)bytes)[i]) * UINT64_C(0x100000001B3);
	*sum = (*sum ^ n) * UINT64_C(0x100000001B3);
}

/* Of all tables as readers see them; without the row in which the order is noted. */
static int sum_rows(struct store *s, uint64_t *sum)
{
	struct view *v;
	int rc = view_begin(s, &v, &e);
	*sum = UINT64_C(0xCBF29CE484222325);
	for (int table = 0; rc == OK && table < KV_FRESH; table++) {
		struct kv_scan scan;
		rc = kv_scan_prefix(&v->txn, (enum kv_table)table, NULL, 0, &scan, &e);
		while (rc == OK && (rc = kv_scan_next(&scan, &e)) == OK)
			if (table != KV_META || *(const char *)scan.key.p != 'l') {
				add(sum, &table, sizeof table);
				add(sum, scan.key.p, scan.key.n);
				add(sum, scan.value.p, scan.value.n);
			}
		kv_scan_end(&scan);
		rc = rc == ERR_NOTFOUND ? OK : rc;
	}
	view_end(v);
	return rc;
}

static size_t rows_above(struct store *s)
{
	struct view *v;
	must(view_begin(s, &v, &e), &e, "view");
	size_t n = v->txn.fresh;
	view_end(v);
	return n;
}

/* ---- in order -------------------------------------------------------------------------------------- */

static void live(struct store *a, struct store *b)
{
	struct id unit = test_unit(a, "Forhal"), role = test_role(a, "Guide"), who[30];
	test_carry(a, b, NULL, NULL);
	for (size_t i = 0; i < sizeof who / sizeof *who; i++)
		who[i] = test_volunteer(i % 2 ? a : b, "Anna", "Holm");
	test_carry(b, a, NULL, NULL);
	test_carry(a, b, NULL, NULL);
	for (size_t i = 1; i < sizeof who / sizeof *who; i++) {
		civil_min start = store_now_civil(a) + 1440 * (civil_min)(i % 7);
		test_assign(i % 3 ? a : b, test_shift(i % 3 ? a : b, unit, role, start, start + 60, 2), who[i], 1);
	}
	test_delete(b, TYPE_VOLUNTEER, who[0]);
	test_set(a, TYPE_VOLUNTEER, who[2], F_VOLUNTEER_CITY, value_text("Viborg"));
	test_set(b, TYPE_VOLUNTEER, who[2], F_VOLUNTEER_CITY, value_text("Skive"));
	test_carry(b, a, NULL, NULL);
}

static void test_order(void)
{
	struct store *a = test_store("a", &clk[0]), *b = test_store("b", &clk[1]);
	uint64_t was, is;
	live(a, b);
	ok(rows_above(a) > 0, "rows lie above their places");
	must(sum_rows(a, &was), &e, "rows");
	const uint64_t version = store_version(a);
	is_int(store_tidy(a, &e), OK, "it is laid in order");
	must(sum_rows(a, &is), &e, "rows");
	ok(is == was, "every row is as it was");
	is_int((intmax_t)rows_above(a), 0, "none lies above its place");
	ok(store_version(a) > version, "who watches its version sees that something happened");
	const int64_t size = store_size(a);
	must(store_tidy(a, &e), &e, "tidy");
	must(sum_rows(a, &is), &e, "rows");
	ok(is == was && store_size(a) == size, "in order it stays as it is");
	test_set(a, TYPE_SITE, store_site(a), F_SITE_NAME, value_text("Viborg"));
	test_carry(a, b, NULL, NULL);
	test_carry(b, a, NULL, NULL);
	ok(test_same_state(a, b), "it goes on with others");
	ok(test_undo_newest(a).writes > 0, "and undoes what was before");
	store_close(a);
	store_close(b);
	ok(test_is_whole("a", &clk[0]), "it is whole");
	a = test_open("a", &clk[0]);
	store_lock(a);
	ok(!store_is_untidy(a) && store_tidy(a, &e) == ERR_KEY, "one that is locked waits for its key");
	store_close(a);
}

/* ---- when it pays ---------------------------------------------------------------------------------- */

enum { LARGE = 1 << 20, MANY = 24 };

static void fill(struct store *s, char *large, bool there)
{
	for (int i = 0; i < MANY; i++) {
		char name[16];
		snprintf(name, sizeof name, "x%d", i);
		const struct vault_row row = { name, there ? large : NULL, there ? LARGE : 0 };
		must(vault_put(s, &row, 1, &e), &e, "vault");
	}
}

static void test_due(void)
{
	struct store *s = test_store("large", &clk[0]);
	char *large = calloc(1, LARGE);
	ok(large && !store_is_untidy(s), "a small store is never untidy");
	fill(s, large, true);
	fill(s, large, false);
	ok(store_is_untidy(s), "one is that has become large, whatever is in it");
	must(store_tidy(s, &e), &e, "tidy");
	ok(!store_is_untidy(s) && store_size(s) < LARGE, "not once it is laid in order: %jd bytes", (intmax_t)store_size(s));
	fill(s, large, true);
	must(store_tidy(s, &e), &e, "tidy");
	test_set(s, TYPE_SITE, store_site(s), F_SITE_NAME, value_text("Skive"));
	ok(!store_is_untidy(s) && store_size(s) > MANY * LARGE, "nor when it is large and in order");
	store_close(s);
	free(large);
}

/* ---- damage ---------------------------------------------------------------------------------------- */

enum { FLIPS = 300, SAME = 0, REFUSED, CHANGED };

/* In a child, as a wrong page may end it. */
static int tidy_damaged(void)
{
	uint64_t was, is;
	struct store *s;
	const struct store_opts how = { .clock = test_clock(&clk[0]) };
	if (store_open(test_path("hurt"), &how, &s, &e) != OK)
		return REFUSED;
	int before = sum_rows(s, &was), rc = store_tidy(s, &e);
	if (rc != OK)
		return REFUSED;
	return before == OK && sum_rows(s, &is) == OK && is == was ? SAME : CHANGED;
}

static int in_child(void)
{
	int status;
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0)
		_exit(tidy_damaged());
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		must(ERR_IO, NULL, "child");
	return WIFEXITED(status) ? WEXITSTATUS(status) : REFUSED;
}

static void test_damage(void)
{
	struct prng r = { 20 };
	size_t outcome[3] = { 0 };
	struct store *s = test_store("hurt", &clk[0]), *b = test_store("other", &clk[1]);
	live(s, b);
	const size_t head = 2 * 4096, used = (size_t)store_size(s) - head;
	store_close(b);
	store_close(s);
	struct buf db = test_read(test_path("hurt/db/data.mdb"));
	for (int i = 0; i < FLIPS; i++) {
		const size_t at = head + (size_t)prng_below(&r, used);
		const char was = db.p[at];
		db.p[at] = (char)(was ^ 1 << prng_below(&r, 8));
		test_write(test_path("hurt/db/data.mdb"), db.p, db.n);
		int got = in_child();
		outcome[got]++;
		if (got == CHANGED)
			diag("byte %zu", at);
		db.p[at] = was;
	}
	diag("%zu laid in order, %zu left", outcome[SAME], outcome[REFUSED]);
	ok(outcome[SAME] > 0 && outcome[REFUSED] > 0, "some damage is seen");
	is_int((intmax_t)outcome[CHANGED], 0, "what can't be read whole is left as it is");
	buf_free(&db);
}

int main(void)
{
	clk[0].t = clk[1].t = INT64_C(1764576000);
	test_order();
	test_due();
	test_damage();
	return done_testing();
}
