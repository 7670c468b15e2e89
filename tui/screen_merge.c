/* tui/screen_merge.c - see people_priv.h: two records that look like one person, side by side. Owns the comparison;
 * making them one is roster/act.h's, and can be undone. */
#include "tui/people_priv.h"

#include <string.h>

#include "base/lang.h"
#include "roster/act.h"
#include "tui/words.h"

struct row { const char *label, *keep, *drop; bool differs; };

struct merge {
	struct id keep, drop;
	const char *keep_name, *drop_name;
	struct row *rows;
	size_t n;
};

static const struct screen_ops merge_ops;

/* ---- the list -------------------------------------------------------------------------------------------- */
static struct id row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return id_make(3, row + 1);
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct row *r = &((const struct merge *)ctx)->rows[row];
	(void)a;
	return col == 0 ? r->label : col == 1 ? r->keep : r->drop;
}

/* What will stand is plain, what will go is dim. */
static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct row *r = &((const struct merge *)ctx)->rows[row];
	if (col == 0)
		return ROLE_DIM;
	if (col == 2 && *r->keep)
		return r->differs ? ROLE_WARN : ROLE_DIM;
	return ROLE_DEFAULT;
}

static const struct list_source source = {.id = row_id, .cell = row_cell, .role = row_role};
static const struct list_col cols[] = {
	{"field", "", 16, 24, 0, false, false}, {"keep", N_("Stays"), 18, 24, 1, false, false},
	{"drop", N_("Goes into it"), 18, 24, 1, false, false},
};

struct screen *screen_merge(struct app *app, struct id keep, struct id drop)
{
	struct screen *s = screen_new(app, &merge_ops, sizeof(struct merge));
	*(struct merge *)s->data = (struct merge){.keep = keep, .drop = drop};
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

/* ---- reading --------------------------------------------------------------------------------------------- */
static void add_row(struct merge *d, const char *label, const char *keep, const char *drop)
{
	bool differs = *keep && *drop && strcmp(keep, drop) != 0;
	if (*keep || *drop)
		d->rows[d->n++] = (struct row){label, keep, drop, differs};
}

static const char *roles_text(const struct book *b, struct id id, struct arena *a)
{
	const struct person *p = book_person(b, id);
	return p ? person_role_names(b, a, p) : "";
}

static int shifts_text(struct view *v, struct id id, struct arena *a, civil_min now, const char **out, struct err *e)
{
	struct load load;
	int rc = roster_load_of(v, id, civil_from_ymd(1990, 1, 1), civil_from_ymd(2199, 1, 1), now, &load, e);
	*out = rc ? "" : arena_printf(a, "%d", load.shifts);
	return rc;
}

static int merge_load(struct screen *s, struct view *v, struct err *e)
{
	struct merge *d = s->data;
	const struct type *t = schema_type(TYPE_VOLUNTEER);
	struct rec *keep, *drop;
	const char *kept, *dropped;
	struct book *b = app_book(s->app, v, e);
	int rc = b ? view_get(v, s->model, TYPE_VOLUNTEER, d->keep, &keep, e) : e->code;
	if (rc == OK)
		rc = view_get(v, s->model, TYPE_VOLUNTEER, d->drop, &drop, e);
	if (rc)
		return rc;
	if (!keep || !drop || !keep->alive || !drop->alive)
		return err_set(e, ERR_NOTFOUND, _("One of the two is gone already."));
	d->keep_name = view_title(v, s->model, d->keep);
	d->drop_name = view_title(v, s->model, d->drop);
	d->rows = arena_alloc(s->model, (t->nfields + 2) * sizeof *d->rows);
	d->n = 0;
	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];
		add_row(d, _(f->label), view_field_text(v, s->model, f, rec_get(keep, f->no)),
			view_field_text(v, s->model, f, rec_get(drop, f->no)));
	}
	add_row(d, _("Roles"), roles_text(b, d->keep, s->model), roles_text(b, d->drop, s->model));
	rc = shifts_text(v, d->keep, s->model, app_now(s->app), &kept, e);
	if (rc == OK)
		rc = shifts_text(v, d->drop, s->model, app_now(s->app), &dropped, e);
	if (rc)
		return rc;
	add_row(d, _("Shifts"), kept, dropped);
	list_set(s->list, d, d->n);
	return OK;
}

static void merge_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	struct rect text = rect_cut_top(&body, body.rows > 16 ? 3 : 2);
	(void)a;
	rect_cut_left(&text, 2);
	cv_wrap(cv, text, ROLE_DEFAULT, _("Empty fields of the one that stays are filled from the other; roles and "
		"places on shifts "
		"move over; nothing of the one that stays is overwritten."));
	list_draw(s->list, cv, body, a);
}

/* ---- acts -------------------------------------------------------------------------------------------------- */
static void run_merge(struct app *app, struct screen *s)
{
	const struct merge *d = s->data;
	struct screen *card = app_screen_named(app, "volunteer");
	struct change_result r;
	struct err e;
	if (act_merge_people(app_store(app), d->keep, d->drop, &r, &e)) {
		app_fail(app, &e);
		return;
	}
	struct screen *kept = screen_volunteer(app, d->keep);
	app_done(app, &r, _("%s is one record now"), d->keep_name);
	app_pop(app, card ? card : s);
	app_push(app, kept);
}

static void run_swap(struct app *app, struct screen *s)
{
	struct merge *d = s->data;
	struct id keep = d->keep;
	(void)app;
	d->keep = d->drop;
	d->drop = keep;
	screen_reload(s);
}

static const struct action rows[] = {
	{"merge.make", CTX_MERGE, "Ctrl-S F2", N_("Make one"), N_("One record of the two; u takes them apart again"),
		GROUP_DO, 2, ACTION_CHANGES, NULL, run_merge},
	{"merge.swap", CTX_MERGE, "b", N_("Swap"), N_("Let the other one stay"), GROUP_DO, 3, 0, NULL, run_swap},
};

const struct action_set actions_merge = {N_("One person twice"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops merge_ops = {
	.name = "merge", .title = N_("The same person?"), .contexts = CTX_MERGE | CTX_LIST, .load = merge_load,
	.draw = merge_draw,
};
