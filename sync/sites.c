/* sync/sites.c - see sync.h. Owns who has seen what. Must not know of folders or files. */
#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/vault.h"
#include "sync/meet_priv.h"

enum { SILENT_DAYS = 30, DAY_SECONDS = 86400 };

static const struct peer *peer_of(const struct peer *peers, size_t n, uint64_t inc)
{
	for (size_t i = 0; i < n; i++)
		if (peers[i].inc == inc)
			return &peers[i];
	return NULL;
}

int sites_acked(struct view *v, struct arena *a, const struct peer *peers, size_t n, const struct ring_member *member,
	struct vector *out, struct err *e)
{
	int rc = OK;
	*out = (struct vector){0};
	for (size_t i = 0; rc == OK && i < member->ninc; i++) {
		const struct peer *p = peer_of(peers, n, member->inc[i]);
		struct vector said = {0};
		if (!p)
			rc = exchange_acked(v, a, member->inc[i], &said, e);
		*out = vector_join(a, out, p ? &p->acked : &said);
	}
	return rc;
}

static size_t count_lacking(const struct peer *peers, size_t n, const struct vector *acked)
{
	uint64_t lacks = 0;
	for (size_t i = 0; i < n; i++) {
		uint64_t known = vector_number(acked, peers[i].inc);
		lacks += peers[i].no > known ? peers[i].no - known : 0;
	}
	return (size_t)lacks;
}

/* ---- when somebody was heard of --------------------------------------------------------------------- */

/* Of those who only read, an incarnation each: what it had then, by its sum, and when that was told. */
#define ROW "heard"
enum { INC = 8, SUM = 8, TIME = 8, HEARD = INC + SUM + TIME };

static int read_heard(struct view *v, struct arena *a, struct buf *out, struct err *e)
{
	const void *p = NULL;
	size_t n = 0;
	int rc = vault_get(v, a, ROW, &p, &n, e);
	if (rc == OK && p && n % HEARD == 0)
		buf_add(out, p, n);
	return rc;
}

static uint8_t *heard_at(const struct buf *b, uint64_t inc)
{
	for (size_t i = 0; i + HEARD <= b->n; i += HEARD)
		if (be_get((const uint8_t *)b->p + i, INC) == inc)
			return (uint8_t *)b->p + i;
	return NULL;
}

/* Is it more than it said before? Then it is put there. */
static bool hear(struct buf *b, uint64_t inc, uint64_t sum, int64_t now)
{
	uint8_t fresh[HEARD], *at = heard_at(b, inc);
	if (at && be_get(at + INC, SUM) >= sum)
		return false;
	be_put_signed(be_put(be_put(fresh, inc, INC), sum, SUM), now, TIME);
	if (at)
		memcpy(at, fresh, sizeof fresh);
	else
		buf_add(b, fresh, sizeof fresh);
	return true;
}

int sites_hear(struct meet *m, struct err *e)
{
	struct buf b = {0};
	struct view *v = NULL;
	bool any = false;
	int rc = view_begin(m->s, &v, e);
	if (rc == OK)
		rc = read_heard(v, m->work, &b, e);
	view_end(v);
	for (size_t i = 0; rc == OK && i < m->ntold; i++) {
		const struct ring_member *author = ring_author(m->ring, m->told[i].inc);
		if (author && author->role == RING_REGION)
			any |= hear(&b, m->told[i].inc, vector_sum(&m->told[i].vector), store_now(m->s));
	}
	struct vault_row row = {ROW, b.p, b.n};
	if (rc == OK && any && !m->dry && !b.oom)
		rc = vault_put(m->s, &row, 1, e);
	buf_free(&b);
	return rc;
}

static int64_t heard_of(const struct peer *peers, size_t n, const struct buf *readers, const struct ring_member *member)
{
	int64_t heard = 0;
	for (size_t i = 0; i < member->ninc; i++) {
		const struct peer *p = peer_of(peers, n, member->inc[i]);
		const uint8_t *at = heard_at(readers, member->inc[i]);
		int64_t when = p ? p->heard : at ? be_get_signed(at + INC + SUM, TIME) : 0;
		heard = when > heard ? when : heard;
	}
	return heard;
}

/* ---- what it has, and we ------------------------------------------------------------------------------ */

struct newest { uint64_t upto; };

static int see_kept(void *ctx, const struct kept *k, struct err *e)
{
	struct newest *newest = ctx;
	struct segment_head head;
	struct arena *one = arena_new();
	(void)e;
	if (!acks_is(k) && meet_kept_head(one, k, &head) && head.first + head.count - 1 > newest->upto)
		newest->upto = head.first + head.count - 1;
	arena_free(one);
	return OK;
}

static int count_unsent(struct view *v, const struct peer *own, size_t *n, struct err *e)
{
	struct newest newest = {0};
	int rc = own ? kept_each(v, &own->inc, see_kept, &newest, e) : OK;
	*n = rc == OK && own && own->no > newest.upto ? (size_t)(own->no - newest.upto) : 0;
	return rc;
}

/* What was read to list them. Whoever gets no persons is given a whole state each time. */
struct known {
	struct view *v;
	struct arena *a;
	struct peer *peers;
	size_t n, unsent;
	struct buf readers;
	int64_t now;
	bool follows;
};

static int fill_in(struct sync_site *site, const struct known *k, const struct ring_member *member, struct err *e)
{
	struct vector acked = {0};
	*site = (struct sync_site){.name = arena_strdup(k->a, member->name), .site = member->site, .role = member->role,
		.self = member->self, .retired = member->retired, .silent_days = -1, .heard = heard_of(k->peers, k->n, &k->readers, member)};
	site->follows = k->follows && site->role == RING_FULL;
	site->unsent = site->follows ? k->unsent : 0;
	if (site->self)
		return OK;
	int rc = site->follows ? sites_acked(k->v, k->a, k->peers, k->n, member, &acked, e) : OK;
	if (site->follows)
		site->lacks = count_lacking(k->peers, k->n, &acked);
	if (site->heard)
		site->silent_days = k->now > site->heard ? (int)((k->now - site->heard) / DAY_SECONDS) : 0;
	int64_t since = site->heard ? site->heard : member->joined;
	site->holds_back = site->follows && !site->retired && k->now - since > (int64_t)SILENT_DAYS * DAY_SECONDS;
	return rc;
}

static int list_sites(struct store *s, struct ring *ring, struct known *k, struct sync_site **out, size_t *n, struct err *e)
{
	const struct ring_member *member = ring_members(ring, n);
	k->now = store_now(s);
	k->follows = ring_own_role(ring) == RING_FULL;
	int rc = exchange_peers(k->v, k->a, &k->peers, &k->n, e);
	if (rc == OK)
		rc = read_heard(k->v, k->a, &k->readers, e);
	if (rc == OK)
		rc = count_unsent(k->v, peer_of(k->peers, k->n, store_incarnation(s)), &k->unsent, e);
	*out = arena_alloc(k->a, (*n + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < *n; i++)
		rc = fill_in(&(*out)[i], k, &member[i], e);
	buf_free(&k->readers);
	return rc;
}

int sync_sites(struct store *s, struct arena *a, struct sync_site **out, size_t *n, struct err *e)
{
	struct ring *ring = NULL;
	struct known k = {.a = a};
	int rc = ring_load(s, &ring, e);
	*n = 0;
	if (rc == OK && !ring)
		rc = ring_missing(e);
	if (rc == OK)
		rc = view_begin(s, &k.v, e);
	if (rc == OK)
		rc = list_sites(s, ring, &k, out, n, e);
	view_end(k.v);
	ring_free(ring);
	return rc;
}
