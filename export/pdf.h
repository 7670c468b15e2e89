/* export/pdf.h - sheets and texts as PDF, made by the helper program samvagt-pdf, so that the main program stays small.
 *
 * The helper reads one JSON object on standard input (man samvagt-json, "What samvagt-pdf reads") and writes the PDF on
 * standard output; it opens nothing else, and nothing personal lies in a file on the way. The same input on the same day
 * gives the same bytes. */
#ifndef EXPORT_PDF_H
#define EXPORT_PDF_H

#include "export/sheet.h"

/* Where the helper is: $SAMVAGT_LIBEXEC, the program's own folder, the folder of the installation. Else
 * ERR_UNSUPPORTED, whose sentence says what to do. */
bool pdf_available(struct err *e);
/* Append a PDF to out. ERR_UNSUPPORTED: no helper, or no font. ERR_DATA: too long. ERR_IO: the helper failed. */
int pdf_write_sheet(const struct sheet *s, struct buf *out, struct err *e);
/* A text on A4 with its own line breaks, its title and code above, the footer and a number on each page, and, when `qr`
 * isn't "", a QR code of that. None is NULL. */
struct letter { const char *title, *text, *code, *qr, *footer; };
int pdf_write_letter(const struct letter *l, struct buf *out, struct err *e);

#endif
