/* tui/screen_filling.c - see screens.h: filling the open places of a period. Who is proposed, what stays open and why;
 * take all, some or none.
 *
 * Owns the list, and the thread that works while the screen stays alive. Who is proposed is roster/filling.h's. The
 * thread touches the engine's numbers only, so what is read meanwhile may go; the next load waits for it and begins
 * anew. */
#include "roster/filling.h"

#include <stdatomic.h>
#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "base/when.h"
#include "export/papers.h"
#include "tui/detail.h"
#include "tui/dialog.h"
#include "tui/screens.h"
#include "tui/shifts_priv.h"
#include "tui/to_file.h"
#include "tui/words.h"

enum { STEP_MS = 20, DAYS_AHEAD = 28 };

struct work {
	struct filling *filling;
	enum fill_effort effort;
	atomic_bool stop;
	struct os_beside *beside;
};

struct filling_screen {
	struct filling_how how;
	struct id unit;                    /* what how.unit points to */
	struct arena *read;                /* the filling, and all that it gives */
	struct work work;
	const struct filled *result;       /* NULL: it is being worked on */
	civil_date today;
	bool *take;                        /* what a question that is open is about */
	int state;
};

static const struct screen_ops filling_ops;

/* ---- working ---------------------------------------------------------------------------------------------------- */

static bool is_stopped(void *ctx)
{
	return atomic_load(&((struct work *)ctx)->stop);
}

static int work(void *ctx)
{
	struct work *w = ctx;
	filling_work(w->filling, w->effort, is_stopped, w);
	return OK;
}

static void let_go(struct filling_screen *d)
{
	atomic_store(&d->work.stop, true);
	os_beside_end(d->work.beside);
	d->work.beside = NULL;
}

static size_t row_count(const struct filling_screen *d)
{
	return d->result ? d->result->n + d->result->nopen : 0;
}

static void show_result(struct screen *s)
{
	struct filling_screen *d = s->data;
	d->result = filling_result(d->work.filling);
	list_set(s->list, d, row_count(d));
}

static void begin(struct screen *s, enum fill_effort effort)
{
	struct filling_screen *d = s->data;
	struct err e;
	d->result = NULL;
	d->work.effort = effort;
	atomic_store(&d->work.stop, false);
	list_set(s->list, d, 0);
	if (os_beside_start(work, &d->work, &d->work.beside, &e) != OK) {
		app_fail(s->app, &e);
		show_result(s);
	}
	s->working = d->work.beside != NULL;
}

/* Esc keeps the best so far: the thread is told, and its answer awaited like any other. */
static void filling_step(struct screen *s)
{
	struct filling_screen *d = s->data;
	int rc;
	if (!d->work.beside)
		return;
	if (!s->working)
		atomic_store(&d->work.stop, true);
	s->working = !os_beside_wait(d->work.beside, STEP_MS, &rc);
	if (s->working)
		return;
	let_go(d);
	show_result(s);
}

static int filling_load(struct screen *s, struct view *v, struct err *e)
{
	struct filling_screen *d = s->data;
	let_go(d);
	arena_free(d->read);
	d->read = arena_new();
	d->result = NULL;
	d->today = app_today(s->app);
	struct book *b = app_book(s->app, v, e);
	int rc = b ? filling_read(v, b, d->read, &d->how, &d->work.filling, e) : e->code;
	if (rc == OK)
		begin(s, FILL_NORMAL_EFFORT);
	return rc;
}

static void filling_close(struct screen *s)
{
	struct filling_screen *d = s->data;
	let_go(d);
	arena_free(d->read);
}

/* ---- the list --------------------------------------------------------------------------------------------------- */

static const struct proposal *proposal_at(const struct filling_screen *d, size_t row)
{
	return row < d->result->n ? &d->result->proposals[row] : NULL;
}

static const struct unfilled *open_at(const struct filling_screen *d, size_t row)
{
	return row < d->result->n ? NULL : &d->result->open[row - d->result->n];
}

static const struct shift *shift_at(const struct filling_screen *d, size_t row)
{
	const struct proposal *p = proposal_at(d, row);
	return p ? p->shift : open_at(d, row)->shift;
}

static struct id row_id(const void *ctx, size_t row)
{
	const struct filling_screen *d = ctx;
	const struct proposal *p = proposal_at(d, row);
	const struct shift *s = shift_at(d, row);
	return p ? id_assignment(s->row.shift, p->person->id) : s->row.shift;
}

enum { COL_WHEN, COL_WHERE, COL_WHO, COL_WHY };
static const struct list_col cols[] = {
	[COL_WHEN] = {"when", N_("Shift"), 21, 21, 0, false, false},
	[COL_WHERE] = {"where", N_("Place"), 12, 31, 1, false, false},
	[COL_WHO] = {"who", N_("Volunteer"), 18, 22, 1, false, false},
	[COL_WHY] = {"why", N_("Why"), 30, 40, 3, false, false},
};

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct filling_screen *d = ctx;
	const struct proposal *p = proposal_at(d, row);
	const struct shift *s = shift_at(d, row);
	switch (col) {
	case COL_WHEN: return shift_when(a, s);
	case COL_WHERE: return shift_where(a, s);
	case COL_WHO:
		if (p)
			return p->warned ? arena_printf(a, "! %s", p->person->name) : p->person->name;
		return arena_printf(a, ngettext("%d open place", "%d open places", (unsigned long)open_at(d, row)->places),
			open_at(d, row)->places);
	default: return p ? proposal_text(a, p) : open_at(d, row)->why;
	}
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct proposal *p = proposal_at(ctx, row);
	return col == COL_WHO && (!p || p->warned) ? ROLE_WARN : ROLE_DEFAULT;
}

static const char *row_section(const void *ctx, size_t row)
{
	return proposal_at(ctx, row) ? _("Proposed") : _("Stays open");
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	const struct filling_screen *d = ctx;
	(void)a;
	return d->result ? _("No place is open in the period. Esc goes back.") : "";
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .section = row_section, .empty = why_empty,
};

struct screen *screen_filling(struct app *app, civil_date from, civil_date to, struct id unit)
{
	struct screen *s = screen_new(app, &filling_ops, sizeof(struct filling_screen));
	struct filling_screen *d = s->data;
	d->unit = unit;
	d->how = (struct filling_how){.unit = id_is_none(unit) ? NULL : &d->unit, .from = from, .to = to};
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

/* ---- picture ---------------------------------------------------------------------------------------------------- */

static const char *where_text(const struct filling_screen *d, size_t row, struct arena *a)
{
	const struct shift *shift = shift_at(d, row);
	return proposal_at(d, row) ? arena_printf(a, "%s · %s", shift_when(a, shift), shift_where(a, shift)) : shift_where(a, shift);
}

static void draw_detail(const struct screen *s, struct canvas *cv, struct rect *body, struct arena *a)
{
	const struct filling_screen *d = s->data;
	struct rect detail;
	bool beside;
	size_t row;
	if (!list_selected(s->list, &row))
		return;
	const struct proposal *p = proposal_at(d, row);
	const char *title = p ? p->person->name : shift_when(a, shift_at(d, row));
	if (!detail_cut(cv, body, title, &detail, &beside))
		return;
	rect_cut_top(&detail, cv_wrap(cv, detail, ROLE_DIM, where_text(d, row, a)));
	rect_cut_top(&detail, cv_wrap(cv, detail, ROLE_DEFAULT, p ? p->reasons : open_at(d, row)->why));
	for (size_t i = 0; p && i < p->nverdicts && detail.rows > 0; i++)
		rect_cut_top(&detail, cv_wrap(cv, detail, p->verdicts[i].rule->level == RULE_HINT ? ROLE_DIM : ROLE_WARN,
			arena_printf(a, "%s: %s", rule_level_name(p->verdicts[i].rule->level), p->verdicts[i].sentence)));
}

static void filling_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct filling_screen *d = s->data;
	struct rect at = body;
	rect_cut_left(&at, 2);
	const char *above = !d->result ? _("Looking for the best plan … Esc keeps the best so far.")
		: d->result->quality ? arena_printf(a, "%s %s", d->result->proof, d->result->quality) : d->result->proof;
	rect_cut_top(&body, cv_wrap(cv, at, ROLE_DEFAULT, above) + 1);
	if (d->result)
		draw_detail(s, cv, &body, a);
	list_draw(s->list, cv, body, a);
}

static const char *filling_heading(const struct screen *s, struct arena *a)
{
	const struct filling_screen *d = s->data;
	return arena_printf(a, _("Fill %s–%s"), words_day(a, d->how.from, d->today), words_day(a, d->how.to - 1, d->today));
}

static const char *filling_status(const struct screen *s, struct arena *a)
{
	const struct filling_screen *d = s->data;
	if (!d->result || *list_filter_text(s->list) || list_nmarks(s->list))
		return list_status(s->list, a);
	if (d->result->places == 0)
		return "";
	return arena_printf(a, _("%d of %d places"), d->result->places - d->result->open_places, d->result->places);
}

/* ---- taking ----------------------------------------------------------------------------------------------------- */

/* The marked ones; without marks all that nothing warns of. */
static size_t choose(struct screen *s, struct filling_screen *d)
{
	size_t n = 0, marks = list_nmarks(s->list);
	d->take = arena_alloc(s->arena, d->result->n + 1);
	for (size_t i = 0; i < d->result->n; i++) {
		d->take[i] = marks ? list_is_marked(s->list, row_id(d, i)) : !d->result->proposals[i].warned;
		n += d->take[i];
	}
	return n;
}

static int take(struct app *app, struct filling_screen *d, const char *reason, bool *needs_reason, struct err *e)
{
	struct change_result r;
	size_t n = 0;
	for (size_t i = 0; i < d->result->n; i++)
		n += d->take[i];
	int rc = filling_take(app_store(app), d->work.filling, d->take, d->state, reason, needs_reason, &r, e);
	if (rc == OK)
		app_done(app, &r, d->state == ASSIGNMENT_OFFERED ? ngettext("%zu place offered", "%zu places offered", n)
							       : ngettext("%zu place filled", "%zu places filled", n), n);
	return rc;
}

static int take_with_reason(struct app *app, void *ctx, const char *reason, struct err *e)
{
	struct screen *s = ctx;
	bool needs;
	int rc = take(app, s->data, reason, &needs, e);
	if (rc == OK)
		app_pop(app, s);
	return rc;
}

static void take_as(struct app *app, struct screen *s, int state)
{
	struct filling_screen *d = s->data;
	struct err e;
	bool needs = false;
	d->state = state;
	if (choose(s, d) == 0) {
		app_toast(app, "%s", _("Nothing to take: mark with Space, also what has a warning"));
		return;
	}
	int rc = take(app, d, NULL, &needs, &e);
	if (rc == OK)
		app_pop(app, s);
	else if (needs)
		dialog_prompt(app, arena_printf(app_scratch(app), _("%s. Why all the same?"), e.text), "", false,
			take_with_reason, s);
	else
		app_fail(app, &e);
}

static void run_take(struct app *app, struct screen *s)
{
	take_as(app, s, ASSIGNMENT_ACCEPTED);
}

static void run_offer(struct app *app, struct screen *s)
{
	take_as(app, s, ASSIGNMENT_OFFERED);
}

/* ---- more ------------------------------------------------------------------------------------------------------- */

static const char *refuses(struct app *app, struct screen *s)
{
	(void)app;
	return ((const struct filling_screen *)s->data)->result ? NULL : _("It is being worked on.");
}

static const char *refuses_taking(struct app *app, struct screen *s)
{
	const struct filling_screen *d = s->data;
	return refuses(app, s) ? refuses(app, s) : d->result->n ? NULL : _("Nobody is proposed.");
}

static void run_more(struct app *app, struct screen *s)
{
	(void)app;
	begin(s, FILL_LONG_EFFORT);
}

static void run_candidates(struct app *app, struct screen *s)
{
	size_t row;
	if (list_selected(s->list, &row))
		app_push(app, screen_fill(app, shift_at(s->data, row)->row.shift, NULL));
}

struct asking { struct screen *s; struct id shift; };

static int why_not(struct app *app, void *ctx, const char *text, struct err *e)
{
	const struct asking *x = ctx;
	struct filling_screen *d = x->s->data;
	struct book *b = app_book_now(app, e);
	struct view *v = NULL;
	struct id who;
	int rc = b ? view_begin(app_store(app), &v, e) : e->code;
	if (rc == OK)
		rc = book_resolve_person(b, v, text, &who, e);
	view_end(v);
	if (rc == OK)
		dialog_text(app, book_name(b, who), filling_why_not(d->work.filling, app_scratch(app), x->shift, who));
	return rc;
}

static void run_why_not(struct app *app, struct screen *s)
{
	size_t row;
	struct asking *x = arena_alloc(s->arena, sizeof *x);
	if (!list_selected(s->list, &row))
		return;
	*x = (struct asking){s, shift_at(s->data, row)->row.shift};
	dialog_prompt(app, arena_printf(app_scratch(app), _("Who else for %s?"), shift_when(app_scratch(app), shift_at(s->data, row))),
		"", false, why_not, x);
}

/* The detail whole, where it has as much room as it needs; with what each rule means. */
static void run_why(struct app *app, struct screen *s)
{
	struct arena *a = app_scratch(app);
	const struct filling_screen *d = s->data;
	size_t row;
	if (!list_selected(s->list, &row))
		return;
	const struct proposal *p = proposal_at(d, row);
	const char *why = p ? p->reasons : filling_whole_why(d->work.filling, shift_at(d, row)->row.shift);
	const char *text = arena_printf(a, "%s\n%s", where_text(d, row, a), why);
	if (p && p->nverdicts)
		text = arena_printf(a, "%s\n\n%s", text, verdicts_text(a, p->verdicts, p->nverdicts));
	dialog_text(app, p ? p->person->name : shift_when(a, shift_at(d, row)), text);
}

static int make_sheet(struct app *app, void *ctx, struct view *v, struct book *b, struct sheet **out, struct err *e)
{
	const struct filling_screen *d = ((const struct screen *)ctx)->data;
	(void)b;
	(void)e;
	*out = paper_filling(v, app_scratch(app), &d->how, d->result, true);
	return OK;
}

static void run_write(struct app *app, struct screen *s)
{
	to_file_ask_sheet(app, _("proposed-places"), NULL, make_sheet, s);
}

/* ---- which period ----------------------------------------------------------------------------------------------- */

static int open_period(struct app *app, void *ctx, const char *text, struct err *e)
{
	const struct id *unit = ctx;
	civil_date from, to;
	int rc = when_parse_period(text, app_today(app), &from, &to, e);
	if (rc == OK)
		app_push(app, screen_filling(app, from, to, unit ? *unit : ID_NONE));
	return rc;
}

/* What is looked at on the roster, or the next four weeks. */
void filling_ask(struct app *app, struct screen *s)
{
	char from[40], to[40];
	bool on_roster = s && screen_contexts(s) & CTX_PLAN;
	civil_date first = on_roster ? civil_monday(face_spot(s).day) : app_today(app);
	civil_date last = first + (on_roster ? 7 : DAYS_AHEAD) - 1;
	civil_format_date(from, sizeof from, first, CIVIL_SHORT);
	civil_format_date(to, sizeof to, last, CIVIL_SHORT);
	dialog_prompt(app, _("Fill the open places of which period?"), arena_printf(app_scratch(app), "%s-%s", from, to), false,
		open_period, on_roster ? arena_copy(s->arena, &face_of(s)->unit, sizeof(struct id)) : NULL);
}

static const struct action rows[] = {
	{"filling.take", CTX_FILLING, "g", N_("Take"), N_("Puts the marked people on their shifts, or all that nothing warns of"),
		GROUP_DO, 2, ACTION_CHANGES, refuses_taking, run_take},
	{"filling.offer", CTX_FILLING, "o", N_("Offer"), N_("Puts them down as asked: that is no cover before they say yes"),
		GROUP_DO, 3, ACTION_CHANGES, refuses_taking, run_offer},
	{"filling.candidates", CTX_FILLING, "Enter", N_("Others"), N_("Everybody who could take a place on the shift, ranked"),
		GROUP_DO, 4, ACTION_ROW, refuses, run_candidates},
	{"filling.why_not", CTX_FILLING, "i", N_("Why not"), N_("Why somebody isn't proposed for the shift, and what it would cost"),
		GROUP_DO, 5, ACTION_ROW, refuses, run_why_not},
	{"filling.why", CTX_FILLING, "Tab", N_("Why"), N_("Why this one is proposed, or why the place stays open, in full"),
		GROUP_DO, 5, ACTION_ROW, refuses, run_why},
	{"filling.more", CTX_FILLING, "m", N_("Go on"), N_("Looks longer for something better; Esc keeps the best so far"),
		GROUP_DO, 6, 0, refuses, run_more},
	{"filling.write", CTX_FILLING, "e", N_("To file"), N_("Writes the proposals, what stays open and why to a file"),
		GROUP_DO, 7, 0, refuses, run_write},
};
const struct action_set actions_filling = {N_("Filling"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops filling_ops = {
	.name = "filling", .title = N_("Fill period"), .contexts = CTX_FILLING | CTX_LIST, .load = filling_load, .draw = filling_draw,
	.status = filling_status, .heading = filling_heading, .step = filling_step, .close = filling_close,
};
