/* fill/instance.h - an instance in its own order, ready to be counted with.
 *
 * People by key, shifts by start and key, pairs by person and shift, so that nothing further on can see in which order
 * the caller had them; indexes in here are of that order, and only solve.c turns them back. What is pinned has been
 * taken off the caps, and pairs that it makes impossible are marked dead. Costs are also kept scaled by 2^FILL_SCALE, with
 * a little noise made of both keys beneath the last point: it settles ties, otherwise for each pair, and always alike. */
#ifndef FILL_INSTANCE_H
#define FILL_INSTANCE_H

#include "fill/fill.h"

enum { FILL_SCALE = 25, FILL_NOISE = 10 };      /* all places' noise together is some three points */

struct seat {                           /* a pair */
	int32_t person, shift;
	int32_t week;                   /* its shift's, counted from 0 */
	int32_t cost, keep;             /* keep is 0 where it doesn't stand */
	int32_t given;                  /* the caller's index */
	bool stands, dead;              /* dead: pinned shifts, or its caller, make it impossible */
	int64_t weight;                 /* cost - keep, scaled, with noise */
};

struct man {                            /* a person */
	int32_t first, end;             /* seats */
	int32_t most, pinned;           /* what is left of the period's cap; how many count before the first step */
	int32_t target;
	enum fill_level level;
	int32_t first_span, end_span;   /* windows */
	int32_t given;
};

struct span {                           /* a window: of the seats from first to end no more than `left` */
	int32_t first, end, left;
};

struct slot {                           /* a shift */
	int32_t first, end;             /* in by_shift */
	int64_t start, stop;
	int32_t site, week, need, open_cost, wants;     /* wants: experienced people, those pinned taken off */
	int32_t spare;                  /* pinned experienced people less pinned newcomers */
	int32_t newcomers;              /* that it could take at the very most, with all the experienced people beside them who may */
	int32_t given;
};

struct instance {
	const struct fill_instance *in;
	struct man *men;
	struct slot *slots;
	struct seat *seats;
	struct span *spans;             /* by person, and from when to when */
	int32_t *by_shift;              /* seats, by shift and person */
	int32_t *week_left;             /* [man * n_weeks + week] */
	int32_t *seat_of;               /* the caller's index of a pair -> seat */
	int32_t *slot_of;               /* and of a shift */
	int32_t n_men, n_slots, n_seats, n_weeks, n_spans, places;
	int64_t longest;                /* no two shifts clash that start further apart */
	uint8_t hash[32];
	uint64_t seed;
};

int instance_make(const struct fill_instance *in, struct arena *a, struct instance **out);

/* Do two shifts stand in each other's way for one person? */
bool instance_clash(const struct instance *x, int32_t slot_a, int32_t slot_b);

/* What the k-th shift costs this person in fairness, k from 1, in points. */
int64_t instance_step(const struct instance *x, const struct man *m, int32_t k);

#endif
