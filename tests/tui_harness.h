/* tests/tui_harness.h - an app without a terminal: keys in by name, picture out as text.
 *
 * Time stands still: the clock is given and each key comes a millisecond after the one before. */
#ifndef TESTS_TUI_HARNESS_H
#define TESTS_TUI_HARNESS_H

#include "tests/tap.h"
#include "tui/app.h"

struct tui {
	struct app *app;
	struct canvas *cv;
	struct arena *arena;          /* for what the functions below return */
	int64_t ms;
};

/* An app of rows x cols. The caller fills opts (store, sets); an empty clock becomes 2025-12-01 09:00 Danish time. */
void tui_open(struct tui *t, const struct app_opts *opts, int rows, int cols);
void tui_close(struct tui *t);
/* The first picture, after the first screen was pushed. */
void tui_draw(struct tui *t);
/* Keys by name, separated by blanks ("f s ø r Enter"), each followed by drawing. 'abc def' in
 * apostrophes types each character. */
void tui_keys(struct tui *t, const char *names);
void tui_key(struct tui *t, int key);
void tui_paste(struct tui *t, const char *text);
void tui_resize(struct tui *t, int rows, int cols);
void tui_wait(struct tui *t, int64_t ms);                 /* time passes; EV_TIMER when the app asked for it */
/* The picture (cv_dump), one row, and whether a text stands anywhere. */
const char *tui_dump(struct tui *t, bool roles);
const char *tui_row(struct tui *t, int row);
bool tui_shows(struct tui *t, const char *text);
/* Compare with srcdir/tests/golden/<name>.txt; SAMVAGT_GOLDEN=update writes it anew. A fact. */
bool tui_golden(struct tui *t, const char *name, bool roles);
/* The same at 60x17, 120x40 and 80x24, as <name>-<columns>x<rows>; it stays at the last. */
void tui_goldens(struct tui *t, const char *name);
/* From the first row of a list down to the one that has the text. A fact. */
bool tui_go(struct tui *t, const char *text);
/* What must hold after every key whatever is shown: the cursor is inside and on the selected row or the focused
 * field, the hint bar starts with help, one row is selected, no key is bound twice. NULL, or what is wrong. */
const char *tui_broken(struct tui *t);
/* n random keys (of all that are bound here, of text, arrows, pastes and sizes 1x1 … 60x200), checked by
 * tui_broken after each. One fact; the failing seed and keys are told. Actions whose id is in `avoid`
 * (blank-separated, may be NULL) are left out. */
bool tui_walk(struct tui *t, struct prng *r, int n, const char *avoid, const char *name);

/* Speak a language, from the messages of this build. */
void tui_speak(const char *lang);
/* The test's own folder is the home of whoever works, and where they stand: what is written out ends there. */
void tui_move_in(void);

#endif
