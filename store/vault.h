/* store/vault.h - small secrets and notes of this store that are no records: sealed rows in the database, never sent.
 *
 * Ring keys, statements, what was told. Names are plain words up to 40 bytes without personal data (they stand
 * unsealed as keys); values up to 1 MiB, sealed under the store's key and bound to the name. Backups hold them. */
#ifndef STORE_VAULT_H
#define STORE_VAULT_H

#include "store/store.h"

/* While there is a row of this name, the store only follows what others write: change_begin says ERR_REFUSED. */
#define VAULT_FOLLOWS "follows"

struct vault_row { const char *name; const void *p; size_t n; };       /* p NULL: forget it */

/* All rows in one transaction. ERR_READONLY, ERR_KEY, ERR_FULL. */
int vault_put(struct store *s, const struct vault_row *row, size_t n, struct err *e);
/* *p NULL when there is none. In the arena. */
int vault_get(struct view *v, struct arena *a, const char *name, const void **p, size_t *n, struct err *e);
/* The same in a view of its own. */
int vault_read(struct store *s, struct arena *a, const char *name, const void **p, size_t *n, struct err *e);
/* Names with a prefix, ascending. */
int vault_list(struct view *v, struct arena *a, const char *prefix, struct vault_row **out, size_t *n, struct err *e);

#endif
