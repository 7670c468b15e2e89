/* roster/retention.h - how long what is kept of whom, whose time is over, and who has seen or changed a person's data.
 * The clocks are limits with their sources (limits.h); one table says which clock is of what, from which day it runs,
 * and what happens when it is over.
 *
 *   applicant who never began      retention_applicant_months after the record was last changed: erased
 *                                  (ERASURE_NOT_TAKEN)
 *   ended volunteer                retention_ended_months after the last of: the status was set, the last shift, the
 *                                  end of the last agreement: erased (ERASURE_LONG_AGO)
 *   scan of a signed paper         retention_scan_months after its agreement ended: its bytes erased everywhere; its
 *                                  hash stays, so that the signature can still be verified
 *   note and names of a check      retention_check_months after it was assessed: cleared, state and day stay. The
 *                                  history has them until the person is erased
 *   room of a vigil                vigil_room_days after it ended, or its hours were over, or it was taken back: room,
 *                                  contact and phone are erased everywhere, while place and time stay
 *   call of a phone round          retention_calls_months after it: removed, all of them together. The history has them
 *                                  until the person is erased
 *   printed list                   its shred date: a person says that it is shredded */
#ifndef ROSTER_RETENTION_H
#define ROSTER_RETENTION_H

#include "roster/rules.h"
#include "store/change.h"

enum retention_what { RETAIN_PERSON, RETAIN_SCAN, RETAIN_CHECK, RETAIN_ROOM, RETAIN_CALL, RETAIN_LIST };
/* `why`: ERASURE_… of a person. `reason` is translated: "stopped 3/12 2024, kept 12 months"; `clock`: "Volunteers who
 * have ended are erased after 12 months", and `source`: where that comes from, law or habit, in Danish. automatic: the
 * run does it; else a person must. */
struct retained {
	enum retention_what what;
	struct id id; int type;
	const char *title, *reason, *clock, *source;
	civil_date since, due;
	int why;
	bool automatic;
	size_t many;             /* of calls: so many, of which this is the oldest; else 1 */
};
/* Such things as a heading, translated: "People", "Printed lists" … */
const char *retention_what_name(enum retention_what what);
/* Everything whose time is over on a day, or will be within `ahead` days; by due day, then title. The due day is the
 * first on which it is over; of a list the last one that it may lie about. Somebody with a coming shift, or an
 * agreement in force, is never due. Pure but for reading. */
int retention_due(struct view *v, struct book *b, struct arena *a, civil_date today, int ahead, struct retained **out, size_t *n,
	struct err *e);
/* What is over on a day, but no more than `most` of the people on each clock, in the book's order: for who tells every
 * day that something waits, and has no time to look at everybody. Calls aren't told: they wait for nobody. */
int retention_some(struct view *v, struct book *b, struct arena *a, civil_date today, size_t most, struct retained **out,
	size_t *n, struct err *e);
/* The rooms of vigils among these: what is done by itself when the screen locks or is closed, since nobody should have
 * to think of it, nor wait for it. */
int retention_rooms(struct view *v, struct arena *a, civil_date today, struct retained **out, size_t *n, struct err *e);
/* The yearly run: does what is automatic among these and due by the store's day, persons, scans and rooms in one
 * erasure (store/erase.h), the rest in one change group. No view may be open; sync/receipts.h first (receipts_prepare).
 * On a dry run nothing happens, but it is counted. It can't be undone. */
struct retention_done { size_t persons, scans, checks, rooms, calls; };
int retention_run(struct store *s, const struct retained *x, size_t n, struct retention_done *out, struct err *e);

/* ---- printed lists ---------------------------------------------------------------------------------------- */
/* Put down that a sheet with people on it left the program: what, why, for which days and unit (DATE_NONE, ID_NONE), of
 * whom (ID_NONE: many), and when it must be shredded (DATE_NONE: as the limit shred_days says). The same again on the
 * same day is one. Nothing on a store that is read only or only follows (OK; *noted false). `what` is never a name. */
struct printed { const char *what, *purpose; civil_date from, to, shred; struct id unit, volunteer; };
int retention_note_print(struct store *s, const struct printed *p, bool *noted, struct err *e);
/* All or none. ERR_DATA: the day lies ahead. */
int retention_shredded(struct store *s, const struct id *list, size_t n, civil_date day, struct change_result *out, struct err *e);

/* ---- who has seen or changed a person's card ------------------------------------------------------------ */
/* The store's person has looked at it (store/seen.h), by the limit retention_seen_months. Nothing where no such notes
 * are kept. */
int retention_note_seen(struct store *s, struct id volunteer, int how, struct err *e);

enum audit_kind { AUDIT_CHANGED, AUDIT_SEEN, AUDIT_PRINTED, AUDIT_TAKEN };       /* TAKEN: with a merge, at the site that got it */
/* `what` is translated: "changed: Phone", "card opened", "may stand on: Vagtplan uge 49". clock: UTC seconds; of a day
 * alone its midnight, and day_only. site: "" when it isn't known which. */
struct audit { enum audit_kind kind; int64_t clock; bool day_only; const char *person, *site, *what; };
const char *audit_kind_name(enum audit_kind kind);
/* Newest first. Of the person and what belongs to them (places, courses, agreements). Seen: at this site only; who else
 * may have seen it are the ring's members with persons (the caller says so). */
int retention_audit(struct view *v, struct book *b, struct arena *a, struct id volunteer, struct audit **out, size_t *n, struct err *e);

#endif
