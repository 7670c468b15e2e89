/* tui/detail.h - what a list's selected row is about, beside the list in a wide window and in a few lines below it in
 * one that is high enough, and the line above that names the shorter lists in it. */
#ifndef TUI_DETAIL_H
#define TUI_DETAIL_H

#include "tui/canvas.h"

/* Cut the room for details off *body, with a line that says what they are of: at the right, else below; *beside says
 * which. False, and nothing cut: there is none. */
bool detail_cut(struct canvas *cv, struct rect *body, const char *title, struct rect *detail, bool *beside);
/* "label  value" in as many lines as it takes, which are cut off *r; nothing when the value is empty or r is full. */
void detail_fact(struct canvas *cv, struct rect *r, int label_cols, enum role role, const char *label, const char *value);

/* One of the lists that can be shown. */
struct detail_mode { char key; const char *label; size_t n; enum role role; };      /* label translated; the role of its count */
/* "a All 14   d Evaluate 2 …", the one that is shown in brackets; in two lines where one is too short. Cut off *body
 * with an empty line. */
void detail_modes(struct canvas *cv, struct rect *body, const struct detail_mode *modes, size_t n, size_t shown,
	struct arena *a);

#endif
