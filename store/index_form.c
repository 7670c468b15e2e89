/* store/index_form.c - see index_form.h. Owns which form the index rows of a store have. Must not know records: what
 * goes is known by its key. */
#include "store/index_form.h"

#include <assert.h>
#include <string.h>

enum {
	/* 1: ref without what index_is_listed() leaves out; before it there was no number, and all were there. */
	FORM = 1,
	BATCH = 4096,
	TYPE_AT = sizeof(struct id), FIELD_AT,
};

static const uint8_t form_key[] = { 'r' }, own_form[] = { FORM };

static struct kv_op form_op(void)
{
	struct kv_op op = { .table = KV_META, .nkey = sizeof form_key, .value = own_form, .nvalue = sizeof own_form };
	memcpy(op.key, form_key, sizeof form_key);
	return op;
}

int index_form_begin(struct kv *kv, struct err *e)
{
	struct kv_op op = form_op();
	const struct kv_op proof = op;
	return kv_apply(kv, &op, 1, 0, &proof, e);
}

bool index_form_is_own(const struct kv_txn *t)
{
	struct kv_bytes value;
	int rc = kv_get(t, KV_META, form_key, sizeof form_key, &value, NULL);
	return rc == OK && value.n == sizeof own_form && *(const uint8_t *)value.p >= FORM;
}

static bool is_too_much(struct kv_bytes key)
{
	const uint8_t *p = key.p;
	return key.n == INDEX_REF_KEY && !index_is_listed(p[TYPE_AT], p[FIELD_AT]);
}

/* One transaction's rows; what is gathered goes, from `next` on there may be more. */
struct batch { struct kv_op *op; size_t n, nnext; uint8_t next[KV_KEY_MOST]; bool last; };

static int gather(struct kv *kv, struct batch *b, struct err *e)
{
	struct kv_txn t;
	struct kv_scan s = { 0 };
	int rc = kv_begin(kv, &t, e);
	if (rc == OK)
		rc = kv_scan_range(&t, KV_REF, b->next, b->nnext, NULL, 0, &s, e);
	for (b->n = 0; rc == OK && b->n < BATCH && (rc = kv_scan_next(&s, e)) == OK;) {
		if (!is_too_much(s.key))
			continue;
		struct kv_op *op = &b->op[b->n++];
		*op = (struct kv_op){ .table = KV_REF, .nkey = (uint8_t)s.key.n, .del = true };
		memcpy(op->key, s.key.p, s.key.n);
		b->nnext = s.key.n;
		memcpy(b->next, s.key.p, s.key.n);
	}
	kv_scan_end(&s);
	kv_end(&t);
	b->last = rc == ERR_NOTFOUND;
	return b->last ? OK : rc;
}

/* The last of them says that all have gone. */
static int drop(struct kv *kv, struct batch *b, struct err *e)
{
	if (b->last)
		b->op[b->n++] = form_op();
	assert(b->n > 0 && b->n <= BATCH + 1);
	const struct kv_op proof = b->op[b->n - 1];
	return kv_apply(kv, b->op, b->n, KV_SHRINKS, &proof, e);
}

static int drop_all(struct store *s, struct err *e)
{
	struct batch b = { 0 };
	struct arena *a = arena_new();
	b.op = arena_try_alloc(a, (BATCH + 1) * sizeof *b.op);
	int rc = b.op ? OK : view_nomem(e);
	while (rc == OK && !b.last) {
		rc = gather(s->kv, &b, e);
		if (rc == OK)
			rc = drop(s->kv, &b, e);
	}
	arena_free(a);
	return rc;
}

int index_form_renew(struct store *s, struct err *e)
{
	struct kv_txn t;
	assert(s->lock && !s->readonly);
	int rc = kv_begin(s->kv, &t, e);
	if (rc != OK)
		return rc;
	const bool own = index_form_is_own(&t);
	kv_end(&t);
	rc = own ? OK : drop_all(s, e);
	return rc == ERR_FULL ? OK : rc;
}
