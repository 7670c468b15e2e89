/* export/import_plan_grid.c - a roster as a grid: a row for place and time, a column for each day, names in the cells.
 * Owns how rows and headings are read. Must not know who is who, nor how a shift is found again. Mostly such a grid
 * says once more what a list of shifts says; then nothing new is made. */
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/when.h"
#include "export/import_priv.h"

enum { MOST_ROLES = 12 };

struct grid_line {
	struct id unit, role;
	int from, to;
};

/* ---- headings ---------------------------------------------------------------------------------------- */

static int week_of(struct plan *p, const struct plan_file *f)
{
	int week = 0;
	for (size_t i = 0; i < f->table.ncols && !week; i++)
		week = import_parse_week(p->a, f->table.head[i]);
	return week;
}

/* A heading that is a weekday only belongs to the week that another heading names. */
static civil_date day_of(struct plan *p, const char *head, int week)
{
	civil_date day, monday;
	int weekday = import_parse_weekday(p->a, head);
	if (!import_parse_day(p->a, head, week, p->today, &day, NULL) && head[strcspn(head, "0123456789")])
		return day;
	if (!weekday || !week ||
	    when_parse_date(arena_printf(p->a, "uge %d", week), p->today, WHEN_NEAR, &monday, NULL))
		return DATE_NONE;
	return monday + weekday - 1;
}

static civil_date *read_days(struct plan *p, size_t file)
{
	const struct plan_file *f = &p->files[file];
	civil_date *days = arena_alloc(p->a, f->table.ncols * sizeof *days);
	for (size_t i = 0; i < f->table.ncols; i++)
		days[i] = f->map.column[i] == T_GRID_DAY - T_GRID_IGNORE ? day_of(p, f->table.head[i], week_of(p, f))
									 : DATE_NONE;
	return days;
}

/* ---- the row's own heading ------------------------------------------------------------------------------ */

/* "Forhal, Viborg 8-11": the time is the longest end, or else beginning, that reads as one. What is
 * left is the place. */
static bool split_line(struct arena *a, const char *text, const char **place, int *from, int *to)
{
	for (const char *s = text; *s; s++) {
		if ((s == text || strchr(" \n,", s[-1])) && !when_parse_span(s, from, to, NULL)) {
			size_t n = (size_t)(s - text);
			while (n && strchr(" \n,:;", text[n - 1]))
				n--;
			*place = text_clean(a, text, n);
			return true;
		}
	}
	for (size_t n = strlen(text); n > 0; n--) {
		if (strchr(" \n,:", text[n]) && !when_parse_span(arena_strndup(a, text, n), from, to, NULL)) {
			*place = text_clean(a, text + n + strspn(text + n, " \n,:"),
					    strlen(text + n + strspn(text + n, " \n,:")));
			return true;
		}
	}
	return false;
}

/* A place, or a role that has one place; a second line is the role. */
static bool find_place(struct at *r, int column, const char *text, struct grid_line *l)
{
	struct id role;
	const char *line = strchr(text, '\n');
	if (line && import_knows(r->p, TYPE_ROLE, line + 1, &role)) {
		l->role = role;
		text = arena_strndup(r->p->a, text, (size_t)(line - text));
	}
	if (!import_knows(r->p, TYPE_UNIT, text, &l->unit) && import_knows(r->p, TYPE_ROLE, text, &role)) {
		const struct task *task = book_task(r->p->book, role);
		l->role = role;
		l->unit = task ? task->unit : ID_NONE;
		if (!id_is_none(l->unit))
			return true;
	}
	if (*text)
		return at_find(r, column, TYPE_UNIT, text, &l->unit);
	at_refuse(r, column, _("No place"));
	return false;
}

static bool read_line(struct at *r, struct grid_line *l)
{
	const char *row = at_cell(r, T_GRID_ROW), *span = at_cell(r, T_GRID_SPAN), *place = at_cell(r, T_GRID_UNIT),
		   *role = at_cell(r, T_GRID_ROLE);
	int column = at_column(r, at_column(r, T_GRID_ROW) < 0 ? T_GRID_UNIT : T_GRID_ROW);
	const char *left = row;
	bool timed = *row && split_line(r->p->a, row, &left, &l->from, &l->to);
	if (*span)
		timed = !when_parse_span(span, &l->from, &l->to, NULL);
	if (!timed) {
		at_refuse(r, column, _("No time from and to"));
		return false;
	}
	l->role = ID_NONE;
	if (*role && !at_find(r, at_column(r, T_GRID_ROLE), TYPE_ROLE, role, &l->role))
		return false;
	return find_place(r, column, *place ? place : left, l);
}

/* ---- cells ------------------------------------------------------------------------------------------------ */

/* The roles that are done at a unit; all of them when none says so. */
static size_t roles_at(struct plan *p, struct id unit, struct choice_of_row *out)
{
	size_t n = 0;
	for (int pass = 0; pass < 2 && !n; pass++)
		for (size_t i = 0; i < p->book->ntasks && n < MOST_ROLES; i++)
			if (pass || id_equal(p->book->tasks[i].unit, unit))
				out[n++] = (struct choice_of_row){p->book->tasks[i].name, p->book->tasks[i].id};
	return n;
}

static size_t roles_of_shifts(struct plan *p, struct draft *const *shifts, size_t n, struct choice_of_row *out)
{
	for (size_t i = 0; i < n; i++) {
		struct id role = draft_get(shifts[i], F_SHIFT_ROLE).id;
		out[i] = (struct choice_of_row){import_name(p, role), role};
	}
	return n;
}

/* Which role the grid speaks of: that of the one shift there, or the one role of the place; otherwise it is asked. */
static bool find_role(struct at *r, struct slot *s)
{
	struct draft *shifts[MOST_ROLES];
	struct choice_of_row choices[MOST_ROLES + 1];
	size_t n = import_shifts_at(r->p, s, shifts, MOST_ROLES);
	if (!id_is_none(s->role))
		return true;
	n = n ? roles_of_shifts(r->p, shifts, n, choices) : roles_at(r->p, s->unit, choices);
	if (n == 1) {
		s->role = choices[0].id;
		return true;
	}
	choices[n] = (struct choice_of_row){_("Leave it out"), ID_NONE};
	const char *question = arena_printf(r->p->a, _("Which role is it at %s?"), import_name(r->p, s->unit));
	int chosen = at_ask(r, at_column(r, T_GRID_ROW), &(struct question){question, NULL, choices, n + 1, -1});
	s->role = chosen < 0 ? ID_NONE : choices[chosen].id;
	return !id_is_none(s->role);
}

static int plan_cell(struct at *r, size_t column, const struct grid_line *l, civil_date day)
{
	struct slot s = {l->unit, l->role, cmin_at(day, l->from), cmin_at(day, l->to)};
	bool made;
	if (!*r->cells[column])
		return 0;
	if (day == DATE_NONE) {
		at_remark(r, (int)column, _("The heading is no day; the cell wasn't taken"));
		at_fate(r, ROW_DOUBT);
		return 0;
	}
	if (!find_role(r, &s))
		return 0;
	struct draft *shift = at_shift(r, &s, &made);
	int places = at_seat_people(r, (int)column, shift, &s, r->cells[column]);
	if (made)
		draft_set(r->p, shift, F_SHIFT_NEED, value_int(places > 0 ? places : 1), false);
	return places;
}

void import_plan_grid(struct plan *p, size_t file)
{
	const struct plan_file *f = &p->files[file];
	const civil_date *days = read_days(p, file);
	for (size_t i = 0; i < f->table.nrows && !p->code; i++) {
		struct at r = at_row(p, file, i);
		struct grid_line l;
		int places = 0;
		r.row->what = *at_cell(&r, T_GRID_ROW) ? at_cell(&r, T_GRID_ROW) : at_cell(&r, T_GRID_UNIT);
		if (!read_line(&r, &l))
			continue;
		for (size_t c = 0; c < f->table.ncols; c++)
			if (f->map.column[c] == T_GRID_DAY - T_GRID_IGNORE)
				places += plan_cell(&r, c, &l, days[c]);
		r.row->what = arena_printf(p->a, ngettext("%s: %d place", "%s: %d places", (unsigned long)places),
					   r.row->what, places);
	}
}

void import_note_grid(struct plan *p, size_t file)
{
	const struct plan_file *f = &p->files[file];
	for (size_t i = 0; i < f->table.nrows && !p->code; i++) {
		struct at r = at_row(p, file, i);
		const char *text = at_cell(&r, T_GRID_ROW), *place = at_cell(&r, T_GRID_UNIT);
		int from, to;
		struct id unit;
		if (!*place && !split_line(p->a, text, &place, &from, &to))
			continue;
		if (!import_knows(p, TYPE_UNIT, place, &unit))
			continue;
		for (size_t c = 0; c < f->table.ncols; c++)
			if (f->map.column[c] == T_GRID_DAY - T_GRID_IGNORE)
				import_note_names(p, r.cells[c], unit);
	}
}
