/* export/xlsx.h - sheets as a spreadsheet's own file, made by the helper program samvagt-xlsx (export/helper.h).
 *
 * Dates, times, durations and numbers are what they are; a text stays a text, whatever it begins with. The same sheet
 * at the same time gives the same bytes. */
#ifndef EXPORT_XLSX_H
#define EXPORT_XLSX_H

#include "export/sheet.h"

/* Is the helper there? If not, *e says which package to install. */
bool xlsx_available(struct err *e);
/* Append an .xlsx to out. ERR_UNSUPPORTED: no helper. ERR_DATA: too long. ERR_IO: the helper failed. */
int xlsx_write_sheet(const struct sheet *s, struct buf *out, struct err *e);

#endif
