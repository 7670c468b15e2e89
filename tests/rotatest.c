/* tests/rotatest.c - see rotatest.h. */
#include "tests/rotatest.h"

static int32_t below(struct prng *r, int32_t n)
{
	return (int32_t)prng_below(r, (uint64_t)n);
}

static int32_t weight(struct prng *r, int32_t hard)
{
	return below(r, 8) < hard ? ROTA_HARD : below(r, 30);
}

static uint64_t some_kinds(struct prng *r, int32_t kinds)
{
	return prng_below(r, (uint64_t)1 << kinds);
}

static struct rota_rule any_rule(struct prng *r, int32_t days, int32_t kinds, int32_t hard)
{
	struct rota_rule rule = {.what = (enum rota_what)below(r, 5), .kinds = below(r, 3) ? some_kinds(r, kinds) : ROTA_WORK};
	bool total = rule.what == ROTA_TOTAL;
	rule.minutes = total && !below(r, 3);
	rule.least = below(r, 2) ? below(r, 4) : 0;
	rule.most = below(r, 3) ? rule.least + below(r, 4) : ROTA_NO_MOST;
	if (rule.minutes) {
		rule.least *= 100;
		rule.most = rule.most == ROTA_NO_MOST ? ROTA_NO_MOST : rule.most * 150;
	}
	rule.under = weight(r, hard / 2);
	rule.over = weight(r, hard);
	rule.first = below(r, days);
	rule.last = rule.first + below(r, days - rule.first);
	rule.open_start = below(r, 2);
	rule.open_end = below(r, 2);
	rule.weekdays = (uint8_t)(rule.what == ROTA_PATTERN && below(r, 2) ? ROTA_ANY_DAY : 1 << below(r, 7));
	rule.length = rule.what == ROTA_PATTERN ? 1 + below(r, 4) : 1 + below(r, below(r, 3) ? 3 : 7);
	for (int32_t i = 0; i < ROTA_PATTERN_MOST; i++)
		rule.pattern[i] = below(r, 3) ? some_kinds(r, kinds) | 2 : ~(uint64_t)0;
	return rule;
}

static void make_contracts(struct rota_model *m, struct arena *a, struct prng *r, int32_t hard)
{
	struct rota_contract *contracts = arena_alloc(a, m->n_contracts * sizeof *contracts);
	for (size_t i = 0; i < m->n_contracts; i++) {
		contracts[i].n_rules = (size_t)below(r, 7);
		struct rota_rule *rules = arena_alloc(a, 7 * sizeof *rules);
		for (size_t j = 0; j < contracts[i].n_rules; j++)
			rules[j] = any_rule(r, m->days, (int32_t)m->n_kinds, hard);
		contracts[i].rules = rules;
	}
	m->contracts = contracts;
}

static void make_persons(struct rota_model *m, struct arena *a, struct prng *r)
{
	struct rota_person *persons = arena_alloc(a, m->n_persons * sizeof *persons);
	for (size_t i = 0; i < m->n_persons; i++) {
		uint8_t *before = arena_alloc(a, 16);
		persons[i] = (struct rota_person){.contract = below(r, (int32_t)m->n_contracts), .before = before,
			.n_before = below(r, 2) ? below(r, 10) : 0, .kinds = below(r, 3) ? ROTA_WORK : some_kinds(r, (int32_t)m->n_kinds)};
		for (int32_t d = 0; d < persons[i].n_before; d++)
			before[d] = (uint8_t)below(r, (int32_t)m->n_kinds);
	}
	m->persons = persons;
}

void rotatest_make(struct rota_model *m, struct arena *a, struct prng *r, int32_t people, int32_t days, int32_t kinds, int32_t hard)
{
	*m = (struct rota_model){.days = days, .first_weekday = below(r, 7), .n_kinds = (size_t)kinds, .n_persons = (size_t)people,
		.n_contracts = 1 + (size_t)below(r, 2), .n_wishes = (size_t)below(r, 8), .n_cover = (size_t)below(r, 3 * days)};
	struct rota_kind *kind = arena_alloc(a, m->n_kinds * sizeof *kind);
	for (int32_t i = 1; i < kinds; i++)
		kind[i].minutes = 60 * (1 + below(r, 4));
	m->kinds = kind;
	make_contracts(m, a, r, hard);
	make_persons(m, a, r);
	struct rota_wish *wishes = arena_alloc(a, 8 * sizeof *wishes);
	for (size_t i = 0; i < m->n_wishes; i++) {
		int32_t first = below(r, days);
		wishes[i] = (struct rota_wish){.person = below(r, people), .first = first, .last = first + below(r, days - first),
			.kinds = some_kinds(r, kinds), .weight = weight(r, hard / 2)};
	}
	m->wishes = wishes;
	struct rota_cover *cover = arena_alloc(a, (m->n_cover + 1) * sizeof *cover);
	for (size_t i = 0; i < m->n_cover; i++)
		cover[i] = (struct rota_cover){.day = below(r, days), .kinds = some_kinds(r, kinds) & ROTA_WORK, .need = below(r, people + 1),
			.under = weight(r, hard / 2), .over = weight(r, hard / 2)};
	m->cover = cover;
}
