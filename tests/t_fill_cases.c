/* tests/t_fill_cases.c - cases that can be worked out by hand: what stays open, why, who moves, and what is refused. */
#include "fill/fill.h"
#include "tests/fillcheck.h"
#include "tests/filltest.h"
#include "tests/tap.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 16, HOUR = 60, DAY = 1440 };

struct table {
	struct fill_instance in;
	struct fill_person persons[MOST];
	struct fill_shift shifts[MOST];
	struct fill_pair pairs[MOST * MOST];
	struct fill_pinned pinned[MOST];
	struct arena *arena;
	struct fill *f;
};

static struct table *lay(int32_t rest)
{
	struct arena *a = arena_new();
	struct table *t = arena_alloc(a, sizeof *t);
	t->arena = a;
	t->in = (struct fill_instance){.persons = t->persons, .shifts = t->shifts, .pairs = t->pairs, .pinned = t->pinned, .rest = rest,
		.sites = 1, .weights = filltest_weights()};
	return t;
}

static void clear(struct table *t)
{
	arena_free(t->arena);
}

static int32_t person(struct table *t, enum fill_level level, int32_t most_week, int32_t most)
{
	int32_t i = (int32_t)t->in.n_persons++;
	t->persons[i] = (struct fill_person){.most_week = most_week, .most = most, .target = 1, .level = level};
	filltest_key(t->persons[i].key, 1, (uint64_t)i);
	return i;
}

static int32_t shift(struct table *t, int64_t start, int64_t hours, int32_t week, int32_t need)
{
	int32_t i = (int32_t)t->in.n_shifts++;
	t->shifts[i] = (struct fill_shift){.start = start, .end = start + hours * HOUR, .week = week, .need = need, .open_cost = FILL_PLACE};
	filltest_key(t->shifts[i].key, 2, (uint64_t)i);
	return i;
}

static int32_t pair(struct table *t, int32_t who, int32_t where, int32_t cost)
{
	t->pairs[t->in.n_pairs] = (struct fill_pair){.person = who, .shift = where, .cost = cost};
	return (int32_t)t->in.n_pairs++;
}

static const struct fill_result *solve(struct table *t)
{
	struct fill_budget budget = fill_budget_for(&t->in, FILL_NORMAL_EFFORT);
	if (fill_open(&t->in, t->arena, &t->f) < 0)
		abort();
	fill_solve(t->f, &budget);
	const struct fill_result *r = fill_result(t->f);
	struct fillcheck c = fillcheck_plan(&t->in, r->taken, r->n_taken);
	if (c.broken || c.cost != r->cost)
		abort();
	return r;
}

static bool takes(const struct fill_result *r, int32_t pair_index)
{
	for (size_t i = 0; i < r->n_taken; i++)
		if (r->taken[i] == pair_index)
			return true;
	return false;
}

/* ---- what stays open --------------------------------------------------------------------------------- */

static void seven_nights(void)
{
	struct table *t = lay(11 * HOUR);
	struct fill_reason why;
	for (int i = 0; i < 4; i++)
		person(t, FILL_USUAL, 1, 9);
	for (int i = 0; i < 7; i++)
		shift(t, i * DAY, 8, 1, 1);
	for (int32_t i = 0; i < 28; i++)
		pair(t, i % 4, i / 4, 10);
	const struct fill_result *r = solve(t);
	ok(r->open_places == 3 && r->open_least == 3, "seven nights, four people, one a week each: three stay open, and it's proven");
	for (int32_t i = 0; i < 7; i++)
		if (r->open[i])
			fill_why_open(t->f, i, &why);
	ok(why.why == FILL_TOO_FEW && why.n_people == 4 && why.open_least == why.places - 4 && !why.n_limits, "four people are the reason");
	ok(why.people[0].most == 1 && why.people[0].bar == FILL_BY_WEEK, "who can have one each, for it is one week");
	clear(t);
}

static void newcomers_alone(void)
{
	struct table *t = lay(0);
	struct fill_reason why;
	shift(t, 0, 4, 1, 2);
	pair(t, person(t, FILL_NEWCOMER, 1, 1), 0, 0);
	pair(t, person(t, FILL_NEWCOMER, 1, 1), 0, 0);
	const struct fill_result *r = solve(t);
	fill_why_open(t->f, 0, &why);
	ok(r->open_places == 2 && r->open_least == 2, "two newcomers can't fill a shift by themselves");
	ok(why.why == FILL_TOO_FEW && why.n_limits == 1 && why.limits[0].most == 0 && !why.n_people, "the reason is that nobody experienced is beside them");
	clear(t);
	t = lay(0);
	shift(t, 0, 4, 1, 2);
	pair(t, person(t, FILL_NEWCOMER, 1, 1), 0, 0);
	pair(t, person(t, FILL_EXPERIENCED, 1, 1), 0, 90);
	ok(solve(t)->open_places == 0, "with somebody experienced it works");
	clear(t);
	t = lay(0);
	shift(t, 0, 4, 1, 1);
	pair(t, person(t, FILL_NEWCOMER, 1, 1), 0, 0);
	person(t, FILL_EXPERIENCED, 1, 1);
	t->pinned[t->in.n_pinned++] = (struct fill_pinned){1, 0, 0, 240, 1, 0, true};
	ok(solve(t)->open_places == 0, "who is pinned there already is beside them, too");
	clear(t);
}

static void nobody(void)
{
	struct table *t = lay(0);
	struct fill_reason why;
	int32_t early = shift(t, 0, 4, 1, 1), late = shift(t, 9 * DAY, 4, 2, 2);
	pair(t, person(t, FILL_USUAL, 3, 3), early, 0);      /* her certificate ends in between: no pair after it */
	const struct fill_result *r = solve(t);
	ok(r->open_places == 2 && r->open_least == 2 && r->open[late] == 2, "nobody may come after the certificates end");
	fill_why_open(t->f, late, &why);
	ok(why.why == FILL_NOBODY && why.n_shifts == 1 && why.places == 2 && why.open_least == 2, "and that is the reason told");
	fill_why_open(t->f, early, &why);
	ok(why.why == FILL_FILLED, "a filled shift needs none");
	clear(t);
}

/* ---- rest and weeks ---------------------------------------------------------------------------------- */

/* One person, two shifts: how many can she have? */
static int32_t of_two(int64_t first, int64_t second, int32_t rest, int32_t week_a, int32_t week_b, int32_t most_week, const int32_t *travel)
{
	struct table *t = lay(rest);
	if (travel) {
		t->in.travel = travel;
		t->in.sites = 2;
	}
	person(t, FILL_USUAL, most_week, 9);
	shift(t, first, 4, week_a, 1);
	shift(t, second, 4, week_b, 1);
	t->shifts[1].site = travel ? 1 : 0;
	pair(t, 0, 0, 10);
	pair(t, 0, 1, 10);
	int32_t n = (int32_t)solve(t)->n_taken;
	clear(t);
	return n;
}

static void rest_and_weeks(void)
{
	static const int32_t far[4] = {0, 90, 90, 0};
	is_int(of_two(20 * HOUR, DAY + 8 * HOUR, 11 * HOUR, 1, 1, 9, NULL), 1, "an evening and the next morning: eight hours aren't rest");
	is_int(of_two(20 * HOUR, DAY + 11 * HOUR, 11 * HOUR, 1, 1, 9, NULL), 2, "eleven hours are");
	/* 20-24, then 11 by the clock; in the night to summer time that is ten hours later, in the night to winter time
	 * twelve */
	is_int(of_two(20 * HOUR, DAY + 10 * HOUR, 11 * HOUR, 1, 1, 9, NULL), 1, "in the night that clocks go forward an hour of rest is lost");
	is_int(of_two(20 * HOUR, DAY + 12 * HOUR, 11 * HOUR, 1, 1, 9, NULL), 2, "in the night that they go back one is won");
	is_int(of_two(0, DAY, 0, 202653, 202701, 1, NULL), 2, "Sunday of week 53 and Monday of week 1 are two weeks");
	is_int(of_two(0, DAY, 0, 202653, 202653, 1, NULL), 1, "New Year's Eve and New Year's Day are one");
	is_int(of_two(0, 5 * HOUR, 0, 1, 1, 9, far), 1, "an hour isn't enough for a way of one and a half");
	is_int(of_two(0, 5 * HOUR + 30, 0, 1, 1, 9, far), 2, "one and a half is");
	struct table *t = lay(11 * HOUR);
	struct fill_reason why;
	person(t, FILL_USUAL, 9, 9);
	pair(t, 0, shift(t, 20 * HOUR, 4, 1, 1), 10);
	pair(t, 0, shift(t, DAY + 8 * HOUR, 4, 1, 1), 20);
	const struct fill_result *r = solve(t);
	ok(r->open[1] == 1 && r->open_least == 1, "of the two the cheaper is taken");
	fill_why_open(t->f, 1, &why);
	ok(why.why == FILL_TOO_FEW && why.n_shifts == 2 && why.people[0].most == 1 && why.people[0].bar == FILL_BY_REST, "rest is the reason for the other");
	clear(t);
}

/* ---- moving ------------------------------------------------------------------------------------------ */

static void chain_of_three(void)
{
	struct table *t = lay(0);
	struct fill_replan plan;
	for (int i = 0; i < 4; i++)
		person(t, FILL_USUAL, 1, 1);
	for (int i = 0; i < 3; i++)
		shift(t, i * DAY, 4, 1, 1);
	int32_t a1 = pair(t, 0, 0, 1), b1 = pair(t, 1, 0, 5), b2 = pair(t, 1, 1, 1), c2 = pair(t, 2, 1, 5), c3 = pair(t, 2, 2, 1),
		d3 = pair(t, 3, 2, 5);
	const struct fill_result *r = solve(t);
	ok(takes(r, a1) && takes(r, b2) && takes(r, c3) && r->n_taken == 3, "everybody has what is cheapest");
	fill_replan(t->f, a1, &plan);
	ok(plan.n_offers == 1 && plan.offers[0].moves == 3 && plan.offers[0].n_changes == 5, "a cancellation that three must move for");
	ok(plan.offers[0].changes[0].pair == b1 && plan.offers[0].changes[0].in && plan.offers[0].changes[1].pair == b2 &&
		!plan.offers[0].changes[1].in, "is told move by move");
	is_int(fill_result(t->f)->open_places, 1, "until it's taken the place is open");
	ok(fill_take(t->f, plan.offers[0].changes, plan.offers[0].n_changes), "it can be taken");
	r = fill_result(t->f);
	ok(takes(r, b1) && takes(r, c2) && takes(r, d3) && !r->open_places, "and then nothing is open");
	ok(!fill_take(t->f, plan.offers[0].changes, plan.offers[0].n_changes), "twice it doesn't fit");
	clear(t);
}

static void why_not_her(void)
{
	struct table *t = lay(0);
	struct fill_price price;
	shift(t, 0, 4, 1, 1);
	int32_t here = pair(t, person(t, FILL_USUAL, 1, 1), 0, 10), other = pair(t, person(t, FILL_USUAL, 1, 1), 0, 40);
	t->persons[1].target = 0;
	ok(takes(solve(t), here), "the one who wants to is taken");
	fill_price(t->f, other, &price);
	ok(price.possible && price.cost == 70 && price.parts.pairs == 30 && price.parts.fairness == 40, "the other would cost 30 in wishes and 40 in fairness");
	ok(price.n_changes == 2 && price.changes[0].pair == other && price.changes[0].in && price.changes[1].pair == here &&
		!price.changes[1].in, "she first, and who goes for her");
	ok(takes(fill_result(t->f), here), "asking changes nothing");
	fill_forbid(t->f, other);
	fill_price(t->f, other, &price);
	ok(!price.possible, "what is forbidden is impossible");
	clear(t);
}

/* What stands stays, unless something is won that outweighs it. */
static bool stands_still(int32_t keep)
{
	struct table *t = lay(0);
	shift(t, 0, 4, 1, 1);
	int32_t has = pair(t, person(t, FILL_USUAL, 1, 1), 0, 50), cheaper = pair(t, person(t, FILL_USUAL, 1, 1), 0, 10);
	t->pairs[has].stands = true;
	t->pairs[has].keep = keep;
	const struct fill_result *r = solve(t);
	bool still = takes(r, has) && !takes(r, cheaper);
	clear(t);
	return still;
}

/* ---- what is refused, and the edges ------------------------------------------------------------------ */

static bool always(void *ctx)
{
	++*(int *)ctx;
	return true;
}

static void stopping(void)
{
	struct table *t = lay(0);
	int asked = 0;
	struct fill_budget budget = {.rounds = 10, .moves = 100, .stop = always, .ctx = &asked};
	shift(t, 0, 4, 1, 1);
	pair(t, person(t, FILL_USUAL, 1, 1), 0, 0);
	fill_open(&t->in, t->arena, &t->f);
	fill_solve(t->f, &budget);
	ok(asked > 0 && fill_result(t->f)->stopped, "whoever stops is told that it was stopped");
	clear(t);
}

static bool refused(void (*harm)(struct table *t))
{
	struct table *t = lay(11 * HOUR);
	shift(t, 0, 4, 1, 1);
	shift(t, 6 * HOUR, 4, 1, 1);
	person(t, FILL_USUAL, 2, 2);
	person(t, FILL_USUAL, 2, 2);
	pair(t, 0, 0, 0);
	pair(t, 0, 1, 0);
	bool before = fill_open(&t->in, t->arena, &t->f) == OK;
	harm(t);
	bool after = fill_open(&t->in, t->arena, &t->f) == ERR_DATA;
	clear(t);
	return before && after;
}

static void same_key(struct table *t) { memcpy(t->persons[1].key, t->persons[0].key, FILL_KEY); }
static void same_pair(struct table *t) { t->pairs[1] = t->pairs[0]; }
static void no_such(struct table *t) { t->pairs[1].shift = 2; }
static void too_dear(struct table *t) { t->pairs[1].cost = FILL_POINTS_MOST + 1; }
static void backwards(struct table *t) { t->shifts[0].end = t->shifts[0].start; }
static void falling_steps(struct table *t) { t->in.weights.above[1] = 0; }
static void both_stand(struct table *t) { t->pairs[0].stands = t->pairs[1].stands = true; }

static void edges(void)
{
	struct table *t = lay(0);
	const struct fill_result *r = solve(t);
	ok(!r->places && !r->open_least && !r->cost && !r->bound, "nothing to fill is a plan, too");
	clear(t);
	ok(refused(same_key) && refused(same_pair) && refused(no_such), "a key or pair twice, and a shift that isn't there, are refused");
	ok(refused(too_dear) && refused(backwards) && refused(falling_steps), "so are costs out of bounds, shifts without length, steps that fall");
	ok(refused(both_stand), "what stands and breaks a rule must be pinned");
}

int main(void)
{
	seven_nights();
	newcomers_alone();
	nobody();
	rest_and_weeks();
	chain_of_three();
	why_not_her();
	ok(stands_still(60) && !stands_still(20), "what stands is kept for what keeping is worth");
	stopping();
	edges();
	return done_testing();
}
