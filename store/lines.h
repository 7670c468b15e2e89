/* store/lines.h - lines of changes that their authors gave up (rows 'x' of meta), and what it means to have seen one.
 *
 * Where two stores had written under one incarnation, one of them issues its changes after number `after` again under
 * another. A group that had seen them says so by number and tag, and is signed: so its context isn't rewritten, but
 * read as `after` of that incarnation. That may be given up, too, by who had left the line earlier: so a row names the
 * tag there, and reading goes on from row to row until a change that nobody gave up. The same everywhere, as soon as it
 * is known there, in whatever order it came to be. Private to store/. */
#ifndef STORE_LINES_H
#define STORE_LINES_H

#include "store/store_priv.h"

struct given_up {
	uint64_t inc, after;
	uint64_t at;                      /* the tag of `after`; 0 of number 0 */
	const uint64_t *tag;              /* of after+1, after+2 ... */
	size_t n;
};

/* Put the rows of a line into a store. Of several who gave it up one may have left it later than the others: that is
 * where the row leads, and the others' rows lead on from there as long as theirs stand, too. */
int lines_put(struct store *s, const struct given_up *l, struct err *e);
/* Is all of it in the store, left there or later? */
bool lines_has(struct view *v, const struct given_up *l);
/* Is it a change of any? */
bool lines_has_change(struct view *v, const struct seen *seen);
/* Whose change a row of one tells of; false when it is damaged. */
bool lines_read_key(struct kv_bytes key, uint64_t *inc, uint64_t *tag);
/* What somebody has seen, as it counts: no == 0 when it is nothing. */
int lines_mean(struct view *v, struct seen *seen, struct err *e);
/* The same where of lines only those count that `stands` says (NULL: all). */
int lines_mean_as(struct view *v, bool (*stands)(void *ctx, uint64_t inc, uint64_t tag), void *ctx, struct seen *seen,
	struct err *e);
/* The same in a store that may be damaged: what can't be read was given up by nobody. *v as view_renew. */
struct seen lines_mean_damaged(struct view **v, struct seen seen);
/* lines_mean of all that somebody has seen; in the arena. */
int lines_mean_all(struct view *v, struct arena *a, const struct vector *seen, struct vector *out, struct err *e);

#endif
