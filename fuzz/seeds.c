/* fuzz/seeds.c - what fuzzing of segments and snapshots begins with: seeds FOLDER writes files and bodies of the tests' samples
 * into FOLDER/fuzz_segment and FOLDER/fuzz_snapshot. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "sync/pack.h"
#include "sync/pack_snapshot.h"
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
	pack_snapshot_begin(&k, sample_peers(&s, seed % 4), seed % 4);
	for (size_t i = 0; i < n; i++)
		pack_snapshot_rec(&k, v[i]);
	pack_snapshot_end(&k, &body, &parts);
	pack_snapshot_free(&k);
	write_seed(folder, "fuzz_snapshot", "body", seed, &body);
	buf_free(&body);
	buf_free(&parts);
	arena_free(a);
}

int main(int argc, char **argv)
{
	if (argc != 2)
		return 64;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		write_groups(argv[1], seed);
		write_records(argv[1], seed);
	}
	return 0;
}
