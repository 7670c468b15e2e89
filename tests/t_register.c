/* tests/t_register.c - the merge rule: what stands after writes in any order that keeps to causality is what an oracle
 * says that keeps them all. */
#include "store/register.h"

#include <string.h>

#include "store/codec.h"
#include "tests/tap.h"

static const struct id ID = {{0xaa, 1}};
enum { NAME = 1 };

/* ---- one by one ---------------------------------------------------------------------------------- */

static struct vector vec(struct seen *at, size_t n)
{
	return (struct vector){ at, n };
}

static struct stamp stamp(uint64_t inc, uint64_t no, int64_t clock)
{
	return (struct stamp){ { inc, no }, clock };
}

static struct rec fresh(void)
{
	return (struct rec){ .type = TYPE_VOLUNTEER, .id = ID };
}

static void test_values(void)
{
	struct arena *a = arena_new();
	struct vector none = { 0 }, one = vec((struct seen[]){ { { 1, 1 }, 0 } }, 1);
	struct rec r = fresh();
	struct rec_field v[3];
	register_write(a, &r, NAME, value_text("Anna"), stamp(1, 1, 100), &none, NULL);
	ok(r.n == 1 && r.nsib == 0 && !register_is_open(&r, NAME), "a first value stands alone");
	register_write(a, &r, NAME, value_text("Ane"), stamp(2, 1, 90), &one, NULL);
	ok(strcmp(rec_text(&r, NAME), "Ane") == 0 && r.nsib == 0, "who had seen it overwrites it, whatever the clocks say");
	register_write(a, &r, NAME, value_text("Anne"), stamp(3, 1, 80), &one, NULL);
	ok(strcmp(rec_text(&r, NAME), "Ane") == 0 && r.nsib == 1 && register_is_open(&r, NAME),
		"who hadn't stands beside it: a disagreement, and the later stamp is shown");
	ok(!register_any_open(&r), "nobody is asked about a record that isn't there");
	is_int((int)register_values(&r, NAME, v, 3), 2, "both stand");
	ok(v[0].at.dot.inc == 2 && v[1].at.dot.inc == 3, "the shown one first");
	is_int((int)register_values(&r, 7, v, 3), 0, "of another field nothing does");
	register_write(a, &r, NAME, value_text("Ane"), stamp(4, 1, 70), &one, NULL);
	struct vector saw3 = vec((struct seen[]){ { { 1, 1 }, 0 }, { { 3, 1 }, 0 } }, 2);
	register_write(a, &r, NAME, value_text("Ane"), stamp(5, 1, 60), &saw3, NULL);
	ok(r.nsib == 2 && !register_is_open(&r, NAME), "equal values are no disagreement");
	register_write(a, &r, NAME, value_text("Ditte"), stamp(6, 1, 10), NULL, &none);
	ok(r.nsib == 0 && strcmp(rec_text(&r, NAME), "Ditte") == 0 && r.at.clock == 10, "an own write has seen all");
	arena_free(a);
}

static void test_shown_goes(void)
{
	struct arena *a = arena_new();
	struct vector none = { 0 }, saw1 = vec((struct seen[]){ { { 1, 1 }, 0 } }, 1);
	struct rec r = fresh();
	register_write(a, &r, NAME, value_text("A"), stamp(1, 1, 300), &none, NULL);
	register_write(a, &r, NAME, value_text("B"), stamp(2, 1, 200), &none, NULL);
	register_write(a, &r, NAME, value_text("C"), stamp(3, 1, 100), &saw1, NULL);
	ok(strcmp(rec_text(&r, NAME), "B") == 0 && r.nsib == 1 && r.sib[0].at.dot.inc == 3,
		"where the shown value is overwritten, the best of what is left is shown");
	ok(register_is_ordered(&r), "and all is in its order");
	arena_free(a);
}

static void test_alive(void)
{
	struct arena *a = arena_new();
	struct vector none = { 0 }, one = vec((struct seen[]){ { { 1, 1 }, 7 } }, 1);
	struct rec r = fresh();
	register_write(a, &r, NAME, value_text("Anna"), stamp(1, 1, 100), &none, NULL);
	ok(!r.alive, "a field alone makes no record");
	register_write(a, &r, FIELD_ALIVE, value_int(1), stamp(1, 1, 100), &none, NULL);
	ok(r.alive && !register_is_open(&r, FIELD_ALIVE), "made");
	register_write(a, &r, FIELD_ALIVE, value_int(0), stamp(2, 1, 110), &one, NULL);
	ok(!r.alive && rec_get(&r, FIELD_ALIVE).tag == V_RAW, "deleted by one who had seen it");
	struct rec twice = r;
	twice.f = arena_copy(a, r.f, r.n * sizeof *r.f);
	twice.cap = r.n;
	register_write(a, &twice, FIELD_ALIVE, value_int(0), stamp(3, 1, 120), &one, NULL);
	ok(!twice.alive && twice.nsib == 1 && !register_is_open(&twice, FIELD_ALIVE), "two deletions agree");
	register_write(a, &r, NAME, value_text("Ane"), stamp(3, 1, 105), &one, NULL);
	ok(r.alive && register_is_open(&r, FIELD_ALIVE) && register_any_open(&r),
		"who edited it at the same time wins, and it is told");
	struct rec kept = r;
	kept.f = arena_copy(a, r.f, r.n * sizeof *r.f);
	kept.cap = r.n;
	register_write(a, &kept, FIELD_ALIVE, value_int(1), stamp(1, 2, 130), NULL, &none);
	ok(kept.alive && !register_any_open(&kept), "a person may say that it stays");
	struct vector all = vec((struct seen[]){ { { 1, 1 }, 0 }, { { 2, 1 }, 0 }, { { 3, 1 }, 0 } }, 3);
	register_write(a, &r, FIELD_ALIVE, value_int(0), stamp(1, 2, 130), NULL, &all);
	ok(!r.alive && r.nsib == 0 && !register_any_open(&r), "or that it goes");
	arena_free(a);
}

static void test_remade(void)
{
	struct arena *a = arena_new();
	struct vector none = { 0 }, one = vec((struct seen[]){ { { 1, 1 }, 0 } }, 1);
	struct rec r = fresh();
	register_write(a, &r, FIELD_ALIVE, value_int(1), stamp(1, 1, 100), &none, NULL);
	register_write(a, &r, FIELD_ALIVE, value_int(0), stamp(2, 1, 300), &one, NULL);
	register_write(a, &r, FIELD_ALIVE, value_int(1), stamp(3, 1, 200), &one, NULL);
	ok(r.alive && rec_int(&r, FIELD_ALIVE) == 1 && r.nsib == 1, "of alive and deleted, alive is shown");
	ok(register_is_open(&r, FIELD_ALIVE), "and it is told");
	struct rec odd = fresh();
	register_write(a, &odd, FIELD_ALIVE, value_text("x"), stamp(1, 1, 100), &none, NULL);
	ok(!odd.alive && rec_get(&odd, FIELD_ALIVE).tag == V_RAW, "a strange value there deletes");
	arena_free(a);
}

/* ---- many writers -------------------------------------------------------------------------------- */

/* A group writes some fields of the one record; its context is what its site had taken when it was written. */
enum { SITES = 4, GROUPS = 24, FIELDS = 3, WORLDS = 400, ORDERS = 6 };

struct one { bool writes[FIELDS]; struct value v[FIELDS]; struct stamp at; uint64_t seen[SITES]; };
struct world { struct one g[GROUPS]; size_t n; };

static size_t context_of(const struct one *g, struct seen at[SITES])
{
	size_t n = 0;
	for (uint64_t s = 0; s < SITES; s++)
		if (g->seen[s] > 0)
			at[n++] = (struct seen){ { s + 1, g->seen[s] }, g->seen[s] * 31 };
	return n;
}

static bool saw(const struct one *g, struct dot dot)
{
	return g->seen[dot.inc - 1] >= dot.no;
}

static struct value random_value(struct prng *p, int field)
{
	if (field == FIELD_ALIVE)
		return value_int((int64_t)prng_below(p, 2));
	return prng_below(p, 6) ? value_int((int64_t)prng_below(p, 3)) : value_none();
}

static void make_world(struct world *w, struct prng *p)
{
	uint64_t has[SITES][SITES] = { { 0 } };
	*w = (struct world){ 0 };
	while (w->n < GROUPS) {
		size_t site = (size_t)prng_below(p, SITES), from = (size_t)prng_below(p, SITES);
		if (prng_below(p, 3) == 0) {
			for (size_t s = 0; s < SITES; s++)
				has[site][s] = has[from][s] > has[site][s] ? has[from][s] : has[site][s];
			continue;
		}
		struct one *g = &w->g[w->n++];
		memcpy(g->seen, has[site], sizeof g->seen);
		g->at = stamp(site + 1, ++has[site][site], (int64_t)prng_below(p, 5));
		for (int f = 0; f < FIELDS; f++) {
			g->writes[f] = prng_below(p, 2);
			g->v[f] = random_value(p, f);
		}
	}
}

/* Every group, in an order that keeps to what each had seen; `want` NULL: all of them. */
static void deliver(struct arena *a, const struct world *w, struct prng *p, const bool *want, struct rec *r)
{
	bool done[GROUPS] = { false };
	size_t left = 0;
	uint64_t has[SITES] = { 0 };
	for (size_t i = 0; i < w->n; i++)
		left += !want || want[i];
	*r = fresh();
	while (left > 0) {
		size_t i = (size_t)prng_below(p, w->n);
		const struct one *g = &w->g[i];
		bool ready = !done[i] && (!want || want[i]) && has[g->at.dot.inc - 1] + 1 == g->at.dot.no;
		for (size_t s = 0; s < SITES; s++)
			ready = ready && has[s] >= g->seen[s];
		if (!ready)
			continue;
		struct seen at[SITES];
		struct vector context = { at, context_of(g, at) };
		for (int f = 0; f < FIELDS; f++)
			if (g->writes[f])
				register_write(a, r, f, g->v[f], g->at, &context, NULL);
		done[i] = true;
		has[g->at.dot.inc - 1]++;
		left--;
	}
}

/* ---- the oracle: keep everything, and ask of each write whether anybody has overwritten it knowingly - */

static bool is_overwritten(const struct world *w, const bool *want, const struct one *x, int f)
{
	for (size_t i = 0; i < w->n; i++)
		if ((!want || want[i]) && w->g[i].writes[f] && saw(&w->g[i], x->at.dot))
			return true;
	return false;
}

static bool stands(const struct world *w, const bool *want, size_t i, int f)
{
	return (!want || want[i]) && w->g[i].writes[f] && !is_overwritten(w, want, &w->g[i], f);
}

/* Has somebody deleted it who had seen this value? */
static bool is_deleted(const struct world *w, const bool *want, size_t k)
{
	for (size_t i = 0; i < w->n; i++)
		if (stands(w, want, i, 0) && (i == k || saw(&w->g[i], w->g[k].at.dot)))
			return true;
	return false;
}

static bool oracle_alive(const struct world *w, const bool *want)
{
	bool made = false, survives = false;
	for (size_t i = 0; i < w->n; i++) {
		if (stands(w, want, i, 0) && w->g[i].v[0].i)
			return true;
		made = made || stands(w, want, i, 0);
		for (int f = 1; f < FIELDS; f++)
			survives = survives || (stands(w, want, i, f) && !is_deleted(w, want, i));
	}
	return made && survives;
}

static bool oracle_agrees(const struct world *w, const bool *want, const struct rec *r)
{
	size_t stand = 0;
	for (int f = 0; f < FIELDS; f++) {
		const struct one *best = NULL;
		struct rec_field v[GROUPS];
		size_t n = 0, has = register_values(r, f, v, GROUPS);
		for (size_t i = 0; i < w->n; i++) {
			const struct one *x = &w->g[i];
			if ((want && !want[i]) || !x->writes[f] || is_overwritten(w, want, x, f))
				continue;
			n++;
			bool first = !best || (f == 0 && x->v[0].i != best->v[0].i ? x->v[0].i != 0 :
				stamp_compare(x->at, best->at) > 0);
			best = first ? x : best;
		}
		stand += n;
		if (n != has || (best && !dot_equal(v[0].at.dot, best->at.dot)))
			return false;
		for (size_t i = 0; i < has; i++)
			for (size_t k = 0; k < w->n; k++)
				if (dot_equal(w->g[k].at.dot, v[i].at.dot) && is_overwritten(w, want, &w->g[k], f))
					return false;
	}
	return r->alive == oracle_alive(w, want) && stand == r->n + r->nsib;
}

static bool same_bytes(const struct rec *x, const struct rec *y)
{
	struct buf b = { 0 }, c = { 0 };
	bool same = x->n == y->n && x->alive == y->alive && stamp_compare(x->at, y->at) == 0;
	if (same && x->n > 0)
		same = codec_put_rec(&b, x) == OK && codec_put_rec(&c, y) == OK && b.n == c.n && memcmp(b.p, c.p, b.n) == 0;
	buf_free(&b);
	buf_free(&c);
	return same;
}

static void test_orders(uint64_t seed)
{
	struct prng p = { seed };
	bool oracle = true, same = true;
	size_t open = 0;
	for (int i = 0; i < WORLDS && oracle && same; i++) {
		struct arena *a = arena_new();
		struct world w;
		struct rec first, r;
		make_world(&w, &p);
		deliver(a, &w, &p, NULL, &first);
		oracle = oracle_agrees(&w, NULL, &first);
		open += first.nsib > 0;
		for (int k = 0; k < ORDERS && same; k++) {
			deliver(a, &w, &p, NULL, &r);
			same = same_bytes(&first, &r) && register_is_ordered(&r);
		}
		arena_free(a);
	}
	ok(oracle, "what stands is what nobody has overwritten knowingly (seed %ju)", (uintmax_t)seed);
	ok(same, "every order that keeps to causality gives the same bytes");
	ok(open > WORLDS / 4, "and there was something to disagree on");
}

/* ---- whole states -------------------------------------------------------------------------------- */

/* What one site could have: for some group, all that it had seen; and with it all that those had. */
static struct vector some_state(const struct world *w, struct prng *p, bool want[GROUPS], struct seen at[SITES])
{
	struct one all = { 0 };
	for (int picks = 2; picks > 0; picks--) {
		const struct one *g = &w->g[prng_below(p, w->n)];
		for (uint64_t s = 0; s < SITES; s++) {
			uint64_t no = s + 1 == g->at.dot.inc ? g->at.dot.no : g->seen[s];
			all.seen[s] = no > all.seen[s] ? no : all.seen[s];
		}
	}
	for (size_t i = 0; i < w->n; i++)
		want[i] = saw(&all, w->g[i].at.dot);
	return (struct vector){ at, context_of(&all, at) };
}

static void test_joins(uint64_t seed)
{
	struct prng p = { seed };
	bool same = true, back = true, again = true;
	for (int i = 0; i < WORLDS * 2 && same && back && again; i++) {
		struct arena *a = arena_new();
		struct world w;
		bool has[2][GROUPS], either[GROUPS];
		struct seen at[2][SITES];
		struct vector v[2];
		struct rec r[2], all, swapped;
		make_world(&w, &p);
		for (int k = 0; k < 2; k++) {
			v[k] = some_state(&w, &p, has[k], at[k]);
			deliver(a, &w, &p, has[k], &r[k]);
		}
		for (size_t k = 0; k < w.n; k++)
			either[k] = has[0][k] || has[1][k];
		deliver(a, &w, &p, either, &all);
		swapped = r[1];
		register_join(a, &swapped, &v[1], &r[0], &v[0]);
		register_join(a, &r[0], &v[0], &r[1], &v[1]);
		same = same_bytes(&all, &r[0]) && oracle_agrees(&w, either, &r[0]);
		back = same_bytes(&r[0], &swapped);
		struct vector both = vector_join(a, &v[0], &v[1]);
		register_join(a, &swapped, &both, &r[1], &v[1]);
		again = same_bytes(&all, &swapped);
		arena_free(a);
	}
	ok(same, "two states joined are what all their writes come to (seed %ju)", (uintmax_t)seed);
	ok(back, "whichever of them is asked");
	ok(again, "and joined once more they stay so");
}

/* ---- vectors and chains -------------------------------------------------------------------------- */

static void test_vectors(void)
{
	struct arena *a = arena_new();
	struct vector x = vec((struct seen[]){ { { 1, 5 }, 50 }, { { 3, 2 }, 20 } }, 2);
	struct vector y = vec((struct seen[]){ { { 1, 4 }, 40 }, { { 2, 9 }, 90 }, { { 3, 2 }, 20 } }, 3);
	struct vector none = { 0 }, both = vector_join(a, &x, &y), shared = vector_meet(a, &x, &y), back;
	ok(vector_covers(&x, (struct dot){ 1, 5 }) && !vector_covers(&x, (struct dot){ 1, 6 }) &&
		!vector_covers(&x, (struct dot){ 2, 1 }) && vector_covers(&none, (struct dot){ 2, 0 }), "covers");
	ok(both.n == 3 && both.at[0].tag == 50 && both.at[1].dot.no == 9, "the join has the greater numbers");
	ok(shared.n == 2 && shared.at[0].tag == 40 && shared.at[1].dot.no == 2, "the meet the smaller ones of both");
	ok(vector_within(&x, &both) && vector_within(&shared, &x) && !vector_within(&y, &x) && vector_within(&none, &x),
		"within");
	uint8_t bytes[3 * VECTOR_ITEM];
	ok(vector_pack(bytes, &both) == bytes + sizeof bytes && vector_unpack(a, bytes, sizeof bytes, &back) &&
		vector_equal(&both, &back), "packed and back");
	ok(vector_packed_covers(bytes, sizeof bytes, (struct dot){ 2, 9 }) &&
		!vector_packed_covers(bytes, sizeof bytes, (struct dot){ 2, 10 }) &&
		!vector_packed_covers(bytes, sizeof bytes, (struct dot){ 4, 1 }), "asked while packed");
	ok(!vector_unpack(a, bytes, sizeof bytes - 1, &back), "half an item isn't read");
	memset(bytes + 8, 0, 8);
	ok(!vector_unpack(a, bytes, sizeof bytes, &back), "nor a number 0");
	arena_free(a);
}

static void test_chains(void)
{
	uint8_t x[CHAIN], y[CHAIN];
	chain_begin(x, 7);
	chain_begin(y, 8);
	ok(memcmp(x, y, CHAIN) != 0, "each incarnation's chain begins in its own way");
	chain_begin(y, 7);
	chain_add(x, "abc", 3);
	chain_add(y, "abd", 3);
	ok(chain_tag(x) != chain_tag(y), "and another group makes another chain");
	chain_begin(y, 7);
	chain_add(y, "abc", 3);
	ok(memcmp(x, y, CHAIN) == 0, "and the same the same");
}

int main(void)
{
	test_values();
	test_shown_goes();
	test_alive();
	test_remade();
	test_orders(21);
	test_joins(22);
	test_vectors();
	test_chains();
	return done_testing();
}
