/* roster/act.h - what a coordinator does to a roster: each act is one change group, so one undo. Both faces call
 * these and nothing else for roster work.
 *
 * Each returns OK with result.dot.no == 0 when there was nothing to do. The sentence of an error can be shown as it
 * is. */
#ifndef ROSTER_ACT_H
#define ROSTER_ACT_H

#include "roster/rules.h"
#include "store/change.h"

/* Put a volunteer on a shift (accepted). A broken stop: ERR_REFUSED with its sentence. A broken warning needs a
 * reason in `override` (kept with the place), else ERR_REFUSED, *needs_reason true. `via` is kept from the
 * volunteer's organisation. */
int act_assign(struct store *s, struct book *b, struct id shift, struct id volunteer, const char *override, bool *needs_reason,
	struct change_result *out, struct err *e);
/* n places held by an organisation ("2 fra Røde Kors"); n == 0 removes them. */
int act_assign_places(struct store *s, struct id shift, struct id organisation, int n, struct change_result *out, struct err *e);
/* Off the shift as if never on it (a slip), or withdrawn: an afbud that is remembered, with what was said (`why`, may
 * be NULL; a reason given before stays when there is none). */
int act_unassign(struct store *s, struct id shift, struct id holder, struct change_result *out, struct err *e);
int act_withdraw(struct store *s, struct id shift, struct id volunteer, const char *why, struct change_result *out, struct err *e);
int act_attendance(struct store *s, struct id assignment, int attendance, struct change_result *out, struct err *e);

struct shift_new { struct id unit, role; civil_min start, end; int need, wished; const char *note; int state; };
/* state 0: published; wished 0: as many as are needed. *out_id, unless NULL, the new one's. */
int act_add_shift(struct store *s, const struct shift_new *n, struct id *out_id, struct change_result *out, struct err *e);
/* Move shifts by whole days and/or to another time; people follow, as act_set_time says. */
int act_move_shifts(struct store *s, const struct id *shifts, size_t n, int days, int minutes, struct change_result *out, struct err *e);
/* Called off, or held after all. why: goes behind what stands in the note of a shift called off; may be NULL. */
int act_cancel_shift(struct store *s, struct id shift, bool cancelled, const char *why, struct change_result *out, struct err *e);
/* The days of those that belong to a series are taken out of it: they aren't made again. */
int act_delete_shifts(struct store *s, const struct id *shifts, size_t n, struct change_result *out, struct err *e);

/* Copies of shifts `days` later, with their people or empty. A copy that is there already (same unit, role, start,
 * end; or made from this shift before, and moved since) is left alone, so copying twice makes nothing new. Ids are
 * name-based on (source shift, day), so two sites' copies meet. Notes and callings off belong to their day and aren't
 * copied, nor are, with a day or a week, the watches of vigils; a yes that is to be said again is to be said again there
 * too. Whom a stop speaks against on the new day is left out (a gap); warnings show up among the problems. */
int act_copy_shifts(struct store *s, enum act_no act, const struct id *shifts, size_t n, int days, bool people, struct change_result *out, struct err *e);
int act_copy_day(struct store *s, const struct id *unit, civil_date from, civil_date to, bool people, struct change_result *out, struct err *e);
int act_copy_week(struct store *s, const struct id *unit, civil_date from_monday, civil_date to_monday, bool people, struct change_result *out, struct err *e);

/* A shift gets a time within a change. A yes is to a time: whoever is on it for another must say yes again (RECONFIRM),
 * but who has said yes to just this one, before it was moved away or at another site that moved it too, is on it and
 * isn't asked. Nor is anybody whose attendance is written, or by a time that it has already.
 * asked: NULL, or in `a` who must say yes again by this. */
struct act_asked { struct seat_row *seats; size_t n; };
int act_set_time(struct change *c, struct view *v, struct arena *a, struct id shift, civil_min from, civil_min to,
	struct act_asked *asked, struct err *e);
/* A place is written to be accepted, by hand and within a change: that is a yes to the time that its shift has. */
int act_note_yes(struct change *c, struct view *v, struct id assignment, struct err *e);

/* Let a record have exactly these links of one kind. Within a change. */
int act_set_links(struct change *c, struct view *v, int kind, struct id from, const struct id *to, size_t n,
	struct err *e);
/* Give a volunteer exactly these roles (links made and deleted). Within a change, so that a form saves as one. */
int act_set_roles(struct change *c, struct view *v, struct id volunteer, const struct id *roles, size_t n, struct err *e);
/* Two records of one person made one: empty fields of `keep` filled from `drop` (long texts that differ are joined),
 * places, links and what else points at `drop` moved, `drop` deleted. Where both have a place on one shift, the state
 * that says most stays: whoever is on it stays on it. */
int act_merge_people(struct store *s, struct id keep, struct id drop, struct change_result *out, struct err *e);

#endif
