/* ical/file.h - calendar files by libical: writing one, and reading one that anybody may have made.
 *
 * Sentences of errors are English: they are for whoever wrote the program that made the JSON. */
#ifndef ICAL_FILE_H
#define ICAL_FILE_H

#include "export/calendar.h"

/* Above these an order is refused rather than cut. EVENTS: after repeated ones were taken apart. */
enum { ICAL_MOST = 64 << 20, ICAL_EVENTS = 100000, ICAL_DEEP = 10 };

/* Append an RFC 5545 calendar: CRLF, lines folded at 75 octets, the rules of Danish time in it, so that the reader
 * needs none of its own. The same calendar gives the same bytes. */
int file_write(const struct calendar *c, struct buf *out, struct err *e);
/* The events of it, in the order in which they stand. Texts are clean: no control characters but line ends. False: it
 * can't be read; which line, and what is wrong there (CALENDAR_NONE …). */
struct fault { size_t line; const char *name; };
bool file_read(struct arena *a, const char *text, struct calendar *out, struct fault *fault);

#endif
