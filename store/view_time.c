/* store/view_time.c - see store.h. Owns the questions about time that a roster asks: shifts of a unit, seats of a
 * shift, duties of a volunteer, dates that fall due. Answers come from the index tables alone; in a view of the past,
 * what has been touched since is reckoned again from the records as they were. Must not know how rows lie in bytes
 * (index.c). */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/past.h"

static int begin_reading(struct view *v, struct err *e)
{
	int rc = view_check_key(v, e);
	return rc == OK ? past_load(v, e) : rc;
}

/* ---- seats --------------------------------------------------------------------------------------- */

/* What a row says of how the place counts was said of the shift as it is now. */
static int count_then(struct view *v, const struct rec *shift, struct seat_row *row, struct err *e)
{
	struct arena *a = arena_new();
	struct rec *r = NULL;
	int rc = view_get(v, a, TYPE_ASSIGNMENT, row->assignment, &r, e);
	if (rc == OK && r)
		row->state = (uint8_t)assignment_state(r, shift);
	arena_free(a);
	return rc;
}

/* Rows of shifts whose ids follow each other mostly lie one after the other, so a row that has been read is looked at
 * before another is searched. */
struct seat_walk {
	struct kv_scan scan;
	bool begun, ended;
};

/* Does the row come before those that begin with the key (-1), is it one of them (0), or does it come after (1)? */
static int walk_is(const struct seat_walk *w, struct kv_bytes key)
{
	const struct kv_bytes row = w->scan.key;
	int order = w->ended ? 1 : w->begun ? memcmp(row.p, key.p, row.n < key.n ? row.n : key.n) : -1;
	return order ? order : row.n < key.n ? -1 : 0;
}

static int walk_on(struct seat_walk *w, struct err *e)
{
	int rc = kv_scan_next(&w->scan, e);
	w->begun = true;
	w->ended = rc == ERR_NOTFOUND;
	return w->ended ? OK : rc;
}

static int walk_to(struct seat_walk *w, struct kv_bytes key, struct err *e)
{
	if (walk_is(w, key) >= 0)
		return OK;
	kv_scan_seek(&w->scan, key.p, key.n);
	return walk_on(w, e);
}

static int scan_seats(struct view *v, struct seat_walk *w, struct id shift, const struct rec *then, struct pile *seats,
	struct err *e)
{
	uint8_t bytes[KV_KEY_MOST];
	const struct kv_bytes key = { bytes, index_key_ref(bytes, shift, TYPE_ASSIGNMENT, F_ASSIGNMENT_SHIFT) };
	bool moved = past_shift_touched(v, shift);
	int rc = walk_to(w, key, e);
	for (; rc == OK && walk_is(w, key) == 0; rc = rc == OK ? walk_on(w, e) : rc) {
		struct seat_row row;
		if (!index_read_seat(w->scan.key, w->scan.value, &row))
			rc = view_corrupt(v, KV_REF, e);
		else if (past_touched(v, TYPE_ASSIGNMENT, row.assignment))
			continue;
		else if (moved)
			rc = count_then(v, then, &row, e);
		if (rc == OK)
			rc = pile_add(seats, &row, e);
	}
	return rc;
}

static int compare_seats(const void *x, const void *y)
{
	const struct seat_row *a = x, *b = y;
	return id_compare(a->assignment, b->assignment);
}

static int seats_of_one(struct view *v, struct seat_walk *w, struct arena *a, struct id shift, struct seat_list *out,
	struct err *e)
{
	struct pile seats = { .a = a, .item = sizeof *out->rows };
	struct arena *past = arena_new();
	struct rec *then = NULL;
	const struct rec *r;
	struct seat_row row;
	int rc = v->at ? view_get(v, past, TYPE_SHIFT, shift, &then, e) : OK;
	if (rc == OK)
		rc = scan_seats(v, w, shift, then, &seats, e);
	for (size_t i = 0; rc == OK && past_next_seat(v, shift, &i, &r);)
		if (index_seat_row(r, then, &row))
			rc = pile_add(&seats, &row, e);
	arena_free(past);
	if (v->at)
		pile_sort(&seats, compare_seats);
	*out = (struct seat_list){ seats.at, seats.n };
	return rc;
}

static int compare_wanted(const void *x, const void *y)
{
	const struct id *const *a = x, *const *b = y;
	return id_compare(**a, **b);
}

int view_seats_of(struct view *v, struct arena *a, const struct id *shift, size_t n, struct seat_list **out,
	struct err *e)
{
	struct arena *scratch = arena_new();
	struct seat_walk w = { 0 };
	const struct id **wanted = arena_alloc(scratch, (n + 1) * sizeof *wanted);
	*out = arena_alloc(a, (n + 1) * sizeof **out);
	for (size_t i = 0; i < n; i++)
		wanted[i] = &shift[i];
	qsort(wanted, n, sizeof *wanted, compare_wanted);
	int rc = begin_reading(v, e);
	if (rc == OK)
		rc = kv_scan_prefix(&v->txn, KV_REF, NULL, 0, &w.scan, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		assert(i == 0 || !id_equal(*wanted[i - 1], *wanted[i]));
		rc = seats_of_one(v, &w, a, *wanted[i], &(*out)[wanted[i] - shift], e);
	}
	kv_scan_end(&w.scan);
	arena_free(scratch);
	return rc;
}

int view_seats(struct view *v, struct arena *a, struct id shift, struct seat_row **out, size_t *n, struct err *e)
{
	struct seat_list *seats;
	int rc = view_seats_of(v, a, &shift, 1, &seats, e);
	*out = seats->rows;
	*n = seats->n;
	return rc;
}

/* ---- shifts -------------------------------------------------------------------------------------- */

static void seek_time(struct kv_scan *s, struct id unit, civil_min start)
{
	uint8_t key[KV_KEY_MOST];
	kv_scan_seek(s, key, index_key_time(key, unit, start));
}

/* The least id above this one; false after the last. */
static bool next_unit(struct id *unit)
{
	for (size_t i = sizeof unit->b; i-- > 0;)
		if (++unit->b[i] != 0)
			return true;
	return false;
}

/* Rows of one unit stand together by time: what lies outside the period is jumped over. */
static int scan_shifts(struct view *v, struct kv_scan *s, civil_min from, civil_min to, struct pile *out, struct err *e)
{
	int rc;
	while ((rc = kv_scan_next(s, e)) == OK) {
		struct shift_row row;
		if (!index_read_shift(s->key, s->value, &row))
			return view_corrupt(v, KV_TIME, e);
		if (row.start < from) {
			seek_time(s, row.unit, from);
		} else if (row.start >= to) {
			if (!next_unit(&row.unit))
				return OK;
			seek_time(s, row.unit, from);
		} else if (!past_shift_touched(v, row.shift)) {
			rc = pile_add(out, &row, e);
			if (rc != OK)
				return rc;
		}
	}
	return rc == ERR_NOTFOUND ? OK : rc;
}

static int scan_units(struct view *v, const struct id *unit, civil_min from, civil_min to, struct pile *out,
	struct err *e)
{
	uint8_t lo[KV_KEY_MOST], hi[KV_KEY_MOST];
	struct kv_scan s;
	int rc;
	if (unit)
		rc = kv_scan_range(&v->txn, KV_TIME, lo, index_key_time(lo, *unit, from), hi, index_key_time(hi,
			*unit, to), &s, e);
	else
		rc = kv_scan_prefix(&v->txn, KV_TIME, NULL, 0, &s, e);
	if (rc == OK)
		rc = scan_shifts(v, &s, from, to, out, e);
	kv_scan_end(&s);
	return rc;
}

static int past_shift_row(struct view *v, const struct rec *shift, struct shift_row *row, bool *is, struct err *e)
{
	assert(v->at && shift->alive);
	struct arena *a = arena_new();
	struct seat_row *seat;
	size_t n;
	uint32_t filled = 0;
	int rc = view_seats(v, a, shift->id, &seat, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (seat[i].state == ASSIGNMENT_ACCEPTED)
			filled += seat[i].places;
	arena_free(a);
	*is = rc == OK && index_shift_row(shift, filled, row);
	return rc;
}

static int compare_shifts(const void *x, const void *y)
{
	const struct shift_row *a = x, *b = y;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	int order = id_compare(a->unit, b->unit);
	if (order == 0)
		order = id_compare(a->role, b->role);
	return order ? order : id_compare(a->shift, b->shift);
}

int view_shifts(struct view *v, struct arena *a, const struct id *unit, civil_min from, civil_min to,
	struct shift_row **out, size_t *n, struct err *e)
{
	struct pile shifts = { .a = a, .item = sizeof **out };
	int rc = begin_reading(v, e);
	if (rc == OK)
		rc = scan_units(v, unit, from, to, &shifts, e);
	const struct rec *r;
	for (size_t i = 0; rc == OK && past_next_shift(v, &i, &r);) {
		struct shift_row row;
		bool is;
		rc = past_shift_row(v, r, &row, &is, e);
		if (rc == OK && is && row.start >= from && row.start < to && (!unit || id_equal(row.unit, *unit)))
			rc = pile_add(&shifts, &row, e);
	}
	pile_sort(&shifts, compare_shifts);
	*out = shifts.at;
	*n = shifts.n;
	return rc;
}

/* ---- duties -------------------------------------------------------------------------------------- */

struct duties { civil_min from, to; struct pile list; };

/* What lies on a deleted shift is no duty. */
static int add_duty(struct duties *d, const struct duty_row *row, struct err *e)
{
	if (row->shift_state == 0 || row->start < d->from || row->start >= d->to)
		return OK;
	return pile_add(&d->list, row, e);
}

static int add_past_duty(struct view *v, struct duties *d, const struct rec *assignment, struct err *e)
{
	struct arena *a = arena_new();
	struct rec *shift;
	struct duty_row row;
	int rc = view_get(v, a, TYPE_SHIFT, rec_id(assignment, F_ASSIGNMENT_SHIFT), &shift, e);
	if (rc == OK && index_duty_row(assignment, shift, &row))
		rc = add_duty(d, &row, e);
	arena_free(a);
	return rc;
}

static int add_moved_duty(struct view *v, struct duties *d, struct id assignment, struct err *e)
{
	assert(v->at);
	struct arena *a = arena_new();
	struct rec *r;
	int rc = view_get(v, a, TYPE_ASSIGNMENT, assignment, &r, e);
	if (rc == OK && r)
		rc = add_past_duty(v, d, r, e);
	arena_free(a);
	return rc;
}

/* In the past a shift may have stood at another time than its row does, so then all of a volunteer's rows are looked
 * at. */
static int scan_duties(struct view *v, struct id volunteer, struct duties *d, struct err *e)
{
	uint8_t lo[KV_KEY_MOST], hi[KV_KEY_MOST];
	struct kv_scan s;
	int rc = v->at ? kv_scan_prefix(&v->txn, KV_PERSON, volunteer.b, sizeof volunteer.b, &s, e) :
		kv_scan_range(&v->txn, KV_PERSON, lo, index_key_time(lo, volunteer, d->from), hi,
			index_key_time(hi, volunteer, d->to), &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		struct duty_row row;
		if (!index_read_duty(s.key, s.value, NULL, &row))
			rc = view_corrupt(v, KV_PERSON, e);
		else if (past_touched(v, TYPE_ASSIGNMENT, row.assignment))
			continue;
		else if (past_shift_touched(v, row.shift))
			rc = add_moved_duty(v, d, row.assignment, e);
		else
			rc = add_duty(d, &row, e);
	}
	kv_scan_end(&s);
	return rc == ERR_NOTFOUND ? OK : rc;
}

static int compare_duties(const void *x, const void *y)
{
	const struct duty_row *a = x, *b = y;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return id_compare(a->assignment, b->assignment);
}

int view_duties(struct view *v, struct arena *a, struct id volunteer, civil_min from, civil_min to,
	struct duty_row **out, size_t *n, struct err *e)
{
	struct duties d = { from, to, { .a = a, .item = sizeof **out } };
	int rc = begin_reading(v, e);
	if (rc == OK)
		rc = scan_duties(v, volunteer, &d, e);
	const struct rec *r;
	for (size_t i = 0; rc == OK && past_next(v, TYPE_ASSIGNMENT, &i, &r);)
		if (id_equal(rec_id(r, F_ASSIGNMENT_VOLUNTEER), volunteer))
			rc = add_past_duty(v, &d, r, e);
	if (v->at)
		pile_sort(&d.list, compare_duties);
	*out = d.list.at;
	*n = d.list.n;
	return rc;
}

/* Whoever has older rows is looked up again from there. */
int view_strays(struct view *v, struct arena *a, civil_min from, struct stray_row **out, size_t *n, struct err *e)
{
	struct pile list = { .a = a, .item = sizeof **out };
	struct kv_scan s = { 0 };
	int rc = begin_reading(v, e);
	if (rc == OK && !v->at)
		rc = kv_scan_prefix(&v->txn, KV_PERSON, NULL, 0, &s, e);
	while (rc == OK && !v->at && (rc = kv_scan_next(&s, e)) == OK) {
		struct stray_row row = { 0 };
		uint8_t key[KV_KEY_MOST];
		if (!index_read_duty(s.key, s.value, &row.volunteer, &row.duty))
			rc = view_corrupt(v, KV_PERSON, e);
		else if (row.duty.start < from)
			kv_scan_seek(&s, key, index_key_time(key, row.volunteer, from));
		else if (row.duty.shift_state == 0)
			rc = pile_add(&list, &row, e);
	}
	kv_scan_end(&s);
	*out = list.at;
	*n = list.n;
	return rc == ERR_NOTFOUND ? OK : rc;
}

/* ---- dates --------------------------------------------------------------------------------------- */

struct dues { civil_date from, to; struct pile list; };

static int add_due(struct dues *d, const struct due_row *row, struct err *e)
{
	if (row->date < d->from || row->date >= d->to)
		return OK;
	return pile_add(&d->list, row, e);
}

static int scan_due(struct view *v, struct dues *d, struct err *e)
{
	uint8_t lo[KV_KEY_MOST], hi[KV_KEY_MOST];
	struct kv_scan s;
	int rc = kv_scan_range(&v->txn, KV_DUE, lo, index_key_due(lo, d->from), hi, index_key_due(hi, d->to), &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		struct due_row row;
		if (!index_read_due(s.key, &row))
			rc = view_corrupt(v, KV_DUE, e);
		else if (!past_touched(v, row.type, row.id))
			rc = add_due(d, &row, e);
	}
	kv_scan_end(&s);
	return rc == ERR_NOTFOUND ? OK : rc;
}

static int add_past_due(struct dues *d, const struct rec *r, struct err *e)
{
	struct index_row row[INDEX_MOST];
	struct due_row due;
	int rc = OK;
	size_t n = index_rows(r, &(struct index_deps){ 0 }, row);
	for (size_t i = 0; i < n && rc == OK; i++)
		if (row[i].table == KV_DUE && index_read_due((struct kv_bytes){ row[i].key, row[i].nkey }, &due))
			rc = add_due(d, &due, e);
	return rc;
}

static int compare_dues(const void *x, const void *y)
{
	const struct due_row *a = x, *b = y;
	if (a->date != b->date)
		return a->date < b->date ? -1 : 1;
	if (a->type != b->type)
		return a->type - b->type;
	return a->field != b->field ? a->field - b->field : id_compare(a->id, b->id);
}

int view_due(struct view *v, struct arena *a, civil_date from, civil_date to, struct due_row **out, size_t *n,
	struct err *e)
{
	struct dues d = { from, to, { .a = a, .item = sizeof **out } };
	int rc = begin_reading(v, e);
	if (rc == OK)
		rc = scan_due(v, &d, e);
	const struct rec *r;
	for (size_t i = 0; rc == OK && past_next(v, TYPE_ANY, &i, &r);)
		rc = add_past_due(&d, r, e);
	if (v->at)
		pile_sort(&d.list, compare_dues);
	*out = d.list.at;
	*n = d.list.n;
	return rc;
}
