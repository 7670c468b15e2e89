/* store/keys.h - the two small files beside the database: `format` (readable by all) and `keys` (passphrase slots).
 *
 * format: text lines "samvagt-store 1", "store UUID", "site UUID", "incarnation HEX" (15 digits), "lmdb 1". keys:
 * text too, "samvagt-keys 1", then one line a slot: "open HEX" for a store without a passphrase, or "argon2id PASSES
 * KIB SALT WRAPPED", bytes in hex; WRAPPED is a 24-byte nonce and the 32-byte data key under XChaCha20-Poly1305 with
 * the Argon2id key (RFC 9106), the whole slot line but WRAPPED as associated data. The last line of both, in every
 * version, is "sum HEX": 16 bytes BLAKE2b of all before it, so that damage isn't taken for a wrong passphrase. Both
 * files are rewritten whole, never in place. Default cost: 64 MiB, 3 passes (about 0.15 s CPU on a ward PC); stored per
 * slot, so it can rise later. */
#ifndef STORE_KEYS_H
#define STORE_KEYS_H

#include "base/err.h"
#include "store/id.h"
#include "store/seal.h"

#define KEYS_FORMAT "format"     /* the names of the files in the store's folder */
#define KEYS_SLOTS "keys"

struct keys_format { struct id store, site; uint64_t incarnation; int lmdb; };

int keys_write_format(const char *dir, const struct keys_format *f, struct err *e);
/* ERR_NOTFOUND no such file; ERR_UNSUPPORTED a newer version ("made by a newer samvagt …"), ERR_CORRUPT. */
int keys_read_format(const char *dir, struct keys_format *out, struct err *e);
/* From the text of a format file that lies elsewhere; `path` is only named in sentences. */
int keys_parse_format(const char *path, const void *text, size_t n, struct keys_format *out, struct err *e);
/* A fresh random data key in `key`, and the keys file with one slot. */
int keys_create(const char *dir, const char *passphrase, bool fast, uint8_t key[SEAL_KEY], struct err *e);
/* Is there any passphrase slot (and no open one)? */
int keys_is_sealed(const char *dir, bool *sealed, struct err *e);
/* Unwrap. passphrase NULL opens only open slots. ERR_KEY: wrong, or one is needed. */
int keys_unlock(const char *dir, const char *passphrase, uint8_t key[SEAL_KEY], struct err *e);
/* The same from the text of a keys file that lies elsewhere. */
int keys_unlock_text(const char *path, const void *text, size_t n, const char *passphrase, uint8_t key[SEAL_KEY],
	struct err *e);
/* Put a slot for `fresh` (NULL: open) in the place of the one that `old` opens; other coordinators' slots stay. */
int keys_change(const char *dir, const char *old, const char *fresh, struct err *e);
/* One more coordinator's passphrase; `known` opens an existing slot. */
int keys_add(const char *dir, const char *known, const char *fresh, struct err *e);

#endif
