/* fill/rota_count.c - what a roster costs, by the words of rota.h and nothing else. Owns that meaning in its
 * plainest form. Must not know how the engine sees rules: it's what the engine is checked against. */
#include "fill/rota.h"

/* One person's days, history first; day 0 of the model is at `before`. */
struct days {
	const struct rota_model *m;
	const uint8_t *before, *now;
	int32_t n_before, n;            /* n: with the history */
};

struct tally {
	int64_t cost, broken;
};

static void charge(struct tally *t, int64_t units, int32_t weight)
{
	t->cost += units * weight;
	if (weight == ROTA_HARD)
		t->broken += units;
}

static int32_t kind_at(const struct days *d, int32_t i)
{
	return i < d->n_before ? d->before[i] : d->now[i - d->n_before];
}

static bool in(const struct days *d, int32_t i, uint64_t kinds)
{
	return kinds >> kind_at(d, i) & 1;
}

static bool begins_on(const struct days *d, int32_t i, uint8_t weekdays)
{
	int32_t weekday = ((d->m->first_weekday + i - d->n_before) % 7 + 7) % 7;
	return weekdays >> weekday & 1;
}

/* ---- each sort of rule ------------------------------------------------------------------------------------------ */

static void count_limits(struct tally *t, const struct rota_rule *r, int64_t total)
{
	if (total < r->least)
		charge(t, r->least - total, r->under);
	if (total > r->most)
		charge(t, total - r->most, r->over);
}

static void count_total(struct tally *t, const struct rota_rule *r, const struct days *d)
{
	int64_t total = 0;
	for (int32_t day = r->first; day <= r->last; day++)
		if (in(d, d->n_before + day, r->kinds))
			total += r->minutes ? d->m->kinds[d->now[day]].minutes : 1;
	count_limits(t, r, total);
}

static void count_run(struct tally *t, const struct rota_rule *r, const struct days *d)
{
	for (int32_t i = 0, length; i < d->n; i += length + 1) {
		for (length = 0; i + length < d->n && in(d, i + length, r->kinds); length++)
			if (length >= r->most && i + length >= d->n_before)
				charge(t, 1, r->over);
		int32_t end = i + length;       /* the first day that isn't in it */
		bool open = (i == 0 && r->open_start) || (end == d->n && r->open_end);
		if (length && length < r->least && end >= d->n_before && !open)
			charge(t, r->least - length, r->under);
	}
}

/* The first worked day of the block that has day i, or -1; and the block's last day that is there. */
static int32_t worked_on(const struct days *d, const struct rota_rule *r, int32_t first, int32_t *last)
{
	int32_t found = -1;
	*last = first + r->length - 1 < d->n ? first + r->length - 1 : d->n - 1;
	for (int32_t i = *last; i >= first && i >= 0; i--)
		if (in(d, i, r->kinds))
			found = i;
	return found;
}

static void count_blocks(struct tally *t, const struct rota_rule *r, const struct days *d)
{
	int64_t total = 0;
	for (int32_t i = 1 - r->length; i < d->n; i++) {
		int32_t last, day = begins_on(d, i, r->weekdays) ? worked_on(d, r, i, &last) - d->n_before : -1;
		total += day >= r->first && day <= r->last;
	}
	count_limits(t, r, total);
}

static void count_block_run(struct tally *t, const struct rota_rule *r, const struct days *d)
{
	int64_t length = 0;
	bool open = r->open_start;      /* the stretch may have begun before what is known */
	for (int32_t i = 1 - r->length; i < d->n; i++) {
		if (!begins_on(d, i, r->weekdays) || i + r->length <= 0)
			continue;
		int32_t last, day = worked_on(d, r, i, &last);
		if (day >= 0) {
			if (length >= r->most && day >= d->n_before)
				charge(t, 1, r->over);
			length++;
			continue;
		}
		if (length && length < r->least && last >= d->n_before && !open)
			charge(t, r->least - length, r->under);
		length = 0;
		open = false;
	}
	if (length && length < r->least && !open && !r->open_end)
		charge(t, r->least - length, r->under);
}

static void count_pattern(struct tally *t, const struct rota_rule *r, const struct days *d)
{
	for (int32_t i = 0; i + r->length <= d->n; i++) {
		bool all = begins_on(d, i, r->weekdays) && i + r->length > d->n_before;
		for (int32_t j = 0; all && j < r->length; j++)
			all = in(d, i + j, r->pattern[j]);
		if (all)
			charge(t, 1, r->over);
	}
}

static void count_person(struct tally *t, const struct days *d, const struct rota_contract *c)
{
	static void (*const of[])(struct tally *, const struct rota_rule *, const struct days *) = {
		[ROTA_TOTAL] = count_total, [ROTA_RUN] = count_run, [ROTA_BLOCKS] = count_blocks,
		[ROTA_BLOCK_RUN] = count_block_run, [ROTA_PATTERN] = count_pattern,
	};
	for (size_t i = 0; i < c->n_rules; i++)
		of[c->rules[i].what](t, &c->rules[i], d);
}

/* ---- wishes and cover ------------------------------------------------------------------------------------------- */

static void count_wishes(struct tally *t, const struct rota_model *m, const uint8_t *roster)
{
	for (size_t i = 0; i < m->n_wishes; i++)
		for (int32_t d = m->wishes[i].first; d <= m->wishes[i].last; d++)
			if (m->wishes[i].kinds >> roster[m->wishes[i].person * m->days + d] & 1)
				charge(t, 1, m->wishes[i].weight);
	for (size_t p = 0; p < m->n_persons; p++)
		for (size_t d = 0; d < (size_t)m->days; d++)
			if (!((m->persons[p].kinds | 1) >> roster[p * (size_t)m->days + d] & 1))
				charge(t, 1, ROTA_HARD);
}

static void count_cover(struct tally *under, struct tally *over, const struct rota_model *m, const uint8_t *roster)
{
	for (size_t i = 0; i < m->n_cover; i++) {
		const struct rota_cover *c = &m->cover[i];
		int32_t n = 0;
		for (size_t p = 0; p < m->n_persons; p++)
			n += (int32_t)(c->kinds >> roster[p * (size_t)m->days + (size_t)c->day] & 1);
		charge(under, n < c->need ? c->need - n : 0, c->under);
		charge(over, n > c->need ? n - c->need : 0, c->over);
	}
}

struct rota_cost rota_count(const struct rota_model *m, const uint8_t *roster, int64_t *broken)
{
	struct tally rules = {0}, wishes = {0}, under = {0}, over = {0};
	for (size_t i = 0; i < m->n_persons; i++) {
		const struct rota_person *p = &m->persons[i];
		struct days d = {.m = m, .before = p->before, .now = &roster[i * (size_t)m->days], .n_before = p->n_before,
			.n = p->n_before + m->days};
		count_person(&rules, &d, &m->contracts[p->contract]);
	}
	count_wishes(&wishes, m, roster);
	count_cover(&under, &over, m, roster);
	if (broken)
		*broken = rules.broken + wishes.broken + under.broken + over.broken;
	return (struct rota_cost){.rules = rules.cost, .wishes = wishes.cost, .under = under.cost, .over = over.cost};
}
