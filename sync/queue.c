/* sync/queue.c - see meet_priv.h. Owns the order in which groups of several sites come in: each only after all that its
 * author had seen; of several that may come, the oldest. Must not know where files lie nor what a group does. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/codec.h"
#include "sync/meet_priv.h"

/* One incarnation's files, ascending, and where we are in them. */
struct source {
	uint64_t inc, known;              /* its newest number here */
	struct parcel **parcel;
	size_t n, at;
	size_t taken;
	struct segment_reader *reader;    /* of parcel[at] */
	struct group *next;               /* not taken yet; NULL: the rest has to wait */
	struct arena *a;                  /* it lies there */
	struct buf bytes;
	uint8_t chain[CHAIN];             /* while it tells what we know already */
};

struct queue { struct meet *m; struct take *t; struct source *src; size_t n; size_t done, of; };

/* ---- one source ------------------------------------------------------------------------------------ */

static void close_reader(struct source *s)
{
	segment_close(s->reader);
	s->reader = NULL;
	s->next = NULL;
}

/* Done with its file, for good. */
static void settle(struct source *s, bool keep)
{
	struct parcel *p = s->parcel[s->at++];
	assert(!p->settled);
	p->settled = true;
	p->keep |= keep;
	close_reader(s);
}

static void refuse(struct queue *q, struct source *s, enum sync_why why)
{
	struct parcel *p = s->parcel[s->at];
	meet_trouble(q->m, why, p->path, p->site);
	p->forked = why != SYNC_ALTERED;
	settle(s, p->forked);
}

/* Where the log doesn't reach there is nothing to compare. */
static bool agrees(struct queue *q, uint64_t inc, uint64_t no, const uint8_t chain[CHAIN])
{
	uint64_t tag;
	if (no == 0)
		return lines_begins(inc, chain);
	return take_tag(q->t, (struct dot){inc, no}, &tag, NULL) || tag == chain_tag(chain);
}

/* It is of another history than ours. If that was so before it begins, it waits for what it goes on from, which may be nowhere any more.
 * So it may be where ours came with a state of the whole: then nobody can give up one of the two. */
static void refuse_other(struct queue *q, struct source *s)
{
	const struct parcel *p = s->parcel[s->at];
	const struct dot first = {s->inc, p->head.first}, before = {s->inc, p->head.first - 1};
	uint64_t tag;
	bool parts = agrees(q, s->inc, before.no, p->head.before) && take_tag(q->t, first, &tag, NULL) == OK;
	s->parcel[s->at]->parts = parts && (before.no == 0 || take_tag(q->t, before, &tag, NULL) == OK);
	refuse(q, s, parts ? SYNC_FORKED : meet_why_waits(q->m, p));
}

/* Open the next file, or settle it. */
static void begin_parcel(struct queue *q, struct source *s)
{
	const struct parcel *p = s->parcel[s->at];
	assert(!s->reader && p->head.first <= s->known + 1);
	bool is_known = p->upto <= s->known;
	if (is_known && (p->upto < p->last || agrees(q, s->inc, p->last, p->head.after)))
		settle(s, true);
	else if (is_known || !agrees(q, s->inc, p->head.first - 1, p->head.before))
		refuse_other(q, s);
	else if (intake_open(q->m, p, &s->bytes, &s->reader, NULL))
		refuse(q, s, SYNC_ALTERED);
	else
		memcpy(s->chain, p->head.before, CHAIN);
}

/* A group that is known already: is it the one we know? */
static bool pass_known(struct queue *q, struct source *s, const struct group *g)
{
	struct buf b = {0};
	if (codec_put_group(&b, g) == OK)
		chain_add(s->chain, b.p, b.n);
	buf_free(&b);
	return g->dot.no < s->known || agrees(q, s->inc, g->dot.no, s->chain);
}

/* The next group of an open file that isn't known. */
static void advance(struct queue *q, struct source *s)
{
	const struct parcel *p = s->parcel[s->at];
	struct group *g;
	assert(s->reader && !s->next);
	for (;;) {
		arena_reset(s->a);
		if (!segment_next(s->reader, s->a, &g) || g->dot.no > p->upto) {
			settle(s, true);
			return;
		}
		if (g->dot.no > s->known) {
			s->next = g;
			return;
		}
		if (!pass_known(q, s, g)) {
			refuse_other(q, s);
			return;
		}
	}
}

/* Make s->next the next group, if there is one that isn't behind a gap. */
static void fill(struct queue *q, struct source *s)
{
	while (!s->next && s->at < s->n) {
		if (s->parcel[s->at]->settled)
			s->at++;
		else if (s->reader)
			advance(q, s);
		else if (s->parcel[s->at]->head.first <= s->known + 1)
			begin_parcel(q, s);
		else
			return;
	}
}

/* ---- choosing -------------------------------------------------------------------------------------- */

/* Had its author seen the history that is here, where he names a number of it, or one that doesn't count? Without a tag he didn't know
 * which. */
static bool has_seen_ours(struct queue *q, const struct group *g)
{
	uint64_t tag;
	for (size_t i = 0; i < g->nseen; i++)
		if (g->seen[i].tag && take_tag(q->t, g->seen[i].dot, &tag, NULL) == OK && tag != g->seen[i].tag &&
			!lines_is_given_up(q->m, g->seen[i].dot.inc, g->seen[i].tag))
			return false;
	return true;
}

static int compare_groups(const struct group *x, const struct group *y)
{
	return x->clock != y->clock ? (x->clock < y->clock ? -1 : 1) : dot_compare(x->dot, y->dot);
}

static struct source *choose(struct queue *q)
{
	struct source *best = NULL;
	for (size_t i = 0; i < q->n; i++) {
		struct source *s = &q->src[i];
		fill(q, s);
		if (s->next && take_gate(q->t, s->next) == GATE_READY && (!best || compare_groups(s->next, best->next) < 0))
			best = s;
	}
	return best;
}

/* The last group of a file must lead to the chain that its author signed. */
static int take_next(struct queue *q, struct source *s, struct err *e)
{
	struct parcel *p = s->parcel[s->at];
	const struct group *g = s->next;
	assert(g->dot.inc == s->inc && g->dot.no == s->known + 1 && g->dot.no <= p->upto);
	int rc = take_group(q->t, g, g->dot.no == p->last ? p->head.after : NULL, e);
	if (rc == ERR_CORRUPT)
		q->m->bad = p;
	s->known = g->dot.no;
	s->taken += rc == OK;
	s->next = NULL;
	return rc;
}

/* ---- all sources ----------------------------------------------------------------------------------- */

static int compare_parcels(const void *x, const void *y)
{
	const struct parcel *p = *(struct parcel *const *)x, *q = *(struct parcel *const *)y;
	if (p->head.inc != q->head.inc)
		return p->head.inc < q->head.inc ? -1 : 1;
	if (p->head.first != q->head.first)
		return p->head.first < q->head.first ? -1 : 1;
	return memcmp(p->hash, q->hash, SEGMENT_HASH);
}

static void gather(struct queue *q)
{
	struct meet *m = q->m;
	struct parcel **all = arena_alloc(m->work, (m->nparcels + 1) * sizeof(struct parcel *));
	struct vector have = take_vector(q->t, m->work);
	size_t n = 0;
	for (size_t i = 0; i < m->nparcels; i++)
		if (!m->parcel[i].settled)
			all[n++] = &m->parcel[i];
	if (n)
		qsort(all, n, sizeof *all, compare_parcels);
	q->src = arena_alloc(m->work, (n + 1) * sizeof *q->src);
	for (size_t i = 0; i < n; i++) {
		struct source *s = q->n ? &q->src[q->n - 1] : NULL;
		if (!s || s->inc != all[i]->head.inc) {
			s = &q->src[q->n++];
			*s = (struct source){.inc = all[i]->head.inc, .parcel = all + i, .a = arena_new()};
			s->known = vector_number(&have, s->inc);
		}
		s->n++;
		q->of += (size_t)all[i]->head.count;
	}
}

static void end(struct queue *q, size_t *waiting)
{
	*waiting = 0;
	for (size_t i = 0; i < q->n; i++) {
		struct source *s = &q->src[i];
		bool forked = s->next && !has_seen_ours(q, s->next);
		for (size_t j = s->at; j < s->n; j++) {
			s->parcel[j]->forked |= forked;
			*waiting += !s->parcel[j]->settled;
		}
		if (s->taken)
			meet_count(q->m, s->inc, s->taken);
		close_reader(s);
		arena_free(s->a);
		buf_free(&s->bytes);
	}
}

int queue_run(struct meet *m, struct take *t, size_t *waiting, struct err *e)
{
	struct queue q = {.m = m, .t = t};
	struct source *s;
	int rc = OK;
	*waiting = 0;
	gather(&q);
	while (rc == OK && (s = choose(&q))) {
		rc = take_next(&q, s, e);
		if (rc == OK)
			rc = meet_step(m, SYNC_MERGING, ++q.done, q.of, e);
	}
	end(&q, waiting);
	return rc;
}
