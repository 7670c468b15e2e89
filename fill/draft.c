/* fill/draft.c - see draft.h. Owns the counts of a plan and what each change costs. Must not know how a plan is found. */
#include "fill/draft.h"

#include <assert.h>
#include <string.h>

static const int64_t POINT = INT64_C(1) << FILL_SCALE;

static bool level_is(const struct draft *d, int32_t seat, enum fill_level level)
{
	return draft_level(d, seat) == level;
}

/* ---- making, copying ------------------------------------------------------------------------------------------------ */

void draft_init(struct draft *d, const struct instance *x, struct arena *a)
{
	size_t men = (size_t)x->n_men + 1, slots = (size_t)x->n_slots + 1, seats = (size_t)x->n_seats + 1;
	*d = (struct draft){.x = x};
	d->taken = arena_alloc(a, seats * sizeof *d->taken);
	d->barred = arena_alloc(a, seats * sizeof *d->barred);
	d->load = arena_alloc(a, men * sizeof *d->load);
	d->week_load = arena_alloc(a, (men * (size_t)x->n_weeks + 1) * sizeof *d->week_load);
	d->held = arena_alloc(a, seats * sizeof *d->held);
	d->holders = arena_alloc(a, ((size_t)x->places + 1) * sizeof *d->holders);
	d->place = arena_alloc(a, slots * sizeof *d->place);
	d->filled = arena_alloc(a, slots * sizeof *d->filled);
	d->newcomers = arena_alloc(a, slots * sizeof *d->newcomers);
	d->experienced = arena_alloc(a, slots * sizeof *d->experienced);
	for (int32_t i = 0; i < x->n_slots; i++)
		d->place[i + 1] = d->place[i] + x->slots[i].need;
	for (int32_t i = 0; i < x->n_seats; i++)
		d->barred[i] = !network_usable(x, i);
	draft_clear(d);
}

void draft_copy(struct draft *to, const struct draft *from)
{
	const struct instance *x = from->x;
	size_t men = (size_t)x->n_men, slots = (size_t)x->n_slots, seats = (size_t)x->n_seats;
	memcpy(to->taken, from->taken, seats * sizeof *to->taken);
	memcpy(to->barred, from->barred, seats * sizeof *to->barred);
	memcpy(to->load, from->load, men * sizeof *to->load);
	memcpy(to->week_load, from->week_load, men * (size_t)x->n_weeks * sizeof *to->week_load);
	memcpy(to->held, from->held, seats * sizeof *to->held);
	memcpy(to->holders, from->holders, (size_t)x->places * sizeof *to->holders);
	memcpy(to->filled, from->filled, slots * sizeof *to->filled);
	memcpy(to->newcomers, from->newcomers, slots * sizeof *to->newcomers);
	memcpy(to->experienced, from->experienced, slots * sizeof *to->experienced);
	to->cost = from->cost;
	to->open = from->open;
}

void draft_clear(struct draft *d)
{
	const struct instance *x = d->x;
	size_t men = (size_t)x->n_men, slots = (size_t)x->n_slots;
	memset(d->taken, 0, (size_t)x->n_seats * sizeof *d->taken);
	memset(d->load, 0, men * sizeof *d->load);
	memset(d->week_load, 0, men * (size_t)x->n_weeks * sizeof *d->week_load);
	memset(d->filled, 0, slots * sizeof *d->filled);
	memset(d->newcomers, 0, slots * sizeof *d->newcomers);
	memset(d->experienced, 0, slots * sizeof *d->experienced);
	d->cost = 0;
	for (int32_t i = 0; i < x->n_slots; i++)
		d->cost += POINT * ((int64_t)x->slots[i].need * x->slots[i].open_cost +
			(int64_t)x->slots[i].wants * x->in->weights.experience_cost);
	d->open = x->places;
}

/* ---- costs ---------------------------------------------------------------------------------------------------------- */

int64_t draft_experience(const struct draft *d, int32_t slot, int32_t already, int32_t more)
{
	const struct slot *s = &d->x->slots[slot];
	int32_t has = d->experienced[slot] + already, missing = s->wants > has ? s->wants - has : 0,
		then = s->wants > has + more ? s->wants - has - more : 0;
	return POINT * (then - missing) * d->x->in->weights.experience_cost;
}

int64_t draft_cost_of_taking(const struct draft *d, int32_t seat)
{
	const struct seat *s = &d->x->seats[seat];
	return s->weight + POINT * instance_step(d->x, &d->x->men[s->person], d->load[s->person] + 1) -
		POINT * d->x->slots[s->shift].open_cost + draft_experience(d, s->shift, 0, level_is(d, seat, FILL_EXPERIENCED));
}

int64_t draft_cost_of_dropping(const struct draft *d, int32_t seat)
{
	const struct seat *s = &d->x->seats[seat];
	return POINT * d->x->slots[s->shift].open_cost - s->weight -
		POINT * instance_step(d->x, &d->x->men[s->person], d->load[s->person]) +
		draft_experience(d, s->shift, 0, -level_is(d, seat, FILL_EXPERIENCED));
}

static void add_man_parts(const struct draft *d, const struct man *m, int32_t load, struct fill_cost *parts)
{
	const struct instance *x = d->x;
	for (int32_t i = m->first; i < m->end; i++)
		if (d->taken[i]) {
			parts->pairs += x->seats[i].cost;
			parts->keep -= x->seats[i].keep;
		}
	for (int32_t k = 1; k <= load; k++)
		parts->fairness += instance_step(x, m, k);
}

void draft_parts(const struct draft *d, struct fill_cost *parts)
{
	const struct instance *x = d->x;
	*parts = (struct fill_cost){0};
	for (int32_t i = 0; i < x->n_slots; i++) {
		const struct slot *s = &x->slots[i];
		int32_t missing = s->wants > d->experienced[i] ? s->wants - d->experienced[i] : 0;
		parts->open += (int64_t)(s->need - d->filled[i]) * s->open_cost;
		parts->experience += (int64_t)missing * x->in->weights.experience_cost;
	}
	for (int32_t i = 0; i < x->n_men; i++)
		add_man_parts(d, &x->men[i], d->load[i], parts);
}

/* ---- taking and giving up ------------------------------------------------------------------------------------------- */

static void remove_from(int32_t *list, int32_t n, int32_t seat)
{
	int32_t i = 0;
	while (list[i] != seat) {
		i++;
		assert(i < n);
	}
	list[i] = list[n - 1];
}

void draft_take(struct draft *d, int32_t seat)
{
	const struct seat *s = &d->x->seats[seat];
	assert(!d->taken[seat] && d->filled[s->shift] < d->x->slots[s->shift].need);
	d->cost += draft_cost_of_taking(d, seat);
	d->taken[seat] = true;
	d->held[d->x->men[s->person].first + d->load[s->person]++] = seat;
	d->week_load[s->person * d->x->n_weeks + s->week]++;
	d->holders[d->place[s->shift] + d->filled[s->shift]++] = seat;
	d->newcomers[s->shift] += level_is(d, seat, FILL_NEWCOMER);
	d->experienced[s->shift] += level_is(d, seat, FILL_EXPERIENCED);
	d->open--;
}

void draft_drop(struct draft *d, int32_t seat)
{
	const struct seat *s = &d->x->seats[seat];
	assert(d->taken[seat]);
	d->cost += draft_cost_of_dropping(d, seat);
	d->taken[seat] = false;
	remove_from(&d->held[d->x->men[s->person].first], d->load[s->person]--, seat);
	d->week_load[s->person * d->x->n_weeks + s->week]--;
	remove_from(&d->holders[d->place[s->shift]], d->filled[s->shift]--, seat);
	d->newcomers[s->shift] -= level_is(d, seat, FILL_NEWCOMER);
	d->experienced[s->shift] -= level_is(d, seat, FILL_EXPERIENCED);
	d->open++;
}

/* ---- what fits ------------------------------------------------------------------------------------------------------ */

int32_t draft_full_span(const struct draft *d, int32_t seat, int32_t but)
{
	const struct instance *x = d->x;
	const struct man *m = &x->men[x->seats[seat].person];
	for (int32_t k = m->first_span; k < m->end_span; k++) {
		const struct span *s = &x->spans[k];
		int32_t has = 0;
		for (int32_t i = m->first; seat >= s->first && seat < s->end && i < m->first + d->load[x->seats[seat].person]; i++)
			has += d->held[i] != but && d->held[i] >= s->first && d->held[i] < s->end;
		if (has >= s->left)
			return k;
	}
	return -1;
}

bool draft_room(const struct draft *d, int32_t seat)
{
	const struct instance *x = d->x;
	const struct seat *s = &x->seats[seat];
	const struct man *m = &x->men[s->person];
	int32_t week = s->person * x->n_weeks + s->week;
	if (d->taken[seat] || d->barred[seat] || d->filled[s->shift] >= x->slots[s->shift].need || d->load[s->person] >= m->most ||
			d->week_load[week] >= x->week_left[week])
		return false;
	for (int32_t i = 0; i < d->load[s->person]; i++)
		if (instance_clash(x, x->seats[d->held[m->first + i]].shift, s->shift))
			return false;
	return draft_full_span(d, seat, -1) < 0;
}

bool draft_company(const struct draft *d, int32_t slot, int32_t newcomers, int32_t experienced)
{
	int32_t n = d->newcomers[slot] + newcomers, e = d->experienced[slot] + experienced;
	return n == 0 || n <= e + d->x->slots[slot].spare;
}

bool draft_fits(const struct draft *d, int32_t seat)
{
	return draft_room(d, seat) && draft_company(d, d->x->seats[seat].shift, level_is(d, seat, FILL_NEWCOMER),
		level_is(d, seat, FILL_EXPERIENCED));
}

bool draft_can_drop(const struct draft *d, int32_t seat)
{
	return draft_company(d, d->x->seats[seat].shift, -level_is(d, seat, FILL_NEWCOMER), -level_is(d, seat, FILL_EXPERIENCED));
}
