/* base/weekdays.c - see weekdays.h. Owns the words for sets of weekdays, and which days are holidays. Must not know
 * what they are used for. */
#include "base/weekdays.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "base/mem.h"
#include "base/text.h"

/* ---- reading ---------------------------------------------------------------------------------------------------- */

enum { LEAST_LETTERS = 2 };

static const struct { const char *name; int mask; } days[] = {
	{"mandag", 1}, {"tirsdag", 2}, {"onsdag", 4}, {"torsdag", 8}, {"fredag", 16}, {"lørdag", 32}, {"søndag", 64},
	{"monday", 1}, {"tuesday", 2}, {"wednesday", 4}, {"thursday", 8}, {"friday", 16}, {"saturday", 32}, {"sunday", 64},
};

/* Words for several days, and those that say nothing more (0). */
static const struct { const char *word; int mask; } sets[] = {
	{"hverdag", WEEKDAYS_WORK}, {"hverdage", WEEKDAYS_WORK}, {"weekday", WEEKDAYS_WORK}, {"weekdays", WEEKDAYS_WORK},
	{"weekend", WEEKDAYS_WEEKEND}, {"weekender", WEEKDAYS_WEEKEND}, {"weekends", WEEKDAYS_WEEKEND},
	{"dag", WEEKDAYS_ALL}, {"dage", WEEKDAYS_ALL}, {"dagligt", WEEKDAYS_ALL}, {"alle", WEEKDAYS_ALL}, {"all", WEEKDAYS_ALL},
	{"day", WEEKDAYS_ALL}, {"days", WEEKDAYS_ALL}, {"daily", WEEKDAYS_ALL},
	{"og", 0}, {"and", 0}, {"hver", 0}, {"every", 0},
};

/* One of them begins with the other: "ons" and "onsdage". */
static bool fits_day(struct arena *a, const char *word, const char *name)
{
	const char *folded = text_fold(a, name);
	size_t n = strlen(word), all = strlen(folded);
	return n >= LEAST_LETTERS && strncmp(word, folded, n < all ? n : all) == 0;
}

/* The mask of a word, 0 of one that says nothing, -1 of an unknown one. */
static int mask_of(struct arena *a, const char *word)
{
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
		if (strcmp(text_fold(a, sets[i].word), word) == 0)
			return sets[i].mask;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		if (fits_day(a, word, days[i].name))
			return days[i].mask;
	return -1;
}

static bool is_single(int mask)
{
	return mask > 0 && (mask & (mask - 1)) == 0;
}

/* All days from one to the other, over Sunday too; 0 when either isn't one day. */
static int range(int from, int to)
{
	int mask = from;
	if (!is_single(from) || !is_single(to))
		return 0;
	for (int day = from; day != to; mask |= day)
		day = day == 64 ? 1 : day << 1;
	return mask;
}

struct reading {
	struct arena *a;
	int mask, last;          /* all so far; the day that a dash would go on from */
	bool dash;
};

static int refuse(struct err *e, const char *word)
{
	return err_set(e, ERR_DATA, _("\"%.40s\" is no day of the week; write e.g. man ons fre, man-tor or hverdage"), word);
}

static int take_word(struct reading *r, const char *word, struct err *e)
{
	int mask = mask_of(r->a, text_fold(r->a, word));
	if (mask > 0 && r->dash)
		mask = range(r->last, mask);
	if (mask < 0 || (mask == 0 && r->dash))
		return refuse(e, word);
	r->mask |= mask;
	r->last = mask ? mask : r->last;
	r->dash = false;
	return OK;
}

/* A dash, "til" or "through" makes a range. */
static bool is_dash(const char *word)
{
	static const char *const dashes[] = {"-", "–", "—", "til", "through"};
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
		if (strcmp(dashes[i], word) == 0)
			return true;
	return false;
}

/* Dashes become words of their own; what stands between days is a blank. */
static char *spread(struct arena *a, const char *s)
{
	struct buf b = {0};
	for (; *s; s++)
		if (strchr(",;+&/.", *s))
			buf_addc(&b, ' ');
		else if (*s == '-')
			buf_adds(&b, " - ");
		else if (strncmp(s, "–", 3) == 0) {
			buf_adds(&b, " - ");
			s += 2;
		} else
			buf_addc(&b, *s);
	char *out = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	return out;
}

int weekdays_parse(const char *s, int *mask, struct err *e)
{
	struct reading r = {.a = arena_new()};
	int rc = OK;
	size_t n;
	for (const char *p = spread(r.a, s); rc == OK && (p += strspn(p, " \t"), n = strcspn(p, " \t")) > 0; p += n) {
		const char *word = arena_strndup(r.a, p, n);
		if (is_dash(word) && r.last)
			r.dash = true;
		else
			rc = take_word(&r, word, e);
	}
	if (rc == OK && (r.mask == 0 || r.dash))
		rc = refuse(e, s);
	if (rc == OK)
		*mask = r.mask;
	arena_free(r.a);
	return rc;
}

/* ---- writing ---------------------------------------------------------------------------------------------------- */

static const char *day_word(int weekday, bool exact)
{
	static const char *const plain[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	return exact ? plain[weekday - 1] : civil_weekday_name(weekday, true);
}

char *weekdays_format(char *buf, size_t n, int mask, bool exact)
{
	size_t at = 0;
	const char *set = mask == WEEKDAYS_WORK ? _("weekdays") : mask == WEEKDAYS_WEEKEND ? _("weekend") : mask == WEEKDAYS_ALL ? _("every day") : NULL;
	assert(n > 0);
	if (set && !exact) {
		snprintf(buf, n, "%s", set);
		return buf;
	}
	buf[0] = '\0';
	for (int d = 1; d <= 7; d++)
		if (weekdays_has(mask, d) && at < n)
			at += (size_t)snprintf(buf + at, n - at, "%s%s", at ? " " : "", day_word(d, exact));
	return buf;
}

/* ---- holidays --------------------------------------------------------------------------------------------------- */

/* The Gregorian computus as Meeus, Jones and Butcher gave it. */
civil_date holiday_easter(int year)
{
	int golden = year % 19, century = year / 100, of = year % 100;
	int leap = century / 4, shift = (century + 8) / 25, lunar = (century - shift + 1) / 3;
	int epact = (19 * golden + century - leap - lunar + 15) % 30;
	int weekday = (32 + 2 * (century % 4) + 2 * (of / 4) - epact - of % 4) % 7;
	int late = (golden + 11 * epact + 22 * weekday) / 451;
	int n = epact + weekday - 7 * late + 114;
	return civil_from_ymd(year, n / 31, n % 31 + 1);
}

const char *holiday_name(civil_date d)
{
	enum { LAST_PRAYER_YEAR = 2023 };
	static const struct { int after; const char *name; } moving[] = {
		{-3, N_("Maundy Thursday")}, {-2, N_("Good Friday")}, {0, N_("Easter Sunday")}, {1, N_("Easter Monday")},
		{39, N_("Ascension Day")}, {49, N_("Whit Sunday")}, {50, N_("Whit Monday")},
	};
	static const struct { int m, d; const char *name; } fixed[] = {
		{1, 1, N_("New Year's Day")}, {12, 25, N_("Christmas Day")}, {12, 26, N_("Boxing Day")},
	};
	struct ymd at = civil_to_ymd(d);
	int after = d - holiday_easter(at.y);
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (fixed[i].m == at.m && fixed[i].d == at.d)
			return fixed[i].name;
	for (size_t i = 0; i < sizeof moving / sizeof *moving; i++)
		if (moving[i].after == after)
			return moving[i].name;
	return after == 26 && at.y <= LAST_PRAYER_YEAR ? N_("Great Prayer Day") : NULL;
}
