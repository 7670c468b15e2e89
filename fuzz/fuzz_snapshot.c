/* fuzz/fuzz_snapshot.c - bytes as the body of a snapshot without the seal (its file is a segment's: fuzz_segment.c).
 *
 * Of a body that is read, writing what was read and reading that again must give the same. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "store/codec.h"
#include "sync/pack_snapshot.h"

static void add_canonical(struct buf *b, const struct rec *r)
{
	const size_t before = b->n;
	const int rc = codec_put_rec(b, r);
	FUZZ_NEED(rc == OK || (rc == ERR_DATA && b->n == before));
}

static void read_again(struct pack_snapshot *k, const struct buf *want)
{
	struct buf body = {0}, parts = {0}, got = {0};
	struct unpack_snapshot u;
	struct rec *r;
	const size_t count = k->count;
	struct arena *a = arena_new();
	FUZZ_NEED(pack_snapshot_end(k, &body, &parts) == OK);
	FUZZ_NEED(unpack_snapshot_open(&u, (const uint8_t *)body.p, body.n, count) == OK);
	while (unpack_snapshot_next(&u, a, &r))
		add_canonical(&got, r);
	FUZZ_NEED(got.n == want->n && (got.n == 0 || memcmp(got.p, want->p, got.n) == 0));
	unpack_snapshot_close(&u);
	arena_free(a);
	buf_free(&body);
	buf_free(&parts);
	buf_free(&got);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct columns cs;
	struct unpack_snapshot u;
	struct pack_snapshot k;
	struct rec *r;
	struct buf all = {0};
	if (columns_open(&cs, p, n) != OK)
		return 0;
	const size_t count = column_left(columns_find(&cs, BODY_KEY(BODY_RECORD, 0)));
	columns_close(&cs);
	if (unpack_snapshot_open(&u, p, n, count) != OK)
		return 0;
	struct arena *a = arena_new();
	pack_snapshot_begin(&k, u.peer, u.npeers);
	pack_snapshot_tails(&k, u.tail, u.npeers);
	for (; unpack_snapshot_next(&u, a, &r); arena_reset(a)) {
		FUZZ_NEED(pack_snapshot_rec(&k, r) == OK);
		add_canonical(&all, r);
	}
	read_again(&k, &all);
	pack_snapshot_free(&k);
	unpack_snapshot_close(&u);
	arena_free(a);
	buf_free(&all);
	return 0;
}
