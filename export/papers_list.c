/* export/papers_list.c - paper_list (papers.h): any type's records as a sheet, by the table of fields. Owns which
 * records a filter keeps. Must not know what any type is for. */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/papers_priv.h"

enum { SHRED_AFTER_DAYS = 30 }; /* from the day it was made: the next one is newer */

struct listed {
	const struct rec *r;
	const char *title;
};

static int compare_listed(const void *x, const void *y)
{
	const struct listed *a = x, *b = y;
	int c = text_compare(a->title, b->title);
	return c ? c : id_compare(a->r->id, b->r->id);
}

/* A value by its own rules where it can be read so, else by what people see: "organisation=røde" keeps those via the
 * Red Cross. */
static bool is_kept_by(struct view *v, struct arena *a, const struct rec *r, const struct list_filter *f)
{
	struct value wanted, has = rec_get(r, f->field->no);
	if (!kind_parse(a, f->field, f->value, store_today(view_store(v)), &wanted, NULL) && value_equal(wanted, has))
		return true;
	if (f->field->kind != KIND_REF && f->field->kind != KIND_TEXT && f->field->kind != KIND_LONGTEXT)
		return false;
	return *f->value &&
	       text_fold_match(text_fold(a, view_field_text(v, a, f->field, has)), text_fold(a, f->value), NULL);
}

static bool is_kept(struct view *v, struct arena *a, const struct rec *r, const struct list_filter *filters, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!is_kept_by(v, a, r, &filters[i]))
			return false;
	return true;
}

static struct sheet_cell field_cell(struct view *v, struct arena *a, const struct field *f, const struct rec *r)
{
	struct value x = rec_get(r, f->no);
	if (x.tag == V_NONE)
		return sheet_text("");
	if (f->kind == KIND_INT)
		return sheet_int(a, x.i);
	if (f->kind == KIND_DATE)
		return sheet_date(a, (civil_date)x.i, CIVIL_SHORT);
	return sheet_text(view_field_text(v, a, f, x));
}

/* People are on it when any column is about a person; then it must say why it was made, and be destroyed. */
static void add_columns(struct view *v, struct sheet *s, const struct type *t)
{
	bool personal = false;
	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];
		if (!(f->flags & FIELD_COL))
			continue;
		personal = personal || f->flags & FIELD_PERS;
		sheet_column(s, f->name, _(f->label), f->kind == KIND_INT ? ALIGN_RIGHT : ALIGN_LEFT, 4, 20);
	}
	if (!personal)
		return;
	s->purpose = _("Made for the coordinator's own work. Not to be passed on.");
	s->shred = store_today(view_store(v)) + SHRED_AFTER_DAYS;
}

static void add_record(struct view *v, struct sheet *s, const struct type *t, const struct rec *r)
{
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].flags & FIELD_COL)
			*c++ = field_cell(v, s->arena, &t->fields[i], r);
}

int paper_list(struct view *v, struct book *b, struct arena *a, int type, const struct list_filter *filters,
	       size_t nfilters, struct sheet **out, struct err *e)
{
	const struct type *t = schema_type(type);
	struct rec **all;
	size_t n, kept = 0;
	(void)b;
	int rc = view_all(v, a, type, &all, &n, e);
	if (rc)
		return rc;
	struct listed *rows = arena_alloc(a, (n + 1) * sizeof *rows);
	for (size_t i = 0; i < n; i++)
		if (is_kept(v, a, all[i], filters, nfilters))
			rows[kept++] = (struct listed){all[i], view_title(v, a, all[i]->id)};
	qsort(rows, kept, sizeof *rows, compare_listed);
	struct sheet *s = *out = sheet_new(a, _(t->plural));
	s->made = paper_made(v, a);
	add_columns(v, s, t);
	for (size_t i = 0; i < kept; i++)
		add_record(v, s, t, rows[i].r);
	return OK;
}
