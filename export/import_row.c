/* export/import_row.c - one row while it is planned: its cells, remarks, doubts and fate, and how cells go into fields.
 * Owns how a row with a cell too many is put right, and that nothing like a CPR number gets further than here. Must not
 * know what any kind of row is for. */
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/import_priv.h"

/* ---- sentences and fates ------------------------------------------------------------------------- */

static void add_remark(struct at *r, int column, const char *fmt, va_list ap)
{
	char text[600];
	struct plan_row *row = r->row;
	size_t cap = row->nremarks;
	vsnprintf(text, sizeof text, fmt, ap);
	row->remarks = arena_grow(r->p->a, row->remarks, &cap, row->nremarks + 1, sizeof *row->remarks);
	row->remarks[row->nremarks++] = (struct remark){column, text_fit(r->p->a, text, sizeof text)};
}

void at_remark(struct at *r, int column, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	add_remark(r, column, fmt, ap);
	va_end(ap);
}

void at_fate(struct at *r, enum row_fate fate)
{
	static const int gravity[] = {
		[ROW_SAME] = 0, [ROW_CHANGE] = 1, [ROW_MAKE] = 2, [ROW_DOUBT] = 3, [ROW_REFUSE] = 4};
	if (gravity[fate] > gravity[r->row->fate])
		r->row->fate = fate;
}

void at_refuse(struct at *r, int column, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	add_remark(r, column, fmt, ap);
	va_end(ap);
	at_fate(r, ROW_REFUSE);
}

static int chosen_before(struct at *r, const char *question, const struct choice_of_row *choices, size_t n)
{
	const char *label = *lookup_at(r->p->chosen, "%zu:%zu:%s", r->file, r->row->line, question);
	for (size_t i = 0; label && i < n; i++)
		if (!strcmp(choices[i].label, label))
			return (int)i;
	return -1;
}

int at_ask(struct at *r, int column, const struct question *q)
{
	struct plan_row *row = r->row;
	struct arena *a = r->p->a;
	size_t cap = row->ndoubts;
	for (size_t i = 0; i < row->ndoubts; i++)
		if (!strcmp(row->doubts[i].question, q->text))
			return row->doubts[i].chosen;
	int chosen = chosen_before(r, q->text, q->choices, q->n);
	if (chosen < 0 && r->p->accept)
		chosen = q->likely;
	if (chosen < 0)
		at_fate(r, ROW_DOUBT);
	struct choice_of_row *choices = arena_copy(a, q->choices, q->n * sizeof *choices);
	for (size_t i = 0; i < q->n; i++)
		choices[i].label = arena_strdup(a, q->choices[i].label);
	row->doubts = arena_grow(a, row->doubts, &cap, row->ndoubts + 1, sizeof *row->doubts);
	row->doubts[row->ndoubts++] = (struct doubt){arena_strdup(a, q->text),
						     q->why ? arena_strdup(a, q->why) : "",
						     column,
						     choices,
						     q->n,
						     chosen,
						     q->likely};
	return chosen;
}

/* ---- cells ------------------------------------------------------------------------------------------ */

static const struct mapping *mapping_of(const struct at *r)
{
	return &r->p->files[r->file].map;
}

int at_column(const struct at *r, enum target_no t)
{
	const struct mapping *m = mapping_of(r);
	int wanted = (int)t - import_first_target(m->kind);
	for (size_t i = 0; i < m->ncols; i++)
		if (m->column[i] == wanted)
			return (int)i;
	return -1;
}

const char *at_cell(const struct at *r, enum target_no t)
{
	const struct mapping *m = mapping_of(r);
	int wanted = (int)t - import_first_target(m->kind);
	const char *text = "";
	for (size_t i = 0; i < m->ncols; i++) {
		if (m->column[i] != wanted || !*r->cells[i])
			continue;
		text = *text ? arena_printf(r->p->a, "%s, %s", text, r->cells[i]) : r->cells[i];
	}
	return text;
}

/* ---- a row with more cells than there are headings ------------------------------------------------------ */

enum { MOST_JOINED = 40 };

/* Does the cell make sense there? */
static int sense(struct at *r, size_t column, const char *s)
{
	const struct mapping *m = mapping_of(r);
	size_t n;
	const struct target *t = &import_targets(m->kind, &n)[m->column[column]];
	int no = import_first_target(m->kind) + m->column[column];
	const struct field *f = import_target_field(m->kind, t);
	struct value v;
	struct id id;
	if (!*s || !m->column[column])
		return 0;
	if (no == T_SHIFTS_UNIT || no == T_ROLES_UNIT || no == T_UNITS_PARENT)
		return import_knows(r->p, TYPE_UNIT, s, &id) ? 2 : -1;
	if (no == T_SHIFTS_ROLE || no == T_VOLUNTEERS_ROLES)
		return import_knows(r->p, TYPE_ROLE, s, &id) ? 2 : -1;
	if (no == T_VOLUNTEERS_ORGANISATION)
		return import_knows(r->p, TYPE_ORGANISATION, s, &id) ? 2 : -1;
	if (f)
		return import_parse(r->p->a, f, s, r->p->today, &v, NULL) ? -1 : 1;
	return t->look == LOOK_NONE ? 0 : import_looks(r->p->a, t->look, s) ? 1 : -1;
}

/* The row's cells when those from `at` on that are too many are one cell that held the separator itself. */
static const char **joined_at(struct at *r, const struct table_row *row, size_t at)
{
	const struct table *t = &r->p->files[r->file].table;
	size_t extra = row->n - t->ncols;
	const char **cells = arena_alloc(r->p->a, t->ncols * sizeof *cells);
	for (size_t i = 0, from = 0; i < t->ncols; i++) {
		cells[i] = row->cells[from++];
		for (size_t k = 0; i == at && k < extra; k++, from++)
			if (*row->cells[from])
				cells[i] = arena_printf(r->p->a, "%s%c %s", cells[i], t->separator, row->cells[from]);
	}
	return cells;
}

static int total_sense(struct at *r, const char *const *cells)
{
	int total = 0;
	for (size_t i = 0; i < r->p->files[r->file].table.ncols; i++)
		total += sense(r, i, cells[i]);
	return total;
}

static const char **join_best(struct at *r, const struct table_row *row, int *joined)
{
	size_t ncols = r->p->files[r->file].table.ncols, best = ncols - 1;
	int most = -1000;
	for (size_t at = 0; at < ncols; at++) {
		int total = total_sense(r, joined_at(r, row, at));
		if (total >= most) {
			most = total;
			best = at;
		}
	}
	*joined = (int)best;
	return joined_at(r, row, best);
}

static bool all_empty(const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (*cells[i])
			return false;
	return true;
}

/* Empty cells beyond the last heading are mostly separators too many; but the row may be one cell too long and end in
 * an empty one, and then the others make no sense. */
static bool only_tails(struct at *r, const struct table_row *row, const char *const *cells)
{
	size_t ncols = r->p->files[r->file].table.ncols;
	if (row->n <= ncols)
		return true;
	if (!all_empty(row->cells + ncols, row->n - ncols))
		return false;
	for (size_t i = 0; i < ncols; i++)
		if (sense(r, i, cells[i]) < 0)
			return false;
	return true;
}

/* The row's cells; *joined is the one that was made of several, -1 when none was. */
static const char **row_cells(struct at *r, const struct table_row *row, int *joined)
{
	size_t ncols = r->p->files[r->file].table.ncols;
	const char **cells = arena_alloc(r->p->a, ncols * sizeof *cells);
	for (size_t i = 0; i < ncols; i++)
		cells[i] = i < row->n ? row->cells[i] : "";
	*joined = -1;
	if (only_tails(r, row, cells))
		return cells;
	if (row->n - ncols <= MOST_JOINED && ncols <= MOST_JOINED)
		return join_best(r, row, joined);
	at_remark(r, -1, _("The row has %zu cells too many; they were left out"), row->n - ncols);
	return cells;
}

/* Digits of an id may look like such a number; they aren't kept, only looked up. */
static bool is_looked_up(const struct mapping *m, size_t column)
{
	int no = import_first_target(m->kind) + m->column[column];
	return no == T_VOLUNTEERS_ID || no == T_ORGANISATIONS_ID || no == T_SHIFTS_UID;
}

static void drop_cpr(struct at *r)
{
	const struct mapping *m = mapping_of(r);
	for (size_t i = 0; i < m->ncols; i++) {
		if (!m->column[i] || is_looked_up(m, i) || !text_find_cpr(r->cells[i]))
			continue;
		r->cells[i] = "";
		at_remark(r, (int)i,
			  _("This looks like a CPR number, which samvagt never keeps; the cell wasn't taken"));
	}
}

static void remark_on_unread(struct at *r)
{
	for (size_t i = 0; i < mapping_of(r)->ncols; i++)
		if (mapping_of(r)->column[i] && strstr(r->cells[i], "\xEF\xBF\xBD"))
			at_remark(r, (int)i, _("A letter couldn't be read; it stands as �"));
}

struct at at_row(struct plan *p, size_t file, size_t i)
{
	struct plan_file *f = &p->files[file];
	struct at r = {.p = p, .file = file, .row = &f->rows[i]};
	int joined;
	*r.row = (struct plan_row){.line = f->table.rows[i].line, .fate = ROW_SAME, .what = ""};
	r.cells = row_cells(&r, &f->table.rows[i], &joined);
	/* ids are digits that may look like one; texts are asked about where they are parsed */
	if (f->map.kind != IMPORT_RECORDS)
		drop_cpr(&r);
	remark_on_unread(&r);
	if (f->table.rows[i].says)
		at_remark(&r, -1, "%s", f->table.rows[i].says);
	if (joined >= 0 && !text_find_cpr(r.cells[joined]))
		at_remark(&r, joined, _("The row has a cell too many; \"%.100s\" was taken as one"), r.cells[joined]);
	return r;
}

/* ---- fields -------------------------------------------------------------------------------------------- */

static const char *shown_value(struct at *r, const struct field *f, struct value v)
{
	return f->kind == KIND_REF ? import_name(r->p, v.id) : kind_format(r->p->a, f, v, KIND_HUMAN);
}

static void remark_on_kept(struct at *r, int column, const struct field *f, struct value old, struct value v)
{
	at_remark(r, column, _("%s: %s was kept, %s wasn't taken"), _(f->label), shown_value(r, f, old),
		  shown_value(r, f, v));
	r->kept++;
}

void at_set(struct at *r, struct draft *d, int column, int field, struct value v, bool fill)
{
	struct value old = draft_get(d, field);
	const struct field *f = schema_field(d->type, field);
	if (!draft_set(r->p, d, field, v, fill)) {
		if (fill && v.tag != V_NONE && !value_equal(old, v))
			remark_on_kept(r, column, f, old, v);
		return;
	}
	at_fate(r, ROW_CHANGE);
	if (!d->fresh && old.tag != V_NONE)
		at_remark(r, column, _("%s: %s → %s"), _(f->label), shown_value(r, f, old), shown_value(r, f, v));
}

void at_set_cell(struct at *r, struct draft *d, enum target_no t, int field, const char *text, bool fill)
{
	const struct field *f = schema_field(d->type, field);
	struct value v;
	struct err e;
	if (!*text)
		return;
	if (import_parse(r->p->a, f, text, r->p->today, &v, &e))
		at_remark(r, at_column(r, t), _("Not taken: %s"), e.text);
	else
		at_set(r, d, at_column(r, t), field, v, fill);
}

void at_set_fields(struct at *r, struct draft *d, bool fill)
{
	size_t n;
	enum import_kind k = mapping_of(r)->kind;
	const struct target *targets = import_targets(k, &n);
	for (size_t i = 1; i < n; i++) {
		enum target_no no = (enum target_no)(import_first_target(k) + (int)i);
		if (targets[i].field)
			at_set_cell(r, d, no, targets[i].field, at_cell(r, no), fill);
	}
}
