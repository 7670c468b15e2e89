/* tests/t_set_time.c - what becomes of a place when its shift gets another time: the same by whichever door the time
 * comes (act_set_time in roster/act.h). What two sites' yeses come to is t_plan_sites.c's. */
#include "roster/series.h"

#include "store/register.h"
#include "tests/rostertest.h"

static struct test_clock clk;
static struct err e;

/* The shift is on Wednesday 3 December 2025, 08:00-11:00, made by a series; it becomes 09:00-12:00. */
enum { HOUR = 60, BEGINS = 8 * HOUR, LASTS = 3 * HOUR };

static struct {
	struct store *s;
	struct id shift, place;
} h;

static void open_house(const char *name)
{
	struct arena *a = arena_new();
	struct series_done done;
	h.s = test_store(name, &clk);
	struct id hall = test_unit(h.s, "Forhal"), guide = test_role(h.s, "Guide");
	struct series how = {
		.unit = hall, .role = guide, .first = test_day("2025-12-03"), .until = DATE_NONE, .every = SERIES_WEEK, .days = 4,
		.start = BEGINS, .end = BEGINS + LASTS, .need = 1, .state = SHIFT_PUBLISHED,
	};
	must(series_add(h.s, a, &how, test_day("2025-12-03"), &done, NULL, &e), &e, "series");
	h.shift = id_dated(done.series, test_day("2025-12-03"));
	h.place = test_assign(h.s, h.shift, test_volunteer(h.s, "Anna", "Holm"), ASSIGNMENT_ACCEPTED);
	arena_free(a);
}

/* ---- the doors -------------------------------------------------------------------------------------------------- */

enum { NOT_TOLD = -1 };

/* Each moves the shift by so many minutes and returns how many were told to be asked. */
static int by_change(int minutes)
{
	civil_min from = test_at("2025-12-03", 8, 0) + minutes;
	struct peek l = look_begin(h.s);
	struct act_asked asked;
	struct change *c;
	must(change_begin(h.s, ACT_EDIT, &c, &e), &e, "begin");
	must(act_set_time(c, l.v, l.a, h.shift, from, from + LASTS, &asked, &e), &e, "set time");
	int told = (int)asked.n;
	look_end(&l);
	must(change_commit(c, NULL, &e), &e, "commit");
	return told;
}

static int by_move(int minutes)
{
	must(act_move_shifts(h.s, &h.shift, 1, 0, minutes, NULL, &e), &e, "move");
	return NOT_TOLD;
}

static int by_series(int minutes)
{
	struct arena *a = arena_new();
	struct series_done done;
	struct series_edit edit = {.fields = 1u << F_SERIES_START | 1u << F_SERIES_END,
		.to = {.start = BEGINS + minutes, .end = BEGINS + LASTS + minutes}};
	must(series_change_one(h.s, a, h.shift, &edit, &done, NULL, &e), &e, "change");
	int told = 0;
	for (size_t i = 0; i < done.ntold; i++)
		told += done.told[i].what == SERIES_ASKED;
	arena_free(a);
	return told;
}

/* ---- what stands, and what comes of it -------------------------------------------------------------------------- */

/* Which time is written to have been said yes to, as minutes off the one that the shift has; NEVER: none is. */
enum { NEVER = -1 };

static const struct by_time {
	const char *what;
	int state, yes, attendance, minutes, becomes, asked;
} cases[] = {
	{"a yes to the old time is none to the new", ASSIGNMENT_ACCEPTED, 0, 0, 60, ASSIGNMENT_RECONFIRM, 1},
	{"nor is one to a time that nobody wrote down", ASSIGNMENT_ACCEPTED, NEVER, 0, 60, ASSIGNMENT_RECONFIRM, 1},
	{"a yes to just the new time is one", ASSIGNMENT_ACCEPTED, 60, 0, 60, ASSIGNMENT_ACCEPTED, 0},
	{"who was to be asked said yes to it before it was moved away", ASSIGNMENT_RECONFIRM, 60, 0, 60, ASSIGNMENT_ACCEPTED, 0},
	{"a yes to a third time leaves the question open", ASSIGNMENT_RECONFIRM, 30, 0, 60, ASSIGNMENT_RECONFIRM, 0},
	{"as does none", ASSIGNMENT_RECONFIRM, NEVER, 0, 60, ASSIGNMENT_RECONFIRM, 0},
	{"the same time is no move", ASSIGNMENT_ACCEPTED, NEVER, 0, 0, ASSIGNMENT_ACCEPTED, 0},
	{"nor an answer", ASSIGNMENT_RECONFIRM, 0, 0, 0, ASSIGNMENT_RECONFIRM, 0},
	{"whoever came is asked nothing", ASSIGNMENT_ACCEPTED, 0, ATTENDANCE_PRESENT, 60, ASSIGNMENT_ACCEPTED, 0},
	{"nor whoever didn't", ASSIGNMENT_ACCEPTED, NEVER, ATTENDANCE_ABSENT, 60, ASSIGNMENT_ACCEPTED, 0},
	{"an offer stays one", ASSIGNMENT_OFFERED, NEVER, 0, 60, ASSIGNMENT_OFFERED, 0},
	{"a no stays one", ASSIGNMENT_DECLINED, NEVER, 0, 60, ASSIGNMENT_DECLINED, 0},
	{"who cancelled has said yes to nothing", ASSIGNMENT_WITHDRAWN, 60, 0, 60, ASSIGNMENT_WITHDRAWN, 0},
};

static void put(const struct by_time *k)
{
	civil_min yes = test_at("2025-12-03", 8, 0) + k->yes;
	bool told = k->yes != NEVER;
	const struct field_value fields[] = {
		{F_ASSIGNMENT_STATE, value_int(k->state)},
		{F_ASSIGNMENT_YES_FROM, told ? value_int(yes) : value_none()},
		{F_ASSIGNMENT_YES_TO, told ? value_int(yes + LASTS) : value_none()},
		{F_ASSIGNMENT_ATTENDANCE, k->attendance ? value_int(k->attendance) : value_none()},
	};
	struct change *c;
	must(change_begin(h.s, ACT_EDIT, &c, &e), &e, "begin");
	must(change_set_all(c, TYPE_ASSIGNMENT, h.place, fields, sizeof fields / sizeof *fields, &e), &e, "set");
	must(change_commit(c, NULL, &e), &e, "commit");
}

/* How the place counts, and what its record says: both must hold, as the one is made of the other and the shift. */
static void is_state(int expected, const char *door, const char *what)
{
	struct peek l = look_begin(h.s);
	struct seat_row *seats;
	struct rec *r = NULL;
	size_t n;
	must(view_seats(l.v, l.a, h.shift, &seats, &n, &e), &e, "seats");
	must(view_get(l.v, l.a, TYPE_ASSIGNMENT, h.place, &r, &e), &e, "place");
	is_int(n == 1 ? seats[0].state : -1, expected, "%s: %s", door, what);
	is_int(rec_int(r, F_ASSIGNMENT_STATE), expected, "and it is written so");
	look_end(&l);
}

static void test_door(const char *name, int (*move)(int minutes))
{
	open_house(name);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct by_time *k = &cases[i];
		put(k);
		int told = move(k->minutes);
		is_state(k->becomes, name, k->what);
		if (told != NOT_TOLD)
			is_int(told, k->asked, "and so many are to be asked");
		must(act_move_shifts(h.s, &h.shift, 1, 0, -k->minutes, NULL, &e), &e, "back");
	}
	store_close(h.s);
}

/* One end is enough to make it another time. */
static void test_longer(void)
{
	open_house("longer");
	put(&cases[0]);
	struct peek l = look_begin(h.s);
	struct act_asked asked;
	struct change *c;
	must(change_begin(h.s, ACT_EDIT, &c, &e), &e, "begin");
	civil_min from = test_at("2025-12-03", 8, 0);
	must(act_set_time(c, l.v, l.a, h.shift, from, from + LASTS + HOUR, &asked, &e), &e, "set time");
	ok(asked.n == 1 && id_equal(asked.seats[0].assignment, h.place), "whoever is on a shift that gets longer is asked");
	look_end(&l);
	must(change_commit(c, NULL, &e), &e, "commit");
	is_state(ASSIGNMENT_RECONFIRM, "longer", "it takes a new yes");
	store_close(h.s);
}

int main(void)
{
	test_door("by-change", by_change);
	test_door("by-move", by_move);
	test_door("by-series", by_series);
	test_longer();
	return done_testing();
}
