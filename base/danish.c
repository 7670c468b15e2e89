/* base/danish.c - see text.h: Danish alphabetical order.
 *
 * Owns the order of letters, accents and case, and turns text into elements of it, of which a sort key is written or
 * two texts are compared. It is CLDR's `da` collation (root order, upper case first) for the letters of Latin names
 * and the signs around them; letters of other scripts follow å by code point. Must not know what is sorted, nor the
 * machine's locale. */
#include "base/text.h"

#include <stdlib.h>
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
	P_LETTER = 110,                     /* + 2 for each of a–z; between them is room for `between` */
	P_AE = P_LETTER + 2 * 26,
	P_OE,
	P_AA,
	P_OTHER,                            /* + 3 bytes of code point */
};

/* Second level: accents. The plain letter comes first, then those that the Danish rules name, then the marks. */
enum { S_PLAIN = 2, S_FIRST, S_SECOND, S_SHARP, S_LONG, S_MARK = 8, S_OTHER_MARK = 250 };

/* Third level: case. The doubled forms of å stand after the letter of their case. */
enum { T_UPPER = 2, T_UPPER_PAIR, T_TITLE_PAIR, T_LOWER, T_LOWER_PAIR, T_VARIANT };

/* One element of the order. */
struct element {
	uint32_t cp;                        /* follows a P_SYMBOL or P_OTHER */
	uint8_t primary, secondary, tertiary;
};

struct elements {
	struct element small[64], *v;
	size_t n, cap;
};

/* Blanks, punctuation and symbols in CLDR's root order. */
static const char16_t signs[] =
	u"\t\n\v\f\r _-\u2010\u2012\u2013\u2014,;:!¡?¿.·'‘’‚\"“”«»()[]{}§¶@*/\\&#%•`´^¯¨¸°©®+±÷×<=>¬|¦~¤¢$£¥€";

/* Marks in CLDR's root order of accents. */
static const char16_t marks[] =
	u"\u0332\u0313\u0314\u0301\u0300\u0306\u0302\u030C\u030A\u0342\u0308\u030B\u0303\u0307\u0338\u0327\u0328\u0304"
	u"\u0337\u0335\u0305\u0309\u030F\u0310\u0311\u031B\u0321\u0322\u0323\u0324\u0325\u0326\u032D\u032E\u0330\u0331";

/* Letters that count as another one with an accent of their own or with a mark, which Unicode does not take apart.
 * Lower case. */
static const struct {
	char16_t letter;
	char as;
	uint8_t secondary;
	char16_t mark;                      /* or 0 */
} accented[] = {
	{u'đ', 'd', S_FIRST, 0},     {u'ð', 'd', S_SECOND, 0},    {u'ħ', 'h', S_PLAIN, 0x335},
	{u'ł', 'l', S_PLAIN, 0x335}, {u'ŀ', 'l', S_PLAIN, u'·'}, {u'ſ', 's', S_LONG, 0},
};

/* Letters of their own just after one of a–z. */
static const struct {
	char16_t letter;
	char after;
} between[] = {{u'ə', 'd'}, {u'ı', 'i'}, {u'ŋ', 'n'}, {u'ĸ', 'q'}, {u'ŧ', 't'}, {u'ʒ', 'z'}};

/* A letter and a mark that make another letter. */
static const struct {
	char base;
	char16_t mark;
	uint8_t primary, secondary;
} composed[] = {
	{'a', 0x308, P_AE, S_FIRST}, {'a', 0x30A, P_AA, S_PLAIN},
	{'o', 0x308, P_OE, S_FIRST}, {'o', 0x30B, P_OE, S_SECOND},
	{'u', 0x308, P_LETTER + 2 * ('y' - 'a'), S_FIRST}, {'u', 0x30B, P_LETTER + 2 * ('y' - 'a'), S_SECOND},
};

#define COUNT(v) (sizeof(v) / sizeof *(v))

static uint8_t letter_weight(int32_t c) { return (uint8_t)(P_LETTER + 2 * (c - 'a')); }

/* The place of cp in a list, from 0; -1 when it isn't there. */
static int place_in(const char16_t *list, int32_t cp)
{
	for (int i = 0; list[i]; i++)
		if (list[i] == cp)
			return i;
	return -1;
}

static void add(struct elements *e, struct element x)
{
	if (e->n == e->cap) {
		struct element *old = e->v;
		e->cap *= 2;
		e->v = mem_realloc(old == e->small ? NULL : old, e->cap * sizeof *e->v);
		if (old == e->small)
			memcpy(e->v, e->small, sizeof e->small);
	}
	e->v[e->n++] = x;
}

static void add_letter(struct elements *e, char letter, int secondary, int tertiary)
{
	add(e, (struct element){0, letter_weight(letter), (uint8_t)secondary, (uint8_t)tertiary});
}

static void add_mark(struct elements *e, int32_t cp)
{
	int place = place_in(marks, cp);
	uint8_t secondary = (uint8_t)(place < 0 ? S_OTHER_MARK : S_MARK + place);
	add(e, (struct element){0, P_NONE, secondary, T_LOWER});
}

static bool add_accented(struct elements *e, int32_t lower, int tertiary)
{
	for (size_t i = 0; i < COUNT(accented); i++) {
		if (accented[i].letter != lower)
			continue;
		add_letter(e, accented[i].as, accented[i].secondary, tertiary);
		if (accented[i].mark)
			add_mark(e, accented[i].mark);
		return true;
	}
	for (size_t i = 0; i < COUNT(between); i++) {
		if (between[i].letter != lower)
			continue;
		add(e, (struct element){0, (uint8_t)(letter_weight(between[i].after) + 1), S_PLAIN, (uint8_t)tertiary});
		return true;
	}
	return false;
}

/* Letters that count as two. */
static bool add_double(struct elements *e, int32_t lower, bool upper)
{
	int tertiary = upper ? T_UPPER : T_LOWER;
	switch (lower) {
	case u'þ':
		add_letter(e, 't', S_PLAIN, upper ? T_UPPER : T_LOWER_PAIR);
		add_letter(e, 'h', S_PLAIN, T_LOWER_PAIR);
		return true;
	case u'œ':
		add_letter(e, 'o', S_PLAIN, tertiary);
		add_letter(e, 'e', S_FIRST, tertiary);
		return true;
	case u'ß':
		add_letter(e, 's', S_SHARP, T_VARIANT);
		add_letter(e, 's', S_PLAIN, T_VARIANT);
		return true;
	default:
		return false;
	}
}

static bool add_danish(struct elements *e, int32_t lower, int tertiary)
{
	uint8_t primary = lower == u'æ' ? P_AE : lower == u'ø' ? P_OE : P_NONE;
	if (primary)
		add(e, (struct element){0, primary, S_PLAIN, (uint8_t)tertiary});
	return primary;
}

static void add_other(struct elements *e, int32_t cp, int tertiary);

/* A form of other characters (½, ª, ﬁ): those, with a difference on the third level. */
static bool add_compatible(struct elements *e, int32_t cp)
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
		add_other(e, parts[i], T_VARIANT);
	return true;
}

static void add_by_category(struct elements *e, int32_t cp, int32_t lower, int tertiary)
{
	switch (utf8proc_category(cp)) {
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_ME:
		add_mark(e, cp);
		return;
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
		return;
	default:
		break;
	}
	bool letter = utf8proc_category(cp) <= UTF8PROC_CATEGORY_NO;
	add(e, (struct element){(uint32_t)lower, letter ? P_OTHER : P_SYMBOL, S_PLAIN, (uint8_t)tertiary});
}

/* Any code point that begins no contraction. */
static void add_other(struct elements *e, int32_t cp, int tertiary)
{
	int32_t lower = cp < 0x80 ? cp | (cp >= 'A' && cp <= 'Z' ? 0x20 : 0) : utf8proc_tolower(cp);
	bool upper = lower != cp;
	if (tertiary == T_LOWER && upper)
		tertiary = T_UPPER;
	if (lower >= 'a' && lower <= 'z') {
		add_letter(e, (char)lower, S_PLAIN, tertiary);
		return;
	}
	if (cp >= '0' && cp <= '9') {
		add(e, (struct element){0, (uint8_t)(P_DIGIT + cp - '0'), S_PLAIN, (uint8_t)tertiary});
		return;
	}
	int sign = place_in(signs, cp);
	if (sign >= 0)
		add(e, (struct element){0, (uint8_t)(P_SIGN + sign), S_PLAIN, (uint8_t)tertiary});
	else if (!add_danish(e, lower, tertiary) && !add_accented(e, lower, tertiary) && !add_double(e, lower, upper) &&
		 !add_compatible(e, cp))
		add_by_category(e, cp, lower, tertiary);
}

/* aa, Aa and AA (but not aA, where two words meet) are å. */
static bool add_double_a(struct elements *e, int32_t cp, struct nfd *r)
{
	int32_t next = nfd_peek(r);
	if ((cp != 'a' && cp != 'A') || (next != 'a' && next != 'A') || (cp == 'a' && next == 'A'))
		return false;
	nfd_next(r);
	int tertiary = cp == 'a' ? T_LOWER_PAIR : next == 'a' ? T_TITLE_PAIR : T_UPPER_PAIR;
	add(e, (struct element){0, P_AA, S_PLAIN, (uint8_t)tertiary});
	return true;
}

static bool add_composed(struct elements *e, int32_t cp, struct nfd *r)
{
	int32_t mark = nfd_peek(r);
	if (mark < 0x300 || cp >= 0x80)
		return false;
	for (size_t i = 0; i < COUNT(composed); i++) {
		if ((cp | 0x20) != composed[i].base || mark != composed[i].mark)
			continue;
		nfd_next(r);
		int tertiary = cp < 'a' ? T_UPPER : T_LOWER;
		add(e, (struct element){0, composed[i].primary, composed[i].secondary, (uint8_t)tertiary});
		return true;
	}
	return false;
}

static void elements_read(struct elements *e, const char *s)
{
	struct nfd r;
	e->v = e->small;
	e->n = 0;
	e->cap = COUNT(e->small);
	nfd_open(&r, s);
	for (int32_t cp; (cp = nfd_next(&r));)
		if (!add_double_a(e, cp, &r) && !add_composed(e, cp, &r))
			add_other(e, cp, T_LOWER);
	nfd_close(&r);
}

static void elements_free(struct elements *e)
{
	if (e->v != e->small)
		free(e->v);
}

static bool has_code_point(const struct element *x) { return x->primary == P_SYMBOL || x->primary == P_OTHER; }

static size_t primary_length(const struct elements *e)
{
	size_t n = 0;
	for (size_t i = 0; i < e->n; i++)
		n += has_code_point(&e->v[i]) ? 4 : e->v[i].primary != P_NONE;
	return n;
}

/* Trailing plain letters say nothing on the second level: plain is the least, as is the end. */
static size_t secondary_length(const struct elements *e)
{
	size_t n = e->n;
	while (n > 0 && e->v[n - 1].secondary == S_PLAIN)
		n--;
	return n;
}

char *text_sort_key(struct arena *a, const char *s, size_t *len)
{
	struct elements e;
	elements_read(&e, s);
	size_t seconds = secondary_length(&e);
	*len = primary_length(&e) + 1 + seconds + 1 + e.n;
	unsigned char *key = arena_alloc(a, *len), *to = key;
	for (size_t i = 0; i < e.n; i++) {
		if (e.v[i].primary)
			*to++ = e.v[i].primary;
		for (int shift = 16; has_code_point(&e.v[i]) && shift >= 0; shift -= 8)
			*to++ = (unsigned char)(e.v[i].cp >> shift);
	}
	*to++ = 0;
	for (size_t i = 0; i < seconds; i++)
		*to++ = e.v[i].secondary;
	*to++ = 0;
	for (size_t i = 0; i < e.n; i++)
		*to++ = e.v[i].tertiary;
	elements_free(&e);
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
