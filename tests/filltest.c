/* tests/filltest.c - see filltest.h. */
#include "tests/filltest.h"

#include <inttypes.h>

enum { WEEK = 7 * 1440 };

struct fill_weights filltest_weights(void)
{
	return (struct fill_weights){.below = {-20, -40, -60, -60}, .above = {20, 60, 120, 200}, .above_more = 60,
		.experience_cost = 1500};
}

void filltest_key(uint8_t key[FILL_KEY], uint64_t kind, uint64_t number)
{
	uint64_t v = kind * UINT64_C(0xd1342543de82ef95) + number;
	for (int i = 0; i < FILL_KEY; i++) {
		v = (v ^ (v >> 29)) * UINT64_C(0xbf58476d1ce4e5b9) + (uint64_t)i;
		key[i] = (uint8_t)(v >> 56);
	}
}

static bool read_persons(FILE *f, struct filltest *t)
{
	for (size_t i = 0; i < t->in.n_persons; i++) {
		struct fill_person *p = &t->persons[i];
		int level;
		if (fscanf(f, " v %" SCNd32 " %" SCNd32 " %" SCNd32 " %d", &p->most_week, &p->most, &p->target, &level) != 4)
			return false;
		p->level = (enum fill_level)level;
		filltest_key(p->key, 1, i);
	}
	return true;
}

static bool read_shifts(FILE *f, struct filltest *t)
{
	static const int32_t cost[] = {0, 3000, 6000, 12000};
	for (size_t i = 0; i < t->in.n_shifts; i++) {
		struct fill_shift *s = &t->shifts[i];
		int32_t prio, unit;
		if (fscanf(f, " s %" SCNd64 " %" SCNd64 " %" SCNd32 " %" SCNd32 " %" SCNd32 " %" SCNd32, &s->start, &s->end, &s->need, &prio,
				&s->experienced, &unit) != 6 || prio < 1 || prio > 3)
			return false;
		s->open_cost = cost[prio];
		s->site = 0;                    /* rest is longer than any way */
		s->week = (int32_t)(s->start / WEEK);
		filltest_key(s->key, 2, i);
	}
	return true;
}

static bool read_pairs(FILE *f, struct filltest *t)
{
	for (size_t i = 0; i < t->in.n_pairs; i++)
		if (fscanf(f, " p %" SCNd32 " %" SCNd32 " %" SCNd32, &t->pairs[i].person, &t->pairs[i].shift, &t->pairs[i].cost) != 3)
			return false;
	return true;
}

bool filltest_read(FILE *f, struct arena *a, struct filltest *t)
{
	*t = (struct filltest){0};
	if (fscanf(f, "vsp %zu %zu %zu %" SCNd32 " %" SCNd32, &t->in.n_persons, &t->in.n_shifts, &t->in.n_pairs, &t->weeks, &t->in.rest) != 5)
		return false;
	t->in.persons = t->persons = arena_alloc(a, (t->in.n_persons + 1) * sizeof *t->persons);
	t->in.shifts = t->shifts = arena_alloc(a, (t->in.n_shifts + 1) * sizeof *t->shifts);
	t->in.pairs = t->pairs = arena_alloc(a, (t->in.n_pairs + 1) * sizeof *t->pairs);
	t->in.weights = filltest_weights();
	return read_persons(f, t) && read_shifts(f, t) && read_pairs(f, t);
}

void filltest_write(FILE *f, const struct filltest *t)
{
	const struct fill_instance *in = &t->in;
	fprintf(f, "vsp %zu %zu %zu %" PRId32 " %" PRId32 "\n", in->n_persons, in->n_shifts, in->n_pairs, t->weeks, in->rest);
	for (size_t i = 0; i < in->n_persons; i++)
		fprintf(f, "v %" PRId32 " %" PRId32 " %" PRId32 " %d\n", in->persons[i].most_week, in->persons[i].most, in->persons[i].target,
			(int)in->persons[i].level);
	for (size_t i = 0; i < in->n_shifts; i++) {
		const struct fill_shift *s = &in->shifts[i];
		fprintf(f, "s %" PRId64 " %" PRId64 " %" PRId32 " %d %" PRId32 " %" PRId32 "\n", s->start, s->end, s->need,
			s->open_cost < 6000 ? 1 : s->open_cost < 12000 ? 2 : 3, s->experienced, s->site * 8);
	}
	for (size_t i = 0; i < in->n_pairs; i++)
		fprintf(f, "p %" PRId32 " %" PRId32 " %" PRId32 "\n", in->pairs[i].person, in->pairs[i].shift, in->pairs[i].cost);
}
