/* roster/series.h - shifts that come again: on which days, how they are made, and how a series is changed.
 *
 * A series says its place, role and time once, and on which days it falls. Its shifts are records of their own:
 * changed, called off or filled like any other. A series that is changed from a day on ends the day before, and another
 * goes on from it; those that go on from each other have one origin. A shift's id is name-based on (origin, day), so
 * two sites that make the same days make the same shifts, and a part's on (origin, first day), so two that part a
 * series at the same day meet. Days without a shift and fixed places belong to the origin, and so hold through all its
 * parts.
 *
 * Nobody is taken off a shift silently: one with people on it never goes by itself, it stays and is told. */
#ifndef ROSTER_SERIES_H
#define ROSTER_SERIES_H

#include "roster/rules.h"
#include "store/change.h"

/* ---- what there is ---------------------------------------------------------------------------------------------- */

struct series {
	struct id id, origin;                      /* origin: its own id when it goes on from none */
	struct id unit, role;
	civil_date first, until;                   /* the last day, also because another goes on; DATE_NONE: none */
	int every, days, start, end;               /* SERIES_…; base/weekdays.h; minutes of the day, end <= start: the next day */
	int need, wished, state;                   /* wished 0: as needed; SHIFT_… that its shifts are made as */
	bool holidays;                             /* also on holidays */
	const char *note;
};
struct series_off { struct id id, origin; civil_date day; const char *why; };
struct fixed {
	struct id id, origin, volunteer, organisation;      /* volunteer none: the organisation's places */
	int places, every, days;                   /* every 0: each time; days 0: all */
	civil_date from, until;                    /* DATE_NONE: as the series */
};
struct series_list {
	struct series *all;   size_t n;            /* by origin, then first day */
	struct series_off *off; size_t noff;       /* by origin, then day */
	struct fixed *fixed;  size_t nfixed;       /* by origin, then id */
	size_t cap[3];                             /* private */
};
int series_load(struct view *v, struct arena *a, struct series_list *out, struct err *e);
/* NULL: unknown. */
const struct series *series_get(const struct series_list *l, struct id id);
/* Another that makes the same shifts as `how` does on some of its coming days: its place, role and times. NULL: none. */
const struct series *series_like(const struct series_list *l, const struct series *how);
/* The fixed places of a series. */
const struct fixed *series_fixed(const struct series_list *l, const struct series *s, size_t *n);

/* ---- which days: pure ------------------------------------------------------------------------------------------- */

/* By its rhythm, first and last day, and the holidays. */
bool series_falls_on(const struct series *s, civil_date d);
/* Taken out of it by hand? NULL: no. */
const struct series_off *series_off_on(const struct series_list *l, const struct series *s, civil_date d);
/* The next day from `from` on that it makes a shift on; DATE_NONE when there is none within 400 days. The list may be
 * NULL. */
civil_date series_next(const struct series_list *l, const struct series *s, civil_date from);
bool fixed_comes(const struct fixed *f, const struct series *s, civil_date d);
struct id series_shift(const struct series *s, civil_date d);
civil_min series_start(const struct series *s, civil_date d);
civil_min series_end_of(const struct series *s, civil_date d);
/* "every second Wednesday 8–11"; translated. */
char *series_when(struct arena *a, const struct series *s);
/* The rhythm of a fixed place: "every second week from 3/12 2025"; "" when it is each time. */
char *fixed_when(struct arena *a, const struct fixed *f);
/* "Anna Lund", "2 from the Red Cross"; translated. */
const char *fixed_name(const struct book *b, struct arena *a, const struct fixed *f);
/* How far one makes a new series when nobody says: to the end of next month, at most to its last day. */
civil_date series_reach(const struct series *s, civil_date today);
/* The last day from `from` on, within a year and a half, that has a shift of it; DATE_NONE: none. `all` has the ids of
 * the shifts that stand, ascending: see series_shifts(). */
civil_date series_made_until(const struct series *s, civil_date from, const struct id *all, size_t n);
int series_shifts(struct view *v, struct arena *a, civil_date from, struct id **out, size_t *n, struct err *e);

/* ---- acts: each is one change group ----------------------------------------------------------------------------- */

/* What somebody must hear of. */
enum series_tell {
	SERIES_GAP,         /* who has a fixed place wasn't put on, and why */
	SERIES_ASKED,       /* must say yes again, as the time is another */
	SERIES_STAYS,       /* the shift isn't one of the series' any more, but who is on it stays */
	SERIES_GOES,        /* off a shift that was removed, as was asked for */
	SERIES_WARNED,      /* got a fixed place and was put on, though a rule warns */
};
const char *series_tell_words(enum series_tell what);       /* translated: "must say yes again" */
struct series_told { enum series_tell what; struct id shift, who; civil_min start; const char *name, *sentence; };
struct series_done {
	size_t made, seats, changed, removed, there;      /* there: days on which a like shift stood already */
	struct series_told *told; size_t ntold;           /* by time; in the caller's arena */
	size_t cap;                                       /* private */
	const char *like;                                 /* of series_add: when another falls that makes the same shifts; NULL: none */
	struct id series;                                 /* that was made, or goes on */
};

/* Make the shifts of [from, to), and put on who has fixed places. What stands is left alone; so is a day that was taken
 * out. Who has never been on a shift that stands (another site gave the place meanwhile) is put on too. */
int series_make(struct store *s, struct arena *a, const struct id *series, size_t n, civil_date from, civil_date to, struct series_done *done,
	struct change_result *out, struct err *e);
/* A new one, made up to and including `until` (DATE_NONE: nothing is made yet). */
int series_add(struct store *s, struct arena *a, const struct series *how, civil_date until, struct series_done *done,
	struct change_result *out, struct err *e);

enum series_which { SERIES_FOLLOWING, SERIES_ALL };
/* The fields that become others, as bits 1u << F_SERIES_…, and their values. Of a move also by how many days, back < 0,
 * and which shift was taken hold of: it goes along although it may have been moved alone before. */
struct series_edit { uint32_t fields; struct series to; int days; struct id held; };
/* From a day of the series on, or all: itself and its shifts that haven't begun. A shift that keeps its day keeps id
 * and people; what somebody changed on one shift alone stays; where the time becomes another, people must say yes
 * again. Empty shifts on days that it no longer has go, and new ones are made as far as they were. */
int series_change(struct store *s, struct arena *a, struct id series, civil_date day, enum series_which which, const struct series_edit *edit,
	struct series_done *done, struct change_result *out, struct err *e);
/* A shift of a series alone: its place, role, time, numbers and note. */
int series_change_one(struct store *s, struct arena *a, struct id shift, const struct series_edit *edit, struct series_done *done,
	struct change_result *out, struct err *e);
/* Last on that day. Coming shifts after it go if they are empty, or if `people` says so; others stay and are told. */
int series_end(struct store *s, struct arena *a, struct id series, civil_date last, bool people, struct series_done *done,
	struct change_result *out, struct err *e);
/* A day without, and its shift away (ERR_REFUSED when somebody is on it); or with again. */
int series_take_out(struct store *s, struct id series, civil_date day, const char *why, struct change_result *out, struct err *e);
int series_put_back(struct store *s, struct arena *a, struct id series, civil_date day, struct series_done *done, struct change_result *out,
	struct err *e);
/* What series_change() must be told so that the following, or all, are moved as one of a day is: to another weekday,
 * another time, or both; *from: the day that the following begin. NULL: they can go along. Else why only that one is
 * moved, as a translated sentence: it goes to another week, onto a weekday that the series has already, or isn't the
 * series' any more; "" where the series has it anyway. Pure. */
const char *series_moved(const struct series *s, civil_date day, civil_min to, struct series_edit *out, civil_date *from);
/* Which series a shift belongs to and on which of its days; ERR_NOTFOUND: to none. */
int series_of_shift(struct view *v, struct arena *a, const struct series_list *l, struct id shift, const struct series **out, civil_date *day,
	struct err *e);

/* Give a fixed place, or change it, and put whom it is for on the shifts that are made, from today on. */
int series_fix(struct store *s, struct arena *a, struct id series, const struct fixed *how, struct series_done *done,
	struct change_result *out, struct err *e);
/* Take it away; off the coming shifts too when `off` says so. */
int series_unfix(struct store *s, struct arena *a, struct id series, struct id holder, bool off, struct series_done *done,
	struct change_result *out, struct err *e);

#endif
