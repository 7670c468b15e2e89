/* roster/filling.h - filling the open places of a period: whom to put where, what is proven of it, and why not.
 *
 * Reads the gaps of a period and everybody who has their roles, asks the rules about each pair, hands numbers to the
 * engine (fill/fill.h) and puts its answer into words. Nothing is written before filling_take(), which is one change
 * group, so one undo.
 *
 * Who may be proposed: those who have the role and are planned (active, or on pause with a warning). A stop bars; so do
 * an overlap and too short a rest to what stands, and more shifts in a month, or a week, than somebody wishes. A
 * warning costs far more than any wish, and a gap far more than a warning: cover comes first, then warnings, then
 * wishes and fair shares. One attendance a day: two shifts close together are for a person to decide.
 *
 * What somebody wishes at most holds for each calendar month, and a rhythm of every second or fourth week for any two
 * or four weeks that follow each other, whatever the period is and with all that stands around it. Somebody who comes
 * every second week has half as many shifts as the share to aim at. */
#ifndef ROSTER_FILLING_H
#define ROSTER_FILLING_H

#include "fill/fill.h"
#include "roster/act.h"

struct filling_how {
	const struct id *unit;              /* it and all below it; NULL: everywhere */
	civil_date from, to;                /* [from, to); what has begun is left alone */
};

struct proposal {
	const struct shift *shift;
	const struct person *person;
	struct verdict *verdicts;           /* with all that is proposed in force; worst first */
	size_t nverdicts;
	bool warned;                        /* so a reason is needed to take it */
	const char *reasons;                /* "2 shifts in December · last 12/11"; translated */
	int32_t pair;                       /* for filling_price() */
};
struct unfilled { const struct shift *shift; int places; const char *why; };

/* What came of it. proof and quality are sentences for the coordinator: how many places can be filled at all, and how
 * far the plan can be from the best. */
struct filled {
	struct proposal *proposals;  size_t n;         /* by start of the shift, place, name */
	struct unfilled *open;       size_t nopen;
	int places, open_places;                       /* open now; that nobody takes in the plan */
	int open_least;                                /* no plan leaves fewer: equal to open_places when it is proven best */
	int64_t cost, bound;
	bool stopped;
	const char *proof, *quality;                   /* quality NULL: nothing to say */
	char input[2 * 32 + 1];                        /* what was filled, as hex: another site with the same data has the same */
};

struct filling;

/* Read it all. Everything lives in the arena, and points into the book; the view isn't needed afterwards. */
int filling_read(struct view *v, struct book *b, struct arena *a, const struct filling_how *how, struct filling **out,
	struct err *e);
/* Work. May be called again with more effort: it goes on from the plan that it has. `stop` is asked now and then. */
void filling_work(struct filling *f, enum fill_effort effort, bool (*stop)(void *ctx), void *ctx);
/* The plan as it stands. Good until the next call. */
const struct filled *filling_result(struct filling *f);

/* Why does an open place of the plan stay open, with everybody by name, a line each: the `why` of its row names a few.
 * In the plan's memory. */
const char *filling_whole_why(struct filling *f, struct id shift);
/* Why isn't the person proposed for the shift? A sentence or several: the rules that bar, or what it would cost and who
 * would have to move. Translated; never fails. */
const char *filling_why_not(struct filling *f, struct arena *a, struct id shift, struct id volunteer);

/* What to say of one in a line: what speaks against it, then its reasons. */
const char *proposal_text(struct arena *a, const struct proposal *p);

/* Put the chosen proposals down (`take`, one a proposal; NULL: all), as accepted or as offered (ASSIGNMENT_…). Those
 * with a warning need `reason`, which is kept with each of them: ERR_REFUSED with *needs_reason without it.
 * ERR_CONFLICT when the roster has been changed since it was read. */
int filling_take(struct store *s, struct filling *f, const bool *take, int state, const char *reason, bool *needs_reason,
	struct change_result *out, struct err *e);

/* ---- a place that somebody gave up
 * ------------------------------------------------------------------------------------- Others may change shift for it:
 * those of the same role a week around it, whose places stand as the rules ask. The nearer a shift is, the more it
 * costs to move anybody from it: today ten times, within a week three times what it costs later. Up to three offers:
 * the best where somebody new comes, with two moves, and with up to FILL_CHAIN; each only if it is better than the one
 * before. */
struct move { const struct person *person; const struct shift *from, *to; };     /* from NULL: had none of these */
struct move_offer {
	struct move *moves; size_t n;      /* the first takes the open place, each other one the place left before */
	const char *text;                  /* "Bo from Tue 2/12 08:00 to Mon 1/12 11:00, Eva takes Tue 2/12 08:00" */
	const char *warning;               /* so a reason is needed to take it; NULL: nothing warns */
};
struct move_offers {
	const struct shift *shift;
	struct move_offer offers[FILL_OFFERS]; size_t n;
	const char *none;                  /* why there are no offers; NULL when there are */
};
/* Read what is around a shift. ERR_NOTFOUND. */
int filling_replan(struct view *v, struct book *b, struct arena *a, struct id shift, struct filling **out, struct err *e);
const struct move_offers *filling_offers(struct filling *f);
/* Put an offer down as one change group: who is moved must confirm the new shift, who comes is offered the place, and
 * what they leave is no cancellation. Reasons and errors as of filling_take(). */
int filling_take_offer(struct store *s, struct filling *f, size_t offer, const char *reason, bool *needs_reason,
	struct change_result *out, struct err *e);

#endif
