/* tui/series_ask.c - see series_priv.h: before a shift of a series is changed or deleted, the one question: only this,
 * this and the following, or all.
 *
 * Owns the question and where each answer leads. Must not know what is done to a shift alone. */
#include "tui/series_priv.h"

#include "base/lang.h"
#include "tui/dialog.h"

enum answer { ONLY_THIS, FOLLOWING, ALL };

struct question {
	struct screen *screen;
	struct id series;
	civil_date day;
	enum series_ask_what what;
	void (*alone)(struct app *app, struct screen *s);
	void (*then)(struct app *app, struct screen *s);          /* of a move */
	struct series_edit edit;                                  /* likewise, */
	civil_date from;                                          /* and from which day on */
};

static void end_from(struct app *app, const struct question *q, civil_date last)
{
	struct series_done done;
	struct change_result r;
	struct err e;
	if (series_end(app_store(app), app_scratch(app), q->series, last, false, &done, &r, &e)) {
		app_fail(app, &e);
		return;
	}
	app_done(app, &r, _("The series ends · %s"), series_counts(app_scratch(app), &done));
	series_show_told(app, &done);
}

static void answered(struct app *app, void *ctx, size_t i)
{
	const struct question *q = ctx;
	struct screen *form = NULL;
	if (i == ONLY_THIS)
		q->alone(app, q->screen);
	else if (i > ALL)
		return;
	else if (q->what == SERIES_ASK_DELETE)
		end_from(app, q, i == FOLLOWING ? q->day - 1 : app_today(app) - 1);
	else
		form = screen_series_change(app, q->series, i == FOLLOWING ? q->day : DATE_NONE);
	if (form)
		app_push(app, form);
}

static void move_series(struct app *app, const struct question *q, enum series_which which)
{
	struct series_done done;
	struct change_result r;
	struct err e;
	if (series_change(app_store(app), app_scratch(app), q->series, q->from, which, &q->edit, &done, &r, &e)) {
		app_fail(app, &e);
		return;
	}
	q->then(app, q->screen);
	app_done(app, &r, _("The series is moved · %s"), series_counts(app_scratch(app), &done));
	series_show_told(app, &done);
}

static void move_answered(struct app *app, void *ctx, size_t i)
{
	const struct question *q = ctx;
	if (i == ONLY_THIS)
		q->alone(app, q->screen);
	else if (i <= ALL)
		move_series(app, q, i == ALL ? SERIES_ALL : SERIES_FOLLOWING);
}

/* *start: of the shift itself, which may have been moved alone. */
static bool find_series(struct app *app, struct id shift, struct question *q, struct series *out, civil_min *start)
{
	struct series_list l;
	const struct series *s = NULL;
	struct view *v = NULL;
	struct rec *r = NULL;
	struct err e;
	int rc = view_begin(app_store(app), &v, &e);
	if (rc == OK)
		rc = series_load(v, app_scratch(app), &l, &e);
	if (rc == OK)
		rc = series_of_shift(v, app_scratch(app), &l, shift, &s, &q->day, &e);
	if (rc == OK)
		rc = view_get(v, app_scratch(app), TYPE_SHIFT, shift, &r, &e);
	view_end(v);
	q->series = rc == OK ? s->id : ID_NONE;
	if (rc != OK)
		return false;
	*out = *s;
	*start = rec_int(r, F_SHIFT_START);
	return true;
}

void series_ask_which(struct app *app, struct screen *s, struct id shift, enum series_ask_what what, void (*alone)(struct app *, struct screen *))
{
	struct question *q = arena_alloc(s->arena, sizeof *q);
	struct series of;
	civil_min start;
	*q = (struct question){.screen = s, .what = what, .alone = alone};
	if (!find_series(app, shift, q, &of, &start)) {
		alone(app, s);
		return;
	}
	const char *const change[] = {_("Only this shift"), _("This and the following"), _("All of the series")};
	const char *const gone[] = {_("Only this shift"), _("This and the following: the series ends"), _("All that come: the series ends")};
	dialog_choice(app, what == SERIES_ASK_DELETE ? _("The shift belongs to a series. What is to go?") : _("The shift belongs to a series. What changes?"),
		what == SERIES_ASK_DELETE ? gone : change, 3, answered, q);
}

/* The series goes where the shift goes, also when that had been moved before. */
const char *series_ask_move(struct app *app, struct screen *s, const struct series_move *by, void (*alone)(struct app *, struct screen *),
	void (*then)(struct app *, struct screen *))
{
	struct question *q = arena_alloc(s->arena, sizeof *q);
	struct series of;
	civil_min start;
	*q = (struct question){.screen = s, .alone = alone, .then = then};
	if (!find_series(app, by->shift, q, &of, &start))
		return "";
	const char *why = series_moved(&of, q->day, start + by->days * DAY_MINUTES + by->minutes, &q->edit, &q->from);
	if (why)
		return why;
	q->edit.held = by->shift;
	const char *const labels[] = {_("Only this shift"), _("This and the following"), _("All of the series")};
	dialog_choice(app, _("The shift belongs to a series. What is moved?"), labels, 3, move_answered, q);
	return NULL;
}
