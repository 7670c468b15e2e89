/* tui/screen_pauses.c - see screens.h: the pauses that run, are to come, and have been; whom to ring about one; ending
 * one.
 *
 * Owns what stands there. Beginning one is pause_form.c's, what a pause does roster/gates.h's. */
#include "tui/roles_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "tui/detail.h"
#include "tui/dialog.h"
#include "tui/words.h"

/* ---- in words ------------------------------------------------------------------------------------------------ */
const char *pause_title(const struct book *b, struct id of)
{
	return id_is_none(of) ? _("everybody") : book_name(b, of);
}

bool pause_is_over(const struct standstill *p, civil_date today)
{
	return p->until != DATE_NONE && p->until <= today;
}

const char *pause_stand(struct arena *a, const struct standstill *p, civil_date today)
{
	const char *from = words_day(a, p->from, today), *until = words_day(a, p->until, today);
	if (pause_is_over(p, today))
		return arena_printf(a, _("over: %s – %s"), from, words_day(a, p->until - 1, today));
	if (p->from > today)
		return p->until == DATE_NONE ? arena_printf(a, _("from %s, end not known"), from)
			: arena_printf(a, _("from %s, begins again %s"), from, until);
	return p->until == DATE_NONE ? _("in force, end not known") : arena_printf(a, _("in force, begins again %s"), until);
}

/* ---- the list of pauses ---------------------------------------------------------------------------------------- */
struct pauses {
	const struct book *b;
	const struct standstill **rows;    /* what runs, then what comes, then what was, the latest first */
	size_t n;
	civil_date today;
};

static const struct screen_ops pauses_ops;

static const struct standstill *pause_at(const void *ctx, size_t row)
{
	return ((const struct pauses *)ctx)->rows[row];
}

static struct id pause_id(const void *ctx, size_t row)
{
	return pause_at(ctx, row)->id;
}

enum { COL_OF, COL_FROM, COL_UNTIL, COL_WHY };
static const struct list_col pause_cols[] = {
	[COL_OF] = {"of", N_("Of"), 16, 26, 2, false, false},
	[COL_FROM] = {"from", N_("From"), 10, 12, 0, false, false},
	[COL_UNTIL] = {"until", N_("Begins again"), 13, 13, 0, false, false},
	[COL_WHY] = {"why", N_("Reason"), 16, 28, 3, false, false},
};

static const char *pause_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct pauses *d = ctx;
	const struct standstill *p = pause_at(ctx, row);
	switch (col) {
	case COL_OF: return pause_title(d->b, p->of);
	case COL_FROM: return words_day(a, p->from, d->today);
	case COL_UNTIL: return p->until == DATE_NONE ? _("not known") : words_day(a, p->until, d->today);
	default: return p->why;
	}
}

static enum role pause_role(const void *ctx, size_t row, size_t col)
{
	const struct pauses *d = ctx;
	const struct standstill *p = pause_at(ctx, row);
	if (pause_is_over(p, d->today))
		return ROLE_DIM;
	return col == COL_OF && p->from <= d->today ? ROLE_WARN : ROLE_DEFAULT;
}

static int pause_phase(const struct standstill *p, civil_date today)
{
	return pause_is_over(p, today) ? 2 : p->from > today;
}

static const char *pause_section(const void *ctx, size_t row)
{
	switch (pause_phase(pause_at(ctx, row), ((const struct pauses *)ctx)->today)) {
	case 0: return _("In force");
	case 1: return _("To come");
	default: return _("Over");
	}
}

static int compare_pauses(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct standstill *p = pause_at(ctx, x), *q = pause_at(ctx, y);
	if (col == COL_FROM)
		return (p->from > q->from) - (p->from < q->from);
	if (col == COL_UNTIL)
		return (p->until > q->until) - (p->until < q->until);
	return strcmp(pause_cell(ctx, x, col, NULL), pause_cell(ctx, y, col, NULL));
}

static const char *no_pauses(const void *ctx, struct arena *a)
{
	(void)ctx;
	(void)a;
	return _("Nothing stands still. o sends everybody home, or a place or role.");
}

static const struct list_source pause_source = {
	.id = pause_id, .cell = pause_cell, .role = pause_role, .section = pause_section, .compare = compare_pauses,
	.empty = no_pauses,
};

struct screen *screen_pauses(struct app *app)
{
	struct screen *s = screen_new(app, &pauses_ops, sizeof(struct pauses));
	s->list = list_new(&pause_source, pause_cols, sizeof pause_cols / sizeof *pause_cols);
	return s;
}

static int pauses_load(struct screen *s, struct view *v, struct err *e)
{
	struct pauses *d = s->data;
	d->b = app_book(s->app, v, e);
	d->n = 0;
	d->today = app_today(s->app);
	if (!d->b)
		return e->code;
	const struct frames *f = &d->b->frames;
	d->rows = arena_alloc(s->model, (f->npauses + 1) * sizeof *d->rows);
	for (int phase = 0; phase < 3; phase++)
		for (size_t i = f->npauses; i-- > 0;)
			if (pause_phase(&f->pauses[i], d->today) == phase)
				d->rows[d->n++] = &f->pauses[i];
	list_set(s->list, d, d->n);
	return OK;
}

static const struct standstill *selected(const struct screen *s)
{
	size_t row;
	return list_selected(s->list, &row) ? pause_at(s->data, row) : NULL;
}

static void pauses_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct standstill *p = selected(s);
	const struct pauses *d = s->data;
	struct rect detail;
	bool beside;
	if (p && detail_cut(cv, &body, pause_title(d->b, p->of), &detail, &beside))
		cv_wrap(cv, detail, ROLE_DEFAULT, arena_printf(a, "%s · %s", pause_stand(a, p, d->today), p->why));
	list_draw(s->list, cv, body, a);
}

/* ---- ending one -------------------------------------------------------------------------------------------------- */
struct ending { struct id pause; const char *of; };

static int end_on(struct app *app, void *ctx, const char *text, struct err *e)
{
	const struct ending *x = ctx;
	struct change_result r;
	civil_date day;
	size_t resumed = 0;
	struct book *b = app_book_now(app, e);
	int rc = b ? when_parse_date(text, app_today(app), WHEN_NEAR, &day, e) : e->code;
	if (rc == OK)
		rc = pause_end(app_store(app), b, x->pause, day, &resumed, &r, e);
	if (rc == OK)
		app_done(app, &r, ngettext("%s: %zu shift is on again", "%s: %zu shifts are on again", resumed), x->of, resumed);
	return rc;
}

void pause_ask_end(struct app *app, struct screen *s, const struct standstill *p)
{
	char day[48];
	struct ending *x = arena_alloc(s->arena, sizeof *x);
	const struct book *b = app_book_now(app, NULL);
	*x = (struct ending){p->id, arena_strdup(s->arena, b ? pause_title(b, p->of) : "")};
	civil_date first = p->from > app_today(app) ? p->from : app_today(app);
	civil_format_date(day, sizeof day, first, CIVIL_SHORT);
	dialog_prompt(app, arena_printf(app_scratch(app), _("%s: the first day with volunteers again"), x->of), day, false,
		end_on, x);
}

static const char *refuses_end(struct app *app, struct screen *s)
{
	const struct standstill *p = selected(s);
	return p && pause_is_over(p, app_today(app)) ? _("The pause is over already.") : NULL;
}

static void run_end(struct app *app, struct screen *s)
{
	pause_ask_end(app, s, selected(s));
}

static void run_calls(struct app *app, struct screen *s)
{
	app_push(app, screen_calls(app, selected(s)->id));
}

static void run_new(struct app *app, struct screen *s)
{
	(void)s;
	app_push(app, screen_pause_new(app, ID_NONE));
}

static void run_history(struct app *app, struct screen *s)
{
	app_push(app, screen_history(app, selected(s)->id));
}

static void open_pauses(struct app *app)
{
	app_push(app, screen_pauses(app));
}

static const struct action pause_rows[] = {
	{"pauses.calls", CTX_PAUSES, "Enter", N_("Call list"), N_("Whom to ring: everybody whose shift it has called off"),
		GROUP_DO, 2, ACTION_ROW, NULL, run_calls},
	{"pauses.new", CTX_PAUSES, "o", N_("New"), N_("Sends everybody home, or those of a place or role"),
		GROUP_DO, 3, ACTION_CHANGES, NULL, run_new},
	{"pauses.end", CTX_PAUSES, "a", N_("End it"), N_("Asks for the first day with volunteers; what it called off from then on is on again"),
		GROUP_DO, 4, ACTION_ROW | ACTION_CHANGES, refuses_end, run_end},
	{"pauses.history", CTX_PAUSES, "h", N_("History"), N_("Who changed it, when, and from what"),
		GROUP_GO, 9, ACTION_ROW, NULL, run_history},
};

const struct action_set actions_pauses = {N_("Pauses"), open_pauses, pause_rows, sizeof pause_rows / sizeof *pause_rows};

static const struct screen_ops pauses_ops = {
	.name = "pauses", .title = N_("Pauses"), .contexts = CTX_PAUSES | CTX_LIST, .load = pauses_load, .draw = pauses_draw,
};
