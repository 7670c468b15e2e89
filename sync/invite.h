/* sync/invite.h - an invitation as a file: what a new site needs, under a key from six words.
 *
 *   "SVINV1\r\n" | passes 4 | KiB 4 | salt 16 | nonce 24 | sealed | sum 16
 *
 * Sealed is XChaCha20-Poly1305 under Argon2id (RFC 9106) of the words' numbers, with all before it as associated
 * data; the sum is BLAKE2b of all before it, so that damage isn't taken for wrong words. Numbers big-endian. Inside:
 *
 *   cover key 32 | invitation's secret key 64 | name of its INVITE 32 | keys 2 | (epoch 8, partition 1, key 32)… |
 *   (length 4, statement)…
 *
 * The cost is that of a store's passphrase (store/keys.h) and stands in the file, so it can rise. Pure but for
 * randomness: knows nothing of what follows from the statements. */
#ifndef SYNC_INVITE_H
#define SYNC_INVITE_H

#include "sync/ring_priv.h"

struct invite_text { const void *p; size_t n; };
struct invite {
	uint8_t cover[RING_COVER], secret[SEGMENT_SECRET], name[SEGMENT_HASH];
	const struct ring_key *key;
	size_t nkeys;
	const struct invite_text *statement;      /* not covered */
	size_t nstatements;
	void *inside;                             /* of an opened one: all of it, and its keys, to be wiped */
	struct ring_key *opened;
	size_t ninside;
};

/* Appended to out; the words are chosen here. cheap: tests only. */
int invite_seal(const struct invite *i, bool cheap, struct buf *out, char words[RING_WORDS_TEXT], struct err *e);
/* Everything in the arena, which the caller wipes by invite_wipe. ERR_DATA no invitation, ERR_CORRUPT, ERR_KEY,
 * ERR_UNSUPPORTED. */
int invite_open(struct arena *a, const void *file, size_t n, const char *words, struct invite *out, struct err *e);
void invite_wipe(struct invite *i);

#endif
