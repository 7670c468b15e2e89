/* tui/canvas.c - see canvas.h. Owns cells, clipping and the cutting of text at graphemes; must not know a
 * terminal, nor what screens mean by what they draw. */
#include "tui/canvas.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* What our own drawing uses outside ASCII, for terminals that can't show it. Letters of texts are never replaced. */
static const struct {
	const char *glyph;
	char ascii;
} plain[] = {
	{"…", '~'}, {"–", '-'}, {"·", '.'}, {"→", '>'}, {"↑", '^'}, {"↓", 'v'}, {"←", '<'}, {"─", '-'}, {"│", '|'},
	{"▲", '^'}, {"▼", 'v'}, {"█", '#'}, {"▓", '%'}, {"▒", '='}, {"░", ':'}, {"▇", '7'}, {"▆", '6'}, {"▅", '5'}, {"▄", '4'}, {"▃", '3'},
	{"▂", '2'}, {"▁", '1'}, {"✓", 'v'}, {"×", 'x'}, {"•", '*'}, {"»", '"'}, {"«", '"'}, {"½", 'h'},
};

static int smaller(int a, int b) { return a < b ? a : b; }
static int larger(int a, int b) { return a > b ? a : b; }
static int within(int n, int least, int most) { return larger(least, smaller(n, most)); }

/* ---- rectangles ------------------------------------------------------------------------------------ */
struct rect rect_cut_top(struct rect *r, int rows)
{
	rows = within(rows, 0, r->rows);
	struct rect cut = {r->row, r->col, rows, r->cols};
	r->row += rows;
	r->rows -= rows;
	return cut;
}

struct rect rect_cut_bottom(struct rect *r, int rows)
{
	rows = within(rows, 0, r->rows);
	r->rows -= rows;
	return (struct rect){r->row + r->rows, r->col, rows, r->cols};
}

struct rect rect_cut_left(struct rect *r, int cols)
{
	cols = within(cols, 0, r->cols);
	struct rect cut = {r->row, r->col, r->rows, cols};
	r->col += cols;
	r->cols -= cols;
	return cut;
}

struct rect rect_cut_right(struct rect *r, int cols)
{
	cols = within(cols, 0, r->cols);
	r->cols -= cols;
	return (struct rect){r->row, r->col + r->cols, r->rows, cols};
}

struct rect rect_center(struct rect r, int rows, int cols)
{
	rows = within(rows, 0, r.rows);
	cols = within(cols, 0, r.cols);
	return (struct rect){r.row + (r.rows - rows) / 2, r.col + (r.cols - cols) / 2, rows, cols};
}

struct rect rect_meet(struct rect a, struct rect b)
{
	struct rect r = {.row = larger(a.row, b.row), .col = larger(a.col, b.col)};
	r.rows = larger(0, smaller(a.row + a.rows, b.row + b.rows) - r.row);
	r.cols = larger(0, smaller(a.col + a.cols, b.col + b.cols) - r.col);
	return r;
}

bool rect_has(struct rect r, int row, int col)
{
	return row >= r.row && row < r.row + r.rows && col >= r.col && col < r.col + r.cols;
}

/* ---- the canvas -------------------------------------------------------------------------------------- */
struct canvas *cv_new(int rows, int cols)
{
	struct canvas *cv = mem_alloc(sizeof *cv);
	cv_resize(cv, rows, cols);
	return cv;
}

void cv_free(struct canvas *cv)
{
	if (!cv)
		return;
	free(cv->cells);
	free(cv->targets);
	free(cv);
}

void cv_resize(struct canvas *cv, int rows, int cols)
{
	cv->rows = larger(1, rows);
	cv->cols = larger(1, cols);
	cv->cells = mem_realloc(cv->cells, (size_t)cv->rows * (size_t)cv->cols * sizeof *cv->cells);
	cv_clear(cv);
}

static const struct cell blank = {.g = " ", .width = 1, .role = ROLE_DEFAULT};

void cv_clear(struct canvas *cv)
{
	size_t n = (size_t)cv->rows * (size_t)cv->cols;
	for (size_t i = 0; i < n; i++)
		cv->cells[i] = blank;
	cv->clip = cv_area(cv);
	cv->cursor_row = cv->cursor_col = 0;
	cv->ntargets = 0;
}

struct rect cv_area(const struct canvas *cv)
{
	return (struct rect){0, 0, cv->rows, cv->cols};
}

struct rect cv_clip(struct canvas *cv, struct rect r)
{
	struct rect before = cv->clip;
	cv->clip = rect_meet(r, cv_area(cv));
	return before;
}

static struct cell *cell_at(const struct canvas *cv, int row, int col)
{
	assert(row >= 0 && row < cv->rows && col >= 0 && col < cv->cols);
	return &cv->cells[(size_t)row * (size_t)cv->cols + (size_t)col];
}

/* Half of a wide grapheme can't be shown: what is left of one becomes a blank. */
static void break_wide(struct canvas *cv, int row, int col)
{
	struct cell *c = cell_at(cv, row, col);
	if (c->width == 0 && col > 0 && c[-1].width == 2)
		c[-1] = (struct cell){.g = " ", .width = 1, .role = c[-1].role};
	if (c->width == 2 && col + 1 < cv->cols)
		c[1] = (struct cell){.g = " ", .width = 1, .role = c[1].role};
}

static char plain_glyph(const char *g, size_t n)
{
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (strlen(plain[i].glyph) == n && memcmp(g, plain[i].glyph, n) == 0)
			return plain[i].ascii;
	return '\0';
}

static void set_cell(struct canvas *cv, struct cell *c, unsigned role, const char *g, size_t n, int width)
{
	while (n >= CELL_BYTES) {       /* drop whole code points from the end */
		n--;
		while (n > 0 && ((unsigned char)g[n] & 0xC0) == 0x80)
			n--;
	}
	char ascii = cv->ascii && (unsigned char)g[0] >= 0x80 ? plain_glyph(g, n) : '\0';
	if (ascii) {
		g = &ascii;
		n = 1;
	}
	memcpy(c->g, g, n);
	c->g[n] = '\0';
	c->width = (uint8_t)width;
	c->role = (uint8_t)role;
}

/* One grapheme of 1 or 2 columns; what sticks out of the clip is left out, and a half one is a blank. */
static void put(struct canvas *cv, int row, int col, unsigned role, const char *g, size_t n, int width)
{
	int shown = 0;
	for (int i = 0; i < width; i++) {
		if (!rect_has(cv->clip, row, col + i))
			continue;
		break_wide(cv, row, col + i);
		set_cell(cv, cell_at(cv, row, col + i), role, " ", 1, 1);
		shown++;
	}
	if (shown < width)
		return;
	set_cell(cv, cell_at(cv, row, col), role, g, n, width);
	if (width == 2)
		set_cell(cv, cell_at(cv, row, col + 1), role, "", 0, 0);
}

/* As text_grapheme, but what can't be shown as itself is a blank of one column. */
static size_t next_grapheme(const char **s, int *width)
{
	size_t n = text_grapheme(*s, width);
	if (n && ((unsigned char)**s < 0x20 || **s == 0x7F)) {
		*s = " ";
		*width = 1;
	}
	return n;
}

int cv_span(struct canvas *cv, int row, int col, int width, unsigned role, const char *s, size_t n)
{
	int used = 0, dots = 0, w;
	size_t at = 0;
	if (width <= 0)
		return 0;
	while (at < n) {
		const char *g = s + at;
		size_t len = next_grapheme(&g, &w);
		if (len == 0 || used + w > width)
			break;
		dots = used < width ? used : dots;
		if (w > 0)
			put(cv, row, col + used, role, g, g == s + at ? len : 1, w);
		used += w;
		at += len;
	}
	if (at >= n || s[at] == '\0')
		return used;
	/* it goes on: the last column, or the one that a half grapheme left, says so */
	if (used < width)
		dots = used;
	for (int i = dots; i < used; i++)
		put(cv, row, col + i, role, " ", 1, 1);
	put(cv, row, col + dots, role, "…", strlen("…"), 1);
	return dots + 1;
}

int cv_text(struct canvas *cv, int row, int col, int width, unsigned role, const char *s)
{
	return cv_span(cv, row, col, width, role, s, SIZE_MAX);
}

int cv_cell(struct canvas *cv, int row, int col, int width, unsigned role, const char *s)
{
	int used = cv_text(cv, row, col, width, role, s);
	for (; used < width; used++)
		put(cv, row, col + used, role, " ", 1, 1);
	return larger(0, width);
}

int cv_right(struct canvas *cv, int row, int col, int width, unsigned role, const char *s)
{
	int spare = larger(0, width - text_width(s));
	return cv_text(cv, row, col + spare, width - spare, role, s);
}

int cv_printf(struct canvas *cv, int row, int col, int width, unsigned role, const char *fmt, ...)
{
	char text[1024];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return cv_text(cv, row, col, width, role, text);
}

/* "20 83 87 97" is read out, or rung, as one: the blanks between its pairs are the last to break at. */
static bool is_in_number(const char *s, size_t at)
{
	bool before = at >= 2 && text_is_digit(s[at - 2]) && text_is_digit(s[at - 1]) && (at == 2 || s[at - 3] == ' ');
	return before && text_is_digit(s[at + 1]) && text_is_digit(s[at + 2]) && strchr(" ,;)", s[at + 3]);
}

size_t cv_line(const char *s, int cols, size_t *next)
{
	size_t at = 0, gap = SIZE_MAX, inner = SIZE_MAX;
	int used = 0, w;
	for (;;) {
		const char *g = s + at;
		size_t n = next_grapheme(&g, &w);
		if (n == 0 || s[at] == '\n' || s[at] == '\r') {
			*next = at + n;
			return at;
		}
		if (s[at] == ' ' && n == 1)
			*(is_in_number(s, at) ? &inner : &gap) = at;
		if (used + w > cols && at > 0)
			break;
		used += w;
		at += n;
	}
	gap = gap == SIZE_MAX ? inner : gap;
	*next = gap == SIZE_MAX ? at : gap + 1;
	return gap == SIZE_MAX ? at : gap;
}

int cv_wrap(struct canvas *cv, struct rect r, unsigned role, const char *s)
{
	int row = 0;
	while (*s && row < r.rows && r.cols > 0) {
		size_t next, n = cv_line(s, r.cols, &next);
		if (cv)
			cv_span(cv, r.row + row, r.col, r.cols, role, s, n);
		s += next;
		row++;
	}
	return row;
}

void cv_fill(struct canvas *cv, struct rect r, unsigned role, const char *grapheme)
{
	r = rect_meet(r, cv->clip);
	for (int row = r.row; row < r.row + r.rows; row++)
		for (int col = r.col; col < r.col + r.cols; col++)
			put(cv, row, col, role, grapheme, strlen(grapheme), 1);
}

void cv_rule(struct canvas *cv, int row, int col, int width, unsigned role, const char *title)
{
	cv_fill(cv, (struct rect){row, col, 1, width}, ROLE_DIM, "─");
	if (*title == '\0' || width < 6)
		return;
	int used = cv_text(cv, row, col + 3, width - 6, role, title);
	put(cv, row, col + 2, role, " ", 1, 1);
	put(cv, row, col + 3 + used, role, " ", 1, 1);
}

void cv_select(struct canvas *cv, struct rect r)
{
	r = rect_meet(r, cv->clip);
	for (int row = r.row; row < r.row + r.rows; row++)
		for (int col = r.col; col < r.col + r.cols; col++)
			cell_at(cv, row, col)->role |= ROLE_SELECTED;
}

void cv_unselect(struct canvas *cv)
{
	for (size_t i = 0; i < (size_t)cv->rows * (size_t)cv->cols; i++)
		cv->cells[i].role &= (uint8_t)~ROLE_SELECTED;
	cv->ntargets = 0;
}

void cv_cursor(struct canvas *cv, int row, int col)
{
	cv->cursor_row = within(row, 0, cv->rows - 1);
	cv->cursor_col = within(col, 0, cv->cols - 1);
}

void cv_target(struct canvas *cv, struct rect r, enum target_what what, int arg)
{
	if (cv->ntargets == cv->cap) {
		cv->cap = cv->cap ? cv->cap * 2 : 64;
		cv->targets = mem_realloc(cv->targets, cv->cap * sizeof *cv->targets);
	}
	cv->targets[cv->ntargets++] = (struct hit){rect_meet(r, cv->clip), what, arg};
}

const struct hit *cv_target_at(const struct canvas *cv, int row, int col)
{
	for (size_t i = cv->ntargets; i-- > 0;)
		if (rect_has(cv->targets[i].at, row, col))
			return &cv->targets[i];
	return NULL;
}

/* ---- the picture as text ------------------------------------------------------------------------------ */
static void add_row(const struct canvas *cv, int row, bool roles, struct buf *out)
{
	size_t keep = out->n;
	for (int col = 0; col < cv->cols; col++) {
		const struct cell *c = cell_at(cv, row, col);
		if (roles)
			buf_addc(out, theme_letter(c->role));
		else
			buf_adds(out, c->g);
		if (roles ? c->role != ROLE_DEFAULT : strcmp(c->g, " ") != 0)
			keep = out->n;
	}
	out->n = keep;
	buf_addc(out, '\n');
}

void cv_dump(const struct canvas *cv, bool roles, struct buf *out)
{
	buf_addf(out, "cursor %d,%d\n", cv->cursor_row, cv->cursor_col);
	for (int row = 0; row < cv->rows; row++)
		add_row(cv, row, false, out);
	if (!roles)
		return;
	buf_adds(out, "roles\n");
	for (int row = 0; row < cv->rows; row++)
		add_row(cv, row, true, out);
}

char *cv_row(const struct canvas *cv, struct arena *a, int row)
{
	struct buf b = {0};
	if (row >= 0 && row < cv->rows)
		add_row(cv, row, false, &b);
	char *text = arena_strndup(a, b.p ? b.p : "", b.n ? b.n - 1 : 0);
	buf_free(&b);
	return text;
}
