/* tui/app_settings.c - see app.h. Owns what the kept settings change in the running program: read at the start and
 * whenever the store has changed, so that a setting that was undone, or came from another site, holds at once too. Must
 * not know how a setting is chosen (screen_settings.c). */
#include "tui/app_priv.h"

#include <string.h>

#include "base/lang.h"
#include "tui/settings.h"

static const char *language(struct view *v, struct arena *a)
{
	const char *lang = settings_text(v, a, "language");
	return !lang ? "" : strcmp(lang, "en") == 0 ? "en" : "da";
}

/* Only when the setting is another than when last seen: till then holds what the command line or a key asked for. */
static void apply_language(struct app *app, const char *lang, bool keep)
{
	bool is_new = strcmp(lang, app->lang_seen) != 0;
	app->lang_seen = lang;
	if (!is_new || keep)
		return;
	lang_set(*lang ? lang : app->lang_given);
	app_reload(app);
}

void app_apply_settings(struct app *app)
{
	const struct app_opts *given = &app->given;
	struct view *v;
	if (!app->store || app->locked || app->settings_of == store_version(app->store))
		return;
	bool first = app->settings_of == APP_NO_VERSION;
	app->settings_of = store_version(app->store);
	if (view_begin(app->store, &v, NULL))
		return;
	app->opts.lock_minutes = settings_number(v, "lock_minutes", given->lock_minutes);
	app->opts.ascii = given->ascii || settings_number(v, "ascii", 0);
	app->opts.mouse = given->mouse || settings_number(v, "mouse", 0);
	app->opts.vim = given->vim || settings_number(v, "vim", 0);
	apply_language(app, language(v, app->scratch), first && given->keep_lang);
	view_end(v);
}
