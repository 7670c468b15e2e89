/* store/codec.c - see codec.h. Owns how records lie in bytes (groups: codec_group.c). Must not know tables, seals or
 * what any field means: unknown types and fields pass through it untouched.
 *
 * Writing measures first and reserves once. Reading makes one allocation (and one for siblings, which few records have)
 * whose size is bounded by the bytes read: a text takes at least n + 1 bytes of input (head and bytes) and n + 1 bytes
 * of room (bytes and NUL), so the input's length is room enough for all of them. */
#include "store/codec.h"

#include <assert.h>
#include <string.h>

#include "store/codec_priv.h"
#include "store/register.h"

enum {
	REC_MOST = 512 << 20, /* whatever groups may write, so that none is ever taken and can't be kept */
	REC_FIELDS_MOST = 255,
	REC_SIBLINGS_MOST = 4096,
	REC_STAMPS_MOST = 1024,
	REC_PARTS = 4,
	STAMP_ITEMS = 3,
	SIBLING_ITEMS = 3, /* field, stamp, value; a byte each at least */
};

/* The distinct stamps of a record, ascending by dot. */
struct stamps {
	size_t n;
	struct stamp at[REC_STAMPS_MOST];
};

/* Where the dot stands, or should stand, among the stamps: from the end, as most records are written in order. */
static size_t stamp_place(const struct stamps *s, struct dot dot)
{
	size_t i = s->n;
	while (i > 0 && dot_compare(s->at[i - 1].dot, dot) >= 0)
		i--;
	return i;
}

static bool collect_stamps(const struct rec_field *f, size_t n, struct stamps *s)
{
	for (size_t k = 0; k < n; k++) {
		struct stamp at = f[k].at;
		size_t i = stamp_place(s, at.dot);
		if (i < s->n && dot_equal(s->at[i].dot, at.dot)) {
			assert(s->at[i].clock == at.clock);
			continue;
		}
		if (s->n == REC_STAMPS_MOST)
			return false;
		memmove(&s->at[i + 1], &s->at[i], (s->n - i) * sizeof *s->at);
		s->at[i] = at;
		s->n++;
	}
	return true;
}

/* A field says its stamp in one byte, in records with very many in two. */
static size_t stamp_width(const struct stamps *s)
{
	return s->n > UINT8_MAX + 1 ? 2 : 1;
}

/* 0 when one can't be written. */
static size_t fields_room(const struct rec_field *f, size_t n)
{
	size_t room = 1;
	for (size_t i = 0; i < n; i++) {
		size_t value = codec_value_room(&f[i].v);
		if (value == 0)
			return 0;
		room += value + 2 * CBOR_HEAD_MOST + 3 + STAMP_ITEMS * CBOR_HEAD_MOST;
		assert(i == 0 || f[i - 1].no <= f[i].no);
	}
	return room;
}

static uint8_t *put_stamps(uint8_t *p, const struct stamps *s)
{
	p = cbor_put_head(p, CBOR_ARRAY, STAMP_ITEMS * s->n);
	for (size_t i = 0; i < s->n; i++) {
		p = cbor_put_head(p, CBOR_UINT, s->at[i].dot.inc);
		p = cbor_put_head(p, CBOR_UINT, s->at[i].dot.no);
		p = cbor_put_int(p, s->at[i].clock);
	}
	return p;
}

static uint8_t *put_which(uint8_t *p, const struct rec *r, const struct stamps *s)
{
	size_t width = stamp_width(s);
	p = cbor_put_head(p, CBOR_BYTES, width * r->n);
	for (size_t i = 0; i < r->n; i++) {
		size_t which = stamp_place(s, r->f[i].at.dot);
		if (width == 2)
			*p++ = (uint8_t)(which >> 8);
		*p++ = (uint8_t)which;
	}
	return p;
}

static uint8_t *put_siblings(uint8_t *p, const struct rec *r, const struct stamps *s)
{
	*p++ = 4;
	p = cbor_put_head(p, CBOR_ARRAY, SIBLING_ITEMS * r->nsib);
	for (size_t i = 0; i < r->nsib; i++) {
		p = cbor_put_head(p, CBOR_UINT, r->sib[i].no);
		p = cbor_put_head(p, CBOR_UINT, stamp_place(s, r->sib[i].at.dot));
		p = codec_put_value(p, &r->sib[i].v);
	}
	return p;
}

static uint8_t *put_rec(uint8_t *p, const struct rec *r, const struct stamps *s)
{
	p = cbor_put_head(p, CBOR_MAP, r->nsib ? REC_PARTS + 1 : REC_PARTS);
	*p++ = 0;
	p = put_stamps(p, s);
	*p++ = 1;
	p = put_which(p, r, s);
	*p++ = 2;
	p = cbor_put_head(p, CBOR_ARRAY, r->n);
	for (size_t i = 0; i < r->n; i++)
		p = codec_put_value(p, &r->f[i].v);
	*p++ = 3;
	p = cbor_put_head(p, CBOR_BYTES, r->n);
	for (size_t i = 0; i < r->n; i++)
		*p++ = r->f[i].no;
	return r->nsib ? put_siblings(p, r, s) : p;
}

/* Bytes that it takes at most; 0 when it can't be written. */
static size_t room_of(const struct rec *r)
{
	if (r->n == 0 || r->n > REC_FIELDS_MOST || r->nsib > REC_SIBLINGS_MOST)
		return 0;
	size_t room = fields_room(r->f, r->n), more = fields_room(r->sib, r->nsib);
	return room == 0 || more == 0 ? 0 : room + more + 6 + 5 * CBOR_HEAD_MOST;
}

static bool has_few_stamps(const struct rec *r, struct stamps *s)
{
	s->n = 0;
	return collect_stamps(r->f, r->n, s) && collect_stamps(r->sib, r->nsib, s);
}

bool codec_is_rec(const struct rec *r)
{
	struct stamps s;
	for (size_t i = 1; i < r->n; i++)
		if (r->f[i - 1].no >= r->f[i].no)
			return false;
	return register_is_ordered(r) && room_of(r) > 0 && (r->n + r->nsib <= REC_STAMPS_MOST || has_few_stamps(r, &s));
}

int codec_put_rec(struct buf *b, const struct rec *r)
{
	struct stamps s;
	size_t room = room_of(r);
	if (room == 0 || !has_few_stamps(r, &s))
		return ERR_DATA;
	if (!buf_reserve(b, room))
		return ERR_NOMEM;
	uint8_t *start = (uint8_t *)b->p + b->n;
	size_t n = (size_t)(put_rec(start, r, &s) - start);
	assert(n <= room);
	return codec_keep_written(b, n, REC_MOST);
}

/* ---- reading ------------------------------------------------------------------------------------- */

/* What is read of one record: its stamps, and which of them were spoken of. */
struct reading {
	struct cursor c;
	struct pool pool;
	struct stamps s;
	size_t nused;
	bool used[REC_STAMPS_MOST];
};

static bool get_key(struct cursor *c, uint64_t key)
{
	uint64_t arg;
	return cbor_get(c, CBOR_UINT, &arg) && arg == key;
}

static bool get_stamps(struct cursor *c, struct stamps *s)
{
	uint64_t items;
	if (!get_key(c, 0) || !cbor_get(c, CBOR_ARRAY, &items) || items % STAMP_ITEMS != 0 ||
	    items > STAMP_ITEMS * REC_STAMPS_MOST)
		return false;
	s->n = (size_t)items / STAMP_ITEMS;
	for (size_t i = 0; i < s->n; i++) {
		struct stamp *at = &s->at[i];
		if (!codec_get_dot(c, &at->dot) || !cbor_get_int(c, &at->clock) ||
		    (i > 0 && dot_compare(at[-1].dot, at->dot) >= 0))
			return false;
	}
	return true;
}

static bool use_stamp(struct reading *in, uint64_t which, struct rec_field *f)
{
	if (which >= in->s.n)
		return false;
	in->nused += !in->used[which];
	in->used[which] = true;
	f->at = in->s.at[which];
	return true;
}

/* Give each field its number and stamp; numbers ascend. */
static bool join_fields(struct reading *in, struct rec *r, const uint8_t *which, const uint8_t *numbers)
{
	size_t width = stamp_width(&in->s);
	for (size_t i = 0; i < r->n; i++, which += width) {
		unsigned no = width == 2 ? (unsigned)which[0] << 8 | which[1] : which[0];
		if (!use_stamp(in, no, &r->f[i]) || (i > 0 && numbers[i - 1] >= numbers[i]))
			return false;
		r->f[i].no = numbers[i];
	}
	return true;
}

static bool get_fields(struct reading *in, struct rec *r, const uint8_t *which)
{
	const uint8_t *numbers;
	uint64_t items;
	size_t n;
	if (!get_key(&in->c, 2) || !cbor_get(&in->c, CBOR_ARRAY, &items) || items != r->n)
		return false;
	for (size_t i = 0; i < r->n; i++)
		if (!codec_get_value(&in->c, &in->pool, &r->f[i].v))
			return false;
	return get_key(&in->c, 3) && cbor_get_string(&in->c, CBOR_BYTES, &numbers, &n) && n == r->n &&
	       join_fields(in, r, which, numbers);
}

static int get_siblings(struct arena *a, struct reading *in, struct rec *r)
{
	uint64_t items, which;
	if (!get_key(&in->c, 4) || !cbor_get(&in->c, CBOR_ARRAY, &items) || items == 0 ||
	    items % SIBLING_ITEMS != 0 || items > cursor_left(&in->c) || items > SIBLING_ITEMS * REC_SIBLINGS_MOST)
		return ERR_CORRUPT;
	r->nsib = r->sibcap = (size_t)items / SIBLING_ITEMS;
	r->sib = arena_try_alloc(a, r->nsib * sizeof *r->sib);
	if (!r->sib)
		return ERR_NOMEM;
	for (size_t i = 0; i < r->nsib; i++)
		if (!codec_get_byte(&in->c, &r->sib[i].no) || !cbor_get(&in->c, CBOR_UINT, &which) ||
		    !use_stamp(in, which, &r->sib[i]) || !codec_get_value(&in->c, &in->pool, &r->sib[i].v))
			return ERR_CORRUPT;
	return register_is_ordered(r) ? OK : ERR_CORRUPT;
}

static int get_rec(struct arena *a, struct reading *in, int type, struct id id, struct rec **out)
{
	const uint8_t *which;
	uint64_t parts;
	size_t n;
	if (!cbor_get(&in->c, CBOR_MAP, &parts) || parts < REC_PARTS || parts > REC_PARTS + 1 ||
	    !get_stamps(&in->c, &in->s) || !get_key(&in->c, 1) || !cbor_get_string(&in->c, CBOR_BYTES, &which, &n))
		return ERR_CORRUPT;
	size_t width = stamp_width(&in->s), nf = n / width;
	if (nf == 0 || nf > REC_FIELDS_MOST || n % width != 0)
		return ERR_CORRUPT;
	memset(in->used, 0, in->s.n);
	struct rec *r = arena_try_alloc(a, sizeof *r + nf * sizeof *r->f + cursor_left(&in->c));
	if (!r)
		return ERR_NOMEM;
	*r = (struct rec){.type = (uint8_t)type, .id = id, .f = (struct rec_field *)(r + 1), .n = nf, .cap = nf};
	in->pool.p = (char *)(r->f + nf);
	int rc = get_fields(in, r, which) ? OK : ERR_CORRUPT;
	if (rc == OK && parts > REC_PARTS)
		rc = get_siblings(a, in, r);
	if (rc == OK && (in->c.p != in->c.end || in->nused != in->s.n))
		rc = ERR_CORRUPT;
	*out = rc == OK ? r : NULL;
	return rc;
}

int codec_get_rec(struct arena *a, const uint8_t *p, size_t n, int type, struct id id, struct rec **out, struct err *e)
{
	struct reading in;
	assert(type >= 0 && type <= UINT8_MAX);
	*out = NULL;
	in.c = (struct cursor){p, p + n};
	in.nused = 0;
	int rc = n <= REC_MOST ? get_rec(a, &in, type, id, out) : ERR_CORRUPT;
	if (rc == ERR_NOMEM)
		return codec_no_memory(e);
	if (rc != OK)
		return codec_refuse(e);
	register_settle(*out);
	return OK;
}
