/* roster/filling_move.c - see filling.h: a place that was given up near the day. Who comes, and who changes shift for
 * it, with the fewest changes for others.
 *
 * Owns which shifts are near enough to move people between, the words of an offer, and how one is put down. How firmly
 * a place stands, and who may take what, is filling.c's. */
#include "roster/filling.h"

#include <string.h>

#include "base/lang.h"
#include "roster/act_priv.h"
#include "roster/filling_priv.h"
#include "roster/round.h"

enum { NEAR_DAYS = 7 };

int filling_replan(struct view *v, struct book *b, struct arena *a, struct id shift, struct filling **out, struct err *e)
{
	struct filling *f = *out = arena_alloc(a, sizeof *f);
	struct shift *s = arena_alloc(a, sizeof *s);
	civil_date today = store_today(view_store(v));
	*f = (struct filling){.a = a, .book = b, .replanned = shift};
	int rc = roster_shift(v, b, a, shift, s, e);
	if (rc == OK)
		rc = round_gone(v, a, s, &f->gone, NULL, e);
	if (rc != OK)
		return rc;
	civil_date day = cmin_date(s->row.start);
	f->role = s->row.role;
	f->how.from = day - NEAR_DAYS < today ? today : day - NEAR_DAYS;
	f->how.to = day + NEAR_DAYS + 1;
	f->offers.shift = s;
	return s->open > 0 && day >= today ? filling_open(f, v, e) : OK;
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

/* "Tue 2/12 08:00", with the place where it isn't that of the shift that is filled. */
static const char *when_text(const struct filling *f, const struct shift *s)
{
	char day[40], clock[16];
	civil_format_date(day, sizeof day, cmin_date(s->row.start), CIVIL_DAY);
	civil_format_time(clock, sizeof clock, cmin_minute(s->row.start));
	bool here = id_equal(s->row.unit, f->offers.shift->row.unit);
	return here ? arena_printf(f->a, "%s %s", day, clock) : arena_printf(f->a, "%s %s (%s)", day, clock, s->unit);
}

static const char *move_text(const struct filling *f, const struct move *m, bool first)
{
	if (m->from)
		return arena_printf(f->a, _("%s from %s to %s"), m->person->name, when_text(f, m->from), when_text(f, m->to));
	if (!first)
		return arena_printf(f->a, _("%s takes %s"), m->person->name, when_text(f, m->to));
	if (id_is_none(f->gone))
		return arena_printf(f->a, _("%s comes"), m->person->name);
	return arena_printf(f->a, _("%s comes instead of %s"), m->person->name, book_name(f->book, f->gone));
}

/* What the rules warn of when somebody takes a shift and leaves another; NULL: nothing. */
static const char *warning_of(const struct filling *f, const struct helper *h, const struct move *m)
{
	struct duty_row *duties = arena_alloc(f->a, (h->nduties + 1) * sizeof *duties);
	size_t nduties = 0, n;
	for (size_t i = 0; i < h->nduties; i++)
		if (!m->from || !id_equal(h->duties[i].shift, m->from->row.shift))
			duties[nduties++] = h->duties[i];
	const struct verdict *v = filling_judge(f, m->to, m->person, duties, nduties, f->a, &n);
	for (size_t i = 0; i < n; i++)
		if (filling_weighs(&v[i]) && v[i].rule->level >= RULE_WARN)
			return v[i].sentence;
	return NULL;
}

/* ---- offers ----------------------------------------------------------------------------------------------------- */

/* Who comes in stands before what the same person leaves. */
static void read_moves(struct filling *f, const struct fill_offer *from, struct move_offer *to)
{
	to->moves = arena_alloc(f->a, (from->n_changes + 1) * sizeof *to->moves);
	for (size_t i = 0; i < from->n_changes; i++) {
		const struct fill_pair *p = &f->in.pairs[from->changes[i].pair];
		if (from->changes[i].in)
			to->moves[to->n++] = (struct move){.person = f->people[p->person].person, .to = filling_gap(f, p->shift)};
		else
			to->moves[to->n - 1].from = filling_gap(f, p->shift);
	}
}

static void read_offer(struct filling *f, const struct fill_offer *from, struct move_offer *to)
{
	int32_t no;
	*to = (struct move_offer){.text = "", .warning = NULL};
	read_moves(f, from, to);
	for (size_t i = 0; i < to->n; i++) {
		struct move *m = &to->moves[i];
		const char *warning = warning_of(f, filling_helper(f, m->person->id, &no), m);
		to->text = arena_printf(f->a, "%s%s%s", to->text, i ? ", " : "", move_text(f, m, i == 0));
		if (warning && !to->warning)
			to->warning = arena_printf(f->a, "%s: %s", m->person->name, warning);
	}
}

const struct move_offers *filling_offers(struct filling *f)
{
	struct move_offers *all = &f->offers;
	struct fill_replan found = {0};
	int32_t gap = filling_gap_no(f, all->shift->row.shift);
	if (f->engine && gap >= 0)
		fill_offers(f->engine, gap, &found);
	all->n = found.n_offers;
	for (size_t i = 0; i < all->n; i++)
		read_offer(f, &found.offers[i], &all->offers[i]);
	all->none = all->n ? NULL
		: gap < 0 ? _("The shift has no open place any more, or it has begun.")
			  : arena_printf(f->a, _("Nobody can take it, even if up to %d people change shifts."), FILL_CHAIN);
	return all;
}

/* ---- putting one down ------------------------------------------------------------------------------------------- */

/* Nobody has been asked: who is moved must say yes to the new time, who comes is offered the place. What is left is no
 * cancellation, so it goes as if it hadn't been. */
static int put_move(struct act *x, const struct filling *f, const struct move *m, bool first, const char *reason, struct err *e)
{
	const struct holding h = {
		.shift = m->to->row.shift, .volunteer = m->person->id, .organisation = m->person->organisation,
		.state = m->from ? ASSIGNMENT_RECONFIRM : ASSIGNMENT_OFFERED, .override = reason,
		.instead_of = first ? f->gone : ID_NONE,
	};
	if (m->from)
		change_delete(x->c, TYPE_ASSIGNMENT, id_assignment(m->from->row.shift, m->person->id));
	return act_put_holding(x, &h, e);
}

static int check_offer(struct store *s, const struct filling *f, const struct move_offer *o, const char *reason,
	bool *needs_reason, struct err *e)
{
	bool said = reason && reason[strspn(reason, " ")];
	*needs_reason = false;
	if (store_version(s) != f->version)
		return err_set(e, ERR_CONFLICT, _("the roster has been changed meanwhile: fill again"));
	if (!o->warning || said)
		return OK;
	*needs_reason = true;
	return err_set(e, ERR_REFUSED, "%s", o->warning);
}

int filling_take_offer(struct store *s, struct filling *f, size_t offer, const char *reason, bool *needs_reason,
	struct change_result *out, struct err *e)
{
	struct act x;
	const struct move_offer *o = &f->offers.offers[offer];
	int rc = check_offer(s, f, o, reason, needs_reason, e);
	if (rc != OK)
		return rc;
	rc = act_begin(&x, s, ACT_FILL, e);
	if (rc == OK) {
		change_arg(x.c, value_text(arena_printf(x.a, ngettext("%zu place", "%zu places", 1), (size_t)1)));
		change_arg(x.c, value_id(f->offers.shift->row.shift));
	}
	for (size_t i = 0; rc == OK && i < o->n; i++)
		rc = put_move(&x, f, &o->moves[i], i == 0, o->warning ? reason : NULL, e);
	return act_end(&x, rc, out, e);
}
