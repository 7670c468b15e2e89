/* store/kv_fresh.h - the table that lies over others: rows of scattered batches, until they are folded in. Private to
 * kv_*.c.
 *
 * A merge of some thousand changes touches as many pages, and LMDB writes a page of 4 KiB for a row of 100 bytes. Packed
 * side by side (kv_pack.h) the same rows are a tenth of the pages; brought to their places when many have gathered,
 * several share one. It is what log-structured merge trees do (O'Neil, Cheng, Gawlick, O'Neil: The log-structured merge-tree,
 * Acta Informatica 33, 1996), with one tree above another.
 *
 * Key: the number of the table below and the key there. Value: that of the row, and a byte FRESH_PUT, or FRESH_GONE for
 * a row that there is no more. */
#ifndef STORE_KV_FRESH_H
#define STORE_KV_FRESH_H

#include "store/kv_priv.h"

enum { FRESH_PUT = 0, FRESH_GONE = 1 };
enum { FRESH_KEY = KV_KEY_MOST + 1 };

/* May rows of this table lie above it? Not where they are long, or few. */
bool kv_fresh_covers(enum kv_table table);
size_t kv_fresh_key(uint8_t out[FRESH_KEY], enum kv_table table, const void *key, size_t nkey);
/* What stands there: its key and value below. False when it is a row that has gone. */
bool kv_fresh_is_there(struct kv_bytes *key, struct kv_bytes *value);

/* The row for this key; *gone or its value. MDB_NOTFOUND: none lies above. */
int kv_fresh_get(const struct kv_txn *t, enum kv_table table, struct kv_bytes key, bool *gone, struct kv_bytes *value);
/* How many rows lie there, as this transaction sees it. */
int kv_fresh_count(const struct kv *k, MDB_txn *txn, size_t *n);

/* ---- a batch, in its transaction: choose before anything of it is written, write after what isn't taken ---- */
struct fresh_batch {
	const struct kv_op *op, *end;
	bool above;              /* its rows go there, but for long ones */
	bool hides;              /* something lies there that might hide what it writes */
};
int kv_fresh_choose(struct kv *k, MDB_txn *txn, const struct kv_op *op, size_t n, int how, struct fresh_batch *out);
/* Is this one laid above, and not to be written at its place? */
bool kv_fresh_takes(const struct fresh_batch *b, const struct kv_op *op);
/* Lay down what is taken, and drop what would hide the rest. */
int kv_fresh_write(const struct kv *k, MDB_txn *txn, const struct fresh_batch *b);
/* It is committed, as that version of the store. */
void kv_fresh_written(const struct kv *k, uint64_t version, const struct fresh_batch *b);

#endif
