/* sync/envelope.c - see envelope.h. Owns the form of a file and the order of its checks. Must not know what the body
 * holds. Of sync/ only this file knows zstd, and what a segment is sealed and signed with. */
#include "sync/envelope.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>
#include <zstd.h>

#include "base/hash.h"
#include "base/lang.h"
#include "store/be.h"
#include "store/cbor.h"

enum {
	MAGIC = 8,
	MAGIC_NAME = 5, /* of them, what is the same in all versions */
	START = MAGIC + 2,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	SIGNATURE = crypto_sign_BYTES,
	TRAILER = 8 + MAGIC,
	AROUND = ENVELOPE_NONCE + SIGNATURE + TRAILER, /* everything but start, header and ciphertext */
	HEADER_MOST = UINT16_MAX,
	HEADER_PARTS = 16,
	HEADER_FIXED = 512, /* bytes of a header without its vector, at most */
	VECTOR_PARTS = 3,
	PART_LEAST = 256, /* bytes that get codes of their own */
	LEVEL_FAST = 1, /* columns have little left to find: level 3 takes longer, and makes them larger */
	LEVEL_SMALL = 19,
};

static_assert(ENVELOPE_NONCE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "the size of a nonce");
static_assert(SEGMENT_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the size of an epoch's key");
static_assert(SEGMENT_PUBLIC == crypto_sign_PUBLICKEYBYTES, "the size of a site's key");
static_assert(SEGMENT_SECRET == crypto_sign_SECRETKEYBYTES, "the size of a site's secret key");
static_assert((int)SEGMENT_HASH == (int)HASH_256, "the size of a hash");

static const char MAGICS[][MAGIC + 1] = {[SEGMENT_GROUPS] = "SVSEG1\r\n", [SEGMENT_SNAPSHOT] = "SVSNP1\r\n"};
static const char END_MAGIC[] = "1GESVS\r\n";
static const char SIGNED_AS[] = "samvagt segment";

/* Where the parts of a file lie. */
struct parts {
	enum segment_kind kind;
	const uint8_t *start, *header, *nonce, *cipher, *signature, *trailer;
	size_t nheader, ncipher;
	uint64_t plain;
};

/* ---- sentences ----------------------------------------------------------------------------------- */

/* Each returns its code by itself, so that whoever checks this file by machine sees that it isn't OK. */
int envelope_refuse(struct err *e)
{
	err_set(e, ERR_CORRUPT, _("an exchanged file was damaged or altered: its author's site can send it again"));
	return ERR_CORRUPT;
}

static int refuse_cut(struct err *e)
{
	err_set(e, ERR_STOPPED,
		_("an exchanged file is cut short: it may still be on its way, and is tried again next time"));
	return ERR_STOPPED;
}

static int refuse_newer(struct err *e)
{
	err_set(e, ERR_UNSUPPORTED, _("an exchanged file was made by a newer samvagt"));
	return ERR_UNSUPPORTED;
}

int envelope_fail(int code, struct err *e)
{
	if (code == ERR_NOMEM)
		return err_set(e, code, _("there isn't memory enough for an exchanged file"));
	if (code == ERR_CORRUPT)
		return envelope_refuse(e);
	assert(code == ERR_DATA);
	return err_set(e, code,
		_("these changes can't stand in an exchanged file: "
		  "check the store with: samvagt doctor"));
}

static int need_sodium(struct err *e)
{
	if (sodium_init() >= 0)
		return OK;
	err_set(e, ERR_UNSUPPORTED, _("libsodium doesn't work on this machine"));
	return ERR_UNSUPPORTED;
}

/* ---- the header ---------------------------------------------------------------------------------- */

static uint8_t *put_vector(uint8_t *p, const struct vector *v)
{
	p = cbor_put_head(p, CBOR_ARRAY, VECTOR_PARTS * v->n);
	for (size_t i = 0; i < v->n; i++) {
		p = cbor_put_head(p, CBOR_UINT, v->at[i].dot.inc);
		p = cbor_put_head(p, CBOR_UINT, v->at[i].dot.no);
		p = cbor_put_head(p, CBOR_UINT, v->at[i].tag);
	}
	return p;
}

static uint8_t *put_header(uint8_t *p, const struct segment_head *h, uint64_t plain, uint64_t cipher)
{
	p = cbor_put_head(p, CBOR_ARRAY, HEADER_PARTS);
	p = cbor_put_head(p, CBOR_UINT, plain);
	p = cbor_put_head(p, CBOR_UINT, cipher);
	p = cbor_put_bytes(p, CBOR_BYTES, h->ring, sizeof h->ring);
	p = cbor_put_head(p, CBOR_UINT, h->inc);
	p = cbor_put_head(p, CBOR_UINT, h->partition);
	p = cbor_put_head(p, CBOR_UINT, h->first);
	p = cbor_put_head(p, CBOR_UINT, h->count);
	p = cbor_put_bytes(p, CBOR_BYTES, h->before, sizeof h->before);
	p = cbor_put_bytes(p, CBOR_BYTES, h->after, sizeof h->after);
	p = put_vector(p, &h->vector);
	p = cbor_put_bytes(p, CBOR_BYTES, h->digest, sizeof h->digest);
	p = cbor_put_int(p, h->clock_first);
	p = cbor_put_int(p, h->clock_last);
	p = cbor_put_head(p, CBOR_UINT, h->written);
	p = cbor_put_head(p, CBOR_UINT, h->needed);
	return cbor_put_bytes(p, CBOR_BYTES, h->epoch, sizeof h->epoch);
}

/* Magic, length and header. */
static int put_start(struct buf *out, const struct segment_head *h, size_t plain, size_t cipher)
{
	const size_t most = START + HEADER_FIXED + h->vector.n * VECTOR_PARTS * CBOR_HEAD_MOST;
	if (!buf_reserve(out, most))
		return ERR_NOMEM;
	uint8_t *start = (uint8_t *)out->p + out->n;
	const size_t n = (size_t)(put_header(start + START, h, plain, cipher) - (start + START));
	assert(START + n <= most);
	if (n > HEADER_MOST)
		return ERR_DATA;
	memcpy(start, MAGICS[h->kind], MAGIC);
	be_put(start + MAGIC, n, 2);
	out->n += START + n;
	return OK;
}

static bool get_fixed(struct cursor *c, uint8_t *out, size_t want)
{
	const uint8_t *p;
	size_t n;
	if (!cbor_get_string(c, CBOR_BYTES, &p, &n) || n != want)
		return false;
	memcpy(out, p, n);
	return true;
}

static bool get_small(struct cursor *c, uint64_t most, uint64_t *out)
{
	return cbor_get(c, CBOR_UINT, out) && *out <= most;
}

static bool get_vector(struct arena *a, struct cursor *c, struct vector *out)
{
	uint64_t items;
	if (!cbor_get(c, CBOR_ARRAY, &items) || items % VECTOR_PARTS != 0 || items > cursor_left(c))
		return false;
	struct seen *at = arena_alloc(a, (size_t)items / VECTOR_PARTS * sizeof *at);
	*out = (struct vector){at, (size_t)items / VECTOR_PARTS};
	for (size_t i = 0; i < out->n; i++) {
		if (!cbor_get(c, CBOR_UINT, &at[i].dot.inc) || !cbor_get(c, CBOR_UINT, &at[i].dot.no) ||
			!cbor_get(c, CBOR_UINT, &at[i].tag))
			return false;
		if (at[i].dot.no == 0 || (i > 0 && at[i - 1].dot.inc >= at[i].dot.inc))
			return false;
	}
	return true;
}

static bool get_lengths(struct cursor *c, uint64_t *items, uint64_t *plain, uint64_t *cipher)
{
	return cbor_get(c, CBOR_ARRAY, items) && *items >= HEADER_PARTS && cbor_get(c, CBOR_UINT, plain) &&
		cbor_get(c, CBOR_UINT, cipher);
}

static bool get_header(struct arena *a, struct cursor c, struct segment_head *h)
{
	uint64_t items, plain, cipher, partition, written, needed;
	if (!get_lengths(&c, &items, &plain, &cipher) || !get_fixed(&c, h->ring, sizeof h->ring) ||
		!cbor_get(&c, CBOR_UINT, &h->inc) || !get_small(&c, UINT32_MAX, &partition) ||
		!cbor_get(&c, CBOR_UINT, &h->first) || !cbor_get(&c, CBOR_UINT, &h->count) ||
		!get_fixed(&c, h->before, sizeof h->before) || !get_fixed(&c, h->after, sizeof h->after) ||
		!get_vector(a, &c, &h->vector) || !get_fixed(&c, h->digest, sizeof h->digest) ||
		!cbor_get_int(&c, &h->clock_first) || !cbor_get_int(&c, &h->clock_last) ||
		!get_small(&c, UINT16_MAX, &written) || !get_small(&c, UINT16_MAX, &needed) ||
		!get_fixed(&c, h->epoch, sizeof h->epoch))
		return false;
	h->partition = (uint32_t)partition;
	h->written = (uint16_t)written;
	h->needed = (uint16_t)needed;
	for (items -= HEADER_PARTS; items > 0; items--)
		if (!cbor_skip(&c))
			return false;
	return c.p == c.end && (h->count == 0 || h->first <= UINT64_MAX - h->count);
}

/* ---- the parts of a file ------------------------------------------------------------------------- */

static int find_kind(const uint8_t *p, size_t n, enum segment_kind *out, struct err *e)
{
	const size_t have = n < MAGIC ? n : MAGIC;
	for (size_t kind = 0; kind < sizeof MAGICS / sizeof *MAGICS; kind++) {
		*out = (enum segment_kind)kind;
		if (have == 0 || memcmp(p, MAGICS[kind], have) == 0)
			return n < START ? refuse_cut(e) : OK;
		if (n >= MAGIC && memcmp(p, MAGICS[kind], MAGIC_NAME) == 0)
			return refuse_newer(e);
	}
	err_set(e, ERR_DATA, _("this isn't a file that samvagt exchanges"));
	return ERR_DATA;
}

static bool is_zero(const uint8_t *p, size_t n)
{
	return sodium_is_zero(p, n) == 1;
}

static int find_parts(const void *file, size_t n, struct parts *out, struct err *e)
{
	const uint8_t *p = file;
	uint64_t items, cipher;
	int rc = find_kind(p, n, &out->kind, e);
	if (rc != OK)
		return rc;
	const size_t most = out->kind == SEGMENT_SNAPSHOT ? SNAPSHOT_BYTES_MOST : SEGMENT_BYTES_MOST;
	out->start = p;
	out->header = p + START;
	out->nheader = (size_t)be_get(p + MAGIC, 2);
	if (n - START < out->nheader)
		return refuse_cut(e);
	struct cursor c = {out->header, out->header + out->nheader};
	if (n > most || !get_lengths(&c, &items, &out->plain, &cipher) || cipher < TAG || cipher > most)
		return envelope_refuse(e);
	const size_t whole = START + out->nheader + (size_t)cipher + AROUND;
	if (n < whole)
		return refuse_cut(e);
	out->ncipher = (size_t)cipher;
	out->nonce = out->header + out->nheader;
	out->cipher = out->nonce + ENVELOPE_NONCE;
	out->signature = out->cipher + out->ncipher;
	out->trailer = out->signature + SIGNATURE;
	/* some copy by making the file as long as it will be, first */
	if (n == whole && is_zero(out->trailer, TRAILER))
		return refuse_cut(e);
	if (n != whole || be_get(out->trailer, 8) != whole || memcmp(out->trailer + 8, END_MAGIC, MAGIC) != 0)
		return envelope_refuse(e);
	return OK;
}

int segment_read_head(
	struct arena *a, const void *p, size_t n, struct segment_head *out, uint8_t hash[SEGMENT_HASH], struct err *e)
{
	struct parts parts;
	int rc = need_sodium(e);
	if (rc == OK)
		rc = find_parts(p, n, &parts, e);
	if (rc != OK)
		return rc;
	*out = (struct segment_head){.kind = parts.kind};
	if (!get_header(a, (struct cursor){parts.header, parts.header + parts.nheader}, out))
		return envelope_refuse(e);
	hash_256(p, n, hash);
	return OK;
}

int segment_peek(struct arena *a, const void *p, size_t n, struct segment_head *out, struct err *e)
{
	const uint8_t *start = p;
	enum segment_kind kind;
	int rc = find_kind(start, n, &kind, e);
	if (rc != OK)
		return rc;
	const size_t nheader = (size_t)be_get(start + MAGIC, 2);
	if (n - START < nheader)
		return refuse_cut(e);
	*out = (struct segment_head){.kind = kind};
	return get_header(a, (struct cursor){start + START, start + START + nheader}, out) ? OK : envelope_refuse(e);
}

/* ---- signature ----------------------------------------------------------------------------------- */

/* What is signed: all before the signature. */
static void make_signed(const uint8_t *p, size_t n, uint8_t out[sizeof SIGNED_AS - 1 + SEGMENT_HASH])
{
	memcpy(out, SIGNED_AS, sizeof SIGNED_AS - 1);
	hash_256(p, n, out + sizeof SIGNED_AS - 1);
}

int segment_verify(const void *p, size_t n, const uint8_t author[SEGMENT_PUBLIC], struct err *e)
{
	uint8_t text[sizeof SIGNED_AS - 1 + SEGMENT_HASH];
	struct parts parts;
	int rc = need_sodium(e);
	if (rc == OK)
		rc = find_parts(p, n, &parts, e);
	if (rc != OK)
		return rc;
	make_signed(parts.start, (size_t)(parts.signature - parts.start), text);
	if (crypto_sign_verify_detached(parts.signature, text, sizeof text, author) != 0)
		return envelope_refuse(e);
	return OK;
}

/* ---- compression --------------------------------------------------------------------------------- */

static bool squeeze(ZSTD_CCtx *z, const uint8_t *p, size_t n, ZSTD_EndDirective how, struct buf *out)
{
	ZSTD_inBuffer in = {p, n, 0};
	size_t left;
	do {
		if (!buf_reserve(out, ZSTD_compressBound(n - in.pos)))
			return false;
		ZSTD_outBuffer to = {out->p, out->cap - 1, out->n};
		left = ZSTD_compressStream2(z, &to, &in, how);
		out->n = to.pos;
	} while (!ZSTD_isError(left) && left > 0);
	assert(ZSTD_isError(left) || in.pos == n);
	return !ZSTD_isError(left);
}

static bool squeeze_parts(ZSTD_CCtx *z, const struct buf *body, const size_t *part, size_t nparts, struct buf *out)
{
	const uint8_t *p = (const uint8_t *)body->p;
	size_t start = 0, at = 0;
	for (size_t i = 0; i < nparts; i++) {
		at += part[i];
		const bool alone = i + 1 < nparts && part[i + 1] >= PART_LEAST;
		if ((part[i] >= PART_LEAST || alone) && at > start) {
			if (!squeeze(z, p + start, at - start, ZSTD_e_flush, out))
				return false;
			start = at;
		}
	}
	assert(at == body->n);
	return squeeze(z, p + start, at - start, ZSTD_e_end, out);
}

static int compress_body(const struct buf *body, const struct buf *parts, enum segment_level level, struct buf *out)
{
	ZSTD_CCtx *z = ZSTD_createCCtx();
	if (!z)
		return ERR_NOMEM;
	ZSTD_CCtx_setParameter(z, ZSTD_c_compressionLevel, level == SEGMENT_SMALL ? LEVEL_SMALL : LEVEL_FAST);
	ZSTD_CCtx_setParameter(z, ZSTD_c_contentSizeFlag, 0);
	ZSTD_CCtx_setPledgedSrcSize(z, body->n);
	const bool good =
		squeeze_parts(z, body, (const size_t *)(const void *)parts->p, parts->n / sizeof(size_t), out);
	ZSTD_freeCCtx(z);
	return good ? OK : ERR_NOMEM;
}

/* ---- seal ---------------------------------------------------------------------------------------- */

/* `packed` is what was compressed; room for the whole file has been made. */
static void put_sealed(
	struct buf *out, size_t begin, const struct buf *packed, const uint8_t *nonce, const uint8_t key[SEGMENT_KEY])
{
	uint8_t *p = (uint8_t *)out->p + out->n;
	unsigned long long n;
	if (nonce)
		memcpy(p, nonce, ENVELOPE_NONCE);
	else
		randombytes_buf(p, ENVELOPE_NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(p + ENVELOPE_NONCE, &n, (const uint8_t *)packed->p, packed->n,
		(const uint8_t *)out->p + begin, out->n - begin, NULL, p, key);
	assert(n == packed->n + TAG);
	out->n += ENVELOPE_NONCE + (size_t)n;
}

static void put_signature(struct buf *out, size_t begin, const uint8_t secret[SEGMENT_SECRET])
{
	uint8_t text[sizeof SIGNED_AS - 1 + SEGMENT_HASH], *p = (uint8_t *)out->p + out->n;
	make_signed((const uint8_t *)out->p + begin, out->n - begin, text);
	crypto_sign_detached(p, NULL, text, sizeof text, secret);
	out->n += SIGNATURE;
	be_put(p + SIGNATURE, out->n + TRAILER - begin, 8);
	memcpy(p + SIGNATURE + 8, END_MAGIC, MAGIC);
	out->n += TRAILER;
	out->p[out->n] = '\0';
}

static size_t plain_most(enum segment_kind kind)
{
	return kind == SEGMENT_SNAPSHOT ? SNAPSHOT_BYTES_MOST : SEGMENT_PLAIN_MOST;
}

static size_t bytes_most(enum segment_kind kind)
{
	return kind == SEGMENT_SNAPSHOT ? SNAPSHOT_BYTES_MOST : SEGMENT_BYTES_MOST;
}

int envelope_seal(const struct segment_head *h, const struct buf *body, const struct buf *parts,
	enum segment_level level, const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET],
	const uint8_t *nonce, struct buf *out, struct err *e)
{
	struct buf packed = {0};
	const size_t begin = out->n;
	int rc = need_sodium(e);
	if (rc != OK)
		return rc;
	if (body->n > plain_most(h->kind))
		return envelope_fail(ERR_DATA, e);
	rc = compress_body(body, parts, level, &packed);
	if (rc == OK)
		rc = put_start(out, h, body->n, packed.n + TAG);
	if (rc == OK && !buf_reserve(out, packed.n + TAG + AROUND))
		rc = ERR_NOMEM;
	if (rc == OK && out->n - begin + packed.n + TAG + AROUND > bytes_most(h->kind))
		rc = ERR_DATA;
	if (rc == OK) {
		put_sealed(out, begin, &packed, nonce, key);
		put_signature(out, begin, secret);
		assert(out->n < out->cap);
	} else {
		out->n = begin;
	}
	buf_wipe(&packed);
	return rc == OK ? OK : envelope_fail(rc, e);
}

int envelope_finish(int rc, const struct segment_head *h, struct buf *body, struct buf *parts, enum segment_level level,
	const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET], struct buf *out, struct err *e)
{
	rc = rc == OK ? envelope_seal(h, body, parts, level, key, secret, NULL, out, e) : envelope_fail(rc, e);
	buf_wipe_grown(body);
	buf_free(parts);
	return rc;
}

static int inflate_body(const uint8_t *packed, size_t n, size_t plain, struct buf *body)
{
	if (!buf_reserve(body, plain))
		return ERR_NOMEM;
	const size_t got = ZSTD_decompress(body->p, plain, packed, n);
	if (ZSTD_isError(got) || got != plain)
		return ERR_CORRUPT;
	body->n = plain;
	return OK;
}

int envelope_open(const void *p, size_t n, const struct segment_head *h, const uint8_t key[SEGMENT_KEY],
	struct buf *body, struct err *e)
{
	struct parts parts;
	unsigned long long length;
	struct buf packed = {0};
	assert(body->n == 0);
	int rc = need_sodium(e);
	if (rc == OK)
		rc = find_parts(p, n, &parts, e);
	if (rc != OK)
		return rc;
	if (h->needed > SEGMENT_SCHEMA)
		return refuse_newer(e);
	if (parts.kind != h->kind || parts.plain > plain_most(h->kind))
		return envelope_refuse(e);
	if (!buf_reserve(&packed, parts.ncipher))
		return envelope_fail(ERR_NOMEM, e);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt((uint8_t *)packed.p, &length, NULL, parts.cipher, parts.ncipher,
		    parts.start, (size_t)(parts.nonce - parts.start), parts.nonce, key) != 0)
		rc = err_set(e, ERR_KEY, _("an exchanged file can't be opened with the key that it names"));
	else
		rc = inflate_body((const uint8_t *)packed.p, (size_t)length, (size_t)parts.plain, body);
	buf_wipe(&packed);
	return rc == OK || rc == ERR_KEY ? rc : envelope_fail(rc, e);
}
