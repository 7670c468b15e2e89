/* sync/dict.h - a dictionary of byte strings: each gets a number, from 0, in the order of its first use. */
#ifndef SYNC_DICT_H
#define SYNC_DICT_H

#include "base/mem.h"

/* {0} is a valid empty one. */
struct dict {
	struct buf bytes, ends;      /* one after the other; where each ends (size_t) */
	uint32_t *slot;              /* by hash: number + 1 */
	size_t slots;
	uint32_t last;               /* of the string that came last: what comes next is often the same */
};
/* Its number. False when out of memory. */
bool dict_add(struct dict *d, const void *p, size_t n, uint32_t *number);
size_t dict_count(const struct dict *d);
const char *dict_get(const struct dict *d, size_t number, size_t *n);
void dict_free(struct dict *d);                             /* wipes */

#endif
