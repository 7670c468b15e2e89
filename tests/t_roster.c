/* tests/t_roster.c - a window of the roster, its counts and gaps, the week's grid, the day, and a person's load
 * (roster/roster.h). */
#include "roster/roster.h"

#include <string.h>

#include "tests/rostertest.h"

static struct test_clock clk;
static struct err e;

/* ---- a window --------------------------------------------------------------------------------------------------- */

static struct roster load(struct peek *l, const struct id *unit, const char *from, const char *to)
{
	struct roster r;
	must(roster_load(l->v, l->b, l->a, unit, test_day(from), test_day(to), &r, &e), &e, "roster");
	return r;
}

/* "3/08 Forhal Guide 1/2" of each shift. */
static const char *list_shifts(struct peek *l, const struct roster *r)
{
	char *text = arena_strdup(l->a, "");
	for (size_t i = 0; i < r->n; i++) {
		const struct shift *s = &r->shifts[i];
		text = arena_printf(l->a, "%s%s%d/%02d %s %s %d/%d", text, i ? ", " : "",
				    civil_to_ymd(cmin_date(s->row.start)).d, cmin_minute(s->row.start) / 60, s->unit,
				    s->role, s->row.filled, s->row.need);
	}
	return text;
}

static const char *list_seats(struct peek *l, const struct shift *s)
{
	char *text = arena_strdup(l->a, "");
	for (size_t i = 0; i < s->nseats; i++)
		text = arena_printf(l->a, "%s%s%s:%d", text, i ? ", " : "", s->seats[i].name, s->seats[i].state);
	return text;
}

static void put_places(struct store *s, struct id shift, struct id org, int n)
{
	must(act_assign_places(s, shift, org, n, NULL, &e), &e, "places");
}

static void test_seats(void)
{
	static const struct {
		const char *given, *family;
		int state;
	} people[] = {
		{"Åse", "Ågård", ASSIGNMENT_ACCEPTED},  {"Bo", "Bak", ASSIGNMENT_DECLINED},
		{"Carl", "Dam", ASSIGNMENT_WITHDRAWN},  {"Ditte", "Lund", ASSIGNMENT_WISHED},
		{"Emil", "Krog", ASSIGNMENT_OFFERED},   {"Freja", "Juhl", ASSIGNMENT_RECONFIRM},
		{"Gitte", "Holm", ASSIGNMENT_ACCEPTED},
	};
	struct store *s = test_store("seats", &clk);
	struct id hall = test_unit(s, "Forhal"), guide = test_role(s, "Guide"),
		  cross = test_org(s, "Dansk Røde Kors, Viborg");
	struct id shift = test_shift(s, hall, guide, test_at("2025-12-03", 8, 0), test_at("2025-12-03", 11, 0), 5);
	for (size_t i = 0; i < sizeof people / sizeof *people; i++)
		test_assign(s, shift, test_volunteer(s, people[i].given, people[i].family), people[i].state);
	put_places(s, shift, cross, 2);
	test_set(s, TYPE_SHIFT, shift, F_SHIFT_NOTE, value_text("Meet at the desk"));
	struct peek l = look_begin(s);
	struct shift got;
	must(roster_shift(l.v, l.b, l.a, shift, &got, &e), &e, "shift");
	is_str(list_seats(&l, &got),
	       "Gitte Holm:3, Åse Ågård:3, 2 from Dansk Røde Kors, Viborg:3, Freja Juhl:6, Emil Krog:2, "
	       "Ditte Lund:1, Carl Dam:5, Bo Bak:4",
	       "on it first, then by state, each in Danish order");
	is_int(got.row.filled, 4, "accepted ones cover, placeholders by their number");
	is_int(got.open, 1, "one place is open");
	is_int(got.over, 0, "none too many");
	is_str(got.note, "Meet at the desk", "with its note");
	is_str(shift_title(l.a, &got), "Wed 3/12 08:00–11:00 · Forhal · Guide", "its title");
	ok(got.nseats > 2 && !got.seats[2].person && got.seats[2].places == 2, "places without names have no person");
	is_int(roster_shift(l.v, l.b, l.a, hall, &got, &e), ERR_NOTFOUND, "a unit is no shift");
	look_end(&l);
	test_set(s, TYPE_SHIFT, shift, F_SHIFT_NEED, value_int(2));
	test_set(s, TYPE_SHIFT, shift, F_SHIFT_WISHED, value_int(3));
	l = look_begin(s);
	must(roster_shift(l.v, l.b, l.a, shift, &got, &e), &e, "shift");
	is_int(got.open, 0, "no gap below nought");
	is_int(got.over, 1, "one more than wished");
	look_end(&l);
	test_delete(s, TYPE_SHIFT, shift);
	l = look_begin(s);
	is_int(roster_shift(l.v, l.b, l.a, shift, &got, &e), ERR_NOTFOUND, "a shift that is gone");
	look_end(&l);
	store_close(s);
}

/* Which of three shifts is meant; ERR_… when none, or several. */
static void test_finding(void)
{
	struct store *s = test_store("finding", &clk);
	struct id guide = test_role(s, "Guide"), hall = test_unit(s, "Forhal, Viborg"), cafe = test_unit(s, "12B, Skive");
	struct id shift[] = {
		test_shift(s, hall, guide, test_at("2025-12-03", 8, 0), test_at("2025-12-03", 11, 0), 2),
		test_shift(s, hall, guide, test_at("2025-12-03", 11, 0), test_at("2025-12-03", 14, 0), 2),
		test_shift(s, cafe, guide, test_at("2025-12-03", 8, 0), test_at("2025-12-03", 10, 30), 2),
	};
	char id[ID_TEXT];
	id_format(id, shift[1]);
	const struct { const char *text; int want; } table[] = {
		{"3/12 8-11", 0}, {"3/12 8-10.30", 2}, {"3/12 11", 1}, {"onsdag 11-14 viborg", 1}, {"3/12 8 forhal", 0},
		{"3/12 8:00 12b", 2}, {"3/12 skive", 2}, {"i overmorgen skive guide", 2}, {"+2 12b", 2}, {id, 1}, {id + 24, 1},
		{"Wed 3/12 08:00–11:00 · Forhal, Viborg · Guide", 0}, {"3/12", ERR_AMBIGUOUS}, {"3/12 8", ERR_AMBIGUOUS},
		{"3/12 8-12", ERR_NOTFOUND}, {"4/12", ERR_NOTFOUND}, {"3/12 hammel", ERR_NOTFOUND}, {"forhal", ERR_NOTFOUND},
		{"", ERR_NOTFOUND}, {"dead", ERR_NOTFOUND},
	};
	struct peek l = look_begin(s);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct id got = ID_NONE;
		int want = table[i].want, rc = roster_find_shift(l.v, l.b, table[i].text, test_day("2025-12-01"), &got, &e);
		ok(want < 0 ? rc == want : rc == OK && id_equal(got, shift[want]), "a shift as '%s'", table[i].text);
		if (want < 0)
			diag("%s", e.text);
	}
	look_end(&l);
	store_close(s);
}

/* An id that ends like a day. */
static void test_finding_both(void)
{
	struct store *s = test_store("both", &clk);
	struct id guide = test_role(s, "Guide"), hall = test_unit(s, "Forhal"), shift, found;
	char id[ID_TEXT];
	do {
		shift = test_shift(s, hall, guide, test_at("2025-12-20", 8, 0), test_at("2025-12-20", 11, 0), 2);
	} while (strcmp(id_format(id, shift) + ID_TEXT - 3, "11") != 0);
	struct peek l = look_begin(s);
	is_int(roster_find_shift(l.v, l.b, "1-1", test_day("2025-12-01"), &found, &e), OK, "the end of an id may look like a day");
	ok(id_equal(found, shift), "where nothing is on that day");
	look_end(&l);
	test_shift(s, hall, guide, test_at("2026-01-01", 8, 0), test_at("2026-01-01", 11, 0), 2);
	l = look_begin(s);
	is_int(roster_find_shift(l.v, l.b, "1-1", test_day("2025-12-01"), &found, &e), ERR_AMBIGUOUS, "else none is picked");
	is_int(roster_find_shift(l.v, l.b, id, test_day("2025-12-01"), &found, &e), OK, "but by the whole id");
	look_end(&l);
	store_close(s);
}

static void test_window(void)
{
	struct store *s = test_store("window", &clk);
	struct id hospital = test_unit(s, "Hospital"), hall = test_unit(s, "Forhal"), ward = test_unit(s, "Afsnit");
	struct id guide = test_role(s, "Guide"), vigil = test_role(s, "Vågevagt");
	test_set(s, TYPE_UNIT, hall, F_UNIT_PARENT, value_id(hospital));
	struct id a = test_shift(s, hall, vigil, test_at("2025-12-03", 8, 0), test_at("2025-12-03", 11, 0), 2);
	test_shift(s, hall, guide, test_at("2025-12-03", 8, 0), test_at("2025-12-03", 11, 0), 1);
	test_shift(s, ward, vigil, test_at("2025-12-03", 8, 0), test_at("2025-12-03", 11, 0), 1);
	struct id off = test_shift(s, ward, guide, test_at("2025-12-02", 8, 0), test_at("2025-12-02", 11, 0), 3);
	test_shift(s, ward, guide, test_at("2025-12-08", 0, 0), test_at("2025-12-08", 4, 0), 1);
	test_shift(s, ward, guide, test_at("2025-11-30", 23, 0), test_at("2025-12-01", 4, 0), 1);
	test_assign(s, a, test_volunteer(s, "Anna", "Holm"), ASSIGNMENT_ACCEPTED);
	test_set(s, TYPE_SHIFT, off, F_SHIFT_STATE, value_int(SHIFT_CANCELLED));
	struct peek l = look_begin(s);
	struct roster r = load(&l, NULL, "2025-12-01", "2025-12-08");
	is_str(list_shifts(&l, &r),
	       "2/08 Afsnit Guide 0/3, 3/08 Afsnit Vågevagt 0/1, 3/08 Forhal Guide 0/1, "
	       "3/08 Forhal Vågevagt 1/2",
	       "by start, unit and role; what begins outside isn't there");
	is_int((intmax_t)r.need, 4, "needed, without what is called off");
	is_int((intmax_t)r.filled, 1, "filled");
	is_int((intmax_t)r.open, 3, "open");
	is_int((intmax_t)r.cancelled, 1, "called off");
	is_int(r.shifts[0].open, 0, "a shift that is called off has no gap");
	r = load(&l, &hospital, "2025-12-01", "2025-12-08");
	is_int((intmax_t)r.n, 2, "a unit with all below it");
	r = load(&l, &ward, "2025-12-08", "2025-12-09");
	is_int((intmax_t)r.n, 1, "a unit alone");
	r = load(&l, NULL, "2026-01-01", "2026-01-02");
	ok(r.n == 0 && r.need == 0, "an empty day");
	look_end(&l);
	store_close(s);
}

/* ---- the grid --------------------------------------------------------------------------------------------------- */

static const char *list_grid(struct peek *l, const struct grid *g)
{
	char *text = arena_strdup(l->a, "");
	for (size_t i = 0; i < g->n; i++) {
		const struct grid_row *row = &g->rows[i];
		text = arena_printf(l->a, "%s%s%s %s %d-%d:", text, i ? ", " : "", row->unit, row->role, row->from / 60,
				    row->to / 60);
		for (int day = 0; day < 7; day++)
			text = arena_printf(l->a, "%s%zu", text, row->ncell[day]);
	}
	return text;
}

static void test_grid(void)
{
	static const struct {
		const char *day;
		int from, to;
		bool ward;
	} shifts[] = {
		{"2025-12-01", 8, 11, false}, {"2025-12-02", 8, 11, false}, {"2025-12-02", 8, 11, false},
		{"2025-12-07", 8, 11, false}, {"2025-12-03", 8, 12, false}, {"2025-12-03", 20, 26, true},
		{"2025-12-08", 8, 11, false}, {"2025-12-04", 7, 12, false},
	};
	struct store *s = test_store("grid", &clk);
	struct id hall = test_unit(s, "Forhal"), ward = test_unit(s, "Afsnit"), guide = test_role(s, "Guide");
	for (size_t i = 0; i < sizeof shifts / sizeof *shifts; i++)
		test_shift(s, shifts[i].ward ? ward : hall, guide, test_at(shifts[i].day, shifts[i].from, 0),
			   test_at(shifts[i].day, shifts[i].to, 0), 1);
	struct peek l = look_begin(s);
	struct roster r = load(&l, NULL, "2025-12-01", "2025-12-15");
	struct grid g;
	roster_grid(l.a, &r, test_day("2025-12-01"), &g);
	is_str(list_grid(&l, &g), "Afsnit Guide 20-26:0010000, Forhal Guide 7-12:0001000, "
	       "Forhal Guide 8-11:1200001, Forhal Guide 8-12:0010000",
	       "a row for each place, role and time, a column for each day");
	ok(g.n == 4 && cmin_date(g.rows[2].cell[6][0]->row.start) == test_day("2025-12-07"),
	   "Sunday's shift on Sunday");
	roster_grid(l.a, &r, test_day("2025-12-22"), &g);
	is_int((intmax_t)g.n, 0, "a week without shifts");
	look_end(&l);
	store_close(s);
}

/* ---- today ------------------------------------------------------------------------------------------------------ */

static const char *list_hours(struct peek *l, struct shift *const *list, size_t n)
{
	char *text = arena_strdup(l->a, "");
	for (size_t i = 0; i < n; i++)
		text = arena_printf(l->a, "%s%s%d/%d", text, i ? " " : "",
				    civil_to_ymd(cmin_date(list[i]->row.start)).d,
				    cmin_minute(list[i]->row.start) / 60);
	return text;
}

static void is_today(struct peek *l, civil_min now, const char *const wanted[4], int people)
{
	struct today t;
	must(roster_today(l->v, l->b, l->a, now, &t, &e), &e, "today");
	is_str(list_hours(l, t.here, t.nhere), wanted[0], "running");
	is_str(list_hours(l, t.coming, t.ncoming), wanted[1], "coming");
	is_str(list_hours(l, t.later_gaps, t.nlater_gaps), wanted[2], "gaps until tomorrow");
	is_str(list_hours(l, t.gone, t.ngone), wanted[3], "over");
	is_int((intmax_t)t.people_today, people, "people today");
}

static void test_today(void)
{
	static const struct {
		int day, from, to;
		bool anna, off;
	} shifts[] = {
		{2, 20, 24, false, false}, {2, 23, 28, false, false}, {3, 8, 11, true, false},
		{3, 11, 14, true, false},  {3, 17, 20, false, true},  {3, 22, 26, false, false},
		{4, 8, 11, false, false},  {5, 8, 11, false, false},
	};
	struct store *s = test_store("today", &clk);
	struct id hall = test_unit(s, "Forhal"), guide = test_role(s, "Guide"), cross = test_org(s, "Røde Kors");
	struct id anna = test_volunteer(s, "Anna", "Holm"), id = ID_NONE;
	for (size_t i = 0; i < sizeof shifts / sizeof *shifts; i++) {
		civil_min day = cmin_at(civil_from_ymd(2025, 12, shifts[i].day), 0);
		id = test_shift(s, hall, guide, day + shifts[i].from * 60, day + shifts[i].to * 60, 1);
		if (shifts[i].anna)
			test_assign(s, id, anna, ASSIGNMENT_ACCEPTED);
		if (shifts[i].off)
			test_set(s, TYPE_SHIFT, id, F_SHIFT_STATE, value_int(SHIFT_CANCELLED));
		if (shifts[i].from == 22)
			put_places(s, id, cross, 2);
	}
	test_set(s, TYPE_VOLUNTEER, anna, F_VOLUNTEER_PAUSE_UNTIL, value_int(test_day("2025-12-16")));
	struct peek l = look_begin(s);
	is_today(&l, test_at("2025-12-03", 11, 0), (const char *const[]){"3/11", "3/17 3/22", "4/8", "2/23 3/8"}, 3);
	is_today(&l, test_at("2025-12-03", 0, 0), (const char *const[]){"2/23", "3/8 3/11 3/17 3/22", "4/8", ""}, 3);
	is_today(&l, test_at("2025-12-04", 1, 0), (const char *const[]){"3/22", "4/8", "4/8 5/8", ""}, 0);
	struct today t;
	must(roster_today(l.v, l.b, l.a, test_at("2025-12-03", 8, 0), &t, &e), &e, "today");
	is_int((intmax_t)t.ndue, 1, "what falls due within fourteen days");
	must(roster_today(l.v, l.b, l.a, test_at("2025-12-02", 8, 0), &t, &e), &e, "today");
	is_int((intmax_t)t.ndue, 0, "and not a day more");
	must(roster_today(l.v, l.b, l.a, test_at("2025-12-18", 8, 0), &t, &e), &e, "today");
	is_int((intmax_t)t.ndue, 0, "the end of a pause that is over is past");
	look_end(&l);
	test_set(s, TYPE_VOLUNTEER, anna, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_PAUSE));
	l = look_begin(s);
	must(roster_today(l.v, l.b, l.a, test_at("2025-12-18", 8, 0), &t, &e), &e, "today");
	is_int((intmax_t)t.ndue, 1, "but not while somebody is still on it: nobody has rung");
	must(roster_today(l.v, l.b, l.a, test_at("2026-03-01", 8, 0), &t, &e), &e, "today");
	is_int((intmax_t)t.ndue, 0, "until it is old");
	look_end(&l);
	store_close(s);
}

/* ---- load ------------------------------------------------------------------------------------------------------- */

static void test_load(void)
{
	struct store *s = test_store("load", &clk);
	struct id hall = test_unit(s, "Forhal"), guide = test_role(s, "Guide"),
		  anna = test_volunteer(s, "Anna", "Holm");
	static const struct {
		const char *day;
		int from, to, state, attendance, minutes;
		bool off;
	} shifts[] = {
		{"2025-03-29", 23, 28, ASSIGNMENT_ACCEPTED, 0, 0, false}, /* the short night */
		{"2025-04-01", 8, 11, ASSIGNMENT_ACCEPTED, ATTENDANCE_PRESENT, 200, false},
		{"2025-04-02", 8, 11, ASSIGNMENT_ACCEPTED, ATTENDANCE_ABSENT, 0, false},
		{"2025-04-03", 8, 11, ASSIGNMENT_ACCEPTED, ATTENDANCE_EXCUSED, 0, false},
		{"2025-04-04", 8, 11, ASSIGNMENT_WITHDRAWN, 0, 0, false},
		{"2025-04-05", 8, 11, ASSIGNMENT_ACCEPTED, 0, 0, true},
		{"2025-05-01", 8, 11, ASSIGNMENT_ACCEPTED, 0, 0, false},
		{"2025-06-01", 8, 11, ASSIGNMENT_RECONFIRM, 0, 0, false},
		{"2025-06-02", 8, 11, ASSIGNMENT_RECONFIRM, ATTENDANCE_PRESENT, 0, false},
	};
	for (size_t i = 0; i < sizeof shifts / sizeof *shifts; i++) {
		struct id shift = test_shift(s, hall, guide, test_at(shifts[i].day, shifts[i].from, 0),
					     test_at(shifts[i].day, shifts[i].to, 0), 1);
		struct id place = test_assign(s, shift, anna, shifts[i].state);
		if (shifts[i].attendance)
			test_set(s, TYPE_ASSIGNMENT, place, F_ASSIGNMENT_ATTENDANCE, value_int(shifts[i].attendance));
		if (shifts[i].minutes)
			test_set(s, TYPE_ASSIGNMENT, place, F_ASSIGNMENT_MINUTES, value_int(shifts[i].minutes));
		if (shifts[i].off)
			test_set(s, TYPE_SHIFT, shift, F_SHIFT_STATE, value_int(SHIFT_CANCELLED));
	}
	struct peek l = look_begin(s);
	struct load got;
	must(roster_load_of(l.v, anna, test_day("2025-03-01"), test_day("2025-05-01"), test_at("2025-04-02", 8, 0),
			    &got, &e),
	     &e, "load");
	is_int(got.shifts, 2, "shifts that were given");
	is_int(got.minutes, 240 + 200, "four real hours of the night when clocks go forward, and what was told");
	ok(got.last == test_at("2025-04-01", 8, 0), "the last before");
	ok(got.next == test_at("2025-04-02", 8, 0), "the next from then on");
	must(roster_load_of(l.v, anna, test_day("2025-05-01"), test_day("2025-05-02"), test_at("2025-05-02", 8, 0),
			    &got, &e),
	     &e, "load");
	ok(got.shifts == 1 && got.minutes == 180 && got.next == test_at("2025-06-01", 8, 0), "another period");
	must(roster_load_of(l.v, anna, test_day("2025-06-01"), test_day("2025-07-01"), test_at("2025-06-03", 8, 0),
			    &got, &e),
	     &e, "load");
	ok(got.shifts == 1 && got.minutes == 180, "whoever came has come, though the yes was never said again");
	ok(got.next == CMIN_NONE, "and nothing after");
	must(roster_load_of(l.v, hall, test_day("2025-05-01"), test_day("2025-05-02"), test_at("2025-05-02", 8, 0),
			    &got, &e),
	     &e, "load");
	ok(got.shifts == 0 && got.last == CMIN_NONE && got.next == CMIN_NONE, "nothing at all");
	look_end(&l);
	store_close(s);
}

int main(void)
{
	test_seats();
	test_finding();
	test_finding_both();
	test_window();
	test_grid();
	test_today();
	test_load();
	return done_testing();
}
