/* tests/t_screen_care.c - care for those who come: talks that wait, jubilees and thanks stand on one screen, and one
 * key says that a talk was held or somebody was thanked. */
#include "tests/screentest.h"

#include <string.h>

#include "base/lang.h"
#include "roster/care.h"
#include "tui/settings.h"

static struct house h;
static struct tui *t = &h.t;
static struct err e;
static struct id grete, hans, ida;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

static struct id person(const char *given, const char *family, const char *phone, const char *born, const char *started)
{
	return test_person(h.store, &(struct test_person){.given = given, .family = family, .phone = phone,
		.born = test_day(born), .started = test_day(started), .confidentiality = test_day(started),
		.roles = {h.guide}});
}

static void add_talk(struct id who, const char *due, const char *note)
{
	const struct talk_new how = {
		.volunteer = &who, .n = 1, .kind = TALK_CARE, .due = test_day(due), .held = DATE_NONE, .note = note,
	};
	must(talk_add(h.store, &how, NULL, &e), &e, "talk");
}

static void come(struct id who, const char *day)
{
	struct id shift = test_shift(h.store, h.hall, h.guide, test_at(day, 8, 0), test_at(day, 11, 0), 2);
	test_assign(h.store, shift, who, ASSIGNMENT_ACCEPTED);
}

static void open_care(const char *name)
{
	house_open(&h, name, 24, 80);
	grete = person("Grete", "Dam", "20112260", "1960-02-03", "2015-12-10");
	hans = person("Hans", "Eg", "20112261", "1955-12-20", "2019-03-01");
	ida = person("Ida", "Juul", "20112262", "1970-05-05", "2020-11-30");
	come(grete, "2025-11-17");
	come(hans, "2025-11-18");
	add_talk(grete, "2025-11-28", "Ring efter klokken 16");
	add_talk(hans, "2025-12-10", "");
	tui_keys(t, "Ctrl-B");
}

/* How many talks of a kind have been held today. */
static size_t held_today(struct id who, int kind)
{
	struct peek l = look_begin(h.store);
	struct talk *all;
	size_t n, held = 0;
	must(talk_of(l.v, l.b, l.a, who, &all, &n, &e), &e, "talks");
	for (size_t i = 0; i < n; i++)
		held += all[i].kind == kind && all[i].held == test_day("2025-12-01");
	look_end(&l);
	return held;
}

static void test_talks(void)
{
	open_care("talks");
	is_str(top(), "care", "Ctrl-B shows care");
	tui_goldens(t, "care-talks");
	tui_go(t, "Grete");
	tui_keys(t, "H");
	ok(tui_shows(t, "Held today: Grete Dam"), "one key says that it was held");
	is_int((long)held_today(grete, TALK_CARE), 1, "and it is written");
	ok(!tui_shows(t, "Grete Dam  "), "it waits no more");
	tui_keys(t, "u");
	is_int((long)held_today(grete, TALK_CARE), 0, "u takes it back");
	tui_keys(t, "Ctrl-A H");
	ok(tui_shows(t, "Held today: 2 volunteers") && tui_shows(t, "No talk is waited for."),
		"all marked are held at once");
	tui_golden(t, "care-none", false);
	tui_keys(t, "u Enter");
	is_str(top(), "volunteer", "Enter opens the card");
	house_close(&h);
}

static void test_jubilees(void)
{
	open_care("jubilees");
	tui_keys(t, "j");
	ok(tui_shows(t, "10 years as a volunteer") && !tui_shows(t, "years old"),
		"jubilees, and no birthdays unless they are asked for");
	tui_golden(t, "care-jubilees", false);
	tui_keys(t, "H");
	ok(tui_shows(t, "First s"), "a jubilee isn't held");
	tui_go(t, "Grete");
	tui_keys(t, "T");
	ok(tui_shows(t, "Thanked today: Grete Dam"), "but thanked for");
	is_int((long)held_today(grete, TALK_THANKS), 1, "as a talk of that kind");
	must(settings_write(h.store, "birthdays", "Round birthdays", "1", NULL, &e), &e, "setting");
	house_again(&h, 24, 80);
	tui_keys(t, "Ctrl-B j");
	ok(tui_shows(t, "70 years old"), "round birthdays, where the setting says so");
	house_close(&h);
}

static void test_thanks(void)
{
	open_care("thanks");
	tui_keys(t, "t");
	ok(tui_shows(t, "Grete Dam") && tui_shows(t, "Hans Eg") && !tui_shows(t, "Ida Juul"),
		"who comes, and wasn't thanked");
	tui_goldens(t, "care-thanks");
	tui_go(t, "Hans");
	tui_keys(t, "T");
	is_int((long)held_today(hans, TALK_THANKS), 1, "one key thanks");
	ok(tui_shows(t, "Thanked today: Hans Eg"), "and says whom");
	lang_set("da");
	house_again(&h, 24, 80);
	tui_keys(t, "Ctrl-B");
	tui_golden(t, "care-talks-da", false);
	tui_keys(t, "t");
	tui_golden(t, "care-thanks-da", false);
	tui_keys(t, "j");
	tui_golden(t, "care-jubilees-da", false);
	house_close(&h);
	lang_set("en");
}

static void test_elsewhere(void)
{
	open_care("elsewhere");
	tui_keys(t, "1");
	tui_go(t, "Grete Dam care talk");
	ok(tui_shows(t, "H: held today"), "the home screen says which key");
	tui_golden(t, "care-today", false);
	tui_keys(t, "H");
	ok(tui_shows(t, "Held today: Grete Dam"), "and holds it");
	is_int((long)held_today(grete, TALK_CARE), 1, "as written");
	tui_keys(t, "Home H");
	ok(tui_shows(t, "The row is no talk"), "other rows aren't held");
	tui_keys(t, "3 / 'hans' Enter");
	tui_keys(t, "H");
	ok(tui_shows(t, "Stand on a talk first."), "nor what else stands on the card");
	tui_go(t, "care talk");
	tui_keys(t, "H");
	ok(tui_shows(t, "Held today: Hans Eg"), "the talk there is");
	is_int((long)held_today(hans, TALK_CARE), 1, "as written");
	tui_go(t, "care talk");
	tui_keys(t, "H");
	ok(tui_shows(t, "That talk has been held."), "once");
	house_close(&h);
}

static void test_walk(void)
{
	struct prng r = {20251206};
	open_care("walk");
	tui_walk(t, &r, 200, "program.quit", "200 random keys");
	house_close(&h);
}

static void test_new_talk(void)
{
	open_care("new-talk");
	size_t before = house_count(&h, TYPE_TALK);
	tui_keys(t, "o");
	is_str(top(), "act-form", "o puts a talk down");
	tui_golden(t, "care-new", false);
	tui_keys(t, "'Ida' Tab 'yearly' Tab '12/12' Ctrl-S");
	is_str(top(), "care", "saved");
	is_int((long)house_count(&h, TYPE_TALK), (long)before + 1, "one more");
	ok(tui_shows(t, "Ida Juul"), "and she stands on the list");
	tui_keys(t, "o 'Ida' Tab 'yearly' Tab '12/12' Ctrl-S");
	is_int((long)house_count(&h, TYPE_TALK), (long)before + 1, "the same talk isn't put down twice");
	house_close(&h);
}

int main(void)
{
	tui_move_in();
	tui_speak("en");
	test_talks();
	test_jubilees();
	test_thanks();
	test_elsewhere();
	test_walk();
	test_new_talk();
	return done_testing();
}
