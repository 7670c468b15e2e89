/* tui/form_draw.c - see form.h. Owns the picture of a form: where fields stand, scrolling, what is told about
 * each. Must not change what was typed. */
#include "tui/form_priv.h"

#include "base/lang.h"
#include "base/text.h"

enum { GUTTER = 2, LABEL_MOST = 28, LONG_ROWS = 6 };

static int smaller(int a, int b) { return a < b ? a : b; }
static int larger(int a, int b) { return a > b ? a : b; }

/* Columns of the labels' room, the mark of a required one included. */
static int label_width(const struct form *f, int cols)
{
	int width = 0;
	for (size_t i = 0; i < f->n; i++)
		width = larger(width, text_width(_(f->lines[i].f->label)) + 3);
	return smaller(smaller(width, LABEL_MOST), larger(cols / 2, 0));
}

/* As long as what it holds tends to be; the rest of the line is for what was understood. */
static int field_width(const struct line *l, int room)
{
	switch (l->f->kind) {
	case KIND_TEXT: case KIND_EMAIL: return smaller(room, (int)(l->f->max ? l->f->max : 80));
	case KIND_LONGTEXT: return room;
	case KIND_REF: return smaller(room, 30);
	default: return smaller(room, 22);
	}
}

struct place { int field, rows, echo_rows, error_rows; };      /* columns of the field; rows of each part */

static struct place place_line(const struct line *l, int room, bool focused)
{
	struct place p = {.field = field_width(l, room), .rows = 1};
	if (l->edit.lines)
		p.rows = smaller(lineedit_rows(&l->edit, p.field), LONG_ROWS);
	const char *aside = line_aside(l, focused);
	if (*aside && text_width(aside) + 3 > room - p.field)
		p.echo_rows = 1;
	if (l->shows_wrong)
		p.error_rows = larger(1, cv_wrap(NULL, (struct rect){0, 0, 3, room}, ROLE_ERROR, l->wrong.text));
	return p;
}

static int height(const struct place *p)
{
	return p->rows + p->echo_rows + p->error_rows;
}

/* Beside the field, or below it where that is too narrow. */
static void draw_aside(const struct line *l, const char *text, struct canvas *cv, struct rect field, struct rect below,
	int width)
{
	rect_cut_left(&field, width + 1);
	struct rect r = below.rows ? below : field;
	bool is_note = text == l->note;
	cv_printf(cv, r.row, r.col, r.cols, is_note ? ROLE_WARN : ROLE_ECHO, "%s%s", is_note ? "" : "→ ", text);
}

static void draw_line(const struct form *f, size_t i, struct canvas *cv, struct rect r, int labels)
{
	const struct line *l = &f->lines[i];
	bool focused = i == f->at;
	if (focused)
		cv_text(cv, r.row, r.col, 1, ROLE_DEFAULT, ">");
	struct rect whole = r;
	rect_cut_left(&r, GUTTER);
	struct rect label = rect_cut_left(&r, labels);
	struct place p = place_line(l, r.cols, focused);
	int used = cv_text(cv, label.row, label.col, label.cols - 2, ROLE_LABEL, _(l->f->label));
	if (l->f->flags & FIELD_REQ)
		cv_text(cv, label.row, label.col + used + 1, label.cols - used - 1, ROLE_KEY, "*");
	cv_target(cv, whole, TARGET_ROW, (int)i);
	struct rect field = rect_cut_top(&r, p.rows), below = rect_cut_top(&r, p.echo_rows);
	lineedit_draw(&l->edit, cv, (struct rect){field.row, field.col, field.rows, p.field},
		focused ? ROLE_FOCUS : ROLE_FIELD, focused);
	const char *aside = line_aside(l, focused);
	if (*aside)
		draw_aside(l, aside, cv, field, below, p.field);
	if (p.error_rows)
		cv_wrap(cv, r, ROLE_ERROR, l->wrong.text);
}

/* Rows from one line of the form to another, both included. */
static int rows_between(const struct form *f, size_t top, size_t last, int room)
{
	int rows = 0;
	for (size_t i = top; i <= last; i++) {
		struct place p = place_line(&f->lines[i], room, i == f->at);
		rows += height(&p);
	}
	return rows;
}

static size_t scroll(const struct form *f, int rows, int room)
{
	size_t top = f->seen->top < f->at ? f->seen->top : f->at;
	while (top < f->at && rows_between(f, top, f->at, room) > rows)
		top++;
	while (top > 0 && rows_between(f, top - 1, f->n - 1, room) <= rows)
		top--;
	return top;
}

void form_draw(const struct form *f, struct canvas *cv, struct rect r, struct arena *a)
{
	(void)a;
	int labels = label_width(f, r.cols), room = larger(0, r.cols - GUTTER - labels);
	struct rect before = cv_clip(cv, rect_meet(r, cv->clip));
	cv_cursor(cv, r.row, r.col);
	size_t top = f->seen->top = scroll(f, r.rows, room);
	for (size_t i = top; i < f->n && r.rows > 0; i++) {
		struct place p = place_line(&f->lines[i], room, i == f->at);
		struct rect line = rect_cut_top(&r, height(&p));
		draw_line(f, i, cv, line, labels);
	}
	cv_clip(cv, before);
}

/* Choices are all named, so that nobody has to go through them to learn what there is. */
static const char *choices_help(const struct field *f, struct arena *a)
{
	size_t n;
	const struct choice *all = schema_choices(f->arg, &n);
	const char *s = "";
	for (size_t i = 0; i < n; i++)
		s = arena_printf(a, "%s%s%s", s, i ? " · " : "← → ", _(all[i].label));
	return s;
}

const char *form_help(const struct form *f, struct arena *a)
{
	const struct field *field = f->lines[f->at].f;
	if (field->kind == KIND_CHOICE)
		return choices_help(field, a);
	return *field->help ? _(field->help) : "";
}
