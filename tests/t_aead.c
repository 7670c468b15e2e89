/* tests/t_aead.c - what is put together of libsodium's parts is what libsodium itself makes. */
#include "store/aead.h"

#include <sodium.h>
#include <string.h>

#include "tests/tap.h"

enum { TEXT = 600, BOUND = 110 };

static void draw(struct prng *r, uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)prng_next(r);
}

/* All lengths around those where it changes its way, with all sorts of lengths of what is bound. */
static void test_same(void)
{
	struct prng r = {11};
	uint8_t text[TEXT], bound[BOUND], nonce[AEAD_NONCE], key[AEAD_KEY], theirs[TEXT + AEAD_TAG], ours[TEXT + AEAD_TAG];
	bool sealed = true, opened = true, in_place = true;
	for (size_t n = 0; n < TEXT; n++) {
		const size_t nbound = n * 7 % (BOUND + 1);
		draw(&r, text, n);
		draw(&r, bound, nbound);
		draw(&r, nonce, sizeof nonce);
		draw(&r, key, sizeof key);
		crypto_aead_xchacha20poly1305_ietf_encrypt(theirs, NULL, text, n, bound, nbound, NULL, nonce, key);
		aead_seal(ours, text, n, bound, nbound, nonce, key);
		sealed = sealed && memcmp(ours, theirs, n + AEAD_TAG) == 0;
		opened = opened && aead_open(ours, theirs, n + AEAD_TAG, bound, nbound, nonce, key) &&
			memcmp(ours, text, n) == 0;
		memcpy(ours, text, n);
		aead_seal(ours, ours, n, bound, nbound, nonce, key);
		in_place = in_place && memcmp(ours, theirs, n + AEAD_TAG) == 0 &&
			aead_open(ours, ours, n + AEAD_TAG, bound, nbound, nonce, key) && memcmp(ours, text, n) == 0;
	}
	ok(sealed, "0 to %d bytes are sealed as libsodium seals them", TEXT - 1);
	ok(opened, "and what it sealed is opened");
	ok(in_place, "also where the text is itself");
}

static bool opens(const uint8_t *sealed, size_t n, const uint8_t *bound, const uint8_t *nonce, const uint8_t *key)
{
	uint8_t out[TEXT];
	memset(out, 0xaa, sizeof out);
	if (aead_open(out, sealed, n, bound, BOUND / 2, nonce, key))
		return true;
	for (size_t i = 0; i < sizeof out; i++)
		if (out[i] != 0xaa && out[i] != 0)
			return true;
	return false;
}

static bool any_flip_opens(uint8_t *p, size_t nflip, const uint8_t *sealed, size_t n, const uint8_t *bound, const uint8_t *nonce,
	const uint8_t *key)
{
	bool any = false;
	for (size_t bit = 0; bit < 8 * nflip; bit++) {
		p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		any = any || opens(sealed, n, bound, nonce, key);
		p[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	return any;
}

static void test_altered(void)
{
	struct prng r = {12};
	uint8_t text[TEXT], bound[BOUND], nonce[AEAD_NONCE], key[AEAD_KEY], sealed[TEXT];
	bool right = true, flips = false, cuts = false;
	draw(&r, text, sizeof text);
	draw(&r, bound, sizeof bound);
	draw(&r, nonce, sizeof nonce);
	draw(&r, key, sizeof key);
	for (size_t length = 0; length < TEXT - AEAD_TAG; length += 97) {
		const size_t n = length + AEAD_TAG;
		aead_seal(sealed, text, length, bound, BOUND / 2, nonce, key);
		right = right && opens(sealed, n, bound, nonce, key);
		flips = flips || any_flip_opens(sealed, n, sealed, n, bound, nonce, key) ||
			any_flip_opens(bound, BOUND / 2, sealed, n, bound, nonce, key) ||
			any_flip_opens(nonce, sizeof nonce, sealed, n, bound, nonce, key) ||
			any_flip_opens(key, sizeof key, sealed, n, bound, nonce, key);
		for (size_t cut = 0; cut < n; cut++)
			cuts = cuts || opens(sealed, cut, bound, nonce, key);
	}
	ok(right, "what was sealed opens");
	ok(!flips, "not with a bit of it, of what it is bound to, of the nonce or of the key altered, and nothing is handed out");
	ok(!cuts, "nor cut short");
}

int main(void)
{
	if (sodium_init() < 0)
		return 1;
	test_same();
	test_altered();
	return done_testing();
}
