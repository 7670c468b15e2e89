/* roster/agreement_list.c - see agreements.h: agreements as they are shown, one and in lists.
 *
 * Owns what is due, expiring, missing and outdated. Writes nothing. */
#include "roster/agreements.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "roster/agreements_priv.h"
#include "roster/rules.h"

/* ---- signatures and roles --------------------------------------------------------------------------------- */

static int compare_days(const void *x, const void *y)
{
	const struct rec *a = *(const struct rec *const *)x, *b = *(const struct rec *const *)y;
	int64_t by_day = rec_int(a, F_SIGNATURE_DAY) - rec_int(b, F_SIGNATURE_DAY);
	return by_day ? (by_day > 0) - (by_day < 0) : id_compare(a->id, b->id);
}

static int signatures_of(
	struct view *v, struct arena *a, struct id target, int field, const struct rec ***out, size_t *n, struct err *e)
{
	struct id *ids;
	int rc = view_refs(v, a, target, TYPE_SIGNATURE, field, &ids, n, e);
	if (rc)
		return rc;
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < *n; i++) {
		struct rec *r = NULL;
		rc = view_get(v, a, TYPE_SIGNATURE, ids[i], &r, e);
		(*out)[i] = r;
	}
	if (rc == OK && *n)
		qsort(*out, *n, sizeof **out, compare_days);
	return rc;
}

int agreement_signatures(
	struct view *v, struct arena *a, struct id agreement, const struct rec ***out, size_t *n, struct err *e)
{
	return signatures_of(v, a, agreement, F_SIGNATURE_AGREEMENT, out, n, e);
}

struct role {
	struct id id;
	const char *name;
};

static int compare_roles(const void *x, const void *y)
{
	const struct role *a = x, *b = y;
	int by_name = text_compare(a->name, b->name);
	return by_name ? by_name : id_compare(a->id, b->id);
}

static int read_roles(struct view *v, struct arena *a, struct id agreement, struct role **out, size_t *n, struct err *e)
{
	struct id *links;
	size_t all;
	int rc = view_refs(v, a, agreement, TYPE_LINK, F_LINK_FROM, &links, &all, e);
	*n = 0;
	if (rc)
		return rc;
	*out = arena_alloc(a, (all + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < all; i++) {
		struct rec *r;
		rc = view_get(v, a, TYPE_LINK, links[i], &r, e);
		if (rc == OK && rec_int(r, F_LINK_KIND) == LINK_AGREEMENT_ROLE) {
			struct id role = rec_id(r, F_LINK_TO);
			(*out)[(*n)++] = (struct role){role, view_title(v, a, role)};
		}
	}
	if (rc == OK && *n)
		qsort(*out, *n, sizeof **out, compare_roles);
	return rc;
}

int agreement_roles(struct view *v, struct arena *a, struct id agreement, struct id **out, size_t *n, struct err *e)
{
	struct role *roles;
	int rc = read_roles(v, a, agreement, &roles, n, e);
	if (rc)
		return rc;
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = roles[i].id;
	return OK;
}

int agreement_role_names(struct view *v, struct arena *a, struct id agreement, char **out, struct err *e)
{
	struct role *roles;
	size_t n;
	int rc = read_roles(v, a, agreement, &roles, &n, e);
	*out = arena_strdup(a, "");
	for (size_t i = 0; rc == OK && i < n; i++)
		*out = i ? arena_printf(a, "%s, %s", *out, roles[i].name) : arena_strdup(a, roles[i].name);
	return rc;
}

/* ---- one agreement ------------------------------------------------------------------------------------------ */

/* What a list is made with: the templates' wordings of now are made once. */
struct lister {
	struct view *v;
	struct book *b;
	struct arena *a;
	civil_date today;
	int limits[LIMIT_COUNT];
	struct id *now; /* ids of the wordings that the templates have now */
	size_t nnow;
	struct agreement *all;
	size_t n;
};

static int begin(struct lister *l, struct err *e)
{
	int rc = rules_limits(l->v, l->limits, e);
	return rc ? rc : agreement_wordings_now(l->v, l->a, &l->now, &l->nnow, e);
}

/* Has its template another wording now? Not when the template is gone. */
static int find_outdated(struct lister *l, struct agreement *x, struct err *e)
{
	struct rec *w = NULL, *tmpl = NULL;
	struct id wording = rec_id(x->rec, F_AGREEMENT_WORDING);
	x->code = "";
	int rc = id_is_none(wording) ? OK : view_get(l->v, l->a, TYPE_WORDING, wording, &w, e);
	if (rc || !w)
		return rc;
	x->code = rec_text(w, F_WORDING_CODE);
	x->tmpl = rec_id(w, F_WORDING_TEMPLATE);
	rc = view_get(l->v, l->a, TYPE_TEMPLATE, x->tmpl, &tmpl, e);
	int64_t state = rec_int(x->rec, F_AGREEMENT_STATE);
	x->outdated = x->nsignatures && tmpl && tmpl->alive && state != AGREEMENT_REFUSED && state != AGREEMENT_ENDED;
	for (size_t i = 0; i < l->nnow; i++)
		if (id_equal(l->now[i], wording))
			x->outdated = false;
	return rc;
}

static bool holds_on(const struct rec *r, civil_date day)
{
	civil_date from = rec_date(r, F_AGREEMENT_FROM), to = rec_date(r, F_AGREEMENT_TO);
	return rec_int(r, F_AGREEMENT_STATE) == AGREEMENT_MADE && (from == DATE_NONE || from <= day) &&
		(to == DATE_NONE || to >= day);
}

static const char *name_of(struct lister *l, struct id id)
{
	return id_is_none(id) ? "" : l->b ? book_name(l->b, id) : view_title(l->v, l->a, id);
}

static int describe(struct lister *l, const struct rec *r, struct agreement *x, struct err *e)
{
	char *roles = NULL;
	struct id volunteer = rec_id(r, F_AGREEMENT_VOLUNTEER);
	*x = (struct agreement){
		.rec = r, .party = id_is_none(volunteer) ? rec_id(r, F_AGREEMENT_ORGANISATION) : volunteer};
	x->with = name_of(l, x->party);
	x->place = name_of(l, rec_id(r, F_AGREEMENT_UNIT));
	x->current = holds_on(r, l->today);
	int rc = agreement_signatures(l->v, l->a, r->id, &x->signatures, &x->nsignatures, e);
	if (rc == OK)
		rc = agreement_role_names(l->v, l->a, r->id, &roles, e);
	if (rc)
		return rc;
	x->roles = roles;
	x->lacks = agreement_lacks(l->a, r, roles, x->signatures, x->nsignatures);
	return find_outdated(l, x, e);
}

int agreement_get(struct view *v, struct book *b, struct arena *a, struct id id, civil_date today,
	struct agreement *out, struct err *e)
{
	struct lister l = {.v = v, .b = b, .a = a, .today = today};
	struct rec *r;
	int rc = agreement_rec(v, a, id, &r, e);
	if (rc == OK)
		rc = begin(&l, e);
	return rc ? rc : describe(&l, r, out, e);
}

/* ---- lists ---------------------------------------------------------------------------------------------------- */

/* With somebody who has been erased nothing is left to do. */
static bool is_listed(const struct lister *l, const struct agreement *x, enum agreement_list which)
{
	const struct pact p = pact_of(x->rec);
	if (which != AGREEMENTS_ALL && id_is_erased(x->party))
		return false;
	switch (which) {
	case AGREEMENTS_ALL: return true;
	case AGREEMENTS_DUE: return agreement_is_due(&p, l->limits, l->today);
	case AGREEMENTS_EXPIRING: return agreement_runs_out(&l->b->frames, &p, l->limits, l->today);
	case AGREEMENTS_RESIGN: return x->outdated;
	case AGREEMENTS_MISSING: break;
	}
	return false;
}

static int load(struct lister *l, struct err *e)
{
	struct rec **all;
	int rc = begin(l, e);
	if (rc == OK)
		rc = view_all(l->v, l->a, TYPE_AGREEMENT, &all, &l->n, e);
	if (rc)
		return rc;
	l->all = arena_alloc(l->a, (l->n + 1) * sizeof *l->all);
	for (size_t i = 0; rc == OK && i < l->n; i++)
		rc = describe(l, all[i], &l->all[i], e);
	return rc;
}

/* ---- who has none ----------------------------------------------------------------------------------------------- */

struct missing {
	struct agreement *x;
	size_t n, cap;
};

static void add_missing(struct lister *l, struct missing *m, struct id party)
{
	if (id_is_none(party))
		return;
	for (size_t i = 0; i < m->n; i++)
		if (id_equal(m->x[i].party, party))
			return;
	m->x = arena_grow(l->a, m->x, &m->cap, m->n + 1, sizeof *m->x);
	m->x[m->n++] =
		(struct agreement){.party = party, .with = name_of(l, party), .place = "", .roles = "", .code = ""};
}

static void consider_seat(struct lister *l, struct missing *m, const struct seat_row *seat)
{
	if (seat->state == ASSIGNMENT_ACCEPTED)
		add_missing(l, m, agreement_lacking(l->b, seat->organisation, seat->volunteer, l->today));
}

static int find_missing(struct lister *l, struct missing *m, struct err *e)
{
	struct shift_row *shift;
	size_t all, n = 0;
	enum { FAR = 10 * 366 };
	int rc = view_shifts(l->v, l->a, NULL, cmin_at(l->today, 0), cmin_at(l->today + FAR, 0), &shift, &all, e);
	struct id *id = arena_alloc(l->a, (all + 1) * sizeof *id);
	struct seat_list *seats;
	for (size_t i = 0; rc == OK && i < all; i++)
		if (shift[i].state != SHIFT_CANCELLED && shift[i].filled)
			id[n++] = shift[i].shift;
	if (rc == OK)
		rc = view_seats_of(l->v, l->a, id, n, &seats, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		for (size_t k = 0; k < seats[i].n; k++)
			consider_seat(l, m, &seats[i].rows[k]);
	return rc;
}

/* ---- order ------------------------------------------------------------------------------------------------------ */

static int compare_names(const void *x, const void *y)
{
	const struct agreement *a = x, *b = y;
	int by_name = text_compare(a->with, b->with);
	if (by_name)
		return by_name;
	return a->rec && b->rec ? id_compare(a->rec->id, b->rec->id) : id_compare(a->party, b->party);
}

static int compare_by(const struct agreement *x, const struct agreement *y, int field)
{
	int64_t a = rec_int(x->rec, field), b = rec_int(y->rec, field);
	return a != b ? (a > b) - (a < b) : compare_names(x, y);
}

static int compare_evaluations(const void *x, const void *y)
{
	return compare_by(x, y, F_AGREEMENT_EVALUATE);
}

static int compare_ends(const void *x, const void *y)
{
	return compare_by(x, y, F_AGREEMENT_TO);
}

static int pick(struct lister *l, enum agreement_list which, struct agreement **out, size_t *n, struct err *e)
{
	struct missing m = {0};
	int rc = which == AGREEMENTS_MISSING ? find_missing(l, &m, e) : OK;
	if (rc)
		return rc;
	*out = which == AGREEMENTS_MISSING ? m.x : arena_alloc(l->a, (l->n + 1) * sizeof **out);
	*n = m.n;
	for (size_t i = 0; i < l->n; i++)
		if (is_listed(l, &l->all[i], which))
			(*out)[(*n)++] = l->all[i];
	if (*n)
		qsort(*out, *n, sizeof **out,
			which == AGREEMENTS_DUE                ? compare_evaluations
				: which == AGREEMENTS_EXPIRING ? compare_ends
							       : compare_names);
	return OK;
}

int agreement_list(struct view *v, struct book *b, struct arena *a, enum agreement_list which, civil_date today,
	struct agreement **out, size_t *n, struct err *e)
{
	struct lister l = {.v = v, .b = b, .a = a, .today = today};
	int rc = load(&l, e);
	return rc ? rc : pick(&l, which, out, n, e);
}

int agreement_lists(
	struct view *v, struct book *b, struct arena *a, civil_date today, struct agreement_lists *out, struct err *e)
{
	struct lister l = {.v = v, .b = b, .a = a, .today = today};
	int rc = load(&l, e);
	for (int i = 0; rc == OK && i < AGREEMENTS_LISTS; i++)
		rc = pick(&l, (enum agreement_list)i, &out->of[i], &out->n[i], e);
	return rc;
}

/* ---- who signed ----------------------------------------------------------------------------------------------------
 */

int agreement_signers(struct view *v, struct book *b, struct arena *a, struct id wording, struct signer **out,
	size_t *n, struct err *e)
{
	struct lister l = {.v = v, .b = b, .a = a};
	const struct rec **all;
	int rc = signatures_of(v, a, wording, F_SIGNATURE_WORDING, &all, n, e);
	if (rc)
		return rc;
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < *n; i++) {
		struct rec *r;
		struct id id = rec_id(all[i], F_SIGNATURE_AGREEMENT);
		rc = view_get(v, a, TYPE_AGREEMENT, id, &r, e);
		if (rc)
			break;
		struct id volunteer = r ? rec_id(r, F_AGREEMENT_VOLUNTEER) : ID_NONE;
		struct id party = id_is_none(volunteer) && r ? rec_id(r, F_AGREEMENT_ORGANISATION) : volunteer;
		(*out)[i] = (struct signer){all[i], name_of(&l, party), id};
	}
	return rc;
}
