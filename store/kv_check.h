/* store/kv_check.h - what kv.c asks of bytes and files without LMDB. Private to kv.c.
 *
 * Rows that aren't sealed carry a check of 4 bytes: LMDB has none, and a flipped bit must not pass for a time or a
 * count. No defence against an attacker, only against disks. */
#ifndef STORE_KV_CHECK_H
#define STORE_KV_CHECK_H

#include "store/kv.h"

/* Do this table's rows carry a check? A sealed value is its own. One that lies above (kv_fresh.h) has the check of its key
 * and of the byte after the value. */
bool kv_check_has(enum kv_table table);
enum { KV_CHECK = 4 };
uint32_t kv_check_row(enum kv_table table, const void *key, size_t nkey, const void *value, size_t n);
/* Put it behind a value, which has room for it; and take it off one that was read: false when it isn't right. */
void kv_check_put(enum kv_table table, struct kv_bytes key, void *value, size_t n);
bool kv_check_take(enum kv_table table, struct kv_bytes key, struct kv_bytes *value);

/* The file in the folder `db`, and the version of LMDB's format in it; 0 when there is none. */
void kv_check_path(const char *db, char *path, size_t n);
int kv_check_version(const char *db);

#endif
