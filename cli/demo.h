/* cli/demo.h - a store full of invented people, to try things on and to measure with.
 *
 * Everybody is invented: names are drawn from lists of common first and last names, phone numbers from 20 00 00 00 to
 * 29 99 99 99, mail addresses end in example.dk (RFC 2606). The texts are Danish in every language, because they are
 * data of a Danish place. The same size, seed and clock give the same people, shifts and places (ids differ, since a
 * store's ids begin with its own random number).
 *
 * - ward: 27 volunteers of one hospital, six weeks of roster around today;
 * - hospital: 178 volunteers of a group of four hospitals and a hospice, a year of roster;
 * - region: 2,000 volunteers at twenty places, ten years of roster and 1,000,000 places taken.
 *
 * The roster of hospital and region ends some eight weeks after today, that of a ward three. Today always has shifts.
 * Courses, certificates and child-protection checks are in every state, and a place is about to stand
 * still. Near today stand gaps, cancellations, a double booking, a short night and a missing declaration, so that every
 * screen has something to show. History tells of it as if it had been written month by month, and the last acts
 * yesterday and today. */
#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include "store/store.h"

enum demo_size { DEMO_WARD, DEMO_HOSPITAL, DEMO_REGION };

/* "ward", "hospital" or "region" to an enum demo_size; -1 for anything else. */
int demo_size_named(const char *name);

/* A clock that stands where the history of that size begins, for store_create: no stamp can lie before a store's
 * founding. */
struct demo_past {
	int64_t at;
};
struct os_clock demo_past_clock(struct demo_past *p, enum demo_size size, const struct os_clock *now);
/* The day that the demo in a store was made for; DATE_NONE when there is none, or a half one. */
int demo_day(struct view *v, civil_date *out, struct err *e);

/* Fill a store that has no volunteers yet (ERR_CONFLICT when it has some: demo data never mixes with real data).
 * Today is the store's. Commits a group a month, then the last days' acts one by one. progress (may be NULL) is told
 * after each group how many of the groups are done; what it returns other than 0 stops with ERR_STOPPED, and what is
 * committed stays. The store's clock and person are as before afterwards. */
int demo_build(struct store *s, enum demo_size size, uint64_t seed,
	int (*progress)(void *ctx, size_t done, size_t total), void *ctx, struct err *e);

#endif
