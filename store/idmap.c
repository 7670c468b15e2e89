/* store/idmap.c - see idmap.h. Owns open addressing with linear probing. Must not know what the numbers stand for. */
#include "store/idmap.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The last bytes of an id made here are all that differs; read as a number on most machines they are its highest bits,
 * and a product carries bits upward only. So they are folded down before and after each (as in the finalizer of
 * SplitMix64), or all of a group's ids meet in a few slots. */
static uint64_t hash(struct id id)
{
	uint64_t half[2];
	memcpy(half, id.b, sizeof half);
	uint64_t h = half[0] * UINT64_C(0x9E3779B97F4A7C15) ^ half[1];
	h = (h ^ h >> 32) * UINT64_C(0x9E3779B97F4A7C15);
	h = (h ^ h >> 29) * UINT64_C(0x9E3779B97F4A7C15);
	return h ^ h >> 32;
}

/* The slot where the id is or would be; there is always a free one. */
static struct idslot *find(const struct idmap *m, struct id id)
{
	assert(m->n < m->cap && (m->cap & (m->cap - 1)) == 0);
	size_t i = (size_t)hash(id) & (m->cap - 1);
	while (m->slot[i].value != IDMAP_NONE && !id_equal(m->slot[i].id, id))
		i = (i + 1) & (m->cap - 1);
	return &m->slot[i];
}

static bool grow(struct idmap *m)
{
	struct idmap bigger = { .n = m->n, .cap = m->cap ? m->cap * 2 : 64 };
	bigger.slot = malloc(bigger.cap * sizeof *bigger.slot);
	if (!bigger.slot)
		return false;
	for (size_t i = 0; i < bigger.cap; i++)
		bigger.slot[i].value = IDMAP_NONE;
	for (size_t i = 0; i < m->cap; i++)
		if (m->slot[i].value != IDMAP_NONE)
			*find(&bigger, m->slot[i].id) = m->slot[i];
	free(m->slot);
	*m = bigger;
	return true;
}

uint32_t idmap_get(const struct idmap *m, struct id id)
{
	return m->cap ? find(m, id)->value : IDMAP_NONE;
}

bool idmap_add(struct idmap *m, struct id id, uint32_t value, uint32_t *out, bool *fresh)
{
	assert(value != IDMAP_NONE);
	if (m->n + 1 > m->cap / 4 * 3 && !grow(m))
		return false;
	struct idslot *s = find(m, id);
	*fresh = s->value == IDMAP_NONE;
	if (*fresh) {
		*s = (struct idslot){ id, value };
		m->n++;
	}
	*out = s->value;
	return true;
}

void idmap_free(struct idmap *m)
{
	free(m->slot);
	*m = (struct idmap){ 0 };
}
