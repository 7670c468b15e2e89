/* cli/cmd_frames.c - commands about the frames that volunteers come within: the limits and where they come from.
 *
 * Reads words and prints; what anything means is roster's. */
#include "cli/cli.h"

#include "base/lang.h"
#include "roster/limits.h"
#include "roster/rules.h"

static void limit_row(struct cli *c, struct sheet *s, const struct limit *l, int value)
{
	struct sheet_row *row = sheet_row(s, ROW_DATA);
	row->cells[0].text = l->name;
	row->cells[1].text = limits_label(l);
	row->cells[2] = sheet_int(c->a, value);
	row->cells[3].text = _(l->unit);
	row->cells[4].text = value == l->value ? l->source
		: arena_printf(c->a, _("set here, under Settings; otherwise %d: %s"), l->value, l->source);
	row->cells[5].text = l->checked;
}

int cmd_limits(struct cli *c, struct err *e)
{
	struct limit limits[LIMIT_COUNT];
	int values[LIMIT_COUNT];
	struct sheet *s = sheet_new(c->a, _("Limits of the rules"));
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 10, 26);
	sheet_column(s, "label", _("Limit"), ALIGN_LEFT, 16, 32);
	sheet_column(s, "value", _("Value"), ALIGN_RIGHT, 3, 6);
	sheet_column(s, "unit", _("Unit"), ALIGN_LEFT, 5, 8);
	sheet_column(s, "source", _("Source"), ALIGN_LEFT, 20, 60);
	sheet_column(s, "checked", _("Checked"), ALIGN_LEFT, 10, 10);
	limits_load(c->a, limits, NULL);
	int rc = cli_view(c, e);
	if (rc == OK)
		rc = rules_limits(c->view, values, e);
	if (rc)
		return rc;
	for (int i = 0; i < LIMIT_COUNT; i++)
		limit_row(c, s, &limits[i], values[i]);
	return cli_write_sheet(c, s, e);
}
