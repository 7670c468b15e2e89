/* cli/cmd_qualify.c - commands about courses and certificates, and the child-protection check.
 *
 * Reads words and prints; what anything means is roster/qualifications.h's. */
#include "cli/cli.h"

#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "export/papers.h"
#include "roster/qualifications.h"

static int person_named(struct cli *c, const char *text, const struct person **out, struct err *e)
{
	struct id id;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = book_resolve_person(c->book, c->view, text, &id, e);
	*out = rc == OK ? book_person(c->book, id) : NULL;
	return rc;
}

/* The arguments from `first` on. */
static int people_named(struct cli *c, int first, struct id *out, size_t *n, struct err *e)
{
	int rc = OK;
	*n = 0;
	for (int i = first; rc == OK && i < c->nargs; i++) {
		const struct person *p;
		rc = person_named(c, c->args[i], &p, e);
		if (rc == OK)
			out[(*n)++] = p->id;
	}
	return rc;
}

static int limits_in_force(struct cli *c, int limits[LIMIT_COUNT], struct err *e)
{
	int rc = cli_book(c, e);
	return rc ? rc : rules_limits(c->view, limits, e);
}

/* ---- courses and certificates ------------------------------------------------------------------------------- */

static void qualification_row(struct cli *c, struct sheet *s, const struct qualification *q)
{
	struct sheet_row *row = sheet_row(s, ROW_DATA);
	row->cells[0].text = q->kind->name;
	row->cells[1].text = qualification_state_name(q->state);
	row->cells[2] = sheet_date(c->a, q->held ? q->held->got : DATE_NONE, CIVIL_SHORT);
	row->cells[3] = sheet_date(c->a, q->held ? q->held->until : DATE_NONE, CIVIL_SHORT);
	row->cells[4].text = q->asked ? _("yes") : "";
	row->cells[5].text = q->reason;
}

static void person_notes(struct cli *c, struct sheet *s, const struct person *p, const int *limits)
{
	struct introduction in = introduction_of(c->book, p, limits, c->today);
	const char *next = check_next(c->book, c->a, p, limits, c->today);
	if (in.next)
		sheet_note(s, arena_printf(c->a, _("Introduction: %zu of %zu steps; next: %s"), in.done, in.n,
			in.next->name));
	if (next)
		sheet_note(s, arena_printf(c->a, _("Child-protection check: %s"), next));
}

static int run_list(struct cli *c, struct err *e)
{
	const struct person *p;
	int limits[LIMIT_COUNT];
	size_t n;
	int rc = person_named(c, c->args[1], &p, e);
	if (rc == OK)
		rc = limits_in_force(c, limits, e);
	if (rc)
		return rc;
	struct qualification *all = qualification_of(c->book, c->a, p, limits, c->today, &n);
	struct sheet *s = sheet_new(c->a, arena_printf(c->a, _("Courses and certificates of %s"), p->name));
	sheet_column(s, "kind", _("Kind"), ALIGN_LEFT, 14, 30);
	sheet_column(s, "state", _("State"), ALIGN_LEFT, 8, 16);
	sheet_column(s, "got", _("Got"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "until", _("Holds until"), ALIGN_LEFT, 9, 11);
	sheet_column(s, "asked", _("Asked for"), ALIGN_LEFT, 4, 10);
	sheet_column(s, "why", _("Why"), ALIGN_LEFT, 10, 30);
	for (size_t i = 0; i < n; i++)
		qualification_row(c, s, &all[i]);
	person_notes(c, s, p, limits);
	return cli_write_sheet(c, s, e);
}

static int run_give(struct cli *c, struct err *e)
{
	struct qualification_given how = {.got = c->today, .confirmed_by = c->opt[OPT_BY]};
	struct id *people = arena_alloc(c->a, (size_t)c->nargs * sizeof *people);
	struct change_result result;
	int rc = cli_record(c, schema_type(TYPE_QUALIFICATION_KIND), c->args[1], &how.kind, e);
	if (rc == OK && cli_has(c, OPT_ON) && strcmp(c->opt[OPT_ON], "none") == 0)
		how.got = DATE_NONE;
	else if (rc == OK)
		rc = cli_on(c, &how.got, e);
	if (rc == OK)
		rc = people_named(c, 2, people, &how.n, e);
	how.volunteer = people;
	cli_view_end(c);
	if (rc == OK)
		rc = qualification_give(c->store, c->book, &how, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

static int run_expiring(struct cli *c, struct err *e)
{
	int limits[LIMIT_COUNT], days, rc = limits_in_force(c, limits, e);
	days = rc == OK ? limits[LIMIT_EXPIRY_DAYS] : 0;
	if (rc == OK && cli_has(c, OPT_DAYS))
		rc = cli_number(c->opt[OPT_DAYS], 0, 3660, &days, e);
	if (rc)
		return rc;
	return cli_write_sheet(c, paper_expiring(c->view, c->book, c->a, days), e);
}

int cmd_qualification(struct cli *c, struct err *e)
{
	static const struct cli_verb verbs[] = {
		{"list", CLI_READS, 1, 1, run_list}, {"give", CLI_WRITES, 2, -1, run_give}, {"expiring", CLI_READS, 0, 0, run_expiring},
	};
	return cli_run_verb(c, verbs, sizeof verbs / sizeof *verbs, e);
}

/* ---- the check -------------------------------------------------------------------------------------------------- */

static const char *check_state(const struct person *p)
{
	const struct choice *state = schema_choice(SET_CHILD_CHECK, p->child_check);
	return state ? _(state->label) : _("nothing written");
}

/* Everybody whose check is followed; those for whom something is to be done first. */
static int run_check_list(struct cli *c, struct err *e)
{
	int limits[LIMIT_COUNT], rc = limits_in_force(c, limits, e);
	if (rc)
		return rc;
	struct sheet *s = sheet_new(c->a, _("Child-protection checks"));
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 28);
	sheet_column(s, "state", _("State"), ALIGN_LEFT, 10, 24);
	sheet_column(s, "assessed", _("Assessed"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "renew", _("Renew"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "next", _("What next"), ALIGN_LEFT, 16, 44);
	for (int done = 0; done < 2; done++)
		for (size_t i = 0; i < c->book->npeople; i++) {
			const struct person *p = &c->book->people[i];
			const char *next = check_next(c->book, c->a, p, limits, c->today);
			if ((next == NULL) != (done == 1) || !check_is_followed(c->book, p))
				continue;
			struct sheet_row *row = sheet_row(s, ROW_DATA);
			row->cells[0].text = p->name;
			row->cells[1].text = check_state(p);
			row->cells[2] = sheet_date(c->a, p->check_assessed, CIVIL_SHORT);
			row->cells[3] = sheet_date(c->a, p->check_renew, CIVIL_SHORT);
			row->cells[4].text = next ? next : "";
		}
	return cli_write_sheet(c, s, e);
}

static int order_sheet(struct cli *c, const struct person **all, size_t n, bool more, civil_date shred, struct err *e)
{
	struct sheet *s = paper_check_order(c->a, all, n, shred);
	if (n)
		sheet_note(s, _("When they are ordered at the police: samvagt check order all"));
	if (more)
		sheet_note(s, _("There are more; one order takes no more names."));
	return cli_write_sheet(c, s, e);
}

static int mark_ordered(struct cli *c, const struct id *people, size_t n, struct err *e)
{
	struct change_result result;
	civil_date day;
	int rc = cli_on(c, &day, e);
	cli_view_end(c);
	if (rc == OK)
		rc = check_order(c->store, people, n, day, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

/* The law has it ordered only where the work asks for it. */
static int must_be_asked(const struct cli *c, const struct id *people, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		const struct person *p = book_person(c->book, people[i]);
		if (p && !check_is_asked(c->book, p))
			return err_set(e, ERR_REFUSED, _("no role of %s asks for a child-protection check: give the role first"), p->name);
	}
	return OK;
}

static int run_order(struct cli *c, struct err *e)
{
	int limits[LIMIT_COUNT], rc = limits_in_force(c, limits, e);
	bool more, all = c->nargs == 2 && strcmp(c->args[1], "all") == 0;
	size_t n;
	if (rc)
		return rc;
	const struct person **due = check_to_order(c->book, c->a, limits, c->today, &n, &more);
	struct id *people = arena_alloc(c->a, (n + (size_t)c->nargs) * sizeof *people);
	if (c->nargs == 1)
		return order_sheet(c, due, n, more, c->today + limits[LIMIT_SHRED_DAYS], e);
	for (size_t i = 0; all && i < n; i++)
		people[i] = due[i]->id;
	if (!all)
		rc = people_named(c, 1, people, &n, e);
	if (rc == OK)
		rc = must_be_asked(c, people, n, e);
	return rc ? rc : mark_ordered(c, people, n, e);
}

static int run_move(struct cli *c, struct err *e)
{
	struct check_move how = {
		.assessor = c->opt[OPT_BY], .second = c->opt[OPT_SECOND], .note = c->opt[OPT_NOTE]};
	const struct person *p;
	struct change_result result;
	struct value state;
	int rc = person_named(c, c->args[1], &p, e);
	if (rc == OK)
		rc = kind_parse(c->a, schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_CHILD_CHECK), c->args[2], c->today, &state,
			e);
	if (rc == OK)
		rc = cli_on(c, &how.day, e);
	cli_view_end(c);
	if (rc)
		return rc;
	how.state = state.tag == V_INT ? (int)state.i : 0;
	rc = how.state == CHILD_ORDERED ? must_be_asked(c, &p->id, 1, e) : OK;
	if (rc == OK)
		rc = check_move(c->store, p->id, &how, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_check(struct cli *c, struct err *e)
{
	static const struct cli_verb verbs[] = {
		{"list", CLI_READS, 0, 0, run_check_list}, {"order", CLI_WRITES, 0, -1, run_order}, {"move", CLI_WRITES, 2, 2, run_move},
	};
	return cli_run_verb(c, verbs, sizeof verbs / sizeof *verbs, e);
}
