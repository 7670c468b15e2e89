/* store/kv_pack.c - see kv_pack.h. Owns chunks: finding a row in them, and laying rows among those that are there. Must
 * not know what keys and values mean, nor of which table they are. */
#include "store/kv_pack.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/mem.h"
#include "store/be.h"
#include "store/kv_check.h"

enum {
	CHUNK_MOST = 8 * 4096 - 16,      /* eight pages, with the head that LMDB puts before them */
	PLACE = 2,                       /* bytes of where a row begins, and of how many there are */
	COUNT = 8,                       /* and of how many there are in all */
};

static const uint8_t count_key = 0;

static MDB_val count_at(void)
{
	return kv_to_val(&count_key, sizeof count_key);
}

static bool is_count(MDB_val key)
{
	return key.mv_size == sizeof count_key;
}

/* ---- rows in a chunk ------------------------------------------------------------------------------ */

struct chunk { const uint8_t *p; size_t n, rows, end; /* of the rows */ };

static size_t place(const struct chunk *c, size_t i)
{
	uint16_t at;
	memcpy(&at, c->p + c->end + i * PLACE, sizeof at);
	return at;
}

static bool chunk_open(struct kv_bytes bytes, struct chunk *c)
{
	uint16_t rows;
	*c = (struct chunk){ bytes.p, bytes.n, 0, 0 };
	if (c->n < PLACE)
		return false;
	memcpy(&rows, c->p + c->n - PLACE, sizeof rows);
	c->rows = rows;
	if (rows == 0 || c->n < (rows + 1) * (size_t)PLACE)
		return false;
	c->end = c->n - (rows + 1) * (size_t)PLACE;
	return place(c, 0) == 0;
}

static bool chunk_row(const struct chunk *c, size_t i, MDB_val *key, MDB_val *value)
{
	assert(i < c->rows);
	size_t at = place(c, i), end = i + 1 < c->rows ? place(c, i + 1) : c->end;
	if (at >= end || end > c->end || at + 1 + c->p[at] + KV_CHECK > end)
		return false;
	*key = kv_to_val(c->p + at + 1, c->p[at]);
	at += 1 + c->p[at];
	*value = kv_to_val(c->p + at, end - at);
	return true;
}

/* The first row not below the key. */
static bool chunk_search(const struct chunk *c, struct kv_bytes sought, size_t *out)
{
	size_t lo = 0, hi = c->rows;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		MDB_val key, value;
		if (!chunk_row(c, mid, &key, &value))
			return false;
		if (kv_compare(kv_from_val(key), sought) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*out = lo;
	return true;
}

/* ---- a cursor -------------------------------------------------------------------------------------- */

int kv_cursor_open(const struct kv_txn *t, enum kv_table table, struct kv_cursor *out)
{
	MDB_cursor *c;
	int rc = mdb_cursor_open(t->txn, t->k->table[table], &c);
	*out = (struct kv_cursor){ .c = rc == MDB_SUCCESS ? c : NULL, .packed = table == KV_FRESH };
	return rc;
}

void kv_cursor_close(struct kv_cursor *c)
{
	if (c->c)
		mdb_cursor_close(c->c);
	c->c = NULL;
}

/* The chunk that LMDB's cursor has come to: is it one, under its first row's key? */
static int enter(MDB_val key, MDB_val value, struct chunk *out)
{
	MDB_val first, unused;
	if (!chunk_open(kv_from_val(value), out) || !chunk_row(out, 0, &first, &unused) ||
		kv_compare(kv_from_val(first), kv_from_val(key)) != 0)
		return MDB_CORRUPTED;
	return MDB_SUCCESS;
}

/* To another chunk; MDB_NOTFOUND where there is none, or only the count. */
static int go(struct kv_cursor *c, MDB_cursor_op op, struct chunk *out)
{
	MDB_val key, value;
	int rc = kv_at(c->c, &key, &value, op);
	if (rc == MDB_SUCCESS && is_count(key)) {
		if (op == MDB_PREV)      /* back to where it stood */
			rc = kv_at(c->c, &key, &value, MDB_NEXT);
		return rc == MDB_SUCCESS ? MDB_NOTFOUND : rc;
	}
	return rc == MDB_SUCCESS ? enter(key, value, out) : rc;
}

/* The chunk in which a row with this key lies, if there is one: the last that begins at or below it, or else the first. */
static int find_chunk(MDB_cursor *c, struct kv_bytes sought, MDB_val *key, MDB_val *value)
{
	*key = kv_to_val(sought.p, sought.n);
	int rc = kv_at(c, key, value, MDB_SET_RANGE);
	if (rc == MDB_SUCCESS && kv_compare(kv_from_val(*key), sought) == 0 && !is_count(*key))
		return MDB_SUCCESS;
	if (rc == MDB_SUCCESS || rc == MDB_NOTFOUND)
		rc = kv_at(c, key, value, rc == MDB_SUCCESS ? MDB_PREV : MDB_LAST);
	if (rc == MDB_NOTFOUND || (rc == MDB_SUCCESS && is_count(*key)))
		rc = kv_at(c, key, value, rc == MDB_SUCCESS ? MDB_NEXT : MDB_FIRST);
	return rc == MDB_SUCCESS && is_count(*key) ? kv_at(c, key, value, MDB_NEXT) : rc;
}

static int seek(struct kv_cursor *c, struct kv_bytes sought, struct chunk *out, size_t *i)
{
	MDB_val key, value;
	int rc = find_chunk(c->c, sought, &key, &value);
	if (rc == MDB_SUCCESS)
		rc = enter(key, value, out);
	if (rc == MDB_SUCCESS && !chunk_search(out, sought, i))
		return MDB_CORRUPTED;
	if (rc == MDB_SUCCESS && *i == out->rows) {
		*i = 0;
		rc = go(c, MDB_NEXT, out);
	}
	return rc;
}

static int move(struct kv_cursor *c, struct kv_bytes sought, MDB_cursor_op op, struct chunk *chunk, size_t *i)
{
	int rc;
	switch (op) {
	case MDB_NEXT:
		*i = c->i + 1;
		if (*i < chunk->rows)
			return MDB_SUCCESS;
		*i = 0;
		return go(c, MDB_NEXT, chunk);
	case MDB_PREV:
		if (c->i > 0) {
			*i = c->i - 1;
			return MDB_SUCCESS;
		}
		/* fall through */
	case MDB_LAST:
		rc = go(c, op, chunk);
		*i = rc == MDB_SUCCESS ? chunk->rows - 1 : 0;
		return rc;
	default:
		assert(op == MDB_SET_RANGE || op == MDB_SET);
		return seek(c, sought, chunk, i);
	}
}

static int packed_get(struct kv_cursor *c, MDB_val *key, MDB_val *value, MDB_cursor_op op)
{
	struct chunk chunk = { 0 };
	size_t i = 0;
	const MDB_val sought = op == MDB_SET || op == MDB_SET_RANGE ? *key : (MDB_val){ 0 };
	if ((op == MDB_NEXT || op == MDB_PREV) && !chunk_open(c->chunk, &chunk))
		return MDB_CORRUPTED;
	int rc = move(c, kv_from_val(sought), op, &chunk, &i);
	if (rc != MDB_SUCCESS)
		return rc;
	c->chunk = (struct kv_bytes){ chunk.p, chunk.n };
	c->i = i;
	if (!chunk_row(&chunk, i, key, value))
		return MDB_CORRUPTED;
	return op == MDB_SET && kv_compare(kv_from_val(*key), kv_from_val(sought)) != 0 ? MDB_NOTFOUND : MDB_SUCCESS;
}

int kv_cursor_get(struct kv_cursor *c, MDB_val *key, MDB_val *value, MDB_cursor_op op)
{
	return c->packed ? packed_get(c, key, value, op) : kv_at(c->c, key, value, op);
}

/* ---- how many -------------------------------------------------------------------------------------- */

int kv_pack_count(MDB_txn *txn, MDB_dbi dbi, size_t *n)
{
	MDB_stat stat;
	MDB_val key = count_at(), value;
	*n = 0;
	int rc = mdb_stat(txn, dbi, &stat);
	if (rc != MDB_SUCCESS || stat.ms_entries == 0)
		return rc;
	rc = kv_find(txn, dbi, &key, &value);
	if (rc != MDB_SUCCESS)
		return rc == MDB_NOTFOUND ? MDB_CORRUPTED : rc;
	struct kv_bytes count = kv_from_val(value);
	if (!kv_check_take(KV_FRESH, kv_from_val(key), &count) || count.n != COUNT)
		return MDB_CORRUPTED;
	*n = (size_t)be_get(count.p, COUNT);
	return MDB_SUCCESS;
}

static int put_count(MDB_txn *txn, MDB_dbi dbi, size_t n)
{
	uint8_t bytes[COUNT + KV_CHECK];
	MDB_val key = count_at(), value = kv_to_val(bytes, sizeof bytes);
	be_put(bytes, n, COUNT);
	kv_check_put(KV_FRESH, kv_from_val(key), bytes, COUNT);
	return mdb_put(txn, dbi, &key, &value, 0);
}

/* ---- writing --------------------------------------------------------------------------------------- */

/* Rows on their way into the chunk that is being filled, and the one that they replace: a copy, as LMDB may move what
 * is written to. */
struct packer {
	MDB_txn *txn;
	MDB_dbi dbi;
	size_t count;
	struct buf rows, places, old;
	kv_pack_next_fn *next;
	void *ctx;
	struct kv_pack_row row;          /* the next to be written, */
	bool more;                       /* if there is one */
};

static void draw_row(struct packer *p)
{
	p->more = p->next(p->ctx, &p->row);
}

/* Is it to lie before that key (n 0: wherever it is)? */
static bool comes_before(const struct packer *p, struct kv_bytes end)
{
	return p->more && (end.n == 0 || kv_compare(p->row.key, end) < 0);
}

static int flush(struct packer *p)
{
	if (p->rows.n == 0)
		return MDB_SUCCESS;
	const uint16_t rows = (uint16_t)(p->places.n / PLACE);
	MDB_val key = kv_to_val(p->rows.p + 1, (uint8_t)p->rows.p[0]);
	MDB_val value = { .mv_size = p->rows.n + p->places.n + PLACE };
	assert(value.mv_size <= CHUNK_MOST);
	int rc = mdb_put(p->txn, p->dbi, &key, &value, MDB_RESERVE);
	if (rc != MDB_SUCCESS)
		return rc;
	char *at = value.mv_data;
	memcpy(at, p->rows.p, p->rows.n);
	memcpy(at + p->rows.n, p->places.p, p->places.n);
	memcpy(at + p->rows.n + p->places.n, &rows, sizeof rows);
	buf_reset(&p->rows);
	buf_reset(&p->places);
	return MDB_SUCCESS;
}

/* A row in this chunk or in a new one, and room for so many bytes behind it. */
static int put_row(struct packer *p, struct kv_bytes key, struct kv_bytes value, size_t behind)
{
	const size_t n = 1 + key.n + value.n + behind;
	int rc = p->rows.n + p->places.n + n + 2 * PLACE > CHUNK_MOST ? flush(p) : MDB_SUCCESS;
	if (rc != MDB_SUCCESS)
		return rc;
	const uint16_t at = (uint16_t)p->rows.n;
	buf_add(&p->places, &at, sizeof at);
	if (p->places.oom || !buf_reserve(&p->rows, n))
		return ENOMEM;
	char *to = p->rows.p + p->rows.n;
	*to++ = (char)key.n;
	memcpy(to, key.p, key.n);
	if (value.n)
		memcpy(to + key.n, value.p, value.n);
	p->rows.n += n - behind;
	return MDB_SUCCESS;
}

static int add_row(struct packer *p, const struct kv_pack_row *r)
{
	assert(r->key.n > 1 && r->key.n <= UINT8_MAX && r->value.n < PACK_VALUE_MOST);
	int rc = put_row(p, r->key, r->value, 1 + KV_CHECK);
	if (rc != MDB_SUCCESS)
		return rc;
	buf_addc(&p->rows, (char)r->last);
	const size_t n = r->value.n + 1;
	const uint32_t check = kv_check_row(KV_FRESH, r->key.p, r->key.n, p->rows.p + p->rows.n - n, n);
	buf_add(&p->rows, &check, sizeof check);
	p->count++;
	return MDB_SUCCESS;
}

/* Old and new rows in their order, up to where the next chunk begins (end.n 0: there is none). */
static int merge(struct packer *p, const struct chunk *old, struct kv_bytes end)
{
	size_t i = 0;
	bool ours = comes_before(p, end);
	int rc = MDB_SUCCESS;
	while (rc == MDB_SUCCESS && (ours || i < old->rows)) {
		MDB_val key = { 0 }, value = { 0 };
		if (i < old->rows && !chunk_row(old, i, &key, &value))
			return MDB_CORRUPTED;
		int order = i == old->rows ? 1 : !ours ? -1 : kv_compare(kv_from_val(key), p->row.key);
		if (order < 0)
			rc = put_row(p, kv_from_val(key), kv_from_val(value), 0);    /* its check is at the end */
		else if (!p->row.gone)
			rc = add_row(p, &p->row);
		i += order <= 0;
		p->count -= order == 0;
		if (order >= 0) {
			draw_row(p);
			ours = comes_before(p, end);
		}
	}
	return rc;
}

static bool has_row(const struct chunk *c, struct kv_bytes sought)
{
	size_t i;
	MDB_val key, value;
	return chunk_search(c, sought, &i) && i < c->rows && chunk_row(c, i, &key, &value) &&
		kv_compare(kv_from_val(key), sought) == 0;
}

/* Rows that aren't to be and aren't there need no work. */
static void skip_absent(struct packer *p, const struct chunk *old, struct kv_bytes end)
{
	while (comes_before(p, end) && p->row.gone && !has_row(old, p->row.key))
		draw_row(p);
}

/* A key that is kept; n 0: there is none. */
struct edge { uint8_t key[UINT8_MAX]; size_t n; };

static bool is_at(const struct edge *x, struct kv_bytes key)
{
	return x->n > 0 && kv_compare((struct kv_bytes){ x->key, x->n }, key) == 0;
}

/* The chunk for the next row as it lies in the table, if there is any, and where the one after it begins. */
static int find_old(struct packer *p, MDB_cursor *c, struct chunk *old, struct edge *end)
{
	MDB_val key, value;
	end->n = 0;
	*old = (struct chunk){ 0 };
	int rc = find_chunk(c, p->row.key, &key, &value);
	if (rc == MDB_SUCCESS)
		rc = enter(key, value, old);
	if (rc == MDB_SUCCESS)
		rc = kv_at(c, &key, &value, MDB_NEXT);
	if (rc == MDB_SUCCESS && key.mv_size <= sizeof end->key)
		memcpy(end->key, key.mv_data, end->n = key.mv_size);
	return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

/* Out of the table into a copy. What was begun before goes on with its rows where it ended right before them: so
 * chunks stay full. */
static int take_out(struct packer *p, struct chunk *old, const struct edge *last)
{
	MDB_val key, value;
	if (old->rows == 0)
		return flush(p);
	buf_reset(&p->old);
	buf_add(&p->old, old->p, old->n);
	if (p->old.oom)
		return ENOMEM;
	if (!chunk_open((struct kv_bytes){ p->old.p, p->old.n }, old) || !chunk_row(old, 0, &key, &value))
		return MDB_CORRUPTED;
	int rc = is_at(last, kv_from_val(key)) ? MDB_SUCCESS : flush(p);
	return rc == MDB_SUCCESS ? mdb_del(p->txn, p->dbi, &key, NULL) : rc;
}

static int write_chunks(struct packer *p, MDB_cursor *c)
{
	struct edge end, last = { .n = 0 };
	int rc = MDB_SUCCESS;
	while (p->more && rc == MDB_SUCCESS) {
		struct chunk old;
		rc = find_old(p, c, &old, &end);
		if (rc != MDB_SUCCESS)
			return rc;
		const struct kv_bytes until = { end.key, end.n };
		skip_absent(p, &old, until);
		if (!comes_before(p, until))
			continue;
		rc = take_out(p, &old, &last);
		if (rc == MDB_SUCCESS)
			rc = merge(p, &old, until);
		last = end;
	}
	return rc == MDB_SUCCESS ? flush(p) : rc;
}

int kv_pack_write(MDB_txn *txn, MDB_dbi dbi, kv_pack_next_fn *next, void *ctx)
{
	struct packer p = { .txn = txn, .dbi = dbi, .next = next, .ctx = ctx };
	MDB_cursor *c;
	int rc = kv_pack_count(txn, dbi, &p.count);
	const size_t before = p.count;
	if (rc == MDB_SUCCESS)
		rc = mdb_cursor_open(txn, dbi, &c);
	if (rc != MDB_SUCCESS)
		return rc;
	draw_row(&p);
	rc = write_chunks(&p, c);
	mdb_cursor_close(c);
	if (rc == MDB_SUCCESS && p.count != before)
		rc = put_count(txn, dbi, p.count);
	buf_free(&p.rows);
	buf_free(&p.places);
	buf_free(&p.old);
	return rc;
}
