/* export/import_plan_shifts.c - rows of shifts: one row a shift, or one row a person on it. Owns how a row says when
 * and where. Must not know who is who, nor how a shift is found again. */
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/when.h"
#include "export/calendars.h"
#include "export/import_priv.h"

/* ---- when and where ------------------------------------------------------------------------------- */

static int week_cell(struct at *r)
{
	const char *s = at_cell(r, T_SHIFTS_WEEK);
	return *s && !s[strspn(s, "0123456789")] ? import_parse_week(r->p->a, arena_printf(r->p->a, "uge %s", s))
						 : import_parse_week(r->p->a, s);
}

/* Weekday and week only check the date, unless it has no year: then they say which. */
static bool read_day(struct at *r, civil_date *day)
{
	const char *date = at_cell(r, T_SHIFTS_DATE);
	int column = at_column(r, T_SHIFTS_DATE), week = week_cell(r),
	    weekday = import_parse_weekday(r->p->a, at_cell(r, T_SHIFTS_WEEKDAY));
	struct err e;
	if (import_parse_day(r->p->a, date, week, r->p->today, day, &e)) {
		at_refuse(r, column, _("No day: %s"), *date ? e.text : _("the cell is empty"));
		return false;
	}
	if (weekday && weekday != civil_weekday(*day))
		at_remark(r, at_column(r, T_SHIFTS_WEEKDAY), _("That day is a %s; the date was taken"),
			  civil_weekday_name(civil_weekday(*day), false));
	if (week && week != civil_to_week(*day).week)
		at_remark(r, at_column(r, T_SHIFTS_WEEK), _("That day is in week %d; the date was taken"),
			  civil_to_week(*day).week);
	return true;
}

static bool read_span(struct at *r, int *from, int *to)
{
	const char *span = at_cell(r, T_SHIFTS_SPAN), *start = at_cell(r, T_SHIFTS_FROM),
		   *end = at_cell(r, T_SHIFTS_TO);
	struct err e = {.text = ""};
	if (!*span && !*end)
		span = start;
	if (*span) {
		if (!when_parse_span(span, from, to, &e))
			return true;
		at_refuse(r, at_column(r, at_column(r, T_SHIFTS_SPAN) < 0 ? T_SHIFTS_FROM : T_SHIFTS_SPAN),
			  _("No time from and to: %s"), e.text);
		return false;
	}
	if (when_parse_time(start, from, &e)) {
		at_refuse(r, at_column(r, T_SHIFTS_FROM), _("No time from: %s"),
			  *start ? e.text : _("the cell is empty"));
		return false;
	}
	if (when_parse_time(end, to, &e)) {
		at_refuse(r, at_column(r, T_SHIFTS_TO), _("No time to: %s"), *end ? e.text : _("the cell is empty"));
		return false;
	}
	if (*to <= *from)
		*to += DAY_MINUTES;
	return true;
}

static bool read_named(struct at *r, enum target_no t, int type, const char *missing, struct id *out)
{
	const char *text = at_cell(r, t);
	if (*text)
		return at_find(r, at_column(r, t), type, text, out);
	at_refuse(r, at_column(r, t), "%s", missing);
	return false;
}

/* A role that is done at one place only says the place too. */
static bool read_unit(struct at *r, struct slot *s)
{
	const struct task *task = book_task(r->p->book, s->role);
	if (!*at_cell(r, T_SHIFTS_UNIT) && task && !id_is_none(task->unit)) {
		s->unit = task->unit;
		return true;
	}
	return read_named(r, T_SHIFTS_UNIT, TYPE_UNIT, _("No place"), &s->unit);
}

static bool read_slot(struct at *r, struct slot *s)
{
	civil_date day;
	int from, to;
	bool when = read_day(r, &day);
	when = read_span(r, &from, &to) && when;
	bool where = read_named(r, T_SHIFTS_ROLE, TYPE_ROLE, _("No role"), &s->role);
	where = read_unit(r, s) && where;
	if (!when || !where) {
		at_fate(r, when ? ROW_DOUBT : ROW_REFUSE);
		return false;
	}
	s->start = cmin_at(day, from);
	s->end = cmin_at(day, to);
	return true;
}

/* What the rows about one shift have said of it. */
struct told {
	bool need;
};

/* The first row about a shift says what its note and need are; later ones add people. */
static struct told *hear(struct at *r, const struct draft *shift)
{
	char id[ID_TEXT];
	void **at = lookup_at(r->p->lookup, "told:%s", id_format(id, shift->id));
	r->again = *at != NULL;
	if (!*at)
		*at = arena_alloc(r->p->a, sizeof(struct told));
	return *at;
}

/* ---- what it says ----------------------------------------------------------------------------------- */

/* A note that only says "called off" is the state, no note; one about a cancelled place is kept, and nobody is taken
 * off for it. */
static void set_note(struct at *r, struct draft *shift)
{
	const char *note = at_cell(r, T_SHIFTS_NOTE);
	int column = at_column(r, T_SHIFTS_NOTE);
	bool cancelled = import_says_cancelled(r->p->a, note);
	if (cancelled)
		at_set(r, shift, column, F_SHIFT_STATE, value_int(SHIFT_CANCELLED), false);
	if (!cancelled || strchr(text_fold(r->p->a, note), ' '))
		at_set_cell(r, shift, T_SHIFTS_NOTE, F_SHIFT_NOTE, note, r->again);
	if (strstr(text_fold(r->p->a, note), "afbud"))
		at_remark(r, column,
			  _("The note speaks of a cancellation; it is kept, and nobody was taken off the shift"));
}

/* Only "called off" is taken from the sheet when the shift stands already: it may have been published or called off
 * here since. */
static void set_state(struct at *r, struct draft *shift, bool made)
{
	const char *s = at_cell(r, T_SHIFTS_STATE);
	struct value v;
	if (!*s || import_parse(r->p->a, schema_field(TYPE_SHIFT, F_SHIFT_STATE), s, r->p->today, &v, NULL))
		return;
	if (made || v.i == SHIFT_CANCELLED)
		at_set(r, shift, at_column(r, T_SHIFTS_STATE), F_SHIFT_STATE, v, false);
}

/* Without a number of its own a shift needs as many as stand on it. */
static void set_need(struct at *r, struct draft *shift, int places, struct told *told)
{
	const char *need = at_cell(r, T_SHIFTS_NEED);
	at_set_cell(r, shift, T_SHIFTS_NEED, F_SHIFT_NEED, need, told->need);
	at_set_cell(r, shift, T_SHIFTS_WISHED, F_SHIFT_WISHED, at_cell(r, T_SHIFTS_WISHED), r->again);
	told->need = told->need || *need;
	if (!draft_get(shift, F_SHIFT_NEED).tag)
		draft_set(r->p, shift, F_SHIFT_NEED, value_int(places > 0 ? places : 1), false);
	else if (r->again && shift->fresh && !told->need)
		draft_set(r->p, shift, F_SHIFT_NEED, value_int(draft_get(shift, F_SHIFT_NEED).i + places), false);
}

/* ---- events of our own calendars ------------------------------------------------------------------------ */

static struct slot slot_of(const struct draft *shift)
{
	return (struct slot){draft_get(shift, F_SHIFT_UNIT).id, draft_get(shift, F_SHIFT_ROLE).id, draft_get(shift, F_SHIFT_START).i,
		draft_get(shift, F_SHIFT_END).i};
}

/* The shift that a UID of ours was made for; *alone says that it was the whole shift's and not one place's. NULL: it is
 * somebody else's UID, or nothing here has it. */
static struct draft *shift_of_uid(struct at *r, bool *alone)
{
	struct plan *p = r->p;
	struct rec *rec = NULL;
	struct id id;
	struct err e;
	bool is_part;
	if (at_column(r, T_SHIFTS_UID) < 0 || !calendars_uid(at_cell(r, T_SHIFTS_UID), &id, &is_part))
		return NULL;
	if (import_failed(p, view_find(p->v, p->a, id, &rec, &e), &e) || !rec)
		return NULL;
	*alone = rec->type == TYPE_SHIFT && !is_part;
	if (rec->type == TYPE_ASSIGNMENT)
		id = rec_id(rec, F_ASSIGNMENT_SHIFT);
	return rec->type == TYPE_SHIFT || rec->type == TYPE_ASSIGNMENT ? draft_of(p, TYPE_SHIFT, id) : NULL;
}

/* The file may be older than what stands here, so nothing is changed by itself. */
static bool says_yes(struct at *r, const char *question)
{
	const struct choice_of_row choices[] = {{_("Leave it as it is"), ID_NONE}, {_("As in the calendar"), ID_NONE}};
	return at_ask(r, at_column(r, T_SHIFTS_UID), &(struct question){question, NULL, choices, 2, 0}) == 1;
}

static void take_moved(struct at *r, struct draft *shift, const struct slot *was, bool alone)
{
	civil_date day;
	int from, to;
	char span[64], text[40];
	if (!*at_cell(r, T_SHIFTS_TO) || !read_day(r, &day) || !read_span(r, &from, &to))
		return;
	civil_min start = cmin_at(day, from), end = cmin_at(day, to);
	if (start == was->start && end == was->end)
		return;
	const char *when = arena_printf(r->p->a, "%s %s", civil_format_date(text, sizeof text, day, CIVIL_DAY),
		civil_format_span(span, sizeof span, start, end));
	if (!alone) {
		at_remark(r, -1, _("The calendar says %s; one person's calendar moves no shift"), when);
	} else if (says_yes(r, arena_printf(r->p->a, _("The calendar says %s. Move the shift?"), when))) {
		at_set(r, shift, at_column(r, T_SHIFTS_FROM), F_SHIFT_START, value_int(start), false);
		at_set(r, shift, at_column(r, T_SHIFTS_TO), F_SHIFT_END, value_int(end), false);
	}
}

/* True: the row was an event of our own, and is done with. */
static bool take_own(struct at *r)
{
	bool alone = false;
	struct draft *shift = shift_of_uid(r, &alone);
	if (!shift)
		return false;
	const struct slot was = slot_of(shift);
	bool is_off = draft_get(shift, F_SHIFT_STATE).i == SHIFT_CANCELLED, is_gone = !shift->fresh && !shift->was->alive;
	r->row->what = at_slot_title(r, &was);
	if (is_gone) {
		at_remark(r, -1, _("It was deleted here since; left so"));
		return true;
	}
	take_moved(r, shift, &was, alone);
	if (alone && !is_off && strcmp(at_cell(r, T_SHIFTS_STATE), "cancelled") == 0 &&
	    says_yes(r, _("The calendar says that it is called off. Call it off?")))
		at_set(r, shift, at_column(r, T_SHIFTS_STATE), F_SHIFT_STATE, value_int(SHIFT_CANCELLED), false);
	return true;
}

/* Other things stand in a calendar too; why it is none was said where it was read. */
static bool is_no_shift(const struct at *r)
{
	return r->p->files[r->file].table.wary && (!*at_cell(r, T_SHIFTS_DATE) || !*at_cell(r, T_SHIFTS_TO));
}

/* ---- the row ---------------------------------------------------------------------------------------- */

static void plan_row(struct at *r)
{
	struct slot s;
	bool made;
	if (take_own(r))
		return;
	r->row->what = arena_printf(r->p->a, "%s %s %s", at_cell(r, T_SHIFTS_DATE), at_cell(r, T_SHIFTS_UNIT),
				    at_cell(r, T_SHIFTS_ROLE));
	if (is_no_shift(r)) {
		at_fate(r, ROW_REFUSE);
		return;
	}
	if (!read_slot(r, &s))
		return;
	struct draft *shift = at_shift(r, &s, &made);
	int places = at_seat_people(r, at_column(r, T_SHIFTS_PEOPLE), shift, &s, at_cell(r, T_SHIFTS_PEOPLE));
	set_need(r, shift, places, hear(r, shift));
	set_note(r, shift);
	set_state(r, shift, made);
	r->row->what =
		arena_printf(r->p->a, ngettext("%s: %d on the shift", "%s: %d on the shift", (unsigned long)places),
			     at_slot_title(r, &s), places);
}

void import_plan_shifts(struct plan *p, size_t file)
{
	for (size_t i = 0; i < p->files[file].table.nrows && !p->code; i++) {
		struct at r = at_row(p, file, i);
		plan_row(&r);
	}
}

void import_note_shifts(struct plan *p, size_t file)
{
	for (size_t i = 0; i < p->files[file].table.nrows && !p->code; i++) {
		struct at r = at_row(p, file, i);
		struct id unit;
		if (import_knows(p, TYPE_UNIT, at_cell(&r, T_SHIFTS_UNIT), &unit))
			import_note_names(p, at_cell(&r, T_SHIFTS_PEOPLE), unit);
	}
}
