/* fill/network.h - an instance as a network in which the cheapest flow is a plan, but for two things.
 *
 *   source -> person (an arc for each step of fairness) -> week -> rest (shifts that clash with each other) -> shift
 *   source -> shift (places left open)
 *
 * Newcomers and, where a shift wants them, experienced people come to a shift through a gate of their own. What the
 * network can't say is rest between shifts of different groups, and that newcomers are no more than the experienced
 * beside them (it only says: no more than half): it allows more than a plan may, so that the cheapest flow is a bound.
 * The rules in between are left to bound.h. */
#ifndef FILL_NETWORK_H
#define FILL_NETWORK_H

#include "fill/instance.h"
#include "fill/simplex.h"

enum network_goal { NETWORK_COVER, NETWORK_COST };      /* cover: a place left open costs one point, all else nothing */

struct network {
	const struct instance *x;
	struct simplex flow;
	int32_t *arc;                   /* of a seat; -1: it can never be taken */
	int32_t *group;                 /* of a seat: clashing seats of one number exclude each other in the network */
	int32_t *open;                  /* of a slot: its arc from the source */
	int64_t constant;               /* what every plan pays besides, scaled */
	int32_t *step_arc, *step_count; /* arcs of fairness, and the first k that each stands for */
	int32_t *step_man, n_steps;
	int32_t *bonus, n_bonus;        /* arcs of wanted experience */
};

void network_build(struct network *n, const struct instance *x, struct arena *a);

/* Put costs on all arcs but those of seats, which the caller sets by seat->weight and what it adds. */
void network_price(struct network *n, enum network_goal goal);

/* Can this seat be taken in any plan at all? */
bool network_usable(const struct instance *x, int32_t seat);

static inline bool network_takes(const struct network *n, int32_t seat)
{
	return n->arc[seat] >= 0 && n->flow.flow[n->arc[seat]] > 0;
}

#endif
