/* cli/cmd_import.c - the import command: show the plan row by row, and with --yes carry it out.
 *
 * Everything that is decided is decided in export/import; this file prints it. */
#include "cli/cli.h"

#include "base/lang.h"
#include "export/import.h"
#include "store/backup.h"

static const char *fate_name(enum row_fate f)
{
	static const char *const names[] = {"make", "change", "same", "doubt", "refuse"};
	return names[f];
}

static const char *column_name(const struct plan_file *f, int column)
{
	return column >= 0 && (size_t)column < f->table.ncols ? f->table.head[column] : "";
}

/* ---- for programs ------------------------------------------------------------------------------------- */

static json_t *doubt_json(const struct plan_file *f, const struct doubt *d)
{
	json_t *choices = json_array();
	for (size_t i = 0; i < d->nchoices; i++)
		json_array_append_new(choices, json_string(d->choices[i].label));
	json_t *j = json_pack("{s:s, s:s, s:s, s:o}", "column", column_name(f, d->column), "question", d->question,
		"why", d->why, "choices", choices);
	if (d->chosen >= 0)
		json_object_set_new(j, "chosen", json_string(d->choices[d->chosen].label));
	return j;
}

static json_t *row_json(const struct plan_file *f, const struct plan_row *r)
{
	json_t *remarks = json_array(), *doubts = json_array();
	for (size_t i = 0; i < r->nremarks; i++)
		json_array_append_new(remarks,
			json_pack("{s:s, s:s}", "column", column_name(f, r->remarks[i].column), "text",
				r->remarks[i].text));
	for (size_t i = 0; i < r->ndoubts; i++)
		json_array_append_new(doubts, doubt_json(f, &r->doubts[i]));
	return json_pack("{s:I, s:s, s:s, s:o, s:o}", "row", (json_int_t)r->line, "fate", fate_name(r->fate), "what",
		r->what, "remarks", remarks, "doubts", doubts);
}

static json_t *file_json(const struct plan_file *f)
{
	size_t n;
	const struct target *targets = import_targets(f->map.kind, &n);
	json_t *columns = json_object(), *rows = json_array(), *count = json_object();
	for (size_t i = 0; i < f->map.ncols; i++)
		if (f->map.column[i] > 0 && (size_t)f->map.column[i] < n)
			json_object_set_new(columns, f->table.head[i], json_string(targets[f->map.column[i]].id));
	for (size_t i = 0; i < f->nrows; i++)
		json_array_append_new(rows, row_json(f, &f->rows[i]));
	for (int i = 0; i < 5; i++)
		json_object_set_new(count, fate_name((enum row_fate)i), json_integer((json_int_t)f->count[i]));
	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o}", "file", f->table.name, "kind", import_kind_name(f->map.kind),
		"encoding", f->table.encoding, "columns", columns, "count", count, "rows", rows);
}

/* ---- for people ------------------------------------------------------------------------------------------- */

/* A choice that is made, or would be with --yes, stands with its reason; an open one with all that it could be. */
static void print_doubt(const struct plan_file *f, const struct plan_row *r, const struct doubt *d)
{
	const char *column = column_name(f, d->column);
	int settled = d->chosen >= 0 ? d->chosen : d->likely;
	printf("  %s %zu%s%s: %s", _("row"), r->line, *column ? ", " : "", column, d->question);
	if (settled >= 0) {
		printf(" → %s%s%s%s%s%s\n", d->choices[settled].label, *d->why ? " (" : "", d->why, *d->why ? ")" : "",
			d->chosen < 0 ? ", " : "", d->chosen < 0 ? _("with --yes") : "");
		return;
	}
	for (size_t i = 0; i < d->nchoices; i++)
		printf("%s%s", i ? " / " : " ", d->choices[i].label);
	printf(" → %s%s%s\n", _("left out"), *d->why ? ": " : "", d->why);
}

/* Only what a person must see: everything that isn't taken just as it stands. */
static void print_file(struct cli *c, const struct plan_file *f)
{
	printf("%s\n", import_summary(c->a, f));
	for (size_t i = 0; i < f->nrows; i++) {
		const struct plan_row *r = &f->rows[i];
		if (r->fate == ROW_REFUSE && r->nremarks == 0)
			printf("  %s %zu: %s %s\n", _("row"), r->line, import_fate_label(r->fate), r->what);
		for (size_t k = 0; k < r->nremarks; k++) {
			const char *column = column_name(f, r->remarks[k].column);
			printf("  %s %zu%s%s: %s\n", _("row"), r->line, *column ? ", " : "", column,
				r->remarks[k].text);
		}
		for (size_t k = 0; k < r->ndoubts; k++)
			print_doubt(f, r, &r->doubts[k]);
	}
}

static int print_plan(struct cli *c, struct plan *p, struct err *e)
{
	size_t n;
	const struct plan_file *files = import_files(p, &n);
	if (!cli_has(c, OPT_JSON)) {
		for (size_t i = 0; i < n; i++)
			print_file(c, &files[i]);
		fflush(stdout); /* what came of it goes to stderr, and after this where both are one */
		return OK;
	}
	json_t *all = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(all, file_json(&files[i]));
	return cli_write_json(c, all, e);
}

/* A file that can't be told what it is stops the whole import: half of what was meant is worse than none. */
static int check_kinds(struct plan *p, struct err *e)
{
	size_t n;
	const struct plan_file *files = import_files(p, &n);
	for (size_t i = 0; i < n; i++)
		if (files[i].map.kind == IMPORT_UNKNOWN)
			return err_set(e, ERR_DATA,
				_("nothing was imported: what %s holds can't be seen. Say it with --kind, or what its columns are with --map"),
				files[i].table.name);
	return OK;
}

static int carry_out(struct cli *c, struct plan *p, struct err *e)
{
	enum { BACKUP_BEFORE = 3600 };
	struct change_result result;
	int rc = cli_has(c, OPT_DRY_RUN) ? OK : backup_auto(c->store, BACKUP_BEFORE, NULL, e);
	if (rc == OK)
		rc = import_apply(p, c->store, cli_has(c, OPT_DRY_RUN), &result, e);
	if (rc)
		return rc;
	c->done = result.writes > 0 && !cli_has(c, OPT_DRY_RUN);
	if (result.writes == 0)
		fprintf(stderr, "%s\n", _("nothing to change"));
	else if (cli_has(c, OPT_DRY_RUN))
		fprintf(stderr,
			ngettext("would change %zu record; nothing was written\n",
				"would change %zu records; nothing was written\n", result.records),
			result.records);
	else
		fprintf(stderr,
			ngettext("imported: %zu record. One undo takes all of it back: samvagt undo\n",
				"imported: %zu records. One undo takes all of it back: samvagt undo\n", result.records),
			result.records);
	return OK;
}

static int read_map(struct cli *c, const char **out, struct err *e)
{
	struct buf b = {0};
	*out = NULL;
	if (!cli_has(c, OPT_MAP))
		return OK;
	int rc = os_read_file(c->opt[OPT_MAP], 1 << 20, &b, e);
	if (rc == OK)
		*out = arena_strndup(c->a, b.p ? b.p : "", b.n);
	buf_free(&b);
	return rc;
}

int cmd_import(struct cli *c, struct err *e)
{
	struct plan *p = NULL;
	const char *map;
	enum import_kind kind = cli_has(c, OPT_KIND) ? import_kind_named(c->opt[OPT_KIND]) : IMPORT_UNKNOWN;
	if (cli_has(c, OPT_KIND) && kind == IMPORT_UNKNOWN)
		return err_set(e, ERR_USAGE,
			_("\"%s\" is no kind of file. The kinds are: units, organisations, roles, volunteers, shifts, grid"),
			c->opt[OPT_KIND]);
	int rc = read_map(c, &map, e);
	if (rc == OK)
		rc = cli_open_store(c, !cli_has(c, OPT_YES), e);
	if (rc == OK)
		rc = cli_book(c, e);
	if (rc == OK)
		rc = import_plan(c->view, c->book, c->args, (size_t)c->nargs, kind, map, &p, e);
	if (rc == OK && cli_has(c, OPT_YES)) {
		import_accept(p);
		rc = import_replan(p, c->view, c->book, e);
	}
	cli_view_end(c);
	if (rc == OK)
		rc = print_plan(c, p, e);
	fflush(stdout);                /* what is told now stands below it, also in a file */
	if (rc == OK)
		rc = check_kinds(p, e);
	if (rc == OK && cli_has(c, OPT_YES))
		rc = carry_out(c, p, e);
	else if (rc == OK)
		fprintf(stderr, "%s\n", _("nothing was written. Add --yes to take it in"));
	import_free(p);
	return rc;
}
