/* tui/week_priv.h - the week as a grid: what stands in which cell, and its picture. Knows no store and no keys. */
#ifndef TUI_WEEK_PRIV_H
#define TUI_WEEK_PRIV_H

#include "tui/shifts_priv.h"

enum { WEEK_DAYS = 7 };

/* A line of the grid. Where a place has two equal shifts on one day, its row of roster_grid() makes two lines. */
struct week_row {
	const struct grid_row *g;
	size_t sub;
	bool heads;                        /* a heading with place and role stands above it */
	int names;                         /* the most people that one of its cells holds */
};
struct week_sum { size_t need, filled, open; };

struct week {
	civil_date monday, today;
	struct roster roster;
	struct grid grid;
	struct week_row *rows;
	size_t n;
	struct week_sum days[WEEK_DAYS];
	struct troubles troubles;
	uint8_t *levels;                   /* enum rule_level by the shift's place in roster.shifts */
};
/* What drawing leaves for the next time. */
struct week_seen { int top; };

/* Fill in rows, sums and levels from roster, troubles, monday. */
void week_build(struct arena *a, struct week *w);
/* NULL: no shift there. */
const struct shift *week_cell(const struct week *w, size_t row, int day);
/* The cell of a shift; false when it isn't in this week. */
bool week_find(const struct week *w, struct id shift, size_t *row, int *day);
/* The row that is most like this one: same place, role and times, else the same place and role, else place; w->n when
 * none. */
size_t week_find_row(const struct week *w, struct id unit, struct id role, int from, int to, size_t sub);
void week_draw(const struct week *w, size_t row, int day, struct week_seen *seen, struct canvas *cv, struct rect r,
	struct arena *a);

#endif
