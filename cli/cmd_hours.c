/* cli/cmd_hours.c - hours: a period's hours by person or by organisation and month. Only reads the words: what is added
 * to what is roster/hours.h's, what may be shown export/papers.h's. */
#include "cli/cli.h"

#include <string.h>

#include "base/lang.h"

static int hours_people(struct cli *c, const struct hours_of *of, struct err *e)
{
	struct hours_person *all;
	struct buf out = {0};
	size_t n;
	int rc = hours_by_person(c->view, c->book, c->a, of, &all, &n, e);
	if (rc != OK)
		return rc;
	if (!cli_wants_json(c))
		return cli_write_sheet(c, paper_hours_people(c->view, c->book, c->a, of, all, n), e);
	paper_hours_people_json(all, n, &out);
	rc = cli_write_bytes(c, &out, e);
	buf_free(&out);
	return rc;
}

static int hours_organisations(struct cli *c, const struct hours_of *of, struct err *e)
{
	struct hours_month *all;
	struct sheet *s;
	struct buf out = {0};
	size_t n;
	int rc = hours_by_organisation(c->view, c->book, c->a, of, &all, &n, e);
	if (rc == OK && !cli_wants_json(c)) {
		rc = paper_hours_organisations(c->view, c->book, c->a, of, all, n, &s, e);
		return rc ? rc : cli_write_sheet(c, s, e);
	}
	if (rc == OK)
		rc = paper_hours_organisations_json(c->view, all, n, &out, e);
	if (rc == OK)
		rc = cli_write_bytes(c, &out, e);
	buf_free(&out);
	return rc;
}

int cmd_hours(struct cli *c, struct err *e)
{
	struct hours_of of;
	const char *by = cli_has(c, OPT_BY) ? c->opt[OPT_BY] : "organisation";
	bool people = strcmp(by, "person") == 0;
	if (!people && strcmp(by, "organisation") != 0)
		return err_set(e, ERR_USAGE, _("hours go by person or organisation, not by \"%s\""), by);
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = cli_period_or(c, "last-month", &of.from, &of.to, e);
	if (rc == OK)
		rc = cli_unit(c, &of.unit, e);
	if (rc == OK)
		rc = cli_organisation(c, &of.organisation, e);
	if (rc != OK)
		return rc;
	return people ? hours_people(c, &of, e) : hours_organisations(c, &of, e);
}
