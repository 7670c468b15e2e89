/* tests/t_invite.c - an invitation's file opens with its six words and no others, and nothing altered or cut is taken
 * (sync/invite.h). */
#include "sync/invite.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "tests/tap.h"

static const struct ring_key KEYS[] = {{{1, 2}, 0, {3}}, {{1, 2}, 1, {4}}};
static const struct invite_text SAID[] = {{"one", 3}, {"", 0}, {"three", 5}};
enum { SUM = 16, PASSES_AT = 8, KIB_AT = 12 };

static char words[RING_WORDS_TEXT];

static struct buf sealed(void)
{
	struct invite i = {
		.cover = {9}, .secret = {8}, .name = {7}, .key = KEYS, .nkeys = 2, .statement = SAID, .nstatements = 3};
	struct buf b = {0};
	ok(invite_seal(&i, true, &b, words, NULL) == OK, "sealed");
	return b;
}

/* Opens from memory of exactly n bytes, so that the sanitizer sees a step past its end. */
static int open_exact(const void *p, size_t n, const char *typed)
{
	struct arena *a = arena_new();
	struct invite i;
	void *exact = malloc(n ? n : 1);
	memcpy(exact, p, n);
	int rc = invite_open(a, exact, n, typed, &i, NULL);
	invite_wipe(&i);
	free(exact);
	arena_free(a);
	return rc;
}

static void test_round_trip(const struct buf *b)
{
	struct arena *a = arena_new();
	struct invite i;
	struct err e = {0};
	is_int(invite_open(a, b->p, b->n, words, &i, &e), OK, "it opens with its words %s", e.text);
	ok(i.cover[0] == 9 && i.secret[0] == 8 && i.name[0] == 7, "what it holds");
	ok(i.nkeys == 2 && i.key[1].partition == 1 && i.key[1].key[0] == 4 && i.key[0].epoch[1] == 2, "its keys");
	ok(i.nstatements == 3 && i.statement[1].n == 0 && i.statement[2].n == 5 &&
			memcmp(i.statement[2].p, "three", 5) == 0,
		"and what was said, in order");
	invite_wipe(&i);
	ok(!i.key && i.secret[0] == 0, "until it is wiped");
	arena_free(a);
}

static void test_refused(struct buf *b)
{
	bool cuts = true, flips = true;
	for (size_t n = 0; n < b->n; n++)
		cuts = cuts && open_exact(b->p, n, words) != OK;
	for (size_t bit = 0; bit < 8 * b->n; bit++) {
		b->p[bit / 8] ^= (char)(1 << bit % 8);
		int rc = open_exact(b->p, b->n, words);
		flips = flips && (rc == ERR_CORRUPT || rc == ERR_DATA || rc == ERR_UNSUPPORTED);
		b->p[bit / 8] ^= (char)(1 << bit % 8);
	}
	ok(cuts, "no cut one opens");
	ok(flips, "nor one with a bit altered, and the words aren't blamed for it");
	is_int(open_exact(b->p, b->n, "agurk agurk agurk agurk agurk agurk"), ERR_KEY, "nor with other words");
	is_int(open_exact(b->p, b->n, "agurk"), ERR_KEY, "nor with one");
	is_int(open_exact("PK\3\4", 4, words), ERR_DATA, "something else is no invitation");
}

/* Whoever alters the cost and puts the sum right can't make us work for hours. */
static void test_cost(struct buf *b)
{
	static const struct { size_t at; uint8_t v[4]; const char *what; } odd[] = {
		{PASSES_AT, {0, 0, 0, 0}, "no passes"}, {PASSES_AT, {0, 0, 0, 101}, "101 passes"},
		{PASSES_AT, {255, 255, 255, 255}, "as many as there can be"}, {KIB_AT, {0, 0, 0, 1}, "one KiB"},
		{KIB_AT, {0, 16, 0, 1}, "more than a GiB"},
	};
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		uint8_t *p = malloc(b->n);
		memcpy(p, b->p, b->n);
		memcpy(p + odd[i].at, odd[i].v, 4);
		crypto_generichash(p + b->n - SUM, SUM, p, b->n - SUM, NULL, 0);
		is_int(open_exact(p, b->n, words), ERR_CORRUPT, "%s", odd[i].what);
		free(p);
	}
}

int main(void)
{
	ringkeys_init(NULL);
	struct buf b = sealed();
	test_round_trip(&b);
	test_refused(&b);
	test_cost(&b);
	buf_free(&b);
	return done_testing();
}
