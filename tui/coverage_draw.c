/* tui/coverage_draw.c - see coverage_priv.h. Owns how much of what is shown at which size: the heat map always, the
 * days as a calendar of bars where there is room, and what is under the cursor in words at the bottom, where it may be
 * long or short. Must not change what is selected. */
#include "tui/coverage_priv.h"

#include "base/chart.h"
#include "base/lang.h"
#include "base/text.h"
#include "tui/chart.h"
#include "tui/shifts_priv.h"

enum { GUTTER = 2, LABEL = 6, CELL_MOST = 6, SUM_BAR = 24, ROOMY = 18, DETAIL_LEAST = 4, BARS_LEAST = 3, WEEK_LABEL = 10, BAR_LEAST = 3 };

/* ---- in words ---------------------------------------------------------------------------------------------------- */
const char *coverage_cell_name(struct arena *a, int day, int hour)
{
	char span[24];
	civil_format_span(span, sizeof span, hour * 60, (hour + 1) * 60);
	/* translators: a weekday in the plural, and an hour: "Mondays 08:00–09:00" */
	return arena_printf(a, _("%ss %s"), civil_weekday_name(day + 1, false), span);
}

const char *coverage_cell_words(struct arena *a, const struct cover_cell *cell)
{
	if (!cell->shifts)
		return _("No shifts.");
	const char *places = arena_printf(a, ngettext("%zu of %zu place filled", "%zu of %zu places filled", cell->places.need),
		cell->places.filled, cell->places.need);
	if (cell->gaps)
		return arena_printf(a, ngettext("%s · %zu of %zu shift lacks somebody", "%s · %zu of %zu shifts lack somebody", cell->shifts),
			places, cell->gaps, cell->shifts);
	return arena_printf(a, ngettext("%s · %zu shift, nobody is missing", "%s · %zu shifts, nobody is missing", cell->shifts), places,
		cell->shifts);
}

/* ---- the heat map ------------------------------------------------------------------------------------------------ */
static int cell_width(const struct coverage *c, int cols)
{
	int hours = c->last - c->first, width = hours ? (cols - LABEL) / hours : CELL_MOST;
	return width < 2 ? 2 : width > CELL_MOST ? CELL_MOST : width;
}

static void draw_hours(const struct coverage *c, struct canvas *cv, struct rect line, int width, struct arena *a)
{
	int every = width > 2 ? 1 : 2;
	for (int h = c->first; h < c->last; h++)
		if ((h - c->first) % every == 0)
			cv_text(cv, line.row, line.col + LABEL + (h - c->first) * width, 2, ROLE_DIM, arena_printf(a, "%02d", h));
}

static void draw_weekday(const struct coverage_data *d, int day, struct canvas *cv, struct rect line, int width, struct arena *a)
{
	const struct coverage *c = &d->of;
	cv_text(cv, line.row, line.col + GUTTER, LABEL - GUTTER - 1, day == d->day ? ROLE_TITLE : ROLE_DEFAULT,
		civil_weekday_name(day + 1, true));
	for (int h = c->first; h < c->last; h++) {
		const struct cover_cell *cell = &c->cell[day][h];
		int col = line.col + LABEL + (h - c->first) * width;
		chart_draw_cell(cv, line.row, col, width, chart_step(cell->need - cell->filled, cell->need),
			cell->places.need - cell->places.filled, a);
		if (day != d->day || h != d->hour)
			continue;
		cv_select(cv, (struct rect){line.row, col, 1, width > 2 ? width - 1 : width});
		cv_text(cv, line.row, line.col, 1, ROLE_DEFAULT, ">");
		cv_cursor(cv, line.row, col);
	}
}

/* What is cut off *r. */
static void draw_map(const struct coverage_data *d, struct canvas *cv, struct rect *r, struct arena *a)
{
	int width = cell_width(&d->of, r->cols);
	draw_hours(&d->of, cv, rect_cut_top(r, 1), width, a);
	for (int day = 0; day < COVER_DAYS; day++)
		draw_weekday(d, day, cv, rect_cut_top(r, 1), width, a);
}

static void draw_sum(const struct coverage *c, struct canvas *cv, struct rect line, struct arena *a)
{
	size_t open = c->all.need - c->all.filled;
	int width = line.cols / 3 < SUM_BAR ? line.cols / 3 : SUM_BAR;
	rect_cut_left(&line, GUTTER);
	chart_draw_bar(cv, line.row, line.col, width, (int64_t)c->all.filled, (int64_t)c->all.need);
	rect_cut_left(&line, width + 1);
	const char *text = arena_printf(a, ngettext("%zu of %zu place is filled", "%zu of %zu places are filled", c->all.need),
		c->all.filled, c->all.need);
	cv_text(cv, line.row, line.col, line.cols, open ? ROLE_GAP : ROLE_OK, text);
}

/* ---- what is under the cursor ------------------------------------------------------------------------------------ */
/* The order in which the shifts of an hour are told. */
enum { STILL_TO_FILL, WAS_OPEN, IS_FULL, SORTS };

static int sort_of(const struct coverage_data *d, const struct shift_row *row)
{
	return !cover_open(row) ? IS_FULL : row->start >= d->now ? STILL_TO_FILL : WAS_OPEN;
}

static void draw_shift(const struct coverage_data *d, const struct shift_row *row, struct canvas *cv, struct rect line,
	struct arena *a)
{
	struct shift s = {.row = *row, .unit = book_name(d->book, row->unit), .role = book_name(d->book, row->role), .note = "",
		.open = (int)cover_open(row), .over = row->filled > row->wished ? row->filled - row->wished : 0};
	const char *count = shift_count(a, &s);
	rect_cut_left(&line, GUTTER);
	cv_text(cv, line.row, line.col, line.cols - text_width(count) - 1, sort_of(d, row) == STILL_TO_FILL ? ROLE_DEFAULT : ROLE_DIM,
		shift_title(a, &s));
	cv_right(cv, line.row, line.col, line.cols, shift_role(&s), count);
}

static void draw_detail(const struct coverage_data *d, struct canvas *cv, struct rect r, struct arena *a)
{
	const struct cover_cell *cell = &d->of.cell[d->day][d->hour];
	struct rect line = rect_cut_top(&r, 1);
	cv_rule(cv, line.row, line.col, line.cols, ROLE_TITLE, coverage_cell_name(a, d->day, d->hour));
	line = rect_cut_top(&r, 1);
	cv_text(cv, line.row, line.col + GUTTER, line.cols - GUTTER, cell->gaps ? ROLE_GAP : ROLE_OK, coverage_cell_words(a, cell));
	for (int sort = STILL_TO_FILL; sort < SORTS; sort++) {
		const struct shift_row *row;
		for (size_t at = 0; r.rows > 0 && (row = coverage_next(&d->of, d->day, d->hour, &at));)
			if (sort_of(d, row) == sort)
				draw_shift(d, row, cv, rect_cut_top(&r, 1), a);
	}
}

/* ---- day by day -------------------------------------------------------------------------------------------------- */
static const char *day_count(struct arena *a, struct cover_sum s)
{
	return s.need ? arena_printf(a, "%zu/%zu", s.filled, s.need) : "";
}

static int widest_count(const struct coverage *c, struct arena *a)
{
	int widest = 0;
	for (civil_date day = c->from; day < c->to; day++) {
		int width = text_width(day_count(a, c->days[day - c->from]));
		widest = width > widest ? width : widest;
	}
	return widest;
}

static void draw_day(const struct coverage *c, civil_date day, struct canvas *cv, struct rect r, int count, struct arena *a)
{
	struct cover_sum s = c->days[day - c->from];
	int bar = r.cols - count - 2;
	if (bar >= BAR_LEAST) {
		chart_draw_bar(cv, r.row, r.col, bar, (int64_t)s.filled, (int64_t)s.need);
		rect_cut_left(&r, bar + 1);
	}
	cv_text(cv, r.row, r.col, r.cols, s.filled < s.need ? ROLE_GAP : ROLE_DIM, day_count(a, s));
}

static int count_weeks(const struct coverage *c)
{
	return (c->to - 1 - civil_monday(c->from)) / COVER_DAYS + 1;
}

/* The week of now at the top where not all have room, but as many as there is room for. */
static civil_date first_week(const struct coverage_data *d, int room)
{
	const struct coverage *c = &d->of;
	civil_date first = civil_monday(c->from), now = civil_monday(cmin_date(d->now));
	civil_date last = first + (count_weeks(c) - room) * COVER_DAYS;
	return last <= first || now <= first ? first : now < last ? now : last;
}

static void draw_week(const struct coverage *c, civil_date monday, struct canvas *cv, struct rect line, int count, struct arena *a)
{
	char week[32];
	int width = (line.cols - WEEK_LABEL) / COVER_DAYS;
	cv_text(cv, line.row, line.col + GUTTER, WEEK_LABEL - GUTTER - 1, ROLE_DIM, civil_format_week(week, sizeof week, monday, CIVIL_DAY));
	for (civil_date day = monday < c->from ? c->from : monday; day < c->to && day < monday + COVER_DAYS; day++)
		draw_day(c, day, cv, (struct rect){line.row, line.col + WEEK_LABEL + (day - monday) * width, 1, width}, count, a);
}

/* A line a week under the names of the weekdays; weeks that have no room are counted in the last line. */
static void draw_days(const struct coverage_data *d, struct canvas *cv, struct rect r, struct arena *a)
{
	const struct coverage *c = &d->of;
	int width = (r.cols - WEEK_LABEL) / COVER_DAYS, count = widest_count(c, a);
	struct rect line = rect_cut_top(&r, 1);
	cv_text(cv, line.row, line.col + GUTTER, WEEK_LABEL - GUTTER - 1, ROLE_HEAD, _("By day"));
	for (int day = 0; day < COVER_DAYS; day++)
		cv_text(cv, line.row, line.col + WEEK_LABEL + day * width, width - 1, ROLE_HEAD, civil_weekday_name(day + 1, true));
	int more = count_weeks(c) - r.rows;
	if (more > 0) {
		line = rect_cut_bottom(&r, 1);
		cv_text(cv, line.row, line.col + GUTTER, line.cols - GUTTER, ROLE_DIM, arena_printf(a, ngettext("… and %d week more",
			"… and %d weeks more", (unsigned long)more + 1), more + 1));
	}
	for (civil_date monday = first_week(d, r.rows); monday < c->to && r.rows > 0; monday += COVER_DAYS)
		draw_week(c, monday, cv, rect_cut_top(&r, 1), count, a);
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */
void coverage_draw(const struct coverage_data *d, struct canvas *cv, struct rect r, struct arena *a)
{
	bool roomy = r.rows >= ROOMY;
	draw_sum(&d->of, cv, rect_cut_top(&r, 1), a);
	rect_cut_top(&r, roomy);
	draw_map(d, cv, &r, a);
	int weeks = count_weeks(&d->of) + 1, room = r.rows - DETAIL_LEAST;
	int bars = weeks < room ? weeks : room;
	if (bars >= BARS_LEAST)
		draw_days(d, cv, rect_cut_top(&r, bars), a);
	if (r.rows > 1)
		draw_detail(d, cv, r, a);
}
