/* tui/prints_priv.h - papers: which there are, and one of them as it will be. */
#ifndef TUI_PRINTS_PRIV_H
#define TUI_PRINTS_PRIV_H

#include "export/prints.h"
#include "tui/screens.h"

/* What the screen that one comes from is about: a paper that asks for it begins with that. */
struct prints_from {
	civil_date from, to;               /* DATE_NONE: nothing in particular */
	struct id unit;
	int type;                          /* of `ids`; 0: none */
	const struct id *ids; size_t n;
};

/* Which papers there are, first those about what one comes from. */
struct screen *screen_prints(struct app *app, const struct prints_from *of);
/* One of them: as it will be, what it is about, and printing it. */
struct screen *screen_print(struct app *app, const struct print_kind *kind, const struct prints_from *of);
/* From any screen: of what it shows. */
void prints_open_from(struct app *app, struct screen *s);

extern const struct action_set actions_prints, actions_print;

#endif
