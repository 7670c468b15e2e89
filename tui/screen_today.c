/* tui/screen_today.c - the home screen: what matters now, and Enter does something about it.
 *
 * Owns when it is read anew and what Enter does with a row. Which rows there are is today_rows.c's. Only the days
 * around today are read, so that it stands at once at any size. */
#include "tui/today_priv.h"

#include "base/lang.h"
#include "tui/care_priv.h"
#include "tui/help.h"

enum { WIDE = 100, STRIP_ROWS = 4, STRIP_FROM = 14, STALE_MINUTES = 5 };

struct today_data {
	struct face face;                  /* first: shifts_priv.h */
	civil_min now;                     /* of the last load */
	struct roster roster;              /* what all of the following is about */
	struct today today;
	struct troubles troubles;
	struct today_rows rows;
	bool is_new;                       /* nobody stands in the store */
};

/* The rows say themselves what they are, so the columns have no titles. */
enum { COL_WHEN, COL_WHAT, COL_PLACES, COL_WHO };
static const struct list_col cols[] = {
	[COL_WHEN] = {"when", "", 11, 11, 0, false, false},
	[COL_WHAT] = {"what", "", 16, 32, 2, false, false},
	[COL_PLACES] = {"places", "", 6, 6, 0, false, false},
	[COL_WHO] = {"who", "", 12, 20, 3, false, false},
};

static struct today_data *data_of(const struct screen *s)
{
	return s->data;
}

static const struct today_row *selected(const struct screen *s)
{
	size_t row;
	return list_selected(s->list, &row) ? &data_of(s)->rows.rows[row] : NULL;
}

/* ---- rows ---------------------------------------------------------------------------------------------- */
static const struct today_row *row_at(const void *ctx, size_t row)
{
	return &((const struct today_data *)ctx)->rows.rows[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	return row_at(ctx, row)->id;
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct today_row *r = row_at(ctx, row);
	switch (col) {
	case COL_WHEN: return r->when;
	case COL_WHAT: return r->what;
	case COL_PLACES: return r->shift && !r->verdict ? shift_count(a, r->shift) : "";
	default: return r->who;
	}
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct today_row *r = row_at(ctx, row);
	bool gap = r->section <= TOMORROW_GAPS;
	if (r->verdict)
		return col == COL_WHO ? level_role(r->verdict->rule->level) : ROLE_DEFAULT;
	if (!r->shift)
		return r->section == TODAY_DECIDE ? ROLE_WARN : ROLE_DEFAULT;
	if (col == COL_PLACES || (gap && col != COL_WHO))
		return shift_role(r->shift);
	return shift_is_off(r->shift) ? ROLE_DIM : ROLE_DEFAULT;
}

static const char *row_section(const void *ctx, size_t row)
{
	return today_section_name(row_at(ctx, row)->section);
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	const struct today_data *d = ctx;
	(void)a;
	if (d && d->is_new)
		return _("There are no volunteers yet. 7 takes people and shifts from spreadsheets; 3 and then o writes the "
			"first one.");
	return _("Nobody is expected today, no place is open and nothing falls due. 2 goes to the roster.");
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .section = row_section, .empty = why_empty,
};

/* ---- the model ----------------------------------------------------------------------------------------- */
static int load_days(struct today_data *d, struct view *v, struct book *b, struct arena *a, struct err *e)
{
	civil_date today = cmin_date(d->now);
	int rc = roster_load(v, b, a, NULL, today - 1, today + NEWS_AHEAD, &d->roster, e);
	if (rc == OK)
		rc = roster_today_of(v, b, a, &d->roster, d->now, &d->today, e);
	if (rc != OK)
		return rc;
	struct roster day = roster_days(&d->roster, today, today + 1);
	return rules_problems_of(v, b, a, &day, NULL, false, &d->troubles.all, &d->troubles.n, e);
}

static int load(struct screen *s, struct view *v, struct err *e)
{
	struct today_data *d = data_of(s);
	struct book *b = app_book(s->app, v, e);
	if (!b)
		return ERR_IO;
	bool first = list_total(s->list) == 0;
	d->now = app_now(s->app);
	d->is_new = b->npeople == 0;
	int rc = load_days(d, v, b, s->model, e);
	if (rc == OK)
		rc = today_rows_build(v, b, s->model, &d->roster, &d->today, &d->troubles, d->now, &d->rows, e);
	if (rc != OK)
		return rc;
	list_set(s->list, d, d->rows.n);
	if (!id_is_none(d->face.follow) && list_select(s->list, d->face.follow))
		d->face.follow = ID_NONE;
	if (first && d->rows.n)
		list_select(s->list, d->rows.rows[0].id);
	return OK;
}

static struct spot spot(const struct screen *s)
{
	const struct today_data *d = data_of(s);
	const struct today_row *r = selected(s);
	if (!r || !r->shift)
		return (struct spot){.day = cmin_date(d->now)};
	const struct shift_row *row = &r->shift->row;
	return (struct spot){.day = cmin_date(row->start), .unit = row->unit, .role = row->role, .shift = r->shift,
		.seat = r->seat};
}

static void show(struct screen *s, civil_date day, struct id shift)
{
	app_push(s->app, screen_roster_day(s->app, day, ID_NONE, shift));
}

/* ---- the picture --------------------------------------------------------------------------------------- */
static const char *about(const struct today_row *r, struct arena *a)
{
	if (r->verdict)
		return arena_printf(a, "%s: %s", r->what, r->verdict->sentence);
	if (r->section == TODAY_DECIDE || r->section == TODAY_ARRIVED || !*r->when)
		return arena_printf(a, "%s · %s", r->what, r->who);
	return arena_printf(a, "%s · %s · %s", r->what, r->who, r->when);
}

static const char *keys_of(const struct today_row *r)
{
	if (r && !id_is_none(r->talk))
		return _("H: held today · Enter: the card, with the phone");
	return r && r->verdict ? verdict_keys(r->verdict) : "";
}

static void draw_detail(const struct screen *s, struct canvas *cv, struct rect r, bool strip, struct arena *a)
{
	const struct today_data *d = data_of(s);
	const struct today_row *row = selected(s);
	const char *keys = keys_of(row);
	if (*keys) {
		struct rect line = rect_cut_bottom(&r, cv_wrap(NULL, r, ROLE_HINT, keys));
		cv_wrap(cv, line, ROLE_HINT, keys);
	}
	if (row && row->shift && !strip)
		shift_draw(cv, r, row->shift, &d->troubles, a);
	else if (row && row->shift)
		shift_draw_strip(cv, r, row->shift, &d->troubles, a);
	else if (row)
		cv_wrap(cv, r, ROLE_DEFAULT, about(row, a));
}

static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	bool strip = body.cols < WIDE;
	if (!strip) {
		struct rect detail = rect_cut_right(&body, body.cols / 3);
		draw_divider(cv, &detail);
		draw_detail(s, cv, detail, false, a);
	} else if (body.rows >= STRIP_FROM) {
		draw_detail(s, cv, rect_cut_bottom(&body, STRIP_ROWS + (*keys_of(selected(s)) != 0)), true, a);
	}
	list_draw(s->list, cv, body, a);
}

static const char *heading(const struct screen *s, struct arena *a)
{
	char week[32];
	civil_date day = cmin_date(data_of(s)->now);
	civil_format_week(week, sizeof week, day, CIVIL_DAY);
	return arena_printf(a, _("Today · %s · %s"), day_text(a, day, CIVIL_DAY), week);
}

static const char *status(const struct screen *s, struct arena *a)
{
	const struct today_data *d = data_of(s);
	size_t people = d->today.people_today, open = 0;
	if (*list_filter_text(s->list))
		return list_status(s->list, a);
	for (size_t i = 0; i < d->today.nlater_gaps; i++) {
		const struct shift *gap = d->today.later_gaps[i];
		open += cmin_date(gap->row.start) == cmin_date(d->now) ? (size_t)gap->open : 0;
	}
	const char *text = arena_printf(a, ngettext("%zu volunteer today", "%zu volunteers today", people), people);
	/* translators: places of today that nobody has taken */
	return open ? arena_printf(a, ngettext("%s · %zu open", "%s · %zu open", open), text, open) : text;
}

/* Nothing ticks: what is shown is read again when somebody is there to see it. */
static bool event(struct screen *s, const struct event *ev)
{
	struct today_data *d = data_of(s);
	civil_min now = app_now(s->app);
	if (now - d->now >= STALE_MINUTES || cmin_date(now) != cmin_date(d->now))
		screen_reload(s);
	return face_types_name(s, ev);
}

static const struct screen_ops ops = {
	.name = "today",
	.title = N_("Today"),
	.contexts = CTX_TODAY | CTX_GAPS | CTX_LIST,
	.load = load,
	.draw = draw,
	.event = event,
	.status = status,
	.heading = heading,
	.close = face_close,
};

struct screen *screen_today(struct app *app)
{
	struct screen *s = screen_new(app, &ops, sizeof(struct today_data));
	struct today_data *d = data_of(s);
	d->face = (struct face){.spot = spot, .show = show};
	d->now = app_now(app);
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

/* ---- what can be done ---------------------------------------------------------------------------------- */
static void do_open(struct app *app, struct screen *s)
{
	const struct today_row *r = selected(s);
	bool fill = r->shift && r->shift->open && r->section <= TODAY_GONE;
	if (r->open)
		r->open(app, r);
	else if (r->section == TODAY_DECIDE)
		app_push(app, screen_disagreements(app, ID_NONE));
	else if (r->section == TODAY_ARRIVED)
		app_push(app, screen_digest(app));
	else if (fill)
		shifts_fill(app, r->shift, NULL);
	else if (r->shift)
		show(s, cmin_date(r->shift->row.start), r->shift->row.shift);
	else if (r->type == TYPE_VOLUNTEER)
		app_push(app, screen_volunteer(app, r->about));
	else
		app_push(app, screen_record_form(app, r->type, r->about, NULL, NULL));
}

static void do_day(struct app *app, struct screen *s)
{
	struct spot at = spot(s);
	(void)app;
	show(s, at.day, at.shift ? at.shift->row.shift : ID_NONE);
}

static void do_next_gap(struct app *app, struct screen *s)
{
	const struct today_rows *t = &data_of(s)->rows;
	const struct today_row *r = selected(s);
	size_t from = r ? (size_t)(r - t->rows) + 1 : 0;
	for (size_t i = 0; i < t->n; i++) {
		const struct today_row *row = &t->rows[(from + i) % t->n];
		if (row->section <= TOMORROW_GAPS && list_select(s->list, row->id))
			return;
	}
	app_toast(app, "%s", _("No open places today and tomorrow."));
}

static const char *refuse_no_problem(struct app *app, struct screen *s)
{
	const struct today_row *r = selected(s);
	(void)app;
	return r && r->verdict ? NULL : _("The row isn't a problem.");
}

static void do_explain(struct app *app, struct screen *s)
{
	const struct today_row *r = selected(s);
	help_open_about(app, _("Why"), verdicts_text(app_scratch(app), r->verdict, 1));
}

static const char *refuse_held(struct app *app, struct screen *s)
{
	const struct today_row *r = selected(s);
	(void)app;
	return r && !id_is_none(r->talk) ? NULL : _("The row is no talk that is to be held.");
}

static void do_held(struct app *app, struct screen *s)
{
	const struct today_row *r = selected(s);
	struct err e;
	struct book *b = app_book_now(app, &e);
	care_hold(app, &r->talk, 1, b ? book_name(b, r->about) : "");
}

static const struct action rows[] = {
	{"today.open", CTX_TODAY, "Enter", N_("Open"),
		N_("Rings round, fills the open place, or opens the day or the card behind the row"),
		GROUP_GO, 2, ACTION_ROW, NULL, do_open},
	{"today.next_gap", CTX_TODAY, "n", N_("Next gap"), N_("Goes to the next open place of today and tomorrow"),
		GROUP_GO, 5, 0, NULL, do_next_gap},
	{"today.day", CTX_TODAY, "d", N_("Day"), N_("Shows everybody on that day, with phones"),
		GROUP_GO, 6, 0, NULL, do_day},
	{"today.held", CTX_TODAY, "H", N_("Held today"), N_("The talk that the row is about has been held today"),
		GROUP_DO, 0, ACTION_ROW | ACTION_CHANGES, refuse_held, do_held},
	{"today.explain", CTX_TODAY, "i", N_("Why"),
		N_("Explains the rule behind the problem, and where it comes from"),
		GROUP_DO, 7, ACTION_ROW, refuse_no_problem, do_explain},
};
const struct action_set actions_today = {N_("Today"), app_home, rows, sizeof rows / sizeof *rows};
