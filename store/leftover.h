/* store/leftover.h - what interrupted programs left in a store's folder, and what is kept there against the loss of a
 * small file.
 *
 * Without the two small files `format` and `keys` nothing of a store can be opened, so DIR/copies has a second of each.
 * Private to store/; the doctor puts the copies to use. */
#ifndef STORE_LEFTOVER_H
#define STORE_LEFTOVER_H

#include <stdbool.h>

#include "base/err.h"

/* Remove what is half written. Only by who holds the store's lock: then nobody is writing it. */
void leftover_remove(const char *dir);

/* Make the copies as the files are now, where they aren't yet. That it fails (a full disk) is no error: the next one to
 * open the store tries again. */
void leftover_keep_copies(const char *dir);
/* Before the keys change: no copy may open the store with an old passphrase. */
int leftover_drop_keys(const char *dir, struct err *e);
/* Is there a whole copy of each of the two that is damaged or missing, so that leftover_put_back() can help? */
bool leftover_can_help(const char *dir);
/* Put the copy of each that is damaged or missing in its place, and say so. ERR_CORRUPT when there is none. */
int leftover_put_back(const char *dir, void (*say)(void *ctx, const char *sentence), void *ctx, struct err *e);

#endif
