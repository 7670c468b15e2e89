/* export/calendars.h - shifts as calendars (export/calendar.h): of one person, of a place, of an organisation, or a
 * roster as it hangs in the office.
 *
 * Each holds only what its reader needs. A person's own has role, place and time: nobody else's name, no phone and no
 * note. A place's has how many are on each shift; an organisation's the names of those who come through it; the
 * office's all names, and their phones when asked for. UIDs are made of record ids, so the same file read again puts
 * nothing there twice. SEQUENCE is the time of the latest write of place, role, time or state, in seconds since 2020:
 * the same at all sites that have the same, and greater after each change. What was deleted lately stands as cancelled,
 * so that calendars let go of it. */
#ifndef EXPORT_CALENDARS_H
#define EXPORT_CALENDARS_H

#include "export/calendar.h"
#include "roster/roster.h"

struct calendars;

/* Read what they are made from, of shifts that begin in [from, to); once for any number of them. The roster is for
 * looking only. View, book and arena are borrowed. When it fails there is nothing to end. */
int calendars_read(struct view *v, struct book *b, struct arena *a, civil_date from, civil_date to, struct calendars **out,
	struct err *e);
void calendars_end(struct calendars *x);        /* NULL is fine */
const struct roster *calendars_roster(const struct calendars *x);

/* ERR_NOTFOUND: no such volunteer. Drafts and wishes don't stand in it. */
int calendars_person(struct calendars *x, struct id volunteer, struct calendar *out, struct err *e);
enum calendars_people { CALENDARS_COUNTS, CALENDARS_NAMES, CALENDARS_PHONES };
/* unit: it and everything below it; NULL all. */
int calendars_shifts(struct calendars *x, const struct id *unit, enum calendars_people people, struct calendar *out,
	struct err *e);
int calendars_organisation(struct calendars *x, struct id organisation, struct calendar *out, struct err *e);

/* The id of the record that a UID was made of, a shift or a place on one; *is_part: of a shift, for an organisation.
 * False when it is somebody else's. */
bool calendars_uid(const char *uid, struct id *out, bool *is_part);

#endif
