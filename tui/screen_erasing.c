/* tui/screen_erasing.c - see people_data_priv.h: what is about to go for good, then its going, then what came of it.
 * Owns the thread that counts and erases: in a store of many years that takes a while, since all is made again. While
 * it runs nobody else touches the store (screen.writing). */
#include "tui/people_data_priv.h"

#include "base/lang.h"
#include "store/erase.h"
#include "tui/app_priv.h"
#include "tui/dialog.h"
#include "tui/paper.h"
#include "tui/people_priv.h"

enum { STEP_MS = 20 };

/* COUNTING and ERASING in the thread; READY for the question; OVER with what came of it. */
enum phase { COUNTING, READY, ERASING, OVER };

struct erasing {
	enum phase phase;
	struct id who;                     /* ID_NONE: the yearly run */
	int why;
	struct id *only;                   /* of the run: rows, by list_id_in(record, enum retention_what) */
	size_t nonly;
	const char *name;
	struct retained *x;                /* of the run: what goes, in the model */
	size_t n;
	struct store *store;
	struct erase_plan plan;
	struct retention_done done;
	struct err err;                    /* of the thread */
	struct os_beside *beside;
	int64_t began;                     /* UTC */
	uint64_t counted;                  /* the store's version then */
	struct paper *paper;
};

static const struct screen_ops erasing_ops;

static bool is_run(const struct erasing *d)
{
	return id_is_none(d->who);
}

static struct screen *new_screen(struct app *app, enum phase phase)
{
	struct screen *s = screen_new(app, &erasing_ops, sizeof(struct erasing));
	struct erasing *d = s->data;
	d->phase = phase;
	d->store = app_store(app);
	d->paper = paper_new(s->arena);
	d->name = "";
	return s;
}

struct screen *screen_erase_person(struct app *app, struct id volunteer, int why)
{
	struct screen *s = new_screen(app, COUNTING);
	struct erasing *d = s->data;
	d->who = volunteer;
	d->why = why;
	return s;
}

struct screen *screen_erase_due(struct app *app, const struct id *only, size_t n)
{
	struct screen *s = new_screen(app, READY);
	struct erasing *d = s->data;
	d->only = arena_copy(s->arena, only, n * sizeof *only);
	d->nonly = n;
	return s;
}

/* ---- beside ---------------------------------------------------------------------------------------------- */
static int count(void *ctx)
{
	struct erasing *d = ctx;
	struct arena *a = arena_new();
	struct view *v = NULL;
	int rc = view_begin(d->store, &v, &d->err);
	if (rc == OK)
		rc = erase_preview(v, a, d->who, &d->plan, &d->err);
	view_end(v);
	arena_free(a);
	return rc;
}

static int erase(void *ctx)
{
	struct erasing *d = ctx;
	struct id erasure;
	int rc = receipts_prepare(d->store, &d->err);
	if (rc)
		return rc;
	return is_run(d) ? retention_run(d->store, d->x, d->n, &d->done, &d->err)
		: erase_person(d->store, d->who, d->why, &erasure, &d->err);
}

static int begin(struct screen *s)
{
	struct erasing *d = s->data;
	struct os_clock clock = app_clock(s->app);
	d->err = (struct err){0};
	d->began = clock.now(clock.ctx);
	d->counted = store_version(d->store);
	int rc = os_beside_start(d->phase == COUNTING ? count : erase, d, &d->beside, &d->err);
	s->writing = rc == OK;
	return rc;
}

/* There is nothing to go back to on the card of whom nothing is left. */
static void leave_card(struct app *app, struct id who)
{
	struct screen *card;
	while ((card = app_screen_named(app, "volunteer")) && id_equal(screen_volunteer_id(card), who))
		app_take_out(app, card);
}

static void finish(struct screen *s, int rc)
{
	struct erasing *d = s->data;
	s->working = s->writing = false;
	os_beside_end(d->beside);
	d->beside = NULL;
	d->err.code = rc;
	if (d->phase == ERASING && rc == OK && !is_run(d))
		leave_card(s->app, d->who);
	d->phase = d->phase == COUNTING && rc == OK ? READY : OVER;
	app_reload(s->app);
}

/* It can't be left half way: what is begun comes to its end. */
static void erasing_step(struct screen *s)
{
	struct erasing *d = s->data;
	int rc = d->beside ? OK : begin(s);
	if (rc || os_beside_wait(d->beside, STEP_MS, &rc))
		finish(s, rc);
	else
		s->working = true;
}

static void erasing_close(struct screen *s)
{
	os_beside_end(((struct erasing *)s->data)->beside);
}

/* ---- what will go ---------------------------------------------------------------------------------------- */
/* "3 volunteers, 1 scan, 2 notes on checks" */
static const char *done_text(const struct retention_done *x, struct arena *a)
{
	const char *part[] = {
		x->persons ? arena_printf(a, ngettext("%zu volunteer", "%zu volunteers", x->persons), x->persons) : "",
		x->scans ? arena_printf(a, ngettext("%zu scan of a paper", "%zu scans of papers", x->scans), x->scans) : "",
		x->checks ? arena_printf(a, ngettext("%zu note on a check", "%zu notes on checks", x->checks), x->checks) : "",
		x->rooms ? arena_printf(a, ngettext("%zu room of a vigil", "%zu rooms of vigils", x->rooms), x->rooms) : "",
		x->calls ? arena_printf(a, ngettext("%zu call of a phone round", "%zu calls of phone rounds", x->calls), x->calls) : "",
	};
	const char *out = "";
	for (size_t i = 0; i < sizeof part / sizeof *part; i++)
		out = arena_printf(a, "%s%s%s", out, *out && *part[i] ? ", " : "", part[i]);
	return out;
}

static struct retention_done count_due(const struct erasing *d)
{
	struct retention_done n = {0};
	for (size_t i = 0; i < d->n; i++) {
		n.persons += d->x[i].what == RETAIN_PERSON;
		n.scans += d->x[i].what == RETAIN_SCAN;
		n.checks += d->x[i].what == RETAIN_CHECK;
		n.rooms += d->x[i].what == RETAIN_ROOM;
		n.calls += d->x[i].what == RETAIN_CALL ? d->x[i].many : 0;
	}
	return n;
}

static bool is_wanted(const struct erasing *d, const struct retained *x)
{
	struct id row = list_id_in(x->id, (int)x->what);
	for (size_t i = 0; i < d->nonly; i++)
		if (id_equal(d->only[i], row))
			return true;
	return false;
}

/* Looked up anew: somebody may have got a shift or an agreement since they were chosen. */
static int read_due(struct screen *s, struct view *v, struct err *e)
{
	struct erasing *d = s->data;
	size_t all = 0;
	struct book *b = app_book(s->app, v, e);
	d->n = 0;
	int rc = b ? retention_due(v, b, s->model, app_today(s->app), 0, &d->x, &all, e) : e->code;
	for (size_t i = 0; rc == OK && i < all; i++)
		if (d->x[i].automatic && is_wanted(d, &d->x[i]))
			d->x[d->n++] = d->x[i];
	return rc;
}

static void put_group(struct erasing *d, enum retention_what what, const char *title, struct arena *a)
{
	bool any = false;
	for (size_t i = 0; i < d->n; i++) {
		const struct retained *x = &d->x[i];
		if (x->what != what)
			continue;
		if (!any) {
			paper_heading(d->paper, title);
			paper_text(d->paper, ROLE_DIM, people_data_happens(what));
		}
		paper_text(d->paper, ROLE_DEFAULT, arena_printf(a, "%s · %s", x->title, x->reason));
		any = true;
	}
}

static void put_warning(struct erasing *d)
{
	paper_text(d->paper, ROLE_WARN,
		_("This can't be undone. What was printed, exported, or saved elsewhere isn't reached."));
	paper_text(d->paper, ROLE_DEFAULT, "\n");
	paper_text(d->paper, ROLE_KEY, _("s erases it, when you have said yes. Esc leaves everything as it is."));
}

static void put_due(struct erasing *d, struct arena *a)
{
	struct retention_done n = count_due(d);
	paper_fact(d->paper, _("What goes"), ROLE_TITLE, d->n ? done_text(&n, a) : _("nothing: nobody's time is over"));
	if (d->n == 0)
		return;
	put_warning(d);
	put_group(d, RETAIN_PERSON, _("Volunteers"), a);
	put_group(d, RETAIN_SCAN, _("Scans of papers"), a);
	put_group(d, RETAIN_CHECK, _("Notes on checks"), a);
	put_group(d, RETAIN_ROOM, _("Rooms of vigils"), a);
	put_group(d, RETAIN_CALL, _("Calls of phone rounds"), a);
}

static const char *plan_text(const struct erase_plan *p, struct arena *a)
{
	const char *records = arena_printf(a, ngettext("%zu record", "%zu records", p->records), p->records);
	return arena_printf(a, ngettext("%zu value of %s", "%zu values of %s", p->values), p->values, records);
}

static void put_plan(struct erasing *d, struct arena *a)
{
	char day[48];
	const struct erase_plan *p = &d->plan;
	const struct choice *why = schema_choice(SET_ERASURE_WHY, d->why);
	paper_fact(d->paper, _("Who"), ROLE_TITLE, d->name);
	paper_fact(d->paper, _("Why"), ROLE_DEFAULT, why ? _(why->label) : "");
	paper_fact(d->paper, _("What goes"), ROLE_DEFAULT, arena_printf(a, _("%s, for good and at every site"), plan_text(p, a)));
	if (p->attachments)
		paper_fact(d->paper, _("Attachments"), ROLE_DEFAULT, arena_printf(a, "%zu", p->attachments));
	paper_fact(d->paper, _("What stays"), ROLE_DEFAULT,
		p->places + p->agreements == 0 ? _("nothing")
		: arena_printf(a, _("as counts without a name: %zu places on shifts, %zu agreements"), p->places, p->agreements));
	if (p->last)
		paper_fact(d->paper, _("Last shift"), ROLE_DEFAULT,
			arena_strdup(a, civil_format_date(day, sizeof day, p->last, CIVIL_DAY_YEAR)));
	paper_text(d->paper, ROLE_DEFAULT, "\n");
	put_warning(d);
}

/* ---- what came of it ------------------------------------------------------------------------------------- */
static int put_over(struct screen *s, struct view *v, struct err *e)
{
	struct erasing *d = s->data;
	struct receipts *x = NULL;
	size_t n = 0;
	if (d->err.code) {
		paper_text(d->paper, ROLE_ERROR, d->err.text);
		return OK;
	}
	paper_fact(d->paper, _("Erased"), ROLE_OK, is_run(d) ? done_text(&d->done, s->model)
		: arena_printf(s->model, _("%s: nothing is left at this site"), plan_text(&d->plan, s->model)));
	int rc = receipts_list(d->store, v, s->model, &x, &n, e);
	if (rc || n == 0 || (is_run(d) && d->done.persons + d->done.scans + d->done.rooms == 0))
		return rc;
	paper_fact(d->paper, _("Confirmed by"), ROLE_DEFAULT, people_data_confirmed(x, s->model));
	if (x->nmissing) {
		paper_fact(d->paper, _("Not yet by"), ROLE_WARN, people_data_missing(x, app_today(s->app), s->model));
		paper_fact(d->paper, "", ROLE_DIM, _("They follow when they next meet; 0 meets. The list of erasures shows who has confirmed."));
	}
	return OK;
}

/* ---- the screen ------------------------------------------------------------------------------------------ */
/* What was counted in another state of the store is counted again. */
static void count_if_old(struct screen *s)
{
	struct erasing *d = s->data;
	bool is_old = d->phase == READY && !is_run(d) && d->counted != store_version(d->store);
	if (is_old)
		d->phase = COUNTING;
	s->working = d->phase != READY;
}

static int erasing_load(struct screen *s, struct view *v, struct err *e)
{
	struct erasing *d = s->data;
	int rc = OK;
	paper_begin(d->paper, s->model);
	if (d->phase == OVER)
		return put_over(s, v, e);
	if (is_run(d)) {
		rc = read_due(s, v, e);
		if (rc == OK)
			put_due(d, s->model);
		return rc;
	}
	d->name = view_title(v, s->model, d->who);
	count_if_old(s);
	if (d->phase == READY)
		put_plan(d, s->model);
	return OK;
}

static void draw_work(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct erasing *d = s->data;
	struct os_clock clock = app_clock(s->app);
	int seconds = d->beside ? (int)(clock.now(clock.ctx) - d->began) : 0;
	rect_cut_top(&body, 1);
	rect_cut_left(&body, 2);
	const char *what = d->phase == COUNTING ? _("Counting what there is …") : _("Erasing: everything is made again without it …");
	rect_cut_top(&body, 1 + cv_wrap(cv, body, ROLE_DEFAULT, arena_printf(a, _("%s %d s"), what, seconds)));
	cv_wrap(cv, body, ROLE_DIM, _("In a large store this takes a minute or so. It can't be left half way."));
	cv_cursor(cv, body.row, body.col);
}

static void erasing_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct erasing *d = s->data;
	if (s->working)
		draw_work(s, cv, body, a);
	else
		paper_draw(d->paper, cv, body, a);
}

static bool erasing_event(struct screen *s, const struct event *ev)
{
	return paper_event(((struct erasing *)s->data)->paper, ev);
}

static const char *erasing_heading(const struct screen *s, struct arena *a)
{
	const struct erasing *d = s->data;
	(void)a;
	return is_run(d) ? _("Yearly run") : d->phase == OVER || !*d->name ? _("Erase a person") : d->name;
}

/* ---- acts ------------------------------------------------------------------------------------------------ */
static void do_it(struct app *app, void *ctx)
{
	struct screen *s = ctx;
	struct erasing *d = s->data;
	(void)app;
	d->phase = ERASING;
	s->working = true;
}

static const char *refuse_erase(struct app *app, struct screen *s)
{
	const struct erasing *d = s->data;
	(void)app;
	if (d->phase == OVER)
		return _("That is over. Esc goes back.");
	return is_run(d) && d->n == 0 ? _("Nobody's time is over yet.") : NULL;
}

static void run_erase(struct app *app, struct screen *s)
{
	struct arena *a = app_scratch(app);
	const struct erasing *d = s->data;
	struct retention_done n = count_due(d);
	const char *what = is_run(d) ? done_text(&n, a) : arena_printf(a, "%s: %s", d->name, plan_text(&d->plan, a));
	dialog_confirm(app, arena_printf(a, _("%s go for good, at every site. This can't be undone."), what),
		_("Yes, erase for ever"), do_it, s);
}

static const struct action rows[] = {
	{"erasing.erase", CTX_ERASING, "s", N_("Erase"), N_("Asks once more, and then erases for good what stands there"),
		GROUP_DO, 2, ACTION_FINAL, refuse_erase, run_erase},
};

const struct action_set actions_erasing = {N_("Erase for good"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops erasing_ops = {
	.name = "erasing", .title = N_("Erase for good"), .contexts = CTX_ERASING, .load = erasing_load, .draw = erasing_draw,
	.event = erasing_event, .heading = erasing_heading, .step = erasing_step, .close = erasing_close,
};
