/* fuzz/fuzz_segment.c - bytes as the file of a segment, and as its body without the seal, so that what is made up
 * reaches the columns.
 *
 * Of a body that is read, writing what was read and reading that again must give the same. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "store/codec.h"
#include "sync/pack.h"

static void read_as_file(const uint8_t *p, size_t n)
{
	static const uint8_t key[SEGMENT_KEY], author[SEGMENT_PUBLIC];
	struct arena *a = arena_new();
	struct segment_head head;
	struct segment_reader *r = NULL;
	uint8_t hash[SEGMENT_HASH];
	if (segment_read_head(a, p, n, &head, hash, NULL) == OK) {
		FUZZ_NEED(segment_verify(p, n, author, NULL) != OK);
		FUZZ_NEED(segment_open(p, n, &head, key, &r, NULL) != OK);
	}
	arena_free(a);
}

/* Answers from what was read. */
static bool answer(void *ctx, int type, struct id id, struct origin *out)
{
	const struct unpack *u = ctx;
	(void)type;
	for (size_t i = 0; i < u->names.nnames; i++)
		if (id_equal(u->names.name[i].id, id)) {
			*out = u->names.name[i].origin;
			return out->kind != ORIGIN_NONE;
		}
	return false;
}

static void add_canonical(struct buf *b, const struct group *g)
{
	const size_t before = b->n;
	const int rc = codec_put_group(b, g);
	FUZZ_NEED(rc == OK || (rc == ERR_DATA && b->n == before));
}

static void read_again(struct pack *k, struct dot first, const struct buf *want)
{
	struct buf body = {0}, parts = {0}, got = {0};
	struct unpack u;
	struct group *g;
	const size_t count = k->count;
	struct arena *a = arena_new();
	FUZZ_NEED(pack_end(k, &body, &parts) == OK);
	FUZZ_NEED(unpack_open(&u, (const uint8_t *)body.p, body.n, first, count) == OK);
	while (unpack_next(&u, a, &g))
		add_canonical(&got, g);
	FUZZ_NEED(got.n == want->n && (got.n == 0 || memcmp(got.p, want->p, got.n) == 0));
	unpack_close(&u);
	arena_free(a);
	buf_free(&body);
	buf_free(&parts);
	buf_free(&got);
}

static void read_as_body(const uint8_t *p, size_t n)
{
	struct columns cs;
	struct unpack u;
	struct pack k;
	struct group *g;
	struct buf all = {0};
	const struct segment_names names = {answer, &u};
	const struct dot first = {0x71b0e6a2c9d4435, 10};
	if (columns_open(&cs, p, n) != OK)
		return;
	const size_t count = column_left(columns_find(&cs, BODY_KEY(BODY_GROUP, 0)));
	columns_close(&cs);
	if (unpack_open(&u, p, n, first, count) != OK)
		return;
	struct arena *a = arena_new();
	pack_begin(&k, u.names.nnames < 1000 ? &names : NULL);
	for (; unpack_next(&u, a, &g); arena_reset(a)) {
		FUZZ_NEED(pack_group(&k, g) == OK);
		add_canonical(&all, g);
	}
	read_again(&k, first, &all);
	pack_free(&k);
	unpack_close(&u);
	arena_free(a);
	buf_free(&all);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	read_as_file(p, n);
	read_as_body(p, n);
	return 0;
}
