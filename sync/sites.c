/* sync/sites.c - see sync.h. Owns who has seen what. Must not know of folders or files. */
#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "sync/meet_priv.h"

enum { SILENT_DAYS = 30, DAY_SECONDS = 86400 };

static const struct peer *peer_of(const struct peer *peers, size_t n, uint64_t inc)
{
	for (size_t i = 0; i < n; i++)
		if (peers[i].inc == inc)
			return &peers[i];
	return NULL;
}

struct vector sites_acked(struct arena *a, const struct peer *peers, size_t n, const struct ring_member *member)
{
	struct vector acked = {0};
	for (size_t i = 0; i < member->ninc; i++) {
		const struct peer *p = peer_of(peers, n, member->inc[i]);
		if (p)
			acked = vector_join(a, &acked, &p->acked);
	}
	return acked;
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

static int64_t heard_of(const struct peer *peers, size_t n, const struct ring_member *member)
{
	int64_t heard = 0;
	for (size_t i = 0; i < member->ninc; i++) {
		const struct peer *p = peer_of(peers, n, member->inc[i]);
		heard = p && p->heard > heard ? p->heard : heard;
	}
	return heard;
}

struct newest { uint64_t upto; };

static int see_kept(void *ctx, const struct kept *k, struct err *e)
{
	struct newest *newest = ctx;
	struct segment_head head;
	uint8_t hash[SEGMENT_HASH];
	struct arena *one = arena_new();
	(void)e;
	if (!acks_is(k) && segment_read_head(one, k->p, k->n, &head, hash, NULL) == OK && head.first + head.count - 1 > newest->upto)
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

/* Whoever gets no persons is given a whole state each time. */
static void fill_in(struct sync_site *site, struct arena *a, const struct ring_member *member, const struct peer *peers,
	size_t n, int64_t now)
{
	struct vector acked = sites_acked(a, peers, n, member);
	*site = (struct sync_site){.name = arena_strdup(a, member->name), .site = member->site, .role = member->role,
		.self = member->self, .retired = member->retired, .heard = heard_of(peers, n, member), .silent_days = -1};
	site->follows = site->role == RING_FULL;
	if (site->self || !site->follows)
		return;
	site->lacks = count_lacking(peers, n, &acked);
	if (site->heard)
		site->silent_days = now > site->heard ? (int)((now - site->heard) / DAY_SECONDS) : 0;
	int64_t since = site->heard ? site->heard : member->joined;
	site->holds_back = !site->retired && site->role == RING_FULL && now - since > (int64_t)SILENT_DAYS * DAY_SECONDS;
}

static int list_sites(struct store *s, struct view *v, struct ring *ring, struct arena *a, struct sync_site **out, size_t *n,
	struct err *e)
{
	struct peer *peers;
	size_t npeers, unsent = 0;
	const struct ring_member *member = ring_members(ring, n);
	int rc = exchange_peers(v, a, &peers, &npeers, e);
	if (rc == OK)
		rc = count_unsent(v, peer_of(peers, npeers, store_incarnation(s)), &unsent, e);
	if (rc)
		return rc;
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		struct sync_site *site = &(*out)[i];
		fill_in(site, a, &member[i], peers, npeers, store_now(s));
		site->follows = site->follows && ring_own_role(ring) == RING_FULL;
		site->lacks = site->follows ? site->lacks : 0;
		site->unsent = site->follows ? unsent : 0;
	}
	return OK;
}

int sync_sites(struct store *s, struct arena *a, struct sync_site **out, size_t *n, struct err *e)
{
	struct ring *ring = NULL;
	struct view *v = NULL;
	int rc = ring_load(s, &ring, e);
	*n = 0;
	if (rc == OK && !ring)
		rc = meet_without_ring(e);
	if (rc == OK)
		rc = view_begin(s, &v, e);
	if (rc == OK)
		rc = list_sites(s, v, ring, a, out, n, e);
	view_end(v);
	ring_free(ring);
	return rc;
}
