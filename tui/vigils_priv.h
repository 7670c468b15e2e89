/* tui/vigils_priv.h - what the screens of vigils share. */
#ifndef TUI_VIGILS_PRIV_H
#define TUI_VIGILS_PRIV_H

#include "roster/vigil.h"
#include "tui/screens.h"

enum { VIGIL_BAR_MOST = 72 };
/* How it stands, as a colour. */
enum role vigil_role(const struct vigil *v);
/* The bar in at most so many columns of one line, and below it in words what it says; cut off *r. */
void vigil_draw_bar(const struct vigil *v, struct canvas *cv, struct rect *r, struct arena *a);
/* "Room 12 · Mette · 89 10 11 12"; "" when nothing is known, or nothing any more. */
const char *vigil_ask(struct arena *a, const struct vigil *v);
/* One more: a ward calls. Opens it when it is made. */
struct screen *screen_vigil_new(struct app *app);
/* Room, contact person and phone of one. */
struct screen *screen_vigil_contact(struct app *app, const struct vigil *v);

extern const struct action_set actions_vigils, actions_vigil;

#endif
