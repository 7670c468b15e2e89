/* export/import_plan_units.c - rows of units, organisations and roles: things that have one name. Owns that the name is
 * what makes two of them the same. Must not know people or shifts. */
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/import_priv.h"

static void **named_at(struct plan *p, int type, const char *name)
{
	return lookup_at(p->lookup, "named:%d:%s", type, text_fold(p->a, name));
}

/* Only the whole name counts here: "Forhal" is another unit than "Forhal, Viborg". */
static bool stands_in_book(struct plan *p, int type, const char *name, struct id *out)
{
	const char *folded = text_fold(p->a, name);
	return import_knows(p, type, name, out) && !strcmp(text_fold(p->a, import_name(p, *out)), folded);
}

/* What a card of ours says it is. NULL: nothing, or it isn't here. */
static struct draft *draft_by_id(struct at *r, enum target_no t, int type)
{
	struct id id;
	if (at_column(r, t) < 0 || id_parse(at_cell(r, t), &id, NULL))
		return NULL;
	struct draft *d = draft_of(r->p, type, id);
	return d && d->type == type && (d->fresh || d->was->alive) ? d : NULL;
}

/* The record that a row is about: planned by an earlier row, in the store, or new. NULL when the row is refused. */
static struct draft *named_draft(struct at *r, enum target_no t, int type, int field)
{
	struct plan *p = r->p;
	const char *name = at_cell(r, t);
	struct id id;
	if (!*name) {
		at_refuse(r, at_column(r, t), _("Without a name it can't be taken"));
		return NULL;
	}
	void **at = named_at(p, type, name);
	struct draft *d = type == TYPE_ORGANISATION ? draft_by_id(r, T_ORGANISATIONS_ID, type) : NULL;
	if (d) {
		r->row->what = name;
		return d;
	}
	d = *at;
	if (d) {
		at_remark(r, at_column(r, t), _("\"%s\" stands in the sheet already"), name);
		r->again = true;
	} else if (stands_in_book(p, type, name, &id)) {
		d = draft_of(p, type, id);
	} else {
		d = draft_new(p, type);
		at_set_cell(r, d, t, field, name, false);
		if (!draft_get(d, field).tag) {
			d->held = true;
			at_fate(r, ROW_REFUSE);
			return NULL;
		}
		at_fate(r, ROW_MAKE);
	}
	*named_at(p, type, name) = d;
	r->row->what = name;
	return d;
}

/* Two rows of one name that don't agree may be two things. */
static void end_row(struct at *r)
{
	if (r->kept)
		at_fate(r, ROW_DOUBT);
}

/* ---- units ----------------------------------------------------------------------------------------- */

/* The unit above may stand further down, so that all names are known before any parent is looked for. */
static void set_parent(struct at *r, struct draft *d)
{
	const char *name = at_cell(r, T_UNITS_PARENT);
	int column = at_column(r, T_UNITS_PARENT);
	struct id id;
	if (!d || !*name)
		return;
	struct draft *above = *named_at(r->p, TYPE_UNIT, name);
	if (above)
		id = above->id;
	else if (!at_find(r, column, TYPE_UNIT, name, &id))
		return;
	if (id_equal(id, d->id))
		at_remark(r, column, _("A unit can't be its own; left out"));
	else
		at_set(r, d, column, F_UNIT_PARENT, value_id(id), r->again);
}

void import_plan_units(struct plan *p, size_t file)
{
	size_t n = p->files[file].table.nrows;
	struct at *rows = arena_alloc(p->a, (n + 1) * sizeof *rows);
	struct draft **drafts = arena_alloc(p->a, (n + 1) * sizeof *drafts);
	for (size_t i = 0; i < n; i++) {
		rows[i] = at_row(p, file, i);
		drafts[i] = named_draft(&rows[i], T_UNITS_NAME, TYPE_UNIT, F_UNIT_NAME);
		if (drafts[i])
			at_set_fields(&rows[i], drafts[i], rows[i].again);
	}
	for (size_t i = 0; i < n; i++) {
		set_parent(&rows[i], drafts[i]);
		end_row(&rows[i]);
	}
}

/* ---- organisations ----------------------------------------------------------------------------------- */

void import_plan_organisations(struct plan *p, size_t file)
{
	for (size_t i = 0; i < p->files[file].table.nrows && !p->code; i++) {
		struct at r = at_row(p, file, i);
		struct draft *d = named_draft(&r, T_ORGANISATIONS_NAME, TYPE_ORGANISATION, F_ORGANISATION_NAME);
		if (d)
			at_set_fields(&r, d, r.again);
		end_row(&r);
	}
}

/* ---- roles ------------------------------------------------------------------------------------------- */

void import_plan_roles(struct plan *p, size_t file)
{
	for (size_t i = 0; i < p->files[file].table.nrows && !p->code; i++) {
		struct at r = at_row(p, file, i);
		struct draft *d = named_draft(&r, T_ROLES_NAME, TYPE_ROLE, F_ROLE_NAME);
		const char *unit = at_cell(&r, T_ROLES_UNIT);
		struct id id;
		if (!d)
			continue;
		at_set_fields(&r, d, r.again);
		if (*unit && at_find(&r, at_column(&r, T_ROLES_UNIT), TYPE_UNIT, unit, &id))
			at_set(&r, d, at_column(&r, T_ROLES_UNIT), F_ROLE_UNIT, value_id(id), r.again);
		end_row(&r);
	}
}
