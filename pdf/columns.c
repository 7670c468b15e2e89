/* pdf/columns.c - see columns.h. Owns what is wide enough. Must not know how a row is drawn. */
#include "pdf/columns.h"

#include <stdlib.h>
#include <string.h>

#include "export/sheet_priv.h"

/* What a column wants: its longest word, below which words would be broken; and room for so many percent of its lines,
 * beyond the last of which it gains nothing. At 10 points. */
static const size_t PERCENT[] = {80, 90, 95, 99, 100};
enum { STEPS = sizeof PERCENT / sizeof *PERCENT };
struct want { double word, line[STEPS]; };

static const double SIZES[] = {9, 8.5, 8, 7.5, 7, 6.5, 6}, PAD = 1.4 * MM;
/* A longer text is read better in several lines; a shorter one is never broken. A longer word is no word. */
static const double LINE_MOST = 95 * MM, LINE_SHORT = 24 * MM, WORD_MOST = 60 * MM;

#define NO_BREAK "\u00a0"

static const char *unbroken(struct arena *a, const char *text)
{
	const size_t wide = strlen(NO_BREAK);
	char *all = arena_alloc(a, strlen(text) * wide + 1), *out = all;
	for (; *text; text++)
		if (*text == ' ')
			out = (char *)memcpy(out, NO_BREAK, wide) + wide;
		else
			*out++ = *text;
	return all;
}

const char *columns_text(const struct sheet *s, const struct sheet_cell *c)
{
	const char *glyph = cell_glyph(c->mark, false);
	int n = (int)strcspn(glyph, " ");
	/* never alone at a line's end, and a date in one line */
	const char *text = c->kind == CELL_TEXT ? c->text : unbroken(s->arena, c->text);
	return n ? arena_printf(s->arena, "%.*s" NO_BREAK "%s", n, glyph, text) : text;
}

/* The width of its longest line. */
static double want_text(struct paper *p, const char *text, bool bold, struct want *w)
{
	const double blank = paper_word(p, " ", 1, bold), hang = strchr(text, '\n') ? 10 * PAPER_HANG : 0;
	double line = 0, widest = 0;
	while (*text) {
		size_t n = strcspn(text, " \n");
		double word = n ? paper_word(p, text, n, bold) : 0;
		line += word;
		w->word = MAX(w->word, word + hang);
		widest = MAX(widest, line);
		text += n;
		for (; *text == ' ' || *text == '\n'; text++)
			line = *text == '\n' ? 0 : line + blank;
	}
	return widest;
}

static int compare_widths(const void *x, const void *y)
{
	const double *p = x, *q = y;
	return (*p > *q) - (*p < *q);
}

static void want_column(struct paper *p, const struct sheet *s, size_t j, double *lines, struct want *w)
{
	size_t n = 0;
	lines[n++] = want_text(p, s->columns[j].title, true, w);
	for (size_t i = 0; i < s->nrows; i++) {
		const struct sheet_row *r = &s->rows[i];
		bool bold = r->kind == ROW_TOTAL || r->cells[j].mark != CELL_PLAIN;
		if (r->kind != ROW_GROUP)
			lines[n++] = want_text(p, columns_text(s, &r->cells[j]), bold, w);
	}
	qsort(lines, n, sizeof *lines, compare_widths);
	if (lines[n - 1] <= LINE_SHORT)
		w->word = lines[n - 1];
	/* room for a rounding, and for kerning */
	w->word = MIN(w->word, WORD_MOST) + 1;
	for (size_t k = 0; k < STEPS; k++)
		w->line[k] = MAX(w->word, MIN(lines[(n - 1) * PERCENT[k] / 100] + 1, LINE_MOST));
}

static double with_pads(double at_10, double size)
{
	return at_10 * size / 10 + 2 * PAD;
}

/* Of all columns: their longest words; or the lines of the first step. */
static double sum_of(const struct want *w, size_t n, double size, bool lines)
{
	double sum = 0;
	for (size_t j = 0; j < n; j++)
		sum += with_pads(lines ? w[j].line[0] : w[j].word, size);
	return sum;
}

/* Upright while most lines stand whole. On its side, and smaller, only as far as words need it. */
static void choose_shape(struct paper *p, const struct want *w, size_t n, double margin, struct columns *out)
{
	const size_t most = sizeof SIZES / sizeof *SIZES;
	paper_shape(p, false, margin);
	out->landscape = sum_of(w, n, SIZES[1], true) > p->right - p->left;
	out->size = out->landscape || sum_of(w, n, SIZES[0], true) <= p->right - p->left ? SIZES[0] : SIZES[1];
	paper_shape(p, out->landscape, margin);
	for (size_t i = 0; i < most && sum_of(w, n, out->size, false) > p->right - p->left; i++)
		out->size = SIZES[i];
}

/* All get the same part of what a step asks for beyond what they have. What is left then. */
static double share_out(const struct want *w, size_t n, size_t step, double left, struct columns *out)
{
	double wish[ORDER_COLUMNS], sum = 0;
	for (size_t j = 0; j < n; j++) {
		wish[j] = MAX(0, with_pads(w[j].line[step], out->size) - out->width[j]);
		sum += wish[j];
	}
	for (size_t j = 0; sum > 0 && j < n; j++)
		out->width[j] += wish[j] * MIN(1, left / sum);
	return MAX(0, left - sum);
}

/* The widest that a word may be so that all columns have room: only those above it give. */
static double widest_word(const struct want *w, size_t n, double size, double room)
{
	double most = room / (double)n;
	for (size_t round = 0; round < n; round++) {
		double small = 0, big = 0;
		for (size_t j = 0; j < n; j++)
			if (with_pads(w[j].word, size) <= most)
				small += with_pads(w[j].word, size);
			else
				big++;
		if (big == 0)
			break;
		most = (room - small) / big;
	}
	return most;
}

/* Each its longest word, if it may; then by steps what they ask for. What nobody asks for is shared. */
static void set_widths(const struct paper *p, const struct want *w, size_t n, struct columns *out)
{
	const double room = p->right - p->left, most = widest_word(w, n, out->size, room);
	double left = room;
	for (size_t j = 0; j < n; j++) {
		out->width[j] = MIN(with_pads(w[j].word, out->size), most);
		left -= out->width[j];
	}
	for (size_t step = 0; step < STEPS; step++)
		left = share_out(w, n, step, MAX(0, left), out);
	for (size_t j = 0; j < n; j++)
		out->width[j] *= room / (room - left);
}

void columns_share(struct paper *p, const struct sheet *s, double margin, struct columns *out)
{
	struct want w[ORDER_COLUMNS] = {0};
	*out = (struct columns){.pad = PAD};
	double *lines = arena_alloc(s->arena, (s->nrows + 1) * sizeof *lines);
	for (size_t j = 0; j < s->ncolumns; j++)
		want_column(p, s, j, lines, &w[j]);
	choose_shape(p, w, s->ncolumns, margin, out);
	/* a column with nothing in it, and no heading, still needs its two paddings */
	while (out->pad > 0.5 && 2 * out->pad * (double)s->ncolumns > (p->right - p->left) / 2)
		out->pad /= 2;
	set_widths(p, w, s->ncolumns, out);
}
