/* tests/carry.h - for tests of what meeting brings: stores of several sites in one process, and the changes of one
 * carried to another without files, keys or a ring. */
#ifndef TESTS_CARRY_H
#define TESTS_CARRY_H

#include "store/exchange.h"
#include "tests/storetest.h"

struct store *carry_store(const char *name, struct test_clock *c, const char *site, const char *person);
/* All that `from` has and `to` lacks, in causal order, as one merge; its number, 0 when nothing was new. */
uint64_t carry(struct store *from, struct store *to, const char *called);
/* Both ways. */
void carry_both(struct store *x, struct store *y);

#endif
