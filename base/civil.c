/* Owns the calendar: days, weeks, months, the two odd nights of summer time, and how they are
 * written. It must not know what a person may type (base/when.h), nor the machine's clock, zone
 * files or locale: the same input gives the same answer on every machine. */
#include "base/civil.h"

#include <assert.h>
#include <stdio.h>

#include "base/lang.h"

#define DATE_FIRST (-25567)     /* 1900-01-01 */
#define DATE_LAST 84005         /* 2199-12-31 */
#define DAYS_400_YEARS 146097
/* Days from 1 March of year 0, where a counted year starts so that the leap day is its last. */
#define MARCH_ZERO 719468

static const char *const weekdays[2][7] = {
	{N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday")},
	{N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun")},
};

static const char *const months[12] = {
	N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
	N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
};

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool is_leap(int y)
{
	return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

int civil_days_in_month(int y, int m)
{
	static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	assert(m >= 1 && m <= 12);
	return days[m - 1] + (m == 2 && is_leap(y));
}

bool civil_valid(int y, int m, int d)
{
	return y >= CIVIL_FIRST_YEAR && y <= CIVIL_LAST_YEAR && m >= 1 && m <= 12 && d >= 1 && d <= civil_days_in_month(y, m);
}

bool civil_in_range(int64_t d)
{
	return d >= DATE_FIRST && d <= DATE_LAST;
}

/* Months counted from March have 31, 30, 31, 30, 31 days and again: 153 days in five. */
civil_date civil_from_ymd(int y, int m, int d)
{
	int year = m > 2 ? y : y - 1, month = m > 2 ? m - 3 : m + 9;

	assert(year >= 0);
	return year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + d - 1 - MARCH_ZERO;
}

struct ymd civil_to_ymd(civil_date date)
{
	int64_t days = (int64_t)date + MARCH_ZERO, era = floor_div(days, DAYS_400_YEARS);
	int in_era = (int)(days - era * DAYS_400_YEARS);
	int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / (DAYS_400_YEARS - 1)) / 365;
	int in_year = in_era - (365 * year + year / 4 - year / 100);
	int month = (5 * in_year + 2) / 153;
	struct ymd r = {.m = month < 10 ? month + 3 : month - 9, .d = in_year - (153 * month + 2) / 5 + 1};

	r.y = (int)(era * 400) + year + (r.m <= 2);
	return r;
}

int civil_weekday(civil_date d)
{
	/* 1970-01-01 was a Thursday */
	int64_t since_monday = (int64_t)d + 3;

	return (int)(since_monday - floor_div(since_monday, 7) * 7) + 1;
}

/* The Monday of week 1: the week that holds 4 January (ISO 8601). */
static civil_date first_monday(int year)
{
	civil_date fourth = civil_from_ymd(year, 1, 4);

	return civil_monday(fourth);
}

int civil_weeks_in_year(int year)
{
	return (first_monday(year + 1) - first_monday(year)) / 7;
}

struct isoweek civil_to_week(civil_date d)
{
	int weekday = civil_weekday(d);
	/* a week belongs to the year of its Thursday */
	int year = civil_to_ymd(d - weekday + 4).y;

	return (struct isoweek){.year = year, .week = (d - first_monday(year)) / 7 + 1, .day = weekday};
}

civil_date civil_from_week(int year, int week, int day)
{
	civil_date d;

	/* the last days of 2199 lie in the first week of 2200 */
	if (year < CIVIL_FIRST_YEAR || year > CIVIL_LAST_YEAR + 1 || day < 1 || day > 7)
		return DATE_NONE;
	if (week < 1 || week > civil_weeks_in_year(year))
		return DATE_NONE;
	d = first_monday(year) + (week - 1) * 7 + day - 1;
	return civil_in_range(d) ? d : DATE_NONE;
}

civil_date civil_add_months(civil_date d, int n)
{
	struct ymd at = civil_to_ymd(d);
	int64_t month = (int64_t)at.y * 12 + at.m - 1 + n;
	int64_t y = floor_div(month, 12);
	int m = (int)(month - y * 12) + 1, last;

	if (y < CIVIL_FIRST_YEAR)
		return DATE_FIRST;
	if (y > CIVIL_LAST_YEAR)
		return DATE_LAST;
	last = civil_days_in_month((int)y, m);
	return civil_from_ymd((int)y, m, at.d < last ? at.d : last);
}

int civil_age(civil_date born, civil_date on)
{
	struct ymd b = civil_to_ymd(born), o = civil_to_ymd(on);
	bool had_birthday = o.m > b.m || (o.m == b.m && o.d >= b.d);

	return o.y - b.y - !had_birthday;
}

/* ---- real time: Directive 2000/84/EC, used for every year -------------------------------- */

/* 01:00 UTC on the last Sunday of a month that has 31 days. */
static int64_t clock_change(int year, int month)
{
	civil_date last = civil_from_ymd(year, month, 31);
	civil_date sunday = last - civil_weekday(last) % 7;

	return (int64_t)sunday * 86400 + 3600;
}

static bool is_summer(int64_t utc)
{
	int year = civil_to_ymd((civil_date)floor_div(utc, 86400)).y;

	return utc >= clock_change(year, 3) && utc < clock_change(year, 10);
}

civil_min civil_from_utc(int64_t utc_seconds)
{
	return floor_div(utc_seconds, 60) + (is_summer(utc_seconds) ? 120 : 60);
}

/* Trying summer first gives the first of the two hours in autumn; in the hour that spring skips
 * neither fits, and winter's reading lands an hour later on the clock. */
int64_t civil_to_utc(civil_min t)
{
	int64_t as_summer = (t - 120) * 60;

	return is_summer(as_summer) ? as_summer : (t - 60) * 60;
}

/* Clocks change between 02:00 and 03:00; most shifts lie clear of that hour, and hours are summed over a hundred
 * thousand of them. */
static bool is_clear_of_change(civil_min a, civil_min b)
{
	enum { CHANGE_FROM = 2 * 60, CHANGE_TO = 3 * 60 };
	int minute = cmin_minute(a);

	return minute >= CHANGE_TO && b >= a && b - a <= DAY_MINUTES + CHANGE_FROM - minute;
}

int64_t civil_elapsed(civil_min a, civil_min b)
{
	return is_clear_of_change(a, b) ? b - a : (civil_to_utc(b) - civil_to_utc(a)) / 60;
}

/* ---- writing ----------------------------------------------------------------------------- */

const char *civil_weekday_name(int weekday, bool is_short)
{
	assert(weekday >= 1 && weekday <= 7);
	return gettext(weekdays[is_short][weekday - 1]);
}

const char *civil_month_name(int month)
{
	assert(month >= 1 && month <= 12);
	return gettext(months[month - 1]);
}

static char *empty(char *buf, size_t n)
{
	if (n)
		buf[0] = '\0';
	return buf;
}

char *civil_format_date(char *buf, size_t n, civil_date d, enum civil_style style)
{
	struct ymd at;
	int weekday;

	if (d == DATE_NONE)
		return empty(buf, n);
	at = civil_to_ymd(d);
	weekday = civil_weekday(d);
	switch (style) {
	case CIVIL_ISO:
		snprintf(buf, n, "%04d-%02d-%02d", at.y, at.m, at.d);
		break;
	case CIVIL_DAY:
		snprintf(buf, n, "%s %d/%d", civil_weekday_name(weekday, true), at.d, at.m);
		break;
	case CIVIL_DAY_YEAR:
		snprintf(buf, n, "%s %d/%d %d", civil_weekday_name(weekday, true), at.d, at.m, at.y);
		break;
	case CIVIL_LONG:
		/* TRANSLATORS: weekday, day, month's name, year: Wednesday 3 December 2025 */
		snprintf(buf, n, _("%s %d %s %d"), civil_weekday_name(weekday, false), at.d, civil_month_name(at.m),
			 at.y);
		break;
	case CIVIL_SHORT:
		snprintf(buf, n, "%d/%d %d", at.d, at.m, at.y);
		break;
	}
	return buf;
}

char *civil_format_time(char *buf, size_t n, int minute)
{
	int m = minute == DAY_MINUTES ? minute : (int)(minute - floor_div(minute, DAY_MINUTES) * DAY_MINUTES);

	snprintf(buf, n, "%02d:%02d", m / 60, m % 60);
	return buf;
}

char *civil_format_span(char *buf, size_t n, civil_min from, civil_min to)
{
	char start[16], end[16];
	int end_minute;

	if (from == CMIN_NONE || to == CMIN_NONE)
		return empty(buf, n);
	end_minute = cmin_minute(to);
	civil_format_time(start, sizeof start, cmin_minute(from));
	civil_format_time(end, sizeof end, end_minute == 0 && to > from ? DAY_MINUTES : end_minute);
	snprintf(buf, n, "%s–%s", start, end);
	return buf;
}

char *civil_format_iso(char *buf, size_t n, civil_min t)
{
	char date[16], time[16];

	if (t == CMIN_NONE)
		return empty(buf, n);
	civil_format_date(date, sizeof date, cmin_date(t), CIVIL_ISO);
	civil_format_time(time, sizeof time, cmin_minute(t));
	snprintf(buf, n, "%sT%s", date, time);
	return buf;
}

char *civil_format_week(char *buf, size_t n, civil_date d, enum civil_style style)
{
	struct isoweek at;

	if (d == DATE_NONE)
		return empty(buf, n);
	at = civil_to_week(d);
	if (style == CIVIL_ISO)
		snprintf(buf, n, "%04d-W%02d", at.year, at.week);
	else
		snprintf(buf, n, _("week %d"), at.week);
	return buf;
}
