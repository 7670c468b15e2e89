/* roster/hours.c - see hours.h. Owns what is added to which sum. Must not know how long a duty is (duty.c), nor which
 * sums are too small to be shown. */
#include "roster/hours.h"

#include "roster/duty.h"

enum { FIRST_YEAR = 1990 };

/* ---- one place -------------------------------------------------------------------------------------------------- */

/* Where the sums of a place go: by person, or by organisation and month. */
struct adding {
	struct view *v;
	struct book *b;
	const struct hours_of *of;
	civil_min now;
	struct hours_sum *(*sum_of)(struct adding *x, const struct shift_row *row, const struct seat_row *seat);
	void *ctx;
};

/* Only what was there needs its record: hours told and whether somebody vouched for them. */
static int add_told(struct adding *x, struct arena *a, struct hours_sum *sum, const struct shift_row *row, const struct seat_row *seat,
		    struct err *e)
{
	struct rec *r;
	int rc = view_get(x->v, a, TYPE_ASSIGNMENT, seat->assignment, &r, e);
	if (rc != OK || !r)
		return rc;
	const struct duty_row d = seat_duty(row, seat, r);
	int64_t minutes = (int64_t)duty_minutes(&d) * seat->places;
	sum->told += minutes;
	sum->approved += rec_date(r, F_ASSIGNMENT_APPROVED) != DATE_NONE ? minutes : 0;
	sum->shifts += seat->places;
	return OK;
}

static int add_seat(struct adding *x, struct arena *a, const struct shift_row *row, const struct seat_row *seat, struct err *e)
{
	const struct id *org = x->of->organisation;
	bool was_there = seat->attendance == ATTENDANCE_PRESENT;
	if (!duty_state_holds(seat->state) || (row->state == SHIFT_DRAFT && !was_there) || (org && !id_equal(*org, seat_organisation(x->b, seat->volunteer, seat->organisation))))
		return OK;
	struct hours_sum *sum = x->sum_of(x, row, seat);
	if (!sum)
		return OK;
	sum->planned += (int64_t)civil_elapsed(row->start, row->end) * seat->places;
	sum->unrecorded += !seat->attendance && row->end <= x->now ? seat->places : 0;
	return was_there ? add_told(x, a, sum, row, seat, e) : OK;
}

/* Seats are read of so many shifts at once: those of years would be much to hold. */
enum { PIECE = 500 };

static int add_piece(struct adding *x, struct arena *a, const struct shift_row *row, size_t n, struct err *e)
{
	struct id *id = arena_alloc(a, n * sizeof *id);
	struct seat_list *seats;
	for (size_t i = 0; i < n; i++)
		id[i] = row[i].shift;
	int rc = view_seats_of(x->v, a, id, n, &seats, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		for (size_t k = 0; rc == OK && k < seats[i].n; k++)
			rc = add_seat(x, a, &row[i], &seats[i].rows[k], e);
	return rc;
}

static bool is_added(const struct adding *x, const struct shift_row *row)
{
	return row->state != SHIFT_CANCELLED && (!x->of->unit || book_unit_within(x->b, row->unit, *x->of->unit));
}

static int add_all(struct adding *x, struct err *e)
{
	struct arena *all = arena_new(), *piece = arena_new();
	struct shift_row *rows;
	size_t n = 0, added = 0;
	int rc = view_shifts(x->v, all, NULL, cmin_at(x->of->from, 0), cmin_at(x->of->to, 0), &rows, &n, e);
	x->now = store_now_civil(view_store(x->v));
	for (size_t i = 0; rc == OK && i < n; i++)
		if (is_added(x, &rows[i]))
			rows[added++] = rows[i];
	for (size_t i = 0; rc == OK && i < added; i += PIECE) {
		rc = add_piece(x, piece, rows + i, added - i < PIECE ? added - i : PIECE, e);
		arena_reset(piece);
	}
	arena_free(piece);
	arena_free(all);
	return rc;
}

/* ---- by person -------------------------------------------------------------------------------------------------- */

struct of_person { struct hours_sum of; bool any; };

static struct hours_sum *sum_of_person(struct adding *x, const struct shift_row *row, const struct seat_row *seat)
{
	(void)row;
	const struct person *p = book_person(x->b, seat->volunteer);
	struct of_person *sums = x->ctx;
	if (!p)
		return NULL;
	struct of_person *mine = &sums[p - x->b->people];
	mine->any = true;
	return &mine->of;
}

int hours_until_now(struct view *v, struct id volunteer, civil_min now, struct load *ever, struct load *year, struct err *e)
{
	civil_date today = cmin_date(now);
	int rc = roster_load_of(v, volunteer, civil_from_ymd(FIRST_YEAR, 1, 1), today, now, ever, e);
	return rc == OK ? roster_load_of(v, volunteer, civil_add_months(today, -12), today, now, year, e) : rc;
}

int hours_by_person(struct view *v, struct book *b, struct arena *a, const struct hours_of *of, struct hours_person **out, size_t *n,
		    struct err *e)
{
	struct arena *scratch = arena_new();
	struct of_person *sums = arena_alloc(scratch, (b->npeople + 1) * sizeof *sums);
	struct adding x = {.v = v, .b = b, .of = of, .sum_of = sum_of_person, .ctx = sums};
	int rc = add_all(&x, e);
	*n = 0;
	*out = arena_alloc(a, (b->npeople + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < b->npeople; i++) {
		if (!sums[i].any)
			continue;
		struct hours_person *p = &(*out)[(*n)++];
		*p = (struct hours_person){.person = &b->people[i], .of = sums[i].of};
		p->of.people = p->of.shifts > 0;
		rc = hours_until_now(v, p->person->id, x.now, &p->ever, &p->year, e);
	}
	arena_free(scratch);
	return rc;
}

/* ---- by organisation and month ---------------------------------------------------------------------------------- */

struct of_month { struct hours_sum of; bool any, *seen; };

struct by_month {
	struct arena *a;
	struct of_month *sums;             /* organisation after organisation, those through none last */
	size_t months;
	struct ymd first;
};

static size_t month_of(const struct by_month *m, civil_date day)
{
	struct ymd at = civil_to_ymd(day);
	return (size_t)((at.y - m->first.y) * 12 + at.m - m->first.m);
}

/* Somebody who comes twice is one of the people; who has no name is one each time. */
static void count_person(const struct adding *x, struct by_month *m, struct of_month *sum, const struct seat_row *seat)
{
	const struct person *p = book_person(x->b, seat->volunteer);
	sum->seen = sum->seen ? sum->seen : arena_alloc(m->a, x->b->npeople + 1);
	bool again = p && sum->seen[p - x->b->people];
	if (p)
		sum->seen[p - x->b->people] = true;
	sum->of.people += again ? 0 : seat->places;
}

static struct hours_sum *sum_of_month(struct adding *x, const struct shift_row *row, const struct seat_row *seat)
{
	struct by_month *m = x->ctx;
	const struct org *o = book_org(x->b, seat_organisation(x->b, seat->volunteer, seat->organisation));
	size_t org = o ? (size_t)(o - x->b->orgs) : x->b->norgs;
	struct of_month *sum = &m->sums[org * m->months + month_of(m, cmin_date(row->start))];
	sum->any = true;
	if (seat->attendance == ATTENDANCE_PRESENT)
		count_person(x, m, sum, seat);
	return &sum->of;
}

int hours_by_organisation(struct view *v, struct book *b, struct arena *a, const struct hours_of *of, struct hours_month **out,
			  size_t *n, struct err *e)
{
	struct by_month m = {.a = arena_new(), .first = civil_to_ymd(of->from)};
	m.months = month_of(&m, of->to - 1) + 1;
	size_t all = (b->norgs + 1) * m.months;
	m.sums = arena_alloc(m.a, all * sizeof *m.sums);
	struct adding x = {.v = v, .b = b, .of = of, .sum_of = sum_of_month, .ctx = &m};
	int rc = add_all(&x, e);
	*n = 0;
	*out = arena_alloc(a, (all + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < all; i++) {
		size_t org = i / m.months;
		if (m.sums[i].any)
			(*out)[(*n)++] = (struct hours_month){
				.org = org < b->norgs ? &b->orgs[org] : NULL,
				.month = civil_add_months(civil_from_ymd(m.first.y, m.first.m, 1), (int)(i % m.months)),
				.of = m.sums[i].of,
			};
	}
	arena_free(m.a);
	return rc;
}
