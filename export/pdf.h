/* export/pdf.h - sheets as PDF, made by the helper program samvagt-pdf (export/helper.h). The same sheet at the same
 * time gives the same bytes. */
#ifndef EXPORT_PDF_H
#define EXPORT_PDF_H

#include "export/sheet.h"

/* Is the helper there? If not, *e says which package to install. */
bool pdf_available(struct err *e);
/* Append a PDF to out. ERR_UNSUPPORTED: no helper, or no font. ERR_DATA: too long. ERR_IO: the helper failed. */
int pdf_write_sheet(const struct sheet *s, struct buf *out, struct err *e);

#endif
