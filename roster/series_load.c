/* roster/series_load.c - see series.h: the series that there are, with their fixed places and the days taken out.
 *
 * Owns how their records are read and put in order. Must not know what is made of them. */
#include "roster/series.h"

#include <stdlib.h>

#include "base/lang.h"
#include "roster/series_priv.h"

/* ---- reading ---------------------------------------------------------------------------------------------------- */

struct loading {
	struct arena *a;
	struct series_list *l;
};

struct series series_of(const struct rec *r)
{
	struct id origin = rec_id(r, F_SERIES_ORIGIN);
	return (struct series){
		.id = r->id,
		.origin = id_is_none(origin) ? r->id : origin,
		.unit = rec_id(r, F_SERIES_UNIT),
		.role = rec_id(r, F_SERIES_ROLE),
		.first = rec_date(r, F_SERIES_FIRST),
		.until = rec_date(r, F_SERIES_UNTIL),
		.every = (int)rec_int(r, F_SERIES_EVERY),
		.days = (int)rec_int(r, F_SERIES_DAYS),
		.start = (int)rec_int(r, F_SERIES_START),
		.end = (int)rec_int(r, F_SERIES_END),
		.need = (int)rec_int(r, F_SERIES_NEED),
		.wished = (int)rec_int(r, F_SERIES_WISHED),
		.state = (int)rec_int_or(r, F_SERIES_STATE, SHIFT_DRAFT),
		.holidays = rec_int(r, F_SERIES_HOLIDAYS) == HOLIDAYS_KEEP,
		.note = rec_text(r, F_SERIES_NOTE),
	};
}

static int add_series(void *ctx, const struct rec *r)
{
	struct loading *x = ctx;
	struct series_list *l = x->l;
	l->all = arena_grow(x->a, l->all, &l->cap[0], l->n + 1, sizeof *l->all);
	l->all[l->n] = series_of(r);
	l->all[l->n].note = arena_strdup(x->a, l->all[l->n].note);
	l->n += l->all[l->n].first != DATE_NONE;
	return 0;
}

static int add_off(void *ctx, const struct rec *r)
{
	struct loading *x = ctx;
	struct series_list *l = x->l;
	l->off = arena_grow(x->a, l->off, &l->cap[1], l->noff + 1, sizeof *l->off);
	l->off[l->noff++] = (struct series_off){
		.id = r->id,
		.origin = rec_id(r, F_SERIES_EXCEPTION_SERIES),
		.day = rec_date(r, F_SERIES_EXCEPTION_DAY),
		.why = arena_strdup(x->a, rec_text(r, F_SERIES_EXCEPTION_WHY)),
	};
	return 0;
}

static int add_fixed(void *ctx, const struct rec *r)
{
	struct loading *x = ctx;
	struct series_list *l = x->l;
	l->fixed = arena_grow(x->a, l->fixed, &l->cap[2], l->nfixed + 1, sizeof *l->fixed);
	l->fixed[l->nfixed++] = (struct fixed){
		.id = r->id,
		.origin = rec_id(r, F_SERIES_PLACE_SERIES),
		.volunteer = rec_id(r, F_SERIES_PLACE_VOLUNTEER),
		.organisation = rec_id(r, F_SERIES_PLACE_ORGANISATION),
		.places = (int)rec_int_or(r, F_SERIES_PLACE_PLACES, 1),
		.every = (int)rec_int(r, F_SERIES_PLACE_EVERY),
		.days = (int)rec_int(r, F_SERIES_PLACE_DAYS),
		.from = rec_date(r, F_SERIES_PLACE_FROM),
		.until = rec_date(r, F_SERIES_PLACE_UNTIL),
	};
	return 0;
}

/* ---- order ------------------------------------------------------------------------------------------------------ */

static int by_origin(struct id x, struct id y, civil_date dx, civil_date dy)
{
	int c = id_compare(x, y);
	return c ? c : (dx > dy) - (dx < dy);
}

static int compare_series(const void *vx, const void *vy)
{
	const struct series *x = vx, *y = vy;
	int c = by_origin(x->origin, y->origin, x->first, y->first);
	return c ? c : id_compare(x->id, y->id);
}

static int compare_off(const void *vx, const void *vy)
{
	const struct series_off *x = vx, *y = vy;
	return by_origin(x->origin, y->origin, x->day, y->day);
}

static int compare_fixed(const void *vx, const void *vy)
{
	const struct fixed *x = vx, *y = vy;
	int c = id_compare(x->origin, y->origin);
	return c ? c : id_compare(x->id, y->id);
}

static void sort(void *items, size_t n, size_t size, int (*compare)(const void *, const void *))
{
	if (n > 1)
		qsort(items, n, size, compare);
}

/* A part ends where the next begins, whatever its record says: two sites may have parted it at different days. */
static void end_parts(struct series_list *l)
{
	for (size_t i = 0; i + 1 < l->n; i++) {
		struct series *s = &l->all[i];
		civil_date next = l->all[i + 1].first - 1;
		if (id_equal(s->origin, l->all[i + 1].origin) && (s->until == DATE_NONE || s->until > next))
			s->until = next;
	}
}

int series_load(struct view *v, struct arena *a, struct series_list *out, struct err *e)
{
	struct loading x = {a, out};
	*out = (struct series_list){0};
	int rc = view_each(v, TYPE_SERIES, add_series, &x, e);
	if (rc == OK)
		rc = view_each(v, TYPE_SERIES_EXCEPTION, add_off, &x, e);
	if (rc == OK)
		rc = view_each(v, TYPE_SERIES_PLACE, add_fixed, &x, e);
	sort(out->all, out->n, sizeof *out->all, compare_series);
	sort(out->off, out->noff, sizeof *out->off, compare_off);
	sort(out->fixed, out->nfixed, sizeof *out->fixed, compare_fixed);
	end_parts(out);
	return rc;
}

/* ---- asking ----------------------------------------------------------------------------------------------------- */

const struct series *series_get(const struct series_list *l, struct id id)
{
	for (size_t i = 0; i < l->n; i++)
		if (id_equal(l->all[i].id, id))
			return &l->all[i];
	return NULL;
}

const struct series_off *series_off_on(const struct series_list *l, const struct series *s, civil_date d)
{
	const struct series_off key = {.origin = s->origin, .day = d};
	return l->noff ? bsearch(&key, l->off, l->noff, sizeof key, compare_off) : NULL;
}

/* On one of the next days of `how`; those show it, as rhythms come round in 20 weeks. */
static bool is_like(const struct series_list *l, const struct series *s, const struct series *how)
{
	enum { DAYS = 140 };
	civil_date d = how->first;
	if (!id_equal(s->unit, how->unit) || !id_equal(s->role, how->role) || s->start != how->start || s->end != how->end)
		return false;
	for (int i = 0; i < DAYS && (d = series_next(NULL, how, d)) != DATE_NONE; i++, d++)
		if (series_falls_on(s, d) && !series_off_on(l, s, d))
			return true;
	return false;
}

const struct series *series_like(const struct series_list *l, const struct series *how)
{
	for (size_t i = 0; i < l->n; i++)
		if (!id_equal(l->all[i].id, how->id) && is_like(l, &l->all[i], how))
			return &l->all[i];
	return NULL;
}

const struct fixed *series_fixed(const struct series_list *l, const struct series *s, size_t *n)
{
	size_t first = 0;
	*n = 0;
	while (first < l->nfixed && !id_equal(l->fixed[first].origin, s->origin))
		first++;
	while (first + *n < l->nfixed && id_equal(l->fixed[first + *n].origin, s->origin))
		++*n;
	return *n ? &l->fixed[first] : NULL;
}

/* The day whose shift has this id, looked for around `near`: somebody may have moved it. */
static civil_date day_of(const struct series *s, struct id shift, civil_date near)
{
	enum { MOVED_MOST = 400 };
	for (int by = 0; by <= MOVED_MOST; by++) {
		if (id_equal(series_shift(s, near + by), shift))
			return near + by;
		if (id_equal(series_shift(s, near - by), shift))
			return near - by;
	}
	return DATE_NONE;
}

civil_date series_day_of(const struct series *s, const struct rec *shift)
{
	return day_of(s, shift->id, cmin_date(rec_int(shift, F_SHIFT_START)));
}

/* The part of its origin that a day belongs to; before the first, the first. */
const struct series *series_part_on(const struct series_list *l, const struct series *s, civil_date day)
{
	const struct series *found = s;
	for (size_t i = 0; i < l->n; i++)
		if (id_equal(l->all[i].origin, s->origin) && (l->all[i].first <= day || id_equal(l->all[i].id, s->origin)))
			found = &l->all[i];
	return found;
}

int series_of_shift(struct view *v, struct arena *a, const struct series_list *l, struct id shift, const struct series **out, civil_date *day,
		    struct err *e)
{
	struct rec *r = NULL;
	int rc = view_get(v, a, TYPE_SHIFT, shift, &r, e);
	const struct series *s = rc == OK && r && r->alive ? series_get(l, rec_id(r, F_SHIFT_SERIES)) : NULL;
	if (rc == OK && s)
		*day = series_day_of(s, r);
	if (rc == OK && (!s || *day == DATE_NONE))
		return err_set(e, ERR_NOTFOUND, _("the shift belongs to no series"));
	if (rc == OK)
		*out = series_part_on(l, s, *day);
	return rc;
}

/* ---- how far they are made -------------------------------------------------------------------------------------- */

static int compare_ids(const void *x, const void *y)
{
	return id_compare(*(const struct id *)x, *(const struct id *)y);
}

int series_shifts(struct view *v, struct arena *a, civil_date from, struct id **out, size_t *n, struct err *e)
{
	struct shift_row *rows;
	int rc = view_shifts(v, a, NULL, cmin_at(from, 0), cmin_at(from + SERIES_REACH, 0), &rows, n, e);
	if (rc != OK)
		return rc;
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = rows[i].shift;
	sort(*out, *n, sizeof **out, compare_ids);
	return OK;
}

civil_date series_made_until(const struct series *s, civil_date from, const struct id *all, size_t n)
{
	civil_date last = DATE_NONE, d = from > s->first ? from : s->first;
	for (int i = 0; n && i < SERIES_REACH; i++, d++) {
		struct id id;
		if (!series_falls_on(s, d))
			continue;
		id = series_shift(s, d);
		if (bsearch(&id, all, n, sizeof id, compare_ids))
			last = d;
	}
	return last;
}
