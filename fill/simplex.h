/* fill/simplex.h - the cheapest flow through a network, by the network simplex method.
 *
 * Node 0 is the source and the root of the tree; every other node takes `need` units. The caller adds nodes and arcs
 * and begins with a tree of arcs that already carry a feasible flow, each of which could carry one unit more from the
 * root outwards ("strongly feasible": the rule for the leaving arc keeps it so, and the method can't go in circles).
 * Costs may be changed between two calls of simplex_solve(); it then goes on from the tree it has. Which arc enters
 * depends on the order of arcs alone, so that the same network gives the same flow everywhere.
 *
 * The method is Dantzig's; the strongly feasible tree is Cunningham's (1976); potentials are the duals: an arc's reduced
 * cost is cost + pi[from] - pi[to], and at the optimum >= 0 where more could flow and <= 0 where less could. */
#ifndef FILL_SIMPLEX_H
#define FILL_SIMPLEX_H

#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>

struct twig {                           /* a node in the tree */
	int32_t parent, arc;            /* the arc to the parent, either way */
	int32_t child, next, prev;      /* lists of siblings; -1 */
	int32_t depth;
};

struct simplex {
	int32_t n_nodes, n_arcs;
	int32_t *from, *to, *cap, *flow;
	int64_t *cost;
	int8_t *state;                  /* 1: at 0, -1: at its cap, 0: in the tree */
	int64_t *pi;
	struct twig *twigs;
	int32_t *stack;                 /* for walking the tree */
	int32_t next_arc;               /* where pricing goes on */
	int64_t pivots;
	size_t cap_nodes, cap_arcs;
	struct arena *arena;
};

void simplex_init(struct simplex *s, struct arena *a);     /* with node 0 */

/* A node that hangs from `from` by a new arc into it, which is in the tree and carries `flow`; the arc is *arc. */
int32_t simplex_add_node(struct simplex *s, int32_t from, int32_t cap, int32_t flow, int32_t *arc);

/* An arc that carries nothing. */
int32_t simplex_add_arc(struct simplex *s, int32_t from, int32_t to, int32_t cap);

/* The cheapest flow for the costs that stand in `cost`. False when `stop` said so: then the flow is feasible only. */
bool simplex_solve(struct simplex *s, bool (*stop)(void *), void *ctx);

int64_t simplex_cost(const struct simplex *s);

#endif
