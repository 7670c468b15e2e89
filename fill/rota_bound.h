/* fill/rota_bound.h - what no roster can cost less than: each cover row is given a price, each person then takes the
 * days that are best at those prices (rota_states.h, or rota_dp.h where they are too many), and what all of that
 * comes to is a bound, whatever the prices are. Good ones are found step by step. */
#ifndef FILL_ROTA_BOUND_H
#define FILL_ROTA_BOUND_H

#include "fill/rota_dp.h"
#include "fill/rota_states.h"

enum { BOUND_SCALE = 256 };             /* prices are in so many parts of a point */

struct bound {
	const struct problem *x;
	struct sheet blank;             /* nobody placed */
	struct dp *dp;
	const struct states_all *states;
	int64_t *rest;                  /* by state */
	uint8_t *kinds;                 /* of one person */
	int64_t *dual;                  /* by row: the best prices, each within -over … under; */
	int64_t *tried, *lean;          /* those tried now; what the rows lack, averaged */
	int32_t *count;                 /* people at the tried prices */
	int64_t *price;                 /* [day * kinds + kind] */
	int64_t least;                  /* the bound, in points; INT64_MIN: none */
	int64_t scaled;
	int64_t stride;                 /* 4096 is the usual one */
	int32_t poor;                   /* rounds since the last better one */
	bool settled;                   /* smaller and smaller strides have come to nothing more */
	int64_t rounds, work;
};

void bound_init(struct bound *b, const struct problem *x, struct dp *dp, const struct states_all *states,
	struct arena *arena);

/* Better it for so much work, or until it is settled or reaches `reached`, the cost of a roster that is known. */
void bound_run(struct bound *b, int64_t reached, int64_t work, const struct rota_budget *budget, bool *stopped);

#endif
