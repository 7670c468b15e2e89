/* base/chart.c - see chart.h. Owns the glyphs and how a share becomes one. Must not know what is counted, nor a
 * screen. */
#include "base/chart.h"

#include <assert.h>

enum { SPARK_LEVELS = 8 };

int chart_step(int64_t missing, int64_t of)
{
	assert(missing <= of);
	if (of <= 0)
		return CHART_NONE;
	return CHART_FULL + (int)((missing * 4 + of - 1) / of);
}

const char *chart_shade(int step, bool plain)
{
	static const char *const shades[2][CHART_MOST + 1] = {{" ", "·", "░", "▒", "▓", "█"}, {" ", ".", ":", "=", "%", "#"}};
	assert(step >= CHART_NONE && step <= CHART_MOST);
	return shades[plain][step];
}

int chart_bar_dark(int64_t there, int64_t of, int width)
{
	if (of <= 0 || there <= 0)
		return 0;
	if (there >= of)
		return width;
	int dark = (int)(there * width / of);
	return dark ? dark : width > 1;
}

char *chart_bar(struct arena *a, int64_t there, int64_t of, int width, bool plain)
{
	int dark = chart_bar_dark(there, of, width);
	struct buf b = {0};
	for (int i = 0; i < width; i++)
		buf_adds(&b, i < dark ? plain ? "#" : "█" : plain ? ":" : "░");
	char *bar = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	return bar;
}

char *chart_spark(struct arena *a, const int64_t *values, size_t n, bool plain)
{
	static const char *const levels[2][SPARK_LEVELS] = {{"·", "▁", "▂", "▃", "▄", "▅", "▆", "▇"},
		{".", "1", "2", "3", "4", "5", "6", "7"}};
	int64_t most = 1;
	char *text = arena_strdup(a, "");
	for (size_t i = 0; i < n; i++)
		most = values[i] > most ? values[i] : most;
	for (size_t i = 0; i < n; i++) {
		int64_t level = values[i] > 0 ? (values[i] * (SPARK_LEVELS - 1) + most - 1) / most : 0;
		text = arena_printf(a, "%s%s", text, levels[plain][level]);
	}
	return text;
}
