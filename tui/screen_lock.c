/* tui/screen_lock.c - the screen of a locked store: the passphrase or nothing. Owns what is typed, and wipes it.
 * Must not show anything that was on the screen before. */
#include "tui/screens.h"

#include "base/lang.h"
#include "tui/app_priv.h"

struct lock {
	struct lineedit typed;
	struct err wrong;
};

static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct lock *l = s->data;
	(void)a;
	struct rect r = rect_center(body, 5, 50), line = rect_cut_top(&r, 1);
	cv_text(cv, line.row, line.col, line.cols, ROLE_DEFAULT, _("Locked. Type the passphrase and press Enter."));
	rect_cut_top(&r, 1);
	lineedit_draw(&l->typed, cv, rect_cut_top(&r, 1), ROLE_FOCUS, true);
	cv_wrap(cv, r, ROLE_ERROR, l->wrong.text);
}

static void try_unlock(struct screen *s)
{
	struct lock *l = s->data;
	int rc = store_unlock(s->app->store, lineedit_text(&l->typed), &l->wrong);
	lineedit_set(&l->typed, "");
	if (rc)
		return;
	s->app->locked = false;
	app_pop(s->app, s);
}

static bool event(struct screen *s, const struct event *ev)
{
	struct lock *l = s->data;
	if (ev->what == EV_KEY && ev->key == K_ENTER)
		try_unlock(s);
	else if (ev->what == EV_KEY)
		lineedit_key(&l->typed, ev->key);
	else if (ev->what == EV_PASTE)
		lineedit_paste(&l->typed, ev->text);
	return true;
}

static void close(struct screen *s)
{
	struct lock *l = s->data;
	lineedit_free(&l->typed);
}

static const struct screen_ops ops = {
	.name = "lock", .title = N_("Locked"), .alone = true, .draw = draw, .event = event, .close = close,
};

struct screen *screen_lock(struct app *app)
{
	struct screen *s = screen_new(app, &ops, sizeof(struct lock));
	struct lock *l = s->data;
	l->typed.hidden = true;
	s->typing = true;
	return s;
}
