/* roster/roster.c - see roster.h: shifts with their people as plain structs, the week's grid, and a person's load.
 *
 * Owns the order in which shifts and seats are shown and how places are counted. Must not know the rules (rules.c),
 * what day it is (today.c), nor how anything is drawn. */
#include "roster/roster.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"

/* ---- seats ------------------------------------------------------------------------------------------------------ */

struct sorted_seat {
	int rank;
	size_t name; /* people by their order in the book, then organisations by theirs */
	struct id id;
	struct seat seat;
};

static int state_rank(int state)
{
	static const int ranks[] = {
		[ASSIGNMENT_ACCEPTED] = 1, [ASSIGNMENT_RECONFIRM] = 2, [ASSIGNMENT_OFFERED] = 3,
		[ASSIGNMENT_WISHED] = 4,   [ASSIGNMENT_WITHDRAWN] = 5, [ASSIGNMENT_DECLINED] = 6,
	};
	bool known = state >= ASSIGNMENT_WISHED && state <= ASSIGNMENT_RECONFIRM;
	return known ? ranks[state] : (int)(sizeof ranks / sizeof *ranks);
}

static int compare_seats(const void *vx, const void *vy)
{
	const struct sorted_seat *x = vx, *y = vy;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	return id_compare(x->id, y->id);
}

static const char *seat_name(const struct book *b, struct arena *a, const struct seat_row *row)
{
	if (!id_is_none(row->volunteer))
		return book_name(b, row->volunteer);
	/* TRANSLATORS: places without names that an organisation holds: 2 from the Red Cross */
	return arena_printf(a, _("%d from %s"), row->places, book_name(b, row->organisation));
}

static struct sorted_seat make_seat(const struct book *b, struct arena *a, const struct seat_row *row)
{
	const struct person *p = book_person(b, row->volunteer);
	const struct org *o = book_org(b, row->organisation);
	size_t name = b->npeople + (o ? (size_t)(o - b->orgs) : b->norgs);
	return (struct sorted_seat){
		.rank = state_rank(row->state),
		.name = p ? (size_t)(p - b->people) : name,
		.id = row->assignment,
		.seat =
			{
				.assignment = row->assignment,
				.volunteer = row->volunteer,
				.organisation = row->organisation,
				.person = p,
				.name = seat_name(b, a, row),
				.places = row->places,
				.state = row->state,
				.attendance = row->attendance,
			},
	};
}

static void seat_people(const struct book *b, struct arena *a, struct arena *scratch, const struct seat_list *rows,
			struct shift *s)
{
	size_t n = s->nseats = rows->n;
	struct sorted_seat *sorted = arena_alloc(scratch, (n + 1) * sizeof *sorted);
	for (size_t i = 0; i < n; i++)
		sorted[i] = make_seat(b, a, &rows->rows[i]);
	qsort(sorted, n, sizeof *sorted, compare_seats);
	s->seats = arena_alloc(a, (n + 1) * sizeof *s->seats);
	for (size_t i = 0; i < n; i++)
		s->seats[i] = sorted[i].seat;
}

static int load_seats(struct view *v, const struct book *b, struct arena *a, struct shift *shifts, size_t n, struct err *e)
{
	struct arena *scratch = arena_new();
	struct id *id = arena_alloc(scratch, (n + 1) * sizeof *id);
	struct seat_list *rows;
	for (size_t i = 0; i < n; i++)
		id[i] = shifts[i].row.shift;
	int rc = view_seats_of(v, scratch, id, n, &rows, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		seat_people(b, a, scratch, &rows[i], &shifts[i]);
	arena_free(scratch);
	return rc;
}

/* ---- one shift -------------------------------------------------------------------------------------------------- */

static int load_note(struct view *v, struct arena *a, struct shift *s, struct err *e)
{
	struct rec *r = NULL;
	s->note = "";
	if (!s->row.noted)
		return OK;
	int rc = view_get(v, a, TYPE_SHIFT, s->row.shift, &r, e);
	if (rc == OK && r)
		s->note = rec_text(r, F_SHIFT_NOTE);
	return rc;
}

static int make_shift(struct view *v, struct book *b, struct arena *a, const struct shift_row *row, struct shift *out,
		      struct err *e)
{
	bool on = row->state != SHIFT_CANCELLED;
	*out = (struct shift){
		.row = *row,
		.unit = book_name(b, row->unit),
		.role = book_name(b, row->role),
		.open = on && row->need > row->filled ? row->need - row->filled : 0,
		.over = on && row->filled > row->wished ? row->filled - row->wished : 0,
	};
	return load_note(v, a, out, e);
}

static int find_row(struct view *v, struct arena *scratch, struct id shift, const struct rec *r, struct shift_row *out,
		    struct err *e)
{
	struct id unit = rec_id(r, F_SHIFT_UNIT);
	civil_min start = rec_int(r, F_SHIFT_START);
	struct shift_row *rows;
	size_t n;
	int rc = view_shifts(v, scratch, &unit, start, start + 1, &rows, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (id_equal(rows[i].shift, shift)) {
			*out = rows[i];
			return OK;
		}
	return rc == OK ? err_set(e, ERR_CORRUPT,
				  _("a shift isn't where the roster looks for it. Run \"samvagt doctor\""))
			: rc;
}

int roster_shift(struct view *v, struct book *b, struct arena *a, struct id shift, struct shift *out, struct err *e)
{
	struct arena *scratch = arena_new();
	struct shift_row row;
	struct rec *r = NULL;
	int rc = view_get(v, scratch, TYPE_SHIFT, shift, &r, e);
	if (rc == OK && (!r || !r->alive))
		rc = err_set(e, ERR_NOTFOUND, _("there is no such shift, or it has been deleted"));
	if (rc == OK)
		rc = find_row(v, scratch, shift, r, &row, e);
	if (rc == OK)
		rc = make_shift(v, b, a, &row, out, e);
	if (rc == OK)
		rc = load_seats(v, b, a, out, 1, e);
	arena_free(scratch);
	return rc;
}

char *shift_title(struct arena *a, const struct shift *s)
{
	char day[32], span[24];
	civil_format_date(day, sizeof day, cmin_date(s->row.start), CIVIL_DAY);
	civil_format_span(span, sizeof span, s->row.start, s->row.end);
	return arena_printf(a, "%s %s · %s · %s", day, span, s->unit, s->role);
}

/* ---- a window --------------------------------------------------------------------------------------------------- */

struct sorted_row {
	size_t unit, role; /* order in the book */
	struct shift_row row;
};

static int compare_rows(const void *vx, const void *vy)
{
	const struct sorted_row *x = vx, *y = vy;
	if (x->row.start != y->row.start)
		return x->row.start < y->row.start ? -1 : 1;
	if (x->unit != y->unit)
		return x->unit < y->unit ? -1 : 1;
	if (x->role != y->role)
		return x->role < y->role ? -1 : 1;
	return id_compare(x->row.shift, y->row.shift);
}

static size_t unit_order(const struct book *b, struct id unit)
{
	const struct place *p = book_place(b, unit);
	return p ? (size_t)(p - b->places) : b->nplaces;
}

static size_t role_order(const struct book *b, struct id role)
{
	const struct task *t = book_task(b, role);
	return t ? (size_t)(t - b->tasks) : b->ntasks;
}

/* The rows of the window and the unit, in the order in which they are shown. */
static int read_rows(struct view *v, const struct book *b, struct arena *scratch, const struct id *unit,
		     civil_date from, civil_date to, struct sorted_row **out, size_t *n, struct err *e)
{
	struct shift_row *rows;
	size_t all;
	int rc = view_shifts(v, scratch, NULL, cmin_at(from, 0), cmin_at(to, 0), &rows, &all, e);
	if (rc != OK)
		return rc;
	struct sorted_row *sorted = arena_alloc(scratch, (all + 1) * sizeof *sorted);
	*n = 0;
	for (size_t i = 0; i < all; i++)
		if (!unit || book_unit_within(b, rows[i].unit, *unit))
			sorted[(*n)++] =
				(struct sorted_row){unit_order(b, rows[i].unit), role_order(b, rows[i].role), rows[i]};
	qsort(sorted, *n, sizeof *sorted, compare_rows);
	*out = sorted;
	return OK;
}

static void add_up(struct roster *r, const struct shift *s)
{
	if (s->row.state == SHIFT_CANCELLED) {
		r->cancelled++;
		return;
	}
	r->need += s->row.need;
	r->filled += s->row.filled;
	r->open += (size_t)s->open;
}

int roster_load(struct view *v, struct book *b, struct arena *a, const struct id *unit, civil_date from, civil_date to,
		struct roster *out, struct err *e)
{
	struct arena *scratch = arena_new();
	struct sorted_row *rows;
	size_t n = 0;
	int rc = read_rows(v, b, scratch, unit, from, to, &rows, &n, e);
	*out = (struct roster){.from = from, .to = to, .shifts = arena_alloc(a, (n + 1) * sizeof *out->shifts)};
	for (; rc == OK && out->n < n; out->n++) {
		rc = make_shift(v, b, a, &rows[out->n].row, &out->shifts[out->n], e);
		add_up(out, &out->shifts[out->n]);
	}
	if (rc == OK)
		rc = load_seats(v, b, a, out->shifts, out->n, e);
	arena_free(scratch);
	return rc;
}

/* They stand by start. */
struct roster roster_days(const struct roster *r, civil_date from, civil_date to)
{
	assert(r->from <= from && to <= r->to);
	struct roster out = {.from = from, .to = to, .shifts = r->shifts};
	size_t end = 0;
	while (end < r->n && cmin_date(r->shifts[end].row.start) < to)
		end++;
	while (out.shifts < r->shifts + end && cmin_date(out.shifts->row.start) < from)
		out.shifts++;
	out.n = (size_t)(r->shifts + end - out.shifts);
	for (size_t i = 0; i < out.n; i++)
		add_up(&out, &out.shifts[i]);
	return out;
}

size_t roster_leave_drafts(struct roster *r)
{
	size_t all = r->n;
	r->n = r->need = r->filled = r->open = r->cancelled = 0;
	for (size_t i = 0; i < all; i++) {
		if (r->shifts[i].row.state == SHIFT_DRAFT)
			continue;
		r->shifts[r->n] = r->shifts[i];
		add_up(r, &r->shifts[r->n++]);
	}
	return all - r->n;
}

/* ---- the grid --------------------------------------------------------------------------------------------------- */

/* A shift with the row of the grid that it belongs to. */
struct placed {
	struct shift *s;
	int from, to; /* minutes from its day's midnight */
};

/* Rows lie by the names that are seen; ids part those that look alike. */
static int compare_row(const struct placed *x, const struct placed *y)
{
	int c = text_compare(x->s->unit, y->s->unit);
	c = c ? c : id_compare(x->s->row.unit, y->s->row.unit);
	c = c ? c : text_compare(x->s->role, y->s->role);
	c = c ? c : id_compare(x->s->row.role, y->s->row.role);
	c = c ? c : (x->from > y->from) - (x->from < y->from);
	return c ? c : (x->to > y->to) - (x->to < y->to);
}

static int compare_placed(const void *vx, const void *vy)
{
	const struct placed *x = vx, *y = vy;
	int c = compare_row(x, y);
	c = c ? c : (x->s->row.start > y->s->row.start) - (x->s->row.start < y->s->row.start);
	return c ? c : id_compare(x->s->row.shift, y->s->row.shift);
}

static struct placed *place_shifts(struct arena *scratch, const struct roster *r, civil_date monday, size_t *n)
{
	struct placed *all = arena_alloc(scratch, (r->n + 1) * sizeof *all);
	*n = 0;
	for (size_t i = 0; i < r->n; i++) {
		const struct shift_row *row = &r->shifts[i].row;
		civil_date day = cmin_date(row->start);
		if (day >= monday && day < monday + 7)
			all[(*n)++] = (struct placed){&r->shifts[i], cmin_minute(row->start),
						      (int)(row->end - cmin_at(day, 0))};
	}
	qsort(all, *n, sizeof *all, compare_placed);
	return all;
}

/* The shifts of one row, which lie by day, into its cells. */
static void fill_cells(struct arena *a, struct grid_row *row, const struct placed *p, size_t n, civil_date monday)
{
	struct shift **cells = arena_alloc(a, n * sizeof *cells);
	for (size_t i = 0; i < n; i++) {
		int day = cmin_date(p[i].s->row.start) - monday;
		if (row->ncell[day]++ == 0)
			row->cell[day] = &cells[i];
		cells[i] = p[i].s;
	}
}

void roster_grid(struct arena *a, const struct roster *r, civil_date monday, struct grid *out)
{
	struct arena *scratch = arena_new();
	size_t n, same;
	struct placed *all = place_shifts(scratch, r, monday, &n);
	*out = (struct grid){.monday = monday, .rows = arena_alloc(a, (n + 1) * sizeof *out->rows)};
	for (size_t i = 0; i < n; i += same) {
		for (same = 1; i + same < n && compare_row(&all[i], &all[i + same]) == 0;)
			same++;
		struct grid_row *row = &out->rows[out->n++];
		const struct shift *s = all[i].s;
		*row = (struct grid_row){.unit = s->unit,
					 .role = s->role,
					 .unit_id = s->row.unit,
					 .role_id = s->row.role,
					 .from = all[i].from,
					 .to = all[i].to};
		fill_cells(a, row, &all[i], same, monday);
	}
	arena_free(scratch);
}
