/* tests/codectest.h - what the tests of the codec share: reading with the same names each time, and comparing what came
 * back with what was written. */
#ifndef TESTS_CODECTEST_H
#define TESTS_CODECTEST_H

#include "store/codec.h"
#include "tests/tap.h"

extern const struct id CODECTEST_ID, CODECTEST_OTHER;
extern const struct dot CODECTEST_DOT;

/* A value as it would come from a newer version. */
struct value codectest_raw(const char *bytes, size_t n);
bool codectest_same_rec(const struct rec *x, const struct rec *y);
bool codectest_same_group(const struct group *x, const struct group *y);
/* As a volunteer with CODECTEST_ID; as the group CODECTEST_DOT. */
int codectest_read_rec(struct arena *a, const void *p, size_t n, struct rec **out);
int codectest_read_group(struct arena *a, const void *p, size_t n, struct group **out);

#endif
