/* export/papers_json.c - paper_roster_json and paper_today_json (papers.h): a roster as one JSON object. Owns the names
 * in it (man samvagt-json), which are kept for ever. Must not decide anything. */
#include "export/papers.h"

#include "export/json_buf.h"

static json_t *json_of_seat(const struct seat *s)
{
	json_t *o = json_object();
	json_object_set_new(o, "id", json_of_id(s->assignment));
	if (!id_is_none(s->volunteer))
		json_object_set_new(o, "volunteer", json_of_id(s->volunteer));
	if (!id_is_none(s->organisation))
		json_object_set_new(o, "organisation", json_of_id(s->organisation));
	json_object_set_new(o, "name", json_string(s->name));
	json_set_choice(o, "state", SET_ASSIGNMENT_STATE, s->state);
	json_object_set_new(o, "places", json_integer(s->places));
	json_set_choice(o, "attendance", SET_ATTENDANCE, s->attendance);
	return o;
}

static json_t *json_of_shift(const struct shift *x)
{
	json_t *o = json_object(), *people = json_array();
	for (size_t i = 0; i < x->nseats; i++)
		json_array_append_new(people, json_of_seat(&x->seats[i]));
	json_object_set_new(o, "id", json_of_id(x->row.shift));
	json_object_set_new(o, "start", json_of_time(x->row.start));
	json_object_set_new(o, "end", json_of_time(x->row.end));
	json_object_set_new(o, "unit", json_string(x->unit));
	json_object_set_new(o, "unit_id", json_of_id(x->row.unit));
	json_object_set_new(o, "role", json_string(x->role));
	json_object_set_new(o, "role_id", json_of_id(x->row.role));
	json_set_choice(o, "state", SET_SHIFT_STATE, x->row.state);
	json_object_set_new(o, "need", json_integer(x->row.need));
	json_object_set_new(o, "wished", json_integer(x->row.wished));
	json_object_set_new(o, "filled", json_integer(x->row.filled));
	json_object_set_new(o, "open", json_integer(x->open));
	if (*x->note)
		json_object_set_new(o, "note", json_string(x->note));
	json_object_set_new(o, "people", people);
	return o;
}

static json_t *json_of_roster(const struct roster *r)
{
	json_t *o = json_object(), *shifts = json_array();
	for (size_t i = 0; i < r->n; i++)
		json_array_append_new(shifts, json_of_shift(&r->shifts[i]));
	json_object_set_new(o, "from", json_of_date(r->from));
	json_object_set_new(o, "to", json_of_date(r->to - 1));
	json_object_set_new(o, "need", json_integer((json_int_t)r->need));
	json_object_set_new(o, "filled", json_integer((json_int_t)r->filled));
	json_object_set_new(o, "open", json_integer((json_int_t)r->open));
	json_object_set_new(o, "cancelled", json_integer((json_int_t)r->cancelled));
	json_object_set_new(o, "shifts", shifts);
	return o;
}

static json_t *json_of_list(struct shift *const *shifts, size_t n)
{
	json_t *all = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(all, json_of_shift(shifts[i]));
	return all;
}

static json_t *json_of_due(struct view *v, struct arena *a, const struct today *t)
{
	json_t *all = json_array();
	for (size_t i = 0; i < t->ndue; i++) {
		const struct due_row *due = &t->due[i];
		char id[ID_TEXT];
		json_array_append_new(all, json_pack("{s:o, s:s, s:s, s:s, s:s}", "date", json_of_date(due->date), "type",
			schema_type(due->type)->name, "field", schema_field(due->type, due->field)->name, "id",
			id_format(id, due->id), "title", view_title(v, a, due->id)));
	}
	return all;
}

int paper_today_json(struct view *v, struct book *b, struct arena *a, civil_min now, struct buf *out, struct err *e)
{
	struct today t;
	int rc = roster_today(v, b, a, now, &t, e);
	if (rc)
		return rc;
	json_t *o = json_object();
	json_object_set_new(o, "now", json_of_time(now));
	json_object_set_new(o, "here", json_of_list(t.here, t.nhere));
	json_object_set_new(o, "coming", json_of_list(t.coming, t.ncoming));
	json_object_set_new(o, "gaps", json_of_list(t.later_gaps, t.nlater_gaps));
	json_object_set_new(o, "gone", json_of_list(t.gone, t.ngone));
	json_object_set_new(o, "due", json_of_due(v, a, &t));
	json_put(o, out);
	return OK;
}

int paper_roster_json(struct view *v, struct book *b, struct arena *a, const struct roster_paper *how, struct buf *out,
		      struct err *e)
{
	struct roster r;
	int rc = roster_load(v, b, a, how->unit, how->from, how->to, &r, e);
	if (rc)
		return rc;
	json_put(json_of_roster(&r), out);
	return OK;
}
