/* roster/rules_frames.c - the rules about what volunteers come within: open roles, pauses, courses, agreements.
 *
 * Owns their tests and sentences. What was begun here and isn't in order stops or warns; what was never written here is
 * only said, and not even that where nobody keeps agreements here: a role or an organisation from before this program
 * must not close overnight. Must not know what is kept of any of these beyond the book. */
#include "roster/rules.h"

#include "base/lang.h"
#include "roster/gates.h"
#include "roster/rules_priv.h"

static civil_date shift_day(const struct rule_case *c)
{
	return cmin_date(c->shift->row.start);
}

static bool break_with(struct verdict *out, struct id about, const char *sentence)
{
	out->sentence = sentence;
	out->about = about;
	return true;
}

/* What a text of several parts is made of, ", " between. */
static const char *joined(struct arena *a, const char *before, const char *more)
{
	return before ? arena_printf(a, "%s, %s", before, more) : more;
}

/* ---- the role --------------------------------------------------------------------------------------------------- */

static const char *missing_gates(const struct rule_case *c, struct arena *a, const struct task *t)
{
	unsigned closed = gates_closed(c->book, t, shift_day(c));
	const char *all = NULL;
	size_t n;
	const struct role_gate *gates = gates_table(&n);
	for (size_t i = 0; i < n; i++)
		if (closed >> i & 1)
			all = joined(a, all, _(gates[i].lacks));
	return all;
}

/* Of a day that is over nothing is said: what is written since, or renewed, isn't what was known then. */
static bool is_over(const struct rule_case *c)
{
	return shift_day(c) < c->today;
}

static bool is_on(const struct rule_case *c)
{
	return c->shift->row.state != SHIFT_CANCELLED && !is_over(c);
}

bool rule_role_open(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct task *t = book_task(c->book, c->shift->row.role);
	if (!t || !is_on(c) || !gates_begun(c->book, t))
		return false;
	const char *missing = missing_gates(c, a, t);
	return missing && break_with(out, t->id, arena_printf(a, _("%s isn't open yet; missing: %s"), t->name, missing));
}

bool rule_role_frames(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct task *t = book_task(c->book, c->shift->row.role);
	if (!t || !is_on(c) || !c->book->frames.ncooperations || gates_begun(c->book, t))
		return false;
	const char *missing = missing_gates(c, a, t);
	return missing && break_with(out, t->id, arena_printf(a, _("Not written about %s: %s"), t->name, missing));
}

bool rule_paused(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct shift_row *s = &c->shift->row;
	bool asked = c->person && !rule_seat(c->shift, c->person);
	bool speaks = is_on(c) || (asked && !is_over(c));
	const struct standstill *p = speaks ? pause_on(c->book, s->unit, s->role, shift_day(c)) : NULL;
	if (!p)
		return false;
	const char *what = id_is_none(p->of) ? _("Everything") : book_name(c->book, p->of);
	if (p->until == DATE_NONE)
		return break_with(out, p->id, arena_printf(a, _("%s stands still: %s"), what, p->why));
	return break_with(
		out, p->id,
		arena_printf(a, _("%s stands still until %s: %s"), what, rule_day_year(a, p->until), p->why));
}

/* ---- courses ---------------------------------------------------------------------------------------------------- */

/* What is wrong with one that the role asks for; NULL: nothing. */
static const char *judge_course(struct arena *a, const struct course *k, const struct held *h, civil_date day)
{
	if (held_holds(h, day))
		return NULL;
	if (!h)
		return arena_printf(a, _("lacks %s"), k->name);
	if (h->got == DATE_NONE)
		return arena_printf(a, _("is signed up for %s, and hasn't got it yet"), k->name);
	if (h->got > day)
		return arena_printf(a, _("gets %s on %s, after the shift"), k->name, rule_day_year(a, h->got));
	return arena_printf(a, _("%s ran out on %s"), k->name, rule_day_year(a, h->until));
}

bool rule_qualification(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct frames *f = &c->book->frames;
	const char *all = NULL;
	size_t n;
	if (is_over(c))
		return false;
	const struct demand *asked = frames_demands(f, c->shift->row.role, &n);
	for (size_t i = 0; i < n; i++) {
		const struct held *h = frames_held(f, c->person->id, asked[i].course);
		const char *one = judge_course(a, frames_course(f, asked[i].course), h, shift_day(c));
		all = one ? joined(a, all, one) : all;
	}
	return all && break_with(out, c->person->id, arena_printf(a, _("%s asks for more: %s"), c->shift->role, all));
}

/* ---- agreements ------------------------------------------------------------------------------------------------- */

struct pacts {
	const struct pact *best; /* what holds, else the latest; NULL: none */
	bool holds;
};

static void look_at(const struct rule_case *c, const struct pact *all, size_t n, struct pacts *out)
{
	const struct shift_row *s = &c->shift->row;
	for (size_t i = 0; i < n && !out->holds; i++) {
		const struct pact *p = &all[i];
		bool named, here = id_is_none(p->unit) || book_unit_within(c->book, s->unit, p->unit);
		if (!here || !frames_covers(&c->book->frames, p, s->role, &named))
			continue;
		out->holds = pact_holds(p, shift_day(c));
		if (out->holds || !out->best || p->from > out->best->from)
			out->best = p;
	}
}

/* Whom the agreement is to be with: the organisation that the person comes through, or of the own corps the person. */
static struct id party_of(const struct rule_case *c, int *sort)
{
	const struct org *o = book_org(c->book, c->person->organisation);
	bool own = !o || o->kind == ORGANISATION_OWN_CORPS;
	*sort = own ? AGREEMENT_VOLUNTEER : AGREEMENT_COOPERATION;
	return own ? c->person->id : o->id;
}

/* Somebody with an agreement of their own has one, whoever they come through. */
static struct pacts pacts_of(const struct rule_case *c)
{
	struct pacts out = {0};
	int sort;
	size_t n;
	struct id party = party_of(c, &sort);
	const struct pact *all = frames_pacts(&c->book->frames, sort, party, &n);
	look_at(c, all, n, &out);
	all = frames_pacts(&c->book->frames, AGREEMENT_VOLUNTEER, c->person->id, &n);
	look_at(c, all, n, &out);
	return out;
}

bool rule_agreement(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	struct pacts found = pacts_of(c);
	const struct pact *p = found.best;
	if (!p || found.holds || is_over(c))
		return false;
	const char *with = book_name(c->book, p->with), *says;
	if (p->state != AGREEMENT_MADE)
		says = arena_printf(a, _("The agreement with %s: %s"), with,
				    _(schema_choice(SET_AGREEMENT_STATE, p->state)->label));
	else if (p->to != DATE_NONE && p->to < shift_day(c))
		says = arena_printf(a, _("The agreement with %s ran out on %s"), with, rule_day_year(a, p->to));
	else
		says = arena_printf(a, _("The agreement with %s holds from %s, after the shift"), with,
				    rule_day_year(a, p->from));
	return break_with(out, p->id, says);
}

bool rule_agreement_none(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	int sort;
	struct id party = party_of(c, &sort);
	if (!c->book->frames.npacts || is_over(c) || pacts_of(c).best)
		return false;
	return break_with(out, party,
			  arena_printf(a, _("No agreement with %s about %s is written here"), book_name(c->book, party),
				       c->shift->role));
}
