/* store/replay.c - see replay.h. Owns the order in which a log is read again, and a database that is being made from
 * it. Must not know why: the doctor and the backups do. */
#include "store/replay.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/codec.h"

/* ---- reading ------------------------------------------------------------------------------------- */

/* One incarnation's groups from the first to the last; `clock` is of the next. */
struct thread {
	struct dot next;
	uint64_t last;
	int64_t clock;
};

struct reader {
	struct view *v;
	struct arena *a;
	struct pile threads;
};

static int read_group(struct reader *r, struct dot dot, bool with_writes, struct replay_group *out, struct group **g,
		      struct err *e)
{
	uint8_t key[STORE_LOG_KEY];
	struct kv_bytes row;
	assert(dot.no > 0);
	size_t nkey = store_log_key(key, dot);
	int rc = kv_get(&r->v->txn, KV_LOG, key, nkey, &row, e);
	if (rc == ERR_NOTFOUND)
		return err_set(e, ERR_CORRUPT,
			       _("the log lacks change number %llu; restore a backup with: samvagt restore"),
			       (unsigned long long)dot.no);
	if (rc == OK)
		rc = seal_get(r->v->s->seal, KV_LOG, key, nkey, row.p, row.n, r->a, &out->plain, &out->n, e);
	if (rc == OK)
		rc = codec_get_group(r->a, out->plain, out->n, dot, with_writes, g, e);
	out->g = *g;
	return rc;
}

/* The clock of a thread's next group, which is needed only where there are several to choose between. */
static int peek(struct reader *r, struct thread *t, struct err *e)
{
	struct replay_group out;
	struct group *g = NULL;
	if (t->next.no > t->last || r->threads.n < 2)
		return OK;
	arena_reset(r->a);
	int rc = read_group(r, t->next, false, &out, &g, e);
	t->clock = rc == OK ? g->clock : 0;
	return rc;
}

/* The last key of each incarnation, from the end of the table. */
static int find_threads(struct reader *r, struct err *e)
{
	uint8_t key[STORE_LOG_KEY];
	struct kv_bytes found, value;
	size_t n = store_log_key(key, (struct dot){UINT64_MAX, UINT64_MAX});
	int rc;
	while ((rc = kv_before(&r->v->txn, KV_LOG, key, n, &found, &value, e)) == OK) {
		if (found.n != STORE_LOG_KEY)
			return view_corrupt(r->v, KV_LOG, e);
		struct dot last = store_read_dot(found.p);
		struct thread t = {.next = {last.inc, 1}, .last = last.no};
		rc = pile_add(&r->threads, &t, e);
		if (rc != OK)
			return rc;
		store_log_key(key, (struct dot){last.inc, 0});
	}
	struct thread *t = r->threads.at;
	rc = rc == ERR_NOTFOUND ? OK : rc;
	for (size_t i = 0; i < r->threads.n && rc == OK; i++)
		rc = peek(r, &t[i], e);
	return rc;
}

static struct thread *oldest(struct reader *r)
{
	struct thread *t = r->threads.at, *best = NULL;
	for (size_t i = 0; i < r->threads.n; i++) {
		struct stamp at = {t[i].next, t[i].clock};
		if (t[i].next.no <= t[i].last &&
		    (!best || stamp_compare(at, (struct stamp){best->next, best->clock}) < 0))
			best = &t[i];
	}
	return best;
}

static int read_all(struct reader *r, int (*fn)(void *ctx, const struct replay_group *r, struct err *e), void *ctx,
		    struct err *e)
{
	struct thread *t;
	int rc = find_threads(r, e);
	while (rc == OK && (t = oldest(r)) != NULL) {
		struct replay_group out = {0};
		struct group *g = NULL;
		arena_reset(r->a);
		rc = read_group(r, t->next, true, &out, &g, e);
		if (rc == OK)
			rc = fn(ctx, &out, e);
		t->next.no++;
		if (rc == OK)
			rc = peek(r, t, e);
	}
	return rc;
}

int replay_each(struct view *v, int (*fn)(void *ctx, const struct replay_group *r, struct err *e), void *ctx,
		struct err *e)
{
	struct arena *lasting = arena_new();
	struct reader r = {.v = v, .a = arena_new(), .threads = {.a = lasting, .item = sizeof(struct thread)}};
	int rc = view_check_key(v, e);
	if (rc == OK)
		rc = read_all(&r, fn, ctx, e);
	arena_free(r.a);
	arena_free(lasting);
	return rc;
}

int replay_count(struct view *v, size_t *n, struct err *e)
{
	return kv_rows(&v->txn, KV_LOG, n, e);
}

/* ---- making -------------------------------------------------------------------------------------- */

int replay_begin(const char *dir, const struct keys_format *format, struct seal *seal, const struct os_clock *clock,
		 struct store **out, struct err *e)
{
	struct arena *a = arena_new();
	struct store *s = mem_alloc(sizeof *s);
	*out = NULL;
	s->dir = mem_strdup(dir);
	s->clock = *clock;
	s->format = *format;
	s->seal = seal;
	s->next_id = 1;
	int rc = os_mkdir_p(os_path_join(a, dir, "db"), e);
	if (rc == OK)
		rc = kv_open(dir, KV_CREATE | KV_UNSYNCED, &s->kv, e);
	arena_free(a);
	if (rc == OK)
		*out = s;
	else
		replay_close(s);
	return rc;
}

void replay_close(struct store *s)
{
	if (!s)
		return;
	assert(!s->lock);
	s->seal = NULL;
	store_close(s);
}

int replay_apply(struct store *s, const struct group *g, struct err *e)
{
	struct view *v;
	struct plan p;
	assert(s->seal && g->dot.no > 0);
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	struct arena *a = arena_new();
	plan_init(&p, v, a);
	rc = plan_writes(&p, g, e);
	if (rc == OK)
		rc = plan_finish(&p, g, e);
	plan_free(&p);
	view_end(v);
	if (rc == OK)
		rc = kv_apply(s->kv, p.op, p.nop, false, &p.proof, e);
	arena_free(a);
	return rc;
}

/* An incarnation that has written nothing yet begins after all that it was given, also within the same second: so order
 * by stamp is the order in which things were written. */
static int set_clock(struct store *s, struct err *e)
{
	struct view *v;
	struct head h;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	rc = view_head(v, &h, e);
	view_end(v);
	if (rc != OK || h.no > 0)
		return rc;
	h.clock++;
	struct kv_op op = {.table = KV_META, .nkey = 1, .key = "h", .nvalue = STORE_HEAD};
	uint8_t value[STORE_HEAD];
	store_put_head(value, &h);
	op.value = value;
	const struct kv_op proof = op;
	return kv_apply(s->kv, &op, 1, false, &proof, e);
}

int replay_finish(struct store *s, struct err *e)
{
	int rc = set_clock(s, e);
	return rc == OK ? kv_sync(s->kv, e) : rc;
}
