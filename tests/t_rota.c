/* tests/t_rota.c - rosters with rules about sequences, against every roster there is: people's own best days, by
 * both programs, the best ones of several people together, the cost, the bound. */
#include "fill/rota_bound.h"
#include "fill/rota_joint.h"
#include "fill/rota_search.h"
#include "tests/rotatest.h"

#include <string.h>

enum { SINGLES = 800, PAIRS = 60 };

static int64_t sum(const struct rota_cost *c)
{
	return c->rules + c->wishes + c->under + c->over;
}

/* The next roster in the order of counting; false after the last. */
static bool next_roster(uint8_t *roster, int32_t n, int32_t kinds)
{
	for (int32_t i = 0; i < n; i++) {
		if (++roster[i] < kinds)
			return true;
		roster[i] = 0;
	}
	return false;
}

/* ---- one person ------------------------------------------------------------------------------------------------- */

struct single {
	struct rota_model m;
	struct problem *x;
	struct sheet sheet;
	struct dp dp;
	int64_t price[7 * 4];
	bool fixed[7];                  /* the day stays */
	const uint8_t *now;
};

/* The least that any days cost with the prices; INT64_MAX: none keeps the hard rules. */
static int64_t best_days(const struct single *s, int32_t first, int32_t last)
{
	uint8_t days[7] = {0};
	int64_t best = INT64_MAX, broken;
	do {
		bool same = true;
		for (int32_t d = 0; d < s->m.days; d++)
			same = same && ((d >= first && d <= last) || days[d] == s->now[d]);
		if (!same)
			continue;
		struct rota_cost c = rota_count(&s->m, days, &broken);
		int64_t cost = c.rules + c.wishes;
		for (int32_t d = first; d <= last; d++)
			cost += s->price[(d - first) * (int32_t)s->m.n_kinds + days[d]];
		if (!broken && cost < best)
			best = cost;
	} while (next_roster(days, s->m.days, (int32_t)s->m.n_kinds));
	return best;
}

static void any_prices(struct single *s, struct prng *r)
{
	for (int32_t i = 0; i < 7 * 4; i++)
		s->price[i] = (int64_t)prng_below(r, 81) - 40;
}

static struct dp_answer solve_days(struct single *s, int32_t first, int32_t last)
{
	return dp_solve(&s->dp, &(struct dp_task){.sheet = &s->sheet, .person = 0, .first = first, .last = last, .price = s->price, .scale = 1,
		.below = INT64_MAX});
}

/* All days anew, then a part of them, then one change by hand. */
static bool try_single(uint64_t seed)
{
	struct arena *a = arena_new();
	struct single *s = arena_alloc(a, sizeof *s);
	struct prng r = {seed * 7919 + 1};
	int32_t days = 4 + (int32_t)prng_below(&r, 4), first, last;
	uint8_t none[7] = {0};
	bool right = true;
	rotatest_make(&s->m, a, &r, 1, days, days > 6 ? 3 : 4, (int32_t)prng_below(&r, 4));
	s->m.n_cover = 0;
	if (terms_make(&s->m, a, &s->x) < 0)
		right = false;
	sheet_init(&s->sheet, s->x, a, ROTA_HARD);
	dp_init(&s->dp, s->x, a);
	any_prices(s, &r);
	s->now = none;
	struct dp_answer got = solve_days(s, 0, days - 1);
	int64_t best = best_days(s, 0, days - 1);
	right = right && got.exact && got.found == (best < INT64_MAX) && (!got.found || (got.cost == best && got.least == best));
	if (right && got.found) {
		sheet_place(&s->sheet, 0, 0, days - 1, s->dp.kinds);
		s->now = sheet_row(&s->sheet, 0);
		struct rota_cost c = rota_count(&s->m, s->now, NULL);
		right = sum(&c) == sheet_cost(&s->sheet) && sum(&c) == s->sheet.own[0];
		any_prices(s, &r);
		first = (int32_t)prng_below(&r, (uint64_t)days);
		last = first + (int32_t)prng_below(&r, (uint64_t)(days - first));
		got = solve_days(s, first, last);
		right = right && got.found && got.cost + s->sheet.own[0] == best_days(s, first, last);
		int64_t own = s->sheet.own[0], more = got.found ? sheet_try(&s->sheet, 0, first, last, s->dp.kinds) : 0;
		sheet_place(&s->sheet, 0, first, last, s->dp.kinds);
		c = rota_count(&s->m, s->now, NULL);
		right = right && sum(&c) == own + more && s->sheet.own[0] == own + more;
	}
	arena_free(a);
	return right;
}

static void test_singles(void)
{
	int32_t wrong = 0;
	for (uint64_t seed = 1; seed <= SINGLES; seed++)
		if (!try_single(seed) && wrong++ == 0)
			diag("first wrong: seed %d", (int)seed);
	is_int(wrong, 0, "of %d people by chance, those whose best days aren't the best there are", SINGLES);
}

/* What states tell of the same. */
static bool try_states(uint64_t seed)
{
	struct arena *a = arena_new();
	struct single *s = arena_alloc(a, sizeof *s);
	struct prng r = {seed * 7907 + 1};
	int32_t days = 4 + (int32_t)prng_below(&r, 4);
	uint8_t none[7] = {0}, got[7];
	rotatest_make(&s->m, a, &r, 1, days, days > 6 ? 3 : 4, (int32_t)prng_below(&r, 4));
	s->m.n_cover = 0;
	bool right = terms_make(&s->m, a, &s->x) == 0;
	any_prices(s, &r);
	s->now = none;
	struct states_all all = states_make_all(s->x, a);
	int64_t best = best_days(s, 0, days - 1);
	int64_t *least = arena_alloc(a, (size_t)states_count(all.of[0], s->x) * sizeof *least + 1);
	states_look_back(all.of[0], s->x, 0, s->price, 1, least);
	int32_t start = all.start[0];
	int64_t told = start < 0 || least[start] == STATES_NEVER ? INT64_MAX : least[start];
	right = right && told == best;
	if (right && best < INT64_MAX) {
		int64_t broken, cost = 0;
		states_follow(all.of[0], s->x, 0, s->price, 1, least, start, got);
		struct rota_cost c = rota_count(&s->m, got, &broken);
		for (int32_t d = 0; d < days; d++)
			cost += s->price[d * (int32_t)s->m.n_kinds + got[d]];
		right = !broken && cost + sum(&c) == best;
	}
	arena_free(a);
	return right;
}

static void test_states(void)
{
	int32_t wrong = 0;
	for (uint64_t seed = 1; seed <= SINGLES; seed++)
		if (!try_states(seed) && wrong++ == 0)
			diag("first wrong: seed %d", (int)seed);
	is_int(wrong, 0, "of %d people by chance, those whose states tell something else", SINGLES);
}

/* ---- several people --------------------------------------------------------------------------------------------- */

struct outcome {
	bool possible;                  /* there is a roster that keeps everybody's own hard rules */
	int64_t best;
};

/* The least cost of all rosters that keep people's own hard rules. */
static struct outcome best_roster(const struct rota_model *m)
{
	struct outcome o = {.best = INT64_MAX};
	struct rota_model alone = *m;
	uint8_t roster[64] = {0};
	int64_t broken;
	alone.n_cover = 0;
	do {
		struct rota_cost c = rota_count(&alone, roster, &broken);
		if (broken || sum(&c) >= o.best)
			continue;
		c = rota_count(m, roster, &broken);
		o.possible = true;
		o.best = sum(&c) < o.best ? sum(&c) : o.best;
	} while (next_roster(roster, m->days * (int32_t)m->n_persons, (int32_t)m->n_kinds));
	return o;
}

struct tally {
	int32_t wrong, proven, best, possible;
};

static void try_several(uint64_t seed, struct tally *t)
{
	struct arena *a = arena_new();
	struct prng r = {seed * 104729 + 1};
	struct rota_model m;
	struct rota *rota;
	bool three = prng_below(&r, 2);
	rotatest_make(&m, a, &r, three ? 3 : 2, three ? 5 : 6, 2 + !three, (int32_t)prng_below(&r, 3));
	struct outcome o = best_roster(&m);
	struct rota_budget budget = {.steps = 3000, .bound_steps = 3000};
	bool right = rota_open(&m, a, &rota) == 0;
	if (right) {
		rota_solve(rota, &budget);
		const struct rota_result *got = rota_result(rota);
		right = (got->impossible < 0) == o.possible && (!o.possible || (got->cost >= o.best && got->bound <= o.best));
		t->possible += o.possible;
		t->best += o.possible && got->cost == o.best;
		t->proven += o.possible && got->bound == o.best;
	}
	if (!right && t->wrong++ == 0)
		diag("first wrong: seed %d", (int)seed);
	arena_free(a);
}

static void test_several(void)
{
	struct tally t = {0};
	for (uint64_t seed = 1; seed <= PAIRS; seed++)
		try_several(seed, &t);
	is_int(t.wrong, 0, "of %d rosters by chance, those where cost, bound or possibility can't be", PAIRS);
	diag("%d possible, %d at their best, %d proven", t.possible, t.best, t.proven);
	ok(t.best * 20 >= t.possible * 19, "nearly all that are possible are found at their best");
}

/* From the first roster, with some prices: few as they are, all of them together must come to the best one. */
static bool try_joint(uint64_t seed)
{
	struct arena *a = arena_new();
	struct prng r = {seed * 7577 + 1};
	struct rota_model m;
	struct problem *x;
	struct search s;
	struct joint j;
	bool three = prng_below(&r, 2), stopped = false;
	rotatest_make(&m, a, &r, three ? 3 : 2, three ? 5 : 6, 2 + !three, (int32_t)prng_below(&r, 3));
	struct outcome o = best_roster(&m);
	bool right = terms_make(&m, a, &x) == 0;
	search_init(&s, x, a);
	if (right && o.possible && search_begin(&s) < 0) {
		struct states_all all = states_make_all(x, a);
		int64_t *dual = arena_alloc(a, (m.n_cover + 1) * sizeof *dual);
		for (int32_t i = 0; i < x->n_rows; i++)
			dual[i] = (int64_t)prng_below(&r, (uint64_t)(x->rows[i].under + x->rows[i].over) + 1) -
				x->rows[i].over;
		joint_init(&j, x, &all, a);
		joint_price(&j, dual, 1);
		joint_run(&j, &s.best, INT64_MIN, INT64_MAX, &(struct rota_budget){0}, &stopped);
		struct rota_cost c = rota_count(&m, s.best.kinds, NULL);
		right = joint_fits(x, &all) && sum(&c) == o.best && sheet_true_cost(&s.best) == o.best;
	}
	arena_free(a);
	return right;
}

static void test_joint(void)
{
	int32_t wrong = 0;
	for (uint64_t seed = 1; seed <= PAIRS / 2; seed++)
		if (!try_joint(seed) && wrong++ == 0)
			diag("first wrong: seed %d", (int)seed);
	is_int(wrong, 0, "of %d rosters by chance, those not at their best by all days together", PAIRS / 2);
}

/* ---- what isn't a model ----------------------------------------------------------------------------------------- */

static void test_refusals(void)
{
	struct arena *a = arena_new();
	static const struct rota_kind kinds[2] = {{0}, {480}};
	struct rota_rule rule = {.what = ROTA_RUN, .kinds = ROTA_WORK, .least = 3, .most = 2};
	struct rota_contract contract = {&rule, 1};
	struct rota_person person = {.kinds = ROTA_WORK};
	struct rota_model m = {.days = 7, .kinds = kinds, .n_kinds = 2, .contracts = &contract, .n_contracts = 1, .persons = &person, .n_persons = 1};
	struct rota *r;
	is_int(rota_open(&m, a, &r), ERR_DATA, "at most less than at least is refused");
	rule.most = 5;
	is_int(rota_open(&m, a, &r), 0, "and taken when it isn't");
	person.contract = 1;
	is_int(rota_open(&m, a, &r), ERR_DATA, "a contract that there isn't is refused");
	arena_free(a);
}

int main(void)
{
	test_singles();
	test_states();
	test_several();
	test_joint();
	test_refusals();
	return done_testing();
}
