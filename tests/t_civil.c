/* tests/t_civil.c - the calendar against itself walked day by day, against published facts, and real time against the
 * machine's zone files where it has them. */
#include "base/civil.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/lang.h"
#include "tests/tap.h"

#define ZONE_FILE "/usr/share/zoneinfo/Europe/Copenhagen"

static civil_date day(int y, int m, int d)
{
	return civil_from_ymd(y, m, d);
}

static civil_min at(int y, int m, int d, int hour, int minute)
{
	return cmin_at(day(y, m, d), hour * 60 + minute);
}

/* ---- days and weeks ---------------------------------------------------------------------- */

struct walk { int y, m, d, weekday, day_of_year; };

static bool leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static void walk_on(struct walk *w)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	w->weekday = w->weekday % 7 + 1;
	w->day_of_year++;
	if (++w->d <= days[w->m - 1] + (w->m == 2 && leap(w->y)))
		return;
	w->d = 1;
	if (++w->m <= 12)
		return;
	w->m = 1;
	w->day_of_year = 1;
	w->y++;
}

/* ISO 8601 by the other usual road: from the day of the year. */
static int week_of(const struct walk *w)
{
	return (w->day_of_year - w->weekday + 10) / 7;
}

static void test_every_day(void)
{
	struct walk w = {.y = 1900, .m = 1, .d = 1, .weekday = 1, .day_of_year = 1};
	int bad_ymd = 0, bad_date = 0, bad_weekday = 0, bad_week = 0, bad_back = 0, count = 0;

	for (civil_date d = day(1900, 1, 1); w.y < 2200; d++, count++, walk_on(&w)) {
		struct ymd got = civil_to_ymd(d);
		struct isoweek week = civil_to_week(d);
		int expected = week_of(&w);

		bad_ymd += got.y != w.y || got.m != w.m || got.d != w.d;
		bad_date += day(w.y, w.m, w.d) != d || !civil_valid(w.y, w.m, w.d) || !civil_in_range(d);
		bad_weekday += civil_weekday(d) != w.weekday || week.day != w.weekday;
		/* 0 is the last week of the year before; 53 may be the first of the next */
		if (expected >= 1 && expected <= 52)
			bad_week += week.week != expected || week.year != w.y;
		bad_back += civil_from_week(week.year, week.week, week.day) != d;
	}
	is_int(count, 109573, "three centuries have all their days");
	is_int(bad_ymd, 0, "every day has its year, month and day");
	is_int(bad_date, 0, "every year, month and day has its day");
	is_int(bad_weekday, 0, "every day has its weekday");
	is_int(bad_week, 0, "every day from week 1 to 52 is in it");
	is_int(bad_back, 0, "every day is found again from its week");
}

static void test_weeks(void)
{
	static const struct { int y, m, d, year, week, day; } cases[] = {
		{2024, 12, 30, 2025, 1, 1}, {2025, 1, 1, 2025, 1, 3}, {2025, 12, 3, 2025, 49, 3},
		{2025, 12, 28, 2025, 52, 7}, {2025, 12, 29, 2026, 1, 1}, {2026, 12, 31, 2026, 53, 4},
		{2027, 1, 3, 2026, 53, 7}, {2027, 1, 4, 2027, 1, 1}, {2021, 1, 3, 2020, 53, 7},
		{2000, 1, 1, 1999, 52, 6}, {2005, 1, 1, 2004, 53, 6}, {2008, 12, 29, 2009, 1, 1},
		{1900, 1, 1, 1900, 1, 1}, {2199, 12, 31, 2200, 1, 2},
	};
	static const int long_years[] = {2004, 2009, 2015, 2020, 2026, 2032, 2037, 2043, 2048};
	size_t next = 0;
	int bad = 0, in_400 = 0;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct isoweek got = civil_to_week(day(cases[i].y, cases[i].m, cases[i].d));

		ok(got.year == cases[i].year && got.week == cases[i].week && got.day == cases[i].day,
		   "%d-%02d-%02d is %d-W%02d-%d", cases[i].y, cases[i].m, cases[i].d, cases[i].year, cases[i].week,
		   cases[i].day);
	}
	for (int y = 2000; y <= 2050; y++) {
		bool is_long = next < sizeof long_years / sizeof *long_years && long_years[next] == y;

		next += is_long;
		bad += civil_weeks_in_year(y) != (is_long ? 53 : 52);
	}
	is_int(bad, 0, "the years 2000-2050 with 53 weeks are the known ones");
	for (int y = 1800; y < 2200; y++)
		in_400 += civil_weeks_in_year(y) == 53;
	is_int(in_400, 71, "71 of 400 years have 53 weeks");
	is_int(civil_from_week(2025, 1, 1), day(2024, 12, 30), "2025-W01 starts on 2024-12-30");
	is_int(civil_from_week(2025, 53, 1), DATE_NONE, "2025 has no week 53");
	is_int(civil_from_week(2026, 53, 7), day(2027, 1, 3), "2026-W53 ends on 2027-01-03");
	is_int(civil_from_week(2025, 0, 1), DATE_NONE, "there is no week 0");
	is_int(civil_from_week(2025, 1, 0), DATE_NONE, "a week has no day 0");
	is_int(civil_from_week(2025, 1, 8), DATE_NONE, "a week has no day 8");
	is_int(civil_from_week(1899, 52, 7), DATE_NONE, "1899 is too early");
	is_int(civil_from_week(2200, 1, 3), DATE_NONE, "2200-01-01 is too late");
}

static void test_valid(void)
{
	static const struct { int y, m, d; bool valid; } cases[] = {
		{2024, 2, 29, true}, {2025, 2, 29, false}, {2000, 2, 29, true}, {1900, 2, 29, false},
		{2100, 2, 29, false}, {2025, 4, 31, false}, {2025, 13, 1, false}, {2025, 0, 1, false},
		{2025, 1, 0, false}, {2025, 1, 32, false}, {1899, 12, 31, false}, {2200, 1, 1, false},
		{1900, 1, 1, true}, {2199, 12, 31, true}, {2025, -1, -1, false},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ok(civil_valid(cases[i].y, cases[i].m, cases[i].d) == cases[i].valid, "%d-%d-%d is %sa day", cases[i].y,
		   cases[i].m, cases[i].d, cases[i].valid ? "" : "not ");
	is_int(day(1970, 1, 1), 0, "days count from 1970");
	is_int(day(1969, 12, 31), -1, "days before 1970 are negative");
	ok(!civil_in_range(DATE_NONE) && !civil_in_range(INT64_MAX), "no date is no accepted day");
}

static void test_months_and_age(void)
{
	static const struct { int y, m, d, n, ty, tm, td; } months[] = {
		{2025, 1, 31, 1, 2025, 2, 28}, {2024, 1, 31, 1, 2024, 2, 29}, {2025, 12, 31, 2, 2026, 2, 28},
		{2025, 3, 31, -1, 2025, 2, 28}, {2025, 1, 15, -1, 2024, 12, 15}, {2025, 6, 15, 0, 2025, 6, 15},
		{2024, 2, 29, 12, 2025, 2, 28}, {2025, 1, 1, -25, 2022, 12, 1}, {2199, 12, 1, 1, 2199, 12, 31},
		{1900, 1, 5, -1, 1900, 1, 1}, {2025, 1, 1, 2147483647, 2199, 12, 31},
	};
	static const struct { int y, m, d, oy, om, od, age; } ages[] = {
		{2000, 6, 15, 2018, 6, 14, 17}, {2000, 6, 15, 2018, 6, 15, 18}, {2004, 2, 29, 2022, 2, 28, 17},
		{2004, 2, 29, 2022, 3, 1, 18}, {2004, 2, 29, 2024, 2, 29, 20}, {2025, 12, 3, 2025, 12, 3, 0},
		{2025, 12, 3, 2025, 12, 2, -1}, {1943, 2, 1, 2025, 12, 3, 82},
	};

	for (size_t i = 0; i < sizeof months / sizeof *months; i++)
		is_int(civil_add_months(day(months[i].y, months[i].m, months[i].d), months[i].n),
		       day(months[i].ty, months[i].tm, months[i].td), "%d-%d-%d and %d months", months[i].y,
		       months[i].m, months[i].d, months[i].n);
	for (size_t i = 0; i < sizeof ages / sizeof *ages; i++)
		is_int(civil_age(day(ages[i].y, ages[i].m, ages[i].d), day(ages[i].oy, ages[i].om, ages[i].od)),
		       ages[i].age, "born %d-%d-%d is %d on %d-%d-%d", ages[i].y, ages[i].m, ages[i].d, ages[i].age,
		       ages[i].oy, ages[i].om, ages[i].od);
	is_int(civil_days_in_month(2024, 2), 29, "February 2024 has 29 days");
	is_int(civil_days_in_month(2100, 2), 28, "February 2100 has 28 days");
}

/* ---- real time --------------------------------------------------------------------------- */

static void test_elapsed(void)
{
	is_int(civil_elapsed(at(2026, 3, 29, 0, 0), at(2026, 3, 30, 0, 0)), 23 * 60, "the day in March has 23 hours");
	is_int(civil_elapsed(at(2026, 10, 25, 0, 0), at(2026, 10, 26, 0, 0)), 25 * 60, "the day in October has 25");
	is_int(civil_elapsed(at(2026, 6, 1, 0, 0), at(2026, 6, 2, 0, 0)), 24 * 60, "any other has 24");
	is_int(civil_elapsed(at(2026, 3, 28, 22, 0), at(2026, 3, 29, 6, 0)), 7 * 60, "a night watch in March is 7 hours");
	is_int(civil_elapsed(at(2026, 10, 24, 22, 0), at(2026, 10, 25, 6, 0)), 9 * 60, "one in October is 9");
	is_int(civil_elapsed(at(2026, 10, 25, 6, 0), at(2026, 10, 24, 22, 0)), -9 * 60, "backwards is negative");
	struct prng r = {2026};
	size_t wrong = 0;
	for (int i = 0; i < 20000; i++) {
		civil_date day = civil_from_ymd(2026, i % 2 ? 3 : 10, i % 2 ? 28 : 24);
		civil_min from = cmin_at(day, (int)prng_below(&r, 4 * DAY_MINUTES));
		civil_min to = from + (civil_min)prng_below(&r, 3 * DAY_MINUTES) - DAY_MINUTES;
		wrong += civil_elapsed(from, to) * 60 != civil_to_utc(to) - civil_to_utc(from);
	}
	is_int((intmax_t)wrong, 0, "it is the difference in UTC everywhere about the changes");
	is_int(civil_elapsed(at(2026, 3, 29, 1, 59), at(2026, 3, 29, 3, 0)), 1, "03:00 follows 01:59 in March");
	is_int(civil_elapsed(at(2026, 10, 25, 2, 59), at(2026, 10, 25, 3, 0)), 61, "02:59 is the first one in October");
	is_int(civil_elapsed(at(2025, 12, 31, 22, 0), at(2026, 1, 1, 6, 0)), 8 * 60, "New Year's night is 8 hours");
	is_int(civil_from_utc(civil_to_utc(at(2026, 3, 29, 2, 30))), at(2026, 3, 29, 3, 30),
	       "02:30 in March is moved to 03:30");
	is_int(civil_to_utc(at(1970, 1, 1, 1, 0)), 0, "seconds count from 1970 UTC");
	is_int(civil_from_utc(-1), at(1970, 1, 1, 0, 59), "a second before it is in the minute before");
}

static civil_min system_local(int64_t utc)
{
	time_t t = (time_t)utc;
	struct tm tm;

	localtime_r(&t, &tm);
	return at(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min);
}

/* Is civil_to_utc() the first instant that shows this local time? */
static bool first_instant(int64_t utc, civil_min local)
{
	bool twice = system_local(utc - 3600) == local;

	return civil_to_utc(local) == (twice ? utc - 3600 : utc);
}

/* What the system's mktime() makes of the same wall clock, where there is only one answer. */
static int64_t system_utc(civil_min local)
{
	struct ymd d = civil_to_ymd(cmin_date(local));
	struct tm tm = {.tm_year = d.y - 1900, .tm_mon = d.m - 1, .tm_mday = d.d, .tm_isdst = -1};

	tm.tm_hour = cmin_minute(local) / 60;
	tm.tm_min = cmin_minute(local) % 60;
	return (int64_t)mktime(&tm);
}

static void test_zone(void)
{
	int bad_local = 0, bad_utc = 0, bad_night = 0, bad_mktime = 0;

	if (access(ZONE_FILE, R_OK) != 0) {
		skip(4, "no zone file for Europe/Copenhagen");
		return;
	}
	setenv("TZ", "Europe/Copenhagen", 1);
	tzset();
	for (int64_t t = civil_to_utc(at(1996, 1, 1, 0, 0)); t < civil_to_utc(at(2038, 1, 1, 0, 0)); t += 3 * 3600) {
		bad_local += civil_from_utc(t) != system_local(t);
		bad_utc += !first_instant(t, system_local(t));
	}
	for (int y = 1996; y <= 2037; y++)
		for (int m = 3; m <= 10; m += 7)
			for (int64_t t = civil_to_utc(at(y, m, 24, 12, 0)); t < civil_to_utc(at(y, m + 1, 1, 0, 0)); t += 900)
				bad_night += civil_from_utc(t) != system_local(t) || !first_instant(t, system_local(t));
	for (civil_date d = day(1996, 1, 1); d < day(2038, 1, 1); d++)
		bad_mktime += civil_to_utc(cmin_at(d, 12 * 60)) != system_utc(cmin_at(d, 12 * 60));
	is_int(bad_local, 0, "local time is the system's, 1996-2037");
	is_int(bad_utc, 0, "and leads back to the same instant");
	is_int(bad_night, 0, "also each quarter of an hour around both odd nights");
	is_int(bad_mktime, 0, "mktime agrees on every noon");
	setenv("TZ", "UTC", 1);
	tzset();
}

static void test_minutes(void)
{
	is_int(cmin_date(-1), -1, "the minute before 1970 is the day before");
	is_int(cmin_minute(-1), 1439, "and its last minute");
	is_int(cmin_date(-1440), -1, "a day before is a day before");
	is_int(cmin_minute(cmin_at(20000, 61)), 61, "a minute of the day comes back");
}

/* ---- writing ----------------------------------------------------------------------------- */

static void test_writing(void)
{
	char buf[64], small[6];
	civil_date d = day(2025, 12, 3);

	is_str(civil_format_date(buf, sizeof buf, d, CIVIL_ISO), "2025-12-03", "ISO date");
	is_str(civil_format_date(buf, sizeof buf, d, CIVIL_SHORT), "3/12 2025", "short date");
	is_str(civil_format_date(buf, sizeof buf, DATE_NONE, CIVIL_LONG), "", "no date is nothing");
	is_str(civil_format_date(small, sizeof small, d, CIVIL_ISO), "2025-", "a small buffer is terminated");
	is_str(civil_format_time(buf, sizeof buf, 480), "08:00", "08:00");
	is_str(civil_format_time(buf, sizeof buf, 0), "00:00", "00:00");
	is_str(civil_format_time(buf, sizeof buf, 1440), "24:00", "24:00");
	is_str(civil_format_time(buf, sizeof buf, 1560), "02:00", "past midnight is the next morning");
	is_str(civil_format_span(buf, sizeof buf, cmin_at(d, 480), cmin_at(d, 660)), "08:00–11:00", "a span");
	is_str(civil_format_span(buf, sizeof buf, cmin_at(d, 1200), cmin_at(d, 1440)), "20:00–24:00", "until midnight");
	is_str(civil_format_span(buf, sizeof buf, cmin_at(d, 1200), cmin_at(d, 1560)), "20:00–02:00", "over midnight");
	is_str(civil_format_span(buf, sizeof buf, cmin_at(d, 0), cmin_at(d, 240)), "00:00–04:00", "from midnight");
	is_str(civil_format_iso(buf, sizeof buf, cmin_at(d, 480)), "2025-12-03T08:00", "ISO time");
	is_str(civil_format_span(buf, sizeof buf, CMIN_NONE, cmin_at(d, 240)), "", "a span without a beginning is nothing");
	is_str(civil_format_span(buf, sizeof buf, cmin_at(d, 240), CMIN_NONE), "", "nor is one without an end");
	is_str(civil_format_iso(buf, sizeof buf, CMIN_NONE), "", "no time is nothing");
	is_str(civil_format_week(buf, sizeof buf, day(2027, 1, 3), CIVIL_ISO), "2026-W53", "ISO week");
	is_str(civil_format_week(buf, sizeof buf, DATE_NONE, CIVIL_ISO), "", "no week is nothing");
}

struct written { const char *lang, *day, *day_year, *full, *week, *days, *months; };

static void test_language(const struct written *w)
{
	char buf[64], days[64] = "", months[128] = "";
	civil_date d = day(2025, 12, 3);

	is_str(civil_format_date(buf, sizeof buf, d, CIVIL_DAY), w->day, "%s: day", w->lang);
	is_str(civil_format_date(buf, sizeof buf, d, CIVIL_DAY_YEAR), w->day_year, "%s: day and year", w->lang);
	is_str(civil_format_date(buf, sizeof buf, d, CIVIL_LONG), w->full, "%s: long", w->lang);
	is_str(civil_format_week(buf, sizeof buf, d, CIVIL_DAY), w->week, "%s: week", w->lang);
	for (int i = 1; i <= 7; i++) {
		size_t n = strlen(days);

		snprintf(days + n, sizeof days - n, "%s ", civil_weekday_name(i, true));
	}
	for (int i = 1; i <= 12; i++) {
		size_t n = strlen(months);

		snprintf(months + n, sizeof months - n, "%s ", civil_month_name(i));
	}
	is_str(days, w->days, "%s: the days", w->lang);
	is_str(months, w->months, "%s: the months", w->lang);
}

static void test_languages(void)
{
	static const struct written english = {
		"en", "Wed 3/12", "Wed 3/12 2025", "Wednesday 3 December 2025", "week 49",
		"Mon Tue Wed Thu Fri Sat Sun ",
		"January February March April May June July August September October November December ",
	};
	static const struct written danish = {
		"da", "ons 3/12", "ons 3/12 2025", "onsdag 3. december 2025", "uge 49",
		"man tir ons tor fre lør søn ",
		"januar februar marts april maj juni juli august september oktober november december ",
	};

	lang_init("en", getenv("top_builddir"));
	test_language(&english);
	lang_set("da");
	if (strcmp(civil_weekday_name(1, false), "mandag") == 0)
		test_language(&danish);
	else
		skip(6, "no Danish catalogue beside this build");
}

int main(void)
{
	test_every_day();
	test_weeks();
	test_valid();
	test_months_and_age();
	test_elapsed();
	test_zone();
	test_minutes();
	test_writing();
	test_languages();
	return done_testing();
}
