/* tests/t_screen_history.c - who changed what: pictures, what a change wrote, undo of any row, and the roster as it
 * was. */
#include "tests/screentest.h"

#include <string.h>

#include "tui/changes.h"

static struct house h;
static struct tui *t = &h.t;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

/* Three changes of one person at three times of the day. */
static void open_history(const char *name)
{
	house_open(&h, name, 24, 80);
	h.clock.t += 3600;
	test_set(h.store, TYPE_VOLUNTEER, h.liv, F_VOLUNTEER_PHONE, value_text("20838797"));
	h.clock.t += 3600;
	test_set(h.store, TYPE_VOLUNTEER, h.liv, F_VOLUNTEER_CITY, value_text("Skive"));
	h.clock.t += 3600;
	test_set(h.store, TYPE_VOLUNTEER, h.liv, F_VOLUNTEER_PHONE, value_text("20518011"));
}

static const char *phone(void)
{
	struct peek l = look_begin(h.store);
	const char *text = arena_strdup(t->arena, test_find(&l, h.liv)->phone);
	look_end(&l);
	return text;
}

static void test_pictures(void)
{
	open_history("pictures");
	tui_keys(t, "8");
	tui_golden(t, "history-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "history-60x17", true);
	tui_resize(t, 40, 120);
	tui_golden(t, "history-120x40", true);
	tui_resize(t, 24, 80);
	tui_keys(t, "Enter");
	tui_golden(t, "change-80x24", true);
	house_close(&h);
}

static void test_undo(void)
{
	open_history("undo");
	tui_keys(t, "8 Down Down u");
	ok(tui_shows(t, "1 field changed since then was left"),
		"an older change is undone as far as nobody changed it since");
	is_str(phone(), "20518011", "the later phone number stays");
	tui_keys(t, "Home Down u");
	ok(tui_shows(t, "Undone: changed Liv Poulsen"), "the row under the cursor is undone, not the last change");
	is_str(phone(), "20518011", "so the last one stands");
	ok(!tui_shows(t, "(undone) undo") && tui_shows(t, "(undone) changed Liv Poulsen"),
		"what is undone is marked by a word");
	tui_keys(t, "Home u");
	ok(tui_shows(t, "Done again: changed Liv Poulsen"), "undoing an undo does it again");
	ok(tui_shows(t, "redo: changed Liv Poulsen"), "and says so in the history");
	tui_keys(t, "Ctrl-Y");
	ok(!tui_broken(t), "all holds");
	house_close(&h);
}

static void test_record(void)
{
	open_history("record");
	app_push(t->app, screen_history(t->app, h.liv));
	tui_draw(t);
	ok(tui_shows(t, "History of Liv Poulsen"), "one record's history has its name");
	ok(tui_shows(t, "Phone: 20 83 87 97 → 20 51 80 11"), "and says from what to what");
	ok(tui_shows(t, "Town: → Skive") && tui_shows(t, "Phone: 20 11 22 37 → 20 83 87 97"), "for each change");
	is_int((intmax_t)list_count(app_top(t->app)->list), 4, "nothing else stands there");
	tui_keys(t, "Enter");
	is_str(top(), "change", "Enter shows what the change wrote");
	ok(tui_shows(t, "Volunteer: Liv Poulsen") && tui_shows(t, "20 83 87 97"), "with the record and both values");
	tui_keys(t, "u");
	is_str(phone(), "20838797", "and u takes that one back");
	ok(tui_shows(t, "· undone"), "which is said there");
	tui_keys(t, "h");
	ok(tui_shows(t, "History of Liv Poulsen"), "h leads to the history of the record");
	house_close(&h);
}

static void test_as_it_was(void)
{
	open_history("as-it-was");
	tui_keys(t, "8 t 'i går'");
	ok(tui_shows(t, "The roster as it was"), "it asks when");
	tui_keys(t, "Ctrl-U 'i morgen 9' Enter");
	ok(tui_shows(t, "That is still to come."), "what is to come can't be looked at");
	is_str(top(), "prompt", "and the text stays");
	tui_keys(t, "Ctrl-U '10.30' Enter");
	is_str(top(), "roster", "a time leads to the roster");
	ok(tui_shows(t, "as it was"), "of that moment");
	house_close(&h);
}

/* More than a page: older ones come when one goes on. */
static void test_long(void)
{
	house_open(&h, "long", 24, 80);
	for (int i = 0; i < 260; i++)
		test_set(h.store, TYPE_VOLUNTEER, h.liv, F_VOLUNTEER_MAX_PER_MONTH, value_int(i % 30));
	tui_keys(t, "8");
	ok(tui_shows(t, "the newest 200"), "the newest are read first");
	tui_keys(t, "End Down");
	ok(!tui_shows(t, "the newest") && list_total(app_top(t->app)->list) > 260, "then the rest");
	ok(!tui_broken(t), "with the cursor where it was");
	house_close(&h);
}

int main(void)
{
	test_pictures();
	test_undo();
	test_record();
	test_as_it_was();
	test_long();
	return done_testing();
}
