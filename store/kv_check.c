/* store/kv_check.c - see kv_check.h. Owns a hash function, and where LMDB's file says its version. */
#include "store/kv_check.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static_assert((int)KV_CHECK == sizeof(uint32_t), "what a check takes");

#define FACTOR UINT64_C(0x9E3779B97F4A7C15)      /* odd: multiplying by it can be undone */

bool kv_check_has(enum kv_table table)
{
	return table != KV_LOG && table != KV_REC;
}

/* It can be undone, so a change of a single word can't vanish before the last cut to 32 bits. */
static uint64_t mix_word(uint64_t h, uint64_t word)
{
	h = (h ^ word) * FACTOR;
	return h ^ h >> 32;
}

static uint64_t mix(uint64_t h, const void *p, size_t n)
{
	const uint8_t *at = p;
	uint64_t word = 0;
	for (; n >= sizeof word; at += sizeof word, n -= sizeof word) {
		memcpy(&word, at, sizeof word);
		h = mix_word(h, word);
	}
	word = 0;
	if (n)
		memcpy(&word, at, n);
	return n ? mix_word(h, word) : h;
}

/* What is sealed below is so above. */
static bool is_sealed_above(enum kv_table table, const uint8_t *key, size_t nkey, size_t n)
{
	return table == KV_FRESH && nkey > 1 && n > 0 && !kv_check_has((enum kv_table)key[0]);
}

uint32_t kv_check_row(enum kv_table table, const void *key, size_t nkey, const void *value, size_t n)
{
	const uint8_t *p = value;
	const size_t sealed = is_sealed_above(table, key, nkey, n) ? n - 1 : 0;
	uint64_t h = mix(mix((uint64_t)table + 1, key, nkey), p + sealed, n - sealed);
	return (uint32_t)((h ^ n) * FACTOR >> 32);
}

void kv_check_put(enum kv_table table, struct kv_bytes key, void *value, size_t n)
{
	const uint32_t check = kv_check_row(table, key.p, key.n, value, n);
	memcpy((uint8_t *)value + n, &check, sizeof check);
}

bool kv_check_take(enum kv_table table, struct kv_bytes key, struct kv_bytes *value)
{
	uint32_t check;
	if (value->n < sizeof check)
		return false;
	value->n -= sizeof check;
	memcpy(&check, (const uint8_t *)value->p + value->n, sizeof check);
	return check == kv_check_row(table, key.p, key.n, value->p, value->n);
}

void kv_check_path(const char *db, char *path, size_t n)
{
	snprintf(path, n, "%s/data.mdb", db);
}

/* The first page: 16 bytes of page header, then magic and version, in the machine's byte order (lmdb's mdb.c,
 * MDB_meta). */
int kv_check_version(const char *db)
{
	enum { META_AT = 16, PATH_ROOM = 4200 };
	const uint32_t magic = 0xBEEFC0DE;
	char path[PATH_ROOM];
	uint32_t head[2];
	kv_check_path(db, path, sizeof path);
	FILE *f = fopen(path, "rbe");
	if (!f)
		return 0;
	bool got = fseek(f, META_AT, SEEK_SET) == 0 && fread(head, sizeof head, 1, f) == 1;
	fclose(f);
	return got && head[0] == magic ? (int)head[1] : 0;
}
