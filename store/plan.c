/* store/plan.c - see plan.h. Owns what writes make of records, and which rows change with them in rec, log and meta.
 * Pure reckoning from the records before and after; the index tables are plan_index.c's. */
#include "store/plan.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/codec.h"
#include "store/floor.h"
#include "store/register.h"

enum { AHEAD_MOST = 24 * 3600 };         /* a clock further ahead of ours is wrong: taken, not absorbed */

/* ---- begin, end ---------------------------------------------------------------------------------- */

int plan_begin(struct plan *p, struct view *v, struct arena *a, struct err *e)
{
	*p = (struct plan){ .v = v, .a = a, .authors = { .a = a, .item = sizeof(struct author) },
		.writes = { .a = a, .item = sizeof(struct write) }, .aside = { .a = a, .item = sizeof(struct aside) },
		.undone = { .a = a, .item = sizeof(struct undoing) }, .rows = arena_new(), .one = arena_new() };
	seal_renew(v->s->seal);
	int rc = view_head(v, &p->head, e);
	if (rc == OK)
		rc = plan_read_authors(p, e);
	return rc == OK ? erase_read_keys(v, &p->erased, e) : rc;
}

void plan_free_records(struct plan *p)
{
	idmap_free(&p->map);
	free(p->touch);
	p->touch = NULL;
	p->n = p->cap = 0;
}

void plan_free(struct plan *p)
{
	plan_free_records(p);
	free(p->op);
	arena_free(p->one);
	arena_free(p->rows);
	buf_free(&p->plain);
	buf_free(&p->sealed);
}

/* ---- rows ---------------------------------------------------------------------------------------- */

int plan_add_op(struct plan *p, enum kv_table table, bool del, const void *key, size_t nkey, const void *value,
	size_t nvalue, struct err *e)
{
	struct kv_op *grown = mem_try_grow(p->op, &p->op_cap, p->nop + 1, sizeof *grown);
	p->op = grown ? grown : p->op;
	const void *copy = grown && nvalue ? arena_try_copy(p->rows, value, nvalue) : NULL;
	if (!grown || (nvalue && !copy))
		return view_nomem(e);
	assert(nkey <= KV_KEY_MOST && nvalue <= UINT32_MAX);
	struct kv_op *op = &p->op[p->nop++];
	*op = (struct kv_op){ .table = (uint8_t)table, .nkey = (uint8_t)nkey, .del = del, .nvalue = (uint32_t)nvalue,
		.value = copy };
	memcpy(op->key, key, nkey);
	return OK;
}

/* What lies in p->plain, sealed. */
static int put_sealed(struct plan *p, enum kv_table table, const uint8_t *key, size_t nkey, struct err *e)
{
	buf_reset(&p->sealed);
	int rc = seal_put(p->v->s->seal, (uint8_t)table, key, nkey, p->plain.p, p->plain.n, &p->sealed, e);
	return rc == OK ? plan_add_op(p, table, false, key, nkey, p->sealed.p, p->sealed.n, e) : rc;
}

static int too_much(int rc, struct err *e)
{
	if (rc == ERR_NOMEM)
		return view_nomem(e);
	return err_set(e, rc, _("this is too much for one change; do it in smaller parts"));
}

/* ---- records ------------------------------------------------------------------------------------- */

uint32_t plan_find(const struct plan *p, int type, struct id id)
{
	uint32_t i = idmap_get(&p->map, id);
	while (i != IDMAP_NONE && p->touch[i].type != type)
		i = p->touch[i].next;
	return i;
}

/* A place for a record; `first` is that of the same id under another type. */
static int add_touch(struct plan *p, int type, struct id id, uint32_t first, struct err *e)
{
	struct touch *grown = mem_try_grow(p->touch, &p->cap, p->n + 1, sizeof *grown);
	if (!grown)
		return view_nomem(e);
	p->touch = grown;
	struct touch *t = &p->touch[p->n];
	*t = (struct touch){ .id = id, .type = (uint8_t)type, .next = IDMAP_NONE };
	if (first != p->n) {
		t->next = p->touch[first].next;
		p->touch[first].next = (uint32_t)p->n;
	}
	p->n++;
	return OK;
}

/* Where the record is, or comes to be now: *fresh. */
static int place_touch(struct plan *p, int type, struct id id, size_t *out, bool *fresh, struct err *e)
{
	uint32_t first;
	assert(type > 0 && type <= UINT8_MAX && p->n < IDMAP_NONE);
	if (!idmap_add(&p->map, id, (uint32_t)p->n, &first, fresh))
		return view_nomem(e);
	uint32_t at = *fresh ? IDMAP_NONE : plan_find(p, type, id);
	*fresh = at == IDMAP_NONE;
	*out = *fresh ? p->n : at;
	return *fresh ? add_touch(p, type, id, first, e) : OK;
}

int plan_load(struct plan *p, int type, struct id id, size_t *out, struct err *e)
{
	bool fresh;
	int rc = place_touch(p, type, id, out, &fresh, e);
	return rc == OK && fresh ? view_stored(p->v, p->a, type, id, &p->touch[*out].stored, e) : rc;
}

int plan_keep(struct plan *p, int type, struct id id, struct stored stored, size_t *out, struct err *e)
{
	bool fresh;
	int rc = place_touch(p, type, id, out, &fresh, e);
	if (rc != OK || !fresh || !stored.p)
		return rc;
	p->touch[*out].stored = (struct stored){ arena_try_copy(p->a, stored.p, stored.n), stored.n };
	return p->touch[*out].stored.p ? OK : view_nomem(e);
}

int plan_was(const struct plan *p, size_t i, struct rec **out, struct err *e)
{
	assert(i < p->n);
	return view_decode(p->touch[i].stored, p->one, p->touch[i].type, p->touch[i].id, out, e);
}

int plan_now(const struct plan *p, size_t i, struct rec **out, struct err *e)
{
	assert(i < p->n && (p->touch[i].now != NULL) == p->touch[i].written);
	*out = p->touch[i].now;
	return *out ? OK : plan_was(p, i, out, e);
}

int plan_read_pair(const struct plan *p, size_t i, struct plan_pair *out, struct err *e)
{
	int rc = plan_was(p, i, &out->was, e);
	out->now = p->touch[i].written ? p->touch[i].now : out->was;
	return rc;
}

static int make_rec(struct plan *p, struct touch *t, struct err *e)
{
	struct rec *r = arena_try_alloc(p->a, sizeof *r + p->room * sizeof *r->f);
	if (!r)
		return view_nomem(e);
	*r = (struct rec){ .type = t->type, .id = t->id, .f = p->room ? (struct rec_field *)(r + 1) : NULL, .cap = p->room };
	t->now = r;
	return OK;
}

/* The first write: from here on the record is held as it becomes. */
static int begin_writing(struct plan *p, struct touch *t, struct err *e)
{
	assert(!t->now);
	int rc = t->stored.p ? view_decode(t->stored, p->a, t->type, t->id, &t->now, e) : make_rec(p, t, e);
	if (rc != OK)
		return rc;
	t->written = true;
	t->lived = t->now->alive;
	t->open = register_any_open(t->now);
	return OK;
}

/* What a field holds by a group that isn't in the log is kept before it is written to: it stands nowhere else. */
static int save_value(struct plan *p, const struct touch *t, struct rec_field f, struct err *e)
{
	uint8_t key[FLOOR_VALUE_KEY];
	const struct rec one = { .type = t->type, .id = t->id, .alive = true, .f = &f, .n = 1 };
	const struct author *author = plan_known(p, f.at.dot.inc);
	if (!author || f.at.dot.no > author->p.folded)
		return OK;
	buf_reset(&p->plain);
	int rc = codec_put_rec(&p->plain, &one);
	size_t n = floor_value_key(key, t->type, t->id, f.no, f.at.dot);
	return rc == OK ? put_sealed(p, KV_META, key, n, e) : too_much(rc, e);
}

/* The first time that it is written to: what it holds then is this plan's own. */
static int save_values(struct plan *p, struct touch *t, int field, struct err *e)
{
	const struct rec *r = t->now;
	const struct rec_field *shown = rec_field(r, field);
	const uint32_t bit = UINT32_C(1) << field % 32;
	bool first = shown && !(t->fields[field / 32] & bit);
	t->fields[field / 32] |= bit;
	int rc = first ? save_value(p, t, *shown, e) : OK;
	for (size_t i = 0; i < r->nsib && first && rc == OK; i++)
		if (r->sib[i].no == field)
			rc = save_value(p, t, r->sib[i], e);
	return rc;
}

/* Would it bring back somebody who was erased, or does it say that somebody is? */
static int watch(struct plan *p, const struct write *w, const struct touch *t, struct err *e)
{
	struct rec *target = NULL;
	int rc = OK;
	if (p->look || (!p->erased.any && w->type != TYPE_ERASURE))
		return OK;
	if (w->v.tag == V_ID && erase_is_owner(w->type, w->field))
		rc = view_find_now(p->v, p->a, w->v.id, &target, e);
	p->look = rc == OK && erase_concerns(p->v, &p->erased, w, t->now, target);
	return rc;
}

/* The place of a record that is written to, and the record held there as it becomes. */
static int load_to_write(struct plan *p, int type, struct id id, size_t *out, struct err *e)
{
	int rc = plan_load(p, type, id, out, e);
	return rc != OK || p->touch[*out].written ? rc : begin_writing(p, &p->touch[*out], e);
}

static int write_field(struct plan *p, struct touch *t, struct write *w, size_t index, struct stamp at,
	const struct vector *context, struct err *e)
{
	assert(t->written && t->type == w->type && id_equal(t->id, w->id));
	int rc = watch(p, w, t, e);
	if (rc == OK)
		rc = save_values(p, t, w->field, e);
	if (rc == OK)
		rc = plan_before(p, t->now, w, index, context, e);
	if (rc == OK)
		register_write(p->a, t->now, w->field, w->v, at, context, &p->all);
	return rc;
}

int plan_write(struct plan *p, struct write *w, size_t index, struct stamp at, const struct vector *context,
	struct err *e)
{
	size_t i;
	int rc = load_to_write(p, w->type, w->id, &i, e);
	return rc == OK ? write_field(p, &p->touch[i], w, index, at, context, e) : rc;
}

/* ---- groups -------------------------------------------------------------------------------------- */

int plan_own(struct plan *p, struct group *g, struct err *e)
{
	struct store *s = p->v->s;
	struct author *own;
	int64_t now = store_now(s);
	assert(p->nop == 0 && p->n == 0);
	int rc = plan_author(p, s->format.incarnation, &own, e);
	if (rc == OK)
		rc = plan_vector(p, &p->all, e);
	struct seen *seen = rc == OK ? arena_try_alloc(p->a, p->all.n * sizeof *seen) : NULL;
	if (!seen)
		return rc == OK ? view_nomem(e) : rc;
	*g = (struct group){ .dot = { own->p.inc, own->p.no + 1 }, .seen = seen };
	g->clock = now > p->head.clock ? now : p->head.clock;
	for (size_t i = 0; i < p->all.n; i++)
		if (p->all.at[i].dot.inc != own->p.inc && !vector_covers(&own->context.v, p->all.at[i].dot))
			seen[g->nseen++] = p->all.at[i];
	return OK;
}

/* Where those of its writes end that go to the same record as this one. */
static size_t end_of_run(const struct group *g, size_t i)
{
	const struct write *first = &g->writes[i];
	while (i < g->nwrites && g->writes[i].type == first->type && id_equal(g->writes[i].id, first->id))
		i++;
	return i;
}

static int plan_run(struct plan *p, const struct group *g, size_t first, size_t end, const struct vector *context,
	struct err *e)
{
	const struct stamp at = { g->dot, g->clock };
	size_t place;
	p->room = end - first;
	int rc = load_to_write(p, g->writes[first].type, g->writes[first].id, &place, e);
	for (size_t i = first; i < end && rc == OK; i++) {
		struct write w = g->writes[i];
		w.v = value_copy(p->a, w.v);
		rc = write_field(p, &p->touch[place], &w, i, at, context, e);
		if (rc == OK)
			rc = pile_add(&p->writes, &w, e);
	}
	return rc;
}

int plan_group(struct plan *p, const struct group *g, struct err *e)
{
	struct group copy = *g;
	struct author *author;
	int rc = plan_author(p, g->dot.inc, &author, e);
	if (rc == OK)
		rc = plan_see(p, author, g, e);
	p->writes.n = 0;
	for (size_t i = 0, end; i < g->nwrites && rc == OK; i = end) {
		end = end_of_run(g, i);
		rc = plan_run(p, g, i, end, &author->context.v, e);
	}
	copy.writes = p->writes.at;
	return rc == OK ? plan_log(p, &copy, e) : rc;
}

/* ---- records as rows ----------------------------------------------------------------------------- */

/* The state's sum loses the bytes that were stored and gains those that will be: a record has one form in bytes. */
static int plan_rec(struct plan *p, const struct touch *t, struct err *e)
{
	uint8_t key[STORE_REC_KEY];
	size_t n = store_rec_key(key, t->type, t->id);
	assert(t->written && t->now);
	if (t->stored.p)
		chain_sum(p->head.state, t->type, t->id, t->stored.p, t->stored.n, true);
	if (t->now->n == 0)
		return t->stored.p ? plan_add_op(p, KV_REC, true, key, n, NULL, 0, e) : OK;
	buf_reset(&p->plain);
	int rc = codec_put_rec(&p->plain, t->now);
	if (rc != OK)
		return too_much(rc, e);
	chain_sum(p->head.state, t->type, t->id, p->plain.p, p->plain.n, false);
	return put_sealed(p, KV_REC, key, n, e);
}

/* Of a record with disagreements: how many are new. */
static int count_opened(struct plan *p, size_t i, struct err *e)
{
	const struct touch *t = &p->touch[i];
	struct rec *was = NULL;
	arena_reset(p->one);
	int rc = t->open ? plan_was(p, i, &was, e) : OK;
	for (size_t k = 0; k < t->now->n && rc == OK; k++)
		p->opened += register_is_open(t->now, t->now->f[k].no) &&
			!(was && register_is_open(was, t->now->f[k].no));
	return rc;
}

/* Does it come to have an open disagreement, or to have none any more? */
static int plan_open(struct plan *p, size_t i, int64_t *more, struct err *e)
{
	uint8_t key[1 + STORE_REC_KEY] = { 'd' };
	const struct touch *t = &p->touch[i];
	bool now = register_any_open(t->now);
	int rc = now ? count_opened(p, i, e) : OK;
	if (rc != OK || t->open == now)
		return rc;
	*more += now ? 1 : -1;
	store_rec_key(key + 1, t->type, t->id);
	return plan_add_op(p, KV_META, !now, key, sizeof key, NULL, 0, e);
}

static int plan_records(struct plan *p, int64_t more[UINT8_MAX + 1], struct err *e)
{
	int rc = OK;
	for (size_t i = 0; i < p->n && rc == OK; i++) {
		const struct touch *t = &p->touch[i];
		if (!t->written)
			continue;
		more[t->type] += (int)t->now->alive - (int)t->lived;
		rc = plan_rec(p, t, e);
		if (rc == OK)
			rc = plan_open(p, i, &more[0], e);
	}
	return rc;
}

static int plan_counts(struct plan *p, const int64_t more[UINT8_MAX + 1], struct err *e)
{
	int rc = OK;
	for (int type = 0; type <= UINT8_MAX && rc == OK; type++) {
		if (more[type] == 0)
			continue;
		size_t n;
		uint8_t key[2], value[8];
		rc = view_count_now(p->v, type, &n, e);
		if (rc == OK && (int64_t)n + more[type] < 0)
			rc = view_corrupt(p->v, KV_META, e);
		if (rc == OK) {
			be_put(value, (uint64_t)((int64_t)n + more[type]), 8);
			rc = plan_add_op(p, KV_META, false, key, store_count_key(key, type), value, sizeof value, e);
		}
	}
	return rc;
}

/* ---- the log and meta ---------------------------------------------------------------------------- */

bool plan_absorbs(const struct store *s, int64_t clock)
{
	return clock <= store_now(s) + AHEAD_MOST;
}

/* The group is its author's newest. */
static int advance(struct plan *p, struct author *author, const struct group *g, struct err *e)
{
	struct store *s = p->v->s;
	bool own = g->dot.inc == s->format.incarnation;
	assert(g->dot.no == author->p.no + 1 && !vector_covers(&author->context.v, g->dot));
	author->p.no = g->dot.no;
	author->p.clock = g->clock;
	author->p.heard = p->heard ? p->heard : author->p.heard;
	author->changed = true;
	int rc = pile_add(&author->tags, &g->tag, e);
	if (rc != OK)
		return rc;
	if (own)
		p->head.no = g->dot.no;
	if (g->clock > p->head.clock && (own || plan_absorbs(s, g->clock)))
		p->head.clock = g->clock;
	return vector_see(p->a, &author->context, (struct seen){ g->dot, g->tag }) ? OK : view_nomem(e);
}

static int note_undoing(struct plan *p, const struct group *g, struct err *e)
{
	struct undoing fresh = { g->undoes, { g->dot, g->clock } }, *u = p->undone.at;
	for (size_t i = 0; i < p->undone.n; i++)
		if (dot_equal(u[i].of, fresh.of)) {
			if (stamp_compare(fresh.by, u[i].by) > 0)
				u[i].by = fresh.by;
			return OK;
		}
	return pile_add(&p->undone, &fresh, e);
}

/* The row of a group that lies in p->plain. */
static int put_log(struct plan *p, const struct group *g, struct err *e)
{
	uint8_t key[STORE_LOG_KEY];
	int rc = put_sealed(p, KV_LOG, key, store_log_key(key, g->dot), e);
	if (rc != OK)
		return rc;
	p->proof = p->op[p->nop - 1];
	p->ngroups++;
	return g->undoes.no != 0 ? note_undoing(p, g, e) : OK;
}

int plan_history(struct plan *p, const struct group *g, struct err *e)
{
	assert(floor_is_under(p->v, g->dot));
	int rc = plan_see_history(p, g, e);
	if (rc != OK)
		return rc;
	buf_reset(&p->plain);
	rc = codec_put_group(&p->plain, g);
	if (rc == OK)
		rc = codec_put_here(&p->plain, g);
	return rc == OK ? put_log(p, g, e) : too_much(rc, e);
}

int plan_log(struct plan *p, struct group *g, struct err *e)
{
	struct author *author;
	int rc = plan_author(p, g->dot.inc, &author, e);
	if (rc == OK)
		rc = plan_see(p, author, g, e);
	if (rc != OK)
		return rc;
	buf_reset(&p->plain);
	rc = codec_put_group(&p->plain, g);
	if (rc == OK) {
		chain_add(author->p.chain, p->plain.p, p->plain.n);
		g->tag = chain_tag(author->p.chain);
		g->aside = p->aside.at;
		g->naside = p->aside.n;
		rc = codec_put_here(&p->plain, g);
	}
	p->aside.n = 0;
	if (rc != OK)
		return too_much(rc, e);
	rc = put_log(p, g, e);
	return rc == OK ? advance(p, author, g, e) : rc;
}

/* An undo or redo that came before may be newer. One that was folded away is older. */
static int plan_undone(struct plan *p, const struct undoing *u, struct err *e)
{
	uint8_t key[STORE_UNDONE_KEY], by[STORE_LOG_KEY];
	struct kv_bytes value;
	struct group *g;
	size_t nkey = store_undone_key(key, u->of), nby = store_log_key(by, u->by.dot);
	int rc = kv_get(&p->v->txn, KV_META, key, nkey, &value, e);
	if (rc == OK && value.n != STORE_LOG_KEY)
		return view_corrupt(p->v, KV_META, e);
	if (rc == OK)
		rc = log_get_head(p->v, p->a, store_read_dot(value.p), &g, e);
	if (rc == OK && stamp_compare((struct stamp){ g->dot, g->clock }, u->by) > 0)
		return OK;
	return rc == OK || rc == ERR_NOTFOUND ? plan_add_op(p, KV_META, false, key, nkey, by, nby, e) : rc;
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

static int plan_head(struct plan *p, struct err *e)
{
	uint8_t value[STORE_HEAD];
	p->head.next_id = next_id(p, p->head.next_id);
	store_put_head(value, p->v->s->format.incarnation, &p->head);
	return plan_add_op(p, KV_META, false, "h", 1, value, sizeof value, e);
}

static int plan_look(struct plan *p, struct err *e)
{
	struct erase_row row;
	if (!p->look)
		return OK;
	int rc = erase_row_read(p->v, p->a, &row, e);
	row.to_do = ERASE_LOOK;
	buf_reset(&p->plain);
	if (rc == OK)
		erase_row_pack(&p->plain, &row);
	if (rc == OK && p->plain.oom)
		rc = view_nomem(e);
	return rc == OK ? plan_add_op(p, KV_META, false, "t", 1, p->plain.p, p->plain.n, e) : rc;
}

int plan_finish(struct plan *p, struct err *e)
{
	int64_t more[UINT8_MAX + 1] = { 0 };
	const struct undoing *u = p->undone.at;
	assert(p->ngroups == 0 || p->proof.table == KV_LOG);
	int rc = plan_index(p, e);
	if (rc == OK)
		rc = plan_records(p, more, e);
	if (rc == OK)
		rc = plan_counts(p, more, e);
	for (size_t i = 0; i < p->undone.n && rc == OK; i++)
		rc = plan_undone(p, &u[i], e);
	if (rc == OK)
		rc = plan_authors(p, e);
	if (rc == OK)
		rc = plan_look(p, e);
	if (rc == OK)
		rc = plan_head(p, e);
	if (rc == OK && p->ngroups == 0)
		p->proof = p->op[p->nop - 1];
	return rc;
}
