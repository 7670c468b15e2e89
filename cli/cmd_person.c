/* cli/cmd_person.c - commands about a person's data: erasing them everywhere, who has confirmed it, and handing them
 * out.
 *
 * Says what will go, and asks; what going means is store/erase.h's, and what is handed out export/person.h's. */
#include "cli/person_priv.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/lang.h"
#include "export/person.h"
#include "store/erase.h"
#include "sync/receipts.h"

/* ---- person erase ------------------------------------------------------------------------------------------- */

/* Also one who is deleted, by the whole id. */
static int volunteer_named(struct cli *c, const char *text, struct id *out, struct err *e)
{
	int rc = id_parse(text, out, NULL);
	if (rc == OK)
		return OK;
	rc = cli_book(c, e);
	return rc ? rc : book_resolve_person(c->book, c->view, text, out, e);
}

static int read_reason(struct cli *c, int *why, struct err *e)
{
	size_t n;
	const struct choice *all = schema_choices(SET_ERASURE_WHY, &n);
	for (size_t i = 0; cli_has(c, OPT_REASON) && i < n; i++)
		if (strcmp(all[i].name, c->opt[OPT_REASON]) == 0) {
			*why = all[i].no;
			return OK;
		}
	return err_set(e, ERR_USAGE, _("why is it done? Give --reason wish, ended, refused, mistake or dead"));
}

static void say_plan(const char *name, const struct erase_plan *p)
{
	char day[32];
	fprintf(stderr, _("%s: %zu values of %zu records go, for good and at every site.\n"), name, p->values, p->records);
	fprintf(stderr, _("As counts without a name stay: places on shifts: %zu, agreements: %zu.\n"), p->places, p->agreements);
	if (p->attachments)
		fprintf(stderr, _("Attachments that go: %zu.\n"), p->attachments);
	if (p->last != 0)
		fprintf(stderr, _("The last shift: %s.\n"), civil_format_date(day, sizeof day, p->last, CIVIL_DAY_YEAR));
	fputs(_("This can't be undone. What was printed, exported, or saved elsewhere isn't reached.\n"), stderr);
}

/* Only a whole word does it. */
int person_ask(struct cli *c, struct err *e)
{
	char answer[32];
	if (cli_has(c, OPT_YES))
		return OK;
	if (!isatty(STDIN_FILENO))
		return err_set(e, ERR_USAGE, _("nothing was erased: say --yes if it should be"));
	fprintf(stderr, _("Erase it? Write %s: "), _("erase"));
	if (!fgets(answer, sizeof answer, stdin))
		answer[0] = '\0';
	answer[strcspn(answer, "\r\n")] = '\0';
	return strcmp(answer, _("erase")) == 0 ? OK : err_set(e, ERR_STOPPED, _("nothing was erased"));
}

static int report_erasure(struct cli *c, const struct erase_plan *p, struct id erasure, struct err *e)
{
	char id[ID_TEXT];
	bool dry = cli_has(c, OPT_DRY_RUN);
	c->done = !dry;
	if (cli_has(c, OPT_JSON))
		return cli_write_json(c, json_pack("{s:b, s:s, s:I, s:I, s:I, s:I, s:I}", "erased", !dry, "erasure",
			dry ? "" : id_format(id, erasure), "records", (json_int_t)p->records, "values", (json_int_t)p->values,
			"places", (json_int_t)p->places, "agreements", (json_int_t)p->agreements, "attachments",
			(json_int_t)p->attachments), e);
	if (dry)
		fputs(_("nothing was changed\n"), stderr);
	else
		fputs(_("erased here. The other sites follow at their next samvagt sync; samvagt person receipts shows who has\n"), stderr);
	return OK;
}

static int run_erase(struct cli *c, struct err *e)
{
	struct erase_plan plan = {0};
	struct id who, erasure = ID_NONE;
	const char *name = "";
	int why = 0;
	int rc = read_reason(c, &why, e);
	if (rc == OK)
		rc = volunteer_named(c, c->args[1], &who, e);
	if (rc == OK)
		rc = cli_view(c, e);
	if (rc == OK)
		rc = erase_preview(c->view, c->a, who, &plan, e);
	if (rc == OK)
		name = view_title(c->view, c->a, who);
	cli_view_end(c);
	if (rc)
		return rc;
	if (!cli_has(c, OPT_JSON))
		say_plan(name, &plan);
	if (!cli_has(c, OPT_DRY_RUN))
		rc = person_ask(c, e);
	if (rc == OK)
		rc = receipts_prepare(c->store, e);
	if (rc == OK && !cli_has(c, OPT_DRY_RUN))
		rc = erase_person(c->store, who, why, &erasure, e);
	return rc ? rc : report_erasure(c, &plan, erasure, e);
}

/* ---- person receipts ---------------------------------------------------------------------------------------- */

/* Those that have confirmed, or that haven't. */
static const char *names_of(struct cli *c, const struct receipts *x, bool missing)
{
	const char *names = "";
	size_t confirmed = x->n - x->nmissing;
	for (size_t i = missing ? confirmed : 0; i < (missing ? x->n : confirmed); i++)
		names = arena_printf(c->a, "%s%s%s", names, *names ? ", " : "", x->sites[i].name);
	return names;
}

static void add_row(struct cli *c, struct sheet *s, const struct receipts *x)
{
	const struct choice *why = schema_choice(SET_ERASURE_WHY, (int)rec_int(x->erasure, F_ERASURE_WHY));
	struct sheet_row *row = sheet_row(s, ROW_DATA);
	row->cells[0] = sheet_date(c->a, (civil_date)rec_int(x->erasure, F_ERASURE_DAY), CIVIL_SHORT);
	row->cells[1].text = why ? _(why->label) : "";
	row->cells[2].text = x->by;
	row->cells[3].text = names_of(c, x, false);
	row->cells[4].text = names_of(c, x, true);
}

static int run_receipts(struct cli *c, struct err *e)
{
	struct receipts *x;
	size_t n = 0;
	int rc = cli_view(c, e);
	if (rc == OK)
		rc = receipts_list(c->store, c->view, c->a, &x, &n, e);
	if (rc)
		return rc;
	struct sheet *s = sheet_new(c->a, _("Erasures"));
	sheet_column(s, "day", _("Day"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "why", _("Why"), ALIGN_LEFT, 10, 24);
	sheet_column(s, "site", _("Site"), ALIGN_LEFT, 8, 20);
	sheet_column(s, "confirmed", _("Confirmed by"), ALIGN_LEFT, 12, 40);
	sheet_column(s, "missing", _("Not yet by"), ALIGN_LEFT, 10, 40);
	for (size_t i = 0; i < n; i++)
		add_row(c, s, &x[i]);
	return cli_write_sheet(c, s, e);
}

/* ---- person export ------------------------------------------------------------------------------------------ */

static int say_files(struct cli *c, const struct person_files *f, struct err *e)
{
	c->opt[OPT_OUTPUT] = NULL; /* a folder: what is told goes to stdout */
	c->done = !cli_has(c, OPT_DRY_RUN);
	if (cli_has(c, OPT_JSON))
		return cli_write_json(c, json_pack("{s:s, s:s, s:I, s:I}", "text", f->text, "json", f->json, "attachments",
			(json_int_t)f->attachments, "missing", (json_int_t)f->missing), e);
	printf("%s\n%s\n", f->text, f->json);
	if (f->missing)
		fprintf(stderr, ngettext("%zu attachment could not be read whole and isn't there; samvagt doctor says more\n",
			"%zu attachments could not be read whole and aren't there; samvagt doctor says more\n", f->missing), f->missing);
	if (!c->done)
		fputs(_("nothing was changed\n"), stderr);
	else
		fputs(_("Read it through before you hand it over: a note may tell of others. Then delete the folder.\n"), stderr);
	return OK;
}

static int run_export(struct cli *c, struct err *e)
{
	struct person_files f;
	struct id who;
	if (!cli_has(c, OPT_OUTPUT))
		return err_set(e, ERR_USAGE, _("say where to: -o FOLDER"));
	int rc = volunteer_named(c, c->args[1], &who, e);
	cli_view_end(c);
	if (rc == OK)
		rc = person_write(c->store, c->a, who, c->opt[OPT_OUTPUT], &f, e);
	return rc ? rc : say_files(c, &f, e);
}

/* ---- person hours ------------------------------------------------------------------------------------------- */

static int run_hours(struct cli *c, struct err *e)
{
	civil_date from, to;
	struct sheet *s;
	struct id who;
	if (!cli_has(c, OPT_MONTH))
		return err_set(e, ERR_USAGE, _("which month? Give --month, e.g. --month 2025-11"));
	int rc = volunteer_named(c, c->args[1], &who, e);
	if (rc == OK)
		rc = cli_book(c, e);
	if (rc == OK)
		rc = cli_period(c, &from, &to, e);
	if (rc == OK)
		rc = paper_hours(c->view, c->book, c->a, who, from, &s, e);
	return rc ? rc : cli_write_sheet(c, s, e);
}

int cmd_person(struct cli *c, struct err *e)
{
	static const struct cli_verb verbs[] = {
		{"erase", CLI_WRITES, 1, 1, run_erase},
		{"receipts", CLI_READS, 0, 0, run_receipts},
		{"export", CLI_WRITES, 1, 1, run_export},
		{"hours", CLI_READS, 1, 1, run_hours},
		{"retention", CLI_WRITES, 0, 0, person_retention},
		{"audit", CLI_READS, 1, 1, person_audit},
		{"prints", CLI_READS, 0, 0, person_prints},
		{"shredded", CLI_WRITES, 1, -1, person_shredded},
	};
	return cli_run_verb(c, verbs, sizeof verbs / sizeof *verbs, e);
}
