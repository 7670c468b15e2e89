/* cli/cmd_export.c - the export command, and the roster as a calendar file. Owns what is put down as printed. What stands
 * in a file is decided in export/. */
#include "cli/cli.h"

#include <string.h>

#include "base/lang.h"
#include "export/calendars.h"

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
