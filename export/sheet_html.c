/* export/sheet_html.c - a sheet as one self-contained web page that prints well: no scripts, nothing fetched. Owns its
 * markup and style. Must not know what a sheet is about. Headings are marked up for screen readers (WCAG 2.1, technique
 * H63), and no state is shown by colour alone. */
#include "export/sheet_priv.h"

#include <string.h>

#include "base/lang.h"

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
	"@page{margin:12mm}\n"
	"@media print{body{margin:0;font-size:9pt}thead{display:table-header-group}tr{page-break-inside:avoid}"
	".group{page-break-after:avoid}}\n";

static void put_escaped(struct buf *out, const char *s)
{
	for (; *s; s++) {
		switch (*s) {
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
			buf_adds(out, "<br>");
			break;
		default:
			buf_addc(out, *s);
		}
	}
}

static void put_paragraph(struct buf *out, const char *class, const char *text)
{
	if (!text || !*text)
		return;
	buf_addf(out, "<p class=\"%s\">", class);
	put_escaped(out, text);
	buf_adds(out, "</p>\n");
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
		put_escaped(out, s->columns[i].title);
		buf_adds(out, "</th>");
	}
	buf_adds(out, "</tr>\n</thead>\n");
}

static void put_cell(const struct sheet_column *c, const struct sheet_cell *x, bool heading, struct buf *out)
{
	buf_adds(out, heading ? "<th scope=\"row\"" : "<td");
	put_class(out, c->align, x->mark);
	buf_adds(out, ">");
	buf_adds(out, cell_glyph(x->mark, false));
	put_escaped(out, x->text);
	buf_adds(out, heading ? "</th>" : "</td>");
}

static void put_row(const struct sheet *s, const struct sheet_row *r, struct buf *out)
{
	static const char *const classes[] = {
		[ROW_DATA] = "", [ROW_GROUP] = " class=\"group\"", [ROW_TOTAL] = " class=\"total\""};
	buf_addf(out, "<tr%s>", classes[r->kind]);
	if (r->kind == ROW_GROUP) {
		buf_addf(out, "<th scope=\"rowgroup\" colspan=\"%zu\">", s->ncolumns);
		put_escaped(out, r->cells[0].text);
		buf_adds(out, "</th>");
	} else {
		for (size_t i = 0; i < s->ncolumns; i++)
			put_cell(&s->columns[i], &r->cells[i], i == 0, out);
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
		put_escaped(out, _("Nothing to show"));
		buf_adds(out, "</td></tr>\n");
	}
	buf_adds(out, "</tbody>\n");
}

void sheet_write_html(const struct sheet *s, struct buf *out)
{
	buf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", lang_now());
	buf_adds(out, "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
	put_escaped(out, s->title);
	buf_addf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<h1>", style_sheet);
	put_escaped(out, s->title);
	buf_adds(out, "</h1>\n<table>\n<caption>");
	put_escaped(out, *s->period ? s->period : s->title);
	buf_adds(out, "</caption>\n");
	put_head(s, out);
	put_body(s, out);
	buf_adds(out, "</table>\n");
	for (size_t i = 0; i < s->nnotes; i++)
		put_paragraph(out, "note", s->notes[i]);
	put_paragraph(out, "purpose", s->purpose);
	put_paragraph(out, "shred", sheet_shred_line(s));
	put_paragraph(out, "made", s->made);
	buf_adds(out, "</body>\n</html>\n");
}
