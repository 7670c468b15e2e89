/* pdf/paper.h - pages: where there is room on them, and text with fonts found by fontconfig, written as text that can
 * be copied and searched.
 *
 * Measures are points (1/72 inch) from the upper left corner. Everything is drawn twice by the same code: once only to
 * count the pages, so that each can say how many there are. Must not know what is drawn. */
#ifndef PDF_PAPER_H
#define PDF_PAPER_H

#include <pango/pangocairo.h>
#include <stdbool.h>

#include "apart/order.h"

#define MM (72 / 25.4)
enum { PAPER_TAGS = 8 };

struct paper {
	const struct order *order;
	cairo_surface_t *surface;          /* NULL while pages are counted */
	cairo_t *cr;
	PangoContext *context;
	GHashTable *layouts, *words;       /* what has been measured already */
	double width, height;              /* of the sheet of paper */
	double left, right, top, bottom;   /* between these is written */
	double y;                          /* the next free line of this page */
	int page, pages;
	int before, part;                  /* pages before the part that is numbered by itself, and its own; 0: there is only one */
	bool bare;                         /* no line and no number below */
	const char *head, *foot;           /* small, on each page but a part's first; on each page. "" nothing */
	const char *tags[PAPER_TAGS];      /* that are open */
	int ntags;
};

struct ink { double size; bool bold, struck, right, centred; };

/* As large as the order says, upright or on its side, with that margin at each side. ERR_UNSUPPORTED when there is no
 * font. */
int paper_open(const struct order *o, struct paper *p, struct err *e);
void paper_close(struct paper *p);
void paper_shape(struct paper *p, bool landscape, double margin);
/* The foot of what has people on it: when to shred it, who made it and when. */
void paper_set_foot(struct paper *p);

/* Draws everything twice with draw(), which begins on an empty page, and gives the file to write(). ERR_DATA: too many
 * pages. ERR_IO. */
int paper_make(struct paper *p, void (*draw)(struct paper *p, void *ctx), void *ctx, cairo_write_func_t write, void *to,
	struct err *e);
void paper_next_page(struct paper *p);
/* Begins what has pages of its own, so many (0 while they are counted): on a new page unless it is the first one. */
void paper_begin_part(struct paper *p, bool first, int pages);
/* What the text between them is, for those who have it read aloud: "Table", "TR", "TH", "TD", "H1", "P" (ISO 32000-1,
 * 14.8.4). What is open at a page's end is closed there and opened again, so that what is repeated on each page belongs
 * to nothing. */
void paper_begin(struct paper *p, const char *tag);
void paper_end(struct paper *p);
static inline double paper_room(const struct paper *p)
{
	return p->bottom - p->y;
}

/* How far in a line goes on, where a text has several and so must show which is a new one: in parts of its size. */
#define PAPER_HANG 0.8
/* A text broken at blanks to a width, or where there are none inside a word, so that nothing is cut. The text must live
 * as long as the paper; the layout is good until the next one is asked for. */
PangoLayout *paper_layout(struct paper *p, const char *text, struct ink ink, double width);
double paper_height_of(PangoLayout *l);
/* Lines from `first` on that fit into `room`, at x, y; returns the first one that doesn't. *used: how high they were.
 * Where there is room for half a page, at least one. */
int paper_lines(struct paper *p, PangoLayout *l, int first, double x, double y, double room, double *used);
/* Below what stands there, over pages where it must. */
void paper_text(struct paper *p, const char *tag, const char *text, struct ink ink);
/* All lines at once, at x, y; how high they are. */
double paper_put(struct paper *p, const char *text, struct ink ink, double x, double y, double width);
/* How wide a word is at 10 points. */
double paper_word(struct paper *p, const char *word, size_t n, bool bold);
/* A line or a box, grey from 0 (black) to 1. */
void paper_box(struct paper *p, double x, double y, double width, double height, double grey);

#endif
