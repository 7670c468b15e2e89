/* tui/list_priv.h - a list's inside, shared by list.c (what is shown) and list_draw.c (how). */
#ifndef TUI_LIST_PRIV_H
#define TUI_LIST_PRIV_H

#include "tui/list.h"

enum { LIST_COLS_MAX = 64, LIST_GUTTER = 2, LIST_GAP = 2 };

/* What drawing leaves for the next time: the only thing about a list that it may write. */
struct list_seen {
	size_t top;                /* first row of the view in the picture, so that it only scrolls when it has to */
	int rows;                  /* height of a page */
};

struct list {
	const struct list_source *source;
	const struct list_col *cols;
	size_t ncols;
	uint64_t shown;            /* columns, by bit */
	const void *ctx;
	size_t nrows;
	size_t *order;             /* all rows as sorted */
	size_t *view;              /* those that the filter leaves */
	size_t nview;
	struct id selected;
	size_t at;                 /* its place in view */
	struct id *marks;          /* ascending */
	size_t nmarks, cap_marks;
	struct lineedit filter;
	bool filtering, always;
	bool on_row;               /* arrows were used last, so the cursor is on the row although the filter is open */
	int sort;
	bool descending;
	struct arena *arena;       /* of the rows' folded texts */
	char **hay;                /* by row; NULL until they are needed */
	struct list_seen *seen;
};

#endif
