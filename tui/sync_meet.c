/* tui/sync_meet.c - see syncing.h: a meeting while it goes on. Owns the thread that it runs in, and what is said of how
 * it ended. While it runs nobody else touches the store (screen.writing). */
#include "tui/syncing.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "tui/dialog.h"

enum { STEP_MS = 20, SENTENCES_MOST = 24, STEPS = SYNC_SETTLING + 1 };

/* The thread's, but for what is atomic. */
struct meeting {
	const struct sync_calls *calls;
	struct store *store;
	struct sync_opts opts;
	char *dir, *label;
	bool removable;
	struct arena *arena;                   /* of the result */
	struct sync_result result;
	struct err err;
	_Atomic int step;
	_Atomic size_t done, of;
	atomic_bool stop;
};

struct meet {
	struct meeting *m;
	struct os_beside *beside;              /* NULL: it doesn't run */
	bool is_over;                          /* it ended with m->err */
};

static const struct screen_ops meet_ops;

/* ---- beside --------------------------------------------------------------------------------------------- */
static int note_progress(void *ctx, int step, size_t done, size_t of)
{
	struct meeting *m = ctx;
	atomic_store(&m->step, step);
	atomic_store(&m->done, done);
	atomic_store(&m->of, of);
	return atomic_load(&m->stop) ? ERR_STOPPED : OK;
}

static int work(void *ctx)
{
	struct meeting *m = ctx;
	return m->calls->meet(m->store, m->dir, &m->opts, m->arena, &m->result, &m->err);
}

struct screen *screen_meet(struct app *app, const struct sync_calls *calls, const struct folder_place *place)
{
	struct screen *s = screen_new(app, &meet_ops, sizeof(struct meet));
	struct meeting *m = ((struct meet *)s->data)->m = mem_alloc(sizeof *m);
	m->calls = calls;
	m->store = app_store(app);
	m->dir = mem_strdup(place->dir);
	m->label = mem_strdup(place->label);
	m->removable = place->removable;
	m->arena = arena_new();
	m->opts = (struct sync_opts){.level = SEGMENT_SMALL, .progress = note_progress, .ctx = m};
	s->working = true;
	return s;
}

static void meet_close(struct screen *s)
{
	struct meet *d = s->data;
	struct meeting *m = d->m;
	atomic_store(&m->stop, true);
	os_beside_end(d->beside);
	arena_free(m->arena);
	free(m->dir);
	free(m->label);
	free(m);
}

/* ---- how it ended --------------------------------------------------------------------------------------- */
static const char *received_text(const struct sync_result *r, struct arena *a)
{
	const char *from = "";
	for (size_t i = 0; i < r->nfrom; i++)
		from = arena_printf(a, "%s%s%s %zu", from, i ? ", " : "", r->from[i].site, r->from[i].groups);
	if (r->from_snapshot)
		return _("Taken over: everything that the others have, as one whole.");
	if (r->taken.groups == 0)
		return _("Nothing new had been left there.");
	return arena_printf(a, ngettext("Taken in: %zu change (%s).", "Taken in: %zu changes (%s).", r->taken.groups),
		r->taken.groups, from);
}

static const char *sent_text(const struct sync_result *r, struct arena *a)
{
	const char *own = r->own_sent == 0 ? _("The others had been left everything from here already.")
		: arena_printf(a, ngettext("Left for the others: %zu change.",
			"Left for the others: %zu changes.", r->own_sent), r->own_sent);
	if (r->relayed == 0)
		return own;
	return arena_printf(a, "%s %s", own, arena_printf(a, ngettext("Passed on: %zu file of other sites.",
		"Passed on: %zu files of other sites.", r->relayed), r->relayed));
}

static const char *open_text(const struct sync_result *r, struct arena *a)
{
	if (r->taken.open == 0)
		return "";
	return arena_printf(a, ngettext("%zu value was changed at two places: v decides.",
		"%zu values were changed at two places: v decides.", r->taken.open), r->taken.open);
}

static const char *settled_text(const struct sync_result *r, struct arena *a)
{
	if (!r->settled)
		return "";
	return arena_printf(a, ngettext(
		"A removed site had written in two copies of its store. %zu change of it is issued again here; nothing is lost.",
		"A removed site had written in two copies of its store. %zu changes of it are issued again here; nothing is lost.",
		r->settled), r->settled);
}

static const char *minted_text(const struct sync_result *r, struct arena *a)
{
	if (!r->minted)
		return "";
	if (!r->transplanted)
		return _("This store had been put back or copied, and goes on beside the other. Nothing is lost.");
	return arena_printf(a, ngettext(
		"This store had been put back or copied. %zu change made since was issued again; nothing is lost.",
		"This store had been put back or copied. %zu changes made since were issued again; nothing is lost.",
		r->transplanted), r->transplanted);
}

static const char *future_text(const struct sync_result *r, struct arena *a)
{
	if (r->taken.future == 0)
		return "";
	return arena_printf(a, ngettext("%zu change says that it was made tomorrow or later: a clock is wrong somewhere.",
		"%zu changes say that they were made tomorrow or later: a clock is wrong somewhere.", r->taken.future),
		r->taken.future);
}

static void say(struct sentence *out, size_t *n, enum role role, const char *text)
{
	if (*text && *n < SENTENCES_MOST)
		out[(*n)++] = (struct sentence){text, role};
}

static struct sentence how_it_ended(const struct meeting *m)
{
	if (m->err.code == ERR_STOPPED)
		return (struct sentence){_("Stopped. What had been taken in stands; nothing is half."), ROLE_DEFAULT};
	if (m->err.code)
		return (struct sentence){m->err.text, ROLE_ERROR};
	return (struct sentence){m->removable ? _("Everything is written. You can take the stick out now.")
		: _("Everything is written."), ROLE_OK};
}

/* All that is worth saying of a meeting in which something was taken in; what the coordinator waits for comes first. */
static size_t tell(const struct meeting *m, struct arena *a, struct sentence out[SENTENCES_MOST])
{
	const struct sync_result *r = &m->result;
	size_t n = 0;
	out[n++] = how_it_ended(m);
	say(out, &n, ROLE_DEFAULT, m->err.code ? received_text(r, a)
		: arena_printf(a, "%s %s", received_text(r, a), sent_text(r, a)));
	say(out, &n, ROLE_WARN, open_text(r, a));
	say(out, &n, ROLE_WARN, minted_text(r, a));
	say(out, &n, ROLE_WARN, settled_text(r, a));
	say(out, &n, ROLE_WARN, future_text(r, a));
	for (size_t i = 0; i < r->ntrouble; i++)
		say(out, &n, ROLE_WARN, r->trouble[i].text);
	return n;
}

static void begin_again(struct app *app, void *ctx)
{
	struct screen *s = ctx;
	struct meet *d = s->data;
	(void)app;
	d->is_over = false;
	atomic_store(&d->m->stop, false);
	atomic_store(&d->m->step, SYNC_LISTING);
	atomic_store(&d->m->of, 0);
	s->working = true;
}

static void accept(struct app *app, void *ctx)
{
	struct screen *s = ctx;
	((struct meet *)s->data)->m->opts.accept_losses = true;
	begin_again(app, ctx);
}

/* Had it read what the others left? Before that it ends because of the folder, and nothing was taken in. */
static bool has_read(const struct meeting *m)
{
	return atomic_load(&m->step) > SYNC_LISTING;
}

static void finish(struct screen *s, int rc)
{
	struct meet *d = s->data;
	struct sentence all[SENTENCES_MOST];
	s->working = s->writing = false;
	os_beside_end(d->beside);
	d->beside = NULL;
	d->is_over = true;
	d->m->err.code = rc;
	app_reload(s->app);
	if (rc == OK || d->m->result.taken.merge) {
		d->m->calls->remember(d->m->dir, NULL);
		size_t n = tell(d->m, d->m->arena, all);
		uint64_t merge = d->m->result.taken.merge;
		app_replace(s->app, s, screen_digest_of(s->app, merge ? merge : DIGEST_NOTHING, all, n));
	} else if (d->m->result.loses) {
		dialog_confirm(s->app, d->m->err.text, _("Yes, take that in"), accept, s);
	}
}

static int begin(struct screen *s)
{
	struct meet *d = s->data;
	struct meeting *m = d->m;
	if (atomic_load(&m->stop))
		return ERR_STOPPED;
	m->result = (struct sync_result){0};
	m->err = (struct err){0};
	int rc = os_beside_start(work, m, &d->beside, &m->err);
	s->writing = rc == OK;
	return rc;
}

static void meet_step(struct screen *s)
{
	struct meet *d = s->data;
	if (!s->working)
		atomic_store(&d->m->stop, true);
	int rc = d->beside ? OK : begin(s);
	if (rc || os_beside_wait(d->beside, STEP_MS, &rc))
		finish(s, rc);
	else
		s->working = true;     /* also when it was told to stop: it lets go at its next safe place */
}

/* ---- picture -------------------------------------------------------------------------------------------- */
static const char *step_name(int step)
{
	static const char *const names[STEPS] = {
		[SYNC_LISTING] = N_("Looking at what is there"), [SYNC_READING] = N_("Reading"),
		[SYNC_MERGING] = N_("Taking in"), [SYNC_WRITING] = N_("Leaving what they lack"),
		[SYNC_SETTLING] = N_("Waiting until it is all there"),
	};
	return _(names[step]);
}

static void draw_step(const struct meeting *m, struct canvas *cv, struct rect line, int step, int now)
{
	size_t of = atomic_load(&m->of), done = atomic_load(&m->done);
	const char *mark = step < now ? "·" : step == now ? "→" : "";
	rect_cut_left(&line, 2);
	cv_text(cv, line.row, line.col, 2, ROLE_KEY, mark);
	rect_cut_left(&line, 2);
	int used = cv_text(cv, line.row, line.col, line.cols, step == now ? ROLE_DEFAULT : ROLE_DIM, step_name(step));
	if (step == now && of)
		cv_printf(cv, line.row, line.col + used + 2, line.cols - used - 2, ROLE_DEFAULT, _("%zu of %zu"),
			done, of);
}

static void draw_work(const struct meeting *m, struct canvas *cv, struct rect body, struct arena *a)
{
	int now = atomic_load(&m->step);
	for (int step = 0; step < STEPS; step++)
		draw_step(m, cv, rect_cut_top(&body, 1), step, now);
	rect_cut_top(&body, 1);
	rect_cut_left(&body, 2);
	const char *text = _("Esc stops safely: what has been taken in stands, and the next meeting goes on from there.");
	if (m->removable)
		text = arena_printf(a, "%s %s", _("Leave the stick in until it is said that you can take it out."),
			text);
	cv_wrap(cv, body, ROLE_DIM, atomic_load(&m->stop) ? _("Stopping at the next safe place …") : text);
}

static void meet_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct meet *d = s->data;
	rect_cut_top(&body, 1);
	if (!d->is_over) {
		draw_work(d->m, cv, body, a);
		return;
	}
	rect_cut_left(&body, 2);
	struct sentence why = how_it_ended(d->m);
	rect_cut_top(&body, 1 + cv_wrap(cv, body, why.role, why.text));
	if (!has_read(d->m))
		cv_wrap(cv, body, ROLE_DEFAULT, _("Nothing was taken in, and nothing written. Enter tries again."));
	else
		cv_wrap(cv, body, ROLE_DEFAULT, !d->m->removable ? _("Not everything may be written. Enter tries again.")
		: _("Not everything may be written: meet there again before you carry the stick on. Enter tries again."));
}

static const char *meet_heading(const struct screen *s, struct arena *a)
{
	(void)a;
	return ((const struct meet *)s->data)->m->label;
}

/* ---- acts ----------------------------------------------------------------------------------------------- */
static const char *refuse_again(struct app *app, struct screen *s)
{
	(void)app;
	return ((const struct meet *)s->data)->is_over ? NULL : _("It is still going on.");
}

static void run_again(struct app *app, struct screen *s)
{
	begin_again(app, s);
}

static const struct action rows[] = {
	{"meet.again", CTX_MEET, "Enter", N_("Try again"), N_("Meets in the same folder once more"),
		GROUP_DO, 2, ACTION_WRITES, refuse_again, run_again},
};

const struct action_set actions_meet = {N_("Meeting"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops meet_ops = {
	.name = "meet", .title = N_("Meeting"), .contexts = CTX_MEET, .draw = meet_draw, .heading = meet_heading,
	.step = meet_step, .close = meet_close,
};
