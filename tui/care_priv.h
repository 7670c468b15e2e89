/* tui/care_priv.h - the inside of the screen of care: what stands in its lists (care_rows.c), the picture
 * (screen_care.c), and three acts (care_acts.c), of which a volunteer's card and the home screen have one too. */
#ifndef TUI_CARE_PRIV_H
#define TUI_CARE_PRIV_H

#include "roster/care.h"
#include "tui/cells.h"
#include "tui/screens.h"

enum care_mode { CARE_TALKS, CARE_JUBILEES, CARE_THANKS, CARE_MODES };
/* What a row of a talk has beside its cells (cell_row.of). */
struct care_notes { const char *note, *about; };

struct care {
	enum care_mode show;
	struct cells lists[CARE_MODES];
	struct book *book;                 /* of the last load, as what stands below */
	civil_date today;
};

/* Read every list anew into the model. */
int care_read(struct care *d, struct view *v, struct arena *model, struct err *e);

/* ---- acts -------------------------------------------------------------------------------------------- */

/* The talks have been held today. `who`: with whom, as it is said below. True when it is done. */
bool care_hold(struct app *app, const struct id *talks, size_t n, const char *who);
/* The form of a talk with somebody (NULL: to be chosen). */
struct screen *screen_talk_new(struct app *app, const struct person *who);
/* They have been thanked today. */
bool care_thank(struct app *app, const struct id *people, size_t n, const char *who);

extern const struct action_set actions_care;

#endif
