/* store/replay.h - the log read from its beginning, and a store made again from it: what rebuilding, backup and
 * restoring have in common. Private to store/. */
#ifndef STORE_REPLAY_H
#define STORE_REPLAY_H

#include "store/exchange.h"
#include "store/store_priv.h"

/* One group, and the bytes that it was decoded from. Gone when fn returns. */
struct replay_group {
	const struct group *g;
	const uint8_t *plain;
	size_t n;
};

/* All groups of all incarnations, oldest first by stamp, but none before what its author had seen. fn returns OK to go
 * on; anything else ends it and is returned. ERR_CORRUPT when one is missing. */
int replay_each(struct view *v, int (*fn)(void *ctx, const struct replay_group *r, struct err *e), void *ctx,
	struct err *e);
/* The same where of lines given up only those count that `stands` says (NULL: all). */
int replay_each_as(struct view *v, bool (*stands)(void *ctx, uint64_t inc, uint64_t tag), void *line,
	int (*fn)(void *ctx, const struct replay_group *r, struct err *e), void *ctx, struct err *e);
/* The same of a store in which all but the log may be damaged, for whoever knows already what is folded away of each
 * incarnation. alone: nothing beside the log is asked, so nobody gave up a line. */
int replay_each_over(struct view *v, const struct peer *peer, size_t npeers, bool alone,
	int (*fn)(void *ctx, const struct replay_group *r, struct err *e), void *ctx, struct err *e);
/* How many groups there are. */
int replay_count(struct view *v, size_t *n, struct err *e);

/* Begin a store in the new folder `dir` with these format and seal (borrowed until replay_close): an empty database
 * that waits for no disk. Nothing of it is a store before replay_finish. */
int replay_begin(const char *dir, const struct keys_format *format, struct seal *seal, const struct os_clock *clock,
	struct store **out, struct err *e);
/* The next group, as it stood in the log; what it replaces is reckoned anew. Groups come in the order of
 * replay_each. */
int replay_apply(struct store *s, const struct group *g, struct err *e);
/* Everything is there: counters set, every byte down. */
int replay_finish(struct store *s, struct err *e);
void replay_close(struct store *s);                      /* NULL is fine */

#endif
