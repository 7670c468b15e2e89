/* export/papers_hours.c - see papers.h: hours by person, and by organisation and month. Owns which counts are too small
 * to leave the unit. Must not add anything up that roster/hours.h does. */
#include "export/papers_priv.h"

#include "base/lang.h"
#include "export/json_buf.h"

enum { SUMS = 3 };

static const char *hours_text(struct arena *a, int64_t minutes)
{
	return arena_printf(a, "%lld:%02d", (long long)(minutes / 60), (int)(minutes % 60));
}

static const char *day_text(struct arena *a, civil_date day)
{
	return sheet_date(a, day, CIVIL_SHORT).text;
}

static struct sheet *begin_sheet(struct view *v, struct book *b, struct arena *a, const char *title, const struct hours_of *of)
{
	struct sheet *s = sheet_new(a, title);
	s->period = arena_printf(a, "%s–%s", day_text(a, of->from), day_text(a, of->to - 1));
	if (of->unit)
		s->period = arena_printf(a, "%s · %s", s->period, book_name(b, *of->unit));
	if (of->organisation)
		s->period = arena_printf(a, "%s · %s", s->period, book_name(b, *of->organisation));
	s->made = paper_made(v, a);
	s->from = of->from;
	s->to = of->to - 1;
	s->unit = of->unit ? *of->unit : ID_NONE;
	return s;
}

static void add_sum_columns(struct sheet *s)
{
	sheet_column(s, "planned", _("Planned"), ALIGN_RIGHT, 7, 9);
	sheet_column(s, "told", _("Told"), ALIGN_RIGHT, 7, 9);
	sheet_column(s, "approved", _("Approved"), ALIGN_RIGHT, 8, 9);
}

static void put_sums(struct arena *a, struct sheet_cell *c, const struct hours_sum *h)
{
	const int64_t sums[SUMS] = {h->planned, h->told, h->approved};
	for (int i = 0; i < SUMS; i++)
		c[i].text = hours_text(a, sums[i]);
}

static void add_up(struct hours_sum *all, const struct hours_sum *h)
{
	all->planned += h->planned;
	all->told += h->told;
	all->approved += h->approved;
	all->shifts += h->shifts;
	all->unrecorded += h->unrecorded;
}

/* What the words mean, on the paper itself. */
static void add_notes(struct sheet *s, const struct hours_sum *all)
{
	sheet_note(s, _("Planned: of places that somebody had. Told: of those who were there, what they told, or else the planned hours. "
		"Approved: of these, what somebody has vouched for."));
	if (all->unrecorded)
		sheet_note(s, arena_printf(s->arena, ngettext("Of %zu place on a shift that is over nobody has recorded whether somebody was there: "
			"its hours are planned only.", "Of %zu places on shifts that are over nobody has recorded whether somebody was there: "
			"their hours are planned only.", all->unrecorded), all->unrecorded));
}

/* ---- by person --------------------------------------------------------------------------------------------------- */

enum { PERSON_NAME, PERSON_VIA, PERSON_SHIFTS, PERSON_SUMS, PERSON_YEAR = PERSON_SUMS + SUMS, PERSON_EVER };

static void add_person(struct sheet *s, struct book *b, const struct hours_person *p)
{
	struct arena *a = s->arena;
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	const struct org *o = book_org(b, p->person->organisation);
	c[PERSON_NAME].text = p->person->name;
	c[PERSON_VIA].text = o ? o->name : "";
	c[PERSON_SHIFTS] = sheet_int(a, (int64_t)p->of.shifts);
	put_sums(a, &c[PERSON_SUMS], &p->of);
	c[PERSON_YEAR].text = hours_text(a, p->year.minutes);
	c[PERSON_EVER].text = hours_text(a, p->ever.minutes);
}

/* In the order of names: nobody is to be read as first or last. */
struct sheet *paper_hours_people(struct view *v, struct book *b, struct arena *a, const struct hours_of *of,
	const struct hours_person *all, size_t n)
{
	struct sheet *s = begin_sheet(v, b, a, _("Hours by person"), of);
	struct hours_sum sum = {0};
	s->purpose = _("Made so that each volunteer's hours are known. Not to be passed on.");
	s->shred = paper_shred(v, of->to - 1);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 14, 28);
	sheet_column(s, "organisation", _("Via"), ALIGN_LEFT, 10, 22);
	sheet_stack_last(s, 1);
	sheet_column(s, "shifts", _("Shifts"), ALIGN_RIGHT, 5, 7);
	add_sum_columns(s);
	sheet_column(s, "months_12", _("12 months"), ALIGN_RIGHT, 7, 9);
	sheet_column(s, "ever", _("In all"), ALIGN_RIGHT, 7, 9);
	for (size_t i = 0; i < n; i++) {
		add_person(s, b, &all[i]);
		add_up(&sum, &all[i].of);
	}
	if (n) {
		struct sheet_cell *c = sheet_row(s, ROW_TOTAL)->cells;
		c[PERSON_NAME].text = _("all");
		c[PERSON_SHIFTS] = sheet_int(a, (int64_t)sum.shifts);
		put_sums(a, &c[PERSON_SUMS], &sum);
	}
	add_notes(s, &sum);
	sheet_note(s, _("12 months and In all are as on the volunteer's card: until today, and with what isn't recorded as planned."));
	return s;
}

/* ---- by organisation --------------------------------------------------------------------------------- */

enum { MONTH_ORG, MONTH_MONTH, MONTH_SUMS, MONTH_SHIFTS = MONTH_SUMS + SUMS, MONTH_PEOPLE };

/* None is no secret: only a few are somebody. */
static bool is_small(size_t n, int least)
{
	return n > 0 && n < (size_t)least;
}

struct sheet_cell paper_count(struct arena *a, size_t n, int least)
{
	return is_small(n, least) ? sheet_text(arena_printf(a, _("under %d"), least)) : sheet_int(a, (int64_t)n);
}

static const char *org_name(const struct org *o)
{
	return o ? o->name : _("not through an organisation");
}

static void add_month(struct sheet *s, const struct hours_month *m, int least)
{
	struct ymd day = civil_to_ymd(m->month);
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	c[MONTH_ORG].text = org_name(m->org);
	c[MONTH_MONTH].text = arena_printf(s->arena, "%s %d", civil_month_name(day.m), day.y);
	put_sums(s->arena, &c[MONTH_SUMS], &m->of);
	c[MONTH_SHIFTS] = paper_count(s->arena, m->of.shifts, least);
	c[MONTH_PEOPLE] = paper_count(s->arena, m->of.people, least);
}

/* A sum beside one count that isn't shown would tell it after all. */
static void add_total(struct sheet *s, const struct hours_sum *sum, bool hidden)
{
	struct sheet_cell *c = sheet_row(s, ROW_TOTAL)->cells;
	c[MONTH_ORG].text = _("all");
	put_sums(s->arena, &c[MONTH_SUMS], sum);
	if (!hidden)
		c[MONTH_SHIFTS] = sheet_int(s->arena, (int64_t)sum->shifts);
}

int paper_least(struct view *v, int *out, struct err *e)
{
	int limits[LIMIT_COUNT];
	int rc = rules_limits(v, limits, e);
	*out = rc == OK ? limits[LIMIT_SMALL_COUNT] : 0;
	return rc;
}

int paper_hours_organisations(struct view *v, struct book *b, struct arena *a, const struct hours_of *of, const struct hours_month *all,
	size_t n, struct sheet **out, struct err *e)
{
	struct sheet *s = *out = begin_sheet(v, b, a, _("Hours by organisation"), of);
	struct hours_sum sum = {0};
	bool hidden = false;
	int least, rc = paper_least(v, &least, e);
	s->purpose = "";
	sheet_column(s, "organisation", _("Organisation"), ALIGN_LEFT, 16, 34);
	sheet_column(s, "month", _("Month"), ALIGN_LEFT, 8, 16);
	add_sum_columns(s);
	sheet_column(s, "shifts", _("Shifts"), ALIGN_RIGHT, 7, 8);
	sheet_column(s, "people", _("People"), ALIGN_RIGHT, 7, 8);
	for (size_t i = 0; i < n; i++) {
		add_month(s, &all[i], least);
		add_up(&sum, &all[i].of);
		hidden = hidden || is_small(all[i].of.shifts, least);
	}
	if (n)
		add_total(s, &sum, hidden);
	add_notes(s, &sum);
	sheet_note(s, arena_printf(a, _("Counts under %d aren't shown, nor sums that would tell them."), least));
	return rc;
}

/* ---- for programs ------------------------------------------------------------------------------------ */

static json_t *json_of_sums(const struct hours_sum *h)
{
	return json_pack("{s:I, s:I, s:I, s:I}", "planned", (json_int_t)h->planned, "told", (json_int_t)h->told, "approved",
		(json_int_t)h->approved, "unrecorded", (json_int_t)h->unrecorded);
}

void paper_hours_people_json(const struct hours_person *all, size_t n, struct buf *out)
{
	json_t *list = json_array();
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_of_sums(&all[i].of);
		json_object_set_new(o, "volunteer", json_of_id(all[i].person->id));
		json_object_set_new(o, "name", json_string(all[i].person->name));
		json_object_set_new(o, "shifts", json_integer((json_int_t)all[i].of.shifts));
		json_object_set_new(o, "minutes_12_months", json_integer(all[i].year.minutes));
		json_object_set_new(o, "minutes_ever", json_integer(all[i].ever.minutes));
		json_array_append_new(list, o);
	}
	json_put(list, out);
}

static json_t *json_of_count(size_t n, int least)
{
	return is_small(n, least) ? json_null() : json_integer((json_int_t)n);
}

int paper_hours_organisations_json(struct view *v, const struct hours_month *all, size_t n, struct buf *out, struct err *e)
{
	json_t *list = json_array();
	int least, rc = paper_least(v, &least, e);
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_of_sums(&all[i].of);
		/* so few that it tells who */
		if (is_small(all[i].of.unrecorded, least))
			json_object_set_new(o, "unrecorded", json_null());
		if (all[i].org)
			json_object_set_new(o, "organisation", json_of_id(all[i].org->id));
		json_object_set_new(o, "name", json_string(org_name(all[i].org)));
		json_object_set_new(o, "month", json_of_date(all[i].month));
		json_object_set_new(o, "shifts", json_of_count(all[i].of.shifts, least));
		json_object_set_new(o, "people", json_of_count(all[i].of.people, least));
		json_array_append_new(list, o);
	}
	json_put(list, out);
	return rc;
}
