/* tui/list.h - a list of rows: columns, filter as one types, marks, sorting, and the selected row.
 *
 * The rows belong to the screen, which lends them through a struct list_source and gives them anew (list_set)
 * after each load; selection and marks are kept by id, so they stay on the same thing when rows come, go or move.
 * Ids of rows must differ from each other; when one record stands in a list twice, give its second row an id of
 * its own (list_id_in).
 *
 * Drawn as: a line for the filter while there is one, the column titles, the rows. `>` stands in column 0 of the
 * selected row, `*` in column 1 of marked ones; the cursor is on the selected row, or in the filter while it is
 * being typed. 10,000 rows are fine: only visible ones are drawn, and each is folded for the filter once. */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include "store/id.h"
#include "tui/lineedit.h"

struct list;

struct list_col {
	const char *id, *title;            /* stable name; msgid */
	int min, ideal;                    /* columns; ones that don't get their min are left out, the last first */
	int weight;                        /* of the room that is left when all have their ideal; 0: none */
	bool right;                        /* numbers */
	bool hidden;                       /* only shown when chosen */
};

/* How the list reads the screen's rows. Texts are translated and may live in `a`, which lasts while a picture is
 * drawn. */
struct list_source {
	struct id (*id)(const void *ctx, size_t row);
	const char *(*cell)(const void *ctx, size_t row, size_t col, struct arena *a);
	/* NULL or what follows may be left out. */
	enum role (*role)(const void *ctx, size_t row, size_t col);           /* default: ROLE_DEFAULT */
	int (*compare)(const void *ctx, size_t x, size_t y, size_t col);      /* default: cells in Danish order */
	const char *(*find)(const void *ctx, size_t row, struct arena *a);    /* for the filter; default: all cells */
	const char *(*section)(const void *ctx, size_t row);                  /* heading above its first row */
	const char *(*empty)(const void *ctx, struct arena *a);               /* why, and which key adds */
};

/* The columns must live as long as the list. Starts with no rows. */
struct list *list_new(const struct list_source *source, const struct list_col *cols, size_t ncols);
void list_free(struct list *l);                       /* NULL is fine */
/* The rows as they are now: kept until the next list_set. Where the selected row has gone, the one in its place is
 * selected. */
void list_set(struct list *l, const void *ctx, size_t nrows);
/* What was kept of the rows' texts goes; where one is and what is marked stays. Nothing may be asked of it, nor drawn,
 * before the next list_set. */
void list_forget(struct list *l);
struct id list_id_in(struct id id, int section);      /* the same record's row in another section; its own inverse */

/* ---- selection ----------------------------------------------------------------------------------- */
bool list_selected(const struct list *l, size_t *row);            /* false when nothing can be selected */
struct id list_selected_id(const struct list *l);                 /* ID_NONE then */
bool list_select(struct list *l, struct id id);                   /* false, and nothing changed, when it isn't shown */
size_t list_count(const struct list *l);                          /* rows shown */
size_t list_total(const struct list *l);

/* ---- marks --------------------------------------------------------------------------------------- */
size_t list_nmarks(const struct list *l);
bool list_is_marked(const struct list *l, struct id id);
void list_mark(struct list *l, struct id id, bool on);
void list_mark_all(struct list *l);                               /* those shown; unmarks when all are */
void list_unmark(struct list *l);
/* What an action works on: the marked rows in the order of the list, else the selected one. Ids in the arena. */
struct id *list_targets(const struct list *l, struct arena *a, size_t *n);

/* ---- filter, order, columns ---------------------------------------------------------------------- */
void list_filter(struct list *l, const char *text);               /* "" shows all */
const char *list_filter_text(const struct list *l);
void list_filter_open(struct list *l);                            /* type from now on */
void list_filter_always(struct list *l);                          /* for palettes: typing always filters, best first */
bool list_is_filtering(const struct list *l);                     /* letters go to the filter */
void list_sort_by(struct list *l, int col, bool descending);      /* -1: the order of the source, with sections */
int list_sorted_by(const struct list *l, bool *descending);
size_t list_ncols(const struct list *l);
const struct list_col *list_column(const struct list *l, size_t col);
bool list_column_shown(const struct list *l, size_t col);
void list_column_show(struct list *l, size_t col, bool on);       /* the first is always shown */

/* ---- keys and picture ---------------------------------------------------------------------------- */
/* Arrows, PgUp/PgDn, Home/End, Space (mark and go on), Shift-arrows (mark a range), and while the filter is open
 * what is typed, Esc (close it; a second Esc clears it). Enter closes the filter and is not used up, so that it
 * still opens the row. True when the event was used. */
bool list_event(struct list *l, const struct event *ev);
/* A click on a target drawn by this list. */
void list_click(struct list *l, int arg);
void list_draw(const struct list *l, struct canvas *cv, struct rect r, struct arena *a);
/* "12 of 148 · filter: søren · 3 marked"; "148" when that is all there is to say. */
const char *list_status(const struct list *l, struct arena *a);

#endif
