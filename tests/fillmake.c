/* tests/fillmake.c - hospitals by chance: filltest_make() and filltest_shuffle() of filltest.h. */
#include "tests/filltest.h"

#include <stdlib.h>
#include <string.h>

enum { HOUSE = 200, WARDS = 6, KINDS = 6, DAYS = 7, PARTS = 4, DAY = 1440, HOUR = 60, LIKED_MOST = 3 };

struct chance {
	uint64_t s;
};

static uint64_t next(struct chance *c)
{
	c->s ^= c->s >> 12;
	c->s ^= c->s << 25;
	c->s ^= c->s >> 27;
	return c->s * UINT64_C(0x2545f4914f6cdd1d);
}

static int32_t up_to(struct chance *c, int32_t n)
{
	return (int32_t)(next(c) >> 33) % n;
}

static bool percent(struct chance *c, int32_t p)
{
	return up_to(c, 100) < p;
}

/* ---- posts ------------------------------------------------------------------------------------------- */

struct kind {                           /* of a post, as a ward has it week after week */
	int32_t hour, length;           /* minutes */
	unsigned days;                  /* Monday = 1 */
	int32_t need, cost, experienced;
	int32_t certified;              /* per cent of people who may */
};

static const struct kind kinds[KINDS] = {
	{8, 240, 0x1f, 2, 6000, 0, 100},        /* reception */
	{12, 240, 0x1f, 2, 6000, 0, 100},       /* the same, afternoons */
	{14, 150, 0x55, 1, 3000, 0, 75},        /* café */
	{16, 180, 0x7f, 2, 6000, 1, 40},        /* children */
	{18, 240, 0x7f, 1, 12000, 0, 35},       /* watch at night, two a night */
	{22, 240, 0x7f, 1, 12000, 0, 35},
};

struct post {
	int32_t house, ward, kind;
};

static void add_shifts(struct filltest *t, struct post *of, struct post p, size_t *cap, struct arena *a)
{
	const struct kind *k = &kinds[p.kind];
	for (int32_t day = 0; day < t->weeks * DAYS; day++) {
		if (!(k->days >> day % DAYS & 1))
			continue;
		t->shifts = arena_grow(a, t->shifts, cap, t->in.n_shifts + 1, sizeof *t->shifts);
		struct fill_shift *s = &t->shifts[t->in.n_shifts];
		*s = (struct fill_shift){.start = (int64_t)day * DAY + k->hour * HOUR, .end = (int64_t)day * DAY + k->hour * HOUR + k->length,
			.week = day / DAYS, .need = k->need, .open_cost = k->cost, .experienced = k->experienced, .site = 0};
		filltest_key(s->key, 2, t->in.n_shifts);
		of[t->in.n_shifts++] = p;
	}
}

static size_t places(const struct post *p, int32_t weeks)
{
	size_t days = 0;
	for (int d = 0; d < DAYS; d++)
		days += kinds[p->kind].days >> d & 1;
	return days * (size_t)weeks * (size_t)kinds[p->kind].need;
}

/* Posts, house by house and ward by ward, until there is work for all. */
static struct post *make_shifts(struct filltest *t, struct arena *a, size_t wanted, int32_t houses)
{
	struct post *of = arena_alloc(a, (wanted + 100) * sizeof *of);
	size_t cap = 0, had = 0;
	for (int32_t i = 0; had < wanted; i++) {
		struct post p = {i % houses, i / houses % WARDS, (i / houses + i % houses) % KINDS};
		add_shifts(t, of, p, &cap, a);
		had += places(&p, t->weeks);
	}
	t->in.shifts = t->shifts;
	return of;
}

/* ---- people ------------------------------------------------------------------------------------------ */

struct human {
	int32_t house, second, liked[LIKED_MOST], n_liked;
	bool suits[DAYS][PARTS], anywhere;
	int32_t certified[KINDS];       /* the last day; -1: never */
	int32_t from, until, away, back;
};

/* How likely a part of the day suits: morning, afternoon, evening, night; weekdays, then weekends. */
static const int32_t habits[3][2][PARTS] = {
	{{62, 55, 12, 4}, {15, 18, 8, 4}},      /* retired */
	{{8, 28, 52, 14}, {38, 42, 36, 16}},    /* working */
	{{4, 6, 48, 10}, {40, 40, 42, 12}},     /* studying */
};

static void make_days(struct human *h, struct chance *c, bool dense)
{
	int32_t habit = percent(c, 60) ? 0 : percent(c, 60) ? 1 : 2;
	for (int d = 0; d < DAYS; d++)
		for (int p = 0; p < PARTS; p++)
			h->suits[d][p] = percent(c, habits[habit][d >= 5][p] + (dense ? 25 : 0));
}

static void make_human(struct human *h, struct chance *c, int32_t houses, int32_t days, bool dense)
{
	*h = (struct human){.house = up_to(c, houses), .anywhere = dense || percent(c, 50), .from = percent(c, 4) ? up_to(c, days) : 0,
		.until = percent(c, 6) ? up_to(c, days) : days, .away = -1, .back = -1};
	h->second = percent(c, 10) ? up_to(c, houses) : h->house;
	h->n_liked = 1 + up_to(c, LIKED_MOST);
	for (int i = 0; i < h->n_liked; i++)
		h->liked[i] = up_to(c, WARDS);
	make_days(h, c, dense);
	for (int k = 0; k < KINDS; k++)
		h->certified[k] = !percent(c, kinds[k].certified) ? -1 : percent(c, 5) ? up_to(c, days) : days;
	if (percent(c, days > 20 ? 35 : 12)) {
		h->away = up_to(c, days);
		h->back = h->away + 5 + up_to(c, 10);
	}
}

static void make_person(struct fill_person *p, struct chance *c, int32_t weeks)
{
	int32_t usual = percent(c, 50) ? 1 : percent(c, 70) ? 2 : 3, level = up_to(c, 100);
	p->most_week = usual;
	p->target = (usual * weeks * (percent(c, 50) ? 10 : 6) + 5) / 10;
	p->most = (usual * weeks * 8 + 9) / 10;
	p->target = p->target < p->most ? p->target : p->most;
	p->level = level < 15 ? FILL_NEWCOMER : level < 45 ? FILL_USUAL : FILL_EXPERIENCED;
}

/* ---- who may come where ------------------------------------------------------------------------------ */

static int32_t wish(const struct human *h, int32_t ward)
{
	for (int32_t i = 0; i < h->n_liked; i++)
		if (h->liked[i] == ward)
			return i ? 15 : 0;
	return h->anywhere ? 40 : -1;
}

static bool may(const struct human *h, const struct post *p, const struct fill_shift *s)
{
	int32_t day = (int32_t)(s->start / DAY), hour = (int32_t)(s->start / HOUR % 24), part = hour < 12 ? 0 : hour < 16 ? 1 : hour < 22 ? 2 : 3;
	return (p->house == h->house || p->house == h->second) && wish(h, p->ward) >= 0 && h->certified[p->kind] >= day &&
		day >= h->from && day <= h->until && !(h->away >= 0 && day >= h->away && day <= h->back) && h->suits[day % DAYS][part];
}

static void make_pairs(struct filltest *t, struct arena *a, struct chance *c, const struct human *h, const struct post *of)
{
	size_t cap = 0;
	for (int32_t i = 0; i < (int32_t)t->in.n_persons; i++) {
		int32_t way = 20 + up_to(c, 30);
		for (int32_t j = 0; j < (int32_t)t->in.n_shifts; j++) {
			if (!may(&h[i], &of[j], &t->shifts[j]) || percent(c, 3))
				continue;
			t->pairs = arena_grow(a, t->pairs, &cap, t->in.n_pairs + 1, sizeof *t->pairs);
			t->pairs[t->in.n_pairs++] = (struct fill_pair){.person = i, .shift = j,
				.cost = wish(&h[i], of[j].ward) + way + (of[j].house == h[i].house ? 0 : 10) + (percent(c, 4) ? 60 : 0)};
		}
	}
	t->in.pairs = t->pairs;
}

void filltest_make(struct filltest *t, struct arena *a, int32_t people, int32_t weeks, uint64_t seed, bool dense)
{
	struct chance c = {seed * 0x9e3779b97f4a7c15 + 1};
	int32_t houses = (people + HOUSE - 1) / HOUSE, supply = 0;
	*t = (struct filltest){.weeks = weeks, .in = {.rest = 11 * HOUR, .weights = filltest_weights(), .n_persons = (size_t)people}};
	t->in.persons = t->persons = arena_alloc(a, (size_t)people * sizeof *t->persons);
	struct human *humans = arena_alloc(a, (size_t)people * sizeof *humans);
	for (int32_t i = 0; i < people; i++) {
		make_human(&humans[i], &c, houses, weeks * DAYS, dense);
		make_person(&t->persons[i], &c, weeks);
		filltest_key(t->persons[i].key, 1, (uint64_t)i);
		supply += t->persons[i].target;
	}
	const struct post *of = make_shifts(t, a, (size_t)supply * 95 / 100, houses);
	make_pairs(t, a, &c, humans, of);
}

/* ---- another order ----------------------------------------------------------------------------------- */

static int32_t *shuffled(struct arena *a, struct chance *c, size_t n)
{
	int32_t *list = arena_alloc(a, (n + 1) * sizeof *list);
	for (int32_t i = 0; i < (int32_t)n; i++) {
		int32_t j = up_to(c, i + 1);
		list[i] = list[j];
		list[j] = i;
	}
	return list;
}

void filltest_shuffle(const struct filltest *t, struct arena *a, uint64_t seed, struct filltest *out)
{
	struct chance c = {seed * 0x9e3779b97f4a7c15 + 3};
	const struct fill_instance *in = &t->in;
	const int32_t *person = shuffled(a, &c, in->n_persons), *shift = shuffled(a, &c, in->n_shifts), *pair = shuffled(a, &c, in->n_pairs);
	*out = *t;
	out->in.persons = out->persons = arena_alloc(a, in->n_persons * sizeof *out->persons);
	out->in.shifts = out->shifts = arena_alloc(a, in->n_shifts * sizeof *out->shifts);
	out->in.pairs = out->pairs = arena_alloc(a, in->n_pairs * sizeof *out->pairs);
	for (size_t i = 0; i < in->n_persons; i++)
		out->persons[person[i]] = in->persons[i];
	for (size_t i = 0; i < in->n_shifts; i++)
		out->shifts[shift[i]] = in->shifts[i];
	for (size_t i = 0; i < in->n_pairs; i++) {
		out->pairs[pair[i]] = in->pairs[i];
		out->pairs[pair[i]].person = person[in->pairs[i].person];
		out->pairs[pair[i]].shift = shift[in->pairs[i].shift];
	}
}
