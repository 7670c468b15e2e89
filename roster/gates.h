/* roster/gates.h - what must be in place before a role opens, pauses, and which kind of effort a role is.
 *
 * A table of gates: each asks one thing of a role and says which field fills it. The rules "role-open" and
 * "role-frames" ask here, and "paused" asks the pauses. */
#ifndef ROSTER_GATES_H
#define ROSTER_GATES_H

#include "roster/rules.h"
#include "roster/told.h"
#include "store/change.h"

struct role_gate {
	const char *id;                          /* description, may, may-not, tr, contact, agreement */
	const char *lacks;                       /* msgid: what is missing, in a list of such: "the contact person" */
	const char *question, *explains, *source, *checked;        /* msgids, but the day */
	int field;                               /* of the role that fills it; 0: an agreement */
};
/* passed, and says: translated, the value, or what is to be done. */
struct gate_state { const struct role_gate *gate; bool passed; const char *says; };
enum { GATES_MOST = 8 };
const struct role_gate *gates_table(size_t *n);
/* All of one role, in the order of the table; true when all are passed. Pure. */
bool gates_of(const struct book *b, struct arena *a, const struct task *role, civil_date day,
	struct gate_state out[GATES_MOST], size_t *n);
/* The same without words: bit i for the i-th gate of the table that isn't passed; 0: the role is open. */
unsigned gates_closed(const struct book *b, const struct task *role, civil_date day);
/* Has it begun to open here: is there a co-operation agreement about it, in whatever state? Until then it is a role
 * from before, and what it lacks is only said. */
bool gates_begun(const struct book *b, const struct task *role);
/* The co-operation agreement that tells most about it on a day: one that holds, else the latest; NULL: there is
 * none. */
const struct pact *gates_agreement(const struct book *b, const struct task *role, civil_date day);

/* ---- pauses -------------------------------------------------------------------------------------------- */
/* What stands still on a day at a place (or one above it), for a role, or for everybody; NULL: nothing. */
const struct standstill *pause_on(const struct book *b, struct id unit, struct id role, civil_date day);
/* A new one: of a place or role, or ID_NONE: everybody. `until` is the first day with volunteers again, DATE_NONE: not
 * known. */
struct pause_new { struct id of; const char *why; civil_date from, until; };
/* How many shifts it calls off, and who must be told: everybody on them, once each, by their first shift. */
struct pause_effect { struct id pause; size_t shifts; struct told_person *told; size_t n; };
/* What one would do that began now, without doing it. ERR_USAGE when it ends before it begins. */
int pause_look(struct view *v, const struct book *b, struct arena *a, const struct pause_new *how, civil_min now,
	struct pause_effect *out, struct err *e);
/* Begin it. Its published shifts from `from` (of today: those that haven't begun) are called off in the same change
 * group. */
int pause_begin(struct store *s, struct book *b, struct arena *a, const struct pause_new *how, struct pause_effect *told,
	struct change_result *out, struct err *e);
/* What one that is there has called off, and nobody has changed since; `of` is the pause itself. */
int pause_called(struct view *v, const struct book *b, struct arena *a, struct id pause, struct standstill *of,
	struct pause_effect *out, struct err *e);
/* End it on a day: the first with volunteers again. Of its shifts from that day on, those that it called off and nobody
 * has changed since are put on again; *resumed is how many. */
int pause_end(struct store *s, struct book *b, struct id pause, civil_date day, size_t *resumed,
	struct change_result *out, struct err *e);

/* ---- the kind of effort --------------------------------------------------------------------------------- */
/* By the criteria for who is insured by the workplace: none of them decides alone, so only answers that all, or all
 * but one, point one way give a result. */
enum effort { EFFORT_UNCLEAR, EFFORT_WORK, EFFORT_VOLUNTEER };     /* uafklaret, frivilligt arbejde, frivillig indsats */
struct criterion {
	int field;                               /* of the role: an answer */
	enum effort yes, no;                     /* what an answer speaks for; UNCLEAR: nothing */
	const char *says_yes, *says_no;          /* msgids */
};
const struct criterion *effort_criteria(size_t *n);
struct effort_reason { int field, answer; enum effort speaks; const char *says; };     /* translated; one a criterion */
enum effort effort_of(const struct rec *role, struct arena *a, struct effort_reason **why, size_t *n);
/* Write the answers down (ANSWER_…, one a criterion, in their order), with who gave them and the day. */
int effort_judge(struct store *s, struct id role, const int *answers, civil_date day, struct change_result *out,
	struct err *e);
const char *effort_name(enum effort x);                            /* translated */
/* Who insures, and what to do; translated. */
const char *effort_advice(enum effort x);
const char *effort_source(void);                                   /* msgid, with the day it was checked */

#endif
