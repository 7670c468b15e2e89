/* tests/t_publish.c - drafts of a period made to hold: which, what stays a draft and why, and who must be told
 * (roster/publish.h). */
#include "roster/publish.h"

#include <string.h>

#include "tests/rostertest.h"

static struct test_clock clk = {1764576000};       /* 2025-12-01 08:00 UTC */
static struct err e;
static struct change_result result;

static struct id draft(struct store *s, struct id unit, struct id role, const char *day, int hour)
{
	struct id id = test_shift(s, unit, role, test_at(day, hour, 0), test_at(day, hour + 3, 0), 2);
	test_set(s, TYPE_SHIFT, id, F_SHIFT_STATE, value_int(SHIFT_DRAFT));
	return id;
}

static int state_of(struct store *s, struct id shift)
{
	struct peek l = look_begin(s);
	struct shift out;
	must(roster_shift(l.v, l.b, l.a, shift, &out, &e), &e, "shift");
	look_end(&l);
	return out.row.state;
}

int main(void)
{
	struct store *s = test_store("publish", &clk);
	struct arena *a = arena_new();
	struct id hall = test_unit(s, "Forhal"), ward = test_unit(s, "Afsnit"), role = test_role(s, "Guide");
	struct id anna = test_person(s, &(struct test_person){.given = "Anna", .phone = "20838797", .confidentiality = test_day("2025-01-01"), .roles = {role}});
	struct id bo = test_person(s, &(struct test_person){.given = "Bo", .roles = {role}});
	struct id begun = draft(s, hall, role, "2025-12-01", 7), good = draft(s, hall, role, "2025-12-03", 8);
	struct id stopped = draft(s, hall, role, "2025-12-04", 8), empty = draft(s, ward, role, "2025-12-05", 8);
	struct id off = draft(s, hall, role, "2025-12-06", 8), later = draft(s, hall, role, "2026-01-06", 8);
	test_set(s, TYPE_SHIFT, off, F_SHIFT_STATE, value_int(SHIFT_CANCELLED));
	test_assign(s, good, anna, ASSIGNMENT_ACCEPTED);
	test_assign(s, stopped, bo, ASSIGNMENT_ACCEPTED);
	test_assign(s, stopped, anna, ASSIGNMENT_DECLINED);
	const struct publish_period december = {NULL, test_day("2025-12-01"), test_day("2026-01-01")}, of_ward = {&ward, december.from, december.to};
	struct published p;
	is_int(publish_do(s, a, &of_ward, &p, &result, &e), OK, "one place alone");
	ok(p.n == 1 && state_of(s, empty) == SHIFT_PUBLISHED && state_of(s, good) == SHIFT_DRAFT, "the others are drafts still");
	is_int(publish_do(s, a, &december, &p, &result, &e), OK, "a month");
	ok(p.n == 1 && state_of(s, good) == SHIFT_PUBLISHED, "a draft is one no more");
	ok(p.ntold == 1 && id_equal(p.told[0].volunteer, anna) && p.told[0].shifts == 1 && p.told[0].first == test_at("2025-12-03", 8, 0),
	   "who is on it must be told, of the first");
	is_str(p.told[0].phone, "20838797", "with the phone");
	is_int((intmax_t)p.nleft, 2, "two are left out");
	ok(id_equal(p.left[0].shift, begun) && strstr(p.left[0].why, "begun"), "one that has begun");
	ok(id_equal(p.left[1].shift, stopped) && strstr(p.left[1].why, "Bo") && strstr(p.left[1].why, "onfidentiality"), "and one that somebody may not be on");
	ok(state_of(s, off) == SHIFT_CANCELLED && state_of(s, later) == SHIFT_DRAFT, "what is called off stays so, and the next month a draft");
	is_int(publish_do(s, a, &december, &p, &result, &e), OK, "again");
	ok(p.n == 0 && result.dot.no == 0, "nothing is left to do");
	arena_free(a);
	store_close(s);
	return done_testing();
}
