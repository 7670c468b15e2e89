/* export/papers_coverage.c - see papers.h: how well a period is covered, as a heat map of weekdays and hours, as bars
 * day by day, and for programs. Owns what stands in which cell. Must not count: roster/coverage.h and roster/months.h
 * do. */
#include "export/papers_priv.h"

#include "base/chart.h"
#include "base/lang.h"
#include "export/json_buf.h"
#include "roster/months.h"

enum { BAR = 16 };

static const char *hour_text(struct arena *a, int hour)
{
	char span[24];
	return arena_strdup(a, civil_format_span(span, sizeof span, hour * 60, (hour + 1) * 60));
}

/* ---- the heat map ---------------------------------------------------------------------------------------------- */

/* Filled of needed, marked where somebody is missing; nothing where nobody is needed. */
static struct sheet_cell places_cell(struct arena *a, struct cover_sum places)
{
	if (!places.need)
		return sheet_text("");
	return (struct sheet_cell){.text = arena_printf(a, "%zu/%zu", places.filled, places.need),
		.mark = places.filled < places.need ? CELL_GAP : CELL_PLAIN};
}

static void add(struct cover_sum *to, struct cover_sum more)
{
	to->need += more.need;
	to->filled += more.filled;
}

/* By the weekday when each shift begins: an hour's places are those of all shifts that lie in it, and no sum. */
static void add_weekdays(struct sheet *s, const struct coverage *c)
{
	struct cover_sum all[COVER_DAYS] = {0};
	struct sheet_cell *cells = sheet_row(s, ROW_TOTAL)->cells;
	for (civil_date day = c->from; day < c->to; day++)
		add(&all[civil_weekday(day) - 1], c->days[day - c->from]);
	cells[0].text = _("All day");
	for (size_t d = 0; d < COVER_DAYS; d++)
		cells[d + 1] = places_cell(s->arena, all[d]);
}

static void make_hours(struct sheet *s, const struct coverage *c)
{
	static const char *const ids[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
	sheet_column(s, "hour", _("Hour"), ALIGN_LEFT, 7, 11);
	for (int d = 0; d < COVER_DAYS; d++)
		sheet_column(s, ids[d], civil_weekday_name(d + 1, true), ALIGN_RIGHT, 5, 7);
	for (int h = c->first; h < c->last; h++) {
		struct sheet_cell *cells = sheet_row(s, ROW_DATA)->cells;
		cells[0].text = hour_text(s->arena, h);
		for (size_t d = 0; d < COVER_DAYS; d++)
			cells[d + 1] = places_cell(s->arena, c->cell[d][h].places);
	}
	if (c->first == c->last)
		return;
	add_weekdays(s, c);
	sheet_note(s, _("In each hour: places filled of those needed, of all shifts that lie in it; ! marks where somebody is missing."));
}

/* ---- day by day ------------------------------------------------------------------------------------------------ */

static void put_numbers(struct arena *a, struct sheet_cell *cells, struct cover_sum places)
{
	cells[0] = sheet_int(a, (int64_t)places.need);
	cells[1] = sheet_int(a, (int64_t)places.filled);
	cells[2] = sheet_int(a, (int64_t)(places.need - places.filled));
	cells[2].mark = places.filled < places.need ? CELL_GAP : CELL_PLAIN;
}

static void add_number_columns(struct sheet *s)
{
	sheet_column(s, "need", _("Needed"), ALIGN_RIGHT, 5, 8);
	sheet_column(s, "filled", _("Filled"), ALIGN_RIGHT, 5, 8);
	sheet_column(s, "open", _("Missing"), ALIGN_RIGHT, 5, 8);
}

static void make_days(struct sheet *s, const struct coverage *c, bool plain)
{
	sheet_column(s, "day", _("Day"), ALIGN_LEFT, 10, 14);
	add_number_columns(s);
	sheet_column(s, "bar", _("Coverage"), ALIGN_LEFT, BAR, BAR);
	for (civil_date day = c->from; day < c->to; day++) {
		struct cover_sum places = c->days[day - c->from];
		if (!places.need)
			continue;
		struct sheet_cell *cells = sheet_row(s, ROW_DATA)->cells;
		cells[0] = sheet_date(s->arena, day, CIVIL_DAY);
		put_numbers(s->arena, cells + 1, places);
		cells[4].text = chart_bar(s->arena, (int64_t)places.filled, (int64_t)places.need, BAR, plain);
	}
}

/* The heat map for a spreadsheet or a program: a line an hour. A spreadsheet takes "3/4" for a day. */
static void make_cells(struct sheet *s, const struct coverage *c)
{
	sheet_column(s, "weekday", _("Weekday"), ALIGN_LEFT, 7, 9);
	sheet_column(s, "hour", _("Hour"), ALIGN_LEFT, 7, 11);
	add_number_columns(s);
	for (int d = 0; d < COVER_DAYS; d++)
		for (int h = c->first; h < c->last; h++) {
			if (!c->cell[d][h].places.need)
				continue;
			struct sheet_cell *cells = sheet_row(s, ROW_DATA)->cells;
			cells[0].text = civil_weekday_name(d + 1, false);
			cells[1].text = hour_text(s->arena, h);
			put_numbers(s->arena, cells + 2, c->cell[d][h].places);
		}
}

/* ---- the paper ------------------------------------------------------------------------------------------------- */

static void add_sum(struct sheet *s, const struct coverage *c)
{
	size_t open = c->all.need - c->all.filled;
	if (!c->all.need)
		return;
	const char *text = arena_printf(s->arena, ngettext("%zu of %zu place is filled", "%zu of %zu places are filled",
		c->all.need), c->all.filled, c->all.need);
	sheet_note(s, open ? arena_printf(s->arena, ngettext("%s, %zu is open.", "%s, %zu are open.", open), text, open)
		: arena_printf(s->arena, "%s.", text));
}

static struct sheet *begin(struct view *v, struct book *b, struct arena *a, const struct coverage_paper *how)
{
	const char *title = _("Coverage");
	struct sheet *s = sheet_new(a, how->unit ? arena_printf(a, "%s · %s", title, book_name(b, *how->unit)) : title);
	s->period = paper_period(a, how->from, how->to);
	s->shred = DATE_NONE;
	s->from = how->from;
	s->to = how->to - 1;
	s->unit = how->unit ? *how->unit : ID_NONE;
	s->made = paper_made(v, a);
	return s;
}

int paper_coverage(struct view *v, struct book *b, struct arena *a, const struct coverage_paper *how, struct sheet **out,
	struct err *e)
{
	struct coverage c;
	struct months months;
	struct sheet *s = *out = begin(v, b, a, how);
	int rc = coverage_load(v, b, a, how->unit, how->from, how->to, store_now_civil(view_store(v)), &c, e);
	if (rc == OK && !how->unit)
		rc = months_of_all(v, b, store_today(view_store(v)), &months, e);
	if (rc != OK)
		return rc;
	if (how->layout == COVERAGE_DAYS)
		make_days(s, &c, how->plain);
	else if (how->layout == COVERAGE_CELLS)
		make_cells(s, &c);
	else
		make_hours(s, &c);
	add_sum(s, &c);
	if (!how->unit && months_any(&months))
		sheet_note(s, arena_printf(a, _("Hours given by volunteers, month by month: %s"), months_text(a, &months, how->plain)));
	return OK;
}

/* ---- for programs ---------------------------------------------------------------------------------------------- */

static json_t *json_of_places(struct cover_sum places)
{
	return json_pack("{s:I, s:I, s:I}", "need", (json_int_t)places.need, "filled", (json_int_t)places.filled, "open",
		(json_int_t)(places.need - places.filled));
}

static json_t *json_of_hours(const struct coverage *c)
{
	json_t *all = json_array();
	for (int d = 0; d < COVER_DAYS; d++)
		for (int h = c->first; h < c->last; h++) {
			const struct cover_cell *cell = &c->cell[d][h];
			if (!cell->shifts)
				continue;
			json_t *o = json_of_places(cell->places);
			json_t *more = json_pack("{s:i, s:i, s:I, s:I, s:I, s:I}", "weekday", d + 1, "hour", h, "minutes_needed",
				(json_int_t)cell->need, "minutes_filled", (json_int_t)cell->filled, "shifts", (json_int_t)cell->shifts, "gaps",
				(json_int_t)cell->gaps);
			json_object_update(o, more);
			json_decref(more);
			json_array_append_new(all, o);
		}
	return all;
}

static json_t *json_of_days(const struct coverage *c)
{
	json_t *all = json_array();
	for (civil_date day = c->from; day < c->to; day++) {
		json_t *o = json_of_places(c->days[day - c->from]);
		json_object_set_new(o, "date", json_of_date(day));
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *json_of_months(const struct months *m)
{
	json_t *all = json_array();
	for (int i = 0; i < MONTHS; i++)
		json_array_append_new(all, json_pack("{s:o, s:I}", "date", json_of_date(civil_add_months(m->first, i)), "minutes",
			(json_int_t)m->minutes[i]));
	return all;
}

int paper_coverage_json(struct view *v, struct book *b, struct arena *a, const struct coverage_paper *how, struct buf *out,
	struct err *e)
{
	struct coverage c;
	struct months months;
	int rc = coverage_load(v, b, a, how->unit, how->from, how->to, store_now_civil(view_store(v)), &c, e);
	if (rc == OK)
		rc = months_of_all(v, b, store_today(view_store(v)), &months, e);
	if (rc != OK)
		return rc;
	json_t *o = json_of_places(c.all);
	json_object_set_new(o, "from", json_of_date(c.from));
	json_object_set_new(o, "to", json_of_date(c.to - 1));
	if (how->unit)
		json_object_set_new(o, "unit", json_of_id(*how->unit));
	json_object_set_new(o, "hours", json_of_hours(&c));
	json_object_set_new(o, "days", json_of_days(&c));
	if (!how->unit)
		json_object_set_new(o, "months", json_of_months(&months));
	json_put(o, out);
	return OK;
}
