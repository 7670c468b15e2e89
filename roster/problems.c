/* roster/problems.c - see rules.h: what is wrong on the roster of a period, by the same rules that judge one place.
 *
 * Owns that a thing between two shifts is said once, at the later of them. Must not know any rule. */
#include "roster/rules.h"

#include <stdlib.h>
#include <string.h>

#include "roster/rules_priv.h"

struct duties {
	struct duty_row *rows;
	size_t n;
	bool read;
};

struct search {
	struct view *v;
	struct book *b;
	struct arena *a, *scratch;
	struct arena *seat; /* what is gathered for one seat */
	const struct id *unit;
	const struct roster *roster;
	struct duties *of; /* by person, read when first met */
	int limits[LIMIT_COUNT];
	enum rule_level least;
	struct problem *found;
	size_t n, cap;
};

static int duties_of(struct search *s, const struct person *p, struct duties **out, struct err *e)
{
	struct duties *d = *out = &s->of[p - s->b->people];
	if (d->read)
		return OK;
	d->read = true;
	return view_duties(s->v, s->scratch, p->id, cmin_at(s->roster->from - DUTY_WINDOW_DAYS, 0),
			   cmin_at(s->roster->to + DUTY_WINDOW_DAYS + 1, 0), &d->rows, &d->n, e);
}

static bool in_window(const struct search *s, const struct duty_row *d)
{
	civil_date day = cmin_date(d->start);
	return day >= s->roster->from && day < s->roster->to && (!s->unit || book_unit_within(s->b, d->unit, *s->unit));
}

/* Is the verdict about another shift that comes after this one and will say the same of this one? */
static bool is_said_later(const struct search *s, const struct rule_case *c, const struct verdict *v)
{
	const struct shift_row *row = &c->shift->row;
	for (size_t i = 0; i < c->nduties; i++) {
		const struct duty_row *d = &c->duties[i];
		if (!id_equal(d->shift, v->about))
			continue;
		bool later = d->start > row->start || (d->start == row->start && id_compare(d->shift, row->shift) > 0);
		return later && in_window(s, d);
	}
	return false;
}

static int read_override(struct search *s, const struct seat *seat, const char **out, struct err *e)
{
	struct rec *r = NULL;
	int rc = view_get(s->v, s->a, TYPE_ASSIGNMENT, seat->assignment, &r, e);
	*out = rc == OK && r ? rec_text(r, F_ASSIGNMENT_OVERRIDE) : "";
	return rc;
}

static int add_problems(struct search *s, const struct rule_case *c, const struct seat *seat, struct err *e)
{
	const char *override = NULL;
	size_t n;
	struct verdict *v = rules_judge(c, s->a, &n);
	for (size_t i = 0; i < n; i++) {
		/* what is wrong with the shift as a whole is said once, without a person */
		bool elsewhere = seat && (v[i].rule->of_shift || is_said_later(s, c, &v[i]));
		if (v[i].rule->level < s->least || elsewhere)
			continue;
		int rc = seat && !override ? read_override(s, seat, &override, e) : OK;
		if (rc != OK)
			return rc;
		s->found = arena_grow(s->a, s->found, &s->cap, s->n + 1, sizeof *s->found);
		/* what was set aside with a yes that no longer holds isn't set aside any more */
		bool holds = override && !c->yes_to;
		s->found[s->n++] = (struct problem){v[i], c->shift, c->person, holds ? override : ""};
	}
	return OK;
}

/* To which time somebody who must say yes again has said yes, if nobody has asked again yet. */
static int read_yes(struct search *s, const struct seat *seat, struct rule_case *c, struct err *e)
{
	struct rec *r = NULL;
	c->yes_from = c->yes_to = 0;
	if (seat->state != ASSIGNMENT_RECONFIRM)
		return OK;
	int rc = view_get(s->v, s->seat, TYPE_ASSIGNMENT, seat->assignment, &r, e);
	if (rc == OK && r && rec_int(r, F_ASSIGNMENT_STATE) == ASSIGNMENT_ACCEPTED) {
		c->yes_from = rec_int(r, F_ASSIGNMENT_YES_FROM);
		c->yes_to = rec_int(r, F_ASSIGNMENT_YES_TO);
	}
	return rc;
}

static int search_shift(struct search *s, const struct shift *shift, struct err *e)
{
	struct rule_case c = {
		.book = s->b, .shift = shift, .limits = s->limits, .today = store_today(view_store(s->v))};
	int rc = add_problems(s, &c, NULL, e);
	for (size_t i = 0; rc == OK && i < shift->nseats && shift->row.state != SHIFT_CANCELLED; i++) {
		const struct seat *seat = &shift->seats[i];
		struct duties *d;
		if (!seat->person || !duty_state_holds(seat->state))
			continue;
		rc = duties_of(s, seat->person, &d, e);
		if (rc != OK)
			break;
		arena_reset(s->seat);
		c.person = seat->person;
		c.duties = rules_nearby(s->seat, d->rows, d->n, &shift->row, &c.nduties);
		rc = read_yes(s, seat, &c, e);
		if (rc == OK)
			rc = add_problems(s, &c, seat, e);
	}
	return rc;
}

int rules_problems_of(struct view *v, struct book *b, struct arena *a, const struct roster *r, const struct id *unit,
		      bool hints, struct problem **out, size_t *n, struct err *e)
{
	struct search s = {.v = v,
			   .b = b,
			   .a = a,
			   .scratch = arena_new(),
			   .seat = arena_new(),
			   .unit = unit,
			   .roster = r,
			   .least = hints ? RULE_HINT : RULE_WARN};
	s.of = arena_alloc(s.scratch, (b->npeople + 1) * sizeof *s.of);
	int rc = rules_limits(v, s.limits, e);
	for (size_t i = 0; rc == OK && i < r->n; i++)
		rc = search_shift(&s, &r->shifts[i], e);
	arena_free(s.seat);
	arena_free(s.scratch);
	*out = s.found;
	*n = s.n;
	return rc;
}

int rules_problems(struct view *v, struct book *b, struct arena *a, const struct id *unit, civil_date from,
		   civil_date to, bool hints, struct problem **out, size_t *n, struct err *e)
{
	struct roster r;
	*out = NULL;
	*n = 0;
	int rc = roster_load(v, b, a, unit, from, to, &r, e);
	return rc == OK ? rules_problems_of(v, b, a, &r, unit, hints, out, n, e) : rc;
}
