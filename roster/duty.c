/* roster/duty.c - see duty.h; and the load of roster.h, which is summed from it. Must not know any rule. */
#include "roster/duty.h"

#include "roster/roster.h"

bool duty_state_holds(int state)
{
	return state == ASSIGNMENT_ACCEPTED || state == ASSIGNMENT_RECONFIRM;
}

bool place_is_only_no(const struct rec *r)
{
	const struct rec_field *shift = rec_field(r, F_ASSIGNMENT_SHIFT), *state = rec_field(r, F_ASSIGNMENT_STATE);
	bool from_the_first = shift && state && dot_equal(shift->at.dot, state->at.dot);
	return from_the_first && state->v.tag == V_INT && state->v.i == ASSIGNMENT_DECLINED;
}

bool duty_is_held(const struct duty_row *d)
{
	return duty_state_holds(d->state) && d->shift_state != SHIFT_CANCELLED;
}

int duty_minutes(const struct duty_row *d)
{
	bool away = d->attendance == ATTENDANCE_EXCUSED || d->attendance == ATTENDANCE_ABSENT;
	bool comes = d->state == ASSIGNMENT_ACCEPTED || d->attendance == ATTENDANCE_PRESENT;
	if (!duty_is_held(d) || !comes || away)
		return -1;
	return d->minutes >= 0 ? d->minutes : (int)civil_elapsed(d->start, d->end);
}

static void add_duty(struct load *sum, const struct duty_row *d, civil_date from, civil_date to, civil_min at)
{
	civil_date day = cmin_date(d->start);
	int minutes = duty_minutes(d);
	if (minutes >= 0 && day >= from && day < to) {
		sum->shifts++;
		sum->minutes += minutes;
	}
	if (!duty_is_held(d))
		return;
	if (d->start < at)
		sum->last = d->start;
	else if (sum->next == CMIN_NONE)
		sum->next = d->start;
}

int roster_load_of(struct view *v, struct id volunteer, civil_date from, civil_date to, civil_min at, struct load *out,
		   struct err *e)
{
	struct arena *scratch = arena_new();
	civil_date about = cmin_date(at), first = about - DUTY_YEAR_DAYS, end = about + DUTY_YEAR_DAYS;
	struct duty_row *rows;
	size_t n = 0;
	*out = (struct load){.last = CMIN_NONE, .next = CMIN_NONE};
	int rc = view_duties(v, scratch, volunteer, cmin_at(from < first ? from : first, 0),
			     cmin_at(to > end ? to : end, 0), &rows, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		add_duty(out, &rows[i], from, to, at);
	arena_free(scratch);
	return rc;
}
