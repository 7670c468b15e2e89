/* roster/series_days.c - see series.h: which days a series falls on, and how that is said.
 *
 * Owns the calendar of series and fixed places. Pure: must not know the store, nor what stands on any day. */
#include "roster/series.h"

#include <string.h>

#include "base/lang.h"
#include "base/weekdays.h"

enum { LOOK_AHEAD = 400 };

/* ---- rhythm ----------------------------------------------------------------------------------------------------- */

/* Whole weeks between the weeks of two days. */
static int weeks_between(civil_date from, civil_date to)
{
	return (civil_monday(to) - civil_monday(from)) / 7;
}

static bool is_nth_of_month(int every, civil_date d)
{
	struct ymd at = civil_to_ymd(d);
	if (every == SERIES_LAST)
		return at.d + 7 > civil_days_in_month(at.y, at.m);
	return (at.d - 1) / 7 == every - SERIES_FIRST;
}

static bool fits_rhythm(int every, civil_date first, civil_date d)
{
	switch (every) {
	case SERIES_SECOND_WEEK: return weeks_between(first, d) % 2 == 0;
	case SERIES_FOURTH_WEEK: return weeks_between(first, d) % 4 == 0;
	case SERIES_FIRST: case SERIES_SECOND: case SERIES_THIRD: case SERIES_FOURTH: case SERIES_LAST: return is_nth_of_month(every, d);
	default: return true;
	}
}

bool series_falls_on(const struct series *s, civil_date d)
{
	if (d < s->first || (s->until != DATE_NONE && d > s->until) || !weekdays_has_day(s->days, d))
		return false;
	return fits_rhythm(s->every, s->first, d) && (s->holidays || !holiday_name(d));
}

civil_date series_next(const struct series_list *l, const struct series *s, civil_date from)
{
	civil_date first = from > s->first ? from : s->first;
	for (civil_date d = first; d < first + LOOK_AHEAD && civil_in_range(d); d++)
		if (series_falls_on(s, d) && !(l && series_off_on(l, s, d)))
			return d;
	return DATE_NONE;
}

bool fixed_comes(const struct fixed *f, const struct series *s, civil_date d)
{
	civil_date first = f->from != DATE_NONE ? f->from : s->first;
	if ((f->from != DATE_NONE && d < f->from) || (f->until != DATE_NONE && d > f->until))
		return false;
	return (!f->days || weekdays_has_day(f->days, d)) && (!f->every || fits_rhythm(f->every, first, d));
}

/* ---- what a shift is then --------------------------------------------------------------------------------------- */

struct id series_shift(const struct series *s, civil_date d)
{
	return id_dated(s->origin, d);
}

civil_min series_start(const struct series *s, civil_date d)
{
	return cmin_at(d, s->start);
}

civil_min series_end_of(const struct series *s, civil_date d)
{
	return cmin_at(d + (s->end <= s->start), s->end);
}

civil_date series_reach(const struct series *s, civil_date today)
{
	civil_date from = s->first > today ? s->first : today, first = from - civil_to_ymd(from).d + 1;
	civil_date last = civil_add_months(first, 2) - 1;
	return s->until != DATE_NONE && s->until < last ? s->until : last;
}

/* From a Sunday to the Monday after it, each goes, but not in a rhythm that counts weeks. */
static bool leaves_week(const struct series *s, civil_date day, civil_date to)
{
	bool far = to >= day + 7 || to <= day - 7;
	return far || (s->every != SERIES_WEEK && civil_monday(day) != civil_monday(to));
}

const char *series_moved(const struct series *s, civil_date day, civil_min to, struct series_edit *out, civil_date *from)
{
	civil_date then = cmin_date(to);
	int minutes = cmin_minute(to) - s->start;
	int was = 1 << (day - civil_monday(day)), is = 1 << (then - civil_monday(then));
	*from = then < day ? then : day;
	*out = (struct series_edit){.to = *s, .days = then - day};
	out->to.note = "";
	out->to.days = (s->days & ~was) | is;
	out->to.start = s->start + minutes;
	out->to.end = (s->end + minutes + DAY_MINUTES) % DAY_MINUTES;
	if (then != day)
		out->fields |= 1u << F_SERIES_DAYS;
	if (minutes)
		out->fields |= 1u << F_SERIES_START | 1u << F_SERIES_END;
	if (!out->fields)
		return "";
	if (!(s->days & was))
		return _("Only this shift is moved: its series isn't on that day any more");
	if (leaves_week(s, day, then))
		return _("Only this shift is moved: the others stay in their weeks");
	return then != day && s->days & is ? _("Only this shift is moved: the series is on that day already") : NULL;
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

/* With one day of the week, and with several. */
static const struct { int every; const char *one, *several; } rhythms[] = {
	{SERIES_WEEK, N_("every %s"), N_("every week %s")},
	{SERIES_SECOND_WEEK, N_("every second %s"), N_("every second week %s")},
	{SERIES_FOURTH_WEEK, N_("every fourth %s"), N_("every fourth week %s")},
	{SERIES_FIRST, N_("first %s of the month"), N_("first %s of the month")},
	{SERIES_SECOND, N_("second %s of the month"), N_("second %s of the month")},
	{SERIES_THIRD, N_("third %s of the month"), N_("third %s of the month")},
	{SERIES_FOURTH, N_("fourth %s of the month"), N_("fourth %s of the month")},
	{SERIES_LAST, N_("last %s of the month"), N_("last %s of the month")},
};

/* The day's whole name when it is one; 0 when there are several. */
static int only_day(int mask)
{
	for (int d = 1; d <= 7; d++)
		if (mask == 1 << (d - 1))
			return d;
	return 0;
}

static const char *fill_in(struct arena *a, const char *format, const char *word)
{
	const char *at = strstr(format, "%s");
	return at ? arena_printf(a, "%.*s%s%s", (int)(at - format), format, word, at + 2) : format;
}

static const char *days_text(struct arena *a, int every, int mask)
{
	char text[80];
	int only = only_day(mask);
	weekdays_format(text, sizeof text, mask, false);
	if (every == SERIES_WEEK && (mask == WEEKDAYS_ALL || mask == WEEKDAYS_WORK))
		return arena_strdup(a, text);
	const char *word = only ? civil_weekday_name(only, false) : text;
	for (size_t i = 0; i < sizeof rhythms / sizeof *rhythms; i++)
		if (rhythms[i].every == every)
			return fill_in(a, _(only ? rhythms[i].one : rhythms[i].several), word);
	return arena_strdup(a, text);
}

/* "8", "8:30" */
static const char *clock_text(struct arena *a, int minute)
{
	return minute % 60 ? arena_printf(a, "%d:%02d", minute / 60, minute % 60) : arena_printf(a, "%d", minute / 60);
}

char *series_when(struct arena *a, const struct series *s)
{
	return arena_printf(a, "%s %s–%s", days_text(a, s->every, s->days), clock_text(a, s->start), clock_text(a, s->end));
}

char *fixed_when(struct arena *a, const struct fixed *f)
{
	const struct choice *c = f->every ? schema_choice(SET_SERIES_EVERY, f->every) : NULL;
	char days[80] = "", day[40];
	struct buf b = {0};
	if (f->days)
		weekdays_format(days, sizeof days, f->days, false);
	if (c)
		buf_adds(&b, _(c->label));
	if (*days)
		buf_addf(&b, "%s%s", b.n ? " " : "", days);
	if (f->from != DATE_NONE)
		buf_addf(&b, "%s%s %s", b.n ? " " : "", _("from"), civil_format_date(day, sizeof day, f->from, CIVIL_SHORT));
	if (f->until != DATE_NONE)
		buf_addf(&b, "%s%s %s", b.n ? " " : "", _("until"), civil_format_date(day, sizeof day, f->until, CIVIL_SHORT));
	char *text = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	return text;
}

const char *fixed_name(const struct book *b, struct arena *a, const struct fixed *f)
{
	if (!id_is_none(f->volunteer))
		return book_name(b, f->volunteer);
	return arena_printf(a, _("%d from %s"), f->places, book_name(b, f->organisation));
}

const char *series_tell_words(enum series_tell what)
{
	switch (what) {
	case SERIES_GAP: return _("isn't put on");
	case SERIES_ASKED: return _("must say yes again");
	case SERIES_STAYS: return _("stays, though the shift isn't the series' any more");
	case SERIES_GOES: return _("is off the shift");
	case SERIES_WARNED: return _("is on it, though a rule warns");
	}
	return "";
}
