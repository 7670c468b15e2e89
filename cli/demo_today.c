/* cli/demo_today.c - what went wrong lately: the small acts that give the screens of today something to show.
 *
 * Owns these acts. Each is a group of its own, as if somebody had done it by hand, so that history and undo have
 * something to show too. When a small roster has no shift that an act fits, the act is left out. Works on the shifts
 * that demo_roster.c remembered. */
#include "cli/demo_priv.h"

#include <limits.h>
#include <stdlib.h>

typedef bool fits_fn(const struct demo *d, const struct demo_near *n);

static int open_places(const struct demo_near *n)
{
	return n->post->need - n->places - n->n;
}

static civil_date day_of(const struct demo_near *n)
{
	return cmin_date(n->start);
}

/* A shift that fits, from a chance beginning, so that it isn't always the first of the day; rather one that no other
 * act has touched, so that none undoes the other. */
static struct demo_near *find(struct demo *d, fits_fn *fits)
{
	int total = (int)d->nnear, first = total ? dice_below(&d->dice, total) : 0;
	struct demo_near *second_best = NULL;
	for (int i = 0; i < total; i++) {
		struct demo_near *n = &d->near[(first + i) % total];
		if (!fits(d, n))
			continue;
		if (!n->touched)
			return n;
		second_best = n;
	}
	return second_best;
}

static bool begin_about(struct demo *d, enum act_no act, const struct id *who, const struct demo_near *n)
{
	if (!demo_begin(d, act))
		return false;
	if (who)
		change_arg(d->change, value_id(*who));
	change_arg(d->change, value_id(n->shift));
	return true;
}

static void assign(struct demo *d, struct demo_near *n, int who)
{
	if (n->n == NEAR_SEATS || !begin_about(d, ACT_ASSIGN, &d->people[who].id, n))
		return;
	demo_put_place(d,
		&(struct demo_place){
			.shift = n->shift, .person = who, .substitute_for = -1, .state = ASSIGNMENT_ACCEPTED});
	n->person[n->n++] = who;
	n->touched = true;
	demo_commit(d);
}

/* ---- deliberate problems ----------------------------------------------------------------------------------- */

static bool is_on(const struct demo_near *n, int who)
{
	for (int i = 0; i < n->n; i++)
		if (n->person[i] == who)
			return true;
	return false;
}

/* How far one goes to find a clash: somebody who has the task where there is room, else without the task, else where it
 * is full. */
enum pains { PAINS_NONE, PAINS_ANY_TASK, PAINS_FULL_TOO, PAINS_END };

/* Somebody of a who may be put on b; -1: nobody. */
static int shared_person(const struct demo *d, const struct demo_near *a, const struct demo_near *b, enum pains pains)
{
	if (pains < PAINS_FULL_TOO && open_places(b) <= 0)
		return -1;
	for (int i = 0; i < a->n; i++) {
		const struct demo_person *p = &d->people[a->person[i]];
		bool has_task = p->role == (int)b->post->role || p->second == (int)b->post->role;
		if (p->house == b->post->house && !is_on(b, a->person[i]) && (has_task || pains > PAINS_NONE))
			return a->person[i];
	}
	return -1;
}

static bool overlaps(const struct demo_near *a, const struct demo_near *b)
{
	return a->start < b->end && b->start < a->end && a->post != b->post;
}

static bool is_late_then_early(const struct demo_near *late, const struct demo_near *early)
{
	int64_t rest = civil_elapsed(late->end, early->start);
	return cmin_minute(late->start) >= 17 * 60 && rest >= 6 * 60 && rest < 11 * 60;
}

static bool is_short_night(const struct demo_near *a, const struct demo_near *b)
{
	return is_late_then_early(a, b) || is_late_then_early(b, a);
}

typedef bool clashes_fn(const struct demo_near *, const struct demo_near *);

static bool clash_with(struct demo *d, struct demo_near *a, clashes_fn *clashes, enum pains pains)
{
	for (size_t i = 0; i < d->nnear; i++) {
		struct demo_near *b = &d->near[i];
		int who = clashes(a, b) ? shared_person(d, a, b, pains) : -1;
		if (who >= 0) {
			assign(d, b, who);
			a->touched = true;
			return true;
		}
	}
	return false;
}

/* Put somebody from one shift on another that doesn't go with it. */
static void clash(struct demo *d, clashes_fn *clashes)
{
	for (int pains = PAINS_NONE; pains < PAINS_END; pains++)
		for (size_t i = 0; i < d->nnear; i++)
			if (day_of(&d->near[i]) > d->today && clash_with(d, &d->near[i], clashes, (enum pains)pains))
				return;
}

static bool is_full_soon(const struct demo *d, const struct demo_near *n)
{
	return day_of(n) > d->today + 1 && open_places(n) == 0 && n->post->need > 1;
}

/* Does somebody come on one of the days around the shift? */
static bool is_near(const struct demo *d, int who, const struct demo_near *shift)
{
	for (size_t i = 0; i < d->nnear; i++)
		if (abs(day_of(&d->near[i]) - day_of(shift)) <= 1 && is_on(&d->near[i], who))
			return true;
	return false;
}

static void overfill(struct demo *d)
{
	struct demo_near *n = find(d, is_full_soon);
	const struct demo_pool *pool = n ? demo_pool(d, n->post->house, n->post->role) : NULL;
	for (int i = 0; n && i < pool->n; i++)
		if (d->people[pool->people[i]].ended > day_of(n) && !is_near(d, pool->people[i], n)) {
			assign(d, n, pool->people[i]);
			return;
		}
}

static int count_near(const struct demo *d, int who)
{
	int n = 0;
	for (size_t i = 0; i < d->nnear; i++)
		n += is_on(&d->near[i], who);
	return n;
}

/* The newer of two, but rather somebody who comes seldom: one such problem is enough. */
static bool is_likelier(const struct demo *d, int who, int than)
{
	int mine = count_near(d, who), theirs = than < 0 ? INT_MAX : count_near(d, than);
	return mine != theirs ? mine < theirs : d->people[who].started > d->people[than].started;
}

/* Somebody who comes this week turns out to have no declaration. */
static void lose_declaration(struct demo *d)
{
	int who = -1;
	for (size_t i = 0; i < d->nnear; i++)
		for (int j = 0; j < d->near[i].n; j++)
			if (is_likelier(d, d->near[i].person[j], who))
				who = d->near[i].person[j];
	if (who < 0 || !demo_begin(d, ACT_EDIT))
		return;
	change_arg(d->change, value_id(d->people[who].id));
	demo_empty(d, TYPE_VOLUNTEER, d->people[who].id, F_VOLUNTEER_CONFIDENTIALITY);
	demo_commit(d);
}

/* A volunteer of one organisation has applied through another: two records that are one person. */
static void add_twin(struct demo *d)
{
	const struct demo_person *p = &d->people[dice_below(&d->dice, d->npeople)];
	const struct demo_org *o = &d->orgs[dice_below(&d->dice, d->norgs)];
	if (!demo_begin(d, ACT_ADD))
		return;
	struct id id = change_new(d->change, TYPE_VOLUNTEER);
	change_arg(d->change, value_id(id));
	demo_text(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_GIVEN, p->given);
	demo_text(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_FAMILY, p->family);
	demo_text(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_PHONE, p->phone);
	demo_ref(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_ORGANISATION, o->id);
	demo_int(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_STATUS, VOLUNTEER_APPLICANT);
	demo_text(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_NOTE, "Har skrevet sig på listen i forhallen");
	demo_commit(d);
}

/* ---- the days' small change ------------------------------------------------------------------------------------- */

static bool is_peopled_soon(const struct demo *d, const struct demo_near *n)
{
	return day_of(n) > d->today + 2 && n->n > 0 && n->post->need <= 2;
}

static void call_off(struct demo *d)
{
	struct demo_near *n = find(d, is_peopled_soon);
	if (!n || !begin_about(d, ACT_CANCEL_SHIFT, NULL, n))
		return;
	demo_int(d, TYPE_SHIFT, n->shift, F_SHIFT_STATE, SHIFT_CANCELLED);
	demo_text(d, TYPE_SHIFT, n->shift, F_SHIFT_NOTE, "Aflyst: afsnittet har besøg af skolen");
	n->touched = true;
	demo_commit(d);
}

static bool wants_help(const struct demo *d, const struct demo_near *n)
{
	return day_of(n) > d->today && n->post->need >= 2 && open_places(n) > 0 && n->places == 0 &&
		demo_local_org(d, n->post);
}

static void borrow_people(struct demo *d)
{
	struct demo_near *n = find(d, wants_help);
	const struct demo_org *o = n ? demo_local_org(d, n->post) : NULL;
	if (!n || !begin_about(d, ACT_ASSIGN, &o->id, n))
		return;
	n->places = open_places(n);
	demo_put_org_places(d, n->shift, o, n->places);
	demo_commit(d);
}

static bool is_full_today(const struct demo *d, const struct demo_near *n)
{
	return day_of(n) == d->today && n->end > d->now && n->n > 0 && open_places(n) == 0;
}

static bool is_peopled_today(const struct demo *d, const struct demo_near *n)
{
	return day_of(n) == d->today && n->n > 0;
}

static bool is_full_tomorrow(const struct demo *d, const struct demo_near *n)
{
	return day_of(n) == d->today + 1 && n->n > 0 && open_places(n) == 0;
}

static bool is_peopled_tomorrow(const struct demo *d, const struct demo_near *n)
{
	return day_of(n) == d->today + 1 && n->n > 0;
}

static void withdraw(struct demo *d, fits_fn *best, fits_fn *else_fits)
{
	struct demo_near *n = find(d, best);
	n = n ? n : find(d, else_fits);
	const struct demo_person *p = n ? &d->people[n->person[n->n - 1]] : NULL;
	if (!n || !begin_about(d, ACT_WITHDRAW, &p->id, n))
		return;
	demo_int(d, TYPE_ASSIGNMENT, id_assignment(n->shift, p->id), F_ASSIGNMENT_STATE, ASSIGNMENT_WITHDRAWN);
	n->n--;
	demo_commit(d);
}

/* In office hours. */
static civil_min this_morning(const struct demo *d)
{
	civil_min opens = cmin_at(d->today, 8 * 60), closes = cmin_at(d->today, 16 * 60);
	return d->now < opens ? closes - DAY_MINUTES : d->now < closes ? d->now : closes;
}

static void be(struct demo *d, const char *person)
{
	if (d->rc == OK)
		d->rc = store_set_person(d->s, person, d->e);
}

void demo_today(struct demo *d)
{
	if (d->rc != OK)
		return;
	demo_at(d, cmin_at(d->today - 1, 13 * 60 + 10));
	be(d, "Birgit Lauridsen");
	demo_lists(d);
	clash(d, overlaps);
	clash(d, is_short_night);
	overfill(d);
	lose_declaration(d);
	add_twin(d);
	borrow_people(d);
	call_off(d);
	demo_pause_place(d);
	demo_at(d, this_morning(d) - 20 * d->scale->cancellations);
	be(d, "Anna Holm");
	demo_calls(d);
	for (int i = 0; i < d->scale->cancellations; i++) {
		withdraw(d, is_full_tomorrow, is_peopled_tomorrow);
		withdraw(d, is_full_today, is_peopled_today);
	}
	demo_step(d);
}
