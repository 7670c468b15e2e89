/* tests/sim/cheap.c - see sim.h. Owns what a simulated region does in a cheaper way than a real one, with the same
 * outcome: the linker puts these in the place of what they're named after (tests/sim.mk, --wrap).
 *
 * Two thirds of a history's time went to checking the same few signatures at each meeting, to filling the room that a
 * database keeps in advance, and to copying it. Nothing here says yes where the real one says no: only what the real
 * one has answered for these very bytes is remembered, and only when it was a yes. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/os.h"
#include "tests/sim/sim.h"

/* ---- what was worked out before ------------------------------------------------------------------ */

enum { MEMO_BITS = 14, MEMO_KEY = 16, MEMO_MOST = 96, MEMO_TRIES = 8 };
struct memo { uint8_t key[MEMO_KEY], out[MEMO_MOST]; bool used; };

static struct memo memos[1 << MEMO_BITS];

struct input { const void *p; size_t n; };

static void name_memo(uint8_t key[MEMO_KEY], char what, const struct input *in, size_t n)
{
	crypto_generichash_state h;
	crypto_generichash_init(&h, NULL, 0, MEMO_KEY);
	crypto_generichash_update(&h, (const uint8_t *)&what, 1);
	for (size_t i = 0; i < n; i++) {
		crypto_generichash_update(&h, (const uint8_t *)&in[i].n, sizeof in[i].n);
		crypto_generichash_update(&h, in[i].p, in[i].n);
	}
	crypto_generichash_final(&h, key, MEMO_KEY);
}

/* The row of that key, or where it would stand: when all are taken, in the place of the first. */
static struct memo *find_memo(const uint8_t key[MEMO_KEY])
{
	size_t at;
	memcpy(&at, key, sizeof at);
	for (size_t i = 0; i < MEMO_TRIES; i++) {
		struct memo *m = &memos[(at + i) & ((1 << MEMO_BITS) - 1)];
		if (!m->used || memcmp(m->key, key, MEMO_KEY) == 0)
			return m;
	}
	struct memo *first = &memos[at & ((1 << MEMO_BITS) - 1)];
	first->used = false;
	return first;
}

static void keep_memo(struct memo *m, const uint8_t key[MEMO_KEY], const void *out, size_t n)
{
	memcpy(m->key, key, MEMO_KEY);
	memcpy(m->out, out, n);
	m->used = true;
}

/* ---- libsodium ----------------------------------------------------------------------------------- */

int __real_crypto_sign_verify_detached(const unsigned char *sig, const unsigned char *m, unsigned long long n,
	const unsigned char *pk);
int __wrap_crypto_sign_verify_detached(const unsigned char *sig, const unsigned char *m, unsigned long long n,
	const unsigned char *pk);
int __real_crypto_sign_ed25519_pk_to_curve25519(unsigned char *out, const unsigned char *pk);
int __wrap_crypto_sign_ed25519_pk_to_curve25519(unsigned char *out, const unsigned char *pk);
int __real_crypto_box_seal_open(unsigned char *m, const unsigned char *c, unsigned long long n, const unsigned char *pk,
	const unsigned char *sk);
int __wrap_crypto_box_seal_open(unsigned char *m, const unsigned char *c, unsigned long long n, const unsigned char *pk,
	const unsigned char *sk);

int __wrap_crypto_pwhash(unsigned char *out, unsigned long long nout, const char *words, unsigned long long n,
	const unsigned char *salt, unsigned long long passes, size_t memory, int how);

/* Nobody guesses here. */
int __wrap_crypto_pwhash(unsigned char *out, unsigned long long nout, const char *words, unsigned long long n,
	const unsigned char *salt, unsigned long long passes, size_t memory, int how)
{
	(void)passes, (void)memory, (void)how;
	return crypto_generichash(out, (size_t)nout, (const unsigned char *)words, n, salt, crypto_pwhash_SALTBYTES);
}

int __wrap_crypto_sign_verify_detached(const unsigned char *sig, const unsigned char *m, unsigned long long n,
	const unsigned char *pk)
{
	uint8_t key[MEMO_KEY];
	name_memo(key, 'v', (struct input[]){{sig, crypto_sign_BYTES}, {m, (size_t)n}, {pk, crypto_sign_PUBLICKEYBYTES}}, 3);
	struct memo *memo = find_memo(key);
	if (memo->used)
		return 0;
	int rc = __real_crypto_sign_verify_detached(sig, m, n, pk);
	if (rc == 0)
		keep_memo(memo, key, "", 0);
	return rc;
}

int __wrap_crypto_sign_ed25519_pk_to_curve25519(unsigned char *out, const unsigned char *pk)
{
	uint8_t key[MEMO_KEY];
	name_memo(key, 'c', &(struct input){pk, crypto_sign_PUBLICKEYBYTES}, 1);
	struct memo *memo = find_memo(key);
	int rc = memo->used ? 0 : __real_crypto_sign_ed25519_pk_to_curve25519(out, pk);
	if (memo->used)
		memcpy(out, memo->out, crypto_scalarmult_curve25519_BYTES);
	else if (rc == 0)
		keep_memo(memo, key, out, crypto_scalarmult_curve25519_BYTES);
	return rc;
}

int __wrap_crypto_box_seal_open(unsigned char *out, const unsigned char *c, unsigned long long n, const unsigned char *pk,
	const unsigned char *sk)
{
	uint8_t key[MEMO_KEY];
	if (n < crypto_box_SEALBYTES || n - crypto_box_SEALBYTES > MEMO_MOST)
		return __real_crypto_box_seal_open(out, c, n, pk, sk);
	name_memo(key, 'b', (struct input[]){{c, (size_t)n}, {pk, crypto_box_PUBLICKEYBYTES}, {sk, crypto_box_SECRETKEYBYTES}}, 3);
	struct memo *memo = find_memo(key);
	int rc = memo->used ? 0 : __real_crypto_box_seal_open(out, c, n, pk, sk);
	if (memo->used)
		memcpy(out, memo->out, (size_t)n - crypto_box_SEALBYTES);
	else if (rc == 0)
		keep_memo(memo, key, out, (size_t)n - crypto_box_SEALBYTES);
	return rc;
}

/* ---- the machine --------------------------------------------------------------------------------- */

int __wrap_os_reserve(int fd, int64_t from, int64_t to, struct err *e);
int __wrap_os_run_apart(int (*fn)(void *ctx), void *ctx, int most_ms, int *result, struct err *e);

/* The file grows, and nothing is laid under it: copies of it stay small. */
int __wrap_os_reserve(int fd, int64_t from, int64_t to, struct err *e)
{
	(void)from;
	off_t now = lseek(fd, 0, SEEK_END);
	return now < 0 || (now < to && ftruncate(fd, to) != 0) ? err_set(e, ERR_IO, "no room") : OK;
}

/* What would end a child ends the history, which is a child itself. Chance goes on as if it had been one. */
int __wrap_os_run_apart(int (*fn)(void *ctx), void *ctx, int most_ms, int *result, struct err *e)
{
	(void)most_ms, (void)e;
	struct chance before = chance_of_program();
	*result = fn(ctx);
	chance_seed_program(before.at);
	return OK;
}
