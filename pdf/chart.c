/* pdf/chart.c - see chart.h. Owns how long a bar is. Must not know what it shows.
 *
 * Bars begin at zero and are all of one grey; each has its value beside it, so that nothing is told by length or shade
 * alone. */
#include "pdf/chart.h"

#include <string.h>

#include "export/sheet_priv.h"

static const double GAP = 6 * MM, TITLE = 11, SIZE = 8.5, SPACE = 1.2 * MM, VALUE = 22 * MM, BETWEEN = 2 * MM, GREY = 0.45;
static const struct ink LABEL = {.size = 8.5};

struct chart { const struct sheet_chart *c; int64_t most; double label, bar; };

static double label_height(struct paper *p, const struct chart *x, const struct sheet_row *r)
{
	return MAX(paper_height_of(paper_layout(p, r->cells[x->c->label].text, LABEL, x->label)), SIZE) + SPACE;
}

/* As wide as the longest label, but never so that bars are short. */
static double label_width(struct paper *p, const struct sheet_chart *c)
{
	const struct sheet *s = p->order->sheet;
	double most = 0;
	for (size_t i = 0; i < s->nrows; i++)
		if (s->rows[i].kind == ROW_DATA)
			most = MAX(most, paper_word(p, s->rows[i].cells[c->label].text, strlen(s->rows[i].cells[c->label].text), false));
	return MIN(most * SIZE / 10 + 1, (p->right - p->left) / 3);
}

static void draw_bar(struct paper *p, const struct chart *x, const struct sheet_row *r)
{
	double height = label_height(p, x, r), left = p->left + x->label + BETWEEN;
	int64_t value = r->cells[x->c->value].value;
	double length = value > 0 && x->most > 0 ? x->bar * (double)value / (double)x->most : 0;
	paper_put(p, r->cells[x->c->label].text, LABEL, p->left, p->y, x->label);
	paper_box(p, left, p->y, MAX(length, 0.4), SIZE, GREY);
	paper_put(p, r->cells[x->c->value].text, LABEL, left + length + BETWEEN, p->y, VALUE);
	p->y += height;
}

void chart_draw(struct paper *p, const struct sheet_chart *c)
{
	const struct sheet *s = p->order->sheet;
	struct chart x = {.c = c, .most = sheet_chart_most(s, c), .label = label_width(p, c)};
	double need = GAP + 3 * TITLE;
	x.bar = p->right - p->left - x.label - VALUE - 2 * BETWEEN;
	for (size_t i = 0; i < s->nrows; i++)
		need += s->rows[i].kind == ROW_DATA ? label_height(p, &x, &s->rows[i]) : 0;
	if (need > paper_room(p) && need < p->bottom - p->top)
		paper_next_page(p);
	else
		p->y += GAP;
	paper_text(p, "H2", c->title, (struct ink){.size = TITLE, .bold = true});
	p->y += BETWEEN;
	paper_begin(p, "P");
	for (size_t i = 0; i < s->nrows; i++) {
		if (s->rows[i].kind != ROW_DATA)
			continue;
		if (label_height(p, &x, &s->rows[i]) > paper_room(p))
			paper_next_page(p);
		draw_bar(p, &x, &s->rows[i]);
	}
	paper_end(p);
}
