/* tui/screen_vigils.c - see screens.h: the vigils that go on, are to come, and have ended. Owns the list; one of them
 * is screen_vigil.c's, what a vigil is roster/vigil.h's. */
#include "tui/vigils_priv.h"

#include "base/lang.h"
#include "base/text.h"
#include "tui/detail.h"
#include "tui/words.h"

struct vigils {
	struct vigil *all;
	size_t n;
	civil_date today;
};

static const struct screen_ops vigils_ops;

/* ---- in words ---------------------------------------------------------------------------------------------------- */
enum role vigil_role(const struct vigil *v)
{
	if (v->left || v->state == VIGIL_OVER)
		return ROLE_WARN;
	return v->state == VIGIL_ENDED ? ROLE_DIM : v->gaps ? ROLE_GAP : ROLE_OK;
}

const char *vigil_ask(struct arena *a, const struct vigil *v)
{
	const char *phone = kind_phone(a, v->phone);
	const char *const parts[] = {*v->room ? arena_printf(a, _("Room %s"), v->room) : "", v->contact, phone};
	const char *text = "";
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		text = *parts[i] ? arena_printf(a, "%s%s%s", text, *text ? " · " : "", parts[i]) : text;
	return text;
}

void vigil_draw_bar(const struct vigil *v, struct canvas *cv, struct rect *r, struct arena *a)
{
	size_t width = r->cols < VIGIL_BAR_MOST ? (size_t)r->cols : VIGIL_BAR_MOST;
	struct rect line = rect_cut_top(r, 1);
	cv_text(cv, line.row, line.col, line.cols, vigil_role(v), vigil_bar(a, v, width, false));
	rect_cut_top(r, cv_wrap(cv, *r, ROLE_DEFAULT, vigil_bar_words(a, v)));
}

/* ---- the list ---------------------------------------------------------------------------------------------------- */
static const struct vigil *vigil_at(const void *ctx, size_t row)
{
	return &((const struct vigils *)ctx)->all[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	return vigil_at(ctx, row)->id;
}

enum { COL_PLACE, COL_START, COL_STATE, COL_OPEN, COL_GAP };
static const struct list_col cols[] = {
	[COL_PLACE] = {"place", N_("Place"), 18, 28, 2, false, false},
	[COL_START] = {"start", N_("From"), 15, 16, 0, false, false},
	[COL_STATE] = {"state", N_("State"), 13, 13, 0, false, false},
	[COL_OPEN] = {"open", N_("Vacant"), 6, 7, 0, true, false},
	[COL_GAP] = {"gap", N_("Next gap"), 15, 16, 0, false, false},
};

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct vigils *d = ctx;
	const struct vigil *v = vigil_at(ctx, row);
	switch (col) {
	case COL_PLACE: return v->place;
	case COL_START: return words_moment(a, v->start, d->today);
	case COL_STATE: return vigil_state_name(v->state);
	case COL_OPEN: return v->open ? words_hours(a, v->open) : "";
	default: return v->gap ? words_moment(a, v->gap->row.start, d->today) : "";
	}
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	enum role role = vigil_role(vigil_at(ctx, row));
	return col == COL_STATE || col == COL_OPEN || col == COL_GAP || role == ROLE_DIM ? role : ROLE_DEFAULT;
}

static int compare_rows(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct vigil *p = vigil_at(ctx, x), *q = vigil_at(ctx, y);
	switch (col) {
	case COL_PLACE: return text_compare(p->place, q->place);
	case COL_START: return (p->start > q->start) - (p->start < q->start);
	case COL_STATE: return (p->state > q->state) - (p->state < q->state);
	case COL_OPEN: return (p->open > q->open) - (p->open < q->open);
	default: {
		civil_min g = p->gap ? p->gap->row.start : CMIN_LAST, h = q->gap ? q->gap->row.start : CMIN_LAST;
		return (g > h) - (g < h);
	}
	}
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	(void)ctx;
	(void)a;
	return _("No vigil. When a ward calls, o makes the watches and says whom to ring.");
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .compare = compare_rows, .empty = why_empty,
};

struct screen *screen_vigils(struct app *app)
{
	struct screen *s = screen_new(app, &vigils_ops, sizeof(struct vigils));
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

static int vigils_load(struct screen *s, struct view *v, struct err *e)
{
	struct vigils *d = s->data;
	struct book *b = app_book(s->app, v, e);
	int rc = b ? vigil_list(v, b, s->model, app_now(s->app), &d->all, &d->n, e) : e->code;
	d->today = app_today(s->app);
	if (rc == OK)
		list_set(s->list, d, d->n);
	return rc;
}

static void vigils_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	size_t row;
	struct rect detail;
	bool beside;
	const struct vigil *v = list_selected(s->list, &row) ? vigil_at(s->data, row) : NULL;
	if (v && detail_cut(cv, &body, v->place, &detail, &beside)) {
		vigil_draw_bar(v, cv, &detail, a);
		cv_wrap(cv, detail, ROLE_DEFAULT, vigil_ask(a, v));
	}
	list_draw(s->list, cv, body, a);
}

/* ---- the table --------------------------------------------------------------------------------------------------- */
static void run_open(struct app *app, struct screen *s)
{
	app_push(app, screen_vigil(app, list_selected_id(s->list)));
}

static void run_new(struct app *app, struct screen *s)
{
	(void)s;
	app_push(app, screen_vigil_new(app));
}

static void open_vigils(struct app *app)
{
	app_go(app, screen_vigils(app));
}

static const struct action rows[] = {
	{"vigils.open", CTX_VIGILS, "Enter", N_("Open"), N_("Its watches, who sits, and whom to ring next"),
		GROUP_GO, 2, ACTION_ROW, NULL, run_open},
	{"vigils.new", CTX_VIGILS, "o", N_("New"),
		N_("A ward calls: watches round the clock from now on, or from when you say"),
		GROUP_DO, 3, ACTION_CHANGES, NULL, run_new},
};

const struct action_set actions_vigils = {N_("Vigils"), open_vigils, rows, sizeof rows / sizeof *rows};

static const struct screen_ops vigils_ops = {
	.name = "vigils", .title = N_("Vigils"), .contexts = CTX_VIGILS | CTX_LIST, .load = vigils_load,
	.draw = vigils_draw,
};
