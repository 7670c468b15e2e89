/* store/kv_seen.c - see kv_seen.h. Owns the bits. Must not know where rows lie. */
#include "store/kv_seen.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/kv_check.h"

enum { BITS = 1 << 19, WORD = 64 };      /* 64 KiB: of 10,000 rows one in 700 that doesn't lie there is looked for, of 200,000 one in 4 */

struct kv_seen {
	uint64_t since, upto;            /* the versions that it holds for; upto < since: none */
	bool any;
	uint64_t bit[BITS / WORD];
};

struct kv_seen *kv_seen_new(void)
{
	struct kv_seen *s = calloc(1, sizeof *s);
	if (s)
		s->since = 1;
	return s;
}

void kv_seen_free(struct kv_seen *s)
{
	free(s);
}

void kv_seen_none(struct kv_seen *s, uint64_t version)
{
	if (!s)
		return;
	if (s->any)
		memset(s->bit, 0, sizeof s->bit);
	s->any = false;
	s->since = s->upto = version;
}

struct places { uint32_t first, second; };

static struct places places_of(struct kv_bytes key)
{
	const uint64_t h = kv_check_row(KV_FRESH, key.p, key.n, "", 0) * UINT64_C(0x9E3779B97F4A7C15);
	return (struct places){ (uint32_t)(h >> 45), (uint32_t)(h >> 26) % BITS };
}

void kv_seen_add(struct kv_seen *s, struct kv_bytes key)
{
	if (!s)
		return;
	const struct places at = places_of(key);
	assert(at.first < BITS && at.second < BITS);
	s->bit[at.first / WORD] |= UINT64_C(1) << at.first % WORD;
	s->bit[at.second / WORD] |= UINT64_C(1) << at.second % WORD;
	s->any = true;
}

void kv_seen_through(struct kv_seen *s, uint64_t version)
{
	if (!s)
		return;
	assert(version > 0);
	if (s->upto + 1 == version && s->since <= s->upto)
		s->upto = version;
	else
		s->since = version + 1;  /* somebody wrote in between */
}

bool kv_seen_may(const struct kv_seen *s, uint64_t version, struct kv_bytes key)
{
	if (!s || version < s->since || version > s->upto)
		return true;
	const struct places at = places_of(key);
	return s->bit[at.first / WORD] >> at.first % WORD & 1 && s->bit[at.second / WORD] >> at.second % WORD & 1;
}
