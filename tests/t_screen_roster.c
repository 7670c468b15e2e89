/* tests/t_screen_roster.c - the week and the day: pictures, getting about, filling, moving, copying, and each undone by
 * one key. */
#include "tests/screentest.h"

#include <stdio.h>
#include <string.h>

#include "base/os.h"

static struct house h;
static struct tui *t = &h.t;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

static void open_week(const char *name, int rows, int cols)
{
	house_open(&h, name, rows, cols);
	app_push(t->app, screen_roster(t->app, app_today(t->app), ID_NONE));
	tui_draw(t);
}

static civil_date day_of(struct id shift)
{
	civil_min start = house_start(&h, shift);
	return start == CMIN_NONE ? DATE_NONE : cmin_date(start);
}

/* ---- pictures ------------------------------------------------------------------------------------------ */
static void test_pictures(void)
{
	open_week("pictures", 24, 80);
	tui_golden(t, "week-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "week-60x17", true);
	tui_resize(t, 40, 120);
	tui_golden(t, "week-120x40", true);
	tui_keys(t, "PgDn");
	tui_golden(t, "week-empty", true);
	tui_resize(t, 24, 80);
	tui_keys(t, "PgUp t n b");
	tui_golden(t, "fill-80x24", true);
	tui_keys(t, "Esc Enter");
	tui_golden(t, "day-80x24", true);
	tui_resize(t, 40, 120);
	tui_golden(t, "day-120x40", true);
	tui_resize(t, 24, 80);
	tui_keys(t, "o");
	tui_golden(t, "shift-new", true);
	house_close(&h);
}

/* ---- getting about ------------------------------------------------------------------------------------- */
static void test_going(void)
{
	open_week("going", 24, 80);
	ok(tui_shows(t, "Roster · week 49 2025"), "the week of today is shown");
	tui_keys(t, "PgDn");
	ok(tui_shows(t, "Roster · week 50 2025") && tui_shows(t, "No shifts in week 50 yet."), "an empty week says so");
	tui_keys(t, "PgUp PgUp");
	ok(tui_shows(t, "Roster · week 48"), "PgUp goes back");
	tui_keys(t, "t");
	ok(tui_shows(t, "Roster · week 49"), "t comes back to today");
	tui_keys(t, "g 'uge 2' Enter");
	ok(tui_shows(t, "Roster · week 2 2026"), "g goes to a week as one says it");
	tui_keys(t, "g '6/12' Enter");
	ok(tui_shows(t, "Sat 6/12"), "or to a date");
	tui_keys(t, "g 'xyz' Enter");
	is_str(top(), "prompt", "what isn't understood stays to be corrected");
	tui_keys(t, "Esc t Home Left");
	ok(tui_shows(t, "Roster · week 48"), "left of Monday lies Sunday");
	tui_keys(t, "Right n");
	ok(tui_shows(t, "Mon 1/12 11:00–14:00"), "n goes to the next open place");
	tui_keys(t, "n");
	ok(tui_shows(t, "Tue 2/12 08:00–11:00"), "and to the one after");
	tui_keys(t, "n");
	ok(tui_shows(t, "No open places in the next 26 weeks"), "and says when there are no more");
	house_close(&h);
}

static void test_gap_in_another_week(void)
{
	open_week("far", 24, 80);
	test_shift(h.store, h.children, h.play, test_at("2026-01-14", 9, 0), test_at("2026-01-14", 11, 0), 1);
	tui_keys(t, "n n n");
	ok(tui_shows(t, "Roster · week 3 2026") && tui_shows(t, "Wed 14/1 09:00–11:00"), "n finds gaps weeks ahead");
	tui_keys(t, "t e 2");
	ok(tui_shows(t, "Børneafdelingen, Viborg · week 49 2025"), "one unit can be shown");
	ok(!tui_shows(t, "Forhal, Viborg"), "and hides the others");
	tui_keys(t, "n");
	ok(tui_shows(t, "Wed 14/1 09:00–11:00"), "n keeps to the unit");
	tui_keys(t, "t e 1");
	ok(tui_shows(t, "Forhal, Viborg"), "all units come back");
	house_close(&h);
}

/* ---- filling ------------------------------------------------------------------------------------------- */
static void test_filling(void)
{
	open_week("filling", 24, 80);
	tui_keys(t, "n b Enter");
	is_int(house_filled(&h, h.mon_noon), 2, "three keys fill the next gap with the best candidate");
	tui_keys(t, "u");
	is_int(house_filled(&h, h.mon_noon), 1, "one key undoes it");
	tui_keys(t, "L 'iv' Enter");
	is_int(house_state(&h, h.mon_noon, h.liv), ASSIGNMENT_ACCEPTED, "a name can be typed at once");
	tui_keys(t, "u b 'zzz' Enter");
	is_str(top(), "fill", "a name that fits nobody is kept");
	ok(tui_shows(t, "Nobody fits what is typed."), "and it is said");
	tui_keys(t, "Esc Esc");
	while (strcmp(top(), "roster") != 0)
		tui_keys(t, "Esc");
	tui_keys(t, "b 'kirsten' Enter");
	is_str(top(), "prompt", "a warning asks for a reason");
	tui_keys(t, "Enter");
	is_str(top(), "prompt", "which can't be empty");
	tui_keys(t, "'hun vil gerne' Enter");
	is_str(top(), "roster", "with a reason the place is taken");
	is_int(house_state(&h, h.mon_noon, h.kirsten), ASSIGNMENT_ACCEPTED, "by the one chosen");
	tui_keys(t, "u b 'niels' Enter");
	is_str(top(), "fill", "a stop refuses");
	ok(tui_shows(t, "Not put on: "), "and says so");
	is_int(house_state(&h, h.mon_noon, h.niels), 0, "and nobody is put on");
	tui_keys(t, "?");
	ok(tui_shows(t, "Niels Petersen:") && tui_shows(t, "stop:"), "? explains the rank and the rule");
	house_close(&h);
}

static void test_budget(void)
{
	house_open(&h, "budget", 24, 80);
	tui_keys(t, "b Enter");
	is_int(house_filled(&h, h.tue_am), 3, "from start to any of today's gaps filled: two keys");
	tui_keys(t, "u");
	is_int(house_filled(&h, h.tue_am), 2, "and one back");
	house_close(&h);
}

/* ---- people on a shift --------------------------------------------------------------------------------- */
static void test_people(void)
{
	house_open(&h, "people", 24, 80);
	app_push(t->app, screen_roster_day(t->app, app_today(t->app), ID_NONE, h.mon_am));
	tui_draw(t);
	tui_keys(t, "Down a");
	is_int(house_state(&h, h.mon_am, h.frederik), ASSIGNMENT_WITHDRAWN, "a: the one under the cursor has cancelled");
	ok(tui_shows(t, "Frederik Berg has cancelled · k rings round · a: why · undo: u"), "which is told by name");
	tui_keys(t, "u");
	is_int(house_state(&h, h.mon_am, h.frederik), ASSIGNMENT_ACCEPTED, "one key undoes it");
	tui_keys(t, "Delete");
	is_int(house_state(&h, h.mon_am, h.frederik), 0, "Delete takes the person off");
	tui_keys(t, "u");
	is_int(house_state(&h, h.mon_am, h.frederik), ASSIGNMENT_ACCEPTED, "one key undoes that");
	tui_keys(t, "h f");
	ok(tui_shows(t, "Hakim Berg: present"), "h leads to the day's sheet, the cursor on the one who was under it");
	tui_keys(t, "Esc");
	ok(tui_shows(t, "present"), "and it is shown here too");
	tui_keys(t, "u Home Delete");
	ok(house_start(&h, h.mon_am) == CMIN_NONE, "Delete on the shift deletes it");
	tui_keys(t, "u");
	is_int(house_filled(&h, h.mon_am), 3, "and one key brings it back with its people");
	tui_keys(t, "Home p '1 Røde Kors' Enter");
	is_int(house_filled(&h, h.mon_am), 4, "an organisation gets places");
	tui_keys(t, "p '0 Røde Kors' Enter");
	is_int(house_filled(&h, h.mon_am), 3, "and gives them back");
	tui_keys(t, "p 'mange' Enter");
	is_str(top(), "prompt", "what isn't a number is asked again");
	tui_keys(t, "Esc Right");
	ok(tui_shows(t, "Tuesday 2 December 2025"), "right is the next day");
	tui_keys(t, "Enter");
	is_str(top(), "form", "Enter on a shift edits it");
	house_close(&h);
}

static void test_call_off(void)
{
	open_week("calloff", 24, 80);
	tui_keys(t, "n y");
	ok(tui_shows(t, "Called off: ") && tui_shows(t, "Forhal, Viborg"), "y calls a shift off");
	ok(tui_shows(t, "off"), "which the cell says by word");
	tui_keys(t, "b");
	ok(tui_shows(t, "The shift is called off."), "and nobody can be put on it");
	tui_keys(t, "y");
	ok(tui_shows(t, "On again:"), "the same key puts it on again");
	house_close(&h);
}

/* ---- moving and copying -------------------------------------------------------------------------------- */
static void test_moving(void)
{
	open_week("moving", 24, 80);
	civil_date monday = app_today(t->app);
	tui_keys(t, "n +");
	is_int(day_of(h.mon_noon), monday + 1, "+ moves the shift a day on");
	tui_keys(t, "+");
	is_int(day_of(h.mon_noon), monday + 2, "and the cursor follows it");
	tui_keys(t, "-");
	is_int(day_of(h.mon_noon), monday + 1, "- moves it back");
	tui_keys(t, "u u u");
	is_int(day_of(h.mon_noon), monday, "each is undone by one key");
	tui_keys(t, "m '+7' Enter");
	is_int(day_of(h.mon_noon), monday + 7, "m moves by days");
	ok(tui_shows(t, "Roster · week 50"), "and shows where it went");
	tui_keys(t, "u t n m '12.30' Enter");
	is_int(cmin_minute(house_start(&h, h.mon_noon)), 12 * 60 + 30, "or to another time");
	is_int(house_state(&h, h.mon_noon, h.hakim), ASSIGNMENT_RECONFIRM, "and asks the people again");
	tui_keys(t, "u m '3/12 9' Enter");
	is_int(house_start(&h, h.mon_noon), test_at("2025-12-03", 9, 0), "or to both");
	house_close(&h);
}

static void test_cut_and_copy(void)
{
	open_week("cut", 24, 80);
	civil_date monday = app_today(t->app);
	tui_keys(t, "n v");
	ok(tui_shows(t, "Nothing has been cut"), "paste says when there is nothing to paste");
	tui_keys(t, "x Right Right Right Right v");
	is_int(day_of(h.mon_noon), monday + 4, "cut and pasted on Friday, with its people");
	is_int(house_state(&h, h.mon_noon, h.hakim), ASSIGNMENT_RECONFIRM, "who must say yes again");
	tui_keys(t, "u");
	is_int(day_of(h.mon_noon), monday, "one key undoes it");
	size_t shifts = house_count(&h, TYPE_SHIFT);
	tui_keys(t, "t n c PgDn v v");
	is_int((intmax_t)house_count(&h, TYPE_SHIFT), (intmax_t)shifts + 1, "a copy goes to another week, once");
	tui_keys(t, "u t d 3 Enter");
	is_int((intmax_t)house_count(&h, TYPE_SHIFT), (intmax_t)(2 * shifts), "a week is copied to the next");
	ok(tui_shows(t, "Roster · week 50"), "which is then shown");
	tui_keys(t, "u");
	is_int((intmax_t)house_count(&h, TYPE_SHIFT), (intmax_t)shifts, "and undone by one key");
	tui_keys(t, "t d 2 '8/12' Enter");
	is_int((intmax_t)house_count(&h, TYPE_SHIFT), (intmax_t)shifts + 3, "a day is copied without its people");
	house_close(&h);
}

static void test_new_shift(void)
{
	open_week("new", 24, 80);
	size_t shifts = house_count(&h, TYPE_SHIFT);
	tui_keys(t, "n o Ctrl-U '5/12 8-11' Ctrl-S");
	is_int((intmax_t)house_count(&h, TYPE_SHIFT), (intmax_t)shifts + 1, "a new shift takes the place of the cell");
	is_str(top(), "roster", "and one is back in the week");
	ok(tui_shows(t, "Fri 5/12 08:00–11:00"), "with the cursor on it");
	tui_keys(t, "u");
	is_int((intmax_t)house_count(&h, TYPE_SHIFT), (intmax_t)shifts, "one key undoes it");
	tui_keys(t, "o Ctrl-U 'i overmåorgen' Ctrl-S");
	is_str(top(), "shift-new", "what isn't understood is kept in the form");
	house_close(&h);
}

static void test_many(void)
{
	open_week("many", 24, 80);
	tui_keys(t, "Enter Ctrl-A m '+7' Enter");
	is_int(day_of(h.mon_am), app_today(t->app) + 7, "marked shifts move together");
	is_int(day_of(h.mon_noon), app_today(t->app) + 7, "all of them");
	tui_keys(t, "u");
	is_int(day_of(h.mon_noon), app_today(t->app), "and come back by one key");
	house_close(&h);
}

/* ---- as it was ----------------------------------------------------------------------------------------- */
static void test_as_it_was(void)
{
	house_open(&h, "was", 24, 80);
	int64_t then = h.clock.t;
	h.clock.t += 3600;
	tui_keys(t, "Down Enter Enter");
	is_int(house_filled(&h, h.mon_noon), 2, "an hour later somebody is put on");
	app_push(t->app, screen_roster_at(t->app, app_today(t->app), ID_NONE, then));
	tui_draw(t);
	ok(tui_shows(t, "Roster as it was on Mon 1/12 at 09:00"), "the title says which moment is shown");
	ok(tui_shows(t, "1/2 -1"), "and the gap is there again");
	tui_keys(t, "Down b");
	ok(tui_shows(t, "it can't be changed"), "nothing can be changed there");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "as it was"), "nor on its day");
	tui_keys(t, "u");
	ok(tui_shows(t, "it can't be changed") && !tui_shows(t, "Undone"), "nor is anything of today undone from there");
	house_close(&h);
}

static void test_walk(void)
{
	open_week("walk", 24, 80);
	struct prng r = {49};
	tui_walk(t, &r, 2500, "go.import", "a random walk from the week");
	house_close(&h);
	open_week("walk2", 40, 120);
	r.s = 2025;
	tui_walk(t, &r, 1500, "go.import", "and another from a wide one");
	house_close(&h);
}

/* A new shift is the cursor's place's, also where another is called the same; what is typed comes back on that day. */
static void test_new_shift_again(void)
{
	house_open(&h, "again", 24, 80);
	struct id twin = test_unit(h.store, "Forhal, Viborg");
	app_push(t->app, screen_roster(t->app, app_today(t->app), twin));
	tui_draw(t);
	tui_keys(t, "o");
	struct value place = form_value(app_top(t->app)->form, 1);
	ok(place.tag == V_ID && id_equal(place.id, twin), "the place that is shown, not its namesake");
	tui_keys(t, "'5/12 8-11' Esc");
	is_str(top(), "roster", "the form is left");
	tui_keys(t, "o");
	ok(tui_shows(t, "What you typed before is here again") && tui_shows(t, "5/12 8-11"), "nothing typed is lost");
	tui_keys(t, "Ctrl-R");
	ok(!tui_shows(t, "5/12 8-11") && tui_shows(t, "Forhal, Viborg"), "Ctrl-R puts back what the place told");
	tui_keys(t, "Esc Right o");
	ok(!tui_shows(t, "What you typed before"), "another day has a form of its own");
	house_close(&h);
}

/* Whoever marks a person doesn't ask for the shift to go. */
static void test_marked_people(void)
{
	house_open(&h, "marked", 24, 80);
	size_t shifts = house_count(&h, TYPE_SHIFT);
	app_push(t->app, screen_roster_day(t->app, app_today(t->app), ID_NONE, h.mon_am));
	tui_draw(t);
	tui_keys(t, "Down Space");
	is_int((intmax_t)list_nmarks(app_top(t->app)->list), 1, "a person is marked");
	list_select(app_top(t->app)->list, h.mon_noon);
	tui_keys(t, "s");
	is_int((intmax_t)house_count(&h, TYPE_SHIFT), (intmax_t)shifts - 1, "the shift under the cursor is deleted");
	ok(!list_select(app_top(t->app)->list, h.mon_noon) && list_select(app_top(t->app)->list, h.mon_am),
		"and not that of the person who is marked");
	house_close(&h);
}

/* A hospital's day has more than nine places, and more than nine of them open. */
static void test_big_day(void)
{
	house_open(&h, "big", 24, 80);
	civil_date wed = app_today(t->app) + 2;
	test_shift(h.store, h.hall, h.guide, cmin_at(wed, 15 * 60), cmin_at(wed, 17 * 60), 99);
	tui_keys(t, "2");
	ok(tui_shows(t, "1/100-99"), "what is missing on a day isn't cut");
	test_shift(h.store, h.hall, h.guide, cmin_at(wed, 18 * 60), cmin_at(wed, 20 * 60), 99);
	tui_keys(t, "PgDn PgUp");
	ok(tui_shows(t, " 1/199 ") && !tui_shows(t, "1/199 -"), "rather it isn't said");
	house_close(&h);
}

/* A region has more places than a list can number. */
static void test_many_units(void)
{
	house_open(&h, "units", 24, 80);
	for (int i = 0; i < 300; i++) {
		char name[20];
		snprintf(name, sizeof name, "Zone %03d", i);
		test_unit(h.store, name);
	}
	tui_keys(t, "2 e End");
	ok(tui_shows(t, "Zone 299"), "which is the last of all units");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "Zone 299 · "), "and it can be chosen");
	house_close(&h);
}

/* ---- on paper ------------------------------------------------------------------------------------------ */
static const char *printed(const char *choice, const char *name, struct buf *file)
{
	const char *path = os_path_join(t->arena, test_dir(), name);
	tui_keys(t, "l");
	tui_keys(t, choice);
	tui_keys(t, "Ctrl-U");
	tui_paste(t, path);
	tui_keys(t, "Enter");
	buf_free(file);
	return os_read_file(path, 1 << 20, file, NULL) == OK && file->n ? file->p : "";
}

static void test_print(void)
{
	struct buf file = {0};
	open_week("print", 24, 80);
	const char *text = printed("1", "week.txt", &file);
	ok(strstr(text, "week 49") && strstr(text, "Monday 1 ") && !strstr(text, "20 11 22 3"), "the week is printed for the wall, without phones");
	is_int((intmax_t)house_count(&h, TYPE_PRINTED_LIST), 1, "and stands among what is to be shredded");
	text = printed("2", "office.txt", &file);
	ok(strstr(text, "20 11 22 3"), "for the office with them");
	text = printed("3", "grid.txt", &file);
	ok(strstr(text, "week 49"), "or the week's grid");
	tui_keys(t, "Enter");
	text = printed("1", "day.txt", &file);
	ok(strstr(text, "Monday 1 ") && !strstr(text, "Tuesday"), "from a day just that day");
	buf_free(&file);
	house_close(&h);
}

int main(void)
{
	test_new_shift_again();
	test_marked_people();
	test_big_day();
	test_many_units();
	test_print();
	test_pictures();
	test_going();
	test_gap_in_another_week();
	test_filling();
	test_budget();
	test_people();
	test_call_off();
	test_moving();
	test_cut_and_copy();
	test_new_shift();
	test_many();
	test_as_it_was();
	test_walk();
	return done_testing();
}
