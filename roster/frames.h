/* roster/frames.h - the frames that volunteers come within: courses and declarations, agreements, pauses, as the rules
 * ask for them. Part of the book (roster/book.h), read and kept with it.
 *
 * Only what is asked of thousands of people at once stands here; whoever shows one of these reads its record. Pure
 * but for the reading. */
#ifndef ROSTER_FRAMES_H
#define ROSTER_FRAMES_H

#include "store/store.h"

/* A kind of course, introduction, declaration … that one can have. */
struct course {
	struct id id, after;                       /* after: what one must have first */
	const char *name, *confirms;
	int months, warn_days, step;               /* 0: for ever; as the limit says; no step of the introduction */
};
struct held { struct id volunteer, course; civil_date got, until; };     /* got DATE_NONE: signed up; until: the last day */
struct demand { struct id role, course; };
struct standstill { struct id id, of; const char *why; civil_date from, until; };   /* of none: everybody; until none: not known */
struct pact {
	struct id id, with, unit;                  /* with: the organisation or volunteer */
	struct id also, wording;                   /* also: the volunteer, where with is an organisation; ID_NONE */
	uint8_t sort, state;
	civil_date from, to, evaluate;
	size_t first, roles;                       /* its roles in frames.covered */
};
struct covered { struct id agreement, role; };
/* When somebody can or can't: see availability.h. start and end are minutes of the day, -1 not said; days 0: all. */
struct avail { struct id volunteer, id; civil_date from, until; int16_t start, end; uint8_t kind, days, every; };

struct frames {
	struct course *courses;   size_t ncourses;     /* by step (those without one last), then name in Danish order */
	struct held *held;        size_t nheld;        /* by volunteer, then course */
	struct demand *demands;  size_t ndemands;       /* by role, then course */
	struct standstill *pauses; size_t npauses;     /* by first day */
	struct pact *pacts;       size_t npacts;       /* co-operation agreements first, then by with */
	size_t ncooperations;
	struct covered *covered;  size_t ncovered;     /* by agreement */
	struct avail *avail;      size_t navail;       /* by volunteer, then kind, first day, id */
	size_t cap[7];                                 /* private */
};

/* A record of one of these types, or a link; others are left alone. */
void frames_add(struct frames *f, struct arena *a, const struct rec *r);
/* When all are added. */
void frames_sort(struct frames *f);

/* NULL: unknown. */
const struct course *frames_course(const struct frames *f, struct id id);
/* NULL: never had, and not signed up. */
const struct held *frames_held(const struct frames *f, struct id volunteer, struct id course);
bool held_holds(const struct held *h, civil_date day);                 /* NULL: no */
/* When a volunteer can and can't; *n 0: nothing is said. */
const struct avail *frames_avail(const struct frames *f, struct id volunteer, size_t *n);
/* What a role asks for. */
const struct demand *frames_demands(const struct frames *f, struct id role, size_t *n);
/* Somebody's or an organisation's agreements of one sort. */
const struct pact *frames_pacts(const struct frames *f, int sort, struct id with, size_t *n);
/* One as its record says it; its roles aren't known. */
struct pact pact_of(const struct rec *r);
/* Whom it is about: the volunteer, else the organisation. */
struct id pact_party(const struct pact *p);
/* Made, and the day lies in it. */
bool pact_holds(const struct pact *p, civil_date day);
/* Does it name roles, and is this one of them? A pact that names none is about all at its place. */
bool frames_covers(const struct frames *f, const struct pact *p, struct id role, bool *named);

#endif
