/* tests/t_rota_order.c - the same model gives the same roster: again, in parts, and by whatever compiler
 * (fill-compilers.sh runs this with --print). And it stops when told. */
#include "fill/rota.h"
#include "tests/rotatest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MODELS = 12 };

static uint64_t hash(uint64_t h, const void *p, size_t n)
{
	const uint8_t *bytes = p;
	for (size_t i = 0; i < n; i++)
		h = (h ^ bytes[i]) * 0x100000001b3u;
	return h;
}

struct stopper {
	int64_t left;
};

static bool stop_now(void *ctx)
{
	struct stopper *s = ctx;
	return s->left-- <= 0;
}

/* What comes of one model, all of it. */
static uint64_t solve(uint64_t seed, struct stopper *stopper, bool *stopped)
{
	struct arena *a = arena_new();
	struct prng r = {seed * 31337 + 1};
	struct rota_model m;
	struct rota *rota;
	uint64_t h = seed;
	rotatest_make(&m, a, &r, 6, 20, 4, 1);
	if (rota_open(&m, a, &rota) == 0) {
		struct rota_budget budget = {.steps = 4000, .bound_steps = 2000, .stop = stopper ? stop_now : NULL, .ctx = stopper};
		rota_solve(rota, &budget);
		const struct rota_result *got = rota_result(rota);
		h = hash(h, got->roster, m.n_persons * (size_t)m.days);
		h = hash(h, &got->cost, sizeof got->cost);
		h = hash(h, &got->bound, sizeof got->bound);
		*stopped = got->stopped;
	}
	arena_free(a);
	return h;
}

static void test_same(void)
{
	int32_t wrong = 0;
	bool stopped;
	for (uint64_t seed = 1; seed <= MODELS; seed++)
		wrong += solve(seed, NULL, &stopped) != solve(seed, NULL, &stopped);
	is_int(wrong, 0, "the same model gives the same roster, cost and bound");
}

static void test_stop(void)
{
	struct stopper at_once = {0};
	bool stopped = false;
	solve(1, &at_once, &stopped);
	ok(stopped, "it says when it was stopped");
	ok(at_once.left > -8, "and asks little more after that");
}

int main(int argc, char **argv)
{
	bool stopped;
	if (argc > 1 && !strcmp(argv[1], "--print")) {
		for (uint64_t seed = 1; seed <= MODELS; seed++)
			printf("%016" PRIx64 "\n", solve(seed, NULL, &stopped));
		return 0;
	}
	test_same();
	test_stop();
	return done_testing();
}
