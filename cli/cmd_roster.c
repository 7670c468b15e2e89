/* cli/cmd_roster.c - commands that look at a roster: roster, today, gaps, coverage, candidates, why, problems, rules.
 *
 * Each builds a sheet or a JSON value from what roster/ answers; decides nothing itself. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"

/* ---- roster ------------------------------------------------------------------------------------------- */

/* *is_grid stands as it is when no layout is given. */
static int read_layout(struct cli *c, bool *is_grid, struct err *e)
{
	const char *layout = c->opt[OPT_LAYOUT];
	if (!layout)
		return OK;
	*is_grid = strcmp(layout, "grid") == 0;
	if (!*is_grid && strcmp(layout, "list") != 0)
		return err_set(e, ERR_USAGE, _("the layout is list or grid, not \"%s\""), layout);
	return OK;
}

static int print_roster(struct cli *c, const struct roster_paper *how, struct err *e)
{
	struct sheet *s;
	int rc;
	if (cli_wants_json(c)) {
		struct buf out = {0};
		rc = paper_roster_json(c->view, c->book, c->a, how, &out, e);
		if (rc == OK)
			rc = cli_write_bytes(c, &out, e);
		buf_free(&out);
		return rc;
	}
	rc = paper_roster(c->view, c->book, c->a, how, &s, e);
	return rc ? rc : cli_write_sheet(c, s, e);
}

int cmd_roster(struct cli *c, struct err *e)
{
	struct roster_paper how = {.phones = cli_has(c, OPT_PHONES)};
	bool is_grid = false;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = cli_period(c, &how.from, &how.to, e);
	if (rc == OK)
		rc = cli_unit(c, &how.unit, e);
	if (rc == OK)
		rc = read_layout(c, &is_grid, e);
	how.layout = is_grid ? ROSTER_GRID : ROSTER_LIST;
	if (rc == OK && cli_wants_ics(c))
		return cli_roster_ics(c, &how, e);
	if (rc == OK && cli_has(c, OPT_PERSON))
		return err_set(e, ERR_USAGE, _("only a calendar can be one person's: add --as ics"));
	return rc ? rc : print_roster(c, &how, e);
}

/* ---- today ---------------------------------------------------------------------------------------------- */

int cmd_today(struct cli *c, struct err *e)
{
	struct sheet *s;
	struct buf out = {0};
	int rc = cli_book(c, e);
	if (rc)
		return rc;
	civil_min now = store_now_civil(c->store);
	if (!cli_wants_json(c)) {
		rc = paper_today(c->view, c->book, c->a, now, &s, e);
		return rc ? rc : cli_write_sheet(c, s, e);
	}
	rc = paper_today_json(c->view, c->book, c->a, now, &out, e);
	if (rc == OK)
		rc = cli_write_bytes(c, &out, e);
	buf_free(&out);
	return rc;
}

/* ---- gaps ------------------------------------------------------------------------------------------------- */

/* Where no period is given: so many days from `first` on. */
static int period_or(struct cli *c, civil_date first, int days, civil_date *from, civil_date *to, struct err *e)
{
	if (cli_has_period(c))
		return cli_period(c, from, to, e);
	*from = first;
	*to = first + days;
	return OK;
}

static json_t *gap_json(const struct shift *s)
{
	char id[ID_TEXT], from[32], to[32];
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:i}", "shift", id_format(id, s->row.shift), "start",
		civil_format_iso(from, sizeof from, s->row.start), "end", civil_format_iso(to, sizeof to, s->row.end),
		"unit", s->unit, "role", s->role, "need", s->row.need, "filled", s->row.filled, "open", s->open);
}

static int gaps_json(struct cli *c, const struct id *unit, civil_date from, civil_date to, struct err *e)
{
	struct roster r;
	int rc = roster_load(c->view, c->book, c->a, unit, from, to, &r, e);
	if (rc)
		return rc;
	json_t *all = json_array();
	for (size_t i = 0; i < r.n; i++)
		if (r.shifts[i].open > 0)
			json_array_append_new(all, gap_json(&r.shifts[i]));
	return cli_write_json(c, all, e);
}

int cmd_gaps(struct cli *c, struct err *e)
{
	civil_date from, to;
	const struct id *unit;
	struct sheet *s;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = period_or(c, c->today, 14, &from, &to, e);
	if (rc == OK)
		rc = cli_unit(c, &unit, e);
	if (rc)
		return rc;
	if (cli_wants_json(c))
		return gaps_json(c, unit, from, to, e);
	rc = paper_gaps(c->view, c->book, c->a, unit, from, to, &s, e);
	return rc ? rc : cli_write_sheet(c, s, e);
}

/* ---- coverage --------------------------------------------------------------------------------------------- */

static int write_coverage(struct cli *c, const struct coverage_paper *how, struct err *e)
{
	struct sheet *s;
	struct buf out = {0};
	int rc;
	if (!cli_wants_json(c)) {
		rc = paper_coverage(c->view, c->book, c->a, how, &s, e);
		return rc ? rc : cli_write_sheet(c, s, e);
	}
	rc = paper_coverage_json(c->view, c->book, c->a, how, &out, e);
	if (rc == OK)
		rc = cli_write_bytes(c, &out, e);
	buf_free(&out);
	return rc;
}

int cmd_coverage(struct cli *c, struct err *e)
{
	enum { WEEKS = 4 };
	struct coverage_paper how = {.plain = cli_has(c, OPT_ASCII)};
	bool is_grid = true, for_machines = cli_has(c, OPT_AS) ? strcmp(c->opt[OPT_AS], "csv") == 0 : cli_has(c, OPT_PLAIN);
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = period_or(c, civil_monday(c->today), 7 * WEEKS, &how.from, &how.to, e);
	if (rc == OK)
		rc = cli_unit(c, &how.unit, e);
	if (rc == OK)
		rc = read_layout(c, &is_grid, e);
	how.layout = !is_grid ? COVERAGE_DAYS : for_machines ? COVERAGE_CELLS : COVERAGE_HOURS;
	return rc ? rc : write_coverage(c, &how, e);
}

/* ---- candidates, why ----------------------------------------------------------------------------------------- */

/* As samvagt-json(5) names them, whatever the language. */
static const char *level_name(enum rule_level level)
{
	static const char *const names[] = {[RULE_HINT] = "hint", [RULE_WARN] = "warn", [RULE_STOP] = "stop"};
	return names[level];
}

static json_t *verdict_json(const struct verdict *v)
{
	char id[ID_TEXT];
	return json_pack("{s:s, s:s, s:s, s:s}", "rule", v->rule->id, "level", level_name(v->rule->level), "sentence",
		v->sentence, "about", id_format(id, v->about));
}

json_t *cli_verdicts_json(const struct verdict *v, size_t n)
{
	json_t *all = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(all, verdict_json(&v[i]));
	return all;
}

json_t *cli_candidate_json(const struct candidate *k, size_t rank)
{
	char id[ID_TEXT];
	return json_pack("{s:I, s:s, s:s, s:s, s:b, s:i, s:i, s:s, s:o}", "rank", (json_int_t)rank, "id",
		id_format(id, k->person->id), "name", k->person->name, "phone", k->person->phone, "has_role",
		k->has_role, "minutes_12_months", k->minutes_12m, "this_month", k->this_month, "reasons", k->reasons,
		"verdicts", cli_verdicts_json(k->verdicts, k->nverdicts));
}

static int candidates_sheet(struct cli *c, const struct candidate *all, size_t n, struct err *e)
{
	struct sheet *s = sheet_new(c->a, _("Candidates"));
	sheet_column(s, "rank", _("No."), ALIGN_RIGHT, 3, 4);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 28);
	sheet_column(s, "phone", _("Phone"), ALIGN_LEFT, 11, 14);
	sheet_column(s, "level", _("Rules"), ALIGN_LEFT, 6, 9);
	sheet_column(s, "reasons", _("Why"), ALIGN_LEFT, 20, 60);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		const char *worst = all[i].nverdicts ? all[i].verdicts[0].sentence : "";
		row->cells[0] = (struct sheet_cell){
			.kind = CELL_INT, .text = arena_printf(c->a, "%zu", i + 1), .value = (int64_t)i + 1};
		row->cells[1].text = all[i].person->name;
		row->cells[2].text = kind_phone(c->a, all[i].person->phone);
		row->cells[3].text = all[i].worst ? rule_level_name(all[i].worst) : "";
		row->cells[4].text = all[i].worst >= RULE_WARN && *worst
			? arena_printf(c->a, "%s\n%s", worst, all[i].reasons)
			: all[i].reasons;
	}
	return cli_write_sheet(c, s, e);
}

int cmd_candidates(struct cli *c, struct err *e)
{
	struct id shift;
	struct candidate *all;
	size_t n, max;
	const char *needle = cli_has(c, OPT_FIND) ? c->opt[OPT_FIND] : "";
	int rc = cli_max(c, 0, &max, e);
	if (rc == OK)
		rc = cli_book(c, e);
	if (rc == OK)
		rc = roster_find_shift(c->view, c->book, c->args[0], c->today, &shift, e);
	if (rc == OK)
		rc = rules_candidates(c->view, c->book, c->a, shift, needle, max, &all, &n, e);
	if (rc)
		return rc;
	if (!cli_wants_json(c))
		return candidates_sheet(c, all, n, e);
	json_t *j = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(j, cli_candidate_json(&all[i], i + 1));
	return cli_write_json(c, j, e);
}

static void print_source(struct cli *c, const struct rule *r, int limit)
{
	cli_print_text(stdout, 2, rule_explains(c->a, r, limit));
	printf("  ");
	cli_print_text(stdout, 2, arena_printf(c->a, "%s %s (%s)", _("Source:"), _(r->source), r->checked));
}

static void print_verdict(struct cli *c, const struct verdict *v)
{
	printf("%s: %s\n  ", rule_level_name(v->rule->level), v->sentence);
	print_source(c, v->rule, v->limit);
}

int cmd_why(struct cli *c, struct err *e)
{
	struct id shift_id, person;
	struct shift shift;
	struct verdict *all;
	size_t n;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = roster_find_shift(c->view, c->book, c->args[0], c->today, &shift_id, e);
	if (rc == OK)
		rc = book_resolve_person(c->book, c->view, c->args[1], &person, e);
	if (rc == OK)
		rc = roster_shift(c->view, c->book, c->a, shift_id, &shift, e);
	if (rc == OK)
		rc = rules_check(c->view, c->book, c->a, &shift, book_person(c->book, person), &all, &n, e);
	if (rc)
		return rc;
	if (cli_wants_json(c))
		return cli_write_json(c, cli_verdicts_json(all, n), e);
	printf("%s · %s\n\n", book_name(c->book, person), shift_title(c->a, &shift));
	for (size_t i = 0; i < n; i++)
		print_verdict(c, &all[i]);
	if (n == 0)
		printf("%s\n", _("No rule speaks against it."));
	return OK;
}

/* ---- problems, rules ----------------------------------------------------------------------------------------- */

static json_t *problem_json(const struct problem *p)
{
	char id[ID_TEXT];
	json_t *j = verdict_json(&p->v);
	json_object_set_new(j, "shift", json_string(id_format(id, p->shift->row.shift)));
	if (p->person) {
		json_object_set_new(j, "volunteer", json_string(id_format(id, p->person->id)));
		json_object_set_new(j, "name", json_string(p->person->name));
	}
	if (p->override && *p->override)
		json_object_set_new(j, "override", json_string(p->override));
	return j;
}

static int problems_sheet(struct cli *c, const struct problem *all, size_t n, struct err *e)
{
	struct sheet *s = sheet_new(c->a, _("Problems"));
	sheet_column(s, "level", _("Rules"), ALIGN_LEFT, 6, 9);
	sheet_column(s, "shift", _("Shift"), ALIGN_LEFT, 20, 46);
	sheet_column(s, "name", _("Volunteer"), ALIGN_LEFT, 12, 26);
	sheet_column(s, "sentence", _("Why"), ALIGN_LEFT, 20, 60);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		bool over = all[i].override && *all[i].override;
		row->cells[0].text = rule_level_name(all[i].v.rule->level);
		row->cells[1].text = shift_title(c->a, all[i].shift);
		row->cells[2].text = all[i].person ? all[i].person->name : "";
		row->cells[3].text = over
			? arena_printf(c->a, _("%s (in spite of it: %s)"), all[i].v.sentence, all[i].override)
			: all[i].v.sentence;
	}
	return cli_write_sheet(c, s, e);
}

int cmd_problems(struct cli *c, struct err *e)
{
	civil_date from, to;
	const struct id *unit;
	struct problem *all;
	size_t n;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = period_or(c, c->today, 28, &from, &to, e);
	if (rc == OK)
		rc = cli_unit(c, &unit, e);
	if (rc == OK)
		rc = rules_problems(c->view, c->book, c->a, unit, from, to, cli_has(c, OPT_HINTS), &all, &n, e);
	if (rc)
		return rc;
	if (!cli_wants_json(c))
		return problems_sheet(c, all, n, e);
	json_t *j = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(j, problem_json(&all[i]));
	return cli_write_json(c, j, e);
}

static void print_rule(struct cli *c, const struct rule *r)
{
	printf("%s (%s)\n  %s\n  ", r->id, rule_level_name(r->level), _(r->question));
	print_source(c, r, 0);
}

static json_t *rule_json(struct cli *c, const struct rule *r)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "rule", r->id, "level", level_name(r->level), "question",
		_(r->question), "explains", rule_explains(c->a, r, 0), "source", _(r->source), "checked", r->checked);
}

int cmd_rules(struct cli *c, struct err *e)
{
	size_t n;
	const struct rule *all = rules_table(&n), *one = c->nargs ? rules_named(c->args[0]) : NULL;
	json_t *j = json_array();
	if (c->nargs && !one)
		return err_set(e, ERR_NOTFOUND, _("there is no rule \"%s\". See samvagt rules"), c->args[0]);
	for (size_t i = 0; i < n; i++) {
		if (one && &all[i] != one)
			continue;
		if (cli_wants_json(c))
			json_array_append_new(j, rule_json(c, &all[i]));
		else
			print_rule(c, &all[i]);
	}
	if (cli_wants_json(c))
		return cli_write_json(c, j, e);
	json_decref(j);
	return OK;
}
