/* roster/care.c - see care.h: who has a jubilee, who wasn't thanked for long, and how shifts are shared.
 *
 * Owns what counts as a jubilee, and the orders. Never orders people by what they have done. Talks are talks.c's. */
#include "roster/care.h"

#include <stdlib.h>

#include "base/lang.h"
#include "roster/duty.h"
#include "roster/rules.h"

/* ---- jubilees --------------------------------------------------------------------------------------------------- */

struct gathering { struct arena *a; civil_date from, to; struct jubilee *all; size_t n, cap; };

static civil_date day_in_year(struct ymd since, int year)
{
	return civil_valid(year, since.m, since.d) ? civil_from_ymd(year, since.m, since.d) : civil_from_ymd(year, 3, 1);
}

static void add_days(struct gathering *g, const struct person *p, civil_date since, int every, bool birthday)
{
	if (since == DATE_NONE)
		return;
	struct ymd began = civil_to_ymd(since);
	for (int year = civil_to_ymd(g->from).y; year <= civil_to_ymd(g->to).y; year++) {
		int years = year - began.y;
		if (years <= 0 || years % every != 0)
			continue;
		civil_date day = day_in_year(began, year);
		if (day < g->from || day >= g->to)
			continue;
		g->all = arena_grow(g->a, g->all, &g->cap, g->n + 1, sizeof *g->all);
		g->all[g->n++] = (struct jubilee){p, day, years, birthday};
	}
}

/* People lie in one array by name. */
static int compare_jubilees(const void *vx, const void *vy)
{
	const struct jubilee *x = vx, *y = vy;
	int c = (x->day > y->day) - (x->day < y->day);
	c = c ? c : (x->person > y->person) - (x->person < y->person);
	return c ? c : x->birthday - y->birthday;
}

struct jubilee *care_jubilees(const struct book *b, struct arena *a, civil_date from, civil_date to, bool birthdays, size_t *n)
{
	enum { YEARS = 5, BIRTHDAY = 10 };
	struct gathering g = {.a = a, .from = from, .to = to};
	for (size_t i = 0; i < b->npeople; i++) {
		const struct person *p = &b->people[i];
		if (!person_is_planned(p))
			continue;
		add_days(&g, p, p->started, YEARS, false);
		if (birthdays)
			add_days(&g, p, p->born, BIRTHDAY, true);
	}
	if (g.n)
		qsort(g.all, g.n, sizeof *g.all, compare_jubilees);
	*n = g.n;
	return g.all;
}

const char *jubilee_text(struct arena *a, const struct jubilee *j)
{
	return j->birthday ? arena_printf(a, _("%d years old"), j->years)
		: arena_printf(a, ngettext("%d year as a volunteer", "%d years as a volunteer", (unsigned long)j->years), j->years);
}

int care_birthdays(struct view *v, bool *on, struct err *e)
{
	struct arena *a = arena_new();
	struct rec *r = NULL;
	int rc = view_get(v, a, TYPE_SETTING, id_setting("birthdays"), &r, e);
	*on = rc == OK && r && r->alive && *rec_text(r, F_SETTING_VALUE) == '1';
	arena_free(a);
	return rc;
}

/* ---- thanks ----------------------------------------------------------------------------------------------------- */

/* The last day that somebody was thanked; DATE_NONE: never. */
static int last_thanks(struct view *v, struct arena *a, struct id volunteer, civil_date *out, struct err *e)
{
	struct id *ids;
	size_t n;
	int rc = view_refs(v, a, volunteer, TYPE_TALK, F_TALK_VOLUNTEER, &ids, &n, e);
	*out = DATE_NONE;
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct rec *r = NULL;
		rc = view_get(v, a, TYPE_TALK, ids[i], &r, e);
		if (rc == OK && r && rec_int(r, F_TALK_KIND) == TALK_THANKS && rec_date(r, F_TALK_HELD) > *out)
			*out = rec_date(r, F_TALK_HELD);
	}
	return rc;
}

static int last_shift(struct view *v, struct arena *a, struct id volunteer, civil_date today, civil_date *out, struct err *e)
{
	struct duty_row *d;
	size_t n;
	int rc = view_duties(v, a, volunteer, cmin_at(today - DUTY_YEAR_DAYS, 0), cmin_at(today + 1, 0), &d, &n, e);
	*out = DATE_NONE;
	for (size_t i = 0; rc == OK && i < n; i++)
		if (duty_minutes(&d[i]) >= 0)
			*out = cmin_date(d[i].start);
	return rc;
}

/* Whoever began is welcomed; whoever was thanked has been. */
static civil_date since_of(const struct unthanked *x)
{
	return x->last != DATE_NONE ? x->last : x->person->started;
}

static int compare_unthanked(const void *vx, const void *vy)
{
	const struct unthanked *x = vx, *y = vy;
	civil_date p = since_of(x), q = since_of(y);
	int c = (p > q) - (p < q);
	return c ? c : (x->person > y->person) - (x->person < y->person);
}

int care_unthanked(struct view *v, struct book *b, struct arena *a, civil_date today, struct unthanked **out, size_t *n, struct err *e)
{
	int limits[LIMIT_COUNT], rc = rules_limits(v, limits, e);
	struct arena *one = arena_new();
	*out = arena_alloc(a, (b->npeople + 1) * sizeof **out);
	*n = 0;
	for (size_t i = 0; rc == OK && i < b->npeople; i++) {
		struct unthanked x = {.person = &b->people[i]};
		if (x.person->status != VOLUNTEER_ACTIVE)
			continue;
		arena_reset(one);
		rc = last_thanks(v, one, x.person->id, &x.last, e);
		if (rc == OK)
			rc = last_shift(v, one, x.person->id, today, &x.shift, e);
		bool long_ago = since_of(&x) < civil_add_months(today, -limits[LIMIT_THANKS_MONTHS]);
		if (rc == OK && long_ago && x.shift != DATE_NONE)
			(*out)[(*n)++] = x;
	}
	if (rc == OK && *n)
		qsort(*out, *n, sizeof **out, compare_unthanked);
	arena_free(one);
	return rc;
}

/* ---- fair shares ------------------------------------------------------------------------------------------------ */

int care_shares(struct view *v, struct book *b, civil_date from, civil_date to, struct share out[CARE_SHARES], struct err *e)
{
	static const struct share shares[CARE_SHARES] = {{0, 0, 0}, {1, 2, 0}, {3, 5, 0}, {6, 10, 0}, {11, 0, 0}};
	int rc = OK;
	for (size_t i = 0; i < CARE_SHARES; i++)
		out[i] = shares[i];
	out[CARE_SHARES - 1].most = INT32_MAX;
	for (size_t i = 0; rc == OK && i < b->npeople; i++) {
		struct load load;
		if (b->people[i].status != VOLUNTEER_ACTIVE)
			continue;
		rc = roster_load_of(v, b->people[i].id, from, to, cmin_at(from, 0), &load, e);
		for (size_t k = 0; rc == OK && k < CARE_SHARES; k++)
			out[k].people += load.shifts >= out[k].least && load.shifts <= out[k].most;
	}
	out[CARE_SHARES - 1].most = 0;
	return rc;
}
