/* Owns how times of day, spans and durations are typed. It must not know of dates. */
#include "base/when.h"

#include "base/lang.h"
#include "base/when_priv.h"

/* A bare number below this is hours: nobody books a course of 12 minutes. */
#define HOURS_BELOW 13
#define DURATION_MAX (7 * DAY_MINUTES)
#define HALF 0xBD       /* ½ */

/* The ".30" of 8.30: glued to the hour and of two digits. False without failing when there is none. */
static bool has_minutes(const struct when_scan *sc)
{
	const struct when_tok *sign = when_peek(sc, 0), *num = when_peek(sc, 1);

	if (!when_is_sign(sign, '.') && !when_is_sign(sign, ':'))
		return false;
	return !sign->gap && num->kind == WHEN_NUM && !num->gap;
}

static bool read_minutes(struct when_scan *sc, int *minutes)
{
	const struct when_tok *num = when_peek(sc, 1);

	if (num->digits != 2 || num->num > 59)
		return when_fail(sc, sc->i + 1, "%s", _("minutes from 00 to 59"));
	*minutes = num->num;
	sc->i += 2;
	return true;
}

bool when_read_time(struct when_scan *sc, int *minute)
{
	const struct when_tok *t;
	int hour, min = 0, at;

	if (when_take_word(sc, WORD_CLOCK))
		when_take_sign(sc, '.');
	t = when_peek(sc, 0);
	at = sc->i;
	if (!when_is_num(t, 1, 4))
		return when_fail(sc, at, "%s", _("a time of day"));
	hour = t->digits <= 2 ? t->num : t->num / 100;
	sc->i++;
	if (t->digits > 2)
		min = t->num % 100;
	else if (has_minutes(sc) && !read_minutes(sc, &min))
		return false;
	if (min > 59)
		return when_fail(sc, at, "%s", _("minutes from 00 to 59"));
	if (hour * 60 + min > DAY_MINUTES)
		return when_fail(sc, at, "%s", _("a time from 0.00 to 24.00"));
	*minute = hour * 60 + min;
	return true;
}

bool when_read_span(struct when_scan *sc, int *from, int *to)
{
	int at;

	if (!when_read_time(sc, from))
		return false;
	if (!when_take_to(sc))
		return when_fail(sc, sc->i, "%s", _("a dash and the time it ends"));
	at = sc->i;
	if (!when_read_time(sc, to))
		return false;
	if (*to == *from)
		return when_fail(sc, at, "%s", _("another time than the start"));
	if (*to < *from)
		*to += DAY_MINUTES;
	if (*to == *from)
		return when_fail(sc, at, "%s", _("another time than the start"));
	return true;
}

int when_parse_time(const char *s, int *minute, struct err *e)
{
	struct when_scan sc;
	int got = 0;

	when_scan_init(&sc, s, 0);
	if (!when_read_time(&sc, &got) || !when_at_end(&sc))
		return when_refuse(&sc, e, "8.30");
	*minute = got;
	return OK;
}

int when_parse_span(const char *s, int *from, int *to, struct err *e)
{
	struct when_scan sc;
	int start = 0, end = 0;

	when_scan_init(&sc, s, 0);
	if (!when_read_span(&sc, &start, &end) || !when_at_end(&sc))
		return when_refuse(&sc, e, "8-11.30");
	*from = start;
	*to = end;
	return OK;
}

/* ---- durations --------------------------------------------------------------------------- */

static bool take_unit(struct when_scan *sc, enum when_word unit)
{
	if (!when_take_word(sc, unit) && !(unit == WORD_HOUR && when_take_word(sc, WORD_T)))
		return false;
	when_take_sign(sc, '.');
	return true;
}

/* The ",5" of 2,5: glued to the hour, tenths or hundredths of it. */
static bool take_decimals(struct when_scan *sc, int *minutes)
{
	const struct when_tok *sign = when_peek(sc, 0), *num = when_peek(sc, 1);

	if (!when_is_sign(sign, ',') || sign->gap || num->gap || !when_is_num(num, 1, 2))
		return false;
	*minutes = num->num * 60 / (num->digits == 1 ? 10 : 100);
	sc->i += 2;
	return true;
}

static bool read_duration(struct when_scan *sc, int *minutes)
{
	const struct when_tok *t = when_peek(sc, 0);
	int n = t->kind == WHEN_NUM ? t->num : 0, extra = 0, at = sc->i;
	bool is_hours = n < HOURS_BELOW, is_half, is_clock;

	sc->i += t->kind == WHEN_NUM;
	is_half = when_take_sign(sc, HALF);
	is_clock = !is_half && has_minutes(sc);
	if (t->kind != WHEN_NUM && !is_half)
		return when_fail(sc, at, "%s", _("a number of hours or minutes"));
	if (is_clock && !read_minutes(sc, &extra))
		return false;
	if (is_half)
		extra = 30;
	is_clock = is_clock || take_decimals(sc, &extra);
	if (take_unit(sc, WORD_HOUR) || is_half || is_clock)
		is_hours = true;
	else if (take_unit(sc, WORD_MINUTE))
		is_hours = false;
	if (n > DURATION_MAX || (is_hours ? n * 60 : n) + extra > DURATION_MAX)
		return when_fail(sc, at, "%s", _("at most seven days"));
	*minutes = (is_hours ? n * 60 : n) + extra;
	return true;
}

int when_parse_duration(const char *s, int *minutes, struct err *e)
{
	struct when_scan sc;
	int got = 0;

	when_scan_init(&sc, s, 0);
	if (!read_duration(&sc, &got) || !when_at_end(&sc))
		return when_refuse(&sc, e, "1.30");
	*minutes = got;
	return OK;
}
