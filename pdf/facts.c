/* pdf/facts.c - see facts.h. Owns the one place in a finished file that is changed: its catalog, and where objects lie
 * after it (ISO 32000-1, 7.5.4). Must not know what stands on the pages. */
#include "pdf/facts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The catalog is the last thing before the table of objects, so no stream with bytes of its own comes after it. */
static const char CATALOG[] = "<< /Type /Catalog\n", START[] = "startxref\n";

static bool is_language(const char *s)
{
	size_t n = 0;
	while (isalpha((unsigned char)s[n]) || (n && s[n] == '-'))
		n++;
	return n > 1 && !s[n];
}

/* The last place where that stands; NULL nowhere. */
static char *last_of(const struct buf *b, const char *what, size_t n)
{
	for (size_t i = b->n < n ? 0 : b->n - n + 1; i-- > 0;)
		if (memcmp(b->p + i, what, n) == 0)
			return b->p + i;
	return NULL;
}

/* Entries have twenty bytes: ten digits of where an object lies, and whether it is in use. False: it isn't such a
 * table. */
static bool move_objects(char *table, size_t from, size_t by)
{
	unsigned n;
	int used = 0;
	if (sscanf(table, "xref\n0 %u\n%n", &n, &used) != 1 || !used)
		return false;
	char *entry = table + used;
	for (unsigned i = 0; i < n; i++, entry += 20) {
		char moved[12];
		size_t at = strtoul(entry, NULL, 10);
		if (entry[17] == 'n' && at > from) {
			snprintf(moved, sizeof moved, "%010zu", at + by);
			memcpy(entry, moved, 10);
		}
	}
	return true;
}

void facts_add(struct arena *a, struct buf *pdf, const char *language)
{
	char *catalog = last_of(pdf, CATALOG, sizeof CATALOG - 1), *start = last_of(pdf, START, sizeof START - 1);
	if (!catalog || !start || start < catalog || !is_language(language))
		return;
	/* cairo says itself that it is marked where a "Document" is the root of all */
	const char *marked = strstr(catalog, "/MarkInfo") ? "" : "   /MarkInfo << /Marked true >>\n";
	const char *facts = arena_printf(a, "   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>\n%s", language, marked);
	const size_t by = strlen(facts), at = (size_t)(catalog - pdf->p) + sizeof CATALOG - 1, xref = strtoul(start + sizeof START - 1, NULL, 10);
	if (xref < at || xref >= pdf->n || !move_objects(pdf->p + xref, at, by))
		return;
	struct buf out = {0};
	buf_add(&out, pdf->p, at);
	buf_adds(&out, facts);
	buf_add(&out, pdf->p + at, (size_t)(start - pdf->p) - at);
	buf_addf(&out, "startxref\n%zu\n%%%%EOF\n", xref + by);
	if (!out.oom) {
		buf_reset(pdf);
		buf_add(pdf, out.p, out.n);
	}
	buf_free(&out);
}
