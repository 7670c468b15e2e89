/* roster/series_make.c - see series.h: the shifts of a series made, and who has a fixed place put on them.
 *
 * Owns what making writes, and what it leaves alone: whatever stands, what was taken out, and whoever was taken off.
 * Two sites that make the same days write the same. Must not know how a series is changed (series_change.c). */
#include "roster/series_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"

/* ---- an act ----------------------------------------------------------------------------------------------------- */

int series_act_begin(struct series_act *k, struct store *s, enum act_no no, struct arena *a, struct series_done *done, struct err *e)
{
	*done = (struct series_done){0};
	*k = (struct series_act){.a = a, .done = done, .now = store_now_civil(s), .seat_state = ASSIGNMENT_ACCEPTED};
	int rc = act_begin(&k->x, s, no, e);
	if (rc == OK)
		rc = series_load(k->x.v, k->x.a, &k->l, e);
	return rc == OK ? book_load(k->x.v, &k->b, e) : rc;
}

static int compare_told(const void *vx, const void *vy)
{
	const struct series_told *x = vx, *y = vy;
	int c = (x->start > y->start) - (x->start < y->start);
	c = c ? c : id_compare(x->shift, y->shift);
	return c ? c : id_compare(x->who, y->who);
}

int series_act_end(struct series_act *k, int rc, struct change_result *out, struct err *e)
{
	book_free(k->b);
	if (k->done->ntold)
		qsort(k->done->told, k->done->ntold, sizeof *k->done->told, compare_told);
	return act_end(&k->x, rc, out, e);
}

int series_act_get(struct series_act *k, struct id id, const struct series **out, struct err *e)
{
	*out = series_get(&k->l, id);
	return *out ? OK : err_set(e, ERR_NOTFOUND, _("there is no such series of shifts, or it has been deleted"));
}

void series_tell(struct series_act *k, enum series_tell what, const struct shift_row *s, struct id who, const char *sentence)
{
	struct series_done *d = k->done;
	d->told = arena_grow(k->a, d->told, &d->cap, d->ntold + 1, sizeof *d->told);
	d->told[d->ntold++] = (struct series_told){
		.what = what,
		.shift = s->shift,
		.who = who,
		.start = s->start,
		.name = arena_strdup(k->a, book_name(k->b, who)),
		.sentence = arena_strdup(k->a, sentence),
	};
}

/* ---- a series' own record --------------------------------------------------------------------------------------- */

int series_write(struct act *x, struct id id, const struct series *s, civil_date until, struct err *e)
{
	const struct field_value fields[] = {
		{F_SERIES_UNIT, value_id_or_none(s->unit)},
		{F_SERIES_ROLE, value_id_or_none(s->role)},
		{F_SERIES_FIRST, value_date_or_none(s->first)},
		{F_SERIES_UNTIL, value_date_or_none(until)},
		{F_SERIES_EVERY, value_int(s->every)},
		{F_SERIES_DAYS, s->days ? value_int(s->days) : value_none()},
		{F_SERIES_START, value_int(s->start)},
		{F_SERIES_END, value_int(s->end)},
		{F_SERIES_NEED, value_int(s->need)},
		{F_SERIES_WISHED, s->wished ? value_int(s->wished) : value_none()},
		{F_SERIES_NOTE, value_text_or_none(s->note)},
		{F_SERIES_HOLIDAYS, s->holidays ? value_int(HOLIDAYS_KEEP) : value_none()},
		{F_SERIES_ORIGIN, id_equal(s->origin, id) ? value_none() : value_id_or_none(s->origin)},
		{F_SERIES_STATE, s->state == SHIFT_PUBLISHED ? value_int(SHIFT_PUBLISHED) : value_none()},
	};
	return change_set_all(x->c, TYPE_SERIES, id, fields, sizeof fields / sizeof *fields, e);
}

/* ---- who has a fixed place -------------------------------------------------------------------------------------- */

static struct id holder_of(const struct fixed *f)
{
	return id_is_none(f->volunteer) ? f->organisation : f->volunteer;
}

/* What keeps somebody off, NULL nothing: a stop, or being away. *warning: what only speaks against it, which shows up
 * among the problems. */
static int ask_rules(struct series_act *k, const struct fixed *f, const struct shift_row *row, const char **why, const char **warning,
		     struct err *e)
{
	const struct person *p = book_person(k->b, f->volunteer);
	struct shift s = {.row = *row, .unit = book_name(k->b, row->unit), .role = book_name(k->b, row->role), .note = ""};
	struct verdict *v;
	size_t n;
	*why = p ? NULL : _("is no longer among the volunteers");
	if (!p)
		return OK;
	int rc = k->warns ? roster_shift(k->x.v, k->b, k->x.a, row->shift, &s, e) : OK;
	if (rc == OK)
		rc = rules_check(k->x.v, k->b, k->x.a, &s, p, &v, &n, e);
	for (size_t i = 0; rc == OK && i < n && !*why; i++)
		if (v[i].rule->level == RULE_STOP || strcmp(v[i].rule->id, "away") == 0)
			*why = v[i].sentence;
	*warning = rc == OK && n && v[0].rule->level == RULE_WARN ? v[0].sentence : NULL;
	return rc;
}

int series_seat_one(struct series_act *k, const struct fixed *f, const struct shift_row *row, bool fresh, struct err *e)
{
	struct id id = id_assignment(row->shift, holder_of(f));
	struct rec *old = NULL;
	const char *why = NULL, *warning = NULL;
	int rc = view_get(k->x.v, k->x.a, TYPE_ASSIGNMENT, id, &old, e);
	if (rc != OK || (old && (old->alive || !fresh)))
		return rc;
	if (!id_is_none(f->volunteer))
		rc = ask_rules(k, f, row, &why, &warning, e);
	if (rc == OK && why)
		series_tell(k, SERIES_GAP, row, f->volunteer, why);
	if (rc == OK && !why && warning && k->warns)
		series_tell(k, SERIES_WARNED, row, f->volunteer, warning);
	if (rc != OK || why)
		return rc;
	const struct person *p = book_person(k->b, f->volunteer);
	struct holding h = {
		.shift = row->shift, .volunteer = f->volunteer, .organisation = p ? p->organisation : f->organisation,
		.places = f->places, .state = k->seat_state, .from = row->start, .to = row->end,
	};
	k->done->seats++;
	return act_put_holding(&k->x, &h, e);
}

static int seat_fixed(struct series_act *k, const struct series *s, civil_date d, const struct shift_row *row, bool fresh, struct err *e)
{
	size_t n;
	const struct fixed *f = series_fixed(&k->l, s, &n);
	int rc = OK;
	for (size_t i = 0; rc == OK && i < n; i++)
		if (fixed_comes(&f[i], s, d))
			rc = series_seat_one(k, &f[i], row, fresh, e);
	return rc;
}

/* ---- one day ---------------------------------------------------------------------------------------------------- */

static struct shift_row row_on(const struct series *s, civil_date d)
{
	return (struct shift_row){
		.shift = series_shift(s, d),
		.unit = s->unit,
		.role = s->role,
		.start = series_start(s, d),
		.end = series_end_of(s, d),
		.state = (uint8_t)s->state,
		.need = (uint16_t)s->need,
	};
}

static int write_shift(struct series_act *k, const struct series *s, const struct shift_row *row, struct err *e)
{
	const struct field_value fields[] = {
		{F_SHIFT_UNIT, value_id(s->unit)},
		{F_SHIFT_ROLE, value_id(s->role)},
		{F_SHIFT_START, value_int(row->start)},
		{F_SHIFT_END, value_int(row->end)},
		{F_SHIFT_NEED, value_int(s->need)},
		{F_SHIFT_WISHED, s->wished ? value_int(s->wished) : value_none()},
		{F_SHIFT_NOTE, value_text_or_none(s->note)},
		{F_SHIFT_STATE, value_int(s->state)},
		{F_SHIFT_SERIES, value_id(s->id)},
	};
	change_make(k->x.c, TYPE_SHIFT, row->shift);
	return change_set_all(k->x.c, TYPE_SHIFT, row->shift, fields, sizeof fields / sizeof *fields, e);
}

/* Does a shift stand that somebody made by hand, with the same place, role and time? */
static int is_there(struct series_act *k, const struct shift_row *row, bool *there, struct err *e)
{
	struct shift_row *rows;
	size_t n;
	int rc = view_shifts(k->x.v, k->x.a, &row->unit, row->start, row->start + 1, &rows, &n, e);
	*there = false;
	for (size_t i = 0; rc == OK && i < n && !*there; i++) {
		struct rec *r = NULL;
		if (rows[i].end != row->end || !id_equal(rows[i].role, row->role))
			continue;
		rc = view_get(k->x.v, k->x.a, TYPE_SHIFT, rows[i].shift, &r, e);
		*there = rc == OK && r && id_is_none(rec_id(r, F_SHIFT_SERIES));
	}
	return rc;
}

/* As it stands, perhaps moved. */
struct shift_row series_standing(const struct rec *r)
{
	return (struct shift_row){
		.shift = r->id,
		.unit = rec_id(r, F_SHIFT_UNIT),
		.role = rec_id(r, F_SHIFT_ROLE),
		.start = rec_int(r, F_SHIFT_START),
		.end = rec_int(r, F_SHIFT_END),
		.state = (uint8_t)rec_int(r, F_SHIFT_STATE),
		.need = (uint16_t)rec_int(r, F_SHIFT_NEED),
	};
}

/* A shift that another site has made goes along to the part that its day belongs to now, and gets who has a fixed place
 * since. */
static int mend_standing(struct series_act *k, const struct series *s, civil_date d, const struct rec *r, struct err *e)
{
	const struct series *old = series_get(&k->l, rec_id(r, F_SHIFT_SERIES));
	struct shift_row row = series_standing(r);
	int rc = OK;
	if (row.start <= k->now || row.state == SHIFT_CANCELLED)
		return OK;
	if (old && !k->adopted && !id_equal(old->id, s->id) && id_equal(old->origin, s->origin))
		rc = series_adopt(k, old, s, r, d, &row, e);
	return rc == OK ? seat_fixed(k, s, d, &row, false, e) : rc;
}

static int make_day(struct series_act *k, const struct series *s, civil_date d, struct err *e)
{
	struct shift_row row = row_on(s, d);
	struct rec *r = NULL;
	bool there = false;
	int rc = view_get(k->x.v, k->x.a, TYPE_SHIFT, row.shift, &r, e);
	if (rc == OK && r && r->alive)
		return mend_standing(k, s, d, r, e);
	if (rc == OK)
		rc = is_there(k, &row, &there, e);
	k->done->there += there;
	if (rc != OK || there)
		return rc;
	k->done->made++;
	rc = write_shift(k, s, &row, e);
	return rc == OK ? seat_fixed(k, s, d, &row, true, e) : rc;
}

int series_make_days(struct series_act *k, const struct series *s, civil_date from, civil_date to, struct err *e)
{
	int rc = OK;
	for (civil_date d = from > s->first ? from : s->first; rc == OK && d < to; d++)
		if (series_falls_on(s, d) && !series_off_on(&k->l, s, d))
			rc = make_day(k, s, d, e);
	return rc;
}

/* ---- the acts --------------------------------------------------------------------------------------------------- */

static const char *shifts_text(struct arena *a, size_t n)
{
	return arena_printf(a, ngettext("%zu shift", "%zu shifts", n), n);
}

static void name_series(struct series_act *k, const struct id *series, size_t n)
{
	if (n == 1)
		change_arg(k->x.c, value_id(series[0]));
	else
		change_arg(k->x.c, value_text(arena_printf(k->x.a, ngettext("%zu series", "%zu series", n), n)));
}

int series_make(struct store *s, struct arena *a, const struct id *series, size_t n, civil_date from, civil_date to, struct series_done *done,
		struct change_result *out, struct err *e)
{
	struct series_act k;
	const struct series *one;
	int rc = series_act_begin(&k, s, ACT_SERIES_MAKE, a, done, e);
	if (rc == OK && to - from > SERIES_REACH)
		rc = err_set(e, ERR_REFUSED, _("shifts are made for at most %d days at a time"), SERIES_REACH);
	for (size_t i = 0; rc == OK && i < n; i++) {
		rc = series_act_get(&k, series[i], &one, e);
		if (rc == OK)
			rc = series_make_days(&k, one, from, to, e);
	}
	if (rc == OK) {
		name_series(&k, series, n);
		change_arg(k.x.c, value_text(shifts_text(k.x.a, done->made)));
	}
	return series_act_end(&k, rc, out, e);
}

int series_add(struct store *s, struct arena *a, const struct series *how, civil_date until, struct series_done *done,
	       struct change_result *out, struct err *e)
{
	struct series_act k;
	int rc = series_act_begin(&k, s, ACT_SERIES, a, done, e);
	if (rc != OK)
		return series_act_end(&k, rc, out, e);
	struct series fresh = *how;
	fresh.id = fresh.origin = done->series = change_new(k.x.c, TYPE_SERIES);
	fresh.state = fresh.state ? fresh.state : SHIFT_DRAFT;
	const struct series *like = series_like(&k.l, &fresh);
	done->like = like ? series_when(a, like) : NULL;
	change_arg(k.x.c, value_id(fresh.id));
	rc = series_write(&k.x, fresh.id, &fresh, fresh.until, e);
	if (rc == OK && series_next(NULL, &fresh, fresh.first) == DATE_NONE)
		rc = err_set(e, ERR_DATA, _("the series falls on no day: look at its days, its first and its last"));
	if (rc == OK && until != DATE_NONE)
		rc = series_make_days(&k, &fresh, fresh.first, until + 1, e);
	return series_act_end(&k, rc, out, e);
}
