/* roster/today.c - see roster.h: the day as it stands at a given minute.
 *
 * Owns which shifts are running, coming, over or still open. Must not know the clock: the minute is given. */
#include "roster/roster.h"

#include "roster/qualifications.h"

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

/* ---- what falls due --------------------------------------------------------------------------------------------- */

/* A date and what it is about. */
struct due_case {
	const struct book *b;
	const struct rec *r;
	civil_date date, day;
};

static bool is_ahead(const struct due_case *c)
{
	return c->date >= c->day;
}

static const struct person *due_person(const struct due_case *c, struct id id)
{
	const struct person *p = book_person(c->b, id);
	return person_is_planned(p) ? p : NULL;
}

static bool stands_person_pause(const struct due_case *c)
{
	return is_ahead(c) || rec_int(c->r, F_VOLUNTEER_STATUS) == VOLUNTEER_PAUSE;
}

static bool stands_consent(const struct due_case *c)
{
	return rec_int(c->r, F_VOLUNTEER_CHILD_CHECK) == CHILD_ORDERED;
}

/* One that is ordered already isn't to be ordered again. */
static bool stands_renewal(const struct due_case *c)
{
	const struct person *p = due_person(c, c->r->id);
	return p && p->child_check != CHILD_ORDERED && check_is_asked(c->b, p);
}

static bool stands_qualification(const struct due_case *c)
{
	const struct person *p = due_person(c, rec_id(c->r, F_QUALIFICATION_VOLUNTEER));
	const struct course *k = frames_course(&c->b->frames, rec_id(c->r, F_QUALIFICATION_KIND));
	return p && k && qualification_counts(c->b, p, k);
}

static bool stands_agreement(const struct due_case *c)
{
	return rec_int(c->r, F_AGREEMENT_STATE) == AGREEMENT_MADE;
}

static bool stands_list(const struct due_case *c)
{
	return rec_get(c->r, F_PRINTED_LIST_SHREDDED).tag == V_NONE;
}

static bool stands_talk(const struct due_case *c)
{
	return rec_get(c->r, F_TALK_HELD).tag == V_NONE && due_person(c, rec_id(c->r, F_TALK_VOLUNTEER));
}

/* What must not be forgotten because nobody was here on the day: each waits until it is done. Other dates are over when
 * they are past. */
static const struct {
	int type, field;
	bool (*stands)(const struct due_case *c);
} waiting[] = {
	{TYPE_VOLUNTEER, F_VOLUNTEER_PAUSE_UNTIL, stands_person_pause},
	{TYPE_VOLUNTEER, F_VOLUNTEER_CHECK_CONSENT, stands_consent},
	{TYPE_VOLUNTEER, F_VOLUNTEER_CHECK_RENEW, stands_renewal},
	{TYPE_QUALIFICATION, F_QUALIFICATION_UNTIL, stands_qualification},
	{TYPE_AGREEMENT, F_AGREEMENT_EVALUATE, stands_agreement},
	{TYPE_AGREEMENT, F_AGREEMENT_TO, stands_agreement},
	{TYPE_PRINTED_LIST, F_PRINTED_LIST_SHRED, stands_list},
	{TYPE_TALK, F_TALK_DUE, stands_talk},
};

static int still_stands(struct view *v, struct arena *a, const struct due_row *due, struct due_case *c, bool *stands,
			struct err *e)
{
	struct rec *r = NULL;
	size_t i = 0, n = sizeof waiting / sizeof *waiting;
	while (i < n && (waiting[i].type != due->type || waiting[i].field != due->field))
		i++;
	c->date = due->date;
	*stands = is_ahead(c);
	if (i == n)
		return OK;
	int rc = view_get(v, a, due->type, due->id, &r, e);
	c->r = r;
	*stands = rc == OK && r && waiting[i].stands(c);
	return rc;
}

static int load_due(struct view *v, const struct book *b, struct arena *a, civil_date day, struct today *t,
		    struct err *e)
{
	struct due_case c = {.b = b, .day = day};
	size_t n = 0;
	int rc = view_due(v, a, day - OVERDUE_DAYS, day + DUE_DAYS, &t->due, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		bool stands;
		if (!(schema_field(t->due[i].type, t->due[i].field)->flags & FIELD_DUE))
			continue;        /* a day to be found by, not one that falls due */
		rc = still_stands(v, a, &t->due[i], &c, &stands, e);
		if (rc == OK && stands)
			t->due[t->ndue++] = t->due[i];
	}
	return rc;
}

/* ---- the day ---------------------------------------------------------------------------------------------------- */

int roster_today_of(struct view *v, struct book *b, struct arena *a, const struct roster *loaded, civil_min now,
		    struct today *out, struct err *e)
{
	civil_date day = cmin_date(now);
	*out = (struct today){.roster = roster_days(loaded, day - 1, day + 2)};
	int rc = load_due(v, b, a, day, out, e);
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

int roster_today(struct view *v, struct book *b, struct arena *a, civil_min now, struct today *out, struct err *e)
{
	struct roster days;
	civil_date day = cmin_date(now);
	*out = (struct today){0};
	int rc = roster_load(v, b, a, NULL, day - 1, day + 2, &days, e);
	return rc == OK ? roster_today_of(v, b, a, &days, now, out, e) : rc;
}
