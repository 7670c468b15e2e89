/* export/sheet.c - see sheet.h. Owns how a sheet is put together and which back end writes which format. Must not know
 * what a sheet is about, nor how any back end looks. */
#include "export/sheet.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "export/sheet_priv.h"

static const char *const format_names[] = {
	[SHEET_TEXT] = "text",
	[SHEET_CSV] = "csv",
	[SHEET_HTML] = "html",
	[SHEET_JSON] = "json",
	[SHEET_PDF] = "pdf",
};

int sheet_format_named(const char *name)
{
	for (size_t i = 0; i < sizeof format_names / sizeof *format_names; i++)
		if (!strcmp(name, format_names[i]))
			return (int)i;
	return -1;
}

struct sheet *sheet_new(struct arena *a, const char *title)
{
	struct sheet *s = arena_alloc(a, sizeof *s);
	*s = (struct sheet){.title = title, .period = "", .purpose = "", .made = "", .shred = DATE_NONE, .from = DATE_NONE,
		.to = DATE_NONE, .arena = a};
	s->group_id = "group";
	s->group_title = _("Group");
	return s;
}

/* Arrays double when their length is a power of two, so no capacity needs to be kept. */
static void *one_more(struct arena *a, void *old, size_t n, size_t item)
{
	if (n & (n - 1))
		return old;
	void *grown = arena_alloc(a, (n ? 2 * n : 1) * item);
	if (n)
		memcpy(grown, old, n * item);
	return grown;
}

void sheet_column(struct sheet *s, const char *id, const char *title, enum column_align align, int min, int ideal)
{
	assert(!s->nrows);
	s->columns = one_more(s->arena, s->columns, s->ncolumns, sizeof *s->columns);
	s->columns[s->ncolumns++] =
		(struct sheet_column){.id = id, .title = title, .align = align, .min = min, .ideal = ideal};
}

void sheet_stack_last(struct sheet *s, int under)
{
	assert(under > 0 && (size_t)under < s->ncolumns);
	s->columns[s->ncolumns - 1].under = under;
}

struct sheet_row *sheet_row(struct sheet *s, enum row_kind kind)
{
	assert(s->ncolumns);
	struct sheet_cell *cells = arena_alloc(s->arena, s->ncolumns * sizeof *cells);
	for (size_t i = 0; i < s->ncolumns; i++)
		cells[i].text = "";
	s->rows = one_more(s->arena, s->rows, s->nrows, sizeof *s->rows);
	s->rows[s->nrows] = (struct sheet_row){kind, cells};
	return &s->rows[s->nrows++];
}

void sheet_note(struct sheet *s, const char *text)
{
	s->notes = one_more(s->arena, s->notes, s->nnotes, sizeof *s->notes);
	s->notes[s->nnotes++] = text;
}

struct sheet_cell sheet_text(const char *text)
{
	return (struct sheet_cell){.text = text};
}

struct sheet_cell sheet_int(struct arena *a, int64_t value)
{
	return (struct sheet_cell){.kind = CELL_INT, .value = value, .text = arena_printf(a, "%lld", (long long)value)};
}

struct sheet_cell sheet_date(struct arena *a, civil_date value, enum civil_style style)
{
	char text[80];
	if (value == DATE_NONE)
		return sheet_text("");
	civil_format_date(text, sizeof text, value, style);
	return (struct sheet_cell){.kind = CELL_DATE, .value = value, .text = arena_strdup(a, text)};
}

struct sheet_cell sheet_datetime(const char *text, civil_min value)
{
	return (struct sheet_cell){.kind = CELL_DATETIME, .value = value, .text = text};
}

const char *cell_glyph(enum cell_mark mark, bool ascii)
{
	switch (mark) {
	case CELL_GAP:
		return "! ";
	case CELL_CANCELLED:
		return ascii ? "x " : "× ";
	case CELL_PLAIN:
	case CELL_STRONG:
		break;
	}
	return "";
}

const char *sheet_shred_line(const struct sheet *s)
{
	char day[40];
	if (s->shred == DATE_NONE)
		return NULL;
	civil_format_date(day, sizeof day, s->shred, CIVIL_SHORT);
	return arena_printf(s->arena, _("To be shredded by %s"), day);
}

void sheet_write(const struct sheet *s, enum sheet_format f, const struct sheet_style *style, struct buf *out)
{
	static const struct sheet_style usual = {.danish_excel = true};
	assert(f != SHEET_PDF);
	if (!style)
		style = &usual;
	switch (f) {
	case SHEET_TEXT:
		sheet_write_text(s, style, out);
		break;
	case SHEET_CSV:
		sheet_write_csv(s, style, out);
		break;
	case SHEET_HTML:
		sheet_write_html(s, out);
		break;
	case SHEET_JSON:
		sheet_write_json(s, out);
		break;
	case SHEET_PDF:
		break;
	}
}
