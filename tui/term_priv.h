/* tui/term_priv.h - a terminal's inside, shared by term.c (picture, signals, waiting) and term_input.c (keys,
 * pastes, clicks). With it, ncurses stays in these two files. */
#ifndef TUI_TERM_PRIV_H
#define TUI_TERM_PRIV_H

#include "tui/term.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdio.h>

struct shown { attr_t attrs; short pair; };

struct term {
	FILE *in, *out, *own_in;
	SCREEN *screen;
	struct canvas *canvas, *last;      /* to be painted, and as painted */
	struct shown looks[2][ROLE_COUNT]; /* [1]: on the selected row */
	int wake[2];                       /* a pipe that signal handlers write to */
	int test_fd;
	bool painted;
	bool pasting;
	struct buf paste;                  /* being gathered, or lent out with the last event */
};

void term_name_keys(void);
/* One event if there is one. */
bool term_read(struct term *t, struct event *out);
void term_end_paste(struct term *t, struct event *out);

#endif
