/* cli/demo_today.c - what went wrong lately: the small acts that give the screens of today something to show.
 *
 * Owns these acts. Each is a group of its own, as if somebody had done it by hand, so that history and undo have something to show too. When a
 * small roster has no shift that an act fits, the act is left out. Works on the shifts that demo_roster.c remembered. */
#include "cli/demo_priv.h"

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

/* A shift that fits, from a chance beginning, so that it isn't always the first of the day. */
static struct demo_near *find(struct demo *d, fits_fn *fits)
{
	int total = (int)d->nnear, first = total ? dice_below(&d->dice, total) : 0;
	for (int i = 0; i < total; i++) {
		struct demo_near *n = &d->near[(first + i) % total];
		if (fits(d, n))
			return n;
	}
	return NULL;
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
	demo_put_place(d, &(struct demo_place){ .shift = n->shift, .person = who, .substitute_for = -1, .state = ASSIGNMENT_ACCEPTED });
	n->person[n->n++] = who;
	demo_commit(d);
}

/* ---- deliberate problems -------------------------------------------------------------------------------------- */

static bool is_on(const struct demo_near *n, int who)
{
	for (int i = 0; i < n->n; i++)
		if (n->person[i] == who)
			return true;
	return false;
}

/* Somebody of a that may be put on b, since they have its task there; -1: nobody. */
static int shared_person(const struct demo *d, const struct demo_near *a, const struct demo_near *b)
{
	for (int i = 0; i < a->n; i++) {
		const struct demo_person *p = &d->people[a->person[i]];
		if (p->house == b->post->house && !is_on(b, a->person[i]) && open_places(b) > 0)
			return a->person[i];
	}
	return -1;
}

static bool overlaps(const struct demo_near *a, const struct demo_near *b)
{
	return a->start < b->end && b->start < a->end && a->post != b->post;
}

static bool is_short_night(const struct demo_near *a, const struct demo_near *b)
{
	int64_t rest = civil_elapsed(a->end, b->start);
	return cmin_minute(a->start) >= 17 * 60 && rest >= 6 * 60 && rest < 11 * 60;
}

/* Put somebody from one shift on another that doesn't go with it. */
static void clash(struct demo *d, bool (*clashes)(const struct demo_near *, const struct demo_near *))
{
	for (size_t i = 0; i < d->nnear; i++)
		for (size_t j = 0; j < d->nnear; j++) {
			struct demo_near *a = &d->near[i], *b = &d->near[j];
			int who = day_of(a) > d->today && clashes(a, b) ? shared_person(d, a, b) : -1;
			if (who >= 0) {
				assign(d, b, who);
				return;
			}
		}
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

/* The newest of those who come this week turns out to have no declaration. */
static void lose_declaration(struct demo *d)
{
	int who = -1;
	for (size_t i = 0; i < d->nnear; i++)
		for (int j = 0; j < d->near[i].n; j++)
			if (who < 0 || d->people[d->near[i].person[j]].started > d->people[who].started)
				who = d->near[i].person[j];
	if (who < 0 || !demo_begin(d, ACT_EDIT))
		return;
	change_arg(d->change, value_id(d->people[who].id));
	demo_empty(d, TYPE_VOLUNTEER, d->people[who].id, F_VOLUNTEER_CONFIDENTIALITY);
	demo_commit(d);
}

/* ---- the days' small change --------------------------------------------------------------------------------------- */

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
	demo_commit(d);
}

static bool wants_help(const struct demo *d, const struct demo_near *n)
{
	return day_of(n) > d->today && n->post->need >= 2 && open_places(n) > 0 && n->places == 0 && demo_local_org(d, n->post);
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

void demo_today(struct demo *d)
{
	clash(d, overlaps);
	clash(d, is_short_night);
	overfill(d);
	lose_declaration(d);
	borrow_people(d);
	call_off(d);
	for (int i = 0; i < d->scale->cancellations; i++) {
		withdraw(d, is_full_tomorrow, is_peopled_tomorrow);
		withdraw(d, is_full_today, is_peopled_today);
	}
	demo_step(d);
}
