/* cli/cmd_attend.c - attend and approve: the sheet of a shift or a day, what is keyed in from it, and hours vouched
 * for.
 *
 * Only reads the words: who has which number and what a line means roster/attendance.h says. */
#include "cli/cli.h"

#include "base/lang.h"
#include "base/when.h"

/* ---- the sheet --------------------------------------------------------------------------------------------------- */

static int write_sheets(struct cli *c, const struct attend_sheet *sheets, size_t n, civil_date from, civil_date to,
			struct err *e)
{
	struct buf out = {0};
	if (!cli_wants_json(c))
		return cli_write_sheet(c, paper_attendance(c->view, c->a, sheets, n, from, to, false), e);
	paper_attendance_json(c->a, sheets, n, &out);
	int rc = cli_write_bytes(c, &out, e);
	buf_free(&out);
	return rc;
}

/* SHIFT, or the code on the paper, whose numbers must still mean the same people. */
static int read_sheet(struct cli *c, struct attend_sheet *out, struct err *e)
{
	struct id shift;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = roster_find_shift(c->view, c->book, attend_code_shift(c->a, c->args[0]), c->today, &shift, e);
	if (rc == OK)
		rc = attend_sheet(c->view, c->book, c->a, shift, out, e);
	return rc;
}

static int show_shift(struct cli *c, struct err *e)
{
	struct attend_sheet sheet;
	int rc = read_sheet(c, &sheet, e);
	civil_date day = rc == OK ? cmin_date(sheet.shift.row.start) : DATE_NONE;
	return rc ? rc : write_sheets(c, &sheet, 1, day, day + 1, e);
}

static int show_day(struct cli *c, struct err *e)
{
	struct attend_sheet *sheets;
	size_t n;
	const struct id *unit;
	civil_date day = c->today;
	int rc = cli_has(c, OPT_DAY) ? when_parse_date(c->opt[OPT_DAY], c->today, WHEN_NEAR, &day, e) : OK;
	if (rc == OK)
		rc = cli_book(c, e);
	if (rc == OK)
		rc = cli_unit(c, &unit, e);
	if (rc == OK)
		rc = attend_sheets(c->view, c->book, c->a, unit, day, day + 1, &sheets, &n, e);
	return rc ? rc : write_sheets(c, sheets, n, day, day + 1, e);
}

/* ---- keying it in ------------------------------------------------------------------------------------------------ */

static int key_in(struct cli *c, struct err *e)
{
	struct attend_sheet sheet;
	struct attend_plan plan;
	struct change_result result;
	int rc = read_sheet(c, &sheet, e);
	if (rc == OK)
		rc = attend_code_check(c->view, c->book, &sheet, c->args[0], e);
	if (rc == OK)
		rc = attend_plan(c->a, &sheet, c->args[1], &plan, e);
	cli_view_end(c);
	if (rc == OK)
		rc = act_attend(c->store, c->book, &sheet, &plan, &result, e);
	if (rc != OK)
		return rc;
	fprintf(stderr, "%s: %s\n", shift_title(c->a, &sheet.shift), attend_echo(c->a, &sheet, &plan));
	return cli_report_change(c, &result, NULL, e);
}

int cmd_attend(struct cli *c, struct err *e)
{
	bool keys = c->nargs == 2;
	if (c->nargs && (cli_has(c, OPT_DAY) || cli_has(c, OPT_UNIT)))
		return err_set(e, ERR_USAGE, _("give a shift, or a day and a unit: not both"));
	int rc = cli_open_store(c, !keys, e);
	if (rc != OK)
		return rc;
	return keys ? key_in(c, e) : c->nargs ? show_shift(c, e) : show_day(c, e);
}

/* ---- approving --------------------------------------------------------------------------------------------------- */

static void say_approved(const struct approved *told)
{
	fprintf(stderr, ngettext("%zu place approved: %lld:%02d hours\n", "%zu places approved: %lld:%02d hours\n", told->places),
		told->places, (long long)(told->minutes / 60), (int)(told->minutes % 60));
	if (told->unrecorded)
		fprintf(stderr, ngettext("%zu place isn't recorded, and so not approved\n", "%zu places aren't recorded, and so not approved\n",
			told->unrecorded), told->unrecorded);
}

int cmd_approve(struct cli *c, struct err *e)
{
	struct approving of;
	struct approved told;
	struct change_result result;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = cli_period(c, &of.from, &of.to, e);
	if (rc == OK)
		rc = cli_unit(c, &of.unit, e);
	if (rc == OK)
		rc = cli_organisation(c, &of.organisation, e);
	cli_view_end(c);
	if (rc == OK)
		rc = act_approve(c->store, c->book, &of, &told, &result, e);
	if (rc != OK)
		return rc;
	say_approved(&told);
	return cli_report_change(c, &result, NULL, e);
}
