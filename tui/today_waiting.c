/* tui/today_waiting.c - see today_priv.h: what waits to be done by somebody some day: pauses, courses and checks,
 * agreements, roles, people's data. Owns how many rows of each kind stand on the home screen and where Enter leads.
 * What waits is roster's. */
#include "tui/today_priv.h"

#include <stdlib.h>

#include "base/lang.h"
#include "roster/agreements.h"
#include "roster/attendance.h"
#include "roster/gates.h"
#include "roster/qualifications.h"
#include "roster/retention.h"
#include "tui/agreements_priv.h"
#include "tui/roles_priv.h"

enum { MOST = 3, AHEAD_DAYS = 14 };

/* ---- a few of many ------------------------------------------------------------------------------------------- */

/* A kind of row. Only the first few are added, then one that says how many more there are. */
struct few {
	struct today_making *m;
	enum today_section section;
	size_t n, of;                      /* added, and of how many */
	void (*more)(struct app *app, const struct today_row *row);
	int mode;                          /* for `more` */
	bool uncounted;                    /* there may be more than `of` */
};

/* One more than the most stands itself, instead of a line that says so. */
static bool has_room(const struct few *f)
{
	return f->n < MOST || f->of <= MOST + 1;
}

static void put(struct few *f, struct id id, struct today_row row)
{
	row.section = f->section;
	row.id = list_id_in(id, 0x100 + (int)f->section * 16 + f->mode);
	if (has_room(f))
		today_add(f->m, row);
	f->n++;
}

static void end(struct few *f)
{
	struct arena *a = f->m->a;
	size_t more = f->of > MOST + 1 ? f->of - MOST : 0;
	if (more)
		today_add(f->m, (struct today_row){
			.section = f->section, .id = list_id_in(id_setting("more"), 0x100 + (int)f->section * 16 + f->mode),
			.when = "", .what = f->uncounted ? _("… and more")
				: arena_printf(a, ngettext("… and %zu more", "… and %zu more", more), more),
			.who = _("Enter shows them all"), .open = f->more, .mode = f->mode,
		});
}

static const char *day(const struct today_making *m, civil_date d)
{
	return d == DATE_NONE ? "" : day_text(m->a, d, d < cmin_date(m->now) - 300 ? CIVIL_SHORT : CIVIL_DAY);
}

/* ---- attendance ------------------------------------------------------------------------------------------------ */
static void open_attendance(struct app *app, const struct today_row *row)
{
	app_push(app, screen_attend(app, row->mode, ID_NONE, ID_NONE));
}

/* One row: what isn't recorded is typed in day by day, not name by name. */
static int add_attendance(struct today_making *m, struct err *e)
{
	struct attend_missing x;
	struct few f = {.m = m, .section = TODAY_ATTEND, .of = 1};
	int rc = attend_missing(m->v, cmin_date(m->now) - AHEAD_DAYS, m->now, &x, e);
	if (rc == OK && x.places)
		put(&f, id_setting("attendance"), (struct today_row){.open = open_attendance, .mode = x.first, .when = day(m, x.first),
			.what = arena_printf(m->a, ngettext("%zu shift that is over", "%zu shifts that are over", x.shifts), x.shifts),
			.who = arena_printf(m->a, ngettext("%zu person not recorded", "%zu people not recorded", x.places), x.places)});
	return rc;
}

/* ---- pauses ---------------------------------------------------------------------------------------------------- */
static void open_pause(struct app *app, const struct today_row *row)
{
	app_push(app, screen_calls(app, row->about));
}

static void open_pauses(struct app *app, const struct today_row *row)
{
	(void)row;
	app_push(app, screen_pauses(app));
}

static bool is_near(const struct standstill *p, civil_date today)
{
	return !pause_is_over(p, today) && p->from <= today + AHEAD_DAYS;
}

static void add_pauses(struct today_making *m)
{
	const struct frames *x = &m->b->frames;
	civil_date today = cmin_date(m->now);
	struct few f = {.m = m, .section = TODAY_PAUSES, .more = open_pauses};
	for (size_t i = 0; i < x->npauses; i++)
		f.of += is_near(&x->pauses[i], today);
	for (size_t i = 0; i < x->npauses; i++) {
		const struct standstill *p = &x->pauses[i];
		if (is_near(p, today))
			put(&f, p->id, (struct today_row){.about = p->id, .type = TYPE_PAUSE, .open = open_pause,
				.when = day(m, p->from), .what = pause_title(m->b, p->of),
				.who = p->until == DATE_NONE ? _("end not known")
					: arena_printf(m->a, _("begins again %s"), day(m, p->until))});
	}
	end(&f);
}

/* ---- courses and checks ------------------------------------------------------------------------------------------ */
static void open_courses(struct app *app, const struct today_row *row)
{
	(void)row;
	app_push(app, screen_courses(app));
}

/* Somebody who hasn't answered, and whose days to do so are soon over. */
static bool waits_for_consent(const struct person *p, civil_date today)
{
	return p->child_check == CHILD_ORDERED && p->check_consent != DATE_NONE && p->check_consent <= today + AHEAD_DAYS &&
		p->status != VOLUNTEER_ENDED;
}

static void put_person(struct few *f, const struct person *p, civil_date on, const char *who)
{
	put(f, p->id, (struct today_row){.about = p->id, .type = TYPE_VOLUNTEER, .when = day(f->m, on), .what = p->name,
		.who = who});
}

static void add_consents(struct today_making *m)
{
	civil_date today = cmin_date(m->now);
	struct few f = {.m = m, .section = TODAY_COURSES, .more = open_courses, .mode = 1};
	for (size_t i = 0; i < m->b->npeople; i++)
		f.of += waits_for_consent(&m->b->people[i], today);
	for (size_t i = 0; i < m->b->npeople && f.of; i++) {
		const struct person *p = &m->b->people[i];
		if (waits_for_consent(p, today))
			put_person(&f, p, p->check_consent, p->check_consent < today ? _("consent is overdue")
				: _("consent to the check"));
	}
	end(&f);
}

static void add_courses(struct today_making *m, const int *limits)
{
	civil_date today = cmin_date(m->now);
	struct few f = {.m = m, .section = TODAY_COURSES, .more = open_courses};
	struct expiry *all = qualification_expiring(m->b, m->a, today, limits[LIMIT_EXPIRY_DAYS], &f.of);
	for (size_t i = 0; i < f.of; i++)
		put_person(&f, all[i].person, all[i].until, arena_printf(m->a,
			all[i].until < today ? _("has run out: %s") : _("runs out: %s"), all[i].what));
	end(&f);
}

/* ---- agreements -------------------------------------------------------------------------------------- */
static void open_agreement(struct app *app, const struct today_row *row)
{
	app_push(app, screen_agreement(app, row->about));
}

static void open_agreements(struct app *app, const struct today_row *row)
{
	app_push(app, screen_agreements_of(app, (enum agreement_list)row->mode));
}

static const char *agreement_waits(enum agreement_list which, const struct agreement_todo *x, civil_date today)
{
	switch (which) {
	case AGREEMENTS_DUE: return x->day < today ? _("should have been evaluated") : _("to be evaluated");
	case AGREEMENTS_EXPIRING: return x->day < today ? _("has run out") : _("runs out");
	case AGREEMENTS_MISSING: return _("has no agreement");
	case AGREEMENTS_RESIGN: return _("to be signed again");
	case AGREEMENTS_ALL: break;
	}
	return "";
}

static int add_agreements(struct today_making *m, const struct roster *coming, struct err *e)
{
	struct agreement_todos todos;
	civil_date today = cmin_date(m->now);
	int rc = agreement_todos(m->v, m->b, m->a, coming, today, &todos, e);
	for (int which = AGREEMENTS_DUE; rc == OK && which <= AGREEMENTS_RESIGN; which++) {
		struct few f = {.m = m, .section = TODAY_AGREEMENTS, .of = todos.n[which], .more = open_agreements, .mode = which};
		for (size_t i = 0; i < f.of; i++) {
			const struct agreement_todo *x = &todos.of[which][i];
			bool none = id_is_none(x->agreement), person = book_person(m->b, x->party) != NULL;
			put(&f, none ? x->party : x->agreement, (struct today_row){
				.about = none ? x->party : x->agreement, .open = none ? NULL : open_agreement,
				.type = person ? TYPE_VOLUNTEER : TYPE_ORGANISATION, .when = day(m, x->day), .what = x->with,
				.who = agreement_waits((enum agreement_list)which, x, today)});
		}
		end(&f);
	}
	return rc;
}

/* ---- roles ------------------------------------------------------------------------------------------- */
static void open_role(struct app *app, const struct today_row *row)
{
	app_push(app, screen_role(app, row->about));
}

static void open_roles(struct app *app, const struct today_row *row)
{
	(void)row;
	app_push(app, screen_records(app, TYPE_ROLE));
}

static const char *lacks(struct today_making *m, unsigned closed)
{
	size_t n;
	const struct role_gate *all = gates_table(&n);
	const char *text = "";
	for (size_t i = 0; i < n; i++)
		if (closed >> i & 1)
			text = arena_printf(m->a, "%s%s%s", text, *text ? ", " : "", _(all[i].lacks));
	return arena_printf(m->a, _("lacks %s"), text);
}

/* One that has begun to open. What roles from before lack is said on their cards. */
static unsigned waits_for(const struct today_making *m, const struct task *t)
{
	return gates_begun(m->b, t) ? gates_closed(m->b, t, cmin_date(m->now)) : 0;
}

static void add_roles(struct today_making *m)
{
	const struct book *b = m->b;
	struct few f = {.m = m, .section = TODAY_ROLES, .more = open_roles};
	unsigned *closed = arena_alloc(m->a, (b->ntasks + 1) * sizeof *closed);
	for (size_t i = 0; i < b->ntasks; i++) {
		closed[i] = waits_for(m, &b->tasks[i]);
		f.of += closed[i] != 0;
	}
	for (size_t i = 0; i < b->ntasks; i++) {
		const struct task *t = &b->tasks[i];
		if (closed[i])
			put(&f, t->id, (struct today_row){.about = t->id, .type = TYPE_ROLE, .open = open_role, .when = "",
				.what = t->name, .who = lacks(m, closed[i])});
	}
	end(&f);
}

/* ---- people's data ----------------------------------------------------------------------------------- */
static void open_data(struct app *app, const struct today_row *row)
{
	(void)row;
	app_push(app, screen_people_data(app));
}

static int add_data(struct today_making *m, struct err *e)
{
	struct retained *all = NULL;
	struct few f = {.m = m, .section = TODAY_DATA, .more = open_data, .uncounted = true};
	int rc = retention_some(m->v, m->b, m->a, cmin_date(m->now), MOST + 2, &all, &f.of, e);
	for (size_t i = 0; rc == OK && i < f.of; i++)
		put(&f, list_id_in(all[i].id, (int)all[i].what), (struct today_row){
			.about = all[i].id, .type = all[i].type,
			.open = all[i].type == TYPE_VOLUNTEER ? NULL : open_data, .when = day(m, all[i].due), .what = all[i].title,
			.who = all[i].what == RETAIN_LIST ? arena_printf(m->a, _("shred it: %s"), all[i].reason) : all[i].reason});
	if (rc == OK)
		end(&f);
	return rc;
}

/* ---- all --------------------------------------------------------------------------------------------- */
bool today_is_waiting(const struct due_row *due)
{
	switch (due->type) {
	case TYPE_QUALIFICATION: case TYPE_AGREEMENT: case TYPE_PAUSE: case TYPE_PRINTED_LIST: return true;
	default: return due->field == F_VOLUNTEER_CHECK_CONSENT || due->field == F_VOLUNTEER_CHECK_RENEW;
	}
}

int today_add_waiting(struct today_making *m, const struct roster *coming, struct err *e)
{
	int limits[LIMIT_COUNT], rc = rules_limits(m->v, limits, e);
	if (rc)
		return rc;
	rc = add_attendance(m, e);
	if (rc)
		return rc;
	add_pauses(m);
	add_consents(m);
	add_courses(m, limits);
	rc = add_agreements(m, coming, e);
	if (rc == OK) {
		add_roles(m);
		rc = add_data(m, e);
	}
	return rc;
}
