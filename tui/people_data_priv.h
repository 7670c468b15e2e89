/* tui/people_data_priv.h - what the screens of people's data share: the lists (screen_people_data.c, with what stands
 * in them in people_data_rows.c), what is done about one person (person_acts.c), and erasing (screen_erasing.c). */
#ifndef TUI_PEOPLE_DATA_PRIV_H
#define TUI_PEOPLE_DATA_PRIV_H

#include "roster/retention.h"
#include "sync/receipts.h"
#include "tui/screens.h"

/* ---- the lists ------------------------------------------------------------------------------------------- */
enum people_list { PEOPLE_DUE, PEOPLE_ERASED, PEOPLE_PRINTED, PEOPLE_LISTS };

struct people_data {
	enum people_list show;
	struct list *lists[PEOPLE_LISTS];       /* the one that is shown is the screen's, too */
	civil_date today;
	struct retained *due;                   /* in the model, as are the two below */
	struct receipts *erased;
	struct rec **printed;
	size_t n[PEOPLE_LISTS];
	size_t loud[PEOPLE_LISTS];              /* over; not confirmed by everybody; overdue */
};

/* How far ahead what will be over is shown, in days. */
enum { PEOPLE_AHEAD = 60 };

void people_data_make_lists(struct people_data *d);
int people_data_read(struct people_data *d, struct screen *s, struct view *v, struct err *e);
/* What a row of the list that is shown is about, in full: its title, and drawn into r. */
const char *people_data_title(const struct people_data *d, size_t row, struct arena *a);
void people_data_draw(const struct people_data *d, size_t row, struct canvas *cv, struct rect r, struct arena *a);
/* Who has confirmed an erasure, and who not yet: "Viborg 3/12, Skive 4/12"; "Horsens (heard 1/12)". "" nobody. */
const char *people_data_confirmed(const struct receipts *x, struct arena *a);
const char *people_data_missing(const struct receipts *x, civil_date today, struct arena *a);
/* What becomes of it, in a sentence. */
const char *people_data_happens(enum retention_what what);

/* The volunteer whom the row under the cursor is about; ID_NONE nobody, or the screen is another. */
struct id people_data_person(const struct screen *s);

/* ---- what is done ---------------------------------------------------------------------------------------- */
/* One person, after the form that asks why. */
struct screen *screen_erase_person(struct app *app, struct id volunteer, int why);
/* What is over by today: all of it, or what is marked. `only` are the records' ids (copied); n 0: all. */
struct screen *screen_erase_due(struct app *app, const struct id *only, size_t n);

extern const struct action_set actions_people_data, actions_person, actions_erasing;

#endif
