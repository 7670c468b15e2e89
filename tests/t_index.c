/* tests/t_index.c - which fields the index rows hang on, as index_uses() says: any other may change, and no row does. */
#include <string.h>

#include "store/index.h"
#include "tests/tap.h"

enum { TRIALS = 4000, UNKNOWN = 200, FIELDS = UINT8_MAX + 1, STRANGE = 99 };

static const struct stamp at = { { 7, 1 }, 1000 };
static struct prng dice = { 21 };
static struct arena *a;

/* Of few values, so that two are often alike: a time and one that was said yes to, say. */
static struct value random_value(enum kind kind)
{
	static const char *const texts[] = { "", "Anna", "Bo" };
	if (prng_below(&dice, 12) == 0)
		return prng_below(&dice, 2) ? value_none() : (struct value){ .tag = V_RAW, .text = { "\x81\x01", 2 } };
	if (kind == KIND_REF)
		return value_id_or_none(prng_below(&dice, 8) ? (struct id){ { (uint8_t)prng_below(&dice, 3) } } : ID_ERASED);
	if (kind == KIND_TEXT || kind == KIND_LONGTEXT)
		return value_text(texts[prng_below(&dice, 3)]);
	return value_int((int64_t)prng_below(&dice, 6));
}

static struct value value_for(const struct type *t, int field)
{
	const struct field *f = schema_field(t->no, field);
	return random_value(f ? f->kind : KIND_INT);
}

/* The values beside others of a field: none, or another one. */
static void put_sibling(struct rec *r, const struct type *t, int field)
{
	size_t n = 0;
	for (size_t i = 0; i < r->nsib; i++)
		if (r->sib[i].no != field)
			r->sib[n++] = r->sib[i];
	r->nsib = n;
	if (prng_below(&dice, 3))
		return;
	r->sib = arena_grow(a, r->sib, &r->sibcap, n + 1, sizeof *r->sib);
	while (n > 0 && r->sib[n - 1].no > field) {
		r->sib[n] = r->sib[n - 1];
		n--;
	}
	r->sib[n] = (struct rec_field){ (uint8_t)field, value_for(t, field), at };
	r->nsib++;
}

static struct rec *random_rec(const struct type *t)
{
	struct rec *r = arena_alloc(a, sizeof *r);
	const bool alive = prng_below(&dice, 8) > 0;
	*r = (struct rec){ .type = t->no, .id = { { 0xee } } };
	rec_put(a, r, FIELD_ALIVE, value_int(1), at);
	for (size_t i = 0; i < t->nfields; i++) {
		if (prng_below(&dice, 4))
			rec_put(a, r, t->fields[i].no, value_for(t, t->fields[i].no), at);
		if (rec_field(r, t->fields[i].no))
			put_sibling(r, t, t->fields[i].no);
	}
	rec_put(a, r, UNKNOWN, value_int(1), at);
	r->alive = alive;
	return r;
}

static struct rec *with_other(const struct rec *of, const struct type *t, int field)
{
	struct rec *r = arena_copy(a, of, sizeof *of);
	r->f = arena_copy(a, of->f, of->cap * sizeof *of->f);
	r->sib = of->nsib ? arena_copy(a, of->sib, of->sibcap * sizeof *of->sib) : NULL;
	rec_put(a, r, field, value_for(t, field), at);
	put_sibling(r, t, field);
	r->alive = of->alive;
	return r;
}

static bool same_rows(const struct rec *x, const struct index_deps *of_x, const struct rec *y, const struct index_deps *of_y)
{
	struct index_row rx[INDEX_MOST], ry[INDEX_MOST];
	size_t n = index_rows(x, of_x, rx);
	bool same = n == index_rows(y, of_y, ry);
	for (size_t i = 0; i < n && same; i++)
		same = index_compare_rows(&rx[i], &ry[i]) == 0 && rx[i].nvalue == ry[i].nvalue &&
			memcmp(rx[i].value, ry[i].value, rx[i].nvalue) == 0;
	return same;
}

/* A record, and the same with another value in one field: do its rows differ, and those of an assignment of it? */
static int try_other(const struct type *t, int field)
{
	const struct type *duty = schema_type(TYPE_ASSIGNMENT);
	const struct rec *was = random_rec(t), *now = with_other(was, t, field);
	const struct index_deps deps = { t->no == TYPE_ASSIGNMENT && prng_below(&dice, 4) ? random_rec(schema_type(TYPE_SHIFT)) : NULL,
		(uint32_t)prng_below(&dice, 3) };
	int differ = same_rows(was, &deps, now, &deps) ? 0 : INDEX_OWN;
	if (t->no == TYPE_SHIFT) {
		const struct rec *assignment = random_rec(duty);
		const struct index_deps before = { .shift = was }, after = { .shift = now };
		if (!same_rows(assignment, &before, assignment, &after) ||
			index_places(assignment, was) != index_places(assignment, now))
			differ |= INDEX_OF_DUTIES;
	}
	return differ;
}

static void test_field(const struct type *t, int field)
{
	int differ = 0;
	for (int i = 0; i < TRIALS; i++) {
		differ |= try_other(t, field);
		arena_reset(a);
	}
	is_int(differ, index_uses(t->no, field), "%s %d", t->name, field);
}

int main(void)
{
	size_t n;
	const struct type *t = schema_types(&n);
	a = arena_new();
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < t[i].nfields; k++)
			test_field(&t[i], t[i].fields[k].no);
		test_field(&t[i], FIELD_ALIVE);
		test_field(&t[i], UNKNOWN);
	}
	bool none = true;
	for (int field = 0; field < FIELDS; field++)
		none = none && index_uses(STRANGE, field) == 0;
	ok(none && !schema_type(STRANGE), "no row hangs on a type that isn't known");
	arena_free(a);
	return done_testing();
}
