/* tui/chart.c - see chart.h. Owns which role a shade has. Must not know what is counted. */
#include "tui/chart.h"

#include "base/chart.h"
#include "base/text.h"

enum { HALF = 3 };

enum role chart_role(int step)
{
	return step == CHART_NONE ? ROLE_DIM : step == CHART_FULL ? ROLE_OK : step <= HALF ? ROLE_WARN : ROLE_GAP;
}

void chart_draw_bar(struct canvas *cv, int row, int col, int width, int64_t there, int64_t of)
{
	if (of <= 0)
		return;
	int dark = chart_bar_dark(there, of, width);
	cv_fill(cv, (struct rect){row, col, 1, dark}, ROLE_OK, "█");
	cv_fill(cv, (struct rect){row, col + dark, 1, width - dark}, ROLE_GAP, "░");
}

void chart_draw_cell(struct canvas *cv, int row, int col, int width, int step, size_t open, struct arena *a)
{
	const char *number = open ? arena_printf(a, "%zu", open) : "";
	int digits = text_width(number);
	if (digits > width - 1) {
		number = "+";
		digits = 1;
	}
	int shades = open && width - 1 - digits > 1 ? width - 1 - digits : 1;
	cv_fill(cv, (struct rect){row, col, 1, shades}, chart_role(step), chart_shade(step, false));
	cv_text(cv, row, col + shades, digits, chart_role(step), number);
}
