/* export/prints.h - the one table of papers: what can be printed, what each asks for, and for which purpose.
 *
 * A paper is made for a purpose and holds only the data that the purpose needs. A new paper is a row in prints.def and
 * a function that makes its sheet (prints_priv.h). */
#ifndef EXPORT_PRINTS_H
#define EXPORT_PRINTS_H

#include "export/papers.h"

enum print_asks { PRINT_PERIOD = 1, PRINT_UNIT = 2, PRINT_PHONES = 4 /* may have phone numbers, if asked for */ };
/* The period unless one is given: of today, this week … AHEAD: four weeks from today on. */
enum print_usual { USUAL_NONE, USUAL_TODAY, USUAL_WEEK, USUAL_MONTH, USUAL_LAST_MONTH, USUAL_YEAR, USUAL_AHEAD };

struct print_kind;
struct print_order {
	const struct print_kind *kind;
	civil_date from, to;                          /* [from, to); DATE_NONE: the usual period */
	struct id unit;                               /* and those below; ID_NONE: all */
	const struct id *about; size_t nabout;        /* records of kind->about; none: all those that it makes sense for */
	const char *const *columns; size_t ncolumns;  /* ids of those to keep, in that order; none: as the paper has them */
	bool phones;
	bool a3;                                      /* what hangs on a wall; cards and letters stay on A4 */
};

typedef int print_maker(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e);
struct print_kind {
	const char *id;                               /* "ward", as typed: samvagt print ward; for ever */
	const char *label, *help;                     /* msgids; both translated by whoever shows them */
	const char *purpose;                          /* msgid, printed where people are on it; "": nobody is */
	int about;                                    /* TYPE_VOLUNTEER …, what one can choose among; 0: nothing */
	unsigned asks;                                /* PRINT_… */
	enum print_usual usual;
	print_maker *make;
};

/* All papers, in the order of prints.def. */
const struct print_kind *print_kinds(size_t *n);
/* Its id, or its label or a part of it that no other has, in English or the program's language; NULL. */
const struct print_kind *print_kind_named(const char *text);
/* The usual period of a paper as of `today`; DATE_NONE both where it asks for none. */
void print_usual_period(const struct print_kind *k, civil_date today, civil_date *from, civil_date *to);
/* The sheet, with the row's purpose on it where it must be shredded. Its title names no volunteer: it goes into the
 * print log and to the printer. ERR_NOTFOUND: one of `about` isn't there. ERR_USAGE: a column isn't
 * there, or what the paper is about must be chosen. */
int print_make(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e);

#endif
