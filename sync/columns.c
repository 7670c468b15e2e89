/* sync/columns.c - see columns.h. Owns the form of a column and of a body of columns. Must not know what they hold. */
#include "sync/columns.h"

#include <assert.h>
#include <stdlib.h>

enum column_kind { COLUMN_BYTES, COLUMN_NUMBERS, COLUMN_DIFFERENCES, COLUMN_KINDS };

enum {
	HEAD_LEAST = 3, /* bytes: key, form, length */
	SLOTS_FIRST = 256,
};

/* ---- single numbers ------------------------------------------------------------------------------ */

uint64_t zigzag(int64_t i)
{
	return (uint64_t)i << 1 ^ (i < 0 ? UINT64_MAX : 0);
}

int64_t unzigzag(uint64_t u)
{
	const uint64_t half = u >> 1;
	return u & 1 ? -1 - (int64_t)half : (int64_t)half;
}

void varint_put(struct buf *b, uint64_t u)
{
	if (!buf_reserve(b, VARINT_MOST))
		return;
	b->n = (size_t)((char *)varint_write((uint8_t *)b->p + b->n, u) - b->p);
	b->p[b->n] = '\0';
	assert(b->n < b->cap);
}

bool varint_get(struct cursor *c, uint64_t *out)
{
	uint64_t u = 0;
	for (unsigned shift = 0; shift < 64 && c->p < c->end; shift += 7) {
		const uint8_t byte = *c->p++;
		if (shift == 63 && byte > 1)
			return false;
		u |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80) {
			*out = u;
			return byte != 0 || shift == 0;
		}
	}
	return false;
}

/* The difference of two numbers as they wrap, with a sign. */
static uint64_t difference(uint64_t from, uint64_t to)
{
	const uint64_t d = to - from;
	return d << 1 ^ (d >> 63 ? UINT64_MAX : 0);
}

static uint64_t add_difference(uint64_t from, uint64_t z)
{
	return from + (z >> 1 ^ (z & 1 ? UINT64_MAX : 0));
}

static unsigned count_bits(uint64_t u)
{
	return u ? 64 - (unsigned)__builtin_clzll(u) : 0;
}

/* ---- gathering ----------------------------------------------------------------------------------- */

static size_t slot_of(const struct columns_out *o, uint32_t key)
{
	size_t i = (key * UINT32_C(2654435769)) >> 8 & (o->slots - 1);
	while (o->slot[i] && o->c[o->slot[i] - 1].key != key)
		i = (i + 1) & (o->slots - 1);
	return i;
}

static bool grow_slots(struct columns_out *o)
{
	const size_t slots = o->slots ? 2 * o->slots : SLOTS_FIRST;
	uint32_t *slot = calloc(slots, sizeof *slot);
	if (!slot)
		return false;
	free(o->slot);
	o->slot = slot;
	o->slots = slots;
	for (size_t i = 0; i < o->n; i++)
		slot[slot_of(o, o->c[i].key)] = (uint32_t)i + 1;
	return true;
}

static struct column_out *add_column(struct columns_out *o, uint32_t key, bool numbers)
{
	if (o->n == o->cap) {
		const size_t cap = o->cap ? 2 * o->cap : 64;
		struct column_out *c = realloc(o->c, cap * sizeof *c);
		if (!c)
			return NULL;
		o->c = c;
		o->cap = cap;
	}
	o->c[o->n] = (struct column_out){.key = key, .numbers = numbers};
	o->slot[slot_of(o, key)] = (uint32_t)o->n + 1;
	return &o->c[o->n++];
}

/* The column of a key; it was used last from now on. */
static struct column_out *find_column(struct columns_out *o, uint32_t key, bool numbers)
{
	if (2 * o->n >= o->slots && !grow_slots(o)) {
		o->oom = true;
		return NULL;
	}
	const uint32_t at = o->slot[slot_of(o, key)];
	struct column_out *c = at ? &o->c[at - 1] : add_column(o, key, numbers);
	if (!c) {
		o->oom = true;
		return NULL;
	}
	if (o->last < o->n)
		o->c[o->last].after = (uint32_t)(c - o->c);
	o->last = (size_t)(c - o->c);
	return c;
}

/* Things alike come in one order, so it is nearly always the one that came after the last one before. */
static inline struct column_out *column_of(struct columns_out *o, uint32_t key, bool numbers)
{
	const size_t next = o->last < o->n ? o->c[o->last].after : o->n;
	struct column_out *c = next < o->n ? &o->c[next] : NULL;
	if (c && c->key == key)
		o->last = next;
	else
		c = find_column(o, key, numbers);
	assert(!c || c->numbers == numbers);
	return c;
}

static void put_some(struct columns_out *o, uint32_t key, const void *p, size_t n)
{
	struct column_out *c = column_of(o, key, false);
	if (!c)
		return;
	buf_add(&c->data, p, n);
	o->gathered += n;
	o->oom = o->oom || c->data.oom;
}

void columns_put(struct columns_out *o, uint32_t key, uint64_t u)
{
	struct column_out *c = column_of(o, key, true);
	if (!c || !buf_reserve(&c->data, sizeof u)) {
		o->oom = true;
		return;
	}
	memcpy(c->data.p + c->data.n, &u, sizeof u);
	c->data.n += sizeof u;
	o->gathered += sizeof u;
}

void columns_put_bytes(struct columns_out *o, uint32_t key, const void *p, size_t n)
{
	put_some(o, key, p, n);
}

void columns_put_text(struct columns_out *o, uint32_t key, const char *s, size_t n)
{
	assert(!memchr(s, '\0', n));
	put_some(o, key, s, n);
	put_some(o, key, "", 1);
}

uint64_t *columns_numbers(struct column_out *c, size_t *n)
{
	assert(c->numbers);
	*n = c->data.n / sizeof(uint64_t);
	return (uint64_t *)(void *)c->data.p;
}

void columns_free(struct columns_out *o)
{
	for (size_t i = 0; i < o->n; i++)
		buf_wipe_grown(&o->c[i].data);
	free(o->c);
	free(o->slot);
	*o = (struct columns_out){0};
}

/* ---- writing a body ------------------------------------------------------------------------------ */

/* How a column's numbers will stand; `v` is them on the way in, and then what stands. */
struct layout {
	enum column_kind kind;
	uint64_t *v;
	size_t n;
	uint64_t first, least, step;
	uint8_t width;
};

static uint64_t least_number(const uint64_t *v, size_t n)
{
	int64_t least = (int64_t)v[0];
	for (size_t i = 1; i < n; i++)
		least = (int64_t)v[i] < least ? (int64_t)v[i] : least;
	return (uint64_t)least;
}

/* Numbers in no order have differences that look shorter than they are, as they gather around 0: so these must save
 * half a bit each. */
static enum column_kind choose_kind(const uint64_t *v, size_t n, uint64_t least)
{
	uint64_t as_numbers = count_bits(v[0] - least), as_differences = 0;
	for (size_t i = 1; i < n; i++) {
		as_numbers += count_bits(v[i] - least);
		as_differences += count_bits(difference(v[i - 1], v[i]));
	}
	return n < 3 || as_numbers <= as_differences + n / 2 ? COLUMN_NUMBERS : COLUMN_DIFFERENCES;
}

static uint64_t common_divisor(uint64_t x, uint64_t y)
{
	while (y) {
		const uint64_t rest = x % y;
		x = y;
		y = rest;
	}
	return x;
}

/* Take off what all have in common: the least, and the step between them. */
static void reduce(struct layout *l)
{
	uint64_t most = 0;
	l->step = 0;
	for (size_t i = 0; i < l->n; i++) {
		l->v[i] -= l->least;
		most = l->v[i] > most ? l->v[i] : most;
		if (l->step != 1 && l->v[i] % (l->step ? l->step : 1) != 0)
			l->step = common_divisor(l->v[i], l->step);
		else if (l->step == 0)
			l->step = l->v[i];
	}
	l->step = l->step ? l->step : 1;
	for (size_t i = 0; l->step > 1 && i < l->n; i++)
		l->v[i] /= l->step;
	l->width = (uint8_t)((count_bits(most / l->step) + 7) / 8);
	assert(l->width <= COLUMN_WIDTH_MOST);
	assert(most % l->step == 0);
}

static struct layout lay_out(uint64_t *v, size_t n)
{
	const uint64_t least = least_number(v, n);
	struct layout l = {.kind = choose_kind(v, n, least), .v = v, .n = n, .first = least, .least = least};
	if (l.kind == COLUMN_DIFFERENCES) {
		l.first = v[0];
		for (size_t i = n - 1; i > 0; i--)
			v[i] = difference(v[i - 1], v[i]);
		l.v = v + 1;
		l.n = n - 1;
		l.least = l.v[0];
		for (size_t i = 1; i < l.n; i++)
			l.least = l.v[i] < l.least ? l.v[i] : l.least;
	}
	reduce(&l);
	if (n > COLUMN_FREE && l.width == 0)
		l.width = 1;
	return l;
}

static void add_part(struct buf *parts, size_t n)
{
	buf_add(parts, &n, sizeof n);
}

static void put_planes(struct buf *data, struct buf *parts, const struct layout *l)
{
	if (!buf_reserve(data, l->n * (size_t)l->width))
		return;
	for (int k = 0; k < l->width; k++) {
		uint8_t *p = (uint8_t *)data->p + data->n;
		for (size_t i = 0; i < l->n; i++)
			p[i] = (uint8_t)(l->v[i] >> 8 * k);
		data->n += l->n;
		add_part(parts, l->n);
	}
	assert(data->n < data->cap);
}

/* The head goes into `heads`, what stands into `data`. */
static void put_column(struct column_out *c, struct buf *heads, struct buf *data, struct buf *parts)
{
	if (!c->numbers) {
		buf_addc(heads, COLUMN_BYTES << 4);
		varint_put(heads, c->data.n);
		buf_add(data, c->data.p, c->data.n);
		add_part(parts, c->data.n);
		return;
	}
	size_t n;
	uint64_t *v = columns_numbers(c, &n);
	const struct layout l = lay_out(v, n);
	assert(n > 0);
	buf_addc(heads, (char)((unsigned)l.kind << 4 | l.width));
	varint_put(heads, n);
	varint_put(heads, zigzag((int64_t)l.first));
	if (l.kind == COLUMN_DIFFERENCES)
		varint_put(heads, l.least);
	varint_put(heads, l.step);
	put_planes(data, parts, &l);
}

static int compare_keys(const void *x, const void *y)
{
	const struct column_out *a = x, *b = y;
	return (a->key > b->key) - (a->key < b->key);
}

int columns_write(struct columns_out *o, struct buf *body, struct buf *parts)
{
	struct buf heads = {0}, data = {0}, data_parts = {0};
	uint32_t before = 0;
	if (o->oom || o->n > COLUMNS_MOST)
		return o->oom ? ERR_NOMEM : ERR_DATA;
	if (o->n)
		qsort(o->c, o->n, sizeof *o->c, compare_keys);
	varint_put(&heads, o->n);
	for (size_t i = 0; i < o->n; i++) {
		varint_put(&heads, o->c[i].key - before);
		put_column(&o->c[i], &heads, &data, &data_parts);
		buf_wipe_grown(&o->c[i].data);
		before = o->c[i].key;
	}
	add_part(parts, heads.n);
	buf_add(parts, data_parts.p, data_parts.n);
	buf_add(body, heads.p, heads.n);
	buf_add(body, data.p, data.n);
	const bool oom = heads.oom || data.oom || data_parts.oom || body->oom || parts->oom;
	buf_wipe_grown(&heads);
	buf_wipe_grown(&data);
	buf_free(&data_parts);
	columns_free(o);
	return oom ? ERR_NOMEM : OK;
}

/* ---- reading ------------------------------------------------------------------------------------- */

/* How many bytes of data a column has; false when no body can have so many. */
static bool data_length(const struct column *c, uint64_t most, uint64_t *out)
{
	if (c->kind == COLUMN_BYTES || c->width == 0) {
		*out = c->kind == COLUMN_BYTES ? c->n : 0;
		return c->kind == COLUMN_BYTES || c->n <= COLUMN_FREE;
	}
	const uint64_t items = c->n - (c->kind == COLUMN_DIFFERENCES);
	*out = items * c->width;
	return items <= most;
}

static bool get_head(struct cursor *in, struct column *c, uint64_t most)
{
	uint64_t n, zigzagged;
	if (in->p == in->end)
		return false;
	c->kind = *in->p >> 4;
	c->width = *in->p++ & 15;
	if (c->kind >= COLUMN_KINDS || c->width > COLUMN_WIDTH_MOST || !varint_get(in, &n) || n == 0 ||
		n > SIZE_MAX / 16)
		return false;
	c->n = (size_t)n;
	if (c->kind == COLUMN_BYTES)
		return c->width == 0 && n <= most;
	if (!varint_get(in, &zigzagged))
		return false;
	c->first = (uint64_t)unzigzag(zigzagged);
	if (c->kind == COLUMN_DIFFERENCES && (n < 2 || !varint_get(in, &c->least)))
		return false;
	return varint_get(in, &c->step) && c->step > 0;
}

static bool get_columns(struct columns *cs, struct cursor *in)
{
	uint64_t key = 0, more, length;
	for (size_t i = 0; i < cs->n; i++) {
		struct column *c = &cs->c[i];
		if (!varint_get(in, &more) || (more == 0 && i > 0) || more > UINT32_MAX - key ||
			!get_head(in, c, cursor_left(in)))
			return false;
		key += more;
		c->key = (uint32_t)key;
	}
	for (size_t i = 0; i < cs->n; i++) {
		struct column *c = &cs->c[i];
		if (!data_length(c, cursor_left(in), &length) || length > cursor_left(in))
			return false;
		c->p = in->p;
		in->p += length;
		assert(in->p <= in->end);
	}
	return in->p == in->end;
}

int columns_open(struct columns *cs, const uint8_t *body, size_t n)
{
	struct cursor in = {body, body + n};
	uint64_t count;
	*cs = (struct columns){0};
	if (!varint_get(&in, &count) || count > COLUMNS_MOST || count > cursor_left(&in) / HEAD_LEAST)
		return ERR_CORRUPT;
	cs->c = calloc(count ? (size_t)count : 1, sizeof *cs->c);
	if (!cs->c)
		return ERR_NOMEM;
	cs->n = (size_t)count;
	if (get_columns(cs, &in))
		return OK;
	columns_close(cs);
	return ERR_CORRUPT;
}

void columns_close(struct columns *cs)
{
	free(cs->c);
	*cs = (struct columns){0};
}

struct column *columns_find(const struct columns *cs, uint32_t key)
{
	size_t low = 0, high = cs->n;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (cs->c[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	assert(low <= cs->n);
	return low < cs->n && cs->c[low].key == key ? &cs->c[low] : NULL;
}

/* What stands at a place, from its planes. */
static uint64_t standing(const struct column *c, size_t i, size_t n)
{
	uint64_t u = 0;
	assert(i < n);
	for (unsigned k = 0; k < c->width; k++)
		u |= (uint64_t)c->p[k * n + i] << 8 * k;
	return u * c->step;
}

bool column_number(struct column *c, uint64_t *out)
{
	if (!c || c->kind == COLUMN_BYTES || c->at == c->n)
		return false;
	if (c->kind == COLUMN_NUMBERS)
		c->last = c->first + standing(c, c->at, c->n);
	else if (c->at == 0)
		c->last = c->first;
	else
		c->last = add_difference(c->last, c->least + standing(c, c->at - 1, c->n - 1));
	c->at++;
	assert(c->at <= c->n);
	*out = c->last;
	return true;
}

bool column_bytes(struct column *c, size_t n, const uint8_t **out)
{
	if (!c || c->kind != COLUMN_BYTES || n > c->n - c->at)
		return false;
	*out = c->p + c->at;
	c->at += n;
	return true;
}

bool column_text(struct column *c, const char **s, size_t *n)
{
	const uint8_t *bytes, *end;
	if (!c || c->kind != COLUMN_BYTES)
		return false;
	bytes = c->p + c->at;
	end = memchr(bytes, '\0', c->n - c->at);
	if (!end || !cbor_is_text(bytes, (size_t)(end - bytes)))
		return false;
	*s = (const char *)bytes;
	*n = (size_t)(end - bytes);
	c->at += *n + 1;
	assert(c->at <= c->n);
	return true;
}

size_t column_left(const struct column *c)
{
	return c ? c->n - c->at : 0;
}

void columns_mark(struct columns *cs)
{
	for (size_t i = 0; i < cs->n; i++) {
		cs->c[i].mark = cs->c[i].at;
		cs->c[i].mark_last = cs->c[i].last;
	}
}

void columns_rewind(struct columns *cs)
{
	for (size_t i = 0; i < cs->n; i++) {
		cs->c[i].at = cs->c[i].mark;
		cs->c[i].last = cs->c[i].mark_last;
	}
}

bool columns_finished(const struct columns *cs)
{
	for (size_t i = 0; i < cs->n; i++)
		if (cs->c[i].at != cs->c[i].n)
			return false;
	return true;
}
