/* tests/taketest.h - stores for a test that exchange their changes without any files, and whether they are the same
 * then. */
#ifndef TESTS_TAKETEST_H
#define TESTS_TAKETEST_H

#include "store/exchange.h"
#include "tests/storetest.h"

/* Groups out of a store; in the arena. */
struct bundle { struct arena *a; struct group *g[4000]; size_t n; };

/* What `from` has and `to` lacks, incarnation after incarnation. */
void test_gather(struct store *from, struct store *to, struct bundle *b);
/* Take what can be taken, again and again; in a random order unless r is NULL. Returns how many are left. */
size_t test_take(struct store *to, struct bundle *b, struct prng *r, struct taken *told);
/* Both; told may be NULL. */
size_t test_carry(struct store *from, struct store *to, struct prng *r, struct taken *told);
/* The whole state of one, without a file; ERR_STOPPED after `most` records. told may be NULL. */
int test_take_as(struct store *from, struct store *to, size_t most, enum take_how how, struct taken *told);
int test_take_state(struct store *from, struct store *to, size_t most, struct taken *told);
/* The same vector, sum of records, counts and disagreements? */
bool test_same_state(struct store *x, struct store *y);
/* A record, NULL when there is none. */
struct rec *test_rec(struct arena *a, struct store *s, int type, struct id id);
/* Does the doctor find nothing? What he finds is shown. */
bool test_is_whole(const char *name, struct test_clock *c);

#endif
