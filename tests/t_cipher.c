/* tests/t_cipher.c - short texts are sealed byte for byte as libsodium seals them, each opens what the other sealed,
 * and an altered bit is refused. */
#include "store/cipher.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "tests/tap.h"

enum { LONGEST = 700, STRANGE_BIT = 0x10 };

static void fill(struct prng *r, void *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((uint8_t *)p)[i] = (uint8_t)prng_next(r);
}

/* A text of n bytes with all around it, in memory of exactly its size. */
struct sample {
	uint8_t key[CIPHER_KEY], nonce[CIPHER_NONCE], bound[CIPHER_BOUND_MOST], theirs[LONGEST + CIPHER_TAG];
	uint8_t derived[CIPHER_KEY];
	uint8_t *text, *ours, *plain;
	size_t n;
	struct cipher c;
};

static void begin_sample(struct prng *r, struct sample *s, size_t n, size_t nbound)
{
	fill(r, s->key, sizeof s->key);
	fill(r, s->nonce, sizeof s->nonce);
	fill(r, s->bound, sizeof s->bound);
	s->n = n;
	s->text = malloc(n + 1);
	s->ours = malloc(n + CIPHER_TAG);
	s->plain = malloc(n + 1);
	cipher_derive(s->key, s->nonce, s->derived);
	s->c = (struct cipher){ s->derived, s->nonce, s->bound, nbound };
	fill(r, s->text, n);
	memcpy(s->ours, s->text, n);
	cipher_seal(&s->c, s->ours, n);
	crypto_aead_xchacha20poly1305_ietf_encrypt(s->theirs, NULL, s->text, n, s->bound, nbound, NULL, s->nonce, s->key);
}

static void end_sample(struct sample *s)
{
	free(s->text);
	free(s->ours);
	free(s->plain);
}

static bool opens_theirs(struct sample *s)
{
	return cipher_open(&s->c, s->theirs, s->n, s->plain) && memcmp(s->plain, s->text, s->n) == 0;
}

static bool they_open_ours(struct sample *s)
{
	return crypto_aead_xchacha20poly1305_ietf_decrypt(s->plain, NULL, NULL, s->ours, s->n + CIPHER_TAG, s->bound,
		s->c.nbound, s->nonce, s->key) == 0 && memcmp(s->plain, s->text, s->n) == 0;
}

static void test_same(void)
{
	struct prng r = { 7 };
	bool same = true, opens = true, opened = true;
	for (size_t n = 0; n <= LONGEST; n++) {
		struct sample s;
		begin_sample(&r, &s, n, (size_t)prng_below(&r, CIPHER_BOUND_MOST + 1));
		same = same && memcmp(s.ours, s.theirs, n + CIPHER_TAG) == 0;
		opens = opens && opens_theirs(&s);
		opened = opened && they_open_ours(&s);
		end_sample(&s);
	}
	ok(same, "texts of 0 to 700 bytes are sealed to the bytes that libsodium makes");
	ok(opens, "what libsodium sealed opens");
	ok(opened, "libsodium opens what was sealed");
}

static void test_bounds(void)
{
	struct prng r = { 8 };
	bool same = true;
	for (size_t nbound = 0; nbound <= CIPHER_BOUND_MOST; nbound++) {
		struct sample s;
		begin_sample(&r, &s, (size_t)prng_below(&r, LONGEST), nbound);
		same = same && memcmp(s.ours, s.theirs, s.n + CIPHER_TAG) == 0;
		end_sample(&s);
	}
	ok(same, "the same with 0 to 128 bytes bound to it");
}

/* One bit of what is sealed, of what is bound to it, of the nonce or of the key. */
static bool is_refused(struct sample *s, uint8_t *where)
{
	memset(s->plain, 0, s->n);
	*where ^= STRANGE_BIT;
	cipher_derive(s->key, s->nonce, s->derived);
	bool refused = !cipher_open(&s->c, s->ours, s->n, s->plain);
	for (size_t i = 0; i < s->n; i++)
		refused = refused && s->plain[i] == 0;
	*where ^= STRANGE_BIT;
	cipher_derive(s->key, s->nonce, s->derived);
	return refused;
}

static void test_altered(void)
{
	struct prng r = { 9 };
	bool refused = true;
	for (size_t n = 0; n <= LONGEST; n += 50) {
		struct sample s;
		begin_sample(&r, &s, n, 34);
		for (size_t i = 0; i < n + CIPHER_TAG; i++)
			refused = refused && is_refused(&s, &s.ours[i]);
		for (size_t i = 0; i < s.c.nbound; i++)
			refused = refused && is_refused(&s, &s.bound[i]);
		for (size_t i = 0; i < sizeof s.nonce; i++)
			refused = refused && is_refused(&s, &s.nonce[i]);
		refused = refused && is_refused(&s, &s.key[3]) && opens_theirs(&s);
		end_sample(&s);
	}
	ok(refused, "an altered bit of it, of what is bound to it, of nonce or key is refused, and nothing is handed out");
}

int main(void)
{
	if (sodium_init() < 0)
		return 1;
	test_same();
	test_bounds();
	test_altered();
	return done_testing();
}
