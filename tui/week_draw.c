/* tui/week_draw.c - see week_priv.h. Owns the picture of the week: widths, heights, scrolling, what a cell says. Must
 * not change what is selected. */
#include "tui/week_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "tui/chart.h"

enum { GUTTER = 2, SPAN = 11, NAMES_MAX = 5, NAME_WIDTH = 8, INLINE_WIDTH = 18, TIGHT = 7, TALL = 24 };

/* Where things stand, for a size. */
struct layout {
	const struct week *w;
	int label, cell;                   /* columns; a cell ends with a blank */
	int names;                         /* lines for people in each cell */
	struct rect grid;
};

/* ---- lines --------------------------------------------------------------------------------------------- */
static int row_height(const struct layout *l, size_t row)
{
	int names = l->w->rows[row].names;
	return 1 + (names < l->names ? names : l->names);
}

/* The first line of a row with its heading, counted from the first row's. */
static int row_top(const struct layout *l, size_t row)
{
	int line = 0;
	for (size_t i = 0; i < row; i++)
		line += l->w->rows[i].heads + row_height(l, i);
	return line;
}

/* As many names as leave all rows in the picture. */
static int fit_names(struct layout *l)
{
	if (l->cell - 1 < NAME_WIDTH)
		return 0;
	for (l->names = NAMES_MAX; l->names > 0; l->names--)
		if (row_top(l, l->w->n) <= l->grid.rows)
			break;
	return l->names;
}

static struct layout lay_out(const struct week *w, struct rect grid)
{
	struct layout l = {.w = w, .grid = grid};
	l.cell = (grid.cols - GUTTER - SPAN - 1) / WEEK_DAYS;
	l.cell = l.cell < 3 ? 3 : l.cell;
	l.label = grid.cols - WEEK_DAYS * l.cell;
	l.label = l.label < GUTTER ? GUTTER : l.label;
	l.names = fit_names(&l);
	return l;
}

/* As before, moved as little as needed for the selected row and its heading to be seen. */
static int scroll(const struct layout *l, size_t row, int top)
{
	int first = row_top(l, row), last = first + l->w->rows[row].heads + row_height(l, row);
	int all = row_top(l, l->w->n);
	if (top > all - l->grid.rows)
		top = all - l->grid.rows;
	if (last > top + l->grid.rows)
		top = last - l->grid.rows;
	if (first < top)
		top = first;
	return top < 0 ? 0 : top;
}

/* ---- the head ------------------------------------------------------------------------------------------ */
/* "man 1/12", "i dag 1/12", or as much of it as there is room for. */
static const char *day_head(const struct week *w, int day, int width, struct arena *a)
{
	civil_date date = w->monday + day;
	struct ymd d = civil_to_ymd(date);
	const char *name = date == w->today ? _("today") : civil_weekday_name(day + 1, true);
	const char *head = arena_printf(a, "%s %d/%d", name, d.d, d.m);
	if (text_width(head) <= width)
		return head;
	if (date == w->today)
		return name;
	int columns;
	size_t one = text_grapheme(name, &columns), two = one + text_grapheme(name + one, &columns);
	head = arena_printf(a, "%.*s %d/%d", (int)two, name, d.d, d.m);
	return text_width(head) <= width ? head : arena_printf(a, "%.*s %d", (int)two, name, d.d);
}

/* With what is missing, where there is room for all of it. */
static const char *sum_text(const struct week_sum *s, int width, struct arena *a)
{
	if (!s->need && !s->filled)
		return "";
	/* what one place has too many doesn't fill another */
	size_t covered = s->need ? s->need - s->open : s->filled;
	const char *short_text = arena_printf(a, "%zu/%zu", covered, s->need);
	if (!s->open || width < TIGHT)
		return short_text;
	const char *text = arena_printf(a, "%s -%zu", short_text, s->open);
	if (text_width(text) > width)
		text = arena_printf(a, "%s-%zu", short_text, s->open);
	return text_width(text) <= width ? text : short_text;
}

static void draw_head(const struct layout *l, struct canvas *cv, struct rect r, struct arena *a)
{
	char week[32];
	const struct week *w = l->w;
	struct week_sum all = {w->roster.need, w->roster.filled, w->roster.open};
	civil_format_week(week, sizeof week, w->monday, CIVIL_DAY);
	cv_text(cv, r.row, r.col + GUTTER, l->label - GUTTER, ROLE_TITLE, week);
	cv_text(cv, r.row + 1, r.col + GUTTER, l->label - GUTTER - 1, ROLE_DIM, sum_text(&all, l->label - GUTTER - 1, a));
	for (int d = 0; d < WEEK_DAYS; d++) {
		int col = r.col + l->label + d * l->cell, width = l->cell - 1;
		const struct week_sum *s = &w->days[d];
		unsigned role = w->monday + d == w->today ? ROLE_TITLE : d >= 5 ? ROLE_DIM : ROLE_DEFAULT;
		cv_text(cv, r.row, col, width + 1, role, day_head(w, d, width, a));
		cv_text(cv, r.row + 1, col, width, s->open ? ROLE_GAP : ROLE_DIM, sum_text(s, width, a));
		if (r.rows > 2)
			chart_draw_bar(cv, r.row + 2, col, width, (int64_t)(s->need - s->open), (int64_t)s->need);
	}
}

/* ---- cells --------------------------------------------------------------------------------------------- */
/* "Susanne B": the first name and the start of the last. */
static const char *short_name(const struct seat *seat, struct arena *a)
{
	const struct person *p = seat->person;
	if (!p)
		return seat->name;
	int columns;
	size_t given = strcspn(p->given, " "), family = text_grapheme(p->family, &columns);
	return arena_printf(a, "%.*s %.*s", (int)given, p->given, (int)family, p->family);
}

static const char *short_names(const struct shift *s, struct arena *a)
{
	const char *names = "";
	for (size_t i = 0; i < s->nseats; i++)
		if (seat_is_on(&s->seats[i]))
			names = arena_printf(a, "%s%s%s", names, *names ? ", " : "", short_name(&s->seats[i], a));
	return names;
}

/* "2/4 -2 !", without blanks where there is little room. */
static void draw_count(struct canvas *cv, struct rect r, const struct shift *s, enum rule_level level, struct arena *a)
{
	const char *count = shift_count(a, s), *mark = level ? level_mark(level) : "", *blank = strchr(count, ' ');
	int width = text_width(count) + text_width(mark), gap = *mark != '\0';
	if (blank && width + gap > r.cols)
		count = arena_printf(a, "%.*s%s", (int)(blank - count), count, blank + 1);
	if (text_width(count) + text_width(mark) + gap > r.cols)
		gap = 0;
	int used = cv_text(cv, r.row, r.col, r.cols, shift_role(s), count) + gap;
	used += cv_text(cv, r.row, r.col + used, r.cols - used, level_role(level), mark);
	if (r.cols >= INLINE_WIDTH && r.rows == 1)
		cv_text(cv, r.row, r.col + used + 1, r.cols - used - 1, ROLE_DEFAULT, short_names(s, a));
}

/* "Susanne +2" in the last line, when more are on it than there are lines. */
static const char *name_and_more(const struct seat *seat, int more, int width, struct arena *a)
{
	const char *name = seat->person ? seat->person->given : seat->name;
	const char *rest = arena_printf(a, " +%d", more);
	size_t one = strcspn(name, " ");
	name = text_fit(a, arena_strndup(a, name, one), width - text_width(rest));
	return arena_printf(a, "%s%s", name, rest);
}

static void draw_names(struct canvas *cv, struct rect r, const struct shift *s, struct arena *a)
{
	int on = 0, line = 0;
	for (size_t i = 0; i < s->nseats; i++)
		on += seat_is_on(&s->seats[i]);
	for (size_t i = 0; i < s->nseats && line < r.rows; i++) {
		const struct seat *seat = &s->seats[i];
		if (!seat_is_on(seat))
			continue;
		bool more = line == r.rows - 1 && on > r.rows;
		const char *text = more ? name_and_more(seat, on - line - 1, r.cols, a) : short_name(seat, a);
		cv_text(cv, r.row + line++, r.col, r.cols, seat_role(seat), text);
	}
}

static void draw_cell(const struct layout *l, struct canvas *cv, struct rect r, size_t row, int day, struct arena *a)
{
	const struct shift *s = week_cell(l->w, row, day);
	r.cols--;
	if (!s)
		return;
	draw_count(cv, r, s, (enum rule_level)l->w->levels[s - l->w->roster.shifts], a);
	rect_cut_top(&r, 1);
	if (!shift_is_off(s))
		draw_names(cv, r, s, a);
}

/* ---- rows ---------------------------------------------------------------------------------------------- */
static void draw_row(const struct layout *l, struct canvas *cv, int line, size_t row, int selected, struct arena *a)
{
	const struct week_row *r = &l->w->rows[row];
	const struct rect *g = &l->grid;
	char span[32];
	if (r->heads)
		cv_printf(cv, line++, g->col + GUTTER, g->cols - GUTTER, ROLE_HEAD, "%s · %s", r->g->unit, r->g->role);
	civil_format_span(span, sizeof span, r->g->from, r->g->to);
	cv_text(cv, line, g->col + GUTTER, l->label - GUTTER - 1, ROLE_DEFAULT, span);
	for (int d = 0; d < WEEK_DAYS; d++) {
		struct rect cell = {line, g->col + l->label + d * l->cell, row_height(l, row), l->cell};
		draw_cell(l, cv, cell, row, d, a);
		if (d != selected)
			continue;
		cell.cols--;
		cv_select(cv, cell);
		cv_text(cv, line, g->col, 1, ROLE_DEFAULT, ">");
		cv_cursor(cv, line, cell.col);
	}
}

void week_draw(const struct week *w, size_t row, int day, struct week_seen *seen, struct canvas *cv, struct rect r,
	struct arena *a)
{
	struct rect head = rect_cut_top(&r, r.rows >= TALL ? 3 : 2);
	struct layout l = lay_out(w, r);
	draw_head(&l, cv, head, a);
	if (w->n == 0 || r.rows < 1)
		return;
	int top = seen->top = scroll(&l, row, seen->top);
	struct rect before = cv_clip(cv, r);
	int line = r.row - top;
	for (size_t i = 0; i < w->n; i++) {
		int height = w->rows[i].heads + row_height(&l, i);
		if (line + height > r.row && line < r.row + r.rows)
			draw_row(&l, cv, line, i, i == row ? day : -1, a);
		line += height;
	}
	cv_clip(cv, before);
}
