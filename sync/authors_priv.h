/* sync/authors_priv.h - who wrote something, in words: the site whose an incarnation is, and the person of a change.
 *
 * For claims.c and digest.c. Names live in the arena; each incarnation is looked up once. */
#ifndef SYNC_AUTHORS_PRIV_H
#define SYNC_AUTHORS_PRIV_H

#include "sync/ring.h"

struct authors {
	struct view *v;
	struct arena *a;
	struct ring *ring;                /* NULL: in none */
	struct rec **site;                /* all site records */
	size_t nsites;
	struct author { uint64_t inc; const char *site; bool mine; } *at;
	size_t n, cap;
};

/* authors_end() must follow, whatever this returns. */
int authors_begin(struct authors *n, struct view *v, struct arena *a, struct err *e);
void authors_end(struct authors *n);
/* The site is called as its record is now; "?" when nobody is known. Lives until the next call. */
const struct author *authors_of(struct authors *n, uint64_t inc);
/* "" when the change came with a snapshot, so that nobody knows. */
const char *authors_person(struct authors *n, struct dot dot);

#endif
