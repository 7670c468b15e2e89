/* tests/t_screen_settings.c - settings: pictures, each kind of change and its undo, and the work that runs beside the
 * screen. */
#include "tests/screentest.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "roster/rules.h"
#include "store/backup.h"
#include "tui/settings.h"

static struct house h;
static struct tui *t = &h.t;

static void open_settings(const char *name)
{
	house_open(&h, name, 24, 80);
	tui_keys(t, "9");
}

static const char *setting(const char *key)
{
	struct err e = {0};
	struct view *v;
	must(view_begin(h.store, &v, &e), &e, "view");
	const char *text = settings_text(v, t->arena, key);
	view_end(v);
	return text ? text : "";
}

static int limit(enum limit_no no)
{
	struct err e = {0};
	struct view *v;
	int all[LIMIT_COUNT];
	must(view_begin(h.store, &v, &e), &e, "view");
	must(rules_limits(v, all, &e), &e, "limits");
	view_end(v);
	return all[no];
}

static void test_pictures(void)
{
	open_settings("pictures");
	tui_golden(t, "settings-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "settings-60x17", true);
	tui_resize(t, 40, 120);
	tui_go(t, "Rest between shifts");
	tui_golden(t, "settings-120x40", true);
	house_close(&h);
}

static void test_language(void)
{
	open_settings("language");
	lang_set("en");
	tui_go(t, "Language");
	tui_keys(t, "Enter");
	is_str(lang_now(), "da", "the language is another at once");
	is_str(setting("language"), "da", "and is kept");
	tui_keys(t, "Enter");
	is_str(lang_now(), "en", "and back");
	house_close(&h);
}

static void test_values(void)
{
	open_settings("values");
	tui_go(t, "Mouse");
	tui_keys(t, "Enter");
	is_str(setting("mouse"), "1", "a switch is turned on");
	tui_keys(t, "u");
	is_str(setting("mouse"), "", "and undone");
	tui_go(t, "Lock when idle");
	tui_keys(t, "Enter Ctrl-U 'mange' Enter");
	ok(tui_shows(t, "Write a number from 0 to 600"), "what is no number is refused where it stands");
	tui_keys(t, "Ctrl-U '5' Enter");
	is_str(setting("lock_minutes"), "5", "a number is kept");
	ok(tui_shows(t, "5 minutes (from the start: 10)"), "beside what it was from the start");
	tui_go(t, "Rest between shifts");
	ok(tui_shows(t, "Source: Arbejdsmilj"), "a limit says where it comes from");
	tui_keys(t, "Enter Ctrl-U '12' Enter");
	is_int(limit(LIMIT_REST_HOURS), 12, "the rules go by another limit");
	tui_keys(t, "Enter Ctrl-U Enter");
	is_int(limit(LIMIT_REST_HOURS), 11, "and by their own again when it is emptied");
	tui_go(t, "Your name");
	tui_keys(t, "Enter Ctrl-U 'Bo Holm' Enter");
	is_str(store_person(h.store), "Bo Holm", "the name stands in the history from now on");
	tui_go(t, "The site");
	tui_keys(t, "Enter");
	is_str(app_top(t->app)->ops->name, "form", "the site has its form");
	house_close(&h);
}

static void test_vim(void)
{
	open_settings("vim");
	tui_go(t, "Keys h j k l");
	tui_keys(t, "Enter");
	int row = t->cv->cursor_row;
	tui_keys(t, "j");
	ok(t->cv->cursor_row > row, "j goes down once it is turned on");
	tui_keys(t, "G k g /");
	tui_keys(t, "'jk'");
	ok(tui_shows(t, "Filter: jk"), "but is a letter where text is typed");
	house_close(&h);
}

/* Until the child has ended; each wait is at most a step, and it always ends. */
static void wait_for_work(void)
{
	for (int i = 0; i < 3000 && app_main(t->app)->working; i++)
		tui_wait(t, 1);
}

static void test_work(void)
{
	struct err e = {0};
	struct backup_info info;
	open_settings("work");
	const char *path = test_path("kopi.backup");
	tui_go(t, "Check everything");
	tui_keys(t, "Enter");
	ok(app_main(t->app)->working && tui_shows(t, "Esc stops safely"), "the check runs beside the screen");
	wait_for_work();
	ok(tui_shows(t, "Everything is in order."), "and says what it found");
	tui_keys(t, "Esc Enter Esc");
	ok(!app_main(t->app)->working && tui_shows(t, "Stopped. Nothing was changed."), "Esc stops it");
	tui_go(t, "Backup now");
	tui_keys(t, "Enter Ctrl-U");
	tui_paste(t, path);
	tui_keys(t, "Enter");
	wait_for_work();
	is_int(backup_check(path, NULL, &info, &e), OK, "the backup is whole");
	ok(tui_shows(t, "The backup is written"), "and is said to be written");
	tui_keys(t, "Enter Ctrl-U");
	tui_paste(t, path);
	tui_keys(t, "Enter");
	ok(tui_shows(t, "There is something of that name already"), "it never goes over another");
	house_close(&h);
}

static void test_passphrase(void)
{
	open_settings("passphrase");
	tui_go(t, "Passphrase");
	tui_keys(t, "Enter 'kort' Enter");
	ok(tui_shows(t, "A passphrase has at least 8 signs."), "a short one is refused");
	ok(!tui_shows(t, "kort"), "and never shown");
	tui_keys(t, "Ctrl-U 'en længere sætning' Enter 'en anden' Enter");
	ok(tui_shows(t, "This isn't the same as before."), "it must be written twice");
	ok(!store_is_sealed(h.store), "until then nothing is changed");
	tui_keys(t, "Ctrl-U 'en længere sætning' Enter");
	ok(store_is_sealed(h.store) && tui_shows(t, "The passphrase is changed."), "then the store is sealed");
	tui_keys(t, "Enter 'en helt ny sætning' Enter 'en helt ny sætning' Enter 'forkert' Enter");
	ok(!tui_shows(t, "is changed"), "another needs the one until now");
	tui_keys(t, "Ctrl-U 'en længere sætning' Enter");
	ok(tui_shows(t, "The passphrase is changed."), "which can be tried again without writing the new one anew");
	house_close(&h);
}

int main(void)
{
	test_pictures();
	test_language();
	test_values();
	test_vim();
	test_work();
	test_passphrase();
	return done_testing();
}
