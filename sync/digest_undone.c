/* sync/digest_undone.c - see digest_priv.h and sync.h: going back through the log, and which merges were taken back here. Must
 * not know what a merge brought. */
#include "sync/digest_priv.h"

#include <assert.h>

enum { GROUPS_AT_ONCE = 256 };

int digest_each_back(struct view *v, int64_t since, int (*fn)(void *ctx, const struct group *g, struct err *e), void *ctx,
	struct err *e)
{
	struct dot from = {0};
	struct arena *some = arena_new();
	bool more = true;
	int rc = OK;
	while (rc == OK && more) {
		struct group *g;
		size_t n, i;
		arena_reset(some);
		rc = log_back(v, some, from, GROUPS_AT_ONCE, false, &g, &n, e);
		for (i = 0; rc == OK && i < n && g[i].clock >= since; i++)
			rc = fn(ctx, &g[i], e);
		more = rc == OK && i == GROUPS_AT_ONCE;
		if (more)
			from = g[n - 1].dot;
	}
	arena_free(some);
	return rc;
}

struct search { struct view *v; struct arena *a; struct authors authors; const struct merge *m; size_t n; int64_t *when; bool *seen; };

/* The newest word on a merge counts. Another site's numbers of merges are its own. */
static int note_group(void *ctx, const struct group *g, struct err *e)
{
	struct search *s = ctx;
	if (g->act != ACT_UNDO_MERGE || g->arg[0].tag != V_INT || !authors_of(&s->authors, g->dot.inc)->mine)
		return OK;
	for (size_t i = 0; i < s->n; i++) {
		bool undone = false;
		if (s->seen[i] || (int64_t)s->m[i].no != g->arg[0].i)
			continue;
		s->seen[i] = true;
		int rc = log_is_undone(s->v, g->dot, &undone, e);
		if (rc)
			return rc;
		s->when[i] = undone ? 0 : g->clock;
	}
	return OK;
}

int digest_find_undone(struct view *v, struct arena *a, const struct merge *m, size_t n, int64_t **when, struct err *e)
{
	struct search s = {.v = v, .a = a, .m = m, .n = n};
	assert(n < 2 || m[0].no > m[n - 1].no);
	*when = s.when = arena_alloc(a, (n + 1) * sizeof *s.when);
	s.seen = arena_alloc(a, n + 1);
	for (size_t i = 0; i < n; i++) {
		s.when[i] = 0;
		s.seen[i] = false;
	}
	int rc = authors_begin(&s.authors, v, a, e);
	/* what is older than the oldest of them can't be about them */
	if (rc == OK && n)
		rc = digest_each_back(v, m[n - 1].clock, note_group, &s, e);
	authors_end(&s.authors);
	return rc;
}

int sync_digest_about(struct view *v, int64_t since, uint64_t merge, struct digest_about *out, struct err *e)
{
	struct arena *a = arena_new();
	struct merge *m = NULL;
	int64_t *when = NULL;
	*out = (struct digest_about){0};
	int rc = merge ? merge_get(v, a, merge, &m, e) : digest_merges(v, a, since, &m, &out->merges, e);
	if (rc == OK && merge)
		out->merges = 1;
	if (rc == OK)
		rc = digest_find_undone(v, a, m, out->merges, &when, e);
	for (size_t i = 0; rc == OK && i < out->merges; i++) {
		out->undone += when[i] != 0;
		out->when = when[i] > out->when ? when[i] : out->when;
	}
	arena_free(a);
	return rc;
}
