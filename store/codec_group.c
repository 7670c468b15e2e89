/* store/codec_group.c - see codec.h. Owns how change groups lie in bytes: the canonical form, which is chained, signed
 * and sent, and after it what only this store knows. Must not know tables, seals or what any field means. */
#include "store/codec.h"

#include <assert.h>
#include <string.h>

#include "store/codec_priv.h"

enum {
	TEXT_MOST = 64 << 10,
	GROUP_MOST = 16 << 20,
	ROW_MOST = 64 << 20,
	GROUP_WRITES_MOST = 200000,
	GROUP_SEEN_MOST = 10000,
	GROUP_ARGS = 3,
	GROUP_PARTS = 10,
	PARTS_BEFORE_ARGS = 4,
	PARTS_AFTER_ARGS = 4, /* up to the writes */
	GROUP_VERSION = 2,
	RUN_ITEMS = 3,   /* type, id, count */
	WRITE_ITEMS = 2, /* field, value */
	WRITE_LEAST = 2, /* bytes */
	SEEN_ITEMS = 3,
	SEEN_LEAST = 3,
	HERE_PARTS = 3,
	BEFORE_ITEMS = 2,
	ASIDE_ITEMS = 3,
	ID_BYTES = sizeof(struct id),
};

static bool starts_run(const struct group *g, size_t i)
{
	const struct write *w = &g->writes[i];
	return i == 0 || w[-1].type != w->type || !id_equal(w[-1].id, w->id);
}

/* Ascending by type, id and field, so that a group has one form and a write in it is found by halving. */
static bool is_ordered(const struct group *g, size_t i)
{
	const struct write *w = &g->writes[i];
	if (!starts_run(g, i))
		return w[-1].field < w->field;
	return i == 0 || w[-1].type < w->type || (w[-1].type == w->type && id_compare(w[-1].id, w->id) < 0);
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

static bool is_seen_ordered(const struct group *g)
{
	for (size_t i = 0; i < g->nseen; i++) {
		struct dot dot = g->seen[i].dot;
		if (dot.no == 0 || (i > 0 && g->seen[i - 1].dot.inc >= dot.inc))
			return false;
	}
	return true;
}

/* 0 when the group can't be written; *runs gets how many records' writes follow each other. */
static size_t group_room(const struct group *g, size_t *runs)
{
	const char *person = g->person ? g->person : "";
	size_t length = strlen(person), room = 64 + (9 + SEEN_ITEMS * g->nseen) * CBOR_HEAD_MOST + length;
	*runs = 0;
	if (length > TEXT_MOST || !cbor_is_text((const uint8_t *)person, length) || !is_seen_ordered(g))
		return 0;
	for (size_t i = 0; i < GROUP_ARGS; i++) {
		size_t n = codec_value_room(&g->arg[i]);
		if (n == 0)
			return 0;
		room += n;
	}
	for (size_t i = 0; i < g->nwrites; i++) {
		const size_t n = codec_value_room(&g->writes[i].v), first = starts_run(g, i);
		if (n == 0 || !is_ordered(g, i))
			return 0;
		*runs += first;
		room += n + 2 + first * (2 + 1 + ID_BYTES + CBOR_HEAD_MOST);
	}
	return room;
}

static uint8_t *put_dot(uint8_t *p, struct dot dot)
{
	p = cbor_put_head(p, CBOR_UINT, dot.inc);
	return cbor_put_head(p, CBOR_UINT, dot.no);
}

static uint8_t *put_seen(uint8_t *p, const struct group *g)
{
	p = cbor_put_head(p, CBOR_ARRAY, SEEN_ITEMS * g->nseen);
	for (size_t i = 0; i < g->nseen; i++) {
		p = put_dot(p, g->seen[i].dot);
		p = cbor_put_head(p, CBOR_UINT, g->seen[i].tag);
	}
	return p;
}

static uint8_t *put_writes(uint8_t *p, const struct group *g, size_t runs)
{
	p = cbor_put_head(p, CBOR_UINT, g->nwrites);
	p = cbor_put_head(p, CBOR_ARRAY, RUN_ITEMS * runs + WRITE_ITEMS * g->nwrites);
	for (size_t i = 0; i < g->nwrites; i++) {
		const struct write *w = &g->writes[i];
		if (starts_run(g, i)) {
			p = cbor_put_head(p, CBOR_UINT, w->type);
			p = cbor_put_bytes(p, CBOR_BYTES, w->id.b, ID_BYTES);
			p = cbor_put_head(p, CBOR_UINT, run_length(g, i));
		}
		p = cbor_put_head(p, CBOR_UINT, w->field);
		p = codec_put_value(p, &w->v);
	}
	return p;
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
		p = codec_put_value(p, &g->arg[i]);
	p = put_dot(p, g->undoes);
	p = put_seen(p, g);
	return put_writes(p, g, runs);
}

static bool is_small(const struct group *g)
{
	return g->nwrites <= GROUP_WRITES_MOST && g->nseen <= GROUP_SEEN_MOST;
}

bool codec_is_group(const struct group *g)
{
	size_t runs;
	return is_small(g) && group_room(g, &runs) > 0;
}

int codec_put_group(struct buf *b, const struct group *g)
{
	size_t runs;
	size_t room = is_small(g) ? group_room(g, &runs) : 0;
	if (room == 0)
		return ERR_DATA;
	if (!buf_reserve(b, room))
		return ERR_NOMEM;
	assert(runs <= g->nwrites);
	uint8_t *start = (uint8_t *)b->p + b->n;
	size_t n = (size_t)(put_group(start, g, runs) - start);
	assert(n <= room);
	return codec_keep_written(b, n, GROUP_MOST);
}

/* Aside ascends by write, then dot. */
static bool is_aside_ordered(const struct group *g, size_t i)
{
	const struct aside *x = &g->aside[i];
	if (x->write >= g->nwrites || x->dot.no == 0)
		return false;
	return i == 0 || x[-1].write < x->write ||
	       (x[-1].write == x->write && dot_compare(x[-1].dot, x->dot) < 0);
}

int codec_put_here(struct buf *b, const struct group *g)
{
	size_t items = 4 + BEFORE_ITEMS * g->nwrites + ASIDE_ITEMS * g->naside;
	for (size_t i = 0; i < g->naside; i++)
		if (!is_aside_ordered(g, i))
			return ERR_DATA;
	if (!buf_reserve(b, items * CBOR_HEAD_MOST))
		return ERR_NOMEM;
	uint8_t *start = (uint8_t *)b->p + b->n, *p = cbor_put_head(start, CBOR_ARRAY, HERE_PARTS);
	p = cbor_put_head(p, CBOR_UINT, g->tag);
	p = cbor_put_head(p, CBOR_ARRAY, BEFORE_ITEMS * g->nwrites);
	for (size_t i = 0; i < g->nwrites; i++)
		p = put_dot(p, g->writes[i].before);
	p = cbor_put_head(p, CBOR_ARRAY, ASIDE_ITEMS * g->naside);
	for (size_t i = 0; i < g->naside; i++) {
		p = cbor_put_head(p, CBOR_UINT, g->aside[i].write);
		p = put_dot(p, g->aside[i].dot);
	}
	return codec_keep_written(b, (size_t)(p - start), ROW_MOST - GROUP_MOST);
}

/* ---- reading ------------------------------------------------------------------------------------- */

/* What is being read. */
struct reading {
	struct arena *a;
	struct cursor c;
	struct pool pool;
	struct group *g;
};

static int get_seen(struct reading *in)
{
	uint64_t items;
	struct group *g = in->g;
	if (!cbor_get(&in->c, CBOR_ARRAY, &items) || items % SEEN_ITEMS != 0 || items > SEEN_ITEMS * GROUP_SEEN_MOST ||
	    items > cursor_left(&in->c))
		return ERR_CORRUPT;
	g->nseen = (size_t)items / SEEN_ITEMS;
	if (g->nseen == 0)
		return OK;
	struct seen *seen = arena_try_alloc(in->a, g->nseen * sizeof *seen);
	if (!seen)
		return ERR_NOMEM;
	g->seen = seen;
	for (size_t i = 0; i < g->nseen; i++)
		if (!codec_get_dot(&in->c, &seen[i].dot) || !cbor_get(&in->c, CBOR_UINT, &seen[i].tag))
			return ERR_CORRUPT;
	return is_seen_ordered(g) ? OK : ERR_CORRUPT;
}

static bool get_label(struct reading *in)
{
	uint64_t parts, version, nargs;
	struct value person;
	struct group *g = in->g;
	if (!cbor_get(&in->c, CBOR_ARRAY, &parts) || parts != GROUP_PARTS || !cbor_get(&in->c, CBOR_UINT, &version) ||
	    version != GROUP_VERSION || !cbor_get_int(&in->c, &g->clock) || !codec_get_text(&in->c, &in->pool, &person) ||
	    !codec_get_byte(&in->c, &g->act) || !cbor_get(&in->c, CBOR_ARRAY, &nargs) || nargs > GROUP_ARGS)
		return false;
	g->person = person.text.s;
	for (size_t i = 0; i < nargs; i++)
		if (!codec_get_value(&in->c, &in->pool, &g->arg[i]))
			return false;
	return count_args(g) == nargs && codec_get_dot(&in->c, &g->undoes);
}

static int get_head(struct reading *in)
{
	uint64_t nwrites;
	int rc = get_label(in) ? get_seen(in) : ERR_CORRUPT;
	if (rc == OK && (!cbor_get(&in->c, CBOR_UINT, &nwrites) || nwrites > GROUP_WRITES_MOST))
		rc = ERR_CORRUPT;
	if (rc == OK)
		in->g->nwrites = (size_t)nwrites;
	return rc;
}

static bool get_run(struct reading *in, struct write *w, size_t most, size_t *n)
{
	uint64_t count;
	if (!codec_get_byte(&in->c, &w->type) || !codec_get_id(&in->c, &w->id) || !cbor_get(&in->c, CBOR_UINT, &count) ||
	    count == 0 || count > most)
		return false;
	*n = (size_t)count;
	for (size_t i = 0; i < *n; i++) {
		w[i].type = w->type;
		w[i].id = w->id;
		if (!codec_get_byte(&in->c, &w[i].field) || !codec_get_value(&in->c, &in->pool, &w[i].v))
			return false;
	}
	return true;
}

static bool get_writes(struct reading *in, struct write *w)
{
	const struct group *g = in->g;
	uint64_t items, seen = WRITE_ITEMS * g->nwrites;
	if (!cbor_get(&in->c, CBOR_ARRAY, &items))
		return false;
	for (size_t i = 0, n; i < g->nwrites; i += n, seen += RUN_ITEMS)
		if (!get_run(in, w + i, g->nwrites - i, &n) || !starts_run(g, i))
			return false;
	for (size_t i = 1; i < g->nwrites; i++)
		if (!is_ordered(g, i))
			return false;
	return seen == items;
}

static bool get_befores(struct reading *in, struct write *w)
{
	uint64_t parts, items;
	if (!cbor_get(&in->c, CBOR_ARRAY, &parts) || parts != HERE_PARTS ||
	    !cbor_get(&in->c, CBOR_UINT, &in->g->tag) || !cbor_get(&in->c, CBOR_ARRAY, &items) ||
	    items != BEFORE_ITEMS * in->g->nwrites)
		return false;
	for (size_t i = 0; i < in->g->nwrites; i++)
		if (!codec_get_dot(&in->c, &w[i].before))
			return false;
	return true;
}

static int get_asides(struct reading *in)
{
	uint64_t items, write;
	struct group *g = in->g;
	if (!cbor_get(&in->c, CBOR_ARRAY, &items) || items % ASIDE_ITEMS != 0 || items > cursor_left(&in->c))
		return ERR_CORRUPT;
	g->naside = (size_t)items / ASIDE_ITEMS;
	if (g->naside == 0)
		return OK;
	struct aside *x = arena_try_alloc(in->a, g->naside * sizeof *x);
	if (!x)
		return ERR_NOMEM;
	g->aside = x;
	for (size_t i = 0; i < g->naside; i++) {
		if (!cbor_get(&in->c, CBOR_UINT, &write) || write >= g->nwrites || !codec_get_dot(&in->c, &x[i].dot))
			return ERR_CORRUPT;
		x[i].write = (uint32_t)write;
		if (!is_aside_ordered(g, i))
			return ERR_CORRUPT;
	}
	return OK;
}

/* The writes, and what only this store knows if that is there. */
static int get_body(struct reading *in, const uint8_t *start, size_t *canonical)
{
	if (in->g->nwrites > cursor_left(&in->c) / WRITE_LEAST)
		return ERR_CORRUPT;
	struct write *w = arena_try_alloc(in->a, in->g->nwrites * sizeof *w);
	if (!w)
		return ERR_NOMEM;
	in->g->writes = w;
	if (!get_writes(in, w) || in->c.p - start > GROUP_MOST)
		return ERR_CORRUPT;
	if (canonical)
		*canonical = (size_t)(in->c.p - start);
	if (in->c.p == in->c.end)
		return OK;
	int rc = get_befores(in, w) ? get_asides(in) : ERR_CORRUPT;
	return rc == OK && in->c.p != in->c.end ? ERR_CORRUPT : rc;
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
	    !cbor_get(&c, CBOR_ARRAY, &nargs) || nargs > GROUP_ARGS || !skip_items(&c, nargs + PARTS_AFTER_ARGS))
		return 0;
	return (size_t)(c.p - start);
}

int codec_get_group(struct arena *a, const uint8_t *p, size_t n, struct dot dot, bool with_writes, struct group **out,
		    size_t *canonical, struct err *e)
{
	struct reading in = {.a = a, .c = {p, p + n}};
	*out = NULL;
	const size_t texts = n > ROW_MOST ? 0 : with_writes ? n : head_length(in.c);
	if (texts == 0)
		return codec_refuse(e);
	in.g = arena_try_alloc(a, sizeof *in.g);
	in.pool.p = arena_try_alloc(a, texts);
	if (!in.g || !in.pool.p)
		return codec_no_memory(e);
	in.g->dot = dot;
	int rc = get_head(&in);
	if (rc == OK && with_writes)
		rc = get_body(&in, p, canonical);
	if (rc == ERR_NOMEM)
		return codec_no_memory(e);
	if (rc != OK)
		return codec_refuse(e);
	*out = in.g;
	return OK;
}

int codec_get_tag(const uint8_t *p, size_t n, uint64_t *tag, struct err *e)
{
	struct cursor c = {p, p + n};
	const size_t head = n > ROW_MOST ? 0 : head_length(c);
	uint64_t items, parts, told;
	c.p += head;
	const bool found = head > 0 && cbor_get(&c, CBOR_ARRAY, &items) && skip_items(&c, items) &&
			   cbor_get(&c, CBOR_ARRAY, &parts) && parts == HERE_PARTS && cbor_get(&c, CBOR_UINT, &told);
	*tag = found ? told : 0;
	return found ? OK : codec_refuse(e);
}
