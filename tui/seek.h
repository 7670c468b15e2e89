/* tui/seek.h - finding anything that has a name by a part of it: volunteers, units, roles, organisations, kinds of
 * courses.
 *
 * Searches the address book in memory, so it answers at every letter. Knows no screens. */
#ifndef TUI_SEEK_H
#define TUI_SEEK_H

#include "roster/book.h"
#include "tui/form.h"

struct found {
	int type;                  /* TYPE_VOLUNTEER, TYPE_UNIT, TYPE_ROLE, TYPE_ORGANISATION or TYPE_QUALIFICATION_KIND */
	struct id id;
	const char *title;         /* the book's */
	const char *more;          /* tells it from another of the same name: phone, place above; "" for nothing */
};

/* Things of one type that fit, best first (whole name, start, later word), at most max. An empty text gives the first
 * of all. Array and `more` in the arena. */
struct found *seek_type(struct book *b, struct arena *a, int type, const char *typed, size_t max, size_t *n);
/* The same for the field of a form that refers to one of them. None without a book. */
void seek_refs(struct book *b, const struct field *f, const char *typed, struct arena *a, struct form_ref **out,
	size_t *n);
/* One name of a list with commas; *rest is what follows its comma. */
const char *seek_take_name(struct arena *a, const char *s, const char **rest);
/* Roles by their names with commas between, in the order typed; `names` as they are called. ERR_NOTFOUND,
 * ERR_AMBIGUOUS. */
int seek_roles(struct book *b, const char *typed, struct arena *a, struct id **ids, size_t *n, const char **names,
	struct err *e);

#endif
