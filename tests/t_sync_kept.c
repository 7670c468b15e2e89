/* tests/t_sync_kept.c - a segment and a snapshot as this version wrote them are read for ever, and what is written
 * today is the same.
 *
 * tests/data/sync/segment-1.seg, snapshot-1.snp and snapshot-2.snp (with tails) were written by "t_sync_kept make
 * FOLDER", with the keys of tests/segmenttest.h. They are never written again: a new form gets new files beside
 * them. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "store/codec.h"
#include "sync/envelope.h"
#include "sync/pack.h"
#include "sync/pack_snapshot.h"
#include "tests/segmenttest.h"

enum { GROUPS = 120, RECORDS = 80, PEERS = 3, SEED = 2025, FILE_MOST = 1 << 20, PATH = 4096 };

/* BLAKE2b-256 of what stands in each, in the canonical form of the store, one after the other. */
static const char GROUPS_ARE[] = "c67db7c6c7df41d925e3d4cb985f02ba934f96edc8f9b737ca9115164f472c86";
static const char RECORDS_ARE[] = "0adea8e4d8a4de1224945a32cb816a41fb5eb6812dab8f303c7442e650815b2c";

static void hash_as_text(const struct buf *b, char out[2 * SEGMENT_HASH + 1])
{
	uint8_t hash[SEGMENT_HASH];
	crypto_generichash(hash, sizeof hash, (const uint8_t *)b->p, b->n, NULL, 0);
	sodium_bin2hex(out, 2 * SEGMENT_HASH + 1, hash, sizeof hash);
}

/* ---- reading ------------------------------------------------------------------------------------- */

struct fixture {
	struct arena *a;
	struct sample_keys keys;
	struct segment_head head;
	struct buf file, body, all;
};

static bool fixture_open(struct fixture *k, const char *name)
{
	char path[PATH];
	uint8_t hash[SEGMENT_HASH];
	*k = (struct fixture){.a = arena_new()};
	sample_keys(&k->keys);
	snprintf(path, sizeof path, "%s/tests/data/sync/%s", getenv("top_srcdir") ? getenv("top_srcdir") : ".", name);
	ok(os_read_file(path, FILE_MOST, &k->file, NULL) == OK, "%s is there", name);
	ok(segment_read_head(k->a, k->file.p, k->file.n, &k->head, hash, NULL) == OK, "its head is read");
	ok(segment_verify(k->file.p, k->file.n, k->keys.public, NULL) == OK, "its signature holds");
	return ok(envelope_open(k->file.p, k->file.n, &k->head, k->keys.key, &k->body, NULL) == OK, "it is opened");
}

static void fixture_close(struct fixture *k, const char *want, unsigned schema)
{
	char hash[2 * SEGMENT_HASH + 1];
	const struct segment_head h = sample_head();
	hash_as_text(&k->all, hash);
	is_str(hash, want, "what stands in it is what stood in it");
	ok(k->head.inc == h.inc && k->head.partition == h.partition && k->head.written == schema && k->head.needed == schema &&
			memcmp(k->head.ring, h.ring, SEGMENT_RING) == 0 &&
			memcmp(k->head.before, h.before, CHAIN) == 0 && memcmp(k->head.after, h.after, CHAIN) == 0 &&
			memcmp(k->head.digest, h.digest, 32) == 0 &&
			memcmp(k->head.epoch, h.epoch, SEGMENT_EPOCH) == 0 && vector_equal(&k->head.vector, &h.vector),
		"and its head");
	buf_free(&k->file);
	buf_free(&k->body);
	buf_free(&k->all);
	arena_free(k->a);
}

static bool is_body(const struct fixture *k, int rc, const struct buf *body)
{
	return rc == OK && body->n == k->body.n && memcmp(body->p, k->body.p, body->n) == 0;
}

/* What was read says what ids are made of. */
static bool answer(void *ctx, int type, struct id id, struct origin *out)
{
	const struct names *n = ctx;
	(void)type;
	for (size_t i = 0; i < n->nnames; i++)
		if (id_equal(n->name[i].id, id)) {
			*out = n->name[i].origin;
			return out->kind != ORIGIN_NONE;
		}
	return false;
}

static void test_segment(void)
{
	struct fixture k;
	struct unpack u;
	struct pack again;
	struct group *g;
	struct buf body = {0}, parts = {0};
	if (!fixture_open(&k, "segment-1.seg"))
		return;
	const struct dot first = {k.head.inc, k.head.first};
	ok(unpack_open(&u, (const uint8_t *)k.body.p, k.body.n, first, k.head.count) == OK, "and unpacked");
	const struct segment_names names = {answer, &u.names};
	pack_begin(&again, &names);
	while (unpack_next(&u, k.a, &g)) {
		codec_put_group(&k.all, g);
		pack_group(&again, g);
	}
	ok(is_body(&k, pack_end(&again, &body, &parts), &body), "written today it is the same");
	is_int((intmax_t)k.head.count, GROUPS, "it has all its groups");
	pack_free(&again);
	unpack_close(&u);
	buf_free(&body);
	buf_free(&parts);
	fixture_close(&k, GROUPS_ARE, 1);
}

static void test_snapshot(const char *name, size_t ntags, unsigned schema)
{
	struct fixture k;
	struct unpack_snapshot u;
	struct pack_snapshot again;
	struct rec *r;
	struct buf body = {0}, parts = {0};
	if (!fixture_open(&k, name))
		return;
	ok(unpack_snapshot_open(&u, (const uint8_t *)k.body.p, k.body.n, k.head.count) == OK, "and unpacked");
	pack_snapshot_begin(&again, u.peer, u.npeers);
	pack_snapshot_tails(&again, u.tail, u.npeers);
	while (unpack_snapshot_next(&u, k.a, &r)) {
		codec_put_rec(&k.all, r);
		pack_snapshot_rec(&again, r);
	}
	ok(is_body(&k, pack_snapshot_end(&again, &body, &parts), &body), "written today it is the same");
	is_int((intmax_t)u.npeers, PEERS, "it has its peers");
	ok(u.tail[1].n == ntags && (ntags == 0 || u.tail[1].tag[ntags - 1] == UINT32_MAX), "and their tags");
	pack_snapshot_free(&again);
	unpack_snapshot_close(&u);
	buf_free(&body);
	buf_free(&parts);
	fixture_close(&k, RECORDS_ARE, schema);
}

/* ---- writing ------------------------------------------------------------------------------------- */

static void write_file(const char *folder, const char *name, const struct buf *b)
{
	char path[PATH];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	if (!f || fwrite(b->p, 1, b->n, f) != b->n || fclose(f) != 0)
		perror(path);
}

static void make_segment(const char *folder)
{
	struct sample s;
	struct sample_keys keys;
	struct buf file = {0}, all = {0};
	char hash[2 * SEGMENT_HASH + 1];
	const struct segment_head head = sample_head();
	struct arena *a = arena_new();
	sample_begin(&s, a, SEED);
	sample_keys(&keys);
	struct group *g = sample_groups(&s, 4, GROUPS);
	struct segment_writer *w = segment_begin(&s.names);
	for (size_t i = 0; i < GROUPS; i++) {
		segment_add(w, &g[i], NULL);
		codec_put_group(&all, &g[i]);
	}
	segment_end(w, &head, SEGMENT_SMALL, keys.key, keys.secret, &file, NULL);
	write_file(folder, "segment-1.seg", &file);
	hash_as_text(&all, hash);
	printf("groups  %s\n", hash);
	buf_free(&file);
	buf_free(&all);
	arena_free(a);
}

static void make_snapshot(const char *folder, const char *name, size_t ntags)
{
	struct sample s;
	struct sample_keys keys;
	struct buf file = {0}, all = {0};
	char hash[2 * SEGMENT_HASH + 1];
	size_t n = RECORDS;
	struct segment_head head = sample_head();
	struct arena *a = arena_new();
	sample_begin(&s, a, SEED);
	sample_keys(&keys);
	struct rec **v = sample_recs(&s, &n);
	const uint32_t tag[] = {1, 2, UINT32_MAX};
	const struct snapshot_tail tail[PEERS] = {{NULL, 0}, {tag, ntags}};
	struct snapshot_writer *w = snapshot_begin(sample_peers(&s, PEERS), PEERS);
	if (snapshot_add_tails(w, tail, PEERS))
		head.written = head.needed = SEGMENT_SCHEMA;
	for (size_t i = 0; i < n; i++) {
		snapshot_add(w, v[i], NULL);
		codec_put_rec(&all, v[i]);
	}
	snapshot_end(w, &head, SEGMENT_SMALL, keys.key, keys.secret, &file, NULL);
	write_file(folder, name, &file);
	hash_as_text(&all, hash);
	printf("records %s\n", hash);
	buf_free(&file);
	buf_free(&all);
	arena_free(a);
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "make") == 0) {
		make_segment(argv[2]);
		make_snapshot(argv[2], "snapshot-1.snp", 0);
		make_snapshot(argv[2], "snapshot-2.snp", 3);
		return 0;
	}
	test_segment();
	test_snapshot("snapshot-1.snp", 0, 1);
	test_snapshot("snapshot-2.snp", 3, 2);
	return done_testing();
}
