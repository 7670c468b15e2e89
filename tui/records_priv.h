/* tui/records_priv.h - the inside of the list of records: its columns and rows, shared by records_rows.c (what
 * stands in them) and screen_records.c (what can be done to them). */
#ifndef TUI_RECORDS_PRIV_H
#define TUI_RECORDS_PRIV_H

#include "tui/screens.h"

/* What a column holds: a field of the schema, or something of its own. */
enum records_what { RECORDS_FIELD, RECORDS_NAME, RECORDS_NEXT, RECORDS_ROLES };
struct records_col { enum records_what what; const struct field *field; };

struct records_row {
	const struct rec *rec;
	const char *name, *roles;
	const char **refs;                 /* titles of reference fields, by column */
	civil_min next;                    /* a volunteer's next shift; CMIN_NONE */
	bool is_new;                       /* a volunteer who is active, and in the introduction */
	int depth;                         /* of a unit below its parents */
};

/* Which volunteers are shown: those here now, of one status (its number), all, or those that look alike. */
enum records_show { SHOW_CURRENT = 0, SHOW_ALL = 100, SHOW_TWINS };

struct records {
	const struct type *type;
	const struct list *list;
	struct list_col *cols;
	struct records_col *what;
	size_t ncols;
	civil_date today;
	int show;
	size_t count[8], ntwins;           /* volunteers by status, and how many look like another */
	struct records_row *rows;          /* in the model */
	size_t n;
	struct id wanted;                  /* to be selected once it is there; ID_NONE */
};

extern const struct list_source records_source;

/* The columns, in the screen's arena. */
void records_make_columns(struct records *d, struct arena *a);
/* Read the rows into the screen's model. */
int records_read(struct records *d, struct screen *s, struct view *v, struct err *e);
/* A row's cell as text; also of columns that aren't shown. */
const char *records_cell(const void *ctx, size_t row, size_t col, struct arena *a);

#endif
