/* store/erase_remake.c - see erase_priv.h. Owns making a store again without what is covered: records, log, what was
 * overwritten, files of the exchange folder. What goes never was in the new file, so no free page of it holds it. Must
 * not know who is covered (erase_cover.c), nor when this is done (erase.c). */
#include <assert.h>
#include <string.h>

#include "store/codec.h"
#include "store/erase_priv.h"
#include "store/floor.h"
#include "store/remake.h"
#include "store/seen.h"

struct making {
	struct store *s, *fresh;
	struct view *v;
	struct cover *c;
	struct arena *a, *one;
	struct load *load;
	struct peer *floor;
	size_t nfloor;
	struct erase_row row;
	struct pile changed;             /* struct kv_op: rows that lose values */
	bool needed;
	int rc;                          /* of a row */
	struct err *e;
};

/* ---- the row --------------------------------------------------------------------------------------- */

int erase_row_read(struct view *v, struct arena *a, struct erase_row *out, struct err *e)
{
	struct kv_bytes value;
	*out = (struct erase_row){ ERASE_NOTHING, { 0 } };
	int rc = kv_get(&v->txn, KV_META, "t", 1, &value, e);
	if (rc != OK)
		return rc == ERR_NOTFOUND ? OK : rc;
	const uint8_t *p = value.p;
	if (value.n < 1 || p[0] > ERASE_TIDY || !vector_unpack(a, p + 1, value.n - 1, &out->done))
		return view_corrupt(v, KV_META, e);
	out->to_do = (enum erase_to_do)p[0];
	return OK;
}

void erase_row_pack(struct buf *b, const struct erase_row *row)
{
	buf_addc(b, (char)row->to_do);
	if (buf_reserve(b, VECTOR_ITEM * row->done.n))
		b->n = (size_t)(vector_pack((uint8_t *)b->p + b->n, &row->done) - (uint8_t *)b->p);
}

static int put_row(struct making *m, struct err *e)
{
	struct buf b = { 0 };
	struct erase_row row = { .to_do = ERASE_TIDY };
	assert(m->needed);
	int rc = exchange_vector(m->v, m->a, &row.done, e);
	erase_row_pack(&b, &row);
	if (rc == OK)
		rc = b.oom ? view_nomem(e) : remake_put(m->fresh, "t", 1, b.p, b.n, e);
	buf_free(&b);
	return rc;
}

/* ---- is there anything to do? ---------------------------------------------------------------------- */

static int look_at_record(void *ctx, const struct rec *r, struct err *e)
{
	struct making *m = ctx;
	struct rec now = *r;
	(void)e;
	arena_reset(m->one);
	m->needed = cover_rec(m->c, m->one, &now) > 0 || m->needed;
	return OK;
}

/* Files with changes up to the floor may hold anything; those without number are acknowledgements. */
static bool keep_file(void *ctx, struct kv_bytes key, struct kv_bytes value)
{
	const struct making *m = ctx;
	(void)value;
	struct dot dot = key.n >= STORE_LOG_KEY ? store_read_dot(key.p) : (struct dot){ 0 };
	return dot.no == 0 || !m->nfloor || !floor_covers(m->floor, m->nfloor, dot);
}

static int look_at_file(void *ctx, const struct kept *k, struct err *e)
{
	struct making *m = ctx;
	(void)e;
	m->needed = m->needed || (k->first && floor_covers(m->floor, m->nfloor, (struct dot){ k->inc, k->first }));
	return OK;
}

static int look(struct making *m, struct err *e)
{
	int rc = erase_row_read(m->v, m->a, &m->row, e);
	if (rc == OK)
		rc = cover_begin(m->v, m->a, NULL, 0, &m->c, e);
	if (rc == OK)
		rc = erase_find_floor(m->v, m->c, m->a, &m->needed, &m->floor, &m->nfloor, e);
	if (rc == OK && !m->needed)
		rc = exchange_records(m->v, look_at_record, m, e);
	if (rc == OK && !m->needed && m->row.done.n)
		rc = kept_each(m->v, NULL, look_at_file, m, e);
	return rc;
}

/* ---- records --------------------------------------------------------------------------------------- */

static int carry_record(void *ctx, const struct rec *r, struct err *e)
{
	struct making *m = ctx;
	struct rec now = *r;
	assert(m->load);
	arena_reset(m->one);
	cover_rec(m->c, m->one, &now);
	return load_rec(m->load, &now, e);
}

static int carry_records(struct making *m, struct err *e)
{
	int rc = remake_head(m->v, m->fresh, e);
	if (rc == OK)
		rc = load_begin(m->fresh, &m->load, e);
	if (rc == OK)
		rc = exchange_records(m->v, carry_record, m, e);
	if (rc != OK)
		return rc;
	struct load *load = m->load;
	m->load = NULL;
	return load_end(load, e);
}

/* ---- rows that may lose values --------------------------------------------------------------------- */

static int stash(struct making *m, enum kv_table table, struct kv_bytes key, const struct buf *plain)
{
	struct buf sealed = { 0 };
	struct kv_op op = { .table = (uint8_t)table, .nkey = (uint8_t)key.n };
	int rc = seal_put(m->s->seal, (uint8_t)table, key.p, key.n, plain->p, plain->n, &sealed, m->e);
	if (rc == OK) {
		memcpy(op.key, key.p, key.n);
		op.nvalue = (uint32_t)sealed.n;
		op.value = arena_copy(m->a, sealed.p, sealed.n);
		rc = pile_add(&m->changed, &op, m->e);
	}
	buf_free(&sealed);
	return rc;
}

static int open_row(struct making *m, enum kv_table table, struct kv_bytes key, struct kv_bytes value,
	const uint8_t **plain, size_t *n)
{
	arena_reset(m->one);
	return seal_get(m->s->seal, (uint8_t)table, key.p, key.n, value.p, value.n, m->one, plain, n, m->e);
}

static int change_group(struct making *m, struct kv_bytes key, struct kv_bytes value, bool *same)
{
	struct buf b = { 0 };
	const uint8_t *plain;
	struct group *g;
	size_t n;
	if (key.n != STORE_LOG_KEY)
		return view_corrupt(m->v, KV_LOG, m->e);
	int rc = open_row(m, KV_LOG, key, value, &plain, &n);
	if (rc == OK)
		rc = codec_get_group(m->one, plain, n, store_read_dot(key.p), true, &g, NULL, m->e);
	*same = rc != OK || !cover_group(m->c, m->one, g);
	if (rc != OK || *same)
		return rc;
	assert(floor_covers(m->floor, m->nfloor, g->dot));
	if (codec_put_group(&b, g) != OK || codec_put_here(&b, g) != OK)
		rc = view_nomem(m->e);
	if (rc == OK)
		rc = stash(m, KV_LOG, key, &b);
	buf_free(&b);
	return rc;
}

/* What a field held under the floor: a record with that field alone. */
static int change_value(struct making *m, struct kv_bytes key, struct kv_bytes value, bool *same)
{
	struct buf b = { 0 };
	const uint8_t *plain, *k = key.p;
	struct rec *r;
	struct id id;
	size_t n;
	if (key.n != FLOOR_VALUE_KEY)
		return view_corrupt(m->v, KV_META, m->e);
	memcpy(id.b, k + 2, sizeof id.b);
	int rc = open_row(m, KV_META, key, value, &plain, &n);
	if (rc == OK)
		rc = codec_get_rec(m->one, plain, n, k[1], id, &r, m->e);
	*same = rc != OK || cover_rec(m->c, m->one, r) == 0;
	if (rc != OK || *same)
		return rc;
	if (codec_put_rec(&b, r) != OK)
		rc = view_nomem(m->e);
	if (rc == OK)
		rc = stash(m, KV_META, key, &b);
	buf_free(&b);
	return rc;
}

static bool keep_group(void *ctx, struct kv_bytes key, struct kv_bytes value)
{
	struct making *m = ctx;
	bool same = true;
	if (m->rc == OK)
		m->rc = change_group(m, key, value, &same);
	return same;
}

static bool keep_value(void *ctx, struct kv_bytes key, struct kv_bytes value)
{
	struct making *m = ctx;
	bool same = true;
	if (m->rc == OK)
		m->rc = change_value(m, key, value, &same);
	return same;
}

/* Who looked at a card that isn't there is nobody's business. */
static bool keep_secret(void *ctx, struct kv_bytes key, struct kv_bytes value)
{
	struct making *m = ctx;
	struct id of;
	struct rec *r = NULL;
	(void)value;
	if (!seen_is_row((const char *)key.p + 1, key.n - 1, &of))
		return true;
	arena_reset(m->one);
	return view_now(m->v, m->one, TYPE_VOLUNTEER, of, &r, NULL) == OK && r && !cover_has_erased(m->c, of);
}

/* In parts, as a transaction lies in memory. */
static int put_changed(struct making *m, struct err *e)
{
	enum { PART = 1024 };
	struct kv_op *op = m->changed.at;
	int rc = m->rc;
	for (size_t i = 0; i < m->changed.n && rc == OK; i += PART) {
		size_t n = m->changed.n - i < PART ? m->changed.n - i : PART;
		const struct kv_op proof = op[i];
		rc = kv_apply(m->fresh->kv, op + i, n, 0, &proof, e);
	}
	return rc;
}

/* ---- all of it ------------------------------------------------------------------------------------- */

static int lay_floor(struct making *m, struct err *e)
{
	struct buf b = { 0 };
	uint8_t key[PEER_KEY];
	int rc = OK;
	for (size_t i = 0; i < m->nfloor && rc == OK; i++) {
		assert(i == 0 || m->floor[i - 1].inc < m->floor[i].inc);
		buf_reset(&b);
		peers_put(&b, &m->floor[i]);
		rc = b.oom ? view_nomem(e)
			   : remake_put(m->fresh, key, peers_key(key, 'b', m->floor[i].inc), b.p, b.n, e);
	}
	buf_free(&b);
	return rc;
}

static int carry_rows(struct making *m, struct err *e)
{
	static const char as_they_are[] = { 'o', 'x', 'k', 'm', 'u', 'p' };
	int rc = remake_carry(m->v, m->fresh, KV_SEG, NULL, 0, keep_file, m, e);
	for (size_t i = 0; i < sizeof as_they_are && rc == OK; i++)
		rc = remake_carry(m->v, m->fresh, KV_META, &as_they_are[i], 1, NULL, NULL, e);
	if (rc == OK)
		rc = remake_carry(m->v, m->fresh, KV_META, "v", 1, keep_secret, m, e);
	if (rc == OK)
		rc = remake_carry(m->v, m->fresh, KV_META, "f", 1, keep_value, m, e);
	if (rc == OK)
		rc = remake_carry(m->v, m->fresh, KV_LOG, NULL, 0, keep_group, m, e);
	return rc == OK ? put_changed(m, e) : rc;
}

static int make_again(struct making *m, struct err *e)
{
	int rc = remake_begin(m->s, &m->s->format, &m->fresh, e);
	if (rc == OK)
		rc = carry_records(m, e);
	if (rc == OK)
		rc = carry_rows(m, e);
	if (rc == OK)
		rc = lay_floor(m, e);
	return rc == OK ? put_row(m, e) : rc;
}

static int run(struct making *m, struct err *e)
{
	int rc = view_begin(m->s, &m->v, e);
	if (rc == OK)
		rc = look(m, e);
	if (rc == OK && m->needed)
		rc = make_again(m, e);
	cover_end(m->c);
	load_abandon(m->load);
	view_end(m->v);
	if (rc == OK && m->needed)
		return remake_finish(m->s, m->fresh, e);
	remake_abandon(m->s, m->fresh);
	return rc;
}

int erase_remake(struct store *s, bool *made, struct err *e)
{
	struct making m = { .s = s, .a = arena_new(), .one = arena_new(), .e = e };
	m.changed = (struct pile){ .a = m.a, .item = sizeof(struct kv_op) };
	assert(!s->readonly && !s->dry_run);
	int rc = run(&m, e);
	*made = rc == OK && m.needed;
	arena_free(m.a);
	arena_free(m.one);
	return rc;
}
