/* roster/agreement_templates.c - see agreements.h: templates, those that come with the program, and the wordings that
 * they make.
 *
 * Owns the records of templates and wordings. Must not know agreements. */
#include "roster/agreements.h"

#include <ctype.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "roster/agreements_priv.h"

static const struct shipped {
	const char *key;
	int sort, months;
	const char *name, *text, *volunteers, *professionals;
} shipped[] = {
#define SHIPPED(...) {__VA_ARGS__},
#include "roster/templates.def"
};

/* ---- those that come with the program ------------------------------------------------------------------- */

static int ship_one(struct act *x, const struct shipped *t, bool again, struct err *e)
{
	struct id id = id_template(t->key);
	struct rec *old;
	int rc = view_get(x->v, x->a, TYPE_TEMPLATE, id, &old, e);
	if (rc || (old && !again))
		return rc;
	const struct field_value fields[] = {
		{F_TEMPLATE_NAME, value_text(t->name)},
		{F_TEMPLATE_SORT, value_int(t->sort)},
		{F_TEMPLATE_TEXT, value_text(t->text)},
		{F_TEMPLATE_VOLUNTEERS, value_text(t->volunteers)},
		{F_TEMPLATE_PROFESSIONALS, value_text(t->professionals)},
		{F_TEMPLATE_MONTHS, t->months ? value_int(t->months) : value_none()},
	};
	change_make(x->c, TYPE_TEMPLATE, id);
	if (rc == OK)
		rc = change_set_all(x->c, TYPE_TEMPLATE, id, fields, sizeof fields / sizeof *fields, e);
	return rc;
}

int agreement_ship(struct store *s, struct change_result *out, struct err *e)
{
	struct act x;
	size_t alive = 0;
	int rc = act_begin(&x, s, ACT_ADD, e);
	if (rc == OK)
		rc = view_count(x.v, TYPE_TEMPLATE, &alive, e);
	if (rc == OK)
		change_arg(x.c, value_text(_("the agreement templates of the program")));
	for (size_t i = 0; rc == OK && i < sizeof shipped / sizeof *shipped; i++)
		rc = ship_one(&x, &shipped[i], alive == 0, e);
	return act_end(&x, rc, out, e);
}

int agreement_shipped(struct arena *a, const char *name, struct id *out, int *sort, struct err *e)
{
	size_t n = 0;
	for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
		if (!strstr(text_fold(a, shipped[i].name), text_fold(a, name)))
			continue;
		n++;
		*out = id_template(shipped[i].key);
		*sort = shipped[i].sort;
	}
	if (n == 1)
		return OK;
	return n ? err_set(e, ERR_AMBIGUOUS, _("several templates are called something with '%s'"), name)
		 : err_set(e, ERR_NOTFOUND, _("no template is called '%s'"), name);
}

/* ---- wordings ------------------------------------------------------------------------------------------- */

static bool is_there(const struct rec *r)
{
	return r && r->alive;
}

static int wording_of(struct view *v, struct arena *a, const struct rec *tmpl, struct wording *out, struct err *e)
{
	char *text;
	struct rec *kept;
	int rc = wording_make(a, rec_text(tmpl, F_TEMPLATE_TEXT), rec_text(tmpl, F_TEMPLATE_VOLUNTEERS),
		rec_text(tmpl, F_TEMPLATE_PROFESSIONALS), &text, e);
	if (rc) {
		err_prefix(e, _("the template \"%s\""), rec_text(tmpl, F_TEMPLATE_NAME));
		return rc;
	}
	*out = (struct wording){.tmpl = tmpl->id, .text = text};
	wording_hash(text, out->hash);
	wording_code(out->hash, out->code);
	out->id = id_wording(tmpl->id, out->hash);
	rc = view_get(v, a, TYPE_WORDING, out->id, &kept, e);
	out->kept = rc == OK && is_there(kept);
	return rc;
}

int agreement_wording(struct view *v, struct arena *a, struct id tmpl, struct wording *out, struct err *e)
{
	struct rec *r;
	int rc = view_get(v, a, TYPE_TEMPLATE, tmpl, &r, e);
	if (rc == OK && !is_there(r))
		rc = err_set(e, ERR_NOTFOUND, _("there is no such agreement template, or it has been deleted"));
	return rc ? rc : wording_of(v, a, r, out, e);
}

static struct wording from_rec(const struct rec *r)
{
	struct wording w = {
		.id = r->id, .tmpl = rec_id(r, F_WORDING_TEMPLATE), .text = rec_text(r, F_WORDING_TEXT), .kept = true};
	wording_hash(w.text, w.hash);
	wording_code(w.hash, w.code);
	return w;
}

int agreement_kept_wording(struct view *v, struct arena *a, struct id wording, struct wording *out, struct err *e)
{
	struct rec *r;
	int rc = view_get(v, a, TYPE_WORDING, wording, &r, e);
	if (rc == OK && !is_there(r))
		rc = err_set(e, ERR_NOTFOUND, _("the agreement has no wording, or it has been deleted"));
	if (rc == OK)
		*out = from_rec(r);
	return rc;
}

/* When it began to be used isn't put down: two sites that keep the same wording on different days would disagree on
 * something that nobody needs to decide. */
int agreement_keep_wording(struct change *c, const struct wording *w, struct err *e)
{
	if (w->kept)
		return OK;
	change_make(c, TYPE_WORDING, w->id);
	int rc = change_set(c, TYPE_WORDING, w->id, F_WORDING_TEMPLATE, value_id(w->tmpl), e);
	if (rc == OK)
		rc = change_set(c, TYPE_WORDING, w->id, F_WORDING_CODE, value_text(w->code), e);
	if (rc == OK)
		rc = change_set(c, TYPE_WORDING, w->id, F_WORDING_TEXT, value_text(w->text), e);
	return rc;
}

int agreement_wordings_now(struct view *v, struct arena *a, struct id **out, size_t *n, struct err *e)
{
	struct rec **tmpl;
	size_t all;
	struct wording w;
	int rc = view_all(v, a, TYPE_TEMPLATE, &tmpl, &all, e);
	*n = 0;
	if (rc)
		return rc;
	*out = arena_alloc(a, (all + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < all; i++) {
		rc = agreement_wording(v, a, tmpl[i]->id, &w, e);
		if (rc == OK)
			(*out)[(*n)++] = w.id;
		rc = rc == ERR_DATA ? OK : rc;
	}
	return rc;
}

/* ---- by its code ---------------------------------------------------------------------------------------- */

static bool code_begins(const char *code, const char *typed)
{
	size_t letters = 0;
	for (; *typed; typed++) {
		if (*typed == '-' || *typed == ' ')
			continue;
		code += *code == '-';
		if (tolower((unsigned char)*typed) != *code++)
			return false;
		letters++;
	}
	return letters > 0;
}

struct found {
	const char *typed;
	struct wording *out;
	size_t n;
};

static void consider(struct found *f, const struct wording *w)
{
	if (!code_begins(w->code, f->typed) || (f->n && id_equal(f->out->id, w->id)))
		return;
	*f->out = *w;
	f->n++;
}

static int look_in(struct view *v, struct arena *a, int type, struct found *f, struct err *e)
{
	struct rec **all;
	size_t n;
	int rc = view_all(v, a, type, &all, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct wording w;
		if (type == TYPE_WORDING)
			w = from_rec(all[i]);
		else if (wording_of(v, a, all[i], &w, NULL) || w.kept)
			continue; /* one that can't be filled in has no wording */
		consider(f, &w);
	}
	return rc;
}

int agreement_find_wording(struct view *v, struct arena *a, const char *code, struct wording *out, struct err *e)
{
	struct found f = {.typed = code, .out = out};
	int rc = look_in(v, a, TYPE_WORDING, &f, e);
	if (rc == OK)
		rc = look_in(v, a, TYPE_TEMPLATE, &f, e);
	if (rc == OK && f.n == 0)
		rc = err_set(e, ERR_NOTFOUND, _("there is no wording with the code \"%s\""), code);
	if (rc == OK && f.n > 1)
		rc = err_set(e, ERR_AMBIGUOUS,
			_("several wordings have codes that begin with \"%s\". Write more of it"), code);
	return rc;
}
