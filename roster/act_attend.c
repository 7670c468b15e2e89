/* roster/act_attend.c - the acts of attendance.h, and the attendance of one place of act.h. Owns what else changes with
 * it: whoever came is on the shift, whoever didn't has no hours, and nobody has vouched for what is new. */
#include "roster/attendance.h"

#include "base/lang.h"
#include "roster/act_priv.h"
#include "roster/duty.h"

/* ---- one place -------------------------------------------------------------------------------------------------- */

static int set_number(struct act *x, struct id place, int field, int value, struct err *e)
{
	return change_set(x->c, TYPE_ASSIGNMENT, place, field, value > 0 ? value_int(value) : value_none(), e);
}

/* Nobody has vouched for what is told now. */
static int drop_approval(struct act *x, struct id place, struct err *e)
{
	int rc = set_number(x, place, F_ASSIGNMENT_APPROVED, 0, e);
	return rc == OK ? set_number(x, place, F_ASSIGNMENT_APPROVED_BY, 0, e) : rc;
}

static int write_minutes(struct act *x, struct id place, int minutes, struct err *e)
{
	return change_set(x->c, TYPE_ASSIGNMENT, place, F_ASSIGNMENT_MINUTES, minutes < 0 ? value_none() : value_int(minutes), e);
}

static int write_mark(struct act *x, const struct rec *old, const struct attend_mark *m, struct err *e)
{
	int told = (int)rec_int_or(old, F_ASSIGNMENT_MINUTES, -1), minutes = m->minutes == ATTEND_AS_IT_STANDS ? told : m->minutes;
	bool came = m->attendance == ATTENDANCE_PRESENT;
	minutes = came ? minutes : -1;
	bool is_new = rec_int(old, F_ASSIGNMENT_ATTENDANCE) != m->attendance || minutes != told;
	int rc = set_number(x, old->id, F_ASSIGNMENT_ATTENDANCE, m->attendance, e);
	if (rc == OK)
		rc = write_minutes(x, old->id, minutes, e);
	if (rc == OK && came && !duty_state_holds((int)rec_int(old, F_ASSIGNMENT_STATE)))
		rc = set_number(x, old->id, F_ASSIGNMENT_STATE, ASSIGNMENT_ACCEPTED, e);
	if (rc == OK && came && place_is_only_no(old))
		rc = change_set(x->c, TYPE_ASSIGNMENT, old->id, F_ASSIGNMENT_SINCE, value_int(store_now_civil(x->s)), e);
	return rc == OK && is_new ? drop_approval(x, old->id, e) : rc;
}

static int mark_place(struct act *x, struct id place, const struct attend_mark *m, struct err *e)
{
	struct rec *old;
	int rc = act_get_place(x, place, &old, e);
	if (rc == OK && !old)
		rc = err_set(e, ERR_NOTFOUND, _("that place on the shift doesn't stand any more"));
	return rc == OK ? write_mark(x, old, m, e) : rc;
}

static void say_place(struct act *x, struct id holder, struct id shift)
{
	change_arg(x->c, value_id(holder));
	change_arg(x->c, value_id(shift));
}

int act_attendance(struct store *s, struct id assignment, int attendance, struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *old = NULL;
	const struct attend_mark m = {.set = true, .attendance = (uint8_t)attendance, .minutes = ATTEND_AS_IT_STANDS};
	int rc = act_begin(&x, s, ACT_ATTENDANCE, e);
	if (rc == OK)
		rc = act_get_place(&x, assignment, &old, e);
	if (rc == OK && old) {
		struct id person = rec_id(old, F_ASSIGNMENT_VOLUNTEER);
		say_place(&x, id_is_none(person) ? rec_id(old, F_ASSIGNMENT_ORGANISATION) : person, rec_id(old, F_ASSIGNMENT_SHIFT));
	}
	if (rc == OK)
		rc = mark_place(&x, assignment, &m, e);
	return act_end(&x, rc, out, e);
}

/* ---- a sheet ---------------------------------------------------------------------------------------------------- */

static int add_walkin(struct act *x, struct book *b, struct id shift, const char *name, struct err *e)
{
	struct id who;
	struct rec *old;
	bool needs_reason;
	const struct attend_mark came = {.set = true, .attendance = ATTENDANCE_PRESENT, .minutes = ATTEND_AS_IT_STANDS};
	int rc = book_resolve_person(b, x->v, name, &who, e);
	if (rc == OK)
		rc = act_get_place(x, id_assignment(shift, who), &old, e);
	if (rc != OK || old)
		return rc == OK ? write_mark(x, old, &came, e) : rc;
	const struct person *p = book_person(b, who);
	struct holding h = {.shift = shift, .volunteer = who, .organisation = p ? p->organisation : ID_NONE,
		.state = ASSIGNMENT_ACCEPTED, .override = _("came without being on the roster")};
	rc = p ? act_ask_rules(x, b, shift, p, h.override, &needs_reason, e)
		: err_set(e, ERR_NOTFOUND, _("there is no such volunteer, or the record has been deleted"));
	if (rc == OK)
		rc = act_put_holding(x, &h, e);
	return rc == OK ? set_number(x, id_assignment(shift, who), F_ASSIGNMENT_ATTENDANCE, ATTENDANCE_PRESENT, e) : rc;
}

/* The only row that is marked; NULL: none or several, or walk-ins too. */
static const struct attendee *only_one(const struct attend_sheet *sheet, const struct attend_plan *p)
{
	const struct attendee *one = NULL;
	size_t n = p->nwalkins;
	for (size_t i = 0; i < sheet->n; i++) {
		n += p->marks[i].set;
		one = p->marks[i].set ? &sheet->rows[i] : one;
	}
	return n == 1 ? one : NULL;
}

/* What hasn't begun can only be cleared: a cancellation beforehand must open the place. */
static int check_begun(struct store *s, const struct attend_sheet *sheet, const struct attend_plan *p, struct err *e)
{
	bool says = p->nwalkins > 0;
	for (size_t i = 0; i < sheet->n; i++)
		says = says || (p->marks[i].set && p->marks[i].attendance);
	return says && sheet->shift.row.start > store_now_civil(s)
		? err_set(e, ERR_REFUSED, _("the shift hasn't begun: whoever can't come withdraws")) : OK;
}

int act_attend(struct store *s, struct book *b, const struct attend_sheet *sheet, const struct attend_plan *p,
	       struct change_result *out, struct err *e)
{
	struct act x;
	struct id shift = sheet->shift.row.shift;
	const struct attendee *one = only_one(sheet, p);
	int rc = act_begin(&x, s, one ? ACT_ATTENDANCE : ACT_ATTEND_SHEET, e);
	if (rc == OK)
		rc = check_begun(s, sheet, p, e);
	if (rc == OK && one)
		say_place(&x, id_is_none(one->seat.volunteer) ? one->seat.organisation : one->seat.volunteer, shift);
	else if (rc == OK)
		change_arg(x.c, value_id(shift));
	for (size_t i = 0; rc == OK && i < sheet->n; i++)
		if (p->marks[i].set)
			rc = mark_place(&x, sheet->rows[i].seat.assignment, &p->marks[i], e);
	for (size_t i = 0; rc == OK && i < p->nwalkins; i++)
		rc = add_walkin(&x, b, shift, p->walkins[i], e);
	return act_end(&x, rc, out, e);
}

/* ---- approving -------------------------------------------------------------------------------------------------- */

static bool is_of(const struct book *b, const struct seat_row *seat, const struct id *organisation)
{
	return !organisation || id_equal(*organisation, seat_organisation(b, seat->volunteer, seat->organisation));
}

static int approve_place(struct act *x, const struct shift_row *row, const struct seat_row *seat, struct approved *told,
			 struct err *e)
{
	struct rec *r;
	int rc = act_get_place(x, seat->assignment, &r, e);
	if (rc != OK || !r)
		return rc;
	const struct duty_row d = seat_duty(row, seat, r);
	if (rec_date(r, F_ASSIGNMENT_APPROVED) != DATE_NONE) {
		told->already++;
		return OK;
	}
	int minutes = duty_minutes(&d);
	told->places++;
	told->minutes += minutes > 0 ? (int64_t)minutes * seat->places : 0;
	rc = set_number(x, r->id, F_ASSIGNMENT_APPROVED, store_today(x->s), e);
	return rc == OK ? change_set(x->c, TYPE_ASSIGNMENT, r->id, F_ASSIGNMENT_APPROVED_BY, value_text_or_none(store_person(x->s)), e)
		: rc;
}

static int approve_shift(struct act *x, const struct book *b, const struct approving *of, const struct shift_row *row,
			 struct approved *told, struct err *e)
{
	struct arena *a = arena_new();
	struct seat_row *seats;
	size_t n = 0;
	int rc = view_seats(x->v, a, row->shift, &seats, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		if (!duty_state_holds(seats[i].state) || !is_of(b, &seats[i], of->organisation))
			continue;
		told->unrecorded += !seats[i].attendance;
		if (seats[i].attendance == ATTENDANCE_PRESENT)
			rc = approve_place(x, row, &seats[i], told, e);
	}
	arena_free(a);
	return rc;
}

/* "1/11 2025–30/11 2025 · Dansk Røde Kors": the names are looked up when it is told. */
static void say_approving(struct act *x, const struct approving *of)
{
	char from[40], to[40];
	civil_format_date(from, sizeof from, of->from, CIVIL_SHORT);
	civil_format_date(to, sizeof to, of->to - 1, CIVIL_SHORT);
	change_arg(x->c, value_text(of->to - of->from == 1 ? from : arena_printf(x->a, "%s–%s", from, to)));
}

int act_approve(struct store *s, struct book *b, const struct approving *of, struct approved *told, struct change_result *out,
		struct err *e)
{
	struct act x;
	struct approved unused;
	struct shift_row *rows;
	size_t n = 0;
	told = told ? told : &unused;
	*told = (struct approved){0};
	int rc = act_begin(&x, s, ACT_APPROVE, e);
	if (rc == OK) {
		say_approving(&x, of);
		rc = view_shifts(x.v, x.a, NULL, cmin_at(of->from, 0), cmin_at(of->to, 0), &rows, &n, e);
	}
	for (size_t i = 0; rc == OK && i < n; i++)
		if (rows[i].state != SHIFT_CANCELLED && rows[i].end <= store_now_civil(s) &&
		    (!of->unit || book_unit_within(b, rows[i].unit, *of->unit)))
			rc = approve_shift(&x, b, of, &rows[i], told, e);
	return act_end(&x, rc, out, e);
}
