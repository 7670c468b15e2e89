/* store/kv_check.h - a check of 4 bytes for rows that aren't sealed: LMDB has none, and a flipped bit must not pass
 * for a time or a count.
 *
 * No defence against an attacker, only against disks. Private to kv.c. */
#ifndef STORE_KV_CHECK_H
#define STORE_KV_CHECK_H

#include "store/kv.h"

/* Do this table's rows carry one? A sealed value is its own. */
bool kv_check_has(enum kv_table table);
uint32_t kv_check_row(enum kv_table table, const void *key, size_t nkey, const void *value, size_t n);

#endif
