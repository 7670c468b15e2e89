/* roster/attendance.h - who was there: the numbered sheet of a shift, the line that a paper sheet is keyed in as, and
 * hours that somebody vouches for.
 *
 * A person's number on the sheet is the same on the screen, on paper, and at each site with the same data. Numbers go
 * by when each was put on the shift, those of one change in the order of names: whoever is added later comes last, and
 * whoever gives the place up keeps the number, so that paper which is printed already stays right. Only somebody taken
 * off as if never on it makes a number vanish, and a merge may bring somebody who was put on before: then the sheet's
 * code, which stands on the paper, no longer fits, and is refused rather than read as somebody else's.
 *
 * Not recorded (0) is never absent. */
#ifndef ROSTER_ATTENDANCE_H
#define ROSTER_ATTENDANCE_H

#include "roster/act.h"

struct attendee {
	int number;                        /* from 1; one that isn't listed leaves a hole */
	struct seat seat;
	bool listed;                       /* stands on the sheet: not whoever only wishes the place, or has said no to it */
	bool expected;                     /* on the shift: what isn't recorded of these is missing */
	int planned, told;                 /* minutes; told -1: as planned */
	civil_date approved;               /* DATE_NONE: not yet */
	const char *approved_by;           /* "" */
};
struct attend_sheet {
	struct shift shift;
	struct attendee *rows;             /* by number */
	size_t n;                          /* the highest number */
	size_t printed;                    /* the highest number on the paper that is keyed in (attend_code_check); 0: no paper is known */
	size_t expected, unrecorded;
};
/* ERR_NOTFOUND. */
int attend_sheet(struct view *v, struct book *b, struct arena *a, struct id shift, struct attend_sheet *out, struct err *e);
/* All of a day (or some) with somebody listed, in the roster's order; unit as in roster_load. None that is called
 * off. */
int attend_sheets(struct view *v, struct book *b, struct arena *a, const struct id *unit, civil_date from, civil_date to,
	struct attend_sheet **out, size_t *n, struct err *e);
/* Through whom the hours are: what the place says, else the person's organisation; ID_NONE. */
struct id seat_organisation(const struct book *b, struct id volunteer, struct id organisation);
/* A place as the duty of whoever has it: what duty_minutes() reckons with. */
struct duty_row seat_duty(const struct shift_row *row, const struct seat_row *seat, const struct rec *r);
/* How many places of shifts that began from `from` on and are over by `now` aren't recorded, and on how many shifts;
 * `first` is the day of the earliest (DATE_NONE: none). Opens no record. */
struct attend_missing { size_t places, shifts; civil_date first; };
int attend_missing(struct view *v, civil_date from, civil_min now, struct attend_missing *out, struct err *e);

/* What stands on the paper, and is typed instead of the shift: the end of its id, how far the numbers go, and a sum
 * over whom they mean: "0f3a9c.12b7e". */
char *attend_code(struct arena *a, const struct attend_sheet *s);
/* The shift part of such a code, or the text itself. */
const char *attend_code_shift(struct arena *a, const char *text);
/* The code that a line begins with, as "0f3a9c.12b7e 1-9f"; NULL: none. *rest is the line without it. */
const char *attend_code_begins(struct arena *a, const char *line, const char **rest);
/* Is it a code of this shift, of whichever day's paper? */
bool attend_code_is_of(const char *code, const struct attend_sheet *s);
/* Do the numbers of the paper still mean the same people? Then s->printed is how far they go, and whoever has come
 * since stands behind them. A text that isn't such a code says nothing: OK. ERR_CONFLICT: they don't; the sentence says
 * which rows are other ones, where the store knows what the sheet was when it was printed. */
int attend_code_check(struct view *v, struct book *b, struct attend_sheet *s, const char *text, struct err *e);

/* ---- the line ---------------------------------------------------------------------------------------------------
 * Words with blanks between. Numbers (4 · 1-9 · 1,3,5) and what they were: f came, a cancelled (afbud), u stayed away
 * (udeblevet), - or i not recorded. The letters are the same in all languages, as the paper has them. After f the hours
 * that were told may stand: 3f2:30 · 3f 2,5t · 3f 45min. A letter alone means all others who are expected, stand on the
 * paper (where it is known), and are neither named in the line nor recorded. A later word goes before an earlier one:
 * "1-9f 4a" is eight who came. A range leaves out whoever isn't expected; a single number means the person whatever.
 * +Name is somebody who came without being on the shift. */
struct attend_word {
	int from, to;                      /* numbers; 0: all others */
	int attendance;                    /* ATTENDANCE_…, 0: not recorded */
	int minutes;                       /* told; -1: not said */
	const char *name;                  /* somebody who isn't on the shift; NULL: numbers */
	int at;                            /* character in the line, from 1 */
};
/* ERR_DATA names the word and where it stands. Pure. */
int attend_read(struct arena *a, const char *line, struct attend_word **out, size_t *n, struct err *e);

/* What a line comes to on a sheet. */
enum { ATTEND_AS_IT_STANDS = -1, ATTEND_AS_PLANNED = -2 };
/* minutes: told, or one of these. left_out: a range ran over somebody who isn't expected, and left that one alone. */
struct attend_mark { bool set, left_out; uint8_t attendance; int minutes; };
struct attend_plan {
	struct attend_mark *marks;         /* by the sheet's rows */
	const char **walkins;
	size_t nwalkins;
};
/* ERR_DATA as above, and for a number that isn't on the sheet. */
int attend_plan(struct arena *a, const struct attend_sheet *s, const char *line, struct attend_plan *out, struct err *e);
/* In words: "8 present · excused: 4 Anna Holm · 2 not recorded": what the sheet would say afterwards. */
char *attend_echo(struct arena *a, const struct attend_sheet *s, const struct attend_plan *p);
/* The letter of a state as the line and the paper have it: f, a, u or -. */
char attend_letter(int attendance);

/* ---- acts; each one group --------------------------------------------------------------------------------------- */
/* Record what is planned. Who came is on the shift from then on, whatever was said before; hours told of somebody who
 * didn't come go, and so does an approval of what is changed. Walk-ins are put on the shift: a stop refuses all
 * (ERR_REFUSED), a warning is set aside with that as the reason. ERR_REFUSED too for a shift that hasn't begun. */
int act_attend(struct store *s, struct book *b, const struct attend_sheet *sheet, const struct attend_plan *p,
	struct change_result *out, struct err *e);
/* Vouch for the hours of all who came in the period (a unit with those below it, an organisation, or all: NULL), by the
 * store's person, today. What isn't recorded isn't approved. `told` (may be NULL): how much there was. */
struct approving { civil_date from, to; const struct id *unit, *organisation; };
struct approved { size_t places, already, unrecorded; int64_t minutes; };
int act_approve(struct store *s, struct book *b, const struct approving *of, struct approved *told, struct change_result *out,
	struct err *e);

#endif
