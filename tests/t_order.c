/* tests/t_order.c - Danish alphabetical order (base/text.h) against ICU's.
 *
 * danish_order.txt holds names in the order that ICU gave them; where ICU is installed, it is also asked directly,
 * about the list and about random text. `t_order --write FILE` prints the lines of FILE in ICU's order, for a new
 * list. */
#include "base/text.h"
#include "tests/icu.h"
#include "tests/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

enum { MAX_LINES = 1000, PAIRS = 40000, SEED = 20260101 };

struct line {
	const char *text;
	int rank;                           /* the same for lines that are equal in order */
	unsigned char *key;
	size_t n;
};

static int sign(int x) { return (x > 0) - (x < 0); }

/* Lines are "< text" or, when equal to the line before, "= text". */
static size_t read_list(struct arena *a, const char *path, struct line *lines)
{
	char text[256];
	size_t n = 0;
	FILE *f = fopen(path, "r");
	while (f && n < MAX_LINES && fgets(text, sizeof text, f)) {
		text[strcspn(text, "\n")] = '\0';
		if (strncmp(text, "< ", 2) != 0 && strncmp(text, "= ", 2) != 0)
			continue;
		struct line *l = &lines[n];
		l->rank = (n > 0 ? l[-1].rank : 0) + (text[0] == '<');
		l->text = arena_strdup(a, text + 2);
		l->key = (unsigned char *)text_sort_key(a, l->text, &l->n);
		n++;
	}
	if (f)
		fclose(f);
	return n;
}

static int compare_keys(const struct line *x, const struct line *y)
{
	int order = memcmp(x->key, y->key, x->n < y->n ? x->n : y->n);
	return sign(order ? order : (x->n > y->n) - (x->n < y->n));
}

/* Does line i stand right to every other, by key and by comparison, and by ICU if it is here? */
static void test_line(const struct line *lines, size_t n, size_t i, bool icu)
{
	size_t bad = n;
	for (size_t j = 0; j < n && bad == n; j++) {
		int want = sign(lines[i].rank - lines[j].rank);
		if (compare_keys(&lines[i], &lines[j]) != want)
			bad = j;
		if (sign(text_compare(lines[i].text, lines[j].text)) != want)
			bad = j;
		if (icu && icu_compare(lines[i].text, lines[j].text) != want)
			bad = j;
	}
	if (!ok(bad == n, "name %zu stands right among all%s", i + 1, icu ? ", and ICU agrees" : ""))
		diag("against name %zu: '%s' and '%s'", bad + 1, lines[i].text, lines[bad].text);
}

static void test_list(struct arena *a, const char *path)
{
	struct line *lines = arena_alloc(a, MAX_LINES * sizeof *lines);
	size_t n = read_list(a, path, lines);
	ok(n >= 100, "the list holds %zu names", n);
	for (size_t i = 0; i < n; i++)
		test_line(lines, n, i, icu_is_here());
}

/* Letters that differ on the second or third level, or nearly do, so that random texts meet there. */
static const char16_t *const alike[] = {
	u"aáàâäåÅÄAÁÀÂăąāãǻǟ", u"eéèêëEÉÈÊęěẽ", u"oóòôöøØÖOÓőŐơ", u"uúùûüUÜűŰů", u"yYüÜýÿŷ", u"dDđĐðÐ", u"sSßſşš",
	u"tTþÞhHħŧ", u"lLłŁŀ", u"nNñÑŋ", u"iIıİíîj", u"æÆäÄǽǼ", u"œŒeEoO", u"- '’–.", u"0123²½¹", u"zZžŻʒ", u"qQkKĸ",
};

static char16_t random_letter(struct prng *r)
{
	char16_t cp;
	do
		cp = (char16_t)(' ' + prng_below(r, 0x180 - ' '));
	while ((cp >= 0x7F && cp < 0xA0) || cp == u'ŉ');
	return cp;
}

static void append(struct buf *b, char16_t cp)
{
	if (cp < 0x80) {
		buf_addc(b, (char)cp);
		return;
	}
	if (cp >= 0x800)
		buf_addc(b, (char)(0xE0 | cp >> 12));
	buf_addc(b, (char)(cp >= 0x800 ? 0x80 | (cp >> 6 & 0x3F) : 0xC0 | cp >> 6));
	buf_addc(b, (char)(0x80 | (cp & 0x3F)));
}

static void make_pair(struct prng *r, struct buf *x, struct buf *y)
{
	buf_reset(x);
	buf_reset(y);
	for (uint64_t n = prng_below(r, 6); n > 0; n--) {
		const char16_t *group = alike[prng_below(r, sizeof alike / sizeof *alike)];
		size_t size = 0;
		while (group[size])
			size++;
		bool wild = prng_below(r, 8) == 0;
		append(x, wild ? random_letter(r) : group[prng_below(r, size)]);
		append(y, wild ? random_letter(r) : group[prng_below(r, size)]);
	}
}

static void test_random(void)
{
	struct prng r = {SEED};
	struct buf x = {0}, y = {0};
	int bad = 0, equal = 0;
	for (int i = 0; i < PAIRS; i++) {
		make_pair(&r, &x, &y);
		const char *s = x.p ? x.p : "", *t = y.p ? y.p : "";
		int want = icu_compare(s, t);
		equal += want == 0;
		if (sign(text_compare(s, t)) != want && bad++ < 10)
			diag("'%s' and '%s': ICU says %d", s, t, want);
	}
	is_int(bad, 0, "random pairs stand as ICU says (seed %d)", SEED);
	ok(equal > 0 && equal < PAIRS / 2, "%d of %d pairs were equal", equal, PAIRS);
	buf_free(&x);
	buf_free(&y);
}

static int compare_lines(const void *x, const void *y)
{
	const char *const *s = x, *const *t = y;
	int order = icu_compare(*s, *t);
	return order ? order : strcmp(*s, *t);
}

static int write_list(struct arena *a, const char *path)
{
	const char *lines[MAX_LINES];
	char text[256];
	size_t n = 0;
	FILE *f = fopen(path, "r");
	if (!f || !icu_is_here())
		return 1;
	while (n < MAX_LINES && fgets(text, sizeof text, f))
		lines[n++] = arena_strndup(a, text, strcspn(text, "\n"));
	fclose(f);
	qsort(lines, n, sizeof *lines, compare_lines);
	for (size_t i = 0; i < n; i++)
		printf("%c %s\n", i > 0 && icu_compare(lines[i - 1], lines[i]) == 0 ? '=' : '<', lines[i]);
	return 0;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new();
	if (argc == 3 && strcmp(argv[1], "--write") == 0)
		return write_list(a, argv[2]);
	const char *dir = getenv("top_srcdir");
	test_list(a, arena_printf(a, "%s/tests/danish_order.txt", dir ? dir : "."));
	if (icu_is_here())
		test_random();
	else
		skip(2, "ICU is not installed");
	arena_free(a);
	return done_testing();
}
