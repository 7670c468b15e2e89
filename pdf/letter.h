/* pdf/letter.h - a text on paper, such as an agreement to be signed: its own line breaks, its code, and a QR code. */
#ifndef PDF_LETTER_H
#define PDF_LETTER_H

#include "pdf/paper.h"

struct letter_page;
/* As of pdf/table.h. ERR_DATA: the QR code can't be made. */
int letter_prepare(struct paper *p, struct arena *a, struct letter_page **out, struct err *e);
void letter_draw(struct paper *p, void *letter_page);
void letter_end(struct letter_page *t);         /* NULL is fine */

#endif
