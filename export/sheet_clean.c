/* export/sheet_clean.c - a sheet whose texts harm no format and nobody's eyes. Owns what may stand in a text that
 * leaves the program.
 *
 * What is typed and imported is clean already (text_clean); this is for what another site wrote past the program. Bytes
 * that aren't UTF-8, control characters and what XML can't hold become U+FFFD, and line ends of all kinds \n. For eyes,
 * tabs become blanks, and marks that turn the direction of text go: they would turn what stands beside them too. */
#include "export/sheet_priv.h"

#include <string.h>

#include "base/text.h"

enum { INSTEAD = 0xFFFD };

static bool turns_direction(int32_t cp)
{
	return cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

static bool is_line_end(int32_t cp)
{
	return cp == '\r' || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

/* What stands in its place; 0 nothing. */
static int32_t instead_of(int32_t cp, bool for_eyes)
{
	if (cp == '\n' || is_line_end(cp))
		return '\n';
	if (cp == '\t')
		return for_eyes ? ' ' : cp;
	if (cp < ' ' || (cp >= 0x7f && cp < 0xa0) || (cp & 0xFFFE) == 0xFFFE)
		return INSTEAD;
	return for_eyes && turns_direction(cp) ? 0 : cp;
}

static bool is_plain(const char *s)
{
	while ((unsigned char)*s >= ' ' && (unsigned char)*s < 0x7f)
		s++;
	return !*s;
}

const char *sheet_clean_text(struct arena *a, const char *s, bool for_eyes)
{
	struct buf out = {0};
	if (is_plain(s))
		return s;
	for (int n = 1; *s; s += n) {
		int32_t cp = text_point(s, &n), is = instead_of(cp, for_eyes);
		if (cp == '\r' && s[1] == '\n')
			is = 0;
		if (is == cp && (cp != INSTEAD || n == 3))
			buf_add(&out, s, (size_t)n);
		else if (is == INSTEAD)
			buf_adds(&out, "\xEF\xBF\xBD");
		else if (is)
			buf_addc(&out, (char)is);
	}
	const char *text = arena_strndup(a, out.p ? out.p : "", out.n);
	buf_free(&out);
	return text;
}

static struct sheet_row *clean_rows(struct arena *a, const struct sheet *s, bool for_eyes)
{
	struct sheet_row *rows = arena_alloc(a, (s->nrows + 1) * sizeof *rows);
	for (size_t i = 0; i < s->nrows; i++) {
		rows[i] = s->rows[i];
		rows[i].cells = arena_copy(a, s->rows[i].cells, s->ncolumns * sizeof *rows[i].cells);
		for (size_t j = 0; j < s->ncolumns; j++)
			rows[i].cells[j].text = sheet_clean_text(a, rows[i].cells[j].text, for_eyes);
	}
	return rows;
}

struct sheet *sheet_cleaned(struct arena *a, const struct sheet *s, bool for_eyes)
{
	struct sheet *to = arena_copy(a, s, sizeof *s);
	to->arena = a;
	to->title = sheet_clean_text(a, s->title, for_eyes);
	to->period = sheet_clean_text(a, s->period, for_eyes);
	to->purpose = sheet_clean_text(a, s->purpose, for_eyes);
	to->made = sheet_clean_text(a, s->made, for_eyes);
	to->columns = arena_copy(a, s->columns, s->ncolumns * sizeof *s->columns);
	for (size_t j = 0; j < s->ncolumns; j++)
		to->columns[j].title = sheet_clean_text(a, s->columns[j].title, for_eyes);
	to->rows = clean_rows(a, s, for_eyes);
	to->notes = arena_alloc(a, (s->nnotes + 1) * sizeof *to->notes);
	for (size_t i = 0; i < s->nnotes; i++)
		to->notes[i] = sheet_clean_text(a, s->notes[i], for_eyes);
	to->charts = arena_copy(a, s->charts, s->ncharts * sizeof *s->charts);
	for (size_t i = 0; i < s->ncharts; i++)
		to->charts[i].title = sheet_clean_text(a, s->charts[i].title, for_eyes);
	return to;
}
