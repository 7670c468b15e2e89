/* apart/order.h - what a sheet is to be made of: one JSON object, read and checked (man samvagt-json, "What samvagt-pdf
 * and samvagt-xlsx read").
 *
 * Sentences of errors are English: they are for whoever wrote the program that made the JSON. */
#ifndef APART_ORDER_H
#define APART_ORDER_H

#include "export/sheet.h"

/* Above these an order is refused rather than cut. */
enum { ORDER_MOST = 32 << 20, ORDER_COLUMNS = 60, ORDER_ROWS = 100000, ORDER_CELL = 64 << 10, ORDER_QR = 300, ORDER_PAGES = 5000 };

struct order {
	struct sheet *sheet;
	const char *language;              /* "da" */
	const char *created;               /* "2025-12-01T08:00:00Z"; "" not said */
	const char *author;                /* "Viborg"; "" not said */
	const char *page;                  /* "side {page} af {pages}" */
	const char *again;                 /* beside a heading that is repeated: "fortsat" */
	const char *empty;                 /* in place of rows */
	const char *shred;                 /* "Makuleres senest 7/1 2026"; "" nothing personal */
};
/* ERR_DATA: what is wrong, and where. */
int order_read(struct arena *a, const char *json, size_t n, struct order *out, struct err *e);

#endif
