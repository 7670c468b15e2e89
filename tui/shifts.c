/* tui/shifts.c - see shifts_priv.h. Owns what is done to one shift and its people: fill, cancel, take off, places of an
 * organisation, attendance, new, edit, call off, delete. Must not know how the screens above draw or read. */
#include "tui/shifts_priv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "tui/dialog.h"
#include "tui/rounds_priv.h"
#include "tui/series_priv.h"

/* ---- the face ------------------------------------------------------------------------------------------ */
struct face *face_of(const struct screen *s)
{
	assert(s->ops->contexts & CTX_SHIFTS);
	return s->data;
}

struct spot face_spot(const struct screen *s)
{
	if (s->trouble.code)           /* an answer may come when there is no model any more */
		return (struct spot){.day = app_today(s->app)};
	return face_of(s)->spot(s);
}

void face_close(struct screen *s)
{
	free(face_of(s)->clip.ids);
}

static bool is_capital(int key)
{
	return (key >= 'A' && key <= 'Z') || key == 0xC6 || key == 0xD8 || key == 0xC5;
}

bool face_types_name(struct screen *s, const struct event *ev)
{
	if (ev->what != EV_KEY || !is_capital(ev->key) || (s->list && list_is_filtering(s->list)))
		return false;
	size_t n;
	const struct action_set *const *sets = app_actions(s->app, &n);
	struct spot spot = face_spot(s);
	if (action_of_key(sets, n, screen_contexts(s), ev->key) || !spot.shift || refuse_past(s->app, s))
		return false;
	char typed[3] = {(char)ev->key, 0, 0};
	if (ev->key >= 0x80) {        /* Æ, Ø, Å: two bytes in UTF-8 */
		typed[0] = (char)(0xC0 | (ev->key >> 6));
		typed[1] = (char)(0x80 | (ev->key & 0x3F));
	}
	shifts_fill(s->app, spot.shift, typed);
	return true;
}

struct id *shifts_targets(struct screen *s, struct arena *a, size_t *n)
{
	const struct face *f = face_of(s);
	struct spot spot = face_spot(s);
	*n = 0;
	struct id *marked = f->marked ? f->marked(s, a, n) : NULL;
	if (*n)
		return marked;
	if (!spot.shift)
		return NULL;
	*n = 1;
	return arena_copy(a, &spot.shift->row.shift, sizeof(struct id));
}

/* ---- why not ------------------------------------------------------------------------------------------- */
const char *refuse_past(struct app *app, struct screen *s)
{
	(void)app;
	return s->as_of ? _("This is the roster as it was; it can't be changed.") : NULL;
}

const char *refuse_no_shift(struct app *app, struct screen *s)
{
	const char *past = refuse_past(app, s);
	return past ? past : face_spot(s).shift ? NULL : _("There is no shift here.");
}

static const char *refuse_called_off(struct app *app, struct screen *s)
{
	const char *why = refuse_no_shift(app, s);
	return why ? why : shift_is_off(face_spot(s).shift) ? _("The shift is called off.") : NULL;
}

static const char *refuse_ringing(struct app *app, struct screen *s)
{
	const char *why = refuse_no_shift(app, s);
	return why ? why : round_refused(face_spot(s).shift, app_now(app));
}

static const char *refuse_no_people(struct app *app, struct screen *s)
{
	const char *why = refuse_no_shift(app, s);
	return why ? why : face_spot(s).shift->nseats ? NULL : _("Nobody is on the shift.");
}

/* ---- choosing somebody on the shift -------------------------------------------------------------------- */
static void somebody_chosen(struct app *app, void *ctx, size_t i)
{
	struct asked *q = ctx;
	const struct shift *shift = face_spot(q->screen).shift;
	for (size_t j = 0; shift && j < shift->nseats; j++)
		if (id_equal(shift->seats[j].assignment, q->ids[i])) {
			q->chosen(app, q->screen, &shift->seats[j]);
			return;
		}
	app_toast(app, "%s", _("Nobody is on the shift."));
}

bool seat_is_person_on(const struct seat *seat)
{
	return seat_is_on(seat) && !id_is_none(seat->volunteer);
}

static bool takes_all_on(const struct seat *seat)
{
	return seat_is_on(seat);
}

void shifts_choose_somebody(struct app *app, struct screen *s, const char *title, bool (*takes)(const struct seat *),
	void (*chosen)(struct app *, struct screen *, const struct seat *))
{
	struct spot spot = face_spot(s);
	struct asked *q = &face_of(s)->asked;
	const struct seat *only = spot.seat;
	const char **names = arena_alloc(app_scratch(app), (spot.shift->nseats + 1) * sizeof *names);
	*q = (struct asked){.chosen = chosen, .screen = s};
	q->ids = arena_alloc(s->arena, (spot.shift->nseats + 1) * sizeof *q->ids);
	for (size_t i = 0; !spot.seat && i < spot.shift->nseats; i++)
		if (takes(&spot.shift->seats[i])) {
			only = &spot.shift->seats[i];
			names[q->n] = only->name;
			q->ids[q->n++] = only->assignment;
		}
	if (q->n > 1)
		dialog_choice(app, title, names, q->n, somebody_chosen, q);
	else if (only)
		chosen(app, s, only);
	else
		app_toast(app, "%s", _("Nobody is on the shift."));
}

static struct id seat_holder(const struct seat *seat)
{
	return id_is_none(seat->volunteer) ? seat->organisation : seat->volunteer;
}

/* ---- filling ------------------------------------------------------------------------------------------- */
void shifts_fill(struct app *app, const struct shift *shift, const char *typed)
{
	if (shift_is_off(shift))
		app_toast(app, "%s", _("The shift is called off."));
	else if (store_is_readonly(app_store(app)))
		app_toast(app, "%s", _("The store was opened for reading only."));
	else
		app_push(app, screen_fill(app, shift->row.shift, typed));
}

static void do_fill(struct app *app, struct screen *s)
{
	shifts_fill(app, face_spot(s).shift, NULL);
}

/* ---- cancellations, and slips -------------------------------------------------------------------------- */
static int why_given(struct app *app, void *ctx, const char *text, struct err *e)
{
	const struct asked *q = ctx;
	struct change_result r;
	int rc = act_withdraw(app_store(app), q->shift, q->volunteer, text, &r, e);
	if (rc == OK)
		app_done(app, &r, _("It is noted why %s cancelled"), q->label);
	return rc;
}

/* The same key once more: what they said, if they did. */
static void ask_why(struct app *app, struct screen *s, const struct seat *seat)
{
	struct asked *q = &face_of(s)->asked;
	*q = (struct asked){.shift = face_spot(s).shift->row.shift, .volunteer = seat->volunteer,
		.label = arena_strdup(s->arena, seat->name)};
	dialog_prompt(app, _("Why, if it was said (nothing about health)"), "", false, why_given, q);
}

static void withdraw(struct app *app, struct screen *s, const struct seat *seat)
{
	struct change_result r;
	struct err e;
	struct id shift = face_spot(s).shift->row.shift;
	const char *name = arena_strdup(app_scratch(app), seat->name);
	if (id_is_none(seat->volunteer))
		app_toast(app, "%s", _("An organisation's places are changed with p"));
	else if (seat->state == ASSIGNMENT_WITHDRAWN)
		ask_why(app, s, seat);
	else if (act_withdraw(app_store(app), shift, seat->volunteer, NULL, &r, &e) != OK)
		app_fail(app, &e);
	else {
		face_of(s)->follow = seat->assignment;
		app_done(app, &r, _("%s has cancelled · k rings round · a: why"), name);
	}
}

static void do_withdraw(struct app *app, struct screen *s)
{
	shifts_choose_somebody(app, s, _("Who has cancelled?"), seat_is_person_on, withdraw);
}

static void do_round(struct app *app, struct screen *s)
{
	round_open(app, face_spot(s).shift);
}

static void take_off(struct app *app, struct screen *s, const struct seat *seat)
{
	struct change_result r;
	struct err e;
	const struct shift *shift = face_spot(s).shift;
	const char *name = arena_strdup(app_scratch(app), seat->name);
	if (act_unassign(app_store(app), shift->row.shift, seat_holder(seat), &r, &e) == OK)
		app_done(app, &r, _("%s is off the shift"), name);
	else
		app_fail(app, &e);
}

static void do_take_off(struct app *app, struct screen *s)
{
	shifts_choose_somebody(app, s, _("Who should be taken off the shift?"), takes_all_on, take_off);
}

static void do_delete(struct app *app, struct screen *s)
{
	size_t n;
	struct change_result r;
	struct err e;
	struct id *ids = shifts_targets(s, app_scratch(app), &n);
	if (act_delete_shifts(app_store(app), ids, n, &r, &e) != OK)
		app_fail(app, &e);
	else
		app_done(app, &r, ngettext("%zu shift deleted", "%zu shifts deleted", n), n);
}

/* Several are deleted as they are: whoever marked them has said which. */
static void do_remove(struct app *app, struct screen *s)
{
	struct spot spot = face_spot(s);
	size_t n;
	struct id *ids = shifts_targets(s, app_scratch(app), &n);
	if (spot.seat)
		take_off(app, s, spot.seat);
	else if (n == 1)
		series_ask_which(app, s, ids[0], SERIES_ASK_DELETE, do_delete);
	else
		do_delete(app, s);
}

/* ---- an organisation's places -------------------------------------------------------------------------- */
/* "2 fra Røde Kors", or "0 Røde Kors". */
static int read_places(struct book *b, const char *text, int *n, const struct org **org, struct err *e)
{
	bool several = false, none = strncmp(text, "0 ", 2) == 0;
	*n = 0;
	const char *name = none ? text + 2 : book_match_places(text, n);
	if (!name)
		return err_set(e, ERR_DATA, _("write a number and an organisation, e.g. 2 Røde Kors"));
	*org = book_find_org(b, name, &several);
	if (*org)
		return OK;
	return several ? err_set(e, ERR_AMBIGUOUS, _("that fits several organisations; write more of the name"))
		       : err_set(e, ERR_NOTFOUND, _("there is no such organisation"));
}

static int places_given(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct asked *q = ctx;
	const struct org *org;
	struct change_result r;
	int n, rc;
	struct book *b = app_book_now(app, e);
	if (!b)
		return ERR_IO;
	rc = read_places(b, text, &n, &org, e);
	if (rc != OK)
		return rc;
	const char *name = arena_strdup(app_scratch(app), org->name);
	rc = act_assign_places(app_store(app), q->shift, org->id, n, &r, e);
	if (rc == OK)
		app_done(app, &r, ngettext("%d place for %s", "%d places for %s", (unsigned long)n), n, name);
	return rc;
}

static void do_places(struct app *app, struct screen *s)
{
	struct asked *q = &face_of(s)->asked;
	*q = (struct asked){.shift = face_spot(s).shift->row.shift};
	dialog_prompt(app, _("Places for an organisation, e.g. 2 Røde Kors"), "", false,
		places_given, q);
}

/* ---- attendance ---------------------------------------------------------------------------------------- */
static void do_attendance(struct app *app, struct screen *s)
{
	struct spot spot = face_spot(s);
	app_push(app, screen_attend(app, spot.day, face_of(s)->unit, spot.seat ? spot.seat->assignment : spot.shift->row.shift));
}

/* ---- the shift itself ---------------------------------------------------------------------------------- */
static void do_new(struct app *app, struct screen *s)
{
	struct spot spot = face_spot(s);
	app_push(app, screen_shift_new(app, &spot));
}

static void edit_alone(struct app *app, struct screen *s)
{
	if (face_spot(s).shift)
		app_push(app, screen_record_form(app, TYPE_SHIFT, face_spot(s).shift->row.shift, NULL, NULL));
}

static void do_edit(struct app *app, struct screen *s)
{
	series_ask_which(app, s, face_spot(s).shift->row.shift, SERIES_ASK_CHANGE, edit_alone);
}

static void do_call_off(struct app *app, struct screen *s)
{
	struct change_result r;
	struct err e;
	const struct shift *shift = face_spot(s).shift;
	bool off = !shift_is_off(shift);
	const char *title = shift_title(app_scratch(app), shift);
	if (act_cancel_shift(app_store(app), shift->row.shift, off, NULL, &r, &e) != OK)
		app_fail(app, &e);
	else if (off)
		app_done(app, &r, _("Called off: %s"), title);
	else
		app_done(app, &r, _("On again: %s"), title);
}

static const struct action rows[] = {
	{"shift.fill", CTX_SHIFTS, "b", N_("Fill"),
		N_("Finds somebody for the open place; a capital letter begins a name"),
		GROUP_DO, 3, ACTION_WRITES, refuse_called_off, do_fill},
	{"shift.withdraw", CTX_SHIFTS, "a", N_("Cancelled"),
		N_("Somebody can't come: the place is open again; once more: why"),
		GROUP_DO, 4, ACTION_CHANGES, refuse_no_people, do_withdraw},
	{"shift.round", CTX_SHIFTS, "k", N_("Ring round"), N_("Whom to ring about the open place, with one key an answer"),
		GROUP_DO, 3, 0, refuse_ringing, do_round},
	{"shift.take_off", CTX_SHIFTS, "z", N_("Take off"), N_("Takes somebody off the shift as if never on it"),
		GROUP_DO, 8, ACTION_CHANGES, refuse_no_people, do_take_off},
	{"shift.attendance", CTX_SHIFTS, "h", N_("Attendance"), N_("The day's sheet: who was there, one key a person"),
		GROUP_DO, 7, 0, refuse_no_people, do_attendance},
	{"shift.places", CTX_PLAN, "p", N_("Places"),
		N_("Gives an organisation places without names; 0 takes them back"),
		GROUP_DO, 8, ACTION_CHANGES, refuse_called_off, do_places},
	{"shift.new", CTX_PLAN, "o", N_("New shift"), N_("Makes a shift at this place and time"),
		GROUP_DO, 6, ACTION_CHANGES, refuse_past, do_new},
	{"shift.edit", CTX_PLAN, "r", N_("Edit"), N_("Changes place, time, places needed or note of the shift"),
		GROUP_DO, 7, ACTION_CHANGES, refuse_no_shift, do_edit},
	{"shift.call_off", CTX_PLAN, "y", N_("Call off"), N_("The shift isn't held; the same key puts it on again"),
		GROUP_DO, 9, ACTION_CHANGES, refuse_no_shift, do_call_off},
	{"shift.remove", CTX_PLAN, "Delete s", N_("Remove"),
		N_("Takes the person under the cursor off, or deletes the shift"),
		GROUP_DO, 9, ACTION_CHANGES, refuse_no_shift, do_remove},
};
const struct action_set actions_shifts = {N_("Shifts"), NULL, rows, sizeof rows / sizeof *rows};
