/* store/doctor_exam.h - one part of an examination while it goes on, in the child: what its parts share. Private to the
 * doctor. */
#ifndef STORE_DOCTOR_EXAM_H
#define STORE_DOCTOR_EXAM_H

#include "store/doctor_priv.h"
#include "store/peers.h"

/* One incarnation's groups in the log: from where and how far they go. */
struct span { uint64_t inc, first, last; };

struct exam {
	struct store *s;
	struct view *v, *beside;         /* what is read row by row; what is asked meanwhile */
	struct os_teller *to;
	struct arena *a, *one;           /* for the part; for one row */
	struct pile spans;
	struct peer *peers;              /* as meta says */
	size_t npeers, findings, counted, done, total, ticks;
	int64_t told_at;
	bool alone;                      /* as doctor_priv.h */
	bool broken;                     /* the rows that were read last didn't come to an end */
};

/* Damage in the log itself: nothing can be made from it. */
void exam_find_log(struct exam *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Damage in what is made from the log. */
void exam_find(struct exam *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* fmt has two places: the kind of record and its id. */
void exam_find_rec(struct exam *x, int type, struct id id, const char *fmt) __attribute__((format(printf, 4, 0)));
int exam_tick(void *ctx);

const struct span *exam_span(const struct exam *x, uint64_t inc);          /* NULL: none of it is in the log */
const struct peer *exam_peer(const struct exam *x, uint64_t inc);
bool exam_is_in_log(const struct exam *x, struct dot dot);
/* Is it folded away: not in the log, and needn't be? */
bool exam_is_folded(const struct exam *x, struct dot dot);
/* What an author had seen, as it counts; into his context (not when it is nothing). */
struct seen exam_mean(struct exam *x, struct seen seen);
void exam_see(struct exam *x, struct growing *context, struct seen seen);
/* The group in a row of the log, and its canonical bytes; an error without a sentence when it can't be read. */
int exam_open_group(struct exam *x, const struct kv_scan *row, struct group **g, const uint8_t **canonical, size_t *n);
/* A record's row: NULL when it can't be read. */
struct rec *exam_open_rec(struct exam *x, const struct kv_scan *row);
/* For each row of a table: fn, with an arena for it. False when the rows don't come to an end as they should. */
bool exam_each_row(struct exam *x, enum kv_table table,
	void (*fn)(struct exam *x, const struct kv_scan *row, void *ctx), void *ctx);

/* The parts. */
void exam_log(struct exam *x);
void exam_records(struct exam *x);
void exam_indexes(struct exam *x);

#endif
