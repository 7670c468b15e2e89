/* sync/beside.c - see meet_priv.h. Owns giving up a line beside the store, which it can't be taken out of, or isn't in: it is issued
 * again in files alone, and comes in from those as others' changes do. Must not know why it is given up (lines.c), nor what it is
 * issued again as (store/transplant.c). */
#include <assert.h>
#include <string.h>

#include "sync/meet_priv.h"

/* What comes of it after `from`, by who has it. */
static int issue(struct meet *m, const struct ring_given_up *line, uint64_t from, struct line_again again, struct err *e)
{
	const struct ring_member *author = ring_author(m->ring, line->inc);
	const uint64_t last = line->after + line->ntag;
	assert(line->after <= from && from < last);
	if (m->dry || !ring_takes_part(m->ring) || !ring_epoch(m->ring, 0))
		return ERR_CONFLICT;
	if (lines_is_given_up(m, line->inc, line->tag[line->ntag - 1]))
		return OK;
	again.inc = line->inc;
	again.after = line->after;
	again.from = from;
	again.to = store_random_incarnation();
	again.tag = line->tag[0];
	again.site = author ? author->site : store_site(m->s);
	int rc = send_again(m->s, m->ring, &again, e);
	if (rc)
		return rc;
	*(lines_is_own(m, line->inc) ? &m->out->transplanted : &m->out->settled) += (size_t)(last - from);
	return ring_claim_beside(m->s, m->ring, again.to, line, e);
}

/* ---- a line of the log ------------------------------------------------------------------------------ */

struct in_log { uint64_t inc, after, no; };

static int each_in_log(void *ctx, struct view *v, exchange_group_fn *fn, void *fn_ctx, struct err *e)
{
	const struct in_log *l = ctx;
	return exchange_groups(v, l->inc, l->after + 1, l->no, fn, fn_ctx, e);
}

int beside_log(struct meet *m, const struct ring_given_up *line, uint64_t from, struct err *e)
{
	struct in_log log = {line->inc, from, line->after + line->ntag};
	return issue(m, line, from, (struct line_again){.each = each_in_log, .ctx = &log}, e);
}

/* ---- a line of files --------------------------------------------------------------------------------- */

/* From `after` on, or from its beginning, as these files tell it, each going on from the one before. */
struct other {
	struct meet *m;
	uint64_t after;
	bool whole;
	const struct parcel **file;
	size_t n, cap;
	uint64_t *tag;
	size_t ntags, tags_cap;
};

struct after { uint64_t no; exchange_group_fn *fn; void *ctx; };

static int tell_after(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *e)
{
	const struct after *a = ctx;
	return g->dot.no > a->no ? a->fn(a->ctx, g, canonical, n, e) : OK;
}

static int each_in_files(void *ctx, struct view *v, exchange_group_fn *fn, void *fn_ctx, struct err *e)
{
	const struct other *o = ctx;
	struct after after = {o->whole ? 0 : o->after, fn, fn_ctx};
	int rc = OK;
	(void)v;
	for (size_t i = 0; rc == OK && i < o->n; i++)
		rc = intake_groups(o->m, o->file[i], tell_after, &after, e);
	return rc;
}

static int add_tag(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *e)
{
	struct other *o = ctx;
	(void)canonical, (void)n, (void)e;
	assert(g->dot.no == o->after + o->ntags + 1);
	o->tag = arena_grow(o->m->work, o->tag, &o->tags_cap, o->ntags + 1, sizeof *o->tag);
	o->tag[o->ntags++] = g->tag;
	return OK;
}

/* The one that goes on from there, and furthest. */
static const struct parcel *next_file(const struct meet *m, const struct parcel *last)
{
	const struct parcel *next = NULL;
	for (size_t i = 0; i < m->nparcels && last->upto == last->last; i++) {
		const struct parcel *p = &m->parcel[i];
		if (!p->closed && p->head.inc == last->head.inc && p->head.first == last->last + 1 &&
			memcmp(p->head.before, last->head.after, CHAIN) == 0 && (!next || p->upto > next->upto))
			next = p;
	}
	return next;
}

/* The one that it goes on from, among those that are kept here. */
struct before { struct meet *m; const struct parcel *next, *found; };

static bool leads_to(const struct segment_head *head, const struct parcel *next)
{
	return head->count && head->first + head->count == next->head.first && memcmp(head->after, next->head.before, CHAIN) == 0;
}

static int look_before(void *ctx, const struct kept *k, struct err *e)
{
	struct before *b = ctx;
	struct parcel p = {.path = b->next->path, .site = b->next->site};
	struct buf bytes = {0};
	enum sync_why why;
	if (b->found || !meet_kept_head(b->m->work, k, &p.head) || !leads_to(&p.head, b->next))
		return OK;
	int rc = kept_read(k, &bytes, e);
	if (rc == OK && intake_judge(b->m, NULL, &bytes, &p.head, p.hash, &why) == VERDICT_FINE) {
		p.last = p.upto = p.head.first + p.head.count - 1;
		b->found = arena_copy(b->m->work, &p, sizeof p);
	}
	buf_free(&bytes);
	return rc;
}

/* Where the log doesn't tell what comes before, as a state lies over it, files may. */
static int lead_up(struct other *o, struct err *e)
{
	struct view *v = NULL;
	int rc = view_begin(o->m->s, &v, e);
	while (rc == OK && o->file[0]->head.first > 1) {
		struct before b = {.m = o->m, .next = o->file[0]};
		rc = kept_each(v, &b.next->head.inc, look_before, &b, e);
		if (rc == OK && !b.found)
			rc = ERR_CONFLICT;
		if (rc)
			break;
		o->file = arena_grow(o->m->work, o->file, &o->cap, o->n + 1, sizeof *o->file);
		memmove(o->file + 1, o->file, o->n++ * sizeof *o->file);
		o->file[0] = b.found;
	}
	view_end(v);
	o->whole = rc == OK;
	return rc;
}

static int issue_files(struct other *o, const struct ring_given_up *line, struct err *e)
{
	struct line_again again = {.each = each_in_files, .ctx = o};
	int rc = issue(o->m, line, line->after, again, e);
	if (rc != ERR_CONFLICT || (rc = lead_up(o, e)))
		return rc;
	again.whole = true;
	return issue(o->m, line, line->after, again, e);
}

static int drop_files(const struct other *o, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < o->n; i++)
		if (o->file[i]->head.first > o->after)
			rc = kept_drop(o->m->s, o->file[i]->head.inc, o->file[i]->head.first, o->file[i]->hash, e);
	return rc;
}

int beside_files(struct meet *m, uint64_t after, const struct parcel *first, struct err *e)
{
	struct other o = {.m = m, .after = after};
	for (const struct parcel *p = first; p; p = next_file(m, p)) {
		o.file = arena_grow(m->work, o.file, &o.cap, o.n + 1, sizeof *o.file);
		o.file[o.n++] = p;
	}
	int rc = each_in_files(&o, NULL, add_tag, &o, e);
	if (rc == ERR_CORRUPT || rc == ERR_KEY)
		return ERR_CONFLICT;
	const struct ring_given_up line = {first->head.inc, after, o.tag, o.ntags};
	assert(rc || o.ntags);
	if (rc == OK)
		rc = issue_files(&o, &line, e);
	return rc ? rc : drop_files(&o, e);
}
