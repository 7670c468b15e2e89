/* fill/draft.h - a plan in the making: who has which seat, what it costs, and whether another would fit.
 *
 * Costs in here are scaled as in instance.h. Seats are taken and given up one by one; draft_fits() says whether a plan
 * stays one. In between, a draft may break the rule of company (newcomers beside experienced people) for a moment. */
#ifndef FILL_DRAFT_H
#define FILL_DRAFT_H

#include "fill/network.h"

struct draft {
	const struct instance *x;
	bool *taken, *barred;           /* of a seat; barred: never to be taken (again) */
	int32_t *load, *week_load;      /* of a man; [man * n_weeks + week] */
	int32_t *held;                  /* seats taken of man m: held[men[m].first] on, load[m] of them */
	int32_t *holders, *place;       /* seats taken of slot s: holders[place[s]] on, filled[s] of them */
	int32_t *filled, *newcomers, *experienced;
	int64_t cost;
	int32_t open;                   /* places, in all */
};

void draft_init(struct draft *d, const struct instance *x, struct arena *a);
void draft_copy(struct draft *to, const struct draft *from);      /* both of the same instance */
void draft_clear(struct draft *d);                                /* nobody has anything; what is barred stays so */

void draft_take(struct draft *d, int32_t seat);                   /* caps and rest must allow it */
void draft_drop(struct draft *d, int32_t seat);

/* Do the person's caps, windows and rest, and the room in the shift, allow this seat? */
bool draft_room(const struct draft *d, int32_t seat);

/* A window of the person's that is full, with this seat in it; -1 for none. `but` (-1: none) is left out of the count. */
int32_t draft_full_span(const struct draft *d, int32_t seat, int32_t but);

/* Would newcomers and experienced people be right in `slot` with these numbers added? */
bool draft_company(const struct draft *d, int32_t slot, int32_t newcomers, int32_t experienced);

bool draft_fits(const struct draft *d, int32_t seat);             /* both */
bool draft_can_drop(const struct draft *d, int32_t seat);         /* company stays right without */

/* What the cost becomes more by taking, or by giving up. */
int64_t draft_cost_of_taking(const struct draft *d, int32_t seat);
int64_t draft_cost_of_dropping(const struct draft *d, int32_t seat);

/* What the cost becomes more when so many `more` experienced people come to a slot (or leave it, below 0), where `already`
 * more have come than are noted. */
int64_t draft_experience(const struct draft *d, int32_t slot, int32_t already, int32_t more);

/* The plan's cost in points, in its parts. */
void draft_parts(const struct draft *d, struct fill_cost *parts);

static inline enum fill_level draft_level(const struct draft *d, int32_t seat)
{
	return d->x->men[d->x->seats[seat].person].level;
}

#endif
