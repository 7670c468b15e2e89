/* tui/roster_go.c - getting about in the roster: weeks, days, a date as one says it, the next open place, one unit; and
 * what is shown, on paper.
 *
 * Works on the week and on the day through struct face; must not know how they draw. */
#include "tui/shifts_priv.h"

#include "base/lang.h"
#include "base/when.h"
#include "export/papers.h"
#include "tui/choose.h"
#include "tui/dialog.h"
#include "tui/to_file.h"

enum { GAP_WEEKS = 26 };
/* The grid is of whole weeks, so it comes last: a day has the ones before it. */
enum { PAPER_LIST, PAPER_PHONES, PAPER_GRID, PAPER_COUNT };

/* ---- days and weeks ------------------------------------------------------------------------------------ */
static void go_by(struct screen *s, int days)
{
	civil_date day = face_spot(s).day + days;
	if (civil_in_range((int64_t)day - 7) && civil_in_range((int64_t)day + 7))
		face_of(s)->show(s, day, ID_NONE);
}

static void do_week_before(struct app *app, struct screen *s)
{
	(void)app;
	go_by(s, -7);
}

static void do_week_after(struct app *app, struct screen *s)
{
	(void)app;
	go_by(s, 7);
}

static void do_day_before(struct app *app, struct screen *s)
{
	(void)app;
	go_by(s, -1);
}

static void do_day_after(struct app *app, struct screen *s)
{
	(void)app;
	go_by(s, 1);
}

static void do_today(struct app *app, struct screen *s)
{
	face_of(s)->show(s, app_today(app), ID_NONE);
}

static int date_given(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct asked *q = ctx;
	civil_date day, end;
	int rc = when_parse_date(text, app_today(app), WHEN_NEAR, &day, e);
	if (rc != OK && when_parse_period(text, app_today(app), &day, &end, NULL) != OK)
		return rc;
	face_of(q->screen)->show(q->screen, day, ID_NONE);
	return OK;
}

static void do_go_to(struct app *app, struct screen *s)
{
	struct asked *q = &face_of(s)->asked;
	*q = (struct asked){.screen = s};
	dialog_prompt(app, _("Go to (3/12, week 50, tomorrow, december)"), "", false, date_given, q);
}

/* ---- the next open place ------------------------------------------------------------------------------- */
struct gap_search {
	struct book *book;
	struct id unit;
	civil_min from;                    /* start of the shift under the cursor, or where to begin */
	struct id after;                   /* that shift; ID_NONE: any that starts then will do */
	bool passed;
};

static bool is_gap(const struct gap_search *g, const struct shift_row *row)
{
	bool mine = id_is_none(g->unit) || book_unit_within(g->book, row->unit, g->unit);
	return mine && row->state != SHIFT_CANCELLED && row->filled < row->need;
}

/* The first gap of a week after the cursor's shift, in the order of the index. */
static int gap_in_week(struct gap_search *g, struct view *v, civil_date from, struct arena *a, struct shift_row *out,
	bool *found, struct err *e)
{
	struct shift_row *rows;
	size_t n;
	civil_min start = cmin_at(from, 0);
	int rc = view_shifts(v, a, NULL, g->from > start ? g->from : start, cmin_at(from + 7, 0), &rows, &n, e);
	*found = false;
	for (size_t i = 0; rc == OK && i < n && !*found; i++) {
		bool here = !g->passed && rows[i].start == g->from;
		if (id_equal(rows[i].shift, g->after))
			g->passed = true;
		else if (!here && is_gap(g, &rows[i])) {
			*out = rows[i];
			*found = true;
		}
	}
	return rc;
}

static int next_gap(struct app *app, struct gap_search *g, struct shift_row *out, bool *found, struct err *e)
{
	struct view *v = NULL;
	struct arena *a = arena_new();
	int rc = view_begin(app_store(app), &v, e);
	if (rc == OK && !(g->book = app_book(app, v, e)))
		rc = ERR_IO;
	*found = false;
	for (int week = 0; rc == OK && !*found && week < GAP_WEEKS; week++) {
		rc = gap_in_week(g, v, cmin_date(g->from) + 7 * week, a, out, found, e);
		arena_reset(a);
	}
	view_end(v);
	arena_free(a);
	return rc;
}

static void do_next_gap(struct app *app, struct screen *s)
{
	struct spot spot = face_spot(s);
	struct gap_search g = {.unit = face_of(s)->unit, .from = cmin_at(spot.day, 0), .passed = true};
	struct shift_row row;
	struct err e;
	bool found;
	if (spot.shift && spot.shift->open) {
		g.from = spot.shift->row.start;
		g.after = spot.shift->row.shift;
		g.passed = false;
	}
	if (g.from < app_now(app))
		g = (struct gap_search){.unit = g.unit, .from = app_now(app), .passed = true};
	if (next_gap(app, &g, &row, &found, &e) != OK)
		app_fail(app, &e);
	else if (found)
		face_of(s)->show(s, cmin_date(row.start), row.shift);
	else
		app_toast(app, ngettext("No open places in the next %d week", "No open places in the next %d weeks",
			GAP_WEEKS), GAP_WEEKS);
}

/* ---- one unit ------------------------------------------------------------------------------------------ */
static void unit_chosen(struct screen *s, struct id unit)
{
	const struct asked *q = &face_of(s)->asked;
	face_of(s)->unit = unit;
	face_of(s)->show(s, q->day, q->shift);
}

static void do_unit(struct app *app, struct screen *s)
{
	struct spot spot = face_spot(s);
	face_of(s)->asked = (struct asked){.screen = s, .day = spot.day, .shift = spot.shift ? spot.shift->row.shift : ID_NONE};
	choose_unit(app, s, unit_chosen);
}

/* ---- on paper ------------------------------------------------------------------------------------------ */
/* The week or the day that is shown, of the unit that is shown. */
static int make_sheet(struct app *app, void *ctx, struct view *v, struct book *b, struct sheet **out, struct err *e)
{
	const struct asked *q = ctx;
	bool week = q->screen->ops->contexts & CTX_ROSTER;
	const struct roster_paper how = {
		.from = week ? civil_monday(q->day) : q->day,
		.to = week ? civil_monday(q->day) + 7 : q->day + 1,
		.unit = id_is_none(q->unit) ? NULL : &q->unit,
		.layout = q->choice == PAPER_GRID ? ROSTER_GRID : ROSTER_LIST,
		.phones = q->choice == PAPER_PHONES,
	};
	return paper_roster(v, b, app_scratch(app), &how, out, e);
}

static void paper_chosen(struct app *app, void *ctx, size_t i)
{
	struct asked *q = ctx;
	char day[24];
	bool week = q->screen->ops->contexts & CTX_ROSTER;
	civil_format_date(day, sizeof day, week ? civil_monday(q->day) : q->day, CIVIL_ISO);
	q->choice = i;
	/* translators: a file's name, without blanks */
	to_file_ask_sheet(app, arena_printf(app_scratch(app), _("roster-%s"), day), NULL, make_sheet, q);
}

static const char *refuse_print(struct app *app, struct screen *s)
{
	(void)app;
	return s->as_of ? _("This is the roster as it was. Esc goes back to now.") : NULL;
}

static void do_print(struct app *app, struct screen *s)
{
	struct asked *q = &face_of(s)->asked;
	const char *labels[PAPER_COUNT] = {
		[PAPER_LIST] = _("For the wall: a list, without phone numbers"),
		[PAPER_PHONES] = _("For the office: a list with phone numbers"),
		[PAPER_GRID] = _("The week as a grid, without phone numbers"),
	};
	bool week = s->ops->contexts & CTX_ROSTER;
	*q = (struct asked){.screen = s, .day = face_spot(s).day, .unit = face_of(s)->unit};
	dialog_choice(app, _("Print which roster?"), labels, week ? PAPER_COUNT : PAPER_GRID, paper_chosen, q);
}

/* ---- rows ---------------------------------------------------------------------------------------------- */
static void do_open(struct app *app, struct screen *s)
{
	struct spot spot = face_spot(s);
	struct id shift = spot.shift ? spot.shift->row.shift : ID_NONE;
	app_push(app, screen_roster_day_at(app, spot.day, face_of(s)->unit, shift, s->as_of));
}

static void open_roster(struct app *app)
{
	app_go(app, screen_roster(app, app_today(app), ID_NONE));
}

static const struct action rows[] = {
	{"roster.open", CTX_ROSTER, "Enter", N_("Open"), N_("Shows the day with everybody on it"),
		GROUP_GO, 2, 0, NULL, do_open},
	{"roster.next_gap", CTX_PLAN, "n", N_("Next gap"), N_("Goes to the next open place, also in the weeks to come"),
		GROUP_GO, 5, 0, refuse_past, do_next_gap},
	{"roster.week_before", CTX_ROSTER, "PgUp Ctrl-Left", N_("Week before"), N_("Goes to the week before"),
		GROUP_GO, 0, 0, NULL, do_week_before},
	{"roster.week_after", CTX_ROSTER, "PgDn Ctrl-Right", N_("Week after"), N_("Goes to the week after"),
		GROUP_GO, 6, 0, NULL, do_week_after},
	{"roster.day_before", CTX_ROSTER_DAY, "Left", N_("Day before"), N_("Goes to the day before"),
		GROUP_GO, 0, 0, NULL, do_day_before},
	{"roster.day_after", CTX_ROSTER_DAY, "Right", N_("Day after"), N_("Goes to the day after"),
		GROUP_GO, 5, 0, NULL, do_day_after},
	{"roster.week_back", CTX_ROSTER_DAY, "Ctrl-Left", N_("Week before"), N_("Goes to the week before"),
		GROUP_GO, 0, 0, NULL, do_week_before},
	{"roster.week_on", CTX_ROSTER_DAY, "Ctrl-Right", N_("Week after"), N_("Goes to the week after"),
		GROUP_GO, 0, 0, NULL, do_week_after},
	{"roster.today", CTX_PLAN, "t", N_("Today"), N_("Goes to today"),
		GROUP_GO, 6, 0, NULL, do_today},
	{"roster.go_to", CTX_PLAN, "g", N_("Go to"), N_("Goes to a date: 3/12, week 50, tomorrow"),
		GROUP_GO, 6, 0, NULL, do_go_to},
	{"roster.unit", CTX_PLAN, "e", N_("Unit"), N_("Shows one unit and those below it, or all"),
		GROUP_GO, 7, 0, NULL, do_unit},
	{"roster.print", CTX_PLAN, "l", N_("Print"), N_("Writes the week or the day to a file: PDF, a page, text or a spreadsheet"),
		GROUP_DO, 0, 0, refuse_print, do_print},
};
const struct action_set actions_roster = {N_("Roster"), open_roster, rows, sizeof rows / sizeof *rows};
