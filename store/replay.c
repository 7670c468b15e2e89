/* store/replay.c - see replay.h. Owns the order in which a log is read again, and a database that is being made from
 * it. Must not know why: the doctor and the backups do. */
#include "store/replay.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/codec.h"
#include "store/floor.h"
#include "store/index_form.h"
#include "store/lines.h"
#include "store/plan.h"

/* ---- reading ------------------------------------------------------------------------------------- */

/* A sealed group, where it lies in the database. */
struct row {
	const void *p;
	size_t n;
};

/* One incarnation's rows from the first to the last, by place; clock and seen are of the next group. */
struct thread {
	struct dot next;
	size_t at, end;
	int64_t clock;
	struct vector seen;
};

struct reader {
	struct view *v;
	struct arena *a, *lasting;
	struct pile threads, rows;
	const struct peer *peer;         /* what is folded away of each */
	size_t npeers;
	struct view *beside;             /* of a damaged store: by which it is asked what lines were given up, */
	bool alone;                      /* unless that would be the end */
	bool (*stands)(void *ctx, uint64_t inc, uint64_t tag);   /* as replay_each_as */
	void *line;
};

static uint64_t folded(const struct reader *r, uint64_t inc)
{
	for (size_t i = 0; i < r->npeers; i++)
		if (r->peer[i].inc == inc)
			return r->peer[i].folded;
	return 0;
}

static int read_group(
	struct reader *r, const struct thread *t, bool with_writes, struct replay_group *out, struct err *e)
{
	uint8_t key[STORE_LOG_KEY];
	const struct row *row = (const struct row *)r->rows.at + t->at;
	struct group *g = NULL;
	assert(t->at < t->end && t->end <= r->rows.n);
	size_t n = store_log_key(key, t->next);
	int rc = seal_get(r->v->s->seal, KV_LOG, key, n, row->p, row->n, r->a, &out->plain, &out->n, e);
	if (rc == OK)
		rc = codec_get_group(r->a, out->plain, out->n, t->next, with_writes, &g, NULL, e);
	out->g = g;
	return rc;
}

/* What the author of a group had seen, as it counts. */
static int mean(struct reader *r, struct seen *seen, struct err *e)
{
	if (r->alone)
		return OK;
	if (r->beside) {
		*seen = lines_mean_damaged(&r->beside, *seen);
		return OK;
	}
	return lines_mean_as(r->v, r->stands, r->line, seen, e);
}

/* When a thread's next group was written and what its author had seen, which are needed only where there are several
 * to choose between. */
static int peek(struct reader *r, struct thread *t, struct err *e)
{
	struct replay_group out;
	if (t->at == t->end || r->threads.n < 2)
		return OK;
	arena_reset(r->a);
	int rc = read_group(r, t, false, &out, e);
	if (rc != OK)
		return rc;
	struct seen *seen = arena_copy(r->lasting, out.g->seen, out.g->nseen * sizeof *seen);
	for (size_t i = 0; i < out.g->nseen && rc == OK; i++)
		rc = mean(r, &seen[i], e);
	t->clock = out.g->clock;
	t->seen = (struct vector){seen, out.g->nseen};
	return rc;
}

static int refuse_gap(uint64_t no, struct err *e)
{
	return err_set(e, ERR_CORRUPT,
		_("the log lacks change number %llu; restore a backup with: samvagt restore"),
		(unsigned long long)no);
}

static int add_row(struct reader *r, const struct kv_scan *s, struct err *e)
{
	struct thread *t = r->threads.n ? (struct thread *)r->threads.at + r->threads.n - 1 : NULL;
	struct dot dot = s->key.n == STORE_LOG_KEY ? store_read_dot(s->key.p) : (struct dot){0};
	bool same = t && t->next.inc == dot.inc;
	uint64_t want = same ? t->next.no + (t->end - t->at) : folded(r, dot.inc) + 1;
	if (dot.no != want)
		return refuse_gap(want, e);
	struct thread fresh = {.next = dot, .at = r->rows.n, .end = r->rows.n};
	int rc = same ? OK : pile_add(&r->threads, &fresh, e);
	if (rc != OK)
		return rc;
	((struct thread *)r->threads.at)[r->threads.n - 1].end++;
	struct row row = {s->value.p, s->value.n};
	return pile_add(&r->rows, &row, e);
}

/* From the first row to the last, never by key: so a log is read even where the pages that lead to its rows are wrong.
 */
static int find_rows(struct reader *r, struct err *e)
{
	struct kv_scan s;
	int rc = kv_scan_prefix(&r->v->txn, KV_LOG, NULL, 0, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK)
		rc = add_row(r, &s, e);
	kv_scan_end(&s);
	rc = rc == ERR_NOTFOUND ? OK : rc;
	struct thread *t = r->threads.at;
	for (size_t i = 0; i < r->threads.n && rc == OK; i++)
		rc = peek(r, &t[i], e);
	return rc;
}

/* Has everything been read that the author of a thread's next group had seen? *lacks is what hasn't. */
static bool is_ready(const struct reader *r, const struct thread *of, uint64_t *lacks)
{
	const struct thread *t = r->threads.at;
	for (size_t i = 0; i < of->seen.n; i++) {
		struct dot seen = of->seen.at[i].dot;
		size_t k = 0;
		while (k < r->threads.n && t[k].next.inc != seen.inc)
			k++;
		if (k == r->threads.n ? folded(r, seen.inc) < seen.no : t[k].next.no <= seen.no) {
			*lacks = seen.no;
			return false;
		}
	}
	return true;
}

/* The next group: of those that are ready the oldest. NULL at the end. */
static int choose(struct reader *r, struct thread **out, struct err *e)
{
	struct thread *t = r->threads.at, *best = NULL;
	uint64_t lacks = 0;
	for (size_t i = 0; i < r->threads.n; i++) {
		struct stamp at = {t[i].next, t[i].clock};
		if (t[i].at < t[i].end && (!best || stamp_compare(at, (struct stamp){best->next, best->clock}) < 0) &&
		    is_ready(r, &t[i], &lacks))
			best = &t[i];
	}
	*out = best;
	return best || lacks == 0 ? OK : refuse_gap(lacks, e);
}

static int read_all(
	struct reader *r, int (*fn)(void *ctx, const struct replay_group *r, struct err *e), void *ctx, struct err *e)
{
	struct thread *t;
	int rc = find_rows(r, e);
	while (rc == OK && (rc = choose(r, &t, e)) == OK && t) {
		struct replay_group out = {0};
		arena_reset(r->a);
		rc = read_group(r, t, true, &out, e);
		if (rc == OK)
			rc = fn(ctx, &out, e);
		t->next.no++;
		t->at++;
		if (rc == OK)
			rc = peek(r, t, e);
	}
	return rc;
}

static int read_from(
	struct reader *r, int (*fn)(void *ctx, const struct replay_group *r, struct err *e), void *ctx, struct err *e)
{
	r->a = arena_new();
	r->lasting = arena_new();
	r->threads = (struct pile){.a = r->lasting, .item = sizeof(struct thread)};
	r->rows = (struct pile){.a = r->lasting, .item = sizeof(struct row)};
	int rc = view_check_key(r->v, e);
	if (rc == OK)
		rc = read_all(r, fn, ctx, e);
	arena_free(r->a);
	arena_free(r->lasting);
	return rc;
}

int replay_each_over(struct view *v, const struct peer *peer, size_t npeers, bool alone,
	int (*fn)(void *ctx, const struct replay_group *r, struct err *e), void *ctx, struct err *e)
{
	struct reader r = {.v = v, .peer = peer, .npeers = npeers, .alone = alone};
	int rc = view_begin(view_store(v), &r.beside, e);
	if (rc == OK)
		rc = read_from(&r, fn, ctx, e);
	view_end(r.beside);
	return rc;
}

int replay_each_as(struct view *v, bool (*stands)(void *ctx, uint64_t inc, uint64_t tag), void *line,
	int (*fn)(void *ctx, const struct replay_group *r, struct err *e), void *ctx, struct err *e)
{
	struct reader r = {.v = v, .stands = stands, .line = line};
	struct arena *a = arena_new();
	struct peer *peer;
	/* Where that is damaged, the log may still be whole from its beginning. */
	if (peers_read(v, a, &peer, &r.npeers, NULL) != OK)
		r.npeers = 0;
	r.peer = peer;
	int rc = read_from(&r, fn, ctx, e);
	arena_free(a);
	return rc;
}

int replay_each(
	struct view *v, int (*fn)(void *ctx, const struct replay_group *r, struct err *e), void *ctx, struct err *e)
{
	return replay_each_as(v, NULL, NULL, fn, ctx, e);
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
	if (rc == OK)
		rc = index_form_begin(s->kv, e);
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
	rc = plan_begin(&p, v, a, e);
	p.again = floor_is_laid(v) ? g : NULL;
	if (rc == OK)
		rc = floor_is_under(v, g->dot) ? plan_history(&p, g, e) : plan_group(&p, g, e);
	if (rc == OK)
		rc = plan_finish(&p, e);
	view_end(v);
	if (rc == OK)
		rc = kv_apply(s->kv, p.op, p.nop, 0, &p.proof, e);
	plan_free(&p);
	arena_free(a);
	return rc;
}

/* The newest clock of all that is here, also of what isn't in the log; but for one that is wrong. */
static int newest_clock(struct view *v, int64_t *clock, struct err *e)
{
	struct arena *a = arena_new();
	const struct store *s = view_store(v);
	struct peer *p;
	size_t n;
	int rc = peers_read(v, a, &p, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (p[i].clock > *clock && (p[i].inc == s->format.incarnation || plan_absorbs(s, p[i].clock)))
			*clock = p[i].clock;
	arena_free(a);
	return rc;
}

/* An incarnation that has written nothing yet begins after all that it was given, also within the same second: so order
 * by stamp is the order in which things were written. */
static int set_clock(struct store *s, struct err *e)
{
	struct view *v;
	struct head h;
	int64_t newest = INT64_MIN;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	rc = view_head(v, &h, e);
	if (rc == OK)
		rc = newest_clock(v, &newest, e);
	view_end(v);
	if (rc != OK)
		return rc;
	h.clock = newest > h.clock ? newest : h.clock;
	h.clock += h.no == 0 && h.clock == newest;
	struct kv_op op = {.table = KV_META, .nkey = 1, .key = "h", .nvalue = STORE_HEAD};
	uint8_t value[STORE_HEAD];
	store_put_head(value, s->format.incarnation, &h);
	op.value = value;
	const struct kv_op proof = op;
	return kv_apply(s->kv, &op, 1, 0, &proof, e);
}

int replay_finish(struct store *s, struct err *e)
{
	int rc = set_clock(s, e);
	return rc == OK ? kv_sync(s->kv, e) : rc;
}
