/* store/idmap.h - from ids to small numbers: a hash map for one commit or one view.
 *
 * Ids are unique over types, so an id alone is the key. Nothing is removed. */
#ifndef STORE_IDMAP_H
#define STORE_IDMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/id.h"

#define IDMAP_NONE UINT32_MAX

/* {0} is a valid empty one. */
struct idmap {
	struct idslot { struct id id; uint32_t value; } *slot;
	size_t n, cap;
};

uint32_t idmap_get(const struct idmap *m, struct id id);        /* IDMAP_NONE when it isn't there */
/* The value of `id`, which becomes `value` when it wasn't there; *fresh says so. False when out of memory. */
bool idmap_add(struct idmap *m, struct id id, uint32_t value, uint32_t *out, bool *fresh);
void idmap_free(struct idmap *m);

#endif
