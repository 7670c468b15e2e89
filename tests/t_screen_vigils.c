/* tests/t_screen_vigils.c - a ward calls: the watches are told while one types, whom to ring stands there, watches are
 * taken by whoever says yes, and when it ends those who were to come are told. */
#include "tests/screentest.h"

#include <string.h>

#include "base/lang.h"
#include "roster/care.h"
#include "roster/vigil.h"

static struct house h;
static struct tui *t = &h.t;
static struct err e;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

static struct id sitter(const char *given, const char *family, const char *phone)
{
	return test_person(h.store, &(struct test_person){.given = given, .family = family, .phone = phone,
		.born = test_day("1960-02-03"), .started = test_day("2020-01-01"), .confidentiality = test_day("2020-01-01"),
		.roles = {h.vigil}});
}

static struct id grete, hans;

static void open_vigils(const char *name)
{
	house_open(&h, name, 24, 80);
	test_set(h.store, TYPE_ROLE, h.vigil, F_ROLE_HARD, value_int(1));
	grete = sitter("Grete", "Dam", "20112260");
	hans = sitter("Hans", "Eg", "20112261");
	sitter("Ida", "Juul", "20112262");
	tui_keys(t, "Ctrl-V");
}

/* One at the hospice, from noon today. */
static struct id made(void)
{
	const struct vigil_new how = {.unit = h.hospice, .role = h.vigil, .start = test_at("2025-12-01", 12, 0), .hours = 72, .watch = 240,
		.room = "12", .contact = "Mette", .phone = "89101112"};
	struct id id;
	must(vigil_begin(h.store, &how, &id, NULL, &e), &e, "begin");
	return id;
}

static void open_one(const char *name)
{
	open_vigils(name);
	tui_keys(t, "Esc");
	struct id id = made();
	test_assign(h.store, id_watch(id, 2), hans, ASSIGNMENT_ACCEPTED);
	test_assign(h.store, id_watch(id, 3), grete, ASSIGNMENT_ACCEPTED);
	tui_keys(t, "Ctrl-V Enter");
}

/* ---- a ward calls ------------------------------------------------------------------------------------------------ */
static void test_new(void)
{
	open_vigils("new");
	is_str(top(), "vigils", "Ctrl-V shows the vigils");
	tui_golden(t, "vigils-none", false);
	tui_keys(t, "o");
	is_str(top(), "act-form", "o begins one");
	tui_golden(t, "vigil-new", true);
	tui_keys(t, "'Hosp'");
	ok(tui_shows(t, "18 watches: today 09:30–13:30"), "the watches are told while one types");
	tui_keys(t, "Tab 'i dag 14' Tab '70'");
	ok(tui_shows(t, "until Thu 4/12 12:00") && tui_shows(t, "The last is only 2 h; 03:30 shares them evenly."), "as they are meant");
	tui_keys(t, "Tab '2'");
	ok(tui_shows(t, "three to four hours"), "what isn't a watch is said");
	tui_keys(t, "Ctrl-U '3.30' Tab Tab '010203-1234' Ctrl-S");
	is_str(top(), "act-form", "a number that may be somebody's isn't taken");
	is_int((long)house_count(&h, TYPE_VIGIL), 0, "and nothing is made");
	tui_keys(t, "Ctrl-U '12' Ctrl-S");
	is_str(top(), "vigil", "made, it is opened");
	is_int((long)house_count(&h, TYPE_VIGIL), 1, "it is there");
	ok(tui_shows(t, "Room 12") && tui_shows(t, "Ring next: Grete Dam 20 11 22 60"), "with whom to ring");
	tui_keys(t, "u");
	ok(tui_shows(t, "The vigil has been taken back"), "one u takes all of it back");
	is_int((long)house_count(&h, TYPE_VIGIL), 0, "it is gone");
	house_close(&h);
}

/* ---- who sits ---------------------------------------------------------------------------------------------------- */
static void test_card(void)
{
	open_one("card");
	is_str(top(), "vigil", "Enter opens one");
	tui_goldens(t, "vigil");
	tui_keys(t, "Enter");
	is_str(top(), "fill", "Enter on a gap asks for somebody");
	tui_keys(t, "Esc r");
	tui_goldens(t, "vigil-ring");
	tui_go(t, "Grete");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "Which watches does Grete Dam take?"), "whoever says yes is asked which");
	tui_golden(t, "vigil-take", false);
	tui_keys(t, "Space Down Down Down Space Esc");
	ok(tui_shows(t, "16 of 72 hours are covered"), "both are taken");
	is_int((long)house_count(&h, TYPE_CALL), 2, "and that she was rung is kept");
	tui_keys(t, "u u");
	ok(tui_shows(t, "8 of 72 hours are covered"), "u takes one after the other back");
	tui_keys(t, "Enter Space Enter");
	is_str(top(), "vigil", "Enter on what Space has just taken closes");
	ok(tui_shows(t, "12 of 72 hours are covered"), "and takes nothing back");
	tui_keys(t, "u");
	tui_go(t, "Hans");
	tui_keys(t, "k");
	ok(tui_shows(t, "Hans Eg: can't"), "k: can't, as in a phone round");
	ok(tui_shows(t, "asked today"), "which is seen");
	house_close(&h);
}

static void test_end(void)
{
	open_one("end");
	tui_keys(t, "l");
	ok(tui_shows(t, "of 96 hours are covered"), "l: a day more");
	h.clock.t += 8 * 3600;
	tui_keys(t, "e");
	ok(tui_shows(t, "The vigil has ended; 22 watches are called off") || tui_shows(t, "The vigil has ended; 21 watches are called off"),
		"e ends it");
	ok(tui_shows(t, "[Tell 2]") && tui_shows(t, "20 11 22 60"), "and says whom to tell, with the phones");
	tui_goldens(t, "vigil-ended");
	tui_keys(t, "Enter");
	is_str(top(), "volunteer", "Enter opens the card");
	tui_keys(t, "Esc r");
	ok(tui_shows(t, "nobody is to be rung"), "nobody is rung for it any more");
	tui_keys(t, "e");
	ok(tui_shows(t, "has ended already"), "it ends once");
	tui_keys(t, "u");
	ok(tui_shows(t, "of 96 hours are covered · next gap"), "u puts all of it on again");
	house_close(&h);
}

static void test_list(void)
{
	open_one("list");
	tui_keys(t, "Esc");
	tui_goldens(t, "vigils");
	lang_set("da");
	house_again(&h, 24, 80);
	tui_keys(t, "Ctrl-V");
	tui_golden(t, "vigils-da", false);
	tui_keys(t, "Enter");
	tui_golden(t, "vigil-da", false);
	tui_keys(t, "r");
	tui_golden(t, "vigil-ring-da", false);
	tui_keys(t, "Esc o");
	tui_golden(t, "vigil-new-da", false);
	house_close(&h);
	lang_set("en");
}

/* Two at one place at one time may be right, or the same one begun twice. */
static void test_beside(void)
{
	open_one("beside");
	tui_keys(t, "Esc o 'Hosp' Tab 'i dag 16' Ctrl-S");
	is_int((long)house_count(&h, TYPE_VIGIL), 2, "a second one can be made");
	ok(tui_shows(t, "another vigil goes on there at the same time"), "but it is said");
	house_close(&h);
}

static void test_contact(void)
{
	open_one("contact");
	tui_keys(t, "R");
	is_str(top(), "act-form", "R: room and phone");
	tui_keys(t, "Ctrl-U '14' Ctrl-S");
	ok(tui_shows(t, "Room 14 · Mette · 89 10 11 12"), "another room");
	house_close(&h);
}

static void test_talk(void)
{
	open_one("talk");
	const struct talk_new how = {.volunteer = &grete, .n = 1, .kind = TALK_CARE, .due = test_day("2025-12-10"), .held = DATE_NONE};
	must(talk_add(h.store, &how, NULL, &e), &e, "talk");
	tui_keys(t, "1");
	tui_go(t, "Grete Dam care talk");
	tui_keys(t, "Enter");
	is_str(top(), "volunteer", "a talk that is due stands on the home screen, and leads to the card");
	tui_keys(t, "3 / 'grete' Enter");
	ok(tui_shows(t, "Talks") && tui_shows(t, "to be held"), "and on the volunteer's card");
	tui_go(t, "care talk");
	tui_keys(t, "Enter");
	is_str(top(), "form", "Enter opens it, to write when it was");
	house_close(&h);
}

static void test_walk(void)
{
	struct prng r = {20251205};
	open_one("walk");
	tui_walk(t, &r, 300, "program.quit vigil.print", "300 random keys");
	house_close(&h);
}

int main(void)
{
	tui_move_in();
	tui_speak("en");
	test_new();
	test_card();
	test_end();
	test_list();
	test_beside();
	test_contact();
	test_talk();
	test_walk();
	return done_testing();
}
