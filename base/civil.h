/* base/civil.h - civil dates and times as people write them, without tzdata.
 *
 * A date is a day number since 1970-01-01 (proleptic Gregorian). A `cmin` is local civil minutes
 * since 1970-01-01 00:00 as on the clock on the wall; it is what shifts are kept in. Real seconds
 * (UTC) come in only where real time matters (rest between shifts, stamps), through the EU
 * summer-time rule (Directive 2000/84/EC: last Sunday of March and October, 01:00 UTC).
 * Years from CIVIL_FIRST_YEAR to CIVIL_LAST_YEAR are accepted. All functions are pure. */
#ifndef BASE_CIVIL_H
#define BASE_CIVIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CIVIL_FIRST_YEAR 1900
#define CIVIL_LAST_YEAR 2199
#define DAY_MINUTES 1440
#define DATE_NONE INT32_MIN
#define CMIN_NONE INT64_MIN
/* Before and after all minutes of the accepted years. */
#define CMIN_FIRST (-INT64_C(40000) * DAY_MINUTES)
#define CMIN_LAST (INT64_C(100000) * DAY_MINUTES)

typedef int32_t civil_date;     /* days since 1970-01-01 */
typedef int64_t civil_min;      /* local minutes since 1970-01-01 00:00 */

struct ymd { int y, m, d; };
struct isoweek { int year, week, day; };   /* day 1 = Monday … 7 = Sunday */

bool civil_valid(int y, int m, int d);
bool civil_in_range(int64_t d);                      /* a day of the accepted years */
civil_date civil_from_ymd(int y, int m, int d);     /* must be valid */
struct ymd civil_to_ymd(civil_date d);
struct isoweek civil_to_week(civil_date d);
civil_date civil_from_week(int year, int week, int day);   /* DATE_NONE if that week doesn't exist */
int civil_weeks_in_year(int year);                  /* 52 or 53; 2026 has 53 */
int civil_weekday(civil_date d);                    /* 1 = Monday … 7 = Sunday */
static inline civil_date civil_monday(civil_date d) { return d - civil_weekday(d) + 1; }    /* of its week */
int civil_days_in_month(int y, int m);
civil_date civil_add_months(civil_date d, int n);   /* clamps to the month's last day, and to the accepted years */
int civil_age(civil_date born, civil_date on);      /* whole years, < 0 before birth; 29/2 has its birthday 1/3 */

static inline civil_date cmin_date(civil_min t)
{
	return (civil_date)((t >= 0 ? t : t - (DAY_MINUTES - 1)) / DAY_MINUTES);
}
static inline int cmin_minute(civil_min t) { return (int)(t - (civil_min)cmin_date(t) * DAY_MINUTES); }
static inline civil_min cmin_at(civil_date d, int minute) { return (civil_min)d * DAY_MINUTES + minute; }

/* Danish time: UTC seconds ↔ local minutes. An hour that doesn't exist (spring) is moved forward,
 * one that exists twice (autumn) is the first. */
civil_min civil_from_utc(int64_t utc_seconds);
int64_t civil_to_utc(civil_min t);
/* Real minutes from a to b (23 or 25 hours lie in the two odd days). */
int64_t civil_elapsed(civil_min a, civil_min b);

/* Writing. `buf` gets at most n bytes, always terminated; returns buf. Danish or English day and
 * month names follow lang_now(). DATE_NONE and CMIN_NONE are written as nothing. */
enum civil_style {
	CIVIL_ISO,          /* 2025-12-03 */
	CIVIL_DAY,          /* ons 3/12 (da), Wed 3/12 (en) */
	CIVIL_DAY_YEAR,     /* ons 3/12 2025 */
	CIVIL_LONG,         /* onsdag 3. december 2025 */
	CIVIL_SHORT,        /* 3/12 2025 */
};
char *civil_format_date(char *buf, size_t n, civil_date d, enum civil_style style);
char *civil_format_time(char *buf, size_t n, int minute);         /* 08:00; 1440 is 24:00 */
/* "08:00–11:00"; an end at midnight is 24:00; one on a later day shows as "20:00–02:00". */
char *civil_format_span(char *buf, size_t n, civil_min from, civil_min to);
/* ISO 8601: 2025-12-03T08:00 */
char *civil_format_iso(char *buf, size_t n, civil_min t);
/* "uge 49" / "week 49", or "2025-W49" in CIVIL_ISO. */
char *civil_format_week(char *buf, size_t n, civil_date d, enum civil_style style);
const char *civil_weekday_name(int weekday, bool is_short);        /* translated */
const char *civil_month_name(int month);                          /* translated */

#endif
