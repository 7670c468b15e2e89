/* tui/card_rows.c - see card_priv.h. Owns what a card says about a volunteer: facts, shifts, changes. Must not know
 * keys nor draw. */
#include "tui/card_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "roster/availability.h"
#include "roster/care.h"
#include "roster/hours.h"
#include "roster/months.h"
#include "store/change.h"
#include "store/register.h"
#include "tui/agreements_priv.h"
#include "tui/changes.h"
#include "tui/courses_priv.h"
#include "tui/words.h"

enum { COMING_DAYS = 400, PAST_DAYS = 400, PAST_MOST = 40, CHANGES_MOST = 60, AGREEMENTS_MOST = 20, TALKS_MOST = 20 };
/* Shifts about now whose history is the volunteer's too; that of all would be long to read and tell little. */
enum { NEAR_PAST = 4, NEAR_COMING = 6 };

struct reader {
	struct view *v;
	struct book *b;
	struct arena *a;
	const struct rec *r;
	const struct person *p;
	civil_min now;
	int limits[LIMIT_COUNT];
	struct err *e;
};

static struct course_reader courses_reader(const struct reader *k)
{
	return (struct course_reader){k->b, k->limits, cmin_date(k->now), k->a};
}

/* ---- facts --------------------------------------------------------------------------------------------- */
static void add_fact(struct card *d, const char *label, const char *value, enum role role, bool is_long)
{
	if (*value)
		d->facts[d->nfacts++] = (struct card_fact){label, value, role, is_long};
}

static bool any_open(const struct reader *k, const uint8_t fields[3])
{
	for (size_t i = 0; i < 3 && fields[i] != FIELD_ALIVE; i++)
		if (register_is_open(k->r, fields[i]))
			return true;
	return false;
}

/* One that shows these fields of the volunteer (FIELD_ALIVE: no more): marked where one was changed at two places. */
static void add_fields(struct card *d, const struct reader *k, const uint8_t fields[3], struct card_fact f)
{
	bool is_open = any_open(k, fields);
	if (is_open)
		add_fact(d, f.label, arena_printf(k->a, _("%s ≠ disagreement"), *f.value ? f.value : _("(empty)")),
			ROLE_WARN, f.is_long);
	else
		add_fact(d, f.label, f.value, f.role, f.is_long);
}

static void add_field(struct card *d, const struct reader *k, uint8_t no, const char *value, enum role role)
{
	const char *label = _(schema_field(TYPE_VOLUNTEER, no)->label);
	add_fields(d, k, (const uint8_t[3]){no}, (struct card_fact){label, value, role, false});
}

static const char *field_text(const struct reader *k, int no)
{
	return view_field_text(k->v, k->a, schema_field(TYPE_VOLUNTEER, no), rec_get(k->r, no));
}

static const char *date_text(const struct reader *k, civil_date d)
{
	char buf[48];
	return d == DATE_NONE ? "" : arena_strdup(k->a, civil_format_date(buf, sizeof buf, d, CIVIL_SHORT));
}

static const char *label_of(int no)
{
	return _(schema_field(TYPE_VOLUNTEER, no)->label);
}

static void add_contact(struct card *d, const struct reader *k)
{
	const char *city = arena_printf(k->a, "%s %s", rec_text(k->r, F_VOLUNTEER_POSTCODE),
		rec_text(k->r, F_VOLUNTEER_CITY));
	const char *street = rec_text(k->r, F_VOLUNTEER_ADDRESS);
	const char *phone = field_text(k, F_VOLUNTEER_PHONE);
	city += *city == ' ';
	add_field(d, k, F_VOLUNTEER_PHONE, *phone ? phone : _("none"), *phone ? ROLE_TITLE : ROLE_WARN);
	add_field(d, k, F_VOLUNTEER_ORGANISATION, field_text(k, F_VOLUNTEER_ORGANISATION), ROLE_DEFAULT);
	add_field(d, k, F_VOLUNTEER_EMAIL, field_text(k, F_VOLUNTEER_EMAIL), ROLE_DEFAULT);
	add_fields(d, k, (const uint8_t[3]){F_VOLUNTEER_ADDRESS, F_VOLUNTEER_POSTCODE, F_VOLUNTEER_CITY},
		(struct card_fact){label_of(F_VOLUNTEER_ADDRESS),
			arena_printf(k->a, "%s%s%s", street, *street && *city ? ", " : "", city), ROLE_DEFAULT, false});
}

static void add_dates(struct card *d, const struct reader *k)
{
	civil_date today = cmin_date(k->now);
	if (k->p->born != DATE_NONE)
		add_field(d, k, F_VOLUNTEER_BORN, arena_printf(k->a, _("%s (%d years)"), date_text(k, k->p->born),
			civil_age(k->p->born, today)), ROLE_DEFAULT);
	if (k->p->started == DATE_NONE)
		return;
	int years = civil_age(k->p->started, today);
	const char *for_long = "";
	if (years > 0)
		for_long = arena_printf(k->a, ngettext(" (%d year)", " (%d years)", (unsigned long)years), years);
	add_field(d, k, F_VOLUNTEER_STARTED, arena_printf(k->a, "%s%s", date_text(k, k->p->started), for_long),
		ROLE_DEFAULT);
}

static void add_roles_and_wishes(struct card *d, const struct reader *k)
{
	const char *roles = person_role_names(k->b, k->a, k->p), *wishes = field_text(k, F_VOLUNTEER_FREQUENCY);
	if (k->p->max_per_month)
		wishes = arena_printf(k->a, _("%s%sat most %d a month"), wishes, *wishes ? " · " : "",
			k->p->max_per_month);
	if (*k->p->wishes)
		wishes = arena_printf(k->a, "%s%s%s", wishes, *wishes ? " · " : "", k->p->wishes);
	add_fact(d, _("Roles"), *roles ? roles : _("none yet"), *roles ? ROLE_DEFAULT : ROLE_WARN, true);
	add_fields(d, k, (const uint8_t[3]){F_VOLUNTEER_FREQUENCY, F_VOLUNTEER_MAX_PER_MONTH, F_VOLUNTEER_WISHES},
		(struct card_fact){_("Wishes"), wishes, ROLE_DEFAULT, true});
}

static void add_declarations(struct card *d, const struct reader *k)
{
	bool is_signed = k->p->confidentiality != DATE_NONE;
	struct course_reader courses = courses_reader(k);
	const char *when = is_signed ? date_text(k, k->p->confidentiality) : _("not signed");
	add_fields(d, k, (const uint8_t[3]){F_VOLUNTEER_CONFIDENTIALITY},
		(struct card_fact){_("Confidentiality"), when, is_signed ? ROLE_DEFAULT : ROLE_WARN, false});
	add_fields(d, k, (const uint8_t[3]){F_VOLUNTEER_CHILD_CHECK, F_VOLUNTEER_CHILD_CHECK_DATE},
		(struct card_fact){_("Child check"), course_check(&courses, k->p), course_check_role(&courses, k->p), false});
	add_fact(d, _("Introduction"), course_introduction(&courses, k->p), ROLE_HINT, false);
}

static int add_hours(struct card *d, const struct reader *k)
{
	struct load ever, year;
	struct months months;
	int rc = hours_until_now(k->v, d->id, k->now, &ever, &year, k->e);
	if (rc == OK)
		rc = months_of(k->v, d->id, cmin_date(k->now), &months, k->e);
	if (rc)
		return rc;
	const char *text = ever.shifts == 0 ? _("no shifts yet")
		: arena_printf(k->a, ngettext("%s in all (%d shift) · %s in the last 12 months (%d)",
			"%s in all (%d shifts) · %s in the last 12 months (%d)", (unsigned long)ever.shifts),
			words_hours(k->a, ever.minutes), ever.shifts, words_hours(k->a, year.minutes), year.shifts);
	add_fact(d, _("Hours"), text, ever.shifts ? ROLE_DEFAULT : ROLE_DIM, true);
	add_fact(d, _("By month"), months_any(&months) ? months_text(k->a, &months, false) : "", ROLE_DEFAULT, true);
	return OK;
}

static void read_state(struct card *d, const struct reader *k)
{
	const struct choice *c = schema_choice(SET_VOLUNTEER_STATUS, k->p->status);
	d->name = k->p->name;
	d->state = c ? _(c->label) : "";
	bool has_ended = k->p->status == VOLUNTEER_ENDED;
	d->state_role = k->p->status == VOLUNTEER_ACTIVE ? ROLE_OK : has_ended ? ROLE_DIM : ROLE_HINT;
	if (k->p->status == VOLUNTEER_PAUSE && k->p->pause_until != DATE_NONE)
		d->state = arena_printf(k->a, _("%s until %s"), d->state, date_text(k, k->p->pause_until));
	if (introduction_of(k->b, k->p, k->limits, cmin_date(k->now)).is_new && !has_ended)
		d->state = arena_printf(k->a, _("%s · new"), d->state);
	/* both stand in the head, which has no room for more */
	static const uint8_t name[3] = {F_VOLUNTEER_GIVEN, F_VOLUNTEER_FAMILY},
		state[3] = {F_VOLUNTEER_STATUS, F_VOLUNTEER_PAUSE_UNTIL};
	if (any_open(k, name))
		add_fields(d, k, name, (struct card_fact){_("Name"), d->name, ROLE_DEFAULT, true});
	if (any_open(k, state))
		add_fields(d, k, state,
			(struct card_fact){label_of(F_VOLUNTEER_STATUS), d->state, ROLE_DEFAULT, false});
}

static void find_twin(struct card *d, const struct reader *k)
{
	size_t n;
	struct twin *t = book_twins(k->b, k->a, &n);
	d->twin = ID_NONE;
	for (size_t i = 0; i < n; i++) {
		d->is_older = id_equal(t[i].a->id, d->id);
		if (!d->is_older && !id_equal(t[i].b->id, d->id))
			continue;
		const struct person *other = d->is_older ? t[i].b : t[i].a;
		d->twin = other->id;
		d->twin_text = arena_printf(k->a, _("There is another %s (%s). m shows both."), other->name, t[i].why);
		return;
	}
}

/* ---- shifts --------------------------------------------------------------------------------------------- */
static const char *duty_state(const struct duty_row *duty)
{
	const struct choice *c = duty->attendance ? schema_choice(SET_ATTENDANCE, duty->attendance)
		: schema_choice(SET_ASSIGNMENT_STATE, duty->state);
	if (duty->shift_state == SHIFT_CANCELLED)
		return _("called off");
	return c ? _(c->label) : "";
}

static void add_duty(struct card *d, const struct reader *k, enum card_kind kind, const struct duty_row *duty)
{
	bool is_on = duty->state == ASSIGNMENT_ACCEPTED && duty->shift_state != SHIFT_CANCELLED;
	bool is_unrecorded = kind == CARD_PAST && is_on && !duty->attendance;
	d->rows[d->nrows++] = (struct card_row){
		.kind = kind, .id = duty->assignment, .duty = *duty,
		.when = words_span(k->a, duty->start, duty->end, cmin_date(k->now)),
		.what = arena_printf(k->a, "%s · %s", book_name(k->b, duty->unit), book_name(k->b, duty->role)),
		.how = is_unrecorded ? "–" : duty_state(duty),        /* as on the sheet of the day */
		.role = is_on ? ROLE_DEFAULT : duty->state == ASSIGNMENT_RECONFIRM ? ROLE_WARN : ROLE_DIM,
	};
}

/* ---- when one can come ---------------------------------------------------------------------------------- */
static void add_available(struct card *d, const struct reader *k)
{
	size_t n;
	const struct avail *all = frames_avail(&k->b->frames, d->id, &n);
	for (size_t i = 0; i < n; i++) {
		const struct choice *c = schema_choice(SET_AVAILABILITY_KIND, all[i].kind);
		struct rec *r = NULL;
		bool over = all[i].until != DATE_NONE && all[i].until < cmin_date(k->now);
		int rc = view_get(k->v, k->a, TYPE_AVAILABILITY, all[i].id, &r, NULL);
		const char *note = rc == OK && r ? rec_text(r, F_AVAILABILITY_NOTE) : "";
		d->rows[d->nrows++] = (struct card_row){
			.kind = CARD_AVAILABLE, .id = all[i].id, .when = c ? _(c->label) : "",
			.what = arena_printf(k->a, "%s%s%s", available_when(k->a, &all[i]), *note ? " · " : "", note),
			.how = over ? _("over") : "", .role = over ? ROLE_DIM : ROLE_DEFAULT,
		};
	}
}

static int add_shifts(struct card *d, const struct reader *k, struct duty_row **duties, size_t *n)
{
	int rc = view_duties(k->v, k->a, d->id, k->now - PAST_DAYS * DAY_MINUTES, k->now + COMING_DAYS * DAY_MINUTES,
		duties, n, k->e);
	size_t from = 0, past = 0;
	while (rc == OK && from < *n && (*duties)[from].end <= k->now)
		from++;
	d->rows = arena_alloc(k->a, (*n + k->b->frames.navail + AGREEMENTS_MOST + TALKS_MOST + k->b->frames.ncourses + CHANGES_MOST + 1) *
		sizeof *d->rows);
	for (size_t i = from; rc == OK && i < *n; i++)
		add_duty(d, k, CARD_COMING, &(*duties)[i]);
	if (rc == OK)
		add_available(d, k);
	for (size_t i = from; rc == OK && i-- > 0 && past < PAST_MOST; past++)
		add_duty(d, k, CARD_PAST, &(*duties)[i]);
	return rc;
}

/* ---- courses -------------------------------------------------------------------------------------------- */
/* "15/1 2025–14/1 2026", "15/1 2025–"; "" neither day is known. */
static const char *days_text(const struct reader *k, civil_date from, civil_date to)
{
	return from == DATE_NONE && to == DATE_NONE ? "" : arena_printf(k->a, "%s–%s", date_text(k, from), date_text(k, to));
}

static void add_courses(struct card *d, const struct reader *k)
{
	struct course_reader courses = courses_reader(k);
	size_t n;
	struct qualification *all = qualification_of(k->b, k->a, k->p, k->limits, courses.today, &n);
	for (size_t i = 0; i < n; i++) {
		const struct qualification *q = &all[i];
		if (!course_is_told(&courses, k->p, q))
			continue;
		d->rows[d->nrows++] = (struct card_row){
			.kind = CARD_COURSE, .id = q->kind->id, .course = q->kind->id,
			.when = q->held ? days_text(k, q->held->got, q->held->until) : "", .what = q->kind->name,
			.how = qualification_state_name(q->state), .role = course_role(q),
		};
	}
}

/* ---- agreements ----------------------------------------------------------------------------------------- */
static int add_agreement(struct card *d, const struct reader *k, struct id id)
{
	struct agreement x;
	int rc = agreement_get(k->v, k->b, k->a, id, cmin_date(k->now), &x, k->e);
	if (rc)
		return rc;
	const char *sort = agreement_choice(SET_AGREEMENT_SORT, rec_int(x.rec, F_AGREEMENT_SORT));
	d->rows[d->nrows++] = (struct card_row){
		.kind = CARD_AGREEMENT, .id = id, .agreement = id, 
		.when = days_text(k, agreement_date(&x, F_AGREEMENT_FROM), agreement_date(&x, F_AGREEMENT_TO)),
		.what = arena_printf(k->a, "%s%s%s", sort, *x.place ? " · " : "", x.place),
		.how = agreement_choice(SET_AGREEMENT_STATE, rec_int(x.rec, F_AGREEMENT_STATE)), .role = agreement_role(&x),
	};
	return OK;
}

/* Newest first: ids grow. */
static int add_agreements(struct card *d, const struct reader *k)
{
	struct id *ids;
	size_t n;
	int rc = view_refs(k->v, k->a, d->id, TYPE_AGREEMENT, F_AGREEMENT_VOLUNTEER, &ids, &n, k->e);
	for (size_t taken = 0; rc == OK && n > 0 && taken < AGREEMENTS_MOST; taken++)
		rc = add_agreement(d, k, ids[--n]);
	return rc;
}

/* ---- talks ------------------------------------------------------------------------------------------------ */
/* Those to be held first. */
static int add_talks(struct card *d, const struct reader *k)
{
	struct talk *all;
	size_t n;
	int rc = talk_of(k->v, k->b, k->a, d->id, &all, &n, k->e);
	for (size_t i = 0; rc == OK && i < n && i < TALKS_MOST; i++) {
		const struct talk *t = &all[i];
		bool held = t->held != DATE_NONE;
		d->rows[d->nrows++] = (struct card_row){
			.kind = CARD_TALK, .id = t->id, .talk = t->id, .waits = !held,
			.when = words_day(k->a, held ? t->held : t->due, cmin_date(k->now)), .what = talk_kind_name(t->kind), .how = held ? t->by : _("to be held"), .role = held ? ROLE_DEFAULT : ROLE_HINT,
		};
	}
	return rc;
}

/* ---- changes -------------------------------------------------------------------------------------------- */
/* A group for one of its records: the volunteer, a place on a shift, or a role given or taken. */
struct touch { const struct group *g; const char *role; };
struct touches { struct touch *at; size_t n, cap; };

static void add_touch(struct touches *all, const struct reader *k, const struct group *g, const char *role)
{
	all->at = arena_grow(k->a, all->at, &all->cap, all->n + 1, sizeof *all->at);
	all->at[all->n++] = (struct touch){g, role};
}

static int gather(struct touches *all, const struct reader *k, struct id about, const char *role)
{
	struct group *g;
	size_t n;
	int rc = log_of_record(k->v, k->a, about, &g, &n, k->e);
	for (size_t i = 0; rc == OK && i < n; i++)
		add_touch(all, k, &g[i], role);
	return rc;
}

/* Most places are as they were made, often by a change that filled a whole month and would be long to read. Then its
 * head says all there is to say. */
static int gather_place(struct touches *all, const struct reader *k, struct id assignment)
{
	struct rec *r;
	struct group *g;
	int rc = view_get(k->v, k->a, TYPE_ASSIGNMENT, assignment, &r, k->e);
	for (size_t i = 0; rc == OK && r && i < r->n; i++)
		if (!dot_equal(r->f[i].at.dot, r->at.dot))
			return gather(all, k, assignment, NULL);
	if (rc != OK || !r)
		return rc;
	rc = log_get_head(k->v, k->a, r->at.dot, &g, k->e);
	if (rc == OK)
		add_touch(all, k, g, NULL);
	return rc;
}

static int newest_first(const void *x, const void *y)
{
	const struct group *p = ((const struct touch *)x)->g, *q = ((const struct touch *)y)->g;
	if (p->clock != q->clock)
		return p->clock < q->clock ? 1 : -1;
	if (p->dot.inc != q->dot.inc)
		return p->dot.inc < q->dot.inc ? 1 : -1;
	return (p->dot.no < q->dot.no) - (p->dot.no > q->dot.no);
}

static const char *touch_text(struct changes *c, const struct touch *t, struct id volunteer)
{
	if (!t->role)
		return changes_line(c, t->g, volunteer);
	for (size_t i = 0; i < t->g->nwrites; i++) {
		const struct write *w = &t->g->writes[i];
		if (w->field == FIELD_ALIVE)
			return arena_printf(c->a, w->v.i ? _("role given: %s") : _("role taken: %s"), t->role);
	}
	return "";
}

/* The touches of one group as one row. Its own name says it best when it did one thing only. */
static void add_change(struct card *d, const struct reader *k, struct changes *c, const struct touch *t, size_t n)
{
	const struct group *g = t->g;
	const char *line = "";
	for (size_t i = 0; i < n && g->act == ACT_EDIT; i++) {
		const char *text = touch_text(c, &t[i], d->id);
		line = arena_printf(k->a, "%s%s%s", line, *line && *text ? " · " : "", text);
	}
	d->rows[d->nrows++] = (struct card_row){
		.kind = CARD_CHANGE, .id = changes_row_id(g->dot), .dot = g->dot,
		.when = words_moment(k->a, civil_from_utc(g->clock), cmin_date(k->now)),
		.what = *line ? line : log_label(k->v, k->a, g), .how = g->person, .role = ROLE_DEFAULT,
	};
}

/* All that touched the volunteer, the roles given and taken, and the places on the shifts about now. */
static int add_changes(struct card *d, const struct reader *k, const struct duty_row *duties, size_t n)
{
	struct touches all = {0};
	struct changes c = {.v = k->v, .a = k->a};
	size_t now = 0, taken = 0;
	int rc = gather(&all, k, d->id, NULL);
	for (size_t i = 0; rc == OK && i < k->b->ntasks; i++)
		rc = gather(&all, k, id_link(LINK_VOLUNTEER_ROLE, d->id, k->b->tasks[i].id), k->b->tasks[i].name);
	while (now < n && duties[now].end <= k->now)
		now++;
	for (size_t i = now > NEAR_PAST ? now - NEAR_PAST : 0; rc == OK && i < n && i < now + NEAR_COMING; i++)
		rc = gather_place(&all, k, duties[i].assignment);
	if (rc || all.n == 0)
		return rc;
	qsort(all.at, all.n, sizeof *all.at, newest_first);
	for (size_t i = 0, next; i < all.n && taken < CHANGES_MOST; i = next, taken++) {
		for (next = i + 1; next < all.n && dot_equal(all.at[next].g->dot, all.at[i].g->dot); next++)
			;
		add_change(d, k, &c, &all.at[i], next - i);
	}
	return OK;
}

int card_read(struct card *d, struct screen *s, struct view *v, struct err *e)
{
	struct reader k = {.v = v, .a = s->model, .now = app_now(s->app), .e = e};
	struct duty_row *duties = NULL;
	struct rec *r;
	size_t n = 0;
	k.b = app_book(s->app, v, e);
	int rc = k.b ? view_get(v, k.a, TYPE_VOLUNTEER, d->id, &r, e) : e->code;
	if (rc)
		return rc;
	rc = rules_limits(v, k.limits, e);
	if (rc)
		return rc;
	k.r = r;
	k.p = book_person(k.b, d->id);
	d->nfacts = d->nrows = 0;
	d->is_open = r && register_any_open(r);
	if (!r || !k.p)
		return err_set(e, ERR_NOTFOUND,
			_("This volunteer is deleted. u takes the deletion back, if it was the last thing done."));
	d->facts = arena_alloc(k.a, 20 * sizeof *d->facts);
	read_state(d, &k);
	find_twin(d, &k);
	add_contact(d, &k);
	add_dates(d, &k);
	add_declarations(d, &k);
	add_roles_and_wishes(d, &k);
	rc = add_hours(d, &k);
	add_fields(d, &k, (const uint8_t[3]){F_VOLUNTEER_NOTE},
		(struct card_fact){label_of(F_VOLUNTEER_NOTE), rec_text(r, F_VOLUNTEER_NOTE), ROLE_DEFAULT, true});
	if (rc == OK)
		rc = add_shifts(d, &k, &duties, &n);
	if (rc == OK)
		add_courses(d, &k);
	if (rc == OK)
		rc = add_agreements(d, &k);
	if (rc == OK)
		rc = add_talks(d, &k);
	return rc ? rc : add_changes(d, &k, duties, n);
}
