/* tui/agreement_forms.c - see agreements_priv.h: the forms about an agreement: a new one, what is written about it,
 * what was said when it was looked at, a paper that came back. Owns what is asked; each act is roster's. */
#include "tui/agreements_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "export/signed.h"
#include "roster/act.h"
#include "tui/act_form.h"

enum { SAID = 251, SCAN, FIELDS_MOST = 12 };

static const struct field said_field = {SAID, "said", KIND_LONGTEXT, 0, FIELD_REQ, 1000, N_("What was said"),
	N_("What goes well, what is to be changed; no names of patients")};
static const struct field scan_field = {SCAN, "scan", KIND_TEXT, 0, 0, 1000, N_("Scan's file"),
	N_("Where a picture of the paper lies (PDF, JPEG, PNG, TIFF); may be empty")};

/* Which agreement, or of which template a new one is made; which part signs. */
struct about { struct id id, tmpl; int part; };

static const struct field *field_of(int type, int no)
{
	switch (no) {
	case ACT_FORM_ROLES: return &act_form_roles_field;
	case SAID: return &said_field;
	case SCAN: return &scan_field;
	default: return schema_field(type, no);
	}
}

static struct screen *form_screen(struct app *app, const struct act_form_sort *sort, int type, const int *fields, size_t n,
	const char *about)
{
	const struct field *rows[FIELDS_MOST];
	for (size_t i = 0; i < n; i++)
		rows[i] = field_of(type, fields[i]);
	return act_form_new(app, sort, rows, n, about, sizeof(struct about));
}

/* ---- a new one ---------------------------------------------------------------------------------------------- */
static int save_new(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	struct about *d = act_form_data(s);
	const struct form *f = s->form;
	struct id *roles;
	size_t nroles;
	int rc = act_form_roles(s, &roles, &nroles, e);
	if (rc)
		return rc;
	const struct agreement_new how = {
		.tmpl = d->tmpl, .roles = roles, .nroles = nroles, .case_no = form_text(f, F_AGREEMENT_CASE),
		.volunteer = act_form_id(s, F_AGREEMENT_VOLUNTEER), .organisation = act_form_id(s, F_AGREEMENT_ORGANISATION),
		.unit = act_form_id(s, F_AGREEMENT_UNIT),
		.from = act_form_date(s, F_AGREEMENT_FROM), .to = act_form_date(s, F_AGREEMENT_TO),
	};
	*said = _("The agreement is asked for");
	return agreement_make(app_store(s->app), &how, &d->id, r, e);
}

static void show_new(struct app *app, const void *data)
{
	app_push(app, screen_agreement(app, ((const struct about *)data)->id));
}

static const struct act_form_sort new_sort = {N_("New agreement"), save_new, NULL, show_new};

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
	static const int rest[] = {F_AGREEMENT_UNIT, ACT_FORM_ROLES, F_AGREEMENT_FROM, F_AGREEMENT_TO, F_AGREEMENT_CASE};
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
	struct screen *s = form_screen(app, &new_sort, TYPE_AGREEMENT, fields, n, r ? rec_text(r, F_TEMPLATE_NAME) : "");
	struct about *d = act_form_data(s);
	d->tmpl = tmpl;
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
	const struct about *d = act_form_data(s);
	const struct field *f;
	struct value value;
	struct id *roles;
	size_t i = 0, n;
	int rc = OK;
	while (rc == OK && (f = form_next_change(s->form, &i, &value))) {
		if (f->no != ACT_FORM_ROLES) {
			rc = change_set(c, TYPE_AGREEMENT, d->id, f->no, value, e);
			continue;
		}
		rc = act_form_roles(s, &roles, &n, e);
		if (rc == OK)
			rc = act_set_links(c, v, LINK_AGREEMENT_ROLE, d->id, roles, n, e);
	}
	return rc;
}

static int save_edit(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	const struct about *d = act_form_data(s);
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

static const struct act_form_sort edit_sort = {N_("Edit"), save_edit, NULL, NULL};

struct screen *screen_agreement_edit(struct app *app, const struct agreement *x)
{
	static const int fields[] = {F_AGREEMENT_UNIT, ACT_FORM_ROLES, F_AGREEMENT_FROM, F_AGREEMENT_TO, F_AGREEMENT_EVALUATE,
		F_AGREEMENT_CASE, F_AGREEMENT_TR_DATE, F_AGREEMENT_HMU_DATE, F_AGREEMENT_INSURANCE, F_AGREEMENT_BUDGET,
		F_AGREEMENT_NOTE};
	struct screen *s = form_screen(app, &edit_sort, TYPE_AGREEMENT, fields, sizeof fields / sizeof *fields,
		x->with);
	struct about *d = act_form_data(s);
	d->id = x->rec->id;
	if (x->nsignatures)
		act_form_above(s, ROLE_WARN,
			_("Somebody has signed it: place, roles and days stand in the text. If they are changed, the seals say so."));
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (fields[i] != ACT_FORM_ROLES)
			form_put(s->form, fields[i], rec_get(x->rec, fields[i]),
				fields[i] == F_AGREEMENT_UNIT && *x->place ? x->place : NULL);
	form_put(s->form, ACT_FORM_ROLES, *x->roles ? value_text(x->roles) : value_none(), NULL);
	s->draft = arena_printf(s->arena, "form agreement %s", id_format((char[ID_TEXT]){0}, d->id));
	return s;
}

/* ---- looked at together --------------------------------------------------------------------------------------- */
static int save_evaluation(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	const struct about *d = act_form_data(s);
	*said = _("The evaluation is written down");
	return agreement_evaluate(app_store(s->app), d->id, form_text(s->form, SAID), act_form_date(s, F_AGREEMENT_EVALUATE), r,
		e);
}

static const struct act_form_sort evaluate_sort = {N_("Evaluate"), save_evaluation, NULL, NULL};

struct screen *screen_agreement_evaluate(struct app *app, const struct agreement *x)
{
	static const int fields[] = {SAID, F_AGREEMENT_EVALUATE};
	enum { YEAR = 12 };
	struct rec *tmpl = NULL;
	struct err e;
	struct screen *s = form_screen(app, &evaluate_sort, TYPE_AGREEMENT, fields, sizeof fields / sizeof *fields,
		x->with);
	struct about *d = act_form_data(s);
	int rc = read_template(app, x->tmpl, app_scratch(app), &tmpl, &e);
	int64_t months = rc == OK && tmpl ? rec_int_or(tmpl, F_TEMPLATE_MONTHS, YEAR) : YEAR;
	d->id = x->rec->id;
	form_put(s->form, F_AGREEMENT_EVALUATE, value_int(civil_add_months(app_today(app), (int)months)), NULL);
	s->draft = arena_printf(s->arena, "form agreement evaluation %s", id_format((char[ID_TEXT]){0}, d->id));
	return s;
}

/* ---- a paper that came back -------------------------------------------------------------------------------------- */
static int sign_paper(struct screen *s, const struct buf *scan, struct change_result *r, struct err *e)
{
	const struct about *d = act_form_data(s);
	struct id made;
	const char *path = form_text(s->form, SCAN), *slash = strrchr(path, '/');
	const struct attachment picture = {slash ? slash + 1 : path, scan->p, scan->n};
	const struct agreement_signing how = {
		.agreement = d->id, .part = d->part, .how = SIGNATURE_PAPER, .day = act_form_date(s, F_SIGNATURE_DAY),
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

static const char *ask_paper(struct screen *s, const char **verb)
{
	const struct about *d = act_form_data(s);
	*verb = _("Yes, take it in");
	return arena_printf(app_scratch(s->app), _("%s has signed for %s. It is sealed with this site's key."),
		form_text(s->form, F_SIGNATURE_NAME), agreement_choice(SET_SIGNATURE_PART, d->part));
}

static const struct act_form_sort paper_sort = {N_("Paper in"), save_paper, ask_paper, NULL};

struct screen *screen_agreement_paper(struct app *app, const struct agreement *x, int part)
{
	static const int fields[] = {F_SIGNATURE_NAME, F_SIGNATURE_DAY, F_SIGNATURE_WITNESS, SCAN};
	struct screen *s = form_screen(app, &paper_sort, TYPE_SIGNATURE, fields, sizeof fields / sizeof *fields,
		x->with);
	struct about *d = act_form_data(s);
	d->id = x->rec->id;
	d->part = part;
	act_form_above(s, ROLE_WARN, arena_printf(s->arena, _("Signed for %s. Check that the paper has the code %s at its foot."),
		agreement_choice(SET_SIGNATURE_PART, part), x->code));
	if (part == SIGNATURE_VOLUNTEER)
		form_put(s->form, F_SIGNATURE_NAME, value_text(x->with), NULL);
	form_put(s->form, F_SIGNATURE_DAY, value_int(app_today(app)), NULL);
	form_put(s->form, F_SIGNATURE_WITNESS, value_text(store_person(app_store(app))), NULL);
	return s;
}
