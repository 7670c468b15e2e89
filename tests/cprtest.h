/* tests/cprtest.h - texts that hold what looks like a CPR number, and texts that only nearly do. All made up. */
#ifndef TESTS_CPRTEST_H
#define TESTS_CPRTEST_H

#include "base/mem.h"
#include "tests/tap.h"

/* A number in any spelling, into an emptied buf; alone, so that it is at most 80 bytes. */
void cpr_number(struct prng *r, struct buf *out);
/* The same, mostly in words or between other numbers. */
void cpr_text(struct prng *r, struct buf *out);
/* Phones, companies, dates, times, cases, ids: what people write every day. */
void cpr_near_miss(struct prng *r, struct buf *out);

#endif
