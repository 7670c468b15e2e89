/* store/backup.h - snapshots that don't depend on LMDB's file format: the whole log, sealed, in one file.
 *
 * The file (form: store/backup_file.h) holds the store's format and keys files, so that the passphrase of that day
 * opens it anywhere, then all change groups, oldest first, and what isn't in them (store/backup_hold.h): what lies in
 * the vault, so that a store that is put back is in its ring, and what others are known to have. Files kept for others
 * aren't in it. A truncated, extended or altered file is refused whole. A backup of a store without a passphrase can
 * be read by whoever has it, as the store can. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/store.h"

/* Write a snapshot to `path` (never over an existing file: ERR_CONFLICT), which only its owner can read. Makes
 * DIR/backup if it isn't there. progress (may be NULL) as in doctor.h. */
int backup_write(struct store *s, const char *path, int (*progress)(void *, size_t, size_t), void *ctx, struct err *e);
/* Read all of it, check every seal, and say what it holds: the site's name, when it was made (seconds UTC), how many
 * groups. ERR_KEY, ERR_NOTFOUND, ERR_DATA no backup, ERR_UNSUPPORTED a newer version's, ERR_CORRUPT. */
struct backup_info { char site[96]; int64_t made; uint64_t groups; };
int backup_check(const char *path, const char *passphrase, struct backup_info *out, struct err *e);
/* Make a store in `dir` (missing or empty, else ERR_CONFLICT) from a snapshot; when it fails nothing is left behind.
 * It gets a new incarnation, so that an old copy and this one can both go on. */
int backup_restore(const char *path, const char *dir, const char *passphrase, const struct os_clock *clock,
	struct err *e);
/* The automatic ones in DIR/backup: made when the store has changed and the newest is older than `min_age` seconds
 * (0: now); keeps the 7 newest and the newest of each of the last 4 weeks that have any; others than automatic ones
 * are left alone. Nothing happens on a read-only store. *made may be NULL. */
int backup_auto(struct store *s, int64_t min_age, bool *made, struct err *e);
/* Write the automatic ones again whose keys file isn't the store's of now, so that they open as it does: who has set a
 * passphrase must not leave files behind that give the key away. What is damaged is removed; those of another store, of
 * a newer version, and others than automatic ones are left alone. */
int backup_rekey(struct store *s, struct err *e);

#endif
