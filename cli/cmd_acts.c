/* cli/cmd_acts.c - commands that do something to a roster. Each is one act of roster/act.h; this file only reads the
 * words. */
#include "cli/cli.h"

#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "roster/act.h"

/* SHIFT and VOLUNTEER of the command line. */
static int shift_and_person(struct cli *c, struct id *shift, struct id *person, struct err *e)
{
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = roster_find_shift(c->view, c->book, c->args[0], c->today, shift, e);
	if (rc == OK)
		rc = book_resolve_person(c->book, c->view, c->args[1], person, e);
	return rc;
}

int cmd_assign(struct cli *c, struct err *e)
{
	struct id shift, person;
	struct change_result result;
	bool needs_reason = false;
	int rc = shift_and_person(c, &shift, &person, e);
	cli_view_end(c);
	if (rc == OK)
		rc = act_assign(c->store, c->book, shift, person, c->opt[OPT_OVERRIDE], &needs_reason, &result, e);
	if (rc == ERR_REFUSED && needs_reason) {
		char was[sizeof e->text];
		snprintf(was, sizeof was, "%s", e->text);
		return err_set(e, rc, _("%s. If it should be so all the same: --override \"the reason\""), was);
	}
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_unassign(struct cli *c, struct err *e)
{
	struct id shift, person;
	struct change_result result;
	int rc = shift_and_person(c, &shift, &person, e);
	cli_view_end(c);
	if (rc == OK)
		rc = act_unassign(c->store, shift, person, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_withdraw(struct cli *c, struct err *e)
{
	struct id shift, person;
	struct change_result result;
	int rc = shift_and_person(c, &shift, &person, e);
	cli_view_end(c);
	if (rc == OK)
		rc = act_withdraw(c->store, shift, person, c->opt[OPT_WHY], &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_places(struct cli *c, struct err *e)
{
	struct id shift, organisation;
	struct change_result result;
	int n, rc = cli_number(c->args[2], 0, 99, &n, e);
	if (rc == OK)
		rc = cli_book(c, e);
	if (rc == OK)
		rc = roster_find_shift(c->view, c->book, c->args[0], c->today, &shift, e);
	if (rc == OK)
		rc = cli_record(c, schema_type(TYPE_ORGANISATION), c->args[1], &organisation, e);
	cli_view_end(c);
	if (rc == OK)
		rc = act_assign_places(c->store, shift, organisation, n, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_attendance(struct cli *c, struct err *e)
{
	struct id shift, person;
	struct change_result result;
	struct value state;
	const char *word = strcmp(c->args[2], "none") == 0 ? "" : c->args[2];
	int rc = shift_and_person(c, &shift, &person, e);
	if (rc == OK)
		rc = kind_parse(
			c->a, schema_field(TYPE_ASSIGNMENT, F_ASSIGNMENT_ATTENDANCE), word, c->today, &state, e);
	cli_view_end(c);
	if (rc == OK)
		rc = act_attendance(
			c->store, id_assignment(shift, person), state.tag == V_INT ? (int)state.i : 0, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

/* What copy takes. */
static const char *two_days_or_weeks(void)
{
	return _("give two days (3/12 10/12) or two weeks (2025-W49 2025-W50)");
}

int cmd_copy(struct cli *c, struct err *e)
{
	civil_date from[2], to[2];
	const struct id *unit;
	struct change_result result;
	bool people = !cli_has(c, OPT_EMPTY);
	int rc = cli_unit(c, &unit, e);
	for (int i = 0; rc == OK && i < 2; i++)
		if (when_parse_period(c->args[i], c->today, &from[i], &to[i], NULL))
			rc = err_set(e, ERR_DATA, _("\"%.40s\" is neither a day nor a week: %s"), c->args[i], two_days_or_weeks());
	cli_view_end(c);
	if (rc)
		return rc;
	if (to[0] - from[0] != to[1] - from[1] || (to[0] - from[0] != 1 && to[0] - from[0] != 7))
		return err_set(e, ERR_USAGE, "%s", two_days_or_weeks());
	if (to[0] - from[0] == 7)
		rc = act_copy_week(c->store, unit, from[0], from[1], people, &result, e);
	else
		rc = act_copy_day(c->store, unit, from[0], from[1], people, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_move(struct cli *c, struct err *e)
{
	struct id *shifts = arena_alloc(c->a, (size_t)c->nargs * sizeof *shifts);
	struct change_result result;
	int days = 0, minutes = 0;
	if (!cli_has(c, OPT_DAYS) && !cli_has(c, OPT_MINUTES))
		return err_set(e, ERR_USAGE, _("say how far: --days N, --minutes N or both"));
	int rc = cli_has(c, OPT_DAYS) ? cli_number(c->opt[OPT_DAYS], -3660, 3660, &days, e) : OK;
	if (rc == OK && cli_has(c, OPT_MINUTES))
		rc = cli_number(c->opt[OPT_MINUTES], -1440, 1440, &minutes, e);
	if (rc == OK)
		rc = cli_book(c, e);
	for (int i = 0; rc == OK && i < c->nargs; i++)
		rc = roster_find_shift(c->view, c->book, c->args[i], c->today, &shifts[i], e);
	cli_view_end(c);
	if (rc == OK)
		rc = act_move_shifts(c->store, shifts, (size_t)c->nargs, days, minutes, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_cancel(struct cli *c, struct err *e)
{
	struct id id;
	struct shift shift;
	struct change_result result;
	if (c->nargs == 2)
		return cmd_withdraw(c, e);
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = roster_find_shift(c->view, c->book, c->args[0], c->today, &id, e);
	if (rc == OK)
		rc = roster_shift(c->view, c->book, c->a, id, &shift, e);
	cli_view_end(c);
	if (rc == OK)
		rc = act_cancel_shift(c->store, id, shift.row.state != SHIFT_CANCELLED, c->opt[OPT_WHY], &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}
