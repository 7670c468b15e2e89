/* fill/rota_walk.h - rules about what follows what, as a walk: before each day a person stands on a node, and the
 * kind of the day leads to a node before the next one, at a cost.
 *
 * A node is all that the past means for the future: how long the run of work is, whether this weekend is worked,
 * which patterns are half complete. Pasts that cost the same whatever comes are one node. Totals aren't in it: they
 * need a counter (rota_people.h); but a step says which blocks of days it is the first worked day of. */
#ifndef FILL_ROTA_WALK_H
#define FILL_ROTA_WALK_H

#include "fill/rota.h"

enum { WALK_WEEK = 7, WALK_NEVER = 1 << 30 };       /* this cost: not allowed */

struct walk_step {
	int32_t cost;                   /* or WALK_NEVER */
	uint16_t next;
	uint16_t events;                /* bit i: the i-th rule of sort ROTA_BLOCKS has one more worked block */
};

struct walk {
	int32_t n_columns;              /* kinds that no rule tells apart are one column; column 0 is free alone */
	uint8_t column[ROTA_KINDS_MOST];
	int32_t n_nodes[WALK_WEEK];     /* before a day of that weekday */
	struct walk_step *steps[WALK_WEEK];     /* [node * n_columns + column] */
	int32_t *ends[WALK_WEEK];       /* the cost if the model ends before such a day, or WALK_NEVER */
};

/* Make the walk of these rules. `starts[i]` is the node before day 0 of the i-th of `persons`, who all have them.
 * ERR_DATA if it would need too many nodes, or has too many rules of sort ROTA_BLOCKS. */
int walk_make(const struct rota_model *m, const struct rota_contract *rules, const int32_t *persons, size_t n_persons,
	struct arena *arena, struct walk **walk, uint16_t *starts);

static inline const struct walk_step *walk_step(const struct walk *w, int32_t weekday, int32_t node, int32_t column)
{
	return &w->steps[weekday][node * w->n_columns + column];
}

#endif
