/* export/import_plan.c - see import.h: a plan's life, and the drafts of records that it is made of. Owns the order in
 * which kinds of rows are planned, what was chosen, and what is known so far. Must not know what stands in any kind of
 * row: import_plan_*.c do, one each. */
#include "export/import_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"

/* ---- drafts --------------------------------------------------------------------------------------- */

enum { MOST_WRITES = 200000 }; /* of one change group, see store/codec.h */

/* No real id begins so: a new one has its version in byte 6, a name-based one too (RFC 9562 § 4.2). */
enum { STANDIN = 0xFF };

bool id_is_standin(struct id id)
{
	for (int i = 0; i < 8; i++)
		if (id.b[i] != STANDIN)
			return false;
	return true;
}

static struct id standin(size_t n)
{
	struct id id;
	for (int i = 0; i < 8; i++) {
		id.b[i] = STANDIN;
		id.b[8 + i] = (uint8_t)((uint64_t)n >> (56 - 8 * i));
	}
	return id;
}

static struct draft **draft_at(struct plan *p, struct id id)
{
	char text[ID_TEXT];
	return (struct draft **)lookup_at(p->lookup, "draft:%s", id_format(text, id));
}

static struct draft *draft_add(struct plan *p, int type, struct id id)
{
	struct draft *d = arena_alloc(p->a, sizeof *d);
	d->type = (uint8_t)type;
	d->id = id;
	d->will = arena_alloc(p->a, sizeof *d->will);
	*d->will = (struct rec){.type = (uint8_t)type, .alive = true, .id = id};
	p->drafts = arena_grow(p->a, p->drafts, &p->cdrafts, p->ndrafts + 1, sizeof *p->drafts);
	p->drafts[p->ndrafts++] = d;
	*draft_at(p, id) = d;
	return d;
}

struct draft *draft_new(struct plan *p, int type)
{
	struct draft *d = draft_add(p, type, standin(p->ndrafts));
	d->fresh = true;
	return d;
}

struct draft *draft_named(struct plan *p, int type, struct id id)
{
	struct draft *d = draft_add(p, type, id);
	d->fresh = true;
	return d;
}

struct draft *draft_find(struct plan *p, struct id id)
{
	return *draft_at(p, id);
}

void draft_unset(struct draft *d, int field)
{
	for (size_t i = 0; i < d->will->n; i++)
		if (d->will->f[i].no == field)
			d->will->f[i].v = value_none();
}

struct draft *draft_of(struct plan *p, int type, struct id id)
{
	struct draft *d = *draft_at(p, id);
	struct rec *was = NULL;
	struct err e;
	if (d || import_failed(p, view_get(p->v, p->a, type, id, &was, &e), &e) || !was)
		return d;
	d = draft_add(p, type, id);
	d->was = was;
	return d;
}

bool import_is_held(struct plan *p, struct id id)
{
	struct draft *d = *draft_at(p, id);
	return d && d->held;
}

struct value draft_get(const struct draft *d, int field)
{
	struct value v = rec_get(d->will, field);
	return v.tag == V_NONE && d->was ? rec_get(d->was, field) : v;
}

bool draft_set(struct plan *p, struct draft *d, int field, struct value v, bool fill)
{
	struct value old = draft_get(d, field);
	if (v.tag == V_NONE || value_equal(old, v) || (fill && old.tag != V_NONE))
		return false;
	if (++p->nwrites > MOST_WRITES && !p->code)
		p->code = err_set(&p->err, ERR_DATA,
				  _("This is more than can be imported at once. Divide the sheet, by year or place, "
				    "and import one part at a time"));
	rec_put(p->a, d->will, field, value_copy(p->a, v), (struct stamp){{0, 0}, 0});
	return true;
}

const char *import_name(struct plan *p, struct id id)
{
	struct draft *d = *draft_at(p, id);
	struct value v = value_none();
	if (d && d->type == TYPE_VOLUNTEER)
		return arena_printf(p->a, "%s %s", draft_get(d, F_VOLUNTEER_GIVEN).text.s,
				    draft_get(d, F_VOLUNTEER_FAMILY).tag ? draft_get(d, F_VOLUNTEER_FAMILY).text.s
									 : "");
	if (d && d->type == TYPE_UNIT)
		v = draft_get(d, F_UNIT_NAME);
	if (d && d->type == TYPE_ROLE)
		v = draft_get(d, F_ROLE_NAME);
	if (d && d->type == TYPE_ORGANISATION)
		v = draft_get(d, F_ORGANISATION_NAME);
	return v.tag == V_TEXT ? v.text.s : book_name(p->book, id);
}

bool import_failed(struct plan *p, int code, const struct err *e)
{
	if (code && !p->code) {
		p->code = code;
		p->err = *e;
	}
	return code != OK;
}

/* ---- planning ---------------------------------------------------------------------------------------- */

/* The book with everything that is planned and decided in it, so that later rows find what earlier ones make. */
static void renew_book(struct plan *p)
{
	const struct rec **recs = arena_alloc(p->a, (p->ndrafts + 1) * sizeof *recs);
	struct book *fresh;
	struct err e;
	size_t n = 0;
	for (size_t i = 0; i < p->ndrafts; i++)
		if (p->drafts[i]->fresh && !p->drafts[i]->held)
			recs[n++] = p->drafts[i]->will;
	if (!n || import_failed(p, book_load_with(p->v, recs, n, &fresh, &e), &e))
		return;
	p->own = arena_grow(p->a, p->own, &p->cown, p->nown + 1, sizeof *p->own);
	p->own[p->nown++] = p->book = fresh;
}

static void close_books(struct plan *p)
{
	for (size_t i = 0; i < p->nown; i++)
		book_free(p->own[i]);
	p->own = NULL;
	p->nown = p->cown = 0;
	p->book = NULL;
}

static void plan_unknown(struct plan *p, size_t file)
{
	struct plan_file *f = &p->files[file];
	static const struct plan_row none = {.line = 1, .fate = ROW_REFUSE};
	f->nrows = 1;
	f->rows[0] = none;
	f->rows[0].what =
		arena_printf(p->a, ngettext("%zu row", "%zu rows", (unsigned long)f->table.nrows), f->table.nrows);
	f->rows[0].remarks = arena_alloc(p->a, sizeof *f->rows[0].remarks);
	f->rows[0].remarks[0] = (struct remark){
		-1, _("What kind of rows these are can't be seen. Say it, or say what the columns are")};
	f->rows[0].nremarks = 1;
}

/* Twice through the shifts: whose whole names stand where helps with the short ones. Twice through records: what one
 * points at may stand further down, or in another file. */
static const struct step {
	enum import_kind kind;
	void (*plan)(struct plan *p, size_t file);
} steps[] = {
	{IMPORT_UNKNOWN, plan_unknown},
	{IMPORT_RECORDS, import_plan_records},
	{IMPORT_RECORDS, import_check_records},
	{IMPORT_UNITS, import_plan_units},
	{IMPORT_ORGANISATIONS, import_plan_organisations},
	{IMPORT_ROLES, import_plan_roles},
	{IMPORT_VOLUNTEERS, import_plan_volunteers},
	{IMPORT_SHIFTS, import_note_shifts},
	{IMPORT_GRID, import_note_grid},
	{IMPORT_SHIFTS, import_plan_shifts},
	{IMPORT_GRID, import_plan_grid},
};

static void run_step(struct plan *p, const struct step *s)
{
	bool any = false;
	for (size_t i = 0; i < p->nfiles; i++) {
		if (p->files[i].map.kind != s->kind)
			continue;
		s->plan(p, i);
		any = true;
	}
	if (any)
		renew_book(p);
}

static void count_fates(struct plan_file *f)
{
	memset(f->count, 0, sizeof f->count);
	for (size_t i = 0; i < f->nrows; i++)
		f->count[f->rows[i].fate]++;
}

static void remember_choices(struct plan *p)
{
	for (size_t i = 0; i < p->nfiles; i++) {
		for (size_t k = 0; k < p->files[i].nrows; k++) {
			const struct plan_row *row = &p->files[i].rows[k];
			for (size_t d = 0; d < row->ndoubts; d++) {
				const struct doubt *q = &row->doubts[d];
				const char *label = q->chosen < 0 ? NULL : q->choices[q->chosen].label;
				*lookup_at(p->chosen, "%zu:%zu:%s", i, row->line, q->question) =
					label ? arena_strdup(p->keep, label) : NULL;
			}
		}
	}
}

static void begin_planning(struct plan *p, struct view *v, struct book *b)
{
	struct err e;
	remember_choices(p);
	arena_reset(p->a);
	p->v = v;
	p->book = b;
	p->today = store_today(view_store(v));
	p->lookup = lookup_new(p->a);
	p->drafts = NULL;
	p->ndrafts = p->cdrafts = p->nwrites = 0;
	p->code = OK;
	import_failed(p, rules_limits(v, p->limits, &e), &e);
	for (size_t i = 0; i < p->nfiles; i++) {
		struct plan_file *f = &p->files[i];
		f->nrows = f->table.nrows;
		f->rows = arena_alloc(p->a, (f->nrows + 1) * sizeof *f->rows);
	}
}

int import_replan(struct plan *p, struct view *v, struct book *b, struct err *e)
{
	begin_planning(p, v, b);
	for (size_t i = 0; i < sizeof steps / sizeof *steps && !p->code; i++)
		run_step(p, &steps[i]);
	for (size_t i = 0; i < p->nfiles; i++) {
		if (p->code)
			p->files[i].nrows = 0;
		count_fates(&p->files[i]);
	}
	close_books(p);
	p->v = NULL;
	if (p->code && e)
		*e = p->err;
	return p->code;
}

/* ---- life ------------------------------------------------------------------------------------------------ */

static int take_table(struct plan *p, struct table *t, enum import_kind forced, const char *map_text, struct err *e)
{
	p->files = arena_grow(p->keep, p->files, &p->cfiles, p->nfiles + 1, sizeof *p->files);
	struct plan_file *f = &p->files[p->nfiles++];
	*f = (struct plan_file){.table = *t};
	import_guess(p->keep, &f->table, t->kind ? t->kind : forced, &f->map);
	return map_text ? import_mapping_read(p->keep, map_text, &f->table, &f->map, e) : OK;
}

static int read_file(struct plan *p, const char *path, enum import_kind forced, const char *map_text, struct err *e)
{
	struct table *tables;
	size_t n;
	int r = import_tables(p->keep, path, &tables, &n, e);
	for (size_t i = 0; i < n && !r; i++)
		r = take_table(p, &tables[i], forced, map_text, e);
	return r;
}

static const char *joined_names(struct plan *p)
{
	const char *names = "";
	for (size_t i = 0; i < p->nfiles; i++)
		names = i ? arena_printf(p->keep, "%s, %s", names, p->files[i].table.name) : p->files[i].table.name;
	return text_fit(p->keep, names, 100);
}

int import_plan(struct view *v, struct book *b, const char *const *paths, size_t n, enum import_kind forced,
		const char *map_text, struct plan **out, struct err *e)
{
	struct plan *p = mem_alloc(sizeof *p);
	int r = OK;
	p->keep = arena_new();
	p->a = arena_new();
	p->chosen = lookup_new(p->keep);
	for (size_t i = 0; i < n && !r; i++)
		r = read_file(p, paths[i], forced, map_text, e);
	if (!r) {
		p->names = joined_names(p);
		r = import_replan(p, v, b, e);
	}
	if (r) {
		import_free(p);
		p = NULL;
	}
	*out = p;
	return r;
}

void import_free(struct plan *p)
{
	if (!p)
		return;
	arena_free(p->keep);
	arena_free(p->a);
	free(p);
}

struct plan_file *import_files(struct plan *p, size_t *n)
{
	*n = p->nfiles;
	return p->files;
}

const char *import_fate_label(enum row_fate fate)
{
	switch (fate) {
	case ROW_MAKE: return _("new");
	case ROW_CHANGE: return _("changed");
	case ROW_SAME: return _("as it is");
	case ROW_DOUBT: return _("doubtful");
	case ROW_REFUSE: return _("refused");
	}
	return "";
}

char *import_summary(struct arena *a, const struct plan_file *f)
{
	struct buf b = {0};
	buf_addf(&b, "%s (%s, %s):", f->table.name, import_kind_label(f->map.kind), f->table.encoding);
	for (int fate = ROW_MAKE; fate <= ROW_REFUSE; fate++)
		if (f->count[fate])
			buf_addf(&b, " %zu %s", f->count[fate], import_fate_label((enum row_fate)fate));
	char *text = arena_strdup(a, b.p);
	buf_free(&b);
	return text;
}

void import_accept(struct plan *p)
{
	p->accept = true;
	for (size_t i = 0; i < p->nfiles; i++)
		for (size_t k = 0; k < p->files[i].nrows; k++)
			for (size_t d = 0; d < p->files[i].rows[k].ndoubts; d++) {
				struct doubt *q = &p->files[i].rows[k].doubts[d];
				if (q->chosen < 0)
					q->chosen = q->likely;
			}
}
