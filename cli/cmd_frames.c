/* cli/cmd_frames.c - commands about the frames that volunteers come within: roles and what opens them, pauses, limits.
 *
 * Reads words and prints; what anything means is roster's. */
#include "cli/cli.h"

#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "roster/gates.h"
#include "roster/qualifications.h"

/* ---- limits ----------------------------------------------------------------------------------------------------- */

static void limit_row(struct cli *c, struct sheet *s, const struct limit *l, int value)
{
	struct sheet_row *row = sheet_row(s, ROW_DATA);
	row->cells[0].text = l->name;
	row->cells[1].text = limits_label(l);
	row->cells[2] = sheet_int(c->a, value);
	row->cells[3].text = _(l->unit);
	row->cells[4].text = value == l->value ? l->source
		: arena_printf(c->a, _("set here, under Settings; otherwise %d: %s"), l->value, l->source);
	row->cells[5].text = l->checked;
}

int cmd_limits(struct cli *c, struct err *e)
{
	struct limit limits[LIMIT_COUNT];
	int values[LIMIT_COUNT];
	struct sheet *s = sheet_new(c->a, _("Limits of the rules"));
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 10, 26);
	sheet_column(s, "label", _("Limit"), ALIGN_LEFT, 16, 32);
	sheet_column(s, "value", _("Value"), ALIGN_RIGHT, 3, 6);
	sheet_column(s, "unit", _("Unit"), ALIGN_LEFT, 5, 8);
	sheet_column(s, "source", _("Source"), ALIGN_LEFT, 20, 60);
	sheet_column(s, "checked", _("Checked"), ALIGN_LEFT, 10, 10);
	limits_load(c->a, limits, NULL);
	int rc = cli_view(c, e);
	if (rc == OK)
		rc = rules_limits(c->view, values, e);
	if (rc)
		return rc;
	for (int i = 0; i < LIMIT_COUNT; i++)
		limit_row(c, s, &limits[i], values[i]);
	return cli_write_sheet(c, s, e);
}

/* ---- roles ------------------------------------------------------------------------------------------------------ */

static int role_named(struct cli *c, struct id *out, struct err *e)
{
	return cli_record(c, schema_type(TYPE_ROLE), c->args[1], out, e);
}

static const char *missing_text(struct cli *c, const struct gate_state *gates, size_t n)
{
	const char *text = "";
	for (size_t i = 0; i < n; i++)
		if (!gates[i].passed)
			text = arena_printf(c->a, "%s%s%s", text, *text ? ", " : "", _(gates[i].gate->lacks));
	return text;
}

/* A role that no agreement is about may be used as before: it is neither open nor closed. */
static const char *open_text(const struct book *b, const struct task *t, bool open)
{
	return open ? _("open") : gates_begun(b, t) ? _("closed") : _("from before");
}

static int all_gates(struct cli *c, struct err *e)
{
	struct sheet *s = sheet_new(c->a, _("What opens the roles"));
	struct gate_state gates[GATES_MOST];
	size_t n;
	sheet_column(s, "role", _("Role"), ALIGN_LEFT, 14, 30);
	sheet_column(s, "open", _("State"), ALIGN_LEFT, 6, 12);
	sheet_column(s, "missing", _("Missing"), ALIGN_LEFT, 16, 60);
	for (size_t i = 0; i < c->book->ntasks; i++) {
		const struct task *t = &c->book->tasks[i];
		bool open = gates_of(c->book, c->a, t, c->today, gates, &n);
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = t->name;
		row->cells[1].text = open_text(c->book, t, open);
		row->cells[2].text = missing_text(c, gates, n);
	}
	return cli_write_sheet(c, s, e);
}

static const char *filled_by(struct cli *c, const struct role_gate *g)
{
	const struct field *f = schema_field(TYPE_ROLE, g->field);
	return f ? arena_printf(c->a, "samvagt set role ID %s=…", f->name) : "samvagt agreement new";
}

static int one_role_gates(struct cli *c, const struct task *t, struct err *e)
{
	struct gate_state gates[GATES_MOST];
	size_t n;
	bool open = gates_of(c->book, c->a, t, c->today, gates, &n);
	struct sheet *s = sheet_new(c->a, arena_printf(c->a, "%s: %s", t->name, open_text(c->book, t, open)));
	sheet_column(s, "gate", _("Gate"), ALIGN_LEFT, 10, 12);
	sheet_column(s, "passed", _("Passed"), ALIGN_LEFT, 4, 7);
	sheet_column(s, "question", _("Question"), ALIGN_LEFT, 16, 36);
	sheet_column(s, "says", _("Is"), ALIGN_LEFT, 16, 40);
	sheet_column(s, "fill", _("Filled by"), ALIGN_LEFT, 12, 28);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = gates[i].gate->id;
		row->cells[1].text = gates[i].passed ? _("yes") : _("no");
		row->cells[2].text = _(gates[i].gate->question);
		row->cells[3].text = gates[i].says;
		row->cells[4].text = gates[i].passed ? "" : filled_by(c, gates[i].gate);
	}
	return cli_write_sheet(c, s, e);
}

static int run_gates(struct cli *c, struct err *e)
{
	struct id role;
	int rc = cli_book(c, e);
	if (rc || c->nargs == 1)
		return rc ? rc : all_gates(c, e);
	rc = role_named(c, &role, e);
	return rc ? rc : one_role_gates(c, book_task(c->book, role), e);
}

static const char *answer_name(int answer)
{
	return _(schema_choice(SET_ANSWER, answer)->label);
}

static int run_effort(struct cli *c, struct err *e)
{
	struct id id;
	struct rec *role = NULL;
	struct effort_reason *why;
	size_t n;
	int rc = role_named(c, &id, e);
	if (rc == OK)
		rc = view_get(c->view, c->a, TYPE_ROLE, id, &role, e);
	if (rc)
		return rc;
	enum effort effort = effort_of(role, c->a, &why, &n);
	struct sheet *s = sheet_new(c->a, arena_printf(c->a, "%s: %s", rec_text(role, F_ROLE_NAME), effort_name(effort)));
	sheet_column(s, "field", _("Field"), ALIGN_LEFT, 10, 12);
	sheet_column(s, "answer", _("Answer"), ALIGN_LEFT, 6, 10);
	sheet_column(s, "says", _("Why"), ALIGN_LEFT, 20, 60);
	sheet_column(s, "speaks", _("Speaks for"), ALIGN_LEFT, 10, 18);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = schema_field(TYPE_ROLE, why[i].field)->name;
		row->cells[1].text = answer_name(why[i].answer);
		row->cells[2].text = why[i].says;
		row->cells[3].text = effort_name(why[i].speaks);
	}
	sheet_note(s, effort_advice(effort));
	sheet_note(s, arena_printf(c->a, "%s %s", _("Source:"), _(effort_source())));
	return cli_write_sheet(c, s, e);
}

static int run_sheet(struct cli *c, struct err *e)
{
	struct id role;
	struct sheet *s;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = role_named(c, &role, e);
	if (rc == OK)
		rc = paper_role(c->view, c->book, c->a, role, c->today, &s, e);
	return rc ? rc : cli_write_sheet(c, s, e);
}

static int run_asks(struct cli *c, struct err *e)
{
	struct id role, *kinds = arena_alloc(c->a, (size_t)c->nargs * sizeof *kinds);
	struct change_result result;
	size_t n = 0;
	bool none = c->nargs == 3 && strcmp(c->args[2], "none") == 0;
	int rc = role_named(c, &role, e);
	for (int i = 2; rc == OK && !none && i < c->nargs; i++)
		rc = cli_record(c, schema_type(TYPE_QUALIFICATION_KIND), c->args[i], &kinds[n++], e);
	cli_view_end(c);
	if (rc == OK)
		rc = qualification_ask(c->store, role, kinds, n, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_role(struct cli *c, struct err *e)
{
	static const struct cli_verb verbs[] = {
		{"gates", CLI_READS, 0, 1, run_gates}, {"effort", CLI_READS, 1, 1, run_effort}, {"sheet", CLI_READS, 1, 1, run_sheet}, {"asks", CLI_WRITES, 2, -1, run_asks},
	};
	return cli_run_verb(c, verbs, sizeof verbs / sizeof *verbs, e);
}

/* ---- pauses ----------------------------------------------------------------------------------------------------- */

static const char *pause_of(const struct book *b, const struct standstill *p)
{
	return id_is_none(p->of) ? _("everybody") : book_name(b, p->of);
}

static int run_pauses(struct cli *c, struct err *e)
{
	int rc = cli_book(c, e);
	if (rc)
		return rc;
	struct sheet *s = sheet_new(c->a, _("Pauses"));
	sheet_column(s, "id", _("No."), ALIGN_LEFT, 6, 8);
	sheet_column(s, "of", _("Of"), ALIGN_LEFT, 12, 28);
	sheet_column(s, "from", _("From"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "until", _("Begins again"), ALIGN_LEFT, 9, 12);
	sheet_column(s, "why", _("Reason"), ALIGN_LEFT, 16, 44);
	for (size_t i = 0; i < c->book->frames.npauses; i++) {
		const struct standstill *p = &c->book->frames.pauses[i];
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = paper_short_id(c->a, p->id);
		row->cells[1].text = pause_of(c->book, p);
		row->cells[2] = sheet_date(c->a, p->from, CIVIL_SHORT);
		row->cells[3] = sheet_date(c->a, p->until, CIVIL_SHORT);
		row->cells[4].text = p->why;
	}
	return cli_write_sheet(c, s, e);
}

/* A place, a role, or all. */
static int thing_named(struct cli *c, struct id *out, struct err *e)
{
	struct err other;
	*out = ID_NONE;
	if (strcmp(c->args[1], "all") == 0)
		return cli_book(c, e);
	int rc = cli_record(c, schema_type(TYPE_UNIT), c->args[1], out, e);
	if (rc == ERR_NOTFOUND && cli_record(c, schema_type(TYPE_ROLE), c->args[1], out, &other) == OK)
		return OK;
	return rc;
}

static int call_list(struct cli *c, const struct pause_new *how, const struct pause_effect *told, struct err *e)
{
	const struct standstill of = {.of = how->of, .why = how->why, .from = how->from, .until = how->until};
	int rc = cli_view(c, e);
	return rc ? rc : cli_write_sheet(c, paper_calls_of(c->view, c->book, c->a, &of, told), e);
}

static int read_pause(struct cli *c, struct pause_new *how, struct err *e)
{
	*how = (struct pause_new){.why = c->opt[OPT_REASON], .from = c->today, .until = DATE_NONE};
	if (!cli_has(c, OPT_REASON))
		return err_set(e, ERR_USAGE, _("say why: --reason \"an outbreak on the ward\""));
	int rc = thing_named(c, &how->of, e);
	if (rc == OK && cli_has(c, OPT_FROM))
		rc = when_parse_date(c->opt[OPT_FROM], c->today, WHEN_NEAR, &how->from, e);
	if (rc == OK && cli_has(c, OPT_TO)) {
		rc = when_parse_date(c->opt[OPT_TO], c->today, WHEN_NEAR, &how->until, e);
		how->until += 1;
	}
	return rc;
}

static int run_begin(struct cli *c, struct err *e)
{
	struct pause_new how;
	struct pause_effect told;
	struct change_result result;
	int rc = read_pause(c, &how, e);
	cli_view_end(c);
	if (rc == OK)
		rc = pause_begin(c->store, c->book, c->a, &how, &told, &result, e);
	if (rc)
		return rc;
	cli_say_change(c, &result);
	return call_list(c, &how, &told, e);
}

/* By its id, or by what stands still: the last that was begun. */
static int pause_named(struct cli *c, struct id *out, struct err *e)
{
	struct id of;
	int rc = thing_named(c, &of, e);
	if (rc != OK)
		return cli_record(c, schema_type(TYPE_PAUSE), c->args[1], out, e);
	for (size_t i = c->book->frames.npauses; i-- > 0;) {
		*out = c->book->frames.pauses[i].id;
		if (id_equal(c->book->frames.pauses[i].of, of))
			return OK;
	}
	return err_set(e, ERR_NOTFOUND, _("nothing like that stands still. See samvagt pause list"));
}

static int run_end(struct cli *c, struct err *e)
{
	struct id pause;
	struct change_result result;
	civil_date day;
	size_t resumed;
	int rc = pause_named(c, &pause, e);
	if (rc == OK)
		rc = cli_on(c, &day, e);
	cli_view_end(c);
	if (rc == OK)
		rc = pause_end(c->store, c->book, pause, day, &resumed, &result, e);
	if (rc)
		return rc;
	fprintf(stderr, ngettext("%zu shift is on again\n", "%zu shifts are on again\n", resumed), resumed);
	return cli_report_change(c, &result, NULL, e);
}

int cmd_pause(struct cli *c, struct err *e)
{
	static const struct cli_verb verbs[] = {
		{"list", CLI_READS, 0, 0, run_pauses}, {"begin", CLI_WRITES, 1, 1, run_begin}, {"end", CLI_WRITES, 1, 1, run_end},
	};
	return cli_run_verb(c, verbs, sizeof verbs / sizeof *verbs, e);
}
