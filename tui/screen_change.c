/* tui/screen_change.c - what one change group wrote: record, field, from what to what. Owns that picture; the words
 * are changes.c's, and undo is everybody's. */
#include "tui/changes_priv.h"

#include "base/lang.h"
#include "tui/changes.h"
#include "tui/words.h"

/* An import can have written tens of thousands of fields; nobody reads them one by one. */
enum { ROWS_MOST = 1000 };

struct row { const char *section, *field, *from, *to; struct write write; };

struct change_data {
	struct dot dot;
	const char *label, *who, *when;
	bool undone;
	struct row *rows;
	size_t n, all;
};

static const struct screen_ops change_ops;

static struct id row_id(const void *ctx, size_t row)
{
	const struct write *w = &((const struct change_data *)ctx)->rows[row].write;
	return list_id_in(w->id, w->field);
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct row *r = &((const struct change_data *)ctx)->rows[row];
	(void)a;
	return col == 0 ? r->field : col == 1 ? r->from : r->to;
}

static const char *row_section(const void *ctx, size_t row)
{
	return ((const struct change_data *)ctx)->rows[row].section;
}

static const struct list_source source = {.id = row_id, .cell = row_cell, .section = row_section};
static const struct list_col cols[] = {
	{"field", N_("Field"), 14, 24, 0, false, false}, {"from", N_("From"), 14, 20, 1, false, false},
	{"to", N_("To"), 14, 20, 1, false, false},
};

struct screen *screen_change(struct app *app, struct dot dot)
{
	struct screen *s = screen_new(app, &change_ops, sizeof(struct change_data));
	((struct change_data *)s->data)->dot = dot;
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

static void read_rows(struct change_data *d, struct changes *c, const struct group *g)
{
	d->all = g->nwrites;
	d->n = g->nwrites < ROWS_MOST ? g->nwrites : ROWS_MOST;
	d->rows = arena_alloc(c->a, (d->n + 1) * sizeof *d->rows);
	for (size_t i = 0; i < d->n; i++) {
		const struct write *w = &g->writes[i];
		struct change_text t = changes_text(c, w);
		bool same = i && id_equal(w->id, g->writes[i - 1].id);
		const char *section = same ? d->rows[i - 1].section : arena_printf(c->a, "%s: %s", t.type, t.record);
		d->rows[i] = (struct row){section, t.field, t.from, t.to, *w};
	}
}

static int change_load(struct screen *s, struct view *v, struct err *e)
{
	struct change_data *d = s->data;
	struct changes c = {.v = v, .a = s->model};
	struct group *g;
	int rc = log_get(v, s->model, d->dot, &g, e);
	if (rc == OK)
		rc = log_is_undone(v, d->dot, &d->undone, e);
	if (rc)
		return rc;
	d->label = log_label(v, s->model, g);
	d->who = g->person;
	d->when = words_moment(s->model, civil_from_utc(g->clock), app_today(s->app));
	read_rows(d, &c, g);
	list_set(s->list, d, d->n);
	return OK;
}

static void change_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct change_data *d = s->data;
	struct rect head = rect_cut_top(&body, 3);
	rect_cut_left(&head, 2);
	cv_text(cv, head.row, head.col, head.cols, ROLE_TITLE, d->label);
	int used = cv_printf(cv, head.row + 1, head.col, head.cols, ROLE_DIM, "%s · %s", d->who, d->when);
	if (d->undone)
		cv_printf(cv, head.row + 1, head.col + used, head.cols - used, ROLE_WARN, " · %s", _("undone"));
	if (d->all > d->n) {
		struct rect more = rect_cut_bottom(&body, 1);
		cv_text(cv, more.row, more.col + 2, more.cols - 2, ROLE_DIM,
			arena_printf(a, _("The first %zu of %zu are shown."), d->n, d->all));
	}
	list_draw(s->list, cv, body, a);
}

static struct dot change_undoes(const struct screen *s)
{
	return ((const struct change_data *)s->data)->dot;
}

static void run_history(struct app *app, struct screen *s)
{
	const struct change_data *d = s->data;
	size_t row;
	list_selected(s->list, &row);
	app_push(app, screen_history(app, d->rows[row].write.id));
}

static const struct action rows[] = {
	{"change.history", CTX_CHANGE, "h", N_("History"), N_("All changes of the record under the cursor"),
		GROUP_DO, 4, ACTION_ROW, NULL, run_history},
};

const struct action_set actions_change = {N_("A change"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops change_ops = {
	.name = "change", .title = N_("A change"), .contexts = CTX_CHANGE | CTX_LIST, .load = change_load,
	.draw = change_draw,
	.undoes = change_undoes,
};
