/* store/kv_walk.c - see kv_walk.h. Owns reading rows of one table in order. Must not know what the bytes mean. It trusts
 * LMDB's pages no further than it must: rows carry a check, and a search is asked for its neighbours. */
#include "store/kv_walk.h"

#include <assert.h>
#include <string.h>

#include "store/kv_check.h"
#include "store/kv_pack.h"

int kv_find(MDB_txn *txn, MDB_dbi dbi, MDB_val *key, MDB_val *value)
{
	*value = (MDB_val){ 0 };
	int rc = mdb_get(txn, dbi, key, value);
	return rc == MDB_SUCCESS && !value->mv_data ? MDB_CORRUPTED : rc;
}

int kv_at(MDB_cursor *c, MDB_val *key, MDB_val *value, MDB_cursor_op op)
{
	*value = (MDB_val){ 0 };
	int rc = mdb_cursor_get(c, key, value, op);
	return rc == MDB_SUCCESS && !value->mv_data ? MDB_CORRUPTED : rc;
}

int kv_walk_open(enum kv_table table, MDB_val key, MDB_val *v)
{
	struct kv_bytes value = kv_from_val(*v);
	if (kv_check_has(table) && !kv_check_take(table, kv_from_val(key), &value))
		return MDB_CORRUPTED;
	v->mv_size = value.n;
	return MDB_SUCCESS;
}

int kv_compare(struct kv_bytes x, struct kv_bytes y)
{
	int order = memcmp(x.p, y.p, x.n < y.n ? x.n : y.n);
	return order ? order : (x.n > y.n) - (x.n < y.n);
}

int kv_walk_before(const struct kv_txn *t, enum kv_table table, struct kv_bytes key, struct kv_bytes *found,
	struct kv_bytes *value)
{
	struct kv_cursor c;
	int rc = kv_cursor_open(t, table, &c);
	if (rc != MDB_SUCCESS)
		return rc;
	MDB_val k = kv_to_val(key.p, key.n), v;
	rc = kv_cursor_get(&c, &k, &v, MDB_SET_RANGE);
	rc = kv_cursor_get(&c, &k, &v, rc == MDB_SUCCESS ? MDB_PREV : MDB_LAST);
	kv_cursor_close(&c);
	if (rc == MDB_SUCCESS && kv_compare(kv_from_val(k), key) >= 0)
		rc = MDB_CORRUPTED;
	if (rc == MDB_SUCCESS)
		rc = kv_walk_open(table, k, &v);
	if (rc == MDB_SUCCESS) {
		*found = kv_from_val(k);
		*value = kv_from_val(v);
	}
	return rc;
}

int kv_walk_begin(const struct kv_txn *t, enum kv_table table, struct kv_bytes lo, struct kv_bytes hi, struct kv_walk *w)
{
	assert(t->txn && lo.n <= sizeof w->start && hi.n <= sizeof w->end);
	*w = (struct kv_walk){ .k = t->k, .table = table, .nend = hi.n };
	kv_walk_seek(w, lo.p, lo.n);
	if (hi.n)
		memcpy(w->end, hi.p, hi.n);
	return kv_cursor_open(t, table, &w->cursor);
}

void kv_walk_seek(struct kv_walk *w, const void *key, size_t nkey)
{
	assert(nkey <= sizeof w->start);
	static const uint8_t least = 0;
	w->nstart = nkey ? nkey : 1;
	memcpy(w->start, nkey ? key : &least, w->nstart);
	w->at = WALK_GIVEN;
}

static bool is_past(const struct kv_walk *w, MDB_val key)
{
	return w->nend > 0 && kv_compare(kv_from_val(key), (struct kv_bytes){ w->end, w->nend }) >= 0;
}

/* A flipped bit in a key or in a page's own pointers makes the search miss rows. Whatever has misled it lies beside the
 * place where it ended, and may well be a row of another page; but then that one isn't in order with the next
 * beyond. */
enum { BESIDE = 2 };

static int check_before(struct kv_walk *w, bool found, int *steps)
{
	struct kv_bytes after = { w->start, w->nstart };
	MDB_val key, value;
	int rc = MDB_SUCCESS;
	for (*steps = 0; *steps < BESIDE && rc == MDB_SUCCESS; ++*steps) {
		rc = kv_cursor_get(&w->cursor, &key, &value, *steps == 0 && !found ? MDB_LAST : MDB_PREV);
		if (rc != MDB_SUCCESS)
			break;
		if (kv_compare(kv_from_val(key), after) >= 0)
			return MDB_CORRUPTED;
		after = kv_from_val(key);
		rc = kv_walk_open(w->table, key, &value);
	}
	return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

/* MDB_SUCCESS when the row that a search came to isn't one that hides others behind it. */
static int check_after(struct kv_walk *w, MDB_val found)
{
	MDB_val key, value;
	int rc = kv_cursor_get(&w->cursor, &key, &value, MDB_NEXT);
	if (rc == MDB_SUCCESS && kv_compare(kv_from_val(found), kv_from_val(key)) >= 0)
		return MDB_CORRUPTED;
	return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

/* From the neighbours back to the row, which is where it was or the pages lead in circles. */
static int come_back(struct kv_walk *w, int steps, MDB_val found)
{
	MDB_val key = found, value;
	int rc = MDB_SUCCESS;
	for (; steps > 0 && rc == MDB_SUCCESS; steps--)
		rc = kv_cursor_get(&w->cursor, &key, &value, MDB_NEXT);
	return rc == MDB_NOTFOUND || (rc == MDB_SUCCESS && key.mv_data != found.mv_data) ? MDB_CORRUPTED : rc;
}

/* The neighbours are asked by single steps, which cost next to nothing beside a search. */
static int seek_start(struct kv_walk *w, MDB_val *k, MDB_val *v)
{
	const struct kv_bytes start = { w->start, w->nstart };
	int steps, rc = w->key.n ? check_after(w, kv_to_val(w->key.p, w->key.n)) : MDB_SUCCESS;
	if (rc != MDB_SUCCESS)
		return rc;
	*k = kv_to_val(start.p, start.n);
	int found = kv_cursor_get(&w->cursor, k, v, MDB_SET_RANGE);
	if (found != MDB_SUCCESS && found != MDB_NOTFOUND)
		return found;
	const MDB_val place = *k;
	if (found == MDB_SUCCESS && kv_compare(kv_from_val(place), start) < 0)
		return MDB_CORRUPTED;
	rc = check_before(w, found == MDB_SUCCESS, &steps);
	w->nstart = 0;
	if (rc == MDB_SUCCESS && found == MDB_SUCCESS)
		rc = come_back(w, steps, place);
	if (rc == MDB_SUCCESS && found == MDB_SUCCESS)
		rc = check_after(w, place);
	if (rc != MDB_SUCCESS || found != MDB_SUCCESS)
		return rc != MDB_SUCCESS ? rc : found;
	return kv_cursor_get(&w->cursor, k, v, MDB_SET);
}

static int next_row(struct kv_walk *w, MDB_val *k, MDB_val *v)
{
	const struct kv_bytes last = w->key;
	int rc = w->nstart ? seek_start(w, k, v) : kv_cursor_get(&w->cursor, k, v, MDB_NEXT);
	if (rc == MDB_SUCCESS && last.n && kv_compare(last, kv_from_val(*k)) >= 0)
		return MDB_CORRUPTED;
	return rc == MDB_SUCCESS ? kv_walk_open(w->table, *k, v) : rc;
}

/* LMDB fills a page from its end, so of rows that were written in their order the next one lies before this one. It is
 * fetched while this one is opened; where it lies elsewhere, that costs nothing to speak of. */
static void look_ahead(struct kv_bytes key, struct kv_bytes value)
{
	enum { LINE = 64, AHEAD_MOST = 1024 };
	const size_t room = key.n + value.n + LINE;
	for (size_t i = 1; i <= room && i <= AHEAD_MOST; i += LINE)
		__builtin_prefetch((const void *)((uintptr_t)key.p - i));
}

int kv_walk_next(struct kv_walk *w)
{
	MDB_val k, v;
	assert(w->cursor.c);
	int rc = next_row(w, &k, &v);
	if (rc == MDB_SUCCESS && is_past(w, k)) {
		rc = check_after(w, k);
		rc = rc == MDB_SUCCESS ? MDB_NOTFOUND : rc;
	}
	if (rc != MDB_SUCCESS)
		return rc;
	w->key = kv_from_val(k);
	w->value = kv_from_val(v);
	if (!w->cursor.packed)
		look_ahead(w->key, w->value);
	return MDB_SUCCESS;
}

void kv_walk_end(struct kv_walk *w)
{
	kv_cursor_close(&w->cursor);
}
