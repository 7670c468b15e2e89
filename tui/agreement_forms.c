/* tui/agreement_forms.c - see agreements_priv.h: the forms about an agreement: a new one, what is written about it, what was
 * said when it was looked at, a paper that came back. Owns what is asked; each act is roster's. */
#include "tui/agreements_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "export/signed.h"
#include "roster/act.h"
#include "tui/choose.h"
#include "tui/dialog.h"
#include "tui/seek.h"

enum { ROLES = 250, SAID, SCAN, FIELDS_MOST = 12 };

static const struct field roles_field = {ROLES, "roles", KIND_TEXT, 0, 0, 1000, N_("Roles"),
	N_("What it covers, with commas between. Ctrl-O shows all")};
static const struct field said_field = {SAID, "said", KIND_LONGTEXT, 0, FIELD_REQ, 1000, N_("What was said"),
	N_("What goes well, what is to be changed; no names of patients")};
static const struct field scan_field = {SCAN, "scan", KIND_TEXT, 0, 0, 1000, N_("Scan's file"),
	N_("Where a picture of the paper lies (PDF, JPEG, PNG, TIFF); may be empty")};

struct agreement_form {
	struct screen *screen;
	const struct form_sort *sort;
	struct id id, tmpl;
	int type, part;
	const char *title, *above;         /* a sentence above the fields; "" none */
};

/* What a form is for. Saving says what was done in `said`. */
struct form_sort {
	const char *name, *title;
	int (*save)(struct screen *s, struct change_result *r, const char **said, struct err *e);
	bool is_final;                     /* it asks first */
};

static const struct screen_ops form_ops;

/* ---- what is typed --------------------------------------------------------------------------------------- */
static void refs(void *ctx, const struct field *f, const char *typed, struct arena *a, struct form_ref **out, size_t *n)
{
	const struct agreement_form *d = ctx;
	seek_refs(app_book_now(d->screen->app, NULL), f, typed, a, out, n);
}

static int understand(void *ctx, const struct field *f, const char *typed, struct arena *a, struct value *v,
	const char **echo, struct err *e)
{
	const struct agreement_form *d = ctx;
	struct book *b = f->no == ROLES ? app_book_now(d->screen->app, e) : NULL;
	struct id *ids;
	size_t n;
	const char *names;
	if (f->no != ROLES)
		return ERR_UNSUPPORTED;
	int rc = b ? seek_roles(b, typed, a, &ids, &n, &names, e) : e->code;
	if (rc)
		return rc;
	*v = *names ? value_text(names) : value_none();
	*echo = strcmp(names, typed) == 0 ? "" : names;
	return OK;
}

static const struct field *field_of(int type, int no)
{
	switch (no) {
	case ROLES: return &roles_field;
	case SAID: return &said_field;
	case SCAN: return &scan_field;
	default: return schema_field(type, no);
	}
}

static struct screen *form_screen(struct app *app, const struct form_sort *sort, int type, const int *fields, size_t n)
{
	const struct field *rows[FIELDS_MOST];
	struct screen *s = screen_new(app, &form_ops, sizeof(struct agreement_form));
	struct agreement_form *d = s->data;
	struct form_hooks *hooks = arena_alloc(s->arena, sizeof *hooks);
	d->screen = s;
	d->sort = sort;
	d->type = type;
	d->above = "";
	for (size_t i = 0; i < n; i++)
		rows[i] = field_of(type, fields[i]);
	*hooks = (struct form_hooks){.ctx = d, .refs = refs, .understand = understand};
	s->form = form_new(rows, n, hooks, app_today(app));
	return s;
}

/* ---- what was typed ----------------------------------------------------------------------------------------- */
static struct id id_of(const struct form *f, int field)
{
	struct value v = form_value(f, field);
	return v.tag == V_ID ? v.id : ID_NONE;
}

static civil_date date_of(const struct form *f, int field)
{
	struct value v = form_value(f, field);
	return v.tag == V_INT ? (civil_date)v.i : DATE_NONE;
}

static int roles_of(struct screen *s, struct id **ids, size_t *n, struct err *e)
{
	const char *names;
	struct book *b = app_book_now(s->app, e);
	return b ? seek_roles(b, form_text(s->form, ROLES), app_scratch(s->app), ids, n, &names, e) : e->code;
}

/* ---- a new one ---------------------------------------------------------------------------------------------- */
static int save_new(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	struct agreement_form *d = s->data;
	const struct form *f = s->form;
	struct id *roles;
	size_t nroles;
	int rc = roles_of(s, &roles, &nroles, e);
	if (rc)
		return rc;
	const struct agreement_new how = {
		.tmpl = d->tmpl, .roles = roles, .nroles = nroles, .case_no = form_text(f, F_AGREEMENT_CASE),
		.volunteer = id_of(f, F_AGREEMENT_VOLUNTEER), .organisation = id_of(f, F_AGREEMENT_ORGANISATION),
		.unit = id_of(f, F_AGREEMENT_UNIT),
		.from = date_of(f, F_AGREEMENT_FROM), .to = date_of(f, F_AGREEMENT_TO),
	};
	*said = _("The agreement is asked for");
	return agreement_make(app_store(s->app), &how, &d->id, r, e);
}

static const struct form_sort new_sort = {"agreement-new", N_("New agreement"), save_new, false};

static int read_template(struct app *app, struct id tmpl, struct arena *a, struct rec **out, struct err *e)
{
	struct view *v = NULL;
	int rc = view_begin(app_store(app), &v, e);
	if (rc == OK)
		rc = view_get(v, a, TYPE_TEMPLATE, tmpl, out, e);
	view_end(v);
	return rc;
}

/* The parties that an agreement of the sort can have, then what all have. */
static size_t new_fields(int sort, int *out)
{
	static const int rest[] = {F_AGREEMENT_UNIT, ROLES, F_AGREEMENT_FROM, F_AGREEMENT_TO, F_AGREEMENT_CASE};
	size_t n = 0;
	if (sort != AGREEMENT_COOPERATION)
		out[n++] = F_AGREEMENT_VOLUNTEER;
	if (sort == AGREEMENT_COOPERATION || sort == AGREEMENT_OWN)
		out[n++] = F_AGREEMENT_ORGANISATION;
	memcpy(out + n, rest, sizeof rest);
	return n + sizeof rest / sizeof *rest;
}

struct screen *screen_agreement_new(struct app *app, struct id tmpl, struct id party)
{
	int fields[FIELDS_MOST], first;
	struct err e;
	struct rec *r = NULL;
	struct book *b = app_book_now(app, NULL);
	int sort = read_template(app, tmpl, app_scratch(app), &r, &e) == OK && r ? (int)rec_int(r, F_TEMPLATE_SORT) : 0;
	size_t n = new_fields(sort, fields);
	struct screen *s = form_screen(app, &new_sort, TYPE_AGREEMENT, fields, n);
	struct agreement_form *d = s->data;
	d->tmpl = tmpl;
	d->title = arena_strdup(s->arena, r ? rec_text(r, F_TEMPLATE_NAME) : "");
	first = b && book_org(b, party) ? F_AGREEMENT_ORGANISATION : F_AGREEMENT_VOLUNTEER;
	for (size_t i = 0; b && !id_is_none(party) && i < n; i++)
		if (fields[i] == first) {
			form_choose(s->form, first, party, book_name(b, party));
			form_set_focus(s->form, F_AGREEMENT_UNIT);
		}
	form_set_clean(s->form);
	s->draft = arena_printf(s->arena, "form agreement new %d", sort);
	return s;
}

/* ---- what is written about it ------------------------------------------------------------------------------- */
static int write_changes(struct screen *s, struct change *c, struct view *v, struct err *e)
{
	const struct agreement_form *d = s->data;
	const struct field *f;
	struct value value;
	struct id *roles;
	size_t i = 0, n;
	int rc = OK;
	while (rc == OK && (f = form_next_change(s->form, &i, &value))) {
		if (f->no != ROLES) {
			rc = change_set(c, TYPE_AGREEMENT, d->id, f->no, value, e);
			continue;
		}
		rc = roles_of(s, &roles, &n, e);
		if (rc == OK)
			rc = act_set_links(c, v, LINK_AGREEMENT_ROLE, d->id, roles, n, e);
	}
	return rc;
}

static int save_edit(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	const struct agreement_form *d = s->data;
	struct view *v = NULL;
	struct change *c;
	*said = _("The agreement is saved");
	int rc = change_begin(app_store(s->app), ACT_EDIT, &c, e);
	if (rc)
		return rc;
	change_arg(c, value_id(d->id));
	rc = view_begin(app_store(s->app), &v, e);
	if (rc == OK)
		rc = write_changes(s, c, v, e);
	view_end(v);
	if (rc == OK)
		return change_commit(c, r, e);
	change_abandon(c);
	return rc;
}

static const struct form_sort edit_sort = {"agreement-edit", N_("Edit"), save_edit, false};

struct screen *screen_agreement_edit(struct app *app, const struct agreement *x)
{
	static const int fields[] = {F_AGREEMENT_UNIT, ROLES, F_AGREEMENT_FROM, F_AGREEMENT_TO, F_AGREEMENT_EVALUATE,
		F_AGREEMENT_CASE, F_AGREEMENT_TR_DATE, F_AGREEMENT_HMU_DATE, F_AGREEMENT_INSURANCE, F_AGREEMENT_BUDGET,
		F_AGREEMENT_NOTE};
	struct screen *s = form_screen(app, &edit_sort, TYPE_AGREEMENT, fields, sizeof fields / sizeof *fields);
	struct agreement_form *d = s->data;
	d->id = x->rec->id;
	d->title = arena_strdup(s->arena, x->with);
	if (x->nsignatures)
		d->above = _("Somebody has signed it: place, roles and days stand in the text. If they are changed, the seals say so.");
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (fields[i] != ROLES)
			form_put(s->form, fields[i], rec_get(x->rec, fields[i]),
				fields[i] == F_AGREEMENT_UNIT && *x->place ? x->place : NULL);
	form_put(s->form, ROLES, *x->roles ? value_text(x->roles) : value_none(), NULL);
	s->draft = arena_printf(s->arena, "form agreement %s", id_format((char[ID_TEXT]){0}, d->id));
	return s;
}

/* ---- looked at together --------------------------------------------------------------------------------------- */
static int save_evaluation(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	const struct agreement_form *d = s->data;
	*said = _("The evaluation is written down");
	return agreement_evaluate(app_store(s->app), d->id, form_text(s->form, SAID), date_of(s->form, F_AGREEMENT_EVALUATE), r,
		e);
}

static const struct form_sort evaluate_sort = {"agreement-evaluate", N_("Evaluate"), save_evaluation, false};

struct screen *screen_agreement_evaluate(struct app *app, const struct agreement *x)
{
	static const int fields[] = {SAID, F_AGREEMENT_EVALUATE};
	enum { YEAR = 12 };
	struct rec *tmpl = NULL;
	struct err e;
	struct screen *s = form_screen(app, &evaluate_sort, TYPE_AGREEMENT, fields, sizeof fields / sizeof *fields);
	struct agreement_form *d = s->data;
	int rc = read_template(app, x->tmpl, app_scratch(app), &tmpl, &e);
	int64_t months = rc == OK && tmpl ? rec_int_or(tmpl, F_TEMPLATE_MONTHS, YEAR) : YEAR;
	d->id = x->rec->id;
	d->title = arena_strdup(s->arena, x->with);
	form_put(s->form, F_AGREEMENT_EVALUATE, value_int(civil_add_months(app_today(app), (int)months)), NULL);
	s->draft = arena_printf(s->arena, "form agreement evaluation %s", id_format((char[ID_TEXT]){0}, d->id));
	return s;
}

/* ---- a paper that came back -------------------------------------------------------------------------------------- */
static int sign_paper(struct screen *s, const struct buf *scan, struct change_result *r, struct err *e)
{
	const struct agreement_form *d = s->data;
	struct id made;
	const char *path = form_text(s->form, SCAN), *slash = strrchr(path, '/');
	const struct attachment picture = {slash ? slash + 1 : path, scan->p, scan->n};
	const struct agreement_signing how = {
		.agreement = d->id, .part = d->part, .how = SIGNATURE_PAPER, .day = date_of(s->form, F_SIGNATURE_DAY),
		.name = form_text(s->form, F_SIGNATURE_NAME), .witness = form_text(s->form, F_SIGNATURE_WITNESS),
		.scan = *path ? &picture : NULL,
	};
	return signed_sign(app_store(s->app), &how, &made, r, e);
}

static int save_paper(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	struct buf scan = {0};
	const char *path = form_text(s->form, SCAN);
	*said = _("The paper is taken in");
	int rc = *path ? os_read_file(path, ATTACHMENT_MOST, &scan, e) : OK;
	if (rc == OK)
		rc = sign_paper(s, &scan, r, e);
	buf_free(&scan);
	return rc;
}

static const struct form_sort paper_sort = {"agreement-paper", N_("Paper in"), save_paper, true};

struct screen *screen_agreement_paper(struct app *app, const struct agreement *x, int part)
{
	static const int fields[] = {F_SIGNATURE_NAME, F_SIGNATURE_DAY, F_SIGNATURE_WITNESS, SCAN};
	struct screen *s = form_screen(app, &paper_sort, TYPE_SIGNATURE, fields, sizeof fields / sizeof *fields);
	struct agreement_form *d = s->data;
	d->id = x->rec->id;
	d->part = part;
	d->title = arena_strdup(s->arena, x->with);
	d->above = arena_printf(s->arena, _("Signed for %s. Check that the paper has the code %s at its foot."),
		agreement_choice(SET_SIGNATURE_PART, part), x->code);
	if (part == SIGNATURE_VOLUNTEER)
		form_put(s->form, F_SIGNATURE_NAME, value_text(x->with), NULL);
	form_put(s->form, F_SIGNATURE_DAY, value_int(app_today(app)), NULL);
	form_put(s->form, F_SIGNATURE_WITNESS, value_text(store_person(app_store(app))), NULL);
	return s;
}

/* ---- saving --------------------------------------------------------------------------------------------------------- */
static void save(struct app *app, void *ctx)
{
	struct screen *s = ctx;
	struct agreement_form *d = s->data;
	struct change_result r;
	struct err e;
	const char *said = "";
	if (d->sort->save(s, &r, &said, &e)) {
		form_blame(s->form, 0, e.text);
		app_fail(app, &e);
		return;
	}
	form_set_clean(s->form);
	bool is_new = d->sort == &new_sort;
	struct id made = d->id;
	app_pop(app, s);
	if (d->sort->is_final)
		app_toast(app, "%s", said);
	else
		app_done(app, &r, "%s", said);
	if (is_new)
		app_push(app, screen_agreement(app, made));
}

static void run_save(struct app *app, struct screen *s)
{
	const struct agreement_form *d = s->data;
	struct err e;
	if (form_check(s->form, &e)) {
		app_fail(app, &e);
		return;
	}
	if (!d->sort->is_final) {
		save(app, s);
		return;
	}
	dialog_confirm(app, arena_printf(app_scratch(app), _("%s has signed for %s. It is sealed with this site's key."),
		form_text(s->form, F_SIGNATURE_NAME), agreement_choice(SET_SIGNATURE_PART, d->part)),
		_("Yes, take it in"), save, s);
}

/* ---- choosing from all ------------------------------------------------------------------------------------------------ */
static const char *refuses_choose(struct app *app, struct screen *s)
{
	const struct agreement_form *d = s->data;
	const struct field *f = field_of(d->type, form_focus(s->form));
	(void)app;
	return f && (f->no == ROLES || f->kind == KIND_REF) ? NULL : _("Here you write; there is no list to choose from.");
}

static void run_choose(struct app *app, struct screen *s)
{
	const struct agreement_form *d = s->data;
	const struct field *f = field_of(d->type, form_focus(s->form));
	if (f->no == ROLES)
		choose_roles(app, s, ROLES);
	else
		choose_ref(app, s, f);
}

/* ---- picture and table ------------------------------------------------------------------------------------------------ */
static void form_screen_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct agreement_form *d = s->data;
	rect_cut_top(&body, 1);
	if (*d->above) {
		struct rect at = body;
		rect_cut_left(&at, 2);
		rect_cut_top(&body, cv_wrap(cv, at, ROLE_WARN, d->above) + 1);
	}
	form_draw(s->form, cv, body, a);
}

static const char *form_screen_heading(const struct screen *s, struct arena *a)
{
	const struct agreement_form *d = s->data;
	return arena_printf(a, "%s · %s", _(d->sort->title), d->title);
}

static const char *form_screen_status(const struct screen *s, struct arena *a)
{
	(void)a;
	return form_is_dirty(s->form) ? _("not saved yet") : "";
}

static const struct action rows[] = {
	{"agreement_form.save", CTX_AGREEMENT_FORM, "Ctrl-S F2 Enter", N_("Save"),
		N_("Write it all as one change; Enter in the last field does it too"),
		GROUP_FORM, 2, ACTION_WRITES, NULL, run_save},
	{"agreement_form.roles", CTX_AGREEMENT_FORM, "Ctrl-O", N_("Choose"), 
		N_("All that can stand in the field: roles, units, organisations"),
		GROUP_FORM, 4, 0, refuses_choose, run_choose},
};

const struct action_set actions_agreement_form = {N_("Form"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops form_ops = {
	.name = "agreement-form", .title = N_("Form"), .contexts = CTX_AGREEMENT_FORM | CTX_FORM,
	.draw = form_screen_draw, .heading = form_screen_heading, .status = form_screen_status,
};
