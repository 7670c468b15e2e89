/* base/width.c - see text.h: text as a terminal shows it.
 *
 * Owns grapheme clusters (Unicode Standard Annex 29, by utf8proc) and their columns. Must not know what is drawn, nor
 * the terminal: a program that counts otherwise than the terminal is put right by the screen, not here. */
#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

#include "base/text_priv.h"

enum {
	EMOJI_SELECTOR = 0xFE0F,            /* asks for the wide picture of what stands before it */
	FIRST_FLAG_LETTER = 0x1F1E6,        /* two regional indicators make one flag */
	LAST_FLAG_LETTER = 0x1F1FF,
};

static const char ellipsis[] = "…";

static bool is_flag_letter(int32_t cp) { return cp >= FIRST_FLAG_LETTER && cp <= LAST_FLAG_LETTER; }

/* A cluster is as wide as its widest part: terminals draw a joined family or a flag in the room of one picture. */
static int cluster_width(int so_far, int32_t before, int32_t cp)
{
	if (cp == EMOJI_SELECTOR && so_far > 0)
		return 2;
	if (is_flag_letter(before) && is_flag_letter(cp))
		return 2;
	int width = utf8proc_charwidth(cp);
	return width > so_far ? width : so_far;
}

static bool is_ascii_graph(char c) { return c >= ' ' && c < 0x7F; }

size_t text_grapheme(const char *s, int *width)
{
	int len, w = 0;
	int32_t state = 0;
	if (is_ascii_graph(s[0]) && (unsigned char)s[1] < 0x80) {
		*width = 1;
		return 1;
	}
	int32_t cp = text_point(s, &len);
	if (cp)
		w = cluster_width(0, 0, cp);
	size_t n = cp ? (size_t)len : 0;
	for (int32_t next; cp && (next = text_point(s + n, &len)); cp = next) {
		if (utf8proc_grapheme_break_stateful(cp, next, &state))
			break;
		w = cluster_width(w, cp, next);
		n += (size_t)len;
	}
	*width = w;
	return n;
}

/* The second of two ASCII bytes always starts a cluster, but for CR LF, whatever stands around them. */
static bool is_sure_start(const char *s, size_t at)
{
	return at == 0 || (is_ascii_graph(s[at]) && (unsigned char)s[at - 1] < 0x80);
}

size_t text_grapheme_back(const char *s, size_t at)
{
	if (at == 0)
		return 0;
	size_t start = at - 1, n;
	int width;
	while (!is_sure_start(s, start))
		start--;
	while ((n = text_grapheme(s + start, &width)) > 0 && start + n < at)
		start += n;
	return at - start;
}

int text_width(const char *s)
{
	int total = 0, width;
	for (size_t n; (n = text_grapheme(s, &width)) > 0; s += n)
		total += width;
	return total;
}

char *text_fit(struct arena *a, const char *s, int cols)
{
	size_t n, at = 0, cut = 0;
	int total = 0, width;
	if (cols <= 0)
		return arena_strdup(a, "");
	for (; (n = text_grapheme(s + at, &width)) > 0 && total + width <= cols; at += n) {
		total += width;
		if (total < cols)
			cut = at + n;
	}
	if (n == 0)
		return arena_strdup(a, s);
	char *fit = arena_alloc(a, cut + sizeof ellipsis);
	memcpy(fit, s, cut);
	memcpy(fit + cut, ellipsis, sizeof ellipsis);
	return fit;
}
