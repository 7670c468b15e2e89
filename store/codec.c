/* store/codec.c - see codec.h. Owns how records and change groups lie in bytes. Must not know tables, seals or what any
 * field means: unknown types and fields pass through it untouched.
 *
 * Writing measures first and reserves once. Reading makes one allocation whose size is bounded by the bytes read: a
 * text takes at least n + 1 bytes of input (head and bytes) and n + 1 bytes of room (bytes and NUL), so the input's
 * length is room enough for all of them. */
#include "store/codec.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/cbor.h"

enum {
	TEXT_MOST = 64 << 10,
	REC_MOST = 1 << 20,
	REC_FIELDS_MOST = 255,
	GROUP_MOST = 16 << 20,
	GROUP_WRITES_MOST = 200000,
	GROUP_ARGS = 3,
	GROUP_PARTS = 9,
	PARTS_BEFORE_ARGS = 4,
	PARTS_BEFORE_WRITES = 8,
	GROUP_VERSION = 1,
	RUN_ITEMS = 3,   /* type, id, count */
	WRITE_ITEMS = 4, /* field, value, before's incarnation and number */
	WRITE_LEAST = 4, /* bytes */
	STAMP_ITEMS = 3,
	ID_BYTES = sizeof(struct id),
};

/* The distinct stamps of a record, ascending by dot. */
struct stamps {
	size_t n;
	struct stamp at[REC_FIELDS_MOST];
};

/* Room for texts, taken from the front. */
struct pool {
	char *p;
};

/* ---- values -------------------------------------------------------------------------------------- */

/* Would these bytes read back as something else than V_RAW? */
static bool is_raw(const uint8_t *p, size_t n)
{
	struct cursor c = {p, p + n};
	enum cbor_major major;
	uint64_t arg;
	if (!cbor_get_head(&c, &major, &arg))
		return false;
	bool known = (major <= CBOR_NEGATIVE && arg <= INT64_MAX) || (major == CBOR_BYTES && arg == ID_BYTES) ||
		     major == CBOR_TEXT || (major == CBOR_SIMPLE && arg == CBOR_NULL);
	c.p = p;
	return !known && cbor_skip(&c) && c.p == c.end;
}

/* The most bytes that a value can take; 0 when it can't be written. */
static size_t value_room(const struct value *v)
{
	if (v->tag != V_TEXT && v->tag != V_RAW)
		return 1 + ID_BYTES;
	const uint8_t *p = (const uint8_t *)v->text.s;
	if (v->text.n > TEXT_MOST)
		return 0;
	if (v->tag == V_TEXT)
		return cbor_is_text(p, v->text.n) ? CBOR_HEAD_MOST + v->text.n : 0;
	return is_raw(p, v->text.n) ? v->text.n : 0;
}

static uint8_t *put_value(uint8_t *p, const struct value *v)
{
	switch (v->tag) {
	case V_INT:
		return cbor_put_int(p, v->i);
	case V_TEXT:
		return cbor_put_bytes(p, CBOR_TEXT, v->text.s, v->text.n);
	case V_ID:
		return cbor_put_bytes(p, CBOR_BYTES, v->id.b, ID_BYTES);
	case V_RAW:
		memcpy(p, v->text.s, v->text.n);
		return p + v->text.n;
	case V_NONE:
		break;
	}
	return cbor_put_head(p, CBOR_SIMPLE, CBOR_NULL);
}

static const char *pool_copy(struct pool *pool, const uint8_t *bytes, size_t n)
{
	char *s = pool->p;
	memcpy(s, bytes, n);
	pool->p += n;
	return s;
}

static bool get_text(struct cursor *c, struct pool *pool, struct value *v)
{
	const uint8_t *bytes;
	size_t n;
	if (!cbor_get_string(c, CBOR_TEXT, &bytes, &n) || n > TEXT_MOST)
		return false;
	v->tag = V_TEXT;
	v->text.s = pool_copy(pool, bytes, n);
	v->text.n = (uint32_t)n;
	*pool->p++ = '\0';
	return true;
}

static bool get_id(struct cursor *c, struct id *out)
{
	const uint8_t *bytes;
	size_t n;
	if (!cbor_get_string(c, CBOR_BYTES, &bytes, &n) || n != ID_BYTES)
		return false;
	memcpy(out->b, bytes, ID_BYTES);
	return true;
}

static bool get_raw(struct cursor *c, struct pool *pool, struct value *v)
{
	const uint8_t *start = c->p;
	if (!cbor_skip(c) || c->p - start > TEXT_MOST)
		return false;
	v->tag = V_RAW;
	v->text.n = (uint32_t)(c->p - start);
	v->text.s = pool_copy(pool, start, v->text.n);
	return true;
}

static bool get_value(struct cursor *c, struct pool *pool, struct value *v)
{
	struct cursor look = *c;
	enum cbor_major major;
	uint64_t arg;
	if (!cbor_get_head(&look, &major, &arg))
		return false;
	if (major == CBOR_TEXT)
		return get_text(c, pool, v);
	if (major <= CBOR_NEGATIVE && arg <= INT64_MAX) {
		v->tag = V_INT;
		return cbor_get_int(c, &v->i);
	}
	if (major == CBOR_BYTES && arg == ID_BYTES) {
		v->tag = V_ID;
		return get_id(c, &v->id);
	}
	if (major == CBOR_SIMPLE && arg == CBOR_NULL) {
		v->tag = V_NONE;
		*c = look;
		return true;
	}
	return get_raw(c, pool, v);
}

static bool get_byte(struct cursor *c, uint8_t *out)
{
	uint64_t arg;
	if (!cbor_get(c, CBOR_UINT, &arg) || arg > UINT8_MAX)
		return false;
	*out = (uint8_t)arg;
	return true;
}

static bool get_dot(struct cursor *c, struct dot *out)
{
	return cbor_get(c, CBOR_UINT, &out->inc) && cbor_get(c, CBOR_UINT, &out->no);
}

/* What was written past the end of b becomes part of it, or is forgotten when it is too much. */
static int keep_written(struct buf *b, size_t n, size_t most)
{
	if (n <= most)
		b->n += n;
	b->p[b->n] = '\0';
	assert(b->n < b->cap);
	return n <= most ? OK : ERR_DATA;
}

/* ---- records ------------------------------------------------------------------------------------- */

/* Where the dot stands, or should stand, among the stamps: from the end, as most records are written in order. */
static size_t stamp_place(const struct stamps *s, struct dot dot)
{
	size_t i = s->n;
	while (i > 0 && dot_compare(s->at[i - 1].dot, dot) >= 0)
		i--;
	return i;
}

static void collect_stamps(const struct rec *r, struct stamps *s)
{
	s->n = 0;
	for (size_t k = 0; k < r->n; k++) {
		struct stamp at = r->f[k].at;
		size_t i = stamp_place(s, at.dot);
		if (i < s->n && dot_equal(s->at[i].dot, at.dot)) {
			assert(s->at[i].clock == at.clock);
			continue;
		}
		memmove(&s->at[i + 1], &s->at[i], (s->n - i) * sizeof *s->at);
		s->at[i] = at;
		s->n++;
	}
	assert(s->n <= r->n);
}

/* 0 when the record can't be written. */
static size_t rec_room(const struct rec *r)
{
	size_t room = 16 + 4 * CBOR_HEAD_MOST;
	for (size_t i = 0; i < r->n; i++) {
		size_t n = value_room(&r->f[i].v);
		if (n == 0)
			return 0;
		room += n + 2 + STAMP_ITEMS * CBOR_HEAD_MOST;
		assert(i == 0 || r->f[i - 1].no < r->f[i].no);
	}
	return room;
}

static uint8_t *put_rec(uint8_t *p, const struct rec *r, const struct stamps *s)
{
	p = cbor_put_head(p, CBOR_MAP, 4);
	*p++ = 0;
	p = cbor_put_head(p, CBOR_ARRAY, STAMP_ITEMS * s->n);
	for (size_t i = 0; i < s->n; i++) {
		p = cbor_put_head(p, CBOR_UINT, s->at[i].dot.inc);
		p = cbor_put_head(p, CBOR_UINT, s->at[i].dot.no);
		p = cbor_put_int(p, s->at[i].clock);
	}
	*p++ = 1;
	p = cbor_put_head(p, CBOR_BYTES, r->n);
	for (size_t i = 0; i < r->n; i++)
		*p++ = (uint8_t)stamp_place(s, r->f[i].at.dot);
	*p++ = 2;
	p = cbor_put_head(p, CBOR_ARRAY, r->n);
	for (size_t i = 0; i < r->n; i++)
		p = put_value(p, &r->f[i].v);
	*p++ = 3;
	p = cbor_put_head(p, CBOR_BYTES, r->n);
	for (size_t i = 0; i < r->n; i++)
		*p++ = r->f[i].no;
	return p;
}

int codec_put_rec(struct buf *b, const struct rec *r)
{
	struct stamps s;
	if (r->n == 0 || r->n > REC_FIELDS_MOST)
		return ERR_DATA;
	size_t room = rec_room(r);
	if (room == 0)
		return ERR_DATA;
	if (!buf_reserve(b, room))
		return ERR_NOMEM;
	collect_stamps(r, &s);
	uint8_t *start = (uint8_t *)b->p + b->n;
	size_t n = (size_t)(put_rec(start, r, &s) - start);
	assert(n <= room);
	return keep_written(b, n, REC_MOST);
}

static bool get_key(struct cursor *c, uint64_t key)
{
	uint64_t arg;
	return cbor_get(c, CBOR_UINT, &arg) && arg == key;
}

static bool get_stamps(struct cursor *c, struct stamps *s)
{
	uint64_t items;
	if (!get_key(c, 0) || !cbor_get(c, CBOR_ARRAY, &items) || items % STAMP_ITEMS != 0 ||
	    items > STAMP_ITEMS * REC_FIELDS_MOST)
		return false;
	s->n = (size_t)items / STAMP_ITEMS;
	for (size_t i = 0; i < s->n; i++) {
		struct stamp *at = &s->at[i];
		if (!get_dot(c, &at->dot) || !cbor_get_int(c, &at->clock) ||
		    (i > 0 && dot_compare(at[-1].dot, at->dot) >= 0))
			return false;
	}
	return true;
}

/* Give each field its number and stamp; numbers ascend, and no stamp stands there unused. */
static bool join_fields(struct rec *r, const struct stamps *s, const uint8_t *which, const uint8_t *numbers)
{
	bool used[REC_FIELDS_MOST] = {false};
	size_t nused = 0;
	for (size_t i = 0; i < r->n; i++) {
		if (which[i] >= s->n || (i > 0 && numbers[i - 1] >= numbers[i]))
			return false;
		nused += !used[which[i]];
		used[which[i]] = true;
		r->f[i].no = numbers[i];
		r->f[i].at = s->at[which[i]];
		if (i == 0 || stamp_compare(r->f[i].at, r->at) > 0)
			r->at = r->f[i].at;
	}
	return nused == s->n;
}

static bool get_rec(struct cursor *c, struct rec *r, const struct stamps *s, const uint8_t *which, struct pool *pool)
{
	const uint8_t *numbers;
	uint64_t items;
	size_t n;
	if (!get_key(c, 2) || !cbor_get(c, CBOR_ARRAY, &items) || items != r->n)
		return false;
	for (size_t i = 0; i < r->n; i++)
		if (!get_value(c, pool, &r->f[i].v))
			return false;
	if (!get_key(c, 3) || !cbor_get_string(c, CBOR_BYTES, &numbers, &n) || n != r->n || c->p != c->end)
		return false;
	if (!join_fields(r, s, which, numbers))
		return false;
	r->alive = r->f[0].no == FIELD_ALIVE && r->f[0].v.tag == V_INT && r->f[0].v.i != 0;
	return true;
}

static int refuse(struct err *e)
{
	return err_set(e, ERR_CORRUPT,
		       _("a record in the store isn't in the form that samvagt writes; "
			 "check the store with: samvagt doctor"));
}

static int no_memory(struct err *e)
{
	return err_set(e, ERR_NOMEM, _("there isn't memory enough to read a record"));
}

int codec_get_rec(struct arena *a, const uint8_t *p, size_t n, int type, struct id id, struct rec **out, struct err *e)
{
	struct cursor c = {p, p + n};
	struct stamps s;
	const uint8_t *which;
	uint64_t parts;
	size_t nf;
	assert(type >= 0 && type <= UINT8_MAX);
	*out = NULL;
	if (n > REC_MOST || !cbor_get(&c, CBOR_MAP, &parts) || parts != 4 || !get_stamps(&c, &s) || !get_key(&c, 1) ||
	    !cbor_get_string(&c, CBOR_BYTES, &which, &nf) || nf == 0 || nf > REC_FIELDS_MOST)
		return refuse(e);
	struct rec *r = arena_try_alloc(a, sizeof *r + nf * sizeof *r->f + cursor_left(&c));
	if (!r)
		return no_memory(e);
	*r = (struct rec){.type = (uint8_t)type, .id = id, .f = (struct rec_field *)(r + 1), .n = nf, .cap = nf};
	struct pool pool = {(char *)(r->f + nf)};
	if (!get_rec(&c, r, &s, which, &pool))
		return refuse(e);
	assert(pool.p <= (char *)(r->f + nf) + n);
	*out = r;
	return OK;
}

/* ---- change groups ------------------------------------------------------------------------------- */

static bool starts_run(const struct group *g, size_t i)
{
	const struct write *w = &g->writes[i];
	return i == 0 || w[-1].type != w->type || !id_equal(w[-1].id, w->id);
}

/* Ascending by type, id and field, so that a group has one form and a write in it is found by halving. */
static bool is_ordered(const struct group *g, size_t i)
{
	const struct write *w = &g->writes[i];
	if (i == 0)
		return true;
	if (w[-1].type != w->type)
		return w[-1].type < w->type;
	int order = id_compare(w[-1].id, w->id);
	return order < 0 || (order == 0 && w[-1].field < w->field);
}

static size_t run_length(const struct group *g, size_t i)
{
	size_t n = 1;
	while (i + n < g->nwrites && !starts_run(g, i + n))
		n++;
	return n;
}

static size_t count_args(const struct group *g)
{
	size_t n = GROUP_ARGS;
	while (n > 0 && g->arg[n - 1].tag == V_NONE)
		n--;
	return n;
}

/* 0 when the group can't be written; *runs gets how many records' writes follow each other. */
static size_t group_room(const struct group *g, size_t *runs)
{
	const char *person = g->person ? g->person : "";
	size_t length = strlen(person), room = 64 + 8 * CBOR_HEAD_MOST + length;
	*runs = 0;
	if (length > TEXT_MOST || !cbor_is_text((const uint8_t *)person, length))
		return 0;
	for (size_t i = 0; i < GROUP_ARGS; i++) {
		size_t n = value_room(&g->arg[i]);
		if (n == 0)
			return 0;
		room += n;
	}
	for (size_t i = 0; i < g->nwrites; i++) {
		size_t n = value_room(&g->writes[i].v);
		if (n == 0 || !is_ordered(g, i))
			return 0;
		*runs += starts_run(g, i);
		room += n + 2 + 2 * CBOR_HEAD_MOST + (starts_run(g, i) ? 2 + 1 + ID_BYTES + CBOR_HEAD_MOST : 0);
	}
	return room;
}

static uint8_t *put_write(uint8_t *p, const struct write *w)
{
	p = cbor_put_head(p, CBOR_UINT, w->field);
	p = put_value(p, &w->v);
	p = cbor_put_head(p, CBOR_UINT, w->before.inc);
	return cbor_put_head(p, CBOR_UINT, w->before.no);
}

static uint8_t *put_group(uint8_t *p, const struct group *g, size_t runs)
{
	const char *person = g->person ? g->person : "";
	size_t nargs = count_args(g);
	p = cbor_put_head(p, CBOR_ARRAY, GROUP_PARTS);
	p = cbor_put_head(p, CBOR_UINT, GROUP_VERSION);
	p = cbor_put_int(p, g->clock);
	p = cbor_put_bytes(p, CBOR_TEXT, person, strlen(person));
	p = cbor_put_head(p, CBOR_UINT, g->act);
	p = cbor_put_head(p, CBOR_ARRAY, nargs);
	for (size_t i = 0; i < nargs; i++)
		p = put_value(p, &g->arg[i]);
	p = cbor_put_head(p, CBOR_UINT, g->undoes.inc);
	p = cbor_put_head(p, CBOR_UINT, g->undoes.no);
	p = cbor_put_head(p, CBOR_UINT, g->nwrites);
	p = cbor_put_head(p, CBOR_ARRAY, RUN_ITEMS * runs + WRITE_ITEMS * g->nwrites);
	for (size_t i = 0; i < g->nwrites; i++) {
		const struct write *w = &g->writes[i];
		if (starts_run(g, i)) {
			p = cbor_put_head(p, CBOR_UINT, w->type);
			p = cbor_put_bytes(p, CBOR_BYTES, w->id.b, ID_BYTES);
			p = cbor_put_head(p, CBOR_UINT, run_length(g, i));
		}
		p = put_write(p, w);
	}
	return p;
}

int codec_put_group(struct buf *b, const struct group *g)
{
	size_t runs;
	if (g->nwrites > GROUP_WRITES_MOST)
		return ERR_DATA;
	size_t room = group_room(g, &runs);
	if (room == 0)
		return ERR_DATA;
	if (!buf_reserve(b, room))
		return ERR_NOMEM;
	assert(runs <= g->nwrites);
	uint8_t *start = (uint8_t *)b->p + b->n;
	size_t n = (size_t)(put_group(start, g, runs) - start);
	assert(n <= room);
	return keep_written(b, n, GROUP_MOST);
}

static bool get_group_head(struct cursor *c, struct pool *pool, struct group *g, uint64_t *items)
{
	uint64_t parts, version, nargs, nwrites;
	struct value person;
	if (!cbor_get(c, CBOR_ARRAY, &parts) || parts != GROUP_PARTS || !cbor_get(c, CBOR_UINT, &version) ||
	    version != GROUP_VERSION || !cbor_get_int(c, &g->clock) || !get_text(c, pool, &person) ||
	    !get_byte(c, &g->act) || !cbor_get(c, CBOR_ARRAY, &nargs) || nargs > GROUP_ARGS)
		return false;
	g->person = person.text.s;
	for (size_t i = 0; i < nargs; i++)
		if (!get_value(c, pool, &g->arg[i]))
			return false;
	if (count_args(g) != nargs || !get_dot(c, &g->undoes) || !cbor_get(c, CBOR_UINT, &nwrites) ||
	    nwrites > GROUP_WRITES_MOST || !cbor_get(c, CBOR_ARRAY, items))
		return false;
	g->nwrites = (size_t)nwrites;
	return true;
}

static bool get_run(struct cursor *c, struct pool *pool, struct write *w, size_t most, size_t *n)
{
	uint64_t count;
	if (!get_byte(c, &w->type) || !get_id(c, &w->id) || !cbor_get(c, CBOR_UINT, &count) || count == 0 ||
	    count > most)
		return false;
	*n = (size_t)count;
	for (size_t i = 0; i < *n; i++) {
		w[i].type = w->type;
		w[i].id = w->id;
		if (!get_byte(c, &w[i].field) || !get_value(c, pool, &w[i].v) || !get_dot(c, &w[i].before))
			return false;
	}
	return true;
}

static bool get_writes(struct cursor *c, struct pool *pool, const struct group *g, struct write *w, uint64_t items)
{
	uint64_t seen = WRITE_ITEMS * g->nwrites;
	for (size_t i = 0, n; i < g->nwrites; i += n, seen += RUN_ITEMS)
		if (!get_run(c, pool, w + i, g->nwrites - i, &n) || !starts_run(g, i))
			return false;
	for (size_t i = 1; i < g->nwrites; i++)
		if (!is_ordered(g, i))
			return false;
	return seen == items && c->p == c->end;
}

static bool skip_items(struct cursor *c, uint64_t n)
{
	while (n > 0 && cbor_skip(c))
		n--;
	return n == 0;
}

/* Bytes of everything before the writes; 0 when they can't be stepped over. */
static size_t head_length(struct cursor c)
{
	const uint8_t *start = c.p;
	uint64_t parts, nargs;
	if (!cbor_get(&c, CBOR_ARRAY, &parts) || parts != GROUP_PARTS || !skip_items(&c, PARTS_BEFORE_ARGS) ||
	    !cbor_get(&c, CBOR_ARRAY, &nargs) || nargs > GROUP_ARGS ||
	    !skip_items(&c, nargs + PARTS_BEFORE_WRITES - PARTS_BEFORE_ARGS - 1))
		return 0;
	return (size_t)(c.p - start);
}

int codec_get_group(struct arena *a, const uint8_t *p, size_t n, struct dot dot, bool with_writes, struct group **out,
		    size_t *canonical, struct err *e)
{
	struct cursor c = {p, p + n};
	uint64_t items;
	*out = NULL;
	if (canonical)
		*canonical = n;
	size_t head = n <= GROUP_MOST ? head_length(c) : 0;
	if (head == 0)
		return refuse(e);
	struct group *g = arena_try_alloc(a, sizeof *g);
	struct pool pool = {arena_try_alloc(a, with_writes ? n : head)};
	if (!g || !pool.p)
		return no_memory(e);
	g->dot = dot;
	if (!get_group_head(&c, &pool, g, &items) || (with_writes && g->nwrites > cursor_left(&c) / WRITE_LEAST))
		return refuse(e);
	if (with_writes) {
		struct write *w = arena_try_alloc(a, g->nwrites * sizeof *w);
		if (!w)
			return no_memory(e);
		g->writes = w;
		if (!get_writes(&c, &pool, g, w, items))
			return refuse(e);
	}
	*out = g;
	return OK;
}
