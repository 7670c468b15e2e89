/* export/sheet_plain.c - see sheet_plain.h. Owns cards, letters, posters and charts as lines of text. Must not know how
 * a table is laid out, nor anything of terminals. */
#include "export/sheet_plain.h"

#include <string.h>

#include "base/text.h"

static void put_line_if(const struct plain_paper *p, const char *text)
{
	if (text && *text)
		plain_put(p, text);
}

void plain_cards(const struct plain_paper *p)
{
	bool first = true;
	for (size_t i = 0; i < p->s->nrows; i++) {
		const struct sheet_row *r = &p->s->rows[i];
		if (r->kind != ROW_DATA)
			continue;
		buf_adds(p->out, first ? "" : "\n");
		first = false;
		for (size_t j = 0; j < p->s->ncolumns; j++)
			put_line_if(p, plain_marked(p, &r->cells[j]));
	}
}

/* ---- letters ------------------------------------------------------------------------------------- */

static void put_sign_line(const struct plain_paper *p, const char *below)
{
	enum { HAND = 40 };
	int width = p->style->width > 0 && p->style->width < HAND ? p->style->width : HAND;
	buf_addc(p->out, '\n');
	plain_repeat(p->out, "_", width);
	buf_addc(p->out, '\n');
	plain_put(p, below);
}

static void put_letter(const struct plain_paper *p, const struct sheet_row *r)
{
	bool first = true;
	for (size_t j = 0; j < p->s->ncolumns; j++) {
		enum column_part part = p->s->columns[j].part;
		const char *text = r->cells[j].text;
		if (part == PART_NONE || !*text)
			continue;
		buf_adds(p->out, first ? "" : "\n");
		first = false;
		if (part == PART_SIGN)
			put_sign_line(p, text);
		else
			plain_put(p, text);
	}
}

void plain_letters(const struct plain_paper *p)
{
	bool first = true;
	const char *shred = sheet_shred_line(p->s);
	for (size_t i = 0; i < p->s->nrows; i++) {
		if (p->s->rows[i].kind != ROW_DATA)
			continue;
		buf_adds(p->out, first ? "" : "\f");
		first = false;
		put_letter(p, &p->s->rows[i]);
		if (shred || *p->s->made)
			buf_addc(p->out, '\n');
		put_line_if(p, shred);
		put_line_if(p, p->s->made);
	}
}

/* ---- posters ------------------------------------------------------------------------------------- */

static void put_underlined(const struct plain_paper *p, const char *text, const char *with)
{
	int width = text_width(text);
	plain_put(p, text);
	plain_repeat(p->out, with, p->style->width > 0 && p->style->width < width ? p->style->width : width);
	buf_addc(p->out, '\n');
}

void plain_poster(const struct plain_paper *p)
{
	const struct sheet *s = p->s;
	put_underlined(p, s->title, p->style->ascii ? "=" : "═");
	put_line_if(p, s->period);
	for (size_t i = 0; i < s->nrows; i++) {
		const struct sheet_row *r = &s->rows[i];
		buf_addc(p->out, '\n');
		if (r->kind == ROW_GROUP) {
			put_underlined(p, r->cells[0].text, p->style->ascii ? "-" : "─");
			continue;
		}
		for (size_t j = 0; j < s->ncolumns; j++)
			put_line_if(p, plain_marked(p, &r->cells[j]));
	}
}

/* ---- charts -------------------------------------------------------------------------------------- */

/* As long as `value` of `most` in `width` columns, to an eighth of one. */
static const char *bar_of(const struct plain_paper *p, int64_t value, int64_t most, int width)
{
	static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
	struct buf bar = {0};
	int eighths = value <= 0 || most <= 0 ? 0 : (int)(8.0 * width * (double)value / (double)most + 0.5);
	plain_repeat(&bar, p->style->ascii ? "#" : "█", (eighths + (p->style->ascii ? 4 : 0)) / 8);
	if (!p->style->ascii)
		buf_adds(&bar, parts[eighths % 8]);
	const char *out = bar.p ? arena_strdup(p->a, bar.p) : "";
	buf_free(&bar);
	return out;
}

/* A table of its own: the label, the bar, the value. */
static struct sheet *chart_sheet(const struct plain_paper *p, const struct sheet_chart *c)
{
	enum { BAR = 30 };
	const struct sheet *s = p->s;
	struct sheet *to = sheet_new(p->a, c->title);
	int64_t most = sheet_chart_most(s, c);
	sheet_column(to, "label", s->columns[c->label].title, ALIGN_LEFT, 0, 0);
	sheet_column(to, "bar", "", ALIGN_LEFT, BAR, BAR);
	sheet_column(to, "value", s->columns[c->value].title, ALIGN_RIGHT, 0, 0);
	for (size_t i = 0; i < s->nrows; i++) {
		const struct sheet_cell *from = s->rows[i].cells;
		if (s->rows[i].kind != ROW_DATA)
			continue;
		struct sheet_cell *cell = sheet_row(to, ROW_DATA)->cells;
		cell[0] = from[c->label];
		cell[1] = sheet_text(bar_of(p, from[c->value].value, most, BAR));
		cell[2] = from[c->value];
	}
	return to;
}

void plain_charts(const struct plain_paper *p)
{
	for (size_t i = 0; i < p->s->ncharts; i++) {
		struct plain_paper chart = {.s = chart_sheet(p, &p->s->charts[i]), .style = p->style, .a = p->a, .out = p->out};
		buf_addc(p->out, '\n');
		plain_put(p, p->s->charts[i].title);
		buf_addc(p->out, '\n');
		plain_table(&chart);
	}
}
