/* roster/vigil.h - somebody is dying and nobody is with them: watches round the clock at a place, who sits, and whom to
 * ring next.
 *
 * A ward calls at two in the night: where, and from when. From that come watches of three to four hours, one place
 * each, for 72 hours in real time, so that the two odd nights of the year are as long as they are lived. Two sites that
 * are called by the same ward make the same vigil with the same watches: ids come from unit, start and number. Of whom
 * it is about nothing is kept anywhere; room, contact and phone are erased by themselves when it is over
 * (roster/retention.h). All acts are one change group, so one undo. */
#ifndef ROSTER_VIGIL_H
#define ROSTER_VIGIL_H

#include "roster/calls.h"
#include "roster/rules.h"
#include "roster/told.h"
#include "store/change.h"

enum { VIGIL_HOURS = 72, VIGIL_LONGER = 24, VIGIL_HOURS_MOST = 336, VIGIL_WATCH_LEAST = 180, VIGIL_WATCH_MOST = 240 };

/* ---- the plan ------------------------------------------------------------------------------------------------ */

struct watch_span { civil_min from, to; };
/* The watches of so many real hours from `start`, each `watch` real minutes, the last cut so that it ends right. None
 * begins in the second passing of the hour that autumn has twice, as the clock can't tell it from the first: it begins
 * when that is over. Pure. */
struct watch_span *vigil_plan(struct arena *a, civil_min start, int hours, int watch, size_t *n);
/* The minute at which so many real hours are over. Pure. */
civil_min vigil_end_of(civil_min start, int hours);
/* The longest watch, in quarters of an hour, that so many hours can be shared into evenly; four hours when there is
 * none. */
int vigil_even_watch(int hours);
/* Is that a vigil that could be? ERR_DATA with a sentence: lengths out of bounds, or over already. */
struct vigil_new { struct id unit, role; civil_min start; int hours, watch; const char *room, *contact, *phone; };
int vigil_check(const struct vigil_new *how, civil_min now, struct err *e);
/* Who sits at vigils: the role that the newest vigil had, else the only one whose name begins so ("Vågevagt"), else the
 * only one that is hard. ID_NONE: can't be said. */
int vigil_usual_role(struct view *v, struct book *b, struct id *out, struct err *e);

/* ---- as it stands ---------------------------------------------------------------------------------------------- */

/* OVER: its hours have passed, and nobody has ended or prolonged it. */
enum vigil_state { VIGIL_OVER, VIGIL_RUNNING, VIGIL_COMING, VIGIL_ENDED };
const char *vigil_state_name(enum vigil_state state);    /* translated */

struct vigil {
	struct id id, unit, role;
	const char *place, *task;                /* names */
	const char *room, *contact, *phone;      /* "" when there is none any more */
	civil_min start, end, ended;             /* end: as planned; ended: CMIN_NONE until somebody has */
	int hours, watch;
	enum vigil_state state;
	struct shift *watches; size_t n;         /* by start; those called off, too */
	int covered, open;                       /* real minutes with somebody; and to come, or running, without */
	size_t gaps;                             /* watches to come or running without anybody */
	const struct shift *gap;                 /* the first of them; NULL: none */
	size_t left;                             /* watches that are still to come though it has ended: another site prolonged it meanwhile */
};
/* ERR_NOTFOUND: no such vigil. */
int vigil_load(struct view *v, struct book *b, struct arena *a, struct id id, civil_min now, struct vigil *out, struct err *e);
/* All of them: what needs somebody first, then by start, ended ones last and newest first. */
int vigil_list(struct view *v, struct book *b, struct arena *a, civil_min now, struct vigil **out, size_t *n, struct err *e);
/* Another one at that place at the same time, which hasn't ended: there may be two who are dying, or it was begun
 * twice. NULL: none. */
int vigil_beside(struct view *v, struct book *b, struct arena *a, const struct vigil_new *how, civil_min now, const struct vigil **out,
	struct err *e);
/* Its hours as at most `width` characters, one a real hour or more: somebody sits █, nobody ░ (also in part of it),
 * nothing planned or called off ·; plain: #, : and . instead. */
char *vigil_bar(struct arena *a, const struct vigil *v, size_t width, bool plain);
/* "52 of 72 hours are covered · next gap fri 5/12 02:00–06:00", translated: what the bar says. */
char *vigil_bar_words(struct arena *a, const struct vigil *v);

/* ---- acts ------------------------------------------------------------------------------------------------------ */

/* ERR_CONFLICT: one begins there at that minute already. */
int vigil_begin(struct store *s, const struct vigil_new *how, struct id *id, struct change_result *out, struct err *e);
/* Go on for so many hours more, from its planned end. ERR_REFUSED when it has ended. */
int vigil_longer(struct store *s, struct id vigil, int hours, struct change_result *out, struct err *e);
/* Another room, contact person or phone; NULL or "": none. */
int vigil_set_contact(struct store *s, struct id vigil, const char *room, const char *contact, const char *phone, struct change_result *out,
	struct err *e);
/* Nobody is needed any more. Watches that haven't begun are called off, and whoever was on them must be told; whoever
 * has sat gets a care talk that is due in the limit care_talk_days. Again on one that has ended: only where watches are
 * left (vigil.left). `told` lies in `a`. */
struct vigil_end { size_t watches, talks; struct told_person *told; size_t n; };
int vigil_end(struct store *s, struct book *b, struct arena *a, struct id vigil, struct vigil_end *told, struct change_result *out,
	struct err *e);

/* ---- whom to ring next ------------------------------------------------------------------------------------------ */

/* PAUSED: has a hard shift close to it, perhaps here. ASKED: was asked today, or is to be rung later (roster/calls.h).
 * CANT: a stop or warning speaks against each watch that lacks somebody. */
enum vigil_standing { VIGIL_RING, VIGIL_PAUSED, VIGIL_ASKED, VIGIL_CANT };
struct vigil_call {
	const struct person *person;
	enum vigil_standing standing;
	int minutes_12m;                 /* of such watches in the last 12 months, and until the end of this vigil */
	civil_min last;                  /* the start of the latest of them; CMIN_NONE: none */
	const struct shift **can; size_t ncan;      /* watches without anybody that nothing but wishes speaks against */
	const char *reasons;             /* translated */
};
/* Everybody with the role, in fair order: who may be rung, then fewest hours, then longest since the last, then name.
 * Same data, same list at every site. Only shown in that order to be rung in it. */
int vigil_chain(struct view *v, struct book *b, struct arena *a, const struct vigil *of, civil_min now, struct vigil_call **out, size_t *n,
	struct err *e);

#endif
