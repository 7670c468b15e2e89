/* store/kv_pack.h - the form of the table that lies over others: rows packed into chunks. Private to kv_*.c; errors are
 * LMDB's numbers.
 *
 * LMDB takes a page of 4 KiB from wherever one is free, and writes each by itself: some thousand rows are a thousand
 * places on the disk. What needs several pages it lays into pages side by side. So rows are packed, in their order, into
 * chunks of up to 32 KiB, each of which is a value in the table; its key there is that of its first row. Such a chunk is
 * what a sorted table is to other log-structured stores (kv_fresh.h).
 *
 *     chunk := row ... | where each row begins, 2 bytes each | how many there are, 2 bytes
 *     row   := length of the key, 1 byte | key | value | check of key and value, 4 bytes (kv_check.h)
 *
 * Numbers are of the machine's own byte order, as LMDB's are. How many rows there are in all stands under a key of one
 * byte 0, which comes before all chunks: 8 bytes and a check. It is written with the first row, so a table with chunks
 * and without it is damaged. */
#ifndef STORE_KV_PACK_H
#define STORE_KV_PACK_H

#include "store/kv_priv.h"

/* The longest value that is packed; a longer one has pages of its own anyway. */
enum { PACK_VALUE_MOST = 2048 };

/* ---- reading: a cursor over the rows of a table, packed or not ---- */

int kv_cursor_open(const struct kv_txn *t, enum kv_table table, struct kv_cursor *out);
void kv_cursor_close(struct kv_cursor *c);               /* twice is fine */
/* As mdb_cursor_get(), row by row, with the check still at the end of the value. Of packed rows MDB_SET, MDB_SET_RANGE,
 * MDB_NEXT, MDB_PREV and MDB_LAST; after MDB_NOTFOUND it stands where it stood. */
int kv_cursor_get(struct kv_cursor *c, MDB_val *key, MDB_val *value, MDB_cursor_op op);

/* How many rows are packed, as this transaction sees it. */
int kv_pack_count(MDB_txn *txn, MDB_dbi dbi, size_t *n);

/* ---- writing ---- */

/* What becomes of the row with that key: with a byte after its value, or there is to be none. */
struct kv_pack_row { struct kv_bytes key, value; uint8_t last; bool gone; };
/* next() gives the rows one after the other, ascending, or false at the end. */
typedef bool kv_pack_next_fn(void *ctx, struct kv_pack_row *row);
int kv_pack_write(MDB_txn *txn, MDB_dbi dbi, kv_pack_next_fn *next, void *ctx);

#endif
