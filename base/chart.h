/* base/chart.h - pictures of one line, as text: how much of something is there, and how it went from month to month.
 *
 * Each glyph is one column wide, says by itself what a colour would, and has one of ASCII (`plain`) that tui/canvas.c
 * puts in its place too. The number stands beside the picture wherever one is shown: whoever hears the screen or can't
 * tell shades apart loses nothing. Pure; texts are in the arena. */
#ifndef BASE_CHART_H
#define BASE_CHART_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"

/* 0: nothing is asked for · 1: nothing is missing · 2 to 5: up to a quarter, a half, three quarters, all of it. */
enum { CHART_NONE, CHART_FULL, CHART_MOST = 5 };
int chart_step(int64_t missing, int64_t of);
/* Blank · ░ ▒ ▓ █, plain: blank . : = % #. The darker, the more is missing. */
const char *chart_shade(int step, bool plain);
/* "██████░░" of `width` columns. All of them are dark only when nothing is missing, none only when there is nothing. */
char *chart_bar(struct arena *a, int64_t there, int64_t of, int width, bool plain);
/* How many of them are dark. */
int chart_bar_dark(int64_t there, int64_t of, int width);
/* "▁▂▅▇··" one a value, the largest ▇ and nothing ·; plain: 1 to 7 and a dot. */
char *chart_spark(struct arena *a, const int64_t *values, size_t n, bool plain);

#endif
