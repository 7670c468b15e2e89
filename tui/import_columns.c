/* tui/import_columns.c - see importing.h: what the columns of one file mean. Owns how the mapping is corrected; it
 * is guessed in export/import.h. */
#include "tui/importing.h"

#include <string.h>

#include "base/lang.h"
#include "tui/dialog.h"

enum { SAMPLES = 3 };

struct import_columns {
	struct importing *im;
	size_t file, asked;
};

static const struct screen_ops columns_ops;

static struct plan_file *file_of(const struct import_columns *d)
{
	return &d->im->files[d->file];
}

/* ---- the list -------------------------------------------------------------------------------------------- */
static struct id row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return id_make(2, row + 1);
}

/* A few cells that differ, so that one sees what the column holds. */
static const char *samples(const struct table *t, size_t col, struct arena *a)
{
	const char *text = "", *last = "";
	size_t n = 0;
	for (size_t i = 0; i < t->nrows && n < SAMPLES; i++) {
		const char *cell = col < t->rows[i].n ? t->rows[i].cells[col] : "";
		if (!*cell || strcmp(cell, last) == 0)
			continue;
		text = arena_printf(a, "%s%s%s", text, n++ ? " · " : "", cell);
		last = cell;
	}
	return text;
}

static const char *meaning(const struct plan_file *f, size_t col)
{
	size_t n;
	const struct target *targets = import_targets(f->map.kind, &n);
	int at = col < f->map.ncols ? f->map.column[col] : 0;
	return n ? _(targets[at > 0 && (size_t)at < n ? at : 0].label) : "";
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct plan_file *f = file_of(ctx);
	return col == 0 ? f->table.head[row] : col == 1 ? meaning(f, row) : samples(&f->table, row, a);
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct plan_file *f = file_of(ctx);
	bool taken = row < f->map.ncols && f->map.column[row] > 0;
	return col == 2 ? ROLE_DIM : !taken ? ROLE_DIM : col == 1 ? ROLE_ECHO : ROLE_DEFAULT;
}

static const struct list_source source = {.id = row_id, .cell = row_cell, .role = row_role};
static const struct list_col cols[] = {
	{"head", N_("Column"), 14, 22, 1, false, false}, {"meaning", N_("Means"), 14, 24, 0, false, false},
	{"samples", N_("For instance"), 14, 24, 3, false, false},
};

struct screen *screen_import_columns(struct app *app, struct importing *im, size_t file)
{
	struct screen *s = screen_new(app, &columns_ops, sizeof(struct import_columns));
	*(struct import_columns *)s->data = (struct import_columns){.im = im, .file = file};
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

static int columns_load(struct screen *s, struct view *v, struct err *e)
{
	struct import_columns *d = s->data;
	int rc = importing_refresh(d->im, s, v, e);
	if (rc == OK)
		list_set(s->list, d, file_of(d)->table.ncols);
	return rc;
}

static void columns_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct plan_file *f = file_of(s->data);
	struct rect line = rect_cut_top(&body, 2);
	cv_printf(cv, line.row, line.col + 2, line.cols - 2, ROLE_LABEL, _("The rows are: %s"),
		import_kind_label(f->map.kind));
	list_draw(s->list, cv, body, a);
}

static const char *columns_heading(const struct screen *s, struct arena *a)
{
	return arena_printf(a, _("Columns of %s"), file_of(s->data)->table.name);
}

/* ---- correcting --------------------------------------------------------------------------------------------- */
static void set_meaning(struct app *app, void *ctx, size_t i)
{
	struct import_columns *d = ((struct screen *)ctx)->data;
	file_of(d)->map.column[d->asked] = (int)i;
	importing_changed(d->im, app);
}

static void run_meaning(struct app *app, struct screen *s)
{
	struct import_columns *d = s->data;
	struct plan_file *f = file_of(d);
	size_t n;
	const struct target *targets = import_targets(f->map.kind, &n);
	list_selected(s->list, &d->asked);
	const char **labels = arena_alloc(app_scratch(app), (n + 1) * sizeof *labels);
	for (size_t i = 0; i < n; i++)
		labels[i] = _(targets[i].label);
	int at = d->asked < f->map.ncols ? f->map.column[d->asked] : 0;
	dialog_choice_at(app, arena_printf(app_scratch(app), _("'%s' means"), f->table.head[d->asked]), labels, n,
		at > 0 ? (size_t)at : 0, set_meaning, s);
}

static const char *refuse_meaning(struct app *app, struct screen *s)
{
	(void)app;
	return file_of(s->data)->map.kind == IMPORT_UNKNOWN ? _("Say first which kind of rows these are (k).") : NULL;
}

/* ---- the kind ------------------------------------------------------------------------------------------------ */
struct asked_kind { struct importing *im; size_t file; };

/* The columns are guessed anew: what a heading means depends on the kind. */
static void set_kind(struct app *app, void *ctx, size_t i)
{
	const struct asked_kind *q = ctx;
	struct plan_file *f = &q->im->files[q->file];
	import_guess(q->im->arena, &f->table, (enum import_kind)(IMPORT_UNITS + (int)i), &f->map);
	importing_changed(q->im, app);
}

void import_ask_kind(struct screen *s, struct importing *im, size_t file)
{
	enum { KINDS = IMPORT_GRID - IMPORT_UNITS + 1 };
	const char *labels[KINDS];
	struct asked_kind *q = arena_alloc(s->arena, sizeof *q);
	*q = (struct asked_kind){im, file};
	for (int i = 0; i < KINDS; i++)
		labels[i] = import_kind_label((enum import_kind)(IMPORT_UNITS + i));
	enum import_kind now = im->files[file].map.kind;
	dialog_choice_at(s->app, arena_printf(app_scratch(s->app), _("The rows of %s are"), im->files[file].table.name),
		labels, KINDS, now == IMPORT_UNKNOWN || now > IMPORT_GRID ? 0 : (size_t)(now - IMPORT_UNITS), set_kind, q);
}

static void run_kind(struct app *app, struct screen *s)
{
	struct import_columns *d = s->data;
	(void)app;
	import_ask_kind(s, d->im, d->file);
}

static const struct action rows[] = {
	{"columns.meaning", CTX_IMPORT_COLUMNS, "Enter", N_("Means"),
		N_("Choose what the column under the cursor means"),
		GROUP_DO, 2, ACTION_ROW, refuse_meaning, run_meaning},
	{"columns.kind", CTX_IMPORT_COLUMNS, "k", N_("Kind"),
		N_("Which kind of rows the file holds; the columns are guessed anew"),
		GROUP_DO, 3, 0, NULL, run_kind},
};

const struct action_set actions_import_columns = {N_("Import: columns"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops columns_ops = {
	.name = "import-columns", .title = N_("Columns"), .contexts = CTX_IMPORT_COLUMNS | CTX_LIST,
	.load = columns_load,
	.draw = columns_draw, .heading = columns_heading,
};
