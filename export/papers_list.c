/* export/papers_list.c - paper_records and paper_list (papers.h): any type's records, and them as a sheet, by the table
 * of fields. Owns which records a filter keeps. Must not know what any type is for, but that shifts come by time. */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/papers_priv.h"

enum { SHORT_ID = 6 };

struct listed {
	struct rec *r;
	int64_t time;
	const char *key;
	size_t nkey;
};

static int compare_listed(const void *x, const void *y)
{
	const struct listed *a = x, *b = y;
	size_t n = a->nkey < b->nkey ? a->nkey : b->nkey;
	int c = a->time == b->time ? memcmp(a->key, b->key, n) : a->time < b->time ? -1 : 1;
	if (c == 0)
		c = (a->nkey > b->nkey) - (a->nkey < b->nkey);
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

/* What --find looks for, folded once. */
struct needle { const char *text, *digits; };

static bool holds(struct view *v, struct arena *a, const struct rec *r, const struct needle *k)
{
	const struct type *t = schema_type(r->type);
	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];
		const char *s = f->flags & FIELD_FIND ? rec_text(r, f->no) : "";
		if (f->kind == KIND_PHONE && *s && *k->digits && strstr(text_phone_digits(a, s), k->digits))
			return true;
		if (f->kind != KIND_PHONE && *s && text_fold_match(text_fold(a, s), k->text, NULL))
			return true;
	}
	return text_fold_match(text_fold(a, view_title(v, a, r->id)), k->text, NULL);
}

static bool is_kept(struct view *v, struct arena *a, const struct rec *r, const struct list_paper *how,
	const struct needle *k)
{
	for (size_t i = 0; i < how->nfilters; i++)
		if (!is_kept_by(v, a, r, &how->filters[i]))
			return false;
	return !*k->text || holds(v, a, r, k);
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
	const char *text = view_field_text(v, a, f, x);
	return f->kind == KIND_DATETIME ? sheet_datetime(text, x.i) : sheet_text(text);
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
	s->shred = paper_shred(v, store_today(view_store(v)));
}

char *paper_short_id(struct arena *a, struct id id)
{
	char whole[ID_TEXT];
	id_format(whole, id);
	return arena_strdup(a, whole + ID_TEXT - 1 - SHORT_ID);
}

static void add_record(struct view *v, struct sheet *s, const struct type *t, const struct rec *r, enum list_ids ids)
{
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	if (ids != LIST_NO_IDS)
		*c++ = sheet_text(paper_id(s->arena, r->id, ids));
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].flags & FIELD_COL)
			*c++ = field_cell(v, s->arena, &t->fields[i], r);
}

static struct listed as_listed(struct view *v, struct arena *a, struct rec *r)
{
	struct listed l = { .r = r, .key = "" };
	if (r->type == TYPE_SHIFT)
		l.time = rec_int(r, F_SHIFT_START);
	else
		l.key = text_sort_key(a, view_title(v, a, r->id), &l.nkey);
	return l;
}

int paper_records(struct view *v, struct arena *a, const struct list_paper *how, struct rec ***out, size_t *n,
	struct err *e)
{
	const char *find = how->find ? how->find : "";
	struct needle k = { text_fold(a, find), text_phone_digits(a, find) };
	size_t all;
	int rc = view_all(v, a, how->type, out, &all, e);
	*n = 0;
	if (rc)
		return rc;
	struct listed *rows = arena_alloc(a, (all + 1) * sizeof *rows);
	for (size_t i = 0; i < all; i++)
		if (is_kept(v, a, (*out)[i], how, &k))
			rows[(*n)++] = as_listed(v, a, (*out)[i]);
	qsort(rows, *n, sizeof *rows, compare_listed);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = rows[i].r;
	return OK;
}

int paper_list(struct view *v, struct arena *a, const struct list_paper *how, struct sheet **out, struct err *e)
{
	const struct type *t = schema_type(how->type);
	struct rec **kept;
	size_t n;
	int rc = paper_records(v, a, how, &kept, &n, e);
	if (rc)
		return rc;
	struct sheet *s = *out = sheet_new(a, _(t->plural));
	s->made = paper_made(v, a);
	if (how->ids != LIST_NO_IDS)
		sheet_column(s, "id", "id", ALIGN_LEFT, SHORT_ID, ID_TEXT - 1);
	add_columns(v, s, t);
	for (size_t i = 0; i < n; i++)
		add_record(v, s, t, kept[i], how->ids);
	return OK;
}

/* ---- an order of checks ----------------------------------------------------------------------------------- */
struct sheet *paper_check_order(struct arena *a, const struct person *const *people, size_t n, civil_date shred)
{
	struct sheet *s = sheet_new(a, _("Child-protection checks to order"));
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 30);
	sheet_column(s, "born", _("Date of birth"), ALIGN_LEFT, 10, 13);
	s->purpose = _("Only for the order of the checks. Not to be passed on.");
	s->shred = shred;
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = people[i]->name;
		row->cells[1] = sheet_date(a, people[i]->born, CIVIL_SHORT);
	}
	return s;
}
