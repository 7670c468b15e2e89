/* store/cbor.h - the few forms of CBOR (RFC 8949) that records, change groups and the headers of exchanged files are
 * built of, each with one spelling.
 *
 * Writing goes into room that the caller has reserved; reading is a cursor that can't leave its bytes. What isn't the
 * shortest form, or is a form that we don't use (indefinite lengths, maps inside values, tags, floats), is refused:
 * every reader returns false and the cursor is then of no use. */
#ifndef STORE_CBOR_H
#define STORE_CBOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "store/be.h"

enum cbor_major { CBOR_UINT, CBOR_NEGATIVE, CBOR_BYTES, CBOR_TEXT, CBOR_ARRAY, CBOR_MAP, CBOR_TAG, CBOR_SIMPLE };
enum { CBOR_FALSE = 20, CBOR_TRUE, CBOR_NULL };

#define CBOR_HEAD_MOST 9         /* bytes of the longest head */
#define CBOR_RAW_DEPTH 2         /* arrays in arrays inside a value */

struct cursor { const uint8_t *p, *end; };

static inline size_t cursor_left(const struct cursor *c)
{
	return (size_t)(c->end - c->p);
}

/* Write a head; returns where to go on. */
static inline uint8_t *cbor_put_head(uint8_t *p, enum cbor_major major, uint64_t arg)
{
	const uint8_t m = (uint8_t)(major << 5);
	if (arg < 24) {
		*p++ = (uint8_t)(m | arg);
		return p;
	}
	const int size = arg <= UINT8_MAX ? 0 : arg <= UINT16_MAX ? 1 : arg <= UINT32_MAX ? 2 : 3;
	*p++ = (uint8_t)(m | (24 + size));
	return be_put(p, arg, 1 << size);
}

static inline uint8_t *cbor_put_int(uint8_t *p, int64_t i)
{
	return i >= 0 ? cbor_put_head(p, CBOR_UINT, (uint64_t)i) : cbor_put_head(p, CBOR_NEGATIVE, ~(uint64_t)i);
}

static inline uint8_t *cbor_put_bytes(uint8_t *p, enum cbor_major major, const void *bytes, size_t n)
{
	p = cbor_put_head(p, major, n);
	if (n)
		memcpy(p, bytes, n);
	return p + n;
}

/* Read a head in its shortest form. */
static inline bool cbor_get_head(struct cursor *c, enum cbor_major *major, uint64_t *arg)
{
	if (c->p == c->end)
		return false;
	const unsigned first = *c->p++;
	*major = (enum cbor_major)(first >> 5);
	*arg = first & 31;
	if (*arg < 24)
		return true;
	if (*arg > 27)
		return false;
	const unsigned size = (unsigned)*arg - 24;
	const size_t n = (size_t)1 << size;
	static const uint64_t least[] = { 24, (uint64_t)1 << 8, (uint64_t)1 << 16, (uint64_t)1 << 32 };
	if (cursor_left(c) < n)
		return false;
	*arg = be_get(c->p, (int)n);
	c->p += n;
	return *arg >= least[size];
}

/* A head of this kind and no other. */
static inline bool cbor_get(struct cursor *c, enum cbor_major want, uint64_t *arg)
{
	enum cbor_major major;
	return cbor_get_head(c, &major, arg) && major == want;
}

static inline bool cbor_get_int(struct cursor *c, int64_t *out)
{
	enum cbor_major major;
	uint64_t arg;
	if (!cbor_get_head(c, &major, &arg) || major > CBOR_NEGATIVE || arg > INT64_MAX)
		return false;
	*out = major == CBOR_UINT ? (int64_t)arg : -1 - (int64_t)arg;
	return true;
}

/* A string's bytes, which stay where they are. Text is checked to be UTF-8 without NUL. */
bool cbor_get_string(struct cursor *c, enum cbor_major want, const uint8_t **bytes, size_t *n);
/* Is this text that we keep: well-formed UTF-8 without NUL? */
bool cbor_is_text(const uint8_t *p, size_t n);
/* Step over one item of any form that we allow. No recursion. */
bool cbor_skip(struct cursor *c);

#endif
