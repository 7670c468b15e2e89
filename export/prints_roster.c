/* export/prints_roster.c - the papers of rosters, shifts and vigils (prints.def). Owns which of papers.h each is, and
 * how it is asked for. Must not know what stands on them. */
#include "export/prints_priv.h"

#include "base/lang.h"
#include "export/papers_priv.h"

int print_office(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	const struct roster_paper of = {.from = how->from, .to = how->to, .unit = print_unit(how), .layout = ROSTER_LIST, .phones = true};
	return paper_roster(v, b, a, &of, out, e);
}

int print_today(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	(void)how;
	return paper_today(v, b, a, store_now_civil(view_store(v)), out, e);
}

static int sheets_of(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct attend_sheet **out, size_t *n,
	struct err *e)
{
	int rc = OK;
	if (!how->nabout)
		return attend_sheets(v, b, a, print_unit(how), how->from, how->to, out, n, e);
	*out = arena_alloc(a, how->nabout * sizeof **out);
	for (*n = 0; rc == OK && *n < how->nabout; ++*n)
		rc = attend_sheet(v, b, a, how->about[*n], &(*out)[*n], e);
	return rc;
}

int print_tick(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct attend_sheet *all;
	civil_date from = how->from, to = how->to;
	size_t n;
	int rc = sheets_of(v, b, a, how, &all, &n, e);
	for (size_t i = 0; rc == OK && i < how->nabout; i++) {
		civil_date day = cmin_date(all[i].shift.row.start);
		from = i == 0 || day < from ? day : from;
		to = i == 0 || day >= to ? day + 1 : to;
	}
	if (rc == OK)
		*out = paper_attendance(v, a, all, n, from, to, true);
	return rc;
}

int print_gaps(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	return paper_gaps(v, b, a, print_unit(how), how->from, how->to, out, e);
}

int print_told(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	const struct publish_period of = {.unit = print_unit(how), .from = how->from, .to = how->to};
	struct published told;
	int rc = publish_told_again(v, b, a, &of, &told, e);
	if (rc)
		return rc;
	*out = paper_published(v, a, &told);
	(*out)->period = paper_period(a, how->from, how->to);
	return OK;
}

int print_coverage(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	const struct coverage_paper of = {.from = how->from, .to = how->to, .unit = print_unit(how), .layout = COVERAGE_HOURS};
	return paper_coverage(v, b, a, &of, out, e);
}

int print_round(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct id shift;
	int rc = print_about_one(how, &shift, e);
	return rc ? rc : paper_round(v, b, a, shift, out, e);
}

/* ---- vigils ---------------------------------------------------------------------------------------------------- */

static int vigil_of(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct vigil *out, struct err *e)
{
	struct id id;
	int rc = print_about_one(how, &id, e);
	return rc ? rc : vigil_load(v, b, a, id, store_now_civil(view_store(v)), out, e);
}

int print_vigil(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct vigil of;
	int rc = vigil_of(v, b, a, how, &of, e);
	if (rc == OK)
		*out = paper_vigil(v, a, &of, how->phones, false);
	return rc;
}

int print_chain(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct vigil of;
	struct vigil_call *call;
	size_t n;
	int rc = vigil_of(v, b, a, how, &of, e);
	if (rc == OK)
		rc = vigil_chain(v, b, a, &of, store_now_civil(view_store(v)), &call, &n, e);
	if (rc == OK)
		*out = paper_vigil_chain(v, a, &of, call, n);
	return rc;
}
