/* sync/beside.c - see meet_priv.h. Owns giving up a line beside the store, which it can't be taken out of, or isn't in: it is issued
 * again in files alone, and comes in from those as others' changes do. Must not know why it is given up (lines.c), nor what it is
 * issued again as (store/transplant.c). */
#include <assert.h>
#include <string.h>

#include "base/lang.h"
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
	uint64_t after, at;               /* at: the tag there */
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
	if (g->dot.no == o->after)
		o->at = g->tag;
	if (g->dot.no <= o->after)
		return OK;
	assert(g->dot.no == o->after + o->ntags + 1);
	o->tag = arena_grow(o->m->work, o->tag, &o->tags_cap, o->ntags + 1, sizeof *o->tag);
	o->tag[o->ntags++] = g->tag;
	return OK;
}

/* Which file comes before or after another, or leaves a line: of those that are kept here and those in the folder, and of several the one
 * that goes furthest. */
struct look {
	struct meet *m;
	uint64_t inc;
	bool (*fits)(const struct look *l, const struct segment_head *head);
	const struct parcel *by;
	const struct ring_given_up *line;
	const struct parcel *found;
};

static bool leads_to(const struct look *l, const struct segment_head *head)
{
	return segment_leads_to(head, &l->by->head);
}

static bool goes_on(const struct look *l, const struct segment_head *head)
{
	return segment_leads_to(&l->by->head, head) && !lines_is_given_up(l->m, l->inc, chain_tag(head->after));
}

static bool leaves_line(const struct look *l, const struct segment_head *head)
{
	return lines_tells(l->line, head->first - 1, chain_tag(head->before)) &&
	       !lines_is_given_up(l->m, l->inc, chain_tag(head->after));
}

static void look_at(struct look *l, struct parcel p, const struct buf *bytes)
{
	enum sync_why why;
	const uint64_t most = ring_last_number(l->m->ring, l->inc);
	if (intake_judge(l->m, p.file, bytes, &p.head, p.hash, &why) != VERDICT_FINE)
		return;
	p.last = p.head.first + p.head.count - 1;
	p.upto = p.last < most ? p.last : most;
	if (p.upto >= p.head.first && (!l->found || p.upto > l->found->upto))
		l->found = arena_copy(l->m->work, &p, sizeof p);
}

static int look_at_kept(void *ctx, const struct kept *k, struct err *e)
{
	struct look *l = ctx;
	struct segment_head head;
	struct buf bytes = {0};
	if (!meet_kept_head(l->m->work, k, &head) || !head.count || !l->fits(l, &head))
		return OK;
	int rc = kept_read(k, &bytes, e);
	if (rc == OK)
		look_at(l, (struct parcel){.path = _("a file kept from before"), .site = meet_site(l->m, l->inc)}, &bytes);
	buf_free(&bytes);
	return rc;
}

/* l->found: NULL if there is none. */
static int look(struct look *l, struct err *e)
{
	struct buf bytes = {0};
	struct view *v = NULL;
	l->found = NULL;
	int rc = view_begin(l->m->s, &v, e);
	if (rc == OK)
		rc = kept_each(v, &l->inc, look_at_kept, l, e);
	view_end(v);
	for (size_t i = 0; rc == OK && i < l->m->nparcels; i++) {
		const struct parcel *p = &l->m->parcel[i];
		if (p->head.inc == l->inc && l->fits(l, &p->head) && intake_read(l->m, p, &bytes, NULL) == OK)
			look_at(l, *p, &bytes);
	}
	buf_free(&bytes);
	return rc;
}

static const struct parcel **room(struct other *o)
{
	o->file = arena_grow(o->m->work, o->file, &o->cap, o->n + 1, sizeof *o->file);
	return o->file + o->n++;
}

/* The file that was found, and all that goes on from it; and their tags. */
static int follow(struct other *o, struct look *l, struct err *e)
{
	int rc = OK;
	for (l->fits = goes_on; rc == OK && l->found; rc = look(l, e)) {
		*room(o) = l->by = l->found;
		if (l->by->upto < l->by->last)
			break;
	}
	for (size_t i = 0; rc == OK && i < o->n; i++)
		rc = intake_groups(o->m, o->file[i], add_tag, o, e);
	return rc;
}

/* Where the log doesn't tell what comes before, as a state lies over it, files may. */
static int lead_up(struct other *o, struct err *e)
{
	struct look l = {.m = o->m, .inc = o->file[0]->head.inc, .fits = leads_to};
	int rc = OK;
	while (rc == OK && o->file[0]->head.first > 1) {
		l.by = o->file[0];
		rc = look(&l, e);
		if (rc == OK && !l.found)
			rc = ERR_CONFLICT;
		if (rc)
			break;
		room(o);
		memmove(o->file + 1, o->file, (o->n - 1) * sizeof *o->file);
		o->file[0] = l.found;
	}
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
	struct other o = {.m = m, .after = after, .at = after ? chain_tag(first->head.before) : 0};
	struct look l = {.m = m, .inc = first->head.inc, .found = first};
	int rc = follow(&o, &l, e);
	if (rc == ERR_CORRUPT || rc == ERR_KEY)
		return ERR_CONFLICT;
	const struct ring_given_up line = {first->head.inc, after, o.at, o.tag, o.ntags};
	assert(rc || o.ntags);
	if (rc == OK)
		rc = issue_files(&o, &line, e);
	return rc ? rc : drop_files(&o, e);
}

/* ---- what goes on from a line ---------------------------------------------------------------------------- */

/* As far as it counts of one who is out all of it may be given up by now, though its file goes further. */
static int issue_rest(struct other *o, const struct ring_given_up *line, struct err *e)
{
	const struct ring_given_up all = {line->inc, line->after, line->at, o->tag, o->ntags};
	size_t n = 0;
	while (n < o->ntags && lines_is_given_up(o->m, line->inc, o->tag[n]))
		n++;
	int rc = n < o->ntags ? lead_up(o, e) : OK;
	if (rc || n == o->ntags)
		return rc;
	return issue(o->m, &all, line->after + n, (struct line_again){.each = each_in_files, .ctx = o, .whole = true}, e);
}

int beside_rest(struct meet *m, const struct ring_given_up *line, struct err *e)
{
	struct other o = {.m = m, .after = line->after};
	struct look l = {.m = m, .inc = line->inc, .line = line, .fits = leaves_line};
	int rc = m->dry ? OK : look(&l, e);
	if (rc || !l.found)
		return rc;
	o.ntags = o.tags_cap = (size_t)(l.found->head.first - 1 - line->after);
	o.tag = arena_copy(m->work, line->tag, o.ntags * sizeof *o.tag);
	rc = follow(&o, &l, e);
	if (rc == OK)
		rc = issue_rest(&o, line, e);
	return rc == ERR_CONFLICT || rc == ERR_CORRUPT || rc == ERR_KEY ? OK : rc;
}
