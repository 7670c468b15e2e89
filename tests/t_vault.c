/* tests/t_vault.c - sealed rows and kept files come back as they were put, go when they are told to, and nobody reads
 * the sealed ones without the key. */
#include "store/vault.h"

#include <stdio.h>
#include <string.h>

#include "store/exchange.h"
#include "tests/storetest.h"

static struct test_clock clk;

static struct view *look(struct store *s)
{
	struct err e = { 0 };
	struct view *v;
	must(view_begin(s, &v, &e), &e, "view");
	return v;
}

static bool holds(struct store *s, const char *name, const char *want)
{
	struct err e = { 0 };
	struct view *v = look(s);
	struct arena *a = arena_new();
	const void *p;
	size_t n;
	must(vault_get(v, a, name, &p, &n, &e), &e, "get");
	bool same = want ? p && n == strlen(want) && memcmp(p, want, n) == 0 : !p && n == 0;
	arena_free(a);
	view_end(v);
	return same;
}

static int put(struct store *s, const char *name, const char *text)
{
	return vault_put(s, &(struct vault_row){ name, text, text ? strlen(text) : 0 }, 1, NULL);
}

static void test_rows(struct store *s)
{
	const struct vault_row three[] = { { "ring.b", "two", 3 }, { "ring.a", "one", 3 }, { "other", "", 0 } };
	const struct vault_row gone[] = { { "ring.a", NULL, 0 }, { "ring.c", NULL, 0 } };
	ok(holds(s, "ring.a", NULL), "what was never put is nothing");
	is_int(vault_put(s, three, 3, NULL), OK, "three rows at once");
	ok(holds(s, "ring.a", "one") && holds(s, "ring.b", "two"), "come back");
	ok(holds(s, "other", ""), "an empty one is something, too");
	is_int(put(s, "ring.a", "changed"), OK, "a row is replaced");
	ok(holds(s, "ring.a", "changed") && holds(s, "ring.b", "two"), "and no other");
	is_int(vault_put(s, gone, 2, NULL), OK, "a row and one that isn't there are forgotten");
	ok(holds(s, "ring.a", NULL) && holds(s, "ring.b", "two"), "and are gone");
	is_int(vault_put(s, gone, 2, NULL), OK, "again is fine");
	uint64_t version = store_version(s);
	store_set_dry_run(s, true);
	ok(put(s, "ring.b", "dry") == OK && store_version(s) == version, "a dry run writes nothing");
	store_set_dry_run(s, false);
	ok(holds(s, "ring.b", "two"), "not even a little");
}

static void test_list(struct store *s)
{
	struct err e = { 0 };
	struct arena *a = arena_new();
	struct vault_row *row;
	size_t n;
	put(s, "list.2", "b");
	put(s, "list.1", "a");
	put(s, "lisa", "c");
	struct view *v = look(s);
	must(vault_list(v, a, "list.", &row, &n, &e), &e, "list");
	is_int((intmax_t)n, 2, "those with the prefix are listed");
	ok(n == 2 && strcmp(row[0].name, "list.1") == 0 && strcmp(row[1].name, "list.2") == 0, "by name");
	ok(n == 2 && row[0].n == 1 && memcmp(row[0].p, "a", 1) == 0, "with what they hold");
	must(vault_list(v, a, "nothing", &row, &n, &e), &e, "list");
	is_int((intmax_t)n, 0, "or none");
	view_end(v);
	arena_free(a);
}

static void test_large(struct store *s)
{
	enum { LARGE = 1 << 20 };
	struct err e = { 0 };
	struct arena *a = arena_new();
	char *bytes = arena_alloc(a, LARGE);
	const void *p;
	size_t n;
	memset(bytes, 'x', LARGE);
	is_int(vault_put(s, &(struct vault_row){ "large", bytes, LARGE }, 1, &e), OK, "a MiB is put");
	struct view *v = look(s);
	must(vault_get(v, a, "large", &p, &n, &e), &e, "get");
	is_mem(p, n, bytes, LARGE, "and comes back");
	view_end(v);
	arena_free(a);
}

static bool is_on_disk(const char *word)
{
	struct buf b = test_read(test_path("sealed/db/data.mdb"));
	bool found = memmem(b.p, b.n, word, strlen(word)) != NULL;
	buf_free(&b);
	return found;
}

static void test_locked(void)
{
	struct err e = { 0 };
	struct os_clock clock = test_clock(&clk);
	struct store_new how = { .site = "Viborg", .passphrase = "open sesame", .fast_kdf = true };
	struct store_opts opts = { .clock = clock, .passphrase = "open sesame" };
	struct store *s;
	struct vault_row *row;
	size_t n;
	must(store_create(test_path("sealed"), &how, &clock, &e), &e, "create");
	must(store_open(test_path("sealed"), &opts, &s, &e), &e, "open");
	must(put(s, "secret", "heliotrope"), NULL, "put");
	struct view *v = look(s);
	store_lock(s);
	is_int(put(s, "secret", "x"), ERR_KEY, "nothing is put in a locked store");
	is_int(vault_list(v, NULL, "", &row, &n, &e), ERR_KEY, "nor read");
	view_end(v);
	store_close(s);
	ok(is_on_disk("secret") && !is_on_disk("heliotrope"), "the name lies open in the file, what it names doesn't");
	opts.readonly = true;
	must(store_open(test_path("sealed"), &opts, &s, &e), &e, "open again");
	ok(holds(s, "secret", "heliotrope"), "it is there when the store is opened again");
	is_int(put(s, "secret", "x"), ERR_READONLY, "who only reads puts nothing");
	is_int(kept_drop(s, 1, 1, (const uint8_t *)"12345678", &e), ERR_READONLY, "and drops nothing");
	store_close(s);
}

/* ---- kept files ---------------------------------------------------------------------------------- */

struct seen_files { char text[200]; size_t most; };

static int note(void *ctx, const struct kept *k, struct err *e)
{
	struct seen_files *f = ctx;
	char one[60];
	(void)e;
	snprintf(one, sizeof one, "%llu/%llu:%.*s ", (unsigned long long)k->inc, (unsigned long long)k->first, (int)k->nhead,
		(const char *)k->head);
	strncat(f->text, one, sizeof f->text - strlen(f->text) - 1);
	return f->most-- > 1 ? OK : ERR_STOPPED;
}

static const char *files(struct store *s, const uint64_t *inc, size_t most, int want)
{
	static struct seen_files f;
	struct view *v = look(s);
	f = (struct seen_files){ .most = most };
	is_int(kept_each(v, inc, note, &f, NULL), want, "the kept files are gone through");
	view_end(v);
	return f.text;
}

static void test_kept(struct store *s)
{
	const uint8_t *x = (const uint8_t *)"xxxxxxxx", *y = (const uint8_t *)"yyyyyyyy";
	const uint64_t seven = 7, nine = 9;
	struct err e = { 0 };
	is_str(files(s, NULL, 9, OK), "", "at first none are kept");
	is_int(kept_put(s, 7, 12, x, "c", 1, &e), OK, "one is kept");
	is_int(kept_put(s, 7, 1, y, "b", 1, &e), OK, "and one before it");
	is_int(kept_put(s, 7, 1, x, "a", 1, &e), OK, "and another with the same first number");
	is_int(kept_put(s, 3, 5, x, "z", 1, &e), OK, "and one of another");
	is_str(files(s, NULL, 9, OK), "3/5:z 7/1:a 7/1:b 7/12:c ", "by author, number and hash");
	is_str(files(s, &seven, 9, OK), "7/1:a 7/1:b 7/12:c ", "or of one author");
	is_str(files(s, &nine, 9, OK), "", "who may have none");
	is_str(files(s, &seven, 2, ERR_STOPPED), "7/1:a 7/1:b ", "until it is enough");
	struct view *v = look(s);
	ok(kept_has(v, 7, 1, y) && !kept_has(v, 7, 2, y) && !kept_has(v, 3, 5, y), "asked for one");
	view_end(v);
	is_int(kept_put(s, 7, 1, x, "a", 1, &e), OK, "the same again");
	is_int(kept_drop(s, 7, 1, x, &e), OK, "one is dropped");
	is_int(kept_drop(s, 7, 1, x, &e), OK, "and dropping it again is fine");
	is_str(files(s, &seven, 9, OK), "7/1:b 7/12:c ", "the rest stays");
}

/* Files of all sorts of lengths, each between two small ones. */
static int compare_whole(void *ctx, const struct kept *k, struct err *e)
{
	struct buf b = { 0 }, *want = ctx;
	bool long_one = k->inc == 8;
	bool same = kept_read(k, &b, e) == OK && k->n == b.n && k->nhead <= k->n && memcmp(b.p, k->head, k->nhead) == 0 &&
		(long_one ? b.n == want->n && memcmp(b.p, want->p, b.n) == 0 : b.n == 1);
	buf_free(&b);
	return same ? OK : ERR_CORRUPT;
}

static void test_long_kept(struct store *s)
{
	static const size_t lengths[] = { 2, 4071, 4072, 4073, 8147, 8148, 8149, 12224, 12225, 300000 };
	const uint8_t *x = (const uint8_t *)"xxxxxxxx";
	struct prng r = { .s = 3 };
	struct err e = { 0 };
	bool kept = true, found = true, gone = true;
	must(kept_put(s, 7, 1, x, "a", 1, &e), &e, "before");
	must(kept_put(s, 9, 1, x, "z", 1, &e), &e, "after");
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		struct buf b = { 0 };
		while (b.n < lengths[i])
			buf_addc(&b, (char)prng_next(&r));
		kept = kept && kept_put(s, 8, i, x, b.p, b.n, &e) == OK && kept_put(s, 8, i, x, b.p, b.n, &e) == OK;
		struct view *v = look(s);
		found = found && kept_has(v, 8, i, x) && kept_each(v, NULL, compare_whole, &b, &e) == OK;
		view_end(v);
		must(kept_drop(s, 8, i, x, &e), &e, "drop");
		gone = gone && strcmp(files(s, NULL, 9, OK), "7/1:a 9/1:z ") == 0;
		buf_free(&b);
	}
	ok(kept && found, "files that take several rows come back as they were");
	ok(gone, "and go as a whole");
	must(kept_drop(s, 7, 1, x, &e), &e, "drop");
	must(kept_drop(s, 9, 1, x, &e), &e, "drop");
}

int main(void)
{
	struct store *s = test_store("s", &clk);
	test_rows(s);
	test_list(s);
	test_large(s);
	test_long_kept(s);
	test_kept(s);
	store_close(s);
	test_locked();
	return done_testing();
}
