/* roster/agreement_due.c - see agreements.h: which agreements wait for something, from the address book.
 *
 * Owns when one is due, runs out or is lacking, for the lists (agreement_list.c) and for the home screen, which has no
 * time to read each agreement. Writes nothing. */
#include <stdlib.h>

#include "base/text.h"
#include "roster/agreements_priv.h"
#include "roster/rules.h"

/* ---- one --------------------------------------------------------------------------------------------------- */

static bool is_within(const struct pact *p, civil_date day, civil_date today, int days)
{
	return p->state == AGREEMENT_MADE && day != DATE_NONE && day - today <= days;
}

bool agreement_is_due(const struct pact *p, const int *limits, civil_date today)
{
	return is_within(p, p->evaluate, today, limits[LIMIT_EVALUATION_DAYS]);
}

static bool is_off(const struct pact *p)
{
	return p->state == AGREEMENT_REFUSED || p->state == AGREEMENT_ENDED;
}

/* Is there another one that begins later, made or on its way? */
static bool is_followed(const struct frames *f, const struct pact *p)
{
	size_t n;
	const struct pact *all = frames_pacts(f, p->sort, p->with, &n);
	for (size_t i = 0; i < n; i++)
		if (!is_off(&all[i]) && all[i].from > p->from && id_equal(all[i].also, p->also) &&
			id_equal(all[i].unit, p->unit))
			return true;
	return false;
}

bool agreement_runs_out(const struct frames *f, const struct pact *p, const int *limits, civil_date today)
{
	return is_within(p, p->to, today, limits[LIMIT_AGREEMENT_DAYS]) && !is_followed(f, p);
}

/* ---- none --------------------------------------------------------------------------------------------------- */

static bool has_own(const struct frames *f, struct id party, civil_date day)
{
	for (size_t i = f->ncooperations; i < f->npacts; i++)
		if (f->pacts[i].sort == AGREEMENT_OWN && id_equal(pact_party(&f->pacts[i]), party) &&
			pact_holds(&f->pacts[i], day))
			return true;
	return false;
}

static bool has_one(const struct frames *f, struct id party, int sort, civil_date day)
{
	size_t n;
	const struct pact *all = frames_pacts(f, sort, party, &n);
	for (size_t i = 0; i < n; i++)
		if (pact_holds(&all[i], day))
			return true;
	return has_own(f, party, day);
}

struct id agreement_lacking(const struct book *b, struct id organisation, struct id volunteer, civil_date day)
{
	const struct org *o = book_org(b, organisation);
	bool through = o && o->kind != ORGANISATION_OWN_CORPS;
	struct id party = through ? o->id : volunteer;
	int sort = through ? AGREEMENT_COOPERATION : AGREEMENT_VOLUNTEER;
	return id_is_none(party) || has_one(&b->frames, party, sort, day) ? ID_NONE : party;
}

/* ---- all ----------------------------------------------------------------------------------------------------- */

struct todo {
	struct view *v;
	struct book *b;
	struct arena *a;
	civil_date today;
	int limits[LIMIT_COUNT];
	struct id *now; /* wordings of now */
	size_t nnow;
	struct old { /* another wording, and whether its template is still there */
		struct id wording;
		bool alive;
	} *old;
	size_t nold, old_cap;
	struct agreement_todos *out;
	size_t cap[AGREEMENTS_LISTS];
};

static void add(struct todo *t, enum agreement_list which, struct id agreement, struct id party, civil_date day)
{
	size_t *n = &t->out->n[which];
	struct agreement_todo **all = &t->out->of[which];
	*all = arena_grow(t->a, *all, &t->cap[which], *n + 1, sizeof **all);
	(*all)[(*n)++] = (struct agreement_todo){agreement, party, book_name(t->b, party), day};
}

/* Many have signed the same. */
static int is_of_template(struct todo *t, struct id wording, bool *is, struct err *e)
{
	struct rec *w = NULL, *tmpl = NULL;
	size_t i = 0;
	while (i < t->nold && !id_equal(t->old[i].wording, wording))
		i++;
	if (i < t->nold) {
		*is = t->old[i].alive;
		return OK;
	}
	int rc = view_get(t->v, t->a, TYPE_WORDING, wording, &w, e);
	if (rc == OK && w)
		rc = view_get(t->v, t->a, TYPE_TEMPLATE, rec_id(w, F_WORDING_TEMPLATE), &tmpl, e);
	*is = tmpl && tmpl->alive;
	t->old = arena_grow(t->a, t->old, &t->old_cap, t->nold + 1, sizeof *t->old);
	t->old[t->nold++] = (struct old){wording, *is};
	return rc;
}

/* Signed on a wording that its template no longer has? Not when the template is gone. */
static int is_outdated(struct todo *t, const struct pact *p, bool *is, struct err *e)
{
	struct id *signatures;
	size_t n = 0;
	*is = false;
	if (is_off(p) || id_is_none(p->wording))
		return OK;
	for (size_t i = 0; i < t->nnow; i++)
		if (id_equal(t->now[i], p->wording))
			return OK;
	int rc = is_of_template(t, p->wording, is, e);
	if (rc == OK && *is)
		rc = view_refs(t->v, t->a, p->id, TYPE_SIGNATURE, F_SIGNATURE_AGREEMENT, &signatures, &n, e);
	*is = *is && n > 0;
	return rc;
}

/* With somebody who has been erased nothing is left to do. */
static int consider(struct todo *t, const struct pact *p, struct err *e)
{
	struct id party = pact_party(p);
	bool outdated;
	if (id_is_erased(party))
		return OK;
	if (agreement_is_due(p, t->limits, t->today))
		add(t, AGREEMENTS_DUE, p->id, party, p->evaluate);
	if (agreement_runs_out(&t->b->frames, p, t->limits, t->today))
		add(t, AGREEMENTS_EXPIRING, p->id, party, p->to);
	int rc = is_outdated(t, p, &outdated, e);
	if (rc == OK && outdated)
		add(t, AGREEMENTS_RESIGN, p->id, party, DATE_NONE);
	return rc;
}

static bool is_added(const struct agreement_todos *out, enum agreement_list which, struct id party)
{
	for (size_t i = 0; i < out->n[which]; i++)
		if (id_equal(out->of[which][i].party, party))
			return true;
	return false;
}

static void consider_shift(struct todo *t, const struct shift *s)
{
	for (size_t i = 0; i < s->nseats; i++) {
		const struct seat *seat = &s->seats[i];
		if (seat->state != ASSIGNMENT_ACCEPTED)
			continue;
		struct id party = agreement_lacking(t->b, seat->organisation, seat->volunteer, t->today);
		if (!id_is_none(party) && !is_added(t->out, AGREEMENTS_MISSING, party))
			add(t, AGREEMENTS_MISSING, ID_NONE, party, DATE_NONE);
	}
}

static int compare_todos(const void *vx, const void *vy)
{
	const struct agreement_todo *x = vx, *y = vy;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	int by_name = text_compare(x->with, y->with);
	return by_name ? by_name : id_compare(x->agreement, y->agreement);
}

int agreement_todos(struct view *v, struct book *b, struct arena *a, const struct roster *coming, civil_date today,
	struct agreement_todos *out, struct err *e)
{
	struct todo t = {.v = v, .b = b, .a = a, .today = today, .out = out};
	*out = (struct agreement_todos){0};
	int rc = rules_limits(v, t.limits, e);
	if (rc == OK)
		rc = agreement_wordings_now(v, a, &t.now, &t.nnow, e);
	for (size_t i = 0; rc == OK && i < b->frames.npacts; i++)
		rc = consider(&t, &b->frames.pacts[i], e);
	for (size_t i = 0; rc == OK && i < coming->n; i++)
		if (coming->shifts[i].row.state != SHIFT_CANCELLED && coming->shifts[i].row.start >= cmin_at(today, 0))
			consider_shift(&t, &coming->shifts[i]);
	for (int i = 0; i < AGREEMENTS_LISTS; i++)
		if (out->n[i] > 1)
			qsort(out->of[i], out->n[i], sizeof *out->of[i], compare_todos);
	return rc;
}
