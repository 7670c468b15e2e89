/* pdf/table.c - see table.h. Owns how rows go onto pages: whole where they fit, and the headings above them again. */
#include "pdf/table.h"

#include <string.h>

#include "pdf/chart.h"
#include "pdf/columns.h"

struct table {
	const struct sheet *s;
	struct arena *a;
	struct columns c;
	const struct sheet_row *group;     /* the rows belong to it; NULL none */
	const char **texts;                /* of all cells, with their marks' glyphs; row by row */
};

static const double MARGIN = 12 * MM, TITLE = 15, PERIOD = 10.5, NOTE = 8.5;
static const double GREY_HEAD = 0.85, GREY_GROUP = 0.93, GREY_RULE = 0.7;

/* ---- rows -------------------------------------------------------------------------------------------- */

/* A row as it is drawn: of cells, or (spanning) one text over all columns. */
struct line {
	const char **texts;
	const struct sheet_cell *cells;    /* NULL: headings */
	bool spanning, bold;
};

static struct ink ink_of(const struct table *t, const struct line *x, size_t j)
{
	enum cell_mark mark = x->cells ? x->cells[j].mark : CELL_PLAIN;
	return (struct ink){
		.size = t->c.size,
		.bold = x->bold || mark == CELL_GAP || mark == CELL_STRONG,
		.struck = mark == CELL_CANCELLED,
		.right = !x->spanning && t->s->columns[j].align == ALIGN_RIGHT,
	};
}

static double width_of(const struct paper *p, const struct table *t, const struct line *x, size_t j)
{
	return x->spanning ? p->right - p->left : t->c.width[j];
}

static PangoLayout *layout_of(struct paper *p, const struct table *t, const struct line *x, size_t j)
{
	return paper_layout(p, x->texts[j], ink_of(t, x, j), width_of(p, t, x, j) - 2 * t->c.pad);
}

static size_t cells_of(const struct table *t, const struct line *x)
{
	return x->spanning ? 1 : t->s->ncolumns;
}

static double height_of(struct paper *p, const struct table *t, const struct line *x)
{
	double most = 0;
	for (size_t j = 0; j < cells_of(t, x); j++)
		if (*x->texts[j])
			most = MAX(most, paper_height_of(layout_of(p, t, x, j)));
	return MAX(most, t->c.size) + 2 * t->c.pad;
}

/* As many lines of each cell as there is room for, from next[] on, which is moved on. True when all are drawn. */
static bool draw_part(struct paper *p, const struct table *t, const struct line *x, int *next)
{
	bool all = true;
	double most = t->c.size, left = p->left, room = paper_room(p) - 2 * t->c.pad;
	paper_begin(p, "TR");
	for (size_t j = 0; j < cells_of(t, x); j++) {
		double used = 0;
		PangoLayout *l = *x->texts[j] ? layout_of(p, t, x, j) : NULL;
		int n = l ? pango_layout_get_line_count(l) : 0;
		paper_begin(p, x->cells && j && !x->spanning ? "TD" : "TH");
		if (next[j] < n)
			next[j] = paper_lines(p, l, next[j], left + t->c.pad, p->y + t->c.pad, room, &used);
		all = all && next[j] >= n;
		most = MAX(most, used);
		left += width_of(p, t, x, j);
		paper_end(p);
	}
	paper_end(p);
	p->y += most + 2 * t->c.pad;
	paper_box(p, p->left, p->y, p->right - p->left, 0.4, GREY_RULE);
	return all;
}

/* ---- headings ---------------------------------------------------------------------------------------- */

/* Too high to be repeated on each page. */
static bool is_tall(struct paper *p, const struct table *t, const struct line *x)
{
	return height_of(p, t, x) > (p->bottom - p->top) / 4;
}

/* A row over all columns, on grey: headings, a group's. */
static void draw_bar(struct paper *p, const struct table *t, const struct line *x, double grey)
{
	int next[ORDER_COLUMNS] = {0};
	double left = height_of(p, t, x);
	for (bool all = false; !all;) {
		double from = p->y;
		paper_box(p, p->left, p->y, p->right - p->left, MIN(left, paper_room(p)), grey);
		all = draw_part(p, t, x, next);
		left = MAX(0, left - (p->y - from));
		if (!all)
			paper_next_page(p);
	}
}

static struct line headings(const struct table *t)
{
	const char **titles = arena_alloc(t->a, t->s->ncolumns * sizeof *titles);
	for (size_t j = 0; j < t->s->ncolumns; j++)
		titles[j] = t->s->columns[j].title;
	return (struct line){.texts = titles, .bold = true};
}

static void draw_headings(struct paper *p, const struct table *t, bool again)
{
	struct line x = headings(t);
	if (again && is_tall(p, t, &x))
		return;
	draw_bar(p, t, &x, GREY_HEAD);
	paper_box(p, p->left, p->y - 0.4, p->right - p->left, 0.8, 0);
}

static void draw_group(struct paper *p, const struct table *t, const char *text, bool again)
{
	struct line x = {.texts = &text, .spanning = true, .bold = true};
	if (!again || !is_tall(p, t, &x))
		draw_bar(p, t, &x, GREY_GROUP);
}

/* What one must know on each page: which column is what, and what the rows belong to. */
static void next_page(struct paper *p, const struct table *t)
{
	paper_next_page(p);
	draw_headings(p, t, true);
	if (t->group)
		draw_group(p, t, arena_printf(t->a, "%s (%s)", t->group->cells[0].text, p->order->again), true);
}

/* ---- the whole --------------------------------------------------------------------------------------- */

static struct line line_of(const struct table *t, size_t i)
{
	const struct sheet_row *r = &t->s->rows[i];
	return (struct line){.texts = &t->texts[i * t->s->ncolumns], .cells = r->cells, .spanning = r->kind == ROW_GROUP,
		.bold = r->kind != ROW_DATA};
}

/* A row stays whole where a page can hold it. */
static void draw_row(struct paper *p, const struct table *t, const struct line *x)
{
	int next[ORDER_COLUMNS] = {0};
	if (height_of(p, t, x) > paper_room(p))
		next_page(p, t);
	while (!draw_part(p, t, x, next))
		next_page(p, t);
}

/* A group's heading never stands last on a page. */
static void begin_group(struct paper *p, struct table *t, size_t i)
{
	struct line x = line_of(t, i);
	double need = height_of(p, t, &x);
	if (i + 1 < t->s->nrows) {
		struct line first = line_of(t, i + 1);
		need += height_of(p, t, &first);
	}
	t->group = NULL;
	if (need > paper_room(p) && need < (p->bottom - p->top) / 2)
		next_page(p, t);
	draw_group(p, t, x.texts[0], false);
	t->group = &t->s->rows[i];
}

static void draw_rows(struct paper *p, struct table *t)
{
	t->group = NULL;
	for (size_t i = 0; i < t->s->nrows; i++) {
		struct line x = line_of(t, i);
		if (t->s->rows[i].kind == ROW_GROUP)
			begin_group(p, t, i);
		else
			draw_row(p, t, &x);
	}
	if (!t->s->nrows) {
		const char *empty = p->order->empty;
		struct line x = {.texts = &empty, .spanning = true};
		draw_row(p, t, &x);
	}
}

static void draw_below(struct paper *p, const struct table *t)
{
	p->y += 3 * MM;
	for (size_t i = 0; i < t->s->nnotes; i++)
		paper_text(p, "P", t->s->notes[i], (struct ink){.size = NOTE});
	if (*t->s->purpose)
		paper_text(p, "P", t->s->purpose, (struct ink){.size = NOTE});
}

void table_draw(struct paper *p, void *table)
{
	struct table *t = table;
	paper_text(p, "H1", t->s->title, (struct ink){.size = TITLE, .bold = true});
	if (*t->s->period)
		paper_text(p, "P", t->s->period, (struct ink){.size = PERIOD});
	p->y += 3 * MM;
	paper_begin(p, "Table");
	draw_headings(p, t, false);
	draw_rows(p, t);
	paper_end(p);
	for (size_t i = 0; i < t->s->ncharts; i++)
		chart_draw(p, &t->s->charts[i]);
	draw_below(p, t);
}

struct table *table_prepare(struct paper *p, struct arena *a)
{
	const struct sheet *s = p->order->sheet;
	struct table *t = arena_alloc(a, sizeof *t);
	t->s = s;
	t->a = a;
	t->texts = arena_alloc(a, (s->nrows * s->ncolumns + 1) * sizeof *t->texts);
	for (size_t i = 0; i < s->nrows; i++)
		for (size_t j = 0; j < s->ncolumns; j++)
			t->texts[i * s->ncolumns + j] = columns_text(s, &s->rows[i].cells[j]);
	columns_share(p, s, MARGIN, &t->c);
	p->head = *s->period ? arena_printf(a, "%s · %s", s->title, s->period) : s->title;
	paper_set_foot(p);
	return t;
}
