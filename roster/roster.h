/* roster/roster.h - a window of the roster as plain structs, its gaps, and the day as it stands now.
 *
 * Read through a view with no record opened except notes. Everything lives in the caller's arena; names come from the
 * book. */
#ifndef ROSTER_ROSTER_H
#define ROSTER_ROSTER_H

#include "roster/book.h"

struct seat {
	struct id assignment, volunteer, organisation;
	const struct person *person;            /* NULL for an organisation's places */
	const char *name;                       /* "Merete Kjeldsen-Magnussen" or "2 fra Dansk Røde Kors, Viborg" (translated) */
	uint16_t places;
	uint8_t state, attendance;
};
struct shift {
	struct shift_row row;
	const char *unit, *role;                /* names */
	const char *note;                       /* "" when none */
	struct seat *seats;                     /* those on it first, then offered, wished, withdrawn, declined; each by Danish name order */
	size_t nseats;
	int open;                               /* places still needed: 0 when cancelled or full */
	int over;                               /* places above wished */
};
struct roster {
	civil_date from, to;                    /* [from, to) */
	struct shift *shifts;                   /* by start, then unit name, role name */
	size_t n;
	size_t need, filled, open, cancelled;   /* sums; open counts places */
};

/* unit: NULL all; otherwise it and everything below it. */
int roster_load(struct view *v, struct book *b, struct arena *a, const struct id *unit, civil_date from, civil_date to,
	struct roster *out, struct err *e);
/* The days [from, to) of one that is loaded with them: the shifts are the same ones. */
struct roster roster_days(const struct roster *r, civil_date from, civil_date to);
/* Without what isn't published yet, as others may see it; how many shifts that were. */
size_t roster_leave_drafts(struct roster *r);
/* One shift. ERR_NOTFOUND. */
int roster_shift(struct view *v, struct book *b, struct arena *a, struct id shift, struct shift *out, struct err *e);
/* "ons 3/12 08:00–11:00 · Forhal, Viborg · Hospitalsguide" */
char *shift_title(struct arena *a, const struct shift *s);
/* A shift as said in words: its whole or shortened id, or its day, perhaps with the time and a part of the place or
 * role: "3/12 8-11 forhal"; a title of shift_title() too. ERR_NOTFOUND, ERR_AMBIGUOUS with those it fits. */
int roster_find_shift(struct view *v, struct book *b, const char *text, civil_date today, struct id *out, struct err *e);

/* The week grid: one row a (unit, role, from, to) that occurs, seven columns of shifts. */
struct grid_row { const char *unit, *role; struct id unit_id, role_id; int from, to; struct shift **cell[7]; size_t ncell[7]; };
struct grid { civil_date monday; struct grid_row *rows; size_t n; };
void roster_grid(struct arena *a, const struct roster *r, civil_date monday, struct grid *out);

/* The day as it stands at `now`. Shifts called off stand in the lists like others; row.state tells. */
struct today {
	struct shift **here, **coming, **later_gaps, **gone;   /* running now; later today; gaps until the end of tomorrow; ended today */
	size_t nhere, ncoming, nlater_gaps, ngone;
	struct roster roster;                                   /* yesterday's late ones, today, tomorrow */
	struct due_row *due; size_t ndue;                       /* within 14 days, and what 60 days back still waits */
	size_t people_today;
};
int roster_today(struct view *v, struct book *b, struct arena *a, civil_min now, struct today *out, struct err *e);
/* The same from a roster that is loaded already, with yesterday and tomorrow at least. */
int roster_today_of(struct view *v, struct book *b, struct arena *a, const struct roster *loaded, civil_min now,
	struct today *out, struct err *e);

/* Hours and counts of a person in [from, to): told minutes, or planned ones in real time, of the places that count
 * (roster/duty.h). last and next: starts of the nearest shifts that the person is on, before and not before
 * `at`, within 12 months; CMIN_NONE when there is none. */
struct load { int shifts, minutes; civil_min last, next; };
int roster_load_of(struct view *v, struct id volunteer, civil_date from, civil_date to, civil_min at, struct load *out, struct err *e);

#endif
