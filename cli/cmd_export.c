/* cli/cmd_export.c - the export command, and the roster as a calendar file. Owns what is put down as printed. What
 * stands in a file is decided in export/. */
#include "cli/cli.h"

#include <string.h>

#include "base/lang.h"
#include "export/calendars.h"
#include "export/takeout.h"

bool cli_wants_ics(const struct cli *c)
{
	return c->opt[OPT_AS] && strcmp(c->opt[OPT_AS], "ics") == 0;
}

/* A file of people is as good as paper. */
static void remember(struct cli *c, const char *what, const char *purpose, struct id unit, struct id volunteer,
	civil_date from, civil_date to)
{
	c->printed = (struct printed){.what = what, .purpose = purpose, .from = from, .to = to, .shred = DATE_NONE, .unit = unit,
		.volunteer = volunteer};
}

static int write_person(struct cli *c, struct calendars *all, struct calendar *out, struct id *person, struct err *e)
{
	int rc = book_resolve_person(c->book, c->view, c->opt[OPT_PERSON], person, e);
	return rc ? rc : calendars_person(all, *person, out, e);
}

int cli_roster_ics(struct cli *c, const struct roster_paper *how, struct err *e)
{
	struct calendars *all = NULL;
	struct calendar one;
	struct buf out = {0};
	struct id person = ID_NONE;
	int rc = calendars_read(c->view, c->book, c->a, how->from, how->to, &all, e);
	if (rc == OK && cli_has(c, OPT_PERSON))
		rc = write_person(c, all, &one, &person, e);
	else if (rc == OK)
		rc = calendars_shifts(all, how->unit, how->phones ? CALENDARS_PHONES : CALENDARS_NAMES, &one, e);
	if (rc == OK)
		rc = calendar_write(&one, &out, e);
	if (rc == OK)
		rc = cli_write_bytes(c, &out, e);
	if (rc == OK)
		remember(c, _("Calendar of shifts"), _("To be read into a calendar"), how->unit ? *how->unit : ID_NONE, person,
			how->from, how->to - 1);
	buf_wipe(&out);
	calendars_end(all);
	return rc;
}

/* ---- export ------------------------------------------------------------------------------------------ */

enum { CALENDAR_WEEKS = 13 };

static int read_kind(struct cli *c, struct takeout *how, struct err *e)
{
	int kind = cli_has(c, OPT_AS) ? takeout_named(c->opt[OPT_AS]) : -1;
	if (kind < 0)
		return err_set(e, ERR_USAGE, _("say what to write with --as: json, csv, vcf or ics"));
	how->kind = (enum takeout_kind)kind;
	how->plain = cli_has(c, OPT_PLAIN);
	return cli_has(c, OPT_OUTPUT) ? OK : err_set(e, ERR_USAGE, _("say where with -o DIR: a new folder"));
}

static int read_period(struct cli *c, struct takeout *how, struct err *e)
{
	if (cli_has_period(c))
		return cli_period(c, &how->from, &how->to, e);
	how->from = civil_monday(c->today);
	how->to = how->from + 7 * CALENDAR_WEEKS;
	return OK;
}

static void tell(const struct cli *c, const struct takeout *how, const struct takeout_done *done)
{
	bool dry = cli_has(c, OPT_DRY_RUN);
	fprintf(stderr, dry ? ngettext("would write %zu file in %s\n", "would write %zu files in %s\n", done->files)
			    : ngettext("wrote %zu file in %s\n", "wrote %zu files in %s\n", done->files),
		done->files, c->opt[OPT_OUTPUT]);
	if (!dry && (how->kind == TAKEOUT_JSON || how->kind == TAKEOUT_CSV))
		fprintf(stderr, "%s\n", _("They hold all personal data that samvagt has here. Delete them when they have served."));
	else if (!dry)
		fprintf(stderr, "%s\n", _("README.txt there says which is whose."));
}

/* One table, not a folder: what is chosen as in a list. */
static int write_mail(struct cli *c, struct err *e)
{
	struct list_paper how = {.find = c->opt[OPT_FIND]};
	struct sheet *s;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = cli_where(c, schema_type(TYPE_VOLUNTEER), &how, e);
	if (rc == OK)
		rc = paper_mail(c->view, c->book, c->a, how, &s, e);
	if (!cli_has(c, OPT_AS))
		c->opt[OPT_AS] = "csv";
	return rc ? rc : cli_write_sheet(c, s, e);
}

int cmd_export(struct cli *c, struct err *e)
{
	struct takeout how = {0};
	struct takeout_done done;
	if (c->nargs && strcmp(c->args[0], "mail") == 0)
		return write_mail(c, e);
	if (c->nargs)
		return err_set(e, ERR_USAGE, _("\"%s\" isn't known here: mail, or nothing and --as"), c->args[0]);
	int rc = read_kind(c, &how, e);
	if (rc == OK)
		rc = cli_book(c, e);
	if (rc == OK)
		rc = read_period(c, &how, e);
	if (rc == OK)
		rc = cli_unit(c, &how.unit, e);
	if (rc == OK)
		rc = takeout_write(c->view, c->book, c->a, &how, c->opt[OPT_OUTPUT], cli_has(c, OPT_DRY_RUN), &done, e);
	if (rc)
		return rc;
	bool days = how.kind == TAKEOUT_ICS;
	tell(c, &how, &done);
	remember(c, takeout_title(how.kind), _("To be used by other programs"), how.unit ? *how.unit : ID_NONE, ID_NONE,
		days ? how.from : DATE_NONE, days ? how.to - 1 : DATE_NONE);
	return OK;
}
