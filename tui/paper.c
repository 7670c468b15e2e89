/* tui/paper.c - see paper.h. Owns how a long text is broken into lines and scrolled. Must not know what it is about. */
#include "tui/paper.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"

enum { LABEL_MOST = 20, GAP = 2 };

enum kind { HEADING, FACT, TEXT, CHANGES };

struct block { enum kind kind; enum role role; const char *label, *text; };

/* What drawing leaves for the next key: the only thing that it may write. */
struct seen { int rows, total, top; bool end; };

struct paper {
	struct arena *model;
	struct block *blocks;
	size_t n, cap;
	int top;
	struct seen *seen;
};

struct paper *paper_new(struct arena *a)
{
	struct paper *p = arena_alloc(a, sizeof *p);
	p->seen = arena_alloc(a, sizeof *p->seen);
	return p;
}

void paper_begin(struct paper *p, struct arena *model)
{
	p->model = model;
	p->blocks = NULL;
	p->n = p->cap = 0;
	p->seen->end = false;
}

static void add(struct paper *p, struct block b)
{
	p->blocks = arena_grow(p->model, p->blocks, &p->cap, p->n + 1, sizeof b);
	p->blocks[p->n++] = b;
}

void paper_heading(struct paper *p, const char *title)
{
	if (p->n)
		paper_text(p, ROLE_DEFAULT, "\n");
	add(p, (struct block){HEADING, ROLE_TITLE, "", title});
}

void paper_fact(struct paper *p, const char *label, enum role role, const char *text)
{
	if (*text)
		add(p, (struct block){FACT, role, label, text});
}

void paper_text(struct paper *p, enum role role, const char *text)
{
	add(p, (struct block){TEXT, role, "", text});
}

void paper_changes(struct paper *p, const char *text)
{
	add(p, (struct block){CHANGES, ROLE_DEFAULT, "", text});
}

/* ---- lines ----------------------------------------------------------------------------------------------- */
struct line { const struct block *block; const char *s; size_t n; bool first; unsigned role; };
struct lines { struct line *at; size_t n, cap; int labels; };

static int label_width(const struct paper *p)
{
	int width = 0;
	for (size_t i = 0; i < p->n; i++)
		if (p->blocks[i].kind == FACT && text_width(p->blocks[i].label) > width)
			width = text_width(p->blocks[i].label);
	return width > LABEL_MOST ? LABEL_MOST : width;
}

static int indent_of(const struct block *b, int labels)
{
	return b->kind == FACT ? labels + GAP : 0;
}

/* The role of what follows a mark; `role` where none stands at s. */
static unsigned role_from(const char *s, size_t n, unsigned role)
{
	if (n < 2)
		return role;
	return s[0] == '[' && s[1] == '-' ? ROLE_WARN : s[0] == '{' && s[1] == '+' ? ROLE_OK
		: (s[0] == '-' && s[1] == ']') || (s[0] == '+' && s[1] == '}') ? ROLE_DEFAULT : role;
}

/* Of what follows n bytes. */
static unsigned role_after(const char *s, size_t n, unsigned role)
{
	for (size_t i = 0; i < n; i++)
		role = role_from(s + i, n - i, role);
	return role;
}

static void break_block(struct lines *l, const struct block *b, int cols, struct arena *a)
{
	int width = cols - indent_of(b, l->labels);
	unsigned role = b->role;
	const char *s = b->text;
	for (size_t next, n; *s; s += next) {
		n = cv_line(s, width > 1 ? width : 1, &next);
		l->at = arena_grow(a, l->at, &l->cap, l->n + 1, sizeof *l->at);
		l->at[l->n++] = (struct line){b, s, n, s == b->text, role};
		if (b->kind == CHANGES)
			role = role_after(s, next, role);
	}
}

static struct lines break_all(const struct paper *p, int cols, struct arena *a)
{
	struct lines l = {.labels = label_width(p)};
	for (size_t i = 0; i < p->n; i++)
		break_block(&l, &p->blocks[i], cols, a);
	return l;
}

/* How much of it is of the role at its beginning, the closing mark with what it closes. */
static size_t piece(const char *s, size_t n, unsigned role)
{
	for (size_t i = 0; i < n; i++) {
		unsigned next = role_from(s + i, n - i, role);
		if (next != role)
			return next == ROLE_DEFAULT ? i + 2 : i;
	}
	return n;
}

static void draw_changes(const struct line *l, struct canvas *cv, int row, int col, int cols)
{
	unsigned role = l->role;
	for (size_t at = 0, n; at < l->n && cols > 0; at += n) {
		role = role_from(l->s + at, l->n - at, role);
		n = piece(l->s + at, l->n - at, role);
		int used = cv_span(cv, row, col, cols, role, l->s + at, n);
		col += used;
		cols -= used;
		role = role_after(l->s + at, n, role);
	}
}

static void draw_line(const struct line *l, struct canvas *cv, struct rect r, int labels)
{
	int indent = indent_of(l->block, labels);
	if (l->block->kind == HEADING && l->first) {
		cv_rule(cv, r.row, r.col, r.cols, ROLE_TITLE, l->block->text);
		return;
	}
	if (l->block->kind == CHANGES) {
		draw_changes(l, cv, r.row, r.col, r.cols);
		return;
	}
	if (l->first)
		cv_text(cv, r.row, r.col, labels, ROLE_DIM, l->block->label);
	rect_cut_left(&r, indent);
	cv_span(cv, r.row, r.col, r.cols, l->role, l->s, l->n);
}

/* Where one is in what is longer than the window. */
static void draw_foot(const struct seen *seen, struct canvas *cv, struct rect r)
{
	int bottom = seen->top + seen->rows;
	if (bottom < seen->total)
		cv_printf(cv, r.row, r.col, r.cols, ROLE_KEY, _("↓ more · lines %d–%d of %d"), seen->top + 1, bottom, seen->total);
	else
		cv_printf(cv, r.row, r.col, r.cols, ROLE_DIM, _("the end · lines %d–%d of %d"), seen->top + 1, seen->total,
			seen->total);
}

void paper_draw(const struct paper *p, struct canvas *cv, struct rect r, struct arena *a)
{
	rect_cut_left(&r, PAPER_MARGIN);
	r.cols = r.cols > PAPER_MOST ? PAPER_MOST : r.cols;
	struct lines l = break_all(p, r.cols, a);
	int total = (int)l.n;
	struct rect foot = rect_cut_bottom(&r, total > r.rows ? 1 : 0);
	int last = total > r.rows ? total - r.rows : 0;
	struct seen *seen = p->seen;
	*seen = (struct seen){r.rows, total, p->top < last ? p->top : last, seen->end};
	seen->end |= r.rows > 0 && seen->top == last;
	for (int i = 0; i < r.rows && seen->top + i < total; i++)
		draw_line(&l.at[seen->top + i], cv, (struct rect){r.row + i, r.col, 1, r.cols}, l.labels);
	if (foot.rows)
		draw_foot(seen, cv, foot);
	cv_cursor(cv, r.row, r.col);
}

/* ---- keys ------------------------------------------------------------------------------------------------ */
bool paper_event(struct paper *p, const struct event *ev)
{
	int page = p->seen->rows > 1 ? p->seen->rows - 1 : 1, last = p->seen->total - p->seen->rows;
	int top = p->seen->top;
	switch (ev->what == EV_KEY ? ev->key : K_NONE) {
	case K_UP: top--; break;
	case K_DOWN: top++; break;
	case K_PGUP: top -= page; break;
	case K_PGDN: case K_SPACE: top += page; break;
	case K_HOME: top = 0; break;
	case K_END: top = last; break;
	default: return false;
	}
	top = top > last ? last : top;
	p->top = top < 0 ? 0 : top;
	return true;
}

bool paper_was_read(const struct paper *p)
{
	return p->seen->end;
}
