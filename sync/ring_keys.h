/* sync/ring_keys.h - the cryptography of the ring, by libsodium, each idea in one place.
 *
 *   signing    Ed25519 over a label and the BLAKE2b-256 of what is signed, so that nothing signed for one purpose can
 *              be shown for another
 *   wrapping   crypto_box_seal to the X25519 form of a member's signing key: only that member can open it
 *   covering   XChaCha20-Poly1305 under the ring's cover key, which every member has and which never changes, so that
 *              whoever finds a stick reads no names of places. The nonce is the keyed BLAKE2b of what is covered: one
 *              statement is one file, whoever covers it
 *   digest     BLAKE2b-256 keyed with a key from the cover key and the ring's id
 *
 * Pure but for randomness. Knows keys and bytes; nothing of statements, members or stores. */
#ifndef SYNC_RING_KEYS_H
#define SYNC_RING_KEYS_H

#include "sync/segment.h"

enum {
	RING_SIGNATURE = 64,
	RING_COVER = 32,
	RING_WRAP = 48,
	RING_SEED = 32,
	RING_COVERED = 9 + SEGMENT_RING + 24 + 16
};

/* ERR_UNSUPPORTED when the library doesn't work here; before anything else. */
int ringkeys_init(struct err *e);
/* The pair that a seed makes; the seed is random but in tests. */
void ringkeys_pair(const uint8_t seed[RING_SEED], uint8_t public[SEGMENT_PUBLIC], uint8_t secret[SEGMENT_SECRET]);
/* The public half of a secret key. */
void ringkeys_public(const uint8_t secret[SEGMENT_SECRET], uint8_t public[SEGMENT_PUBLIC]);
/* Could somebody hold the secret half, and be wrapped to? */
bool ringkeys_is_public(const uint8_t public[SEGMENT_PUBLIC]);
void ringkeys_wipe(void *p, size_t n);

void ringkeys_sign(const char *label, const void *p, size_t n, const uint8_t secret[SEGMENT_SECRET],
	uint8_t out[RING_SIGNATURE]);
bool ringkeys_verify(const char *label, const void *p, size_t n, const uint8_t public[SEGMENT_PUBLIC],
	const uint8_t signature[RING_SIGNATURE]);

/* out has room for n + RING_WRAP. False for a key that nobody could have. */
bool ringkeys_wrap(const uint8_t member[SEGMENT_PUBLIC], const uint8_t *keys, size_t n, uint8_t *out);
/* out has room for n - RING_WRAP; n counts what is wrapped. */
bool ringkeys_unwrap(const uint8_t secret[SEGMENT_SECRET], const uint8_t *wrapped, size_t n, uint8_t *out);

/* "SVCERT1\r\n" | ring | nonce | covered: a statement as a file, appended to out (oom is told by out). */
void ringkeys_cover(const uint8_t cover[RING_COVER], const uint8_t ring[SEGMENT_RING], const void *plain, size_t n,
	struct buf *out);
/* ERR_DATA no statement's file, ERR_REFUSED of another ring, ERR_CORRUPT cut or altered. Appended to plain. */
int ringkeys_uncover(const uint8_t cover[RING_COVER], const uint8_t ring[SEGMENT_RING], const void *p, size_t n,
	struct buf *plain, struct err *e);

/* The key under which erased persons stand (store/erase.h): the same for all who have the cover key. */
enum { RING_ERASURES = 32 };
void ringkeys_erasures(const uint8_t cover[RING_COVER], const uint8_t ring[SEGMENT_RING], uint8_t out[RING_ERASURES]);

void ringkeys_digest(const uint8_t cover[RING_COVER], const uint8_t ring[SEGMENT_RING], const uint8_t state[32],
	uint8_t out[32]);

#endif
