/* cli/cli.c - from argv to a command, and the help that its tables give.
 *
 * Owns parsing and help; opens no store and knows no command by name. */
#include "cli/cli.h"

#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "base/text.h"

bool cli_has(const struct cli *c, enum opt o)
{
	return c->opt[o] != NULL;
}

static bool accepts(const struct command *k, enum opt o)
{
	if (commands_option_is_global(o))
		return true;
	for (const enum opt *p = k ? k->opts : NO_OPTS; *p != OPT_COUNT; p++)
		if (*p == o)
			return true;
	return false;
}

static enum opt option_named(const char *name, size_t n)
{
	for (int o = 0; o < OPT_COUNT; o++)
		if (strlen(commands_option(o)->name) == n && memcmp(commands_option(o)->name, name, n) == 0)
			return o;
	if (n == 8 && memcmp(name, "no-color", n) == 0)
		return OPT_NO_COLOUR;
	return OPT_COUNT;
}

static enum opt option_lettered(char letter)
{
	for (int o = 0; o < OPT_COUNT; o++)
		if (letter && commands_option(o)->letter == letter)
			return o;
	return OPT_COUNT;
}

static void take_option(struct cli *c, enum opt o, const char *value)
{
	if (o == OPT_WHERE || o == OPT_FOR) {
		size_t cap = c->nmany;
		c->many = arena_grow(c->a, c->many, &cap, c->nmany + 1, sizeof *c->many);
		c->many[c->nmany++] = value;
	}
	c->opt[o] = value;
}

/* One option word; *used says whether the next word was its value. */
static int parse_option(struct cli *c, const char *word, const char *next, bool *used, struct err *e)
{
	bool is_long = word[1] == '-';
	const char *eq = is_long ? strchr(word, '=') : NULL;
	const char *name = word + (is_long ? 2 : 1);
	enum opt o = is_long ? option_named(name, eq ? (size_t)(eq - name) : strlen(name)) : option_lettered(word[1]);
	*used = false;
	if (o == OPT_COUNT || (!is_long && word[2] && !commands_option(o)->arg))
		return err_set(e, ERR_USAGE, _("there is no option %s. See samvagt --help"), word);
	if (!commands_option(o)->arg) {
		if (eq)
			return err_set(e, ERR_USAGE, _("the option --%s takes no value"), commands_option(o)->name);
		take_option(c, o, "");
		return OK;
	}
	const char *value = eq ? eq + 1 : !is_long && word[2] ? word + 2 : next;
	*used = value == next && !eq;
	if (!value)
		return err_set(e, ERR_USAGE, _("the option --%s needs a value: %s"), commands_option(o)->name,
			_(commands_option(o)->arg));
	take_option(c, o, value);
	return OK;
}

static int unknown_command(const char *word, struct err *e)
{
	size_t n;
	int best = 3;
	const struct command *all = commands_table(&n), *near = NULL;
	for (size_t i = 0; i < n; i++) {
		int slips = text_slips(word, all[i].name, best);
		if (slips < best) {
			best = slips;
			near = &all[i];
		}
	}
	if (near)
		return err_set(e, ERR_USAGE, _("there is no command \"%s\". Did you mean \"%s\"?"), word, near->name);
	return err_set(e, ERR_USAGE, _("there is no command \"%s\". See samvagt --help"), word);
}

/* Of the command line, translated. */
static const char *arguments(const struct command *k)
{
	return *k->args ? _(k->args) : "";
}

/* What isn't asked for in another way is written as the name of the file says. */
static void take_format(struct cli *c)
{
	static const char *const formats[][2] = {{".csv", "csv"}, {".html", "html"}, {".htm", "html"}, {".json", "json"},
		{".pdf", "pdf"}, {".xlsx", "xlsx"}, {".ics", "ics"}};
	const char *name = c->opt[OPT_OUTPUT];
	size_t n = strlen(name);
	if (cli_has(c, OPT_AS) || cli_has(c, OPT_JSON) || cli_has(c, OPT_PLAIN))
		return;
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		size_t ending = strlen(formats[i][0]);
		if (n > ending && strcasecmp(name + n - ending, formats[i][0]) == 0)
			c->opt[OPT_AS] = formats[i][1];
	}
}

int cli_misused(const struct cli *c, struct err *e)
{
	const struct command *k = c->command;
	return err_set(e, ERR_USAGE, _("usage: samvagt %s %s. More: samvagt %s --help"), k->name, arguments(k), k->name);
}

/* A last day is said either way: nobody should have to know which of them a command has. */
static void take_last_day(struct cli *c)
{
	static const enum opt ways[][2] = {{OPT_TO, OPT_UNTIL}, {OPT_UNTIL, OPT_TO}};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		enum opt said = ways[i][0], meant = ways[i][1];
		if (cli_has(c, said) && !accepts(c->command, said) && accepts(c->command, meant) && !cli_has(c, meant)) {
			c->opt[meant] = c->opt[said];
			c->opt[said] = NULL;
		}
	}
}

static int check_arguments(struct cli *c, struct err *e)
{
	const struct command *k = c->command;
	if (cli_has(c, OPT_HELP) || cli_has(c, OPT_VERSION))
		return OK;
	take_last_day(c);
	for (int o = 0; o < OPT_COUNT; o++)
		if (cli_has(c, o) && !accepts(k, o))
			return err_set(e, ERR_USAGE, _("%s has no option --%s. See samvagt %s --help"), k->name,
				commands_option(o)->name, k->name);
	if (cli_has(c, OPT_DRY_RUN) && (k->flags & CMD_REAL))
		return err_set(e, ERR_USAGE, _("%s can't be tried first: it has no --dry-run"), k->name);
	if (cli_has(c, OPT_OUTPUT) && !*c->opt[OPT_OUTPUT])
		return err_set(e, ERR_USAGE, "%s", _("-o has no name behind it"));
	if (cli_has(c, OPT_OUTPUT) && accepts(k, OPT_AS))
		take_format(c);
	if (c->nargs < k->min || (k->max >= 0 && c->nargs > k->max))
		return cli_misused(c, e);
	return OK;
}

/* "-5" is a number, not an option. */
static bool is_option(const char *word)
{
	return word[0] == '-' && word[1] != '\0' && !(word[1] >= '0' && word[1] <= '9');
}

int cli_parse(struct cli *c, int argc, char **argv, struct err *e)
{
	bool only_args = false;
	c->args = arena_alloc(c->a, (size_t)(argc + 1) * sizeof *c->args);
	for (int i = 1; i < argc; i++) {
		bool used = false;
		if (!text_valid(argv[i], strlen(argv[i])))
			return err_set(e, ERR_USAGE, _("word %d of the command line isn't UTF-8 text"), i);
		if (!only_args && strcmp(argv[i], "--") == 0) {
			only_args = true;
		} else if (!only_args && is_option(argv[i])) {
			int rc = parse_option(c, argv[i], i + 1 < argc ? argv[i + 1] : NULL, &used, e);
			if (rc)
				return rc;
			i += used;
		} else if (!c->command) {
			c->command = commands_named(argv[i]);
			if (!c->command)
				return unknown_command(argv[i], e);
		} else {
			c->args[c->nargs++] = argv[i];
		}
	}
	if (!c->command)
		c->command = commands_named("screen");
	return check_arguments(c, e);
}

/* ---- help ------------------------------------------------------------------------------------------- */

enum { LEFT_COLS = 26 };

/* A command with what may follow it; of many ways a line ends behind one, not within it. */
static void print_ways(struct arena *a, FILE *out, int col, const char *text)
{
	enum { INDENT = 6, COLS = 79 };
	while (*text) {
		size_t n = strcspn(text, "|");
		const char *way = arena_strndup(a, text, n + (text[n] == '|'));
		int width = text_width(way);
		if (col > INDENT && col + width > COLS) {
			fprintf(out, "\n%*s", INDENT, "");
			col = INDENT;
		}
		fputs(way, out);
		col += width;
		text += strlen(way);
	}
	putc('\n', out);
}

/* What is said stands beside what it is about, or below it where that is long. */
static void help_row(struct arena *a, FILE *out, const char *left, const char *text)
{
	int width = text_width(left);
	fputs("  ", out);
	if (width > LEFT_COLS) {
		print_ways(a, out, 2, left);
		fprintf(out, "%*s", LEFT_COLS + 4, "");
	} else {
		fprintf(out, "%s%*s", left, LEFT_COLS + 2 - width, "");
	}
	cli_print_text(out, LEFT_COLS + 4, text);
}

static void help_option(struct arena *a, FILE *out, enum opt o)
{
	const struct option_row *r = commands_option(o);
	const char *letter = r->letter ? arena_printf(a, "-%c, ", r->letter) : "";
	help_row(a, out, arena_printf(a, "%s--%s%s%s", letter, r->name, r->arg ? " " : "", r->arg ? _(r->arg) : ""),
		_(r->help));
}

static void help_command(struct arena *a, const struct command *k, FILE *out)
{
	print_ways(a, out, 0, arena_printf(a, "%s samvagt %s%s%s", _("usage:"), k->name, *k->args ? " " : "", arguments(k)));
	putc('\n', out);
	cli_print_text(out, 0, _(k->help));
	if (k->more) {
		putc('\n', out);
		cli_print_text(out, 0, _(k->more));
	}
	if (strstr(k->args, "SHIFT")) {
		putc('\n', out);
		cli_print_text(out, 0, commands_words());
	}
	if (k->opts[0] != OPT_COUNT)
		fprintf(out, "\n%s\n", _("options:"));
	for (const enum opt *o = k->opts; *o != OPT_COUNT; o++)
		help_option(a, out, *o);
}

void cli_help(const struct cli *c, FILE *out)
{
	size_t n;
	const struct command *all = commands_table(&n);
	if (c->command && c->command->run != cmd_screen) {
		help_command(c->a, c->command, out);
	} else {
		fprintf(out, "%s\n\n%s samvagt [--store DIR] [--lang da|en] [%s …]\n\n%s\n",
			_("samvagt keeps volunteers and shifts, and needs no server."), _("usage:"),
			_("COMMAND"), _("commands:"));
		for (size_t i = 0; i < n; i++)
			help_row(c->a, out, arena_printf(c->a, "%s %s", all[i].name, arguments(&all[i])), _(all[i].help));
		putc('\n', out);
		cli_print_text(out, 0, commands_words());
	}
	fprintf(out, "\n%s\n", _("options for all commands:"));
	for (int o = 0; o < OPT_COUNT; o++)
		if (commands_option_is_global(o))
			help_option(c->a, out, o);
	putc('\n', out);
	cli_print_text(out, 0, _("Exit status: 0 done, 1 a rule says no, 64 wrong usage, 65 data not understood, 66 not found, 73 disk full, 74 disk or store damaged, "
		  "75 busy, 77 no access, 78 another version."));
}
