/* tui/screen_members.c - see screens.h: the sites of the ring, with the fingerprints that they read to each other.
 * Owns the list and what can be done to a site; inviting one is members_invite.c's. */
#include "tui/members_priv.h"

#include <string.h>

#include "base/lang.h"
#include "sync/ring.h"
#include "tui/detail.h"
#include "tui/dialog.h"
#include "tui/shifts_priv.h"
#include "tui/words.h"

enum { WIDE = 100, LABEL_COLS = 16, STRIP_ROWS = 4, STRIP_FROM = 12 };

struct row {
	struct id id;
	const char *name, *since, *left, *state, *words;
	bool retired, self, region;
};

struct members {
	const char *ring;                  /* NULL: the store is in none */
	bool is_in, is_full;               /* this site still is; and may invite and remove */
	struct row *rows;
	size_t n;
	char *file;                        /* of the invitation that is being used */
};

static const struct screen_ops members_ops;
static const char compare_words[] = N_("Ring the site up and read the six words to each other: are they the same, it is the right one.");

/* ---- the list ------------------------------------------------------------------------------------------- */
static const struct row *row_at(const void *ctx, size_t row)
{
	return &((const struct members *)ctx)->rows[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	return row_at(ctx, row)->id;
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct row *r = row_at(ctx, row);
	(void)a;
	switch (col) {
	case 0: return r->name;
	case 1: return r->state;
	case 2: return r->since;
	default: return r->words;
	}
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	(void)col;
	return row_at(ctx, row)->retired ? ROLE_DIM : ROLE_DEFAULT;
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	(void)ctx;
	(void)a;
	return _(
		"This store exchanges changes with nobody yet. n makes a ring of sites, to which others can be invited; v joins one "
		"with an invitation.");
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .empty = why_empty,
};

static const struct list_col cols[] = {
	{"site", N_("Site"), 12, 18, 1, false, false}, {"state", N_("State"), 10, 12, 0, false, false},
	{"since", N_("Since"), 10, 12, 0, false, false}, {"words", N_("Fingerprint"), 24, 40, 2, false, false},
};

struct screen *screen_members(struct app *app)
{
	struct screen *s = screen_new(app, &members_ops, sizeof(struct members));
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

/* ---- reading -------------------------------------------------------------------------------------------- */
static const char *state_of(const struct ring_member *m)
{
	return m->instead ? _("came too late") : m->retired ? _("has left") : m->self ? _("this site") : m->role == RING_REGION ? _("reads only") : "";
}

static struct row read_row(const struct ring_member *m, struct arena *a, civil_date today)
{
	char words[RING_WORDS_TEXT];
	struct row r = {.name = arena_strdup(a, m->name), .retired = m->retired, .self = m->self,
		.region = m->role == RING_REGION, .state = state_of(m)};
	ring_words(m->key, words);
	memcpy(r.id.b, m->key, sizeof r.id.b);
	r.words = arena_strdup(a, words);
	r.since = words_day(a, cmin_date(civil_from_utc(m->joined)), today);
	r.left = m->retired ? words_day(a, cmin_date(civil_from_utc(m->left)), today) : "";
	return r;
}

static void read_ring(struct members *d, const struct ring *r, struct arena *a, civil_date today)
{
	size_t n;
	const struct ring_member *m = ring_members(r, &n);
	d->ring = arena_strdup(a, ring_name(r));
	d->rows = arena_alloc(a, (n + 1) * sizeof *d->rows);
	for (size_t i = 0; i < n; i++) {
		d->rows[d->n++] = read_row(&m[i], a, today);
		d->is_in |= m[i].self && !m[i].retired;
	}
	d->is_full = d->is_in && ring_own_role(r) == RING_FULL;
}

static int members_load(struct screen *s, struct view *v, struct err *e)
{
	struct members *d = s->data;
	struct ring *r = NULL;
	int rc = ring_load(view_store(v), &r, e);
	d->ring = NULL;
	d->n = 0;
	d->is_in = d->is_full = false;
	if (rc == OK && r)
		read_ring(d, r, s->model, app_today(s->app));
	ring_free(r);
	if (rc == OK)
		list_set(s->list, d, d->n);
	return rc;
}

/* ---- picture ---------------------------------------------------------------------------------------------- */
static void draw_detail(const struct row *m, struct canvas *cv, struct rect r)
{
	struct rect line = rect_cut_top(&r, 2);
	cv_text(cv, line.row, line.col, line.cols, ROLE_TITLE, m->name);
	detail_fact(cv, &r, LABEL_COLS, ROLE_DEFAULT, _("State"), m->state);
	detail_fact(cv, &r, LABEL_COLS, ROLE_DEFAULT, _("Gets"), m->region ? _("units, roles and organisations; no persons") : _("everything"));
	detail_fact(cv, &r, LABEL_COLS, ROLE_DEFAULT, _("Since"), m->since);
	detail_fact(cv, &r, LABEL_COLS, ROLE_DEFAULT, _("Left"), m->left);
	detail_fact(cv, &r, LABEL_COLS, ROLE_DEFAULT, _("Fingerprint"), m->words);
	rect_cut_top(&r, 1);
	cv_wrap(cv, r, ROLE_DIM,
		_(compare_words));
}

/* Six words that are cut off can't be compared. */
static void draw_words(const struct row *m, struct canvas *cv, struct rect r)
{
	cv_rule(cv, r.row, r.col, r.cols, ROLE_DIM, "");
	rect_cut_top(&r, 1);
	rect_cut_left(&r, 2);
	int used = cv_wrap(cv, r, ROLE_DEFAULT, m->words);
	rect_cut_top(&r, used > 0 ? used : 1);
	cv_wrap(cv, r, ROLE_DIM, _(compare_words));
}

static void members_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct members *d = s->data;
	size_t row;
	if (body.cols >= WIDE && list_selected(s->list, &row)) {
		struct rect detail = rect_cut_right(&body, body.cols * 2 / 5);
		draw_divider(cv, &detail);
		rect_cut_right(&body, 1);
		draw_detail(&d->rows[row], cv, detail);
	} else if (body.rows >= STRIP_FROM && list_selected(s->list, &row)) {
		draw_words(&d->rows[row], cv, rect_cut_bottom(&body, STRIP_ROWS));
	}
	list_draw(s->list, cv, body, a);
}

static const char *members_heading(const struct screen *s, struct arena *a)
{
	const struct members *d = s->data;
	return d->ring ? arena_printf(a, _("The ring %s"), d->ring) : _("The ring");
}

/* ---- a ring, and into one ---------------------------------------------------------------------------------- */
static const char *refuses_second(struct app *app, struct screen *s)
{
	const struct members *d = s->data;
	(void)app;
	return d->is_in ? _("This store is in a ring already.") : NULL;
}

static int make_ring(struct app *app, void *ctx, const char *text, struct err *e)
{
	(void)ctx;
	int rc = ring_new(app_store(app), text, e);
	if (rc)
		return rc;
	app_toast(app, _("The ring is made. i invites the next site."));
	app_reload(app);
	return OK;
}

static void run_new(struct app *app, struct screen *s)
{
	dialog_prompt(app, _("What is the ring of sites called? E.g. Region Midtjylland"), "", false, make_ring, s);
}

static int join_with(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct members *d = ((struct screen *)ctx)->data;
	struct buf b = {0};
	int rc = os_read_file(d->file, RING_INVITE_MOST, &b, e);
	if (rc == OK)
		rc = ring_join(app_store(app), b.p, b.n, text, e);
	buf_free(&b);
	if (rc)
		return rc;
	app_toast(app, _("This site is in the ring now. Meet another site in a folder or on a stick next."));
	app_reload(app);
	return OK;
}

static int join_file(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct screen *s = ctx;
	struct members *d = s->data;
	if (!os_exists(text))
		return err_set(e, ERR_NOTFOUND, _("There is no such file."));
	d->file = arena_strdup(s->arena, text);
	dialog_prompt(app, _("The six words, as they are read to you"), "", false, join_with, s);
	return OK;
}

static void run_join(struct app *app, struct screen *s)
{
	dialog_prompt(app, _("Where is the invitation's file?"), "", false, join_file, s);
}

/* ---- acts on sites ----------------------------------------------------------------------------------------- */
static const char *refuses_full(struct app *app, struct screen *s)
{
	const struct members *d = s->data;
	(void)app;
	if (!d->ring)
		return _("There is no ring yet; n makes one.");
	if (!d->is_in)
		return _("This site has left the ring.");
	return d->is_full ? NULL : _("This site only reads; another must do it.");
}

static void run_invite(struct app *app, struct screen *s)
{
	(void)s;
	app_push(app, screen_members_invite(app));
}

static const struct row *selected(const struct screen *s)
{
	size_t row;
	return list_selected(s->list, &row) ? row_at(s->data, row) : NULL;
}

static const char *refuses_remove(struct app *app, struct screen *s)
{
	const struct members *d = s->data;
	const struct row *m = selected(s);
	if (m && m->retired)
		return _("It has left already.");
	return m && m->self && d->is_in ? NULL : refuses_full(app, s);
}

static void remove_it(struct app *app, void *ctx)
{
	struct screen *s = ctx;
	const struct row *m = selected(s);
	struct ring *r = NULL;
	struct err e = {0};
	int rc = ring_load(app_store(app), &r, &e);
	if (rc == OK && r && m)
		rc = ring_remove(app_store(app), r, m->words, &e);
	ring_free(r);
	if (rc)
		app_fail(app, &e);
	else
		app_toast(app, _("Done. The others hear of it when you next meet."));
	app_reload(app);
}

static void run_remove(struct app *app, struct screen *s)
{
	const struct row *m = selected(s);
	struct arena *a = app_scratch(app);
	const char *what = m->self
		? _("This site leaves the ring. It keeps all that it has, and gets no more from the others. Only an invitation lets it back.")
		: arena_printf(a,
			  _("%s is taken out of the ring. It keeps all that it has, and gets no more. What it writes from now on is taken by "
			    "nobody. Only an invitation lets it back."),
			  m->name);
	dialog_confirm(app, what, m->self ? _("Yes, leave the ring") : _("Yes, take it out"), remove_it, s);
}

static void run_words(struct app *app, struct screen *s)
{
	const struct row *m = selected(s);
	dialog_text(app, arena_printf(app_scratch(app), _("Fingerprint of %s"), m->name),
		arena_printf(app_scratch(app), "%s\n\n%s", m->words,
			_(compare_words)));
}

/* ---- the table ------------------------------------------------------------------------------------------- */
static void open_members(struct app *app)
{
	app_go(app, screen_members(app));
}

static const struct action rows[] = {
	{"members.words", CTX_MEMBERS, "Enter", N_("Words"),
		N_("The site's fingerprint as six words, to be read on the phone"), GROUP_DO, 2, ACTION_ROW, NULL,
		run_words},
	{"members.invite", CTX_MEMBERS, "i", N_("Invite"),
		N_("Lets a new site into the ring, with a file and six words"), GROUP_DO, 3, ACTION_WRITES,
		refuses_full, run_invite},
	{"members.remove", CTX_MEMBERS, "Delete t", N_("Take out"), N_("Takes the site out of the ring, or lets this one leave; it asks first"),
		GROUP_DO, 6, ACTION_ROW | ACTION_FINAL, refuses_remove, run_remove},
	{"members.new", CTX_MEMBERS, "n", N_("New ring"), N_("Makes a ring with this site as its first"), GROUP_DO, 7,
		ACTION_WRITES, refuses_second, run_new},
	{"members.join", CTX_MEMBERS, "v", N_("Join"), N_("Joins another site's ring with its invitation"), GROUP_DO, 8,
		ACTION_WRITES, refuses_second, run_join},
};

const struct action_set actions_members = {N_("The ring"), open_members, rows, sizeof rows / sizeof *rows};

static const struct screen_ops members_ops = {
	.name = "members", .title = N_("The ring"), .contexts = CTX_MEMBERS | CTX_LIST, .load = members_load,
	.draw = members_draw, .heading = members_heading,
};
