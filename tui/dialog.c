/* tui/dialog.c - see dialog.h. Owns how questions are asked over a screen. Must not know what they are about. */
#include "tui/dialog.h"
#include "tui/app_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"

enum { BOX_COLS = 64, MARGIN = 2 };

/* A cleared strip with a line above and below; returns what is inside. */
static struct rect draw_box(struct canvas *cv, struct rect body, int rows, int cols, const char *title)
{
	struct rect r = rect_center(body, rows + 2, cols + 2 * MARGIN + 2);
	cv_fill(cv, r, ROLE_OVERLAY, " ");
	rect_cut_left(&r, 1);
	rect_cut_right(&r, 1);
	struct rect top = rect_cut_top(&r, 1), bottom = rect_cut_bottom(&r, 1);
	cv_rule(cv, top.row, top.col, top.cols, ROLE_TITLE, title);
	cv_rule(cv, bottom.row, bottom.col, bottom.cols, ROLE_DIM, "");
	rect_cut_left(&r, MARGIN);
	rect_cut_right(&r, MARGIN);
	return r;
}

static int box_cols(struct rect body)
{
	int room = body.cols - 2 * MARGIN - 2;
	return room < BOX_COLS ? room : BOX_COLS;
}

static int text_rows(const char *text, int cols)
{
	return cv_wrap(NULL, (struct rect){0, 0, 1000, cols}, ROLE_DEFAULT, text);
}

/* ---- yes or no ----------------------------------------------------------------------------------------- */
struct confirm {
	const char *what, *verb;
	int key;
	void (*yes)(struct app *app, void *ctx);
	void *ctx;
};

static void draw_confirm(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct confirm *c = s->data;
	char key[KEY_NAME];
	int rows = text_rows(c->what, box_cols(body));
	struct rect r = draw_box(cv, body, rows + 3, box_cols(body), _(s->ops->title));
	cv_wrap(cv, rect_cut_top(&r, rows), ROLE_DEFAULT, c->what);
	rect_cut_top(&r, 1);
	struct rect no = rect_cut_top(&r, 1), yes = rect_cut_top(&r, 1);
	cv_text(cv, no.row, no.col, no.cols, ROLE_DEFAULT, _("> Enter  No, do nothing"));
	cv_select(cv, no);
	rect_cut_left(&yes, 2);
	const char *answer = arena_printf(a, "%-5s  %s", key_label(key, c->key), c->verb);
	cv_text(cv, yes.row, yes.col, yes.cols, ROLE_STOP, answer);
	cv_cursor(cv, no.row, no.col + 2);
}

static bool confirm_event(struct screen *s, const struct event *ev)
{
	const struct confirm *c = s->data;
	if (ev->what != EV_KEY)
		return true;
	app_pop(s->app, s);
	if (ev->key == c->key)
		c->yes(s->app, c->ctx);
	else
		app_toast(s->app, _("Nothing was done."));
	return true;
}

static const struct screen_ops confirm_ops = {
	.name = "confirm", .title = N_("Can't be undone"), .overlay = true, .alone = true,
	.draw = draw_confirm, .event = confirm_event,
};

void dialog_confirm(struct app *app, const char *what, const char *verb,
	void (*yes)(struct app *app, void *ctx), void *ctx)
{
	struct screen *s = screen_new(app, &confirm_ops, sizeof(struct confirm));
	struct confirm *c = s->data;
	/* translators: the letter that says yes where it can't be undone; no letter next to y or j does anything */
	int key = key_parse(_("y"), NULL);
	*c = (struct confirm){arena_strdup(s->arena, what), arena_strdup(s->arena, verb), key, yes, ctx};
	if (c->key == app_key(app))
		c->key = 'x';
	s->typing = true;              /* vim's j must not be taken for an arrow */
	app_push(app, s);
}

/* ---- one of several, several of several ---------------------------------------------------------------- */
struct choice_box {
	const char *title;
	const char **labels;
	size_t n;
	bool switches;
	size_t spaced;                 /* the row that Space was pressed on last, from 1: Enter on it has nothing more to do */
	uint64_t on;
	void (*chosen)(struct app *app, void *ctx, size_t i);
	void (*changed)(struct app *app, void *ctx, size_t i, bool on);
	void *ctx;
};

static struct id choice_id(const void *ctx, size_t row)
{
	(void)ctx;
	return id_make(0, row + 1);
}

static const char *choice_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct choice_box *c = ctx;
	(void)col;
	if (c->switches)
		return arena_printf(a, "[%c] %s", c->on >> row & 1 ? 'x' : ' ', c->labels[row]);
	return row < 9 ? arena_printf(a, "%zu  %s", row + 1, c->labels[row]) : arena_printf(a, "   %s", c->labels[row]);
}

static const struct list_source choice_source = {.id = choice_id, .cell = choice_cell};
static const struct list_col choice_cols[] = {{.id = "choice", .title = "", .min = 10, .ideal = 40, .weight = 1}};

static void draw_choice(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct choice_box *c = s->data;
	int cols = text_width(c->title) + 2, most = box_cols(body);
	for (size_t i = 0; i < c->n; i++)
		cols = text_width(c->labels[i]) + 8 > cols ? text_width(c->labels[i]) + 8 : cols;
	/* a title that the rule has no room for is a text above the list */
	int rows = text_width(c->title) + 2 > most ? text_rows(c->title, most) : 0;
	struct rect r = draw_box(cv, body, (int)c->n + rows, cols < most ? cols : most, rows ? "" : c->title);
	cv_wrap(cv, rect_cut_top(&r, rows), ROLE_TITLE, c->title);
	list_draw(s->list, cv, r, a);
}

static void choose(struct screen *s, size_t row)
{
	struct choice_box *c = s->data;
	if (c->switches) {
		bool is_space = app_key(s->app) == ' ';
		if (!is_space && c->spaced == row + 1) {
			app_pop(s->app, s);
			return;
		}
		c->spaced = is_space ? row + 1 : 0;
		c->on ^= UINT64_C(1) << row;
		c->changed(s->app, c->ctx, row, c->on >> row & 1);
		return;
	}
	app_pop(s->app, s);
	c->chosen(s->app, c->ctx, row);
}

static bool choice_event(struct screen *s, const struct event *ev)
{
	const struct choice_box *c = s->data;
	bool digit = ev->what == EV_KEY && ev->key > '0' && ev->key <= '9' && !c->switches;
	if (!digit || (size_t)(ev->key - '0') > c->n)
		return false;
	choose(s, (size_t)(ev->key - '1'));
	return true;
}

static void run_choose(struct app *app, struct screen *s)
{
	size_t row;
	(void)app;
	list_selected(s->list, &row);
	choose(s, row);
}

static const struct screen_ops choice_ops = {
	.name = "choice", .title = "", .contexts = CTX_CHOICE, .overlay = true, .draw = draw_choice, .event = choice_event,
};

static struct choice_box *push_choice(struct app *app, const char *title, const char *const *labels, size_t n,
	size_t at, void *ctx)
{
	struct screen *s = screen_new(app, &choice_ops, sizeof(struct choice_box));
	struct choice_box *c = s->data;
	c->title = arena_strdup(s->arena, title);
	c->labels = arena_alloc(s->arena, (n + 1) * sizeof *c->labels);
	for (size_t i = 0; i < n; i++)
		c->labels[i] = arena_strdup(s->arena, labels[i]);
	c->n = n;
	c->ctx = ctx;
	s->list = list_new(&choice_source, choice_cols, 1);
	list_set(s->list, c, n);
	list_select(s->list, choice_id(c, at));
	app_push(app, s);
	return c;
}

void dialog_choice(struct app *app, const char *title, const char *const *labels, size_t n,
	void (*chosen)(struct app *app, void *ctx, size_t i), void *ctx)
{
	dialog_choice_at(app, title, labels, n, 0, chosen, ctx);
}

void dialog_choice_at(struct app *app, const char *title, const char *const *labels, size_t n, size_t at,
	void (*chosen)(struct app *app, void *ctx, size_t i), void *ctx)
{
	push_choice(app, title, labels, n, at, ctx)->chosen = chosen;
}

void dialog_switches(struct app *app, const char *title, const char *const *labels, size_t n, uint64_t on,
	void (*changed)(struct app *app, void *ctx, size_t i, bool on), void *ctx)
{
	struct choice_box *c = push_choice(app, title, labels, n < 64 ? n : 64, 0, ctx);
	c->switches = true;
	c->on = on;
	c->changed = changed;
}

/* ---- a line of text ------------------------------------------------------------------------------------ */
struct prompt {
	const char *title;
	struct lineedit edit;
	struct err wrong;
	int (*done)(struct app *app, void *ctx, const char *text, struct err *e);
	void *ctx;
};

static void draw_prompt(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct prompt *p = s->data;
	(void)a;
	int rows = *p->wrong.text ? text_rows(p->wrong.text, box_cols(body)) : 0;
	struct rect r = draw_box(cv, body, 1 + rows, box_cols(body), p->title);
	lineedit_draw(&p->edit, cv, rect_cut_top(&r, 1), ROLE_FOCUS, true);
	cv_wrap(cv, r, ROLE_ERROR, p->wrong.text);
}

/* The text is handed over in the scratch arena: `done` may close the dialog, or push another. */
static void answer_prompt(struct app *app, struct screen *s)
{
	struct prompt *p = s->data;
	char *text = arena_strdup(app_scratch(app), lineedit_text(&p->edit));
	struct err wrong = {0};
	int rc = p->done(app, p->ctx, text, &wrong);
	explicit_bzero(text, strlen(text));
	if (rc == OK)
		app_take_out(app, s);
	else
		p->wrong = wrong;
}

static bool prompt_event(struct screen *s, const struct event *ev)
{
	struct prompt *p = s->data;
	if (ev->what == EV_PASTE)
		return lineedit_paste(&p->edit, ev->text) != LINEEDIT_IGNORED;
	return ev->what == EV_KEY && lineedit_key(&p->edit, ev->key) != LINEEDIT_IGNORED;
}

static void close_prompt(struct screen *s)
{
	struct prompt *p = s->data;
	lineedit_free(&p->edit);
}

static const struct screen_ops prompt_ops = {
	.name = "prompt", .title = "", .contexts = CTX_PROMPT, .overlay = true,
	.draw = draw_prompt, .event = prompt_event, .close = close_prompt,
};

void dialog_prompt(struct app *app, const char *title, const char *text, bool hidden,
	int (*done)(struct app *app, void *ctx, const char *text, struct err *e), void *ctx)
{
	struct screen *s = screen_new(app, &prompt_ops, sizeof(struct prompt));
	struct prompt *p = s->data;
	*p = (struct prompt){.title = arena_strdup(s->arena, title), .done = done, .ctx = ctx};
	p->edit.hidden = hidden;
	lineedit_set(&p->edit, text);
	p->edit.proposed = *text != '\0';
	s->typing = true;
	app_push(app, s);
}

/* ---- text to be read ----------------------------------------------------------------------------------- */
struct reading { const char *title, *text; int top; };

static void draw_reading(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct reading *t = s->data;
	(void)a;
	int cols = box_cols(body), rows = text_rows(t->text, cols), room = body.rows - 4;
	struct rect r = draw_box(cv, body, rows < room ? rows : room, cols, t->title);
	const char *text = t->text;
	int top = rows - r.rows < t->top ? rows - r.rows : t->top;
	for (size_t next; top > 0 && *text; top--, text += next)
		cv_line(text, cols, &next);
	cv_wrap(cv, r, ROLE_DEFAULT, text);
	if (rows - top > r.rows)
		cv_text(cv, r.row + r.rows, r.col, r.cols, ROLE_KEY, _("↓ more "));
	cv_cursor(cv, r.row, r.col);
}

static bool reading_event(struct screen *s, const struct event *ev)
{
	enum { PAGE = 10 };
	struct reading *t = s->data;
	switch (ev->what == EV_KEY ? ev->key : K_NONE) {
	case K_DOWN: t->top++; break;
	case K_UP: t->top--; break;
	case K_PGDN: t->top += PAGE; break;
	case K_PGUP: t->top -= PAGE; break;
	default: return false;
	}
	int last = text_rows(t->text, BOX_COLS) - 1;
	t->top = t->top > last ? last : t->top;
	t->top = t->top < 0 ? 0 : t->top;
	return true;
}

static const struct screen_ops reading_ops = {
	.name = "text", .title = "", .contexts = CTX_READING, .overlay = true, .draw = draw_reading, .event = reading_event,
};

void dialog_text(struct app *app, const char *title, const char *text)
{
	struct screen *s = screen_new(app, &reading_ops, sizeof(struct reading));
	struct reading *t = s->data;
	*t = (struct reading){arena_strdup(s->arena, title), arena_strdup(s->arena, text), 0};
	app_push(app, s);
}

/* ---- the table ----------------------------------------------------------------------------------------- */
static void run_close(struct app *app, struct screen *s)
{
	app_pop(app, s);
}

static const struct action rows[] = {
	{"dialog.choose", CTX_CHOICE, "Enter Space", N_("Choose"), N_("Chooses what the cursor stands on, or turns it on and off"),
		GROUP_DO, 2, ACTION_ROW, NULL, run_choose},
	{"dialog.answer", CTX_PROMPT, "Enter", N_("OK"), N_("Takes what is written"), GROUP_DO, 2, 0, NULL, answer_prompt},
	{"dialog.close", CTX_READING, "Enter", N_("Close"), N_("Goes back to where one was"), GROUP_DO, 2, 0, NULL, run_close},
};

const struct action_set actions_dialog = {N_("In a question"), NULL, rows, sizeof rows / sizeof *rows};
