/* store/lines_seen.h - whether anybody here has seen changes of a line that was given up, and of lines that weren't after
 * all. Private to store/. */
#ifndef STORE_LINES_SEEN_H
#define STORE_LINES_SEEN_H

#include "store/lines.h"

/* Has anybody, by the log or by the floor? */
int lines_are_seen(struct view *v, const struct given_up *l, bool *any, struct err *e);

/* Which lines stand, and of those that don't what somebody had seen that isn't here: it can't count before it is, else
 * what comes of it later looks unseen. */
struct standing {
	bool (*stands)(void *ctx, uint64_t inc, uint64_t tag);
	void *ctx;
	struct pile missing;              /* struct seen */
};
void standing_begin(struct standing *s, struct arena *a, bool (*stands)(void *ctx, uint64_t inc, uint64_t tag), void *ctx);
/* Is that change of a line that stands, or missing? ctx: a struct standing. */
bool standing_counts(void *ctx, uint64_t inc, uint64_t tag);
/* Find what is missing. *fallen: there are rows of lines that don't count. */
int standing_find(struct standing *s, struct view *v, bool *fallen, struct err *e);

#endif
