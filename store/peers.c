/* store/peers.c - see peers.h. Owns how those rows lie in bytes. Must not know when they change (plan.c). */
#include "store/peers.h"

#include <assert.h>
#include <string.h>

#include "store/be.h"

enum { FIXED = 8 + 8 + 8 + 8 + CHAIN };

size_t peers_key(uint8_t key[PEER_KEY], char kind, uint64_t inc)
{
	key[0] = (uint8_t)kind;
	be_put(key + 1, inc, 8);
	return PEER_KEY;
}

void peers_put(struct buf *b, const struct peer *p)
{
	assert(p->no > 0 && p->folded <= p->no);
	if (!buf_reserve(b, FIXED + VECTOR_ITEM * p->context.n))
		return;
	uint8_t *start = (uint8_t *)b->p + b->n, *at = be_put(be_put(start, p->no, 8), p->folded, 8);
	at = be_put_signed(be_put_signed(at, p->clock, 8), p->heard, 8);
	memcpy(at, p->chain, CHAIN);
	b->n += (size_t)(vector_pack(at + CHAIN, &p->context) - start);
}

/* Everything but the context. */
static bool get_fixed(struct kv_bytes key, struct kv_bytes value, struct peer *out)
{
	if (key.n != PEER_KEY || value.n < FIXED || (value.n - FIXED) % VECTOR_ITEM != 0)
		return false;
	const uint8_t *p = value.p;
	*out = (struct peer){
		.inc = be_get((const uint8_t *)key.p + 1, 8), .no = be_get(p, 8), .folded = be_get(p + 8, 8),
		.clock = be_get_signed(p + 16, 8), .heard = be_get_signed(p + 24, 8),
	};
	memcpy(out->chain, p + FIXED - CHAIN, CHAIN);
	return out->no > 0 && out->folded <= out->no;
}

static int read_row(struct view *v, struct arena *a, const struct kv_scan *s, struct peer *out, struct err *e)
{
	if (!get_fixed(s->key, s->value, out) || !vector_unpack(a, (const uint8_t *)s->value.p + FIXED,
		s->value.n - FIXED, &out->context))
		return view_corrupt(v, KV_META, e);
	return OK;
}

int peers_read_kind(struct view *v, struct arena *a, char kind, struct peer **out, size_t *n, struct err *e)
{
	struct pile list = { .a = a, .item = sizeof **out };
	struct kv_scan s;
	struct peer p;
	int rc = kv_scan_prefix(&v->txn, KV_META, &kind, 1, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		rc = read_row(v, a, &s, &p, e);
		if (rc == OK)
			rc = pile_add(&list, &p, e);
	}
	kv_scan_end(&s);
	*out = list.at;
	*n = list.n;
	return rc == ERR_NOTFOUND ? OK : rc;
}

int peers_read(struct view *v, struct arena *a, struct peer **out, size_t *n, struct err *e)
{
	return peers_read_kind(v, a, 'p', out, n, e);
}

int peers_find(struct view *v, uint64_t inc, struct peer *out, struct err *e)
{
	assert(v->txn.txn);
	uint8_t bytes[PEER_KEY];
	struct kv_bytes key = { bytes, peers_key(bytes, 'p', inc) }, value;
	*out = (struct peer){ .inc = inc };
	int rc = kv_get(&v->txn, KV_META, key.p, key.n, &value, e);
	if (rc == ERR_NOTFOUND)
		return OK;
	if (rc == OK && !get_fixed(key, value, out))
		rc = view_corrupt(v, KV_META, e);
	return rc;
}

int peers_any_folded(struct view *v, bool *any, struct err *e)
{
	struct arena *a = arena_new();
	struct peer *p;
	size_t n;
	int rc = peers_read(v, a, &p, &n, e);
	*any = false;
	for (size_t i = 0; i < n && rc == OK; i++)
		*any = *any || p[i].folded > 0;
	arena_free(a);
	return rc;
}

static int64_t heard_of(const struct peer *p, size_t n, uint64_t inc)
{
	for (size_t i = 0; i < n; i++)
		if (p[i].inc == inc)
			return p[i].heard;
	return 0;
}

static int put_heard(struct store *s, struct peer *p, int64_t heard, struct err *e)
{
	struct buf b = { 0 };
	struct kv_op op = { .table = KV_META };
	op.nkey = (uint8_t)peers_key(op.key, 'p', p->inc);
	p->heard = heard;
	peers_put(&b, p);
	op.value = b.p;
	op.nvalue = (uint32_t)b.n;
	const struct kv_op proof = op;
	int rc = b.oom ? view_nomem(e) : kv_apply(s->kv, &op, 1, 0, &proof, e);
	buf_free(&b);
	return rc;
}

int peers_hear(struct store *s, const struct peer *was, size_t n, struct err *e)
{
	struct arena *a = arena_new();
	struct view *v = NULL;
	struct peer *now;
	size_t many = 0;
	int rc = view_begin(s, &v, e);
	if (rc == OK)
		rc = peers_read(v, a, &now, &many, e);
	view_end(v);
	for (size_t i = 0; i < many && rc == OK; i++) {
		int64_t heard = heard_of(was, n, now[i].inc);
		if (heard != 0 && heard != now[i].heard)
			rc = put_heard(s, &now[i], heard, e);
	}
	arena_free(a);
	return rc;
}
