/* cli/cmd_care.c - commands about care: talks that are to be held, jubilees, thanks, and whether shifts are shared
 * fairly.
 *
 * Reads words and prints; what anything means is roster/care.h's. No list is by what people have done. */
#include "cli/cli.h"

#include "base/lang.h"
#include "base/when.h"
#include "roster/care.h"

/* ---- talks ------------------------------------------------------------------------------------------------------ */

static int run_talks(struct cli *c, struct err *e)
{
	struct talk *all;
	size_t n;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = talk_list(c->view, c->book, c->a, &all, &n, e);
	return rc ? rc : cli_write_sheet(c, paper_talks(c->view, c->a, all, n, cli_ids(c)), e);
}

static int read_talk(struct cli *c, struct talk_new *how, struct err *e)
{
	struct value kind;
	struct id *people = arena_alloc(c->a, (size_t)c->nargs * sizeof *people);
	*how = (struct talk_new){.volunteer = people, .due = DATE_NONE, .held = DATE_NONE, .by = c->opt[OPT_BY], .note = c->opt[OPT_NOTE]};
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = kind_parse(c->a, schema_field(TYPE_TALK, F_TALK_KIND), c->args[1], c->today, &kind, e);
	how->kind = rc == OK && kind.tag == V_INT ? (int)kind.i : 0;
	for (int i = 2; rc == OK && i < c->nargs; i++)
		rc = book_resolve_person(c->book, c->view, c->args[i], &people[how->n++], e);
	if (rc == OK && cli_has(c, OPT_DAY))
		rc = when_parse_date(c->opt[OPT_DAY], c->today, WHEN_NEAR, &how->due, e);
	if (rc == OK && cli_has(c, OPT_ON))
		rc = cli_on(c, &how->held, e);
	return rc;
}

static int run_talk_add(struct cli *c, struct err *e)
{
	struct talk_new how;
	struct change_result result;
	int rc = read_talk(c, &how, e);
	cli_view_end(c);
	if (rc == OK)
		rc = talk_add(c->store, &how, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

static int run_talk_held(struct cli *c, struct err *e)
{
	struct id *talks = arena_alloc(c->a, (size_t)c->nargs * sizeof *talks);
	struct change_result result;
	civil_date day;
	size_t n = 0;
	int rc = cli_on(c, &day, e);
	for (int i = 1; rc == OK && i < c->nargs; i++)
		rc = cli_record(c, schema_type(TYPE_TALK), c->args[i], &talks[n++], e);
	cli_view_end(c);
	if (rc == OK)
		rc = talk_held(c->store, talks, n, day, c->opt[OPT_BY], &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_talk(struct cli *c, struct err *e)
{
	static const struct cli_verb verbs[] = {
		{"list", CLI_READS, 0, 0, run_talks}, {"add", CLI_WRITES, 2, -1, run_talk_add}, {"held", CLI_WRITES, 1, -1, run_talk_held},
	};
	return cli_run_verb(c, verbs, sizeof verbs / sizeof *verbs, e);
}

/* ---- care ------------------------------------------------------------------------------------------------------- */

/* The period that was asked for; else so many months from the first of this one on. */
static int read_period(struct cli *c, int months, civil_date *from, civil_date *to, struct err *e)
{
	if (cli_has(c, OPT_WEEK) || cli_has(c, OPT_MONTH) || cli_has(c, OPT_PERIOD) || cli_has(c, OPT_FROM) || cli_has(c, OPT_TO))
		return cli_period(c, from, to, e);
	civil_date first = c->today - (civil_to_ymd(c->today).d - 1), other = civil_add_months(first, months);
	*from = first < other ? first : other;
	*to = first < other ? other : first;
	return OK;
}

static int run_jubilees(struct cli *c, struct err *e)
{
	civil_date from, to;
	struct sheet *s;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = read_period(c, CARE_JUBILEE_MONTHS, &from, &to, e);
	if (rc == OK)
		rc = paper_jubilees(c->view, c->book, c->a, from, to, &s, e);
	return rc ? rc : cli_write_sheet(c, s, e);
}

static int run_thanks(struct cli *c, struct err *e)
{
	struct sheet *s;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = paper_unthanked(c->view, c->book, c->a, &s, e);
	return rc ? rc : cli_write_sheet(c, s, e);
}

static const char *share_text(struct cli *c, const struct share *x)
{
	if (x->most == x->least)
		return arena_printf(c->a, "%d", x->least);
	return x->most ? arena_printf(c->a, "%d–%d", x->least, x->most) : arena_printf(c->a, _("%d or more"), x->least);
}

static int run_shares(struct cli *c, struct err *e)
{
	enum { MONTHS = -3 };
	struct share shares[CARE_SHARES];
	civil_date from, to;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = read_period(c, MONTHS, &from, &to, e);
	if (rc == OK)
		rc = care_shares(c->view, c->book, from, to, shares, e);
	if (rc)
		return rc;
	char first[64], last[64];
	struct sheet *s = sheet_new(c->a, _("How shifts are shared"));
	s->period = arena_printf(c->a, "%s – %s", civil_format_date(first, sizeof first, from, CIVIL_DAY_YEAR),
		civil_format_date(last, sizeof last, to - 1, CIVIL_DAY_YEAR));
	s->from = from;
	s->to = to - 1;
	sheet_column(s, "shifts", _("Shifts"), ALIGN_LEFT, 8, 12);
	sheet_column(s, "people", _("People"), ALIGN_RIGHT, 6, 8);
	for (size_t i = 0; i < CARE_SHARES; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = share_text(c, &shares[i]);
		row->cells[1] = sheet_int(c->a, (int64_t)shares[i].people);
	}
	sheet_note(s, _("Counts only: how often somebody comes is their own choice."));
	return cli_write_sheet(c, s, e);
}

int cmd_care(struct cli *c, struct err *e)
{
	static const struct cli_verb verbs[] = {
		{"jubilees", CLI_READS, 0, 0, run_jubilees}, {"talks", CLI_READS, 0, 0, run_talks}, {"thanks", CLI_READS, 0, 0, run_thanks},
		{"shares", CLI_READS, 0, 0, run_shares},
	};
	return cli_run_verb(c, verbs, sizeof verbs / sizeof *verbs, e);
}
