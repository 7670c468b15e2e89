/* tests/t_snapshot.c - snapshots: records and peers come back, equal states are equal bytes, and of altered or cut
 * files nothing is believed. */
#include "sync/segment.h"

#include <stdlib.h>
#include <string.h>

#include "store/register.h"
#include "sync/envelope.h"
#include "sync/pack_snapshot.h"
#include "tests/segmenttest.h"

enum { PEERS = 3 };

static int pack_all(struct rec *const *v, size_t n, const struct peer *peers, struct buf *body)
{
	struct pack_snapshot k;
	struct buf parts = {0};
	int rc = OK;
	pack_snapshot_begin(&k, peers, PEERS);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = pack_snapshot_rec(&k, v[i]);
	if (rc == OK)
		rc = pack_snapshot_end(&k, body, &parts);
	pack_snapshot_free(&k);
	buf_free(&parts);
	return rc;
}

static bool same_peers(const struct peer *x, const struct peer *y, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (x[i].inc != y[i].inc || x[i].no != y[i].no || x[i].clock != y[i].clock ||
			memcmp(x[i].chain, y[i].chain, CHAIN) != 0 || !vector_equal(&x[i].context, &y[i].context))
			return false;
	return true;
}

static bool unpacks_to(const struct buf *body, struct rec *const *v, size_t n, const struct peer *peers)
{
	struct unpack_snapshot u;
	struct arena *a = arena_new();
	struct rec *got;
	uint8_t *copy = exact_copy(body->p, body->n);
	bool same = unpack_snapshot_open(&u, copy, body->n, n) == OK;
	same = same && u.npeers == PEERS && same_peers(u.peer, peers, PEERS);
	for (size_t i = 0; same && i < n; i++)
		same = unpack_snapshot_next(&u, a, &got) && same_recs(v[i], got);
	same = same && !unpack_snapshot_next(&u, a, &got);
	unpack_snapshot_close(&u);
	free(copy);
	arena_free(a);
	return same;
}

static void test_random(void)
{
	bool back = true, canonical = true;
	size_t beside = 0;
	for (uint64_t seed = 1; seed <= 150 && back && canonical; seed++) {
		struct arena *a = arena_new();
		struct sample s;
		struct buf x = {0}, y = {0};
		sample_begin(&s, a, seed);
		size_t n = (size_t)prng_below(&s.r, 80);
		struct rec **v = sample_recs(&s, &n);
		const struct peer *peers = sample_peers(&s, PEERS);
		for (size_t i = 0; i < n; i++)
			beside += v[i]->nsib;
		back = pack_all(v, n, peers, &x) == OK && unpacks_to(&x, v, n, peers);
		canonical = pack_all(v, n, peers, &y) == OK && x.n == y.n && memcmp(x.p, y.p, x.n) == 0;
		if (!back || !canonical)
			diag("seed %d", (int)seed);
		buf_free(&x);
		buf_free(&y);
		arena_free(a);
	}
	ok(back, "records of every kind come back, and peers");
	ok(beside > 100, "with values beside those shown: %zu", beside);
	ok(canonical, "the same state is the same bytes");
}

static void test_unwritable(void)
{
	struct arena *a = arena_new();
	struct sample s;
	struct buf body = {0};
	size_t n = 10;
	sample_begin(&s, a, 9);
	struct rec **v = sample_recs(&s, &n), *first = v[0];
	const struct peer *peers = sample_peers(&s, PEERS);
	v[0] = v[1];
	v[1] = first;
	is_int(pack_all(v, n, peers, &body), ERR_DATA, "records out of order are refused");
	v[0] = v[1] = first;
	is_int(pack_all(v, n, peers, &body), ERR_DATA, "so is one twice");
	struct rec empty = {.type = 4, .id = s.id[0]};
	v[0] = &empty;
	is_int(pack_all(v, 1, peers, &body), ERR_DATA, "and one without fields");
	arena_free(a);
	buf_free(&body);
}

/* A place on a shift takes no more than what it is made of. */
static void test_small(void)
{
	struct arena *a = arena_new();
	struct rec *v[400];
	struct rec_field *f = arena_alloc(a, sizeof(struct rec_field[400][4]));
	struct peer peers[PEERS] = {{.inc = 1, .no = 1}, {.inc = 2, .no = 1}, {.inc = 3, .no = 1}};
	struct buf body = {0};
	for (size_t i = 0; i < 400; i++, f += 4) {
		const struct id shift = id_make(7, 1 + i / 4), volunteer = id_make(7, 1000 + i * 7 % 200);
		const struct stamp at = {{9, 1 + i / 50}, 1764576000};
		v[i] = arena_alloc(a, sizeof **v);
		*v[i] = (struct rec){
			.type = TYPE_ASSIGNMENT, .id = id_assignment(shift, volunteer), .f = f, .n = 4, .cap = 4};
		f[0] = (struct rec_field){0, value_int(1), at};
		f[1] = (struct rec_field){1, value_id(shift), at};
		f[2] = (struct rec_field){2, value_id(volunteer), at};
		f[3] = (struct rec_field){5, value_int(3), at};
		register_settle(v[i]);
	}
	for (size_t i = 0; i < 400; i++)
		for (size_t k = i + 1; k < 400; k++)
			if (id_compare(v[i]->id, v[k]->id) > 0) {
				struct rec *swap = v[i];
				v[i] = v[k];
				v[k] = swap;
			}
	ok(pack_all(v, 400, peers, &body) == OK && unpacks_to(&body, v, 400, peers), "400 places on shifts come back");
	ok(body.n < 400 * 3 + 350, "and take three bytes each: %zu", body.n);
	arena_free(a);
	buf_free(&body);
}

static struct rec *one_field(struct arena *a, int type, struct id id, struct value v)
{
	struct rec *r = arena_alloc(a, sizeof *r);
	*r = (struct rec){.type = (uint8_t)type, .id = id, .f = arena_alloc(a, 2 * sizeof *r->f), .n = 2, .cap = 2};
	r->f[0] = (struct rec_field){0, value_int(1), {{9, 1}, 1764576000}};
	r->f[1] = (struct rec_field){200, v, {{9, 1}, 1764576000}};
	register_settle(r);
	return r;
}

static size_t count_names(const struct buf *body, size_t n)
{
	struct unpack_snapshot u;
	const size_t names = unpack_snapshot_open(&u, (const uint8_t *)body->p, body->n, n) == OK ? u.names.nnames : 0;
	unpack_snapshot_close(&u);
	return names;
}

/* A name-based id that is referred to before, and after, its record; and somebody's two records of one id. */
static void test_names(void)
{
	struct arena *a = arena_new();
	const struct id name = id_assignment(id_make(7, 1), id_make(7, 2));
	struct rec *v[] = {
		one_field(a, TYPE_VOLUNTEER, id_make(7, 2), value_id(name)), one_field(a, TYPE_ASSIGNMENT, name, value_int(3)),
		one_field(a, TYPE_ASSIGNMENT + 1, name, value_int(4)), one_field(a, TYPE_ASSIGNMENT + 2, id_make(7, 3), value_id(name)),
	};
	struct peer peers[PEERS] = {{.inc = 1, .no = 1}, {.inc = 2, .no = 1}, {.inc = 3, .no = 1}};
	struct buf body = {0};
	ok(pack_all(v, 4, peers, &body) == OK && unpacks_to(&body, v, 4, peers) && count_names(&body, 4) == 1,
		"a name that was referred to stands once");
	buf_reset(&body);
	ok(pack_all(v + 1, 3, peers, &body) == OK && unpacks_to(&body, v + 1, 3, peers), "two records of one id come back");
	buf_reset(&body);
	struct rec *two[] = {v[1], v[3]};
	ok(pack_all(two, 2, peers, &body) == OK && unpacks_to(&body, two, 2, peers) && count_names(&body, 2) == 1,
		"so does what refers to a record before it");
	buf_free(&body);
	arena_free(a);
}

/* ---- tails --------------------------------------------------------------------------------------- */

static void pack_peers(const struct peer *peers, const struct snapshot_tail *tail, struct buf *body)
{
	struct pack_snapshot k;
	struct buf parts = {0};
	buf_reset(body);
	pack_snapshot_begin(&k, peers, PEERS);
	if (tail)
		pack_snapshot_tails(&k, tail, PEERS);
	pack_snapshot_end(&k, body, &parts);
	pack_snapshot_free(&k);
	buf_free(&parts);
}

static int read_tails(const struct buf *body, const struct snapshot_tail *want)
{
	struct unpack_snapshot u;
	int rc = unpack_snapshot_open(&u, (const uint8_t *)body->p, body->n, 0);
	if (rc)
		return rc;
	for (size_t i = 0; i < PEERS; i++)
		if (u.tail[i].n != (want ? want[i].n : 0) ||
			(u.tail[i].n && memcmp(u.tail[i].tag, want[i].tag, u.tail[i].n * sizeof *u.tail[i].tag) != 0))
			rc = ERR_CONFLICT;
	unpack_snapshot_close(&u);
	return rc;
}

static void test_tails(void)
{
	uint32_t tag[SNAPSHOT_TAIL_MOST];
	struct peer peers[PEERS] = {{.inc = 1, .no = 1000}, {.inc = 2, .no = 4}, {.inc = 3, .no = 1}};
	struct snapshot_tail tail[PEERS] = {{tag, SNAPSHOT_TAIL_MOST}, {tag, 3}, {NULL, 0}}, none[PEERS] = {{0}};
	struct buf body = {0}, plain = {0};
	for (size_t i = 0; i < SNAPSHOT_TAIL_MOST; i++)
		tag[i] = UINT32_MAX / (uint32_t)(i + 1);
	pack_peers(peers, tail, &body);
	is_int(read_tails(&body, tail), OK, "the tags of the last changes come back");
	pack_peers(peers, NULL, &plain);
	is_int(read_tails(&plain, NULL), OK, "there may be none");
	pack_peers(peers, none, &body);
	ok(body.n == plain.n && memcmp(body.p, plain.p, body.n) == 0, "which is what was written before there were any");
	tail[1].n = 4;
	pack_peers(peers, tail, &body);
	is_int(read_tails(&body, tail), ERR_CORRUPT, "before the first change there is none");
	buf_free(&body);
	buf_free(&plain);
}

/* ---- files --------------------------------------------------------------------------------------- */

struct file {
	struct arena *a;
	struct sample s;
	struct sample_keys keys;
	struct rec **v;
	size_t n;
	const struct peer *peers;
	struct buf b;
};

static void file_make(struct file *f, size_t n)
{
	struct segment_head head = sample_head();
	*f = (struct file){.a = arena_new(), .n = n};
	sample_begin(&f->s, f->a, 43);
	sample_keys(&f->keys);
	f->v = sample_recs(&f->s, &f->n);
	f->peers = sample_peers(&f->s, PEERS);
	struct snapshot_writer *w = snapshot_begin(f->peers, PEERS);
	bool added = true;
	for (size_t i = 0; i < f->n; i++)
		added = added && snapshot_add(w, f->v[i], NULL) == OK;
	ok(added && snapshot_end(w, &head, SEGMENT_SMALL, f->keys.key, f->keys.secret, &f->b, NULL) == OK,
		"a file is made");
}

static void file_free(struct file *f)
{
	buf_free(&f->b);
	arena_free(f->a);
}

static int read_file(const struct file *f, const void *p, size_t n, const uint8_t *key)
{
	struct arena *a = arena_new();
	struct segment_head head;
	struct snapshot_reader *r = NULL;
	struct rec *rec;
	size_t npeers;
	uint8_t hash[SEGMENT_HASH], *copy = exact_copy(p, n);
	int rc = segment_read_head(a, copy, n, &head, hash, NULL);
	if (rc == OK)
		rc = segment_verify(copy, n, f->keys.public, NULL);
	if (rc == OK)
		rc = snapshot_open(copy, n, &head, key, &r, NULL);
	if (rc == OK &&
		(!same_peers(snapshot_peers(r, &npeers), f->peers, PEERS) || npeers != PEERS || head.count != f->n ||
			head.kind != SEGMENT_SNAPSHOT))
		rc = ERR_CONFLICT;
	for (size_t i = 0; rc == OK && i < f->n; i++)
		if (!snapshot_next(r, a, &rec) || !same_recs(rec, f->v[i]))
			rc = ERR_CONFLICT;
	if (rc == OK && snapshot_next(r, a, &rec))
		rc = ERR_CONFLICT;
	snapshot_close(r);
	free(copy);
	arena_free(a);
	return rc;
}

static void test_files(void)
{
	struct file f;
	file_make(&f, 40);
	struct segment_head head;
	struct segment_reader *r;
	uint8_t hash[SEGMENT_HASH];
	is_int(read_file(&f, f.b.p, f.b.n, f.keys.key), OK, "and read again");
	is_int(read_file(&f, f.b.p, f.b.n, f.keys.other_key), ERR_KEY, "but not with another epoch's key");
	segment_read_head(f.a, f.b.p, f.b.n, &head, hash, NULL);
	is_int(segment_open(f.b.p, f.b.n, &head, f.keys.key, &r, NULL), ERR_CORRUPT, "it is no segment");
	head.kind = SEGMENT_GROUPS;
	is_int(segment_open(f.b.p, f.b.n, &head, f.keys.key, &r, NULL), ERR_CORRUPT, "whatever one says");
	snapshot_abandon(snapshot_begin(NULL, 0));
	snapshot_abandon(NULL);
	snapshot_close(NULL);
	file_free(&f);
}

static void test_damage(void)
{
	struct file f;
	size_t believed = 0, stopped = 0;
	file_make(&f, 3);
	for (size_t i = 0; i < f.b.n; i++)
		for (int bit = 0; bit < 8; bit++) {
			f.b.p[i] = (char)(f.b.p[i] ^ 1 << bit);
			believed += read_file(&f, f.b.p, f.b.n, f.keys.key) == OK;
			f.b.p[i] = (char)(f.b.p[i] ^ 1 << bit);
		}
	is_int((intmax_t)believed, 0, "no bit of %zu bytes can be altered", f.b.n);
	for (size_t n = 0; n < f.b.n; n++)
		stopped += read_file(&f, f.b.p, n, f.keys.key) == ERR_STOPPED;
	is_int((intmax_t)stopped, (intmax_t)f.b.n, "a file cut anywhere is told to be on its way");
	is_int(read_file(&f, f.b.p, f.b.n, f.keys.key), OK, "whole it is read");
	file_free(&f);
}

static int read_body(void *ctx, const uint8_t *p, size_t n)
{
	const struct file *f = ctx;
	struct unpack_snapshot u;
	const int rc = unpack_snapshot_open(&u, p, n, f->n);
	if (rc == OK)
		unpack_snapshot_close(&u);
	return rc;
}

static void test_bodies(void)
{
	struct file f;
	struct buf body = {0};
	file_make(&f, 20);
	pack_all(f.v, f.n, f.peers, &body);
	check_altered(&body, 19, read_body, &f);
	buf_free(&body);
	file_free(&f);
}

int main(void)
{
	test_random();
	test_unwritable();
	test_small();
	test_names();
	test_tails();
	test_files();
	test_damage();
	test_bodies();
	return done_testing();
}
