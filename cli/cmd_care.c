/* cli/cmd_care.c - commands about care: talks that are to be held, jubilees, thanks, and whether shifts are shared fairly.
 *
 * Reads words and prints; what anything means is roster/care.h's. No list is by what people have done. */
#include "cli/cli.h"

#include "base/lang.h"
#include "base/when.h"
#include "roster/care.h"
#include "roster/rules.h"

static const char *phone_of(struct cli *c, const struct person *p)
{
	return kind_format(c->a, schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_PHONE), value_text(p->phone), KIND_HUMAN);
}

static int write_personal(struct cli *c, struct sheet *s, const char *purpose, struct err *e)
{
	int limits[LIMIT_COUNT], rc = rules_limits(c->view, limits, e);
	s->purpose = purpose;
	s->shred = c->today + (rc == OK ? limits[LIMIT_SHRED_DAYS] : 0);
	return rc ? rc : cli_write_sheet(c, s, e);
}

/* ---- talks ------------------------------------------------------------------------------------------------------ */

static int write_talks(struct cli *c, const struct talk *all, size_t n, struct err *e)
{
	char whole[ID_TEXT];
	struct sheet *s = sheet_new(c->a, _("Talks to be held"));
	sheet_column(s, "id", _("No."), ALIGN_LEFT, 6, 36);
	sheet_column(s, "due", _("To be held"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "kind", _("Kind"), ALIGN_LEFT, 8, 16);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 28);
	sheet_column(s, "phone", _("Phone"), ALIGN_LEFT, 11, 14);
	sheet_column(s, "about", _("After"), ALIGN_LEFT, 8, 30);
	for (size_t i = 0; i < n; i++) {
		const struct talk *t = &all[i];
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = cli_whole_ids(c) ? arena_strdup(c->a, id_format(whole, t->id)) : paper_short_id(c->a, t->id);
		row->cells[1] = sheet_date(c->a, t->due, CIVIL_SHORT);
		row->cells[2].text = talk_kind_name(t->kind);
		row->cells[3].text = t->person->name;
		row->cells[4].text = phone_of(c, t->person);
		row->cells[5].text = id_is_none(t->about) ? "" : view_title(c->view, c->a, t->about);
	}
	if (n == 0)
		sheet_note(s, _("No talk is waited for."));
	return write_personal(c, s, _("Made to keep what was promised: a talk."), e);
}

static int run_talks(struct cli *c, struct err *e)
{
	struct talk *all;
	size_t n;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = talk_list(c->view, c->book, c->a, &all, &n, e);
	return rc ? rc : write_talks(c, all, n, e);
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
	size_t n;
	bool birthdays = false;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = read_period(c, CARE_JUBILEE_MONTHS, &from, &to, e);
	if (rc == OK)
		rc = care_birthdays(c->view, &birthdays, e);
	if (rc)
		return rc;
	const struct jubilee *all = care_jubilees(c->book, c->a, from, to, birthdays, &n);
	struct sheet *s = sheet_new(c->a, _("Jubilees"));
	s->from = from;
	s->to = to - 1;
	sheet_column(s, "day", _("Day"), ALIGN_LEFT, 9, 12);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 28);
	sheet_column(s, "what", _("What"), ALIGN_LEFT, 14, 30);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0] = sheet_date(c->a, all[i].day, CIVIL_SHORT);
		row->cells[1].text = all[i].person->name;
		row->cells[2].text = jubilee_text(c->a, &all[i]);
	}
	if (n == 0)
		sheet_note(s, _("Nobody has a jubilee then."));
	return write_personal(c, s, _("Made to be remembered on the day."), e);
}

static int run_thanks(struct cli *c, struct err *e)
{
	struct unthanked *all;
	size_t n;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = care_unthanked(c->view, c->book, c->a, c->today, &all, &n, e);
	if (rc)
		return rc;
	struct sheet *s = sheet_new(c->a, _("Not thanked for long"));
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 28);
	sheet_column(s, "thanked", _("Thanked"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "started", _("Started"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "shift", _("Last shift"), ALIGN_LEFT, 9, 10);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = all[i].person->name;
		row->cells[1] = sheet_date(c->a, all[i].last, CIVIL_SHORT);
		row->cells[2] = sheet_date(c->a, all[i].person->started, CIVIL_SHORT);
		row->cells[3] = sheet_date(c->a, all[i].shift, CIVIL_SHORT);
	}
	sheet_note(s, n ? _("When somebody has been: samvagt talk add thanks VOLUNTEER") : _("Everybody who comes has been thanked."));
	return write_personal(c, s, _("Made so that nobody is forgotten. The order is how long ago, nothing else."), e);
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
	struct sheet *s = sheet_new(c->a, _("How shifts are shared"));
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
