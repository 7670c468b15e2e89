/* store/kv_priv.h - what the files of the layer over LMDB share. Nobody else includes it, or lmdb.h. */
#ifndef STORE_KV_PRIV_H
#define STORE_KV_PRIV_H

#include <lmdb.h>

#include "store/kv.h"

enum { KV_PATH_ROOM = 4096 };

struct kv {
	MDB_env *env;            /* NULL when reopening after a failed commit didn't succeed */
	MDB_dbi table[KV_TABLES];
	bool readonly, unsynced, tiny, eager;
	bool has_fresh;          /* a store that an earlier version made gets that table with its first row */
	struct kv_seen *seen;    /* which rows may lie in it */
	bool doubtful;           /* a commit failed: reopen before anything is written again */
	size_t readers;          /* open read transactions of this program */
	uint64_t past;           /* commits of databases that stood here before */
	int64_t reserved;        /* bytes of the file that are known to have room on the disk */
	char dir[KV_PATH_ROOM];  /* DIR/db */
};

static inline MDB_val kv_to_val(const void *p, size_t n)
{
	return (MDB_val){ .mv_size = n, .mv_data = (void *)(uintptr_t)p };
}

static inline struct kv_bytes kv_from_val(MDB_val v)
{
	return (struct kv_bytes){ .p = v.mv_data, .n = v.mv_size };
}

/* Read by a key, and by a cursor. LMDB gives a key and no value from a page that one wrong bit makes a page of keys alone;
 * here that is MDB_CORRUPTED. */
int kv_find(MDB_txn *txn, MDB_dbi dbi, MDB_val *key, MDB_val *value);
int kv_at(MDB_cursor *c, MDB_val *key, MDB_val *value, MDB_cursor_op op);
/* LMDB's order of keys. */
int kv_compare(struct kv_bytes x, struct kv_bytes y);

/* A batch in the order in which it is written: by table and key. False when out of memory. */
bool kv_sort(struct kv_op *ops, size_t n);

/* The code and sentence for one of LMDB's error numbers; ERR_NOTFOUND has none. */
int kv_fail(const struct kv *k, int rc, struct err *e);
int kv_fail_full(struct err *e);
/* Does it mean that the disk is full? */
bool kv_is_full(const struct kv *k, int rc);
/* Open k->env and its tables; LMDB's error number. */
int kv_open_env(struct kv *k, bool create);
/* Make the table of fresh rows, if this transaction is committed. */
int kv_make_fresh(struct kv *k, MDB_txn *txn);
/* Deal with what another program or a dead one left in our way. True when it's worth trying again. */
bool kv_clear_the_way(struct kv *k, int rc);

enum { KV_TRIES = 8 };           /* each doubles the map, or waits out one trap */

#endif
