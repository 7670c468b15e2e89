/* export/import.h - from a coordinator's own spreadsheets, contacts (.vcf), calendars (.ics) and samvagt's own files of
 * records (.json, .csv) to records: reading, guessing, matching, preview, and one change group.
 *
 * Any number of files are planned together (a volunteer's organisation may stand in another file), in the order
 * whole records, units, organisations, roles, volunteers, shifts, grid roster. Nothing is written until import_apply.
 * The plan says per row what will be made, matched, changed, is doubtful or refused: row, column, why. Importing the
 * same files again changes nothing. */
#ifndef EXPORT_IMPORT_H
#define EXPORT_IMPORT_H

#include "roster/act.h"

enum import_kind {
	IMPORT_UNKNOWN, IMPORT_UNITS, IMPORT_ORGANISATIONS, IMPORT_ROLES, IMPORT_VOLUNTEERS, IMPORT_SHIFTS, IMPORT_GRID,
	IMPORT_RECORDS          /* as export/records.h writes them; told by themselves, never by --kind */
};
const char *import_kind_name(enum import_kind k);       /* "units" …, for --kind */
const char *import_kind_label(enum import_kind k);      /* translated */
enum import_kind import_kind_named(const char *name);

/* ---- one file as a table ------------------------------------------------------------------------- */
struct table {
	const char *name;              /* file name without folders */
	const char *encoding;          /* "UTF-8", "UTF-8 BOM", "windows-1252", "UTF-16LE" … as found */
	char separator;
	const char **head; size_t ncols;
	/* line: in the file, 1 = first. A row may have fewer cells than there are headings, or more. */
	struct table_row { const char **cells; size_t n; size_t line; const char *says; } *rows; size_t nrows;
	enum import_kind kind;         /* when the file says it itself; else UNKNOWN */
	const struct type *type;       /* of RECORDS */
	bool wary;                     /* somebody's calendar: a name that isn't known is asked about, never made by itself */
};
/* says, of a row: a remark that reading it left; NULL none. */
int import_read(struct arena *a, const char *path, struct table *out, struct err *e);
/* A file of any of these formats, by what it is called, else by what it begins with: .csv a table, .vcf two at most
 * (people, organisations), .ics one, .json one a type. ERR_DATA: it can't be read; the sentence has the line. */
int import_tables(struct arena *a, const char *path, struct table **out, size_t *n, struct err *e);

/* ---- mapping of columns ---------------------------------------------------------------------------- */
struct target {
	const char *id, *label;        /* "volunteer.given", "shift.people", "ignore" …; the label is a msgid */
	bool once;                     /* one column only; else the cells of several columns are put together */
	uint8_t field, look;           /* the rest is for guessing and planning: see export/targets.def */
	const char *words;
};
const struct target *import_targets(enum import_kind k, size_t *n);
/* Per column: an index into the kind's targets, 0 = ignore. */
struct mapping { enum import_kind kind; int *column; size_t ncols; };
/* Guess kind and columns from headings and from what stands in the cells. */
void import_guess(struct arena *a, const struct table *t, enum import_kind forced, struct mapping *out);
/* A mapping file: lines "heading = target" (the target's id); "# …" is a remark; "[file name]" begins the lines of
 * one file, what stands before it is for all files. A column that isn't named stays as it was. As text for --map, and
 * written from a corrected mapping. ERR_DATA names the line; headings that this table doesn't have are none. */
int import_mapping_read(struct arena *a, const char *text, const struct table *t, struct mapping *io, struct err *e);
char *import_mapping_write(struct arena *a, const struct table *t, const struct mapping *m);

/* ---- the plan ------------------------------------------------------------------------------------------ */
enum row_fate { ROW_MAKE, ROW_CHANGE, ROW_SAME, ROW_DOUBT, ROW_REFUSE };
const char *import_fate_label(enum row_fate fate);               /* "new", "doubtful" …; translated */
struct remark { int column; const char *text; };               /* column -1: the row as a whole */
/* E.g. the people that "Kirsten" may be, or "the same person" / "another person" / "leave the row out". */
struct choice_of_row { const char *label; struct id id; };
struct plan_row {
	size_t line;
	enum row_fate fate;
	const char *what;                      /* "Hospitalsguide, Forhal, Viborg man 1/12 08:00–11:00: 3 på vagten" */
	struct remark *remarks; size_t nremarks;
	struct doubt {
		const char *question;
		const char *why;       /* what speaks for the first choice, or makes it a doubt: "fits 2 people" */
		int column;
		struct choice_of_row *choices; size_t nchoices;
		int chosen;            /* -1: open; then the thing is left out */
		int likely;            /* what import_accept chooses; -1 when nothing is near certain */
	} *doubts; size_t ndoubts;
};
struct plan_file { struct table table; struct mapping map; struct plan_row *rows; size_t nrows; size_t count[5]; };
struct plan;        /* owns its arena */

/* Read the files and plan them. forced: what they hold, IMPORT_UNKNOWN to guess; map_text: columns that are said
 * (import_mapping_read), NULL none. *out is import_free's, NULL on an error. */
int import_plan(struct view *v, struct book *b, const char *const *paths, size_t n, enum import_kind forced,
	const char *map_text, struct plan **out, struct err *e);
void import_free(struct plan *p);
/* Valid until the plan is made again, by import_replan or import_apply; the tables and mappings live as long as the
 * plan. */
struct plan_file *import_files(struct plan *p, size_t *n);
/* One line a file: "vagter.csv (shifts, UTF-8 BOM): 382 new 2 doubtful". */
char *import_summary(struct arena *a, const struct plan_file *f);
/* After a mapping, kind or choice was changed: make the plan again. Choices are kept by (file, line, question). */
int import_replan(struct plan *p, struct view *v, struct book *b, struct err *e);
/* What has been decided so far: corrected columns, answers, import_accept. As lines of text; nothing when nothing has.
 * And back into a plan of the same files in the same order, to be made again after it; what doesn't fit them any more
 * is left out. For going on with an import that was left. */
void import_keep(const struct plan *p, struct buf *out);
void import_take_up(struct plan *p, const char *text);
/* Accept every offer that is near certain (LIKELY names, twins with the same phone or e-mail), and leave the rest
 * out: what --yes does. Each stays listed with its reason. */
void import_accept(struct plan *p);
/* Write everything that is decided as one change group; open doubts and refused cells are left out. */
int import_apply(struct plan *p, struct store *s, bool dry_run, struct change_result *out, struct err *e);

#endif
