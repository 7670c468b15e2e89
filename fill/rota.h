/* fill/rota.h - rosters with rules about what follows what: people x days, one kind of shift or none a day.
 *
 * fill.h chooses among pairs of person and shift, and knows caps and rest. Here is the other half: rules about the
 * order of a person's days - not two weekends running, a week between vigils, every second week, at most so many
 * nights in a row, at most n in a calendar month - each hard or with a weight. As there: arithmetic only, integers
 * only, work counted in steps, the same bytes from every compiler.
 *
 *   struct rota *r;
 *   if (rota_open(&model, arena, &r) < 0) ...
 *   rota_solve(r, &budget);
 *   const struct rota_result *got = rota_result(r);      got->roster, got->cost, got->bound ...
 *
 * A roster gives each person a kind for each day; kind 0 is free, so `roster[person * days + day]`. Sets of kinds
 * are bits: bit k is kind k, bit 0 free. Its cost, in points, is the sum of
 *   - the rules of each person's contract, of four sorts (enum rota_what), for each unit by which they are broken,
 *   - the wishes whose day has a kind that they charge for,
 *   - the cover rows: `under` for each place not taken, `over` for each taken beyond.
 * A weight of ROTA_HARD makes a rule hard. Hard rules and wishes of people are always kept; if somebody has no
 * roster that keeps them, there is none at all. Hard cover is kept if it can be: a place that stays open costs
 * ROTA_HARD.
 *
 * Days before the first are told by each person's history, as far back as known, oldest first. Rules see it, but
 * only what the days from 0 on add is charged: the day on which a run ends, or on which it grows too long, or on
 * which a pattern is complete, must be one of the model's days. Before what is known is nothing: no day matches, no
 * run goes on. */
#ifndef FILL_ROTA_H
#define FILL_ROTA_H

#include "base/err.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	ROTA_ENGINE = 3,                /* the version: stored with a roster, so that another site can make it again */
	ROTA_FREE = 0,
	ROTA_KINDS_MOST = 64,           /* free among them */
	ROTA_DAYS_MOST = 400,
	ROTA_PEOPLE_MOST = 1000,
	ROTA_PATTERN_MOST = 8,          /* days of a pattern */
	ROTA_HARD = 1000000,            /* this weight: not to be broken. Others are 0 … ROTA_WEIGHT_MOST */
	ROTA_WEIGHT_MOST = 99999,
	ROTA_ANY_DAY = 0x7f,            /* all weekdays */
};
#define ROTA_NO_MOST INT32_MAX
#define ROTA_WORK (~(uint64_t)1)        /* every kind but free; bits past the model's kinds do no harm */

/* How a rule counts. All but patterns charge `under` for each unit below `least` and `over` for each above `most`. */
enum rota_what {
	/* The sum over the days first … last: 1 for each day whose kind is in `kinds`, or its minutes if `minutes`.
	 * Totals, so many nights at most, minutes least and most, at most n in a calendar month. */
	ROTA_TOTAL,
	/* Each longest stretch of days whose kind is in `kinds`: at least, at most so many in a row. Of work:
	 * consecutive days; of free: days off; of one kind: the same in a row; of all but vigils: a week between
	 * vigils (least 7, open_start and open_end). `open_start`: a stretch that begins where what is known begins
	 * isn't too short; `open_end`: nor is one that reaches the last day. Too many is charged on each day
	 * beyond. */
	ROTA_RUN,
	/* Weekends, weeks: a block is `length` days (1 … 7) that begin on each weekday of `weekdays` (one bit). It
	 * is worked if the kind of any of its days is in `kinds`, those of the history too. It is counted on its
	 * first worked day, if that is one of first … last. */
	ROTA_BLOCKS,
	/* Each longest stretch of worked blocks: not two weekends running (most 1), every second week (blocks of 7
	 * days, most 1). A block that is cut by the last day, or by where what is known begins, is taken by the
	 * days that are there. open_start, open_end as above: for a stretch that contains the first known block, or
	 * the last. Too many is charged on the first worked day of each block beyond, too few on the last day of
	 * the block that isn't worked any more. */
	ROTA_BLOCK_RUN,
	/* `length` days one after another, of which the first is a weekday of `weekdays`, each with a kind in its
	 * set of `pattern`: `over` for each time. Forbidden successions ({night} {day}), unwanted patterns,
	 * weekends not complete ({work} {free} on Saturdays, {free} {work} too), different kinds in a weekend, a
	 * night before a free weekend. Occurrences may overlap. One that begins in the history counts if it ends on
	 * a day of the model; one cut by the last day doesn't. */
	ROTA_PATTERN,
};

struct rota_rule {
	enum rota_what what;
	uint64_t kinds;                         /* not for patterns */
	int32_t least, most;                    /* 0 and ROTA_NO_MOST: no such limit */
	int32_t under, over;
	int32_t first, last;                    /* TOTAL, BLOCKS: days, within 0 … days-1 */
	bool minutes;                           /* TOTAL */
	bool open_start, open_end;              /* RUN, BLOCK_RUN */
	uint8_t weekdays;                       /* BLOCKS, BLOCK_RUN: the one; PATTERN: one or more. Bit 0: Monday */
	int32_t length;                         /* BLOCKS, BLOCK_RUN, PATTERN: days */
	uint64_t pattern[ROTA_PATTERN_MOST];
};

/* The rules that some people share. (One each is fine too.) */
struct rota_contract {
	const struct rota_rule *rules;
	size_t n_rules;
};

struct rota_person {
	int32_t contract;
	uint64_t kinds;                         /* that the person may do at all; bit 0 doesn't matter: free is always one */
	const uint8_t *before;                  /* kinds of the days before day 0, the oldest first */
	int32_t n_before;
};

/* On each day first … last whose kind is in `kinds`, the person costs `weight`. A wish to be free: kinds ROTA_WORK.
 * To have a kind: all but that one. Hard: not allowed; a fixed day: everything but what is fixed. A kind without
 * the skill: all days. Keeping what stands: all but what stands. Wishes on the same day add up. */
struct rota_wish {
	int32_t person, first, last;
	uint64_t kinds;
	int32_t weight;
};

/* People of a day whose kind is in `kinds`: `under` for each missing to `need`, `over` for each above. Several rows
 * may count the same kinds: at least so many hard, better so many. A skill that some shift needs is a kind of its
 * own: night with, night without; a row with both is the shift, a row with one the skill. */
struct rota_cover {
	int32_t day;
	uint64_t kinds;
	int32_t need, under, over;
};

struct rota_kind {
	int32_t minutes;
};

struct rota_model {
	int32_t days, first_weekday;            /* day 0: 0 is Monday */
	const struct rota_kind *kinds;          /* kinds[0] is free, 0 minutes */
	const struct rota_contract *contracts;
	const struct rota_person *persons;
	const struct rota_wish *wishes;
	const struct rota_cover *cover;
	size_t n_kinds, n_contracts, n_persons, n_wishes, n_cover;
	const uint8_t *standing;                /* a roster to begin with; NULL: none. It needn't keep the rules */
};

/* How much work. `stop` is asked now and then; when it says true the best so far is given and marked as stopped. */
struct rota_budget {
	int64_t steps;                          /* of searching: one is about a thousand machine operations */
	int64_t bound_steps;                    /* of proving */
	uint64_t seed;                          /* another one, another roster */
	bool (*stop)(void *ctx);                /* may be NULL */
	void *ctx;
};

enum rota_effort { ROTA_QUICK_EFFORT, ROTA_NORMAL_EFFORT, ROTA_LONG_EFFORT };

/* About 1, 10 and 60 seconds. */
struct rota_budget rota_budget_for(enum rota_effort effort);

/* The parts of a cost; they sum up to the cost. */
struct rota_cost {
	int64_t rules, wishes, under, over;
};

struct rota_result {
	const uint8_t *roster;                  /* [person * days + day] */
	struct rota_cost parts;
	int64_t cost;
	int64_t bound;                          /* proven: no roster costs less. INT64_MIN: nothing proven */
	int64_t broken;                         /* units of hard cover that aren't kept, each ROTA_HARD of the cost */
	int64_t steps;                          /* used in all */
	int32_t impossible;                     /* a person for whom no roster keeps the hard rules, or none was found; -1. Then the roster
						 * means nothing */
	bool stopped;                           /* by `stop` */
};

struct rota;

/* Take a model in. It and all that it points to must live, unchanged, as long as `arena`, where everything is kept.
 * ERR_DATA if the numbers contradict what is said above (its caller's mistake; no words are made here), or the
 * rules of one person need more than the engine can hold (hundreds of long runs and patterns at once). */
int rota_open(const struct rota_model *m, struct arena *arena, struct rota **r);

/* Make the roster; again with another budget: go on from the one there is. */
void rota_solve(struct rota *r, const struct rota_budget *budget);

/* Good until the next rota_solve(). */
const struct rota_result *rota_result(struct rota *r);

/* What any roster costs, counted from the words above and nothing else: slow, and sure. Units of hard rules broken, of
 * people and of cover, go to *broken (may be NULL); each costs ROTA_HARD too. */
struct rota_cost rota_count(const struct rota_model *m, const uint8_t *roster, int64_t *broken);

#endif
