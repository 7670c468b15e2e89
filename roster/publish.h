/* roster/publish.h - making the drafts of a period hold: which shifts, which are left out and why, and who must be
 * told. */
#ifndef ROSTER_PUBLISH_H
#define ROSTER_PUBLISH_H

#include "roster/rules.h"
#include "store/change.h"

struct publish_left { struct id shift; civil_min start; const char *title, *why; };
struct publish_told { struct id volunteer; const char *name, *phone; civil_min first; size_t shifts; };
struct published {
	struct id *shifts; size_t n;               /* that are drafts no more */
	struct publish_left *left; size_t nleft;   /* stay drafts: begun already, or a rule stops it or somebody on it */
	struct publish_told *told; size_t ntold;   /* who is on those shifts, by their first */
};
struct publish_period { const struct id *unit; civil_date from, to; };      /* unit NULL: all; [from, to) */

/* What publishing would do, in the arena. */
int publish_look(struct view *v, struct book *b, struct arena *a, const struct publish_period *p, struct published *out, struct err *e);
/* Who is on the published shifts of the period that are to come: the same list, to be had again. Only told. */
int publish_told_again(struct view *v, struct book *b, struct arena *a, const struct publish_period *p, struct published *out, struct err *e);
/* The same done, as one change group. */
int publish_do(struct store *s, struct arena *a, const struct publish_period *p, struct published *out, struct change_result *result, struct err *e);
/* When the first draft from a day on begins, within the next three months; CMIN_NONE: there is none. */
int publish_next(struct view *v, struct book *b, struct arena *a, const struct id *unit, civil_date from, civil_min *out, struct err *e);

#endif
