/* store/kv_walk.h - the rows of one table in order, as they lie on the disk. Private to kv_*.c; others use kv_scan,
 * which leads through what lies above and below as one. Errors are LMDB's numbers here. */
#ifndef STORE_KV_WALK_H
#define STORE_KV_WALK_H

#include "store/kv_priv.h"

/* All rows with lo <= key < hi; nhi 0: to the end. */
int kv_walk_begin(const struct kv_txn *t, enum kv_table table, struct kv_bytes lo, struct kv_bytes hi, struct kv_walk *w);
/* MDB_SUCCESS and the row in key and value, or MDB_NOTFOUND at the end. */
int kv_walk_next(struct kv_walk *w);
/* The first row not below this one is the next; seeking goes forward only. */
void kv_walk_seek(struct kv_walk *w, const void *key, size_t nkey);
void kv_walk_end(struct kv_walk *w);                     /* twice is fine */

/* The row with the greatest key below this one. */
int kv_walk_before(const struct kv_txn *t, enum kv_table table, struct kv_bytes key, struct kv_bytes *found,
	struct kv_bytes *value);

/* Take the check off a value that was read. */
int kv_walk_open(enum kv_table table, MDB_val key, MDB_val *value);

#endif
