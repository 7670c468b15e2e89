/* export/person_told.c - what somebody who asks what is kept of them must be told beside it: the points of article
 * 15(1) of the GDPR, in plain words. Owns these words. Must not know how they are laid out. */
#include "export/person_priv.h"

#include "base/lang.h"
#include "roster/limits.h"
#include "sync/ring.h"

static const char *with_comma(struct arena *a, const char *list, const char *more)
{
	return *list ? arena_printf(a, "%s, %s", list, more) : more;
}

/* (b) */
static const char *tell_categories(const struct insight *x)
{
	const char *list = "";
	for (size_t i = 0; i < x->nkept;) {
		const struct type *t = x->kept[i].type;
		size_t n = 0;
		while (i + n < x->nkept && x->kept[i + n].type == t)
			n++;
		if (t)
			list = with_comma(x->a, list, arena_printf(x->a, "%s (%zu)", _(t->plural), n));
		i += n;
	}
	return arena_printf(x->a, _("%s, and who changed what of them, and when."), list);
}

/* (c) Of the ring those who get persons; and through whom the volunteer came. */
static int tell_recipients(const struct insight *x, const char **out, struct err *e)
{
	struct ring *r = NULL;
	size_t n = 0;
	const char *sites = x->site, *through = "";
	int rc = ring_load(view_store(x->v), &r, e);
	const struct ring_member *m = rc == OK && r ? ring_members(r, &n) : NULL;
	for (size_t i = 0; i < n; i++)
		if (!m[i].self && !m[i].retired && m[i].role == RING_FULL)
			sites = with_comma(x->a, sites, m[i].name);
	const struct person *p = book_person(x->b, x->volunteer);
	const struct org *org = p ? book_org(x->b, p->organisation) : NULL;
	if (org && org->kind != ORGANISATION_OWN_CORPS)
		through = org->name;
	*out = arena_printf(x->a, _("The places that plan volunteers together: %s. The wards and other workplaces where you come "
		"get rosters with your name."), sites);
	if (*through)
		*out = arena_printf(x->a, "%s %s", *out, arena_printf(x->a,
			_("The organisation that you come through, %s, may be told your shifts and hours."), through));
	ring_free(r);
	return rc;
}

/* (d) */
static int tell_storage(const struct insight *x, const char **out, struct err *e)
{
	static const enum limit_no kept[] = {LIMIT_RETENTION_APPLICANT_MONTHS, LIMIT_RETENTION_ENDED_MONTHS,
		LIMIT_RETENTION_SCAN_MONTHS, LIMIT_RETENTION_CHECK_MONTHS, LIMIT_SHRED_DAYS};
	struct limit limits[LIMIT_COUNT];
	int values[LIMIT_COUNT];
	int rc = rules_limits(x->v, values, e);
	if (rc)
		return rc;
	limits_load(x->a, limits, NULL);
	*out = _("As long as you are a volunteer here, and then:");
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		const struct limit *l = &limits[kept[i]];
		*out = arena_printf(x->a, "%s\n- %s: %d %s", *out, limits_label(l), values[kept[i]], _(l->unit));
	}
	*out = arena_printf(x->a, "%s\n%s", *out,
		_("Then it is erased at all these places. What remains are numbers without your name."));
	return OK;
}

int person_tell(struct insight *x, struct err *e)
{
	const char *recipients = "", *storage = "";
	int rc = tell_recipients(x, &recipients, e);
	if (rc == OK)
		rc = tell_storage(x, &storage, e);
	const struct told all[TOLD] = {
		{"about", _("What this is"), arena_printf(x->a,
			_("All that %s keeps of you in the program with which volunteers are planned. The region, or the workplace, "
			"answers for it. Papers, letters and mails lie elsewhere: ask for those, too. Other volunteers' names are "
			"left out. Fields that are empty aren't listed."), x->site)},
		{"purposes", _("Why it is kept"),
			_("To agree with you when and where you come; to keep the agreements with you; to know that courses, the "
			"confidentiality declaration and the child-protection check are in order; and to be able to ring you.")},
		{"categories", _("What is kept"), tell_categories(x)},
		{"recipients", _("Who gets it"), recipients},
		{"storage", _("For how long"), storage},
		{"source", _("Where it comes from"),
			_("From yourself, or from the organisation that you come through. Under the changes stands who wrote what, "
			"and when.")},
		{"rights", _("What you may ask for"),
			_("That what is wrong is put right, that it is erased, or that it is used for less; and you may object to its "
			"being used. Say so to the coordinator.")},
		{"complaint", _("Where you may complain"), _("To Datatilsynet (datatilsynet.dk).")},
		{"decisions", _("Does a machine decide?"),
			_("No. The program says who could take a shift, by rules that anybody may read, and people decide.")},
	};
	for (size_t i = 0; i < TOLD; i++)
		x->told[i] = all[i];
	return rc;
}
