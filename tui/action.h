/* tui/action.h - the tables of what a person can do, and what is read from them: keys, hints, help, palette,
 * manual, tests.
 *
 * A screen's rows stand in its own file, beside their handlers, as one const set; screens.c lists the sets, the
 * core's last (help and hints show them in that order). An action belongs to contexts (bits); a screen says which
 * contexts it is. Within the contexts of one screen no key may be bound twice (tests check it), so dispatch needs
 * no order; but a screen in CTX_OWN_KEYS may take keys of those that hold everywhere. Keys are names of keys.h that a
 * Danish keyboard has without AltGr.
 *
 * Taken everywhere by the core: ? F1 : Ctrl-P Esc q Q; on full screens u Ctrl-Z Ctrl-Y f Ctrl-F Ctrl-L and the
 * digits 0–9, w and P (go to); in lists / F4 Space Ctrl-A , (sort) . (columns) and arrows, in forms Ctrl-R. Enter opens
 * the row, Ctrl-S F2 save a form: bound by each screen. A dialog's confirm key is j (y in English): don't bind it to
 * anything ACTION_FINAL. */
#ifndef TUI_ACTION_H
#define TUI_ACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct app;
struct screen;

/* Which screens an action belongs to, by bit. */
#define CTX(bit) (UINT64_C(1) << (bit))
#define CTX_ANY CTX(0)             /* every screen and dialog: help, palette, back */
#define CTX_MAIN CTX(1)            /* every full screen: undo, find, go to … */
#define CTX_LIST CTX(2)            /* a screen with a list */
#define CTX_FORM CTX(3)            /* a screen with a form */
#define CTX_TODAY CTX(4)
#define CTX_ROSTER CTX(5)
#define CTX_RECORDS CTX(6)
#define CTX_CARD CTX(7)
#define CTX_IMPORT CTX(8)
#define CTX_HISTORY CTX(9)
#define CTX_SETTINGS CTX(10)
#define CTX_FIRST_RUN CTX(11)
#define CTX_CANDIDATES CTX(12)
#define CTX_PEOPLE CTX(13)         /* lists and cards of volunteers */
#define CTX_HELP CTX(14)
#define CTX_FIND CTX(15)
#define CTX_ROSTER_DAY CTX(16)     /* the list of a day's shifts and people */
#define CTX_SHIFT_NEW CTX(17)      /* the form of a new shift */
#define CTX_PEOPLE_LIST CTX(18)    /* the list of volunteers */
#define CTX_RECORD_FORM CTX(19)
#define CTX_CHANGE CTX(20)         /* what one change group wrote */
#define CTX_MERGE CTX(21)          /* two records of one person */
#define CTX_IMPORT_FILES CTX(22)
#define CTX_IMPORT_ROWS CTX(23)
#define CTX_IMPORT_COLUMNS CTX(24)
#define CTX_READY CTX(25)
#define CTX_CHOICE CTX(26)         /* dialogs */
#define CTX_PROMPT CTX(27)
#define CTX_READING CTX(28)
#define CTX_SYNC CTX(29)           /* where to meet other sites */
#define CTX_DIGEST CTX(30)         /* what a merge brought */
#define CTX_DISAGREE CTX(31)       /* values that nobody has chosen between */
#define CTX_MEMBERS CTX(32)        /* the sites of the ring */
#define CTX_INVITE CTX(33)         /* the form of an invitation */
#define CTX_AGREEMENT CTX(35)      /* an agreement: in the list, or its card */
#define CTX_AGREEMENTS CTX(36)     /* the list of agreements */
#define CTX_AGREEMENT_CARD CTX(37)
#define CTX_AGREEMENT_SIGN CTX(38) /* the text that is about to be signed */
#define CTX_ACT_FORM CTX(39)       /* a form that isn't a record's */
#define CTX_ROLE CTX(42)           /* the card of a role */
#define CTX_PAUSES CTX(43)         /* the list of pauses */
#define CTX_CALLS CTX(50)          /* whom to ring about one */
#define CTX_PAUSE_FORM CTX(51)
#define CTX_PAUSABLE CTX(52)       /* what can stand still: lists of units and roles, a role */
#define CTX_COURSES CTX(40)        /* courses and checks: its lists */
#define CTX_COURSE CTX(41)         /* the same, or the list of who has one kind */
#define CTX_ATTEND CTX(60)          /* the sheet of a day: who was there */
/* A screen whose own keys go before those that hold everywhere: where f, a and u say who was there, u isn't undo
 * (Ctrl-Z is). */
#define CTX_OWN_KEYS CTX(61)
#define CTX_SERIES CTX(53)         /* the series of shifts */
#define CTX_SERIES_FIXED CTX(54)   /* who has fixed places in one */
#define CTX_COVERAGE CTX(48)       /* how well a period is covered */
#define CTX_PRINTS CTX(49)         /* the papers */
#define CTX_PRINT CTX(55)          /* one of them, as it will be */
#define CTX_MEET CTX(34)           /* a meeting that goes on or went wrong */

#define CTX_PEOPLE_DATA CTX(44)    /* whose time is over, erasures, printed lists */
#define CTX_ERASING CTX(45)        /* what is about to go for good */
#define CTX_FILLING CTX(47)        /* the open places of a period */
#define CTX_ACT_ASKING CTX(46)     /* a form that leads on to an act */
#define CTX_VIGILS CTX(62)         /* the list of vigils */
#define CTX_VIGIL CTX(63)          /* one of them */
#define CTX_CARE CTX(59)           /* talks, jubilees, thanks */
#define CTX_ROUNDS CTX(57)         /* gaps that somebody is sought for */
#define CTX_ROUND CTX(58)          /* whom to ring about one */
#define CTX_GAPS CTX(56)           /* open places of many shifts are seen: today, the week, coverage */

enum action_flag {
	ACTION_ROW = 1 << 0,           /* needs a selected row */
	ACTION_BULK = 1 << 1,          /* takes the marked rows */
	ACTION_CHANGES = 1 << 2,       /* changes data; can be undone */
	ACTION_FINAL = 1 << 3,         /* can't be undone: its handler asks by dialog_confirm */
	ACTION_FIRST = 1 << 5,         /* on the hint bar before all priorities: help, which is never cut */
	ACTION_AT_GAPS = 1 << 6,       /* holds everywhere, but stands on the hint bar in CTX_GAPS only */
	ACTION_WRITES = 1 << 4,        /* refused on a store opened for reading only (CHANGES and FINAL imply it) */
};

enum action_group { GROUP_DO, GROUP_GO, GROUP_LIST, GROUP_FORM, GROUP_PROGRAM, GROUP_COUNT };

struct action {
	const char *id;                /* stable: "roster.assign"; in the manual and in tests */
	uint64_t contexts;
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
bool action_applies(const struct action *a, uint64_t contexts);
/* The action bound to a key in these contexts; NULL for none. */
const struct action *action_of_key(const struct action_set *const *sets, size_t nsets, uint64_t contexts, int key);
/* Why it can't be done now: the generic reasons of its flags, then its own; NULL when it can. */
const char *action_refusal(const struct action *a, struct app *app, struct screen *s);
/* Does it hold everywhere, so that CTX_OWN_KEYS may take its keys? */
bool action_is_general(const struct action *a);
/* The first of its keys that does it in these contexts, as a label, "" when there is none; while letters are text, the
 * first that is no letter. */
const char *action_key_label(const struct action_set *const *sets, size_t nsets, uint64_t contexts, const struct action *a,
	bool typing, struct arena *arena);

#endif
