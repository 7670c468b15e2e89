/* fill/rota_search.c - see rota_search.h. Owns which moves are tried, how often, and what is kept. Must not know how a
 * person's days are found, nor what a rule is. */
#include "fill/rota_search.h"

#include <string.h>

#include "fill/chance.h"

/* Shares are in a hundred. They were found by trying on the public benchmarks. */
enum {
	STANDS = 1 << 20,               /* points for a day as it stands, when people are placed */
	HOT = 120,                      /* the first temperature: share of the usual weight */
	COLD = 12,                      /* the last one: share of the smallest weight */
	HARD = 200,                     /* a place of hard cover: share of the usual weight */
	HARDENINGS = 40,                /* so often in an annealing hard cover is looked at; what happens, in the second half */
	ROUND = 100,                    /* swaps to one renewal */
	SWAP_DAYS = 14, RENEW_DAYS = 14,
	TOGETHER = 3,                   /* people of a renewal, at most */
	AIMED = 50,                     /* share of renewals around a day whose cover costs something */
	AIMS = 16,                      /* cover rows that are looked at for that */
	WIDTH = 12, WIDEST = 12 << 6,   /* labels to a spot, see rota_dp.h; when people are placed, as many as it takes */
	LABELS = 20000, LABELS_AT_FIRST = 1000000,      /* in all */
	SETUP = 8,                      /* work of a try besides its days */
};

/* ---- chance ----------------------------------------------------------------------------------------------------- */

/* How often the temperature something may cost: -ln of an even chance, in 1/SEARCH_SCALE, with a line between
 * powers of two. */
static int64_t patience(struct search *s)
{
	uint64_t r = chance_next(&s->random) | 1;
	int32_t zeros = 0;
	while (!(r >> 63)) {
		r <<= 1;
		zeros++;
	}
	int64_t way = (int64_t)(r >> 55 & 255);         /* from one power of two to the next */
	return ((zeros + 1) * 256 - way) * 177 / 256;    /* ln 2 is 177/256 */
}

/* ---- the beginning ---------------------------------------------------------------------------------------------- */

void search_init(struct search *s, const struct problem *x, struct arena *arena)
{
	*s = (struct search){.x = x, .reached = INT64_MIN};
	sheet_init(&s->now, x, arena, ROTA_HARD);
	sheet_init(&s->best, x, arena, ROTA_HARD);
	dp_init(&s->dp, x, arena);
	s->price = arena_alloc(arena, (size_t)(x->days * x->kinds) * sizeof *s->price);
	for (int32_t i = 0; i < SEARCH_PEOPLE; i++)
		s->kept[i] = arena_alloc(arena, (size_t)x->days);
}

/* What one more person would cost the cover, with noise of so many temperatures on average. */
static void tell_prices(struct search *s, int32_t first, int32_t last, bool noise)
{
	const struct problem *x = s->x;
	for (int32_t d = first; d <= last; d++)
		for (int32_t k = 0; k < x->kinds; k++) {
			int64_t price = (int64_t)s->now.add[d * x->kinds + k] * SEARCH_SCALE;
			s->price[(d - first) * x->kinds + k] = price + (noise ? s->heat * patience(s) / SEARCH_SCALE : 0);
		}
}

static struct dp_answer solve(struct search *s, int32_t person, int32_t first, int32_t last, int64_t below)
{
	int64_t before = s->dp.work;
	struct dp_task t = {.sheet = &s->now, .person = person, .first = first, .last = last, .price = s->price, .scale = SEARCH_SCALE,
		.below = below};
	s->dp.width = WIDTH;
	s->dp.labels_most = s->begun ? LABELS : LABELS_AT_FIRST;
	struct dp_answer a = dp_solve(&s->dp, &t);
	while (!s->begun && !a.found && !a.exact && s->dp.width < WIDEST) {
		s->dp.width *= 8;
		a = dp_solve(&s->dp, &t);
	}
	s->work += s->dp.work - before + SETUP;
	return a;
}

int32_t search_begin(struct search *s)
{
	const struct problem *x = s->x;
	for (int32_t p = 0; p < x->people; p++) {
		tell_prices(s, 0, x->days - 1, false);
		for (int32_t d = 0; x->m->standing && d < x->days; d++)
			s->price[d * x->kinds + x->m->standing[p * x->days + d]] -= (int64_t)STANDS * SEARCH_SCALE;
		if (!solve(s, p, 0, x->days - 1, INT64_MAX).found)
			return p;
		sheet_put(&s->now, p, 0, x->days - 1, s->dp.kinds);
	}
	sheet_copy(&s->best, &s->now);
	s->begun = true;
	return -1;
}

static void keep_best(struct search *s)
{
	if (sheet_true_cost(&s->now) < sheet_true_cost(&s->best))
		sheet_copy(&s->best, &s->now);
}

/* ---- swaps ------------------------------------------------------------------------------------------------------ */

static void swap(struct search *s)
{
	const struct problem *x = s->x;
	int32_t a = chance_below(&s->random, x->people), b = chance_below(&s->random, x->people);
	int32_t first = chance_below(&s->random, x->days);
	int32_t most = x->days - first < SWAP_DAYS ? x->days - first : SWAP_DAYS, length = 1 + chance_below(&s->random, most);
	if (chance_below(&s->random, 2))
		length = 1 + chance_below(&s->random, length);
	int32_t last = first + length - 1;
	uint8_t *row_a = sheet_row(&s->now, a), *row_b = sheet_row(&s->now, b);
	s->work += SETUP;
	if (a == b || !memcmp(&row_a[first], &row_b[first], (size_t)length))
		return;
	s->work += length;
	int64_t more_a = sheet_try(&s->now, a, first, last, &row_b[first]);
	if (more_a == SHEET_NEVER)
		return;
	s->work += length;
	int64_t more_b = sheet_try(&s->now, b, first, last, &row_a[first]);
	if (more_b == SHEET_NEVER || (more_a + more_b) * SEARCH_SCALE * SEARCH_SCALE > s->heat * patience(s))
		return;
	memcpy(s->kept[0], &row_a[first], (size_t)length);
	sheet_place(&s->now, a, first, last, &row_b[first]);
	sheet_place(&s->now, b, first, last, s->kept[0]);
	if (more_a + more_b < 0)
		keep_best(s);
}

/* ---- renewals --------------------------------------------------------------------------------------------------- */

struct renewal {
	int32_t persons[SEARCH_PEOPLE];
	int32_t n, first, last;
};

/* Now and then, move so many days to where the cover costs something. */
static void aim(struct search *s, int32_t *first, int32_t length)
{
	const struct problem *x = s->x;
	for (int32_t tries = x->n_rows && chance_below(&s->random, 100) < AIMED ? AIMS : 0; tries > 0; tries--) {
		int32_t r = chance_below(&s->random, x->n_rows);
		if (row_cost(&x->rows[r], s->now.count[r]) == 0)
			continue;
		int32_t low = x->rows[r].day - length + 1, high = x->rows[r].day;
		low = low > 0 ? low : 0;
		high = high < x->days - length ? high : x->days - length;
		*first = low + chance_below(&s->random, high - low + 1);
		return;
	}
}

static struct renewal any_renewal(struct search *s)
{
	const struct problem *x = s->x;
	struct renewal r = {.n = 0};
	int32_t wanted = 1 + chance_below(&s->random, TOGETHER), longest = x->days < RENEW_DAYS ? x->days : RENEW_DAYS;
	wanted = wanted < x->people ? wanted : x->people;
	int32_t length = 1 + chance_below(&s->random, longest);
	while (r.n < wanted) {
		int32_t p = chance_below(&s->random, x->people);
		bool twice = false;
		for (int32_t i = 0; i < r.n; i++)
			twice = twice || r.persons[i] == p;
		if (!twice)
			r.persons[r.n++] = p;
	}
	r.first = chance_below(&s->random, x->days - length + 1);
	aim(s, &r.first, length);
	r.last = r.first + length - 1;
	return r;
}

/* What the old days cost at the prices: the new ones needn't be looked for above that. */
static int64_t price_kept(const struct search *s, const uint8_t *kept, int32_t length)
{
	int64_t sum = 0;
	for (int32_t d = 0; d < length; d++)
		sum += s->price[d * s->x->kinds + kept[d]];
	return sum;
}

/* Everybody's days anew, or the old ones again where those are the best that are found. */
static void give_days(struct search *s, const struct renewal *r, int64_t most)
{
	for (int32_t i = 0; i < r->n; i++) {
		bool noise = i + 1 < r->n || (r->n == 1 && chance_below(&s->random, 2));
		tell_prices(s, r->first, r->last, noise);
		int64_t below = price_kept(s, s->kept[i], r->last - r->first + 1) + 1;
		int64_t allowed = noise ? below : most - sheet_cost(&s->now) * SEARCH_SCALE + 1;
		bool found = solve(s, r->persons[i], r->first, r->last, below < allowed ? below : allowed).found;
		sheet_put(&s->now, r->persons[i], r->first, r->last, found ? s->dp.kinds : s->kept[i]);
	}
}

static void renew(struct search *s)
{
	struct renewal r = any_renewal(s);
	size_t length = (size_t)(r.last - r.first + 1);
	int64_t most = sheet_cost(&s->now) * SEARCH_SCALE + s->heat * patience(s) / SEARCH_SCALE;
	for (int32_t i = 0; i < r.n; i++) {
		memcpy(s->kept[i], &sheet_row(&s->now, r.persons[i])[r.first], length);
		sheet_lift(&s->now, r.persons[i], r.first, r.last);
	}
	give_days(s, &r, most);
	if (sheet_cost(&s->now) * SEARCH_SCALE <= most) {
		keep_best(s);
		return;
	}
	for (int32_t i = 0; i < r.n; i++)
		sheet_place(&s->now, r.persons[i], r.first, r.last, s->kept[i]);
}

/* ---- annealing -------------------------------------------------------------------------------------------------- */

/* The middle of the weights of cover, or of rules where all cover is hard: what one thing going wrong costs. */
static int64_t usual_weight(const struct problem *x)
{
	int64_t sum = 0, n = 0;
	for (int32_t i = 0; i < x->n_rows; i++) {
		bool counts = x->rows[i].under < ROTA_HARD && x->rows[i].under > 0;
		sum += counts ? x->rows[i].under : 0;
		n += counts;
	}
	for (size_t i = 0; n == 0 && i < x->m->n_contracts; i++)
		for (size_t j = 0; j < x->m->contracts[i].n_rules; j++) {
			const struct rota_rule *r = &x->m->contracts[i].rules[j];
			bool counts = r->over < ROTA_HARD && r->over > 0;
			sum += counts ? r->over : 0;
			n += counts;
		}
	return n ? (sum + n - 1) / n : 1;
}

static void take_least(int32_t *least, int32_t weight)
{
	if (weight > 0 && weight < *least)
		*least = weight;
}

/* The least that anything costs. */
static int32_t least_weight(const struct problem *x)
{
	int32_t least = ROTA_HARD;
	for (int32_t i = 0; i < x->n_rows; i++) {
		take_least(&least, x->rows[i].under);
		take_least(&least, x->rows[i].over);
	}
	for (size_t i = 0; i < x->m->n_wishes; i++)
		take_least(&least, x->m->wishes[i].weight);
	for (size_t i = 0; i < x->m->n_contracts; i++)
		for (size_t j = 0; j < x->m->contracts[i].n_rules; j++) {
			take_least(&least, x->m->contracts[i].rules[j].under);
			take_least(&least, x->m->contracts[i].rules[j].over);
		}
	return least;
}

/* The temperature when `left` of 4096 parts are left: falling by halves, in even times. */
static int64_t temperature(int64_t hot, int64_t cold, int64_t left)
{
	int64_t halves = 0;
	while (hot >> halves > cold)
		halves++;
	int64_t at = left * halves, heat = cold << (at >> 12);
	return heat + heat * (at & 4095) / 4096;
}

/* Where hard cover still isn't kept when it has become cold, it was too cheap. */
static void harden(struct search *s)
{
	if (s->now.broken && s->now.hard < ROTA_HARD / 2)
		sheet_weigh(&s->now, s->now.hard + s->now.hard / 2 + 1);
}

/* One annealing, with so much work. */
static void anneal(struct search *s, const struct rota_budget *budget, int64_t work)
{
	int64_t from = s->work, usual = usual_weight(s->x), hot = usual * SEARCH_SCALE * HOT / 100, parts = 0;
	int64_t cold = (int64_t)least_weight(s->x) * SEARCH_SCALE * COLD / 100;
	sheet_weigh(&s->now, (int32_t)(usual * HARD / 100));
	while (s->work - from < work && sheet_true_cost(&s->best) > s->reached && !s->stopped) {
		s->heat = temperature(hot, cold > 0 ? cold : 1, 4096 - (s->work - from) * 4096 / work);
		for (int32_t i = 0; i < ROUND; i++)
			swap(s);
		renew(s);
		if ((s->work - from) * HARDENINGS / work > parts && parts++ >= HARDENINGS / 2)
			harden(s);
		s->stopped = budget->stop && budget->stop(budget->ctx);
	}
}

void search_run(struct search *s, const struct rota_budget *budget, int64_t work)
{
	s->random += budget->seed;
	s->stopped = false;
	anneal(s, budget, work);
}
