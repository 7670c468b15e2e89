/* Owns what a typed date, week, month or year looks like: it reads one part of a line as what stands
 * there. It must not know which year is meant when none is written; base/when.c decides that. */
#include "base/when_priv.h"

#include "base/lang.h"

bool when_in_years(int y)
{
	return y >= CIVIL_FIRST_YEAR && y <= CIVIL_LAST_YEAR;
}

bool when_fail_year(struct when_scan *sc, int i)
{
	return when_fail(sc, i, _("a year from %d to %d"), CIVIL_FIRST_YEAR, CIVIL_LAST_YEAR);
}

static bool is_date_sign(const struct when_tok *t)
{
	return when_is_sign(t, '/') || when_is_sign(t, '.') || when_is_sign(t, '-');
}

static bool read_in(struct when_scan *sc, int max, const char *expected, int *out)
{
	const struct when_tok *t = when_peek(sc, 0);

	if (!when_is_num(t, 1, 2) || t->num < 1 || t->num > max)
		return when_fail(sc, sc->i, "%s", expected);
	*out = t->num;
	sc->i++;
	return true;
}

/* "+7" and "-1" */
static bool read_offset(struct when_scan *sc, struct when_part *p)
{
	int sign = when_is_sign(when_peek(sc, 0), '-') ? -1 : 1;
	const struct when_tok *t = when_peek(sc, 1);

	if (t->kind != WHEN_NUM)
		return when_fail(sc, sc->i + 1, "%s", _("a number of days"));
	if (!civil_in_range((int64_t)sc->today + sign * t->num))
		return when_fail(sc, sc->i + 1, _("a day from %d to %d"), CIVIL_FIRST_YEAR, CIVIL_LAST_YEAR);
	p->kind = PART_FIXED;
	p->at = sc->today + sign * t->num;
	sc->i += 2;
	return true;
}

/* The year after "uge 50": 2025, also behind a comma, a slash or a dash. */
static void read_week_year(struct when_scan *sc, struct when_part *p)
{
	const struct when_tok *t = when_peek(sc, 0);
	int k = when_is_sign(t, ',') || when_is_sign(t, '/') || when_is_sign(t, '-');

	t = when_peek(sc, k);
	if (!when_is_num(t, 4, 4) || !when_in_years(t->num))
		return;
	p->y = t->num;
	p->y_digits = 4;
	sc->i += k + 1;
}

static bool read_week(struct when_scan *sc, struct when_part *p)
{
	when_take_word(sc, WORD_WEEK);
	when_take_sign(sc, '.');
	p->kind = PART_WEEK;
	p->d_i = sc->i;
	return read_in(sc, 53, _("a week from 1 to 53"), &p->d);
}

bool when_fail_week(struct when_scan *sc, const struct when_part *p)
{
	return when_fail(sc, p->d_i, _("a week from 1 to %d (as %d has)"), civil_weeks_in_year(p->y), p->y);
}

/* The "-3" of 2025-W50-3. */
static bool read_week_day(struct when_scan *sc, struct when_part *p)
{
	const struct when_tok *sign = when_peek(sc, 0), *t = when_peek(sc, 1);

	if (!when_is_sign(sign, '-') || sign->gap || t->gap || !when_is_num(t, 1, 1))
		return true;
	if (t->num < 1 || t->num > 7)
		return when_fail(sc, sc->i + 1, "%s", _("a day of the week from 1 to 7"));
	p->kind = PART_FIXED;
	p->at = civil_from_week(p->y, p->d, t->num);
	if (p->at == DATE_NONE)
		return when_fail_week(sc, p);
	sc->i += 2;
	return true;
}

/* 2025-12-03, and 2025-W50 with or without a day. */
static bool read_year_first(struct when_scan *sc, struct when_part *p)
{
	struct when_tok sign;

	p->y = when_peek(sc, 0)->num;
	p->y_digits = 4;
	if (!when_in_years(p->y))
		return when_fail_year(sc, sc->i);
	sc->i++;
	sign = *when_peek(sc, 0);
	sc->i += is_date_sign(&sign);
	if (when_is_word(when_peek(sc, 0), WORD_WEEK))
		return read_week(sc, p) && read_week_day(sc, p);
	if (!is_date_sign(&sign))
		return when_fail(sc, sc->i, "%s", _("a month and a day"));
	if (!read_in(sc, 12, _("a month from 1 to 12"), &p->m))
		return false;
	if (!when_take_sign(sc, sign.sign))
		return when_fail(sc, sc->i, "%s", _("a day"));
	p->kind = PART_DAY;
	p->d_i = sc->i;
	return read_in(sc, 31, _("a day from 1 to 31"), &p->d);
}

/* Would this number, taken as a year, cut another date or a span in two? */
static bool goes_on(const struct when_scan *sc, int k, bool has_sign)
{
	const struct when_tok *sign = when_peek(sc, k), *next = when_peek(sc, k + 1);

	if (when_is_word(sign, WORD_MONTH))
		return true;
	/* 3/12 1930-2130 is an evening, not a year */
	if (!has_sign && sc->follows == FOLLOWS_TIME && (when_is_sign(sign, '-') || when_is_word(sign, WORD_TO)))
		return when_is_num(next, 3, 4);
	if (sign->gap || when_peek(sc, k - 1)->digits > 2)
		return false;
	return is_date_sign(sign) && (next->kind == WHEN_NUM || when_is_word(next, WORD_MONTH));
}

/* Is the number k tokens ahead the year of the date before it? `sign` is what stands between them,
 * `first` what stood between day and month. */
static bool is_year(const struct when_scan *sc, int k, const struct when_tok *sign, int32_t first)
{
	const struct when_tok *t = when_peek(sc, k);
	bool same_sign = sign && sign->sign == first && !t->gap;

	if (when_is_num(t, 4, 4))
		return when_in_years(t->num) && !goes_on(sc, k + 1, sign != NULL);
	if (!when_is_num(t, 2, 2))
		return false;
	if (same_sign)
		return true;
	if (sc->follows != FOLLOWS_TIME && when_peek(sc, k + 1)->kind == WHEN_END)
		return true;
	return sign && is_date_sign(sign) && !t->gap && !goes_on(sc, k + 1, true);
}

/* The year behind a day and month, and the dot that may end them ("3. dec.", "3.12."). */
static bool read_year(struct when_scan *sc, struct when_part *p, int32_t first)
{
	const struct when_tok *sign = when_peek(sc, 0), *t;
	bool has_sign = (is_date_sign(sign) && !sign->gap) || when_is_sign(sign, ',');

	t = when_peek(sc, has_sign);
	if (is_year(sc, has_sign, has_sign ? sign : NULL, first)) {
		p->y = t->num;
		p->y_digits = t->digits;
		sc->i += has_sign + 1;
		return true;
	}
	/* 3.12.8 and 3/12/125 are meant to have a year */
	if (has_sign && sign->sign == first && t->kind == WHEN_NUM && !t->gap)
		return when_fail_year(sc, sc->i + 1);
	when_take_sign(sc, '.');
	return true;
}

/* 3/12, 3.12.25, 3. dec 2025 */
static bool read_day_first(struct when_scan *sc, struct when_part *p)
{
	int32_t sign = 0;

	p->kind = PART_DAY;
	p->d_i = sc->i;
	if (!read_in(sc, 31, _("a day from 1 to 31"), &p->d))
		return false;
	if (is_date_sign(when_peek(sc, 0)))
		sign = when_peek(sc, 0)->sign;
	sc->i += sign != 0;
	if (when_is_word(when_peek(sc, 0), WORD_MONTH)) {
		p->m = when_peek(sc, 0)->value;
		sc->i++;
	} else if (!sign) {
		return when_fail(sc, sc->i, "%s", _("a month"));
	} else if (!read_in(sc, 12, _("a month from 1 to 12"), &p->m)) {
		return false;
	}
	return read_year(sc, p, sign);
}

static bool read_week_and_year(struct when_scan *sc, struct when_part *p)
{
	if (!read_week(sc, p))
		return false;
	read_week_year(sc, p);
	return true;
}

/* "i dag", "i morgen", "imorgen", "i-går", "tomorrow" */
static bool read_relative(struct when_scan *sc, struct when_part *p)
{
	bool has_i = when_take_word(sc, WORD_I);
	if (has_i)
		when_take_sign(sc, '-');
	const struct when_tok *t = when_peek(sc, 0);

	if (!when_is_word(t, WORD_RELATIVE) && !(has_i && when_is_word(t, WORD_AFTER_I)))
		return when_fail(sc, sc->i, "%s", _("a date"));
	p->kind = PART_FIXED;
	p->at = sc->today + t->value;
	sc->i++;
	return true;
}

/* What one of it has in days; 0: no such word. "dag" and "uge" stand in dates as well. */
static int days_in(const struct when_tok *t)
{
	if (when_is_word(t, WORD_WEEK))
		return 7;
	if (when_is_word(t, WORD_AFTER_I) && t->value == 0)
		return 1;
	return when_is_word(t, WORD_DAYS) ? t->value : 0;
}

/* "3 dage", "2 weeks ago", "for en uge siden" */
bool when_read_ago(struct when_scan *sc, int *days)
{
	bool has_for = when_take_word(sc, WORD_FOR);
	const struct when_tok *t = when_peek(sc, 0);
	bool is_one = when_is_word(t, WORD_ONE);
	int many = is_one ? 1 : t->num, each = days_in(when_peek(sc, 1));

	if ((!is_one && t->kind != WHEN_NUM) || !each)
		return when_fail(sc, sc->i + has_for, "%s", _("a number of days"));
	if (!civil_in_range((int64_t)sc->today - (int64_t)many * each))
		return when_fail(sc, sc->i, _("a day from %d to %d"), CIVIL_FIRST_YEAR, CIVIL_LAST_YEAR);
	*days = many * each;
	sc->i += 2;
	when_take_word(sc, WORD_AGO);
	return when_at_end(sc);
}

static void skip_fillers(struct when_scan *sc)
{
	while (when_take_word(sc, WORD_FILLER))
		when_take_sign(sc, '.');
}

/* The weekday in front, with what may stand between it and a date. */
static void read_weekday(struct when_scan *sc, struct when_part *p)
{
	p->weekday = when_peek(sc, 0)->value;
	p->kind = PART_WEEKDAY;
	sc->i++;
	when_take_sign(sc, '.');
	when_take_sign(sc, ',');
	if (!sc->weekday_alone)
		skip_fillers(sc);
}

bool when_read_date(struct when_scan *sc, struct when_part *p)
{
	const struct when_tok *t;

	*p = (struct when_part){.first_i = sc->i, .d_i = sc->i};
	skip_fillers(sc);
	p->first_i = sc->i;
	if (when_is_word(when_peek(sc, 0), WORD_WEEKDAY)) {
		read_weekday(sc, p);
		if (sc->weekday_alone || when_peek(sc, 0)->kind != WHEN_NUM)
			return true;
	}
	t = when_peek(sc, 0);
	if (when_is_sign(t, '+') || when_is_sign(t, '-'))
		return read_offset(sc, p);
	if (when_is_word(t, WORD_WEEK))
		return read_week_and_year(sc, p);
	if (t->kind != WHEN_NUM)
		return read_relative(sc, p);
	return when_is_num(t, 4, 4) ? read_year_first(sc, p) : read_day_first(sc, p);
}

/* "næste måned", "this-week", "i år" */
static bool read_which(struct when_scan *sc, struct when_part *p)
{
	int on = when_take_word(sc, WORD_I) ? 0 : when_peek(sc, 0)->value;
	struct ymd now = civil_to_ymd(sc->today), then;
	struct isoweek week;

	if (when_take_word(sc, WORD_WHICH))
		when_take_sign(sc, '-');
	p->y_digits = 4;
	if (when_take_word(sc, WORD_WEEK)) {
		week = civil_to_week(sc->today + 7 * on);
		p->kind = PART_WEEK;
		p->y = week.year;
		p->d = week.week;
	} else if (when_take_word(sc, WORD_MONTHLY)) {
		then = civil_to_ymd(civil_add_months(civil_from_ymd(now.y, now.m, 1), on));
		p->kind = PART_MONTH;
		p->y = then.y;
		p->m = then.m;
	} else if (when_take_word(sc, WORD_YEARLY)) {
		p->kind = PART_YEAR;
		p->y = now.y + on;
	} else {
		return when_fail(sc, sc->i, "%s", _("week, month or year"));
	}
	return true;
}

/* A month, a year, or any date. */
bool when_read_unit(struct when_scan *sc, struct when_part *p)
{
	const struct when_tok *t = when_peek(sc, 0), *sign = when_peek(sc, 1), *next = when_peek(sc, 2);
	bool ymd = when_is_sign(when_peek(sc, 3), '-') && when_is_num(when_peek(sc, 4), 1, 2);

	*p = (struct when_part){.first_i = sc->i, .d_i = sc->i};
	if (when_is_word(t, WORD_WHICH) || (when_is_word(t, WORD_I) && when_is_word(sign, WORD_YEARLY)))
		return read_which(sc, p);
	if (when_is_word(t, WORD_MONTH)) {
		p->kind = PART_MONTH;
		p->m = t->value;
		sc->i++;
		when_take_sign(sc, '.');
		read_week_year(sc, p);
		return true;
	}
	if (!when_is_num(t, 4, 4) || !when_in_years(t->num))
		return when_read_date(sc, p);
	p->y = t->num;
	p->y_digits = 4;
	if (when_is_sign(sign, '-') && !sign->gap && when_is_num(next, 2, 2) && !ymd) {
		p->kind = PART_MONTH;
		sc->i += 2;
		return read_in(sc, 12, _("a month from 1 to 12"), &p->m);
	}
	if (sign->kind != WHEN_END && !(when_is_sign(sign, '-') && when_is_num(next, 4, 4)) &&
	    !when_is_word(sign, WORD_TO))
		return when_read_date(sc, p);
	p->kind = PART_YEAR;
	sc->i++;
	return true;
}
