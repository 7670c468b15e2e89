/* export/sheet_json.c - a sheet as one JSON object, whole: what is read by programs and by the helpers that make other
 * formats. Owns the names in it (man samvagt-json), which are kept for ever. Must not know what a sheet is about. */
#include "export/sheet_priv.h"

#include "export/json_buf.h"

static const char *const kinds[] = {
	[CELL_TEXT] = "text",
	[CELL_INT] = "int",
	[CELL_DATE] = "date",
	[CELL_DATETIME] = "datetime",
	[CELL_TIME] = "time",
	[CELL_MINUTES] = "minutes",
};
static const char *const faces[] = {
	[FACE_TABLE] = "table",
	[FACE_CARDS] = "cards",
	[FACE_LETTERS] = "letters",
	[FACE_POSTER] = "poster",
};
static const char *const parts[] = {
	[PART_NONE] = "none",
	[PART_ADDRESS] = "address",
	[PART_HEADING] = "heading",
	[PART_TEXT] = "text",
	[PART_WORDING] = "wording",
	[PART_SIGN] = "sign",
	[PART_CODE] = "code",
};
static const char *const marks[] = {
	[CELL_PLAIN] = "plain",
	[CELL_GAP] = "gap",
	[CELL_CANCELLED] = "cancelled",
	[CELL_STRONG] = "strong",
};
static const char *const row_kinds[] = {[ROW_DATA] = "data", [ROW_GROUP] = "group", [ROW_TOTAL] = "total"};

static json_t *json_of_number(const struct sheet_cell *c)
{
	if (c->kind == CELL_DATE)
		return json_of_date((civil_date)c->value);
	if (c->kind == CELL_DATETIME)
		return json_of_time(c->value);
	if (c->kind == CELL_TIME)
		return json_string(c->text);
	return json_integer(c->value);
}

static json_t *json_of_cell(const struct sheet_cell *c)
{
	json_t *o = json_object();
	json_object_set_new(o, "text", json_string(c->text));
	if (c->kind != CELL_TEXT) {
		json_object_set_new(o, "kind", json_string(kinds[c->kind]));
		json_object_set_new(o, "value", json_of_number(c));
	}
	if (c->mark != CELL_PLAIN)
		json_object_set_new(o, "mark", json_string(marks[c->mark]));
	return o;
}

static json_t *json_of_row(const struct sheet *s, const struct sheet_row *r)
{
	json_t *o = json_object(), *cells = json_array();
	for (size_t i = 0; i < (r->kind == ROW_GROUP ? 1 : s->ncolumns); i++)
		json_array_append_new(cells, json_of_cell(&r->cells[i]));
	json_object_set_new(o, "kind", json_string(row_kinds[r->kind]));
	json_object_set_new(o, "cells", cells);
	return o;
}

static json_t *json_of_column(const struct sheet_column *c)
{
	json_t *o = json_pack("{s:s, s:s, s:s}", "id", c->id, "title", c->title, "align",
		c->align == ALIGN_RIGHT ? "right" : "left");
	if (c->part != PART_NONE)
		json_object_set_new(o, "part", json_string(parts[c->part]));
	return o;
}

static json_t *json_of_cards(const struct sheet_cards *c)
{
	return json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:b}", "across", c->across, "down", c->down, "width", c->width,
		"height", c->height, "left", c->left, "top", c->top, "gap_x", c->gap_x, "gap_y", c->gap_y,
		"badge", c->badge);
}

/* What most sheets have none of is left out. */
static void set_face(json_t *o, const struct sheet *s)
{
	json_t *charts = s->ncharts ? json_array() : NULL;
	for (size_t i = 0; i < s->ncharts; i++)
		json_array_append_new(charts, json_pack("{s:s, s:I, s:I, s:I}", "title", s->charts[i].title, "label",
			(json_int_t)s->charts[i].label, "value", (json_int_t)s->charts[i].value, "whole", (json_int_t)s->charts[i].whole));
	if (s->face != FACE_TABLE)
		json_object_set_new(o, "face", json_string(faces[s->face]));
	if (s->face == FACE_CARDS)
		json_object_set_new(o, "cards", json_of_cards(&s->cards));
	if (s->a3)
		json_object_set_new(o, "paper", json_string("a3"));
	if (charts)
		json_object_set_new(o, "charts", charts);
}

json_t *sheet_json(const struct sheet *s)
{
	json_t *o = json_object(), *columns = json_array(), *rows = json_array(), *notes = json_array();

	for (size_t i = 0; i < s->ncolumns; i++)
		json_array_append_new(columns, json_of_column(&s->columns[i]));
	for (size_t i = 0; i < s->nrows; i++)
		json_array_append_new(rows, json_of_row(s, &s->rows[i]));
	for (size_t i = 0; i < s->nnotes; i++)
		json_array_append_new(notes, json_string(s->notes[i]));
	json_object_set_new(o, "title", json_string(s->title));
	json_object_set_new(o, "period", json_string(s->period));
	json_object_set_new(o, "purpose", json_string(s->purpose));
	json_object_set_new(o, "shred", json_of_date(s->shred));
	json_object_set_new(o, "made", json_string(s->made));
	json_object_set_new(o, "columns", columns);
	json_object_set_new(o, "rows", rows);
	json_object_set_new(o, "notes", notes);
	set_face(o, s);
	return o;
}

void sheet_write_json(const struct sheet *s, struct buf *out)
{
	json_put(sheet_json(s), out);
}
