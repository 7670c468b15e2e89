/* tui/screen_agreements.c - see screens.h: the list of agreements, and the shorter lists of what is to be done. Owns
 * its picture; what can be done to one agreement is agreement_acts.c's. */
#include "tui/agreements_priv.h"

#include "base/lang.h"
#include "base/text.h"
#include "export/papers.h"
#include "tui/detail.h"
#include "tui/to_file.h"

enum { LABEL_COLS = 16 };

static const struct screen_ops agreements_ops;

/* ---- in words -------------------------------------------------------------------------------------------- */
const char *agreement_choice(int set, int64_t no)
{
	const struct choice *c = schema_choice(set, (int)no);
	return c ? _(c->label) : "";
}

civil_date agreement_date(const struct agreement *x, int field)
{
	return rec_date(x->rec, field);
}

static const char *short_date(civil_date d, struct arena *a)
{
	char buf[48];
	return d == DATE_NONE ? "" : arena_strdup(a, civil_format_date(buf, sizeof buf, d, CIVIL_SHORT));
}

const char *agreement_span(const struct agreement *x, struct arena *a)
{
	const char *from = short_date(agreement_date(x, F_AGREEMENT_FROM), a), *to = short_date(agreement_date(x, F_AGREEMENT_TO), a);
	if (*from && *to)
		return arena_printf(a, _("from %s to %s"), from, to);
	return *from ? arena_printf(a, _("from %s"), from) : *to ? arena_printf(a, _("until %s"), to) : "";
}

const char *agreement_signed_by(const struct agreement *x, struct arena *a)
{
	const char *out = "";
	for (size_t i = 0; i < x->nsignatures; i++)
		out = arena_printf(a, "%s%s%s (%s)", out, i ? ", " : "", rec_text(x->signatures[i], F_SIGNATURE_NAME),
			agreement_choice(SET_SIGNATURE_PART, rec_int(x->signatures[i], F_SIGNATURE_PART)));
	return out;
}

enum role agreement_role(const struct agreement *x)
{
	switch (rec_int(x->rec, F_AGREEMENT_STATE)) {
	case AGREEMENT_MADE: return x->current ? ROLE_OK : ROLE_DEFAULT;
	case AGREEMENT_REFUSED: case AGREEMENT_ENDED: return ROLE_DIM;
	default: return ROLE_HINT;
	}
}

/* ---- the list ------------------------------------------------------------------------------------------- */
/* Nothing is due of what came to nothing. */
static const char *due_date(const struct agreement *x, int field, struct arena *a)
{
	return agreement_role(x) == ROLE_DIM ? "" : short_date(agreement_date(x, field), a);
}

enum col { COL_WITH, COL_SORT, COL_STATE, COL_EVALUATE, COL_TO, COL_PLACE, COL_ROLES, COL_CODE };

static const struct agreement *row_at(const void *ctx, size_t row)
{
	const struct agreements *d = ctx;
	return &d->all.of[d->show][row];
}

static struct id row_id(const void *ctx, size_t row)
{
	const struct agreement *x = row_at(ctx, row);
	return x->rec ? x->rec->id : x->party;
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct agreement *x = row_at(ctx, row);
	if (!x->rec)
		return col == COL_WITH ? x->with : col == COL_STATE ? _("none") : "";
	switch (col) {
	case COL_WITH: return x->with;
	case COL_SORT: return agreement_choice(SET_AGREEMENT_SORT, rec_int(x->rec, F_AGREEMENT_SORT));
	case COL_STATE: return agreement_choice(SET_AGREEMENT_STATE, rec_int(x->rec, F_AGREEMENT_STATE));
	case COL_EVALUATE: return due_date(x, F_AGREEMENT_EVALUATE, a);
	case COL_TO: return short_date(agreement_date(x, F_AGREEMENT_TO), a);
	case COL_PLACE: return x->place;
	case COL_ROLES: return x->roles;
	default: return x->code;
	}
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct agreement *x = row_at(ctx, row);
	if (!x->rec)
		return ROLE_DEFAULT;
	enum role role = agreement_role(x);
	return col == COL_STATE || role == ROLE_DIM ? role : ROLE_DEFAULT;
}

static int compare_dates(const struct agreement *x, const struct agreement *y, int field)
{
	civil_date p = x->rec ? agreement_date(x, field) : DATE_NONE, q = y->rec ? agreement_date(y, field) : DATE_NONE;
	return (p > q) - (p < q);
}

static int compare_rows(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct agreement *p = row_at(ctx, x), *q = row_at(ctx, y);
	if (col == COL_EVALUATE || col == COL_TO)
		return compare_dates(p, q, col == COL_TO ? F_AGREEMENT_TO : F_AGREEMENT_EVALUATE);
	return text_compare(row_cell(ctx, x, col, NULL), row_cell(ctx, y, col, NULL));
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	const struct agreements *d = ctx;
	(void)a;
	switch (d->show) {
	case AGREEMENTS_DUE: return _("No agreement is to be evaluated soon. a shows all of them.");
	case AGREEMENTS_EXPIRING: return _("No agreement runs out soon. a shows all of them.");
	case AGREEMENTS_MISSING: return _("Everybody on the coming rosters has an agreement. a shows all of them.");
	case AGREEMENTS_RESIGN: return _("Everybody who has signed has signed the wording of now. a shows all agreements.");
	case AGREEMENTS_ALL: break;
	}
	return _("There are no agreements yet. o makes one from a template.");
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .compare = compare_rows, .empty = why_empty,
};

static const struct list_col cols[] = {
	[COL_WITH] = {"with", N_("With"), 16, 22, 3, false, false},
	[COL_SORT] = {"sort", N_("Agreement"), 14, 22, 1, false, false},
	[COL_STATE] = {"state", N_("State"), 11, 14, 0, false, false},
	[COL_EVALUATE] = {"evaluate", N_("Evaluate"), 10, 10, 0, false, false},
	[COL_TO] = {"to", N_("To"), 10, 10, 0, false, false},
	[COL_PLACE] = {"place", N_("Place"), 10, 18, 2, false, false},
	[COL_ROLES] = {"roles", N_("Roles"), 12, 18, 2, false, false},
	[COL_CODE] = {"code", N_("Wording"), 12, 12, 0, false, false},
};

struct screen *screen_agreements(struct app *app)
{
	struct screen *s = screen_new(app, &agreements_ops, sizeof(struct agreements));
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

struct screen *screen_agreements_of(struct app *app, enum agreement_list which)
{
	struct screen *s = screen_agreements(app);
	((struct agreements *)s->data)->show = which;
	return s;
}

static int agreements_load(struct screen *s, struct view *v, struct err *e)
{
	struct agreements *d = s->data;
	struct book *b = app_book(s->app, v, e);
	int rc = b ? agreement_lists(v, b, s->model, app_today(s->app), &d->all, e) : e->code;
	if (rc)
		return rc;
	list_set(s->list, d, d->all.n[d->show]);
	if (!id_is_none(d->wanted) && list_select(s->list, d->wanted))
		d->wanted = ID_NONE;
	return OK;
}

static const struct agreement *selected(const struct screen *s)
{
	size_t row;
	return list_selected(s->list, &row) ? row_at(s->data, row) : NULL;
}

const struct agreement *agreement_under(const struct screen *s)
{
	const struct agreement *x = s->ops == &agreements_ops ? selected(s) : agreement_of_card(s);
	return x && x->rec ? x : NULL;
}

struct id agreement_missing(const struct screen *s)
{
	const struct agreement *x = s->ops == &agreements_ops ? selected(s) : NULL;
	return x && !x->rec ? x->party : ID_NONE;
}

/* ---- which are shown ------------------------------------------------------------------------------------ */
/* By enum agreement_list. `key` is the first of the action's below. */
static const struct { char key; const char *label; } lists[AGREEMENTS_LISTS] = {
	[AGREEMENTS_ALL] = {'a', N_("All")}, [AGREEMENTS_DUE] = {'d', N_("Evaluate")},
	[AGREEMENTS_EXPIRING] = {'x', N_("Run out")}, [AGREEMENTS_MISSING] = {'m', N_("Missing")},
	[AGREEMENTS_RESIGN] = {'g', N_("Sign again")},
};

static void show(struct screen *s, enum agreement_list which)
{
	struct agreements *d = s->data;
	d->show = which;
	list_set(s->list, d, d->all.n[which]);
	list_filter(s->list, "");
}

static void run_all(struct app *app, struct screen *s)
{
	(void)app;
	show(s, AGREEMENTS_ALL);
}

static void run_due(struct app *app, struct screen *s)
{
	(void)app;
	show(s, AGREEMENTS_DUE);
}

static void run_expiring(struct app *app, struct screen *s)
{
	(void)app;
	show(s, AGREEMENTS_EXPIRING);
}

static void run_missing(struct app *app, struct screen *s)
{
	(void)app;
	show(s, AGREEMENTS_MISSING);
}

static void run_again(struct app *app, struct screen *s)
{
	(void)app;
	show(s, AGREEMENTS_RESIGN);
}

/* ---- picture ---------------------------------------------------------------------------------------------- */
static void draw_lists(const struct agreements *d, struct canvas *cv, struct rect *body, struct arena *a)
{
	struct detail_mode modes[AGREEMENTS_LISTS];
	for (size_t i = 0; i < AGREEMENTS_LISTS; i++)
		modes[i] = (struct detail_mode){lists[i].key, _(lists[i].label), d->all.n[i],
			i != AGREEMENTS_ALL && d->all.n[i] ? ROLE_WARN : ROLE_DEFAULT};
	detail_modes(cv, body, modes, AGREEMENTS_LISTS, d->show, a);
}

static const char *next_step(const struct agreement *x, struct arena *a)
{
	if (!x->rec)
		return _("On a coming roster, and without an agreement. o makes one.");
	if (x->outdated)
		return _("The template has another wording now: c shows what differs, k makes a new one to sign.");
	return x->lacks && agreement_role(x) == ROLE_HINT ? arena_printf(a, _("It lacks: %s"), x->lacks) : "";
}

/* What the columns had no room for. */
static void draw_detail(const struct agreement *x, struct canvas *cv, struct rect r, struct arena *a)
{
	const char *step = next_step(x, a);
	if (*step)
		rect_cut_top(&r, cv_wrap(cv, r, ROLE_WARN, step));
	if (!x->rec)
		return;
	const struct { const char *label, *value; } facts[] = {
		{_("Reason"), rec_text(x->rec, F_AGREEMENT_WHY)},
		{_("Place · roles"), arena_printf(a, "%s%s%s", x->place, *x->place && *x->roles ? " · " : "", x->roles)},
		{_("Holds"), agreement_span(x, a)}, {_("Wording"), x->code}, {_("Signed by"), agreement_signed_by(x, a)},
	};
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		detail_fact(cv, &r, LABEL_COLS, ROLE_DEFAULT, facts[i].label, facts[i].value);
}

/* Sort and state stand in the columns: only beside them there is room to say it again. */
static void draw_state(const struct agreement *x, struct canvas *cv, struct rect *r, struct arena *a)
{
	struct rect line = rect_cut_top(r, 2);
	if (x->rec)
		cv_text(cv, line.row, line.col, line.cols, agreement_role(x),
			arena_printf(a, "%s · %s", agreement_choice(SET_AGREEMENT_SORT, rec_int(x->rec, F_AGREEMENT_SORT)),
				agreement_choice(SET_AGREEMENT_STATE, rec_int(x->rec, F_AGREEMENT_STATE))));
}

static void agreements_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct agreement *x = selected(s);
	struct rect detail;
	bool beside;
	draw_lists(s->data, cv, &body, a);
	if (x && detail_cut(cv, &body, x->with, &detail, &beside)) {
		if (beside)
			draw_state(x, cv, &detail, a);
		draw_detail(x, cv, detail, a);
	}
	list_draw(s->list, cv, body, a);
}

/* ---- the table ------------------------------------------------------------------------------------------- */
static void run_open(struct app *app, struct screen *s)
{
	const struct agreement *x = selected(s), *whole = agreement_under(s);
	if (whole)
		app_push(app, screen_agreement(app, whole->rec->id));
	else if (book_person(app_book_now(app, NULL), x->party))
		app_push(app, screen_volunteer(app, x->party));
	else
		app_push(app, screen_record_form(app, TYPE_ORGANISATION, x->party, NULL, NULL));
}

static int make_sheet(struct app *app, void *ctx, struct view *v, struct book *b, struct sheet **out, struct err *e)
{
	const struct agreements *d = ((struct screen *)ctx)->data;
	return paper_agreements(v, b, app_scratch(app), d->show, LIST_SHORT_IDS, out, e);
}

static void run_print(struct app *app, struct screen *s)
{
	/* translators: a file's name, without blanks */
	to_file_ask_sheet(app, _("agreements"), NULL, make_sheet, s);
}

static void run_templates(struct app *app, struct screen *s)
{
	(void)s;
	app_push(app, screen_records(app, TYPE_TEMPLATE));
}

static void open_agreements(struct app *app)
{
	app_go(app, screen_agreements(app));
}

static const struct action rows[] = {
	{"agreements.open", CTX_AGREEMENTS, "Enter", N_("Open"), N_("The agreement with its text, signatures and history"),
		GROUP_DO, 2, ACTION_ROW, NULL, run_open},
	{"agreements.all", CTX_AGREEMENTS, "a", N_("All"), N_("All agreements, whatever became of them"),
		GROUP_LIST, 0, 0, NULL, run_all},
	{"agreements.due", CTX_AGREEMENTS, "d", N_("Evaluate"), N_("Only those that are to be evaluated soon, or should have been"),
		GROUP_LIST, 0, 0, NULL, run_due},
	{"agreements.expiring", CTX_AGREEMENTS, "x", N_("Run out"), N_("Only those that run out soon and that no other follows on"),
		GROUP_LIST, 0, 0, NULL, run_expiring},
	{"agreements.missing", CTX_AGREEMENTS, "m", N_("Missing"), N_("Who is on a coming roster without an agreement"),
		GROUP_LIST, 0, 0, NULL, run_missing},
	{"agreements.again", CTX_AGREEMENTS, "g", N_("Sign again"), N_("Only those signed on a wording that the template no longer has"),
		GROUP_LIST, 0, 0, NULL, run_again},
	{"agreements.print", CTX_AGREEMENTS, "L", N_("Print list"), N_("The list that is shown, to a file to print, with the day to shred it"),
		GROUP_LIST, 9, 0, NULL, run_print},
	{"agreements.templates", CTX_AGREEMENTS, "b", N_("Templates"), N_("The texts that agreements are made from; a change shows who signed the old one"),
		GROUP_GO, 8, 0, NULL, run_templates},
};

const struct action_set actions_agreements = {N_("Agreements"), open_agreements, rows, sizeof rows / sizeof *rows};

static const struct screen_ops agreements_ops = {
	.name = "agreements", .title = N_("Agreements"), .contexts = CTX_AGREEMENT | CTX_AGREEMENTS | CTX_LIST,
	.load = agreements_load, .draw = agreements_draw,
};
