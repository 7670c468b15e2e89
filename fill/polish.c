/* fill/polish.c - see polish.h. Owns local search. Must not know of bounds. */
#include "fill/polish.h"

#include <assert.h>

#include "fill/chance.h"

enum { ASK_EVERY = 64, WIDE = 32, LONG = 4, NARROW = 8, SHORT = 3, TORN_LEAST = 2, TORN_MOST = 6 };

void polish_begin(struct polish *p, struct draft *d, struct arena *a)
{
	*p = (struct polish){.d = d, .random = d->x->seed, .arena = a, .keep = -1, .moves_left = INT64_MAX};
}

/* ---- the log -------------------------------------------------------------------------------------------------------- */

static void note(struct polish *p, int32_t in, int32_t out)
{
	p->log = arena_grow(p->arena, p->log, &p->cap_log, p->n_log + 1, sizeof *p->log);
	p->log[p->n_log++] = (struct chain_move){in, out};
}

void polish_take(struct polish *p, int32_t seat)
{
	draft_take(p->d, seat);
	note(p, seat, -1);
}

void polish_drop(struct polish *p, int32_t seat)
{
	draft_drop(p->d, seat);
	note(p, -1, seat);
}

void polish_mark(struct polish *p)
{
	p->n_log = 0;
}

void polish_undo(struct polish *p)
{
	while (p->n_log) {
		struct chain_move m = p->log[--p->n_log];
		if (m.in >= 0)
			draft_drop(p->d, m.in);
		else
			draft_take(p->d, m.out);
	}
}

void polish_follow(struct polish *p, const struct chain *c)
{
	for (int32_t i = 0; i < c->n; i++)
		if (c->moves[i].out >= 0)
			polish_drop(p, c->moves[i].out);
	for (int32_t i = 0; i < c->n; i++)
		polish_take(p, c->moves[i].in);
}

/* ---- one search ----------------------------------------------------------------------------------------------------- */

static bool may_go_on(struct polish *p)
{
	if (!p->stopped && p->stop && p->moves_left % ASK_EVERY == 0)
		p->stopped = p->stop(p->ctx);
	return !p->stopped && p->moves_left > 0;
}

/* Look for a chain for this slot, and follow it. */
static bool search(struct polish *p, int32_t slot, const struct chain_search *how)
{
	struct chain c;
	int64_t before = p->d->cost;
	p->moves_left--;
	chain_find(p->d, slot, how, &c);
	polish_follow(p, &c);
	assert(p->d->cost == before + (c.n ? c.cost : 0));
	(void)before;
	return c.n > 0;
}

static bool fill_one(struct polish *p, int32_t slot, int32_t width, int32_t moves, int64_t below)
{
	return search(p, slot, &(struct chain_search){.width = width, .moves = moves, .below = below, .keep = p->keep});
}

static bool fill_slot(struct polish *p, int32_t slot, int32_t width, int32_t moves)
{
	bool better = false;
	while (p->d->filled[slot] < p->d->x->slots[slot].need && may_go_on(p) && fill_one(p, slot, width, moves, 0))
		better = true;
	return better;
}

/* Would anything be better than that this seat is taken? */
static bool replace(struct polish *p, int32_t seat, int32_t width, int32_t moves)
{
	struct draft *d = p->d;
	int64_t before = d->cost;
	size_t mark = p->n_log;
	bool may_stay_open = draft_can_drop(d, seat);
	polish_drop(p, seat);
	int64_t more = d->cost - before;
	if (fill_one(p, d->x->seats[seat].shift, width, moves, -more < 0 || !may_stay_open ? -more : 0))
		return true;
	if (may_stay_open && more < 0)
		return true;
	draft_take(d, seat);
	p->n_log = mark;
	return false;
}

static bool settle_slot(struct polish *p, int32_t slot, int32_t width, int32_t moves)
{
	const struct draft *d = p->d;
	bool better = fill_slot(p, slot, width, moves);
	for (int32_t i = d->filled[slot] - 1; i >= 0 && may_go_on(p); i--) {
		/* the list changes when a seat does: what moved is looked at next time */
		int32_t seat = i < d->filled[slot] ? d->holders[d->place[slot] + i] : -1;
		if (seat >= 0 && seat != p->keep && replace(p, seat, width, moves))
			better = true;
	}
	return better;
}

bool polish_fill_place(struct polish *p, int32_t slot, bool at_any_price)
{
	struct chain_search how = {.width = NARROW, .moves = SHORT, .careless = at_any_price, .below = at_any_price ? INT64_MAX : 0,
		.keep = p->keep};
	return search(p, slot, &how);
}

void polish_fill(struct polish *p)
{
	for (int32_t i = 0; i < p->d->x->n_slots; i++)
		fill_slot(p, i, WIDE, LONG);
}

void polish_settle(struct polish *p)
{
	for (bool better = true; better && may_go_on(p);) {
		better = false;
		for (int32_t i = 0; i < p->d->x->n_slots && may_go_on(p); i++)
			better = settle_slot(p, i, WIDE, LONG) || better;
	}
}

void polish_around(struct polish *p, const int32_t *slots, size_t n, size_t most)
{
	for (size_t i = 0; i < n && i < most && may_go_on(p); i++)
		settle_slot(p, slots[i], WIDE, LONG);
}

/* ---- from a flow ---------------------------------------------------------------------------------------------------- */

void polish_from_flow(struct polish *p, const struct network *n)
{
	struct draft *d = p->d;
	draft_clear(d);
	for (int32_t newcomers = 0; newcomers < 2; newcomers++)
		for (int32_t i = 0; i < d->x->n_seats; i++)
			if (network_takes(n, i) && (draft_level(d, i) == FILL_NEWCOMER) == newcomers && draft_fits(d, i))
				draft_take(d, i);
	polish_mark(p);
	polish_fill(p);
}

/* ---- tearing out ---------------------------------------------------------------------------------------------------- */

static int32_t chance(struct polish *p, int32_t n)
{
	return (int32_t)(chance_next(&p->random) % (uint64_t)n);
}

struct torn {
	int32_t slots[TORN_MOST + 1];
	int32_t n;
};

static void tear(struct polish *p, struct torn *t, int32_t seat)
{
	polish_drop(p, seat);
	t->slots[t->n++] = p->d->x->seats[seat].shift;
}

/* Somebody who may come to this slot gives up a shift; or somebody who has it does. */
static void tear_near(struct polish *p, struct torn *t, int32_t slot)
{
	const struct draft *d = p->d;
	const struct slot *s = &d->x->slots[slot];
	int32_t seat = d->x->by_shift[s->first + chance(p, s->end - s->first)];
	int32_t man = d->x->seats[seat].person;
	if (d->taken[seat])
		tear(p, t, seat);
	else if (d->load[man])
		tear(p, t, d->held[d->x->men[man].first + chance(p, d->load[man])]);
}

static bool right_company(const struct polish *p, const struct torn *t)
{
	for (int32_t i = 0; i < t->n; i++)
		if (!draft_company(p->d, t->slots[i], 0, 0))
			return false;
	return true;
}

static void shake_once(struct polish *p)
{
	struct draft *d = p->d;
	int32_t slot = chance(p, d->x->n_slots), n = TORN_LEAST + chance(p, TORN_MOST - TORN_LEAST + 1);
	struct torn t = {.n = 0};
	int64_t before = d->cost;
	if (d->x->slots[slot].first == d->x->slots[slot].end)
		return;
	polish_mark(p);
	for (int32_t i = 0; i < n; i++) {
		tear_near(p, &t, slot);
		if (t.n && chance(p, 2))
			slot = t.slots[chance(p, t.n)];
	}
	for (int32_t left = t.n; left > 0; left--) {
		int32_t at = chance(p, left), next = t.slots[at];
		t.slots[at] = t.slots[left - 1];
		t.slots[left - 1] = next;
		fill_slot(p, next, NARROW, SHORT);
	}
	if (d->cost > before || !right_company(p, &t))
		polish_undo(p);
}

void polish_shake(struct polish *p)
{
	while (p->d->x->n_seats && may_go_on(p)) {
		p->moves_left--;
		shake_once(p);
	}
}
