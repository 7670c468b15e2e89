/* fill/fill.h - who takes which place: the best plan that can be found, and what can be proven of it.
 *
 * This room is arithmetic only. It knows people, shifts and the pairs of them that may be, all as numbers; no store, no
 * clock, no rules, no words. Who may take what, and what a wish weighs, is decided above (roster/fill.h) and handed in.
 * Integers only, work counted in steps and never in seconds, people and shifts taken in the order of their keys: the
 * same instance gives the same plan to the last bit, in whatever order it is handed in, by whatever compiler.
 *
 *   struct fill *f;
 *   if (fill_open(&instance, arena, &f) < 0) ...
 *   struct fill_budget budget = fill_budget_for(&instance, FILL_NORMAL_EFFORT);
 *   fill_solve(f, &budget);
 *   const struct fill_result *r = fill_result(f);     r->taken, r->bound, r->open_least ...
 *   fill_why_open(f, shift, &why);                    why does this place stay open?
 *   fill_price(f, pair, &price);                      why not her?
 *
 * A plan takes some of the pairs, so that
 *   - a shift gets at most `need` people;
 *   - a person has at most `most_week` shifts in a week and `most` in all, counting what stands, and in each of her windows
 *     (a month, two weeks that follow each other) at most so many;
 *   - between two shifts of a person lie at least `rest` minutes, and the way from site to site where that is longer;
 *   - a newcomer is taken beside an experienced person only: in a shift, newcomers are not more than experienced people,
 *     counting what stands. (Where that rule isn't wanted the caller says FILL_USUAL of everybody.)
 * Its cost is the sum, in points, of
 *   - `open_cost` of the shift for each place that nobody takes,
 *   - `experience_cost` for each experienced person that a shift wants and doesn't get,
 *   - `cost` of each pair taken (wishes, warnings, ways), less `keep` when it stands already,
 *   - for each person the steps of fairness: see struct fill_weights.
 * If cover shall come before all else, open_cost must outweigh whatever a chain of moves can cost: FILL_PLACE does. */
#ifndef FILL_FILL_H
#define FILL_FILL_H

#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FILL_ENGINE = 3,                /* the version: stored with a plan, so that another site can make it again */
	FILL_KEY = 16,                  /* bytes of a record's id */
	FILL_POINTS_MOST = 1 << 19,     /* no cost, weight or step of fairness is larger, either way */
	FILL_PLACES_MOST = 100000,      /* in all; as many experienced people wanted */
	FILL_PLACE = 100000,            /* open_cost of a usual place when cover comes first; add to it for a weightier one */
	FILL_STEPS = 4,
	FILL_SITES_MOST = 64,
};

enum fill_level { FILL_NEWCOMER, FILL_USUAL, FILL_EXPERIENCED };

struct fill_person {
	uint8_t key[FILL_KEY];          /* the volunteer's id; each key once */
	int32_t most_week, most;        /* shifts in a week, and in the period, what stands counted in */
	int32_t target;                 /* what would be fair, or wished for */
	enum fill_level level;
};

struct fill_shift {
	uint8_t key[FILL_KEY];
	int64_t start, end;             /* minutes of real time: in the night that clocks are put forward a shift is shorter */
	int32_t week;                   /* any number that is the same for the shifts of one ISO week */
	int32_t need;                   /* places still open, what stands not counted */
	int32_t open_cost;              /* points for each of them that stays open */
	int32_t experienced;            /* how many experienced people it wants, what stands counted in */
	int32_t site;                   /* 0 … sites-1 */
};

/* A person who may take a shift. Only those that no stop forbids are handed in. */
struct fill_pair {
	int32_t person, shift;          /* indexes; each pair once */
	int32_t cost;
	int32_t keep;                   /* points for leaving it as it is; only where `stands` */
	bool stands;                    /* has the place now, and may be moved. Such a place is counted in `need` */
};

/* What can't be moved: it counts for the person's caps, rest and fairness and, if the shift is one of the instance's,
 * for who is beside whom. Its place is not in `need`. */
struct fill_pinned {
	int32_t person;
	int32_t shift;                  /* or -1: outside the instance, e.g. the Sunday before or another unit */
	int64_t start, end;
	int32_t week;
	int32_t site;
	bool in_period;                 /* counts for `most` and fairness (the Sunday before doesn't) */
};

/* Of all that a person has, what is pinned counted in, no more than `most` begins in [from, to). Any number of windows a
 * person, which may overlap: months, or for somebody who comes every second week each two weeks that follow each other. */
struct fill_window {
	int32_t person;
	int64_t from, to;               /* as the shifts' minutes */
	int32_t most;
};

/* The k-th shift of a person costs, if k <= target: below[target - k], the last of the table for all earlier ones; else
 * above[k - target - 1], and `above_more` more for each one past the table, up to FILL_POINTS_MOST. The steps must not
 * fall as k rises. */
struct fill_weights {
	int32_t below[FILL_STEPS], above[FILL_STEPS], above_more;
	int32_t experience_cost;
};

struct fill_instance {
	const struct fill_person *persons;
	const struct fill_shift *shifts;
	const struct fill_pair *pairs;
	const struct fill_pinned *pinned;
	const struct fill_window *windows;
	size_t n_persons, n_shifts, n_pairs, n_pinned, n_windows;
	int32_t rest;                   /* minutes */
	int32_t sites;                  /* 0 is as 1 */
	const int32_t *travel;          /* [from * sites + to], minutes; NULL: rest is always longer */
	struct fill_weights weights;
};

/* How much work. `stop` is asked now and then; when it says true the best so far is given and marked as stopped. */
struct fill_budget {
	int32_t rounds;                 /* of the bound */
	int64_t moves;                  /* tried in polishing */
	bool (*stop)(void *ctx);        /* may be NULL */
	void *ctx;
};

enum fill_effort { FILL_BOUNDS_ONLY, FILL_QUICK_EFFORT, FILL_NORMAL_EFFORT, FILL_LONG_EFFORT };

/* Some 1/3, 1, 4 and 20 seconds at 500 people x 4 weeks; a number of steps by the instance's size. */
struct fill_budget fill_budget_for(const struct fill_instance *in, enum fill_effort effort);

/* The parts of a cost; they sum up to the cost. */
struct fill_cost {
	int64_t open, experience, pairs, keep, fairness;
};

struct fill_result {
	const int32_t *taken;           /* indexes of pairs, by shift (start, key) and person (key) */
	size_t n_taken;
	const int32_t *open;            /* for each shift: places left open */
	int32_t places, open_places;    /* in all */
	int32_t open_least;             /* proven: no plan leaves fewer open. Equal to open_places: the cover is maximal */
	struct fill_cost parts;
	int64_t cost;
	int64_t bound;                  /* proven: no plan costs less. cost - bound is "at most so far from the best" */
	bool stopped;                   /* by `stop`: another site needn't come to the same plan */
	uint8_t input[32];              /* hash of the instance in its own order, engine version in it; not of the budget */
};

struct fill;

/* Take an instance in. It and all that it points to must live, unchanged, as long as `arena`, where everything is kept.
 * The plan is what stands. ERR_DATA if the numbers contradict what is said above (its caller's mistake; no words are made
 * here), or what stands breaks a rule of a plan: such places must be pinned. */
int fill_open(const struct fill_instance *in, struct arena *arena, struct fill **f);

/* Make the plan. May be called again with a larger budget: it goes on from the plan it has. */
void fill_solve(struct fill *f, const struct fill_budget *budget);

/* What there is; good until the next call that changes the plan. Before fill_solve(): the standing plan, and no bounds
 * (open_least 0, bound INT64_MIN). */
const struct fill_result *fill_result(struct fill *f);

/* ---- why does a place stay open? ------------------------------------------------------------------------------------
 * A certificate that can be checked by hand: the `shifts` have `places` places to fill together. Only `people` may take
 * any of them; each can take at most `most` of them for the reason given; in some shifts newcomers can't be more than
 * `limits` says, whoever they are (those newcomers aren't in `people` on account of that shift). So at least
 * open_least = places - the sum of all those stay open, whatever anybody plans. */
enum fill_why {
	FILL_FILLED,                    /* no place of it is open */
	FILL_NOBODY,                    /* nobody may take it at all */
	FILL_TOO_FEW,                   /* the certificate above holds */
	FILL_COSTS_MORE,                /* it could be filled, but `cost_more` points worse; `changes` says how */
	FILL_UNPROVEN,                  /* nothing found, and no proof that there is nothing */
};

enum fill_bar { FILL_BY_COUNT, FILL_BY_WEEK, FILL_BY_PERIOD, FILL_BY_REST, FILL_BY_WINDOW };   /* why no more than `most` */

struct fill_can {
	int32_t person, most, shifts;   /* of so many of the shifts that he may take */
	enum fill_bar bar;              /* FILL_BY_COUNT: most == shifts */
};

struct fill_limit {
	int32_t shift, most;            /* newcomers, for want of experienced people beside them */
};

struct fill_change {
	int32_t pair;
	bool in;                        /* taken now; false: given up */
};

struct fill_reason {
	enum fill_why why;
	const int32_t *shifts;
	const struct fill_can *people;
	const struct fill_limit *limits;
	size_t n_shifts, n_people, n_limits;
	int32_t places, open_least;
	int64_t cost_more;
	const struct fill_change *changes;
	size_t n_changes;
};

void fill_why_open(struct fill *f, int32_t shift, struct fill_reason *why);

/* ---- why not her? ---------------------------------------------------------------------------------------------------
 * The plan with this pair in it, as good as can be found near the plan there is: what it costs more, in its parts, and
 * what would change. The plan itself stays as it is. */
struct fill_price {
	bool possible;                  /* false: the caps, rest or company leave no way, whatever is given up */
	int64_t cost;                   /* more than now; below 0: the plan wasn't the best, and this one is better */
	struct fill_cost parts;
	int32_t open_places;            /* in all, then */
	const struct fill_change *changes;   /* the pair itself first */
	size_t n_changes;
};

void fill_price(struct fill *f, int32_t pair, struct fill_price *price);

/* ---- a cancellation -------------------------------------------------------------------------------------------------
 * The person of `pair` can't come: the pair is given up and forbidden (as by fill_forbid), and ways are looked for to fill
 * the place again with as few changes as there may be. Three offers: the best with one move (somebody new comes), with
 * two (somebody changes shift and another takes hers), and with up to FILL_CHAIN; each only if it costs less than the one
 * before. The changes are told in the order of the moves. The plan stays with the hole until fill_take() of one. */
enum { FILL_OFFERS = 3, FILL_CHAIN = 5 };

struct fill_offer {
	int64_t cost;                   /* than leaving the place open: below 0 */
	struct fill_cost parts;
	const struct fill_change *changes;
	size_t n_changes;
	int32_t moves;                  /* people who get another shift than they had */
};

struct fill_replan {
	struct fill_offer offers[FILL_OFFERS];
	size_t n_offers;                /* 0: nobody can, with up to FILL_CHAIN moves */
};

void fill_replan(struct fill *f, int32_t pair, struct fill_replan *replan);
/* The same for a place of a shift that is open already; 0 offers too if none is. */
void fill_offers(struct fill *f, int32_t shift, struct fill_replan *replan);

/* Do what a price, a reason or an offer said. Changes that don't fit the plan any more are refused: false, and nothing
 * is changed. */
bool fill_take(struct fill *f, const struct fill_change *changes, size_t n);

/* Never take this pair again (declined, cancelled), and give it up if it is taken. */
void fill_forbid(struct fill *f, int32_t pair);

#endif
