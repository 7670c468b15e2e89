/* tui/screen_roster.c - the week: places and times down, days across, gaps loud; and the ways to get about in it.
 *
 * Owns which week is shown, of which unit, and where the cursor is. What stands in the cells is week.c's, their picture
 * week_draw.c's; what is done to shifts is shifts.c's and shifts_copy.c's. */
#include "tui/shifts_priv.h"

#include "base/lang.h"
#include "tui/week_priv.h"

enum { PAGE_ROWS = 8, WIDE = 100, STRIP_ROWS = 3, STRIP_FROM = 12 };

struct roster_data {
	struct face face;                  /* first: shifts_priv.h */
	civil_date day;                    /* under the cursor */
	size_t row;
	struct id shift;                   /* under the cursor, to be found again; ID_NONE: an empty cell */
	struct spot last;                  /* the cell, for when its row is gone */
	size_t last_sub;
	struct week week;
	struct week_seen *seen;
	const char *unit_name;             /* in the model; "" for all */
	bool placed;                       /* the cursor has been put somewhere */
};

static struct roster_data *data_of(const struct screen *s)
{
	return s->data;
}

/* ---- where the cursor is ------------------------------------------------------------------------------- */
static const struct shift *selected(const struct roster_data *d)
{
	int day = d->day - d->week.monday;        /* of another week until that is loaded */
	return d->row < d->week.n && day >= 0 && day < WEEK_DAYS ? week_cell(&d->week, d->row, day) : NULL;
}

static struct spot spot(const struct screen *s)
{
	const struct roster_data *d = data_of(s);
	struct spot at = {.day = d->day, .unit = d->face.unit, .shift = selected(d)};
	if (d->row < d->week.n) {
		const struct grid_row *g = d->week.rows[d->row].g;
		at.unit = g->unit_id;
		at.role = g->role_id;
		at.from = g->from;
		at.to = g->to;
	}
	return at;
}

/* What is needed to find the cell again after the next load. */
static void remember(struct screen *s)
{
	struct roster_data *d = data_of(s);
	d->last = spot(s);
	d->shift = d->last.shift ? d->last.shift->row.shift : ID_NONE;
	d->last_sub = d->row < d->week.n ? d->week.rows[d->row].sub : 0;
	d->last.shift = NULL;
}

static void show(struct screen *s, civil_date day, struct id shift)
{
	struct roster_data *d = data_of(s);
	d->day = day;
	d->shift = shift;
	screen_reload(s);
}

static void move_to(struct screen *s, size_t row, civil_date day)
{
	struct roster_data *d = data_of(s);
	d->row = row;
	if (civil_monday(day) == d->week.monday)
		d->day = day;
	remember(s);
	if (day != d->day)
		show(s, day, ID_NONE);
}

/* ---- the model ----------------------------------------------------------------------------------------- */
/* The first shift of that day, or of the next one that has any; the first row when none has. */
static void find_first(struct roster_data *d)
{
	const struct week *w = &d->week;
	d->row = 0;
	for (int day = d->day - w->monday; day < WEEK_DAYS; day++)
		for (size_t row = 0; row < w->n; row++)
			if (week_cell(w, row, day)) {
				d->row = row;
				d->day = w->monday + day;
				return;
			}
}

/* The same shift wherever it is now, else the same row. */
static void find_again(struct roster_data *d)
{
	const struct week *w = &d->week;
	int day;
	if (!id_is_none(d->shift) && week_find(w, d->shift, &d->row, &day)) {
		d->day = w->monday + day;
		return;
	}
	if (!d->placed) {
		find_first(d);
		d->placed = true;
		return;
	}
	size_t row = week_find_row(w, d->last.unit, d->last.role, d->last.from, d->last.to, d->last_sub);
	if (row < w->n)
		d->row = row;
	else if (d->row >= w->n)
		d->row = w->n ? w->n - 1 : 0;
}

static int load(struct screen *s, struct view *v, struct err *e)
{
	struct roster_data *d = data_of(s);
	struct week *w = &d->week;
	const struct id *unit = id_is_none(d->face.unit) ? NULL : &d->face.unit;
	struct book *b = app_book(s->app, v, e);
	*w = (struct week){.monday = civil_monday(d->day), .today = app_today(s->app)};
	if (!b)
		return ERR_IO;
	int rc = roster_load(v, b, s->model, unit, w->monday, w->monday + WEEK_DAYS, &w->roster, e);
	if (rc == OK)
		rc = rules_problems(v, b, s->model, unit, w->monday, w->monday + WEEK_DAYS, false, &w->troubles.all,
			&w->troubles.n, e);
	if (rc != OK)
		return rc;
	d->unit_name = unit ? arena_strdup(s->model, book_name(b, *unit)) : "";
	week_build(s->model, w);
	find_again(d);
	remember(s);
	return OK;
}

/* ---- the picture --------------------------------------------------------------------------------------- */
static const char *why_empty(const struct screen *s, struct arena *a)
{
	const struct roster_data *d = data_of(s);
	char week[32];
	civil_format_week(week, sizeof week, d->day, CIVIL_DAY);
	if (s->as_of)
		return arena_printf(a, _("There were no shifts in %s."), week);
	return arena_printf(a, _("No shifts in %s yet.\n\no makes the first one; Ctrl-W makes those that come again. To reuse another "
		"week, go to it with PgUp and press d."), week);
}

static void draw_detail(const struct screen *s, struct canvas *cv, struct rect r, bool strip, struct arena *a)
{
	const struct roster_data *d = data_of(s);
	const struct shift *shift = selected(d);
	struct rect rule = r;
	if (shift && strip)
		shift_draw_strip(cv, r, shift, &d->week.troubles, a);
	else if (shift)
		shift_draw(cv, r, shift, &d->week.troubles, a);
	if (shift)
		return;
	const char *day = day_text(a, d->day, CIVIL_DAY);
	if (strip) {
		rect_cut_top(&r, 1);
		cv_rule(cv, rule.row, rule.col, rule.cols, ROLE_DIM, day);
		rect_cut_left(&r, 2);
	} else {
		cv_text(cv, r.row, r.col, r.cols, ROLE_TITLE, day);
		rect_cut_top(&r, 2);
	}
	cv_wrap(cv, r, ROLE_DIM, s->as_of ? _("No shift.") : _("No shift here. o makes one."));
}

static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct roster_data *d = data_of(s);
	struct rect detail = {0};
	bool strip = body.cols < WIDE;
	if (strip && body.rows >= STRIP_FROM) {
		detail = rect_cut_bottom(&body, STRIP_ROWS);
	} else if (!strip) {
		detail = rect_cut_right(&body, body.cols * 3 / 10);
		draw_divider(cv, &detail);
	}
	week_draw(&d->week, d->row, d->day - d->week.monday, d->seen, cv, body, a);
	if (d->week.n == 0) {
		rect_cut_top(&body, 4);
		rect_cut_left(&body, 2);
		cv_wrap(cv, body, ROLE_DIM, why_empty(s, a));
		cv_cursor(cv, body.row, body.col);
	} else {
		draw_detail(s, cv, detail, strip, a);
	}
}

static const char *heading(const struct screen *s, struct arena *a)
{
	const struct roster_data *d = data_of(s);
	const char *what = *d->unit_name ? d->unit_name : _("Roster");
	char week[32], clock[16];
	civil_format_week(week, sizeof week, d->day, CIVIL_DAY);
	if (!s->as_of)
		return arena_printf(a, "%s · %s %d", what, week, civil_to_week(d->day).year);
	civil_min at = civil_from_utc(s->as_of);
	civil_format_time(clock, sizeof clock, cmin_minute(at));
	const char *day = day_text(a, cmin_date(at), CIVIL_DAY);
	return arena_printf(a, _("%s as it was on %s at %s · %s"), what, day, clock, week);
}

static size_t count_standing(const struct troubles *t)
{
	size_t n = 0;
	for (size_t i = 0; i < t->n; i++)
		n += problem_stands(&t->all[i]);
	return n;
}

static const char *status(const struct screen *s, struct arena *a)
{
	const struct week *w = &data_of(s)->week;
	size_t problems = count_standing(&w->troubles);
	const char *text = roster_status(a, &w->roster);
	if (problems)
		text = arena_printf(a, ngettext("%s · %zu problem", "%s · %zu problems", problems), text, problems);
	return text;
}

/* ---- arrows -------------------------------------------------------------------------------------------- */
static void move_rows(struct screen *s, long by)
{
	struct roster_data *d = data_of(s);
	long row = (long)d->row + by, last = (long)d->week.n - 1;
	if (last >= 0)
		move_to(s, (size_t)(row < 0 ? 0 : row > last ? last : row), d->day);
}

static void move_days(struct screen *s, int by)
{
	struct roster_data *d = data_of(s);
	if (civil_in_range((int64_t)d->day + by + WEEK_DAYS) && civil_in_range((int64_t)d->day + by - WEEK_DAYS))
		move_to(s, d->row, d->day + by);
}

static bool move_by_key(struct screen *s, int key)
{
	switch (key) {
	case K_UP: move_rows(s, -1); return true;
	case K_DOWN: move_rows(s, 1); return true;
	case K_LEFT: move_days(s, -1); return true;
	case K_RIGHT: move_days(s, 1); return true;
	case K_SHIFT_UP: move_rows(s, -PAGE_ROWS); return true;
	case K_SHIFT_DOWN: move_rows(s, PAGE_ROWS); return true;
	case K_HOME: move_rows(s, -(long)data_of(s)->week.n); return true;
	case K_END: move_rows(s, (long)data_of(s)->week.n); return true;
	}
	return false;
}

static bool event(struct screen *s, const struct event *ev)
{
	return (ev->what == EV_KEY && move_by_key(s, ev->key)) || face_types_name(s, ev);
}

static const struct screen_ops ops = {
	.name = "roster",
	.title = N_("Roster"),
	.contexts = CTX_ROSTER | CTX_GAPS,
	.load = load,
	.draw = draw,
	.event = event,
	.status = status,
	.heading = heading,
	.close = face_close,
};

struct screen *screen_roster_at(struct app *app, civil_date day, struct id unit, int64_t utc)
{
	struct screen *s = screen_new(app, &ops, sizeof(struct roster_data));
	struct roster_data *d = data_of(s);
	d->face = (struct face){.spot = spot, .show = show, .unit = unit};
	s->as_of = utc;
	d->day = day;
	d->seen = arena_alloc(s->arena, sizeof *d->seen);
	d->unit_name = "";
	return s;
}

struct screen *screen_roster(struct app *app, civil_date day, struct id unit)
{
	return screen_roster_at(app, day, unit, 0);
}
