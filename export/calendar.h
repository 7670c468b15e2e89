/* export/calendar.h - events of a calendar, and the file (iCalendar, RFC 5545) that the helper program samvagt-ical
 * makes of them or reads them from, so that the main program holds no parser of it.
 *
 * The helper reads one JSON object on standard input, {"write": calendar} or {"read": "text of a file"}, and writes the
 * file, or the calendar as JSON, on standard output (man samvagt-json, "What samvagt-ical reads and writes"). Times are
 * Danish clock time, as everywhere. */
#ifndef EXPORT_CALENDAR_H
#define EXPORT_CALENDAR_H

#include <jansson.h>

#include "base/civil.h"
#include "base/err.h"
#include "base/mem.h"

/* CONFIRMED: somebody is on it. TENTATIVE: asked, not answered. CANCELLED: a calendar that has it takes it out. */
enum event_state { EVENT_CONFIRMED, EVENT_TENTATIVE, EVENT_CANCELLED };
struct event {
	const char *uid;               /* the same for ever, and without personal data in it */
	civil_min start, end;          /* CMIN_NONE: the file doesn't say, or the event is of whole days */
	enum event_state state;
	int64_t sequence;              /* greater: newer, also where clocks differ; 0 to 2^31-1 */
	int64_t modified;              /* UTC seconds; 0: not said */
	const char *summary, *location, *description, *category;       /* "" none */
	/* Of what was read: the line of the file where it begins; the time zone that nothing is known of, else "". */
	size_t line;
	const char *zone;
};
struct calendar {
	const char *name;
	int64_t made;                  /* UTC seconds */
	struct event *events; size_t n;
};

/* What may be wrong with a file, as the helper names it: {"fault": name, "line": number}. */
#define CALENDAR_NONE "none"
#define CALENDAR_UNOPENED "unopened"
#define CALENDAR_UNCLOSED "unclosed"
#define CALENDAR_DEEP "deep"
#define CALENDAR_MANY "many"

/* Append the file. ERR_UNSUPPORTED: no helper. ERR_DATA: too long. ERR_IO: the helper failed. */
int calendar_write(const struct calendar *c, struct buf *out, struct err *e);
/* What stands in a file; repeated events are taken apart, at most two years of each. text is UTF-8. ERR_DATA: it is no
 * calendar; the sentence has the line. Else as above. */
int calendar_read(struct arena *a, const char *text, size_t n, struct calendar *out, struct err *e);

/* The calendar as the helper is told it, and back again: what either end gives the other. ERR_DATA names what is
 * wrong. */
json_t *calendar_json(const struct calendar *c);
int calendar_of_json(struct arena *a, const json_t *j, struct calendar *out, struct err *e);

#endif
