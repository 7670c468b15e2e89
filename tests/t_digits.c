/* tests/t_digits.c - phone numbers and what looks like a CPR number (base/text.h). Every number is made up. */
#include "base/text.h"
#include "tests/cprtest.h"

#include <string.h>

/* `at` is where it is found; -1 for nowhere. */
static const struct {
	const char *text;
	int at;
	const char *why;
} cprs[] = {
	{"010203-1234", 0, "hyphen"},
	{"010203 1234", 0, "blank"},
	{"0102031234", 0, "no separator"},
	{"010203 - 1234", 0, "hyphen between blanks"},
	{"010203–1234", 0, "en dash"},
	{"010203\u00A01234", 0, "no-break blank"},
	{"010203\u20091234", 0, "thin blank"},
	{"010203\t1234", 0, "tab"},
	{"010203−1234", 0, "minus sign"},
	{"cpr 010203-1234, ring", 4, "inside text"},
	{"CPR:0102031234.", 4, "between punctuation"},
	{"20737074 og 010203-1234", 12, "after a phone number"},
	{"010203-12345 010203-1234", 13, "after something longer"},
	{"611203-1234", 0, "replacement number, day + 60"},
	{"910112-1234", 0, "replacement number, the 31st"},
	{"920112-1234", -1, "replacement number, the 32nd"},
	{"310399-1234", 0, "the 31st"},
	{"310299-1234", -1, "no such day"},
	{"290200-1234", 0, "leap day of 2000"},
	{"290204-1234", 0, "leap day"},
	{"290203-1234", -1, "leap day in a common year"},
	{"890204-1234", 0, "leap day of a replacement number"},
	{"000103-1234", -1, "day 0"},
	{"600103-1234", -1, "day 60"},
	{"011303-1234", -1, "month 13"},
	{"010003-1234", -1, "month 0"},
	{"010203-123", -1, "three digits after"},
	{"010203-12345", -1, "five digits after"},
	{"10203-1234", -1, "five digits before"},
	{"9010203-1234", -1, "seven digits before"},
	{"010203/1234", -1, "a slash"},
	{"010203--\u00A0-1234", -1, "too much between"},
	{"010203", -1, "a date alone"},
	{"20737074", -1, "a phone number"},
	{"20 73 70 74", -1, "a phone number in pairs"},
	{"2073-7074", -1, "a phone number in fours"},
	{"+4520737074", -1, "a phone number with +45"},
	{"+45 20737074", -1, "a phone number with +45 apart"},
	{"004520737074", -1, "a phone number with 0045"},
	{"0045 20737074", -1, "a phone number with 0045 apart"},
	{"+1101901234", -1, "right after a plus"},
	{"+0101901234", 1, "right after a plus, where no country is"},
	{"+46 0101901234", -1, "a foreign phone number"},
	{"+46-0101901234", -1, "a foreign phone number with a hyphen"},
	{"0046 0101901234", -1, "a foreign phone number with 00"},
	{"+45 0101901234", 4, "too long for a Danish phone number"},
	{"0045 0101901234", 5, "too long for a Danish phone number with 0045"},
	{"+452 0101901234", -1, "a country that begins like Denmark's"},
	{"7 0101901234", 2, "a single digit before"},
	{"CVR 29190925", -1, "a company number"},
	{"01012025 1234", -1, "a date with the whole year, and a time"},
	{"01012025", -1, "a date with the whole year"},
	{"DK5000400102031234", -1, "inside an account number"},
	{"9780102031234", -1, "an ISBN"},
	{"978-0-10-203123-4", -1, "an ISBN with hyphens"},
	{"01020312345", -1, "eleven digits"},
	{"1-2-3", -1, "small numbers"},
	{"", -1, "nothing"},
	{"æ010203-1234å", 2, "between letters"},
	{"０１０２０３-１２３４", 0, "full-width digits"},
	{"٠١٠٢٠٣ ١٢٣٤", 0, "Arabic digits"},
	{"𝟎𝟏𝟎𝟐𝟎𝟑𝟏𝟐𝟑𝟒", 0, "mathematical digits"},
	{"𝟘𝟙𝟘𝟚𝟘𝟛-①②③④", 0, "mathematical digits, and ringed ones"},
	{"⁰¹⁰²⁰³₁₂₃₄", 0, "raised and lowered digits"},
	{"0\u030810203-1234", 0, "a mark on a digit"},
	{"010\u200d203\u200b-12\ufe0f34", 0, "joiners and what has no width between"},
	{"010203\u2011\u00ad1234", 0, "a dash that doesn't break, and a soft hyphen"},
	{"010203\u20141234", 0, "em dash"},
	{"010203\u30001234", 0, "wide blank"},
	{"+46\u00a00101901234", -1, "a foreign phone number with a blank that doesn't break"},
	{"01021980-1234", 0, "the whole year"},
	{"01021980 1234", -1, "the whole year and a blank: a time"},
	{"01021780-1234", -1, "the whole year, long ago"},
	{"01.02.03-1234", 0, "dots in the date"},
	{"01/02/03-1234", 0, "slashes in the date"},
	{"01-02-03-1234", 0, "dashes in the date"},
	{"01 02 03-1234", 0, "blanks in the date"},
	{"01 02 03 1234", 0, "blanks only"},
	{"uge 10 11 12 2025", -1, "weeks and a year"},
	{"uge 10 11 12 13 14", -1, "weeks"},
	{"03.12.25 1400", -1, "a date and a time"},
	{"03-12-25 1400", -1, "a date with dashes and a time"},
	{"03.12.25 - 1400", -1, "a date and a time with a dash"},
	{"03.12-25-1234", -1, "a date of two sorts"},
	{"1-10-12-72-1234", -1, "a case number"},
	{"1-31-12-72-1234-20", -1, "a case number with a year"},
	{"31-12-72-1234-20", -1, "a case number that begins like a date"},
	{"2025-010203-1234", 5, "after a year"},
};

static void test_cpr(void)
{
	for (size_t i = 0; i < sizeof cprs / sizeof *cprs; i++) {
		const char *found = text_find_cpr(cprs[i].text);
		is_int(found ? found - cprs[i].text : -1, cprs[i].at, "CPR-like: %s", cprs[i].why);
	}
}

/* Of many, the first that isn't as it should be. */
static void test_spellings(void)
{
	enum { ROUNDS = 20000 };
	struct prng r = {20251203};
	struct buf b = {0};
	size_t hidden = 0, refused = 0;
	for (int i = 0; i < ROUNDS; i++) {
		cpr_text(&r, &b);
		if (!text_find_cpr(b.p) && hidden++ == 0)
			diag("not found: %s", b.p);
		cpr_near_miss(&r, &b);
		if (text_find_cpr(b.p) && refused++ == 0)
			diag("found: %s", b.p);
	}
	is_int((intmax_t)hidden, 0, "a CPR number is found in any spelling");
	is_int((intmax_t)refused, 0, "and in nothing that people write every day");
	buf_free(&b);
}

static const struct {
	const char *text, *digits;
} phones[] = {
	{"20737074", "20737074"},        {"20 73 70 74", "20737074"},      {"2073-7074", "20737074"},
	{"+4520737074", "20737074"},     {"+45 20 73 70 74", "20737074"},  {"(+45) 20737074", "20737074"},
	{"0045 20737074", "20737074"},   {"+46 701 23 45", "00467012345"}, {"0046 701 23 45", "00467012345"},
	{"45207370", "45207370"},        {"+45", ""},                      {"", ""},
	{"tlf. 20737074", "20737074"},   {"+45 20", "20"},                 {"++4520737074", "20737074"},
};

static void test_phones(void)
{
	struct arena *a = arena_new();
	for (size_t i = 0; i < sizeof phones / sizeof *phones; i++)
		is_str(text_phone_digits(a, phones[i].text), phones[i].digits, "digits of phone number %zu", i + 1);
	arena_free(a);
}

int main(void)
{
	test_cpr();
	test_spellings();
	test_phones();
	return done_testing();
}
