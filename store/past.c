/* store/past.c - see past.h. Owns walking values back to a view's time, and what has been touched since. Must not
 * know what is asked (view.c, view_time.c). */
#include "store/past.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/log_priv.h"
#include "store/register.h"

struct past {
	struct arena *a;
	struct idmap map;                /* touched ids -> place in recs */
	struct pile recs;                /* struct then */
	struct idmap shift_map;          /* touched shifts, and those of touched assignments -> place in shifts */
	struct pile shifts;              /* struct then */
	struct pile seats;               /* const struct rec *: assignments as they were, by shift */
};

/* A record as it was; NULL when it didn't exist or wasn't alive. Its traces are those of the fields written since,
 * while they are walked back. */
struct then {
	struct id id;
	uint8_t type;
	uint32_t next;                   /* the same id under another type, where somebody did that; else IDMAP_NONE */
	const struct rec *r;
	struct trace *trace;
	size_t ntraces;
};
struct trace { uint8_t field; struct dot dot; };

/* With all that its values point at. */
static struct rec *keep_rec(struct arena *a, const struct rec *r)
{
	struct rec *copy = arena_copy(a, r, sizeof *r);
	copy->f = arena_copy(a, r->f, r->n * sizeof *r->f);
	copy->cap = r->n;
	for (size_t i = 0; i < r->n; i++)
		copy->f[i].v = value_copy(a, r->f[i].v);
	copy->sib = arena_copy(a, r->sib, r->nsib * sizeof *r->sib);
	copy->sibcap = r->nsib;
	for (size_t i = 0; i < r->nsib; i++)
		copy->sib[i].v = value_copy(a, r->sib[i].v);
	return copy;
}

/* ---- one record ---------------------------------------------------------------------------------- */

/* A field to what stood before its write; one that had never been set, or of which no more is known, gets the dot 0. */
static int step_back(struct view *v, const struct rec *r, struct rec_field *f, struct err *e)
{
	const struct group *g;
	const struct write *w;
	int rc = log_write_of(v, r, f->no, f->at.dot, &g, &w, e);
	if (rc != OK)
		return rc;
	f->at = (struct stamp){ .dot = w ? w->before : (struct dot){ 0 } };
	if (f->at.dot.no == 0)
		return OK;
	rc = log_write_of(v, r, f->no, f->at.dot, &g, &w, e);
	if (rc == OK && w)
		*f = (struct rec_field){ f->no, w->v, { f->at.dot, g->clock } };
	else
		f->at = (struct stamp){ 0 };
	return rc;
}

/* The newest of the view's future among the stamps of fields; NULL: none is. */
static const struct rec_field *newest_field(const struct view *v, const struct rec *r)
{
	const struct rec_field *newest = NULL;
	for (size_t i = 0; i < r->n; i++)
		if (r->f[i].at.clock > v->at && (!newest || stamp_compare(r->f[i].at, newest->at) > 0))
			newest = &r->f[i];
	return newest;
}

/* All fields of one group go back together: a large group is read once, however many of them it wrote. The values lie
 * in groups that may go with the next one, so they are copied. */
static int walk_back(struct view *v, struct arena *a, struct rec *r, struct err *e)
{
	const struct rec_field *newest;
	int rc = OK;
	while (rc == OK && (newest = newest_field(v, r)) != NULL) {
		struct dot dot = newest->at.dot;
		for (size_t i = 0; i < r->n && rc == OK; i++) {
			if (r->f[i].at.clock <= v->at || !dot_equal(r->f[i].at.dot, dot))
				continue;
			rc = step_back(v, r, &r->f[i], e);
			if (rc == OK)
				r->f[i].v = value_copy(a, r->f[i].v);
		}
	}
	return rc;
}

/* What stood beside the values that are still shown. */
static void keep_siblings(const struct view *v, struct arena *a, const struct rec *now, struct rec *then)
{
	for (size_t i = 0; i < now->nsib; i++) {
		const struct rec_field *x = &now->sib[i], *was = rec_field(now, x->no), *is = rec_field(then, x->no);
		if (x->at.clock > v->at || !is || !dot_equal(was->at.dot, is->at.dot))
			continue;
		then->sib = arena_grow(a, then->sib, &then->sibcap, then->nsib + 1, sizeof *then->sib);
		then->sib[then->nsib++] = *x;
	}
	register_settle(then);
}

static uint32_t place_of(const struct past *p, int type, struct id id)
{
	const struct then *t = p->recs.at;
	uint32_t at = idmap_get(&p->map, id);
	while (at != IDMAP_NONE && t[at].type != type)
		at = t[at].next;
	return at;
}

static const struct then *find_then(const struct past *p, int type, struct id id)
{
	uint32_t at = place_of(p, type, id);
	return at == IDMAP_NONE ? NULL : (const struct then *)p->recs.at + at;
}

int past_rec(struct view *v, struct arena *a, struct rec *now, struct rec **out, struct err *e)
{
	*out = now;
	if (!v->at || now->at.clock <= v->at)
		return OK;
	const struct then *t = v->past ? find_then(v->past, now->type, now->id) : NULL;
	if (t) {
		*out = t->r ? keep_rec(a, t->r) : NULL;
		return OK;
	}
	struct rec *then = arena_try_alloc(a, sizeof *then);
	if (!then)
		return view_nomem(e);
	*then = (struct rec){ .type = now->type, .id = now->id };
	struct rec back = *now;
	back.f = arena_copy(a, now->f, now->n * sizeof *now->f);
	int rc = walk_back(v, a, &back, e);
	for (size_t i = 0; i < back.n && rc == OK; i++)
		if (back.f[i].at.dot.no != 0)
			rec_put(a, then, back.f[i].no, back.f[i].v, back.f[i].at);
	if (rc == OK)
		keep_siblings(v, a, now, then);
	*out = rc == OK && rec_field(then, FIELD_ALIVE) ? then : NULL;
	return rc;
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
		if (rc != OK || !w)
			return rc;
		*out = value_copy(a, w->v);
		dot = w->before;
	}
	return OK;
}

/* ---- everything touched since ------------------------------------------------------------------- */

/* Every group since the view's time is read once, newest first, and takes the fields it wrote back to what each stood
 * on; then every group that is stood on is read once. Record by record, a few large groups (an import, undone and
 * redone) would be decoded for each of the records in them. */
struct loading {
	struct view *v;
	struct past *p;
	struct arena *a;                 /* until all is loaded */
	struct pile needs;               /* struct need */
};

/* A value that stood then, in the group that wrote it. */
struct need { struct dot dot; uint32_t rec; struct rec_field f; };

static int add_then(struct idmap *map, struct pile *list, int type, struct id id, uint32_t *first, bool *fresh,
	struct err *e)
{
	struct then t = { .id = id, .type = (uint8_t)type, .next = IDMAP_NONE };
	if (!idmap_add(map, id, (uint32_t)list->n, first, fresh))
		return view_nomem(e);
	return *fresh ? pile_add(list, &t, e) : OK;
}

/* The place of a touched record, with none of its traces when it is new. */
static int add_touched(struct past *p, int type, struct id id, uint32_t *at, bool *fresh, struct err *e)
{
	uint32_t first;
	int rc = add_then(&p->map, &p->recs, type, id, &first, fresh, e);
	*at = rc == OK && !*fresh ? place_of(p, type, id) : first;
	if (rc != OK || *at != IDMAP_NONE)
		return rc;
	struct then *t = p->recs.at, other = { .id = id, .type = (uint8_t)type, .next = t[first].next };
	t[first].next = *at = (uint32_t)p->recs.n;
	*fresh = true;
	return pile_add(&p->recs, &other, e);
}

static int add_shift(struct past *p, struct id shift, struct err *e)
{
	bool fresh;
	uint32_t at;
	return id_is_none(shift) ? OK : add_then(&p->shift_map, &p->shifts, TYPE_SHIFT, shift, &at, &fresh, e);
}

/* What stands now, and the stamps of what was written since. */
static int begin_traces(struct loading *l, uint32_t at, struct arena *tmp, struct err *e)
{
	struct then *t = (struct then *)l->p->recs.at + at;
	struct rec *now;
	int rc = view_now(l->v, tmp, t->type, t->id, &now, e);
	if (rc == OK && !now)
		rc = view_corrupt(l->v, KV_REC, e);
	if (rc != OK)
		return rc;
	t->trace = arena_try_alloc(l->a, now->n * sizeof *t->trace);
	if (!t->trace)
		return view_nomem(e);
	for (size_t i = 0; i < now->n; i++)
		if (now->f[i].at.clock > l->v->at)
			t->trace[t->ntraces++] = (struct trace){ now->f[i].no, now->f[i].at.dot };
	if (t->type == TYPE_SHIFT)
		return add_shift(l->p, t->id, e);
	return t->type == TYPE_ASSIGNMENT ? add_shift(l->p, rec_id(now, F_ASSIGNMENT_SHIFT), e) : OK;
}

static int trace_write(struct loading *l, struct dot dot, const struct write *w, struct arena *tmp, struct err *e)
{
	bool fresh;
	uint32_t at;
	int rc = add_touched(l->p, w->type, w->id, &at, &fresh, e);
	if (rc == OK && fresh)
		rc = begin_traces(l, at, tmp, e);
	if (rc != OK)
		return rc;
	struct then *t = (struct then *)l->p->recs.at + at;
	for (size_t i = 0; i < t->ntraces; i++)
		if (t->trace[i].field == w->field && dot_equal(t->trace[i].dot, dot))
			t->trace[i].dot = w->before;
	return OK;
}

static int trace_group(struct loading *l, struct dot dot, struct arena *tmp, struct err *e)
{
	const struct group *g;
	int rc = log_cached(l->v, dot, &g, e);
	for (size_t i = 0; rc == OK && i < g->nwrites; i++) {
		arena_reset(tmp);
		rc = trace_write(l, dot, &g->writes[i], tmp, e);
	}
	return rc;
}

static int trace_all(struct loading *l, struct err *e)
{
	struct arena *a = arena_new(), *tmp = arena_new();
	struct log_walk w;
	const struct group *g;
	int rc = log_walk_begin(l->v, a, (struct stamp){ .clock = INT64_MAX }, false, &w, e);
	while (rc == OK && (rc = log_walk_next(&w, &g, e)) == OK && g && g->clock > l->v->at)
		rc = trace_group(l, g->dot, tmp, e);
	arena_free(a);
	arena_free(tmp);
	return rc;
}

static const struct trace *trace_of(const struct then *t, int field)
{
	for (size_t i = 0; i < t->ntraces; i++)
		if (t->trace[i].field == field)
			return &t->trace[i];
	return NULL;
}

/* Had its first field been written? */
static bool existed(const struct then *t)
{
	const struct trace *alive = trace_of(t, FIELD_ALIVE);
	return !alive || alive->dot.no != 0;
}

static int compare_dots(const void *x, const void *y)
{
	const struct need *a = x, *b = y;
	return dot_compare(a->dot, b->dot);
}

static int compare_recs(const void *x, const void *y)
{
	const struct need *a = x, *b = y;
	return (a->rec > b->rec) - (a->rec < b->rec);
}

static int collect_needs(struct loading *l, struct err *e)
{
	int rc = OK;
	for (uint32_t at = 0; at < l->p->recs.n && rc == OK; at++) {
		const struct then *t = (const struct then *)l->p->recs.at + at;
		for (size_t i = 0; i < t->ntraces && rc == OK && existed(t); i++) {
			struct need need = { t->trace[i].dot, at, { .no = t->trace[i].field } };
			if (need.dot.no != 0)
				rc = pile_add(&l->needs, &need, e);
		}
	}
	return rc;
}

/* A value that isn't known any more is as one that was never set. */
static int read_need(struct loading *l, struct need *need, struct err *e)
{
	struct then *t = (struct then *)l->p->recs.at + need->rec;
	const struct rec of = { .type = t->type, .id = t->id };
	const struct group *g;
	const struct write *w;
	int rc = log_write_of(l->v, &of, need->f.no, need->dot, &g, &w, e);
	if (rc != OK)
		return rc;
	bool future = w && g->clock > l->v->at;
	if (w && !future) {
		need->f.v = value_copy(l->a, w->v);
		need->f.at = (struct stamp){ need->dot, g->clock };
	}
	need->dot = future ? w->before : (struct dot){ 0 };
	if (!need->f.at.dot.no && !need->dot.no)
		for (size_t i = 0; i < t->ntraces; i++)
			if (t->trace[i].field == need->f.no)
				t->trace[i].dot = need->dot;
	return OK;
}

/* Where somebody's clock went ahead, what a write replaced may still lie in the view's future, so that it takes several
 * rounds. In each the groups are read in their order. */
static int read_needs(struct loading *l, struct err *e)
{
	struct need *need = l->needs.at;
	bool again = true;
	int rc = OK;
	while (again && rc == OK) {
		again = false;
		pile_sort(&l->needs, compare_dots);
		for (size_t i = 0; i < l->needs.n && rc == OK; i++) {
			if (need[i].dot.no == 0)
				continue;
			rc = read_need(l, &need[i], e);
			again = again || need[i].dot.no != 0;
		}
	}
	pile_sort(&l->needs, compare_recs);
	return rc;
}

/* The record as it was, from what stands and what was needed; `first` is the place of its needs. */
static int build_then(struct loading *l, uint32_t at, size_t *first, struct arena *tmp, struct err *e)
{
	struct then *t = (struct then *)l->p->recs.at + at;
	const struct need *need = l->needs.at;
	struct rec *now, then = { .type = t->type, .id = t->id };
	if (!existed(t)) {
		while (*first < l->needs.n && need[*first].rec == at)
			++*first;
		return OK;
	}
	int rc = view_now(l->v, tmp, t->type, t->id, &now, e);
	if (rc == OK && !now)
		rc = view_corrupt(l->v, KV_REC, e);
	for (size_t i = 0; rc == OK && i < now->n; i++)
		if (!trace_of(t, now->f[i].no))
			rec_put(tmp, &then, now->f[i].no, now->f[i].v, now->f[i].at);
	for (; *first < l->needs.n && need[*first].rec == at; ++*first)
		if (need[*first].f.at.dot.no != 0)
			rec_put(tmp, &then, need[*first].f.no, need[*first].f.v, need[*first].f.at);
	if (rc != OK)
		return rc;
	keep_siblings(l->v, tmp, now, &then);
	if (!then.alive)
		return OK;
	t->r = keep_rec(l->p->a, &then);
	if (t->type != TYPE_ASSIGNMENT)
		return OK;
	rc = add_shift(l->p, rec_id(t->r, F_ASSIGNMENT_SHIFT), e);
	return rc == OK ? pile_add(&l->p->seats, &t->r, e) : rc;
}

static int build_shift(struct loading *l, struct then *shift, struct arena *tmp, struct err *e)
{
	const struct then *t = find_then(l->p, TYPE_SHIFT, shift->id);
	struct rec *r;
	if (t) {
		shift->r = t->r;
		return OK;
	}
	int rc = view_now(l->v, tmp, TYPE_SHIFT, shift->id, &r, e);
	if (rc == OK && r && r->alive)
		shift->r = keep_rec(l->p->a, r);
	return rc;
}

static int build_all(struct loading *l, struct err *e)
{
	int rc = OK;
	size_t first = 0;
	struct arena *tmp = arena_new();
	for (uint32_t at = 0; at < l->p->recs.n && rc == OK; at++) {
		arena_reset(tmp);
		rc = build_then(l, at, &first, tmp, e);
	}
	struct then *shift = l->p->shifts.at;
	for (size_t i = 0; i < l->p->shifts.n && rc == OK; i++) {
		arena_reset(tmp);
		rc = build_shift(l, &shift[i], tmp, e);
	}
	arena_free(tmp);
	return rc;
}

static int load_touched(struct view *v, struct past *p, struct err *e)
{
	struct loading l = { .v = v, .p = p, .a = arena_new() };
	l.needs = (struct pile){ .a = l.a, .item = sizeof(struct need) };
	int rc = trace_all(&l, e);
	if (rc == OK)
		rc = collect_needs(&l, e);
	if (rc == OK)
		rc = read_needs(&l, e);
	if (rc == OK)
		rc = build_all(&l, e);
	struct then *t = p->recs.at;
	for (size_t i = 0; i < p->recs.n; i++)
		t[i].trace = NULL;       /* it lay in l.a */
	arena_free(l.a);
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
	int rc = load_touched(v, p, e);
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

bool past_touched(const struct view *v, int type, struct id id)
{
	return v->past && place_of(v->past, type, id) != IDMAP_NONE;
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
