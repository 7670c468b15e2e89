/* roster/act_round.c - see round.h: calls and what they lead to, the waiting list, swapping and handing over.
 *
 * Owns how each is written as one change group, so that both names stay. Must not decide whether a rule is broken
 * (rules.c), nor who is rung next (candidates.c). */
#include "roster/round.h"

#include <string.h>

#include "base/lang.h"
#include "roster/act_priv.h"
#include "roster/duty.h"
#include "roster/rules_priv.h"

/* How somebody stands on a shift; *out NULL, *state 0: not at all. */
static int get_seat(struct act *x, struct place_of p, struct rec **out, int *state, struct err *e)
{
	return act_get_state(x, id_assignment(p.shift, p.volunteer), out, state, e);
}

static int need_person(const struct book *b, struct id id, const struct person **out, struct err *e)
{
	*out = book_person(b, id);
	return *out ? OK : err_set(e, ERR_NOTFOUND, _("there is no such volunteer, or the record has been deleted"));
}

/* ---- taking a place --------------------------------------------------------------------------------------------- */

/* Somebody takes a place, perhaps of `from`, and may leave another shift for it. */
struct taking {
	struct id shift, from, left;
	const struct person *who;
	const char *override;
};

/* The shift as it is when `from` is off it. */
static void release(struct shift *s, struct id from)
{
	for (size_t i = 0; i < s->nseats; i++) {
		struct seat *seat = &s->seats[i];
		if (id_is_none(from) || !id_equal(seat->volunteer, from))
			continue;
		s->row.filled = (uint16_t)(s->row.filled - (seat->state == ASSIGNMENT_ACCEPTED && s->row.filled > 0));
		seat->state = ASSIGNMENT_WITHDRAWN;
	}
}

static int ask_rules(struct act *x, struct book *b, const struct taking *t, enum round_needs *needs, struct err *e)
{
	struct shift s;
	struct verdict *v;
	size_t n;
	bool reason = false;
	int rc = roster_shift(x->v, b, x->a, t->shift, &s, e);
	if (rc != OK)
		return rc;
	release(&s, t->from);
	rc = rules_check_without(x->v, b, x->a, &s, t->who, t->left, &v, &n, e);
	if (rc == OK)
		rc = act_weigh(v, n, t->override, &reason, e);
	*needs = reason ? ROUND_NEEDS_REASON : *needs;
	return rc;
}

static int put_taker(struct act *x, const struct taking *t, struct err *e)
{
	const struct holding h = {
		.shift = t->shift, .volunteer = t->who->id, .organisation = t->who->organisation,
		.state = ASSIGNMENT_ACCEPTED, .override = t->override, .instead_of = t->from,
	};
	return act_put_holding(x, &h, e);
}

/* Whom somebody would come for; nobody comes for themselves. */
static int gone_for(struct act *x, const struct shift *s, struct id who, struct id *out, struct err *e)
{
	int rc = round_gone(x->v, x->a, s, out, NULL, e);
	if (rc == OK && id_equal(*out, who))
		*out = ID_NONE;
	return rc;
}

/* ---- calls ------------------------------------------------------------------------------------------------------ */

struct calling {
	struct act *x;
	struct book *b;
	const struct call_made *how;
	const struct person *who;
	struct id gone;
	civil_min now;
};

/* The words of a refusal that seeing it sets aside. */
static int refuse_asked(struct calling *c, const struct standing *asked, enum round_needs *needs, struct err *e)
{
	char clock[16];
	*needs = ROUND_NEEDS_SEEING;
	const char *when = asked->last ? call_words(c->x->a, asked->last, cmin_date(c->now)) : "";
	if (asked->turn == TURN_DONE)
		return err_set(e, ERR_REFUSED, _("%s: %s"), c->who->name, when);
	return err_set(e, ERR_REFUSED, _("%s: %s, and is to be rung from %s"), c->who->name, when,
		       civil_format_time(clock, sizeof clock, cmin_minute(asked->from)));
}

static int check_asked(struct calling *c, enum round_needs *needs, struct err *e)
{
	struct call_log calls;
	int limits[LIMIT_COUNT];
	int rc = rules_limits(c->x->v, limits, e);
	if (rc == OK)
		rc = call_log_load(c->x->v, c->x->a, c->how->shift, cmin_date(c->now), &calls, e);
	if (rc != OK || c->how->seen)
		return rc;
	struct standing asked = call_log_stand(&calls, c->how->shift, c->who->id, c->now, limits[LIMIT_CALL_AGAIN_HOURS]);
	return asked.turn >= TURN_LATER ? refuse_asked(c, &asked, needs, e) : OK;
}

static int put_call(struct calling *c, struct err *e)
{
	const struct call_made *how = c->how;
	struct id id = id_call(how->shift, c->who->id, cmin_date(c->now), store_site(c->x->s));
	bool again = how->outcome == CALL_AGAIN;
	const struct field_value fields[] = {
		{F_CALL_SHIFT, value_id(how->shift)},
		{F_CALL_VOLUNTEER, value_id(c->who->id)},
		{F_CALL_INSTEAD_OF, value_id_or_none(c->gone)},
		{F_CALL_AT, value_int(c->now)},
		{F_CALL_OUTCOME, value_int(how->outcome)},
		{F_CALL_AGAIN, again ? value_int(how->again) : value_none()},
		{F_CALL_BY, value_text_or_none(store_person(c->x->s))},
		{F_CALL_NOTE, value_text_or_none(how->note)},
	};
	change_make(c->x->c, TYPE_CALL, id);
	return change_set_all(c->x->c, TYPE_CALL, id, fields, sizeof fields / sizeof *fields, e);
}

/* A no is an answer to this shift: they aren't asked about it again. */
static int put_no(struct calling *c, struct err *e)
{
	const struct holding h = {
		.shift = c->how->shift, .volunteer = c->who->id, .organisation = c->who->organisation,
		.state = ASSIGNMENT_DECLINED,
	};
	return act_put_holding(c->x, &h, e);
}

static int put_outcome(struct calling *c, enum round_needs *needs, struct err *e)
{
	const struct taking t = {.shift = c->how->shift, .from = c->gone, .who = c->who, .override = c->how->override};
	int rc = OK;
	if (c->how->outcome == CALL_YES)
		rc = ask_rules(c->x, c->b, &t, needs, e);
	if (rc == OK)
		rc = put_call(c, e);
	if (rc == OK && c->how->outcome == CALL_YES)
		rc = put_taker(c->x, &t, e);
	return rc == OK && c->how->outcome == CALL_NO ? put_no(c, e) : rc;
}

static void name_call(struct calling *c)
{
	change_arg(c->x->c, value_id(c->who->id));
	if (c->how->outcome == CALL_YES && !id_is_none(c->gone))
		change_arg(c->x->c, value_id(c->gone));
	change_arg(c->x->c, value_id(c->how->shift));
	if (c->how->outcome != CALL_YES || id_is_none(c->gone))
		change_arg(c->x->c, value_text(call_outcome(c->how->outcome)));
}

/* What has to be as it is for a call to make sense; and whom it is about. */
static int prepare_call(struct calling *c, enum round_needs *needs, struct err *e)
{
	struct shift s;
	struct rec *seat = NULL;
	int state = 0;
	int rc = roster_shift(c->x->v, c->b, c->x->a, c->how->shift, &s, e);
	if (rc == OK)
		rc = get_seat(c->x, (struct place_of){c->how->shift, c->who->id}, &seat, &state, e);
	/* whoever must say yes again is rung to hear it */
	if (rc == OK && duty_state_holds(state) && state != ASSIGNMENT_RECONFIRM)
		rc = err_set(e, ERR_REFUSED, _("%s is on the shift already"), c->who->name);
	if (rc == OK && c->how->outcome == CALL_AGAIN && c->how->again <= c->now)
		rc = err_set(e, ERR_DATA, _("ring again at a time that is still to come"));
	if (rc == OK)
		rc = check_asked(c, needs, e);
	return rc == OK ? gone_for(c->x, &s, c->who->id, &c->gone, e) : rc;
}

/* Whom a substitute is sought for decides what a group is called, and is known once it is looked at. */
static int begin_as(struct act *x, struct store *s, enum act_no act, struct err *e)
{
	act_end(x, ERR_REFUSED, NULL, NULL);
	return act_begin(x, s, act, e);
}

static int begin_call(struct calling *c, struct store *s, enum round_needs *needs, struct err *e)
{
	int rc = act_begin(c->x, s, ACT_CALL, e);
	if (rc == OK)
		rc = prepare_call(c, needs, e);
	bool instead = rc == OK && c->how->outcome == CALL_YES && !id_is_none(c->gone);
	return instead ? begin_as(c->x, s, ACT_SUBSTITUTE, e) : rc;
}

int round_call(struct store *s, struct book *b, const struct call_made *how, enum round_needs *needs, struct change_result *out,
	       struct err *e)
{
	struct act x = {0};
	struct calling c = {.x = &x, .b = b, .how = how, .now = store_now_civil(s)};
	*needs = ROUND_NEEDS_NOTHING;
	int rc = need_person(b, how->volunteer, &c.who, e);
	if (rc != OK)
		return rc;
	rc = begin_call(&c, s, needs, e);
	if (rc == OK)
		name_call(&c);
	if (rc == OK)
		rc = put_outcome(&c, needs, e);
	return act_end(&x, rc, out, e);
}

/* ---- without a call --------------------------------------------------------------------------------------------- */

static int look_at_taking(struct act *x, struct book *b, struct taking *t, bool *there, struct err *e)
{
	struct shift s;
	struct rec *seat = NULL;
	int state = 0;
	int rc = roster_shift(x->v, b, x->a, t->shift, &s, e);
	if (rc == OK)
		rc = get_seat(x, (struct place_of){t->shift, t->who->id}, &seat, &state, e);
	*there = state == ASSIGNMENT_ACCEPTED;
	if (rc != OK || *there)
		return rc;
	if (duty_state_holds(state))                /* said yes once: whomever that was for */
		t->from = rec_id(seat, F_ASSIGNMENT_SUBSTITUTE_FOR);
	else
		rc = gone_for(x, &s, t->who->id, &t->from, e);
	return rc;
}

int round_take(struct store *s, struct book *b, struct id shift, struct id volunteer, const char *override,
	       enum round_needs *needs, struct change_result *out, struct err *e)
{
	struct act x = {0};
	struct taking t = {.shift = shift, .override = override};
	bool there = false;
	*needs = ROUND_NEEDS_NOTHING;
	int rc = need_person(b, volunteer, &t.who, e);
	if (rc != OK)
		return rc;
	rc = act_begin(&x, s, ACT_ASSIGN, e);
	if (rc == OK)
		rc = look_at_taking(&x, b, &t, &there, e);
	if (rc != OK || there)
		return act_end(&x, rc, out, e);
	bool instead = !id_is_none(t.from);
	rc = instead ? begin_as(&x, s, ACT_SUBSTITUTE, e) : OK;
	if (rc == OK) {
		change_arg(x.c, value_id(volunteer));
		if (instead)
			change_arg(x.c, value_id(t.from));
		change_arg(x.c, value_id(shift));
		rc = ask_rules(&x, b, &t, needs, e);
	}
	if (rc == OK)
		rc = put_taker(&x, &t, e);
	return act_end(&x, rc, out, e);
}

/* ---- the waiting list ------------------------------------------------------------------------------------------- */

static int put_wish(struct act *x, struct id shift, const struct person *who, struct err *e)
{
	const struct holding h = {
		.shift = shift, .volunteer = who->id, .organisation = who->organisation, .state = ASSIGNMENT_WISHED,
		.since = store_now_civil(x->s),
	};
	return act_put_holding(x, &h, e);
}

int round_wait(struct store *s, struct book *b, struct id shift, struct id volunteer, bool on, struct change_result *out,
	       struct err *e)
{
	struct act x;
	struct rec *r, *seat = NULL;
	const struct person *who;
	int state = 0;
	int rc = need_person(b, volunteer, &who, e);
	if (rc != OK)
		return rc;
	rc = act_begin(&x, s, on ? ACT_WAIT : ACT_UNASSIGN, e);
	if (rc == OK)
		rc = act_get_shift(&x, shift, &r, e);
	if (rc == OK)
		rc = get_seat(&x, (struct place_of){shift, volunteer}, &seat, &state, e);
	bool listed = state == ASSIGNMENT_WISHED;
	if (rc != OK || (on && listed) || (!on && !listed))
		return act_end(&x, rc, out, e);
	change_arg(x.c, value_id(volunteer));
	change_arg(x.c, value_id(shift));
	if (!on)
		change_delete(x.c, TYPE_ASSIGNMENT, seat->id);
	else if (duty_state_holds(state))
		rc = err_set(e, ERR_REFUSED, _("%s is on the shift already"), who->name);
	else
		rc = put_wish(&x, shift, who, e);
	return act_end(&x, rc, out, e);
}

/* ---- handing over, and swapping --------------------------------------------------------------------------------- */

/* One half: `to` takes what `from` has, and leaves `left` for it (ID_NONE: nothing). */
struct half {
	struct place_of from;
	struct id to, left;
};

static int check_half(struct act *x, const struct book *b, const struct half *h, const struct person **to, struct err *e)
{
	struct rec *seat = NULL;
	int state = 0;
	int rc = need_person(b, h->to, to, e);
	if (rc == OK)
		rc = get_seat(x, h->from, &seat, &state, e);
	if (rc == OK && !duty_state_holds(state))
		rc = err_set(e, ERR_REFUSED, _("%s isn't on that shift"), book_name(b, h->from.volunteer));
	if (rc == OK)
		rc = get_seat(x, (struct place_of){h->from.shift, h->to}, &seat, &state, e);
	return rc == OK && duty_state_holds(state) ? err_set(e, ERR_REFUSED, _("%s is on the shift already"), (*to)->name) : rc;
}

static int do_half(struct act *x, struct book *b, const struct half *h, const char *override, enum round_needs *needs,
		   struct err *e)
{
	struct taking t = {.shift = h->from.shift, .from = h->from.volunteer, .left = h->left, .override = override};
	int rc = check_half(x, b, h, &t.who, e);
	if (rc == OK && (rc = ask_rules(x, b, &t, needs, e)) == ERR_REFUSED)
		err_prefix(e, "%s", t.who->name);   /* there are two: whom is it about? */
	if (rc == OK)
		rc = change_set(x->c, TYPE_ASSIGNMENT, id_assignment(h->from.shift, h->from.volunteer), F_ASSIGNMENT_STATE,
				value_int(ASSIGNMENT_WITHDRAWN), e);
	return rc == OK ? put_taker(x, &t, e) : rc;
}

int round_hand_over(struct store *s, struct book *b, struct place_of from, struct id to, const char *override,
		    enum round_needs *needs, struct change_result *out, struct err *e)
{
	struct act x;
	const struct half h = {from, to, ID_NONE};
	*needs = ROUND_NEEDS_NOTHING;
	int rc = act_begin(&x, s, ACT_SUBSTITUTE, e);
	if (rc == OK) {
		change_arg(x.c, value_id(to));
		change_arg(x.c, value_id(from.volunteer));
		change_arg(x.c, value_id(from.shift));
		rc = do_half(&x, b, &h, override, needs, e);
	}
	return act_end(&x, rc, out, e);
}

int round_swap(struct store *s, struct book *b, struct place_of one, struct place_of other, const char *override,
	       enum round_needs *needs, struct change_result *out, struct err *e)
{
	struct act x;
	const struct half there = {one, other.volunteer, other.shift}, back = {other, one.volunteer, one.shift};
	*needs = ROUND_NEEDS_NOTHING;
	int rc = act_begin(&x, s, ACT_SWAP, e);
	if (rc == OK && id_equal(one.shift, other.shift))
		rc = err_set(e, ERR_USAGE, _("swapping takes two shifts"));
	if (rc == OK) {
		change_arg(x.c, value_id(one.volunteer));
		change_arg(x.c, value_id(other.volunteer));
		rc = do_half(&x, b, &there, override, needs, e);
	}
	if (rc == OK)
		rc = do_half(&x, b, &back, override, needs, e);
	return act_end(&x, rc, out, e);
}
