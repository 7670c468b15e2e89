/* tui/import_files.c - see importing.h: the files of an import with what becomes of their rows, and carrying it out.
 * Owns the plan. What is planned is decided in export/import.h. */
#include "tui/importing.h"

#include "base/lang.h"
#include "tui/dialog.h"

struct files {
	struct importing im;
	const char **paths;
	size_t npaths;
	const char *kept;                  /* what was decided before, for the first load; NULL */
	size_t open;                       /* doubts without an answer */
	size_t sum[5];                     /* rows by fate */
};

static const struct screen_ops files_ops;

/* ---- the plan -------------------------------------------------------------------------------------------- */
int importing_refresh(struct importing *im, struct screen *s, struct view *v, struct err *e)
{
	uint64_t version = store_version(app_store(s->app));
	struct book *b = app_book(s->app, v, e);
	int rc = b ? OK : e->code;
	if (rc == OK && (im->is_stale || im->version != version))
		rc = import_replan(im->plan, v, b, e);
	if (rc)
		return rc;
	im->version = version;
	im->is_stale = false;
	im->files = import_files(im->plan, &im->n);
	return OK;
}

void importing_changed(struct importing *im, struct app *app)
{
	im->is_stale = true;
	app_reload(app);
}

enum role fate_role(enum row_fate fate)
{
	static const enum role roles[] = {
		[ROW_MAKE] = ROLE_OK, [ROW_CHANGE] = ROLE_HINT, [ROW_SAME] = ROLE_DIM, [ROW_DOUBT] = ROLE_WARN,
		[ROW_REFUSE] = ROLE_STOP,
	};
	return roles[fate];
}

/* ---- the list -------------------------------------------------------------------------------------------- */
static const struct plan_file *file_at(const void *ctx, size_t row)
{
	return &((const struct files *)ctx)->im.files[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return id_make(0, row + 1);
}

/* What a person is needed for stands first, and goes last where there is no room. */
enum { COL_NAME, COL_KIND, COL_ROWS, COL_FATES };
static const enum row_fate fates[] = {ROW_DOUBT, ROW_REFUSE, ROW_MAKE, ROW_CHANGE, ROW_SAME};

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct plan_file *f = file_at(ctx, row);
	switch (col) {
	case COL_NAME: return f->table.name;
	case COL_KIND: return import_kind_label(f->map.kind);
	case COL_ROWS: return arena_printf(a, "%zu", f->table.nrows);
	default: break;
	}
	size_t n = f->count[fates[col - COL_FATES]];
	return n ? arena_printf(a, "%zu", n) : "–";
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct plan_file *f = file_at(ctx, row);
	if (col == COL_KIND)
		return f->map.kind == IMPORT_UNKNOWN ? ROLE_WARN : ROLE_DEFAULT;
	if (col < COL_FATES)
		return ROLE_DEFAULT;
	return f->count[fates[col - COL_FATES]] ? fate_role(fates[col - COL_FATES]) : ROLE_DIM;
}

static const struct list_source source = {.id = row_id, .cell = row_cell, .role = row_role};

static const struct list_col cols[] = {
	{"file", N_("File"), 14, 22, 2, false, false}, {"kind", N_("Kind"), 13, 13, 0, false, false},
	{"rows", N_("Rows"), 6, 6, 0, true, false}, {"doubt", N_("Doubtful"), 8, 8, 0, true, false},
	{"refused", N_("Refused"), 7, 7, 0, true, false}, {"new", N_("New"), 5, 5, 0, true, false},
	{"changed", N_("Changed"), 7, 7, 0, true, false}, {"same", N_("As it is"), 8, 8, 0, true, false},
};

/* The same files again are the same import. */
static const char *draft_name(struct arena *a, const char *const *paths, size_t n)
{
	char id[ID_TEXT];
	const char *all = "";
	for (size_t i = 0; i < n; i++)
		all = arena_printf(a, "%s\n%s", all, paths[i]);
	return arena_printf(a, "import-%s", id_format(id, id_setting(all)));
}

struct screen *screen_import_files(struct app *app, const char *const *paths, size_t n)
{
	struct screen *s = screen_new(app, &files_ops, sizeof(struct files));
	struct files *d = s->data;
	d->im.arena = s->arena;
	d->paths = arena_alloc(s->arena, (n + 1) * sizeof *d->paths);
	for (d->npaths = 0; d->npaths < n; d->npaths++)
		d->paths[d->npaths] = arena_strdup(s->arena, paths[d->npaths]);
	s->draft = draft_name(s->arena, d->paths, n);
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

/* Once it is written there is nothing to go on with. */
static void files_keep(const struct screen *s, struct buf *out)
{
	const struct files *d = s->data;
	if (d->im.is_done)
		return;
	if (d->im.plan)
		import_keep(d->im.plan, out);
	else if (d->kept)
		buf_adds(out, d->kept);
}

static void files_take_up(struct screen *s, const char *text)
{
	struct files *d = s->data;
	d->kept = arena_strdup(s->arena, text);
}

static void files_close(struct screen *s)
{
	struct files *d = s->data;
	import_free(d->im.plan);
}

static void count(struct files *d)
{
	d->open = 0;
	for (size_t i = 0; i < 5; i++)
		d->sum[i] = 0;
	for (size_t i = 0; i < d->im.n; i++) {
		const struct plan_file *f = &d->im.files[i];
		for (size_t k = 0; k < 5; k++)
			d->sum[k] += f->count[k];
		for (size_t k = 0; k < f->nrows; k++)
			for (size_t q = 0; q < f->rows[k].ndoubts; q++)
				d->open += f->rows[k].doubts[q].chosen < 0;
	}
}

static int files_load(struct screen *s, struct view *v, struct err *e)
{
	struct files *d = s->data;
	int rc = OK;
	if (!d->im.plan) {
		struct book *b = app_book(s->app, v, e);
		rc = b ? import_plan(v, b, d->paths, d->npaths, IMPORT_UNKNOWN, NULL, &d->im.plan, e) : e->code;
		d->im.version = store_version(app_store(s->app));
		if (rc == OK && d->kept) {
			import_take_up(d->im.plan, d->kept);
			d->im.is_stale = true;
		}
	}
	if (rc == OK)
		rc = importing_refresh(&d->im, s, v, e);
	if (rc)
		return rc;
	count(d);
	list_set(s->list, d, d->im.n);
	return OK;
}

/* ---- picture ---------------------------------------------------------------------------------------------- */
static bool has_unknown(const struct files *d)
{
	for (size_t i = 0; i < d->im.n; i++)
		if (d->im.files[i].map.kind == IMPORT_UNKNOWN)
			return true;
	return false;
}

/* What to do next, in one sentence. */
static const char *advice(const struct files *d, struct arena *a)
{
	bool any = d->sum[ROW_MAKE] + d->sum[ROW_CHANGE] + d->sum[ROW_DOUBT] > 0;
	if (has_unknown(d))
		return _("What one of the files holds can't be seen from it: k says it, c says what the columns mean.");
	if (d->open)
		return arena_printf(a, ngettext("%zu doubt is open: Enter on the file shows it, g takes what is near "
			"certain. What is left open isn't read in.",
			"%zu doubts are open: Enter on the file shows them, g takes what is near certain. What is left "
				"open isn't read in.", d->open), d->open);
	if (!any && d->im.is_done)
		return _("All of it stands in the store now. u takes the whole import back.");
	if (!any)
		return _("Everything in these files stands in the store already.");
	return _("i reads it all in as one change. One u takes it back again.");
}

static const char *sum_text(enum row_fate fate, size_t n, struct arena *a)
{
	switch (fate) {
	case ROW_MAKE: return arena_printf(a, ngettext("%zu new   ", "%zu new   ", n), n);
	case ROW_CHANGE: return arena_printf(a, ngettext("%zu changed   ", "%zu changed   ", n), n);
	case ROW_SAME: return arena_printf(a, ngettext("%zu as it is   ", "%zu as they are   ", n), n);
	case ROW_DOUBT: return arena_printf(a, ngettext("%zu doubtful   ", "%zu doubtful   ", n), n);
	case ROW_REFUSE: return arena_printf(a, ngettext("%zu refused   ", "%zu refused   ", n), n);
	}
	return "";
}

static void files_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct files *d = s->data;
	int wanted = (int)d->im.n + 3;
	struct rect list = rect_cut_top(&body, wanted < body.rows - 6 ? wanted : body.rows - 6);
	list_draw(s->list, cv, list, a);
	rect_cut_left(&body, 2);
	struct rect line = rect_cut_top(&body, 2);
	int col = line.col + cv_text(cv, line.row, line.col, line.cols, ROLE_LABEL, _("In all: "));
	for (size_t i = 0; i < sizeof fates / sizeof *fates; i++)
		if (d->sum[fates[i]])
			col += cv_text(cv, line.row, col, line.col + line.cols - col, fate_role(fates[i]),
				sum_text(fates[i], d->sum[fates[i]], a));
	cv_wrap(cv, body, ROLE_DEFAULT, advice(d, a));
}

/* ---- acts -------------------------------------------------------------------------------------------------- */
static size_t selected(const struct screen *s)
{
	size_t row = 0;
	list_selected(s->list, &row);
	return row;
}

static void run_rows(struct app *app, struct screen *s)
{
	struct files *d = s->data;
	app_push(app, screen_import_rows(app, &d->im, selected(s)));
}

static void run_columns(struct app *app, struct screen *s)
{
	struct files *d = s->data;
	app_push(app, screen_import_columns(app, &d->im, selected(s)));
}

static void run_kind(struct app *app, struct screen *s)
{
	struct files *d = s->data;
	(void)app;
	import_ask_kind(s, &d->im, selected(s));
}

static const char *refuse_accept(struct app *app, struct screen *s)
{
	const struct files *d = s->data;
	(void)app;
	return d->open ? NULL : _("There is no open doubt.");
}

static void run_accept(struct app *app, struct screen *s)
{
	struct files *d = s->data;
	size_t before = d->open, after = 0;
	import_accept(d->im.plan);
	count(d);
	after = d->open;
	importing_changed(&d->im, app);
	app_toast(app, ngettext("%zu doubt answered as it most likely is; %zu left",
		"%zu doubts answered as they most likely are; %zu left",
		before - after), before - after, after);
}

static const char *refuse_write(struct app *app, struct screen *s)
{
	const struct files *d = s->data;
	(void)app;
	return d->sum[ROW_MAKE] + d->sum[ROW_CHANGE] + d->sum[ROW_DOUBT] ? NULL : _("There is nothing new to read in.");
}

static void run_write(struct app *app, struct screen *s)
{
	struct files *d = s->data;
	struct change_result r = {0};
	struct err e;
	if (import_apply(d->im.plan, app_store(app), false, &r, &e)) {
		app_fail(app, &e);
		return;
	}
	d->im.is_done = r.dot.no != 0;
	importing_changed(&d->im, app);
	app_done(app, &r, ngettext("Read in: %zu record", "Read in: %zu records", r.records), r.records);
}

static const struct action rows[] = {
	{"import.rows", CTX_IMPORT_FILES, "Enter", N_("Rows"),
		N_("Row by row: what it becomes, and what is doubtful or refused and why"),
		GROUP_DO, 3, ACTION_ROW, NULL, run_rows},
	{"import.write", CTX_IMPORT_FILES, "i", N_("Read in"), N_("Write everything that is decided, as one change"),
		GROUP_DO, 2, ACTION_CHANGES, refuse_write, run_write},
	{"import.accept", CTX_IMPORT_FILES, "g", N_("Near certain"),
		N_("Answer each doubt that has one answer near certain; the rest stays open"),
		GROUP_DO, 4, 0, refuse_accept, run_accept},
	{"import.columns", CTX_IMPORT_FILES, "c", N_("Columns"), N_("What each column of the file means"),
		GROUP_DO, 5, ACTION_ROW, NULL, run_columns},
	{"import.kind", CTX_IMPORT_FILES, "k", N_("Kind"), N_("Which kind of rows the file holds"),
		GROUP_DO, 6, ACTION_ROW, NULL, run_kind},
};

const struct action_set actions_import_files = {N_("Import: files"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops files_ops = {
	.name = "import-files", .title = N_("What would be read in"), .contexts = CTX_IMPORT_FILES | CTX_LIST,
	.load = files_load,
	.draw = files_draw, .keep = files_keep, .take_up = files_take_up, .close = files_close,
};
