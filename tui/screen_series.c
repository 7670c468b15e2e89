/* tui/screen_series.c - see screens.h: the series of shifts: what, when, until, who has fixed places, how far they are
 * made; making them on, ending them, a day without.
 *
 * Owns what stands there. The forms are series_forms.c's, what an act does roster/series.h's. */
#include "tui/series_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/when.h"
#include "tui/detail.h"
#include "tui/dialog.h"
#include "tui/words.h"

struct serieses {
	struct series_list l;
	const struct book *b;
	const struct series **rows;        /* those that run, then those that have ended */
	civil_date *made;                  /* by row */
	size_t n;
	civil_date today;
	struct id wanted;                  /* to be selected when it is there: it was just made */
};

static const struct screen_ops series_ops;

static const struct series *series_at(const void *ctx, size_t row)
{
	return ((const struct serieses *)ctx)->rows[row];
}

static struct id series_id(const void *ctx, size_t row)
{
	return series_at(ctx, row)->id;
}

static bool is_over(const struct series *s, civil_date today)
{
	return s->until != DATE_NONE && s->until < today;
}

/* ---- the list --------------------------------------------------------------------------------------------------- */

enum { COL_WHEN, COL_WHAT, COL_MADE, COL_UNTIL, COL_FIXED, COL_NEED };
static const struct list_col series_cols[] = {
	[COL_WHEN] = {"when", N_("When"), 26, 26, 1, false, false},
	[COL_WHAT] = {"what", N_("What"), 28, 31, 3, false, false},
	[COL_MADE] = {"made", N_("Made until"), 10, 12, 0, false, false},
	[COL_UNTIL] = {"until", N_("Last day"), 10, 12, 0, false, true},
	[COL_FIXED] = {"fixed", N_("Fixed"), 5, 5, 0, true, false},
	[COL_NEED] = {"need", N_("Places"), 6, 7, 0, true, false},
};

static const char *series_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct serieses *d = ctx;
	const struct series *s = series_at(ctx, row);
	size_t n;
	switch (col) {
	case COL_WHEN: return series_when(a, s);
	case COL_WHAT: return arena_printf(a, "%s, %s", book_name(d->b, s->role), book_name(d->b, s->unit));
	case COL_UNTIL: return s->until == DATE_NONE ? "" : words_day(a, s->until, d->today);
	case COL_FIXED: series_fixed(&d->l, s, &n); return n ? arena_printf(a, "%zu", n) : "";
	case COL_NEED: return arena_printf(a, "%d", s->need);
	default: return d->made[row] == DATE_NONE ? _("not made") : words_day(a, d->made[row], d->today);
	}
}

/* Is there less than a month left of what is made? */
static bool runs_out(const struct serieses *d, size_t row)
{
	enum { SOON = 28 };
	const struct series *s = d->rows[row];
	civil_date made = d->made[row] == DATE_NONE ? d->today : d->made[row];
	return !is_over(s, d->today) && made < d->today + SOON && series_next(&d->l, s, made + 1) != DATE_NONE;
}

static enum role series_role(const void *ctx, size_t row, size_t col)
{
	const struct serieses *d = ctx;
	if (is_over(series_at(ctx, row), d->today))
		return ROLE_DIM;
	return col == COL_MADE && runs_out(d, row) ? ROLE_WARN : ROLE_DEFAULT;
}

static const char *series_section(const void *ctx, size_t row)
{
	const struct serieses *d = ctx;
	return is_over(series_at(ctx, row), d->today) ? _("Over") : _("In force");
}

static int compare_series(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct serieses *d = ctx;
	const struct series *p = series_at(ctx, x), *q = series_at(ctx, y);
	switch (col) {
	case COL_WHAT: return text_compare(book_name(d->b, p->unit), book_name(d->b, q->unit));
	case COL_UNTIL: return (p->until > q->until) - (p->until < q->until);
	case COL_NEED: return p->need - q->need;
	case COL_MADE: return (d->made[x] > d->made[y]) - (d->made[x] < d->made[y]);
	default: return p->start - q->start;
	}
}

static const char *no_series(const void *ctx, struct arena *a)
{
	(void)ctx;
	(void)a;
	return _("No shifts come again by themselves yet. o makes a series of them.");
}

static const struct list_source series_source = {
	.id = series_id, .cell = series_cell, .role = series_role, .section = series_section, .compare = compare_series, .empty = no_series,
};

struct screen *screen_series(struct app *app)
{
	struct screen *s = screen_new(app, &series_ops, sizeof(struct serieses));
	s->list = list_new(&series_source, series_cols, sizeof series_cols / sizeof *series_cols);
	return s;
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static void put_rows(struct serieses *d, struct screen *s, const struct id *ids, size_t nids)
{
	d->n = 0;
	d->rows = arena_alloc(s->model, (d->l.n + 1) * sizeof *d->rows);
	d->made = arena_alloc(s->model, (d->l.n + 1) * sizeof *d->made);
	for (int over = 0; over < 2; over++)
		for (size_t i = 0; i < d->l.n; i++)
			if (is_over(&d->l.all[i], d->today) == over) {
				d->made[d->n] = series_made_until(&d->l.all[i], d->today, ids, nids);
				d->rows[d->n++] = &d->l.all[i];
			}
}

static int series_load_screen(struct screen *s, struct view *v, struct err *e)
{
	struct serieses *d = s->data;
	struct id *ids;
	size_t n;
	d->b = app_book(s->app, v, e);
	d->today = app_today(s->app);
	if (!d->b)
		return e->code;
	int rc = series_load(v, s->model, &d->l, e);
	if (rc == OK)
		rc = series_shifts(v, s->model, d->today, &ids, &n, e);
	if (rc)
		return rc;
	put_rows(d, s, ids, n);
	list_set(s->list, d, d->n);
	if (!id_is_none(d->wanted) && list_select(s->list, d->wanted))
		d->wanted = ID_NONE;
	return OK;
}

static const struct series *selected(const struct screen *s)
{
	size_t row;
	return list_selected(s->list, &row) ? series_at(s->data, row) : NULL;
}

static const char *names_of(const struct serieses *d, const struct series *s, struct arena *a)
{
	size_t n;
	const struct fixed *f = series_fixed(&d->l, s, &n);
	const char *text = "";
	for (size_t i = 0; i < n; i++) {
		const char *when = fixed_when(a, &f[i]), *name = fixed_name(d->b, a, &f[i]);
		text = arena_printf(a, "%s%s%s%s%s%s", text, i ? ", " : "", name, *when ? " (" : "", when, *when ? ")" : "");
	}
	return *text ? text : _("nobody yet");
}

static const char *next_text(const struct serieses *d, const struct series *s, struct arena *a)
{
	enum { DAYS = 5 };
	const char *text = "";
	char day[64];
	civil_date at = d->today - 1;
	for (int i = 0; i < DAYS && (at = series_next(&d->l, s, at + 1)) != DATE_NONE; i++)
		text = arena_printf(a, "%s%s%s", text, i ? ", " : "", civil_format_date(day, sizeof day, at, CIVIL_DAY));
	return *text ? text : _("none");
}

static const char *off_text(const struct serieses *d, const struct series *s, struct arena *a)
{
	const char *text = "";
	for (size_t i = 0; i < d->l.noff; i++)
		if (id_equal(d->l.off[i].origin, s->origin) && d->l.off[i].day >= d->today)
			text = arena_printf(a, "%s%s%s%s%s", text, *text ? ", " : "", words_day(a, d->l.off[i].day, d->today),
				*d->l.off[i].why ? " " : "", d->l.off[i].why);
	return text;
}

static void series_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	enum { LABELS = 12 };
	const struct serieses *d = s->data;
	struct rect detail;
	bool beside;
	size_t at;
	const struct series *one = list_selected(s->list, &at) ? d->rows[at] : NULL;
	if (one && detail_cut(cv, &body, arena_printf(a, "%s, %s", book_name(d->b, one->role), book_name(d->b, one->unit)), &detail, &beside)) {
		detail_fact(cv, &detail, LABELS, ROLE_DEFAULT, _("When"), series_when(a, one));
		detail_fact(cv, &detail, LABELS, ROLE_DEFAULT, _("Last day"), series_cell(d, at, COL_UNTIL, a));
		detail_fact(cv, &detail, LABELS, ROLE_DEFAULT, _("Fixed"), names_of(d, one, a));
		detail_fact(cv, &detail, LABELS, ROLE_DEFAULT, _("Next"), next_text(d, one, a));
		detail_fact(cv, &detail, LABELS, ROLE_DEFAULT, _("Not on"), off_text(d, one, a));
		detail_fact(cv, &detail, LABELS, ROLE_DEFAULT, _("Note"), one->note);
	}
	list_draw(s->list, cv, body, a);
}

/* ---- what came of an act ---------------------------------------------------------------------------------------- */

const char *series_counts(struct arena *a, const struct series_done *d)
{
	const char *const parts[] = {
		arena_printf(a, ngettext("%zu shift made", "%zu shifts made", d->made), d->made),
		arena_printf(a, ngettext("%zu changed", "%zu changed", d->changed), d->changed),
		arena_printf(a, ngettext("%zu removed", "%zu removed", d->removed), d->removed),
		arena_printf(a, ngettext("%zu place filled", "%zu places filled", d->seats), d->seats),
	};
	const size_t counts[] = {d->made, d->changed, d->removed, d->seats};
	const char *text = "";
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (counts[i])
			text = arena_printf(a, "%s%s%s", text, *text ? " · " : "", parts[i]);
	return *text ? text : _("no shift is changed");
}

static bool is_same(const struct series_told *x, const struct series_told *y)
{
	return x->what == y->what && id_equal(x->who, y->who) && strcmp(x->sentence, y->sentence) == 0;
}

/* One line for somebody to whom the same happens on many days, with the days. */
static void add_told(struct buf *b, const struct series_told *all, size_t n, size_t at)
{
	char day[64];
	for (size_t i = 0; i < at; i++)
		if (is_same(&all[i], &all[at]))
			return;
	const struct series_told *t = &all[at];
	buf_addf(b, "%s: %s%s%s (", t->name, series_tell_words(t->what), *t->sentence ? ": " : "", t->sentence);
	for (size_t i = at; i < n; i++)
		if (is_same(&all[i], t))
			buf_addf(b, "%s%s", i > at ? ", " : "", civil_format_date(day, sizeof day, cmin_date(all[i].start), CIVIL_DAY));
	buf_adds(b, ")\n");
}

void series_show_told(struct app *app, const struct series_done *done)
{
	struct buf b = {0};
	bool tells = false;                /* somebody must hear of it; else only who planned it should */
	if (done->like)
		buf_addf(&b, _("There is a series with the same shifts already: %s. If it is the same one, u takes this back.\n"), done->like);
	for (size_t i = 0; i < done->ntold; i++) {
		add_told(&b, done->told, done->ntold, i);
		tells = tells || done->told[i].what == SERIES_ASKED || done->told[i].what == SERIES_GOES;
	}
	if (b.n)
		dialog_text(app, tells ? _("To be told") : _("Please note"), arena_strdup(app_scratch(app), b.p));
	buf_free(&b);
}

void series_show_new(struct app *app, struct id series)
{
	struct screen *s = app_top(app);
	if (s->ops == &series_ops && !list_select(s->list, series))
		((struct serieses *)s->data)->wanted = series;
}

/* ---- acts ------------------------------------------------------------------------------------------------------- */

static int make_until(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct series_done done;
	struct change_result r;
	civil_date until = DATE_NONE;
	int rc = when_parse_date(text, app_today(app), WHEN_NEAR, &until, e);
	if (rc == OK)
		rc = series_make(app_store(app), app_scratch(app), ctx, 1, app_today(app), until + 1, &done, &r, e);
	if (rc)
		return rc;
	app_done(app, &r, "%s", series_counts(app_scratch(app), &done));
	series_show_told(app, &done);
	return OK;
}

static void run_make(struct app *app, struct screen *s)
{
	char day[48];
	const struct serieses *d = s->data;
	size_t row;
	if (!list_selected(s->list, &row))
		return;
	struct series one = *d->rows[row];
	civil_date after = d->made[row] == DATE_NONE || d->made[row] < d->today ? d->today : d->made[row] + 1;
	civil_format_date(day, sizeof day, series_reach(&one, after), CIVIL_SHORT);
	dialog_prompt(app, _("Make its shifts up to and including"), day, false, make_until, arena_copy(s->arena, &one.id, sizeof one.id));
}

struct ending { struct id series; civil_date last; };

static void end_it(struct app *app, const struct ending *x, bool people)
{
	struct series_done done;
	struct change_result r;
	struct err e;
	if (series_end(app_store(app), app_scratch(app), x->series, x->last, people, &done, &r, &e)) {
		app_fail(app, &e);
		return;
	}
	app_done(app, &r, _("The series ends · %s"), series_counts(app_scratch(app), &done));
	series_show_told(app, &done);
}

static void end_chosen(struct app *app, void *ctx, size_t i)
{
	if (i < 2)
		end_it(app, ctx, i == 1);
}

/* How many coming shifts after the last day have people on them: they are named before they go. */
static int ask_people(struct app *app, struct ending *x, struct err *e)
{
	static const char *const labels[] = {N_("Only the empty ones go"), N_("All go; I tell them"), N_("Leave it as it is")};
	const char *words[] = {_(labels[0]), _(labels[1]), _(labels[2])};
	struct series_done done;
	struct change_result r;
	struct store *s = app_store(app);
	bool dry = store_is_dry_run(s);
	store_set_dry_run(s, true);
	int rc = series_end(s, app_scratch(app), x->series, x->last, false, &done, &r, e);
	store_set_dry_run(s, dry);
	if (rc)
		return rc;
	if (done.ntold)
		dialog_choice(app, arena_printf(app_scratch(app), ngettext("%zu place is taken by somebody after that day, e.g. %s",
			"%zu places are taken after that day, e.g. by %s", done.ntold), done.ntold, done.told[0].name), words, 3, end_chosen, x);
	else
		end_it(app, x, false);
	return OK;
}

static int end_on(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct ending *x = ctx;
	int rc = when_parse_date(text, app_today(app), WHEN_NEAR, &x->last, e);
	return rc ? rc : ask_people(app, x, e);
}

void series_ask_end(struct app *app, struct screen *s, struct id series)
{
	char day[48];
	struct ending *x = arena_alloc(s->arena, sizeof *x);
	*x = (struct ending){series, app_today(app)};
	civil_format_date(day, sizeof day, x->last, CIVIL_SHORT);
	dialog_prompt(app, _("The last day of the series"), day, false, end_on, x);
}

static int skip_on(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct change_result r;
	civil_date day = DATE_NONE;
	int rc = when_parse_date(text, app_today(app), WHEN_NEAR, &day, e);
	if (rc == OK)
		rc = series_take_out(app_store(app), *(const struct id *)ctx, day, NULL, &r, e);
	if (rc == OK)
		app_done(app, &r, _("No shift on %s"), words_day(app_scratch(app), day, app_today(app)));
	return rc;
}

static void run_skip(struct app *app, struct screen *s)
{
	char day[48];
	const struct serieses *d = s->data;
	civil_date next = series_next(&d->l, selected(s), d->today);
	civil_format_date(day, sizeof day, next, CIVIL_SHORT);
	dialog_prompt(app, _("A day without a shift"), day, false, skip_on, arena_copy(s->arena, &selected(s)->id, sizeof(struct id)));
}

struct taken_out { struct id series; civil_date *day; size_t n; };

/* From today on. */
static struct taken_out *days_out(const struct screen *s, struct arena *a)
{
	const struct serieses *d = s->data;
	const struct series *one = selected(s);
	struct taken_out *out = arena_alloc(a, sizeof *out);
	*out = (struct taken_out){.series = one->id, .day = arena_alloc(a, (d->l.noff + 1) * sizeof *out->day)};
	for (size_t i = 0; i < d->l.noff; i++)
		if (id_equal(d->l.off[i].origin, one->origin) && d->l.off[i].day >= d->today)
			out->day[out->n++] = d->l.off[i].day;
	return out;
}

static void put_back(struct app *app, void *ctx, size_t i)
{
	const struct taken_out *x = ctx;
	struct series_done done;
	struct change_result r;
	struct err e;
	if (i >= x->n)
		return;
	if (series_put_back(app_store(app), app_scratch(app), x->series, x->day[i], &done, &r, &e)) {
		app_fail(app, &e);
		return;
	}
	app_done(app, &r, _("Put back: %s · %s"), words_day(app_scratch(app), x->day[i], app_today(app)), series_counts(app_scratch(app), &done));
	series_show_told(app, &done);
}

static void run_put_back(struct app *app, struct screen *s)
{
	struct arena *a = app_scratch(app);
	struct taken_out *x = days_out(s, s->arena);
	const char **labels = arena_alloc(a, (x->n + 1) * sizeof *labels);
	for (size_t i = 0; i < x->n; i++)
		labels[i] = words_day(a, x->day[i], app_today(app));
	dialog_choice(app, _("Which day is to be put back?"), labels, x->n, put_back, x);
}

static const char *refuses_none_out(struct app *app, struct screen *s)
{
	return selected(s) && days_out(s, app_scratch(app))->n == 0 ? _("No coming day is taken out of it.") : NULL;
}

static void run_end(struct app *app, struct screen *s)
{
	series_ask_end(app, s, selected(s)->id);
}

static void run_new(struct app *app, struct screen *s)
{
	(void)s;
	app_push(app, screen_series_new(app));
}

static void run_change(struct app *app, struct screen *s)
{
	struct screen *form = screen_series_change(app, selected(s)->id, app_today(app));
	if (form)
		app_push(app, form);
}

static void run_fixed(struct app *app, struct screen *s)
{
	app_push(app, screen_fixed(app, selected(s)->id));
}

static void run_history(struct app *app, struct screen *s)
{
	app_push(app, screen_history(app, selected(s)->id));
}

static const char *refuses_over(struct app *app, struct screen *s)
{
	const struct series *one = selected(s);
	(void)app;
	return one && is_over(one, ((const struct serieses *)s->data)->today) ? _("The series has ended.") : NULL;
}

static void open_series(struct app *app)
{
	app_push(app, screen_series(app));
}

static const struct action series_rows[] = {
	{"series.fixed", CTX_SERIES, "Enter", N_("Fixed"), N_("Who has a fixed place in it, and how often"),
		GROUP_DO, 2, ACTION_ROW, NULL, run_fixed},
	{"series.new", CTX_SERIES, "o", N_("New"), N_("Makes shifts that come again: which days, from when to when"),
		GROUP_DO, 3, ACTION_CHANGES, NULL, run_new},
	{"series.make", CTX_SERIES, "m", N_("Make more"), N_("Makes its shifts up to a day; what is there is left alone"),
		GROUP_DO, 4, ACTION_ROW | ACTION_CHANGES, refuses_over, run_make},
	{"series.change", CTX_SERIES, "r", N_("Edit"), N_("Another time, other days, more places: from a day on, or all of it"),
		GROUP_DO, 5, ACTION_ROW | ACTION_CHANGES, refuses_over, run_change},
	{"series.skip", CTX_SERIES, "x", N_("Day without"), N_("Takes one day out of it: no shift is made then"),
		GROUP_DO, 6, ACTION_ROW | ACTION_CHANGES, refuses_over, run_skip},
	{"series.put_back", CTX_SERIES, "t", N_("Put back"), N_("Puts a day back that was taken out of it"),
		GROUP_DO, 8, ACTION_ROW | ACTION_CHANGES, refuses_none_out, run_put_back},
	{"series.end", CTX_SERIES, "a", N_("End it"), N_("Asks for the last day; empty shifts after it go, those with people are named first"),
		GROUP_DO, 7, ACTION_ROW | ACTION_CHANGES, refuses_over, run_end},
	{"series.history", CTX_SERIES, "h", N_("History"), N_("Who changed it, when, and from what"),
		GROUP_GO, 9, ACTION_ROW, NULL, run_history},
};

const struct action_set actions_series = {N_("Shift series"), open_series, series_rows, sizeof series_rows / sizeof *series_rows};

static const struct screen_ops series_ops = {
	.name = "series", .title = N_("Shift series"), .contexts = CTX_SERIES | CTX_LIST, .load = series_load_screen, .draw = series_draw,
};
