/* roster/months.h - hours given, month by month: of one, or of all together. Never of several beside each other: nobody
 * is measured against others. What a place on a shift counts for roster/duty.h says, here as everywhere. */
#ifndef ROSTER_MONTHS_H
#define ROSTER_MONTHS_H

#include "roster/book.h"

enum { MONTHS = 12 };
struct months {
	civil_date first;                  /* the first day of the first month; the last is the month that is */
	int64_t minutes[MONTHS];
};
/* Of somebody, until yesterday. */
int months_of(struct view *v, struct id volunteer, civil_date today, struct months *out, struct err *e);
/* Of everybody in the book; what an organisation's people did without a name isn't among it. */
int months_of_all(struct view *v, const struct book *b, civil_date today, struct months *out, struct err *e);
bool months_any(const struct months *m);
/* In whole hours, to the nearest: as pictures and numbers of a year show them. */
int64_t months_hours(const struct months *m, int month);
/* The picture and what it says: "▁▂▅▇···▁▁▁▂▁ from January: 4 8 20 28 0 …"; plain as of base/chart.h. */
char *months_text(struct arena *a, const struct months *m, bool plain);

#endif
