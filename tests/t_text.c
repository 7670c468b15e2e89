/* tests/t_text.c - UTF-8, clean form, graphemes, width and case of names (base/text.h). */
#include "base/text.h"
#include "tests/tap.h"

#include <string.h>

static const struct {
	const char *bytes;
	size_t n;
	bool valid;
	const char *why;
} validity[] = {
	{"", 0, true, "nothing"},
	{"abc", 3, true, "ASCII"},
	{"\u00E6\u20AC\U0001F600", 9, true, "two, three and four bytes"},
	{"a\0b", 3, false, "a NUL"},
	{"\x80", 1, false, "a stray continuation"},
	{"\xC3", 1, false, "cut after the first of two"},
	{"\xE2\x82", 2, false, "cut after two of three"},
	{"\xF0\x9F\x98", 3, false, "cut after three of four"},
	{"\xC3(", 2, false, "no continuation"},
	{"\xC0\x80", 2, false, "an overlong NUL"},
	{"\xE0\x80\xAF", 3, false, "an overlong slash"},
	{"\xED\xA0\x80", 3, false, "a surrogate"},
	{"\xF4\x90\x80\x80", 4, false, "beyond Unicode"},
	{"\xF8\x88\x80\x80\x80", 5, false, "five bytes"},
	{"\xFF", 1, false, "no byte of UTF-8"},
	{"\xE6" "ble", 4, false, "Latin-1"},
};

static void test_valid(void)
{
	for (size_t i = 0; i < sizeof validity / sizeof *validity; i++)
		is_int(text_valid(validity[i].bytes, validity[i].n), validity[i].valid, "validity: %s",
			validity[i].why);
}

static const struct {
	const char *from, *to, *why;
} cleans[] = {
	{"Mona", "Mona", "nothing to do"},
	{"  Mona  Lisa\t\n", "Mona  Lisa", "blanks around"},
	{"\u00A0Mona\u2003", "Mona", "other blanks around"},
	{"a\r\nb", "a\nb", "carriage return"},
	{"a\x1B[31mb\x7F", "a[31mb", "controls"},
	{"A\u030Age", "\u00C5ge", "composed"},
	{"a\u202Eb\u2066c\u200Fd\u061C", "abcd", "bidi controls"},
	{"a\u200Bb\uFEFFc\u00ADd", "abcd", "invisible"},
	{"a\uE000b\uFFFFc\u0378d", "abcd", "private and unassigned"},
	{"\U0001F468\u200D\U0001F469", "\U0001F468\u200D\U0001F469", "joiner stays"},
	{"\u2764\uFE0F", "\u2764\uFE0F", "variation selector stays"},
	{"a\u2028b", "a\nb", "line separator"},
	{" \u200B ", "", "only blanks"},
	{"e\u200B\u0301", "\u00E9", "composed over what was dropped"},
};

static void test_clean(struct arena *a)
{
	for (size_t i = 0; i < sizeof cleans / sizeof *cleans; i++)
		is_str(text_clean(a, cleans[i].from, strlen(cleans[i].from)), cleans[i].to, "clean: %s", cleans[i].why);
}

static const struct {
	const char *text;
	int width, clusters;
	const char *why;
} widths[] = {
	{"", 0, 0, "nothing"},
	{"abc", 3, 3, "ASCII"},
	{"\u00C5ge", 3, 3, "composed"},
	{"A\u030Age", 3, 3, "decomposed"},
	{"\u4E2D\u6587", 4, 2, "wide"},
	{"\U0001F600", 2, 1, "emoji"},
	{"\U0001F468\u200D\U0001F469\u200D\U0001F467", 2, 1, "a joined family"},
	{"\U0001F44D\U0001F3FD", 2, 1, "skin tone"},
	{"\U0001F1E9\U0001F1F0", 2, 1, "a flag"},
	{"\U0001F1E9\U0001F1F0\U0001F1F8\U0001F1EA", 4, 2, "two flags"},
	{"\u2764\uFE0F", 2, 1, "heart as emoji"},
	{"\u1100\u1161\u11A8", 2, 1, "Hangul of three parts"},
	{"a\xFFz", 3, 3, "a byte that is no UTF-8"},
	{"\r\n", 0, 1, "end of line"},
};

static void test_width(void)
{
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		int clusters = 0, w;
		for (const char *s = widths[i].text; *s; clusters++)
			s += text_grapheme(s, &w);
		is_int(text_width(widths[i].text), widths[i].width, "width: %s", widths[i].why);
		is_int(clusters, widths[i].clusters, "clusters: %s", widths[i].why);
	}
}

static const struct {
	const char *text;
	int cols;
	const char *fit;
} fits[] = {
	{"Mona", 4, "Mona"}, {"Mona", 9, "Mona"}, {"Mona", 3, "Mo…"}, {"Mona", 1, "…"}, {"Mona", 0, ""}, {"", 0, ""},
	{"", 1, ""}, {"Åse", 2, "Å…"}, {"A\u030Ase", 2, "A\u030A…"}, {"中文字", 5, "中文…"}, {"中文字", 4, "中…"},
	{"中", 1, "…"}, {"ab\u0301", 2, "ab\u0301"}, {"Mona", -1, ""},
};

static void test_fit(struct arena *a)
{
	for (size_t i = 0; i < sizeof fits / sizeof *fits; i++)
		is_str(text_fit(a, fits[i].text, fits[i].cols), fits[i].fit, "fit %zu", i + 1);
}

static const struct {
	const char *from, *to;
} titles[] = {
	{"MONA", "Mona"}, {"mona", "Mona"}, {"anne-LISE", "Anne-Lise"}, {"ÅSE ÆRØ", "Åse Ærø"}, {"o'BRIEN", "O'Brien"},
	{"McDonald", "McDonald"}, {"Jens de Vries", "Jens de Vries"}, {"", ""}, {"jens K. 2b", "Jens K. 2B"},
	{"ǆ", "ǅ"}, {"A\u030ASE", "A\u030Ase"},
	{"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
	 "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},
};

static void test_title(struct arena *a)
{
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		is_str(text_title_case(a, titles[i].from), titles[i].to, "title case %zu", i + 1);
}

static const struct {
	const char *s, *start;
	size_t n;
} begins[] = {
	{"Søren Holm", "Søren", 6}, {"SØREN ÅS", "Søren Ås", 10}, {"søren", "SØREN", 6}, {"Søre", "Søren", 0}, {"Søren", "Soren", 0},
	{"Søren", "", 0}, {"", "S", 0}, {"\xc3", "\xc3\x98", 0},
};

static void test_begins(void)
{
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		is_int((int64_t)text_begins(begins[i].s, begins[i].start), (int64_t)begins[i].n, "begins %zu", i + 1);
	ok(text_is_letter('a') && text_is_letter(0xd8) && text_is_letter(0x30a), "letters, and marks that belong to one");
	ok(!text_is_letter(' ') && !text_is_letter(0xbb) && !text_is_letter('1') && !text_is_letter(0), "quotes and digits aren't");
}

/* An Arabic name turns nothing around but itself. */
static void test_isolate(struct arena *a)
{
	static const char *const same[] = {"", "Åse Ø, 20 30 40 50", "Nguyễn Thị", "日本", "🙂"};
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		ok(text_isolate(a, same[i]) == same[i], "\"%s\" stays as it is", same[i]);
	is_str(text_isolate(a, "Bo, محمد حسن 20 30, فاطمة"), "Bo, \u2067محمد حسن\u2069 20 30, \u2067فاطمة\u2069", "names by themselves, and not the number");
	is_str(text_isolate(a, "א-ב."), "\u2067א-ב\u2069.", "what parts its words is inside, what ends it is not");
	is_str(text_isolate(a, "x\xd7\xffא"), "x\xd7\xff\u2067א\u2069", "bytes that aren't UTF-8 are left");
}

int main(void)
{
	struct arena *a = arena_new();
	test_valid();
	test_clean(a);
	test_width();
	test_fit(a);
	test_title(a);
	test_begins();
	test_isolate(a);
	arena_free(a);
	return done_testing();
}
