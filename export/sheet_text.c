/* export/sheet_text.c - a sheet as lines of text, for a terminal or the simplest printer. Owns how wide columns become,
 * how cells wrap, and the block form for sheets that are too wide. Must not know what a sheet is about, nor anything of
 * terminals. A word is never cut. */
#include "export/sheet_plain.h"

#include <string.h>

#include "base/text.h"

struct lines {
	const char **line;
	size_t n, cap;
};

static const char *bar(const struct plain_paper *p)
{
	return p->style->ascii ? " | " : " │ ";
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* The bytes up to where a line may break: before a blank, or after a hyphen that joins two words. */
static size_t piece_length(const char *s)
{
	size_t n = 0;
	while (s[n] && s[n] != ' ' && s[n] != '\n') {
		n++;
		if (n > 1 && s[n - 1] == '-' && is_letter(s[n - 2]) && is_letter(s[n]))
			break;
	}
	return n;
}

static int width_of(const struct plain_paper *p, const char *s, size_t n)
{
	return text_width(arena_strndup(p->a, s, n));
}

const char *plain_marked(const struct plain_paper *p, const struct sheet_cell *c)
{
	const char *glyph = cell_glyph(c->mark, p->style->ascii);
	return *glyph && *c->text ? arena_printf(p->a, "%s%s", glyph, c->text) : c->text;
}

/* ---- widths ------------------------------------------------------------------------------------ */

static int longest_piece(const struct plain_paper *p, const char *s)
{
	int most = 0;
	while (*s) {
		size_t n = piece_length(s);
		int w = width_of(p, s, n);
		most = w > most ? w : most;
		s += n;
		s += strspn(s, " \n");
	}
	return most;
}

static int longest_line(const struct plain_paper *p, const char *s)
{
	int most = 0;
	for (;; s++) {
		size_t n = strcspn(s, "\n");
		int w = width_of(p, s, n);
		most = w > most ? w : most;
		s += n;
		if (!*s)
			return most;
	}
}

static int widest(const struct plain_paper *p, size_t column, int (*measure)(const struct plain_paper *, const char *))
{
	const struct sheet_column *c = &p->s->columns[column];
	int most = measure(p, c->title);
	for (size_t i = 0; i < p->s->nrows; i++) {
		if (p->s->rows[i].kind == ROW_GROUP)
			continue;
		int w = measure(p, plain_marked(p, &p->s->rows[i].cells[column]));
		most = w > most ? w : most;
	}
	return most > c->min ? most : c->min;
}

/* Narrow the widest columns, none below its `low`, until all stand side by side in `room`. */
static bool narrow(int *width, const int *low, size_t n, int room)
{
	int total = 0, most = 0;
	for (size_t i = 0; i < n; i++)
		total += width[i];
	while (total > room) {
		size_t widest_one = n;
		most = 0;
		for (size_t i = 0; i < n; i++) {
			if (width[i] > low[i] && width[i] > most) {
				most = width[i];
				widest_one = i;
			}
		}
		if (widest_one == n)
			return false;
		width[widest_one]--;
		total--;
	}
	return true;
}

/* Decide the widths; false when the columns can't stand side by side. */
static bool fit_columns(struct plain_paper *p)
{
	size_t n = p->s->ncolumns;
	int *low = arena_alloc(p->a, n * sizeof *low), *floor = arena_alloc(p->a, n * sizeof *floor);
	int room = p->style->width - 3 * ((int)n - 1);

	p->width = arena_alloc(p->a, n * sizeof *p->width);
	for (size_t i = 0; i < n; i++) {
		int ideal = p->s->columns[i].ideal;
		p->width[i] = widest(p, i, longest_line);
		floor[i] = widest(p, i, longest_piece);
		low[i] = ideal > floor[i] ? ideal : floor[i];
		low[i] = low[i] < p->width[i] ? low[i] : p->width[i];
	}
	if (p->style->width <= 0)
		return true;
	return narrow(p->width, low, n, room) || narrow(p->width, floor, n, room);
}

/* ---- stacking --------------------------------------------------------------------------------------- */

static const char *stacked(const struct plain_paper *p, const char *above, const char *text)
{
	return *above && *text ? arena_printf(p->a, "%s\n%s", above, text) : *above ? above : text;
}

static void stack_row(const struct plain_paper *p, const struct sheet *from, const struct sheet_row *r, struct sheet *to)
{
	struct sheet_cell *cells = sheet_row(to, r->kind)->cells;
	size_t *place = arena_alloc(p->a, from->ncolumns * sizeof *place);
	for (size_t i = 0, k = 0; i < from->ncolumns; i++) {
		place[i] = from->columns[i].under ? place[i - (size_t)from->columns[i].under] : k++;
		cells[place[i]].text = stacked(p, cells[place[i]].text, plain_marked(p, &r->cells[i]));
	}
}

/* The same sheet with the columns that may be stacked put under others. */
static struct sheet *stack_columns(const struct plain_paper *p)
{
	const struct sheet *s = p->s;
	struct sheet *to = sheet_new(p->a, s->title);
	size_t *place = arena_alloc(p->a, s->ncolumns * sizeof *place);
	for (size_t i = 0; i < s->ncolumns; i++) {
		const struct sheet_column *c = &s->columns[i];
		if (c->under) {
			place[i] = place[i - (size_t)c->under];
			to->columns[place[i]].title = stacked(p, to->columns[place[i]].title, c->title);
			continue;
		}
		place[i] = to->ncolumns;
		sheet_column(to, c->id, c->title, c->align, c->min, c->ideal);
	}
	for (size_t i = 0; i < s->nrows; i++)
		stack_row(p, s, &s->rows[i], to);
	return to;
}

/* ---- lines --------------------------------------------------------------------------------------- */

static void add_line(const struct plain_paper *p, struct lines *l, const char *s, size_t n)
{
	l->line = arena_grow(p->a, l->line, &l->cap, l->n + 1, sizeof *l->line);
	l->line[l->n++] = arena_strndup(p->a, s, n);
}

/* What stands between two commas holds together where a line has room for it: mostly that is a name, with its phone
 * number. Longer, it is a sentence. */
static size_t phrase_length(const struct plain_paper *p, const char *s, size_t n, int width)
{
	enum { NAME_MOST = 48 };
	static const char dot[] = " ·";
	int most = width < NAME_MOST ? width : NAME_MOST;
	size_t to = 0;
	while (to < n && !(s[to] == ',' && (to + 1 == n || s[to + 1] == ' ')) && strncmp(s + to, dot, sizeof dot - 1) != 0)
		to++;
	to += to < n && s[to] == ',';
	return width_of(p, s, to) <= most ? to : piece_length(s);
}

/* One line of the source into as many as the width asks for. width 0: no wrapping. */
static void wrap_line(const struct plain_paper *p, struct lines *l, const char *s, size_t n, int width)
{
	size_t from = 0, at = 0, last = 0;
	while (at < n) {
		bool starts = last == 0 || s[last - 1] == ',';
		size_t end = at + (starts ? phrase_length(p, s + at, n - at, width) : piece_length(s + at));
		if (last > from && width && width_of(p, s + from, end - from) > width) {
			add_line(p, l, s + from, last - from);
			from = at;
		}
		last = end;
		at = end + strspn(s + end, " ");
	}
	add_line(p, l, s + from, last - from);
}

static struct lines wrap(const struct plain_paper *p, const char *s, int width)
{
	struct lines l = {0};
	for (;; s++) {
		size_t n = strcspn(s, "\n");
		wrap_line(p, &l, s, n, width);
		s += n;
		if (!*s)
			return l;
	}
}

void plain_repeat(struct buf *out, const char *s, int n)
{
	for (; n > 0; n--)
		buf_adds(out, s);
}

static void trim_line(struct buf *out)
{
	while (out->n && out->p[out->n - 1] == ' ')
		out->p[--out->n] = '\0';
}

static void put_rule(const struct plain_paper *p)
{
	for (size_t i = 0; i < p->s->ncolumns; i++) {
		if (i)
			buf_adds(p->out, p->style->ascii ? "-+-" : "─┼─");
		plain_repeat(p->out, p->style->ascii ? "-" : "─", p->width[i]);
	}
	buf_addc(p->out, '\n');
}

static void put_aligned(const struct plain_paper *p, size_t column, const char *text)
{
	int pad = p->width[column] - text_width(text);
	bool right = p->s->columns[column].align == ALIGN_RIGHT;
	plain_repeat(p->out, " ", right ? pad : 0);
	buf_adds(p->out, text);
	plain_repeat(p->out, " ", right ? 0 : pad);
}

/* One row of cells, side by side over as many lines as the longest needs. */
static void put_cells(const struct plain_paper *p, const char *const *texts)
{
	size_t n = p->s->ncolumns, height = 1;
	struct lines *cell = arena_alloc(p->a, n * sizeof *cell);

	for (size_t i = 0; i < n; i++) {
		cell[i] = wrap(p, texts[i], p->width[i]);
		height = cell[i].n > height ? cell[i].n : height;
	}
	for (size_t k = 0; k < height; k++) {
		for (size_t i = 0; i < n; i++) {
			if (i)
				buf_adds(p->out, bar(p));
			put_aligned(p, i, k < cell[i].n ? cell[i].line[k] : "");
		}
		trim_line(p->out);
		buf_addc(p->out, '\n');
	}
}

static void put_row(const struct plain_paper *p, const struct sheet_row *r)
{
	const char **texts = arena_alloc(p->a, p->s->ncolumns * sizeof *texts);
	for (size_t i = 0; i < p->s->ncolumns; i++)
		texts[i] = plain_marked(p, &r->cells[i]);
	put_cells(p, texts);
}

static void put_table(const struct plain_paper *p)
{
	const struct sheet *s = p->s;
	const char **titles = arena_alloc(p->a, s->ncolumns * sizeof *titles);

	for (size_t i = 0; i < s->ncolumns; i++)
		titles[i] = s->columns[i].title;
	put_cells(p, titles);
	put_rule(p);
	for (size_t i = 0; i < s->nrows; i++) {
		const struct sheet_row *r = &s->rows[i];
		if (r->kind == ROW_GROUP) {
			buf_addf(p->out, "%s%s\n", i ? "\n" : "", r->cells[0].text);
			continue;
		}
		if (i && (r->kind == ROW_TOTAL || (p->ruled && s->rows[i - 1].kind == ROW_DATA)))
			put_rule(p);
		put_row(p, r);
	}
}

/* ---- the block form, and the sheet as a whole ------------------------------------------------------- */

void plain_put(const struct plain_paper *p, const char *text)
{
	struct lines l = wrap(p, text, p->style->width);
	for (size_t i = 0; i < l.n; i++)
		buf_addf(p->out, "%s\n", l.line[i]);
}

static void put_block(const struct plain_paper *p, const struct sheet_row *r)
{
	for (size_t i = 0; i < p->s->ncolumns; i++) {
		const char *text = plain_marked(p, &r->cells[i]);
		if (*text)
			plain_put(p, arena_printf(p->a, "%s: %s", p->s->columns[i].title, text));
	}
}

static void put_blocks(const struct plain_paper *p)
{
	for (size_t i = 0; i < p->s->nrows; i++) {
		const struct sheet_row *r = &p->s->rows[i];
		if (i)
			buf_addc(p->out, '\n');
		if (r->kind == ROW_GROUP)
			plain_put(p, r->cells[0].text);
		else
			put_block(p, r);
	}
}

static void put_paragraph(const struct plain_paper *p, const char *text)
{
	if (text && *text)
		plain_put(p, text);
}

static bool has_lines_in_cells(const struct sheet *s)
{
	for (size_t i = 0; i < s->nrows; i++)
		for (size_t k = 0; k < s->ncolumns; k++)
			if (strchr(s->rows[i].cells[k].text, '\n'))
				return true;
	return false;
}

void plain_table(struct plain_paper *p)
{
	const struct sheet *s = p->s;
	bool fits = fit_columns(p);
	if (!fits) {
		p->s = stack_columns(p);
		fits = fit_columns(p);
	}
	if (fits)
		put_table(p);
	p->s = s;
	if (!fits)
		put_blocks(p);
}

static void put_below(const struct plain_paper *p)
{
	buf_addc(p->out, '\n');
	for (size_t i = 0; i < p->s->nnotes; i++)
		put_paragraph(p, p->s->notes[i]);
	put_paragraph(p, p->s->purpose);
	put_paragraph(p, sheet_shred_line(p->s));
	put_paragraph(p, p->s->made);
}

void sheet_write_text(const struct sheet *s, const struct sheet_style *style, struct buf *out)
{
	struct plain_paper p = {.s = s, .style = style, .a = arena_new(), .out = out, .ruled = has_lines_in_cells(s)};

	if (s->face == FACE_TABLE || s->face == FACE_CARDS) {
		plain_put(&p, *s->period ? arena_printf(p.a, "%s · %s", s->title, s->period) : s->title);
		buf_addc(out, '\n');
	}
	switch (s->face) {
	case FACE_TABLE:
		plain_table(&p);
		break;
	case FACE_CARDS:
		plain_cards(&p);
		break;
	case FACE_LETTERS:
		plain_letters(&p);
		break;
	case FACE_POSTER:
		plain_poster(&p);
		break;
	}
	plain_charts(&p);
	if (s->face != FACE_LETTERS)
		put_below(&p);
	trim_line(out);
	arena_free(p.a);
}
