/* pdf/letter.c - see letter.h. Owns where the parts of a letter stand, and which lines stay together.
 *
 * Lines that no empty line parts are a block, and a block stays on one page. After the last two empty lines comes what
 * is written by hand: names and a date don't part either. A block's first line that begins with a number, and the
 * text's own first line, are headings. */
#include "pdf/letter.h"

#include <ctype.h>
#include <qrencode.h>
#include <string.h>

struct letter_page {
	const struct letter *l;
	struct arena *a;
	char **lines;
	size_t n, by_hand;                 /* lines from there on are written on */
	double size;
	QRcode *qr;
};

static const double MARGIN = 22 * MM, QR_SIDE = 26 * MM, HEAD_GAP = 4 * MM, TITLE = 11, SMALL = 8.5, HEADING = 13;
static const double SIZE = 10.5, SIZE_LEAST = 8.5, SIZE_ONE_PAGE = 9;
enum { QUIET = 4 };     /* modules of white around a QR code (ISO/IEC 18004) */

/* ---- the QR code ---------------------------------------------------------------------------------------------------- */

static void draw_qr(struct paper *p, const QRcode *qr)
{
	const double side = QR_SIDE / (qr->width + 2 * QUIET);
	for (int y = 0; y < qr->width; y++)
		for (int x = 0, n = 1; x < qr->width; x += n) {
			const unsigned char *row = qr->data + y * qr->width;
			for (n = 1; x + n < qr->width && (row[x + n] & 1) == (row[x] & 1); n++)
				;
			if (row[x] & 1)
				paper_box(p, p->right - QR_SIDE + side * (x + QUIET), p->top + side * (y + QUIET), side * n, side, 0);
		}
}

/* ---- lines ---------------------------------------------------------------------------------------------------------- */

static bool is_heading(const struct letter_page *t, size_t i)
{
	const char *s = t->lines[i];
	if (i == 0)
		return t->n > 1 && !*t->lines[1];
	if (*t->lines[i - 1] || !isdigit((unsigned char)*s) || i >= t->by_hand)
		return false;
	while (isdigit((unsigned char)*s))
		s++;
	return s[0] == '.' && s[1] == ' ';
}

static struct ink ink_of(const struct letter_page *t, size_t i)
{
	return (struct ink){.size = i == 0 && is_heading(t, i) ? HEADING : t->size, .bold = is_heading(t, i)};
}

/* A hand needs more room than letters. */
static double room_above(const struct letter_page *t, size_t i)
{
	return i > t->by_hand && *t->lines[i] && !*t->lines[i - 1] ? t->size : 0;
}

static double height_of(struct paper *p, const struct letter_page *t, size_t i)
{
	return room_above(t, i) + paper_height_of(paper_layout(p, t->lines[i], ink_of(t, i), p->right - p->left));
}

static double block_height(struct paper *p, const struct letter_page *t, size_t i)
{
	double sum = 0;
	for (; i < t->n && (*t->lines[i] || i >= t->by_hand); i++)
		sum += height_of(p, t, i);
	return sum;
}

static bool begins_block(const struct letter_page *t, size_t i)
{
	return *t->lines[i] && (i == t->by_hand || (i < t->by_hand && i > 0 && !*t->lines[i - 1]));
}

static void draw_text(struct paper *p, const struct letter_page *t)
{
	for (size_t i = 0; i < t->n; i++) {
		double need = begins_block(t, i) ? block_height(p, t, i) : 0;
		if (need > paper_room(p) && need < p->bottom - p->top - QR_SIDE)
			paper_next_page(p);
		p->y += room_above(t, i);
		if (*t->lines[i] || paper_room(p) > t->size)
			paper_text(p, t->lines[i], ink_of(t, i));
	}
}

/* ---- the whole ---------------------------------------------------------------------------------------------------------- */

/* Beside the QR code, so that what tells it stands in no text's way. */
static void draw_head(struct paper *p, const struct letter_page *t)
{
	double right = p->right, from = p->y;
	if (t->qr) {
		draw_qr(p, t->qr);
		p->right -= QR_SIDE + 4 * MM;
	}
	paper_text(p, t->l->title, (struct ink){.size = TITLE, .bold = true});
	if (*t->l->code)
		paper_text(p, t->l->code, (struct ink){.size = SMALL});
	p->right = right;
	p->y = MAX(p->y, t->qr && p->page == 1 ? from + QR_SIDE : p->y) + HEAD_GAP;
}

void letter_draw(struct paper *p, void *letter_page)
{
	struct letter_page *t = letter_page;
	draw_head(p, t);
	draw_text(p, t);
}

/* The same lines as in the text: smaller letters rather than other lines, as far as they can be read. */
static double size_for_lines(struct paper *p, const struct letter_page *t)
{
	double widest = 1;
	for (size_t i = 0; i < t->n; i++)
		widest = MAX(widest, paper_word(p, t->lines[i], strlen(t->lines[i]), false));
	return CLAMP((p->right - p->left - 1) * 10 / widest, SIZE_LEAST, SIZE);
}

/* And rather than a page with nothing but names to write. */
static void choose_size(struct paper *p, struct letter_page *t)
{
	const double first = t->size = size_for_lines(p, t), room = p->bottom - p->top - QR_SIDE - HEAD_GAP;
	for (double sum = room + 1; sum > room && t->size >= SIZE_ONE_PAGE; t->size -= sum > room ? 0.5 : 0) {
		sum = 0;
		for (size_t i = 0; i < t->n && sum <= room; i++)
			sum += height_of(p, t, i);
	}
	if (t->size < SIZE_ONE_PAGE)
		t->size = first;
}

static void cut_lines(struct letter_page *t)
{
	char *text = arena_strdup(t->a, t->l->text);
	size_t most = 1;
	for (const char *s = text; *s; s++)
		most += *s == '\n';
	t->lines = arena_alloc(t->a, most * sizeof *t->lines);
	for (char *next; text && (*text || t->n == 0); text = next) {
		next = strchr(text, '\n');
		if (next)
			*next++ = '\0';
		t->lines[t->n++] = text;
	}
	t->by_hand = t->n;
	for (size_t i = 2; i < t->n; i++)
		if (!*t->lines[i - 1] && !*t->lines[i - 2])
			t->by_hand = i;
}

int letter_prepare(struct paper *p, struct arena *a, struct letter_page **out, struct err *e)
{
	struct letter_page *t = *out = arena_alloc(a, sizeof *t);
	t->l = p->order->letter;
	t->a = a;
	if (*t->l->qr)
		t->qr = QRcode_encodeString8bit(t->l->qr, 0, QR_ECLEVEL_M);
	if (*t->l->qr && !t->qr)
		return err_set(e, ERR_DATA, "qr: no QR code can hold it");
	cut_lines(t);
	paper_shape(p, false, MARGIN);
	choose_size(p, t);
	p->head = t->l->title;
	p->foot = t->l->footer;
	return OK;
}

void letter_end(struct letter_page *t)
{
	if (t)
		QRcode_free(t->qr);
}
