/* tui/screens.h - every screen by its maker, and the list of all actions.
 *
 * A maker returns a screen to be given to app_push() or app_go(); what it shows is read when it is drawn.
 * screen_*.c hold them. */
#ifndef TUI_SCREENS_H
#define TUI_SCREENS_H

#include "tui/app.h"

struct screen *screen_today(struct app *app);                                  /* the home screen */
/* The week of that day; ID_NONE: all units. */
struct screen *screen_roster(struct app *app, civil_date day, struct id unit);
/* The same as it was at that second (UTC): for reading only, and the title says so. */
struct screen *screen_roster_at(struct app *app, civil_date day, struct id unit, int64_t utc);
/* A day's shifts with their people, the cursor on `shift` (ID_NONE: the first). */
struct screen *screen_roster_day(struct app *app, civil_date day, struct id unit, struct id shift);
/* Who could take a place on the shift, found by typing; `typed` (may be NULL) stands there already. */
struct screen *screen_fill(struct app *app, struct id shift, const char *typed);
struct screen *screen_records(struct app *app, int type);                      /* any type: a list of all */
struct screen *screen_volunteer(struct app *app, struct id id);                /* the card */
/* A new record when id is ID_NONE. `saved` (may be NULL) is called after saving, once the form is popped. */
struct screen *screen_record_form(struct app *app, int type, struct id id,
	void (*saved)(struct app *app, void *ctx, struct id id), void *ctx);
struct screen *screen_import(struct app *app, const char *path);               /* NULL: asks for it */
struct screen *screen_history(struct app *app, struct id about);               /* ID_NONE: everything */
struct screen *screen_settings(struct app *app);
struct screen *screen_sync(struct app *app);                                   /* where to meet other sites */
struct screen *screen_digest(struct app *app);                                 /* what came since the last look */
/* Values that nobody has chosen between; the cursor on those of a record (ID_NONE: the first). */
struct screen *screen_disagreements(struct app *app, struct id about);
/* Site name, own name, language, demo data or empty. `found` gets what was typed, makes the store and calls
 * app_set_store. */
struct screen *screen_first_run(struct app *app,
	int (*found)(struct app *app, void *ctx, const char *site, const char *person, const char *passphrase,
		bool demo, struct err *e),
	void *ctx);
struct screen *screen_members(struct app *app);                                /* the sites of the ring */
struct screen *screen_agreements(struct app *app);                             /* with whom, how they stand, what is due */
struct screen *screen_agreement(struct app *app, struct id id);                /* one, with its text and signatures */
struct screen *screen_role(struct app *app, struct id id);                     /* what opens a role, which kind of effort it is, pauses */
struct screen *screen_pauses(struct app *app);                                 /* who is sent home for a while */
struct screen *screen_people_data(struct app *app);                            /* whose time is over, erasures, printed lists */
struct screen *screen_audit(struct app *app, struct id volunteer);             /* who has seen or changed the card */
struct screen *screen_courses(struct app *app);                                /* what expires and is missing, checks, who is new */
/* Who was there that day, the cursor on `about`: a place on a shift, or a shift (ID_NONE: the first who isn't
 * recorded). */
struct screen *screen_attend(struct app *app, civil_date day, struct id unit, struct id about);
struct screen *screen_series(struct app *app);                                 /* shifts that come again */
struct screen *screen_care(struct app *app);                                   /* talks to be held, jubilees, who wasn't thanked for long */
struct screen *screen_vigils(struct app *app);                                 /* somebody is dying alone: watches, and whom to ring */
struct screen *screen_vigil(struct app *app, struct id id);
/* Who is proposed for the open places of [from, to); ID_NONE: all units. */
struct screen *screen_filling(struct app *app, civil_date from, civil_date to, struct id unit);
/* Asks for the period first. */
void filling_ask(struct app *app, struct screen *s);
/* How well the four weeks from the Monday of that day are covered; ID_NONE: all units. */
struct screen *screen_coverage(struct app *app, civil_date day, struct id unit);
struct screen *screen_find(struct app *app);                                   /* anything, by part of its name */
struct screen *screen_lock(struct app *app);                                   /* asks for the passphrase */

/* All action tables, for app_opts and tests. */
const struct action_set *const *screens_actions(size_t *n);

/* One set per screen file. */
extern const struct action_set actions_go;          /* screens.c: 1 I dag, 2 Vagtplan … */
extern const struct action_set actions_today, actions_roster, actions_roster_day, actions_shifts, actions_shifts_copy,
	actions_fill, actions_shift_new, actions_records, actions_volunteer, actions_record_form,
	actions_import, actions_history, actions_settings, actions_first_run, actions_find, actions_members, actions_attend,
	actions_filling;

#endif
