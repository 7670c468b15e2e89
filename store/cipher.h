/* store/cipher.h - XChaCha20-Poly1305 of short texts: draft-irtf-cfrg-xchacha-03 over RFC 8439, section 2.8.
 *
 * Byte for byte what libsodium's crypto_aead_xchacha20poly1305_ietf_encrypt and _decrypt make and take, from the same
 * library's stream, tag and key derivation. Those two draw the key stream for the tag by itself and that for the text
 * block by block; a row's whole key stream fits into one call, in which the library does four or eight blocks at once.
 * That takes half the time, and opening rows is half of what reading a store costs. Long texts go to the library's own.
 *
 * The first two thirds of a nonce make, with the key, the key of the stream (ibid., section 2.2): who seals much under
 * nonces that begin alike derives it once. */
#ifndef STORE_CIPHER_H
#define STORE_CIPHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CIPHER_KEY = 32, CIPHER_NONCE = 24, CIPHER_BEGINNING = 16, CIPHER_TAG = 16, CIPHER_BOUND_MOST = 128 };

/* The key of the stream, of the key and the beginning of a nonce. It is as secret as the key. */
void cipher_derive(const uint8_t key[CIPHER_KEY], const uint8_t beginning[CIPHER_BEGINNING], uint8_t out[CIPHER_KEY]);

/* What a text is sealed with: the key derived for its nonce, the nonce, which is used once, and data that isn't in it
 * but bound to it. */
struct cipher {
	const uint8_t *derived, *nonce;
	const void *bound;
	size_t nbound;
};

/* The n bytes of text become cipher, and the tag comes after them: n + CIPHER_TAG bytes. */
void cipher_seal(const struct cipher *c, uint8_t *text, size_t n);
/* The first n of n + CIPHER_TAG bytes as plain text. False, and nothing is in `plain`, when the tag doesn't hold. */
bool cipher_open(const struct cipher *c, const uint8_t *sealed, size_t n, uint8_t *plain);

#endif
