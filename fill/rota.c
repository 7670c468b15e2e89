/* fill/rota.c - the front of the engine for rosters: see rota.h. Owns the order in which search and bound are used,
 * and how much work each gets. */
#include "fill/rota.h"

#include "fill/rota_bound.h"
#include "fill/rota_joint.h"
#include "fill/rota_search.h"

enum {
	STEP = 64,                      /* inner steps to a step */
	FIRST_PART = 2,                 /* a part of the search comes before the bound: with joint so much of it, */
	FIRST_BIT = 16,                 /* without it so much, for one slow annealing is worth more than two; */
	ROUND_PART = 8,                 /* of what is left, the first annealing of a turn; each next is twice as long */
};

struct rota {
	struct arena *arena;
	struct problem *x;
	struct search search;
	struct bound bound;
	struct states_all states;
	bool fits;                      /* joint can be used */
	struct joint joint;
	struct sheet tried;
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
	r->states = states_make_all(r->x, arena);
	bound_init(&r->bound, r->x, &r->search.dp, &r->states, arena);
	r->fits = joint_fits(r->x, &r->states);
	if (r->fits) {
		joint_init(&r->joint, r->x, &r->states, arena);
		sheet_init(&r->tried, r->x, arena, ROTA_HARD);
	}
	*out = r;
	return 0;
}

static void search_for(struct rota *r, const struct rota_budget *budget, int64_t work)
{
	r->search.reached = r->bound.least;
	search_run(&r->search, budget, work);
	r->result.stopped = r->search.stopped;
}

/* Better a roster jointly, and keep it if it's the best one. */
static void join_for(struct rota *r, const struct rota_budget *budget, const struct sheet *from, int64_t work)
{
	struct search *s = &r->search;
	sheet_copy(&r->tried, from);
	joint_price(&r->joint, r->bound.dual, BOUND_SCALE);
	joint_run(&r->joint, &r->tried, r->bound.least, work, budget, &r->result.stopped);
	if (sheet_true_cost(&r->tried) < sheet_true_cost(&s->best))
		sheet_copy(&s->best, &r->tried);
}

/* In turns: a new annealing, and its roster bettered jointly till nothing comes of it, which is what most of the
 * work goes into. Short annealings first: mostly they are enough. */
static void solve_in_turns(struct rota *r, const struct rota_budget *budget, int64_t work)
{
	struct search *s = &r->search;
	struct joint *j = &r->joint;
	int64_t end = s->work + j->work + work, round = work / ROUND_PART + 1, least = round / 8 + 1, left = work;
	join_for(r, budget, &s->best, work / 2);
	for (; left > least && sheet_true_cost(&s->best) > r->bound.least && !r->result.stopped; round *= 2) {
		search_for(r, budget, round < left / 2 ? round : left / 2);
		if (!r->result.stopped)
			join_for(r, budget, &s->now, left / 2);
		left = end - s->work - j->work;
	}
}

void rota_solve(struct rota *r, const struct rota_budget *budget)
{
	struct search *s = &r->search;
	int64_t work = budget->steps * STEP, first = work / (r->fits ? FIRST_PART : FIRST_BIT);
	r->result.stopped = false;
	if (!r->begun)
		r->result.impossible = search_begin(s);
	r->begun = true;
	if (r->result.impossible >= 0)
		return;
	search_for(r, budget, first);
	int64_t bound_work = budget->bound_steps * STEP, before = r->bound.work;
	bound_run(&r->bound, sheet_true_cost(&s->best), bound_work, budget, &r->result.stopped);
	int64_t left = r->bound.work - before < bound_work ? bound_work - (r->bound.work - before) : 0;
	if (!r->result.stopped && r->fits)
		solve_in_turns(r, budget, work - first + left);
	else if (!r->result.stopped)
		search_for(r, budget, work - first + left);
}

const struct rota_result *rota_result(struct rota *r)
{
	const struct sheet *best = &r->search.best;
	r->result.roster = best->kinds;
	r->result.parts = rota_count(r->x->m, best->kinds, &r->result.broken);
	r->result.cost = r->result.parts.rules + r->result.parts.wishes + r->result.parts.under + r->result.parts.over;
	r->result.bound = r->bound.least;
	r->result.steps = (r->search.work + r->bound.work + (r->fits ? r->joint.work : 0)) / STEP;
	return &r->result;
}
