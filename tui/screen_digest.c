/* tui/screen_digest.c - see screens.h: what merging brought, by person and by day, what needs me first. Owns which
 * merges are shown. What is told of them is sync/'s. */
#include "tui/syncing.h"

#include "base/lang.h"
#include "tui/words.h"

enum { STRIP_ROWS = 3, STRIP_FROM = 12, ABOVE_MOST = 6, LIST_LEAST = 5 };

struct digesting {
	uint64_t merge;                        /* the newest one shown; 0 none */
	int64_t since;                         /* of all merges since then; 0: of `merge` alone */
	bool is_empty;
	struct sentence *above;
	size_t nabove;
	struct sentence note;                  /* in place of rows that one might look for: "" for none */
	struct digest_row *rows;
	const char **section;                  /* by row */
	size_t n;
};

static const struct screen_ops digest_ops;

/* ---- the list ------------------------------------------------------------------------------------------- */
static const struct digest_row *row_at(const void *ctx, size_t row)
{
	return &((const struct digesting *)ctx)->rows[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	return row_at(ctx, row)->record;
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct digest_row *r = row_at(ctx, row);
	return col == 0 ? r->title : col == 1 ? r->what : who_text(a, r->person, r->site, false);
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	return col == 2 ? ROLE_DIM : col == 1 && row_at(ctx, row)->need ? ROLE_WARN : ROLE_DEFAULT;
}

static const char *row_section(const void *ctx, size_t row)
{
	return ((const struct digesting *)ctx)->section[row];
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	const struct digesting *d = ctx;
	(void)a;
	return d && (d->nabove || *d->note.text) ? ""
		: _("No merge has brought anything here yet. 0 shows where to meet the other sites.");
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .section = row_section, .empty = why_empty,
};
static const struct list_col cols[] = {
	{"title", "", 22, 24, 2, false, false}, {"what", "", 24, 26, 3, false, false},
	{"who", "", 14, 18, 0, false, false},
};

/* ---- making it ------------------------------------------------------------------------------------------ */
static struct screen *make(struct app *app)
{
	struct screen *s = screen_new(app, &digest_ops, sizeof(struct digesting));
	((struct digesting *)s->data)->note.text = "";
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

struct screen *screen_digest_of(struct app *app, uint64_t merge, const struct sentence *above, size_t n)
{
	struct screen *s = make(app);
	struct digesting *d = s->data;
	d->is_empty = merge == DIGEST_NOTHING;
	d->merge = d->is_empty ? 0 : merge;
	d->above = arena_alloc(s->arena, (n + 1) * sizeof *d->above);
	for (; d->nabove < n; d->nabove++)
		d->above[d->nabove] = (struct sentence){
			arena_strdup(s->arena, above[d->nabove].text), above[d->nabove].role};
	if (d->merge)
		syncing_looked(app_store(app), merge);
	return s;
}

/* Where nothing has come since, the last merge is shown once more. */
struct screen *screen_digest(struct app *app)
{
	struct screen *s = make(app);
	struct digesting *d = s->data;
	struct arrivals new = {0};
	struct merge *last = NULL;
	struct view *v = NULL;
	size_t n = 0;
	if (view_begin(app_store(app), &v, NULL) == OK && syncing_arrivals(v, s->arena, &new, NULL) == OK && new.n == 0)
		merge_list(v, s->arena, 0, 1, &last, &n, NULL);
	view_end(v);
	if (new.n) {
		d->merge = new.merges[0].no;
		d->since = new.merges[new.n - 1].clock;
		syncing_looked(app_store(app), d->merge);
	} else if (n) {
		d->merge = last->no;
	}
	d->is_empty = d->merge == 0;
	return s;
}

static int find_note(struct screen *s, struct view *v, struct err *e)
{
	struct digesting *d = s->data;
	struct digest_about x = {0};
	d->note = (struct sentence){"", ROLE_WARN};
	int rc = d->is_empty ? OK : sync_digest_about(v, d->since, d->since ? 0 : d->merge, &x, e);
	if (rc == OK && x.merges && !x.undone && d->n == 0 && !d->nabove)
		d->note = (struct sentence){_("What came was taken over as one whole, so there are no single changes to tell of."), ROLE_DEFAULT};
	if (rc || !x.undone)
		return rc;
	const char *when = words_moment(s->model, civil_from_utc(x.when), app_today(s->app));
	d->note.text = x.merges == 1 ? arena_printf(s->model, _("Taken back %s: nothing of this merge stands any more but what was "
		"changed since."), when) : arena_printf(s->model, ngettext("%zu merge of these was taken back (%s), and isn't told here.",
		"%zu merges of these were taken back (the last %s), and aren't told here.", x.undone), x.undone, when);
	return OK;
}

static int digest_load(struct screen *s, struct view *v, struct err *e)
{
	struct digesting *d = s->data;
	int rc = OK;
	d->n = 0;
	if (!d->is_empty)
		rc = d->since ? sync_digest(v, s->model, d->since, &d->rows, &d->n, e)
			: sync_digest_of(v, s->model, d->merge, &d->rows, &d->n, e);
	if (rc == OK)
		rc = find_note(s, v, e);
	if (rc)
		return rc;
	d->section = arena_alloc(s->model, (d->n + 1) * sizeof *d->section);
	for (size_t i = 0; i < d->n; i++)
		d->section[i] = sync_digest_heading(&d->rows[i], s->model);
	list_set(s->list, d, d->n);
	return OK;
}

/* ---- picture -------------------------------------------------------------------------------------------- */
static void draw_above(const struct digesting *d, struct canvas *cv, struct rect *body)
{
	int most = body->rows - LIST_LEAST;
	bool any = d->nabove || *d->note.text;
	struct rect text = rect_cut_top(body, any ? 1 : 0);
	rect_cut_left(&text, 2);
	text.rows = most < ABOVE_MOST ? most : ABOVE_MOST;
	int top = text.row;
	if (*d->note.text)
		rect_cut_top(&text, cv_wrap(cv, text, d->note.role, d->note.text));
	/* what was said of a merge when it was made isn't so any more */
	for (size_t i = 0; i < d->nabove && text.rows > 0 && !*d->note.text; i++)
		rect_cut_top(&text, cv_wrap(cv, text, d->above[i].role, d->above[i].text));
	rect_cut_top(body, any ? text.row - top : 0);
}

static void digest_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct digesting *d = s->data;
	size_t row;
	draw_above(d, cv, &body);
	if (body.rows >= STRIP_FROM && list_selected(s->list, &row)) {
		const struct digest_row *r = row_at(d, row);
		struct rect strip = rect_cut_bottom(&body, STRIP_ROWS + 1);
		cv_rule(cv, strip.row, strip.col, strip.cols, ROLE_DIM, "");
		rect_cut_top(&strip, 1);
		rect_cut_left(&strip, 2);
		struct rect who = rect_cut_bottom(&strip, 1);
		cv_wrap(cv, strip, ROLE_DEFAULT, r->text);
		if (r->type)
			cv_printf(cv, who.row, who.col, who.cols, ROLE_DIM, "%s · %s", who_text(a, r->person, r->site, false),
				words_moment(a, civil_from_utc(r->clock), app_today(s->app)));
	}
	list_draw(s->list, cv, body, a);
}

static uint64_t digest_undoes(const struct screen *s)
{
	return ((const struct digesting *)s->data)->merge;
}

/* ---- acts ----------------------------------------------------------------------------------------------- */
static void run_open(struct app *app, struct screen *s)
{
	size_t row = 0;
	list_selected(s->list, &row);
	const struct digest_row *r = row_at(s->data, row);
	if (!r->type)
		app_toast(app, _("The roster shows them, week by week: 2."));
	else if (r->need == NEED_DECISION || r->need == NEED_STRAY)
		app_push(app, screen_disagreements(app, r->record));
	else
		syncing_open_record(app, r->type, r->record);
}

static void run_disagree(struct app *app, struct screen *s)
{
	(void)s;
	app_push(app, screen_disagreements(app, ID_NONE));
}

static void open_digest(struct app *app)
{
	app_go(app, screen_digest(app));
}

static const struct action rows[] = {
	{"digest.open", CTX_DIGEST, "Enter", N_("Open"), N_("Shows the card, the day or the values behind the row"),
		GROUP_GO, 2, ACTION_ROW, NULL, run_open},
	{"digest.disagree", CTX_DIGEST, "v", N_("Decide"),
		N_("Values that were changed at two places, to choose between"),
		GROUP_GO, 3, 0, NULL, run_disagree},
};

const struct action_set actions_digest = {N_("What came"), open_digest, rows, sizeof rows / sizeof *rows};

static const struct screen_ops digest_ops = {
	.name = "digest", .title = N_("What did I get?"), .contexts = CTX_DIGEST | CTX_LIST, .load = digest_load,
	.draw = digest_draw, .undoes_merge = digest_undoes,
};
