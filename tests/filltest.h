/* tests/filltest.h - instances of fill/ for tests and benchmarks: the text format, and small ones by chance. */
#ifndef TESTS_FILLTEST_H
#define TESTS_FILLTEST_H

#include "fill/fill.h"

#include <stdio.h>

struct filltest {
	struct fill_instance in;
	struct fill_person *persons;
	struct fill_shift *shifts;
	struct fill_pair *pairs;
	int32_t weeks;
};

/* The text of an instance: "vsp PEOPLE SHIFTS PAIRS WEEKS REST", then a line `v most_week most target level` for each
 * person, `s start end need priority experienced unit` for each shift (minutes from a Monday; unit = site * 8 + k), and
 * `p person shift cost` for each pair. An open place costs 3000, 6000 or 12000 by priority, missing experience 1500,
 * fairness -60 -40 -20 | 20 60 120 200 and 60 more each. False if it isn't one. */
bool filltest_read(FILE *f, struct arena *a, struct filltest *t);

void filltest_write(FILE *f, const struct filltest *t);

/* A hospital by chance: houses of some two hundred people, wards with posts of six kinds, people with days that suit
 * them, wards they like, certificates, holidays and agreements that end. `dense`: everybody may come to every ward, and
 * can oftener. The same numbers give the same hospital. */
void filltest_make(struct filltest *t, struct arena *a, int32_t people, int32_t weeks, uint64_t seed, bool dense);

/* The same instance, handed in another order. */
void filltest_shuffle(const struct filltest *t, struct arena *a, uint64_t seed, struct filltest *out);

/* The weights of that format. */
struct fill_weights filltest_weights(void);

/* A key made of a number, so that keys are in no order. */
void filltest_key(uint8_t key[FILL_KEY], uint64_t kind, uint64_t number);

#endif
