/* tui/today_priv.h - the rows of the home screen: what they are about and in which section they stand. */
#ifndef TUI_TODAY_PRIV_H
#define TUI_TODAY_PRIV_H

#include "tui/shifts_priv.h"

enum today_section {
	TODAY_ABSENT, TODAY_GAPS, TOMORROW_GAPS, TODAY_GONE, TODAY_HERE, TODAY_COMING, TODAY_DUE, TODAY_PROBLEMS,
	TODAY_ATTEND, TODAY_PAUSES, TODAY_COURSES, TODAY_AGREEMENTS, TODAY_ROLES, TODAY_DATA,        /* what waits: today_due.c */
	TODAY_DECIDE, TODAY_ARRIVED,       /* from other sites; they stand first */
};

struct today_row {
	struct id id;
	enum today_section section;
	const struct shift *shift;         /* NULL: a date that falls due, or what came from other sites */
	const struct seat *seat;           /* of a cancellation */
	struct id about;                   /* the person or record */
	int type;                          /* of `about`: enum type_no */
	struct id talk;                    /* to be held with the person; ID_NONE: the row is no talk */
	const char *when, *what, *who;
	const struct verdict *verdict;     /* of a problem */
	/* Where Enter leads; NULL: the shift, or the card of what it is about. */
	void (*open)(struct app *app, const struct today_row *row);
	int mode;                          /* for that */
};

struct today_rows { struct today_row *rows; size_t n, cap; };

/* What all rows are made from. */
struct today_making {
	struct view *v;
	struct book *b;
	struct arena *a;
	civil_min now;
	struct today_rows *out;
};
void today_add(struct today_making *m, struct today_row row);
/* What waits, some rows of each kind and how many more: pauses, courses and checks, agreements, roles, people's data.
 * Reads next to nothing, so that the first picture stands at once. `coming`: the roster of the next days. */
int today_add_waiting(struct today_making *m, const struct roster *coming, struct err *e);
/* Is the date told there, so that it isn't told again as one that falls due? */
bool today_is_waiting(const struct due_row *due);

/* How many days ahead a cancellation is news. */
enum { NEWS_AHEAD = 14 };
/* All rows in the order of the sections, from what load() has read; the roster reaches from yesterday to NEWS_AHEAD. */
int today_rows_build(struct view *v, struct book *b, struct arena *a, const struct roster *r, const struct today *t,
	const struct troubles *troubles, civil_min now, struct today_rows *out, struct err *e);
const char *today_section_name(enum today_section section);        /* translated */

#endif
