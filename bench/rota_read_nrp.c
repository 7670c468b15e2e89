/* bench/rota_read_nrp.c - Curtois and Qu's shift scheduling instances, as text. It must not know how models are solved.
 *
 * The ends of the period, by the page of the benchmark: a stretch of shifts or of days off that touches one of them is
 * never too short, but may be too long, for the days outside are free. */
#include "bench/rota_read_priv.h"

#include <string.h>

struct nrp {
	uint64_t not_after[ROTA_KINDS_MOST];    /* kinds that mayn't come the day after this one */
	struct rota_kind kinds[ROTA_KINDS_MOST];
};

static void read_horizon(struct reader *r, void *ctx)
{
	(void)ctx;
	r->c->model.days = read_number(r, 0);
	if (!r->rc && (r->c->model.days < 1 || r->c->model.days > ROTA_DAYS_MOST))
		read_fail(r, "a period has 1 to %d days", ROTA_DAYS_MOST);
}

static void read_shift(struct reader *r, void *ctx)
{
	struct nrp *n = ctx;
	read_add_kind(r, read_field(r, 0), "shift");
	int32_t minutes = read_number(r, 1);
	if (!r->rc)
		n->kinds[r->kinds->n - 1].minutes = minutes;
}

/* A shift's line once more, when all shifts are known. */
static void read_followers(struct reader *r, void *ctx)
{
	struct nrp *n = ctx;
	int32_t kind = read_name(r, r->kinds, 0, "shift");
	for (size_t i = 2; i < r->at->n; i++)
		n->not_after[kind] |= READ_BIT(read_name(r, r->kinds, i, "shift"));
}

static void add_successions(struct reader *r, const struct nrp *n)
{
	for (size_t k = 1; k < r->kinds->n; k++)
		if (n->not_after[k])
			read_add_rule(r, read_pattern((uint64_t[]){READ_BIT(k), n->not_after[k]}, 2, ROTA_ANY_DAY, ROTA_HARD));
}

/* "E=14|D=28|…": the fields from 1 on, up to the six limits. Gives the kinds that this person may do. */
static uint64_t read_most_of_each(struct reader *r, size_t limits)
{
	uint64_t kinds = ROTA_WORK;
	for (size_t i = 1; i + 1 < limits && !r->rc; i += 2) {
		int32_t kind = read_name(r, r->kinds, i, "shift"), most = read_number(r, i + 1);
		if (!most)
			kinds &= ~READ_BIT(kind);
		else if (most < r->c->model.days)
			read_add_rule(r, read_total(r, READ_BIT(kind), 0, most, ROTA_HARD));
	}
	return kinds;
}

static void add_limits(struct reader *r, size_t at)
{
	struct rota_rule minutes = read_total(r, ROTA_WORK, read_number(r, at + 1), read_number(r, at), ROTA_HARD);
	struct rota_rule work = read_run(ROTA_WORK, read_number(r, at + 3), read_number(r, at + 2), ROTA_HARD);
	struct rota_rule off = read_run(READ_BIT(ROTA_FREE), read_number(r, at + 4), ROTA_NO_MOST, ROTA_HARD);
	struct rota_rule weekends = read_total(r, ROTA_WORK, 0, read_number(r, at + 5), ROTA_HARD);
	minutes.minutes = true;
	work.open_start = work.open_end = off.open_start = off.open_end = true;
	weekends.what = ROTA_BLOCKS;
	weekends.weekdays = 1 << 5;
	weekends.length = 2;
	read_add_rule(r, minutes);
	read_add_rule(r, work);
	read_add_rule(r, off);
	read_add_rule(r, weekends);
}

static void read_staff(struct reader *r, void *ctx)
{
	enum { LIMITS = 6 };
	if (r->at->n <= LIMITS || r->at->n % 2 == 0) {
		read_fail(r, "a person has a name, pairs of shift and most, and %d limits", LIMITS);
		return;
	}
	read_begin_contract(r);
	uint64_t kinds = read_most_of_each(r, r->at->n - LIMITS);
	add_limits(r, r->at->n - LIMITS);
	add_successions(r, ctx);
	read_add_person(r, read_field(r, 0), (int32_t)r->n_contracts - 1, kinds);
}

static void read_days_off(struct reader *r, void *ctx)
{
	(void)ctx;
	int32_t person = read_name(r, r->persons, 0, "person");
	for (size_t i = 1; i < r->at->n; i++)
		read_add_wish(r, person, read_day(r, i), ROTA_WORK, ROTA_HARD);
}

static void read_shift_on(struct reader *r, void *ctx)
{
	(void)ctx;
	read_add_wish(r, read_name(r, r->persons, 0, "person"), read_day(r, 1), ~READ_BIT(read_name(r, r->kinds, 2, "shift")),
		read_number(r, 3));
}

static void read_shift_off(struct reader *r, void *ctx)
{
	(void)ctx;
	read_add_wish(r, read_name(r, r->persons, 0, "person"), read_day(r, 1), READ_BIT(read_name(r, r->kinds, 2, "shift")),
		read_number(r, 3));
}

static void read_cover(struct reader *r, void *ctx)
{
	(void)ctx;
	read_add_cover(r, read_day(r, 0), READ_BIT(read_name(r, r->kinds, 1, "shift")), read_number(r, 2), read_number(r, 3),
		read_number(r, 4));
}

void rota_read_nrp(struct reader *r)
{
	static const struct read_section first[] = {
		{"SECTION_HORIZON", read_horizon}, {"SECTION_SHIFTS", read_shift}, {"SECTION_STAFF", NULL}, {"SECTION_DAYS_OFF", NULL},
		{"SECTION_SHIFT_ON_REQUESTS", NULL}, {"SECTION_SHIFT_OFF_REQUESTS", NULL}, {"SECTION_COVER", NULL},
	};
	static const struct read_section second[] = {
		{"SECTION_HORIZON", NULL}, {"SECTION_SHIFTS", read_followers}, {"SECTION_STAFF", read_staff},
		{"SECTION_DAYS_OFF", read_days_off}, {"SECTION_SHIFT_ON_REQUESTS", read_shift_on},
		{"SECTION_SHIFT_OFF_REQUESTS", read_shift_off}, {"SECTION_COVER", read_cover},
	};
	struct nrp *n = arena_alloc(r->a, sizeof *n);
	read_sections(r, first, READ_COUNT(first), n);
	if (!r->rc && !r->c->model.days)
		read_fail(r, "has no SECTION_HORIZON");
	read_sections(r, second, READ_COUNT(second), n);
	r->c->model.kinds = n->kinds;
}
