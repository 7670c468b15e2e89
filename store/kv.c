/* store/kv.c - see kv.h. Owns LMDB: its environment, its traps and its error numbers. Must not know what the bytes in a
 * table mean. The only file that includes lmdb.h. */
#include "store/kv.h"

#include <assert.h>
#include <errno.h>
#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "store/kv_check.h"

#define GIB ((size_t)1 << 30)

enum {
	HEADROOM = 4 << 20,      /* what deletions may need on a full disk: measured, 1 MiB was enough */
	READERS = 64,
	TRIES = 8,               /* each doubles the map, or waits out one trap */
	PATH_ROOM = 4096,
	TINY_MAP = 256 << 10,
	OWN_FORMAT = MDB_VERSION_MAJOR == 0 ? 1 : 3,     /* the library doesn't tell; from lmdb's CHANGES for 1.0 */
};

static const char *const table_names[KV_TABLES] = {
	[KV_LOG] = "log", [KV_REC] = "rec", [KV_TIME] = "by-time", [KV_PERSON] = "by-person",
	[KV_REF] = "ref", [KV_DUE] = "due", [KV_META] = "meta",
};

struct kv {
	MDB_env *env;            /* NULL when reopening after a failed commit didn't succeed */
	MDB_dbi table[KV_TABLES];
	bool readonly, unsynced, tiny;
	bool doubtful;           /* a commit failed: reopen before anything is written again */
	size_t readers;          /* open read transactions of this program */
	int64_t reserved;        /* bytes of the file that are known to have room on the disk */
	char dir[PATH_ROOM];     /* DIR/db */
};

/* ---- what went wrong ---------------------------------------------------------------------------- */

static int fail_full(struct err *e)
{
	return err_set(e, ERR_FULL, _("the disk is full, so nothing was saved. Make room on it and do it again; "
		"deleting, exporting and printing still work"));
}

/* A short write comes out of LMDB as EIO, so the disk is asked before anybody is told that it failed. */
static bool is_full(const struct kv *k, int rc)
{
	if (rc == ENOSPC || rc == EDQUOT || rc == EFBIG)
		return true;
	int64_t left = rc == EIO ? os_disk_free(k->dir) : -1;
	return left >= 0 && left < HEADROOM;
}

static int fail(const struct kv *k, int rc, struct err *e)
{
	assert(rc != MDB_SUCCESS);
	if (is_full(k, rc))
		return fail_full(e);
	switch (rc) {
	case MDB_NOTFOUND:
		return ERR_NOTFOUND;
	case ENOMEM:
		return err_set(e, ERR_NOMEM, _("out of memory"));
	case MDB_CORRUPTED:
	case MDB_PAGE_NOTFOUND:
	case MDB_INVALID:
	case MDB_PANIC:
	case MDB_BAD_TXN:
		return err_set(e, ERR_CORRUPT,
			_("the file %s/data.mdb is damaged; \"samvagt doctor\" says what can be saved"),
			k->dir);
	case MDB_READERS_FULL:
	case MDB_MAP_RESIZED:
	case MDB_MAP_FULL:
		return err_set(e, ERR_BUSY, _("too many programs use %s just now; close one and try again"), k->dir);
	}
	return err_set_errno(e, ERR_IO, rc > 0 ? rc : EIO, _("using the store in %s"), k->dir);
}

/* Called by LMDB in the middle of its work: the only safe act is to leave the process. Whoever draws on the terminal
 * restores it on SIGABRT. */
static void on_assert(MDB_env *env, const char *message)
{
	const struct kv *k = mdb_env_get_userctx(env);
	fprintf(stderr, _("samvagt: the file %s/data.mdb is damaged (%s); \"samvagt doctor\" says what can be saved\n"),
		k ? k->dir : "", message);
	abort();
}

/* ---- opening ------------------------------------------------------------------------------------ */

int kv_file_version(const char *dir)
{
	char db[PATH_ROOM];
	return (size_t)snprintf(db, sizeof db, "%s/db", dir) < sizeof db ? kv_check_version(db) : 0;
}

static int fail_open(const struct kv *k, int rc, struct err *e)
{
	int version = kv_check_version(k->dir);
	if ((rc == MDB_INVALID && version != 0 && version != OWN_FORMAT) || rc == MDB_VERSION_MISMATCH)
		return err_set(e, ERR_UNSUPPORTED,
			_("%s was made with another version of LMDB (its format is number %d), and this program can't "
			  "read it; nothing is wrong with it. Use the program that made it, or restore a backup here"),
			k->dir, version);
	return fail(k, rc == MDB_VERSION_MISMATCH ? MDB_INVALID : rc, e);
}

/* Address space only. Twice what is there, so that growing while a view is open is next to never needed. */
static size_t map_size(const struct kv *k)
{
	char path[PATH_ROOM + 16];
	size_t want = GIB;
	if (k->tiny)
		return TINY_MAP;
	kv_check_path(k->dir, path, sizeof path);
	int64_t file = os_file_size(path);
	while (file > 0 && want / 2 < (size_t)file && want <= SIZE_MAX / 4)
		want *= 2;
	return want;
}

static int open_tables(struct kv *k, bool create)
{
	MDB_txn *txn;
	int rc = mdb_txn_begin(k->env, NULL, create ? 0 : MDB_RDONLY, &txn);
	if (rc != MDB_SUCCESS)
		return rc;
	for (int i = 0; i < KV_TABLES && rc == MDB_SUCCESS; i++)
		rc = mdb_dbi_open(txn, table_names[i], create ? MDB_CREATE : 0, &k->table[i]);
	if (rc == MDB_SUCCESS)
		return mdb_txn_commit(txn);
	mdb_txn_abort(txn);
	return rc == MDB_NOTFOUND ? MDB_INVALID : rc;
}

/* A file that ends before its last page would take the program down when that page is touched. */
static int64_t used_bytes(const struct kv *k)
{
	MDB_envinfo info;
	MDB_stat stat;
	mdb_env_info(k->env, &info);
	mdb_env_stat(k->env, &stat);
	return ((int64_t)info.me_last_pgno + 1) * stat.ms_psize;
}

static bool is_short(const struct kv *k)
{
	char path[PATH_ROOM + 16];
	kv_check_path(k->dir, path, sizeof path);
	return os_file_size(path) < used_bytes(k);
}

static int open_env(struct kv *k, bool create)
{
	assert(!k->env);
	int rc = mdb_env_create(&k->env);
	if (rc != MDB_SUCCESS)
		return rc;
	mdb_env_set_userctx(k->env, k);
	mdb_env_set_assert(k->env, on_assert);
	mdb_env_set_maxreaders(k->env, READERS);
	mdb_env_set_maxdbs(k->env, KV_TABLES);
	mdb_env_set_mapsize(k->env, map_size(k));
	/* NOTLS: a transaction belongs to its view, not to the thread, so that two views can be open at once. */
	unsigned flags = MDB_NOTLS | (k->readonly ? MDB_RDONLY : 0) | (k->unsynced ? MDB_NOSYNC : 0);
	rc = mdb_env_open(k->env, k->dir, flags, 0600);
	if (rc == MDB_SUCCESS && is_short(k))
		rc = MDB_CORRUPTED;
	if (rc == MDB_SUCCESS && !k->readonly)
		rc = mdb_reader_check(k->env, NULL);
	if (rc == MDB_SUCCESS)
		rc = open_tables(k, create);
	if (rc != MDB_SUCCESS) {
		mdb_env_close(k->env);
		k->env = NULL;
	}
	return rc;
}

int kv_open(const char *dir, int flags, struct kv **out, struct err *e)
{
	*out = NULL;
	struct kv *k = calloc(1, sizeof *k);
	if (!k)
		return err_set(e, ERR_NOMEM, _("out of memory"));
	k->readonly = flags & KV_READONLY;
	k->unsynced = flags & KV_UNSYNCED;
	k->tiny = flags & KV_TINY;
	assert(!(k->readonly && flags & KV_CREATE));
	int rc = ENAMETOOLONG;
	if ((size_t)snprintf(k->dir, sizeof k->dir, "%s/db", dir) < sizeof k->dir)
		rc = open_env(k, flags & KV_CREATE);
	if (rc != MDB_SUCCESS) {
		int code = fail_open(k, rc, e);
		free(k);
		return code == ERR_NOTFOUND ? err_set(e, ERR_NOTFOUND, _("there is no store in %s"), dir) : code;
	}
	*out = k;
	return OK;
}

void kv_close(struct kv *k)
{
	if (!k)
		return;
	assert(k->readers == 0);
	if (k->env)
		mdb_env_close(k->env);
	free(k);
}

int kv_sync(struct kv *k, struct err *e)
{
	int rc = mdb_env_sync(k->env, 1);
	return rc == MDB_SUCCESS ? OK : fail(k, rc, e);
}

uint64_t kv_version(const struct kv *k)
{
	MDB_envinfo info;
	if (!k->env || mdb_env_info(k->env, &info) != MDB_SUCCESS)
		return 0;
	return info.me_last_txnid;
}

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

/* ---- reading ------------------------------------------------------------------------------------ */

/* What another program or a dead one left in our way. True when it's worth trying again. */
static bool clear_the_way(struct kv *k, int rc)
{
	if (rc == MDB_READERS_FULL)
		return mdb_reader_check(k->env, NULL) == MDB_SUCCESS;
	if (rc == MDB_MAP_RESIZED && k->readers == 0)
		return mdb_env_set_mapsize(k->env, 0) == MDB_SUCCESS;
	return false;
}

int kv_begin(struct kv *k, struct kv_txn *out, struct err *e)
{
	*out = (struct kv_txn){ .k = k };
	if (!k->env)
		return fail(k, EIO, e);
	MDB_txn *txn;
	int rc = mdb_txn_begin(k->env, NULL, MDB_RDONLY, &txn);
	for (int i = 0; i < TRIES && rc != MDB_SUCCESS && clear_the_way(k, rc); i++)
		rc = mdb_txn_begin(k->env, NULL, MDB_RDONLY, &txn);
	if (rc != MDB_SUCCESS)
		return fail(k, rc, e);
	out->txn = txn;
	k->readers++;
	return OK;
}

void kv_end(struct kv_txn *t)
{
	if (!t->txn)
		return;
	assert(t->k->readers > 0);
	mdb_txn_abort(t->txn);
	t->txn = NULL;
	t->k->readers--;
}

static MDB_val to_val(const void *p, size_t n)
{
	return (MDB_val){ .mv_size = n, .mv_data = (void *)(uintptr_t)p };
}

static struct kv_bytes from_val(MDB_val v)
{
	return (struct kv_bytes){ .p = v.mv_data, .n = v.mv_size };
}

int kv_get(const struct kv_txn *t, enum kv_table table, const void *key, size_t nkey, struct kv_bytes *out,
	struct err *e)
{
	assert(t->txn && nkey > 0 && nkey <= KV_KEY_MOST);
	MDB_val k = to_val(key, nkey), v;
	int rc = mdb_get(t->txn, t->k->table[table], &k, &v);
	if (rc == MDB_SUCCESS)
		rc = open_value(table, k, &v);
	if (rc != MDB_SUCCESS)
		return fail(t->k, rc, e);
	*out = from_val(v);
	return OK;
}

int kv_before(const struct kv_txn *t, enum kv_table table, const void *key, size_t nkey, struct kv_bytes *found,
	struct kv_bytes *value, struct err *e)
{
	assert(t->txn && nkey > 0 && nkey <= KV_KEY_MOST);
	MDB_cursor *c;
	int rc = mdb_cursor_open(t->txn, t->k->table[table], &c);
	if (rc != MDB_SUCCESS)
		return fail(t->k, rc, e);
	MDB_val k = to_val(key, nkey), v;
	rc = mdb_cursor_get(c, &k, &v, MDB_SET_RANGE);
	rc = mdb_cursor_get(c, &k, &v, rc == MDB_SUCCESS ? MDB_PREV : MDB_LAST);
	mdb_cursor_close(c);
	if (rc == MDB_SUCCESS)
		rc = open_value(table, k, &v);
	if (rc != MDB_SUCCESS)
		return fail(t->k, rc, e);
	*found = from_val(k);
	*value = from_val(v);
	return OK;
}

int kv_rows(const struct kv_txn *t, enum kv_table table, size_t *n, struct err *e)
{
	MDB_stat stat;
	int rc = mdb_stat(t->txn, t->k->table[table], &stat);
	if (rc != MDB_SUCCESS)
		return fail(t->k, rc, e);
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
		return fail(t->k, rc, e);
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

static int compare_bytes(struct kv_bytes x, struct kv_bytes y)
{
	int order = memcmp(x.p, y.p, x.n < y.n ? x.n : y.n);
	return order ? order : (x.n > y.n) - (x.n < y.n);
}

static bool is_past(const struct kv_scan *s, MDB_val key)
{
	return s->nend > 0 && compare_bytes(from_val(key), (struct kv_bytes){ s->end, s->nend }) >= 0;
}

/* A flipped bit in a key or in a page's own pointers makes the search miss rows. Whatever it has misled lies beside
 * the place where it ended, so both neighbours are looked at. */
static int seek_start(struct kv_scan *s, MDB_val *k, MDB_val *v)
{
	const struct kv_bytes start = { s->start, s->nstart };
	MDB_val before, value;
	*k = to_val(start.p, start.n);
	int found = mdb_cursor_get(s->cursor, k, v, MDB_SET_RANGE);
	int rc = mdb_cursor_get(s->cursor, &before, &value, found == MDB_SUCCESS ? MDB_PREV : MDB_LAST);
	s->nstart = 0;
	if (rc == MDB_SUCCESS && compare_bytes(from_val(before), start) >= 0)
		return MDB_CORRUPTED;
	if (rc == MDB_SUCCESS)
		rc = open_value(s->table, before, &value);
	if ((rc != MDB_SUCCESS && rc != MDB_NOTFOUND) || found != MDB_SUCCESS)
		return rc != MDB_SUCCESS ? rc : found;
	rc = mdb_cursor_get(s->cursor, k, v, rc == MDB_SUCCESS ? MDB_NEXT : MDB_FIRST);
	return rc == MDB_SUCCESS && compare_bytes(from_val(*k), start) < 0 ? MDB_CORRUPTED : rc;
}

static int next_row(struct kv_scan *s, MDB_val *k, MDB_val *v)
{
	const struct kv_bytes last = s->key;
	int rc = s->nstart ? seek_start(s, k, v) : mdb_cursor_get(s->cursor, k, v, MDB_NEXT);
	if (rc == MDB_SUCCESS && last.n && compare_bytes(last, from_val(*k)) >= 0)
		return MDB_CORRUPTED;
	return rc == MDB_SUCCESS ? open_value(s->table, *k, v) : rc;
}

int kv_scan_next(struct kv_scan *s, struct err *e)
{
	MDB_val k, v;
	assert(s->cursor);
	int rc = next_row(s, &k, &v);
	if (rc != MDB_SUCCESS)
		return fail(s->k, rc, e);
	if (is_past(s, k))
		return ERR_NOTFOUND;
	s->key = from_val(k);
	s->value = from_val(v);
	return OK;
}

void kv_scan_end(struct kv_scan *s)
{
	if (s->cursor)
		mdb_cursor_close(s->cursor);
	s->cursor = NULL;
}

/* ---- writing ------------------------------------------------------------------------------------ */

/* Room past the last page, so that deleting (which also needs pages) still works when others have filled the disk. The
 * first time from the beginning of the file: pages freed before they were ever written leave holes. */
static int keep_headroom(struct kv *k, struct err *e)
{
	int64_t need = used_bytes(k) + HEADROOM;
	if (need <= k->reserved)
		return OK;
	mdb_filehandle_t fd;
	mdb_env_get_fd(k->env, &fd);
	int64_t more = need + HEADROOM;
	int rc = os_reserve(fd, k->reserved, more, e);
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
	return compare_bytes((struct kv_bytes){ a->key, a->nkey }, (struct kv_bytes){ b->key, b->nkey });
}

static int put_op(MDB_cursor *c, const struct kv_op *op, MDB_val key)
{
	MDB_val value = to_val(op->value, op->nvalue);
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
	MDB_val key = to_val(op->key, op->nkey), old;
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
		(size_t)used_bytes(k) > info.me_mapsize / 2)
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
	int rc = open_env(k, false);
	k->doubtful = rc != MDB_SUCCESS;
	return rc;
}

static bool has_landed(struct kv *k, const struct kv_op *proof)
{
	struct kv_txn t;
	struct kv_bytes v;
	if (kv_begin(k, &t, NULL) != OK)
		return false;
	bool landed = kv_get(&t, proof->table, proof->key, proof->nkey, &v, NULL) == OK && v.n == proof->nvalue &&
		memcmp(v.p, proof->value, v.n) == 0;
	kv_end(&t);
	return landed;
}

int kv_apply(struct kv *k, struct kv_op *ops, size_t n, bool shrinks, const struct kv_op *proof, struct err *e)
{
	assert(!k->readonly && n > 0 && !proof->del);
	const struct kv_op sought = *proof;
	int rc = k->doubtful ? reopen(k) : MDB_SUCCESS;
	if (rc != MDB_SUCCESS)
		return fail(k, rc, e);
	int room = keep_headroom(k, e);
	if (room != OK && (room != ERR_FULL || !shrinks))
		return room == ERR_FULL ? fail_full(e) : room;
	mdb_reader_check(k->env, NULL);
	qsort(ops, n, sizeof *ops, compare_ops);
	rc = write_once(k, ops, n);
	for (int i = 0; i < TRIES && ((rc == MDB_MAP_FULL && grow(k)) || clear_the_way(k, rc)); i++)
		rc = write_once(k, ops, n);
	if (k->doubtful && reopen(k) == MDB_SUCCESS && has_landed(k, &sought))
		rc = MDB_SUCCESS;
	if (rc != MDB_SUCCESS)
		return fail(k, rc, e);
	grow_in_time(k);
	return OK;
}
