/* tui/attend_priv.h - what the files behind the sheet of a day share: the screen (screen_attend.c), the line that is
 * typed (attend_line.c) and what is done (attend_acts.c). */
#ifndef TUI_ATTEND_PRIV_H
#define TUI_ATTEND_PRIV_H

#include "roster/attendance.h"
#include "tui/shifts_priv.h"

struct attend_row { const struct attend_sheet *sheet; const struct attendee *who; const char *title; };

/* A line being typed for one shift, and what it comes to. */
struct attend_line {
	bool open;
	struct lineedit edit;
	struct id shift;
	struct arena *arena;               /* for what follows; emptied with each key */
	struct attend_sheet sheet;         /* of the shift, with how far the paper goes */
	struct attend_plan plan;
	const char *echo;
	bool wrong;                        /* echo says why */
	/* What was found out of the code that the line begins with, which isn't looked up again with each key. */
	struct { char code[32]; struct id shift; uint64_t version; int rc; size_t printed; struct err why; } paper;
};

struct attend_day {
	civil_date day, today;
	civil_min now;
	struct id unit;                    /* the only one shown, with those below it; ID_NONE: all */
	const char *place;                 /* its name; "" */
	struct id wanted;                  /* a place on a shift, or a shift, to stand on after the next load; ID_NONE: any */
	bool seek;
	struct attend_sheet *sheets;
	size_t nsheets;
	struct attend_row *rows;
	size_t n, expected, unrecorded;
	struct attend_line line;
	struct {
		struct id shift, assignment;
		civil_date from, to;
		struct id *organisations;
	} asked;                           /* what a question that is open is about */
};

const struct attend_row *attend_selected(const struct screen *s);      /* NULL: none */
void attend_go(struct screen *s, civil_date day);
/* The sheet of a shift as it was loaded last; NULL: it isn't of this day any more. */
const struct attend_sheet *attend_sheet_of(const struct screen *s, struct id shift);
/* Record it; true when it is done. `said` is what is told. */
bool attend_do(struct screen *s, const struct attend_sheet *sheet, const struct attend_plan *plan, const char *said);
/* Why nothing can be recorded of the row under the cursor. */
const char *attend_refuses(struct app *app, struct screen *s);

/* ---- the line ---- */
enum { ATTEND_LINE_ROWS = 4 };                        /* at the foot of the screen */
void attend_line_open(struct screen *s);              /* for the shift under the cursor */
void attend_line_read(struct screen *s);              /* what it comes to, with a sheet loaded anew */
void attend_line_close(struct screen *s);             /* frees it, with the screen */

#endif
