/* export/lookup.c - a printed key to anything: what the import looks things up in while it plans. Owns the table. Must
 * not know what the keys mean. */
#include <stdio.h>
#include <string.h>

#include "export/import_priv.h"

struct entry {
	const char *key;
	uint64_t hash;
	void *value;
};
struct lookup {
	struct arena *a;
	struct entry *entries;
	size_t n, size; /* a power of two, never more than half full */
};

/* FNV-1a, 64 bits. */
static uint64_t hash_of(const char *s)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001b3u;
	return h;
}

struct lookup *lookup_new(struct arena *a)
{
	struct lookup *x = arena_alloc(a, sizeof *x);
	x->a = a;
	x->size = 64;
	x->entries = arena_alloc(a, x->size * sizeof *x->entries);
	return x;
}

static struct entry *entry_for(struct entry *entries, size_t size, const char *key, uint64_t hash)
{
	size_t at = (size_t)hash & (size - 1);
	while (entries[at].key && (entries[at].hash != hash || strcmp(entries[at].key, key)))
		at = (at + 1) & (size - 1);
	return &entries[at];
}

static void make_room(struct lookup *x)
{
	if (2 * (x->n + 1) <= x->size)
		return;
	size_t size = 2 * x->size;
	struct entry *entries = arena_alloc(x->a, size * sizeof *entries);
	for (size_t i = 0; i < x->size; i++)
		if (x->entries[i].key)
			*entry_for(entries, size, x->entries[i].key, x->entries[i].hash) = x->entries[i];
	x->entries = entries;
	x->size = size;
}

void **lookup_at(struct lookup *x, const char *fmt, ...)
{
	char small[256];
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(small, sizeof small, fmt, ap);
	char *key = small;
	if (n >= (int)sizeof small) {
		key = arena_alloc(x->a, (size_t)n + 1);
		vsnprintf(key, (size_t)n + 1, fmt, again);
	}
	va_end(again);
	va_end(ap);
	make_room(x);
	uint64_t hash = hash_of(key);
	struct entry *found = entry_for(x->entries, x->size, key, hash);
	if (!found->key) {
		*found = (struct entry){key == small ? arena_strdup(x->a, key) : key, hash, NULL};
		x->n++;
	}
	return &found->value;
}
