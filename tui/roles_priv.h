/* tui/roles_priv.h - what the screens of roles and of pauses share. */
#ifndef TUI_ROLES_PRIV_H
#define TUI_ROLES_PRIV_H

#include "roster/gates.h"
#include "tui/screens.h"

/* Which role the card shows; ID_NONE: the screen is no card of one. */
struct id role_of_card(const struct screen *s);

/* ---- pauses ---------------------------------------------------------------------------------------------- */
/* The form of a new one: of a place or role, ID_NONE: everybody. */
struct screen *screen_pause_new(struct app *app, struct id of);
/* Whom to ring about one. */
struct screen *screen_calls(struct app *app, struct id pause);
/* "everybody", or what the place or role is called. */
const char *pause_title(const struct book *b, struct id of);
/* "in force since 3/12, begins again tomorrow" */
const char *pause_stand(struct arena *a, const struct standstill *p, civil_date today);
/* Does it still run, or is it to come? */
bool pause_is_over(const struct standstill *p, civil_date today);
/* Ask for the first day with volunteers again, and end it then. */
void pause_ask_end(struct app *app, struct screen *s, const struct standstill *p);

extern const struct action_set actions_role, actions_pauses, actions_calls, actions_pause_form;

#endif
