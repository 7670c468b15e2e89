/* tests/t_seal.c - a seal holds for one value in one place of one store, and breaks at any altered bit. */
#include "store/seal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/tap.h"

static const struct id STORE = {{1}}, OTHER_STORE = {{2}};
static const uint8_t KEY[SEAL_KEY] = {1, 2, 3}, OTHER_KEY[SEAL_KEY] = {1, 2, 4};
enum { TABLE = 2, AROUND = 4 + 24 + 16 };

static struct seal *open_seal(const uint8_t *key, uint16_t epoch, struct id store)
{
	struct seal *s = NULL;
	seal_open(key, epoch, store, &s, NULL);
	return s;
}

/* Opens from memory of exactly n bytes, so that the sanitizer sees a step past its end. */
static int unseal(struct seal *s, uint8_t table, const char *key, const void *sealed, size_t n)
{
	struct arena *a = arena_new();
	const uint8_t *plain;
	size_t got;
	void *exact = malloc(n ? n : 1);
	memcpy(exact, sealed, n);
	int rc = seal_get(s, table, key, strlen(key), exact, n, a, &plain, &got, NULL);
	if (rc != OK && (plain || got))
		rc = OK; /* nothing may be handed out when it is refused */
	free(exact);
	arena_free(a);
	return rc;
}

static void test_round_trip(struct seal *s)
{
	struct prng r = {5};
	struct buf b = {0};
	bool same = true, padded = true;
	char plain[400];
	buf_adds(&b, "before");
	for (size_t n = 0; n < sizeof plain; n++) {
		struct arena *a = arena_new();
		const uint8_t *out;
		size_t got;
		for (size_t i = 0; i < n; i++)
			plain[i] = (char)prng_next(&r);
		b.n = 6;
		same = same && seal_put(s, TABLE, "key", 3, plain, n, &b, NULL) == OK &&
		       seal_get(s, TABLE, "key", 3, b.p + 6, b.n - 6, a, &out, &got, NULL) == OK && got == n &&
		       memcmp(out, plain, n) == 0 && memcmp(b.p, "before", 6) == 0;
		padded = padded && b.n - 6 == AROUND + (n / 32 + 1) * 32;
		arena_free(a);
	}
	ok(same, "values of 0 to 399 bytes come back, and are appended");
	ok(padded, "lengths are hidden in steps of 32 bytes");
	buf_free(&b);
}

static void test_places(struct seal *s)
{
	struct buf b = {0}, again = {0};
	seal_put(s, TABLE, "row one", 7, "Anna", 4, &b, NULL);
	seal_put(s, TABLE, "row one", 7, "Anna", 4, &again, NULL);
	ok(b.n == again.n && memcmp(b.p, again.p, b.n) != 0, "the same value twice doesn't look the same");
	is_int(b.p[0], 1, "version");
	is_int(b.p[1], 1, "algorithm");
	ok((uint8_t)b.p[2] == 0x12 && b.p[3] == 0x34, "epoch, big-endian");
	is_int(unseal(s, TABLE, "row one", b.p, b.n), OK, "it opens where it was sealed");
	is_int(unseal(s, TABLE, "row two", b.p, b.n), ERR_CORRUPT, "not in another row");
	is_int(unseal(s, TABLE, "row on", b.p, b.n), ERR_CORRUPT, "nor in a row with a shorter key");
	is_int(unseal(s, TABLE + 1, "row one", b.p, b.n), ERR_CORRUPT, "nor in another table");
	struct seal *others[] = {open_seal(KEY, 0x1234, OTHER_STORE), open_seal(OTHER_KEY, 0x1234, STORE),
				 open_seal(KEY, 0x1235, STORE)};
	static const char *const what[] = {"in another store", "with another key", "in another epoch"};
	for (int i = 0; i < 3; i++) {
		is_int(unseal(others[i], TABLE, "row one", b.p, b.n), ERR_CORRUPT, "nor %s", what[i]);
		seal_close(others[i]);
	}
	buf_free(&b);
	buf_free(&again);
}

static void test_damage(struct seal *s)
{
	struct buf b = {0};
	bool flips = true, cuts = true;
	seal_put(s, TABLE, "row", 3, "forty bytes of something that nobody sees", 40, &b, NULL);
	for (size_t bit = 0; bit < 8 * b.n; bit++) {
		b.p[bit / 8] ^= (char)(1 << bit % 8);
		flips = flips && unseal(s, TABLE, "row", b.p, b.n) == ERR_CORRUPT;
		b.p[bit / 8] ^= (char)(1 << bit % 8);
	}
	for (size_t n = 0; n < b.n; n++)
		cuts = cuts && unseal(s, TABLE, "row", b.p, n) == ERR_CORRUPT;
	ok(flips, "every flipped bit is seen");
	ok(cuts, "so is every shorter length");
	buf_addc(&b, '\0');
	is_int(unseal(s, TABLE, "row", b.p, b.n), ERR_CORRUPT, "and a longer one");
	struct err e;
	struct arena *a = arena_new();
	const uint8_t *plain;
	size_t n;
	seal_get(s, TABLE, "row", 3, b.p, b.n, a, &plain, &n, &e);
	ok(e.code == ERR_CORRUPT && strstr(e.text, "samvagt doctor") && !strstr(e.text, "row"),
	   "a sentence says what to do");
	arena_free(a);
	buf_free(&b);
}

static void test_derive(struct seal *s)
{
	uint8_t x[SEAL_KEY], y[SEAL_KEY], z[SEAL_KEY];
	struct seal *other = open_seal(OTHER_KEY, 1, STORE);
	seal_derive(s, "backup--", x);
	seal_derive(s, "backup--", y);
	seal_derive(s, "backup-2", z);
	ok(memcmp(x, y, sizeof x) == 0 && memcmp(x, z, sizeof x) != 0 && memcmp(x, KEY, sizeof x) != 0,
	   "a key for each purpose");
	seal_derive(other, "backup--", z);
	ok(memcmp(x, z, sizeof x) != 0, "and each store");
	seal_close(other);
}

/* The number used once is used once, also by a child that has the same seal. */
static void test_fork(struct seal *s)
{
	enum { MANY = 400, NONCE_AT = 4, NONCE = 24 };
	static uint8_t own[MANY][NONCE], other[MANY][NONCE];
	struct buf b = {0};
	int ends[2];
	bool twice = false;
	seal_put(s, TABLE, "k", 1, "x", 1, &b, NULL);
	pid_t child = pipe(ends) == 0 ? fork() : -1;
	for (int i = 0; i < MANY; i++) {
		buf_reset(&b);
		seal_put(s, TABLE, "k", 1, "x", 1, &b, NULL);
		memcpy(own[i], b.p + NONCE_AT, NONCE);
	}
	if (child == 0)
		_exit(write(ends[1], own, sizeof own) != sizeof own);
	bool told = child > 0 && read(ends[0], other, sizeof other) == sizeof other;
	waitpid(child, NULL, 0);
	for (int i = 0; i < MANY; i++)
		for (int k = 0; k < MANY; k++)
			twice = twice || memcmp(own[i], other[k], NONCE) == 0 ||
				(i != k && memcmp(own[i], own[k], NONCE) == 0);
	ok(told && !twice, "no nonce is used twice, also when the program has forked");
	close(ends[0]);
	close(ends[1]);
	buf_free(&b);
}

/* The key of rows that begin alike is kept; rows of many programs, more than there is room for, open in any order. */
static void test_many_writers(struct seal *s)
{
	enum { WRITERS = 300, ROWS = 3, BEGINNING_AT = 4, BEGINNING = 16 };
	static struct buf row[WRITERS][ROWS];
	struct prng r = {11};
	bool alike = true, apart = true, opened = true;
	for (int i = 0; i < WRITERS; i++) {
		struct seal *writer = open_seal(KEY, 0x1234, STORE);
		for (int k = 0; k < ROWS; k++)
			seal_put(writer, TABLE, "row", 3, "Anna", 4, &row[i][k], NULL);
		seal_close(writer);
		alike = alike && memcmp(row[i][0].p + BEGINNING_AT, row[i][ROWS - 1].p + BEGINNING_AT, BEGINNING) == 0;
		apart = apart && (i == 0 || memcmp(row[i - 1][0].p + BEGINNING_AT, row[i][0].p + BEGINNING_AT, BEGINNING) != 0);
	}
	for (int i = 0; i < WRITERS * ROWS; i++) {
		const struct buf *b = &row[prng_below(&r, WRITERS)][prng_below(&r, ROWS)];
		opened = opened && unseal(s, TABLE, "row", b->p, b->n) == OK;
	}
	ok(alike && apart, "nonces of one program begin alike, those of another otherwise");
	ok(opened, "what 300 programs sealed opens in any order");
	for (int i = 0; i < WRITERS * ROWS; i++)
		buf_free(&row[i / ROWS][i % ROWS]);
}

/* More than are numbered on from one beginning. */
static void test_next_beginning(struct seal *s)
{
	enum { ROWS = 70000, NONCE_AT = 4, BEGINNING = 16, NONCE = 24 };
	struct buf b = {0};
	uint8_t last[NONCE] = {0};
	size_t beginnings = 0, same = 0;
	for (int i = 0; i < ROWS; i++) {
		buf_reset(&b);
		seal_put(s, TABLE, "k", 1, "x", 1, &b, NULL);
		const char *nonce = b.p + NONCE_AT;
		beginnings += memcmp(last, nonce, BEGINNING) != 0;
		same += memcmp(last, nonce, NONCE) == 0;
		memcpy(last, nonce, NONCE);
	}
	ok(beginnings >= 2 && beginnings <= 3 && same == 0, "a beginning serves for a while, then there is another");
	is_int(unseal(s, TABLE, "k", b.p, b.n), OK, "and what it seals opens");
	seal_renew(s);
	buf_reset(&b);
	seal_put(s, TABLE, "k", 1, "x", 1, &b, NULL);
	ok(memcmp(last, b.p + NONCE_AT, BEGINNING) != 0, "as there is for what is written together next");
	buf_free(&b);
}

int main(void)
{
	struct seal *s = open_seal(KEY, 0x1234, STORE);
	ok(s != NULL, "a seal opens");
	test_round_trip(s);
	test_places(s);
	test_damage(s);
	test_derive(s);
	test_fork(s);
	test_many_writers(s);
	test_next_beginning(s);
	seal_close(s);
	seal_close(NULL);
	return done_testing();
}
