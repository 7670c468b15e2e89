/* export/import_plan_records.c - whole records, with the ids that they had: from samvagt's own files. Owns that a
 * record is known by its id, that what was erased doesn't come back, and that nothing is taken in which points at
 * nothing. Must not know what kind of file they stood in. */
#include "export/import_priv.h"

#include <string.h>

#include "base/lang.h"
#include "store/erase.h"

static const struct type *type_of(const struct at *r)
{
	return r->p->files[r->file].table.type;
}

/* ---- which record it is ------------------------------------------------------------------------------ */

static void **draft_of_row(struct plan *p, size_t file, size_t line)
{
	return lookup_at(p->lookup, "record:%zu:%zu", file, line);
}

/* It isn't made again by itself: somebody deleted it. */
static struct draft *ask_deleted(struct at *r, struct id id)
{
	const struct choice_of_row choices[] = {{_("Leave it deleted"), ID_NONE}, {_("Make it again"), ID_NONE}};
	char text[ID_TEXT];
	const char *question = arena_printf(r->p->a, _("It was deleted here since (%s). Make it again?"), id_format(text, id));
	int chosen = at_ask(r, 0, &(struct question){question, NULL, choices, 2, 0});
	return chosen == 1 ? draft_named(r->p, type_of(r)->no, id) : NULL;
}

/* What the store has under that id; *is_there also when it may not be touched. */
static struct draft *stored_record(struct at *r, struct id id, bool *is_there)
{
	struct plan *p = r->p;
	struct rec *was = NULL;
	struct err e;
	*is_there = false;
	if (import_failed(p, view_find(p->v, p->a, id, &was, &e), &e) || !was)
		return NULL;
	*is_there = true;
	if (was->type != type_of(r)->no || id_is_erased(id)) {
		at_refuse(r, 0, _("Another record has this id"));
		return NULL;
	}
	if (erase_is_stripped(was) || (was->type == TYPE_VOLUNTEER && erase_covers(p->v, id))) {
		at_refuse(r, 0, _("It belonged to somebody who was erased, and doesn't come back"));
		return NULL;
	}
	return was->alive ? draft_of(p, was->type, id) : ask_deleted(r, id);
}

/* NULL: it isn't taken, and the row says why. */
static struct draft *record_of(struct at *r)
{
	struct id id;
	struct err e;
	bool is_there;
	if (id_parse(r->cells[0], &id, &e) || id_is_none(id)) {
		at_refuse(r, 0, _("No id: %s"), *r->cells[0] ? e.text : _("the cell is empty"));
		return NULL;
	}
	struct draft *d = draft_find(r->p, id);
	if (d && d->type == type_of(r)->no) {
		at_remark(r, 0, _("The record stands in the files already"));
		return d;
	}
	if (!d)
		d = stored_record(r, id, &is_there);
	else
		at_refuse(r, 0, _("Another record has this id"));
	if (d || r->row->fate == ROW_REFUSE || is_there)
		return d;
	if (type_of(r)->no == TYPE_VOLUNTEER && erase_covers(r->p->v, id)) {
		at_refuse(r, 0, _("It belonged to somebody who was erased, and doesn't come back"));
		return NULL;
	}
	return draft_named(r->p, type_of(r)->no, id);
}

/* ---- its fields -------------------------------------------------------------------------------------- */

static void set_field(struct at *r, struct draft *d, size_t column, const struct field *f)
{
	struct value v;
	struct err e;
	if (!*r->cells[column])
		return;
	/* for a field without days of its own a year of two digits is of no use, and none is written */
	if (kind_parse(r->p->a, f, r->cells[column], r->p->today, &v, &e))
		at_remark(r, (int)column, _("Not taken: %s"), e.text);
	else
		at_set(r, d, (int)column, f->no, v, false);
}

static void set_fields(struct at *r, struct draft *d)
{
	const struct plan_file *f = &r->p->files[r->file];
	for (size_t i = 1; i < f->map.ncols; i++) {
		const struct field *field = f->map.column[i] ? schema_field_named(f->table.type, f->table.head[i]) : NULL;
		if (field)
			set_field(r, d, i, field);
	}
}

/* ---- is it whole? ------------------------------------------------------------------------------------ */

/* What a record must have, and times that stand in their order; what the one door for writes would refuse. */
static bool is_right(struct at *r, struct draft *d, const struct field *f)
{
	struct value v = draft_get(d, f->no);
	if (f->flags & FIELD_REQ && v.tag == V_NONE) {
		at_refuse(r, -1, _("%s is missing, so the record wasn't taken"), _(f->label));
		return false;
	}
	struct value before = f->kind == KIND_DATETIME && f->arg ? draft_get(d, f->arg) : value_none();
	if (v.tag == V_INT && before.tag == V_INT && v.i <= before.i) {
		at_refuse(r, -1, _("%s isn't after %s, so the record wasn't taken"), _(f->label),
			_(schema_field(d->type, f->arg)->label));
		return false;
	}
	return true;
}

/* One that isn't right isn't taken, and what stands in the store stays as it is. */
static void check_row(struct at *r, struct draft *d)
{
	const struct type *t = type_of(r);
	bool right = true;
	for (size_t i = 0; i < t->nfields && right; i++)
		right = is_right(r, d, &t->fields[i]);
	if (right || d->held)
		return;
	d->held = d->fresh;
	for (size_t i = 0; i < t->nfields; i++)
		draft_unset(d, t->fields[i].no);
}

void import_plan_records(struct plan *p, size_t file)
{
	for (size_t i = 0; i < p->files[file].table.nrows && !p->code; i++) {
		struct at r = at_row(p, file, i);
		r.row->what = r.cells[0];
		struct draft *d = record_of(&r);
		if (!d)
			continue;
		if (d->fresh)
			at_fate(&r, ROW_MAKE);
		set_fields(&r, d);
		check_row(&r, d);
		*draft_of_row(p, file, r.row->line) = d;
	}
}

/* ---- does it point at something? --------------------------------------------------------------------- */

static bool is_known(struct plan *p, const struct field *f, struct id id)
{
	const struct draft *d = draft_find(p, id);
	struct rec *was = NULL;
	struct err e;
	if (d)
		return !d->held && (f->arg == TYPE_ANY || f->arg == d->type);
	int rc = f->arg == TYPE_ANY ? view_find(p->v, p->a, id, &was, &e) : view_get(p->v, p->a, f->arg, id, &was, &e);
	return !import_failed(p, rc, &e) && was && was->alive;
}

static void check_reference(struct at *r, struct draft *d, const struct field *f)
{
	struct value v = rec_get(d->will, f->no);
	if (v.tag != V_ID || (!id_equal(v.id, d->id) && is_known(r->p, f, v.id)))
		return;
	at_remark(r, -1, _("%s: what it points at isn't here; it wasn't taken"), _(f->label));
	draft_unset(d, f->no);
}

static void check_references(struct at *r, struct draft *d)
{
	const struct type *t = type_of(r);
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].kind == KIND_REF)
			check_reference(r, d, &t->fields[i]);
	check_row(r, d);
}

void import_check_records(struct plan *p, size_t file)
{
	struct plan_file *f = &p->files[file];
	for (size_t i = 0; i < f->table.nrows && !p->code; i++) {
		struct draft *d = *draft_of_row(p, file, f->table.rows[i].line);
		struct at r = {.p = p, .file = file, .row = &f->rows[i]};
		if (d && !d->held)
			check_references(&r, d);
	}
}
