/* roster/act.c - see act.h: people and places on and off shifts, and shifts made, moved, called off and deleted.
 *
 * Owns how each act is written as one change group. Must not decide whether a rule is broken (rules.c), and never
 * writes past store/change.h. */
#include "roster/act.h"

#include <string.h>

#include "base/lang.h"
#include "roster/act_priv.h"
#include "roster/duty.h"
#include "roster/series_priv.h"

/* ---- beginning and end ------------------------------------------------------------------------------------------ */

int act_begin(struct act *x, struct store *s, enum act_no no, struct err *e)
{
	*x = (struct act){.s = s, .a = arena_new()};
	int rc = change_begin(s, no, &x->c, e);
	return rc == OK ? view_begin(s, &x->v, e) : rc;
}

/* The view ends first: no reader may be open while the store grows its map. */
int act_end(struct act *x, int rc, struct change_result *out, struct err *e)
{
	struct change_result unused;
	view_end(x->v);
	out = out ? out : &unused;
	*out = (struct change_result){0};
	if (rc == OK)
		rc = change_commit(x->c, out, e);
	else
		change_abandon(x->c);
	arena_free(x->a);
	return rc;
}

void act_arg_shifts(struct act *x, const struct id *shifts, size_t n)
{
	if (n == 1)
		change_arg(x->c, value_id(shifts[0]));
	else
		change_arg(x->c, value_text(arena_printf(x->a, ngettext("%zu shift", "%zu shifts", n), n)));
}

void act_arg_people(struct act *x, const struct id *people, size_t n)
{
	if (n == 1)
		change_arg(x->c, value_id(people[0]));
	else
		change_arg(x->c, value_text(arena_printf(x->a, ngettext("%zu person", "%zu people", n), n)));
}

int act_get_shift(struct act *x, struct id shift, struct rec **out, struct err *e)
{
	int rc = view_get(x->v, x->a, TYPE_SHIFT, shift, out, e);
	if (rc == OK && (!*out || !(*out)->alive))
		rc = err_set(e, ERR_NOTFOUND, _("there is no such shift, or it has been deleted"));
	return rc;
}

int act_get_place(struct act *x, struct id assignment, struct rec **out, struct err *e)
{
	int rc = view_get(x->v, x->a, TYPE_ASSIGNMENT, assignment, out, e);
	if (rc == OK && *out && !(*out)->alive)
		*out = NULL;
	return rc;
}

int act_get_state(struct act *x, struct id assignment, struct rec **out, int *state, struct err *e)
{
	struct rec *shift = NULL;
	*state = 0;
	int rc = act_get_place(x, assignment, out, e);
	if (rc != OK || !*out)
		return rc;
	rc = view_get(x->v, x->a, TYPE_SHIFT, rec_id(*out, F_ASSIGNMENT_SHIFT), &shift, e);
	*state = rc == OK ? assignment_state(*out, shift) : 0;
	return rc;
}

/* ---- people on a shift ------------------------------------------------------------------------------------------ */

/* An act upon one place: *old is the assignment as it stands, NULL when there is none; *state is how it counts. */
static int begin_place(struct act *x, struct store *s, enum act_no no, struct id shift, struct id holder,
		       struct rec **old, int *state, struct err *e)
{
	int rc = act_begin(x, s, no, e);
	*old = NULL;
	*state = 0;
	if (rc != OK)
		return rc;
	change_arg(x->c, value_id(holder));
	change_arg(x->c, value_id(shift));
	return act_get_state(x, id_assignment(shift, holder), old, state, e);
}

/* The time that somebody says yes to; nobody who doesn't. */
static int agreed_time(struct act *x, const struct holding *h, struct value *from, struct value *to, struct err *e)
{
	struct rec *shift = NULL;
	*from = *to = value_none();
	if (h->state != ASSIGNMENT_ACCEPTED)
		return OK;
	*from = value_int(h->from);
	*to = value_int(h->to);
	int rc = h->to ? OK : view_get(x->v, x->a, TYPE_SHIFT, h->shift, &shift, e);
	if (rc == OK && shift) {
		*from = rec_get(shift, F_SHIFT_START);
		*to = rec_get(shift, F_SHIFT_END);
	}
	return rc;
}

/* Whoever said no first, and yes after all, is on it from now: the place has a number on the tick sheet from then. */
static int listed_since(struct act *x, const struct holding *h, struct id id, struct value *out, struct err *e)
{
	struct rec *old = NULL;
	*out = h->since ? value_int(h->since) : value_none();
	int rc = h->since ? OK : act_get_place(x, id, &old, e);
	if (rc != OK || !old)
		return rc;
	if (place_is_only_no(old) && h->state != ASSIGNMENT_DECLINED)
		*out = value_int(store_now_civil(x->s));
	else if (rec_int(old, F_ASSIGNMENT_STATE) != ASSIGNMENT_WISHED)
		*out = rec_get(old, F_ASSIGNMENT_SINCE);
	return OK;
}

int act_put_holding(struct act *x, const struct holding *h, struct err *e)
{
	bool named = !id_is_none(h->volunteer);
	struct id id = id_assignment(h->shift, named ? h->volunteer : h->organisation);
	struct value from, to, since;
	int rc = agreed_time(x, h, &from, &to, e);
	if (rc == OK)
		rc = listed_since(x, h, id, &since, e);
	if (rc != OK)
		return rc;
	const struct field_value fields[] = {
		{F_ASSIGNMENT_SHIFT, value_id(h->shift)},
		{F_ASSIGNMENT_VOLUNTEER, value_id_or_none(h->volunteer)},
		{F_ASSIGNMENT_ORGANISATION, value_id_or_none(h->organisation)},
		{F_ASSIGNMENT_PLACES, named ? value_none() : value_int(h->places)},
		{F_ASSIGNMENT_STATE, value_int(h->state)},
		{F_ASSIGNMENT_ATTENDANCE, value_none()},
		{F_ASSIGNMENT_MINUTES, value_none()},
		{F_ASSIGNMENT_APPROVED, value_none()},
		{F_ASSIGNMENT_APPROVED_BY, value_none()},
		{F_ASSIGNMENT_OVERRIDE, value_text_or_none(h->override)},
		{F_ASSIGNMENT_SUBSTITUTE_FOR, value_id_or_none(h->instead_of)},
		{F_ASSIGNMENT_SINCE, since},
		{F_ASSIGNMENT_WHY, value_none()},
		{F_ASSIGNMENT_YES_FROM, from},
		{F_ASSIGNMENT_YES_TO, to},
	};
	change_make(x->c, TYPE_ASSIGNMENT, id);
	return change_set_all(x->c, TYPE_ASSIGNMENT, id, fields, sizeof fields / sizeof *fields, e);
}

/* All sentences of one level, as one. */
static int refuse(const struct verdict *v, size_t n, enum rule_level level, struct err *e)
{
	struct buf b = {0};
	for (size_t i = 0; i < n; i++)
		if (v[i].rule->level == level)
			buf_addf(&b, "%s%s", b.n ? " · " : "", v[i].sentence);
	err_set(e, ERR_REFUSED, "%s", b.p ? b.p : "");
	buf_free(&b);
	return ERR_REFUSED;
}

int act_weigh(const struct verdict *v, size_t n, const char *override, bool *needs_reason, struct err *e)
{
	bool reason = override && override[strspn(override, " ")];
	*needs_reason = n && v[0].rule->level == RULE_WARN && !reason;
	if (n && v[0].rule->level == RULE_STOP)
		return refuse(v, n, RULE_STOP, e);
	return *needs_reason ? refuse(v, n, RULE_WARN, e) : OK;
}

int act_ask_rules(struct act *x, struct book *b, struct id shift, const struct person *p, const char *override,
		  bool *needs_reason, struct err *e)
{
	struct shift s;
	struct verdict *v;
	size_t n;
	int rc = roster_shift(x->v, b, x->a, shift, &s, e);
	if (rc == OK)
		rc = rules_check(x->v, b, x->a, &s, p, &v, &n, e);
	return rc == OK ? act_weigh(v, n, override, needs_reason, e) : rc;
}

int act_assign(struct store *s, struct book *b, struct id shift, struct id volunteer, const char *override,
	       bool *needs_reason, struct change_result *out, struct err *e)
{
	const struct person *p = book_person(b, volunteer);
	struct act x;
	struct rec *old;
	int state;
	bool unused;
	needs_reason = needs_reason ? needs_reason : &unused;
	*needs_reason = false;
	int rc = begin_place(&x, s, ACT_ASSIGN, shift, volunteer, &old, &state, e);
	if (rc == OK && !p)
		rc = err_set(e, ERR_NOTFOUND, _("there is no such volunteer, or the record has been deleted"));
	if (rc != OK || state == ASSIGNMENT_ACCEPTED)
		return act_end(&x, rc, out, e);
	rc = act_ask_rules(&x, b, shift, p, override, needs_reason, e);
	struct holding h = {
		.shift = shift, .volunteer = volunteer, .organisation = p->organisation, .state = ASSIGNMENT_ACCEPTED,
		.override = override,
	};
	if (rc == OK)
		rc = act_put_holding(&x, &h, e);
	return act_end(&x, rc, out, e);
}

int act_assign_places(struct store *s, struct id shift, struct id organisation, int n, struct change_result *out,
		      struct err *e)
{
	struct act x;
	struct rec *r;
	int state;
	if (n == 0)
		return act_unassign(s, shift, organisation, out, e);
	int rc = begin_place(&x, s, ACT_ASSIGN, shift, organisation, &r, &state, e);
	if (rc == OK)
		rc = act_get_shift(&x, shift, &r, e);
	struct holding h = {.shift = shift, .organisation = organisation, .places = n, .state = ASSIGNMENT_ACCEPTED};
	if (rc == OK)
		rc = act_put_holding(&x, &h, e);
	return act_end(&x, rc, out, e);
}

int act_unassign(struct store *s, struct id shift, struct id holder, struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *old;
	int state;
	int rc = begin_place(&x, s, ACT_UNASSIGN, shift, holder, &old, &state, e);
	if (rc == OK && old)
		change_delete(x.c, TYPE_ASSIGNMENT, old->id);
	return act_end(&x, rc, out, e);
}

int act_withdraw(struct store *s, struct id shift, struct id volunteer, const char *why, struct change_result *out,
		 struct err *e)
{
	struct act x;
	struct rec *old;
	int state;
	int rc = begin_place(&x, s, ACT_WITHDRAW, shift, volunteer, &old, &state, e);
	if (rc == OK && !old)
		rc = err_set(e, ERR_NOTFOUND, _("the volunteer isn't on that shift"));
	if (rc == OK)
		rc = change_set(x.c, TYPE_ASSIGNMENT, old->id, F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_WITHDRAWN), e);
	if (rc == OK && why && *why)
		rc = change_set(x.c, TYPE_ASSIGNMENT, old->id, F_ASSIGNMENT_WHY, value_text(why), e);
	return act_end(&x, rc, out, e);
}

/* ---- shifts ----------------------------------------------------------------------------------------------------- */

int act_add_shift(struct store *s, const struct shift_new *n, struct id *out_id, struct change_result *out,
		  struct err *e)
{
	struct act x;
	struct id id = ID_NONE;
	int rc = act_begin(&x, s, ACT_ADD, e);
	if (rc == OK) {
		id = change_new(x.c, TYPE_SHIFT);
		change_arg(x.c, value_id(id));
	}
	const struct field_value fields[] = {
		{F_SHIFT_UNIT, value_id_or_none(n->unit)},
		{F_SHIFT_ROLE, value_id_or_none(n->role)},
		{F_SHIFT_START, value_int(n->start)},
		{F_SHIFT_END, value_int(n->end)},
		{F_SHIFT_NEED, value_int(n->need)},
		{F_SHIFT_WISHED, n->wished ? value_int(n->wished) : value_none()},
		{F_SHIFT_NOTE, value_text_or_none(n->note)},
		{F_SHIFT_STATE, value_int(n->state ? n->state : SHIFT_PUBLISHED)},
	};
	if (rc == OK)
		rc = change_set_all(x.c, TYPE_SHIFT, id, fields, sizeof fields / sizeof *fields, e);
	rc = act_end(&x, rc, out, e);
	if (rc == OK && out_id)
		*out_id = id;
	return rc;
}

/* What a place becomes by its shift's time; its state where it stays as it is. */
static int state_by_time(const struct rec *place, const struct seat_row *seat, civil_min from, civil_min to)
{
	bool yes = assignment_says_yes(place, from, to);
	if (seat->attendance)
		return seat->state;
	if (seat->state == ASSIGNMENT_ACCEPTED && !yes)
		return ASSIGNMENT_RECONFIRM;
	return seat->state == ASSIGNMENT_RECONFIRM && yes ? ASSIGNMENT_ACCEPTED : seat->state;
}

/* Those that are asked are gathered at the front of the seats. */
static int ask_again(struct change *c, struct view *v, struct arena *a, struct id shift, civil_min from, civil_min to,
		     struct act_asked *asked, struct err *e)
{
	struct seat_row *seats;
	size_t n;
	int rc = view_seats(v, a, shift, &seats, &n, e);
	*asked = (struct act_asked){seats, 0};
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct rec *r = NULL;
		rc = view_get(v, a, TYPE_ASSIGNMENT, seats[i].assignment, &r, e);
		int state = rc == OK ? state_by_time(r, &seats[i], from, to) : seats[i].state;
		if (state == seats[i].state)
			continue;
		rc = change_set(c, TYPE_ASSIGNMENT, r->id, F_ASSIGNMENT_STATE, value_int(state), e);
		if (state == ASSIGNMENT_RECONFIRM)
			asked->seats[asked->n++] = seats[i];
	}
	return rc;
}

int act_set_time(struct change *c, struct view *v, struct arena *a, struct id shift, civil_min from, civil_min to,
		 struct act_asked *asked, struct err *e)
{
	const struct field_value time[] = {{F_SHIFT_START, value_int(from)}, {F_SHIFT_END, value_int(to)}};
	struct act_asked now = {0};
	struct rec *r = NULL;
	int rc = view_get(v, a, TYPE_SHIFT, shift, &r, e);
	if (rc == OK)
		rc = change_set_all(c, TYPE_SHIFT, shift, time, 2, e);
	if (rc == OK && r && (rec_int(r, F_SHIFT_START) != from || rec_int(r, F_SHIFT_END) != to))
		rc = ask_again(c, v, a, shift, from, to, &now, e);
	if (asked)
		*asked = now;
	return rc;
}

int act_note_yes(struct change *c, struct view *v, struct id assignment, struct err *e)
{
	struct arena *a = arena_new();
	struct rec *place = NULL, *shift = NULL;
	int rc = view_get(v, a, TYPE_ASSIGNMENT, assignment, &place, e);
	if (rc == OK && place)
		rc = view_get(v, a, TYPE_SHIFT, rec_id(place, F_ASSIGNMENT_SHIFT), &shift, e);
	if (rc == OK && shift)
		rc = change_set(c, TYPE_ASSIGNMENT, assignment, F_ASSIGNMENT_YES_FROM, rec_get(shift, F_SHIFT_START), e);
	if (rc == OK && shift)
		rc = change_set(c, TYPE_ASSIGNMENT, assignment, F_ASSIGNMENT_YES_TO, rec_get(shift, F_SHIFT_END), e);
	arena_free(a);
	return rc;
}

static int move_shift(struct act *x, struct id shift, civil_min by, struct err *e)
{
	struct rec *r;
	int rc = act_get_shift(x, shift, &r, e);
	if (rc != OK)
		return rc;
	return act_set_time(x->c, x->v, x->a, shift, rec_int(r, F_SHIFT_START) + by, rec_int(r, F_SHIFT_END) + by, NULL, e);
}

int act_move_shifts(struct store *s, const struct id *shifts, size_t n, int days, int minutes,
		    struct change_result *out, struct err *e)
{
	struct act x;
	civil_min by = (civil_min)days * DAY_MINUTES + minutes;
	int rc = act_begin(&x, s, ACT_MOVE, e);
	if (rc == OK)
		act_arg_shifts(&x, shifts, n);
	for (size_t i = 0; rc == OK && by != 0 && i < n; i++)
		rc = move_shift(&x, shifts[i], by, e);
	return act_end(&x, rc, out, e);
}

/* Behind what stands in its note. */
static int note_why(struct act *x, const struct rec *shift, const char *why, struct err *e)
{
	const char *note = rec_text(shift, F_SHIFT_NOTE);
	const char *both = *note ? arena_printf(x->a, "%s · %s", note, why) : why;
	return change_set(x->c, TYPE_SHIFT, shift->id, F_SHIFT_NOTE, value_text(both), e);
}

int act_cancel_shift(struct store *s, struct id shift, bool cancelled, const char *why, struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *r;
	int rc = act_begin(&x, s, cancelled ? ACT_CANCEL_SHIFT : ACT_RESUME_SHIFT, e);
	if (rc == OK)
		rc = act_get_shift(&x, shift, &r, e);
	if (rc == OK && (rec_int(r, F_SHIFT_STATE) == SHIFT_CANCELLED) != cancelled) {
		change_arg(x.c, value_id(shift));
		rc = change_set(x.c, TYPE_SHIFT, shift, F_SHIFT_STATE,
				value_int(cancelled ? SHIFT_CANCELLED : SHIFT_PUBLISHED), e);
		if (rc == OK && cancelled && why)
			rc = note_why(&x, r, why, e);
	}
	return act_end(&x, rc, out, e);
}

int act_drop_shift(struct act *x, struct id shift, struct err *e)
{
	struct id *seats, *calls;
	size_t n;
	int rc = view_refs(x->v, x->a, shift, TYPE_ASSIGNMENT, F_ASSIGNMENT_SHIFT, &seats, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		change_delete(x->c, TYPE_ASSIGNMENT, seats[i]);
	if (rc == OK)
		rc = view_refs(x->v, x->a, shift, TYPE_CALL, F_CALL_SHIFT, &calls, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		change_delete(x->c, TYPE_CALL, calls[i]);
	if (rc == OK)
		change_delete(x->c, TYPE_SHIFT, shift);
	return rc;
}

static int delete_shift(struct act *x, struct id shift, struct err *e)
{
	struct rec *r = NULL;
	int rc = view_get(x->v, x->a, TYPE_SHIFT, shift, &r, e);
	if (rc != OK || !r || !r->alive)
		return rc;
	rc = series_except(x, r, e);
	return rc == OK ? act_drop_shift(x, shift, e) : rc;
}

int act_delete_shifts(struct store *s, const struct id *shifts, size_t n, struct change_result *out, struct err *e)
{
	struct act x;
	int rc = act_begin(&x, s, ACT_DELETE, e);
	if (rc == OK)
		act_arg_shifts(&x, shifts, n);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = delete_shift(&x, shifts[i], e);
	return act_end(&x, rc, out, e);
}
