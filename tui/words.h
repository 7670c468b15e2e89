/* tui/words.h - how screens say when something is and how long it lasted, and how a moment that has been is typed.
 *
 * Short forms for rows of lists: today and its neighbours by name, other days with their weekday, and the year only
 * where it differs. Pure; texts are arena-owned and in the language of now. */
#ifndef TUI_WORDS_H
#define TUI_WORDS_H

#include "base/civil.h"
#include "base/err.h"
#include "base/mem.h"

/* "today", "tomorrow", "yesterday", "Wed 3/12", "3/12 2024". "" for DATE_NONE. */
char *words_day(struct arena *a, civil_date d, civil_date today);
/* The same with the time of day: "today 09:12", "Wed 3/12 08:00". "" for CMIN_NONE. */
char *words_moment(struct arena *a, civil_min t, civil_date today);
/* Of a shift: "Wed 3/12 08:00–11:00". */
char *words_span(struct arena *a, civil_min from, civil_min to, civil_date today);
/* "312 h", "4.5 h". */
char *words_hours(struct arena *a, int minutes);
/* A moment that has been, as typed: "tirsdag 14", "i går kl. 9.30", "3/12 8", "14" (today), "i går" (the end of that
 * day). ERR_DATA with a sentence when it can't be understood or is still to come. */
int words_read_past(const char *s, civil_min now, civil_min *out, struct err *e);

#endif
