/* store/cbor.c - see cbor.h. Owns what is too long to stand in the header: strings, and stepping over a value that this
 * version doesn't understand. Must not know records. */
#include "store/cbor.h"

#include <assert.h>

#include "base/text.h"

/* Nearly all text is ASCII: eight bytes at a time, then the slow question for the rest. */
bool cbor_is_text(const uint8_t *p, size_t n)
{
	const uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
	size_t i = 0;
	for (uint64_t word; n - i >= sizeof word; i += sizeof word) {
		memcpy(&word, p + i, sizeof word);
		if ((word | (word - ones)) & high)
			return text_valid((const char *)p + i, n - i);
	}
	for (; i < n; i++)
		if (p[i] == 0 || p[i] >= 0x80)
			return text_valid((const char *)p + i, n - i);
	return true;
}

bool cbor_get_string(struct cursor *c, enum cbor_major want, const uint8_t **bytes, size_t *n)
{
	uint64_t arg;
	if (!cbor_get(c, want, &arg) || arg > cursor_left(c))
		return false;
	*bytes = c->p;
	*n = (size_t)arg;
	c->p += arg;
	return want != CBOR_TEXT || cbor_is_text(*bytes, *n);
}

/* `left` counts the items still to come in each array that we stand in. */
bool cbor_skip(struct cursor *c)
{
	uint64_t left[CBOR_RAW_DEPTH + 1] = {1};
	int depth = 0;
	while (depth >= 0) {
		if (left[depth] == 0) {
			depth--;
			continue;
		}
		left[depth]--;
		enum cbor_major major;
		uint64_t arg;
		if (!cbor_get_head(c, &major, &arg))
			return false;
		if (major == CBOR_BYTES || major == CBOR_TEXT) {
			if (arg > cursor_left(c) || (major == CBOR_TEXT && !cbor_is_text(c->p, (size_t)arg)))
				return false;
			c->p += arg;
		} else if (major == CBOR_ARRAY) {
			if (depth == CBOR_RAW_DEPTH || arg > cursor_left(c))
				return false;
			left[++depth] = arg;
		} else if (major > CBOR_NEGATIVE && (major != CBOR_SIMPLE || arg < CBOR_FALSE || arg > CBOR_NULL)) {
			return false;
		}
		assert(c->p <= c->end);
		assert(depth <= CBOR_RAW_DEPTH);
	}
	return true;
}
