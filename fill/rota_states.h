/* fill/rota_states.h - all that a person's past can mean, day by day, the counters too: what it costs from there on
 * is exact then.
 *
 * rota_dp.h adds counters only where they matter, which is fast for one person. To choose the days of several
 * people at once, one wants to know for each of them, wherever they stand, what the rest costs at least: there these
 * states pay. They are those of a contract; those from which everything costs the same are one. */
#ifndef FILL_ROTA_STATES_H
#define FILL_ROTA_STATES_H

#include "fill/rota_terms.h"

struct states {
	const struct terms *terms;
	int32_t *day_from;              /* [day]: states before it are day_from[day] … day_from[day + 1] - 1 */
	int32_t *to;                    /* [state * classes + class]: a state before the next day; -1: not allowed */
	int32_t *cost;                  /* likewise: of the walk */
	int32_t *end;                   /* by state before the end, less day_from[days]: what ends and counters cost */
};

/* By person: their states, which those with one contract share, and the one before day 0. NULL: too many of them to
 * be held, or to be made. */
struct states_all {
	const struct states **of;
	int32_t *start;                 /* -1: no roster keeps the person's rules */
};

struct states_all states_make_all(const struct problem *x, struct arena *arena);

/* What is left costs at least, from each state on: least[state], of as many as states_count() says; STATES_NEVER:
 * not allowed. `price` and `scale` as in rota_dp.h, over all days. */
#define STATES_NEVER (INT64_MAX / 4)
void states_look_back(const struct states *s, const struct problem *x, int32_t person, const int64_t *price,
	int64_t scale, int64_t *least);

/* The days that cost so little from `state` before day 0 on, by what states_look_back() told. */
void states_follow(const struct states *s, const struct problem *x, int32_t person, const int64_t *price, int64_t scale,
	const int64_t *least, int32_t state, uint8_t *kinds);

static inline int32_t states_count(const struct states *s, const struct problem *x)
{
	return s->day_from[x->days + 1];
}

/* A hash of states and what hangs on them: of those before, and one number more. */
static inline uint32_t states_mix(uint32_t hash, int32_t v)
{
	hash = (hash ^ (uint32_t)v) * 0x9e3779b1u;
	return hash ^ hash >> 15;
}

#endif
