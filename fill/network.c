/* fill/network.c - see network.h. Owns how people, weeks, groups and shifts become nodes and arcs. Must not know how the
 * flow is found, nor of multipliers. */
#include "fill/network.h"

bool network_usable(const struct instance *x, int32_t seat)
{
	const struct seat *s = &x->seats[seat];
	const struct man *m = &x->men[s->person];
	const struct slot *slot = &x->slots[s->shift];
	return !s->dead && slot->need > 0 && m->most > 0 && x->week_left[s->person * x->n_weeks + s->week] > 0 &&
		(m->level != FILL_NEWCOMER || slot->newcomers > 0);
}


struct builder {
	struct network *n;
	int32_t *hub;                   /* node from which a seat's arc comes */
	int32_t *slot_node, *gate;      /* of a slot; [slot * 2 + experienced] */
	int32_t groups;
};

/* ---- people, weeks, groups ------------------------------------------------------------------------------------------ */

/* Arcs of fairness, one for each step of equal cost; the first makes the person's node. */
static int32_t add_man(struct builder *b, int32_t man, int32_t most)
{
	struct network *n = b->n;
	int32_t node = -1;
	for (int32_t k = 1, width; k <= most; k += width) {
		int64_t cost = instance_step(n->x, &n->x->men[man], k);
		width = 1;
		while (k + width <= most && instance_step(n->x, &n->x->men[man], k + width) == cost)
			width++;
		int32_t arc;
		if (node < 0)
			node = simplex_add_node(&n->flow, 0, width, 0, &arc);
		else
			arc = simplex_add_arc(&n->flow, 0, node, width);
		n->step_arc[n->n_steps] = arc;
		n->step_count[n->n_steps] = k;
		n->step_man[n->n_steps++] = man;
	}
	return node;
}

static int32_t add_inner(struct builder *b, int32_t from, int32_t cap)
{
	int32_t arc;
	return simplex_add_node(&b->n->flow, from, cap, 0, &arc);
}

static bool clashes_with_all(const struct network *n, int32_t seat, int32_t first, int32_t group)
{
	for (int32_t j = first; n->x->seats[j].person == n->x->seats[seat].person && j < seat; j++)
		if (n->group[j] == group && !instance_clash(n->x, n->x->seats[j].shift, n->x->seats[seat].shift))
			return false;
	return true;
}

/* The seats from `first` to `end` (one person, one week) in groups that clash with each other; returns how many. */
static int32_t make_groups(struct builder *b, int32_t first, int32_t end)
{
	struct network *n = b->n;
	int32_t before = b->groups;
	for (;;) {
		int32_t seed = -1;
		for (int32_t i = first; i < end; i++)
			if (n->group[i] == -1 && (seed < 0 || n->x->slots[n->x->seats[i].shift].stop < n->x->slots[n->x->seats[seed].shift].stop))
				seed = i;
		if (seed < 0)
			return b->groups - before;
		int32_t group = b->groups++;
		for (int32_t i = first; i < end; i++)
			if (i == seed || (n->group[i] == -1 && instance_clash(n->x, n->x->seats[i].shift, n->x->seats[seed].shift) &&
					clashes_with_all(n, i, first, group)))
				n->group[i] = group;
	}
}

static void add_groups(struct builder *b, int32_t first, int32_t end, int32_t from, int32_t n_groups)
{
	const struct network *n = b->n;
	for (int32_t g = b->groups - n_groups; g < b->groups; g++) {
		int32_t size = 0, node = from;
		for (int32_t i = first; i < end; i++)
			size += n->group[i] == g;
		if (size > 1)
			node = add_inner(b, from, 1);
		for (int32_t i = first; i < end; i++)
			if (n->group[i] == g)
				b->hub[i] = node;
	}
}

static void add_week(struct builder *b, int32_t first, int32_t end, int32_t man_node)
{
	struct network *n = b->n;
	const struct seat *s = &n->x->seats[first];
	int32_t left = n->x->week_left[s->person * n->x->n_weeks + s->week], usable = 0;
	for (int32_t i = first; i < end; i++)
		usable += n->group[i] == -1;
	if (!usable)
		return;
	if (left == 1) {
		int32_t node = usable > 1 ? add_inner(b, man_node, 1) : man_node, group = b->groups++;
		for (int32_t i = first; i < end; i++)
			if (n->group[i] == -1) {
				n->group[i] = group;
				b->hub[i] = node;
			}
		return;
	}
	int32_t groups = make_groups(b, first, end);
	add_groups(b, first, end, left < groups ? add_inner(b, man_node, left) : man_node, groups);
}

static void add_people(struct builder *b)
{
	const struct instance *x = b->n->x;
	for (int32_t man = 0; man < x->n_men; man++) {
		const struct man *m = &x->men[man];
		int32_t usable = 0, node = -1;
		for (int32_t i = m->first; i < m->end; i++) {
			b->n->group[i] = network_usable(x, i) ? -1 : -2;
			usable += b->n->group[i] == -1;
		}
		if (usable)
			node = add_man(b, man, usable < m->most ? usable : m->most);
		for (int32_t i = m->first, end; usable && i < m->end; i = end) {
			for (end = i; end < m->end && x->seats[end].week == x->seats[i].week;)
				end++;
			add_week(b, i, end, node);
		}
	}
}

/* ---- shifts --------------------------------------------------------------------------------------------------------- */

static void add_slots(struct builder *b)
{
	struct network *n = b->n;
	for (int32_t i = 0; i < n->x->n_slots; i++) {
		b->gate[2 * i] = b->gate[2 * i + 1] = -1;
		b->slot_node[i] = simplex_add_node(&n->flow, 0, INT32_MAX, n->x->slots[i].need, &n->open[i]);
	}
}

/* A seat leads to its shift, or to the gate of newcomers or of the experienced. */
static void add_seat(struct builder *b, int32_t seat)
{
	struct network *n = b->n;
	const struct seat *s = &n->x->seats[seat];
	const struct slot *slot = &n->x->slots[s->shift];
	enum fill_level level = n->x->men[s->person].level;
	bool gated = level == FILL_NEWCOMER || (level == FILL_EXPERIENCED && slot->wants > 0);
	int32_t *gate = &b->gate[2 * s->shift + (level == FILL_EXPERIENCED)];
	if (!gated)
		n->arc[seat] = simplex_add_arc(&n->flow, b->hub[seat], b->slot_node[s->shift], 1);
	else if (*gate >= 0)
		n->arc[seat] = simplex_add_arc(&n->flow, b->hub[seat], *gate, 1);
	else
		*gate = simplex_add_node(&n->flow, b->hub[seat], 1, 0, &n->arc[seat]);
}

static void add_gates(struct builder *b, int32_t slot)
{
	struct network *n = b->n;
	const struct slot *s = &n->x->slots[slot];
	if (b->gate[2 * slot] >= 0)
		simplex_add_arc(&n->flow, b->gate[2 * slot], b->slot_node[slot], s->newcomers);
	if (b->gate[2 * slot + 1] >= 0) {
		n->bonus[n->n_bonus++] = simplex_add_arc(&n->flow, b->gate[2 * slot + 1], b->slot_node[slot], s->wants);
		simplex_add_arc(&n->flow, b->gate[2 * slot + 1], b->slot_node[slot], s->need);
	}
}

/* ---- all of it ------------------------------------------------------------------------------------------------------ */

static int32_t count_steps(const struct instance *x)
{
	int32_t n = 0;
	for (int32_t i = 0; i < x->n_men; i++)
		n += x->men[i].end - x->men[i].first;
	return n;
}

void network_build(struct network *n, const struct instance *x, struct arena *a)
{
	*n = (struct network){.x = x};
	simplex_init(&n->flow, a);
	struct arena *scratch = arena_new();
	size_t seats = (size_t)x->n_seats + 1, slots = (size_t)x->n_slots + 1, steps = (size_t)count_steps(x) + 1;
	struct builder b = {.n = n, .hub = arena_alloc(scratch, seats * sizeof *b.hub),
		.slot_node = arena_alloc(scratch, slots * sizeof *b.slot_node), .gate = arena_alloc(scratch, 2 * slots * sizeof *b.gate)};
	n->arc = arena_alloc(a, seats * sizeof *n->arc);
	n->group = arena_alloc(a, seats * sizeof *n->group);
	n->open = arena_alloc(a, slots * sizeof *n->open);
	n->bonus = arena_alloc(a, slots * sizeof *n->bonus);
	n->step_arc = arena_alloc(a, steps * sizeof *n->step_arc);
	n->step_count = arena_alloc(a, steps * sizeof *n->step_count);
	n->step_man = arena_alloc(a, steps * sizeof *n->step_man);
	add_people(&b);
	add_slots(&b);
	for (int32_t i = 0; i < x->n_seats; i++) {
		n->arc[i] = -1;
		if (n->group[i] >= 0)
			add_seat(&b, i);
	}
	for (int32_t i = 0; i < x->n_slots; i++)
		add_gates(&b, i);
	arena_free(scratch);
}

void network_price(struct network *n, enum network_goal goal)
{
	const struct instance *x = n->x;
	const int64_t point = INT64_C(1) << FILL_SCALE;
	bool all = goal == NETWORK_COST;
	for (int32_t i = 0; i < n->flow.n_arcs; i++)
		n->flow.cost[i] = 0;
	n->constant = 0;
	for (int32_t i = 0; i < x->n_slots; i++) {
		n->flow.cost[n->open[i]] = all ? x->slots[i].open_cost * point : point;
		n->constant += all ? (int64_t)x->slots[i].wants * x->in->weights.experience_cost * point : 0;
	}
	for (int32_t i = 0; all && i < n->n_steps; i++)
		n->flow.cost[n->step_arc[i]] = instance_step(x, &x->men[n->step_man[i]], n->step_count[i]) * point;
	for (int32_t i = 0; all && i < n->n_bonus; i++)
		n->flow.cost[n->bonus[i]] = -x->in->weights.experience_cost * point;
}
