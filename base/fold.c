/* base/fold.c - see text.h: what search takes for the same.
 *
 * Owns the folding of text, and the matching and likeness of folded text. One idea carries the Danish spellings: folded
 * text never holds "aa" nor "oe", for å and ø are written so where the letters are missing; the second letter is left
 * out as it comes. What is typed can thus be folded letter by letter, and a name is never lost half-way. Must not know
 * order (danish.c), nor what is searched. */
#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

#include "base/text_priv.h"

enum { DIAERESIS = 0x308 };

/* Letters that no decomposition takes apart. Lower case. */
static const struct {
	int32_t letter;
	char as[3];
} plain[] = {
	{0xE6, "ae"}, {0xF8, "o"}, {0xDF, "ss"}, {0xF0, "d"}, {0xFE, "th"}, {0x111, "d"}, {0x127, "h"}, {0x131, "i"},
	{0x142, "l"}, {0x14B, "n"}, {0x153, "oe"}, {0x167, "t"}, {0x180, "b"}, {0x259, "e"},
};

static bool is_mark(int category) { return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME; }

/* What is folded so far; the first of two passes only counts. */
struct folded {
	char *out;                          /* NULL while counting */
	size_t n;
	char last;
	bool gap;                           /* a blank is due before the next letter */
};

static void put_bytes(struct folded *f, const void *bytes, size_t n)
{
	if (f->out)
		memcpy(f->out + f->n, bytes, n);
	f->n += n;
}

static void put(struct folded *f, const void *bytes, size_t n)
{
	const char *c = bytes;
	if (f->gap && f->n > 0) {
		put_bytes(f, " ", 1);
		f->last = ' ';
	}
	f->gap = false;
	if ((f->last == 'a' && *c == 'a') || (f->last == 'o' && *c == 'e'))
		return;
	put_bytes(f, bytes, n);
	f->last = *c;
}

static bool put_plain(struct folded *f, int32_t cp)
{
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		if (plain[i].letter != cp)
			continue;
		for (const char *c = plain[i].as; *c; c++)
			put(f, c, 1);
		return true;
	}
	return false;
}

/* Letters and digits stay, invisible things vanish, all else parts words. */
static void put_point(struct folded *f, int32_t cp)
{
	unsigned char bytes[4];
	const utf8proc_property_t *p = utf8proc_get_property(cp);
	if (p->ignorable || is_mark(p->category) || put_plain(f, cp))
		return;
	if (p->category >= UTF8PROC_CATEGORY_LU && p->category <= UTF8PROC_CATEGORY_NO)
		put(f, bytes, (size_t)utf8proc_encode_char(cp, bytes));
	else
		f->gap = true;
}

static void put_other(struct folded *f, int32_t cp)
{
	int32_t parts[32];
	int last_class = 0, max = sizeof parts / sizeof *parts;
	if (put_plain(f, utf8proc_tolower(cp)))
		return;
	utf8proc_ssize_t n = utf8proc_decompose_char(cp, parts, max,
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &last_class);
	for (utf8proc_ssize_t i = 0; i < n && i < max; i++)
		put_point(f, parts[i]);
}

static void put_ascii(struct folded *f, int32_t cp)
{
	char lower = (char)(cp >= 'A' && cp <= 'Z' ? cp | 0x20 : cp);
	if ((lower >= 'a' && lower <= 'z') || (cp >= '0' && cp <= '9'))
		put(f, &lower, 1);
	else
		f->gap = true;
}

static void fold_all(struct folded *f, struct nfd *r)
{
	for (int32_t cp, base = 0; (cp = nfd_next(r));) {
		bool mark = cp >= 0x80 && is_mark(utf8proc_category(cp));
		if (mark && cp == DIAERESIS && base == 'a')
			put(f, "e", 1);
		if (cp < 0x80)
			put_ascii(f, cp);
		else if (!mark)
			put_other(f, cp);
		if (!mark)
			base = cp | 0x20;
	}
}

char *text_fold(struct arena *a, const char *s)
{
	struct folded f = {0};
	struct nfd r;
	nfd_open(&r, s);
	fold_all(&f, &r);
	nfd_rewind(&r);
	f = (struct folded){.out = arena_alloc(a, f.n + 1)};
	fold_all(&f, &r);
	nfd_close(&r);
	return f.out;
}

/* Where hay goes on after the n bytes of the needle, blanks on neither side counted; NULL when it begins otherwise. */
static const char *after_match(const char *hay, const char *needle, size_t n)
{
	for (const char *end = needle + n; needle < end; needle++) {
		if (*needle == ' ')
			continue;
		while (*hay == ' ')
			hay++;
		if (*hay++ != *needle)
			return NULL;
	}
	return hay;
}

static const char *next_word(const char *s)
{
	s += strcspn(s, " ");
	return s + strspn(s, " ");
}

static bool begins_a_word(const char *hay, const char *needle, size_t n)
{
	for (; *hay; hay = next_word(hay))
		if (after_match(hay, needle, n))
			return true;
	return false;
}

static bool each_begins_a_word(const char *hay, const char *words)
{
	for (; *words; words = next_word(words))
		if (!begins_a_word(hay, words, strcspn(words, " ")))
			return false;
	return true;
}

bool text_fold_match(const char *hay, const char *needle, int *rank)
{
	size_t n = strlen(needle);
	const char *end = after_match(hay, needle, n);
	if (!end && !begins_a_word(hay, needle, n) && !each_begins_a_word(hay, needle))
		return false;
	if (rank)
		*rank = !end ? 2 : *end ? 1 : 0;
	return true;
}

int text_slips(const char *x, const char *y, int most)
{
	enum { LONGEST = 63 };
	size_t nx = strlen(x), ny = strlen(y);
	int row[LONGEST + 1];
	if (nx > LONGEST || ny > LONGEST || nx > ny + (size_t)most || ny > nx + (size_t)most)
		return most + 1;
	for (size_t k = 0; k <= ny; k++)
		row[k] = (int)k;
	for (size_t i = 1; i <= nx; i++) {
		int corner = row[0];
		row[0] = (int)i;
		for (size_t k = 1; k <= ny; k++) {
			int changed = corner + (x[i - 1] != y[k - 1]),
			    less = 1 + (row[k - 1] < row[k] ? row[k - 1] : row[k]);
			corner = row[k];
			row[k] = changed < less ? changed : less;
		}
	}
	return row[ny] <= most ? row[ny] : most + 1;
}
