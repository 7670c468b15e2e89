/* cli/cmd_availability.c - the command availability: when somebody can come. Reads words and prints; what they mean is
 * roster/availability.h's. */
#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "cli/series_priv.h"
#include "roster/availability.h"

static int person_named(struct cli *c, struct id *out, struct err *e)
{
	int rc = cli_book(c, e);
	return rc ? rc : book_resolve_person(c->book, c->view, c->args[1], out, e);
}

/* ---- listing ---------------------------------------------------------------------------------------------------- */

static const char *note_of(struct cli *c, struct id id)
{
	struct rec *r = NULL;
	return view_get(c->view, c->a, TYPE_AVAILABILITY, id, &r, NULL) == OK && r ? rec_text(r, F_AVAILABILITY_NOTE) : "";
}

static void wishes_note(struct cli *c, struct sheet *s, const struct person *p)
{
	const struct choice *often = p->frequency ? schema_choice(SET_FREQUENCY, p->frequency) : NULL;
	if (often)
		sheet_note(s, arena_printf(c->a, "%s: %s", _("How often"), _(often->label)));
	if (p->max_per_month)
		sheet_note(s, arena_printf(c->a, "%s: %d", _("At most per month"), p->max_per_month));
	if (*p->wishes)
		sheet_note(s, arena_printf(c->a, "%s: %s", _("When (not)"), p->wishes));
}

static int run_list(struct cli *c, struct err *e)
{
	struct id who;
	size_t n;
	int rc = person_named(c, &who, e);
	if (rc)
		return rc;
	const struct person *p = book_person(c->book, who);
	const struct avail *all = frames_avail(&c->book->frames, who, &n);
	struct sheet *s = sheet_new(c->a, arena_printf(c->a, _("When %s can come"), p->name));
	sheet_column(s, "number", _("No."), ALIGN_RIGHT, 3, 4);
	sheet_column(s, "what", _("What"), ALIGN_LEFT, 16, 50);
	sheet_column(s, "note", _("Note"), ALIGN_LEFT, 10, 40);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0] = sheet_int(c->a, (int64_t)i + 1);
		row->cells[1].text = available_words(c->a, &all[i]);
		row->cells[2].text = note_of(c, all[i].id);
	}
	if (n == 0)
		sheet_note(s, _("Nothing is noted of it: samvagt availability add VOLUNTEER KIND"));
	wishes_note(c, s, p);
	s->volunteer = who;
	return cli_write_sheet(c, s, e);
}

/* ---- changing --------------------------------------------------------------------------------------------------- */

static int read_every(struct cli *c, int *out, struct err *e)
{
	struct value v;
	int rc = kind_parse(c->a, schema_field(TYPE_AVAILABILITY, F_AVAILABILITY_EVERY), c->opt[OPT_EVERY], c->today, &v, e);
	*out = rc == OK && v.tag == V_INT ? (int)v.i : 0;
	return rc;
}

static int read_time(struct cli *c, struct available_new *how, struct err *e)
{
	int rc = when_parse_span(c->opt[OPT_TIME], &how->start, &how->end, e);
	if (rc == OK && how->end > DAY_MINUTES)
		how->end -= DAY_MINUTES;
	return rc;
}

static int read_how(struct cli *c, struct available_new *how, struct err *e)
{
	struct value kind, days = value_none();
	*how = (struct available_new){.start = -1, .end = -1, .note = c->opt[OPT_NOTE]};
	int rc = kind_parse(c->a, schema_field(TYPE_AVAILABILITY, F_AVAILABILITY_KIND), c->args[2], c->today, &kind, e);
	if (rc == OK && cli_has(c, OPT_DAYS))
		rc = kind_parse(c->a, schema_field(TYPE_AVAILABILITY, F_AVAILABILITY_DAYS), c->opt[OPT_DAYS], c->today, &days, e);
	if (rc == OK && cli_has(c, OPT_TIME))
		rc = read_time(c, how, e);
	if (rc == OK && cli_has(c, OPT_EVERY))
		rc = read_every(c, &how->every, e);
	if (rc == OK)
		rc = series_words_day(c, OPT_FROM, DATE_NONE, &how->from, e);
	if (rc == OK)
		rc = series_words_day(c, OPT_UNTIL, DATE_NONE, &how->until, e);
	if (rc)
		return rc;
	how->kind = kind.tag == V_INT ? (int)kind.i : 0;
	how->days = days.tag == V_INT ? (int)days.i : 0;
	return OK;
}

static int run_add(struct cli *c, struct err *e)
{
	struct id who, made;
	struct available_new how;
	struct change_result result;
	int rc = person_named(c, &who, e);
	if (rc == OK)
		rc = read_how(c, &how, e);
	cli_view_end(c);
	if (rc == OK)
		rc = available_add(c->store, who, &how, &made, &result, e);
	return rc ? rc : cli_report_change(c, &result, &made, e);
}

static int run_remove(struct cli *c, struct err *e)
{
	struct id who, which = ID_NONE;
	struct change_result result;
	size_t n = 0;
	int number = 0, rc = person_named(c, &who, e);
	const struct avail *all = rc == OK ? frames_avail(&c->book->frames, who, &n) : NULL;
	if (rc == OK && n == 0)
		rc = err_set(e, ERR_NOTFOUND, _("nothing is said of when that volunteer can come"));
	if (rc == OK)
		rc = cli_number(c->args[2], 1, (int)n, &number, e);
	if (rc == OK)
		which = all[number - 1].id;
	cli_view_end(c);
	if (rc == OK)
		rc = available_remove(c->store, which, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_availability(struct cli *c, struct err *e)
{
	static const struct cli_verb verbs[] = {
		{"list", CLI_READS, 1, 1, run_list}, {"add", CLI_WRITES, 2, 2, run_add}, {"remove", CLI_WRITES, 2, 2, run_remove},
	};
	return cli_run_verb(c, verbs, sizeof verbs / sizeof *verbs, e);
}
