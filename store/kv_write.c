/* store/kv_write.c - see kv.h. Owns writing: room kept in advance, a batch in one transaction, a map that grows, and
 * finding out what became of a commit that failed. Must not know what the bytes mean. */
#include "store/kv.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "store/kv_check.h"
#include "store/kv_fresh.h"

enum { HEADROOM = 4 << 20 };     /* what deletions may need on a full disk: measured, 1 MiB was enough */

/* Room past the last page, so that deleting (which also needs pages) still works when others have filled the disk. The
 * first time from the beginning of the file: pages freed before they were ever written leave holes. */
static int keep_headroom(struct kv *k, struct err *e)
{
	int64_t need = kv_used_bytes(k) + HEADROOM;
	if (need <= k->reserved)
		return OK;
	mdb_filehandle_t fd;
	mdb_env_get_fd(k->env, &fd);
	int64_t more = need + HEADROOM;
	int rc = os_reserve(fd, k->reserved, more, NULL);
	if (rc != OK) {
		more = need;
		rc = os_reserve(fd, k->reserved, more, e);
	}
	if (rc == OK)
		k->reserved = more;
	return rc;
}

static int compare_ops(const struct kv_op *a, const struct kv_op *b)
{
	if (a->table != b->table)
		return a->table < b->table ? -1 : 1;
	return kv_compare((struct kv_bytes){ a->key, a->nkey }, (struct kv_bytes){ b->key, b->nkey });
}

/* A batch on its way into its transaction. One cursor a table: LMDB then finds the next key in the page where it
 * stands. */
struct writer {
	struct kv *k;
	MDB_txn *txn;
	MDB_cursor *c;
	enum kv_table table;     /* the cursor's */
	bool appends;            /* from here on all rows come after those that are there */
	struct fresh_batch fresh;
};

/* Rows that come after all others fill their pages; LMDB leaves every other page half empty unless it is told. */
static int look_for_end(struct writer *w, MDB_val key)
{
	MDB_val last, value;
	int rc = kv_at(w->c, &last, &value, MDB_LAST);
	w->appends = rc == MDB_NOTFOUND || (rc == MDB_SUCCESS && kv_compare(kv_from_val(key), kv_from_val(last)) > 0);
	return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

static int go_to(struct writer *w, enum kv_table table, MDB_val first)
{
	if (w->c && w->table == table)
		return MDB_SUCCESS;
	if (w->c)
		mdb_cursor_close(w->c);
	w->c = NULL;
	w->table = table;
	int rc = mdb_cursor_open(w->txn, w->k->table[table], &w->c);
	return rc == MDB_SUCCESS ? look_for_end(w, first) : rc;
}

/* A row, and after it the check. */
static int put_row(struct writer *w, MDB_val key, const void *bytes, size_t n)
{
	const unsigned flags = w->appends ? MDB_APPEND : 0;
	MDB_val value = kv_to_val(bytes, n);
	if (!kv_check_has(w->table))
		return mdb_cursor_put(w->c, &key, &value, flags);
	value = (MDB_val){ .mv_size = n + KV_CHECK };
	int rc = mdb_cursor_put(w->c, &key, &value, flags | MDB_RESERVE);
	if (rc != MDB_SUCCESS)
		return rc;
	if (n)
		memcpy(value.mv_data, bytes, n);
	kv_check_put(w->table, kv_from_val(key), value.mv_data, n);
	return MDB_SUCCESS;
}

static int drop_row(struct writer *w, MDB_val key)
{
	MDB_val old;
	int rc = kv_at(w->c, &key, &old, MDB_SET);
	if (rc == MDB_SUCCESS)
		return mdb_cursor_del(w->c, 0);
	return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

static int write_op(struct writer *w, const struct kv_op *op)
{
	if (kv_fresh_takes(&w->fresh, op))
		return MDB_SUCCESS;
	const MDB_val key = kv_to_val(op->key, op->nkey);
	int rc = go_to(w, op->table, key);
	if (rc != MDB_SUCCESS)
		return rc;
	return op->del ? drop_row(w, key) : put_row(w, key, op->value, op->nvalue);
}

static int write_ops(struct writer *w, const struct kv_op *ops, size_t n)
{
	int rc = MDB_SUCCESS;
	for (size_t i = 0; i < n && rc == MDB_SUCCESS; i++) {
		assert(i == 0 || compare_ops(&ops[i - 1], &ops[i]) < 0);
		rc = write_op(w, &ops[i]);
	}
	if (w->c)
		mdb_cursor_close(w->c);
	return rc;
}

static int write_once(struct kv *k, const struct kv_op *ops, size_t n, int how)
{
	struct writer w = { .k = k };
	int rc = mdb_txn_begin(k->env, NULL, 0, &w.txn);
	if (rc != MDB_SUCCESS)
		return rc;
	rc = kv_fresh_choose(k, w.txn, ops, n, how, &w.fresh);
	if (rc == MDB_SUCCESS)
		rc = write_ops(&w, ops, n);
	if (rc == MDB_SUCCESS)
		rc = kv_fresh_write(k, w.txn, &w.fresh);
	if (rc != MDB_SUCCESS) {
		mdb_txn_abort(w.txn);
		return rc;
	}
	const uint64_t version = k->past + mdb_txn_id(w.txn);
	rc = mdb_txn_commit(w.txn);
	if (rc == MDB_SUCCESS)
		kv_fresh_written(k, version, &w.fresh);
	k->doubtful = rc != MDB_SUCCESS && rc != MDB_MAP_FULL;
	k->has_fresh = k->has_fresh || (w.fresh.above && rc == MDB_SUCCESS);
	return rc;
}

/* The map can only be changed while nobody here reads through it. */
static bool grow(struct kv *k)
{
	MDB_envinfo info;
	if (k->readers > 0 || mdb_env_info(k->env, &info) != MDB_SUCCESS || info.me_mapsize > SIZE_MAX / 4)
		return false;
	return mdb_env_set_mapsize(k->env, info.me_mapsize * 2) == MDB_SUCCESS;
}

/* Before it is needed, so that no view can be in the way when it is. */
static void grow_in_time(struct kv *k)
{
	MDB_envinfo info;
	if (k->readers == 0 && mdb_env_info(k->env, &info) == MDB_SUCCESS &&
		(size_t)kv_used_bytes(k) > info.me_mapsize / 2)
		grow(k);
}

/* After a failed commit LMDB's own state can't be trusted, nor what the kernel has cached of it. */
static int reopen(struct kv *k)
{
	if (k->readers > 0)
		return MDB_READERS_FULL;
	if (k->env)
		mdb_env_close(k->env);
	k->env = NULL;
	k->reserved = 0;
	int rc = kv_open_env(k, false);
	k->doubtful = rc != MDB_SUCCESS;
	return rc;
}

int kv_reopen(struct kv *k, struct err *e)
{
	assert(k->readers == 0);
	k->past = kv_version(k);
	int rc = reopen(k);
	return rc == MDB_SUCCESS ? OK : kv_fail(k, rc, e);
}

/* Still doubtful: it couldn't be opened again to look. */
static int fail_write(const struct kv *k, int rc, struct err *e)
{
	if (k->doubtful)
		return err_set_errno(e, ERR_IO, rc > 0 ? rc : EIO,
			_("it isn't known whether the change was saved in %s; look before doing it again"), k->dir);
	if (rc <= 0 || rc == ENOMEM || kv_is_full(k, rc))
		return kv_fail(k, rc, e);
	return err_set_errno(e, ERR_IO, rc, _("nothing was saved in %s"), k->dir);
}

static bool has_landed(struct kv *k, const struct kv_op *proof)
{
	struct kv_txn t;
	struct kv_bytes v;
	if (kv_begin(k, &t, NULL) != OK)
		return false;
	int rc = kv_get(&t, proof->table, proof->key, proof->nkey, &v, NULL);
	bool same = rc == OK && v.n == proof->nvalue && memcmp(v.p, proof->value, v.n) == 0;
	kv_end(&t);
	return proof->del ? rc == ERR_NOTFOUND : same;
}

/* A head that LMDB couldn't write it leaves with its old number before the new roots. It never uses that one, but it
 * looks like a lost change. The next commit writes over it; so there is one at once, of a row that stays as it is. */
static void settle(struct kv *k)
{
	char room[64];
	MDB_txn *txn;
	MDB_cursor *c;
	MDB_val key, value;
	if (mdb_txn_begin(k->env, NULL, 0, &txn) != MDB_SUCCESS)
		return;
	int rc = mdb_cursor_open(txn, k->table[KV_META], &c);
	if (rc == MDB_SUCCESS)
		rc = kv_at(c, &key, &value, MDB_FIRST);
	if (rc == MDB_SUCCESS && value.mv_size <= sizeof room) {
		memcpy(room, value.mv_data, value.mv_size);
		value.mv_data = room;
		rc = mdb_cursor_put(c, &key, &value, MDB_CURRENT);
	}
	if (rc != MDB_SUCCESS)
		mdb_txn_abort(txn);
	else if (mdb_txn_commit(txn) != MDB_SUCCESS)
		reopen(k);
}

int kv_apply(struct kv *k, struct kv_op *ops, size_t n, int how, const struct kv_op *proof, struct err *e)
{
	assert(!k->readonly && n > 0);
	const struct kv_op sought = *proof;
	int rc = k->doubtful ? reopen(k) : MDB_SUCCESS;
	if (rc != MDB_SUCCESS)
		return kv_fail(k, rc, e);
	int room = keep_headroom(k, e);
	if (room == ERR_FULL && !(how & KV_SHRINKS))
		return kv_fail_full(e);
	if (room != OK && room != ERR_FULL) {
		err_prefix(e, _("nothing was saved in %s"), k->dir);
		return room;
	}
	mdb_reader_check(k->env, NULL);
	if (!kv_sort(ops, n))
		return kv_fail(k, ENOMEM, e);
	rc = write_once(k, ops, n, how);
	for (int i = 0; i < KV_TRIES && ((rc == MDB_MAP_FULL && grow(k)) || kv_clear_the_way(k, rc)); i++)
		rc = write_once(k, ops, n, how);
	if (k->doubtful && reopen(k) == MDB_SUCCESS) {
		if (has_landed(k, &sought))
			rc = MDB_SUCCESS;
		else
			settle(k);
	}
	if (rc != MDB_SUCCESS)
		return fail_write(k, rc, e);
	grow_in_time(k);
	return OK;
}
