/* cli/cmd_print.c - print: a paper of the table of papers, on the terminal, as a file or to a printer; and which there
 * are.
 *
 * Only reads the words: what stands on a paper its maker says (export/prints.h). */
#include "cli/cli.h"

#include <string.h>

#include "base/lang.h"
#include "export/prints.h"

/* ---- which there are ------------------------------------------------------------------------------------------ */

static const char *asks_text(struct cli *c, const struct print_kind *k)
{
	const struct { bool asked; const char *says; } words[] = {
		{k->about != 0, arena_printf(c->a, "--for %s", k->about ? _(schema_type(k->about)->label) : "")},
		{k->asks & PRINT_PERIOD, _("a period")},
		{k->asks & PRINT_UNIT, "--unit"},
		{k->asks & PRINT_PHONES, "--phones"},
	};
	const char *out = "";
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].asked)
			out = arena_printf(c->a, "%s%s%s", out, *out ? ", " : "", words[i].says);
	return out;
}

static int print_list(struct cli *c, struct err *e)
{
	size_t n;
	const struct print_kind *all = print_kinds(&n);
	struct sheet *s = sheet_new(c->a, _("Papers"));
	sheet_column(s, "paper", _("Paper"), ALIGN_LEFT, 12, 18);
	sheet_column(s, "label", _("Title"), ALIGN_LEFT, 14, 30);
	sheet_column(s, "help", _("What it is for"), ALIGN_LEFT, 20, 60);
	sheet_column(s, "asks", _("What it asks for"), ALIGN_LEFT, 12, 26);
	for (size_t i = 0; i < n; i++) {
		struct sheet_cell *cell = sheet_row(s, ROW_DATA)->cells;
		cell[0].text = all[i].id;
		cell[1].text = _(all[i].label);
		cell[2].text = _(all[i].help);
		cell[3].text = asks_text(c, &all[i]);
	}
	sheet_note(s, _("samvagt print PAPER -o FILE.pdf writes it to a file, --printer default prints it."));
	return cli_write_sheet(c, s, e);
}

/* ---- reading the words ---------------------------------------------------------------------------------------- */

static int find_kind(struct cli *c, const struct print_kind **out, struct err *e)
{
	*out = print_kind_named(c->args[0]);
	return *out ? OK : err_set(e, ERR_USAGE, _("\"%s\" is no paper, or stands in the names of several. samvagt print --list says which there are"), c->args[0]);
}

/* What was said in vain is no small thing: the paper would be another than was thought. */
static int check_asked(struct cli *c, const struct print_kind *k, struct err *e)
{
	const struct { bool given, asked; const char *option; } words[] = {
		{c->nmany > 0, k->about != 0, "--for"},
		{cli_has_period(c), k->asks & PRINT_PERIOD, _("a period")},
		{cli_has(c, OPT_UNIT), k->asks & PRINT_UNIT, "--unit"},
		{cli_has(c, OPT_PHONES), k->asks & PRINT_PHONES, "--phones"},
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].given && !words[i].asked)
			return err_set(e, ERR_USAGE, _("the paper %s asks for no such thing: %s"), k->id, words[i].option);
	if (cli_has(c, OPT_PRINTER) && (cli_has(c, OPT_OUTPUT) || cli_has(c, OPT_AS)))
		return err_set(e, ERR_USAGE, _("to a printer or to a file: not both"));
	return OK;
}

static int find_vigil(struct cli *c, const char *text, struct id *out, struct err *e)
{
	struct vigil v;
	int rc = cli_vigil(c, text, &v, e);
	*out = rc == OK ? v.id : ID_NONE;
	return rc;
}

static int find_about(struct cli *c, int type, const char *text, struct id *out, struct err *e)
{
	if (type == TYPE_SHIFT)
		return roster_find_shift(c->view, c->book, attend_code_shift(c->a, text), c->today, out, e);
	if (type == TYPE_VOLUNTEER)
		return book_resolve_person(c->book, c->view, text, out, e);
	if (type == TYPE_VIGIL)
		return find_vigil(c, text, out, e);
	return cli_record(c, schema_type(type), text, out, e);
}

static int read_about(struct cli *c, struct print_order *how, struct err *e)
{
	struct id *ids = arena_alloc(c->a, (c->nmany + 1) * sizeof *ids);
	int rc = OK;
	for (size_t i = 0; rc == OK && i < c->nmany; i++)
		rc = find_about(c, how->kind->about, c->many[i], &ids[i], e);
	how->about = ids;
	how->nabout = c->nmany;
	return rc;
}

/* "name, role" */
static void read_columns(struct cli *c, struct print_order *how)
{
	size_t most = strlen(c->opt[OPT_COLUMNS]) / 2 + 1;
	const char **ids = arena_alloc(c->a, most * sizeof *ids);
	for (const char *p = c->opt[OPT_COLUMNS]; *p;) {
		p += strspn(p, ", ");
		size_t n = strcspn(p, ", ");
		if (n)
			ids[how->ncolumns++] = arena_strndup(c->a, p, n);
		p += n;
	}
	how->columns = ids;
}

static int read_order(struct cli *c, struct print_order *how, struct err *e)
{
	const struct id *unit;
	int rc = check_asked(c, how->kind, e);
	if (rc == OK)
		rc = cli_book(c, e);
	if (rc == OK && cli_has_period(c))
		rc = cli_period(c, &how->from, &how->to, e);
	if (rc == OK)
		rc = cli_unit(c, &unit, e);
	if (rc == OK)
		rc = read_about(c, how, e);
	if (rc != OK)
		return rc;
	how->unit = unit ? *unit : ID_NONE;
	how->phones = cli_has(c, OPT_PHONES);
	how->a3 = cli_has(c, OPT_A3);
	if (cli_has(c, OPT_COLUMNS))
		read_columns(c, how);
	return OK;
}

/* ---- print ---------------------------------------------------------------------------------------------------- */

int cmd_print(struct cli *c, struct err *e)
{
	struct print_order how = {.from = DATE_NONE, .to = DATE_NONE};
	struct sheet *s;
	if (cli_has(c, OPT_LIST) == (c->nargs == 1))
		return cli_misused(c, e);
	if (c->nargs == 0)
		return print_list(c, e);
	int rc = find_kind(c, &how.kind, e);
	if (rc == OK)
		rc = cli_open_store(c, true, e);
	if (rc == OK)
		rc = read_order(c, &how, e);
	if (rc == OK)
		rc = print_make(c->view, c->book, c->a, &how, &s, e);
	if (rc != OK)
		return rc;
	return cli_has(c, OPT_PRINTER) ? cli_send_sheet(c, s, e) : cli_write_sheet(c, s, e);
}
