/* tests/t_store.c - what store.h and change.h promise, one by one. */
#include "tests/storetest.h"

#include <string.h>

static struct test_clock clk;
static struct err e;

static struct view *look(struct store *s)
{
	struct view *v;
	must(view_begin(s, &v, &e), &e, "view");
	return v;
}

static void test_first(void)
{
	struct store *s = test_store("first", &clk);
	struct arena *a = arena_new();
	struct id unit = test_unit(s, "Forhal"), role = test_role(s, "Hospitalsguide");
	struct id anna = test_volunteer(s, "Anna", "Holm");
	civil_min t = cmin_at(civil_from_ymd(2025, 12, 3), 480);
	struct id shift = test_shift(s, unit, role, t, t + 180, 2);
	test_assign(s, shift, anna, ASSIGNMENT_ACCEPTED);
	struct view *v = look(s);
	struct rec *r;
	is_int(view_get(v, a, TYPE_VOLUNTEER, anna, &r, &e), OK, "a record is read");
	is_str(rec_text(r, F_VOLUNTEER_FAMILY), "Holm", "with its fields");
	struct shift_row *row;
	size_t n;
	is_int(view_shifts(v, a, &unit, t, t + 1, &row, &n, &e), OK, "shifts are found");
	is_int((intmax_t)n, 1, "one");
	ok(n == 1 && row[0].filled == 1 && row[0].need == 2, "one of two places is filled");
	struct seat_row *seat;
	is_int(view_seats(v, a, shift, &seat, &n, &e), OK, "seats are found");
	ok(n == 1 && id_equal(seat[0].volunteer, anna), "Anna's");
	struct duty_row *duty;
	is_int(view_duties(v, a, anna, t, t + 1, &duty, &n, &e), OK, "duties are found");
	ok(n == 1 && id_equal(duty[0].shift, shift), "the shift");
	view_end(v);
	store_close(s);
	s = test_open("first", &clk);
	v = look(s);
	struct rec **all;
	is_int(view_all(v, a, TYPE_VOLUNTEER, &all, &n, &e), OK, "all volunteers");
	is_int((intmax_t)n, 1, "one after reopening");
	is_str(store_person(s), "Anna", "the store remembers its coordinator");
	view_end(v);
	store_close(s);
	arena_free(a);
}

int main(void)
{
	test_first();
	return done_testing();
}
