/* roster/limits.h - the numbers that law, authorities and agreements set, each with its source and the day it was
 * last checked.
 *
 * They stand in data/limits (how a row is written: there), which is built in. The installed copy is read over that,
 * and over it $XDG_CONFIG_HOME/samvagt/limits; a store's own settings "limit.<name>" go before all (rules_limits).
 * Code asks by LIMIT_…, and reckons in the unit of the built-in row. */
#ifndef ROSTER_LIMITS_H
#define ROSTER_LIMITS_H

#include "base/mem.h"

enum { LIMIT_MOST = 100000 };       /* no limit is greater */

enum limit_no {
#define LIMIT(NAME, ...) LIMIT_##NAME,
#include "roster/limits.gen"
#undef LIMIT
	LIMIT_COUNT
};

struct limit {
	const char *name;
	int value;
	const char *unit;                   /* msgid */
	const char *da, *en, *source, *checked;
};

/* As built in. */
const struct limit *limits_builtin(enum limit_no no);
/* What it is called in the language of now. */
const char *limits_label(const struct limit *l);
/* The rows in force on this machine. What couldn't be read is added to `said` (may be NULL), a sentence a line with
 * file and line, and what stood before is used instead: a slip in a file must not open a door. */
void limits_load(struct arena *a, struct limit out[LIMIT_COUNT], struct buf *said);
/* The rows of one file over those in `all`. `path` is for the sentences only. */
void limits_read(struct arena *a, const char *path, const char *text, struct limit all[LIMIT_COUNT], struct buf *said);

#endif
