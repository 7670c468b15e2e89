/* export/papers.c - see papers.h: rosters and gaps as sheets. Owns what stands in which column, and for how long such a
 * paper may lie about. Must not know how a sheet is written, nor decide anything about a roster: roster/ answers. */
#include "export/papers.h"

#include <string.h>

#include "base/lang.h"
#include "export/papers_priv.h"

struct making {
	struct arena *a;
	struct sheet *s;
	const struct roster_paper *how;
	const struct roster *r;
};

/* ---- what all papers have ------------------------------------------------------------------------ */

const char *paper_period(struct arena *a, civil_date from, civil_date to)
{
	char first[40], last[40];
	civil_format_date(first, sizeof first, from, CIVIL_DAY_YEAR);
	civil_format_date(last, sizeof last, to - 1, CIVIL_DAY_YEAR);
	return to - from == 1 ? arena_strdup(a, first) : arena_printf(a, "%s – %s", first, last);
}

const char *paper_made(struct view *v, struct arena *a)
{
	char day[40], minute[16];
	struct store *s = view_store(v);
	civil_min now = store_now_civil(s);
	civil_format_date(day, sizeof day, cmin_date(now), CIVIL_SHORT);
	civil_format_time(minute, sizeof minute, cmin_minute(now));
	return arena_printf(a, "%s · %s %s", view_title(v, a, store_site(s)), day, minute);
}

civil_date paper_shred(struct view *v, civil_date last)
{
	int limits[LIMIT_COUNT];
	civil_date today = store_today(view_store(v));
	int days = rules_limits(v, limits, NULL) == OK ? limits[LIMIT_SHRED_DAYS] : limits_builtin(LIMIT_SHRED_DAYS)->value;
	return (last > today ? last : today) + days;
}

const char *paper_id(struct arena *a, struct id id, enum list_ids ids)
{
	return ids == LIST_WHOLE_IDS ? id_format(arena_alloc(a, ID_TEXT), id) : paper_short_id(a, id);
}

static bool is_one_week(civil_date from, civil_date to)
{
	return to - from == 7 && civil_weekday(from) == 1;
}

static const char *roster_title(struct arena *a, struct book *b, const struct roster_paper *how)
{
	char week[24];
	const char *title = _("Roster");
	if (is_one_week(how->from, how->to))
		title = arena_printf(a, "%s %s", title, civil_format_week(week, sizeof week, how->from, CIVIL_DAY));
	return how->unit ? arena_printf(a, "%s · %s", title, book_name(b, *how->unit)) : title;
}

/* ---- one shift ------------------------------------------------------------------------------------- */

static const char *span_text(struct arena *a, const struct shift *x)
{
	char span[32];
	return arena_strdup(a, civil_format_span(span, sizeof span, x->row.start, x->row.end));
}

static const char *with_phone(struct making *m, const struct person *x)
{
	return arena_printf(m->a, "%s %s", x->name, kind_phone(m->a, x->phone));
}

/* Whoever may come. An offer that nobody has answered never looks like a yes: what isn't one stands in brackets. */
static const char *seat_text(struct making *m, const struct seat *seat)
{
	const char *name = seat->name;
	if (m->how->phones && seat->person && *seat->person->phone)
		name = with_phone(m, seat->person);
	if (seat->state == ASSIGNMENT_ACCEPTED)
		return name;
	if (m->how->wall)
		return "";
	if (seat->state == ASSIGNMENT_OFFERED || seat->state == ASSIGNMENT_RECONFIRM)
		return arena_printf(m->a, "(%s: %s)", name, _(schema_choice(SET_ASSIGNMENT_STATE, seat->state)->label));
	return "";
}

static const char *people_text(struct making *m, const struct shift *x, const char *between)
{
	const char *text = "";
	for (size_t i = 0; i < x->nseats; i++) {
		const char *name = seat_text(m, &x->seats[i]);
		if (*name)
			text = *text ? arena_printf(m->a, "%s%s%s", text, between, name) : name;
	}
	return text;
}

/* What must be seen at once: called off, places open, too many. */
static struct sheet_cell status_cell(struct arena *a, const struct shift *x)
{
	struct sheet_cell c = sheet_text("");
	if (x->row.state == SHIFT_CANCELLED) {
		c.text = _("called off");
		c.mark = CELL_CANCELLED;
	} else if (x->open > 0) {
		c.text = arena_printf(a, ngettext("%d open", "%d open", (unsigned long)x->open), x->open);
		c.mark = CELL_GAP;
	} else if (x->over > 0) {
		c.text = arena_printf(a, ngettext("%d too many", "%d too many", (unsigned long)x->over), x->over);
		c.mark = CELL_STRONG;
	}
	return c;
}

static void add_day(struct making *m, civil_date day, civil_date *last)
{
	if (day == *last)
		return;
	*last = day;
	sheet_row(m->s, ROW_GROUP)->cells[0] = sheet_date(m->a, day, CIVIL_LONG);
}

/* ---- lists ------------------------------------------------------------------------------------------- */

static void add_sums(struct making *m)
{
	const struct roster *r = m->r;
	sheet_note(m->s, arena_printf(m->a,
				      ngettext("%zu shift: %zu of %zu places filled, %zu open, %zu called off",
					       "%zu shifts: %zu of %zu places filled, %zu open, %zu called off",
					       (unsigned long)r->n),
				      r->n, r->need - r->open, r->need, r->open, r->cancelled));
}

static void add_list_columns(struct sheet *s, bool wall)
{
	sheet_column(s, "time", _("Time"), ALIGN_LEFT, 11, 11);
	sheet_column(s, "unit", _("Place"), ALIGN_LEFT, 8, 20);
	sheet_column(s, "role", _("Role"), ALIGN_LEFT, 8, 16);
	sheet_stack_last(s, 1);
	sheet_column(s, "need", _("Need"), ALIGN_RIGHT, 2, 4);
	sheet_column(s, "people", _("Volunteers"), ALIGN_LEFT, 12, 30);
	sheet_column(s, "status", _("Status"), ALIGN_LEFT, 8, 10);
	sheet_stack_last(s, 1);
	if (wall)
		return;
	sheet_column(s, "note", _("Note"), ALIGN_LEFT, 4, 12);
	sheet_stack_last(s, 2);
}

/* Its first cell says when. */
static struct sheet_cell *add_list_row(struct making *m, const struct shift *x)
{
	struct sheet_cell *first = sheet_row(m->s, ROW_DATA)->cells, *c = first;
	*c++ = sheet_text(span_text(m->a, x));
	*c++ = sheet_text(x->unit);
	*c++ = sheet_text(x->role);
	*c++ = sheet_int(m->a, x->row.need);
	/* a number that is cut in two is no number */
	*c++ = sheet_text(people_text(m, x, m->how->phones ? "\n" : ", "));
	*c++ = status_cell(m->a, x);
	if (!m->how->wall)
		*c = sheet_text(x->note);
	return first;
}

static void make_list(struct making *m, bool gaps_only)
{
	civil_date last = DATE_NONE;
	m->s->group_id = "date";
	m->s->group_title = _("Date");
	add_list_columns(m->s, m->how->wall);
	for (size_t i = 0; i < m->r->n; i++) {
		const struct shift *x = &m->r->shifts[i];
		if (gaps_only && x->open <= 0)
			continue;
		add_day(m, cmin_date(x->row.start), &last);
		add_list_row(m, x);
	}
	add_sums(m);
}

/* ---- the week's grid ------------------------------------------------------------------------------------ */

/* A weekday alone when there are several weeks on the paper. */
static void add_grid_columns(struct making *m)
{
	bool one = is_one_week(m->how->from, m->how->to);
	m->s->group_id = "week";
	m->s->group_title = _("Week");
	sheet_column(m->s, "shift", _("Shift"), ALIGN_LEFT, 11, 18);
	for (int i = 0; i < 7; i++) {
		static const char *const ids[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
		char day[40];
		const char *title = civil_weekday_name(i + 1, true);
		if (one)
			title = arena_strdup(m->a, civil_format_date(day, sizeof day, m->how->from + i, CIVIL_DAY));
		sheet_column(m->s, ids[i], title, ALIGN_LEFT, 4, 14);
	}
}

static void add_line(struct making *m, struct sheet_cell *c, const char *line)
{
	if (*line)
		c->text = *c->text ? arena_printf(m->a, "%s\n%s", c->text, line) : line;
}

/* Names a line each; above them what must be seen, in brackets so that it isn't read as a name. */
static void add_to_cell(struct making *m, struct sheet_cell *c, const struct shift *x)
{
	struct sheet_cell status = status_cell(m->a, x);
	if (*status.text)
		add_line(m, c, arena_printf(m->a, "(%s)", status.text));
	add_line(m, c, people_text(m, x, "\n"));
	c->mark = status.mark > c->mark ? status.mark : c->mark;
}

static void add_grid_row(struct making *m, const struct grid_row *g)
{
	char span[32];
	struct sheet_cell *c = sheet_row(m->s, ROW_DATA)->cells;
	c->text = arena_printf(m->a, "%s\n%s\n%s", g->unit, g->role,
			       civil_format_span(span, sizeof span, g->from, g->to));
	for (int day = 0; day < 7; day++)
		for (size_t i = 0; i < g->ncell[day]; i++)
			add_to_cell(m, &c[day + 1], g->cell[day][i]);
}

static void make_grid(struct making *m)
{
	bool one = is_one_week(m->how->from, m->how->to);
	add_grid_columns(m);
	for (civil_date monday = m->how->from; monday < m->how->to; monday += 7) {
		char week[24];
		struct grid g;
		roster_grid(m->a, m->r, monday, &g);
		if (!one)
			sheet_row(m->s, ROW_GROUP)->cells[0].text =
				arena_printf(m->a, "%s · %s", civil_format_week(week, sizeof week, monday, CIVIL_DAY),
					     paper_period(m->a, monday, monday + 7));
		for (size_t i = 0; i < g.n; i++)
			add_grid_row(m, &g.rows[i]);
	}
	add_sums(m);
}

/* ---- the papers -------------------------------------------------------------------------------------------- */

static struct sheet *begin_sheet(struct view *v, struct book *b, struct arena *a, const struct roster_paper *how,
				 const char *title)
{
	struct sheet *s = sheet_new(a, title ? title : roster_title(a, b, how));
	s->period = paper_period(a, how->from, how->to);
	s->purpose = _("Made so that volunteers and wards know who comes when. Not to be passed on.");
	s->shred = paper_shred(v, how->to - 1);
	s->from = how->from;
	s->to = how->to - 1;
	s->unit = how->unit ? *how->unit : ID_NONE;
	s->made = paper_made(v, a);
	return s;
}

int paper_roster(struct view *v, struct book *b, struct arena *a, const struct roster_paper *how, struct sheet **out,
		 struct err *e)
{
	struct roster r;
	size_t left = 0;
	struct making m = {.a = a, .how = how, .r = &r};
	if (how->layout == ROSTER_GRID && (civil_weekday(how->from) != 1 || (how->to - how->from) % 7))
		return err_set(e, ERR_USAGE, _("A grid shows whole weeks, from a Monday on"));
	int rc = roster_load(v, b, a, how->unit, how->from, how->to, &r, e);
	if (rc)
		return rc;
	if (how->wall)
		left = roster_leave_drafts(&r);
	m.s = *out = begin_sheet(v, b, a, how, NULL);
	if (how->layout == ROSTER_GRID)
		make_grid(&m);
	else
		make_list(&m, false);
	if (left)
		sheet_note(*out, arena_printf(a, ngettext("%zu shift isn't published yet and isn't on it.", "%zu shifts aren't published yet and aren't on it.",
			left), left));
	return OK;
}

/* One of the day's lists; the day is said where it isn't today. */
static void add_shifts(struct making *m, const char *heading, struct shift *const *shifts, size_t n)
{
	if (n)
		sheet_row(m->s, ROW_GROUP)->cells[0].text = heading;
	for (size_t i = 0; i < n; i++) {
		char day[40];
		civil_date date = cmin_date(shifts[i]->row.start);
		struct sheet_cell *c = add_list_row(m, shifts[i]);
		if (date != m->how->from)
			c->text = arena_printf(m->a, "%s %s", civil_format_date(day, sizeof day, date, CIVIL_DAY),
					       c->text);
	}
}

int paper_today(struct view *v, struct book *b, struct arena *a, civil_min now, struct sheet **out, struct err *e)
{
	const struct roster_paper how = {.from = cmin_date(now), .to = cmin_date(now) + 1};
	struct today t;
	struct making m = {.a = a, .how = &how};
	int rc = roster_today(v, b, a, now, &t, e);
	if (rc)
		return rc;
	m.s = *out = begin_sheet(v, b, a, &how, _("Today"));
	m.s->period = sheet_date(a, how.from, CIVIL_LONG).text;
	add_list_columns(m.s, false);
	add_shifts(&m, _("Here now"), t.here, t.nhere);
	add_shifts(&m, _("Coming today"), t.coming, t.ncoming);
	add_shifts(&m, _("Open places today and tomorrow"), t.later_gaps, t.nlater_gaps);
	/* how many only: the paper hangs where others read it */
	if (t.ndue)
		sheet_note(m.s, arena_printf(a, ngettext("%zu thing falls due within 14 days: the screen, or --json, says what.",
			"%zu things fall due within 14 days: the screen, or --json, says what.", t.ndue), t.ndue));
	return OK;
}

int paper_gaps(struct view *v, struct book *b, struct arena *a, const struct id *unit, civil_date from, civil_date to,
	       struct sheet **out, struct err *e)
{
	const struct roster_paper how = {.from = from, .to = to, .unit = unit};
	struct roster r;
	struct making m = {.a = a, .how = &how, .r = &r};
	int rc = roster_load(v, b, a, unit, from, to, &r, e);
	if (rc)
		return rc;
	m.s = *out = begin_sheet(v, b, a, &how, _("Open places"));
	make_list(&m, true);
	return OK;
}
