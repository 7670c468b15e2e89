/* tui/screen_disagreements.c - see screens.h: what was changed at two places, value beside value, to be decided. Owns
 * its picture and what can be done; what there is to decide is read by disagree_rows.c, and deciding is sync/'s. */
#include "tui/disagreeing.h"

#include <string.h>

#include "base/lang.h"
#include "roster/register.h"
#include "tui/dialog.h"
#include "tui/help.h"
#include "tui/people_priv.h"
#include "tui/rounds_priv.h"
#include "tui/shifts_priv.h"
#include "tui/words.h"

enum { WIDE = 100, LETTER_COLS = 3, VALUE_ROWS = 3, LETTERS = 4, LIST_LEAST = 5 };

static const struct screen_ops disagree_ops;

/* ---- the list ------------------------------------------------------------------------------------------- */
static const struct disagree_row *row_at(const void *ctx, size_t row)
{
	return &((const struct disagreeing *)ctx)->rows[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	return row_at(ctx, row)->id;
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct disagree_row *r = row_at(ctx, row);
	(void)a;
	return col == 0 ? r->what : col == 1 ? r->field : col == 2 ? r->text : r->key;
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct disagree_row *r = row_at(ctx, row);
	if (r->kind == DISAGREE_PROBLEM && col == 2)
		return level_role(r->problem->v.rule->level);
	return col == 1 ? ROLE_DIM : col == 3 ? ROLE_KEY : ROLE_DEFAULT;
}

static const char *row_section(const void *ctx, size_t row)
{
	return row_at(ctx, row)->kind == DISAGREE_VALUES ? _("Changed at two places") : _("Doesn't fit together");
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	(void)ctx;
	(void)a;
	return _("Nothing is to be decided: no value was changed at two places, nobody has two places at once, and nobody "
		"stands here twice.");
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .section = row_section, .empty = why_empty,
};
static const struct list_col cols[] = {
	{"what", "", 16, 24, 1, false, false}, {"field", "", 10, 14, 0, false, false},
	{"values", "", 20, 30, 2, false, false}, {"key", "", 5, 5, 0, false, false},
};

struct screen *screen_disagreements(struct app *app, struct id about)
{
	struct screen *s = screen_new(app, &disagree_ops, sizeof(struct disagreeing));
	((struct disagreeing *)s->data)->about = about;
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

static bool is_about(const struct disagree_row *r, struct id about)
{
	return (r->d && id_equal(r->d->id, about)) || (r->kind == DISAGREE_STRAY && id_equal(r->stray, about));
}

static int disagree_load(struct screen *s, struct view *v, struct err *e)
{
	struct disagreeing *d = s->data;
	int rc = disagree_read(d, s, v, e);
	if (rc)
		return rc;
	list_set(s->list, d, d->n);
	for (size_t i = 0; i < d->n; i++)
		if (is_about(&d->rows[i], d->about)) {
			list_select(s->list, d->rows[i].id);
			break;
		}
	d->about = ID_NONE;
	return OK;
}

static const struct disagree_row *selected(const struct screen *s)
{
	size_t row;
	return list_selected(s->list, &row) ? row_at(s->data, row) : NULL;
}

/* ---- picture -------------------------------------------------------------------------------------------- */
static const char *claim_who(const struct claim *c, civil_date today, struct arena *a)
{
	const char *who = who_text(a, c->person, c->site, c->mine);
	const char *when = words_moment(a, civil_from_utc(c->clock), today);
	return arena_printf(a, "%s%s · %s", c->shown ? _("shown now · ") : "", who, when);
}

/* A value beside the letter that takes it, who wrote it below. */
static void draw_claim(const struct claim *c, size_t i, struct canvas *cv, struct rect *r, civil_date today,
	struct arena *a)
{
	struct rect text = *r;
	if (i < LETTERS)
		cv_printf(cv, r->row, r->col, LETTER_COLS, ROLE_KEY, "%c", 'a' + (int)i);
	rect_cut_left(&text, LETTER_COLS);
	text.rows = text.rows < VALUE_ROWS ? text.rows : VALUE_ROWS;
	int used = cv_wrap(cv, text, ROLE_DEFAULT, c->text);
	rect_cut_top(r, used > 0 ? used : 1);
	struct rect who = rect_cut_top(r, 1);
	rect_cut_left(&who, LETTER_COLS);
	cv_text(cv, who.row, who.col, who.cols, ROLE_DIM, claim_who(c, today, a));
}

static void draw_detail(const struct disagree_row *r, struct canvas *cv, struct rect body, civil_date today,
	struct arena *a)
{
	struct rect head = rect_cut_top(&body, 1);
	cv_rule(cv, head.row, head.col, head.cols, ROLE_TITLE, arena_printf(a, "%s · %s", r->what, r->field));
	rect_cut_left(&body, 2);
	if (!r->d) {
		rect_cut_top(&body, cv_wrap(cv, body, ROLE_DEFAULT, r->text));
		cv_wrap(cv, body, ROLE_DIM, r->advice);
		return;
	}
	for (size_t i = 0; i < r->d->nclaims && body.rows > 0; i++)
		draw_claim(&r->d->claim[i], i, cv, &body, today, a);
	cv_wrap(cv, body, ROLE_DIM, r->advice);
}

/* As much as the values need, so that the list keeps its place where they are short. */
static int detail_rows(const struct disagree_row *r, int width)
{
	int rows = 1 + cv_wrap(NULL, (struct rect){0, 0, VALUE_ROWS, width - 2}, ROLE_DIM, r->advice);
	if (!r->d)
		return 5;
	for (size_t i = 0; i < r->d->nclaims; i++) {
		int used = cv_wrap(NULL, (struct rect){0, 0, VALUE_ROWS, width - 2 - LETTER_COLS}, ROLE_DEFAULT,
			r->d->claim[i].text);
		rows += (used > 0 ? used : 1) + 1;
	}
	return rows;
}

static void disagree_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct disagree_row *r = selected(s);
	civil_date today = app_today(s->app);
	if (r && body.cols >= WIDE) {
		struct rect detail = rect_cut_right(&body, body.cols * 2 / 5);
		draw_divider(cv, &detail);
		draw_detail(r, cv, detail, today, a);
	} else if (r) {
		int wanted = detail_rows(r, body.cols), most = body.rows - LIST_LEAST;
		draw_detail(r, cv, rect_cut_bottom(&body, wanted < most ? wanted : most), today, a);
	}
	list_draw(s->list, cv, body, a);
}

static const char *disagree_status(const struct screen *s, struct arena *a)
{
	const struct disagreeing *d = s->data;
	if (*list_filter_text(s->list) || d->nvalues == 0)
		return list_status(s->list, a);
	return arena_printf(a, ngettext("%zu to decide", "%zu to decide", d->nvalues), d->nvalues);
}

/* ---- choosing ------------------------------------------------------------------------------------------- */
static void choose(struct screen *s, const struct disagreement *d, size_t i, const struct value *typed)
{
	struct change_result r;
	struct err e;
	if (i >= d->nclaims && !typed)
		app_toast(s->app, _("There is no value with that letter. e writes another."));
	else if (sync_choose(app_store(s->app), d, i, typed, &r, &e))
		app_fail(s->app, &e);
	else
		app_done(s->app, &r, _("Decided: %s · %s"), d->title, d->label);
}

/* The rows may have been read anew while a question was open. */
static const struct disagreement *asked(const struct screen *s)
{
	const struct disagreeing *d = s->data;
	for (size_t i = 0; i < d->n; i++) {
		const struct disagreement *x = d->rows[i].d;
		if (x && x->type == d->asked.type && x->field == d->asked.field && id_equal(x->id, d->asked.id))
			return x;
	}
	return NULL;
}

static const struct disagreement *ask(struct screen *s)
{
	struct disagreeing *d = s->data;
	const struct disagreement *x = selected(s)->d;
	d->asked.type = x->type;
	d->asked.field = x->field;
	d->asked.id = x->id;
	return x;
}

static void chosen(struct app *app, void *ctx, size_t i)
{
	struct screen *s = ctx;
	const struct disagreement *d = asked(s);
	(void)app;
	if (!d)
		return;
	struct value both = disagree_both(app_scratch(app), d);
	choose(s, d, i, i == d->nclaims ? &both : NULL);
}

static void ask_which(struct app *app, struct screen *s)
{
	const struct disagreement *d = ask(s);
	struct arena *a = app_scratch(app);
	const char **labels = arena_alloc(a, (d->nclaims + 1) * sizeof *labels);
	size_t n = 0;
	for (; n < d->nclaims; n++)
		labels[n] = arena_printf(a, "%s (%s)", d->claim[n].text, claim_who(&d->claim[n], app_today(app), a));
	if (disagree_is_long(d))
		labels[n++] = _("Both, one below the other");
	dialog_choice(app, arena_printf(a, "%s · %s", d->title, d->label), labels, n, chosen, s);
}

static int typed_in(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct screen *s = ctx;
	const struct disagreement *d = asked(s);
	struct value v;
	int rc = d ? disagree_parse(app, d, text, &v, e) : OK;
	if (rc == OK && d)
		choose(s, d, d->nclaims, &v);
	return rc;
}

static const char *refuse_no_values(struct app *app, struct screen *s)
{
	const struct disagree_row *r = selected(s);
	(void)app;
	return r && r->d ? NULL : _("There are no values to choose between in this row.");
}

static const char *refuse_typing(struct app *app, struct screen *s)
{
	const struct disagree_row *r = selected(s);
	const char *why = refuse_no_values(app, s);
	if (why)
		return why;
	if (r->d->field == FIELD_ALIVE)
		return _("A record can be kept or deleted, nothing else.");
	return schema_field(r->d->type, r->d->field) ? NULL : _("This version doesn't know the field.");
}

static void run_other(struct app *app, struct screen *s)
{
	const struct disagreement *d = ask(s);
	dialog_prompt(app, arena_printf(app_scratch(app), "%s · %s", d->title, d->label), d->claim[0].text, false,
		typed_in, s);
}

/* By the letter that was pressed; from the palette or by a click it asks. */
static void run_take(struct app *app, struct screen *s)
{
	int key = app_key(app);
	if (key >= 'a' && key < 'a' + LETTERS)
		choose(s, selected(s)->d, (size_t)(key - 'a'), NULL);
	else
		ask_which(app, s);
}

static const char *refuse_both(struct app *app, struct screen *s)
{
	const struct disagree_row *r = selected(s);
	const char *why = refuse_no_values(app, s);
	return why || disagree_is_long(r->d) ? why : _("Only long texts can be joined.");
}

static void run_both(struct app *app, struct screen *s)
{
	const struct disagreement *d = selected(s)->d;
	struct value both = disagree_both(app_scratch(app), d);
	choose(s, d, d->nclaims, &both);
}

/* ---- what isn't a choice between values ------------------------------------------------------------------- */
static void run_open(struct app *app, struct screen *s)
{
	const struct disagree_row *r = selected(s);
	switch (r->kind) {
	case DISAGREE_VALUES: ask_which(app, s); break;
	case DISAGREE_STRAY: app_push(app, screen_history(app, r->stray)); break;
	case DISAGREE_PROBLEM:
		app_push(app, r->ring ? screen_round(app, r->problem->shift->row.shift)
			: screen_roster_day(app, cmin_date(r->problem->shift->row.start), ID_NONE, r->problem->shift->row.shift));
		break;
	case DISAGREE_TWINS: app_push(app, screen_merge(app, r->older, r->younger)); break;
	}
}

static const char *refuse_no_stray(struct app *app, struct screen *s)
{
	const struct disagree_row *r = selected(s);
	(void)app;
	return r && r->kind == DISAGREE_STRAY ? NULL : _("Nobody stands on a deleted shift in this row.");
}

static void run_off(struct app *app, struct screen *s)
{
	const struct disagree_row *r = selected(s);
	struct change_result result;
	struct view *v = NULL;
	struct id *ids = NULL;
	struct err e;
	size_t n = 0;
	int rc = view_begin(app_store(app), &v, &e);
	if (rc == OK)
		rc = view_refs(v, app_scratch(app), r->stray, TYPE_ASSIGNMENT, F_ASSIGNMENT_SHIFT, &ids,
			&n, &e);
	view_end(v);
	if (rc == OK)
		rc = register_delete(app_store(app), TYPE_ASSIGNMENT, ids, n, &result, &e);
	if (rc)
		app_fail(app, &e);
	else
		app_done(app, &result, ngettext("%zu place taken off %s", "%zu places taken off %s", n), n, r->what);
}

static void run_card(struct app *app, struct screen *s)
{
	const struct disagreement *d = selected(s)->d;
	syncing_open_record(app, d->type, d->id);
}

static void run_history(struct app *app, struct screen *s)
{
	app_push(app, screen_history(app, selected(s)->d->id));
}

static const char *refuse_no_problem(struct app *app, struct screen *s)
{
	const struct disagree_row *r = selected(s);
	(void)app;
	return r && r->problem ? NULL : _("The row isn't a problem.");
}

static void run_explain(struct app *app, struct screen *s)
{
	help_open_about(app, _("Why"), verdicts_text(app_scratch(app), &selected(s)->problem->v, 1));
}

static void open_disagreements(struct app *app)
{
	app_go(app, screen_disagreements(app, ID_NONE));
}

static const struct action rows[] = {
	{"disagree.take", CTX_DISAGREE, "a b c d", N_("Take a"), N_("Takes the value with that letter: a, b, c or d"),
		GROUP_DO, 2, ACTION_ROW | ACTION_CHANGES, refuse_no_values, run_take},
	{"disagree.open", CTX_DISAGREE, "Enter", N_("Choose"),
		N_("Asks which value shall stand, or opens what settles the row"),
		GROUP_DO, 2, ACTION_ROW, NULL, run_open},
	{"disagree.other", CTX_DISAGREE, "e", N_("Another"), N_("Writes another value than those that stand there"),
		GROUP_DO, 3, ACTION_ROW | ACTION_CHANGES, refuse_typing, run_other},
	{"disagree.both", CTX_DISAGREE, "s", N_("Both"), N_("Long texts: keeps them all, one below the other"),
		GROUP_DO, 4, ACTION_ROW | ACTION_CHANGES, refuse_both, run_both},
	{"disagree.off", CTX_DISAGREE, "x", N_("Off"), N_("Takes everybody off a shift that is deleted"),
		GROUP_DO, 5, ACTION_ROW | ACTION_CHANGES, refuse_no_stray, run_off},
	{"disagree.card", CTX_DISAGREE, "k", N_("Card"), N_("Shows the record that the values stand in"),
		GROUP_GO, 6, ACTION_ROW, refuse_no_values, run_card},
	{"disagree.history", CTX_DISAGREE, "h", N_("History"), N_("Who changed the record, and when"),
		GROUP_GO, 7, ACTION_ROW, refuse_no_values, run_history},
	{"disagree.explain", CTX_DISAGREE, "i", N_("Why"),
		N_("Explains the rule behind the problem, and where it comes from"),
		GROUP_DO, 8, ACTION_ROW, refuse_no_problem, run_explain},
};

const struct action_set actions_disagree = {N_("Disagreements"), open_disagreements, rows, sizeof rows / sizeof *rows};

static const struct screen_ops disagree_ops = {
	.name = "disagreements", .title = N_("Disagreements"), .contexts = CTX_DISAGREE | CTX_LIST,
	.load = disagree_load, .draw = disagree_draw, .status = disagree_status,
};
