/* apart/order.c - see order.h. Owns what a right order is; everything after it may trust what it is given. Must not
 * know how anything looks. */
#include "apart/order.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* The first thing that is wrong stays. Nothing is cleaned: some formats can hold more than others. */
struct reader { struct arena *a; struct err *e; int rc; };

static void refuse(struct reader *r, const char *what, const char *where)
{
	if (r->rc == OK)
		r->rc = err_set(r->e, ERR_DATA, "%s: %s", where, what);
}

static const char *text_of(struct reader *r, json_t *o, const char *name, const char *otherwise, size_t most)
{
	json_t *v = json_object_get(o, name);
	if (!v || json_is_null(v))
		return otherwise;
	if (!json_is_string(v))
		refuse(r, "isn't a string", name);
	else if (json_string_length(v) > most)
		refuse(r, "is too long", name);
	else
		return arena_strndup(r->a, json_string_value(v), json_string_length(v));
	return otherwise;
}

/* The number of a name in a table; the first one when it isn't there. */
static int choice_of(struct reader *r, json_t *o, const char *name, const char *const *names, int n)
{
	const char *text = text_of(r, o, name, names[0], 20);
	for (int i = 0; i < n; i++)
		if (strcmp(text, names[i]) == 0)
			return i;
	refuse(r, "isn't one of those that are known", name);
	return 0;
}

static json_t *array_of(struct reader *r, json_t *o, const char *name, size_t most)
{
	json_t *v = json_object_get(o, name);
	if (v && !json_is_array(v))
		refuse(r, "isn't an array", name);
	else if (json_array_size(v) > most)
		refuse(r, "has too many", name);
	return r->rc == OK ? v : NULL;
}

static void read_columns(struct reader *r, json_t *o, struct sheet *s)
{
	static const char *const aligns[] = {[ALIGN_LEFT] = "left", [ALIGN_RIGHT] = "right"};
	static const char *const parts[] = {[PART_NONE] = "none", [PART_ADDRESS] = "address", [PART_HEADING] = "heading",
		[PART_TEXT] = "text", [PART_WORDING] = "wording", [PART_SIGN] = "sign", [PART_CODE] = "code"};
	json_t *all = array_of(r, o, "columns", ORDER_COLUMNS);
	for (size_t i = 0; r->rc == OK && i < json_array_size(all); i++) {
		json_t *c = json_array_get(all, i);
		sheet_column(s, "", text_of(r, c, "title", "", ORDER_CELL),
			(enum column_align)choice_of(r, c, "align", aligns, 2), 0, 0);
		sheet_part_last(s, (enum column_part)choice_of(r, c, "part", parts, sizeof parts / sizeof *parts));
	}
	if (!s->ncolumns)
		refuse(r, "there are none", "columns");
}

/* "2025-12-03", "2025-12-03T08:00" and "08:00", and nothing else. */
static bool read_moment(const char *s, enum cell_kind kind, int64_t *out)
{
	int y = 1970, m = 1, d = 1, hour = 0, minute = 0, n = -1;
	if (kind == CELL_DATE)
		sscanf(s, "%4d-%2d-%2d%n", &y, &m, &d, &n);
	else if (kind == CELL_DATETIME)
		sscanf(s, "%4d-%2d-%2dT%2d:%2d%n", &y, &m, &d, &hour, &minute, &n);
	else
		sscanf(s, "%2d:%2d%n", &hour, &minute, &n);
	if (n < 0 || s[n] || !civil_valid(y, m, d) || hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60)
		return false;
	int64_t day = civil_from_ymd(y, m, d);
	*out = kind == CELL_DATE ? day : kind == CELL_TIME ? hour * 60 + minute : cmin_at((civil_date)day, hour * 60 + minute);
	return true;
}

/* A cell without its value is what its text says. */
static void read_value(struct reader *r, json_t *o, struct sheet_cell *out)
{
	json_t *v = json_object_get(o, "value");
	if (out->kind == CELL_TEXT || !v) {
		out->kind = CELL_TEXT;
	} else if (out->kind == CELL_INT || out->kind == CELL_MINUTES) {
		if (!json_is_integer(v))
			refuse(r, "isn't a whole number", "value");
		out->value = json_integer_value(v);
	} else if (!json_is_string(v) || !read_moment(json_string_value(v), out->kind, &out->value)) {
		refuse(r, "isn't a date or time", "value");
	}
}

static void read_cell(struct reader *r, json_t *o, struct sheet_cell *out)
{
	static const char *const marks[] = {
		[CELL_PLAIN] = "plain", [CELL_GAP] = "gap", [CELL_CANCELLED] = "cancelled", [CELL_STRONG] = "strong"};
	static const char *const kinds[] = {
		[CELL_TEXT] = "text", [CELL_INT] = "int", [CELL_DATE] = "date", [CELL_DATETIME] = "datetime",
		[CELL_TIME] = "time", [CELL_MINUTES] = "minutes"};
	if (!json_is_object(o))
		refuse(r, "a cell isn't an object", "rows");
	out->kind = (enum cell_kind)choice_of(r, o, "kind", kinds, sizeof kinds / sizeof *kinds);
	out->text = text_of(r, o, "text", "", ORDER_CELL);
	out->mark = (enum cell_mark)choice_of(r, o, "mark", marks, sizeof marks / sizeof *marks);
	read_value(r, o, out);
}

static void read_row(struct reader *r, json_t *o, struct sheet *s)
{
	static const char *const kinds[] = {[ROW_DATA] = "data", [ROW_GROUP] = "group", [ROW_TOTAL] = "total"};
	enum row_kind kind = (enum row_kind)choice_of(r, o, "kind", kinds, sizeof kinds / sizeof *kinds);
	json_t *cells = array_of(r, o, "cells", ORDER_COLUMNS);
	size_t n = kind == ROW_GROUP ? 1 : s->ncolumns;
	if (json_array_size(cells) != n)
		refuse(r, "a row hasn't as many cells as there are columns (a group: one)", "rows");
	struct sheet_cell *c = r->rc == OK ? sheet_row(s, kind)->cells : NULL;
	for (size_t i = 0; r->rc == OK && i < n; i++)
		read_cell(r, json_array_get(cells, i), &c[i]);
}

static void read_notes(struct reader *r, json_t *o, struct sheet *s)
{
	json_t *notes = array_of(r, o, "notes", ORDER_ROWS);
	for (size_t i = 0; r->rc == OK && i < json_array_size(notes); i++) {
		json_t *note = json_array_get(notes, i);
		if (!json_is_string(note) || json_string_length(note) > ORDER_CELL)
			refuse(r, "one isn't a string, or is too long", "notes");
		else
			sheet_note(s, arena_strndup(r->a, json_string_value(note), json_string_length(note)));
	}
}

/* ---- its face ------------------------------------------------------------------------------------------- */

/* A number from `least`, as small as a sheet of paper; `otherwise` where there is none. */
static int number_of(struct reader *r, json_t *o, const char *name, int least, int otherwise)
{
	enum { LONG_SIDE = 2970 };
	json_t *v = json_object_get(o, name);
	if (!v)
		return otherwise;
	if (!json_is_integer(v) || json_integer_value(v) < least || json_integer_value(v) > LONG_SIDE)
		refuse(r, "isn't a number of tenths of a millimetre on A4", name);
	return r->rc == OK ? (int)json_integer_value(v) : otherwise;
}

static void read_cards(struct reader *r, json_t *o, struct sheet_cards *c)
{
	const struct sheet_cards usual = *c;
	*c = (struct sheet_cards){
		.across = number_of(r, o, "across", 1, usual.across), .down = number_of(r, o, "down", 1, usual.down),
		.width = number_of(r, o, "width", 50, usual.width), .height = number_of(r, o, "height", 50, usual.height),
		.left = number_of(r, o, "left", 0, usual.left), .top = number_of(r, o, "top", 0, usual.top),
		.gap_x = number_of(r, o, "gap_x", 0, usual.gap_x), .gap_y = number_of(r, o, "gap_y", 0, usual.gap_y),
		.badge = json_is_true(json_object_get(o, "badge")),
	};
	if (c->left + c->across * c->width + (c->across - 1) * c->gap_x > 2100 ||
	    c->top + c->down * c->height + (c->down - 1) * c->gap_y > 2970)
		refuse(r, "they don't fit on A4", "cards");
}

static size_t column_of(struct reader *r, json_t *o, const char *name, const struct sheet *s)
{
	json_t *v = json_object_get(o, name);
	if (!json_is_integer(v) || json_integer_value(v) < 0 || json_integer_value(v) >= (json_int_t)s->ncolumns)
		refuse(r, "isn't the number of a column", name);
	return r->rc == OK ? (size_t)json_integer_value(v) : 0;
}

static int64_t whole_of(struct reader *r, json_t *o)
{
	json_t *v = json_object_get(o, "whole");
	if (v && (!json_is_integer(v) || json_integer_value(v) < 0))
		refuse(r, "isn't a number from 0", "whole");
	return v && r->rc == OK ? json_integer_value(v) : 0;
}

static void read_charts(struct reader *r, json_t *o, struct sheet *s)
{
	json_t *charts = array_of(r, o, "charts", ORDER_COLUMNS);
	for (size_t i = 0; r->rc == OK && i < json_array_size(charts); i++) {
		json_t *c = json_array_get(charts, i);
		sheet_chart(s, text_of(r, c, "title", "", ORDER_CELL), column_of(r, c, "label", s), column_of(r, c, "value", s));
		sheet_whole_last(s, whole_of(r, c));
	}
}

static struct sheet *read_sheet(struct reader *r, json_t *o)
{
	static const char *const faces[] = {[FACE_TABLE] = "table", [FACE_CARDS] = "cards", [FACE_LETTERS] = "letters", [FACE_POSTER] = "poster"};
	static const char *const papers[] = {"a4", "a3"};
	struct sheet *s = sheet_new(r->a, text_of(r, o, "title", "", ORDER_CELL));
	s->period = text_of(r, o, "period", "", ORDER_CELL);
	s->purpose = text_of(r, o, "purpose", "", ORDER_CELL);
	s->made = text_of(r, o, "made", "", ORDER_CELL);
	s->face = (enum sheet_face)choice_of(r, o, "face", faces, sizeof faces / sizeof *faces);
	s->a3 = choice_of(r, o, "paper", papers, 2) == 1;
	read_columns(r, o, s);
	if (json_object_get(o, "cards"))
		read_cards(r, json_object_get(o, "cards"), &s->cards);
	json_t *rows = array_of(r, o, "rows", ORDER_ROWS);
	for (size_t i = 0; r->rc == OK && i < json_array_size(rows); i++)
		read_row(r, json_array_get(rows, i), s);
	read_notes(r, o, s);
	read_charts(r, o, s);
	return s;
}

/* ---- the order ------------------------------------------------------------------------------------------ */

static void read_words(struct reader *r, json_t *o, struct order *out)
{
	json_t *words = json_object_get(o, "words");
	if (words && !json_is_object(words))
		refuse(r, "isn't an object", "words");
	out->language = text_of(r, o, "language", "en", 20);
	out->created = text_of(r, o, "created", "", 40);
	out->author = text_of(r, o, "author", "", ORDER_CELL);
	out->page = text_of(r, words, "page", "{page}/{pages}", ORDER_CELL);
	out->again = text_of(r, words, "again", "…", ORDER_CELL);
	out->empty = text_of(r, words, "empty", "–", ORDER_CELL);
	out->shred = text_of(r, words, "shred", "", ORDER_CELL);
}

static void read_order(struct reader *r, json_t *o, struct order *out)
{
	json_t *sheet = json_object_get(o, "sheet");
	read_words(r, o, out);
	if (json_is_object(sheet))
		out->sheet = read_sheet(r, sheet);
	else
		refuse(r, "\"sheet\" must be there, an object", "the order");
}

int order_read(struct arena *a, const char *json, size_t n, struct order *out, struct err *e)
{
	struct reader r = {a, e, OK};
	json_error_t wrong;
	*out = (struct order){0};
	json_t *o = json_loadb(json, n, 0, &wrong);
	if (!o)
		return err_set(e, ERR_DATA, "not JSON: line %d, column %d", wrong.line, wrong.column);
	read_order(&r, o, out);
	json_decref(o);
	return r.rc;
}
