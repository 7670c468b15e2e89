/* roster/attendance.c - see attendance.h: the numbered sheet of a shift, and what isn't recorded. Owns in which order
 * people stand on it. Must not know how a line is read (attend_words.c), nor write (act_attend.c). */
#include "roster/attendance.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "roster/duty.h"

/* ---- the sheet -------------------------------------------------------------------------------------------------- */

struct numbered {
	struct stamp since;                /* when the person was put on the shift */
	size_t name;                       /* order in the book */
	struct attendee row;
};

static int compare_numbered(const void *vx, const void *vy)
{
	const struct numbered *x = vx, *y = vy;
	int c = stamp_compare(x->since, y->since);
	if (c)
		return c;
	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	return id_compare(x->row.seat.assignment, y->row.seat.assignment);
}

static size_t name_order(const struct book *b, const struct seat *seat)
{
	const struct org *o = book_org(b, seat->organisation);
	return seat->person ? (size_t)(seat->person - b->people) : b->npeople + (o ? (size_t)(o - b->orgs) : b->norgs);
}

static bool is_listed(const struct seat *seat)
{
	return duty_state_holds(seat->state) || seat->attendance || seat->state == ASSIGNMENT_OFFERED ||
		seat->state == ASSIGNMENT_WITHDRAWN;
}

/* The field that says which shift is written when somebody is put on it and never again; where that was a no, what says
 * since when they are on it came later. */
static struct stamp put_on_at(const struct rec *r)
{
	const struct rec_field *shift = rec_field(r, F_ASSIGNMENT_SHIFT), *since = rec_field(r, F_ASSIGNMENT_SINCE);
	bool wishes = rec_int(r, F_ASSIGNMENT_STATE) == ASSIGNMENT_WISHED;
	if (since && since->v.tag == V_INT && !wishes)
		return since->at;
	return shift ? shift->at : r->at;
}

static void fill_row(struct numbered *n, const struct book *b, const struct attend_sheet *s, const struct seat *seat,
		     const struct rec *r)
{
	n->since = put_on_at(r);
	n->name = name_order(b, seat);
	n->row = (struct attendee){
		.seat = *seat,
		.listed = is_listed(seat),
		.expected = duty_state_holds(seat->state) && s->shift.row.state != SHIFT_CANCELLED,
		.planned = (int)civil_elapsed(s->shift.row.start, s->shift.row.end),
		.told = (int)rec_int_or(r, F_ASSIGNMENT_MINUTES, -1),
		.approved = rec_date(r, F_ASSIGNMENT_APPROVED),
		.approved_by = rec_text(r, F_ASSIGNMENT_APPROVED_BY),
	};
}

static int number_rows(struct view *v, const struct book *b, struct arena *a, struct attend_sheet *s, struct err *e)
{
	struct arena *scratch = arena_new();
	struct numbered *all = arena_alloc(scratch, (s->shift.nseats + 1) * sizeof *all);
	int rc = OK;
	for (size_t i = 0; rc == OK && i < s->shift.nseats; i++) {
		struct rec *r;
		rc = view_get(v, a, TYPE_ASSIGNMENT, s->shift.seats[i].assignment, &r, e);
		if (rc == OK && r && !place_is_only_no(r))
			fill_row(&all[s->n++], b, s, &s->shift.seats[i], r);
	}
	qsort(all, s->n, sizeof *all, compare_numbered);
	s->rows = arena_alloc(a, (s->n + 1) * sizeof *s->rows);
	for (size_t i = 0; i < s->n; i++) {
		s->rows[i] = all[i].row;
		s->rows[i].number = (int)i + 1;
		s->expected += s->rows[i].expected;
		s->unrecorded += s->rows[i].expected && !s->rows[i].seat.attendance;
	}
	/* whoever isn't listed at the end is no hole yet */
	while (s->n && !s->rows[s->n - 1].listed)
		s->n--;
	arena_free(scratch);
	return rc;
}

int attend_sheet(struct view *v, struct book *b, struct arena *a, struct id shift, struct attend_sheet *out, struct err *e)
{
	*out = (struct attend_sheet){0};
	int rc = roster_shift(v, b, a, shift, &out->shift, e);
	return rc == OK ? number_rows(v, b, a, out, e) : rc;
}

int attend_sheets(struct view *v, struct book *b, struct arena *a, const struct id *unit, civil_date from, civil_date to,
		  struct attend_sheet **out, size_t *n, struct err *e)
{
	struct roster r;
	int rc = roster_load(v, b, a, unit, from, to, &r, e);
	*n = 0;
	*out = arena_alloc(a, (r.n + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < r.n; i++) {
		struct attend_sheet *s = &(*out)[*n];
		if (r.shifts[i].row.state == SHIFT_CANCELLED)
			continue;
		*s = (struct attend_sheet){.shift = r.shifts[i]};
		rc = number_rows(v, b, a, s, e);
		*n += s->n > 0;
	}
	return rc;
}

struct id seat_organisation(const struct book *b, struct id volunteer, struct id organisation)
{
	const struct person *p = book_person(b, volunteer);
	return id_is_none(organisation) && p ? p->organisation : organisation;
}

struct duty_row seat_duty(const struct shift_row *row, const struct seat_row *seat, const struct rec *r)
{
	return (struct duty_row){
		.assignment = seat->assignment, .shift = row->shift, .unit = row->unit, .role = row->role, .start = row->start,
		.end = row->end, .state = seat->state, .attendance = seat->attendance, .shift_state = row->state,
		.minutes = (int32_t)rec_int_or(r, F_ASSIGNMENT_MINUTES, -1),
	};
}

/* ---- what is missing -------------------------------------------------------------------------------------------- */

static size_t count_missing(const struct seat_list *seats)
{
	size_t n = 0;
	for (size_t i = 0; i < seats->n; i++)
		n += duty_state_holds(seats->rows[i].state) && !seats->rows[i].attendance;
	return n;
}

int attend_missing(struct view *v, civil_date from, civil_min now, struct attend_missing *out, struct err *e)
{
	struct arena *a = arena_new();
	struct shift_row *rows;
	size_t n = 0, over = 0;
	*out = (struct attend_missing){.first = DATE_NONE};
	int rc = view_shifts(v, a, NULL, cmin_at(from, 0), now, &rows, &n, e);
	struct id *id = arena_alloc(a, (n + 1) * sizeof *id);
	struct seat_list *seats;
	for (size_t i = 0; rc == OK && i < n; i++)
		if (rows[i].state == SHIFT_PUBLISHED && rows[i].end <= now) {
			rows[over] = rows[i];
			id[over++] = rows[i].shift;
		}
	if (rc == OK)
		rc = view_seats_of(v, a, id, over, &seats, e);
	for (size_t i = 0; rc == OK && i < over; i++) {
		size_t places = count_missing(&seats[i]);
		out->places += places;
		if (places && !out->shifts++)
			out->first = cmin_date(rows[i].start);
	}
	arena_free(a);
	return rc;
}
