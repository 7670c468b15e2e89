/* tests/t_filling.c - filling a period: who may be proposed, cover before warnings before wishes, one group, and words
 * for what stays open. */
#include "roster/filling.h"

#include <string.h>

#include "base/lang.h"
#include "store/change.h"
#include "tests/rostertest.h"
#include "tests/tap.h"

static struct test_clock tick = {1764576000};      /* 2025-12-01 09:00 */
static struct store *s;
static struct peek look;
static struct filling *f;
static const struct filled *r;
static struct id hall, guide, other;
static struct err e;

static struct id somebody(const char *given, struct test_person more)
{
	more.given = given;
	more.family = "Prøve";
	more.born = test_day("1955-05-05");
	more.started = test_day("2020-01-01");
	more.confidentiality = more.confidentiality ? more.confidentiality : test_day("2020-01-01");
	more.roles[0] = guide;
	return test_person(s, &more);
}

static struct id shift(const char *day, int from, int to, int need)
{
	return test_shift(s, hall, guide, test_at(day, from, 0), test_at(day, to, 0), need);
}

static void begin(const char *name)
{
	s = test_store(name, &tick);
	hall = test_unit(s, "Forhal");
	guide = test_role(s, "Guide");
	other = test_role(s, "Vågevagt");
}

static void fill(const char *from, const char *to)
{
	const struct filling_how how = {.from = test_day(from), .to = test_day(to)};
	look = look_begin(s);
	must(filling_read(look.v, look.b, look.a, &how, &f, &e), &e, "read");
	filling_work(f, FILL_NORMAL_EFFORT, NULL, NULL);
	r = filling_result(f);
}

/* What was read stays, as on a screen: only nobody may read while it is written. */
static void stop_reading(void)
{
	view_end(look.v);
	look.v = NULL;
}

static void end(void)
{
	look_end(&look);
	store_close(s);
}

static bool proposed(struct id who, struct id where)
{
	for (size_t i = 0; i < r->n; i++)
		if (id_equal(r->proposals[i].person->id, who) && id_equal(r->proposals[i].shift->row.shift, where))
			return true;
	return false;
}

static const char *why_open(struct id where)
{
	for (size_t i = 0; i < r->nopen; i++)
		if (id_equal(r->open[i].shift->row.shift, where))
			return r->open[i].why;
	return "";
}

static bool says(const char *text, const char *part)
{
	bool does = strstr(text, part) != NULL;
	if (!does)
		diag("%s", text);
	return does;
}

static void test_cover(void)
{
	begin("cover");
	struct id anna = somebody("Anna", (struct test_person){0}), bo = somebody("Bo", (struct test_person){0});
	struct id monday = shift("2025-12-08", 8, 11, 1), tuesday = shift("2025-12-09", 8, 11, 1);
	struct id past = shift("2025-12-01", 8, 11, 1);
	test_assign(s, monday, bo, ASSIGNMENT_DECLINED);
	fill("2025-12-01", "2025-12-15");
	ok(proposed(anna, monday), "who said no isn't proposed again: the other one is");
	ok(proposed(bo, tuesday), "and shares are fair: the one with nothing takes the other shift");
	is_int(r->places, 2, "what has begun is left alone");
	ok(!proposed(anna, past) && !proposed(bo, past), "nobody is proposed for it");
	is_int(r->open_places, 0, "all is filled");
	is_int(r->open_least, 0, "and proven");
	ok(says(r->proof, "2 of 2"), "the sentence says so");
	end();
}

static void test_stops(void)
{
	begin("stops");
	struct id late = somebody("Clara", (struct test_person){.confidentiality = test_day("2025-12-20")});
	struct id away = somebody("Dan", (struct test_person){.status = VOLUNTEER_ENDED});
	struct id place = shift("2025-12-08", 8, 11, 2);
	fill("2025-12-08", "2025-12-09");
	is_int((intmax_t)r->n, 0, "whom a stop bars isn't proposed, nor who has ended");
	is_int(r->open_least, 2, "and it is proven that nobody can");
	ok(says(why_open(place), "Clara"), "why: by name");
	ok(says(why_open(place), "onfidentiality") || says(why_open(place), "signed"), "and by the rule that bars");
	ok(says(filling_why_not(f, look.a, place, late), "onfidentiality"), "asked for, the rule is told");
	ok(says(filling_why_not(f, look.a, place, away), "active"), "and of one who has ended, that");
	end();
}

static void test_warnings(void)
{
	begin("warnings");
	struct id paused = somebody("Eva", (struct test_person){.status = VOLUNTEER_PAUSE, .pause_until = test_day("2026-01-01")});
	struct id free = somebody("Finn", (struct test_person){0});
	struct id one = shift("2025-12-08", 8, 11, 1), both = shift("2025-12-10", 8, 11, 2);
	struct change_result done;
	bool needs = false;
	fill("2025-12-08", "2025-12-12");
	ok(proposed(free, one) && !proposed(paused, one), "a warning is avoided where somebody else can");
	ok(proposed(paused, both), "and taken before a place stays open");
	for (size_t i = 0; i < r->n; i++)
		ok(r->proposals[i].warned == id_equal(r->proposals[i].person->id, paused), "who needs a reason is marked");
	stop_reading();
	is_int(filling_take(s, f, NULL, ASSIGNMENT_ACCEPTED, NULL, &needs, &done, &e), ERR_REFUSED, "without a reason it isn't taken");
	ok(needs, "and the reason is asked for");
	end();
}

static void test_limits(void)
{
	begin("limits");
	struct id few = somebody("Gerd", (struct test_person){.max_per_month = 1});
	struct id a = shift("2025-12-08", 8, 11, 1), b = shift("2025-12-10", 8, 11, 1);
	fill("2025-12-08", "2025-12-12");
	is_int((intmax_t)r->n, 1, "nobody gets more than they wish at most");
	is_int(r->open_least, 1, "which is proven");
	ok(says(why_open(a), "Gerd") || says(why_open(b), "Gerd"), "and told by name");
	ok(says(filling_why_not(f, look.a, proposed(few, a) ? b : a, few), "stay open") ||
	   says(filling_why_not(f, look.a, proposed(few, a) ? b : a, few), "just as good"), "the other one would only leave this one open");
	end();
}

/* A line names a few; who wants to add it up by hand sees everybody. */
static void test_whole_reasons(void)
{
	static const char *const names[] = {"Anna", "Bodil", "Carl", "Ditte", "Erik", "Frida", "Gerd", "Hans"};
	enum { N = sizeof names / sizeof *names };
	begin("whole");
	for (int i = 0; i < N; i++)
		somebody(names[i], (struct test_person){.max_per_month = 1});
	struct id day = shift("2025-12-08", 8, 11, N + 1), children = test_shift(s, hall, other, test_at("2025-12-08", 8, 0),
		test_at("2025-12-08", 11, 0), 1);
	fill("2025-12-08", "2025-12-12");
	ok(says(why_open(day), "Anna") && !says(why_open(day), "Hans") && says(why_open(day), "and 2 more"), "a few by name");
	for (int i = 0; i < N; i++)
		ok(says(filling_whole_why(f, day), names[i]), "in full: number %d", i + 1);
	ok(!says(filling_whole_why(f, day), "more"), "and nobody is left out");
	is_str(filling_whole_why(f, children), why_open(children), "where nobody is to be named both are the same");
	end();
}

/* Two in December and none in January would be as many in all. */
static void test_months(void)
{
	begin("months");
	struct id ida = somebody("Ida", (struct test_person){.max_per_month = 1});
	struct id early = shift("2025-12-03", 8, 11, 1), a = shift("2025-12-17", 8, 11, 1), b = shift("2025-12-22", 8, 11, 1);
	struct id next = shift("2026-01-07", 8, 11, 1), last = shift("2026-01-28", 8, 11, 1);
	test_assign(s, last, ida, ASSIGNMENT_ACCEPTED);
	fill("2025-12-10", "2026-01-20");
	is_int((intmax_t)r->n, 1, "a wish for one a month is kept in each month");
	ok(proposed(ida, a) != proposed(ida, b) && !proposed(ida, next), "in the one that has none, not where one stands after the period");
	is_int(r->open_least, 2, "and no plan fills more");
	ok(says(why_open(proposed(ida, a) ? b : a), "wished"), "which is the reason told");
	test_assign(s, early, ida, ASSIGNMENT_ACCEPTED);
	look_end(&look);
	fill("2025-12-10", "2026-01-20");
	is_int((intmax_t)r->n, 0, "nor where one stands before it");
	end();
}

static void test_rhythm(void)
{
	begin("rhythm");
	struct id jens = somebody("Jens", (struct test_person){.frequency = FREQUENCY_FORTNIGHTLY});
	struct id had = shift("2025-12-05", 8, 11, 1), week[5];
	static const char *const days[] = {"2025-12-08", "2025-12-17", "2025-12-22", "2026-01-02", "2026-01-05"};
	for (int i = 0; i < 5; i++)
		week[i] = shift(days[i], 8, 11, 1);
	test_assign(s, had, jens, ASSIGNMENT_ACCEPTED);
	fill("2025-12-08", "2026-01-12");
	is_int((intmax_t)r->n, 2, "every second week is never two weeks that follow each other");
	ok(!proposed(jens, week[0]), "nor the week after one that stands before the period");
	ok(says(filling_why_not(f, look.a, week[0], jens), "From Mon 1/12 to Sun 14/12 at most 1 shift is right, and 1 stands"), "why: in days");
	for (int i = 0; i + 1 < 5; i++)
		ok(!proposed(jens, week[i]) || !proposed(jens, week[i + 1]), "week %d and the next", i);
	is_int(r->open_least, 3, "and no plan fills more");
	end();
}

static void test_rest(void)
{
	begin("rest");
	struct id hans = somebody("Hans", (struct test_person){0});
	struct id evening = shift("2025-12-08", 20, 23, 1), morning = shift("2025-12-09", 8, 11, 1);
	test_assign(s, evening, hans, ASSIGNMENT_ACCEPTED);
	fill("2025-12-08", "2025-12-12");
	ok(!proposed(hans, morning), "too short a rest to what stands bars");
	ok(says(why_open(morning), "Hans") && says(why_open(morning), "rest"), "and is the reason that is told");
	end();
}

static int filled_of(struct id which)
{
	struct peek l = look_begin(s);
	struct shift now;
	must(roster_shift(l.v, l.b, l.a, which, &now, &e), &e, "shift");
	int filled = now.row.filled;
	look_end(&l);
	return filled;
}

static void test_take(void)
{
	begin("take");
	struct id ida = somebody("Ida", (struct test_person){0});
	struct id one = shift("2025-12-08", 8, 11, 1), two = shift("2025-12-15", 8, 11, 1);
	struct change_result done;
	struct shift now;
	bool first_only[2] = {true, false};
	fill("2025-12-08", "2025-12-22");
	is_int((intmax_t)r->n, 2, "two are proposed");
	stop_reading();
	must(filling_take(s, f, first_only, ASSIGNMENT_ACCEPTED, NULL, NULL, &done, &e), &e, "take");
	is_int(filled_of(one), 1, "the chosen one is on the shift");
	is_int(filled_of(two), 0, "the other isn't");
	is_int(filling_take(s, f, NULL, ASSIGNMENT_ACCEPTED, NULL, NULL, &done, &e), ERR_CONFLICT, "a roster that has changed is read again first");
	look_end(&look);
	fill("2025-12-08", "2025-12-22");
	stop_reading();
	must(filling_take(s, f, NULL, ASSIGNMENT_OFFERED, NULL, NULL, &done, &e), &e, "offer");
	look_end(&look);
	look = look_begin(s);
	must(roster_shift(look.v, look.b, look.a, two, &now, &e), &e, "shift");
	is_int(now.row.filled, 0, "an offer is no cover");
	is_int(now.seats[0].state, ASSIGNMENT_OFFERED, "it is an offer");
	ok(id_equal(now.seats[0].volunteer, ida), "to her");
	stop_reading();
	must(change_undo(s, done.dot, &done, &e), &e, "undo");
	look_end(&look);
	look = look_begin(s);
	must(roster_shift(look.v, look.b, look.a, two, &now, &e), &e, "shift");
	is_int((intmax_t)now.nseats, 0, "one undo takes it back");
	end();
}

static void test_nothing(void)
{
	begin("nothing");
	fill("2025-12-08", "2025-12-22");
	is_int((intmax_t)r->n, 0, "an empty period has no proposals");
	ok(says(r->proof, "No place"), "and says so");
	end();
}

int main(void)
{
	lang_init("en", ".");
	test_cover();
	test_stops();
	test_warnings();
	test_limits();
	test_whole_reasons();
	test_months();
	test_rhythm();
	test_rest();
	test_take();
	test_nothing();
	return done_testing();
}
