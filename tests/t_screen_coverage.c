/* tests/t_screen_coverage.c - how well a period is covered, on the screen: where the cursor goes, what a cell says,
 * periods, units, paper, and that neither colour nor Unicode is needed. And the hours of a card by month. */
#include "tests/screentest.h"

#include <string.h>

#include "base/chart.h"
#include "base/lang.h"
#include "tui/chart.h"

static struct house h;
static struct tui *t = &h.t;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

/* The roles say nothing that isn't there without them, so the goldens without roles hold all of it. */
static void test_look(void)
{
	house_open(&h, "look", 24, 80);
	tui_keys(t, "Ctrl-G");
	is_str(top(), "coverage", "Ctrl-G opens it from everywhere");
	tui_goldens(t, "coverage");
	ok(tui_shows(t, "Tuesdays 08:00–09:00"), "the cursor stands where most is missing");
	ok(tui_shows(t, "2 of 4 places filled · 1 of 1 shift lacks somebody"), "which is said in words");
	ok(tui_shows(t, "11 of 14 places are filled"), "and so is the whole");
	ok(tui_shows(t, "Forhal, Viborg · Hospitalsguide"), "with the shifts themselves");
	t->cv->ascii = true;
	tui_draw(t);
	tui_golden(t, "coverage-ascii", false);
	t->cv->ascii = false;
	tui_speak("da");
	tui_draw(t);
	tui_golden(t, "coverage-da", true);
	tui_speak("en");
	house_close(&h);
}

static void test_moves(void)
{
	house_open(&h, "moves", 24, 80);
	tui_keys(t, "Ctrl-G Up");
	ok(tui_shows(t, "Mondays 08:00–09:00"), "arrows go from weekday to weekday");
	tui_keys(t, "Enter");
	is_str(top(), "coverage", "Enter where nobody is missing stays");
	ok(tui_shows(t, "Mondays 08:00–09:00: 3 of 3 places filled · 1 shift, nobody is missing"), "and says so");
	tui_keys(t, "Right Right Right");
	ok(tui_shows(t, "Mondays 11:00–12:00"), "and from hour to hour");
	tui_keys(t, "End");
	ok(tui_shows(t, "Mondays 23:00–24:00"), "to the last");
	tui_keys(t, "Right Right Up Up");
	ok(tui_shows(t, "Mondays 23:00–24:00"), "and no farther");
	tui_keys(t, "Home Left");
	ok(tui_shows(t, "Mondays 08:00–09:00"), "nor before the first");
	tui_keys(t, "n");
	ok(tui_shows(t, "Mondays 11:00–12:00"), "n goes to the next hour with a gap");
	tui_keys(t, "n n n n");
	ok(tui_shows(t, "Tuesdays 09:00–10:00"), "of all weekdays");
	tui_keys(t, "n n");
	ok(tui_shows(t, "Mondays 11:00–12:00"), "and round again");
	tui_keys(t, "Down Left Left Enter");
	is_str(top(), "roster-day", "Enter opens the day of the gap");
	ok(tui_shows(t, "2 open places"), "with its open places");
	tui_keys(t, "Esc");
	is_str(top(), "coverage", "Esc goes back");
	house_close(&h);
}

static void test_periods(void)
{
	house_open(&h, "periods", 24, 80);
	tui_keys(t, "Ctrl-G");
	ok(tui_shows(t, "1/12–28/12 2025"), "four weeks from this Monday");
	tui_keys(t, "PgDn");
	ok(tui_shows(t, "29/12–25/1 2026"), "PgDn: the four after");
	ok(tui_shows(t, "No shifts in this period"), "an empty period says so");
	tui_keys(t, "n Enter Left Down PgUp");
	ok(tui_shows(t, "1/12–28/12 2025"), "PgUp: back");
	tui_keys(t, "p 'december' Enter");
	ok(tui_shows(t, "1/12–31/12 2025"), "p asks for a period");
	tui_keys(t, "PgDn");
	ok(tui_shows(t, "1/1–31/1 2026"), "a month is followed by the next, however long");
	tui_keys(t, "p '2025' Enter");
	ok(tui_shows(t, "weeks more"), "what has no room is counted");
	ok(tui_shows(t, "week 49"), "and this week is among what has");
	tui_golden(t, "coverage-year", false);
	tui_keys(t, "p '1/1 1950 - 1/1 2020' Enter");
	is_str(top(), "prompt", "more than ten years aren't read");
	tui_keys(t, "Esc t");
	ok(tui_shows(t, "1/12–28/12 2025"), "t: now again");
	tui_keys(t, "p '2/12' Enter");
	ok(tui_shows(t, "Coverage · 2/12 2025"), "one day");
	house_close(&h);
}

static void test_from_roster(void)
{
	house_open(&h, "roster", 24, 80);
	tui_keys(t, "2 PgDn e Down Down Down Enter Ctrl-G");
	ok(tui_shows(t, "Coverage · Hospice Limfjord, Skive · 8/12–4/1 2026"), "from the roster: its unit and its week");
	tui_keys(t, "PgUp p 'uge 49' Enter");
	ok(tui_shows(t, "1 of 1 place is filled"), "only that unit's");
	tui_keys(t, "n");
	ok(tui_shows(t, "Nobody is missing"), "where nobody is missing n says so");
	tui_keys(t, "e Enter");
	ok(tui_shows(t, "11 of 14 places are filled"), "e: all of them again");
	tui_keys(t, "Esc");
	is_str(top(), "roster", "Esc goes back to the roster");
	house_close(&h);
}

/* An hour before anything was made. */
static void test_past(void)
{
	house_open(&h, "past", 24, 80);
	app_push(t->app, screen_roster_at(t->app, test_day("2025-12-01"), ID_NONE, h.clock.t - 3600));
	tui_draw(t);
	tui_keys(t, "Ctrl-G");
	ok(tui_shows(t, "1/12–28/12 2025, as it was"), "from the roster as it was: coverage as it was");
	ok(tui_shows(t, "There were no shifts in this period."), "also when there was nothing");
	tui_keys(t, "l");
	is_str(top(), "coverage", "which isn't printed");
	house_close(&h);
}

static void test_paper(void)
{
	house_open(&h, "paper", 24, 80);
	tui_keys(t, "Ctrl-G l 1 Enter");
	ok(tui_shows(t, "coverage-2025-12-01"), "l writes it to a file, named by its first day");
	house_close(&h);
}

static void test_card(void)
{
	house_open(&h, "card", 24, 80);
	h.clock.t += 20 * 86400;
	app_reload(t->app);
	app_push(t->app, screen_volunteer(t->app, h.merete));
	tui_draw(t);
	ok(tui_shows(t, "By month"), "a card shows hours by month");
	ok(tui_shows(t, "···········▇ from January: 0 0 0 0 0 0 0 0 0 0 0 6"), "as a picture and as numbers");
	t->cv->ascii = true;
	tui_draw(t);
	ok(tui_shows(t, "...........7 from January: 0 0 0 0 0 0 0 0 0 0 0 6"), "of digits where there is no Unicode");
	house_close(&h);
}

/* What the canvas draws instead is what papers without Unicode have. */
static void test_ascii(void)
{
	static const int64_t months[] = {0, 1, 2, 3, 4, 5, 6, 7};
	struct arena *a = arena_new();
	struct canvas *cv = cv_new(4, 20);
	cv->ascii = true;
	for (int i = 0; i <= CHART_MOST; i++)
		cv_text(cv, 0, i, 1, ROLE_DEFAULT, chart_shade(i, false));
	char *shades = cv_row(cv, a, 0);
	for (int i = CHART_FULL; i <= CHART_MOST; i++)
		is_int(shades[i], chart_shade(i, true)[0], "shade %d", i);
	cv_text(cv, 1, 0, 20, ROLE_DEFAULT, chart_spark(a, months, 8, false));
	is_str(cv_row(cv, a, 1), chart_spark(a, months, 8, true), "months");
	cv_text(cv, 2, 0, 20, ROLE_DEFAULT, chart_bar(a, 6, 8, 8, false));
	is_str(cv_row(cv, a, 2), chart_bar(a, 6, 8, 8, true), "a bar");
	chart_draw_bar(cv, 3, 0, 8, 6, 8);
	is_str(cv_row(cv, a, 3), chart_bar(a, 6, 8, 8, true), "one in colour");
	cv->ascii = false;
	cv_clear(cv);
	chart_draw_cell(cv, 0, 0, 4, 3, 7, a);
	chart_draw_cell(cv, 0, 4, 3, 3, 107, a);
	chart_draw_cell(cv, 0, 7, 6, CHART_FULL, 0, a);
	is_str(cv_row(cv, a, 0), "▒▒7 ▒+ ·", "cells: how many, + for more than there is room for, and a dot for none");
	cv_free(cv);
	arena_free(a);
}

int main(void)
{
	tui_speak("en");
	test_ascii();
	test_look();
	test_moves();
	test_periods();
	test_from_roster();
	test_past();
	test_paper();
	test_card();
	return done_testing();
}
