/* roster/round.c - see round.h: what a phone round looks like, and which rounds there are.
 *
 * Owns whom a substitute is sought for, and which gaps are rung about. Must not know how people are ranked
 * (candidates.c), nor write anything (act_round.c). */
#include "roster/round.h"

#include <stdlib.h>

#include "base/lang.h"
#include "roster/duty.h"

/* ---- both names ------------------------------------------------------------------------------------------------- */

/* Whom the holder of a seat came for. */
static int came_for(struct view *v, struct arena *a, const struct seat *seat, struct id *out, struct err *e)
{
	struct rec *r = NULL;
	int rc = view_get(v, a, TYPE_ASSIGNMENT, seat->assignment, &r, e);
	*out = rc == OK && r ? rec_id(r, F_ASSIGNMENT_SUBSTITUTE_FOR) : ID_NONE;
	return rc;
}

static bool has_come(const struct seat *seat)
{
	return seat->person && (duty_state_holds(seat->state) || seat->state == ASSIGNMENT_WITHDRAWN);
}

/* The seat of who came for somebody, also if they have cancelled since: then one is sought for them. NULL: nobody. */
static int find_substitute(struct view *v, struct arena *a, const struct shift *s, struct id gone, const struct seat **out,
			   struct err *e)
{
	int rc = OK;
	*out = NULL;
	for (size_t i = 0; rc == OK && !*out && i < s->nseats; i++) {
		struct id whom = ID_NONE;
		if (has_come(&s->seats[i]))
			rc = came_for(v, a, &s->seats[i], &whom, e);
		if (!id_is_none(whom) && id_equal(whom, gone))
			*out = &s->seats[i];
	}
	return rc;
}

int round_substitute(struct view *v, struct arena *a, const struct shift *s, struct id gone, const char **out, struct err *e)
{
	const struct seat *seat;
	int rc = find_substitute(v, a, s, gone, &seat, e);
	*out = seat ? seat->name : NULL;
	return rc;
}

int round_gone(struct view *v, struct arena *a, const struct shift *s, struct id *out, const char **why, struct err *e)
{
	int rc = OK;
	*out = ID_NONE;
	for (size_t i = 0; rc == OK && id_is_none(*out) && i < s->nseats; i++) {
		const struct seat *seat = &s->seats[i], *substitute = NULL;
		struct rec *r = NULL;
		if (seat->state != ASSIGNMENT_WITHDRAWN || !seat->person)
			continue;
		rc = find_substitute(v, a, s, seat->volunteer, &substitute, e);
		if (rc == OK && !substitute)
			*out = seat->volunteer;
		if (rc == OK && !substitute && why)
			rc = view_get(v, a, TYPE_ASSIGNMENT, seat->assignment, &r, e);
		if (r)
			*why = rec_text(r, F_ASSIGNMENT_WHY);
	}
	return rc;
}

/* ---- in words --------------------------------------------------------------------------------------------------- */

const char *round_said(struct arena *a, int outcome, const char *name, const char *gone, const char *again)
{
	switch (outcome) {
	case CALL_YES: return *gone ? arena_printf(a, _("%s comes instead of %s"), name, gone) : arena_printf(a, _("%s is on the shift"), name);
	case CALL_NO: return arena_printf(a, _("%s can't come"), name);
	case CALL_NO_ANSWER: return arena_printf(a, _("%s didn't answer"), name);
	}
	return arena_printf(a, _("%s is to be rung again %s"), name, again);
}

const char *round_refused(const struct shift *s, civil_min now)
{
	if (s->row.state == SHIFT_CANCELLED)
		return _("The shift is called off.");
	return s->row.end <= now ? _("The shift is over: nobody is to be rung about it.") : NULL;
}

/* ---- one round -------------------------------------------------------------------------------------------------- */

static int newest_first(const void *vx, const void *vy)
{
	const struct call *x = vx, *y = vy;
	if (x->at != y->at)
		return x->at > y->at ? -1 : 1;
	return id_compare(x->id, y->id);
}

static int load_about(struct view *v, struct arena *a, struct round *r, struct err *e)
{
	struct call_log all;
	int rc = call_log_load(v, a, r->shift.row.shift, store_today(view_store(v)), &all, e);
	r->calls = all.all;
	for (size_t i = 0; rc == OK && i < all.n; i++)
		if (id_equal(all.all[i].shift, r->shift.row.shift))
			r->calls[r->ncalls++] = all.all[i];
	if (r->ncalls > 1)
		qsort(r->calls, r->ncalls, sizeof *r->calls, newest_first);
	return rc;
}

int round_load(struct view *v, struct book *b, struct arena *a, struct id shift, struct round *out, struct err *e)
{
	*out = (struct round){.gone_name = "", .gone_why = ""};
	int rc = roster_shift(v, b, a, shift, &out->shift, e);
	if (rc == OK)
		rc = rules_candidates(v, b, a, shift, "", 0, &out->all, &out->n, e);
	if (rc == OK)
		rc = round_gone(v, a, &out->shift, &out->gone, &out->gone_why, e);
	if (rc == OK)
		rc = load_about(v, a, out, e);
	if (rc != OK)
		return rc;
	if (!id_is_none(out->gone))
		out->gone_name = book_name(b, out->gone);
	for (size_t i = 0; !out->next && i < out->n; i++)
		if (candidate_is_next(&out->all[i]))
			out->next = &out->all[i];
	return OK;
}

/* ---- which rounds there are ------------------------------------------------------------------------------------- */

static size_t count_calls(const struct call_log *c, struct id shift)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += id_equal(c->all[i].shift, shift);
	return n;
}

static int compare_gaps(const void *vx, const void *vy)
{
	const struct gap *x = vx, *y = vy;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->shift > y->shift) - (x->shift < y->shift);    /* of one roster, which lies by time */
}

static int look_at_gap(struct view *v, struct book *b, struct arena *a, const struct call_log *calls, struct gap *gap, struct err *e)
{
	int rc = round_gone(v, a, gap->shift, &gap->gone, NULL, e);
	bool gone = rc == OK && !id_is_none(gap->gone);
	gap->rung = count_calls(calls, gap->shift->row.shift);
	gap->gone_name = gone ? book_name(b, gap->gone) : "";
	gap->kind = gap->rung ? GAP_ROUND : gone ? GAP_CANCELLED : GAP_OPEN;
	return rc;
}

int round_gaps(struct view *v, struct book *b, struct arena *a, civil_min now, struct gap **out, size_t *n, struct err *e)
{
	struct roster *r = arena_alloc(a, sizeof *r);
	struct call_log calls;
	civil_date today = cmin_date(now);
	*n = 0;
	int rc = roster_load(v, b, a, NULL, today, today + ROUND_DAYS, r, e);
	if (rc == OK)
		rc = call_log_load(v, a, ID_NONE, today, &calls, e);
	if (rc != OK)
		return rc;
	*out = arena_alloc(a, (r->n + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < r->n; i++) {
		struct gap gap = {.shift = &r->shifts[i]};
		if (!gap.shift->open || gap.shift->row.start <= now)
			continue;
		rc = look_at_gap(v, b, a, &calls, &gap, e);
		if (rc == OK && (gap.kind != GAP_OPEN || cmin_date(gap.shift->row.start) <= today + 1))
			(*out)[(*n)++] = gap;
	}
	qsort(*out, *n, sizeof **out, compare_gaps);
	return rc;
}
