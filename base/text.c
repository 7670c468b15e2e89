/* base/text.c - see text.h: what holds for text in any language.
 *
 * Owns validity, the clean form that is stored, the reader of decomposed code points that order and folding use, and
 * letter case of names. Must not know Danish spelling (danish.c, fold.c) nor columns of a screen (width.c). */
#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

#include "base/text_priv.h"

enum {
	REPLACEMENT = 0xFFFD,
	FIRST_MARK = 0x300,                 /* below it nothing needs reordering */
	FIRST_MARK_LEAD = 0xCC,             /* its first byte */
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

void nfd_open(struct nfd *r, const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	*r = (struct nfd){.p = p};
	while (*p && *p < FIRST_MARK_LEAD)
		p++;
	if (!*p)
		return;
	r->owned = (char *)utf8proc_NFD((const unsigned char *)s);
	if (r->owned)
		r->p = (const unsigned char *)r->owned;
}

void nfd_close(struct nfd *r)
{
	free(r->owned);
	r->owned = NULL;
}

static void fill_queue(struct nfd *r)
{
	int len, last_class = 0;
	int32_t cp = text_point((const char *)r->p, &len);
	r->p += len;
	r->at = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(cp, r->queue, NFD_QUEUE, UTF8PROC_DECOMPOSE, &last_class);
	r->n = (int)n;
	if (n < 1 || n > NFD_QUEUE) {
		r->queue[0] = cp;
		r->n = 1;
	}
}

int32_t nfd_next(struct nfd *r)
{
	if (r->at == r->n && *r->p < 0x80)
		return *r->p ? *r->p++ : 0;
	int32_t cp = nfd_peek(r);
	r->at++;
	return cp;
}

int32_t nfd_peek(struct nfd *r)
{
	if (r->at == r->n && *r->p < 0x80)
		return *r->p;
	if (r->at == r->n)
		fill_queue(r);
	return r->queue[r->at];
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

char *text_clean(struct arena *a, const char *s, size_t n)
{
	char *kept = arena_alloc(a, n + 1), *to = kept;
	bool ascii = true;
	for (size_t i = 0; i < n;) {
		int len;
		int32_t cp = text_point(s + i, &len);
		if (is_line_separator(cp))
			*to++ = '\n';
		else if (!is_dropped(cp)) {
			memcpy(to, s + i, (size_t)len);
			to += len;
		}
		ascii = ascii && cp < 0x80;
		i += (size_t)len;
	}
	if (ascii)
		return trim(a, kept);
	char *composed = (char *)utf8proc_NFC((const unsigned char *)kept);
	char *clean = trim(a, composed ? composed : kept);
	free(composed);
	return clean;
}

static bool in_word(int32_t cp)
{
	utf8proc_category_t c = utf8proc_category(cp);
	return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME) || cp == ZWJ || cp == ZWNJ;
}

/* A word with both cases ("McDonald", "Vries") shows that whoever wrote the name chose them. */
static bool has_mixed_word(const char *s)
{
	bool upper = false, lower = false;
	int len;
	for (int32_t cp; (cp = text_point(s, &len)); s += len) {
		if (!in_word(cp))
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
	struct buf b = {0};
	bool inside = false;
	int len;
	for (int32_t cp; (cp = text_point(s, &len)); s += len) {
		unsigned char out[4];
		bool word = in_word(cp);
		int32_t made = inside ? utf8proc_tolower(cp) : utf8proc_totitle(cp);
		buf_add(&b, out, (size_t)utf8proc_encode_char(made, out));
		inside = word;
	}
	char *made = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	return made;
}
