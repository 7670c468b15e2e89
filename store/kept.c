/* store/kept.c - see exchange.h. Owns the table seg: files of an exchange folder, each under its author's incarnation,
 * its first number and what begins its hash. Must not know what is in them, nor whether it is true.
 *
 * A file lies in rows of a page each. As one row it would need that many pages side by side, which LMDB looks for
 * through hundreds of lists of free pages; and who only asks for a file's head needn't read, and check, all of it. */
#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/exchange.h"
#include "store/store_priv.h"

enum {
	INC = 8, FIRST = 8, HASH = 8, KEPT_KEY = INC + FIRST + HASH,
	PART = 2, PART_KEY = KEPT_KEY + PART,
	LENGTH = 4,                     /* of the whole, in the first row */
	ROOM = 4076,                    /* of a row: what LMDB puts into a page, less its header of 16 and kv.h's check of 4 */
	FILE_MOST = 64 << 20,
};

static size_t kept_key(uint8_t key[KEPT_KEY], uint64_t inc, uint64_t first, const uint8_t hash[HASH])
{
	memcpy(be_put(be_put(key, inc, INC), first, FIRST), hash, HASH);
	return KEPT_KEY;
}

/* ---- reading ------------------------------------------------------------------------------------- */

/* Past the other rows of the file that was met last. */
static void skip_parts(struct kv_scan *s)
{
	uint8_t key[PART_KEY + 1];
	memcpy(key, s->key.p, KEPT_KEY);
	memset(key + KEPT_KEY, 0xff, sizeof key - KEPT_KEY);
	kv_scan_seek(s, key, sizeof key);
}

bool kept_of_row(struct view *v, struct kv_bytes key, struct kv_bytes value, struct kept *out)
{
	const uint8_t *p = key.p, *begin = value.p;
	if (key.n != KEPT_KEY || value.n <= LENGTH)
		return false;
	*out = (struct kept){ be_get(p, INC), be_get(p + INC, FIRST), { 0 }, (size_t)be_get(begin, LENGTH), begin + LENGTH,
		value.n - LENGTH, v };
	memcpy(out->hash, p + INC + FIRST, HASH);
	return out->nhead <= out->n && out->n <= FILE_MOST;
}

static int each(struct view *v, struct kv_scan *s, int (*fn)(void *ctx, const struct kept *k, struct err *e), void *ctx,
	struct err *e)
{
	int rc;
	while ((rc = kv_scan_next(s, e)) == OK) {
		struct kept k;
		if (!kept_of_row(v, s->key, s->value, &k))
			return view_corrupt(v, KV_SEG, e);
		if (k.nhead < k.n)
			skip_parts(s);
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

static void add_part(const struct kv_scan *s, struct buf *b)
{
	const size_t before = s->key.n == KEPT_KEY ? LENGTH : 0;
	if (s->value.n >= before)
		buf_add(b, (const char *)s->value.p + before, s->value.n - before);
}

int kept_read(const struct kept *k, struct buf *b, struct err *e)
{
	uint8_t key[KEPT_KEY];
	struct kv_scan s;
	const size_t begin = b->n;
	int rc = kv_scan_prefix(&k->v->txn, KV_SEG, key, kept_key(key, k->inc, k->first, k->hash), &s, e);
	if (rc != OK)
		return rc;
	while ((rc = kv_scan_next(&s, e)) == OK)
		add_part(&s, b);
	kv_scan_end(&s);
	if (rc == ERR_NOTFOUND && !b->oom)
		rc = b->n - begin == k->n ? OK : view_corrupt(k->v, KV_SEG, e);
	return b->oom ? view_nomem(e) : rc;
}

/* ---- writing ------------------------------------------------------------------------------------- */

int kept_split(uint64_t inc, uint64_t first, const uint8_t hash[HASH], const void *p, size_t n,
	int (*add)(void *ctx, const uint8_t *key, size_t nkey, const void *value, size_t nvalue, struct err *e), void *ctx,
	struct err *e)
{
	uint8_t key[PART_KEY], row[ROOM];
	size_t at = n < ROOM - LENGTH ? n : ROOM - LENGTH;
	assert(n > 0 && n <= FILE_MOST);
	kept_key(key, inc, first, hash);
	memcpy(be_put(row, n, LENGTH), p, at);
	int rc = add(ctx, key, KEPT_KEY, row, LENGTH + at, e);
	for (uint64_t part = 1; rc == OK && at < n; part++) {
		const size_t some = n - at < ROOM ? n - at : ROOM;
		be_put(key + KEPT_KEY, part, PART);
		rc = add(ctx, key, PART_KEY, (const uint8_t *)p + at, some, e);
		at += some;
	}
	return rc;
}

/* Rows that come or go in a transaction of their own. */
struct rows { struct arena *a; struct pile ops; };

static int add_op(struct rows *r, bool del, const uint8_t *key, size_t nkey, const void *value, size_t n, struct err *e)
{
	struct kv_op op = { .table = KV_SEG, .nkey = (uint8_t)nkey, .del = del, .nvalue = (uint32_t)n };
	void *copy = n ? arena_try_alloc(r->a, n) : NULL;
	assert(nkey == KEPT_KEY || nkey == PART_KEY);
	if (n && !copy)
		return view_nomem(e);
	memcpy(op.key, key, nkey);
	if (n)
		op.value = memcpy(copy, value, n);
	return pile_add(&r->ops, &op, e);
}

static int add_new(void *ctx, const uint8_t *key, size_t nkey, const void *value, size_t nvalue, struct err *e)
{
	return add_op(ctx, false, key, nkey, value, nvalue, e);
}

static struct rows rows_begin(void)
{
	struct arena *a = arena_new();
	return (struct rows){ a, { .a = a, .item = sizeof(struct kv_op) } };
}

/* The first of them tells whether all took place. */
static int rows_end(struct store *s, struct rows *r, int rc, struct err *e)
{
	struct kv_op *op = r->ops.at;
	if (rc == OK && r->ops.n) {
		const struct kv_op proof = op[0];
		rc = kv_apply(s->kv, op, r->ops.n, proof.del ? KV_SHRINKS : 0, &proof, e);
	}
	arena_free(r->a);
	return rc;
}

static int refuse_readonly(struct err *e)
{
	return err_set(e, ERR_READONLY, _("the store was opened for reading only, so nothing can be changed"));
}

int kept_put(struct store *s, uint64_t inc, uint64_t first, const uint8_t hash[8], const void *p, size_t n,
	struct err *e)
{
	if (s->readonly)
		return refuse_readonly(e);
	if (s->dry_run)
		return OK;
	struct rows r = rows_begin();
	return rows_end(s, &r, kept_split(inc, first, hash, p, n, add_new, &r, e), e);
}

static int find_rows(struct store *s, const uint8_t key[KEPT_KEY], struct rows *r, struct err *e)
{
	struct view *v = NULL;
	struct kv_scan rows = { 0 };
	int rc = view_begin(s, &v, e);
	if (rc == OK)
		rc = kv_scan_prefix(&v->txn, KV_SEG, key, KEPT_KEY, &rows, e);
	while (rc == OK && (rc = kv_scan_next(&rows, e)) == OK)
		rc = add_op(r, true, rows.key.p, rows.key.n, NULL, 0, e);
	kv_scan_end(&rows);
	view_end(v);
	return rc == ERR_NOTFOUND ? OK : rc;
}

int kept_drop(struct store *s, uint64_t inc, uint64_t first, const uint8_t hash[8], struct err *e)
{
	uint8_t key[KEPT_KEY];
	if (s->readonly)
		return refuse_readonly(e);
	if (s->dry_run)
		return OK;
	struct rows r = rows_begin();
	kept_key(key, inc, first, hash);
	return rows_end(s, &r, find_rows(s, key, &r, e), e);
}
