/* roster/agreement_label.c - see agreements.h. Owns the string in a printed agreement's QR code, and what becomes of it
 * on its way through a scanner. Pure. */
#include "roster/agreements.h"

#include <string.h>

#define LABEL "samvagt"
enum { ID_DIGITS = 32, CODE_LETTERS = 10 };

char *agreement_label(struct arena *a, struct id agreement, const char *code)
{
	char id[ID_TEXT];
	return arena_printf(a, LABEL ":%s:%s", id_format(id, agreement), code);
}

/* Letters and digits without accents, small ones; false when there are more than n. */
static bool keep_letters(const char *s, char *out, size_t n)
{
	for (; *s; s++) {
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s - 'A' + 'a') : *s;
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9'))
			continue;
		if (n-- == 1)
			return false;
		*out++ = c;
	}
	*out = '\0';
	return true;
}

/* Of a code, "kbmqxrwztn", as it is printed. */
static void add_hyphens(const char *letters, char code[WORDING_CODE])
{
	size_t n = 0;
	for (size_t i = 0; letters[i]; i++) {
		if (i == 4 || i == 8)
			code[n++] = '-';
		code[n++] = letters[i];
	}
	code[n] = '\0';
}

bool agreement_read_label(const char *typed, struct id *out, char code[WORDING_CODE])
{
	char kept[sizeof LABEL + ID_DIGITS + CODE_LETTERS], digits[ID_DIGITS + 1];
	const size_t before = strlen(LABEL);
	if (!keep_letters(typed, kept, sizeof kept) || strncmp(kept, LABEL, before) != 0 ||
		strlen(kept) < before + ID_DIGITS)
		return false;
	memcpy(digits, kept + before, ID_DIGITS);
	digits[ID_DIGITS] = '\0';
	add_hyphens(kept + before + ID_DIGITS, code);
	return id_parse(digits, out, NULL) == OK;
}
