/* store/lines.c - see lines.h. Owns the rows 'x'. Must not know why a line was given up. */
#include "store/lines.h"

#include <assert.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/exchange.h"

enum { LINE_KEY = 1 + 8 + 8, AFTER = 8 };

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

/* They come together, so one tells of all. */
bool lines_has(struct view *v, const struct given_up *l)
{
	uint8_t key[LINE_KEY];
	struct kv_bytes value;
	if (l->n == 0)
		return true;
	int rc = kv_get(&v->txn, KV_META, key, line_key(key, l->inc, l->tag[l->n - 1]), &value, NULL);
	return rc == OK && value.n == AFTER && be_get(value.p, AFTER) <= l->after;
}

int lines_put(struct store *s, const struct given_up *l, struct err *e)
{
	uint8_t after[AFTER];
	struct view *v;
	size_t n = 0;
	if (l->n == 0)
		return OK;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	struct arena *a = arena_new();
	struct kv_op *op = arena_try_alloc(a, l->n * sizeof *op);
	be_put(after, l->after, AFTER);
	for (size_t i = 0; op && i < l->n; i++) {
		if (lines_has(v, &(struct given_up){ l->inc, l->after, &l->tag[i], 1 }))
			continue;
		op[n] = (struct kv_op){ .table = KV_META, .nkey = LINE_KEY, .value = after, .nvalue = AFTER };
		line_key(op[n++].key, l->inc, l->tag[i]);
	}
	view_end(v);
	const struct kv_op proof = n > 0 ? op[0] : (struct kv_op){ 0 };
	rc = !op ? view_nomem(e) : n > 0 ? kv_apply(s->kv, op, n, 0, &proof, e) : OK;
	arena_free(a);
	return rc;
}

int lines_mean(struct view *v, struct seen *seen, struct err *e)
{
	uint8_t key[LINE_KEY];
	struct kv_bytes value;
	assert(seen->dot.no > 0);
	int rc = kv_get(&v->txn, KV_META, key, line_key(key, seen->dot.inc, seen->tag), &value, e);
	if (rc == ERR_NOTFOUND)
		return OK;
	if (rc == OK && value.n != AFTER)
		rc = view_corrupt(v, KV_META, e);
	if (rc != OK)
		return rc;
	seen->dot.no = be_get(value.p, AFTER);
	/* Where it was left, if that is known here. */
	if (exchange_tag(v, seen->dot, &seen->tag, NULL) != OK)
		seen->tag = 0;
	return OK;
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
