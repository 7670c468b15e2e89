/* fill/instance.c - see instance.h. Owns the check of what was handed in, the canonical order, the hash of it, and what
 * makes two shifts clash. Must not know of plans, costs of plans or bounds. */
#include "fill/instance.h"

#include "base/hash.h"
#include "fill/chance.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_THINGS = 1 << 24, MOST_CAP = 1 << 20 };

/* ---- what is right -------------------------------------------------------------------------------------------------- */

static bool points(int64_t cost)
{
	return cost >= -FILL_POINTS_MOST && cost <= FILL_POINTS_MOST;
}

static bool weights_hold(const struct fill_weights *w)
{
	bool good = w->below[0] <= w->above[0] && w->above_more >= 0 && points(w->above_more) &&
		points(w->below[FILL_STEPS - 1]) && points(w->above[FILL_STEPS - 1]) && w->experience_cost >= 0 &&
		points(w->experience_cost);
	for (int i = 0; i + 1 < FILL_STEPS; i++)
		good = good && w->below[i + 1] <= w->below[i] && w->above[i] <= w->above[i + 1];
	return good;
}

static bool person_holds(const struct fill_person *p)
{
	return p->most_week >= 0 && p->most >= 0 && p->most <= MOST_CAP && p->target >= 0 && p->target <= MOST_CAP &&
		p->level <= FILL_EXPERIENCED;
}

static int32_t sites_of(const struct fill_instance *in)
{
	return in->sites > 0 ? in->sites : 1;
}

static bool shift_holds(const struct fill_instance *in, const struct fill_shift *s)
{
	return s->start < s->end && s->end - s->start < MOST_THINGS && s->need >= 0 && s->need <= FILL_PLACES_MOST && s->open_cost >= 0 &&
		points(s->open_cost) && s->experienced >= 0 && s->experienced <= FILL_PLACES_MOST && s->site >= 0 &&
		s->site < sites_of(in);
}

static bool pair_holds(const struct fill_instance *in, const struct fill_pair *q)
{
	return q->person >= 0 && (size_t)q->person < in->n_persons && q->shift >= 0 && (size_t)q->shift < in->n_shifts &&
		points(q->cost) && points(q->keep) && q->keep >= 0;
}

static bool pinned_holds(const struct fill_instance *in, const struct fill_pinned *p)
{
	return p->person >= 0 && (size_t)p->person < in->n_persons && p->shift >= -1 &&
		(p->shift < 0 || (size_t)p->shift < in->n_shifts) && p->start < p->end && p->site >= 0 && p->site < sites_of(in);
}

static bool window_holds(const struct fill_instance *in, const struct fill_window *w)
{
	return w->person >= 0 && (size_t)w->person < in->n_persons && w->from < w->to && w->most >= 0 && w->most <= MOST_CAP;
}

static bool parts_hold(const struct fill_instance *in)
{
	int64_t places = 0, experienced = 0;
	for (size_t i = 0; i < in->n_persons; i++)
		if (!person_holds(&in->persons[i]))
			return false;
	for (size_t i = 0; i < in->n_shifts; i++) {
		if (!shift_holds(in, &in->shifts[i]))
			return false;
		places += in->shifts[i].need;
		experienced += in->shifts[i].experienced;
	}
	for (size_t i = 0; i < in->n_pairs; i++)
		if (!pair_holds(in, &in->pairs[i]))
			return false;
	for (size_t i = 0; i < in->n_pinned; i++)
		if (!pinned_holds(in, &in->pinned[i]))
			return false;
	for (size_t i = 0; i < in->n_windows; i++)
		if (!window_holds(in, &in->windows[i]))
			return false;
	return places <= FILL_PLACES_MOST && experienced <= FILL_PLACES_MOST;
}

static bool holds(const struct fill_instance *in)
{
	bool good = in->n_persons <= MOST_THINGS && in->n_shifts <= MOST_THINGS && in->n_pairs <= MOST_THINGS &&
		in->n_pinned <= MOST_THINGS && in->n_windows <= MOST_THINGS && in->rest >= 0 && in->rest < MOST_THINGS && sites_of(in) <= FILL_SITES_MOST &&
		weights_hold(&in->weights);
	for (int32_t i = 0; good && in->travel && i < sites_of(in) * sites_of(in); i++)
		good = in->travel[i] >= 0 && in->travel[i] < MOST_THINGS;
	return good && parts_hold(in);
}

/* ---- order ---------------------------------------------------------------------------------------------------------- */

struct mark {                                   /* what one thing is sorted by */
	int64_t first;
	const uint8_t *key;
	int32_t given;
};

static int by_mark(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return memcmp(x->key, y->key, FILL_KEY);
}

/* Sort, and say whether each mark is there once. */
static bool sort_marks(struct mark *marks, size_t n)
{
	if (n)
		qsort(marks, n, sizeof *marks, by_mark);
	for (size_t i = 1; i < n; i++)
		if (!by_mark(&marks[i - 1], &marks[i]))
			return false;
	return true;
}

static bool order_men(struct instance *x, struct arena *a, int32_t *man_of)
{
	const struct fill_instance *in = x->in;
	struct mark *marks = arena_alloc(a, (in->n_persons + 1) * sizeof *marks);
	for (size_t i = 0; i < in->n_persons; i++)
		marks[i] = (struct mark){0, in->persons[i].key, (int32_t)i};
	if (!sort_marks(marks, in->n_persons))
		return false;
	for (int32_t i = 0; i < x->n_men; i++) {
		const struct fill_person *p = &in->persons[marks[i].given];
		x->men[i] = (struct man){.most = p->most, .target = p->target, .level = p->level, .given = marks[i].given};
		man_of[marks[i].given] = i;
	}
	return true;
}

static bool order_slots(struct instance *x, struct arena *a)
{
	const struct fill_instance *in = x->in;
	struct mark *marks = arena_alloc(a, (in->n_shifts + 1) * sizeof *marks);
	for (size_t i = 0; i < in->n_shifts; i++)
		marks[i] = (struct mark){in->shifts[i].start, in->shifts[i].key, (int32_t)i};
	if (!sort_marks(marks, in->n_shifts))
		return false;
	for (int32_t i = 0; i < x->n_slots; i++) {
		const struct fill_shift *s = &in->shifts[marks[i].given];
		x->slots[i] = (struct slot){.start = s->start, .stop = s->end, .site = s->site, .need = s->need,
			.open_cost = s->open_cost, .wants = s->experienced, .given = marks[i].given};
		x->slot_of[marks[i].given] = i;
		x->places += s->need;
	}
	return true;
}

static int by_number(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	return (x > y) - (x < y);
}

/* Number the weeks of the shifts from 0. */
static void order_weeks(struct instance *x, struct arena *a, int32_t **names)
{
	int32_t *all = arena_alloc(a, ((size_t)x->n_slots + 1) * sizeof *all), n = 0;
	for (int32_t i = 0; i < x->n_slots; i++)
		all[i] = x->in->shifts[x->slots[i].given].week;
	qsort(all, (size_t)x->n_slots, sizeof *all, by_number);
	for (int32_t i = 0; i < x->n_slots; i++)
		if (!n || all[n - 1] != all[i])
			all[n++] = all[i];
	x->n_weeks = n;
	*names = all;
	for (int32_t i = 0; i < x->n_slots; i++) {
		const int32_t *at = bsearch(&x->in->shifts[x->slots[i].given].week, all, (size_t)n, sizeof *all, by_number);
		assert(at);
		x->slots[i].week = (int32_t)(at - all);
	}
	for (int32_t i = 0; i < x->n_seats; i++)
		x->seats[i].week = x->slots[x->seats[i].shift].week;
}

static int by_seat(const void *a, const void *b)
{
	const struct seat *x = a, *y = b;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->shift > y->shift) - (x->shift < y->shift);
}

static bool order_seats(struct instance *x, const int32_t *man_of)
{
	const struct fill_instance *in = x->in;
	for (int32_t i = 0; i < x->n_seats; i++) {
		const struct fill_pair *q = &in->pairs[i];
		x->seats[i] = (struct seat){.person = man_of[q->person], .shift = x->slot_of[q->shift], .cost = q->cost,
			.keep = q->stands ? q->keep : 0, .stands = q->stands, .given = i};
	}
	if (x->n_seats)
		qsort(x->seats, (size_t)x->n_seats, sizeof *x->seats, by_seat);
	for (int32_t i = 0; i < x->n_seats; i++) {
		struct seat *s = &x->seats[i];
		if (i && !by_seat(s - 1, s))
			return false;
		x->seat_of[s->given] = i;
		x->men[s->person].end = i + 1;
		x->slots[s->shift].end++;
	}
	for (int32_t i = 0; i < x->n_men; i++) {
		x->men[i].first = i ? x->men[i - 1].end : 0;
		if (x->men[i].end < x->men[i].first)
			x->men[i].end = x->men[i].first;
	}
	return true;
}

static void list_by_shift(struct instance *x)
{
	int32_t at = 0;
	for (int32_t i = 0; i < x->n_slots; i++) {
		int32_t n = x->slots[i].end;
		x->slots[i].first = x->slots[i].end = at;
		at += n;
	}
	for (int32_t i = 0; i < x->n_seats; i++)
		x->by_shift[x->slots[x->seats[i].shift].end++] = i;
}

/* ---- what clashes, and what is pinned ------------------------------------------------------------------------------- */

static int64_t gap_between(const struct fill_instance *in, int32_t from, int32_t to)
{
	int64_t way = in->travel ? in->travel[from * sites_of(in) + to] : 0;
	return way > in->rest ? way : in->rest;
}

static bool times_clash(const struct fill_instance *in, const struct slot *a, const struct slot *b)
{
	const struct slot *first = a->start <= b->start ? a : b, *second = first == a ? b : a;
	return second->start < first->stop + gap_between(in, first->site, second->site);
}

bool instance_clash(const struct instance *x, int32_t slot_a, int32_t slot_b)
{
	return times_clash(x->in, &x->slots[slot_a], &x->slots[slot_b]);
}

static void find_longest(struct instance *x)
{
	int64_t gap = x->in->rest, length = 0;
	for (int32_t i = 0; x->in->travel && i < sites_of(x->in) * sites_of(x->in); i++)
		gap = x->in->travel[i] > gap ? x->in->travel[i] : gap;
	for (int32_t i = 0; i < x->n_slots; i++)
		if (x->slots[i].stop - x->slots[i].start > length)
			length = x->slots[i].stop - x->slots[i].start;
	x->longest = gap + length;
}

static void pin_one(struct instance *x, const struct fill_pinned *p, int32_t who, const int32_t *weeks)
{
	struct man *m = &x->men[who];
	struct slot there = {.start = p->start, .stop = p->end, .site = p->site};
	const int32_t *week = bsearch(&p->week, weeks, (size_t)x->n_weeks, sizeof *weeks, by_number);
	if (week)
		x->week_left[who * x->n_weeks + (int32_t)(week - weeks)]--;
	if (p->in_period) {
		m->most--;
		m->pinned++;
	}
	for (int32_t i = m->first; i < m->end; i++) {
		bool same = p->shift >= 0 && x->slots[x->seats[i].shift].given == p->shift;
		x->seats[i].dead = x->seats[i].dead || same || times_clash(x->in, &there, &x->slots[x->seats[i].shift]);
	}
	if (p->shift < 0 || m->level == FILL_USUAL)
		return;
	struct slot *s = &x->slots[x->slot_of[p->shift]];
	s->spare += m->level == FILL_EXPERIENCED ? 1 : -1;
	if (m->level == FILL_EXPERIENCED && s->wants > 0)
		s->wants--;
}

static void pin(struct instance *x, const int32_t *man_of, const int32_t *weeks)
{
	for (int32_t i = 0; i < x->n_men; i++)
		for (int32_t w = 0; w < x->n_weeks; w++)
			x->week_left[i * x->n_weeks + w] = x->in->persons[x->men[i].given].most_week;
	for (size_t i = 0; i < x->in->n_pinned; i++)
		pin_one(x, &x->in->pinned[i], man_of[x->in->pinned[i].person], weeks);
}

/* ---- windows -------------------------------------------------------------------------------------------------------- */

static int by_window(const void *a, const void *b)
{
	const struct fill_window *x = a, *y = b;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	return (x->most > y->most) - (x->most < y->most);
}

static int32_t seat_from(const struct instance *x, const struct man *m, int64_t start)
{
	int32_t i = m->first;
	while (i < m->end && x->slots[x->seats[i].shift].start < start)
		i++;
	return i;
}

/* A window as its seats, what is pinned taken off; where nothing is left nobody may take them. */
static struct span make_span(struct instance *x, const struct fill_window *w)
{
	const struct man *m = &x->men[w->person];
	struct span s = {seat_from(x, m, w->from), seat_from(x, m, w->to), w->most};
	for (size_t i = 0; i < x->in->n_pinned; i++) {
		const struct fill_pinned *p = &x->in->pinned[i];
		s.left -= p->person == m->given && p->start >= w->from && p->start < w->to;
	}
	for (int32_t i = s.first; s.left <= 0 && i < s.end; i++)
		x->seats[i].dead = true;
	return s;
}

/* By what is in them and not by how they were handed in; a window that can't bind is none. */
static void make_spans(struct instance *x, struct arena *scratch, const int32_t *man_of)
{
	size_t n = x->in->n_windows;
	struct fill_window *all = arena_alloc(scratch, (n + 1) * sizeof *all);
	int32_t count = 0;
	for (size_t i = 0; i < n; i++) {
		all[i] = x->in->windows[i];
		all[i].person = man_of[all[i].person];
	}
	if (n)
		qsort(all, n, sizeof *all, by_window);
	for (size_t i = 0; i < n; i++) {
		struct man *m = &x->men[all[i].person];
		struct span s = make_span(x, &all[i]);
		if (s.left <= 0 || s.end - s.first <= s.left)
			continue;
		if (m->first_span == m->end_span)
			m->first_span = count;
		x->spans[count++] = s;
		m->end_span = count;
	}
	x->n_spans = count;
}

/* Where what is pinned breaks the rule of company already, newcomers need at least as many experienced who come. */
static void count_newcomers(struct instance *x)
{
	for (int32_t i = 0; i < x->n_slots; i++) {
		struct slot *s = &x->slots[i];
		int32_t spare = s->spare > 0 ? s->spare : 0, beside = spare, room = (s->need + spare) / 2;
		for (int32_t j = s->first; j < s->end; j++)
			beside += !x->seats[x->by_shift[j]].dead && x->men[x->seats[x->by_shift[j]].person].level == FILL_EXPERIENCED;
		room = room < s->need ? room : s->need;
		s->newcomers = room < beside ? room : beside;
	}
}

int64_t instance_step(const struct instance *x, const struct man *m, int32_t k)
{
	const struct fill_weights *w = &x->in->weights;
	int32_t d = m->target - (k + m->pinned);
	if (d >= 0)
		return w->below[d < FILL_STEPS ? d : FILL_STEPS - 1];
	d = -d - 1;
	if (d < FILL_STEPS)
		return w->above[d];
	int64_t step = w->above[FILL_STEPS - 1] + (int64_t)(d - FILL_STEPS + 1) * w->above_more;
	return step < FILL_POINTS_MOST ? step : FILL_POINTS_MOST;
}

/* ---- the hash ------------------------------------------------------------------------------------------------------- */

static void add_number(struct buf *b, int64_t v)
{
	uint8_t bytes[8];
	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)((uint64_t)v >> (8 * i));
	buf_add(b, bytes, sizeof bytes);
}

static void add_numbers(struct buf *b, const int32_t *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_number(b, v[i]);
}

static void write_frame(struct buf *b, const struct fill_instance *in)
{
	const struct fill_weights *w = &in->weights;
	add_number(b, FILL_ENGINE);
	add_number(b, in->rest);
	add_number(b, sites_of(in));
	add_numbers(b, in->travel, in->travel ? (size_t)(sites_of(in) * sites_of(in)) : 0);
	add_numbers(b, w->below, FILL_STEPS);
	add_numbers(b, w->above, FILL_STEPS);
	add_number(b, w->above_more);
	add_number(b, w->experience_cost);
}

static void write_things(struct buf *b, const struct instance *x)
{
	for (int32_t i = 0; i < x->n_men; i++) {
		const struct fill_person *p = &x->in->persons[x->men[i].given];
		buf_add(b, p->key, FILL_KEY);
		add_numbers(b, (const int32_t[]){p->most_week, p->most, p->target, (int32_t)p->level, x->men[i].pinned, x->men[i].most}, 6);
		add_numbers(b, &x->week_left[i * x->n_weeks], (size_t)x->n_weeks);
		for (int32_t k = x->men[i].first_span; k < x->men[i].end_span; k++)
			add_numbers(b, (const int32_t[]){x->spans[k].first, x->spans[k].end, x->spans[k].left}, 3);
	}
	for (int32_t i = 0; i < x->n_slots; i++) {
		const struct slot *s = &x->slots[i];
		buf_add(b, x->in->shifts[s->given].key, FILL_KEY);
		add_number(b, s->start);
		add_number(b, s->stop);
		add_numbers(b, (const int32_t[]){s->site, s->week, s->need, s->open_cost, s->wants, s->spare}, 6);
	}
	for (int32_t i = 0; i < x->n_seats; i++) {
		const struct seat *s = &x->seats[i];
		add_numbers(b, (const int32_t[]){s->person, s->shift, s->cost, s->keep, s->stands, s->dead}, 6);
	}
}

static int hash_all(struct instance *x)
{
	struct buf b = {0};
	write_frame(&b, x->in);
	write_things(&b, x);
	bool oom = b.oom;
	hash_256(b.p, b.n, x->hash);
	buf_free(&b);
	for (int i = 0; i < 8; i++)
		x->seed = x->seed << 8 | x->hash[i];
	return oom ? ERR_NOMEM : OK;
}

static uint64_t fold_key(const uint8_t *key)
{
	uint64_t v = 0;
	for (int i = 0; i < FILL_KEY; i++)
		v = v * UINT64_C(0x100000001b3) ^ key[i];
	return chance_next(&v);
}

static void weigh(struct instance *x)
{
	for (int32_t i = 0; i < x->n_seats; i++) {
		struct seat *s = &x->seats[i];
		uint64_t mix = fold_key(x->in->persons[x->men[s->person].given].key) ^
			fold_key(x->in->shifts[x->slots[s->shift].given].key) * UINT64_C(0x9e3779b97f4a7c15);
		int64_t noise = (int64_t)(chance_next(&mix) & ((1 << FILL_NOISE) - 1));
		s->weight = (int64_t)(s->cost - s->keep) * (INT64_C(1) << FILL_SCALE) + noise;
	}
}

/* ---- all of it ------------------------------------------------------------------------------------------------------ */

static struct instance *room_for(const struct fill_instance *in, struct arena *a)
{
	struct instance *x = arena_alloc(a, sizeof *x);
	x->in = in;
	x->n_men = (int32_t)in->n_persons;
	x->n_slots = (int32_t)in->n_shifts;
	x->n_seats = (int32_t)in->n_pairs;
	x->men = arena_alloc(a, (in->n_persons + 1) * sizeof *x->men);
	x->slots = arena_alloc(a, (in->n_shifts + 1) * sizeof *x->slots);
	x->seats = arena_alloc(a, (in->n_pairs + 1) * sizeof *x->seats);
	x->spans = arena_alloc(a, (in->n_windows + 1) * sizeof *x->spans);
	x->by_shift = arena_alloc(a, (in->n_pairs + 1) * sizeof *x->by_shift);
	x->seat_of = arena_alloc(a, (in->n_pairs + 1) * sizeof *x->seat_of);
	x->slot_of = arena_alloc(a, (in->n_shifts + 1) * sizeof *x->slot_of);
	return x;
}

int instance_make(const struct fill_instance *in, struct arena *a, struct instance **out)
{
	if (!holds(in))
		return ERR_DATA;
	struct instance *x = room_for(in, a);
	struct arena *scratch = arena_new();
	int32_t *man_of = arena_alloc(scratch, (in->n_persons + 1) * sizeof *man_of), *weeks;
	int rc = OK;
	if (!order_men(x, scratch, man_of) || !order_slots(x, scratch) || !order_seats(x, man_of)) {
		rc = ERR_DATA;
		goto out;
	}
	order_weeks(x, scratch, &weeks);
	x->week_left = arena_alloc(a, ((size_t)x->n_men * (size_t)x->n_weeks + 1) * sizeof *x->week_left);
	list_by_shift(x);
	find_longest(x);
	pin(x, man_of, weeks);
	make_spans(x, scratch, man_of);
	count_newcomers(x);
	weigh(x);
	rc = hash_all(x);
	*out = x;
out:
	arena_free(scratch);
	return rc;
}
