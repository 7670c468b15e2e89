/* cli/cmd_publish.c - the command publish: the drafts of a period made to hold. Reads words and prints; which hold is
 * roster/publish.h's. */
#include "base/lang.h"
#include "cli/cli.h"
#include "roster/publish.h"

static json_t *told_json(const struct publish_told *t)
{
	char id[ID_TEXT], first[32];
	return json_pack("{s:s, s:s, s:s, s:s, s:I}", "volunteer", id_format(id, t->volunteer), "name", t->name, "phone", t->phone, "first",
		civil_format_iso(first, sizeof first, t->first), "shifts", (json_int_t)t->shifts);
}

static json_t *left_json(const struct publish_left *l)
{
	char id[ID_TEXT], start[32];
	return json_pack("{s:s, s:s, s:s}", "shift", id_format(id, l->shift), "start", civil_format_iso(start, sizeof start, l->start), "why", l->why);
}

static int report_json(struct cli *c, const struct published *p, const struct change_result *r, struct err *e)
{
	bool dry = cli_has(c, OPT_DRY_RUN);
	json_t *told = json_array(), *left = json_array();
	for (size_t i = 0; i < p->ntold; i++)
		json_array_append_new(told, told_json(&p->told[i]));
	for (size_t i = 0; i < p->nleft; i++)
		json_array_append_new(left, left_json(&p->left[i]));
	c->done = r->writes > 0 && !dry;
	return cli_write_json(c, json_pack("{s:b, s:b, s:I, s:o, s:o}", "changed", r->writes > 0 && !dry, "dry_run", dry, "published", (json_int_t)p->n,
		"left", left, "told", told), e);
}

int cmd_publish(struct cli *c, struct err *e)
{
	struct publish_period how = {0};
	struct published out;
	struct change_result result;
	int rc = cli_unit(c, &how.unit, e);
	if (rc == OK)
		rc = cli_period_or(c, "next-month", &how.from, &how.to, e);
	cli_view_end(c);
	if (rc == OK)
		rc = publish_do(c->store, c->a, &how, &out, &result, e);
	if (rc || cli_wants_json(c))
		return rc ? rc : report_json(c, &out, &result, e);
	fprintf(stderr, ngettext("%zu shift published\n", "%zu shifts published\n", out.n), out.n);
	rc = cli_report_change(c, &result, NULL, e);
	if (rc || out.ntold + out.nleft == 0)
		return rc;
	rc = cli_view(c, e);
	return rc ? rc : cli_write_sheet(c, paper_published(c->view, c->a, &out), e);
}
