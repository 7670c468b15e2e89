/* sync/ring_keys.c - see ring_keys.h. Owns which algorithm does what; must not know what a statement says. */
#include "sync/ring_keys.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/hash.h"
#include "base/lang.h"

#define MAGIC "SVCERT1\r\n"
enum { MAGIC_SIZE = sizeof MAGIC - 1, NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES, BEFORE = MAGIC_SIZE + SEGMENT_RING, LABEL_MOST = 32 };

static_assert(SEGMENT_PUBLIC == crypto_sign_PUBLICKEYBYTES && SEGMENT_SECRET == crypto_sign_SECRETKEYBYTES, "Ed25519");
static_assert(RING_SIGNATURE == crypto_sign_BYTES, "Ed25519");
static_assert(RING_SEED == crypto_sign_SEEDBYTES, "Ed25519");
static_assert(RING_WRAP == crypto_box_SEALBYTES, "a sealed box");
static_assert(RING_COVER == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the cover key");
static_assert(RING_COVERED == BEFORE + NONCE + TAG, "what stands around a covered statement");

int ringkeys_init(struct err *e)
{
	return sodium_init() < 0 ? err_set(e, ERR_UNSUPPORTED, _("libsodium doesn't work on this machine")) : OK;
}

void ringkeys_pair(const uint8_t seed[RING_SEED], uint8_t public[SEGMENT_PUBLIC], uint8_t secret[SEGMENT_SECRET])
{
	crypto_sign_seed_keypair(public, secret, seed);
}

void ringkeys_public(const uint8_t secret[SEGMENT_SECRET], uint8_t public[SEGMENT_PUBLIC])
{
	crypto_sign_ed25519_sk_to_pk(public, secret);
}

bool ringkeys_is_public(const uint8_t public[SEGMENT_PUBLIC])
{
	uint8_t box[crypto_box_PUBLICKEYBYTES];
	return crypto_sign_ed25519_pk_to_curve25519(box, public) == 0;
}

void ringkeys_wipe(void *p, size_t n)
{
	sodium_memzero(p, n);
}

/* ---- signing ------------------------------------------------------------------------------------- */

struct signed_text { uint8_t b[LABEL_MOST + SEGMENT_HASH]; size_t n; };

static struct signed_text text_to_sign(const char *label, const void *p, size_t n)
{
	struct signed_text t = {.n = strlen(label)};
	assert(t.n <= LABEL_MOST);
	memcpy(t.b, label, t.n);
	hash_256(p, n, t.b + t.n);
	t.n += SEGMENT_HASH;
	return t;
}

void ringkeys_sign(const char *label, const void *p, size_t n, const uint8_t secret[SEGMENT_SECRET],
	uint8_t out[RING_SIGNATURE])
{
	struct signed_text t = text_to_sign(label, p, n);
	crypto_sign_detached(out, NULL, t.b, t.n, secret);
}

bool ringkeys_verify(const char *label, const void *p, size_t n, const uint8_t public[SEGMENT_PUBLIC],
	const uint8_t signature[RING_SIGNATURE])
{
	struct signed_text t = text_to_sign(label, p, n);
	return crypto_sign_verify_detached(signature, t.b, t.n, public) == 0;
}

/* ---- wrapping ------------------------------------------------------------------------------------ */

bool ringkeys_wrap(const uint8_t member[SEGMENT_PUBLIC], const uint8_t *keys, size_t n, uint8_t *out)
{
	uint8_t box[crypto_box_PUBLICKEYBYTES];
	return crypto_sign_ed25519_pk_to_curve25519(box, member) == 0 && crypto_box_seal(out, keys, n, box) == 0;
}

bool ringkeys_unwrap(const uint8_t secret[SEGMENT_SECRET], const uint8_t *wrapped, size_t n, uint8_t *out)
{
	uint8_t member[SEGMENT_PUBLIC], box[crypto_box_PUBLICKEYBYTES], opener[crypto_box_SECRETKEYBYTES];
	ringkeys_public(secret, member);
	bool opens = n > RING_WRAP && crypto_sign_ed25519_pk_to_curve25519(box, member) == 0 &&
		     crypto_sign_ed25519_sk_to_curve25519(opener, secret) == 0 &&
		     crypto_box_seal_open(out, wrapped, n, box, opener) == 0;
	sodium_memzero(opener, sizeof opener);
	return opens;
}

/* ---- covering ------------------------------------------------------------------------------------ */

/* A key for one use. */
static void derive(const uint8_t cover[RING_COVER], const char *use, uint8_t key[32])
{
	crypto_generichash(key, 32, (const uint8_t *)use, strlen(use), cover, RING_COVER);
}

static void nonce_of(const uint8_t cover[RING_COVER], const void *plain, size_t n, uint8_t nonce[NONCE])
{
	uint8_t key[32];
	derive(cover, "samvagt nonce", key);
	crypto_generichash(nonce, NONCE, plain, n, key, sizeof key);
}

void ringkeys_cover(const uint8_t cover[RING_COVER], const uint8_t ring[SEGMENT_RING], const void *plain, size_t n,
	struct buf *out)
{
	if (!buf_reserve(out, n + RING_COVERED))
		return;
	uint8_t *p = (uint8_t *)out->p + out->n, *nonce = p + BEFORE, key[32];
	memcpy(p, MAGIC, MAGIC_SIZE);
	memcpy(p + MAGIC_SIZE, ring, SEGMENT_RING);
	nonce_of(cover, plain, n, nonce);
	derive(cover, "samvagt cover", key);
	crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + NONCE, NULL, plain, n, p, BEFORE, NULL, nonce, key);
	out->n += n + RING_COVERED;
	out->p[out->n] = '\0';
}

int ringkeys_uncover(const uint8_t cover[RING_COVER], const uint8_t ring[SEGMENT_RING], const void *p, size_t n,
	struct buf *plain, struct err *e)
{
	const uint8_t *b = p, *nonce = b + BEFORE;
	uint8_t want[NONCE], key[32];
	if (n < MAGIC_SIZE || memcmp(b, MAGIC, MAGIC_SIZE) != 0)
		return err_set(e, ERR_DATA, _("this is no statement of a ring of sites"));
	if (n >= BEFORE && memcmp(b + MAGIC_SIZE, ring, SEGMENT_RING) != 0)
		return err_set(e, ERR_REFUSED, _("the statement belongs to another ring of sites"));
	size_t inside = n >= RING_COVERED ? n - RING_COVERED : 0;
	if (!buf_reserve(plain, inside))
		return err_set(e, ERR_NOMEM, _("out of memory"));
	uint8_t *text = (uint8_t *)plain->p + plain->n;
	derive(cover, "samvagt cover", key);
	if (n < RING_COVERED ||
		crypto_aead_xchacha20poly1305_ietf_decrypt(
			text, NULL, NULL, nonce + NONCE, inside + TAG, b, BEFORE, nonce, key) != 0)
		return err_set(e, ERR_CORRUPT, _("the statement is cut short or altered"));
	nonce_of(cover, text, inside, want);
	if (memcmp(want, nonce, NONCE) != 0)
		return err_set(e, ERR_CORRUPT, _("the statement is cut short or altered"));
	plain->n += inside;
	plain->p[plain->n] = '\0';
	return OK;
}

/* ---- the digest ---------------------------------------------------------------------------------- */

void ringkeys_digest(const uint8_t cover[RING_COVER], const uint8_t ring[SEGMENT_RING], const uint8_t state[32],
	uint8_t out[32])
{
	uint8_t key[32], text[SEGMENT_RING + 32];
	derive(cover, "samvagt digest", key);
	memcpy(text, ring, SEGMENT_RING);
	memcpy(text + SEGMENT_RING, state, 32);
	crypto_generichash(out, 32, text, sizeof text, key, sizeof key);
}

void ringkeys_erasures(const uint8_t cover[RING_COVER], const uint8_t ring[SEGMENT_RING], uint8_t out[RING_ERASURES])
{
	uint8_t key[32];
	derive(cover, "samvagt erasures", key);
	crypto_generichash(out, RING_ERASURES, ring, SEGMENT_RING, key, sizeof key);
	sodium_memzero(key, sizeof key);
}
