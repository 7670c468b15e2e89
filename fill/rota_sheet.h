/* fill/rota_sheet.h - a roster while it's worked on: who stands where before each day, what is counted, what it
 * costs.
 *
 * Costs here are the search's: a place of hard cover that isn't kept costs `hard` points, which the search may
 * choose, and is counted in `broken`. Nobody's own hard rules are ever broken by what has been placed. */
#ifndef FILL_ROTA_SHEET_H
#define FILL_ROTA_SHEET_H

#include "fill/rota_terms.h"

struct sheet {
	const struct problem *x;
	uint8_t *kinds;                 /* [person * days + day] */
	uint16_t *nodes;                /* [person * (days + 1) + day]: before the day */
	int32_t *totals;                /* [person * COUNTERS_MOST + counter] */
	int64_t *own;                   /* by person: rules and wishes */
	int32_t *count;                 /* by cover row */
	int32_t *under, *over;          /* by cover row */
	int32_t *add, *drop;            /* [day * kinds + kind]: what cover costs more with one person more, less */
	int64_t people, cover;          /* sums of costs */
	int64_t broken;                 /* units of hard cover */
	int32_t hard;
};

#define SHEET_NEVER INT64_MAX

/* Nobody has been placed yet: all are free, and cost nothing. Each must be placed on all days first. */
void sheet_init(struct sheet *s, const struct problem *x, struct arena *arena, int32_t hard);
void sheet_copy(struct sheet *to, const struct sheet *from);   /* both of the same problem */
void sheet_weigh(struct sheet *s, int32_t hard);

static inline int64_t sheet_cost(const struct sheet *s)
{
	return s->people + s->cover;
}

/* The cost as the model has it. */
static inline int64_t sheet_true_cost(const struct sheet *s)
{
	return s->people + s->cover + s->broken * (ROTA_HARD - s->hard);
}

static inline uint8_t *sheet_row(const struct sheet *s, int32_t person)
{
	return &s->kinds[(size_t)person * (size_t)s->x->days];
}

static inline uint16_t *sheet_nodes(const struct sheet *s, int32_t person)
{
	return &s->nodes[(size_t)person * (size_t)(s->x->days + 1)];
}

/* What the person's own rules and wishes would cost more with these kinds on the days first … last. SHEET_NEVER: a
 * hard one would be broken. */
int64_t sheet_try(const struct sheet *s, int32_t person, int32_t first, int32_t last, const uint8_t *kinds);

/* Do it; it must be possible. */
void sheet_place(struct sheet *s, int32_t person, int32_t first, int32_t last, const uint8_t *kinds);

/* Take the person's days first … last out of the cover; and put these kinds there instead, which must be possible.
 * In between nothing else may be done to that person. */
void sheet_lift(struct sheet *s, int32_t person, int32_t first, int32_t last);
void sheet_put(struct sheet *s, int32_t person, int32_t first, int32_t last, const uint8_t *kinds);

#endif
