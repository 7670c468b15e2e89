/* tui/app_lock.c - see app.h. Owns when the program locks, and what it forgets then: the store's keys, and all that was
 * read from it. What is typed into a form stays, or it would be lost. Must not know how it is opened again
 * (screen_lock.c). */
#include "tui/app_priv.h"

#include "base/lang.h"
#include "tui/screens.h"

/* A wait isn't over in time on a machine that slept meanwhile: it is looked at now and then. */
enum { MINUTE_MS = 60000 };

static bool can_lock(const struct app *app)
{
	bool is_busy = app->n && app->stack[app->n - 1]->writing;
	return app->opts.lock_minutes > 0 && !app->locked && !is_busy && app->store && store_is_sealed(app->store);
}

static int64_t idle_left(const struct app *app, int64_t now_ms)
{
	return app->last_key_ms + (int64_t)app->opts.lock_minutes * MINUTE_MS - now_ms;
}

bool lock_is_due(const struct app *app, int64_t now_ms)
{
	return can_lock(app) && idle_left(app, now_ms) <= 0;
}

int lock_timeout(const struct app *app, int64_t now_ms)
{
	if (!can_lock(app))
		return -1;
	int64_t left = idle_left(app, now_ms);
	return left < 0 ? 0 : left > MINUTE_MS ? MINUTE_MS : (int)left;
}

/* It is read again when it is next shown; until then nothing is asked of it. */
static void forget_model(struct screen *s)
{
	if (!s->ops->load)
		return;
	s->loaded = false;
	s->version = 0;
	err_set(&s->trouble, ERR_KEY, _("Locked"));
	if (s->list)
		list_forget(s->list);
	arena_reset(s->model);
	book_free(s->past);
	s->past = NULL;
}

void app_lock(struct app *app)
{
	if (app->locked)
		return;
	draft_keep_all(app);           /* they are sealed with what is forgotten now */
	for (size_t i = 0; i < app->n; i++)
		forget_model(app->stack[i]);
	book_retire(app);
	book_free_unused(app);
	arena_reset(app->scratch);
	if (app->opts.idle)
		app->opts.idle(app->opts.draft_ctx);
	store_lock(app->store);
	app->locked = true;
	app->toast = (struct err){0};  /* it may name people */
	app_push(app, screen_lock(app));
}
