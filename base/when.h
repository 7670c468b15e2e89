/* base/when.h - understanding dates, times and periods as coordinators type them.
 *
 * Lenient in, exact out: every accepted spelling gives one value, and what can't be understood says where. `today` is
 * always given (never the system clock). Two-digit years: dates of birth go to the past (WHEN_PAST), others to within
 * 50 years of today. A day and month without year: the nearest such day not more than 183 days from today (WHEN_NEAR)
 * or the last one (WHEN_PAST); a week likewise, however far week 53 is. Danish and English words are both accepted
 * whatever the language and its case, days and months also shortened to three letters or more, with or without a dot;
 * ø and å also as o/oe and a/aa; any dash, and any blank.
 *
 * What can't be understood is ERR_DATA with a sentence that says what was expected at which character, and an example
 * that is accepted; the results are then untouched. */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include "base/civil.h"
#include "base/err.h"

enum when_bias { WHEN_NEAR, WHEN_PAST };

/* 3/12 · 3.12.25 · 3-12-2025 · 3/12 2025 · 3/12-25 · 2025-12-03 · ons 3/12 · 3. dec 2025 · i dag · i-dag · i morgen ·
 * i overmorgen · i går · mandag (the next one, today included; the last one for WHEN_PAST) · på tirsdag · +7 · -1 ·
 * uge 50 (its Monday) · uge 50 2025 · 2025-W50 · 2025-W50-3; but not 03122025. A weekday beside a date must agree with
 * it, or the error says which it is. */
int when_parse_date(const char *s, civil_date today, enum when_bias bias, civil_date *out, struct err *e);

/* 8 · 08 · 8.30 · 8:30 · 0830 · 830 · kl. 8 · kl 8.30 · 24 · 24.00 (1440). Minutes since midnight. */
int when_parse_time(const char *s, int *minute, struct err *e);

/* 8-11 · 9.30-11.30 · 8–11 · kl. 8 til 11 · 20-24 · 22-6 (over midnight: *to > 1440). It can't end when it starts. */
int when_parse_span(const char *s, int *from, int *to, struct err *e);

/* A date and a time: i morgen 14 · 3/12 8.30 · 2025-12-03T08:30. */
int when_parse_datetime(const char *s, civil_date today, civil_min *out, struct err *e);

/* Some time ago, as [from, to): any date as for WHEN_PAST, the whole of it · 3 dage · 2 weeks ago · for en uge siden ·
 * i går 14 · ons 3/12 8.30, a moment: *to is *from. */
int when_parse_past(const char *s, civil_date today, civil_min *from, civil_min *to, struct err *e);

/* A date and a span: 3/12 8-12 · i morgen 14-16 · ons 3/12 20-24. "mandag 8-12" is next Monday from 8 to 12. */
int when_parse_datespan(const char *s, civil_date today, civil_min *from, civil_min *to, struct err *e);

/* A period as [from, to) days: uge 50 · 2025-W49 · 2025-12 · december · december 2025 · 3/12 · 1/12-7/12 · 3/12..7/12 ·
 * 2025 · næste uge · denne måned · last-month · i år. Any two of them make a longer one; where one end lacks its year
 * it is the nearest to the other (28/12-3/1). Without any year an end before the start is an error, unless New Year lies
 * between them and no more than half a year. */
int when_parse_period(const char *s, civil_date today, civil_date *from, civil_date *to, struct err *e);

/* 90 · 1.30 · 1:30 · 1½ time · 2 t · 2,5 t · 45 min. Minutes, at most seven days. A bare number under 13 is hours. */
int when_parse_duration(const char *s, int *minutes, struct err *e);

#endif
