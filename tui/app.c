/* tui/app.c - see app.h. Owns the stack of screens, where events go, and when things are loaded and freed. Must
 * not know any screen but by its ops, nor a terminal but in app_run(). */
#include "tui/app.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "tui/app_priv.h"
#include "tui/dialog.h"
#include "tui/screens.h"

/* ---- making and freeing -------------------------------------------------------------------------------- */
struct app *app_new(const struct app_opts *opts)
{
	struct app *app = mem_alloc(sizeof *app);
	*app = (struct app){.opts = *opts, .given = *opts, .store = opts->store, .scratch = arena_new(),
		.settings_of = APP_NO_VERSION, .lang_seen = ""};
	snprintf(app->lang_given, sizeof app->lang_given, "%s", lang_now());
	app->rows = APP_LEAST_ROWS;
	app->cols = APP_LEAST_COLS;
	app_apply_settings(app);
	app->last_key_ms = os_monotonic_ms();
	return app;
}

struct screen *screen_new(struct app *app, const struct screen_ops *ops, size_t size)
{
	struct arena *arena = arena_new();
	struct screen *s = arena_alloc(arena, sizeof *s);
	*s = (struct screen){.ops = ops, .app = app, .arena = arena, .model = arena_new()};
	s->data = arena_alloc(arena, size);
	return s;
}

static void free_screen(struct screen *s)
{
	if (s->ops->close)
		s->ops->close(s);
	list_free(s->list);
	form_free(s->form);
	book_free(s->past);
	arena_free(s->model);
	arena_free(s->arena);
}

static void free_closed(struct app *app)
{
	while (app->closed) {
		struct screen *s = app->closed;
		app->closed = s->next_closed;
		free_screen(s);
	}
}

void app_free(struct app *app)
{
	if (!app)
		return;
	while (app->n > 0)
		free_screen(app->stack[--app->n]);
	free_closed(app);
	draft_free_all(app);
	book_retire(app);
	book_free_unused(app);
	arena_free(app->scratch);
	free(app->stack);
	free(app);
}

/* ---- the stack ----------------------------------------------------------------------------------------- */
void app_push(struct app *app, struct screen *s)
{
	if (app->n == app->cap) {
		app->cap = app->cap ? app->cap * 2 : 8;
		app->stack = mem_realloc(app->stack, app->cap * sizeof *app->stack);
	}
	app->stack[app->n++] = s;
	draft_restore(app, s);
}

static void close_top(struct app *app)
{
	struct screen *s = app->stack[--app->n];
	draft_keep(app, s);
	s->next_closed = app->closed;
	app->closed = s;
}

static size_t place_of(const struct app *app, const struct screen *s)
{
	size_t at = 0;
	while (at < app->n && app->stack[at] != s)
		at++;
	return at;
}

void app_pop(struct app *app, struct screen *s)
{
	size_t at = place_of(app, s);
	while (app->n > at && app->n > 1)
		close_top(app);
}

void app_take_out(struct app *app, struct screen *s)
{
	size_t at = place_of(app, s);
	if (at >= app->n)
		return;                /* what it led to has left it already */
	assert(app->n > 1);
	for (; at + 1 < app->n; at++)
		app->stack[at] = app->stack[at + 1];
	app->stack[at] = s;
	close_top(app);
}

void app_replace(struct app *app, struct screen *s, struct screen *fresh)
{
	app_push(app, fresh);
	app_take_out(app, s);
}

void app_home(struct app *app)
{
	while (app->n > 1)
		close_top(app);
}

void app_go(struct app *app, struct screen *s)
{
	app_home(app);
	app_push(app, s);
}

struct screen *app_top(struct app *app)
{
	return app->n ? app->stack[app->n - 1] : NULL;
}

bool app_is_first(const struct app *app, const struct screen *s)
{
	return app->n && app->stack[0] == s;
}

size_t app_first_drawn(const struct app *app)
{
	size_t i = app->n - 1;
	while (i > 0 && app->stack[i]->ops->overlay)
		i--;
	return i;
}

struct screen *app_main(struct app *app)
{
	return app->n ? app->stack[app_first_drawn(app)] : NULL;
}

struct screen *app_screen_named(struct app *app, const char *name)
{
	for (size_t i = app->n; i-- > 0;)
		if (strcmp(app->stack[i]->ops->name, name) == 0)
			return app->stack[i];
	return NULL;
}

static void leave(struct app *app, void *ctx)
{
	(void)ctx;
	app->done = true;
}

void app_quit(struct app *app)
{
	draft_keep_all(app);
	size_t n = draft_count(app);
	if (n == 0 || app->opts.draft_save) {
		app->done = true;
		return;
	}
	const char *what = arena_printf(app->scratch, ngettext("%zu form isn't saved: what is typed in it is lost.",
		"%zu forms aren't saved: what is typed in them is lost.", n), n);
	dialog_confirm(app, what, _("Yes, leave without saving"), leave, NULL);
}

/* ---- what is said -------------------------------------------------------------------------------------- */
void app_toast(struct app *app, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(app->toast.text, sizeof app->toast.text, fmt, ap);
	va_end(ap);
	app->toast.code = OK;
}

void app_fail(struct app *app, const struct err *e)
{
	app->toast = *e;
	if (!app->toast.code)
		app->toast.code = ERR_DATA;
}

static void tell_done(struct app *app, const struct change_result *r, const char *fmt, va_list ap)
{
	char text[400];
	vsnprintf(text, sizeof text, fmt, ap);
	if (r->dot.no == 0)
		app_toast(app, _("Nothing had to be changed."));
	else if (screen_contexts(app_main(app)) & CTX_OWN_KEYS)
		app_toast(app, _("%s · undo: Ctrl-Z"), text);
	else
		app_toast(app, _("%s · undo: u"), text);
}

void app_done(struct app *app, const struct change_result *r, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	tell_done(app, r, fmt, ap);
	va_end(ap);
}

bool app_did(struct app *app, int rc, const struct change_result *r, const struct err *e, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	if (rc)
		app_fail(app, e);
	else
		tell_done(app, r, fmt, ap);
	va_end(ap);
	return rc == OK;
}

/* ---- what is shared ------------------------------------------------------------------------------------ */
struct store *app_store(struct app *app)
{
	return app->store;
}

void app_set_store(struct app *app, struct store *s)
{
	app->store = s;
	app->settings_of = APP_NO_VERSION;
	app_reload(app);
}

struct arena *app_scratch(struct app *app)
{
	return app->scratch;
}

struct os_clock app_clock(const struct app *app)
{
	return app->opts.clock;
}

civil_min app_now(const struct app *app)
{
	return civil_from_utc(app->opts.clock.now(app->opts.clock.ctx));
}

civil_date app_today(const struct app *app)
{
	return cmin_date(app_now(app));
}

void screen_reload(struct screen *s)
{
	s->loaded = false;
}

void app_reload(struct app *app)
{
	book_retire(app);
	for (size_t i = 0; i < app->n; i++)
		app->stack[i]->loaded = false;
}

int app_key(const struct app *app)
{
	return app->key;
}

bool app_is_done(const struct app *app)
{
	return app->done;
}

bool app_is_small(const struct app *app)
{
	return app->rows < APP_LEAST_ROWS || app->cols < APP_LEAST_COLS;
}

const struct action_set *const *app_actions(const struct app *app, size_t *n)
{
	*n = app->opts.nsets;
	return app->opts.sets;
}

uint64_t screen_contexts(const struct screen *s)
{
	if (s->ops->alone)
		return s->ops->contexts;
	return s->ops->contexts | CTX_ANY | (s->ops->overlay ? 0 : CTX_MAIN);
}

bool screen_is_typing(const struct screen *s)
{
	return s->typing || s->form || (s->list && list_is_filtering(s->list));
}

/* ---- loading ------------------------------------------------------------------------------------------- */
static void load(struct app *app, struct screen *s)
{
	struct view *v = NULL;
	s->loaded = true;
	s->version = store_version(app->store);
	s->trouble = (struct err){0};
	arena_reset(s->model);
	book_free(s->past);
	s->past = NULL;
	app->loading = s;
	int rc = view_begin_at(app->store, s->as_of, &v, &s->trouble);
	if (rc == OK)
		rc = s->ops->load(s, v, &s->trouble);
	if (rc == OK)
		rc = view_check(v, &s->trouble);
	view_end(v);
	app->loading = NULL;
	s->trouble.code = rc;
	/* its rows lay in the model that is gone */
	if (rc && s->list)
		list_set(s->list, NULL, 0);
}

void app_refresh(struct app *app)
{
	if (app->n && app_top(app)->writing)
		return;
	app_apply_settings(app);
	for (size_t i = app->n ? app_first_drawn(app) : 0; app->store && i < app->n; i++) {
		struct screen *s = app->stack[i];
		if (s->ops->load && (!s->loaded || s->version != store_version(app->store)))
			load(app, s);
	}
}

/* ---- events -------------------------------------------------------------------------------------------- */
void app_run_action(struct app *app, struct screen *s, const struct action *a)
{
	const char *why = action_refusal(a, app, s);
	if (why)
		app_toast(app, "%s: %s", _(a->label), why);
	else
		a->run(app, s);
}

static void unknown_key(struct app *app, int key)
{
	char buf[KEY_NAME];
	if (*key_label(buf, key))
		app_toast(app, _("%s does nothing here. ? or F1 shows what can be done."), buf);
}

/* A screen that couldn't be loaded has nothing to type into or move in. */
static bool offer(struct screen *s, const struct event *ev)
{
	if (s->trouble.code)
		return false;
	if (s->ops->event && s->ops->event(s, ev))
		return true;
	if (s->form)
		return form_event(s->form, ev);
	return s->list && list_event(s->list, ev);
}

/* The letters that vim moves by, as the keys they stand for. */
static int vim_key(int key)
{
	static const struct { char letter; int key; } moves[] = {
		{'h', K_LEFT}, {'j', K_DOWN}, {'k', K_UP}, {'l', K_RIGHT}, {'g', K_HOME}, {'G', K_END},
	};
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
		if (moves[i].letter == key)
			return moves[i].key;
	return key;
}

static void on_key(struct app *app, const struct event *ev)
{
	struct screen *s = app_top(app);
	struct event moved = *ev;
	app->toast.text[0] = '\0';
	if (s->working) {
		s->working = ev->key != K_ESC;
		if (!s->working && s->ops->step)
			s->ops->step(s);
		return;
	}
	if (app->opts.vim && !screen_is_typing(s))
		moved.key = vim_key(ev->key);
	app->key = moved.key;
	if (offer(s, &moved))
		return;
	const struct action *a = action_of_key(app->opts.sets, app->opts.nsets, screen_contexts(s), moved.key);
	if (a)
		app_run_action(app, s, a);
	else
		unknown_key(app, moved.key);
}

static void on_click(struct app *app, const struct event *ev)
{
	struct screen *s = app_top(app);
	const struct hit *t = app->shown ? cv_target_at(app->shown, ev->row, ev->col) : NULL;
	if (ev->key) {
		offer(s, &(struct event){.what = EV_KEY, .key = ev->key});
	} else if (t && t->what == TARGET_ACTION) {
		app->key = K_NONE;
		const struct action *a = &app->opts.sets[t->arg >> 8]->rows[t->arg & 0xFF];
		app_run_action(app, s, a);
	} else if (t && s->form) {
		form_click(s->form, t->arg);
	} else if (t && s->list) {
		list_click(s->list, t->arg);
	}
}

static bool wants_shown(const struct app *app)
{
	const struct screen *s = app->n ? app->stack[app->n - 1] : NULL;
	return s && s->ops->shown && !s->was_shown && s->loaded && !s->trouble.code && !app_is_small(app);
}

static void on_shown(struct app *app, struct screen *s)
{
	uint64_t before = store_version(app->store);
	s->was_shown = true;
	s->ops->shown(s);
	app_still_true(app, before);
}

static void on_timer(struct app *app, int64_t now_ms)
{
	struct screen *s = app_top(app);
	if (s->working && s->ops->step)
		s->ops->step(s);
	else if (wants_shown(app))
		on_shown(app, s);
	if (lock_is_due(app, now_ms))
		app_lock(app);
}

/* Nobody sees it any more, but what it writes must come to an end before the store is closed. */
static void end_work(struct screen *s)
{
	while (s->writing) {
		s->working = false;
		s->ops->step(s);
	}
}

static void handle(struct app *app, const struct event *ev)
{
	switch (ev->what) {
	case EV_KEY:
		/* nobody sees what is typed into a window too small, but leaving must be possible */
		if (!app_is_small(app))
			on_key(app, ev);
		else if (ev->key == 'Q' && !app_top(app)->working)
			app_quit(app);
		break;
	case EV_PASTE:
		if (!app_is_small(app) && !app_top(app)->working)
			offer(app_top(app), ev);
		break;
	case EV_CLICK:
		if (!app_is_small(app) && !app_top(app)->working)
			on_click(app, ev);
		break;
	case EV_TIMER: on_timer(app, ev->ms); break;
	case EV_RESIZE:
		app->rows = ev->rows;
		app->cols = ev->cols;
		break;
	case EV_HANGUP:
		end_work(app_top(app));
		draft_keep_all(app);
		app->done = true;
		break;
	case EV_NONE: break;
	}
}

void app_event(struct app *app, const struct event *ev)
{
	assert(app->n > 0);
	bool is_input = ev->what == EV_KEY || ev->what == EV_CLICK || ev->what == EV_PASTE;
	/* whoever opens the lid of a machine that slept isn't known yet: that key does nothing */
	bool is_late = is_input && lock_is_due(app, ev->ms);
	if (is_input)
		app->last_key_ms = ev->ms;
	if (is_late)
		app_lock(app);
	else
		handle(app, ev);
	struct screen *s = app_top(app);
	if (s->form && s->draft && form_focus(s->form) != s->focus)
		draft_keep(app, s);
	free_closed(app);
	arena_reset(app->scratch);
	app_refresh(app);
	book_free_unused(app);
}

int app_timeout(const struct app *app, int64_t now_ms)
{
	if ((app->n && app->stack[app->n - 1]->working) || wants_shown(app))
		return 0;
	return lock_timeout(app, now_ms);
}

void app_run(struct app *app, struct term *t)
{
	enum { PAINT_MS = 50 };        /* long work is painted now and then, keys at once */
	int64_t painted = 0;
	bool mouse = false;
	struct event ev = {0};
	while (!app->done) {
		if (mouse != app->opts.mouse)
			term_set_mouse(t, mouse = app->opts.mouse);
		if (ev.what != EV_TIMER || os_monotonic_ms() - painted >= PAINT_MS || !app_top(app)->working) {
			app_draw(app, term_canvas(t));
			term_paint(t);
			painted = os_monotonic_ms();
		}
		do {
			term_wait(t, app_timeout(app, os_monotonic_ms()), &ev);
			app_event(app, &ev);
		} while (!app->done && term_pending(t));
	}
}
