/* tui/screen_coverage.c - see screens.h: how well a period is covered. Owns which period and unit are shown, where the
 * cursor is, and what can be done from there. What it looks like is coverage_draw.c's; what is counted
 * roster/coverage.h's. */
#include "tui/coverage_priv.h"

#include "base/lang.h"
#include "base/when.h"
#include "export/papers.h"
#include "tui/choose.h"
#include "tui/dialog.h"
#include "tui/shifts_priv.h"
#include "tui/to_file.h"

enum { WEEKS = 4, DAYS_MOST = 3700 };

static struct coverage_data *data_of(const struct screen *s)
{
	return s->data;
}

static const struct cover_cell *cell_of(const struct coverage_data *d)
{
	return &d->of.cell[d->day][d->hour];
}

/* ---- the model ------------------------------------------------------------------------------------------------- */
/* Where most minutes of places are missing; of equals the first. */
static void seek_worst(struct coverage_data *d)
{
	int64_t most = -1;
	for (int day = 0; day < COVER_DAYS; day++)
		for (int hour = d->of.first; hour < d->of.last; hour++) {
			const struct cover_cell *c = &d->of.cell[day][hour];
			if (c->need - c->filled <= most)
				continue;
			most = c->need - c->filled;
			d->day = day;
			d->hour = hour;
		}
	d->placed = true;
}

static void keep_inside(struct coverage_data *d)
{
	d->hour = d->hour >= d->of.last ? d->of.last - 1 : d->hour;
	d->hour = d->hour < d->of.first ? d->of.first : d->hour;
	d->hour = d->hour < COVER_HOURS ? d->hour : 0;
}

static int load(struct screen *s, struct view *v, struct err *e)
{
	struct coverage_data *d = data_of(s);
	const struct id *unit = id_is_none(d->unit) ? NULL : &d->unit;
	struct book *b = app_book(s->app, v, e);
	if (!b)
		return ERR_IO;
	d->book = b;
	d->now = s->as_of ? civil_from_utc(s->as_of) : app_now(s->app);
	d->unit_name = unit ? arena_strdup(s->model, book_name(b, *unit)) : "";
	int rc = coverage_load(v, b, s->model, unit, d->of.from, d->of.to, d->now, &d->of, e);
	if (rc != OK)
		return rc;
	if (!d->placed)
		seek_worst(d);
	keep_inside(d);
	return OK;
}

/* ---- the picture ----------------------------------------------------------------------------------------------- */
static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct coverage_data *d = data_of(s);
	if (d->of.first < d->of.last) {
		coverage_draw(d, cv, body, a);
		return;
	}
	rect_cut_top(&body, 1);
	rect_cut_left(&body, 2);
	cv_wrap(cv, body, ROLE_DIM, s->as_of ? _("There were no shifts in this period.")
		: _("No shifts in this period. p asks for another one, o in the roster makes a shift."));
	cv_cursor(cv, body.row, body.col);
}

static const char *heading(const struct screen *s, struct arena *a)
{
	const struct coverage_data *d = data_of(s);
	const char *what = *d->unit_name ? arena_printf(a, "%s · %s", _("Coverage"), d->unit_name) : _("Coverage");
	const char *last = day_text(a, d->of.to - 1, CIVIL_SHORT);
	struct ymd first = civil_to_ymd(d->of.from);
	const char *text = d->of.to - d->of.from == 1 ? arena_printf(a, "%s · %s", what, last)
		: arena_printf(a, "%s · %d/%d–%s", what, first.d, first.m, last);
	return s->as_of ? arena_printf(a, _("%s, as it was"), text) : text;
}

static const char *status(const struct screen *s, struct arena *a)
{
	const struct cover_sum *all = &data_of(s)->of.all;
	return all->filled < all->need ? open_places(a, all->need - all->filled) : "";
}

/* ---- moving ---------------------------------------------------------------------------------------------------- */
static bool move_by_key(struct coverage_data *d, int key)
{
	switch (key) {
	case K_UP: d->day -= d->day > 0; break;
	case K_DOWN: d->day += d->day < COVER_DAYS - 1; break;
	case K_LEFT: d->hour--; break;
	case K_RIGHT: d->hour++; break;
	case K_HOME: d->hour = d->of.first; break;
	case K_END: d->hour = d->of.last - 1; break;
	default: return false;
	}
	keep_inside(d);
	return true;
}

static bool event(struct screen *s, const struct event *ev)
{
	return ev->what == EV_KEY && move_by_key(data_of(s), ev->key);
}

/* Hours of the week from the cursor on, and round to it again. */
static void run_next(struct app *app, struct screen *s)
{
	enum { HOURS = COVER_DAYS * COVER_HOURS };
	struct coverage_data *d = data_of(s);
	for (int i = 1; i <= HOURS; i++) {
		int at = (d->day * COVER_HOURS + d->hour + i) % HOURS;
		if (!d->of.cell[at / COVER_HOURS][at % COVER_HOURS].gaps)
			continue;
		d->day = at / COVER_HOURS;
		d->hour = at % COVER_HOURS;
		return;
	}
	app_toast(app, _("Nobody is missing in this period."));
}

static void run_open(struct app *app, struct screen *s)
{
	const struct coverage_data *d = data_of(s);
	const struct cover_cell *cell = cell_of(d);
	if (cell->gaps)
		app_push(app, screen_roster_day_at(app, cmin_date(cell->gap_start), d->unit, cell->gap, s->as_of));
	else
		app_toast(app, "%s: %s", coverage_cell_name(app_scratch(app), d->day, d->hour), coverage_cell_words(app_scratch(app), cell));
}

/* ---- the period ------------------------------------------------------------------------------------------------ */
static void show(struct screen *s, civil_date from, civil_date to)
{
	struct coverage_data *d = data_of(s);
	if (!civil_in_range((int64_t)from - COVER_DAYS) || !civil_in_range((int64_t)to + COVER_DAYS))
		return;
	d->of.from = from;
	d->of.to = to;
	screen_reload(s);
}

static int period_given(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct screen *s = ctx;
	civil_date from, to;
	int rc = when_parse_period(text, app_today(app), &from, &to, e);
	if (rc == OK && to - from > DAYS_MOST)
		return err_set(e, ERR_DATA, _("that is more than ten years"));
	if (rc == OK) {
		data_of(s)->placed = false;
		show(s, from, to);
	}
	return rc;
}

static void run_period(struct app *app, struct screen *s)
{
	dialog_prompt(app, _("Period (week 50, december, 1/12-31/12, 2026)"), "", false, period_given, s);
}

/* How many months the period is: 0 when it isn't whole ones. */
static int whole_months(const struct coverage *c)
{
	struct ymd from = civil_to_ymd(c->from), to = civil_to_ymd(c->to);
	return from.d == 1 && to.d == 1 ? (to.y - from.y) * 12 + to.m - from.m : 0;
}

static void go_by(struct screen *s, int periods)
{
	const struct coverage *c = &data_of(s)->of;
	int months = whole_months(c) * periods, days = (c->to - c->from) * periods;
	show(s, months ? civil_add_months(c->from, months) : c->from + days, months ? civil_add_months(c->to, months) : c->to + days);
}

static void run_before(struct app *app, struct screen *s)
{
	(void)app;
	go_by(s, -1);
}

static void run_after(struct app *app, struct screen *s)
{
	(void)app;
	go_by(s, 1);
}

static void run_today(struct app *app, struct screen *s)
{
	civil_date monday = civil_monday(app_today(app));
	show(s, monday, monday + COVER_DAYS * WEEKS);
}

static void unit_chosen(struct screen *s, struct id unit)
{
	data_of(s)->unit = unit;
	data_of(s)->placed = false;
	screen_reload(s);
}

static void run_unit(struct app *app, struct screen *s)
{
	choose_unit(app, s, unit_chosen);
}

/* ---- on paper -------------------------------------------------------------------------------------------------- */
static int make_sheet(struct app *app, void *ctx, struct view *v, struct book *b, struct sheet **out, struct err *e)
{
	const struct coverage_data *d = data_of(ctx);
	const struct coverage_paper how = {.from = d->of.from, .to = d->of.to, .unit = id_is_none(d->unit) ? NULL : &d->unit,
		.layout = (enum coverage_layout)d->paper};
	return paper_coverage(v, b, app_scratch(app), &how, out, e);
}

static void paper_chosen(struct app *app, void *ctx, size_t i)
{
	struct screen *s = ctx;
	char day[24];
	data_of(s)->paper = i;
	civil_format_date(day, sizeof day, data_of(s)->of.from, CIVIL_ISO);
	/* translators: a file's name, without blanks */
	to_file_ask_sheet(app, arena_printf(app_scratch(app), _("coverage-%s"), day), NULL, make_sheet, s);
}

static const char *refuse_print(struct app *app, struct screen *s)
{
	(void)app;
	return s->as_of ? _("This is the roster as it was. Esc goes back to now.") : NULL;
}

static void run_print(struct app *app, struct screen *s)
{
	const char *labels[] = {
		[COVERAGE_HOURS] = _("Hours and weekdays"),
		[COVERAGE_DAYS] = _("Day by day, with bars"),
		[COVERAGE_CELLS] = _("For a spreadsheet: a line an hour"),
	};
	dialog_choice(app, _("Print which?"), labels, sizeof labels / sizeof *labels, paper_chosen, s);
}

/* ---- the table ------------------------------------------------------------------------------------------------- */
static void open_coverage(struct app *app)
{
	app_go(app, screen_coverage(app, app_today(app), ID_NONE));
}

static const struct action rows[] = {
	{"coverage.open", CTX_COVERAGE, "Enter", N_("Open"), N_("The day with the first gap of that weekday and hour that is still to come"),
		GROUP_GO, 2, 0, NULL, run_open},
	{"coverage.next", CTX_COVERAGE, "n", N_("Next gap"), N_("The next hour of the week where somebody is missing"),
		GROUP_GO, 3, 0, NULL, run_next},
	{"coverage.period", CTX_COVERAGE, "p", N_("Period"), N_("Asks for another period: a week, a month, a year, two days"),
		GROUP_GO, 3, 0, NULL, run_period},
	{"coverage.unit", CTX_COVERAGE, "e", N_("Unit"), N_("Shows one unit and those below it, or all"),
		GROUP_GO, 4, 0, NULL, run_unit},
	{"coverage.before", CTX_COVERAGE, "PgUp", N_("Earlier"), N_("Goes to the period before this one"), GROUP_GO, 6, 0, NULL, run_before},
	{"coverage.after", CTX_COVERAGE, "PgDn", N_("Later"), N_("Goes to the period after this one"), GROUP_GO, 6, 0, NULL, run_after},
	{"coverage.today", CTX_COVERAGE, "t", N_("Today"), N_("Goes to the four weeks from this Monday"), GROUP_GO, 7, 0, NULL, run_today},
	{"coverage.print", CTX_COVERAGE, "l", N_("Print"),
		N_("Writes the coverage to a file: PDF, a page, text or a spreadsheet; nobody is named on it"),
		GROUP_DO, 7, 0, refuse_print, run_print},
};
const struct action_set actions_coverage = {N_("Coverage"), open_coverage, rows, sizeof rows / sizeof *rows};

static const struct screen_ops ops = {
	.name = "coverage", .title = N_("Coverage"), .contexts = CTX_COVERAGE | CTX_GAPS, .load = load, .draw = draw, .event = event, .status = status,
	.heading = heading,
};

static struct screen *new_at(struct app *app, civil_date day, struct id unit, int64_t utc)
{
	struct screen *s = screen_new(app, &ops, sizeof(struct coverage_data));
	struct coverage_data *d = data_of(s);
	civil_date monday = civil_monday(day);
	*d = (struct coverage_data){.unit = unit, .unit_name = "", .of = {.from = monday, .to = monday + COVER_DAYS * WEEKS}};
	s->as_of = utc;
	return s;
}

struct screen *screen_coverage(struct app *app, civil_date day, struct id unit)
{
	return new_at(app, day, unit, 0);
}

void coverage_open_from(struct app *app, struct screen *s)
{
	if (s->ops->contexts & CTX_PLAN)
		app_push(app, new_at(app, face_spot(s).day, face_of(s)->unit, s->as_of));
	else
		open_coverage(app);
}
