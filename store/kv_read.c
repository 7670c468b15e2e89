/* store/kv_read.c - see kv.h. Owns reading rows: one, the one before, a range in order. Must not know what the bytes
 * mean. It trusts LMDB's pages no further than it must: rows carry a check, and a search is asked for its neighbours.
 */
#include "store/kv.h"

#include <assert.h>
#include <string.h>

#include "store/kv_check.h"
#include "store/kv_priv.h"

/* Take the check off a value that was read. */
static int open_value(enum kv_table table, MDB_val key, MDB_val *v)
{
	uint32_t check;
	if (!kv_check_has(table))
		return MDB_SUCCESS;
	if (v->mv_size < sizeof check)
		return MDB_CORRUPTED;
	v->mv_size -= sizeof check;
	memcpy(&check, (const char *)v->mv_data + v->mv_size, sizeof check);
	return check == kv_check_row(table, key.mv_data, key.mv_size, v->mv_data, v->mv_size) ? MDB_SUCCESS :
		MDB_CORRUPTED;
}

int kv_get(const struct kv_txn *t, enum kv_table table, const void *key, size_t nkey, struct kv_bytes *out,
	struct err *e)
{
	assert(t->txn && nkey > 0 && nkey <= KV_KEY_MOST);
	MDB_val k = kv_to_val(key, nkey), v;
	int rc = mdb_get(t->txn, t->k->table[table], &k, &v);
	if (rc == MDB_SUCCESS)
		rc = open_value(table, k, &v);
	if (rc != MDB_SUCCESS)
		return kv_fail(t->k, rc, e);
	*out = kv_from_val(v);
	return OK;
}

int kv_before(const struct kv_txn *t, enum kv_table table, const void *key, size_t nkey, struct kv_bytes *found,
	struct kv_bytes *value, struct err *e)
{
	assert(t->txn && nkey > 0 && nkey <= KV_KEY_MOST);
	MDB_cursor *c;
	int rc = mdb_cursor_open(t->txn, t->k->table[table], &c);
	if (rc != MDB_SUCCESS)
		return kv_fail(t->k, rc, e);
	MDB_val k = kv_to_val(key, nkey), v;
	rc = mdb_cursor_get(c, &k, &v, MDB_SET_RANGE);
	rc = mdb_cursor_get(c, &k, &v, rc == MDB_SUCCESS ? MDB_PREV : MDB_LAST);
	mdb_cursor_close(c);
	if (rc == MDB_SUCCESS && kv_compare(kv_from_val(k), (struct kv_bytes){ key, nkey }) >= 0)
		rc = MDB_CORRUPTED;
	if (rc == MDB_SUCCESS)
		rc = open_value(table, k, &v);
	if (rc != MDB_SUCCESS)
		return kv_fail(t->k, rc, e);
	*found = kv_from_val(k);
	*value = kv_from_val(v);
	return OK;
}

int kv_rows(const struct kv_txn *t, enum kv_table table, size_t *n, struct err *e)
{
	MDB_stat stat;
	int rc = mdb_stat(t->txn, t->k->table[table], &stat);
	if (rc != MDB_SUCCESS)
		return kv_fail(t->k, rc, e);
	*n = stat.ms_entries;
	return OK;
}

int kv_scan_range(const struct kv_txn *t, enum kv_table table, const void *lo, size_t nlo, const void *hi, size_t nhi,
	struct kv_scan *s, struct err *e)
{
	assert(t->txn && nlo <= KV_KEY_MOST && nhi <= KV_KEY_MOST);
	*s = (struct kv_scan){ .k = t->k, .table = table, .nend = nhi };
	kv_scan_seek(s, lo, nlo);
	if (nhi)
		memcpy(s->end, hi, nhi);
	MDB_cursor *c;
	int rc = mdb_cursor_open(t->txn, t->k->table[table], &c);
	if (rc != MDB_SUCCESS)
		return kv_fail(t->k, rc, e);
	s->cursor = c;
	return OK;
}

int kv_scan_prefix(const struct kv_txn *t, enum kv_table table, const void *prefix, size_t n, struct kv_scan *s,
	struct err *e)
{
	uint8_t end[KV_KEY_MOST];
	assert(n <= sizeof end);
	if (n)
		memcpy(end, prefix, n);
	size_t nend = n;
	while (nend > 0 && ++end[nend - 1] == 0)
		nend--;
	return kv_scan_range(t, table, prefix, n, end, nend, s, e);
}

void kv_scan_seek(struct kv_scan *s, const void *key, size_t nkey)
{
	assert(nkey <= sizeof s->start);
	static const uint8_t least = 0;
	s->nstart = nkey ? nkey : 1;
	memcpy(s->start, nkey ? key : &least, s->nstart);
}

int kv_compare(struct kv_bytes x, struct kv_bytes y)
{
	int order = memcmp(x.p, y.p, x.n < y.n ? x.n : y.n);
	return order ? order : (x.n > y.n) - (x.n < y.n);
}

static bool is_past(const struct kv_scan *s, MDB_val key)
{
	return s->nend > 0 && kv_compare(kv_from_val(key), (struct kv_bytes){ s->end, s->nend }) >= 0;
}

/* A flipped bit in a key or in a page's own pointers makes the search miss rows. Whatever has misled it lies beside the
 * place where it ended, and may well be a row of another page; but then that one isn't in order with the next
 * beyond. */
enum { BESIDE = 2 };

static int check_before(struct kv_scan *s, bool found, int *steps)
{
	struct kv_bytes after = { s->start, s->nstart };
	MDB_val key, value;
	int rc = MDB_SUCCESS;
	for (*steps = 0; *steps < BESIDE && rc == MDB_SUCCESS; ++*steps) {
		rc = mdb_cursor_get(s->cursor, &key, &value, *steps == 0 && !found ? MDB_LAST : MDB_PREV);
		if (rc != MDB_SUCCESS)
			break;
		if (kv_compare(kv_from_val(key), after) >= 0)
			return MDB_CORRUPTED;
		after = kv_from_val(key);
		rc = open_value(s->table, key, &value);
	}
	return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

/* MDB_SUCCESS when the row that a search came to isn't one that hides others behind it. */
static int check_after(struct kv_scan *s, MDB_val found)
{
	MDB_val key, value;
	int rc = mdb_cursor_get(s->cursor, &key, &value, MDB_NEXT);
	if (rc == MDB_SUCCESS && kv_compare(kv_from_val(found), kv_from_val(key)) >= 0)
		return MDB_CORRUPTED;
	return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

/* From the neighbours back to the row, which is where it was or the pages lead in circles. */
static int come_back(struct kv_scan *s, int steps, MDB_val found)
{
	MDB_val key = found, value;
	int rc = MDB_SUCCESS;
	for (; steps > 0 && rc == MDB_SUCCESS; steps--)
		rc = mdb_cursor_get(s->cursor, &key, &value, MDB_NEXT);
	return rc == MDB_NOTFOUND || (rc == MDB_SUCCESS && key.mv_data != found.mv_data) ? MDB_CORRUPTED : rc;
}

/* The neighbours are asked by single steps, which cost next to nothing beside a search. */
static int seek_start(struct kv_scan *s, MDB_val *k, MDB_val *v)
{
	const struct kv_bytes start = { s->start, s->nstart };
	int steps, rc = s->key.n ? check_after(s, kv_to_val(s->key.p, s->key.n)) : MDB_SUCCESS;
	if (rc != MDB_SUCCESS)
		return rc;
	*k = kv_to_val(start.p, start.n);
	int found = mdb_cursor_get(s->cursor, k, v, MDB_SET_RANGE);
	if (found != MDB_SUCCESS && found != MDB_NOTFOUND)
		return found;
	const MDB_val place = *k;
	if (found == MDB_SUCCESS && kv_compare(kv_from_val(place), start) < 0)
		return MDB_CORRUPTED;
	rc = check_before(s, found == MDB_SUCCESS, &steps);
	s->nstart = 0;
	if (rc == MDB_SUCCESS && found == MDB_SUCCESS)
		rc = come_back(s, steps, place);
	if (rc == MDB_SUCCESS && found == MDB_SUCCESS)
		rc = check_after(s, place);
	if (rc != MDB_SUCCESS || found != MDB_SUCCESS)
		return rc != MDB_SUCCESS ? rc : found;
	return mdb_cursor_get(s->cursor, k, v, MDB_SET);
}

static int next_row(struct kv_scan *s, MDB_val *k, MDB_val *v)
{
	const struct kv_bytes last = s->key;
	int rc = s->nstart ? seek_start(s, k, v) : mdb_cursor_get(s->cursor, k, v, MDB_NEXT);
	if (rc == MDB_SUCCESS && last.n && kv_compare(last, kv_from_val(*k)) >= 0)
		return MDB_CORRUPTED;
	return rc == MDB_SUCCESS ? open_value(s->table, *k, v) : rc;
}

int kv_scan_next(struct kv_scan *s, struct err *e)
{
	MDB_val k, v;
	assert(s->cursor);
	int rc = next_row(s, &k, &v);
	if (rc == MDB_SUCCESS && is_past(s, k)) {
		rc = check_after(s, k);
		rc = rc == MDB_SUCCESS ? MDB_NOTFOUND : rc;
	}
	if (rc != MDB_SUCCESS)
		return kv_fail(s->k, rc, e);
	s->key = kv_from_val(k);
	s->value = kv_from_val(v);
	return OK;
}

void kv_scan_end(struct kv_scan *s)
{
	if (s->cursor)
		mdb_cursor_close(s->cursor);
	s->cursor = NULL;
}
