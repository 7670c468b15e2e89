/* sync/signing.h - a site's signature on a text: the same Ed25519 key that signs what it sends, as minisign writes it.
 *
 * A store in a ring signs with its member key; one that never was in any has a key of its own in the vault, which the first ring
 * that it makes or joins takes over as its member key, so that the others know whose it was (but not that of a store that was
 * copied or put back since: two members can't have one key). Files: minisign's (jedisct1.github.io/minisign, "Signature format"): prehashed
 * (algorithm "ED": Ed25519 over BLAKE2b-512 of the file), a global signature over that and the trusted comment, and a public key of "Ed",
 * 8 bytes of key id and 32 of the key, in base64. `minisign -Vm FILE -p SITE.pub` confirms them on any machine. */
#ifndef SYNC_SIGNING_H
#define SYNC_SIGNING_H

#include "store/vault.h"

enum { SIGNING_PUBLIC = 32, SIGNING_SECRET = 64, SIGNING_SEAL = 64, SIGNING_ID = 8, SIGNING_COMMENT_MOST = 1024 };

/* The own key; made when there is none yet: ERR_READONLY. In a dry run it is made up and not kept. */
int signing_key(struct store *s, uint8_t public_key[SIGNING_PUBLIC], struct err *e);
/* Ed25519 over BLAKE2b-512 of the bytes. */
int signing_seal(struct store *s, const void *p, size_t n, uint8_t seal[SIGNING_SEAL], struct err *e);
bool signing_holds(const uint8_t public_key[SIGNING_PUBLIC], const uint8_t seal[SIGNING_SEAL], const void *p, size_t n);
/* Whose key: a member's name, retired ones too, "" nobody's that is known; this store's own counts. In the arena. */
int signing_whose(struct store *s, struct arena *a, const uint8_t public_key[SIGNING_PUBLIC], const char **name, bool *retired,
	struct err *e);

/* The key id: the first 8 bytes of BLAKE2b-256 of the public key. */
void signing_id(const uint8_t public_key[SIGNING_PUBLIC], uint8_t id[SIGNING_ID]);
/* FILE.minisig and SITE.pub. comment: one line of at most SIGNING_COMMENT_MOST bytes, without its end: it is signed too. */
int signing_write(struct store *s, const void *p, size_t n, const char *comment, struct buf *minisig, struct buf *pub,
	struct err *e);
/* Read both and check them over the file's bytes: ERR_DATA not such a file (which one, and what of it); ERR_KEY made with
 * another key than the public one, or (pub NULL) with none that this store knows; ERR_CORRUPT: the text was altered, or the
 * comment was: `what` says which, and the comment is filled in where it is genuine. s may be NULL when pub is given. */
enum signing_what { SIGNING_OK, SIGNING_TEXT, SIGNING_COMMENT, SIGNING_KEY, SIGNING_FORM };
struct signing_found { enum signing_what what; uint8_t key[SIGNING_PUBLIC]; const char *comment; };
struct signing_file { const void *p; size_t n; };
int signing_read(struct store *s, struct arena *a, const struct signing_file *text, const struct signing_file *minisig,
	const struct signing_file *pub, struct signing_found *out, struct err *e);

/* For the ring: the key to go on with, false when there is none of this incarnation. Wiped by the caller. */
int signing_bequeath(struct store *s, uint8_t secret[SIGNING_SECRET], bool *has, struct err *e);

#endif
