/* fill/rota_walk.c - see rota_walk.h. Owns the meaning of the rules about sequences while searching, and the
 * merging of pasts that mean the same. Must not know of counters, costs of days, or cover. */
#include "fill/rota_walk.h"

#include <string.h>

enum { NODES_MOST = 60000, RAW_MOST = 400000, TABLE = 1 << 20, RULES_MOST = 64, EVENTS_MOST = 16 };

/* One past: a small number for each rule. */
struct past {
	uint16_t at[RULES_MOST];
};

struct maker {
	const struct rota_model *m;
	const struct rota_rule *rules[RULES_MOST];      /* all but totals */
	int32_t n;
	struct walk *w;
	uint64_t of_column[ROTA_KINDS_MOST];            /* a kind that stands for the column, as a set */
	struct arena *scratch;
	struct past *pasts[WALK_WEEK];
	size_t n_pasts[WALK_WEEK], cap_pasts[WALK_WEEK], done[WALK_WEEK];
	uint32_t *table;                                /* 1 + index by hash: of pasts and weekdays, later of groups */
	size_t in_table;
	struct walk_step *raw[WALK_WEEK];               /* as of walk.steps, with next too large for it */
	uint32_t *next[WALK_WEEK], *merged[WALK_WEEK];
	size_t cap_raw[WALK_WEEK], cap_next[WALK_WEEK];
};

/* ---- runs ----------------------------------------------------------------------------------------------------------
 * A run is told as its length, no longer than matters; or, if it may have begun before what is known, by that plus
 * `cap + 1`. */

static int32_t run_cap(const struct rota_rule *r)
{
	return r->most != ROTA_NO_MOST && r->most > r->least ? r->most : r->least;
}

static int32_t run_length(const struct rota_rule *r, uint16_t at)
{
	int32_t cap = run_cap(r);
	return at > cap ? at - cap - 1 : at;
}

static uint16_t run_begin(const struct rota_rule *r)
{
	return (uint16_t)(r->open_start && r->least ? run_cap(r) + 1 : 0);
}

static int32_t run_short(const struct rota_rule *r, uint16_t at)
{
	return at && at <= run_cap(r) && at < r->least ? r->least - at : 0;
}

static uint16_t run_grow(const struct rota_rule *r, uint16_t at, int32_t *over)
{
	int32_t cap = run_cap(r), length = run_length(r, at);
	*over = length == r->most;
	length = length < cap ? length + 1 : cap;
	return (uint16_t)(at > cap && length < r->least ? length + cap + 1 : length);
}

/* ---- one rule, one day ------------------------------------------------------------------------------------------ */

/* What a step of one rule costs, in units. */
struct units {
	int32_t under, over;
	bool event;
};

static int32_t block_day(const struct rota_rule *r, int32_t weekday)
{
	int32_t begin = 0;
	while (!(r->weekdays >> begin & 1))
		begin++;
	return (weekday - begin + WALK_WEEK) % WALK_WEEK;
}

static uint16_t step_block(const struct rota_rule *r, uint16_t at, int32_t weekday, bool in, struct units *u)
{
	int32_t day = block_day(r, weekday);
	if (day >= r->length)
		return 0;
	u->event = in && !(day && at);
	return (day && at) || in ? day + 1 < r->length : 0;
}

/* at: the run of blocks * 2 + whether this block is worked. */
static uint16_t step_block_run(const struct rota_rule *r, uint16_t at, int32_t weekday, bool in, struct units *u)
{
	int32_t day = block_day(r, weekday);
	uint16_t run = at / 2;
	bool worked = at & 1;
	if (day >= r->length)
		return at;
	if (in && !worked) {
		run = run_grow(r, run, &u->over);
		worked = true;
	}
	if (day + 1 < r->length)
		return (uint16_t)(run * 2 + worked);
	if (!worked) {
		u->under = run_short(r, run);
		run = 0;
	}
	return (uint16_t)(run * 2);
}

static uint16_t step_pattern(const struct rota_rule *r, uint16_t at, int32_t weekday, uint64_t kind, struct units *u)
{
	uint16_t next = 0;
	uint16_t from = (uint16_t)(at << 1 | (r->weekdays >> weekday & 1));
	for (int32_t i = 0; i < r->length; i++)
		if (from >> i & 1 && r->pattern[i] & kind)
			next |= (uint16_t)(1 << i);
	u->over = next >> (r->length - 1) & 1;
	return next & (uint16_t)((1 << (r->length - 1)) - 1);
}

static uint16_t step_rule(const struct rota_rule *r, uint16_t at, int32_t weekday, uint64_t kind, struct units *u)
{
	bool in = r->kinds & kind;
	*u = (struct units){0};
	switch (r->what) {
	case ROTA_RUN:
		if (in)
			return run_grow(r, at, &u->over);
		u->under = run_short(r, at);
		return 0;
	case ROTA_BLOCKS:
		return step_block(r, at, weekday, in, u);
	case ROTA_BLOCK_RUN:
		return step_block_run(r, at, weekday, in, u);
	case ROTA_PATTERN:
		return step_pattern(r, at, weekday, kind, u);
	case ROTA_TOTAL:
		break;
	}
	return 0;
}

static int32_t end_rule(const struct rota_rule *r, uint16_t at, int32_t weekday)
{
	if (r->what == ROTA_RUN)
		return r->open_end ? 0 : run_short(r, at);
	if (r->what != ROTA_BLOCK_RUN)
		return 0;
	int32_t day = block_day(r, weekday);
	bool inside = day > 0 && day < r->length;
	if (inside && !(at & 1))
		return run_short(r, at / 2);
	return r->open_end ? 0 : run_short(r, at / 2);
}

static uint16_t begin_rule(const struct rota_rule *r)
{
	return r->what == ROTA_RUN ? run_begin(r) : r->what == ROTA_BLOCK_RUN ? (uint16_t)(run_begin(r) * 2) : 0;
}

static int32_t charge(int32_t cost, int32_t units, int32_t weight)
{
	if (cost == WALK_NEVER || (weight == ROTA_HARD && units))
		return WALK_NEVER;
	int64_t sum = cost + (int64_t)units * weight;
	return sum < WALK_NEVER ? (int32_t)sum : WALK_NEVER - 1;
}

static struct past step_past(const struct maker *k, const struct past *p, int32_t weekday, uint64_t kind, struct walk_step *s)
{
	struct past next = {{0}};
	int32_t event = 0;
	*s = (struct walk_step){0};
	for (int32_t i = 0; i < k->n; i++) {
		struct units u;
		const struct rota_rule *r = k->rules[i];
		next.at[i] = step_rule(r, p->at[i], weekday, kind, &u);
		s->cost = charge(charge(s->cost, u.under, r->under), u.over, r->over);
		if (r->what == ROTA_BLOCKS)
			s->events |= (uint16_t)(u.event << event++);
	}
	return next;
}

/* ---- columns ---------------------------------------------------------------------------------------------------- */

static bool same_column(const struct maker *k, int32_t a, int32_t b)
{
	for (int32_t i = 0; i < k->n; i++) {
		const struct rota_rule *r = k->rules[i];
		if (r->what != ROTA_PATTERN && (r->kinds >> a & 1) != (r->kinds >> b & 1))
			return false;
		for (int32_t j = 0; r->what == ROTA_PATTERN && j < r->length; j++)
			if ((r->pattern[j] >> a & 1) != (r->pattern[j] >> b & 1))
				return false;
	}
	return true;
}

static void make_columns(struct maker *k)
{
	struct walk *w = k->w;
	w->n_columns = 1;
	k->of_column[0] = 1;
	for (int32_t kind = 1; kind < (int32_t)k->m->n_kinds; kind++) {
		int32_t c = -1;
		for (int32_t other = 1; other < kind && c < 0; other++)
			if (same_column(k, kind, other))
				c = w->column[other];
		if (c < 0) {
			c = w->n_columns++;
			k->of_column[c] = (uint64_t)1 << kind;
		}
		w->column[kind] = (uint8_t)c;
	}
}

/* ---- all pasts -------------------------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 29;
}

/* The index of a past before such a weekday, as a new one if need be. -1: too many. */
static int64_t past_index(struct maker *k, int32_t weekday, const struct past *p)
{
	uint64_t h = (uint64_t)weekday;
	for (int32_t i = 0; i < k->n; i++)
		h = mix(h, p->at[i]);
	size_t at = h % TABLE;
	for (; k->table[at]; at = (at + 1) % TABLE) {
		size_t index = (k->table[at] - 1) / WALK_WEEK;
		if ((k->table[at] - 1) % WALK_WEEK == (uint32_t)weekday && !memcmp(&k->pasts[weekday][index], p, sizeof *p))
			return (int64_t)index;
	}
	if (k->in_table == RAW_MOST)
		return -1;
	k->in_table++;
	size_t n = k->n_pasts[weekday]++;
	k->table[at] = (uint32_t)(n * WALK_WEEK + (size_t)weekday + 1);
	k->pasts[weekday] = arena_grow(k->scratch, k->pasts[weekday], &k->cap_pasts[weekday], n + 1, sizeof *p);
	k->pasts[weekday][n] = *p;
	return (int64_t)n;
}

static int walk_from(struct maker *k, int32_t weekday, size_t index)
{
	size_t columns = (size_t)k->w->n_columns, to = (index + 1) * columns;
	k->raw[weekday] = arena_grow(k->scratch, k->raw[weekday], &k->cap_raw[weekday], to, sizeof **k->raw);
	k->next[weekday] = arena_grow(k->scratch, k->next[weekday], &k->cap_next[weekday], to, sizeof **k->next);
	for (size_t c = 0; c < columns; c++) {
		struct past p = k->pasts[weekday][index];
		struct walk_step *s = &k->raw[weekday][index * columns + c];
		struct past next = step_past(k, &p, weekday, k->of_column[c], s);
		if (s->cost == WALK_NEVER) {
			*s = (struct walk_step){.cost = WALK_NEVER};
			k->next[weekday][index * columns + c] = UINT32_MAX;
			continue;
		}
		int64_t to_index = past_index(k, (weekday + 1) % WALK_WEEK, &next);
		if (to_index < 0)
			return ERR_DATA;
		k->next[weekday][index * columns + c] = (uint32_t)to_index;
	}
	return 0;
}

static int walk_all(struct maker *k)
{
	for (bool more = true; more;) {
		more = false;
		for (int32_t weekday = 0; weekday < WALK_WEEK; weekday++)
			while (k->done[weekday] < k->n_pasts[weekday]) {
				if (walk_from(k, weekday, k->done[weekday]++) < 0)
					return ERR_DATA;
				more = true;
			}
	}
	return 0;
}

static int start_of(struct maker *k, int32_t person, int64_t *index)
{
	const struct rota_person *who = &k->m->persons[person];
	struct past p = {{0}};
	struct walk_step s;
	for (int32_t i = 0; i < k->n; i++)
		p.at[i] = begin_rule(k->rules[i]);
	int32_t weekday = ((k->m->first_weekday - who->n_before) % WALK_WEEK + WALK_WEEK) % WALK_WEEK;
	for (int32_t i = 0; i < who->n_before; i++) {
		p = step_past(k, &p, weekday, (uint64_t)1 << who->before[i], &s);
		weekday = (weekday + 1) % WALK_WEEK;
	}
	*index = past_index(k, weekday, &p);
	return *index < 0 ? ERR_DATA : 0;
}

/* ---- pasts that mean the same --------------------------------------------------------------------------------------
 * Begin with: those that cost the same at the end are one. Then take apart what leads to different ones, until nothing
 * changes. */

static int32_t end_cost(const struct maker *k, int32_t weekday, size_t index)
{
	int32_t cost = 0;
	for (int32_t i = 0; i < k->n; i++) {
		const struct rota_rule *r = k->rules[i];
		cost = charge(cost, end_rule(r, k->pasts[weekday][index].at[i], weekday), r->under);
	}
	return cost;
}

static uint32_t merged_next(const struct maker *k, int32_t weekday, size_t at)
{
	uint32_t next = k->next[weekday][at];
	return next == UINT32_MAX ? next : k->merged[(weekday + 1) % WALK_WEEK][next];
}

static bool same_steps(const struct maker *k, int32_t weekday, size_t a, size_t b)
{
	size_t columns = (size_t)k->w->n_columns;
	if (k->merged[weekday][a] != k->merged[weekday][b])
		return false;
	for (size_t c = 0; c < columns; c++) {
		const struct walk_step *s = &k->raw[weekday][a * columns + c], *t = &k->raw[weekday][b * columns + c];
		if (s->cost != t->cost || s->events != t->events)
			return false;
		if (merged_next(k, weekday, a * columns + c) != merged_next(k, weekday, b * columns + c))
			return false;
	}
	return true;
}

static uint64_t hash_steps(const struct maker *k, int32_t weekday, size_t a)
{
	size_t columns = (size_t)k->w->n_columns;
	uint64_t h = k->merged[weekday][a];
	for (size_t c = 0; c < columns; c++) {
		const struct walk_step *s = &k->raw[weekday][a * columns + c];
		h = mix(mix(h, (uint64_t)s->cost << 16 | s->events), merged_next(k, weekday, a * columns + c));
	}
	return h;
}

/* One weekday's pasts, taken apart by their steps. The number of groups there are. */
static size_t part_weekday(struct maker *k, int32_t weekday, uint32_t *groups, uint32_t *first)
{
	size_t n = k->n_pasts[weekday], n_groups = 0, room = 16;
	while (room < 2 * n)
		room *= 2;
	memset(k->table, 0, room * sizeof *k->table);
	for (size_t i = 0; i < n; i++) {
		size_t at = hash_steps(k, weekday, i) % room;
		while (k->table[at] && !same_steps(k, weekday, i, first[k->table[at] - 1]))
			at = (at + 1) % room;
		if (!k->table[at]) {
			first[n_groups] = (uint32_t)i;
			k->table[at] = (uint32_t)++n_groups;
		}
		groups[i] = k->table[at] - 1;
	}
	return n_groups;
}

static void merge_by_end(struct maker *k, int32_t weekday)
{
	size_t n = k->n_pasts[weekday];
	k->merged[weekday] = arena_alloc(k->scratch, (n + 1) * sizeof **k->merged);
	for (size_t i = 0; i < n; i++)
		k->merged[weekday][i] = (uint32_t)end_cost(k, weekday, i);
}

static void merge_all(struct maker *k, uint32_t *first[WALK_WEEK], size_t n_groups[WALK_WEEK])
{
	size_t most = 0;
	for (int32_t d = 0; d < WALK_WEEK; d++) {
		most = k->n_pasts[d] > most ? k->n_pasts[d] : most;
		first[d] = arena_alloc(k->scratch, (k->n_pasts[d] + 1) * sizeof **first);
		merge_by_end(k, d);
	}
	uint32_t *groups = arena_alloc(k->scratch, (most + 1) * sizeof *groups);
	for (int32_t quiet = 0; quiet < 2 * WALK_WEEK;) {
		for (int32_t d = WALK_WEEK - 1; d >= 0; d--) {
			size_t n = part_weekday(k, d, groups, first[d]);
			quiet = n == n_groups[d] ? quiet + 1 : 0;
			n_groups[d] = n;
			if (k->n_pasts[d])
				memcpy(k->merged[d], groups, k->n_pasts[d] * sizeof *groups);
		}
	}
}

static int fill_walk(struct maker *k, struct arena *arena)
{
	uint32_t *first[WALK_WEEK];
	size_t n_groups[WALK_WEEK] = {0};
	size_t columns = (size_t)k->w->n_columns;
	merge_all(k, first, n_groups);
	for (int32_t d = 0; d < WALK_WEEK; d++) {
		if (n_groups[d] > NODES_MOST)
			return ERR_DATA;
		k->w->n_nodes[d] = (int32_t)n_groups[d];
		k->w->steps[d] = arena_alloc(arena, (n_groups[d] * columns + 1) * sizeof **k->w->steps);
		k->w->ends[d] = arena_alloc(arena, (n_groups[d] + 1) * sizeof **k->w->ends);
		for (size_t i = 0; i < n_groups[d]; i++) {
			k->w->ends[d][i] = end_cost(k, d, first[d][i]);
			for (size_t c = 0; c < columns; c++) {
				uint32_t next = merged_next(k, d, first[d][i] * columns + c);
				struct walk_step *s = &k->w->steps[d][i * columns + c];
				*s = k->raw[d][first[d][i] * columns + c];
				s->next = next == UINT32_MAX ? 0 : (uint16_t)next;
			}
		}
	}
	return 0;
}

/* ---- from the rules --------------------------------------------------------------------------------------------- */

static int take_rules(struct maker *k, const struct rota_contract *c)
{
	int32_t events = 0;
	for (size_t i = 0; i < c->n_rules; i++) {
		if (c->rules[i].what == ROTA_TOTAL)
			continue;
		if (k->n == RULES_MOST || (c->rules[i].what == ROTA_BLOCKS && events++ == EVENTS_MOST))
			return ERR_DATA;
		k->rules[k->n++] = &c->rules[i];
	}
	return 0;
}

static int make(struct maker *k, const int32_t *persons, size_t n_persons, struct arena *arena, uint16_t *starts)
{
	int64_t *index = arena_alloc(k->scratch, (n_persons + 1) * sizeof *index);
	k->table = arena_alloc(k->scratch, TABLE * sizeof *k->table);
	make_columns(k);
	for (size_t i = 0; i < n_persons; i++)
		if (start_of(k, persons[i], &index[i]) < 0)
			return ERR_DATA;
	if (walk_all(k) < 0)
		return ERR_DATA;
	int rc = fill_walk(k, arena);
	for (size_t i = 0; rc == 0 && i < n_persons; i++)
		starts[i] = (uint16_t)k->merged[k->m->first_weekday][index[i]];
	return rc;
}

int walk_make(const struct rota_model *m, const struct rota_contract *rules, const int32_t *persons, size_t n_persons,
	struct arena *arena, struct walk **walk, uint16_t *starts)
{
	struct maker k = {.m = m, .scratch = arena_new()};
	k.w = *walk = arena_alloc(arena, sizeof **walk);
	int rc = take_rules(&k, rules);
	if (rc == 0)
		rc = make(&k, persons, n_persons, arena, starts);
	arena_free(k.scratch);
	return rc;
}
