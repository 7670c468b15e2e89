/* tui/series_priv.h - what the screens of series of shifts share. */
#ifndef TUI_SERIES_PRIV_H
#define TUI_SERIES_PRIV_H

#include "roster/series.h"
#include "tui/screens.h"

/* The form of a new series. */
struct screen *screen_series_new(struct app *app);
/* The form of one that becomes another: from that day on, or (DATE_NONE) altogether. NULL when it is gone. */
struct screen *screen_series_change(struct app *app, struct id series, civil_date from);
/* Who has fixed places in it. */
struct screen *screen_fixed(struct app *app, struct id series);

/* Ask for the last day and end it; ask what becomes of those with people on them. */
void series_ask_end(struct app *app, struct screen *s, struct id series);
/* `alone` at once for a shift of its own. One of a series: asks whether only this, this and the following, or all is
 * meant; the two others lead to the form of the series, or end it. */
enum series_ask_what { SERIES_ASK_CHANGE, SERIES_ASK_DELETE };
void series_ask_which(struct app *app, struct screen *s, struct id shift, enum series_ask_what what, void (*alone)(struct app *, struct screen *));
/* The same before a shift is moved by so much; the two others are moved at once, and then() is called. NULL: it is
 * asked. Else there is nothing to ask, and whoever calls moves it alone: why, as a translated sentence; "" when there
 * is nothing to say about that. */
struct series_move { struct id shift; int days, minutes; };
const char *series_ask_move(struct app *app, struct screen *s, const struct series_move *by, void (*alone)(struct app *, struct screen *),
	void (*then)(struct app *, struct screen *));
/* Who must hear of it, as a text to be read over the screen; nothing when nobody must. */
void series_show_told(struct app *app, const struct series_done *done);
/* In the list of series, if that is what is on top: the cursor goes to one that was just made. */
void series_show_new(struct app *app, struct id series);
/* "5 shifts made · 3 changed"; "" when nothing was. */
const char *series_counts(struct arena *a, const struct series_done *done);

extern const struct action_set actions_series, actions_fixed;

#endif
