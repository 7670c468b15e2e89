/* tui/words.c - see words.h. Owns the wording of times in lists. Must not know records or screens. */
#include "tui/words.h"

#include <string.h>

#include "base/lang.h"
#include "base/when.h"

char *words_day(struct arena *a, civil_date d, civil_date today)
{
	char buf[64];
	if (d == DATE_NONE)
		return arena_strdup(a, "");
	if (d == today)
		return arena_strdup(a, _("today"));
	if (d == today - 1)
		return arena_strdup(a, _("yesterday"));
	if (d == today + 1)
		return arena_strdup(a, _("tomorrow"));
	bool near = civil_to_ymd(d).y == civil_to_ymd(today).y || (d > today - 90 && d < today + 90);
	return arena_strdup(a, civil_format_date(buf, sizeof buf, d, near ? CIVIL_DAY : CIVIL_SHORT));
}

char *words_moment(struct arena *a, civil_min t, civil_date today)
{
	char buf[16];
	if (t == CMIN_NONE)
		return arena_strdup(a, "");
	return arena_printf(a, "%s %s", words_day(a, cmin_date(t), today),
		civil_format_time(buf, sizeof buf, cmin_minute(t)));
}

char *words_span(struct arena *a, civil_min from, civil_min to, civil_date today)
{
	char buf[48];
	return arena_printf(a, "%s %s", words_day(a, cmin_date(from), today),
		civil_format_span(buf, sizeof buf, from, to));
}

char *words_hours(struct arena *a, int minutes)
{
	int tenths = (minutes + 3) / 6;
	if (tenths % 10 == 0)
		return arena_printf(a, _("%d h"), tenths / 10);
	/* TRANSLATORS: hours with one decimal */
	return arena_printf(a, _("%d.%d h"), tenths / 10, tenths % 10);
}

/* The text cut at one of its blanks: a day, then a time. */
static bool read_cut(struct arena *a, const char *s, const char *blank, civil_date today, civil_min *out)
{
	civil_date day;
	int minute;
	if (when_parse_date(arena_strndup(a, s, (size_t)(blank - s)), today, WHEN_PAST, &day, NULL) ||
		when_parse_time(blank + 1, &minute, NULL))
		return false;
	*out = cmin_at(day, minute);
	return true;
}

static int read_moment(struct arena *a, const char *s, civil_min now, civil_min *out, struct err *e)
{
	civil_date today = cmin_date(now), day;
	int minute;
	for (const char *blank = strchr(s, ' '); blank; blank = strchr(blank + 1, ' '))
		if (read_cut(a, s, blank, today, out))
			return OK;
	if (when_parse_time(s, &minute, NULL) == OK) {
		*out = cmin_at(today, minute);
		return OK;
	}
	if (when_parse_date(s, today, WHEN_PAST, &day, NULL) == OK) {
		*out = day == today ? now : cmin_at(day + 1, 0);
		return OK;
	}
	return when_parse_datetime(s, today, out, e);
}

int words_read_past(struct arena *a, const char *s, civil_min now, civil_min *out, struct err *e)
{
	int rc = read_moment(a, s, now, out, e);
	if (rc == OK && *out > now)
		return err_set(e, ERR_DATA, _("That is still to come. Write a time that has been, e.g. Tuesday 14."));
	return rc;
}
