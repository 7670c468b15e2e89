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

static int read_moment(const char *s, civil_min now, civil_min *out, struct err *e)
{
	civil_date today = cmin_date(now);
	civil_min from;
	int minute;
	if (when_parse_time(s, &minute, NULL) == OK) {
		*out = cmin_at(today, minute);
		return OK;
	}
	int rc = when_parse_past(s, today, &from, out, e);
	if (rc == OK && from == cmin_at(today, 0) && *out > from)
		*out = now;
	return rc;
}

int words_read_past(const char *s, civil_min now, civil_min *out, struct err *e)
{
	int rc = read_moment(s, now, out, e);
	if (rc == OK && *out > now)
		return err_set(e, ERR_DATA, _("That is still to come. Write a time that has been, e.g. Tuesday 14."));
	return rc;
}
