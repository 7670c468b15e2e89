/* tests/t_attend.c - attendance: the line that a paper sheet is keyed in as, the numbers on the sheet, what is written,
 * and two sites that key in the same sheet. */
#include "roster/attendance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "roster/round.h"
#include "tests/rostertest.h"
#include "tests/synctest.h"

static struct test_clock clk = {1764576000};        /* 2025-12-01 08:00 UTC */
static struct err e;

/* ---- the line ---------------------------------------------------------------------------------------------------- */

/* "1-9f 4a" as "1-9f 4a", in one way of writing; else the character that the error names. */
static const char *say(struct arena *a, const char *line)
{
	struct attend_word *w;
	size_t n;
	const char *text = "", *at;
	if (attend_read(a, line, &w, &n, &e) != OK) {
		at = strstr(e.text, "character ");
		return arena_printf(a, "!%d", at ? (int)strtol(at + 10, NULL, 10) : 0);
	}
	for (size_t i = 0; i < n; i++) {
		text = arena_printf(a, "%s%s", text, i ? " " : "");
		if (w[i].name)
			text = arena_printf(a, "%s+%s", text, w[i].name);
		else if (w[i].from)
			text = w[i].from == w[i].to ? arena_printf(a, "%s%d", text, w[i].from) : arena_printf(a, "%s%d-%d", text, w[i].from, w[i].to);
		if (!w[i].name)
			text = arena_printf(a, "%s%c", text, attend_letter(w[i].attendance));
		if (w[i].minutes >= 0)
			text = arena_printf(a, "%s=%d", text, w[i].minutes);
	}
	return text;
}

static void test_words(void)
{
	static const struct { const char *line, *means; } rows[] = {
		{"1-9f 4a 7u", "1-9f 4a 7u"}, {"", ""}, {"  ", ""}, {"1f", "1f"}, {"1F 2A", "1f 2a"}, {"1f2a3u", "1f 2a 3u"},
		{"1,3,5f", "1f 3f 5f"}, {"1,3-5a 7f", "1a 3-5a 7f"}, {"1-9f,4a", "1-9f 4a"}, {"1–9f", "1-9f"}, {"4 f", "4f"},
		{"4-", "4-"}, {"4i", "4-"}, {"1-9-", "1-9-"}, {"4- 7u", "4- 7u"}, {"f", "f"}, {"4a f", "4a f"}, {"u 1-3f", "u 1-3f"},
		{"3f2:30", "3f=150"}, {"3f 2:30", "3f=150"}, {"3f 2,5t", "3f=150"}, {"3f2,5 t 4a", "3f=150 4a"}, {"3f 2t", "3f=120"},
		{"3f 45min", "3f=45"}, {"3f0:00", "3f=0"}, {"1-2f3:00", "1-2f=180"}, {"1,2f 3t", "1f=180 2f=180"}, {"3f 2,5f", "3f 2f 5f"},
		{"+Anna Holm", "+Anna Holm"}, {"1f +Søren Ærø 4a", "1f +Søren Ærø 4a"}, {"+A+B", "+A +B"},
		{"1-9x", "!1"}, {"1f 4z", "!4"}, {"1f 0f", "!4"}, {"1000f", "!1"}, {"9-1f", "!1"}, {"1f 4", "!4"}, {"1 - 9 f", "!1"},
		{"1fr", "!1"}, {"1f 4a2:30", "!6"}, {"1f 99t", "!4"}, {"1f 2:75", "!4"}, {"-", "!1"}, {"i", "!1"}, {"+", "!1"}, {"1f + 4a", "!4"},
		{"æ", "!1"}, {"1f æ", "!4"}, {"Æf", "!1"}, {"1p", "!1"}, {"1e", "!1"}, {"f1", "!2"}, {"1fæ", "!1"}, {"ø 1x", "!1"}, {"+Åse 1x", "!6"},
	};
	struct arena *a = arena_new();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		is_str(say(a, rows[i].line), rows[i].means, "\"%s\"", rows[i].line);
	ok(attend_read(a, "1f 4z", &(struct attend_word *){0}, &(size_t){0}, &e) == ERR_DATA && strstr(e.text, "\"4z\""),
		"the word is named");
	arena_free(a);
}

/* Nothing that can be typed reads past the line or comes to numbers that can't be. */
static void test_anything(void)
{
	static const char letters[] = "0123456789fau-i+,:;. tmhnæX\xe2\x80\x93";
	struct prng r = {20251201};
	char line[24];
	bool fine = true;
	for (int round = 0; round < 20000; round++) {
		struct arena *a = arena_new();
		struct attend_word *w;
		size_t n = prng_below(&r, sizeof line - 1), words = 0;
		for (size_t i = 0; i < n; i++)
			line[i] = letters[prng_below(&r, sizeof letters - 1)];
		line[n] = '\0';
		if (attend_read(a, line, &w, &words, &e) == OK)
			for (size_t i = 0; i < words; i++)
				fine &= w[i].from >= 0 && w[i].from <= w[i].to && w[i].to <= 999 && w[i].minutes <= 2880;
		arena_free(a);
	}
	ok(fine, "20,000 lines of anything are read or refused");
}

/* ---- a shift ----------------------------------------------------------------------------------------- */

static struct { struct store *s; struct id hall, guide, shift, who[6]; } w;

static const char *const given[] = {"Ane", "Bo", "Carl", "Dorte", "Else", "Finn"};

/* Five on it, put there at once and not in the order of names; Dorte cancelled, and Else only wishes it. */
static void open_shift(const char *name)
{
	struct change *c;
	w.s = test_store(name, &clk);
	w.hall = test_unit(w.s, "Forhal");
	w.guide = test_role(w.s, "Guide");
	w.shift = test_shift(w.s, w.hall, w.guide, test_at("2025-11-30", 8, 0), test_at("2025-11-30", 11, 0), 3);
	test_set(w.s, TYPE_SHIFT, w.shift, F_SHIFT_STATE, value_int(SHIFT_PUBLISHED));
	for (int i = 0; i < 6; i++)
		w.who[i] = test_volunteer(w.s, given[i], "Holm");
	static const int states[] = {ASSIGNMENT_ACCEPTED, ASSIGNMENT_ACCEPTED, ASSIGNMENT_ACCEPTED, ASSIGNMENT_WITHDRAWN, ASSIGNMENT_WISHED};
	must(change_begin(w.s, ACT_COPY_DAY, &c, &e), &e, "begin");
	for (int i = 4; i >= 0; i--) {
		struct id id = id_assignment(w.shift, w.who[i]);
		change_make(c, TYPE_ASSIGNMENT, id);
		must(change_set(c, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_SHIFT, value_id(w.shift), &e), &e, "shift");
		must(change_set(c, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_VOLUNTEER, value_id(w.who[i]), &e), &e, "volunteer");
		must(change_set(c, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_STATE, value_int(states[i]), &e), &e, "state");
	}
	must(change_commit(c, NULL, &e), &e, "commit");
}

static struct attend_sheet sheet_of(struct peek *l, struct store *s)
{
	struct attend_sheet sheet;
	*l = look_begin(s);
	must(attend_sheet(l->v, l->b, l->a, w.shift, &sheet, &e), &e, "sheet");
	return sheet;
}

/* "1 Ane f 2 Bo a=150 …": whoever is listed. */
static const char *sheet_text(struct store *s)
{
	static char text[400];
	struct peek l;
	struct attend_sheet sheet = sheet_of(&l, s);
	struct buf b = {0};
	for (size_t i = 0; i < sheet.n; i++) {
		const struct attendee *x = &sheet.rows[i];
		if (!x->listed)
			continue;
		buf_addf(&b, "%s%d %s %c", b.n ? " " : "", x->number, x->seat.person->given, attend_letter(x->seat.attendance));
		if (x->told >= 0)
			buf_addf(&b, "=%d", x->told);
		if (x->approved != DATE_NONE)
			buf_adds(&b, "!");
	}
	snprintf(text, sizeof text, "%s", b.p ? b.p : "");
	buf_free(&b);
	look_end(&l);
	return text;
}

static int key_in(struct store *s, const char *line, struct change_result *r)
{
	struct peek l;
	struct attend_sheet sheet = sheet_of(&l, s);
	struct attend_plan plan;
	*r = (struct change_result){0};
	int rc = attend_plan(l.a, &sheet, line, &plan, &e);
	view_end(l.v);
	l.v = NULL;
	if (rc == OK)
		rc = act_attend(s, l.b, &sheet, &plan, r, &e);
	look_end(&l);
	return rc;
}

static void keyed(const char *line, const char *want)
{
	struct change_result r;
	is_int(key_in(w.s, line, &r), OK, "%s is taken", line);
	is_str(sheet_text(w.s), want, "%s is written", line);
}

static const char *echo(const char *line)
{
	static char text[300];
	struct peek l;
	struct attend_sheet sheet = sheet_of(&l, w.s);
	struct attend_plan plan;
	must(attend_plan(l.a, &sheet, line, &plan, &e), &e, "plan");
	snprintf(text, sizeof text, "%s", attend_echo(l.a, &sheet, &plan));
	look_end(&l);
	return text;
}

static int state_of(int who)
{
	struct peek l = look_begin(w.s);
	struct rec *r;
	must(view_get(l.v, l.a, TYPE_ASSIGNMENT, id_assignment(w.shift, w.who[who]), &r, &e), &e, "place");
	int state = r ? (int)rec_int(r, F_ASSIGNMENT_STATE) : 0;
	look_end(&l);
	return state;
}

static void test_record(void)
{
	struct change_result r;
	open_shift("record");
	is_str(sheet_text(w.s), "1 Ane - 2 Bo - 3 Carl - 4 Dorte -", "by name; who only wishes it isn't listed");
	is_str(echo("1-4f 2a"), "2 came · excused: 2 Bo Holm · not expected, left out: 4 Dorte Holm", "what was understood is said");
	keyed("1-4f 2a", "1 Ane f 2 Bo a 3 Carl f 4 Dorte -");
	is_int(state_of(3), ASSIGNMENT_WITHDRAWN, "a range doesn't bring back whoever cancelled");
	keyed("2a 1-3f", "1 Ane f 2 Bo f 3 Carl f 4 Dorte -");
	keyed("4f", "1 Ane f 2 Bo f 3 Carl f 4 Dorte f");
	is_int(state_of(3), ASSIGNMENT_ACCEPTED, "whoever came all the same is on the shift");
	keyed("3f2:30", "1 Ane f 2 Bo f 3 Carl f=150 4 Dorte f");
	keyed("3f", "1 Ane f 2 Bo f 3 Carl f=150 4 Dorte f");
	keyed("3u", "1 Ane f 2 Bo f 3 Carl u 4 Dorte f");
	keyed("1-4-", "1 Ane - 2 Bo - 3 Carl - 4 Dorte -");
	keyed("2a f", "1 Ane f 2 Bo a 3 Carl f 4 Dorte f");
	is_int(key_in(w.s, "2a f", &r), OK, "again");
	is_int((intmax_t)r.dot.no, 0, "nothing is written twice");
	store_close(w.s);
}

static void test_begun(void)
{
	struct change_result r;
	open_shift("begun");
	clk.t -= 2 * 86400;
	is_int(key_in(w.s, "1a", &r), ERR_REFUSED, "nobody can have been at what hasn't begun");
	is_int(key_in(w.s, "1-", &r), OK, "but a slip can be cleared");
	clk.t += 2 * 86400;
	store_close(w.s);
}

static void test_one_change(void)
{
	struct change_result r;
	open_shift("one");
	is_int(key_in(w.s, "1-3f2:00 4a", &r), OK, "a whole sheet");
	is_int((intmax_t)r.records, 4, "of four places");
	must(change_undo(w.s, r.dot, &r, &e), &e, "undo");
	is_str(sheet_text(w.s), "1 Ane - 2 Bo - 3 Carl - 4 Dorte -", "is one change, and one undo");
	static const char *const wrong[] = {"1-3f 9a", "1f 5a", "1f 2x", "1f +Nobody Known", "1f +Finn Holm"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		ok(key_in(w.s, wrong[i], &r) != OK && *e.text, "%s is refused", wrong[i]);
		is_str(sheet_text(w.s), "1 Ane - 2 Bo - 3 Carl - 4 Dorte -", "and nothing is written");
	}
	store_close(w.s);
}

/* ---- numbers ----------------------------------------------------------------------------------------- */

static struct id fit_person(const char *name)
{
	return test_person(w.s, &(struct test_person){.given = name, .family = "Aa", .confidentiality = test_day("2025-01-01"),
		.roles = {w.guide}});
}

static void test_numbers(void)
{
	struct change_result r;
	struct peek l;
	char code[40];
	open_shift("numbers");
	struct attend_sheet sheet = sheet_of(&l, w.s);
	snprintf(code, sizeof code, "%s", attend_code(l.a, &sheet));
	is_int((intmax_t)strlen(attend_code_shift(l.a, code)), 6, "the code has the end of the shift's id");
	is_str(attend_code_shift(l.a, "3/12 8-11 forhal"), "3/12 8-11 forhal", "other words stay");
	is_str(attend_code_shift(l.a, "3.12.2025"), "3.12.2025", "a day stays a day");
	look_end(&l);
	clk.t += 3600;
	fit_person("Aase");
	is_int(key_in(w.s, "+Aase Aa", &r), OK, "somebody came too");
	is_str(sheet_text(w.s), "1 Ane - 2 Bo - 3 Carl - 4 Dorte - 6 Aase f", "and has the last number, though first by name");
	sheet = sheet_of(&l, w.s);
	is_int(attend_code_check(l.v, l.b, &sheet, code, &e), OK, "the paper from before still holds");
	is_int(attend_code_check(l.v, l.b, &sheet, "8-11 forhal", &e), OK, "words have no numbers to be wrong");
	look_end(&l);
	test_set(w.s, TYPE_ASSIGNMENT, id_assignment(w.shift, w.who[1]), F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_WITHDRAWN));
	test_set(w.s, TYPE_ASSIGNMENT, id_assignment(w.shift, w.who[4]), F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_ACCEPTED));
	is_str(sheet_text(w.s), "1 Ane - 2 Bo - 3 Carl - 4 Dorte - 5 Else - 6 Aase f", "a cancellation and a yes move nobody");
	test_delete(w.s, TYPE_ASSIGNMENT, id_assignment(w.shift, w.who[1]));
	sheet = sheet_of(&l, w.s);
	is_int(attend_code_check(l.v, l.b, &sheet, code, &e), ERR_CONFLICT, "but when one is gone the paper's numbers are refused");
	look_end(&l);
	store_close(w.s);
}

/* A no at the telephone is no place on the sheet; who says yes after all comes last. */
static void test_said_no(void)
{
	struct change_result r;
	enum round_needs needs;
	open_shift("said-no");
	struct call_made how = {.shift = w.shift, .volunteer = fit_person("Ib"), .outcome = CALL_NO, .override = "alligevel"};
	struct peek l = look_begin(w.s);
	view_end(l.v);
	l.v = NULL;
	must(round_call(w.s, l.b, &how, &needs, &r, &e), &e, "a no");
	clk.t += 60;
	test_assign(w.s, w.shift, fit_person("Gry"), ASSIGNMENT_ACCEPTED);
	is_str(sheet_text(w.s), "1 Ane - 2 Bo - 3 Carl - 4 Dorte - 6 Gry -", "who says no to a call has no number (5 only wishes it)");
	clk.t += 60;
	how.outcome = CALL_YES;
	how.seen = true;
	must(round_call(w.s, l.b, &how, &needs, &r, &e), &e, "a yes");
	is_str(sheet_text(w.s), "1 Ane - 2 Bo - 3 Carl - 4 Dorte - 6 Gry - 7 Ib -", "and with a yes after all the last one");
	must(act_withdraw(w.s, w.shift, how.volunteer, NULL, &r, &e), &e, "off");
	is_str(sheet_text(w.s), "1 Ane - 2 Bo - 3 Carl - 4 Dorte - 6 Gry - 7 Ib -", "which stays");
	look_end(&l);
	store_close(w.s);
}

static void remove_of(int who)
{
	clk.t += 60;
	test_delete(w.s, TYPE_ASSIGNMENT, id_assignment(w.shift, w.who[who]));
	clk.t += 60;
}

/* The whole trip: printed, somebody comes and somebody goes, keyed in. */
static void test_paper(void)
{
	struct change_result r;
	struct peek l;
	struct attend_plan plan;
	const char *rest;
	char code[40];
	open_shift("paper");
	struct attend_sheet sheet = sheet_of(&l, w.s);
	snprintf(code, sizeof code, "%s", attend_code(l.a, &sheet));
	is_str(attend_code_begins(l.a, arena_printf(l.a, " %s  1-3f", code), &rest), code, "a line may begin with the code");
	is_str(rest, "1-3f", "and goes on behind it");
	ok(!attend_code_begins(l.a, "1-3f 4a", &rest) && strcmp(rest, "1-3f 4a") == 0, "a line without it is as it is");
	ok(!attend_code_begins(l.a, "123456.5abc7x 1f", &rest), "what only begins like one isn't it");
	ok(attend_code_is_of(code, &sheet) && !attend_code_is_of("000000.112ab", &sheet), "a code is of one shift");
	look_end(&l);
	clk.t += 3600;
	fit_person("Aase");
	is_int(key_in(w.s, "+Aase Aa", &r), OK, "somebody came onto the shift after it was printed");
	is_int(key_in(w.s, "6i", &r), OK, "and isn't recorded");
	sheet = sheet_of(&l, w.s);
	is_int(attend_code_check(l.v, l.b, &sheet, code, &e), OK, "the paper still holds");
	is_int((intmax_t)sheet.printed, 4, "and is known to go to four");
	must(attend_plan(l.a, &sheet, "f", &plan, &e), &e, "plan");
	ok(plan.marks[0].set && !plan.marks[5].set, "all the others are those on the paper");
	ok(strstr(attend_echo(l.a, &sheet, &plan), "not on the paper: 6 Aase") != NULL, "and whoever isn't on it is named");
	look_end(&l);
	remove_of(1);
	sheet = sheet_of(&l, w.s);
	is_int(attend_code_check(l.v, l.b, &sheet, code, &e), ERR_CONFLICT, "with one taken off, it is refused");
	ok(strstr(e.text, "2 Bo Holm isn't on the shift any more") != NULL, "the row is named: %s", e.text);
	ok(strstr(e.text, "3 Carl Holm is now 2; 4 Dorte Holm is now 3") != NULL, "so are those that moved");
	ok(!strstr(e.text, "1 Ane") && !strstr(e.text, "Else"), "and nobody else, nor who never was listed");
	look_end(&l);
	remove_of(0);
	sheet = sheet_of(&l, w.s);
	is_int(attend_code_check(l.v, l.b, &sheet, code, &e), ERR_CONFLICT, "after several changes");
	ok(strstr(e.text, "1 Ane Holm isn't") && strstr(e.text, "3 Carl Holm is now 1"), "it is told from what the paper was: %s", e.text);
	is_int(attend_code_check(l.v, l.b, &sheet, "123456.5fff", &e), ERR_CONFLICT, "a code that never was");
	ok(strstr(e.text, "no longer mean the same people") != NULL, "is refused without guessing");
	look_end(&l);
	store_close(w.s);
}

/* ---- approving --------------------------------------------------------------------------------------- */

static struct approved approve(civil_date from, civil_date to, const struct id *unit)
{
	struct approved told;
	struct change_result r;
	struct peek l = look_begin(w.s);
	view_end(l.v);
	l.v = NULL;
	must(act_approve(w.s, l.b, &(struct approving){.from = from, .to = to, .unit = unit}, &told, &r, &e), &e, "approve");
	look_end(&l);
	return told;
}

static void test_approve(void)
{
	struct change_result r;
	struct id elsewhere;
	open_shift("approve");
	elsewhere = test_unit(w.s, "Hospice");
	must(key_in(w.s, "1f2:30 2f", &r), &e, "key in");
	civil_date from = test_day("2025-11-01"), to = test_day("2025-12-01");
	is_int((intmax_t)approve(from, to, &elsewhere).places, 0, "nothing at another place");
	is_int((intmax_t)approve(to, to + 30, NULL).places, 0, "nothing in another month");
	struct approved told = approve(from, to, NULL);
	is_int((intmax_t)told.places, 2, "two came");
	is_int((intmax_t)told.minutes, 150 + 180, "their hours: told, else planned");
	is_int((intmax_t)told.unrecorded, 1, "what isn't recorded isn't approved");
	is_str(sheet_text(w.s), "1 Ane f=150! 2 Bo f! 3 Carl - 4 Dorte -", "it stands on the sheet");
	told = approve(from, to, NULL);
	ok(told.places == 0 && told.already == 2, "twice does nothing");
	must(key_in(w.s, "1-2f 3f", &r), &e, "key in");
	is_str(sheet_text(w.s), "1 Ane f=150! 2 Bo f! 3 Carl f 4 Dorte -", "what is the same stays approved");
	must(key_in(w.s, "1f3:00", &r), &e, "key in");
	is_str(sheet_text(w.s), "1 Ane f=180 2 Bo f! 3 Carl f 4 Dorte -", "other hours aren't");
	struct peek l = look_begin(w.s);
	view_end(l.v);
	l.v = NULL;
	must(act_withdraw(w.s, w.shift, w.who[2], NULL, &r, &e), &e, "withdraw");
	approve(from, to, NULL);
	is_str(sheet_text(w.s), "1 Ane f=180! 2 Bo f! 3 Carl f 4 Dorte -", "whoever gave the place up isn't approved");
	look_end(&l);
	must(act_attendance(w.s, id_assignment(w.shift, w.who[1]), ATTENDANCE_ABSENT, &r, &e), &e, "attendance");
	is_str(sheet_text(w.s), "1 Ane f=180! 2 Bo u 3 Carl f 4 Dorte -", "nor what somebody else says");
	store_close(w.s);
}

/* What stood of a place that was given back isn't taken up with it. */
static void test_again(void)
{
	struct change_result r;
	open_shift("again");
	struct id aase = fit_person("Aase");
	must(key_in(w.s, "+Aase Aa", &r), &e, "key in");
	is_int((intmax_t)approve(test_day("2025-11-01"), test_day("2025-12-01"), NULL).places, 1, "somebody's hours are approved");
	must(act_unassign(w.s, w.shift, aase, &r, &e), &e, "off");
	must(key_in(w.s, "+Aase Aa", &r), &e, "key in");
	is_str(sheet_text(w.s), "1 Ane - 2 Bo - 3 Carl - 4 Dorte - 6 Aase f", "taken off and there again: nobody has vouched for that");
	store_close(w.s);
}

static void test_missing(void)
{
	struct attend_missing m;
	struct change_result r;
	open_shift("missing");
	civil_date day = test_day("2025-11-30");
	struct peek l = look_begin(w.s);
	must(attend_missing(l.v, day - 14, cmin_at(day, 11 * 60), &m, &e), &e, "missing");
	ok(m.places == 3 && m.shifts == 1 && m.first == day, "three of one shift");
	must(attend_missing(l.v, day - 14, cmin_at(day, 11 * 60) - 1, &m, &e), &e, "missing");
	ok(m.places == 0 && m.first == DATE_NONE, "none before it is over");
	must(attend_missing(l.v, day + 1, cmin_at(day + 2, 0), &m, &e), &e, "missing");
	is_int((intmax_t)m.places, 0, "none that is longer ago");
	look_end(&l);
	must(key_in(w.s, "f", &r), &e, "key in");
	l = look_begin(w.s);
	must(attend_missing(l.v, day - 14, cmin_at(day, 11 * 60), &m, &e), &e, "missing");
	is_int((intmax_t)m.places, 0, "none once it is recorded");
	look_end(&l);
	store_close(w.s);
}

/* ---- two sites --------------------------------------------------------------------------------------- */

static void test_sites(void)
{
	struct site at[2];
	struct change_result r;
	struct peek l[2];
	const char *dir = stick("sheets");
	site_first(&at[0], "Viborg");
	w.s = at[0].s;
	w.hall = test_unit(w.s, "Forhal");
	w.guide = test_role(w.s, "Guide");
	w.shift = test_shift(w.s, w.hall, w.guide, test_at("2025-11-30", 8, 0), test_at("2025-11-30", 11, 0), 3);
	for (int i = 0; i < 3; i++)
		test_assign(w.s, w.shift, w.who[i] = test_volunteer(w.s, given[i], "Holm"), ASSIGNMENT_ACCEPTED);
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	struct attend_sheet one = sheet_of(&l[0], at[0].s), two = sheet_of(&l[1], at[1].s);
	is_str(attend_code(l[0].a, &one), attend_code(l[1].a, &two), "both sites print the same numbers");
	look_end(&l[0]);
	look_end(&l[1]);
	at[0].clock.t = clk.t;
	at[1].clock.t = clk.t + 100;
	must(key_in(at[0].s, "1-2f 3a", &r), &e, "key in");
	must(key_in(at[1].s, "1f 2u 3a", &r), &e, "key in");
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "the same sheet keyed in at both: both are equal");
	is_int((intmax_t)count_open(&at[0]), 1, "they disagree about the one whom they saw otherwise, and about nobody else");
	is_int((intmax_t)count_open(&at[1]), 1, "at both");
	char shown_there[100];
	snprintf(shown_there, sizeof shown_there, "%s", sheet_text(at[0].s));
	is_str(sheet_text(at[1].s), shown_there, "both show the same meanwhile");
	sites_end(at, 2);
}

int main(void)
{
	lang_init("en", getenv("top_builddir") ? getenv("top_builddir") : ".");
	test_words();
	test_anything();
	test_record();
	test_begun();
	test_one_change();
	test_numbers();
	test_said_no();
	test_paper();
	test_approve();
	test_again();
	test_missing();
	test_sites();
	return done_testing();
}
