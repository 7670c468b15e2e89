/* fill/rota_bound.c - see rota_bound.h. Owns the prices. Must not know of searching. */
#include "fill/rota_bound.h"

#include <string.h>

enum { USUAL = 4096, LEAST = 16, LEAN = 1024, POOR = 20, LABELS = 30000, STATES_OF_WORK = 4 };

void bound_init(struct bound *b, const struct problem *x, struct dp *dp, const struct states_all *states,
	struct arena *arena)
{
	size_t rows = (size_t)x->n_rows + 1;
	int32_t most = 0;
	*b = (struct bound){.x = x, .dp = dp, .states = states, .least = INT64_MIN, .scaled = INT64_MIN,
		.stride = USUAL};
	sheet_init(&b->blank, x, arena, ROTA_HARD);
	b->dual = arena_alloc(arena, rows * sizeof *b->dual);
	b->tried = arena_alloc(arena, rows * sizeof *b->tried);
	b->lean = arena_alloc(arena, rows * sizeof *b->lean);
	b->count = arena_alloc(arena, rows * sizeof *b->count);
	b->price = arena_alloc(arena, (size_t)(x->days * x->kinds) * sizeof *b->price);
	b->kinds = arena_alloc(arena, (size_t)x->days);
	for (int32_t p = 0; p < x->people; p++)
		most = states->of[p] && states_count(states->of[p], x) > most ? states_count(states->of[p], x) : most;
	b->rest = arena_alloc(arena, (size_t)(most + 1) * sizeof *b->rest);
	for (int32_t r = 0; r < x->n_rows; r++)         /* to begin in the middle saves rounds */
		b->tried[r] = x->rows[r].under < ROTA_HARD ? x->rows[r].under * (BOUND_SCALE / 2) : 0;
}

static void count_days(struct bound *b, const uint8_t *kinds)
{
	for (int32_t d = 0; d < b->x->days; d++)
		terms_count(b->x, d, kinds[d], 1, b->count);
}

/* What a person costs at least at the tried prices; their days are counted. */
static int64_t price_person(struct bound *b, int32_t person)
{
	const struct problem *x = b->x;
	const struct states *s = b->states->of[person];
	int32_t start = b->states->start[person];
	if (s && start >= 0) {
		states_look_back(s, x, person, b->price, BOUND_SCALE, b->rest);
		states_follow(s, x, person, b->price, BOUND_SCALE, b->rest, start, b->kinds);
		count_days(b, b->kinds);
		b->work += states_count(s, x) * s->terms->n_classes / STATES_OF_WORK;
		return b->rest[start];
	}
	int64_t before = b->dp->work;
	struct dp_answer a = dp_solve(b->dp, &(struct dp_task){.sheet = &b->blank, .person = person, .first = 0,
		.last = x->days - 1, .price = b->price, .scale = BOUND_SCALE, .below = INT64_MAX});
	count_days(b, b->dp->kinds);
	b->work += b->dp->work - before;
	return a.least;
}

/* The bound at the tried prices, in parts of a point; the counts are told. */
static int64_t price_all(struct bound *b)
{
	const struct problem *x = b->x;
	int64_t sum = 0;
	terms_price(x, b->tried, b->price);
	memset(b->count, 0, (size_t)x->n_rows * sizeof *b->count);
	for (int32_t r = 0; r < x->n_rows; r++)
		sum += b->tried[r] * x->rows[r].need;
	int64_t labels = b->dp->labels_most;
	b->dp->labels_most = LABELS;
	b->dp->width = INT32_MAX;
	for (int32_t p = 0; p < x->people; p++)
		sum += price_person(b, p);
	b->dp->labels_most = labels;
	return sum;
}

/* The next prices to try: from the best ones along what was lacking lately. */
static void step_on(struct bound *b, int64_t gap)
{
	const struct problem *x = b->x;
	int64_t square = 0;
	for (int32_t r = 0; r < x->n_rows; r++)
		square += b->lean[r] * b->lean[r];
	square = square / LEAN + 1;
	gap = gap > BOUND_SCALE ? gap : BOUND_SCALE;
	for (int32_t r = 0; r < x->n_rows; r++) {
		int64_t low = -(int64_t)x->rows[r].over * BOUND_SCALE, high = (int64_t)x->rows[r].under * BOUND_SCALE;
		int64_t is = b->tried[r] + gap * b->stride / USUAL * b->lean[r] / square;
		b->tried[r] = is < low ? low : is > high ? high : is;
	}
}

/* A bound in whole points. No weight is less than nothing, so that much is always proven. */
static int64_t up(int64_t scaled)
{
	return scaled > 0 ? (scaled + BOUND_SCALE - 1) / BOUND_SCALE : 0;
}

static void learn(struct bound *b, int64_t scaled, bool first)
{
	const struct problem *x = b->x;
	for (int32_t r = 0; r < x->n_rows; r++) {
		int64_t lacks = (int64_t)(x->rows[r].need - b->count[r]) * LEAN;
		b->lean[r] = first ? lacks : (b->lean[r] * 3 + lacks) / 4;
	}
	if (scaled > b->scaled) {
		b->scaled = scaled;
		memcpy(b->dual, b->tried, (size_t)x->n_rows * sizeof *b->dual);
		b->poor = 0;
	} else if (++b->poor == POOR) {
		b->poor = 0;
		b->stride = b->stride * 3 / 4;
		b->settled = b->stride < LEAST;
		memcpy(b->tried, b->dual, (size_t)x->n_rows * sizeof *b->dual);
	}
	b->least = up(b->scaled);
}

void bound_run(struct bound *b, int64_t reached, int64_t work, const struct rota_budget *budget, bool *stopped)
{
	int64_t from = b->work;
	while (b->work - from < work && b->least < reached && !b->settled && !*stopped) {
		if (b->rounds)
			step_on(b, reached * BOUND_SCALE - b->scaled);
		int64_t scaled = price_all(b);
		learn(b, scaled, !b->rounds++);
		*stopped = budget->stop && budget->stop(budget->ctx);
	}
}
