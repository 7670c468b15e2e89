/* store/aead.c - see aead.h. Owns the order of cipher and authenticator (RFC 8439, section 2.8; the longer nonce as in
 * draft-irtf-cfrg-xchacha-03). Must not know what is sealed, nor any key for longer than a call. */
#include "store/aead.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum {
	BLOCK = 64,             /* the stream's first block is the authenticator's key */
	STEP = 256,             /* lengths of a stream that are made fast */
	STREAM = 2 * STEP,
	TEXT_MOST = STREAM - BLOCK,
	BOUND_MOST = 96,
	UNIT = 16,              /* the authenticator's */
	LENGTHS = 16,
};

static_assert(AEAD_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the size of a key");
static_assert(AEAD_NONCE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "the size of a nonce");
static_assert(AEAD_TAG == crypto_aead_xchacha20poly1305_ietf_ABYTES && AEAD_TAG == crypto_onetimeauth_poly1305_BYTES,
	"the size of a tag");

static bool is_short(size_t n, size_t nbound)
{
	return n <= TEXT_MOST && nbound <= BOUND_MOST;
}

/* The authenticator's key in the first block, the text or its cipher after it. Wipe it. */
static size_t make_stream(uint8_t stream[STREAM], const uint8_t *text, size_t n, const uint8_t *nonce, const uint8_t *key)
{
	uint8_t derived[AEAD_KEY], rest[crypto_stream_chacha20_ietf_NONCEBYTES] = {0};
	const size_t whole = (BLOCK + n + STEP - 1) / STEP * STEP;
	assert(whole <= STREAM);
	memset(stream, 0, BLOCK);
	memcpy(stream + BLOCK, text, n);
	memset(stream + BLOCK + n, 0, whole - BLOCK - n);
	crypto_core_hchacha20(derived, nonce, key, NULL);
	memcpy(rest + 4, nonce + crypto_core_hchacha20_INPUTBYTES, sizeof rest - 4);
	crypto_stream_chacha20_ietf_xor(stream, stream, whole, rest, derived);
	sodium_memzero(derived, sizeof derived);
	return whole;
}

static uint8_t *put_padded(uint8_t *to, const uint8_t *p, size_t n)
{
	const size_t whole = (n + UNIT - 1) / UNIT * UNIT;
	memcpy(to, p, n);
	memset(to + n, 0, whole - n);
	return to + whole;
}

static uint8_t *put_length(uint8_t *to, size_t n)
{
	for (int i = 0; i < 8; i++)
		to[i] = (uint8_t)((uint64_t)n >> 8 * i);
	return to + 8;
}

static void authenticate(uint8_t tag[AEAD_TAG], const uint8_t *bound, size_t nbound, const uint8_t *cipher, size_t n,
	const uint8_t *key)
{
	uint8_t text[BOUND_MOST + TEXT_MOST + LENGTHS];
	uint8_t *end = put_padded(put_padded(text, bound, nbound), cipher, n);
	end = put_length(put_length(end, nbound), n);
	assert(end <= text + sizeof text);
	crypto_onetimeauth_poly1305(tag, text, (unsigned long long)(end - text), key);
}

void aead_seal(uint8_t *out, const uint8_t *text, size_t n, const uint8_t *bound, size_t nbound,
	const uint8_t nonce[AEAD_NONCE], const uint8_t key[AEAD_KEY])
{
	uint8_t stream[STREAM];
	if (!is_short(n, nbound)) {
		crypto_aead_xchacha20poly1305_ietf_encrypt(out, NULL, text, n, bound, nbound, NULL, nonce, key);
		return;
	}
	const size_t made = make_stream(stream, text, n, nonce, key);
	memcpy(out, stream + BLOCK, n);
	authenticate(out + n, bound, nbound, out, n, stream);
	sodium_memzero(stream, made);
}

bool aead_open(uint8_t *out, const uint8_t *sealed, size_t n, const uint8_t *bound, size_t nbound,
	const uint8_t nonce[AEAD_NONCE], const uint8_t key[AEAD_KEY])
{
	uint8_t stream[STREAM], tag[AEAD_TAG];
	if (n < AEAD_TAG)
		return false;
	n -= AEAD_TAG;
	if (!is_short(n, nbound))
		return crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, sealed, n + AEAD_TAG, bound, nbound, nonce,
			key) == 0;
	const size_t made = make_stream(stream, sealed, n, nonce, key);
	authenticate(tag, bound, nbound, sealed, n, stream);
	const bool holds = crypto_verify_16(tag, sealed + n) == 0;
	if (holds)
		memcpy(out, stream + BLOCK, n);
	sodium_memzero(stream, made);
	return holds;
}
