/* roster/effort.c - see gates.h: which kind of effort a role is, by the answers that stand on it.
 *
 * Owns the criteria and what they come to together. Must not know insurance beyond that: who insures whom is for the
 * region's own lawyers where it is unclear. */
#include "roster/gates.h"

#include "base/lang.h"

static const struct criterion criteria[] = {
	{F_ROLE_DUTY, EFFORT_WORK, EFFORT_VOLUNTEER, N_("one must come at set times, by a roster that others make"),
		N_("one comes when one likes")},
	{F_ROLE_SUBSTITUTE, EFFORT_WORK, EFFORT_VOLUNTEER, N_("somebody else must be found when one stays away"),
		N_("nobody takes one's place when one stays away")},
	{F_ROLE_INSTRUCTED, EFFORT_WORK, EFFORT_VOLUNTEER, N_("the workplace decides how the task is done"),
		N_("one decides oneself how it is done")},
	{F_ROLE_STAFF_WORK, EFFORT_WORK, EFFORT_VOLUNTEER, N_("somebody paid would do it otherwise"),
		N_("nobody paid would do it otherwise")},
	{F_ROLE_SOCIAL, EFFORT_VOLUNTEER, EFFORT_WORK, N_("it is mostly being together"),
		N_("it is a piece of work that is of use, more than being together")},
};

enum { CRITERIA = sizeof criteria / sizeof *criteria };

const struct criterion *effort_criteria(size_t *n)
{
	*n = CRITERIA;
	return criteria;
}

static struct effort_reason reason_of(const struct rec *role, const struct criterion *c)
{
	struct effort_reason r = {.field = c->field, .answer = (int)rec_int(role, c->field)};
	switch (r.answer) {
	case ANSWER_YES:
		r.speaks = c->yes;
		r.says = _(c->says_yes);
		break;
	case ANSWER_NO:
		r.speaks = c->no;
		r.says = _(c->says_no);
		break;
	default:
		r.answer = ANSWER_UNKNOWN;
		r.says = _(schema_field(TYPE_ROLE, c->field)->help);
	}
	return r;
}

/* All answered, and of five no more than one speaks the other way: it is a weighing in which none decides alone. */
enum effort effort_of(const struct rec *role, struct arena *a, struct effort_reason **why, size_t *n)
{
	struct effort_reason *all = arena_alloc(a, sizeof *all * CRITERIA);
	int speaks[3] = {0};
	for (size_t i = 0; i < CRITERIA; i++) {
		all[i] = reason_of(role, &criteria[i]);
		speaks[all[i].speaks]++;
	}
	*why = all;
	*n = CRITERIA;
	if (speaks[EFFORT_UNCLEAR])
		return EFFORT_UNCLEAR;
	if (speaks[EFFORT_WORK] >= CRITERIA - 1)
		return EFFORT_WORK;
	return speaks[EFFORT_VOLUNTEER] >= CRITERIA - 1 ? EFFORT_VOLUNTEER : EFFORT_UNCLEAR;
}

int effort_judge(struct store *s, struct id role, const int *answers, civil_date day, struct change_result *out,
		 struct err *e)
{
	struct change *c;
	int rc = change_begin(s, ACT_EDIT, &c, e);
	if (rc)
		return rc;
	change_arg(c, value_id(role));
	for (size_t i = 0; rc == OK && i < CRITERIA; i++)
		rc = change_set(c, TYPE_ROLE, role, criteria[i].field, value_int(answers[i]), e);
	if (rc == OK)
		rc = change_set(c, TYPE_ROLE, role, F_ROLE_JUDGED, value_int(day), e);
	if (rc == OK)
		rc = change_set(c, TYPE_ROLE, role, F_ROLE_JUDGED_BY, value_text_or_none(store_person(s)), e);
	if (rc == OK)
		return change_commit(c, out, e);
	change_abandon(c);
	return rc;
}

const char *effort_name(enum effort x)
{
	switch (x) {
	case EFFORT_WORK: return _("volunteer work");
	case EFFORT_VOLUNTEER: return _("volunteer effort");
	case EFFORT_UNCLEAR: break;
	}
	return _("not clear");
}

const char *effort_advice(enum effort x)
{
	switch (x) {
	case EFFORT_WORK:
		return _("It is work in the sense of the labour-injury law: whoever leads it insures the volunteers against "
			 "injuries at work, paid or not.");
	case EFFORT_VOLUNTEER:
		return _("It isn't work in the sense of the labour-injury law, so that law doesn't insure the volunteers. Ask "
			 "the organisation, or the volunteer, about an accident insurance.");
	case EFFORT_UNCLEAR: break;
	}
	return _("The answers are missing or point both ways. Ask those in the region who know about insurance, before "
		 "somebody is hurt.");
}

const char *effort_source(void)
{
	return N_("Arbejdsskadesikringsloven § 2; Arbejdsmarkedets Erhvervssikring, aes.dk: people who do volunteer work "
		  "(checked 2026-11-22)");
}
