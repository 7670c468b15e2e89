/* store/aead.h - XChaCha20-Poly1305 of short texts.
 *
 * The same bytes as crypto_aead_xchacha20poly1305_ietf_encrypt of libsodium, by its parts, in half the time: for a text of
 * less than a few hundred bytes that function asks for the cipher's stream in two pieces, and any piece that isn't a
 * multiple of 256 bytes long is made slowly (1.0.18, 192 bytes: 0.8 against 0.4 µs). Nearly all rows of a store are that
 * short. Longer texts are left to it. */
#ifndef STORE_AEAD_H
#define STORE_AEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { AEAD_KEY = 32, AEAD_NONCE = 24, AEAD_TAG = 16 };

/* n + AEAD_TAG bytes to `out`, which may be where `text` is. bound: what is authenticated with it. */
void aead_seal(uint8_t *out, const uint8_t *text, size_t n, const uint8_t *bound, size_t nbound,
	const uint8_t nonce[AEAD_NONCE], const uint8_t key[AEAD_KEY]);
/* n bytes, of them the last AEAD_TAG the tag, to n - AEAD_TAG at `out`, which may be the same place. False when it
 * doesn't hold: nothing of the text is there then. */
bool aead_open(uint8_t *out, const uint8_t *sealed, size_t n, const uint8_t *bound, size_t nbound,
	const uint8_t nonce[AEAD_NONCE], const uint8_t key[AEAD_KEY]);

#endif
