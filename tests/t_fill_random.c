/* tests/t_fill_random.c - 10,000 small instances by chance: whatever the engine says of them, trying all plans says
 * too. */
#include "fill/fill.h"
#include "tests/fillcheck.h"
#include "tests/filltest.h"
#include "tests/tap.h"

#include <string.h>

enum { INSTANCES = 10000, PEOPLE = 5, SHIFTS = 6, PAIRS = 11, PINNED = 3, WINDOWS = 4, WEEK = 7 * 1440 };

struct small {
	struct fill_instance in;
	struct fill_person persons[PEOPLE];
	struct fill_shift shifts[SHIFTS];
	struct fill_pair pairs[PAIRS];
	struct fill_pinned pinned[PINNED];
	struct fill_window windows[WINDOWS];
	int32_t travel[4];
};

static int32_t below(struct prng *r, uint64_t n)
{
	return (int32_t)prng_below(r, n);
}

static void make_people(struct small *s, struct prng *r)
{
	s->in.n_persons = 1 + (size_t)below(r, PEOPLE);
	for (size_t i = 0; i < s->in.n_persons; i++) {
		s->persons[i] = (struct fill_person){.most_week = 1 + below(r, 2), .most = 1 + below(r, 4), .target = below(r, 4),
			.level = (enum fill_level)below(r, 3)};
		filltest_key(s->persons[i].key, prng_next(r), i);
	}
}

static void make_shifts(struct small *s, struct prng *r)
{
	static const int32_t cost[] = {10, 300, 5000, 5000};
	s->in.n_shifts = 1 + (size_t)below(r, SHIFTS);
	for (size_t i = 0; i < s->in.n_shifts; i++) {
		int64_t start = below(r, 10 * 24) * 60;
		s->shifts[i] = (struct fill_shift){.start = start, .end = start + 120 + below(r, 5) * 60, .week = 7 - (int32_t)(start / WEEK),
			.need = below(r, 8) ? 1 + below(r, 3) : 0, .open_cost = cost[below(r, 4)], .experienced = below(r, 4) == 0,
			.site = below(r, (uint64_t)s->in.sites)};
		filltest_key(s->shifts[i].key, prng_next(r), i);
	}
}

static void make_pairs(struct small *s, struct prng *r)
{
	for (int32_t i = 0; i < (int32_t)s->in.n_persons; i++)
		for (int32_t j = 0; j < (int32_t)s->in.n_shifts; j++)
			if (s->in.n_pairs < PAIRS && below(r, 10) < 5)
				s->pairs[s->in.n_pairs++] = (struct fill_pair){.person = i, .shift = j, .cost = below(r, 100) - 20};
}

static void make_pinned(struct small *s, struct prng *r)
{
	s->in.n_pinned = below(r, 3) ? 0 : (size_t)below(r, PINNED + 1);
	for (size_t i = 0; i < s->in.n_pinned; i++) {
		int32_t shift = below(r, 2) ? -1 : below(r, s->in.n_shifts);
		int64_t start = (below(r, 12 * 24) - 24) * 60;
		s->pinned[i] = (struct fill_pinned){.person = below(r, s->in.n_persons), .shift = shift, .start = start, .end = start + 240,
			.week = 7 - (int32_t)((start + WEEK) / WEEK - 1), .site = below(r, (uint64_t)s->in.sites), .in_period = below(r, 2)};
		if (shift >= 0) {
			const struct fill_shift *t = &s->shifts[shift];
			s->pinned[i] = (struct fill_pinned){s->pinned[i].person, shift, t->start, t->end, t->week, t->site, true};
		}
	}
}

/* In half of them some have windows, which may overlap. */
static void make_windows(struct small *s, struct prng *r)
{
	s->in.n_windows = below(r, 2) ? 0 : (size_t)below(r, WINDOWS + 1);
	for (size_t i = 0; i < s->in.n_windows; i++) {
		int64_t from = (below(r, 12) - 2) * 1440;
		s->windows[i] = (struct fill_window){.person = below(r, s->in.n_persons), .from = from, .to = from + (1 + below(r, 6)) * 1440,
			.most = below(r, 5) ? 1 + below(r, 2) : 0};
	}
}

/* Some of the pairs stand, as long as that is a plan. */
static void make_standing(struct small *s, struct prng *r)
{
	int32_t taken[PAIRS];
	size_t n = 0;
	for (int32_t i = 0; i < (int32_t)s->in.n_pairs && below(r, 3) == 0; i++) {
		taken[n] = i;
		if (below(r, 2) || fillcheck_plan(&s->in, taken, n + 1).broken)
			continue;
		s->pairs[i].stands = true;
		s->pairs[i].keep = below(r, 100);
		n++;
	}
}

static void make(struct small *s, struct prng *r)
{
	*s = (struct small){.in = {.rest = 60 * below(r, 13), .sites = 1 + below(r, 2), .weights = filltest_weights()}};
	s->in.persons = s->persons;
	s->in.shifts = s->shifts;
	s->in.pairs = s->pairs;
	s->in.pinned = s->pinned;
	s->in.windows = s->windows;
	s->travel[1] = s->travel[2] = below(r, 3) * 600;
	s->in.travel = s->in.sites == 2 ? s->travel : NULL;
	make_people(s, r);
	make_shifts(s, r);
	make_pairs(s, r);
	make_pinned(s, r);
	make_windows(s, r);
	make_standing(s, r);
}

/* ---- what is held against what ----------------------------------------------------------------------- */

enum fact {
	OPENS, IS_PLAN, COST_RIGHT, BOUND_HOLDS, COVER_HOLDS, CERTIFIED_IS_LEAST, REASON_HOLDS, REASON_NAMES_ALL, DEARER_HOLDS, PRICE_HOLDS,
	IMPOSSIBLE_HOLDS, OFFER_HOLDS, PLAN_STAYS, FACTS,
};

static const char *const facts[FACTS] = {
	[OPENS] = "every instance opens", [IS_PLAN] = "a plan breaks no rule", [COST_RIGHT] = "its cost is what counting by hand gives",
	[BOUND_HOLDS] = "no plan costs less than the bound", [COVER_HOLDS] = "no plan leaves fewer places open than is said",
	[CERTIFIED_IS_LEAST] = "a cover said to be maximal is",
	[REASON_HOLDS] = "a reason for open places holds for every plan",
	[REASON_NAMES_ALL] = "a reason names everybody who may come, and no one's number too low",
	[DEARER_HOLDS] = "a place that could be filled at a cost can, at that cost", [PRICE_HOLDS] = "a price is what the changes cost",
	[IMPOSSIBLE_HOLDS] = "a pair said to be impossible is in no plan", [OFFER_HOLDS] = "an offer after a cancellation fills the place at its price",
	[PLAN_STAYS] = "asking changes nothing",
};

struct tally {
	int64_t failed[FACTS], first[FACTS], asked[FACTS];
	int64_t optimal, proven_cover, unproven, few, open_slots;
};

static void hold(struct tally *t, enum fact f, int64_t number, bool good)
{
	t->asked[f]++;
	if (!good && !t->failed[f]++)
		t->first[f] = number;
}

static size_t with_changes(const struct fill_result *r, const struct fill_change *c, size_t n, int32_t without, int32_t *out)
{
	size_t count = 0;
	for (size_t i = 0; i < r->n_taken; i++) {
		bool gone = r->taken[i] == without;
		for (size_t j = 0; j < n; j++)
			gone = gone || (c[j].pair == r->taken[i] && !c[j].in);
		if (!gone)
			out[count++] = r->taken[i];
	}
	for (size_t j = 0; j < n; j++)
		if (c[j].in)
			out[count++] = c[j].pair;
	return count;
}

static bool changes_cost(const struct small *s, const struct fill_result *r, const struct fill_change *c, size_t n, int64_t cost)
{
	int32_t plan[2 * PAIRS];
	size_t count = with_changes(r, c, n, -1, plan);
	struct fillcheck now = fillcheck_plan(&s->in, plan, count);
	return !now.broken && now.cost == r->cost + cost;
}

/* Each person's shifts of the set, alone in the world. */
static bool names_all(const struct small *s, const bool *among, const struct fill_reason *why)
{
	for (int32_t p = 0; p < (int32_t)s->in.n_persons; p++) {
		struct small alone = *s;
		bool limited[SHIFTS] = {0};
		int32_t most = 0, places = 0;
		alone.in.pairs = alone.pairs;
		alone.in.persons = alone.persons;
		alone.in.shifts = alone.shifts;
		alone.persons[p].level = FILL_USUAL;
		alone.in.n_pairs = 0;
		for (size_t i = 0; i < why->n_limits; i++)
			limited[why->limits[i].shift] = s->persons[p].level == FILL_NEWCOMER;
		for (size_t i = 0; i < s->in.n_pairs; i++)
			if (s->pairs[i].person == p && among[s->pairs[i].shift] && !limited[s->pairs[i].shift])
				alone.pairs[alone.in.n_pairs++] = s->pairs[i];
		for (size_t i = 0; i < s->in.n_shifts; i++)
			places += among[i] ? s->shifts[i].need : 0;
		struct fillbrute b = fillcheck_all(&alone.in, among, -1);
		for (size_t i = 0; i < why->n_people; i++)
			most = why->people[i].person == p ? why->people[i].most : most;
		if (places - b.open_in > most)
			return false;
	}
	return true;
}

static void check_reason(struct tally *t, int64_t number, const struct small *s, struct fill *f, int32_t shift)
{
	struct fill_reason why;
	bool among[SHIFTS] = {0};
	int32_t places = 0, most = 0;
	fill_why_open(f, shift, &why);
	t->open_slots++;
	t->unproven += why.why == FILL_UNPROVEN;
	if (why.why == FILL_COSTS_MORE)
		hold(t, DEARER_HOLDS, number, changes_cost(s, fill_result(f), why.changes, why.n_changes, why.cost_more));
	if (why.why != FILL_TOO_FEW && why.why != FILL_NOBODY)
		return;
	t->few++;
	for (size_t i = 0; i < why.n_shifts; i++) {
		among[why.shifts[i]] = true;
		places += s->shifts[why.shifts[i]].need;
	}
	for (size_t i = 0; i < why.n_people; i++)
		most += why.people[i].most;
	for (size_t i = 0; i < why.n_limits; i++)
		most += why.limits[i].most;
	struct fillbrute b = fillcheck_all(&s->in, among, -1);
	hold(t, REASON_HOLDS, number, among[shift] && why.open_least > 0 && why.places == places && why.open_least == places - most &&
		b.open_in >= why.open_least && (why.why != FILL_NOBODY || (!why.n_people && why.n_shifts == 1)));
	hold(t, REASON_NAMES_ALL, number, names_all(s, among, &why));
}

static void check_price(struct tally *t, int64_t number, const struct small *s, struct fill *f, int32_t pair)
{
	struct fill_price price;
	int64_t before = fill_result(f)->cost;
	fill_price(f, pair, &price);
	if (!price.possible)
		hold(t, IMPOSSIBLE_HOLDS, number, !fillcheck_all(&s->in, NULL, pair).any);
	else
		hold(t, PRICE_HOLDS, number, changes_cost(s, fill_result(f), price.changes, price.n_changes, price.cost));
	const struct fill_result *r = fill_result(f);
	struct fillcheck c = fillcheck_plan(&s->in, r->taken, r->n_taken);
	hold(t, PLAN_STAYS, number, r->cost == before && c.cost == before && !c.broken);
}

/* The last: it changes the plan. */
static void check_offers(struct tally *t, int64_t number, const struct small *s, struct fill *f)
{
	const struct fill_result *r = fill_result(f);
	struct fill_replan replan;
	int32_t gone = r->n_taken ? r->taken[number % (int64_t)r->n_taken] : -1;
	if (gone < 0)
		return;
	fill_replan(f, gone, &replan);
	r = fill_result(f);
	for (size_t i = 0; i < replan.n_offers; i++) {
		const struct fill_offer *o = &replan.offers[i];
		int32_t plan[2 * PAIRS];
		size_t n = with_changes(r, o->changes, o->n_changes, -1, plan);
		struct fillcheck c = fillcheck_plan(&s->in, plan, n);
		hold(t, OFFER_HOLDS, number, !c.broken && c.cost == r->cost + o->cost && c.open == r->open_places - 1 && o->cost < 0 &&
			(!i || o->cost < replan.offers[i - 1].cost));
	}
	if (replan.n_offers)
		hold(t, OFFER_HOLDS, number, fill_take(f, replan.offers[0].changes, replan.offers[0].n_changes) &&
			!fill_take(f, replan.offers[0].changes, replan.offers[0].n_changes));
}

static void check(struct tally *t, int64_t number, const struct small *s, struct arena *a)
{
	struct fill *f;
	bool opened = fill_open(&s->in, a, &f) == OK;
	hold(t, OPENS, number, opened);
	if (!opened)
		return;
	struct fill_budget budget = {.rounds = 60, .moves = 80};
	fill_solve(f, &budget);
	const struct fill_result *r = fill_result(f);
	struct fillcheck c = fillcheck_plan(&s->in, r->taken, r->n_taken);
	struct fillbrute b = fillcheck_all(&s->in, NULL, -1);
	hold(t, IS_PLAN, number, !c.broken);
	hold(t, COST_RIGHT, number, c.cost == r->cost && c.open == r->open_places);
	hold(t, BOUND_HOLDS, number, r->bound <= b.cost && b.cost <= r->cost);
	hold(t, COVER_HOLDS, number, r->open_least <= b.open && b.open <= r->open_places);
	if (r->open_least == r->open_places) {
		t->proven_cover++;
		hold(t, CERTIFIED_IS_LEAST, number, b.open == r->open_places);
	}
	t->optimal += b.cost == r->cost;
	for (int32_t i = 0; i < (int32_t)s->in.n_shifts; i++)
		if (fill_result(f)->open[i])
			check_reason(t, number, s, f, i);
	if (s->in.n_pairs)
		check_price(t, number, s, f, (int32_t)((uint64_t)number % s->in.n_pairs));
	check_offers(t, number, s, f);
}

int main(void)
{
	struct tally t = {0};
	struct arena *a = arena_new();
	for (int64_t i = 0; i < INSTANCES; i++) {
		struct prng r = {(uint64_t)i * 2654435761u + 1};
		struct small s;
		make(&s, &r);
		check(&t, i, &s, a);
		arena_reset(a);
	}
	for (int f = 0; f < FACTS; f++) {
		ok(t.asked[f] > 0 && !t.failed[f], "%s", facts[f]);
		if (t.failed[f])
			diag("%jd of %jd fail, first instance %jd", (intmax_t)t.failed[f], (intmax_t)t.asked[f], (intmax_t)t.first[f]);
	}
	ok(t.optimal > INSTANCES * 99 / 100, "the plan is the best one 99 times of 100");
	ok(t.unproven * 50 < t.open_slots, "hardly a place stays open without a reason");
	diag("%jd optimal; cover proven in %jd; of %jd open shifts %jd with a proof, %jd without", (intmax_t)t.optimal, (intmax_t)t.proven_cover,
		(intmax_t)t.open_slots, (intmax_t)t.few, (intmax_t)t.unproven);
	arena_free(a);
	return done_testing();
}
