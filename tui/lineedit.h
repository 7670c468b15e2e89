/* tui/lineedit.h - one text being typed: UTF-8, moved through by graphemes.
 *
 * Pure: no terminal, no store. The text is always valid UTF-8 and the caret on a grapheme's start. Keys: ← → Home
 * End Ctrl-← Ctrl-→ Backspace Delete, and of Ctrl-letters A E (start, end) D (delete) U K (to start, to end) W
 * (word back). */
#ifndef TUI_LINEEDIT_H
#define TUI_LINEEDIT_H

#include "tui/canvas.h"
#include "tui/keys.h"

struct lineedit {
	struct buf b;              /* the text; read it by lineedit_text() */
	size_t caret;              /* byte offset */
	size_t max;                /* bytes it may have; 0: 4,000 */
	bool lines;                /* may hold line breaks (Ctrl-N, pastes); else they become blanks */
	bool hidden;               /* drawn as stars, and wiped when freed */
	bool proposed;             /* the text is only a proposal, drawn as selected: what is typed or pasted replaces
	                            * it, any other key that the editor takes keeps it to be edited */
};

enum lineedit_did { LINEEDIT_IGNORED, LINEEDIT_MOVED, LINEEDIT_CHANGED };

/* {0} is an empty editor. */
void lineedit_free(struct lineedit *le);
/* Control characters go; what doesn't fit in max is cut at a grapheme. The caret goes to the end. Not a proposal. */
void lineedit_set(struct lineedit *le, const char *text);
const char *lineedit_text(const struct lineedit *le);      /* never NULL; moves at the next change */
enum lineedit_did lineedit_key(struct lineedit *le, int key);
/* At the caret, as text. */
enum lineedit_did lineedit_paste(struct lineedit *le, const char *text);
/* Rows that the text takes in `cols` columns (1, unless it may have lines). */
int lineedit_rows(const struct lineedit *le, int cols);
/* In r (several rows only when it may have lines), scrolled so that the caret is seen; the cursor is put on it
 * when focused. */
void lineedit_draw(const struct lineedit *le, struct canvas *cv, struct rect r, unsigned role, bool focused);

#endif
