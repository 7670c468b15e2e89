/* base/text.c - see text.h: what holds for text in any language.
 *
 * Owns validity, the clean form that is stored, what is read from right to left, the reader of decomposed code points
 * that order and folding use, and letter case of names. Must not know Danish spelling (danish.c, fold.c) nor columns of
 * a screen (width.c). */
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text_priv.h"

enum {
	REPLACEMENT = 0xFFFD,
	FIRST_MARK_LEAD = 0xCC,             /* first byte of U+0300: below it nothing needs reordering */
	ZWNJ = 0x200C,
	ZWJ = 0x200D,
	VS1 = 0xFE00,
	VS16 = 0xFE0F,
};

int32_t text_point(const char *s, int *len)
{
	const unsigned char *u = (const unsigned char *)s;
	int32_t cp;
	*len = 1;
	if (*u < 0x80)
		return *u;
	/* a NUL inside a sequence makes it malformed, so this never reads past the end */
	utf8proc_ssize_t n = utf8proc_iterate(u, -1, &cp);
	if (n < 1)
		return REPLACEMENT;
	*len = (int)n;
	return cp;
}

bool text_valid(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	for (size_t i = 0; i < n;) {
		int32_t cp;
		utf8proc_ssize_t len = 1;
		if (u[i] == 0)
			return false;
		if (u[i] >= 0x80)
			len = utf8proc_iterate(u + i, (utf8proc_ssize_t)(n - i), &cp);
		if (len < 1)
			return false;
		i += (size_t)len;
	}
	return true;
}

/* ---- from right to left ------------------------------------------------------------------------------ */

static bool is_from_right(int32_t cp)
{
	utf8proc_propval_t class = utf8proc_get_property(cp)->bidi_class;
	return class == UTF8PROC_BIDI_CLASS_R || class == UTF8PROC_BIDI_CLASS_AL;
}

/* What may stand inside such a name: marks on its letters, joiners, and what parts its words. */
static bool is_inside_name(int32_t cp)
{
	return cp == ' ' || cp == 0xA0 || cp == '-' || cp == '\'' || cp == '.' || cp == ZWNJ || cp == ZWJ ||
		utf8proc_get_property(cp)->bidi_class == UTF8PROC_BIDI_CLASS_NSM;
}

/* The bytes of the stretch that s begins with, up to after its last letter; 0: it begins otherwise. */
static size_t from_right(const char *s)
{
	size_t end = 0;
	int n;
	for (size_t i = 0; s[i]; i += (size_t)n) {
		int32_t cp = text_point(s + i, &n);
		if (is_from_right(cp) || (end == i && end && utf8proc_get_property(cp)->bidi_class == UTF8PROC_BIDI_CLASS_NSM))
			end = i + (size_t)n;
		else if (!end || !is_inside_name(cp))
			break;
	}
	return end;
}

const char *text_isolate(struct arena *a, const char *s)
{
	enum { FIRST_LEAD = 0xD6 };         /* of U+0590, the first letter of such a script */
	const unsigned char *u = (const unsigned char *)s;
	struct buf out = {0};
	const char *whole = s;
	bool any = false;
	int n;
	while (*u && *u < FIRST_LEAD)
		u++;
	for (; *u && *s; s += n) {
		size_t stretch = from_right(s);
		any = any || stretch;
		if (stretch)
			buf_adds(&out, "\u2067");
		text_point(s, &n);
		n = stretch ? (int)stretch : n;
		buf_add(&out, s, (size_t)n);
		if (stretch)
			buf_adds(&out, "\u2069");
	}
	const char *text = any ? arena_strndup(a, out.p, out.n) : whole;
	buf_free(&out);
	return text;
}

/* The n bytes as code points in canonical decomposition, ended by 0, to be freed; NULL when they aren't UTF-8. */
static int32_t *decompose(const char *s, size_t n, utf8proc_ssize_t *count)
{
	const unsigned char *u = (const unsigned char *)s;
	const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE;
	*count = utf8proc_decompose(u, (utf8proc_ssize_t)n, NULL, 0, options);
	if (*count < 0)
		return NULL;
	int32_t *points = mem_alloc(((size_t)*count + 1) * sizeof *points);
	utf8proc_decompose(u, (utf8proc_ssize_t)n, points, *count, options);
	return points;
}

void nfd_open(struct nfd *r, const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	utf8proc_ssize_t count;
	*r = (struct nfd){.s = s};
	while (*p && *p < FIRST_MARK_LEAD)
		p++;
	if (*p)
		r->points = decompose(s, strlen(s), &count);
}

void nfd_close(struct nfd *r)
{
	free(r->points);
	r->points = NULL;
}

void nfd_rewind(struct nfd *r)
{
	r->at = 0;
	r->queued = r->taken = 0;
}

static void fill_queue(struct nfd *r)
{
	int len, last_class = 0;
	int32_t cp = text_point(r->s + r->at, &len);
	r->at += (size_t)len;
	r->taken = 0;
	r->queued = (int)utf8proc_decompose_char(cp, r->queue, NFD_QUEUE, UTF8PROC_DECOMPOSE, &last_class);
	if (r->queued < 1 || r->queued > NFD_QUEUE) {
		r->queue[0] = cp;
		r->queued = 1;
	}
}

int32_t nfd_peek(struct nfd *r)
{
	if (r->points)
		return r->points[r->at];
	if (r->taken < r->queued)
		return r->queue[r->taken];
	if ((unsigned char)r->s[r->at] < 0x80)
		return r->s[r->at];
	fill_queue(r);
	return r->queue[0];
}

int32_t nfd_next(struct nfd *r)
{
	int32_t cp = nfd_peek(r);
	if (!r->points && r->taken < r->queued)
		r->taken++;
	else if (cp)
		r->at++;
	return cp;
}

/* Controls, what Unicode doesn't know or leaves to private use, and what is invisible: it could hide text or turn its
 * direction. Joiners and variation selectors stay, for emoji and scripts that need them. */
static bool is_dropped(int32_t cp)
{
	const utf8proc_property_t *p = utf8proc_get_property(cp);
	switch (p->category) {
	case UTF8PROC_CATEGORY_CC:
		return cp != '\n' && cp != '\t';
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CO:
		return true;
	default:
		return p->ignorable && cp != ZWNJ && cp != ZWJ && !(cp >= VS1 && cp <= VS16);
	}
}

static bool is_blank(int32_t cp)
{
	return cp == '\n' || cp == '\t' || utf8proc_category(cp) == UTF8PROC_CATEGORY_ZS;
}

static bool is_line_separator(int32_t cp)
{
	utf8proc_category_t c = utf8proc_category(cp);
	return c == UTF8PROC_CATEGORY_ZL || c == UTF8PROC_CATEGORY_ZP;
}

/* Start and end of what is left when the blanks around it go. */
static char *trim(struct arena *a, const char *s)
{
	const char *start = NULL, *end = s;
	int len;
	for (int32_t cp; (cp = text_point(s, &len)); s += len) {
		if (is_blank(cp))
			continue;
		if (!start)
			start = s;
		end = s + len;
	}
	return start ? arena_strndup(a, start, (size_t)(end - start)) : arena_strdup(a, "");
}

/* Copy to `to` what may stay; returns its length. */
static size_t drop_hidden(char *to, const char *s, size_t n)
{
	char *start = to;
	int len;
	for (size_t i = 0; i < n; i += (size_t)len) {
		int32_t cp = text_point(s + i, &len);
		if (is_line_separator(cp)) {
			*to++ = '\n';
		} else if (!is_dropped(cp)) {
			memcpy(to, s + i, (size_t)len);
			to += len;
		}
	}
	*to = '\0';
	return (size_t)(to - start);
}

char *text_clean(struct arena *a, const char *s, size_t n)
{
	utf8proc_ssize_t count;
	char *kept = mem_alloc(n + 1);
	size_t left = drop_hidden(kept, s, n);
	int32_t *points = decompose(kept, left, &count);
	/* the points become bytes in their own place */
	if (points && utf8proc_reencode(points, count, UTF8PROC_STABLE | UTF8PROC_COMPOSE) < 0)
		*points = 0;
	char *clean = trim(a, points ? (const char *)points : kept);
	free(points);
	free(kept);
	return clean;
}

bool text_is_letter(int32_t cp)
{
	utf8proc_category_t c = utf8proc_category(cp);
	return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME) || cp == ZWJ || cp == ZWNJ;
}

/* The library's table is slow for what is most often asked. */
static int32_t lower(int32_t cp)
{
	return cp >= 0x80 ? utf8proc_tolower(cp) : cp >= 'A' && cp <= 'Z' ? cp - 'A' + 'a' : cp;
}

size_t text_begins(const char *s, const char *start)
{
	size_t n = 0;
	int len, start_len;
	while (*start) {
		int32_t x = text_point(s + n, &len), y = text_point(start, &start_len);
		if (x != y && lower(x) != lower(y))
			return 0;
		n += (size_t)len;
		start += start_len;
	}
	return n;
}

/* A word with both cases ("McDonald", "Vries") shows that whoever wrote the name chose them. */
static bool has_mixed_word(const char *s)
{
	bool upper = false, lower = false;
	int len;
	for (int32_t cp; (cp = text_point(s, &len)); s += len) {
		if (!text_is_letter(cp))
			upper = lower = false;
		upper = upper || utf8proc_tolower(cp) != cp;
		lower = lower || utf8proc_toupper(cp) != cp;
		if (upper && lower)
			return true;
	}
	return false;
}

char *text_title_case(struct arena *a, const char *s)
{
	if (has_mixed_word(s))
		return arena_strdup(a, s);
	/* a letter's other case may take more bytes, but never twice as many; a byte that isn't UTF-8 becomes three */
	unsigned char *made = arena_alloc(a, 3 * strlen(s) + 1), *to = made;
	bool inside = false;
	int len;
	for (int32_t cp; (cp = text_point(s, &len)); s += len) {
		to += utf8proc_encode_char(inside ? utf8proc_tolower(cp) : utf8proc_totitle(cp), to);
		inside = text_is_letter(cp);
	}
	return (char *)made;
}

char *text_file_name(struct arena *a, const char *s)
{
	char *name = arena_strdup(a, *s ? s : "_");
	for (char *p = name; *p; p++) {
		unsigned char c = (unsigned char)*p, next = (unsigned char)p[1];
		bool dot = c == '.' && p > name && (next >= 0x80 || isalnum(next));
		if (c < 0x80 && !isalnum(c) && c != '-' && !dot)
			*p = '_';
	}
	return name;
}
