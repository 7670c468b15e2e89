/* store/past.c - see past.h. Owns walking values back to a view's time, and what has been touched since. Must not
 * know what is asked (view.c, view_time.c). */
#include "store/past.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/log_priv.h"

struct past {
	struct arena *a;
	struct idmap map;                /* touched ids -> place in recs */
	struct pile recs;                /* struct then */
	struct idmap shift_map;          /* touched shifts, and those of touched assignments -> place in shifts */
	struct pile shifts;              /* struct then */
	struct pile seats;               /* const struct rec *: assignments as they were, by shift */
};

/* A record as it was; NULL when it didn't exist or wasn't alive. */
struct then { struct id id; uint8_t type; const struct rec *r; };

/* ---- one record ---------------------------------------------------------------------------------- */

/* Walk one field back. *exists false when it had never been set. */
static int walk_field(struct view *v, const struct rec *r, struct rec_field *f, bool *exists, struct err *e)
{
	const struct group *g;
	const struct write *w;
	*exists = true;
	while (f->at.clock > v->at) {
		int rc = log_write_of(v, r, f->no, f->at.dot, &g, &w, e);
		if (rc != OK)
			return rc;
		struct dot before = w->before;
		*exists = before.no != 0;
		if (!*exists)
			return OK;
		rc = log_write_of(v, r, f->no, before, &g, &w, e);
		if (rc != OK)
			return rc;
		f->at = (struct stamp){ before, g->clock };
		f->v = w->v;
	}
	return OK;
}

int past_rec(struct view *v, struct arena *a, struct rec *now, struct rec **out, struct err *e)
{
	*out = now;
	if (!v->at || now->at.clock <= v->at)
		return OK;
	struct rec *then = arena_try_alloc(a, sizeof *then);
	if (!then)
		return view_nomem(e);
	*then = (struct rec){ .type = now->type, .id = now->id };
	for (size_t i = 0; i < now->n; i++) {
		struct rec_field f = now->f[i];
		bool exists;
		int rc = walk_field(v, now, &f, &exists, e);
		if (rc != OK)
			return rc;
		if (exists)
			rec_put(a, then, f.no, value_copy(a, f.v), f.at);
	}
	*out = rec_field(then, FIELD_ALIVE) ? then : NULL;
	return OK;
}

int past_value(struct view *v, struct arena *a, const struct rec *r, int field, struct value *out, struct err *e)
{
	const struct rec_field *f = rec_field(r, field);
	struct dot dot = f ? f->at.dot : (struct dot){ 0 };
	*out = f ? f->v : value_none();
	while (!r->alive && out->tag == V_NONE && dot.no != 0) {
		const struct group *g;
		const struct write *w;
		int rc = log_write_of(v, r, field, dot, &g, &w, e);
		if (rc != OK)
			return rc;
		*out = value_copy(a, w->v);
		dot = w->before;
	}
	return OK;
}

/* ---- everything touched since ------------------------------------------------------------------- */

static int add_then(struct past *p, struct idmap *map, struct pile *list, int type, struct id id, struct err *e)
{
	uint32_t at;
	bool fresh;
	struct then t = { .id = id, .type = (uint8_t)type };
	if (!idmap_add(map, id, (uint32_t)list->n, &at, &fresh))
		return view_nomem(e);
	assert(list->a == p->a);
	return fresh ? pile_add(list, &t, e) : OK;
}

static int collect_writes(struct view *v, struct past *p, struct dot dot, struct err *e)
{
	const struct group *g;
	int rc = log_cached(v, dot, &g, e);
	for (size_t i = 0; rc == OK && i < g->nwrites; i++)
		rc = add_then(p, &p->map, &p->recs, g->writes[i].type, g->writes[i].id, e);
	return rc;
}

static int collect_touched(struct view *v, struct past *p, struct err *e)
{
	struct arena *a = arena_new();
	struct log_walk w;
	const struct group *g;
	int rc = log_walk_begin(v, a, (struct stamp){ .clock = INT64_MAX }, false, &w, e);
	while (rc == OK && (rc = log_walk_next(&w, &g, e)) == OK && g && g->clock > v->at)
		rc = collect_writes(v, p, g->dot, e);
	arena_free(a);
	return rc;
}

/* With all that its values point at. */
static struct rec *keep_rec(struct arena *a, const struct rec *r)
{
	struct rec *copy = arena_copy(a, r, sizeof *r);
	copy->f = arena_copy(a, r->f, r->n * sizeof *r->f);
	copy->cap = r->n;
	for (size_t i = 0; i < r->n; i++)
		copy->f[i].v = value_copy(a, r->f[i].v);
	return copy;
}

static int add_shift_of(struct past *p, const struct rec *assignment, struct err *e)
{
	struct id shift = assignment ? rec_id(assignment, F_ASSIGNMENT_SHIFT) : ID_NONE;
	return id_is_none(shift) ? OK : add_then(p, &p->shift_map, &p->shifts, TYPE_SHIFT, shift, e);
}

/* The record as it was, and the shifts that an assignment is on and was on. Most of what is read in `tmp` isn't kept: what
 * was made since didn't exist. */
static int read_then(struct view *v, struct past *p, struct arena *tmp, struct then *t, struct err *e)
{
	struct rec *now, *then = NULL;
	int rc = view_now(v, tmp, t->type, t->id, &now, e);
	if (rc == OK && !now)
		rc = view_corrupt(v, KV_REC, e);
	if (rc == OK)
		rc = past_rec(v, tmp, now, &then, e);
	if (rc == OK && then && then->alive)
		t->r = keep_rec(p->a, then);
	if (rc == OK && t->type == TYPE_SHIFT)
		rc = add_then(p, &p->shift_map, &p->shifts, TYPE_SHIFT, t->id, e);
	if (rc != OK || t->type != TYPE_ASSIGNMENT)
		return rc;
	rc = add_shift_of(p, now, e);
	if (rc == OK)
		rc = add_shift_of(p, t->r, e);
	return rc == OK && t->r ? pile_add(&p->seats, &t->r, e) : rc;
}

static int read_touched(struct view *v, struct past *p, struct err *e)
{
	int rc = OK;
	struct arena *tmp = arena_new();
	struct then *t = p->recs.at;
	for (size_t i = 0; i < p->recs.n && rc == OK; i++) {
		arena_reset(tmp);
		rc = read_then(v, p, tmp, &t[i], e);
	}
	struct then *shift = p->shifts.at;
	for (size_t i = 0; i < p->shifts.n && rc == OK; i++) {
		struct rec *r;
		arena_reset(tmp);
		rc = view_get(v, tmp, TYPE_SHIFT, shift[i].id, &r, e);
		if (rc == OK && r && r->alive)
			shift[i].r = keep_rec(p->a, r);
	}
	arena_free(tmp);
	return rc;
}

static int compare_seats(const void *x, const void *y)
{
	const struct rec *const *a = x, *const *b = y;
	return id_compare(rec_id(*a, F_ASSIGNMENT_SHIFT), rec_id(*b, F_ASSIGNMENT_SHIFT));
}

int past_load(struct view *v, struct err *e)
{
	if (!v->at || v->past)
		return OK;
	struct past *p = calloc(1, sizeof *p);
	if (!p)
		return view_nomem(e);
	p->a = arena_new();
	p->recs = (struct pile){ .a = p->a, .item = sizeof(struct then) };
	p->shifts = (struct pile){ .a = p->a, .item = sizeof(struct then) };
	p->seats = (struct pile){ .a = p->a, .item = sizeof(struct rec *) };
	int rc = collect_touched(v, p, e);
	if (rc == OK)
		rc = read_touched(v, p, e);
	if (rc != OK) {
		past_free(p);
		return rc;
	}
	pile_sort(&p->seats, compare_seats);
	v->past = p;
	return OK;
}

void past_free(struct past *p)
{
	if (!p)
		return;
	idmap_free(&p->map);
	idmap_free(&p->shift_map);
	arena_free(p->a);
	free(p);
}

/* ---- asking -------------------------------------------------------------------------------------- */

bool past_touched(const struct view *v, struct id id)
{
	return v->past && idmap_get(&v->past->map, id) != IDMAP_NONE;
}

bool past_shift_touched(const struct view *v, struct id shift)
{
	return v->past && idmap_get(&v->past->shift_map, shift) != IDMAP_NONE;
}

static bool next_of(const struct pile *list, int type, size_t *i, const struct rec **r)
{
	const struct then *t = list->at;
	while (*i < list->n) {
		const struct then *at = &t[(*i)++];
		if (at->r && (type == TYPE_ANY || at->type == type)) {
			*r = at->r;
			return true;
		}
	}
	return false;
}

bool past_next(const struct view *v, int type, size_t *i, const struct rec **r)
{
	return v->past && next_of(&v->past->recs, type, i, r);
}

bool past_next_shift(const struct view *v, size_t *i, const struct rec **r)
{
	return v->past && next_of(&v->past->shifts, TYPE_SHIFT, i, r);
}

/* The first of the seats that isn't below this shift. */
static size_t first_seat(const struct past *p, struct id shift)
{
	const struct rec *const *seat = p->seats.at;
	size_t lo = 0, hi = p->seats.n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (id_compare(rec_id(seat[mid], F_ASSIGNMENT_SHIFT), shift) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool past_next_seat(const struct view *v, struct id shift, size_t *i, const struct rec **r)
{
	const struct past *p = v->past;
	if (!p)
		return false;
	const struct rec *const *seat = p->seats.at;
	size_t at = first_seat(p, shift) + (*i)++;
	if (at >= p->seats.n || !id_equal(rec_id(seat[at], F_ASSIGNMENT_SHIFT), shift))
		return false;
	*r = seat[at];
	return true;
}
