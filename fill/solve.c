/* fill/solve.c - the front of the room: see fill.h. Owns the order in which flow, bounds and search are used, how much
 * work each gets, and the turning of seats into the caller's pairs. */
#include "fill/engine.h"

#include <string.h>

/* Rounds of a dive before a plan is tried, and tried again: the deeper, the fewer rules are left to mend, and the dearer. */
static const int32_t depths[] = {1, 20, 150};
enum { PLAN_FROM = 40, PLAN_EVERY = 20 };       /* rounds */
enum { SHAKES = 1000 };                         /* between two looks whether the plan is proven best */

/* ---- how much work -------------------------------------------------------------------------------------------------- */

struct fill_budget fill_budget_for(const struct fill_instance *in, enum fill_effort effort)
{
	static const struct { int32_t rounds, moves_each, moves; } of[] = {
		[FILL_BOUNDS_ONLY] = {60, 0, 0}, [FILL_QUICK_EFFORT] = {60, 8, 4000}, [FILL_NORMAL_EFFORT] = {120, 100, 60000},
		[FILL_LONG_EFFORT] = {200, 600, 600000},
	};
	int64_t places = 0;
	for (size_t i = 0; i < in->n_shifts; i++)
		places += in->shifts[i].need;
	return (struct fill_budget){.rounds = of[effort].rounds, .moves = of[effort].moves + places * of[effort].moves_each};
}

/* ---- opening -------------------------------------------------------------------------------------------------------- */

/* False if what stands is no plan. */
static bool take_standing(struct draft *d)
{
	for (int32_t i = 0; i < d->x->n_seats; i++) {
		if (d->x->seats[i].stands && !draft_room(d, i))
			return false;
		if (d->x->seats[i].stands)
			draft_take(d, i);
	}
	for (int32_t i = 0; i < d->x->n_slots; i++)
		if (!draft_company(d, i, 0, 0))
			return false;
	return true;
}

int fill_open(const struct fill_instance *in, struct arena *arena, struct fill **out)
{
	struct fill *f = arena_alloc(arena, sizeof *f);
	f->arena = arena;
	int rc = instance_make(in, arena, &f->x);
	if (rc < 0)
		return rc;
	draft_init(&f->d, f->x, arena);
	draft_init(&f->best, f->x, arena);
	f->taken = arena_alloc(arena, ((size_t)f->x->places + 1) * sizeof *f->taken);
	f->open = arena_alloc(arena, ((size_t)f->x->n_slots + 1) * sizeof *f->open);
	*out = f;
	return take_standing(&f->d) ? OK : ERR_DATA;
}

/* ---- solving -------------------------------------------------------------------------------------------------------- */

static bool first_bounds(struct fill *f, const struct fill_budget *budget)
{
	if (f->bounded)
		return true;
	network_build(&f->net, f->x, f->arena);
	bound_begin(&f->cover, &f->net, NETWORK_COVER, f->arena);
	bound_begin(&f->cost, &f->net, NETWORK_COST, f->arena);
	f->planned = INT64_MIN;
	f->bounded = bound_round(&f->cover, budget->stop, budget->ctx);
	return f->bounded;
}

/* New plans from the flow; the best of them and the one there was stays. The same prices would give the same plans. */
static void plan_from_flow(struct fill *f, struct polish *p, const struct fill_budget *budget)
{
	bool tight = false;
	if (bound_points(&f->cost) == f->planned)
		return;
	f->planned = bound_points(&f->cost);
	draft_copy(&f->best, &f->d);
	bound_best_prices(&f->cost);
	for (size_t i = 0; i < sizeof depths / sizeof *depths && !tight && bound_may_dive(&f->cost); i++) {
		tight = bound_dive(&f->cost, depths[i], budget->stop, budget->ctx);
		polish_from_flow(p, &f->net);
		if (f->d.cost < f->best.cost)
			draft_copy(&f->best, &f->d);
	}
	bound_best_prices(&f->cost);
	draft_copy(&f->d, &f->best);
}

/* The bound, and every now and then plans from where it has come to. False when stopped. */
static bool rounds(struct fill *f, struct polish *p, const struct fill_budget *budget)
{
	for (int32_t i = 1; i <= budget->rounds; i++) {
		if (!bound_round(&f->cost, budget->stop, budget->ctx))
			return false;
		if ((i >= PLAN_FROM && i % PLAN_EVERY == 0) || i == budget->rounds)
			plan_from_flow(f, p, budget);
	}
	return true;
}

/* A place that flow alone could fill may be one that rest or company forbid: ask the rules, too. */
static void tighten_cover(struct fill *f, const struct fill_budget *budget)
{
	for (int32_t i = 0; i < budget->rounds && bound_points(&f->cover) < f->d.open; i++)
		if (!bound_round(&f->cover, budget->stop, budget->ctx))
			return;
}

/* Nothing is better: searching on is for nothing. */
static bool is_best(const struct fill *f)
{
	struct fill_cost parts;
	draft_parts(&f->d, &parts);
	return engine_difference(&parts, &(struct fill_cost){0}, &parts) <= bound_points(&f->cost);
}

void fill_solve(struct fill *f, const struct fill_budget *budget)
{
	struct polish p;
	polish_begin(&p, &f->d, f->arena);
	p.random += f->runs++;
	p.stop = budget->stop;
	p.ctx = budget->ctx;
	bool whole = first_bounds(f, budget) && rounds(f, &p, budget);
	polish_fill(&p);
	p.moves_left = budget->moves;
	polish_settle(&p);
	for (int64_t left = p.moves_left; left > 0 && !p.stopped && !(whole && is_best(f)); left -= SHAKES) {
		p.moves_left = left < SHAKES ? left : SHAKES;
		polish_shake(&p);
	}
	if (whole && !p.stopped)
		tighten_cover(f, budget);
	f->stopped = f->stopped || p.stopped || !whole || (budget->stop && budget->stop(budget->ctx));
}

/* ---- the result ----------------------------------------------------------------------------------------------------- */

int64_t engine_difference(const struct fill_cost *a, const struct fill_cost *b, struct fill_cost *out)
{
	*out = (struct fill_cost){a->open - b->open, a->experience - b->experience, a->pairs - b->pairs, a->keep - b->keep,
		a->fairness - b->fairness};
	return out->open + out->experience + out->pairs + out->keep + out->fairness;
}

const struct fill_result *fill_result(struct fill *f)
{
	const struct instance *x = f->x;
	struct fill_result *r = &f->result;
	*r = (struct fill_result){.taken = f->taken, .open = f->open, .places = x->places, .open_places = f->d.open,
		.stopped = f->stopped, .bound = INT64_MIN};
	for (int32_t i = 0; i < x->n_seats; i++)
		if (f->d.taken[x->by_shift[i]])
			f->taken[r->n_taken++] = x->seats[x->by_shift[i]].given;
	for (int32_t i = 0; i < x->n_slots; i++)
		f->open[x->slots[i].given] = x->slots[i].need - f->d.filled[i];
	draft_parts(&f->d, &r->parts);
	r->cost = engine_difference(&r->parts, &(struct fill_cost){0}, &r->parts);
	if (f->bounded) {
		int64_t least = bound_points(&f->cover);
		r->open_least = least > 0 ? (int32_t)least : 0;
		r->bound = bound_points(&f->cost);
	}
	memcpy(r->input, x->hash, sizeof r->input);
	return r;
}

/* ---- changing the plan by hand -------------------------------------------------------------------------------------- */

const struct fill_change *engine_changes(struct fill *f, const struct polish *p, int32_t first, size_t *n)
{
	struct fill_change *list = arena_alloc(f->arena, (p->n_log + 1) * sizeof *list);
	*n = 0;
	for (size_t i = 0; i < p->n_log; i++) {
		int32_t seat = p->log[i].in >= 0 ? p->log[i].in : p->log[i].out;
		bool seen = false, was = p->log[i].out >= 0;
		for (size_t j = 0; j < i && !seen; j++)
			seen = p->log[j].in == seat || p->log[j].out == seat;
		if (seen || f->d.taken[seat] == was)
			continue;
		list[*n] = (struct fill_change){f->x->seats[seat].given, !was};
		if (seat == first && *n) {
			struct fill_change it = list[*n];
			memmove(list + 1, list, *n * sizeof *list);
			list[0] = it;
		}
		++*n;
	}
	return list;
}

static bool take_changes(struct polish *p, const struct fill_change *changes, size_t n)
{
	struct draft *d = p->d;
	for (size_t i = 0; i < n; i++) {
		int32_t seat = d->x->seat_of[changes[i].pair];
		if (!changes[i].in && !d->taken[seat])
			return false;
		if (!changes[i].in)
			polish_drop(p, seat);
	}
	for (size_t i = 0; i < n; i++) {
		int32_t seat = d->x->seat_of[changes[i].pair];
		if (changes[i].in && !draft_room(d, seat))
			return false;
		if (changes[i].in)
			polish_take(p, seat);
	}
	for (size_t i = 0; i < n; i++)
		if (!draft_company(d, d->x->seats[d->x->seat_of[changes[i].pair]].shift, 0, 0))
			return false;
	return true;
}

bool fill_take(struct fill *f, const struct fill_change *changes, size_t n)
{
	struct polish p;
	polish_begin(&p, &f->d, f->arena);
	bool good = take_changes(&p, changes, n);
	if (!good)
		polish_undo(&p);
	return good;
}

void fill_forbid(struct fill *f, int32_t pair)
{
	int32_t seat = f->x->seat_of[pair];
	if (f->d.taken[seat])
		draft_drop(&f->d, seat);
	f->d.barred[seat] = true;
}
