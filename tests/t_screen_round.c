/* tests/t_screen_round.c - from a cancellation to a substitute on the screen: the rounds, one key an answer, and how
 * few keys it takes. */
#include "tests/screentest.h"

#include <string.h>

#include "base/lang.h"
#include "roster/round.h"

static struct house h;
static struct tui *t = &h.t;
static struct err e;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

static void call(struct id who, int outcome, civil_min again)
{
	struct peek l = look_begin(h.store);
	struct change_result r;
	enum round_needs needs;
	const struct call_made how = {.shift = h.tue_am, .volunteer = who, .outcome = outcome, .again = again};
	view_end(l.v);
	l.v = NULL;
	must(round_call(h.store, l.b, &how, &needs, &r, &e), &e, "call");
	look_end(&l);
}

static void test_pictures(void)
{
	house_open(&h, "pictures", 24, 80);
	struct change_result r;
	must(act_withdraw(h.store, h.tue_am, h.liv, "bortrejst", &r, &e), &e, "why");
	call(h.merete, CALL_NO_ANSWER, 0);
	call(h.soren, CALL_AGAIN, test_at("2025-12-01", 15, 0));
	call(h.hakim, CALL_NO, 0);
	app_reload(t->app);
	tui_keys(t, "Ctrl-T");
	tui_goldens(t, "rounds");
	tui_resize(t, 24, 80);
	tui_keys(t, "Enter");
	is_str(top(), "round", "Enter rings round");
	tui_goldens(t, "round");
	tui_resize(t, 24, 80);
	tui_keys(t, "Tab");
	ok(tui_shows(t, "The order: first whoever must"), "Tab explains the order");
	tui_keys(t, "Esc");
	lang_set("da");
	app_reload(t->app);
	tui_draw(t);
	tui_golden(t, "round-da", true);
	tui_keys(t, "Ctrl-T");
	tui_golden(t, "rounds-da", true);
	lang_set("en");
	house_close(&h);
}

/* The promise: from the call that somebody can't come to a substitute on the shift. */
static void test_few_keys(void)
{
	house_open(&h, "few", 24, 80);
	tui_keys(t, "Home");
	for (int i = 0; i < 40 && !strstr(tui_row(t, t->cv->cursor_row), "14:00"); i++)
		tui_keys(t, "Down");
	is_int(house_state(&h, h.mon_noon, h.hakim), ASSIGNMENT_ACCEPTED, "somebody is on the shift");
	tui_keys(t, "a");
	is_int(house_state(&h, h.mon_noon, h.hakim), ASSIGNMENT_WITHDRAWN, "one key notes that they can't come");
	ok(strstr(tui_row(t, t->cv->cursor_row), "Hakim Berg") != NULL && t->cv->cursor_row < 4, "the gap stands on top of the home screen");
	tui_keys(t, "Enter");
	is_str(top(), "round", "one rings round");
	tui_keys(t, "s");
	tui_keys(t, "k");
	tui_keys(t, "j");
	is_str(top(), "round", "two places were open: the round goes on");
	ok(tui_shows(t, "comes instead of Hakim Berg"), "it is said who comes for whom");
	tui_keys(t, "j");
	is_str(top(), "today", "and back once nothing is open: six keys, with one who didn't answer and one who couldn't");
	is_int(house_filled(&h, h.mon_noon), 2, "the shift is full");
	is_int((intmax_t)house_count(&h, TYPE_CALL), 4, "each call is noted");
	ok(tui_shows(t, "New cancellations"), "the cancellation is news still");
	ok(!tui_shows(t, "Hakim Berg, and nobody"), "but no gap");
	tui_keys(t, "u");
	is_int(house_filled(&h, h.mon_noon), 1, "one key takes an answer back");
	house_close(&h);
}

static void test_reason_of_cancelling(void)
{
	house_open(&h, "reason", 24, 80);
	tui_keys(t, "Home a 'bortrejst' Enter");
	struct peek l = look_begin(h.store);
	struct round r;
	must(round_load(l.v, l.b, l.a, h.tue_am, &r, &e), &e, "round");
	is_str(r.gone_why, "bortrejst", "the same key once more: why, if they said it");
	look_end(&l);
	tui_keys(t, "k");
	is_str(top(), "round", "k rings round from any row of a shift");
	ok(tui_shows(t, "instead of Liv Poulsen (bortrejst)"), "and why stands above");
	house_close(&h);
}

static void test_asked_already(void)
{
	house_open(&h, "asked", 24, 80);
	call(h.merete, CALL_NO_ANSWER, 0);
	app_reload(t->app);
	tui_keys(t, "Home Enter / 'merete' Esc");
	ok(tui_shows(t, "asked today 09:00 by Anna, didn't answer"), "who was asked says when and by whom");
	tui_keys(t, "j");
	is_int(house_state(&h, h.tue_am, h.merete), 0, "they aren't asked once more by a slip");
	ok(tui_shows(t, "Merete Kjeldsen-Magnussen: asked today 09:00 by Anna"), "it is said why");
	tui_keys(t, "2");
	is_int(house_state(&h, h.tue_am, h.merete), ASSIGNMENT_ACCEPTED, "but when it is seen");
	house_close(&h);
}

static void test_again(void)
{
	house_open(&h, "again", 24, 80);
	tui_keys(t, "Home Enter i");
	ok(tui_shows(t, "11:00"), "in two hours is proposed");
	tui_keys(t, "Enter");
	is_int((intmax_t)house_count(&h, TYPE_CALL), 1, "Enter takes it");
	ok(tui_shows(t, "is to be rung again"), "and it is told");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "no answer"), "Enter shows all answers, to choose from");
	tui_keys(t, "Down Enter");
	is_int((intmax_t)house_count(&h, TYPE_CALL), 2, "and Enter takes one");
	house_close(&h);
}

static void test_reason(void)
{
	house_open(&h, "warning", 24, 80);
	tui_keys(t, "Home Enter / 'kirsten' Esc j");
	ok(tui_shows(t, "Why all the same?"), "a warning wants a reason");
	tui_keys(t, "'hun vil gerne' Enter");
	is_int(house_state(&h, h.tue_am, h.kirsten), ASSIGNMENT_ACCEPTED, "with one it is done");
	house_close(&h);
}

static void test_waiting_list(void)
{
	house_open(&h, "list", 24, 80);
	tui_keys(t, "1 d");
	is_str(top(), "roster-day", "the day");
	app_push(t->app, screen_roster_day(t->app, app_today(t->app), ID_NONE, h.mon_am));
	tui_draw(t);
	tui_keys(t, "Home b 'søren' Ctrl-V");
	is_int(house_state(&h, h.mon_am, h.soren), ASSIGNMENT_WISHED, "on the waiting list of a full shift");
	ok(tui_shows(t, "on the waiting list"), "with a word among the candidates");
	tui_keys(t, "Ctrl-V");
	is_int(house_state(&h, h.mon_am, h.soren), 0, "the same key takes them off it");
	tui_keys(t, "Ctrl-V Esc Esc");
	for (int i = 0; i < 9 && !strstr(tui_row(t, t->cv->cursor_row), "Merete"); i++)
		tui_keys(t, "Down");
	tui_keys(t, "a Home");
	for (int i = 0; i < 9 && !strstr(tui_row(t, t->cv->cursor_row), "Søren"); i++)
		tui_keys(t, "Down");
	tui_keys(t, "j");
	is_int(house_state(&h, h.mon_am, h.soren), ASSIGNMENT_ACCEPTED, "one key from the list to the shift, when a place is free");
	house_close(&h);
}

static void find(const char *name)
{
	tui_keys(t, "Home");
	for (int i = 0; i < 30 && !strstr(tui_row(t, t->cv->cursor_row), name); i++)
		tui_keys(t, "Down");
}

static void test_swap(void)
{
	house_open(&h, "swap", 24, 80);
	app_push(t->app, screen_roster_day(t->app, app_today(t->app) + 2, ID_NONE, h.wed_am));
	tui_draw(t);
	find("Susanne");
	tui_keys(t, "i Enter");
	ok(tui_shows(t, "Susanne Bak swaps with, and press i there"), "one is pointed out");
	tui_keys(t, "Right");
	find("Søren");
	tui_keys(t, "i");
	if (strcmp(top(), "prompt") == 0)
		tui_keys(t, "'begge vil' Enter");
	is_int(house_state(&h, h.thu_am, h.susanne), ASSIGNMENT_ACCEPTED, "and then the other: they have swapped");
	is_int(house_state(&h, h.wed_am, h.soren), ASSIGNMENT_ACCEPTED, "both");
	ok(tui_shows(t, "Susanne Bak and Søren Ærø have swapped shifts"), "which is told");
	tui_keys(t, "u");
	is_int(house_state(&h, h.wed_am, h.susanne), ASSIGNMENT_ACCEPTED, "and one key takes both back");
	find("Merete");
	tui_keys(t, "i 2 'hakim' Enter");
	if (strcmp(top(), "prompt") == 0)
		tui_keys(t, "'det er aftalt' Enter");
	is_int(house_state(&h, h.thu_am, h.hakim), ASSIGNMENT_ACCEPTED, "a place is handed over to somebody");
	is_int(house_state(&h, h.thu_am, h.merete), ASSIGNMENT_WITHDRAWN, "whose name was there stays");
	house_close(&h);
}

static void test_writing_out(void)
{
	house_open(&h, "write", 24, 80);
	tui_keys(t, "Home Enter e");
	ok(tui_shows(t, "to-be-asked-2025-12-02"), "whom to write to goes to a file");
	house_close(&h);
}

static void test_over(void)
{
	house_open(&h, "over", 24, 80);
	tui_keys(t, "2");
	h.clock.t += 4 * 3600;                       /* 13:00: the shift under the cursor was until 11 */
	app_reload(t->app);
	tui_keys(t, "k");
	is_str(top(), "roster", "nobody is rung about a shift that is over");
	ok(tui_shows(t, "The shift is over"), "and it is said why");
	house_close(&h);
}

static void test_walk(void)
{
	struct prng r = {20251205};
	house_open(&h, "walk", 24, 80);
	tui_keys(t, "Ctrl-T Enter");
	tui_walk(t, &r, 300, "program.quit round.write", "300 random keys");
	house_close(&h);
}

int main(void)
{
	tui_move_in();
	tui_speak("en");
	test_pictures();
	test_few_keys();
	test_reason_of_cancelling();
	test_asked_already();
	test_again();
	test_reason();
	test_waiting_list();
	test_swap();
	test_writing_out();
	test_over();
	test_walk();
	return done_testing();
}
