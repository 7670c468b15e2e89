/* store/remake.h - a store's database made again beside its place, and then put there: what giving up a line of
 * changes and taking a snapshot have in common. Whenever it stops, the store is as it was or as it is to be. Private
 * to store/. */
#ifndef STORE_REMAKE_H
#define STORE_REMAKE_H

#include "store/store_priv.h"

/* As replay_begin, in the workshop of s. No view of s may be open but for reading what is made again. */
int remake_begin(struct store *s, const struct keys_format *format, struct store **fresh, struct err *e);
/* Take rows over as they are: those of a table whose key begins with the n bytes of `prefix`. keep (NULL: all) says of
 * which. */
int remake_carry(struct view *from, struct store *fresh, enum kv_table table, const void *prefix, size_t n,
	bool (*keep)(void *ctx, struct kv_bytes key, struct kv_bytes value), void *ctx, struct err *e);
/* One row of meta, made anew. */
int remake_put(struct store *fresh, const void *key, size_t nkey, const void *value, size_t n, struct err *e);
/* The store's counters as they are; but of its records none is there yet. */
int remake_head(struct view *from, struct store *fresh, struct err *e);
/* When something of each incarnation came isn't in the log. After the groups. */
int remake_heard(struct view *from, struct store *fresh, struct err *e);
/* Everything is down and in its place: s reads it from now on. Frees `fresh`, whatever it returns; no view may be
 * open. remake_place(): where every row was carried, so that no counter needs to be set. */
int remake_finish(struct store *s, struct store *fresh, struct err *e);
int remake_place(struct store *s, struct store *fresh, struct err *e);
void remake_abandon(struct store *s, struct store *fresh);               /* NULL is fine */

#endif
