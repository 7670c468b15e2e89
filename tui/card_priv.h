/* tui/card_priv.h - the inside of a volunteer's card, shared by card_rows.c (what it says) and screen_volunteer.c
 * (how it looks and what can be done). */
#ifndef TUI_CARD_PRIV_H
#define TUI_CARD_PRIV_H

#include "tui/screens.h"

/* A line of the profile. */
struct card_fact { const char *label, *value; enum role role; bool is_long; };

enum card_kind { CARD_COMING, CARD_AVAILABLE, CARD_PAST, CARD_COURSE, CARD_AGREEMENT, CARD_TALK, CARD_CHANGE };

struct card_row {
	enum card_kind kind;
	struct id id;                      /* of the list's row */
	const char *when, *what, *how;
	enum role role;
	struct duty_row duty;              /* of a shift */
	struct dot dot;                    /* of a change */
	struct id agreement, course, talk;
	bool waits;                        /* a talk: to be held */
};

struct card {
	struct id id;
	const char *name, *state;          /* status in a word, with the day that a pause ends */
	enum role state_role;
	struct card_fact *facts;
	size_t nfacts;
	struct card_row *rows;
	size_t nrows;
	struct id twin;                    /* ID_NONE: nobody looks like this one */
	bool is_older;                     /* than the twin */
	const char *twin_text;
	bool is_open;                      /* some of it was changed at two places, and nobody has chosen */
};

/* Read all of it into the model. ERR_NOTFOUND when there is no such volunteer. */
int card_read(struct card *d, struct screen *s, struct view *v, struct err *e);

/* The form of when somebody can come; ID_NONE: a new one. */
struct screen *screen_available(struct app *app, struct id volunteer, const char *name, struct id which);

#endif
