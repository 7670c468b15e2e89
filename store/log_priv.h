/* store/log_priv.h - what past, undo and the doctor need of the log beyond store.h. Private to store/. */
#ifndef STORE_LOG_PRIV_H
#define STORE_LOG_PRIV_H

#include "store/store_priv.h"

/* A group with its writes, decoded once for the next readers too. It stays until VIEW_GROUPS others have been read.
 * ERR_CORRUPT when it's missing: whoever asks got the dot from something that stands. ERR_NOTFOUND, without a sentence,
 * when it is folded away. */
int log_cached(struct view *v, struct dot dot, const struct group **out, struct err *e);
/* Its tag alone, for which nothing of it is decoded. As log_cached. */
int log_tag(struct view *v, struct dot dot, uint64_t *tag, struct err *e);
/* A group's write of a field, by its order (type, id, field); NULL when it has none. */
const struct write *log_find(const struct group *g, int type, struct id id, int field);
/* The same for a field that says that this group wrote it; a group that didn't is damage. Both stay as log_cached
 * says. *out NULL: the group is folded away, and nothing is known of it. Where a field's value under the floor is
 * known, *g has that write alone, no person, and nothing before it. */
int log_write_of(struct view *v, const struct rec *r, int field, struct dot dot, const struct group **g,
	const struct write **out, struct err *e);

/* Groups of all incarnations, newest first by stamp. */
struct log_walk { struct view *v; struct arena *a; bool with_writes; struct pile heads; };
/* Start below `limit` (clock INT64_MAX: at the end), whatever time the view is of. */
int log_walk_begin(struct view *v, struct arena *a, struct stamp limit, bool with_writes, struct log_walk *w,
	struct err *e);
/* *out NULL at the end. */
int log_walk_next(struct log_walk *w, const struct group **out, struct err *e);

/* Neither an undo nor a redo: those name the ordinary change that they are about in `undoes`. */
bool log_is_ordinary(const struct group *g);
/* Is the effect of an ordinary change taken back, at the view's time? */
int log_state(struct view *v, struct dot ordinary, bool *undone, struct err *e);
/* The ordinary change whose value of a field stands when `dot` has written it: an undo puts an earlier change's value
 * back. no == 0: the field is as if never set. */
int log_origin(struct view *v, int type, struct id id, int field, struct dot dot, struct dot *out, struct err *e);

#endif
