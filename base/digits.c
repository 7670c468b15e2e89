/* base/digits.c - see text.h: numbers that people write in text, of phones and of the CPR register.
 *
 * Owns how Danish phone numbers are written and what looks like a CPR number. Must not know in which field it stands
 * nor what is done when one is found. */
#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

#include "base/text_priv.h"

enum { DATE_DIGITS = 6, SERIAL_DIGITS = 4, REPLACEMENT_DAY = 60, MINUS = 0x2212 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

char *text_phone_digits(struct arena *a, const char *s)
{
	char *digits = arena_alloc(a, strlen(s) + 3), *to = digits;
	/* "+" and "00" both mean that a country follows */
	for (; *s && !is_digit(*s); s++)
		if (*s == '+' && to == digits)
			to = (char *)memcpy(to, "00", 2) + 2;
	for (; *s; s++)
		if (is_digit(*s))
			*to++ = *s;
	return strncmp(digits, "0045", 4) == 0 ? digits + 4 : digits;
}

static int two_digits(const char *s) { return (s[0] - '0') * 10 + (s[1] - '0'); }

/* DDMMYY in either century: the year 00 was a leap year in one of them. */
static bool is_cpr_date(const char *s)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int day = two_digits(s), month = two_digits(s + 2), year = two_digits(s + 4);
	if (day > REPLACEMENT_DAY)
		day -= REPLACEMENT_DAY;
	if (day < 1 || month < 1 || month > 12)
		return false;
	return day <= days[month - 1] || (day == 29 && month == 2 && year % 4 == 0);
}

static size_t count_digits(const char *s)
{
	size_t n = 0;
	while (is_digit(s[n]))
		n++;
	return n;
}

/* A hyphen or blank in whatever form a keyboard or a word processor gives it. */
static int separator_length(const char *s)
{
	int len;
	int32_t cp = text_point(s, &len);
	utf8proc_category_t c = utf8proc_category(cp);
	bool parts = c == UTF8PROC_CATEGORY_ZS || c == UTF8PROC_CATEGORY_PD || cp == '\t' || cp == MINUS;
	return parts ? len : 0;
}

/* Does s, where a run of n digits starts, hold the digits of a CPR number? */
static bool is_cpr_shape(const char *s, size_t n)
{
	if (n == DATE_DIGITS + SERIAL_DIGITS)
		return is_cpr_date(s);
	if (n != DATE_DIGITS || !is_cpr_date(s))
		return false;
	const char *rest = s + n;
	for (int i = 0, len; i < 3 && (len = separator_length(rest)) > 0; i++)
		rest += len;
	return rest > s + n && count_digits(rest) == SERIAL_DIGITS;
}

/* Is the run of digits at `at` a phone number with its country: right after a "+", or after a country other than
 * Denmark, whose numbers have eight digits and so no room for a CPR number? */
static bool is_international(const char *s, const char *at)
{
	if (at > s && at[-1] == '+')
		return true;
	if (at == s || (at[-1] != ' ' && at[-1] != '-'))
		return false;
	const char *end = at - 1, *start = end;
	while (start > s && is_digit(start[-1]))
		start--;
	size_t n = (size_t)(end - start);
	if (start > s && start[-1] == '+')
		return n >= 1 && n <= 3 && strncmp(start, "45 ", 3) != 0 && strncmp(start, "45-", 3) != 0;
	return n >= 3 && n <= 5 && strncmp(start, "00", 2) == 0 && (n != 4 || strncmp(start, "0045", 4) != 0);
}

const char *text_find_cpr(const char *s)
{
	for (const char *at = s; *at;) {
		size_t n = count_digits(at);
		if (n == 0) {
			at++;
			continue;
		}
		if (is_cpr_shape(at, n) && !is_international(s, at))
			return at;
		at += n;
	}
	return NULL;
}
