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

enum cell_kind { CELL_TEXT, CELL_INT, CELL_DATE, CELL_DATETIME, CELL_TIME /* minutes of the day */, CELL_MINUTES /* how long */ };
enum cell_mark { CELL_PLAIN, CELL_GAP, CELL_CANCELLED, CELL_STRONG };
struct sheet_cell {
	enum cell_kind kind;
	enum cell_mark mark;          /* shown by glyph or weight, never by colour alone */
	const char *text;             /* lines separated by \n; "" when empty */
	int64_t value;                /* for other kinds than TEXT */
};
enum column_align { ALIGN_LEFT, ALIGN_RIGHT };
/* How the rows lie on paper. CSV and XLSX are the same table for all, so labels and letters are a mail-merge file
 * too. */
enum sheet_face {
	FACE_TABLE,
	FACE_CARDS,           /* each data row is a card (badge, label): column 0 large, the others lines below it */
	FACE_LETTERS,         /* each data row is a letter that begins on its own page, of the columns that are a part of it */
	FACE_POSTER,          /* to be read from afar: large title, large rows, little else */
};
/* What a column is to a letter. The parts stand in the order of the columns; only the code stands at the top, to the
 * right, and an address above all, where a window in the envelope shows it. */
enum column_part {
	PART_NONE,            /* not on the letter */
	PART_ADDRESS,
	PART_HEADING,         /* its first line; the lines below it are small */
	PART_TEXT,            /* paragraphs; their line breaks are kept */
	PART_WORDING,         /* what is signed: each of its lines stays a line, its first line alone and those that begin a block
	                       * with a number are headings, and what follows the last two empty lines is written
	                       * on by hand */
	PART_SIGN,            /* a line to sign on, with this below it; none where the cell is empty */
	PART_CODE,            /* a QR code of this; none where the cell is empty */
};
/* id: stable, English, for CSV and JSON. Widths in columns of text: never narrower than min; not narrower than ideal
 * while another column can give. */
struct sheet_column {
	const char *id, *title;
	enum column_align align;
	int min, ideal;
	int under;            /* text: with no room beside, the column that many to the left takes it in as lines of its
	                       * own; 0: none */
	enum column_part part;
};
enum row_kind { ROW_DATA, ROW_GROUP, ROW_TOTAL };       /* a GROUP row has its heading in cell 0 */
struct sheet_row { enum row_kind kind; struct sheet_cell *cells; };
/* Where cards lie on A4, in tenths of a millimetre: so many beside and above each other, the first one at left, top. */
struct sheet_cards {
	int across, down, width, height, left, top, gap_x, gap_y;
	bool badge;                   /* in the middle of the card, and with a line to cut along */
};
/* A picture of the sheet's own data rows: the values of one column over the texts of another, as bars. */
struct sheet_chart { const char *title; size_t label, value; int64_t whole; /* what a full bar means; 0: the greatest value */ };
struct sheet {
	const char *title, *period;   /* "Vagtplan uge 49", "1.–7. december 2025" */
	const char *purpose;          /* why these data are on paper */
	civil_date shred;             /* DATE_NONE: nothing personal */
	bool given;                   /* to whoever it is about, to keep: when it is shredded doesn't stand on it, only in the print log */
	civil_date from, to;          /* the days that it is about, both among them; DATE_NONE: none in particular */
	struct id unit, volunteer;    /* the one that it is about; ID_NONE: many */
	const char *made;             /* "Viborg · 1/12 2025 08:00" */
	struct sheet_column *columns; size_t ncolumns;
	struct sheet_row *rows; size_t nrows;
	const char **notes; size_t nnotes;
	enum sheet_face face;
	struct sheet_cards cards;             /* FACE_CARDS: as SHEET_LABELS unless set */
	bool a3;                              /* on A3 where the paper is chosen: PDF, XLSX, HTML */
	struct sheet_chart *charts; size_t ncharts;
	const char *group_id, *group_title;   /* what the groups' headings are, as a CSV column; "group" unless set */
	struct arena *arena;
};

/* Sheets of labels and badges that are sold everywhere: 3 x 8 of 70 x 37 mm, and 2 x 5 of 85 x 54 mm (ISO/IEC 7810
 * ID-1, rounded). */
#define SHEET_LABELS ((struct sheet_cards){.across = 3, .down = 8, .width = 700, .height = 370, .left = 0, .top = 5, .gap_x = 0, .gap_y = 0})
#define SHEET_BADGES ((struct sheet_cards){.across = 2, .down = 5, .width = 850, .height = 540, .left = 150, .top = 135, .gap_x = 100, .gap_y = 0, .badge = true})

/* Texts that are given are borrowed: they must live as long as the arena. */
struct sheet *sheet_new(struct arena *a, const char *title);
/* All columns before the first row. */
void sheet_column(struct sheet *s, const char *id, const char *title, enum column_align align, int min, int ideal);
/* Cells all empty; valid until the next sheet_row. */
struct sheet_row *sheet_row(struct sheet *s, enum row_kind kind);
void sheet_stack_last(struct sheet *s, int under);                     /* of the column that was added last */
void sheet_part_last(struct sheet *s, enum column_part part);          /* the same */
/* A column of letters, as that part of them; as wide as texts are where the rows are a table. */
void sheet_part(struct sheet *s, const char *id, const char *title, enum column_part part);
void sheet_note(struct sheet *s, const char *text);
/* The value column must be one of numbers or durations. */
void sheet_chart(struct sheet *s, const char *title, size_t label, size_t value);
void sheet_whole_last(struct sheet *s, int64_t whole);                 /* of the chart that was added last */
/* Only the columns of these ids, in that order; groups keep their headings. ERR_USAGE: one isn't there, or stands
 * twice; the sentence says which there are, and the sheet is as it was. */
int sheet_keep_columns(struct sheet *s, const char *const *ids, size_t n, struct err *e);
/* Cells made from values; the text is in the arena, as people write it. DATE_NONE is an empty text. */
struct sheet_cell sheet_text(const char *text);
struct sheet_cell sheet_int(struct arena *a, int64_t value);
struct sheet_cell sheet_date(struct arena *a, civil_date value, enum civil_style style);
struct sheet_cell sheet_datetime(const char *text, civil_min value);
struct sheet_cell sheet_time(struct arena *a, int minute);             /* "08:00", up to "24:00" */
struct sheet_cell sheet_minutes(struct arena *a, int64_t minutes);     /* "2:30" */

enum sheet_format { SHEET_TEXT, SHEET_CSV, SHEET_HTML, SHEET_JSON, SHEET_PDF, SHEET_XLSX };
/* "text", "csv", "html", "json", "pdf", "xlsx"; -1 when unknown. */
int sheet_format_named(const char *name);
/* Made by a helper program, which can fail; and nothing for a terminal. */
static inline bool sheet_is_helped(enum sheet_format f)
{
	return f == SHEET_PDF || f == SHEET_XLSX;
}
struct sheet_style {
	int width;            /* text: columns; 0: as wide as needed */
	bool ascii;           /* text: no box drawing */
	bool danish_excel;    /* csv: for a Danish spreadsheet instead of a program */
};
/* Append the sheet to out; all but those that a helper makes (export/pdf.h, xlsx.h). A NULL style means as wide as
 * needed, box drawing, Danish spreadsheet.
 *
 * CSV: RFC 4180 quoting, one heading row and then data rows only: groups become a first column, sums and notes stay
 * out. For a Danish spreadsheet: BOM, semicolons, titles as headings, dates as 03-12-2025,
 * durations as 2:30; for programs: commas, ids as headings, ISO dates, durations as minutes. Cells that a spreadsheet
 * would take for a formula (= + - @ tab CR at the start) get a leading apostrophe unless they are numbers; import_read
 * takes it away again. "+46701234567" isn't one: as a number it would lose its plus.
 * HTML: one self-contained accessible page with print CSS, no scripts. JSON: one object (man samvagt-json).
 * Text: wraps cells at blanks and hyphens, names between commas, never cuts a word; where the columns can't stand side
 * by side, some are stacked, or else each row becomes a block of "Heading: cell" lines. Cards are small blocks; letters
 * are parted by form feeds, so that a printer begins a page. */
void sheet_write(const struct sheet *s, enum sheet_format f, const struct sheet_style *style, struct buf *out);

#endif
