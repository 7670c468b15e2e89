/* tui/screen_history.c - see screens.h: who changed what and when, of everything or of one record; undo of any of
 * it, and the way to the roster as it was. Owns which groups are listed. */
#include "tui/screens.h"

#include "base/lang.h"
#include "base/text.h"
#include "tui/changes.h"
#include "tui/changes_priv.h"
#include "tui/dialog.h"
#include "tui/syncing.h"
#include "tui/words.h"

/* How many groups are read before the first picture, and how many writes they may have together: a few imports in a
 * row are long to read. Then more as one goes down. */
enum { PAGE = 200, CHUNK = 20, WRITES_MOST = 100000 };

/* merge: the number of the one that brought what others had changed; then there is no dot. */
struct row { struct dot dot; uint64_t merge; const char *when, *who, *what; bool undone; };

struct history {
	struct id about;                   /* ID_NONE: everything */
	const char *title;
	size_t limit;                      /* groups read; grows at the end of the list */
	bool is_all;                       /* there are no older ones */
	struct row *rows;
	size_t n;
};

static const struct screen_ops history_ops;

/* ---- the list ------------------------------------------------------------------------------------------- */
static struct id row_id(const void *ctx, size_t row)
{
	const struct row *r = &((const struct history *)ctx)->rows[row];
	return r->merge ? id_make(0, r->merge) : changes_row_id(r->dot);
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct row *r = &((const struct history *)ctx)->rows[row];
	switch (col) {
	case 0: return r->when;
	case 1: return r->who;
	default: return r->undone ? arena_printf(a, _("(undone) %s"), r->what) : r->what;
	}
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	(void)col;
	return ((const struct history *)ctx)->rows[row].undone ? ROLE_DIM : ROLE_DEFAULT;
}

/* Newest first is the only order that makes sense of "when" as it is written. */
static int compare_rows(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct row *p = &((const struct history *)ctx)->rows[x], *q = &((const struct history *)ctx)->rows[y];
	switch (col) {
	case 0: return (x > y) - (x < y);
	case 1: return text_compare(p->who, q->who);
	default: return text_compare(p->what, q->what);
	}
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	(void)ctx;
	(void)a;
	return _("Nothing has been changed yet.");
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .compare = compare_rows, .empty = why_empty,
};

static const struct list_col cols[] = {
	{"when", N_("When"), 15, 16, 0, false, false}, {"who", N_("Who"), 8, 12, 1, false, false},
	{"what", N_("What"), 20, 44, 6, false, false},
};

struct screen *screen_history(struct app *app, struct id about)
{
	struct screen *s = screen_new(app, &history_ops, sizeof(struct history));
	*(struct history *)s->data = (struct history){.about = about, .limit = PAGE};
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

/* ---- reading -------------------------------------------------------------------------------------------- */
static void add_merge(struct screen *s, const struct merge *m)
{
	struct history *d = s->data;
	size_t n = 0;
	for (size_t i = 0; i < m->n; i++)
		n += (size_t)(m->range[i].upto - m->range[i].after);
	d->rows[d->n++] = (struct row){
		.merge = m->no, .who = "", .when = words_moment(s->model, civil_from_utc(m->clock), app_today(s->app)),
		.what = arena_printf(s->model, ngettext("merge from %s: %zu change", "merge from %s: %zu changes", n),
			m->from, n),
	};
}

/* Merges stand where they were made; what they brought stands where its authors made it. */
static int read_rows(struct screen *s, struct view *v, struct group *g, size_t n, struct err *e)
{
	struct history *d = s->data;
	struct changes c = {.v = v, .a = s->model};
	civil_date today = app_today(s->app);
	struct merge *m = NULL;
	size_t nm = 0, k = 0;
	int rc = id_is_none(d->about) ? merge_list(v, s->model, 0, d->limit, &m, &nm, e) : OK;
	d->rows = arena_alloc(s->model, (n + nm + 1) * sizeof *d->rows);
	d->n = 0;
	for (size_t i = 0; rc == OK && i < n; i++) {
		while (k < nm && m[k].clock > g[i].clock)
			add_merge(s, &m[k++]);
		struct row *r = &d->rows[d->n++];
		const char *line = id_is_none(d->about) || g[i].undoes.no ? "" : changes_line(&c, &g[i], d->about);
		*r = (struct row){.dot = g[i].dot, .who = g[i].person,
			.when = words_moment(s->model, civil_from_utc(g[i].clock), today),
			.what = *line ? line : log_label(v, s->model, &g[i])};
		rc = log_is_undone(v, r->dot, &r->undone, e);
	}
	while (rc == OK && d->is_all && k < nm)
		add_merge(s, &m[k++]);
	return rc;
}

/* The newest groups, page after page, until there are enough. */
static int read_newest(struct history *d, struct view *v, struct arena *a, struct group **out, size_t *n, struct err *e)
{
	size_t cap = 0, writes = 0, got = CHUNK, most = WRITES_MOST * (d->limit / PAGE);
	struct dot from = {0};
	*out = NULL;
	*n = 0;
	while (got == CHUNK && *n < d->limit && writes < most) {
		struct group *g;
		int rc = log_back(v, a, from, CHUNK, false, &g, &got, e);
		if (rc)
			return rc;
		*out = arena_grow(a, *out, &cap, *n + got, sizeof **out);
		for (size_t i = 0; i < got; i++) {
			(*out)[(*n)++] = g[i];
			writes += g[i].nwrites;
			from = g[i].dot;
		}
	}
	d->is_all = got < CHUNK;
	return OK;
}

static int history_load(struct screen *s, struct view *v, struct err *e)
{
	struct history *d = s->data;
	struct group *g;
	size_t n;
	bool every = id_is_none(d->about);
	d->is_all = true;
	int rc = every ? read_newest(d, v, s->model, &g, &n, e) : log_of_record(v, s->model, d->about, &g, &n, e);
	if (rc)
		return rc;
	d->title = every ? NULL : view_title(v, s->model, d->about);
	rc = read_rows(s, v, g, n, e);
	if (rc == OK)
		list_set(s->list, d, d->n);
	return rc;
}

/* Older ones come when one goes down from the last. */
static bool history_event(struct screen *s, const struct event *ev)
{
	struct history *d = s->data;
	size_t row;
	bool is_down = ev->what == EV_KEY && (ev->key == K_DOWN || ev->key == K_PGDN);
	if (is_down && !d->is_all && list_selected(s->list, &row) && row + 1 == d->n) {
		d->limit += PAGE;
		screen_reload(s);
	}
	return false;
}

static void history_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	list_draw(s->list, cv, body, a);
}

static const char *history_heading(const struct screen *s, struct arena *a)
{
	const struct history *d = s->data;
	return d->title ? arena_printf(a, _("History of %s"), d->title) : _("History");
}

static const char *history_status(const struct screen *s, struct arena *a)
{
	const struct history *d = s->data;
	const char *rows = list_status(s->list, a);
	return d->is_all ? rows : arena_printf(a, _("the newest %s"), rows);
}

static struct dot history_undoes(const struct screen *s)
{
	const struct history *d = s->data;
	size_t row;
	return list_selected(s->list, &row) ? d->rows[row].dot : (struct dot){0};
}

/* ---- acts ------------------------------------------------------------------------------------------------- */
static uint64_t history_undoes_merge(const struct screen *s)
{
	const struct history *d = s->data;
	size_t row;
	return list_selected(s->list, &row) ? d->rows[row].merge : 0;
}

static void run_open(struct app *app, struct screen *s)
{
	uint64_t merge = history_undoes_merge(s);
	app_push(app, merge ? screen_digest_of(app, merge, NULL, 0) : screen_change(app, history_undoes(s)));
}

static int go_back_to(struct app *app, void *ctx, const char *text, struct err *e)
{
	civil_min at;
	(void)ctx;
	int rc = words_read_past(text, app_now(app), &at, e);
	if (rc == OK)
		app_push(app, screen_roster_at(app, cmin_date(at), ID_NONE, civil_to_utc(at)));
	return rc;
}

static void run_as_of(struct app *app, struct screen *s)
{
	dialog_prompt(app, _("The roster as it was. When? E.g. Tuesday 14, yesterday 9"), "", false, go_back_to, s);
}

static void open_history(struct app *app)
{
	app_go(app, screen_history(app, ID_NONE));
}

static const struct action rows[] = {
	{"history.open", CTX_HISTORY, "Enter", N_("Open"),
		N_("What that change wrote, field by field; of a merge, what it brought"),
		GROUP_DO, 2, ACTION_ROW, NULL, run_open},
	{"history.as-of", CTX_HISTORY, "t", N_("As it was"), N_("The roster as it was at a time that you write"),
		GROUP_DO, 4, 0, NULL, run_as_of},
};

const struct action_set actions_history = {N_("History"), open_history, rows, sizeof rows / sizeof *rows};

static const struct screen_ops history_ops = {
	.name = "history", .title = N_("History"), .contexts = CTX_HISTORY | CTX_LIST, .load = history_load,
	.draw = history_draw, .event = history_event, .heading = history_heading, .status = history_status,
	.undoes = history_undoes, .undoes_merge = history_undoes_merge,
};
