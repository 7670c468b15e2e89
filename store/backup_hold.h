/* store/backup_hold.h - what a backup holds, in pieces (backup_file.h): the first says when it was made, how many
 * groups there are, and the site's name; each other begins with its kind and has items of a key (1 byte how long) and
 * a value (4).
 *
 *   'm'  rows of meta that aren't made from the log: the vault as it is sealed, what others are known to have, merges,
 *        lines that were given up, what was overwritten over the floor, what was erased, and the floor itself ('b' and
 *        'p')
 *   'r'  records, type and id, as far as the floor covers their values
 *   'g'  groups, incarnation and number, oldest first, as in the log
 *   'h'  incarnations, and when something of them was heard last
 * in this order. Private to the backups. */
#ifndef STORE_BACKUP_HOLD_H
#define STORE_BACKUP_HOLD_H

#include "store/backup.h"
#include "store/backup_file.h"
#include "store/store_priv.h"

struct backup_progress { int (*fn)(void *ctx, size_t done, size_t total); void *ctx; };
/* All of a store, as the view shows it; neither ends nor abandons `out`. */
int backup_hold_write(struct view *v, struct backup_out *out, const struct backup_progress *progress, struct err *e);
/* All of it, checked; into a store that is being made (replay_begin) unless that is NULL. ERR_CORRUPT. */
int backup_hold_read(struct backup_in *in, struct store *fresh, struct backup_info *info, struct err *e);

#endif
