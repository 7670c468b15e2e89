/* fill/rota_terms.h - a model made ready for searching: for each person the walk of their rules and their counters, for
 * each of their days what each kind costs them, and the cover by day and kind. */
#ifndef FILL_ROTA_TERMS_H
#define FILL_ROTA_TERMS_H

#include "fill/rota_walk.h"

enum { COUNTERS_MOST = 48 };

/* A total that is limited: of kinds, of minutes, or of worked blocks. */
struct counter {
	int32_t least, most, under, over;       /* most - least and all amounts are far from overflow */
	int32_t first, last;                    /* days */
	int32_t event;                          /* the bit of walk_step.events that counts 1; -1: the amounts do */
};

/* What people with one contract have in common. Kinds that neither the walk nor a counter tells apart are one
 * class; class 0 is free alone. */
struct terms {
	const struct walk *walk;
	int32_t n_classes, n_counters;
	uint8_t class_of[ROTA_KINDS_MOST];      /* of a kind */
	uint8_t column[ROTA_KINDS_MOST];        /* of a class, in the walk */
	struct counter counters[COUNTERS_MOST];
	int32_t *amounts;                       /* [class * n_counters + counter] */
	bool counts_events;                     /* some counter does */
};

struct row {
	int32_t day, need, under, over;
	uint64_t kinds;
};

struct problem {
	const struct rota_model *m;
	int32_t days, kinds, people;
	struct terms *terms;                    /* by contract */
	const struct terms **of;                /* by person */
	uint16_t *start;                        /* by person: the node before day 0 */
	int32_t *wish;                          /* [(person * days + day) * kinds + kind], or WALK_NEVER */
	struct row *rows;                       /* by day */
	int32_t *rows_from;                     /* [day]: rows of a day are rows_from[day] … rows_from[day + 1] - 1 */
	int32_t n_rows;
	int32_t *at_from, *at;                  /* rows that count a kind on a day: at[at_from[day * kinds + kind]] … */
};

/* ERR_DATA as of rota_open(). */
int terms_make(const struct rota_model *m, struct arena *arena, struct problem **x);

static inline int32_t terms_weekday(const struct problem *x, int32_t day)
{
	return (x->m->first_weekday + day) % WALK_WEEK;
}

static inline const int32_t *terms_wishes(const struct problem *x, int32_t person, int32_t day)
{
	return &x->wish[((size_t)person * (size_t)x->days + (size_t)day) * (size_t)x->kinds];
}

/* What a counter costs at the end; WALK_NEVER for each unit where that isn't allowed. */
static inline int64_t counter_cost(const struct counter *c, int32_t total)
{
	if (total < c->least)
		return (int64_t)(c->least - total) * c->under;
	return total > c->most ? (int64_t)(total - c->most) * c->over : 0;
}

/* What a kind on a day costs when rows have prices: less than nothing where it helps them. price[day * kinds + kind] */
void terms_price(const struct problem *x, const int64_t *dual, int64_t *price);

/* So many more people do that kind on that day: count[row]. */
static inline void terms_count(const struct problem *x, int32_t day, int32_t kind, int32_t step, int32_t *count)
{
	int32_t cell = day * x->kinds + kind;
	for (int32_t i = x->at_from[cell]; i < x->at_from[cell + 1]; i++)
		count[x->at[i]] += step;
}

/* The cost of a cover row with so many people. */
static inline int64_t row_cost(const struct row *r, int32_t n)
{
	return n < r->need ? (int64_t)(r->need - n) * r->under : (int64_t)(n - r->need) * r->over;
}

#endif
