/* base/digits.c - see text.h: numbers that people write in text, of phones and of the CPR register.
 *
 * Owns how Danish phone numbers are written and what looks like a CPR number. Must not know in which field it stands
 * nor what is done when one is found. */
#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

#include "base/text_priv.h"

enum { DATE_DIGITS = 6, SERIAL_DIGITS = 4, DIGITS_LOOKED = 12, GAP_MOST = 3, REPLACEMENT_DAY = 60, MINUS = 0x2212 };

char *text_phone_digits(struct arena *a, const char *s)
{
	char *digits = arena_alloc(a, strlen(s) + 3), *to = digits;
	/* "+" and "00" both mean that a country follows */
	for (; *s && !text_is_digit(*s); s++)
		if (*s == '+' && to == digits)
			to = (char *)memcpy(to, "00", 2) + 2;
	for (; *s; s++)
		if (text_is_digit(*s))
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

/* ---- signs: what a reader takes for a digit, a dash or a blank -------------------------------------------------- */

static utf8proc_category_t category_at(const char *s, int32_t *cp, int *len)
{
	*cp = text_point(s, len);
	return utf8proc_category(*cp);
}

/* The digits of a script stand in a row from nought on; the mathematical ones, in five rows with nothing between. */
static char digit_of(int32_t cp)
{
	int value = 0;
	while (value < 50 && utf8proc_category(cp - value - 1) == UTF8PROC_CATEGORY_ND)
		value++;
	return (char)('0' + value % 10);
}

static char stand_in(int32_t cp, utf8proc_category_t c)
{
	int32_t plain[4];
	int unused = 0;
	/* a full-width, raised or ringed one is its plain one in another dress */
	if ((c == UTF8PROC_CATEGORY_ND || c == UTF8PROC_CATEGORY_NO) &&
		utf8proc_decompose_char(cp, plain, 4, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &unused) == 1)
		cp = plain[0];
	if (utf8proc_category(cp) == UTF8PROC_CATEGORY_ND)
		return digit_of(cp);
	if (c == UTF8PROC_CATEGORY_ZS || cp == '\t')
		return ' ';
	return c == UTF8PROC_CATEGORY_PD || cp == MINUS ? '-' : 'x';
}

/* Marks on a sign and what can't be seen are part of the sign before them: they hide no number. */
static bool is_unseen(const char *s, int *len)
{
	int32_t cp;
	if ((*s & 0x80) == 0)
		return false;
	utf8proc_category_t c = category_at(s, &cp, len);
	return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME || c == UTF8PROC_CATEGORY_CF;
}

/* ASCII as it is, but a tab is a blank; 0 at the end. */
static char sign_at(const char *s, size_t *n)
{
	int32_t cp = (unsigned char)*s;
	int len = 1;
	char sign = *s == '\t' ? ' ' : *s;
	if (*s & 0x80) {
		utf8proc_category_t c = category_at(s, &cp, &len);
		sign = stand_in(cp, c);
	}
	*n = *s ? (size_t)len : 0;
	while (sign && is_unseen(s + *n, &len))
		*n += (size_t)len;
	return sign;
}

/* ---- numbers ---------------------------------------------------------------------------------------------------- */

/* Digits with nothing between them: the first of them, and how many there are. */
struct run { char digit[DIGITS_LOOKED]; size_t n; const char *end; };

static struct run run_at(const char *s)
{
	struct run r = {.end = s};
	size_t len;
	for (char sign; text_is_digit(sign = sign_at(r.end, &len)); r.end += len) {
		if (r.n < DIGITS_LOOKED)
			r.digit[r.n] = sign;
		r.n++;
	}
	return r;
}

/* Blanks and dashes after a number. */
struct gap { size_t n, dashes; const char *end; };

static struct gap gap_at(const char *s)
{
	struct gap g = {.end = s};
	size_t len;
	for (char sign; (sign = sign_at(g.end, &len)) == ' ' || sign == '-'; g.end += len) {
		g.n++;
		g.dashes += sign == '-';
	}
	return g;
}

/* What stands before a number: a sign, or another number with one sign between and a sign before it. */
struct before { char sign; struct run run; char first; };

/* Is it a phone number with its country: right after a "+", or after a country other than Denmark, whose numbers have
 * eight digits and so no room for a CPR number? No country begins with 0 (ITU-T E.164). */
static bool is_international(const struct before *b, const struct run *r)
{
	if (b->sign == '+')
		return r->digit[0] != '0';
	if (b->run.n == 0 || (b->sign != ' ' && b->sign != '-'))
		return false;
	if (b->first == '+')
		return b->run.n <= 3 && (b->run.n != 2 || memcmp(b->run.digit, "45", 2) != 0);
	return b->run.n >= 3 && b->run.n <= 5 && memcmp(b->run.digit, "00", 2) == 0 &&
		(b->run.n != 4 || memcmp(b->run.digit, "0045", 4) != 0);
}

static bool is_year(const struct run *r)
{
	return memcmp(r->digit, "19", 2) == 0 || memcmp(r->digit, "20", 2) == 0;
}

/* "01.02.80-1234": with blanks before the last four it is a date with a time, or with only blanks in it perhaps a list
 * of weeks and a year; with more dashes around it is another number. */
static bool is_parted(const struct run *first, const struct before *b)
{
	char date[DATE_DIGITS] = {first->digit[0], first->digit[1]};
	struct run r = *first;
	char part = 0;
	size_t len;
	for (size_t i = 2; i < DATE_DIGITS; i += 2) {
		char sign = sign_at(r.end, &len);
		if (!sign || !strchr(" .-/", sign) || (part && sign != part))
			return false;
		part = sign;
		r = run_at(r.end + len);
		if (r.n != 2)
			return false;
		memcpy(date + i, r.digit, 2);
	}
	struct gap gap = gap_at(r.end);
	struct run serial = run_at(gap.end);
	if (serial.n != SERIAL_DIGITS || gap.n != 1 || !is_cpr_date(date))
		return false;
	if (part == '-' && ((b->sign == '-' && b->run.n) || sign_at(serial.end, &len) == '-'))
		return false;
	return gap.dashes || (part == ' ' && !is_year(&serial));
}

static bool is_cpr(const struct run *r, const struct before *b)
{
	struct gap gap = gap_at(r->end);
	bool serial = gap.n >= 1 && gap.n <= GAP_MOST && run_at(gap.end).n == SERIAL_DIGITS;
	if (is_international(b, r))
		return false;
	if (r->n == DATE_DIGITS + SERIAL_DIGITS)
		return is_cpr_date(r->digit);
	if (r->n == DATE_DIGITS)
		return serial && is_cpr_date(r->digit);
	/* the whole year; after a blank it would be a time */
	if (r->n == DATE_DIGITS + 2) {
		struct run year = {.digit = {r->digit[4], r->digit[5]}};
		char date[] = {r->digit[0], r->digit[1], r->digit[2], r->digit[3], r->digit[6], r->digit[7]};
		return serial && gap.n == 1 && gap.dashes && is_year(&year) && is_cpr_date(date);
	}
	return r->n == 2 && is_parted(r, b);
}

const char *text_find_cpr(const char *s)
{
	struct before b = {0};
	struct run last = {0};
	char last_sign = 0;
	for (size_t len; *s; s += len) {
		char sign = sign_at(s, &len);
		if (!text_is_digit(sign)) {
			b = (struct before){sign, last, last_sign};
			last.n = 0;
			last_sign = sign;
			continue;
		}
		struct run r = run_at(s);
		if (is_cpr(&r, &b))
			return s;
		last = r;
		last_sign = b.sign;
		len = (size_t)(r.end - s);
	}
	return NULL;
}
