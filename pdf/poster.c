/* pdf/poster.c - see poster.h. Owns how large is large. Must not know what is told.
 *
 * A row is its first cell, and below it the others in one line. All is as large as lets it stand on one page, down to
 * what can be read without stepping up to it; what then has no room goes on. */
#include "pdf/poster.h"

#include "export/sheet_priv.h"

static const double MARGIN = 20 * MM, TITLE = 2.2, PERIOD = 1.1, REST = 0.72, NOTE = 0.85, ABOVE = 0.45, RULE = 0.7, GREY = 0.85;
static const double SIZE_MOST = 30, SIZE_LEAST = 14, STEP = 0.5;

struct poster {
	const struct sheet *s;
	const char **below;                /* of each row: its other cells */
	double size;
};

static struct ink ink(const struct poster *t, double scale, bool bold)
{
	return (struct ink){.size = t->size * scale, .bold = bold};
}

static double height_of(struct paper *p, const char *text, struct ink ink)
{
	return *text ? paper_height_of(paper_layout(p, text, ink, p->right - p->left)) : 0;
}

static double row_height(struct paper *p, const struct poster *t, size_t i)
{
	return height_of(p, t->s->rows[i].cells[0].text, ink(t, 1, true)) + height_of(p, t->below[i], ink(t, REST, false)) + 2 * ABOVE * t->size;
}

static double whole_height(struct paper *p, const struct poster *t)
{
	double sum = height_of(p, t->s->title, ink(t, TITLE, true)) + height_of(p, t->s->period, ink(t, PERIOD, false)) + t->size;
	for (size_t i = 0; i < t->s->nrows; i++)
		sum += row_height(p, t, i);
	for (size_t i = 0; i < t->s->nnotes; i++)
		sum += height_of(p, t->s->notes[i], ink(t, NOTE, false));
	return sum + t->size;
}

static void draw_row(struct paper *p, const struct poster *t, size_t i)
{
	const struct sheet_row *r = &t->s->rows[i];
	double height = row_height(p, t, i);
	if (height > paper_room(p) && height < p->bottom - p->top)
		paper_next_page(p);
	if (r->kind == ROW_GROUP)
		paper_box(p, p->left, p->y, p->right - p->left, height, GREY);
	else
		paper_box(p, p->left, p->y, p->right - p->left, 0.6, RULE);
	p->y += ABOVE * t->size;
	if (*r->cells[0].text)
		paper_text(p, r->kind == ROW_GROUP ? "H2" : "P", r->cells[0].text, ink(t, 1, true));
	if (*t->below[i])
		paper_text(p, "P", t->below[i], ink(t, REST, false));
	p->y += ABOVE * t->size;
}

void poster_draw(struct paper *p, void *poster)
{
	struct poster *t = poster;
	paper_text(p, "H1", t->s->title, ink(t, TITLE, true));
	if (*t->s->period)
		paper_text(p, "P", t->s->period, ink(t, PERIOD, false));
	p->y += t->size;
	for (size_t i = 0; i < t->s->nrows; i++)
		draw_row(p, t, i);
	if (!t->s->nrows)
		paper_text(p, "P", p->order->empty, ink(t, 1, false));
	p->y += t->size;
	for (size_t i = 0; i < t->s->nnotes; i++)
		paper_text(p, "P", t->s->notes[i], ink(t, NOTE, false));
}

struct poster *poster_prepare(struct paper *p, struct arena *a)
{
	const struct sheet *s = p->order->sheet;
	struct poster *t = arena_alloc(a, sizeof *t);
	*t = (struct poster){s, arena_alloc(a, (s->nrows + 1) * sizeof *t->below), SIZE_MOST * (s->a3 ? 1.41 : 1)};
	for (size_t i = 0; i < s->nrows; i++)
		t->below[i] = sheet_rest_of(a, s, &s->rows[i]);
	paper_shape(p, false, MARGIN);
	while (t->size > SIZE_LEAST && whole_height(p, t) > p->bottom - p->top)
		t->size -= STEP;
	p->head = s->title;
	paper_set_foot(p);
	return t;
}
