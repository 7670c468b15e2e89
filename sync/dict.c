/* sync/dict.c - see dict.h. Owns open addressing over strings that lie one after the other. Must not know what they
 * mean. */
#include "sync/dict.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS_FIRST = 64 };

size_t dict_count(const struct dict *d)
{
	return d->ends.n / sizeof(size_t);
}

const char *dict_get(const struct dict *d, size_t number, size_t *n)
{
	const size_t *ends = (const size_t *)(const void *)d->ends.p;
	assert(number < dict_count(d));
	const size_t start = number ? ends[number - 1] : 0;
	*n = ends[number] - start;
	return d->bytes.p + start;
}

/* FNV-1a, folded down as its low bits mix poorly. */
static size_t hash(const uint8_t *p, size_t n)
{
	uint64_t h = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * UINT64_C(1099511628211);
	return (size_t)(h ^ h >> 32);
}

static bool is_string(const struct dict *d, size_t number, const void *p, size_t n)
{
	size_t length;
	const char *there = dict_get(d, number, &length);
	return length == n && memcmp(there, p, n) == 0;
}

/* Where the string is or would be. */
static size_t slot_of(const struct dict *d, const void *p, size_t n)
{
	size_t i = hash(p, n) & (d->slots - 1);
	while (d->slot[i] && !is_string(d, d->slot[i] - 1, p, n))
		i = (i + 1) & (d->slots - 1);
	return i;
}

static bool grow(struct dict *d)
{
	size_t n;
	const size_t slots = d->slots ? 2 * d->slots : SLOTS_FIRST;
	uint32_t *slot = calloc(slots, sizeof *slot);
	if (!slot)
		return false;
	free(d->slot);
	d->slot = slot;
	d->slots = slots;
	for (size_t i = 0; i < dict_count(d); i++) {
		const char *p = dict_get(d, i, &n);
		slot[slot_of(d, p, n)] = (uint32_t)i + 1;
	}
	return true;
}

bool dict_add(struct dict *d, const void *p, size_t n, uint32_t *number)
{
	if (d->last < dict_count(d) && is_string(d, d->last, p, n)) {
		*number = d->last;
		return true;
	}
	if (2 * dict_count(d) >= d->slots && !grow(d))
		return false;
	const size_t i = slot_of(d, p, n);
	if (d->slot[i] == 0) {
		const size_t end = d->bytes.n + n;
		buf_add(&d->bytes, p, n);
		buf_add(&d->ends, &end, sizeof end);
		if (d->bytes.oom || d->ends.oom)
			return false;
		d->slot[i] = (uint32_t)dict_count(d);
	}
	*number = d->last = d->slot[i] - 1;
	assert(*number < dict_count(d));
	return true;
}

void dict_free(struct dict *d)
{
	buf_wipe(&d->bytes);
	buf_free(&d->ends);
	free(d->slot);
	*d = (struct dict){0};
}
