/* store/remake.c - see remake.h. Owns the workshop folder and the swap. Must not know what is made, nor why. */
#include "store/remake.h"

#include <assert.h>
#include <string.h>

#include "store/peers.h"
#include "store/replay.h"

enum { BATCH_ROWS = 1024, BATCH_BYTES = 4 << 20 };

static const char *workshop(struct arena *a, const struct store *s)
{
	return os_path_join(a, s->dir, "rebuild");
}

static void clear_workshop(const struct store *s)
{
	struct arena *a = arena_new();
	os_remove_tree(workshop(a, s), NULL);
	arena_free(a);
}

int remake_begin(struct store *s, const struct keys_format *format, struct store **fresh, struct err *e)
{
	struct arena *a = arena_new();
	*fresh = NULL;
	assert(s->lock && !s->readonly && s->seal);
	int rc = os_remove_tree(workshop(a, s), e);
	if (rc == OK)
		rc = replay_begin(workshop(a, s), format, s->seal, &s->clock, fresh, e);
	if (rc != OK)
		clear_workshop(s);
	arena_free(a);
	return rc;
}

/* ---- rows ---------------------------------------------------------------------------------------- */

/* The values stay where they are, in the map of the view that they are read through. */
struct batch { struct store *fresh; struct kv_op *op; size_t n, bytes; };

static int flush(struct batch *b, struct err *e)
{
	if (b->n == 0)
		return OK;
	const struct kv_op proof = b->op[0];
	int rc = kv_apply(b->fresh->kv, b->op, b->n, 0, &proof, e);
	b->n = b->bytes = 0;
	return rc;
}

static int add_row(struct batch *b, const struct kv_scan *s, struct err *e)
{
	struct kv_op *op = &b->op[b->n++];
	assert(s->key.n <= KV_KEY_MOST && s->value.n <= UINT32_MAX);
	*op = (struct kv_op){ .table = (uint8_t)s->table, .nkey = (uint8_t)s->key.n, .nvalue = (uint32_t)s->value.n,
		.value = s->value.p };
	memcpy(op->key, s->key.p, s->key.n);
	b->bytes += s->value.n;
	return b->n == BATCH_ROWS || b->bytes >= BATCH_BYTES ? flush(b, e) : OK;
}

int remake_carry(struct view *from, struct store *fresh, enum kv_table table, const void *prefix, size_t n,
	bool (*keep)(void *ctx, struct kv_bytes key, struct kv_bytes value), void *ctx, struct err *e)
{
	struct kv_scan s;
	struct arena *a = arena_new();
	struct batch b = { .fresh = fresh, .op = arena_alloc(a, BATCH_ROWS * sizeof(struct kv_op)) };
	int rc = kv_scan_prefix(&from->txn, table, prefix, n, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK)
		if (!keep || keep(ctx, s.key, s.value))
			rc = add_row(&b, &s, e);
	/* What was read before something that can't be isn't lost. */
	if (rc == ERR_NOTFOUND || rc == ERR_CORRUPT) {
		int end = flush(&b, e);
		rc = rc == ERR_NOTFOUND || end != OK ? end : rc;
	}
	kv_scan_end(&s);
	arena_free(a);
	return rc;
}

int remake_put(struct store *fresh, const void *key, size_t nkey, const void *value, size_t n, struct err *e)
{
	struct kv_op op = { .table = KV_META, .nkey = (uint8_t)nkey, .value = value, .nvalue = (uint32_t)n };
	assert(nkey <= KV_KEY_MOST && n <= UINT32_MAX);
	memcpy(op.key, key, nkey);
	const struct kv_op proof = op;
	return kv_apply(fresh->kv, &op, 1, 0, &proof, e);
}

int remake_head(struct view *from, struct store *fresh, struct err *e)
{
	struct head h;
	uint8_t value[STORE_HEAD];
	int rc = view_head(from, &h, e);
	if (rc != OK)
		return rc;
	memset(h.state, 0, sizeof h.state);
	store_put_head(value, fresh->format.incarnation, &h);
	return remake_put(fresh, "h", 1, value, sizeof value, e);
}

int remake_heard(struct view *from, struct store *fresh, struct err *e)
{
	struct arena *a = arena_new();
	struct peer *was;
	size_t n;
	int rc = peers_read(from, a, &was, &n, e);
	if (rc == OK)
		rc = peers_hear(fresh, was, n, e);
	arena_free(a);
	return rc;
}

/* ---- the swap ------------------------------------------------------------------------------------ */

static int swap_in(struct arena *a, struct store *s, struct err *e)
{
	const char *db = os_path_join(a, s->dir, "db"), *made = os_path_join(a, workshop(a, s), "db");
	int rc = os_fsync_dir(made, e);
	if (rc == OK)
		rc = os_exchange(db, made, e);
	if (rc == OK)
		rc = os_fsync_dir(s->dir, e);
	/* What can't be made sure of counts as it stands: whichever it is, it is whole. */
	int opened = kv_reopen(s->kv, rc == OK ? e : NULL);
	return rc == OK ? opened : rc;
}

/* rc: is it down? */
static int place(struct store *s, struct store *fresh, int rc, struct err *e)
{
	struct arena *a = arena_new();
	assert(fresh != s && fresh->kv != s->kv);
	replay_close(fresh);
	if (rc == OK)
		rc = swap_in(a, s, e);
	memset(s->newest, 0, sizeof s->newest);
	clear_workshop(s);
	arena_free(a);
	return rc;
}

int remake_finish(struct store *s, struct store *fresh, struct err *e)
{
	return place(s, fresh, replay_finish(fresh, e), e);
}

int remake_place(struct store *s, struct store *fresh, struct err *e)
{
	return place(s, fresh, kv_sync(fresh->kv, e), e);
}

void remake_abandon(struct store *s, struct store *fresh)
{
	if (!fresh)
		return;
	replay_close(fresh);
	clear_workshop(s);
}
