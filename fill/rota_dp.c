/* fill/rota_dp.c - see rota_dp.h. Owns the program over a person's days. Must not know of other people. */
#include "fill/rota_dp.h"

#include <assert.h>
#include <string.h>

#define NEVER (INT64_MAX / 4)

enum { LABELS_MOST = 200000, HOT = 40 };

/* What is the same during one call. */
struct call {
	struct dp *p;
	const struct dp_task *t;
	const struct terms *terms;
	const uint8_t *row;             /* the person's days and nodes now */
	const uint16_t *nodes;
	int32_t end;                    /* the day before which all ways are together again, or days */
	int32_t n_active;
	int32_t active[DP_ACTIVE];      /* counters */
	int32_t base[COUNTERS_MOST];    /* what they have from the days that stay */
	int64_t offset;                 /* what is taken off a way's cost: that of the days now */
	int64_t below;
	int64_t best;
};

void dp_init(struct dp *p, const struct problem *x, struct arena *arena)
{
	int32_t nodes = 1;
	for (size_t i = 0; i < x->m->n_contracts; i++)
		for (int32_t d = 0; d < WALK_WEEK && x->terms[i].walk; d++)
			nodes = x->terms[i].walk->n_nodes[d] > nodes ? x->terms[i].walk->n_nodes[d] : nodes;
	*p = (struct dp){.x = x, .arena = arena, .labels_most = LABELS_MOST, .width = INT32_MAX};
	p->found = arena_alloc(arena, (size_t)nodes * sizeof *p->found);
	p->stamp = arena_alloc(arena, (size_t)nodes * sizeof *p->stamp);
	p->day_from = arena_alloc(arena, (size_t)(x->days + 2) * sizeof *p->day_from);
	p->class_cost = arena_alloc(arena, (size_t)x->days * ROTA_KINDS_MOST * sizeof *p->class_cost);
	p->class_kind = arena_alloc(arena, (size_t)x->days * ROTA_KINDS_MOST);
	p->heat = arena_alloc(arena, (size_t)x->people * COUNTERS_MOST + 1);
	p->kinds = arena_alloc(arena, (size_t)x->days);
}

/* ---- what a day costs by class ---------------------------------------------------------------------------------- */

static void cost_classes(const struct call *c)
{
	struct dp *p = c->p;
	const struct terms *terms = c->terms;
	for (int32_t d = c->t->first; d <= c->t->last; d++) {
		const int32_t *wish = terms_wishes(p->x, c->t->person, d);
		const int64_t *price = &c->t->price[(d - c->t->first) * p->x->kinds];
		int64_t *cost = &p->class_cost[(d - c->t->first) * ROTA_KINDS_MOST];
		uint8_t *kind = &p->class_kind[(d - c->t->first) * ROTA_KINDS_MOST];
		for (int32_t i = 0; i < terms->n_classes; i++)
			cost[i] = NEVER;
		for (int32_t k = 0; k < p->x->kinds; k++) {
			int64_t is = wish[k] == WALK_NEVER ? NEVER : price[k] + wish[k] * c->t->scale;
			if (is < cost[terms->class_of[k]]) {
				cost[terms->class_of[k]] = is;
				kind[terms->class_of[k]] = (uint8_t)k;
			}
		}
	}
}

/* ---- forwards: which nodes can be reached ----------------------------------------------------------------------- */

static int32_t spot_of(struct dp *p, int32_t node, int32_t *n)
{
	if (p->stamp[node] != p->stamps) {
		p->stamp[node] = p->stamps;
		p->found[node] = *n;
		p->node = arena_grow(p->arena, p->node, &p->cap_node, (size_t)*n + 1, sizeof *p->node);
		p->node[(*n)++] = (uint16_t)node;
	}
	return p->found[node];
}

/* The ways that leave the spots of one day: all classes, or after `last` the only one. */
static void reach_day(const struct call *c, int32_t day, int32_t *n)
{
	struct dp *p = c->p;
	const struct terms *terms = c->terms;
	bool kept = day > c->t->last;
	int32_t classes = terms->n_classes, at = day - c->t->first, weekday = terms_weekday(p->x, day);
	int32_t only = kept ? terms->class_of[c->row[day]] : -1;
	size_t to = (size_t)(p->day_from[at + 1] * classes);
	p->to = arena_grow(p->arena, p->to, &p->cap_to, to, sizeof *p->to);
	p->price = arena_grow(p->arena, p->price, &p->cap_price, to, sizeof *p->price);
	p->stamps++;
	for (int32_t s = p->day_from[at]; s < p->day_from[at + 1]; s++) {
		for (int32_t i = 0; i < classes; i++) {
			const struct walk_step *step = walk_step(terms->walk, weekday, p->node[s], terms->column[i]);
			int64_t cost = kept ? (i == only ? 0 : NEVER) : p->class_cost[at * ROTA_KINDS_MOST + i];
			bool may = step->cost != WALK_NEVER && cost < NEVER;
			p->price[s * classes + i] = may ? cost + step->cost * c->t->scale : NEVER;
			p->to[s * classes + i] = may ? spot_of(p, step->next, n) : -1;
		}
	}
	p->work += (p->day_from[at + 1] - p->day_from[at]) * classes;
}

static void reach(struct call *c)
{
	struct dp *p = c->p;
	int32_t n = 0, d = c->t->first;
	p->stamps++;
	spot_of(p, d == 0 ? p->x->start[c->t->person] : c->nodes[d], &n);
	p->day_from[0] = 0;
	p->day_from[1] = 1;
	for (; d < p->x->days; d++) {
		int32_t at = d - c->t->first;
		bool together = p->day_from[at + 1] - p->day_from[at] == 1 && p->node[p->day_from[at]] == c->nodes[d];
		if (d > c->t->last && together)
			break;
		reach_day(c, d, &n);
		p->day_from[at + 2] = n;
	}
	c->end = d;
}

/* ---- backwards: what it costs at least from there on ------------------------------------------------------------ */

static int32_t amount(const struct call *c, int32_t counter, int32_t day, int32_t class, uint16_t events)
{
	const struct counter *k = &c->terms->counters[counter];
	if (day < k->first || day > k->last)
		return 0;
	return k->event < 0 ? c->terms->amounts[class * c->terms->n_counters + counter] : events >> k->event & 1;
}

static void ends(const struct call *c, int32_t from, int32_t to)
{
	struct dp *p = c->p;
	for (int32_t s = from; s < to; s++) {
		int32_t end = 0;
		if (c->end == p->x->days)
			end = c->terms->walk->ends[terms_weekday(p->x, p->x->days)][p->node[s]];
		p->least[s] = end == WALK_NEVER ? NEVER : end * c->t->scale;
	}
}

static void look_back(const struct call *c)
{
	struct dp *p = c->p;
	int32_t n = c->end - c->t->first, classes = c->terms->n_classes, spots = p->day_from[n + 1];
	p->least = arena_grow(p->arena, p->least, &p->cap_least, (size_t)spots, sizeof *p->least);
	ends(c, p->day_from[n], spots);
	for (int32_t s = p->day_from[n] - 1; s >= 0; s--) {
		int64_t least = NEVER;
		for (int32_t i = 0; i < classes; i++) {
			int32_t to = p->to[s * classes + i];
			if (to >= 0 && p->least[to] < NEVER && p->price[s * classes + i] + p->least[to] < least)
				least = p->price[s * classes + i] + p->least[to];
		}
		p->least[s] = least;
	}
	p->work += spots * classes;
}

/* How much the active counters can still get from each spot on. */
static void look_back_counters(const struct call *c)
{
	struct dp *p = c->p;
	int32_t n = c->end - c->t->first, classes = c->terms->n_classes, spots = p->day_from[n + 1];
	p->low = arena_grow(p->arena, p->low, &p->cap_low, (size_t)(spots * DP_ACTIVE), sizeof *p->low);
	p->high = arena_grow(p->arena, p->high, &p->cap_high, (size_t)(spots * DP_ACTIVE), sizeof *p->high);
	memset(&p->low[p->day_from[n] * DP_ACTIVE], 0, (size_t)((spots - p->day_from[n]) * DP_ACTIVE) * sizeof *p->low);
	memset(&p->high[p->day_from[n] * DP_ACTIVE], 0, (size_t)((spots - p->day_from[n]) * DP_ACTIVE) * sizeof *p->high);
	for (int32_t at = n - 1; at >= 0; at--) {
		int32_t day = c->t->first + at, weekday = terms_weekday(p->x, day);
		for (int32_t s = p->day_from[at]; s < p->day_from[at + 1]; s++) {
			for (int32_t i = 0; i < c->n_active; i++) {
				p->low[s * DP_ACTIVE + i] = INT32_MAX / 2;
				p->high[s * DP_ACTIVE + i] = 0;
			}
			for (int32_t k = 0; k < classes; k++) {
				int32_t to = p->to[s * classes + k];
				if (to < 0 || p->least[to] >= NEVER)
					continue;
				uint16_t events = walk_step(c->terms->walk, weekday, p->node[s], c->terms->column[k])->events;
				for (int32_t i = 0; i < c->n_active; i++) {
					int32_t more = amount(c, c->active[i], day, k, events);
					int32_t low = p->low[to * DP_ACTIVE + i] + more, high = p->high[to * DP_ACTIVE + i] + more;
					int32_t *l = &p->low[s * DP_ACTIVE + i], *h = &p->high[s * DP_ACTIVE + i];
					*l = low < *l ? low : *l;
					*h = high > *h ? high : *h;
				}
			}
		}
	}
	p->work += spots * classes * c->n_active;
}

/* ---- what stands now, to be compared with ----------------------------------------------------------------------- */

static void take_base(struct call *c)
{
	const struct sheet *s = c->t->sheet;
	const struct terms *terms = c->terms;
	const int32_t *totals = &s->totals[c->t->person * COUNTERS_MOST];
	bool all = c->t->first == 0 && c->t->last == s->x->days - 1;
	c->offset = 0;
	if (all) {
		memset(c->base, 0, sizeof c->base);
		c->offset = s->own[c->t->person] * c->t->scale;
		return;
	}
	memcpy(c->base, totals, sizeof c->base);
	for (int32_t d = c->t->first; d < c->end; d++) {
		int32_t class = terms->class_of[c->row[d]];
		const struct walk_step *step = walk_step(terms->walk, terms_weekday(s->x, d), c->nodes[d], terms->column[class]);
		for (int32_t i = 0; i < terms->n_counters; i++)
			c->base[i] -= amount(c, i, d, class, step->events);
		c->offset += step->cost + (d <= c->t->last ? terms_wishes(s->x, c->t->person, d)[c->row[d]] : 0);
	}
	if (c->end == s->x->days)
		c->offset += terms->walk->ends[terms_weekday(s->x, c->end)][c->nodes[c->end]];
	for (int32_t i = 0; i < terms->n_counters; i++)
		c->offset += counter_cost(&terms->counters[i], totals[i]);
	c->offset *= c->t->scale;
}

/* ---- a way without counters ------------------------------------------------------------------------------------- */

/* What counters cost with these totals; NEVER if one isn't allowed. Heats those that aren't kept. */
static int64_t cost_counters(const struct call *c, const int32_t *totals, bool heat)
{
	int64_t sum = 0;
	for (int32_t i = 0; i < c->terms->n_counters; i++) {
		int64_t cost = counter_cost(&c->terms->counters[i], totals[i]);
		if (cost && heat)
			c->p->heat[c->t->person * COUNTERS_MOST + i] = HOT;
		sum = cost >= WALK_NEVER || sum >= NEVER ? NEVER : sum + cost * c->t->scale;
	}
	return sum;
}

/* The cheapest way without counters, and what the counters cost on it. */
static int64_t follow_least(const struct call *c)
{
	struct dp *p = c->p;
	int32_t classes = c->terms->n_classes, s = 0, totals[COUNTERS_MOST];
	memcpy(totals, c->base, sizeof totals);
	for (int32_t d = c->t->first; d < c->end; d++) {
		int32_t class = 0;
		while (p->to[s * classes + class] < 0 ||
			p->price[s * classes + class] + p->least[p->to[s * classes + class]] != p->least[s])
			class++;
		uint16_t events = walk_step(c->terms->walk, terms_weekday(p->x, d), p->node[s], c->terms->column[class])->events;
		for (int32_t i = 0; i < c->terms->n_counters; i++)
			totals[i] += amount(c, i, d, class, events);
		if (d <= c->t->last)
			p->kinds[d - c->t->first] = p->class_kind[(d - c->t->first) * ROTA_KINDS_MOST + class];
		s = p->to[s * classes + class];
	}
	return cost_counters(c, totals, true);
}

/* ---- labels ----------------------------------------------------------------------------------------------------- */

/* At least so much the active counters will cost. */
static int64_t counters_least(const struct call *c, int32_t spot, const int32_t *v)
{
	const struct dp *p = c->p;
	int64_t sum = 0;
	for (int32_t i = 0; i < c->n_active; i++) {
		const struct counter *k = &c->terms->counters[c->active[i]];
		int32_t low = v[i] + p->low[spot * DP_ACTIVE + i], high = v[i] + p->high[spot * DP_ACTIVE + i];
		int64_t cost = low > k->most ? counter_cost(k, low) : high < k->least ? counter_cost(k, high) : 0;
		if (cost >= WALK_NEVER)
			return NEVER;
		sum += cost * c->t->scale;
	}
	return sum;
}

/* Is `a` no dearer than `b` whatever comes? */
static bool dominates(const struct call *c, const struct dp_label *a, const struct dp_label *b)
{
	const struct dp *p = c->p;
	int64_t sum = a->cost;
	for (int32_t i = 0; i < c->n_active; i++) {
		if (a->v[i] == b->v[i])
			continue;
		const struct counter *k = &c->terms->counters[c->active[i]];
		int32_t far = (a->v[i] > b->v[i] ? p->high : p->low)[a->spot * DP_ACTIVE + i];
		sum += (counter_cost(k, a->v[i] + far) - counter_cost(k, b->v[i] + far)) * c->t->scale;
	}
	return sum <= b->cost;
}

/* Put it among the labels of its spot, the cheapest first, unless one is as good; drop those that aren't, and what
 * is too many. */
static void add_label(const struct call *c, const struct dp_label *l)
{
	struct dp *p = c->p;
	p->labels = arena_grow(p->arena, p->labels, &p->cap_labels, p->n_labels + 1, sizeof *p->labels);
	int32_t *at = &p->head[l->spot], *place = NULL;
	for (int32_t n = 1; *at >= 0; n++) {
		struct dp_label *other = &p->labels[*at];
		p->work++;
		if (n > p->width) {
			p->dropped = true;
			*at = -1;
			break;
		}
		if (!place && other->cost > l->cost)
			place = at;
		if (dominates(c, other, l))
			return;
		if (dominates(c, l, other))
			*at = other->next;
		else
			at = &other->next;
	}
	place = place ? place : at;
	p->labels[p->n_labels] = *l;
	p->labels[p->n_labels].next = *place;
	*place = (int32_t)p->n_labels++;
}

static void extend_label(const struct call *c, int32_t index, int32_t day)
{
	struct dp *p = c->p;
	int32_t classes = c->terms->n_classes, spot = p->labels[index].spot, weekday = terms_weekday(p->x, day);
	for (int32_t i = 0; i < classes; i++) {
		int32_t to = p->to[spot * classes + i];
		p->work++;
		if (to < 0 || p->least[to] >= NEVER)
			continue;
		struct dp_label l = p->labels[index];
		l.cost += p->price[spot * classes + i];
		if (l.cost + p->least[to] >= c->below)
			continue;
		uint16_t events = walk_step(c->terms->walk, weekday, p->node[spot], c->terms->column[i])->events;
		for (int32_t j = 0; j < c->n_active; j++)
			l.v[j] += amount(c, c->active[j], day, i, events);
		int64_t more = counters_least(c, to, l.v);
		if (more == NEVER || l.cost + p->least[to] + more >= c->below)
			continue;
		l.from = index;
		l.spot = to;
		l.class = i;
		add_label(c, &l);
	}
}

/* All labels, up to the last day. False: given up. */
static bool label_days(const struct call *c)
{
	struct dp *p = c->p;
	int32_t n = c->end - c->t->first, spots = p->day_from[n + 1];
	p->head = arena_grow(p->arena, p->head, &p->cap_head, (size_t)spots, sizeof *p->head);
	memset(p->head, 0xff, (size_t)spots * sizeof *p->head);
	p->n_labels = 0;
	p->dropped = false;
	struct dp_label first = {.from = -1, .spot = 0};
	for (int32_t i = 0; i < c->n_active; i++)
		first.v[i] = c->base[c->active[i]];
	add_label(c, &first);
	for (int32_t at = 0; at < n; at++)
		for (int32_t s = p->day_from[at]; s < p->day_from[at + 1]; s++)
			for (int32_t l = p->head[s]; l >= 0; l = p->labels[l].next) {
				if ((int64_t)p->n_labels > p->labels_most)
					return false;
				extend_label(c, l, c->t->first + at);
			}
	return true;
}

/* The best last label, or -1. */
static int32_t best_label(const struct call *c, int64_t *best)
{
	const struct dp *p = c->p;
	int32_t n = c->end - c->t->first, found = -1;
	*best = c->below;
	for (int32_t s = p->day_from[n]; s < p->day_from[n + 1]; s++)
		for (int32_t l = p->head[s]; l >= 0; l = p->labels[l].next) {
			int64_t more = counters_least(c, s, p->labels[l].v), cost = p->labels[l].cost + p->least[s];
			if (more < NEVER && p->least[s] < NEVER && cost + more < *best) {
				*best = cost + more;
				found = l;
			}
		}
	return found;
}

/* Its way, and what all counters cost on it. */
static int64_t follow_label(const struct call *c, int32_t label)
{
	struct dp *p = c->p;
	int32_t totals[COUNTERS_MOST];
	memcpy(totals, c->base, sizeof totals);
	for (int32_t d = c->end - 1; d >= c->t->first; d--) {
		const struct dp_label *l = &p->labels[label];
		int32_t spot = p->labels[l->from].spot;
		uint16_t events = walk_step(c->terms->walk, terms_weekday(p->x, d), p->node[spot], c->terms->column[l->class])->events;
		for (int32_t i = 0; i < c->terms->n_counters; i++)
			totals[i] += amount(c, i, d, l->class, events);
		if (d <= c->t->last)
			p->kinds[d - c->t->first] = p->class_kind[(d - c->t->first) * ROTA_KINDS_MOST + l->class];
		label = l->from;
	}
	return cost_counters(c, totals, true);
}

static void choose_active(struct call *c)
{
	uint8_t *heat = &c->p->heat[c->t->person * COUNTERS_MOST];
	c->n_active = 0;
	for (int32_t i = 0; i < c->terms->n_counters && c->n_active < DP_ACTIVE; i++)
		if (heat[i])
			c->active[c->n_active++] = i;
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

/* With labels, more counters each time until the way keeps all that isn't one of them. */
static struct dp_answer solve_labels(struct call *c)
{
	const struct dp *p = c->p;
	struct dp_answer a = {.exact = true, .least = p->least[0] - c->offset};
	for (int32_t before = -1; ; before = c->n_active) {
		choose_active(c);
		if (c->n_active == before)
			break;
		look_back_counters(c);
		if (!label_days(c))
			break;
		int64_t best;
		int32_t label = best_label(c, &best);
		a.exact = !p->dropped;
		if (label < 0) {
			a.least = a.exact ? c->below - c->offset : a.least;
			return a;
		}
		a.least = a.exact ? best - c->offset : a.least;
		if (follow_label(c, label) == counters_least(c, p->labels[label].spot, p->labels[label].v)) {
			a.found = true;
			a.cost = best - c->offset;
			return a;
		}
	}
	a.exact = false;
	return a;
}

struct dp_answer dp_solve(struct dp *p, const struct dp_task *t)
{
	struct call c = {.p = p, .t = t, .terms = p->x->of[t->person], .row = sheet_row(t->sheet, t->person),
		.nodes = sheet_nodes(t->sheet, t->person)};
	uint8_t *heat = &p->heat[t->person * COUNTERS_MOST];
	cost_classes(&c);
	reach(&c);
	look_back(&c);
	take_base(&c);
	c.below = t->below >= NEVER ? NEVER : t->below + c.offset;
	if (p->least[0] >= c.below)
		return (struct dp_answer){.exact = true, .least = p->least[0] >= NEVER ? NEVER : p->least[0] - c.offset};
	int64_t more = follow_least(&c);
	if (more == 0)
		return (struct dp_answer){.found = true, .exact = true, .cost = p->least[0] - c.offset, .least = p->least[0] - c.offset};
	struct dp_answer a = solve_labels(&c);
	for (int32_t i = 0; i < c.terms->n_counters; i++)
		heat[i] = heat[i] ? (uint8_t)(heat[i] - 1) : 0;
	return a;
}
