/* store/kv_read.c - see kv.h. Owns reading rows: one, the one before, a range in order, of what lies above and below as
 * one. Must not know what the bytes mean. */
#include "store/kv.h"

#include <assert.h>
#include <string.h>

#include "store/kv_fresh.h"
#include "store/kv_walk.h"

static bool is_covered(const struct kv_txn *t, enum kv_table table)
{
	return t->fresh > 0 && kv_fresh_covers(table);
}

/* ---- one row ------------------------------------------------------------------------------------- */

static int get_below(const struct kv_txn *t, enum kv_table table, struct kv_bytes key, struct kv_bytes *out)
{
	MDB_val k = kv_to_val(key.p, key.n), v;
	int rc = kv_find(t->txn, t->k->table[table], &k, &v);
	if (rc == MDB_SUCCESS)
		rc = kv_walk_open(table, k, &v);
	if (rc == MDB_SUCCESS)
		*out = kv_from_val(v);
	return rc;
}

int kv_get(const struct kv_txn *t, enum kv_table table, const void *key, size_t nkey, struct kv_bytes *out,
	struct err *e)
{
	assert(t->txn && nkey > 0 && nkey <= KV_KEY_MOST);
	const struct kv_bytes sought = { key, nkey };
	bool gone = false;
	int rc = is_covered(t, table) ? kv_fresh_get(t, table, sought, &gone, out) : MDB_NOTFOUND;
	if (rc == MDB_NOTFOUND)
		rc = get_below(t, table, sought, out);
	return rc != MDB_SUCCESS ? kv_fail(t->k, rc, e) : gone ? ERR_NOTFOUND : OK;
}

/* ---- the row before ------------------------------------------------------------------------------ */

static int before_above(const struct kv_txn *t, enum kv_table table, struct kv_bytes key, struct kv_bytes *found,
	struct kv_bytes *value, bool *gone)
{
	uint8_t at[FRESH_KEY];
	const struct kv_bytes sought = { at, kv_fresh_key(at, table, key.p, key.n) };
	int rc = kv_walk_before(t, KV_FRESH, sought, found, value);
	if (rc == MDB_SUCCESS && *(const uint8_t *)found->p != table)
		return MDB_NOTFOUND;
	if (rc == MDB_SUCCESS)
		*gone = !kv_fresh_is_there(found, value);
	return rc;
}

/* The greater of the two, and above all that one which lies above; past those that have gone. */
static int before_both(const struct kv_txn *t, enum kv_table table, struct kv_bytes key, struct kv_bytes *found,
	struct kv_bytes *value)
{
	struct kv_bytes above = { 0 }, fresh = { 0 };
	for (;;) {
		bool gone = false;
		int rc = kv_walk_before(t, table, key, found, value);
		if (rc != MDB_SUCCESS && rc != MDB_NOTFOUND)
			return rc;
		int higher = before_above(t, table, key, &above, &fresh, &gone);
		if (higher == MDB_NOTFOUND || (higher == MDB_SUCCESS && rc == MDB_SUCCESS && kv_compare(*found, above) > 0))
			return rc;
		if (higher != MDB_SUCCESS)
			return higher;
		*found = above;
		*value = fresh;
		if (!gone)
			return MDB_SUCCESS;
		key = above;
	}
}

int kv_before(const struct kv_txn *t, enum kv_table table, const void *key, size_t nkey, struct kv_bytes *found,
	struct kv_bytes *value, struct err *e)
{
	assert(t->txn && nkey > 0 && nkey <= KV_KEY_MOST);
	const struct kv_bytes sought = { key, nkey };
	int rc = is_covered(t, table) ? before_both(t, table, sought, found, value) :
		kv_walk_before(t, table, sought, found, value);
	return rc == MDB_SUCCESS ? OK : kv_fail(t->k, rc, e);
}

/* ---- how many ------------------------------------------------------------------------------------ */

/* What lies above counts where it isn't below too; and where it says that a row has gone, that one doesn't. */
static int count_above(const struct kv_txn *t, enum kv_table table, size_t *n)
{
	uint8_t from[] = { (uint8_t)table }, to[] = { (uint8_t)(table + 1) };
	struct kv_walk w;
	struct kv_bytes below;
	int rc = kv_walk_begin(t, KV_FRESH, (struct kv_bytes){ from, 1 }, (struct kv_bytes){ to, 1 }, &w);
	while (rc == MDB_SUCCESS && (rc = kv_walk_next(&w)) == MDB_SUCCESS) {
		struct kv_bytes key = w.key, value = w.value;
		bool there = kv_fresh_is_there(&key, &value);
		rc = get_below(t, table, key, &below);
		*n += there && rc == MDB_NOTFOUND;
		*n -= !there && rc == MDB_SUCCESS;
		rc = rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
	}
	kv_walk_end(&w);
	return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

static int count_below(const struct kv_txn *t, enum kv_table table, size_t *n)
{
	MDB_stat stat = { 0 };
	int rc = table == KV_FRESH && !t->k->has_fresh ? MDB_SUCCESS : mdb_stat(t->txn, t->k->table[table], &stat);
	*n = stat.ms_entries;
	return rc;
}

int kv_rows(const struct kv_txn *t, enum kv_table table, size_t *n, struct err *e)
{
	int rc = count_below(t, table, n);
	if (rc == MDB_SUCCESS && is_covered(t, table))
		rc = count_above(t, table, n);
	return rc == MDB_SUCCESS ? OK : kv_fail(t->k, rc, e);
}

int kv_rows_most(const struct kv_txn *t, enum kv_table table, size_t *n, struct err *e)
{
	int rc = count_below(t, table, n);
	*n += is_covered(t, table) ? t->fresh : 0;
	return rc == MDB_SUCCESS ? OK : kv_fail(t->k, rc, e);
}

/* ---- a range ------------------------------------------------------------------------------------- */

static int begin_above(const struct kv_txn *t, struct kv_scan *s, struct kv_bytes lo, struct kv_bytes hi)
{
	uint8_t from[FRESH_KEY], to[FRESH_KEY];
	const struct kv_bytes first = { from, kv_fresh_key(from, s->table, lo.p, lo.n) };
	const struct kv_bytes end = { to, kv_fresh_key(to, s->table, hi.p, hi.n) };
	to[0] = (uint8_t)(to[0] + (hi.n == 0));
	return kv_walk_begin(t, KV_FRESH, first, end, &s->above);
}

int kv_scan_range(const struct kv_txn *t, enum kv_table table, const void *lo, size_t nlo, const void *hi, size_t nhi,
	struct kv_scan *s, struct err *e)
{
	assert(t->txn && nlo <= KV_KEY_MOST && nhi <= KV_KEY_MOST);
	const struct kv_bytes from = { lo, nlo }, to = { hi, nhi };
	*s = (struct kv_scan){ .table = table };
	int rc = kv_walk_begin(t, table, from, to, &s->below);
	if (rc == MDB_SUCCESS && is_covered(t, table))
		rc = begin_above(t, s, from, to);
	if (rc != MDB_SUCCESS)
		kv_scan_end(s);
	return rc == MDB_SUCCESS ? OK : kv_fail(t->k, rc, e);
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

/* A row that waits beyond is still the next. */
static void seek_one(struct kv_walk *w, const void *key, size_t nkey)
{
	if (w->at != WALK_GIVEN && (w->at == WALK_ENDED || kv_compare(w->key, (struct kv_bytes){ key, nkey }) >= 0))
		return;
	kv_walk_seek(w, key, nkey);
}

void kv_scan_seek(struct kv_scan *s, const void *key, size_t nkey)
{
	uint8_t at[FRESH_KEY];
	seek_one(&s->below, key, nkey);
	if (s->above.cursor.c)
		seek_one(&s->above, at, kv_fresh_key(at, s->table, key, nkey));
}

/* Have the next row of it, unless it has one or none. */
static int fill(struct kv_walk *w)
{
	if (w->at != WALK_GIVEN)
		return MDB_SUCCESS;
	int rc = kv_walk_next(w);
	w->at = rc == MDB_SUCCESS ? WALK_WAITS : WALK_ENDED;
	return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

/* Whose row comes next? Below 0: the lower one's. */
static int compare_walks(const struct kv_walk *below, const struct kv_walk *above)
{
	if (above->at == WALK_ENDED || below->at == WALK_ENDED)
		return below->at == WALK_ENDED ? 1 : -1;
	return kv_compare(below->key, (struct kv_bytes){ (const uint8_t *)above->key.p + 1, above->key.n - 1 });
}

static int next_of_both(struct kv_scan *s)
{
	for (;;) {
		int rc = fill(&s->below);
		if (rc == MDB_SUCCESS)
			rc = fill(&s->above);
		if (rc != MDB_SUCCESS)
			return rc;
		if (s->below.at == WALK_ENDED && s->above.at == WALK_ENDED)
			return MDB_NOTFOUND;
		int order = compare_walks(&s->below, &s->above);
		if (order <= 0) {
			s->below.at = WALK_GIVEN;
			s->key = s->below.key;
			s->value = s->below.value;
		}
		if (order < 0)
			return MDB_SUCCESS;
		s->above.at = WALK_GIVEN;
		s->key = s->above.key;
		s->value = s->above.value;
		if (kv_fresh_is_there(&s->key, &s->value))
			return MDB_SUCCESS;
	}
}

static int next_below(struct kv_scan *s)
{
	int rc = kv_walk_next(&s->below);
	s->key = s->below.key;
	s->value = s->below.value;
	return rc;
}

int kv_scan_next(struct kv_scan *s, struct err *e)
{
	int rc = s->above.cursor.c ? next_of_both(s) : next_below(s);
	return rc == MDB_SUCCESS ? OK : kv_fail(s->below.k, rc, e);
}

void kv_scan_end(struct kv_scan *s)
{
	kv_walk_end(&s->below);
	kv_walk_end(&s->above);
}
