/* tui/shifts_swap.c - see shifts_priv.h: who stands on a shift changes place with somebody. Owns how the two are
 * pointed out, and what is asked before. What a swap means is roster/round.h's. */
#include "tui/shifts_priv.h"

#include "base/lang.h"
#include "tui/dialog.h"
#include "tui/rounds_priv.h"

/* ---- swapping --------------------------------------------------------------------------------------------------- */

static int swap(struct screen *s, const char *reason, enum round_needs *needs, struct err *e)
{
	struct app *app = s->app;
	struct swapping *w = &face_of(s)->swap;
	struct arena *a = app_scratch(app);
	struct change_result r;
	struct book *b = app_book_now(app, e);
	*needs = ROUND_NEEDS_NOTHING;
	if (!b)
		return e->code;
	const char *one = arena_strdup(a, book_name(b, w->volunteer)), *other = arena_strdup(a, book_name(b, w->to));
	int rc = round_swap(app_store(app), b, (struct place_of){w->shift, w->volunteer}, (struct place_of){w->to_shift, w->to}, reason,
		needs, &r, e);
	if (rc != OK)
		return rc;
	*w = (struct swapping){.shift = ID_NONE};
	app_done(app, &r, _("%s and %s have swapped shifts"), one, other);
	return OK;
}

static void swap_with(struct app *app, struct screen *s, const struct seat *seat)
{
	struct swapping *w = &face_of(s)->swap;
	enum round_needs needs;
	struct err e;
	w->to_shift = face_spot(s).shift->row.shift;
	w->to = seat->volunteer;
	if (swap(s, NULL, &needs, &e) == OK)
		return;
	app_fail(app, &e);
	if (needs == ROUND_NEEDS_REASON)
		round_ask_reason(app, s, _("Why all the same?"), swap);
	else
		*w = (struct swapping){.shift = ID_NONE};
}

/* ---- whom with -------------------------------------------------------------------------------------------------- */

static void way_chosen(struct app *app, void *ctx, size_t i)
{
	struct screen *s = ctx;
	const struct asked *q = &face_of(s)->asked;
	if (i == 0) {
		face_of(s)->swap = (struct swapping){.shift = q->shift, .volunteer = q->volunteer};
		app_toast(app, _("Go to whoever %s swaps with, and press i there."), q->label);
	} else {
		app_push(app, screen_hand_over(app, q->shift, q->volunteer));
	}
}

static void ask_way(struct app *app, struct screen *s, const struct seat *seat)
{
	struct asked *q = &face_of(s)->asked;
	const char *labels[] = {_("Swap with somebody on another shift"), _("Hand the place over to somebody")};
	if (!seat_is_person_on(seat)) {
		app_toast(app, "%s", _("Stand on somebody who is on the shift."));
		return;
	}
	*q = (struct asked){.shift = face_spot(s).shift->row.shift, .volunteer = seat->volunteer,
		.label = arena_strdup(s->arena, seat->name)};
	dialog_choice(app, seat->name, labels, 2, way_chosen, s);
}

static void do_swap(struct app *app, struct screen *s)
{
	const struct swapping *w = &face_of(s)->swap;
	bool second = !id_is_none(w->volunteer) && !id_equal(w->shift, face_spot(s).shift->row.shift);
	shifts_choose_somebody(app, s, second ? _("With whom?") : _("Who swaps?"), seat_is_person_on, second ? swap_with : ask_way);
}

/* ---- from a wish to the shift ----------------------------------------------------------------------------------- */

static int let_in(struct screen *s, const char *reason, enum round_needs *needs, struct err *e)
{
	struct app *app = s->app;
	const struct asked *q = &face_of(s)->asked;
	struct change_result r;
	struct book *b = app_book_now(app, e);
	*needs = ROUND_NEEDS_NOTHING;
	int rc = b ? round_take(app_store(app), b, q->shift, q->volunteer, reason, needs, &r, e) : e->code;
	if (rc == OK)
		app_done(app, &r, _("%s is on the shift"), q->label);
	return rc;
}

static bool may_come(const struct seat *seat)
{
	return seat->person && seat->state != ASSIGNMENT_ACCEPTED;
}

static void choose_let_in(struct app *app, struct screen *s, const struct seat *seat)
{
	enum round_needs needs;
	struct err e;
	if (!may_come(seat)) {
		app_toast(app, "%s", _("Stand on somebody who wishes the shift, or must say yes again."));
		return;
	}
	face_of(s)->asked = (struct asked){.shift = face_spot(s).shift->row.shift, .volunteer = seat->volunteer,
		.label = arena_strdup(s->arena, seat->name)};
	if (let_in(s, NULL, &needs, &e) == OK)
		return;
	app_fail(app, &e);
	if (needs == ROUND_NEEDS_REASON)
		round_ask_reason(app, s, _("Why all the same?"), let_in);
}

static void do_let_in(struct app *app, struct screen *s)
{
	shifts_choose_somebody(app, s, _("Who comes?"), may_come, choose_let_in);
}

static const char *refuse_no_people(struct app *app, struct screen *s)
{
	const char *why = refuse_no_shift(app, s);
	return why ? why : face_spot(s).shift->nseats ? NULL : _("Nobody is on the shift.");
}

static const struct action rows[] = {
	{"shift.let_in", CTX_PLAN, "j", N_("Comes"), N_("From the waiting list to the shift; also who must say yes again, or comes after all"),
		GROUP_DO, 8, ACTION_CHANGES, refuse_no_people, do_let_in},
	{"shift.swap", CTX_PLAN, "i", N_("Swap"), N_("Two exchange their shifts, or one hands the place over; both names stay"),
		GROUP_DO, 8, ACTION_CHANGES, refuse_no_people, do_swap},
};
const struct action_set actions_shifts_swap = {N_("Swapping"), NULL, rows, sizeof rows / sizeof *rows};
