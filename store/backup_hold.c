/* store/backup_hold.c - see backup_hold.h. Owns the pieces of a backup: what goes into them, and a store made from
 * them. Must not know how they are sealed (backup_file.c), nor where the file lies (backup.c). */
#include "store/backup_hold.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/codec.h"
#include "store/floor.h"
#include "store/replay.h"

enum {
	PIECE = 1 << 20,        /* items are gathered to this before they are packed */
	INFO_HEAD = 8 + 8,      /* when it was made, how many groups; then the site's name */
};

enum hold { ROW = 'm', RECORD = 'r', GROUP = 'g', HEARD = 'h' };

/* ---- writing ------------------------------------------------------------------------------------- */

struct writing {
	struct view *v;
	struct backup_out *out;
	const struct backup_progress *progress;
	struct buf piece, plain;
	size_t done, total;
	const struct peer *floor;
	size_t nfloor;
	struct arena *one;
};

static int no_memory(struct err *e)
{
	return err_set(e, ERR_NOMEM, _("there isn't memory enough for a backup"));
}

static int flush(struct writing *w, struct err *e)
{
	if (w->piece.oom)
		return no_memory(e);
	int rc = w->piece.n > 0 ? backup_out_piece(w->out, w->piece.p, w->piece.n, e) : OK;
	buf_reset(&w->piece);
	if (rc == OK && w->progress->fn && w->progress->fn(w->progress->ctx, w->done, w->total) != 0)
		return err_set(e, ERR_STOPPED, _("stopped; nothing was changed"));
	return rc;
}

static int add_item(struct writing *w, enum hold kind, const void *key, size_t nkey, const void *value, size_t n,
	struct err *e)
{
	uint8_t length[4];
	int rc = OK;
	assert(nkey > 0 && nkey <= KV_KEY_MOST && n <= UINT32_MAX);
	if (w->piece.n > 0 && *w->piece.p != (char)kind)
		rc = flush(w, e);
	if (w->piece.n == 0)
		buf_addc(&w->piece, (char)kind);
	be_put(length, n, sizeof length);
	buf_addc(&w->piece, (char)nkey);
	buf_add(&w->piece, key, nkey);
	buf_add(&w->piece, length, sizeof length);
	buf_add(&w->piece, value, n);
	return rc == OK && w->piece.n >= PIECE ? flush(w, e) : rc;
}

static int add_info(struct writing *w, struct err *e)
{
	uint8_t head[INFO_HEAD];
	struct store *s = view_store(w->v);
	struct rec *site;
	int rc = view_get(w->v, w->one, TYPE_SITE, store_site(s), &site, e);
	if (rc != OK)
		return rc;
	be_put(be_put_signed(head, store_now(s), 8), w->total, 8);
	buf_add(&w->piece, head, sizeof head);
	buf_adds(&w->piece, site ? rec_text(site, F_SITE_NAME) : "");
	return flush(w, e);
}

static int add_rows(struct writing *w, char kind, struct err *e)
{
	struct kv_scan s;
	int rc = kv_scan_prefix(&w->v->txn, KV_META, &kind, 1, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK)
		rc = add_item(w, ROW, s.key.p, s.key.n, s.value.p, s.value.n, e);
	kv_scan_end(&s);
	return rc == ERR_NOTFOUND ? OK : rc;
}

/* Incarnations go on above the floor. */
static int add_heads(struct writing *w, struct arena *a, struct err *e)
{
	struct peer *head;
	struct buf b = { 0 };
	uint8_t key[PEER_KEY];
	int rc = floor_heads(w->v, a, w->floor, w->nfloor, &head, e);
	for (size_t i = 0; i < w->nfloor && rc == OK; i++) {
		buf_reset(&b);
		peers_put(&b, &head[i]);
		rc = b.oom ? no_memory(e) : add_item(w, ROW, key, peers_key(key, 'p', head[i].inc), b.p, b.n, e);
	}
	buf_free(&b);
	return rc;
}

static int add_all_rows(struct writing *w, struct arena *a, struct err *e)
{
	static const char kinds[] = { 'v', 'k', 'm', 'x', 'f', 't', 'b' };
	struct peer *floor;
	int rc = floor_read(w->v, a, &floor, &w->nfloor, e);
	w->floor = floor;
	for (size_t i = 0; i < sizeof kinds && rc == OK; i++)
		rc = add_rows(w, kinds[i], e);
	return rc == OK ? add_heads(w, a, e) : rc;
}

static int add_record(void *ctx, const struct rec *r, struct err *e)
{
	struct writing *w = ctx;
	struct rec *cut;
	uint8_t key[STORE_REC_KEY];
	arena_reset(w->one);
	int rc = floor_cut(w->one, w->floor, w->nfloor, r, &cut, e);
	if (rc != OK || !cut)
		return rc;
	buf_reset(&w->plain);
	rc = codec_put_rec(&w->plain, cut);
	if (rc != OK)
		return rc == ERR_NOMEM ? no_memory(e) : view_corrupt(w->v, KV_REC, e);
	return add_item(w, RECORD, key, store_rec_key(key, r->type, r->id), w->plain.p, w->plain.n, e);
}

static int add_records(struct writing *w, struct err *e)
{
	return w->nfloor > 0 ? exchange_records(w->v, add_record, w, e) : OK;
}

static int add_group(void *ctx, const struct replay_group *r, struct err *e)
{
	struct writing *w = ctx;
	uint8_t key[STORE_LOG_KEY];
	w->done++;
	return add_item(w, GROUP, key, store_log_key(key, r->g->dot), r->plain, r->n, e);
}

static int add_heard(struct writing *w, struct arena *a, struct err *e)
{
	struct peer *peer;
	size_t n = 0;
	uint8_t inc[8], heard[8];
	int rc = peers_read(w->v, a, &peer, &n, e);
	for (size_t i = 0; i < n && rc == OK; i++) {
		be_put(inc, peer[i].inc, 8);
		be_put_signed(heard, peer[i].heard, 8);
		if (peer[i].heard != 0)
			rc = add_item(w, HEARD, inc, sizeof inc, heard, sizeof heard, e);
	}
	return rc;
}

static int write_all(struct writing *w, struct arena *a, struct err *e)
{
	int rc = replay_count(w->v, &w->total, e);
	if (rc == OK)
		rc = add_info(w, e);
	if (rc == OK)
		rc = add_all_rows(w, a, e);
	if (rc == OK)
		rc = add_records(w, e);
	if (rc == OK)
		rc = replay_each(w->v, add_group, w, e);
	if (rc == OK)
		rc = add_heard(w, a, e);
	return rc == OK ? flush(w, e) : rc;
}

int backup_hold_write(struct view *v, struct backup_out *out, const struct backup_progress *progress, struct err *e)
{
	struct writing w = { .v = v, .out = out, .progress = progress, .one = arena_new() };
	struct arena *a = arena_new();
	int rc = write_all(&w, a, e);
	buf_free(&w.piece);
	buf_free(&w.plain);
	arena_free(w.one);
	arena_free(a);
	return rc;
}

/* ---- reading ------------------------------------------------------------------------------------- */

struct reading {
	struct backup_in *in;
	struct store *fresh;             /* NULL: it is only checked */
	struct load *load;               /* while records come */
	struct arena *one;
	uint64_t groups;
};

struct item { const uint8_t *key, *value; size_t nkey, n; };

static int read_info(struct backup_in *in, struct backup_info *out, struct err *e)
{
	const uint8_t *p;
	size_t n;
	int rc = backup_in_piece(in, &p, &n, e);
	if (rc != OK)
		return rc;
	if (n < INFO_HEAD)
		return backup_in_damaged(in, e);
	out->made = be_get_signed(p, 8);
	out->groups = be_get(p + 8, 8);
	snprintf(out->site, sizeof out->site, "%.*s", (int)(n - INFO_HEAD), (const char *)p + INFO_HEAD);
	return OK;
}

/* From the front of a piece. */
static bool next_item(const uint8_t **p, size_t *n, struct item *out)
{
	enum { LENGTH = 4 };
	const uint8_t *at = *p;
	size_t nkey = at[0];
	if (nkey == 0 || nkey > KV_KEY_MOST || *n < 1 + nkey + LENGTH)
		return false;
	size_t length = (size_t)be_get(at + 1 + nkey, LENGTH), all = 1 + nkey + LENGTH;
	if (length > *n - all)
		return false;
	*out = (struct item){ at + 1, at + all, nkey, length };
	*p += all + length;
	*n -= all + length;
	return true;
}

static int put_row(struct reading *r, const struct item *i, struct err *e)
{
	struct kv_op op = { .table = KV_META, .nkey = (uint8_t)i->nkey, .value = i->value, .nvalue = (uint32_t)i->n };
	if (!strchr("vkmxftbp", i->key[0]))
		return backup_in_damaged(r->in, e);
	if (!r->fresh)
		return OK;
	memcpy(op.key, i->key, i->nkey);
	const struct kv_op proof = op;
	return kv_apply(r->fresh->kv, &op, 1, 0, &proof, e);
}

static int put_record(struct reading *r, const struct item *i, struct err *e)
{
	struct rec *rec;
	struct id id;
	if (i->nkey != STORE_REC_KEY || i->key[0] == 0)
		return backup_in_damaged(r->in, e);
	memcpy(id.b, i->key + 1, sizeof id.b);
	int rc = codec_get_rec(r->one, i->value, i->n, i->key[0], id, &rec, e);
	if (rc == ERR_CORRUPT)
		return backup_in_damaged(r->in, e);
	if (rc == OK && r->fresh && !r->load)
		rc = load_begin(r->fresh, &r->load, e);
	return rc == OK && r->fresh ? load_rec(r->load, rec, e) : rc;
}

static int put_group(struct reading *r, const struct item *i, struct err *e)
{
	struct group *g;
	struct dot dot = i->nkey == STORE_LOG_KEY ? store_read_dot(i->key) : (struct dot){ 0 };
	if (dot.no == 0)
		return backup_in_damaged(r->in, e);
	r->groups++;
	int rc = codec_get_group(r->one, i->value, i->n, dot, true, &g, NULL, e);
	if (rc == ERR_CORRUPT)
		return backup_in_damaged(r->in, e);
	return rc == OK && r->fresh ? replay_apply(r->fresh, g, e) : rc;
}

static int put_heard(struct reading *r, const struct item *i, struct err *e)
{
	if (i->nkey != 8 || i->n != 8)
		return backup_in_damaged(r->in, e);
	const struct peer was = { .inc = be_get(i->key, 8), .heard = be_get_signed(i->value, 8) };
	return r->fresh ? peers_hear(r->fresh, &was, 1, e) : OK;
}

/* They must all be there before the first group comes. */
static int end_records(struct reading *r, struct err *e)
{
	struct load *load = r->load;
	r->load = NULL;
	return load ? load_end(load, e) : OK;
}

static int read_piece(struct reading *r, const uint8_t *p, size_t n, struct err *e)
{
	static const struct {
		enum hold kind;
		int (*put)(struct reading *r, const struct item *i, struct err *e);
	} kinds[] = {
		{ ROW, put_row }, { RECORD, put_record }, { GROUP, put_group }, { HEARD, put_heard },
	};
	enum { KINDS = sizeof kinds / sizeof *kinds };
	size_t k = 0;
	struct item item;
	while (k < KINDS && *p != kinds[k].kind)
		k++;
	if (k == KINDS)
		return backup_in_damaged(r->in, e);
	int rc = kinds[k].kind == RECORD ? OK : end_records(r, e);
	for (p++, n--; n > 0 && rc == OK;) {
		arena_reset(r->one);
		rc = next_item(&p, &n, &item) ? kinds[k].put(r, &item, e) : backup_in_damaged(r->in, e);
	}
	return rc;
}

int backup_hold_read(struct backup_in *in, struct store *fresh, struct backup_info *info, struct err *e)
{
	struct reading r = { .in = in, .fresh = fresh, .one = arena_new() };
	const uint8_t *p;
	size_t n = 1;
	int rc = read_info(in, info, e);
	while (rc == OK && (rc = backup_in_piece(in, &p, &n, e)) == OK && n > 0)
		rc = read_piece(&r, p, n, e);
	if (rc == OK)
		rc = end_records(&r, e);
	load_abandon(r.load);
	arena_free(r.one);
	return rc == OK && r.groups != info->groups ? backup_in_damaged(in, e) : rc;
}
