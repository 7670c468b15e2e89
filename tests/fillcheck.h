/* tests/fillcheck.h - is this a plan, and what does it cost? Counted from the instance alone, knowing nothing of the
 * engine. */
#ifndef TESTS_FILLCHECK_H
#define TESTS_FILLCHECK_H

#include "fill/fill.h"

struct fillcheck {
	const char *broken;             /* the rule that is broken, NULL if none */
	int64_t cost;
	int32_t open;
};

struct fillcheck fillcheck_plan(const struct fill_instance *in, const int32_t *taken, size_t n);

/* May one person have both shifts? */
bool fillcheck_rest(const struct fill_instance *in, int32_t site_a, int64_t start_a, int64_t end_a, int32_t site_b, int64_t start_b,
	int64_t end_b);

/* Every plan of a small instance is made, and the best are told. `open_in` is the fewest places open in the shifts
 * marked `among` (NULL: none asked). `with` is a pair that must be in the plan, -1 for none. */
struct fillbrute {
	bool any;
	int64_t cost;
	int32_t open, open_in;
};

struct fillbrute fillcheck_all(const struct fill_instance *in, const bool *among, int32_t with);

#endif
