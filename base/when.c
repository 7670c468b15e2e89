/* Owns which day a date or a period means, above all when its year isn't written. It must not know
 * the clock: `today` is always given; nor how dates are typed, which is base/when_read.c's.
 *
 * A date is first read as what stands there (a part), and then resolved to a day, because in a period the year of one
 * end may come from the other. */
#include "base/when.h"

#include <assert.h>

#include "base/lang.h"
#include "base/when_priv.h"

/* The same day lies at most 366 days apart in two years, so one of them is within half of that. */
#define NEAR_DAYS 183
/* 29 February may be eight years away (1896, 1904), week 53 seven. */
#define YEARS_AWAY 8

/* Which day is meant when the year isn't written. */
enum rule { RULE_NEAR = WHEN_NEAR, RULE_PAST = WHEN_PAST, RULE_AFTER };

/* ---- resolving --------------------------------------------------------------------------- */

/* The first day of the part in that year, if there is one. */
static civil_date day_in_year(const struct when_part *p, int y)
{
	int m = p->kind == PART_YEAR ? 1 : p->m, d = p->kind == PART_DAY ? p->d : 1;

	if (p->kind == PART_WEEK)
		return civil_from_week(y, p->d, 1);
	return civil_valid(y, m, d) ? civil_from_ymd(y, m, d) : DATE_NONE;
}

/* The year that such a part is counted in. */
static int year_of(const struct when_part *p, civil_date d)
{
	return p->kind == PART_WEEK ? civil_to_week(d).year : civil_to_ymd(d).y;
}

static int64_t distance(civil_date a, civil_date b)
{
	int64_t d = (int64_t)a - b;

	return d < 0 ? -d : d;
}

/* Is `d` a better answer than `best` for a day without a year? */
static bool is_better(civil_date d, civil_date best, enum rule rule, civil_date base)
{
	if (d == DATE_NONE)
		return false;
	switch (rule) {
	case RULE_PAST:
		return d <= base && (best == DATE_NONE || d > best);
	case RULE_AFTER:
		return d >= base && (best == DATE_NONE || d < best);
	default:
		return best == DATE_NONE || distance(d, base) <= distance(best, base);
	}
}

static civil_date without_year(const struct when_part *p, enum rule rule, civil_date base)
{
	int y = civil_to_ymd(base).y;
	civil_date best = DATE_NONE;

	for (int i = y - YEARS_AWAY; i <= y + YEARS_AWAY; i++) {
		civil_date d = day_in_year(p, i);

		if (is_better(d, best, rule, base))
			best = d;
	}
	/* week 53 may be years away and is still the only one meant; 29/2 is more likely a slip */
	if (rule == RULE_NEAR && p->kind == PART_DAY && best != DATE_NONE && distance(best, base) > NEAR_DAYS)
		return DATE_NONE;
	return best;
}

/* Two digits: within 50 years of today, or the last such year whose day isn't ahead. */
static int full_year(const struct when_part *p, enum rule rule, civil_date today)
{
	int now = civil_to_ymd(today).y, back = ((now - p->y) % 100 + 100) % 100;
	int y = now - back;

	if (p->y_digits == 4)
		return p->y;
	if (rule != RULE_PAST)
		return back > 50 ? y + 100 : y;
	return day_in_year(p, y) > today ? y - 100 : y;
}

static bool fail_day(struct when_scan *sc, const struct when_part *p)
{
	const char *month = civil_month_name(p->m);

	if (p->y)
		return when_fail(sc, p->d_i, _("a day from 1 to %d (as %s %d has)"), civil_days_in_month(p->y, p->m),
				 month, p->y);
	return when_fail(sc, p->d_i, _("a day from 1 to %d (as %s has)"), civil_days_in_month(2000, p->m), month);
}

static bool fail_missing(struct when_scan *sc, const struct when_part *p)
{
	if (p->kind == PART_WEEK && p->y)
		return when_fail_week(sc, p);
	if (p->kind == PART_DAY && p->y && when_in_years(p->y))
		return fail_day(sc, p);
	if (p->y)
		return when_fail_year(sc, p->d_i);
	return when_fail(sc, p->d_i, "%s", _("a year beside this day"));
}

static bool check_weekday(struct when_scan *sc, const struct when_part *p, civil_date d)
{
	char date[32];

	if (p->weekday == 0 || p->weekday == civil_weekday(d))
		return true;
	civil_format_date(date, sizeof date, d, CIVIL_SHORT);
	return when_fail(sc, p->first_i, _("%s (which %s is)"), civil_weekday_name(civil_weekday(d), false), date);
}

static civil_date nearest_weekday(int weekday, enum rule rule, civil_date base)
{
	int ahead = (weekday - civil_weekday(base) + 7) % 7;

	return rule == RULE_PAST && ahead ? base + ahead - 7 : base + ahead;
}

/* The first day of what was read. */
static bool resolve(struct when_scan *sc, struct when_part *p, enum rule rule, civil_date base, civil_date *out)
{
	civil_date d = p->at;

	/* what no leap year has is wrong whatever the year */
	if (p->kind == PART_DAY && p->d > civil_days_in_month(2000, p->m))
		return fail_day(sc, p);
	if (p->kind == PART_WEEKDAY) {
		d = nearest_weekday(p->weekday, rule, base);
	} else if (p->kind != PART_FIXED && p->y_digits) {
		p->y = full_year(p, rule, sc->today);
		d = day_in_year(p, p->y);
	} else if (p->kind != PART_FIXED) {
		d = without_year(p, rule, base);
	}
	if (d == DATE_NONE || !civil_in_range(d))
		return fail_missing(sc, p);
	*out = d;
	return check_weekday(sc, p, d);
}

/* The day after what was read. */
static civil_date part_end(const struct when_part *p, civil_date from)
{
	struct ymd at = civil_to_ymd(from);

	switch (p->kind) {
	case PART_WEEK:
		return from + 7;
	case PART_MONTH:
		return from + civil_days_in_month(at.y, at.m);
	case PART_YEAR:
		return civil_from_ymd(at.y + 1, 1, 1);
	default:
		return from + 1;
	}
}

/* ---- the promises of when.h -------------------------------------------------------------- */

int when_parse_date(const char *s, civil_date today, enum when_bias bias, civil_date *out, struct err *e)
{
	struct when_scan sc;
	struct when_part p;
	civil_date d;

	assert(civil_in_range(today));
	when_scan_init(&sc, s, today);
	if (!when_read_date(&sc, &p) || !when_at_end(&sc) || !resolve(&sc, &p, (enum rule)bias, today, &d))
		return when_refuse(&sc, e, "3/12 2025");
	*out = d;
	return OK;
}

/* Reads the times behind a date; *to is only set where there are two. */
typedef bool read_times(struct when_scan *sc, int *from, int *to);

static bool read_moment(struct when_scan *sc, int *from, int *to)
{
	(void)to;
	return when_read_time(sc, from);
}

static bool read_date_and_times(struct when_scan *sc, struct when_part *p, read_times *times, int *from, int *to)
{
	sc->i = 0;
	if (!when_read_date(sc, p))
		return false;
	when_take_sign(sc, ',');
	if (!when_peek(sc, 0)->gap)
		when_take_word(sc, WORD_T);
	return times(sc, from, to) && when_at_end(sc);
}

/* The date is first taken as long as it can be, and then, for "mandag 8-12", as its weekday alone. */
static bool read_dated(struct when_scan *sc, read_times *times, enum rule rule, civil_min *from, civil_min *to)
{
	struct when_part p;
	civil_date d;
	int start = 0, end = 0;
	bool good;

	sc->follows = FOLLOWS_TIME;
	good = read_date_and_times(sc, &p, times, &start, &end);
	if (!good && p.weekday) {
		sc->weekday_alone = true;
		good = read_date_and_times(sc, &p, times, &start, &end);
	}
	if (!good || !resolve(sc, &p, rule, sc->today, &d))
		return false;
	*from = cmin_at(d, start);
	*to = cmin_at(d, end);
	return true;
}

int when_parse_datetime(const char *s, civil_date today, civil_min *out, struct err *e)
{
	struct when_scan sc;
	civil_min from, to;

	assert(civil_in_range(today));
	when_scan_init(&sc, s, today);
	if (!read_dated(&sc, read_moment, RULE_NEAR, &from, &to))
		return when_refuse(&sc, e, "3/12 8.30");
	*out = from;
	return OK;
}

int when_parse_datespan(const char *s, civil_date today, civil_min *from, civil_min *to, struct err *e)
{
	struct when_scan sc;
	civil_min start, end;

	assert(civil_in_range(today));
	when_scan_init(&sc, s, today);
	if (!read_dated(&sc, when_read_span, RULE_NEAR, &start, &end))
		return when_refuse(&sc, e, "3/12 8-12");
	*from = start;
	*to = end;
	return OK;
}

static bool read_past(struct when_scan *sc, civil_min *from, civil_min *to)
{
	struct when_part p;
	civil_date d;
	int days;

	if (read_dated(sc, read_moment, RULE_PAST, from, to)) {
		*to = *from;
		return true;
	}
	sc->i = 0;
	sc->follows = FOLLOWS_NOTHING;
	sc->weekday_alone = false;
	if (when_read_date(sc, &p) && when_at_end(sc) && resolve(sc, &p, RULE_PAST, sc->today, &d)) {
		*to = cmin_at(part_end(&p, d), 0);
	} else {
		sc->i = 0;
		if (!when_read_ago(sc, &days))
			return false;
		d = sc->today - days;
		*to = cmin_at(d + 1, 0);
	}
	*from = cmin_at(d, 0);
	return true;
}

int when_parse_past(const char *s, civil_date today, civil_min *from, civil_min *to, struct err *e)
{
	struct when_scan sc;
	civil_min start, end;

	assert(civil_in_range(today));
	when_scan_init(&sc, s, today);
	if (!read_past(&sc, &start, &end))
		return when_refuse(&sc, e, "3/12 8.30");
	*from = start;
	*to = end;
	return OK;
}

/* Does a period go from one year into another without a year being written, and further than New Year explains? Then
 * its end was typed before its start. */
static bool is_backwards(const struct when_part *first, const struct when_part *last, civil_date from, civil_date end)
{
	bool unsaid = first->kind >= PART_DAY && !first->y_digits && last->kind >= PART_DAY && !last->y_digits;

	return unsaid && end - from > NEAR_DAYS && year_of(first, from) != year_of(last, end);
}

/* The ends of "1/12-7/12": each end that lacks its year is the nearest to the other. */
static bool resolve_range(struct when_scan *sc, struct when_part *first, struct when_part *last, civil_date *from,
			  civil_date *to)
{
	bool by_last = first->kind >= PART_DAY && !first->y_digits && last->y_digits;
	civil_date start = sc->today, end = sc->today;
	bool good;

	if (by_last)
		good = resolve(sc, last, RULE_NEAR, sc->today, &end) && resolve(sc, first, RULE_PAST, end, &start);
	else
		good = resolve(sc, first, RULE_NEAR, sc->today, &start) && resolve(sc, last, RULE_AFTER, start, &end);
	if (!good)
		return false;
	if (is_backwards(first, last, start, end))
		return when_fail(sc, last->first_i, "%s", _("an end that is not before the start, or the years"));
	*from = start;
	*to = part_end(last, end);
	return *to > *from || when_fail(sc, last->first_i, "%s", _("an end that is not before the start"));
}

static bool read_period(struct when_scan *sc, civil_date *from, civil_date *to)
{
	struct when_part first, last;

	if (!when_read_unit(sc, &first))
		return false;
	if (when_take_to(sc))
		return when_read_unit(sc, &last) && when_at_end(sc) && resolve_range(sc, &first, &last, from, to);
	if (!when_at_end(sc) || !resolve(sc, &first, RULE_NEAR, sc->today, from))
		return false;
	*to = part_end(&first, *from);
	return true;
}

int when_parse_period(const char *s, civil_date today, civil_date *from, civil_date *to, struct err *e)
{
	struct when_scan sc;
	civil_date start = today, end = today;

	assert(civil_in_range(today));
	when_scan_init(&sc, s, today);
	sc.follows = FOLLOWS_PERIOD;
	if (!read_period(&sc, &start, &end))
		return when_refuse(&sc, e, "1/12-7/12");
	*from = start;
	*to = end;
	return OK;
}
