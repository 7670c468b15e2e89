/* base/danish.c - see text.h: Danish alphabetical order.
 *
 * Owns the order of letters, accents and case, and turns text into elements of it, of which a sort key is written or
 * two texts are compared. It is CLDR's `da` collation (root order, upper case first) for the letters of Latin names
 * and the signs around them; letters of other scripts follow å by code point. Must not know what is sorted, nor the
 * machine's locale. */
#include "base/text.h"

#include <string.h>
#include <uchar.h>
#include <utf8proc.h>

#include "base/text_priv.h"

/* First level, one byte each; 0 ends a level and so comes before all. */
enum {
	P_NONE = 0,                         /* a mark, or nothing: not seen on this level */
	P_SIGN = 2,                         /* + place in `signs` */
	P_SYMBOL = 90,                      /* + 3 bytes of code point */
	P_DIGIT = 91,
	P_LETTER = 110,                     /* + 2 for each of a–z; between them is room for one more */
	P_AE = P_LETTER + 2 * 26,
	P_OE,
	P_AA,
	P_OTHER,                            /* + 3 bytes of code point */
};

/* Second level: accents. The plain letter comes first, then those that the Danish rules name, then the marks. */
enum { S_PLAIN = 2, S_FIRST, S_SECOND, S_SHARP, S_LONG, S_MARK = 8, S_OTHER_MARK = 250 };

/* Third level: case. The doubled forms of å stand after the letter of their case. */
enum {
	T_CASE,                             /* in tables: upper or lower, as the letter is written */
	T_UPPER = 2, T_UPPER_PAIR, T_TITLE_PAIR, T_LOWER, T_LOWER_PAIR, T_VARIANT,
};

/* One element of the order: what a letter, a sign or a mark weighs. */
struct element {
	uint8_t primary, secondary, tertiary;
};

#define LETTER(c) (P_LETTER + 2 * ((c) - 'a'))

/* Blanks, punctuation and symbols in CLDR's root order. */
static const char16_t signs[] =
	u"\t\n\v\f\r _-\u2010\u2012\u2013\u2014,;:!¡?¿.·'‘’‚\"“”«»()[]{}§¶@*/\\&#%•`´^¯¨¸°©®+±÷×<=>¬|¦~¤¢$£¥€";

/* Marks in CLDR's root order of accents. */
static const char16_t marks[] =
	u"\u0332\u0313\u0314\u0301\u0300\u0306\u0302\u030C\u030A\u0342\u0308\u030B\u0303\u0307\u0338\u0327\u0328\u0304"
	u"\u0337\u0335\u0305\u0309\u030F\u0310\u0311\u031B\u0321\u0322\u0323\u0324\u0325\u0326\u032D\u032E\u0330\u0331";

enum { S_STROKE = S_MARK + 19 };            /* U+0335 in `marks` */

/* Letters that Unicode doesn't take apart: as another one with an accent or mark, as two, or on their own just after
 * one of a–z. Lower case. */
static const struct {
	char16_t letter;
	struct element as[2];
} letters[] = {
	{u'æ', {{P_AE, S_PLAIN, T_CASE}}},
	{u'ø', {{P_OE, S_PLAIN, T_CASE}}},
	{u'đ', {{LETTER('d'), S_FIRST, T_CASE}}},
	{u'ð', {{LETTER('d'), S_SECOND, T_CASE}}},
	{u'ħ', {{LETTER('h'), S_PLAIN, T_CASE}, {P_NONE, S_STROKE, T_LOWER}}},
	{u'ł', {{LETTER('l'), S_PLAIN, T_CASE}, {P_NONE, S_STROKE, T_LOWER}}},
	{u'ŀ', {{LETTER('l'), S_PLAIN, T_CASE}, {P_NONE, S_OTHER_MARK, T_LOWER}}},
	{u'œ', {{LETTER('o'), S_PLAIN, T_CASE}, {LETTER('e'), S_FIRST, T_CASE}}},
	{u'ß', {{LETTER('s'), S_SHARP, T_CASE}, {LETTER('s'), S_PLAIN, T_CASE}}},
	{u'þ', {{LETTER('t'), S_PLAIN, T_CASE}, {LETTER('h'), S_PLAIN, T_LOWER_PAIR}}},
	{u'ſ', {{LETTER('s'), S_LONG, T_CASE}}},
	{u'ə', {{LETTER('d') + 1, S_PLAIN, T_CASE}}},
	{u'ı', {{LETTER('i') + 1, S_PLAIN, T_CASE}}},
	{u'ŋ', {{LETTER('n') + 1, S_PLAIN, T_CASE}}},
	{u'ĸ', {{LETTER('q') + 1, S_PLAIN, T_CASE}}},
	{u'ŧ', {{LETTER('t') + 1, S_PLAIN, T_CASE}}},
	{u'ʒ', {{LETTER('z') + 1, S_PLAIN, T_CASE}}},
};

/* A letter and what follows it, a mark or a letter, that make another letter. */
static const struct {
	char16_t first, second;
	struct element as;
} pairs[] = {
	{'a', 'a', {P_AA, S_PLAIN, T_LOWER_PAIR}},  {'A', 'a', {P_AA, S_PLAIN, T_TITLE_PAIR}},
	{'A', 'A', {P_AA, S_PLAIN, T_UPPER_PAIR}},  {'a', 0x308, {P_AE, S_FIRST, T_LOWER}},
	{'A', 0x308, {P_AE, S_FIRST, T_UPPER}},     {'a', 0x30A, {P_AA, S_PLAIN, T_LOWER}},
	{'A', 0x30A, {P_AA, S_PLAIN, T_UPPER}},     {'o', 0x308, {P_OE, S_FIRST, T_LOWER}},
	{'O', 0x308, {P_OE, S_FIRST, T_UPPER}},     {'o', 0x30B, {P_OE, S_SECOND, T_LOWER}},
	{'O', 0x30B, {P_OE, S_SECOND, T_UPPER}},    {'u', 0x308, {LETTER('y'), S_FIRST, T_LOWER}},
	{'U', 0x308, {LETTER('y'), S_FIRST, T_UPPER}}, {'u', 0x30B, {LETTER('y'), S_SECOND, T_LOWER}},
	{'U', 0x30B, {LETTER('y'), S_SECOND, T_UPPER}},
};

#define COUNT(v) (sizeof(v) / sizeof *(v))

/* A key as it grows on its three levels. The first of two passes only counts, having no room. */
struct key {
	unsigned char *level[3];
	size_t room[3], n[3];
	size_t accented;                    /* of the second level, up to the last that isn't plain */
};

static void put(struct key *k, int level, int weight)
{
	if (k->n[level] < k->room[level])
		k->level[level][k->n[level]] = (unsigned char)weight;
	k->n[level]++;
}

static void add(struct key *k, struct element x, int tertiary)
{
	if (x.primary != P_NONE)
		put(k, 0, x.primary);
	put(k, 1, x.secondary);
	put(k, 2, x.tertiary == T_CASE ? tertiary : x.tertiary);
	if (x.secondary != S_PLAIN)
		k->accented = k->n[1];
}

/* The place of cp in a list, from 0; -1 when it isn't there. */
static int place_in(const char16_t *list, int32_t cp)
{
	for (int i = 0; list[i]; i++)
		if (list[i] == cp)
			return i;
	return -1;
}

static bool add_letter(struct key *k, int32_t lower, int tertiary)
{
	for (size_t i = 0; i < COUNT(letters); i++) {
		if (letters[i].letter != lower)
			continue;
		add(k, letters[i].as[0], tertiary);
		if (letters[i].as[1].secondary)
			add(k, letters[i].as[1], tertiary);
		return true;
	}
	return false;
}

/* From two lists, as they stand there. */
static bool add_listed(struct key *k, int32_t cp, int tertiary)
{
	int place = place_in(marks, cp);
	if (place >= 0) {
		add(k, (struct element){P_NONE, (uint8_t)(S_MARK + place), T_LOWER}, T_LOWER);
		return true;
	}
	place = place_in(signs, cp);
	if (place >= 0)
		add(k, (struct element){(uint8_t)(P_SIGN + place), S_PLAIN, T_CASE}, tertiary);
	return place >= 0;
}

static void add_point(struct key *k, int32_t cp, int tertiary);

/* A form of other characters (½, ª, ﬁ): those, with a difference on the third level. */
static bool add_compatible(struct key *k, int32_t cp)
{
	int32_t parts[32];
	int last_class = 0;
	if (!utf8proc_get_property(cp)->decomp_type)
		return false;
	utf8proc_ssize_t n = utf8proc_decompose_char(cp, parts, COUNT(parts), UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT,
		&last_class);
	if (n < 1 || n > (utf8proc_ssize_t)COUNT(parts) || parts[0] == cp)
		return false;
	for (utf8proc_ssize_t i = 0; i < n; i++)
		add_point(k, parts[i], T_VARIANT);
	return true;
}

static void add_by_category(struct key *k, int32_t cp, int32_t lower, int tertiary)
{
	utf8proc_category_t c = utf8proc_category(cp);
	if (c == UTF8PROC_CATEGORY_CC || c == UTF8PROC_CATEGORY_CF)
		return;
	if (c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME) {
		add(k, (struct element){P_NONE, S_OTHER_MARK, T_LOWER}, T_LOWER);
		return;
	}
	add(k, (struct element){c <= UTF8PROC_CATEGORY_NO ? P_OTHER : P_SYMBOL, S_PLAIN, T_CASE}, tertiary);
	for (int shift = 16; shift >= 0; shift -= 8)
		put(k, 0, lower >> shift & 0xFF);
}

/* Any code point that begins no pair. */
static void add_point(struct key *k, int32_t cp, int tertiary)
{
	int32_t lower = cp < 0x80 ? cp | (cp >= 'A' && cp <= 'Z' ? 0x20 : 0) : utf8proc_tolower(cp);
	if (tertiary == T_LOWER && lower != cp)
		tertiary = T_UPPER;
	if (lower >= 'a' && lower <= 'z')
		add(k, (struct element){(uint8_t)LETTER(lower), S_PLAIN, T_CASE}, tertiary);
	else if (cp >= '0' && cp <= '9')
		add(k, (struct element){(uint8_t)(P_DIGIT + cp - '0'), S_PLAIN, T_CASE}, tertiary);
	else if (!add_letter(k, lower, tertiary) && !add_listed(k, cp, tertiary) && !add_compatible(k, cp))
		add_by_category(k, cp, lower, tertiary);
}

static bool add_pair(struct key *k, int32_t first, int32_t second)
{
	for (size_t i = 0; i < COUNT(pairs); i++) {
		if (pairs[i].first != first || pairs[i].second != second)
			continue;
		add(k, pairs[i].as, T_LOWER);
		return true;
	}
	return false;
}

static void add_all(struct key *k, struct nfd *r)
{
	for (int32_t cp; (cp = nfd_next(r));) {
		int32_t next = nfd_peek(r);
		bool may_pair = next >= 0x300 || next == 'a' || next == 'A';
		if (may_pair && add_pair(k, cp, next))
			nfd_next(r);
		else
			add_point(k, cp, T_LOWER);
	}
}

/* Plain letters at the end of the second level are left out: plain is the least weight there, and so is the end. */
char *text_sort_key(struct arena *a, const char *s, size_t *len)
{
	struct key k = {0};
	struct nfd r;
	nfd_open(&r, s);
	add_all(&k, &r);
	size_t first = k.n[0], second = k.accented, third = k.n[2];
	*len = first + 1 + second + 1 + third;
	unsigned char *key = arena_alloc(a, *len);
	k = (struct key){.level = {key, key + first + 1, key + first + 1 + second + 1}, .room = {first, second, third}};
	nfd_rewind(&r);
	add_all(&k, &r);
	nfd_close(&r);
	return (char *)key;
}

int text_compare(const char *x, const char *y)
{
	size_t nx, ny;
	if (strcmp(x, y) == 0)
		return 0;
	struct arena *a = arena_new();
	const char *kx = text_sort_key(a, x, &nx), *ky = text_sort_key(a, y, &ny);
	int order = memcmp(kx, ky, nx < ny ? nx : ny);
	if (order == 0)
		order = (nx > ny) - (nx < ny);
	arena_free(a);
	return order;
}
