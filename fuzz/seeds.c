/* fuzz/seeds.c - what fuzzing begins with: seeds FOLDER writes files and bodies of the tests' samples into
 * FOLDER/fuzz_segment and FOLDER/fuzz_snapshot, and what a member signs into FOLDER/fuzz_statement. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "sync/pack.h"
#include "sync/pack_snapshot.h"
#include "tests/ringtest.h"
#include "tests/segmenttest.h"

enum { SEEDS = 24, PATH = 4096 };

static void write_seed(const char *folder, const char *target, const char *name, uint64_t number, const struct buf *b)
{
	char path[PATH];
	snprintf(path, sizeof path, "%s/%s", folder, target);
	mkdir(path, 0777);
	snprintf(path, sizeof path, "%s/%s/%s%d", folder, target, name, (int)number);
	FILE *f = fopen(path, "w");
	if (!f || fwrite(b->p, 1, b->n, f) != b->n || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

static void write_groups(const char *folder, uint64_t seed)
{
	struct sample s;
	struct sample_keys keys;
	struct pack k;
	struct buf body = {0}, parts = {0}, file = {0};
	struct arena *a = arena_new();
	const struct segment_head head = sample_head();
	const size_t n = (size_t)seed / 2;
	sample_begin(&s, a, seed);
	sample_keys(&keys);
	const struct group *g = sample_groups(&s, 10, n);
	struct segment_writer *w = segment_begin(&s.names);
	pack_begin(&k, &s.names);
	for (size_t i = 0; i < n; i++) {
		pack_group(&k, &g[i]);
		segment_add(w, &g[i], NULL);
	}
	pack_end(&k, &body, &parts);
	pack_free(&k);
	write_seed(folder, "fuzz_segment", "body", seed, &body);
	segment_end(w, &head, SEGMENT_SMALL, keys.key, keys.secret, &file, NULL);
	write_seed(folder, "fuzz_segment", "file", seed, &file);
	buf_free(&body);
	buf_free(&parts);
	buf_free(&file);
	arena_free(a);
}

static void write_records(const char *folder, uint64_t seed)
{
	struct sample s;
	struct pack_snapshot k;
	struct buf body = {0}, parts = {0};
	struct arena *a = arena_new();
	size_t n = (size_t)seed / 2;
	sample_begin(&s, a, seed);
	struct rec **v = sample_recs(&s, &n);
	const uint32_t tag[] = {(uint32_t)seed};
	const struct snapshot_tail tail[4] = {{tag, seed % 8 > 3}};
	struct peer *peers = sample_peers(&s, seed % 4);
	peers[0].no += seed % 4 > 0;
	pack_snapshot_begin(&k, peers, seed % 4);
	pack_snapshot_tails(&k, tail, seed % 4);
	for (size_t i = 0; i < n; i++)
		pack_snapshot_rec(&k, v[i]);
	pack_snapshot_end(&k, &body, &parts);
	pack_snapshot_free(&k);
	write_seed(folder, "fuzz_snapshot", "body", seed, &body);
	buf_free(&body);
	buf_free(&parts);
	arena_free(a);
}

/* One of each kind, by the key that the target signs with, without their signatures. */
static void write_statements(const char *folder)
{
	static const uint8_t seed[RING_SEED];
	struct tale t;
	struct cast me = {.name = "Viborg", .inc = 1}, other = cast_new("Skive", 2);
	const struct cast *both[] = {&me, &other};
	tale_begin(&t);
	ringkeys_pair(seed, me.key, me.secret);
	tale_found(&t, &me);
	const struct statement *epoch = tale_epoch(&t, &me, NULL, both, 2);
	const struct statement *invite = tale_invite(&t, &me, RING_REGION, &me, epoch);
	tale_member(&t, invite, &me, &other);
	tale_claim(&t, &me, 4711);
	tale_give_up(&t, &me, 4712, 4711, 17, UINT64_MAX);
	tale_retire(&t, &me, &other, 17, t.at, t.n);
	for (size_t i = 0; i < t.n; i++) {
		struct buf b = {0};
		buf_add(&b, t.at[i]->p, t.at[i]->n - RING_SIGNATURE);
		write_seed(folder, "fuzz_statement", "said", i, &b);
		buf_free(&b);
	}
	tale_end(&t);
}

int main(int argc, char **argv)
{
	if (argc != 2)
		return 64;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		write_groups(argv[1], seed);
		write_records(argv[1], seed);
	}
	write_statements(argv[1]);
	return 0;
}
