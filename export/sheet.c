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
	[SHEET_XLSX] = "xlsx",
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
		.to = DATE_NONE, .cards = SHEET_LABELS, .arena = a};
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

void sheet_part_last(struct sheet *s, enum column_part part)
{
	assert(s->ncolumns);
	s->columns[s->ncolumns - 1].part = part;
}

void sheet_part(struct sheet *s, const char *id, const char *title, enum column_part part)
{
	sheet_column(s, id, title, ALIGN_LEFT, 12, 40);
	sheet_part_last(s, part);
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

void sheet_chart(struct sheet *s, const char *title, size_t label, size_t value)
{
	assert(label < s->ncolumns && value < s->ncolumns);
	s->charts = one_more(s->arena, s->charts, s->ncharts, sizeof *s->charts);
	s->charts[s->ncharts++] = (struct sheet_chart){title, label, value, 0};
}

void sheet_whole_last(struct sheet *s, int64_t whole)
{
	assert(s->ncharts > 0);
	s->charts[s->ncharts - 1].whole = whole;
}

/* ---- fewer columns ----------------------------------------------------------------------------------- */

static size_t column_named(const struct sheet *s, const char *id)
{
	size_t i = 0;
	while (i < s->ncolumns && strcmp(s->columns[i].id, id) != 0)
		i++;
	return i;
}

static int say_columns(const struct sheet *s, const char *id, struct err *e)
{
	const char *all = "";
	for (size_t i = 0; i < s->ncolumns; i++)
		all = arena_printf(s->arena, "%s%s%s", all, i ? ", " : "", s->columns[i].id);
	return err_set(e, ERR_USAGE, _("the column \"%s\" isn't there, or is asked for twice. Columns: %s"), id, all);
}

/* Where each column goes; ncolumns: nowhere. */
static int place_columns(const struct sheet *s, const char *const *ids, size_t n, size_t *place, struct err *e)
{
	for (size_t i = 0; i < s->ncolumns; i++)
		place[i] = s->ncolumns;
	for (size_t k = 0; k < n; k++) {
		size_t i = column_named(s, ids[k]);
		if (i == s->ncolumns || place[i] != s->ncolumns)
			return say_columns(s, ids[k], e);
		place[i] = k;
	}
	return OK;
}

/* A column goes on standing under another one only to the right of it. */
static void keep_columns(struct sheet *s, const size_t *place, size_t n)
{
	struct sheet_column *kept = arena_alloc(s->arena, (n + 1) * sizeof *kept);
	for (size_t i = 0; i < s->ncolumns; i++) {
		if (place[i] == s->ncolumns)
			continue;
		struct sheet_column *c = &kept[place[i]];
		*c = s->columns[i];
		size_t above = c->under ? place[i - (size_t)c->under] : s->ncolumns;
		c->under = above < place[i] ? (int)(place[i] - above) : 0;
	}
	s->columns = kept;
}

static void keep_cells(struct sheet *s, const size_t *place, size_t n)
{
	for (size_t k = 0; k < s->nrows; k++) {
		struct sheet_cell *from = s->rows[k].cells, *to = arena_alloc(s->arena, (n + 1) * sizeof *to);
		for (size_t i = 0; i < s->ncolumns; i++)
			if (place[i] < s->ncolumns)
				to[place[i]] = from[i];
		if (s->rows[k].kind == ROW_GROUP)
			to[0] = from[0];
		s->rows[k].cells = to;
	}
}

static void keep_charts(struct sheet *s, const size_t *place)
{
	size_t kept = 0;
	for (size_t i = 0; i < s->ncharts; i++) {
		struct sheet_chart c = s->charts[i];
		c.label = place[c.label];
		c.value = place[c.value];
		if (c.label < s->ncolumns && c.value < s->ncolumns)
			s->charts[kept++] = c;
	}
	s->ncharts = kept;
}

int sheet_keep_columns(struct sheet *s, const char *const *ids, size_t n, struct err *e)
{
	assert(n);
	size_t *place = arena_alloc(s->arena, (s->ncolumns + 1) * sizeof *place);
	int rc = place_columns(s, ids, n, place, e);
	if (rc)
		return rc;
	keep_cells(s, place, n);
	keep_charts(s, place);
	keep_columns(s, place, n);
	s->ncolumns = n;
	return OK;
}

/* ---- cells --------------------------------------------------------------------------------------------- */

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

struct sheet_cell sheet_time(struct arena *a, int minute)
{
	char text[16];
	civil_format_time(text, sizeof text, minute);
	return (struct sheet_cell){.kind = CELL_TIME, .value = minute, .text = arena_strdup(a, text)};
}

struct sheet_cell sheet_minutes(struct arena *a, int64_t minutes)
{
	uint64_t size = minutes < 0 ? -(uint64_t)minutes : (uint64_t)minutes;
	return (struct sheet_cell){.kind = CELL_MINUTES, .value = minutes, .text = arena_printf(a, "%s%llu:%02d",
		minutes < 0 ? "-" : "", (unsigned long long)(size / 60), (int)(size % 60))};
}

/* ---- what back ends share -------------------------------------------------------------------------------- */

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
	if (s->shred == DATE_NONE || s->given)
		return NULL;
	civil_format_date(day, sizeof day, s->shred, CIVIL_SHORT);
	return arena_printf(s->arena, _("To be shredded by %s"), day);
}

const char *sheet_rest_of(struct arena *a, const struct sheet *s, const struct sheet_row *r)
{
	const char *out = "";
	for (size_t j = 1; r->kind != ROW_GROUP && j < s->ncolumns; j++)
		if (*r->cells[j].text)
			out = arena_printf(a, "%s%s%s", out, *out ? " · " : "", r->cells[j].text);
	return out;
}

int64_t sheet_chart_most(const struct sheet *s, const struct sheet_chart *c)
{
	int64_t most = c->whole;
	for (size_t i = 0; i < s->nrows; i++)
		if (s->rows[i].kind == ROW_DATA && s->rows[i].cells[c->value].value > most)
			most = s->rows[i].cells[c->value].value;
	return most;
}

void sheet_write(const struct sheet *s, enum sheet_format f, const struct sheet_style *style, struct buf *out)
{
	static const struct sheet_style usual = {.danish_excel = true};
	struct arena *a = arena_new();
	assert(!sheet_is_helped(f));
	s = sheet_cleaned(a, s, f == SHEET_TEXT || f == SHEET_HTML);
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
	case SHEET_XLSX:
		break;
	}
	arena_free(a);
}
