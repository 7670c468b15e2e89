/* fill/rota_sheet.c - see rota_sheet.h. Owns the sums that are kept while days change. Must not know how changes
 * are found. */
#include "fill/rota_sheet.h"

#include <assert.h>
#include <string.h>

/* ---- cover ------------------------------------------------------------------------------------------------------ */

static int64_t cost_of_row(const struct sheet *s, int32_t row, int32_t n)
{
	int32_t need = s->x->rows[row].need;
	return n < need ? (int64_t)(need - n) * s->under[row] : (int64_t)(n - need) * s->over[row];
}

static int64_t broken_in_row(const struct sheet *s, int32_t row, int32_t n)
{
	const struct row *r = &s->x->rows[row];
	if (n < r->need)
		return r->under == ROTA_HARD ? r->need - n : 0;
	return r->over == ROTA_HARD ? n - r->need : 0;
}

static void tell_margins(struct sheet *s, int32_t day, uint64_t kinds)
{
	const struct problem *x = s->x;
	for (int32_t k = 1; k < x->kinds; k++) {
		if (!(kinds >> k & 1))
			continue;
		int32_t cell = day * x->kinds + k, add = 0, drop = 0;
		for (int32_t i = x->at_from[cell]; i < x->at_from[cell + 1]; i++) {
			int32_t r = x->at[i], n = s->count[r], need = x->rows[r].need;
			add += n < need ? -s->under[r] : s->over[r];
			drop += n <= need ? s->under[r] : -s->over[r];
		}
		s->add[cell] = add;
		s->drop[cell] = drop;
	}
}

static void count_kind(struct sheet *s, int32_t day, int32_t kind, int32_t step)
{
	const struct problem *x = s->x;
	int32_t cell = day * x->kinds + kind;
	uint64_t changed = 0;
	for (int32_t i = x->at_from[cell]; i < x->at_from[cell + 1]; i++) {
		int32_t r = x->at[i], n = s->count[r];
		s->cover += cost_of_row(s, r, n + step) - cost_of_row(s, r, n);
		s->broken += broken_in_row(s, r, n + step) - broken_in_row(s, r, n);
		s->count[r] = n + step;
		changed |= x->rows[r].kinds;
	}
	tell_margins(s, day, changed);
}

void sheet_lift(struct sheet *s, int32_t person, int32_t first, int32_t last)
{
	const uint8_t *row = sheet_row(s, person);
	for (int32_t d = first; d <= last; d++)
		if (row[d] != ROTA_FREE)
			count_kind(s, d, row[d], -1);
}

void sheet_weigh(struct sheet *s, int32_t hard)
{
	const struct problem *x = s->x;
	s->hard = hard;
	s->cover = s->broken = 0;
	for (int32_t r = 0; r < x->n_rows; r++) {
		s->under[r] = x->rows[r].under == ROTA_HARD ? hard : x->rows[r].under;
		s->over[r] = x->rows[r].over == ROTA_HARD ? hard : x->rows[r].over;
		s->cover += cost_of_row(s, r, s->count[r]);
		s->broken += broken_in_row(s, r, s->count[r]);
	}
	for (int32_t d = 0; d < x->days; d++)
		tell_margins(s, d, ~(uint64_t)0);
}

/* ---- one person ------------------------------------------------------------------------------------------------- */

/* The walk of new days beside the old ones. */
struct trace {
	int64_t cost;
	int32_t end;                    /* the day before which both stand on one node again, or days */
	int32_t totals[COUNTERS_MOST];
};

static void count_day(const struct terms *t, int32_t day, int32_t class, uint16_t events, int32_t sign, int32_t *totals)
{
	for (int32_t i = 0; i < t->n_counters; i++) {
		const struct counter *c = &t->counters[i];
		if (day < c->first || day > c->last)
			continue;
		totals[i] += sign * (c->event < 0 ? t->amounts[class * t->n_counters + i] : events >> c->event & 1);
	}
}

/* Follow the new days until they meet the old. False: not allowed. */
static bool trace(const struct sheet *s, int32_t person, int32_t first, int32_t last, const uint8_t *kinds, struct trace *tr)
{
	const struct problem *x = s->x;
	const struct terms *t = x->of[person];
	const struct walk *w = t->walk;
	const uint8_t *row = sheet_row(s, person);
	const uint16_t *nodes = sheet_nodes(s, person);
	int32_t node = nodes[first], d = first, weekday = terms_weekday(x, first);
	tr->cost = 0;
	memset(tr->totals, 0, (size_t)t->n_counters * sizeof *tr->totals);
	for (; d < x->days && (d <= last || node != nodes[d]); d++) {
		int32_t old = row[d], new = d <= last ? kinds[d - first] : old, was = t->class_of[old], is = t->class_of[new];
		const int32_t *wish = terms_wishes(x, person, d);
		const struct walk_step *to = walk_step(w, weekday, node, t->column[is]);
		if (to->cost == WALK_NEVER || wish[new] == WALK_NEVER)
			return false;
		const struct walk_step *from = walk_step(w, weekday, nodes[d], t->column[was]);
		tr->cost += to->cost - from->cost + wish[new] - wish[old];
		if (is != was || to->events != from->events) {
			count_day(t, d, is, to->events, 1, tr->totals);
			count_day(t, d, was, from->events, -1, tr->totals);
		}
		node = to->next;
		weekday = weekday + 1 < WALK_WEEK ? weekday + 1 : 0;
	}
	tr->end = d;
	if (d < x->days || node == nodes[d])
		return true;
	if (w->ends[weekday][node] == WALK_NEVER)
		return false;
	tr->cost += w->ends[weekday][node] - w->ends[weekday][nodes[d]];
	return true;
}

int64_t sheet_try(const struct sheet *s, int32_t person, int32_t first, int32_t last, const uint8_t *kinds)
{
	const struct terms *t = s->x->of[person];
	const int32_t *totals = &s->totals[person * COUNTERS_MOST];
	struct trace tr;
	if (!trace(s, person, first, last, kinds, &tr))
		return SHEET_NEVER;
	for (int32_t i = 0; i < t->n_counters; i++) {
		if (!tr.totals[i])
			continue;
		int64_t cost = counter_cost(&t->counters[i], totals[i] + tr.totals[i]);
		if (cost >= WALK_NEVER)
			return SHEET_NEVER;
		tr.cost += cost - counter_cost(&t->counters[i], totals[i]);
	}
	return tr.cost;
}

/* Walk all days anew and sum up. */
static void recount(struct sheet *s, int32_t person)
{
	const struct problem *x = s->x;
	const struct terms *t = x->of[person];
	const uint8_t *row = sheet_row(s, person);
	uint16_t *nodes = sheet_nodes(s, person);
	int32_t *totals = &s->totals[person * COUNTERS_MOST];
	int64_t cost = 0;
	memset(totals, 0, COUNTERS_MOST * sizeof *totals);
	nodes[0] = x->start[person];
	for (int32_t d = 0; d < x->days; d++) {
		int32_t class = t->class_of[row[d]];
		const struct walk_step *step = walk_step(t->walk, terms_weekday(x, d), nodes[d], t->column[class]);
		assert(step->cost < WALK_NEVER);
		cost += step->cost + terms_wishes(x, person, d)[row[d]];
		count_day(t, d, class, step->events, 1, totals);
		nodes[d + 1] = step->next;
	}
	cost += t->walk->ends[terms_weekday(x, x->days)][nodes[x->days]];
	for (int32_t i = 0; i < t->n_counters; i++)
		cost += counter_cost(&t->counters[i], totals[i]);
	s->people += cost - s->own[person];
	s->own[person] = cost;
}

void sheet_place(struct sheet *s, int32_t person, int32_t first, int32_t last, const uint8_t *kinds)
{
	uint8_t *row = sheet_row(s, person);
	for (int32_t d = first; d <= last; d++) {
		uint8_t old = row[d];
		if (old == kinds[d - first])
			continue;
		row[d] = kinds[d - first];
		if (old != ROTA_FREE)
			count_kind(s, d, old, -1);
		if (row[d] != ROTA_FREE)
			count_kind(s, d, row[d], 1);
	}
	recount(s, person);
}

void sheet_put(struct sheet *s, int32_t person, int32_t first, int32_t last, const uint8_t *kinds)
{
	memcpy(&sheet_row(s, person)[first], kinds, (size_t)(last - first + 1));
	for (int32_t d = first; d <= last; d++)
		if (kinds[d - first] != ROTA_FREE)
			count_kind(s, d, kinds[d - first], 1);
	recount(s, person);
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

static size_t cells(const struct problem *x)
{
	return (size_t)x->people * (size_t)(x->days + 1) + 1;
}

void sheet_init(struct sheet *s, const struct problem *x, struct arena *arena, int32_t hard)
{
	size_t people = (size_t)x->people + 1, rows = (size_t)x->n_rows + 1, days = (size_t)(x->days * x->kinds);
	*s = (struct sheet){.x = x};
	s->kinds = arena_alloc(arena, cells(x) * sizeof *s->kinds);
	s->nodes = arena_alloc(arena, cells(x) * sizeof *s->nodes);
	s->totals = arena_alloc(arena, people * COUNTERS_MOST * sizeof *s->totals);
	s->own = arena_alloc(arena, people * sizeof *s->own);
	s->count = arena_alloc(arena, rows * sizeof *s->count);
	s->under = arena_alloc(arena, rows * sizeof *s->under);
	s->over = arena_alloc(arena, rows * sizeof *s->over);
	s->add = arena_alloc(arena, days * sizeof *s->add);
	s->drop = arena_alloc(arena, days * sizeof *s->drop);
	sheet_weigh(s, hard);
}

void sheet_copy(struct sheet *to, const struct sheet *from)
{
	const struct problem *x = from->x;
	size_t people = (size_t)x->people, rows = (size_t)x->n_rows;
	memcpy(to->kinds, from->kinds, cells(x) * sizeof *to->kinds);
	memcpy(to->nodes, from->nodes, cells(x) * sizeof *to->nodes);
	memcpy(to->totals, from->totals, people * COUNTERS_MOST * sizeof *to->totals);
	memcpy(to->own, from->own, people * sizeof *to->own);
	memcpy(to->count, from->count, rows * sizeof *to->count);
	to->people = from->people;
	sheet_weigh(to, from->hard);
}
