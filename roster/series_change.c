/* roster/series_change.c - see series.h: a series changed from a day on or altogether, and ended.
 *
 * Owns what becomes of the shifts that are made already. A shift keeps what somebody changed on it alone, and one with
 * people on it stays. */
#include "roster/series_priv.h"

#include "base/lang.h"
#include "roster/duty.h"

/* ---- who is on a shift ------------------------------------------------------------------------------------------ */

static bool is_somebody(const struct seat_row *seat)
{
	return duty_state_holds(seat->state) || seat->state == ASSIGNMENT_OFFERED || seat->state == ASSIGNMENT_WISHED;
}

static struct id holder(const struct seat_row *seat)
{
	return id_is_none(seat->volunteer) ? seat->organisation : seat->volunteer;
}

static bool is_fixed(const struct series_act *k, const struct series *s, struct id who)
{
	size_t n;
	const struct fixed *f = series_fixed(&k->l, s, &n);
	for (size_t i = 0; i < n; i++)
		if (id_equal(f[i].volunteer, who) || id_equal(f[i].organisation, who))
			return true;
	return false;
}

/* Tell all who are on it. */
static void tell_all(struct series_act *k, enum series_tell what, const struct shift_row *row, const struct seat_row *seats, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_somebody(&seats[i]))
			series_tell(k, what, row, holder(&seats[i]), "");
}

enum people { PEOPLE_STAY, FIXED_GO, PEOPLE_GO };

/* A coming shift that is the series' no more. */
static int let_go(struct series_act *k, const struct series *s, const struct rec *r, enum people people, struct err *e)
{
	struct shift_row row = series_standing(r);
	struct seat_row *seats;
	size_t n, staying = 0;
	int rc = view_seats(k->x.v, k->x.a, r->id, &seats, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		staying += is_somebody(&seats[i]) && (people == PEOPLE_STAY || (people == FIXED_GO && !is_fixed(k, s, holder(&seats[i]))));
	if (rc != OK)
		return rc;
	tell_all(k, staying ? SERIES_STAYS : SERIES_GOES, &row, seats, n);
	if (staying)
		return OK;
	k->done->removed++;
	return act_drop_shift(&k->x, r->id, e);
}

/* ---- a shift goes along ----------------------------------------------------------------------------------------- */

/* Both times together: whoever moved the shift alone has moved it. */
static int adopt_times(struct series_act *k, const struct series *old, const struct series *now, struct shift_row *row, civil_date d,
		       bool *any, struct err *e)
{
	bool same = series_start(old, d) == series_start(now, d) && series_end_of(old, d) == series_end_of(now, d);
	bool alone = row->start != series_start(old, d) || row->end != series_end_of(old, d);
	if (same || (alone && !id_equal(row->shift, k->held)))
		return OK;
	*any = true;
	row->start = series_start(now, d);
	row->end = series_end_of(now, d);
	struct act_asked asked;
	int rc = act_set_time(k->x.c, k->x.v, k->x.a, row->shift, row->start, row->end, &asked, e);
	for (size_t i = 0; rc == OK && i < asked.n; i++)
		series_tell(k, SERIES_ASKED, row, holder(&asked.seats[i]), "");
	return rc;
}

static struct value counted(int n)
{
	return n ? value_int(n) : value_none();
}

int series_adopt(struct series_act *k, const struct series *old, const struct series *now, const struct rec *r, civil_date d,
		 struct shift_row *row, struct err *e)
{
	const struct { int field; struct value was, is; } parts[] = {
		{F_SHIFT_UNIT, value_id(old->unit), value_id(now->unit)},
		{F_SHIFT_ROLE, value_id(old->role), value_id(now->role)},
		{F_SHIFT_NEED, value_int(old->need), value_int(now->need)},
		{F_SHIFT_WISHED, counted(old->wished), counted(now->wished)},
		{F_SHIFT_NOTE, value_text_or_none(old->note), value_text_or_none(now->note)},
		{F_SHIFT_SERIES, rec_get(r, F_SHIFT_SERIES), value_id(now->id)},
	};
	bool any = false;
	*row = series_standing(r);
	row->unit = id_equal(row->unit, old->unit) ? now->unit : row->unit;
	row->role = id_equal(row->role, old->role) ? now->role : row->role;
	int rc = adopt_times(k, old, now, row, d, &any, e);
	for (size_t i = 0; rc == OK && i < sizeof parts / sizeof *parts; i++)
		if (value_equal(rec_get(r, parts[i].field), parts[i].was) && !value_equal(parts[i].was, parts[i].is)) {
			rc = change_set(k->x.c, TYPE_SHIFT, r->id, parts[i].field, parts[i].is, e);
			any = true;
		}
	k->done->changed += any;
	return rc;
}

/* ---- a part becomes another ------------------------------------------------------------------------------------- */

typedef int each_coming(struct series_act *k, const struct series *s, const struct rec *r, civil_date d, void *ctx, struct err *e);

/* Its shifts from a day on that haven't begun. */
static int each(struct series_act *k, const struct series *s, civil_date from, each_coming *fn, void *ctx, struct err *e)
{
	struct id *ids;
	size_t n;
	int rc = view_refs(k->x.v, k->x.a, s->id, TYPE_SHIFT, F_SHIFT_SERIES, &ids, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct rec *r = NULL;
		rc = view_get(k->x.v, k->x.a, TYPE_SHIFT, ids[i], &r, e);
		if (rc != OK || !r || !r->alive || rec_int(r, F_SHIFT_START) <= k->now)
			continue;
		civil_date d = series_day_of(s, r);
		if (d != DATE_NONE && d >= from)
			rc = fn(k, s, r, d, ctx, e);
	}
	return rc;
}

struct becoming { const struct series *now; civil_date last; };

static int go_along(struct series_act *k, const struct series *s, const struct rec *r, civil_date d, void *ctx, struct err *e)
{
	struct becoming *b = ctx;
	struct shift_row row;
	b->last = d > b->last ? d : b->last;
	return series_falls_on(b->now, d) ? series_adopt(k, s, b->now, r, d, &row, e) : let_go(k, s, r, FIXED_GO, e);
}

/* Who has a fixed place on another day than before must say yes to it. What goes some days on is made as much
 * further. */
static int become(struct series_act *k, const struct series *old, const struct series *now, civil_date from, int days, struct err *e)
{
	struct becoming b = {now, DATE_NONE};
	civil_date today = cmin_date(k->now), first = from < now->first ? from : now->first;
	int rc = each(k, old, from, go_along, &b, e);
	if (rc != OK || b.last == DATE_NONE)
		return rc;
	k->adopted = true;
	k->seat_state = old->days != now->days || old->every != now->every ? ASSIGNMENT_RECONFIRM : ASSIGNMENT_ACCEPTED;
	rc = series_make_days(k, now, first > today ? first : today, b.last + 1 + (days > 0 ? days : 0), e);
	k->adopted = false;
	return rc;
}

/* ---- changing --------------------------------------------------------------------------------------------------- */

static bool has(const struct series_edit *edit, int field)
{
	return edit->fields >> field & 1;
}

static struct series edited(const struct series *s, const struct series_edit *edit)
{
	struct series n = *s;
	const struct series *to = &edit->to;
	n.unit = has(edit, F_SERIES_UNIT) ? to->unit : n.unit;
	n.role = has(edit, F_SERIES_ROLE) ? to->role : n.role;
	n.until = has(edit, F_SERIES_UNTIL) ? to->until : n.until;
	n.every = has(edit, F_SERIES_EVERY) ? to->every : n.every;
	n.days = has(edit, F_SERIES_DAYS) ? to->days : n.days;
	n.start = has(edit, F_SERIES_START) ? to->start : n.start;
	n.end = has(edit, F_SERIES_END) ? to->end : n.end;
	n.need = has(edit, F_SERIES_NEED) ? to->need : n.need;
	n.wished = has(edit, F_SERIES_WISHED) ? to->wished : n.wished;
	n.note = has(edit, F_SERIES_NOTE) ? to->note : n.note;
	n.holidays = has(edit, F_SERIES_HOLIDAYS) ? to->holidays : n.holidays;
	n.state = has(edit, F_SERIES_STATE) ? to->state : n.state;
	return n;
}

/* The last day in its record: what the list says may be the day before the next part. */
static int recorded_until(struct series_act *k, struct id series, civil_date *out, struct err *e)
{
	struct rec *r = NULL;
	int rc = view_get(k->x.v, k->x.a, TYPE_SERIES, series, &r, e);
	*out = rc == OK && r ? rec_date(r, F_SERIES_UNTIL) : DATE_NONE;
	return rc;
}

static int change_part(struct series_act *k, const struct series *s, civil_date from, const struct series_edit *edit, struct err *e)
{
	struct series now = edited(s, edit);
	civil_date until;
	int rc = recorded_until(k, s->id, &until, e);
	if (edit->days < 0 && id_equal(s->id, s->origin))
		now.first += edit->days;
	if (rc == OK)
		rc = series_write(&k->x, s->id, &now, has(edit, F_SERIES_UNTIL) ? now.until : until, e);
	return rc == OK ? become(k, s, &now, from, edit->days, e) : rc;
}

/* From a day on it is another series; what came later goes on from that. */
static int part_from(struct series_act *k, const struct series *s, civil_date day, const struct series_edit *edit, struct err *e)
{
	struct series now = edited(s, edit);
	civil_date until;
	int rc = recorded_until(k, s->id, &until, e);
	now.id = k->done->series = id_series_part(s->origin, day);
	now.first = day;
	if (rc == OK)
		rc = change_set(k->x.c, TYPE_SERIES, s->id, F_SERIES_UNTIL, value_int(day - 1), e);
	change_make(k->x.c, TYPE_SERIES, now.id);
	if (rc == OK)
		rc = series_write(&k->x, now.id, &now, has(edit, F_SERIES_UNTIL) ? now.until : until, e);
	return rc == OK ? become(k, s, &now, day, edit->days, e) : rc;
}

/* One part: left alone when it ended before, parted when the day lies in it. */
static int change_from(struct series_act *k, const struct series *s, civil_date day, const struct series_edit *edit, struct err *e)
{
	civil_date first = series_next(NULL, s, s->first);
	if (s->until != DATE_NONE && s->until < day)
		return OK;
	if (first == DATE_NONE || day <= first)
		return change_part(k, s, s->first, edit, e);
	return part_from(k, s, day, edit, e);
}

int series_change(struct store *s, struct arena *a, struct id series, civil_date day, enum series_which which, const struct series_edit *edit,
		  struct series_done *done, struct change_result *out, struct err *e)
{
	struct series_act k;
	const struct series *one = NULL;
	int rc = series_act_begin(&k, s, ACT_SERIES_CHANGE, a, done, e);
	if (rc == OK)
		rc = series_act_get(&k, series, &one, e);
	if (rc == OK)
		change_arg(k.x.c, value_id(series));
	done->series = series;
	k.held = edit->held;
	civil_date today = cmin_date(k.now);
	for (size_t i = 0; rc == OK && i < k.l.n; i++) {
		const struct series *part = &k.l.all[i];
		bool over = part->until != DATE_NONE && part->until < today;
		if (!id_equal(part->origin, one->origin))
			continue;
		if (which == SERIES_FOLLOWING)
			rc = change_from(&k, part, day, edit, e);
		else if (!over)
			rc = change_part(&k, part, part->first, edit, e);
	}
	return series_act_end(&k, rc, out, e);
}

int series_change_one(struct store *s, struct arena *a, struct id shift, const struct series_edit *edit, struct series_done *done,
		      struct change_result *out, struct err *e)
{
	struct series_act k;
	const struct series *part = NULL;
	struct rec *r = NULL;
	civil_date d = DATE_NONE;
	int rc = series_act_begin(&k, s, ACT_EDIT, a, done, e);
	if (rc == OK)
		rc = series_of_shift(k.x.v, k.x.a, &k.l, shift, &part, &d, e);
	if (rc == OK)
		rc = act_get_shift(&k.x, shift, &r, e);
	if (rc == OK) {
		/* as it stands is what it was made as, so all that is asked for is written */
		struct shift_row row = series_standing(r);
		struct series old = *part;
		old.unit = row.unit;
		old.role = row.role;
		old.need = row.need;
		old.wished = (int)rec_int(r, F_SHIFT_WISHED);
		old.note = rec_text(r, F_SHIFT_NOTE);
		old.start = cmin_minute(row.start);
		old.end = cmin_minute(row.end);
		struct series now = edited(&old, edit);
		change_arg(k.x.c, value_id(shift));
		rc = series_adopt(&k, &old, &now, r, cmin_date(row.start), &row, e);
	}
	return series_act_end(&k, rc, out, e);
}

/* ---- ending ----------------------------------------------------------------------------------------------------- */

static int go_away(struct series_act *k, const struct series *s, const struct rec *r, civil_date d, void *ctx, struct err *e)
{
	(void)d;
	return let_go(k, s, r, *(const bool *)ctx ? PEOPLE_GO : PEOPLE_STAY, e);
}

int series_end(struct store *s, struct arena *a, struct id series, civil_date last, bool people, struct series_done *done,
	       struct change_result *out, struct err *e)
{
	struct series_act k;
	const struct series *one = NULL;
	int rc = series_act_begin(&k, s, ACT_SERIES_END, a, done, e);
	if (rc == OK)
		rc = series_act_get(&k, series, &one, e);
	if (rc == OK)
		change_arg(k.x.c, value_id(series));
	done->series = series;
	for (size_t i = 0; rc == OK && i < k.l.n; i++) {
		const struct series *part = &k.l.all[i];
		if (!id_equal(part->origin, one->origin) || (part->until != DATE_NONE && part->until < last))
			continue;
		rc = change_set(k.x.c, TYPE_SERIES, part->id, F_SERIES_UNTIL, value_int(last), e);
		if (rc == OK)
			rc = each(&k, part, last + 1, go_away, &people, e);
	}
	return series_act_end(&k, rc, out, e);
}

/* ---- a day without ---------------------------------------------------------------------------------------------- */

static int except(struct act *x, const struct series *s, civil_date day, const char *why, struct err *e)
{
	struct id id = id_series_exception(s->origin, day);
	const struct field_value fields[] = {
		{F_SERIES_EXCEPTION_SERIES, value_id(s->origin)},
		{F_SERIES_EXCEPTION_DAY, value_int(day)},
		{F_SERIES_EXCEPTION_WHY, value_text_or_none(why)},
	};
	change_make(x->c, TYPE_SERIES_EXCEPTION, id);
	return change_set_all(x->c, TYPE_SERIES_EXCEPTION, id, fields, sizeof fields / sizeof *fields, e);
}

int series_except(struct act *x, const struct rec *shift, struct err *e)
{
	struct rec *r = NULL;
	struct id id = rec_id(shift, F_SHIFT_SERIES);
	int rc = id_is_none(id) ? OK : view_get(x->v, x->a, TYPE_SERIES, id, &r, e);
	if (rc != OK || !r || !r->alive)
		return rc;
	struct series s = series_of(r);
	civil_date day = series_day_of(&s, shift);
	return day == DATE_NONE ? OK : except(x, &s, day, NULL, e);
}

static int refuse_people(struct series_act *k, const struct series *s, civil_date day, struct err *e)
{
	struct seat_row *seats;
	char text[64];
	size_t n;
	int rc = view_seats(k->x.v, k->x.a, series_shift(s, day), &seats, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (is_somebody(&seats[i]))
			return err_set(e, ERR_REFUSED, _("there are people on the shift %s: take them off or call it off instead"),
				       civil_format_date(text, sizeof text, day, CIVIL_DAY));
	return rc;
}

int series_take_out(struct store *s, struct id series, civil_date day, const char *why, struct change_result *out, struct err *e)
{
	struct series_act k;
	struct series_done done;
	struct rec *r = NULL;
	struct arena *a = arena_new();
	const struct series *one = NULL;
	char text[64];
	int rc = series_act_begin(&k, s, ACT_SERIES_CHANGE, a, &done, e);
	if (rc == OK)
		rc = series_act_get(&k, series, &one, e);
	one = rc == OK ? series_part_on(&k.l, one, day) : NULL;
	if (rc == OK && !series_falls_on(one, day))
		rc = err_set(e, ERR_DATA, _("the series has no shift on %s"), civil_format_date(text, sizeof text, day, CIVIL_DAY_YEAR));
	if (rc == OK)
		rc = refuse_people(&k, one, day, e);
	if (rc == OK)
		rc = except(&k.x, one, day, why, e);
	if (rc == OK)
		rc = view_get(k.x.v, k.x.a, TYPE_SHIFT, series_shift(one, day), &r, e);
	if (rc == OK && r && r->alive)
		rc = act_drop_shift(&k.x, r->id, e);
	if (rc == OK)
		change_arg(k.x.c, value_id(series));
	rc = series_act_end(&k, rc, out, e);
	arena_free(a);
	return rc;
}

/* Its shift is made again at once, unless the day is over. */
int series_put_back(struct store *s, struct arena *a, struct id series, civil_date day, struct series_done *done, struct change_result *out,
		    struct err *e)
{
	struct series_act k;
	const struct series *one = NULL;
	char text[64];
	int rc = series_act_begin(&k, s, ACT_SERIES_CHANGE, a, done, e);
	if (rc == OK)
		rc = series_act_get(&k, series, &one, e);
	one = rc == OK ? series_part_on(&k.l, one, day) : NULL;
	const struct series_off *off = one ? series_off_on(&k.l, one, day) : NULL;
	if (rc == OK && !off)
		rc = err_set(e, ERR_NOTFOUND, _("%s isn't taken out of the series"), civil_format_date(text, sizeof text, day, CIVIL_DAY_YEAR));
	if (rc == OK) {
		change_arg(k.x.c, value_id(series));
		change_delete(k.x.c, TYPE_SERIES_EXCEPTION, off->id);
		k.l.noff = 0;
		if (day >= cmin_date(k.now))
			rc = series_make_days(&k, one, day, day + 1, e);
	}
	return series_act_end(&k, rc, out, e);
}

/* ---- fixed places ----------------------------------------------------------------------------------------------- */

struct fixing { const struct fixed *was, *is; };           /* NULL: none */

static int take_off(struct series_act *k, const struct shift_row *row, const struct fixed *f, struct err *e)
{
	struct id who = id_is_none(f->volunteer) ? f->organisation : f->volunteer, id = id_assignment(row->shift, who);
	struct rec *r = NULL;
	int rc = view_get(k->x.v, k->x.a, TYPE_ASSIGNMENT, id, &r, e);
	if (rc != OK || !r || !r->alive || !duty_state_holds((int)rec_int(r, F_ASSIGNMENT_STATE)))
		return rc;
	series_tell(k, SERIES_GOES, row, who, "");
	change_delete(k->x.c, TYPE_ASSIGNMENT, id);
	return OK;
}

static int fix_shift(struct series_act *k, const struct series *s, const struct rec *r, civil_date d, void *ctx, struct err *e)
{
	const struct fixing *f = ctx;
	struct shift_row row = series_standing(r);
	const struct series *part = series_part_on(&k->l, s, d);
	bool came = f->was && fixed_comes(f->was, part, d), comes = f->is && fixed_comes(f->is, part, d);
	if (row.state == SHIFT_CANCELLED)
		return OK;
	if (comes)
		return series_seat_one(k, f->is, &row, !came, e);
	return came ? take_off(k, &row, f->was, e) : OK;
}

/* On all coming shifts that are made, of all its parts. */
static int fix_shifts(struct series_act *k, const struct series *s, struct fixing *f, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < k->l.n; i++)
		if (id_equal(k->l.all[i].origin, s->origin))
			rc = each(k, &k->l.all[i], DATE_NONE, fix_shift, f, e);
	return rc;
}

static const struct fixed *fixed_of(const struct series_act *k, const struct series *s, struct id who)
{
	size_t n;
	const struct fixed *f = series_fixed(&k->l, s, &n);
	for (size_t i = 0; i < n; i++)
		if (id_equal(f[i].id, id_series_place(s->origin, who)))
			return &f[i];
	return NULL;
}

static int write_fixed(struct act *x, const struct series *s, struct id id, const struct fixed *f, struct err *e)
{
	const struct field_value fields[] = {
		{F_SERIES_PLACE_SERIES, value_id(s->origin)},
		{F_SERIES_PLACE_VOLUNTEER, value_id_or_none(f->volunteer)},
		{F_SERIES_PLACE_ORGANISATION, value_id_or_none(f->organisation)},
		{F_SERIES_PLACE_PLACES, id_is_none(f->volunteer) ? value_int(f->places) : value_none()},
		{F_SERIES_PLACE_FROM, value_date_or_none(f->from)},
		{F_SERIES_PLACE_UNTIL, value_date_or_none(f->until)},
		{F_SERIES_PLACE_EVERY, counted(f->every)},
		{F_SERIES_PLACE_DAYS, counted(f->days)},
	};
	change_make(x->c, TYPE_SERIES_PLACE, id);
	return change_set_all(x->c, TYPE_SERIES_PLACE, id, fields, sizeof fields / sizeof *fields, e);
}

int series_fix(struct store *s, struct arena *a, struct id series, const struct fixed *how, struct series_done *done,
	       struct change_result *out, struct err *e)
{
	struct series_act k;
	const struct series *one = NULL;
	struct id who = id_is_none(how->volunteer) ? how->organisation : how->volunteer;
	int rc = series_act_begin(&k, s, ACT_FIXED, a, done, e);
	if (rc == OK && how->every > SERIES_FOURTH_WEEK)
		rc = err_set(e, ERR_DATA, _("a fixed place is every, every second or every fourth week"));
	if (rc == OK)
		rc = series_act_get(&k, series, &one, e);
	k.warns = true;
	if (rc == OK) {
		struct fixing f = {fixed_of(&k, one, who), how};
		change_arg(k.x.c, value_id(who));
		change_arg(k.x.c, value_id(series));
		rc = write_fixed(&k.x, one, id_series_place(one->origin, who), how, e);
		if (rc == OK)
			rc = fix_shifts(&k, one, &f, e);
	}
	return series_act_end(&k, rc, out, e);
}

int series_unfix(struct store *s, struct arena *a, struct id series, struct id holder_id, bool off, struct series_done *done,
		 struct change_result *out, struct err *e)
{
	struct series_act k;
	const struct series *one = NULL;
	int rc = series_act_begin(&k, s, ACT_FIXED, a, done, e);
	if (rc == OK)
		rc = series_act_get(&k, series, &one, e);
	struct fixing f = {one ? fixed_of(&k, one, holder_id) : NULL, NULL};
	if (rc == OK && !f.was)
		rc = err_set(e, ERR_NOTFOUND, _("%s has no fixed place in that series"), book_name(k.b, holder_id));
	if (rc == OK) {
		change_arg(k.x.c, value_id(holder_id));
		change_arg(k.x.c, value_id(series));
		change_delete(k.x.c, TYPE_SERIES_PLACE, f.was->id);
		rc = off ? fix_shifts(&k, one, &f, e) : OK;
	}
	return series_act_end(&k, rc, out, e);
}
