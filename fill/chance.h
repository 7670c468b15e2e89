/* fill/chance.h - numbers by chance that are the same everywhere: splitmix64 (Steele, Lea, Flood 2014; in the public
 * domain). A stream depends on nothing but where it begins. */
#ifndef FILL_CHANCE_H
#define FILL_CHANCE_H

#include <stdint.h>

static inline uint64_t chance_next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* One of 0 … n - 1; n up to 2^31. */
static inline int32_t chance_below(uint64_t *state, int32_t n)
{
	return (int32_t)((chance_next(state) >> 32) * (uint64_t)n >> 32);
}

#endif
