/* store/backup_file.c - see backup_file.h. Owns the form of the file, its sealing and packing. Must not know what the
 * pieces hold. */
#include "store/backup_file.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "base/lang.h"
#include "base/os.h"
#include "store/be.h"

#define MAGIC "samvagt-backup "
#define PART ".samvagt-part"

enum {
	LEVEL = 3, /* zstd's own default: fast, and next to as small as the higher ones on our data */
	TAGS = crypto_secretstream_xchacha20poly1305_ABYTES,
	STREAM_HEAD = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	FILE_MOST = 64 << 10,
	LENGTH = 4,
	LINE_MOST = 40,
};

static_assert(SEAL_KEY == crypto_secretstream_xchacha20poly1305_KEYBYTES, "one size of keys");

struct backup_out {
	FILE *f;
	struct os_lock *lock; /* on what isn't whole yet: somebody is writing it */
	char *path, *temp;
	struct buf head, packed; /* head: bound into the first piece, then empty */
	ZSTD_CCtx *zstd;
	crypto_secretstream_xchacha20poly1305_state state;
};

struct backup_in {
	FILE *f;
	char *path;
	struct keys_format format;
	struct buf head, keys, sealed, packed, piece;
	struct seal *seal;
	bool ended;
	ZSTD_DCtx *zstd;
	crypto_secretstream_xchacha20poly1305_state state;
};

static void derive(const struct seal *seal, uint8_t key[SEAL_KEY])
{
	static const char purpose[8] = "svbackup";
	seal_derive(seal, purpose, key);
}

static int no_memory(struct err *e)
{
	return err_set(e, ERR_NOMEM, _("there isn't memory enough for a backup"));
}

/* ---- writing ------------------------------------------------------------------------------------- */

static int not_written(const struct backup_out *b, struct err *e)
{
	return err_set_errno(e, ERR_IO, errno ? errno : EIO, _("%s could not be written"), b->path);
}

static int put(struct backup_out *b, const void *p, size_t n, struct err *e)
{
	errno = 0;
	return fwrite(p, 1, n, b->f) == n ? OK : not_written(b, e);
}

/* NAME.HHHHHHHH.samvagt-part */
static bool is_part(const char *name)
{
	enum { TAIL = 1 + 8 + sizeof PART - 1 };
	size_t n = strlen(name);
	const char *tail = n > TAIL ? name + n - TAIL : NULL;
	return tail && tail[0] == '.' && strspn(tail + 1, "0123456789abcdef") == 8 && strcmp(tail + 9, PART) == 0;
}

/* What interrupted ones left in the folder: those that nobody has locked. */
static void remove_parts(const char *path)
{
	struct arena *a = arena_new();
	const char *slash = strrchr(path, '/');
	const char *folder = slash ? arena_strndup(a, path, (size_t)(slash - path + 1)) : ".";
	char **names;
	size_t n;
	int rc = os_list_dir(a, folder, &names, &n, NULL);
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct os_lock *lock;
		const char *part = os_path_join(a, folder, names[i]);
		if (is_part(names[i]) && os_lock_take(part, "", &lock, NULL) == OK) {
			os_remove(part, NULL);
			os_lock_release(lock);
		}
	}
	arena_free(a);
}

/* Made empty first, so that nobody but its owner may ever read it. Where files can't be locked, what is interrupted is
 * left for somebody to see. */
static int open_temp(struct backup_out *b, struct err *e)
{
	int rc = os_lock_take(b->temp, "", &b->lock, e);
	if (rc != OK && rc != ERR_UNSUPPORTED) {
		err_prefix(e, _("no backup was written"));
		return rc;
	}
	b->f = fopen(b->temp, "wbe");
	return b->f ? OK : not_written(b, e);
}

static int begin_stream(struct backup_out *b, const struct seal *seal, struct err *e)
{
	uint8_t key[SEAL_KEY], head[STREAM_HEAD];
	if (sodium_init() < 0)
		return err_set(e, ERR_UNSUPPORTED, _("libsodium doesn't work on this machine"));
	derive(seal, key);
	crypto_secretstream_xchacha20poly1305_init_push(&b->state, head, key);
	sodium_memzero(key, sizeof key);
	int rc = put(b, b->head.p, b->head.n, e);
	return rc == OK ? put(b, head, sizeof head, e) : rc;
}

static struct backup_out *new_out(const char *path)
{
	struct backup_out *b = mem_alloc(sizeof *b);
	uint32_t chance;
	os_random(&chance, sizeof chance);
	struct buf temp = {0};
	buf_addf(&temp, "%s.%08x" PART, path, (unsigned)chance);
	b->path = mem_strdup(path);
	b->temp = mem_strdup(temp.p);
	buf_free(&temp);
	return b;
}

int backup_out_begin(const char *path, const struct buf *format, const struct buf *keys, const struct seal *seal,
		     struct backup_out **out, struct err *e)
{
	*out = NULL;
	struct backup_out *b = new_out(path);
	buf_addf(&b->head, MAGIC "1\n%zu %zu\n", format->n, keys->n);
	buf_add(&b->head, format->p, format->n);
	buf_add(&b->head, keys->p, keys->n);
	b->zstd = ZSTD_createCCtx();
	remove_parts(path);
	int rc = b->zstd && !b->head.oom ? open_temp(b, e) : no_memory(e);
	if (rc == OK)
		rc = begin_stream(b, seal, e);
	if (rc != OK) {
		backup_out_abandon(b);
		return rc;
	}
	*out = b;
	return OK;
}

static int pack(struct backup_out *b, const void *p, size_t n, struct err *e)
{
	buf_reset(&b->packed);
	size_t room = ZSTD_compressBound(n);
	if (!buf_reserve(&b->packed, room))
		return no_memory(e);
	size_t size = ZSTD_compressCCtx(b->zstd, b->packed.p, room, p, n, LEVEL);
	if (ZSTD_isError(size))
		return no_memory(e);
	b->packed.n = size;
	return OK;
}

static int put_piece(struct backup_out *b, const void *p, size_t n, unsigned char tag, struct err *e)
{
	uint8_t length[LENGTH];
	unsigned long long size;
	assert(n <= BACKUP_PIECE_MOST);
	int rc = pack(b, p, n, e);
	uint8_t *sealed = rc == OK ? malloc(b->packed.n + TAGS) : NULL;
	if (!sealed)
		return rc == OK ? no_memory(e) : rc;
	crypto_secretstream_xchacha20poly1305_push(&b->state, sealed, &size, (const uint8_t *)b->packed.p, b->packed.n,
						   (const uint8_t *)b->head.p, b->head.n, tag);
	buf_reset(&b->head);
	be_put(length, size, LENGTH);
	rc = put(b, length, LENGTH, e);
	if (rc == OK)
		rc = put(b, sealed, (size_t)size, e);
	free(sealed);
	return rc;
}

int backup_out_piece(struct backup_out *b, const void *p, size_t n, struct err *e)
{
	assert(n > 0);
	return put_piece(b, p, n, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE, e);
}

int backup_out_end(struct backup_out *b, bool replace, struct err *e)
{
	int rc = put_piece(b, "", 0, crypto_secretstream_xchacha20poly1305_TAG_FINAL, e);
	errno = 0;
	int closed = fclose(b->f);
	b->f = NULL;
	if (rc == OK && closed != 0)
		rc = not_written(b, e);
	if (rc == OK)
		rc = os_publish(b->temp, b->path, replace, e);
	backup_out_abandon(b);
	return rc;
}

void backup_out_abandon(struct backup_out *b)
{
	if (!b)
		return;
	if (b->f)
		fclose(b->f);
	os_remove(b->temp, NULL);
	os_lock_release(b->lock);
	ZSTD_freeCCtx(b->zstd);
	buf_wipe(&b->head);
	buf_free(&b->packed);
	sodium_memzero(&b->state, sizeof b->state);
	free(b->path);
	free(b->temp);
	free(b);
}

/* ---- reading ------------------------------------------------------------------------------------- */

int backup_in_damaged(const struct backup_in *b, struct err *e)
{
	return err_set(e, ERR_CORRUPT,
		       _("%s is damaged or was altered, so nothing of it was used; take another backup"), b->path);
}

/* Exactly n more bytes. */
static int get(struct backup_in *b, struct buf *to, size_t n, struct err *e)
{
	if (!buf_reserve(to, n))
		return no_memory(e);
	errno = 0;
	size_t got = fread(to->p + to->n, 1, n, b->f);
	if (got < n && ferror(b->f))
		return err_set_errno(e, ERR_IO, errno, _("%s could not be read"), b->path);
	if (got < n)
		return backup_in_damaged(b, e);
	to->n += n;
	to->p[to->n] = '\0';
	return OK;
}

/* A line of the beginning, without its end. */
static int get_line(struct backup_in *b, char line[LINE_MOST], struct err *e)
{
	size_t n = 0;
	for (int c; n < LINE_MOST - 1 && (c = fgetc(b->f)) != EOF;) {
		buf_addc(&b->head, (char)c);
		line[n] = '\0';
		if (c == '\n')
			return OK;
		line[n++] = (char)c;
	}
	return err_set(e, ERR_DATA, _("%s is no backup that samvagt made"), b->path);
}

static int get_head(struct backup_in *b, size_t *nformat, size_t *nkeys, struct err *e)
{
	char line[LINE_MOST], again[LINE_MOST];
	int rc = get_line(b, line, e);
	if (rc != OK)
		return rc;
	if (strncmp(line, MAGIC, strlen(MAGIC)) != 0)
		return err_set(e, ERR_DATA, _("%s is no backup that samvagt made"), b->path);
	if (strcmp(line, MAGIC "1") != 0)
		return err_set(e, ERR_UNSUPPORTED, _("%s was made by a newer samvagt; restore it with that one"),
			       b->path);
	rc = get_line(b, line, e);
	if (rc != OK)
		return rc;
	if (sscanf(line, "%8zu %8zu", nformat, nkeys) != 2 || *nformat > FILE_MOST || *nkeys > FILE_MOST)
		return backup_in_damaged(b, e);
	snprintf(again, sizeof again, "%zu %zu", *nformat, *nkeys);
	return strcmp(line, again) == 0 ? OK : backup_in_damaged(b, e);
}

/* The two files in the beginning. */
static int get_small(struct backup_in *b, struct err *e)
{
	size_t nformat, nkeys;
	int rc = get_head(b, &nformat, &nkeys, e);
	size_t at = b->head.n;
	if (rc == OK)
		rc = get(b, &b->head, nformat, e);
	if (rc == OK)
		rc = get(b, &b->head, nkeys, e);
	if (rc != OK)
		return rc;
	buf_add(&b->keys, b->head.p + at + nformat, nkeys);
	if (b->keys.oom)
		return no_memory(e);
	rc = keys_parse_format(b->path, b->head.p + at, nformat, &b->format, e);
	return rc == ERR_CORRUPT ? backup_in_damaged(b, e) : rc;
}

/* The key that they give. */
static int unlock(struct backup_in *b, const char *passphrase, struct err *e)
{
	uint8_t key[SEAL_KEY];
	int rc = keys_unlock_text(b->path, b->keys.p, b->keys.n, passphrase, key, e);
	if (rc == ERR_CORRUPT)
		rc = backup_in_damaged(b, e);
	if (rc == OK)
		rc = seal_open(key, 1, b->format.store, &b->seal, e);
	sodium_memzero(key, sizeof key);
	return rc;
}

static int open_stream(struct backup_in *b, const struct seal *seal, struct err *e)
{
	uint8_t key[SEAL_KEY];
	int rc = get(b, &b->sealed, STREAM_HEAD, e);
	if (rc != OK)
		return rc;
	derive(seal, key);
	int opened = crypto_secretstream_xchacha20poly1305_init_pull(&b->state, (const uint8_t *)b->sealed.p, key);
	sodium_memzero(key, sizeof key);
	return opened == 0 ? OK : backup_in_damaged(b, e);
}

static int open_file(const char *path, struct backup_in **out, struct err *e)
{
	struct backup_in *b = *out = mem_alloc(sizeof *b);
	b->path = mem_strdup(path);
	b->zstd = ZSTD_createDCtx();
	b->f = fopen(path, "rbe");
	int rc = b->zstd ? OK : no_memory(e);
	if (rc == OK && !b->f)
		rc = err_set_errno(e, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, errno, _("%s could not be read"), path);
	return rc == OK ? get_small(b, e) : rc;
}

static int keep_open(struct backup_in **b, int rc)
{
	if (rc == OK)
		return OK;
	backup_in_close(*b);
	*b = NULL;
	return rc;
}

int backup_in_open(const char *path, const char *passphrase, struct backup_in **out, struct err *e)
{
	int rc = open_file(path, out, e);
	if (rc == OK)
		rc = unlock(*out, passphrase, e);
	if (rc == OK)
		rc = open_stream(*out, (*out)->seal, e);
	return keep_open(out, rc);
}

int backup_in_open_own(const char *path, const struct seal *seal, struct backup_in **out, struct err *e)
{
	int rc = open_file(path, out, e);
	if (rc == OK)
		rc = open_stream(*out, seal, e);
	return keep_open(out, rc);
}

const struct keys_format *backup_in_format(const struct backup_in *b)
{
	return &b->format;
}

const struct buf *backup_in_keys(const struct backup_in *b)
{
	return &b->keys;
}

struct seal *backup_in_seal(const struct backup_in *b)
{
	return b->seal;
}

static int unpack(struct backup_in *b, struct err *e)
{
	unsigned long long n = ZSTD_getFrameContentSize(b->packed.p, b->packed.n);
	buf_reset(&b->piece);
	if (n > BACKUP_PIECE_MOST)
		return backup_in_damaged(b, e);
	if (!buf_reserve(&b->piece, (size_t)n))
		return no_memory(e);
	size_t got = ZSTD_decompressDCtx(b->zstd, b->piece.p, (size_t)n, b->packed.p, b->packed.n);
	if (ZSTD_isError(got) || got != n)
		return backup_in_damaged(b, e);
	b->piece.n = got;
	return OK;
}

/* Read a piece as it lies in the file and open its seal. */
static int unseal(struct backup_in *b, unsigned char *tag, struct err *e)
{
	unsigned long long got;
	buf_reset(&b->sealed);
	buf_reset(&b->packed);
	int rc = get(b, &b->sealed, LENGTH, e);
	size_t n = rc == OK ? (size_t)be_get((const uint8_t *)b->sealed.p, LENGTH) : 0;
	if (rc == OK && (n < TAGS || n > ZSTD_compressBound(BACKUP_PIECE_MOST) + TAGS))
		rc = backup_in_damaged(b, e);
	buf_reset(&b->sealed);
	if (rc == OK)
		rc = get(b, &b->sealed, n, e);
	if (rc == OK && !buf_reserve(&b->packed, n))
		rc = no_memory(e);
	if (rc != OK)
		return rc;
	if (crypto_secretstream_xchacha20poly1305_pull(&b->state, (uint8_t *)b->packed.p, &got, tag,
						       (const uint8_t *)b->sealed.p, n, (const uint8_t *)b->head.p,
						       b->head.n) != 0)
		return backup_in_damaged(b, e);
	b->packed.n = (size_t)got;
	buf_reset(&b->head);
	return OK;
}

int backup_in_piece(struct backup_in *b, const uint8_t **p, size_t *n, struct err *e)
{
	unsigned char tag = 0;
	assert(!b->ended);
	*n = 0;
	int rc = unseal(b, &tag, e);
	if (rc == OK)
		rc = unpack(b, e);
	if (rc != OK)
		return rc;
	b->ended = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	if (b->ended != (b->piece.n == 0) || (b->ended && fgetc(b->f) != EOF))
		return backup_in_damaged(b, e);
	*p = (const uint8_t *)b->piece.p;
	*n = b->piece.n;
	return OK;
}

void backup_in_close(struct backup_in *b)
{
	if (!b)
		return;
	if (b->f)
		fclose(b->f);
	seal_close(b->seal);
	ZSTD_freeDCtx(b->zstd);
	buf_wipe(&b->head);
	buf_wipe(&b->keys);
	buf_free(&b->sealed);
	buf_free(&b->packed);
	buf_free(&b->piece);
	sodium_memzero(&b->state, sizeof b->state);
	free(b->path);
	free(b);
}
