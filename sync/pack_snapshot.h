/* sync/pack_snapshot.h - the records and peers of a whole state as columns and back; see body.h.
 *
 * Equal states give equal bodies. A snapshot's shapes say of each field which of the record's stamps is its; the stamps
 * stand once each, ascending by dot. */
#ifndef SYNC_PACK_SNAPSHOT_H
#define SYNC_PACK_SNAPSHOT_H

#include "sync/segment.h"
#include "sync/values.h"

enum { SNAPSHOT_RECORDS_MOST = 1 << 24, SNAPSHOT_PEERS_MOST = 4096 };

/* ---- writing ------------------------------------------------------------------------------------- */
struct pack_snapshot {
	struct columns_out o;
	struct names_out names;
	struct dict shapes;
	struct buf record, used;              /* what is being made: a shape; the stamps of a record (uint32_t) */
	struct idmap which;                   /* by dot: which of `stamps` */
	struct buf stamps;                    /* struct stamp, by first use */
	struct stamp last;
	uint32_t last_which;
	size_t last_use;                      /* where `last` stands in `used`, when there is anything in that */
	size_t count;
	uint8_t type;
	struct id id;                         /* of the last record */
	int rc;                               /* sticks */
};
/* Peers ascend by incarnation; of each its number, chain, clock and context are written. */
void pack_snapshot_begin(struct pack_snapshot *k, const struct peer *peers, size_t n);
/* Of each of these n peers, n <= SNAPSHOT_TAIL_MOST and below its number; false: there are none. */
bool pack_snapshot_tails(struct pack_snapshot *k, const struct snapshot_tail *tail, size_t n);
/* Ascending by type and id. ERR_DATA: not one that a store can hold, or out of order, or too much. */
int pack_snapshot_rec(struct pack_snapshot *k, const struct rec *r);
int pack_snapshot_end(struct pack_snapshot *k, struct buf *body, struct buf *parts);
void pack_snapshot_free(struct pack_snapshot *k);

/* ---- reading ------------------------------------------------------------------------------------- */
struct unpack_snapshot {
	struct columns cs;
	struct names names;
	struct shapes shapes;
	struct stamp *stamp;
	size_t nstamps;
	struct arena *a;                      /* of the peers */
	struct peer *peer;
	struct snapshot_tail *tail;           /* of each of them */
	size_t npeers;
	struct column *which;
	uint64_t left;
};
/* The body of `count` records; checks all of it. ERR_CORRUPT, ERR_NOMEM. The body must stay. */
int unpack_snapshot_open(struct unpack_snapshot *u, const uint8_t *body, size_t n, uint64_t count);
bool unpack_snapshot_next(struct unpack_snapshot *u, struct arena *a, struct rec **out);
void unpack_snapshot_close(struct unpack_snapshot *u);

#endif
