/* tui/attend_line.c - see attend_priv.h: the field that a paper sheet is keyed in with, at the foot of the day's sheet,
 * which shows beside each name what the line comes to. Owns the field; what a line means is roster/attendance.h's. */
#include "tui/attend_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "store/store.h"

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

/* ---- the code on the paper ----------------------------------------------------------------------------- */
static int look_up(struct screen *below, const char *code, struct err *e)
{
	struct attend_line *l = line_of(below);
	struct view *v = NULL;
	struct book *b = app_book_now(below->app, e);
	int rc = b ? view_begin(app_store(below->app), &v, e) : ERR_IO;
	if (rc == OK)
		rc = attend_code_check(v, b, &l->sheet, code, e);
	view_end(v);
	return rc;
}

/* Whom its numbers mean is asked once, since finding out what the paper was may take a while. */
static int check_code(struct screen *below, const char *code, struct err *e)
{
	struct attend_line *l = line_of(below);
	uint64_t version = store_version(app_store(below->app));
	bool known = l->paper.version == version && id_equal(l->paper.shift, l->shift) && strcmp(l->paper.code, code) == 0;
	if (!known) {
		l->paper.rc = look_up(below, code, &l->paper.why);
		l->paper.printed = l->sheet.printed;
		l->paper.version = version;
		l->paper.shift = l->shift;
		snprintf(l->paper.code, sizeof l->paper.code, "%s", code);
	}
	l->sheet.printed = l->paper.printed;
	*e = l->paper.rc ? l->paper.why : *e;
	return l->paper.rc;
}

/* The shift of the day that the code is of; without a code the one that was chosen. */
static const struct attend_sheet *find_sheet(struct screen *below, const char *code)
{
	const struct attend_day *d = below->data;
	for (size_t i = 0; code && i < d->nsheets; i++)
		if (attend_code_is_of(code, &d->sheets[i]))
			return &d->sheets[i];
	return code ? NULL : attend_sheet_of(below, d->line.shift);
}

/* A paper of another day: that day is shown, if the place belongs to those that are. */
static void go_to_paper(struct screen *below)
{
	const struct attend_line *l = line_of(below);
	const char *rest, *code = attend_code_begins(l->arena, lineedit_text(&l->edit), &rest);
	struct shift shift;
	struct id id;
	struct err e;
	struct view *v = NULL;
	struct arena *a = app_scratch(below->app);
	if (!code || find_sheet(below, code))
		return;
	struct book *b = app_book_now(below->app, &e);
	int rc = b ? view_begin(app_store(below->app), &v, &e) : ERR_IO;
	if (rc == OK)
		rc = roster_find_shift(v, b, attend_code_shift(a, code), app_today(below->app), &id, &e);
	if (rc == OK)
		rc = roster_shift(v, b, a, id, &shift, &e);
	view_end(v);
	if (rc == OK)
		attend_go(below, cmin_date(shift.row.start));
}

static int read_line(struct screen *below, struct err *e)
{
	struct attend_line *l = line_of(below);
	const char *rest, *code = attend_code_begins(l->arena, lineedit_text(&l->edit), &rest);
	const struct attend_sheet *sheet = find_sheet(below, code);
	if (!sheet)
		return err_set(e, ERR_NOTFOUND, "%s", code ? _("No shift that is shown has that code.")
			: id_is_none(l->shift) ? _("Begin with the code that stands over the shift on the paper.") : _("The shift isn't on this day any more."));
	l->sheet = *sheet;
	l->shift = sheet->shift.row.shift;
	int rc = code ? check_code(below, code, e) : OK;
	return rc ? rc : attend_plan(l->arena, &l->sheet, rest, &l->plan, e);
}

void attend_line_read(struct screen *below)
{
	struct attend_line *l = line_of(below);
	struct err e = {0};
	if (!l->open)
		return;
	arena_reset(l->arena);
	l->wrong = read_line(below, &e) != OK;
	l->echo = l->wrong ? arena_strdup(l->arena, e.text) : attend_echo(l->arena, &l->sheet, &l->plan);
}

/* ---- keys ---------------------------------------------------------------------------------------------- */
/* A line that can't be read stays, with why. */
static void take(struct screen *s)
{
	struct screen *below = below_of(s);
	struct attend_line *l = line_of(below);
	if (l->wrong || !attend_do(below, &l->sheet, &l->plan, l->echo))
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
	if (did == LINEEDIT_CHANGED) {
		go_to_paper(below_of(s));
		attend_line_read(below_of(s));
	}
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
	const struct attend_row *row = attend_selected(below);
	struct id shift = row ? row->sheet->shift.row.shift : ID_NONE;
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
