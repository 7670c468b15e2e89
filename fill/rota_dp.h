/* fill/rota_dp.h - the best days for one person, all their rules at once, given what each kind of each day is worth.
 *
 * A dynamic program over days and nodes of the walk. First without counters, backwards: what each node costs from
 * there on at least. If the cheapest way keeps all counters, that's it. Else labels forwards, one for each node and
 * state of those counters that matter; a label that can't get below what is asked for, or is no better than another
 * one in any future, is dropped. */
#ifndef FILL_ROTA_DP_H
#define FILL_ROTA_DP_H

#include "fill/rota_sheet.h"

enum { DP_ACTIVE = 8 };

struct dp_label {
	int64_t cost;
	int32_t from, next, spot;       /* a label; a label in the same spot; */
	int32_t class;
	int32_t v[DP_ACTIVE];
};

/* Where the program works; one for all calls. */
struct dp {
	const struct problem *x;
	struct arena *arena;
	int64_t work;                   /* steps of the inner loops, summed up over calls */
	int64_t labels_most;            /* past so many labels it is given up */
	int32_t width;                  /* no spot keeps more of them than this: the cheapest. What is found needn't be the best then */
	bool dropped;                   /* some were */
	/* spots: reachable nodes by day */
	int32_t *day_from;              /* [day - first]: its first spot */
	uint16_t *node;                 /* by spot */
	int64_t *least;                 /* by spot: from there on, without counters */
	int32_t *to;                    /* [spot * classes + class]: the spot of the next day, -1: none */
	int64_t *price;                 /* likewise */
	int32_t *low, *high;            /* [spot * DP_ACTIVE + i]: what the i-th active counter still gets, at least and at most */
	int32_t *head;                  /* by spot: its labels */
	size_t cap_node, cap_least, cap_to, cap_price, cap_low, cap_high, cap_head;
	int32_t *found;                 /* by node: its spot of the day that `stamp` says */
	int32_t *stamp;
	int32_t stamps;
	struct dp_label *labels;
	size_t n_labels, cap_labels;
	int64_t *class_cost;            /* [(day - first) * ROTA_KINDS_MOST + class] */
	uint8_t *class_kind;
	uint8_t *heat;                  /* [person * COUNTERS_MOST + counter]: has mattered lately */
	uint8_t *kinds;                 /* the answer: days first … last */
};

struct dp_task {
	const struct sheet *sheet;
	int32_t person, first, last;    /* days to be chosen; before and after them the person's days stay */
	const int64_t *price;           /* [(day - first) * kinds + kind]: besides the person's own rules and wishes */
	int64_t scale;                  /* own rules and wishes count so many times */
	int64_t below;                  /* only what costs less matters */
};

void dp_init(struct dp *p, const struct problem *x, struct arena *arena);

/* `found`: p->kinds are the cheapest days, and cost what is told: their prices, and what the person's own rules and
 * wishes cost more than in the sheet. Nothing costs less than `least`, found or not. `exact`: nothing was given up;
 * if nothing was found then, there is nothing below. */
struct dp_answer {
	bool found, exact;
	int64_t cost, least;
};

struct dp_answer dp_solve(struct dp *p, const struct dp_task *t);

#endif
