/* tests/segmenttest.c - see segmenttest.h. */
#include "tests/segmenttest.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "store/codec.h"
#include "store/register.h"

const uint64_t SAMPLE_AUTHOR = 0x71b0e6a2c9d4435;
static const uint64_t others[] = {0x3a91c55d08e2f47, 0xc40f9b7318ad552, 1, 0xfffffffffffffff};
enum { OTHERS = sizeof others / sizeof *others, RECORDS_MOST = 5, FIELDS_MOST = 12 };

static uint64_t below(struct sample *s, uint64_t n)
{
	return prng_below(&s->r, n);
}

/* ---- ids ----------------------------------------------------------------------------------------- */

static bool answer(void *ctx, int type, struct id id, struct origin *out)
{
	struct sample *s = ctx;
	(void)type;
	for (size_t i = 0; i < SAMPLE_IDS; i++)
		if (s->origin[i].kind != ORIGIN_NONE && id_equal(s->id[i], id)) {
			*out = s->origin[i];
			out->number += s->lies && i % 3 == 0;
			return true;
		}
	*out = (struct origin){.kind = ORIGIN_ASSIGNMENT};
	return s->lies;
}

static struct id random_id(struct sample *s)
{
	struct id id;
	for (size_t i = 0; i < sizeof id.b; i++)
		id.b[i] = (uint8_t)below(s, 256);
	return id;
}

static void make_id(struct sample *s, size_t i)
{
	struct origin *o = &s->origin[i];
	const struct id from = i ? s->id[below(s, i)] : ID_NONE, to = i ? s->id[below(s, i)] : ID_NONE;
	switch (i < 8 ? 0 : i % 8) {
	case 1:
	case 2:
		*o = (struct origin){ORIGIN_ASSIGNMENT, from, to, 0};
		s->id[i] = id_assignment(from, to);
		break;
	case 3:
		*o = (struct origin){ORIGIN_LINK, from, to, 1 + (int32_t)below(s, 255)};
		s->id[i] = id_link(o->number, from, to);
		break;
	case 4:
		*o = (struct origin){ORIGIN_DATED, from, ID_NONE, (int32_t)below(s, 60000) - 20000};
		s->id[i] = id_dated(from, o->number);
		break;
	case 5: s->id[i] = random_id(s); break;
	default:
		s->id[i] = id_make(i % 3 ? SAMPLE_AUTHOR : others[below(s, OTHERS)],
			i == 7 ? (UINT64_C(1) << ID_COUNTER_BITS) - 1 : below(s, 5000));
	}
}

void sample_begin(struct sample *s, struct arena *a, uint64_t seed)
{
	*s = (struct sample){.a = a, .r = {seed}, .counter = 7000, .clock = 1764576000};
	s->names = (struct segment_names){answer, s};
	for (size_t i = 0; i < SAMPLE_IDS; i++)
		make_id(s, i);
}

/* ---- values -------------------------------------------------------------------------------------- */

static struct value bytes_value(struct sample *s, enum vtag tag, const void *p, size_t n)
{
	char *copy = arena_alloc(s->a, n + 1);
	memcpy(copy, p, n);
	return (struct value){.tag = tag, .text = {copy, (uint32_t)n}};
}

static struct value text_value(struct sample *s)
{
	static const char *const texts[] = {"Søren", "Ændret: Læseven", "", "20838797", "a\nb", "日本"};
	if (below(s, 40) > 0) {
		const char *text = texts[below(s, sizeof texts / sizeof *texts)];
		return bytes_value(s, V_TEXT, text, strlen(text));
	}
	char long_text[3000];
	memset(long_text, 'x', sizeof long_text);
	return bytes_value(s, V_TEXT, long_text, 1 + below(s, sizeof long_text));
}

static struct value raw_value(struct sample *s)
{
	static const struct {
		const char *p;
		size_t n;
	} raws[] = {
		{"\x40", 1},
		{"\x43\x01\x02\x03", 4},
		{"\xf4", 1},
		{"\xf5", 1},
		{"\x82\x01\x81\x61\x61", 5},
		{"\x1b\xff\xff\xff\xff\xff\xff\xff\xff", 9},
		{"\x80", 1},
	};
	const size_t i = below(s, sizeof raws / sizeof *raws);
	return bytes_value(s, V_RAW, raws[i].p, raws[i].n);
}

static struct value int_value(struct sample *s)
{
	static const int64_t ints[] = {0, 1, -1, 20000, INT64_MAX, INT64_MIN, 4};
	return value_int(below(s, 3) ? 29000000 + 15 * (int64_t)below(s, 5000) : ints[below(s, 7)]);
}

struct value sample_value(struct sample *s)
{
	switch (below(s, 8)) {
	case 0: return value_none();
	case 1: return raw_value(s);
	case 2:
	case 3: return text_value(s);
	case 4:
	case 5: return value_id(below(s, 9) ? s->id[below(s, SAMPLE_IDS)] : random_id(s));
	default: return int_value(s);
	}
}

/* Now and then what a record of a real type has in the field. */
static struct value field_value(struct sample *s, int type, int field, struct id id)
{
	if (field == FIELD_ALIVE && below(s, 8))
		return value_int(below(s, 4) > 0);
	for (size_t i = 0; i < SAMPLE_IDS; i++) {
		const struct origin *o = &s->origin[i];
		if (o->kind == ORIGIN_NONE || !id_equal(s->id[i], id) || below(s, 3) == 0)
			continue;
		if (type == TYPE_LINK && field == F_LINK_KIND)
			return value_int(o->number);
		if (type == TYPE_LINK || type == TYPE_ASSIGNMENT)
			return value_id(below(s, 2) ? o->from : o->to);
	}
	return sample_value(s);
}

/* ---- groups -------------------------------------------------------------------------------------- */

struct head {
	uint8_t type;
	struct id id;
};

static int compare_heads(const void *x, const void *y)
{
	const struct head *a = x, *b = y;
	return a->type != b->type ? (a->type > b->type) - (a->type < b->type) : id_compare(a->id, b->id);
}

static struct id head_id(struct sample *s)
{
	if (below(s, 3) == 0)
		return id_make(SAMPLE_AUTHOR, s->counter++);
	return s->id[below(s, SAMPLE_IDS)];
}

static size_t draw_heads(struct sample *s, struct head *h, size_t most)
{
	static const uint8_t types[] = {
		TYPE_VOLUNTEER, TYPE_SHIFT, TYPE_ASSIGNMENT, TYPE_ASSIGNMENT, TYPE_LINK, 200, 0};
	size_t n = below(s, most + 1), kept = 0;
	for (size_t i = 0; i < n; i++)
		h[i] = (struct head){types[below(s, sizeof types)], head_id(s)};
	qsort(h, n, sizeof *h, compare_heads);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || compare_heads(&h[kept - 1], &h[i]) != 0)
			h[kept++] = h[i];
	return kept;
}

static void draw_writes(struct sample *s, struct group *g)
{
	struct head h[RECORDS_MOST];
	struct write *w = arena_alloc(s->a, RECORDS_MOST * FIELDS_MOST * sizeof *w);
	const size_t n = draw_heads(s, h, below(s, 3) ? 1 : RECORDS_MOST);
	for (size_t i = 0; i < n; i++) {
		const uint64_t share = 1 + below(s, 4);
		for (int field = 0, first = 1; field < FIELDS_MOST; field++)
			if (below(s, share) == 0 || (field == FIELDS_MOST - 1 && first)) {
				const int no = field == 11 ? 255 : field;
				w[g->nwrites++] = (struct write){.type = h[i].type,
					.field = (uint8_t)no,
					.id = h[i].id,
					.v = field_value(s, h[i].type, no, h[i].id)};
				first = 0;
			}
	}
	g->writes = w;
}

static void draw_seen(struct sample *s, struct group *g)
{
	struct seen *seen = arena_alloc(s->a, OTHERS * sizeof *seen);
	static const uint64_t ascending[] = {1, 0x3a91c55d08e2f47, 0xc40f9b7318ad552};
	for (size_t i = 0; i < sizeof ascending / sizeof *ascending; i++)
		if (below(s, 2))
			seen[g->nseen++] = (struct seen){{ascending[i], 1 + below(s, 900)}, prng_next(&s->r)};
	g->seen = seen;
}

static void draw_group(struct sample *s, struct group *g)
{
	static const char *const persons[] = {"Mette Holm", "Åse Lund", ""};
	g->person = persons[below(s, 3)];
	g->act = (uint8_t)(below(s, 20) ? below(s, 8) : below(s, 256));
	s->clock += below(s, 9) ? (int64_t)below(s, 100) : (int64_t)below(s, 90000) - 40000;
	g->clock = s->clock;
	draw_writes(s, g);
	for (size_t i = 0; i < 3 && below(s, 4); i++) {
		g->arg[i] = sample_value(s);
		if (g->nwrites && below(s, 3))
			g->arg[i] = value_id(g->writes[below(s, g->nwrites)].id);
	}
	if (below(s, 6) == 0)
		g->undoes =
			(struct dot){below(s, 2) ? SAMPLE_AUTHOR : others[below(s, OTHERS)], below(s, g->dot.no + 2)};
	if (below(s, 6) == 0)
		draw_seen(s, g);
}

struct group *sample_groups(struct sample *s, uint64_t first, size_t n)
{
	struct group *g = arena_alloc(s->a, (n ? n : 1) * sizeof *g);
	for (size_t i = 0; i < n; i++) {
		g[i] = (struct group){.dot = {SAMPLE_AUTHOR, first + i}};
		draw_group(s, &g[i]);
	}
	return g;
}

bool same_groups(const struct group *x, const struct group *y)
{
	struct buf a = {0}, b = {0};
	const bool same = dot_equal(x->dot, y->dot) && codec_put_group(&a, x) == OK && codec_put_group(&b, y) == OK &&
		a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
	buf_free(&a);
	buf_free(&b);
	return same;
}

/* ---- records ------------------------------------------------------------------------------------- */

static struct stamp draw_stamp(struct sample *s)
{
	const uint64_t no = 1 + below(s, 50);
	const size_t from = below(s, OTHERS);
	return (struct stamp){{others[from], no}, 1764000000 + 31 * (int64_t)no};
}

/* By the rules of merging, so that shown values and those beside stand as in a store. */
static void draw_rec(struct sample *s, struct rec *r)
{
	const struct vector none = {NULL, 0};
	const size_t writes = 1 + below(s, 20);
	const uint64_t fields = 1 + below(s, 12);
	for (size_t i = 0; i < writes; i++) {
		const int field = (int)below(s, fields);
		const struct stamp at = draw_stamp(s);
		struct rec_field there[64];
		const size_t n = register_values(r, field, there, 64);
		bool met = false;
		for (size_t k = 0; k < n && k < 64; k++)
			met = met || dot_equal(there[k].at.dot, at.dot);
		if (!met)
			register_write(s->a, r, field, field_value(s, r->type, field, r->id), at,
				below(s, 3) ? NULL : &none, &none);
	}
}

struct rec **sample_recs(struct sample *s, size_t *n)
{
	struct head *h = arena_alloc(s->a, (*n + 1) * sizeof *h);
	struct rec **v = arena_alloc(s->a, (*n + 1) * sizeof *v);
	size_t drawn = 0;
	while (drawn < *n) {
		struct head one[1];
		if (draw_heads(s, one, 1) > 0)
			h[drawn++] = one[0];
	}
	qsort(h, drawn, sizeof *h, compare_heads);
	*n = 0;
	for (size_t i = 0; i < drawn; i++) {
		if (i > 0 && compare_heads(&h[i - 1], &h[i]) == 0)
			continue;
		struct rec *r = v[*n] = arena_alloc(s->a, sizeof *r);
		*r = (struct rec){.type = h[i].type, .id = h[i].id};
		draw_rec(s, r);
		*n += 1;
	}
	return v;
}

struct peer *sample_peers(struct sample *s, size_t n)
{
	struct peer *p = arena_alloc(s->a, (n + 1) * sizeof *p);
	for (size_t i = 0; i < n; i++) {
		struct seen *seen = arena_alloc(s->a, (i + 1) * sizeof *seen);
		p[i] = (struct peer){.inc = 10 * (i + 1), .no = 1 + below(s, 1000), .clock = s->clock};
		memset(p[i].chain, (int)i, CHAIN);
		for (size_t k = 0; k < i; k++)
			seen[k] = (struct seen){{10 * (k + 1), 1 + below(s, 1000)}, prng_next(&s->r)};
		p[i].context = (struct vector){seen, i};
	}
	return p;
}

bool same_recs(const struct rec *x, const struct rec *y)
{
	struct buf a = {0}, b = {0};
	const bool same = x->type == y->type && id_equal(x->id, y->id) && x->alive == y->alive &&
		stamp_compare(x->at, y->at) == 0 && codec_put_rec(&a, x) == OK && codec_put_rec(&b, y) == OK &&
		a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
	buf_free(&a);
	buf_free(&b);
	return same;
}

/* ---- keys ---------------------------------------------------------------------------------------- */

void sample_keys(struct sample_keys *k)
{
	uint8_t seed[crypto_sign_SEEDBYTES], unused[SEGMENT_SECRET];
	if (sodium_init() < 0)
		abort();
	memset(seed, 1, sizeof seed);
	crypto_sign_seed_keypair(k->public, k->secret, seed);
	memset(seed, 2, sizeof seed);
	crypto_sign_seed_keypair(k->other_public, unused, seed);
	memset(k->key, 3, sizeof k->key);
	memset(k->other_key, 4, sizeof k->other_key);
}

struct segment_head sample_head(void)
{
	static const struct seen seen[] = {{{5, 70}, 700}, {{0x71b0e6a2c9d4435, 12}, UINT64_MAX}};
	struct segment_head h = {.inc = SAMPLE_AUTHOR,
		.partition = 1,
		.first = 4,
		.clock_first = -1,
		.clock_last = 9,
		.written = SEGMENT_SCHEMA_PLAIN,
		.needed = SEGMENT_SCHEMA_PLAIN,
		.vector = {seen, 2}};
	memset(h.ring, 0x11, sizeof h.ring);
	memset(h.before, 0x22, sizeof h.before);
	memset(h.after, 0x33, sizeof h.after);
	memset(h.digest, 0x44, sizeof h.digest);
	memset(h.epoch, 0x55, sizeof h.epoch);
	return h;
}

uint8_t *exact_copy(const void *p, size_t n)
{
	uint8_t *copy = malloc(n ? n : 1);
	if (!copy)
		abort();
	memcpy(copy, p, n);
	return copy;
}

void check_altered(const struct buf *body, uint64_t seed, reads_body *read, void *ctx)
{
	struct prng r = {seed};
	size_t refused = 0, done = 0;
	for (int i = 0; i < 20000; i++) {
		uint8_t *copy = exact_copy(body->p, body->n);
		for (uint64_t k = 1 + prng_below(&r, 3); k > 0; k--)
			copy[prng_below(&r, body->n)] = (uint8_t)prng_next(&r);
		const size_t n = body->n - (prng_below(&r, 8) ? 0 : prng_below(&r, body->n));
		uint8_t *cut = exact_copy(copy, n);
		const int rc = read(ctx, cut, n);
		done += rc == OK;
		refused += rc == ERR_CORRUPT;
		free(cut);
		free(copy);
	}
	ok(refused > 0 && done > 0 && refused + done == 20000, "altered bodies are refused or read: %zu, %zu", refused, done);
}
