/* pdf/letter.h - letters on paper: each data row of a sheet on pages of its own, by the parts that its columns are. */
#ifndef PDF_LETTER_H
#define PDF_LETTER_H

#include "pdf/paper.h"

struct letters;
/* As of pdf/table.h. ERR_DATA: a QR code can't be made. */
int letters_prepare(struct paper *p, struct arena *a, struct letters **out, struct err *e);
void letters_draw(struct paper *p, void *letters);

#endif
