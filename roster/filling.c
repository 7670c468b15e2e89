/* roster/filling.c - see filling.h: the gaps of a period and who may take them, as numbers for the engine; and its
 * plan, as proposals.
 *
 * Owns what each thing weighs, and which rules the engine reckons with itself. Must not know how a plan is found
 * (fill/), nor what is said of it (filling_words.c). */
#include "roster/filling.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "roster/filling_priv.h"
#include "roster/qualifications.h"
#include "roster/rules_priv.h"

/* Points. A gap (FILL_PLACE) outweighs several warnings, a warning many wishes. */
enum {
	COST_WARN = 10000,
	COST_HINT = FILLING_WISH,
	COST_WISHED = -300,         /* stands on the waiting list */
	COST_OFFERED = -100,        /* has been asked already */
	COST_USUAL = -20,           /* came lately at this place, weekday and hour */
	COST_MOVED = 1000,          /* somebody who stands gets another shift: five wishes, more the nearer it is */
	COST_HOURS_MOST = 100,      /* a point an hour lately, so that those who came least are asked first */
};

/* Rules that aren't a matter of their level alone: some bar, as the engine couldn't move what stands; some it reckons
 * itself, for the whole plan and not for one pair. */
enum treatment { BY_LEVEL, BARS, RECKONED };
static const struct {
	const char *rule;
	enum treatment how;
} treated[] = {
	{"overlap", BARS}, {"rest", BARS}, {"frequency", RECKONED}, {"newcomer", RECKONED}, {"overfull", RECKONED},
};

static enum treatment treatment_of(const struct rule *r)
{
	for (size_t i = 0; i < sizeof treated / sizeof *treated; i++)
		if (strcmp(treated[i].rule, r->id) == 0)
			return treated[i].how;
	return BY_LEVEL;
}

bool filling_bars(const struct verdict *v)
{
	enum treatment how = treatment_of(v->rule);
	return how == BARS || (how == BY_LEVEL && v->rule->level == RULE_STOP);
}

bool filling_weighs(const struct verdict *v)
{
	return treatment_of(v->rule) == BY_LEVEL;
}

struct verdict *filling_judge(const struct filling *f, const struct shift *s, const struct person *p,
	const struct duty_row *duties, size_t nduties, struct arena *a, size_t *n)
{
	struct rule_case c = {.book = f->book, .person = p, .shift = s, .today = f->today, .limits = f->limits};
	c.duties = rules_nearby(a, duties, nduties, &s->row, &c.nduties);
	return rules_judge(&c, a, n);
}

/* ---- gaps and people -------------------------------------------------------------------------------------------- */

bool filling_is_replanned(const struct filling *f)
{
	return !id_is_none(f->replanned);
}

/* A shift that somebody may be put on. When people may be moved that is every one of the role that is to come. */
static bool is_gap(const struct filling *f, const struct shift *s, civil_min now)
{
	if (s->row.state == SHIFT_CANCELLED || s->row.start <= now)
		return false;
	return filling_is_replanned(f) ? id_equal(s->row.role, f->role) : s->open > 0;
}

static void find_gaps(struct filling *f, civil_min now)
{
	f->gaps = arena_alloc(f->a, (f->roster.n + 1) * sizeof *f->gaps);
	f->needs = arena_alloc(f->a, (f->roster.n + 1) * sizeof *f->needs);
	for (size_t i = 0; i < f->roster.n; i++) {
		struct shift *s = &f->roster.shifts[i];
		if (is_gap(f, s, now))
			f->gaps[f->ngaps++] = s;
	}
}

static bool may_help(const struct person *p, const struct shift *s)
{
	return person_is_planned(p) && person_has_role(p, s->row.role);
}

static bool is_wanted(const struct filling *f, const struct person *p)
{
	for (size_t i = 0; i < f->ngaps; i++) {
		const struct seat *seat = rule_seat(f->gaps[i], p);
		if (may_help(p, f->gaps[i]) || (seat && duty_state_holds(seat->state)))
			return true;
	}
	return false;
}

/* What stands before the period: how much, and how long. */
static void add_up_past(const struct filling *f, struct helper *h)
{
	civil_min from = cmin_at(f->how.from, 0);
	for (; h->past < h->nduties && h->duties[h->past].start < from; h->past++) {
		int got = duty_minutes(&h->duties[h->past]);
		h->minutes += got > 0 ? got : 0;
	}
}

static int read_people(struct filling *f, struct view *v, struct err *e)
{
	civil_min from = cmin_at(f->how.from - DUTY_YEAR_DAYS, 0), to = cmin_at(f->how.to + DUTY_WINDOW_DAYS, 0);
	int rc = OK;
	f->people = arena_alloc(f->a, (f->book->npeople + 1) * sizeof *f->people);
	for (size_t i = 0; rc == OK && i < f->book->npeople; i++) {
		struct helper *h = &f->people[f->npeople];
		*h = (struct helper){.person = &f->book->people[i]};
		if (!is_wanted(f, h->person))
			continue;
		rc = view_duties(v, f->a, h->person->id, from, to, &h->duties, &h->nduties, e);
		h->fixed = h->duties;
		h->nfixed = h->nduties;
		add_up_past(f, h);
		f->npeople++;
	}
	return rc;
}

/* ---- as numbers ------------------------------------------------------------------------------------------------- */

static void make_shifts(struct filling *f)
{
	struct fill_shift *all = arena_alloc(f->a, (f->ngaps + 1) * sizeof *all);
	for (size_t i = 0; i < f->ngaps; i++) {
		const struct shift *s = f->gaps[i];
		all[i] = (struct fill_shift){
			.start = filling_real(f, s->row.start), .end = filling_real(f, s->row.end), .week = filling_week_of(s->row.start),
			.need = f->needs[i] + s->open, .open_cost = FILL_PLACE, .experienced = 1,
		};
		memcpy(all[i].key, s->row.shift.b, FILL_KEY);
	}
	f->in.shifts = all;
	f->in.n_shifts = f->ngaps;
}

/* Today everybody is on the way already; next week they have planned with it. */
static int32_t firmness(const struct filling *f, const struct shift_row *s)
{
	civil_date days = cmin_date(s->start) - f->today;
	return COST_MOVED * (days <= 0 ? 10 : days < 7 ? 3 : 1);
}


int32_t filling_gap_no(const struct filling *f, struct id shift)
{
	for (size_t i = 0; i < f->ngaps; i++)
		if (id_equal(f->gaps[i]->row.shift, shift))
			return (int32_t)i;
	return -1;
}

/* ---- pairs ------------------------------------------------------------------------------------------------------ */

static int32_t cost_of_answer(int state)
{
	return state == ASSIGNMENT_WISHED ? COST_WISHED : state == ASSIGNMENT_OFFERED ? COST_OFFERED : 0;
}

static int32_t cost_of_past(const struct filling *f, const struct helper *h, const struct shift_row *s)
{
	int32_t hours = h->minutes / 60;
	bool usual = false;
	for (size_t i = h->past; i > 0 && !usual; i--) {
		const struct duty_row *d = &h->duties[i - 1];
		civil_date apart = cmin_date(s->start) - cmin_date(d->start);
		if (f->how.from - cmin_date(d->start) > DUTY_WINDOW_DAYS)
			break;
		usual = duty_is_held(d) && apart <= DUTY_WINDOW_DAYS && apart % 7 == 0 && id_equal(d->unit, s->unit) &&
			cmin_minute(d->start) == cmin_minute(s->start);
	}
	return (hours < COST_HOURS_MOST ? hours : COST_HOURS_MOST) + (usual ? COST_USUAL : 0);
}

/* False: may not be proposed. */
static bool price_pair(const struct filling *f, const struct helper *h, const struct shift *s, struct arena *scratch,
	int32_t *cost)
{
	const struct seat *seat = rule_seat(s, h->person);
	int state = seat ? seat->state : 0;
	size_t n;
	if (!may_help(h->person, s) || id_equal(h->person->id, f->gone) || duty_state_holds(state) || state == ASSIGNMENT_DECLINED || state == ASSIGNMENT_WITHDRAWN)
		return false;
	const struct verdict *v = filling_judge(f, s, h->person, h->fixed, h->nfixed, scratch, &n);
	*cost = cost_of_answer(state) + cost_of_past(f, h, &s->row);
	for (size_t i = 0; i < n; i++) {
		if (filling_bars(&v[i]))
			return false;
		if (treatment_of(v[i].rule) == BY_LEVEL)
			*cost += v[i].rule->level == RULE_WARN ? COST_WARN : COST_HINT;
	}
	return true;
}

/* Has the place now, and may be moved from it. */
static bool is_standing(const struct helper *h, const struct shift *s)
{
	const struct seat *seat = rule_seat(s, h->person);
	return seat && seat->state == ASSIGNMENT_ACCEPTED && !filling_is_fixed(h, s->row.shift);
}

static void make_pairs(struct filling *f)
{
	struct arena *scratch = arena_new();
	struct fill_pair *all = NULL;
	size_t n = 0, cap = 0;
	for (size_t i = 0; i < f->ngaps; i++) {
		for (size_t k = 0; k < f->npeople; k++) {
			const struct helper *h = &f->people[k];
			struct fill_pair pair = {.person = (int32_t)k, .shift = (int32_t)i};
			arena_reset(scratch);
			pair.stands = is_standing(h, f->gaps[i]);
			if (pair.stands)
				pair.keep = firmness(f, &f->gaps[i]->row);
			else if (!price_pair(f, h, f->gaps[i], scratch, &pair.cost))
				continue;
			f->needs[i] += pair.stands;
			all = arena_grow(f->a, all, &cap, n + 1, sizeof *all);
			all[n++] = pair;
		}
	}
	f->in.pairs = all;
	f->in.n_pairs = n;
	arena_free(scratch);
}

static void make_instance(struct filling *f)
{
	filling_make_people(f);
	make_pairs(f);
	make_shifts(f);
	f->in.rest = f->limits[LIMIT_REST_HOURS] * 60;
	f->in.weights = (struct fill_weights){
		.below = {-20, -40, -60, -60}, .above = {20, 60, 120, 200}, .above_more = 60, .experience_cost = COST_HINT,
	};
}

/* ---- reading and working ---------------------------------------------------------------------------------------- */

int filling_open(struct filling *f, struct view *v, struct err *e)
{
	struct store *s = view_store(v);
	f->version = store_version(s);
	f->today = store_today(s);
	int rc = rules_limits(v, f->limits, e);
	if (rc == OK)
		rc = roster_load(v, f->book, f->a, f->how.unit, f->how.from, f->how.to, &f->roster, e);
	if (rc == OK) {
		find_gaps(f, store_now_civil(s));
		rc = read_people(f, v, e);
	}
	if (rc != OK || f->ngaps == 0)
		return rc;
	make_instance(f);
	rc = fill_open(&f->in, f->a, &f->engine);
	return rc ? err_set(e, rc, _("the open places can't be reckoned with: the roster contradicts itself. "
				     "samvagt doctor looks at it")) : OK;
}

int filling_read(struct view *v, struct book *b, struct arena *a, const struct filling_how *how, struct filling **out,
	struct err *e)
{
	struct filling *f = *out = arena_alloc(a, sizeof *f);
	*f = (struct filling){.a = a, .book = b, .how = *how};
	if (how->unit)
		f->how.unit = arena_copy(a, how->unit, sizeof *how->unit);
	return filling_open(f, v, e);
}

void filling_work(struct filling *f, enum fill_effort effort, bool (*stop)(void *ctx), void *ctx)
{
	if (!f->engine)
		return;
	struct fill_budget budget = fill_budget_for(&f->in, effort);
	budget.stop = stop;
	budget.ctx = ctx;
	fill_solve(f->engine, &budget);
}

/* ---- the plan --------------------------------------------------------------------------------------------------- */

struct shift *filling_gap(const struct filling *f, int32_t shift)
{
	return f->gaps[shift];
}

struct helper *filling_helper(const struct filling *f, struct id volunteer, int32_t *no)
{
	for (size_t i = 0; i < f->npeople; i++)
		if (id_equal(f->people[i].person->id, volunteer)) {
			*no = (int32_t)i;
			return &f->people[i];
		}
	return NULL;
}

static int compare_pairs(const void *vx, const void *vy, void *ctx)
{
	const struct fill_pair *pairs = ctx, *x = &pairs[*(const int32_t *)vx], *y = &pairs[*(const int32_t *)vy];
	int c = (x->shift > y->shift) - (x->shift < y->shift);
	return c ? c : (x->person > y->person) - (x->person < y->person);
}

static int compare_starts(const void *x, const void *y)
{
	civil_min a = ((const struct duty_row *)x)->start, b = ((const struct duty_row *)y)->start;
	return (a > b) - (a < b);
}

/* A person's duties with all that the plan gives them beside it. */
static struct duty_row *with_plan(const struct filling *f, const struct fill_result *r, int32_t person, struct arena *a,
	size_t *n)
{
	const struct helper *h = &f->people[person];
	struct duty_row *all = arena_alloc(a, (h->nduties + r->n_taken + 1) * sizeof *all);
	if (h->nduties)
		memcpy(all, h->duties, h->nduties * sizeof *all);
	*n = h->nduties;
	for (size_t i = 0; i < r->n_taken; i++) {
		const struct fill_pair *p = &f->in.pairs[r->taken[i]];
		const struct shift_row *s = &f->gaps[p->shift]->row;
		if (p->person == person)
			all[(*n)++] = (struct duty_row){
				.shift = s->shift, .unit = s->unit, .role = s->role, .start = s->start, .end = s->end,
				.state = ASSIGNMENT_ACCEPTED, .shift_state = s->state, .minutes = -1,
			};
	}
	qsort(all, *n, sizeof *all, compare_starts);
	return all;
}

static void make_proposal(struct filling *f, const struct fill_result *r, int32_t pair, struct proposal *out)
{
	const struct fill_pair *p = &f->in.pairs[pair];
	struct arena *scratch = arena_new();
	size_t n;
	*out = (struct proposal){.shift = f->gaps[p->shift], .person = f->people[p->person].person, .pair = pair};
	const struct duty_row *duties = with_plan(f, r, p->person, scratch, &n);
	out->verdicts = filling_judge(f, out->shift, out->person, duties, n, f->a, &out->nverdicts);
	out->warned = out->nverdicts && out->verdicts[0].rule->level >= RULE_WARN;
	out->reasons = filling_reasons(f, out);
	arena_free(scratch);
}

static void make_proposals(struct filling *f, const struct fill_result *r)
{
	struct filled *d = &f->result;
	int32_t *taken = arena_copy(f->a, r->taken, r->n_taken * sizeof *taken);
	qsort_r(taken, r->n_taken, sizeof *taken, compare_pairs, (void *)f->in.pairs);
	d->proposals = arena_alloc(f->a, (r->n_taken + 1) * sizeof *d->proposals);
	for (size_t i = 0; i < f->npeople; i++)
		f->people[i].proposed = 0;
	for (size_t i = 0; i < r->n_taken; i++)
		f->people[f->in.pairs[taken[i]].person].proposed++;
	for (size_t i = 0; i < r->n_taken; i++)
		make_proposal(f, r, taken[i], &d->proposals[d->n++]);
}

static void list_open(struct filling *f, const struct fill_result *r)
{
	struct filled *d = &f->result;
	d->open = arena_alloc(f->a, (f->ngaps + 1) * sizeof *d->open);
	for (size_t i = 0; i < f->ngaps; i++)
		if (r->open[i] > 0)
			d->open[d->nopen++] = (struct unfilled){
				.shift = f->gaps[i], .places = r->open[i], .why = filling_why_open(f, (int32_t)i, false),
			};
}

const struct filled *filling_result(struct filling *f)
{
	struct filled *d = &f->result;
	*d = (struct filled){0};
	if (f->engine) {
		const struct fill_result *r = fill_result(f->engine);
		d->places = r->places;
		d->open_places = r->open_places;
		d->open_least = r->open_least;
		d->cost = r->cost;
		d->bound = r->bound;
		d->stopped = r->stopped;
		for (size_t i = 0; i < sizeof r->input; i++) {
			d->input[2 * i] = "0123456789abcdef"[r->input[i] >> 4];
			d->input[2 * i + 1] = "0123456789abcdef"[r->input[i] & 15];
		}
		make_proposals(f, r);
		list_open(f, r);
	}
	filling_say(f, d);
	return d;
}
