/* tests/t_screen_today.c - the home screen: its picture, what Enter does with a row, and how few keys a day takes. */
#include "tests/screentest.h"

#include <string.h>

#include "roster/agreements.h"
#include "roster/gates.h"
#include "roster/qualifications.h"

static struct house h;
static struct tui *t = &h.t;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

/* Down to the row that has the text. */
static void go(const char *text)
{
	tui_keys(t, "Home");
	for (int i = 0; i < 40 && !strstr(tui_row(t, t->cv->cursor_row), text); i++)
		tui_keys(t, "Down");
	ok(strstr(tui_row(t, t->cv->cursor_row), text), "%s is there", text);
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
	tui_keys(t, "Down Enter Enter");
	is_int(house_filled(&h, h.mon_noon), 2, "two keys from its row put the best candidate on it");
	is_str(top(), "today", "and one is back where one was");
	ok(tui_shows(t, "is on the shift · undo: u"), "which is told, with the key that takes it back");
	tui_keys(t, "u");
	is_int(house_filled(&h, h.mon_noon), 1, "one key undoes it");
	tui_keys(t, "Home n");
	ok(tui_shows(t, "Mon 1/12 11:00"), "n goes to the next open place");
	tui_keys(t, "n");
	ok(tui_shows(t, "Tue 2/12 08:00"), "and round to tomorrow's");
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
	const char *order[] = {"Cancelled, and nobody instead yet", "Open places today", "Here now", "Coming today",
		"Within 14 days"};
	bool sorted = true;
	for (size_t i = 1; i < sizeof order / sizeof *order; i++)
		sorted = sorted && strstr(text, order[i - 1]) && strstr(text, order[i - 1]) < strstr(text, order[i]);
	ok(sorted, "sections stand in the order of what presses most");
	ok(strstr(text, "Liv Poulsen") != NULL, "a cancellation names who can't come");
	ok(strstr(text, "Kirsten Toft") != NULL, "what falls due is told");
	tui_keys(t, "n n n");
	ok(strstr(tui_dump(t, false), "Open places today") != NULL, "n comes round");
	tui_keys(t, "Home Enter");
	is_str(top(), "round", "a cancellation that left a gap leads to ringing round");
	tui_keys(t, "Esc Down Down Enter");
	is_str(top(), "roster-day", "a full shift leads to its day");
	tui_keys(t, "Esc");
	go("! Only");
	ok(tui_shows(t, "(11 h") && strstr(tui_dump(t, false), "needed)"), "what is wrong stands whole below the list");
	ok(tui_shows(t, "z takes the person off this shift"), "and which key solves it");
	tui_keys(t, "i");
	ok(tui_shows(t, "! warning: Only 8 h"), "i explains the rule behind a problem");
	tui_keys(t, "Esc Up Enter");
	is_str(top(), "volunteer", "what falls due leads to the card");
	tui_keys(t, "Esc Home d");
	is_str(top(), "roster-day", "d leads to the day from any row");
	house_close(&h);
}

/* By when they are missed, not by who rang last. */
static void test_absent(void)
{
	struct change_result r;
	struct err e;
	house_open(&h, "absent", 24, 80);
	ok(strstr(tui_row(t, 0), "4 volunteers today · 1 open"), "what is open is today's, as the volunteers are");
	must(act_withdraw(h.store, h.mon_night, h.leif, NULL, &r, &e), &e, "withdraw");
	h.clock.t += 60;
	must(act_withdraw(h.store, h.tue_am, h.susanne, NULL, &r, &e), &e, "withdraw");
	house_again(&h, 24, 80);
	ok(strstr(tui_row(t, 2), "Leif"), "who is missed tonight stands before who cancelled later");
	ok(strstr(tui_row(t, 3), "Susanne") && strstr(tui_row(t, 4), "Liv"), "and of the same shift the newest first");
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

/* ---- what waits -------------------------------------------------------------------------------------- */

static struct id make(int type, const struct field_value *fields, size_t n)
{
	struct change *c;
	struct change_result r;
	struct err e;
	must(change_begin(h.store, ACT_ADD, &c, &e), &e, "begin");
	struct id id = change_new(c, type);
	must(change_set_all(c, type, id, fields, n, &e), &e, "set");
	must(change_commit(c, &r, &e), &e, "commit");
	return id;
}

/* A course of the guides, which runs out for five of them. */
static void add_courses(void)
{
	struct change_result r;
	struct err e;
	const struct id who[] = {h.merete, h.frederik, h.hakim, h.susanne, h.liv};
	const struct field_value kind[] = {{F_QUALIFICATION_KIND_NAME, value_text("Hygiejnekursus")},
		{F_QUALIFICATION_KIND_SORT, value_int(QUALIFICATION_HYGIENE)}};
	struct id course = make(TYPE_QUALIFICATION_KIND, kind, 2);
	must(qualification_ask(h.store, h.guide, &course, 1, &r, &e), &e, "ask");
	for (size_t i = 0; i < sizeof who / sizeof *who; i++) {
		const struct field_value held[] = {{F_QUALIFICATION_VOLUNTEER, value_id(who[i])},
			{F_QUALIFICATION_KIND, value_id(course)}, {F_QUALIFICATION_GOT, value_int(test_day("2024-01-01"))},
			{F_QUALIFICATION_UNTIL, value_int(test_day("2025-11-28") + (int)i)}};
		make(TYPE_QUALIFICATION, held, 4);
	}
	test_set(h.store, TYPE_VOLUNTEER, h.soren, F_VOLUNTEER_CHILD_CHECK, value_int(CHILD_ORDERED));
	test_set(h.store, TYPE_VOLUNTEER, h.soren, F_VOLUNTEER_CHECK_CONSENT, value_int(test_day("2025-11-30")));
}

/* One that is asked for, about the guides, so that their role has begun to open. */
static void add_agreement(void)
{
	struct change_result r;
	struct err e;
	struct id made;
	must(agreement_ship(h.store, &r, &e), &e, "ship");
	const struct agreement_new how = {.tmpl = id_template("cooperation"), .organisation = h.cross, .roles = &h.guide,
		.nroles = 1, .from = test_day("2025-12-01"), .to = DATE_NONE};
	must(agreement_make(h.store, &how, &made, &r, &e), &e, "make");
}

static void add_pause(void)
{
	struct change_result r;
	struct pause_effect told;
	struct err e;
	struct peek l = look_begin(h.store);
	view_end(l.v);
	l.v = NULL;
	must(pause_begin(h.store, l.b, l.a, &(struct pause_new){.of = h.children, .why = "Roskildesyge",
		.from = test_day("2025-12-01"), .until = test_day("2025-12-09")}, &told, &r, &e), &e, "pause");
	look_end(&l);
}

static void add_list(void)
{
	const struct field_value list[] = {{F_PRINTED_LIST_WHAT, value_text("Vagtplan uge 40")},
		{F_PRINTED_LIST_PRINTED, value_int(test_day("2025-10-01"))},
		{F_PRINTED_LIST_SHRED, value_int(test_day("2025-11-01"))}};
	make(TYPE_PRINTED_LIST, list, 3);
}

static void leads_to(const char *row, const char *screen)
{
	go(row);
	tui_keys(t, "Enter");
	is_str(top(), screen, "%s leads there", row);
	tui_keys(t, "Esc");
}

static void test_waiting(void)
{
	house_open(&h, "waiting", 24, 80);
	add_courses();
	add_agreement();
	add_pause();
	add_list();
	tui_draw(t);
	ok(strstr(tui_row(t, 1), "Cancelled, and nobody"), "the day itself stands first");
	tui_resize(t, 60, 110);
	static const char *const order[] = {"Coming today", "To be looked at", "Pauses", "Courses and checks", "Agreements",
		"Roles that aren't open", "People's data"};
	const char *text = tui_dump(t, false);
	bool sorted = true;
	for (size_t i = 1; i < sizeof order / sizeof *order; i++)
		sorted = sorted && strstr(text, order[i - 1]) && strstr(text, order[i]) &&
			strstr(text, order[i - 1]) < strstr(text, order[i]);
	ok(sorted, "then what waits, by what presses most");
	tui_resize(t, 24, 80);
	leads_to("begins again Tue 9/12", "calls");
	leads_to("consent is overdue", "volunteer");
	leads_to("has run out: Hyg", "volunteer");
	go("… and 2 more");
	tui_golden(t, "today-waiting", false);
	leads_to("Hakim Berg                                 has no agreement", "volunteer");
	leads_to("lacks the descr", "role");
	leads_to("shred it", "people-data");
	go("has no agreement");
	tui_keys(t, "Down Down Down");
	ok(strstr(tui_row(t, t->cv->cursor_row), "more"), "of each kind there are only a few");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "[Missing"), "and one row more that opens them all");
	house_close(&h);
}

/* Whose time is over is asked about those only who have been gone for long. */
static void test_time_over(void)
{
	house_open(&h, "over", 24, 80);
	test_set(h.store, TYPE_VOLUNTEER, h.niels, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ENDED));
	tui_draw(t);
	ok(!tui_shows(t, "People's data"), "whoever stopped lately is kept");
	h.clock.t += INT64_C(5) * 366 * 24 * 3600;
	tui_keys(t, "Down End");
	ok(tui_shows(t, "People's data") && tui_shows(t, "stopped"), "after years the home screen says that it is enough");
	leads_to("stopped", "volunteer");
	house_close(&h);
}

static void test_verbs(void)
{
	house_open(&h, "verbs", 24, 80);
	tui_keys(t, "Home Down Down a");
	ok(tui_shows(t, "Who has cancelled?"), "where several are on the shift, one is asked who");
	tui_keys(t, "2");
	is_int(house_filled(&h, h.mon_am), 2, "and answers by a digit");
	ok(tui_shows(t, "Hakim Berg has cancelled · k rings round"), "it is told at once, with what to do about it");
	tui_keys(t, "u");
	is_int(house_filled(&h, h.mon_am), 3, "one key undoes it");
	tui_keys(t, "Home Down Down h f");
	ok(tui_shows(t, "Merete Kjeldsen-Magnussen: present"), "attendance is noted from here, on the day's sheet");
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
	test_absent();
	test_news();
	test_waiting();
	test_time_over();
	test_verbs();
	test_walk();
	return done_testing();
}
