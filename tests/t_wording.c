/* tests/t_wording.c - texts that are agreed on: put together, told apart, filled in, compared. */
#include "roster/wording.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tests/tap.h"

static struct err e;
static struct arena *a;

static const char *make(const char *text, const char *volunteers, const char *professionals)
{
	char *out = NULL;
	e = (struct err){0};
	return wording_make(a, text, volunteers, professionals, &out, &e) == OK ? out : NULL;
}

static void is_refused(const char *text, const char *volunteers, const char *professionals, const char *why)
{
	ok(!make(text, volunteers, professionals) && e.code == ERR_DATA && strstr(e.text, why), "refused: %s", why);
}

static void test_make(void)
{
	is_str(make("Aftale\n\n{volunteers}\n{professionals}\n", "De frivillige", "Personalet"),
		"Aftale\n\nDe frivillige\nPersonalet", "the blocks stand in their places");
	is_str(make("\r\n\r\nA  \r\n\t\r\n{volunteers} \t\r\n{professionals}\r\n\r\n", " V \n", "\nP"), "A\n\nV\nP",
		"no blanks at the ends of lines, no empty lines at the ends of the text");
	is_str(make("a\rb {volunteers}{professionals}", "V", "P"), "a\nb VP", "old line ends too");
	is_str(make("Sma\xcc\x8a b\xc3\xb8rn {volunteers}{professionals}", "V", "P"), "Små børn VP", "one normal form");
	is_str(make("{person} {volunteers} {professionals}", "hos {place}", "P"), "{person} hos {place} P",
		"placeholders of the parties stay");
}

static void test_make_refuses(void)
{
	is_refused("{volunteers} {professionals}", "V", " \n", "{professionals} is empty");
	is_refused("{volunteers} {professionals}", "", "P", "{volunteers} is empty");
	is_refused("{volunteers}", "V", "P", "no place for the block {professionals}");
	is_refused("{volunteers}{professionals}{navn}", "V", "P", "{navn} isn't known");
	ok(strstr(e.text, "{person}") != NULL, "and what is known is told");
	is_refused("{volunteers}{professionals}", "V {professionals}", "P", "{professionals} isn't known");
	is_refused("{volunteers}{professionals}{person", "V", "P", "isn't closed");
	is_refused("{volunteers}{professionals}{per\nson}", "V", "P", "isn't closed");
	is_refused("{volunteers}{professionals} person}", "V", "P", "no \"{\" before");
	is_refused("{volunteers}{professionals} {{person}}", "V", "P", "isn't closed");
}

static void test_code(void)
{
	uint8_t x[WORDING_HASH], y[WORDING_HASH];
	char code[WORDING_CODE], other[WORDING_CODE];
	const uint8_t zero[WORDING_HASH] = {0};
	wording_code(zero, code);
	is_str(code, "bbbb-bbbb-bb", "nothing is all b");
	wording_hash("De frivillige supplerer", x);
	wording_hash("De frivillige erstatter", y);
	wording_code(x, code);
	wording_code(y, other);
	ok(strcmp(code, other) != 0, "one word, another code");
	is_int((intmax_t)strspn(code, "bcdfghjkmnpqrstvwxyz-"), WORDING_CODE - 1, "consonants only");
	is_int(text_find_cpr(code) == NULL, 1, "and nothing like a CPR number");
	/* as b2sum -l 256 says of no bytes (RFC 7693 gives no such vector; coreutils 9.1 does) */
	static const uint8_t empty[4] = {0x0e, 0x57, 0x51, 0xc0};
	wording_hash("", x);
	is_mem(x, 4, empty, 4, "the hash is BLAKE2b-256");
}

static void test_fill(void)
{
	const struct wording_value v[] = {{"person", "Thyra {place}"}, {"place", ""}, {"from", NULL}};
	uint8_t hash[WORDING_HASH];
	char code[WORDING_CODE], *out = NULL;
	is_int(wording_fill(a, "{person} · {place} · {from} · {code}", v, 3, &out, &e), OK, "filled in");
	wording_hash("{person} · {place} · {from} · {code}", hash);
	wording_code(hash, code);
	is_str(out, arena_printf(a, "Thyra {place} · ……………… · ……………… · %s\n", code),
		"values once, lines to write on, and the wording's own code");
	is_int(wording_fill(a, "Aftale", v, 3, &out, &e), OK, "a wording without its code");
	wording_hash("Aftale", hash);
	wording_code(hash, code);
	is_str(out, arena_printf(a, "Aftale\n\nsamvagt %s\n", code), "has it below");
	is_int(wording_fill(a, "{sko}", v, 3, &out, &e), ERR_DATA, "an unknown placeholder is refused here too");
}

static void test_parts(void)
{
	size_t n;
	char *out;
	const struct wording_part *p = wording_parts(&n);
	for (size_t i = 0; i < n; i++) {
		const struct wording_value one = {p[i].name, "XX"};
		bool is_code = strcmp(p[i].name, "code") == 0;
		wording_fill(a, arena_printf(a, "({%s})", p[i].name), &one, 1, &out, &e);
		ok(is_code != (strncmp(out, "(XX)", 4) == 0) && *p[i].help, "{%s} can be filled in", p[i].name);
	}
}

/* ---- differences ------------------------------------------------------------------------------------------------ */

static const char *shown(const char *old, const char *new)
{
	static const char *const before[] = {"", "[-", "{+"}, *const after[] = {"", "-]", "+}"};
	struct buf b = {0};
	size_t n;
	struct wording_run *r = wording_diff(a, old, new, &n);
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s%.*s%s", before[r[i].how], (int)r[i].n, r[i].text, after[r[i].how]);
	const char *out = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	return out;
}

static void test_diff(void)
{
	is_str(shown("", ""), "", "nothing");
	is_str(shown("a b", "a b"), "a b", "the same");
	is_str(shown("", "a b"), "{+a b+}", "all new");
	is_str(shown("a b", ""), "[-a b-]", "all gone");
	is_str(shown("de frivillige kan hjælpe\n", "de frivillige må hjælpe\n"),
		"de frivillige [-kan -]{+må +}hjælpe\n", "one word");
	is_str(shown("x\ny", "x\n\ny"), "x\n{+\n+}y", "a line's end is a word");
}

static const char *random_text(struct prng *r, size_t words)
{
	static const char *const some[] = {"a ", "b ", "c ", "d", "\n", " ", "æ  ", "\t"};
	struct buf b = {0};
	for (size_t i = 0; i < words; i++)
		buf_adds(&b, some[prng_below(r, sizeof some / sizeof *some)]);
	const char *out = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	return out;
}

static bool gives_back(const struct wording_run *r, size_t n, enum wording_how without, const char *text)
{
	for (size_t i = 0; i < n; i++) {
		if (r[i].how == without)
			continue;
		if (r[i].n == 0 || strncmp(r[i].text, text, r[i].n) != 0)
			return false;
		text += r[i].n;
	}
	return *text == '\0';
}

static size_t words_of(const char *s, size_t n)
{
	size_t words = 0;
	for (size_t i = 0; i < n; words++) {
		size_t word = s[i] == '\n' ? 1 : strcspn(s + i, " \t\n");
		word += s[i] == '\n' ? 0 : strspn(s + i + word, " \t");
		i += word;
	}
	return words;
}

/* The least number of words that differ, by the table that every textbook has. */
static size_t least(const char *old, const char *new)
{
	enum { MOST = 64 };
	static size_t t[MOST][MOST];
	const char *x[MOST], *y[MOST];
	size_t nx = 0, ny = 0, nlen[MOST], olen[MOST];
	for (const char *s = old; *s; s += olen[nx++])
		for (x[nx] = s, olen[nx] = 1; s[olen[nx]] && words_of(s, olen[nx] + 1) == 1; olen[nx]++)
			;
	for (const char *s = new; *s; s += nlen[ny++])
		for (y[ny] = s, nlen[ny] = 1; s[nlen[ny]] && words_of(s, nlen[ny] + 1) == 1; nlen[ny]++)
			;
	for (size_t i = 0; i <= nx; i++)
		for (size_t j = 0; j <= ny; j++) {
			size_t d = i == 0 ? j
				: j == 0  ? i
					  : (t[i - 1][j] < t[i][j - 1] ? t[i - 1][j] : t[i][j - 1]) + 1;
			if (i && j && olen[i - 1] == nlen[j - 1] && memcmp(x[i - 1], y[j - 1], olen[i - 1]) == 0 &&
				t[i - 1][j - 1] < d)
				d = t[i - 1][j - 1];
			t[i][j] = d;
		}
	return t[nx][ny];
}

static void test_diff_random(void)
{
	struct prng r = {20251201};
	size_t wrong = 0, longer = 0, n;
	for (int i = 0; i < 4000; i++) {
		const char *old = random_text(&r, prng_below(&r, 30)), *new = random_text(&r, prng_below(&r, 30));
		struct wording_run *run = wording_diff(a, old, new, &n);
		size_t odd = 0;
		for (size_t k = 0; k < n; k++)
			odd += run[k].how == WORDING_SAME ? 0 : words_of(run[k].text, run[k].n);
		wrong += !gives_back(run, n, WORDING_NEW, old) || !gives_back(run, n, WORDING_GONE, new);
		longer += odd != least(old, new);
		arena_reset(a);
	}
	is_int((intmax_t)wrong, 0, "the runs give back both texts");
	is_int((intmax_t)longer, 0, "and no shorter difference exists");
}

static void test_diff_large(void)
{
	struct prng r = {7};
	size_t n;
	const char *old = random_text(&r, 3000), *new = random_text(&r, 3000);
	struct wording_run *run = wording_diff(a, old, new, &n);
	ok(gives_back(run, n, WORDING_NEW, old) && gives_back(run, n, WORDING_GONE, new), "long texts too");
}

int main(void)
{
	a = arena_new();
	test_make();
	test_make_refuses();
	test_code();
	test_fill();
	test_parts();
	test_diff();
	test_diff_random();
	test_diff_large();
	arena_free(a);
	return done_testing();
}
