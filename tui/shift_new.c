/* tui/shift_new.c - the form of a new shift: where, what, when in one line as one says it, how many.
 *
 * Owns what is asked and how the answers become a shift. Saving is act_add_shift's. */
#include "tui/shifts_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "tui/seek.h"

enum { F_UNIT = 1, F_ROLE, F_WHEN, F_NEED, F_WISHED, F_NOTE };

static const struct field fields[] = {
	{F_UNIT, "unit", KIND_REF, TYPE_UNIT, FIELD_REQ, 0, N_("Place"), N_("Where to meet")},
	{F_ROLE, "role", KIND_REF, TYPE_ROLE, FIELD_REQ, 0, N_("Role"), N_("What is to be done")},
	{F_WHEN, "when", KIND_TEXT, 0, FIELD_REQ, 80, N_("When"), N_("E.g. 3/12 8-11, tomorrow 14-16, sat 20-02")},
	{F_NEED, "need", KIND_INT, 0, FIELD_REQ, 99, N_("Places needed"), N_("How many must come")},
	{F_WISHED, "wished", KIND_INT, 0, 0, 99, N_("Places wished"),
		N_("More than this is overfull; empty means as needed")},
	{F_NOTE, "note", KIND_LONGTEXT, 0, 0, 500, N_("Note"), N_("Stands on the roster; no names of patients")},
};
enum { FIELDS = sizeof fields / sizeof *fields };

struct new_data { struct screen *screen; };

/* ---- what is typed ------------------------------------------------------------------------------------- */
static void refs(void *ctx, const struct field *f, const char *typed, struct arena *a, struct form_ref **out, size_t *n)
{
	struct new_data *d = ctx;
	seek_refs(app_book_now(d->screen->app, NULL), f, typed, a, out, n);
}

static const char *when_text(struct arena *a, civil_min from, civil_min to)
{
	char span[32];
	return arena_printf(a, "%s %s", day_text(a, cmin_date(from), CIVIL_DAY_YEAR),
		civil_format_span(span, sizeof span, from, to));
}

static int understand(void *ctx, const struct field *f, const char *typed, struct arena *a, struct value *v,
	const char **echo, struct err *e)
{
	struct new_data *d = ctx;
	civil_min from, to;
	if (f->no != F_WHEN)
		return ERR_UNSUPPORTED;
	int rc = when_parse_datespan(typed, app_today(d->screen->app), &from, &to, e);
	if (rc != OK)
		return rc;
	*v = value_text(arena_strdup(a, typed));
	*echo = when_text(a, from, to);
	return OK;
}

/* ---- saving -------------------------------------------------------------------------------------------- */
static int read_form(struct screen *s, struct shift_new *out, struct err *e)
{
	const struct form *f = s->form;
	int rc = form_check(s->form, e);
	if (rc != OK)
		return rc;
	struct value wished = form_value(f, F_WISHED);
	*out = (struct shift_new){
		.unit = form_value(f, F_UNIT).id,
		.role = form_value(f, F_ROLE).id,
		.need = (int)form_value(f, F_NEED).i,
		.wished = wished.tag == V_INT ? (int)wished.i : 0,
		.note = form_text(f, F_NOTE),
		.state = SHIFT_PUBLISHED,
	};
	return when_parse_datespan(form_text(f, F_WHEN), app_today(s->app), &out->start, &out->end, e);
}

static void do_save(struct app *app, struct screen *s)
{
	struct shift_new n;
	struct change_result r;
	struct err e;
	struct id id;
	if (read_form(s, &n, &e) != OK || act_add_shift(app_store(app), &n, &id, &r, &e) != OK) {
		app_fail(app, &e);
		return;
	}
	app_done(app, &r, _("New shift %s"), when_text(app_scratch(app), n.start, n.end));
	form_set_clean(s->form);
	app_pop(app, s);
	struct screen *below = app_main(app);
	if (below->ops->contexts & CTX_SHIFTS)
		face_of(below)->show(below, cmin_date(n.start), id);
}

static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	rect_cut_top(&body, 1);
	form_draw(s->form, cv, body, a);
}

static const struct screen_ops ops = {
	.name = "shift-new",
	.title = N_("New shift"),
	.contexts = CTX_SHIFT_NEW | CTX_FORM,
	.draw = draw,
};

/* What the spot tells. It isn't what somebody typed, so no draft is kept of it alone. */
static void fill_in(struct screen *s, const struct spot *spot)
{
	struct arena *a = app_scratch(s->app);
	struct book *b = app_book_now(s->app, NULL);
	struct ymd d = civil_to_ymd(spot->day);
	char span[32] = "";
	if (b && !id_is_none(spot->unit))
		form_choose(s->form, F_UNIT, spot->unit, book_name(b, spot->unit));
	if (b && !id_is_none(spot->role))
		form_choose(s->form, F_ROLE, spot->role, book_name(b, spot->role));
	if (spot->from != spot->to)
		civil_format_span(span, sizeof span, spot->from, spot->to);
	form_type(s->form, F_WHEN, arena_printf(a, "%d/%d %d %s", d.d, d.m, d.y, span));
	form_type(s->form, F_NEED, arena_printf(a, "%d", spot->shift ? spot->shift->row.need : 1));
	form_set_clean(s->form);
	form_replace(s->form, F_WHEN);
	form_set_focus(s->form, id_is_none(spot->unit) ? F_UNIT : F_WHEN);
}

struct screen *screen_shift_new(struct app *app, const struct spot *spot)
{
	const struct field *rows[FIELDS];
	struct screen *s = screen_new(app, &ops, sizeof(struct new_data));
	struct new_data *d = s->data;
	d->screen = s;
	for (size_t i = 0; i < FIELDS; i++)
		rows[i] = &fields[i];
	struct form_hooks *hooks = arena_alloc(s->arena, sizeof *hooks);
	*hooks = (struct form_hooks){.ctx = d, .refs = refs, .understand = understand};
	s->form = form_new(rows, FIELDS, hooks, app_today(app));
	fill_in(s, spot);
	s->draft = arena_printf(s->arena, "form shift new %d", spot->day);
	return s;
}

static const struct action rows[] = {
	{"shift_new.save", CTX_SHIFT_NEW, "Ctrl-S F2 Enter", N_("Save"), N_("Makes the shift"),
		GROUP_FORM, 2, ACTION_CHANGES, NULL, do_save},
};
const struct action_set actions_shift_new = {N_("New shift"), NULL, rows, sizeof rows / sizeof *rows};
