/* export/sheet_plain.h - what the two files share that write a sheet as lines of text: the table (sheet_text.c), and
 * the other ways that rows can lie on paper (sheet_plain.c). */
#ifndef EXPORT_SHEET_PLAIN_H
#define EXPORT_SHEET_PLAIN_H

#include "export/sheet_priv.h"

struct plain_paper {
	const struct sheet *s;
	const struct sheet_style *style;
	struct arena *a;      /* for this writing only */
	struct buf *out;
	int *width;           /* of each column of a table */
	bool ruled;           /* its cells have several lines, so rows need a line between them */
};

/* Wrapped, never cut, with an end to its last line; NULL is nothing. */
void plain_put(const struct plain_paper *p, const char *text);
/* A cell's text with its mark in front. */
const char *plain_marked(const struct plain_paper *p, const struct sheet_cell *c);
/* A glyph n times. */
void plain_repeat(struct buf *out, const char *s, int n);
/* Columns side by side, or else as blocks. */
void plain_table(struct plain_paper *p);

/* The sheet's rows as another face than a table (enum sheet_face), and its charts as bars of text below. */
void plain_cards(const struct plain_paper *p);
void plain_letters(const struct plain_paper *p);
void plain_poster(const struct plain_paper *p);
void plain_charts(const struct plain_paper *p);

#endif
