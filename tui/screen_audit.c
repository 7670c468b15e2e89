/* tui/screen_audit.c - see screens.h: who has seen, changed or printed a volunteer's card, newest first. Owns how it is
 * shown; what is told of whom is roster/retention.h's. */
#include "tui/people_data_priv.h"

#include "base/lang.h"
#include "base/text.h"
#include "sync/sync.h"
#include "tui/syncing.h"
#include "tui/words.h"

enum { FOOT_ROWS = 6, FOOT_FROM = 14, WHAT_ROWS = 2 };

struct audits {
	struct id who;
	const char *name, *elsewhere;      /* in the model; sites that have the card too, "" none */
	struct audit *rows;
	size_t n;
	civil_date today;
};

static const struct screen_ops audit_ops;

/* ---- the list -------------------------------------------------------------------------------------------- */
enum { AUDIT_WHEN, AUDIT_HOW, AUDIT_WHO, AUDIT_WHAT };

static const struct audit *row_at(const void *ctx, size_t row)
{
	return &((const struct audits *)ctx)->rows[row];
}

/* There is no record behind a row: what is newest may come on top, then the cursor stays in its place. */
static struct id row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return id_make(0, row + 1);
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct audit *x = row_at(ctx, row);
	civil_date today = ((const struct audits *)ctx)->today;
	civil_min at = civil_from_utc(x->clock);
	switch (col) {
	case AUDIT_WHEN: return x->day_only ? words_day(a, cmin_date(at), today) : words_moment(a, at, today);
	case AUDIT_HOW: return audit_kind_name(x->kind);
	case AUDIT_WHO: return who_text(a, x->person, x->site, false);
	default: return x->what;
	}
}

/* Newest first is the only order that makes sense of "when" as it is written. */
static int compare_rows(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct audit *p = row_at(ctx, x), *q = row_at(ctx, y);
	switch (col) {
	case AUDIT_WHEN: return (x > y) - (x < y);
	case AUDIT_HOW: return (int)p->kind - (int)q->kind;
	case AUDIT_WHO: return text_compare(p->person, q->person);
	default: return text_compare(p->what, q->what);
	}
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	(void)ctx;
	(void)a;
	return _("Nobody has seen or changed it.");
}

static const struct list_source source = {.id = row_id, .cell = row_cell, .compare = compare_rows, .empty = why_empty};
static const struct list_col cols[] = {
	[AUDIT_WHEN] = {"when", N_("When"), 15, 16, 0, false, false},
	[AUDIT_HOW] = {"how", N_("How"), 8, 9, 0, false, false},
	[AUDIT_WHO] = {"who", N_("Who"), 8, 18, 1, false, false},
	[AUDIT_WHAT] = {"what", N_("What"), 16, 30, 4, false, false},
};

struct screen *screen_audit(struct app *app, struct id volunteer)
{
	struct screen *s = screen_new(app, &audit_ops, sizeof(struct audits));
	((struct audits *)s->data)->who = volunteer;
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

/* ---- reading --------------------------------------------------------------------------------------------- */
static int read_elsewhere(struct audits *d, struct screen *s, struct err *e)
{
	struct sync_site *site = NULL;
	size_t n = 0;
	d->elsewhere = "";
	int rc = sync_sites(app_store(s->app), s->model, &site, &n, e);
	if (rc == ERR_NOTFOUND)
		return OK;
	for (size_t i = 0; rc == OK && i < n; i++)
		if (!site[i].self && !site[i].retired && site[i].role == RING_FULL)
			d->elsewhere = arena_printf(s->model, "%s%s%s", d->elsewhere, *d->elsewhere ? ", " : "", site[i].name);
	return rc;
}

static int audit_load(struct screen *s, struct view *v, struct err *e)
{
	struct audits *d = s->data;
	struct book *b = app_book(s->app, v, e);
	d->today = app_today(s->app);
	int rc = b ? retention_audit(v, b, s->model, d->who, &d->rows, &d->n, e) : e->code;
	if (rc == OK)
		rc = read_elsewhere(d, s, e);
	if (rc)
		return rc;
	d->name = view_title(v, s->model, d->who);
	list_set(s->list, d, d->n);
	return OK;
}

/* ---- picture --------------------------------------------------------------------------------------------- */
/* The row under the cursor in full, and where else looking is noted. */
static void draw_foot(const struct screen *s, struct canvas *cv, struct rect foot, struct arena *a)
{
	const struct audits *d = s->data;
	const char *text = _("That a card was opened is noted on this machine only, once a day for each who did it.");
	size_t row;
	if (*d->elsewhere)
		text = arena_printf(a, _("%s The card is also at %s: ask there who has opened it."), text, d->elsewhere);
	cv_rule(cv, foot.row, foot.col, foot.cols, ROLE_DIM, "");
	rect_cut_top(&foot, 1);
	rect_cut_left(&foot, 2);
	struct rect what = rect_cut_top(&foot, WHAT_ROWS);
	if (list_selected(s->list, &row))
		cv_wrap(cv, what, ROLE_DEFAULT, d->rows[row].what);
	cv_wrap(cv, foot, ROLE_DIM, text);
}

static void audit_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	if (body.rows >= FOOT_FROM)
		draw_foot(s, cv, rect_cut_bottom(&body, FOOT_ROWS), a);
	list_draw(s->list, cv, body, a);
}

static const char *audit_heading(const struct screen *s, struct arena *a)
{
	return arena_printf(a, _("Who has seen %s"), ((const struct audits *)s->data)->name);
}

static const struct screen_ops audit_ops = {
	.name = "audit", .title = N_("Who has seen"), .contexts = CTX_LIST, .load = audit_load, .draw = audit_draw,
	.heading = audit_heading,
};
