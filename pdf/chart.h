/* pdf/chart.h - a picture of a sheet's own cells: bars of the values of one column, beside the texts of another. */
#ifndef PDF_CHART_H
#define PDF_CHART_H

#include "pdf/paper.h"

/* Below what stands there; whole where a page can hold it. */
void chart_draw(struct paper *p, const struct sheet_chart *c);

#endif
