/* tests/t_filling_sites.c - two sites that have met propose the same people from the same numbers, in whatever order
 * what they know has come to them; and nothing that is proposed breaks a stop. */
#include "roster/filling.h"

#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "tests/carry.h"
#include "tests/rostertest.h"
#include "tests/tap.h"

enum { SEEDS = 4, PEOPLE = 9, SHIFTS = 12, PROPOSED = 64 };

static struct test_clock clk = {1764576000};       /* 2025-12-01 09:00 */
static struct err e;

static struct id somebody(struct store *s, struct prng *r, int no, struct id role)
{
	char given[16];
	snprintf(given, sizeof given, "P%d", no);
	const struct test_person p = {.given = given, .family = "Prøve", .born = test_day("1955-05-05"),
		.started = test_day("2020-01-01"), .max_per_month = prng_below(r, 3) ? 0 : 2,
		.frequency = prng_below(r, 4) ? 0 : FREQUENCY_WEEKLY,
		.confidentiality = prng_below(r, 4) ? test_day("2020-01-01") : 0, .roles = {role}};
	return test_person(s, &p);
}

/* What a site writes by itself: people, shifts, and some of the one on the other. */
static void write_some(struct store *s, struct prng *r, struct id unit, struct id role)
{
	struct id people[PEOPLE];
	for (int i = 0; i < PEOPLE; i++)
		people[i] = somebody(s, r, i, role);
	for (int i = 0; i < SHIFTS; i++) {
		civil_min start = test_at("2025-12-02", 8, 0) + (civil_min)prng_below(r, 20) * 1440 + (civil_min)prng_below(r, 4) * 180;
		struct id shift = test_shift(s, unit, role, start, start + 180, 1 + (int)prng_below(r, 3));
		static const int states[] = {ASSIGNMENT_ACCEPTED, ASSIGNMENT_WISHED, ASSIGNMENT_DECLINED, ASSIGNMENT_OFFERED};
		for (int k = 0; k < PEOPLE; k++)
			if (prng_below(r, 6) == 0)
				test_assign(s, shift, people[k], states[prng_below(r, 4)]);
	}
}

struct plan {
	char input[2 * 32 + 1];
	struct id shifts[PROPOSED], people[PROPOSED];
	size_t n;
	int open_places, open_least;
	bool stops;
};

static void fill(struct store *s, struct plan *out)
{
	const struct filling_how how = {.from = test_day("2025-12-01"), .to = test_day("2026-01-01")};
	struct peek l = look_begin(s);
	struct filling *f;
	must(filling_read(l.v, l.b, l.a, &how, &f, &e), &e, "read");
	filling_work(f, FILL_QUICK_EFFORT, NULL, NULL);
	const struct filled *r = filling_result(f);
	*out = (struct plan){.n = r->n < PROPOSED ? r->n : PROPOSED, .open_places = r->open_places, .open_least = r->open_least};
	memcpy(out->input, r->input, sizeof out->input);
	for (size_t i = 0; i < out->n; i++) {
		out->shifts[i] = r->proposals[i].shift->row.shift;
		out->people[i] = r->proposals[i].person->id;
		for (size_t k = 0; k < r->proposals[i].nverdicts; k++)
			out->stops = out->stops || r->proposals[i].verdicts[k].rule->level == RULE_STOP;
	}
	look_end(&l);
}

static bool holds(const struct plan *p, struct id shift, struct id who)
{
	for (size_t i = 0; i < p->n; i++)
		if (id_equal(p->shifts[i], shift) && id_equal(p->people[i], who))
			return true;
	return false;
}

static bool same(const struct plan *x, const struct plan *y)
{
	for (size_t i = 0; i < x->n; i++)
		if (!holds(y, x->shifts[i], x->people[i]))
			return false;
	return x->n == y->n;
}

static void test_seed(uint64_t seed)
{
	struct prng r = {seed};
	char name[32];
	struct plan here, there;
	snprintf(name, sizeof name, "viborg%d", (int)seed);
	struct store *x = carry_store(name, &clk, "Viborg", "Birgit");
	snprintf(name, sizeof name, "skive%d", (int)seed);
	struct store *y = carry_store(name, &clk, "Skive", "Jens");
	struct id hall = test_unit(x, "Forhal"), guide = test_role(x, "Guide");
	carry_both(x, y);
	write_some(x, &r, hall, guide);
	write_some(y, &r, hall, guide);
	carry_both(x, y);
	fill(x, &here);
	fill(y, &there);
	is_str(here.input, there.input, "seed %d: both sites reckon with the same", (int)seed);
	ok(same(&here, &there), "and propose the same");
	ok(here.n > 0 && here.n < PROPOSED, "somebody, for some places");
	ok(!here.stops, "nobody whom a stop bars");
	ok(here.open_least <= here.open_places, "and leave no fewer open than is proven");
	store_close(x);
	store_close(y);
}

int main(void)
{
	lang_init("en", ".");
	for (uint64_t seed = 1; seed <= SEEDS; seed++)
		test_seed(seed);
	return done_testing();
}
