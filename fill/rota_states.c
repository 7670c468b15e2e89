/* fill/rota_states.c - see rota_states.h. Owns the layers of states. Must not know of cover, nor of what several
 * people do. */
#include "fill/rota_states.h"

#include <string.h>

/* States before those that are the same are one: of a contract, and of all of them, where those found in vain count
 * so many times, for others won't fit either then. Each of them takes about 100 bytes meanwhile. */
enum { CONTRACT_MOST = 400000, ALL_MOST = 6000000, VAIN = 4 };

/* The layers as they are found, before any states are one. A state is a node and what the counters have. */
struct raw {
	const struct problem *x;
	const struct terms *terms;
	struct arena *scratch;
	int32_t most, n;
	int32_t *rest;                  /* [day * n_counters + counter]: still_to_come() */
	int32_t *day_from;
	uint16_t *node;
	int32_t *totals;                /* [state * n_counters + counter] */
	int32_t *to, *cost;             /* [state * classes + class] */
	int32_t *end;                   /* by state of the last layer */
	int32_t *group;                 /* by state: which of its layer's different ones; -1: nothing allowed follows */
	int32_t *first;                 /* [day_from + group]: the first state of the group */
	int32_t *n_groups;              /* by layer */
	int32_t *table;                 /* 1 + state, by hash: of one layer */
	int32_t room;                   /* a power of two */
	size_t cap_node, cap_totals, cap_to, cap_cost;
};

/* ---- forwards: all states ---------------------------------------------------------------------------------------- */

static bool same_state(const struct raw *r, int32_t state, uint16_t node, const int32_t *totals)
{
	size_t n = (size_t)r->terms->n_counters;
	return r->node[state] == node && !memcmp(&r->totals[(size_t)state * n], totals, n * sizeof *totals);
}

/* The state of the layer that is being made, as a new one if need be; -1: too many. */
static int32_t state_at(struct raw *r, uint16_t node, const int32_t *totals)
{
	size_t n = (size_t)r->terms->n_counters;
	uint32_t h = states_mix(0, node);
	for (size_t i = 0; i < n; i++)
		h = states_mix(h, totals[i]);
	int32_t at = (int32_t)(h & (uint32_t)(r->room - 1));
	for (; r->table[at]; at = (at + 1) & (r->room - 1))
		if (same_state(r, r->table[at] - 1, node, totals))
			return r->table[at] - 1;
	if (r->n == r->most)
		return -1;
	r->node = arena_grow(r->scratch, r->node, &r->cap_node, (size_t)r->n + 1, sizeof *r->node);
	r->totals = arena_grow(r->scratch, r->totals, &r->cap_totals, (size_t)(r->n + 1) * n + 1, sizeof *r->totals);
	r->node[r->n] = node;
	memcpy(&r->totals[(size_t)r->n * n], totals, n * sizeof *totals);
	r->table[at] = r->n + 1;
	return r->n++;
}

/* What the counter can still get after this day, at most. */
static int32_t still_to_come(const struct raw *r, const struct counter *c, int32_t index, int32_t day)
{
	int32_t days = c->last - (day < c->first ? c->first - 1 : day), most = 0;
	if (days <= 0)
		return 0;
	if (c->event >= 0)
		return days / WALK_WEEK + 1;
	for (int32_t i = 0; i < r->terms->n_classes; i++) {
		int32_t amount = r->terms->amounts[i * r->terms->n_counters + index];
		most = amount > most ? amount : most;
	}
	return days * most;
}

static void tell_rest(struct raw *r)
{
	int32_t n = r->terms->n_counters;
	r->rest = arena_alloc(r->scratch, (size_t)(r->x->days * n + 1) * sizeof *r->rest);
	for (int32_t d = 0; d < r->x->days; d++)
		for (int32_t i = 0; i < n; i++)
			r->rest[d * n + i] = still_to_come(r, &r->terms->counters[i], i, d);
}

/* What counters have after this class on this day; where it can't matter any more, always the same. False: not
 * allowed. */
static bool count_day(const struct raw *r, int32_t day, int32_t class, uint16_t events, int32_t *totals)
{
	const struct terms *t = r->terms;
	for (int32_t i = 0; i < t->n_counters; i++) {
		const struct counter *c = &t->counters[i];
		int32_t rest = r->rest[day * t->n_counters + i];
		if (day >= c->first && day <= c->last)
			totals[i] += c->event < 0 ? t->amounts[class * t->n_counters + i] : events >> c->event & 1;
		if (totals[i] > c->most && c->over >= WALK_NEVER)
			return false;
		if (totals[i] + rest < c->least && c->under >= WALK_NEVER)
			return false;
		if (totals[i] > c->least && (c->over == 0 || totals[i] + rest <= c->most))
			totals[i] = c->least;
	}
	return true;
}

static bool step_state(struct raw *r, int32_t state, int32_t day)
{
	const struct terms *t = r->terms;
	int32_t classes = t->n_classes, totals[COUNTERS_MOST];
	size_t n = (size_t)t->n_counters;
	for (int32_t i = 0; i < classes; i++) {
		const struct walk_step *s = walk_step(t->walk, terms_weekday(r->x, day), r->node[state], t->column[i]);
		memcpy(totals, &r->totals[(size_t)state * n], n * sizeof *totals);
		bool may = s->cost < WALK_NEVER && count_day(r, day, i, s->events, totals);
		int32_t to = may ? state_at(r, s->next, totals) : -1;
		if (may && to < 0)
			return false;
		r->to[state * classes + i] = to;
		r->cost[state * classes + i] = may ? s->cost : 0;
	}
	return true;
}

static bool find_states(struct raw *r)
{
	size_t classes = (size_t)r->terms->n_classes;
	for (int32_t d = 0; d < r->x->days; d++) {
		size_t to = (size_t)r->n * classes;
		r->day_from[d + 1] = r->n;
		r->to = arena_grow(r->scratch, r->to, &r->cap_to, to + 1, sizeof *r->to);
		r->cost = arena_grow(r->scratch, r->cost, &r->cap_cost, to + 1, sizeof *r->cost);
		memset(r->table, 0, (size_t)r->room * sizeof *r->table);
		for (int32_t s = r->day_from[d]; s < r->day_from[d + 1]; s++)
			if (!step_state(r, s, d))
				return false;
	}
	r->day_from[r->x->days + 1] = r->n;
	return true;
}

static bool find_starts(struct raw *r, int32_t contract, int32_t *start)
{
	int32_t totals[COUNTERS_MOST] = {0};
	memset(r->table, 0, (size_t)r->room * sizeof *r->table);
	for (int32_t p = 0; p < r->x->people; p++) {
		if (r->x->m->persons[p].contract != contract)
			continue;
		start[p] = state_at(r, r->x->start[p], totals);
		if (start[p] < 0)
			return false;
	}
	return true;
}

/* ---- backwards: those from which everything costs the same ------------------------------------------------------- */

static int32_t end_cost(const struct raw *r, int32_t state)
{
	const struct terms *t = r->terms;
	int64_t cost = t->walk->ends[terms_weekday(r->x, r->x->days)][r->node[state]];
	for (int32_t i = 0; i < t->n_counters; i++)
		cost += counter_cost(&t->counters[i], r->totals[state * t->n_counters + i]);
	return cost < WALK_NEVER ? (int32_t)cost : WALK_NEVER;
}

static int32_t group_of(const struct raw *r, int32_t state)
{
	return state < 0 ? -1 : r->group[state];
}

static bool same_future(const struct raw *r, int32_t a, int32_t b, bool last)
{
	int32_t classes = r->terms->n_classes;
	if (last)
		return r->end[a] == r->end[b];
	for (int32_t i = 0; i < classes; i++)
		if (group_of(r, r->to[a * classes + i]) != group_of(r, r->to[b * classes + i]) ||
			r->cost[a * classes + i] != r->cost[b * classes + i])
			return false;
	return true;
}

/* A hash of what comes from a state. False: nothing that is allowed. */
static bool hash_future(const struct raw *r, int32_t state, bool last, uint32_t *hash)
{
	int32_t classes = r->terms->n_classes;
	if (last) {
		*hash = states_mix(0, r->end[state]);
		return r->end[state] < WALK_NEVER;
	}
	bool any = false;
	*hash = 0;
	for (int32_t i = 0; i < classes; i++) {
		int32_t group = group_of(r, r->to[state * classes + i]);
		*hash = states_mix(states_mix(*hash, group), r->cost[state * classes + i]);
		any = any || group >= 0;
	}
	return any;
}

static void group_layer(struct raw *r, int32_t layer)
{
	bool last = layer == r->x->days;
	int32_t from = r->day_from[layer], n = 0;
	memset(r->table, 0, (size_t)r->room * sizeof *r->table);
	for (int32_t s = from; s < r->day_from[layer + 1]; s++) {
		uint32_t h;
		r->group[s] = -1;
		if (!hash_future(r, s, last, &h))
			continue;
		int32_t at = (int32_t)(h & (uint32_t)(r->room - 1));
		while (r->table[at] && !same_future(r, s, r->first[from + r->table[at] - 1], last))
			at = (at + 1) & (r->room - 1);
		if (!r->table[at]) {
			r->first[from + n] = s;
			r->table[at] = ++n;
		}
		r->group[s] = r->table[at] - 1;
	}
	r->n_groups[layer] = n;
}

static void group_all(struct raw *r)
{
	int32_t from = r->day_from[r->x->days];
	r->group = arena_alloc(r->scratch, (size_t)(r->n + 1) * sizeof *r->group);
	r->first = arena_alloc(r->scratch, (size_t)(r->n + 1) * sizeof *r->first);
	r->end = arena_alloc(r->scratch, (size_t)(r->n + 1) * sizeof *r->end);
	for (int32_t s = from; s < r->n; s++)
		r->end[s] = end_cost(r, s);
	for (int32_t layer = r->x->days; layer >= 0; layer--)
		group_layer(r, layer);
}

/* ---- what is left ------------------------------------------------------------------------------------------------ */

static void take_layer(const struct raw *r, struct states *s, int32_t layer)
{
	size_t classes = (size_t)r->terms->n_classes;
	for (int32_t g = 0; g < r->n_groups[layer]; g++) {
		int32_t raw = r->first[r->day_from[layer] + g];
		if (layer == r->x->days) {
			s->end[g] = r->end[raw];
			continue;
		}
		for (size_t i = 0; i < classes; i++) {
			size_t from = (size_t)raw * classes + i, to = (size_t)(s->day_from[layer] + g) * classes + i;
			int32_t group = group_of(r, r->to[from]);
			s->to[to] = group < 0 ? -1 : s->day_from[layer + 1] + group;
			s->cost[to] = r->cost[from];
		}
	}
}

static const struct states *take_groups(const struct raw *r, struct arena *arena)
{
	int32_t days = r->x->days, n = 0;
	struct states *s = arena_alloc(arena, sizeof *s);
	s->terms = r->terms;
	s->day_from = arena_alloc(arena, (size_t)(days + 2) * sizeof *s->day_from);
	for (int32_t layer = 0; layer <= days; layer++) {
		s->day_from[layer] = n;
		n += r->n_groups[layer];
	}
	s->day_from[days + 1] = n;
	size_t steps = (size_t)n * (size_t)r->terms->n_classes + 1;
	s->to = arena_alloc(arena, steps * sizeof *s->to);
	s->cost = arena_alloc(arena, steps * sizeof *s->cost);
	s->end = arena_alloc(arena, (size_t)(r->n_groups[days] + 1) * sizeof *s->end);
	for (int32_t layer = 0; layer <= days; layer++)
		take_layer(r, s, layer);
	return s;
}

/* The states of everybody with this contract, or NULL; `room` is what may still be found, and becomes less. */
static const struct states *make_states(const struct problem *x, int32_t contract, int32_t *room, struct arena *arena,
	int32_t *start)
{
	struct raw r = {.x = x, .terms = &x->terms[contract], .scratch = arena_new(), .room = 16};
	const struct states *s = NULL;
	r.most = *room < CONTRACT_MOST ? *room : CONTRACT_MOST;
	while (r.room < 2 * r.most)
		r.room *= 2;
	r.table = arena_alloc(r.scratch, (size_t)r.room * sizeof *r.table);
	tell_rest(&r);
	r.day_from = arena_alloc(r.scratch, (size_t)(x->days + 2) * sizeof *r.day_from);
	r.n_groups = arena_alloc(r.scratch, (size_t)(x->days + 1) * sizeof *r.n_groups);
	if (find_starts(&r, contract, start) && find_states(&r)) {
		group_all(&r);
		s = take_groups(&r, arena);
		for (int32_t p = 0; p < x->people; p++)
			if (x->m->persons[p].contract == contract)
				start[p] = r.group[start[p]];
	}
	int64_t used = s ? r.n : (int64_t)r.n * VAIN;
	*room = used < *room ? *room - (int32_t)used : 0;
	arena_free(r.scratch);
	return s;
}

struct states_all states_make_all(const struct problem *x, struct arena *arena)
{
	size_t people = (size_t)x->people + 1;
	struct states_all all = {0};
	all.of = arena_alloc(arena, people * sizeof *all.of);
	all.start = arena_alloc(arena, people * sizeof *all.start);
	int32_t room = ALL_MOST;
	for (size_t c = 0; c < x->m->n_contracts; c++) {
		const struct states *s = make_states(x, (int32_t)c, &room, arena, all.start);
		for (int32_t p = 0; p < x->people; p++)
			if (x->m->persons[p].contract == (int32_t)c)
				all.of[p] = s;
	}
	return all;
}

/* ---- what the rest costs ----------------------------------------------------------------------------------------- */

/* The cheapest kind of each class. */
static void price_classes(const struct states *s, const struct problem *x, const int32_t *wish, const int64_t *price,
	int64_t scale, int64_t *cost)
{
	for (int32_t i = 0; i < s->terms->n_classes; i++)
		cost[i] = STATES_NEVER;
	for (int32_t k = 0; k < x->kinds; k++) {
		int64_t *at = &cost[s->terms->class_of[k]];
		int64_t is = wish[k] == WALK_NEVER ? STATES_NEVER : price[k] + wish[k] * scale;
		*at = is < *at ? is : *at;
	}
}

void states_look_back(const struct states *s, const struct problem *x, int32_t person, const int64_t *price,
	int64_t scale, int64_t *least)
{
	int64_t cost[ROTA_KINDS_MOST];
	int32_t classes = s->terms->n_classes;
	for (int32_t i = s->day_from[x->days]; i < s->day_from[x->days + 1]; i++)
		least[i] = s->end[i - s->day_from[x->days]] * scale;
	for (int32_t d = x->days - 1; d >= 0; d--) {
		price_classes(s, x, terms_wishes(x, person, d), &price[d * x->kinds], scale, cost);
		for (int32_t i = s->day_from[d]; i < s->day_from[d + 1]; i++) {
			const int32_t *to = &s->to[i * classes], *step = &s->cost[i * classes];
			least[i] = STATES_NEVER;
			for (int32_t c = 0; c < classes; c++) {
				int64_t is = to[c] < 0 ? STATES_NEVER : cost[c] + step[c] * scale + least[to[c]];
				least[i] = is < least[i] ? is : least[i];
			}
			if (least[i] > STATES_NEVER / 2)        /* less than never, by a price that isn't had */
				least[i] = STATES_NEVER;
		}
	}
}

void states_follow(const struct states *s, const struct problem *x, int32_t person, const int64_t *price, int64_t scale,
	const int64_t *least, int32_t state, uint8_t *kinds)
{
	const struct terms *t = s->terms;
	for (int32_t d = 0; d < x->days; d++) {
		const int32_t *wish = terms_wishes(x, person, d);
		int32_t k = 0, at;
		for (;; k++) {
			at = state * t->n_classes + t->class_of[k];
			int64_t own = ((int64_t)wish[k] + s->cost[at]) * scale;
			if (s->to[at] >= 0 && wish[k] != WALK_NEVER &&
				price[d * x->kinds + k] + own + least[s->to[at]] == least[state])
				break;
		}
		kinds[d] = (uint8_t)k;
		state = s->to[at];
	}
}
