/* store/plan.c - what a change group does to the tables: pure reckoning from the records before and after to the rows
 * that are put and deleted. Used by the one door for writes and by what rebuilds a store from its log. It reads
 * through a view and must not write; kv_apply does. */
#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/codec.h"
#include "store/store_priv.h"

void plan_init(struct plan *p, struct view *v, struct arena *a)
{
	*p = (struct plan){ .v = v, .a = a };
}

void plan_free(struct plan *p)
{
	idmap_free(&p->map);
}

/* ---- records ------------------------------------------------------------------------------------- */

int plan_load(struct plan *p, int type, struct id id, size_t *out, struct err *e)
{
	uint32_t at;
	bool fresh;
	assert(type > 0 && type <= UINT8_MAX && p->n < IDMAP_NONE);
	if (!idmap_add(&p->map, id, (uint32_t)p->n, &at, &fresh))
		return view_nomem(e);
	*out = at;
	if (!fresh)
		return OK;
	struct touch *grown = arena_try_grow(p->a, p->touch, &p->cap, p->n + 1, sizeof *grown);
	if (!grown)
		return view_nomem(e);
	p->touch = grown;
	struct touch *t = &p->touch[p->n++];
	*t = (struct touch){ .id = id, .type = (uint8_t)type };
	int rc = view_now(p->v, p->a, type, id, &t->was, e);
	t->now = t->was;
	return rc;
}

/* With room for some more fields. */
static struct rec *copy_rec(struct arena *a, const struct rec *r)
{
	enum { MORE = 8 };
	struct rec *copy = arena_try_alloc(a, sizeof *copy + (r->n + MORE) * sizeof *copy->f);
	struct rec_field *sib = r->nsib ? arena_try_alloc(a, r->nsib * sizeof *sib) : NULL;
	if (!copy || (r->nsib && !sib))
		return NULL;
	*copy = *r;
	copy->f = (struct rec_field *)(copy + 1);
	copy->cap = r->n + MORE;
	if (r->n)
		memcpy(copy->f, r->f, r->n * sizeof *r->f);
	copy->sib = sib;
	copy->sibcap = r->nsib;
	if (sib)
		memcpy(sib, r->sib, r->nsib * sizeof *sib);
	return copy;
}

int plan_write(struct plan *p, int type, struct id id, int field, struct value v, struct stamp at, struct err *e)
{
	size_t i;
	int rc = plan_load(p, type, id, &i, e);
	if (rc != OK)
		return rc;
	struct touch *t = &p->touch[i];
	assert(t->type == type);
	if (!t->written) {
		struct rec none = { .type = (uint8_t)type, .id = id };
		t->now = copy_rec(p->a, t->was ? t->was : &none);
		if (!t->now)
			return view_nomem(e);
		t->written = true;
	}
	rec_put(p->a, t->now, field, v, at);
	return OK;
}

int plan_writes(struct plan *p, const struct group *g, struct err *e)
{
	struct stamp at = { g->dot, g->clock };
	int rc = OK;
	for (size_t i = 0; i < g->nwrites && rc == OK; i++) {
		const struct write *w = &g->writes[i];
		rc = plan_write(p, w->type, w->id, w->field, w->v, at, e);
	}
	return rc;
}

/* ---- what depends on what ----------------------------------------------------------------------- */

/* The place of the shift of an assignment. */
static int load_shift(struct plan *p, const struct rec *assignment, size_t *out, struct err *e)
{
	return plan_load(p, TYPE_SHIFT, rec_id(assignment, F_ASSIGNMENT_SHIFT), out, e);
}

/* An assignment that comes, goes or changes alters how many places of its shift are covered. */
static int follow_assignment(struct plan *p, size_t i, struct err *e)
{
	const struct rec *was = p->touch[i].was, *now = p->touch[i].now;
	size_t shift;
	int rc = OK;
	if (was && (rc = load_shift(p, was, &shift, e)) == OK)
		p->touch[shift].covered -= (int32_t)index_places(was);
	if (rc == OK && (rc = load_shift(p, now, &shift, e)) == OK)
		p->touch[shift].covered += (int32_t)index_places(now);
	return rc;
}

/* Does what an assignment's rows say of its shift change? */
static bool moves_duties(const struct touch *t)
{
	static const uint8_t fields[] = { FIELD_ALIVE, F_SHIFT_UNIT, F_SHIFT_ROLE, F_SHIFT_START, F_SHIFT_END,
		F_SHIFT_STATE };
	if (!t->written)
		return false;
	for (size_t i = 0; i < sizeof fields; i++)
		if (!t->was || !value_equal(rec_get(t->was, fields[i]), rec_get(t->now, fields[i])))
			return true;
	return false;
}

/* An assignment of a shift that moves. The row that led to it isn't sealed, so the record has the last word. */
static int follow_duty(struct plan *p, struct id shift, struct id assignment, struct err *e)
{
	size_t i;
	int rc = plan_load(p, TYPE_ASSIGNMENT, assignment, &i, e);
	if (rc != OK)
		return rc;
	const struct touch *t = &p->touch[i];
	if (t->type != TYPE_ASSIGNMENT || !t->was || !id_equal(rec_id(t->was, F_ASSIGNMENT_SHIFT), shift))
		return view_corrupt(p->v, KV_REF, e);
	return OK;
}

/* Count the places that are covered now, and let the assignments follow a shift that moves. */
static int follow_shift(struct plan *p, size_t i, struct err *e)
{
	uint8_t key[KV_KEY_MOST];
	struct kv_scan s;
	bool moves = moves_duties(&p->touch[i]);
	size_t n = index_key_ref(key, p->touch[i].id, TYPE_ASSIGNMENT, F_ASSIGNMENT_SHIFT);
	int rc = kv_scan_prefix(&p->v->txn, KV_REF, key, n, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		struct seat_row seat;
		if (!index_read_seat(s.key, s.value, &seat))
			rc = view_corrupt(p->v, KV_REF, e);
		else if (seat.state == ASSIGNMENT_ACCEPTED)
			p->touch[i].filled += seat.places;
		if (rc == OK && moves)
			rc = follow_duty(p, p->touch[i].id, seat.assignment, e);
	}
	kv_scan_end(&s);
	return rc == ERR_NOTFOUND ? OK : rc;
}

static int follow_all(struct plan *p, struct err *e)
{
	int rc = OK;
	for (size_t i = 0, n = p->n; i < n && rc == OK; i++)
		if (p->touch[i].type == TYPE_ASSIGNMENT && p->touch[i].written)
			rc = follow_assignment(p, i, e);
	for (size_t i = 0, n = p->n; i < n && rc == OK; i++)
		if (p->touch[i].type == TYPE_SHIFT)
			rc = follow_shift(p, i, e);
	return rc;
}

/* ---- rows ---------------------------------------------------------------------------------------- */

static int add_op(struct plan *p, enum kv_table table, bool del, const void *key, size_t nkey, const void *value,
	size_t nvalue, struct err *e)
{
	struct kv_op *grown = arena_try_grow(p->a, p->op, &p->op_cap, p->nop + 1, sizeof *grown);
	void *copy = nvalue ? arena_try_alloc(p->a, nvalue) : NULL;
	if (!grown || (nvalue && !copy))
		return view_nomem(e);
	assert(nkey <= KV_KEY_MOST && nvalue <= UINT32_MAX);
	p->op = grown;
	struct kv_op *op = &p->op[p->nop++];
	*op = (struct kv_op){ .table = (uint8_t)table, .nkey = (uint8_t)nkey, .del = del, .nvalue = (uint32_t)nvalue };
	memcpy(op->key, key, nkey);
	if (nvalue)
		op->value = memcpy(copy, value, nvalue);
	return OK;
}

static int put_row(struct plan *p, const struct index_row *r, bool del, struct err *e)
{
	return add_op(p, r->table, del, r->key, r->nkey, r->value, del ? 0 : r->nvalue, e);
}

static bool same_value(const struct index_row *x, const struct index_row *y)
{
	return x->nvalue == y->nvalue && memcmp(x->value, y->value, x->nvalue) == 0;
}

/* Both lists ascend: what is only in the old one goes, what is new or differs comes. */
static int put_difference(struct plan *p, const struct index_row *was, size_t nwas, const struct index_row *now,
	size_t nnow, struct err *e)
{
	size_t i = 0, k = 0;
	int rc = OK;
	while (rc == OK && (i < nwas || k < nnow)) {
		int order = i == nwas ? 1 : k == nnow ? -1 : index_compare_rows(&was[i], &now[k]);
		if (order < 0)
			rc = put_row(p, &was[i], true, e);
		else if (order > 0 || !same_value(&was[i], &now[k]))
			rc = put_row(p, &now[k], false, e);
		i += order <= 0;
		k += order >= 0;
	}
	return rc;
}

/* The touched shift of an assignment. One that was only looked at (a connection's end, say) may have none here:
 * nothing of it changes then. */
static const struct touch *shift_of(const struct plan *p, const struct touch *t, const struct rec *assignment)
{
	uint32_t i = idmap_get(&p->map, rec_id(assignment, F_ASSIGNMENT_SHIFT));
	assert(i != IDMAP_NONE || !t->written);
	return i != IDMAP_NONE && p->touch[i].type == TYPE_SHIFT ? &p->touch[i] : NULL;
}

static struct index_deps deps_of(const struct plan *p, const struct touch *t, const struct rec *r, bool now)
{
	struct index_deps deps = { 0 };
	if (r && t->type == TYPE_SHIFT) {
		int64_t filled = (int64_t)t->filled + (now ? t->covered : 0);
		deps.filled = filled > 0 ? (uint32_t)filled : 0;
	}
	const struct touch *shift = r && t->type == TYPE_ASSIGNMENT ? shift_of(p, t, r) : NULL;
	if (shift)
		deps.shift = now ? shift->now : shift->was;
	return deps;
}

static int plan_index(struct plan *p, const struct touch *t, struct err *e)
{
	struct index_row was[INDEX_MOST], now[INDEX_MOST];
	struct index_deps deps = deps_of(p, t, t->was, false);
	size_t nwas = index_rows(t->was, &deps, was);
	deps = deps_of(p, t, t->now, true);
	size_t nnow = index_rows(t->now, &deps, now);
	return put_difference(p, was, nwas, now, nnow, e);
}

static int put_sealed(struct plan *p, enum kv_table table, const uint8_t *key, size_t nkey, const struct buf *plain,
	struct buf *sealed, struct err *e)
{
	buf_reset(sealed);
	int rc = seal_put(p->v->s->seal, (uint8_t)table, key, nkey, plain->p, plain->n, sealed, e);
	return rc == OK ? add_op(p, table, false, key, nkey, sealed->p, sealed->n, e) : rc;
}

static int too_much(int rc, struct err *e)
{
	if (rc == ERR_NOMEM)
		return view_nomem(e);
	return err_set(e, rc, _("this is too much for one change; do it in smaller parts"));
}

static int plan_records(struct plan *p, struct err *e)
{
	struct buf plain = { 0 }, sealed = { 0 };
	uint8_t key[STORE_REC_KEY];
	int rc = OK;
	for (size_t i = 0; i < p->n && rc == OK; i++) {
		const struct touch *t = &p->touch[i];
		if (t->written) {
			buf_reset(&plain);
			rc = codec_put_rec(&plain, t->now);
			if (rc != OK)
				rc = too_much(rc, e);
			else
				rc = put_sealed(p, KV_REC, key, store_rec_key(key, t->type, t->id), &plain, &sealed, e);
		}
		if (rc == OK)
			rc = plan_index(p, t, e);
	}
	buf_free(&plain);
	buf_free(&sealed);
	return rc;
}

static int plan_log(struct plan *p, const struct group *g, struct err *e)
{
	struct buf plain = { 0 }, sealed = { 0 };
	uint8_t key[STORE_LOG_KEY];
	int rc = codec_put_group(&plain, g);
	if (rc == OK)
		rc = codec_put_here(&plain, g);
	if (rc != OK)
		rc = too_much(rc, e);
	else
		rc = put_sealed(p, KV_LOG, key, store_log_key(key, g->dot), &plain, &sealed, e);
	if (rc == OK)
		p->proof = p->op[p->nop - 1];
	buf_free(&plain);
	buf_free(&sealed);
	return rc;
}

/* ---- meta ---------------------------------------------------------------------------------------- */

static int plan_counts(struct plan *p, struct err *e)
{
	int64_t more[UINT8_MAX + 1] = { 0 };
	for (size_t i = 0; i < p->n; i++) {
		const struct touch *t = &p->touch[i];
		if (t->written)
			more[t->type] += (int)t->now->alive - (int)(t->was && t->was->alive);
	}
	int rc = OK;
	for (int type = 1; type <= UINT8_MAX && rc == OK; type++) {
		if (more[type] == 0)
			continue;
		size_t n;
		uint8_t key[2], value[8];
		rc = view_count_now(p->v, type, &n, e);
		if (rc == OK && (int64_t)n + more[type] < 0)
			rc = view_corrupt(p->v, KV_META, e);
		if (rc == OK) {
			be_put(value, (uint64_t)((int64_t)n + more[type]), 8);
			rc = add_op(p, KV_META, false, key, store_count_key(key, type), value, sizeof value, e);
		}
	}
	return rc;
}

/* So that a number once given isn't given again, also after a rebuild. */
static uint64_t next_id(const struct plan *p, uint64_t next)
{
	for (size_t i = 0; i < p->n; i++) {
		uint64_t inc, counter;
		if (p->touch[i].written && id_made(p->touch[i].id, &inc, &counter) &&
			inc == p->v->s->format.incarnation && counter >= next)
			next = counter + 1;
	}
	return next;
}

static int plan_head(struct plan *p, const struct group *g, struct err *e)
{
	struct head h;
	int rc = view_head(p->v, &h, e);
	if (rc != OK)
		return rc;
	if (g->dot.inc == p->v->s->format.incarnation) {
		assert(g->dot.no == h.no + 1);
		h.no = g->dot.no;
	}
	h.clock = g->clock > h.clock ? g->clock : h.clock;
	h.next_id = next_id(p, h.next_id);
	uint8_t value[STORE_HEAD];
	store_put_head(value, &h);
	return add_op(p, KV_META, false, "h", 1, value, sizeof value, e);
}

static int plan_undone(struct plan *p, const struct group *g, struct err *e)
{
	uint8_t key[STORE_UNDONE_KEY], by[STORE_LOG_KEY];
	if (g->undoes.no == 0)
		return OK;
	size_t n = store_log_key(by, g->dot);
	return add_op(p, KV_META, false, key, store_undone_key(key, g->undoes), by, n, e);
}

int plan_finish(struct plan *p, const struct group *g, struct err *e)
{
	assert(g->dot.no > 0 && p->nop == 0);
	int rc = follow_all(p, e);
	if (rc == OK)
		rc = plan_records(p, e);
	if (rc == OK)
		rc = plan_counts(p, e);
	if (rc == OK)
		rc = plan_head(p, g, e);
	if (rc == OK)
		rc = plan_undone(p, g, e);
	return rc == OK ? plan_log(p, g, e) : rc;
}
