/* tests/t_vigil.c - vigils: hours as watches, also on the two odd nights of the year; what is covered; that it begins,
 * goes on and ends as one change each; that two sites meet on one; whom to ring in which order; and that nothing is
 * kept of whom it is about. */
#include "roster/vigil.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "roster/round.h"
#include "tests/carry.h"
#include "tests/rostertest.h"

static struct err e;
static struct test_clock clk[2];

static void set_clock(int64_t utc)
{
	clk[0].t = utc;
	clk[1].t = utc + 1;
}

static void at_minute(const char *day, int hour)
{
	set_clock(civil_to_utc(test_at(day, hour, 0)));
}

/* ---- the plan --------------------------------------------------------------------------------------------------- */

static bool fits_together(const struct watch_span *w, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++)
		if (w[i].to != w[i + 1].from || w[i].to <= w[i].from)
			return false;
	return n > 0 && w[n - 1].to > w[n - 1].from;
}

static void test_plan(void)
{
	static const struct {
		const char *name, *day, *end_day;
		int hour, minute, hours, watch;
		size_t n;
		int last, end_hour, end_minute;
	} plans[] = {
		{"72 hours of 4", "2025-12-03", "2025-12-06", 2, 0, 72, 240, 18, 240, 2, 0},
		{"of 3", "2025-12-03", "2025-12-06", 2, 0, 72, 180, 24, 180, 2, 0},
		{"the last one cut", "2025-12-03", "2025-12-06", 2, 0, 70, 240, 18, 120, 0, 0},
		{"one hour only", "2025-12-03", "2025-12-03", 2, 0, 1, 240, 1, 60, 3, 0},
		{"over the hour that spring lacks", "2026-03-28", "2026-03-31", 22, 0, 72, 240, 18, 240, 23, 0},
		{"over the hour that autumn has twice", "2026-10-24", "2026-10-27", 22, 0, 72, 240, 18, 240, 21, 0},
		{"a boundary in its second passing", "2026-10-24", "2026-10-27", 23, 30, 72, 240, 18, 240, 22, 30},
		{"over the turn of the year", "2025-12-31", "2026-01-03", 14, 0, 72, 210, 21, 120, 14, 0},
	};
	for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
		struct arena *a = arena_new();
		size_t n;
		civil_min start = test_at(plans[i].day, plans[i].hour, plans[i].minute);
		struct watch_span *w = vigil_plan(a, start, plans[i].hours, plans[i].watch, &n);
		is_int((long)n, (long)plans[i].n, "%s: so many watches", plans[i].name);
		ok(fits_together(w, n) && w[0].from == start, "%s: one after the other, from the start", plans[i].name);
		is_int(civil_elapsed(w[n - 1].from, w[n - 1].to), plans[i].last, "%s: the last", plans[i].name);
		is_int(civil_elapsed(start, w[n - 1].to), plans[i].hours * 60, "%s: together they are as long as asked", plans[i].name);
		is_int(w[n - 1].to, test_at(plans[i].end_day, plans[i].end_hour, plans[i].end_minute), "%s: and end right", plans[i].name);
		is_int(vigil_end_of(start, plans[i].hours), w[n - 1].to, "%s: as the end is said", plans[i].name);
		arena_free(a);
	}
}

/* None begins at a minute that the clock shows a second time, and no watch is far from its length for that. */
static void test_odd_nights(void)
{
	struct arena *a = arena_new();
	bool real = true, near = true;
	for (int minute = 0; minute < 2 * DAY_MINUTES; minute += 15)
		for (int watch = VIGIL_WATCH_LEAST; watch <= VIGIL_WATCH_MOST; watch += 30) {
			size_t n;
			civil_min start = civil_from_utc(civil_to_utc(test_at("2026-10-23", 12, 0) + minute));
			const struct watch_span *w = vigil_plan(a, start, 72, watch, &n);
			real = real && fits_together(w, n);
			for (size_t i = 0; i + 1 < n; i++)
				near = near && llabs(civil_elapsed(w[i].from, w[i].to) - watch) <= 60;
		}
	ok(real, "watches from any quarter of an hour into the longest night follow each other");
	ok(near, "none is an hour longer or shorter than it should be");
	static const struct { int hours, watch; } even[] = {{72, 240}, {24, 240}, {49, 210}, {70, 210}, {71, 213}, {36, 240}, {9, 180}};
	for (size_t i = 0; i < sizeof even / sizeof *even; i++) {
		int watch = vigil_even_watch(even[i].hours);
		ok(even[i].hours * 60 % watch == 0 || watch == VIGIL_WATCH_MOST, "%d hours are shared evenly, or by four", even[i].hours);
		is_int(watch, even[i].watch == 213 ? 240 : even[i].watch, "by %d minutes", watch);
	}
	arena_free(a);
}

static void test_bounds(void)
{
	const struct vigil_new fine = {.start = test_at("2025-12-03", 2, 0), .hours = 72, .watch = 240};
	civil_min now = test_at("2025-12-03", 2, 0);
	struct vigil_new how = fine;
	is_int(vigil_check(&fine, now, &e), OK, "72 hours of 4 are fine");
	is_int(vigil_check(&fine, test_at("2025-12-06", 1, 59), &e), OK, "one that began nearly three days ago, too");
	is_int(vigil_check(&fine, test_at("2025-12-06", 2, 0), &e), ERR_DATA, "not one that is over");
	how.watch = 179;
	is_int(vigil_check(&how, now, &e), ERR_DATA, "not a watch under three hours");
	how.watch = 241;
	is_int(vigil_check(&how, now, &e), ERR_DATA, "nor over four");
	how = fine;
	how.hours = 337;
	is_int(vigil_check(&how, now, &e), ERR_DATA, "nor more than two weeks");
	how.hours = 0;
	is_int(vigil_check(&how, now, &e), ERR_DATA, "nor nothing");
}

/* ---- a vigil at a ward ------------------------------------------------------------------------------------------ */

static struct id ward, sits, anna, bo;

static struct id sitter(struct store *s, const char *given)
{
	return test_person(s, &(struct test_person){.given = given, .family = "Holm", .phone = "20838797", .born = test_day("1960-01-01"),
		.started = test_day("2020-01-01"), .confidentiality = test_day("2020-01-01"), .roles = {sits}});
}

static struct store *begin(const char *name)
{
	at_minute("2025-12-03", 2);
	struct store *s = carry_store(name, &clk[0], "Viborg", "Kirsten");
	ward = test_unit(s, "Medicinsk 3");
	sits = test_role(s, "Vågevagt");
	test_set(s, TYPE_ROLE, sits, F_ROLE_HARD, value_int(1));
	anna = sitter(s, "Anna");
	bo = sitter(s, "Bo");
	return s;
}

static struct vigil_new called(void)
{
	return (struct vigil_new){.unit = ward, .role = sits, .start = test_at("2025-12-03", 2, 0), .hours = 72, .watch = 240,
		.room = "12", .contact = "Mette", .phone = "89101112"};
}

static struct id start(struct store *s)
{
	const struct vigil_new how = called();
	struct change_result r;
	struct id id;
	must(vigil_begin(s, &how, &id, &r, &e), &e, "begin");
	return id;
}

/* Everything as it stands; look_end(). */
static struct peek see(struct store *s, struct id id, struct vigil *out)
{
	struct peek l = look_begin(s);
	must(vigil_load(l.v, l.b, l.a, id, store_now_civil(s), out, &e), &e, "load");
	return l;
}

static int finish(struct store *s, struct id id, struct arena *a, struct vigil_end *told)
{
	struct peek l = look_begin(s);
	struct change_result r;
	view_end(l.v);
	l.v = NULL;
	int rc = vigil_end(s, l.b, a, id, told, &r, &e);
	look_end(&l);
	return rc;
}

static size_t count(struct store *s, int type)
{
	struct view *v;
	size_t n;
	must(view_begin(s, &v, &e), &e, "view");
	must(view_count(v, type, &n, &e), &e, "count");
	view_end(v);
	return n;
}

static void test_begin(void)
{
	struct store *s = begin("begin");
	struct vigil_new how = called();
	struct change_result r;
	struct vigil v;
	struct id id, again;
	is_int(vigil_begin(s, &how, &id, &r, &e), OK, "a ward calls at two in the night");
	is_int((long)r.records, 19, "one change makes the vigil and its watches");
	struct peek l = see(s, id, &v);
	is_int((long)v.n, 18, "eighteen of them");
	ok(v.watches[0].row.start == how.start && v.watches[17].row.end == test_at("2025-12-06", 2, 0), "for 72 hours");
	ok(v.watches[3].row.need == 1 && v.watches[3].row.state == SHIFT_PUBLISHED, "with one place each");
	is_int(v.state, VIGIL_RUNNING, "it goes on");
	is_int(v.open, 72 * 60, "nobody sits yet");
	is_str(vigil_bar(l.a, &v, 12, true), "::::::::::::", "the bar says so");
	is_str(vigil_bar_words(l.a, &v), "0 of 72 hours are covered · next gap Wed 3/12 02:00–06:00", "and in words");
	must(vigil_usual_role(l.v, l.b, &again, &e), &e, "role");
	ok(id_equal(again, sits), "the next vigil has the same role");
	look_end(&l);
	is_int(act_copy_week(s, NULL, test_day("2025-12-01"), test_day("2025-12-08"), true, &r, &e), OK, "the week is copied to the next");
	is_int((long)count(s, TYPE_SHIFT), 18, "without the watches: nobody is dying then");
	is_int(vigil_begin(s, &how, &again, &r, &e), ERR_CONFLICT, "it begins once");
	how.start += 1;
	is_int(vigil_begin(s, &how, &again, &r, &e), OK, "another begins a minute later");
	test_undo_newest(s);
	test_assign(s, id_watch(id, 1), anna, ASSIGNMENT_ACCEPTED);
	test_assign(s, id_watch(id, 3), bo, ASSIGNMENT_ACCEPTED);
	at_minute("2025-12-03", 7);
	l = see(s, id, &v);
	is_str(vigil_bar(l.a, &v, 72, true), "::::####::::####::::::::::::::::::::::::::::::::::::::::::::::::::::::::", "who sits is seen hour by hour");
	is_int(v.open, 60 * 60, "what is over isn't open any more");
	is_str(vigil_bar_words(l.a, &v), "8 of 72 hours are covered · next gap Wed 3/12 10:00–14:00", "the next gap is to come");
	look_end(&l);
	test_undo_newest(s);
	test_undo_newest(s);
	test_undo_newest(s);
	ok(count(s, TYPE_VIGIL) == 0 && count(s, TYPE_SHIFT) == 0, "one undo takes it with all watches");
	is_int(vigil_begin(s, &(struct vigil_new){.unit = ward, .role = sits, .start = called().start, .hours = 24, .watch = 240}, &again, &r, &e), OK,
		"after that it can begin anew");
	l = see(s, again, &v);
	ok(id_equal(again, id) && v.n == 6 && v.hours == 24 && *v.room == '\0', "as it is said now");
	look_end(&l);
	store_close(s);
}

static void test_longer(void)
{
	struct store *s = begin("longer");
	struct change_result r;
	struct arena *a = arena_new();
	struct vigil_end told;
	struct vigil v;
	struct id id = start(s);
	is_int(vigil_longer(s, id, VIGIL_LONGER, &r, &e), OK, "it goes on for a day more");
	is_int((long)r.records, 7, "in one change");
	struct peek l = see(s, id, &v);
	ok(v.n == 24 && v.hours == 96 && v.end == test_at("2025-12-07", 2, 0), "with six watches after the others");
	is_int(v.watches[18].row.start, test_at("2025-12-06", 2, 0), "from where it would have ended");
	look_end(&l);
	test_undo_newest(s);
	l = see(s, id, &v);
	ok(v.n == 18 && v.hours == 72, "one undo takes the day back");
	look_end(&l);
	test_delete(s, TYPE_SHIFT, id_watch(id, 5));
	is_int(vigil_longer(s, id, VIGIL_LONGER, &r, &e), OK, "also when somebody has deleted a watch");
	l = see(s, id, &v);
	ok(v.n == 23, "which stays deleted, and the others stay as they were");
	look_end(&l);
	is_int(vigil_longer(s, id, 300, &r, &e), ERR_DATA, "not for ever");
	must(finish(s, id, a, &told), &e, "end");
	is_int(vigil_longer(s, id, VIGIL_LONGER, &r, &e), ERR_REFUSED, "nor one that has ended");
	arena_free(a);
	store_close(s);
}

static void test_end(void)
{
	struct store *s = begin("end");
	struct arena *a = arena_new();
	struct vigil_end told;
	struct vigil v;
	struct rec *talk;
	struct id id = start(s), away = sitter(s, "Carl"), asked = sitter(s, "Dorte");
	test_assign(s, id_watch(id, 0), anna, ASSIGNMENT_ACCEPTED);
	test_assign(s, id_watch(id, 1), anna, ASSIGNMENT_ACCEPTED);
	struct id absent = test_assign(s, id_watch(id, 2), away, ASSIGNMENT_ACCEPTED);
	test_assign(s, id_watch(id, 1), asked, ASSIGNMENT_OFFERED);
	test_assign(s, id_watch(id, 4), bo, ASSIGNMENT_ACCEPTED);
	test_assign(s, id_watch(id, 6), bo, ASSIGNMENT_ACCEPTED);
	test_assign(s, id_watch(id, 5), anna, ASSIGNMENT_ACCEPTED);
	test_set(s, TYPE_ASSIGNMENT, absent, F_ASSIGNMENT_ATTENDANCE, value_int(ATTENDANCE_ABSENT));
	at_minute("2025-12-03", 12);
	is_int(finish(s, id, a, &told), OK, "it ends");
	is_int((long)told.watches, 15, "what hasn't begun is called off");
	ok(told.n == 2 && id_equal(told.told[0].volunteer, bo) && told.told[0].shifts == 2 && id_equal(told.told[1].volunteer, anna),
		"whoever was on it is told, by the first watch");
	is_str(told.told[0].phone, "20838797", "with the phone number");
	is_int((long)told.talks, 1, "who has sat gets a care talk: not who was away, was only asked, or was still to come");
	struct peek l = see(s, id, &v);
	ok(v.state == VIGIL_ENDED && v.open == 0 && v.left == 0 && v.covered == 12 * 60, "what was covered stays so");
	must(view_get(l.v, l.a, TYPE_TALK, id_vigil_talk(id, anna), &talk, &e), &e, "talk");
	ok(talk && talk->alive && rec_int(talk, F_TALK_KIND) == TALK_CARE && rec_date(talk, F_TALK_DUE) == test_day("2025-12-17"),
		"within the days of the limit");
	look_end(&l);
	is_int(finish(s, id, a, &told), ERR_REFUSED, "it ends once");
	test_undo_newest(s);
	l = see(s, id, &v);
	ok(v.state == VIGIL_RUNNING && v.gaps == 12 && count(s, TYPE_TALK) == 0, "one undo puts all of it on again");
	look_end(&l);
	at_minute("2025-12-06", 2);
	l = see(s, id, &v);
	is_int(v.state, VIGIL_OVER, "when its hours are over and nobody has ended it, it says so");
	look_end(&l);
	arena_free(a);
	store_close(s);
}

/* ---- two sites -------------------------------------------------------------------------------------------------- */

static void test_meet(void)
{
	struct store *x = begin("meet-x"), *y = carry_store("meet-y", &clk[1], "Skive", "Gerda");
	struct arena *a = arena_new();
	struct vigil_end told;
	struct vigil v;
	carry_both(x, y);
	struct id id = start(x), same = start(y);
	ok(id_equal(id, same), "two sites that are called make the same vigil");
	test_assign(x, id_watch(id, 1), anna, ASSIGNMENT_ACCEPTED);
	test_assign(y, id_watch(id, 2), bo, ASSIGNMENT_ACCEPTED);
	carry_both(x, y);
	struct peek l = see(y, id, &v);
	ok(v.n == 18 && v.covered == 8 * 60 && v.hours == 72, "when they meet it has its watches once, with both sites' people");
	look_end(&l);
	must(vigil_longer(x, id, VIGIL_LONGER, NULL, &e), &e, "longer");
	must(vigil_longer(y, id, VIGIL_LONGER, NULL, &e), &e, "longer");
	carry_both(x, y);
	l = see(x, id, &v);
	ok(v.n == 24 && v.hours == 96, "prolonged at both it is a day longer, not two");
	look_end(&l);
	at_minute("2025-12-03", 11);
	must(finish(x, id, a, &told), &e, "end");
	must(finish(y, id, a, &told), &e, "end");
	carry_both(x, y);
	l = see(x, id, &v);
	ok(v.state == VIGIL_ENDED && v.left == 0, "ended at both it has ended");
	is_int((long)count(x, TYPE_TALK), 2, "with one talk for each who has sat");
	look_end(&l);
	test_undo_newest(x);
	test_undo_newest(y);
	carry_both(x, y);
	must(finish(x, id, a, &told), &e, "end");
	must(vigil_longer(y, id, VIGIL_LONGER, NULL, &e), &e, "longer");
	carry_both(x, y);
	l = see(x, id, &v);
	ok(v.state == VIGIL_ENDED && v.left == 6, "ended at one and prolonged at the other: the new watches are told of");
	look_end(&l);
	is_int(finish(x, id, a, &told), OK, "and it can be ended again");
	is_int((long)told.watches, 6, "which calls them off");
	arena_free(a);
	store_close(x);
	store_close(y);
}

/* ---- whom to ring ----------------------------------------------------------------------------------------------- */

/* The names in their order, with what can't be rung after a bar. */
static const char *chain(struct store *s, struct id id)
{
	static char out[200];
	struct vigil v;
	struct vigil_call *call;
	size_t n;
	struct peek l = see(s, id, &v);
	must(vigil_chain(l.v, l.b, l.a, &v, store_now_civil(s), &call, &n, &e), &e, "chain");
	char *text = arena_strdup(l.a, "");
	for (size_t i = 0; i < n; i++)
		text = arena_printf(l.a, "%s%s%s%zu", text, i == 0 ? "" : call[i].standing == call[i - 1].standing ? " " : " | ",
			call[i].person->given, call[i].ncan);
	snprintf(out, sizeof out, "%s", text);
	look_end(&l);
	return out;
}

static void test_chain(void)
{
	struct store *s = begin("chain");
	struct id id = start(s), hall = test_unit(s, "Forhal"), guide = test_role(s, "Guide");
	struct id carl = sitter(s, "Carl"), dorte = sitter(s, "Dorte");
	test_person(s, &(struct test_person){.given = "Erik", .roles = {guide}});
	test_set(s, TYPE_VOLUNTEER, sitter(s, "Fie"), F_VOLUNTEER_STATUS, value_int(VOLUNTEER_PAUSE));
	is_str(chain(s, id), "Anna18 Bo18 Carl18 Dorte18", "everybody with the role who is active, by name where all is equal");
	test_assign(s, test_shift(s, ward, sits, test_at("2025-06-01", 8, 0), test_at("2025-06-01", 12, 0), 1), anna, ASSIGNMENT_ACCEPTED);
	test_assign(s, test_shift(s, ward, sits, test_at("2025-05-01", 8, 0), test_at("2025-05-01", 12, 0), 1), bo, ASSIGNMENT_ACCEPTED);
	test_assign(s, test_shift(s, ward, sits, test_at("2025-02-01", 8, 0), test_at("2025-02-01", 16, 0), 1), carl, ASSIGNMENT_ACCEPTED);
	test_assign(s, test_shift(s, ward, sits, test_at("2024-11-01", 8, 0), test_at("2024-11-01", 16, 0), 1), dorte, ASSIGNMENT_ACCEPTED);
	is_str(chain(s, id), "Dorte18 Bo18 Anna18 Carl18", "fewest hours in a year first, then the longest since");
	test_assign(s, test_shift(s, hall, guide, test_at("2025-12-04", 8, 0), test_at("2025-12-04", 11, 0), 1), bo, ASSIGNMENT_ACCEPTED);
	ok(strstr(chain(s, id), "Bo1"), "what somebody else is on meanwhile can't be taken");
	test_assign(s, test_shift(s, ward, sits, test_at("2025-12-01", 8, 0), test_at("2025-12-01", 9, 0), 1), dorte, ASSIGNMENT_ACCEPTED);
	ok(strstr(chain(s, id), "Carl18 | Dorte18"), "whoever has sat just before comes after those who haven't");
	struct peek l = look_begin(s);
	view_end(l.v);
	l.v = NULL;
	enum round_needs needs;
	const struct call_made no = {.shift = id_watch(id, 3), .volunteer = bo, .outcome = CALL_NO};
	must(round_call(s, l.b, &no, &needs, NULL, &e), &e, "call");
	look_end(&l);
	ok(strstr(chain(s, id), "Dorte18 | Bo1"), "whoever has been asked today isn't asked again");
	test_set(s, TYPE_VOLUNTEER, dorte, F_VOLUNTEER_CONFIDENTIALITY, value_none());
	ok(strstr(chain(s, id), "| Dorte0"), "whom a stop speaks against comes last, and is shown");
	store_close(s);
}

/* ---- nothing of whom it is about -------------------------------------------------------------------------------- */

static void test_nobody_named(void)
{
	static const int all[] = {F_VIGIL_UNIT, F_VIGIL_ROLE, F_VIGIL_ROOM, F_VIGIL_START, F_VIGIL_HOURS, F_VIGIL_WATCH, F_VIGIL_ENDED,
		F_VIGIL_CONTACT, F_VIGIL_PHONE};
	const struct type *t = schema_type(TYPE_VIGIL);
	is_int((long)t->nfields, (long)(sizeof all / sizeof *all), "a vigil has a place, times, a room and whom to turn to, and no more");
	for (size_t i = 0; i < t->nfields; i++) {
		ok(t->fields[i].no == all[i] && t->fields[i].kind != KIND_LONGTEXT, "%s: no free note", t->fields[i].name);
		ok(t->fields[i].kind != KIND_TEXT || (t->fields[i].flags & FIELD_PERS), "%s: what is text goes when it is over", t->fields[i].name);
	}
	struct store *s = begin("nobody");
	struct change_result r;
	struct id id;
	const char *const cpr[] = {"010203-1234", "stue 010203 1234"};
	for (size_t i = 0; i < 2; i++) {
		struct vigil_new how = called();
		how.room = cpr[i];
		is_int(vigil_begin(s, &how, &id, &r, &e), ERR_DATA, "a number that may be somebody's isn't taken as a room");
		how = called();
		how.contact = cpr[i];
		is_int(vigil_begin(s, &how, &id, &r, &e), ERR_DATA, "nor as whom to turn to");
	}
	is_int((long)count(s, TYPE_VIGIL), 0, "and nothing is made");
	store_close(s);
}

int main(void)
{
	test_plan();
	test_odd_nights();
	test_bounds();
	test_begin();
	test_longer();
	test_end();
	test_meet();
	test_chain();
	test_nobody_named();
	return done_testing();
}
