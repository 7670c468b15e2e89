/* tui/term.h - the terminal: one picture out, events in. The only room of ncurses.
 *
 * Sets the screen up for people (raw mode, no borrowed colours, Esc within 25 ms, pastes as text, no mouse unless
 * asked for) and always puts it back: at term_close(), when memory is out and when the program crashes. One term
 * at a time in a program. */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include "base/err.h"
#include "tui/canvas.h"
#include "tui/keys.h"

struct term;

struct term_opts {
	bool ascii;         /* no glyphs outside ASCII and the letters of text */
	bool mono;          /* --color=never; NO_COLOR does the same */
	bool mouse;
	int esc_ms;         /* how long Esc waits for the rest of a key; 0: 25 ms, or ESCDELAY */
};

/* ERR_UNSUPPORTED when there is no terminal or its TERM is unknown. SAMVAGT_TEST_FD=N makes it write one byte to N
 * whenever everything typed has been read and the picture painted, just before it waits. */
int term_open(const struct term_opts *opts, struct term **out, struct err *e);
void term_close(struct term *t);                  /* NULL is fine */

/* The canvas to draw on; it follows the size of the window. */
struct canvas *term_canvas(struct term *t);
/* Show the canvas; only what differs is sent. */
void term_paint(struct term *t);
/* The next event. Waits at most timeout_ms (-1: for ever, 0: doesn't wait); then EV_TIMER. EV_NONE never comes. */
void term_wait(struct term *t, int timeout_ms, struct event *out);
/* Has more been typed already? Then painting can wait. */
bool term_pending(struct term *t);
void term_set_mouse(struct term *t, bool on);

#endif
