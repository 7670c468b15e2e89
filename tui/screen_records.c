/* tui/screen_records.c - see screens.h: the list of all records of a type. Owns what can be done there: filter by
 * status, add, edit, delete, open. What stands in the rows is records_rows.c's. */
#include "tui/records_priv.h"

#include "base/lang.h"
#include "base/text.h"
#include "roster/act.h"
#include "roster/register.h"
#include "tui/detail.h"
#include "tui/dialog.h"
#include "tui/people_priv.h"
#include "tui/shifts_priv.h"

enum { WIDE = 100, LABEL_COLS = 18 };

static const struct screen_ops records_ops, people_ops, pausable_ops;

struct screen *screen_records(struct app *app, int type)
{
	const struct screen_ops *ops = type == TYPE_VOLUNTEER ? &people_ops
		: type == TYPE_UNIT || type == TYPE_ROLE ? &pausable_ops : &records_ops;
	struct screen *s = screen_new(app, ops, sizeof(struct records));
	struct records *d = s->data;
	d->type = schema_type(type);
	d->show = type == TYPE_VOLUNTEER ? SHOW_CURRENT : SHOW_ALL;
	records_make_columns(d, s->arena);
	s->list = list_new(&records_source, d->cols, d->ncols);
	d->list = s->list;
	return s;
}

static int records_load(struct screen *s, struct view *v, struct err *e)
{
	struct records *d = s->data;
	int rc = records_read(d, s, v, e);
	if (rc)
		return rc;
	list_set(s->list, d, d->n);
	if (!id_is_none(d->wanted) && list_select(s->list, d->wanted))
		d->wanted = ID_NONE;
	return OK;
}

/* ---- picture ------------------------------------------------------------------------------------------- */
static const char *show_name(int show, struct arena *a)
{
	const struct choice *c = schema_choice(SET_VOLUNTEER_STATUS, show);
	switch (show) {
	case SHOW_CURRENT: return _("current");
	case SHOW_ALL: return _("all");
	case SHOW_TWINS: return _("look alike");
	default: return arena_printf(a, "%s", c ? _(c->label) : "");
	}
}

static const char *records_status(const struct screen *s, struct arena *a)
{
	const struct records *d = s->data;
	const char *rows = list_status(s->list, a);
	return d->type->no == TYPE_VOLUNTEER ? arena_printf(a, "%s · %s", show_name(d->show, a), rows) : rows;
}

static const char *records_heading(const struct screen *s, struct arena *a)
{
	const struct records *d = s->data;
	(void)a;
	return _(d->type->plural);
}

/* All that is known about the selected row, beside the list. */
static void draw_detail(const struct records *d, size_t row, struct canvas *cv, struct rect r, struct arena *a)
{
	struct rect line = rect_cut_top(&r, 2);
	cv_text(cv, line.row, line.col, line.cols, ROLE_TITLE, d->rows[row].name);
	for (size_t i = 1; i < d->ncols && r.rows > 0; i++)
		detail_fact(cv, &r, LABEL_COLS, ROLE_DEFAULT, _(d->cols[i].title), records_cell(d, row, i, a));
}

static void records_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct records *d = s->data;
	struct rect detail = {0};
	size_t row;
	bool is_wide = body.cols >= WIDE && list_selected(s->list, &row);
	if (is_wide) {
		detail = rect_cut_right(&body, body.cols * 2 / 5);
		draw_divider(cv, &detail);
		rect_cut_right(&body, 1);
		draw_detail(d, row, cv, detail, a);
	}
	list_draw(s->list, cv, body, a);
}

/* ---- which are shown ------------------------------------------------------------------------------------ */
static const int shows[] = {SHOW_CURRENT, VOLUNTEER_ACTIVE, VOLUNTEER_APPLICANT, VOLUNTEER_PAUSE, VOLUNTEER_ENDED,
	SHOW_ALL, SHOW_TWINS};
enum { NSHOWS = sizeof shows / sizeof *shows };

static size_t show_count(const struct records *d, int show)
{
	size_t all = 0;
	for (size_t i = 0; i < sizeof d->count / sizeof *d->count; i++)
		all += d->count[i];
	switch (show) {
	case SHOW_CURRENT: return all - d->count[VOLUNTEER_ENDED];
	case SHOW_ALL: return all;
	case SHOW_TWINS: return d->ntwins;
	default: return d->count[show];
	}
}

static void set_show(struct app *app, void *ctx, size_t i)
{
	struct screen *s = ctx;
	struct records *d = s->data;
	(void)app;
	d->show = shows[i];
	screen_reload(s);
}

static void run_show(struct app *app, struct screen *s)
{
	struct arena *a = app_scratch(app);
	const char *labels[NSHOWS];
	for (size_t i = 0; i < NSHOWS; i++)
		labels[i] = arena_printf(a, "%s (%zu)", show_name(shows[i], a), show_count(s->data, shows[i]));
	size_t at = 0;
	while (at + 1 < NSHOWS && shows[at] != ((const struct records *)s->data)->show)
		at++;
	dialog_choice_at(app, _("Show"), labels, NSHOWS, at, set_show, s);
}

/* ---- opening, adding, editing --------------------------------------------------------------------------- */
static void run_open(struct app *app, struct screen *s)
{
	const struct records *d = s->data;
	struct id id = list_selected_id(s->list);
	if (d->type->no == TYPE_VOLUNTEER)
		app_push(app, screen_volunteer(app, id));
	else if (d->type->no == TYPE_ROLE)
		app_push(app, screen_role(app, id));
	else
		app_push(app, screen_record_form(app, d->type->no, id, NULL, NULL));
}

static void select_saved(struct app *app, void *ctx, struct id id)
{
	struct records *d = ((struct screen *)ctx)->data;
	(void)app;
	d->wanted = id;
}

static void run_add(struct app *app, struct screen *s)
{
	const struct records *d = s->data;
	app_push(app, screen_record_form(app, d->type->no, ID_NONE, select_saved, s));
}

static void run_edit(struct app *app, struct screen *s)
{
	const struct records *d = s->data;
	app_push(app, screen_record_form(app, d->type->no, list_selected_id(s->list), NULL, NULL));
}

static void run_history(struct app *app, struct screen *s)
{
	app_push(app, screen_history(app, list_selected_id(s->list)));
}

/* ---- deleting --------------------------------------------------------------------------------------------- */
static void run_delete(struct app *app, struct screen *s)
{
	const struct records *d = s->data;
	struct arena *a = app_scratch(app);
	struct change_result r;
	struct err e;
	size_t n, row = 0;
	struct id *ids = list_targets(s->list, a, &n);
	list_selected(s->list, &row);
	const char *name = arena_strdup(a, d->rows[row].name);
	int rc = d->type->no == TYPE_SHIFT ? act_delete_shifts(app_store(app), ids, n, &r, &e)
		: register_delete(app_store(app), d->type->no, ids, n, &r, &e);
	if (rc) {
		app_fail(app, &e);
		return;
	}
	if (n == 1)
		app_done(app, &r, _("%s is deleted"), name);
	else
		app_done(app, &r, ngettext("%zu is deleted", "%zu are deleted", n), n);
	list_unmark(s->list);
}

/* ---- the tables ------------------------------------------------------------------------------------------- */
static const struct action rows[] = {
	{"records.open", CTX_RECORDS, "Enter", N_("Open"), N_("Everything about the one under the cursor"),
		GROUP_DO, 2, ACTION_ROW, NULL, run_open},
	{"records.add", CTX_RECORDS, "o", N_("New"), N_("Add one"), GROUP_DO, 3, ACTION_CHANGES, NULL, run_add},
	{"records.edit", CTX_RECORDS, "r", N_("Edit"), N_("Change what is written about it"),
		GROUP_DO, 4, ACTION_ROW | ACTION_CHANGES, NULL, run_edit},
	{"records.show", CTX_PEOPLE_LIST, "v", N_("Show"), N_("Only active, applicants, on pause …, or all"),
		GROUP_LIST, 5, 0, NULL, run_show},
	{"records.delete", CTX_RECORDS, "Delete s", N_("Delete"), N_("This one or all marked; u takes it back"),
		GROUP_DO, 8, ACTION_ROW | ACTION_BULK | ACTION_CHANGES, NULL, run_delete},
	{"records.history", CTX_RECORDS, "h", N_("History"), N_("Who changed it, when, and from what"),
		GROUP_DO, 9, ACTION_ROW, NULL, run_history},
};

static void open_people(struct app *app)
{
	app_go(app, screen_records(app, TYPE_VOLUNTEER));
}

const struct action_set actions_records = {N_("Lists"), open_people, rows, sizeof rows / sizeof *rows};

static const struct screen_ops records_ops = {
	.name = "records", .title = N_("List"), .contexts = CTX_RECORDS | CTX_LIST, .load = records_load,
	.draw = records_draw, .status = records_status, .heading = records_heading,
};

static const struct screen_ops pausable_ops = {
	.name = "records", .title = N_("List"), .contexts = CTX_RECORDS | CTX_PAUSABLE | CTX_LIST, .load = records_load,
	.draw = records_draw, .status = records_status, .heading = records_heading,
};

static const struct screen_ops people_ops = {
	.name = "volunteers", .title = N_("Volunteers"),
	.contexts = CTX_RECORDS | CTX_PEOPLE | CTX_PEOPLE_LIST | CTX_LIST,
	.load = records_load, .draw = records_draw, .status = records_status, .heading = records_heading,
};
