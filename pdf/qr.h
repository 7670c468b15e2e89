/* pdf/qr.h - a QR code on paper. */
#ifndef PDF_QR_H
#define PDF_QR_H

#include "pdf/paper.h"

bool qr_fits(const char *text);                /* is there one that can hold it? */
void qr_draw(struct paper *p, const char *text, double left, double top, double side);

#endif
