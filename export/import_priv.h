/* export/import_priv.h - what the files of the import share: targets by name, looks, and the plan while it is made.
 *
 * A plan is made in one pass over the files, in the order of their kinds. Each row becomes a plan_row and perhaps
 * drafts: records as they will be. Drafts refer to each other by stand-in ids until import_apply gives them real
 * ones. Planning never fails because of what stands in a file: that becomes remarks and doubts. */
#ifndef EXPORT_IMPORT_PRIV_H
#define EXPORT_IMPORT_PRIV_H

#include "export/import.h"

/* ---- targets and looks ---------------------------------------------------------------------------- */

enum look {
	LOOK_NONE, LOOK_PHONE, LOOK_EMAIL, LOOK_DATE, LOOK_TIME, LOOK_HOUR, LOOK_SPAN, LOOK_POSTCODE, LOOK_WEEKDAY,
	LOOK_WORD, LOOK_NAME
};
/* Does a cell that isn't empty look so? Everything has LOOK_NONE. LOOK_TIME is plainly a time of day; LOOK_HOUR may
 * be one, such as a bare 8. */
bool import_looks(struct arena *a, enum look look, const char *s);

enum target_no {
#define TARGET(KIND, NAME, ...) T_##KIND##_##NAME,
#include "export/targets.def"
	T_COUNT
};

/* The number of a kind's first target: a mapping counts from there. */
int import_first_target(enum import_kind k);
/* The field that a target's cells go into as they are; NULL when there is none. */
const struct field *import_target_field(enum import_kind k, const struct target *t);

/* ---- other files as tables: vcard_read.c, calendar_table.c, records_read.c ------------------------------ */

/* Each appends the tables that it finds; text is UTF-8, named as the file. */
struct tables { struct arena *a; const char *name, *encoding; struct table *at; size_t n, cap; };
struct table *tables_add(struct tables *x, const char *name, enum import_kind kind, const char *const *head, size_t ncols);
/* Cells all "". */
struct table_row *table_add_row(struct tables *x, struct table *t, size_t line);
int vcard_read_tables(struct tables *x, const char *text, struct err *e);
int calendar_read_table(struct tables *x, const char *text, size_t n, struct err *e);
int records_read_tables(struct tables *x, const char *text, size_t n, struct err *e);
/* The type that a table of records is of, by its headings and the ids in its first column; NULL: it is no such
 * table. */
const struct type *records_type(const struct table *t);
/* The same by the headings alone. */
const struct type *records_type_of_head(const char *const *head, size_t ncols);

/* ---- reading cells ---------------------------------------------------------------------------------- */

/* Is the folded text one of "word|word"? */
bool import_word_is(struct arena *a, const char *words, const char *folded);
/* As kind_parse, and choices also by the words that sheets use, whatever language the program speaks. */
int import_parse(struct arena *a, const struct field *f, const char *s, civil_date today, struct value *out,
	struct err *e);
/* The day of a heading or cell. When no year is given, the nearest one in which the weekday beside it and the ISO
 * week agree (week 0: not known). */
int import_parse_day(struct arena *a, const char *s, int week, civil_date today, civil_date *out, struct err *e);
/* 1 = Monday … 7 from a Danish or English name or its beginning; 0 when it is none. */
int import_parse_weekday(struct arena *a, const char *s);
/* The number after "uge" or "week"; 0 when there is none. */
int import_parse_week(struct arena *a, const char *s);

/* ---- a lookup: a printed key to anything -------------------------------------------------------------- */

struct lookup;
/* Empty; lives in the arena. */
struct lookup *lookup_new(struct arena *a);
/* The place of the key's pointer, NULL in a new one. Valid until the next call. */
void **lookup_at(struct lookup *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ---- the plan ------------------------------------------------------------------------------------------- */

struct draft {
	uint8_t type;
	struct id id;                 /* the record's own, or a stand-in */
	bool fresh;                   /* not in the store */
	bool held;                    /* waits for a choice: neither it nor what refers to it is written */
	struct rec *was, *will;       /* what stands (NULL when fresh), what is to be set */
};

struct plan {
	struct arena *keep, *a;       /* as long as the plan; as long as this planning */
	struct plan_file *files; size_t nfiles, cfiles;
	const char *names;            /* of the files, for the history */
	bool accept;                  /* near certain offers are taken */
	struct lookup *chosen;         /* in keep: labels that were chosen, by file, line and question */
	/* this planning */
	struct view *v;
	struct book *book;            /* the store's, and what is planned so far */
	struct book **own; size_t nown, cown;   /* all that were made, as what is found in them is kept until the end */
	civil_date today;
	int limits[LIMIT_COUNT];
	struct lookup *lookup;
	struct draft **drafts; size_t ndrafts, cdrafts;
	size_t nwrites;
	int code; struct err err;     /* the first failure: of the store, or too much for one change; planning ends */
};

/* A new record with a stand-in for its id, until it is written. */
struct draft *draft_new(struct plan *p, int type);
/* A new record that has its id already. */
struct draft *draft_named(struct plan *p, int type, struct id id);
/* The draft of an id, NULL when there is none. */
struct draft *draft_find(struct plan *p, struct id id);
/* Take a field that was set out again. */
void draft_unset(struct draft *d, int field);
/* What stands in the store, or a draft's own. NULL when the store failed. */
struct draft *draft_of(struct plan *p, int type, struct id id);
bool id_is_standin(struct id id);
/* The field as it will be. */
struct value draft_get(const struct draft *d, int field);
/* Set a field; false when it stands so already, or `fill` and it isn't empty. */
bool draft_set(struct plan *p, struct draft *d, int field, struct value v, bool fill);
/* A name for people of whatever has one: from the book or a draft. */
const char *import_name(struct plan *p, struct id id);
/* Keep the first failure. True when there is one. */
bool import_failed(struct plan *p, int code, const struct err *e);

/* ---- a row while it is planned: import_row.c ------------------------------------------------------------ */

struct at {
	struct plan *p;
	size_t file;
	struct plan_row *row;
	const char **cells;           /* as many as the file has columns; cells that may not be kept are "" */
	bool again;                   /* an earlier row is about the same thing: what that said is kept */
	size_t kept;                  /* how often it said something else */
};

/* Begin with row i of a file. */
struct at at_row(struct plan *p, size_t file, size_t i);
/* "" when the file has no such column. A target with several columns gives their texts together. */
const char *at_cell(const struct at *r, enum target_no t);
int at_column(const struct at *r, enum target_no t);          /* -1 when there is none */
/* A sentence beside a row; column -1: the row as a whole. */
void at_remark(struct at *r, int column, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* What becomes of the row, unless something graver is known already. */
void at_fate(struct at *r, enum row_fate fate);
/* at_remark and ROW_REFUSE. */
void at_refuse(struct at *r, int column, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Ask: the chosen one's index, or -1 while it is open (then the row is doubtful). The same question is asked
 * once a row. What is given is copied. */
struct question { const char *text, *why; const struct choice_of_row *choices; size_t n; int likely; };
int at_ask(struct at *r, int column, const struct question *q);
/* Set a field of the draft; a change of what stands is remarked on, and counts as the row's fate. `fill`: what is there
 * already is kept, and it is said when the row has something else. */
void at_set(struct at *r, struct draft *d, int column, int field, struct value v, bool fill);
/* Every target of the row's kind that has a field of its own. What can't be understood is remarked on and left out. */
void at_set_fields(struct at *r, struct draft *d, bool fill);
/* One cell into one field by the field's own rules. */
void at_set_cell(struct at *r, struct draft *d, enum target_no t, int field, const char *text, bool fill);

/* ---- finding what cells name: import_find.c, import_names.c ----------------------------------------------- */

/* The unit, role or organisation that a cell names, or an offer to make it, asked where it is first met. False when
 * it is left out or open to too much; a held one is true, so that a row shows all its doubts at once. */
bool at_find(struct at *r, int column, int type, const char *text, struct id *out);
/* Is it known without asking? */
bool import_knows(struct plan *p, int type, const char *text, struct id *out);
bool import_is_held(struct plan *p, struct id id);

struct named { struct id person, organisation; int places; };  /* one of the two */
/* A cell's parts: divided at line ends, else slashes, else semicolons, else commas. */
const char **import_split(struct plan *p, const char *cell, size_t *n);
/* The same for people, where "and" divides too, and a comma may stand within a name that is known. */
const char **import_split_names(struct plan *p, const char *cell, size_t *n);
bool at_find_person(struct at *r, int column, const char *text, struct id role, struct id unit, struct named *out);
/* Note whose whole names stand on a unit's shifts; it helps with the short ones. */
void import_note_names(struct plan *p, const char *cell, struct id unit);

/* ---- one kind of rows each -------------------------------------------------------------------------------- */

void import_plan_records(struct plan *p, size_t file);
/* When all records are planned: do they point at something? */
void import_check_records(struct plan *p, size_t file);
void import_plan_units(struct plan *p, size_t file);
void import_plan_organisations(struct plan *p, size_t file);
void import_plan_roles(struct plan *p, size_t file);
void import_plan_volunteers(struct plan *p, size_t file);
/* First the whole names of all files, then the shifts. */
void import_note_shifts(struct plan *p, size_t file);
void import_plan_shifts(struct plan *p, size_t file);
void import_note_grid(struct plan *p, size_t file);
void import_plan_grid(struct plan *p, size_t file);

/* What the rows of shifts and of the grid do alike: import_plan_seats.c. */
struct slot { struct id unit, role; civil_min start, end; };
/* The shift there: planned, in the store, or a new one; *made says that it is new. */
struct draft *at_shift(struct at *r, const struct slot *s, bool *made);
/* Planned or stored shifts of a unit from start to end, whatever the role; at most max. */
size_t import_shifts_at(struct plan *p, const struct slot *s, struct draft **out, size_t max);
/* Everybody in a cell onto the shift; how many places that makes. A word for "called off" among them cancels the
 * shift. */
int at_seat_people(struct at *r, int column, struct draft *shift, const struct slot *s, const char *cell);
bool import_says_cancelled(struct arena *a, const char *text);
/* "Hospitalsguide, Forhal, Viborg ons 3/12 08:00–11:00" */
const char *at_slot_title(struct at *r, const struct slot *s);

#endif
