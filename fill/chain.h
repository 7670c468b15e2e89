/* fill/chain.h - filling one place by moving people along.
 *
 * A place of a shift is open. Somebody comes to it: either somebody who has room for it, and all is done; or somebody
 * who gives up another shift for it, whose place is then the open one. The cheapest such chain is looked for move by
 * move, keeping the `width` most promising ends each time: exact for one move, and a good try for more. Every chain
 * found leaves a plan. It may also end by leaving the last shift open, where that costs less than what it cured. */
#ifndef FILL_CHAIN_H
#define FILL_CHAIN_H

#include "fill/draft.h"

enum { CHAIN_WIDTH_MOST = 256 };

struct chain_move {
	int32_t in, out;                /* seats of one person; out -1: gives up nothing */
};

struct chain {
	struct chain_move moves[FILL_CHAIN];
	int32_t n;                      /* 0: none found */
	int64_t cost;                   /* more than the draft's, scaled */
	bool fills;                     /* as many places are filled as can be by it: it ends with somebody who had room */
};

struct chain_search {
	int32_t width, moves;           /* at most CHAIN_WIDTH_MOST, FILL_CHAIN */
	bool must_fill;                 /* only chains that end with somebody who has room */
	bool careless;                  /* the shift left open at the end may be left in wrong company: the caller mends that */
	int64_t below;                  /* only chains that cost less */
	int32_t keep;                   /* a seat that mustn't be given up; -1 */
};

/* The cheapest chain found for an open place of `slot`. */
void chain_find(const struct draft *d, int32_t slot, const struct chain_search *how, struct chain *best);

#endif
