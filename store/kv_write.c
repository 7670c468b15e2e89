/* store/kv_write.c - see kv.h. Owns writing: room kept in advance, a batch in one transaction, a map that grows, and
 * finding out what became of a commit that failed. Must not know what the bytes mean. */
#include "store/kv.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "store/kv_check.h"
#include "store/kv_priv.h"

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

static int compare_ops(const void *x, const void *y)
{
	const struct kv_op *a = x, *b = y;
	if (a->table != b->table)
		return a->table < b->table ? -1 : 1;
	return kv_compare((struct kv_bytes){ a->key, a->nkey }, (struct kv_bytes){ b->key, b->nkey });
}

static int put_op(MDB_cursor *c, const struct kv_op *op, MDB_val key)
{
	MDB_val value = kv_to_val(op->value, op->nvalue);
	if (!kv_check_has(op->table))
		return mdb_cursor_put(c, &key, &value, 0);
	uint32_t check = kv_check_row(op->table, op->key, op->nkey, op->value, op->nvalue);
	value = (MDB_val){ .mv_size = op->nvalue + sizeof check };
	int rc = mdb_cursor_put(c, &key, &value, MDB_RESERVE);
	if (rc != MDB_SUCCESS)
		return rc;
	if (op->nvalue)
		memcpy(value.mv_data, op->value, op->nvalue);
	memcpy((char *)value.mv_data + op->nvalue, &check, sizeof check);
	return MDB_SUCCESS;
}

static int write_op(MDB_cursor *c, const struct kv_op *op)
{
	MDB_val key = kv_to_val(op->key, op->nkey), old;
	if (!op->del)
		return put_op(c, op, key);
	int rc = mdb_cursor_get(c, &key, &old, MDB_SET);
	if (rc == MDB_SUCCESS)
		return mdb_cursor_del(c, 0);
	return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

/* One cursor a table: LMDB then finds the next key in the page where it stands. */
static int write_ops(struct kv *k, MDB_txn *txn, const struct kv_op *ops, size_t n)
{
	MDB_cursor *c = NULL;
	int rc = MDB_SUCCESS;
	for (size_t i = 0; i < n && rc == MDB_SUCCESS; i++) {
		assert(i == 0 || compare_ops(&ops[i - 1], &ops[i]) < 0);
		if (i == 0 || ops[i].table != ops[i - 1].table) {
			if (c)
				mdb_cursor_close(c);
			c = NULL;
			rc = mdb_cursor_open(txn, k->table[ops[i].table], &c);
		}
		if (rc == MDB_SUCCESS)
			rc = write_op(c, &ops[i]);
	}
	if (c)
		mdb_cursor_close(c);
	return rc;
}

static int write_once(struct kv *k, const struct kv_op *ops, size_t n)
{
	MDB_txn *txn;
	int rc = mdb_txn_begin(k->env, NULL, 0, &txn);
	if (rc != MDB_SUCCESS)
		return rc;
	rc = write_ops(k, txn, ops, n);
	if (rc != MDB_SUCCESS) {
		mdb_txn_abort(txn);
		return rc;
	}
	rc = mdb_txn_commit(txn);
	k->doubtful = rc != MDB_SUCCESS && rc != MDB_MAP_FULL;
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
		rc = mdb_cursor_get(c, &key, &value, MDB_FIRST);
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

int kv_apply(struct kv *k, struct kv_op *ops, size_t n, bool shrinks, const struct kv_op *proof, struct err *e)
{
	assert(!k->readonly && n > 0);
	const struct kv_op sought = *proof;
	int rc = k->doubtful ? reopen(k) : MDB_SUCCESS;
	if (rc != MDB_SUCCESS)
		return kv_fail(k, rc, e);
	int room = keep_headroom(k, e);
	if (room == ERR_FULL && !shrinks)
		return kv_fail_full(e);
	if (room != OK && room != ERR_FULL) {
		err_prefix(e, _("nothing was saved in %s"), k->dir);
		return room;
	}
	mdb_reader_check(k->env, NULL);
	qsort(ops, n, sizeof *ops, compare_ops);
	rc = write_once(k, ops, n);
	for (int i = 0; i < KV_TRIES && ((rc == MDB_MAP_FULL && grow(k)) || kv_clear_the_way(k, rc)); i++)
		rc = write_once(k, ops, n);
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
