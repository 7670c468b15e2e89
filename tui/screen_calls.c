/* tui/screen_calls.c - see roles_priv.h: whom to ring when a pause has begun. Owns the list on the screen and writing
 * it to a file; who stands on it is roster/gates.h's, the sheet is export/papers.h's. */
#include "tui/roles_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/papers.h"
#include "tui/to_file.h"
#include "tui/words.h"

struct calls {
	struct id pause;
	const char *title, *above;
	struct standstill of;
	struct pause_effect told;
	civil_date today;
};

static const struct screen_ops calls_ops;

static const struct told_person *who_at(const void *ctx, size_t row)
{
	return &((const struct calls *)ctx)->told.told[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	return who_at(ctx, row)->volunteer;
}

enum { COL_FIRST, COL_NAME, COL_PHONE, COL_SHIFTS };
static const struct list_col cols[] = {
	[COL_FIRST] = {"first", N_("First shift"), 15, 18, 0, false, false},
	[COL_NAME] = {"name", N_("Name"), 18, 30, 2, false, false},
	[COL_PHONE] = {"phone", N_("Phone"), 11, 14, 0, false, false},
	[COL_SHIFTS] = {"shifts", N_("Shifts"), 6, 6, 0, true, false},
};

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct calls *d = ctx;
	const struct told_person *p = who_at(ctx, row);
	switch (col) {
	case COL_FIRST: return words_moment(a, p->first, d->today);
	case COL_NAME: return p->name;
	case COL_PHONE: return kind_phone(a, p->phone);
	default: return arena_printf(a, "%zu", p->shifts);
	}
}

static int compare_rows(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct told_person *p = who_at(ctx, x), *q = who_at(ctx, y);
	switch (col) {
	case COL_FIRST: return (p->first > q->first) - (p->first < q->first);
	case COL_SHIFTS: return (p->shifts > q->shifts) - (p->shifts < q->shifts);
	case COL_NAME: return text_compare(p->name, q->name);
	default: return strcmp(p->phone, q->phone);
	}
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	(void)ctx;
	(void)a;
	return _("Nobody has to be rung: no shift with people on it is called off by it.");
}

static const struct list_source source = {.id = row_id, .cell = row_cell, .compare = compare_rows, .empty = why_empty};

struct screen *screen_calls(struct app *app, struct id pause)
{
	struct screen *s = screen_new(app, &calls_ops, sizeof(struct calls));
	((struct calls *)s->data)->pause = pause;
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

static int calls_load(struct screen *s, struct view *v, struct err *e)
{
	struct calls *d = s->data;
	struct book *b = app_book(s->app, v, e);
	int rc = b ? pause_called(v, b, s->model, d->pause, &d->of, &d->told, e) : e->code;
	if (rc == ERR_NOTFOUND)
		return err_set(e, rc, _("The pause has been taken back, and its shifts are on again. Esc goes back."));
	if (rc)
		return rc;
	d->today = app_today(s->app);
	d->title = pause_title(b, d->of.of);
	const char *shifts = arena_printf(s->model,
		ngettext("%zu shift is called off", "%zu shifts are called off", d->told.shifts), d->told.shifts);
	d->above = arena_printf(s->model, "%s · %s · %s", pause_stand(s->model, &d->of, d->today), d->of.why, shifts);
	list_set(s->list, d, d->told.n);
	return OK;
}

static void calls_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct calls *d = s->data;
	struct rect at = body;
	rect_cut_left(&at, 2);
	rect_cut_top(&body, cv_wrap(cv, at, ROLE_DEFAULT, d->above) + 1);
	list_draw(s->list, cv, body, a);
}

static const char *calls_heading(const struct screen *s, struct arena *a)
{
	const struct calls *d = s->data;
	return d->title ? arena_printf(a, _("To be rung: %s"), d->title) : _("To be rung");
}

static const char *calls_status(const struct screen *s, struct arena *a)
{
	size_t n = ((const struct calls *)s->data)->told.n;
	return *list_filter_text(s->list) ? list_status(s->list, a)
		: arena_printf(a, ngettext("%zu person", "%zu people", n), n);
}

/* ---- on paper ---------------------------------------------------------------------------------------------------- */
static int make_sheet(struct app *app, void *ctx, struct view *v, struct book *b, struct sheet **out, struct err *e)
{
	return paper_calls(v, b, app_scratch(app), ((const struct calls *)((struct screen *)ctx)->data)->pause, out, e);
}

static void run_write(struct app *app, struct screen *s)
{
	char day[24];
	civil_format_date(day, sizeof day, app_today(app), CIVIL_ISO);
	/* translators: a file's name, without blanks */
	to_file_ask_sheet(app, arena_printf(app_scratch(app), _("call-list-%s"), day), _("Call list"), make_sheet, s);
}

static void run_card(struct app *app, struct screen *s)
{
	app_push(app, screen_volunteer(app, list_selected_id(s->list)));
}

static void run_end(struct app *app, struct screen *s)
{
	pause_ask_end(app, s, &((const struct calls *)s->data)->of);
}

static const char *refuses_end(struct app *app, struct screen *s)
{
	return pause_is_over(&((const struct calls *)s->data)->of, app_today(app)) ? _("The pause is over already.") : NULL;
}

static const struct action rows[] = {
	{"calls.card", CTX_CALLS, "Enter", N_("Card"), N_("The volunteer's card, with other phones and the coming shifts"),
		GROUP_GO, 2, ACTION_ROW, NULL, run_card},
	{"calls.write", CTX_CALLS, "e", N_("Write out"), N_("Writes the list to a file, to print or to send, with the day to shred it"),
		GROUP_DO, 3, 0, NULL, run_write},
	{"calls.end", CTX_CALLS, "a", N_("End it"), N_("Asks for the first day with volunteers; what it called off from then on is on again"),
		GROUP_DO, 5, ACTION_CHANGES, refuses_end, run_end},
};

const struct action_set actions_calls = {N_("To be rung"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops calls_ops = {
	.name = "calls", .title = N_("To be rung"), .contexts = CTX_CALLS | CTX_LIST, .load = calls_load, .draw = calls_draw,
	.heading = calls_heading, .status = calls_status,
};
