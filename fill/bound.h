/* fill/bound.h - what no plan can beat.
 *
 * The network allows a little more than a plan may: it doesn't see rest between shifts of different groups, nor windows, nor that
 * newcomers are no more than the experienced people beside them. Each such rule gets a price (a Lagrange multiplier),
 * which is raised while the cheapest flow breaks the rule and lowered while there is room. Whatever the prices are, the
 * cost of the cheapest flow under them, less the prices times what the rules allow, is a bound; the best one is kept.
 *
 * Where the bound doesn't rise any more the prices go back to the best ones, and those that had gone too far go on in
 * much smaller steps: where wishes tie by the thousand the right prices are a fraction of a point, where people rest
 * they are dozens of points. */
#ifndef FILL_BOUND_H
#define FILL_BOUND_H

#include "fill/network.h"

struct rule {                           /* sum of sign * taken <= most */
	int32_t first, n;               /* terms */
	int32_t most;
	int32_t sign;                   /* of what was broken last: -1, 0, 1 */
	int32_t best_broken;            /* by how much the flow broke it that gave the best bound */
	int64_t price, step, best_price;
};

struct term {
	int32_t seat, sign;
};

struct bound {
	struct network *net;
	enum network_goal goal;
	struct rule *rules;
	struct term *terms;
	size_t n_rules, n_terms, cap_rules, cap_terms;
	int32_t *rests;                 /* the rules of rest of a person: the newest, and by next_rest the older ones */
	int32_t *next_rest;
	bool *spanned;                  /* there is a rule for this window */
	size_t cap_next;
	int64_t best;                   /* scaled; INT64_MIN before the first round */
	int32_t dull;                   /* rounds since it rose last */
	bool rising;                    /* it rose since the prices were last put back */
	int64_t first, dive_until;      /* pivots: when the first flow stood, and when a dive shall end */
	bool tight;                     /* the last flow breaks no rule: it is a plan */
	struct arena *arena;
};

void bound_begin(struct bound *b, struct network *net, enum network_goal goal, struct arena *a);

/* One round: the cheapest flow under the prices there are (it stands in net->flow until the next), its bound, and better
 * prices. False when `stop` said so: then nothing is known of this flow. */
bool bound_round(struct bound *b, bool (*stop)(void *), void *ctx);

/* Towards a flow that is a plan: the prices of broken rules are raised, ever faster, and none is lowered, for so many
 * rounds or until no rule is broken: true. bound_best_prices() goes before, and after: the bound itself stays as it is.
 * All dives from there on end when they have taken some times the work of the first flow: bound_may_dive(). */
bool bound_dive(struct bound *b, int32_t rounds, bool (*stop)(void *), void *ctx);
bool bound_may_dive(const struct bound *b);
void bound_best_prices(struct bound *b);

/* The bound in whole points. */
int64_t bound_points(const struct bound *b);

#endif
