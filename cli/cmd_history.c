/* cli/cmd_history.c - commands on the log: history, undo, redo. */
#include "cli/cli.h"

#include <limits.h>

#include "base/lang.h"
#include "store/exchange.h"

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

/* A line of the history: a change, or the merge that others' changes came with. */
struct entry { const struct group *g; const struct merge *m; };

static int64_t clock_of(const struct entry *x)
{
	return x->g ? x->g->clock : x->m->clock;
}

static size_t merged_groups(const struct merge *m)
{
	size_t n = 0;
	for (size_t i = 0; i < m->n; i++)
		n += (size_t)(m->range[i].upto - m->range[i].after);
	return n;
}

static const char *entry_label(struct cli *c, const struct entry *x)
{
	if (x->g)
		return log_label(c->view, c->a, x->g);
	size_t n = merged_groups(x->m);
	return arena_printf(c->a, ngettext("merge from %s: %zu change", "merge from %s: %zu changes", n),
		x->m->from, n);
}

/* The number by which it can be undone; others' changes are undone where they were made, or with their merge. */
static const char *entry_number(struct cli *c, const struct entry *x)
{
	if (x->g && x->g->dot.inc != store_incarnation(c->store))
		return "";
	return arena_printf(c->a, "%llu", (unsigned long long)(x->g ? x->g->dot.no : x->m->no));
}

static json_t *entry_json(struct cli *c, const struct entry *x, const struct id *id)
{
	char time[32];
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:I}", x->g ? "group" : "merge", entry_number(c, x), "time",
		civil_format_iso(time, sizeof time, civil_from_utc(clock_of(x))), "person", x->g ? x->g->person : "",
		"label", entry_label(c, x), x->g ? "writes" : "groups",
		(json_int_t)(x->g ? x->g->nwrites : merged_groups(x->m)));
	if (id)
		json_object_set_new(j, "changes", json_string(writes_text(c, x->g, *id)));
	return j;
}

static int history_sheet(struct cli *c, const struct entry *all, size_t n, const struct id *id, struct err *e)
{
	struct sheet *s = sheet_new(c->a, _("History"));
	sheet_column(s, "group", _("No."), ALIGN_RIGHT, 3, 7);
	sheet_column(s, "time", _("When"), ALIGN_LEFT, 16, 16);
	sheet_column(s, "person", _("Who"), ALIGN_LEFT, 8, 20);
	sheet_column(s, "label", _("What"), ALIGN_LEFT, 20, 70);
	if (id)
		sheet_column(s, "changes", _("Fields"), ALIGN_LEFT, 20, 60);
	for (size_t i = 0; i < n; i++) {
		const struct entry *x = &all[i];
		struct sheet_cell *cell = sheet_row(s, ROW_DATA)->cells;
		cell[0] = (struct sheet_cell){.kind = CELL_INT, .value = (int64_t)(x->g ? x->g->dot.no : x->m->no),
			.text = entry_number(c, x)};
		cell[1] = sheet_datetime(cli_time_text(c, clock_of(x)), civil_from_utc(clock_of(x)));
		cell[2].text = x->g ? x->g->person : "";
		cell[3].text = entry_label(c, x);
		if (id)
			cell[4].text = writes_text(c, x->g, *id);
	}
	return cli_write_sheet(c, s, e);
}

/* Both are newest first, and so is what becomes of them. */
static struct entry *in_order(struct cli *c, const struct group *g, size_t ng, const struct merge *m, size_t nm)
{
	struct entry *all = arena_alloc(c->a, (ng + nm + 1) * sizeof *all);
	for (size_t i = 0, k = 0; i + k < ng + nm;) {
		bool merge = k < nm && (i == ng || m[k].clock > g[i].clock);
		all[i + k] = merge ? (struct entry){NULL, &m[k]} : (struct entry){&g[i], NULL};
		*(merge ? &k : &i) += 1;
	}
	return all;
}

/* TYPE and ID of the command line, also of a deleted record. */
static int record_of_history(struct cli *c, struct id *out, struct err *e)
{
	const struct type *t;
	int rc = c->nargs == 2 ? cli_type(c->args[0], &t, e)
			       : cli_misused(c, e);
	if (rc)
		return rc;
	struct err other;
	rc = cli_record(c, t, c->args[1], out, e);
	int by_id = rc == ERR_NOTFOUND ? view_resolve(c->view, t->no, c->args[1], out, &other) : ERR_NOTFOUND;
	if (by_id == ERR_AMBIGUOUS)
		*e = other;
	return by_id == ERR_NOTFOUND ? rc : by_id;
}

static int read_history(struct cli *c, const struct id *of, size_t max, struct entry **out, size_t *n, struct err *e)
{
	struct group *g = NULL;
	struct merge *m = NULL;
	size_t ng = 0, nm = 0;
	int rc = of ? log_of_record(c->view, c->a, *of, &g, &ng, e)
		: log_back(c->view, c->a, (struct dot){0}, max, false, &g, &ng, e);
	if (rc == OK && !of)
		rc = merge_list(c->view, c->a, 0, max, &m, &nm, e);
	*out = in_order(c, g, ng, m, nm);
	*n = ng + nm < max ? ng + nm : max;
	return rc;
}

int cmd_history(struct cli *c, struct err *e)
{
	struct entry *all = NULL;
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
		rc = read_history(c, of, max, &all, &n, e);
	if (rc)
		return rc;
	if (!cli_wants_json(c))
		return history_sheet(c, all, n, of, e);
	json_t *j = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(j, entry_json(c, &all[i], of));
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

/* The merge of the command line, else the last. */
static int undo_merge(struct cli *c, struct err *e)
{
	struct change_result result = {0};
	struct merge *m = NULL;
	size_t n = 0;
	int no = 0, rc = OK;
	if (c->nargs && cli_number(c->args[0], 1, INT_MAX, &no, NULL) != OK)
		rc = err_set(e, ERR_USAGE, _("\"%s\" is no number of a merge. See samvagt history"), c->args[0]);
	if (rc == OK)
		rc = c->nargs ? merge_get(c->view, c->a, (uint64_t)no, &m, e)
			: merge_list(c->view, c->a, 0, 1, &m, &n, e);
	cli_view_end(c);
	if (rc == OK && !c->nargs && n == 0)
		rc = err_set(e, ERR_NOTFOUND, _("there is no merge to undo"));
	if (rc == OK)
		rc = merge_undo(c->store, m->no, &result, e);
	if (rc == OK && !cli_has(c, OPT_DRY_RUN))
		fprintf(stderr, _("undone: merge %llu from %s\n"), (unsigned long long)m->no, m->from);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

static const char *label_of(struct cli *c, struct dot dot)
{
	struct group *g = NULL;
	return log_get_head(c->view, c->a, dot, &g, NULL) == OK && g ? log_label(c->view, c->a, g) : "";
}

/* The last change; where that can't be taken back, an older one isn't what was meant. */
static int find_last(struct cli *c, struct dot *dot, struct err *e)
{
	struct dot over = {0};
	int rc = change_undoable(c->view, dot, e);
	if (rc == OK)
		rc = change_passed_over(c->view, *dot, &over, e);
	if (rc == OK && dot->no == 0)
		rc = err_set(e, ERR_NOTFOUND, _("there is nothing to undo"));
	if (rc == OK && over.no)
		rc = err_set(e, ERR_REFUSED, _("the last change can't be taken back any more: %llu, %s. The one before it can: samvagt undo %llu (%s)"),
			(unsigned long long)over.no, label_of(c, over), (unsigned long long)dot->no, label_of(c, *dot));
	return rc;
}

int cmd_undo(struct cli *c, struct err *e)
{
	struct dot dot = {0};
	int rc = cli_view(c, e);
	if (rc == OK && cli_has(c, OPT_MERGE))
		return undo_merge(c, e);
	if (rc == OK && c->nargs) {
		int no = 0;
		if (cli_number(c->args[0], 1, INT_MAX, &no, NULL) != OK)
			rc = err_set(e, ERR_USAGE, _("\"%s\" is no change number. See samvagt history"), c->args[0]);
		dot = (struct dot){store_incarnation(c->store), (uint64_t)no};
	} else if (rc == OK) {
		rc = find_last(c, &dot, e);
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
