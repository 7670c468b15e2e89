/* export/takeout.h - much at once, as files in a folder of its own (export/bundle.h): all records, or calendars, with a
 * README that says what is what, and what is personal. */
#ifndef EXPORT_TAKEOUT_H
#define EXPORT_TAKEOUT_H

#include "roster/book.h"

enum takeout_kind { TAKEOUT_JSON, TAKEOUT_CSV, TAKEOUT_ICS, TAKEOUT_VCF };
/* "json", "csv", "ics", "vcf"; -1 when unknown. */
int takeout_named(const char *name);

struct takeout {
	enum takeout_kind kind;
	bool plain;                    /* csv: for programs; else for a Danish spreadsheet */
	civil_date from, to;           /* ics: shifts that begin in [from, to) */
	const struct id *unit;         /* ics: it and everything below it; NULL all */
};
struct takeout_done { size_t files, things; };

/* What it holds, for the list of printed lists; translated. */
const char *takeout_title(enum takeout_kind kind);
/* Errors as of bundle_begin, and of what makes the files. dry: nothing is written, and everything is counted. */
int takeout_write(struct view *v, struct book *b, struct arena *a, const struct takeout *how, const char *dir, bool dry,
	struct takeout_done *out, struct err *e);

#endif
