/* store/erase_log.c - see erase_priv.h. Owns how far the floor must rise when groups of the log lose values: their
 * chains can't be worked out from what is left of them, so no store may be made again from them, nor anybody be sent
 * them. Must not know which values go (erase_cover.c). */
#include "store/erase_priv.h"

#include <assert.h>
#include <string.h>

#include "store/codec.h"
#include "store/floor.h"
#include "store/lines.h"

/* One incarnation's groups, read in their order: how it stood after the one before. */
struct strand {
	struct peer at;
	struct growing context;
	uint64_t below;                  /* the floor as it was */
	bool ended;                      /* it has come as far as is asked for */
};

struct reading {
	struct view *v;
	struct cover *c;
	struct arena *a, *one;
	struct peer *old;
	size_t nold;
	struct strand now;
	bool changes;
	struct vector reach;             /* of all groups that change, with what their authors had seen */
	const struct vector *until;      /* the second time: up to where */
	struct pile floor;
};

static int begin_strand(struct reading *r, uint64_t inc, struct err *e)
{
	const struct peer *old = NULL;
	struct vector seen;
	for (size_t i = 0; i < r->nold; i++)
		if (r->old[i].inc == inc)
			old = &r->old[i];
	r->now = (struct strand){ .at = { .inc = inc } };
	chain_begin(r->now.at.chain, inc);
	if (!old)
		return OK;
	r->now.at = *old;
	r->now.below = old->no;
	int rc = lines_mean_all(r->v, r->a, &old->context, &seen, e);
	for (size_t i = 0; rc == OK && i < seen.n; i++)
		if (!vector_see(r->a, &r->now.context, seen.at[i]))
			rc = view_nomem(e);
	return rc;
}

static int see(struct reading *r, const struct group *g, struct err *e)
{
	for (size_t i = 0; i < g->nseen; i++) {
		struct seen seen = g->seen[i];
		int rc = lines_mean(r->v, &seen, e);
		if (rc != OK)
			return rc;
		if (seen.dot.no > 0 && !vector_see(r->a, &r->now.context, seen))
			return view_nomem(e);
	}
	return vector_see(r->a, &r->now.context, (struct seen){ g->dot, g->tag }) ? OK : view_nomem(e);
}

/* Of a group of the floor as it was, only whether it changes is of interest. */
static int read_group(struct reading *r, struct group *g, const uint8_t *canonical, size_t n, struct err *e)
{
	struct peer *at = &r->now.at;
	int rc = OK;
	assert(g->dot.inc == at->inc);
	if (g->dot.no > r->now.below && g->dot.no != at->no + 1)
		return view_corrupt(r->v, KV_LOG, e);
	if (g->dot.no > r->now.below) {
		rc = see(r, g, e);
		chain_add(at->chain, canonical, n);
		at->no = g->dot.no;
		at->clock = g->clock;
	}
	if (rc != OK || r->until || !cover_group(r->c, r->one, g))
		return rc;
	r->changes = true;
	if (g->dot.no > r->now.below)
		r->reach = vector_join(r->a, &r->reach, &r->now.context.v);
	return OK;
}

static int end_strand(struct reading *r, struct err *e)
{
	struct peer p = r->now.at;
	if (!r->until || r->now.at.no == 0)
		return OK;
	assert(p.no >= r->now.below);
	p.context = r->now.context.v;
	p.heard = 0;
	return pile_add(&r->floor, &p, e);
}

/* Has it come as far as is asked for? The first time there is no end. */
static bool is_far_enough(const struct reading *r)
{
	return r->until && r->now.at.no >= vector_number(r->until, r->now.at.inc);
}

static int read_row(struct reading *r, const struct kv_scan *s, struct err *e)
{
	const uint8_t *plain;
	struct group *g;
	size_t n, canonical = 0;
	if (s->key.n != STORE_LOG_KEY)
		return view_corrupt(r->v, KV_LOG, e);
	struct dot dot = store_read_dot(s->key.p);
	int rc = OK;
	if (dot.inc != r->now.at.inc) {
		rc = end_strand(r, e);
		if (rc == OK)
			rc = begin_strand(r, dot.inc, e);
	}
	if (rc != OK || is_far_enough(r))
		return rc;
	arena_reset(r->one);
	rc = seal_get(r->v->s->seal, KV_LOG, s->key.p, s->key.n, s->value.p, s->value.n, r->one, &plain, &n, e);
	if (rc == OK)
		rc = codec_get_group(r->one, plain, n, dot, true, &g, &canonical, e);
	return rc == OK ? read_group(r, g, plain, canonical, e) : rc;
}

static int read_log(struct reading *r, struct err *e)
{
	struct kv_scan s;
	r->now = (struct strand){ 0 };
	int rc = kv_scan_prefix(&r->v->txn, KV_LOG, NULL, 0, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK)
		rc = read_row(r, &s, e);
	kv_scan_end(&s);
	return rc == ERR_NOTFOUND ? end_strand(r, e) : rc;
}

static int compare_peers(const void *x, const void *y)
{
	const struct peer *p = x, *q = y;
	return (p->inc > q->inc) - (p->inc < q->inc);
}

/* Whose log is all folded away: the floor stays under them as it is. */
static int add_rest(struct reading *r, struct err *e)
{
	int rc = OK;
	size_t n = r->floor.n;
	for (size_t i = 0; i < r->nold && rc == OK; i++) {
		const struct peer *p = r->floor.at;
		bool there = false;
		for (size_t k = 0; k < n; k++)
			there = there || p[k].inc == r->old[i].inc;
		if (!there)
			rc = pile_add(&r->floor, &r->old[i], e);
	}
	pile_sort(&r->floor, compare_peers);
	return rc;
}

int erase_find_floor(struct view *v, struct cover *c, struct arena *a, bool *changes, struct peer **floor, size_t *n,
	struct err *e)
{
	struct reading r = { .v = v, .c = c, .a = a, .one = arena_new() };
	r.floor = (struct pile){ .a = a, .item = sizeof(struct peer) };
	int rc = floor_read(v, a, &r.old, &r.nold, e);
	if (rc == OK)
		rc = read_log(&r, e);
	if (rc == OK) {
		r.until = &r.reach;
		rc = read_log(&r, e);
	}
	if (rc == OK)
		rc = add_rest(&r, e);
	arena_free(r.one);
	*changes = r.changes;
	*floor = r.floor.at;
	*n = r.floor.n;
	return rc;
}
