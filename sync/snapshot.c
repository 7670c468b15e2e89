/* sync/snapshot.c - see segment.h. Owns nothing but the order of things: records and peers into columns, columns into
 * the envelope, and back. Must not know how either lies in bytes. */
#include "sync/segment.h"

#include <stdlib.h>

#include "sync/envelope.h"
#include "sync/pack_snapshot.h"

struct snapshot_writer {
	struct pack_snapshot pack;
};

struct snapshot_reader {
	struct buf body;
	struct unpack_snapshot unpack;
};

struct snapshot_writer *snapshot_begin(const struct peer *peers, size_t n)
{
	struct snapshot_writer *w = calloc(1, sizeof *w);
	if (w)
		pack_snapshot_begin(&w->pack, peers, n);
	return w;
}

bool snapshot_add_tails(struct snapshot_writer *w, const struct snapshot_tail *tail, size_t n)
{
	return pack_snapshot_tails(&w->pack, tail, n);
}

int snapshot_add(struct snapshot_writer *w, const struct rec *r, struct err *e)
{
	int rc = pack_snapshot_rec(&w->pack, r);
	return rc == OK ? OK : envelope_fail(rc, e);
}

void snapshot_abandon(struct snapshot_writer *w)
{
	if (!w)
		return;
	pack_snapshot_free(&w->pack);
	free(w);
}

int snapshot_end(struct snapshot_writer *w, const struct segment_head *head, enum segment_level level,
	const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET], struct buf *out, struct err *e)
{
	struct buf body = {0}, parts = {0};
	struct segment_head h = *head;
	h.kind = SEGMENT_SNAPSHOT;
	h.count = w->pack.count;
	int rc = pack_snapshot_end(&w->pack, &body, &parts);
	rc = envelope_finish(rc, &h, &body, &parts, level, key, secret, out, e);
	snapshot_abandon(w);
	return rc;
}

int snapshot_open(const void *p, size_t n, const struct segment_head *head, const uint8_t key[SEGMENT_KEY],
	struct snapshot_reader **out, struct err *e)
{
	struct snapshot_reader *r = calloc(1, sizeof *r);
	*out = NULL;
	if (!r)
		return envelope_fail(ERR_NOMEM, e);
	int rc = head->kind == SEGMENT_SNAPSHOT ? envelope_open(p, n, head, key, &r->body, e) : envelope_refuse(e);
	if (rc == OK) {
		rc = unpack_snapshot_open(&r->unpack, (const uint8_t *)r->body.p, r->body.n, head->count);
		rc = rc == OK ? OK : envelope_fail(rc, e);
	}
	if (rc == OK)
		*out = r;
	else
		snapshot_close(r);
	return rc;
}

const struct peer *snapshot_peers(const struct snapshot_reader *r, size_t *n)
{
	*n = r->unpack.npeers;
	return r->unpack.peer;
}

const struct snapshot_tail *snapshot_tails(const struct snapshot_reader *r)
{
	return r->unpack.tail;
}

bool snapshot_next(struct snapshot_reader *r, struct arena *a, struct rec **out)
{
	return unpack_snapshot_next(&r->unpack, a, out);
}

void snapshot_close(struct snapshot_reader *r)
{
	if (!r)
		return;
	unpack_snapshot_close(&r->unpack);
	buf_wipe(&r->body);
	free(r);
}
