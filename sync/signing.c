/* sync/signing.c - see signing.h. Owns the site's own key where there is no ring, and minisign's forms of signatures
 * and public keys. Must not know what a text says. */
#include "sync/signing.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/hash.h"
#include "base/lang.h"
#include "store/be.h"
#include "sync/ring.h"

static_assert(SIGNING_PUBLIC == crypto_sign_PUBLICKEYBYTES && SIGNING_SECRET == crypto_sign_SECRETKEYBYTES, "Ed25519");
static_assert(SIGNING_SEAL == crypto_sign_BYTES, "Ed25519");

/* ---- the own key -------------------------------------------------------------------------------------------- */

/* The vault's row: the incarnation that made the key, and the key. */
#define ROW "signing"
enum { ROW_INC = 8, ROW_BYTES = ROW_INC + SIGNING_SECRET };

static int read_row(struct store *s, uint8_t row[ROW_BYTES], bool *has, struct err *e)
{
	struct arena *a = arena_new();
	const void *p;
	size_t n;
	int rc = vault_read(s, a, ROW, &p, &n, e);
	*has = rc == OK && p && n == ROW_BYTES;
	if (*has)
		memcpy(row, p, ROW_BYTES);
	if (p)
		sodium_memzero((void *)(uintptr_t)p, n);
	arena_free(a);
	return rc;
}

static int make_row(struct store *s, uint8_t row[ROW_BYTES], struct err *e)
{
	uint8_t public_key[SIGNING_PUBLIC];
	be_put(row, store_incarnation(s), ROW_INC);
	crypto_sign_keypair(public_key, row + ROW_INC);
	const struct vault_row put = {ROW, row, ROW_BYTES};
	return store_is_dry_run(s) ? OK : vault_put(s, &put, 1, e);
}

/* The ring's member key, else the own one; made when `make`, else *has may be false. */
static int load(struct store *s, bool make, uint8_t secret[SIGNING_SECRET], bool *has, struct err *e)
{
	struct ring *r = NULL;
	uint8_t row[ROW_BYTES];
	int rc = sodium_init() < 0 ? err_set(e, ERR_UNSUPPORTED, _("libsodium doesn't work on this machine")) : OK;
	*has = false;
	if (rc == OK)
		rc = ring_load(s, &r, e);
	if (rc == OK && r) {
		memcpy(secret, ring_secret(r), SIGNING_SECRET);
		*has = true;
	}
	ring_free(r);
	if (rc || *has)
		return rc;
	rc = read_row(s, row, has, e);
	if (rc == OK && !*has && make) {
		rc = make_row(s, row, e);
		*has = rc == OK;
	}
	if (*has)
		memcpy(secret, row + ROW_INC, SIGNING_SECRET);
	sodium_memzero(row, sizeof row);
	return rc;
}

int signing_key(struct store *s, uint8_t public_key[SIGNING_PUBLIC], struct err *e)
{
	uint8_t secret[SIGNING_SECRET];
	bool has;
	int rc = load(s, true, secret, &has, e);
	if (rc == OK)
		crypto_sign_ed25519_sk_to_pk(public_key, secret);
	sodium_memzero(secret, sizeof secret);
	return rc;
}

int signing_bequeath(struct store *s, uint8_t secret[SIGNING_SECRET], bool *has, struct err *e)
{
	uint8_t row[ROW_BYTES];
	int rc = read_row(s, row, has, e);
	*has = *has && be_get(row, ROW_INC) == store_incarnation(s);
	if (*has)
		memcpy(secret, row + ROW_INC, SIGNING_SECRET);
	sodium_memzero(row, sizeof row);
	return rc;
}

/* ---- seals ---------------------------------------------------------------------------------------------------- */

static void seal(const uint8_t secret[SIGNING_SECRET], const void *p, size_t n, uint8_t out[SIGNING_SEAL])
{
	uint8_t hash[HASH_512];
	hash_512(p, n, hash);
	crypto_sign_detached(out, NULL, hash, sizeof hash, secret);
}

int signing_seal(struct store *s, const void *p, size_t n, uint8_t out[SIGNING_SEAL], struct err *e)
{
	uint8_t secret[SIGNING_SECRET];
	bool has;
	int rc = load(s, true, secret, &has, e);
	assert(rc || has);
	if (rc == OK)
		seal(secret, p, n, out);
	sodium_memzero(secret, sizeof secret);
	return rc;
}

bool signing_holds(
	const uint8_t public_key[SIGNING_PUBLIC], const uint8_t sealed[SIGNING_SEAL], const void *p, size_t n)
{
	uint8_t hash[HASH_512];
	hash_512(p, n, hash);
	return crypto_sign_verify_detached(sealed, hash, sizeof hash, public_key) == 0;
}

void signing_id(const uint8_t public_key[SIGNING_PUBLIC], uint8_t id[SIGNING_ID])
{
	uint8_t hash[HASH_256];
	hash_256(public_key, SIGNING_PUBLIC, hash);
	memcpy(id, hash, SIGNING_ID);
}

/* ---- whose ------------------------------------------------------------------------------------------------------ */

/* A known key, by the key or by its id. */
struct known {
	uint8_t key[SIGNING_PUBLIC];
	const char *name;
	bool retired, found;
};

static void try_key(struct known *k, const uint8_t *key, const uint8_t *id, const uint8_t *candidate)
{
	uint8_t its_id[SIGNING_ID];
	signing_id(candidate, its_id);
	k->found = key ? memcmp(key, candidate, SIGNING_PUBLIC) == 0 : memcmp(id, its_id, SIGNING_ID) == 0;
	if (k->found)
		memcpy(k->key, candidate, SIGNING_PUBLIC);
}

static int look_in_ring(
	struct store *s, struct arena *a, const uint8_t *key, const uint8_t *id, struct known *k, struct err *e)
{
	struct ring *r = NULL;
	size_t n = 0;
	int rc = ring_load(s, &r, e);
	const struct ring_member *m = rc == OK && r ? ring_members(r, &n) : NULL;
	for (size_t i = 0; i < n && !k->found; i++) {
		try_key(k, key, id, m[i].key);
		if (k->found) {
			k->name = arena_strdup(a, m[i].name);
			k->retired = m[i].retired;
		}
	}
	ring_free(r);
	return rc;
}

/* The own one, from before there was a ring too. */
static int look_at_home(
	struct store *s, struct arena *a, const uint8_t *key, const uint8_t *id, struct known *k, struct err *e)
{
	uint8_t row[ROW_BYTES], own[SIGNING_PUBLIC];
	bool has;
	int rc = read_row(s, row, &has, e);
	if (has) {
		crypto_sign_ed25519_sk_to_pk(own, row + ROW_INC);
		try_key(k, key, id, own);
	}
	sodium_memzero(row, sizeof row);
	struct view *v = NULL;
	if (rc == OK && k->found)
		rc = view_begin(s, &v, e);
	if (v)
		k->name = view_title(v, a, store_site(s));
	view_end(v);
	return rc;
}

static int find_key(
	struct store *s, struct arena *a, const uint8_t *key, const uint8_t *id, struct known *k, struct err *e)
{
	*k = (struct known){.name = ""};
	int rc = look_in_ring(s, a, key, id, k, e);
	return rc || k->found ? rc : look_at_home(s, a, key, id, k, e);
}

int signing_whose(struct store *s, struct arena *a, const uint8_t public_key[SIGNING_PUBLIC], const char **name,
	bool *retired, struct err *e)
{
	struct known k;
	int rc = find_key(s, a, public_key, NULL, &k, e);
	*name = k.name;
	*retired = k.retired;
	return rc;
}

/* ---- files: writing ------------------------------------------------------------------------------------------------
 */

enum { SIG_BYTES = 2 + SIGNING_ID + SIGNING_SEAL, PUB_BYTES = 2 + SIGNING_ID + SIGNING_PUBLIC, BASE64_MOST = 128 };
#define UNTRUSTED "untrusted comment: "
#define TRUSTED "trusted comment: "

static_assert(sodium_base64_ENCODED_LEN(SIG_BYTES, sodium_base64_VARIANT_ORIGINAL) <= BASE64_MOST, "a line has room");

static void add_base64(struct buf *b, const void *p, size_t n)
{
	char line[BASE64_MOST];
	sodium_bin2base64(line, sizeof line, p, n, sodium_base64_VARIANT_ORIGINAL);
	buf_addf(b, "%s\n", line);
}

/* What "global" signs: the signature and the comment. */
static size_t global_text(uint8_t *out, const uint8_t sealed[SIGNING_SEAL], const char *comment)
{
	size_t n = strlen(comment);
	assert(n <= SIGNING_COMMENT_MOST);
	memcpy(out, sealed, SIGNING_SEAL);
	memcpy(out + SIGNING_SEAL, comment, n);
	return SIGNING_SEAL + n;
}

static void write_files(const uint8_t secret[SIGNING_SECRET], const void *p, size_t n, const char *comment,
	struct buf *minisig, struct buf *pub)
{
	uint8_t sig[SIG_BYTES] = "ED", own[PUB_BYTES] = "Ed", global[SIGNING_SEAL],
		text[SIGNING_SEAL + SIGNING_COMMENT_MOST];
	uint8_t *key = own + 2 + SIGNING_ID;
	crypto_sign_ed25519_sk_to_pk(key, secret);
	signing_id(key, own + 2);
	signing_id(key, sig + 2);
	seal(secret, p, n, sig + 2 + SIGNING_ID);
	crypto_sign_detached(global, NULL, text, global_text(text, sig + 2 + SIGNING_ID, comment), secret);
	buf_adds(minisig, UNTRUSTED "signature from samvagt\n");
	add_base64(minisig, sig, sizeof sig);
	buf_addf(minisig, TRUSTED "%s\n", comment);
	add_base64(minisig, global, sizeof global);
	buf_adds(pub, UNTRUSTED "minisign public key of a site of samvagt\n");
	add_base64(pub, own, sizeof own);
}

int signing_write(struct store *s, const void *p, size_t n, const char *comment, struct buf *minisig, struct buf *pub,
	struct err *e)
{
	uint8_t secret[SIGNING_SECRET];
	bool has;
	if (strpbrk(comment, "\r\n") || strlen(comment) > SIGNING_COMMENT_MOST)
		return err_set(e, ERR_DATA, _("the comment of a signature is one line of at most %d bytes"),
			SIGNING_COMMENT_MOST);
	int rc = load(s, true, secret, &has, e);
	if (rc == OK)
		write_files(secret, p, n, comment, minisig, pub);
	sodium_memzero(secret, sizeof secret);
	return rc || !(minisig->oom || pub->oom) ? rc : err_set(e, ERR_NOMEM, _("out of memory"));
}

/* ---- files: reading -------------------------------------------------------------------------------------------------
 */

/* Lines of a file; a CR before the LF is no part of one. */
struct lines {
	const char *at, *end;
};

static bool next_line(struct lines *l, struct arena *a, const char **out)
{
	if (l->at >= l->end)
		return false;
	const char *lf = memchr(l->at, '\n', (size_t)(l->end - l->at));
	size_t n = (size_t)((lf ? lf : l->end) - l->at);
	const char *start = l->at;
	l->at += n + 1;
	if (n && start[n - 1] == '\r')
		n--;
	*out = arena_strndup(a, start, n);
	return true;
}

/* A line of exactly so many bytes in base64. */
static bool read_base64(const char *line, uint8_t *out, size_t n)
{
	size_t got;
	return sodium_base642bin(out, n, line, strlen(line), NULL, &got, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
		got == n;
}

static bool begins(const char *line, const char *with)
{
	return strncmp(line, with, strlen(with)) == 0;
}

struct parsed {
	uint8_t sig[SIG_BYTES], global[SIGNING_SEAL];
	const char *comment;
};

static bool parse_minisig(struct arena *a, const struct signing_file *f, struct parsed *out)
{
	struct lines l = {f->p, (const char *)f->p + f->n};
	const char *line;
	if (!next_line(&l, a, &line) || !begins(line, UNTRUSTED) || !next_line(&l, a, &line) ||
		!read_base64(line, out->sig, sizeof out->sig) || memcmp(out->sig, "ED", 2) != 0 ||
		!next_line(&l, a, &line) || !begins(line, TRUSTED))
		return false;
	out->comment = line + strlen(TRUSTED);
	return strlen(out->comment) <= SIGNING_COMMENT_MOST && next_line(&l, a, &line) &&
		read_base64(line, out->global, sizeof out->global) && !next_line(&l, a, &line);
}

/* With its comment, or the line of the key alone. */
static bool parse_pub(struct arena *a, const struct signing_file *f, uint8_t out[PUB_BYTES])
{
	struct lines l = {f->p, (const char *)f->p + f->n};
	const char *line;
	bool has = next_line(&l, a, &line);
	if (has && begins(line, UNTRUSTED))
		has = next_line(&l, a, &line);
	return has && read_base64(line, out, PUB_BYTES) && memcmp(out, "Ed", 2) == 0;
}

static int fail(struct signing_found *out, enum signing_what what, int rc, const char *says, struct err *e)
{
	out->what = what;
	return err_set(e, rc, "%s", says);
}

static int check(const struct parsed *s, const struct signing_file *text, struct signing_found *out, struct err *e)
{
	uint8_t global[SIGNING_SEAL + SIGNING_COMMENT_MOST];
	const uint8_t *sealed = s->sig + 2 + SIGNING_ID;
	size_t n = global_text(global, sealed, s->comment);
	bool is_text = signing_holds(out->key, sealed, text->p, text->n);
	bool is_comment = crypto_sign_verify_detached(s->global, global, n, out->key) == 0;
	out->comment = is_comment ? s->comment : NULL;
	if (is_text && is_comment)
		return OK;
	if (is_comment)
		return fail(out, SIGNING_TEXT, ERR_CORRUPT, _("the text was altered after it was signed"), e);
	if (is_text)
		return fail(out, SIGNING_COMMENT, ERR_CORRUPT,
			_("the comment of the signature was altered; the text wasn't"), e);
	return fail(out, SIGNING_KEY, ERR_KEY,
		_("the signature was altered, or made with another key under the same name"), e);
}

int signing_read(struct store *s, struct arena *a, const struct signing_file *text, const struct signing_file *minisig,
	const struct signing_file *pub, struct signing_found *out, struct err *e)
{
	struct parsed sig;
	uint8_t key[PUB_BYTES];
	assert(s || pub);
	*out = (struct signing_found){.what = SIGNING_OK};
	if (!parse_minisig(a, minisig, &sig))
		return fail(out, SIGNING_FORM, ERR_DATA, _("the signature is no file of minisign, or is cut short"), e);
	if (pub) {
		if (!parse_pub(a, pub, key))
			return fail(out, SIGNING_FORM, ERR_DATA,
				_("the public key is no file of minisign, or is cut short"), e);
		memcpy(out->key, key + 2 + SIGNING_ID, SIGNING_PUBLIC);
		if (memcmp(sig.sig + 2, key + 2, SIGNING_ID) != 0)
			return fail(out, SIGNING_KEY, ERR_KEY,
				_("the signature was made with another key than the public one"), e);
	} else {
		struct known k;
		int rc = find_key(s, a, NULL, sig.sig + 2, &k, e);
		if (rc)
			return rc;
		if (!k.found)
			return fail(out, SIGNING_KEY, ERR_KEY,
				_("the signature was made with a key that isn't known here"), e);
		memcpy(out->key, k.key, SIGNING_PUBLIC);
	}
	return check(&sig, text, out, e);
}
