/* sync/receipts.h - what erasing somebody has to do with the ring: under whose key it is done, and which sites have said
 * that nothing is left at theirs (store/erase.h has the rest). */
#ifndef SYNC_RECEIPTS_H
#define SYNC_RECEIPTS_H

#include "base/civil.h"
#include "store/store.h"

/* Before somebody is erased here: a ring's member does it under the ring's key, also one who joined before there was such a
 * thing. Nothing for a store in no ring. No view may be open. */
int receipts_prepare(struct store *s, struct err *e);

struct receipt_site {
	const char *name;
	struct id site;
	civil_date day;                    /* when it confirmed; DATE_NONE: not yet */
	int64_t heard;                     /* UTC; when anything last came from there; 0 never, or this site */
	bool self;
};
struct receipts {
	const struct rec *erasure;
	const char *by;                    /* the site that decided it */
	struct receipt_site *sites;        /* that have confirmed, by day; then those of the ring that haven't yet */
	size_t n, nmissing;                /* the latter are the last `nmissing` */
};
/* Of all erasures, newest first. Who is expected to confirm are the ring's members that hold persons and haven't left, and
 * without a ring this site. In the arena. */
int receipts_list(struct store *s, struct view *v, struct arena *a, struct receipts **out, size_t *n, struct err *e);

#endif
