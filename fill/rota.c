/* fill/rota.c - the front of the engine for rosters: see rota.h. Owns the order in which search and bound are used, and how
 * much work each gets. */
#include "fill/rota.h"

#include "fill/rota_bound.h"
#include "fill/rota_search.h"

enum { STEP = 64, FIRST_PART = 8 };     /* inner steps to a step; a part of the search comes before the bound */

struct rota {
	struct arena *arena;
	struct problem *x;
	struct search search;
	struct bound bound;
	bool begun;
	struct rota_result result;
};

struct rota_budget rota_budget_for(enum rota_effort effort)
{
	static const int64_t seconds[] = {[ROTA_QUICK_EFFORT] = 1, [ROTA_NORMAL_EFFORT] = 10, [ROTA_LONG_EFFORT] = 60};
	return (struct rota_budget){.steps = seconds[effort] * 1500000, .bound_steps = seconds[effort] * 500000};
}

int rota_open(const struct rota_model *m, struct arena *arena, struct rota **out)
{
	struct rota *r = arena_alloc(arena, sizeof *r);
	r->arena = arena;
	r->result = (struct rota_result){.bound = INT64_MIN, .impossible = -1};
	int rc = terms_make(m, arena, &r->x);
	if (rc < 0)
		return rc;
	search_init(&r->search, r->x, arena);
	bound_init(&r->bound, r->x, &r->search.dp, arena);
	*out = r;
	return 0;
}

static void search_for(struct rota *r, const struct rota_budget *budget, int64_t steps)
{
	r->search.reached = r->bound.least;
	search_run(&r->search, budget, steps * STEP);
	r->result.stopped = r->search.stopped;
}

void rota_solve(struct rota *r, const struct rota_budget *budget)
{
	struct search *s = &r->search;
	r->result.stopped = false;
	if (!r->begun)
		r->result.impossible = search_begin(s);
	r->begun = true;
	if (r->result.impossible >= 0)
		return;
	search_for(r, budget, budget->steps / FIRST_PART);
	bound_run(&r->bound, sheet_true_cost(&s->best), budget->bound_steps * STEP, budget, &r->result.stopped);
	if (!r->result.stopped)
		search_for(r, budget, budget->steps - budget->steps / FIRST_PART);
}

const struct rota_result *rota_result(struct rota *r)
{
	const struct sheet *best = &r->search.best;
	r->result.roster = best->kinds;
	r->result.parts = rota_count(r->x->m, best->kinds, &r->result.broken);
	r->result.cost = r->result.parts.rules + r->result.parts.wishes + r->result.parts.under + r->result.parts.over;
	r->result.bound = r->bound.least;
	r->result.steps = (r->search.work + r->bound.work) / STEP;
	return &r->result;
}
