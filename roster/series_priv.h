/* roster/series_priv.h - what the files behind series.h share. */
#ifndef ROSTER_SERIES_PRIV_H
#define ROSTER_SERIES_PRIV_H

#include "roster/act_priv.h"
#include "roster/series.h"

enum { SERIES_REACH = 550 };     /* days ahead that are looked at: a year and a half */

/* As its record says it; its note lives as long as the record. */
struct series series_of(const struct rec *r);
/* The day of the series that a shift of it was made for; DATE_NONE: of none. */
civil_date series_day_of(const struct series *s, const struct rec *shift);
const struct series *series_part_on(const struct series_list *l, const struct series *s, civil_date day);

/* An act upon series, from beginning to commit. */
struct series_act {
	struct act x;
	struct series_list l;
	struct book *b;
	struct arena *a;                 /* the caller's: what is told */
	struct series_done *done;
	civil_min now;
	int seat_state;                  /* of who is put on */
	struct id held;                  /* goes along wherever it is */
	bool adopted;                    /* the shifts that stand have been looked at already */
	bool warns;                      /* warnings are told, not stops alone; of shifts that stand */
};
/* Afterwards series_act_end() must be called whatever this returns. */
int series_act_begin(struct series_act *k, struct store *s, enum act_no no, struct arena *a, struct series_done *done, struct err *e);
int series_act_end(struct series_act *k, int rc, struct change_result *out, struct err *e);
/* ERR_NOTFOUND: there is none. */
int series_act_get(struct series_act *k, struct id id, const struct series **out, struct err *e);
void series_tell(struct series_act *k, enum series_tell what, const struct shift_row *s, struct id who, const char *sentence);

int series_write(struct act *x, struct id id, const struct series *s, civil_date until, struct err *e);
/* The shifts of a series in [from, to), with its fixed places. */
int series_make_days(struct series_act *k, const struct series *s, civil_date from, civil_date to, struct err *e);
/* One who has a fixed place onto one shift, unless a place there stands; nor, but where it is fresh, if there ever was
 * one. */
int series_seat_one(struct series_act *k, const struct fixed *f, const struct shift_row *row, bool fresh, struct err *e);
/* A shift as its record stands. */
struct shift_row series_standing(const struct rec *r);
/* A shift of one part on its day goes along to another: what was as `old` says becomes as `now` says. *row: its place,
 * role and time then. */
int series_adopt(struct series_act *k, const struct series *old, const struct series *now, const struct rec *r, civil_date d,
	struct shift_row *row, struct err *e);

/* A shift goes, with the places on it. */
int act_drop_shift(struct act *x, struct id shift, struct err *e);
/* The day of a shift that goes by somebody's hand is taken out of its series, so that it isn't made again. */
int series_except(struct act *x, const struct rec *shift, struct err *e);

#endif
