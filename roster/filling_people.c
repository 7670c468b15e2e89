/* roster/filling_people.c - who may be proposed, as numbers for the engine: how often each wishes to come, and what of
 * theirs stands.
 *
 * Owns what a wish for so many shifts means to a plan. Must not know the rules, nor what a pair costs (filling.c). */
#include <string.h>

#include "roster/filling_priv.h"
#include "roster/qualifications.h"
#include "roster/rules_priv.h"

int64_t filling_real(const struct filling *f, civil_min t)
{
	return civil_elapsed(cmin_at(f->how.from - DUTY_YEAR_DAYS, 0), t);
}

/* Summer time moves a midnight by an hour, which the half day outweighs. */
civil_date filling_day(const struct filling *f, int64_t real)
{
	return f->how.from - DUTY_YEAR_DAYS + (civil_date)((real + DAY_MINUTES / 2) / DAY_MINUTES);
}

int32_t filling_week_of(civil_min t)
{
	return civil_monday(cmin_date(t));
}

static bool is_new(const struct filling *f, const struct person *p)
{
	return introduction_of(f->book, p, f->limits, f->how.from).is_new;
}

/* ---- how often -------------------------------------------------------------------------------------------------- */

static civil_date first_of_month(civil_date day)
{
	return day - (civil_to_ymd(day).d - 1);
}

/* What somebody wishes at most, over the months that the period touches; what is held outside it counts too. */
static int32_t most_wished(const struct filling *f, const struct helper *h)
{
	int32_t most = 0;
	if (!h->person->max_per_month)
		return INT16_MAX;
	civil_date first = first_of_month(f->how.from), end = first;
	for (; end < f->how.to; end = civil_add_months(end, 1))
		most += h->person->max_per_month;
	for (size_t i = 0; i < h->nduties; i++) {
		civil_date day = cmin_date(h->duties[i].start);
		bool outside = day < f->how.from || day >= f->how.to;
		most -= duty_is_held(&h->duties[i]) && outside && day >= first && day < end;
	}
	return most > 0 ? most : 0;
}

static int32_t weeks(const struct filling *f)
{
	return (f->how.to - f->how.from + 6) / 7;
}

/* How often somebody wishes to come; who says nothing gets a fair share of it all. */
static int32_t target_of(const struct filling *f, const struct person *p, int32_t share)
{
	switch (p->frequency) {
	case FREQUENCY_WEEKLY: return weeks(f);
	case FREQUENCY_FORTNIGHTLY: return (weeks(f) + 1) / 2;
	case FREQUENCY_FOUR_WEEKLY: return (weeks(f) + 3) / 4;
	case FREQUENCY_NOW_AND_THEN: return 1;
	default: return share;
	}
}

/* Who comes every week or more seldom is never proposed for two days of one. */
static bool wishes_rhythm(const struct person *p)
{
	return p->frequency == FREQUENCY_WEEKLY || p->frequency == FREQUENCY_FORTNIGHTLY ||
	       p->frequency == FREQUENCY_FOUR_WEEKLY;
}

static bool in_period(const struct filling *f, const struct duty_row *d)
{
	return cmin_date(d->start) >= f->how.from && cmin_date(d->start) < f->how.to;
}

static int32_t fair_share(const struct filling *f)
{
	size_t places = 0;
	for (size_t i = 0; i < f->ngaps; i++)
		places += (size_t)f->gaps[i]->open;
	for (size_t i = 0; i < f->npeople; i++)
		for (size_t k = 0; k < f->people[i].nduties; k++)
			places += duty_is_held(&f->people[i].duties[k]) && in_period(f, &f->people[i].duties[k]);
	return f->npeople ? (int32_t)((places + f->npeople - 1) / f->npeople) : 1;
}

static void make_people(struct filling *f)
{
	struct fill_person *all = arena_alloc(f->a, (f->npeople + 1) * sizeof *all);
	int32_t share = fair_share(f);
	for (size_t i = 0; i < f->npeople; i++) {
		const struct person *p = f->people[i].person;
		all[i] = (struct fill_person){
			.most_week = wishes_rhythm(p) ? 1 : f->limits[LIMIT_FILL_WEEK], .most = most_wished(f, &f->people[i]),
			.target = target_of(f, p, share), .level = is_new(f, p) ? FILL_USUAL : FILL_EXPERIENCED,
		};
		memcpy(all[i].key, p->id.b, FILL_KEY);
	}
	f->in.persons = all;
	f->in.n_persons = f->npeople;
}

/* ---- months and rhythms ----------------------------------------------------------------------------------------- */

struct windows { struct fill_window *all; size_t n, cap; };

static void add_window(const struct filling *f, struct windows *w, size_t person, civil_date from, civil_date to, int32_t most)
{
	w->all = arena_grow(f->a, w->all, &w->cap, w->n + 1, sizeof *w->all);
	w->all[w->n++] = (struct fill_window){.person = (int32_t)person, .from = filling_real(f, cmin_at(from, 0)), .to = filling_real(f, cmin_at(to, 0)),
		.most = most};
}

static void make_windows(struct filling *f)
{
	struct windows w = {0};
	for (size_t i = 0; i < f->npeople; i++) {
		const struct person *p = f->people[i].person;
		int rhythm = wishes_rhythm(p) ? 7 * rules_rhythm_weeks(p->frequency) : 0;
		civil_date month = first_of_month(f->how.from), monday = civil_monday(f->how.from) - rhythm + 7;
		for (; p->max_per_month && month < f->how.to; month = civil_add_months(month, 1))
			add_window(f, &w, i, month, civil_add_months(month, 1), p->max_per_month);
		for (; rhythm > 7 && monday < f->how.to; monday += 7)
			add_window(f, &w, i, monday, monday + rhythm, 1);
	}
	f->in.windows = w.all;
	f->in.n_windows = w.n;
}

/* ---- what may be moved ------------------------------------------------------------------------------------------ */

static bool may_leave(const struct filling *f, const struct duty_row *d)
{
	return d->state == ASSIGNMENT_ACCEPTED && filling_gap_no(f, d->shift) >= 0;
}

static bool overfills(const struct filling *f, const struct helper *h, const struct fill_window *w)
{
	int32_t has = 0;
	for (size_t i = 0; i < h->nduties; i++) {
		int64_t start = filling_real(f, h->duties[i].start);
		has += duty_is_held(&h->duties[i]) && start >= w->from && start < w->to;
	}
	return has > w->most;
}

/* What a plan may not break is broken by hand at times: whoever that is stays where they are. */
static bool stands_well(const struct filling *f, size_t who)
{
	const struct helper *h = &f->people[who];
	const struct fill_person *p = &f->in.persons[who];
	const struct duty_row *before = NULL;
	int32_t week = 0, all = 0;
	for (size_t i = 0; i < h->nduties; i++) {
		const struct duty_row *d = &h->duties[i];
		if (!duty_is_held(d) || cmin_date(d->start) < f->how.from - 7 || cmin_date(d->start) >= f->how.to + 7)
			continue;
		week = before && filling_week_of(before->start) == filling_week_of(d->start) ? week + 1 : 1;
		all += in_period(f, d);
		if (week > p->most_week || all > p->most ||
				(before && civil_elapsed(before->end, d->start) < f->limits[LIMIT_REST_HOURS] * 60))
			return false;
		before = d;
	}
	for (size_t i = 0; i < f->in.n_windows; i++)
		if ((size_t)f->in.windows[i].person == who && overfills(f, h, &f->in.windows[i]))
			return false;
	return true;
}

static void loosen(struct filling *f)
{
	for (size_t i = 0; i < f->npeople; i++) {
		struct helper *h = &f->people[i];
		if (!stands_well(f, i))
			continue;
		h->fixed = arena_alloc(f->a, (h->nduties + 1) * sizeof *h->fixed);
		h->nfixed = 0;
		for (size_t k = 0; k < h->nduties; k++)
			if (!may_leave(f, &h->duties[k]))
				h->fixed[h->nfixed++] = h->duties[k];
	}
}

bool filling_is_fixed(const struct helper *h, struct id shift)
{
	for (size_t i = 0; i < h->nfixed; i++)
		if (id_equal(h->fixed[i].shift, shift))
			return true;
	return false;
}

/* What stands, on either side as far as a month or a rhythm may reach. */
static void make_pinned(struct filling *f)
{
	struct fill_pinned *all = NULL;
	size_t n = 0, cap = 0;
	for (size_t i = 0; i < f->npeople; i++) {
		const struct helper *h = &f->people[i];
		for (size_t k = 0; k < h->nfixed; k++) {
			const struct duty_row *d = &h->fixed[k];
			civil_date day = cmin_date(d->start);
			if (!duty_is_held(d) || day < f->how.from - DUTY_WINDOW_DAYS)
				continue;
			all = arena_grow(f->a, all, &cap, n + 1, sizeof *all);
			all[n++] = (struct fill_pinned){
				.person = (int32_t)i, .shift = filling_gap_no(f, d->shift), .start = filling_real(f, d->start),
				.end = filling_real(f, d->end), .week = filling_week_of(d->start), .in_period = in_period(f, d),
			};
		}
	}
	f->in.pinned = all;
	f->in.n_pinned = n;
}

void filling_make_people(struct filling *f)
{
	make_people(f);
	make_windows(f);
	if (filling_is_replanned(f))
		loosen(f);
	make_pinned(f);
}
