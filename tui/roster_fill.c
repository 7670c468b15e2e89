/* tui/roster_fill.c - finding somebody for an open place: everybody who could take it, ranked, with reasons and what
 * the rules say; typing part of a name leaves those it fits.
 *
 * Owns the question and its answer. The rank and the rules are roster/'s. */
#include "tui/shifts_priv.h"

#include "base/lang.h"
#include "tui/dialog.h"
#include "tui/rounds_priv.h"

enum { BOX_SHARE = 65, BOX_LEAST = 11, DETAIL_ROWS = 2 };

struct fill_data {
	struct id shift_id, who;
	struct id from;                    /* whose place is handed over; ID_NONE: an open one is filled */
	struct shift shift;
	struct candidate *all;
	size_t n;
};

/* The mark of the worst rule stands before the name, its word where there is room. */
enum { COL_MARK, COL_NAME, COL_WHY, COL_LEVEL, COL_PHONE };
static const struct list_col cols[] = {
	[COL_MARK] = {"mark", "", 2, 2, 0, false, false},
	[COL_NAME] = {"name", N_("Name"), 14, 22, 1, false, false},
	[COL_WHY] = {"why", N_("Why"), 36, 44, 3, false, false},
	[COL_LEVEL] = {"rule", N_("Rules"), 8, 8, 0, false, false},
	[COL_PHONE] = {"phone", N_("Phone"), 11, 11, 0, false, false},
};

/* ---- rows ---------------------------------------------------------------------------------------------- */
static struct id row_id(const void *ctx, size_t row)
{
	return ((const struct fill_data *)ctx)->all[row].person->id;
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct candidate *c = &((const struct fill_data *)ctx)->all[row];
	switch (col) {
	case COL_MARK: return level_mark(c->worst);
	case COL_NAME: return c->person->name;
	case COL_WHY: return c->reasons;
	case COL_LEVEL: return c->worst ? rule_level_name(c->worst) : "";
	default: return person_phone(a, c->person);
	}
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct candidate *c = &((const struct fill_data *)ctx)->all[row];
	if (col == COL_LEVEL || col == COL_MARK)
		return level_role(c->worst);
	return col == COL_WHY || c->worst == RULE_STOP ? ROLE_DIM : ROLE_DEFAULT;
}

static const char *row_find(const void *ctx, size_t row, struct arena *a)
{
	const struct person *p = ((const struct fill_data *)ctx)->all[row].person;
	return arena_printf(a, "%s %s", p->name, p->phone);
}

static const char *nobody(const void *ctx, struct arena *a)
{
	(void)ctx, (void)a;
	return _("There are no volunteers to ask.");
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .find = row_find, .empty = nobody,
};

static const struct candidate *chosen(const struct screen *s)
{
	const struct fill_data *d = s->data;
	size_t row;
	return list_selected(s->list, &row) ? &d->all[row] : NULL;
}

/* ---- model and picture --------------------------------------------------------------------------------- */
static int load(struct screen *s, struct view *v, struct err *e)
{
	struct fill_data *d = s->data;
	struct book *b = app_book(s->app, v, e);
	if (!b)
		return ERR_IO;
	int rc = roster_shift(v, b, s->model, d->shift_id, &d->shift, e);
	if (rc == OK)
		rc = rules_candidates(v, b, s->model, d->shift_id, "", 0, &d->all, &d->n, e);
	if (rc == OK)
		list_set(s->list, d, d->n);
	return rc;
}

/* What speaks against the highlighted one, and what they wish. */
static const char *verdict_line(const struct candidate *c, struct arena *a)
{
	const char *text = c->nverdicts ? "" : _("Nothing speaks against it.");
	for (size_t i = 0; i < c->nverdicts; i++)
		text = arena_printf(a, "%s%s%s %s", text, i ? "  " : "", level_mark(c->verdicts[i].rule->level),
			c->verdicts[i].sentence);
	return *c->person->wishes ? arena_printf(a, _("%s  Wishes: %s"), text, c->person->wishes) : text;
}

static void draw_detail(const struct candidate *c, struct canvas *cv, struct rect r, struct arena *a)
{
	const char *phone = person_phone(a, c->person);
	struct rect line = rect_cut_top(&r, 1);
	cv_printf(cv, line.row, line.col, line.cols, ROLE_DEFAULT, "%s%s%s", phone, *phone ? " · " : "", c->reasons);
	cv_text(cv, r.row, r.col, r.cols, c->worst ? level_role(c->worst) : ROLE_DIM, verdict_line(c, a));
}

static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct fill_data *d = s->data;
	const struct candidate *c = chosen(s);
	int rows = body.rows * BOX_SHARE / 100;
	struct rect box = rect_cut_bottom(&body, rows < BOX_LEAST ? BOX_LEAST : rows);
	struct rect rule = rect_cut_top(&box, 1);
	cv_fill(cv, box, ROLE_OVERLAY, " ");
	shift_draw_rule(cv, rule, &d->shift, a);
	struct rect below = rect_cut_bottom(&box, DETAIL_ROWS);
	list_draw(s->list, cv, box, a);
	rect_cut_left(&below, 2);
	if (c)
		draw_detail(c, cv, below, a);
}

/* ---- the answer ---------------------------------------------------------------------------------------- */
static int take(struct screen *s, const char *reason, enum round_needs *needs, struct err *e)
{
	const struct fill_data *d = s->data;
	struct arena *a = app_scratch(s->app);
	struct change_result r;
	struct book *b = app_book_now(s->app, e);
	*needs = ROUND_NEEDS_NOTHING;
	if (!b)
		return e->code;
	const char *name = arena_strdup(a, book_name(b, d->who)), *from = arena_strdup(a, book_name(b, d->from));
	bool handed = !id_is_none(d->from);
	int rc = handed ? round_hand_over(app_store(s->app), b, (struct place_of){d->shift_id, d->from}, d->who, reason, needs, &r, e)
		: round_take(app_store(s->app), b, d->shift_id, d->who, reason, needs, &r, e);
	if (rc != OK)
		return rc;
	if (handed)
		app_done(s->app, &r, _("%s comes instead of %s"), name, from);
	else
		app_done(s->app, &r, _("%s is on the shift"), name);
	app_pop(s->app, s);
	return OK;
}

static const char *refuse_nobody(struct app *app, struct screen *s)
{
	(void)app;
	return chosen(s) ? NULL : _("Nobody fits what is typed.");
}

static void do_take(struct app *app, struct screen *s)
{
	struct fill_data *d = s->data;
	struct arena *a = app_scratch(app);
	enum round_needs needs;
	struct err e;
	d->who = list_selected_id(s->list);
	const char *name = arena_strdup(a, chosen(s)->person->name);
	if (take(s, NULL, &needs, &e) == OK)
		return;
	if (e.code == ERR_REFUSED && needs != ROUND_NEEDS_REASON)
		err_set(&e, ERR_REFUSED, _("Not put on: %s. Tab says more."), arena_strdup(a, e.text));
	app_fail(app, &e);
	if (needs == ROUND_NEEDS_REASON)
		round_ask_reason(app, s, arena_printf(a, _("Why %s all the same?"), name), take);
}

static void do_wait(struct app *app, struct screen *s)
{
	const struct fill_data *d = s->data;
	const struct candidate *c = chosen(s);
	const char *name = arena_strdup(app_scratch(app), c->person->name);
	bool on = c->since == CMIN_NONE;
	struct change_result r;
	struct err e;
	struct book *b = app_book_now(app, &e);
	int rc = b ? round_wait(app_store(app), b, d->shift_id, c->person->id, on, &r, &e) : e.code;
	if (on)
		app_did(app, rc, &r, &e, _("%s is on the waiting list"), name);
	else
		app_did(app, rc, &r, &e, _("%s is off the waiting list"), name);
}

/* ---- why ----------------------------------------------------------------------------------------------- */
static void do_why(struct app *app, struct screen *s)
{
	dialog_text(app, _("Why"), candidate_text(app_scratch(app), chosen(s)));
}

static void do_card(struct app *app, struct screen *s)
{
	app_push(app, screen_volunteer(app, chosen(s)->person->id));
}

/* What is typed is a name, so the question mark is free. */
static bool event(struct screen *s, const struct event *ev)
{
	if (ev->what != EV_KEY || ev->key != '?' || !chosen(s))
		return false;
	do_why(s->app, s);
	return true;
}

static const struct screen_ops ops = {
	.name = "fill",
	.title = N_("Fill"),
	.contexts = CTX_CANDIDATES,
	.overlay = true,
	.load = load,
	.draw = draw,
	.event = event,
};

struct screen *screen_fill(struct app *app, struct id shift, const char *typed)
{
	struct screen *s = screen_new(app, &ops, sizeof(struct fill_data));
	((struct fill_data *)s->data)->shift_id = shift;
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	list_filter_always(s->list);
	if (typed)
		list_filter(s->list, typed);
	return s;
}

struct screen *screen_hand_over(struct app *app, struct id shift, struct id from)
{
	struct screen *s = screen_fill(app, shift, NULL);
	((struct fill_data *)s->data)->from = from;
	return s;
}

static void do_replan(struct app *app, struct screen *s)
{
	shifts_replan(app, s, ((const struct fill_data *)s->data)->shift_id);
}

static const struct action rows[] = {
	{"fill.take", CTX_CANDIDATES, "Enter", N_("Put on"), N_("Puts the highlighted volunteer on the shift"),
		GROUP_DO, 2, ACTION_CHANGES, refuse_nobody, do_take},
	{"fill.why", CTX_CANDIDATES, "Tab", N_("Why"), N_("Explains the rank, and what each rule means"),
		GROUP_DO, 3, 0, refuse_nobody, do_why},
	{"fill.wait", CTX_CANDIDATES, "Ctrl-V", N_("Waiting list"), N_("Puts the highlighted volunteer on the shift's waiting list, or off it"),
		GROUP_DO, 4, ACTION_CHANGES, refuse_nobody, do_wait},
	{"fill.replan", CTX_CANDIDATES, "Ctrl-N", N_("Move people"),
		N_("Who could come, or change shift, so that the place is filled with few changes"), GROUP_DO, 5, ACTION_CHANGES, NULL, do_replan},
	{"fill.card", CTX_CANDIDATES, "Ctrl-O", N_("Card"), N_("Opens the volunteer's card"),
		GROUP_GO, 4, 0, refuse_nobody, do_card},
};
const struct action_set actions_fill = {N_("Filling a place"), NULL, rows, sizeof rows / sizeof *rows};
