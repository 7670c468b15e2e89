/* roster/vigil_chain.c - see vigil.h: whom to ring next for a vigil, in fair order.
 *
 * Owns that order. It is there to ring in, never to compare people by. Must not know what any rule means beyond its
 * level, but that a pause after a hard shift is kept where others can be rung. */
#include "roster/vigil.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "roster/rules_priv.h"

struct chaining {
	struct view *v;
	struct book *b;
	struct arena *a, *one;       /* one: what is read of one person */
	const struct vigil *of;
	civil_min now;
	int limits[LIMIT_COUNT];
	struct call_log calls;
	struct vigil_call *call;
	size_t n;
};

/* ---- one person ------------------------------------------------------------------------------------------------- */

static void add_hours(struct vigil_call *c, const struct vigil *of, const struct duty_row *d, size_t n)
{
	c->last = CMIN_NONE;
	for (size_t i = 0; i < n; i++) {
		if (!id_equal(d[i].role, of->role) || !duty_is_held(&d[i]) || d[i].start >= of->end)
			continue;
		int minutes = duty_minutes(&d[i]);
		c->minutes_12m += minutes > 0 ? minutes : 0;
		c->last = d[i].start;
	}
}

static bool is_gap(const struct chaining *k, const struct shift *s)
{
	return s->row.state != SHIFT_CANCELLED && s->open > 0 && s->row.end > k->now;
}

/* What speaks against the first gap that can't be taken, for whoever can take none. */
static void judge(struct chaining *k, struct vigil_call *c, const struct duty_row *d, size_t n, const char **against, bool *pause)
{
	for (size_t i = 0; i < k->of->n; i++) {
		const struct shift *s = &k->of->watches[i];
		struct rule_case x = {.book = k->b, .person = c->person, .shift = s, .limits = k->limits, .today = cmin_date(k->now)};
		size_t nv;
		if (!is_gap(k, s))
			continue;
		x.duties = rules_nearby(k->one, d, n, &s->row, &x.nduties);
		const struct verdict *v = rules_judge(&x, k->one, &nv);
		if (nv == 0 || v[0].rule->level == RULE_HINT)
			c->can[c->ncan++] = s;
		else if (!*against)
			*against = v[0].sentence;
		for (size_t j = 0; j < nv; j++)
			*pause = *pause || strcmp(v[j].rule->id, "after-hard") == 0;
	}
}

static const char *last_words(struct arena *a, civil_min last, civil_min now)
{
	char day[40];
	if (last == CMIN_NONE)
		return _("not in the last 12 months");
	civil_format_date(day, sizeof day, cmin_date(last), CIVIL_SHORT);
	return arena_printf(a, last > now ? _("next %s") : _("last %s"), day);
}

static const char *reasons(struct chaining *k, const struct vigil_call *c, const struct call *asked, const char *against)
{
	const char *last = last_words(k->a, c->last, k->now), *first = "";
	switch (c->standing) {
	case VIGIL_RING: break;
	case VIGIL_PAUSED: first = _("has a hard shift close to it"); break;
	case VIGIL_ASKED: first = asked ? call_words(k->a, asked, cmin_date(k->now)) : ""; break;
	case VIGIL_CANT: first = against ? against : _("no watch lacks anybody"); break;
	}
	return *first ? arena_printf(k->a, "%s · %s", first, last) : last;
}

static int add_person(struct chaining *k, const struct person *p, struct err *e)
{
	struct duty_row *d;
	size_t n;
	struct vigil_call *c = &k->call[k->n];
	const char *against = NULL;
	bool pause = false;
	arena_reset(k->one);
	*c = (struct vigil_call){.person = p, .can = arena_alloc(k->a, (k->of->n + 1) * sizeof *c->can)};
	int rc = view_duties(k->v, k->one, p->id, k->now - (civil_min)DUTY_YEAR_DAYS * DAY_MINUTES,
			     k->of->end + (civil_min)DUTY_WINDOW_DAYS * DAY_MINUTES, &d, &n, e);
	if (rc != OK)
		return rc;
	add_hours(c, k->of, d, n);
	judge(k, c, d, n, &against, &pause);
	struct standing turn = call_log_stand(&k->calls, ID_NONE, p->id, k->now, k->limits[LIMIT_CALL_AGAIN_HOURS]);
	c->standing = c->ncan == 0 ? VIGIL_CANT : turn.turn > TURN_FREE ? VIGIL_ASKED : pause ? VIGIL_PAUSED : VIGIL_RING;
	c->reasons = reasons(k, c, turn.last, against);
	k->n++;
	return OK;
}

/* ---- order ------------------------------------------------------------------------------------------------------ */

static int order(int64_t x, int64_t y)
{
	return (x > y) - (x < y);
}

/* Never having sat is the longest ago; people lie in one array by name and then id. */
static int compare_calls(const void *vx, const void *vy)
{
	const struct vigil_call *x = vx, *y = vy;
	int c = order(x->standing, y->standing);
	c = c ? c : order(x->minutes_12m, y->minutes_12m);
	c = c ? c : order(x->last, y->last);
	return c ? c : order(x->person - y->person, 0);
}

int vigil_chain(struct view *v, struct book *b, struct arena *a, const struct vigil *of, civil_min now,
		struct vigil_call **out, size_t *n, struct err *e)
{
	struct chaining k = {.v = v, .b = b, .a = a, .of = of, .now = now};
	int rc = rules_limits(v, k.limits, e);
	if (rc == OK)
		rc = call_log_load(v, a, ID_NONE, cmin_date(now), &k.calls, e);
	k.one = arena_new();
	k.call = arena_alloc(a, (b->npeople + 1) * sizeof *k.call);
	for (size_t i = 0; rc == OK && i < b->npeople; i++) {
		const struct person *p = &b->people[i];
		if (p->status == VOLUNTEER_ACTIVE && person_has_role(p, of->role))
			rc = add_person(&k, p, e);
	}
	if (rc == OK && k.n)
		qsort(k.call, k.n, sizeof *k.call, compare_calls);
	arena_free(k.one);
	*out = k.call;
	*n = rc == OK ? k.n : 0;
	return rc;
}
