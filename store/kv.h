/* store/kv.h - the one thin layer over LMDB: plain tables of bytes, read in transactions, written in sorted batches.
 *
 * It hides what LMDB needs from its users: a map that grows, other programs' growth, full reader tables, room kept in
 * advance so that a full disk can still be cleaned up, and commits whose outcome is unclear. Table numbers are bound
 * into the seals of the values and are for ever. Rows of the tables whose values aren't sealed (all but log and rec)
 * carry a check of 4 bytes that never leaves this layer: a flipped bit is ERR_CORRUPT. Keys are 1 to 41 bytes and
 * hold no personal data; no DUPSORT, no comparators of our own, so that mdb_dump and mdb_load work on our files. What
 * a read returns points into the map and is gone when its transaction ends.
 *
 * LMDB writes whole pages, and a merge changes some bytes in each of thousands that lie far apart. So the rows of a batch
 * that is said to be scattered may be laid down together, packed, in a table that lies over the others (kv_fresh.h),
 * until kv_fold() brings them to their places. Readers see no difference: what lies above hides what is below. */
#ifndef STORE_KV_H
#define STORE_KV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* KV_FRESH is this layer's own: others read it only to see every byte that there is. */
enum kv_table { KV_LOG, KV_REC, KV_TIME, KV_PERSON, KV_REF, KV_DUE, KV_META, KV_SEG, KV_FRESH, KV_TABLES };
enum { KV_KEY_MOST = 41 };

struct kv;
struct kv_bytes { const void *p; size_t n; };

/* Open DIR/db (which must exist). KV_CREATE makes the tables. ERR_UNSUPPORTED: another version of LMDB made it;
 * ERR_CORRUPT: no database, or shorter than it says. KV_UNSYNCED: a store that is being made; no commit waits for the
 * disk, kv_sync() does once. For tests, KV_TINY: a map that must grow at once; KV_EAGER: scattered rows wait above
 * their places however few they are. */
enum kv_flag { KV_READONLY = 1 << 0, KV_CREATE = 1 << 1, KV_UNSYNCED = 1 << 2, KV_TINY = 1 << 3, KV_EAGER = 1 << 4 };
int kv_open(const char *dir, int flags, struct kv **out, struct err *e);
void kv_close(struct kv *k);                             /* NULL is fine; no transaction may be open */
int kv_sync(struct kv *k, struct err *e);
int64_t kv_used_bytes(const struct kv *k);               /* how far the file is in use */
/* Another database has been put in the place of DIR/db: go on with that. No transaction may be open. */
int kv_reopen(struct kv *k, struct err *e);
/* Begin to leave commits to the system's own time; end it, and everything is down (or the error says that it may not
 * be). */
int kv_defer(struct kv *k, bool defer, struct err *e);
/* Grows with each commit of any program. */
uint64_t kv_version(const struct kv *k);
/* The version of the file format that stands in DIR/db; 0 when it can't be read. */
int kv_file_version(const char *dir);

/* ---- reading ------------------------------------------------------------------------------------ */
struct kv_txn { struct kv *k; void *txn; size_t fresh; /* rows that lie over others */ };
int kv_begin(struct kv *k, struct kv_txn *out, struct err *e);
void kv_end(struct kv_txn *t);                           /* twice is fine */
uint64_t kv_txn_version(const struct kv_txn *t);         /* kv_version as it was when this began */

/* ERR_NOTFOUND comes without a sentence, here and below. */
int kv_get(const struct kv_txn *t, enum kv_table table, const void *key, size_t nkey, struct kv_bytes *out,
	struct err *e);
/* The row with the greatest key below this one. */
int kv_before(const struct kv_txn *t, enum kv_table table, const void *key, size_t nkey, struct kv_bytes *found,
	struct kv_bytes *value, struct err *e);
/* How many rows a table has. Takes as long as there are rows over it. */
int kv_rows(const struct kv_txn *t, enum kv_table table, size_t *n, struct err *e);
/* At most so many, at once. */
int kv_rows_most(const struct kv_txn *t, enum kv_table table, size_t *n, struct err *e);

/* All rows with lo <= key < hi (nhi 0: to the end), or with a prefix. kv_scan_next gives OK and the row in key and
 * value, ERR_NOTFOUND at the end, or an error; kv_scan_seek jumps ahead to the first key not below this one. */
struct kv_cursor {               /* kv_pack.h */
	void *c;
	bool packed;
	struct kv_bytes chunk;
	size_t i;
};
struct kv_walk {                 /* through one table as it lies on the disk: kv_walk.h */
	struct kv_cursor cursor;
	struct kv *k;
	enum kv_table table;
	enum { WALK_GIVEN, WALK_WAITS, WALK_ENDED } at;
	struct kv_bytes key, value;
	size_t nstart, nend;
	uint8_t start[KV_KEY_MOST + 1], end[KV_KEY_MOST + 1];
};
struct kv_scan {
	enum kv_table table;
	struct kv_bytes key, value;
	struct kv_walk below, above;
};
int kv_scan_range(const struct kv_txn *t, enum kv_table table, const void *lo, size_t nlo, const void *hi, size_t nhi,
	struct kv_scan *s, struct err *e);
int kv_scan_prefix(const struct kv_txn *t, enum kv_table table, const void *prefix, size_t n, struct kv_scan *s,
	struct err *e);
int kv_scan_next(struct kv_scan *s, struct err *e);
void kv_scan_seek(struct kv_scan *s, const void *key, size_t nkey);
void kv_scan_end(struct kv_scan *s);

/* ---- writing ------------------------------------------------------------------------------------ */
struct kv_op {
	uint8_t table, nkey;
	bool del;                    /* deleting what isn't there is fine */
	uint8_t key[KV_KEY_MOST];
	uint32_t nvalue;
	const void *value;
};

/* Do all of it in one transaction, or nothing. `ops` is sorted in place; of two for one key only one may be given.
 * KV_SHRINKS: this is a deletion, allowed on a full disk. KV_SCATTERED: many rows that lie far apart, which may wait above
 * their places; what must leave no older row behind is not to be written so. `proof` is the one of them (a new row, or one that is there
 * and goes) that shows, after a commit that failed, whether it took place all the same: then the answer is OK.
 * ERR_FULL: no room, everything is as it was. */
enum kv_how { KV_SHRINKS = 1 << 0, KV_SCATTERED = 1 << 1 };
int kv_apply(struct kv *k, struct kv_op *ops, size_t n, int how, const struct kv_op *proof, struct err *e);
/* Bring what lies above to its place, in transactions of some thousand rows, each of which leaves a whole database. The
 * longer it has waited, the more rows share a page: kv_is_due() when so many lie there that little is won by waiting
 * on. No transaction may be open. */
int kv_fold(struct kv *k, struct err *e);
int kv_is_due(struct kv *k, bool *due, struct err *e);

/* ---- checking ----------------------------------------------------------------------------------- */
/* Is the file itself whole: the two heads of it, every table's rows in order, counted and found by their keys, every
 * page used once or free, and none lost? LMDB has no checksums, so a wrong page can do anything: only in a child
 * process. Each finding is a sentence given to say(); tick() is called for each row, and other than 0 from it stops.
 * ERR_CONFLICT, and nothing said: there has been a commit since this transaction began. */
struct kv_checker {
	void (*say)(void *ctx, const char *sentence);
	int (*tick)(void *ctx);
	void *ctx;
};
int kv_examine(const struct kv_txn *t, const struct kv_checker *c, struct err *e);

#endif
