/* tests/t_segment_memory.c - memory that runs out while a segment or a snapshot is written: told, and nothing half is
 * left.
 *
 * The linker puts the functions below in front of the C library's (see tests/sync.mk). */
#include <stdlib.h>

#include "tests/segmenttest.h"

enum { GROUPS = 40, PEERS = 3 };

/* How many allocations still succeed; < 0: all. */
static long left = -1;

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t each);
void *__real_realloc(void *p, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t each);
void *__wrap_realloc(void *p, size_t n);

static bool runs_out(void)
{
	if (left > 0)
		left--;
	return left == 0;
}

void *__wrap_malloc(size_t n)
{
	return runs_out() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t each)
{
	return runs_out() ? NULL : __real_calloc(n, each);
}

void *__wrap_realloc(void *p, size_t n)
{
	return runs_out() ? NULL : __real_realloc(p, n);
}

/* What is to be written, made while there is memory. */
struct work {
	struct sample s;
	struct sample_keys keys;
	struct segment_head head;
	struct group *g;
	struct rec **v;
	size_t n;
	const struct peer *peers;
};

static int write_segment(const struct work *x, struct buf *out)
{
	struct segment_writer *w = segment_begin(&x->s.names);
	int rc = w ? OK : ERR_NOMEM;
	for (size_t i = 0; rc == OK && i < GROUPS; i++)
		rc = segment_add(w, &x->g[i], NULL);
	if (rc == OK)
		return segment_end(w, &x->head, SEGMENT_FAST, x->keys.key, x->keys.secret, out, NULL);
	segment_abandon(w);
	return rc;
}

static int write_snapshot(const struct work *x, struct buf *out)
{
	struct snapshot_writer *w = snapshot_begin(x->peers, PEERS);
	int rc = w ? OK : ERR_NOMEM;
	for (size_t i = 0; rc == OK && i < x->n; i++)
		rc = snapshot_add(w, x->v[i], NULL);
	if (rc == OK)
		return snapshot_end(w, &x->head, SEGMENT_FAST, x->keys.key, x->keys.secret, out, NULL);
	snapshot_abandon(w);
	return rc;
}

static void test_writer(const struct work *x, int (*write)(const struct work *x, struct buf *out), const char *name)
{
	bool told = true, clean = true, done = false;
	long allocations = 0;
	while (!done && told && clean) {
		struct buf out = {0};
		left = ++allocations;
		const int rc = write(x, &out);
		left = -1;
		done = rc == OK;
		told = done || rc == ERR_NOMEM;
		clean = done || out.n == 0;
		buf_free(&out);
	}
	ok(told, "%s: whichever of %ld allocations fails, that is told", name, allocations);
	ok(clean, "and nothing half is left");
}

int main(void)
{
	struct work x = {.n = 40};
	struct arena *a = arena_new();
	sample_begin(&x.s, a, 5);
	sample_keys(&x.keys);
	x.head = sample_head();
	x.g = sample_groups(&x.s, 4, GROUPS);
	x.v = sample_recs(&x.s, &x.n);
	x.peers = sample_peers(&x.s, PEERS);
	test_writer(&x, write_segment, "a segment");
	test_writer(&x, write_snapshot, "a snapshot");
	arena_free(a);
	return done_testing();
}
