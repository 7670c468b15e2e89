/* tui/act_form.c - see act_form.h. Owns how what is typed becomes an act, and the question before one that can't be
 * undone. Must not know any act. */
#include "tui/act_form.h"

#include <string.h>

#include "base/lang.h"
#include "tui/choose.h"
#include "tui/dialog.h"
#include "tui/seek.h"

const struct field act_form_roles_field = {ACT_FORM_ROLES, "roles", KIND_TEXT, 0, 0, 1000, N_("Roles"),
	N_("What it covers, with commas between. Ctrl-O shows all")};

struct act_form {
	struct screen *screen;
	const struct act_form_sort *sort;
	const struct field **fields;
	size_t nfields;
	const char *about, *above;
	enum role above_role;
	const char *(*says)(const struct screen *s, struct arena *a);
	void *data;
};

static const struct screen_ops form_ops, asking_ops;

/* ---- what is typed -------------------------------------------------------------------------------------------- */
static void refs(void *ctx, const struct field *f, const char *typed, struct arena *a, struct form_ref **out, size_t *n)
{
	const struct act_form *d = ctx;
	seek_refs(app_book_now(d->screen->app, NULL), f, typed, a, out, n);
}

static int understand(void *ctx, const struct field *f, const char *typed, struct arena *a, struct value *v,
	const char **echo, struct err *e)
{
	const struct act_form *d = ctx;
	struct book *b = f->no == ACT_FORM_ROLES ? app_book_now(d->screen->app, e) : NULL;
	struct id *ids;
	size_t n;
	const char *names;
	if (f->no != ACT_FORM_ROLES)
		return ERR_UNSUPPORTED;
	int rc = b ? seek_roles(b, typed, a, &ids, &n, &names, e) : e->code;
	if (rc)
		return rc;
	*v = *names ? value_text(names) : value_none();
	*echo = strcmp(names, typed) == 0 ? "" : names;
	return OK;
}

struct screen *act_form_new(struct app *app, const struct act_form_sort *sort, const struct field *const *fields, size_t n,
	const char *about, size_t size)
{
	struct screen *s = screen_new(app, &form_ops, sizeof(struct act_form));
	struct act_form *d = s->data;
	*d = (struct act_form){.screen = s, .sort = sort, .nfields = n, .above = ""};
	d->fields = arena_copy(s->arena, fields, n * sizeof *fields);
	d->about = arena_strdup(s->arena, about);
	d->data = arena_alloc(s->arena, size ? size : 1);
	const struct form_hooks hooks = {.ctx = d, .refs = refs, .understand = understand};
	s->form = form_new(d->fields, n, &hooks, app_today(app));
	return s;
}

void *act_form_data(const struct screen *s)
{
	return ((const struct act_form *)s->data)->data;
}

void act_form_above(struct screen *s, enum role role, const char *sentence)
{
	struct act_form *d = s->data;
	d->above = sentence;
	d->above_role = role;
}

void act_form_says(struct screen *s, const char *(*says)(const struct screen *s, struct arena *a))
{
	((struct act_form *)s->data)->says = says;
}

void act_form_leads_on(struct screen *s)
{
	s->ops = &asking_ops;
}

/* ---- what was typed ------------------------------------------------------------------------------------------- */
struct id act_form_id(const struct screen *s, int field)
{
	struct value v = form_value(s->form, field);
	return v.tag == V_ID ? v.id : ID_NONE;
}

civil_date act_form_date(const struct screen *s, int field)
{
	struct value v = form_value(s->form, field);
	return v.tag == V_INT ? (civil_date)v.i : DATE_NONE;
}

int act_form_roles(struct screen *s, struct id **ids, size_t *n, struct err *e)
{
	const char *names;
	struct book *b = app_book_now(s->app, e);
	return b ? seek_roles(b, form_text(s->form, ACT_FORM_ROLES), app_scratch(s->app), ids, n, &names, e) : e->code;
}

/* ---- saving --------------------------------------------------------------------------------------------------- */
static void save(struct app *app, void *ctx)
{
	struct screen *s = ctx;
	const struct act_form *d = s->data;
	struct change_result r;
	struct err e;
	const char *said = "";
	if (d->sort->save(s, &r, &said, &e)) {
		form_blame(s->form, 0, e.text);
		app_fail(app, &e);
		return;
	}
	form_set_clean(s->form);
	app_pop(app, s);
	if (said && d->sort->asks)
		app_toast(app, "%s", said);
	else if (said)
		app_done(app, &r, "%s", said);
	if (d->sort->saved)
		d->sort->saved(app, d->data);
}

static void run_save(struct app *app, struct screen *s)
{
	const struct act_form *d = s->data;
	struct err e;
	const char *verb = "";
	if (form_check(s->form, &e))
		app_fail(app, &e);
	else if (!d->sort->asks)
		save(app, s);
	else {
		const char *question = d->sort->asks(s, &verb);
		dialog_confirm(app, question, verb, save, s);
	}
}

/* ---- choosing from all ---------------------------------------------------------------------------------------- */
static const struct field *focused(const struct screen *s)
{
	const struct act_form *d = s->data;
	for (size_t i = 0; i < d->nfields; i++)
		if (d->fields[i]->no == form_focus(s->form))
			return d->fields[i];
	return NULL;
}

static const char *refuses_choose(struct app *app, struct screen *s)
{
	const struct field *f = focused(s);
	(void)app;
	return f && (f->no == ACT_FORM_ROLES || f->kind == KIND_REF) ? NULL
		: _("Here you write; there is no list to choose from.");
}

static void run_choose(struct app *app, struct screen *s)
{
	const struct field *f = focused(s);
	if (f->no == ACT_FORM_ROLES)
		choose_roles(app, s, ACT_FORM_ROLES);
	else
		choose_ref(app, s, f);
}

/* ---- picture and table ---------------------------------------------------------------------------------------- */
static void form_screen_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct act_form *d = s->data;
	const char *above = d->says ? d->says(s, a) : d->above;
	rect_cut_top(&body, 1);
	if (*above) {
		struct rect at = body;
		rect_cut_left(&at, 2);
		rect_cut_top(&body, cv_wrap(cv, at, d->above_role, above) + 1);
	}
	form_draw(s->form, cv, body, a);
}

static const char *form_screen_heading(const struct screen *s, struct arena *a)
{
	const struct act_form *d = s->data;
	return *d->about ? arena_printf(a, "%s · %s", _(d->sort->title), d->about) : _(d->sort->title);
}

static const char *form_screen_status(const struct screen *s, struct arena *a)
{
	(void)a;
	return form_is_dirty(s->form) && s->ops == &form_ops ? _("not saved yet") : "";
}

static const struct action rows[] = {
	{"act_form.save", CTX_ACT_FORM, "Ctrl-S F2 Enter", N_("Save"),
		N_("Write it all as one change; Enter in the last field does it too"),
		GROUP_FORM, 2, ACTION_WRITES, NULL, run_save},
	{"act_form.on", CTX_ACT_ASKING, "Ctrl-S F2 Enter", N_("Go on"), N_("Takes what is written and goes on; Enter in the last field does it too"),
		GROUP_FORM, 2, 0, NULL, run_save},
	{"act_form.choose", CTX_ACT_FORM | CTX_ACT_ASKING, "Ctrl-O", N_("Choose"),
		N_("All that can stand in the field: roles, units, organisations"),
		GROUP_FORM, 4, 0, refuses_choose, run_choose},
};

const struct action_set actions_act_form = {N_("Form"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops form_ops = {
	.name = "act-form", .title = N_("Form"), .contexts = CTX_ACT_FORM | CTX_FORM,
	.draw = form_screen_draw, .heading = form_screen_heading, .status = form_screen_status,
};

static const struct screen_ops asking_ops = {
	.name = "act-form", .title = N_("Form"), .contexts = CTX_ACT_ASKING | CTX_FORM,
	.draw = form_screen_draw, .heading = form_screen_heading, .status = form_screen_status,
};
