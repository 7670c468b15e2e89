/* store/vector.c - see vector.h. Owns reckoning with version vectors and how they lie in bytes. Must not know who made
 * them; chains are chain.c's. */
#include "store/vector.h"

#include <assert.h>
#include <string.h>

#include "store/be.h"

/* The first place whose incarnation isn't below. */
static size_t place_of(const struct vector *v, uint64_t inc)
{
	size_t lo = 0, hi = v->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (v->at[mid].dot.inc < inc)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct seen *vector_find(const struct vector *v, uint64_t inc)
{
	size_t i = place_of(v, inc);
	return i < v->n && v->at[i].dot.inc == inc ? &v->at[i] : NULL;
}

uint64_t vector_number(const struct vector *v, uint64_t inc)
{
	const struct seen *s = vector_find(v, inc);
	return s ? s->dot.no : 0;
}

bool vector_covers(const struct vector *v, struct dot dot)
{
	return dot.no == 0 || vector_number(v, dot.inc) >= dot.no;
}

bool vector_within(const struct vector *x, const struct vector *y)
{
	for (size_t i = 0; i < x->n; i++)
		if (!vector_covers(y, x->at[i].dot))
			return false;
	return true;
}

bool vector_equal(const struct vector *x, const struct vector *y)
{
	if (x->n != y->n)
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (!dot_equal(x->at[i].dot, y->at[i].dot) || x->at[i].tag != y->at[i].tag)
			return false;
	return true;
}

uint64_t vector_sum(const struct vector *v)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < v->n; i++)
		sum += v->at[i].dot.no;
	return sum;
}

/* ---- both ---------------------------------------------------------------------------------------- */

/* The next place of either, by incarnation; a NULL for who has nothing there. False at the end. */
struct pair { const struct seen *x, *y; };

static bool next_pair(const struct vector *x, size_t *i, const struct vector *y, size_t *k, struct pair *out)
{
	const struct seen *a = *i < x->n ? &x->at[*i] : NULL, *b = *k < y->n ? &y->at[*k] : NULL;
	if (a && b && a->dot.inc != b->dot.inc)
		*(a->dot.inc < b->dot.inc ? &b : &a) = NULL;
	*i += a != NULL;
	*k += b != NULL;
	*out = (struct pair){ a, b };
	return a || b;
}

struct vector vector_join(struct arena *a, const struct vector *x, const struct vector *y)
{
	struct seen *at = arena_alloc(a, (x->n + y->n) * sizeof *at);
	struct vector joined = { .at = at };
	struct pair p;
	for (size_t i = 0, k = 0; next_pair(x, &i, y, &k, &p);)
		at[joined.n++] = !p.y || (p.x && p.x->dot.no >= p.y->dot.no) ? *p.x : *p.y;
	assert(joined.n <= x->n + y->n);
	return joined;
}

struct vector vector_meet(struct arena *a, const struct vector *x, const struct vector *y)
{
	struct seen *at = arena_alloc(a, x->n * sizeof *at);
	struct vector met = { .at = at };
	struct pair p;
	for (size_t i = 0, k = 0; next_pair(x, &i, y, &k, &p);)
		if (p.x && p.y)
			at[met.n++] = p.x->dot.no <= p.y->dot.no ? *p.x : *p.y;
	assert(met.n <= x->n);
	return met;
}

bool vector_see(struct arena *a, struct growing *g, struct seen x)
{
	size_t i = place_of(&g->v, x.dot.inc), n = g->v.n;
	if (i < n && g->at[i].dot.inc == x.dot.inc) {
		if (g->at[i].dot.no < x.dot.no)
			g->at[i] = x;
		return true;
	}
	struct seen *grown = arena_try_grow(a, g->at, &g->cap, n + 1, sizeof *grown);
	if (!grown)
		return false;
	memmove(grown + i + 1, grown + i, (n - i) * sizeof *grown);
	grown[i] = x;
	g->at = grown;
	g->v = (struct vector){ grown, n + 1 };
	return true;
}

/* ---- as bytes ------------------------------------------------------------------------------------ */

uint8_t *vector_pack(uint8_t *p, const struct vector *v)
{
	for (size_t i = 0; i < v->n; i++) {
		assert(v->at[i].dot.no > 0 && (i == 0 || v->at[i - 1].dot.inc < v->at[i].dot.inc));
		p = be_put(be_put(be_put(p, v->at[i].dot.inc, 8), v->at[i].dot.no, 8), v->at[i].tag, 8);
	}
	return p;
}

bool vector_unpack(struct arena *a, const uint8_t *p, size_t n, struct vector *out)
{
	if (n % VECTOR_ITEM != 0)
		return false;
	struct seen *at = arena_alloc(a, n / VECTOR_ITEM * sizeof *at);
	*out = (struct vector){ at, n / VECTOR_ITEM };
	for (size_t i = 0; i < out->n; i++, p += VECTOR_ITEM) {
		at[i] = (struct seen){ { be_get(p, 8), be_get(p + 8, 8) }, be_get(p + 16, 8) };
		if (at[i].dot.no == 0 || (i > 0 && at[i - 1].dot.inc >= at[i].dot.inc))
			return false;
	}
	return true;
}

bool vector_packed_covers(const uint8_t *p, size_t n, struct dot dot)
{
	size_t lo = 0, hi = n / VECTOR_ITEM;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const uint8_t *item = p + mid * VECTOR_ITEM;
		uint64_t inc = be_get(item, 8);
		if (inc == dot.inc)
			return be_get(item + 8, 8) >= dot.no;
		*(inc < dot.inc ? &lo : &hi) = inc < dot.inc ? mid + 1 : mid;
	}
	return dot.no == 0;
}
