/* fill/polish.h - from a flow to a plan, and from a plan to a better one.
 *
 * Counted in moves: one is one search for a chain (chain.h). All chance comes from the instance's hash. */
#ifndef FILL_POLISH_H
#define FILL_POLISH_H

#include "fill/chain.h"

struct polish {
	struct draft *d;
	uint64_t random;
	int64_t moves_left;
	bool (*stop)(void *);
	void *ctx;
	bool stopped;
	struct chain_move *log;         /* what was taken (in) and dropped (out) since polish_mark() */
	size_t n_log, cap_log;
	int32_t keep;                   /* a seat that mustn't be given up; -1 */
	struct arena *arena;
};

void polish_begin(struct polish *p, struct draft *d, struct arena *a);

/* Make the draft what the flow takes, without what breaks a rule, and fill again what that left open. */
void polish_from_flow(struct polish *p, const struct network *n);

/* Fill one open place of this slot in a hurry: if that makes the plan cheaper, or at any price and leaving another shift,
 * it may be, in wrong company. */
bool polish_fill_place(struct polish *p, int32_t slot, bool at_any_price);

/* Fill what is open, as long as that makes the plan cheaper. */
void polish_fill(struct polish *p);

/* Move single people along chains until none of that helps. */
void polish_settle(struct polish *p);

/* The same, but only for the shifts listed, and those that change meanwhile; at most `most` of them. */
void polish_around(struct polish *p, const int32_t *slots, size_t n, size_t most);

/* Tear out a few neighbours and fill again, keep what is better: until the moves are used up. */
void polish_shake(struct polish *p);

void polish_take(struct polish *p, int32_t seat);         /* as of draft.h, and noted in the log */
void polish_drop(struct polish *p, int32_t seat);
void polish_follow(struct polish *p, const struct chain *c);
void polish_mark(struct polish *p);                       /* begin the log anew */
void polish_undo(struct polish *p);                       /* back to the mark */

#endif
