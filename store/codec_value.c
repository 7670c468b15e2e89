/* store/codec_value.c - see codec_priv.h. Owns how one value lies in bytes, and the other small pieces that records and
 * groups share. Must not know either. */
#include "store/codec_priv.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"

enum {
	TEXT_MOST = 64 << 10,
	ID_BYTES = sizeof(struct id),
};

/* Would these bytes read back as something else than V_RAW? */
static bool is_raw(const uint8_t *p, size_t n)
{
	struct cursor c = {p, p + n};
	enum cbor_major major;
	uint64_t arg;
	if (!cbor_get_head(&c, &major, &arg))
		return false;
	bool known = (major <= CBOR_NEGATIVE && arg <= INT64_MAX) || (major == CBOR_BYTES && arg == ID_BYTES) ||
		     major == CBOR_TEXT || (major == CBOR_SIMPLE && arg == CBOR_NULL);
	c.p = p;
	return !known && cbor_skip(&c) && c.p == c.end;
}

size_t codec_text_room(const struct value *v)
{
	const uint8_t *p = (const uint8_t *)v->text.s;
	if (v->text.n > TEXT_MOST)
		return 0;
	if (v->tag == V_TEXT)
		return cbor_is_text(p, v->text.n) ? CBOR_HEAD_MOST + v->text.n : 0;
	return is_raw(p, v->text.n) ? v->text.n : 0;
}

uint8_t *codec_put_value(uint8_t *p, const struct value *v)
{
	switch (v->tag) {
	case V_INT:
		return cbor_put_int(p, v->i);
	case V_TEXT:
		return cbor_put_bytes(p, CBOR_TEXT, v->text.s, v->text.n);
	case V_ID:
		return cbor_put_bytes(p, CBOR_BYTES, v->id.b, ID_BYTES);
	case V_RAW:
		memcpy(p, v->text.s, v->text.n);
		return p + v->text.n;
	case V_NONE:
		break;
	}
	return cbor_put_head(p, CBOR_SIMPLE, CBOR_NULL);
}

static const char *pool_copy(struct pool *pool, const uint8_t *bytes, size_t n)
{
	char *s = pool->p;
	memcpy(s, bytes, n);
	pool->p += n;
	return s;
}

bool codec_get_text(struct cursor *c, struct pool *pool, struct value *v)
{
	const uint8_t *bytes;
	size_t n;
	if (!cbor_get_string(c, CBOR_TEXT, &bytes, &n) || n > TEXT_MOST)
		return false;
	v->tag = V_TEXT;
	v->text.s = pool_copy(pool, bytes, n);
	v->text.n = (uint32_t)n;
	*pool->p++ = '\0';
	return true;
}

bool codec_get_id(struct cursor *c, struct id *out)
{
	const uint8_t *bytes;
	size_t n;
	if (!cbor_get_string(c, CBOR_BYTES, &bytes, &n) || n != ID_BYTES)
		return false;
	memcpy(out->b, bytes, ID_BYTES);
	return true;
}

static bool get_raw(struct cursor *c, struct pool *pool, struct value *v)
{
	const uint8_t *start = c->p;
	if (!cbor_skip(c) || c->p - start > TEXT_MOST)
		return false;
	v->tag = V_RAW;
	v->text.n = (uint32_t)(c->p - start);
	v->text.s = pool_copy(pool, start, v->text.n);
	return true;
}

bool codec_get_value(struct cursor *c, struct pool *pool, struct value *v)
{
	struct cursor look = *c;
	enum cbor_major major;
	uint64_t arg;
	if (!cbor_get_head(&look, &major, &arg))
		return false;
	if (major == CBOR_TEXT)
		return codec_get_text(c, pool, v);
	if (major <= CBOR_NEGATIVE && arg <= INT64_MAX) {
		v->tag = V_INT;
		v->i = major == CBOR_UINT ? (int64_t)arg : -1 - (int64_t)arg;
		*c = look;
		return true;
	}
	if (major == CBOR_BYTES && arg == ID_BYTES) {
		if (cursor_left(&look) < ID_BYTES)
			return false;
		v->tag = V_ID;
		memcpy(v->id.b, look.p, ID_BYTES);
		*c = (struct cursor){ look.p + ID_BYTES, look.end };
		return true;
	}
	if (major == CBOR_SIMPLE && arg == CBOR_NULL) {
		v->tag = V_NONE;
		*c = look;
		return true;
	}
	return get_raw(c, pool, v);
}

bool codec_get_byte(struct cursor *c, uint8_t *out)
{
	uint64_t arg;
	if (!cbor_get(c, CBOR_UINT, &arg) || arg > UINT8_MAX)
		return false;
	*out = (uint8_t)arg;
	return true;
}

bool codec_get_dot(struct cursor *c, struct dot *out)
{
	return cbor_get(c, CBOR_UINT, &out->inc) && cbor_get(c, CBOR_UINT, &out->no);
}

/* What was written past the end of b becomes part of it, or is forgotten when it is too much. */
int codec_keep_written(struct buf *b, size_t n, size_t most)
{
	if (n <= most)
		b->n += n;
	b->p[b->n] = '\0';
	assert(b->n < b->cap);
	return n <= most ? OK : ERR_DATA;
}

int codec_refuse(struct err *e)
{
	return err_set(e, ERR_CORRUPT,
		       _("a record in the store isn't in the form that samvagt writes; "
			 "check the store with: samvagt doctor"));
}

int codec_no_memory(struct err *e)
{
	return err_set(e, ERR_NOMEM, _("there isn't memory enough to read a record"));
}
