/* sync/pack.h - change groups as columns and back; see body.h.
 *
 * The same groups, and the same answers about what ids are made of, give the same body. Reading is bounded by the body:
 * see columns.h; besides, a body has at most PACK_WRITES_MOST writes. */
#ifndef SYNC_PACK_H
#define SYNC_PACK_H

#include "sync/values.h"

enum { PACK_WRITES_MOST = 1 << 24 };

/* ---- writing ------------------------------------------------------------------------------------- */
struct pack {
	struct columns_out o;
	struct names_out names;
	struct dict shapes, groups, persons;
	struct buf runs, repeats, args;       /* what is being made */
	struct dot first;
	size_t count, writes;
	int64_t clock_first, clock_last;
	int rc;                               /* sticks */
};
void pack_begin(struct pack *k, const struct segment_names *ask);
/* In order of number. ERR_DATA: no group that a store can hold, not the next of the same incarnation, or too much. */
int pack_group(struct pack *k, const struct group *g);
size_t pack_gathered(const struct pack *k);
/* Append the body; see columns_write. */
int pack_end(struct pack *k, struct buf *body, struct buf *parts);
void pack_free(struct pack *k);

/* ---- reading ------------------------------------------------------------------------------------- */
struct unpack {
	struct columns cs;
	struct names names;
	struct shapes shapes;
	struct unpack_text { const uint8_t *p; size_t n; } *group, *person;
	size_t ngroups, npersons;
	struct column *which, *who, *clock;
	struct dot next;                      /* of the next group */
	uint64_t left;
	size_t writes;
};
/* The body of `count` groups from `first` on; checks all of it. ERR_CORRUPT, ERR_NOMEM. The body must stay. */
int unpack_open(struct unpack *u, const uint8_t *body, size_t n, struct dot first, uint64_t count);
/* The next group, in the arena; false at the end. */
bool unpack_next(struct unpack *u, struct arena *a, struct group **out);
void unpack_close(struct unpack *u);

#endif
