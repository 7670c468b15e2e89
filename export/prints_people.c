/* export/prints_people.c - the papers of people, roles and agreements that are sheets of their own already
 * (prints.def). Owns how each is asked for. Must not know what stands on them. */
#include "export/prints_priv.h"

#include "base/lang.h"
#include "export/papers_priv.h"
#include "export/person.h"
#include "roster/qualifications.h"

int print_hours(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct id volunteer;
	int rc = print_about_one(how, &volunteer, e);
	if (rc == OK && how->to > civil_add_months(how->from, 1))
		rc = err_set(e, ERR_USAGE, _("that statement is of one month at a time"));
	return rc ? rc : paper_hours(v, b, a, volunteer, how->from, out, e);
}

static int hours_of(const struct print_order *how, struct hours_of *out, struct err *e)
{
	*out = (struct hours_of){.from = how->from, .to = how->to, .unit = print_unit(how), .organisation = how->nabout ? how->about : NULL};
	struct id one;
	return how->nabout ? print_about_one(how, &one, e) : OK;
}

int print_people_hours(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct hours_of of;
	struct hours_person *all;
	size_t n;
	int rc = hours_of(how, &of, e);
	if (rc == OK)
		rc = hours_by_person(v, b, a, &of, &all, &n, e);
	if (rc == OK)
		*out = paper_hours_people(v, b, a, &of, all, n);
	return rc;
}

int print_organisation_hours(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out,
	struct err *e)
{
	struct hours_of of;
	struct hours_month *all;
	size_t n;
	int rc = hours_of(how, &of, e);
	if (rc == OK)
		rc = hours_by_organisation(v, b, a, &of, &all, &n, e);
	return rc ? rc : paper_hours_organisations(v, b, a, &of, all, n, out, e);
}

int print_report(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	const struct hours_of of = {.from = how->from, .to = how->to, .unit = print_unit(how)};
	return paper_report(v, b, a, &of, out, e);
}

int print_frames(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct id role;
	int rc = print_about_one(how, &role, e);
	return rc ? rc : paper_role(v, b, a, role, store_today(view_store(v)), out, e);
}

int print_evaluations(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	(void)how;
	return paper_agreements(v, b, a, AGREEMENTS_DUE, LIST_SHORT_IDS, out, e);
}

int print_ending(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	(void)how;
	return paper_agreements(v, b, a, AGREEMENTS_EXPIRING, LIST_SHORT_IDS, out, e);
}

int print_checks(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	(void)how;
	int limits[LIMIT_COUNT], rc = rules_limits(v, limits, e);
	size_t n;
	bool more;
	civil_date today = store_today(view_store(v));
	if (rc)
		return rc;
	const struct person **all = check_to_order(b, a, limits, today, &n, &more);
	*out = paper_check_order(a, all, n, paper_shred(v, today));
	(*out)->made = paper_made(v, a);
	if (more)
		sheet_note(*out, _("There are more; one order takes no more names."));
	return OK;
}

int print_jubilees(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	return paper_jubilees(v, b, a, how->from, how->to, out, e);
}

int print_unthanked(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	(void)how;
	return paper_unthanked(v, b, a, out, e);
}

int print_talks(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	(void)how;
	struct talk *all;
	size_t n;
	int rc = talk_list(v, b, a, &all, &n, e);
	if (rc == OK)
		*out = paper_talks(v, a, all, n, LIST_SHORT_IDS);
	return rc;
}

int print_expiry(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	(void)how;
	int limits[LIMIT_COUNT], rc = rules_limits(v, limits, e);
	if (rc == OK)
		*out = paper_expiring(v, b, a, limits[LIMIT_EXPIRY_DAYS]);
	return rc;
}
