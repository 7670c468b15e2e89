/* tui/canvas.h - the picture before it is shown: a grid of cells, each a grapheme with its width and role.
 *
 * Screens draw on it and know no terminal; term.c sends it to one, tests read it as text. Whatever is drawn
 * outside the canvas or its clip is dropped, so that no size of window can hurt. Rows and columns count from 0.
 * Text is UTF-8; line breaks, tabs and control characters in it are drawn as a blank. The caller owns the canvas. */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"
#include "tui/theme.h"

struct rect { int row, col, rows, cols; };

/* Cut a strip off *r and return it; never more than there is. What is left stays in *r. A split in shares is a cut of
 * r->cols * 2 / 5 and the like. */
struct rect rect_cut_top(struct rect *r, int rows);
struct rect rect_cut_bottom(struct rect *r, int rows);
struct rect rect_cut_left(struct rect *r, int cols);
struct rect rect_cut_right(struct rect *r, int cols);
/* In the middle of r, at most as large as r. */
struct rect rect_center(struct rect r, int rows, int cols);
struct rect rect_meet(struct rect a, struct rect b);      /* what both cover; zero rows or columns when nothing */
bool rect_has(struct rect r, int row, int col);

/* The most bytes of one grapheme; longer ones (piled accents) are cut at a code point. */
#define CELL_BYTES 22
struct cell {
	char g[CELL_BYTES];        /* NUL-terminated; empty in the right half of a wide one */
	uint8_t width;             /* 1 or 2; 0 in the right half of a wide one */
	uint8_t role;              /* enum role, with ROLE_SELECTED */
};

/* What a click hits. */
enum target_what { TARGET_ROW, TARGET_ACTION };
struct hit { struct rect at; enum target_what what; int arg; };

struct canvas {
	int rows, cols;
	struct cell *cells;        /* row by row */
	struct rect clip;
	int cursor_row, cursor_col;    /* always inside; where braille displays and screen readers read */
	bool ascii;                /* glyphs of ours (… – · → ─ │ █) are drawn as ASCII; letters stay */
	struct hit *targets;
	size_t ntargets, cap;
};

struct canvas *cv_new(int rows, int cols);        /* sizes below 1 become 1 */
void cv_free(struct canvas *cv);
void cv_resize(struct canvas *cv, int rows, int cols);     /* and clear */
void cv_clear(struct canvas *cv);                 /* blank, no clip, no targets, cursor at 0,0 */
struct rect cv_area(const struct canvas *cv);
/* Draw inside r only, from now on; returns the clip before, to be put back by the same call. */
struct rect cv_clip(struct canvas *cv, struct rect r);

/* Text from row, col in at most `width` columns, cut at a grapheme with `…` when longer. Returns the columns used. */
int cv_text(struct canvas *cv, int row, int col, int width, unsigned role, const char *s);
/* The first n bytes of s only. */
int cv_span(struct canvas *cv, int row, int col, int width, unsigned role, const char *s, size_t n);
/* As cv_text, and blanks of the role up to the width. Returns width. */
int cv_cell(struct canvas *cv, int row, int col, int width, unsigned role, const char *s);
/* Ending at col + width. */
int cv_right(struct canvas *cv, int row, int col, int width, unsigned role, const char *s);
int cv_printf(struct canvas *cv, int row, int col, int width, unsigned role, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
/* Lines broken at blanks (in a phone number only where nothing else is left) and at \n, as many as r has room for. Returns
 * the rows used. A NULL canvas only counts. */
int cv_wrap(struct canvas *cv, struct rect r, unsigned role, const char *s);
/* One grapheme repeated over r; " " clears. */
void cv_fill(struct canvas *cv, struct rect r, unsigned role, const char *grapheme);
/* A horizontal line with a title in it ("" for none). */
void cv_rule(struct canvas *cv, int row, int col, int width, unsigned role, const char *title);
/* Mark what is drawn there as lying on the selected row. */
void cv_select(struct canvas *cv, struct rect r);
/* Nothing lies on the selected row any more: a dialog comes over what was drawn. */
void cv_unselect(struct canvas *cv);
void cv_cursor(struct canvas *cv, int row, int col);
void cv_target(struct canvas *cv, struct rect r, enum target_what what, int arg);
/* The last target drawn there; NULL for none. */
const struct hit *cv_target_at(const struct canvas *cv, int row, int col);

/* How many bytes of s make the next line of `cols` columns: *next is where the line after it starts (== strlen at
 * the end). At least one grapheme, unless s starts with a line break or is empty. */
size_t cv_line(const char *s, int cols, size_t *next);

/* The picture for goldens: "cursor ROW,COL", the rows as text without trailing blanks, and, when asked for, a line
 * "roles" and the rows again as letters of theme_letter(). */
void cv_dump(const struct canvas *cv, bool roles, struct buf *out);
/* One row as text without trailing blanks; arena-owned. */
char *cv_row(const struct canvas *cv, struct arena *a, int row);

#endif
