/* tui/app_draw.c - see app.h. Owns the frame around every screen: title, message line, hint bar, and what is shown
 * when there is no room. Must not change anything that events see. */
#include "tui/app_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"

enum { HINTS_MAX = 64, HINT_GAP = 2, MESSAGE_ROWS = 3 };

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
	const char *above = heading(app->stack[last], a), *text = above;
	for (size_t i = app->stack[last]->ops->alone ? 0 : last; i-- > 0;) {
		const char *one = heading(app->stack[i], a);
		/* a card's form is called as the card is */
		if (app->stack[i]->ops->overlay || strcmp(above, one) == 0)
			continue;
		above = one;
		const char *longer = arena_printf(a, "%s › %s", one, text);
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
struct hint { const struct action *a; int arg, width; const char *key; bool refused, shown; };

static int place_on_bar(const struct action *a)
{
	return a->flags & ACTION_FIRST ? 0 : a->prio;
}

static bool is_hinted(const struct action *a, uint64_t contexts)
{
	bool here = !(a->flags & ACTION_AT_GAPS) || contexts & CTX_GAPS;
	return a->prio && here && action_applies(a, contexts);
}

/* By priority, in the order of the tables where that is the same. */
static size_t gather_hints(const struct app *app, const struct screen *s, struct hint *out)
{
	size_t n = 0;
	for (size_t set = 0; set < app->opts.nsets; set++)
		for (size_t row = 0; row < app->opts.sets[set]->n && n < HINTS_MAX; row++) {
			const struct action *a = &app->opts.sets[set]->rows[row];
			if (!is_hinted(a, screen_contexts(s)))
				continue;
			size_t at = n++;
			for (; at > 0 && place_on_bar(out[at - 1].a) > place_on_bar(a); at--)
				out[at] = out[at - 1];
			out[at] = (struct hint){.a = a, .arg = (int)(set << 8 | row)};
		}
	return n;
}

/* Those that don't fit whole are left out: help never, then what can't be done now before what can. */
static void choose_hints(struct app *app, struct screen *s, struct hint *hints, size_t n, int room)
{
	for (size_t i = 0; i < n; i++) {
		hints[i].key = action_key_label(app->opts.sets, app->opts.nsets, screen_contexts(s), hints[i].a,
			screen_is_typing(s), app->scratch);
		hints[i].width = text_width(hints[i].key) + 1 + text_width(_(hints[i].a->label));
		hints[i].refused = action_refusal(hints[i].a, app, s) != NULL;
	}
	for (int refused = 0; refused <= 1; refused++)
		for (size_t i = 0; i < n; i++) {
			bool first = hints[i].a->flags & ACTION_FIRST;
			if (hints[i].shown || !*hints[i].key || hints[i].width > room || (hints[i].refused > refused && !first))
				continue;
			hints[i].shown = true;
			room -= hints[i].width + HINT_GAP;
		}
}

static void draw_hints(struct app *app, struct canvas *cv, struct rect r)
{
	struct hint hints[HINTS_MAX];
	struct screen *s = app_top(app);
	size_t n = gather_hints(app, s, hints);
	choose_hints(app, s, hints, n, r.cols);
	for (size_t i = 0; i < n; i++) {
		if (!hints[i].shown)
			continue;
		struct rect at = rect_cut_left(&r, hints[i].width + HINT_GAP);
		bool refused = hints[i].refused;
		int used = cv_text(cv, at.row, at.col, at.cols, refused ? ROLE_DIM : ROLE_KEY, hints[i].key) + 1;
		cv_text(cv, at.row, at.col + used, at.cols - used, refused ? ROLE_DIM : ROLE_DEFAULT, _(hints[i].a->label));
		at.cols = hints[i].width;
		cv_target(cv, at, TARGET_ACTION, hints[i].arg);
	}
}

/* ---- the message --------------------------------------------------------------------------------------- */
static const char *message(const struct app *app, enum role *role)
{
	const struct screen *s = app->stack[app->n - 1];
	*role = ROLE_MESSAGE;
	if (*app->toast.text) {
		*role = app->toast.code ? ROLE_ERROR : ROLE_MESSAGE;
		return app->toast.text;
	}
	if (s->working)
		return _("Working … Esc stops safely.");
	*role = ROLE_DIM;
	return s->form ? form_help(s->form, app->scratch) : "";
}

/* A sentence that is longer than the line takes what it needs from the body, so that nobody has to guess its end. */
static void draw_message(const struct app *app, struct canvas *cv, struct rect *body)
{
	enum role role;
	const char *text = message(app, &role);
	int rows = cv_wrap(NULL, (struct rect){0, 0, MESSAGE_ROWS, body->cols}, role, text);
	cv_wrap(cv, rect_cut_bottom(body, rows > 1 ? rows : 1), role, text);
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
	struct rect hints = rect_cut_bottom(&r, 1);
	draw_message(app, cv, &r);
	for (size_t i = app_first_drawn(app); i < app->n; i++)
		draw_screen(app->stack[i], cv, r, app->scratch);
	draw_hints(app, cv, hints);
	arena_reset(app->scratch);
}
