/* export/sheet_html.c - a sheet as one self-contained web page that prints well: no scripts, nothing fetched. Owns its
 * markup and style. Must not know what a sheet is about. Headings are marked up for screen readers (WCAG 2.1, technique
 * H63), and no state is shown by colour alone. */
#include "export/sheet_html.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"

static const char style_sheet[] =
	"body{font:11pt/1.35 sans-serif;margin:1.5em;color:#000;background:#fff}\n"
	"h1{font-size:1.4em;margin:0}\n"
	"p{margin:.2em 0}\n"
	"table{border-collapse:collapse;width:100%;margin:.8em 0}\n"
	"caption{text-align:left;padding:.3em 0}\n"
	"th,td{border:1px solid #777;padding:.25em .5em;text-align:left;vertical-align:top}\n"
	"thead th,.group th{background:#e6e6e6}\n"
	"tbody th{font-weight:normal}\n"
	".group th,.total th,.total td,td.strong,td.gap{font-weight:bold}\n"
	"th.right,td.right{text-align:right}\n"
	"td.cancelled,th.cancelled{text-decoration:line-through}\n"
	"@media print{body{margin:0}thead{display:table-header-group}tr,.chart{page-break-inside:avoid}"
	".group,h2{page-break-after:avoid}}\n"
	"@page{@bottom-right{font:7pt sans-serif;content:counter(page) \"/\" counter(pages)}}\n";

static void put_escaped(struct buf *out, const struct sheet *s, const char *text, const char *line_end)
{
	for (text = text_isolate(s->arena, text); *text; text++) {
		switch (*text) {
		case '&':
			buf_adds(out, "&amp;");
			break;
		case '<':
			buf_adds(out, "&lt;");
			break;
		case '>':
			buf_adds(out, "&gt;");
			break;
		case '"':
			buf_adds(out, "&quot;");
			break;
		case '\n':
			buf_adds(out, line_end);
			break;
		default:
			buf_addc(out, *text);
		}
	}
}

void html_put(struct buf *out, const struct sheet *s, const char *text)
{
	put_escaped(out, s, text, "<br>");
}

void html_put_line(struct buf *out, const struct sheet *s, const char *text)
{
	put_escaped(out, s, text, " ");
}

void html_put_element(struct buf *out, const struct sheet *s, const char *tag, const char *class, const char *text)
{
	if (!text || !*text)
		return;
	buf_addf(out, "<%s class=\"%s\">", tag, class);
	html_put(out, s, text);
	buf_addf(out, "</%s>\n", tag);
}

static void put_class(struct buf *out, enum column_align align, enum cell_mark mark)
{
	static const char *const names[] = {
		[CELL_PLAIN] = "",
		[CELL_GAP] = "gap",
		[CELL_CANCELLED] = "cancelled",
		[CELL_STRONG] = "strong",
	};
	const char *right = align == ALIGN_RIGHT ? "right" : "";
	if (!*right && !*names[mark])
		return;
	buf_addf(out, " class=\"%s%s%s\"", right, *right && *names[mark] ? " " : "", names[mark]);
}

static void put_head(const struct sheet *s, struct buf *out)
{
	buf_adds(out, "<thead>\n<tr>");
	for (size_t i = 0; i < s->ncolumns; i++) {
		buf_adds(out, "<th scope=\"col\"");
		put_class(out, s->columns[i].align, CELL_PLAIN);
		buf_adds(out, ">");
		html_put(out, s, s->columns[i].title);
		buf_adds(out, "</th>");
	}
	buf_adds(out, "</tr>\n</thead>\n");
}

static void put_cell(const struct sheet *s, size_t j, const struct sheet_cell *x, struct buf *out)
{
	bool heading = j == 0;
	buf_adds(out, heading ? "<th scope=\"row\"" : "<td");
	put_class(out, s->columns[j].align, x->mark);
	buf_adds(out, ">");
	buf_adds(out, cell_glyph(x->mark, false));
	html_put(out, s, x->text);
	buf_adds(out, heading ? "</th>" : "</td>");
}

static void put_row(const struct sheet *s, const struct sheet_row *r, struct buf *out)
{
	static const char *const classes[] = {
		[ROW_DATA] = "", [ROW_GROUP] = " class=\"group\"", [ROW_TOTAL] = " class=\"total\""};
	buf_addf(out, "<tr%s>", classes[r->kind]);
	if (r->kind == ROW_GROUP) {
		buf_addf(out, "<th scope=\"rowgroup\" colspan=\"%zu\">", s->ncolumns);
		html_put(out, s, r->cells[0].text);
		buf_adds(out, "</th>");
	} else {
		for (size_t i = 0; i < s->ncolumns; i++)
			put_cell(s, i, &r->cells[i], out);
	}
	buf_adds(out, "</tr>\n");
}

static void put_body(const struct sheet *s, struct buf *out)
{
	buf_adds(out, "<tbody>\n");
	for (size_t i = 0; i < s->nrows; i++) {
		if (i && s->rows[i].kind == ROW_GROUP)
			buf_adds(out, "</tbody>\n<tbody>\n");
		put_row(s, &s->rows[i], out);
	}
	if (!s->nrows) {
		buf_addf(out, "<tr><td colspan=\"%zu\">", s->ncolumns);
		html_put(out, s, _("Nothing to show"));
		buf_adds(out, "</td></tr>\n");
	}
	buf_adds(out, "</tbody>\n");
}

/* ---- the page -------------------------------------------------------------------------------------- */

static int widest_cell(const struct sheet *s, size_t j)
{
	int most = 0;
	for (size_t i = 0; i < s->nrows; i++) {
		int width = s->rows[i].kind == ROW_GROUP ? 0 : text_width(s->rows[i].cells[j].text);
		most = width > most ? width : most;
	}
	return most;
}

/* On its side where the columns are so wide that names would stand in many lines. Times and numbers are never
 * broken. */
static void put_table_style(const struct sheet *s, struct buf *out)
{
	enum { COLUMN_MOST = 34, UPRIGHT = 96, SHORT = 13, FEW = 10 };
	int sum = 0;
	for (size_t j = 0; j < s->ncolumns; j++) {
		int cell = widest_cell(s, j), title = text_width(s->columns[j].title), most = cell > title ? cell : title;
		sum += (most > COLUMN_MOST ? COLUMN_MOST : most) + 2;
		if (cell && cell <= SHORT && s->ncolumns <= FEW)
			buf_addf(out, "tbody tr>:nth-child(%zu){white-space:nowrap}\n", j + 1);
	}
	buf_adds(out, ".group th{white-space:normal!important}\n");
	buf_addf(out, "@page{size:%s%s;margin:12mm}\n@media print{body{font-size:9pt}}\n", s->a3 ? "A3" : "A4",
		sum > UPRIGHT ? " landscape" : "");
}

static void put_table(const struct sheet *s, struct buf *out)
{
	buf_adds(out, "<h1>");
	html_put(out, s, s->title);
	buf_adds(out, "</h1>\n<table>\n<caption>");
	html_put(out, s, *s->period ? s->period : s->title);
	buf_adds(out, "</caption>\n");
	put_head(s, out);
	put_body(s, out);
	buf_adds(out, "</table>\n");
}

/* A letter has its own foot, and cards have no room for one. */
static void put_below(const struct sheet *s, struct buf *out)
{
	for (size_t i = 0; i < s->nnotes; i++)
		html_put_element(out, s, "p", "note", s->notes[i]);
	html_put_element(out, s, "p", "purpose", s->purpose);
	html_put_element(out, s, "p", "shred", sheet_shred_line(s));
	html_put_element(out, s, "p", "made", s->made);
}

void sheet_write_html(const struct sheet *s, struct buf *out)
{
	static const struct {
		void (*style)(const struct sheet *s, struct buf *out), (*put)(const struct sheet *s, struct buf *out);
		bool below;
	} faces[] = {
		[FACE_TABLE] = {put_table_style, put_table, true},
		[FACE_CARDS] = {html_style_cards, html_put_cards, false},
		[FACE_LETTERS] = {html_style_letters, html_put_letters, false},
		[FACE_POSTER] = {html_style_poster, html_put_poster, true},
	};
	buf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", lang_now());
	buf_adds(out, "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
	html_put_line(out, s, s->title);
	buf_addf(out, "</title>\n<style>\n%s", style_sheet);
	faces[s->face].style(s, out);
	buf_adds(out, "</style>\n</head>\n<body>\n");
	faces[s->face].put(s, out);
	if (!s->nrows && s->face != FACE_TABLE)
		html_put_element(out, s, "p", "empty", _("Nothing to show"));
	html_put_charts(s, out);
	if (faces[s->face].below)
		put_below(s, out);
	buf_adds(out, "</body>\n</html>\n");
}
