/* store/exchange.c - see exchange.h. Owns reading what this store has: whose changes, up to where, what their authors
 * had seen, and what is disagreed on. Must not take anything in (take.c). */
#include "store/exchange.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/codec.h"
#include "store/erase.h"
#include "store/floor.h"
#include "store/log_priv.h"
#include "store/peers.h"
#include "store/register.h"

/* ---- whose changes ------------------------------------------------------------------------------- */

int exchange_acked(struct view *v, struct arena *a, uint64_t inc, struct vector *out, struct err *e)
{
	uint8_t key[PEER_KEY];
	struct kv_bytes value;
	*out = (struct vector){0};
	int rc = kv_get(&v->txn, KV_META, key, peers_key(key, 'k', inc), &value, e);
	if (rc == ERR_NOTFOUND)
		return OK;
	if (rc == OK && !vector_unpack(a, value.p, value.n, out))
		rc = view_corrupt(v, KV_META, e);
	return rc;
}

static int read_acked(struct view *v, struct arena *a, struct peer *p, struct err *e)
{
	struct vector acked;
	assert(p->no > 0);
	int rc = exchange_acked(v, a, p->inc, &acked, e);
	p->acked = rc == OK ? vector_join(a, &p->context, &acked) : p->context;
	return rc;
}

static void put_cut(const struct peer *floor, size_t nfloor, struct peer *p)
{
	for (size_t i = 0; i < nfloor; i++)
		if (floor[i].inc == p->inc) {
			p->cut = floor[i].no;
			memcpy(p->cut_chain, floor[i].chain, CHAIN);
		}
}

/* Whatever lies under the floor of a store that was made again without somebody. */
static int read_cuts(struct view *v, struct arena *a, struct peer *p, size_t n, struct err *e)
{
	struct peer *floor = NULL;
	struct vector done;
	size_t nfloor = 0;
	int rc = erase_done(v, a, &done, e);
	if (rc == OK && done.n > 0)
		rc = floor_read(v, a, &floor, &nfloor, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		put_cut(floor, nfloor, &p[i]);
	return rc;
}

int exchange_peers(struct view *v, struct arena *a, struct peer **out, size_t *n, struct err *e)
{
	int rc = peers_read(v, a, out, n, e);
	if (rc == OK)
		rc = read_cuts(v, a, *out, *n, e);
	for (size_t i = 0; i < *n && rc == OK; i++)
		rc = read_acked(v, a, &(*out)[i], e);
	return rc;
}

int exchange_vector(struct view *v, struct arena *a, struct vector *out, struct err *e)
{
	struct peer *p;
	size_t n;
	int rc = peers_read(v, a, &p, &n, e);
	struct seen *at = rc == OK ? arena_try_alloc(a, n * sizeof *at) : NULL;
	*out = (struct vector){ at, at ? n : 0 };
	if (!at)
		return rc == OK ? view_nomem(e) : rc;
	for (size_t i = 0; i < n; i++)
		at[i] = (struct seen){ { p[i].inc, p[i].no }, chain_tag(p[i].chain) };
	return OK;
}

int exchange_state(struct view *v, uint8_t out[32], struct err *e)
{
	struct head h;
	static_assert(sizeof h.state == 32, "the size of a state's sum");
	int rc = view_head(v, &h, e);
	memcpy(out, h.state, sizeof h.state);
	return rc;
}

int exchange_count(struct view *v, size_t *n, struct err *e)
{
	assert(v->at == 0);
	return kv_rows_most(&v->txn, KV_REC, n, e);
}

static int not_here(struct dot dot, struct err *e)
{
	return err_set(e, ERR_NOTFOUND, _("there is no change with number %llu"), (unsigned long long)dot.no);
}

int exchange_tag(struct view *v, struct dot dot, uint64_t *tag, struct err *e)
{
	struct peer p;
	int rc = peers_find(v, dot.inc, &p, e);
	*tag = 0;
	if (rc != OK)
		return rc;
	if (dot.no == 0 || dot.no > p.no || (dot.no <= p.folded && dot.no != p.no))
		return not_here(dot, e);
	*tag = chain_tag(p.chain);
	if (dot.no == p.no)
		return OK;
	return log_tag(v, dot, tag, e);
}

/* The tag at which that floor ends. */
static bool floor_ends(struct view *v, struct dot dot, uint64_t *tag)
{
	struct arena *a = arena_new();
	struct peer *floor;
	size_t n = 0;
	bool found = false;
	if (floor_read(v, a, &floor, &n, NULL) == OK)
		for (size_t i = 0; i < n && !found; i++) {
			found = floor[i].inc == dot.inc && floor[i].no == dot.no;
			*tag = found ? chain_tag(floor[i].chain) : 0;
		}
	arena_free(a);
	return found;
}

int exchange_left(struct view *v, struct dot dot, uint64_t *tag, struct err *e)
{
	*tag = 0;
	int rc = dot.no > 0 ? exchange_tag(v, dot, tag, e) : OK;
	if (rc != ERR_NOTFOUND || floor_ends(v, dot, tag))
		return rc == ERR_NOTFOUND ? OK : rc;
	return err_set(e, ERR_CONFLICT,
		_("the changes after number %llu came with a state of the whole, so they can't be told apart any more"),
		(unsigned long long)dot.no);
}

static int give_group(struct view *v, struct arena *a, const struct kv_scan *s, exchange_group_fn *fn, void *ctx, struct err *e)
{
	const uint8_t *plain;
	struct group *g;
	size_t n, canonical = 0;
	if (s->key.n != STORE_LOG_KEY)
		return view_corrupt(v, KV_LOG, e);
	arena_reset(a);
	int rc = seal_get(v->s->seal, KV_LOG, s->key.p, s->key.n, s->value.p, s->value.n, a, &plain, &n, e);
	if (rc == OK)
		rc = codec_get_group(a, plain, n, store_read_dot(s->key.p), true, &g, &canonical, e);
	return rc == OK ? fn(ctx, g, plain, canonical, e) : rc;
}

int exchange_groups(struct view *v, uint64_t inc, uint64_t first, uint64_t last, exchange_group_fn *fn, void *ctx, struct err *e)
{
	uint8_t lo[STORE_LOG_KEY], hi[STORE_LOG_KEY];
	struct kv_scan s;
	uint64_t next = first;
	assert(first > 0 && last >= first && last < UINT64_MAX);
	store_log_key(lo, (struct dot){ inc, first });
	store_log_key(hi, (struct dot){ inc, last + 1 });
	int rc = view_check_key(v, e);
	if (rc == OK)
		rc = kv_scan_range(&v->txn, KV_LOG, lo, sizeof lo, hi, sizeof hi, &s, e);
	if (rc != OK)
		return rc;
	struct arena *a = arena_new();
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		rc = give_group(v, a, &s, fn, ctx, e);
		next++;
	}
	kv_scan_end(&s);
	arena_free(a);
	if (rc != ERR_NOTFOUND)
		return rc;
	return next == last + 1 ? OK : not_here((struct dot){ inc, next }, e);
}

/* ---- disagreements ------------------------------------------------------------------------------- */

/* The open fields of one record, after the row that says that it has some. */
static int list_open(struct view *v, const struct kv_scan *s, struct arena *one, struct pile *out, struct err *e)
{
	struct rec *r;
	struct open_register open;
	const uint8_t *key = s->key.p;
	assert(key[0] == 'd');
	if (s->key.n != 1 + STORE_REC_KEY || key[1] == 0)
		return view_corrupt(v, KV_META, e);
	open.type = key[1];
	memcpy(open.id.b, key + 2, sizeof open.id.b);
	int rc = view_now(v, one, open.type, open.id, &r, e);
	if (rc == OK && (!r || !register_any_open(r)))
		rc = view_corrupt(v, KV_META, e);
	for (size_t i = 0; rc == OK && i < r->n; i++) {
		open.field = r->f[i].no;
		if (register_is_open(r, open.field))
			rc = pile_add(out, &open, e);
	}
	return rc;
}

int disagreement_list(struct view *v, struct arena *a, struct open_register **out, size_t *n, struct err *e)
{
	struct pile list = { .a = a, .item = sizeof **out };
	struct arena *one = arena_new();
	struct kv_scan s;
	int rc = kv_scan_prefix(&v->txn, KV_META, "d", 1, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		arena_reset(one);
		rc = list_open(v, &s, one, &list, e);
	}
	kv_scan_end(&s);
	arena_free(one);
	*out = list.at;
	*n = list.n;
	return rc == ERR_NOTFOUND ? OK : rc;
}

int disagreement_count(struct view *v, size_t *n, struct err *e)
{
	return view_count_now(v, 0, n, e);
}
