/* bench/bench_fill.c - instances for the engine that fills gaps, and how far it comes in how much time of one
 * processor.
 *
 *   bench_fill make PEOPLE WEEKS SEED [dense]      writes an instance as text (tests/filltest.h)
 *   bench_fill solve [EFFORT]                      reads one, and writes a line of JSON for each effort up to EFFORT
 *
 * Each plan is counted again by tests/fillcheck.h, which knows nothing of the engine. */
#include "fill/fill.h"
#include "tests/fillcheck.h"
#include "tests/filltest.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ASKED = 200 };

static double cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int32_t number(const char *text)
{
	return (int32_t)strtol(text, NULL, 10);
}

static int make(int n, char **args)
{
	struct arena *a = arena_new();
	struct filltest t;
	filltest_make(&t, a, number(args[0]), number(args[1]), (uint64_t)number(args[2]), n > 3 && !strcmp(args[3], "dense"));
	filltest_write(stdout, &t);
	arena_free(a);
	return 0;
}

static void tell(const struct filltest *t, const struct fill_result *r, int effort, double seconds, size_t memory)
{
	/* the checker is slow: where it would take minutes, only the smaller instances are counted again */
	struct fillcheck c = {.cost = r->cost, .open = r->open_places};
	bool checked = r->n_taken * (t->in.n_persons + t->in.n_shifts) < 200000000;
	if (checked)
		c = fillcheck_plan(&t->in, r->taken, r->n_taken);
	printf("{\"effort\": %d, \"cpu\": %.3f, \"cost\": %" PRId64 ", \"bound\": %" PRId64
		", \"open\": %d, \"open_least\": %d, \"places\": %d, \"checked\": %s, \"right\": %s, \"kB\": %zu}\n",
		effort, seconds, r->cost, r->bound, r->open_places, r->open_least, r->places, checked ? "true" : "false",
		!c.broken && c.cost == r->cost && c.open == r->open_places ? "true" : "false", memory / 1024);
	fflush(stdout);
}

struct spent {
	double sum, worst;
	int n;
};

static void spend(struct spent *s, double from)
{
	double d = (cpu() - from) * 1e3;
	s->sum += d;
	s->worst = d > s->worst ? d : s->worst;
	s->n++;
}

static void tell_spent(const char *what, const struct spent *s)
{
	printf("{\"asked\": \"%s\", \"n\": %d, \"mean_ms\": %.3f, \"worst_ms\": %.3f}\n", what, s->n, s->n ? s->sum / s->n : 0, s->worst);
}

/* Why places stay open, what others would cost, and cancellations one after another. */
static void ask(struct fill *f, const struct filltest *t)
{
	struct spent why = {0}, price = {0}, replan = {0};
	size_t step = t->in.n_pairs / ASKED + 1;
	for (int32_t i = 0; i < (int32_t)t->in.n_shifts && why.n < ASKED; i++) {
		struct fill_reason reason;
		double from = cpu();
		if (!fill_result(f)->open[i])
			continue;
		from = cpu();
		fill_why_open(f, i, &reason);
		spend(&why, from);
	}
	for (size_t i = 0; i < t->in.n_pairs; i += step) {
		struct fill_price p;
		double from = cpu();
		fill_price(f, (int32_t)i, &p);
		spend(&price, from);
	}
	for (size_t i = 0; i < ASKED; i++) {
		const struct fill_result *r = fill_result(f);
		struct fill_replan p;
		if (!r->n_taken)
			break;
		int32_t gone = r->taken[i * 7919 % r->n_taken];
		double from = cpu();
		fill_replan(f, gone, &p);
		if (p.n_offers)
			fill_take(f, p.offers[p.n_offers - 1].changes, p.offers[p.n_offers - 1].n_changes);
		spend(&replan, from);
	}
	tell_spent("why", &why);
	tell_spent("price", &price);
	tell_spent("replan", &replan);
}

static int solve(int most)
{
	struct arena *a = arena_new(), *work = arena_new();
	struct filltest t;
	struct fill *f = NULL;
	if (!filltest_read(stdin, a, &t))
		return fprintf(stderr, "bench_fill: this isn't an instance\n"), 1;
	for (int effort = FILL_BOUNDS_ONLY; effort <= most; effort++) {
		arena_reset(work);
		struct fill_budget budget = fill_budget_for(&t.in, (enum fill_effort)effort);
		double from = cpu();
		if (fill_open(&t.in, work, &f) < 0)
			return fprintf(stderr, "bench_fill: the engine refuses this instance\n"), 1;
		fill_solve(f, &budget);
		double seconds = cpu() - from;
		tell(&t, fill_result(f), effort, seconds, arena_used(work));
	}
	if (f)
		ask(f, &t);
	arena_free(work);
	arena_free(a);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc >= 5 && !strcmp(argv[1], "make"))
		return make(argc - 2, argv + 2);
	if (argc >= 2 && !strcmp(argv[1], "solve"))
		return solve(argc > 2 ? number(argv[2]) : FILL_NORMAL_EFFORT);
	fprintf(stderr, "usage: bench_fill make PEOPLE WEEKS SEED [dense] | solve [EFFORT]\n");
	return 64;
}
