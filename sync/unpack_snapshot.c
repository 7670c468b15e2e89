/* sync/unpack_snapshot.c - see pack_snapshot.h. Owns how columns become records and peers again (writing them:
 * pack_snapshot.c). Must not know seals and files. Nothing read is trusted: whatever doesn't fit ends the reading. */
#include "sync/pack_snapshot.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/codec.h"
#include "store/register.h"

enum { REC_STAMPS_MOST = 1024 };

/* ---- tables -------------------------------------------------------------------------------------- */

static int open_stamps(struct unpack_snapshot *u)
{
	struct column *inc = columns_find(&u->cs, BODY_KEY(BODY_STAMP_INC, 0)),
		      *no = columns_find(&u->cs, BODY_KEY(BODY_STAMP_NO, 0)),
		      *clock = columns_find(&u->cs, BODY_KEY(BODY_STAMP_CLOCK, 0));
	const size_t n = column_left(inc);
	uint64_t which, seconds;
	u->stamp = calloc(n + 1, sizeof *u->stamp);
	if (!u->stamp)
		return ERR_NOMEM;
	for (; u->nstamps < n; u->nstamps++) {
		struct stamp *s = &u->stamp[u->nstamps];
		if (!column_number(inc, &which) || !names_inc_at(&u->names, which, &s->dot.inc) ||
			!column_number(no, &s->dot.no) || !column_number(clock, &seconds))
			return ERR_CORRUPT;
		s->clock = (int64_t)seconds;
		if (u->nstamps > 0 && dot_compare(s[-1].dot, s->dot) >= 0)
			return ERR_CORRUPT;
	}
	return OK;
}

static bool get_context(struct unpack_snapshot *u, struct vector *out)
{
	struct column *inc = columns_find(&u->cs, BODY_KEY(BODY_SEEN_INC, 0)),
		      *no = columns_find(&u->cs, BODY_KEY(BODY_SEEN_NO, 0)),
		      *tag = columns_find(&u->cs, BODY_KEY(BODY_SEEN_TAG, 0));
	uint64_t n, which;
	if (!column_number(columns_find(&u->cs, BODY_KEY(BODY_SEEN, 0)), &n) || n > column_left(tag))
		return false;
	struct seen *seen = arena_alloc(u->a, (size_t)n * sizeof *seen);
	for (uint64_t i = 0; i < n; i++) {
		if (!column_number(inc, &which) || !names_inc_at(&u->names, which, &seen[i].dot.inc) ||
			!column_number(no, &seen[i].dot.no) || !column_number(tag, &seen[i].tag))
			return false;
		if (seen[i].dot.no == 0 || (i > 0 && seen[i - 1].dot.inc >= seen[i].dot.inc))
			return false;
	}
	*out = (struct vector){seen, (size_t)n};
	return true;
}

static bool get_peer(struct unpack_snapshot *u, struct peer *p)
{
	const uint8_t *chain;
	uint64_t which, clock;
	if (!column_number(columns_find(&u->cs, BODY_KEY(BODY_PEER_INC, 0)), &which) ||
		!names_inc_at(&u->names, which, &p->inc) ||
		!column_number(columns_find(&u->cs, BODY_KEY(BODY_PEER_NO, 0)), &p->no) ||
		!column_number(columns_find(&u->cs, BODY_KEY(BODY_PEER_CLOCK, 0)), &clock) ||
		!column_bytes(columns_find(&u->cs, BODY_KEY(BODY_PEER_CHAIN, 0)), sizeof p->chain, &chain) ||
		!get_context(u, &p->context))
		return false;
	memcpy(p->chain, chain, sizeof p->chain);
	p->clock = (int64_t)clock;
	p->folded = p->no;
	p->acked = p->context;
	return true;
}

/* Up to the change before the last; one that tells nothing of anybody isn't written. */
static bool get_tail(struct unpack_snapshot *u, const struct peer *p, struct snapshot_tail *out)
{
	struct column *tags = columns_find(&u->cs, BODY_KEY(BODY_PEER_TAG, 0));
	uint64_t n;
	if (!column_number(columns_find(&u->cs, BODY_KEY(BODY_PEER_TAIL, 0)), &n) || n > SNAPSHOT_TAIL_MOST ||
		(n > 0 && n >= p->no) || n > column_left(tags))
		return false;
	uint32_t *tag = arena_alloc(u->a, (size_t)n * sizeof *tag + 1);
	for (uint64_t i = 0, number; i < n; i++) {
		if (!column_number(tags, &number) || number > UINT32_MAX)
			return false;
		tag[i] = (uint32_t)number;
	}
	*out = (struct snapshot_tail){tag, (size_t)n};
	return true;
}

static int open_tails(struct unpack_snapshot *u)
{
	bool any = false;
	u->tail = arena_alloc(u->a, (u->npeers + 1) * sizeof *u->tail);
	memset(u->tail, 0, (u->npeers + 1) * sizeof *u->tail);
	if (!columns_find(&u->cs, BODY_KEY(BODY_PEER_TAIL, 0)))
		return OK;
	for (size_t i = 0; i < u->npeers; i++) {
		if (!get_tail(u, &u->peer[i], &u->tail[i]))
			return ERR_CORRUPT;
		any = any || u->tail[i].n;
	}
	return any ? OK : ERR_CORRUPT;
}

static int open_peers(struct unpack_snapshot *u)
{
	const size_t n = column_left(columns_find(&u->cs, BODY_KEY(BODY_PEER_INC, 0)));
	if (n > SNAPSHOT_PEERS_MOST)
		return ERR_CORRUPT;
	u->a = arena_new();
	u->peer = arena_alloc(u->a, n * sizeof *u->peer);
	for (; u->npeers < n; u->npeers++) {
		struct peer *p = &u->peer[u->npeers];
		if (!get_peer(u, p) || (u->npeers > 0 && p[-1].inc >= p->inc))
			return ERR_CORRUPT;
	}
	return open_tails(u);
}

static int open_tables(struct unpack_snapshot *u, uint64_t count)
{
	u->which = columns_find(&u->cs, BODY_KEY(BODY_RECORD, 0));
	u->left = count;
	if (count > SNAPSHOT_RECORDS_MOST || column_left(u->which) != count)
		return ERR_CORRUPT;
	int rc = names_open(&u->names, &u->cs);
	if (rc == OK)
		rc = shapes_open(&u->shapes, &u->cs, true);
	if (rc == OK)
		rc = open_stamps(u);
	return rc == OK ? open_peers(u) : rc;
}

/* ---- one record ---------------------------------------------------------------------------------- */

static bool get_stamps(const struct unpack_snapshot *u, const struct shape *s, struct stamp *out)
{
	struct column *first = columns_find(&u->cs, BODY_KEY(BODY_STAMP, BODY_PLACE(0, s->type, 0))),
		      *later = s->nstamps > 1 ? columns_find(&u->cs, BODY_KEY(BODY_STAMP, BODY_PLACE(0, s->type, 1)))
					      : NULL;
	uint64_t which;
	assert(s->nstamps <= REC_STAMPS_MOST);
	for (size_t i = 0; i < s->nstamps; i++) {
		if (!column_number(i == 0 ? first : later, &which) || which >= u->nstamps)
			return false;
		out[i] = u->stamp[which];
	}
	return true;
}

static bool get_fields(struct unpack_snapshot *u, struct arena *a, const struct slot *slot, size_t n,
	const struct stamp *stamps, struct around *around, struct rec_field *out)
{
	for (size_t i = 0; i < n; i++) {
		out[i].no = slot[i].no;
		out[i].at = stamps[slot[i].stamp];
		if (!value_get(a, &u->names, &u->cs, &slot[i], around, &out[i].v))
			return false;
	}
	return true;
}

static bool get_rec(struct unpack_snapshot *u, struct arena *a, struct rec *r)
{
	struct stamp stamps[REC_STAMPS_MOST];
	struct around around;
	uint64_t which;
	if (!column_number(u->which, &which) || which >= u->shapes.n)
		return false;
	const struct shape *s = &u->shapes.shape[which];
	if (s->id_form == FORM_NEW || s->nstamps > REC_STAMPS_MOST ||
		!shape_id(&u->names, &u->cs, s, 0, &r->id, &around) || !get_stamps(u, s, stamps))
		return false;
	r->type = s->type;
	r->n = r->cap = s->n;
	r->nsib = r->sibcap = s->nbeside;
	r->f = arena_alloc(a, r->n * sizeof *r->f);
	r->sib = r->nsib ? arena_alloc(a, r->nsib * sizeof *r->sib) : NULL;
	if (!get_fields(u, a, s->slot, s->n, stamps, &around, r->f) ||
		!get_fields(u, a, s->slot + s->n, s->nbeside, stamps, &around, r->sib) || !codec_is_rec(r))
		return false;
	register_settle(r);
	return true;
}

static bool next_rec(struct unpack_snapshot *u, struct arena *a, struct rec **out)
{
	struct rec *r = arena_alloc(a, sizeof *r);
	if (!get_rec(u, a, r))
		return false;
	u->left--;
	*out = r;
	return true;
}

/* Look at all of it once, so that reading it can't fail half-way. */
static int check_records(struct unpack_snapshot *u, uint64_t count)
{
	struct arena *a = arena_new();
	struct rec *r;
	struct id before = ID_NONE;
	int type = -1;
	bool good = true;
	while (good && u->left > 0) {
		good = next_rec(u, a, &r) && (r->type > type || (r->type == type && id_compare(before, r->id) < 0));
		if (good) {
			type = r->type;
			before = r->id;
		}
		arena_reset(a);
	}
	arena_free(a);
	if (!good || !columns_finished(&u->cs) || !names_finished(&u->names))
		return ERR_CORRUPT;
	columns_rewind(&u->cs);
	names_rewind(&u->names);
	u->left = count;
	return OK;
}

int unpack_snapshot_open(struct unpack_snapshot *u, const uint8_t *body, size_t n, uint64_t count)
{
	*u = (struct unpack_snapshot){0};
	int rc = columns_open(&u->cs, body, n);
	if (rc == OK)
		rc = open_tables(u, count);
	columns_mark(&u->cs);
	if (rc == OK)
		rc = check_records(u, count);
	if (rc != OK)
		unpack_snapshot_close(u);
	return rc;
}

bool unpack_snapshot_next(struct unpack_snapshot *u, struct arena *a, struct rec **out)
{
	if (u->left == 0)
		return false;
	const bool got = next_rec(u, a, out);
	assert(got);
	return got;
}

void unpack_snapshot_close(struct unpack_snapshot *u)
{
	columns_close(&u->cs);
	names_close(&u->names);
	shapes_close(&u->shapes);
	arena_free(u->a);
	free(u->stamp);
	*u = (struct unpack_snapshot){0};
}
