/* tui/screen_fixed.c - see series_priv.h: who has fixed places in a series of shifts: list, form, taking one away.
 *
 * Owns what is shown and asked. What becomes of the shifts is roster/series.h's. */
#include "tui/series_priv.h"

#include "base/lang.h"
#include "tui/act_form.h"
#include "tui/dialog.h"

struct places {
	struct id series;
	const struct series *one;          /* NULL: gone */
	const struct fixed *rows;
	size_t n;
	const struct book *b;
	struct series_list l;
	struct id holder;                  /* whom a question is about */
};

static const struct screen_ops fixed_ops;

static struct id fixed_id(const void *ctx, size_t row)
{
	return ((const struct places *)ctx)->rows[row].id;
}

static const char *fixed_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct places *d = ctx;
	const char *when = fixed_when(a, &d->rows[row]);
	if (col == 0)
		return fixed_name(d->b, a, &d->rows[row]);
	return *when ? when : _("each time");
}

static const char *no_fixed(const void *ctx, struct arena *a)
{
	(void)ctx;
	(void)a;
	return _("Nobody has a fixed place here yet. o gives one.");
}

static const struct list_col fixed_cols[] = {
	{"name", N_("Name"), 20, 30, 1, false, false}, {"when", N_("When"), 16, 40, 2, false, false},
};

static const struct list_source fixed_source = {.id = fixed_id, .cell = fixed_cell, .empty = no_fixed};

struct screen *screen_fixed(struct app *app, struct id series)
{
	struct screen *s = screen_new(app, &fixed_ops, sizeof(struct places));
	((struct places *)s->data)->series = series;
	s->list = list_new(&fixed_source, fixed_cols, sizeof fixed_cols / sizeof *fixed_cols);
	return s;
}

static int fixed_load(struct screen *s, struct view *v, struct err *e)
{
	struct places *d = s->data;
	d->b = app_book(s->app, v, e);
	if (!d->b)
		return e->code;
	int rc = series_load(v, s->model, &d->l, e);
	d->one = rc == OK ? series_get(&d->l, d->series) : NULL;
	if (rc == OK && !d->one)
		rc = err_set(e, ERR_NOTFOUND, _("there is no such series of shifts, or it has been deleted"));
	if (rc)
		return rc;
	d->rows = series_fixed(&d->l, d->one, &d->n);
	list_set(s->list, d, d->n);
	return OK;
}

static void fixed_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	list_draw(s->list, cv, body, a);
}

static const char *fixed_heading(const struct screen *s, struct arena *a)
{
	const struct places *d = s->data;
	if (!d->one)
		return _("Fixed places");
	return arena_printf(a, "%s · %s", _("Fixed places"), series_when(a, d->one));
}

static const struct fixed *selected(const struct screen *s)
{
	const struct places *d = s->data;
	size_t row;
	return list_selected(s->list, &row) ? &d->rows[row] : NULL;
}

/* ---- the form --------------------------------------------------------------------------------------------------- */

struct fixed_form { struct id series; struct series_done done; };

static int save_fixed(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	struct fixed_form *d = act_form_data(s);
	struct value places = form_value(s->form, F_SERIES_PLACE_PLACES), every = form_value(s->form, F_SERIES_PLACE_EVERY);
	struct value days = form_value(s->form, F_SERIES_PLACE_DAYS);
	const struct fixed how = {
		.volunteer = act_form_id(s, F_SERIES_PLACE_VOLUNTEER), .organisation = act_form_id(s, F_SERIES_PLACE_ORGANISATION),
		.places = places.tag == V_INT ? (int)places.i : 1, .every = every.tag == V_INT ? (int)every.i : 0,
		.days = days.tag == V_INT ? (int)days.i : 0, .from = act_form_date(s, F_SERIES_PLACE_FROM), .until = act_form_date(s, F_SERIES_PLACE_UNTIL),
	};
	if (id_is_none(how.volunteer) && id_is_none(how.organisation))
		return err_set(e, ERR_DATA, _("say who: a volunteer, or an organisation"));
	int rc = series_fix(app_store(s->app), app_scratch(s->app), d->series, &how, &d->done, r, e);
	*said = arena_printf(app_scratch(s->app), _("The place is fixed · %s"), rc ? "" : series_counts(app_scratch(s->app), &d->done));
	return rc;
}

static void saved(struct app *app, const void *data)
{
	series_show_told(app, &((const struct fixed_form *)data)->done);
}

static const struct act_form_sort fixed_sort = {N_("Fixed place"), save_fixed, NULL, saved};

static struct screen *fixed_form(struct app *app, struct id series, const char *about)
{
	static const int numbers[] = {F_SERIES_PLACE_VOLUNTEER, F_SERIES_PLACE_ORGANISATION, F_SERIES_PLACE_PLACES, F_SERIES_PLACE_EVERY,
		F_SERIES_PLACE_DAYS, F_SERIES_PLACE_FROM, F_SERIES_PLACE_UNTIL};
	enum { N = sizeof numbers / sizeof *numbers };
	const struct field *fields[N];
	for (size_t i = 0; i < N; i++)
		fields[i] = schema_field(TYPE_SERIES_PLACE, numbers[i]);
	struct screen *s = act_form_new(app, &fixed_sort, fields, N, about, sizeof(struct fixed_form));
	((struct fixed_form *)act_form_data(s))->series = series;
	return s;
}

static void run_new(struct app *app, struct screen *s)
{
	const struct places *d = s->data;
	app_push(app, fixed_form(app, d->series, series_when(app_scratch(app), d->one)));
}

static struct value counted(int n)
{
	return n ? value_int(n) : value_none();
}

static void run_edit(struct app *app, struct screen *s)
{
	const struct places *d = s->data;
	const struct fixed *f = selected(s);
	struct screen *form = fixed_form(app, d->series, series_when(app_scratch(app), d->one));
	if (id_is_none(f->volunteer))
		form_choose(form->form, F_SERIES_PLACE_ORGANISATION, f->organisation, book_name(d->b, f->organisation));
	else
		form_choose(form->form, F_SERIES_PLACE_VOLUNTEER, f->volunteer, book_name(d->b, f->volunteer));
	form_put(form->form, F_SERIES_PLACE_PLACES, id_is_none(f->volunteer) ? value_int(f->places) : value_none(), NULL);
	form_put(form->form, F_SERIES_PLACE_EVERY, counted(f->every), NULL);
	form_put(form->form, F_SERIES_PLACE_DAYS, counted(f->days), NULL);
	form_put(form->form, F_SERIES_PLACE_FROM, value_date_or_none(f->from), NULL);
	form_put(form->form, F_SERIES_PLACE_UNTIL, value_date_or_none(f->until), NULL);
	form_set_focus(form->form, F_SERIES_PLACE_EVERY);
	form_set_clean(form->form);
	app_push(app, form);
}

/* ---- taking one away -------------------------------------------------------------------------------------------- */

static void remove_chosen(struct app *app, void *ctx, size_t i)
{
	struct places *d = ctx;
	struct series_done done;
	struct change_result r;
	struct err e;
	if (i > 1)
		return;
	if (series_unfix(app_store(app), app_scratch(app), d->series, d->holder, i == 1, &done, &r, &e)) {
		app_fail(app, &e);
		return;
	}
	app_done(app, &r, "%s", _("The place isn't fixed any more"));
}

static void run_remove(struct app *app, struct screen *s)
{
	struct places *d = s->data;
	const struct fixed *f = selected(s);
	const char *labels[] = {_("Stays on the shifts that are made"), _("Comes off the coming shifts too"), _("Leave it as it is")};
	d->holder = id_is_none(f->volunteer) ? f->organisation : f->volunteer;
	dialog_choice(app, arena_printf(app_scratch(app), _("%s no longer has a fixed place"), fixed_name(d->b, app_scratch(app), f)), labels, 3,
		remove_chosen, d);
}

static const struct action fixed_rows[] = {
	{"fixed.edit", CTX_SERIES_FIXED, "Enter", N_("Edit"), N_("How often, on which days, from and until when"),
		GROUP_DO, 2, ACTION_ROW | ACTION_CHANGES, NULL, run_edit},
	{"fixed.new", CTX_SERIES_FIXED, "o", N_("New"), N_("Gives a volunteer or an organisation a fixed place; on the coming shifts at once"),
		GROUP_DO, 3, ACTION_CHANGES, NULL, run_new},
	{"fixed.remove", CTX_SERIES_FIXED, "Delete s", N_("Remove"), N_("Takes the fixed place away; asks what becomes of the coming shifts"),
		GROUP_DO, 4, ACTION_ROW | ACTION_CHANGES, NULL, run_remove},
};

const struct action_set actions_fixed = {N_("Fixed places"), NULL, fixed_rows, sizeof fixed_rows / sizeof *fixed_rows};

static const struct screen_ops fixed_ops = {
	.name = "fixed", .title = N_("Fixed places"), .contexts = CTX_SERIES_FIXED | CTX_LIST, .load = fixed_load, .draw = fixed_draw,
	.heading = fixed_heading,
};
