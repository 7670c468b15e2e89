/* tui/changes.h - what change groups wrote, in words: record, field, from what to what.
 *
 * Reads the log through a view; texts live in the given arena. Knows no screens. */
#ifndef TUI_CHANGES_H
#define TUI_CHANGES_H

#include "store/store.h"

/* A reader keeps the last groups it had to look values up in. {.v, .a}; nothing to free. */
enum { CHANGES_SEEN = 4 };
struct changes {
	struct view *v;
	struct arena *a;
	const struct group *seen[CHANGES_SEEN];
	size_t next;
};

struct change_text {
	const char *record;        /* "Søren Ærø" */
	const char *type;          /* "Volunteer" */
	const char *field;         /* "Phone" */
	const char *from, *to;     /* "" when empty; a record that is made or deleted says so in `to` */
};
struct change_text changes_text(struct changes *c, const struct write *w);
/* What a group changed of one record, in one line: "Phone: 20 83 87 97 → 20 51 91 78 · Town: → Skive". "" when that
 * is nothing but the record's making, or when the group has no writes in memory. */
char *changes_line(struct changes *c, const struct group *g, struct id about);
/* A dot as an id, for rows of lists. */
struct id changes_row_id(struct dot dot);

#endif
