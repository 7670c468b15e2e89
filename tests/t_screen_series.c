/* tests/t_screen_series.c - series of shifts as the coordinator sees them: the list, a new one with its days told while
 * one types, fixed places, making on, changing from the roster, ending. */
#include "tests/screentest.h"

#include <string.h>

#include "base/lang.h"
#include "roster/series.h"

static struct house h;
static struct tui *t = &h.t;
static struct err e;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

/* Two series of guides, one that has ended, and somebody with a fixed place. */
static struct id add(const char *first, const char *until, int every, int days, int start)
{
	struct arena *a = arena_new();
	struct series_done done;
	struct change_result r;
	const struct series how = {.unit = h.hall, .role = h.guide, .first = test_day(first), .until = until ? test_day(until) : DATE_NONE,
		.every = every, .days = days, .start = start, .end = start + 180, .need = 2, .state = SHIFT_PUBLISHED, .note = ""};
	must(series_add(h.store, a, &how, test_day("2025-12-31"), &done, &r, &e), &e, "series");
	arena_free(a);
	return done.series;
}

static struct id fill(void)
{
	struct arena *a = arena_new();
	struct series_done done;
	struct change_result r;
	const struct fixed f = {.volunteer = h.merete, .every = SERIES_SECOND_WEEK, .from = DATE_NONE, .until = DATE_NONE};
	struct id id = add("2025-12-03", NULL, SERIES_WEEK, 4, 960);
	add("2025-12-05", "2026-06-30", SERIES_SECOND_WEEK, 16, 840);
	add("2025-10-06", "2025-11-30", SERIES_LAST, 1, 480);
	must(series_fix(h.store, a, id, &f, &done, &r, &e), &e, "fix");
	arena_free(a);
	return id;
}

static int seats_on(struct id series, const char *day)
{
	return house_filled(&h, id_dated(series, test_day(day)));
}

static bool stands(struct id series, const char *day)
{
	struct peek l = look_begin(h.store);
	struct rec *r = NULL;
	must(view_get(l.v, l.a, TYPE_SHIFT, id_dated(series, test_day(day)), &r, &e), &e, "shift");
	bool yes = r && r->alive;
	look_end(&l);
	return yes;
}

static void test_list(void)
{
	house_open(&h, "list", 24, 80);
	tui_keys(t, "Ctrl-W");
	is_str(top(), "series", "Ctrl-W shows them");
	ok(tui_shows(t, "o makes a series"), "an empty list says which key makes one");
	struct id id = fill();
	tui_keys(t, "Home");
	tui_goldens(t, "series");
	ok(tui_shows(t, "every Wednesday 16–19") && tui_shows(t, "Merete"), "when, and who has a fixed place");
	tui_keys(t, "m");
	tui_paste(t, "14/1");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "2 shifts made") && seats_on(id, "2026-01-14") == 1, "m makes on, with who comes then");
	tui_keys(t, "x");
	tui_paste(t, "24/12");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "No shift on") && !stands(id, "2025-12-24"), "x takes a day out");
	tui_keys(t, "t");
	ok(tui_shows(t, "Which day is to be put back?"), "t asks which is to come back");
	tui_keys(t, "1");
	ok(tui_shows(t, "Put back") && stands(id, "2025-12-24"), "and makes its shift");
	tui_keys(t, "a");
	tui_paste(t, "10/12");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "places are taken after that day"), "a asks about those who are on shifts after it");
	tui_golden(t, "series-end", false);
	tui_keys(t, "2");
	ok(tui_shows(t, "To be told"), "whoever comes off is named");
	house_close(&h);
}

static void test_new(void)
{
	house_open(&h, "new", 24, 80);
	fill();
	tui_keys(t, "Ctrl-W o");
	tui_paste(t, "Hospitalsg");
	tui_keys(t, "Down");
	tui_paste(t, "Forhal");
	tui_keys(t, "Down Ctrl-U");
	tui_paste(t, "every second");
	tui_keys(t, "Down");
	tui_paste(t, "man tor");
	tui_keys(t, "Down");
	tui_paste(t, "8.30");
	tui_keys(t, "Down");
	tui_paste(t, "11");
	tui_keys(t, "Down");
	tui_golden(t, "series-new", false);
	ok(tui_shows(t, "every second week Mon Thu 8:30–11: Mon 1/12, Thu 4/12, Mon 15/12"), "the next days are told while one types");
	tui_keys(t, "Ctrl-S");
	is_str(top(), "series", "saved");
	ok(tui_shows(t, "The series is made") && tui_shows(t, "made"), "and its shifts with it");
	ok(tui_shows(t, "> every second week Mon Thu"), "the cursor stands on it");
	tui_keys(t, "Enter o");
	tui_paste(t, "Merete");
	tui_keys(t, "Ctrl-S");
	ok(tui_shows(t, "Please note") && tui_shows(t, "a rule warns: Is on") && tui_shows(t, "(Thu 4/12)"), "what speaks against it is said, with the days");
	tui_keys(t, "Esc");
	ok(tui_shows(t, "Merete") && tui_shows(t, "each time"), "Enter, o: a fixed place");
	tui_golden(t, "series-fixed", false);
	tui_keys(t, "s 2");
	ok(tui_shows(t, "isn't fixed any more"), "s takes it away");
	house_close(&h);
}

static void test_from_roster(void)
{
	house_open(&h, "roster", 24, 80);
	struct id id = fill();
	struct id shift = id_dated(id, test_day("2025-12-10"));
	app_push(t->app, screen_roster_day(t->app, test_day("2025-12-10"), ID_NONE, shift));
	tui_draw(t);
	tui_keys(t, "Up r");
	ok(tui_shows(t, "Only this shift") && tui_shows(t, "This and the following"), "r asks which of the series is meant");
	tui_golden(t, "series-which", false);
	tui_keys(t, "2");
	ok(tui_shows(t, "Change a series of shifts"), "this and the following: the form of the series");
	tui_keys(t, "Ctrl-U");
	tui_paste(t, "17");
	tui_keys(t, "Down Ctrl-U");
	tui_paste(t, "20");
	tui_golden(t, "series-change", false);
	tui_keys(t, "Ctrl-S");
	is_int(cmin_minute(house_start(&h, shift)), 1020, "that shift begins later");
	is_int(cmin_minute(house_start(&h, id_dated(id, test_day("2025-12-03")))), 960, "the one before it doesn't");
	is_int(house_state(&h, id_dated(id, test_day("2025-12-17")), h.merete), ASSIGNMENT_RECONFIRM, "who is on one must say yes again");
	ok(tui_shows(t, "must say yes again"), "and is named");
	tui_keys(t, "Esc s 1");
	ok(!stands(id, "2025-12-10"), "s, only this: it goes alone");
	house_close(&h);
}

/* Moving asks as changing does; the cursor is on this one alone. */
static void test_moving(void)
{
	house_open(&h, "moving", 24, 80);
	struct id id = fill();
	struct id shift = id_dated(id, test_day("2025-12-10")), next = id_dated(id, test_day("2025-12-17"));
	app_push(t->app, screen_roster_day(t->app, test_day("2025-12-10"), ID_NONE, shift));
	tui_draw(t);
	tui_keys(t, "Up +");
	ok(tui_shows(t, "What is moved?") && tui_shows(t, "This and the following"), "+ asks which of the series is meant");
	tui_golden(t, "series-move", false);
	tui_keys(t, "Enter");
	is_int(cmin_date(house_start(&h, shift)), test_day("2025-12-11"), "Enter moves this one");
	is_int(cmin_date(house_start(&h, next)), test_day("2025-12-17"), "and no other");
	tui_keys(t, "u");
	app_push(t->app, screen_roster_day(t->app, test_day("2025-12-10"), ID_NONE, shift));
	tui_draw(t);
	tui_keys(t, "Up m");
	tui_paste(t, "17");
	tui_keys(t, "Enter 2");
	is_int(cmin_minute(house_start(&h, next)), 1020, "m, the second answer: the following go along");
	is_int(cmin_minute(house_start(&h, id_dated(id, test_day("2025-12-03")))), 960, "the one before doesn't");
	ok(tui_shows(t, "must say yes again"), "who is on them is named");
	house_close(&h);
}

/* What the others can't follow is moved alone, and it is said why. */
static void test_moving_alone(void)
{
	house_open(&h, "alone", 24, 80);
	struct id id = fill();
	struct id shift = id_dated(id, test_day("2025-12-10")), next = id_dated(id, test_day("2025-12-17"));
	app_push(t->app, screen_roster_day(t->app, test_day("2025-12-10"), ID_NONE, shift));
	tui_draw(t);
	tui_keys(t, "Up m '+7' Enter");
	ok(tui_shows(t, "Only this shift is moved: the others stay in their weeks · undo: u"), "to another week goes this one, and it is said");
	is_int(cmin_date(house_start(&h, shift)), test_day("2025-12-17"), "so it does");
	tui_keys(t, "u");
	app_push(t->app, screen_roster_day(t->app, test_day("2025-12-10"), ID_NONE, shift));
	tui_draw(t);
	tui_keys(t, "Up m '17' Enter 1 m '18' Enter");
	ok(tui_shows(t, "What is moved?"), "one that was moved alone is one of the series still");
	tui_keys(t, "2");
	is_int(cmin_minute(house_start(&h, next)), 1080, "the following come where it is now");
	is_int(cmin_minute(house_start(&h, shift)), 1080, "and so does it");
	house_close(&h);
}

static void test_available(void)
{
	house_open(&h, "available", 24, 80);
	app_push(t->app, screen_volunteer(t->app, h.merete));
	tui_draw(t);
	tui_keys(t, "o Ctrl-U");
	tui_paste(t, "if needed");
	tui_keys(t, "Down");
	tui_paste(t, "tue thu");
	tui_keys(t, "Down");
	tui_paste(t, "8");
	tui_keys(t, "Down");
	tui_paste(t, "12");
	tui_keys(t, "Down");
	tui_golden(t, "available-form", false);
	ok(tui_shows(t, "can if needed Tue Thu 08:00–12:00"), "o on the card: what is typed is said in words");
	tui_keys(t, "Ctrl-S");
	ok(tui_shows(t, "Availability") && tui_shows(t, "Tue Thu 08:00–12:00"), "it stands on the card");
	tui_go(t, "can if needed");
	tui_golden(t, "available-card", false);
	tui_keys(t, "Enter");
	ok(tui_shows(t, "can if needed Tue Thu"), "Enter changes it");
	tui_keys(t, "Esc s");
	ok(tui_shows(t, "Removed") && house_count(&h, TYPE_AVAILABILITY) == 0, "s takes it away");
	house_close(&h);
}

/* As whoever forgot that there is one. */
static void test_twice(void)
{
	house_open(&h, "twice", 24, 80);
	for (int i = 0; i < 2; i++)
		tui_keys(t, "Ctrl-W o 'Hospitalsg' Down 'Forhal' Down Ctrl-U 'every week' Down 'man tor' Down '8.30' Down '11' Ctrl-S");
	ok(tui_shows(t, "There is a series with the same shifts already"), "a series like another is made, and it is said");
	house_close(&h);
}

static void test_publishing(void)
{
	house_open(&h, "publish", 24, 80);
	test_set(h.store, TYPE_SHIFT, h.sat, F_SHIFT_STATE, value_int(SHIFT_DRAFT));
	test_set(h.store, TYPE_SHIFT, h.thu_am, F_SHIFT_STATE, value_int(SHIFT_DRAFT));
	tui_keys(t, "2");
	ok(tui_shows(t, "~2/1"), "a draft is marked on the roster");
	tui_keys(t, "Ctrl-O");
	tui_paste(t, "8/12-14/12");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "there are no drafts in that period: the first is Thu 4/12"), "where there is none it is said where the first is");
	tui_keys(t, "Esc Ctrl-O Enter");
	ok(tui_shows(t, "must be told"), "Ctrl-O says what publishing does");
	tui_golden(t, "publish-asks", false);
	tui_keys(t, "1");
	tui_golden(t, "publish-told", false);
	ok(tui_shows(t, "To be told"), "and lists who must be told");
	tui_keys(t, "Esc");
	ok(!tui_shows(t, "~2/1"), "then it holds");
	house_close(&h);
}

static void test_danish(void)
{
	lang_set("da");
	house_open(&h, "danish", 24, 80);
	fill();
	tui_keys(t, "Ctrl-W");
	tui_goldens(t, "series-da");
	house_close(&h);
	lang_set("en");
}

static void test_walk(void)
{
	struct prng r = {20251205};
	house_open(&h, "walk", 24, 80);
	fill();
	tui_keys(t, "Ctrl-W");
	tui_walk(t, &r, 300, "program.quit", "300 random keys");
	house_close(&h);
}

int main(void)
{
	tui_move_in();
	tui_speak("en");
	test_list();
	test_new();
	test_from_roster();
	test_moving();
	test_moving_alone();
	test_available();
	test_twice();
	test_publishing();
	test_danish();
	test_walk();
	return done_testing();
}
