/* tui/settings.h - settings as records: read with what holds when there is none, written as one change.
 *
 * Keys: "language" (da, en), "lock_minutes", "mouse", "vim", "ascii", "birthdays" (0, 1), and "limit.NAME" of the
 * rules, which roster/rules.h reads itself. */
#ifndef TUI_SETTINGS_H
#define TUI_SETTINGS_H

#include "store/change.h"

/* The text of a setting; NULL when it isn't set. In the arena. */
const char *settings_text(struct view *v, struct arena *a, const char *key);
int settings_number(struct view *v, const char *key, int absent);
/* `label`: the msgid that the history calls it by. A NULL value takes the setting away, so that what the program has
 * holds again. */
int settings_write(struct store *s, const char *key, const char *label, const char *value, struct change_result *out,
	struct err *e);

#endif
