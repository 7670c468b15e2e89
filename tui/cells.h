/* tui/cells.h - lists whose rows are made when the store is read: a few cells each, about somebody or something else.
 * For a screen that shows one of several such lists at a time. */
#ifndef TUI_CELLS_H
#define TUI_CELLS_H

#include "roster/book.h"
#include "tui/app.h"
#include "tui/list.h"

enum { CELLS = 6 };
struct ready_cell { const char *text; int64_t key; };      /* key: what dates and numbers are sorted by; alike, e.g. 0: by the text */
struct cell_row {
	struct id id;                      /* of the list's row */
	const struct person *person;       /* NULL: the row is about something else */
	const void *of;                    /* what else belongs to it, as its screen says; NULL */
	struct ready_cell cell[CELLS];
	const char *section;               /* NULL: the list has none */
	enum role role;
};
struct cells {
	int mode;                          /* which of the screen's lists */
	struct list *list;
	struct cell_row *rows;             /* in the model */
	size_t n, cap;
	size_t count;                      /* in the line that names the lists: rows, or those where something is to be done */
	enum role role;                    /* of the count */
};

/* ---- for a struct list_source, whose ctx is the struct cells ---- */
struct id cells_id(const void *ctx, size_t row);
const char *cells_text(const void *ctx, size_t row, size_t col, struct arena *a);
const char *cells_section(const void *ctx, size_t row);
int cells_compare(const void *ctx, size_t x, size_t y, size_t col);

/* ---- the lists of a screen ---- */
void cells_make(struct cells *c, int mode, const struct list_source *source, const struct list_col *cols, size_t ncols);
/* No rows: they are to be read anew. */
void cells_clear(struct cells *c);
/* Another row, its first cell `name`, the others empty. Gone when the next is added. */
struct cell_row *cells_add(struct cells *c, struct arena *a, struct id id, const char *name);
/* All rows have been read. */
void cells_set(struct cells *lists, size_t n);
/* Frees those that aren't shown: the one that is, is the app's to free. */
void cells_close(const struct screen *s, struct cells *lists, size_t n);
/* What the cursor of the list that is shown is on; NULL: nothing. */
const struct cell_row *cells_under(const struct cells *shown);
/* The people of the marked rows, else of the one under the cursor: once each, in the order of the list. In the
 * arena. */
struct id *cells_people(const struct cells *shown, struct arena *a, size_t *n);

#endif
