/* export/sheet_html_faces.c - see sheet_html.h. Owns cards, letters, posters and charts as parts of a page. Must not
 * know what frames them.
 *
 * A page can't measure its letters without a script, so how large they may be is reckoned from how wide a letter is on
 * the average. */
#include "export/sheet_html.h"

#include <string.h>

#include "base/text.h"

/* In parts of a letter's size: its width, and how far lines are apart. */
static const double WIDE = 0.62, APART = 1.25;

/* ---- cards ----------------------------------------------------------------------------------------- */

/* In millimetres. As on paper: the name smaller first, then in several lines, then all of it smaller. */
static const double NAME = 0.2, NAME_MOST = 8.5, REST = 0.105, REST_MOST = 4.2, ONE_LINE = 0.62, STEP = 0.94, LEAST = 0.02;
static const double CARD_PAD = 5;

void html_style_cards(const struct sheet *s, struct buf *out)
{
	const struct sheet_cards *c = &s->cards;
	buf_adds(out, "@page{size:A4;margin:0}\nbody{margin:0}\n"
		".page{position:relative;width:210mm;height:296mm;page-break-after:always}\n"
		".card{position:absolute;box-sizing:border-box;overflow-wrap:anywhere;line-height:1.25}\n"
		".card p{margin:0}\n.name{font-weight:bold}\n");
	buf_addf(out, ".card{width:%.1fmm;height:%.1fmm;padding:%.1fmm}\n", c->width / 10.0, c->height / 10.0, CARD_PAD);
	if (c->badge)
		buf_adds(out, ".card{border:.2mm solid #777;text-align:center;display:flex;flex-direction:column;justify-content:center}\n");
}

static int longest_word(struct arena *a, const char *s)
{
	int most = 0;
	while (*s) {
		size_t n = strcspn(s, " \n-");
		int width = text_width(arena_strndup(a, s, n));
		most = width > most ? width : most;
		s += n + strspn(s + n, " \n-");
	}
	return most;
}

static double text_height(struct arena *a, const char *s, double size, double width)
{
	double sum = 0;
	for (; *s; s += *s == '\n') {
		size_t n = strcspn(s, "\n");
		double wide = text_width(arena_strndup(a, s, n)) * WIDE * size / width;
		sum += (double)(1 + (int)wide) * APART * size;
		s += n;
	}
	return sum;
}

static bool card_fits(const struct sheet *s, const struct sheet_row *r, double name, double rest)
{
	const double width = s->cards.width / 10.0 - 2 * CARD_PAD, height = s->cards.height / 10.0 - 2 * CARD_PAD;
	double sum = 0;
	for (size_t j = 0; j < s->ncolumns; j++) {
		double size = j ? rest : name;
		if (size > 1 && longest_word(s->arena, r->cells[j].text) * WIDE * size > width)
			return false;
		sum += text_height(s->arena, r->cells[j].text, size, width);
	}
	return sum <= height;
}

static void put_card(const struct sheet *s, const struct sheet_row *r, struct buf *out)
{
	const double height = s->cards.height / 10.0, width = s->cards.width / 10.0 - 2 * CARD_PAD;
	double rest = REST * height < REST_MOST ? REST * height : REST_MOST;
	/* an address is one text, and its first line only bold */
	const double most = !s->cards.badge ? rest : NAME * height < NAME_MOST ? NAME * height : NAME_MOST;
	double line = width / (WIDE * (text_width(r->cells[0].text) + 1)), name = line > most || !s->cards.badge ? most : line > ONE_LINE * most ? line : ONE_LINE * most;
	while (name > most / 2 && !card_fits(s, r, name, rest))
		name *= STEP;
	for (; rest > LEAST && !card_fits(s, r, name, rest); name *= STEP)
		rest *= STEP;
	for (size_t j = 0; j < s->ncolumns; j++) {
		if (!*r->cells[j].text)
			continue;
		buf_addf(out, "<p%s style=\"font-size:%.2fmm\">", j ? "" : " class=\"name\"", j ? rest : name);
		html_put(out, s, r->cells[j].text);
		buf_adds(out, "</p>");
	}
}

void html_put_cards(const struct sheet *s, struct buf *out)
{
	const struct sheet_cards *c = &s->cards;
	int n = 0, all = c->across * c->down;
	for (size_t i = 0; i < s->nrows; i++) {
		if (s->rows[i].kind != ROW_DATA)
			continue;
		int x = n % c->across, y = n % all / c->across;
		if (n % all == 0)
			buf_adds(out, n ? "</div>\n<div class=\"page\">\n" : "<div class=\"page\">\n");
		buf_addf(out, "<div class=\"card\" style=\"left:%.1fmm;top:%.1fmm\">", (c->left + x * (c->width + c->gap_x)) / 10.0,
			(c->top + y * (c->height + c->gap_y)) / 10.0);
		put_card(s, &s->rows[i], out);
		buf_adds(out, "</div>\n");
		n++;
	}
	buf_adds(out, n ? "</div>\n" : "");
}

/* ---- letters --------------------------------------------------------------------------------------- */

/* The address where the windows of M65, C6/5 and C5 envelopes show it (pdf/letter.c). */
void html_style_letters(const struct sheet *s, struct buf *out)
{
	(void)s;
	buf_adds(out, "@page{size:A4;margin:20mm 22mm}\n"
		"body{max-width:166mm}\n"
		".letter{page-break-before:always;overflow-wrap:anywhere}\n"
		".letter:first-child{page-break-before:auto}\n"
		".letter p{margin:0 0 .8em;page-break-inside:avoid}\n"
		".letter h1{margin:0 0 .6em}\n"
		".letter .address{padding-top:26mm;min-height:46mm;max-width:76mm;margin:0}\n"
		".small{font-size:.8em}\n"
		".sign{display:inline-block;width:44%;margin:16mm 5% 0 0;border-top:.3mm solid #000;font-size:.8em}\n"
		".code{font-family:monospace;font-size:.8em}\n"
		"@media screen{.letter{border-bottom:1px solid #777;padding:1em 0}}\n");
}

/* Parted by empty lines. */
static void put_paragraphs(const struct sheet *s, const char *text, struct buf *out)
{
	for (const char *end; *text; text = end + strspn(end, "\n")) {
		end = strstr(text, "\n\n");
		end = end ? end : text + strlen(text);
		html_put_element(out, s, "p", "text", arena_strndup(s->arena, text, (size_t)(end - text)));
	}
}

static void put_heading(const struct sheet *s, const char *text, struct buf *out)
{
	size_t n = strcspn(text, "\n");
	html_put_element(out, s, "h1", "heading", arena_strndup(s->arena, text, n));
	html_put_element(out, s, "p", "small", text + n + (text[n] == '\n'));
}

static void put_part(const struct sheet *s, enum column_part part, const char *text, struct buf *out)
{
	switch (part) {
	case PART_NONE:
		break;
	case PART_ADDRESS:
		html_put_element(out, s, "p", "address", text);
		break;
	case PART_HEADING:
		put_heading(s, text, out);
		break;
	case PART_TEXT:
		put_paragraphs(s, text, out);
		break;
	case PART_WORDING:
		html_put_element(out, s, "p", "wording", text);
		break;
	case PART_SIGN:
		html_put_element(out, s, "div", "sign", text);
		break;
	case PART_CODE:
		html_put_element(out, s, "p", "code", text);
		break;
	}
}

void html_put_letters(const struct sheet *s, struct buf *out)
{
	for (size_t i = 0; i < s->nrows; i++) {
		if (s->rows[i].kind != ROW_DATA)
			continue;
		buf_adds(out, "<div class=\"letter\">\n");
		for (size_t j = 0; j < s->ncolumns; j++)
			if (*s->rows[i].cells[j].text)
				put_part(s, s->columns[j].part, s->rows[i].cells[j].text, out);
		html_put_element(out, s, "p", "small", sheet_shred_line(s));
		html_put_element(out, s, "p", "small", s->made);
		buf_adds(out, "</div>\n");
	}
}

/* ---- posters --------------------------------------------------------------------------------------- */

/* As large as its rows leave room for on a page, in millimetres. */
void html_style_poster(const struct sheet *s, struct buf *out)
{
	const double most = 10.5, least = 5, page = 235, row = 3.1, head = 7;
	double size = page / (row * (double)s->nrows + head);
	size = size > most ? most : size < least ? least : size;
	buf_addf(out, "@page{size:%s;margin:18mm}\nbody{font-size:%.2fmm}\n", s->a3 ? "A3" : "A4", size * (s->a3 ? 1.41 : 1));
	buf_adds(out, "h1{font-size:2.2em;line-height:1.1}\n.period{font-size:1.1em;margin-bottom:.8em}\n"
		".row{border-top:.3mm solid #777;padding:.45em 0;page-break-inside:avoid}\n.row p{margin:0}\n"
		".first{font-weight:bold}\n.rest{font-size:.72em}\nh2{font-size:1em;background:#ddd;padding:.3em;margin:.4em 0}\n"
		".note{font-size:.85em}\n.purpose{font-size:.6em}\n.shred,.made{font-size:2.6mm}\n");
}

static void put_poster_row(const struct sheet *s, const struct sheet_row *r, struct buf *out)
{
	buf_adds(out, "<div class=\"row\">");
	html_put_element(out, s, "p", "first", r->cells[0].text);
	html_put_element(out, s, "p", "rest", sheet_rest_of(s->arena, s, r));
	buf_adds(out, "</div>\n");
}

void html_put_poster(const struct sheet *s, struct buf *out)
{
	html_put_element(out, s, "h1", "title", s->title);
	html_put_element(out, s, "p", "period", s->period);
	for (size_t i = 0; i < s->nrows; i++) {
		if (s->rows[i].kind == ROW_GROUP)
			html_put_element(out, s, "h2", "group", s->rows[i].cells[0].text);
		else
			put_poster_row(s, &s->rows[i], out);
	}
}

/* ---- charts ---------------------------------------------------------------------------------------- */

enum { BAR_ROW = 22, LABELS = 220, BARS = 420, VALUES = 90, TEXT_DOWN = 15, LABEL_COLUMNS = 30 };

/* Text of a picture: what XML needs escaped. */
static void put_xml(struct buf *out, const char *s)
{
	for (; *s; s++)
		if (*s == '&' || *s == '<' || *s == '>' || *s == '"')
			buf_addf(out, "&#%d;", *s);
		else
			buf_addc(out, *s == '\n' ? ' ' : *s);
}

static void draw_chart(const struct sheet *s, const struct sheet_chart *c, struct buf *svg)
{
	int64_t most = sheet_chart_most(s, c);
	int n = 0;
	for (size_t i = 0; i < s->nrows; i++)
		n += s->rows[i].kind == ROW_DATA;
	buf_addf(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">",
		LABELS + BARS + VALUES, n * BAR_ROW + 1);
	n = 0;
	for (size_t i = 0; i < s->nrows; i++) {
		const struct sheet_cell *cells = s->rows[i].cells;
		if (s->rows[i].kind != ROW_DATA)
			continue;
		int64_t value = cells[c->value].value;
		double length = value > 0 && most > 0 ? BARS * (double)value / (double)most : 0;
		buf_addf(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LABELS - 8, n * BAR_ROW + TEXT_DOWN);
		put_xml(svg, text_isolate(s->arena, text_fit(s->arena, cells[c->label].text, LABEL_COLUMNS)));
		buf_addf(svg, "</text><rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#555\"/><text x=\"%.1f\" y=\"%d\">", LABELS,
			n * BAR_ROW + 3, length, BAR_ROW - 6, LABELS + length + 6, n * BAR_ROW + TEXT_DOWN);
		put_xml(svg, cells[c->value].text);
		buf_adds(svg, "</text>");
		n++;
	}
	buf_adds(svg, "</svg>");
}

/* As an address of its own (RFC 2397), so that the page stays one file that every reader of HTML takes. */
static void put_picture(const struct sheet *s, const struct sheet_chart *c, struct buf *out)
{
	struct buf svg = {0};
	draw_chart(s, c, &svg);
	buf_adds(out, "<p class=\"chart\"><img alt=\"");
	html_put_line(out, s, c->title);
	buf_adds(out, "\" src=\"data:image/svg+xml,");
	for (size_t i = 0; i < svg.n; i++) {
		char x = svg.p[i];
		if ((x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9') || x == '-' || x == '.' || x == '/' || x == '=')
			buf_addc(out, x);
		else
			buf_addf(out, "%%%02X", (unsigned char)x);
	}
	buf_adds(out, "\"></p>\n");
	buf_free(&svg);
}

void html_put_charts(const struct sheet *s, struct buf *out)
{
	for (size_t i = 0; i < s->ncharts; i++) {
		html_put_element(out, s, "h2", "chart", s->charts[i].title);
		put_picture(s, &s->charts[i], out);
	}
}
