/* store/kv.c - see kv.h. Owns LMDB's environment: opening, growing with others, its error numbers. Must not know
 * what the bytes in a table mean. Rows are read in kv_read.c and written in kv_write.c. */
#include "store/kv.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "store/kv_check.h"
#include "store/kv_fresh.h"
#include "store/kv_seen.h"
#include "store/kv_priv.h"

#define GIB ((size_t)1 << 30)

enum {
	READERS = 64,
	TINY_MAP = 256 << 10,
	FULL_BELOW = 4 << 20,    /* bytes: a disk with less room is the reason why a write was short */
	OWN_FORMAT = MDB_VERSION_MAJOR == 0 ? 1 : 3,     /* the library doesn't tell; from lmdb's CHANGES for 1.0 */
};

static const char *const table_names[KV_TABLES] = {
	[KV_LOG] = "log", [KV_REC] = "rec", [KV_TIME] = "by-time", [KV_PERSON] = "by-person",
	[KV_REF] = "ref", [KV_DUE] = "due", [KV_META] = "meta", [KV_SEG] = "seg", [KV_FRESH] = "fresh",
};

/* ---- what went wrong ---------------------------------------------------------------------------- */

int kv_fail_full(struct err *e)
{
	return err_set(e, ERR_FULL, _("the disk is full, so nothing was saved. Make room on it and do it again; "
		"deleting, exporting and printing still work"));
}

/* A short write comes out of LMDB as EIO, so the disk is asked before anybody is told that it failed. */
bool kv_is_full(const struct kv *k, int rc)
{
	if (rc == ENOSPC || rc == EDQUOT || rc == EFBIG)
		return true;
	int64_t left = rc == EIO ? os_disk_free(k->dir) : -1;
	return left >= 0 && left < FULL_BELOW;
}

int kv_fail(const struct kv *k, int rc, struct err *e)
{
	assert(rc != MDB_SUCCESS);
	if (kv_is_full(k, rc))
		return kv_fail_full(e);
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
	case ENOENT:
		return err_set(e, ERR_CORRUPT, _("the file %s/data.mdb is missing; restore a backup with: samvagt restore"),
			k->dir);
	case EACCES:
	case EPERM:
	case EROFS:
		if (!k->readonly)
			return err_set_errno(e, ERR_READONLY, rc, _("%s can't be written, so use --read-only"), k->dir);
		break;
	case MDB_READERS_FULL:
	case MDB_MAP_RESIZED:
	case MDB_MAP_FULL:
		return err_set(e, ERR_BUSY, _("too many programs use %s just now; close one and try again"), k->dir);
	}
	return err_set_errno(e, ERR_IO, rc > 0 ? rc : EIO, _("the store in %s could not be used"), k->dir);
}

/* Called by LMDB in the middle of its work: the only safe act is to leave the process. Whoever draws on the terminal
 * restores it on SIGABRT, and os_set_last_words() says why. */
static void on_assert(MDB_env *env, const char *message)
{
	(void)env;
	(void)message;
	abort();
}

/* ---- opening ------------------------------------------------------------------------------------ */

int kv_file_version(const char *dir)
{
	char db[KV_PATH_ROOM];
	return (size_t)snprintf(db, sizeof db, "%s/db", dir) < sizeof db ? kv_check_version(db) : 0;
}

static int fail_open(const struct kv *k, int rc, struct err *e)
{
	int version = kv_check_version(k->dir);
	if ((rc == MDB_INVALID || rc == MDB_VERSION_MISMATCH) && version != 0 && version != OWN_FORMAT)
		return err_set(e, ERR_UNSUPPORTED,
			_("%s was made with another version of LMDB (its format is number %d), and this program can't "
			  "read it; nothing is wrong with it. Use the program that made it, or restore a backup here"),
			k->dir, version);
	return kv_fail(k, rc == MDB_VERSION_MISMATCH ? MDB_INVALID : rc, e);
}

/* Address space only. Twice what is there, so that growing while a view is open is next to never needed. */
static size_t map_size(const struct kv *k)
{
	char path[KV_PATH_ROOM + 16];
	size_t want = GIB;
	if (k->tiny)
		return TINY_MAP;
	kv_check_path(k->dir, path, sizeof path);
	int64_t file = os_file_size(path);
	while (file > 0 && want / 2 < (size_t)file && want <= SIZE_MAX / 4)
		want *= 2;
	return want;
}

static int open_some(struct kv *k, int first, int end, bool create)
{
	MDB_txn *txn;
	int rc = mdb_txn_begin(k->env, NULL, create ? 0 : MDB_RDONLY, &txn);
	if (rc != MDB_SUCCESS)
		return rc;
	for (int i = first; i < end && rc == MDB_SUCCESS; i++)
		rc = mdb_dbi_open(txn, table_names[i], create ? MDB_CREATE : 0, &k->table[i]);
	if (rc == MDB_SUCCESS)
		return mdb_txn_commit(txn);
	mdb_txn_abort(txn);
	return rc;
}

/* A store that an earlier version made has no table of fresh rows until there are some. */
static int open_tables(struct kv *k, bool create)
{
	int rc = open_some(k, 0, create ? KV_TABLES : KV_FRESH, create);
	if (rc != MDB_SUCCESS || create) {
		k->has_fresh = rc == MDB_SUCCESS;
		return rc == MDB_NOTFOUND ? MDB_INVALID : rc;
	}
	rc = open_some(k, KV_FRESH, KV_TABLES, false);
	k->has_fresh = rc == MDB_SUCCESS;
	return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

int kv_make_fresh(struct kv *k, MDB_txn *txn)
{
	return mdb_dbi_open(txn, table_names[KV_FRESH], MDB_CREATE, &k->table[KV_FRESH]);
}

int64_t kv_used_bytes(const struct kv *k)
{
	MDB_envinfo info;
	MDB_stat stat;
	mdb_env_info(k->env, &info);
	mdb_env_stat(k->env, &stat);
	return ((int64_t)info.me_last_pgno + 1) * stat.ms_psize;
}

/* A file that ends before its last page would take the program down when that page is touched. */
static bool is_short(const struct kv *k)
{
	char path[KV_PATH_ROOM + 16];
	kv_check_path(k->dir, path, sizeof path);
	return os_file_size(path) < kv_used_bytes(k);
}

/* LMDB would make a file that is missing or empty, and then nobody would know that there had been more in it. */
static int check_there(const struct kv *k)
{
	char path[KV_PATH_ROOM + 16];
	kv_check_path(k->dir, path, sizeof path);
	FILE *f = fopen(path, "rbe");
	if (!f)
		return errno;
	int rc = fgetc(f) == EOF ? MDB_INVALID : MDB_SUCCESS;
	fclose(f);
	return rc;
}

/* LMDB maps its lock file while it is all holes, and on a full disk the first touch of one would kill the program. */
static int reserve_lock(const struct kv *k)
{
	enum { LOCK_ROOM = 8192 };       /* of more than READERS */
	char path[KV_PATH_ROOM + 16];
	snprintf(path, sizeof path, "%s/lock.mdb", k->dir);
	return os_reserve_new(path, LOCK_ROOM, NULL) == ERR_FULL ? ENOSPC : MDB_SUCCESS;
}

int kv_open_env(struct kv *k, bool create)
{
	assert(!k->env);
	kv_seen_free(k->seen);
	k->seen = kv_seen_new();         /* another database may stand here */
	int rc = create ? MDB_SUCCESS : check_there(k);
	if (rc == MDB_SUCCESS)
		rc = reserve_lock(k);
	if (rc == MDB_SUCCESS)
		rc = mdb_env_create(&k->env);
	if (rc != MDB_SUCCESS)
		return rc;
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
	k->eager = flags & KV_EAGER;
	assert(!(k->readonly && flags & KV_CREATE));
	int rc = ENAMETOOLONG;
	if ((size_t)snprintf(k->dir, sizeof k->dir, "%s/db", dir) < sizeof k->dir)
		rc = kv_open_env(k, flags & KV_CREATE);
	if (rc != MDB_SUCCESS) {
		int code = fail_open(k, rc, e);
		kv_seen_free(k->seen);
		free(k);
		assert(code != ERR_NOTFOUND);
		return code;
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
	kv_seen_free(k->seen);
	free(k);
}

int kv_sync(struct kv *k, struct err *e)
{
	int rc = mdb_env_sync(k->env, 1);
	return rc == MDB_SUCCESS ? OK : kv_fail(k, rc, e);
}

int kv_defer(struct kv *k, bool defer, struct err *e)
{
	if (!k->env)
		return OK;
	int rc = mdb_env_set_flags(k->env, MDB_NOSYNC, defer);
	k->unsynced = defer;
	if (rc != MDB_SUCCESS)
		return kv_fail(k, rc, e);
	return defer ? OK : kv_sync(k, e);
}

uint64_t kv_version(const struct kv *k)
{
	MDB_envinfo info;
	if (!k->env || mdb_env_info(k->env, &info) != MDB_SUCCESS)
		return 0;
	return k->past + info.me_last_txnid;
}

/* ---- read transactions --------------------------------------------------------------------------- */

bool kv_clear_the_way(struct kv *k, int rc)
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
		return kv_fail(k, EIO, e);
	if (!k->has_fresh)       /* another program may have made it meanwhile */
		k->has_fresh = open_some(k, KV_FRESH, KV_TABLES, false) == MDB_SUCCESS;
	MDB_txn *txn;
	int rc = mdb_txn_begin(k->env, NULL, MDB_RDONLY, &txn);
	for (int i = 0; i < KV_TRIES && rc != MDB_SUCCESS && kv_clear_the_way(k, rc); i++)
		rc = mdb_txn_begin(k->env, NULL, MDB_RDONLY, &txn);
	if (rc != MDB_SUCCESS)
		return kv_fail(k, rc, e);
	out->txn = txn;
	k->readers++;
	rc = kv_fresh_count(k, txn, &out->fresh);
	if (rc == MDB_SUCCESS && out->fresh == 0)
		kv_seen_none(k->seen, kv_txn_version(out));
	if (rc == MDB_SUCCESS)
		return OK;
	kv_end(out);
	return kv_fail(k, rc, e);
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

uint64_t kv_txn_version(const struct kv_txn *t)
{
	return t->k->past + mdb_txn_id(t->txn);
}
