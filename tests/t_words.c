/* tests/t_words.c - times as lists say them, and moments that have been as they are typed. */
#include "tui/words.h"

#include "tests/tap.h"

enum { NINE = 9 * 60 };

static struct arena *a;
static civil_date today;

static civil_min at(int y, int m, int d, int hour, int minute)
{
	return cmin_at(civil_from_ymd(y, m, d), hour * 60 + minute);
}

static void test_saying(void)
{
	is_str(words_day(a, today, today), "today", "today");
	is_str(words_day(a, today - 1, today), "yesterday", "yesterday");
	is_str(words_day(a, today + 1, today), "tomorrow", "tomorrow");
	is_str(words_day(a, today + 2, today), "Wed 3/12", "a day near has its weekday");
	is_str(words_day(a, civil_from_ymd(2026, 1, 5), today), "Mon 5/1", "also over New Year");
	is_str(words_day(a, civil_from_ymd(2024, 12, 3), today), "3/12 2024", "one far off has its year");
	is_str(words_day(a, DATE_NONE, today), "", "none is nothing");
	is_str(words_moment(a, at(2025, 12, 1, 9, 5), today), "today 09:05", "a moment");
	is_str(words_moment(a, CMIN_NONE, today), "", "no moment");
	is_str(words_span(a, at(2025, 12, 3, 20, 0), at(2025, 12, 4, 2, 0), today), "Wed 3/12 20:00–02:00", "a shift");
	is_str(words_hours(a, 180), "3 h", "whole hours");
	is_str(words_hours(a, 150), "2.5 h", "and a half");
	is_str(words_hours(a, 200), "3.3 h", "and a third");
	is_str(words_hours(a, 0), "0 h", "none");
}

static void test_reading(void)
{
	static const struct { const char *typed; int y, m, d, hour, minute; } good[] = {
		{"i går 9", 2025, 11, 30, 9, 0}, {"i går kl. 9.30", 2025, 11, 30, 9, 30}, {"tirsdag 14", 2025, 11, 25, 14, 0},
		{"på tirsdag kl 14", 2025, 11, 25, 14, 0}, {"mandag 8", 2025, 12, 1, 8, 0}, {"3/11 8", 2025, 11, 3, 8, 0},
		{"3/12 8", 2024, 12, 3, 8, 0}, {"8.15", 2025, 12, 1, 8, 15}, {"i går", 2025, 12, 1, 0, 0},
		{"2025-11-03T08:30", 2025, 11, 3, 8, 30}, {"i dag", 2025, 12, 1, 9, 0},
	};
	static const char *const bad[] = {"i morgen 9", "10", "32/11 8", "", "når som helst", "i går 25"};
	civil_min now = cmin_at(today, NINE), got;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct err e = {0};
		got = 0;
		int rc = words_read_past(good[i].typed, now, &got, &e);
		ok(rc == OK && got == at(good[i].y, good[i].m, good[i].d, good[i].hour, good[i].minute), "read '%s'", good[i].typed);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err e = {0};
		int rc = words_read_past(bad[i], now, &got, &e);
		ok(rc == ERR_DATA && *e.text, "refused '%s' with a sentence", bad[i]);
	}
}

int main(void)
{
	a = arena_new();
	today = civil_from_ymd(2025, 12, 1);
	test_saying();
	test_reading();
	arena_free(a);
	return done_testing();
}
