/* tests/sheetmake.c - one sheet made by chance, in every format: for other people's readers to compare
 * (tests/formats.sh).
 *
 * usage: sheetmake SEED FOLDER tame|hostile
 *
 * Beside the files of each format it writes "cells": what was put into them, one cell a line as row, column, kind,
 * value and the text's bytes in hexadecimal. A tame sheet holds what people type; it must come back byte for byte
 * through the import, which is tried here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "export/import.h"
#include "export/printing.h"

struct chance { uint64_t state; };

/* splitmix64 */
static uint64_t draw(struct chance *c)
{
	uint64_t x = c->state += 0x9E3779B97F4A7C15;
	x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
	x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
	return x ^ (x >> 31);
}

static size_t below(struct chance *c, size_t n)
{
	return (size_t)(draw(c) % n);
}

#define ONE_OF(c, list) (list)[below((c), sizeof(list) / sizeof *(list))]

static const char *const words[] = {"Forhal,", "Viborg", "Åse", "Østergaard-Bjerregaard", "hospitalsguide", "8–11", "mangler", "2", "+46701234567",
	"Brzęczyszczykiewicz", "Gökçe", "Thảo", "2. tv.", "(afbud)", "½", "a;b", "\"Bo\"", "=1+1", "-5,5", "'ja'", "x\ny", "20 30 40 50"};
static const char *const hostile[] = {"=cmd|' /C calc'!A0", "\"; \n", "'=x", "''-a", "@SUM(A1:A9)", "-2+3", "\tx\t", "a\rb", "a\r\nb\r", "<script>alert(1)</script>",
	"&amp;&lt;", "]]><x>", "\xE2\x80\xAE" "drowssap", "\xE2\x81\xA7" "x\xE2\x81\xA6", "_x0041_ _x005F_", "{page}{pages}", "%s%n%99999d", "\x1b[31mred\x1b]0;x\x07",
	"\x01\x02\x7f", "\xff\xfe\xfd", "\xc3", "a\xed\xa0\x80" "b", "\xef\xbf\xbe", "\xc2\x85\xc2\x9b", "\xe2\x80\xa8", "  a  ", " ", "\n\n", "&P&D&\"Arial\"", "http://x.y",
	"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", "e\xcc\x81\xcc\x81\xcc\x81", "فاطمة علي, محمد 20 30", "א 1 ב", "\xef\xbb\xbf" "a", "1e999", "TRUE", "2025-12-03", "#REF!"};

static void add_point(struct buf *b, uint32_t cp)
{
	if (cp < 0x80) {
		buf_addc(b, (char)(cp ? cp : 'x'));
	} else if (cp < 0x800) {
		buf_addc(b, (char)(0xC0 | cp >> 6));
		buf_addc(b, (char)(0x80 | (cp & 63)));
	} else if (cp < 0x10000) {
		buf_addc(b, (char)(0xE0 | cp >> 12));
		buf_addc(b, (char)(0x80 | (cp >> 6 & 63)));
		buf_addc(b, (char)(0x80 | (cp & 63)));
	} else {
		buf_addc(b, (char)(0xF0 | cp >> 18));
		buf_addc(b, (char)(0x80 | (cp >> 12 & 63)));
		buf_addc(b, (char)(0x80 | (cp >> 6 & 63)));
		buf_addc(b, (char)(0x80 | (cp & 63)));
	}
}

static void add_hostile(struct chance *c, struct buf *b)
{
	static const uint32_t planes[] = {0x80, 0x250, 0x800, 0x3000, 0x10000, 0x110000};
	size_t how = below(c, 40);
	if (how == 0)
		for (int i = 0; i < 10000; i++)
			buf_addc(b, i % 97 ? 'y' : ' ');
	else if (how < 25)
		buf_adds(b, ONE_OF(c, hostile));
	else
		for (size_t n = 1 + below(c, 20); n > 0; n--)
			add_point(b, (uint32_t)below(c, ONE_OF(c, planes)));
}

static const char *text(struct chance *c, struct arena *a, bool is_hostile)
{
	struct buf b = {0};
	for (size_t n = below(c, 5), i = 0; i < n; i++) {
		if (is_hostile && below(c, 2))
			add_hostile(c, &b);
		else
			buf_addf(&b, "%s%s", i ? " " : "", ONE_OF(c, words));
	}
	const char *out = arena_strndup(a, b.p ? b.p : "", b.n);
	buf_free(&b);
	return out;
}

static struct sheet_cell cell(struct chance *c, struct arena *a, enum cell_kind kind, bool is_hostile)
{
	char day[40];
	civil_date d = civil_from_ymd(1950, 1, 1) + (civil_date)below(c, 40000);
	switch (kind) {
	case CELL_TEXT:
		break;
	case CELL_INT:
		return sheet_int(a, (int64_t)below(c, 2000) - 500);
	case CELL_DATE:
		return below(c, 5) ? sheet_date(a, d, CIVIL_DAY_YEAR) : sheet_date(a, DATE_NONE, CIVIL_ISO);
	case CELL_DATETIME:
		civil_format_iso(day, sizeof day, cmin_at(d, (int)below(c, 1440)));
		return sheet_datetime(arena_strdup(a, day), cmin_at(d, (int)below(c, 1440)));
	case CELL_TIME:
		return sheet_time(a, (int)below(c, 1441));
	case CELL_MINUTES:
		return sheet_minutes(a, (int64_t)below(c, 6000) - (below(c, 6) ? 0 : 3000));
	}
	return sheet_text(text(c, a, is_hostile));
}

static struct sheet *make(struct chance *c, struct arena *a, bool is_hostile)
{
	static const enum cell_kind kinds[] = {CELL_TEXT, CELL_TEXT, CELL_TEXT, CELL_INT, CELL_DATE, CELL_DATETIME, CELL_TIME, CELL_MINUTES};
	enum cell_kind kind[8];
	size_t n = 1 + below(c, 7), nrows = below(c, 25);
	struct sheet *s = sheet_new(a, is_hostile ? text(c, a, true) : "Vagtplan");
	s->face = below(c, 2) ? FACE_TABLE : (enum sheet_face)below(c, FACE_POSTER + 1);
	s->a3 = below(c, 5) == 0;
	s->period = text(c, a, is_hostile);
	s->purpose = text(c, a, is_hostile);
	s->made = below(c, 3) ? "Viborg · 1/12 2025 08:00" : "";
	s->shred = below(c, 2) ? civil_from_ymd(2026, 1, 7) : DATE_NONE;
	for (size_t j = 0; j < n; j++) {
		kind[j] = j ? ONE_OF(c, kinds) : CELL_TEXT;
		sheet_column(s, arena_printf(a, "c%zu", j), is_hostile ? text(c, a, true) : arena_printf(a, "Kolonne %zu", j),
			(enum column_align)below(c, 2), 0, 0);
		sheet_part_last(s, (enum column_part)(1 + below(c, PART_SIGN)));
	}
	for (size_t i = 0; i < nrows; i++) {
		struct sheet_row *r = sheet_row(s, below(c, 6) ? ROW_DATA : below(c, 2) ? ROW_GROUP : ROW_TOTAL);
		for (size_t j = 0; j < (r->kind == ROW_GROUP ? 1 : n); j++) {
			r->cells[j] = cell(c, a, kind[j], is_hostile);
			r->cells[j].mark = below(c, 5) ? CELL_PLAIN : (enum cell_mark)below(c, CELL_STRONG + 1);
		}
	}
	for (size_t i = below(c, 3); i > 0; i--)
		sheet_note(s, text(c, a, is_hostile));
	if (kind[n - 1] == CELL_INT || kind[n - 1] == CELL_MINUTES)
		sheet_chart(s, text(c, a, is_hostile), 0, n - 1);
	return s;
}

/* ---- written ------------------------------------------------------------------------------------------- */

static void write_cells(const struct sheet *s, struct buf *out)
{
	static const char *const rows[] = {[ROW_DATA] = "data", [ROW_GROUP] = "group", [ROW_TOTAL] = "total"};
	static const char *const kinds[] = {"text", "int", "date", "datetime", "time", "minutes"};
	for (size_t i = 0; i < s->nrows; i++)
		for (size_t j = 0; j < (s->rows[i].kind == ROW_GROUP ? 1 : s->ncolumns); j++) {
			const struct sheet_cell *x = &s->rows[i].cells[j];
			buf_addf(out, "%zu %zu %s %s %lld ", i, j, rows[s->rows[i].kind], kinds[x->kind], (long long)x->value);
			for (const char *p = x->text; *p; p++)
				buf_addf(out, "%02x", (unsigned char)*p);
			buf_addc(out, '\n');
		}
}

static int keep(struct arena *a, const char *dir, const char *name, struct buf *b, struct err *e)
{
	int rc = os_write_file(os_path_join(a, dir, name), b->p ? b->p : "", b->n, e);
	buf_free(b);
	return rc;
}

static int write_all(const struct sheet *s, struct arena *a, const char *dir, struct err *e)
{
	static const struct { const char *name; enum sheet_format format; bool danish; } files[] = {
		{"sheet.txt", SHEET_TEXT, false}, {"sheet.csv", SHEET_CSV, true}, {"plain.csv", SHEET_CSV, false}, {"sheet.html", SHEET_HTML, false},
		{"sheet.json", SHEET_JSON, false}, {"sheet.pdf", SHEET_PDF, false}, {"sheet.xlsx", SHEET_XLSX, false}};
	struct buf b = {0};
	write_cells(s, &b);
	int rc = keep(a, dir, "cells", &b, e);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		const struct sheet_style style = {.width = 80, .danish_excel = files[i].danish};
		int got = rc ? rc : printing_write(s, files[i].format, &style, &b, e);
		/* a helper that isn't built is no fault */
		if (got == ERR_UNSUPPORTED)
			buf_free(&b);
		else
			rc = got ? got : keep(a, dir, files[i].name, &b, e);
	}
	return rc;
}

/* The data rows' texts as the import reads them; the groups are a column in front. */
static int read_back(const struct sheet *s, struct arena *a, const char *path, struct err *e)
{
	struct table t;
	size_t n = 0;
	int rc = import_read(a, path, &t, e);
	size_t ahead = rc ? 0 : t.ncols - s->ncolumns;
	const char *group = "";
	for (size_t i = 0; rc == OK && i < s->nrows; i++) {
		group = s->rows[i].kind == ROW_GROUP ? s->rows[i].cells[0].text : group;
		bool empty = !*group;
		for (size_t j = 0; j < s->ncolumns; j++)
			empty = empty && !*s->rows[i].cells[j].text;
		if (s->rows[i].kind != ROW_DATA || empty)
			continue;
		if (n >= t.nrows)
			return err_set(e, ERR_DATA, "row %zu isn't read back", i);
		for (size_t j = 0; rc == OK && j < s->ncolumns; j++) {
			const char *got = j + ahead < t.rows[n].n ? t.rows[n].cells[j + ahead] : "";
			if (s->rows[i].cells[j].kind == CELL_TEXT && strcmp(got, s->rows[i].cells[j].text) != 0)
				rc = err_set(e, ERR_DATA, "cell %zu,%zu is read back as \"%s\"", i, j, got);
		}
		n++;
	}
	return rc;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct arena *a = arena_new();
	if (argc != 4)
		return 64;
	struct chance c = {strtoull(argv[1], NULL, 10)};
	bool is_hostile = !strcmp(argv[3], "hostile");
	struct sheet *s = make(&c, a, is_hostile);
	int rc = write_all(s, a, argv[2], &e);
	/* one column alone has no separator that could be found */
	for (int i = 0; rc == OK && !is_hostile && s->nrows && s->ncolumns > 1 && i < 2; i++)
		rc = read_back(s, a, os_path_join(a, argv[2], i ? "plain.csv" : "sheet.csv"), &e);
	if (rc)
		fprintf(stderr, "seed %s: %s\n", argv[1], e.text);
	arena_free(a);
	return rc != OK;
}
