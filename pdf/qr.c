/* pdf/qr.c - see qr.h. Owns its squares, which the library finds. */
#include "pdf/qr.h"

#include <qrencode.h>

enum { QUIET = 4 };     /* modules of white around a QR code (ISO/IEC 18004) */

bool qr_fits(const char *text)
{
	QRcode *qr = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	bool out = qr != NULL;
	QRcode_free(qr);
	return out;
}

static void draw_squares(struct paper *p, const QRcode *qr, double left, double top, double side)
{
	const double one = side / (qr->width + 2 * QUIET);
	for (int y = 0; y < qr->width; y++)
		for (int x = 0, n = 1; x < qr->width; x += n) {
			const unsigned char *row = qr->data + y * qr->width;
			for (n = 1; x + n < qr->width && (row[x + n] & 1) == (row[x] & 1); n++)
				;
			if (row[x] & 1)
				paper_box(p, left + one * (x + QUIET), top + one * (y + QUIET), one * n, one, 0);
		}
}

void qr_draw(struct paper *p, const char *text, double left, double top, double side)
{
	QRcode *qr = p->cr ? QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) : NULL;
	if (qr)
		draw_squares(p, qr, left, top, side);
	QRcode_free(qr);
}
