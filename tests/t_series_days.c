/* tests/t_series_days.c - which days a series falls on, its words, weekdays as typed, and the Danish holidays. */
#include "roster/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/weekdays.h"
#include "tests/rostertest.h"

static struct series weekly(const char *first, int every, int days)
{
	return (struct series){.first = test_day(first), .until = DATE_NONE, .every = every, .days = days, .start = 480, .end = 660, .need = 1};
}

/* The first days as "3/12 17/12 …". */
static char *days_of(struct arena *a, const struct series *s, const char *from, int n)
{
	struct buf b = {0};
	civil_date d = test_day(from) - 1;
	for (int i = 0; i < n && (d = series_next(NULL, s, d + 1)) != DATE_NONE; i++)
		buf_addf(&b, "%s%d/%d", i ? " " : "", civil_to_ymd(d).d, civil_to_ymd(d).m);
	char *text = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	return text;
}

static void test_rhythm(struct arena *a)
{
	struct series s = weekly("2025-12-03", SERIES_WEEK, 4);
	is_str(days_of(a, &s, "2025-11-01", 4), "3/12 10/12 17/12 24/12", "every Wednesday, from the first day on");
	s = weekly("2025-12-04", SERIES_SECOND_WEEK, 1 | 4 | 16);
	is_str(days_of(a, &s, "2025-12-01", 6), "5/12 15/12 17/12 19/12 29/12 31/12", "every second week is counted from the week of the first day");
	s = weekly("2025-12-07", SERIES_SECOND_WEEK, 1 | 64);
	is_str(days_of(a, &s, "2025-12-01", 4), "7/12 15/12 21/12 29/12", "a Sunday belongs to the week that it ends");
	s = weekly("2025-12-15", SERIES_FOURTH_WEEK, 1);
	is_str(days_of(a, &s, "2025-12-01", 4), "15/12 12/1 9/2 9/3", "every fourth Monday over the turn of the year");
	is_str(days_of(a, &s, "2026-01-13", 2), "9/2 9/3", "from a later day on");
	s.until = test_day("2026-02-08");
	is_str(days_of(a, &s, "2026-01-13", 2), "", "nothing after the last day");
	s = weekly("2025-01-01", SERIES_FIRST, 4);
	is_str(days_of(a, &s, "2025-12-01", 3), "3/12 7/1 4/2", "the first Wednesday of the month");
	s = weekly("2025-01-01", SERIES_LAST, 64);
	is_str(days_of(a, &s, "2025-12-01", 3), "28/12 25/1 22/2", "the last Sunday of the month");
	s = weekly("2025-01-01", SERIES_FOURTH, 4);
	is_str(days_of(a, &s, "2025-12-01", 3), "24/12 28/1 25/2", "the fourth Wednesday isn't the last one");
	s = weekly("2025-01-01", SERIES_THIRD, 1 | 2);
	is_str(days_of(a, &s, "2025-12-01", 4), "15/12 16/12 19/1 20/1", "the third Monday and the third Tuesday");
}

static void test_holidays(struct arena *a)
{
	static const struct { int year; const char *easter; } known[] = {
		{2000, "2000-04-23"}, {2008, "2008-03-23"}, {2011, "2011-04-24"}, {2024, "2024-03-31"}, {2025, "2025-04-20"}, {2026, "2026-04-05"},
		{2038, "2038-04-25"}, {2100, "2100-03-28"},
	};
	static const struct { const char *day, *name; } named[] = {
		{"2026-01-01", "New Year's Day"}, {"2026-04-02", "Maundy Thursday"}, {"2026-04-03", "Good Friday"}, {"2026-04-05", "Easter Sunday"},
		{"2026-04-06", "Easter Monday"}, {"2026-05-14", "Ascension Day"}, {"2026-05-24", "Whit Sunday"}, {"2026-05-25", "Whit Monday"},
		{"2026-12-25", "Christmas Day"}, {"2026-12-26", "Boxing Day"}, {"2023-05-05", "Great Prayer Day"},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		is_int(holiday_easter(known[i].year), test_day(known[i].easter), "Easter of %d", known[i].year);
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		is_str(holiday_name(test_day(named[i].day)), named[i].name, "%s is a holiday", named[i].day);
	ok(!holiday_name(test_day("2024-04-26")) && !holiday_name(test_day("2026-05-01")), "Great Prayer Day was abolished");
	ok(!holiday_name(test_day("2026-06-05")) && !holiday_name(test_day("2026-12-24")), "half holidays are none");
	int n = 0;
	for (civil_date d = test_day("2026-01-01"); d < test_day("2027-01-01"); d++)
		n += holiday_name(d) != NULL;
	is_int(n, 10, "ten of them in 2026");
	struct series s = weekly("2025-12-04", SERIES_WEEK, 8);
	is_str(days_of(a, &s, "2025-12-18", 3), "18/12 8/1 15/1", "no shift on Christmas Day and New Year's Day");
	s.holidays = true;
	is_str(days_of(a, &s, "2025-12-18", 3), "18/12 25/12 1/1", "but when it is wanted");
}

static void test_fixed(void)
{
	struct series s = weekly("2025-12-01", SERIES_WEEK, 1 | 4);
	struct fixed f = {.from = DATE_NONE, .until = DATE_NONE};
	ok(fixed_comes(&f, &s, test_day("2025-12-03")), "without a rhythm each time");
	f.days = 4;
	ok(!fixed_comes(&f, &s, test_day("2025-12-01")) && fixed_comes(&f, &s, test_day("2025-12-03")), "on some of the days");
	f.every = SERIES_SECOND_WEEK;
	ok(fixed_comes(&f, &s, test_day("2025-12-03")) && !fixed_comes(&f, &s, test_day("2025-12-10")), "every second week, counted as the series");
	f.from = test_day("2025-12-08");
	ok(!fixed_comes(&f, &s, test_day("2025-12-03")) && fixed_comes(&f, &s, test_day("2025-12-10")), "or from a day of one's own");
	f.until = test_day("2025-12-20");
	ok(!fixed_comes(&f, &s, test_day("2025-12-24")), "until a day");
}

static void test_words(struct arena *a, const char *lang)
{
	static const struct { int every, days; const char *da, *en; } words[] = {
		{SERIES_WEEK, 4, "hver onsdag 8–11", "every Wednesday 8–11"},
		{SERIES_SECOND_WEEK, 4, "hver anden onsdag 8–11", "every second Wednesday 8–11"},
		{SERIES_WEEK, 21, "hver uge man ons fre 8–11", "every week Mon Wed Fri 8–11"},
		{SERIES_FOURTH_WEEK, 31, "hver fjerde uge hverdage 8–11", "every fourth week weekdays 8–11"},
		{SERIES_WEEK, 127, "alle dage 8–11", "every day 8–11"},
		{SERIES_LAST, 64, "sidste søndag i måneden 8–11", "last Sunday of the month 8–11"},
	};
	bool is_danish = strcmp(_("every day"), "alle dage") == 0;
	if (strcmp(lang, "da") == 0 && !is_danish) {
		skip(1, "the Danish catalogue isn't built");
		return;
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct series s = weekly("2025-12-03", words[i].every, words[i].days);
		is_str(series_when(a, &s), is_danish ? words[i].da : words[i].en, "%s: words", lang);
	}
	struct series night = weekly("2025-12-03", SERIES_WEEK, 4);
	night.start = 1320;
	night.end = 360;
	is_int(series_end_of(&night, 20000) - series_start(&night, 20000), 480, "an end before the start is on the next day");
	ok(strstr(series_when(a, &night), "22–6") != NULL, "and is said so");
}

int main(void)
{
	struct arena *a = arena_new();
	lang_init("en", getenv("top_builddir"));
	test_rhythm(a);
	test_holidays(a);
	test_fixed();
	test_words(a, "en");
	lang_init("da", getenv("top_builddir"));
	test_words(a, "da");
	arena_free(a);
	return done_testing();
}
