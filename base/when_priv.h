/* base/when_priv.h - what the files behind base/when.h share: a line cut into numbers, known words
 * and signs (when_scan.c), what was read from it (when_read.c, when_time.c), and the furthest place
 * where something else was expected. */
#ifndef BASE_WHEN_PRIV_H
#define BASE_WHEN_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/civil.h"
#include "base/err.h"

/* The longest sensible line, "på onsdag den 3. december 2025, kl. 8.30 til kl. 11.30", has 21. */
#define WHEN_MAX_TOKENS 40

enum when_kind { WHEN_END, WHEN_NUM, WHEN_WORD, WHEN_SIGN };

enum when_word {
	WORD_UNKNOWN,
	WORD_WEEKDAY,   /* value 1–7 */
	WORD_MONTH,     /* value 1–12 */
	WORD_RELATIVE,  /* tomorrow; value is days from today */
	WORD_AFTER_I,   /* "morgen", which means tomorrow only after "i" */
	WORD_I,
	WORD_FILLER,    /* på, den, the */
	WORD_WEEK,
	WORD_TO,
	WORD_CLOCK,     /* kl. */
	WORD_T,         /* hours in "2 t", and the T of ISO 8601 */
	WORD_HOUR,
	WORD_MINUTE,
	WORD_DAYS,      /* value is days in one */
	WORD_ONE,       /* en, a */
	WORD_FOR,       /* for … siden */
	WORD_AGO,
	WORD_WHICH,     /* next week; value is how many on */
	WORD_MONTHLY,   /* the word month itself */
	WORD_YEARLY,
};

struct when_tok {
	enum when_kind kind;
	int num;                /* WHEN_NUM: its value, capped far above anything meaningful */
	int digits;
	enum when_word word;
	int value;
	int32_t sign;           /* WHEN_SIGN: the character; every dash is '-' */
	int at;                 /* its place, in characters from 1 */
	bool gap;               /* a blank stands before it */
};

/* What may come after a date in the text being read. */
enum when_follows { FOLLOWS_NOTHING, FOLLOWS_TIME, FOLLOWS_PERIOD };

struct when_scan {
	const char *s;
	civil_date today;
	int bias;
	enum when_follows follows;
	bool weekday_alone;     /* the second try of "mandag 8-12": the numbers are no date */
	int i;                  /* the token in hand */
	int n;                  /* tokens; the last is WHEN_END */
	int fail_i;             /* -1 while nothing has failed */
	struct when_tok tok[WHEN_MAX_TOKENS];
	char expected[160];
};

void when_scan_init(struct when_scan *sc, const char *s, civil_date today);

/* The k-th token after the one in hand, or the end. */
const struct when_tok *when_peek(const struct when_scan *sc, int k);
bool when_is_sign(const struct when_tok *t, int32_t sign);
bool when_is_word(const struct when_tok *t, enum when_word word);
/* A number of lo to hi digits. */
bool when_is_num(const struct when_tok *t, int lo, int hi);

/* Step over the token in hand if it is this one. */
bool when_take_sign(struct when_scan *sc, int32_t sign);
bool when_take_word(struct when_scan *sc, enum when_word word);
/* A dash, "til" or "to". */
bool when_take_to(struct when_scan *sc);

/* Remember what was expected at token i, unless an earlier try came further. Always false. */
bool when_fail(struct when_scan *sc, int i, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* True at the end of the line; else fails. */
bool when_at_end(struct when_scan *sc);
/* The whole sentence for the furthest failure, and ERR_DATA. `example` is one that is accepted. */
int when_refuse(const struct when_scan *sc, struct err *e, const char *example);

/* A time of day at the token in hand. */
bool when_read_time(struct when_scan *sc, int *minute);
/* Two times; *to > *from, past 1440 when it ends after midnight. */
bool when_read_span(struct when_scan *sc, int *from, int *to);

enum when_part_kind { PART_FIXED, PART_WEEKDAY, PART_DAY, PART_WEEK, PART_MONTH, PART_YEAR };

struct when_part {
	enum when_part_kind kind;
	civil_date at;          /* PART_FIXED */
	int weekday;            /* written beside it, or 0 */
	int y, m, d;            /* d is the week of a PART_WEEK; y is 0 when not written */
	int y_digits;
	int first_i, d_i;       /* tokens, for what is wrong with it */
};

/* Any date; with sc->weekday_alone a weekday without the numbers behind it. */
bool when_read_date(struct when_scan *sc, struct when_part *p);
/* A number of days or weeks back, to the end of the line. */
bool when_read_ago(struct when_scan *sc, int *days);
/* A month, a year, or any date. */
bool when_read_unit(struct when_scan *sc, struct when_part *p);
bool when_in_years(int y);
bool when_fail_year(struct when_scan *sc, int i);
bool when_fail_week(struct when_scan *sc, const struct when_part *p);

#endif
