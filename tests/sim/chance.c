/* tests/sim/chance.c - see sim.h. Owns all randomness of a simulated history. */
#include "tests/sim/sim.h"

#include <sodium.h>
#include <string.h>

#include "base/os.h"

static struct chance program;

uint64_t chance_next(struct chance *c)
{
	uint64_t z = c->at += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

uint32_t chance_below(struct chance *c, uint32_t below)
{
	return below ? (uint32_t)((chance_next(c) >> 32) * below >> 32) : 0;
}

bool chance_of(struct chance *c, uint32_t percent)
{
	return chance_below(c, 100) < percent;
}

static void fill(void *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((uint8_t *)p)[i] = (uint8_t)(chance_next(&program) >> 32);
}

static const char *name(void) { return "a seed"; }
static uint32_t word(void) { return (uint32_t)(chance_next(&program) >> 32); }
static void bytes(void *const p, const size_t n) { fill(p, n); }

static struct randombytes_implementation from_seed = {.implementation_name = name, .random = word, .buf = bytes};

/* In the place of base/os_random.c. */
void os_random(void *p, size_t n)
{
	fill(p, n);
}

void chance_seed_program(uint64_t seed)
{
	program.at = seed;
	randombytes_set_implementation(&from_seed);
}

struct chance chance_of_program(void)
{
	return program;
}
