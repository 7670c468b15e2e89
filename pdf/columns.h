/* pdf/columns.h - how a sheet's columns share the width of a page: upright or on its side, and how small the
 * letters. */
#ifndef PDF_COLUMNS_H
#define PDF_COLUMNS_H

#include "pdf/paper.h"

struct columns {
	bool landscape;
	double size;                       /* of the letters */
	double pad;                        /* at each side of a cell */
	double width[ORDER_COLUMNS];       /* with its padding; all together the width between the margins */
};
void columns_share(struct paper *p, const struct sheet *s, double margin, struct columns *out);
/* A cell's text with its mark as a glyph in front, in the arena of the sheet. */
const char *columns_text(const struct sheet *s, const struct sheet_cell *c);

#endif
