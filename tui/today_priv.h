/* tui/today_priv.h - the rows of the home screen: what they are about and in which section they stand. */
#ifndef TUI_TODAY_PRIV_H
#define TUI_TODAY_PRIV_H

#include "tui/shifts_priv.h"

enum today_section {
	TODAY_GAPS, TOMORROW_GAPS, TODAY_GONE, TODAY_HERE, TODAY_COMING, TODAY_DUE, TODAY_PROBLEMS,
	TODAY_DECIDE, TODAY_ARRIVED,       /* from other sites; they stand first */
};

struct today_row {
	struct id id;
	enum today_section section;
	const struct shift *shift;         /* NULL: a date that falls due, or what came from other sites */
	struct id about;                   /* the person or record */
	int type;                          /* of `about`: enum type_no */
	const char *when, *what, *who;
	const struct verdict *verdict;     /* of a problem */
};

struct today_rows { struct today_row *rows; size_t n, cap; };

/* All rows in the order of the sections, from what load() has read. */
int today_rows_build(struct view *v, struct book *b, struct arena *a, const struct today *t,
	const struct troubles *troubles, civil_min now, struct today_rows *out, struct err *e);
const char *today_section_name(enum today_section section);        /* translated */

#endif
