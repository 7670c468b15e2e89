/* cli/cmd_round.c - from a cancellation to a substitute: round, wait, swap, handover. Each is one act of
 * roster/round.h; this file reads the words and prints whom to ring. */
#include "cli/cli.h"

#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "roster/round.h"

/* ---- words ------------------------------------------------------------------------------------------------------ */

/* Beside the names and labels of the table. */
static const struct { const char *word; int outcome; } outcomes[] = {
	{"ja", CALL_YES}, {"nej", CALL_NO}, {"tavs", CALL_NO_ANSWER}, {"silent", CALL_NO_ANSWER}, {"igen", CALL_AGAIN},
};

static int read_outcome(struct cli *c, int *out, struct err *e)
{
	struct value v;
	for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
		if (strcmp(outcomes[i].word, c->opt[OPT_OUTCOME]) == 0) {
			*out = outcomes[i].outcome;
			return OK;
		}
	int rc = kind_parse(c->a, schema_field(TYPE_CALL, F_CALL_OUTCOME), c->opt[OPT_OUTCOME], c->today, &v, e);
	*out = rc == OK ? (int)v.i : 0;
	return rc == OK && v.tag == V_NONE ? err_set(e, ERR_USAGE, _("say what came of it: yes, no, no-answer or again")) : rc;
}

static int shift_named(struct cli *c, int arg, struct id *out, struct err *e)
{
	int rc = cli_book(c, e);
	return rc ? rc : roster_find_shift(c->view, c->book, c->args[arg], c->today, out, e);
}

static int person_named(struct cli *c, int arg, struct id *out, struct err *e)
{
	return book_resolve_person(c->book, c->view, c->args[arg], out, e);
}

/* What to add to the command line so that it is done all the same. */
static int say_needs(enum round_needs needs, int rc, struct err *e)
{
	char was[sizeof e->text];
	if (rc != ERR_REFUSED || needs == ROUND_NEEDS_NOTHING)
		return rc;
	snprintf(was, sizeof was, "%s", e->text);
	if (needs == ROUND_NEEDS_REASON)
		return err_set(e, rc, _("%s. If it should be so all the same: --override \"the reason\""), was);
	return err_set(e, rc, _("%s. If they were rung all the same: --yes"), was);
}

/* ---- the list of whom to ring ----------------------------------------------------------------------------------- */

static const char *about_round(struct cli *c, const struct round *r)
{
	const char *text = arena_printf(c->a, ngettext("%zu open place", "%zu open places", (unsigned long)r->shift.open),
		(size_t)r->shift.open);
	if (!*r->gone_name)
		return text;
	text = arena_printf(c->a, _("%s, instead of %s"), text, r->gone_name);
	return *r->gone_why ? arena_printf(c->a, "%s (%s)", text, r->gone_why) : text;
}

static void round_row(struct cli *c, struct sheet *s, const struct candidate *k, size_t rank)
{
	struct sheet_row *row = sheet_row(s, ROW_DATA);
	const char *worst = k->worst >= RULE_WARN ? k->verdicts[0].sentence : "";
	row->cells[0] = sheet_int(c->a, (int64_t)rank);
	row->cells[1].text = k->person->name;
	row->cells[2].text = kind_phone(c->a, k->person->phone);
	row->cells[3].text = candidate_is_next(k) ? "" : _("not now");
	row->cells[4].text = *worst ? arena_printf(c->a, "%s\n%s", worst, k->reasons) : k->reasons;
}

static int round_sheet(struct cli *c, const struct round *r, struct err *e)
{
	struct sheet *s = sheet_new(c->a, arena_printf(c->a, _("Phone round: %s"), shift_title(c->a, &r->shift)));
	bool next = cli_has(c, OPT_NEXT);
	sheet_column(s, "rank", _("No."), ALIGN_RIGHT, 3, 4);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 28);
	sheet_column(s, "phone", _("Phone"), ALIGN_LEFT, 11, 14);
	sheet_column(s, "now", _("Now"), ALIGN_LEFT, 4, 8);
	sheet_column(s, "reasons", _("Why"), ALIGN_LEFT, 20, 60);
	for (size_t i = 0; i < r->n; i++)
		if (!next || &r->all[i] == r->next)
			round_row(c, s, &r->all[i], i + 1);
	sheet_note(s, about_round(c, r));
	if (!r->next)
		sheet_note(s, _("Nobody is left to ring today."));
	return cli_write_sheet(c, s, e);
}

static json_t *call_json(struct cli *c, const struct call *k)
{
	char id[ID_TEXT], at[32], again[32];
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:s}", "volunteer", id_format(id, k->volunteer), "name",
		book_name(c->book, k->volunteer), "at", civil_format_iso(at, sizeof at, k->at), "outcome",
		schema_choice(SET_CALL_OUTCOME, k->outcome) ? schema_choice(SET_CALL_OUTCOME, k->outcome)->name : "", "by", k->by);
	if (k->again != CMIN_NONE)
		json_object_set_new(j, "again", json_string(civil_format_iso(again, sizeof again, k->again)));
	if (*k->note)
		json_object_set_new(j, "note", json_string(k->note));
	return j;
}

static json_t *person_json(const struct round *r, size_t i)
{
	json_t *j = cli_candidate_json(&r->all[i], i + 1);
	json_object_set_new(j, "now", json_boolean(candidate_is_next(&r->all[i])));
	return j;
}

static int round_json(struct cli *c, const struct round *r, struct err *e)
{
	char id[ID_TEXT];
	json_t *j = json_pack("{s:s, s:s, s:i}", "shift", id_format(id, r->shift.row.shift), "title",
		shift_title(c->a, &r->shift), "open", r->shift.open);
	json_t *people = json_array(), *calls = json_array();
	if (!id_is_none(r->gone))
		json_object_set_new(j, "instead_of", json_string(r->gone_name));
	for (size_t i = 0; i < r->n; i++)
		if (!cli_has(c, OPT_NEXT) || &r->all[i] == r->next)
			json_array_append_new(people, person_json(r, i));
	for (size_t i = 0; i < r->ncalls; i++)
		json_array_append_new(calls, call_json(c, &r->calls[i]));
	json_object_set_new(j, "candidates", people);
	json_object_set_new(j, "calls", calls);
	return cli_write_json(c, j, e);
}

/* ---- a call ----------------------------------------------------------------------------------------------------- */

static civil_min now(const struct cli *c)
{
	return civil_from_utc(c->clock.now(c->clock.ctx));
}

/* A day without a time would be midnight; a time without a day is today's. Without either: what the screen proposes. */
static int read_again(struct cli *c, const char *at, civil_min *out, struct err *e)
{
	int minute;
	if (!at) {
		*out = call_again_at(now(c));
		return *out != CMIN_NONE ? OK : err_set(e, ERR_USAGE, _("say when to ring again: --at \"tomorrow 9\""));
	}
	if (when_parse_time(at, &minute, NULL) == OK) {
		*out = cmin_at(c->today, minute);
		return OK;
	}
	return when_parse_datetime(at, c->today, out, e);
}

static int whom_to_ring(struct cli *c, const struct round *r, struct id *out, struct err *e)
{
	if (cli_has(c, OPT_PERSON))
		return book_resolve_person(c->book, c->view, c->opt[OPT_PERSON], out, e);
	if (!r->next)
		return err_set(e, ERR_NOTFOUND, _("nobody is left to ring today; without --outcome you see everybody, and why"));
	*out = r->next->person->id;
	return OK;
}

/* Who comes next, as it stands after the call. */
static int say_next(struct cli *c, struct id shift, int outcome, struct err *e)
{
	struct round r;
	if (cli_has(c, OPT_JSON) || cli_has(c, OPT_DRY_RUN) || outcome == CALL_YES)
		return OK;
	book_free(c->book);
	c->book = NULL;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = round_load(c->view, c->book, c->a, shift, &r, e);
	if (rc == OK && r.next)
		printf(_("Next: %s · %s · %s\n"), r.next->person->name, kind_phone(c->a, r.next->person->phone), r.next->reasons);
	else if (rc == OK)
		printf("%s\n", _("Nobody is left to ring today."));
	return rc;
}

/* Whoever was rung is said by name: on the command line it was the program that chose. */
static void say_call(struct cli *c, const struct round *r, const struct call_made *how)
{
	char day[64], time[16];
	const char *again = "";
	if (cli_has(c, OPT_JSON))
		return;
	if (how->outcome == CALL_AGAIN)
		again = arena_printf(c->a, "%s %s", civil_format_date(day, sizeof day, cmin_date(how->again), CIVIL_DAY),
			civil_format_time(time, sizeof time, cmin_minute(how->again)));
	fprintf(stderr, "%s\n", round_said(c->a, how->outcome, book_name(c->book, how->volunteer), r->gone_name, again));
}

static int record_call(struct cli *c, const struct round *r, const char *at, struct err *e)
{
	struct call_made how = {.shift = r->shift.row.shift, .note = c->opt[OPT_WHY], .override = c->opt[OPT_OVERRIDE],
		.seen = cli_has(c, OPT_YES)};
	struct change_result result;
	enum round_needs needs = ROUND_NEEDS_NOTHING;
	int rc = read_outcome(c, &how.outcome, e);
	if (rc == OK && how.outcome == CALL_AGAIN)
		rc = read_again(c, at, &how.again, e);
	if (rc == OK)
		rc = whom_to_ring(c, r, &how.volunteer, e);
	cli_view_end(c);
	if (rc == OK)
		rc = round_call(c->store, c->book, &how, &needs, &result, e);
	if (rc == OK)
		say_call(c, r, &how);
	if (rc == OK)
		rc = cli_report_change(c, &result, NULL, e);
	return rc ? say_needs(needs, rc, e) : say_next(c, how.shift, how.outcome, e);
}

static int write_rest(struct cli *c, struct id shift, struct err *e)
{
	struct sheet *s;
	int rc = paper_round(c->view, c->book, c->a, shift, &s, e);
	return rc ? rc : cli_write_sheet(c, s, e);
}

int cmd_round(struct cli *c, struct err *e)
{
	struct id shift;
	struct round r;
	const char *at = c->opt[OPT_AT];
	bool records = cli_has(c, OPT_OUTCOME);
	c->opt[OPT_AT] = NULL;         /* here it is a time to come, not the store as it was */
	int rc = cli_open_store(c, !records, e);
	if (rc == OK)
		rc = shift_named(c, 0, &shift, e);
	if (rc == OK)
		rc = round_load(c->view, c->book, c->a, shift, &r, e);
	if (rc != OK)
		return rc;
	if (round_refused(&r.shift, now(c)))
		return err_set(e, ERR_REFUSED, _("nobody is to be rung about %s: it is over, or called off"), shift_title(c->a, &r.shift));
	if (records)
		return record_call(c, &r, at, e);
	if (cli_has(c, OPT_REST))
		return write_rest(c, shift, e);
	return cli_wants_json(c) ? round_json(c, &r, e) : round_sheet(c, &r, e);
}

/* ---- the waiting list, swapping, handing over ------------------------------------------------------------------- */

int cmd_wait(struct cli *c, struct err *e)
{
	struct id shift, person;
	struct change_result result;
	int rc = shift_named(c, 0, &shift, e);
	if (rc == OK)
		rc = person_named(c, 1, &person, e);
	cli_view_end(c);
	if (rc == OK)
		rc = round_wait(c->store, c->book, shift, person, !cli_has(c, OPT_OFF), &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_swap(struct cli *c, struct err *e)
{
	struct place_of place[2];
	struct change_result result;
	enum round_needs needs = ROUND_NEEDS_NOTHING;
	int rc = OK;
	for (int i = 0; rc == OK && i < 2; i++) {
		rc = shift_named(c, 2 * i, &place[i].shift, e);
		if (rc == OK)
			rc = person_named(c, 2 * i + 1, &place[i].volunteer, e);
	}
	cli_view_end(c);
	if (rc == OK)
		rc = round_swap(c->store, c->book, place[0], place[1], c->opt[OPT_OVERRIDE], &needs, &result, e);
	return rc ? say_needs(needs, rc, e) : cli_report_change(c, &result, NULL, e);
}

int cmd_handover(struct cli *c, struct err *e)
{
	struct place_of from;
	struct id to;
	struct change_result result;
	enum round_needs needs = ROUND_NEEDS_NOTHING;
	int rc = shift_named(c, 0, &from.shift, e);
	if (rc == OK)
		rc = person_named(c, 1, &from.volunteer, e);
	if (rc == OK)
		rc = person_named(c, 2, &to, e);
	cli_view_end(c);
	if (rc == OK)
		rc = round_hand_over(c->store, c->book, from, to, c->opt[OPT_OVERRIDE], &needs, &result, e);
	return rc ? say_needs(needs, rc, e) : cli_report_change(c, &result, NULL, e);
}
