/* export/papers_attend.c - see papers.h: the tick sheet, as a paper to be filled in and as what is recorded. Owns what
 * stands on it. Must not number anybody: roster/attendance.h does, so that all sheets agree. */
#include "export/papers_priv.h"

#include "base/lang.h"
#include "export/json_buf.h"

enum { COL_NUMBER, COL_NAME, COL_CAME, COL_EXCUSED, COL_ABSENT, COL_HOURS, COL_REMARK };
enum { WALKINS = 2 };

static const char *hours_text(struct arena *a, int minutes)
{
	return arena_printf(a, "%d:%02d", minutes / 60, minutes % 60);
}

/* What is known beforehand: nobody is asked twice about an afbud. */
static const char *remark_of(struct arena *a, const struct attendee *x)
{
	const struct choice *state = schema_choice(SET_ASSIGNMENT_STATE, x->seat.state);
	const char *said = x->seat.state == ASSIGNMENT_ACCEPTED || x->seat.attendance || !state ? "" : _(state->label);
	return x->approved == DATE_NONE ? said : *said ? arena_printf(a, _("%s, approved"), said) : _("approved");
}

static void add_person(struct sheet *s, const struct attendee *x)
{
	static const int ticked[] = {[ATTENDANCE_PRESENT] = COL_CAME, [ATTENDANCE_EXCUSED] = COL_EXCUSED, [ATTENDANCE_ABSENT] = COL_ABSENT};
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	c[COL_NUMBER] = sheet_int(s->arena, x->number);
	c[COL_NAME].text = x->seat.name;
	for (int i = COL_CAME; i <= COL_ABSENT; i++)
		c[i].text = x->seat.attendance && ticked[x->seat.attendance] == i ? "[x]" : "[ ]";
	c[COL_HOURS].text = hours_text(s->arena, x->told >= 0 ? x->told : x->planned);
	c[COL_REMARK].text = remark_of(s->arena, x);
}

/* Whoever comes too is keyed in with a plus and the name. */
static void add_walkin(struct sheet *s)
{
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	c[COL_NUMBER].text = "+";
	c[COL_NAME].text = "……………………………………";
	c[COL_CAME].text = "[ ]";
}

static void add_columns(struct sheet *s)
{
	sheet_column(s, "number", _("No."), ALIGN_RIGHT, 3, 4);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 14, 34);
	/* the letters that the line is keyed in with, in every language */
	sheet_column(s, "present", "f", ALIGN_LEFT, 3, 3);
	sheet_column(s, "excused", "a", ALIGN_LEFT, 3, 3);
	sheet_column(s, "absent", "u", ALIGN_LEFT, 3, 3);
	sheet_column(s, "hours", _("Hours"), ALIGN_RIGHT, 5, 6);
	sheet_column(s, "remark", _("Remark"), ALIGN_LEFT, 8, 20);
	s->group_id = "shift";
	s->group_title = _("Shift");
}

static void add_shift(struct sheet *s, const struct attend_sheet *x)
{
	sheet_row(s, ROW_GROUP)->cells[0].text = arena_printf(s->arena, "%s · %s", shift_title(s->arena, &x->shift),
		attend_code(s->arena, x));
	for (size_t i = 0; i < x->n; i++)
		if (x->rows[i].listed)
			add_person(s, &x->rows[i]);
}

struct sheet *paper_attendance(struct view *v, struct arena *a, const struct attend_sheet *sheets, size_t n, civil_date from,
	civil_date to, bool by_hand)
{
	struct sheet *s = sheet_new(a, _("Attendance"));
	size_t missing = 0;
	s->period = paper_period(a, from, to);
	s->purpose = _("Made so that it is known who was there. Not to be passed on.");
	s->shred = paper_shred(v, to - 1);
	s->made = paper_made(v, a);
	s->from = from;
	s->to = to - 1;
	s->unit = n == 1 ? sheets->shift.row.unit : ID_NONE;
	add_columns(s);
	for (size_t i = 0; i < n; i++) {
		add_shift(s, &sheets[i]);
		for (int j = 0; by_hand && j < WALKINS; j++)
			add_walkin(s);
		missing += sheets[i].shift.row.end <= store_now_civil(view_store(v)) ? sheets[i].unrecorded : 0;
	}
	if (missing)
		sheet_note(s, arena_printf(a, ngettext("%zu person isn't recorded", "%zu people aren't recorded", missing), missing));
	sheet_note(s, _("f came · a cancelled · u stayed away. Other hours than these: write them. Whoever came too: write the name."));
	if (n)
		sheet_note(s, arena_printf(a, _("Keyed in with the code over the shift: on the screen (Ctrl-E, then t) as %s 1-9f 4a 7u, or samvagt attend %s "
			"\"1-9f 4a 7u\""), attend_code(a, &sheets[0]), attend_code(a, &sheets[0])));
	return s;
}

/* ---- for programs ------------------------------------------------------------------------------------------------ */

static json_t *json_of_person(const struct attendee *x)
{
	json_t *o = json_pack("{s:i, s:o, s:s, s:i, s:i, s:b}", "number", x->number, "id", json_of_id(x->seat.assignment), "name",
		x->seat.name, "places", x->seat.places, "planned", x->planned, "expected", x->expected);
	if (!id_is_none(x->seat.volunteer))
		json_object_set_new(o, "volunteer", json_of_id(x->seat.volunteer));
	json_set_choice(o, "state", SET_ASSIGNMENT_STATE, x->seat.state);
	json_set_choice(o, "attendance", SET_ATTENDANCE, x->seat.attendance);
	if (x->told >= 0)
		json_object_set_new(o, "told", json_integer(x->told));
	if (x->approved != DATE_NONE)
		json_object_set_new(o, "approved", json_of_date(x->approved));
	return o;
}

static json_t *json_of_sheet(struct arena *a, const struct attend_sheet *s)
{
	json_t *people = json_array();
	for (size_t i = 0; i < s->n; i++)
		if (s->rows[i].listed)
			json_array_append_new(people, json_of_person(&s->rows[i]));
	return json_pack("{s:o, s:s, s:o, s:o, s:s, s:s, s:I, s:I, s:o}", "shift", json_of_id(s->shift.row.shift), "code",
		attend_code(a, s), "start", json_of_time(s->shift.row.start), "end", json_of_time(s->shift.row.end), "unit",
		s->shift.unit, "role", s->shift.role, "expected", (json_int_t)s->expected, "unrecorded", (json_int_t)s->unrecorded,
		"people", people);
}

void paper_attendance_json(struct arena *a, const struct attend_sheet *sheets, size_t n, struct buf *out)
{
	json_t *all = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(all, json_of_sheet(a, &sheets[i]));
	json_put(all, out);
}
