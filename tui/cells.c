/* tui/cells.c - see cells.h. Owns how ready-made rows are listed, sorted and found again. Must not know what stands in
 * them. */
#include "tui/cells.h"

#include "base/text.h"

static const struct cell_row *row_at(const void *ctx, size_t row)
{
	return &((const struct cells *)ctx)->rows[row];
}

struct id cells_id(const void *ctx, size_t row)
{
	return row_at(ctx, row)->id;
}

const char *cells_text(const void *ctx, size_t row, size_t col, struct arena *a)
{
	(void)a;
	return row_at(ctx, row)->cell[col].text;
}

const char *cells_section(const void *ctx, size_t row)
{
	return row_at(ctx, row)->section;
}

int cells_compare(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct ready_cell *p = &row_at(ctx, x)->cell[col], *q = &row_at(ctx, y)->cell[col];
	int c = (p->key > q->key) - (p->key < q->key);
	return c ? c : text_compare(p->text, q->text);
}

void cells_make(struct cells *c, int mode, const struct list_source *source, const struct list_col *cols, size_t ncols)
{
	*c = (struct cells){.mode = mode, .list = list_new(source, cols, ncols)};
}

void cells_clear(struct cells *c)
{
	c->rows = NULL;
	c->n = c->cap = c->count = 0;
	c->role = ROLE_DEFAULT;
}

struct cell_row *cells_add(struct cells *c, struct arena *a, struct id id, const char *name)
{
	c->rows = arena_grow(a, c->rows, &c->cap, c->n + 1, sizeof *c->rows);
	struct cell_row *row = &c->rows[c->n++];
	*row = (struct cell_row){.id = id, .role = ROLE_DEFAULT};
	for (size_t i = 0; i < CELLS; i++)
		row->cell[i].text = "";
	row->cell[0].text = name;
	return row;
}

void cells_set(struct cells *lists, size_t n)
{
	for (size_t i = 0; i < n; i++)
		list_set(lists[i].list, &lists[i], lists[i].n);
}

void cells_close(const struct screen *s, struct cells *lists, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (lists[i].list != s->list)
			list_free(lists[i].list);
}

const struct cell_row *cells_under(const struct cells *shown)
{
	size_t row;
	return list_selected(shown->list, &row) ? &shown->rows[row] : NULL;
}

static const struct cell_row *row_of(const struct cells *c, struct id id)
{
	for (size_t i = 0; i < c->n; i++)
		if (id_equal(c->rows[i].id, id))
			return &c->rows[i];
	return NULL;
}

struct id *cells_people(const struct cells *shown, struct arena *a, size_t *n)
{
	size_t nrows;
	struct id *ids = list_targets(shown->list, a, &nrows), *people = arena_alloc(a, (nrows + 1) * sizeof *people);
	*n = 0;
	for (size_t i = 0; i < nrows; i++) {
		const struct cell_row *row = row_of(shown, ids[i]);
		bool is_there = !row || !row->person;
		for (size_t j = 0; j < *n && !is_there; j++)
			is_there = id_equal(people[j], row->person->id);
		if (!is_there)
			people[(*n)++] = row->person->id;
	}
	return people;
}
