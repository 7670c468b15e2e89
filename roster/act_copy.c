/* roster/act_copy.c - see act.h: shifts copied to other days, with their people or empty.
 *
 * Owns what a copy takes along and when it is there already. A note isn't taken: it belongs to its day; nor is a
 * calling off. The watches of a vigil stay out of a copied day or week: somebody was dying then. People whom a stop
 * speaks against on the new day are left out, so the copy has a gap there. */
#include "roster/act.h"

#include <string.h>

#include "base/lang.h"
#include "roster/act_priv.h"
#include "roster/duty.h"

struct copying {
	struct act *x;
	struct book *b; /* NULL when people stay */
	int days;
	bool no_watches; /* leaves out what belongs to a vigil */
	struct shift_row *there; /* what stands on the days copied to */
	size_t nthere, made;
	struct id last;
};

/* ---- one shift -------------------------------------------------------------------------------------------------- */

static bool is_there(const struct copying *k, const struct shift_row *copy)
{
	for (size_t i = 0; i < k->nthere; i++) {
		const struct shift_row *t = &k->there[i];
		if (t->start == copy->start && t->end == copy->end && id_equal(t->unit, copy->unit) &&
		    id_equal(t->role, copy->role))
			return true;
	}
	return false;
}

static int put_shift(struct copying *k, const struct shift_row *s, struct value wished, struct err *e)
{
	const struct field_value fields[] = {
		{F_SHIFT_UNIT, value_id(s->unit)},    {F_SHIFT_ROLE, value_id(s->role)},
		{F_SHIFT_START, value_int(s->start)}, {F_SHIFT_END, value_int(s->end)},
		{F_SHIFT_NEED, value_int(s->need)},   {F_SHIFT_WISHED, wished},
		{F_SHIFT_NOTE, value_none()},         {F_SHIFT_STATE, value_int(s->state)},
	};
	change_make(k->x->c, TYPE_SHIFT, s->shift);
	return change_set_all(k->x->c, TYPE_SHIFT, s->shift, fields, sizeof fields / sizeof *fields, e);
}

/* May the person stand on the copy? Warnings show up among the problems, a stop is never overridden. */
static int may_follow(struct copying *k, const struct shift_row *copy, struct id volunteer, bool *may, struct err *e)
{
	const struct person *p = book_person(k->b, volunteer);
	struct shift s = {.row = *copy, .unit = book_name(k->b, copy->unit), .role = book_name(k->b, copy->role)};
	struct verdict *v;
	size_t n;
	*may = false;
	if (!p)
		return OK;
	int rc = rules_check(k->x->v, k->b, k->x->a, &s, p, &v, &n, e);
	*may = rc == OK && (n == 0 || v[0].rule->level != RULE_STOP);
	return rc;
}

static int copy_people(struct copying *k, struct id source, const struct shift_row *copy, struct err *e)
{
	struct seat_row *seats;
	size_t n;
	int rc = view_seats(k->x->v, k->x->a, source, &seats, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		const struct seat_row *seat = &seats[i];
		bool may = true;
		if (!duty_state_holds(seat->state))
			continue;
		if (!id_is_none(seat->volunteer))
			rc = may_follow(k, copy, seat->volunteer, &may, e);
		struct holding h = {
			.shift = copy->shift, .volunteer = seat->volunteer, .organisation = seat->organisation,
			.places = seat->places, .state = seat->state, .from = copy->start, .to = copy->end,
		};
		if (rc == OK && may)
			rc = act_put_holding(k->x, &h, e);
	}
	return rc;
}

static struct shift_row plan_copy(const struct rec *r, int days)
{
	civil_min by = (civil_min)days * DAY_MINUTES, start = rec_int(r, F_SHIFT_START) + by;
	bool off = rec_int(r, F_SHIFT_STATE) == SHIFT_CANCELLED;
	return (struct shift_row){
		.shift = id_dated(r->id, cmin_date(start)),
		.unit = rec_id(r, F_SHIFT_UNIT),
		.role = rec_id(r, F_SHIFT_ROLE),
		.start = start,
		.end = rec_int(r, F_SHIFT_END) + by,
		.state = off ? SHIFT_PUBLISHED : (uint8_t)rec_int(r, F_SHIFT_STATE),
		.need = (uint16_t)rec_int(r, F_SHIFT_NEED),
	};
}

/* A copy that was made earlier and has been moved since is there too. */
static int copy_shift(struct copying *k, const struct rec *source, struct err *e)
{
	struct shift_row copy = plan_copy(source, k->days);
	struct rec *old = NULL;
	int rc = view_get(k->x->v, k->x->a, TYPE_SHIFT, copy.shift, &old, e);
	if (rc != OK || (old && old->alive) || is_there(k, &copy))
		return rc;
	k->made++;
	k->last = copy.shift;
	rc = put_shift(k, &copy, rec_get(source, F_SHIFT_WISHED), e);
	return rc == OK && k->b ? copy_people(k, source->id, &copy, e) : rc;
}

/* ---- several ---------------------------------------------------------------------------------------------------- */

static int read_sources(struct act *x, const struct id *shifts, size_t n, struct rec ***out, struct err *e)
{
	int rc = OK;
	*out = arena_alloc(x->a, (n + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = act_get_shift(x, shifts[i], &(*out)[i], e);
	return rc;
}

static int read_there(struct copying *k, struct rec *const *sources, size_t n, struct err *e)
{
	civil_min first = INT64_MAX, last = INT64_MIN, by = (civil_min)k->days * DAY_MINUTES;
	for (size_t i = 0; i < n; i++) {
		civil_min start = rec_int(sources[i], F_SHIFT_START) + by;
		first = start < first ? start : first;
		last = start > last ? start : last;
	}
	return n ? view_shifts(k->x->v, k->x->a, NULL, first, last + 1, &k->there, &k->nthere, e) : OK;
}

static int copy_all(struct copying *k, const struct id *shifts, size_t n, bool people, struct err *e)
{
	struct rec **sources;
	int rc = read_sources(k->x, shifts, n, &sources, e);
	if (rc == OK)
		rc = read_there(k, sources, n, e);
	if (rc == OK && people)
		rc = book_load(k->x->v, &k->b, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (!k->no_watches || id_is_none(rec_id(sources[i], F_SHIFT_VIGIL)))
			rc = copy_shift(k, sources[i], e);
	book_free(k->b);
	return rc;
}

int act_copy_shifts(struct store *s, enum act_no act, const struct id *shifts, size_t n, int days, bool people,
		    struct change_result *out, struct err *e)
{
	struct act x;
	struct copying k = {.x = &x, .days = days};
	int rc = act_begin(&x, s, act, e);
	if (rc == OK)
		rc = copy_all(&k, shifts, n, people, e);
	if (rc == OK)
		act_arg_shifts(&x, &k.last, k.made);
	return act_end(&x, rc, out, e);
}

/* ---- a day, a week ---------------------------------------------------------------------------------------------- */

/* The shifts of a unit and all below it that begin in [from, to). */
static int list_shifts(struct act *x, const struct id *unit, civil_date from, civil_date to, struct id **out, size_t *n,
		       struct err *e)
{
	struct shift_row *rows;
	struct book *b = NULL;
	size_t all = 0;
	int rc = unit ? book_load(x->v, &b, e) : OK;
	if (rc == OK)
		rc = view_shifts(x->v, x->a, NULL, cmin_at(from, 0), cmin_at(to, 0), &rows, &all, e);
	*out = arena_alloc(x->a, (all + 1) * sizeof **out);
	*n = 0;
	for (size_t i = 0; rc == OK && i < all; i++)
		if (!unit || book_unit_within(b, rows[i].unit, *unit))
			(*out)[(*n)++] = rows[i].shift;
	book_free(b);
	return rc;
}

struct period {
	enum act_no act;
	civil_date from, to;
	int days;
};

static int copy_period(struct store *s, const struct id *unit, const struct period *p, bool people,
		       struct change_result *out, struct err *e)
{
	struct act x;
	struct copying k = {.x = &x, .days = p->to - p->from, .no_watches = true};
	struct id *shifts;
	size_t n;
	int rc = act_begin(&x, s, p->act, e);
	if (rc == OK)
		rc = list_shifts(&x, unit, p->from, p->from + p->days, &shifts, &n, e);
	if (rc == OK)
		rc = copy_all(&k, shifts, n, people, e);
	if (rc == OK) {
		change_arg(x.c, value_int(p->from));
		change_arg(x.c, value_int(p->to));
	}
	return act_end(&x, rc, out, e);
}

int act_copy_day(struct store *s, const struct id *unit, civil_date from, civil_date to, bool people,
		 struct change_result *out, struct err *e)
{
	struct period p = {.act = ACT_COPY_DAY, .from = from, .to = to, .days = 1};
	return copy_period(s, unit, &p, people, out, e);
}

int act_copy_week(struct store *s, const struct id *unit, civil_date from_monday, civil_date to_monday, bool people,
		  struct change_result *out, struct err *e)
{
	struct period p = {.act = ACT_COPY_WEEK, .from = from_monday, .to = to_monday, .days = 7};
	return copy_period(s, unit, &p, people, out, e);
}
