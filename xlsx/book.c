/* xlsx/book.c - see book.h. Owns what a cell, a column and a page are to a spreadsheet. Must not know where the bytes
 * go.
 *
 * A text is written as a string whatever it looks like, so nothing in it can become a formula, a number or a link. */
#include "xlsx/book.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <xlsxwriter.h>

#include "base/text.h"
#include "export/sheet_priv.h"
#include "xlsx/memory.h"

enum { KINDS = CELL_MINUTES + 1, MARKS = CELL_STRONG + 1, ROW_KINDS = ROW_TOTAL + 1 };
/* A day's number since 1900 as spreadsheets count: 1970-01-01 is 25569, and before 1900-03-01 they are wrong by one. */
enum { EPOCH = 25569, FIRST_RIGHT = 61, A4_PAPER = 9, A3_PAPER = 8, CHARACTERS_MOST = 32767 };
static const double WIDEST = 60, NARROWEST = 5, PAGE_COLUMNS = 95;     /* in characters */

struct book {
	struct arena *a;
	const struct order *o;
	const struct sheet *s;
	lxw_workbook *book;
	lxw_worksheet *page;
	lxw_format *formats[ROW_KINDS][MARKS][KINDS][2][2];    /* .. aligned, wrapped; made when they are needed */
	bool wraps[ORDER_COLUMNS];
	double width;                                          /* of all columns */
	lxw_error wrong;                                       /* the first one */
};

static void note(struct book *b, lxw_error got)
{
	if (b->wrong == LXW_NO_ERROR)
		b->wrong = got;
}

/* ---- looks -------------------------------------------------------------------------------------------------- */

static lxw_format *new_format(struct book *b, enum row_kind row, enum cell_mark mark, enum cell_kind kind)
{
	static const char *const numbers[KINDS] = {[CELL_INT] = "0", [CELL_DATE] = "dd\\-mm\\-yyyy",
		[CELL_DATETIME] = "dd\\-mm\\-yyyy\\ hh:mm", [CELL_TIME] = "[hh]:mm", [CELL_MINUTES] = "[h]:mm"};
	lxw_format *f = workbook_add_format(b->book);
	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	if (numbers[kind])
		format_set_num_format(f, numbers[kind]);
	if (row != ROW_DATA || mark == CELL_GAP || mark == CELL_STRONG)
		format_set_bold(f);
	if (mark == CELL_CANCELLED)
		format_set_font_strikeout(f);
	if (row == ROW_GROUP)
		format_set_bg_color(f, 0xEDEDED);
	if (row == ROW_TOTAL)
		format_set_top(f, LXW_BORDER_THIN);
	return f;
}

static lxw_format *format_of(struct book *b, const struct sheet_row *r, size_t j)
{
	const struct sheet_cell *c = &r->cells[j];
	bool right = b->s->columns[j].align == ALIGN_RIGHT && r->kind != ROW_GROUP, wraps = b->wraps[j] && r->kind != ROW_GROUP;
	lxw_format **f = &b->formats[r->kind][c->mark][c->kind][right][wraps];
	if (*f)
		return *f;
	*f = new_format(b, r->kind, c->mark, c->kind);
	format_set_align(*f, right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
	if (wraps)
		format_set_text_wrap(*f);
	return *f;
}

/* ---- cells -------------------------------------------------------------------------------------------------- */

/* False: a spreadsheet knows no such number, and so gets the text. */
static bool number_of(const struct sheet_cell *c, double *out)
{
	switch (c->kind) {
	case CELL_TEXT:
		return false;
	case CELL_INT:
		*out = (double)c->value;
		return c->value <= (1LL << 53) && c->value >= -(1LL << 53);
	case CELL_DATE:
		*out = (double)(c->value + EPOCH);
		return *out >= FIRST_RIGHT;
	case CELL_DATETIME:
		*out = (double)c->value / DAY_MINUTES + EPOCH;
		return *out >= FIRST_RIGHT;
	case CELL_TIME:
	case CELL_MINUTES:
		*out = (double)c->value / DAY_MINUTES;
		return *out >= 0;
	}
	return false;
}

/* What looks like the format's own way to write a character ("_x0041_", ECMA-376 part 1, 22.9.2.19) is written so that
 * it stays as it is. */
static const char *as_written(struct book *b, const char *s)
{
	struct buf out = {0};
	if (!strstr(s, "_x"))
		return s;
	for (; *s; s++) {
		bool order = s[0] == '_' && s[1] == 'x' && strspn(s + 2, "0123456789abcdefABCDEF") >= 4 && s[6] == '_';
		buf_adds(&out, order ? "_x005F_" : "");
		if (!order)
			buf_addc(&out, *s);
	}
	const char *text = arena_strdup(b->a, out.p);
	buf_free(&out);
	return text;
}

static void put_string(struct book *b, lxw_row_t i, size_t j, const char *text, lxw_format *f)
{
	note(b, worksheet_write_string(b->page, i, (lxw_col_t)j, as_written(b, text), f));
}

static void put_cell(struct book *b, lxw_row_t i, size_t j, const struct sheet_row *r)
{
	const struct sheet_cell *c = &r->cells[j];
	lxw_format *f = format_of(b, r, j);
	double number;
	if (number_of(c, &number))
		note(b, worksheet_write_number(b->page, i, (lxw_col_t)j, number, f));
	else if (*c->text)
		put_string(b, i, j, c->text, f);
	else if (r->kind != ROW_DATA)
		note(b, worksheet_write_blank(b->page, i, (lxw_col_t)j, f));
}

static void put_text(struct book *b, lxw_row_t *i, const char *text)
{
	if (*text)
		put_string(b, ++*i, 0, text, NULL);
}

/* Below an empty row, so that a spreadsheet doesn't take it for more of the table. */
static void put_below(struct book *b)
{
	const struct sheet *s = b->s;
	lxw_row_t i = (lxw_row_t)s->nrows + 1;
	if (!s->nrows)
		put_string(b, i++, 0, b->o->empty, NULL);
	for (size_t k = 0; k < s->nnotes; k++)
		put_text(b, &i, s->notes[k]);
	put_text(b, &i, s->purpose);
	put_text(b, &i, b->o->shred);
	put_text(b, &i, s->made);
}

static void put_rows(struct book *b)
{
	const struct sheet *s = b->s;
	lxw_format *head = workbook_add_format(b->book);
	format_set_bold(head);
	format_set_bg_color(head, 0xD9D9D9);
	format_set_bottom(head, LXW_BORDER_THIN);
	format_set_text_wrap(head);
	format_set_align(head, LXW_ALIGN_VERTICAL_TOP);
	for (size_t j = 0; j < s->ncolumns; j++)
		put_string(b, 0, j, s->columns[j].title, head);
	for (size_t i = 0; i < s->nrows; i++)
		for (size_t j = 0; j < s->ncolumns; j++)
			put_cell(b, (lxw_row_t)i + 1, j, &s->rows[i]);
}

/* ---- columns ------------------------------------------------------------------------------------------------ */

static int longest_line(struct book *b, const char *s)
{
	int most = 0;
	for (;; s++) {
		size_t n = strcspn(s, "\n");
		int width = text_width(s[n] ? arena_strndup(b->a, s, n) : s);
		most = width > most ? width : most;
		s += n;
		if (!*s)
			return most;
	}
}

/* Room for an arrow of the filter beside the heading. */
static void set_width(struct book *b, size_t j)
{
	double most = longest_line(b, b->s->columns[j].title) + 3;
	for (size_t i = 0; i < b->s->nrows; i++) {
		if (b->s->rows[i].kind == ROW_GROUP)
			continue;
		const char *text = b->s->rows[i].cells[j].text;
		double width = longest_line(b, text) + 1.5;
		most = width > most ? width : most;
		b->wraps[j] = b->wraps[j] || strchr(text, '\n');
	}
	b->wraps[j] = b->wraps[j] || most > WIDEST;
	most = most > WIDEST ? WIDEST : most < NARROWEST ? NARROWEST : most;
	b->width += most;
	note(b, worksheet_set_column(b->page, (lxw_col_t)j, (lxw_col_t)j, most, NULL));
}

/* ---- the page ----------------------------------------------------------------------------------------------- */

/* In a header or footer & begins an order. */
static const char *in_furniture(struct book *b, const char *s, int columns)
{
	struct buf out = {0};
	for (s = text_fit(b->a, s, columns); *s; s++) {
		buf_adds(&out, *s == '&' ? "&" : "");
		buf_addc(&out, *s == '\n' ? ' ' : *s);
	}
	const char *text = arena_strdup(b->a, out.p ? out.p : "");
	buf_free(&out);
	return text;
}

/* "side {page} af {pages}", whose numbers the spreadsheet knows. */
static const char *page_words(struct book *b)
{
	const char *words = in_furniture(b, b->o->page, 60);
	const char *page = strstr(words, "{page}"), *pages = strstr(words, "{pages}");
	if (!page || !pages || page > pages)
		return "&P/&N";
	return arena_printf(b->a, "%.*s&P%.*s&N%s", (int)(page - words), words, (int)(pages - page - 6), page + 6, pages + 7);
}

static void set_printing(struct book *b)
{
	const struct sheet *s = b->s;
	const char *gap = *b->o->shred && *s->made ? " · " : "";
	worksheet_set_paper(b->page, s->a3 ? A3_PAPER : A4_PAPER);
	if (b->width > PAGE_COLUMNS * (s->a3 ? 1.41 : 1))
		worksheet_set_landscape(b->page);
	worksheet_fit_to_pages(b->page, 1, 0);
	note(b, worksheet_repeat_rows(b->page, 0, 0));
	worksheet_set_margins(b->page, 0.5, 0.5, 0.75, 0.75);
	note(b, worksheet_set_header(b->page, arena_printf(b->a, "&L&B%s&B  %s", in_furniture(b, s->title, 90), in_furniture(b, s->period, 60))));
	note(b, worksheet_set_footer(b->page, arena_printf(b->a, "&L%s%s%s&R%s", in_furniture(b, b->o->shred, 60), gap,
		in_furniture(b, s->made, 60), page_words(b))));
}

/* Of "2025-12-01T08:00"; the first day of all where it isn't said, so that the same order gives the same bytes. */
static time_t created(const char *text)
{
	struct tm t = {.tm_year = 70, .tm_mday = 1};
	if (sscanf(text, "%4d-%2d-%2dT%2d:%2d", &t.tm_year, &t.tm_mon, &t.tm_mday, &t.tm_hour, &t.tm_min) == 5) {
		t.tm_year -= 1900;
		t.tm_mon--;
	} else {
		t = (struct tm){.tm_year = 80, .tm_mday = 1};
	}
	return timegm(&t);
}

static void set_facts(struct book *b)
{
	const struct sheet *s = b->s;
	const char *purpose = *b->o->shred && *s->purpose ? arena_printf(b->a, "%s %s", s->purpose, b->o->shred) : s->purpose;
	lxw_doc_properties facts = {
		.title = arena_strdup(b->a, in_furniture(b, s->title, 200)),
		.subject = arena_strdup(b->a, s->period),
		.author = arena_strdup(b->a, b->o->author),
		.comments = arena_strdup(b->a, purpose),
		.created = created(b->o->created),
	};
	note(b, workbook_set_properties(b->book, &facts));
}

/* A sheet's name may not have these, nor be longer; a title that has no other characters is none. */
static const char *page_name(struct book *b)
{
	enum { NAME_MOST = 31 };
	char *name = arena_strdup(b->a, b->s->title);
	for (char *p = name; *p; p++)
		if (strchr("[]:*?/\\'\n\t", *p))
			*p = ' ';
	const char *out = text_clean(b->a, name, strlen(name));
	return *out ? text_fit(b->a, out, NAME_MOST) : "samvagt";
}

/* ---- charts ------------------------------------------------------------------------------------------------- */

/* Over the rows from the first to the last one that is data; sums are left out where they stand at the end. */
static void put_chart(struct book *b, const struct sheet_chart *c, lxw_row_t at)
{
	lxw_row_t last = (lxw_row_t)b->s->nrows;
	while (last > 1 && b->s->rows[last - 1].kind != ROW_DATA)
		last--;
	lxw_chart *chart = workbook_add_chart(b->book, LXW_CHART_COLUMN);
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
	chart_series_set_categories(series, b->page->name, 1, (lxw_col_t)c->label, last, (lxw_col_t)c->label);
	chart_series_set_values(series, b->page->name, 1, (lxw_col_t)c->value, last, (lxw_col_t)c->value);
	if (c->whole)
		chart_axis_set_max(chart->y_axis, (double)sheet_chart_most(b->s, c));
	chart_title_set_name(chart, c->title);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	note(b, worksheet_insert_chart(b->page, at, 0, chart));
}

static void put_charts(struct book *b)
{
	enum { CHART_ROWS = 16 };
	lxw_row_t at = (lxw_row_t)(b->s->nrows + b->s->nnotes + 7);
	for (size_t i = 0; b->s->nrows && i < b->s->ncharts; i++, at += CHART_ROWS)
		put_chart(b, &b->s->charts[i], at);
}

/* ---- the whole ---------------------------------------------------------------------------------------------- */

static void fill_page(struct book *b)
{
	const struct sheet *s = b->s;
	char everywhere[] = "A1:XFD1048576";
	b->page = workbook_add_worksheet(b->book, page_name(b));
	if (!b->page)
		b->page = workbook_add_worksheet(b->book, "samvagt");
	for (size_t j = 0; j < s->ncolumns; j++)
		set_width(b, j);
	put_rows(b);
	put_below(b);
	put_charts(b);
	worksheet_freeze_panes(b->page, 1, 0);
	note(b, worksheet_autofilter(b->page, 0, 0, (lxw_row_t)(s->nrows ? s->nrows : 1), (lxw_col_t)(s->ncolumns - 1)));
	/* a phone number is a text, and no mistake */
	note(b, worksheet_ignore_errors(b->page, LXW_IGNORE_NUMBER_STORED_AS_TEXT, everywhere));
	set_printing(b);
	set_facts(b);
}

int book_write(struct arena *a, const struct order *o, struct buf *out, struct err *e)
{
	char name[MEMORY_NAME];
	struct memory memory;
	struct book *b = arena_alloc(a, sizeof *b);
	*b = (struct book){.a = a, .o = o, .s = sheet_cleaned(a, o->sheet, false)};
	b->book = workbook_new(memory_name(name, &memory, out));
	if (!b->book)
		return err_set(e, ERR_NOMEM, "out of memory");
	fill_page(b);
	note(b, workbook_close(b->book));
	if (b->wrong == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
		return err_set(e, ERR_DATA, "a cell has more than %d characters", CHARACTERS_MOST);
	return b->wrong == LXW_NO_ERROR ? OK : err_set(e, ERR_IO, "libxlsxwriter: %s", lxw_strerror(b->wrong));
}
