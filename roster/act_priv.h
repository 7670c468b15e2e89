/* roster/act_priv.h - what the files behind act.h share: one act from beginning to commit. */
#ifndef ROSTER_ACT_PRIV_H
#define ROSTER_ACT_PRIV_H

#include "roster/act.h"

/* A view to look, a change to write into, and memory for both. */
struct act {
	struct store *s;
	struct arena *a;
	struct view *v;
	struct change *c;
};

/* Afterwards act_end() must be called whatever this returns. */
int act_begin(struct act *x, struct store *s, enum act_no no, struct err *e);
/* Commits when rc is OK, else lets go of everything; returns what came of it. */
int act_end(struct act *x, int rc, struct change_result *out, struct err *e);

/* What a group speaks of: the one record, or how many. */
void act_arg_shifts(struct act *x, const struct id *shifts, size_t n);
void act_arg_people(struct act *x, const struct id *people, size_t n);
/* The volunteer as the record stands; ERR_NOTFOUND when it is gone. */
int act_get_person(struct act *x, struct id id, struct rec **out, struct err *e);
/* The shift as it stands; ERR_NOTFOUND when it is gone. */
int act_get_shift(struct act *x, struct id shift, struct rec **out, struct err *e);

/* An assignment that stands; NULL when there is none. */
int act_get_place(struct act *x, struct id assignment, struct rec **out, struct err *e);
/* The same with its state as it counts (assignment_state); 0 when there is none. */
int act_get_state(struct act *x, struct id assignment, struct rec **out, int *state, struct err *e);
/* May the person take a place there? As act_assign says. */
int act_ask_rules(struct act *x, struct book *b, struct id shift, const struct person *p, const char *override,
	bool *needs_reason, struct err *e);

/* Who holds places on a shift, and how: what an assignment begins with. */
struct holding {
	struct id shift, volunteer, organisation; /* volunteer none: the organisation's places */
	int places, state;
	const char *override; /* NULL or "": none */
	struct id instead_of; /* ID_NONE: nobody */
	civil_min from, to;   /* the time of a shift that the same change makes; 0: as the shift stands */
	civil_min since;      /* of a wish: when; else 0 */
};
/* Make the assignment, or turn the one that stands into it: attendance, hours, whom it was for and why it was cancelled
 * belonged to what it was, its note stays. */
int act_put_holding(struct act *x, const struct holding *h, struct err *e);

/* Do the verdicts, worst first, let it be done? ERR_REFUSED with the sentences of a stop, or of warnings that no reason
 * sets aside: then *needs_reason. */
int act_weigh(const struct verdict *v, size_t n, const char *override, bool *needs_reason, struct err *e);

#endif
