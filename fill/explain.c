/* fill/explain.c - why a place stays open: fill_why_open(). Owns the search for a certificate and its counting. The count
 * alone is what proves: whatever set of shifts the search comes up with, it is right if it adds up.
 *
 * The set grows from the open shift: whoever may come to a shift of the set and is kept by another adds that one. In the
 * words of flow it is the side of a minimum cut from which the open place could be reached. */
#include "fill/engine.h"

#include <assert.h>
#include <string.h>

enum { SHRINK_MOST = 150 };             /* larger sets aren't tried for slots to leave out */

struct cut {
	struct fill *f;
	bool *in;                       /* of a slot */
	int32_t *slots;
	int32_t n, looked;              /* slots whose people have been looked at */
	int32_t *marks, *rest;          /* seats of one person, for counting; how many from each on */
	struct fill_can *people;
	struct fill_limit *limits;
	size_t n_people, n_limits;
	int32_t places, most;           /* of the set; how many can be filled */
};

/* ---- counting ------------------------------------------------------------------------------------------------------- */

static bool may(const struct cut *c, int32_t seat)
{
	return !c->f->d.barred[seat];
}

static bool is_newcomer(const struct cut *c, int32_t seat)
{
	return draft_level(&c->f->d, seat) == FILL_NEWCOMER;
}

/* Newcomers who may come to a slot but for company. */
static int32_t newcomers_at(const struct cut *c, int32_t slot)
{
	const struct instance *x = c->f->x;
	int32_t n = 0;
	for (int32_t i = x->slots[slot].first; i < x->slots[slot].end; i++)
		n += !x->seats[x->by_shift[i]].dead && is_newcomer(c, x->by_shift[i]);
	return n;
}

/* Does the limit of newcomers bind here? Then they are counted by it, and not one by one. */
static bool limited(const struct cut *c, int32_t slot)
{
	const struct slot *s = &c->f->x->slots[slot];
	return s->need > 0 && (s->newcomers == 0 || c->f->d.newcomers[slot] >= s->newcomers) && newcomers_at(c, slot) > s->newcomers;
}

static bool counts(const struct cut *c, int32_t seat, const bool *limit_of)
{
	int32_t slot = c->f->x->seats[seat].shift;
	return c->in[slot] && may(c, seat) && !(is_newcomer(c, seat) && limit_of[slot]);
}

/* The most of these shifts that one can do with rest between them: always the one that ends first. */
static int32_t most_by_rest(const struct instance *x, const int32_t *seats, int32_t n)
{
	int32_t most = 0;
	int64_t free_from = INT64_MIN;
	for (;;) {
		const struct slot *next = NULL;
		for (int32_t i = 0; i < n; i++) {
			const struct slot *s = &x->slots[x->seats[seats[i]].shift];
			if (s->start >= free_from && (!next || s->stop < next->stop))
				next = s;
		}
		if (!next)
			return most;
		most++;
		free_from = next->stop + x->in->rest;
	}
}

static int32_t least(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

/* The same by windows and weeks: whatever is taken, of the seats from one on no more than a window or week that begins with it
 * allows, and of those behind that no more than was found of them. `room` is for n + 1 numbers. */
static int32_t most_by_windows(const struct instance *x, int32_t man, const int32_t *seats, int32_t n, int32_t *room)
{
	const struct man *m = &x->men[man];
	room[n] = 0;
	for (int32_t i = n - 1; i >= 0; i--) {
		int32_t week = x->seats[seats[i]].week, end = i;
		while (end < n && x->seats[seats[end]].week == week)
			end++;
		room[i] = least(1 + room[i + 1], least(x->week_left[man * x->n_weeks + week], most_by_rest(x, seats + i, end - i)) + room[end]);
		for (int32_t k = m->first_span; k < m->end_span; k++) {
			const struct span *s = &x->spans[k];
			for (end = i; end < n && seats[end] >= s->first && seats[end] < s->end;)
				end++;
			room[i] = end > i ? least(room[i], s->left + room[end]) : room[i];
		}
	}
	return room[0];
}

/* How many of the seats marked a person can have, and why no more. */
static struct fill_can count_person(const struct instance *x, int32_t man, const int32_t *seats, int32_t n, int32_t *room)
{
	int32_t by_week = 0, by_both = 0, by_rest = most_by_rest(x, seats, n), period = x->men[man].most;
	for (int32_t i = 0, end; i < n; i = end) {
		int32_t week = x->seats[seats[i]].week;
		for (end = i; end < n && x->seats[seats[end]].week == week;)
			end++;
		int32_t left = x->week_left[man * x->n_weeks + week];
		by_week += least(left, end - i);
		by_both += least(left, most_by_rest(x, seats + i, end - i));
	}
	struct fill_can can = {.person = x->men[man].given, .shifts = n, .most = least(least(by_both, by_rest), period)};
	int32_t by_window = x->men[man].end_span > x->men[man].first_span ? most_by_windows(x, man, seats, n, room) : n;
	if (by_window < can.most) {
		can.most = by_window;
		can.bar = FILL_BY_WINDOW;
		return can;
	}
	can.bar = can.most == n ? FILL_BY_COUNT : can.most == by_week ? FILL_BY_WEEK : can.most == period ? FILL_BY_PERIOD : FILL_BY_REST;
	return can;
}

static void count_limits(struct cut *c, bool *limit_of)
{
	c->n_limits = 0;
	for (int32_t i = 0; i < c->n; i++) {
		int32_t slot = c->slots[i];
		limit_of[slot] = c->in[slot] && limited(c, slot);
		if (!limit_of[slot])
			continue;
		c->limits[c->n_limits++] = (struct fill_limit){c->f->x->slots[slot].given, c->f->x->slots[slot].newcomers};
		c->most += c->f->x->slots[slot].newcomers;
	}
}

/* Count what the set can have at most. */
static void count(struct cut *c)
{
	const struct instance *x = c->f->x;
	struct arena *scratch = arena_new();
	bool *limit_of = arena_alloc(scratch, ((size_t)x->n_slots + 1) * sizeof *limit_of);
	bool *seen = arena_alloc(scratch, ((size_t)x->n_men + 1) * sizeof *seen);
	c->places = c->most = 0;
	c->n_people = 0;
	count_limits(c, limit_of);
	for (int32_t i = 0; i < c->n; i++) {
		const struct slot *s = &x->slots[c->slots[i]];
		c->places += c->in[c->slots[i]] ? s->need : 0;
		for (int32_t j = s->first; j < s->end; j++)
			seen[x->seats[x->by_shift[j]].person] = true;
	}
	for (int32_t man = 0; man < x->n_men; man++) {
		int32_t n = 0;
		for (int32_t i = x->men[man].first; seen[man] && i < x->men[man].end; i++)
			if (counts(c, i, limit_of))
				c->marks[n++] = i;
		if (!n)
			continue;
		c->people[c->n_people] = count_person(x, man, c->marks, n, c->rest);
		c->most += c->people[c->n_people++].most;
	}
	arena_free(scratch);
}

static bool proves(struct cut *c)
{
	count(c);
	return c->most < c->places;
}

/* ---- growing the set ------------------------------------------------------------------------------------------------ */

static void add_slot(struct cut *c, int32_t slot)
{
	if (c->in[slot])
		return;
	c->in[slot] = true;
	c->slots[c->n++] = slot;
}

/* What keeps this person from that seat joins the set; false if nothing does. */
static bool add_keepers(struct cut *c, int32_t seat)
{
	const struct draft *d = &c->f->d;
	const struct instance *x = d->x;
	const struct seat *s = &x->seats[seat];
	const int32_t *held = &d->held[x->men[s->person].first];
	int32_t load = d->load[s->person], week = s->person * x->n_weeks + s->week;
	bool kept = false, week_full = d->week_load[week] >= x->week_left[week], full = load >= x->men[s->person].most;
	for (int32_t i = 0; i < load; i++)
		if (instance_clash(x, x->seats[held[i]].shift, s->shift)) {
			add_slot(c, x->seats[held[i]].shift);
			kept = true;
		}
	for (int32_t i = 0; !kept && (week_full || full) && i < load; i++)
		if (!week_full || x->seats[held[i]].week == s->week)
			add_slot(c, x->seats[held[i]].shift);
	int32_t span = draft_full_span(d, seat, -1);
	for (int32_t i = 0; !kept && span >= 0 && i < load; i++)
		if (held[i] >= x->spans[span].first && held[i] < x->spans[span].end)
			add_slot(c, x->seats[held[i]].shift);
	return kept || week_full || full || span >= 0;
}

/* Everybody who may come to this slot; false if somebody is free to. */
static bool look_at(struct cut *c, int32_t slot)
{
	const struct instance *x = c->f->x;
	bool limit = limited(c, slot);
	for (int32_t i = x->slots[slot].first; i < x->slots[slot].end; i++) {
		int32_t seat = x->by_shift[i];
		if (may(c, seat) && !c->f->d.taken[seat] && !(limit && is_newcomer(c, seat)) && !add_keepers(c, seat))
			return false;
	}
	return true;
}

/* Layer by layer, until the set proves something or can't grow. */
static bool grow(struct cut *c)
{
	for (;;) {
		if (proves(c))
			return true;
		if (c->looked == c->n)
			return false;
		for (int32_t end = c->n; c->looked < end; c->looked++)
			if (!look_at(c, c->slots[c->looked]))
				return false;
	}
}

/* Leave out what isn't needed for the proof: a reason is read by a person. The open shift itself stays. */
static void shrink(struct cut *c)
{
	for (int32_t i = c->n - 1; i > 0 && c->n <= SHRINK_MOST; i--) {
		c->in[c->slots[i]] = false;
		if (!proves(c))
			c->in[c->slots[i]] = true;
	}
	int32_t n = 0;
	for (int32_t i = 0; i < c->n; i++)
		if (c->in[c->slots[i]])
			c->slots[n++] = c->slots[i];
	c->n = n;
	count(c);
}

/* ---- the answer ----------------------------------------------------------------------------------------------------- */

static void cut_begin(struct cut *c, struct fill *f, int32_t slot, struct arena *a)
{
	const struct instance *x = f->x;
	*c = (struct cut){.f = f};
	c->in = arena_alloc(a, (size_t)x->n_slots * sizeof *c->in);
	c->slots = arena_alloc(a, (size_t)x->n_slots * sizeof *c->slots);
	c->limits = arena_alloc(a, (size_t)x->n_slots * sizeof *c->limits);
	c->people = arena_alloc(a, ((size_t)x->n_men + 1) * sizeof *c->people);
	c->rest = arena_alloc(a, ((size_t)x->n_seats + 1) * sizeof *c->rest);
	c->marks = arena_alloc(a, ((size_t)x->n_seats + 1) * sizeof *c->marks);
	add_slot(c, slot);
}

static void write_reason(const struct cut *c, struct fill_reason *why)
{
	struct arena *a = c->f->arena;
	int32_t *shifts = arena_alloc(a, (size_t)c->n * sizeof *shifts);
	for (int32_t i = 0; i < c->n; i++)
		shifts[i] = c->f->x->slots[c->slots[i]].given;
	*why = (struct fill_reason){.why = c->n_people || c->n_limits ? FILL_TOO_FEW : FILL_NOBODY, .shifts = shifts,
		.people = arena_copy(a, c->people, c->n_people * sizeof *c->people),
		.limits = arena_copy(a, c->limits, c->n_limits * sizeof *c->limits),
		.n_shifts = (size_t)c->n, .n_people = c->n_people, .n_limits = c->n_limits,
		.places = c->places, .open_least = c->places - c->most};
}

/* Somebody could, by a chain that costs more than it is worth. */
static bool costs_more(struct fill *f, int32_t slot, struct fill_reason *why)
{
	struct chain c;
	struct chain_search how = {.width = CHAIN_WIDTH_MOST, .moves = FILL_CHAIN, .must_fill = true, .below = INT64_MAX, .keep = -1};
	struct polish p;
	struct fill_cost now, then;
	chain_find(&f->d, slot, &how, &c);
	if (!c.n)
		return false;
	polish_begin(&p, &f->d, f->arena);
	draft_parts(&f->d, &now);
	polish_follow(&p, &c);
	draft_parts(&f->d, &then);
	why->why = FILL_COSTS_MORE;
	why->cost_more = engine_difference(&then, &now, &then);
	why->changes = engine_changes(f, &p, c.moves[0].in, &why->n_changes);
	polish_undo(&p);
	return true;
}

/* No chain is enough; perhaps it takes two at once, e.g. a newcomer and somebody experienced. */
static void forced_costs_more(struct fill *f, int32_t slot, struct fill_reason *why)
{
	const struct slot *s = &f->x->slots[slot];
	for (int32_t i = s->first; i < s->end; i++) {
		struct fill_price price;
		fill_price(f, f->x->seats[f->x->by_shift[i]].given, &price);
		if (!price.possible || price.open_places >= f->d.open || (why->why == FILL_COSTS_MORE && price.cost >= why->cost_more))
			continue;
		why->why = FILL_COSTS_MORE;
		why->cost_more = price.cost;
		why->changes = price.changes;
		why->n_changes = price.n_changes;
	}
}

void fill_why_open(struct fill *f, int32_t shift, struct fill_reason *why)
{
	int32_t slot = f->x->slot_of[shift];
	struct cut c;
	*why = (struct fill_reason){.why = FILL_FILLED};
	if (f->d.filled[slot] >= f->x->slots[slot].need)
		return;
	why->why = FILL_UNPROVEN;
	if (costs_more(f, slot, why))
		return;
	struct arena *scratch = arena_new();
	cut_begin(&c, f, slot, scratch);
	if (grow(&c)) {
		shrink(&c);
		write_reason(&c, why);
	} else {
		forced_costs_more(f, slot, why);
	}
	arena_free(scratch);
}
