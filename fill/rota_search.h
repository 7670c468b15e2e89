/* fill/rota_search.h - from no roster to one, and from a roster to a better one: annealing, by two sorts of moves.
 *
 * A swap changes some days of two people for each other's: cheap, and the cover stays as it is. A renewal takes some days
 * off one to three people and gives them the best ones anew, one after the other (rota_dp.h), each but the last with a
 * little chance. What is worse is taken as often as the temperature says, which falls from some places left open to nothing,
 * once in all the work of a run: one slow fall is worth more than two that are twice as fast. */
#ifndef FILL_ROTA_SEARCH_H
#define FILL_ROTA_SEARCH_H

#include "fill/rota_dp.h"

enum { SEARCH_SCALE = 256, SEARCH_PEOPLE = 3 };

struct search {
	const struct problem *x;
	struct sheet now, best;
	struct dp dp;
	uint64_t random;
	int64_t work;                   /* steps of inner loops, in all */
	int64_t reached;                /* no roster costs less: then it's done */
	bool begun, stopped;
	int64_t heat;                   /* the temperature, in 1/SEARCH_SCALE points */
	int64_t *price;                 /* [(day - first) * kinds + kind], for the program */
	uint8_t *kept[SEARCH_PEOPLE];   /* days of people, to put them back */
};

void search_init(struct search *s, const struct problem *x, struct arena *arena);

/* Place everybody, one after the other, by the best days for each; near to the standing roster if there is one. The person who
 * has no roster at all, or -1. */
int32_t search_begin(struct search *s);

/* Better it, with so much work. s->best is the best one. */
void search_run(struct search *s, const struct rota_budget *budget, int64_t work);

#endif
