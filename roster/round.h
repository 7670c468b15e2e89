/* roster/round.h - from a cancellation to a substitute: the phone round of a shift, the waiting list, swapping and
 * handing over a place.
 *
 * A round is nothing that is begun or ended: it is the candidates of roster/rules.h in the order in which to ring them,
 * and the calls that have been made. Each outcome of a call, each swap and each handover is one change group, so one
 * undo. Whoever comes for somebody else keeps both names: the one stays as withdrawn, the other is their substitute. */
#ifndef ROSTER_ROUND_H
#define ROSTER_ROUND_H

#include "roster/act.h"

struct round {
	struct shift shift;
	struct id gone;                    /* who a substitute is sought for; ID_NONE: nobody has cancelled, or all have one */
	const char *gone_name, *gone_why;  /* "" */
	struct candidate *all; size_t n;   /* in the order in which to ring them */
	const struct candidate *next;      /* who may be rung now; NULL: nobody is left for today */
	struct call *calls; size_t ncalls; /* about this shift, the newest first */
};
/* ERR_NOTFOUND. */
int round_load(struct view *v, struct book *b, struct arena *a, struct id shift, struct round *out, struct err *e);
/* Whom a substitute is sought for on a shift: the first who cancelled and whom nobody came for. ID_NONE: nobody. `why`
 * (may be NULL) is what they said. */
int round_gone(struct view *v, struct arena *a, const struct shift *s, struct id *out, const char **why, struct err *e);
/* Who comes for somebody on a shift, the person's name; NULL: nobody. */
int round_substitute(struct view *v, struct arena *a, const struct shift *s, struct id gone, const char **out, struct err *e);

/* What came of a call, as a sentence: "Anna Lund comes instead of Bo Friis". `gone` "": for nobody; `again`: the moment
 * to ring again, in the words of whoever shows it. */
const char *round_said(struct arena *a, int outcome, const char *name, const char *gone, const char *again);
/* Why nobody is to be rung about a shift: it was called off, or it is over. NULL: somebody may be. Translated. */
const char *round_refused(const struct shift *s, civil_min now);

/* Open places to be rung about: of the days [today, today + ROUND_DAYS) those with a round that goes on, those that
 * somebody cancelled, and all others of today and tomorrow. */
enum { ROUND_DAYS = 14 };
enum gap_kind { GAP_ROUND, GAP_CANCELLED, GAP_OPEN };
struct gap {
	enum gap_kind kind;
	const struct shift *shift;
	size_t rung;                       /* how many have been rung about it, in the last CALLS_DAYS */
	struct id gone;
	const char *gone_name;             /* "" */
};
/* By kind, then time. What has begun is left out. */
int round_gaps(struct view *v, struct book *b, struct arena *a, civil_min now, struct gap **out, size_t *n, struct err *e);

/* What is to be answered before an act can be done. */
enum round_needs { ROUND_NEEDS_NOTHING, ROUND_NEEDS_REASON, ROUND_NEEDS_SEEING };

struct call_made {
	struct id shift, volunteer;
	int outcome;                       /* CALL_… */
	civil_min again;                   /* of CALL_AGAIN: when; else unused */
	const char *note, *override;       /* NULL or "": none */
	bool seen;                         /* it was seen that they have been asked today, or aren't to be rung yet */
};
/* Somebody has been rung. yes: they are on the shift, as substitute for whoever cancelled; rules as of act_assign(), so
 * *needs may be ROUND_NEEDS_REASON. no: they said no to this shift. Whoever was asked today already: ERR_REFUSED with
 * when and by whom, and ROUND_NEEDS_SEEING. ERR_DATA for an `again` that isn't ahead. */
int round_call(struct store *s, struct book *b, const struct call_made *how, enum round_needs *needs, struct change_result *out,
	struct err *e);

/* Somebody takes a place without being rung, from the waiting list or asked by other ways: as a yes, but no call is
 * noted. Whoever had to say yes again has. */
int round_take(struct store *s, struct book *b, struct id shift, struct id volunteer, const char *override,
	enum round_needs *needs, struct change_result *out, struct err *e);

/* On the waiting list of a shift, or off it. ERR_REFUSED for somebody who is on the shift. */
int round_wait(struct store *s, struct book *b, struct id shift, struct id volunteer, bool on, struct change_result *out,
	struct err *e);

/* A place goes from one to another, or two exchange theirs. Rules are asked as it will be afterwards, for both. */
struct place_of { struct id shift, volunteer; };
int round_hand_over(struct store *s, struct book *b, struct place_of from, struct id to, const char *override,
	enum round_needs *needs, struct change_result *out, struct err *e);
int round_swap(struct store *s, struct book *b, struct place_of x, struct place_of y, const char *override,
	enum round_needs *needs, struct change_result *out, struct err *e);

#endif
