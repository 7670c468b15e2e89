/* export/printing.h - sheets as bytes or files of any format: those that are built in, and those that helpers make. */
#ifndef EXPORT_PRINTING_H
#define EXPORT_PRINTING_H

#include "export/pdf.h"

/* By how a file is called: ".csv", ".html", ".json", ".pdf", ".xlsx"; text for every other name. */
enum sheet_format printing_format(const char *path);
/* Append the sheet to out. Errors as of pdf_write_sheet() and xlsx_write_sheet(). */
int printing_write(const struct sheet *s, enum sheet_format f, const struct sheet_style *style, struct buf *out,
	struct err *e);
/* As a file, in the format of its name, never over another one (ERR_CONFLICT). */
int printing_sheet(const struct sheet *s, const char *path, struct err *e);

/* ---- on paper ------------------------------------------------------------------------------------------------- */

/* What was done, translated, to be shown: sent to a printer, or (where this machine can't) written to `path`, with what
 * to do next. */
struct printing_sent { const char *path, *says; };       /* path: NULL it is with the printer */
/* To a printer of this machine, as PDF by lp(1) of CUPS; `printer` "default": the usual one. The job is called as the
 * sheet, whose title names nobody. Where there is no lp, or no PDF can be made: a file of that name, PDF or HTML, in
 * the folder `dir`, never over another. ERR_IO: lp doesn't take it, and why. */
int printing_send(const struct sheet *s, const char *printer, const char *dir, struct arena *a, struct printing_sent *out, struct err *e);

#endif
