/* cli/cmd_fill.c - the command fill: who could take the open places of a period, with proof; and puts them there.
 *
 * Reads the words and writes the answer; who is proposed is roster/filling.h's. */
#include "cli/cli.h"

#include <string.h>

#include "base/lang.h"
#include "base/os.h"

enum { DAYS_AHEAD = 28, SECONDS_MOST = 3600 };

struct deadline { int64_t ms; };

static bool is_over(void *ctx)
{
	return os_monotonic_ms() >= ((const struct deadline *)ctx)->ms;
}

static int read_period(struct cli *c, struct filling_how *how, struct err *e)
{
	int rc = cli_unit(c, &how->unit, e);
	if (rc == OK && !cli_has_period(c)) {
		how->from = c->today;
		how->to = c->today + DAYS_AHEAD;
		return OK;
	}
	return rc ? rc : cli_period(c, &how->from, &how->to, e);
}

static int work(struct cli *c, struct filling *f, struct err *e)
{
	int seconds = 0, rc = cli_has(c, OPT_LIMIT) ? cli_number(c->opt[OPT_LIMIT], 1, SECONDS_MOST, &seconds, e) : OK;
	struct deadline d = {os_monotonic_ms() + (int64_t)seconds * 1000};
	if (rc == OK)
		filling_work(f, seconds ? FILL_LONG_EFFORT : FILL_NORMAL_EFFORT, seconds ? is_over : NULL, &d);
	return rc;
}

/* ---- what came of it -------------------------------------------------------------------------------------------- */

static json_t *shift_json(const struct shift *s)
{
	char id[ID_TEXT], from[32], to[32];
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "shift", id_format(id, s->row.shift), "start",
		civil_format_iso(from, sizeof from, s->row.start), "end", civil_format_iso(to, sizeof to, s->row.end),
		"unit", s->unit, "role", s->role);
}

static json_t *proposals_json(const struct filled *r)
{
	char id[ID_TEXT];
	json_t *all = json_array();
	for (size_t i = 0; i < r->n; i++) {
		const struct proposal *p = &r->proposals[i];
		json_t *j = shift_json(p->shift);
		json_object_set_new(j, "volunteer", json_string(id_format(id, p->person->id)));
		json_object_set_new(j, "name", json_string(p->person->name));
		json_object_set_new(j, "warned", json_boolean(p->warned));
		json_object_set_new(j, "reasons", json_string(p->reasons));
		json_object_set_new(j, "verdicts", cli_verdicts_json(p->verdicts, p->nverdicts));
		json_array_append_new(all, j);
	}
	return all;
}

static json_t *open_json(const struct filled *r)
{
	json_t *all = json_array();
	for (size_t i = 0; i < r->nopen; i++) {
		json_t *j = shift_json(r->open[i].shift);
		json_object_set_new(j, "open", json_integer(r->open[i].places));
		json_object_set_new(j, "why", json_string(r->open[i].why));
		json_array_append_new(all, j);
	}
	return all;
}

static json_t *filled_json(const struct filled *r, size_t taken)
{
	json_t *cover = json_pack("{s:i, s:i, s:i, s:b}", "places", r->places, "open", r->open_places, "open_least",
		r->open_least, "proven", r->open_places == r->open_least);
	json_t *bound = json_pack("{s:I, s:I, s:b, s:s}", "cost", (json_int_t)r->cost, "at_least", (json_int_t)r->bound,
		"stopped", r->stopped, "input", r->input);
	return json_pack("{s:o, s:o, s:I, s:s, s:s, s:o, s:o}", "cover", cover, "bound", bound, "taken",
		(json_int_t)taken, "proof", r->proof, "quality", r->quality ? r->quality : "", "proposals",
		proposals_json(r), "open", open_json(r));
}

/* ---- taking ----------------------------------------------------------------------------------------------------- */

/* Those with a warning are left where they are unless a reason is given. */
static bool *choose(struct cli *c, const struct filled *r, size_t *n)
{
	bool *take = arena_alloc(c->a, r->n + 1);
	*n = 0;
	for (size_t i = 0; i < r->n; i++) {
		take[i] = !r->proposals[i].warned || cli_has(c, OPT_OVERRIDE);
		*n += take[i];
	}
	return take;
}

static int show(struct cli *c, const struct filling_how *how, const struct filled *r, size_t taken, struct err *e)
{
	if (cli_wants_json(c))
		return cli_write_json(c, filled_json(r, taken), e);
	int rc = cli_view(c, e);
	return rc ? rc : cli_write_sheet(c, paper_filling(c->view, c->a, how, r, cli_has(c, OPT_EXPLAIN)), e);
}

static int take_and_show(struct cli *c, struct filling *f, const struct filling_how *how, struct err *e)
{
	const struct filled *r = filling_result(f);
	struct change_result done = {0};
	size_t n;
	const bool *take = choose(c, r, &n);
	int state = cli_has(c, OPT_OFFERED) ? ASSIGNMENT_OFFERED : ASSIGNMENT_ACCEPTED;
	int rc = n ? filling_take(c->store, f, take, state, c->opt[OPT_OVERRIDE], NULL, &done, e) : OK;
	c->done = rc == OK && done.writes > 0 && !cli_has(c, OPT_DRY_RUN);
	if (rc == OK)
		rc = show(c, how, r, n, e);
	if (rc == OK)
		cli_say_change(c, &done);
	if (rc == OK && n < r->n)
		fprintf(stderr, ngettext("%zu with a warning is left out: --override \"the reason\" takes it too\n",
					 "%zu with a warning are left out: --override \"the reason\" takes them too\n",
					 r->n - n), r->n - n);
	return rc;
}

static int explain(struct cli *c, struct filling *f, struct id shift, struct id volunteer, struct err *e)
{
	filling_result(f);
	const char *why = filling_why_not(f, c->a, shift, volunteer);
	if (cli_wants_json(c))
		return cli_write_json(c, json_pack("{s:s}", "why", why), e);
	cli_print_text(stdout, 0, why);
	return OK;
}

/* ---- a place that somebody gave up ------------------------------------------------------------------------------- */

static json_t *moves_json(const struct move_offer *o)
{
	char id[ID_TEXT];
	json_t *all = json_array();
	for (size_t i = 0; i < o->n; i++) {
		const struct move *m = &o->moves[i];
		json_array_append_new(all, json_pack("{s:s, s:s, s:o, s:o}", "volunteer", id_format(id, m->person->id), "name",
			m->person->name, "from", m->from ? shift_json(m->from) : json_null(), "to", shift_json(m->to)));
	}
	return all;
}

static json_t *offers_json(const struct move_offers *all)
{
	json_t *list = json_array();
	for (size_t i = 0; i < all->n; i++) {
		const struct move_offer *o = &all->offers[i];
		json_array_append_new(list, json_pack("{s:s, s:s, s:o}", "text", o->text, "warning", o->warning ? o->warning : "",
			"moves", moves_json(o)));
	}
	return json_pack("{s:o, s:o, s:s}", "shift", shift_json(all->shift), "offers", list, "none", all->none ? all->none : "");
}

static int show_offers(struct cli *c, const struct move_offers *all, struct err *e)
{
	if (cli_wants_json(c))
		return cli_write_json(c, offers_json(all), e);
	if (all->none)
		cli_print_text(stdout, 0, all->none);
	for (size_t i = 0; i < all->n; i++) {
		const struct move_offer *o = &all->offers[i];
		cli_print_text(stdout, 0, arena_printf(c->a, "%zu  %s%s%s", i + 1, o->text, o->warning ? " · ! " : "",
			o->warning ? o->warning : ""));
	}
	return OK;
}

static int take_offer(struct cli *c, struct filling *f, size_t n, struct err *e)
{
	struct change_result done = {0};
	bool needs;
	int no, rc = cli_number(c->opt[OPT_TAKE], 1, n ? (int)n : 1, &no, e);
	if (rc == OK && n == 0)
		rc = err_set(e, ERR_REFUSED, "%s", filling_offers(f)->none);
	if (rc == OK)
		rc = filling_take_offer(c->store, f, (size_t)no - 1, c->opt[OPT_OVERRIDE], &needs, &done, e);
	c->done = rc == OK && done.writes > 0 && !cli_has(c, OPT_DRY_RUN);
	if (rc == OK)
		cli_say_change(c, &done);
	return rc;
}

static int replan(struct cli *c, struct err *e)
{
	struct filling *f;
	struct id shift;
	int rc = roster_find_shift(c->view, c->book, c->opt[OPT_REPLAN], c->today, &shift, e);
	if (rc == OK)
		rc = filling_replan(c->view, c->book, c->a, shift, &f, e);
	cli_view_end(c);
	if (rc != OK)
		return rc;
	const struct move_offers *all = filling_offers(f);
	return cli_has(c, OPT_TAKE) ? take_offer(c, f, all->n, e) : show_offers(c, all, e);
}

int cmd_fill(struct cli *c, struct err *e)
{
	struct filling_how how = {0};
	struct filling *f;
	struct id shift = ID_NONE, volunteer = ID_NONE;
	int rc = cli_book(c, e);
	if (rc == OK && cli_has(c, OPT_REPLAN))
		return replan(c, e);
	if (rc == OK)
		rc = read_period(c, &how, e);
	if (rc == OK && c->nargs == 1)
		rc = err_set(e, ERR_USAGE, _("give a shift and a volunteer, or neither"));
	if (rc == OK && c->nargs == 2)
		rc = roster_find_shift(c->view, c->book, c->args[0], c->today, &shift, e);
	if (rc == OK && c->nargs == 2)
		rc = book_resolve_person(c->book, c->view, c->args[1], &volunteer, e);
	if (rc == OK)
		rc = filling_read(c->view, c->book, c->a, &how, &f, e);
	cli_view_end(c);
	if (rc == OK)
		rc = work(c, f, e);
	if (rc != OK)
		return rc;
	return c->nargs ? explain(c, f, shift, volunteer, e) : take_and_show(c, f, &how, e);
}
