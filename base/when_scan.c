/* Owns the cutting of a typed line into tokens, the words that are known in both languages, and the
 * sentence that says what was expected where. It must not know how tokens make a date or a time.
 *
 * Words are compared in a folded form, so that lør, loer and lor are one: lower case, ø and ö as o, å as a, and then
 * oe as o and aa as a. No known word holds another letter outside ASCII. */
#include "base/when_priv.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"

#define MAX_WORD 16
#define NUM_CAP 1000000
#define ECHO_CHARS 60

/* Days and months may be shortened to three letters or more; no two share three. */
#define MIN_SHORT 3

struct word {
	const char *folded;
	enum when_word word;
	int value;
};

static const struct word names[] = {
	{"mandag", WORD_WEEKDAY, 1}, {"tirsdag", WORD_WEEKDAY, 2}, {"onsdag", WORD_WEEKDAY, 3},
	{"torsdag", WORD_WEEKDAY, 4}, {"fredag", WORD_WEEKDAY, 5}, {"lordag", WORD_WEEKDAY, 6},
	{"sondag", WORD_WEEKDAY, 7},
	{"monday", WORD_WEEKDAY, 1}, {"tuesday", WORD_WEEKDAY, 2}, {"wednesday", WORD_WEEKDAY, 3},
	{"thursday", WORD_WEEKDAY, 4}, {"friday", WORD_WEEKDAY, 5}, {"saturday", WORD_WEEKDAY, 6},
	{"sunday", WORD_WEEKDAY, 7},
	{"januar", WORD_MONTH, 1}, {"februar", WORD_MONTH, 2}, {"marts", WORD_MONTH, 3}, {"april", WORD_MONTH, 4},
	{"maj", WORD_MONTH, 5}, {"juni", WORD_MONTH, 6}, {"juli", WORD_MONTH, 7}, {"august", WORD_MONTH, 8},
	{"september", WORD_MONTH, 9}, {"oktober", WORD_MONTH, 10}, {"november", WORD_MONTH, 11},
	{"december", WORD_MONTH, 12},
	{"january", WORD_MONTH, 1}, {"february", WORD_MONTH, 2}, {"march", WORD_MONTH, 3}, {"may", WORD_MONTH, 5},
	{"june", WORD_MONTH, 6}, {"july", WORD_MONTH, 7}, {"october", WORD_MONTH, 10},
};

static const struct word words[] = {
	{"idag", WORD_RELATIVE, 0}, {"today", WORD_RELATIVE, 0},
	{"imorgen", WORD_RELATIVE, 1}, {"tomorrow", WORD_RELATIVE, 1},
	{"iovermorgen", WORD_RELATIVE, 2}, {"overmorgen", WORD_RELATIVE, 2},
	{"igar", WORD_RELATIVE, -1}, {"yesterday", WORD_RELATIVE, -1},
	{"dag", WORD_AFTER_I, 0}, {"morgen", WORD_AFTER_I, 1}, {"gar", WORD_AFTER_I, -1},
	{"i", WORD_I, 0},
	{"pa", WORD_FILLER, 0}, {"on", WORD_FILLER, 0}, {"den", WORD_FILLER, 0}, {"d", WORD_FILLER, 0},
	{"the", WORD_FILLER, 0},
	{"uge", WORD_WEEK, 0}, {"week", WORD_WEEK, 0}, {"w", WORD_WEEK, 0},
	{"til", WORD_TO, 0}, {"to", WORD_TO, 0},
	{"kl", WORD_CLOCK, 0}, {"klokken", WORD_CLOCK, 0}, {"at", WORD_CLOCK, 0},
	{"t", WORD_T, 0}, {"time", WORD_HOUR, 0}, {"timer", WORD_HOUR, 0}, {"h", WORD_HOUR, 0},
	{"hour", WORD_HOUR, 0}, {"hours", WORD_HOUR, 0},
	{"min", WORD_MINUTE, 0}, {"minut", WORD_MINUTE, 0}, {"minutter", WORD_MINUTE, 0},
	{"minute", WORD_MINUTE, 0}, {"minutes", WORD_MINUTE, 0},
	{"dage", WORD_DAYS, 1}, {"day", WORD_DAYS, 1}, {"days", WORD_DAYS, 1},
	{"uger", WORD_DAYS, 7}, {"weeks", WORD_DAYS, 7},
	{"en", WORD_ONE, 1}, {"et", WORD_ONE, 1}, {"a", WORD_ONE, 1}, {"one", WORD_ONE, 1},
	{"sidste", WORD_WHICH, -1}, {"forrige", WORD_WHICH, -1}, {"last", WORD_WHICH, -1},
	{"denne", WORD_WHICH, 0}, {"dette", WORD_WHICH, 0}, {"this", WORD_WHICH, 0},
	{"naeste", WORD_WHICH, 1}, {"next", WORD_WHICH, 1},
	{"maned", WORD_MONTHLY, 0}, {"month", WORD_MONTHLY, 0}, {"ar", WORD_YEARLY, 0}, {"year", WORD_YEARLY, 0},
	{"for", WORD_FOR, 0}, {"siden", WORD_AGO, 0}, {"ago", WORD_AGO, 0},
};

/* ---- characters -------------------------------------------------------------------------- */

enum class { C_BLANK, C_DIGIT, C_LETTER, C_MARK, C_DASH, C_SIGN };

#define REPLACEMENT 0xFFFD

struct reader {
	const char *s;
	int chars;              /* characters before s */
	/* the character in hand: 0 at the end, U+FFFD for a byte that is no UTF-8 */
	int32_t c;
	int bytes;
};

static void reader_step(struct reader *r)
{
	r->s += r->bytes;
	r->chars++;
	r->c = text_point(r->s, &r->bytes);
}

static struct reader reader_open(const char *s)
{
	struct reader r = {.s = s};

	r.c = text_point(s, &r.bytes);
	return r;
}

/* What counts as what; all else is a sign. The invisible marks that mail programs add are blanks, as are control
 * characters. Letters reach as far as Latin does, so that an unknown word is named as a whole. */
static const struct { int32_t from, to; enum class class; } classes[] = {
	{'0', '9', C_DIGIT}, {'A', 'Z', C_LETTER}, {'a', 'z', C_LETTER}, {'-', '-', C_DASH}, {0x01, 0x20, C_BLANK},
	{0x7F, 0xA0, C_BLANK}, {0xAD, 0xAD, C_BLANK}, {0xC0, 0xD6, C_LETTER}, {0xD8, 0xF6, C_LETTER},
	{0xF8, 0x24F, C_LETTER}, {0x300, 0x36F, C_MARK}, {0x61C, 0x61C, C_BLANK},
	{0x2000, 0x200F, C_BLANK}, {0x2010, 0x2015, C_DASH}, {0x2028, 0x202F, C_BLANK}, {0x205F, 0x206F, C_BLANK},
	{0x2212, 0x2212, C_DASH}, {0xFEFF, 0xFEFF, C_BLANK},
};

static enum class class_of(int32_t c)
{
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (c >= classes[i].from && c <= classes[i].to)
			return classes[i].class;
	return C_SIGN;
}

/* ---- words ------------------------------------------------------------------------------- */

static void fold_add(char *buf, size_t *n, char c)
{
	char before = '\0';

	if (*n > 0)
		before = buf[*n - 1];
	if (c == 'e' && before == 'o')
		return;
	if (c == 'a' && before == 'a')
		return;
	/* one byte too many marks a word that is too long to be known */
	if (*n < MAX_WORD)
		buf[(*n)++] = c;
}

static void fold_letter(char *buf, size_t *n, int32_t c)
{
	/* in ASCII and Latin-1 capitals lie 32 before their small letters */
	int32_t low = c < 0xE0 ? c | 0x20 : c;

	switch (low) {
	case 0xF8: /* ø */
	case 0xF6: /* ö */
		fold_add(buf, n, 'o');
		break;
	case 0xE5: /* å */
		fold_add(buf, n, 'a');
		break;
	case 0xE6: /* æ */
		fold_add(buf, n, 'a');
		fold_add(buf, n, 'e');
		break;
	default:
		fold_add(buf, n, low < 0x80 ? (char)low : '?');
	}
}

static const struct word *find_word(const char *folded, size_t n)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i].folded) == n && memcmp(words[i].folded, folded, n) == 0)
			return &words[i];
	for (size_t i = 0; n >= MIN_SHORT && i < sizeof names / sizeof *names; i++)
		if (strlen(names[i].folded) >= n && memcmp(names[i].folded, folded, n) == 0)
			return &names[i];
	return NULL;
}

/* ---- tokens ------------------------------------------------------------------------------ */

static void read_word(struct reader *r, struct when_tok *t)
{
	char folded[MAX_WORD];
	size_t n = 0;
	const struct word *known;

	for (enum class k = C_LETTER; k == C_LETTER || k == C_MARK; k = class_of(r->c)) {
		if (k == C_LETTER)
			fold_letter(folded, &n, r->c);
		reader_step(r);
	}
	t->kind = WHEN_WORD;
	known = find_word(folded, n);
	if (known) {
		t->word = known->word;
		t->value = known->value;
	}
}

static void read_num(struct reader *r, struct when_tok *t)
{
	t->kind = WHEN_NUM;
	while (class_of(r->c) == C_DIGIT) {
		if (t->num < NUM_CAP)
			t->num = t->num * 10 + (r->c - '0');
		if (t->digits < NUM_CAP)
			t->digits++;
		reader_step(r);
	}
}

/* Two dots are a dash: 3/12..7/12. */
static void read_sign(struct reader *r, struct when_tok *t)
{
	int32_t first = r->c;

	t->kind = WHEN_SIGN;
	t->sign = class_of(first) == C_DASH ? '-' : first;
	reader_step(r);
	if (first != '.' || r->c != '.')
		return;
	t->sign = '-';
	reader_step(r);
}

static void read_token(struct reader *r, struct when_tok *t)
{
	bool gap = false;

	while (class_of(r->c) == C_BLANK) {
		gap = true;
		reader_step(r);
	}
	*t = (struct when_tok){.kind = WHEN_END, .at = r->chars + 1, .gap = gap};
	if (r->c == 0)
		return;
	switch (class_of(r->c)) {
	case C_DIGIT:
		read_num(r, t);
		break;
	case C_LETTER:
		read_word(r, t);
		break;
	default:
		read_sign(r, t);
	}
}

void when_scan_init(struct when_scan *sc, const char *s, civil_date today)
{
	struct reader r = reader_open(s);
	struct when_tok *t;

	*sc = (struct when_scan){.s = s, .today = today, .fail_i = -1};
	do {
		t = &sc->tok[sc->n++];
		read_token(&r, t);
	} while (t->kind != WHEN_END && sc->n < WHEN_MAX_TOKENS);
	/* a line that is too long ends in a word that nobody knows, and so in a refusal */
	if (t->kind != WHEN_END) {
		sc->tok[WHEN_MAX_TOKENS - 2] = (struct when_tok){.kind = WHEN_WORD, .at = t->at};
		*t = (struct when_tok){.kind = WHEN_END, .at = t->at};
	}
}

const struct when_tok *when_peek(const struct when_scan *sc, int k)
{
	int i = sc->i + k;

	return &sc->tok[i < sc->n ? i : sc->n - 1];
}

bool when_is_sign(const struct when_tok *t, int32_t sign)
{
	return t->kind == WHEN_SIGN && t->sign == sign;
}

bool when_is_word(const struct when_tok *t, enum when_word word)
{
	return t->kind == WHEN_WORD && t->word == word;
}

bool when_is_num(const struct when_tok *t, int lo, int hi)
{
	return t->kind == WHEN_NUM && t->digits >= lo && t->digits <= hi;
}

bool when_take_sign(struct when_scan *sc, int32_t sign)
{
	bool is = when_is_sign(when_peek(sc, 0), sign);

	sc->i += is;
	return is;
}

bool when_take_word(struct when_scan *sc, enum when_word word)
{
	bool is = when_is_word(when_peek(sc, 0), word);

	sc->i += is;
	return is;
}

bool when_take_to(struct when_scan *sc)
{
	return when_take_sign(sc, '-') || when_take_word(sc, WORD_TO);
}

/* ---- what to say ------------------------------------------------------------------------- */

bool when_fail(struct when_scan *sc, int i, const char *fmt, ...)
{
	va_list ap;

	if (i <= sc->fail_i)
		return false;
	sc->fail_i = i;
	va_start(ap, fmt);
	vsnprintf(sc->expected, sizeof sc->expected, fmt, ap);
	va_end(ap);
	return false;
}

bool when_at_end(struct when_scan *sc)
{
	return when_peek(sc, 0)->kind == WHEN_END || when_fail(sc, sc->i, "%s", _("nothing more"));
}

/* The line as it may be shown: without control characters or broken bytes, cut when long. */
static void echo(const char *s, char *buf, size_t size)
{
	struct reader r = reader_open(s);
	size_t n = 0;

	for (; r.c && r.chars < ECHO_CHARS && n + 8 < size; reader_step(&r)) {
		const char *shown = r.s;
		int bytes = r.bytes;

		if (class_of(r.c) == C_BLANK || r.c == REPLACEMENT) {
			shown = r.c == REPLACEMENT ? "?" : " ";
			bytes = 1;
		}
		memcpy(buf + n, shown, (size_t)bytes);
		n += (size_t)bytes;
	}
	snprintf(buf + n, size - n, "%s", r.c ? "…" : "");
}

int when_refuse(const struct when_scan *sc, struct err *e, const char *example)
{
	char shown[ECHO_CHARS * 4 + 16];

	assert(sc->fail_i >= 0);
	const struct when_tok *t = &sc->tok[sc->fail_i < sc->n ? sc->fail_i : sc->n - 1];
	echo(sc->s, shown, sizeof shown);
	if (sc->n == 1)
		return err_set(e, ERR_DATA, _("Nothing is written: expected %s, for example %s"), sc->expected,
			       example);
	if (t->kind == WHEN_END)
		return err_set(e, ERR_DATA, _("\"%s\" stops too early: expected %s after it, for example %s"), shown,
			       sc->expected, example);
	return err_set(e, ERR_DATA, _("\"%s\", character %d: expected %s, for example %s"), shown, t->at,
		       sc->expected, example);
}
