/* roster/vigil_acts.c - see vigil.h: a vigil begins, goes on for longer, and ends, each as one change group.
 *
 * Owns what is written then. Must not know how a plan is reckoned (vigil.c). */
#include "roster/vigil.h"

#include "base/lang.h"
#include "roster/act_priv.h"
#include "roster/duty.h"

/* ---- watches ---------------------------------------------------------------------------------------------------- */

static int put_watch(struct act *x, struct id vigil, uint32_t number, const struct vigil_new *how,
		     const struct watch_span *w, struct err *e)
{
	struct id id = id_watch(vigil, number);
	const struct field_value fields[] = {
		{F_SHIFT_UNIT, value_id_or_none(how->unit)},
		{F_SHIFT_ROLE, value_id_or_none(how->role)},
		{F_SHIFT_START, value_int(w->from)},
		{F_SHIFT_END, value_int(w->to)},
		{F_SHIFT_NEED, value_int(1)},
		{F_SHIFT_STATE, value_int(SHIFT_PUBLISHED)},
		{F_SHIFT_VIGIL, value_id(vigil)},
	};
	change_make(x->c, TYPE_SHIFT, id);
	return change_set_all(x->c, TYPE_SHIFT, id, fields, sizeof fields / sizeof *fields, e);
}

/* Those of `how` get numbers from `first` on. */
static int put_watches(struct act *x, struct id vigil, uint32_t first, const struct vigil_new *how, struct err *e)
{
	size_t n;
	int rc = OK;
	const struct watch_span *w = vigil_plan(x->a, how->start, how->hours, how->watch, &n);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = put_watch(x, vigil, first + (uint32_t)i, how, &w[i], e);
	return rc;
}

static int get_vigil(struct act *x, struct id vigil, struct rec **out, struct err *e)
{
	int rc = view_get(x->v, x->a, TYPE_VIGIL, vigil, out, e);
	if (rc == OK && (!*out || !(*out)->alive))
		rc = err_set(e, ERR_NOTFOUND, _("there is no such vigil, or it has been deleted"));
	return rc;
}

/* ---- beginning, and going on ------------------------------------------------------------------------------------ */

static int put_vigil(struct act *x, struct id id, const struct vigil_new *how, struct err *e)
{
	const struct field_value fields[] = {
		{F_VIGIL_UNIT, value_id_or_none(how->unit)},
		{F_VIGIL_ROLE, value_id_or_none(how->role)},
		{F_VIGIL_ROOM, value_text_or_none(how->room)},
		{F_VIGIL_START, value_int(how->start)},
		{F_VIGIL_HOURS, value_int(how->hours)},
		{F_VIGIL_WATCH, value_int(how->watch)},
		{F_VIGIL_ENDED, value_none()},
		{F_VIGIL_CONTACT, value_text_or_none(how->contact)},
		{F_VIGIL_PHONE, value_text_or_none(how->phone)},
	};
	change_arg(x->c, value_id(id));
	change_arg(x->c, value_int(how->hours));
	change_make(x->c, TYPE_VIGIL, id);
	return change_set_all(x->c, TYPE_VIGIL, id, fields, sizeof fields / sizeof *fields, e);
}

int vigil_begin(struct store *s, const struct vigil_new *how, struct id *id, struct change_result *out, struct err *e)
{
	struct act x;
	struct vigil_new real = *how;
	struct rec *old = NULL;
	real.start = civil_from_utc(civil_to_utc(how->start));     /* a minute that the clock shows */
	*id = id_vigil(how->unit, real.start);
	int rc = act_begin(&x, s, ACT_VIGIL, e);
	if (rc == OK)
		rc = vigil_check(&real, store_now_civil(s), e);
	if (rc == OK)
		rc = view_get(x.v, x.a, TYPE_VIGIL, *id, &old, e);
	if (rc == OK && old && old->alive)
		rc = err_set(e, ERR_CONFLICT,
			_("a vigil begins there at that minute already. If it is for somebody else, let it begin a minute later"));
	if (rc == OK)
		rc = put_vigil(&x, *id, &real, e);
	if (rc == OK)
		rc = put_watches(&x, *id, 0, &real, e);
	return act_end(&x, rc, out, e);
}

/* After the last watch that there is: one between that somebody deleted leaves a hole. */
static int next_number(struct act *x, struct id vigil, uint32_t *out, struct err *e)
{
	enum { NUMBERS = 2 * VIGIL_HOURS_MOST * 60 / VIGIL_WATCH_LEAST };
	int rc = OK;
	*out = 0;
	for (uint32_t i = 0; rc == OK && i < NUMBERS; i++) {
		struct rec *r = NULL;
		rc = view_get(x->v, x->a, TYPE_SHIFT, id_watch(vigil, i), &r, e);
		if (rc == OK && r && r->alive)
			*out = i + 1;
	}
	return rc;
}

int vigil_longer(struct store *s, struct id vigil, int hours, struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *r = NULL;
	uint32_t first = 0;
	int rc = act_begin(&x, s, ACT_VIGIL, e);
	if (rc == OK)
		rc = get_vigil(&x, vigil, &r, e);
	if (rc == OK && rec_get(r, F_VIGIL_ENDED).tag != V_NONE)
		rc = err_set(e, ERR_REFUSED, _("the vigil has ended; begin a new one"));
	if (rc == OK)
		rc = next_number(&x, vigil, &first, e);
	if (rc != OK)
		return act_end(&x, rc, out, e);
	int so_far = (int)rec_int(r, F_VIGIL_HOURS);
	struct vigil_new how = {
		.unit = rec_id(r, F_VIGIL_UNIT), .role = rec_id(r, F_VIGIL_ROLE), .watch = (int)rec_int(r, F_VIGIL_WATCH),
		.start = rec_int(r, F_VIGIL_START), .hours = so_far + hours,
	};
	rc = vigil_check(&how, CMIN_FIRST, e);
	how.start = vigil_end_of(how.start, so_far);
	how.hours = hours;
	change_arg(x.c, value_id(vigil));
	change_arg(x.c, value_int(so_far + hours));
	if (rc == OK)
		rc = change_set(x.c, TYPE_VIGIL, vigil, F_VIGIL_HOURS, value_int(so_far + hours), e);
	if (rc == OK)
		rc = put_watches(&x, vigil, first, &how, e);
	return act_end(&x, rc, out, e);
}

int vigil_set_contact(struct store *s, struct id vigil, const char *room, const char *contact, const char *phone,
		      struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *r = NULL;
	const struct field_value fields[] = {
		{F_VIGIL_ROOM, value_text_or_none(room)},
		{F_VIGIL_CONTACT, value_text_or_none(contact)},
		{F_VIGIL_PHONE, value_text_or_none(phone)},
	};
	int rc = act_begin(&x, s, ACT_EDIT, e);
	if (rc == OK)
		rc = get_vigil(&x, vigil, &r, e);
	if (rc != OK)
		return act_end(&x, rc, out, e);
	change_arg(x.c, value_id(vigil));
	rc = change_set_all(x.c, TYPE_VIGIL, vigil, fields, sizeof fields / sizeof *fields, e);
	return act_end(&x, rc, out, e);
}

/* ---- ending ----------------------------------------------------------------------------------------------------- */

struct ending {
	struct act *x;
	struct vigil v;
	struct to_tell t;
	struct id *sat;
	size_t nsat, cap, talks;
};

static bool has_sat(const struct seat *s)
{
	bool away = s->attendance == ATTENDANCE_EXCUSED || s->attendance == ATTENDANCE_ABSENT;
	return s->person && !away && (s->state == ASSIGNMENT_ACCEPTED || s->attendance == ATTENDANCE_PRESENT);
}

static void note_sat(struct ending *k, struct id volunteer)
{
	for (size_t i = 0; i < k->nsat; i++)
		if (id_equal(k->sat[i], volunteer))
			return;
	k->sat = arena_grow(k->x->a, k->sat, &k->cap, k->nsat + 1, sizeof *k->sat);
	k->sat[k->nsat++] = volunteer;
}

static int end_watch(struct ending *k, const struct shift *s, civil_min now, struct err *e)
{
	if (s->row.state == SHIFT_CANCELLED)
		return OK;
	for (size_t i = 0; s->row.start <= now && i < s->nseats; i++)
		if (has_sat(&s->seats[i]))
			note_sat(k, s->seats[i].volunteer);
	if (s->row.start <= now)
		return OK;
	int rc = told_add(&k->t, &s->row, e);
	return rc ? rc : change_set(k->x->c, TYPE_SHIFT, s->row.shift, F_SHIFT_STATE, value_int(SHIFT_CANCELLED), e);
}

/* One that was made by the other site, or that somebody has held, stays as it is. */
static int put_talk(struct ending *k, struct id volunteer, civil_date due, struct err *e)
{
	struct id id = id_vigil_talk(k->v.id, volunteer);
	struct rec *old = NULL;
	int rc = view_get(k->x->v, k->x->a, TYPE_TALK, id, &old, e);
	if (rc != OK || (old && old->alive))
		return rc;
	const struct field_value fields[] = {
		{F_TALK_VOLUNTEER, value_id(volunteer)},
		{F_TALK_KIND, value_int(TALK_CARE)},
		{F_TALK_DUE, value_int(due)},
		{F_TALK_ABOUT, value_id(k->v.id)},
	};
	k->talks++;
	change_make(k->x->c, TYPE_TALK, id);
	return change_set_all(k->x->c, TYPE_TALK, id, fields, sizeof fields / sizeof *fields, e);
}

static int put_talks(struct ending *k, civil_date today, struct err *e)
{
	int limits[LIMIT_COUNT], rc = rules_limits(k->x->v, limits, e);
	for (size_t i = 0; rc == OK && i < k->nsat; i++)
		rc = put_talk(k, k->sat[i], today + limits[LIMIT_CARE_TALK_DAYS], e);
	return rc;
}

static int end_all(struct ending *k, civil_min now, struct err *e)
{
	const struct vigil *v = &k->v;
	int rc = OK;
	if (v->ended != CMIN_NONE && v->left == 0)
		return err_set(e, ERR_REFUSED, _("the vigil has ended already"));
	change_arg(k->x->c, value_id(v->id));
	if (v->ended == CMIN_NONE)
		rc = change_set(k->x->c, TYPE_VIGIL, v->id, F_VIGIL_ENDED, value_int(now), e);
	for (size_t i = 0; rc == OK && i < v->n; i++)
		rc = end_watch(k, &v->watches[i], now, e);
	told_sort(&k->t);
	return rc == OK ? put_talks(k, cmin_date(now), e) : rc;
}

int vigil_end(struct store *s, struct book *b, struct arena *a, struct id vigil, struct vigil_end *told,
	      struct change_result *out, struct err *e)
{
	struct act x;
	civil_min now = store_now_civil(s);
	int rc = act_begin(&x, s, ACT_VIGIL_END, e);
	struct ending k = {.x = &x, .t = {.v = x.v, .b = b, .scratch = x.a, .a = a}};
	if (rc == OK)
		rc = vigil_load(x.v, b, x.a, vigil, now, &k.v, e);
	if (rc == OK)
		rc = end_all(&k, now, e);
	*told = (struct vigil_end){.watches = k.t.shifts, .talks = k.talks, .told = k.t.told, .n = k.t.n};
	return act_end(&x, rc, out, e);
}
