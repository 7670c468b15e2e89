/* cli/output.c - how results are printed: sheets, JSON, and the outcome of a write.
 *
 * Results on stdout or in the file of -o, everything else on stderr. Knows formats, not commands. */
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/lang.h"
#include "export/json_buf.h"
#include "export/printing.h"
#include "tui/canvas.h"

int cli_write_bytes(struct cli *c, const struct buf *b, struct err *e)
{
	const char *path = c->opt[OPT_OUTPUT];
	if (b->oom)
		return err_set(e, ERR_NOMEM, _("out of memory"));
	if (path && strcmp(path, "-") != 0)
		return os_write_file(path, b->p ? b->p : "", b->n, e);
	/* main() says what stdout didn't take */
	if (b->n && fwrite(b->p, 1, b->n, stdout) != b->n)
		c->output_errnum = errno;
	return OK;
}

int cli_write_file(struct cli *c, const struct buf *b, struct err *e)
{
	if (!cli_has(c, OPT_OUTPUT) && isatty(STDOUT_FILENO))
		return err_set(e, ERR_USAGE, _("such a file is nothing for the terminal: write it with -o FILE"));
	return cli_write_bytes(c, b, e);
}

static int terminal_width(void)
{
	struct winsize w;
	const char *columns = getenv("COLUMNS");
	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col >= 20)
		return w.ws_col;
	long n = columns ? strtol(columns, NULL, 10) : 0;
	return n >= 20 && n <= 1000 ? (int)n : 120;
}

static void add_plain(struct buf *out, const char *text)
{
	for (; *text; text++)
		buf_addc(out, (unsigned char)*text < ' ' || *text == 127 ? ' ' : *text);
}

/* --plain: the cells of data rows with tabs between and no line break inside; what stands over a group of rows comes
 * first in each of them. */
static void write_plain(const struct sheet *s, struct buf *out)
{
	const char *group = NULL;
	for (size_t i = 0; i < s->nrows; i++) {
		const struct sheet_row *row = &s->rows[i];
		if (row->kind == ROW_GROUP)
			group = row->cells[0].text;
		if (row->kind != ROW_DATA)
			continue;
		if (group)
			add_plain(out, group);
		for (size_t j = 0; j < s->ncolumns; j++) {
			if (j || group)
				buf_addc(out, '\t');
			add_plain(out, row->cells[j].text);
		}
		buf_addc(out, '\n');
	}
}

/* Why there is nothing stands in its notes, where that isn't plain. */
static void write_empty(const struct sheet *s, struct buf *out)
{
	buf_addf(out, "%s%s%s", s->title, s->period && *s->period ? " · " : "", s->period ? s->period : "");
	if (!s->nnotes)
		buf_addf(out, ": %s", _("none"));
	buf_addc(out, '\n');
	for (size_t i = 0; i < s->nnotes; i++)
		buf_addf(out, "%s\n", s->notes[i]);
}

static bool has_people(const struct sheet *s)
{
	return s->shred != DATE_NONE || *s->purpose;
}

/* To a file, or as a page or table that is opened elsewhere; what is read on the terminal isn't a paper. */
static bool leaves_program(const struct cli *c, const struct sheet *s, int format)
{
	const char *path = c->opt[OPT_OUTPUT];
	return has_people(s) && ((path && strcmp(path, "-") != 0) || (format != SHEET_TEXT && format != SHEET_JSON));
}

static void remember_print(struct cli *c, const struct sheet *s)
{
	c->printed = (struct printed){.what = s->title, .purpose = s->purpose, .from = s->from, .to = s->to, .shred = s->shred,
		.unit = s->unit, .volunteer = s->volunteer};
}

int cli_write_sheet(struct cli *c, const struct sheet *s, struct err *e)
{
	struct buf out = {0};
	const char *as = c->opt[OPT_AS];
	int format = as ? sheet_format_named(as) : cli_has(c, OPT_JSON) ? SHEET_JSON : SHEET_TEXT;
	if (format < 0)
		return err_set(e, ERR_USAGE, _("the format \"%s\" isn't known. Formats: text, csv, html, json, pdf, xlsx"), as);
	int rc = OK;
	struct sheet_style style = {.width = terminal_width(), .ascii = cli_has(c, OPT_ASCII),
		.danish_excel = !cli_has(c, OPT_PLAIN)};
	if (!as && cli_has(c, OPT_PLAIN))
		write_plain(s, &out);
	else if (s->nrows == 0 && format == SHEET_TEXT)
		write_empty(s, &out);
	else
		rc = printing_write(s, (enum sheet_format)format, &style, &out, e);
	if (rc == OK)
		rc = sheet_is_helped((enum sheet_format)format) ? cli_write_file(c, &out, e) : cli_write_bytes(c, &out, e);
	buf_wipe(&out);
	if (rc == OK && leaves_program(c, s, format))
		remember_print(c, s);
	return rc;
}

int cli_send_sheet(struct cli *c, const struct sheet *s, struct err *e)
{
	struct printing_sent sent;
	if (cli_has(c, OPT_DRY_RUN)) {
		fprintf(stderr, "%s\n", _("it would be printed; nothing was sent"));
		return OK;
	}
	int rc = printing_send(s, c->opt[OPT_PRINTER], ".", c->a, &sent, e);
	if (rc)
		return rc;
	fprintf(stderr, "%s\n", sent.says);
	if (has_people(s))
		remember_print(c, s);
	return OK;
}

/* ---- what left the program ------------------------------------------------------------------------------ */

/* Commands that print have it open for reading, so that they work beside the screen. */
static int open_to_note(struct cli *c, struct err *e)
{
	const struct store_opts o = {.clock = c->clock, .passphrase = c->passphrase};
	if (c->store && !store_is_readonly(c->store))
		return OK;
	if (c->unwritable.code) {
		*e = c->unwritable;
		return e->code;
	}
	store_close(c->store);
	c->store = NULL;
	return cli_has(c, OPT_READ_ONLY) ? err_set(e, ERR_READONLY, _("the store was opened for reading only"))
		: store_open(cli_store_dir(c), &o, &c->store, e);
}

void cli_note_leaving(struct cli *c)
{
	struct err e = {0};
	bool noted = false;
	bool looked = !id_is_none(c->looked.volunteer);
	if (cli_has(c, OPT_DRY_RUN) || (!c->printed.what && !looked))
		return;
	int rc = open_to_note(c, &e);
	if (rc == OK && looked)
		(void)retention_note_seen(c->store, c->looked.volunteer, c->looked.how, NULL);
	if (!c->printed.what)
		return;
	if (rc == OK)
		rc = retention_note_print(c->store, &c->printed, &noted, &e);
	if (rc == OK && !noted)
		err_set(&e, ERR_REFUSED, _("this site only follows the others"));
	if (!noted)
		fprintf(stderr, _("samvagt: the sheet isn't noted among the printed lists: %s. Remember to shred it\n"), e.text);
}

/* ---- texts and records ---------------------------------------------------------------------------------- */

void cli_print_text(FILE *out, int indent, const char *text)
{
	enum { COLS = 80 };
	for (size_t next; *text; text += next) {
		size_t n = cv_line(text, COLS - indent - 1, &next);
		fprintf(out, "%.*s\n", (int)n, text);
		if (text[next])
			fprintf(out, "%*s", indent, "");
	}
}

enum list_ids cli_ids(const struct cli *c)
{
	const char *as = c->opt[OPT_AS];
	bool whole = cli_has(c, OPT_PLAIN) || cli_has(c, OPT_JSON) || (as && sheet_format_named(as) != SHEET_PDF);
	return whole ? LIST_WHOLE_IDS : LIST_SHORT_IDS;
}

bool cli_wants_json(const struct cli *c)
{
	return c->opt[OPT_AS] ? strcmp(c->opt[OPT_AS], "json") == 0 : cli_has(c, OPT_JSON);
}

int cli_write_json(struct cli *c, json_t *j, struct err *e)
{
	struct buf out = {0};
	char *text = j ? json_dumps(j, JSON_INDENT(2) | JSON_PRESERVE_ORDER) : NULL;
	json_decref(j);
	if (!text)
		return err_set(e, ERR_NOMEM, _("out of memory"));
	buf_adds(&out, text);
	buf_addc(&out, '\n');
	free(text);
	int rc = cli_write_bytes(c, &out, e);
	buf_free(&out);
	return rc;
}

json_t *cli_record_json(struct cli *c, const struct rec *r)
{
	const struct type *t = schema_type(r->type);
	char id[ID_TEXT];
	json_t *j = json_pack("{s:s, s:s}", "type", t->name, "id", id_format(id, r->id));
	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];
		struct value v = rec_get(r, f->no);
		if (v.tag == V_NONE || v.tag == V_RAW)
			continue;
		json_object_set_new(j, f->name, json_of_value(c->a, f, v));
		if (f->kind == KIND_REF)
			json_object_set_new(j, arena_printf(c->a, "%s_name", f->name),
				json_string(view_title(c->view, c->a, v.id)));
	}
	return j;
}

char *cli_time_text(struct cli *c, int64_t clock)
{
	char day[32], minute[16];
	civil_min t = civil_from_utc(clock);
	return arena_printf(c->a, "%s %s", civil_format_date(day, sizeof day, cmin_date(t), CIVIL_ISO),
		civil_format_time(minute, sizeof minute, cmin_minute(t)));
}

static char *group_name(struct cli *c, struct dot dot)
{
	return arena_printf(c->a, "%llu", (unsigned long long)dot.no);
}

void cli_say_change(struct cli *c, const struct change_result *r)
{
	bool dry = cli_has(c, OPT_DRY_RUN);
	c->done = r->writes > 0 && !dry;
	if (r->writes == 0)
		fprintf(stderr, "%s\n", _("nothing to change"));
	else if (dry)
		fprintf(stderr,
			ngettext("would change %zu record; nothing was written\n",
				"would change %zu records; nothing was written\n", r->records),
			r->records);
	else
		fprintf(stderr,
			ngettext("saved as change %s: %zu record\n", "saved as change %s: %zu records\n", r->records),
			group_name(c, r->dot), r->records);
	if (r->kept)
		fprintf(stderr,
			ngettext("%zu field has been changed since and was left as it is\n",
				"%zu fields have been changed since and were left as they are\n", r->kept),
			r->kept);
}

int cli_report_change(struct cli *c, const struct change_result *r, const struct id *made, struct err *e)
{
	char id[ID_TEXT];
	bool dry = cli_has(c, OPT_DRY_RUN);
	made = dry ? NULL : made;
	c->done = r->writes > 0 && !dry;
	if (cli_has(c, OPT_JSON)) {
		json_t *j = json_pack("{s:b, s:b, s:I, s:I, s:I}", "changed", r->writes > 0 && !dry, "dry_run", dry,
			"writes", (json_int_t)r->writes, "records", (json_int_t)r->records, "kept",
			(json_int_t)r->kept);
		if (r->dot.no)
			json_object_set_new(j, "group", json_string(group_name(c, r->dot)));
		if (made)
			json_object_set_new(j, "id", json_string(id_format(id, *made)));
		return cli_write_json(c, j, e);
	}
	if (made && cli_has(c, OPT_PLAIN))
		printf("%s\n", id_format(id, *made));
	else if (made)
		fprintf(stderr, "%s\n", id_format(id, *made));
	cli_say_change(c, r);
	return OK;
}
