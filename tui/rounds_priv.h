/* tui/rounds_priv.h - ringing round for a substitute: which gaps there are, and one of them. */
#ifndef TUI_ROUNDS_PRIV_H
#define TUI_ROUNDS_PRIV_H

#include "roster/round.h"
#include "tui/screens.h"

/* The gaps to be rung about: rounds that go on, cancellations, and what is open today and tomorrow. */
struct screen *screen_rounds(struct app *app);
/* One gap: whom to ring now, and one key an answer. After a yes that fills the shift it is left. */
struct screen *screen_round(struct app *app, struct id shift);
/* The same, unless the shift is called off or the store is open for reading only: then it says so. */
void round_open(struct app *app, const struct shift *shift);

/* Asks why a warning is set aside, and does it again with that reason. */
void round_ask_reason(struct app *app, struct screen *s, const char *title,
	int (*act)(struct screen *s, const char *reason, enum round_needs *needs, struct err *e));

/* Digits three lines high, as wide as they come; columns used. */
int big_number(struct canvas *cv, struct rect r, unsigned role, const char *text);

extern const struct action_set actions_rounds, actions_round;

#endif
