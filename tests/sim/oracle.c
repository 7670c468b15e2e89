/* tests/sim/oracle.c - see sim.h. The reference: what every record must be, worked out by definition from the set of
 * all groups and what their authors had seen, with no merge rule but the sentence "a value stands until somebody who
 * had seen it writes over it". Slow and plain on purpose; shares only the byte form of a record with the program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/cbor.h"
#include "store/codec.h"
#include "tests/sim/sim.h"

struct fact { struct write w; struct stamp at; struct vector context; };
struct facts {
	struct arena *a;
	struct fact *fact;
	size_t n, cap;
	struct view *v, *all[SITES_ALL];
	int nall;
	struct ring *ring;
	struct vector context;           /* of the incarnation being read */
	bool lost;                       /* somebody had seen what nobody has, nor gave up */
};

/* Of what came with a snapshot another site still knows it. */
static int tag_of(const struct facts *f, struct dot dot, uint64_t *tag)
{
	int rc = exchange_tag(f->v, dot, tag, NULL);
	for (int i = 0; i < f->nall && rc != OK; i++)
		rc = exchange_tag(f->all[i], dot, tag, NULL);
	return rc;
}

static bool has_seen(struct view *v, const struct seen *s)
{
	uint64_t tag;
	return exchange_tag(v, s->dot, &tag, NULL) == OK && tag == s->tag;
}

/* Of a history that is nowhere any more a number says nothing: it may be another's. What had seen it waits for ever,
 * and only with a state does it come to others, as it was understood where it was written. */
static bool is_nowhere(const struct facts *f, const struct seen *s)
{
	bool found = has_seen(f->v, s);
	for (int i = 0; i < f->nall && !found; i++)
		found = has_seen(f->all[i], s);
	return !found;
}

/* What an author says to have seen of a line that its own author gave up counts up to where it was given up. Lines ascend by
 * that, and the one may have been left in another. */
static struct vector believed(struct facts *f, const struct group *g)
{
	size_t n;
	const struct ring_given_up *up = ring_given_up_lines(f->ring, &n);
	struct seen *s = arena_alloc(f->a, (g->nseen + 1) * sizeof *s);
	size_t k = 0;
	for (size_t i = 0; i < g->nseen; i++) {
		struct seen one = g->seen[i];
		for (size_t m = n; m-- > 0;)
			if (up[m].inc == one.dot.inc && up[m].after < one.dot.no && one.dot.no - up[m].after <= up[m].ntag &&
				up[m].tag[one.dot.no - up[m].after - 1] == one.tag)
				one = (struct seen){{up[m].inc, up[m].after}, up[m].at};
		if (one.dot.no)
			s[k++] = one;
	}
	return (struct vector){s, k};
}

static int read_group(void *ctx, const struct group *g, const uint8_t *p, size_t n, struct err *e)
{
	struct facts *f = ctx;
	(void)p, (void)n, (void)e;
	struct vector anew = believed(f, g);
	struct seen self = {{g->dot.inc, g->dot.no - 1}, 0};
	if (self.dot.no)
		tag_of(f, self.dot, &self.tag);
	struct vector own = {&self, self.dot.no > 0};
	for (size_t i = 0; i < anew.n; i++)
		f->lost |= is_nowhere(f, &anew.at[i]);
	f->context = vector_join(f->a, &f->context, &anew);
	f->context = vector_join(f->a, &f->context, &own);
	struct seen *copy = arena_copy(f->a, f->context.at, f->context.n * sizeof *copy);
	struct vector context = {copy, f->context.n};
	for (size_t i = 0; i < g->nwrites; i++) {
		f->fact = arena_grow(f->a, f->fact, &f->cap, f->n + 1, sizeof *f->fact);
		struct fact *at = &f->fact[f->n++];
		*at = (struct fact){g->writes[i], {g->dot, g->clock}, context};
		at->w.v = value_copy(f->a, at->w.v);
	}
	return OK;
}

static int by_register(const void *x, const void *y)
{
	const struct fact *a = x, *b = y;
	int order = a->w.type - b->w.type;
	if (!order)
		order = id_compare(a->w.id, b->w.id);
	if (!order)
		order = a->w.field - b->w.field;
	return order ? order : dot_compare(a->at.dot, b->at.dot);
}

static bool same_record(const struct fact *a, const struct fact *b)
{
	return a->w.type == b->w.type && id_equal(a->w.id, b->w.id);
}

static struct value as_stored(struct arena *a, const struct fact *f)
{
	bool erased = f->w.v.tag == V_NONE;
	if (f->w.field != FIELD_ALIVE || erased || (f->w.v.tag == V_INT && f->w.v.i != 0))
		return f->w.v;
	const struct seen own = {f->at.dot, 0};
	struct vector all = vector_join(a, &f->context, &(struct vector){&own, 1});
	struct seen *bare = arena_copy(a, all.at, all.n * sizeof *bare);
	for (size_t i = 0; i < all.n; i++)
		bare[i].tag = 0;
	uint8_t *bytes = arena_alloc(a, CBOR_HEAD_MOST + VECTOR_ITEM * all.n);
	uint8_t *p = vector_pack(cbor_put_head(bytes, CBOR_BYTES, VECTOR_ITEM * all.n), &(struct vector){bare, all.n});
	return (struct value){.tag = V_RAW, .text = {(char *)bytes, (uint32_t)(p - bytes)}};
}

/* The first of a register's values: alive before deleted, then the greatest stamp. */
static bool shown_before(const struct rec_field *x, const struct rec_field *y)
{
	bool ax = x->no != FIELD_ALIVE || x->v.tag == V_INT, ay = y->no != FIELD_ALIVE || y->v.tag == V_INT;
	return ax != ay ? ax : stamp_compare(x->at, y->at) > 0;
}

/* The values of one register, facts first..last: those that no later author had seen. */
static void add_register(struct arena *a, struct rec *r, const struct fact *f, size_t n)
{
	size_t first = r->nsib, best = 0;
	for (size_t i = 0; i < n; i++) {
		bool over = false;
		for (size_t k = 0; k < n && !over; k++)
			over = k != i && vector_covers(&f[k].context, f[i].at.dot);
		if (!over)
			r->sib[r->nsib++] = (struct rec_field){f[i].w.field, as_stored(a, &f[i]), f[i].at};
	}
	best = first;
	for (size_t i = first + 1; i < r->nsib; i++)
		if (shown_before(&r->sib[i], &r->sib[best]))
			best = i;
	r->f[r->n++] = r->sib[best];
	memmove(&r->sib[best], &r->sib[best + 1], (--r->nsib - best) * sizeof *r->sib);
}

static bool same_bytes(const struct rec *x, const struct rec *y)
{
	struct buf b = {0}, c = {0};
	bool same = codec_put_rec(&b, x) == OK && codec_put_rec(&c, y) == OK && b.n == c.n && memcmp(b.p, c.p, b.n) == 0;
	buf_free(&b);
	buf_free(&c);
	return same;
}

static bool stands(const struct rec *r, const struct fact *f)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->f[i].no == f->w.field && dot_equal(r->f[i].at.dot, f->at.dot))
			return true;
	for (size_t i = 0; i < r->nsib; i++)
		if (r->sib[i].no == f->w.field && dot_equal(r->sib[i].at.dot, f->at.dot))
			return true;
	return false;
}

/* By the definition in store/register.h. */
static bool should_live(const struct rec *r, const struct fact *f, size_t n)
{
	bool made = false, survives = false;
	for (size_t i = 0; i < n; i++) {
		if (!stands(r, &f[i]))
			continue;
		if (f[i].w.field == FIELD_ALIVE) {
			made = true;
			if (f[i].w.v.tag == V_INT && f[i].w.v.i != 0)
				return true;
			continue;
		}
		bool deleted = false;
		for (size_t d = 0; d < n; d++)
			if (f[d].w.field == FIELD_ALIVE && stands(r, &f[d]))
				deleted = deleted || f[d].w.v.tag == V_NONE || dot_equal(f[d].at.dot, f[i].at.dot) ||
					vector_covers(&f[d].context, f[i].at.dot);
		survives = survives || !deleted;
	}
	return made && survives;
}

static void check_record(struct world *w, struct site *s, struct facts *f, const struct fact *first, size_t n)
{
	struct arena *a = arena_new();
	struct rec want = {.type = first->w.type, .id = first->w.id}, *have = NULL;
	char id[ID_TEXT];
	want.f = arena_alloc(a, (n + 1) * sizeof *want.f);
	want.sib = arena_alloc(a, (n + 1) * sizeof *want.sib);
	for (size_t i = 0, k; i < n; i += k) {
		for (k = 1; i + k < n && first[i + k].w.field == first[i].w.field; k++)
			;
		add_register(a, &want, first + i, k);
	}
	if (view_get(f->v, a, want.type, want.id, &have, NULL) != OK || !have)
		world_wrong(w, "site %d lacks record %d %s", s->no, want.type, id_format(id, want.id));
	else if (!same_bytes(&want, have))
		world_wrong(w, "site %d holds other values of record %d %s", s->no, want.type, id_format(id, want.id));
	else if (have->alive != should_live(&want, first, n))
		world_wrong(w, "site %d takes record %d %s for %s", s->no, want.type, id_format(id, want.id),
			have->alive ? "alive" : "deleted");
	arena_free(a);
}

/* Has he seen all that `f->v` has? Who hasn't, as one who is out of the ring, hasn't heard of every erasure either: his
 * log tells what the others' groups don't hold any more. */
static bool knows_as_much(struct facts *f, struct view *v)
{
	struct vector own, other;
	return exchange_vector(f->v, f->a, &own, NULL) == OK && exchange_vector(v, f->a, &other, NULL) == OK &&
		vector_within(&own, &other);
}

/* Who has all changes of that incarnation in his log. */
static struct view *whose_log(struct facts *f, const struct peer *wanted)
{
	for (int i = 0; i < f->nall; i++) {
		struct peer *p;
		size_t n = 0;
		if (!knows_as_much(f, f->all[i]))
			continue;
		exchange_peers(f->all[i], f->a, &p, &n, NULL);
		for (size_t k = 0; k < n; k++)
			if (p[k].inc == wanted->inc && p[k].no == wanted->no && p[k].folded == 0 &&
				memcmp(p[k].chain, wanted->chain, CHAIN) == 0)
				return f->all[i];
	}
	return NULL;
}

static bool read_all(struct facts *f)
{
	struct peer *p;
	size_t n;
	if (exchange_peers(f->v, f->a, &p, &n, NULL) != OK)
		return false;
	for (size_t i = 0; i < n; i++) {
		struct view *v = p[i].folded ? whose_log(f, &p[i]) : f->v;
		f->context = (struct vector){0};
		if (!v || exchange_groups(v, p[i].inc, 1, p[i].no, read_group, f, NULL) != OK)
			return false;
	}
	return true;
}

static void check_records(struct world *w, struct site *s, struct facts *f)
{
	tally(TALLY_ORACLES, 1);
	if (f->n)
		qsort(f->fact, f->n, sizeof *f->fact, by_register);
	for (size_t i = 0, k; i < f->n; i += k) {
		for (k = 1; i + k < f->n && same_record(&f->fact[i + k], &f->fact[i]); k++)
			;
		check_record(w, s, f, &f->fact[i], k);
	}
}

void oracle_check(struct world *w, struct site *s)
{
	struct facts f = {.a = arena_new()};
	if (ring_load(s->s, &f.ring, NULL) == OK && view_begin(s->s, &f.v, NULL) == OK) {
		for (int i = 0; i < w->nsites; i++)
			if (site_open(&w->site[i]) && view_begin(w->site[i].s, &f.all[f.nall], NULL) == OK)
				f.nall++;
		if (read_all(&f) && !f.lost)
			check_records(w, s, &f);
		for (int i = 0; i < f.nall; i++)
			view_end(f.all[i]);
		view_end(f.v);
	}
	ring_free(f.ring);
	arena_free(f.a);
}
