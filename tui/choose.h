/* tui/choose.h - everything that can stand in a field of a form, to choose from: Ctrl-O, where one doesn't know how a
 * name begins. The answer is typed into the form of the screen. And the unit that a screen without a form shows. */
#ifndef TUI_CHOOSE_H
#define TUI_CHOOSE_H

#include "tui/app.h"
#include "tui/seek.h"

/* One volunteer, unit, role, organisation or kind of course for a reference. */
void choose_ref(struct app *app, struct screen *s, const struct field *f);
/* Roles turned on and off in a text field that has their names with commas between; other names in it stay. */
void choose_roles(struct app *app, struct screen *s, int field);
/* One of these, or (where `none`, translated, isn't NULL) none in particular: chosen() gets ID_NONE. Texts are
 * copied. */
void choose_one(struct app *app, struct screen *s, const char *title, const char *none, const struct found *all, size_t n,
	void (*chosen)(struct screen *s, struct id id));
/* Which unit a screen shows; chosen() gets ID_NONE for all. */
void choose_unit(struct app *app, struct screen *s, void (*chosen)(struct screen *s, struct id unit));

#endif
