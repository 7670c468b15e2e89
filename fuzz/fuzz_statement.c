/* fuzz/fuzz_statement.c - bytes as what a member signs: with a signature that holds, so that what is in them gets
 * looked at.
 *
 * Of a statement that is read, writing what was read must give the same bytes: one meaning has one spelling. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "sync/statement.h"

static const uint8_t seed[RING_SEED];

static void write_again(struct arena *a, const struct statement *s, const uint8_t *secret)
{
	struct statement again;
	if (s->kind > STATEMENT_HAD)
		return;
	FUZZ_NEED(statement_sign(a, s, secret, &again, NULL) == OK);
	FUZZ_NEED(again.n == s->n && memcmp(again.p, s->p, s->n) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *a = arena_new();
	struct statement s;
	uint8_t public[SEGMENT_PUBLIC], secret[SEGMENT_SECRET], cover[RING_COVER] = {0};
	struct buf b = {0};
	FUZZ_NEED(ringkeys_init(NULL) == OK);
	ringkeys_pair(seed, public, secret);
	FUZZ_NEED(ringkeys_uncover(cover, cover, p, n, &b, NULL) != OK || b.n > 0 || n == RING_COVERED);
	buf_reset(&b);
	buf_add(&b, p, n);
	if (buf_reserve(&b, RING_SIGNATURE)) {
		ringkeys_sign("samvagt statement", p, n, secret, (uint8_t *)b.p + b.n);
		b.n += RING_SIGNATURE;
	}
	if (!b.oom && statement_read(a, b.p, b.n, &s, NULL) == OK)
		write_again(a, &s, secret);
	buf_free(&b);
	arena_free(a);
	return 0;
}
