/* tui/chart.h - the pictures of base/chart.h in colour. A role only repeats what the glyph and the number say. */
#ifndef TUI_CHART_H
#define TUI_CHART_H

#include <stdint.h>

#include "tui/canvas.h"

/* Of a step of chart_step(). */
enum role chart_role(int step);
/* What is there and what is missing, side by side; nothing where nothing is needed. */
void chart_draw_bar(struct canvas *cv, int row, int col, int width, int64_t there, int64_t of);
/* A cell of a heat map in `width` columns (2 or more), the last of them left free where there is room: the shade, and
 * how many places are open as a number, + where that has no room. */
void chart_draw_cell(struct canvas *cv, int row, int col, int width, int step, size_t open, struct arena *a);

#endif
