/* tui/screen_record_form.c - see screens.h: one form for any type, from the schema. Owns what a form has beside the
 * table (a volunteer's roles, a shift's time in one field) and saving it as one change. How texts are understood is
 * tui/form.c's and base/when.h's. */
#include "tui/screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/when.h"
#include "roster/act.h"
#include "store/register.h"
#include "tui/choose.h"
#include "tui/people_priv.h"
#include "tui/seek.h"
#include "tui/words.h"

enum { WHEN = 250, ROLES = 251, ROLES_MAX = 64 };

static const struct field when_field = {WHEN, "when", KIND_TEXT, 0, FIELD_REQ, 80, N_("When"),
	N_("Day and time, e.g. 3/12 8-11, tomorrow 14-16, Monday 20-24")};
static const struct field roles_field = {ROLES, "roles", KIND_TEXT, 0, 0, 400, N_("Roles"),
	N_("What the volunteer does, with commas between. Ctrl-O shows all")};

struct record_form {
	const struct type *type;
	struct id id;                      /* ID_NONE: a new one */
	const char *title;
	const struct book *book;           /* while the form is filled */
	char like[240];                    /* that there is somebody of the same name; "" */
	void (*saved)(struct app *app, void *ctx, struct id id);
	void *ctx;
};

static const struct screen_ops form_ops;

/* ---- understanding ------------------------------------------------------------------------------------- */
static void hook_refs(void *ctx, const struct field *f, const char *typed, struct arena *a, struct form_ref **out,
	size_t *n)
{
	struct screen *s = ctx;
	seek_refs(app_book_now(s->app, NULL), f, typed, a, out, n);
}

/* Both ends in one value, so that either makes the field a changed one. */
static struct value span_value(struct arena *a, civil_min from, civil_min to)
{
	return value_text(arena_printf(a, "%lld %lld", (long long)from, (long long)to));
}

static int understand_when(struct screen *s, const char *typed, struct arena *a, struct value *v, const char **echo,
	struct err *e)
{
	char day[64], span[48];
	civil_min from, to;
	if (!*typed)
		return OK;
	int rc = when_parse_datespan(typed, app_today(s->app), &from, &to, e);
	if (rc)
		return rc;
	*v = span_value(a, from, to);
	*echo = arena_printf(a, "%s %s (%s)", civil_format_date(day, sizeof day, cmin_date(from), CIVIL_DAY_YEAR),
		civil_format_span(span, sizeof span, from, to), words_hours(a, (int)(to - from)));
	return OK;
}

static int understand_roles(struct screen *s, const char *typed, struct arena *a, struct value *v, const char **echo,
	struct err *e)
{
	struct book *b = app_book_now(s->app, e);
	struct id *roles;
	size_t n;
	const char *names, *ids = "";
	char buf[ID_TEXT];
	int rc = b ? seek_roles(b, typed, a, &roles, &n, &names, e) : e->code;
	if (rc)
		return rc;
	for (size_t i = 0; i < n; i++)
		ids = arena_printf(a, "%s%s%s", ids, i ? " " : "", id_format(buf, roles[i]));
	*v = *ids ? value_text(ids) : value_none();
	*echo = strcmp(names, typed) == 0 ? "" : names;
	return OK;
}

static int hook_understand(void *ctx, const struct field *f, const char *typed, struct arena *a, struct value *v,
	const char **echo, struct err *e)
{
	if (f->no == WHEN)
		return understand_when(ctx, typed, a, v, echo, e);
	if (f->no == ROLES)
		return understand_roles(ctx, typed, a, v, echo, e);
	return ERR_UNSUPPORTED;
}

static int check_shift(const struct form *f, struct err *e)
{
	struct value need = form_value(f, F_SHIFT_NEED), wished = form_value(f, F_SHIFT_WISHED);
	if (wished.tag != V_INT || need.tag != V_INT || wished.i >= need.i)
		return 0;
	err_set(e, ERR_DATA, _("Fewer places can't be wished than are needed."));
	return F_SHIFT_WISHED;
}

static int check_unit(struct screen *s, const struct form *f, struct err *e)
{
	const struct record_form *d = s->data;
	struct book *b = app_book_now(s->app, NULL);
	struct value parent = form_value(f, F_UNIT_PARENT);
	if (!b || id_is_none(d->id) || parent.tag != V_ID || !book_unit_within(b, parent.id, d->id))
		return 0;
	err_set(e, ERR_DATA, _("A unit can't belong to itself or to one below it."));
	return F_UNIT_PARENT;
}

static int hook_together(void *ctx, const struct form *f, struct err *e)
{
	struct screen *s = ctx;
	const struct record_form *d = s->data;
	switch (d->type->no) {
	case TYPE_SHIFT: return check_shift(f, e);
	case TYPE_UNIT: return check_unit(s, f, e);
	default: return 0;
	}
}

/* ---- making it ----------------------------------------------------------------------------------------- */
/* What a shift was made by isn't typed, and its end stands in one field with its start. */
static bool is_left_out(int type, int field)
{
	return type == TYPE_SHIFT && (field == F_SHIFT_END || field == F_SHIFT_SERIES || field == F_SHIFT_VIGIL);
}

static struct form *make_form(struct screen *s)
{
	const struct record_form *d = s->data;
	const struct field **fields = arena_alloc(s->arena, (d->type->nfields + 1) * sizeof *fields);
	struct form_hooks hooks = {s, hook_refs, hook_understand, hook_together};
	size_t n = 0;
	for (size_t i = 0; i < d->type->nfields; i++) {
		const struct field *f = &d->type->fields[i];
		bool is_start = d->type->no == TYPE_SHIFT && f->no == F_SHIFT_START;
		if (is_left_out(d->type->no, f->no))
			continue;
		fields[n++] = is_start ? &when_field : f;
		if (d->type->no == TYPE_VOLUNTEER && f->no == F_VOLUNTEER_ORGANISATION)
			fields[n++] = &roles_field;
	}
	return form_new(fields, n, &hooks, app_today(s->app));
}

static const char *title_of(void *ctx, struct id id, struct arena *a)
{
	const struct record_form *d = ((struct screen *)ctx)->data;
	return arena_strdup(a, book_name(d->book, id));
}

static void put_when(struct screen *s, civil_min from, civil_min to)
{
	char day[32], span[48];
	civil_format_date(day, sizeof day, cmin_date(from), CIVIL_SHORT);
	const char *text = arena_printf(s->arena, "%s %s", day, civil_format_span(span, sizeof span, from, to));
	form_put(s->form, WHEN, span_value(s->arena, from, to), text);
	form_replace(s->form, WHEN);
}

static void put_roles(struct screen *s, const struct book *b, const struct person *p)
{
	const char *ids = "";
	char buf[ID_TEXT];
	for (size_t i = 0; i < p->nroles; i++)
		ids = arena_printf(s->arena, "%s%s%s", ids, i ? " " : "", id_format(buf, p->roles[i]));
	form_put(s->form, ROLES, *ids ? value_text(ids) : value_none(), person_role_names(b, s->arena, p));
}

static void put_defaults(struct screen *s, int type)
{
	if (type == TYPE_VOLUNTEER)
		form_put(s->form, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ACTIVE), NULL);
	if (type != TYPE_SHIFT)
		return;
	form_put(s->form, F_SHIFT_NEED, value_int(1), NULL);
	form_put(s->form, F_SHIFT_STATE, value_int(SHIFT_PUBLISHED), NULL);
}

/* Fields that were changed at two places, so that nobody takes for settled what isn't. A shift's time is one field. */
static void note_open(struct screen *s, const struct rec *r)
{
	for (size_t i = 0; i < r->n; i++) {
		int no = r->f[i].no;
		bool is_time = r->type == TYPE_SHIFT && (no == F_SHIFT_START || no == F_SHIFT_END);
		if (no != FIELD_ALIVE && register_is_open(r, no))
			form_note(s->form, is_time ? WHEN : no, arena_printf(app_scratch(s->app), "≠ %s", _("disagreement")));
	}
}

/* What is there already, as unchanged; before the screen is pushed, so that a draft is typed over it. */
static int put_record(struct screen *s, struct view *v, struct err *e)
{
	struct record_form *d = s->data;
	struct rec *r;
	struct book *b = app_book(s->app, v, e);
	if (!b)
		return e->code;
	int rc = view_get(v, s->arena, d->type->no, d->id, &r, e);
	if (rc || !r)
		return rc;
	d->title = arena_printf(s->arena, _("Edit %s"), view_title(v, s->arena, d->id));
	d->book = b;
	form_put_rec(s->form, r, title_of);
	note_open(s, r);
	const struct person *p = d->type->no == TYPE_VOLUNTEER ? book_person(b, d->id) : NULL;
	if (p)
		put_roles(s, b, p);
	if (d->type->no == TYPE_SHIFT)
		put_when(s, rec_int(r, F_SHIFT_START), rec_int(r, F_SHIFT_END));
	return OK;
}

static const char *new_title(const struct type *t, struct arena *a)
{
	char *label = arena_strdup(a, _(t->label));
	if (*label >= 'A' && *label <= 'Z')
		*label = (char)(*label - 'A' + 'a');
	return arena_printf(a, _("New %s"), label);
}

struct screen *screen_record_form(struct app *app, int type, struct id id,
	void (*saved)(struct app *app, void *ctx, struct id id), void *ctx)
{
	char buf[ID_TEXT];
	struct err e;
	struct view *v = NULL;
	struct screen *s = screen_new(app, &form_ops, sizeof(struct record_form));
	struct record_form *d = s->data;
	*d = (struct record_form){.type = schema_type(type), .id = id, .saved = saved, .ctx = ctx};
	d->title = new_title(d->type, s->arena);
	s->form = make_form(s);
	s->draft = arena_printf(s->arena, "form %s %s", d->type->name, id_is_none(id) ? "new" : id_format(buf, id));
	if (id_is_none(id)) {
		put_defaults(s, type);
		return s;
	}
	int rc = view_begin(app_store(app), &v, &e);
	if (rc == OK)
		rc = put_record(s, v, &e);
	view_end(v);
	if (rc)
		app_fail(app, &e);
	return s;
}

/* ---- somebody of the same name --------------------------------------------------------------------------- */
/* Said while one types, so that nobody is written down twice; saving is still possible: names are shared. */
static void look_for_like(struct screen *s)
{
	struct record_form *d = s->data;
	struct arena *a = app_scratch(s->app);
	size_t n;
	d->like[0] = '\0';
	if (d->type->no != TYPE_VOLUNTEER || !id_is_none(d->id))
		return;
	const char *given = form_text(s->form, F_VOLUNTEER_GIVEN), *family = form_text(s->form, F_VOLUNTEER_FAMILY);
	struct book *b = *given && *family ? app_book_now(s->app, NULL) : NULL;
	if (!b)
		return;
	const char *name = text_fold(a, arena_printf(a, "%s %s", given, family));
	const struct person **who = book_search(b, a, name, 1, &n);
	if (n == 0 || strcmp(text_fold(a, who[0]->name), name) != 0)
		return;
	const char *phone = *who[0]->phone ? kind_phone(a, who[0]->phone) : _("no phone");
	snprintf(d->like, sizeof d->like, _("There is a %s already (%s). Somebody else?"), who[0]->name, phone);
}

static bool form_screen_event(struct screen *s, const struct event *ev)
{
	bool used = form_event(s->form, ev);
	if (used)
		look_for_like(s);
	return used;
}

static void form_screen_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct record_form *d = s->data;
	if (*d->like) {
		struct rect line = rect_cut_bottom(&body, 1);
		cv_text(cv, line.row, line.col + 2, line.cols - 2, ROLE_WARN, d->like);
	}
	rect_cut_top(&body, body.rows > 18 ? 1 : 0);
	form_draw(s->form, cv, body, a);
}

static const char *form_screen_heading(const struct screen *s, struct arena *a)
{
	(void)a;
	return ((const struct record_form *)s->data)->title;
}

static const char *form_screen_status(const struct screen *s, struct arena *a)
{
	(void)a;
	return form_is_dirty(s->form) ? _("not saved yet") : "";
}

/* ---- choosing from all ---------------------------------------------------------------------------------- */
static const struct field *focused_field(const struct screen *s)
{
	const struct record_form *d = s->data;
	int no = form_focus(s->form);
	return no == ROLES ? &roles_field : schema_field(d->type->no, no);
}

static void run_choose(struct app *app, struct screen *s)
{
	const struct field *f = focused_field(s);
	if (f->no == ROLES)
		choose_roles(app, s, ROLES);
	else
		choose_ref(app, s, f);
}

static const char *refuse_choose(struct app *app, struct screen *s)
{
	const struct field *f = focused_field(s);
	(void)app;
	return f && (f->no == ROLES || f->kind == KIND_REF) ? NULL
		: _("Here you write; there is no list to choose from.");
}

/* ---- saving --------------------------------------------------------------------------------------------- */
static int save_when(struct change *c, struct app *app, struct id id, struct value v, struct err *e)
{
	char *rest;
	struct view *view;
	if (v.tag != V_TEXT)
		return OK;
	long long from = strtoll(v.text.s, &rest, 10), to = strtoll(rest, NULL, 10);
	int rc = view_begin(app_store(app), &view, e);
	if (rc)
		return rc;
	rc = act_set_time(c, view, app_scratch(app), id, from, to, NULL, e);
	view_end(view);
	return rc;
}

static int save_roles(struct change *c, struct store *store, struct id id, struct value v, struct err *e)
{
	struct id roles[ROLES_MAX];
	struct view *view;
	size_t n = 0;
	for (const char *s = v.tag == V_TEXT ? v.text.s : ""; *s && n < ROLES_MAX; s += strspn(s, " ")) {
		char one[ID_TEXT] = {0};
		memcpy(one, s, ID_TEXT - 1);
		s += ID_TEXT - 1;
		if (id_parse(one, &roles[n], NULL) == OK)
			n++;
	}
	int rc = view_begin(store, &view, e);
	if (rc)
		return rc;
	rc = act_set_roles(c, view, id, roles, n, e);
	view_end(view);
	return rc;
}

static int save_field(struct change *c, struct screen *s, struct id id, const struct field *f, struct value v,
	struct err *e)
{
	const struct record_form *d = s->data;
	int rc = f->no == WHEN ? save_when(c, s->app, id, v, e)
		: f->no == ROLES ? save_roles(c, app_store(s->app), id, v, e)
		: change_set(c, d->type->no, id, f->no, v, e);
	if (rc)
		form_blame(s->form, f->no, e->text);
	return rc;
}

/* What stands in a new form without having been typed is meant too. */
static int save_defaults(struct change *c, struct screen *s, struct id id, struct err *e)
{
	const struct record_form *d = s->data;
	int rc = OK;
	for (size_t i = 0; rc == OK && i < d->type->nfields; i++) {
		const struct field *f = &d->type->fields[i];
		struct value v = form_value(s->form, f->no);
		if (v.tag != V_NONE && !form_changed(s->form, f->no))
			rc = save_field(c, s, id, f, v, e);
	}
	return rc;
}

static int save(struct screen *s, struct id *id, struct change_result *r, struct err *e)
{
	const struct record_form *d = s->data;
	bool is_new = id_is_none(d->id);
	const struct field *f;
	struct change *c;
	struct value v;
	size_t i = 0;
	int rc = change_begin(app_store(s->app), is_new ? ACT_ADD : ACT_EDIT, &c, e);
	if (rc)
		return rc;
	*id = is_new ? change_new(c, d->type->no) : d->id;
	change_arg(c, value_id(*id));
	if (is_new)
		rc = save_defaults(c, s, *id, e);
	while (rc == OK && (f = form_next_change(s->form, &i, &v)))
		rc = save_field(c, s, *id, f, v, e);
	if (rc) {
		change_abandon(c);
		return rc;
	}
	rc = change_commit(c, r, e);
	if (rc)
		form_blame(s->form, 0, e->text);
	return rc;
}

static const char *saved_title(struct app *app, struct id id)
{
	struct view *v;
	if (view_begin(app_store(app), &v, NULL))
		return "?";
	const char *title = view_title(v, app_scratch(app), id);
	view_end(v);
	return title;
}

static void run_save(struct app *app, struct screen *s)
{
	struct record_form *d = s->data;
	struct change_result r;
	struct err e;
	struct id id;
	if (form_check(s->form, &e) || save(s, &id, &r, &e)) {
		app_fail(app, &e);
		return;
	}
	form_set_clean(s->form);
	app_pop(app, s);
	app_done(app, &r, _("%s is saved"), saved_title(app, id));
	if (d->saved)
		d->saved(app, d->ctx, id);
}

/* ---- the table ------------------------------------------------------------------------------------------- */
static const struct action rows[] = {
	{"form.save", CTX_RECORD_FORM, "Ctrl-S F2 Enter", N_("Save"),
		N_("Write it all as one change; Enter in the last field does it too"),
		GROUP_FORM, 2, ACTION_CHANGES, NULL, run_save},
	{"form.choose", CTX_RECORD_FORM, "Ctrl-O", N_("Choose"),
		N_("All that can stand in the field: roles, units, organisations"),
		GROUP_FORM, 4, 0, refuse_choose, run_choose},
};

const struct action_set actions_record_form = {N_("Form"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops form_ops = {
	.name = "form", .title = N_("Form"), .contexts = CTX_RECORD_FORM | CTX_FORM, .draw = form_screen_draw,
	.event = form_screen_event, .status = form_screen_status, .heading = form_screen_heading,
};
