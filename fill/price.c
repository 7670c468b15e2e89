/* fill/price.c - what it would cost to have this person there, and how to close the hole that somebody leaves. Owns the
 * ways to make room for one pair. Both work on the plan itself and put it back by the log. */
#include "fill/engine.h"

#include <assert.h>

enum { AROUND_MOST = 12, MENDED_MOST = 8, OFFER_WIDTH = 64 };

/* ---- why not her? --------------------------------------------------------------------------------------------------- */

struct forcing {
	struct fill *f;
	struct polish p;
	int32_t seat;
	int64_t before, best;           /* the plan's cost; that of the best way so far */
	int32_t best_own, best_holder;  /* what that way gives up; -1: nothing */
	bool found;
	int32_t mended;                 /* mending one shift may break another: not for ever */
};

static void free_of_clashes(struct forcing *g, int32_t seat, int32_t but)
{
	struct draft *d = &g->f->d;
	const struct instance *x = d->x;
	const struct seat *s = &x->seats[seat];
	for (int32_t i = d->load[s->person] - 1; i >= 0; i--) {
		int32_t held = d->held[x->men[s->person].first + i];
		if (held != but && instance_clash(x, x->seats[held].shift, s->shift))
			polish_drop(&g->p, held);
	}
}

static void free_of_windows(struct forcing *g, int32_t seat)
{
	struct draft *d = &g->f->d;
	const struct instance *x = d->x;
	int32_t man = x->seats[seat].person;
	for (int32_t span = draft_full_span(d, seat, -1); span >= 0; span = draft_full_span(d, seat, -1)) {
		int32_t i = x->men[man].first + d->load[man] - 1;
		while (d->held[i] < x->spans[span].first || d->held[i] >= x->spans[span].end)
			i--;
		polish_drop(&g->p, d->held[i]);
	}
}

/* She gives up what clashes, `own` (-1: nothing) to stay within her caps, and somebody `holder` to make room. */
static bool make_room(struct forcing *g, int32_t own, int32_t holder)
{
	const struct draft *d = &g->f->d;
	free_of_clashes(g, g->seat, own);
	if (own >= 0)
		polish_drop(&g->p, own);
	free_of_windows(g, g->seat);
	if (holder >= 0)
		polish_drop(&g->p, holder);
	if (!draft_room(d, g->seat))
		return false;
	polish_take(&g->p, g->seat);
	return true;
}

/* Whoever could leave this shift so that company comes right: newcomers first, and beside the forced one anybody but the
 * experienced. -1: nobody. */
static int32_t find_victim(const struct forcing *g, int32_t slot)
{
	const struct draft *d = &g->f->d;
	int32_t victim = -1;
	for (int32_t i = 0; i < d->filled[slot]; i++) {
		int32_t seat = d->holders[d->place[slot] + i];
		if (seat != g->seat && draft_level(d, seat) != FILL_EXPERIENCED &&
				(victim < 0 || draft_level(d, seat) < draft_level(d, victim)))
			victim = seat;
	}
	return victim;
}

/* Somebody experienced comes to this shift, whatever she gives up for it. */
static bool bring_experienced(struct forcing *g, int32_t slot)
{
	const struct draft *d = &g->f->d;
	const struct instance *x = d->x;
	for (int32_t i = x->slots[slot].first; i < x->slots[slot].end; i++) {
		int32_t seat = x->by_shift[i];
		if (d->taken[seat] || d->barred[seat] || draft_level(d, seat) != FILL_EXPERIENCED)
			continue;
		free_of_clashes(g, seat, -1);
		for (int32_t man = x->seats[seat].person; d->load[man] && !draft_room(d, seat);)
			polish_drop(&g->p, d->held[x->men[man].first + d->load[man] - 1]);
		if (!draft_room(d, seat))
			return false;
		polish_take(&g->p, seat);
		return true;
	}
	return false;
}

static bool mend_company(struct forcing *g, int32_t slot)
{
	const struct draft *d = &g->f->d;
	bool forced = slot == d->x->seats[g->seat].shift;
	while (!draft_company(d, slot, 0, 0)) {
		if (g->mended++ < MENDED_MOST && d->filled[slot] < d->x->slots[slot].need && polish_fill_place(&g->p, slot, forced))
			continue;
		int32_t victim = find_victim(g, slot);
		if (victim >= 0)
			polish_drop(&g->p, victim);
		else if (!forced || !bring_experienced(g, slot))
			return false;
	}
	return true;
}

/* Fill again what has been given up, and see that nobody is left without company. */
static bool close_holes(struct forcing *g)
{
	const struct draft *d = &g->f->d;
	for (size_t i = 0, n = g->p.n_log; i < n; i++) {
		int32_t slot = d->x->seats[g->p.log[i].out >= 0 ? g->p.log[i].out : g->p.log[i].in].shift;
		if (g->p.log[i].out >= 0 && d->filled[slot] < d->x->slots[slot].need)
			polish_fill_place(&g->p, slot, false);
	}
	for (size_t i = 0; i < g->p.n_log; i++)
		if (!mend_company(g, d->x->seats[g->p.log[i].in >= 0 ? g->p.log[i].in : g->p.log[i].out].shift))
			return false;
	return true;
}

static bool force(struct forcing *g, int32_t own, int32_t holder)
{
	polish_mark(&g->p);
	g->mended = 0;
	return make_room(g, own, holder) && close_holes(g);
}

static void try_forcing(struct forcing *g, int32_t own, int32_t holder)
{
	if (force(g, own, holder) && (!g->found || g->f->d.cost < g->best)) {
		g->found = true;
		g->best = g->f->d.cost;
		g->best_own = own;
		g->best_holder = holder;
	}
	polish_undo(&g->p);
}

/* Every holder of the shift could make room, or nobody needs to. The lists change order as seats are put back: copies. */
static void try_holders(struct forcing *g, int32_t own)
{
	const struct draft *d = &g->f->d;
	int32_t slot = d->x->seats[g->seat].shift, n = d->filled[slot];
	const int32_t *holders = arena_copy(g->f->arena, &d->holders[d->place[slot]], (size_t)n * sizeof *holders);
	if (n < d->x->slots[slot].need)
		try_forcing(g, own, -1);
	for (int32_t i = 0; i < n; i++)
		try_forcing(g, own, holders[i]);
}

static void try_all(struct forcing *g)
{
	const struct draft *d = &g->f->d;
	int32_t man = d->x->seats[g->seat].person, n = d->load[man];
	const int32_t *own = arena_copy(g->f->arena, &d->held[d->x->men[man].first], (size_t)n * sizeof *own);
	try_holders(g, -1);
	for (int32_t i = 0; i < n; i++)
		try_holders(g, own[i]);
}

/* Near the shifts that changed, and those that the people who lost one may come to. */
static void polish_near(struct forcing *g)
{
	const struct instance *x = g->f->x;
	int32_t slots[AROUND_MOST];
	size_t n = 0;
	for (size_t i = 0, logged = g->p.n_log; i < logged; i++) {
		int32_t out = g->p.log[i].out;
		if (out < 0)
			continue;
		const struct man *m = &x->men[x->seats[out].person];
		for (int32_t j = m->first; j < m->end && n < AROUND_MOST; j++)
			slots[n++] = x->seats[j].shift;
	}
	polish_around(&g->p, slots, n, AROUND_MOST);
}

void fill_price(struct fill *f, int32_t pair, struct fill_price *price)
{
	struct forcing g = {.f = f, .seat = f->x->seat_of[pair], .before = f->d.cost};
	*price = (struct fill_price){.possible = true, .open_places = f->d.open};
	if (f->d.taken[g.seat])
		return;
	polish_begin(&g.p, &f->d, f->arena);
	g.p.keep = g.seat;
	if (!f->d.barred[g.seat])
		try_all(&g);
	price->possible = g.found;
	if (!g.found)
		return;
	struct fill_cost now, then;
	draft_parts(&f->d, &now);
	force(&g, g.best_own, g.best_holder);
	polish_near(&g);
	draft_parts(&f->d, &then);
	price->cost = engine_difference(&then, &now, &price->parts);
	price->open_places = f->d.open;
	price->changes = engine_changes(f, &g.p, g.seat, &price->n_changes);
	polish_undo(&g.p);
	assert(f->d.cost == g.before);
}

/* ---- a cancellation ------------------------------------------------------------------------------------------------- */

static void write_offer(struct fill *f, const struct chain *c, struct fill_offer *o)
{
	struct fill_change *list = arena_alloc(f->arena, 2 * FILL_CHAIN * sizeof *list);
	struct fill_cost now, then;
	struct polish p;
	*o = (struct fill_offer){.changes = list, .moves = c->n};
	for (int32_t i = 0; i < c->n; i++) {
		list[o->n_changes++] = (struct fill_change){f->x->seats[c->moves[i].in].given, true};
		if (c->moves[i].out >= 0)
			list[o->n_changes++] = (struct fill_change){f->x->seats[c->moves[i].out].given, false};
	}
	draft_parts(&f->d, &now);
	polish_begin(&p, &f->d, f->arena);
	polish_follow(&p, c);
	draft_parts(&f->d, &then);
	polish_undo(&p);
	o->cost = engine_difference(&then, &now, &o->parts);
}

void fill_offers(struct fill *f, int32_t shift, struct fill_replan *replan)
{
	static const int32_t most[FILL_OFFERS] = {1, 2, FILL_CHAIN};
	int32_t slot = f->x->slot_of[shift];
	struct chain_search how = {.width = OFFER_WIDTH, .must_fill = true, .keep = -1, .below = 0};
	*replan = (struct fill_replan){0};
	for (int i = 0; i < FILL_OFFERS && f->d.filled[slot] < f->x->slots[slot].need; i++) {
		struct chain c;
		how.moves = most[i];
		chain_find(&f->d, slot, &how, &c);
		if (!c.n)
			continue;
		write_offer(f, &c, &replan->offers[replan->n_offers++]);
		how.below = c.cost;
	}
}

void fill_replan(struct fill *f, int32_t pair, struct fill_replan *replan)
{
	fill_forbid(f, pair);
	fill_offers(f, f->x->slots[f->x->seats[f->x->seat_of[pair]].shift].given, replan);
}
