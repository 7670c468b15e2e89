/* base/weekdays.h - sets of weekdays as people type them, and the Danish holidays.
 *
 * A set is a mask: Monday 1, Tuesday 2, Wednesday 4 … Sunday 64. Pure but for the language of now. */
#ifndef BASE_WEEKDAYS_H
#define BASE_WEEKDAYS_H

#include "base/civil.h"
#include "base/err.h"

enum { WEEKDAYS_WORK = 31, WEEKDAYS_WEEKEND = 96, WEEKDAYS_ALL = 127 };

static inline bool weekdays_has(int mask, int weekday) { return mask >> (weekday - 1) & 1; }    /* 1 = Monday */
static inline bool weekdays_has_day(int mask, civil_date d) { return weekdays_has(mask, civil_weekday(d)); }

/* man ons fre · ma, on og fr · mandag-torsdag · fre-søn · onsdage · hverdage · weekend · alle dage · hver dag, and the
 * same in English. Two letters of a day are enough. ERR_DATA names the word that isn't understood; *mask is then
 * untouched. */
int weekdays_parse(const char *s, int *mask, struct err *e);
/* "man ons fre", "hverdage", "weekend", "alle dage" in the language of now; exact: "mon wed fri" in any. Both read
 * back. */
char *weekdays_format(char *buf, size_t n, int mask, bool exact);

/* What the holiday is called (a msgid), NULL on other days. The public holidays of the Danish church year, with Great
 * Prayer Day until 2023 (abolished by Act no. 214 of 6 March 2023, from 2024). Days that only some have off (5 June, 24
 * and 31 December) aren't among them. */
const char *holiday_name(civil_date d);
civil_date holiday_easter(int year);             /* Easter Sunday */

#endif
