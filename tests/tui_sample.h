/* tests/tui_sample.h - a small made-up program to try the house of screens on: a shelf of books, a form, every
 * dialog. */
#ifndef TESTS_TUI_SAMPLE_H
#define TESTS_TUI_SAMPLE_H

#include "tui/app.h"

/* Contexts that no real screen has. */
enum { CTX_SAMPLE_SHELF = 1 << 29, CTX_SAMPLE_BOOK = 1 << 30 };

/* What the sample's handlers did, for tests. */
struct sample {
	size_t nbooks;
	int erased, chosen, steps;
	uint64_t switched;
	char typed[64];
};

extern const struct action_set actions_sample;
/* The core's set and the sample's. */
const struct action_set *const *sample_actions(size_t *n);
/* The home screen. `sample` must live as long. */
struct screen *screen_sample(struct app *app, struct sample *sample);

#endif
