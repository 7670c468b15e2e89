/* export/sheet_priv.h - the back ends of a sheet, for sheet.c only. Each appends the whole sheet to out. */
#ifndef EXPORT_SHEET_PRIV_H
#define EXPORT_SHEET_PRIV_H

#include <jansson.h>

#include "export/helper.h"
#include "export/sheet.h"

void sheet_write_text(const struct sheet *s, const struct sheet_style *style, struct buf *out);
void sheet_write_csv(const struct sheet *s, const struct sheet_style *style, struct buf *out);
void sheet_write_html(const struct sheet *s, struct buf *out);
void sheet_write_json(const struct sheet *s, struct buf *out);
/* The same as a value; NULL out of memory. */
json_t *sheet_json(const struct sheet *s);
/* A copy whose texts hold nothing that harms a format: valid UTF-8, no control characters but tabs and \n. For eyes no
 * tabs either, and nothing that turns the direction of text. */
struct sheet *sheet_cleaned(struct arena *a, const struct sheet *s, bool for_eyes);
const char *sheet_clean_text(struct arena *a, const char *s, bool for_eyes);

/* What a helper is told of it, and what it makes of that, appended to out. Errors as of helper_run(). */
int sheet_order(const struct sheet *s, struct buf *order, struct err *e);
int sheet_make(const struct helper *h, const struct sheet *s, struct buf *out, struct err *e);

/* What a mark looks like in front of a cell's text where there is no colour and no weight: "" for none. */
const char *cell_glyph(enum cell_mark mark, bool ascii);
/* "To be shredded by 7/1 2026", or NULL when nothing personal is on it. */
const char *sheet_shred_line(const struct sheet *s);
/* On a poster: all cells of a row but the first, in one line; "" none. */
const char *sheet_rest_of(struct arena *a, const struct sheet *s, const struct sheet_row *r);
/* What a full bar of a chart means: its whole, or a greater value; 0 where there are none. */
int64_t sheet_chart_most(const struct sheet *s, const struct sheet_chart *c);

#endif
