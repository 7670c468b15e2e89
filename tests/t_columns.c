/* tests/t_columns.c - columns of numbers and bytes: the same back, one form each, and nothing else read. */
#include "sync/columns.h"

#include <stdlib.h>
#include <string.h>

#include "tests/tap.h"

/* ---- single numbers ------------------------------------------------------------------------------ */

static const uint64_t edges[] = {0, 1, 127, 128, 255, 256, 16383, 16384, UINT32_MAX, INT64_MAX, (uint64_t)INT64_MAX + 1,
	UINT64_MAX - 1, UINT64_MAX};
enum { EDGES = sizeof edges / sizeof *edges };

static bool reads(const void *p, size_t n, uint64_t *out)
{
	struct cursor c = {p, (const uint8_t *)p + n};
	return varint_get(&c, out) && c.p == c.end;
}

static void test_varints(void)
{
	bool same = true, whole = true, signs = true;
	for (size_t i = 0; i < EDGES; i++) {
		struct buf b = {0};
		uint64_t u;
		varint_put(&b, edges[i]);
		same = same && reads(b.p, b.n, &u) && u == edges[i];
		for (size_t n = 0; n < b.n; n++)
			whole = whole && !reads(b.p, n, &u);
		signs = signs && zigzag(unzigzag(edges[i])) == edges[i];
		buf_free(&b);
	}
	uint64_t u;
	ok(same, "varints come back");
	ok(whole, "a varint cut short isn't read");
	ok(signs, "zigzag goes both ways");
	ok(zigzag(-1) == 1 && zigzag(1) == 2 && unzigzag(UINT64_MAX) == INT64_MIN,
		"small numbers of both signs are small");
	ok(!reads("\x80\x00", 2, &u), "a longer form than needed isn't read");
	ok(!reads("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10, &u), "65 bits aren't read");
	ok(!reads("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11, &u), "eleven bytes aren't read");
}

/* ---- columns ------------------------------------------------------------------------------------- */

enum { KEY = 0x01020304 };

static bool write_numbers(const uint64_t *v, size_t n, struct buf *body)
{
	struct columns_out o = {0};
	struct buf parts = {0};
	for (size_t i = 0; i < n; i++)
		columns_put(&o, KEY, v[i]);
	const bool good = columns_write(&o, body, &parts) == OK;
	size_t sum = 0;
	for (size_t i = 0; i < parts.n / sizeof sum; i++)
		sum += ((const size_t *)(const void *)parts.p)[i];
	const bool whole = sum == body->n;
	buf_free(&parts);
	return good && whole;
}

static bool read_numbers(const struct buf *body, const uint64_t *v, size_t n)
{
	struct columns cs;
	uint64_t u;
	if (columns_open(&cs, (const uint8_t *)body->p, body->n) != OK)
		return false;
	struct column *c = columns_find(&cs, KEY);
	bool same = column_left(c) == n;
	for (size_t i = 0; same && i < n; i++)
		same = column_number(c, &u) && u == v[i];
	same = same && !column_number(c, &u) && columns_finished(&cs);
	columns_rewind(&cs);
	same = same && column_number(c, &u) && u == v[0];
	columns_close(&cs);
	return same;
}

static bool comes_back(const uint64_t *v, size_t n, size_t *length)
{
	struct buf body = {0};
	const bool same = write_numbers(v, n, &body) && read_numbers(&body, v, n);
	*length = body.n;
	buf_free(&body);
	return same;
}

enum { MANY = 70000, HEAD = 24 };

/* Shapes that numbers have: what each must take at most, a byte a number or less, or none. */
static uint64_t shape_number(int shape, size_t i, struct prng *r)
{
	switch (shape) {
	case 0: return 4711;
	case 1: return (uint64_t)-5 + 3 * i;
	case 2: return 1000000 + prng_below(r, 256);
	case 3: return (uint64_t)INT64_MIN + 900 * prng_below(r, 256);
	case 4: return prng_next(r);
	case 5: return prng_next(r) >> prng_below(r, 64);
	default: return edges[prng_below(r, EDGES)];
	}
}

static void test_numbers(void)
{
	static const size_t lengths[] = {1, 2, 3, 257, COLUMN_FREE, MANY};
	static const double bytes[] = {0, 0, 1, 1, 8, 8, 8};
	static const char *const names[] = {"equal numbers", "equal steps", "a narrow range", "multiples",
		"random numbers", "numbers of all lengths", "edges"};
	uint64_t *v = malloc(MANY * sizeof *v);
	struct prng r = {7};
	for (int shape = 0; shape < 7; shape++) {
		bool same = true, small = true;
		for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
			size_t length = 0;
			for (size_t i = 0; i < lengths[k]; i++)
				v[i] = shape_number(shape, i, &r);
			same = same && comes_back(v, lengths[k], &length);
			const double least = lengths[k] > COLUMN_FREE ? 1 : 0,
				     each = bytes[shape] > least ? bytes[shape] : least;
			small = small && (double)length <= each * (double)lengths[k] + 2 * HEAD;
		}
		ok(same, "%s come back", names[shape]);
		ok(small, "%s take no more than they must", names[shape]);
	}
	free(v);
}

static void test_bytes(void)
{
	struct columns_out o = {0};
	struct buf body = {0}, parts = {0};
	struct columns cs;
	const char *s;
	const uint8_t *p;
	size_t n;
	uint64_t u;
	columns_put_text(&o, 9, "Søren", 6);
	columns_put_bytes(&o, 5, "\0\1\2", 3);
	columns_put_text(&o, 9, "", 0);
	columns_put(&o, 7, 42);
	columns_put_text(&o, 11, "\xff", 1);
	ok(columns_write(&o, &body, &parts) == OK, "columns of several kinds are written");
	ok(columns_open(&cs, (const uint8_t *)body.p, body.n) == OK && cs.n == 4, "and read");
	ok(column_text(columns_find(&cs, 9), &s, &n) && n == 6 && strcmp(s, "Søren") == 0, "a text comes back");
	ok(column_text(columns_find(&cs, 9), &s, &n) && n == 0, "an empty one too");
	ok(!column_text(columns_find(&cs, 9), &s, &n), "and there is no third");
	ok(!column_text(columns_find(&cs, 11), &s, &n), "what isn't UTF-8 is no text");
	ok(!column_text(columns_find(&cs, 5), &s, &n) || n == 0, "a text ends at the first NUL");
	ok(!column_bytes(columns_find(&cs, 5), 3, &p), "more bytes than there are aren't read");
	ok(column_bytes(columns_find(&cs, 5), 2, &p) && memcmp(p, "\1\2", 2) == 0, "the rest are");
	ok(!column_number(columns_find(&cs, 5), &u) && !column_bytes(columns_find(&cs, 7), 1, &p),
		"bytes are no numbers");
	ok(!columns_find(&cs, 6) && !column_number(NULL, &u) && column_left(NULL) == 0,
		"a column that isn't there is empty");
	ok(!columns_finished(&cs), "something is left");
	columns_close(&cs);
	buf_free(&body);
	buf_free(&parts);
}

/* ---- hostile bodies ------------------------------------------------------------------------------ */

/* Open it and read everything in it, within a body of its own so that a sanitizer sees its end. */
static int read_all(const void *p, size_t n)
{
	struct columns cs;
	uint8_t *body = malloc(n ? n : 1);
	uint64_t u;
	const char *s;
	size_t length;
	memcpy(body, p, n);
	const int rc = columns_open(&cs, body, n);
	for (size_t i = 0; rc == OK && i < cs.n; i++)
		while (column_number(&cs.c[i], &u) || column_text(&cs.c[i], &s, &length))
			;
	if (rc == OK)
		columns_close(&cs);
	free(body);
	return rc;
}

static void test_refused(void)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *what;
	} bad[] = {
		{"", 0, "nothing"},
		{"\x01", 1, "a column without a head"},
		{"\x00\x00", 2, "a byte more"},
		{"\x01\x05\x00\x00", 4, "an empty column"},
		{"\x01\x05\x00\x02\x61", 5, "fewer bytes than told"},
		{"\x01\x05\x01\x01\x61", 5, "bytes with a width"},
		{"\x01\x05\x30\x01\x00", 5, "an unknown kind"},
		{"\x01\x05\x19\x01\x00\x01", 6, "a width of nine"},
		{"\x01\x05\x10\x01\x00\x00", 6, "a step of nothing"},
		{"\x01\x05\x20\x01\x00\x00\x01", 7, "differences of one number"},
		{"\x01\x05\x10\x81\x80\x04\x00\x01", 8, "too many numbers without data"},
		{"\x01\x05\x11\x02\x00\x01\x07", 7, "fewer numbers than told"},
		{"\x02\x05\x00\x01\x00\x00\x01\x61\x62", 9, "two columns of one key"},
		{"\x02\x05\x00\x01\xfb\xff\xff\xff\x0f\x00\x01\x61\x62", 13, "a key beyond 32 bits"},
		{"\xff\xff\xff\xff\x0f", 5, "more columns than bytes"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		is_int(read_all(bad[i].bytes, bad[i].n), ERR_CORRUPT, "%s", bad[i].what);
	is_int(read_all("\x02\x05\x00\x01\x01\x11\x02\x06\x07\x61\x00\x01", 12), OK, "but these are fine");
}

/* Any byte altered: refused or read, never beyond its end. */
static void test_mutations(void)
{
	struct prng r = {11};
	uint64_t v[40];
	struct buf body = {0};
	size_t read = 0, refused = 0;
	for (size_t i = 0; i < 40; i++)
		v[i] = 3 * i + prng_below(&r, 300);
	write_numbers(v, 40, &body);
	for (size_t i = 0; i < body.n; i++) {
		for (int bit = 0; bit < 8; bit++) {
			body.p[i] = (char)(body.p[i] ^ 1 << bit);
			*(read_all(body.p, body.n) == OK ? &read : &refused) += 1;
			body.p[i] = (char)(body.p[i] ^ 1 << bit);
		}
		refused += read_all(body.p, i) != OK;
	}
	ok(read > 0 && refused > body.n, "altered and cut bodies are read within their bounds");
	buf_free(&body);
}

int main(void)
{
	test_varints();
	test_numbers();
	test_bytes();
	test_refused();
	test_mutations();
	return done_testing();
}
