/* tui/records_rows.c - see records_priv.h. Owns the columns of each type and what stands in the rows. Must not know
 * keys nor write anything. */
#include "tui/records_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "roster/qualifications.h"
#include "tui/words.h"

enum { NEXT_DAYS = 56, TITLE_MOST = 14 };

/* ---- columns ----------------------------------------------------------------------------------------- */
/* A volunteer's, in the order of what one looks for; the other fields follow, hidden. */
static const struct { enum records_what what; int field; bool hidden; } people_cols[] = {
	{RECORDS_NAME, 0, false}, {RECORDS_FIELD, F_VOLUNTEER_STATUS, false}, {RECORDS_FIELD, F_VOLUNTEER_PHONE, false},
	{RECORDS_NEXT, 0, false}, {RECORDS_FIELD, F_VOLUNTEER_ORGANISATION, false},
	{RECORDS_FIELD, F_VOLUNTEER_CITY, false}, {RECORDS_ROLES, 0, true},
};

struct shape { int min, ideal, weight; };

/* So wide that each of its words stands whole, if they are words and not sentences. */
static int choice_width(const struct field *f)
{
	enum { LEAST = 12, MOST = 27 };
	size_t n;
	int width = LEAST;
	const struct choice *all = schema_choices(f->arg, &n);
	for (size_t i = 0; i < n; i++) {
		int w = text_width(_(all[i].label));
		width = w > width ? w : width;
	}
	return width < MOST ? width : MOST;
}

static struct shape shape_of(const struct field *f)
{
	switch (f->kind) {
	case KIND_BOOL: case KIND_INT: case KIND_DURATION: case KIND_POSTCODE: return (struct shape){4, 5, 0};
	case KIND_TIME: return (struct shape){5, 5, 0};
	case KIND_DATE: return (struct shape){10, 14, 0};
	case KIND_DATETIME: return (struct shape){14, 20, 0};
	case KIND_PHONE: return (struct shape){11, 11, 0};
	case KIND_CHOICE: return (struct shape){9, choice_width(f), 0};
	case KIND_LONGTEXT: return (struct shape){12, 20, 4};
	default: return (struct shape){12, 18, 2};
	}
}

static void add_column(struct records *d, enum records_what what, const struct field *f, bool hidden)
{
	static const struct list_col own[] = {
		[RECORDS_NAME] = {"name", N_("Name"), 17, 22, 3, false, false},
		[RECORDS_NEXT] = {"next", N_("Next shift"), 15, 15, 0, false, false},
		[RECORDS_ROLES] = {"roles", N_("Roles"), 12, 24, 2, false, false},
	};
	struct list_col *col = &d->cols[d->ncols];
	d->what[d->ncols++] = (struct records_col){what, f};
	if (what != RECORDS_FIELD) {
		*col = own[what];
	} else {
		struct shape s = shape_of(f);
		int title = text_width(_(f->label));
		title = title > TITLE_MOST ? TITLE_MOST : title;
		if (f->kind == KIND_INT || f->kind == KIND_BOOL)
			s.min = title;
		*col = (struct list_col){f->name, f->label, s.min, title > s.ideal ? title : s.ideal, s.weight,
			f->kind == KIND_INT, false};
	}
	col->hidden = hidden;
}

static bool has_column(const struct records *d, const struct field *f)
{
	for (size_t i = 0; i < d->ncols; i++)
		if (d->what[i].field == f)
			return true;
	return false;
}

void records_make_columns(struct records *d, struct arena *a)
{
	const struct type *t = d->type;
	size_t most = t->nfields + 4;
	d->cols = arena_alloc(a, most * sizeof *d->cols);
	d->what = arena_alloc(a, most * sizeof *d->what);
	if (t->no == TYPE_VOLUNTEER)
		for (size_t i = 0; i < sizeof people_cols / sizeof *people_cols; i++)
			add_column(d, people_cols[i].what, schema_field(TYPE_VOLUNTEER, people_cols[i].field),
				people_cols[i].hidden);
	else
		add_column(d, RECORDS_NAME, NULL, false);
	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];
		bool hidden = t->no == TYPE_VOLUNTEER || !(f->flags & FIELD_COL);
		if (!(f->flags & FIELD_TITLE) && !has_column(d, f))
			add_column(d, RECORDS_FIELD, f, hidden);
	}
}

/* ---- reading ------------------------------------------------------------------------------------------ */
/* The next shift that the volunteer is on. */
static int read_next(struct view *v, struct arena *tmp, struct id volunteer, civil_min now, civil_min *out,
	struct err *e)
{
	struct duty_row *duty;
	size_t n;
	arena_reset(tmp);
	*out = CMIN_NONE;
	int rc = view_duties(v, tmp, volunteer, now, now + NEXT_DAYS * DAY_MINUTES, &duty, &n, e);
	for (size_t i = 0; rc == OK && i < n && *out == CMIN_NONE; i++)
		if (duty[i].state == ASSIGNMENT_ACCEPTED && duty[i].shift_state != SHIFT_CANCELLED)
			*out = duty[i].start;
	return rc;
}

static const char *only_title(const struct type *t, const struct rec *r)
{
	const char *name = NULL;
	for (size_t i = 0; i < t->nfields; i++) {
		if (!(t->fields[i].flags & FIELD_TITLE))
			continue;
		if (name || t->fields[i].kind == KIND_REF)
			return NULL;
		name = rec_text(r, t->fields[i].no);
	}
	return name;
}

static void fill_row(struct records *d, struct view *v, const struct book *b, struct arena *a, struct records_row *row)
{
	const struct person *p = d->type->no == TYPE_VOLUNTEER ? book_person(b, row->rec->id) : NULL;
	const char *name = only_title(d->type, row->rec);
	row->name = p ? p->name : name ? name : view_title(v, a, row->rec->id);
	row->roles = p ? person_role_names(b, a, p) : "";
	row->next = CMIN_NONE;
	row->refs = arena_alloc(a, d->ncols * sizeof *row->refs);
	for (size_t i = 0; i < d->ncols; i++) {
		const struct field *f = d->what[i].field;
		struct id to = f && f->kind == KIND_REF ? rec_id(row->rec, f->no) : ID_NONE;
		bool in_book = f && (f->arg == TYPE_UNIT || f->arg == TYPE_ROLE || f->arg == TYPE_ORGANISATION ||
			f->arg == TYPE_VOLUNTEER);
		if (!id_is_none(to))
			row->refs[i] = in_book ? book_name(b, to) : view_title(v, a, to);
	}
}

static bool is_shown(struct records *d, const struct rec *r, const bool *twin)
{
	int64_t status = rec_int(r, F_VOLUNTEER_STATUS);
	switch (d->show) {
	case SHOW_ALL: return true;
	case SHOW_CURRENT: return status != VOLUNTEER_ENDED;
	case SHOW_TWINS: return *twin;
	default: return status == d->show;
	}
}

/* Which of the people (by place in the book) look like another. */
static bool *find_twins(struct records *d, struct book *b, struct arena *a)
{
	bool *is_twin = arena_alloc(a, (b->npeople + 1) * sizeof *is_twin);
	size_t n;
	struct twin *t = book_twins(b, a, &n);
	for (size_t i = 0; i < n; i++)
		is_twin[t[i].a - b->people] = is_twin[t[i].b - b->people] = true;
	d->ntwins = 0;
	for (size_t i = 0; i < b->npeople; i++)
		d->ntwins += is_twin[i];
	return is_twin;
}

static int compare_recs(const void *x, const void *y)
{
	return id_compare((*(struct rec *const *)x)->id, (*(struct rec *const *)y)->id);
}

/* People stand as in the address book: by last name. */
static int take_people(struct records *d, struct screen *s, struct view *v, struct book *b, struct rec **recs, size_t n,
	struct err *e)
{
	civil_min now = app_now(s->app);
	struct arena *tmp = arena_new();
	bool *twin = find_twins(d, b, s->model);
	int limits[LIMIT_COUNT], rc = rules_limits(v, limits, e);
	qsort(recs, n, sizeof *recs, compare_recs);
	memset(d->count, 0, sizeof d->count);
	for (size_t i = 0; rc == OK && i < b->npeople; i++) {
		struct rec key = {.id = b->people[i].id}, *pkey = &key;
		struct rec **found = bsearch(&pkey, recs, n, sizeof *recs, compare_recs);
		if (!found)
			continue;
		d->count[b->people[i].status & 7]++;
		if (!is_shown(d, *found, &twin[i]))
			continue;
		struct records_row *row = &d->rows[d->n++];
		row->rec = *found;
		fill_row(d, v, b, s->model, row);
		row->is_new = b->people[i].status == VOLUNTEER_ACTIVE &&
			introduction_of(b, &b->people[i], limits, d->today).is_new;
		rc = read_next(v, tmp, row->rec->id, now, &row->next, e);
	}
	arena_free(tmp);
	return rc;
}

static int compare_names(const void *x, const void *y)
{
	return text_compare(((const struct records_row *)x)->name, ((const struct records_row *)y)->name);
}

/* The children of a unit after it, one step in. Bounded by `depth`, since parents may stand in a circle. */
static void take_below(struct records *d, const struct records_row *all, size_t n, struct id parent, int depth)
{
	for (size_t i = 0; i < n && depth < 12; i++) {
		if (!id_equal(rec_id(all[i].rec, F_UNIT_PARENT), parent))
			continue;
		struct records_row *row = &d->rows[d->n++];
		*row = all[i];
		row->depth = depth;
		take_below(d, all, n, row->rec->id, depth + 1);
	}
}

static bool is_taken(const struct records *d, const struct rec *r)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->rows[i].rec == r)
			return true;
	return false;
}

/* Units whose parent is gone, or that stand in a circle, are shown all the same: at the end. */
static void make_tree(struct records *d, struct arena *a)
{
	size_t n = d->n;
	struct records_row *all = arena_copy(a, d->rows, n * sizeof *all);
	d->n = 0;
	take_below(d, all, n, ID_NONE, 0);
	for (size_t i = 0; i < n; i++)
		if (!is_taken(d, all[i].rec))
			d->rows[d->n++] = all[i];
}

int records_read(struct records *d, struct screen *s, struct view *v, struct err *e)
{
	struct rec **recs;
	size_t n;
	struct book *b = app_book(s->app, v, e);
	int rc = b ? view_all(v, s->model, d->type->no, &recs, &n, e) : e->code;
	d->n = 0;
	d->today = app_today(s->app);
	if (rc)
		return rc;
	d->rows = arena_alloc(s->model, (n + 1) * sizeof *d->rows);
	if (d->type->no == TYPE_VOLUNTEER)
		return take_people(d, s, v, b, recs, n, e);
	for (size_t i = 0; i < n; i++) {
		struct records_row *row = &d->rows[d->n++];
		row->rec = recs[i];
		fill_row(d, v, b, s->model, row);
	}
	qsort(d->rows, d->n, sizeof *d->rows, compare_names);
	if (d->type->no == TYPE_UNIT)
		make_tree(d, s->model);
	return OK;
}

/* ---- the list's questions ---------------------------------------------------------------------------- */
static struct id row_id(const void *ctx, size_t row)
{
	const struct records *d = ctx;
	return d->rows[row].rec->id;
}

static const char *name_cell(const struct records *d, const struct records_row *row, struct arena *a)
{
	bool descending;
	bool is_tree = row->depth && list_sorted_by(d->list, &descending) < 0;
	return is_tree ? arena_printf(a, "%*s%s", row->depth * 2, "", row->name) : row->name;
}

const char *records_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct records *d = ctx;
	const struct records_row *r = &d->rows[row];
	const struct field *f = d->what[col].field;
	switch (d->what[col].what) {
	case RECORDS_NAME: return name_cell(d, r, a);
	case RECORDS_NEXT: return words_moment(a, r->next, d->today);
	case RECORDS_ROLES: return r->roles;
	case RECORDS_FIELD: break;
	}
	if (f->kind == KIND_REF)
		return r->refs[col] ? r->refs[col] : "";
	if (r->is_new && f->no == F_VOLUNTEER_STATUS)
		return _("new");
	return kind_format(a, f, rec_get(r->rec, f->no), KIND_HUMAN);
}

/* Empty last. */
static int compare_texts(const char *x, const char *y)
{
	if (!*x || !*y)
		return !*x - !*y;
	return text_compare(x, y);
}

static int compare_times(civil_min x, civil_min y)
{
	if (x == CMIN_NONE || y == CMIN_NONE)
		return (x == CMIN_NONE) - (y == CMIN_NONE);
	return (x > y) - (x < y);
}

static int compare_rows(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct records *d = ctx;
	const struct records_row *p = &d->rows[x], *q = &d->rows[y];
	const struct field *f = d->what[col].field;
	switch (d->what[col].what) {
	case RECORDS_NAME: return d->type->no == TYPE_UNIT ? text_compare(p->name, q->name) : (x > y) - (x < y);
	case RECORDS_NEXT: return compare_times(p->next, q->next);
	case RECORDS_ROLES: return compare_texts(p->roles, q->roles);
	case RECORDS_FIELD: break;
	}
	if (f->kind == KIND_REF)
		return compare_texts(p->refs[col] ? p->refs[col] : "", q->refs[col] ? q->refs[col] : "");
	return value_compare(f, rec_get(p->rec, f->no), rec_get(q->rec, f->no));
}

/* Not the notes and the like, where a short text would be found everywhere. */
static const char *find_text(const void *ctx, size_t row, struct arena *a)
{
	const struct records *d = ctx;
	const struct records_row *r = &d->rows[row];
	const char *text = arena_printf(a, "%s %s", r->name, r->roles);
	for (size_t i = 1; i < d->ncols; i++) {
		const struct field *f = d->what[i].field;
		if (f && (f->flags & (FIELD_FIND | FIELD_COL)) && f->kind != KIND_LONGTEXT)
			text = arena_printf(a, "%s %s", text, records_cell(ctx, row, i, a));
	}
	return text;
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct records *d = ctx;
	if (d->type->no != TYPE_VOLUNTEER)
		return ROLE_DEFAULT;
	int64_t status = rec_int(d->rows[row].rec, F_VOLUNTEER_STATUS);
	bool here = status == VOLUNTEER_ACTIVE;
	if (!here && status != VOLUNTEER_APPLICANT)
		return ROLE_DIM;
	return here || col == 0 ? ROLE_DEFAULT : ROLE_HINT;
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	const struct records *d = ctx;
	size_t all = d->count[VOLUNTEER_APPLICANT] + d->count[VOLUNTEER_ACTIVE] + d->count[VOLUNTEER_PAUSE] +
		d->count[VOLUNTEER_ENDED];
	if (d->type->no == TYPE_VOLUNTEER && all > 0)
		return arena_printf(a, _("None of the %zu volunteers belongs here just now.\nPress v to see others."),
			all);
	return _("There are none yet.\nPress o to add the first, or 7 to take them from a spreadsheet that you have.");
}

const struct list_source records_source = {
	.id = row_id, .cell = records_cell, .role = row_role, .compare = compare_rows, .find = find_text,
	.empty = why_empty,
};
