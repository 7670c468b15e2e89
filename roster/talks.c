/* roster/talks.c - see care.h: talks that are to be held, and those that were.
 *
 * Owns which are shown, and how one is written. Must not know what was said. */
#include "roster/care.h"

#include <stdlib.h>

#include "base/lang.h"
#include "roster/act_priv.h"

const char *talk_kind_name(int kind)
{
	const struct choice *c = schema_choice(SET_TALK_KIND, kind);
	return c ? _(c->label) : "";
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

struct reading { const struct book *b; struct arena *a; struct talk *all; size_t n, cap; bool all_kinds; };

static void add_talk(struct reading *k, const struct rec *r)
{
	const struct person *p = book_person(k->b, rec_id(r, F_TALK_VOLUNTEER));
	bool waits = rec_date(r, F_TALK_HELD) == DATE_NONE && person_is_planned(p);
	if (!k->all_kinds && !waits)
		return;
	k->all = arena_grow(k->a, k->all, &k->cap, k->n + 1, sizeof *k->all);
	k->all[k->n++] = (struct talk){
		.id = r->id, .volunteer = rec_id(r, F_TALK_VOLUNTEER), .about = rec_id(r, F_TALK_ABOUT), .person = p,
		.kind = (int)rec_int(r, F_TALK_KIND), .due = rec_date(r, F_TALK_DUE), .held = rec_date(r, F_TALK_HELD),
		.by = arena_strdup(k->a, rec_text(r, F_TALK_BY)), .note = arena_strdup(k->a, rec_text(r, F_TALK_NOTE)),
	};
}

static int add_one(void *ctx, const struct rec *r)
{
	add_talk(ctx, r);
	return 0;
}

static int order(int64_t x, int64_t y)
{
	return (x > y) - (x < y);
}

static int compare_due(const void *vx, const void *vy)
{
	const struct talk *x = vx, *y = vy;
	int c = order(x->due == DATE_NONE, y->due == DATE_NONE);
	c = c ? c : order(x->due, y->due);
	c = c ? c : order(x->person - y->person, 0);
	return c ? c : id_compare(x->id, y->id);
}

int talk_list(struct view *v, struct book *b, struct arena *a, struct talk **out, size_t *n, struct err *e)
{
	struct reading k = {.b = b, .a = a};
	int rc = view_each(v, TYPE_TALK, add_one, &k, e);
	if (k.n)
		qsort(k.all, k.n, sizeof *k.all, compare_due);
	*out = k.all;
	*n = rc == OK ? k.n : 0;
	return rc;
}

static civil_date day_of(const struct talk *t)
{
	return t->held != DATE_NONE ? t->held : t->due;
}

static int compare_own(const void *vx, const void *vy)
{
	const struct talk *x = vx, *y = vy;
	int c = order(x->held != DATE_NONE, y->held != DATE_NONE);
	c = c ? c : order(day_of(y), day_of(x));
	return c ? c : id_compare(x->id, y->id);
}

int talk_of(struct view *v, struct book *b, struct arena *a, struct id volunteer, struct talk **out, size_t *n, struct err *e)
{
	struct reading k = {.b = b, .a = a, .all_kinds = true};
	struct id *ids;
	size_t many = 0;
	int rc = view_refs(v, a, volunteer, TYPE_TALK, F_TALK_VOLUNTEER, &ids, &many, e);
	for (size_t i = 0; rc == OK && i < many; i++) {
		struct rec *r = NULL;
		rc = view_get(v, a, TYPE_TALK, ids[i], &r, e);
		if (rc == OK && r)
			add_talk(&k, r);
	}
	if (k.n)
		qsort(k.all, k.n, sizeof *k.all, compare_own);
	*out = k.all;
	*n = rc == OK ? k.n : 0;
	return rc;
}

/* ---- acts ------------------------------------------------------------------------------------------------------- */

static int check_held(struct act *x, civil_date held, struct err *e)
{
	return held != DATE_NONE && held > store_today(x->s) ? err_set(e, ERR_DATA, _("a day that lies ahead: what is held has been")) : OK;
}

static int put_talk(struct act *x, const struct talk_new *how, struct id volunteer, struct err *e)
{
	const struct field_value fields[] = {
		{F_TALK_VOLUNTEER, value_id(volunteer)},
		{F_TALK_KIND, value_int(how->kind)},
		{F_TALK_DUE, value_date_or_none(how->due)},
		{F_TALK_HELD, value_date_or_none(how->held)},
		{F_TALK_BY, value_text_or_none(how->by)},
		{F_TALK_NOTE, value_text_or_none(how->note)},
	};
	struct id id = change_new(x->c, TYPE_TALK);
	return change_set_all(x->c, TYPE_TALK, id, fields, sizeof fields / sizeof *fields, e);
}

/* Of that kind: held on that day, or to be held by it. */
static int is_noted(struct act *x, const struct talk_new *how, struct id volunteer, bool *noted, struct err *e)
{
	struct id *ids;
	size_t n = 0;
	int rc = view_refs(x->v, x->a, volunteer, TYPE_TALK, F_TALK_VOLUNTEER, &ids, &n, e);
	*noted = false;
	for (size_t i = 0; rc == OK && i < n && !*noted; i++) {
		struct rec *r = NULL;
		rc = view_get(x->v, x->a, TYPE_TALK, ids[i], &r, e);
		if (rc != OK || !r || rec_int(r, F_TALK_KIND) != how->kind || rec_date(r, F_TALK_HELD) != how->held)
			continue;
		*noted = how->held != DATE_NONE || rec_date(r, F_TALK_DUE) == how->due;
	}
	return rc;
}

int talk_add(struct store *s, const struct talk_new *how, struct change_result *out, struct err *e)
{
	struct act x;
	struct talk_new real = *how;
	int rc = act_begin(&x, s, ACT_TALK, e);
	if (real.kind == TALK_THANKS && real.held == DATE_NONE)
		real.held = real.due != DATE_NONE ? real.due : store_today(s);
	if (rc == OK)
		rc = check_held(&x, real.held, e);
	if (rc == OK) {
		act_arg_people(&x, how->volunteer, how->n);
		change_arg(x.c, value_text(talk_kind_name(how->kind)));
	}
	for (size_t i = 0; rc == OK && i < how->n; i++) {
		bool noted;
		rc = is_noted(&x, &real, how->volunteer[i], &noted, e);
		if (rc == OK && !noted)
			rc = put_talk(&x, &real, how->volunteer[i], e);
	}
	return act_end(&x, rc, out, e);
}

static int hold(struct act *x, struct id talk, civil_date day, const char *by, struct rec **out, struct err *e)
{
	int rc = view_get(x->v, x->a, TYPE_TALK, talk, out, e);
	if (rc == OK && (!*out || !(*out)->alive))
		rc = err_set(e, ERR_NOTFOUND, _("there is no such talk, or it has been deleted"));
	if (rc == OK)
		rc = change_set(x->c, TYPE_TALK, talk, F_TALK_HELD, value_int(day), e);
	if (rc == OK && by && *by)
		rc = change_set(x->c, TYPE_TALK, talk, F_TALK_BY, value_text(by), e);
	return rc;
}

int talk_held(struct store *s, const struct id *talk, size_t n, civil_date day, const char *by, struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *r = NULL;
	int rc = act_begin(&x, s, ACT_TALK, e);
	if (rc == OK)
		rc = check_held(&x, day, e);
	struct id *who = arena_alloc(x.a, (n + 1) * sizeof *who);
	for (size_t i = 0; rc == OK && i < n; i++) {
		rc = hold(&x, talk[i], day, by, &r, e);
		who[i] = rc == OK ? rec_id(r, F_TALK_VOLUNTEER) : ID_NONE;
	}
	if (rc == OK && n > 0) {
		act_arg_people(&x, who, n);
		change_arg(x.c, value_text(talk_kind_name((int)rec_int(r, F_TALK_KIND))));
	}
	return act_end(&x, rc, out, e);
}
