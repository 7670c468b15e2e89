/* roster/agreement_acts.c - see agreements.h: agreements made, moved from state to state, renewed.
 *
 * Owns which state follows on which, and what an agreement needs before it is made. Must not know texts or seals. */
#include "roster/agreements.h"

#include <string.h>

#include "base/lang.h"
#include "roster/agreements_priv.h"

#define SORT(s) (1U << AGREEMENT_##s)
#define ALL_SORTS (SORT(COOPERATION) | SORT(VOLUNTEER) | SORT(CONFIDENTIALITY) | SORT(OWN))

int agreement_rec(struct view *v, struct arena *a, struct id agreement, struct rec **out, struct err *e)
{
	int rc = view_get(v, a, TYPE_AGREEMENT, agreement, out, e);
	if (rc == OK && (!*out || !(*out)->alive))
		rc = err_set(e, ERR_NOTFOUND, _("there is no such agreement, or it has been deleted"));
	return rc;
}

/* ---- what it needs --------------------------------------------------------------------------------------- */

bool agreement_has_part(const struct rec *r, int part)
{
	switch (part) {
	case SIGNATURE_VOLUNTEER: return !id_is_none(rec_id(r, F_AGREEMENT_VOLUNTEER));
	case SIGNATURE_ORGANISATION: return !id_is_none(rec_id(r, F_AGREEMENT_ORGANISATION));
	case SIGNATURE_WORKPLACE: return rec_int(r, F_AGREEMENT_SORT) != AGREEMENT_CONFIDENTIALITY;
	default: return false;
	}
}

/* A row asks for a field, or (field 0) for the roles, or for a part's signature. */
static const struct need {
	unsigned sorts;
	int field, part;
	const char *what;
} needs[] = {
	{SORT(COOPERATION) | SORT(VOLUNTEER), F_AGREEMENT_UNIT, 0, N_("the place")},
	{SORT(COOPERATION) | SORT(VOLUNTEER), 0, 0, N_("the roles")},
	{SORT(COOPERATION) | SORT(VOLUNTEER) | SORT(OWN), F_AGREEMENT_FROM, 0, N_("the first day")},
	{SORT(COOPERATION), F_AGREEMENT_TR_DATE, 0, N_("the day it was discussed with TR")},
	{ALL_SORTS, 0, SIGNATURE_VOLUNTEER, N_("the volunteer's signature")},
	{ALL_SORTS, 0, SIGNATURE_ORGANISATION, N_("the organisation's signature")},
	{ALL_SORTS, 0, SIGNATURE_WORKPLACE, N_("the workplace's signature")},
};

static bool has_signed(const struct rec *r, const struct rec *const *signature, size_t n, int part)
{
	if (!agreement_has_part(r, part))
		return true;
	for (size_t i = 0; i < n; i++)
		if (rec_int(signature[i], F_SIGNATURE_PART) == part &&
			id_equal(rec_id(signature[i], F_SIGNATURE_WORDING), rec_id(r, F_AGREEMENT_WORDING)))
			return true;
	return false;
}

const char *agreement_lacks(
	struct arena *a, const struct rec *r, const char *roles, const struct rec *const *signature, size_t n)
{
	const char *out = NULL;
	for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
		const struct need *k = &needs[i];
		bool is_met = k->field ? rec_get(r, k->field).tag != V_NONE
			: k->part      ? has_signed(r, signature, n, k->part)
				       : *roles != '\0';
		if (!(k->sorts >> rec_int(r, F_AGREEMENT_SORT) & 1) || is_met)
			continue;
		out = out ? arena_printf(a, "%s, %s", out, _(k->what)) : _(k->what);
	}
	return out;
}

/* ---- made ------------------------------------------------------------------------------------------------ */

static int check_parties(const struct agreement_new *how, int sort, struct err *e)
{
	bool person = !id_is_none(how->volunteer), org = !id_is_none(how->organisation);
	if (person == org)
		return err_set(
			e, ERR_DATA, _("an agreement is made with a volunteer or with an organisation: one of them"));
	if (sort == AGREEMENT_COOPERATION && person)
		return err_set(
			e, ERR_DATA, _("a co-operation agreement is made with an organisation, not with a person"));
	if ((sort == AGREEMENT_VOLUNTEER || sort == AGREEMENT_CONFIDENTIALITY) && org)
		return err_set(e, ERR_DATA, _("that agreement is made with a volunteer, not with an organisation"));
	if (how->from != DATE_NONE && how->to != DATE_NONE && how->to < how->from)
		return err_set(e, ERR_DATA, _("the agreement would end before it begins"));
	return OK;
}

static int link_role(struct act *x, struct id agreement, struct id role, struct err *e)
{
	struct id id = id_link(LINK_AGREEMENT_ROLE, agreement, role);
	change_make(x->c, TYPE_LINK, id);
	int rc = change_set(x->c, TYPE_LINK, id, F_LINK_KIND, value_int(LINK_AGREEMENT_ROLE), e);
	if (rc == OK)
		rc = change_set(x->c, TYPE_LINK, id, F_LINK_FROM, value_id(agreement), e);
	return rc ? rc : change_set(x->c, TYPE_LINK, id, F_LINK_TO, value_id(role), e);
}

static struct value first_evaluation(struct act *x, const struct agreement_new *how, const struct rec *tmpl)
{
	int64_t months = rec_int(tmpl, F_TEMPLATE_MONTHS);
	civil_date from = how->from == DATE_NONE ? store_today(x->s) : how->from;
	return months ? value_int(civil_add_months(from, (int)months)) : value_none();
}

static int put_agreement(
	struct act *x, const struct agreement_new *how, const struct rec *tmpl, struct id id, struct err *e)
{
	struct wording w;
	int rc = agreement_wording(x->v, x->a, how->tmpl, &w, e);
	if (rc == OK)
		rc = agreement_keep_wording(x->c, &w, e);
	if (rc)
		return rc;
	const struct field_value fields[] = {
		{F_AGREEMENT_SORT, rec_get(tmpl, F_TEMPLATE_SORT)},
		{F_AGREEMENT_WORDING, value_id(w.id)},
		{F_AGREEMENT_ORGANISATION, value_id_or_none(how->organisation)},
		{F_AGREEMENT_VOLUNTEER, value_id_or_none(how->volunteer)},
		{F_AGREEMENT_UNIT, value_id_or_none(how->unit)},
		{F_AGREEMENT_STATE, value_int(AGREEMENT_REQUESTED)},
		{F_AGREEMENT_FROM, value_date_or_none(how->from)},
		{F_AGREEMENT_TO, value_date_or_none(how->to)},
		{F_AGREEMENT_EVALUATE, first_evaluation(x, how, tmpl)},
		{F_AGREEMENT_CASE, value_text_or_none(how->case_no)},
	};
	if (rc == OK)
		rc = change_set_all(x->c, TYPE_AGREEMENT, id, fields, sizeof fields / sizeof *fields, e);
	for (size_t i = 0; rc == OK && i < how->nroles; i++)
		rc = link_role(x, id, how->roles[i], e);
	return rc;
}

static int make(struct act *x, const struct agreement_new *how, struct id *made, struct err *e)
{
	struct rec *tmpl;
	int rc = view_get(x->v, x->a, TYPE_TEMPLATE, how->tmpl, &tmpl, e);
	if (rc == OK && (!tmpl || !tmpl->alive))
		rc = err_set(e, ERR_NOTFOUND, _("there is no such agreement template, or it has been deleted"));
	if (rc == OK)
		rc = check_parties(how, (int)rec_int(tmpl, F_TEMPLATE_SORT), e);
	if (rc)
		return rc;
	*made = change_new(x->c, TYPE_AGREEMENT);
	change_arg(x->c, value_id(*made));
	return put_agreement(x, how, tmpl, *made, e);
}

int agreement_make(
	struct store *s, const struct agreement_new *how, struct id *made, struct change_result *out, struct err *e)
{
	struct act x;
	int rc = act_begin(&x, s, ACT_ADD, e);
	if (rc == OK)
		rc = make(&x, how, made, e);
	return act_end(&x, rc, out, e);
}

/* ---- another wording, another term ------------------------------------------------------------------------ */

static int renew(struct act *x, const struct rec *r, struct err *e)
{
	struct wording was, now;
	const struct rec **signature;
	size_t n;
	int rc = agreement_signatures(x->v, x->a, r->id, &signature, &n, e);
	if (rc == OK && n)
		return err_set(e, ERR_REFUSED,
			_("somebody has signed it: make a new one that follows on it, with the wording of now"));
	if (rc == OK)
		rc = agreement_kept_wording(x->v, x->a, rec_id(r, F_AGREEMENT_WORDING), &was, e);
	if (rc == OK)
		rc = agreement_wording(x->v, x->a, was.tmpl, &now, e);
	if (rc == OK)
		rc = agreement_keep_wording(x->c, &now, e);
	return rc ? rc : change_set(x->c, TYPE_AGREEMENT, r->id, F_AGREEMENT_WORDING, value_id(now.id), e);
}

/* An act upon one agreement. */
static int begin_upon(struct act *x, struct store *s, struct id agreement, struct rec **r, struct err *e)
{
	int rc = act_begin(x, s, ACT_EDIT, e);
	if (rc == OK)
		rc = agreement_rec(x->v, x->a, agreement, r, e);
	if (rc == OK)
		change_arg(x->c, value_id(agreement));
	return rc;
}

int agreement_renew_wording(struct store *s, struct id agreement, struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *r;
	int rc = begin_upon(&x, s, agreement, &r, e);
	if (rc == OK)
		rc = renew(&x, r, e);
	return act_end(&x, rc, out, e);
}

static int follow(struct act *x, const struct rec *r, struct id *made, struct err *e)
{
	struct wording w;
	struct id *roles;
	size_t n;
	civil_date to = rec_date(r, F_AGREEMENT_TO);
	int rc = agreement_kept_wording(x->v, x->a, rec_id(r, F_AGREEMENT_WORDING), &w, e);
	if (rc == OK)
		rc = agreement_roles(x->v, x->a, r->id, &roles, &n, e);
	if (rc)
		return rc;
	struct agreement_new how = {
		.tmpl = w.tmpl,
		.roles = roles,
		.nroles = n,
		.to = DATE_NONE,
		.volunteer = rec_id(r, F_AGREEMENT_VOLUNTEER),
		.organisation = rec_id(r, F_AGREEMENT_ORGANISATION),
		.unit = rec_id(r, F_AGREEMENT_UNIT),
		.from = to == DATE_NONE ? DATE_NONE : to + 1,
		.case_no = rec_text(r, F_AGREEMENT_CASE),
	};
	return make(x, &how, made, e);
}

int agreement_follow(struct store *s, struct id agreement, struct id *made, struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *r;
	int rc = act_begin(&x, s, ACT_ADD, e);
	if (rc == OK)
		rc = agreement_rec(x.v, x.a, agreement, &r, e);
	if (rc == OK)
		rc = follow(&x, r, made, e);
	return act_end(&x, rc, out, e);
}

/* ---- looked at together ------------------------------------------------------------------------------------ */

static int evaluate(struct act *x, const struct rec *r, const char *said, civil_date next, struct err *e)
{
	char day[48];
	const char *before = rec_text(r, F_AGREEMENT_EVALUATION);
	if (!said[strspn(said, " \t\n")])
		return err_set(e, ERR_REFUSED, _("say what was said, so that the next who looks at it knows"));
	civil_format_date(day, sizeof day, store_today(x->s), CIVIL_SHORT);
	char *all = arena_printf(x->a, "%s%s%s: %s", before, *before ? "\n" : "", day, said);
	int rc = change_set(x->c, TYPE_AGREEMENT, r->id, F_AGREEMENT_EVALUATION, value_text(all), e);
	return rc ? rc : change_set(x->c, TYPE_AGREEMENT, r->id, F_AGREEMENT_EVALUATE, value_date_or_none(next), e);
}

int agreement_evaluate(struct store *s, struct id agreement, const char *said, civil_date next,
	struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *r;
	int rc = begin_upon(&x, s, agreement, &r, e);
	if (rc == OK)
		rc = evaluate(&x, r, said, next, e);
	return act_end(&x, rc, out, e);
}

/* ---- from state to state ---------------------------------------------------------------------------------- */

#define STATE(s) (1U << AGREEMENT_##s)

bool agreement_may_move(int from, int to)
{
	static const unsigned next[] = {
		[AGREEMENT_REQUESTED] = STATE(DISCUSSED) | STATE(MADE) | STATE(REFUSED),
		[AGREEMENT_DISCUSSED] = STATE(MADE) | STATE(REFUSED),
		[AGREEMENT_MADE] = STATE(ENDED),
		[AGREEMENT_REFUSED] = STATE(DISCUSSED),
		[AGREEMENT_ENDED] = 0,
	};
	return from > 0 && from <= AGREEMENT_ENDED && to > 0 && next[from] >> to & 1;
}

static int check_move(struct act *x, const struct rec *r, int state, bool reasoned, struct err *e)
{
	const struct rec **signature;
	size_t n;
	char *roles;
	int from = (int)rec_int(r, F_AGREEMENT_STATE);
	if (!agreement_may_move(from, state))
		return err_set(e, ERR_REFUSED, _("an agreement that is \"%s\" can't become \"%s\""),
			_(schema_choice(SET_AGREEMENT_STATE, from)->label),
			_(schema_choice(SET_AGREEMENT_STATE, state)->label));
	if ((state == AGREEMENT_REFUSED || state == AGREEMENT_ENDED) && !reasoned)
		return err_set(e, ERR_REFUSED, _("say why: the other party has asked, and is owed an answer"));
	if (state != AGREEMENT_MADE)
		return OK;
	int rc = agreement_signatures(x->v, x->a, r->id, &signature, &n, e);
	if (rc == OK)
		rc = agreement_role_names(x->v, x->a, r->id, &roles, e);
	if (rc)
		return rc;
	const char *lacks = agreement_lacks(x->a, r, roles, signature, n);
	return lacks ? err_set(e, ERR_REFUSED, _("it can't be made yet; it lacks: %s"), lacks) : OK;
}

int agreement_move(struct store *s, struct id agreement, int state, const char *why, civil_date day,
	struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *r;
	bool reasoned = why && why[strspn(why, " \t")];
	int rc = begin_upon(&x, s, agreement, &r, e);
	if (rc == OK && rec_int(r, F_AGREEMENT_STATE) == state)
		return act_end(&x, rc, out, e);
	if (rc == OK)
		rc = check_move(&x, r, state, reasoned, e);
	if (rc == OK)
		rc = change_set(x.c, TYPE_AGREEMENT, agreement, F_AGREEMENT_STATE, value_int(state), e);
	if (rc == OK)
		rc = change_set(
			x.c, TYPE_AGREEMENT, agreement, F_AGREEMENT_WHY, reasoned ? value_text(why) : value_none(), e);
	civil_date to = rc == OK ? rec_date(r, F_AGREEMENT_TO) : DATE_NONE;
	if (rc == OK && state == AGREEMENT_ENDED && (to == DATE_NONE || to > day))
		rc = change_set(x.c, TYPE_AGREEMENT, agreement, F_AGREEMENT_TO, value_int(day), e);
	return act_end(&x, rc, out, e);
}
