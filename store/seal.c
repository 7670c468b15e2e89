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
	NONCES = 1 << 16,   /* with one beginning */
	DERIVED = 512,      /* keys that are kept */
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

/* Nonces with one random beginning, numbered on: then the key that the cipher derives of it serves them all, and all
 * that one program wrote opens with it too. No child goes on with them: there `left` is 0, and no key is known. */
struct stock {
	uint64_t left;
	uint8_t next[SEAL_NONCE];
	struct derived {
		bool known;
		uint8_t beginning[CIPHER_BEGINNING], key[CIPHER_KEY];
	} derived[DERIVED];
};

/* The key lies in pages of its own, locked in memory, between guard pages. */
struct seal {
	uint8_t key[SEAL_KEY];
	uint16_t epoch;
	struct id store;
	struct stock *stock; /* locked in memory too; a child finds it empty. NULL where it could be shared with one */
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
	s->stock = os_unshared_new(sizeof *s->stock);
	if (s->stock)
		sodium_mlock(s->stock, sizeof *s->stock);
	sodium_mprotect_readonly(s);
	*out = s;
	return OK;
}

/* sodium_free() and sodium_munlock() wipe first. */
void seal_close(struct seal *s)
{
	if (s && s->stock) {
		sodium_munlock(s->stock, sizeof *s->stock);
		os_unshared_free(s->stock, sizeof *s->stock);
	}
	sodium_free(s);
}

void seal_renew(struct seal *s)
{
	if (s->stock)
		s->stock->left = 0;
}

static void draw_nonce(struct stock *k, uint8_t nonce[SEAL_NONCE])
{
	if (!k) {
		randombytes_buf(nonce, SEAL_NONCE);
		return;
	}
	if (k->left == 0) {
		randombytes_buf(k->next, sizeof k->next);
		k->left = NONCES;
	}
	memcpy(nonce, k->next, SEAL_NONCE);
	sodium_increment(k->next + CIPHER_BEGINNING, SEAL_NONCE - CIPHER_BEGINNING);
	k->left--;
}

/* The key for a nonce: one that is kept, or made in `room`, which is then to be wiped. */
static const uint8_t *derive(const struct seal *s, const uint8_t nonce[SEAL_NONCE], uint8_t room[CIPHER_KEY])
{
	struct derived *d = s->stock ? &s->stock->derived[(nonce[0] | nonce[1] << 8) % DERIVED] : NULL;
	if (d && d->known && memcmp(d->beginning, nonce, sizeof d->beginning) == 0)
		return d->key;
	cipher_derive(s->key, nonce, d ? d->key : room);
	if (!d)
		return room;
	memcpy(d->beginning, nonce, sizeof d->beginning);
	d->known = true;
	return d->key;
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

/* ISO/IEC 7816-4, as sodium_pad() does it: 0x80, then zeros up to the next step. What the padding hides is the length
 * from those who can't open the seal; whoever gets this far has opened it, so this needn't take the same time for all
 * lengths. */
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
	uint8_t bound[SEAL_BOUND_MOST], room[CIPHER_KEY];
	size_t nbound = bind_value(s, table, key, nkey, bound);
	if (n > SIZE_MAX / 2 || !buf_reserve(b, SEAL_FIXED + SEAL_NONCE + n + SEAL_PAD + SEAL_TAG))
		return err_set(e, ERR_NOMEM, _("there isn't memory enough to seal a record"));
	uint8_t *p = (uint8_t *)b->p + b->n, *nonce = p + SEAL_FIXED, *text = nonce + SEAL_NONCE;
	p[0] = SEAL_VERSION;
	p[1] = SEAL_ALGORITHM;
	p[2] = (uint8_t)(s->epoch >> 8);
	p[3] = (uint8_t)s->epoch;
	draw_nonce(s->stock, nonce);
	if (n)
		memcpy(text, plain, n);
	const size_t padded = pad(text, n);
	assert(padded > n && padded % SEAL_PAD == 0);
	const struct cipher c = { derive(s, nonce, room), nonce, bound, nbound };
	cipher_seal(&c, text, padded);
	if (c.derived == room)
		sodium_memzero(room, sizeof room);
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
	uint8_t bound[SEAL_BOUND_MOST], room[CIPHER_KEY];
	size_t nbound = bind_value(s, table, key, nkey, bound);
	*out = NULL;
	*nout = 0;
	if (n < around + SEAL_PAD || p[0] != SEAL_VERSION || p[1] != SEAL_ALGORITHM || (p[2] << 8 | p[3]) != s->epoch)
		return refuse(e);
	uint8_t *plain = arena_try_alloc(a, n - around);
	if (!plain)
		return err_set(e, ERR_NOMEM, _("there isn't memory enough to read a record"));
	const struct cipher c = { derive(s, nonce, room), nonce, bound, nbound };
	const bool holds = cipher_open(&c, text, n - around, plain);
	if (c.derived == room)
		sodium_memzero(room, sizeof room);
	if (!holds || !unpad(plain, n - around, nout))
		return refuse(e);
	*out = plain;
	return OK;
}

void seal_derive(const struct seal *s, const char purpose[8], uint8_t out[SEAL_KEY])
{
	crypto_kdf_derive_from_key(out, SEAL_KEY, 1, purpose, s->key);
}
