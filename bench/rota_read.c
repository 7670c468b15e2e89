/* bench/rota_read.c - what the readers of benchmark files share: fields, sections, models that grow. It must not know the
 * rules of any benchmark. */
#include "bench/rota_read_priv.h"

#include "base/civil.h"
#include "base/os.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 16 << 20, NUMBER_MOST = 999999 };

void read_fail(struct reader *r, const char *fmt, ...)
{
	char what[300];
	va_list ap;
	if (r->rc)
		return;
	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	r->rc = r->at ? err_set(r->e, ERR_DATA, "%s: line %d: %s", r->path, r->at->number, what)
		: err_set(r->e, ERR_DATA, "%s: %s", r->path, what);
}

/* ---- lines and fields ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static void add_field(struct reader *r, struct read_line *line, size_t *cap, const char *from, const char *to)
{
	while (from < to && is_blank(*from))
		from++;
	while (from < to && is_blank(to[-1]))
		to--;
	if (from == to)
		return;
	line->fields = arena_grow(r->a, line->fields, cap, line->n + 1, sizeof *line->fields);
	line->fields[line->n++] = arena_strndup(r->a, from, (size_t)(to - from));
}

static void cut_line(struct reader *r, struct read_line *line, const char *from, const char *to, const char *separators)
{
	size_t cap = 0;
	for (const char *p = from; p <= to; p++)
		if (p == to || strchr(separators, *p)) {
			add_field(r, line, &cap, from, p);
			from = p + 1;
		}
}

static void cut_text(struct reader *r, const char *text, const char *separators, char comment)
{
	size_t cap = 0;
	int number = 1;
	while (*text) {
		size_t n = strcspn(text, "\n");
		struct read_line line = {.number = number++};
		if (*text != comment)
			cut_line(r, &line, text, text + n, separators);
		if (line.n) {
			r->lines = arena_grow(r->a, r->lines, &cap, r->n_lines + 1, sizeof *r->lines);
			r->lines[r->n_lines++] = line;
		}
		text += n + (text[n] != '\0');
	}
}

void read_open(struct reader *r, const char *path, const char *separators, char comment)
{
	struct buf text = {0};
	if (r->rc)
		return;
	r->path = path;
	r->lines = NULL;
	r->n_lines = 0;
	r->at = NULL;
	r->rc = os_read_file(path, FILE_MOST, &text, r->e);
	if (!r->rc && text.n && strlen(text.p) != text.n)
		read_fail(r, "isn't text");
	if (!r->rc && text.n)
		cut_text(r, text.p, separators, comment);
	buf_free(&text);
}

/* "CONTRACTS", "CONTRACTS 4" */
static bool begins_with(const char *field, const char *name)
{
	size_t n = strlen(name);
	return !strncmp(field, name, n) && (!field[n] || field[n] == ' ');
}

static bool begins_like_section(const char *field)
{
	return !strncmp(field, "SECTION_", 8);
}

void read_sections(struct reader *r, const struct read_section *s, size_t n, void *ctx)
{
	const struct read_section *in = NULL;
	for (size_t i = 0; i < r->n_lines && !r->rc; i++) {
		const struct read_section *begins = NULL;
		r->at = &r->lines[i];
		for (size_t j = 0; j < n && !begins; j++)
			if (begins_with(r->at->fields[0], s[j].name))
				begins = &s[j];
		if (begins)
			in = begins;
		else if (!in || begins_like_section(r->at->fields[0]))
			read_fail(r, "\"%s\" is no section that is known", r->at->fields[0]);
		else if (in->line)
			in->line(r, ctx);
	}
	r->at = NULL;
}

const char *read_field(struct reader *r, size_t i)
{
	if (!r->rc && (!r->at || i >= r->at->n))
		read_fail(r, "field %zu is missing", i + 1);
	return r->rc ? "" : r->at->fields[i];
}

int32_t read_number(struct reader *r, size_t i)
{
	const char *text = read_field(r, i);
	char *end;
	long v = strtol(text, &end, 10);
	if (!r->rc && (end == text || *end || v < 0 || v > NUMBER_MOST))
		read_fail(r, "\"%s\" should be a number from 0 to %d", text, NUMBER_MOST);
	return r->rc ? 0 : (int32_t)v;
}

int32_t read_day(struct reader *r, size_t i)
{
	int32_t day = read_number(r, i);
	if (!r->rc && day >= r->c->model.days)
		read_fail(r, "day %d isn't one of the %d", (int)day, (int)r->c->model.days);
	return r->rc ? 0 : day;
}

int32_t read_date(struct reader *r, size_t i)
{
	const char *text = read_field(r, i);
	int y, m, d, n = 0;
	if (r->rc)
		return 0;
	if (sscanf(text, "%4d-%2d-%2d%n", &y, &m, &d, &n) == 3 && !text[n] && civil_valid(y, m, d))
		return civil_from_ymd(y, m, d);
	read_fail(r, "\"%s\" should be a date such as 2010-01-31", text);
	return 0;
}

int32_t read_weekday(struct reader *r, size_t i)
{
	static const char *const names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
	const char *text = read_field(r, i);
	for (int32_t day = 0; day < 7 && strlen(text) >= 3; day++)
		if (!strncmp(names[day], text, strlen(text)))
			return day;
	read_fail(r, "\"%s\" should be a day of the week", text);
	return 0;
}

int32_t read_name(struct reader *r, const struct read_names *names, size_t i, const char *what)
{
	const char *name = read_field(r, i);
	int32_t found = read_names_find(names, name);
	if (found < 0)
		read_fail(r, "there is no %s \"%s\"", what, name);
	return found < 0 ? 0 : found;
}

/* ---- names ---- */

struct read_names *read_names_new(struct arena *a)
{
	return arena_alloc(a, sizeof(struct read_names));
}

int32_t read_names_find(const struct read_names *names, const char *name)
{
	for (size_t i = 0; i < names->n; i++)
		if (!strcmp(names->name[i], name))
			return (int32_t)i;
	return -1;
}

int32_t read_names_add(struct reader *r, struct read_names *names, const char *name, size_t most, const char *what)
{
	if (read_names_find(names, name) >= 0)
		read_fail(r, "%s \"%s\" is there twice", what, name);
	if (names->n >= most)
		read_fail(r, "there is room for %zu of %s", most, what);
	if (r->rc)
		return 0;
	names->name = arena_grow(r->a, names->name, &names->cap, names->n + 1, sizeof *names->name);
	names->name[names->n] = arena_strdup(r->a, name);
	return (int32_t)names->n++;
}

/* ---- the model ---- */

void read_add_kind(struct reader *r, const char *name, const char *what)
{
	read_names_add(r, r->kinds, name, ROTA_KINDS_MOST, what);
}

static void end_contract(struct reader *r)
{
	if (!r->n_contracts)
		return;
	r->contract[r->n_contracts - 1].rules = r->rule;
	r->contract[r->n_contracts - 1].n_rules = r->n_rules;
}

void read_begin_contract(struct reader *r)
{
	end_contract(r);
	r->rule = NULL;
	r->n_rules = r->cap_rule = 0;
	r->contract = arena_grow(r->a, r->contract, &r->cap_contract, r->n_contracts + 1, sizeof *r->contract);
	r->contract[r->n_contracts++] = (struct rota_contract){0};
}

void read_add_rule(struct reader *r, struct rota_rule rule)
{
	r->rule = arena_grow(r->a, r->rule, &r->cap_rule, r->n_rules + 1, sizeof *r->rule);
	r->rule[r->n_rules++] = rule;
}

void read_add_person(struct reader *r, const char *name, int32_t contract, uint64_t kinds)
{
	int32_t at = read_names_add(r, r->persons, name, ROTA_PEOPLE_MOST, "person");
	if (r->rc)
		return;
	r->person = arena_grow(r->a, r->person, &r->cap_person, r->persons->n, sizeof *r->person);
	r->person[at] = (struct rota_person){.contract = contract, .kinds = kinds};
}

void read_add_wish(struct reader *r, int32_t person, int32_t day, uint64_t kinds, int32_t weight)
{
	if (r->rc || !weight)
		return;
	r->wish = arena_grow(r->a, r->wish, &r->cap_wish, r->n_wishes + 1, sizeof *r->wish);
	r->wish[r->n_wishes++] = (struct rota_wish){.person = person, .first = day, .last = day, .kinds = kinds, .weight = weight};
}

void read_add_cover(struct reader *r, int32_t day, uint64_t kinds, int32_t need, int32_t under, int32_t over)
{
	if (r->rc)
		return;
	r->cover = arena_grow(r->a, r->cover, &r->cap_cover, r->n_cover + 1, sizeof *r->cover);
	r->cover[r->n_cover++] = (struct rota_cover){.day = day, .kinds = kinds, .need = need, .under = under, .over = over};
}

struct rota_rule read_total(const struct reader *r, uint64_t kinds, int32_t least, int32_t most, int32_t weight)
{
	return (struct rota_rule){.what = ROTA_TOTAL, .kinds = kinds, .least = least, .most = most, .under = weight, .over = weight,
		.first = 0, .last = r->c->model.days - 1};
}

struct rota_rule read_run(uint64_t kinds, int32_t least, int32_t most, int32_t weight)
{
	return (struct rota_rule){.what = ROTA_RUN, .kinds = kinds, .least = least, .most = most, .under = weight, .over = weight};
}

struct rota_rule read_pattern(const uint64_t *sets, int32_t length, uint8_t weekdays, int32_t weight)
{
	struct rota_rule rule = {.what = ROTA_PATTERN, .most = ROTA_NO_MOST, .over = weight, .weekdays = weekdays, .length = length};
	memcpy(rule.pattern, sets, (size_t)length * sizeof *sets);
	return rule;
}

static void finish(struct reader *r)
{
	struct rota_model *m = &r->c->model;
	struct rota_kind *kinds = arena_alloc(r->a, r->kinds->n * sizeof *kinds);
	end_contract(r);
	/* minutes that a format knows are there already */
	if (m->kinds)
		memcpy(kinds, m->kinds, r->kinds->n * sizeof *kinds);
	m->kinds = kinds;
	m->n_kinds = r->kinds->n;
	m->contracts = r->contract;
	m->n_contracts = r->n_contracts;
	m->persons = r->person;
	m->n_persons = r->persons->n;
	m->wishes = r->wish;
	m->n_wishes = r->n_wishes;
	m->cover = r->cover;
	m->n_cover = r->n_cover;
	r->c->persons = r->persons->name;
	r->c->kinds = r->kinds->name;
	if (!m->n_persons || m->n_kinds < 2)
		read_fail(r, "has no people, or no shifts");
}

static void read_file(struct reader *r, const char *path)
{
	read_open(r, path, ",;()|=", '/');
	for (size_t i = 0; i < r->n_lines && !r->rc; i++)
		if (!strcmp(r->lines[i].fields[0], "SCHEDULING_PERIOD")) {
			rota_read_inrc(r);
			return;
		}
	read_open(r, path, ",|=", '#');
	if (!r->rc && r->n_lines && begins_like_section(r->lines[0].fields[0]))
		rota_read_nrp(r);
	else
		read_fail(r, "is in none of the formats that are read");
}

int rota_read(struct arena *a, const char *path, struct rota_case *c, struct err *e)
{
	struct reader r = {.a = a, .e = e, .path = path, .c = c, .persons = read_names_new(a), .kinds = read_names_new(a)};
	*c = (struct rota_case){0};
	read_add_kind(&r, "-", "shift");
	if (rota_is_inrc2(path))
		rota_read_inrc2(&r, path);
	else
		read_file(&r, path);
	if (!r.rc)
		finish(&r);
	return r.rc;
}

/* ---- rosters ---- */

static void read_person_days(struct reader *r, uint8_t *roster, bool *there)
{
	int32_t days = r->c->model.days, person = read_name(r, r->persons, 0, "person");
	if (!r->rc && there[person])
		read_fail(r, "person \"%s\" is there twice", r->at->fields[0]);
	if (!r->rc && r->at->n != (size_t)days + 1)
		read_fail(r, "%zu days instead of %d", r->at->n - 1, (int)days);
	for (int32_t d = 0; d < days && !r->rc; d++)
		roster[person * days + d] = (uint8_t)read_name(r, r->kinds, (size_t)d + 1, "shift");
	if (!r->rc)
		there[person] = true;
}

int rota_read_roster(struct arena *a, const char *path, const struct rota_case *c, uint8_t **roster, struct err *e)
{
	struct rota_case copy = *c;
	struct read_names persons = {.name = c->persons, .n = c->model.n_persons};
	struct read_names kinds = {.name = c->kinds, .n = c->model.n_kinds};
	struct reader r = {.a = a, .e = e, .c = &copy, .persons = &persons, .kinds = &kinds};
	bool *there = arena_alloc(a, c->model.n_persons * sizeof *there);
	*roster = arena_alloc(a, c->model.n_persons * (size_t)c->model.days);
	read_open(&r, path, " \t", '#');
	for (size_t i = 0; i < r.n_lines && !r.rc; i++) {
		r.at = &r.lines[i];
		read_person_days(&r, *roster, there);
	}
	r.at = NULL;
	for (size_t i = 0; i < c->model.n_persons && !r.rc; i++)
		if (!there[i])
			read_fail(&r, "person \"%s\" isn't there", c->persons[i]);
	return r.rc;
}

void rota_write_roster(FILE *f, const struct rota_case *c, const uint8_t *roster)
{
	int32_t days = c->model.days;
	for (size_t i = 0; i < c->model.n_persons; i++) {
		fputs(c->persons[i], f);
		for (int32_t d = 0; d < days; d++)
			fprintf(f, " %s", c->kinds[roster[(int32_t)i * days + d]]);
		fputc('\n', f);
	}
}
