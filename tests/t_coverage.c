/* tests/t_coverage.c - how well a period is covered: shifts by hand spread over hours, what is left out, that no minute
 * is lost of any, hours by month, and the one-line pictures. */
#include "roster/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "base/chart.h"
#include "roster/months.h"
#include "roster/roster.h"
#include "tests/rostertest.h"

static struct arena *a;
static struct err e;

/* ---- by hand ----------------------------------------------------------------------------------------------------- */

struct by_hand {
	const char *what, *start, *end;    /* of one shift for `need`, of whom `filled` are there */
	int need, filled, state;
	struct { int day, hour, need, filled; } cells[4];      /* Monday 0; minutes of places */
	int minutes;                       /* of places, in all */
};
static const struct by_hand hands[] = {
	{"three hours", "2025-12-03T08:00", "2025-12-03T11:00", 2, 1, SHIFT_PUBLISHED,
		{{2, 8, 120, 60}, {2, 10, 120, 60}, {2, 11, 0, 0}, {2, 7, 0, 0}}, 360},
	{"half hours", "2025-12-03T09:30", "2025-12-03T11:15", 1, 0, SHIFT_DRAFT,
		{{2, 9, 30, 0}, {2, 10, 60, 0}, {2, 11, 15, 0}, {2, 8, 0, 0}}, 105},
	{"over midnight", "2025-12-07T22:00", "2025-12-08T02:00", 1, 1, SHIFT_PUBLISHED,
		{{6, 22, 60, 60}, {6, 23, 60, 60}, {0, 0, 60, 60}, {0, 1, 60, 60}}, 240},
	{"until midnight", "2025-12-07T23:00", "2025-12-08T00:00", 1, 1, SHIFT_PUBLISHED,
		{{6, 23, 60, 60}, {0, 0, 0, 0}, {6, 22, 0, 0}, {0, 23, 0, 0}}, 60},
	{"called off", "2025-12-03T08:00", "2025-12-03T11:00", 2, 1, SHIFT_CANCELLED,
		{{2, 8, 0, 0}, {2, 9, 0, 0}, {2, 10, 0, 0}, {2, 11, 0, 0}}, 0},
	{"more than are needed", "2025-12-03T08:00", "2025-12-03T09:00", 2, 5, SHIFT_PUBLISHED,
		{{2, 8, 120, 120}, {2, 7, 0, 0}, {2, 9, 0, 0}, {2, 10, 0, 0}}, 120},
	{"the night when the clock goes back", "2025-10-25T23:00", "2025-10-26T07:00", 1, 0, SHIFT_PUBLISHED,
		{{5, 23, 60, 0}, {6, 1, 60, 0}, {6, 2, 120, 0}, {6, 3, 60, 0}}, 540},
	{"the night when it goes forward", "2026-03-28T23:00", "2026-03-29T07:00", 1, 0, SHIFT_PUBLISHED,
		{{5, 23, 60, 0}, {6, 1, 60, 0}, {6, 2, 0, 0}, {6, 3, 60, 0}}, 420},
	{"from a time that was jumped over", "2026-03-29T02:30", "2026-03-29T05:00", 1, 0, SHIFT_PUBLISHED,
		{{6, 2, 0, 0}, {6, 3, 30, 0}, {6, 4, 60, 0}, {6, 5, 0, 0}}, 90},
	{"until one", "2026-03-29T01:00", "2026-03-29T02:30", 1, 0, SHIFT_PUBLISHED,
		{{6, 1, 60, 0}, {6, 2, 0, 0}, {6, 3, 30, 0}, {6, 4, 0, 0}}, 90},
};

static struct shift_row row_of(civil_min start, civil_min end, int need, int filled, int state)
{
	return (struct shift_row){.shift = {{1}}, .start = start, .end = end, .need = (uint16_t)need, .wished = (uint16_t)need,
		.filled = (uint16_t)filled, .state = (uint8_t)state};
}

static civil_min at(const char *iso)
{
	char day[11];
	memcpy(day, iso, 10);
	day[10] = '\0';
	return test_at(day, (int)strtol(iso + 11, NULL, 10), (int)strtol(iso + 14, NULL, 10));
}

static int64_t sum(const struct coverage *c, bool filled)
{
	int64_t minutes = 0;
	for (int d = 0; d < COVER_DAYS; d++)
		for (int h = 0; h < COVER_HOURS; h++)
			minutes += filled ? c->cell[d][h].filled : c->cell[d][h].need;
	return minutes;
}

static void test_hands(void)
{
	for (size_t i = 0; i < sizeof hands / sizeof *hands; i++) {
		const struct by_hand *x = &hands[i];
		struct shift_row row = row_of(at(x->start), at(x->end), x->need, x->filled, x->state);
		struct coverage c;
		civil_date day = cmin_date(row.start);
		bool right = true;
		coverage_count(a, &row, 1, day, day + 1, CMIN_FIRST, &c);
		for (size_t k = 0; k < sizeof x->cells / sizeof *x->cells; k++) {
			const struct cover_cell *cell = &c.cell[x->cells[k].day][x->cells[k].hour];
			right = right && cell->need == x->cells[k].need && cell->filled == x->cells[k].filled;
			size_t from = 0;
			bool lies = coverage_next(&c, x->cells[k].day, x->cells[k].hour, &from) != NULL;
			right = right && lies == (x->cells[k].need > 0);
		}
		ok(right, "%s: each hour has its minutes", x->what);
		is_int(sum(&c, false), x->minutes, "%s: and all of them together are the shift's", x->what);
	}
}

/* ---- sums -------------------------------------------------------------------------------------------------------- */

static void test_sums(void)
{
	civil_date mon = test_day("2025-12-01");
	struct shift_row rows[] = {
		row_of(cmin_at(mon, 480), cmin_at(mon, 600), 4, 3, SHIFT_PUBLISHED),
		row_of(cmin_at(mon, 540), cmin_at(mon, 660), 2, 3, SHIFT_PUBLISHED),
		row_of(cmin_at(mon + 7, 480), cmin_at(mon + 7, 600), 4, 2, SHIFT_PUBLISHED),
		row_of(cmin_at(mon + 7, 1320), cmin_at(mon + 8, 360), 1, 0, SHIFT_PUBLISHED),
		row_of(cmin_at(mon + 8, 480), cmin_at(mon + 8, 600), 9, 0, SHIFT_CANCELLED),
	};
	struct coverage c;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		rows[i].shift = (struct id){{(uint8_t)(i + 1)}};
	coverage_count(a, rows, sizeof rows / sizeof *rows, mon, mon + 9, cmin_at(mon + 1, 0), &c);
	const struct cover_cell *nine = &c.cell[0][9];
	is_int((int)nine->places.need, 10, "the places of all Mondays from 9 to 10");
	is_int((int)nine->places.filled, 7, "one too many at one shift fills none at another");
	is_int((int)nine->shifts, 3, "shifts that lie in it");
	is_int((int)nine->gaps, 2, "and how many of them lack somebody");
	ok(id_equal(nine->gap, rows[2].shift), "its gap is the first that is still to come");
	coverage_count(a, rows, sizeof rows / sizeof *rows, mon, mon + 9, cmin_at(mon + 9, 0), &c);
	ok(id_equal(c.cell[0][9].gap, rows[0].shift), "else the first");
	ok(id_is_none(c.cell[0][10].gap), "an hour where all are there has none");
	is_int((int)(c.days[0].need * 10 + c.days[0].filled), 65, "a day's places");
	is_int((int)(c.days[7].need * 10 + c.days[7].filled), 52, "a night belongs to the day when it begins");
	is_int((int)c.days[8].need, 0, "what is called off isn't needed");
	is_int((int)(c.all.need * 100 + c.all.filled), 1107, "all places");
	is_int(c.first * 100 + c.last, 24, "hours of a period with a night");
	coverage_count(a, rows, 2, mon, mon + 1, 0, &c);
	is_int(c.first * 100 + c.last, 811, "hours from 8 to 11");
	coverage_count(a, rows, 0, mon, mon, 0, &c);
	is_int(c.last - c.first, 0, "nothing has no hours");
}

/* No minute is lost or made, whenever a shift begins and however long it is: also about the nights of the clock. */
static void test_property(void)
{
	enum { TIMES = 300, SHIFTS = 40, YEAR = 365 };
	struct prng r = {20251123};
	civil_date from = test_day("2025-06-01");
	int wrong = 0;
	for (int t = 0; t < TIMES; t++) {
		struct shift_row rows[SHIFTS];
		int64_t need = 0, filled = 0;
		size_t open = 0;
		struct coverage c;
		for (int i = 0; i < SHIFTS; i++) {
			bool odd_night = prng_below(&r, 4) == 0;
			civil_date day = odd_night ? test_day(prng_below(&r, 2) ? "2025-10-25" : "2026-03-28") + (int)prng_below(&r, 2)
				: from + (int)prng_below(&r, YEAR);
			civil_min start = cmin_at(day, (int)prng_below(&r, DAY_MINUTES)), end = start + 1 + (int)prng_below(&r, 3000);
			int of = (int)prng_below(&r, 6), there = (int)prng_below(&r, 8);
			rows[i] = row_of(start, end, of, there, prng_below(&r, 5) ? SHIFT_PUBLISHED : SHIFT_CANCELLED);
			int64_t minutes = civil_elapsed(start, end);
			minutes = cover_is_off(&rows[i]) || minutes < 0 ? 0 : minutes;
			need += minutes * of;
			filled += minutes * (there < of ? there : of);
			open += cover_open(&rows[i]);
		}
		coverage_count(a, rows, SHIFTS, from, from + YEAR + 2, 0, &c);
		wrong += sum(&c, false) != need || sum(&c, true) != filled;
		wrong += c.all.need - c.all.filled != open;
	}
	is_int(wrong, 0, "no minute is lost or made (seed 20251123)");
}

/* ---- in a store -------------------------------------------------------------------------------------------------- */

static struct test_clock clk;

static void come(struct store *s, struct id unit, struct id role, const char *day, int minutes, struct id who, int attendance)
{
	civil_min start = test_at(day, 8, 0);
	struct id shift = test_shift(s, unit, role, start, start + minutes, 2);
	test_assign(s, shift, who, ASSIGNMENT_ACCEPTED);
	if (attendance)
		test_set(s, TYPE_ASSIGNMENT, id_assignment(shift, who), F_ASSIGNMENT_ATTENDANCE, value_int(attendance));
}

/* It is Monday 1 December 2025. */
static void test_months(struct store *s, struct id unit, struct id role)
{
	struct id ane = test_volunteer(s, "Ane", "Bjerg"), bo = test_volunteer(s, "Bo", "Bjerg");
	struct months one, all;
	struct load year;
	come(s, unit, role, "2024-12-31", 60, ane, ATTENDANCE_PRESENT);
	come(s, unit, role, "2025-01-01", 120, ane, ATTENDANCE_PRESENT);
	come(s, unit, role, "2025-01-31", 90, ane, 0);
	come(s, unit, role, "2025-11-30", 180, ane, 0);
	come(s, unit, role, "2025-11-29", 180, ane, ATTENDANCE_ABSENT);
	come(s, unit, role, "2025-12-01", 180, ane, 0);
	come(s, unit, role, "2025-11-30", 45, bo, 0);
	struct peek l = look_begin(s);
	civil_date today = store_today(s);
	must(months_of(l.v, ane, today, &one, &e), &e, "months of one");
	must(months_of_all(l.v, l.b, today, &all, &e), &e, "months of all");
	must(roster_load_of(l.v, ane, one.first, today, store_now_civil(s), &year, &e), &e, "load");
	int64_t minutes = 0;
	for (int m = 0; m < MONTHS; m++)
		minutes += one.minutes[m];
	ok(one.first == test_day("2025-01-01"), "twelve months, this one among them");
	is_int(one.minutes[0], 210, "the first");
	is_int(one.minutes[10], 180, "whoever stayed away gave no hours");
	is_int(one.minutes[11], 0, "what is to come isn't given yet");
	is_int(minutes, year.minutes, "together they are the hours that the card says");
	is_int(all.minutes[10], 225, "of all");
	is_int(months_hours(&one, 0), 4, "in whole hours");
	look_end(&l);
}

static void test_units(struct store *s, struct id role)
{
	struct id house = test_unit(s, "House"), ward = test_unit(s, "Ward"), other = test_unit(s, "Other");
	struct coverage c;
	civil_date day = test_day("2026-01-05");
	test_set(s, TYPE_UNIT, ward, F_UNIT_PARENT, value_id(house));
	test_shift(s, house, role, cmin_at(day, 480), cmin_at(day, 540), 1);
	test_shift(s, ward, role, cmin_at(day, 480), cmin_at(day, 540), 2);
	test_shift(s, other, role, cmin_at(day, 480), cmin_at(day, 540), 4);
	test_shift(s, other, role, cmin_at(day + 1, 480), cmin_at(day + 1, 540), 8);
	struct peek l = look_begin(s);
	must(coverage_load(l.v, l.b, l.a, NULL, day, day + 1, 0, &c, &e), &e, "coverage");
	is_int((int)c.all.need, 7, "all units of the period");
	must(coverage_load(l.v, l.b, l.a, &house, day, day + 1, 0, &c, &e), &e, "coverage");
	is_int((int)c.all.need, 3, "one with those below it");
	look_end(&l);
}

static void test_store_rows(void)
{
	struct store *s = test_store("coverage", &clk);
	struct id role = test_role(s, "Guide");
	test_months(s, test_unit(s, "Hall"), role);
	test_units(s, role);
	store_close(s);
}

/* ---- pictures ---------------------------------------------------------------------------------------------------- */

static void test_pictures(void)
{
	static const int64_t hours[] = {0, 1, 7, 14, 13, 2};
	static const struct { int missing, of, step; } steps[] = {
		{0, 0, CHART_NONE}, {0, 4, CHART_FULL}, {1, 100, 2}, {1, 4, 2}, {2, 4, 3}, {3, 4, 4}, {4, 4, CHART_MOST},
	};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		is_int(chart_step(steps[i].missing, steps[i].of), steps[i].step, "%d of %d missing", steps[i].missing, steps[i].of);
	for (int i = CHART_NONE; i < CHART_MOST; i++)
		ok(strcmp(chart_shade(i, true), chart_shade(i + 1, true)) != 0, "step %d is another glyph than the next", i);
	is_str(chart_bar(a, 6, 8, 8, false), "██████░░", "a bar");
	is_str(chart_bar(a, 6, 8, 8, true), "######::", "without Unicode");
	is_str(chart_bar(a, 99, 100, 5, false), "████░", "is never full while one is missing");
	is_str(chart_bar(a, 1, 100, 5, false), "█░░░░", "nor empty while one is there");
	is_str(chart_bar(a, 0, 100, 5, false), "░░░░░", "empty");
	is_str(chart_bar(a, 9, 8, 4, false), "████", "full");
	is_str(chart_spark(a, hours, 6, false), "·▁▄▇▇▁", "months");
	is_str(chart_spark(a, hours, 6, true), ".14771", "as digits");
	is_str(chart_spark(a, hours, 1, false), "·", "nothing");
}

int main(void)
{
	a = arena_new();
	test_hands();
	test_sums();
	test_property();
	test_store_rows();
	test_pictures();
	arena_free(a);
	return done_testing();
}
