/* tests/t_signing.c - a site's signature on a text: the key it is made with, and minisign's files. */
#include "sync/signing.h"

#include <string.h>

#include "sync/ring.h"
#include "tests/storetest.h"

static struct err e;
static struct arena *a;

static struct signing_file file_of(const struct buf *b)
{
	return (struct signing_file){b->p, b->n};
}

static void test_key(void)
{
	struct test_clock clk = {0};
	struct store *s = test_store("key", &clk);
	uint8_t first[SIGNING_PUBLIC], again[SIGNING_PUBLIC], sealed[SIGNING_SEAL];
	const char *name;
	bool retired;
	must(signing_key(s, first, &e), &e, "key");
	must(signing_key(s, again, &e), &e, "key");
	is_mem(again, sizeof again, first, sizeof first, "a store keeps its key");
	must(signing_seal(s, "text", 4, sealed, &e), &e, "seal");
	ok(signing_holds(first, sealed, "text", 4), "its seal holds");
	ok(!signing_holds(first, sealed, "test", 4), "not over another text");
	must(signing_whose(s, a, first, &name, &retired, &e), &e, "whose");
	ok(*name && !retired, "it knows its own key");
	again[0] ^= 1;
	ok(!signing_holds(again, sealed, "text", 4), "nor by another key");
	must(signing_whose(s, a, again, &name, &retired, &e), &e, "whose");
	is_str(name, "", "another is nobody's");
	must(ring_new(s, "Midt", &e), &e, "ring");
	must(signing_key(s, again, &e), &e, "key");
	is_mem(again, sizeof again, first, sizeof first, "a ring goes on with it");
	struct ring *r;
	must(ring_load(s, &r, &e), &e, "load");
	size_t n;
	is_mem(ring_members(r, &n)->key, SIGNING_PUBLIC, first, sizeof first, "as the member's key");
	ring_free(r);
	must(signing_whose(s, a, first, &name, &retired, &e), &e, "whose");
	ok(*name && !retired, "which tells whose it is");
	store_close(s);
}

/* A ring that is there already gives the key, and one that was left doesn't hand it to the next. */
static void test_ring_first(void)
{
	struct test_clock clk = {0};
	struct store *s = test_store("ring", &clk);
	struct ring *r;
	uint8_t first[SIGNING_PUBLIC], next[SIGNING_PUBLIC];
	must(ring_new(s, "Midt", &e), &e, "ring");
	must(signing_key(s, first, &e), &e, "key");
	must(ring_load(s, &r, &e), &e, "load");
	size_t n;
	is_mem(ring_members(r, &n)->key, SIGNING_PUBLIC, first, sizeof first, "in a ring one signs as its member");
	const char *own = arena_strdup(a, ring_members(r, &n)->name);
	must(ring_remove(s, r, own, &e), &e, "leave");
	ring_free(r);
	must(ring_new(s, "Nord", &e), &e, "another ring");
	must(signing_key(s, next, &e), &e, "key");
	ok(memcmp(first, next, sizeof first) != 0, "in another ring as another member");
	store_close(s);
}

static void test_dry(void)
{
	struct test_clock clk = {0};
	struct store *s = test_store("dry", &clk);
	uint8_t first[SIGNING_PUBLIC], next[SIGNING_PUBLIC];
	store_set_dry_run(s, true);
	must(signing_key(s, first, &e), &e, "key");
	must(signing_key(s, next, &e), &e, "key");
	ok(memcmp(first, next, sizeof first) != 0, "a dry run keeps no key");
	store_close(s);
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

struct files {
	struct store *s;
	struct buf text, sig, pub;
};

static int read_them(const struct files *f, struct signing_found *found)
{
	struct signing_file text = file_of(&f->text), sig = file_of(&f->sig), pub = file_of(&f->pub);
	return signing_read(f->s, a, &text, &sig, &pub, found, &e);
}

/* One byte of a file is another: what is said of it. */
static void alter(struct files *f, struct buf *b, const char *at, int rc, enum signing_what what, const char *name)
{
	struct signing_found found;
	char *p = strstr(b->p, at);
	char was = *p;
	*p = was == 'x' ? 'y' : 'x';
	is_int(read_them(f, &found), rc, "%s", name);
	is_int((int)found.what, (int)what, "and it is said which");
	*p = was;
}

static void test_files(void)
{
	struct test_clock clk = {0};
	struct files f = {.s = test_store("files", &clk)};
	struct signing_found found;
	buf_adds(&f.text, "Aftale\nmellem Thyra og Forhal\n");
	must(signing_write(f.s, f.text.p, f.text.n, "samvagt: prøve", &f.sig, &f.pub, &e), &e, "write");
	is_int(read_them(&f, &found), OK, "the files fit");
	is_str(found.comment, "samvagt: prøve", "with their comment");
	alter(&f, &f.text, "Thyra", ERR_CORRUPT, SIGNING_TEXT, "an altered text");
	alter(&f, &f.sig, "prøve", ERR_CORRUPT, SIGNING_COMMENT, "an altered comment");
	struct signing_file text = file_of(&f.text), sig = file_of(&f.sig);
	is_int(signing_read(f.s, a, &text, &sig, NULL, &found, &e), OK, "the store knows its own key");
	for (size_t n = 0; n < f.sig.n - 1; n++) {
		sig.n = n;
		if (signing_read(f.s, a, &text, &sig, NULL, &found, &e) == OK)
			break;
		if (n == f.sig.n - 2)
			ok(true, "a signature that is cut short is none, wherever");
	}
	struct test_clock other_clk = {0};
	struct files g = {.s = test_store("other", &other_clk), .text = f.text, .sig = f.sig};
	struct buf unused = {0};
	must(signing_write(g.s, "x", 1, "", &unused, &g.pub, &e), &e, "write");
	is_int(read_them(&g, &found), ERR_KEY, "another site's key doesn't fit");
	is_int((int)found.what, SIGNING_KEY, "and it is said so");
	sig = file_of(&f.sig);
	is_int(signing_read(g.s, a, &text, &sig, NULL, &found, &e), ERR_KEY, "another site doesn't know it");
	is_int(signing_write(g.s, "x", 1, "two\nlines", &unused, &unused, &e), ERR_DATA, "a comment is one line");
	buf_free(&unused);
	buf_free(&g.pub);
	buf_free(&f.text);
	buf_free(&f.sig);
	buf_free(&f.pub);
	store_close(f.s);
	store_close(g.s);
}

/* Whichever bit of the three files is another: never confirmed, but for the comments that nobody signs. */
static void test_bits(void)
{
	struct test_clock clk = {0};
	struct files f = {.s = test_store("bits", &clk)};
	struct signing_found found;
	size_t wrong = 0, tried = 0;
	buf_adds(&f.text, "Aftale mellem Thyra og Forhal\n");
	must(signing_write(f.s, f.text.p, f.text.n, "samvagt", &f.sig, &f.pub, &e), &e, "write");
	struct buf *files[] = {&f.text, &f.sig, &f.pub};
	for (int i = 0; i < 3; i++)
		for (size_t at = i ? strcspn(files[i]->p, "\n") + 1 : 0; at + 1 < files[i]->n; at++) {
			files[i]->p[at] ^= (char)(1 << (at % 7));
			wrong += read_them(&f, &found) == OK;
			tried++;
			files[i]->p[at] ^= (char)(1 << (at % 7));
		}
	ok(tried > 200 && wrong == 0, "no altered bit is confirmed (%zu of %zu were)", wrong, tried);
	buf_free(&f.text);
	buf_free(&f.sig);
	buf_free(&f.pub);
	store_close(f.s);
}

int main(void)
{
	a = arena_new();
	test_key();
	test_ring_first();
	test_dry();
	test_files();
	test_bits();
	arena_free(a);
	return done_testing();
}
