/* tests/t_screen_today.c - the home screen: its picture, what Enter does with a row, and how few keys a day takes. */
#include "tests/screentest.h"

#include <string.h>

static struct house h;
static struct tui *t = &h.t;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

static void test_pictures(void)
{
	house_open(&h, "pictures", 24, 80);
	tui_golden(t, "today-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "today-60x17", true);
	tui_resize(t, 40, 120);
	tui_golden(t, "today-120x40", true);
	house_close(&h);
}

static void test_filling(void)
{
	house_open(&h, "filling", 24, 80);
	is_int(house_filled(&h, h.mon_noon), 1, "one place is open at noon");
	tui_keys(t, "Enter Enter");
	is_int(house_filled(&h, h.mon_noon), 2, "two keys from the start put the best candidate on it");
	is_str(top(), "today", "and one is back where one was");
	ok(tui_shows(t, "is on the shift · undo: u"), "which is told, with the key that takes it back");
	tui_keys(t, "u");
	is_int(house_filled(&h, h.mon_noon), 1, "one key undoes it");
	tui_keys(t, "Home n");
	ok(tui_shows(t, "Tue 2/12 08:00"), "n goes to tomorrow's open places");
	tui_keys(t, "S 'ø' Enter");
	is_int(house_state(&h, h.tue_am, h.soren), ASSIGNMENT_ACCEPTED, "a capital letter begins a name");
	tui_keys(t, "u");
	is_int(house_state(&h, h.tue_am, h.soren), 0, "undone, the place is gone");
	house_close(&h);
}

static void test_rows(void)
{
	house_open(&h, "rows", 24, 80);
	const char *text = tui_dump(t, false);
	const char *order[] = {"Open places today", "Open places tomorrow", "New cancellations", "Here now",
		"Coming today", "Within 14 days"};
	bool sorted = true;
	for (size_t i = 1; i < sizeof order / sizeof *order; i++)
		sorted = sorted && strstr(text, order[i - 1]) && strstr(text, order[i - 1]) < strstr(text, order[i]);
	ok(sorted, "sections stand in the order of what presses most");
	ok(strstr(text, "Liv Poulsen") != NULL, "a cancellation names who can't come");
	ok(strstr(text, "Kirsten Toft") != NULL, "what falls due is told");
	tui_keys(t, "n n n");
	ok(strstr(tui_dump(t, false), "Open places today") != NULL, "n comes round");
	tui_keys(t, "Home Down Down Enter");
	is_str(top(), "fill", "a cancellation that left a gap leads to filling it");
	tui_keys(t, "Esc Down Enter");
	is_str(top(), "roster-day", "a full shift leads to its day");
	tui_keys(t, "Esc End i");
	ok(tui_shows(t, "! warning: Only 8 h"), "i explains the rule behind a problem");
	tui_keys(t, "Esc Up Enter");
	is_str(top(), "volunteer", "what falls due leads to the card");
	tui_keys(t, "Esc Home d");
	is_str(top(), "roster-day", "d leads to the day from any row");
	house_close(&h);
}

static void test_news(void)
{
	house_open(&h, "news", 24, 80);
	h.clock.t += 4 * 24 * 3600;
	tui_keys(t, "Down");
	ok(!tui_shows(t, "New cancellations"), "a cancellation is no news after four days");
	ok(tui_shows(t, "Today · Fri 5/12"), "and the day is another one, told by the next key");
	house_close(&h);
}

static void test_verbs(void)
{
	house_open(&h, "verbs", 24, 80);
	tui_keys(t, "Home Down Down Down a");
	ok(tui_shows(t, "Who has cancelled?"), "where several are on the shift, one is asked who");
	tui_keys(t, "2");
	is_int(house_filled(&h, h.mon_am), 2, "and answers by a digit");
	ok(tui_shows(t, "New cancellations"), "it is news at once");
	tui_keys(t, "u");
	is_int(house_filled(&h, h.mon_am), 3, "one key undoes it");
	tui_keys(t, "h 1 1");
	ok(tui_shows(t, "Attendance of"), "attendance is noted from here");
	house_close(&h);
}

static void test_walk(void)
{
	house_open(&h, "walk", 24, 80);
	struct prng r = {20251201};
	tui_walk(t, &r, 1500, "go.import", "a random walk from the home screen");
	house_close(&h);
}

int main(void)
{
	test_pictures();
	test_filling();
	test_rows();
	test_news();
	test_verbs();
	test_walk();
	return done_testing();
}
