/* sync/pack_snapshot.c - see pack_snapshot.h. Owns how records and peers become columns (reading them:
 * unpack_snapshot.c). Must not know seals and files.
 *
 * Stamps are numbered by first use while records come, and by dot at the end. */
#include "sync/pack_snapshot.h"

#include <assert.h>
#include <stdlib.h>

#include "store/codec.h"

/* Bytes of a record's shape before its fields, and of a field in it, at most. */
enum { HEAD_MOST = 2 + VARINT_MOST, SLOT_MOST = 2 + VARINT_MOST };

static void pack_context(struct pack_snapshot *k, const struct vector *v)
{
	columns_put(&k->o, BODY_KEY(BODY_SEEN, 0), v->n);
	for (size_t i = 0; i < v->n; i++) {
		columns_put(&k->o, BODY_KEY(BODY_SEEN_INC, 0), names_inc(&k->names, v->at[i].dot.inc));
		columns_put(&k->o, BODY_KEY(BODY_SEEN_NO, 0), v->at[i].dot.no);
		columns_put(&k->o, BODY_KEY(BODY_SEEN_TAG, 0), v->at[i].tag);
	}
}

void pack_snapshot_begin(struct pack_snapshot *k, const struct peer *peers, size_t n)
{
	*k = (struct pack_snapshot){.names.once = true, .rc = n > SNAPSHOT_PEERS_MOST ? ERR_DATA : OK};
	k->names.o = &k->o;
	for (size_t i = 0; k->rc == OK && i < n; i++) {
		const struct peer *p = &peers[i];
		assert(i == 0 || peers[i - 1].inc < p->inc);
		columns_put(&k->o, BODY_KEY(BODY_PEER_INC, 0), names_inc(&k->names, p->inc));
		columns_put(&k->o, BODY_KEY(BODY_PEER_NO, 0), p->no);
		columns_put(&k->o, BODY_KEY(BODY_PEER_CLOCK, 0), (uint64_t)p->clock);
		columns_put_bytes(&k->o, BODY_KEY(BODY_PEER_CHAIN, 0), p->chain, sizeof p->chain);
		pack_context(k, &p->context);
	}
}

bool pack_snapshot_tails(struct pack_snapshot *k, const struct snapshot_tail *tail, size_t n)
{
	bool any = false;
	for (size_t i = 0; i < n; i++)
		any = any || tail[i].n;
	for (size_t i = 0; any && i < n; i++) {
		assert(tail[i].n <= SNAPSHOT_TAIL_MOST);
		columns_put(&k->o, BODY_KEY(BODY_PEER_TAIL, 0), tail[i].n);
		for (size_t j = 0; j < tail[i].n; j++)
			columns_put(&k->o, BODY_KEY(BODY_PEER_TAG, 0), tail[i].tag[j]);
	}
	return any;
}

/* ---- stamps -------------------------------------------------------------------------------------- */

static struct id dot_key(struct dot dot)
{
	struct id key;
	memcpy(key.b, &dot.inc, sizeof dot.inc);
	memcpy(key.b + sizeof dot.inc, &dot.no, sizeof dot.no);
	return key;
}

static uint32_t stamp_number(struct pack_snapshot *k, const struct stamp *s)
{
	const size_t n = k->stamps.n / sizeof *s;
	uint32_t at;
	bool fresh;
	if (n > 0 && dot_equal(k->last.dot, s->dot))
		return k->last_which;
	if (!idmap_add(&k->which, dot_key(s->dot), (uint32_t)n, &at, &fresh)) {
		k->rc = ERR_NOMEM;
		return 0;
	}
	if (fresh) {
		buf_add(&k->stamps, s, sizeof *s);
		names_inc(&k->names, s->dot.inc);
	}
	k->last = *s;
	k->last_which = at;
	return at;
}

/* Which of the record's stamps it is, in order of first use. Most fields have the same one as that before. */
static uint64_t use_stamp(struct pack_snapshot *k, int type, const struct stamp *s)
{
	const size_t n = k->used.n / sizeof(uint32_t);
	if (n > 0 && dot_equal(k->last.dot, s->dot))
		return k->last_use;
	const uint32_t number = stamp_number(k, s);
	const uint32_t *used = (const uint32_t *)(const void *)k->used.p;
	for (k->last_use = 0; k->last_use < n; k->last_use++)
		if (used[k->last_use] == number)
			return k->last_use;
	buf_add(&k->used, &number, sizeof number);
	columns_put(&k->o, BODY_KEY(BODY_STAMP, BODY_PLACE(0, type, n > 0)), number);
	return n;
}

/* A stamp and its number by first use. */
struct ranked {
	struct stamp s;
	size_t number;
};

static int compare_stamps(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;
	return dot_compare(a->s.dot, b->s.dot);
}

/* The stamps as a table, ascending; `rank` gets where each of them stands there. */
static void put_stamps(struct pack_snapshot *k, struct ranked *order, uint64_t *rank, size_t n)
{
	const struct stamp *all = (const struct stamp *)(const void *)k->stamps.p;
	for (size_t i = 0; i < n; i++)
		order[i] = (struct ranked){all[i], i};
	if (n)
		qsort(order, n, sizeof *order, compare_stamps);
	for (size_t i = 0; i < n; i++) {
		const struct stamp *s = &order[i].s;
		rank[order[i].number] = i;
		columns_put(&k->o, BODY_KEY(BODY_STAMP_INC, 0), names_inc(&k->names, s->dot.inc));
		columns_put(&k->o, BODY_KEY(BODY_STAMP_NO, 0), s->dot.no);
		columns_put(&k->o, BODY_KEY(BODY_STAMP_CLOCK, 0), (uint64_t)s->clock);
	}
}

/* From the number by first use to the rank. */
static void number_stamps(struct columns_out *o, const uint64_t *rank, size_t n)
{
	for (size_t c = 0; c < o->n; c++) {
		size_t items;
		if (o->c[c].key >> 24 != BODY_STAMP)
			continue;
		uint64_t *v = columns_numbers(&o->c[c], &items);
		for (size_t i = 0; i < items; i++) {
			assert(v[i] < n);
			v[i] = rank[v[i]];
		}
	}
}

static int finish_stamps(struct pack_snapshot *k)
{
	const size_t n = k->stamps.n / sizeof(struct stamp);
	struct ranked *order = calloc(n + 1, sizeof *order);
	uint64_t *rank = calloc(n + 1, sizeof *rank);
	const int rc = order && rank && !k->o.oom ? OK : ERR_NOMEM;
	if (rc == OK) {
		put_stamps(k, order, rank, n);
		number_stamps(&k->o, rank, n);
	}
	free(order);
	free(rank);
	return rc;
}

/* ---- records ------------------------------------------------------------------------------------- */

static uint8_t *pack_id(struct pack_snapshot *k, const struct rec *r, struct around *around, uint8_t *p)
{
	struct origin own = origin_begin(r->type);
	for (size_t i = 0; i < r->n; i++)
		origin_note(&own, r->f[i].no, &r->f[i].v);
	*around = (struct around){.origin.kind = ORIGIN_NONE};
	*p++ = r->type;
	*p++ = (uint8_t)names_put(
		&k->names, BODY_PLACE(PLACE_RECORD, r->type, 0), r->id, r->type, &own, &around->origin);
	return p;
}

/* A field in a shape, its value put into its column. */
static uint8_t *pack_slot(struct pack_snapshot *k, const struct rec *r, const struct rec_field *f, enum form form, uint8_t *p)
{
	*p++ = f->no;
	*p++ = (uint8_t)form;
	return varint_write(p, use_stamp(k, r->type, &f->at));
}

static uint8_t *pack_fields(struct pack_snapshot *k, const struct rec *r, struct around *around, uint8_t *p)
{
	p = varint_write(p, r->n);
	for (size_t i = 0; i < r->n; i++) {
		const struct rec_field *f = &r->f[i];
		p = pack_slot(k, r, f, value_put_field(&k->names, r->type, f->no, &f->v, around), p);
	}
	for (size_t i = 0; i < r->nsib; i++) {
		const struct rec_field *f = &r->sib[i];
		const uint32_t place = BODY_PLACE(PLACE_VALUE, r->type, f->no);
		p = pack_slot(k, r, f, value_put(&k->names, place, TYPE_ANY, &f->v), p);
	}
	return p;
}

/* What is its own goes into columns, what it has in common with others is its shape. */
static uint32_t pack_shape(struct pack_snapshot *k, const struct rec *r)
{
	const size_t most = HEAD_MOST + (r->n + r->nsib) * SLOT_MOST;
	struct around around;
	uint32_t number = 0;
	buf_reset(&k->record);
	buf_reset(&k->used);
	if (!buf_reserve(&k->record, most)) {
		k->rc = ERR_NOMEM;
		return 0;
	}
	uint8_t *start = (uint8_t *)k->record.p;
	const size_t n = (size_t)(pack_fields(k, r, &around, pack_id(k, r, &around, start)) - start);
	assert(n <= most);
	if (k->used.oom || k->stamps.oom || !dict_add(&k->shapes, start, n, &number))
		k->rc = ERR_NOMEM;
	return number;
}

static bool comes_after(const struct pack_snapshot *k, const struct rec *r)
{
	return k->count == 0 || r->type > k->type || (r->type == k->type && id_compare(k->id, r->id) < 0);
}

int pack_snapshot_rec(struct pack_snapshot *k, const struct rec *r)
{
	k->names.o = &k->o;
	if (k->rc != OK)
		return k->rc;
	if (!comes_after(k, r) || k->count == SNAPSHOT_RECORDS_MOST || !codec_is_rec(r))
		return k->rc = ERR_DATA;
	k->count++;
	k->type = r->type;
	k->id = r->id;
	columns_put(&k->o, BODY_KEY(BODY_RECORD, 0), pack_shape(k, r));
	if (k->o.oom || k->names.oom)
		k->rc = ERR_NOMEM;
	else if (k->names.full)
		k->rc = ERR_DATA;
	return k->rc;
}

int pack_snapshot_end(struct pack_snapshot *k, struct buf *body, struct buf *parts)
{
	k->names.o = &k->o;
	if (k->rc == OK)
		k->rc = finish_stamps(k);
	values_put_dict(&k->o, &k->shapes, BODY_RECORD_SHAPE);
	names_finish(&k->names);
	if (k->rc == OK && k->names.oom)
		k->rc = ERR_NOMEM;
	if (k->rc == OK)
		k->rc = columns_write(&k->o, body, parts);
	return k->rc;
}

void pack_snapshot_free(struct pack_snapshot *k)
{
	columns_free(&k->o);
	names_free(&k->names);
	dict_free(&k->shapes);
	idmap_free(&k->which);
	buf_free(&k->record);
	buf_free(&k->used);
	buf_free(&k->stamps);
}
