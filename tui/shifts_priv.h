/* tui/shifts_priv.h - what the screens that show shifts share: where the cursor is, how a shift and its people are put
 * into words, and what can be done to them.
 *
 * The week (screen_roster.c), the day (roster_day.c) and the home screen (screen_today.c) each begin their data with a
 * struct face, so that one row of an action table works in all three. */
#ifndef TUI_SHIFTS_PRIV_H
#define TUI_SHIFTS_PRIV_H

#include "roster/act.h"
#include "tui/screens.h"

#define CTX_PLAN (CTX_ROSTER | CTX_ROSTER_DAY)
#define CTX_SHIFTS (CTX_TODAY | CTX_PLAN)

/* What the cursor is on. Pointers into the screen's model: good until the next load. */
struct spot {
	civil_date day;
	struct id unit, role;              /* ID_NONE when nothing tells */
	int from, to;                      /* minutes of the day; equal when nothing tells */
	const struct shift *shift;         /* NULL: an empty place in the week */
	const struct seat *seat;           /* NULL: the shift itself */
};

/* Shifts to be moved or copied by the next paste. */
struct clip {
	struct id *ids;                    /* freed with the screen */
	size_t n;
	civil_date day;
	bool cut;
};

/* What a question that is open is about: ids, since its answer comes when the model may have been read anew. */
struct asked {
	struct id shift, assignment, volunteer, unit;
	struct id *ids;                    /* in the screen's arena */
	size_t n;
	civil_date day;
	civil_min start;
	size_t choice;
	int days, minutes;                 /* to move by */
	const char *label;
	void (*chosen)(struct app *app, struct screen *s, const struct seat *seat);
	struct screen *screen;
};

/* Who is to swap with somebody on another shift. */
struct swapping {
	struct id shift, volunteer;        /* ID_NONE: nobody is */
	struct id to_shift, to;            /* with whom, while a reason is asked for */
};

struct face {
	struct spot (*spot)(const struct screen *s);
	/* Put the cursor on that shift, or on that day when it is ID_NONE, once the screen is loaded again. */
	void (*show)(struct screen *s, civil_date day, struct id shift);
	/* The marked shifts, in `a`; NULL: the screen has no marks. */
	struct id *(*marked)(const struct screen *s, struct arena *a, size_t *n);
	struct id unit;                    /* the only unit shown; ID_NONE: all */
	struct id follow;                  /* the row to go to once it is loaded, where there is such a one */
	struct clip clip;
	struct swapping swap;
	struct asked asked;
};

struct face *face_of(const struct screen *s);      /* of a screen in CTX_SHIFTS */
struct spot face_spot(const struct screen *s);
void face_close(struct screen *s);
/* A capital letter begins a name: it opens the search for somebody to take a place. True when it did. */
bool face_types_name(struct screen *s, const struct event *ev);

/* ---- in words; texts live in `a` --------------------------------------------------------------------- */
bool shift_is_off(const struct shift *s);
const char *shift_count(struct arena *a, const struct shift *s);        /* "2/3 -1", "4/3 +1", "~2/3" a draft, "off" */
enum role shift_role(const struct shift *s);
const char *shift_sum(struct arena *a, const struct shift *s);          /* "2 of 3 places · 1 open" */
const char *shift_names(struct arena *a, const struct shift *s);        /* "Susanne Bak, Liv Poulsen" */
const char *shift_span(struct arena *a, const struct shift *s);         /* "08:00–11:00" */
const char *shift_where(struct arena *a, const struct shift *s);        /* "Forhal, Viborg · Hospitalsguide" */
const char *shift_when(struct arena *a, const struct shift *s);         /* "ons 3/12 08:00–11:00" */
const char *day_text(struct arena *a, civil_date day, enum civil_style style);
const char *open_places(struct arena *a, size_t n);                     /* "1 open place" */
const char *roster_status(struct arena *a, const struct roster *r);     /* how full; "" when there is nothing to fill */
bool seat_is_on(const struct seat *seat);           /* holds its place */
bool seat_says(const struct seat *seat);            /* its state is more than being on the shift */
const char *seat_state(const struct seat *seat);    /* translated; the attendance once it is recorded */
enum role seat_role(const struct seat *seat);
const char *seat_phone(struct arena *a, const struct seat *seat);       /* as it is read aloud; "" when none */
const char *person_phone(struct arena *a, const struct person *p);
const char *level_mark(enum rule_level level);      /* "!" */
enum role level_role(enum rule_level level);
/* "Is there enough rest …? Meaning. Source: …, checked …" of each, for `?`. */
const char *verdicts_text(struct arena *a, const struct verdict *v, size_t n);
/* Which keys solve it where a shift is shown; "" for what isn't solved by one. */
const char *verdict_keys(const struct verdict *v);
/* Why somebody stands where in the order of candidates, with what each rule says of them. */
const char *candidate_text(struct arena *a, const struct candidate *c);

/* ---- problems of what is shown ------------------------------------------------------------------------ */
struct troubles { struct problem *all; size_t n; };
/* Not set aside with a reason. */
bool problem_stands(const struct problem *p);
/* The worst that stands of a shift (person NULL) or of a person on it; 0 for none. */
enum rule_level troubles_level(const struct troubles *t, struct id shift, const struct person *person);

/* ---- pictures ------------------------------------------------------------------------------------------ */
/* A shift with its people, their phones and what the rules say. Returns the rows used. */
int shift_draw(struct canvas *cv, struct rect r, const struct shift *s, const struct troubles *t, struct arena *a);
/* A line with the shift's title in it, and its count at the right. */
void shift_draw_rule(struct canvas *cv, struct rect r, const struct shift *s, struct arena *a);
/* The same in a few lines below such a rule. */
void shift_draw_strip(struct canvas *cv, struct rect r, const struct shift *s, const struct troubles *t,
	struct arena *a);
/* A vertical line at the left edge of r, which is cut off. */
void draw_divider(struct canvas *cv, struct rect *r);

/* ---- screens and acts -------------------------------------------------------------------------------- */
/* Reasons why not: refuses() of rows. */
const char *refuse_past(struct app *app, struct screen *s);
const char *refuse_no_shift(struct app *app, struct screen *s);
/* Ask who could take a place, unless it can't be filled; `typed` as in screen_fill. */
void shifts_fill(struct app *app, const struct shift *shift, const char *typed);
/* Who takes over somebody's place on a shift. */
struct screen *screen_hand_over(struct app *app, struct id shift, struct id from);
/* Who could come, or change shift, for an open place: to choose from. */
void shifts_replan(struct app *app, struct screen *s, struct id shift);
/* The one under the cursor, the only one that `takes`, or the one that is chosen. */
void shifts_choose_somebody(struct app *app, struct screen *s, const char *title, bool (*takes)(const struct seat *),
	void (*chosen)(struct app *, struct screen *, const struct seat *));
bool seat_is_person_on(const struct seat *seat);
extern const struct action_set actions_shifts_swap;        /* shifts_swap.c */
/* The day list at another moment. */
struct screen *screen_roster_day_at(struct app *app, civil_date day, struct id unit, struct id shift, int64_t utc);
/* The form of a new shift, with what the spot tells filled in. */
struct screen *screen_shift_new(struct app *app, const struct spot *spot);
/* The marked shifts, else the one under the cursor. In the arena. */
struct id *shifts_targets(struct screen *s, struct arena *a, size_t *n);

extern const struct action_set actions_publishing;

#endif
