/* roster/hours.h - hours added up: planned, told and approved, by person and by organisation and month.
 *
 * Planned: of places that somebody has, also those to come. Told: of those who were there, the hours told or else
 * planned. Approved: of these, what somebody has vouched for. What isn't recorded is neither, and is counted beside
 * them. Shifts that are called off are none, and drafts only for those who were there all the same. Minutes are
 * roster/duty.h's; nothing here compares people. */
#ifndef ROSTER_HOURS_H
#define ROSTER_HOURS_H

#include "roster/attendance.h"

struct hours_sum {
	int64_t planned, told, approved;   /* minutes */
	size_t shifts;                     /* times that somebody was there */
	size_t people;                     /* who were there, each once; places without names each time */
	size_t unrecorded;                 /* places on shifts that are over */
};

/* Whose hours: [from, to); a unit with those below it, an organisation, or all (NULL). */
struct hours_of { civil_date from, to; const struct id *unit, *organisation; };

struct hours_person { const struct person *person; struct hours_sum of; struct load ever, year; };
/* Everybody with a place in the period, in the order of names. */
int hours_by_person(struct view *v, struct book *b, struct arena *a, const struct hours_of *of, struct hours_person **out, size_t *n,
	struct err *e);
/* Each organisation and month with a place in it, by name and month. org NULL: through none that is known. */
struct hours_month { const struct org *org; civil_date month; struct hours_sum of; };
int hours_by_organisation(struct view *v, struct book *b, struct arena *a, const struct hours_of *of, struct hours_month **out,
	size_t *n, struct err *e);

/* What a card says: until today, in all and in the last 12 months (roster_load_of). */
int hours_until_now(struct view *v, struct id volunteer, civil_min now, struct load *ever, struct load *year, struct err *e);

#endif
