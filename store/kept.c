/* store/kept.c - see exchange.h. Owns the table seg: files of an exchange folder, each under its author's incarnation,
 * its first number and what begins its hash. Must not know what is in them, nor whether it is true. */
#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/exchange.h"
#include "store/store_priv.h"

enum { INC = 8, FIRST = 8, HASH = 8, KEPT_KEY = INC + FIRST + HASH };

static size_t kept_key(uint8_t key[KEPT_KEY], uint64_t inc, uint64_t first, const uint8_t hash[HASH])
{
	memcpy(be_put(be_put(key, inc, INC), first, FIRST), hash, HASH);
	return KEPT_KEY;
}

static int each(struct view *v, struct kv_scan *s, int (*fn)(void *ctx, const struct kept *k, struct err *e), void *ctx,
	struct err *e)
{
	int rc;
	while ((rc = kv_scan_next(s, e)) == OK) {
		const uint8_t *key = s->key.p;
		if (s->key.n != KEPT_KEY)
			return view_corrupt(v, KV_SEG, e);
		struct kept k = { be_get(key, INC), be_get(key + INC, FIRST), { 0 }, s->value.p, s->value.n };
		memcpy(k.hash, key + INC + FIRST, HASH);
		rc = fn(ctx, &k, e);
		if (rc != OK)
			return rc;
	}
	return rc == ERR_NOTFOUND ? OK : rc;
}

int kept_each(struct view *v, const uint64_t *inc, int (*fn)(void *ctx, const struct kept *k, struct err *e), void *ctx,
	struct err *e)
{
	uint8_t prefix[INC];
	struct kv_scan s;
	be_put(prefix, inc ? *inc : 0, INC);
	int rc = kv_scan_prefix(&v->txn, KV_SEG, prefix, inc ? INC : 0, &s, e);
	if (rc != OK)
		return rc;
	rc = each(v, &s, fn, ctx, e);
	kv_scan_end(&s);
	return rc;
}

bool kept_has(struct view *v, uint64_t inc, uint64_t first, const uint8_t hash[8])
{
	uint8_t key[KEPT_KEY];
	struct kv_bytes value;
	return kv_get(&v->txn, KV_SEG, key, kept_key(key, inc, first, hash), &value, NULL) == OK;
}

/* One row comes or goes in a transaction of its own. */
static int apply(struct store *s, struct kv_op *op, struct err *e)
{
	if (s->readonly)
		return err_set(e, ERR_READONLY, _("the store was opened for reading only, so nothing can be changed"));
	if (s->dry_run)
		return OK;
	assert(op->table == KV_SEG && op->nkey == KEPT_KEY);
	const struct kv_op proof = *op;
	return kv_apply(s->kv, op, 1, op->del, &proof, e);
}

int kept_put(struct store *s, uint64_t inc, uint64_t first, const uint8_t hash[8], const void *p, size_t n,
	struct err *e)
{
	struct kv_op op = { .table = KV_SEG, .nkey = KEPT_KEY, .nvalue = (uint32_t)n, .value = p };
	assert(n > 0 && n <= UINT32_MAX);
	kept_key(op.key, inc, first, hash);
	return apply(s, &op, e);
}

int kept_drop(struct store *s, uint64_t inc, uint64_t first, const uint8_t hash[8], struct err *e)
{
	struct kv_op op = { .table = KV_SEG, .nkey = KEPT_KEY, .del = true };
	kept_key(op.key, inc, first, hash);
	return apply(s, &op, e);
}
