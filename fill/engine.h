/* fill/engine.h - what a `struct fill` is made of, for the files that make up the room's front. */
#ifndef FILL_ENGINE_H
#define FILL_ENGINE_H

#include "fill/bound.h"
#include "fill/polish.h"

struct fill {
	struct arena *arena;
	struct instance *x;
	struct draft d, best;           /* the plan; a second one to fall back to */
	struct network net;
	struct bound cover, cost;
	int64_t planned;                /* the bound, in points, from whose prices plans were made last */
	bool bounded;                   /* the network and the bounds are there */
	bool stopped;
	uint64_t runs;                  /* of fill_solve(): each shakes otherwise */
	struct fill_result result;
	int32_t *taken, *open;          /* what the result points to */
};

/* Changes from a log: each seat whose state isn't what it was, the one of `first` before all, else in the order that
 * they came in. */
const struct fill_change *engine_changes(struct fill *f, const struct polish *p, int32_t first, size_t *n);

/* a - b, part by part; its sum. */
int64_t engine_difference(const struct fill_cost *a, const struct fill_cost *b, struct fill_cost *out);

#endif
