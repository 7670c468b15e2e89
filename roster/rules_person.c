/* roster/rules_person.c - the rules about a person and a role, whatever else stands on the roster.
 *
 * Owns their tests and sentences; levels, questions and texts for `?` stand in the table (rules.c). Each is pure over
 * its case. Must not look at other shifts (rules_time.c) nor read wishes (wishes.c). */
#include "roster/rules.h"

#include "base/lang.h"
#include "roster/qualifications.h"
#include "roster/rules_priv.h"

static civil_date shift_day(const struct rule_case *c)
{
	return cmin_date(c->shift->row.start);
}

/* Whether somebody has ended, waits or pauses is known of today only, so it says nothing about shifts that are over. */
static bool has_status(const struct rule_case *c, int status)
{
	return c->person->status == status && shift_day(c) >= c->today;
}

static bool break_with(const struct rule_case *c, struct verdict *out, const char *sentence)
{
	out->sentence = sentence;
	out->about = c->person->id;
	return true;
}

char *rule_day(struct arena *a, civil_date day)
{
	char text[40];
	return arena_strdup(a, civil_format_date(text, sizeof text, day, CIVIL_DAY));
}

char *rule_day_year(struct arena *a, civil_date day)
{
	char text[40];
	return arena_strdup(a, civil_format_date(text, sizeof text, day, CIVIL_SHORT));
}

bool rule_ended(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	(void)a;
	return has_status(c, VOLUNTEER_ENDED) && break_with(c, out, _("Has ended as a volunteer"));
}

bool rule_applicant(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	(void)a;
	return has_status(c, VOLUNTEER_APPLICANT) && break_with(c, out, _("Is an applicant and hasn't begun yet"));
}

bool rule_pause(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	civil_date until = c->person->pause_until;
	if (!has_status(c, VOLUNTEER_PAUSE))
		return false;
	if (until == DATE_NONE)
		return break_with(c, out, _("Is on pause, and it isn't known until when"));
	if (shift_day(c) >= until)
		return break_with(
			c, out,
			arena_printf(a, _("The pause was to last until %s: ring and ask first"), rule_day_year(a, until)));
	return break_with(c, out, arena_printf(a, _("Is on pause until %s"), rule_day_year(a, until)));
}

bool rule_confidentiality(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	civil_date signed_on = c->person->confidentiality;
	if (signed_on == DATE_NONE)
		return break_with(c, out, _("The confidentiality declaration isn't signed"));
	if (signed_on <= shift_day(c))
		return false;
	return break_with(c, out,
			  arena_printf(a, _("The confidentiality declaration was signed on %s, after the shift"),
				       rule_day_year(a, signed_on)));
}

static const struct task *shift_task(const struct rule_case *c)
{
	return book_task(c->book, c->shift->row.role);
}

bool rule_age(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct task *t = shift_task(c);
	int least = t && t->min_age > 0 ? t->min_age : c->limits[LIMIT_MIN_AGE];
	if (c->person->born == DATE_NONE)
		return false;
	int age = civil_age(c->person->born, shift_day(c));
	if (age >= least)
		return false;
	return break_with(c, out,
			  arena_printf(a, _("Is %d years old on %s; %s asks for %d"), age, rule_day(a, shift_day(c)),
				       c->shift->role, least));
}

bool rule_age_unknown(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct task *t = shift_task(c);
	if (c->person->born != DATE_NONE || !t || t->min_age <= 0)
		return false;
	return break_with(c, out,
			  arena_printf(a, _("The age isn't known; %s asks for %d years"), c->shift->role, t->min_age));
}

/* Assessed and in order; or it was, and a new one is on its way. */
static bool has_check(const struct person *p)
{
	bool renewing = p->child_check == CHILD_RENEW || p->child_check == CHILD_ORDERED;
	return p->child_check == CHILD_ASSESSED || (renewing && p->check_assessed != DATE_NONE);
}

bool rule_child_renew(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct task *t = shift_task(c);
	const struct person *p = c->person;
	if (!t || !t->child_check || !has_check(p) || p->check_renew == DATE_NONE || shift_day(c) <= p->check_renew)
		return false;
	return break_with(c, out,
			  arena_printf(a, _("The child-protection check was to be renewed by %s"),
				       rule_day_year(a, p->check_renew)));
}

bool rule_child_check(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct task *t = shift_task(c);
	if (!t || !t->child_check || has_check(c->person))
		return false;
	const struct choice *state = schema_choice(SET_CHILD_CHECK, c->person->child_check);
	/* that it wasn't needed was said of other roles */
	if (!state || c->person->child_check == CHILD_NOT_NEEDED)
		return break_with(c, out, _("The child-protection check is missing"));
	return break_with(c, out, arena_printf(a, _("The child-protection check: %s"), _(state->label)));
}

bool rule_role(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	if (person_has_role(c->person, c->shift->row.role))
		return false;
	return break_with(c, out, arena_printf(a, _("Doesn't have the role %s"), c->shift->role));
}

static bool is_new(const struct rule_case *c, const struct person *p)
{
	return introduction_of(c->book, p, c->limits, shift_day(c)).is_new;
}

/* Somebody who is still to begin has no experience, whatever is recorded. */
static bool is_experienced(const struct rule_case *c, const struct person *p)
{
	return p->status != VOLUNTEER_APPLICANT && !is_new(c, p);
}

static bool has_experienced(const struct rule_case *c)
{
	for (size_t i = 0; i < c->shift->nseats; i++) {
		const struct seat *seat = &c->shift->seats[i];
		bool other = seat->person && seat->person != c->person;
		if (other && duty_state_holds(seat->state) && is_experienced(c, seat->person))
			return true;
	}
	return false;
}

bool rule_newcomer(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	struct introduction in = introduction_of(c->book, c->person, c->limits, shift_day(c));
	if (!in.is_new || has_experienced(c))
		return false;
	if (in.next)
		return break_with(c, out,
				  arena_printf(a, _("New, with %zu of %zu steps done (next: %s), and nobody with more "
						 "experience is on the shift"),
					       in.done, in.n, in.next->name));
	return break_with(c, out,
			  arena_printf(a, _("New since %s, and nobody with more experience is on the shift"),
				       rule_day_year(a, c->person->started)));
}
