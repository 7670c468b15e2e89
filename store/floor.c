/* store/floor.c - see floor.h. Owns the rows 'b', and putting records into a store that is being made as they are.
 * Must not know what else is made of it (replay.c), nor where a state came from (take_snapshot.c). */
#include "store/floor.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/be.h"
#include "store/codec.h"
#include "store/lines.h"
#include "store/log_priv.h"
#include "store/plan.h"
#include "store/register.h"

enum { LOAD_MOST = 2 << 20 };            /* bytes gathered in one transaction */

/* ---- rows ---------------------------------------------------------------------------------------- */

int floor_read(struct view *v, struct arena *a, struct peer **out, size_t *n, struct err *e)
{
	return peers_read_kind(v, a, 'b', out, n, e);
}

bool floor_covers(const struct peer *floor, size_t n, struct dot dot)
{
	for (size_t i = 0; i < n; i++)
		if (floor[i].inc == dot.inc)
			return dot.no <= floor[i].no;
	return dot.no == 0;
}

bool floor_is_under(struct view *v, struct dot dot)
{
	uint8_t key[PEER_KEY];
	struct kv_bytes value;
	return kv_get(&v->txn, KV_META, key, peers_key(key, 'b', dot.inc), &value, NULL) == OK && value.n >= 8 &&
		dot.no <= be_get(value.p, 8);
}

bool floor_is_laid(struct view *v)
{
	struct kv_scan s;
	bool any = kv_scan_prefix(&v->txn, KV_META, "b", 1, &s, NULL) == OK && kv_scan_next(&s, NULL) == OK;
	kv_scan_end(&s);
	return any;
}

/* The row of one incarnation, of that kind. */
static int make_op(struct arena *a, char kind, const struct peer *p, struct kv_op *op, struct err *e)
{
	struct buf b = { 0 };
	*op = (struct kv_op){ .table = KV_META };
	op->nkey = (uint8_t)peers_key(op->key, kind, p->inc);
	peers_put(&b, p);
	void *copy = b.oom ? NULL : arena_try_alloc(a, b.n);
	if (copy)
		op->value = memcpy(copy, b.p, b.n);
	op->nvalue = (uint32_t)b.n;
	buf_free(&b);
	return copy ? OK : view_nomem(e);
}

int floor_heads(struct view *v, struct arena *a, const struct peer *floor, size_t n, struct peer **out, struct err *e)
{
	int rc = OK;
	*out = arena_copy(a, floor, n * sizeof *floor);
	for (size_t i = 0; i < n && rc == OK; i++)
		rc = lines_mean_all(v, a, &floor[i].context, &(*out)[i].context, e);
	return rc;
}

static int find_heads(struct store *s, struct arena *a, const struct peer *floor, size_t n, struct peer **out,
	struct err *e)
{
	struct view *v;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	rc = floor_heads(v, a, floor, n, out, e);
	view_end(v);
	return rc;
}

int floor_lay(struct store *s, const struct peer *floor, size_t n, struct err *e)
{
	struct arena *a = arena_new();
	struct kv_op *op = arena_alloc(a, 2 * (n + 1) * sizeof *op);
	struct peer *head;
	int rc = find_heads(s, a, floor, n, &head, e);
	for (size_t i = 0; i < n && rc == OK; i++) {
		assert(i == 0 || floor[i - 1].inc < floor[i].inc);
		rc = make_op(a, 'b', &floor[i], &op[2 * i], e);
		if (rc == OK)
			rc = make_op(a, 'p', &head[i], &op[2 * i + 1], e);
	}
	const struct kv_op proof = op[0];
	if (rc == OK && n > 0)
		rc = kv_apply(s->kv, op, 2 * n, 0, &proof, e);
	arena_free(a);
	return rc;
}

/* ---- what was overwritten ------------------------------------------------------------------------ */

size_t floor_value_key(uint8_t key[FLOOR_VALUE_KEY], int type, struct id id, int field, struct dot dot)
{
	key[0] = 'f';
	size_t n = 1 + store_rec_key(key + 1, type, id);
	key[n] = (uint8_t)field;
	n += 1 + store_log_key(key + n + 1, dot);
	assert(n == FLOOR_VALUE_KEY);
	return n;
}

int floor_value(struct view *v, int type, struct id id, int field, struct dot dot, const struct rec_field **out,
	struct err *e)
{
	uint8_t key[FLOOR_VALUE_KEY];
	struct kv_bytes row;
	const uint8_t *plain;
	struct rec *r;
	size_t n, nkey = floor_value_key(key, type, id, field, dot);
	*out = NULL;
	int rc = kv_get(&v->txn, KV_META, key, nkey, &row, e);
	if (rc != OK)
		return rc == ERR_NOTFOUND ? OK : rc;
	if (!v->floor)
		v->floor = arena_new();
	rc = seal_get(v->s->seal, KV_META, key, nkey, row.p, row.n, v->floor, &plain, &n, e);
	if (rc == OK)
		rc = codec_get_rec(v->floor, plain, n, type, id, &r, e);
	if (rc == OK && (r->n != 1 || r->f[0].no != field || !dot_equal(r->f[0].at.dot, dot)))
		rc = view_corrupt(v, KV_META, e);
	*out = rc == OK ? &r->f[0] : NULL;
	return rc;
}

/* ---- records ------------------------------------------------------------------------------------- */

static size_t keep_covered(struct rec_field *to, const struct rec_field *f, size_t nf, const struct peer *floor,
	size_t n)
{
	size_t kept = 0;
	for (size_t i = 0; i < nf; i++)
		if (floor_covers(floor, n, f[i].at.dot))
			to[kept++] = f[i];
	return kept;
}

int floor_cut(struct arena *a, const struct peer *floor, size_t n, const struct rec *r, struct rec **out, struct err *e)
{
	const struct vector nothing = { 0 };
	struct rec cut = *r;
	*out = arena_try_alloc(a, sizeof **out);
	cut.f = arena_try_alloc(a, (r->n + 1) * sizeof *cut.f);
	cut.sib = arena_try_alloc(a, (r->nsib + 1) * sizeof *cut.sib);
	if (!*out || !cut.f || !cut.sib)
		return view_nomem(e);
	cut.n = keep_covered(cut.f, r->f, r->n, floor, n);
	cut.nsib = keep_covered(cut.sib, r->sib, r->nsib, floor, n);
	**out = (struct rec){ .type = r->type, .id = r->id };
	/* Another of them may come to be shown. */
	register_join(a, *out, &nothing, &cut, &nothing);
	if (cut.n + cut.nsib == 0)
		*out = NULL;
	return OK;
}

struct carrying {
	const struct peer *floor;
	size_t n;
	struct view *from;
	const struct floor_value *under, *end;   /* those that aren't reached yet */
	struct arena *one;
	struct load *to;
};

static int compare_rec(const struct floor_value *u, const struct rec *r)
{
	return u->type != r->type ? u->type - r->type : id_compare(u->id, r->id);
}

/* A deletion of the log doesn't say what its author had seen, as one in a record does: it is left as it was. */
static int stand_again(struct carrying *c, const struct floor_value *u, struct rec *r, struct err *e)
{
	const struct vector nothing = { 0 };
	const struct group *g;
	const struct write *w;
	int rc = log_write_of(c->from, r, u->field, u->dot, &g, &w, e);
	if (rc != OK || !w || (u->field == FIELD_ALIVE && w->v.tag != V_RAW && !register_says_alive(w->v)))
		return rc;
	struct rec_field f = { u->field, value_copy(c->one, w->v), { u->dot, g->clock } };
	const struct rec more = { .type = r->type, .id = r->id, .f = &f, .n = 1 };
	register_join(c->one, r, &nothing, &more, &nothing);
	return OK;
}

static int carry_rec(void *ctx, const struct rec *r, struct err *e)
{
	struct carrying *c = ctx;
	struct rec *cut, none = { .type = r->type, .id = r->id };
	arena_reset(c->one);
	int rc = floor_cut(c->one, c->floor, c->n, r, &cut, e);
	if (rc == OK && !cut)
		cut = &none;
	while (c->under < c->end && compare_rec(c->under, r) < 0)
		c->under++;
	for (; rc == OK && c->under < c->end && compare_rec(c->under, r) == 0; c->under++)
		rc = stand_again(c, c->under, cut, e);
	return rc == OK ? load_rec(c->to, cut, e) : rc;
}

static int carry_records(struct carrying *c, struct store *s, struct err *e)
{
	int rc = load_begin(s, &c->to, e);
	if (rc != OK)
		return rc;
	c->one = arena_new();
	rc = exchange_records(c->from, carry_rec, c, e);
	arena_free(c->one);
	if (rc == OK)
		return load_end(c->to, e);
	load_abandon(c->to);
	return rc;
}

int floor_carry(struct view *from, struct store *s, const struct floor_value *under, size_t n, struct err *e)
{
	struct arena *a = arena_new();
	struct peer *floor;
	struct carrying c = { .from = from, .under = under, .end = under + n };
	int rc = floor_read(from, a, &floor, &c.n, e);
	c.floor = floor;
	if (rc == OK && c.n > 0)
		rc = floor_lay(s, floor, c.n, e);
	if (rc == OK && c.n > 0)
		rc = carry_records(&c, s, e);
	arena_free(a);
	return rc;
}

/* ---- loading ------------------------------------------------------------------------------------- */

struct load {
	struct store *s;
	struct arena *a;
	struct pile recs;                /* struct rec * */
};

int load_begin(struct store *s, struct load **out, struct err *e)
{
	struct load *l = *out = calloc(1, sizeof *l);
	if (!l)
		return view_nomem(e);
	l->s = s;
	l->a = arena_new();
	l->recs = (struct pile){ .a = l->a, .item = sizeof(struct rec *) };
	return OK;
}

void load_abandon(struct load *l)
{
	if (!l)
		return;
	arena_free(l->a);
	free(l);
}

static int plan_recs(struct load *l, struct plan *p, struct err *e)
{
	struct rec **r = l->recs.at;
	int rc = OK;
	for (size_t i = 0; i < l->recs.n && rc == OK; i++) {
		size_t at;
		rc = plan_load(p, r[i]->type, r[i]->id, &at, e);
		if (rc != OK)
			break;
		assert(!p->touch[at].stored.p && !p->touch[at].written);
		p->touch[at].now = r[i];
		p->touch[at].written = true;
	}
	return rc == OK ? plan_finish(p, e) : rc;
}

static int flush(struct load *l, struct err *e)
{
	struct plan p = { 0 };
	struct view *v;
	if (l->recs.n == 0)
		return OK;
	int rc = view_begin(l->s, &v, e);
	if (rc != OK)
		return rc;
	rc = plan_begin(&p, v, l->a, e);
	if (rc == OK)
		rc = plan_recs(l, &p, e);
	view_end(v);
	if (rc == OK)
		rc = kv_apply(l->s->kv, p.op, p.nop, 0, &p.proof, e);
	plan_free(&p);
	arena_reset(l->a);
	l->recs = (struct pile){ .a = l->a, .item = sizeof(struct rec *) };
	return rc;
}

static struct rec_field *copy_fields(struct arena *a, const struct rec_field *f, size_t n)
{
	struct rec_field *copy = arena_alloc(a, (n + 1) * sizeof *copy);
	for (size_t i = 0; i < n; i++) {
		copy[i] = f[i];
		copy[i].v = value_copy(a, f[i].v);
	}
	return copy;
}

int load_rec(struct load *l, const struct rec *r, struct err *e)
{
	if (r->n == 0)
		return OK;
	assert(r->type != 0 && !id_is_none(r->id));
	struct rec *copy = arena_copy(l->a, r, sizeof *r);
	copy->f = copy_fields(l->a, r->f, r->n);
	copy->sib = copy_fields(l->a, r->sib, r->nsib);
	int rc = pile_add(&l->recs, &copy, e);
	return rc == OK && arena_used(l->a) > LOAD_MOST ? flush(l, e) : rc;
}

int load_end(struct load *l, struct err *e)
{
	int rc = flush(l, e);
	load_abandon(l);
	return rc;
}
