/* tui/action.h - the tables of what a person can do, and what is read from them: keys, hints, help, palette,
 * manual, tests.
 *
 * A screen's rows stand in its own file, beside their handlers, as one const set; screens.c lists the sets, the
 * core's last (help and hints show them in that order). An action belongs to contexts (bits); a screen says which
 * contexts it is. Within the contexts of one screen no key may be bound twice (tests check it), so dispatch needs
 * no order. Keys are names of keys.h that a Danish keyboard has without AltGr.
 *
 * Taken everywhere by the core: ? F1 : Ctrl-P Esc q Q; on full screens u Ctrl-Z Ctrl-Y f Ctrl-F Ctrl-L and the
 * digits 0–9 (go to); in lists / F4 Space Ctrl-A , (sort) . (columns) and arrows, in forms Ctrl-R. Enter opens the
 * row, Ctrl-S F2 save a form: bound by each screen. A dialog's confirm key is j (y in English): don't bind it to
 * anything ACTION_FINAL. */
#ifndef TUI_ACTION_H
#define TUI_ACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct app;
struct screen;

enum context {
	CTX_ANY = 1 << 0,          /* every screen and dialog: help, palette, back */
	CTX_MAIN = 1 << 1,         /* every full screen: undo, find, go to … */
	CTX_LIST = 1 << 2,         /* a screen with a list */
	CTX_FORM = 1 << 3,         /* a screen with a form */
	CTX_TODAY = 1 << 4, CTX_ROSTER = 1 << 5, CTX_RECORDS = 1 << 6, CTX_CARD = 1 << 7, CTX_IMPORT = 1 << 8,
	CTX_HISTORY = 1 << 9, CTX_SETTINGS = 1 << 10, CTX_FIRST_RUN = 1 << 11, CTX_CANDIDATES = 1 << 12,
	CTX_PEOPLE = 1 << 13,      /* lists and cards of volunteers */
	CTX_HELP = 1 << 14, CTX_FIND = 1 << 15,
	CTX_ROSTER_DAY = 1 << 16,  /* the list of a day's shifts and people */
	CTX_SHIFT_NEW = 1 << 17,   /* the form of a new shift */
	CTX_PEOPLE_LIST = 1 << 18, /* the list of volunteers */
	CTX_RECORD_FORM = 1 << 19, CTX_READY = 1 << 25,
	CTX_CHANGE = 1 << 20,      /* what one change group wrote */
	CTX_MERGE = 1 << 21,       /* two records of one person */
	CTX_CHOICE = 1 << 26, CTX_PROMPT = 1 << 27, CTX_READING = 1 << 28,       /* dialogs */
	CTX_IMPORT_FILES = 1 << 22, CTX_IMPORT_ROWS = 1 << 23, CTX_IMPORT_COLUMNS = 1 << 24,
};

enum action_flag {
	ACTION_ROW = 1 << 0,           /* needs a selected row */
	ACTION_BULK = 1 << 1,          /* takes the marked rows */
	ACTION_CHANGES = 1 << 2,       /* changes data; can be undone */
	ACTION_FINAL = 1 << 3,         /* can't be undone: its handler asks by dialog_confirm */
	ACTION_FIRST = 1 << 5,         /* on the hint bar before all priorities: help, which is never cut */
	ACTION_WRITES = 1 << 4,        /* refused on a store opened for reading only (CHANGES and FINAL imply it) */
};

enum action_group { GROUP_DO, GROUP_GO, GROUP_LIST, GROUP_FORM, GROUP_PROGRAM, GROUP_COUNT };

struct action {
	const char *id;                /* stable: "roster.assign"; in the manual and in tests */
	uint32_t contexts;
	const char *keys;              /* default keys by name: "u Ctrl-Z"; "" for palette only */
	const char *label;             /* msgid; at most 12 columns in each language, 14 where prio is 0 */
	const char *help;              /* msgid; one line that says what happens */
	uint8_t group, prio;           /* enum action_group; 1 first on the hint bar … 9, 0 never there */
	uint8_t flags;
	/* NULL when it can be done now, else why not (translated). May be NULL. */
	const char *(*refuses)(struct app *app, struct screen *s);
	void (*run)(struct app *app, struct screen *s);
};

struct action_set {
	const char *title;             /* msgid: where these can be done, e.g. "Roster"; heading in the palette */
	/* Opens the screen of these actions; the palette uses it when they can't be done where one is. May be
	 * NULL. */
	void (*open)(struct app *app);
	const struct action *rows;
	size_t n;
};

/* The actions of lists, forms and the program (tui/core_actions.c), of help and of dialogs. */
extern const struct action_set actions_core, actions_help, actions_dialog;

const char *action_group_name(enum action_group g);      /* translated */
bool action_applies(const struct action *a, uint32_t contexts);
/* The action bound to a key in these contexts; NULL for none. */
const struct action *action_of_key(const struct action_set *const *sets, size_t nsets, uint32_t contexts, int key);
/* Why it can't be done now: the generic reasons of its flags, then its own; NULL when it can. */
const char *action_refusal(const struct action *a, struct app *app, struct screen *s);
/* The first of its keys as a label, "" when it has none; while letters are text, the first that is no letter. */
const char *action_key_label(const struct action *a, bool typing, struct arena *arena);

#endif
