/* store/backup.h - snapshots that don't depend on LMDB's file format: the whole log, sealed, in one file.
 *
 * File: "samvagt-backup 1\n", the store's format and keys files (so that the passphrase opens it anywhere), then zstd frames of log groups
 * sealed with libsodium's secretstream under a key derived from the store's, final tag at the end: a truncated, extended or altered file is refused whole. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/store.h"

/* Write a snapshot to `path` (never over an existing file). progress as in doctor.h. */
int backup_write(struct store *s, const char *path, int (*progress)(void *, size_t, size_t), void *ctx, struct err *e);
/* Read all of it, check every seal, and say what it holds. */
struct backup_info { char site[96]; int64_t made; uint64_t groups; };
int backup_check(const char *path, const char *passphrase, struct backup_info *out, struct err *e);
/* Make a store in `dir` (must not hold one) from a snapshot. It gets a new incarnation, so that an old copy and this one can both go on. */
int backup_restore(const char *path, const char *dir, const char *passphrase, const struct os_clock *clock, struct err *e);
/* The automatic ones in DIR/backup: made when the store has changed and the newest is older than `min_age` seconds (0: now); keeps 7
 * newest and the newest of each of 4 weeks. *made may be NULL. */
int backup_auto(struct store *s, int64_t min_age, bool *made, struct err *e);

#endif
