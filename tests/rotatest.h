/* tests/rotatest.h - small rosters by chance, with rules of every sort. */
#ifndef TESTS_ROTATEST_H
#define TESTS_ROTATEST_H

#include "fill/rota.h"
#include "tests/tap.h"

/* A model that is small enough for all its rosters to be tried: the same numbers give the same one. `hard`: of eight
 * weights so many are hard. */
void rotatest_make(struct rota_model *m, struct arena *a, struct prng *r, int32_t people, int32_t days, int32_t kinds, int32_t hard);

#endif
