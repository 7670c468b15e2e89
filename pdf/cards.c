/* pdf/cards.c - see cards.h. Owns where a card lies, and how its text comes to fit: the name smaller first, then in
 * several lines, then all of it smaller, as small as it must be: nothing is cut. */
#include "pdf/cards.h"

#include <string.h>

/* Of the letters, in parts of the card's height, up to so many points. */
static const double NAME = 0.2, NAME_MOST = 24, REST = 0.105, REST_MOST = 12, NAME_ONE_LINE = 0.62, NAME_ALONE = 0.45, STEP = 0.94, LEAST = 0.02;
static const double PAD = 0.07, PAD_LEAST = 2.5 * MM, PAD_MOST = 6 * MM, LINE = 0.3, GREY = 0.6, TENTH = MM / 10;

struct card { double x, y, width, height, pad; bool centred; };

static struct ink ink_of(const struct card *c, bool name, double scale)
{
	/* an address is one text, and its first line only bold */
	double size = name && c->centred ? MIN(NAME * c->height, NAME_MOST) : MIN(REST * c->height, REST_MOST);
	return (struct ink){.size = size * scale, .bold = name, .centred = c->centred};
}

/* Is each word, or part of one up to a hyphen, shorter than a line? */
static bool words_fit(struct paper *p, const char *text, struct ink ink, double width)
{
	while (*text) {
		size_t n = strcspn(text, " \n-");
		n += text[n] == '-';
		if (n && paper_word(p, text, n, ink.bold) * ink.size / 10 > width)
			return false;
		text += n + strspn(text + n, " \n");
	}
	return true;
}

static double height_of(struct paper *p, const struct card *c, const struct sheet_row *r, double name, double rest)
{
	double sum = 0, width = c->width - 2 * c->pad;
	for (size_t j = 0; j < p->order->sheet->ncolumns; j++) {
		if (!*r->cells[j].text)
			continue;
		sum += paper_height_of(paper_layout(p, r->cells[j].text, ink_of(c, j == 0, j ? rest : name), width));
	}
	return sum;
}

static bool all_words_fit(struct paper *p, const struct card *c, const struct sheet_row *r, double name, double rest)
{
	for (size_t j = 0; j < p->order->sheet->ncolumns; j++)
		if (!words_fit(p, r->cells[j].text, ink_of(c, j == 0, j ? rest : name), c->width - 2 * c->pad))
			return false;
	return true;
}

/* As large as it can be in one line; or not smaller than that, in several. */
static double name_scale(struct paper *p, const struct card *c, const char *name)
{
	double wide = paper_word(p, name, strlen(name), true) * ink_of(c, true, 1).size / 10, room = c->width - 2 * c->pad - 0.5;
	return strchr(name, '\n') || wide <= room ? 1 : MAX(room / wide, NAME_ONE_LINE);
}

/* Broken words are better than letters that nobody can read. */
static bool fits(struct paper *p, const struct card *c, const struct sheet_row *r, double name, double rest)
{
	return (rest < NAME_ONE_LINE / 2 || all_words_fit(p, c, r, name, rest)) && height_of(p, c, r, name, rest) <= c->height - 2 * c->pad;
}

static void draw_card(struct paper *p, const struct card *c, const struct sheet_row *r)
{
	/* an address is of one size, and of several lines rather than smaller */
	double name = c->centred ? name_scale(p, c, r->cells[0].text) : 1, rest = 1;
	while (name > NAME_ALONE && !fits(p, c, r, name, rest))
		name *= STEP;
	for (; rest > LEAST && !fits(p, c, r, name, rest); name *= STEP)
		rest *= STEP;
	double y = c->y + (c->centred ? MAX(c->pad, (c->height - height_of(p, c, r, name, rest)) / 2) : c->pad);
	for (size_t j = 0; j < p->order->sheet->ncolumns; j++) {
		if (!*r->cells[j].text)
			continue;
		paper_begin(p, "P");
		y += paper_put(p, r->cells[j].text, ink_of(c, j == 0, j ? rest : name), c->x + c->pad, y, c->width - 2 * c->pad);
		paper_end(p);
	}
}

/* To cut along. */
static void draw_edge(struct paper *p, const struct card *c)
{
	paper_box(p, c->x, c->y, c->width, LINE, GREY);
	paper_box(p, c->x, c->y + c->height, c->width, LINE, GREY);
	paper_box(p, c->x, c->y, LINE, c->height, GREY);
	paper_box(p, c->x + c->width, c->y, LINE, c->height + LINE, GREY);
}

static struct card card_at(const struct sheet_cards *of, int i)
{
	const int across = i % of->across, down = i / of->across % of->down;
	struct card c = {
		.x = (of->left + across * (of->width + of->gap_x)) * TENTH,
		.y = (of->top + down * (of->height + of->gap_y)) * TENTH,
		.width = of->width * TENTH, .height = of->height * TENTH, .centred = of->badge,
	};
	c.pad = MIN(PAD_MOST, PAD * MIN(c.width, c.height) + PAD_LEAST);
	return c;
}

void cards_draw(struct paper *p, void *ctx)
{
	const struct sheet *s = p->order->sheet;
	const struct sheet_cards *of = &s->cards;
	int n = 0;
	(void)ctx;
	for (size_t i = 0; i < s->nrows && p->page <= ORDER_PAGES; i++) {
		if (s->rows[i].kind != ROW_DATA)
			continue;
		if (n && n % (of->across * of->down) == 0)
			paper_next_page(p);
		struct card c = card_at(of, n++);
		if (of->badge)
			draw_edge(p, &c);
		draw_card(p, &c, &s->rows[i]);
	}
	if (!n)
		paper_text(p, "P", p->order->empty, (struct ink){.size = REST_MOST});
}

void cards_prepare(struct paper *p)
{
	paper_shape(p, false, 15 * MM);
	p->bare = true;
}
