/* roster/calls.c - see calls.h. Owns when somebody may be rung again, and how a call is put into words. Must not know
 * who else could be rung (candidates.c), nor how a call is written (act_round.c). */
#include "roster/calls.h"

#include <stdlib.h>

#include "base/lang.h"
#include "base/search.h"

enum { AGAIN_MINUTES = 120, AGAIN_STEP = 30 };

/* ---- reading ---------------------------------------------------------------------------------------------------- */

struct reading {
	struct view *v;
	struct arena *a;
	struct call_log *out;
	size_t cap;
};

static int add_call(struct reading *r, struct id id, struct err *e)
{
	struct rec *rec = NULL;
	int rc = view_get(r->v, r->a, TYPE_CALL, id, &rec, e);
	if (rc != OK || !rec || !rec->alive)
		return rc;
	struct call_log *out = r->out;
	out->all = arena_grow(r->a, out->all, &r->cap, out->n + 1, sizeof *out->all);
	out->all[out->n++] = (struct call){
		.id = id,
		.shift = rec_id(rec, F_CALL_SHIFT),
		.volunteer = rec_id(rec, F_CALL_VOLUNTEER),
		.instead_of = rec_id(rec, F_CALL_INSTEAD_OF),
		.at = rec_int_or(rec, F_CALL_AT, CMIN_NONE),
		.again = rec_int_or(rec, F_CALL_AGAIN, CMIN_NONE),
		.outcome = (uint8_t)rec_int(rec, F_CALL_OUTCOME),
		.by = rec_text(rec, F_CALL_BY),
		.note = rec_text(rec, F_CALL_NOTE),
	};
	return OK;
}

static int compare_calls(const void *vx, const void *vy)
{
	const struct call *x = vx, *y = vy;
	int c = id_compare(x->volunteer, y->volunteer);
	c = c ? c : (x->at > y->at) - (x->at < y->at);
	return c ? c : id_compare(x->id, y->id);
}

/* A call about the shift in the last days was found both ways. */
static void sort_calls(struct call_log *c)
{
	size_t n = 0;
	if (c->n > 1)
		qsort(c->all, c->n, sizeof *c->all, compare_calls);
	for (size_t i = 0; i < c->n; i++)
		if (n == 0 || !id_equal(c->all[n - 1].id, c->all[i].id))
			c->all[n++] = c->all[i];
	c->n = n;
}

int call_log_load(struct view *v, struct arena *a, struct id shift, civil_date today, struct call_log *out, struct err *e)
{
	struct reading r = {.v = v, .a = a, .out = out};
	struct due_row *due;
	struct id *ids = NULL;
	size_t ndue = 0, n = 0;
	*out = (struct call_log){0};
	/* a day ahead: another site's clock may be a little before this one's */
	int rc = view_due(v, a, today - CALLS_DAYS, today + 2, &due, &ndue, e);
	for (size_t i = 0; rc == OK && i < ndue; i++)
		rc = due[i].type == TYPE_CALL ? add_call(&r, due[i].id, e) : OK;
	if (rc == OK && !id_is_none(shift))
		rc = view_refs(v, a, shift, TYPE_CALL, F_CALL_SHIFT, &ids, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = add_call(&r, ids[i], e);
	sort_calls(out);
	return rc;
}

/* ---- where somebody stands -------------------------------------------------------------------------------------- */

static int compare_volunteer(const void *id, const void *call)
{
	return id_compare(*(const struct id *)id, ((const struct call *)call)->volunteer);
}

/* What one call does to whoever got it; here: about the shift that is asked about, on the last day that any site rang
 * about it. */
static struct standing effect_of(const struct call *c, bool here, civil_min now, int hours)
{
	bool today = cmin_date(c->at) >= cmin_date(now), agreed = here && c->outcome == CALL_AGAIN && c->again != CMIN_NONE;
	civil_min from = agreed ? c->again : c->at + (civil_min)hours * 60;
	if (!agreed && !today)
		return (struct standing){.turn = TURN_FREE, .from = CMIN_NONE};
	if (!agreed && c->outcome != CALL_NO_ANSWER)
		return (struct standing){.turn = TURN_DONE, .from = CMIN_NONE};
	if (from > now)
		return (struct standing){.turn = TURN_LATER, .from = from};
	return (struct standing){.turn = agreed ? TURN_DUE : TURN_FREE, .from = CMIN_NONE};
}

static struct standing stricter(struct standing x, struct standing y)
{
	if (x.turn == TURN_FREE || y.turn == TURN_FREE)
		return x.turn == TURN_FREE ? y : x;
	if (x.turn != y.turn)
		return x.turn > y.turn ? x : y;
	return x.from > y.from ? x : y;
}

struct standing call_log_stand(const struct call_log *c, struct id shift, struct id volunteer, civil_min now, int hours)
{
	struct standing out = {.turn = TURN_FREE, .from = CMIN_NONE};
	civil_date day = DATE_NONE;             /* of the last about this shift */
	size_t first = search_first(&volunteer, c->all, c->n, sizeof *c->all, compare_volunteer), end = first;
	for (; end < c->n && id_equal(c->all[end].volunteer, volunteer); end++)
		day = id_equal(c->all[end].shift, shift) ? cmin_date(c->all[end].at) : day;
	for (size_t i = first; i < end; i++) {
		bool here = id_equal(c->all[i].shift, shift), counts = !here || cmin_date(c->all[i].at) == day;
		if (counts)
			out = stricter(out, effect_of(&c->all[i], here, now, hours));
		out.said_no = out.said_no || (here && counts && c->all[i].outcome == CALL_NO);
	}
	out.last = end > first ? &c->all[end - 1] : NULL;
	return out;
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

civil_min call_again_at(civil_min now)
{
	civil_min then = now + AGAIN_MINUTES;
	then -= then % AGAIN_STEP;
	return cmin_date(then) == cmin_date(now) ? then : CMIN_NONE;
}

const char *call_outcome(int outcome)
{
	const struct choice *c = schema_choice(SET_CALL_OUTCOME, outcome);
	return c ? _(c->label) : "";
}

static const char *answer(int outcome)
{
	switch (outcome) {
	case CALL_YES: return _("said yes");
	case CALL_NO: return _("couldn't come");
	case CALL_NO_ANSWER: return _("didn't answer");
	case CALL_AGAIN: return _("asked to be rung again");
	}
	return "";
}

const char *call_words(struct arena *a, const struct call *c, civil_date today)
{
	char day[40], clock[16];
	civil_date on = cmin_date(c->at);
	if (on == today - 1)
		return arena_printf(a, _("asked yesterday, %s"), answer(c->outcome));
	if (on != today)
		return arena_printf(a, _("asked %s, %s"), civil_format_date(day, sizeof day, on, CIVIL_DAY), answer(c->outcome));
	civil_format_time(clock, sizeof clock, cmin_minute(c->at));
	if (!*c->by)
		return arena_printf(a, _("asked today %s, %s"), clock, answer(c->outcome));
	return arena_printf(a, _("asked today %s by %s, %s"), clock, c->by, answer(c->outcome));
}
