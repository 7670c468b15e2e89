/* roster/check.c - see qualifications.h: the child-protection check (børneattest) as a process.
 *
 * Owns which state may follow which, and the dates that come of it. Never holds the document nor what it says, and has
 * no place for either. Must not know what a role may do without a check (rules_person.c). */
#include "roster/qualifications.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "roster/act_priv.h"
#include "roster/rules_priv.h"

/* ---- which way -------------------------------------------------------------------------------------------------- */

#define TO(state) (1u << CHILD_##state)

/* By the state that stands (0: none written), those that may follow. */
static const unsigned moves[] = {
	[0] = TO(NOT_NEEDED) | TO(TO_ORDER) | TO(ORDERED),
	[CHILD_NOT_NEEDED] = TO(TO_ORDER) | TO(ORDERED),
	[CHILD_TO_ORDER] = TO(NOT_NEEDED) | TO(ORDERED),
	[CHILD_ORDERED] = TO(CONSENT_MISSING) | TO(ASSESSED) | TO(NOT_IN_ORDER),
	[CHILD_ASSESSED] = TO(RENEW) | TO(ORDERED),
	[CHILD_CONSENT_MISSING] = TO(NOT_NEEDED) | TO(TO_ORDER) | TO(ORDERED),
	[CHILD_NOT_IN_ORDER] = TO(TO_ORDER),
	[CHILD_RENEW] = TO(NOT_NEEDED) | TO(ORDERED),
};

bool check_may_move(int from, int to)
{
	bool known = from >= 0 && from < (int)(sizeof moves / sizeof *moves) && to > 0 && to <= CHILD_RENEW;
	return known && (moves[from] >> to & 1);
}

static const char *state_name(int state)
{
	const struct choice *c = schema_choice(SET_CHILD_CHECK, state);
	return c ? _(c->label) : _("nothing written");
}

/* ---- moving ----------------------------------------------------------------------------------------------------- */

struct moving {
	struct act *x;
	const struct rec *person;
	const struct check_move *how;
	const int *limits;
};

static bool is_empty(const char *s)
{
	return !s || !*s;
}

static int check_way(const struct moving *m, struct err *e)
{
	const struct check_move *how = m->how;
	int from = (int)rec_int(m->person, F_VOLUNTEER_CHILD_CHECK);
	bool assessed = how->state == CHILD_ASSESSED || how->state == CHILD_NOT_IN_ORDER;
	if (!check_may_move(from, how->state))
		return err_set(e, ERR_REFUSED, _("the check can't go from \"%s\" to \"%s\""), state_name(from),
			       state_name(how->state));
	if (how->day > store_today(m->x->s))
		return err_set(e, ERR_REFUSED, _("the day lies ahead: write what has happened"));
	if (assessed && (is_empty(how->assessor) || is_empty(how->second)))
		return err_set(e, ERR_REFUSED, _("who assessed the check, and a second person, must be written"));
	if (assessed && strcmp(text_fold(m->x->a, how->assessor), text_fold(m->x->a, how->second)) == 0)
		return err_set(e, ERR_REFUSED, _("the second person must be another one than who assessed the check"));
	return OK;
}

static int put(struct moving *m, int field, struct value v, struct err *e)
{
	return change_set(m->x->c, TYPE_VOLUNTEER, m->person->id, field, v, e);
}

/* A judgement replaces the one before it whole. */
static int put_judgement(struct moving *m, struct err *e)
{
	const struct check_move *how = m->how;
	int months = m->limits[LIMIT_CHECK_RENEW_MONTHS];
	bool renewed = how->state == CHILD_ASSESSED && months > 0;
	const struct field_value fields[] = {
		{F_VOLUNTEER_CHILD_CHECK_DATE, value_int(how->day)},
		{F_VOLUNTEER_CHECK_ASSESSOR, value_text(how->assessor)},
		{F_VOLUNTEER_CHECK_SECOND, value_text(how->second)},
		{F_VOLUNTEER_CHECK_NOTE, value_text_or_none(how->note)},
		{F_VOLUNTEER_CHECK_RENEW, renewed ? value_int(civil_add_months(how->day, months)) : value_none()},
	};
	return change_set_all(m->x->c, TYPE_VOLUNTEER, m->person->id, fields, sizeof fields / sizeof *fields, e);
}

/* What was in order once counts until the new one is assessed; what wasn't leaves nothing behind. */
static int forget_judgement(struct moving *m, struct err *e)
{
	static const int fields[] = {F_VOLUNTEER_CHILD_CHECK_DATE, F_VOLUNTEER_CHECK_ASSESSOR, F_VOLUNTEER_CHECK_SECOND,
				     F_VOLUNTEER_CHECK_RENEW};
	int rc = OK;
	for (size_t i = 0; rc == OK && i < sizeof fields / sizeof *fields; i++)
		rc = put(m, fields[i], value_none(), e);
	return rc;
}

static int move_one(struct moving *m, struct err *e)
{
	const struct check_move *how = m->how;
	bool ordered = how->state == CHILD_ORDERED, note = !is_empty(how->note);
	civil_date answer = how->day + m->limits[LIMIT_CHECK_CONSENT_DAYS];
	int rc = check_way(m, e);
	if (rc == OK)
		rc = put(m, F_VOLUNTEER_CHILD_CHECK, value_int(how->state), e);
	if (rc == OK)
		rc = put(m, F_VOLUNTEER_CHECK_CONSENT, ordered ? value_int(answer) : value_none(), e);
	if (rc == OK && note)
		rc = put(m, F_VOLUNTEER_CHECK_NOTE, value_text(how->note), e);
	if (rc != OK)
		return rc;
	switch (how->state) {
	case CHILD_ASSESSED:
	case CHILD_NOT_IN_ORDER: return put_judgement(m, e);
	case CHILD_ORDERED:
	case CHILD_RENEW: return OK;
	default: return forget_judgement(m, e);
	}
}

static int move_all(struct act *x, const struct id *volunteer, size_t n, const struct check_move *how, struct err *e)
{
	int limits[LIMIT_COUNT];
	int rc = rules_limits(x->v, limits, e);
	if (rc == OK && how->state == CHILD_ORDERED && n > (size_t)limits[LIMIT_CHECK_ORDER_PEOPLE])
		return err_set(e, ERR_REFUSED, _("an order takes %d names at most; these are %zu"),
			       limits[LIMIT_CHECK_ORDER_PEOPLE], n);
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct rec *r = NULL;
		struct moving m = {.x = x, .how = how, .limits = limits};
		rc = act_get_person(x, volunteer[i], &r, e);
		m.person = r;
		if (rc == OK)
			rc = move_one(&m, e);
		if (rc != OK && n > 1)
			err_prefix(e, "%s", view_title(x->v, x->a, volunteer[i]));
	}
	return rc;
}

static int move(struct store *s, const struct id *volunteer, size_t n, const struct check_move *how,
		struct change_result *out, struct err *e)
{
	struct act x;
	int rc = act_begin(&x, s, ACT_CHECK, e);
	if (rc == OK) {
		act_arg_people(&x, volunteer, n);
		change_arg(x.c, value_text(state_name(how->state)));
		rc = move_all(&x, volunteer, n, how, e);
	}
	return act_end(&x, rc, out, e);
}

int check_move(struct store *s, struct id volunteer, const struct check_move *how, struct change_result *out,
	       struct err *e)
{
	return move(s, &volunteer, 1, how, out, e);
}

int check_order(struct store *s, const struct id *volunteer, size_t n, civil_date day, struct change_result *out,
		struct err *e)
{
	return move(s, volunteer, n, &(struct check_move){.state = CHILD_ORDERED, .day = day}, out, e);
}

/* ---- who, and what next ----------------------------------------------------------------------------------------- */

bool check_is_asked(const struct book *b, const struct person *p)
{
	for (size_t i = 0; i < p->nroles; i++) {
		const struct task *t = book_task(b, p->roles[i]);
		if (t && t->child_check)
			return true;
	}
	return false;
}

bool check_is_followed(const struct book *b, const struct person *p)
{
	bool under_way = p->child_check == CHILD_ORDERED || p->child_check == CHILD_CONSENT_MISSING;
	return p->status != VOLUNTEER_ENDED && (under_way || check_is_asked(b, p));
}

static bool is_to_order(const struct person *p, const int *limits, civil_date today)
{
	switch (p->child_check) {
	case CHILD_ORDERED:
	case CHILD_CONSENT_MISSING:
	case CHILD_NOT_IN_ORDER: return false;
	case CHILD_ASSESSED:
		return p->check_renew != DATE_NONE && p->check_renew - today <= limits[LIMIT_EXPIRY_DAYS];
	}
	return true;
}

const struct person **check_to_order(const struct book *b, struct arena *a, const int limits[LIMIT_COUNT],
				     civil_date today, size_t *n, bool *more)
{
	const struct person **all = arena_alloc(a, (b->npeople + 1) * sizeof *all);
	*n = 0;
	for (size_t i = 0; i < b->npeople; i++) {
		const struct person *p = &b->people[i];
		if (p->status != VOLUNTEER_ENDED && check_is_asked(b, p) && is_to_order(p, limits, today))
			all[(*n)++] = p;
	}
	size_t most = (size_t)limits[LIMIT_CHECK_ORDER_PEOPLE];
	*more = *n > most;
	*n = *more ? most : *n;
	return all;
}

const char *check_next(const struct book *b, struct arena *a, const struct person *p, const int limits[LIMIT_COUNT],
		       civil_date today)
{
	if (!check_is_followed(b, p))
		return NULL;
	switch (p->child_check) {
	case CHILD_ORDERED:
		if (p->check_consent == DATE_NONE)
			return _("wait for the answer");
		return arena_printf(a, p->check_consent < today ? _("the time to consent ran out on %s: ask the volunteer")
					: _("the volunteer consents by %s"), rule_day_year(a, p->check_consent));
	case CHILD_CONSENT_MISSING: return _("talk with the volunteer, then order again");
	case CHILD_NOT_IN_ORDER: return _("talk with the volunteer about another role");
	case CHILD_ASSESSED:
		return is_to_order(p, limits, today)
			? arena_printf(a, _("order a new one by %s"), rule_day_year(a, p->check_renew)) : NULL;
	case CHILD_RENEW: return _("order a new one");
	}
	return _("order one");
}
