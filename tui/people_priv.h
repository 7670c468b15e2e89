/* tui/people_priv.h - what can be done to volunteers from a list of them as well as from a card. */
#ifndef TUI_PEOPLE_PRIV_H
#define TUI_PEOPLE_PRIV_H

#include "tui/screens.h"

extern const struct action_set actions_people;

/* The card's volunteer, else those of the marked rows of a list, or of the one under the cursor. In the arena. */
struct id *people_targets(const struct screen *s, struct arena *a, size_t *n);

/* Whom the card shows; ID_NONE when the screen is no card. */
struct id screen_volunteer_id(const struct screen *s);

/* Two records of what looks like one person, side by side, to be made one (screen_merge.c). */
struct screen *screen_merge(struct app *app, struct id keep, struct id drop);
extern const struct action_set actions_merge;

#endif
