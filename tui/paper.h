/* tui/paper.h - a text to be read, as large as the screen: facts, headings and paragraphs, broken at the window's width
 * and scrolled, with a last line that says how much there is.
 *
 * Belongs to a screen, which fills it anew in each load. The cursor stands on the first line that is seen. Scrolled by
 * arrows, Page up and down, Space, Home and End. */
#ifndef TUI_PAPER_H
#define TUI_PAPER_H

#include "tui/canvas.h"
#include "tui/keys.h"

enum {
	PAPER_MARGIN = 1,                              /* at the left: what is printed is up to 79 wide */
	PAPER_MOST = 100,                              /* however wide the window is: a longer line is hard to read */
};

struct paper;

struct paper *paper_new(struct arena *a);             /* the screen's arena; nothing to free */
/* Empty, where one is stays. What is put in from now on lives in `model` and must live as long. */
void paper_begin(struct paper *p, struct arena *model);
/* A line with the title in it, and an empty one above. */
void paper_heading(struct paper *p, const char *title);
/* "label  text", the texts below each other; nothing when the text is empty. */
void paper_fact(struct paper *p, const char *label, enum role role, const char *text);
void paper_text(struct paper *p, enum role role, const char *text);
/* A text with [-what is gone-] and {+what is new+}: these are coloured too. */
void paper_changes(struct paper *p, const char *text);

/* True when the event was used. */
bool paper_event(struct paper *p, const struct event *ev);
void paper_draw(const struct paper *p, struct canvas *cv, struct rect r, struct arena *a);
/* Has its end been in the picture since paper_begin()? */
bool paper_was_read(const struct paper *p);

#endif
