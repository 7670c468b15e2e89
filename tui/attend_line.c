/* tui/attend_line.c - see attend_priv.h: the field that a paper sheet is keyed in with, at the foot of the day's sheet, which shows
 * beside each name what the line comes to. Owns the field; what a line means is roster/attendance.h's. */
#include "tui/attend_priv.h"

#include "base/lang.h"

enum { LINE_MOST = 400 };

/* The screen that it lies over. */
struct line_box { struct screen *below; };

static struct attend_line *line_of(const struct screen *below)
{
	return &((struct attend_day *)below->data)->line;
}

static struct screen *below_of(const struct screen *s)
{
	return ((const struct line_box *)s->data)->below;
}

void attend_line_read(struct screen *below)
{
	struct attend_line *l = line_of(below);
	struct err e = {0};
	if (!l->open)
		return;
	const struct attend_sheet *sheet = attend_sheet_of(below, l->shift);
	arena_reset(l->arena);
	l->wrong = true;
	l->echo = _("The shift isn't on this day any more.");
	if (!sheet)
		return;
	l->wrong = attend_plan(l->arena, sheet, lineedit_text(&l->edit), &l->plan, &e) != OK;
	l->echo = l->wrong ? arena_strdup(l->arena, e.text) : attend_echo(l->arena, sheet, &l->plan);
}

/* ---- keys ---------------------------------------------------------------------------------------------- */
/* A line that can't be read stays, with why. */
static void take(struct screen *s)
{
	struct screen *below = below_of(s);
	struct attend_line *l = line_of(below);
	if (l->wrong || !attend_do(below, attend_sheet_of(below, l->shift), &l->plan, l->echo))
		return;
	lineedit_set(&l->edit, "");
	app_pop(s->app, s);
}

static bool event(struct screen *s, const struct event *ev)
{
	struct attend_line *l = line_of(below_of(s));
	enum lineedit_did did = LINEEDIT_IGNORED;
	bool enter = ev->what == EV_KEY && ev->key == K_ENTER;
	if (ev->what == EV_PASTE)
		did = lineedit_paste(&l->edit, ev->text);
	else if (enter)
		take(s);
	else if (ev->what == EV_KEY)
		did = lineedit_key(&l->edit, ev->key);
	if (did == LINEEDIT_CHANGED)
		attend_line_read(below_of(s));
	return enter || did != LINEEDIT_IGNORED;
}

/* What was typed and not recorded stays for when the field is opened for the same shift again. */
static void close_box(struct screen *s)
{
	line_of(below_of(s))->open = false;
}

/* ---- picture ------------------------------------------------------------------------------------------- */
static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct attend_line *l = line_of(below_of(s));
	const struct attend_sheet *sheet = attend_sheet_of(below_of(s), l->shift);
	struct rect r = rect_cut_bottom(&body, ATTEND_LINE_ROWS);
	cv_fill(cv, r, ROLE_DEFAULT, " ");
	rect_cut_left(&r, 2);
	struct rect title = rect_cut_top(&r, 1), field = rect_cut_top(&r, 1);
	cv_text(cv, title.row, title.col, title.cols, ROLE_TITLE,
		sheet ? arena_printf(a, _("%s %s · Enter records it"), shift_span(a, &sheet->shift), shift_where(a, &sheet->shift)) : "");
	lineedit_draw(&l->edit, cv, field, ROLE_FOCUS, true);
	cv_wrap(cv, r, l->wrong ? ROLE_ERROR : ROLE_DEFAULT, *lineedit_text(&l->edit) ? l->echo
		: _("E.g. 1-9f 4a 7u · 3f2:30 or 3f 2,5t: hours told · f alone: all others came · +Name: came too"));
}

static const struct screen_ops ops = {
	.name = "attendance-line", .title = "", .overlay = true, .draw = draw, .event = event, .close = close_box,
};

void attend_line_open(struct screen *below)
{
	struct attend_line *l = line_of(below);
	struct id shift = attend_selected(below)->sheet->shift.row.shift;
	struct screen *s = screen_new(below->app, &ops, sizeof(struct line_box));
	if (!id_equal(l->shift, shift))
		lineedit_set(&l->edit, "");
	l->arena = l->arena ? l->arena : arena_new();
	l->edit.max = LINE_MOST;
	l->shift = shift;
	l->open = true;
	((struct line_box *)s->data)->below = below;
	s->typing = true;
	attend_line_read(below);
	app_push(below->app, s);
}

void attend_line_close(struct screen *below)
{
	struct attend_line *l = line_of(below);
	lineedit_free(&l->edit);
	arena_free(l->arena);
}
