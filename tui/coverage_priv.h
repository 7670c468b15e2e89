/* tui/coverage_priv.h - what the screen of coverage shows, and its picture (coverage_draw.c, which knows no keys). */
#ifndef TUI_COVERAGE_PRIV_H
#define TUI_COVERAGE_PRIV_H

#include "roster/coverage.h"
#include "tui/screens.h"

struct coverage_data {
	struct coverage of;
	struct id unit;                    /* ID_NONE: all */
	const char *unit_name;             /* "" for all; in the model */
	const struct book *book;           /* good until the next load */
	civil_min now;
	int day, hour;                     /* under the cursor; Monday is 0 */
	bool placed;                       /* the cursor has been put where most is missing */
	size_t paper;                      /* what is being written to a file: enum coverage_layout */
};

/* "Wednesdays 08:00–09:00" */
const char *coverage_cell_name(struct arena *a, int day, int hour);
/* "13 of 16 places filled · 2 of 4 shifts lack somebody" */
const char *coverage_cell_words(struct arena *a, const struct cover_cell *cell);
void coverage_draw(const struct coverage_data *d, struct canvas *cv, struct rect r, struct arena *a);

/* From another screen: of the unit and from the week that a roster shows, else of all and from now. */
void coverage_open_from(struct app *app, struct screen *s);

extern const struct action_set actions_coverage;

#endif
