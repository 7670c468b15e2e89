/* fill/chain.c - see chain.h. Owns the search along moves. Must not know why a place is open. */
#include "fill/chain.h"

#include <assert.h>

static const int64_t POINT = INT64_C(1) << FILL_SCALE;

/* The end of a chain: a place of `slot` is open, for `out` was given up. */
struct end {
	int64_t cost;                   /* of all so far, this place left open */
	int64_t hope;                   /* the same, were it filled for nothing */
	int32_t slot, in, out, before;  /* before: index in ends, -1 */
};

struct search {
	const struct draft *d;
	const struct chain_search *how;
	struct end ends[1 + FILL_CHAIN * CHAIN_WIDTH_MOST];
	int32_t n_ends;
	struct chain *best;
};

static int32_t is_level(const struct draft *d, int32_t seat, enum fill_level level)
{
	return seat >= 0 && draft_level(d, seat) == level;
}

static bool person_is_in(const struct search *s, int32_t end, int32_t person)
{
	for (; end >= 0 && s->ends[end].in >= 0; end = s->ends[end].before)
		if (s->d->x->seats[s->ends[end].in].person == person)
			return true;
	return false;
}

static bool slot_is_in(const struct search *s, int32_t end, int32_t slot)
{
	for (; end >= 0; end = s->ends[end].before)
		if (s->ends[end].slot == slot)
			return true;
	return false;
}

/* Is the company right in the slot of `end` once `in` has come (-1: nobody)? */
static bool company(const struct search *s, const struct end *e, int32_t in)
{
	const struct draft *d = s->d;
	return draft_company(d, e->slot, is_level(d, in, FILL_NEWCOMER) - is_level(d, e->out, FILL_NEWCOMER),
		is_level(d, in, FILL_EXPERIENCED) - is_level(d, e->out, FILL_EXPERIENCED));
}

/* What coming to the slot costs, fairness apart. */
static int64_t cost_of_coming(const struct search *s, const struct end *e, int32_t in)
{
	const struct draft *d = s->d;
	return d->x->seats[in].weight - POINT * d->x->slots[e->slot].open_cost +
		draft_experience(d, e->slot, -is_level(d, e->out, FILL_EXPERIENCED), is_level(d, in, FILL_EXPERIENCED));
}

static void take_best(struct search *s, int32_t end, struct chain_move last, int64_t cost, bool fills)
{
	struct chain *c = s->best;
	if (cost >= c->cost)
		return;
	int32_t n = last.in >= 0;
	for (int32_t e = end; s->ends[e].in >= 0; e = s->ends[e].before)
		n++;
	c->n = n;
	c->cost = cost;
	c->fills = fills;
	if (last.in >= 0)
		c->moves[--n] = last;
	for (int32_t e = end; s->ends[e].in >= 0; e = s->ends[e].before)
		c->moves[--n] = (struct chain_move){s->ends[e].in, s->ends[e].out};
}

/* Put an end among those of this move, unless there are enough that promise more, or one for the same slot does. */
static void offer(struct search *s, int32_t first, const struct end *new)
{
	int32_t worst = -1;
	for (int32_t i = first; i < s->n_ends; i++) {
		if (s->ends[i].slot == new->slot) {
			if (new->hope < s->ends[i].hope)
				s->ends[i] = *new;
			return;
		}
		if (worst < 0 || s->ends[i].hope > s->ends[worst].hope)
			worst = i;
	}
	if (s->n_ends - first < s->how->width)
		s->ends[s->n_ends++] = *new;
	else if (new->hope < s->ends[worst].hope)
		s->ends[worst] = *new;
}

/* This person comes to the slot of `end` and gives up one of her shifts for it. */
static void try_moving(struct search *s, int32_t end, int32_t in, int32_t clashing, int32_t clashes, int32_t first)
{
	const struct draft *d = s->d;
	const struct instance *x = d->x;
	const struct seat *seat = &x->seats[in];
	int32_t week = seat->person * x->n_weeks + seat->week;
	bool week_full = d->week_load[week] >= x->week_left[week];
	int64_t coming = s->ends[end].cost + cost_of_coming(s, &s->ends[end], in);
	for (int32_t i = 0; i < d->load[seat->person]; i++) {
		int32_t out = d->held[x->men[seat->person].first + i];
		const struct seat *had = &x->seats[out];
		if ((clashes && out != clashing) || (week_full && had->week != seat->week) || out == s->how->keep ||
				draft_full_span(d, in, out) >= 0 || slot_is_in(s, end, had->shift))
			continue;
		int64_t cost = coming - had->weight + draft_experience(d, had->shift, 0, -is_level(d, out, FILL_EXPERIENCED));
		struct end new = {.cost = cost + POINT * x->slots[had->shift].open_cost, .hope = cost, .slot = had->shift, .in = in,
			.out = out, .before = end};
		offer(s, first, &new);
	}
}

static void try_person(struct search *s, int32_t end, int32_t in, bool more, int32_t first)
{
	const struct draft *d = s->d;
	const struct instance *x = d->x;
	const struct seat *seat = &x->seats[in];
	const struct man *m = &x->men[seat->person];
	int32_t clashes = 0, clashing = -1, week = seat->person * x->n_weeks + seat->week, load = d->load[seat->person];
	for (int32_t i = 0; i < load && clashes < 2; i++)
		if (instance_clash(x, x->seats[d->held[m->first + i]].shift, seat->shift)) {
			clashing = d->held[m->first + i];
			clashes++;
		}
	if (clashes > 1)
		return;
	if (!clashes && load < m->most && d->week_load[week] < x->week_left[week] && draft_full_span(d, in, -1) < 0) {
		int64_t cost = s->ends[end].cost + cost_of_coming(s, &s->ends[end], in) + POINT * instance_step(x, m, load + 1);
		take_best(s, end, (struct chain_move){in, -1}, cost, true);
	}
	if (more)
		try_moving(s, end, in, clashing, clashes, first);
}

static void extend(struct search *s, int32_t end, bool more, int32_t first)
{
	const struct draft *d = s->d;
	const struct slot *slot = &d->x->slots[s->ends[end].slot];
	for (int32_t i = slot->first; i < slot->end; i++) {
		int32_t in = d->x->by_shift[i];
		if (!d->taken[in] && !d->barred[in] && company(s, &s->ends[end], in) &&
				!person_is_in(s, end, d->x->seats[in].person))
			try_person(s, end, in, more, first);
	}
}

void chain_find(const struct draft *d, int32_t slot, const struct chain_search *how, struct chain *best)
{
	struct search s;
	assert(how->width <= CHAIN_WIDTH_MOST && how->moves <= FILL_CHAIN && d->filled[slot] < d->x->slots[slot].need);
	s.d = d;
	s.how = how;
	s.best = best;
	s.n_ends = 1;
	s.ends[0] = (struct end){.slot = slot, .in = -1, .out = -1, .before = -1, .hope = INT64_MIN};
	*best = (struct chain){.cost = how->below};
	for (int32_t move = 0, from = 0; move < how->moves && from < s.n_ends; move++) {
		int32_t first = s.n_ends;
		for (int32_t e = from; e < first; e++)
			if (s.ends[e].hope < best->cost)
				extend(&s, e, move + 1 < how->moves || !how->must_fill, first);
		for (int32_t e = first; e < s.n_ends && !how->must_fill; e++)
			if (how->careless || company(&s, &s.ends[e], -1))
				take_best(&s, e, (struct chain_move){-1, -1}, s.ends[e].cost, false);
		from = first;
	}
}
