/* cli/cmd_history.c - commands on the log: history, undo, redo. */
#include "cli/cli.h"

#include <limits.h>

#include "base/lang.h"

static char *when_text(struct cli *c, int64_t clock)
{
	char day[32], minute[16];
	civil_min t = civil_from_utc(clock);
	return arena_printf(c->a, "%s %s", civil_format_date(day, sizeof day, cmin_date(t), CIVIL_ISO),
		civil_format_time(minute, sizeof minute, cmin_minute(t)));
}

/* What a group did to one record: "telefon: 20 83 87 97 → 22 33 44 55" needs the value before, which the chain of dots
 * gives. */
static struct value value_before(struct cli *c, const struct write *w)
{
	struct group *g;
	if (w->before.no == 0 || log_get(c->view, c->a, w->before, &g, NULL) != OK || !g)
		return value_none();
	for (size_t i = 0; i < g->nwrites; i++)
		if (id_equal(g->writes[i].id, w->id) && g->writes[i].field == w->field)
			return g->writes[i].v;
	return value_none();
}

static char *writes_text(struct cli *c, const struct group *g, struct id id)
{
	struct buf b = {0};
	for (size_t i = 0; i < g->nwrites; i++) {
		const struct write *w = &g->writes[i];
		const struct field *f = schema_field(w->type, w->field);
		if (!id_equal(w->id, id) || !f)
			continue;
		struct value old = value_before(c, w);
		buf_addf(&b, "%s%s: ", b.n ? "\n" : "", _(f->label));
		if (old.tag != V_NONE)
			buf_addf(&b, "%s → ", view_field_text(c->view, c->a, f, old));
		buf_adds(&b, w->v.tag == V_NONE ? "–" : view_field_text(c->view, c->a, f, w->v));
	}
	char *out = arena_strdup(c->a, b.n ? b.p : "");
	buf_free(&b);
	return out;
}

static json_t *group_json(struct cli *c, const struct group *g, const struct id *id)
{
	char time[32];
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:I}", "group",
		arena_printf(c->a, "%llu", (unsigned long long)g->dot.no), "time",
		civil_format_iso(time, sizeof time, civil_from_utc(g->clock)), "person",
		g->person, "label", log_label(c->view, c->a, g), "writes", (json_int_t)g->nwrites);
	if (id)
		json_object_set_new(j, "changes", json_string(writes_text(c, g, *id)));
	return j;
}

static int history_sheet(struct cli *c, struct group *all, size_t n, const struct id *id, struct err *e)
{
	struct sheet *s = sheet_new(c->a, _("History"));
	sheet_column(s, "group", _("No."), ALIGN_RIGHT, 3, 7);
	sheet_column(s, "time", _("When"), ALIGN_LEFT, 16, 16);
	sheet_column(s, "person", _("Who"), ALIGN_LEFT, 8, 20);
	sheet_column(s, "label", _("What"), ALIGN_LEFT, 20, 70);
	if (id)
		sheet_column(s, "changes", _("Fields"), ALIGN_LEFT, 20, 60);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0] = (struct sheet_cell){.kind = CELL_INT,
			.value = (int64_t)all[i].dot.no,
			.text = arena_printf(c->a, "%llu", (unsigned long long)all[i].dot.no)};
		row->cells[1] = sheet_datetime(when_text(c, all[i].clock), civil_from_utc(all[i].clock));
		row->cells[2].text = all[i].person;
		row->cells[3].text = log_label(c->view, c->a, &all[i]);
		if (id)
			row->cells[4].text = writes_text(c, &all[i], *id);
	}
	return cli_write_sheet(c, s, e);
}

/* TYPE and ID of the command line, also of a deleted record. */
static int record_of_history(struct cli *c, struct id *out, struct err *e)
{
	const struct type *t;
	int rc = c->nargs == 2 ? cli_type(c->args[0], &t, e)
			       : err_set(e, ERR_USAGE, _("usage: samvagt %s %s"), c->command->name, c->command->args);
	if (rc)
		return rc;
	rc = cli_record(c, t, c->args[1], out, e);
	return rc == ERR_NOTFOUND && view_resolve(c->view, t->no, c->args[1], out, NULL) == OK ? OK : rc;
}

int cmd_history(struct cli *c, struct err *e)
{
	struct group *all;
	struct id id;
	const struct id *of = NULL;
	size_t n, max;
	int rc = cli_max(c, 50, &max, e);
	if (rc == OK)
		rc = cli_view(c, e);
	if (rc == OK && c->nargs) {
		rc = record_of_history(c, &id, e);
		of = &id;
	}
	if (rc == OK)
		rc = of ? log_of_record(c->view, c->a, id, &all, &n, e)
			: log_back(c->view, c->a, (struct dot){0}, max, false, &all, &n, e);
	if (rc)
		return rc;
	n = n < max ? n : max;
	if (!cli_wants_json(c))
		return history_sheet(c, all, n, of, e);
	json_t *j = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(j, group_json(c, &all[i], of));
	return cli_write_json(c, j, e);
}

/* ---- undo, redo ------------------------------------------------------------------------------------------ */

static int undo_dot(struct cli *c, struct dot dot, struct err *e)
{
	struct change_result result;
	struct group *g = NULL;
	int rc = log_get(c->view, c->a, dot, &g, e);
	const char *label = rc == OK && g ? log_subject(c->view, c->a, g) : "";
	cli_view_end(c);
	if (rc == OK && !g)
		rc = err_set(e, ERR_NOTFOUND, _("there is no change %llu"), (unsigned long long)dot.no);
	if (rc == OK)
		rc = change_undo(c->store, dot, &result, e);
	if (rc == OK && !cli_has(c, OPT_DRY_RUN))
		fprintf(stderr, c->command->run == cmd_redo ? _("redone: %s\n") : _("undone: %s\n"), label);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_undo(struct cli *c, struct err *e)
{
	struct dot dot = {0};
	int rc = cli_view(c, e);
	if (rc == OK && c->nargs) {
		int no = 0;
		if (cli_number(c->args[0], 1, INT_MAX, &no, NULL) != OK)
			rc = err_set(e, ERR_USAGE, _("\"%s\" is no change number. See samvagt history"), c->args[0]);
		dot = (struct dot){store_incarnation(c->store), (uint64_t)no};
	} else if (rc == OK) {
		rc = change_undoable(c->view, &dot, e);
		if (rc == OK && dot.no == 0)
			rc = err_set(e, ERR_NOTFOUND, _("there is nothing to undo"));
	}
	return rc ? rc : undo_dot(c, dot, e);
}

int cmd_redo(struct cli *c, struct err *e)
{
	struct dot dot = {0};
	int rc = cli_view(c, e);
	if (rc == OK)
		rc = change_redoable(c->view, &dot, e);
	if (rc == OK && dot.no == 0)
		rc = err_set(e, ERR_NOTFOUND, _("there is nothing to redo"));
	return rc ? rc : undo_dot(c, dot, e);
}
