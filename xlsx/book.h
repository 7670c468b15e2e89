/* xlsx/book.h - a sheet as a workbook of one page: headings in the first row, which stays in sight and filters, then
 * the rows, groups and sums among them, then what stands below; and how it prints. */
#ifndef XLSX_BOOK_H
#define XLSX_BOOK_H

#include "apart/order.h"

/* Appends the file. ERR_DATA: a cell is longer than a spreadsheet can hold. The same order gives the same bytes. */
int book_write(struct arena *a, const struct order *o, struct buf *out, struct err *e);

#endif
