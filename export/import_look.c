/* export/import_look.c - what a cell looks like and what it says: dates, times, phones, and the words that sheets use
 * for choices. Owns these words and rules of thumb. Must not know rows, files or plans. */
#include "export/import_priv.h"

#include <ctype.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/when.h"

/* ---- looks ---------------------------------------------------------------------------------------- */

static size_t count_digits(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += isdigit((unsigned char)*s) != 0;
	return n;
}

static bool only(const char *s, const char *allowed)
{
	return s[strspn(s, allowed)] == '\0';
}

static bool looks_like_phone(const char *s)
{
	size_t n = count_digits(s);
	return n >= 8 && n <= 14 && only(s, "0123456789+-. ()") && strspn(s, "0123456789") != 10;
}

/* A day and a month at least: bare numbers and words are too many things. A weekday in front is left out, as no year is
 * known here. */
static bool looks_like_date(const char *s)
{
	civil_date d;
	s += strcspn(s, "0123456789");
	return count_digits(s) >= 2 && strpbrk(s, "/.-") &&
	       !when_parse_date(s, civil_from_ymd(2025, 7, 1), WHEN_NEAR, &d, NULL);
}

static bool looks_like_hour(const char *s)
{
	int minute;
	return !when_parse_time(s, &minute, NULL);
}

static bool looks_like_time(const char *s)
{
	return strpbrk(s, ".:") && !strpbrk(s, "/-") && looks_like_hour(s);
}

static bool looks_like_span(const char *s)
{
	int from, to;
	return !when_parse_span(s, &from, &to, NULL);
}

static bool looks_like_words(const char *s, size_t least, size_t most)
{
	size_t words = 1;
	if (only(s, "") || !(isupper((unsigned char)*s) || (unsigned char)*s >= 0x80))
		return false;
	for (; *s; s++) {
		if (isdigit((unsigned char)*s) || strchr("@/:;,", *s))
			return false;
		words += *s == ' ';
	}
	return words >= least && words <= most;
}

bool import_looks(struct arena *a, enum look look, const char *s)
{
	switch (look) {
	case LOOK_NONE:
		return true;
	case LOOK_PHONE:
		return looks_like_phone(s);
	case LOOK_EMAIL:
		return strchr(s, '@') != NULL;
	case LOOK_DATE:
		return looks_like_date(s);
	case LOOK_TIME:
		return looks_like_time(s);
	case LOOK_HOUR:
		return looks_like_hour(s);
	case LOOK_SPAN:
		return looks_like_span(s);
	case LOOK_POSTCODE:
		return strlen(s) == 4 && count_digits(s) == 4;
	case LOOK_WEEKDAY:
		return import_parse_weekday(a, s) != 0;
	case LOOK_WORD:
		return looks_like_words(s, 1, 1);
	case LOOK_NAME:
		return looks_like_words(s, 2, 4);
	}
	return false;
}

/* ---- the words for choices ------------------------------------------------------------------------ */

/* As sheets write them, folded when compared. The letters A–F for organisations are the region's own six kinds of civil
 * society. */
static const struct {
	uint8_t set, no;
	const char *words;
} choice_words[] = {
	{SET_UNIT_KIND, 1, "region"},
	{SET_UNIT_KIND, 2, "sundhedsråd"},
	{SET_UNIT_KIND, 3, "hospital|sygehus|regionshospital|universitetshospital"},
	{SET_UNIT_KIND, 4, "afdeling|klinik"},
	{SET_UNIT_KIND, 5, "afsnit|sengeafsnit"},
	{SET_UNIT_KIND, 6, "bosted|botilbud"},
	{SET_UNIT_KIND, 7, "dagtilbud|dagcenter|værested"},
	{SET_UNIT_KIND, 8, "hospice"},
	{SET_UNIT_KIND, 9, "sted|forhal|café"},
	{SET_ORGANISATION_KIND, 1, "a|forening|frivillig forening"},
	{SET_ORGANISATION_KIND, 2, "b|fond|stiftelse"},
	{SET_ORGANISATION_KIND, 3, "c|socialøkonomisk virksomhed"},
	{SET_ORGANISATION_KIND, 4, "d|selvejende institution|selvejende"},
	{SET_ORGANISATION_KIND, 5, "e|ngo|nonprofit|non-profit"},
	{SET_ORGANISATION_KIND, 6, "f|uformelt netværk|netværk"},
	{SET_ORGANISATION_KIND, 7, "frivilligcenter"},
	{SET_ORGANISATION_KIND, 8, "eget korps|eget frivilligkorps|korps"},
	{SET_VOLUNTEER_STATUS, VOLUNTEER_APPLICANT, "ansøger|ny|venter"},
	{SET_VOLUNTEER_STATUS, VOLUNTEER_ACTIVE, "aktiv|ja"},
	{SET_VOLUNTEER_STATUS, VOLUNTEER_PAUSE, "pause|orlov|på pause"},
	{SET_VOLUNTEER_STATUS, VOLUNTEER_ENDED, "stoppet|ophørt|udmeldt|tidligere|inaktiv|nej"},
	{SET_CHILD_CHECK, CHILD_NOT_NEEDED, "ikke nødvendig|kræves ikke|ikke relevant"},
	{SET_CHILD_CHECK, CHILD_TO_ORDER, "skal indhentes|mangler|skal bestilles|nej"},
	{SET_CHILD_CHECK, CHILD_ORDERED, "anmodet|bestilt|afventer|sendt"},
	{SET_CHILD_CHECK, CHILD_ASSESSED, "ok|i orden|vurderet|godkendt|ja"},
	{SET_FREQUENCY, FREQUENCY_WEEKLY, "hver uge|ugentligt|en gang om ugen"},
	{SET_FREQUENCY, FREQUENCY_FORTNIGHTLY, "hver anden uge|hver 2 uge|hver 14 dag"},
	{SET_FREQUENCY, FREQUENCY_FOUR_WEEKLY, "hver fjerde uge|hver 4 uge|månedligt|en gang om måneden"},
	{SET_FREQUENCY, FREQUENCY_NOW_AND_THEN, "en gang imellem|indimellem|nu og da|efter aftale"},
	{SET_SHIFT_STATE, SHIFT_DRAFT, "kladde|udkast"},
	{SET_SHIFT_STATE, SHIFT_PUBLISHED, "planlagt|offentliggjort|ok"},
	{SET_SHIFT_STATE, SHIFT_CANCELLED, "aflyst|annulleret|udgår|called off"},
};

bool import_word_is(struct arena *a, const char *words, const char *folded)
{
	while (*words) {
		size_t n = strcspn(words, "|");
		if (!strcmp(text_fold(a, arena_strndup(a, words, n)), folded))
			return true;
		words += n + (words[n] == '|');
	}
	return false;
}

static int choice_by_word(struct arena *a, int set, const char *s)
{
	const char *folded = text_fold(a, s);
	for (size_t i = 0; i < sizeof choice_words / sizeof *choice_words; i++)
		if (choice_words[i].set == set && import_word_is(a, choice_words[i].words, folded))
			return choice_words[i].no;
	return 0;
}

int import_parse(struct arena *a, const struct field *f, const char *s, civil_date today, struct value *out,
		 struct err *e)
{
	int no = f->kind == KIND_CHOICE ? choice_by_word(a, f->arg, s) : 0;
	if (!no)
		return kind_parse(a, f, s, today, out, e);
	*out = value_int(no);
	return OK;
}

/* ---- days ------------------------------------------------------------------------------------------ */

int import_parse_weekday(struct arena *a, const char *s)
{
	static const char *const names[][2] = {
		{"mandag", "monday"}, {"tirsdag", "tuesday"}, {"onsdag", "wednesday"}, {"torsdag", "thursday"},
		{"fredag", "friday"}, {"lordag", "saturday"}, {"sondag", "sunday"},
	};
	const char *folded = text_fold(a, s);
	size_t n = strcspn(folded, " ");
	for (int day = 0; n >= 2 && day < 7; day++)
		for (int k = 0; k < 2; k++)
			if (n <= strlen(names[day][k]) && !strncmp(folded, names[day][k], n))
				return day + 1;
	return 0;
}

int import_parse_week(struct arena *a, const char *s)
{
	const char *folded = text_fold(a, s), *at = strstr(folded, "uge");
	int week = 0;
	at = at ? at : strstr(folded, "week");
	if (!at)
		return 0;
	for (at += strcspn(at, "0123456789"); isdigit((unsigned char)*at) && week < 100; at++)
		week = week * 10 + (*at - '0');
	return week <= 53 ? week : 0;
}

/* In a year that isn't said, the weekday and the week tell which it is: "man 1/12" of week 49 is a day of 2025, never
 * of 2026. */
int import_parse_day(struct arena *a, const char *s, int week, civil_date today, civil_date *out, struct err *e)
{
	int this_year = civil_to_ymd(today).y;
	int r = when_parse_date(s, today, WHEN_NEAR, out, e);
	if (!r && (!week || civil_to_week(*out).week == week))
		return OK;
	for (int i = 1; i <= 20; i++) {
		civil_date d;
		int year = this_year + (i % 2 ? -(i / 2) : i / 2);
		if (!when_parse_date(arena_printf(a, "%s %d", s, year), today, WHEN_NEAR, &d, NULL) &&
		    (!week || civil_to_week(d).week == week)) {
			*out = d;
			return OK;
		}
	}
	return r;
}
