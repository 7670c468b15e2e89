/* tests/t_screen_clashes.c - what planning at two places brings, as the coordinator sees it: each clash in the list
 * with the key that settles it, and that key does. */
#include "tests/screentest.h"

#include <string.h>

#include "base/lang.h"
#include "tests/carry.h"
#include "tui/syncing.h"

static struct house h;
static struct tui *t = &h.t;
static struct store *other;                /* at Silkeborg */

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

static void go_to(const char *text)
{
	for (int i = 0; i < 12 && !strstr(tui_row(t, t->cv->cursor_row), text); i++)
		tui_keys(t, "Down");
}

static void shows_key(const char *what, const char *key)
{
	tui_keys(t, "Home");
	go_to(what);
	const char *row = tui_row(t, t->cv->cursor_row);
	size_t n = strlen(row), k = strlen(key);
	while (n > 0 && row[n - 1] == ' ')
		n--;
	ok(strstr(row, what) && n >= k && strncmp(row + n - k, key, k) == 0, "%s names its key, %s", what, key);
}

/* Each kind of clash that a meeting can bring, in the list with the key that settles it; and that key does. */
static void test_clashes(void)
{
	house_open(&h, "clashes", 24, 80);
	other = carry_store("silkeborg", &h.clock, "Silkeborg", "Bo");
	carry_both(h.store, other);
	civil_min at[5];
	struct id shift[5];
	struct change_result r;
	struct err e;
	for (int i = 0; i < 5; i++) {
		at[i] = test_at("2025-12-08", 8, 0) + i * 1440;
		shift[i] = test_shift(h.store, h.hall, h.guide, at[i], at[i] + 180, 1);
	}
	struct id beside = test_shift(h.store, h.children, h.play, at[0] + 60, at[0] + 240, 1);
	carry_both(h.store, other);
	test_assign(h.store, shift[0], h.hakim, ASSIGNMENT_ACCEPTED);
	test_assign(other, beside, h.hakim, ASSIGNMENT_ACCEPTED);
	test_assign(h.store, shift[1], h.liv, ASSIGNMENT_ACCEPTED);
	test_assign(other, shift[1], h.susanne, ASSIGNMENT_ACCEPTED);
	must(act_move_shifts(h.store, &shift[2], 1, 0, 60, &r, &e), &e, "move");
	struct peek l = look_begin(other);
	view_end(l.v);
	l.v = NULL;
	must(act_assign(other, l.b, shift[2], h.merete, "x", NULL, &r, &e), &e, "assign");
	look_end(&l);
	must(act_cancel_shift(h.store, shift[3], true, NULL, &r, &e), &e, "call off");
	test_assign(other, shift[3], h.merete, ASSIGNMENT_ACCEPTED);
	must(act_delete_shifts(h.store, &shift[4], 1, &r, &e), &e, "delete");
	test_assign(other, shift[4], h.liv, ASSIGNMENT_ACCEPTED);
	carry_both(h.store, other);
	app_go(t->app, screen_disagreements(t->app, ID_NONE));
	tui_draw(t);
	tui_golden(t, "disagree-clashes", true);
	shows_key("Two places", "Enter");
	shows_key("Too many", "Enter");
	shows_key("Called off", "Enter");
	tui_keys(t, "Enter");
	is_str(top(), "roster-day", "Enter leads to the shift that is called off");
	tui_keys(t, "Esc");
	shows_key("Moved", "Enter");
	tui_keys(t, "Enter");
	is_str(top(), "round", "Enter rings whoever was put on a shift that was moved");
	ok(tui_shows(t, "Merete"), "by name");
	tui_keys(t, "j");
	if (strcmp(top(), "round") == 0)
		tui_keys(t, "Esc");
	is_str(top(), "disagreements", "and then one is back");
	ok(!tui_shows(t, "Moved"), "who says yes has settled it");
	shows_key("Fri 12/12", "x");
	tui_keys(t, "x");
	ok(tui_shows(t, "1 place taken off"), "x takes off whoever stood on what is gone");
	store_close(other);
	house_close(&h);
}

/* The last change stands in a disagreement: u takes nothing older without being asked to. */
static void test_undo_passes_over(void)
{
	house_open(&h, "over", 24, 80);
	other = carry_store("silkeborg-over", &h.clock, "Silkeborg", "Bo");
	carry_both(h.store, other);
	test_set(h.store, TYPE_VOLUNTEER, h.liv, F_VOLUNTEER_CITY, value_text("Viborg"));
	test_set(h.store, TYPE_VOLUNTEER, h.hakim, F_VOLUNTEER_PHONE, value_text("20838797"));
	h.clock.t++;         /* so that theirs is the one shown */
	test_set(other, TYPE_VOLUNTEER, h.hakim, F_VOLUNTEER_PHONE, value_text("20838798"));
	carry_both(h.store, other);
	app_go(t->app, screen_disagreements(t->app, ID_NONE));
	tui_draw(t);
	tui_keys(t, "u");
	tui_golden(t, "undo-passes-over", true);
	ok(tui_shows(t, "can't be taken back any more") && tui_shows(t, "changed Hakim") && tui_shows(t, "changed Liv"),
		"u asks before it takes an older change than the last");
	tui_keys(t, "Enter");
	is_str(top(), "disagreements", "Enter is no");
	ok(!tui_shows(t, "Undone"), "and takes none by a slip");
	tui_keys(t, "u y");
	ok(tui_shows(t, "Undone: changed Liv"), "when it is wanted it does");
	store_close(other);
	house_close(&h);
}

int main(void)
{
	lang_init("en", ".");
	test_clashes();
	test_undo_passes_over();
	return done_testing();
}
