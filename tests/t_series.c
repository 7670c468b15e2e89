/* tests/t_series.c - series of shifts in a store: made, filled by who has fixed places, changed from a day on or
 * altogether, ended, and what two sites have that plan the same month apart (roster/series.h). Which days they fall on
 * is t_series_days.c's. */
#include "roster/series.h"

#include <string.h>

#include "store/register.h"
#include "tests/carry.h"
#include "tests/rostertest.h"

static struct test_clock clk;
static struct err e;
static struct change_result result;
static struct series_done done;

/* Monday 1 December 2025. A series of Wednesdays, and two people who may come. */
struct scene {
	struct store *s;
	struct arena *a;
	struct id unit, role, anna, bo, series;
	struct series how;
};

static struct id person(struct store *s, struct id role, const char *given)
{
	return test_person(s, &(struct test_person){.given = given, .confidentiality = test_day("2025-01-01"), .roles = {role}});
}

static struct scene begin_with(struct store *s)
{
	struct scene c = {.s = s, .a = arena_new()};
	c.unit = test_unit(s, "Forhal");
	c.role = test_role(s, "Guide");
	c.anna = person(s, c.role, "Anna");
	c.bo = person(s, c.role, "Bo");
	c.how = (struct series){
		.unit = c.unit, .role = c.role, .first = test_day("2025-12-03"), .until = DATE_NONE, .every = SERIES_WEEK, .days = 4, .start = 480,
		.end = 660, .need = 2, .state = SHIFT_DRAFT, .note = "Nøgle i skranken",
	};
	return c;
}

static struct scene begin(const char *name)
{
	return begin_with(test_store(name, &clk));
}

static void end(struct scene *c)
{
	arena_free(c->a);
	store_close(c->s);
}

static void add(struct scene *c, const char *until)
{
	is_int(series_add(c->s, c->a, &c->how, until ? test_day(until) : DATE_NONE, &done, &result, &e), OK, "a series is made");
	c->series = done.series;
}

static void make(struct scene *c, const char *from, const char *to)
{
	is_int(series_make(c->s, c->a, &c->series, 1, test_day(from), test_day(to), &done, &result, &e), OK, "days are made");
}

/* All shifts with who is on them: "3/12 08:00 Anna,Bo · 10/12 08:00". A place that must be said yes to again has a
 * "?". */
static char *roster_text(struct store *s, struct arena *a)
{
	struct peek l = look_begin(s);
	struct roster r;
	struct buf b = {0};
	must(roster_load(l.v, l.b, l.a, NULL, test_day("2025-11-01"), test_day("2026-06-01"), &r, &e), &e, "roster");
	for (size_t i = 0; i < r.n; i++) {
		struct ymd d = civil_to_ymd(cmin_date(r.shifts[i].row.start));
		int minute = cmin_minute(r.shifts[i].row.start), people = 0;
		buf_addf(&b, "%s%d/%d %d", i ? " · " : "", d.d, d.m, minute / 60);
		for (size_t k = 0; k < r.shifts[i].nseats; k++) {
			const struct seat *seat = &r.shifts[i].seats[k];
			if (seat->state != ASSIGNMENT_ACCEPTED && seat->state != ASSIGNMENT_RECONFIRM)
				continue;
			buf_addf(&b, "%s%s%s", people++ ? "," : " ", seat->name, seat->state == ASSIGNMENT_RECONFIRM ? "?" : "");
		}
	}
	char *text = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	look_end(&l);
	return text;
}

static void is_roster(struct scene *c, const char *want, const char *why)
{
	is_str(roster_text(c->s, c->a), want, "%s", why);
}

static struct id shift_on(struct scene *c, const char *day)
{
	return id_dated(c->series, test_day(day));
}

static void fix(struct scene *c, struct id who, int every)
{
	struct fixed f = {.volunteer = who, .every = every, .from = DATE_NONE, .until = DATE_NONE};
	is_int(series_fix(c->s, c->a, c->series, &f, &done, &result, &e), OK, "somebody gets a fixed place");
}

static size_t told(enum series_tell what)
{
	size_t n = 0;
	for (size_t i = 0; i < done.ntold; i++)
		n += done.told[i].what == what;
	return n;
}

/* ---- making ----------------------------------------------------------------------------------------------------- */

static void test_making(void)
{
	struct scene c = begin("making");
	add(&c, "2025-12-31");
	is_int((intmax_t)done.made, 5, "five Wednesdays in December");
	is_roster(&c, "3/12 8 · 10/12 8 · 17/12 8 · 24/12 8 · 31/12 8", "they stand there");
	make(&c, "2025-12-01", "2026-01-15");
	is_int((intmax_t)done.made, 2, "only what isn't there is made");
	make(&c, "2025-12-01", "2026-01-15");
	ok(done.made == 0 && result.dot.no == 0, "making again changes nothing");
	test_undo_newest(c.s);
	is_roster(&c, "3/12 8 · 10/12 8 · 17/12 8 · 24/12 8 · 31/12 8", "one undo takes what was made");
	make(&c, "2025-12-01", "2026-01-15");
	is_int((intmax_t)done.made, 2, "and it can be made again");
	struct id gone = shift_on(&c, "2025-12-24");
	must(act_delete_shifts(c.s, &gone, 1, &result, &e), &e, "delete");
	struct id moved = shift_on(&c, "2025-12-31");
	must(act_move_shifts(c.s, &moved, 1, -1, 0, &result, &e), &e, "move");
	make(&c, "2025-12-01", "2026-01-15");
	ok(done.made == 0, "what was deleted or moved isn't made again");
	is_roster(&c, "3/12 8 · 10/12 8 · 17/12 8 · 30/12 8 · 7/1 8 · 14/1 8", "and stays as it is");
	must(act_delete_shifts(c.s, &moved, 1, &result, &e), &e, "delete");
	make(&c, "2025-12-01", "2026-01-15");
	ok(done.made == 0, "a moved one that is deleted isn't made on its old day");
	test_undo_newest(c.s);
	is_roster(&c, "3/12 8 · 10/12 8 · 17/12 8 · 30/12 8 · 7/1 8 · 14/1 8", "undo brings it back");
	is_int(series_make(c.s, c.a, &c.unit, 1, 0, 1, &done, &result, &e), ERR_NOTFOUND, "what is no series can't be made");
	is_int(series_make(c.s, c.a, &c.series, 1, test_day("2025-12-01"), test_day("2028-01-01"), &done, &result, &e), ERR_REFUSED,
	       "nor two years at once");
	c.how.until = test_day("2025-12-01");
	is_int(series_add(c.s, c.a, &c.how, DATE_NONE, &done, &result, &e), ERR_DATA, "a series that falls on no day is refused");
	end(&c);
}

static void test_like(void)
{
	struct scene c = begin("like");
	test_shift(c.s, c.unit, c.role, test_at("2025-12-10", 8, 0), test_at("2025-12-10", 11, 0), 1);
	add(&c, "2025-12-17");
	ok(done.made == 2 && done.there == 1, "where a like shift was made by hand there is no second one");
	end(&c);
}

static void test_take_out(void)
{
	struct scene c = begin("out");
	add(&c, "2025-12-17");
	is_int(series_take_out(c.s, c.series, test_day("2025-12-10"), "Lukket", &result, &e), OK, "a day is taken out");
	is_roster(&c, "3/12 8 · 17/12 8", "its shift goes");
	is_int(series_take_out(c.s, c.series, test_day("2025-12-24"), "Jul", &result, &e), OK, "a day that isn't made yet too");
	make(&c, "2025-12-01", "2026-01-01");
	is_roster(&c, "3/12 8 · 17/12 8 · 31/12 8", "it isn't made");
	test_assign(c.s, shift_on(&c, "2025-12-17"), c.anna, ASSIGNMENT_ACCEPTED);
	is_int(series_take_out(c.s, c.series, test_day("2025-12-17"), NULL, &result, &e), ERR_REFUSED, "not under somebody who is on it");
	is_int(series_take_out(c.s, c.series, test_day("2025-12-18"), NULL, &result, &e), ERR_DATA, "not a day that it hasn't");
	end(&c);
}

static void test_put_back(void)
{
	struct scene c = begin("back");
	add(&c, "2025-12-17");
	fix(&c, c.anna, 0);
	must(series_take_out(c.s, c.series, test_day("2025-12-24"), "Jul", &result, &e), &e, "out");
	make(&c, "2025-12-01", "2026-01-01");
	is_roster(&c, "3/12 8 Anna · 10/12 8 Anna · 17/12 8 Anna · 31/12 8 Anna", "a day is out");
	is_int(series_put_back(c.s, c.a, c.series, test_day("2025-12-24"), &done, &result, &e), OK, "it is put back");
	is_roster(&c, "3/12 8 Anna · 10/12 8 Anna · 17/12 8 Anna · 24/12 8 Anna · 31/12 8 Anna", "and made, with who has a fixed place");
	is_int(series_put_back(c.s, c.a, c.series, test_day("2025-12-24"), &done, &result, &e), ERR_NOTFOUND, "only what is out");
	test_undo_newest(c.s);
	is_roster(&c, "3/12 8 Anna · 10/12 8 Anna · 17/12 8 Anna · 31/12 8 Anna", "one undo takes it out again");
	end(&c);
}

/* One shift is moved, and the others with it. */
static void test_moved(void)
{
	struct scene c = begin("moved");
	struct series_edit edit;
	civil_date from;
	add(&c, "2025-12-31");
	fix(&c, c.anna, 0);
	const struct series *how = &c.how;
	civil_date wed = test_day("2025-12-17");
	is_str(series_moved(how, wed, test_at("2025-12-24", 8, 0), &edit, &from), "Only this shift is moved: the others stay in their weeks",
		"to another week only one can be moved");
	is_str(series_moved(how, wed, test_at("2025-12-17", 8, 0), &edit, &from), "", "to where it is there is nothing to say");
	is_str(series_moved(how, wed + 1, test_at("2025-12-19", 8, 0), &edit, &from),
		"Only this shift is moved: its series isn't on that day any more", "what stayed behind isn't one of them");
	is_str(series_moved(how, wed, test_at("2025-12-16", 9, 0), &edit, &from), NULL, "to the day before, an hour later");
	is_int(series_change(c.s, c.a, c.series, from, SERIES_FOLLOWING, &edit, &done, &result, &e), OK, "with the following");
	is_roster(&c, "3/12 8 Anna · 10/12 8 Anna · 16/12 9 Anna? · 23/12 9 Anna? · 30/12 9 Anna?",
		"they go along, with who has a fixed place, who must say yes to it");
	end(&c);
}

/* All that go along go as far, also the first and the last. */
static void test_moved_ends(void)
{
	struct scene c = begin("ends");
	struct series_edit edit;
	civil_date from;
	add(&c, "2025-12-17");
	is_str(series_moved(&c.how, test_day("2025-12-10"), test_at("2025-12-11", 8, 0), &edit, &from), NULL, "a day later");
	must(series_change(c.s, c.a, c.series, from, SERIES_FOLLOWING, &edit, &done, &result, &e), &e, "move");
	is_roster(&c, "3/12 8 · 11/12 8 · 18/12 8", "so is the last");
	test_undo_newest(c.s);
	is_str(series_moved(&c.how, test_day("2025-12-10"), test_at("2025-12-09", 8, 0), &edit, &from), NULL, "a day earlier");
	must(series_change(c.s, c.a, c.series, from, SERIES_ALL, &edit, &done, &result, &e), &e, "move");
	is_roster(&c, "2/12 8 · 9/12 8 · 16/12 8", "and the first");
	test_undo_newest(c.s);
	c.how.days = 4 | 8;
	is_str(series_moved(&c.how, test_day("2025-12-10"), test_at("2025-12-11", 8, 0), &edit, &from),
		"Only this shift is moved: the series is on that day already", "not onto another day of its own");
	end(&c);
}

/* From Sunday to Monday lies another week, which only matters where weeks are counted. */
static void test_moved_over_sunday(void)
{
	struct scene c = begin("sunday");
	struct series_edit edit;
	civil_date from;
	c.how.days = 64;
	add(&c, "2025-12-21");
	is_str(series_moved(&c.how, test_day("2025-12-14"), test_at("2025-12-15", 0, 30), &edit, &from), NULL, "past midnight, into Monday");
	must(series_change(c.s, c.a, c.series, from, SERIES_FOLLOWING, &edit, &done, &result, &e), &e, "move");
	is_roster(&c, "7/12 8 · 15/12 0 · 22/12 0", "they go along");
	c.how.every = SERIES_SECOND_WEEK;
	ok(series_moved(&c.how, test_day("2025-12-07"), test_at("2025-12-08", 8, 0), &edit, &from) != NULL, "not every second week");
	end(&c);
}

/* ---- fixed places ----------------------------------------------------------------------------------------------- */

static void test_fixed(void)
{
	struct scene c = begin("fixed");
	struct id new = test_person(c.s, &(struct test_person){.given = "Carl", .roles = {c.role}});
	add(&c, "2025-12-17");
	fix(&c, c.anna, 0);
	ok(done.seats == 3, "on all shifts that are made");
	fix(&c, c.bo, SERIES_SECOND_WEEK);
	is_roster(&c, "3/12 8 Anna,Bo · 10/12 8 Anna · 17/12 8 Anna,Bo", "each in a rhythm of one's own");
	fix(&c, new, 0);
	ok(done.seats == 0 && told(SERIES_GAP) == 3 && strstr(done.told[0].sentence, "onfidentiality"), "whom a stop keeps off is told with the reason");
	must(act_unassign(c.s, shift_on(&c, "2025-12-10"), c.anna, &result, &e), &e, "off");
	make(&c, "2025-12-01", "2026-01-01");
	is_roster(&c, "3/12 8 Anna,Bo · 10/12 8 · 17/12 8 Anna,Bo · 24/12 8 Anna · 31/12 8 Anna,Bo",
		  "new shifts get them; who was taken off stays off");
	fix(&c, c.anna, SERIES_SECOND_WEEK);
	is_roster(&c, "3/12 8 Anna,Bo · 10/12 8 · 17/12 8 Anna,Bo · 24/12 8 · 31/12 8 Anna,Bo", "a rhythm that changes takes its shifts along");
	is_int(series_unfix(c.s, c.a, c.series, c.bo, false, &done, &result, &e), OK, "a fixed place is taken away");
	is_roster(&c, "3/12 8 Anna,Bo · 10/12 8 · 17/12 8 Anna,Bo · 24/12 8 · 31/12 8 Anna,Bo", "the shifts are kept");
	is_int(series_unfix(c.s, c.a, c.series, c.anna, true, &done, &result, &e), OK, "or not");
	is_roster(&c, "3/12 8 Bo · 10/12 8 · 17/12 8 Bo · 24/12 8 · 31/12 8 Bo", "then she is off");
	is_int(series_unfix(c.s, c.a, c.series, c.anna, true, &done, &result, &e), ERR_NOTFOUND, "only once");
	end(&c);
}

/* Whoever gets a fixed place is put on, and what speaks against it is said of each shift. */
static void test_fixed_warns(void)
{
	struct scene c = begin("warns");
	struct id carl = test_person(c.s, &(struct test_person){.given = "Carl", .confidentiality = test_day("2025-01-01")});
	add(&c, "2025-12-10");
	fix(&c, carl, 0);
	ok(done.seats == 2 && told(SERIES_WARNED) == 2 && strstr(done.told[0].sentence, "role"), "the role is missing, on both shifts");
	fix(&c, c.anna, 0);
	is_int((intmax_t)told(SERIES_WARNED), 0, "nothing is said of somebody who may");
	fix(&c, c.bo, 0);
	ok(done.seats == 2 && told(SERIES_WARNED) == 2 && strstr(done.told[0].sentence, "3 on the shift"), "one too many is said too");
	make(&c, "2025-12-01", "2025-12-18");
	is_int((intmax_t)told(SERIES_WARNED), 0, "making doesn't say it again");
	end(&c);
}

static void test_organisation(void)
{
	struct scene c = begin("org");
	struct id cross = test_org(c.s, "Røde Kors");
	add(&c, "2025-12-03");
	struct fixed f = {.organisation = cross, .places = 2, .from = DATE_NONE, .until = DATE_NONE};
	is_int(series_fix(c.s, c.a, c.series, &f, &done, &result, &e), OK, "an organisation's fixed places");
	is_roster(&c, "3/12 8 2 from Røde Kors", "stand on the shift");
	end(&c);
}

/* ---- changing --------------------------------------------------------------------------------------------------- */

static struct series_edit to_time(int start, int end_at)
{
	return (struct series_edit){.fields = 1u << F_SERIES_START | 1u << F_SERIES_END, .to = {.start = start, .end = end_at}};
}

static void test_following(void)
{
	struct scene c = begin("following");
	struct series_edit edit = to_time(540, 720);
	add(&c, "2025-12-31");
	test_assign(c.s, shift_on(&c, "2025-12-10"), c.bo, ASSIGNMENT_ACCEPTED);
	test_assign(c.s, shift_on(&c, "2025-12-24"), c.anna, ASSIGNMENT_ACCEPTED);
	struct id moved = shift_on(&c, "2025-12-31");
	must(act_move_shifts(c.s, &moved, 1, 0, 120, &result, &e), &e, "move one alone");
	is_int(series_change(c.s, c.a, c.series, test_day("2025-12-17"), SERIES_FOLLOWING, &edit, &done, &result, &e), OK, "from a day on");
	is_roster(&c, "3/12 8 · 10/12 8 Bo · 17/12 9 · 24/12 9 Anna? · 31/12 10", "people follow and are asked again; who moved one alone has moved it");
	ok(told(SERIES_ASKED) == 1 && id_equal(done.told[0].who, c.anna), "and it is told who");
	ok(id_equal(done.series, id_series_part(c.series, test_day("2025-12-17"))), "the part's id is from origin and day");
	struct id part = done.series;
	is_int(series_make(c.s, c.a, &part, 1, test_day("2025-12-01"), test_day("2026-01-10"), &done, &result, &e), OK, "it is made on");
	is_roster(&c, "3/12 8 · 10/12 8 Bo · 17/12 9 · 24/12 9 Anna? · 31/12 10 · 7/1 9", "at its new time");
	make(&c, "2025-12-01", "2026-02-01");
	ok(done.made == 0, "and the old one has ended");
	struct series_edit need = {.fields = 1u << F_SERIES_NEED, .to = {.need = 4}};
	is_int(series_change(c.s, c.a, c.series, test_day("2025-12-10"), SERIES_FOLLOWING, &need, &done, &result, &e), OK, "earlier, over both parts");
	is_int((intmax_t)done.changed, 5, "all from there on are changed");
	test_undo_newest(c.s);
	test_undo_newest(c.s);
	test_undo_newest(c.s);
	is_roster(&c, "3/12 8 · 10/12 8 Bo · 17/12 8 · 24/12 8 Anna · 31/12 10", "each with one undo");
	end(&c);
}

static void test_days_change(void)
{
	struct scene c = begin("days");
	struct series_edit edit = {.fields = 1u << F_SERIES_DAYS, .to = {.days = 8}};
	add(&c, "2025-12-17");
	fix(&c, c.anna, 0);
	test_assign(c.s, shift_on(&c, "2025-12-10"), c.bo, ASSIGNMENT_ACCEPTED);
	is_int(series_change(c.s, c.a, c.series, DATE_NONE, SERIES_ALL, &edit, &done, &result, &e), OK, "to Thursdays");
	is_roster(&c, "4/12 8 Anna? · 10/12 8 Anna,Bo · 11/12 8 Anna?", "who has a fixed place goes along; a shift with others stays");
	ok(told(SERIES_STAYS) == 2 && done.removed == 2 && done.made == 2, "and it is told");
	test_undo_newest(c.s);
	is_roster(&c, "3/12 8 Anna · 10/12 8 Anna,Bo · 17/12 8 Anna", "one undo");
	end(&c);
}

static void test_all(void)
{
	struct scene c = begin("all");
	struct series_edit edit = to_time(600, 780);
	add(&c, "2025-12-31");
	clk.t += 10 * 86400;
	is_int(series_change(c.s, c.a, c.series, DATE_NONE, SERIES_ALL, &edit, &done, &result, &e), OK, "all of it");
	is_roster(&c, "3/12 8 · 10/12 8 · 17/12 10 · 24/12 10 · 31/12 10", "but what has begun stays as it was");
	clk.t -= 10 * 86400;
	end(&c);
}

static void test_end(void)
{
	struct scene c = begin("end");
	add(&c, "2025-12-31");
	test_assign(c.s, shift_on(&c, "2025-12-24"), c.bo, ASSIGNMENT_ACCEPTED);
	is_int(series_end(c.s, c.a, c.series, test_day("2025-12-10"), false, &done, &result, &e), OK, "ended");
	is_roster(&c, "3/12 8 · 10/12 8 · 24/12 8 Bo", "empty shifts go, those with people stay");
	ok(told(SERIES_STAYS) == 1 && id_equal(done.told[0].who, c.bo), "and they are named");
	make(&c, "2025-12-01", "2026-01-01");
	ok(done.made == 0, "nothing is made any more");
	is_int(series_end(c.s, c.a, c.series, test_day("2025-12-10"), true, &done, &result, &e), OK, "with people");
	is_roster(&c, "3/12 8 · 10/12 8", "all goes");
	ok(told(SERIES_GOES) == 1, "and who was on is told");
	end(&c);
}

static void test_merge_people(void)
{
	struct scene c = begin("people");
	struct id twin = person(c.s, c.role, "Anna");
	add(&c, "2025-12-10");
	fix(&c, twin, 0);
	must(act_merge_people(c.s, c.anna, twin, &result, &e), &e, "merge");
	make(&c, "2025-12-01", "2025-12-18");
	is_roster(&c, "3/12 8 Anna · 10/12 8 Anna · 17/12 8 Anna", "a fixed place goes over to the record that is kept");
	struct peek l = look_begin(c.s);
	struct series_list list;
	must(series_load(l.v, l.a, &list, &e), &e, "list");
	ok(list.nfixed == 1 && id_equal(list.fixed[0].id, id_series_place(c.series, c.anna)), "under the id of both");
	look_end(&l);
	end(&c);
}

/* ---- two sites -------------------------------------------------------------------------------------------------- */

static size_t problems_named(struct store *s, const char *rule)
{
	struct peek l = look_begin(s);
	struct problem *p;
	size_t n, found = 0;
	must(rules_problems(l.v, l.b, l.a, NULL, test_day("2025-12-01"), test_day("2026-01-01"), false, &p, &n, &e), &e, "problems");
	for (size_t i = 0; i < n; i++)
		found += strcmp(p[i].v.rule->id, rule) == 0;
	look_end(&l);
	return found;
}

/* Both plan December from the same series, apart: each makes it, puts people on it, and changes something. */
static void test_meeting(void)
{
	struct scene x = begin_with(carry_store("viborg", &clk, "Viborg", "Birgit"));
	add(&x, NULL);
	struct id other = test_role(x.s, "Vågevagt");
	struct id vigil = test_shift(x.s, x.unit, other, test_at("2025-12-10", 9, 0), test_at("2025-12-10", 12, 0), 1);
	struct scene y = x;
	y.s = carry_store("silkeborg", &clk, "Silkeborg", "Jens");
	y.a = arena_new();
	carry_both(x.s, y.s);
	make(&x, "2025-12-01", "2026-01-01");
	test_assign(x.s, shift_on(&x, "2025-12-03"), x.anna, ASSIGNMENT_ACCEPTED);
	test_assign(x.s, shift_on(&x, "2025-12-10"), x.anna, ASSIGNMENT_ACCEPTED);
	clk.t += 60;
	make(&y, "2025-12-01", "2026-01-01");
	test_assign(y.s, shift_on(&y, "2025-12-03"), y.bo, ASSIGNMENT_ACCEPTED);
	test_assign(y.s, vigil, y.anna, ASSIGNMENT_ACCEPTED);
	fix(&y, y.bo, SERIES_FOURTH_WEEK);
	carry_both(x.s, y.s);
	static const char want[] = "3/12 8 Anna,Bo · 10/12 8 Anna · 10/12 9 Anna · 17/12 8 · 24/12 8 · 31/12 8 Bo";
	is_roster(&x, want, "each shift once, with the people of both");
	is_roster(&y, want, "at both sites");
	is_int((intmax_t)problems_named(x.s, "overlap"), 1, "who was put in two places is named");
	is_int((intmax_t)problems_named(y.s, "overlap"), 1, "at both sites");
	make(&x, "2025-12-01", "2026-01-01");
	ok(done.made == 0, "nothing is left to be made");
	arena_free(x.a);
	arena_free(y.a);
	store_close(x.s);
	store_close(y.s);
}

/* One deletes a day that the other makes; one gives a fixed place while the other makes on; both part the series at one
 * day. */
static void test_meeting_changes(void)
{
	struct scene x = begin_with(carry_store("holstebro", &clk, "Holstebro", "Birgit"));
	add(&x, NULL);
	struct scene y = x;
	y.s = carry_store("herning", &clk, "Herning", "Jens");
	y.a = arena_new();
	carry_both(x.s, y.s);
	struct series_edit early = to_time(420, 600), need = {.fields = 1u << F_SERIES_NEED, .to = {.need = 5}};
	make(&x, "2025-12-01", "2026-01-01");
	fix(&x, x.anna, 0);
	must(series_change(x.s, x.a, x.series, test_day("2025-12-17"), SERIES_FOLLOWING, &early, &done, &result, &e), &e, "part");
	struct id part = done.series;
	clk.t += 60;
	make(&y, "2025-12-01", "2026-02-01");
	must(series_change(y.s, y.a, y.series, test_day("2025-12-17"), SERIES_FOLLOWING, &need, &done, &result, &e), &e, "part");
	ok(id_equal(part, done.series), "two who part a series at the same day meet on one part");
	carry_both(x.s, y.s);
	x.series = part;
	make(&x, "2025-12-01", "2026-02-01");
	carry_both(x.s, y.s);
	is_str(roster_text(x.s, x.a), roster_text(y.s, y.a), "both have the same");
	struct peek l = look_begin(x.s);
	struct shift_row *rows;
	size_t n;
	must(view_shifts(l.v, l.a, NULL, test_at("2025-12-01", 0, 0), test_at("2026-02-01", 0, 0), &rows, &n, &e), &e, "shifts");
	is_int((intmax_t)n, 9, "each Wednesday once");
	bool filled = true;
	for (size_t i = 0; i < n; i++)
		filled = filled && rows[i].filled + (rows[i].start > test_at("2025-12-17", 0, 0)) >= 1;
	ok(filled, "who got a fixed place at one site is on the shifts that the other made");
	look_end(&l);
	arena_free(x.a);
	arena_free(y.a);
	store_close(x.s);
	store_close(y.s);
}

/* One parts the series and makes on, while the other makes on as it was: making again takes those shifts along. Who
 * gets a place there by it, or has it for the new time already, isn't asked; who has it only for the old one is. */
static void test_meeting_parted(void)
{
	struct scene x = begin_with(carry_store("lemvig", &clk, "Lemvig", "Birgit"));
	struct id carl = person(x.s, x.role, "Carl");
	add(&x, "2025-12-17");
	fix(&x, x.bo, 0);
	struct scene y = x;
	y.s = carry_store("struer", &clk, "Struer", "Jens");
	y.a = arena_new();
	carry_both(x.s, y.s);
	struct series_edit early = to_time(420, 600);
	must(series_change(x.s, x.a, x.series, test_day("2025-12-17"), SERIES_FOLLOWING, &early, &done, &result, &e), &e, "part");
	struct id origin = x.series;
	x.series = done.series;
	fix(&x, x.anna, 0);
	make(&x, "2025-12-01", "2026-01-01");
	clk.t += 60;
	make(&y, "2025-12-01", "2026-01-08");
	test_assign(y.s, id_dated(origin, test_day("2026-01-07")), carl, ASSIGNMENT_ACCEPTED);
	carry_both(x.s, y.s);
	make(&x, "2025-12-01", "2026-01-08");
	is_int((intmax_t)told(SERIES_ASKED), 2, "two are told of");
	is_roster(&x, "3/12 8 Anna,Bo · 10/12 8 Anna,Bo · 17/12 7 Anna,Bo? · 24/12 7 Anna,Bo · 31/12 7 Anna,Bo · 7/1 7 Anna,Bo?,Carl?",
		"who said yes to the new time, or gets the place now, isn't asked again");
	carry_both(x.s, y.s);
	is_str(roster_text(x.s, x.a), roster_text(y.s, y.a), "both have the same");
	make(&y, "2025-12-01", "2026-01-08");
	ok(result.dot.no == 0, "and the other has nothing to mend");
	arena_free(x.a);
	arena_free(y.a);
	store_close(x.s);
	store_close(y.s);
}

/* Both make the month, and one deletes a day of it: whoever sees it must choose, and making again doesn't. */
static void test_meeting_deleted(void)
{
	struct scene x = begin_with(carry_store("skive", &clk, "Skive", "Birgit"));
	add(&x, NULL);
	struct scene y = x;
	y.s = carry_store("randers", &clk, "Randers", "Jens");
	y.a = arena_new();
	carry_both(x.s, y.s);
	make(&x, "2025-12-01", "2026-01-01");
	make(&y, "2025-12-01", "2026-01-01");
	struct id gone = shift_on(&x, "2025-12-24");
	must(act_delete_shifts(x.s, &gone, 1, &result, &e), &e, "delete");
	test_assign(y.s, gone, y.bo, ASSIGNMENT_ACCEPTED);
	carry_both(x.s, y.s);
	is_str(roster_text(x.s, x.a), roster_text(y.s, y.a), "both have the same");
	struct peek l = look_begin(x.s);
	struct rec *r = NULL;
	must(view_get(l.v, l.a, TYPE_SHIFT, gone, &r, &e), &e, "shift");
	ok(r->alive && register_is_open(r, FIELD_ALIVE), "a shift that one deleted and the other made stands, and is among the disagreements");
	look_end(&l);
	make(&x, "2025-12-01", "2026-01-01");
	ok(done.made == 0 && result.dot.no == 0, "making again decides nothing");
	arena_free(x.a);
	arena_free(y.a);
	store_close(x.s);
	store_close(y.s);
}

int main(void)
{
	clk.t = 1764576000;       /* 2025-12-01 08:00 UTC */
	test_making();
	test_like();
	test_take_out();
	test_put_back();
	test_moved();
	test_moved_ends();
	test_moved_over_sunday();
	test_fixed();
	test_fixed_warns();
	test_organisation();
	test_following();
	test_days_change();
	test_all();
	test_end();
	test_merge_people();
	test_meeting();
	test_meeting_changes();
	test_meeting_parted();
	test_meeting_deleted();
	return done_testing();
}
