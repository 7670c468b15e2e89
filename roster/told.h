/* roster/told.h - who must be told that shifts are called off: everybody on them, once each, with the phone number. */
#ifndef ROSTER_TOLD_H
#define ROSTER_TOLD_H

#include "roster/book.h"

/* first: the start of the first of so many shifts. */
struct told_person { struct id volunteer; const char *name, *phone; size_t shifts; civil_min first; };

/* Gathering them: what is told of lies in `a`, which outlives the view and the book; scratch may be the same. */
struct to_tell {
	struct view *v;
	const struct book *b;
	struct arena *scratch, *a;
	size_t shifts;                          /* added so far */
	struct told_person *told; size_t n, cap;
};
/* A shift that is called off, in the order of their starts. */
int told_add(struct to_tell *t, const struct shift_row *s, struct err *e);
/* By their first shift. */
void told_sort(struct to_tell *t);

#endif
