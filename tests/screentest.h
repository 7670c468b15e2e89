/* tests/screentest.h - a small hospital and its week, for the tests of the screens of a coordinator's day.
 *
 * It is Monday 1 December 2025, 09:00. Monday morning is full, Monday noon lacks one, Tuesday morning two (one of them
 * a cancellation), Wednesday noon is called off, Thursday is overfull, and one has a short night before Tuesday. */
#ifndef TESTS_SCREENTEST_H
#define TESTS_SCREENTEST_H

#include "sync/ring.h"
#include "tests/rostertest.h"
#include "tests/tui_harness.h"
#include "tui/screens.h"

struct house {
	struct test_clock clock;
	struct store *store;
	struct tui t;
	const char *name;              /* of its folder */
	struct id hall, children, hospice, guide, play, vigil, cross;
	struct id merete, frederik, hakim, susanne, liv, soren, leif, niels, kirsten;
	struct id mon_am, mon_noon, tue_am, wed_am, wed_noon, thu_am, mon_night, sat;
};

/* Made in the test's folder under `name`, with an app of that size on its home screen. */
void house_open(struct house *h, const char *name, int rows, int cols);
void house_close(struct house *h);
/* The same store in a new app. */
void house_again(struct house *h, int rows, int cols);
/* Another site comes into the house's ring by its invitation, and the house hears of it. */
void house_let_in(struct house *h, const char *name, enum ring_role role);
/* How the shift stands: accepted places, and the state of somebody's place there (0: none). */
int house_filled(struct house *h, struct id shift);
int house_state(struct house *h, struct id shift, struct id who);
civil_min house_start(struct house *h, struct id shift);
size_t house_count(struct house *h, int type);

#endif
