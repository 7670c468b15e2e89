/* tests/icu.h - ICU's Danish order, to hold ours against. The program itself never needs ICU. */
#ifndef TESTS_ICU_H
#define TESTS_ICU_H

#include <stdbool.h>

/* Was this built with ICU, and does it know Danish? */
bool icu_is_here(void);
/* The order of two texts by ICU's `da` collation with its default options, as by strcmp(). */
int icu_compare(const char *x, const char *y);

#endif
