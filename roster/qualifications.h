/* roster/qualifications.h - courses, declarations and the child-protection check of a person: what is there, what
 * expires, what is asked for, and the introduction of somebody new. Each act is one change group.
 *
 * Never the check's document, never a CPR number: the state, dates and who looked at it are all that there is. */
#ifndef ROSTER_QUALIFICATIONS_H
#define ROSTER_QUALIFICATIONS_H

#include "roster/rules.h"
#include "store/change.h"

enum qualification_state {
	QUALIFICATION_LACKING, QUALIFICATION_SIGNED_UP, QUALIFICATION_VALID, QUALIFICATION_EXPIRING, QUALIFICATION_EXPIRED,
};
const char *qualification_state_name(enum qualification_state state);      /* translated */
struct qualification {
	const struct course *kind;
	const struct held *held;                       /* NULL: never had */
	enum qualification_state state;                /* on a day */
	bool asked;                                    /* a role of the person's asks for it */
	const char *reason;                            /* translated: "udløb 1/11 2026", "først efter Hygiejnekursus"; "" */
};
/* Of one person: what the person has or is signed up for, what a role of theirs asks for, and the steps of the
 * introduction; in the order of the kinds. Limits as rules_limits() gives them. Pure. */
struct qualification *qualification_of(const struct book *b, struct arena *a, const struct person *p,
	const int limits[LIMIT_COUNT], civil_date day, size_t *n);
/* Put down that they have it since a day: until is reckoned from the kind's months. got DATE_NONE: they are signed up.
 * ERR_REFUSED: what comes before it is missing (named), nobody confirmed it where the kind says who must, or the day
 * lies ahead. */
struct qualification_given { struct id kind; const struct id *volunteer; size_t n; civil_date got; const char *confirmed_by; };
int qualification_give(struct store *s, const struct book *b, const struct qualification_given *how,
	struct change_result *out, struct err *e);
/* Does it count whether they have it: does a role of theirs ask for it, or is it a step of the introduction? */
bool qualification_counts(const struct book *b, const struct person *p, const struct course *kind);
/* A role asks for exactly these kinds. */
int qualification_ask(struct store *s, struct id role, const struct id *kinds, size_t n, struct change_result *out,
	struct err *e);
/* Everybody's that expire within `days` or have expired, of people who are planned (active or on pause) and, of a
 * course, have a role that asks for it or are in their introduction; ascending by day, then name. `what` is
 * translated. */
struct expiry { const struct person *person; const struct course *kind; civil_date until; const char *what; };   /* kind NULL: the check */
struct expiry *qualification_expiring(const struct book *b, struct arena *a, civil_date today, int days, size_t *n);

/* ---- the introduction ------------------------------------------------------------------------------- */
/* The kinds with a step are its steps. Somebody is new who began lately (the limit new_days) or has begun the steps,
 * until all of them are done; who came before there were steps isn't. `next` is NULL when none is left. */
struct introduction { size_t n, done; const struct course *next; bool is_new; };
struct introduction introduction_of(const struct book *b, const struct person *p, const int limits[LIMIT_COUNT],
	civil_date day);

/* ---- the child-protection check --------------------------------------------------------------------- */
/* not needed | to be ordered → ordered (consent within so many days) → consent missing | assessed (in order or not) →
 * to be renewed → ordered. ERR_REFUSED for any other way, a day that lies ahead, or assessed without who did and a
 * second person. Days and months are limits. */
struct check_move { int state; civil_date day; const char *assessor, *second, *note; };
int check_move(struct store *s, struct id volunteer, const struct check_move *how, struct change_result *out, struct err *e);
bool check_may_move(int from, int to);
/* Does a role of the person's ask for one? Pure. */
bool check_is_asked(const struct book *b, const struct person *p);
/* Does it stand in the list of checks: of who hasn't ended, with a role that asks, or under way though none does (any
 * longer). Pure. */
bool check_is_followed(const struct book *b, const struct person *p);
/* Those to be ordered for, by name: who is planned, has a role that asks, and has none, or one that is to be renewed
 * within the limit of warnings; at most as many as one order takes, *more true when there were others. Pure. */
const struct person **check_to_order(const struct book *b, struct arena *a, const int limits[LIMIT_COUNT], civil_date today,
	size_t *n, bool *more);
/* Mark them as ordered on a day, all or nothing. ERR_REFUSED when they are more than an order takes. */
int check_order(struct store *s, const struct id *volunteer, size_t n, civil_date day, struct change_result *out,
	struct err *e);
/* What is to be done next for somebody whose check is followed; NULL: nothing. Translated. Pure. */
const char *check_next(const struct book *b, struct arena *a, const struct person *p, const int limits[LIMIT_COUNT],
	civil_date today);

#endif
