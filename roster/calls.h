/* roster/calls.h - who has been rung about a place, and what that means for ringing them now.
 *
 * Nobody is asked twice a day, whichever site asked and whatever shift it was about. A call that nobody took is no
 * question: it is tried again after the limit call_again_hours. Calls are read by their day (store/store.h, view_due),
 * so this is quick however many there have been. */
#ifndef ROSTER_CALLS_H
#define ROSTER_CALLS_H

#include "store/store.h"

enum { CALLS_DAYS = 7 };                      /* how far back is looked for when somebody was asked last */

struct call {
	struct id id, shift, volunteer, instead_of;    /* instead_of: whose place it was about; ID_NONE */
	civil_min at, again;                           /* again: CMIN_NONE, but of CALL_AGAIN */
	uint8_t outcome;                               /* CALL_… */
	const char *by, *note;                         /* who rang; "" */
};
struct call_log { struct call *all; size_t n; };        /* by volunteer, then time */

/* In the order in which people are rung. */
enum turn {
	TURN_LISTED = 1,         /* is on the waiting list of the shift */
	TURN_DUE,                /* asked to be rung again, and the time has come */
	TURN_FREE,
	TURN_LATER,              /* is not to be rung before `from` */
	TURN_DONE,               /* has been asked today */
};
struct standing {
	enum turn turn;
	civil_min from;            /* of TURN_LATER; else CMIN_NONE */
	const struct call *last;   /* the last time of all, within CALLS_DAYS or about the shift; NULL: none */
	bool said_no;              /* to this shift */
};

/* All calls of the last days, and those about one shift (ID_NONE: no shift's own) however old. In the arena. */
int call_log_load(struct view *v, struct arena *a, struct id shift, civil_date today, struct call_log *out, struct err *e);
/* Where somebody stands at `now`; hours: of the limit. Never TURN_LISTED, which their place says. Pure. */
struct standing call_log_stand(const struct call_log *c, struct id shift, struct id volunteer, civil_min now, int hours);
/* "asked yesterday, didn't answer" · "asked today 10:12 by Mette Holm, couldn't come". In the arena, translated. */
const char *call_words(struct arena *a, const struct call *c, civil_date today);
/* When to ring again where nobody has said: a half hour of today, about two hours ahead; CMIN_NONE late in the
 * evening. */
civil_min call_again_at(civil_min now);
/* The choice's label: "no answer"; translated. */
const char *call_outcome(int outcome);

#endif
