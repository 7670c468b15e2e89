/* store/backup_file.h - a backup as a file: a plain beginning, then sealed pieces, then an end that nothing may
 * follow.
 *
 *   "samvagt-backup 1\n"
 *   "F K\n"                       how long the next two are
 *   format file (F bytes), keys file (K bytes)
 *   24 bytes                      libsodium's secretstream header (XChaCha20-Poly1305)
 *   pieces: length (4, big-endian) and that many sealed bytes; the last, and only it, carries the final tag and is
 *     empty
 *
 * Each piece is a zstd frame. The key is derived from the store's data key; everything before the pieces is bound
 * into the first one, and each piece into the next, so that nothing can be altered, left out, reordered or appended.
 * Private to the backups. */
#ifndef STORE_BACKUP_FILE_H
#define STORE_BACKUP_FILE_H

#include "store/keys.h"

/* The most bytes in a piece, unpacked: a group of 16 MiB and some. */
enum { BACKUP_PIECE_MOST = 17 << 20 };

struct backup_out;
/* Begin a file that will be `path`: under another name until backup_out_end. */
int backup_out_begin(const char *path, const struct buf *format, const struct buf *keys, const struct seal *seal,
	struct backup_out **out, struct err *e);
int backup_out_piece(struct backup_out *b, const void *p, size_t n, struct err *e);
/* Write the end and put the file in its place: over another only to `replace` it, else ERR_CONFLICT. Frees b, whatever
 * it returns. */
int backup_out_end(struct backup_out *b, bool replace, struct err *e);
void backup_out_abandon(struct backup_out *b);           /* NULL is fine; nothing is left on the disk */

struct backup_in;
/* ERR_KEY wrong or missing passphrase, ERR_DATA no backup, ERR_UNSUPPORTED a newer version, ERR_CORRUPT. */
int backup_in_open(const char *path, const char *passphrase, struct backup_in **out, struct err *e);
/* Without its passphrase, by the seal of the store that it is of: then backup_in_seal() has none. One of another store
 * (see backup_in_format) gives no piece. */
int backup_in_open_own(const char *path, const struct seal *seal, struct backup_in **out, struct err *e);
const struct keys_format *backup_in_format(const struct backup_in *b);
const struct buf *backup_in_keys(const struct backup_in *b);     /* the keys file's text */
struct seal *backup_in_seal(const struct backup_in *b);
/* The next piece; gone at the next call. *n 0: that was the end, and all of it is whole. */
int backup_in_piece(struct backup_in *b, const uint8_t **p, size_t *n, struct err *e);
void backup_in_close(struct backup_in *b);               /* NULL is fine */
/* The sentence for what can't be a backup that we wrote. */
int backup_in_damaged(const struct backup_in *b, struct err *e);

#endif
