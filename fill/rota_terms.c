/* fill/rota_terms.c - see rota_terms.h. Owns the check of a model and its arrangement. Must not know of searching. */
#include "fill/rota_terms.h"

#include <string.h>

/* ---- is the model one? ------------------------------------------------------------------------------------------ */

static bool right_weight(int32_t w)
{
	return (w >= 0 && w <= ROTA_WEIGHT_MOST) || w == ROTA_HARD;
}

static bool right_rule(const struct rota_model *m, const struct rota_rule *r)
{
	bool block = r->what == ROTA_BLOCKS || r->what == ROTA_BLOCK_RUN;
	if (!right_weight(r->under) || !right_weight(r->over) || r->least < 0 || r->most < r->least)
		return false;
	if ((r->what == ROTA_TOTAL || r->what == ROTA_BLOCKS) && (r->first < 0 || r->last < r->first || r->last >= m->days))
		return false;
	if (r->what != ROTA_TOTAL && r->what != ROTA_BLOCKS && (r->least > ROTA_DAYS_MOST || (r->most > ROTA_DAYS_MOST && r->most < ROTA_NO_MOST)))
		return false;
	if (block && (r->length < 1 || r->length > WALK_WEEK || !r->weekdays || r->weekdays & (r->weekdays - 1)))
		return false;
	if (r->what == ROTA_PATTERN && (r->length < 1 || r->length > ROTA_PATTERN_MOST))
		return false;
	return r->weekdays <= ROTA_ANY_DAY && r->what >= ROTA_TOTAL && r->what <= ROTA_PATTERN;
}

static bool right_person(const struct rota_model *m, const struct rota_person *p)
{
	if (p->contract < 0 || (size_t)p->contract >= m->n_contracts || p->n_before < 0 || p->n_before > ROTA_DAYS_MOST)
		return false;
	for (int32_t i = 0; i < p->n_before; i++)
		if (p->before[i] >= m->n_kinds)
			return false;
	return true;
}

static bool right_standing(const struct rota_model *m)
{
	for (size_t i = 0; m->standing && i < m->n_persons * (size_t)m->days; i++)
		if (m->standing[i] >= m->n_kinds)
			return false;
	return true;
}

static bool right_lists(const struct rota_model *m)
{
	for (size_t i = 0; i < m->n_wishes; i++) {
		const struct rota_wish *w = &m->wishes[i];
		if (w->person < 0 || (size_t)w->person >= m->n_persons || w->first < 0 || w->last < w->first || w->last >= m->days ||
			!right_weight(w->weight))
			return false;
	}
	for (size_t i = 0; i < m->n_cover; i++) {
		const struct rota_cover *c = &m->cover[i];
		if (c->day < 0 || c->day >= m->days || c->need < 0 || c->need > ROTA_PEOPLE_MOST || c->kinds & 1 || !right_weight(c->under) ||
			!right_weight(c->over))
			return false;
	}
	return true;
}

static bool right_model(const struct rota_model *m)
{
	if (m->days < 1 || m->days > ROTA_DAYS_MOST || m->first_weekday < 0 || m->first_weekday >= WALK_WEEK || m->n_kinds < 1 ||
		m->n_kinds > ROTA_KINDS_MOST || m->n_persons > ROTA_PEOPLE_MOST)
		return false;
	for (size_t i = 0; i < m->n_kinds; i++)
		if (m->kinds[i].minutes < 0 || m->kinds[i].minutes > 1440 || (i == ROTA_FREE && m->kinds[i].minutes))
			return false;
	for (size_t i = 0; i < m->n_contracts; i++)
		for (size_t j = 0; j < m->contracts[i].n_rules; j++)
			if (!right_rule(m, &m->contracts[i].rules[j]))
				return false;
	for (size_t i = 0; i < m->n_persons; i++)
		if (!right_person(m, &m->persons[i]))
			return false;
	return right_lists(m) && right_standing(m);
}

/* ---- walks, one for contracts with the same rules about sequences ----------------------------------------------- */

static const struct rota_rule *next_sequence(const struct rota_contract *c, size_t *i)
{
	while (*i < c->n_rules && c->rules[*i].what == ROTA_TOTAL)
		(*i)++;
	return *i < c->n_rules ? &c->rules[(*i)++] : NULL;
}

/* Blocks are counted by counters: to the walk it's one whatever their limits are. */
static bool same_rule(const struct rota_rule *a, const struct rota_rule *b)
{
	if (a->what != b->what || a->kinds != b->kinds || a->weekdays != b->weekdays || a->length != b->length)
		return false;
	if (a->what == ROTA_BLOCKS)
		return true;
	if (a->what == ROTA_PATTERN)
		return a->over == b->over && !memcmp(a->pattern, b->pattern, (size_t)a->length * sizeof *a->pattern);
	return a->least == b->least && a->most == b->most && a->under == b->under && a->over == b->over &&
		a->open_start == b->open_start && a->open_end == b->open_end;
}

static bool same_sequences(const struct rota_contract *a, const struct rota_contract *b)
{
	size_t i = 0, j = 0;
	for (;;) {
		const struct rota_rule *r = next_sequence(a, &i), *s = next_sequence(b, &j);
		if (!r || !s)
			return r == s;
		if (!same_rule(r, s))
			return false;
	}
}

/* Everybody whose contract has the same sequences as this one gets the same walk. */
static int walk_for(struct problem *x, struct arena *arena, size_t contract, size_t *like)
{
	const struct rota_model *m = x->m;
	int32_t *persons = arena_alloc(arena, (m->n_persons + 1) * sizeof *persons);
	uint16_t *starts = arena_alloc(arena, (m->n_persons + 1) * sizeof *starts);
	size_t n = 0;
	struct walk *walk;
	for (size_t i = 0; i < m->n_persons; i++)
		if (like[m->persons[i].contract] == contract)
			persons[n++] = (int32_t)i;
	int rc = walk_make(m, &m->contracts[contract], persons, n, arena, &walk, starts);
	for (size_t i = 0; rc == 0 && i < n; i++)
		x->start[persons[i]] = starts[i];
	for (size_t i = contract; i < m->n_contracts; i++)
		if (like[i] == contract)
			x->terms[i].walk = walk;
	return rc;
}

static int make_walks(struct problem *x, struct arena *arena)
{
	const struct rota_model *m = x->m;
	size_t *like = arena_alloc(arena, (m->n_contracts + 1) * sizeof *like);
	for (size_t i = 0; i < m->n_contracts; i++)
		for (like[i] = 0; like[i] < i; like[i]++)
			if (like[like[i]] == like[i] && same_sequences(&m->contracts[i], &m->contracts[like[i]]))
				break;
	for (size_t i = 0; i < m->n_contracts; i++)
		if (like[i] == i && walk_for(x, arena, i, like) < 0)
			return ERR_DATA;
	return 0;
}

/* ---- counters and classes --------------------------------------------------------------------------------------- */

static int32_t inner_weight(int32_t weight)
{
	return weight == ROTA_HARD ? WALK_NEVER : weight;
}

static int32_t amount_of(const struct rota_model *m, const struct rota_rule *r, int32_t kind)
{
	if (r->what != ROTA_TOTAL || !(r->kinds >> kind & 1))
		return 0;
	return r->minutes ? m->kinds[kind].minutes : 1;
}

/* Can it be broken at all? */
static bool binds(const struct rota_model *m, const struct rota_rule *r)
{
	if (r->what != ROTA_TOTAL && r->what != ROTA_BLOCKS)
		return false;
	int32_t largest = r->what == ROTA_BLOCKS, days = r->last - r->first + 1;
	for (int32_t k = 0; k < (int32_t)m->n_kinds; k++)
		largest = amount_of(m, r, k) > largest ? amount_of(m, r, k) : largest;
	return (r->least > 0 && r->under > 0) || (r->over > 0 && (int64_t)largest * days > r->most);
}

static int take_counters(struct terms *t, const struct rota_model *m, const struct rota_contract *c, const struct rota_rule **from)
{
	int32_t event = 0;
	for (size_t i = 0; i < c->n_rules; i++) {
		const struct rota_rule *r = &c->rules[i];
		int32_t bit = r->what == ROTA_BLOCKS ? event++ : -1;
		if (!binds(m, r))
			continue;
		if (t->n_counters == COUNTERS_MOST || r->least > INT32_MAX / 4)
			return ERR_DATA;
		from[t->n_counters] = r;
		t->counts_events = t->counts_events || bit >= 0;
		t->counters[t->n_counters++] = (struct counter){.least = r->least, .most = r->most < INT32_MAX / 4 ? r->most : INT32_MAX / 4,
			.under = inner_weight(r->under), .over = inner_weight(r->over), .first = r->first, .last = r->last, .event = bit};
	}
	return 0;
}

static bool same_class(const struct terms *t, const struct rota_model *m, const struct rota_rule **from, int32_t a, int32_t b)
{
	if (t->walk->column[a] != t->walk->column[b])
		return false;
	for (int32_t i = 0; i < t->n_counters; i++)
		if (amount_of(m, from[i], a) != amount_of(m, from[i], b))
			return false;
	return true;
}

static int make_terms(struct terms *t, const struct rota_model *m, const struct rota_contract *c, struct arena *arena)
{
	const struct rota_rule *from[COUNTERS_MOST];
	int32_t stands[ROTA_KINDS_MOST] = {0};
	if (take_counters(t, m, c, from) < 0)
		return ERR_DATA;
	t->n_classes = 1;
	for (int32_t k = 1; k < (int32_t)m->n_kinds; k++) {
		int32_t at = 1;
		while (at < t->n_classes && !same_class(t, m, from, k, stands[at]))
			at++;
		if (at == t->n_classes) {
			stands[t->n_classes++] = k;
			t->column[at] = t->walk->column[k];
		}
		t->class_of[k] = (uint8_t)at;
	}
	t->amounts = arena_alloc(arena, (size_t)(t->n_classes * t->n_counters + 1) * sizeof *t->amounts);
	for (int32_t at = 0; at < t->n_classes; at++)
		for (int32_t i = 0; i < t->n_counters; i++)
			t->amounts[at * t->n_counters + i] = amount_of(m, from[i], stands[at]);
	return 0;
}

/* ---- days ------------------------------------------------------------------------------------------------------- */

static void make_wishes(struct problem *x, struct arena *arena)
{
	const struct rota_model *m = x->m;
	x->wish = arena_alloc(arena, (size_t)x->people * (size_t)x->days * (size_t)x->kinds * sizeof *x->wish + 1);
	for (int32_t p = 0; p < x->people; p++)
		for (int32_t i = 0; i < x->days * x->kinds; i++)
			if (i % x->kinds && !(m->persons[p].kinds >> (i % x->kinds) & 1))
				x->wish[p * x->days * x->kinds + i] = WALK_NEVER;
	for (size_t i = 0; i < m->n_wishes; i++) {
		const struct rota_wish *w = &m->wishes[i];
		for (int32_t d = w->first; d <= w->last; d++)
			for (int32_t k = 0; k < x->kinds; k++)
				if (w->kinds >> k & 1) {
					int32_t *at = &x->wish[(w->person * x->days + d) * x->kinds + k];
					*at = w->weight == ROTA_HARD || *at == WALK_NEVER ? WALK_NEVER : *at + w->weight;
				}
	}
}

static void make_rows(struct problem *x, struct arena *arena)
{
	const struct rota_model *m = x->m;
	x->n_rows = (int32_t)m->n_cover;
	x->rows = arena_alloc(arena, (m->n_cover + 1) * sizeof *x->rows);
	x->rows_from = arena_alloc(arena, (size_t)(x->days + 1) * sizeof *x->rows_from);
	int32_t n = 0;
	for (int32_t d = 0; d < x->days; d++) {
		x->rows_from[d] = n;
		for (size_t i = 0; i < m->n_cover; i++) {
			const struct rota_cover *c = &m->cover[i];
			if (c->day == d)
				x->rows[n++] = (struct row){.day = d, .need = c->need, .under = c->under, .over = c->over, .kinds = c->kinds};
		}
	}
	x->rows_from[x->days] = n;
}

static void make_at(struct problem *x, struct arena *arena)
{
	size_t cap = 0;
	int32_t n = 0;
	x->at_from = arena_alloc(arena, (size_t)(x->days * x->kinds + 1) * sizeof *x->at_from);
	for (int32_t i = 0; i < x->days * x->kinds; i++) {
		x->at_from[i] = n;
		for (int32_t r = x->rows_from[i / x->kinds]; r < x->rows_from[i / x->kinds + 1]; r++) {
			if (!(x->rows[r].kinds >> (i % x->kinds) & 1))
				continue;
			x->at = arena_grow(arena, x->at, &cap, (size_t)n + 1, sizeof *x->at);
			x->at[n++] = r;
		}
	}
	x->at_from[x->days * x->kinds] = n;
}

int terms_make(const struct rota_model *m, struct arena *arena, struct problem **out)
{
	if (!right_model(m))
		return ERR_DATA;
	struct problem *x = *out = arena_alloc(arena, sizeof *x);
	x->m = m;
	x->days = m->days;
	x->kinds = (int32_t)m->n_kinds;
	x->people = (int32_t)m->n_persons;
	x->terms = arena_alloc(arena, (m->n_contracts + 1) * sizeof *x->terms);
	x->of = arena_alloc(arena, (m->n_persons + 1) * sizeof *x->of);
	x->start = arena_alloc(arena, (m->n_persons + 1) * sizeof *x->start);
	if (make_walks(x, arena) < 0)
		return ERR_DATA;
	for (size_t i = 0; i < m->n_contracts; i++)
		if (make_terms(&x->terms[i], m, &m->contracts[i], arena) < 0)
			return ERR_DATA;
	for (int32_t p = 0; p < x->people; p++)
		x->of[p] = &x->terms[m->persons[p].contract];
	make_wishes(x, arena);
	make_rows(x, arena);
	make_at(x, arena);
	return 0;
}

void terms_price(const struct problem *x, const int64_t *dual, int64_t *price)
{
	for (int32_t cell = 0; cell < x->days * x->kinds; cell++) {
		price[cell] = 0;
		for (int32_t i = x->at_from[cell]; i < x->at_from[cell + 1]; i++)
			price[cell] -= dual[x->at[i]];
	}
}
