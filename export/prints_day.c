/* export/prints_day.c - the papers that hang where volunteers and wards see them (prints.def): the roster for the wall,
 * who comes to a ward, who is in the house, open places; and the phone list of those on the shifts. Owns what stands on
 * them, which is as little as serves. Must not decide who is where: roster/ answers. */
#include "export/prints_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/papers_priv.h"
#include "roster/duty.h"

/* ---- the wall --------------------------------------------------------------------------------------------------- */

/* "December 2025" of a whole month; else NULL. */
static const char *month_text(struct arena *a, civil_date from, civil_date to)
{
	struct ymd day = civil_to_ymd(from);
	return day.d == 1 && to == civil_add_months(from, 1) ? arena_printf(a, "%s %d", civil_month_name(day.m), day.y) : NULL;
}

/* Days of less than a week are a list; more is what a calendar on the wall is: whole weeks. */
int print_wall(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct roster_paper of = {.from = how->from, .to = how->to, .unit = print_unit(how), .layout = ROSTER_LIST, .wall = true};
	if (how->to - how->from >= 7) {
		of.layout = ROSTER_GRID;
		of.from = civil_monday(how->from);
		of.to = civil_monday(how->to - 1) + 7;
	}
	const char *month = month_text(a, how->from, how->to);
	int rc = paper_roster(v, b, a, &of, out, e);
	if (rc == OK && month)
		(*out)->title = arena_printf(a, "%s · %s", (*out)->title, month);
	return rc;
}

/* ---- what the papers of shifts share ----------------------------------------------------------------------------- */

static struct sheet *begin(struct view *v, struct arena *a, const char *title, civil_date from, civil_date to)
{
	struct sheet *s = sheet_new(a, title);
	s->period = paper_period(a, from, to);
	s->from = from;
	s->to = to - 1;
	s->made = paper_made(v, a);
	s->shred = paper_shred(v, to - 1);
	return s;
}

static int published(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct roster *out, struct err *e)
{
	int rc = roster_load(v, b, a, print_unit(how), how->from, how->to, out, e);
	if (rc == OK)
		roster_leave_drafts(out);
	return rc;
}

static const char *span_text(struct arena *a, const struct shift *x)
{
	char span[32];
	return arena_strdup(a, civil_format_span(span, sizeof span, x->row.start, x->row.end));
}

/* By day, place and time: each place finds its own together. */
static int compare_places(const void *vx, const void *vy)
{
	const struct shift *x = *(const struct shift *const *)vx, *y = *(const struct shift *const *)vy;
	civil_date dx = cmin_date(x->row.start), dy = cmin_date(y->row.start);
	int c = dx == dy ? text_compare(x->unit, y->unit) : dx < dy ? -1 : 1;
	c = c ? c : (x->row.start > y->row.start) - (x->row.start < y->row.start);
	c = c ? c : text_compare(x->role, y->role);
	return c ? c : id_compare(x->row.shift, y->row.shift);
}

static const struct shift **by_place(struct arena *a, struct shift *const *shifts, size_t n)
{
	const struct shift **out = arena_alloc(a, (n + 1) * sizeof *out);
	for (size_t i = 0; i < n; i++)
		out[i] = shifts[i];
	qsort(out, n, sizeof *out, compare_places);
	return out;
}

static struct shift **pointers(struct arena *a, struct roster *r)
{
	struct shift **out = arena_alloc(a, (r->n + 1) * sizeof *out);
	for (size_t i = 0; i < r->n; i++)
		out[i] = &r->shifts[i];
	return out;
}

/* ---- volunteers today ------------------------------------------------------------------------------------------- */

enum { WARD_TIME, WARD_NAME, WARD_ROLE };

static struct sheet_cell *add_ward_row(struct sheet *s, const struct shift *x, const char *name, enum cell_mark mark)
{
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	c[WARD_TIME].text = span_text(s->arena, x);
	c[WARD_NAME] = (struct sheet_cell){.text = name, .mark = mark};
	c[WARD_ROLE].text = x->role;
	return c;
}

/* A ward that waits for somebody should also know that nobody comes. */
static size_t add_ward_shift(struct sheet *s, const struct shift *x)
{
	size_t people = 0;
	if (x->row.state == SHIFT_CANCELLED) {
		add_ward_row(s, x, _("called off"), CELL_CANCELLED);
		return 0;
	}
	for (size_t i = 0; i < x->nseats; i++) {
		if (x->seats[i].state != ASSIGNMENT_ACCEPTED)
			continue;
		add_ward_row(s, x, x->seats[i].name, CELL_PLAIN);
		people += x->seats[i].places;
	}
	if (x->open > 0)
		add_ward_row(s, x, arena_printf(s->arena, ngettext("%d open place", "%d open places", (unsigned long)x->open), x->open), CELL_GAP);
	return people;
}

static const char *ward_heading(struct arena *a, const struct shift *x, bool days)
{
	char day[40];
	return days ? arena_printf(a, "%s · %s", civil_format_date(day, sizeof day, cmin_date(x->row.start), CIVIL_DAY), x->unit) : x->unit;
}

int print_ward(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct roster r;
	const char *last = "";
	size_t people = 0;
	int rc = published(v, b, a, how, &r, e);
	if (rc)
		return rc;
	struct sheet *s = *out = begin(v, a, how->from == store_today(view_store(v)) && how->to == how->from + 1 ? _("Volunteers today") : _("Volunteers"), how->from, how->to);
	s->unit = how->unit;
	s->group_id = "unit";
	s->group_title = _("Place");
	sheet_column(s, "time", _("Time"), ALIGN_LEFT, 11, 11);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 14, 36);
	sheet_column(s, "role", _("Role"), ALIGN_LEFT, 10, 26);
	const struct shift **shifts = by_place(a, pointers(a, &r), r.n);
	for (size_t i = 0; i < r.n; i++) {
		const char *heading = ward_heading(a, shifts[i], how->to - how->from > 1);
		if (strcmp(heading, last) != 0)
			sheet_row(s, ROW_GROUP)->cells[0].text = last = heading;
		people += add_ward_shift(s, shifts[i]);
	}
	sheet_note(s, people ? arena_printf(a, ngettext("%zu volunteer comes.", "%zu volunteers come.", people), people)
		: _("No volunteers come."));
	return OK;
}

/* ---- who is in the house ----------------------------------------------------------------------------- */

/* One name too many costs a question, one too few a life: also whoever said yes to another time, or is on a draft. */
static bool is_there(const struct shift *x, const struct seat *seat)
{
	if (seat->attendance != 0)
		return seat->attendance == ATTENDANCE_PRESENT;
	return x->row.state != SHIFT_CANCELLED && duty_state_holds(seat->state);
}

static size_t add_inside(struct sheet *s, const struct shift *x, const char **last)
{
	size_t people = 0;
	for (size_t i = 0; i < x->nseats; i++) {
		if (!is_there(x, &x->seats[i]))
			continue;
		if (strcmp(*last, x->unit) != 0)
			sheet_row(s, ROW_GROUP)->cells[0].text = *last = x->unit;
		struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
		c[0].text = "[ ]";
		c[1].text = x->seats[i].name;
		people += x->seats[i].places;
	}
	return people;
}

static bool is_within(const struct book *b, const struct print_order *how, const struct shift *x)
{
	return id_is_none(how->unit) || book_unit_within(b, x->row.unit, how->unit);
}

int print_evacuation(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	char clock[16];
	struct today t;
	const char *last = "";
	size_t people = 0;
	civil_min now = store_now_civil(view_store(v));
	int rc = roster_today(v, b, a, now, &t, e);
	if (rc)
		return rc;
	struct sheet *s = *out = begin(v, a, _("Volunteers in the house now"), cmin_date(now), cmin_date(now) + 1);
	s->period = arena_printf(a, "%s %s", s->period, civil_format_time(clock, sizeof clock, cmin_minute(now)));
	s->unit = how->unit;
	s->group_id = "unit";
	s->group_title = _("Place");
	/* translators: the heading over boxes to tick when somebody has come out of the house; short */
	sheet_column(s, "out", _("Out"), ALIGN_LEFT, 4, 4);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 14, 50);
	const struct shift **shifts = by_place(a, t.here, t.nhere);
	for (size_t i = 0; i < t.nhere; i++)
		people += is_within(b, how, shifts[i]) ? add_inside(s, shifts[i], &last) : 0;
	sheet_note(s, arena_printf(a, ngettext("%zu person by the roster and what is recorded. Whoever came without being on it isn't here.",
		"%zu people by the roster and what is recorded. Whoever came without being on it isn't here.", people), people));
	return OK;
}

/* ---- open places ------------------------------------------------------------------------------------- */

enum { POSTER_MOST = 12 };

static void add_poster_row(struct sheet *s, const struct shift *x)
{
	char day[40];
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	civil_format_date(day, sizeof day, cmin_date(x->row.start), CIVIL_DAY);
	c[0] = sheet_datetime(arena_printf(s->arena, "%s %s", day, span_text(s->arena, x)), x->row.start);
	c[1].text = x->role;
	c[2].text = x->unit;
	c[3] = sheet_int(s->arena, x->open);
	c[3].text = arena_printf(s->arena, ngettext("%d open place", "%d open places", (unsigned long)x->open), x->open);
}

/* That somebody is dying at a ward isn't for everybody to read. */
static int is_of_vigil(struct view *v, struct arena *a, struct id shift, bool *out, struct err *e)
{
	struct rec *r = NULL;
	int rc = view_get(v, a, TYPE_SHIFT, shift, &r, e);
	*out = rc == OK && r && !id_is_none(rec_id(r, F_SHIFT_VIGIL));
	return rc;
}

static int add_poster_rows(struct view *v, struct sheet *s, const struct roster *r, size_t *more, struct err *e)
{
	civil_min now = store_now_civil(view_store(v));
	int rc = OK;
	for (size_t i = 0; rc == OK && i < r->n; i++) {
		const struct shift *x = &r->shifts[i];
		bool vigil = false;
		if (x->open <= 0 || x->row.start <= now)
			continue;
		rc = is_of_vigil(v, s->arena, x->row.shift, &vigil, e);
		if (rc == OK && !vigil && s->nrows < POSTER_MOST)
			add_poster_row(s, x);
		else
			*more += !vigil;
	}
	return rc;
}

/* Whom to ring: the site, never a person. */
static int add_whom(struct view *v, struct sheet *s, struct err *e)
{
	struct rec *site;
	struct id id = store_site(view_store(v));
	int rc = view_get(v, s->arena, TYPE_SITE, id, &site, e);
	const char *phone = rc == OK && site ? rec_text(site, F_SITE_PHONE) : "";
	if (*phone)
		sheet_note(s, arena_printf(s->arena, _("Can you? Ring %s."),
			kind_phone(s->arena, phone)));
	else
		sheet_note(s, _("Can you? Come by, or say it to whoever plans."));
	return rc;
}

int print_poster(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct roster r;
	size_t more = 0;
	int rc = published(v, b, a, how, &r, e);
	if (rc)
		return rc;
	struct sheet *s = *out = begin(v, a, _("Can you lend a hand?"), how->from, how->to);
	s->unit = how->unit;
	s->shred = DATE_NONE;
	s->face = FACE_POSTER;
	sheet_column(s, "start", _("When"), ALIGN_LEFT, 16, 22);
	sheet_column(s, "role", _("What"), ALIGN_LEFT, 10, 24);
	sheet_column(s, "unit", _("Where"), ALIGN_LEFT, 10, 28);
	sheet_column(s, "open", _("Places"), ALIGN_RIGHT, 5, 8);
	rc = add_poster_rows(v, s, &r, &more, e);
	if (rc)
		return rc;
	if (more)
		sheet_note(s, arena_printf(a, ngettext("And %zu more.", "And %zu more.", more), more));
	if (!s->nrows)
		sheet_note(s, _("Just now all places are taken. Thank you."));
	return s->nrows ? add_whom(v, s, e) : OK;
}

/* ---- the phone list ---------------------------------------------------------------------------------- */

struct listing {
	const struct book *b;
	bool *on;                 /* by the book's people */
	size_t nameless;          /* places that an organisation holds */
};

static void list_shift(struct listing *l, const struct shift *x)
{
	if (x->row.state == SHIFT_CANCELLED)
		return;
	for (size_t i = 0; i < x->nseats; i++) {
		const struct seat *seat = &x->seats[i];
		if (!duty_state_holds(seat->state))
			continue;
		if (seat->person)
			l->on[seat->person - l->b->people] = true;
		else
			l->nameless += seat->places;
	}
}

static int list_shifts(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct listing *l, struct err *e)
{
	struct roster r;
	struct shift one;
	int rc = OK;
	if (!how->nabout) {
		rc = roster_load(v, b, a, print_unit(how), how->from, how->to, &r, e);
		for (size_t i = 0; rc == OK && i < r.n; i++)
			list_shift(l, &r.shifts[i]);
	}
	for (size_t i = 0; rc == OK && i < how->nabout; i++) {
		rc = roster_shift(v, b, a, how->about[i], &one, e);
		if (rc == OK)
			list_shift(l, &one);
	}
	return rc;
}

static void add_number(struct sheet *s, const struct person *p)
{
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	c[0] = sheet_int(s->arena, (int64_t)s->nrows);
	c[1].text = p->name;
	c[2].text = kind_phone(s->arena, p->phone);
}

int print_phones(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct listing l = {.b = b, .on = arena_alloc(a, b->npeople + 1)};
	int rc = list_shifts(v, b, a, how, &l, e);
	if (rc)
		return rc;
	const char *title = _("Phone list");
	struct sheet *s = *out = begin(v, a, id_is_none(how->unit) ? title : arena_printf(a, "%s · %s", title, book_name(b, how->unit)), how->from, how->to);
	s->unit = how->unit;
	if (how->nabout)
		s->period = "";
	sheet_column(s, "number", _("No."), ALIGN_RIGHT, 3, 4);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 14, 40);
	sheet_column(s, "phone", _("Phone"), ALIGN_LEFT, 11, 18);
	for (size_t i = 0; i < b->npeople; i++)
		if (l.on[i])
			add_number(s, &b->people[i]);
	if (s->nrows > 1)
		sheet_note(s, _("As a phone chain: each rings the next on the list, and the last rings the first, so that one knows that it has gone round."));
	if (l.nameless)
		sheet_note(s, arena_printf(a, ngettext("%zu place that an organisation holds isn't on it.",
			"%zu places that organisations hold aren't on it.", l.nameless), l.nameless));
	return OK;
}
