/* store/lines_seen.c - see lines_seen.h. Owns looking for lines in what authors had seen. Must not know what becomes of
 * a store where it is found (transplant.c). */
#include "store/lines_seen.h"

#include <assert.h>

#include "store/floor.h"
#include "store/replay.h"

/* ---- a line ---------------------------------------------------------------------------------------- */

struct finding { struct view *v; const struct given_up *line; bool found; };

/* As it counts so far: that may be of the line, though what was seen was of another, which was left there. */
static int look_at_seen(struct finding *f, const struct seen *seen, size_t n, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; i < n && rc == OK && !f->found; i++) {
		struct seen counts = seen[i];
		if (counts.dot.inc != f->line->inc)
			continue;
		rc = lines_mean(f->v, &counts, e);
		for (size_t k = 0; k < f->line->n && counts.dot.no > 0; k++)
			f->found = f->found || counts.tag == f->line->tag[k];
	}
	return rc;
}

static int look_at_group(void *ctx, const struct replay_group *r, struct err *e)
{
	return look_at_seen(ctx, r->g->seen, r->g->nseen, e);
}

/* What isn't in the log the floor tells. */
int lines_are_seen(struct view *v, const struct given_up *l, bool *any, struct err *e)
{
	struct finding f = { .v = v, .line = l };
	struct arena *a = arena_new();
	struct peer *floor;
	size_t n = 0;
	int rc = floor_read(v, a, &floor, &n, e);
	for (size_t i = 0; i < n && rc == OK; i++)
		rc = look_at_seen(&f, floor[i].context.at, floor[i].context.n, e);
	if (rc == OK)
		rc = replay_each(v, look_at_group, &f, e);
	*any = f.found;
	arena_free(a);
	return rc;
}

/* ---- lines that nobody gave up after all -------------------------------------------------------------- */

void standing_begin(struct standing *s, struct arena *a, bool (*stands)(void *ctx, uint64_t inc, uint64_t tag), void *ctx)
{
	*s = (struct standing){ .stands = stands, .ctx = ctx, .missing = { .a = a, .item = sizeof(struct seen) } };
}

bool standing_counts(void *ctx, uint64_t inc, uint64_t tag)
{
	const struct standing *s = ctx;
	const struct seen *missing = s->missing.at;
	bool found = s->stands(s->ctx, inc, tag);
	for (size_t i = 0; i < s->missing.n && !found; i++)
		found = missing[i].dot.inc == inc && missing[i].tag == tag;
	return found;
}

static bool is_here(struct view *v, const struct seen *seen)
{
	struct peer p;
	uint64_t tag;
	if (peers_find(v, seen->dot.inc, &p, NULL) != OK || p.no < seen->dot.no)
		return false;
	return seen->dot.no <= p.folded || (exchange_tag(v, seen->dot, &tag, NULL) == OK && tag == seen->tag);
}

struct review { struct standing *s; struct view *v; };

/* What was seen counts as where a line was left that stands; that may be of one that doesn't. */
static int look_for_missing(void *ctx, const struct replay_group *r, struct err *e)
{
	const struct review *x = ctx;
	int rc = OK;
	for (size_t i = 0; i < r->g->nseen && rc == OK; i++) {
		struct seen seen = r->g->seen[i];
		rc = lines_mean_as(x->v, standing_counts, x->s, &seen, e);
		while (rc == OK && seen.dot.no > 0 && lines_has_change(x->v, &seen) && !is_here(x->v, &seen)) {
			rc = pile_add(&x->s->missing, &seen, e);
			if (rc == OK)
				rc = lines_mean_as(x->v, standing_counts, x->s, &seen, e);
		}
	}
	return rc;
}

static int find_fallen(struct standing *s, struct view *v, bool *any, struct err *e)
{
	struct kv_scan scan;
	uint64_t inc, tag;
	*any = false;
	int rc = kv_scan_prefix(&v->txn, KV_META, "x", 1, &scan, e);
	while (rc == OK && !*any && (rc = kv_scan_next(&scan, e)) == OK)
		*any = lines_read_key(scan.key, &inc, &tag) && !standing_counts(s, inc, tag);
	kv_scan_end(&scan);
	return rc == ERR_NOTFOUND ? OK : rc;
}

int standing_find(struct standing *s, struct view *v, bool *fallen, struct err *e)
{
	struct review x = { s, v };
	int rc = find_fallen(s, v, fallen, e);
	if (rc == OK && *fallen)
		rc = replay_each(v, look_for_missing, &x, e);
	if (rc == OK && s->missing.n > 0)
		rc = find_fallen(s, v, fallen, e);
	return rc;
}
