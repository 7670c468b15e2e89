/* export/papers_report.c - paper_report (papers.h): a period in figures, month by month, with pictures. Owns which
 * figures. Must not add anything up that roster/hours.h or roster/coverage.h does. */
#include "export/papers_priv.h"

#include "base/lang.h"

struct month { civil_date first; struct hours_sum of; struct cover_sum places; };

struct making { struct sheet *s; struct month *months; size_t n; int least; civil_date today; };

enum { COL_MONTH, COL_PEOPLE, COL_SHIFTS, COL_HOURS, COL_NEED, COL_FILLED, COL_COVERED };

static size_t month_of(civil_date first, civil_date day)
{
	struct ymd a = civil_to_ymd(first), b = civil_to_ymd(day);
	return (size_t)((b.y - a.y) * 12 + b.m - a.m);
}

static void begin_months(struct making *m, civil_date from, civil_date to)
{
	m->n = month_of(from, to - 1) + 1;
	m->months = arena_alloc(m->s->arena, m->n * sizeof *m->months);
	for (size_t i = 0; i < m->n; i++)
		m->months[i] = (struct month){.first = civil_add_months(from - (civil_to_ymd(from).d - 1), (int)i)};
}

/* Somebody comes through one organisation, so their people add up. */
static int add_hours(struct making *m, struct view *v, struct book *b, const struct hours_of *of, struct err *e)
{
	struct hours_month *all;
	size_t n;
	int rc = hours_by_organisation(v, b, m->s->arena, of, &all, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct hours_sum *sum = &m->months[month_of(of->from, all[i].month)].of;
		sum->told += all[i].of.told;
		sum->shifts += all[i].of.shifts;
		sum->people += all[i].of.people;
	}
	return rc;
}

static int add_places(struct making *m, struct view *v, struct book *b, const struct hours_of *of, struct err *e)
{
	struct coverage c;
	int rc = coverage_load(v, b, m->s->arena, of->unit, of->from, of->to, store_now_civil(view_store(v)), &c, e);
	for (civil_date day = of->from; rc == OK && day < of->to; day++) {
		struct cover_sum *sum = &m->months[month_of(of->from, day)].places;
		sum->need += c.days[day - of->from].need;
		sum->filled += c.days[day - of->from].filled;
	}
	return rc;
}

static struct sheet_cell per_cent(struct arena *a, size_t part, size_t all)
{
	return all ? sheet_int(a, (int64_t)(100 * part / all)) : sheet_text("");
}

/* Nobody can have come in a month that is to come. */
static void add_row(struct making *m, const struct month *x)
{
	enum { HALF_HOUR = 30, HOUR = 60 };
	struct arena *a = m->s->arena;
	struct ymd day = civil_to_ymd(x->first);
	struct sheet_cell *c = sheet_row(m->s, ROW_DATA)->cells;
	c[COL_MONTH].text = arena_printf(a, "%s %d", civil_month_name(day.m), day.y);
	c[COL_NEED] = sheet_int(a, (int64_t)x->places.need);
	c[COL_FILLED] = sheet_int(a, (int64_t)x->places.filled);
	c[COL_COVERED] = per_cent(a, x->places.filled, x->places.need);
	if (x->first > m->today)
		return;
	c[COL_PEOPLE] = paper_count(a, x->of.people, m->least);
	c[COL_SHIFTS] = paper_count(a, x->of.shifts, m->least);
	c[COL_HOURS] = sheet_int(a, (x->of.told + HALF_HOUR) / HOUR);
}

static void add_columns(struct sheet *s)
{
	sheet_column(s, "month", _("Month"), ALIGN_LEFT, 8, 16);
	sheet_column(s, "people", _("People"), ALIGN_RIGHT, 7, 8);
	sheet_column(s, "shifts", _("Times"), ALIGN_RIGHT, 6, 8);
	sheet_column(s, "hours", _("Hours"), ALIGN_RIGHT, 6, 8);
	sheet_column(s, "need", _("Places"), ALIGN_RIGHT, 6, 8);
	sheet_column(s, "filled", _("Filled"), ALIGN_RIGHT, 6, 8);
	sheet_column(s, "covered", _("Per cent"), ALIGN_RIGHT, 7, 8);
}

int paper_report(struct view *v, struct book *b, struct arena *a, const struct hours_of *of, struct sheet **out, struct err *e)
{
	struct sheet *s = *out = sheet_new(a, _("Report"));
	struct making m = {.s = s, .today = store_today(view_store(v))};
	s->period = paper_period(a, of->from, of->to);
	s->made = paper_made(v, a);
	s->from = of->from;
	s->to = of->to - 1;
	s->unit = of->unit ? *of->unit : ID_NONE;
	if (of->unit)
		s->period = arena_printf(a, "%s · %s", s->period, book_name(b, *of->unit));
	add_columns(s);
	begin_months(&m, of->from, of->to);
	int rc = paper_least(v, &m.least, e);
	if (rc == OK)
		rc = add_hours(&m, v, b, of, e);
	if (rc == OK)
		rc = add_places(&m, v, b, of, e);
	for (size_t i = 0; rc == OK && i < m.n; i++)
		add_row(&m, &m.months[i]);
	sheet_chart(s, _("Hours that volunteers gave"), COL_MONTH, COL_HOURS);
	sheet_chart(s, _("Places filled, in per cent"), COL_MONTH, COL_COVERED);
	sheet_whole_last(s, 100);
	sheet_note(s, _("People: who came, each once a month. Times: how often somebody came. Hours: as told, or else as planned. Places: on shifts that weren't "
		"called off."));
	sheet_note(s, arena_printf(a, _("Counts under %d aren't shown, nor sums that would tell them."), m.least));
	return rc;
}
