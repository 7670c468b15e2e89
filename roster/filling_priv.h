/* roster/filling_priv.h - what the files behind filling.h share. */
#ifndef ROSTER_FILLING_PRIV_H
#define ROSTER_FILLING_PRIV_H

#include "roster/filling.h"

enum { FILLING_WISH = 200 };        /* points: a wish that is not met; distances from the best are told in these */

/* Somebody who may be proposed for something. */
struct helper {
	const struct person *person;
	struct duty_row *duties; size_t nduties;    /* around the period */
	struct duty_row *fixed;  size_t nfixed;     /* those of them that the plan can't move */
	size_t past; int minutes;                   /* duties before the period, and what they add up to */
	int proposed;                               /* places in the plan */
};

struct filling {
	struct arena *a;                    /* everything */
	struct id replanned, role;          /* a shift that people may be moved to, and its role; ID_NONE: nobody is moved */
	struct book *book;
	struct filling_how how;
	uint64_t version;                   /* of the store when read */
	civil_date today;
	int limits[LIMIT_COUNT];
	struct roster roster;
	struct shift **gaps;    size_t ngaps;       /* engine's shift i */
	int32_t *needs;                     /* of a gap: places of people who may be moved from it */
	struct helper *people;  size_t npeople;     /* engine's person i, in the book's order */
	struct fill_instance in;
	struct fill *engine;                /* NULL: there is no gap */
	struct filled result;
	struct id gone;                     /* when replanned: who gave the place up: isn't asked to come another time */
	struct move_offers offers;
};

/* Those who may be proposed, their windows, and what of theirs is pinned. filling_people.c */
void filling_make_people(struct filling *f);
bool filling_is_fixed(const struct helper *h, struct id shift);
bool filling_is_replanned(const struct filling *f);
/* Minutes of real time since well before the period; and its ISO week, by its Monday. */
int64_t filling_real(const struct filling *f, civil_min t);
civil_date filling_day(const struct filling *f, int64_t real);         /* of a midnight, back again */
int32_t filling_week_of(civil_min t);
/* All that the rules say to somebody on a gap, with these duties. In the arena. */
struct verdict *filling_judge(const struct filling *f, const struct shift *s, const struct person *p,
	const struct duty_row *duties, size_t nduties, struct arena *a, size_t *n);
/* Does a verdict keep somebody from being proposed at all? */
bool filling_bars(const struct verdict *v);
/* The words of an open place, of the whole plan, of a proposal. filling_words.c */
const char *filling_why_open(struct filling *f, int32_t gap, bool whole);
void filling_say(struct filling *f, struct filled *r);
const char *filling_reasons(const struct filling *f, const struct proposal *p);
/* Read what is asked for: how, or replanned and role. */
int filling_open(struct filling *f, struct view *v, struct err *e);
int32_t filling_gap_no(const struct filling *f, struct id shift);      /* -1: none */
struct shift *filling_gap(const struct filling *f, int32_t shift);
/* What the rules say that the engine doesn't reckon with itself. */
bool filling_weighs(const struct verdict *v);
struct helper *filling_helper(const struct filling *f, struct id volunteer, int32_t *no);

#endif
