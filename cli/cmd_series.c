/* cli/cmd_series.c - the command series: shifts that come again. Reads words and prints; what anything means is
 * roster/series.h's. */
#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "cli/series_priv.h"

/* ---- what there is ---------------------------------------------------------------------------------------------- */

static void series_row(struct cli *c, struct sheet *sh, const struct series_list *l, const struct series *s, civil_date made)
{
	struct sheet_row *row = sheet_row(sh, ROW_DATA);
	size_t fixed;
	series_fixed(l, s, &fixed);
	row->cells[0].text = paper_short_id(c->a, s->id);
	row->cells[1].text = book_name(c->book, s->unit);
	row->cells[2].text = book_name(c->book, s->role);
	row->cells[3].text = series_when(c->a, s);
	row->cells[4] = sheet_int(c->a, s->need);
	row->cells[5] = sheet_date(c->a, s->first, CIVIL_SHORT);
	row->cells[6] = sheet_date(c->a, s->until, CIVIL_SHORT);
	row->cells[7] = sheet_int(c->a, (int64_t)fixed);
	row->cells[8] = sheet_date(c->a, made, CIVIL_SHORT);
}

static struct sheet *list_sheet(struct cli *c)
{
	struct sheet *s = sheet_new(c->a, _("Shift series"));
	sheet_column(s, "id", _("No."), ALIGN_LEFT, 6, 8);
	sheet_column(s, "place", _("Place"), ALIGN_LEFT, 10, 22);
	sheet_column(s, "role", _("Role"), ALIGN_LEFT, 10, 20);
	sheet_column(s, "when", _("When"), ALIGN_LEFT, 16, 36);
	sheet_column(s, "need", _("Places"), ALIGN_RIGHT, 3, 7);
	sheet_column(s, "first", _("From"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "until", _("Last day"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "fixed", _("Fixed"), ALIGN_RIGHT, 3, 5);
	sheet_column(s, "made", _("Made until"), ALIGN_LEFT, 9, 10);
	return s;
}

static int list_all(struct cli *c, const struct series_list *l, struct err *e)
{
	struct sheet *s = list_sheet(c);
	struct id *ids;
	size_t n, ended = 0;
	int rc = series_shifts(c->view, c->a, c->today, &ids, &n, e);
	for (size_t i = 0; rc == OK && i < l->n; i++) {
		bool over = l->all[i].until != DATE_NONE && l->all[i].until < c->today;
		ended += over;
		if (!over)
			series_row(c, s, l, &l->all[i], series_made_until(&l->all[i], c->today, ids, n));
	}
	if (ended)
		sheet_note(s, arena_printf(c->a, ngettext("%zu series has ended", "%zu series have ended", ended), ended));
	return rc ? rc : cli_write_sheet(c, s, e);
}

static int run_list(struct cli *c, struct err *e)
{
	struct series_list l;
	const struct series *one;
	int rc = series_words_load(c, &l, e);
	if (rc || c->nargs == 1)
		return rc ? rc : list_all(c, &l, e);
	rc = series_words_find(c, &l, c->args[1], &one, e);
	return rc ? rc : cli_write_sheet(c, paper_series(c->view, c->book, c->a, &l, one), e);
}

/* ---- making ----------------------------------------------------------------------------------------------------- */

static int run_new(struct cli *c, struct err *e)
{
	struct series_edit edit;
	struct series_done done;
	struct change_result result;
	if (!cli_has(c, OPT_UNIT) || !cli_has(c, OPT_ROLE) || !cli_has(c, OPT_DAYS) || !cli_has(c, OPT_TIME))
		return err_set(e, ERR_USAGE, _("say where, what and when: --unit, --role, --days \"man ons fre\" and --time 8-11"));
	int rc = series_words_edit(c, &edit, e);
	if (rc == OK)
		rc = series_words_day(c, OPT_FROM, c->today, &edit.to.first, e);
	cli_view_end(c);
	if (rc)
		return rc;
	edit.to.every = edit.to.every ? edit.to.every : SERIES_WEEK;
	edit.to.need = cli_has(c, OPT_NEED) ? edit.to.need : 1;
	edit.to.holidays = cli_has(c, OPT_HOLIDAYS);
	edit.to.state = cli_has(c, OPT_PUBLISHED) ? SHIFT_PUBLISHED : SHIFT_DRAFT;
	rc = series_add(c->store, c->a, &edit.to, series_reach(&edit.to, c->today), &done, &result, e);
	if (rc == OK && !cli_wants_json(c))
		fprintf(stderr, "%s\n", series_when(c->a, &edit.to));
	if (rc == OK && done.like)
		fprintf(stderr, _("there is a series with the same shifts already: %s. If it is the same one, take this back with samvagt undo\n"), done.like);
	return rc ? rc : series_words_report(c, &done, &result, e);
}

/* Those named, else all that haven't ended. */
static int named(struct cli *c, const struct series_list *l, struct id *out, size_t *n, struct err *e)
{
	int rc = OK;
	*n = 0;
	for (int i = 1; rc == OK && i < c->nargs; i++) {
		const struct series *s;
		rc = series_words_find(c, l, c->args[i], &s, e);
		if (rc == OK)
			out[(*n)++] = s->id;
	}
	for (size_t i = 0; c->nargs == 1 && i < l->n; i++)
		if (l->all[i].until == DATE_NONE || l->all[i].until >= c->today)
			out[(*n)++] = l->all[i].id;
	return rc;
}

/* --from, else today, to the day after --until, else to the end of next month. */
static int read_reach(struct cli *c, civil_date *from, civil_date *to, struct err *e)
{
	const struct series any = {.first = c->today, .until = DATE_NONE};
	int rc = series_words_day(c, OPT_FROM, c->today, from, e);
	if (rc == OK)
		rc = series_words_day(c, OPT_UNTIL, series_reach(&any, c->today), to, e);
	*to += rc == OK;
	return rc;
}

static int run_make(struct cli *c, struct err *e)
{
	struct series_list l;
	struct series_done done;
	struct change_result result;
	civil_date from = DATE_NONE, to = DATE_NONE;
	size_t n = 0;
	bool period = cli_has(c, OPT_PERIOD) || cli_has(c, OPT_WEEK) || cli_has(c, OPT_MONTH);
	int rc = series_words_load(c, &l, e);
	struct id *ids = arena_alloc(c->a, (l.n + (size_t)c->nargs) * sizeof *ids);
	if (rc == OK)
		rc = named(c, &l, ids, &n, e);
	if (rc == OK && period)
		rc = cli_period(c, &from, &to, e);
	else if (rc == OK)
		rc = read_reach(c, &from, &to, e);
	cli_view_end(c);
	if (rc == OK)
		rc = series_make(c->store, c->a, ids, n, from, to, &done, &result, e);
	return rc ? rc : series_words_report(c, &done, &result, e);
}

/* ---- changing --------------------------------------------------------------------------------------------------- */

struct place_in { struct id series, shift; civil_date day; };      /* shift none: a series was named */

/* A series by its words, or a shift of one. */
static int what_changes(struct cli *c, struct place_in *at, struct err *e)
{
	struct series_list l;
	const struct series *s = NULL;
	struct err other;
	int rc = series_words_load(c, &l, e);
	*at = (struct place_in){.shift = ID_NONE, .day = c->today};
	if (rc == OK && series_words_find(c, &l, c->args[1], &s, &other) != OK) {
		rc = roster_find_shift(c->view, c->book, c->args[1], c->today, &at->shift, e);
		if (rc == OK)
			rc = series_of_shift(c->view, c->a, &l, at->shift, &s, &at->day, e);
	}
	if (rc == OK && id_is_none(at->shift))
		rc = series_words_day(c, OPT_ON, c->today, &at->day, e);
	at->series = rc == OK ? s->id : ID_NONE;
	return rc;
}

static int run_change(struct cli *c, struct err *e)
{
	static const char *const which[] = {"this", "following", "all"};
	enum { THIS, FOLLOWING, ALL, UNKNOWN };
	struct place_in at;
	struct series_edit edit;
	struct series_done done;
	struct change_result result;
	int what = THIS;
	while (what < UNKNOWN && strcmp(cli_has(c, OPT_WHICH) ? c->opt[OPT_WHICH] : "", which[what]) != 0)
		what++;
	if (what == UNKNOWN)
		return err_set(e, ERR_USAGE, _("say which: --which this, following or all"));
	int rc = what_changes(c, &at, e);
	if (rc == OK)
		rc = series_words_edit(c, &edit, e);
	cli_view_end(c);
	if (rc == OK && edit.fields == 0)
		rc = err_set(e, ERR_USAGE, _("say what becomes another: --time, --days, --need …"));
	if (rc == OK && what == THIS && id_is_none(at.shift))
		rc = err_set(e, ERR_USAGE, _("--which this needs a shift: its day, its time and a part of its place"));
	if (rc == OK && what == THIS)
		rc = series_change_one(c->store, c->a, at.shift, &edit, &done, &result, e);
	else if (rc == OK)
		rc = series_change(c->store, c->a, at.series, at.day, what == ALL ? SERIES_ALL : SERIES_FOLLOWING, &edit, &done, &result, e);
	return rc ? rc : series_words_report(c, &done, &result, e);
}

static int one_series(struct cli *c, struct id *out, struct err *e)
{
	struct series_list l;
	const struct series *s;
	int rc = series_words_load(c, &l, e);
	if (rc == OK)
		rc = series_words_find(c, &l, c->args[1], &s, e);
	if (rc == OK)
		*out = s->id;
	return rc;
}

static int run_end(struct cli *c, struct err *e)
{
	struct id series;
	struct series_done done;
	struct change_result result;
	civil_date last;
	int rc = one_series(c, &series, e);
	if (rc == OK)
		rc = series_words_day(c, OPT_ON, c->today, &last, e);
	cli_view_end(c);
	if (rc == OK)
		rc = series_end(c->store, c->a, series, last, cli_has(c, OPT_YES), &done, &result, e);
	return rc ? rc : series_words_report(c, &done, &result, e);
}

/* SERIES DAY */
static int one_day(struct cli *c, struct id *series, civil_date *day, struct err *e)
{
	int rc = one_series(c, series, e);
	if (rc == OK)
		rc = when_parse_date(c->args[2], c->today, WHEN_NEAR, day, e);
	cli_view_end(c);
	return rc;
}

static int run_skip(struct cli *c, struct err *e)
{
	struct id series;
	struct change_result result;
	civil_date day = DATE_NONE;
	int rc = one_day(c, &series, &day, e);
	if (rc == OK)
		rc = series_take_out(c->store, series, day, c->opt[OPT_WHY], &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

static int run_unskip(struct cli *c, struct err *e)
{
	struct id series;
	struct series_done done;
	struct change_result result;
	civil_date day = DATE_NONE;
	int rc = one_day(c, &series, &day, e);
	if (rc == OK)
		rc = series_put_back(c->store, c->a, series, day, &done, &result, e);
	return rc ? rc : series_words_report(c, &done, &result, e);
}

/* ---- fixed places ----------------------------------------------------------------------------------------------- */

/* A volunteer, else an organisation. */
static int holder_named(struct cli *c, struct fixed *f, struct err *e)
{
	struct err other;
	int rc = book_resolve_person(c->book, c->view, c->args[2], &f->volunteer, e);
	if (rc == ERR_NOTFOUND && cli_record(c, schema_type(TYPE_ORGANISATION), c->args[2], &f->organisation, &other) == OK)
		return OK;
	return rc;
}

/* How often, from when and how many. */
static int read_fixed(struct cli *c, struct fixed *f, struct err *e)
{
	struct series_edit edit;
	int rc = series_words_edit(c, &edit, e);
	if (rc == OK)
		rc = series_words_day(c, OPT_FROM, DATE_NONE, &f->from, e);
	if (rc == OK)
		rc = cli_number(cli_has(c, OPT_PLACES) ? c->opt[OPT_PLACES] : "1", 1, 99, &f->places, e);
	if (rc)
		return rc;
	f->until = edit.to.until;
	f->every = edit.to.every;
	f->days = edit.to.days;
	if (f->every > SERIES_FOURTH_WEEK)
		return err_set(e, ERR_USAGE, _("a fixed place is every, every second or every fourth week: --every 1, 2 or 4"));
	return OK;
}

/* A fixed place given, or taken away. */
static int fix(struct cli *c, bool given, struct err *e)
{
	struct fixed f = {0};
	struct id series;
	struct series_done done;
	struct change_result result;
	int rc = one_series(c, &series, e);
	if (rc == OK)
		rc = holder_named(c, &f, e);
	if (rc == OK && given)
		rc = read_fixed(c, &f, e);
	cli_view_end(c);
	struct id holder = id_is_none(f.volunteer) ? f.organisation : f.volunteer;
	if (rc == OK)
		rc = given ? series_fix(c->store, c->a, series, &f, &done, &result, e)
			: series_unfix(c->store, c->a, series, holder, cli_has(c, OPT_YES), &done, &result, e);
	return rc ? rc : series_words_report(c, &done, &result, e);
}

static int run_place(struct cli *c, struct err *e)
{
	return fix(c, true, e);
}

static int run_unplace(struct cli *c, struct err *e)
{
	return fix(c, false, e);
}

int cmd_series(struct cli *c, struct err *e)
{
	static const struct cli_verb verbs[] = {
		{"list", CLI_READS, 0, 1, run_list}, {"new", CLI_WRITES, 0, 0, run_new}, {"make", CLI_WRITES, 0, -1, run_make},
		{"change", CLI_WRITES, 1, 1, run_change}, {"end", CLI_WRITES, 1, 1, run_end}, {"skip", CLI_WRITES, 2, 2, run_skip},
		{"unskip", CLI_WRITES, 2, 2, run_unskip},
		{"place", CLI_WRITES, 2, 2, run_place}, {"unplace", CLI_WRITES, 2, 2, run_unplace},
	};
	return cli_run_verb(c, verbs, sizeof verbs / sizeof *verbs, e);
}
