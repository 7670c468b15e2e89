/* tests/t_segment.c - segments: groups of every kind come back, equal ones are equal bytes, and of altered or cut files
 * nothing is believed. */
#include "sync/segment.h"

#include <stdlib.h>
#include <string.h>

#include "store/be.h"
#include "sync/envelope.h"
#include "sync/pack.h"
#include "tests/segmenttest.h"

static const uint8_t nonce[ENVELOPE_NONCE] = {9, 8, 7};

/* ---- bodies -------------------------------------------------------------------------------------- */

static int pack_all(const struct group *g, size_t n, const struct segment_names *names, struct buf *body)
{
	struct pack k;
	struct buf parts = {0};
	int rc = OK;
	pack_begin(&k, names);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = pack_group(&k, &g[i]);
	if (rc == OK)
		rc = pack_end(&k, body, &parts);
	pack_free(&k);
	buf_free(&parts);
	return rc;
}

static bool unpacks_to(const struct buf *body, const struct group *g, size_t n)
{
	struct unpack u;
	struct arena *a = arena_new();
	struct group *got;
	const struct dot first = {SAMPLE_AUTHOR, n ? g->dot.no : 1};
	uint8_t *copy = exact_copy(body->p, body->n);
	bool same = unpack_open(&u, copy, body->n, first, n) == OK;
	for (size_t i = 0; same && i < n; i++)
		same = unpack_next(&u, a, &got) && same_groups(&g[i], got);
	same = same && !unpack_next(&u, a, &got);
	unpack_close(&u);
	free(copy);
	arena_free(a);
	return same;
}

static void test_random(void)
{
	bool back = true, unasked = true, lied = true, canonical = true;
	for (uint64_t seed = 1; seed <= 150; seed++) {
		struct arena *a = arena_new();
		struct sample s;
		struct buf x = {0}, y = {0}, z = {0}, lies = {0};
		sample_begin(&s, a, seed);
		const size_t n = (size_t)prng_below(&s.r, 60);
		struct group *g = sample_groups(&s, 1 + seed, n);
		back = back && pack_all(g, n, &s.names, &x) == OK && unpacks_to(&x, g, n);
		unasked = unasked && pack_all(g, n, NULL, &y) == OK && unpacks_to(&y, g, n);
		canonical = canonical && pack_all(g, n, &s.names, &z) == OK && x.n == z.n && memcmp(x.p, z.p, x.n) == 0;
		s.lies = true;
		lied = lied && pack_all(g, n, &s.names, &lies) == OK && unpacks_to(&lies, g, n);
		if (!back || !unasked || !canonical || !lied) {
			diag("seed %d", (int)seed);
			break;
		}
		buf_free(&x);
		buf_free(&y);
		buf_free(&z);
		buf_free(&lies);
		arena_free(a);
	}
	ok(back, "groups of every kind come back");
	ok(unasked, "also when nobody knows what ids are made of");
	ok(lied, "and when somebody says it wrongly");
	ok(canonical, "the same groups are the same bytes");
}

/* Groups that can't be written. */
static void test_unwritable(void)
{
	struct arena *a = arena_new();
	struct sample s;
	struct buf body = {0};
	sample_begin(&s, a, 3);
	struct group *g = sample_groups(&s, 10, 3);
	g[2].dot.no = 14;
	is_int(pack_all(g, 3, NULL, &body), ERR_DATA, "a number left out is refused");
	g[2].dot = (struct dot){5, 12};
	is_int(pack_all(g, 3, NULL, &body), ERR_DATA, "so is another author");
	g[2].dot = (struct dot){SAMPLE_AUTHOR, 12};
	struct write w[2] = {{.type = 4, .field = 2, .id = s.id[0], .v = value_int(1)},
		{.type = 4, .field = 2, .id = s.id[0], .v = value_int(2)}};
	g[2].writes = w;
	g[2].nwrites = 2;
	is_int(pack_all(g, 3, NULL, &body), ERR_DATA, "and a field written twice");
	w[1].field = 3;
	w[1].v = value_text("\xc3");
	is_int(pack_all(g, 3, NULL, &body), ERR_DATA, "and text that isn't UTF-8");
	is_int((intmax_t)body.n, 0, "nothing was written");
	arena_free(a);
	buf_free(&body);
}

/* ---- what is small ------------------------------------------------------------------------------- */

static struct group assignment(struct arena *a, uint64_t no, struct id shift, struct id volunteer, bool made)
{
	struct write *w = arena_alloc(a, 4 * sizeof *w);
	const struct id id = id_assignment(shift, volunteer);
	struct group g = {.dot = {SAMPLE_AUTHOR, no},
		.clock = 1764576000 + 7 * (int64_t)no,
		.person = "Mette Holm",
		.act = 4,
		.arg = {value_id(volunteer), value_id(shift)},
		.writes = w};
	if (made) {
		w[g.nwrites++] = (struct write){.type = TYPE_ASSIGNMENT, .field = 0, .id = id, .v = value_int(1)};
		w[g.nwrites++] = (struct write){.type = TYPE_ASSIGNMENT, .field = 1, .id = id, .v = value_id(shift)};
		w[g.nwrites++] =
			(struct write){.type = TYPE_ASSIGNMENT, .field = 2, .id = id, .v = value_id(volunteer)};
	}
	w[g.nwrites++] = (struct write){.type = TYPE_ASSIGNMENT, .field = 5, .id = id, .v = value_int(3)};
	return g;
}

struct pair {
	struct id shift, volunteer;
};

static bool knows(void *ctx, int type, struct id id, struct origin *out)
{
	const struct pair *p = ctx;
	if (type != TYPE_ASSIGNMENT)
		return false;
	for (int i = 0; i < 400; i++)
		if (id_equal(id_assignment(p[i].shift, p[i].volunteer), id)) {
			*out = (struct origin){ORIGIN_ASSIGNMENT, p[i].shift, p[i].volunteer, 0};
			return true;
		}
	return false;
}

/* Two bytes for a shift out of 60,000, one for a volunteer out of 250, and no more. */
static void test_small(void)
{
	struct arena *a = arena_new();
	struct prng r = {5};
	struct pair p[400];
	struct group g[400];
	struct buf made = {0}, told = {0}, edited = {0}, unknown = {0};
	const struct segment_names names = {knows, p};
	for (size_t i = 0; i < 400; i++) {
		p[i].shift = id_make(77, 1 + prng_below(&r, 60000));
		p[i].volunteer = id_make(77, 100000 + prng_below(&r, 250));
		g[i] = assignment(a, i + 1, p[i].shift, p[i].volunteer, true);
	}
	ok(pack_all(g, 400, NULL, &made) == OK && unpacks_to(&made, g, 400), "400 people on shifts");
	ok(made.n < 400 * 3 + 200, "take three bytes each: %zu", made.n);
	for (size_t i = 0; i < 400; i++)
		g[i] = assignment(a, i + 1, p[i].shift, p[i].volunteer, false);
	ok(pack_all(g, 400, NULL, &told) == OK && unpacks_to(&told, g, 400) && told.n < 400 * 3 + 200,
		"no more do changes whose sentences name the two: %zu", told.n);
	for (size_t i = 0; i < 400; i++) {
		g[i].arg[0] = value_id(g[i].writes->id);
		g[i].arg[1] = value_none();
	}
	ok(pack_all(g, 400, &names, &edited) == OK && unpacks_to(&edited, g, 400), "changed later");
	ok(edited.n < 400 * 3 + 200, "they take no more, if it's known who they are: %zu", edited.n);
	ok(pack_all(g, 400, NULL, &unknown) == OK && unpacks_to(&unknown, g, 400) && unknown.n > 400 * 16,
		"and 16 bytes and more if not");
	arena_free(a);
	buf_free(&made);
	buf_free(&told);
	buf_free(&edited);
	buf_free(&unknown);
}

/* The id of nothing doesn't follow from a link that can't be. */
static void test_nothing(void)
{
	struct arena *a = arena_new();
	struct buf body = {0};
	struct write w[] = {{.type = TYPE_LINK, .field = F_LINK_FROM, .v = value_id(id_make(7, 1))},
		{.type = TYPE_LINK, .field = F_LINK_TO, .v = value_id(ID_NONE)}};
	struct group g = {.dot = {SAMPLE_AUTHOR, 1}, .writes = w, .nwrites = 2};
	ok(pack_all(&g, 1, NULL, &body) == OK && unpacks_to(&body, &g, 1), "a link of no kind between nothings");
	arena_free(a);
	buf_free(&body);
}

/* ---- files --------------------------------------------------------------------------------------- */

struct file {
	struct arena *a;
	struct sample s;
	struct sample_keys keys;
	struct group *g;
	size_t n;
	struct buf b;
};

static void file_make(struct file *f, size_t n, enum segment_level level)
{
	struct buf body = {0}, parts = {0};
	struct pack k;
	struct segment_head head = sample_head();
	*f = (struct file){.a = arena_new(), .n = n};
	sample_begin(&f->s, f->a, 42);
	sample_keys(&f->keys);
	f->g = sample_groups(&f->s, 4, n);
	pack_begin(&k, &f->s.names);
	for (size_t i = 0; i < n; i++)
		pack_group(&k, &f->g[i]);
	head.count = n;
	ok(pack_end(&k, &body, &parts) == OK &&
			envelope_seal(&head, &body, &parts, level, f->keys.key, f->keys.secret, nonce, &f->b, NULL) ==
				OK,
		"a file is made");
	pack_free(&k);
	buf_free(&body);
	buf_free(&parts);
}

static void file_free(struct file *f)
{
	buf_free(&f->b);
	arena_free(f->a);
}

/* Everything that a reader does. OK only when it is believed to the end. */
static int read_file(const struct file *f, const void *p, size_t n, const uint8_t *key, const uint8_t *author)
{
	struct arena *a = arena_new();
	struct segment_head head;
	struct segment_reader *r = NULL;
	struct group *g;
	uint8_t hash[SEGMENT_HASH], *copy = exact_copy(p, n);
	int rc = segment_read_head(a, copy, n, &head, hash, NULL);
	if (rc == OK)
		rc = segment_verify(copy, n, author, NULL);
	if (rc == OK)
		rc = segment_open(copy, n, &head, key, &r, NULL);
	for (size_t i = 0; rc == OK && i < f->n; i++)
		if (!segment_next(r, a, &g) || !same_groups(g, &f->g[i]))
			rc = ERR_CONFLICT;
	if (rc == OK && segment_next(r, a, &g))
		rc = ERR_CONFLICT;
	segment_close(r);
	free(copy);
	arena_free(a);
	return rc;
}

static int read_whole(const struct file *f)
{
	return read_file(f, f->b.p, f->b.n, f->keys.key, f->keys.public);
}

static void test_public(void)
{
	struct file f;
	struct segment_head head = sample_head(), got;
	struct buf out = {0};
	uint8_t hash[SEGMENT_HASH];
	file_make(&f, 20, SEGMENT_FAST);
	struct segment_writer *w = segment_begin(&f.s.names);
	buf_adds(&out, "before");
	bool added = true, gathers = true;
	for (size_t i = 0; i < f.n; i++) {
		const size_t before = segment_gathered(w);
		added = added && segment_add(w, &f.g[i], NULL) == OK;
		gathers = gathers && segment_gathered(w) > before;
	}
	ok(added && gathers, "groups are added, and what is gathered grows");
	ok(segment_end(w, &head, SEGMENT_SMALL, f.keys.key, f.keys.secret, &out, NULL) == OK, "and sealed");
	const char *p = out.p + 6;
	const size_t n = out.n - 6;
	ok(memcmp(out.p, "before", 6) == 0, "after what was there");
	is_int(read_file(&f, p, n, f.keys.key, f.keys.public), OK, "they are read again");
	ok(segment_read_head(f.a, p, n, &got, hash, NULL) == OK && got.kind == SEGMENT_GROUPS && got.first == 4 &&
			got.count == 20 && got.clock_first == f.g[0].clock && got.clock_last == f.g[19].clock,
		"the head says what they say");
	ok(got.inc == head.inc && got.partition == 1 && got.written == head.written && got.needed == head.needed &&
			memcmp(got.ring, head.ring, sizeof got.ring) == 0 &&
			memcmp(got.before, head.before, CHAIN) == 0 && memcmp(got.after, head.after, CHAIN) == 0 &&
			memcmp(got.digest, head.digest, 32) == 0 && memcmp(got.epoch, head.epoch, SEGMENT_EPOCH) == 0 &&
			vector_equal(&got.vector, &head.vector),
		"and what was given");
	ok(memcmp(f.b.p, p, 8) == 0 && (f.b.n != n || memcmp(f.b.p, p, n) != 0), "nonces are drawn");
	segment_abandon(segment_begin(NULL));
	segment_abandon(NULL);
	segment_close(NULL);
	buf_free(&out);
	file_free(&f);
}

static void test_acknowledgement(void)
{
	struct segment_head head = sample_head(), got;
	struct file f = {.a = arena_new()};
	uint8_t hash[SEGMENT_HASH];
	sample_keys(&f.keys);
	ok(segment_end(segment_begin(NULL), &head, SEGMENT_SMALL, f.keys.key, f.keys.secret, &f.b, NULL) == OK,
		"a segment without groups");
	ok(segment_read_head(f.a, f.b.p, f.b.n, &got, hash, NULL) == OK && got.count == 0 && got.first == 4 &&
			got.clock_last == 9 && vector_equal(&got.vector, &head.vector),
		"says what its author has");
	is_int(read_whole(&f), OK, "and is read like any other");
	file_free(&f);
}

static void test_keys(void)
{
	struct file f;
	file_make(&f, 5, SEGMENT_FAST);
	is_int(read_whole(&f), OK, "with the keys it is read");
	is_int(read_file(&f, f.b.p, f.b.n, f.keys.other_key, f.keys.public), ERR_KEY, "not with another epoch's");
	is_int(read_file(&f, f.b.p, f.b.n, f.keys.key, f.keys.other_public), ERR_CORRUPT, "nor as another author's");
	file_free(&f);
}

/* ---- altered and cut files ----------------------------------------------------------------------- */

static void test_flips(void)
{
	struct file f;
	size_t believed = 0, opened = 0;
	file_make(&f, 3, SEGMENT_SMALL);
	struct segment_head head;
	uint8_t hash[SEGMENT_HASH];
	const size_t sealed = f.b.n - 64 - 16;
	is_int(segment_read_head(f.a, f.b.p, f.b.n, &head, hash, NULL), OK, "of a file of %zu bytes", f.b.n);
	for (size_t i = 0; i < f.b.n; i++)
		for (int bit = 0; bit < 8; bit++) {
			struct segment_reader *r;
			f.b.p[i] = (char)(f.b.p[i] ^ 1 << bit);
			believed += read_whole(&f) == OK;
			if (segment_open(f.b.p, f.b.n, &head, f.keys.key, &r, NULL) == OK) {
				opened += i < sealed;
				segment_close(r);
			}
			f.b.p[i] = (char)(f.b.p[i] ^ 1 << bit);
		}
	is_int((intmax_t)believed, 0, "no bit can be altered");
	is_int((intmax_t)opened, 0, "the seal alone guards everything but the signature and the end");
	is_int(read_whole(&f), OK, "and put back it is read");
	file_free(&f);
}

/* A later version's header may say more. */
static void test_longer_header(void)
{
	struct file f;
	struct segment_head head, got;
	struct buf b = {0};
	uint8_t hash[SEGMENT_HASH], *p;
	file_make(&f, 2, SEGMENT_FAST);
	segment_read_head(f.a, f.b.p, f.b.n, &head, hash, NULL);
	const size_t n = (size_t)be_get((const uint8_t *)f.b.p + 8, 2), start = 10;
	buf_add(&b, f.b.p, start + n);
	buf_adds(&b, "\x82\x01\x61z");
	buf_add(&b, f.b.p + start + n, f.b.n - start - n);
	p = (uint8_t *)b.p;
	be_put(p + 8, n + 4, 2);
	be_put(p + b.n - 16, b.n, 8);
	ok(p[start] == 0x90 && segment_read_head(f.a, p, b.n, &got, hash, NULL) == ERR_CORRUPT,
		"more than the header's count is refused");
	p[start]++;
	ok(segment_read_head(f.a, p, b.n, &got, hash, NULL) == OK && got.first == head.first && got.count == 2 &&
			vector_equal(&got.vector, &head.vector),
		"an item more in the header is stepped over");
	buf_free(&b);
	file_free(&f);
}

static void test_cuts(void)
{
	struct file f;
	size_t stopped = 0;
	file_make(&f, 3, SEGMENT_SMALL);
	for (size_t n = 0; n < f.b.n; n++)
		stopped += read_file(&f, f.b.p, n, f.keys.key, f.keys.public) == ERR_STOPPED;
	is_int((intmax_t)stopped, (intmax_t)f.b.n, "a file cut anywhere is told to be on its way");
	struct buf longer = {0};
	buf_add(&longer, f.b.p, f.b.n);
	buf_addc(&longer, '\0');
	is_int(read_file(&f, longer.p, longer.n, f.keys.key, f.keys.public), ERR_CORRUPT,
		"one with a byte more is altered");
	memset(f.b.p + f.b.n / 2, 0, f.b.n - f.b.n / 2);
	is_int(read_whole(&f), ERR_STOPPED, "one that was made long before it was filled is on its way");
	is_int(read_file(&f, "SVSEG2\r\n....", 12, f.keys.key, f.keys.public), ERR_UNSUPPORTED, "a newer one is told");
	is_int(read_file(&f, "%PDF-1.4\r\n..", 12, f.keys.key, f.keys.public), ERR_DATA, "another file is none");
	is_int(read_file(&f, "%", 1, f.keys.key, f.keys.public), ERR_DATA, "nor is its first byte");
	buf_free(&longer);
	file_free(&f);
}

static int seal_as(const struct file *f, const struct segment_head *head, const struct buf *body, struct buf *out)
{
	struct buf parts = {0};
	buf_add(&parts, &body->n, sizeof body->n);
	out->n = 0;
	int rc = envelope_seal(head, body, &parts, SEGMENT_FAST, f->keys.key, f->keys.secret, nonce, out, NULL);
	buf_free(&parts);
	return rc;
}

/* The sealed and signed part of one file with the header of another. */
static void test_position(void)
{
	struct file f;
	struct buf body = {0}, first = {0}, second = {0};
	struct segment_head head = sample_head();
	file_make(&f, 3, SEGMENT_FAST);
	pack_all(f.g, f.n, &f.s.names, &body);
	head.count = 3;
	ok(seal_as(&f, &head, &body, &first) == OK, "a file");
	head.first = 5;
	ok(seal_as(&f, &head, &body, &second) == OK && first.n == second.n, "the same at another place");
	const size_t start = 10 + (size_t)be_get((const uint8_t *)first.p + 8, 2);
	memcpy(second.p + start, first.p + start, first.n - start);
	is_int(read_file(&f, first.p, first.n, f.keys.key, f.keys.public), OK, "is read where it stands");
	is_int(read_file(&f, second.p, second.n, f.keys.key, f.keys.public), ERR_CORRUPT, "and not at another place");
	head.first = 4;
	head.needed = SEGMENT_SCHEMA + 1;
	seal_as(&f, &head, &body, &first);
	is_int(read_file(&f, first.p, first.n, f.keys.key, f.keys.public), ERR_UNSUPPORTED,
		"what needs a newer samvagt isn't opened");
	head.needed = SEGMENT_SCHEMA;
	head.count = 4;
	seal_as(&f, &head, &body, &first);
	is_int(read_file(&f, first.p, first.n, f.keys.key, f.keys.public), ERR_CORRUPT,
		"nor one that has fewer groups than told");
	buf_free(&body);
	buf_free(&first);
	buf_free(&second);
	file_free(&f);
}

static int read_body(void *ctx, const uint8_t *p, size_t n)
{
	const struct file *f = ctx;
	struct unpack u;
	const int rc = unpack_open(&u, p, n, (struct dot){SAMPLE_AUTHOR, 4}, f->n);
	if (rc == OK)
		unpack_close(&u);
	return rc;
}

/* Columns that no samvagt wrote, under a good seal: read within their bounds, or refused. */
static void test_bodies(void)
{
	struct file f;
	struct buf body = {0};
	file_make(&f, 12, SEGMENT_FAST);
	pack_all(f.g, f.n, &f.s.names, &body);
	check_altered(&body, 17, read_body, &f);
	buf_free(&body);
	file_free(&f);
}

int main(void)
{
	test_random();
	test_unwritable();
	test_small();
	test_nothing();
	test_public();
	test_acknowledgement();
	test_keys();
	test_flips();
	test_cuts();
	test_longer_header();
	test_position();
	test_bodies();
	return done_testing();
}
