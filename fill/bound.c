/* fill/bound.c - see bound.h. Owns the rules that the network can't say, and their prices. Must not know of plans. */
#include "fill/bound.h"

#include <assert.h>
#include <string.h>

static const int64_t POINT = INT64_C(1) << FILL_SCALE;
static const int64_t DEAREST = INT64_C(4) * FILL_POINTS_MOST << FILL_SCALE;    /* more than anything that could be had by it */

/* Prices begin to move in steps of so many eighths of a point, by the size of what is at stake. */
enum { STEP_COMPANY = 64, STEP_REST = 256, STEP_SPAN = 128, STEP_COVER = 1 };
static const int64_t STEP_LEAST = INT64_C(1) << (FILL_SCALE - 10);

enum { PATIENCE = 6, TOO_FAR = 8 };     /* rounds without a better bound; a step that went too far is so much shorter after */
enum { DIVE_FLOWS = 2, DIVE_LEAST = 100000 };   /* what a dive may take: so many first flows, and so many pivots besides */

/* ---- rules ---------------------------------------------------------------------------------------------------------- */

static struct rule *add_rule(struct bound *b, int32_t most, int32_t step)
{
	b->rules = arena_grow(b->arena, b->rules, &b->cap_rules, b->n_rules + 1, sizeof *b->rules);
	b->next_rest = arena_grow(b->arena, b->next_rest, &b->cap_next, b->n_rules + 1, sizeof *b->next_rest);
	struct rule *r = &b->rules[b->n_rules++];
	*r = (struct rule){.first = (int32_t)b->n_terms, .most = most,
		.step = POINT / 8 * (b->goal == NETWORK_COVER ? STEP_COVER : step)};
	return r;
}

static void add_term(struct bound *b, int32_t seat, int32_t sign)
{
	b->terms = arena_grow(b->arena, b->terms, &b->cap_terms, b->n_terms + 1, sizeof *b->terms);
	b->terms[b->n_terms++] = (struct term){seat, sign};
	b->rules[b->n_rules - 1].n++;
}

/* Newcomers <= experienced + spare. Where what is pinned breaks that already, at least newcomers <= experienced. */
static void add_company(struct bound *b, int32_t slot)
{
	const struct instance *x = b->net->x;
	const struct slot *s = &x->slots[slot];
	int32_t newcomers = 0, spare = s->spare > 0 ? s->spare : 0;
	for (int32_t i = s->first; i < s->end; i++)
		newcomers += b->net->arc[x->by_shift[i]] >= 0 && x->men[x->seats[x->by_shift[i]].person].level == FILL_NEWCOMER;
	if (newcomers <= spare || s->newcomers <= spare)
		return;
	add_rule(b, spare, STEP_COMPANY);
	for (int32_t i = s->first; i < s->end; i++) {
		enum fill_level level = x->men[x->seats[x->by_shift[i]].person].level;
		if (b->net->arc[x->by_shift[i]] >= 0 && level != FILL_USUAL)
			add_term(b, x->by_shift[i], level == FILL_NEWCOMER ? 1 : -1);
	}
}

static bool rule_has(const struct bound *b, const struct rule *r, int32_t seat)
{
	for (int32_t i = 0; i < r->n; i++)
		if (b->terms[r->first + i].seat == seat)
			return true;
	return false;
}

static bool rest_known(const struct bound *b, int32_t man, int32_t seat, int32_t other)
{
	for (int32_t r = b->rests[man]; r >= 0; r = b->next_rest[r])
		if (rule_has(b, &b->rules[r], seat) && rule_has(b, &b->rules[r], other))
			return true;
	return false;
}

static bool fits(const struct bound *b, const struct rule *r, int32_t seat)
{
	const struct instance *x = b->net->x;
	for (int32_t i = 0; i < r->n; i++) {
		int32_t has = b->terms[r->first + i].seat;
		if (has == seat || !instance_clash(x, x->seats[has].shift, x->seats[seat].shift))
			return false;
	}
	return true;
}

/* At most one of these two, and of all others of the person that clash with all that are in already. */
static void add_rest(struct bound *b, int32_t seat, int32_t other)
{
	const struct instance *x = b->net->x;
	int32_t man = x->seats[seat].person;
	const struct rule *r = add_rule(b, 1, STEP_REST);
	int32_t index = (int32_t)b->n_rules - 1;
	b->next_rest[index] = b->rests[man];
	b->rests[man] = index;
	add_term(b, seat, 1);
	add_term(b, other, 1);
	for (int32_t i = x->men[man].first; i < x->men[man].end; i++)
		if (b->net->arc[i] >= 0 && fits(b, r, i))
			add_term(b, i, 1);
}

/* ---- a round -------------------------------------------------------------------------------------------------------- */

static void set_costs(struct bound *b)
{
	struct network *n = b->net;
	network_price(n, b->goal);
	for (int32_t i = 0; b->goal == NETWORK_COST && i < n->x->n_seats; i++)
		if (n->arc[i] >= 0)
			n->flow.cost[n->arc[i]] = n->x->seats[i].weight;
	for (size_t i = 0; i < b->n_rules; i++) {
		const struct rule *r = &b->rules[i];
		for (int32_t j = 0; r->price && j < r->n; j++)
			n->flow.cost[n->arc[b->terms[r->first + j].seat]] += b->terms[r->first + j].sign * r->price;
	}
}

static int64_t value(const struct bound *b)
{
	int64_t sum = simplex_cost(&b->net->flow) + b->net->constant;
	for (size_t i = 0; i < b->n_rules; i++)
		sum -= b->rules[i].price * b->rules[i].most;
	return sum;
}

static int32_t broken_by(const struct bound *b, const struct rule *r)
{
	int32_t sum = -r->most;
	for (int32_t i = 0; i < r->n; i++)
		if (network_takes(b->net, b->terms[r->first + i].seat))
			sum += b->terms[r->first + i].sign;
	return sum;
}

static void keep_best(struct bound *b)
{
	int64_t now = value(b);
	b->dull++;
	if (now <= b->best)
		return;
	b->rising = b->best != INT64_MIN;
	if (!b->rising)
		b->first = b->net->flow.pivots;
	b->best = now;
	b->dull = 0;
	for (size_t i = 0; i < b->n_rules; i++)
		b->rules[i].best_price = b->rules[i].price;
}

static void shorten(struct rule *r, int64_t by)
{
	r->step = r->step / by > STEP_LEAST ? r->step / by : STEP_LEAST;
}

/* Each rule has a step of its own: larger while it is broken the same way, smaller when that turns. */
static void move_price(struct rule *r, int32_t broken)
{
	int32_t sign = (broken > 0) - (broken < 0 && r->price > 0);
	if (sign * r->sign < 0)
		shorten(r, 2);
	else if (sign * r->sign > 0)
		r->step += r->step / 4;
	if (sign)
		r->sign = sign;
	r->price += sign * r->step;
	r->price = r->price < 0 ? 0 : r->price > DEAREST ? DEAREST : r->price;
}

/* The bound is concave in the prices: where it fell, those are to blame that now pull back to where they were. */
static void put_back(struct rule *r, int32_t broken)
{
	int64_t moved = r->price - r->best_price;
	if ((broken > 0 && moved < 0) || (broken < 0 && moved > 0))
		shorten(r, TOO_FAR);
	r->price = r->best_price;
	r->sign = 0;
}

static void move_prices(struct bound *b)
{
	/* cover steps by whole places: its bound stands still for many rounds before it rises */
	bool best = !b->dull, back = b->goal == NETWORK_COST && b->dull >= (b->rising ? PATIENCE : 1);
	for (size_t i = 0; i < b->n_rules; i++) {
		struct rule *r = &b->rules[i];
		int32_t broken = broken_by(b, r);
		b->tight = b->tight && broken <= 0;
		if (best)
			r->best_broken = broken;
		if (back)
			put_back(r, broken);
		move_price(r, back ? r->best_broken : broken);
	}
	b->rising = b->rising && !back;
	b->dull = back ? 0 : b->dull;
}

static void find_rests(struct bound *b)
{
	const struct instance *x = b->net->x;
	for (int32_t i = 0; i < x->n_seats; i++) {
		const struct seat *s = &x->seats[i];
		for (int32_t j = i + 1; network_takes(b->net, i) && j < x->men[s->person].end; j++) {
			if (x->slots[x->seats[j].shift].start - x->slots[s->shift].start >= x->longest)
				break;
			if (network_takes(b->net, j) && instance_clash(x, s->shift, x->seats[j].shift) &&
					!rest_known(b, s->person, i, j)) {
				b->tight = false;
				add_rest(b, i, j);
			}
		}
	}
}

/* Windows that this flow overfills, and no rule is about yet. */
static void find_spans(struct bound *b)
{
	const struct instance *x = b->net->x;
	for (int32_t k = 0; k < x->n_spans; k++) {
		const struct span *s = &x->spans[k];
		int32_t has = 0;
		for (int32_t i = s->first; i < s->end && !b->spanned[k]; i++)
			has += network_takes(b->net, i);
		if (has <= s->left)
			continue;
		b->tight = false;
		b->spanned[k] = true;
		add_rule(b, s->left, STEP_SPAN);
		for (int32_t i = s->first; i < s->end; i++)
			if (b->net->arc[i] >= 0)
				add_term(b, i, 1);
	}
}

void bound_begin(struct bound *b, struct network *net, enum network_goal goal, struct arena *a)
{
	*b = (struct bound){.net = net, .goal = goal, .best = INT64_MIN, .arena = a};
	b->rests = arena_alloc(a, ((size_t)net->x->n_men + 1) * sizeof *b->rests);
	memset(b->rests, -1, ((size_t)net->x->n_men + 1) * sizeof *b->rests);
	b->spanned = arena_alloc(a, ((size_t)net->x->n_spans + 1) * sizeof *b->spanned);
	for (int32_t i = 0; i < net->x->n_slots; i++)
		add_company(b, i);
}

bool bound_round(struct bound *b, bool (*stop)(void *), void *ctx)
{
	set_costs(b);
	if (!simplex_solve(&b->net->flow, stop, ctx))
		return false;
	keep_best(b);
	b->tight = true;
	find_rests(b);
	find_spans(b);
	move_prices(b);
	return true;
}

/* ---- diving --------------------------------------------------------------------------------------------------------- */

static bool dive_once(struct bound *b, bool (*stop)(void *), void *ctx)
{
	set_costs(b);
	if (!simplex_solve(&b->net->flow, stop, ctx))
		return false;
	b->tight = true;
	find_rests(b);
	find_spans(b);
	for (size_t i = 0; i < b->n_rules; i++) {
		struct rule *r = &b->rules[i];
		if (broken_by(b, r) <= 0)
			continue;
		b->tight = false;
		r->price += r->step;
		if (r->price < DEAREST)
			r->step += r->step / 4;
	}
	return !b->tight;
}

void bound_best_prices(struct bound *b)
{
	for (size_t i = 0; i < b->n_rules; i++) {
		b->rules[i].price = b->rules[i].best_price;
		b->rules[i].step = POINT / 2;
	}
	b->dive_until = b->net->flow.pivots + DIVE_FLOWS * b->first + DIVE_LEAST;
}

bool bound_may_dive(const struct bound *b)
{
	return b->net->flow.pivots < b->dive_until;
}

bool bound_dive(struct bound *b, int32_t rounds, bool (*stop)(void *), void *ctx)
{
	b->tight = false;
	while (rounds-- > 0 && bound_may_dive(b) && dive_once(b, stop, ctx))
		;
	return b->tight;
}

int64_t bound_points(const struct bound *b)
{
	/* the noise of a plan is at most this; a plan's cost is whole points */
	int64_t noise = b->goal == NETWORK_COST ? (int64_t)b->net->x->places << FILL_NOISE : 0;
	if (b->best == INT64_MIN)
		return INT64_MIN;
	int64_t least = b->best - noise;
	return least >= 0 ? (least + POINT - 1) / POINT : -(-least / POINT);
}
