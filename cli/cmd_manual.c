/* cli/cmd_manual.c - manual pages in mdoc(7), written from the tables themselves, so that they can't say anything else
 * than the program does.
 *
 * The build runs "samvagt --lang en manual PAGE" for each page. Knows mdoc and the tables, no data. */
#include "cli/cli.h"

#include <string.h>

#include "base/lang.h"
#include "export/import.h"
#include "export/records.h"
#include "roster/gates.h"
#include "tui/keys.h"
#include "tui/screens.h"

/* Bytes of a word as mandoc counts them: it reads a letter beyond ASCII as "\[u00F8]". */
static size_t word_width(const char *s, size_t n)
{
	enum { SPELT_OUT = 8 };
	size_t width = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		width += c < 0x80 ? 1 : c >= 0xc0 ? SPELT_OUT : 0;
	}
	return width;
}

/* Text as mdoc wants it: lines of less than 80 bytes, each sentence on a line of its own, none that looks like a
 * request. */
static void line(const char *s)
{
	size_t column = 0;
	while (*s) {
		size_t n = strcspn(s, " \n"), width = word_width(s, n);
		if (column > 0 && column + 1 + width > 76) {
			putchar('\n');
			column = 0;
		} else if (column > 0) {
			putchar(' ');
		}
		if (column == 0 && (*s == '.' || *s == '\''))
			fputs("\\&", stdout);
		for (size_t i = 0; i < n; i++)
			fputs(s[i] == '\\' ? "\\e" : (char[]){s[i], '\0'}, stdout);
		column += width + 1;
		/* "e.g." ends no sentence */
		bool ends = n > 0 && s[n] && strchr(".?!", s[n - 1]) && !memchr(s, '.', n - 1);
		if (ends || s[n] == '\n') {
			fputs(s[n] == '\n' ? "\n.br\n" : "\n", stdout);
			column = 0;
		}
		s += n + (s[n] != '\0');
	}
	if (column)
		putchar('\n');
}

/* A macro's argument: quoted, since it may hold blanks or words that are macros. */
static void item(const char *macro, const char *arg)
{
	printf(".It %s \"%s", macro, strchr(".,:;()[]?!", *arg) ? "\\&" : "");
	for (; *arg; arg++)
		fputs(*arg == '"' ? "\\(dq" : (char[]){*arg, '\0'}, stdout);
	puts("\"");
}

static void head(const char *name, const char *section, const char *about)
{
	/* The day of the page is the day of the release; a build must not depend on the clock. */
	puts(".\\\" Made from the program's own tables by: samvagt manual\n.Dd January 1, 2026");
	printf(".Dt ");
	for (const char *p = name; *p; p++)
		putchar(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
	printf(" %s\n.Os\n.Sh NAME\n.Nm %s\n.Nd %s\n", section, name, about);
}

/* ---- samvagt(1) ------------------------------------------------------------------------------------------ */

static void option_item(enum opt o)
{
	const struct option_row *r = commands_option(o);
	printf(".It ");
	if (r->letter)
		printf("Fl %c , ", r->letter);
	printf("Fl \\-%s", r->name);
	if (r->arg)
		printf(" Ar \"%s\"", _(r->arg));
	putchar('\n');
	line(_(r->help));
}

static void command_item(const struct command *k)
{
	printf(".It Cm %s", k->name);
	if (*k->args)
		printf(" Ar \"%s\"", k->args);
	for (const enum opt *o = k->opts; *o != OPT_COUNT; o++)
		printf(" Oo Fl \\-%s Oc", commands_option(*o)->name);
	putchar('\n');
	line(_(k->help));
	if (k->more) {
		puts(".Pp");
		line(_(k->more));
	}
}

static void every_option(bool global)
{
	puts(".Bl -tag -width Ds");
	for (int o = 0; o < OPT_COUNT; o++)
		if (commands_option_is_global((enum opt)o) == global)
			option_item((enum opt)o);
	puts(".El");
}

/* Which words --map files may use for the columns of each kind of sheet. */
static void page_targets(void)
{
	puts(".Ss Mapping files\nA file for\n.Fl \\-map\nhas a line for each heading that is guessed wrongly,\n.Dq heading = field .\nThe fields "
	     "are:\n.Bl -tag -width Ds");
	for (int k = IMPORT_UNITS; k <= IMPORT_GRID; k++) {
		size_t n;
		struct buf all = {0};
		const struct target *t = import_targets((enum import_kind)k, &n);
		for (size_t i = 0; i < n; i++)
			buf_addf(&all, "%s%s", i ? ", " : "", t[i].id);
		item("Cm", import_kind_name((enum import_kind)k));
		line(all.n ? all.p : "");
		buf_free(&all);
	}
	puts(".El");
}

static void page_tail(void)
{
	puts(".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"
	     ".It Ev SAMVAGT_STORE\nThe store's folder when\n.Fl \\-store\nisn't given.\n"
	     ".It Ev SAMVAGT_PASSPHRASE_FILE\nA file whose first line is the passphrase.\n"
	     ".It Ev SAMVAGT_LANG\nda or en.\n"
	     ".It Ev SAMVAGT_NOW\nThe time to go by, as 2025-12-01T09:00; for tests.\n"
	     ".It Ev NO_COLOR\nNo colours when set and not empty.\n.El\n"
	     ".Sh FILES\n.Bl -tag -width Ds\n.It Pa ~/.config/samvagt/limits\nYour own rows of the limits (see\n.Xr samvagt-rules 7 ) ,\n"
	     "written as in the file that comes with the program:\na name with its number and unit, and below it, set in,\n"
	     "da, en, source and checked.\n.El\n"
	     ".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n"
	     ".It 0\nDone.\n.It 1\nA rule says no.\n.It 64\nWrong usage.\n.It 65\nData not understood, or a name that fits several.\n.It 66\nNot found.\n"
	     ".It 70\nOut of memory.\n.It 73\nThe disk is full.\n.It 74\nThe disk failed, or the store is damaged.\n.It 75\nBusy, or changed meanwhile.\n"
	     ".It 77\nWrong passphrase, no permission, or read-only.\n.It 78\nMade by another version, or not possible on this machine.\n.El\n"
	     ".Sh EXAMPLES\nMake a store, take in spreadsheets, print a week:\n.Bd -literal -offset indent\n"
	     "samvagt init --site Viborg --name \"Anna Holm\"\nsamvagt import *.csv\nsamvagt import *.csv --yes\nsamvagt roster --week 2025-W49\n.Ed\n"
	     ".Sh SEE ALSO\n.Xr samvagt-fields 5 ,\n.Xr samvagt-json 5 ,\n.Xr samvagt-keys 7 ,\n.Xr samvagt-rules 7");
}

static void page_commands(void)
{
	size_t n;
	const struct command *all = commands_table(&n);
	head("samvagt", "1", "volunteers and shifts, offline");
	puts(".Sh SYNOPSIS\n.Nm\n.Op Fl \\-store Ar DIR\n.Op Fl \\-lang Ar da|en\n.Op Ar COMMAND ...\n.Sh DESCRIPTION\n.Nm\n"
	     "keeps volunteers and shifts in a store on the local disk,\nand needs no server.\n"
	     "Without a command it opens the screen.\n.Pp\n"
	     "TYPE is the name of a record type, see\n.Xr samvagt-fields 5 .");
	line(commands_words());
	puts("An ID may be shortened to its last or first digits while that is unambiguous;\nvolunteers, units, roles and organisations may be given by name.\n"
	     "Results go to the standard output,\nprogress and errors to the standard error.\n.Ss Commands\n.Bl -tag -width Ds");
	for (size_t i = 0; i < n; i++)
		command_item(&all[i]);
	puts(".El\n.Ss Options for all commands");
	every_option(true);
	puts(".Ss Options of single commands");
	every_option(false);
	page_targets();
	page_tail();
}

/* ---- samvagt-fields(5) -------------------------------------------------------------------------------------- */

static const char *kind_words(const struct field *f)
{
	switch (f->kind) {
	case KIND_TEXT: return "text";
	case KIND_LONGTEXT: return "text of several lines";
	case KIND_BOOL: return "yes or no";
	case KIND_INT: return "whole number";
	case KIND_DATE: return "date";
	case KIND_DATETIME: return "date and time";
	case KIND_DURATION: return "hours and minutes";
	case KIND_TIME: return "time of day";
	case KIND_WEEKDAYS: return "days of the week";
	case KIND_CHOICE: return "one of";
	case KIND_PHONE: return "phone number";
	case KIND_EMAIL: return "e-mail address";
	case KIND_POSTCODE: return "postal code";
	case KIND_CVR: return "CVR number";
	case KIND_REF: return "reference to";
	}
	return "";
}

static void field_item(const struct field *f)
{
	size_t n;
	const struct choice *set = schema_choices(f->kind == KIND_CHOICE ? f->arg : SET_NONE, &n);
	struct buf what = {0};
	item("Cm", f->name);
	buf_adds(&what, kind_words(f));
	for (size_t i = 0; f->kind == KIND_CHOICE && i < n; i++)
		buf_addf(&what, "%s %s", i ? "," : "", set[i].name);
	if (f->kind == KIND_REF)
		buf_addf(&what, " %s", f->arg == TYPE_ANY ? "any record" : schema_type(f->arg)->name);
	buf_addf(&what, "%s%s.", f->flags & FIELD_REQ ? "; required" : "",
		f->flags & FIELD_PERS ? "; personal data" : "");
	line(what.p);
	buf_free(&what);
	if (*f->help)
		line(_(f->help));
}

static void page_fields(void)
{
	size_t n;
	const struct type *all = schema_types(&n);
	head("samvagt-fields", "5", "the types of record and their fields");
	puts(".Sh DESCRIPTION\nThe names are those of\n.Xr samvagt 1\ncommands and of JSON output.\nDates are read as people write them (3/12, 3.12.25, 2025-12-03)\nand "
	     "printed to programs as 2025-12-03.");
	for (size_t i = 0; i < n; i++) {
		printf(".Ss %s\n%s.\n.Bl -tag -width Ds\n", all[i].name, _(all[i].plural));
		for (size_t k = 0; k < all[i].nfields; k++)
			field_item(&all[i].fields[k]);
		puts(".El");
	}
	puts(".Sh SEE ALSO\n.Xr samvagt 1");
}

/* ---- samvagt-keys(7), samvagt-rules(7) --------------------------------------------------------------------------- */

static void page_keys(void)
{
	size_t n;
	const struct action_set *const *sets = screens_actions(&n);
	head("samvagt-keys", "7", "what can be done on the screen, and with which keys");
	puts(".Sh DESCRIPTION\nThe screen shows these itself: the last line has the most used,\n? lists all that can be done where one is, and : lists everything.");
	for (size_t i = 0; i < n; i++) {
		if (sets[i]->n == 0)
			continue;
		printf(".Ss %s\n.Bl -tag -width Ds\n", _(sets[i]->title));
		for (size_t k = 0; k < sets[i]->n; k++) {
			const struct action *x = &sets[i]->rows[k];
			item("Ic", *x->keys ? x->keys : _(x->label));
			line(_(x->help));
			printf("(%s)\n", x->id);
		}
		puts(".El");
	}
	puts(".Sh SEE ALSO\n.Xr samvagt 1");
}

static void page_limits(void)
{
	struct buf value = {0};
	puts(".Ss Limits\nThe numbers of the rules and of what is kept, as they come with the program;\n.Cm samvagt limits\nprints those in "
	     "force.\n.Bl -tag -width Ds");
	for (int i = 0; i < LIMIT_COUNT; i++) {
		const struct limit *l = limits_builtin((enum limit_no)i);
		item("Cm", l->name);
		buf_reset(&value);
		buf_addf(&value, "%s: %d %s. %s (%s).", limits_label(l), l->value, _(l->unit), l->source, l->checked);
		line(value.p);
	}
	buf_free(&value);
	puts(".El");
}

static void explain(const char *question, const char *explains, const char *source, const char *checked)
{
	line(_(question));
	line(explains);
	printf("Source:\n");
	line(_(source));
	printf("(checked %s).\n", checked);
}

static void page_gates(void)
{
	size_t n;
	const struct role_gate *all = gates_table(&n);
	puts(".Ss What opens a role\nAsked of roles that a co-operation agreement is about;\n.Cm samvagt role gates\nsays what is "
	     "missing.\n.Bl -tag -width Ds");
	for (size_t i = 0; i < n; i++) {
		item("Cm", all[i].id);
		explain(all[i].question, _(all[i].explains), all[i].source, all[i].checked);
	}
	puts(".El");
}

static void page_rules(void)
{
	size_t n;
	const struct rule *all = rules_table(&n);
	struct arena *a = arena_new();
	head("samvagt-rules", "7", "the rules of the roster, their levels and sources");
	puts(".Sh DESCRIPTION\nA stop can't be set aside; a warning can, with a reason that is kept;\na notice is only worth knowing.\n.Bl -tag -width Ds");
	for (size_t i = 0; i < n; i++) {
		item("Cm", all[i].id);
		printf("%s.\n", rule_level_name(all[i].level));
		explain(all[i].question, rule_explains(a, &all[i], 0), all[i].source, all[i].checked);
	}
	arena_free(a);
	puts(".El");
	page_limits();
	page_gates();
	puts(".Sh SEE ALSO\n.Xr samvagt 1");
}

/* Not a page, but what the programs of others are told of all records. */
static void page_schema(void)
{
	struct buf b = {0};
	records_schema(&b);
	fputs(b.p ? b.p : "", stdout);
	buf_free(&b);
}

int cmd_manual(struct cli *c, struct err *e)
{
	static const struct {
		const char *name;
		void (*print)(void);
	} pages[] = {
		{"commands", page_commands},
		{"fields", page_fields},
		{"keys", page_keys},
		{"rules", page_rules},
		{"schema", page_schema},
	};
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		if (strcmp(c->args[0], pages[i].name) == 0) {
			pages[i].print();
			return OK;
		}
	}
	return cli_misused(c, e);
}
