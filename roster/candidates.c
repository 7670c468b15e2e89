/* roster/candidates.c - see rules.h: who could take a place, ranked, with the reasons.
 *
 * Owns the order of candidates and its words. Nothing but data decides it, so two sites with the same data see the same
 * list. Must not know what any rule means beyond its level. */
#include "roster/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "roster/rules_priv.h"

/* A candidate with what its rank is made of. */
struct ranked {
	struct candidate c;
	int state; /* of the place on this shift, 0 without one */
	size_t hints;
};

struct ranking {
	struct view *v;
	struct book *b;
	struct arena *a, *scratch;
	struct arena *person; /* what is read of one person */
	struct shift shift;
	struct call_log calls;
	civil_min now;
	int limits[LIMIT_COUNT];
	struct ranked *all;
	size_t n;
};

/* ---- one person ------------------------------------------------------------------------------------------------- */

/* Duties come by start, so the last one before the shift is the latest seen. */
static void add_load(struct candidate *c, const struct duty_row *all, size_t n, const struct shift_row *s)
{
	civil_date day = cmin_date(s->start), first = day - (civil_to_ymd(day).d - 1),
		   next = civil_add_months(first, 1);
	c->last = CMIN_NONE;
	for (size_t i = 0; i < n; i++) {
		const struct duty_row *d = &all[i];
		int minutes = d->start < s->start ? duty_minutes(d) : -1;
		c->minutes_12m += minutes > 0 ? minutes : 0;
		if (!duty_is_held(d))
			continue;
		c->this_month += d->start >= cmin_at(first, 0) && d->start < cmin_at(next, 0);
		if (d->start < s->start)
			c->last = d->start;
	}
}

static int judge_person(struct ranking *r, const struct person *p, struct ranked *out, struct err *e)
{
	const struct shift_row *s = &r->shift.row;
	civil_date day = cmin_date(s->start);
	struct rule_case c = {.book = r->b,
			      .person = p,
			      .shift = &r->shift,
			      .limits = r->limits,
			      .today = store_today(view_store(r->v))};
	struct duty_row *all;
	size_t n;
	arena_reset(r->person);
	int rc = view_duties(r->v, r->person, p->id, cmin_at(day - DUTY_YEAR_DAYS, 0),
			     cmin_at(day + DUTY_WINDOW_DAYS + 1, 0), &all, &n, e);
	if (rc != OK)
		return rc;
	c.duties = rules_nearby(r->person, all, n, s, &c.nduties);
	out->c = (struct candidate){.person = p, .has_role = person_has_role(p, s->role), .since = CMIN_NONE};
	const struct avail *why;
	size_t navail;
	const struct avail *avail = frames_avail(&r->b->frames, p->id, &navail);
	out->c.available = available_on(avail, navail, s->start, s->end, &why);
	out->c.verdicts = rules_judge(&c, r->a, &out->c.nverdicts);
	out->c.worst = out->c.nverdicts ? out->c.verdicts[0].rule->level : (enum rule_level)0;
	for (size_t i = 0; i < out->c.nverdicts; i++)
		out->hints += out->c.verdicts[i].rule->level == RULE_HINT;
	add_load(&out->c, all, n, s);
	return OK;
}

/* Where they stand on the waiting list: one who wished it without saying when, from when that was written. */
static int read_since(struct ranking *r, const struct seat *seat, civil_min *out, struct err *e)
{
	struct rec *rec = NULL;
	int rc = view_get(r->v, r->person, TYPE_ASSIGNMENT, seat->assignment, &rec, e);
	const struct rec_field *state = rc == OK && rec ? rec_field(rec, F_ASSIGNMENT_STATE) : NULL;
	*out = rec ? rec_int_or(rec, F_ASSIGNMENT_SINCE, CMIN_NONE) : CMIN_NONE;
	if (state && *out == CMIN_NONE)
		*out = civil_from_utc(state->at.clock);
	return rc;
}

/* What the place on this shift, and the calls until now, say of ringing them. */
static int judge_turn(struct ranking *r, const struct seat *seat, struct ranked *x, struct err *e)
{
	struct candidate *c = &x->c;
	x->state = seat ? seat->state : 0;
	c->asked = call_log_stand(&r->calls, r->shift.row.shift, c->person->id, r->now, r->limits[LIMIT_CALL_AGAIN_HOURS]);
	c->said_no = c->asked.said_no || x->state == ASSIGNMENT_DECLINED || x->state == ASSIGNMENT_WITHDRAWN;
	if (x->state != ASSIGNMENT_WISHED && x->state != ASSIGNMENT_RECONFIRM)
		return OK;
	if (c->asked.turn == TURN_FREE)
		c->asked.turn = TURN_LISTED;
	if (x->state == ASSIGNMENT_RECONFIRM)
		return OK;
	c->said_no = false;            /* a wish after a no is another answer */
	return read_since(r, seat, &c->since, e);
}

/* ---- order ------------------------------------------------------------------------------------------------------ */

/* The waiting list, then a stop and less; a hint is a matter of wishes, further down. */
static int speaks_against(const struct ranked *x)
{
	enum { LISTED = TURN_LISTED, DUE = TURN_DUE, FREE = TURN_FREE, WARNED, LATER, DONE, STOPPED, SAID_NO };
	if (x->c.said_no)
		return SAID_NO;
	if (x->c.worst == RULE_STOP)
		return STOPPED;
	switch (x->c.asked.turn) {
	case TURN_LATER: return LATER;
	case TURN_DONE: return DONE;
	case TURN_FREE: return x->c.worst == RULE_WARN ? WARNED : FREE;
	default: return (int)x->c.asked.turn;
	}
}

bool candidate_is_next(const struct candidate *c)
{
	return !c->said_no && c->worst != RULE_STOP && c->asked.turn < TURN_LATER;
}

static int order(int64_t x, int64_t y)
{
	return (x > y) - (x < y);
}

/* Never having come is the longest ago; people lie in one array by name and then id. */
static int compare_ranked(const void *vx, const void *vy)
{
	const struct ranked *x = vx, *y = vy;
	int c = order(speaks_against(x), speaks_against(y));
	c = c ? c : order(y->state == ASSIGNMENT_RECONFIRM, x->state == ASSIGNMENT_RECONFIRM);
	c = c ? c : order(y->c.since != CMIN_NONE, x->c.since != CMIN_NONE);
	c = c ? c : order(x->c.since, y->c.since);
	c = c ? c : order(x->c.worst == RULE_WARN, y->c.worst == RULE_WARN);
	c = c ? c : order(y->c.has_role, x->c.has_role);
	c = c ? c : order((int64_t)x->c.available, (int64_t)y->c.available);
	c = c ? c : order((int64_t)x->hints, (int64_t)y->hints);
	c = c ? c : order(x->c.minutes_12m, y->c.minutes_12m);
	c = c ? c : order(x->c.last, y->c.last);
	return c ? c : order(x->c.person - y->c.person, 0);
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

static void add_reason(struct buf *b, const char *reason)
{
	buf_adds(b, b->n ? " · " : "");
	buf_adds(b, reason);
}

static const char *answer_text(int state)
{
	switch (state) {
	case ASSIGNMENT_DECLINED:
		return _("said no to this shift");
	case ASSIGNMENT_WITHDRAWN:
		return _("cancelled this shift");
	case ASSIGNMENT_RECONFIRM:
		return _("must say yes again");
	case ASSIGNMENT_OFFERED:
		return _("has been offered the place");
	case ASSIGNMENT_WISHED:
		return _("on the waiting list");
	default:
		return NULL;
	}
}

static void add_month(struct buf *b, struct arena *a, const struct candidate *c, civil_date day)
{
	const char *month = civil_month_name(civil_to_ymd(day).m);
	if (c->this_month)
		add_reason(b,
			   arena_printf(a, ngettext("%d shift in %s", "%d shifts in %s", (unsigned long)c->this_month),
					c->this_month, month));
	else
		add_reason(b, arena_printf(a, _("none in %s"), month));
}

static const char *ring_from(struct arena *a, civil_min from, civil_date today)
{
	char day[40], clock[16];
	civil_format_time(clock, sizeof clock, cmin_minute(from));
	if (cmin_date(from) == today)
		return arena_printf(a, _("ring from %s"), clock);
	civil_format_date(day, sizeof day, cmin_date(from), CIVIL_DAY);
	return arena_printf(a, _("ring from %s %s"), day, clock);
}

static void add_calls(struct buf *b, struct ranking *r, const struct candidate *c)
{
	if (c->asked.turn == TURN_LATER)
		add_reason(b, ring_from(r->scratch, c->asked.from, cmin_date(r->now)));
	if (c->asked.last)
		add_reason(b, call_words(r->scratch, c->asked.last, cmin_date(r->now)));
}

static const char *reasons(struct ranking *r, const struct ranked *x)
{
	struct buf b = {0};
	char day[40];
	if (answer_text(x->state))
		add_reason(&b, answer_text(x->state));
	add_calls(&b, r, &x->c);
	if (x->c.available == AVAILABLE_CAN)
		add_reason(&b, _("can come then"));
	add_reason(&b, x->c.has_role ? _("knows the role") : _("hasn't had the role"));
	add_month(&b, r->scratch, &x->c, cmin_date(r->shift.row.start));
	if (x->c.last == CMIN_NONE)
		add_reason(&b, _("not in the last 12 months"));
	else
		add_reason(&b, arena_printf(r->scratch, _("last %s"),
					    civil_format_date(day, sizeof day, cmin_date(x->c.last), CIVIL_SHORT)));
	const char *text = arena_strdup(r->a, b.p ? b.p : "");
	buf_free(&b);
	return text;
}

/* ---- the list --------------------------------------------------------------------------------------------------- */

static bool is_left_out(const struct person *p, const struct seat *seat)
{
	return p->status == VOLUNTEER_ENDED ||
		(seat && duty_state_holds(seat->state) && seat->state != ASSIGNMENT_RECONFIRM);
}

static int rank_people(struct ranking *r, const char *needle, struct err *e)
{
	size_t npeople;
	const struct person **people = book_search(r->b, r->scratch, needle, 0, &npeople);
	r->all = arena_alloc(r->scratch, (npeople + 1) * sizeof *r->all);
	for (size_t i = 0; i < npeople; i++) {
		const struct seat *seat = rule_seat(&r->shift, people[i]);
		struct ranked *x = &r->all[r->n];
		if (is_left_out(people[i], seat))
			continue;
		int rc = judge_person(r, people[i], x, e);
		if (rc == OK)
			rc = judge_turn(r, seat, x, e);
		if (rc != OK)
			return rc;
		r->n++;
	}
	qsort(r->all, r->n, sizeof *r->all, compare_ranked);
	return OK;
}

int rules_candidates(struct view *v, struct book *b, struct arena *a, struct id shift, const char *needle, size_t max,
		     struct candidate **out, size_t *n, struct err *e)
{
	struct ranking r = {.v = v, .b = b, .a = a, .scratch = arena_new(), .person = arena_new()};
	r.now = store_now_civil(view_store(v));
	int rc = rules_limits(v, r.limits, e);
	if (rc == OK)
		rc = call_log_load(v, a, shift, cmin_date(r.now), &r.calls, e);
	if (rc == OK)
		rc = roster_shift(v, b, a, shift, &r.shift, e);
	if (rc == OK)
		rc = rank_people(&r, needle, e);
	if (rc == OK) {
		*n = max && r.n > max ? max : r.n;
		*out = arena_alloc(a, (*n + 1) * sizeof **out);
		for (size_t i = 0; i < *n; i++) {
			(*out)[i] = r.all[i].c;
			(*out)[i].reasons = reasons(&r, &r.all[i]);
		}
	}
	arena_free(r.person);
	arena_free(r.scratch);
	return rc;
}
