/* tests/t_screen_first_run.c - the first minute: what is asked and refused, what the caller gets, the card of keys,
 * and the way on. */
#include "tests/screentest.h"

#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "tui/settings.h"

static struct tui tt;
static struct tui *t = &tt;
static struct test_clock at = {1764576000};

/* What the screen gave. */
static struct { int times, fails; char site[80], person[80], passphrase[80]; bool demo; struct store *store; } got;

static int found(struct app *app, void *ctx, const char *site, const char *person, const char *passphrase, bool demo,
	struct err *e)
{
	(void)ctx;
	got.times++;
	if (got.fails-- > 0)
		return err_set(e, ERR_FULL, "the disk is full");
	snprintf(got.site, sizeof got.site, "%s", site);
	snprintf(got.person, sizeof got.person, "%s", person);
	snprintf(got.passphrase, sizeof got.passphrase, "%s", passphrase ? passphrase : "(none)");
	got.demo = demo;
	got.store = test_store(site, &at);
	app_set_store(app, got.store);
	return OK;
}

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

static void open_first(int rows, int cols)
{
	struct app_opts opts = {.clock = test_clock(&at)};
	opts.sets = screens_actions(&opts.nsets);
	memset(&got, 0, sizeof got);
	tui_open(t, &opts, rows, cols);
	app_push(t->app, screen_first_run(t->app, found, NULL));
	tui_draw(t);
}

static void close_first(void)
{
	tui_close(t);
	store_close(got.store);
}

static void test_pictures(void)
{
	open_first(24, 80);
	tui_golden(t, "first-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "first-60x17", true);
	tui_resize(t, 40, 120);
	tui_golden(t, "first-120x40", true);
	tui_resize(t, 24, 80);
	tui_keys(t, "'pictures' Tab 'Anna Holm' Tab Tab Tab 'y' Ctrl-S");
	is_str(top(), "ready", "then the card of keys");
	tui_golden(t, "first-ready-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "first-ready-60x17", true);
	close_first();
}

static void test_answers(void)
{
	open_first(24, 80);
	tui_keys(t, "Ctrl-S");
	ok(tui_shows(t, "The place must be filled in."), "the place must be told");
	tui_keys(t, "'Viborg' Tab 'Anna Holm' Ctrl-S");
	ok(tui_shows(t, "Write a passphrase, or say yes to do without one."), "no passphrase is a choice, not a slip");
	tui_keys(t, "'kort' Tab");
	ok(tui_shows(t, "A passphrase has at least 8 signs."), "a short one is told at once");
	tui_keys(t, "Shift-Tab ' men længere' Tab 'kort men længer' Ctrl-S");
	ok(tui_shows(t, "This isn't the same as above."), "a slip in the second is found");
	ok(!tui_shows(t, "længer"), "neither is ever shown");
	tui_keys(t, "'e' Tab Tab 'y' Enter");
	is_int(got.times, 1, "Enter in the last field makes the store");
	is_str(got.site, "Viborg", "the place");
	is_str(got.person, "Anna Holm", "the name");
	is_str(got.passphrase, "kort men længere", "the passphrase as it was typed");
	ok(got.demo, "demo data when asked for");
	tui_keys(t, "?");
	ok(tui_shows(t, "Begin"), "help is there already");
	tui_keys(t, "Esc Esc");
	is_str(top(), "ready", "there is no way back to a store that isn't made");
	tui_keys(t, "Enter");
	is_str(top(), "today", "Enter begins");
	ok(tui_shows(t, "7 takes people and shifts"), "and where nobody is yet, it says how they come");
	tui_keys(t, "Esc q");
	is_str(top(), "today", "which is the first screen now");
	close_first();
}

static void test_trouble(void)
{
	open_first(24, 80);
	got.fails = 1;
	tui_keys(t, "'trouble' Tab 'Bo' Tab Tab Tab 'y' Ctrl-S");
	ok(tui_shows(t, "the disk is full"), "what goes wrong is said");
	is_str(top(), "first-run", "and nothing that was typed is lost");
	tui_keys(t, "Ctrl-S");
	is_str(top(), "ready", "the second time it goes well");
	is_str(got.passphrase, "(none)", "without a passphrase");
	tui_keys(t, "7");
	is_str(top(), "import", "7 takes spreadsheets");
	tui_keys(t, "Esc");
	is_str(top(), "today", "with the day below it");
	close_first();
}

/* Q would be typed. */
static void test_leaving(void)
{
	open_first(24, 80);
	tui_keys(t, "'Viborg' Esc");
	ok(tui_shows(t, "Leave samvagt?"), "Esc in the first form asks");
	tui_keys(t, "Enter");
	ok(!app_is_done(t->app) && tui_shows(t, "Viborg"), "Enter stays, with all that was typed");
	tui_keys(t, "Esc Down Enter");
	ok(app_is_done(t->app), "arrows and Enter leave");
	close_first();
}

static void test_language(void)
{
	open_first(24, 80);
	lang_set("en");
	tui_keys(t, "'Vib' Ctrl-X");
	is_str(lang_now(), "da", "Ctrl-X changes the language");
	tui_keys(t, "Ctrl-X");
	is_str(lang_now(), "en", "and back");
	ok(tui_shows(t, "Vib"), "what is typed stays");
	tui_keys(t, "Ctrl-F Ctrl-P");
	ok(!tui_broken(t), "all holds without a store");
	tui_keys(t, "Esc Ctrl-U 'language' Tab 'Bo' Tab Tab Tab 'y' Ctrl-S");
	struct err e = {0};
	struct view *v;
	must(view_begin(got.store, &v, &e), &e, "view");
	is_str(settings_text(v, t->arena, "language"), "en", "what was chosen is kept");
	view_end(v);
	close_first();
}

int main(void)
{
	test_pictures();
	test_answers();
	test_trouble();
	test_leaving();
	test_language();
	return done_testing();
}
