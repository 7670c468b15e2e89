/* roster/filling_words.c - see filling.h: a plan, its proof and its reasons as sentences.
 *
 * Owns the words only. The numbers are the engine's and the rules'; nothing is decided here. */
#include "roster/filling.h"

#include <string.h>

#include "base/lang.h"
#include "roster/filling_priv.h"
#include "roster/rules_priv.h"

enum { NAMES_MOST = 6 };     /* that a sentence can hold */

static void add_part(struct buf *b, const char *between, const char *text)
{
	buf_adds(b, b->n ? between : "");
	buf_adds(b, text);
}

/* A line each when the whole is asked for. */
static void add_name(struct buf *b, bool whole, const char *text)
{
	buf_adds(b, whole ? "\n" : b->n ? " · " : "");
	buf_adds(b, text);
}

static void add_rest(struct buf *b, struct arena *a, bool whole, size_t n)
{
	if (!whole && n > NAMES_MOST)
		add_part(b, " · ", arena_printf(a, _("and %zu more"), n - NAMES_MOST));
}

static const char *done(struct arena *a, struct buf *b)
{
	const char *text = arena_strdup(a, b->p ? b->p : "");
	buf_free(b);
	return text;
}

/* ---- nobody may ------------------------------------------------------------------------------------------------- */

/* The first thing that bars; NULL: nothing does. */
static const struct verdict *barred_by(const struct filling *f, const struct helper *h, const struct shift *s,
	struct arena *a)
{
	size_t n;
	struct verdict *v = filling_judge(f, s, h->person, h->duties, h->nduties, a, &n);
	for (size_t i = 0; i < n; i++)
		if (filling_bars(&v[i]))
			return &v[i];
	return NULL;
}

/* The engine isn't given these pairs at all. */
static const char *said_before(const struct shift *s, const struct person *p)
{
	const struct seat *seat = rule_seat(s, p);
	int state = seat ? seat->state : 0;
	if (duty_state_holds(state))
		return _("is on it already");
	if (state == ASSIGNMENT_DECLINED)
		return _("said no to this shift");
	return state == ASSIGNMENT_WITHDRAWN ? _("cancelled this shift") : NULL;
}

static const char *why_barred(const struct filling *f, const struct helper *h, const struct shift *s, struct arena *a)
{
	const char *said = said_before(s, h->person);
	const struct verdict *v = said ? NULL : barred_by(f, h, s, a);
	return said ? said : v ? v->sentence : NULL;
}

static const char *nobody_text(const struct filling *f, const struct shift *s, bool whole)
{
	struct buf b = {0};
	size_t n = 0;
	struct arena *a = arena_new();
	for (size_t i = 0; i < f->npeople; i++) {
		const struct helper *h = &f->people[i];
		const char *why = person_has_role(h->person, s->row.role) ? why_barred(f, h, s, a) : NULL;
		if (why && (n++ < NAMES_MOST || whole))
			add_name(&b, whole, arena_printf(a, "%s: %s", h->person->name, why));
	}
	add_rest(&b, a, whole, n);
	const char *text = n ? arena_printf(f->a, _("Nobody with the role may take it. %s"), b.p)
			     : arena_printf(f->a, _("Nobody who is planned has the role %s."), s->role);
	buf_free(&b);
	arena_free(a);
	return text;
}

/* ---- too few ---------------------------------------------------------------------------------------------------- */

static const char *bar_text(struct arena *a, const struct fill_can *c)
{
	switch (c->bar) {
	case FILL_BY_WEEK: return arena_printf(a, _("%d in all: so many a week"), c->most);
	case FILL_BY_PERIOD: return arena_printf(a, _("%d in all: as many as wished"), c->most);
	case FILL_BY_WINDOW: return arena_printf(a, _("%d in all: as often as wished"), c->most);
	case FILL_BY_REST: return arena_printf(a, _("%d in all: rest between them"), c->most);
	case FILL_BY_COUNT: break;
	}
	return arena_printf(a, "%d", c->most);
}

static const char *too_few_text(const struct filling *f, const struct fill_reason *why, bool whole)
{
	struct buf b = {0};
	size_t n = why->n_people;
	for (size_t i = 0; i < n; i++) {
		const struct fill_can *c = &why->people[i];
		const char *name = f->people[c->person].person->name;
		if (whole || i < NAMES_MOST)
			add_name(&b, whole, arena_printf(f->a, "%s (%s)", name, bar_text(f->a, c)));
	}
	add_rest(&b, f->a, whole, n);
	const char *who = done(f->a, &b);
	const char *places = arena_printf(f->a, ngettext("%d open place", "%d open places", (unsigned long)why->places),
					  why->places);
	const char *shifts = arena_printf(f->a, ngettext("on %zu shift", "on %zu shifts", why->n_shifts), why->n_shifts);
	if (n == 0)
		return arena_printf(f->a, _("%s %s, and nobody may take them."), places, shifts);
	return arena_printf(f->a, ngettext("%s %s, and only these may take any of them: %s. So %d stays open.",
					   "%s %s, and only these may take any of them: %s. So %d stay open.",
					   (unsigned long)why->open_least),
			    places, shifts, who, why->open_least);
}

const char *filling_why_open(struct filling *f, int32_t gap, bool whole)
{
	struct fill_reason why;
	fill_why_open(f->engine, gap, &why);
	switch (why.why) {
	case FILL_NOBODY: return nobody_text(f, f->gaps[gap], whole);
	case FILL_TOO_FEW: return too_few_text(f, &why, whole);
	case FILL_COSTS_MORE: return _("It could be filled, but only so that more goes wrong elsewhere.");
	case FILL_FILLED:
	case FILL_UNPROVEN: break;
	}
	return _("Nobody was found for it; it isn't proven that nobody could.");
}

const char *filling_whole_why(struct filling *f, struct id shift)
{
	int32_t gap = filling_gap_no(f, shift);
	return gap < 0 ? "" : filling_why_open(f, gap, true);
}

/* ---- the whole plan --------------------------------------------------------------------------------------------- */

static const char *proof_text(const struct filling *f, const struct filled *r)
{
	int filled = r->places - r->open_places;
	if (r->places == 0)
		return _("No place is open in the period.");
	if (r->open_places == 0)
		return arena_printf(f->a, _("Every open place can be filled: %d of %d."), filled, r->places);
	if (r->open_places == r->open_least)
		return arena_printf(f->a, _("%d of %d places filled, and no plan fills more: %d can't be taken by anybody."),
				    filled, r->places, r->open_places);
	return arena_printf(f->a, _("%d of %d places filled; no plan fills more than %d."), filled, r->places,
			    r->places - r->open_least);
}

/* A distance that doesn't hold a whole place is told in wishes, as those are what people know. */
static const char *quality_text(const struct filling *f, const struct filled *r)
{
	if (r->n == 0 || r->bound == INT64_MIN)
		return NULL;
	int64_t apart = r->cost - r->bound - (int64_t)(r->open_places - r->open_least) * FILL_PLACE;
	int64_t wishes = (apart + FILLING_WISH - 1) / FILLING_WISH;
	if (apart < 0)
		return NULL;
	if (apart == 0)
		return _("Wishes and fair shares: proven best.");
	return arena_printf(f->a, ngettext("Wishes and fair shares: at most %d wish from the best possible.",
					   "Wishes and fair shares: at most %d wishes from the best possible.",
					   (unsigned long)wishes),
			    (int)wishes);
}

void filling_say(struct filling *f, struct filled *r)
{
	const char *quality = quality_text(f, r);
	r->proof = proof_text(f, r);
	r->quality = r->stopped && r->cost > r->bound ? arena_printf(f->a, "%s%s%s", _("Stopped early."), quality ? " " : "", quality ? quality : "")
				: quality;
}

/* ---- one proposal ----------------------------------------------------------------------------------------------- */

const char *filling_reasons(const struct filling *f, const struct proposal *p)
{
	int32_t no;
	const struct helper *h = filling_helper(f, p->person->id, &no);
	civil_min last = CMIN_NONE, start = p->shift->row.start;
	int held = 0;
	struct buf b = {0};
	char day[40];
	for (size_t i = 0; i < h->nduties; i++) {
		const struct duty_row *d = &h->duties[i];
		if (!duty_is_held(d))
			continue;
		civil_date at = cmin_date(d->start);
		held += at >= f->how.from && at < f->how.to;
		last = d->start < start ? d->start : last;
	}
	add_part(&b, " · ", held ? arena_printf(f->a, ngettext("%d shift in the period already",
							       "%d shifts in the period already", (unsigned long)held), held)
				 : _("none in the period yet"));
	int n = h->proposed;
	add_part(&b, " · ", arena_printf(f->a, ngettext("%d proposed", "%d proposed", (unsigned long)n), n));
	if (last == CMIN_NONE)
		add_part(&b, " · ", _("not in the last 12 months"));
	else
		add_part(&b, " · ", arena_printf(f->a, _("last %s"),
						 civil_format_date(day, sizeof day, cmin_date(last), CIVIL_SHORT)));
	return done(f->a, &b);
}

const char *proposal_text(struct arena *a, const struct proposal *p)
{
	return p->nverdicts ? arena_printf(a, "%s · %s", p->verdicts[0].sentence, p->reasons) : p->reasons;
}

/* ---- why not her? ----------------------------------------------------------------------------------------------- */

static const char *change_text(const struct filling *f, struct arena *a, const struct fill_change *c)
{
	const struct fill_pair *p = &f->in.pairs[c->pair];
	const struct shift *s = f->gaps[p->shift];
	char day[40], span[40];
	const char *name = f->people[p->person].person->name;
	civil_format_date(day, sizeof day, cmin_date(s->row.start), CIVIL_DAY);
	civil_format_span(span, sizeof span, s->row.start, s->row.end);
	return arena_printf(a, c->in ? _("%s comes %s %s (%s)") : _("%s doesn't come %s %s (%s)"), name, day, span, s->unit);
}

static const char *changes_text(const struct filling *f, struct arena *a, const struct fill_price *price)
{
	struct buf b = {0};
	for (size_t i = 1; i < price->n_changes; i++)
		add_part(&b, "\n", change_text(f, a, &price->changes[i]));
	return done(a, &b);
}

static int32_t stands_between(const struct filling *f, int32_t person, int64_t from, int64_t to)
{
	int32_t n = 0;
	for (size_t i = 0; i < f->in.n_pinned; i++)
		n += f->in.pinned[i].person == person && f->in.pinned[i].start >= from && f->in.pinned[i].start < to;
	return n;
}

static const char *full_text(struct arena *a, civil_date from, civil_date to, int32_t most, int32_t has)
{
	char first[40], last[40];
	return arena_printf(a, ngettext("From %s to %s at most %d shift is right, and %d stands already.",
			"From %s to %s at most %d shifts are right, and %d stand already.", (unsigned long)most),
		civil_format_date(first, sizeof first, from, CIVIL_DAY), civil_format_date(last, sizeof last, to - 1, CIVIL_DAY), most, has);
}

/* What of theirs stands so that a shift has no room beside it, whatever is given up. */
static const char *no_room_text(const struct filling *f, struct arena *a, int32_t person, int32_t gap)
{
	const struct fill_shift *s = &f->in.shifts[gap];
	int32_t most = f->in.persons[person].most_week;
	int32_t has = stands_between(f, person, filling_real(f, cmin_at(s->week, 0)), filling_real(f, cmin_at(s->week + 7, 0)));
	if (has >= most)
		return full_text(a, s->week, s->week + 7, most, has);
	for (size_t i = 0; i < f->in.n_windows; i++) {
		const struct fill_window *w = &f->in.windows[i];
		if (w->person != person || s->start < w->from || s->start >= w->to)
			continue;
		has = stands_between(f, person, w->from, w->to);
		if (has >= w->most)
			return full_text(a, filling_day(f, w->from), filling_day(f, w->to), w->most, has);
	}
	return _("What stands already leaves no room for it.");
}

static const char *price_text(const struct filling *f, struct arena *a, const struct fill_price *p)
{
	const char *changes = changes_text(f, a, p);
	const char *costs;
	int64_t wishes = (p->cost + FILLING_WISH - 1) / FILLING_WISH;
	if (p->parts.open > 0)
		costs = _("More places would stay open.");
	else if (p->parts.pairs >= FILLING_WISH * 10)
		costs = _("It goes against a warning that the plan avoids.");
	else if (p->cost <= 0)
		costs = _("It would be just as good.");
	else if (p->parts.fairness > p->parts.pairs)
		costs = _("The shares would be less fair.");
	else
		costs = arena_printf(a, ngettext("It would cost about %d wish.", "It would cost about %d wishes.",
						 (unsigned long)wishes), (int)wishes);
	return *changes ? arena_printf(a, _("%s Then:\n%s"), costs, changes) : costs;
}

static int32_t find_pair(const struct filling *f, int32_t person, int32_t gap)
{
	for (size_t i = 0; i < f->in.n_pairs; i++)
		if (f->in.pairs[i].person == person && f->in.pairs[i].shift == gap)
			return (int32_t)i;
	return -1;
}

static bool is_taken(const struct filling *f, int32_t pair)
{
	const struct fill_result *r = fill_result(f->engine);
	for (size_t i = 0; i < r->n_taken; i++)
		if (r->taken[i] == pair)
			return true;
	return false;
}

const char *filling_why_not(struct filling *f, struct arena *a, struct id shift, struct id volunteer)
{
	int32_t no = -1;
	int32_t gap = filling_gap_no(f, shift);
	const struct shift *s = gap >= 0 ? filling_gap(f, gap) : NULL;
	const struct person *p = book_person(f->book, volunteer);
	const struct helper *h = filling_helper(f, volunteer, &no);
	if (!s || !p)
		return _("The shift has no open place in the period.");
	if (!person_is_planned(p))
		return _("Only active volunteers are proposed.");
	if (!h || !person_has_role(p, s->row.role))
		return arena_printf(a, _("Doesn't have the role %s, and only those who have it are proposed."), s->role);
	int32_t pair = find_pair(f, no, gap);
	if (pair < 0) {
		const char *why = why_barred(f, h, s, a);
		return why ? why : _("A rule bars it.");
	}
	if (is_taken(f, pair))
		return _("Is proposed for it.");
	struct fill_price price;
	fill_price(f->engine, pair, &price);
	return price.possible ? price_text(f, a, &price) : no_room_text(f, a, no, gap);
}
