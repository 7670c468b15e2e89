/* tui/help.h - the list of what can be done: `?` shows what is possible here, `:` and Ctrl-P everything
 * everywhere.
 *
 * One screen for both: rows of the action tables by group, filtered as one types (by label, help, key and id),
 * Enter does it. What can't be done now is shown with the reason. */
#ifndef TUI_HELP_H
#define TUI_HELP_H

#include "tui/app.h"

void help_open(struct app *app);         /* here: the contexts of the screen below */
void help_open_palette(struct app *app); /* everywhere */
/* `?` with something to explain first (a rule's meaning, a field's help), then the list. Copied; scrolls with the
 * list. */
void help_open_about(struct app *app, const char *title, const char *text);

#endif
