/* export/calendars.c - see calendars.h. Owns what stands in which calendar. Must not know how a file looks. */
#include "export/calendars.h"

#include <string.h>

#include "base/lang.h"
#include "store/idmap.h"

#define UID_END "@samvagt"
enum { GONE_DAYS = 92 };
static const int64_t SEQUENCE_FROM = INT64_C(1577836800);       /* 2020-01-01 UTC */

/* A record that was deleted, or whose shift was: its calendars are told so for a while. */
struct gone { struct id id, shift, unit, volunteer, organisation; int64_t clock; };
struct calendars {
	struct view *v;
	struct book *b;
	struct arena *a;
	civil_min from, to;
	int64_t made;
	struct roster roster;
	struct gone *shifts, *seats; size_t nshifts, nseats, cshifts, cseats;
	struct idmap dead;               /* shifts, by place in `shifts` */
};

/* ---- what was deleted -------------------------------------------------------------------------------- */

static bool is_lately(const struct calendars *x, int64_t clock)
{
	return clock > x->made - (int64_t)GONE_DAYS * 86400;
}

static int note_shift(void *ctx, const struct rec *r)
{
	struct calendars *x = ctx;
	civil_min start = rec_int_or(r, F_SHIFT_START, CMIN_NONE);
	if (r->alive || !is_lately(x, r->at.clock) || start < x->from || start >= x->to ||
	    rec_int(r, F_SHIFT_STATE) == SHIFT_DRAFT)
		return 0;
	uint32_t place;
	bool fresh;
	if (!idmap_add(&x->dead, r->id, (uint32_t)x->nshifts, &place, &fresh))
		return ERR_NOMEM;
	x->shifts = arena_grow(x->a, x->shifts, &x->cshifts, x->nshifts + 1, sizeof *x->shifts);
	x->shifts[x->nshifts++] =
		(struct gone){.id = r->id, .shift = r->id, .unit = rec_id(r, F_SHIFT_UNIT), .clock = r->at.clock};
	return 0;
}

static int note_seat(void *ctx, const struct rec *r)
{
	struct calendars *x = ctx;
	const struct id shift = rec_id(r, F_ASSIGNMENT_SHIFT);
	bool is_dead = idmap_get(&x->dead, shift) != IDMAP_NONE;
	if (!is_dead && (r->alive || !is_lately(x, r->at.clock)))
		return 0;
	x->seats = arena_grow(x->a, x->seats, &x->cseats, x->nseats + 1, sizeof *x->seats);
	x->seats[x->nseats++] = (struct gone){.id = r->id, .shift = shift, .volunteer = rec_id(r, F_ASSIGNMENT_VOLUNTEER),
		.organisation = rec_id(r, F_ASSIGNMENT_ORGANISATION), .clock = r->at.clock};
	return 0;
}

int calendars_read(struct view *v, struct book *b, struct arena *a, civil_date from, civil_date to, struct calendars **out,
	struct err *e)
{
	struct calendars *x = arena_alloc(a, sizeof *x);
	*x = (struct calendars){.v = v, .b = b, .a = a, .from = cmin_at(from, 0), .to = cmin_at(to, 0),
		.made = store_now(view_store(v))};
	int rc = roster_load(v, b, a, NULL, from, to, &x->roster, e);
	if (rc == OK)
		rc = view_each_ever(v, TYPE_SHIFT, note_shift, x, e);
	if (rc == OK)
		rc = view_each_ever(v, TYPE_ASSIGNMENT, note_seat, x, e);
	if (rc)
		calendars_end(x);
	*out = rc ? NULL : x;
	return rc;
}

void calendars_end(struct calendars *x)
{
	if (x)
		idmap_free(&x->dead);
}

const struct roster *calendars_roster(const struct calendars *x)
{
	return &x->roster;
}

/* ---- one event --------------------------------------------------------------------------------------- */

static void later(int64_t *clock, const struct rec *r, const uint8_t *fields, size_t n)
{
	for (size_t i = 0; r && i < n; i++) {
		const struct rec_field *f = rec_field(r, fields[i]);
		if (f && f->at.clock > *clock)
			*clock = f->at.clock;
	}
}

static void set_times(struct event *out, const struct rec *shift, const struct rec *seat)
{
	static const uint8_t of_shift[] = {FIELD_ALIVE, F_SHIFT_UNIT, F_SHIFT_ROLE, F_SHIFT_START, F_SHIFT_END, F_SHIFT_STATE},
		of_seat[] = {FIELD_ALIVE, F_ASSIGNMENT_SHIFT, F_ASSIGNMENT_STATE};
	int64_t clock = 0;
	later(&clock, shift, of_shift, sizeof of_shift);
	later(&clock, seat, of_seat, sizeof of_seat);
	out->start = rec_int_or(shift, F_SHIFT_START, CMIN_NONE);
	out->end = rec_int_or(shift, F_SHIFT_END, CMIN_NONE);
	out->sequence = clock > SEQUENCE_FROM ? (clock - SEQUENCE_FROM) & INT32_MAX : 0;
	out->modified = seat && seat->at.clock > shift->at.clock ? seat->at.clock : shift->at.clock;
}

static enum event_state state_of_shift(int64_t state)
{
	return state == SHIFT_CANCELLED ? EVENT_CANCELLED : state == SHIFT_DRAFT ? EVENT_TENTATIVE : EVENT_CONFIRMED;
}

static const char *uid_of(struct calendars *x, struct id id)
{
	char text[ID_TEXT];
	return arena_printf(x->a, "%s" UID_END, id_format(text, id));
}

/* Of an organisation's places on a shift there needn't be any record. */
static const char *uid_of_part(struct calendars *x, struct id shift, struct id organisation)
{
	char text[ID_TEXT], of[ID_TEXT];
	return arena_printf(x->a, "%s.%s" UID_END, id_format(text, shift), id_format(of, organisation));
}

static bool read_id(const char *s, struct id *out)
{
	char text[ID_TEXT];
	memcpy(text, s, ID_TEXT - 1);
	text[ID_TEXT - 1] = '\0';
	return id_parse(text, out, NULL) == OK;
}

bool calendars_uid(const char *uid, struct id *out, bool *is_part)
{
	const size_t n = strlen(uid), end = strlen(UID_END), one = ID_TEXT - 1;
	struct id of;
	*is_part = n == 2 * one + 1 + end;
	if ((n != one + end && !*is_part) || strcmp(uid + n - end, UID_END) != 0)
		return false;
	return read_id(uid, out) && (!*is_part || (uid[one] == '.' && read_id(uid + one + 1, &of)));
}

/* seat ID_NONE: of the shift itself. *is_there false: no such shift, or it says no time. */
static int make_event(struct calendars *x, struct id shift, struct id seat, struct event *out, bool *is_there, struct err *e)
{
	struct rec *s = NULL, *p = NULL;
	int rc = view_get(x->v, x->a, TYPE_SHIFT, shift, &s, e);
	if (rc == OK && !id_is_none(seat))
		rc = view_get(x->v, x->a, TYPE_ASSIGNMENT, seat, &p, e);
	*is_there = false;
	if (rc || !s)
		return rc;
	*out = (struct event){.uid = uid_of(x, id_is_none(seat) ? shift : seat), .zone = "", .description = "",
		.state = state_of_shift(rec_int(s, F_SHIFT_STATE))};
	set_times(out, s, p);
	out->category = out->summary = book_name(x->b, rec_id(s, F_SHIFT_ROLE));
	out->location = book_name(x->b, rec_id(s, F_SHIFT_UNIT));
	*is_there = out->start != CMIN_NONE;
	return OK;
}

static void add_event(struct calendars *x, struct calendar *c, size_t *cap, const struct event *one)
{
	c->events = arena_grow(x->a, c->events, cap, c->n + 1, sizeof *c->events);
	c->events[c->n++] = *one;
}

static bool has_event(const struct calendar *c, const char *uid)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->events[i].uid, uid) == 0)
			return true;
	return false;
}

/* Nobody was told of a draft. */
static int add_gone(struct calendars *x, struct calendar *c, size_t *cap, struct id shift, struct id seat, const char *uid,
	struct err *e)
{
	struct event one;
	bool is_there;
	int rc = make_event(x, shift, seat, &one, &is_there, e);
	if (rc || !is_there || one.start < x->from || one.start >= x->to || one.state == EVENT_TENTATIVE)
		return rc;
	one.uid = uid;
	one.state = EVENT_CANCELLED;
	add_event(x, c, cap, &one);
	return OK;
}

/* ---- a person's -------------------------------------------------------------------------------------- */

/* False: it doesn't stand in the calendar at all. */
static bool seat_state(const struct duty_row *d, enum event_state *out, const char **says)
{
	*says = "";
	*out = EVENT_CONFIRMED;
	if (d->shift_state == SHIFT_DRAFT || d->state == ASSIGNMENT_WISHED)
		return false;
	if (d->shift_state == SHIFT_CANCELLED || d->state == ASSIGNMENT_DECLINED || d->state == ASSIGNMENT_WITHDRAWN)
		*out = EVENT_CANCELLED;
	else if (d->state == ASSIGNMENT_OFFERED || d->state == ASSIGNMENT_RECONFIRM) {
		*out = EVENT_TENTATIVE;
		*says = d->state == ASSIGNMENT_OFFERED ? _("Asked, not answered yet") : _("Changed since: a new yes is needed");
	}
	return true;
}

int calendars_person(struct calendars *x, struct id volunteer, struct calendar *out, struct err *e)
{
	struct duty_row *duties;
	size_t n, cap = 0;
	*out = (struct calendar){.name = _("My shifts"), .made = x->made};
	if (!book_person(x->b, volunteer))
		return err_set(e, ERR_NOTFOUND, _("there is no such volunteer"));
	int rc = view_duties(x->v, x->a, volunteer, x->from, x->to, &duties, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct event one;
		enum event_state state;
		const char *says;
		bool is_there;
		if (!seat_state(&duties[i], &state, &says))
			continue;
		rc = make_event(x, duties[i].shift, duties[i].assignment, &one, &is_there, e);
		if (rc || !is_there)
			continue;
		one.state = state;
		one.description = says;
		add_event(x, out, &cap, &one);
	}
	for (size_t i = 0; rc == OK && i < x->nseats; i++)
		if (id_equal(x->seats[i].volunteer, volunteer))
			rc = add_gone(x, out, &cap, x->seats[i].shift, x->seats[i].id, uid_of(x, x->seats[i].id), e);
	return rc;
}

/* ---- shifts ------------------------------------------------------------------------------------------ */

static void put_seat(struct buf *b, struct arena *a, const struct seat *s, bool phones)
{
	const char *phone = s->person && phones ? s->person->phone : "";
	if (s->state != ASSIGNMENT_ACCEPTED && s->state != ASSIGNMENT_OFFERED && s->state != ASSIGNMENT_RECONFIRM)
		return;
	buf_addf(b, "%s%s", b->n ? "\n" : "", s->name);
	if (*phone)
		buf_addf(b, " %s", kind_phone(a, phone));
	if (s->state != ASSIGNMENT_ACCEPTED)
		buf_addf(b, " (%s)", _(schema_choice(SET_ASSIGNMENT_STATE, s->state)->label));
}

/* Those of one organisation, or all; and the note, where everybody's names are. */
static const char *describe(struct calendars *x, const struct shift *s, const struct id *organisation,
	enum calendars_people people)
{
	struct buf b = {0};
	for (size_t i = 0; people != CALENDARS_COUNTS && i < s->nseats; i++)
		if (!organisation || id_equal(s->seats[i].organisation, *organisation))
			put_seat(&b, x->a, &s->seats[i], people == CALENDARS_PHONES);
	if (people != CALENDARS_COUNTS && !organisation && *s->note)
		buf_addf(&b, "%s%s", b.n ? "\n" : "", s->note);
	const char *text = arena_strndup(x->a, b.p ? b.p : "", b.n);
	buf_wipe(&b);
	return text;
}

int calendars_shifts(struct calendars *x, const struct id *unit, enum calendars_people people, struct calendar *out,
	struct err *e)
{
	size_t cap = 0;
	int rc = OK;
	*out = (struct calendar){.name = unit ? book_name(x->b, *unit) : _("Roster"), .made = x->made};
	for (size_t i = 0; rc == OK && i < x->roster.n; i++) {
		const struct shift *s = &x->roster.shifts[i];
		struct event one;
		bool is_there;
		if (unit && !book_unit_within(x->b, s->row.unit, *unit))
			continue;
		rc = make_event(x, s->row.shift, ID_NONE, &one, &is_there, e);
		if (rc || !is_there)
			continue;
		one.summary = arena_printf(x->a, "%s (%d/%d)", s->role, s->row.filled, s->row.need);
		one.description = describe(x, s, NULL, people);
		add_event(x, out, &cap, &one);
	}
	for (size_t i = 0; rc == OK && i < x->nshifts; i++)
		if (!unit || book_unit_within(x->b, x->shifts[i].unit, *unit))
			rc = add_gone(x, out, &cap, x->shifts[i].id, ID_NONE, uid_of(x, x->shifts[i].id), e);
	return rc;
}

/* ---- an organisation's ------------------------------------------------------------------------------- */

struct share { int places; bool is_asked, is_any; };       /* is_any: also of those who have said no */

static struct share share_of(const struct shift *s, struct id organisation)
{
	struct share out = {0};
	for (size_t i = 0; i < s->nseats; i++)
		if (id_equal(s->seats[i].organisation, organisation)) {
			out.places += s->seats[i].state == ASSIGNMENT_ACCEPTED ? s->seats[i].places : 0;
			out.is_asked = out.is_asked || s->seats[i].state == ASSIGNMENT_OFFERED || s->seats[i].state == ASSIGNMENT_RECONFIRM;
			out.is_any = out.is_any || s->seats[i].state != ASSIGNMENT_WISHED;
		}
	return out;
}

static int add_share(struct calendars *x, struct calendar *c, size_t *cap, const struct shift *s, struct id organisation, struct err *e)
{
	const struct share of = share_of(s, organisation);
	struct event one;
	bool is_there;
	if (s->row.state == SHIFT_DRAFT || !of.is_any)
		return OK;
	int rc = make_event(x, s->row.shift, ID_NONE, &one, &is_there, e);
	if (rc || !is_there)
		return rc;
	one.uid = uid_of_part(x, s->row.shift, organisation);
	if (of.places == 0 && one.state == EVENT_CONFIRMED)
		one.state = of.is_asked ? EVENT_TENTATIVE : EVENT_CANCELLED;
	one.summary = arena_printf(x->a, "%s (%d)", s->role, of.places);
	one.description = describe(x, s, &organisation, CALENDARS_NAMES);
	add_event(x, c, cap, &one);
	return OK;
}

int calendars_organisation(struct calendars *x, struct id organisation, struct calendar *out, struct err *e)
{
	size_t cap = 0;
	int rc = OK;
	*out = (struct calendar){.name = book_name(x->b, organisation), .made = x->made};
	for (size_t i = 0; rc == OK && i < x->roster.n; i++)
		rc = add_share(x, out, &cap, &x->roster.shifts[i], organisation, e);
	for (size_t i = 0; rc == OK && i < x->nseats; i++) {
		if (!id_equal(x->seats[i].organisation, organisation))
			continue;
		const char *uid = uid_of_part(x, x->seats[i].shift, organisation);
		/* several of theirs were on one shift, or others still are */
		if (!has_event(out, uid))
			rc = add_gone(x, out, &cap, x->seats[i].shift, ID_NONE, uid, e);
	}
	return rc;
}
