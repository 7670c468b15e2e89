/* store/kv_fresh.c - see kv_fresh.h. Owns the form of the rows that lie above others, when laying them there pays, and
 * bringing them down. Must not know what the bytes mean. */
#include "store/kv_fresh.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/mem.h"
#include "store/kv_pack.h"
#include "store/kv_seen.h"
#include "store/kv_walk.h"

enum {
	FOLD_ROWS = 2048,        /* a transaction: each may be in a page of its own, which is held until the commit */
	FOLD_BYTES = 1 << 20,
	DENSE = 8,               /* rows for each page below: beyond, waiting saves little */
	MOST = 200000,           /* rows: each batch packs all of them anew */
};

bool kv_fresh_covers(enum kv_table table)
{
	return table == KV_LOG || table == KV_REC || table == KV_TIME || table == KV_PERSON || table == KV_REF || table == KV_DUE;
}

size_t kv_fresh_key(uint8_t out[FRESH_KEY], enum kv_table table, const void *key, size_t nkey)
{
	assert(kv_fresh_covers(table) && nkey <= KV_KEY_MOST);
	out[0] = (uint8_t)table;
	if (nkey)
		memcpy(out + 1, key, nkey);
	return nkey + 1;
}

bool kv_fresh_is_there(struct kv_bytes *key, struct kv_bytes *value)
{
	assert(key->n > 1 && value->n > 0);
	*key = (struct kv_bytes){ (const uint8_t *)key->p + 1, key->n - 1 };
	value->n--;
	return ((const uint8_t *)value->p)[value->n] == FRESH_PUT;
}

/* Is it right that a search ended here, between rows? A damaged page that leads astray could bring an older value
 * back. */
static int check_gap(struct kv_cursor *c, struct kv_bytes sought, int found, MDB_val key, MDB_val value)
{
	int rc = found == MDB_SUCCESS ? kv_walk_open(KV_FRESH, key, &value) : MDB_SUCCESS;
	if (rc == MDB_SUCCESS && found == MDB_SUCCESS && kv_compare(kv_from_val(key), sought) < 0)
		return MDB_CORRUPTED;
	if (rc == MDB_SUCCESS)
		rc = kv_cursor_get(c, &key, &value, found == MDB_SUCCESS ? MDB_PREV : MDB_LAST);
	if (rc != MDB_SUCCESS)
		return rc;
	rc = kv_walk_open(KV_FRESH, key, &value);
	return rc == MDB_SUCCESS && kv_compare(kv_from_val(key), sought) < 0 ? MDB_NOTFOUND : MDB_CORRUPTED;
}

int kv_fresh_get(const struct kv_txn *t, enum kv_table table, struct kv_bytes key, bool *gone, struct kv_bytes *value)
{
	uint8_t at[FRESH_KEY];
	struct kv_cursor c;
	struct kv_bytes sought = { at, kv_fresh_key(at, table, key.p, key.n) };
	MDB_val k = kv_to_val(sought.p, sought.n), v;
	if (!kv_seen_may(t->k->seen, kv_txn_version(t), sought))
		return MDB_NOTFOUND;
	int rc = kv_cursor_open(t, KV_FRESH, &c);
	if (rc != MDB_SUCCESS)
		return rc;
	rc = kv_cursor_get(&c, &k, &v, MDB_SET_RANGE);
	if (rc == MDB_SUCCESS && kv_compare(kv_from_val(k), sought) == 0)
		rc = kv_walk_open(KV_FRESH, k, &v);
	else if (rc == MDB_SUCCESS || rc == MDB_NOTFOUND)
		rc = check_gap(&c, sought, rc, k, v);
	kv_cursor_close(&c);
	if (rc == MDB_SUCCESS) {
		*value = kv_from_val(v);
		*gone = !kv_fresh_is_there(&sought, value);
	}
	return rc;
}

/* ---- how much ------------------------------------------------------------------------------------ */

int kv_fresh_count(const struct kv *k, MDB_txn *txn, size_t *n)
{
	*n = 0;
	return k->has_fresh ? kv_pack_count(txn, k->table[KV_FRESH], n) : MDB_SUCCESS;
}

/* How many pages of rows there are below. */
static int count_pages(const struct kv *k, MDB_txn *txn, size_t *n)
{
	MDB_stat stat;
	int rc = MDB_SUCCESS;
	*n = 0;
	for (int table = 0; table < KV_FRESH && rc == MDB_SUCCESS; table++) {
		rc = kv_fresh_covers((enum kv_table)table) ? mdb_stat(txn, k->table[table], &stat) : MDB_NOTFOUND;
		*n += rc == MDB_SUCCESS ? stat.ms_leaf_pages : 0;
		rc = rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
	}
	return rc;
}

/* ---- writing ------------------------------------------------------------------------------------- */

int kv_fresh_choose(struct kv *k, MDB_txn *txn, const struct kv_op *op, size_t n, int how, struct fresh_batch *out)
{
	size_t fresh, pages = 0, covered = 0;
	*out = (struct fresh_batch){ .op = op, .end = op + n };
	int rc = kv_fresh_count(k, txn, &fresh);
	for (size_t i = 0; i < n && how & KV_SCATTERED; i++)
		covered += kv_fresh_covers(op[i].table);
	if (rc == MDB_SUCCESS && covered > 0)
		rc = count_pages(k, txn, &pages);
	out->above = covered > 0 && (k->eager || covered < DENSE * pages);
	out->hides = fresh > 0;
	return rc == MDB_SUCCESS && out->above && !k->has_fresh ? kv_make_fresh(k, txn) : rc;
}

bool kv_fresh_takes(const struct fresh_batch *b, const struct kv_op *op)
{
	return b->above && kv_fresh_covers(op->table) && (op->del || op->nvalue < PACK_VALUE_MOST);
}

/* One after the other, as the packer wants them. */
struct laying { struct fresh_batch b; uint8_t key[FRESH_KEY]; };

/* Values lie where they were made, not in the order of their keys: they are fetched before their turn comes. */
static bool next_laid(void *ctx, struct kv_pack_row *row)
{
	enum { AHEAD = 8, LINE = 64 };
	struct laying *l = ctx;
	const struct kv_op *op = l->b.op;
	while (op < l->b.end && !kv_fresh_covers(op->table))
		op++;
	if (op == l->b.end)
		return false;
	for (size_t i = 0; l->b.end - op > AHEAD && i < op[AHEAD].nvalue && i < PACK_VALUE_MOST; i += LINE)
		__builtin_prefetch((const uint8_t *)op[AHEAD].value + i);
	*row = (struct kv_pack_row){ .key = { l->key, kv_fresh_key(l->key, op->table, op->key, op->nkey) },
		.value = { op->value, op->del ? 0 : op->nvalue }, .last = op->del ? FRESH_GONE : FRESH_PUT,
		.gone = !kv_fresh_takes(&l->b, op) };
	l->b.op = op + 1;
	return true;
}

int kv_fresh_write(const struct kv *k, MDB_txn *txn, const struct fresh_batch *b)
{
	struct laying l = { .b = *b };
	return b->above || b->hides ? kv_pack_write(txn, k->table[KV_FRESH], next_laid, &l) : MDB_SUCCESS;
}

void kv_fresh_written(const struct kv *k, uint64_t version, const struct fresh_batch *b)
{
	uint8_t at[FRESH_KEY];
	bool wrote = false;
	for (const struct kv_op *op = b->op; op < b->end; op++) {
		const bool above = kv_fresh_takes(b, op);
		wrote |= above || !op->del;
		if (above)
			kv_seen_add(k->seen, (struct kv_bytes){ at, kv_fresh_key(at, op->table, op->key, op->nkey) });
	}
	/* LMDB has no version of a batch that deleted what wasn't there: the next to write has that number */
	if (wrote)
		kv_seen_through(k->seen, version);
}

/* ---- bringing them down -------------------------------------------------------------------------- */

int kv_is_due(struct kv *k, bool *due, struct err *e)
{
	struct kv_txn t;
	size_t pages;
	*due = false;
	int rc = kv_begin(k, &t, e);
	if (rc != OK)
		return rc;
	int lmdb = count_pages(k, t.txn, &pages);
	*due = lmdb == MDB_SUCCESS && (t.fresh > MOST || t.fresh > DENSE * pages);
	kv_end(&t);
	return lmdb == MDB_SUCCESS ? OK : kv_fail(k, lmdb, e);
}

/* The first rows that lie above, as writes of their own: written plainly they are at their places and not above. */
struct handful { struct arena *a; struct kv_op *op; size_t n; };

static int take_row(struct handful *h, struct kv_bytes key, struct kv_bytes value, struct err *e)
{
	struct kv_op *op = &h->op[h->n++];
	*op = (struct kv_op){ .table = *(const uint8_t *)key.p };
	op->del = !kv_fresh_is_there(&key, &value);
	op->nkey = (uint8_t)key.n;
	memcpy(op->key, key.p, key.n);
	if (op->del || value.n == 0)
		return OK;
	void *copy = arena_try_alloc(h->a, value.n);
	if (!copy)
		return err_set(e, ERR_NOMEM, _("out of memory"));
	op->value = memcpy(copy, value.p, value.n);
	op->nvalue = (uint32_t)value.n;
	return OK;
}

static int take_handful(struct kv *k, struct handful *h, size_t *left, struct err *e)
{
	struct kv_txn t;
	struct kv_walk w = { 0 };
	arena_reset(h->a);
	h->n = 0;
	h->op = arena_try_alloc(h->a, FOLD_ROWS * sizeof *h->op);
	if (!h->op)
		return err_set(e, ERR_NOMEM, _("out of memory"));
	int rc = kv_begin(k, &t, e);
	if (rc != OK)
		return rc;
	int lmdb = t.fresh ? kv_walk_begin(&t, KV_FRESH, (struct kv_bytes){ 0 }, (struct kv_bytes){ 0 }, &w) : MDB_NOTFOUND;
	while (lmdb == MDB_SUCCESS && rc == OK && h->n < FOLD_ROWS && arena_used(h->a) < FOLD_BYTES &&
		(lmdb = kv_walk_next(&w)) == MDB_SUCCESS)
		rc = take_row(h, w.key, w.value, e);
	kv_walk_end(&w);
	*left = t.fresh - h->n;
	kv_end(&t);
	return lmdb == MDB_SUCCESS || lmdb == MDB_NOTFOUND ? rc : kv_fail(k, lmdb, e);
}

/* What can't be told from before by its rows is told by how many still lie above. */
int kv_fold(struct kv *k, struct err *e)
{
	struct handful h = { .a = arena_new() };
	size_t left, before = SIZE_MAX;
	int rc = take_handful(k, &h, &left, e);
	while (rc == OK && h.n > 0 && left < before) {
		const struct kv_op proof = h.op[0];
		before = left;
		rc = kv_apply(k, h.op, h.n, 0, &proof, e);
		if (rc == OK)
			rc = take_handful(k, &h, &left, e);
	}
	arena_free(h.a);
	return rc;
}
