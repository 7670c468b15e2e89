/* base/letters.c - see letters.h. Owns the alphabet. Must not know what the bytes are. */
#include "base/letters.h"

#include <stdint.h>
#include <string.h>

void letters_write(char *out, const void *bytes, size_t n)
{
	const uint8_t *p = bytes;
	for (size_t i = 0; i < n; i++) {
		*out++ = (char)('a' + (p[i] >> 4));
		*out++ = (char)('a' + (p[i] & 15));
	}
	*out = '\0';
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'p';
}

bool letters_read(const char *text, void *bytes, size_t n)
{
	uint8_t *out = bytes;
	if (strlen(text) != 2 * n)
		return false;
	for (size_t i = 0; i < n; i++, text += 2) {
		if (!is_letter(text[0]) || !is_letter(text[1]))
			return false;
		out[i] = (uint8_t)((text[0] - 'a') << 4 | (text[1] - 'a'));
	}
	return true;
}
