/* tests/tap.h - the Test Anything Protocol, as Automake's driver reads it.
 *
 * A test program calls plan() or ends with done_testing(), and ok()/is_*() once a fact. A name never holds personal
 * data. Each returns whether it passed, so that a test can stop early. */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void plan(int n);
void plan_skip_all(const char *why);      /* prints 1..0 # SKIP and exits 0 */
bool ok(bool passed, const char *name, ...) __attribute__((format(printf, 2, 3)));
bool is_str(const char *got, const char *want, const char *name, ...) __attribute__((format(printf, 3, 4)));
bool is_int(intmax_t got, intmax_t want, const char *name, ...) __attribute__((format(printf, 3, 4)));
bool is_mem(const void *got, size_t ng, const void *want, size_t nw, const char *name);
void skip(int n, const char *why);        /* n facts skipped */
void diag(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
int done_testing(void);                   /* exit status: 0 when all passed */

/* A small deterministic generator for properties (xorshift64*): the seed is printed when a fact fails. */
struct prng { uint64_t s; };
uint64_t prng_next(struct prng *r);
uint64_t prng_below(struct prng *r, uint64_t n);

/* A fresh folder for this test, removed at exit (kept when TEST_KEEP is set). What programs keep outside their stores
 * goes there too, from the first call on. */
const char *test_dir(void);

#endif
