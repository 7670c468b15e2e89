/* sync/segment.c - see segment.h. Owns nothing but the order of things: groups into columns, columns into the envelope,
 * and back. Must not know how either lies in bytes. */
#include "sync/segment.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sync/envelope.h"
#include "sync/pack.h"

struct segment_writer {
	struct pack pack;
};

struct segment_reader {
	struct buf body;
	struct unpack unpack;
};

bool segment_leads_to(const struct segment_head *head, const struct segment_head *next)
{
	return head->first + head->count == next->first && memcmp(head->after, next->before, CHAIN) == 0;
}

struct segment_writer *segment_begin(const struct segment_names *names)
{
	struct segment_writer *w = calloc(1, sizeof *w);
	if (w)
		pack_begin(&w->pack, names);
	return w;
}

int segment_add(struct segment_writer *w, const struct group *g, struct err *e)
{
	int rc = pack_group(&w->pack, g);
	return rc == OK ? OK : envelope_fail(rc, e);
}

size_t segment_gathered(const struct segment_writer *w)
{
	return pack_gathered(&w->pack);
}

void segment_abandon(struct segment_writer *w)
{
	if (!w)
		return;
	pack_free(&w->pack);
	free(w);
}

/* What the groups say themselves. */
static struct segment_head fill_head(const struct pack *k, const struct segment_head *head)
{
	struct segment_head h = *head;
	h.kind = SEGMENT_GROUPS;
	h.count = k->count;
	if (k->count > 0) {
		assert(k->first.inc == head->inc);
		h.inc = k->first.inc;
		h.first = k->first.no;
		h.clock_first = k->clock_first;
		h.clock_last = k->clock_last;
	}
	return h;
}

int segment_end(struct segment_writer *w, const struct segment_head *head, enum segment_level level,
	const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET], struct buf *out, struct err *e)
{
	struct buf body = {0}, parts = {0};
	const struct segment_head h = fill_head(&w->pack, head);
	int rc = pack_end(&w->pack, &body, &parts);
	rc = envelope_finish(rc, &h, &body, &parts, level, key, secret, out, e);
	segment_abandon(w);
	return rc;
}

int segment_open(const void *p, size_t n, const struct segment_head *head, const uint8_t key[SEGMENT_KEY],
	struct segment_reader **out, struct err *e)
{
	struct segment_reader *r = calloc(1, sizeof *r);
	*out = NULL;
	if (!r)
		return envelope_fail(ERR_NOMEM, e);
	int rc = head->kind == SEGMENT_GROUPS ? envelope_open(p, n, head, key, &r->body, e) : envelope_refuse(e);
	if (rc == OK) {
		const struct dot first = {head->inc, head->first};
		rc = unpack_open(&r->unpack, (const uint8_t *)r->body.p, r->body.n, first, head->count);
		rc = rc == OK ? OK : envelope_fail(rc, e);
	}
	if (rc == OK)
		*out = r;
	else
		segment_close(r);
	return rc;
}

bool segment_next(struct segment_reader *r, struct arena *a, struct group **out)
{
	return unpack_next(&r->unpack, a, out);
}

void segment_close(struct segment_reader *r)
{
	if (!r)
		return;
	unpack_close(&r->unpack);
	buf_wipe(&r->body);
	free(r);
}
