/* roster/coverage.h - how well a period is covered: by weekday and hour, by day, in all.
 *
 * Counted from the rows of view_shifts() alone, so that a year of a region is a matter of milliseconds. A shift belongs
 * to the day when it begins, as in the roster; its hours lie where the clock on the wall shows them, also after
 * midnight and after the period's last day. Minutes are real ones: of the night when the clock goes back the hour from
 * 2 to 3 has 120, of the one when it goes forward none. What is called off is left out, and places that one shift has
 * too many fill no other's. */
#ifndef ROSTER_COVERAGE_H
#define ROSTER_COVERAGE_H

#include "roster/book.h"

enum { COVER_DAYS = 7, COVER_HOURS = 24 };

/* Places; filled is at most need. */
struct cover_sum { size_t need, filled; };
struct cover_cell {
	struct cover_sum places;           /* of the shifts that lie in the hour, in a part of it too */
	int64_t need, filled;              /* real minutes of places in it */
	size_t shifts, gaps;               /* and how many of them lack somebody */
	struct id gap;                     /* the first of those that is still to come, else the first; ID_NONE */
	civil_min gap_start;
};
struct coverage {
	civil_date from, to;               /* [from, to) */
	struct cover_cell cell[COVER_DAYS][COVER_HOURS];     /* Monday first */
	struct cover_sum *days;            /* of each day from `from` on */
	struct cover_sum all;
	int first, last;                   /* hours [first, last) that anything lies in; equal: nothing does */
	const struct shift_row *rows;      /* those counted, by start */
	size_t n;
};

/* rows: those that begin in the period; kept as a pointer. `now` tells gaps to come from those that have been. Pure. */
void coverage_count(struct arena *a, const struct shift_row *rows, size_t n, civil_date from, civil_date to, civil_min now,
	struct coverage *out);
/* unit: NULL all; otherwise it and everything below it. */
int coverage_load(struct view *v, struct book *b, struct arena *a, const struct id *unit, civil_date from, civil_date to,
	civil_min now, struct coverage *out, struct err *e);
/* The next row from *at on that lies in a cell (day 0 is Monday), and *at behind it; NULL: no more. */
const struct shift_row *coverage_next(const struct coverage *c, int day, int hour, size_t *at);
/* Called off: counts nowhere. */
bool cover_is_off(const struct shift_row *row);
/* Places that are still needed; 0 when called off. */
size_t cover_open(const struct shift_row *row);

#endif
