/* store/remap.h - changes issued again under another incarnation: what becomes of their dots, of the ids that they
 * made, and of the ids that follow from those. Private to exchange_transplant.
 *
 * Everything that `from` wrote after number `after` moves to `to`, number by number. An id of `from` that nothing up
 * to `after` has written was made by what moves, so it moves with the same counter, under a name that follows from the
 * line alone: whoever issues it again, and however often, makes the same records. Assignments, links and copies to
 * another day that are named after such an id are named anew. Pure: no store. */
#ifndef STORE_REMAP_H
#define STORE_REMAP_H

#include "store/idmap.h"
#include "store/store.h"

/* One id and what it becomes. */
struct renamed { struct id was, now; uint8_t type; };

struct remap {
	uint64_t from, after, to;
	uint64_t maker;                  /* of the ids that move */
	struct arena *a;                 /* of the whole */
	struct idmap old;                /* ids that stood at `after` */
	struct idmap named;              /* name-based ids that move: places in `renamed` */
	struct renamed *renamed;
	size_t n, cap;
};

void remap_init(struct remap *m, struct arena *a, uint64_t from, uint64_t after, uint64_t to);
/* The tag of the first group that moves; before any id is asked for. */
void remap_name(struct remap *m, uint64_t tag);
void remap_free(struct remap *m);
/* That id stands at `after`. ERR_NOMEM. */
int remap_keep(struct remap *m, struct id id, struct err *e);
/* A group of `from` that others move, in order: what comes after it may go on with what it made. */
int remap_learn(struct remap *m, const struct group *g, struct err *e);
/* A group of `from` after `after`, in order, as it becomes; all of them must have come by. In the arena. */
int remap_group(struct remap *m, struct arena *a, const struct group *g, struct group *out, struct err *e);
struct id remap_id(const struct remap *m, struct id id);
struct dot remap_dot(const struct remap *m, struct dot dot);

#endif
