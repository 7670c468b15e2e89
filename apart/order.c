/* apart/order.c - see order.h. Owns what a right order is; everything after it may trust what it is given. Must not know how
 * anything looks. */
#include "apart/order.h"

#include <jansson.h>
#include <string.h>

/* The first thing that is wrong stays. */
struct reader { struct arena *a; struct err *e; int rc; };

static void refuse(struct reader *r, const char *what, const char *where)
{
	if (r->rc == OK)
		r->rc = err_set(r->e, ERR_DATA, "%s: %s", where, what);
}

/* Control characters would come out as boxes, or end a line that nobody meant to end. */
static const char *clean(struct reader *r, const char *s, size_t n)
{
	char *out = arena_strndup(r->a, s, n);
	for (char *p = out; *p; p++)
		if (((unsigned char)*p < ' ' && *p != '\n') || *p == 127)
			*p = ' ';
	return out;
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
		return clean(r, json_string_value(v), json_string_length(v));
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
	json_t *all = array_of(r, o, "columns", ORDER_COLUMNS);
	for (size_t i = 0; r->rc == OK && i < json_array_size(all); i++) {
		json_t *c = json_array_get(all, i);
		sheet_column(s, "", text_of(r, c, "title", "", ORDER_CELL),
			(enum column_align)choice_of(r, c, "align", aligns, 2), 0, 0);
	}
	if (!s->ncolumns)
		refuse(r, "there are none", "columns");
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

static struct sheet *read_sheet(struct reader *r, json_t *o)
{
	struct sheet *s = sheet_new(r->a, text_of(r, o, "title", "", ORDER_CELL));
	s->period = text_of(r, o, "period", "", ORDER_CELL);
	s->purpose = text_of(r, o, "purpose", "", ORDER_CELL);
	s->made = text_of(r, o, "made", "", ORDER_CELL);
	read_columns(r, o, s);
	json_t *rows = array_of(r, o, "rows", ORDER_ROWS), *notes = array_of(r, o, "notes", ORDER_ROWS);
	for (size_t i = 0; r->rc == OK && i < json_array_size(rows); i++)
		read_row(r, json_array_get(rows, i), s);
	for (size_t i = 0; r->rc == OK && i < json_array_size(notes); i++) {
		json_t *note = json_array_get(notes, i);
		if (!json_is_string(note) || json_string_length(note) > ORDER_CELL)
			refuse(r, "one isn't a string, or is too long", "notes");
		else
			sheet_note(s, clean(r, json_string_value(note), json_string_length(note)));
	}
	return s;
}

static struct letter *read_letter(struct reader *r, json_t *o)
{
	struct letter *l = arena_alloc(r->a, sizeof *l);
	l->title = text_of(r, o, "title", "", ORDER_CELL);
	l->text = text_of(r, o, "text", "", ORDER_MOST);
	l->code = text_of(r, o, "code", "", ORDER_QR);
	l->qr = text_of(r, o, "qr", "", ORDER_QR);
	l->footer = text_of(r, o, "footer", "", ORDER_CELL);
	return l;
}

static void read_words(struct reader *r, json_t *o, struct order *out)
{
	json_t *words = json_object_get(o, "words");
	if (words && !json_is_object(words))
		refuse(r, "isn't an object", "words");
	out->language = text_of(r, o, "language", "en", 20);
	out->created = text_of(r, o, "created", "", 40);
	out->page = text_of(r, words, "page", "{page}/{pages}", ORDER_CELL);
	out->again = text_of(r, words, "again", "…", ORDER_CELL);
	out->empty = text_of(r, words, "empty", "–", ORDER_CELL);
	out->shred = text_of(r, words, "shred", "", ORDER_CELL);
}

static void read_order(struct reader *r, json_t *o, struct order *out)
{
	json_t *sheet = json_object_get(o, "sheet"), *letter = json_object_get(o, "letter");
	read_words(r, o, out);
	if (json_is_object(sheet) == json_is_object(letter))
		refuse(r, "one of \"sheet\" and \"letter\" must be there, an object", "the order");
	else if (json_is_object(sheet))
		out->sheet = read_sheet(r, sheet);
	else
		out->letter = read_letter(r, letter);
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
