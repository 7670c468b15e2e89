/* pdf/letter.c - see letter.h. Owns where the parts of a letter stand, and which lines stay together.
 *
 * Lines that no empty line parts are a block, and a block stays on one page. After the last two empty lines of a
 * wording comes what is written by hand: names and a date don't part either. A wording's block's first line that begins
 * with a number, and its own first line, are headings.
 *
 * An address stands where the windows of the envelopes for A4 folded twice (M65, C6/5) and once (C5) all show it,
 * however the letter slides inside: they begin 39 to 44 mm from the letter's upper edge, are 35 mm high, and leave it
 * 13 mm of play. */
#include "pdf/letter.h"

#include <ctype.h>
#include <string.h>

#include "pdf/qr.h"

struct letters {
	const struct sheet *s;
	struct arena *a;
	int *pages;                        /* of each row, once they are counted */
};

/* One of its texts. */
struct text {
	bool wording;
	char **lines;
	size_t n, by_hand;                 /* lines from there on are written on */
	double size;
};

static const double MARGIN = 22 * MM, QR_SIDE = 26 * MM, HEAD_GAP = 4 * MM, TITLE = 11, SMALL = 8.5, HEADING = 13, ALONE = 15;
static const double SIZE = 10.5, SIZE_LEAST = 8.5, SIZE_ONE_PAGE = 9;
static const double ADDRESS_TOP = 46 * MM, ADDRESS_WIDTH = 76 * MM, ADDRESS_HEIGHT = 26 * MM, BELOW_ADDRESS = 92 * MM;
static const double HAND = 16 * MM, SIGN_GAP = 8 * MM;

/* ---- lines ------------------------------------------------------------------------------------------- */

static bool is_heading(const struct text *t, size_t i)
{
	const char *s = t->lines[i];
	if (!t->wording)
		return false;
	if (i == 0)
		return t->n > 1 && !*t->lines[1];
	if (*t->lines[i - 1] || !isdigit((unsigned char)*s) || i >= t->by_hand)
		return false;
	while (isdigit((unsigned char)*s))
		s++;
	return s[0] == '.' && s[1] == ' ';
}

static struct ink ink_of(const struct text *t, size_t i)
{
	return (struct ink){.size = i == 0 && is_heading(t, i) ? HEADING : t->size, .bold = is_heading(t, i)};
}

/* A hand needs more room than letters. */
static double room_above(const struct text *t, size_t i)
{
	return i > t->by_hand && *t->lines[i] && !*t->lines[i - 1] ? t->size : 0;
}

static double height_of(struct paper *p, const struct text *t, size_t i)
{
	return room_above(t, i) + paper_height_of(paper_layout(p, t->lines[i], ink_of(t, i), p->right - p->left));
}

static double block_height(struct paper *p, const struct text *t, size_t i)
{
	double sum = 0;
	for (; i < t->n && (*t->lines[i] || i >= t->by_hand); i++)
		sum += height_of(p, t, i);
	return sum;
}

static bool begins_block(const struct text *t, size_t i)
{
	return *t->lines[i] && (i == t->by_hand || (i < t->by_hand && i > 0 && !*t->lines[i - 1]));
}

static void draw_lines(struct paper *p, const struct text *t)
{
	for (size_t i = 0; i < t->n; i++) {
		double need = begins_block(t, i) ? block_height(p, t, i) : 0;
		if (need > paper_room(p) && need < p->bottom - p->top - QR_SIDE)
			paper_next_page(p);
		p->y += room_above(t, i);
		if (*t->lines[i])
			paper_text(p, i == 0 && is_heading(t, i) ? "H1" : is_heading(t, i) ? "H2" : "P", t->lines[i], ink_of(t, i));
		else if (paper_room(p) > t->size)
			p->y += height_of(p, t, i);
	}
}

/* The same lines as in the wording: smaller letters rather than other lines, as far as they can be read. */
static double size_for_lines(struct paper *p, const struct text *t)
{
	double widest = 1;
	for (size_t i = 0; i < t->n; i++)
		widest = MAX(widest, paper_word(p, t->lines[i], strlen(t->lines[i]), false));
	return CLAMP((p->right - p->left - 1) * 10 / widest, SIZE_LEAST, SIZE);
}

/* And rather than a page with nothing but names to write. */
static void choose_size(struct paper *p, struct text *t)
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

static struct text cut_lines(struct arena *a, const char *from, bool wording)
{
	struct text t = {.wording = wording, .size = SIZE};
	char *text = arena_strdup(a, from);
	size_t most = 1;
	for (const char *s = text; *s; s++)
		most += *s == '\n';
	t.lines = arena_alloc(a, most * sizeof *t.lines);
	for (char *next; text && (*text || t.n == 0); text = next) {
		next = strchr(text, '\n');
		if (next)
			*next++ = '\0';
		t.lines[t.n++] = text;
	}
	t.by_hand = t.n;
	for (size_t i = 2; wording && i < t.n; i++)
		if (!*t.lines[i - 1] && !*t.lines[i - 2])
			t.by_hand = i;
	return t;
}

/* ---- parts ------------------------------------------------------------------------------------------- */

static const char *part_of(const struct letters *t, const struct sheet_row *r, enum column_part part)
{
	const char *out = "";
	for (size_t j = 0; j < t->s->ncolumns; j++)
		if (t->s->columns[j].part == part && *r->cells[j].text)
			out = *out ? arena_printf(t->a, "%s\n%s", out, r->cells[j].text) : r->cells[j].text;
	return out;
}

static void draw_address(struct paper *p, const char *text)
{
	const double right = p->right;
	struct ink ink = {.size = SIZE};
	/* one that is too high for the window is smaller */
	while (ink.size > SIZE_LEAST && paper_height_of(paper_layout(p, text, ink, ADDRESS_WIDTH)) > ADDRESS_HEIGHT)
		ink.size -= 0.5;
	p->right = p->left + ADDRESS_WIDTH;
	p->y = ADDRESS_TOP;
	paper_text(p, "P", text, ink);
	p->right = right;
	p->y = MAX(p->page - p->before == 1 ? BELOW_ADDRESS : 0, p->y + HEAD_GAP);
}

/* Beside the QR code, so that what tells it stands in no text's way. */
static void draw_heading(struct paper *p, const struct letters *t, const char *heading, bool beside)
{
	double right = p->right;
	size_t n = strcspn(heading, "\n");
	p->right -= beside ? QR_SIDE + HEAD_GAP : 0;
	paper_text(p, "H1", arena_strndup(t->a, heading, n), (struct ink){.size = heading[n] || beside ? TITLE : ALONE, .bold = true});
	for (const char *s = heading + n; *s; s += n) {
		n = strcspn(++s, "\n");
		paper_text(p, "P", arena_strndup(t->a, s, n), (struct ink){.size = SMALL});
	}
	p->right = right;
	if (beside && p->page - p->before == 1)
		p->y = MAX(p->y, p->top + QR_SIDE);
	p->y += HEAD_GAP;
}

static bool is_sign(const struct letters *t, const struct sheet_row *r, size_t j)
{
	return j < t->s->ncolumns && t->s->columns[j].part == PART_SIGN && *r->cells[j].text;
}

static double sign_height(struct paper *p, const char *below, double width)
{
	return paper_height_of(paper_layout(p, below, (struct ink){.size = SMALL}, width));
}

/* What is more than a name and an office goes on over pages. */
static size_t draw_long_sign(struct paper *p, const char *below)
{
	p->y += HAND;
	paper_box(p, p->left, p->y, (p->right - p->left) / 2, 0.6, 0);
	p->y += 1 * MM;
	paper_text(p, "P", below, (struct ink){.size = SMALL});
	return 1;
}

/* Two beside each other, and all that follow each other on one page. */
static size_t draw_signs(struct paper *p, const struct letters *t, const struct sheet_row *r, size_t j)
{
	const double width = (p->right - p->left - SIGN_GAP) / 2;
	size_t n = 0;
	while (is_sign(t, r, j + n) && sign_height(p, r->cells[j + n].text, width) < HAND)
		n++;
	if (n == 0)
		return draw_long_sign(p, r->cells[j].text);
	double need = (double)((n + 1) / 2) * (HAND + 2 * TITLE);
	if (need > paper_room(p) && need < p->bottom - p->top)
		paper_next_page(p);
	for (size_t i = 0; i < n; i += 2) {
		double high = 0, y = p->y + HAND;
		for (size_t k = i; k < n && k < i + 2; k++) {
			double x = p->left + (k > i ? width + SIGN_GAP : 0);
			paper_box(p, x, y, width, 0.6, 0);
			paper_begin(p, "P");
			double used = paper_put(p, r->cells[j + k].text, (struct ink){.size = SMALL}, x, y + 1 * MM, width);
			paper_end(p);
			high = MAX(high, used);
		}
		p->y = y + 1 * MM + high;
	}
	p->y += HEAD_GAP;
	return n;
}

/* How many columns it took. */
static size_t draw_part(struct paper *p, const struct letters *t, const struct sheet_row *r, size_t j, bool beside)
{
	enum column_part part = t->s->columns[j].part;
	const char *text = r->cells[j].text;
	if (!*text)
		return 1;
	if (part == PART_HEADING)
		draw_heading(p, t, text, beside);
	if (part == PART_SIGN)
		return draw_signs(p, t, r, j);
	if (part == PART_TEXT || part == PART_WORDING) {
		struct text x = cut_lines(t->a, text, part == PART_WORDING);
		if (part == PART_WORDING)
			choose_size(p, &x);
		draw_lines(p, &x);
		p->y += part == PART_TEXT ? SIZE : 0;
	}
	return 1;
}

/* ---- the whole --------------------------------------------------------------------------------------- */

static void draw_letter(struct paper *p, struct letters *t, const struct sheet_row *r)
{
	const char *code = part_of(t, r, PART_CODE), *address = part_of(t, r, PART_ADDRESS), *heading = part_of(t, r, PART_HEADING);
	p->head = arena_strndup(t->a, heading, strcspn(heading, "\n"));
	if (*code)
		qr_draw(p, code, p->right - QR_SIDE, p->top, QR_SIDE);
	if (*address)
		draw_address(p, address);
	else if (*code && !*heading)
		p->y += QR_SIDE;
	for (size_t j = 0; j < t->s->ncolumns;)
		j += draw_part(p, t, r, j, *code && !*address);
}

/* A letter of one page needs no number; what is signed has one, so that no page can go missing. */
static bool is_bare(const struct paper *p, const struct letters *t, size_t i)
{
	return !*p->foot && t->pages[i] == 1 && !*part_of(t, &t->s->rows[i], PART_CODE);
}

void letters_draw(struct paper *p, void *letters)
{
	struct letters *t = letters;
	bool first = true;
	for (size_t i = 0; i < t->s->nrows && p->page <= ORDER_PAGES; i++) {
		if (t->s->rows[i].kind != ROW_DATA)
			continue;
		p->head = "";
		paper_begin_part(p, first, t->pages[i]);
		p->bare = is_bare(p, t, i);
		first = false;
		draw_letter(p, t, &t->s->rows[i]);
		t->pages[i] = p->page - p->before;
	}
	if (first)
		paper_text(p, "P", p->order->empty, (struct ink){.size = SIZE});
}

int letters_prepare(struct paper *p, struct arena *a, struct letters **out, struct err *e)
{
	const struct sheet *s = p->order->sheet;
	struct letters *t = *out = arena_alloc(a, sizeof *t);
	*t = (struct letters){s, a, arena_alloc(a, (s->nrows + 1) * sizeof *t->pages)};
	for (size_t i = 0; i < s->nrows; i++) {
		const char *code = s->rows[i].kind == ROW_DATA ? part_of(t, &s->rows[i], PART_CODE) : "";
		if (*code && (strlen(code) > ORDER_QR || !qr_fits(code)))
			return err_set(e, ERR_DATA, "code: no QR code can hold it");
	}
	paper_shape(p, false, MARGIN);
	paper_set_foot(p);
	return OK;
}
