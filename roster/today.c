/* roster/today.c - see roster.h: the day as it stands at a given minute.
 *
 * Owns which shifts are running, coming, over or still open. Must not know the clock: the minute is given. */
#include "roster/roster.h"

enum { DUE_DAYS = 14, OVERDUE_DAYS = 60 };

static bool is_on(const struct shift *s)
{
	return s->row.state != SHIFT_CANCELLED;
}

static void add_shift(struct shift **list, size_t *n, struct shift *s)
{
	list[(*n)++] = s;
}

/* Which of the four lists a shift stands in; gaps stand in theirs as well as in the day's. One that ended at midnight
 * ended yesterday. */
static void place_shift(struct today *t, struct shift *s, civil_min now)
{
	civil_date day = cmin_date(now);
	const struct shift_row *row = &s->row;
	if (row->start <= now && now < row->end)
		add_shift(t->here, &t->nhere, s);
	else if (row->start > now && cmin_date(row->start) == day)
		add_shift(t->coming, &t->ncoming, s);
	else if (row->end <= now && cmin_date(row->end - 1) == day)
		add_shift(t->gone, &t->ngone, s);
	if (row->start > now && s->open > 0)
		add_shift(t->later_gaps, &t->nlater_gaps, s);
}

static bool takes_part(const struct shift *s, const struct seat *seat, civil_date day)
{
	return is_on(s) && cmin_date(s->row.start) == day && seat->state == ASSIGNMENT_ACCEPTED;
}

/* People with several shifts count once; places without names count each. */
static size_t count_people(const struct book *b, struct arena *scratch, const struct roster *r, civil_date day)
{
	bool *seen = arena_alloc(scratch, b->npeople + 1);
	size_t n = 0;
	for (size_t i = 0; i < r->n; i++)
		for (size_t j = 0; j < r->shifts[i].nseats; j++) {
			const struct seat *seat = &r->shifts[i].seats[j];
			if (!takes_part(&r->shifts[i], seat, day))
				continue;
			bool again = seat->person && seen[seat->person - b->people];
			n += again ? 0 : seat->places;
			if (seat->person)
				seen[seat->person - b->people] = true;
		}
	return n;
}

/* A day on which nobody was here must not make a date forgotten: somebody may still be on the pause that ended. */
static bool still_waits(const struct book *b, const struct due_row *due)
{
	const struct person *p = book_person(b, due->id);
	return due->field == F_VOLUNTEER_PAUSE_UNTIL && p && p->status == VOLUNTEER_PAUSE;
}

static int load_due(struct view *v, const struct book *b, struct arena *a, civil_date day, struct today *t,
		    struct err *e)
{
	size_t n = 0;
	int rc = view_due(v, a, day - OVERDUE_DAYS, day + DUE_DAYS, &t->due, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (t->due[i].date >= day || still_waits(b, &t->due[i]))
			t->due[t->ndue++] = t->due[i];
	return rc;
}

int roster_today(struct view *v, struct book *b, struct arena *a, civil_min now, struct today *out, struct err *e)
{
	civil_date day = cmin_date(now);
	*out = (struct today){0};
	int rc = roster_load(v, b, a, NULL, day - 1, day + 2, &out->roster, e);
	if (rc == OK)
		rc = load_due(v, b, a, day, out, e);
	if (rc != OK)
		return rc;
	struct shift ***const lists[] = {&out->here, &out->coming, &out->later_gaps, &out->gone};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		*lists[i] = arena_alloc(a, (out->roster.n + 1) * sizeof **lists[i]);
	for (size_t i = 0; i < out->roster.n; i++)
		place_shift(out, &out->roster.shifts[i], now);
	out->people_today = count_people(b, a, &out->roster, day);
	return OK;
}
