/* roster/availability.h - when somebody can come: a weekly pattern, what is away, and how that is said.
 *
 * Kept as records of their own, read with the book (frames.h), as thousands are asked at once. Pure but for the
 * acts. */
#ifndef ROSTER_AVAILABILITY_H
#define ROSTER_AVAILABILITY_H

#include "roster/book.h"
#include "store/change.h"

/* What the pattern says of a shift; the better the smaller. "Can" and "if needed" must hold the whole shift; "cannot"
 * and "away" any of it. OUTSIDE: there is a pattern of when one can, and the shift lies outside. */
enum available { AVAILABLE_CAN, AVAILABLE_IF_NEEDED, AVAILABLE_UNSAID, AVAILABLE_OUTSIDE, AVAILABLE_CANNOT, AVAILABLE_AWAY };
/* *why gets the row that decides; NULL when there is none. */
enum available available_on(const struct avail *all, size_t n, civil_min start, civil_min end, const struct avail **why);
/* "can Mon Wed 08:00–12:00, even weeks, from 1/12 2025"; translated. */
char *available_words(struct arena *a, const struct avail *w);

/* The same without its first word: "Mon Wed 08:00–12:00". */
char *available_when(struct arena *a, const struct avail *w);

/* As a form or a command gives it. */
struct available_new { int kind, days, start, end, every; civil_date from, until; const char *note; };     /* 0, -1 and DATE_NONE: not said */
/* ERR_DATA: away without days, or times that don't fit. */
int available_add(struct store *s, struct id volunteer, const struct available_new *how, struct id *made, struct change_result *out, struct err *e);
/* Another in its place; id_is_none(which) adds one. */
int available_set(struct store *s, struct id volunteer, struct id which, const struct available_new *how, struct change_result *out, struct err *e);
int available_remove(struct store *s, struct id which, struct change_result *out, struct err *e);
/* As its record says it. */
struct available_new available_of(const struct rec *r);

#endif
