/* tests/t_care.c - care: talks that wait and that were held, jubilees to the day, who wasn't thanked for long, and how
 * shifts are shared, as counts. */
#include "roster/care.h"

#include <string.h>

#include "roster/act.h"
#include "tests/rostertest.h"

static struct err e;
static struct test_clock clk;

/* ---- jubilees ---------------------------------------------------------------------------------------------------- */

static const char *jubilees(struct peek *l, const char *from, const char *to, bool birthdays)
{
	size_t n;
	char day[16];
	const struct jubilee *all = care_jubilees(l->b, l->a, test_day(from), test_day(to), birthdays, &n);
	const char *text = "";
	for (size_t i = 0; i < n; i++)
		text = arena_printf(l->a, "%s%s%s %d%s %s", text, i ? ", " : "", all[i].person->given, all[i].years, all[i].birthday ? "b" : "",
			civil_format_date(day, sizeof day, all[i].day, CIVIL_ISO));
	return text;
}

static void test_jubilees(void)
{
	struct store *s = test_store("jubilees", &clk);
	bool on;
	test_person(s, &(struct test_person){.given = "Anna", .started = test_day("2020-12-03"), .born = test_day("1955-12-10")});
	test_person(s, &(struct test_person){.given = "Bo", .started = test_day("2016-02-29"), .born = test_day("1960-02-29")});
	test_person(s, &(struct test_person){.given = "Carl", .started = test_day("2021-12-03")});
	test_person(s, &(struct test_person){.given = "Dorte", .started = test_day("2015-12-03"), .status = VOLUNTEER_ENDED});
	test_person(s, &(struct test_person){.given = "Eva", .started = test_day("2015-12-03")});
	test_person(s, &(struct test_person){.given = "Fie"});
	struct peek l = look_begin(s);
	is_str(jubilees(&l, "2025-12-01", "2026-01-01", false), "Anna 5 2025-12-03, Eva 10 2025-12-03", "5, 10 … years, of those who are planned");
	is_str(jubilees(&l, "2025-12-03", "2025-12-04", false), "Anna 5 2025-12-03, Eva 10 2025-12-03", "on the day itself");
	is_str(jubilees(&l, "2025-12-04", "2026-02-28", false), "", "not a day later");
	is_str(jubilees(&l, "2026-02-01", "2026-04-01", false), "Bo 10 2026-03-01", "29 February has its day on 1 March");
	is_str(jubilees(&l, "2035-12-01", "2036-12-31", false), "Anna 15 2035-12-03, Eva 20 2035-12-03, Bo 20 2036-02-29, Carl 15 2036-12-03", "over the turn of a year");
	is_str(jubilees(&l, "2025-12-01", "2026-01-01", true), "Anna 5 2025-12-03, Eva 10 2025-12-03, Anna 70b 2025-12-10", "round birthdays, when they are asked for");
	must(care_birthdays(l.v, &on, &e), &e, "setting");
	ok(!on, "which nobody has, until somebody says so");
	look_end(&l);
	store_close(s);
}

/* ---- talks ------------------------------------------------------------------------------------------------------- */

static size_t waiting(struct store *s)
{
	struct peek l = look_begin(s);
	struct talk *all;
	size_t n;
	must(talk_list(l.v, l.b, l.a, &all, &n, &e), &e, "list");
	look_end(&l);
	return n;
}

static bool on_today(struct store *s, struct id talk)
{
	struct peek l = look_begin(s);
	struct today t;
	bool found = false;
	must(roster_today(l.v, l.b, l.a, store_now_civil(s), &t, &e), &e, "today");
	for (size_t i = 0; i < t.ndue; i++)
		found = found || id_equal(t.due[i].id, talk);
	look_end(&l);
	return found;
}

static void test_talks(void)
{
	struct store *s = test_store("talks", &clk);
	struct id who[2] = {test_volunteer(s, "Anna", "Holm"), test_volunteer(s, "Bo", "Eg")};
	struct talk_new how = {.volunteer = who, .n = 2, .kind = TALK_CARE, .due = test_day("2025-11-20"), .held = DATE_NONE, .note = "Ringes op"};
	struct change_result r;
	struct talk *all;
	size_t n;
	must(talk_add(s, &how, &r, &e), &e, "add");
	is_int((intmax_t)r.records, 2, "two talks in one change");
	is_int((intmax_t)waiting(s), 2, "both wait");
	struct peek l = look_begin(s);
	must(talk_of(l.v, l.b, l.a, who[0], &all, &n, &e), &e, "of");
	ok(n == 1 && all[0].kind == TALK_CARE && strcmp(all[0].note, "Ringes op") == 0, "one stands on each card");
	struct id talk = all[0].id;
	look_end(&l);
	ok(on_today(s, talk), "on the home screen it waits until it is held, though its day is over");
	is_int(talk_held(s, &talk, 1, test_day("2025-12-02"), NULL, &r, &e), ERR_DATA, "it can't be held on a day that lies ahead");
	must(talk_held(s, &talk, 1, test_day("2025-12-01"), "Kirsten", &r, &e), &e, "held");
	ok(!on_today(s, talk) && waiting(s) == 1, "held, it waits no more");
	how = (struct talk_new){.volunteer = who, .n = 1, .kind = TALK_CARE, .due = DATE_NONE, .held = DATE_NONE, .note = "010203-1234"};
	is_int(talk_add(s, &how, &r, &e), ERR_DATA, "a number that may be somebody's isn't taken as a note");
	test_set(s, TYPE_VOLUNTEER, who[1], F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ENDED));
	is_int((intmax_t)waiting(s), 0, "nor is whoever has ended waited for");
	store_close(s);
}

/* ---- thanks, and shares ------------------------------------------------------------------------------------------ */

static const char *unthanked(struct store *s, struct arena *a)
{
	struct peek l = look_begin(s);
	struct unthanked *all;
	size_t n;
	const char *text = "";
	must(care_unthanked(l.v, l.b, l.a, test_day("2025-12-01"), &all, &n, &e), &e, "unthanked");
	for (size_t i = 0; i < n; i++)
		text = arena_printf(a, "%s%s%s", text, i ? " " : "", all[i].person->given);
	look_end(&l);
	return text;
}

static void come(struct store *s, struct id who, const char *day, int times)
{
	static struct id unit, role;
	if (id_is_none(unit)) {
		unit = test_unit(s, "Forhal");
		role = test_role(s, "Guide");
	}
	for (int i = 0; i < times; i++)
		test_assign(s, test_shift(s, unit, role, test_at(day, 8 + i, 0), test_at(day, 9 + i, 0), 1), who, ASSIGNMENT_ACCEPTED);
}

static void test_thanks(void)
{
	struct store *s = test_store("thanks", &clk);
	struct arena *a = arena_new();
	struct id anna = test_person(s, &(struct test_person){.given = "Anna", .started = test_day("2019-01-01")});
	struct id bo = test_person(s, &(struct test_person){.given = "Bo", .started = test_day("2018-01-01")});
	struct id carl = test_person(s, &(struct test_person){.given = "Carl", .started = test_day("2025-06-01")});
	struct id dorte = test_person(s, &(struct test_person){.given = "Dorte", .started = test_day("2015-01-01")});
	come(s, anna, "2025-11-03", 8);
	come(s, bo, "2025-11-03", 1);
	come(s, carl, "2025-11-03", 1);
	come(s, dorte, "2023-11-03", 1);
	is_str(unthanked(s, a), "Bo Anna", "who comes, and wasn't thanked since long ago; how much they came doesn't matter");
	const struct talk_new how = {.volunteer = &bo, .n = 1, .kind = TALK_THANKS, .due = DATE_NONE, .held = test_day("2024-10-01")};
	must(talk_add(s, &how, NULL, &e), &e, "thank");
	is_str(unthanked(s, a), "Anna Bo", "a year later it is time again, after those who never were");
	const struct talk_new now = {.volunteer = &anna, .n = 1, .kind = TALK_THANKS, .due = DATE_NONE, .held = DATE_NONE};
	must(talk_add(s, &now, NULL, &e), &e, "thank");
	is_str(unthanked(s, a), "Bo", "thanks are said when they are noted");
	struct share shares[CARE_SHARES];
	struct peek l = look_begin(s);
	must(care_shares(l.v, l.b, test_day("2025-11-01"), test_day("2025-12-01"), shares, &e), &e, "shares");
	ok(shares[0].people == 1 && shares[1].people == 2 && shares[2].people == 0 && shares[3].people == 1 && shares[4].people == 0,
		"shares are counts of people, each once");
	look_end(&l);
	arena_free(a);
	store_close(s);
}

int main(void)
{
	clk.t = INT64_C(1764576000);
	test_jubilees();
	test_talks();
	test_thanks();
	return done_testing();
}
