/* tui/screen_rounds.c - see rounds_priv.h: the gaps that somebody is sought for. Owns how they are listed. Must not
 * know how one is rung about (screen_round.c). */
#include "tui/rounds_priv.h"

#include "base/lang.h"
#include "tui/dialog.h"
#include "tui/shifts_priv.h"
#include "tui/words.h"

struct rounds_data {
	struct gap *all;
	size_t n;
	civil_date today;
};

static const struct gap *gap_at(const void *ctx, size_t row)
{
	return &((const struct rounds_data *)ctx)->all[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	return gap_at(ctx, row)->shift->row.shift;
}

enum { COL_WHEN, COL_WHERE, COL_PLACES, COL_RUNG, COL_FOR };
static const struct list_col cols[] = {
	[COL_WHEN] = {"when", N_("When"), 15, 21, 0, false, false},
	[COL_WHERE] = {"where", N_("Shift"), 14, 26, 2, false, false},
	[COL_PLACES] = {"places", N_("Places"), 7, 7, 0, false, false},
	[COL_FOR] = {"for", N_("Instead of"), 12, 22, 1, false, false},
	[COL_RUNG] = {"rung", N_("Rung"), 6, 6, 0, true, false},
};

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct rounds_data *d = ctx;
	const struct gap *g = gap_at(ctx, row);
	switch (col) {
	case COL_WHEN: return words_span(a, g->shift->row.start, g->shift->row.end, d->today);
	case COL_WHERE: return shift_where(a, g->shift);
	case COL_PLACES: return shift_count(a, g->shift);
	case COL_FOR: return g->gone_name;
	default: return g->rung ? arena_printf(a, "%zu", g->rung) : "";
	}
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	(void)ctx;
	(void)row;
	return col == COL_PLACES || col == COL_WHEN ? ROLE_GAP : ROLE_DEFAULT;
}

static const char *row_section(const void *ctx, size_t row)
{
	switch (gap_at(ctx, row)->kind) {
	case GAP_ROUND: return _("Being rung about");
	case GAP_CANCELLED: return _("Cancelled");
	case GAP_OPEN: return _("Open places today and tomorrow");
	}
	return "";
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	(void)ctx;
	(void)a;
	return _("No shift of the next two weeks lacks somebody who cancelled, and all places of today and tomorrow are filled.");
}

static const struct list_source source = {.id = row_id, .cell = row_cell, .role = row_role, .section = row_section, .empty = why_empty};

static int load(struct screen *s, struct view *v, struct err *e)
{
	struct rounds_data *d = s->data;
	struct book *b = app_book(s->app, v, e);
	if (!b)
		return e->code;
	d->today = app_today(s->app);
	int rc = round_gaps(v, b, s->model, app_now(s->app), &d->all, &d->n, e);
	if (rc == OK)
		list_set(s->list, d, d->n);
	return rc;
}

static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	list_draw(s->list, cv, body, a);
}

static const struct screen_ops ops = {
	.name = "rounds", .title = N_("Phone rounds"), .contexts = CTX_ROUNDS | CTX_LIST, .load = load, .draw = draw,
};

struct screen *screen_rounds(struct app *app)
{
	struct screen *s = screen_new(app, &ops, sizeof(struct rounds_data));
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

void round_open(struct app *app, const struct shift *shift)
{
	const char *why = round_refused(shift, app_now(app));
	if (why)
		app_toast(app, "%s", why);
	else
		app_push(app, screen_round(app, shift->row.shift));
}

/* ---- why all the same ------------------------------------------------------------------------------------------- */

struct asking_why {
	struct screen *s;
	int (*act)(struct screen *s, const char *reason, enum round_needs *needs, struct err *e);
};

static int reason_given(struct app *app, void *ctx, const char *text, struct err *e)
{
	const struct asking_why *w = ctx;
	enum round_needs needs;
	(void)app;
	if (!*text)
		return err_set(e, ERR_DATA, _("write why the warning is set aside, or leave with Esc"));
	return w->act(w->s, text, &needs, e);
}

void round_ask_reason(struct app *app, struct screen *s, const char *title,
	int (*act)(struct screen *s, const char *reason, enum round_needs *needs, struct err *e))
{
	struct asking_why *w = arena_alloc(s->arena, sizeof *w);
	*w = (struct asking_why){s, act};
	dialog_prompt(app, title, "", false, reason_given, w);
}

/* ---- what can be done ------------------------------------------------------------------------------------------- */

static const struct gap *selected(const struct screen *s)
{
	size_t row;
	return list_selected(s->list, &row) ? gap_at(s->data, row) : NULL;
}

static void do_open(struct app *app, struct screen *s)
{
	round_open(app, selected(s)->shift);
}

static void do_day(struct app *app, struct screen *s)
{
	const struct shift_row *row = &selected(s)->shift->row;
	app_push(app, screen_roster_day(app, cmin_date(row->start), ID_NONE, row->shift));
}

static void open_rounds(struct app *app)
{
	app_go(app, screen_rounds(app));
}

static const struct action rows[] = {
	{"rounds.open", CTX_ROUNDS, "Enter", N_("Ring round"), N_("Whom to ring about it, the best first, with one key an answer"),
		GROUP_GO, 2, ACTION_ROW, NULL, do_open},
	{"rounds.day", CTX_ROUNDS, "d", N_("Day"), N_("Shows everybody on that day, with phones"),
		GROUP_GO, 5, ACTION_ROW, NULL, do_day},
};
const struct action_set actions_rounds = {N_("Phone rounds"), open_rounds, rows, sizeof rows / sizeof *rows};
