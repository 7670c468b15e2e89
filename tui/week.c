/* tui/week.c - see week_priv.h. Owns which shift stands in which cell. Must not draw (week_draw.c). */
#include "tui/week_priv.h"

#include <assert.h>

static size_t lines_of(const struct grid_row *g)
{
	size_t most = 1;
	for (int d = 0; d < WEEK_DAYS; d++)
		most = g->ncell[d] > most ? g->ncell[d] : most;
	return most;
}

static int names_in(const struct shift *s)
{
	int n = 0;
	for (size_t i = 0; s && i < s->nseats; i++)
		n += seat_is_on(&s->seats[i]);
	return n;
}

static void add_lines(struct week *w, const struct grid_row *g, bool heads)
{
	size_t lines = lines_of(g);
	for (size_t sub = 0; sub < lines; sub++) {
		struct week_row *row = &w->rows[w->n++];
		*row = (struct week_row){.g = g, .sub = sub, .heads = heads && sub == 0};
		for (int d = 0; d < WEEK_DAYS; d++) {
			int names = names_in(week_cell(w, w->n - 1, d));
			row->names = names > row->names ? names : row->names;
		}
	}
}

static void add_up(struct week *w)
{
	for (size_t i = 0; i < w->roster.n; i++) {
		const struct shift *s = &w->roster.shifts[i];
		int day = cmin_date(s->row.start) - w->monday;
		if (day < 0 || day >= WEEK_DAYS || shift_is_off(s))
			continue;
		w->days[day].need += s->row.need;
		w->days[day].filled += s->row.filled;
		w->days[day].open += (size_t)s->open;
	}
}

void week_build(struct arena *a, struct week *w)
{
	size_t lines = 0;
	roster_grid(a, &w->roster, w->monday, &w->grid);
	for (size_t i = 0; i < w->grid.n; i++)
		lines += lines_of(&w->grid.rows[i]);
	w->rows = arena_alloc(a, (lines + 1) * sizeof *w->rows);
	for (size_t i = 0; i < w->grid.n; i++) {
		const struct grid_row *g = &w->grid.rows[i], *above = i ? g - 1 : NULL;
		add_lines(w, g, !above || !id_equal(above->unit_id, g->unit_id) ||
			!id_equal(above->role_id, g->role_id));
	}
	assert(w->n == lines);
	w->levels = arena_alloc(a, w->roster.n + 1);
	for (size_t i = 0; w->troubles.n && i < w->roster.n; i++)
		w->levels[i] = (uint8_t)troubles_level(&w->troubles, w->roster.shifts[i].row.shift, NULL);
	add_up(w);
}

const struct shift *week_cell(const struct week *w, size_t row, int day)
{
	const struct week_row *r = &w->rows[row];
	assert(row < w->n && day >= 0 && day < WEEK_DAYS);
	return r->sub < r->g->ncell[day] ? r->g->cell[day][r->sub] : NULL;
}

bool week_find(const struct week *w, struct id shift, size_t *row, int *day)
{
	for (size_t i = 0; i < w->n; i++)
		for (int d = 0; d < WEEK_DAYS; d++) {
			const struct shift *s = week_cell(w, i, d);
			if (s && id_equal(s->row.shift, shift)) {
				*row = i;
				*day = d;
				return true;
			}
		}
	return false;
}

size_t week_find_row(const struct week *w, struct id unit, struct id role, int from, int to, size_t sub)
{
	size_t best = w->n;
	int most = 0;
	for (size_t i = 0; i < w->n; i++) {
		const struct grid_row *g = w->rows[i].g;
		if (!id_equal(g->unit_id, unit))
			continue;
		int alike = 1 + 2 * id_equal(g->role_id, role) + 4 * (g->from == from && g->to == to) +
			(w->rows[i].sub == sub);
		if (alike > most) {
			most = alike;
			best = i;
		}
	}
	return best;
}
