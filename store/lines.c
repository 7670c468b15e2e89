/* store/lines.c - see lines.h. Owns the rows 'x'. Must not know why a line was given up. */
#include "store/lines.h"

#include <assert.h>

#include "base/lang.h"
#include "store/be.h"

enum { LINE_KEY = 1 + 8 + 8, LEFT = 8 + 8 };

static size_t line_key(uint8_t key[LINE_KEY], uint64_t inc, uint64_t tag)
{
	key[0] = 'x';
	be_put(be_put(key + 1, inc, 8), tag, 8);
	return LINE_KEY;
}

bool lines_read_key(struct kv_bytes key, uint64_t *inc, uint64_t *tag)
{
	const uint8_t *p = key.p;
	if (key.n != LINE_KEY)
		return false;
	assert(p[0] == 'x');
	*inc = be_get(p + 1, 8);
	*tag = be_get(p + 1 + 8, 8);
	return true;
}

/* Where a line was left of which that is a change; ERR_NOTFOUND when it is of none. */
static int find_left(struct view *v, const struct seen *seen, struct seen *left, struct err *e)
{
	uint8_t key[LINE_KEY];
	struct kv_bytes value;
	int rc = kv_get(&v->txn, KV_META, key, line_key(key, seen->dot.inc, seen->tag), &value, e);
	if (rc == OK && value.n != LEFT)
		rc = view_corrupt(v, KV_META, e);
	if (rc != OK)
		return rc;
	const uint8_t *p = value.p;
	*left = (struct seen){ { seen->dot.inc, be_get(p, 8) }, be_get(p + 8, 8) };
	/* one that leads no further back is of another change, whatever its tag */
	return left->dot.no < seen->dot.no ? OK : ERR_NOTFOUND;
}

bool lines_has_change(struct view *v, const struct seen *seen)
{
	struct seen left;
	return find_left(v, seen, &left, NULL) == OK;
}

static bool has_one(struct view *v, const struct given_up *l, size_t i)
{
	const struct seen seen = { { l->inc, l->after + 1 + i }, l->tag[i] };
	struct seen left;
	return find_left(v, &seen, &left, NULL) == OK && left.dot.no >= l->after;
}

/* Rows of its last changes may have come with another. */
bool lines_has(struct view *v, const struct given_up *l)
{
	bool all = true;
	for (size_t i = 0; i < l->n && all; i++)
		all = has_one(v, l, i);
	return all;
}

int lines_put(struct store *s, const struct given_up *l, struct err *e)
{
	uint8_t left[LEFT];
	struct view *v;
	size_t n = 0;
	if (l->n == 0)
		return OK;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	struct arena *a = arena_new();
	struct kv_op *op = arena_try_alloc(a, l->n * sizeof *op);
	be_put(be_put(left, l->after, 8), l->at, 8);
	for (size_t i = 0; op && i < l->n; i++) {
		if (has_one(v, l, i))
			continue;
		op[n] = (struct kv_op){ .table = KV_META, .nkey = LINE_KEY, .value = left, .nvalue = LEFT };
		line_key(op[n++].key, l->inc, l->tag[i]);
	}
	view_end(v);
	const struct kv_op proof = n > 0 ? op[0] : (struct kv_op){ 0 };
	rc = !op ? view_nomem(e) : n > 0 ? kv_apply(s->kv, op, n, 0, &proof, e) : OK;
	arena_free(a);
	return rc;
}

int lines_mean_as(struct view *v, bool (*stands)(void *ctx, uint64_t inc, uint64_t tag), void *ctx, struct seen *seen,
	struct err *e)
{
	struct seen left;
	int rc = OK;
	assert(seen->dot.no > 0);
	while (rc == OK && seen->dot.no > 0 && (!stands || stands(ctx, seen->dot.inc, seen->tag)))
		if ((rc = find_left(v, seen, &left, e)) == OK)
			*seen = left;
	return rc == ERR_NOTFOUND ? OK : rc;
}

int lines_mean(struct view *v, struct seen *seen, struct err *e)
{
	return lines_mean_as(v, NULL, NULL, seen, e);
}

struct seen lines_mean_damaged(struct view **v, struct seen seen)
{
	struct seen counts = seen;
	if (lines_mean(*v, &counts, NULL) == OK)
		return counts;
	view_renew(v);
	counts = seen;
	if (lines_mean(*v, &counts, NULL) == OK)
		return counts;
	view_renew(v);
	return seen;
}

int lines_mean_all(struct view *v, struct arena *a, const struct vector *seen, struct vector *out, struct err *e)
{
	struct seen *at = arena_try_alloc(a, (seen->n + 1) * sizeof *at);
	int rc = at ? OK : view_nomem(e);
	*out = (struct vector){ at, 0 };
	for (size_t i = 0; i < seen->n && rc == OK; i++) {
		struct seen one = seen->at[i];
		rc = lines_mean(v, &one, e);
		if (rc == OK && one.dot.no > 0)
			at[out->n++] = one;
	}
	return rc;
}
