/* bench/bench_rota.c - rosters of the public benchmarks: made by the engine of fill/rota.h, or by chance.
 *
 *   bench_rota solve INSTANCE [quick|normal|long|600s|STEPS]    what the engine makes, normally with the normal effort; 600s: as
 *                                                              many steps as take about so long
 *   bench_rota random INSTANCE SEED                             any roster
 *   bench_rota count INSTANCE ROSTER                            a roster from a file, counted
 *
 * INSTANCE: see bench/rota_read.h. Each writes the roster as text, after a line "# {...}" with numbers in JSON. They are what
 * fill/rota.h says; bench/rota_check.py counts such a text by the rules of the benchmark itself. */
#include "bench/rota_read.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	STEPS_OF_PROOF = 3,             /* one of so many steps is for the bound, where a number of them is given */
	NORMAL_SECONDS = 10,            /* what the normal effort takes, about */
};

static double cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void tell_count(const struct rota_case *c, const uint8_t *roster)
{
	int64_t broken;
	struct rota_cost parts = rota_count(&c->model, roster, &broken);
	int64_t cost = parts.rules + parts.wishes + parts.under + parts.over;
	printf("# {\"cost\": %" PRId64 ", \"broken\": %" PRId64 "}\n", cost - broken * ROTA_HARD, broken);
	rota_write_roster(stdout, c, roster);
}

static uint64_t next(uint64_t *s)
{
	*s ^= *s << 13;
	*s ^= *s >> 7;
	*s ^= *s << 17;
	return *s >> 11;
}

/* Days are often like the day before, so that stretches of all lengths come about. */
static int by_chance(struct arena *a, const struct rota_case *c, const char *seed)
{
	const struct rota_model *m = &c->model;
	uint8_t *roster = arena_alloc(a, m->n_persons * (size_t)m->days);
	uint64_t s = strtoull(seed, NULL, 10) * UINT64_C(0x9e3779b97f4a7c15) + 1, same = 1 + next(&s) % 8, free = next(&s) % 8;
	for (size_t i = 0; i < m->n_persons * (size_t)m->days; i++) {
		if (i % (size_t)m->days && next(&s) % 10 < same)
			roster[i] = roster[i - 1];
		else
			roster[i] = (uint8_t)(next(&s) % 10 < free ? ROTA_FREE : next(&s) % m->n_kinds);
	}
	tell_count(c, roster);
	return 0;
}

static int count(struct arena *a, const struct rota_case *c, const char *path, struct err *e)
{
	uint8_t *roster;
	int rc = rota_read_roster(a, path, c, &roster, e);
	if (!rc)
		tell_count(c, roster);
	return rc;
}

static struct rota_budget budget_of(const char *word)
{
	static const char *const words[] = {"quick", "normal", "long"};
	for (int i = 0; i < 3; i++)
		if (!strcmp(word, words[i]))
			return rota_budget_for((enum rota_effort)i);
	struct rota_budget b = rota_budget_for(ROTA_NORMAL_EFFORT);
	char *unit;
	int64_t n = strtoll(word, &unit, 10);
	b.steps = *unit == 's' ? b.steps / NORMAL_SECONDS * n : n;
	b.bound_steps = *unit == 's' ? b.bound_steps / NORMAL_SECONDS * n : n / STEPS_OF_PROOF;
	return b;
}

static int solve(struct arena *a, const struct rota_case *c, const char *effort, struct err *e)
{
	struct rota_budget budget = budget_of(effort);
	struct rota *r;
	double from = cpu();
	int rc = rota_open(&c->model, a, &r);
	if (rc)
		return err_set(e, rc, "the engine refuses this instance");
	rota_solve(r, &budget);
	const struct rota_result *got = rota_result(r);
	if (got->impossible >= 0)
		return err_set(e, ERR_DATA, "no roster of %s keeps the hard rules", c->persons[got->impossible]);
	printf("# {\"cost\": %" PRId64 ", \"broken\": %" PRId64 ", \"bound\": ", got->cost - got->broken * ROTA_HARD, got->broken);
	if (got->bound == INT64_MIN)
		printf("null");
	else
		printf("%" PRId64, got->bound);
	printf(", \"steps\": %" PRId64 ", \"cpu\": %.3f, \"kB\": %zu}\n", got->steps, cpu() - from, arena_used(a) / 1024);
	rota_write_roster(stdout, c, got->roster);
	return 0;
}

static int run(int argc, char **argv, struct arena *a, struct err *e)
{
	struct rota_case c;
	int rc = rota_read(a, argv[2], &c, e);
	if (rc)
		return rc;
	if (!strcmp(argv[1], "solve"))
		return solve(a, &c, argc > 3 ? argv[3] : "normal", e);
	if (!strcmp(argv[1], "random") && argc == 4)
		return by_chance(a, &c, argv[3]);
	if (!strcmp(argv[1], "count") && argc == 4)
		return count(a, &c, argv[3], e);
	return err_set(e, ERR_USAGE, "\"%s\" isn't done, or not so", argv[1]);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	if (argc < 3) {
		fprintf(stderr, "usage: bench_rota solve INSTANCE [quick|normal|long|600s|STEPS] | random INSTANCE SEED | count INSTANCE ROSTER\n");
		return 64;
	}
	struct arena *a = arena_new();
	int rc = run(argc, argv, a, &e);
	if (rc)
		fprintf(stderr, "bench_rota: %s\n", e.text);
	arena_free(a);
	return rc ? err_exit_status(rc) : 0;
}
