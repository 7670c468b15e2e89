/* tui/import_rows.c - see importing.h: the rows of one file, what each becomes and why, and the answers to doubts.
 * Owns which rows are shown. */
#include "tui/importing.h"

#include "base/lang.h"
#include "base/text.h"
#include "tui/dialog.h"

enum { SHOW_ALL = 5, SHOWS };

/* A row that is shown: its number in the plan, what it is, and what is to be said of it. */
struct shown_row { size_t at; const char *what, *remark; };

struct import_rows {
	struct importing *im;
	size_t file;
	int show;                          /* a fate, or SHOW_ALL */
	struct shown_row *rows;            /* in the model */
	size_t n;
	/* of the question that is open */
	size_t line, doubt;
};

static const struct screen_ops rows_ops;

static const struct plan_file *file_of(const struct import_rows *d)
{
	return &d->im->files[d->file];
}

static const struct plan_row *row_at(const struct import_rows *d, size_t row)
{
	return &file_of(d)->rows[d->rows[row].at];
}

/* ---- the list -------------------------------------------------------------------------------------------- */
static struct id row_id(const void *ctx, size_t row)
{
	const struct plan_row *r = row_at(ctx, row);
	return id_make(1, r->line);
}

/* What the row is; one that nothing could be made of shows its cells. */
static const char *what_of(const struct plan_file *f, size_t at, struct arena *a)
{
	const struct table_row *cells = at < f->table.nrows ? &f->table.rows[at] : NULL;
	const char *text = "";
	if (f->rows[at].what && *f->rows[at].what)
		return f->rows[at].what;
	for (size_t i = 0; cells && i < cells->n; i++)
		if (*cells->cells[i])
			text = arena_printf(a, "%s%s%s", text, *text ? " · " : "", cells->cells[i]);
	return text;
}

/* What is to be seen at a glance: the open question, else the first remark, else the answer that was given. */
static const char *remark_of(const struct plan_row *r, struct arena *a)
{
	for (size_t i = 0; i < r->ndoubts; i++)
		if (r->doubts[i].chosen < 0)
			return arena_printf(a, "%s %s", r->doubts[i].question, r->doubts[i].why);
	if (r->nremarks)
		return r->remarks[0].text;
	if (r->ndoubts)
		return arena_printf(a, "→ %s", r->doubts[0].choices[r->doubts[0].chosen].label);
	return "";
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct import_rows *d = ctx;
	switch (col) {
	case 0: return arena_printf(a, "%zu", row_at(d, row)->line);
	case 1: return import_fate_label(row_at(d, row)->fate);
	case 2: return d->rows[row].what;
	default: return d->rows[row].remark;
	}
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct plan_row *r = row_at(ctx, row);
	return col == 1 ? fate_role(r->fate) : r->fate == ROW_SAME || col == 3 ? ROLE_DIM : ROLE_DEFAULT;
}

static int compare_rows(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct import_rows *d = ctx;
	const struct plan_row *p = row_at(d, x), *q = row_at(d, y);
	switch (col) {
	case 0: return (p->line > q->line) - (p->line < q->line);
	case 1: return (int)p->fate - (int)q->fate;
	case 2: return text_compare(d->rows[x].what, d->rows[y].what);
	default: return text_compare(d->rows[x].remark, d->rows[y].remark);
	}
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	const struct import_rows *d = ctx;
	if (d->show == SHOW_ALL)
		return _("There are no rows in this file.");
	return arena_printf(a, _("No row is %s. v shows others."), import_fate_label((enum row_fate)d->show));
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .compare = compare_rows, .empty = why_empty,
};

static const struct list_col cols[] = {
	{"line", N_("Row"), 4, 5, 0, true, false}, {"fate", N_("Becomes"), 8, 9, 0, false, false},
	{"what", N_("What"), 20, 36, 2, false, false}, {"remark", N_("Remark"), 12, 24, 2, false, false},
};

/* Doubts are what a person is needed for, so they are shown first. */
struct screen *screen_import_rows(struct app *app, struct importing *im, size_t file)
{
	struct screen *s = screen_new(app, &rows_ops, sizeof(struct import_rows));
	int show = im->files[file].count[ROW_DOUBT] ? ROW_DOUBT : SHOW_ALL;
	*(struct import_rows *)s->data = (struct import_rows){.im = im, .file = file, .show = show};
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

static int rows_load(struct screen *s, struct view *v, struct err *e)
{
	struct import_rows *d = s->data;
	int rc = importing_refresh(d->im, s, v, e);
	if (rc)
		return rc;
	const struct plan_file *f = file_of(d);
	d->rows = arena_alloc(s->model, (f->nrows + 1) * sizeof *d->rows);
	d->n = 0;
	for (size_t i = 0; i < f->nrows; i++)
		if (d->show == SHOW_ALL || (int)f->rows[i].fate == d->show)
			d->rows[d->n++] = (struct shown_row){i, what_of(f, i, s->model),
				remark_of(&f->rows[i], s->model)};
	list_set(s->list, d, d->n);
	return OK;
}

/* ---- picture ---------------------------------------------------------------------------------------------- */
static const char *column_name(const struct plan_file *f, int column)
{
	return column >= 0 && (size_t)column < f->table.ncols ? f->table.head[column] : "";
}

static void draw_line(struct canvas *cv, struct rect *r, enum role role, const char *column, const char *text,
	struct arena *a)
{
	const char *line = *column ? arena_printf(a, "%s: %s", column, text) : text;
	rect_cut_top(r, cv_wrap(cv, *r, role, line));
}

/* The cells of a row in one text. */
static const char *cells_text(const struct plan_file *f, size_t row, const char *between, struct arena *a)
{
	const struct table_row *r = row < f->table.nrows ? &f->table.rows[row] : NULL;
	const char *text = "";
	for (size_t i = 0; r && i < f->table.ncols && i < r->n; i++)
		if (*r->cells[i])
			text = arena_printf(a, "%s%s%s: %s", text, *text ? between : "", f->table.head[i], r->cells[i]);
	return text;
}

/* All that is known about the selected row, and in what is left of the room its cells. */
static void draw_detail(const struct import_rows *d, size_t row, struct canvas *cv, struct rect r, struct arena *a)
{
	const struct plan_file *f = file_of(d);
	const struct plan_row *p = row_at(d, row);
	draw_line(cv, &r, ROLE_TITLE, "", d->rows[row].what, a);
	for (size_t i = 0; i < p->ndoubts; i++) {
		const struct doubt *q = &p->doubts[i];
		bool is_open = q->chosen < 0;
		const char *answer = is_open ? _("Enter answers") : q->choices[q->chosen].label;
		draw_line(cv, &r, is_open ? ROLE_WARN : ROLE_ECHO, column_name(f, q->column),
			arena_printf(a, "%s %s → %s", q->question, q->why, answer), a);
	}
	for (size_t i = 0; i < p->nremarks; i++)
		draw_line(cv, &r, p->fate == ROW_REFUSE ? ROLE_ERROR : ROLE_DEFAULT,
			column_name(f, p->remarks[i].column), p->remarks[i].text, a);
	draw_line(cv, &r, ROLE_DIM, "", cells_text(f, d->rows[row].at, " · ", a), a);
}

static void rows_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct import_rows *d = s->data;
	struct rect detail = rect_cut_bottom(&body, body.rows / 3 < 8 ? body.rows / 3 : 8);
	size_t row;
	list_draw(s->list, cv, body, a);
	int cursor_row = cv->cursor_row, cursor_col = cv->cursor_col;
	cv_rule(cv, detail.row, detail.col, detail.cols, ROLE_DIM, "");
	rect_cut_top(&detail, 1);
	rect_cut_left(&detail, 2);
	if (list_selected(s->list, &row))
		draw_detail(d, row, cv, detail, a);
	cv_cursor(cv, cursor_row, cursor_col);
}

static const char *rows_heading(const struct screen *s, struct arena *a)
{
	const struct import_rows *d = s->data;
	(void)a;
	return file_of(d)->table.name;
}

static const char *rows_status(const struct screen *s, struct arena *a)
{
	const struct import_rows *d = s->data;
	const char *rows = list_status(s->list, a);
	return d->show == SHOW_ALL ? rows : arena_printf(a, "%s · %s", import_fate_label((enum row_fate)d->show), rows);
}

/* ---- which are shown --------------------------------------------------------------------------------------- */
static void set_show(struct app *app, void *ctx, size_t i)
{
	struct import_rows *d = ((struct screen *)ctx)->data;
	(void)app;
	d->show = i == 0 ? SHOW_ALL : (int)i - 1;
	screen_reload(ctx);
}

static void run_show(struct app *app, struct screen *s)
{
	const struct import_rows *d = s->data;
	const struct plan_file *f = file_of(d);
	struct arena *a = app_scratch(app);
	const char *labels[SHOWS];
	labels[0] = arena_printf(a, _("all (%zu)"), f->nrows);
	for (int i = ROW_MAKE; i <= ROW_REFUSE; i++)
		labels[i + 1] = arena_printf(a, "%s (%zu)", import_fate_label((enum row_fate)i), f->count[i]);
	size_t at = d->show == SHOW_ALL ? 0 : (size_t)d->show + 1;
	dialog_choice_at(app, _("Show"), labels, SHOWS, at, set_show, s);
}

/* ---- doubts ------------------------------------------------------------------------------------------------ */
/* The row may have moved while the question was open, so it is found by its line again. */
static struct doubt *asked_doubt(struct import_rows *d)
{
	struct plan_file *f = &d->im->files[d->file];
	for (size_t i = 0; i < f->nrows; i++)
		if (f->rows[i].line == d->line && d->doubt < f->rows[i].ndoubts)
			return &f->rows[i].doubts[d->doubt];
	return NULL;
}

static void answer(struct app *app, void *ctx, size_t i)
{
	struct import_rows *d = ((struct screen *)ctx)->data;
	struct doubt *q = asked_doubt(d);
	if (!q)
		return;
	q->chosen = i < q->nchoices ? (int)i : -1;
	importing_changed(d->im, app);
}

/* The first open one, else the one after that which was asked last. */
static size_t next_doubt(const struct import_rows *d, const struct plan_row *r)
{
	for (size_t i = 0; i < r->ndoubts; i++)
		if (r->doubts[i].chosen < 0)
			return i;
	return d->line == r->line ? (d->doubt + 1) % r->ndoubts : 0;
}

/* What was answered, else what is likely, else none of them. */
static size_t first_answer(const struct doubt *q)
{
	int at = q->chosen >= 0 ? q->chosen : q->likely;
	return at >= 0 ? (size_t)at : q->nchoices;
}

static void ask_doubt(struct app *app, struct screen *s, const struct plan_row *r)
{
	struct import_rows *d = s->data;
	d->doubt = next_doubt(d, r);
	d->line = r->line;
	const struct doubt *q = &r->doubts[d->doubt];
	const char **labels = arena_alloc(app_scratch(app), (q->nchoices + 1) * sizeof *labels);
	for (size_t i = 0; i < q->nchoices; i++)
		labels[i] = (int)i == q->likely
			? arena_printf(app_scratch(app), _("%s (most likely)"), q->choices[i].label)
			: q->choices[i].label;
	labels[q->nchoices] = _("Leave it open");
	dialog_choice_at(app, q->question, labels, q->nchoices + 1, first_answer(q), answer, s);
}

/* The cells as they stand in the file. */
static void show_cells(struct app *app, const struct plan_file *f, size_t row)
{
	struct arena *a = app_scratch(app);
	size_t line = row < f->table.nrows ? f->table.rows[row].line : 1;
	dialog_text(app, arena_printf(a, _("Row %zu as it stands in the file"), line),
		cells_text(f, row, "\n", a));
}

static void run_answer(struct app *app, struct screen *s)
{
	const struct import_rows *d = s->data;
	size_t row;
	list_selected(s->list, &row);
	const struct plan_row *r = row_at(d, row);
	if (r->ndoubts)
		ask_doubt(app, s, r);
	else
		show_cells(app, file_of(d), d->rows[row].at);
}

static void run_cells(struct app *app, struct screen *s)
{
	const struct import_rows *d = s->data;
	size_t row;
	list_selected(s->list, &row);
	show_cells(app, file_of(d), d->rows[row].at);
}

static void run_columns(struct app *app, struct screen *s)
{
	struct import_rows *d = s->data;
	app_push(app, screen_import_columns(app, d->im, d->file));
}

static const struct action rows[] = {
	{"import.answer", CTX_IMPORT_ROWS, "Enter", N_("Answer"),
		N_("Answer the doubt of the row; where there is none, show its cells"),
		GROUP_DO, 2, ACTION_ROW, NULL, run_answer},
	{"import.show", CTX_IMPORT_ROWS, "v", N_("Show"), N_("Only new, doubtful, refused … rows, or all"), GROUP_LIST,
		3, 0, NULL, run_show},
	{"import.cells", CTX_IMPORT_ROWS, "r", N_("The row"), N_("The cells as they stand in the file"), GROUP_DO, 4,
		ACTION_ROW, NULL, run_cells},
	{"import.row-columns", CTX_IMPORT_ROWS, "c", N_("Columns"), N_("What each column of the file means"), GROUP_DO,
		5, 0, NULL, run_columns},
};

const struct action_set actions_import_rows = {N_("Import: rows"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops rows_ops = {
	.name = "import-rows", .title = N_("Rows"), .contexts = CTX_IMPORT_ROWS | CTX_LIST, .load = rows_load,
	.draw = rows_draw,
	.heading = rows_heading, .status = rows_status,
};
