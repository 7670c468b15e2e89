/* pdf/cards.h - a sheet's data rows as cards on A4: labels at their millimetres, badges to be cut out. */
#ifndef PDF_CARDS_H
#define PDF_CARDS_H

#include "pdf/paper.h"

/* For paper_make(); ctx isn't used. */
void cards_prepare(struct paper *p);
void cards_draw(struct paper *p, void *ctx);

#endif
