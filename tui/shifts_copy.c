/* tui/shifts_copy.c - see shifts_priv.h. Owns how shifts get to other days: cut, copy, paste, copies of days and weeks,
 * moving. Must not know how the screens above draw or read. */
#include "tui/shifts_priv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "tui/dialog.h"
#include "tui/series_priv.h"

/* ---- cut, copy, paste ---------------------------------------------------------------------------------- */
static void take(struct app *app, struct screen *s, bool cut)
{
	struct clip *clip = &face_of(s)->clip;
	size_t n;
	struct id *ids = shifts_targets(s, app_scratch(app), &n);
	clip->ids = mem_realloc(clip->ids, n * sizeof *ids);
	memcpy(clip->ids, ids, n * sizeof *ids);
	clip->n = n;
	clip->day = face_spot(s).day;
	clip->cut = cut;
	if (cut)
		app_toast(app, ngettext("%zu shift is cut: go to a day and press v",
			"%zu shifts are cut: go to a day and press v", n), n);
	else
		app_toast(app, ngettext("%zu shift is copied: go to a day and press v",
			"%zu shifts are copied: go to a day and press v", n), n);
}

static void do_cut(struct app *app, struct screen *s)
{
	take(app, s, true);
}

static void do_copy(struct app *app, struct screen *s)
{
	take(app, s, false);
}

/* The clip of this screen, else of the week below it. */
static struct clip *clip_of(struct app *app, struct screen *s)
{
	struct clip *own = &face_of(s)->clip;
	struct screen *week = own->n ? NULL : app_screen_named(app, "roster");
	return week ? &face_of(week)->clip : own;
}

static const char *refuse_paste(struct app *app, struct screen *s)
{
	const char *why = refuse_past(app, s);
	return why ? why : clip_of(app, s)->n ? NULL : _("Nothing has been cut (x) or copied (c).");
}

/* `why` says why only one shift of a series; "" when there is nothing to say about that. */
static void paste_because(struct app *app, struct screen *s, const char *why)
{
	struct clip *clip = clip_of(app, s);
	struct store *store = app_store(app);
	civil_date day = face_spot(s).day;
	struct change_result r;
	struct err e;
	int days = day - clip->day;
	int rc = clip->cut ? act_move_shifts(store, clip->ids, clip->n, days, 0, &r, &e)
			   : act_copy_shifts(store, ACT_PASTE, clip->ids, clip->n, days, true, &r, &e);
	if (rc != OK) {
		app_fail(app, &e);
		return;
	}
	const char *on = day_text(app_scratch(app), day, CIVIL_DAY);
	if (*why)
		app_done(app, &r, "%s", why);
	else if (clip->cut)
		app_done(app, &r, ngettext("%zu shift moved to %s", "%zu shifts moved to %s", clip->n), clip->n, on);
	else
		app_done(app, &r, ngettext("%zu shift copied to %s", "%zu shifts copied to %s", clip->n), clip->n, on);
	if (clip->cut && clip->n == 1)
		face_of(s)->show(s, day, clip->ids[0]);
	clip->n = clip->cut ? 0 : clip->n;
}

static void paste_alone(struct app *app, struct screen *s)
{
	paste_because(app, s, "");
}

static void pasted_with_series(struct app *app, struct screen *s)
{
	clip_of(app, s)->n = 0;
	face_of(s)->show(s, face_spot(s).day, ID_NONE);
}

static void do_paste(struct app *app, struct screen *s)
{
	const struct clip *clip = clip_of(app, s);
	const struct series_move by = {clip->ids[0], face_spot(s).day - clip->day, 0};
	bool asks = clip->cut && clip->n == 1;
	const char *why = asks ? series_ask_move(app, s, &by, paste_alone, pasted_with_series) : "";
	if (why)
		paste_because(app, s, why);
}

/* ---- whole days and weeks ------------------------------------------------------------------------------ */
static const struct copying {
	const char *label, *ask;
	bool week, people;
} copyings[] = {
	{N_("The day, with its people"), N_("Copy the day to (3/12, tomorrow, +7)"), false, true},
	{N_("The day, without people"), N_("Copy the day to (3/12, tomorrow, +7)"), false, false},
	{N_("The week, with its people"), N_("Copy the week to (week 50)"), true, true},
	{N_("The week, without people"), N_("Copy the week to (week 50)"), true, false},
};
enum { COPYINGS = sizeof copyings / sizeof *copyings };

/* +7 counts from the day under the cursor; all else is meant as on any day. */
static civil_date counts_from(struct app *app, const char *text, civil_date day)
{
	return *text == '+' || *text == '-' ? day : app_today(app);
}

static int target_given(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct asked *q = ctx;
	const struct copying *how = &copyings[q->choice];
	const struct id *unit = id_is_none(q->unit) ? NULL : &q->unit;
	struct change_result r;
	civil_date to;
	int rc = when_parse_date(text, counts_from(app, text, q->day), WHEN_NEAR, &to, e);
	if (rc != OK)
		return rc;
	civil_date from = how->week ? civil_monday(q->day) : q->day;
	to = how->week ? civil_monday(to) : to;
	if (to == from)
		return err_set(e, ERR_DATA, how->week ? _("that is the same week") : _("that is the same day"));
	rc = how->week ? act_copy_week(app_store(app), unit, from, to, how->people, &r, e)
		       : act_copy_day(app_store(app), unit, from, to, how->people, &r, e);
	if (rc != OK)
		return rc;
	app_done(app, &r, how->week ? _("The week is copied to the one of %s") : _("The day is copied to %s"),
		day_text(app_scratch(app), to, CIVIL_DAY));
	face_of(q->screen)->show(q->screen, how->week ? to + (q->day - from) : to, ID_NONE);
	return OK;
}

/* The week after is what is wanted nearly always. */
static const char *likely_target(struct arena *a, const struct asked *q)
{
	char text[32];
	if (copyings[q->choice].week)
		return arena_strdup(a, civil_format_week(text, sizeof text, q->day + 7, CIVIL_LONG));
	return "";
}

static void copying_chosen(struct app *app, void *ctx, size_t i)
{
	struct asked *q = ctx;
	assert(i < COPYINGS);
	q->choice = i;
	dialog_prompt(app, _(copyings[i].ask), likely_target(app_scratch(app), q), false, target_given, q);
}

static void do_duplicate(struct app *app, struct screen *s)
{
	struct asked *q = &face_of(s)->asked;
	const char *labels[COPYINGS];
	for (size_t i = 0; i < COPYINGS; i++)
		labels[i] = _(copyings[i].label);
	*q = (struct asked){.day = face_spot(s).day, .unit = face_of(s)->unit, .screen = s};
	dialog_choice(app, _("Copy"), labels, COPYINGS, copying_chosen, q);
}

/* ---- moving -------------------------------------------------------------------------------------------- */
static void move_because(struct app *app, struct screen *s, const char *why)
{
	const struct asked *q = &face_of(s)->asked;
	struct change_result r;
	struct err e;
	if (act_move_shifts(app_store(app), q->ids, q->n, q->days, q->minutes, &r, &e) != OK) {
		app_fail(app, &e);
		return;
	}
	if (*why)
		app_done(app, &r, "%s", why);
	else
		app_done(app, &r, ngettext("%zu shift moved", "%zu shifts moved", q->n), q->n);
	face_of(s)->show(s, q->day + q->days, q->ids[0]);
}

static void move_alone(struct app *app, struct screen *s)
{
	move_because(app, s, "");
}

static void moved_with_series(struct app *app, struct screen *s)
{
	const struct asked *q = &face_of(s)->asked;
	(void)app;
	face_of(s)->show(s, q->day + q->days, ID_NONE);
}

/* Several are moved as they are: whoever marked them has said which. */
static void move_by(struct app *app, struct screen *s, int days, int minutes)
{
	struct asked *q = &face_of(s)->asked;
	*q = (struct asked){.day = face_spot(s).day, .days = days, .minutes = minutes};
	q->ids = shifts_targets(s, s->arena, &q->n);
	const struct series_move by = {q->ids[0], days, minutes};
	const char *why = q->n == 1 ? series_ask_move(app, s, &by, move_alone, moved_with_series) : "";
	if (why)
		move_because(app, s, why);
}

static void move_days(struct app *app, struct screen *s, int days)
{
	move_by(app, s, days, 0);
}

static void do_later(struct app *app, struct screen *s)
{
	move_days(app, s, 1);
}

static void do_earlier(struct app *app, struct screen *s)
{
	move_days(app, s, -1);
}

/* A date, a time, or both; what isn't said stays. */
static int read_target(const char *text, civil_date today, civil_min start, civil_min *to, struct err *e)
{
	civil_date day;
	int minute;
	if (when_parse_datetime(text, today, to, NULL) == OK)
		return OK;
	if (when_parse_date(text, today, WHEN_NEAR, &day, NULL) == OK) {
		*to = cmin_at(day, cmin_minute(start));
		return OK;
	}
	int rc = when_parse_time(text, &minute, e);
	*to = cmin_at(cmin_date(start), minute);
	return rc == OK ? OK : err_set(e, ERR_DATA, _("write a day, a time or both: 4/12, +7, 9.30, 4/12 9.30"));
}

static int move_given(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct asked *q = ctx;
	civil_min to;
	int rc = read_target(text, counts_from(app, text, cmin_date(q->start)), q->start, &to, e);
	if (rc != OK)
		return rc;
	move_by(app, q->screen, cmin_date(to) - cmin_date(q->start), cmin_minute(to) - cmin_minute(q->start));
	return OK;
}

static void do_move(struct app *app, struct screen *s)
{
	struct asked *q = &face_of(s)->asked;
	*q = (struct asked){.start = face_spot(s).shift->row.start, .screen = s};
	dialog_prompt(app, _("Move to (4/12, +7, 9.30, 4/12 9.30)"), "", false, move_given, q);
}

static const struct action rows[] = {
	{"shift.cut", CTX_PLAN, "x", N_("Cut"), N_("Takes the shift with its people, to be pasted on another day"),
		GROUP_DO, 9, 0, refuse_no_shift, do_cut},
	{"shift.copy", CTX_PLAN, "c", N_("Copy"), N_("Takes a copy of the shift with its people"),
		GROUP_DO, 9, 0, refuse_no_shift, do_copy},
	{"shift.paste", CTX_PLAN, "v", N_("Paste"), N_("Puts what was cut or copied on this day"),
		GROUP_DO, 9, ACTION_CHANGES, refuse_paste, do_paste},
	{"shift.duplicate", CTX_PLAN, "d", N_("Duplicate"),
		N_("Copies the day or the week to another, with or without its people"),
		GROUP_DO, 8, ACTION_CHANGES, refuse_past, do_duplicate},
	{"shift.move", CTX_PLAN, "m", N_("Move"), N_("Moves the shift to another day or time; its people follow"),
		GROUP_DO, 8, ACTION_CHANGES, refuse_no_shift, do_move},
	{"shift.later", CTX_PLAN, "+", N_("A day later"), N_("Moves the shift to the next day"),
		GROUP_DO, 0, ACTION_CHANGES, refuse_no_shift, do_later},
	{"shift.earlier", CTX_PLAN, "-", N_("A day back"), N_("Moves the shift to the day before"),
		GROUP_DO, 0, ACTION_CHANGES, refuse_no_shift, do_earlier},
};
const struct action_set actions_shifts_copy = {N_("Moving and copying shifts"), NULL, rows, sizeof rows / sizeof *rows};
