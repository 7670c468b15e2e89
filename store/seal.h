/* store/seal.h - sealing one value: XChaCha20-Poly1305 over padded plaintext, bound to its table and key. The seal is
 * the checksum too.
 *
 * Sealed: version 1 (1) | algorithm 1 (1) | epoch (2, big-endian) | nonce (24) | ciphertext and tag. Of a nonce the
 * first 16 bytes are random and serve up to 65,536 seals of one program, the other 8 number these on from a random
 * number. Associated data: store id (16) | table (1) | key bytes. Plaintext is padded with sodium_pad to 32 bytes. A
 * `struct seal` holds the data key in guarded memory (sodium_malloc, mlock); wiped by seal_close. */
#ifndef STORE_SEAL_H
#define STORE_SEAL_H

#include "base/mem.h"
#include "store/id.h"

struct seal;

#define SEAL_KEY 32
int seal_open(const uint8_t key[SEAL_KEY], uint16_t epoch, struct id store, struct seal **out, struct err *e);
void seal_close(struct seal *s);                       /* wipes; NULL is fine */
/* Append the sealed value to b. */
int seal_put(struct seal *s, uint8_t table, const void *key, size_t nkey, const void *plain, size_t n, struct buf *b,
	struct err *e);
/* Open into the arena (arena_try_alloc), *out is the plaintext without padding. ERR_CORRUPT when the seal doesn't
 * hold: the sentence doesn't name contents. */
int seal_get(struct seal *s, uint8_t table, const void *key, size_t nkey, const void *sealed, size_t n, struct arena *a,
	const uint8_t **out, size_t *nout, struct err *e);
/* What is sealed from now on has another random beginning: two that go on from one copy of a running machine then number
 * on alike within one commit at most. */
void seal_renew(struct seal *s);
/* A key for another purpose derived from this one (BLAKE2b with a purpose label): backups, fingerprints. */
void seal_derive(const struct seal *s, const char purpose[8], uint8_t out[SEAL_KEY]);

#endif
