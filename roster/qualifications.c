/* roster/qualifications.c - see qualifications.h: courses and declarations, and the introduction.
 *
 * Owns what somebody's courses come to on a day, and giving one. The check is check.c's. Must not know what a role may
 * do without one (rules_frames.c). */
#include "roster/qualifications.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "roster/act_priv.h"
#include "roster/rules_priv.h"

const char *qualification_state_name(enum qualification_state state)
{
	switch (state) {
	case QUALIFICATION_LACKING: return _("missing");
	case QUALIFICATION_SIGNED_UP: return _("signed up");
	case QUALIFICATION_VALID: return _("has it");
	case QUALIFICATION_EXPIRING: return _("runs out soon");
	case QUALIFICATION_EXPIRED: return _("has run out");
	}
	return "";
}

/* ---- of one person ---------------------------------------------------------------------------------------------- */

static enum qualification_state state_of(const struct held *h, civil_date day, int warn)
{
	if (!h)
		return QUALIFICATION_LACKING;
	if (h->got == DATE_NONE || h->got > day)
		return QUALIFICATION_SIGNED_UP;
	if (h->until == DATE_NONE || h->until - day > warn)
		return QUALIFICATION_VALID;
	return h->until < day ? QUALIFICATION_EXPIRED : QUALIFICATION_EXPIRING;
}

static bool is_asked(const struct book *b, const struct person *p, struct id course)
{
	for (size_t i = 0; i < p->nroles; i++) {
		size_t n;
		const struct demand *d = frames_demands(&b->frames, p->roles[i], &n);
		for (size_t k = 0; k < n; k++)
			if (id_equal(d[k].course, course))
				return true;
	}
	return false;
}

bool qualification_counts(const struct book *b, const struct person *p, const struct course *kind)
{
	return kind->step || is_asked(b, p, kind->id);
}

/* What must come first and isn't there; NULL: nothing. */
static const struct course *lacks_before(const struct frames *f, struct id volunteer, const struct course *k,
					 civil_date day)
{
	const struct course *first = frames_course(f, k->after);
	return first && !held_holds(frames_held(f, volunteer, first->id), day) ? first : NULL;
}

static const char *reason_of(const struct frames *f, struct arena *a, const struct person *p,
			     const struct qualification *q, civil_date day)
{
	const struct course *first;
	switch (q->state) {
	case QUALIFICATION_EXPIRED: return arena_printf(a, _("ran out on %s"), rule_day_year(a, q->held->until));
	case QUALIFICATION_EXPIRING: return arena_printf(a, _("runs out on %s"), rule_day_year(a, q->held->until));
	case QUALIFICATION_VALID:
		return q->held->until == DATE_NONE
			? "" : arena_printf(a, _("holds until %s"), rule_day_year(a, q->held->until));
	case QUALIFICATION_LACKING:
	case QUALIFICATION_SIGNED_UP:
		first = lacks_before(f, p->id, q->kind, day);
		return first ? arena_printf(a, _("only after %s"), first->name) : "";
	}
	return "";
}

struct qualification *qualification_of(const struct book *b, struct arena *a, const struct person *p,
				       const int limits[LIMIT_COUNT], civil_date day, size_t *n)
{
	const struct frames *f = &b->frames;
	struct qualification *all = arena_alloc(a, (f->ncourses + 1) * sizeof *all);
	*n = 0;
	for (size_t i = 0; i < f->ncourses; i++) {
		const struct course *k = &f->courses[i];
		struct qualification q = {.kind = k,
					  .held = frames_held(f, p->id, k->id),
					  .asked = is_asked(b, p, k->id)};
		if (!q.held && !q.asked && !k->step)
			continue;
		q.state = state_of(q.held, day, k->warn_days ? k->warn_days : limits[LIMIT_EXPIRY_DAYS]);
		q.reason = reason_of(f, a, p, &q, day);
		all[(*n)++] = q;
	}
	return all;
}

struct introduction introduction_of(const struct book *b, const struct person *p, const int limits[LIMIT_COUNT],
				    civil_date day)
{
	const struct frames *f = &b->frames;
	struct introduction in = {0};
	for (; in.n < f->ncourses && f->courses[in.n].step; in.n++) {
		const struct course *k = &f->courses[in.n];
		const struct held *h = frames_held(f, p->id, k->id);
		if (h && h->got != DATE_NONE && h->got <= day)
			in.done++;
		else if (!in.next)
			in.next = k;
	}
	bool lately = p->started != DATE_NONE && day - p->started < limits[LIMIT_NEW_DAYS];
	in.is_new = in.n ? in.next && (in.done || lately) : lately;
	return in;
}

/* ---- giving ----------------------------------------------------------------------------------------------------- */

static int write_one(struct act *x, const struct course *k, const struct qualification_given *how, struct id volunteer,
		     struct err *e)
{
	struct id id = id_qualification(k->id, volunteer);
	civil_date until = how->got != DATE_NONE && k->months ? civil_add_months(how->got, k->months) : DATE_NONE;
	const struct field_value fields[] = {
		{F_QUALIFICATION_VOLUNTEER, value_id(volunteer)},
		{F_QUALIFICATION_KIND, value_id(k->id)},
		{F_QUALIFICATION_GOT, value_date_or_none(how->got)},
		{F_QUALIFICATION_UNTIL, value_date_or_none(until)},
		{F_QUALIFICATION_CONFIRMED_BY, value_text_or_none(how->confirmed_by)},
	};
	change_make(x->c, TYPE_QUALIFICATION, id);
	return change_set_all(x->c, TYPE_QUALIFICATION, id, fields, sizeof fields / sizeof *fields, e);
}

/* May the person have it? Being signed up asks for nothing yet; what they have already isn't lost by that. */
static int may_have(const struct book *b, const struct course *k, const struct qualification_given *how,
		    struct id volunteer, struct err *e)
{
	if (how->got == DATE_NONE && frames_held(&b->frames, volunteer, k->id))
		return err_set(e, ERR_REFUSED, _("%s has %s already, or is signed up"), book_name(b, volunteer), k->name);
	const struct course *first = how->got == DATE_NONE ? NULL : lacks_before(&b->frames, volunteer, k, how->got);
	if (first)
		return err_set(e, ERR_REFUSED, _("%s can have %s only after %s"), book_name(b, volunteer), k->name,
			       first->name);
	return OK;
}

static int check_given(struct store *s, const struct course *k, const struct qualification_given *how, struct err *e)
{
	if (!k)
		return err_set(e, ERR_NOTFOUND, _("there is no such kind of course or certificate"));
	if (how->got == DATE_NONE)
		return OK;
	if (how->got > store_today(s))
		return err_set(e, ERR_REFUSED, _("nobody can have got it on a day that lies ahead"));
	if (*k->confirms && !(how->confirmed_by && *how->confirmed_by))
		return err_set(e, ERR_REFUSED, _("%s must be confirmed by somebody: %s"), k->name, k->confirms);
	return OK;
}

int qualification_give(struct store *s, const struct book *b, const struct qualification_given *how,
		       struct change_result *out, struct err *e)
{
	const struct course *k = frames_course(&b->frames, how->kind);
	struct act x;
	int rc = check_given(s, k, how, e);
	if (rc != OK)
		return rc;
	rc = act_begin(&x, s, ACT_QUALIFY, e);
	if (rc == OK) {
		act_arg_people(&x, how->volunteer, how->n);
		change_arg(x.c, value_id(k->id));
	}
	for (size_t i = 0; rc == OK && i < how->n; i++) {
		rc = may_have(b, k, how, how->volunteer[i], e);
		if (rc == OK)
			rc = write_one(&x, k, how, how->volunteer[i], e);
	}
	return act_end(&x, rc, out, e);
}

int qualification_ask(struct store *s, struct id role, const struct id *kinds, size_t n, struct change_result *out,
		      struct err *e)
{
	struct act x;
	int rc = act_begin(&x, s, ACT_EDIT, e);
	if (rc == OK) {
		change_arg(x.c, value_id(role));
		rc = act_set_links(x.c, x.v, LINK_ROLE_QUALIFICATION, role, kinds, n, e);
	}
	return act_end(&x, rc, out, e);
}

/* ---- what expires ----------------------------------------------------------------------------------------------- */

static int compare_expiry(const void *vx, const void *vy)
{
	const struct expiry *x = vx, *y = vy;
	if (x->until != y->until)
		return x->until < y->until ? -1 : 1;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1; /* people lie in one array by name */
	return (x->kind > y->kind) - (x->kind < y->kind);
}

struct expiry *qualification_expiring(const struct book *b, struct arena *a, civil_date today, int days, size_t *n)
{
	const struct frames *f = &b->frames;
	struct expiry *all = arena_alloc(a, (f->nheld + b->npeople + 1) * sizeof *all);
	*n = 0;
	for (size_t i = 0; i < f->nheld; i++) {
		const struct held *h = &f->held[i];
		const struct person *p = book_person(b, h->volunteer);
		const struct course *k = frames_course(f, h->course);
		bool soon = h->got != DATE_NONE && h->until != DATE_NONE && h->until - today <= days;
		if (soon && k && person_is_planned(p) && qualification_counts(b, p, k))
			all[(*n)++] = (struct expiry){p, k, h->until, k->name};
	}
	for (size_t i = 0; i < b->npeople; i++) {
		const struct person *p = &b->people[i];
		bool soon = p->check_renew != DATE_NONE && p->check_renew - today <= days;
		if (soon && person_is_planned(p) && check_is_asked(b, p))
			all[(*n)++] = (struct expiry){p, NULL, p->check_renew, _("the child-protection check")};
	}
	if (*n > 1)
		qsort(all, *n, sizeof *all, compare_expiry);
	return all;
}
