/* bench/rota_read_inrc.c - the text files of the first nurse rostering competition, INRC-I. It must not know how models are
 * solved.
 *
 * Haspeslagh, De Causmaecker, Stølevik, Schaerf: First International Nurse Rostering Competition 2010. Each place must be
 * taken by exactly as many as are asked for; all else has a weight. Outside the period is nothing. */
#include "bench/rota_read_priv.h"

#include "base/civil.h"

#include <string.h>

struct weekend {
	int32_t first, length;                  /* weekday, days */
};

/* A person's contract, and what depends on her skills. */
struct terms {
	int32_t skill_weight;
};

struct inrc {
	civil_date start;
	struct read_names *skills, *contracts, *patterns;
	struct rota_rule *pattern;
	struct terms *terms;
	size_t cap_pattern, cap_terms;
	uint64_t nights;                        /* kinds that end after midnight */
	uint64_t skilled[ROTA_KINDS_MOST];      /* for each kind: bits of skills that it takes */
	int32_t need[7][ROTA_KINDS_MOST];
	bool dated[ROTA_DAYS_MOST][ROTA_KINDS_MOST];    /* this day and kind has a number of its own */
};

static int32_t read_date_day(struct reader *r, const struct inrc *n, size_t i)
{
	int32_t day = read_date(r, i) - n->start;
	if (!r->rc && (day < 0 || day >= r->c->model.days))
		read_fail(r, "\"%s\" isn't in the period", r->at->fields[i]);
	return r->rc ? 0 : day;
}

/* "HeadNurse Nurse": bits of the skills named in a field. */
static uint64_t read_skills(struct reader *r, const struct inrc *n, size_t i)
{
	uint64_t bits = 0;
	char *at = arena_strdup(r->a, read_field(r, i)), *rest = NULL;
	for (char *name = strtok_r(at, " ", &rest); name && !r->rc; name = strtok_r(NULL, " ", &rest)) {
		int32_t skill = read_names_find(n->skills, name);
		if (skill < 0)
			read_fail(r, "there is no skill \"%s\"", name);
		else
			bits |= READ_BIT(skill);
	}
	return bits;
}

/* ---- first: period, skills, shifts, patterns ---- */

static void read_period(struct reader *r, void *ctx)
{
	struct inrc *n = ctx;
	n->start = read_date(r, 1);
	int32_t days = read_date(r, 2) - n->start + 1;
	if (!r->rc && (days < 1 || days > ROTA_DAYS_MOST))
		read_fail(r, "a period has 1 to %d days", ROTA_DAYS_MOST);
	if (r->rc)
		return;
	r->c->model.days = days;
	r->c->model.first_weekday = civil_weekday(n->start) - 1;
}

static void read_skill(struct reader *r, void *ctx)
{
	struct inrc *n = ctx;
	read_names_add(r, n->skills, read_field(r, 0), 64, "skill");
}

static void read_shift(struct reader *r, void *ctx)
{
	struct inrc *n = ctx;
	read_add_kind(r, read_field(r, 0), "shift");
	uint64_t skilled = read_skills(r, n, 5);
	if (r->rc)
		return;
	n->skilled[r->kinds->n - 1] = skilled;
	/* 22:30:00 to 06:30:00 */
	if (strcmp(read_field(r, 3), read_field(r, 2)) < 0)
		n->nights |= READ_BIT(r->kinds->n - 1);
}

static uint64_t read_entry(struct reader *r, size_t i)
{
	const char *name = read_field(r, i);
	if (!strcmp(name, "Any"))
		return ROTA_WORK;
	return READ_BIT(strcmp(name, "None") ? read_name(r, r->kinds, i, "shift") : ROTA_FREE);
}

/* "2, 1, 3 (None|Friday) (Any|Saturday) (Any|Sunday)": number, weight, days, and for each a shift and a weekday. */
static void read_unwanted(struct reader *r, void *ctx)
{
	struct inrc *n = ctx;
	int32_t length = read_number(r, 2);
	uint64_t sets[ROTA_PATTERN_MOST] = {0};
	uint8_t weekdays = ROTA_ANY_DAY;
	if (!r->rc && (length < 1 || length > ROTA_PATTERN_MOST))
		read_fail(r, "a pattern has 1 to %d days", ROTA_PATTERN_MOST);
	for (int32_t i = 0; i < length && !r->rc; i++) {
		size_t at = 3 + 2 * (size_t)i;
		sets[i] = read_entry(r, at);
		if (strcmp(read_field(r, at + 1), "Any"))
			weekdays &= (uint8_t)(1 << (read_weekday(r, at + 1) + 7 - i % 7) % 7);
	}
	read_names_add(r, n->patterns, read_field(r, 0), 999, "pattern");
	int32_t weight = read_number(r, 1);
	if (r->rc)
		return;
	n->pattern = arena_grow(r->a, n->pattern, &n->cap_pattern, n->patterns->n, sizeof *n->pattern);
	n->pattern[n->patterns->n - 1] = read_pattern(sets, length, weekdays, weight);
}

/* ---- contracts ---- */

/* "(on|weight|value)" at a field; false: it is off, or costs nothing. */
static bool read_limit(struct reader *r, size_t i, int32_t *weight, int32_t *value)
{
	int32_t on = read_number(r, i);
	*weight = read_number(r, i + 1);
	*value = read_number(r, i + 2);
	return on && *weight;
}

static struct weekend read_weekend(struct reader *r, size_t i)
{
	static const char *const names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
	const char *text = read_field(r, i);
	struct weekend w = {0};
	for (int32_t k = 0; k < 14 && *text; k++) {
		size_t n = strlen(names[k % 7]);
		if (strncmp(text, names[k % 7], n))
			continue;
		if (!w.length)
			w.first = k;
		if (k != w.first + w.length)
			break;
		w.length++;
		text += n;
	}
	if (*text || !w.length || w.length > 4)
		read_fail(r, "\"%s\" should be a weekend such as SaturdaySunday", read_field(r, i));
	return w;
}

/* Does a weekend go on from the day before this one? */
static bool is_cut(const struct reader *r, const struct weekend *w, int32_t day)
{
	int32_t in = (r->c->model.first_weekday + day - w->first + 7) % 7;
	return in > 0 && in < w->length;
}

static uint8_t weekdays_from(const struct weekend *w, int32_t day)
{
	return (uint8_t)(1 << (w->first + day) % 7);
}

/* A stretch of `kinds` that isn't all of its weekend costs as much as it is far from both ends. */
static void add_whole(struct reader *r, const struct weekend *w, uint64_t kinds, int32_t weight)
{
	for (int32_t d = 0; d + 1 < w->length; d++) {
		read_add_rule(r, read_pattern((uint64_t[]){kinds, ~kinds}, 2, weekdays_from(w, d), weight * (w->length - 1 - d)));
		read_add_rule(r, read_pattern((uint64_t[]){~kinds, kinds}, 2, weekdays_from(w, d), weight * (d + 1)));
	}
}

static void add_no_night_before(struct reader *r, const struct inrc *n, const struct weekend *w, int32_t weight)
{
	uint64_t sets[5] = {n->nights};
	for (int32_t d = 1; d <= w->length; d++)
		sets[d] = READ_BIT(ROTA_FREE);
	if (n->nights)
		read_add_rule(r, read_pattern(sets, w->length + 1, weekdays_from(w, 6), weight));
}

static void read_weekend_rules(struct reader *r, const struct inrc *n, size_t at)
{
	struct weekend w = read_weekend(r, at);
	int32_t weight, value;
	if (is_cut(r, &w, 0) || is_cut(r, &w, r->c->model.days))
		read_fail(r, "the period cuts a weekend, and the rules don't say how that counts");
	for (int i = 0; i < 2; i++)
		if (read_limit(r, at - 9 + 3 * (size_t)i, &weight, &value)) {
			struct rota_rule rule = read_run(ROTA_WORK, i ? value : 0, i ? ROTA_NO_MOST : value, weight);
			rule.what = ROTA_BLOCK_RUN;
			rule.weekdays = weekdays_from(&w, 0);
			rule.length = w.length;
			read_add_rule(r, rule);
		}
	if (read_limit(r, at - 3, &weight, &value))
		read_fail(r, "a limit of weekends in four weeks isn't part of the rules");
	if (read_number(r, at + 1) && (weight = read_number(r, at + 2)))
		add_whole(r, &w, ROTA_WORK, weight);
	if (read_number(r, at + 3) && (weight = read_number(r, at + 4)))
		for (size_t k = 1; k < r->kinds->n; k++)
			add_whole(r, &w, READ_BIT(k), weight);
	if (read_number(r, at + 5) && (weight = read_number(r, at + 6)))
		add_no_night_before(r, n, &w, weight);
	if (read_number(r, at + 7))
		read_fail(r, "free days after nights aren't part of the rules");
}

/* Number, name, (single assignments), then limits in pairs of most and least, weekends, alternative skills, patterns. */
static void read_contract(struct reader *r, void *ctx)
{
	enum { TOTAL = 4, WORK_RUN = 10, FREE_RUN = 16, WEEKEND = 31, SKILLS = 40, N_PATTERNS = 42 };
	struct inrc *n = ctx;
	int32_t weight, value;
	read_names_add(r, n->contracts, read_field(r, 0), 999, "contract");
	read_begin_contract(r);
	for (size_t i = 0; i < 2; i++) {
		size_t at = 3 * i;
		if (read_limit(r, TOTAL + at, &weight, &value))
			read_add_rule(r, read_total(r, ROTA_WORK, i ? value : 0, i ? ROTA_NO_MOST : value, weight));
		if (read_limit(r, WORK_RUN + at, &weight, &value))
			read_add_rule(r, read_run(ROTA_WORK, i ? value : 0, i ? ROTA_NO_MOST : value, weight));
		if (read_limit(r, FREE_RUN + at, &weight, &value))
			read_add_rule(r, read_run(READ_BIT(ROTA_FREE), i ? value : 0, i ? ROTA_NO_MOST : value, weight));
	}
	read_weekend_rules(r, n, WEEKEND);
	char *list = arena_strdup(r->a, read_number(r, N_PATTERNS) ? read_field(r, N_PATTERNS + 1) : ""), *rest = NULL;
	for (char *name = strtok_r(list, " ", &rest); name && !r->rc; name = strtok_r(NULL, " ", &rest)) {
		int32_t p = read_names_find(n->patterns, name);
		if (p < 0)
			read_fail(r, "there is no pattern \"%s\"", name);
		else if (n->pattern[p].over && n->pattern[p].weekdays)
			read_add_rule(r, n->pattern[p]);
	}
	if (r->rc)
		return;
	n->terms = arena_grow(r->a, n->terms, &n->cap_terms, n->contracts->n, sizeof *n->terms);
	n->terms[n->contracts->n - 1].skill_weight = read_number(r, SKILLS) ? read_number(r, SKILLS + 1) : 0;
}

/* ---- people, cover, requests ---- */

static void read_employee(struct reader *r, void *ctx)
{
	struct inrc *n = ctx;
	int32_t contract = read_name(r, n->contracts, 2, "contract");
	uint64_t skills = read_skills(r, n, 4), lacking = 0;
	read_add_person(r, read_field(r, 0), contract, ROTA_WORK);
	for (size_t k = 1; k < r->kinds->n; k++)
		if (n->skilled[k] & ~skills)
			lacking |= READ_BIT(k);
	for (int32_t d = 0; d < r->c->model.days && lacking && !r->rc; d++)
		read_add_wish(r, (int32_t)r->persons->n - 1, d, lacking, n->terms[contract].skill_weight);
}

static void read_weekday_cover(struct reader *r, void *ctx)
{
	struct inrc *n = ctx;
	n->need[read_weekday(r, 0)][read_name(r, r->kinds, 1, "shift")] = read_number(r, 2);
}

static void read_dated_cover(struct reader *r, void *ctx)
{
	struct inrc *n = ctx;
	int32_t day = read_date_day(r, n, 0), kind = read_name(r, r->kinds, 1, "shift");
	n->dated[day][kind] = true;
	read_add_cover(r, day, READ_BIT(kind), read_number(r, 2), ROTA_HARD, ROTA_HARD);
}

static void add_cover(struct reader *r, const struct inrc *n)
{
	for (int32_t d = 0; d < r->c->model.days; d++)
		for (size_t k = 1; k < r->kinds->n; k++)
			if (!n->dated[d][k])
				read_add_cover(r, d, READ_BIT(k), n->need[(r->c->model.first_weekday + d) % 7][k], ROTA_HARD, ROTA_HARD);
}

static void read_day_off(struct reader *r, void *ctx)
{
	read_add_wish(r, read_name(r, r->persons, 0, "person"), read_date_day(r, ctx, 1), ROTA_WORK, read_number(r, 2));
}

static void read_day_on(struct reader *r, void *ctx)
{
	read_add_wish(r, read_name(r, r->persons, 0, "person"), read_date_day(r, ctx, 1), READ_BIT(ROTA_FREE), read_number(r, 2));
}

static void read_shift_off(struct reader *r, void *ctx)
{
	read_add_wish(r, read_name(r, r->persons, 0, "person"), read_date_day(r, ctx, 1),
		READ_BIT(read_name(r, r->kinds, 2, "shift")), read_number(r, 3));
}

static void read_shift_on(struct reader *r, void *ctx)
{
	read_add_wish(r, read_name(r, r->persons, 0, "person"), read_date_day(r, ctx, 1),
		~READ_BIT(read_name(r, r->kinds, 2, "shift")), read_number(r, 3));
}

struct section {
	const char *name;
	void (*first)(struct reader *r, void *ctx), (*second)(struct reader *r, void *ctx);
};

/* Contracts name patterns, which come after them: so everything is gone through twice. */
static const struct section sections[] = {
	{"SCHEDULING_PERIOD", read_period, NULL}, {"SKILLS", read_skill, NULL}, {"SHIFT_TYPES", read_shift, NULL},
	{"PATTERNS", read_unwanted, NULL}, {"CONTRACTS", NULL, read_contract}, {"EMPLOYEES", NULL, read_employee},
	{"DAY_OF_WEEK_COVER", NULL, read_weekday_cover}, {"DATE_SPECIFIC_COVER", NULL, read_dated_cover},
	{"DAY_OFF_REQUESTS", NULL, read_day_off}, {"DAY_ON_REQUESTS", NULL, read_day_on},
	{"SHIFT_OFF_REQUESTS", NULL, read_shift_off}, {"SHIFT_ON_REQUESTS", NULL, read_shift_on},
};

void rota_read_inrc(struct reader *r)
{
	struct inrc *n = arena_alloc(r->a, sizeof *n);
	struct read_section pass[READ_COUNT(sections)];
	n->skills = read_names_new(r->a);
	n->contracts = read_names_new(r->a);
	n->patterns = read_names_new(r->a);
	for (int second = 0; second < 2; second++) {
		for (size_t i = 0; i < READ_COUNT(sections); i++)
			pass[i] = (struct read_section){sections[i].name, second ? sections[i].second : sections[i].first};
		read_sections(r, pass, READ_COUNT(pass), n);
	}
	add_cover(r, n);
}
