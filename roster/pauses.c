/* roster/pauses.c - see gates.h: when nobody is to come, to a place, for a role, or at all.
 *
 * Owns which shifts a pause calls off, who must be told, and what is put on again when it ends. Must not know why. */
#include "roster/gates.h"

#include <stdlib.h>

#include "base/lang.h"
#include "roster/act_priv.h"
#include "roster/duty.h"

/* ---- what stands still ------------------------------------------------------------------------------------------ */

static bool is_of(const struct book *b, struct id of, struct id unit, struct id role)
{
	return id_is_none(of) || id_equal(of, role) || book_unit_within(b, unit, of);
}

const struct standstill *pause_on(const struct book *b, struct id unit, struct id role, civil_date day)
{
	for (size_t i = 0; i < b->frames.npauses; i++) {
		const struct standstill *p = &b->frames.pauses[i];
		bool runs = p->from <= day && (p->until == DATE_NONE || day < p->until);
		if (runs && is_of(b, p->of, unit, role))
			return p;
	}
	return NULL;
}

/* ---- beginning -------------------------------------------------------------------------------------------------- */

struct pausing {
	struct act *x;
	struct book *b;
	struct arena *a; /* the caller's */
	struct paused *told;
	size_t n, cap;
};

static struct paused *told_of(struct pausing *p, const struct person *who)
{
	for (size_t i = 0; i < p->n; i++)
		if (id_equal(p->told[i].volunteer, who->id))
			return &p->told[i];
	p->told = arena_grow(p->a, p->told, &p->cap, p->n + 1, sizeof *p->told);
	p->told[p->n] = (struct paused){
		.volunteer = who->id,
		.name = arena_strdup(p->a, who->name),
		.phone = arena_strdup(p->a, who->phone),
		.first = CMIN_NONE,
	};
	return &p->told[p->n++];
}

static int note_people(struct pausing *p, const struct shift_row *s, struct err *e)
{
	struct seat_row *seats;
	size_t n;
	int rc = view_seats(p->x->v, p->x->a, s->shift, &seats, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		const struct person *who = book_person(p->b, seats[i].volunteer);
		if (!who || !duty_state_holds(seats[i].state))
			continue;
		struct paused *told = told_of(p, who);
		told->first = told->shifts++ ? told->first : s->start;
	}
	return rc;
}

/* The shifts that it is about: from a minute on, by their start. The last day that can be written stands for "for
 * ever". */
static int find_shifts(struct act *x, const struct book *b, const struct standstill *of, civil_min from,
		       struct shift_row **out, size_t *n, struct err *e)
{
	struct shift_row *all;
	size_t nall;
	civil_date end = of->until == DATE_NONE ? civil_from_ymd(CIVIL_LAST_YEAR, 12, 31) : of->until;
	int rc = view_shifts(x->v, x->a, NULL, from, cmin_at(end, 0), &all, &nall, e);
	*n = 0;
	*out = all;
	for (size_t i = 0; rc == OK && i < nall; i++)
		if (is_of(b, of->of, all[i].unit, all[i].role))
			all[(*n)++] = all[i];
	return rc;
}

/* A draft isn't promised to anybody: it stays one, and stands among the problems until the pause is over. */
static int call_off(struct pausing *p, const struct shift_row *s, struct err *e)
{
	if (s->state != SHIFT_PUBLISHED)
		return OK;
	int rc = note_people(p, s, e);
	return rc == OK ? change_set(p->x->c, TYPE_SHIFT, s->shift, F_SHIFT_STATE, value_int(SHIFT_CANCELLED), e) : rc;
}

static int compare_told(const void *vx, const void *vy)
{
	const struct paused *x = vx, *y = vy;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return id_compare(x->volunteer, y->volunteer);
}

static int write_pause(struct act *x, const struct pause_new *how, struct err *e)
{
	struct id id = change_new(x->c, TYPE_PAUSE);
	const struct field_value fields[] = {
		{F_PAUSE_OF, value_id_or_none(how->of)},
		{F_PAUSE_WHY, value_text_or_none(how->why)},
		{F_PAUSE_FROM, value_int(how->from)},
		{F_PAUSE_UNTIL, value_date_or_none(how->until)},
	};
	change_arg(x->c, id_is_none(how->of) ? value_text(_("everybody")) : value_id(how->of));
	return change_set_all(x->c, TYPE_PAUSE, id, fields, sizeof fields / sizeof *fields, e);
}

/* Whoever is here already stays for that shift. */
static civil_min first_minute(struct store *s, civil_date from)
{
	civil_min now = store_now_civil(s);
	return cmin_date(now) == from ? now : cmin_at(from, 0);
}

int pause_begin(struct store *s, struct book *b, struct arena *a, const struct pause_new *how, struct paused **called,
		size_t *n, struct change_result *out, struct err *e)
{
	struct act x;
	struct pausing p = {.x = &x, .b = b, .a = a};
	const struct standstill of = {.of = how->of, .from = how->from, .until = how->until};
	struct shift_row *shifts = NULL;
	size_t nshifts = 0;
	if (how->until != DATE_NONE && how->until <= how->from)
		return err_set(e, ERR_USAGE, _("a pause begins again on a later day than it begins"));
	int rc = act_begin(&x, s, ACT_PAUSE, e);
	if (rc == OK)
		rc = write_pause(&x, how, e);
	if (rc == OK)
		rc = find_shifts(&x, b, &of, first_minute(s, how->from), &shifts, &nshifts, e);
	for (size_t i = 0; rc == OK && i < nshifts; i++)
		rc = call_off(&p, &shifts[i], e);
	if (p.n > 1)
		qsort(p.told, p.n, sizeof *p.told, compare_told);
	*called = p.told;
	*n = p.n;
	return act_end(&x, rc, out, e);
}

/* ---- ending ----------------------------------------------------------------------------------------------------- */

/* Did the pause's own change call it off, and has nobody touched that since? */
static int was_called_off(struct act *x, struct id shift, struct dot by, bool *is, struct err *e)
{
	struct rec *r = NULL;
	int rc = view_get(x->v, x->a, TYPE_SHIFT, shift, &r, e);
	const struct rec_field *state = rc == OK && r && r->alive ? rec_field(r, F_SHIFT_STATE) : NULL;
	*is = state && state->v.i == SHIFT_CANCELLED && dot_equal(state->at.dot, by);
	return rc;
}

static int put_on_again(struct act *x, const struct shift_row *s, struct dot by, size_t *resumed, struct err *e)
{
	bool is;
	int rc = was_called_off(x, s->shift, by, &is, e);
	if (rc != OK || !is)
		return rc;
	++*resumed;
	return change_set(x->c, TYPE_SHIFT, s->shift, F_SHIFT_STATE, value_int(SHIFT_PUBLISHED), e);
}

static int get_pause(struct act *x, struct id id, civil_date day, struct rec **out, struct err *e)
{
	int rc = view_get(x->v, x->a, TYPE_PAUSE, id, out, e);
	if (rc == OK && (!*out || !(*out)->alive))
		return err_set(e, ERR_NOTFOUND, _("there is no such pause, or it has been deleted"));
	int64_t until = rc == OK ? rec_int_or(*out, F_PAUSE_UNTIL, INT64_MAX) : 0;
	if (rc == OK && until <= day)
		return err_set(e, ERR_REFUSED, _("the pause has ended already"));
	return rc;
}

int pause_end(struct store *s, struct book *b, struct id pause, civil_date day, size_t *resumed,
	      struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *r = NULL;
	struct shift_row *shifts = NULL;
	size_t n = 0;
	*resumed = 0;
	int rc = act_begin(&x, s, ACT_PAUSE_END, e);
	if (rc == OK)
		rc = get_pause(&x, pause, day, &r, e);
	if (rc != OK)
		return act_end(&x, rc, out, e);
	civil_date from = (civil_date)rec_int(r, F_PAUSE_FROM);
	const struct standstill of = {.of = rec_id(r, F_PAUSE_OF),
				      .until = (civil_date)rec_int_or(r, F_PAUSE_UNTIL, DATE_NONE)};
	day = day > from ? day : from;
	change_arg(x.c, id_is_none(of.of) ? value_text(_("everybody")) : value_id(of.of));
	rc = change_set(x.c, TYPE_PAUSE, pause, F_PAUSE_UNTIL, value_int(day), e);
	if (rc == OK)
		rc = find_shifts(&x, b, &of, cmin_at(day, 0), &shifts, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = put_on_again(&x, &shifts[i], rec_field(r, FIELD_ALIVE)->at.dot, resumed, e);
	return act_end(&x, rc, out, e);
}
