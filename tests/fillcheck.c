/* tests/fillcheck.c - see fillcheck.h. Slow and plain on purpose. */
#include "tests/fillcheck.h"

#include <stdlib.h>

bool fillcheck_rest(const struct fill_instance *in, int32_t site_a, int64_t start_a, int64_t end_a, int32_t site_b, int64_t start_b,
	int64_t end_b)
{
	if (start_b < start_a)
		return fillcheck_rest(in, site_b, start_b, end_b, site_a, start_a, end_a);
	int64_t gap = in->rest;
	if (in->travel && in->travel[site_a * in->sites + site_b] > gap)
		gap = in->travel[site_a * in->sites + site_b];
	return start_b >= end_a + gap;
}

/* What one person does: those taken and those pinned, as if all were pinned. */
struct duty {
	struct fill_pinned p;
	bool pinned;
};

static size_t duties_of(const struct fill_instance *in, int32_t person, const int32_t *taken, size_t n, struct duty *out)
{
	size_t count = 0;
	for (size_t i = 0; i < n; i++) {
		const struct fill_pair *q = &in->pairs[taken[i]];
		const struct fill_shift *s = &in->shifts[q->shift];
		if (q->person == person)
			out[count++] = (struct duty){{person, q->shift, s->start, s->end, s->week, s->site, true}, false};
	}
	for (size_t i = 0; i < in->n_pinned; i++)
		if (in->pinned[i].person == person)
			out[count++] = (struct duty){in->pinned[i], true};
	return count;
}

static int64_t fairness(const struct fill_instance *in, const struct fill_person *p, int32_t k)
{
	const struct fill_weights *w = &in->weights;
	if (k <= p->target)
		return w->below[p->target - k >= FILL_STEPS ? FILL_STEPS - 1 : p->target - k];
	int32_t over = k - p->target;
	if (over <= FILL_STEPS)
		return w->above[over - 1];
	return w->above[FILL_STEPS - 1] + (int64_t)(over - FILL_STEPS) * w->above_more;
}

static const char *person_breaks(const struct fill_instance *in, int32_t person, const struct duty *d, size_t n)
{
	const struct fill_person *p = &in->persons[person];
	int32_t in_period = 0;
	bool some = false;
	for (size_t i = 0; i < n; i++) {
		int32_t week = 0;
		some = some || !d[i].pinned;
		in_period += d[i].p.in_period;
		for (size_t j = 0; j < n; j++) {
			week += d[j].p.week == d[i].p.week;
			if (i != j && !(d[i].pinned && d[j].pinned) &&
					!fillcheck_rest(in, d[i].p.site, d[i].p.start, d[i].p.end, d[j].p.site, d[j].p.start, d[j].p.end))
				return "rest";
		}
		if (!d[i].pinned && week > p->most_week)
			return "the week's cap";
	}
	for (size_t k = 0; some && k < in->n_windows; k++) {
		const struct fill_window *w = &in->windows[k];
		int32_t has = 0, came = 0;
		for (size_t i = 0; w->person == person && i < n; i++)
			if (d[i].p.start >= w->from && d[i].p.start < w->to) {
				has++;
				came += !d[i].pinned;
			}
		if (came && has > w->most)
			return "a window's cap";
	}
	return some && in_period > p->most ? "the period's cap" : NULL;
}

static const char *check_person(const struct fill_instance *in, int32_t person, const int32_t *taken, size_t n, int64_t *cost)
{
	struct duty *d = calloc(n + in->n_pinned + 1, sizeof *d);
	size_t count = duties_of(in, person, taken, n, d);
	int32_t all = 0, pinned = 0;
	for (size_t i = 0; i < count; i++) {
		all += d[i].p.in_period;
		pinned += d[i].pinned && d[i].p.in_period;
	}
	for (int32_t k = pinned + 1; k <= all; k++)
		*cost += fairness(in, &in->persons[person], k);
	const char *broken = person_breaks(in, person, d, count);
	free(d);
	return broken;
}

static const char *check_shift(const struct fill_instance *in, int32_t shift, const int32_t *taken, size_t n, struct fillcheck *c)
{
	const struct fill_shift *s = &in->shifts[shift];
	int32_t came = 0, level[3] = {0}, newcomers_came = 0;
	for (size_t i = 0; i < n; i++)
		if (in->pairs[taken[i]].shift == shift) {
			enum fill_level l = in->persons[in->pairs[taken[i]].person].level;
			came++;
			level[l]++;
			newcomers_came += l == FILL_NEWCOMER;
		}
	for (size_t i = 0; i < in->n_pinned; i++)
		if (in->pinned[i].shift == shift)
			level[in->persons[in->pinned[i].person].level]++;
	c->open += s->need - came;
	c->cost += (int64_t)(s->need - came) * s->open_cost;
	if (level[FILL_EXPERIENCED] < s->experienced)
		c->cost += (int64_t)(s->experienced - level[FILL_EXPERIENCED]) * in->weights.experience_cost;
	if (came > s->need)
		return "room";
	return newcomers_came && level[FILL_NEWCOMER] > level[FILL_EXPERIENCED] ? "company" : NULL;
}

struct fillcheck fillcheck_plan(const struct fill_instance *in, const int32_t *taken, size_t n)
{
	struct fillcheck c = {0};
	for (size_t i = 0; i < n; i++) {
		c.cost += in->pairs[taken[i]].cost - (in->pairs[taken[i]].stands ? in->pairs[taken[i]].keep : 0);
		for (size_t j = 0; j < i; j++)
			if (taken[i] == taken[j])
				c.broken = "once";
	}
	for (size_t i = 0; i < in->n_persons; i++) {
		const char *broken = check_person(in, (int32_t)i, taken, n, &c.cost);
		c.broken = c.broken ? c.broken : broken;
	}
	for (size_t i = 0; i < in->n_shifts; i++) {
		const char *broken = check_shift(in, (int32_t)i, taken, n, &c);
		c.broken = c.broken ? c.broken : broken;
	}
	return c;
}

struct all {
	const struct fill_instance *in;
	const bool *among;
	int32_t with;
	int32_t taken[32];
	size_t n;
	struct fillbrute best;
};

static void judge(struct all *a)
{
	struct fillcheck c = fillcheck_plan(a->in, a->taken, a->n);
	if (c.broken)
		return;
	int32_t open_in = 0;
	for (size_t i = 0; a->among && i < a->in->n_shifts; i++)
		open_in += a->among[i] ? a->in->shifts[i].need : 0;
	for (size_t i = 0; a->among && i < a->n; i++)
		open_in -= a->among[a->in->pairs[a->taken[i]].shift];
	struct fillbrute *b = &a->best;
	b->cost = !b->any || c.cost < b->cost ? c.cost : b->cost;
	b->open = !b->any || c.open < b->open ? c.open : b->open;
	b->open_in = !b->any || open_in < b->open_in ? open_in : b->open_in;
	b->any = true;
}

/* Company may yet come right; what else is broken stays so. */
static bool hopeless(const struct all *a)
{
	const struct fill_pair *q = &a->in->pairs[a->taken[a->n - 1]];
	int64_t cost = 0;
	struct fillcheck c = {0};
	const char *shift = check_shift(a->in, q->shift, a->taken, a->n, &c);
	return check_person(a->in, q->person, a->taken, a->n, &cost) || (shift && shift[0] == 'r');
}

static void go_on(struct all *a, int32_t next)
{
	if ((size_t)next == a->in->n_pairs) {
		judge(a);
		return;
	}
	a->taken[a->n++] = next;
	if (!hopeless(a))
		go_on(a, next + 1);
	a->n--;
	if (next != a->with)
		go_on(a, next + 1);
}

struct fillbrute fillcheck_all(const struct fill_instance *in, const bool *among, int32_t with)
{
	struct all a = {.in = in, .among = among, .with = with};
	go_on(&a, 0);
	return a.best;
}
