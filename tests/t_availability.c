/* tests/t_availability.c - when somebody can come: what a pattern says of a shift, what the rules and the list of
 * candidates make of it, and how it is kept (roster/availability.h). */
#include "roster/availability.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "tests/rostertest.h"

static struct test_clock clk = {1764576000};       /* 2025-12-01 08:00 UTC */
static struct err e;
static struct change_result result;

/* The shift is on Wednesday 3 December 2025, in week 49, from 8 to 11. */
static const struct {
	struct avail w[2];
	enum available is;
	const char *why;
} cases[] = {
	{{{.kind = 0}}, AVAILABLE_UNSAID, "nothing is said"},
	{{{.kind = 1, .days = 4, .start = -1, .end = -1}}, AVAILABLE_CAN, "Wednesdays"},
	{{{.kind = 1, .days = 4, .start = 480, .end = 660}}, AVAILABLE_CAN, "just those hours"},
	{{{.kind = 1, .days = 4, .start = 540, .end = 720}}, AVAILABLE_OUTSIDE, "not all of it"},
	{{{.kind = 1, .days = 1, .start = -1, .end = -1}}, AVAILABLE_OUTSIDE, "another day"},
	{{{.kind = 1, .days = 1, .start = -1, .end = -1}, {.kind = 1, .days = 4, .start = -1, .end = -1}}, AVAILABLE_CAN, "one of two"},
	{{{.kind = 1, .days = 4, .every = 2, .start = -1, .end = -1}}, AVAILABLE_OUTSIDE, "even weeks"},
	{{{.kind = 1, .days = 4, .every = 3, .start = -1, .end = -1}}, AVAILABLE_CAN, "odd weeks"},
	{{{.kind = 2, .days = 4, .start = -1, .end = -1}}, AVAILABLE_CANNOT, "not Wednesdays"},
	{{{.kind = 2, .days = 4, .start = 600, .end = 900}}, AVAILABLE_CANNOT, "a part of it"},
	{{{.kind = 2, .days = 4, .start = 660, .end = 900}}, AVAILABLE_UNSAID, "only afterwards"},
	{{{.kind = 2, .days = 2, .start = 1320, .end = 540}}, AVAILABLE_CANNOT, "the night before, until nine"},
	{{{.kind = 1, .days = 4, .start = -1, .end = -1}, {.kind = 2, .days = 4, .start = 480, .end = 540}}, AVAILABLE_CANNOT, "a no before a yes"},
	{{{.kind = 4, .days = 4, .start = -1, .end = -1}}, AVAILABLE_IF_NEEDED, "if needed"},
	{{{.kind = 4, .days = 1, .start = -1, .end = -1}}, AVAILABLE_UNSAID, "if needed on another day says nothing of this"},
	{{{.kind = 1, .days = 1, .start = -1, .end = -1}, {.kind = 4, .days = 4, .start = -1, .end = -1}}, AVAILABLE_IF_NEEDED, "outside, but if needed"},
	{{{.kind = 3, .from = 20425, .until = 20425, .start = -1, .end = -1}}, AVAILABLE_AWAY, "away on that day"},
	{{{.kind = 3, .from = 20426, .until = 20450, .start = -1, .end = -1}}, AVAILABLE_UNSAID, "away from the next"},
	{{{.kind = 3, .from = 20400, .until = DATE_NONE, .start = -1, .end = -1}}, AVAILABLE_AWAY, "away, not known until when"},
	{{{.kind = 1, .days = 1, .from = 20426, .until = DATE_NONE, .start = -1, .end = -1}}, AVAILABLE_UNSAID, "a pattern that begins later"},
};

static void test_pattern(void)
{
	civil_min start = test_at("2025-12-03", 8, 0), end = test_at("2025-12-03", 11, 0);
	is_int(test_day("2025-12-03"), 20425, "the day");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct avail w[2] = {cases[i].w[0], cases[i].w[1]};
		const struct avail *why;
		size_t n = w[1].kind ? 2 : w[0].kind ? 1 : 0;
		for (size_t k = 0; k < n; k++)
			if (w[k].from == 0)
				w[k].from = w[k].until = DATE_NONE;
		is_int(available_on(w, n, start, end, &why), cases[i].is, "%s", cases[i].why);
		ok((why != NULL) == (cases[i].is != AVAILABLE_UNSAID), "and which row says so");
	}
}

static void test_words(struct arena *a)
{
	struct avail w = {.kind = AVAILABILITY_CAN, .days = 5, .start = 480, .end = 720, .every = WEEKS_EVEN, .from = DATE_NONE, .until = DATE_NONE};
	is_str(available_words(a, &w), "can Mon Wed 08:00–12:00, even weeks", "said in words");
	w = (struct avail){.kind = AVAILABILITY_AWAY, .start = -1, .end = -1, .from = 20425, .until = 20435};
	is_str(available_words(a, &w), "away 3/12 2025–13/12 2025", "a period");
}

/* ---- in a store -------------------------------------------------------------------------------------------------- */

static struct id person(struct store *s, struct id role, const char *given)
{
	return test_person(s, &(struct test_person){.given = given, .confidentiality = test_day("2025-01-01"), .roles = {role}});
}

static struct id say(struct store *s, struct id who, int kind, int days)
{
	struct available_new how = {.kind = kind, .days = days, .start = -1, .end = -1, .from = DATE_NONE, .until = DATE_NONE};
	struct id made = ID_NONE;
	if (kind == AVAILABILITY_AWAY)
		how.from = how.until = test_day("2025-12-03");
	is_int(available_add(s, who, &how, &made, &result, &e), OK, "something is said of when");
	return made;
}

static void test_ranking(void)
{
	struct store *s = test_store("ranking", &clk);
	struct id hall = test_unit(s, "Forhal"), role = test_role(s, "Guide");
	struct id shift = test_shift(s, hall, role, test_at("2025-12-03", 8, 0), test_at("2025-12-03", 11, 0), 1);
	static const struct { const char *given; int kind, days; const char *rule; } people[] = {
		{"Can", AVAILABILITY_CAN, 4, NULL}, {"If needed", AVAILABILITY_IF_NEEDED, 4, "if-needed"}, {"Nothing said", 0, 0, NULL},
		{"Outside", AVAILABILITY_CAN, 1, "availability"}, {"Cannot", AVAILABILITY_CANNOT, 4, "availability"}, {"Away", AVAILABILITY_AWAY, 0, "away"},
	};
	enum { PEOPLE = sizeof people / sizeof *people };
	for (int i = PEOPLE - 1; i >= 0; i--) {
		struct id who = person(s, role, people[i].given);
		if (people[i].kind)
			say(s, who, people[i].kind, people[i].days);
	}
	struct peek l = look_begin(s);
	struct candidate *c;
	size_t n;
	must(rules_candidates(l.v, l.b, l.a, shift, "", 0, &c, &n, &e), &e, "candidates");
	is_int((intmax_t)n, PEOPLE, "nobody is hidden");
	for (size_t i = 0; i < n && i < PEOPLE; i++) {
		is_str(c[i].person->given, people[i].given, "in their order");
		is_str(c[i].nverdicts ? c[i].verdicts[0].rule->id : "", people[i].rule ? people[i].rule : "", "with what the rules say");
	}
	ok(c[0].worst == 0 && c[1].worst == RULE_HINT && c[4].worst == RULE_HINT && c[5].worst == RULE_WARN, "at their levels");
	ok(strstr(c[0].reasons, "can come then"), "and the reason");
	look_end(&l);
	store_close(s);
}

static void test_keeping(void)
{
	struct store *s = test_store("keeping", &clk);
	struct id anna = person(s, test_role(s, "Guide"), "Anna");
	struct id first = say(s, anna, AVAILABILITY_CAN, 4);
	struct available_new how = {.kind = AVAILABILITY_AWAY, .start = -1, .end = -1, .from = DATE_NONE, .until = DATE_NONE};
	is_int(available_add(s, anna, &how, NULL, &result, &e), ERR_DATA, "away needs days");
	how.kind = AVAILABILITY_CANNOT;
	is_int(available_add(s, anna, &how, NULL, &result, &e), ERR_DATA, "nor can one never come");
	how.from = 20430;
	how.until = 20420;
	is_int(available_add(s, anna, &how, NULL, &result, &e), ERR_DATA, "nor end before it begins");
	how.until = 20440;
	how.note = "0101801234";
	is_int(available_set(s, anna, first, &how, &result, &e), ERR_DATA, "nor is a CPR number kept");
	how.note = "Rejse";
	is_int(available_set(s, anna, first, &how, &result, &e), OK, "one is changed");
	struct peek l = look_begin(s);
	size_t n;
	const struct avail *w = frames_avail(&l.b->frames, anna, &n);
	ok(n == 1 && w->kind == AVAILABILITY_CANNOT && w->days == 0 && w->until == 20440, "as it is now");
	look_end(&l);
	is_int(available_remove(s, first, &result, &e), OK, "and removed");
	is_int(available_remove(s, first, &result, &e), ERR_NOTFOUND, "once");
	l = look_begin(s);
	frames_avail(&l.b->frames, anna, &n);
	is_int((intmax_t)n, 0, "then nothing is said");
	look_end(&l);
	store_close(s);
}

int main(void)
{
	struct arena *a = arena_new();
	lang_init("en", getenv("top_builddir"));
	test_pattern();
	test_words(a);
	test_ranking();
	test_keeping();
	arena_free(a);
	return done_testing();
}
