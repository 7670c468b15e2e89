/* cli/cmd_vigil.c - commands about vigils: a ward calls, who sits, whom to ring, and that it is over.
 *
 * Reads words and prints; what anything means is roster/vigil.h's. */
#include "cli/cli.h"

#include <stdio.h>

#include "base/lang.h"
#include "base/when.h"
#include "roster/vigil.h"

static civil_min now_of(struct cli *c)
{
	return store_now_civil(view_store(c->view));
}

/* The only one at a place that hasn't ended, else the last that has. */
static size_t vigils_at(const struct vigil *all, size_t n, struct id unit, struct vigil *out)
{
	size_t open = 0, ended = 0;
	for (size_t i = 0; i < n; i++) {
		if (!id_equal(all[i].unit, unit))
			continue;
		bool first = all[i].state == VIGIL_ENDED ? ended++ + open == 0 : open++ == 0;
		*out = first ? all[i] : *out;
	}
	return open ? open : ended > 0;
}

int cli_vigil(struct cli *c, const char *text, struct vigil *out, struct err *e)
{
	struct vigil *all;
	struct id unit, id;
	struct err other;
	size_t n, fits = 0;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = vigil_list(c->view, c->book, c->a, now_of(c), &all, &n, e);
	if (rc)
		return rc;
	if (cli_record(c, schema_type(TYPE_UNIT), text, &unit, &other) == OK)
		fits = vigils_at(all, n, unit, out);
	if (fits == 1)
		return OK;
	if (fits > 1)
		return err_set(e, ERR_AMBIGUOUS, _("there are several vigils at that place; write the number that samvagt vigil list shows"));
	rc = cli_record(c, schema_type(TYPE_VIGIL), text, &id, e);
	return rc ? rc : vigil_load(c->view, c->book, c->a, id, now_of(c), out, e);
}

static int vigil_named(struct cli *c, struct vigil *out, struct err *e)
{
	return cli_vigil(c, c->args[1], out, e);
}

static int run_list(struct cli *c, struct err *e)
{
	struct vigil *all;
	size_t n;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = vigil_list(c->view, c->book, c->a, now_of(c), &all, &n, e);
	return rc ? rc : cli_write_sheet(c, paper_vigils(c->a, all, n, cli_ids(c)), e);
}

static int write_vigil(struct cli *c, const struct vigil *v, struct err *e)
{
	return cli_write_sheet(c, paper_vigil(c->view, c->a, v, cli_has(c, OPT_PHONES), cli_has(c, OPT_ASCII)), e);
}

static int run_show(struct cli *c, struct err *e)
{
	struct vigil v;
	int rc = vigil_named(c, &v, e);
	return rc ? rc : write_vigil(c, &v, e);
}

static int run_next(struct cli *c, struct err *e)
{
	struct vigil v;
	struct vigil_call *call;
	size_t n, most;
	int rc = vigil_named(c, &v, e);
	if (rc == OK)
		rc = vigil_chain(c->view, c->book, c->a, &v, now_of(c), &call, &n, e);
	if (rc == OK)
		rc = cli_max(c, n, &most, e);
	return rc ? rc : cli_write_sheet(c, paper_vigil_chain(c->view, c->a, &v, call, most < n ? most : n), e);
}

/* ---- beginning -------------------------------------------------------------------------------------------------- */

static int read_role(struct cli *c, struct id *out, struct err *e)
{
	if (cli_has(c, OPT_ROLE))
		return cli_record(c, schema_type(TYPE_ROLE), c->opt[OPT_ROLE], out, e);
	int rc = vigil_usual_role(c->view, c->book, out, e);
	if (rc == OK && id_is_none(*out))
		rc = err_set(e, ERR_USAGE, _("say who sits: --role \"Vågevagt\""));
	return rc;
}

static int read_lengths(struct cli *c, struct vigil_new *how, struct err *e)
{
	int rc = OK;
	how->hours = VIGIL_HOURS;
	if (cli_has(c, OPT_HOURS))
		rc = cli_number(c->opt[OPT_HOURS], 1, VIGIL_HOURS_MOST, &how->hours, e);
	how->watch = vigil_even_watch(how->hours);
	if (rc == OK && cli_has(c, OPT_WATCH))
		rc = when_parse_duration(c->opt[OPT_WATCH], &how->watch, e);
	return rc;
}

/* A time alone is today's: a ward calls, and it is now. */
static int read_start(struct cli *c, civil_min *out, struct err *e)
{
	int minute;
	if (when_parse_time(c->opt[OPT_FROM], &minute, NULL) != OK)
		return when_parse_datetime(c->opt[OPT_FROM], c->today, out, e);
	*out = cmin_at(c->today, minute);
	return OK;
}

static int read_new(struct cli *c, struct vigil_new *how, struct err *e)
{
	const struct id *unit;
	*how = (struct vigil_new){.room = c->opt[OPT_ROOM], .contact = c->opt[OPT_CONTACT]};
	if (!cli_has(c, OPT_UNIT) || !cli_has(c, OPT_FROM))
		return err_set(e, ERR_USAGE, _("say where and from when: --unit \"Medicinsk 3\" --from \"today 14\""));
	int rc = cli_unit(c, &unit, e);
	if (rc == OK)
		rc = read_start(c, &how->start, e);
	if (rc == OK)
		rc = read_role(c, &how->role, e);
	if (rc == OK)
		rc = read_lengths(c, how, e);
	if (rc == OK && cli_has(c, OPT_PHONE)) {
		struct value phone;
		rc = kind_parse(c->a, schema_field(TYPE_VIGIL, F_VIGIL_PHONE), c->opt[OPT_PHONE], c->today, &phone, e);
		how->phone = rc == OK && phone.tag == V_TEXT ? phone.text.s : NULL;
	}
	how->unit = rc == OK ? *unit : ID_NONE;
	return rc;
}

/* What was made, as it stands; of a dry run there is nothing to show. */
static int show_made(struct cli *c, struct id id, struct err *e)
{
	struct vigil v;
	if (store_is_dry_run(c->store))
		return OK;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = vigil_load(c->view, c->book, c->a, id, now_of(c), &v, e);
	return rc ? rc : write_vigil(c, &v, e);
}

static int run_new(struct cli *c, struct err *e)
{
	struct vigil_new how;
	const struct vigil *other = NULL;
	struct change_result result;
	struct id id;
	int rc = read_new(c, &how, e);
	if (rc == OK)
		rc = vigil_beside(c->view, c->book, c->a, &how, now_of(c), &other, e);
	cli_view_end(c);
	if (rc == OK)
		rc = vigil_begin(c->store, &how, &id, &result, e);
	if (rc)
		return rc;
	cli_say_change(c, &result);
	if (other)
		fprintf(stderr, _("another vigil goes on at %s at the same time: if it is the same one, take this back with samvagt undo\n"), other->place);
	return show_made(c, id, e);
}

/* ---- going on, and ending --------------------------------------------------------------------------------------- */

static int run_longer(struct cli *c, struct err *e)
{
	struct vigil v;
	struct change_result result;
	int hours = VIGIL_LONGER, rc = vigil_named(c, &v, e);
	if (rc == OK && cli_has(c, OPT_HOURS))
		rc = cli_number(c->opt[OPT_HOURS], 1, VIGIL_HOURS_MOST, &hours, e);
	cli_view_end(c);
	if (rc == OK)
		rc = vigil_longer(c->store, v.id, hours, &result, e);
	if (rc)
		return rc;
	cli_say_change(c, &result);
	return show_made(c, v.id, e);
}

static int run_end(struct cli *c, struct err *e)
{
	struct vigil v;
	struct vigil_end told;
	struct change_result result;
	int rc = vigil_named(c, &v, e);
	cli_view_end(c);
	if (rc == OK)
		rc = vigil_end(c->store, c->book, c->a, v.id, &told, &result, e);
	if (rc)
		return rc;
	cli_say_change(c, &result);
	rc = cli_view(c, e);
	return rc ? rc : cli_write_sheet(c, paper_vigil_told(c->view, c->a, v.place, &told), e);
}

int cmd_vigil(struct cli *c, struct err *e)
{
	static const struct cli_verb verbs[] = {
		{"list", CLI_READS, 0, 0, run_list}, {"new", CLI_WRITES, 0, 0, run_new}, {"show", CLI_READS, 1, 1, run_show},
		{"end", CLI_WRITES, 1, 1, run_end}, {"longer", CLI_WRITES, 1, 1, run_longer}, {"next", CLI_READS, 1, 1, run_next},
	};
	return cli_run_verb(c, verbs, sizeof verbs / sizeof *verbs, e);
}
