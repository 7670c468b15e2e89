/* export/sheet.h - the one model of a printed sheet: every roster, list and report is built once as a sheet and
 * written by back ends.
 *
 * Everything lives in the arena of the sheet's maker. A cell has a text for people and, where it is a number, date or
 * time, a value for machines. */
#ifndef EXPORT_SHEET_H
#define EXPORT_SHEET_H

#include <stdbool.h>

#include "base/civil.h"
#include "base/err.h"
#include "base/mem.h"
#include "store/id.h"

enum cell_kind { CELL_TEXT, CELL_INT, CELL_DATE, CELL_DATETIME };
enum cell_mark { CELL_PLAIN, CELL_GAP, CELL_CANCELLED, CELL_STRONG };
struct sheet_cell {
	enum cell_kind kind;
	enum cell_mark mark;          /* shown by glyph or weight, never by colour alone */
	const char *text;             /* lines separated by \n; "" when empty */
	int64_t value;                /* for other kinds than TEXT */
};
enum column_align { ALIGN_LEFT, ALIGN_RIGHT };
/* id: stable, English, for CSV and JSON. Widths in columns of text: never narrower than min; not narrower than ideal
 * while another column can give. */
struct sheet_column {
	const char *id, *title;
	enum column_align align;
	int min, ideal;
	int under;            /* text: with no room beside, the column that many to the left takes it in as lines of its
	                       * own; 0: none */
};
enum row_kind { ROW_DATA, ROW_GROUP, ROW_TOTAL };       /* a GROUP row has its heading in cell 0 */
struct sheet_row { enum row_kind kind; struct sheet_cell *cells; };
struct sheet {
	const char *title, *period;   /* "Vagtplan uge 49", "1.–7. december 2025" */
	const char *purpose;          /* why these data are on paper */
	civil_date shred;             /* DATE_NONE: nothing personal */
	civil_date from, to;          /* the days that it is about, both among them; DATE_NONE: none in particular */
	struct id unit, volunteer;    /* the one that it is about; ID_NONE: many */
	const char *made;             /* "Viborg · 1/12 2025 08:00" */
	struct sheet_column *columns; size_t ncolumns;
	struct sheet_row *rows; size_t nrows;
	const char **notes; size_t nnotes;
	const char *group_id, *group_title;   /* what the groups' headings are, as a CSV column; "group" unless set */
	struct arena *arena;
};

/* Texts that are given are borrowed: they must live as long as the arena. */
struct sheet *sheet_new(struct arena *a, const char *title);
/* All columns before the first row. */
void sheet_column(struct sheet *s, const char *id, const char *title, enum column_align align, int min, int ideal);
/* Cells all empty; valid until the next sheet_row. */
struct sheet_row *sheet_row(struct sheet *s, enum row_kind kind);
void sheet_stack_last(struct sheet *s, int under);                     /* of the column that was added last */
void sheet_note(struct sheet *s, const char *text);
/* Cells made from values; the text is in the arena, as people write it. DATE_NONE is an empty text. */
struct sheet_cell sheet_text(const char *text);
struct sheet_cell sheet_int(struct arena *a, int64_t value);
struct sheet_cell sheet_date(struct arena *a, civil_date value, enum civil_style style);
struct sheet_cell sheet_datetime(const char *text, civil_min value);

enum sheet_format { SHEET_TEXT, SHEET_CSV, SHEET_HTML, SHEET_JSON, SHEET_PDF };
/* "text", "csv", "html", "json", "pdf"; -1 when unknown. */
int sheet_format_named(const char *name);
struct sheet_style {
	int width;            /* text: columns; 0: as wide as needed */
	bool ascii;           /* text: no box drawing */
	bool danish_excel;    /* csv: for a Danish spreadsheet instead of a program */
};
/* Append the sheet to out; all but SHEET_PDF, which can fail (export/pdf.h). A NULL style means as wide as needed, box drawing, Danish spreadsheet.
 *
 * CSV: RFC 4180 quoting, one heading row and then data rows only: groups become a first column, sums and notes stay
 * out. For a Danish spreadsheet: BOM, semicolons, titles as headings, dates as 03-12-2025; for programs: commas, ids
 * as headings, ISO dates. Cells that a spreadsheet would take for a formula (= + - @ tab CR at the start) get a
 * leading apostrophe unless they are numbers; import_read takes it away again. "+46701234567" isn't one: as a
 * number it would lose its plus.
 * HTML: one self-contained accessible page with print CSS, no scripts. JSON: one object (man samvagt-json).
 * Text: wraps cells at blanks and hyphens, names between commas, never cuts a word; where the columns can't stand side
 * by side, some are stacked, or else each row becomes a block of "Heading: cell" lines. */
void sheet_write(const struct sheet *s, enum sheet_format f, const struct sheet_style *style, struct buf *out);

#endif
