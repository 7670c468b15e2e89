/* fill/simplex.c - see simplex.h. Owns the spanning tree and its pivots. Must not know what the nodes stand for. */
#include "fill/simplex.h"

#include <assert.h>

enum { ASK_EVERY = 4096, BLOCK_LEAST = 16, BLOCKS = 64 };    /* a block is about the root of arcs / BLOCKS */

/* ---- building ------------------------------------------------------------------------------------------------------- */

static void room_for_node(struct simplex *s)
{
	size_t need = (size_t)s->n_nodes + 1, had = s->cap_nodes;
	if (need <= had)
		return;
	s->twigs = arena_grow(s->arena, s->twigs, &s->cap_nodes, need, sizeof *s->twigs);
	size_t cap = had;
	s->pi = arena_grow(s->arena, s->pi, &cap, need, sizeof *s->pi);
	cap = had;
	s->stack = arena_grow(s->arena, s->stack, &cap, need, sizeof *s->stack);
}

static void room_for_arc(struct simplex *s)
{
	size_t need = (size_t)s->n_arcs + 1, had = s->cap_arcs, cap;
	if (need <= had)
		return;
	s->cost = arena_grow(s->arena, s->cost, &s->cap_arcs, need, sizeof *s->cost);
	int32_t **lists[] = {&s->from, &s->to, &s->cap, &s->flow};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		cap = had;
		*lists[i] = arena_grow(s->arena, *lists[i], &cap, need, sizeof **lists[i]);
	}
	cap = had;
	s->state = arena_grow(s->arena, s->state, &cap, need, sizeof *s->state);
}

static void hang(struct simplex *s, int32_t node, int32_t parent, int32_t arc)
{
	struct twig *t = &s->twigs[node], *p = &s->twigs[parent];
	t->parent = parent;
	t->arc = arc;
	t->prev = -1;
	t->next = p->child;
	if (p->child >= 0)
		s->twigs[p->child].prev = node;
	p->child = node;
}

static void cut(struct simplex *s, int32_t node)
{
	struct twig *t = &s->twigs[node];
	if (t->prev >= 0)
		s->twigs[t->prev].next = t->next;
	else
		s->twigs[t->parent].child = t->next;
	if (t->next >= 0)
		s->twigs[t->next].prev = t->prev;
}

void simplex_init(struct simplex *s, struct arena *a)
{
	*s = (struct simplex){.arena = a};
	room_for_node(s);
	s->twigs[0] = (struct twig){.parent = -1, .arc = -1, .child = -1, .next = -1, .prev = -1};
	s->n_nodes = 1;
}

int32_t simplex_add_arc(struct simplex *s, int32_t from, int32_t to, int32_t cap)
{
	room_for_arc(s);
	int32_t i = s->n_arcs++;
	s->from[i] = from;
	s->to[i] = to;
	s->cap[i] = cap;
	s->flow[i] = 0;
	s->cost[i] = 0;
	s->state[i] = 1;
	return i;
}

int32_t simplex_add_node(struct simplex *s, int32_t from, int32_t cap, int32_t flow, int32_t *arc)
{
	assert(from < s->n_nodes && flow >= 0 && flow < cap);
	room_for_node(s);
	int32_t node = s->n_nodes++;
	*arc = simplex_add_arc(s, from, node, cap);
	s->flow[*arc] = flow;
	s->state[*arc] = 0;
	s->twigs[node] = (struct twig){.child = -1, .depth = s->twigs[from].depth + 1};
	s->pi[node] = 0;
	hang(s, node, from, *arc);
	return node;
}

/* ---- walking the tree ----------------------------------------------------------------------------------------------- */

/* Depths and potentials of all below `top`, whose own parent is right. */
static void settle(struct simplex *s, int32_t top)
{
	int32_t n = 0, *stack = s->stack;
	stack[n++] = top;
	while (n) {
		int32_t v = stack[--n];
		struct twig *t = &s->twigs[v];
		if (t->parent >= 0) {
			int64_t c = s->cost[t->arc];
			t->depth = s->twigs[t->parent].depth + 1;
			s->pi[v] = s->pi[t->parent] + (s->to[t->arc] == v ? c : -c);
		}
		for (int32_t w = t->child; w >= 0; w = s->twigs[w].next)
			stack[n++] = w;
	}
}

/* The same for what a pivot has moved: all potentials below `top` change alike. */
static void shift(struct simplex *s, int32_t top, int64_t by)
{
	int32_t n = 0, *stack = s->stack;
	stack[n++] = top;
	while (n) {
		int32_t v = stack[--n];
		struct twig *t = &s->twigs[v];
		t->depth = s->twigs[t->parent].depth + 1;
		s->pi[v] += by;
		for (int32_t w = t->child; w >= 0; w = s->twigs[w].next)
			stack[n++] = w;
	}
}

static int64_t reduced(const struct simplex *s, int32_t arc)
{
	return s->cost[arc] + s->pi[s->from[arc]] - s->pi[s->to[arc]];
}

/* The most violating arc of the next block that has one; -1: none at all. */
static int32_t price(struct simplex *s)
{
	int32_t block = BLOCK_LEAST, best = -1, left = s->n_arcs, at = s->next_arc;
	while ((int64_t)block * block * BLOCKS < s->n_arcs)
		block *= 2;
	for (int64_t worst = 0; left > 0 && best < 0;) {
		int32_t n = block < left ? block : left;
		left -= n;
		for (; n > 0; n--) {
			int64_t c = s->state[at] * reduced(s, at);
			if (c < worst) {
				worst = c;
				best = at;
			}
			at = at + 1 == s->n_arcs ? 0 : at + 1;
		}
	}
	s->next_arc = at;
	return best;
}

/* ---- a pivot -------------------------------------------------------------------------------------------------------- */

struct cycle {
	int32_t first, second;          /* where flow comes to the entering arc, and where it goes on */
	int32_t join;
	int32_t most;                   /* how much can go round */
	int32_t out;                    /* the node whose arc to its parent leaves; -1: the entering arc itself */
	bool out_first;                 /* out is on the side of `first` */
};

/* How much more can flow through the arc of `node`, outwards from the root or inwards. */
static int32_t slack(const struct simplex *s, int32_t node, bool outwards)
{
	int32_t arc = s->twigs[node].arc;
	bool along = (s->to[arc] == node) == outwards;
	return along ? s->cap[arc] - s->flow[arc] : s->flow[arc];
}

static int32_t find_join(const struct simplex *s, int32_t a, int32_t b)
{
	while (a != b) {
		if (s->twigs[a].depth >= s->twigs[b].depth)
			a = s->twigs[a].parent;
		else
			b = s->twigs[b].parent;
	}
	return a;
}

/* The first arc that blocks, going round from the join in the direction of flow. */
static struct cycle find_leaving(const struct simplex *s, int32_t arc)
{
	bool forward = s->state[arc] > 0;
	struct cycle c = {.first = forward ? s->from[arc] : s->to[arc], .second = forward ? s->to[arc] : s->from[arc],
		.most = INT32_MAX, .out = -1, .out_first = true};
	c.join = find_join(s, c.first, c.second);
	for (int32_t v = c.first; v != c.join; v = s->twigs[v].parent) {
		int32_t d = slack(s, v, true);
		if (d <= c.most) {
			c.most = d;
			c.out = v;
		}
	}
	if (s->cap[arc] < c.most) {
		c.most = s->cap[arc];
		c.out = -1;
	}
	for (int32_t v = c.second; v != c.join; v = s->twigs[v].parent) {
		int32_t d = slack(s, v, false);
		if (d < c.most) {
			c.most = d;
			c.out = v;
			c.out_first = false;
		}
	}
	return c;
}

static void push(struct simplex *s, int32_t arc, const struct cycle *c)
{
	if (!c->most)
		return;
	s->flow[arc] += s->state[arc] * c->most;
	for (int32_t v = c->first; v != c->join; v = s->twigs[v].parent)
		s->flow[s->twigs[v].arc] += s->to[s->twigs[v].arc] == v ? c->most : -c->most;
	for (int32_t v = c->second; v != c->join; v = s->twigs[v].parent)
		s->flow[s->twigs[v].arc] += s->to[s->twigs[v].arc] == v ? -c->most : c->most;
}

/* Hang what is below c->out from the other end of the entering arc, turning the way between them round. */
static void rehang(struct simplex *s, int32_t arc, const struct cycle *c)
{
	int32_t v = c->out_first ? c->first : c->second, parent = c->out_first ? c->second : c->first;
	int32_t top = v, leaving = s->twigs[c->out].arc;
	int64_t moved = s->to[arc] == top ? reduced(s, arc) : -reduced(s, arc);
	for (int32_t by = arc, last = -1; last != c->out;) {
		int32_t up = s->twigs[v].parent, up_arc = s->twigs[v].arc;
		cut(s, v);
		hang(s, v, parent, by);
		last = v;
		parent = v;
		by = up_arc;
		v = up;
	}
	s->state[arc] = 0;
	s->state[leaving] = s->flow[leaving] ? -1 : 1;
	shift(s, top, moved);
}

bool simplex_solve(struct simplex *s, bool (*stop)(void *), void *ctx)
{
	settle(s, 0);
	for (int32_t arc; (arc = price(s)) >= 0; s->pivots++) {
		struct cycle c = find_leaving(s, arc);
		push(s, arc, &c);
		if (c.out < 0)
			s->state[arc] = (int8_t)-s->state[arc];
		else
			rehang(s, arc, &c);
		if (stop && s->pivots % ASK_EVERY == 0 && stop(ctx))
			return false;
	}
	return true;
}

int64_t simplex_cost(const struct simplex *s)
{
	int64_t sum = 0;
	for (int32_t i = 0; i < s->n_arcs; i++)
		sum += s->cost[i] * s->flow[i];
	return sum;
}
