/* tests/t_codec_random.c - whatever record or group is written comes back the same, in the same bytes. */
#include <stdlib.h>
#include <string.h>

#include "store/register.h"
#include "tests/codectest.h"

static struct value random_value(struct arena *a, struct prng *p)
{
	static const struct {
		const char *bytes;
		uint8_t n;
	} raws[] = {
		{"\xf4", 1},
		{"\xf5", 1},
		{"\x80", 1},
		{"\x82\x01\x81\x61"
		 "a",
		 5},
		{"\x40", 1},
		{"\x42\x01\x02", 3},
		{"\x1b\xff\xff\xff\xff\xff\xff\xff\xff", 9},
		{"\x3b\x80\0\0\0\0\0\0\0", 9},
		{"\x82\xf6\xf6", 3},
	};
	static const char *const letters[] = {"a", "Å", "€", "𝄞", " ", "7"};
	size_t n = prng_below(p, 3) ? prng_below(p, 12) : prng_below(p, 400);
	char *s = arena_alloc(a, 4 * n + 1);
	struct id id;
	switch (prng_below(p, 5)) {
	case 0:
		return value_int((int64_t)(prng_next(p) >> prng_below(p, 64)) * (prng_below(p, 2) ? 1 : -1));
	case 1:
		for (char *to = s; n > 0; n--) {
			const char *letter = letters[prng_below(p, 6)];
			memcpy(to, letter, strlen(letter));
			to += strlen(letter);
		}
		return value_text(s);
	case 2:
		for (int i = 0; i < 16; i++)
			id.b[i] = (uint8_t)prng_next(p);
		return value_id(id);
	case 3:
		n = prng_below(p, sizeof raws / sizeof *raws);
		return codectest_raw(raws[n].bytes, raws[n].n);
	}
	return value_none();
}

static struct rec *random_rec(struct arena *a, struct prng *p)
{
	struct rec *r = arena_alloc(a, sizeof *r);
	size_t n = 1 + (prng_below(p, 20) ? prng_below(p, 20) : prng_below(p, 254));
	r->type = TYPE_VOLUNTEER;
	r->id = CODECTEST_ID;
	while (r->n < n) {
		uint64_t no = prng_below(p, 4);
		struct stamp at = {{prng_below(p, 2) ? 7 : UINT64_C(1) << 59, no * no * 100},
				   (int64_t)no * 100000 - 100000};
		rec_put(a, r, (int)prng_below(p, 256), random_value(a, p), at);
	}
	return r;
}

static void test_random_recs(uint64_t seed)
{
	struct prng p = {seed};
	struct buf b = {0}, again = {0};
	bool same = true, bytes = true;
	for (int i = 0; i < 3000 && same && bytes; i++) {
		struct arena *a = arena_new();
		struct rec *r = random_rec(a, &p), *back;
		buf_reset(&b);
		buf_reset(&again);
		same = codec_put_rec(&b, r) == OK && codectest_read_rec(a, b.p, b.n, &back) == OK && codectest_same_rec(r, back);
		bytes = same && codec_put_rec(&again, back) == OK && b.n == again.n && memcmp(b.p, again.p, b.n) == 0;
		arena_free(a);
	}
	ok(same, "random records come back the same (seed %ju)", (uintmax_t)seed);
	ok(bytes, "and are the same bytes again");
	buf_free(&b);
	buf_free(&again);
}

static int compare_writes(const void *x, const void *y)
{
	const struct write *v = x, *w = y;
	if (v->type != w->type)
		return v->type - w->type;
	int order = id_compare(v->id, w->id);
	return order ? order : v->field - w->field;
}

static size_t sort_writes(struct write *w, size_t n)
{
	size_t kept = 0;
	qsort(w, n, sizeof *w, compare_writes);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || compare_writes(&w[kept - 1], &w[i]) != 0)
			w[kept++] = w[i];
	return kept;
}

/* What its author had seen, and what stood aside here. */
static void random_beside(struct arena *a, struct prng *p, struct group *g)
{
	struct seen *seen = arena_alloc(a, 5 * sizeof *seen);
	struct aside *aside = arena_alloc(a, g->nwrites * sizeof *aside);
	for (uint64_t inc = prng_below(p, 3); g->nseen < prng_below(p, 6); inc += 1 + prng_below(p, 300))
		seen[g->nseen++] = (struct seen){{inc, 1 + prng_below(p, 1000)}, prng_next(p)};
	for (size_t i = 0; i < g->nwrites; i++)
		if (prng_below(p, 4) == 0)
			aside[g->naside++] = (struct aside){(uint32_t)i, {prng_next(p), 1}};
	g->seen = seen;
	g->aside = aside;
}

static void test_random_groups(uint64_t seed)
{
	struct prng p = {seed};
	struct buf b = {0};
	bool same = true;
	for (int i = 0; i < 1000 && same; i++) {
		struct arena *a = arena_new();
		size_t n = prng_below(&p, 40);
		struct write *w = arena_alloc(a, (n + 1) * sizeof *w);
		for (size_t k = 0; k < n; k++)
			w[k] = (struct write){(uint8_t)(4 + prng_below(&p, 2)),
					      (uint8_t)prng_next(&p),
					      prng_below(&p, 3) ? CODECTEST_ID : CODECTEST_OTHER,
					      random_value(a, &p),
					      {prng_below(&p, 2) ? 0 : prng_next(&p), prng_below(&p, 1000)}};
		n = sort_writes(w, n);
		struct group g = {.dot = CODECTEST_DOT,
				  .clock = (int64_t)prng_next(&p),
				  .person = "Bo",
				  .act = (uint8_t)prng_next(&p),
				  .arg = {random_value(a, &p), random_value(a, &p), random_value(a, &p)},
				  .writes = w,
				  .nwrites = n,
				  .tag = prng_next(&p)},
			     *back;
		uint64_t tag;
		random_beside(a, &p, &g);
		buf_reset(&b);
		same = codec_put_group(&b, &g) == OK && codec_put_here(&b, &g) == OK && codectest_read_group(a, b.p, b.n, &back) == OK && codectest_same_group(&g, back);
		same = same && codec_get_tag((const uint8_t *)b.p, b.n, &tag, NULL) == OK && tag == g.tag;
		arena_free(a);
	}
	ok(same, "random groups come back the same (seed %ju)", (uintmax_t)seed);
	buf_free(&b);
}

int main(void)
{
	test_random_recs(11);
	test_random_groups(12);
	return done_testing();
}
