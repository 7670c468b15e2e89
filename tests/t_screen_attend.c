/* tests/t_screen_attend.c - the sheet of a day on the screen: one key a person, the line that a paper sheet is keyed in
 * as, hours, days, approving, and how many keys twenty names take. */
#include "tests/screentest.h"

#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "roster/attendance.h"

static struct house h;
static struct tui *t = &h.t;
static struct err e;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

static void open_house(const char *name)
{
	house_open(&h, name, 24, 80);
	tui_keys(t, "Ctrl-E");
	is_str(top(), "attendance", "Ctrl-E opens the sheet of today");
}

static struct rec *place_of(struct peek *l, struct id shift, struct id who)
{
	struct rec *r;
	must(view_get(l->v, l->a, TYPE_ASSIGNMENT, id_assignment(shift, who), &r, &e), &e, "place");
	return r;
}

static int attendance(struct id shift, struct id who)
{
	struct peek l = look_begin(h.store);
	int is = (int)rec_int(place_of(&l, shift, who), F_ASSIGNMENT_ATTENDANCE);
	look_end(&l);
	return is;
}

static int told(struct id shift, struct id who)
{
	struct peek l = look_begin(h.store);
	int is = (int)rec_int_or(place_of(&l, shift, who), F_ASSIGNMENT_MINUTES, -1);
	look_end(&l);
	return is;
}

static int approved(struct id shift, struct id who)
{
	struct peek l = look_begin(h.store);
	civil_date day = rec_date(place_of(&l, shift, who), F_ASSIGNMENT_APPROVED);
	look_end(&l);
	return day != DATE_NONE;
}

/* ---- one key a person -------------------------------------------------------------------------------- */

static void test_people(void)
{
	open_house("people");
	ok(tui_shows(t, "5 of 5 not noted"), "what isn't recorded is counted at the top");
	tui_goldens(t, "attendance");
	tui_keys(t, "f a u");
	is_int(attendance(h.mon_am, h.merete), ATTENDANCE_PRESENT, "f: came; the cursor goes on");
	is_int(attendance(h.mon_am, h.frederik), ATTENDANCE_EXCUSED, "a: cancelled");
	is_int(attendance(h.mon_am, h.hakim), ATTENDANCE_ABSENT, "u: stayed away, and doesn't undo");
	ok(tui_shows(t, "undo: Ctrl-Z"), "which the message doesn't say either");
	tui_golden(t, "attendance-noted", true);
	tui_keys(t, "Ctrl-Z");
	is_int(attendance(h.mon_am, h.hakim), 0, "Ctrl-Z does");
	tui_keys(t, "Home Space");
	is_int(attendance(h.mon_am, h.merete), 0, "Space clears");
	tui_keys(t, "Delete");
	is_int(attendance(h.mon_am, h.frederik), 0, "so does Delete, and both go on");
	tui_keys(t, "Home a r");
	is_int(attendance(h.mon_am, h.merete), ATTENDANCE_EXCUSED, "r: the rest were there,");
	is_int(attendance(h.mon_am, h.frederik), ATTENDANCE_PRESENT, "who weren't recorded");
	is_int(attendance(h.mon_am, h.hakim), ATTENDANCE_PRESENT, "on the shift");
	is_int(attendance(h.mon_noon, h.hakim), 0, "and on no other");
	tui_keys(t, "End f");
	ok(tui_shows(t, "hasn't begun"), "nobody was at what hasn't begun");
	tui_keys(t, "Home Enter");
	is_str(top(), "volunteer", "Enter opens the card");
	house_close(&h);
}

static void test_hours(void)
{
	open_house("hours");
	tui_keys(t, "Down h '2:30' Enter");
	is_int(attendance(h.mon_am, h.frederik), ATTENDANCE_PRESENT, "whose hours are told was there");
	is_int(told(h.mon_am, h.frederik), 150, "for that long");
	tui_keys(t, "h '1,5' Enter");
	is_int(told(h.mon_am, h.frederik), 90, "an hour and a half as one writes it");
	tui_keys(t, "h 'x' Enter");
	is_str(top(), "prompt", "what is no time is asked again");
	tui_keys(t, "Esc h Ctrl-U Enter");
	is_int(told(h.mon_am, h.frederik), -1, "empty: as planned");
	tui_keys(t, "g 1 Enter");
	ok(!approved(h.mon_am, h.frederik), "what goes on isn't approved yet");
	h.clock.t += 3 * 3600;
	tui_keys(t, "g 3 2");
	ok(!approved(h.mon_am, h.frederik), "nor by the month of an organisation that he doesn't come through");
	tui_keys(t, "g 1 Enter");
	ok(approved(h.mon_am, h.frederik), "g approves the hours of those who came");
	ok(!approved(h.mon_am, h.merete), "and of nobody else");
	tui_keys(t, "Ctrl-Z");
	ok(!approved(h.mon_am, h.frederik), "which is one change");
	house_close(&h);
}

/* ---- on paper ---------------------------------------------------------------------------------------- */

/* The question where to is open: there. */
static void write_to(const char *name)
{
	tui_keys(t, "Ctrl-U");
	tui_paste(t, os_path_join(t->arena, test_dir(), name));
	tui_keys(t, "Enter");
}

static bool holds(const char *name, const char *text)
{
	struct buf b = test_read(os_path_join(t->arena, test_dir(), name));
	bool does = b.p && strstr(b.p, text);
	buf_free(&b);
	return does;
}

static void test_papers(void)
{
	open_house("papers");
	tui_keys(t, "f e");
	write_to("day.html");
	ok(holds("day.html", "Merete Kjeldsen-Magnussen") && holds("day.html", "[x]"), "e writes the tick sheet");
	tui_keys(t, "s 1");
	write_to("orgs.csv");
	ok(!holds("orgs.csv", "Merete"), "s writes the month's hours by organisation, without a name");
	tui_keys(t, "s 2");
	write_to("people.csv");
	ok(holds("people.csv", "Merete"), "or by person");
	is_int((intmax_t)house_count(&h, TYPE_PRINTED_LIST), 2, "those with people on them are to be shredded");
	house_close(&h);
}

/* ---- the line ---------------------------------------------------------------------------------------- */

static void test_line(void)
{
	open_house("line");
	tui_keys(t, "t '1-3f 2a'");
	ok(tui_shows(t, "2 came · excused: 2 Frederik Berg"), "what is understood is said while typing");
	ok(tui_shows(t, "→ present"), "and shown beside the names");
	tui_golden(t, "attendance-line", true);
	is_int(attendance(h.mon_am, h.merete), 0, "nothing is written yet");
	tui_keys(t, "' 3q' Enter");
	ok(tui_shows(t, "\"3q\" at character 9"), "what isn't understood is named");
	tui_golden(t, "attendance-wrong", true);
	is_int(attendance(h.mon_am, h.merete), 0, "and nothing is written");
	tui_keys(t, "Esc");
	is_str(top(), "attendance", "Esc closes the field");
	tui_keys(t, "t Backspace Backspace Backspace");
	ok(tui_shows(t, "1-3f 2a"), "what was typed is still there");
	tui_keys(t, "Enter");
	is_int(attendance(h.mon_am, h.merete), ATTENDANCE_PRESENT, "Enter writes it");
	is_int(attendance(h.mon_am, h.frederik), ATTENDANCE_EXCUSED, "all of it");
	tui_keys(t, "Ctrl-Z");
	is_int(attendance(h.mon_am, h.merete) + attendance(h.mon_am, h.hakim), 0, "as one change");
	tui_keys(t, "t");
	tui_paste(t, "1f\n2f");
	tui_keys(t, "Enter");
	is_int(attendance(h.mon_am, h.frederik), ATTENDANCE_PRESENT, "a line that is pasted is one too");
	house_close(&h);
}

/* ---- days -------------------------------------------------------------------------------------------- */

static void test_days(void)
{
	open_house("days");
	tui_keys(t, "Left");
	ok(tui_shows(t, "Nobody on a shift on Sunday 30 November"), "a day without anybody says so");
	tui_keys(t, "Right Right");
	ok(tui_shows(t, "Tue 2/12"), "arrows go from day to day");
	ok(tui_shows(t, "withdrew"), "whoever cancelled beforehand is there, and says so");
	house_close(&h);
	house_open(&h, "later", 24, 80);
	h.clock.t += 3 * 86400;
	house_again(&h, 24, 80);
	ok(tui_go(t, "not recorded"), "what isn't recorded of days that are over stands on the home screen");
	ok(tui_shows(t, "5 shifts that are over"), "as one row");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "Mon 1/12"), "which leads to the first of the days");
	tui_keys(t, "n");
	ok(tui_shows(t, "Tue 2/12"), "n goes to the next");
	tui_keys(t, "r n r n");
	ok(tui_shows(t, "Mon 1/12"), "and round to the first");
	house_close(&h);
}

/* ---- twenty names ------------------------------------------------------------------------------------ */

static int pressed;

static void press(const char *keys)
{
	for (const char *s = keys; *s; pressed++)
		tui_key(t, key_parse(s, &s));
}

static struct id big_shift(void)
{
	char name[16];
	struct id shift = test_shift(h.store, h.hall, h.guide, test_at("2025-11-30", 8, 0), test_at("2025-11-30", 11, 0), 20);
	test_set(h.store, TYPE_SHIFT, shift, F_SHIFT_STATE, value_int(SHIFT_PUBLISHED));
	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof name, "Nr%02d", i + 1);
		test_assign(h.store, shift, test_volunteer(h.store, name, "Bjerg"), ASSIGNMENT_ACCEPTED);
	}
	return shift;
}

static size_t count(struct id shift, int attendance)
{
	struct peek l = look_begin(h.store);
	struct attend_sheet s;
	size_t n = 0;
	must(attend_sheet(l.v, l.b, l.a, shift, &s, &e), &e, "sheet");
	for (size_t i = 0; i < s.n; i++)
		n += s.rows[i].seat.attendance == attendance;
	look_end(&l);
	return n;
}

static void test_twenty(void)
{
	house_open(&h, "twenty", 24, 80);
	struct id shift = big_shift();
	house_again(&h, 24, 80);
	pressed = 0;
	press("Ctrl-E Left f f f a f f u f f f f f f f f f f f f f");
	is_int((intmax_t)count(shift, ATTENDANCE_PRESENT), 18, "twenty people by a key each: 18 came");
	ok(count(shift, ATTENDANCE_EXCUSED) == 1 && count(shift, ATTENDANCE_ABSENT) == 1, "one cancelled, one stayed away");
	ok(pressed <= 60, "with %d keys from the home screen", pressed);
	int undone = 0;
	for (; count(shift, 0) < 20 && undone < 20; undone++)
		tui_keys(t, "Ctrl-Z");
	is_int(undone, 20, "twenty changes");
	pressed = 0;
	press("Home t 1 - 2 0 f Space 4 a Space 7 u Enter");
	is_int((intmax_t)count(shift, ATTENDANCE_PRESENT), 18, "the same from paper, as one line");
	ok(pressed <= 20, "with %d keys", pressed);
	tui_golden(t, "attendance-twenty", true);
	house_close(&h);
}

static void test_danish(void)
{
	tui_speak("da");
	open_house("danish");
	tui_keys(t, "f");
	tui_golden(t, "attendance-da", true);
	tui_keys(t, "t '2u'");
	tui_golden(t, "attendance-line-da", true);
	house_close(&h);
	tui_speak("en");
}

static void test_walk(void)
{
	open_house("walk");
	struct prng r = {20251222};
	tui_walk(t, &r, 600, "program.quit attend.write attend.sums", "600 random keys");
	house_close(&h);
}

/* ---- the code on the paper --------------------------------------------------------------------------- */

static const char *code_of(struct id shift, char code[40])
{
	struct peek l = look_begin(h.store);
	struct attend_sheet sheet;
	must(attend_sheet(l.v, l.b, l.a, shift, &sheet, &e), &e, "sheet");
	snprintf(code, 40, "%s", attend_code(l.a, &sheet));
	look_end(&l);
	return code;
}

static void type_line(const char *code, const char *line)
{
	char keys[80];
	snprintf(keys, sizeof keys, "'%s %s'", code, line);
	tui_keys(t, keys);
}

static void test_code(void)
{
	char code[40];
	open_house("code");
	tui_keys(t, "Left");
	tui_keys(t, "t");
	ok(tui_shows(t, "Attendance · Sun 30/11"), "on a day without anybody");
	type_line(code_of(h.mon_am, code), "1-2f");
	ok(tui_shows(t, "2 came") && tui_shows(t, "Attendance · Mon 1/12"), "a paper's code finds its shift, on another day too");
	tui_keys(t, "Enter");
	is_int(attendance(h.mon_am, h.merete), ATTENDANCE_PRESENT, "and what stands behind it is recorded there");
	tui_keys(t, "t");
	type_line("000000.1abc", "1f");
	ok(tui_shows(t, "No shift that is shown has that code."), "a code of nothing is said to be one");
	tui_keys(t, "Enter Esc");
	house_close(&h);
	open_house("code-changed");
	code_of(h.mon_am, code);
	h.clock.t += 60;
	test_delete(h.store, TYPE_ASSIGNMENT, id_assignment(h.mon_am, h.merete));
	tui_keys(t, "t");
	type_line(code, "1f");
	ok(tui_shows(t, "use the numbers of now. 1 Merete"), "a paper from before a change says which rows are other ones");
	ok(tui_shows(t, "2 Frederik Berg is now 1"), "and which they are now");
	tui_keys(t, "Enter");
	is_int(attendance(h.mon_am, h.frederik), 0, "and nothing is written by it");
	house_close(&h);
}

int main(void)
{
	tui_move_in();
	tui_speak("en");
	test_people();
	test_hours();
	test_papers();
	test_line();
	test_code();
	test_days();
	test_twenty();
	test_danish();
	test_walk();
	return done_testing();
}
