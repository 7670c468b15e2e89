/* fuzz/fuzz_tables.c - somebody's contacts, or records as JSON: bytes as text, and that as tables.
 *
 * Whatever comes, each row has as many cells as there are headings, and each cell is text. */
#include <string.h>

#include "base/text.h"
#include "export/decode.h"
#include "export/import_priv.h"
#include "fuzz/fuzz.h"

static void look_at(const struct table *t)
{
	for (size_t i = 0; i < t->nrows; i++) {
		FUZZ_NEED(t->rows[i].n == t->ncols);
		for (size_t c = 0; c < t->ncols; c++)
			FUZZ_NEED(text_valid(t->rows[i].cells[c], strlen(t->rows[i].cells[c])));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct tables x = {.a = arena_new(), .name = "x"};
	struct buf raw = {0}, text = {0};
	struct err e;
	buf_add(&raw, p, n);
	if (n && decode_bytes(&raw, &x.encoding, &text, &e) == OK && text.n) {
		int rc = *text.p == '{' ? records_read_tables(&x, text.p, text.n, &e) : vcard_read_tables(&x, text.p, &e);
		for (size_t i = 0; rc == OK && i < x.n; i++)
			look_at(&x.at[i]);
	}
	buf_free(&raw);
	buf_free(&text);
	arena_free(x.a);
	return 0;
}
