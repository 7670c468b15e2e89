/* tui/theme.h - roles instead of colours: what a piece of the picture means, and how each scheme shows it.
 *
 * The terminal's own foreground and background are kept; a scheme adds bold, underline, reverse and, where there
 * are colours, one of the eight that every terminal has. A role only repeats what a word or a glyph on the screen
 * says already, so that the monochrome scheme (NO_COLOR, TERM without colours) loses nothing. Pure tables. */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include <stdbool.h>

enum look_attr { LOOK_BOLD = 1, LOOK_UNDERLINE = 2, LOOK_REVERSE = 4, LOOK_DIM = 8 };

/* ROLE(NAME, letter in goldens, colour 0–7 or -1 for the terminal's own, attributes with colours, attributes
 * without) */
#define ROLES(ROLE) \
	ROLE(DEFAULT, '.', -1, 0, 0) \
	ROLE(TITLE, 't', -1, LOOK_BOLD, LOOK_BOLD)             /* the name of the screen */ \
	ROLE(HEAD, 'h', -1, LOOK_UNDERLINE, LOOK_UNDERLINE)    /* headings of columns and sections */ \
	ROLE(DIM, 'd', -1, LOOK_DIM, 0)                        /* what can be skipped */ \
	ROLE(KEY, 'k', 6, LOOK_BOLD, LOOK_BOLD)                /* a key that can be pressed */ \
	ROLE(LABEL, 'l', -1, 0, 0)                             /* the name of a field */ \
	ROLE(FIELD, 'f', -1, LOOK_UNDERLINE, LOOK_UNDERLINE)   /* where text is typed */ \
	ROLE(FOCUS, 'c', -1, LOOK_UNDERLINE | LOOK_BOLD, LOOK_UNDERLINE | LOOK_BOLD) /* the field being typed in */ \
	ROLE(ECHO, 'e', 6, 0, 0)                               /* what was understood */ \
	ROLE(GAP, 'g', 3, LOOK_BOLD, LOOK_BOLD)                /* a place that nobody has */ \
	ROLE(OK, 'o', 2, 0, 0)                                 /* filled, done, in order */ \
	ROLE(HINT, 'i', 4, 0, 0)                               /* a wish that isn't met */ \
	ROLE(WARN, 'w', 3, 0, LOOK_BOLD) \
	ROLE(STOP, 's', 1, LOOK_BOLD, LOOK_BOLD) \
	ROLE(ERROR, 'x', 1, LOOK_BOLD, LOOK_BOLD)              /* what was typed can't be used */ \
	ROLE(MESSAGE, 'm', -1, LOOK_BOLD, LOOK_BOLD)           /* the line that says what just happened */ \
	ROLE(OVERLAY, 'v', -1, 0, 0)                           /* the ground of a dialog */

enum role {
#define ROLE(NAME, ...) ROLE_##NAME,
	ROLES(ROLE)
#undef ROLE
	ROLE_COUNT
};

/* Added to a role: the cell lies on the selected row. Shown as reverse, beside `>` in column 0. */
#define ROLE_SELECTED 0x80

enum scheme { SCHEME_COLOUR, SCHEME_MONO };
struct look { int colour; unsigned attrs; };      /* colour -1: the terminal's own */

/* `role` may carry ROLE_SELECTED. */
struct look theme_look(enum scheme scheme, unsigned role);
/* The letter of goldens; upper-case letters and '#' where the cell is selected. */
char theme_letter(unsigned role);
/* Mono when NO_COLOR is set and not empty (no-color.org), or when the terminal has fewer than eight colours. */
enum scheme theme_scheme(const char *no_color, int colours, bool wants_mono);

#endif
