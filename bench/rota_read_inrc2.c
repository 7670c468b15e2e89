/* bench/rota_read_inrc2.c - cases of the second nurse rostering competition, INRC-II: scenario, history and weeks. It must
 * not know how models are solved.
 *
 * Ceschia, Dang, De Causmaecker, Haspeslagh, Schaerf: Second International Nurse Rostering Competition, arXiv 1501.04177.
 * H1-H4 and S1-S7 are its names for the rules. The competition solves week after week; here the weeks are one period. */
#include "bench/rota_read_priv.h"

#include <string.h>

enum { BEST = 30, DAYS = 30, SHIFTS = 15, OFF = 30, WISH = 10, COMPLETE = 30, TOTAL = 20, WEEKENDS = 30, SATURDAY = 5 };

struct span {
	int32_t least, most;
};

struct contract {
	struct span total, work, off;
	int32_t weekends;
	bool complete;
};

struct nurse {
	const char *name;
	int32_t contract;
	uint64_t skills;
	bool known;                             /* has a history */
};

struct inrc2 {
	const char *folder, *scenario;
	struct read_names *skills, *shifts, *contracts, *nurses;
	struct span run[ROTA_KINDS_MOST];       /* of each shift */
	uint64_t not_after[ROTA_KINDS_MOST];    /* bits of shifts */
	struct contract *contract;
	struct nurse *nurse;
	size_t cap_contract, cap_nurse;
	int32_t week;                           /* being read */
};

/* Kind 1 is the first shift with the first skill, kind 2 with the second one. */
static uint64_t kind_of(const struct inrc2 *n, int32_t shift, int32_t skill)
{
	return READ_BIT(1 + (size_t)shift * n->skills->n + (size_t)skill);
}

static uint64_t kinds_of_shift(const struct inrc2 *n, int32_t shift)
{
	uint64_t kinds = 0;
	for (size_t skill = 0; skill < n->skills->n; skill++)
		kinds |= kind_of(n, shift, (int32_t)skill);
	return kinds;
}

static uint64_t kinds_of_skills(const struct inrc2 *n, uint64_t skills)
{
	uint64_t kinds = 0;
	for (size_t shift = 0; shift < n->shifts->n; shift++)
		for (size_t skill = 0; skill < n->skills->n; skill++)
			if (skills >> skill & 1)
				kinds |= kind_of(n, (int32_t)shift, (int32_t)skill);
	return kinds;
}

static struct span read_span(struct reader *r, size_t i)
{
	return (struct span){read_number(r, i), read_number(r, i + 1)};
}

/* ---- the scenario ---- */

static void read_skill(struct reader *r, void *ctx)
{
	struct inrc2 *n = ctx;
	read_names_add(r, n->skills, read_field(r, 0), 16, "skill");
}

static void read_shift(struct reader *r, void *ctx)
{
	struct inrc2 *n = ctx;
	int32_t shift = read_names_add(r, n->shifts, read_field(r, 0), 16, "shift");
	n->run[shift] = read_span(r, 1);
	for (size_t skill = 0; skill < n->skills->n && !r->rc; skill++)
		read_add_kind(r, arena_printf(r->a, "%s/%s", n->shifts->name[shift], n->skills->name[skill]), "shift");
}

static void read_succession(struct reader *r, void *ctx)
{
	struct inrc2 *n = ctx;
	int32_t shift = read_name(r, n->shifts, 0, "shift"), count = read_number(r, 1);
	for (int32_t i = 0; i < count && !r->rc; i++)
		n->not_after[shift] |= READ_BIT(read_name(r, n->shifts, (size_t)i + 2, "shift"));
}

static void read_contract(struct reader *r, void *ctx)
{
	struct inrc2 *n = ctx;
	struct contract c = {.total = read_span(r, 1), .work = read_span(r, 3), .off = read_span(r, 5), .weekends = read_number(r, 7),
		.complete = read_number(r, 8)};
	int32_t at = read_names_add(r, n->contracts, read_field(r, 0), 999, "contract");
	if (r->rc)
		return;
	n->contract = arena_grow(r->a, n->contract, &n->cap_contract, n->contracts->n, sizeof *n->contract);
	n->contract[at] = c;
}

static void read_nurse(struct reader *r, void *ctx)
{
	struct inrc2 *n = ctx;
	struct nurse person = {.contract = read_name(r, n->contracts, 1, "contract")};
	for (int32_t i = 0; i < read_number(r, 2) && !r->rc; i++)
		person.skills |= READ_BIT(read_name(r, n->skills, (size_t)i + 3, "skill"));
	int32_t at = read_names_add(r, n->nurses, read_field(r, 0), ROTA_PEOPLE_MOST, "person");
	if (r->rc)
		return;
	person.name = n->nurses->name[at];
	n->nurse = arena_grow(r->a, n->nurse, &n->cap_nurse, n->nurses->n, sizeof *n->nurse);
	n->nurse[at] = person;
}

/* ---- people, with what the history says of them ---- */

static void add_run(struct reader *r, uint64_t kinds, struct span s, int32_t weight)
{
	struct rota_rule rule = read_run(kinds, s.least, s.most, weight);
	rule.open_end = true;
	read_add_rule(r, rule);
}

static void add_runs(struct reader *r, const struct inrc2 *n, const struct contract *c)
{
	for (size_t s = 0; s < n->shifts->n; s++) {
		uint64_t after = 0;
		add_run(r, kinds_of_shift(n, (int32_t)s), n->run[s], SHIFTS);                   /* S2 */
		for (size_t t = 0; t < n->shifts->n; t++)
			if (n->not_after[s] >> t & 1)
				after |= kinds_of_shift(n, (int32_t)t);
		if (after)                                                                      /* H3 */
			read_add_rule(r, read_pattern((uint64_t[]){kinds_of_shift(n, (int32_t)s), after}, 2, ROTA_ANY_DAY, ROTA_HARD));
	}
	add_run(r, ROTA_WORK, c->work, DAYS);                                                   /* S2 */
	add_run(r, READ_BIT(ROTA_FREE), c->off, OFF);                                           /* S3 */
}

static int32_t beyond(int32_t limit, int32_t already)
{
	return limit > already ? limit - already : 0;
}

static void add_totals(struct reader *r, const struct contract *c, int32_t worked, int32_t weekends)
{
	struct rota_rule w = read_total(r, ROTA_WORK, 0, beyond(c->weekends, weekends), WEEKENDS);      /* S7 */
	w.what = ROTA_BLOCKS;
	w.weekdays = 1 << SATURDAY;
	w.length = 2;
	read_add_rule(r, w);
	read_add_rule(r, read_total(r, ROTA_WORK, beyond(c->total.least, worked), beyond(c->total.most, worked), TOTAL));   /* S6 */
	if (c->complete) {                                                                              /* S5 */
		read_add_rule(r, read_pattern((uint64_t[]){ROTA_WORK, READ_BIT(ROTA_FREE)}, 2, 1 << SATURDAY, COMPLETE));
		read_add_rule(r, read_pattern((uint64_t[]){READ_BIT(ROTA_FREE), ROTA_WORK}, 2, 1 << SATURDAY, COMPLETE));
	}
}

/* The days before: `off` free ones, or `work` of work, the last `same` of which were `shift`. What the others were isn't told, so
 * they get another shift. */
static void add_before(struct reader *r, const struct inrc2 *n, struct rota_person *p, int32_t shift)
{
	int32_t same = read_number(r, 4), work = read_number(r, 5), off = read_number(r, 6), days = work ? work : off;
	if (work ? off || !same || same > work || shift < 0 || (same < work && n->shifts->n < 2) : same)
		read_fail(r, "these numbers contradict each other");
	if (r->rc)
		return;
	uint8_t *before = arena_alloc(r->a, (size_t)days + 1);
	uint8_t kind = (uint8_t)(1 + (size_t)(work ? shift : 0) * n->skills->n), other = (uint8_t)(1 + (shift ? 0 : n->skills->n));
	for (int32_t d = 0; d < work; d++)
		before[d] = d < work - same ? other : kind;
	p->before = before;
	p->n_before = days;
}

static void read_history(struct reader *r, void *ctx)
{
	struct inrc2 *n = ctx;
	int32_t person = read_name(r, n->nurses, 0, "person"), worked = read_number(r, 1), weekends = read_number(r, 2);
	int32_t shift = strcmp(read_field(r, 3), "None") ? read_name(r, n->shifts, 3, "shift") : -1;
	if (r->rc)
		return;
	struct nurse *p = &n->nurse[person];
	const struct contract *c = &n->contract[p->contract];
	if (p->known)
		read_fail(r, "person \"%s\" is there twice", p->name);
	p->known = true;
	read_begin_contract(r);
	add_runs(r, n, c);
	add_totals(r, c, worked, weekends);
	read_add_person(r, p->name, (int32_t)r->n_contracts - 1, kinds_of_skills(n, p->skills));        /* H4 */
	if (!r->rc)
		add_before(r, n, &r->person[r->persons->n - 1], shift);
}

/* ---- the weeks ---- */

static void read_requirement(struct reader *r, void *ctx)
{
	struct inrc2 *n = ctx;
	uint64_t kind = kind_of(n, read_name(r, n->shifts, 0, "shift"), read_name(r, n->skills, 1, "skill"));
	for (int32_t day = 0; day < 7; day++) {
		struct span s = read_span(r, 2 + 2 * (size_t)day);
		read_add_cover(r, 7 * n->week + day, kind, s.least, ROTA_HARD, 0);                      /* H2 */
		read_add_cover(r, 7 * n->week + day, kind, s.most, BEST, 0);                            /* S1 */
	}
}

static void read_wish(struct reader *r, void *ctx)
{
	struct inrc2 *n = ctx;
	uint64_t kinds = ROTA_WORK;
	if (strcmp(read_field(r, 1), "Any"))
		kinds = kinds_of_shift(n, read_name(r, n->shifts, 1, "shift"));
	read_add_wish(r, read_name(r, r->persons, 0, "person"), 7 * n->week + read_weekday(r, 2), kinds, WISH);  /* S4 */
}

static void read_part(struct reader *r, struct inrc2 *n, const char *prefix, const char *suffix, const struct read_section *s,
	size_t count)
{
	read_open(r, arena_printf(r->a, "%s%s-%s%s.txt", n->folder, prefix, n->scenario, suffix), " \t(),=", '#');
	read_sections(r, s, count, n);
}

static void read_scenario(struct reader *r, struct inrc2 *n)
{
	static const struct read_section sections[] = {
		{"SCENARIO", NULL}, {"WEEKS", NULL}, {"SKILLS", read_skill}, {"SHIFT_TYPES", read_shift},
		{"FORBIDDEN_SHIFT_TYPES_SUCCESSIONS", read_succession}, {"CONTRACTS", read_contract}, {"NURSES", read_nurse},
	};
	read_part(r, n, "Sc", "", sections, READ_COUNT(sections));
}

static void read_histories(struct reader *r, struct inrc2 *n, const char *number)
{
	static const struct read_section sections[] = {{"HISTORY", NULL}, {"NURSE_HISTORY", read_history}};
	read_part(r, n, "H0", arena_printf(r->a, "-%s", number), sections, READ_COUNT(sections));
	if (!r->rc && r->persons->n != n->nurses->n)
		read_fail(r, "hasn't everybody");
}

static void read_week(struct reader *r, struct inrc2 *n, const char *number)
{
	static const struct read_section sections[] = {
		{"WEEK_DATA", NULL}, {"REQUIREMENTS", read_requirement}, {"SHIFT_OFF_REQUESTS", read_wish},
	};
	read_part(r, n, "WD", arena_printf(r->a, "-%s", number), sections, READ_COUNT(sections));
	n->week++;
}

/* ---- the case ---- */

/* The length of digits and "w" and digits, "n005w4", or 0. */
static size_t scenario_length(const char *name)
{
	static const char digits[] = "0123456789";
	size_t n = 1 + strspn(name + (*name != '\0'), digits);
	if (*name != 'n' || n == 1 || name[n] != 'w')
		return 0;
	size_t more = strspn(name + n + 1, digits);
	return more ? n + 1 + more : 0;
}

static const char *base_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

bool rota_is_inrc2(const char *path)
{
	const char *name = base_of(path);
	size_t n = scenario_length(name);
	size_t history = n ? strspn(name + n + (name[n] == '_'), "0123456789") : 0;
	return n && name[n] == '_' && history && name[n + 1 + history] == '_';
}

void rota_read_inrc2(struct reader *r, const char *path)
{
	const char *name = base_of(path);
	size_t length = scenario_length(name);
	struct inrc2 *n = arena_alloc(r->a, sizeof *n);
	char *rest = NULL, *history = strtok_r(arena_strdup(r->a, name + length), "_.", &rest);
	char *weeks = strtok_r(NULL, "_.", &rest);
	n->folder = arena_strndup(r->a, path, (size_t)(name - path));
	n->scenario = arena_strndup(r->a, name, length);
	n->skills = read_names_new(r->a);
	n->shifts = read_names_new(r->a);
	n->contracts = read_names_new(r->a);
	n->nurses = read_names_new(r->a);
	for (const char *p = weeks; p && *p; p++)
		if (*p != '-' && (p == weeks || p[-1] == '-'))
			r->c->model.days += 7;
	if (!r->c->model.days || r->c->model.days > ROTA_DAYS_MOST)
		read_fail(r, "a case has 1 to %d weeks, as in n005w4_0_1-2-3-3", ROTA_DAYS_MOST / 7);
	read_scenario(r, n);
	read_histories(r, n, history);
	for (char *week = strtok_r(weeks, "-", &rest); week && !r->rc; week = strtok_r(NULL, "-", &rest))
		read_week(r, n, week);
}
