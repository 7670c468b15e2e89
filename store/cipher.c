/* store/cipher.c - see cipher.h. Owns how key stream and tag are put together. Must not know what is sealed, nor where
 * keys and nonces come from. */
#include "store/cipher.h"

#include <assert.h>
#include <endian.h>
#include <sodium.h>
#include <string.h>

enum {
	BLOCK = 64,                      /* of the key stream; the first one's beginning is the key of the tag */
	FEW = 4 * BLOCK, MANY = 8 * BLOCK,       /* what the library does at once */
	SHORT = MANY - BLOCK,
	STEP = 16,                       /* what the tag is over is filled up to that */
	STREAM_NONCE = crypto_stream_chacha20_ietf_NONCEBYTES,
	TAGGED = CIPHER_BOUND_MOST + SHORT + 16,
};

static_assert((int)CIPHER_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the size of a key");
static_assert((int)CIPHER_NONCE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "the size of a nonce");
static_assert((int)CIPHER_TAG == crypto_aead_xchacha20poly1305_ietf_ABYTES, "the size of a tag");
static_assert((int)CIPHER_BEGINNING == crypto_core_hchacha20_INPUTBYTES, "what a key is derived of");
static_assert((int)CIPHER_KEY == crypto_core_hchacha20_OUTPUTBYTES, "the size of a derived key");
static_assert((int)CIPHER_NONCE - (int)CIPHER_BEGINNING == STREAM_NONCE - 4, "what is left of the nonce");
static_assert(CIPHER_BOUND_MOST % STEP == 0 && SHORT % STEP == 0, "filled up they still fit");

/* Key stream, and a text through it. */
struct stream { uint8_t tag_key[BLOCK], text[SHORT]; };

void cipher_derive(const uint8_t key[CIPHER_KEY], const uint8_t beginning[CIPHER_BEGINNING], uint8_t out[CIPHER_KEY])
{
	crypto_core_hchacha20(out, beginning, key, NULL);
}

/* The stream's own nonce: four zeros, and what is left of ours. */
static void take_rest(const struct cipher *c, uint8_t nonce[STREAM_NONCE])
{
	memset(nonce, 0, 4);
	memcpy(nonce + 4, c->nonce + CIPHER_BEGINNING, STREAM_NONCE - 4);
}

static void draw(const struct cipher *c, const uint8_t *in, size_t n, struct stream *s)
{
	uint8_t nonce[STREAM_NONCE];
	const size_t drawn = BLOCK + n <= FEW ? FEW : MANY;
	assert(n <= SHORT);
	take_rest(c, nonce);
	memset(s, 0, drawn);
	if (n)
		memcpy(s->text, in, n);
	crypto_stream_chacha20_ietf_xor_ic((uint8_t *)s, (const uint8_t *)s, drawn, nonce, 0, c->derived);
}

static uint8_t *put_filled(uint8_t *p, const void *from, size_t n)
{
	const size_t filled = (n + STEP - 1) / STEP * STEP;
	if (n)
		memcpy(p, from, n);
	memset(p + n, 0, filled - n);
	return p + filled;
}

static uint8_t *put_length(uint8_t *p, size_t n)
{
	const uint64_t length = htole64((uint64_t)n);
	memcpy(p, &length, sizeof length);
	return p + sizeof length;
}

static void make_tag(const struct cipher *c, const uint8_t *text, size_t n, const struct stream *s, uint8_t tag[CIPHER_TAG])
{
	uint8_t tagged[TAGGED];
	uint8_t *end = put_filled(put_filled(tagged, c->bound, c->nbound), text, n);
	end = put_length(put_length(end, c->nbound), n);
	assert(end <= tagged + sizeof tagged);
	crypto_onetimeauth_poly1305(tag, tagged, (unsigned long long)(end - tagged), s->tag_key);
}

void cipher_seal(const struct cipher *c, uint8_t *text, size_t n)
{
	uint8_t nonce[STREAM_NONCE];
	struct stream s;
	assert(c->nbound <= CIPHER_BOUND_MOST);
	if (n > SHORT) {
		take_rest(c, nonce);
		crypto_aead_chacha20poly1305_ietf_encrypt(text, NULL, text, n, c->bound, c->nbound, NULL, nonce, c->derived);
		return;
	}
	draw(c, text, n, &s);
	memcpy(text, s.text, n);
	make_tag(c, text, n, &s, text + n);
	sodium_memzero(s.tag_key, sizeof s.tag_key);
}

bool cipher_open(const struct cipher *c, const uint8_t *sealed, size_t n, uint8_t *plain)
{
	uint8_t tag[CIPHER_TAG], nonce[STREAM_NONCE];
	struct stream s;
	assert(c->nbound <= CIPHER_BOUND_MOST);
	if (n > SHORT) {
		take_rest(c, nonce);
		return crypto_aead_chacha20poly1305_ietf_decrypt(plain, NULL, NULL, sealed, n + CIPHER_TAG, c->bound, c->nbound,
			nonce, c->derived) == 0;
	}
	draw(c, sealed, n, &s);
	make_tag(c, sealed, n, &s, tag);
	const bool holds = crypto_verify_16(tag, sealed + n) == 0;
	if (holds)
		memcpy(plain, s.text, n);
	sodium_memzero(&s, BLOCK + n);
	return holds;
}
