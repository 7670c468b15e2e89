/* tui/list_draw.c - see list.h. Owns the picture of a list: widths of columns, scrolling, glyphs. Must not change
 * which rows are shown or selected. */
#include "tui/list_priv.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"

/* ---- widths ------------------------------------------------------------------------------------------ */
/* Which columns fit at their least, and their widths; 0 for those left out. */
static void share_width(const struct list *l, int total, int width[LIST_COLS_MAX])
{
	int room = total, weights = 0;
	memset(width, 0, LIST_COLS_MAX * sizeof *width);
	for (size_t i = 0; i < l->ncols; i++) {
		int need = l->cols[i].min + (i ? LIST_GAP : 0);
		if (!list_column_shown(l, i) || (i && need > room))
			continue;
		width[i] = i ? l->cols[i].min : l->cols[i].min < room ? l->cols[i].min : room;
		room -= width[i] + (i ? LIST_GAP : 0);
	}
	for (size_t i = 0; i < l->ncols; i++) {
		int more = l->cols[i].ideal - l->cols[i].min;
		more = more < 0 || !width[i] ? 0 : more < room ? more : room;
		width[i] += more;
		room -= more;
		weights += width[i] ? l->cols[i].weight : 0;
	}
	for (size_t i = 0; i < l->ncols && weights; i++)
		if (width[i] && l->cols[i].weight) {
			int more = room * l->cols[i].weight / weights;
			width[i] += more;
			room -= more;
			weights -= l->cols[i].weight;
		}
}

/* ---- scrolling --------------------------------------------------------------------------------------- */
static bool has_sections(const struct list *l)
{
	bool ranked = l->always && *list_filter_text(l);
	return l->source->section && l->sort < 0 && !ranked;
}

/* The heading above a row of the view; NULL when there is none. */
static const char *heading(const struct list *l, size_t at)
{
	if (!has_sections(l))
		return NULL;
	const char *name = l->source->section(l->ctx, l->view[at]);
	if (!name || at == 0)
		return name;
	const char *before = l->source->section(l->ctx, l->view[at - 1]);
	return before && strcmp(name, before) == 0 ? NULL : name;
}

/* Lines from the row `top` down to and with the row `at`. */
static int lines_between(const struct list *l, size_t top, size_t at)
{
	int lines = (int)(at - top) + 1;
	for (size_t i = top; has_sections(l) && i <= at; i++)
		lines += heading(l, i) != NULL;
	return lines;
}

/* As before, moved as little as needed for the selected row to be seen. */
static size_t scroll(const struct list *l, int rows)
{
	size_t top = l->seen->top;
	assert(rows > 0 && l->at < l->nview);
	if (top > l->at)
		top = l->at;
	if (l->at - top >= (size_t)rows)
		top = l->at - (size_t)rows + 1;
	while (top < l->at && lines_between(l, top, l->at) > rows)
		top++;
	/* no empty lines at the end while rows are hidden above */
	while (top > 0 && l->nview - top < (size_t)rows && lines_between(l, top - 1, l->nview - 1) <= rows)
		top--;
	return top;
}

/* ---- pieces ------------------------------------------------------------------------------------------ */
static void draw_titles(const struct list *l, struct canvas *cv, struct rect r, const int *width)
{
	int col = r.col + LIST_GUTTER;
	cv_fill(cv, r, ROLE_HEAD, " ");
	for (size_t i = 0; i < l->ncols; i++) {
		if (!width[i])
			continue;
		const char *title = *l->cols[i].title ? _(l->cols[i].title) : "";
		bool sorted = l->sort == (int)i;
		int room = width[i] - (sorted ? 2 : 0);
		if (l->cols[i].right)
			cv_right(cv, r.row, col, room, ROLE_HEAD, title);
		else
			cv_text(cv, r.row, col, room, ROLE_HEAD, title);
		if (sorted)
			cv_text(cv, r.row, col + room, 2, ROLE_HEAD, l->descending ? " ▼" : " ▲");
		col += width[i] + LIST_GAP;
	}
}

static void draw_row(const struct list *l, struct canvas *cv, struct rect r, size_t at, const int *width,
	struct arena *a)
{
	size_t row = l->view[at];
	struct id id = l->source->id(l->ctx, row);
	int col = r.col + LIST_GUTTER;
	if (list_is_marked(l, id))
		cv_text(cv, r.row, r.col + 1, 1, ROLE_KEY, "*");
	for (size_t i = 0; i < l->ncols; i++) {
		if (!width[i])
			continue;
		unsigned role = l->source->role ? l->source->role(l->ctx, row, i) : ROLE_DEFAULT;
		const char *text = l->source->cell(l->ctx, row, i, a);
		if (l->cols[i].right)
			cv_right(cv, r.row, col, width[i], role, text);
		else
			cv_text(cv, r.row, col, width[i], role, text);
		col += width[i] + LIST_GAP;
	}
	cv_target(cv, r, TARGET_ROW, (int)at);
	if (at != l->at)
		return;
	cv_text(cv, r.row, r.col, 1, ROLE_DEFAULT, ">");
	cv_select(cv, r);
	if (!l->filtering || l->on_row)
		cv_cursor(cv, r.row, r.col + LIST_GUTTER);
}

static void draw_rows(const struct list *l, struct canvas *cv, struct rect r, const int *width, struct arena *a)
{
	size_t at = l->seen->top = scroll(l, r.rows);
	l->seen->rows = r.rows;
	for (; at < l->nview && r.rows > 0; at++) {
		const char *name = heading(l, at);
		/* a heading and its row come together, but the selected row in any case */
		if (name && r.rows == 1 && at != l->at)
			break;
		if (name && r.rows > 1) {
			struct rect line = rect_cut_top(&r, 1);
			cv_text(cv, line.row, line.col, line.cols, ROLE_HEAD, name);
		}
		draw_row(l, cv, rect_cut_top(&r, 1), at, width, a);
	}
}

static void draw_filter(const struct list *l, struct canvas *cv, struct rect r)
{
	const char *label = l->always ? _("Find: ") : _("Filter: ");
	rect_cut_left(&r, LIST_GUTTER);
	int used = cv_text(cv, r.row, r.col, r.cols, ROLE_LABEL, label);
	rect_cut_left(&r, used);
	lineedit_draw(&l->filter, cv, r, l->filtering ? ROLE_FOCUS : ROLE_FIELD, l->filtering);
}

static const char *why_empty(const struct list *l, struct arena *a)
{
	if (l->nrows > 0)
		return arena_printf(a, _("Nothing fits '%s'. Esc removes the filter."), list_filter_text(l));
	return l->source->empty ? l->source->empty(l->ctx, a) : _("There is nothing here.");
}

void list_draw(const struct list *l, struct canvas *cv, struct rect r, struct arena *a)
{
	int width[LIST_COLS_MAX];
	bool titled = false;
	if (r.rows < 1 || r.cols < 1)
		return;
	if (r.rows > 1 && (l->filtering || *list_filter_text(l)))
		draw_filter(l, cv, rect_cut_top(&r, 1));
	for (size_t i = 0; i < l->ncols; i++)
		titled = titled || *l->cols[i].title;
	share_width(l, r.cols - LIST_GUTTER, width);
	if (titled && r.rows > 2)
		draw_titles(l, cv, rect_cut_top(&r, 1), width);
	if (l->nview)
		draw_rows(l, cv, r, width, a);
	else {
		rect_cut_left(&r, LIST_GUTTER);
		cv_wrap(cv, r, ROLE_DIM, why_empty(l, a));
		if (!l->filtering)
			cv_cursor(cv, r.row, r.col);
	}
}

const char *list_status(const struct list *l, struct arena *a)
{
	const char *filter = list_filter_text(l), *s;
	if (*filter)
		s = arena_printf(a, _("%zu of %zu · filter: %s"), l->nview, l->nrows, filter);
	else
		s = arena_printf(a, "%zu", l->nrows);
	if (l->nmarks)
		s = arena_printf(a, ngettext("%s · %zu marked", "%s · %zu marked", l->nmarks), s, l->nmarks);
	return s;
}
