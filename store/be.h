/* store/be.h - whole numbers as big-endian bytes, so that keys sort as the numbers do. */
#ifndef STORE_BE_H
#define STORE_BE_H

#include <stdint.h>

/* Eight bytes are written out: compilers make one instruction of that, and not of the loops. */

/* Write the low n bytes of v; returns where the next goes. */
static inline uint8_t *be_put(uint8_t *p, uint64_t v, int n)
{
	if (n == 8) {
		p[0] = (uint8_t)(v >> 56), p[1] = (uint8_t)(v >> 48), p[2] = (uint8_t)(v >> 40), p[3] = (uint8_t)(v >> 32);
		p[4] = (uint8_t)(v >> 24), p[5] = (uint8_t)(v >> 16), p[6] = (uint8_t)(v >> 8), p[7] = (uint8_t)v;
		return p + 8;
	}
	for (int i = 0; i < n; i++)
		p[i] = (uint8_t)(v >> (8 * (n - 1 - i)));
	return p + n;
}

static inline uint64_t be_get(const uint8_t *p, int n)
{
	if (n == 8)
		return (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 | (uint64_t)p[3] << 32 |
			(uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 | (uint64_t)p[6] << 8 | (uint64_t)p[7];
	uint64_t v = 0;
	for (int i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

/* Signed numbers in keys: the top bit turned, so that negative ones come first. */
static inline uint8_t *be_put_signed(uint8_t *p, int64_t v, int n)
{
	return be_put(p, (uint64_t)v ^ UINT64_C(1) << (8 * n - 1), n);
}

static inline int64_t be_get_signed(const uint8_t *p, int n)
{
	uint64_t top = UINT64_C(1) << (8 * n - 1), v = be_get(p, n) ^ top;
	return (int64_t)(v & top ? v | ~(top | (top - 1)) : v);
}

#endif
