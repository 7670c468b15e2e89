/* tests/t_problems.c - the rules asked of what is in a store: limits by its settings, one person on one shift, and the
 * list of problems of a week (roster/rules.h). Each rule by itself is t_rules.c's. */
#include "roster/rules.h"

#include "tests/rostertest.h"

static struct test_clock clk;
static struct err e;

static void set_limit(struct store *s, const char *name, const char *value)
{
	struct change *c;
	struct id id = id_setting(name);
	must(change_begin(s, ACT_SETTING, &c, &e), &e, "begin");
	change_make(c, TYPE_SETTING, id);
	must(change_set(c, TYPE_SETTING, id, F_SETTING_KEY, value_text(name), &e), &e, "key");
	must(change_set(c, TYPE_SETTING, id, F_SETTING_VALUE, value_text(value), &e), &e, "value");
	must(change_commit(c, NULL, &e), &e, "commit");
}

static int rest_limit(struct store *s)
{
	struct view *v;
	int limits[LIMIT_COUNT];
	must(view_begin(s, &v, &e), &e, "view");
	must(rules_limits(v, limits, &e), &e, "limits");
	view_end(v);
	return limits[LIMIT_REST_HOURS];
}

static void test_limits(void)
{
	struct store *s = test_store("limits", &clk);
	is_int(rest_limit(s), 11, "rest as the table says");
	set_limit(s, "limit.rest_hours", "9");
	is_int(rest_limit(s), 9, "rest as the setting says");
	set_limit(s, "limit.rest_hours", "none");
	is_int(rest_limit(s), 11, "a setting that is no number changes nothing");
	is_str(limits_builtin(LIMIT_REST_HOURS)->name, "rest_hours", "a limit has its name");
	store_close(s);
}

static void test_check(void)
{
	struct store *s = test_store("check", &clk);
	struct id hall = test_unit(s, "Forhal"), guide = test_role(s, "Guide"), vigil = test_role(s, "Vågevagt");
	struct id anna =
		test_person(s, &(struct test_person){.given = "Anna", .roles = {guide}, .wishes = "ikke aften"});
	struct id first = test_shift(s, hall, guide, test_at("2025-12-03", 15, 0), test_at("2025-12-03", 18, 0), 1);
	struct id second = test_shift(s, hall, vigil, test_at("2025-12-03", 17, 0), test_at("2025-12-03", 20, 0), 1);
	test_assign(s, first, anna, ASSIGNMENT_ACCEPTED);
	struct peek l = look_begin(s);
	static const char *const wanted[] = {"confidentiality", "overlap", "role", "wishes"};
	struct shift shift;
	struct verdict *v;
	size_t n;
	must(roster_shift(l.v, l.b, l.a, second, &shift, &e), &e, "shift");
	is_int(rules_check(l.v, l.b, l.a, &shift, test_find(&l, anna), &v, &n, &e), OK, "the rules are asked");
	is_int((intmax_t)n, 4, "four are broken");
	for (size_t i = 0; i < n && i < 4; i++)
		is_str(v[i].rule->id, wanted[i], "worst first: %zu", i);
	ok(n > 1 && id_equal(v[1].about, first), "the overlap leads to the other shift");
	must(roster_shift(l.v, l.b, l.a, first, &shift, &e), &e, "shift");
	must(rules_check(l.v, l.b, l.a, &shift, test_find(&l, anna), &v, &n, &e), &e, "check");
	is_int((intmax_t)n, 2, "on the shift that she is on, the shift itself is no overlap");
	look_end(&l);
	store_close(s);
}

/* "rule person shift-hour" of each problem. */
static const char *list_problems(struct peek *l, const char *from, const char *to, bool hints)
{
	struct problem *p;
	size_t n;
	char *text = arena_strdup(l->a, "");
	must(rules_problems(l->v, l->b, l->a, NULL, test_day(from), test_day(to), hints, &p, &n, &e), &e, "problems");
	for (size_t i = 0; i < n; i++)
		text = arena_printf(l->a, "%s%s%s %s %d%s%s", text, i ? ", " : "", p[i].v.rule->id,
				    p[i].person ? p[i].person->given : "-", cmin_minute(p[i].shift->row.start) / 60,
				    *p[i].override ? " because " : "", p[i].override);
	return text;
}

static void test_problems(void)
{
	struct store *s = test_store("problems", &clk);
	const civil_date signed_on = test_day("2020-01-01");
	struct id hall = test_unit(s, "Forhal"), guide = test_role(s, "Guide");
	struct id anna =
		test_person(s, &(struct test_person){.given = "Anna", .roles = {guide}, .confidentiality = signed_on});
	struct id bo = test_person(
		s, &(struct test_person){
			   .given = "Bo", .roles = {guide}, .confidentiality = signed_on, .wishes = "ikke onsdag"});
	struct id one = test_shift(s, hall, guide, test_at("2025-12-03", 8, 0), test_at("2025-12-03", 11, 0), 1);
	struct id two = test_shift(s, hall, guide, test_at("2025-12-03", 10, 0), test_at("2025-12-03", 13, 0), 1);
	struct id late = test_shift(s, hall, guide, test_at("2025-12-03", 20, 0), test_at("2025-12-03", 24, 0), 1);
	struct peek l = look_begin(s);
	is_str(list_problems(&l, "2025-12-01", "2025-12-08", true), "", "none");
	look_end(&l);
	test_assign(s, one, anna, ASSIGNMENT_ACCEPTED);
	struct id place = test_assign(s, two, anna, ASSIGNMENT_ACCEPTED);
	l = look_begin(s);
	is_str(list_problems(&l, "2025-12-01", "2025-12-08", true), "overlap Anna 10",
	       "between two shifts, said at the later");
	look_end(&l);
	test_set(s, TYPE_ASSIGNMENT, place, F_ASSIGNMENT_OVERRIDE, value_text("same room"));
	test_assign(s, one, bo, ASSIGNMENT_ACCEPTED);
	test_assign(s, late, bo, ASSIGNMENT_OFFERED);
	test_set(s, TYPE_SHIFT, late, F_SHIFT_STATE, value_int(SHIFT_CANCELLED));
	l = look_begin(s);
	is_str(list_problems(&l, "2025-12-01", "2025-12-08", false), "overfull - 8, overlap Anna 10 because same room",
	       "a shift too full, and an override");
	is_str(list_problems(&l, "2025-12-01", "2025-12-08", true),
	       "overfull - 8, wishes Bo 8, overlap Anna 10 because same room", "with hints");
	is_str(list_problems(&l, "2025-12-04", "2025-12-08", true), "", "in another week");
	look_end(&l);
	test_set(s, TYPE_ASSIGNMENT, id_assignment(late, bo), F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_ACCEPTED));
	l = look_begin(s);
	is_str(list_problems(&l, "2025-12-01", "2025-12-08", false),
	       "overfull - 8, overlap Anna 10 because same room, called-off - 20",
	       "somebody on a shift that is called off");
	look_end(&l);
	test_set(s, TYPE_VOLUNTEER, bo, F_VOLUNTEER_CONFIDENTIALITY, value_none());
	l = look_begin(s);
	is_str(list_problems(&l, "2025-12-03", "2025-12-04", false),
	       "overfull - 8, confidentiality Bo 8, overlap Anna 10 because same room, called-off - 20", "and a stop");
	look_end(&l);
	store_close(s);
}

/* A day that is too long and a night that is too short are two problems, though they meet at one shift. */
static void test_long_day_and_short_night(void)
{
	struct store *s = test_store("long", &clk);
	struct id hall = test_unit(s, "Forhal"), guide = test_role(s, "Guide");
	struct id anna = test_person(
		s, &(struct test_person){.given = "Anna", .roles = {guide}, .confidentiality = test_day("2020-01-01")});
	static const int hours[][2] = {{8, 11}, {13, 16}, {18, 23}, {24 + 7, 24 + 10}};
	for (size_t i = 0; i < sizeof hours / sizeof *hours; i++)
		test_assign(s,
			    test_shift(s, hall, guide, test_at("2025-12-03", hours[i][0], 0),
				       test_at("2025-12-03", hours[i][1], 0), 1),
			    anna, ASSIGNMENT_ACCEPTED);
	struct peek l = look_begin(s);
	is_str(list_problems(&l, "2025-12-01", "2025-12-08", false), "rest Anna 18, rest Anna 7",
	       "the long day at its last shift, the short night at the next");
	is_str(list_problems(&l, "2025-12-03", "2025-12-04", false), "rest Anna 18", "the day alone");
	is_str(list_problems(&l, "2025-12-04", "2025-12-05", false), "rest Anna 7", "the next day alone");
	look_end(&l);
	store_close(s);
}

int main(void)
{
	test_limits();
	test_check();
	test_problems();
	test_long_day_and_short_night();
	return done_testing();
}
