/* store/seal.c - see seal.h. Owns the data key while the store is open, and the form of a sealed value. Must not know
 * what is sealed, nor where the key came from. */
#include "store/seal.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "store/cipher.h"

enum {
	SEAL_VERSION = 1,
	SEAL_ALGORITHM = 1, /* XChaCha20-Poly1305 */
	SEAL_FIXED = 4,     /* version, algorithm, epoch */
	NONCES = 160,
	SEAL_NONCE = CIPHER_NONCE,
	SEAL_TAG = CIPHER_TAG,
	SEAL_PAD = 32,
	SEAL_DB_KEY_MOST = 64, /* the longest key of a table is 41 bytes */
	SEAL_BOUND_MOST = 16 + 1 + SEAL_DB_KEY_MOST,
};

static_assert(SEAL_KEY == (int)CIPHER_KEY, "the size of the data key");
static_assert((int)SEAL_BOUND_MOST <= (int)CIPHER_BOUND_MOST, "what a value is bound to has room");
static_assert(SEAL_KEY == crypto_kdf_KEYBYTES, "other keys derive from the data key");
static_assert(crypto_kdf_CONTEXTBYTES == 8, "the size of a purpose");

/* Random numbers drawn in advance, from the front; asking the kernel for each costs as much as the cipher. No child gets
 * them too: there `left` is 0. */
struct nonces {
	size_t left;
	uint8_t bytes[NONCES * SEAL_NONCE];
};

/* The key lies in pages of its own, locked in memory, between guard pages. */
struct seal {
	uint8_t key[SEAL_KEY];
	uint16_t epoch;
	struct id store;
	struct nonces *nonces; /* NULL where they could be shared with a child */
};

int seal_open(const uint8_t key[SEAL_KEY], uint16_t epoch, struct id store, struct seal **out, struct err *e)
{
	*out = NULL;
	if (sodium_init() < 0)
		return err_set(e, ERR_UNSUPPORTED, _("libsodium doesn't work on this machine"));
	struct seal *s = sodium_malloc(sizeof *s);
	if (!s)
		return err_set(e, ERR_NOMEM, _("there isn't memory enough to hold the store's key"));
	memcpy(s->key, key, SEAL_KEY);
	s->epoch = epoch;
	s->store = store;
	s->nonces = os_unshared_new(sizeof *s->nonces);
	sodium_mprotect_readonly(s);
	*out = s;
	return OK;
}

/* sodium_free() wipes first. */
void seal_close(struct seal *s)
{
	if (s)
		os_unshared_free(s->nonces, sizeof *s->nonces);
	sodium_free(s);
}

static void draw_nonce(struct nonces *n, uint8_t nonce[SEAL_NONCE])
{
	if (!n) {
		randombytes_buf(nonce, SEAL_NONCE);
		return;
	}
	if (n->left == 0) {
		randombytes_buf(n->bytes, sizeof n->bytes);
		n->left = NONCES;
	}
	assert(n->left <= NONCES);
	memcpy(nonce, n->bytes + --n->left * SEAL_NONCE, SEAL_NONCE);
}

/* What a value is bound to: this store, this table, this key. */
static size_t bind_value(const struct seal *s, uint8_t table, const void *key, size_t nkey,
			 uint8_t bound[SEAL_BOUND_MOST])
{
	assert(nkey <= SEAL_DB_KEY_MOST);
	memcpy(bound, s->store.b, 16);
	bound[16] = table;
	memcpy(bound + 17, key, nkey);
	return 17 + nkey;
}

/* ISO/IEC 7816-4, as sodium_pad() does it: 0x80, then zeros up to the next step. What the padding hides is the length from
 * those who can't open the seal; whoever gets this far has opened it, so this needn't take the same time for all lengths. */
static size_t pad(uint8_t *text, size_t n)
{
	const size_t padded = n - n % SEAL_PAD + SEAL_PAD;
	text[n] = 0x80;
	memset(text + n + 1, 0, padded - n - 1);
	return padded;
}

static bool unpad(const uint8_t *text, size_t padded, size_t *n)
{
	size_t end = padded;
	assert(padded >= SEAL_PAD);
	while (end > padded - SEAL_PAD && text[end - 1] == 0)
		end--;
	if (end == padded - SEAL_PAD || text[end - 1] != 0x80)
		return false;
	*n = end - 1;
	return true;
}

int seal_put(struct seal *s, uint8_t table, const void *key, size_t nkey, const void *plain, size_t n, struct buf *b,
	     struct err *e)
{
	uint8_t bound[SEAL_BOUND_MOST];
	size_t nbound = bind_value(s, table, key, nkey, bound);
	if (n > SIZE_MAX / 2 || !buf_reserve(b, SEAL_FIXED + SEAL_NONCE + n + SEAL_PAD + SEAL_TAG))
		return err_set(e, ERR_NOMEM, _("there isn't memory enough to seal a record"));
	uint8_t *p = (uint8_t *)b->p + b->n, *nonce = p + SEAL_FIXED, *text = nonce + SEAL_NONCE;
	p[0] = SEAL_VERSION;
	p[1] = SEAL_ALGORITHM;
	p[2] = (uint8_t)(s->epoch >> 8);
	p[3] = (uint8_t)s->epoch;
	draw_nonce(s->nonces, nonce);
	if (n)
		memcpy(text, plain, n);
	const size_t padded = pad(text, n);
	assert(padded > n && padded % SEAL_PAD == 0);
	cipher_seal(&(struct cipher){ s->key, nonce, bound, nbound }, text, padded);
	b->n += SEAL_FIXED + SEAL_NONCE + padded + SEAL_TAG;
	b->p[b->n] = '\0';
	return OK;
}

static int refuse(struct err *e)
{
	return err_set(e, ERR_CORRUPT,
		       _("the seal of a record in the store doesn't hold: it was damaged or altered; "
			 "check the store with: samvagt doctor"));
}

int seal_get(struct seal *s, uint8_t table, const void *key, size_t nkey, const void *sealed, size_t n, struct arena *a,
	     const uint8_t **out, size_t *nout, struct err *e)
{
	const uint8_t *p = sealed, *nonce = p + SEAL_FIXED, *text = nonce + SEAL_NONCE;
	const size_t around = SEAL_FIXED + SEAL_NONCE + SEAL_TAG;
	uint8_t bound[SEAL_BOUND_MOST];
	size_t nbound = bind_value(s, table, key, nkey, bound);
	*out = NULL;
	*nout = 0;
	if (n < around + SEAL_PAD || p[0] != SEAL_VERSION || p[1] != SEAL_ALGORITHM || (p[2] << 8 | p[3]) != s->epoch)
		return refuse(e);
	uint8_t *plain = arena_try_alloc(a, n - around);
	if (!plain)
		return err_set(e, ERR_NOMEM, _("there isn't memory enough to read a record"));
	if (!cipher_open(&(struct cipher){ s->key, nonce, bound, nbound }, text, n - around, plain) ||
	    !unpad(plain, n - around, nout))
		return refuse(e);
	*out = plain;
	return OK;
}

void seal_derive(const struct seal *s, const char purpose[8], uint8_t out[SEAL_KEY])
{
	crypto_kdf_derive_from_key(out, SEAL_KEY, 1, purpose, s->key);
}
