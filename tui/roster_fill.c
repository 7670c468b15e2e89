/* tui/roster_fill.c - finding somebody for an open place: everybody who could take it, ranked, with reasons and what
 * the rules say; typing part of a name leaves those it fits.
 *
 * Owns the question and its answer. The rank and the rules are roster/'s. */
#include "tui/shifts_priv.h"

#include "base/lang.h"
#include "tui/dialog.h"

enum { BOX_SHARE = 65, BOX_LEAST = 11, DETAIL_ROWS = 2 };

struct fill_data {
	struct id shift_id, who;
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
static void put_on(struct screen *s, const char *name, const struct change_result *r)
{
	app_done(s->app, r, _("%s is on the shift"), name);
	app_pop(s->app, s);
}

static int reason_given(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct screen *s = ctx;
	struct fill_data *d = s->data;
	struct change_result r;
	bool needs_reason;
	if (!*text)
		return err_set(e, ERR_DATA, _("write why the warning is set aside, or leave with Esc"));
	struct book *b = app_book_now(app, e);
	if (!b)
		return ERR_IO;
	const char *name = arena_strdup(app_scratch(app), book_name(b, d->who));
	int rc = act_assign(app_store(app), b, d->shift_id, d->who, text, &needs_reason, &r, e);
	if (rc == OK)
		put_on(s, name, &r);
	return rc;
}

static const char *refuse_nobody(struct app *app, struct screen *s)
{
	(void)app;
	return chosen(s) ? NULL : _("Nobody fits what is typed.");
}

static void do_take(struct app *app, struct screen *s)
{
	struct fill_data *d = s->data;
	struct change_result r;
	struct err e;
	bool needs_reason = false;
	struct book *b = app_book_now(app, &e);
	if (!b) {
		app_fail(app, &e);
		return;
	}
	d->who = list_selected_id(s->list);
	const char *name = arena_strdup(app_scratch(app), book_name(b, d->who));
	if (act_assign(app_store(app), b, d->shift_id, d->who, NULL, &needs_reason, &r, &e) == OK) {
		put_on(s, name, &r);
		return;
	}
	if (e.code == ERR_REFUSED && !needs_reason)
		err_set(&e, ERR_REFUSED, _("Not put on: %s. Tab says more."), arena_strdup(app_scratch(app), e.text));
	app_fail(app, &e);
	if (needs_reason)
		dialog_prompt(app, arena_printf(app_scratch(app), _("Why %s all the same?"), name), "", false,
			reason_given, s);
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

static const struct action rows[] = {
	{"fill.take", CTX_CANDIDATES, "Enter", N_("Put on"), N_("Puts the highlighted volunteer on the shift"),
		GROUP_DO, 2, ACTION_CHANGES, refuse_nobody, do_take},
	{"fill.why", CTX_CANDIDATES, "Tab", N_("Why"), N_("Explains the rank, and what each rule means"),
		GROUP_DO, 3, 0, refuse_nobody, do_why},
	{"fill.card", CTX_CANDIDATES, "Ctrl-O", N_("Card"), N_("Opens the volunteer's card"),
		GROUP_GO, 4, 0, refuse_nobody, do_card},
};
const struct action_set actions_fill = {N_("Filling a place"), NULL, rows, sizeof rows / sizeof *rows};
