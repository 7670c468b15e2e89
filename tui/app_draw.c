/* tui/app_draw.c - see app.h. Owns the frame around every screen: title, message line, hint bar, and what is shown
 * when there is no room. Must not change anything that events see. */
#include "tui/app_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"

enum { HINTS_MAX = 64, HINT_GAP = 2 };

/* ---- title --------------------------------------------------------------------------------------------- */
static const char *heading(const struct screen *s, struct arena *a)
{
	return s->ops->heading && !s->trouble.code ? s->ops->heading(s, a) : _(s->ops->title);
}

static const char *status(const struct app *app, const struct screen *s, struct arena *a)
{
	const char *text = s->trouble.code ? "" : s->ops->status ? s->ops->status(s, a)
		: s->list ? list_status(s->list, a) : "";
	if (!app->store || store_is_sealed(app->store))
		return text;
	return arena_printf(a, "%s%s%s", text, *text ? " · " : "", _("no passphrase"));
}

/* The path of full screens, as much of its end as there is room for. A screen that stands alone hides the way to
 * it. */
static const char *path(const struct app *app, int cols, struct arena *a)
{
	size_t last = app_first_drawn(app);
	const char *text = heading(app->stack[last], a);
	for (size_t i = app->stack[last]->ops->alone ? 0 : last; i-- > 0;) {
		const char *longer = arena_printf(a, "%s › %s", heading(app->stack[i], a), text);
		if (app->stack[i]->ops->overlay)
			continue;
		if (text_width(longer) > cols)
			break;
		text = longer;
	}
	return text;
}

static void draw_title(const struct app *app, struct canvas *cv, struct rect r)
{
	const char *right = status(app, app->stack[app_first_drawn(app)], app->scratch);
	int width = text_width(right), most = r.cols - 2 - text_width(path(app, 0, app->scratch));
	most = most < r.cols / 2 ? r.cols / 2 : most;
	width = width > most ? most : width;
	cv_text(cv, r.row, r.col + r.cols - width, width, ROLE_DIM, right);
	rect_cut_right(&r, width + 2);
	cv_text(cv, r.row, r.col, r.cols, ROLE_TITLE, path(app, r.cols, app->scratch));
}

/* ---- hints --------------------------------------------------------------------------------------------- */
struct hint { const struct action *a; int arg; };

static int place_on_bar(const struct action *a)
{
	return a->flags & ACTION_FIRST ? 0 : a->prio;
}

/* By priority, in the order of the tables where that is the same. */
static size_t gather_hints(const struct app *app, const struct screen *s, struct hint *out)
{
	size_t n = 0;
	for (size_t set = 0; set < app->opts.nsets; set++)
		for (size_t row = 0; row < app->opts.sets[set]->n && n < HINTS_MAX; row++) {
			const struct action *a = &app->opts.sets[set]->rows[row];
			if (!a->prio || !action_applies(a, screen_contexts(s)))
				continue;
			size_t at = n++;
			for (; at > 0 && place_on_bar(out[at - 1].a) > place_on_bar(a); at--)
				out[at] = out[at - 1];
			out[at] = (struct hint){a, (int)(set << 8 | row)};
		}
	return n;
}

/* Those that don't fit whole are left out; the first, help, comes when there is most room. */
static void draw_hints(struct app *app, struct canvas *cv, struct rect r)
{
	struct hint hints[HINTS_MAX];
	struct screen *s = app_top(app);
	size_t n = gather_hints(app, s, hints);
	for (size_t i = 0; i < n; i++) {
		const char *key = action_key_label(hints[i].a, screen_is_typing(s), app->scratch);
		const char *label = _(hints[i].a->label);
		int width = text_width(key) + 1 + text_width(label);
		if (!*key || width > r.cols)
			continue;
		struct rect at = rect_cut_left(&r, width + HINT_GAP);
		bool refused = action_refusal(hints[i].a, app, s) != NULL;
		int used = cv_text(cv, at.row, at.col, at.cols, refused ? ROLE_DIM : ROLE_KEY, key) + 1;
		cv_text(cv, at.row, at.col + used, at.cols - used, refused ? ROLE_DIM : ROLE_DEFAULT, label);
		at.cols = width;
		cv_target(cv, at, TARGET_ACTION, hints[i].arg);
	}
}

static void draw_message(const struct app *app, struct canvas *cv, struct rect r)
{
	const struct screen *s = app->stack[app->n - 1];
	if (*app->toast.text)
		cv_text(cv, r.row, r.col, r.cols, app->toast.code ? ROLE_ERROR : ROLE_MESSAGE, app->toast.text);
	else if (s->working)
		cv_text(cv, r.row, r.col, r.cols, ROLE_MESSAGE, _("Working … Esc stops safely."));
	else if (s->form)
		cv_text(cv, r.row, r.col, r.cols, ROLE_DIM, form_help(s->form, app->scratch));
}

/* ---- the whole ----------------------------------------------------------------------------------------- */
static void draw_screen(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	if (s->ops->overlay)
		cv_unselect(cv);
	struct rect before = cv_clip(cv, body);
	cv_cursor(cv, body.row, body.col);
	if (s->trouble.code)
		cv_wrap(cv, body, ROLE_ERROR, s->trouble.text);
	else
		s->ops->draw(s, cv, body, a);
	cv_clip(cv, before);
}

void app_draw(struct app *app, struct canvas *cv)
{
	app->rows = cv->rows;
	app->cols = cv->cols;
	app->shown = cv;
	app_refresh(app);
	cv_clear(cv);
	cv->ascii = cv->ascii || app->opts.ascii;
	struct rect r = cv_area(cv);
	if (app_is_small(app)) {
		cv_wrap(cv, r, ROLE_DEFAULT, _("The window is too small (at least 60x17). Nothing is lost. Q leaves."));
		arena_reset(app->scratch);
		return;
	}
	draw_title(app, cv, rect_cut_top(&r, 1));
	struct rect hints = rect_cut_bottom(&r, 1), message = rect_cut_bottom(&r, 1);
	for (size_t i = app_first_drawn(app); i < app->n; i++)
		draw_screen(app->stack[i], cv, r, app->scratch);
	draw_message(app, cv, message);
	draw_hints(app, cv, hints);
	arena_reset(app->scratch);
}
