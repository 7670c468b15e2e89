/* store/take_priv.h - what taking groups in and taking a state in share: a meeting while it goes on. Private to both.
 */
#ifndef STORE_TAKE_PRIV_H
#define STORE_TAKE_PRIV_H

#include "store/plan.h"

struct acked { uint64_t inc; struct vector v; };

struct take {
	struct store *s;
	struct arena *a, *lasting;       /* of this transaction; of the whole */
	struct view *v;                  /* NULL when it couldn't go on: see rc */
	struct plan plan;
	struct pile lines;               /* struct merge_range, in lasting */
	struct pile acked;               /* in a */
	const char *from;
	struct taken told;
	size_t writes;                   /* of this transaction */
	bool much;                       /* more than is laid above its place */
	int64_t now;
	int rc;                          /* the failure after which nothing more is taken */
	struct snapshot *snapshot;       /* a state that is being taken in */
};

/* Everything so far is down, and no view is open; and go on from there. */
int take_pause(struct take *t, struct err *e);
int take_resume(struct take *t, struct err *e);
/* Remember a failure; returns it. */
int take_fail(struct take *t, int rc);
int take_refuse(const struct take *t, struct err *e);
/* Where it is told what came of an incarnation, of which up to `before` was here. */
int take_line(struct take *t, uint64_t inc, uint64_t before, struct merge_range **out, struct err *e);
/* Can anybody have written then? No clock is further from ours than ten thousand years and some. */
static inline bool take_is_clock(int64_t clock)
{
	return clock >= -(INT64_C(1) << 39) && clock <= INT64_C(1) << 39;
}
/* The row of the merge so far; v is of the store that it goes into. */
enum { MERGE_KEY = 1 + 8 };
int take_merge_row(struct take *t, struct view *v, uint8_t key[MERGE_KEY], struct buf *value, struct err *e);
/* A state that wasn't taken to its end is nothing. */
void take_snapshot_drop(struct take *t);

#endif
