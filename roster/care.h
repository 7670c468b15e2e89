/* roster/care.h - care for those who come: talks, jubilees, thanks, and whether shifts are shared fairly.
 *
 * Nobody is measured here: there is no list by hours, and none from most to least. A list is by day, by name, or by
 * whose turn it is. What a talk was about is short, nothing about health or patients, and goes with the person's
 * data. */
#ifndef ROSTER_CARE_H
#define ROSTER_CARE_H

#include "roster/book.h"
#include "store/change.h"

/* ---- talks and thanks ---------------------------------------------------------------------------------------- */

struct talk {
	struct id id, volunteer, about;
	const struct person *person;
	int kind;                          /* TALK_… */
	civil_date due, held;              /* DATE_NONE: no day is set; not held yet */
	const char *by, *note;             /* "" */
};
const char *talk_kind_name(int kind);  /* translated */
/* Those that are still to be held by people who are planned, by the day they are due, those without a day last; then
 * name. */
int talk_list(struct view *v, struct book *b, struct arena *a, struct talk **out, size_t *n, struct err *e);
/* All of one person, the newest first; those to be held before those that were. */
int talk_of(struct view *v, struct book *b, struct arena *a, struct id volunteer, struct talk **out, size_t *n, struct err *e);

/* With each of them; due: DATE_NONE none; held: DATE_NONE not yet. Thanks are said, so they are always held. One that
 * is noted already (kind, and the day that it was or is to be held) isn't noted again. */
struct talk_new { const struct id *volunteer; size_t n; int kind; civil_date due, held; const char *by, *note; };
int talk_add(struct store *s, const struct talk_new *how, struct change_result *out, struct err *e);
/* They have been held. ERR_DATA: the day lies ahead. */
int talk_held(struct store *s, const struct id *talk, size_t n, civil_date day, const char *by, struct change_result *out, struct err *e);

/* ---- jubilees ------------------------------------------------------------------------------------------------ */

/* Years as a volunteer here: 5, 10, 15 …; and round birthdays, where the setting `birthdays` says so. */
struct jubilee { const struct person *person; civil_date day; int years; bool birthday; };
/* Of people who are planned, with a day in [from, to), by day and name. Who began or was born on 29 February has it on
 * 1 March in other years. Pure. */
struct jubilee *care_jubilees(const struct book *b, struct arena *a, civil_date from, civil_date to, bool birthdays, size_t *n);
/* How many months are looked at, from the first of this one on: who was forgotten last week is seen too. */
enum { CARE_JUBILEE_MONTHS = 3 };
/* "10 years as a volunteer", "60 years old"; translated. */
const char *jubilee_text(struct arena *a, const struct jubilee *j);
/* Is that setting on? */
int care_birthdays(struct view *v, bool *on, struct err *e);

/* ---- thanks -------------------------------------------------------------------------------------------------- */

/* Who hasn't been thanked for long: active, on a shift in the last year, and neither thanked nor begun within the limit
 * thanks_months. Longest ago first, those never thanked by when they began; then name. */
struct unthanked { const struct person *person; civil_date last, shift; };      /* last: DATE_NONE never; shift: the last one */
int care_unthanked(struct view *v, struct book *b, struct arena *a, civil_date today, struct unthanked **out, size_t *n, struct err *e);

/* ---- fair shares --------------------------------------------------------------------------------------------- */

/* How many active people have how many shifts in [from, to): as counts, of nobody in particular. `most` 0: and more. */
struct share { int least, most; size_t people; };
enum { CARE_SHARES = 5 };
int care_shares(struct view *v, struct book *b, civil_date from, civil_date to, struct share out[CARE_SHARES], struct err *e);

#endif
