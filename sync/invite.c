/* sync/invite.c - see invite.h. Owns the form of an invitation's file and the key from its words; must not know
 * members. */
#include "sync/invite.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "store/be.h"
#include "sync/words.h"

#define MAGIC "SVINV1\r\n"
enum {
	MAGIC_SIZE = sizeof MAGIC - 1,
	SALT = crypto_pwhash_SALTBYTES,
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	BEFORE = MAGIC_SIZE + 4 + 4 + SALT,
	SUM = 16,
	AROUND = BEFORE + NONCE + TAG + SUM,
	PASSES = 3,
	MEMORY_KIB = 64 << 10,
	PASSES_MOST = 100, /* a file that asks for more is none of ours */
	MEMORY_KIB_MOST = 1 << 20,
	FIXED = RING_COVER + SEGMENT_SECRET + SEGMENT_HASH + 2,
};

static int no_memory(struct err *e)
{
	return err_set(e, ERR_NOMEM, _("out of memory"));
}

/* The key of the words under the salt and cost that stand at the file's beginning. */
static int stretch(const uint8_t *file, const uint16_t at[RING_WORDS], uint8_t key[SEGMENT_KEY], struct err *e)
{
	uint8_t typed[2 * RING_WORDS], *p = typed;
	uint64_t passes = be_get(file + MAGIC_SIZE, 4), kib = be_get(file + MAGIC_SIZE + 4, 4);
	for (int i = 0; i < RING_WORDS; i++)
		p = be_put(p, at[i], 2);
	int failed = crypto_pwhash(key, SEGMENT_KEY, (const char *)typed, sizeof typed, file + MAGIC_SIZE + 8, passes,
		(size_t)kib * 1024, crypto_pwhash_ALG_ARGON2ID13);
	sodium_memzero(typed, sizeof typed);
	return failed ? err_set(e, ERR_NOMEM,
				_("there isn't memory enough to work out the key of the words; close some "
				  "programs and try again"))
		      : OK;
}

/* Each as likely as any other, for their number is a power of two. */
static void choose_words(uint16_t at[RING_WORDS])
{
	static_assert((WORDS & (WORDS - 1)) == 0, "a mask takes all words evenly");
	os_random(at, RING_WORDS * sizeof *at);
	for (int i = 0; i < RING_WORDS; i++)
		at[i] &= WORDS - 1;
}

/* ---- sealing ------------------------------------------------------------------------------------- */

static void put_inside(const struct invite *i, struct buf *b)
{
	uint8_t number[4];
	assert(i->nkeys <= UINT16_MAX);
	buf_add(b, i->cover, sizeof i->cover);
	buf_add(b, i->secret, sizeof i->secret);
	buf_add(b, i->name, sizeof i->name);
	be_put(number, i->nkeys, 2);
	buf_add(b, number, 2);
	for (size_t k = 0; k < i->nkeys; k++)
		ring_put_key(b, &i->key[k]);
	for (size_t k = 0; k < i->nstatements; k++) {
		be_put(number, i->statement[k].n, 4);
		buf_add(b, number, 4);
		buf_add(b, i->statement[k].p, i->statement[k].n);
	}
}

static void seal(const struct buf *inside, const uint8_t key[SEGMENT_KEY], struct buf *out, size_t from)
{
	uint8_t *file = (uint8_t *)out->p + from, *nonce = file + BEFORE, *end = nonce + NONCE + inside->n + TAG;
	randombytes_buf(nonce, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
		nonce + NONCE, NULL, (const uint8_t *)inside->p, inside->n, file, BEFORE, NULL, nonce, key);
	crypto_generichash(end, SUM, file, (size_t)(end - file), NULL, 0);
	out->n = from + inside->n + AROUND;
	out->p[out->n] = '\0';
}

int invite_seal(const struct invite *i, bool cheap, struct buf *out, char words[RING_WORDS_TEXT], struct err *e)
{
	struct buf inside = {0};
	uint16_t at[RING_WORDS];
	uint8_t key[SEGMENT_KEY];
	size_t from = out->n;
	put_inside(i, &inside);
	if (inside.oom || !buf_reserve(out, inside.n + AROUND)) {
		buf_wipe(&inside);
		return no_memory(e);
	}
	uint8_t *file = (uint8_t *)out->p + from;
	memcpy(file, MAGIC, MAGIC_SIZE);
	be_put(file + MAGIC_SIZE, cheap ? crypto_pwhash_OPSLIMIT_MIN : PASSES, 4);
	be_put(file + MAGIC_SIZE + 4, cheap ? crypto_pwhash_MEMLIMIT_MIN / 1024 : MEMORY_KIB, 4);
	randombytes_buf(file + MAGIC_SIZE + 8, SALT);
	choose_words(at);
	int rc = stretch(file, at, key, e);
	if (rc == OK) {
		seal(&inside, key, out, from);
		words_format(at, words);
	}
	sodium_memzero(key, sizeof key);
	sodium_memzero(at, sizeof at);
	buf_wipe(&inside);
	return rc;
}

/* ---- opening ------------------------------------------------------------------------------------- */

static int check_file(const uint8_t *file, size_t n, struct err *e)
{
	uint8_t sum[SUM];
	if (n < MAGIC_SIZE || memcmp(file, MAGIC, MAGIC_SIZE - 3) != 0)
		return err_set(e, ERR_DATA, _("the file is no invitation"));
	if (memcmp(file, MAGIC, MAGIC_SIZE) != 0)
		return err_set(e, ERR_UNSUPPORTED,
			_("the invitation was made by a newer samvagt; install that version first"));
	if (n < AROUND + FIXED || n > RING_INVITE_MOST)
		return err_set(e, ERR_CORRUPT, _("the invitation's file is cut short or altered; get it again"));
	crypto_generichash(sum, SUM, file, n - SUM, NULL, 0);
	uint64_t passes = be_get(file + MAGIC_SIZE, 4), kib = be_get(file + MAGIC_SIZE + 4, 4);
	if (memcmp(sum, file + n - SUM, SUM) != 0 || passes < crypto_pwhash_OPSLIMIT_MIN || passes > PASSES_MOST ||
	    kib < crypto_pwhash_MEMLIMIT_MIN / 1024 || kib > MEMORY_KIB_MOST)
		return err_set(e, ERR_CORRUPT, _("the invitation's file is cut short or altered; get it again"));
	return OK;
}

static bool get_statements(struct arena *a, const uint8_t *p, const uint8_t *end, struct invite *out)
{
	size_t cap = 0;
	struct invite_text *all = NULL;
	while (p < end) {
		uint64_t n = end - p > 4 ? be_get(p, 4) : UINT64_MAX;
		if (n > STATEMENT_MOST || n > (uint64_t)(end - p - 4))
			return false;
		all = arena_grow(a, all, &cap, out->nstatements + 1, sizeof *all);
		all[out->nstatements++] = (struct invite_text){p + 4, (size_t)n};
		p += 4 + n;
	}
	out->statement = all;
	return true;
}

/* Whoever knows the words may still have altered what is inside. */
static bool get_inside(struct arena *a, const uint8_t *p, size_t n, struct invite *out)
{
	const uint8_t *end = p + n;
	assert(n >= FIXED);
	memcpy(out->cover, p, RING_COVER);
	memcpy(out->secret, p + RING_COVER, SEGMENT_SECRET);
	memcpy(out->name, p + RING_COVER + SEGMENT_SECRET, SEGMENT_HASH);
	size_t nkeys = (size_t)be_get(p + FIXED - 2, 2);
	if (nkeys > (n - FIXED) / RING_KEY_BYTES)
		return false;
	p += FIXED;
	struct ring_key *key = arena_alloc(a, nkeys * sizeof *key + 1);
	for (size_t i = 0; i < nkeys; i++, p += RING_KEY_BYTES)
		key[i] = ring_get_key(p);
	out->key = out->opened = key;
	out->nkeys = nkeys;
	return get_statements(a, p, end, out);
}

int invite_open(struct arena *a, const void *p, size_t n, const char *words, struct invite *out, struct err *e)
{
	const uint8_t *file = p, *nonce = file + BEFORE;
	uint8_t key[SEGMENT_KEY];
	uint16_t at[RING_WORDS];
	*out = (struct invite){0};
	int rc = check_file(file, n, e);
	if (rc == OK)
		rc = words_read(words, at, e);
	if (rc == OK)
		rc = stretch(file, at, key, e);
	if (rc)
		return rc;
	size_t inside = n - AROUND;
	uint8_t *plain = arena_alloc(a, inside);
	out->inside = plain;
	out->ninside = inside;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(
		    plain, NULL, NULL, nonce + NONCE, inside + TAG, file, BEFORE, nonce, key) != 0)
		rc = err_set(e, ERR_KEY, _("the words don't fit this invitation"));
	else if (!get_inside(a, plain, inside, out))
		rc = err_set(e, ERR_CORRUPT, _("the invitation's file is cut short or altered; get it again"));
	sodium_memzero(key, sizeof key);
	sodium_memzero(at, sizeof at);
	return rc;
}

void invite_wipe(struct invite *i)
{
	if (i->inside) {
		sodium_memzero(i->inside, i->ninside);
		sodium_memzero(i->opened, i->nkeys * sizeof *i->opened);
	}
	sodium_memzero(i, sizeof *i);
}
