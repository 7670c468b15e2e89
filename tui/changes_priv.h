/* tui/changes_priv.h - the screen of one change group, opened from cards and histories. */
#ifndef TUI_CHANGES_PRIV_H
#define TUI_CHANGES_PRIV_H

#include "tui/screens.h"

/* What one change group wrote, field by field (screen_change.c). */
struct screen *screen_change(struct app *app, struct dot dot);
extern const struct action_set actions_change;

#endif
