/* store/transplant.c - see exchange.h. Owns giving up a line of changes: which groups go or are issued again, and what
 * a store keeps when it is made again without them. Must not know how it found out (sync/ does), nor what ids become
 * (remap.c).
 *
 * Both ways the store is made again from its log, beside its place. What hangs on the line (what others were known to
 * have of it, files of it) is cut back to where it was left. Where the floor lies over the line, or another history of
 * it is here, that can't be done: then it is only told what would be issued again. */
#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/codec.h"
#include "store/exchange.h"
#include "store/floor.h"
#include "store/identity.h"
#include "store/leftover.h"
#include "store/lines_seen.h"
#include "store/peers.h"
#include "store/remake.h"
#include "store/remap.h"
#include "store/replay.h"

struct moving {
	struct store *s, *fresh;
	struct view *v;
	struct arena *a, *one;
	uint64_t inc, after, last;
	uint64_t from;                   /* what is between `after` and that others have issued again */
	uint64_t to;                     /* 0: what comes after is dropped */
	struct seen left;                /* where the line was left */
	struct pile tags;                /* of what is given up */
	struct pile under;               /* struct floor_value: what it wrote over */
	struct remap remap;
	struct vector context;           /* of the line's author, while it is read */
	struct peer *floor;
	size_t nfloor;
	struct keys_format format;
	struct id site;                  /* its author's own record */
	bool (*file_end)(const struct kept *k, struct seen *out);
	bool keeps;                      /* the kept file whose rows are read */
	bool (*stands)(void *ctx, uint64_t inc, uint64_t tag);   /* of lines given up before; NULL: all */
	void *ctx;
	uint64_t folded;                 /* of the line */
	bool beside;                     /* it is only told what is issued again, by who has it */
};

static bool is_given_up(const struct moving *m, struct dot dot)
{
	return dot.inc == m->inc && dot.no > m->after;
}

/* ---- the line ------------------------------------------------------------------------------------ */

/* What stands where it was left, and the tags of what came after. */
static int keep_made(struct moving *m, struct id id, struct err *e)
{
	uint64_t inc, counter;
	return m->to && id_made(id, &inc, &counter) && inc == m->inc ? remap_keep(&m->remap, id, e) : OK;
}

static int add_under(struct moving *m, const struct write *w, struct dot dot, struct err *e)
{
	const struct floor_value under = { w->id, dot, w->type, w->field };
	bool stood = dot.no > 0 && floor_covers(m->floor, m->nfloor, dot);
	return stood ? pile_add(&m->under, &under, e) : OK;
}

/* What it wrote over no group tells again. */
static int note_given_up(struct moving *m, const struct group *g, struct err *e)
{
	int rc = pile_add(&m->tags, &g->tag, e);
	for (size_t i = 0; i < g->nwrites && rc == OK; i++)
		rc = add_under(m, &g->writes[i], g->writes[i].before, e);
	for (size_t i = 0; i < g->naside && rc == OK; i++)
		rc = add_under(m, &g->writes[g->aside[i].write], g->aside[i].dot, e);
	return rc;
}

static int compare_under(const void *x, const void *y)
{
	const struct floor_value *a = x, *b = y;
	return a->type != b->type ? a->type - b->type : id_compare(a->id, b->id);
}

/* What the author of the line had seen by this group, as it counts. */
static int follow_context(struct moving *m, const struct group *g, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; i < g->nseen && rc == OK; i++) {
		struct seen seen = g->seen[i];
		rc = lines_mean(m->v, &seen, e);
		if (rc == OK && seen.dot.no > 0)
			m->context = vector_join(m->a, &m->context, &(struct vector){ &seen, 1 });
	}
	return rc;
}

static int read_line(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *e)
{
	struct moving *m = ctx;
	(void)canonical, (void)n;
	int rc = m->beside ? follow_context(m, g, e) : OK;
	if (rc == OK && is_given_up(m, g->dot))
		return m->beside ? remap_learn(&m->remap, g, e) : note_given_up(m, g, e);
	m->left = (struct seen){ g->dot, g->tag };
	for (size_t i = 0; i < g->nwrites && rc == OK; i++)
		rc = keep_made(m, g->writes[i].id, e);
	return rc;
}

/* What lies under the floor was made before the point, too. */
static int keep_record(void *ctx, const struct rec *r, struct err *e)
{
	struct moving *m = ctx;
	bool covered = false;
	for (size_t i = 0; i < r->n && !covered; i++)
		covered = floor_covers(m->floor, m->nfloor, r->f[i].at.dot);
	return covered ? keep_made(m, r->id, e) : OK;
}

/* Where all of the line is in the log, and nothing is to be taken out of the store, a floor matters not. */
static int find_floor(struct moving *m, struct err *e)
{
	int rc = floor_read(m->v, m->a, &m->floor, &m->nfloor, e);
	if (rc != OK || m->nfloor == 0)
		return rc;
	const bool under = floor_covers(m->floor, m->nfloor, (struct dot){ m->inc, m->after + 1 });
	if (under && m->beside && m->folded == 0)
		return OK;
	if (under)
		return err_set(e, ERR_CONFLICT,
			_("the changes after number %llu came with a state of the whole, so they can't be told apart any more"),
			(unsigned long long)m->after);
	for (size_t i = 0; i < m->nfloor && rc == OK; i++)
		if (m->floor[i].inc == m->inc) {
			rc = lines_mean_all(m->v, m->a, &m->floor[i].context, &m->context, e);
			m->left = (struct seen){ { m->inc, m->floor[i].no }, chain_tag(m->floor[i].chain) };
		}
	return rc == OK ? exchange_records(m->v, keep_record, m, e) : rc;
}

static int find_line(struct moving *m, struct err *e)
{
	struct peer p;
	int rc = peers_find(m->v, m->inc, &p, e);
	if (rc != OK)
		return rc;
	m->last = p.no;
	m->folded = p.folded;
	assert(m->after <= m->from);
	if (m->from > p.no)
		return err_set(e, ERR_CONFLICT, _("there is no change with number %llu"), (unsigned long long)m->from);
	rc = m->beside || m->after < p.no ? find_floor(m, e) : OK;
	/* a site's own record stays itself even when nobody else knows it: the format file and the ring name it */
	if (rc == OK)
		rc = keep_made(m, m->site, e);
	const uint64_t upto = m->beside ? m->from : p.no;
	return rc == OK && upto > p.folded ? exchange_groups(m->v, m->inc, p.folded + 1, upto, read_line, m, e) : rc;
}

/* ---- groups -------------------------------------------------------------------------------------- */

/* The first of them says all that its author had seen, where it was left included: nobody knows him by his new name. None
 * says what doesn't count any more: that may be under a name which nobody else ever hears of. */
static int rename_group(struct moving *m, const struct group *g, struct group *moved, struct err *e)
{
	arena_reset(m->one);
	int rc = remap_group(&m->remap, m->one, g, moved, e);
	if (rc != OK)
		return rc;
	assert(moved->dot.inc == m->to && moved->dot.no == g->dot.no - m->from);
	struct vector left = { &m->left, m->after > 0 }, says = { g->seen, g->nseen }, counts = { 0 };
	if (moved->dot.no == 1)
		counts = vector_join(m->one, &m->context, &left);
	else
		rc = lines_mean_all(m->v, m->one, &says, &counts, e);
	moved->seen = counts.at;
	moved->nseen = counts.n;
	return rc;
}

static int move_group(void *ctx, const struct replay_group *r, struct err *e)
{
	struct moving *m = ctx;
	int rc = r->g->dot.inc == m->inc ? follow_context(m, r->g, e) : OK;
	if (rc != OK)
		return rc;
	if (!is_given_up(m, r->g->dot))
		return replay_apply(m->fresh, r->g, e);
	struct group moved;
	rc = m->to ? rename_group(m, r->g, &moved, e) : OK;
	return rc == OK && m->to ? replay_apply(m->fresh, &moved, e) : rc;
}

/* ---- what hangs on it ---------------------------------------------------------------------------- */

static bool ends_in_line(const struct moving *m, const struct kept *k)
{
	const uint64_t *tag = m->tags.at;
	struct seen end;
	if (!m->file_end || !m->file_end(k, &end))
		return true;
	return end.dot.no > m->after && end.dot.no <= m->last && tag[end.dot.no - m->after - 1] == end.tag;
}

/* A file that begins after the point and ends in what is given up holds nothing else. One of the line's other history
 * stays, for that may lie nowhere else. So does one that begins before the point and reaches beyond it: nothing else
 * may hold what it has of the line up to there, and who reads it takes no more of it. */
static bool keep_file(void *ctx, struct kv_bytes key, struct kv_bytes value)
{
	struct moving *m = ctx;
	struct kept k;
	if (key.n < STORE_LOG_KEY || !is_given_up(m, store_read_dot(key.p)))
		return true;             /* a damaged one, too: the doctor tells of it where it is */
	if (kept_of_row(m->v, key, value, &k))
		m->keeps = !ends_in_line(m, &k);
	return m->keeps;
}

static int carry_files(struct moving *m, struct err *e)
{
	return remake_carry(m->v, m->fresh, KV_SEG, NULL, 0, keep_file, m, e);
}

/* What an incarnation is known to have: of the line no more than stands. */
static int cut_acked(struct moving *m, struct kv_bytes row, struct buf *b, struct err *e)
{
	struct vector had, left = { &m->left, m->after > 0 };
	if (!vector_unpack(m->one, row.p, row.n, &had))
		return view_corrupt(m->v, KV_META, e);
	struct seen *at = arena_alloc(m->one, (had.n + 1) * sizeof *at);
	struct vector cut = { at, 0 };
	for (size_t i = 0; i < had.n; i++)
		if (!is_given_up(m, had.at[i].dot))
			at[cut.n++] = had.at[i];
	if (cut.n < had.n)
		cut = vector_join(m->one, &cut, &left);
	assert(cut.n <= had.n);
	if (buf_reserve(b, VECTOR_ITEM * cut.n))
		b->n = (size_t)(vector_pack((uint8_t *)b->p, &cut) - (uint8_t *)b->p);
	return OK;
}

/* What a merge brought: the same. One that brought nothing else is none. */
static int cut_merge(struct moving *m, struct kv_bytes row, struct buf *b, struct err *e)
{
	enum { HEAD = 8 + 1, RANGE = 3 * 8 };
	const uint8_t *p = row.p, *end = p + row.n;
	if (row.n < HEAD || row.n < HEAD + (size_t)p[HEAD - 1] || (row.n - HEAD - p[HEAD - 1]) % RANGE != 0)
		return view_corrupt(m->v, KV_META, e);
	buf_add(b, p, HEAD + (size_t)p[HEAD - 1]);
	for (p += HEAD + p[HEAD - 1]; p < end; p += RANGE) {
		uint64_t inc = be_get(p, 8), after = be_get(p + 8, 8), upto = be_get(p + 16, 8);
		uint8_t range[RANGE];
		if (inc == m->inc && upto > m->after)
			upto = m->after;
		be_put(be_put(be_put(range, inc, 8), after, 8), upto, 8);
		if (upto > after)
			buf_add(b, range, sizeof range);
	}
	if (b->n == HEAD + (size_t)((const uint8_t *)row.p)[HEAD - 1])
		buf_reset(b);
	return OK;
}

/* Rows of meta of one kind, each cut back; what is empty then is left out. */
static int carry_cut(struct moving *m, char kind,
	int (*cut)(struct moving *m, struct kv_bytes row, struct buf *b, struct err *e), struct err *e)
{
	struct kv_scan s;
	struct buf b = { 0 };
	int rc = kv_scan_prefix(&m->v->txn, KV_META, &kind, 1, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		arena_reset(m->one);
		buf_reset(&b);
		rc = cut(m, s.value, &b, e);
		if (rc == OK && b.oom)
			rc = view_nomem(e);
		if (rc == OK && b.n > 0)
			rc = remake_put(m->fresh, s.key.p, s.key.n, b.p, b.n, e);
	}
	kv_scan_end(&s);
	buf_free(&b);
	return rc == ERR_NOTFOUND ? OK : rc;
}

static bool keep_line(void *ctx, struct kv_bytes key, struct kv_bytes value)
{
	const struct moving *m = ctx;
	uint64_t inc, tag;
	(void)value;
	return !m->stands || !lines_read_key(key, &inc, &tag) || m->stands(m->ctx, inc, tag);
}

static int carry_rows(struct moving *m, struct err *e)
{
	static const char as_they_are[] = { 'v', 'o', 'f', 't' };
	int rc = carry_files(m, e);
	if (rc == OK)
		rc = remake_carry(m->v, m->fresh, KV_META, "x", 1, keep_line, m, e);
	for (size_t i = 0; i < sizeof as_they_are && rc == OK; i++)
		rc = remake_carry(m->v, m->fresh, KV_META, &as_they_are[i], 1, NULL, NULL, e);
	if (rc == OK)
		rc = carry_cut(m, 'k', cut_acked, e);
	return rc == OK ? carry_cut(m, 'm', cut_merge, e) : rc;
}

/* ---- all of it ----------------------------------------------------------------------------------- */

/* What is given up first: who had seen it is read by that. */
static int make_again(struct moving *m, const struct given_up *line, struct err *e)
{
	int rc = remake_begin(m->s, &m->format, &m->fresh, e);
	if (rc == OK)
		rc = carry_rows(m, e);
	if (rc == OK)
		rc = lines_put(m->fresh, line, e);
	if (rc == OK)
		rc = floor_carry(m->v, m->fresh, m->under.at, m->under.n, e);
	if (rc == OK)
		rc = replay_each_as(m->v, m->stands, m->ctx, move_group, m, e);
	if (rc == OK)
		rc = remake_heard(m->v, m->fresh, e);
	if (rc == OK && m->to)
		rc = identity_promise(m->fresh, m->to, e);
	return rc;
}

static void begin_moving(struct moving *m)
{
	m->a = arena_new();
	m->one = arena_new();
	m->tags = (struct pile){ .a = m->a, .item = sizeof(uint64_t) };
	m->under = (struct pile){ .a = m->a, .item = sizeof(struct floor_value) };
}

static void end_moving(struct moving *m)
{
	remap_free(&m->remap);
	arena_free(m->a);
	arena_free(m->one);
}

/* The store that was made takes the place of the old one, or is forgotten. */
static int settle(struct moving *m, int rc, bool made, struct err *e)
{
	if (rc == OK && made)
		return remake_finish(m->s, m->fresh, e);
	remake_abandon(m->s, m->fresh);
	return rc;
}

static int run(struct moving *m, struct err *e)
{
	int rc = view_begin(m->s, &m->v, e);
	if (rc != OK)
		return rc;
	rc = find_line(m, e);
	bool nothing = rc == OK && m->after == m->last;
	if (rc == OK && !nothing) {
		assert(m->tags.n == m->last - m->after);
		pile_sort(&m->under, compare_under);
		remap_name(&m->remap, *(const uint64_t *)m->tags.at);
		assert(m->left.dot.no == m->after);
		rc = make_again(m, &(struct given_up){ m->inc, m->after, m->left.tag, m->tags.at, m->tags.n }, e);
	}
	view_end(m->v);
	return settle(m, rc, !nothing, e);
}

static int give_up(struct store *s, uint64_t inc, struct id site, uint64_t after, uint64_t to,
	bool (*file_end)(const struct kept *k, struct seen *out), struct err *e)
{
	struct moving m = { .s = s, .inc = inc, .site = site, .after = after, .from = after, .to = to, .file_end = file_end,
		.format = s->format };
	if (s->readonly)
		return err_set(e, ERR_READONLY, _("the store was opened for reading only, so nothing can be changed"));
	if (s->dry_run)
		return OK;
	if (to)
		m.format.incarnation = to;
	begin_moving(&m);
	remap_init(&m.remap, m.a, inc, after, to);
	int rc = run(&m, e);
	end_moving(&m);
	return rc;
}

int exchange_transplant_line(struct store *s, uint64_t inc, struct id site, uint64_t after,
	bool (*file_end)(const struct kept *k, struct seen *out), struct err *e)
{
	uint64_t to = store_random_incarnation();
	int rc = give_up(s, inc, site, after, to, file_end, e);
	if (rc == OK && !s->dry_run)
		rc = identity_keep_promise(s, e);
	if (rc == OK && !s->dry_run && s->format.incarnation != to)
		rc = exchange_mint(s, e);
	return rc;
}

int exchange_transplant(struct store *s, uint64_t after, struct err *e)
{
	return exchange_transplant_line(s, s->format.incarnation, s->format.site, after, NULL, e);
}

/* ---- beside the store ---------------------------------------------------------------------------- */

struct telling { struct moving m; exchange_group_fn *fn; void *ctx; };

static int tell_group(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *e)
{
	struct telling *t = ctx;
	struct buf b = { 0 };
	struct group moved;
	if (g->dot.no <= t->m.from)
		return read_line(&t->m, g, canonical, n, e);
	assert(g->dot.inc == t->m.inc);
	int rc = follow_context(&t->m, g, e);
	if (rc == OK)
		rc = rename_group(&t->m, g, &moved, e);
	if (rc == OK && codec_put_group(&b, &moved) != OK)
		rc = view_nomem(e);
	if (rc == OK)
		rc = t->fn(t->ctx, &moved, (const uint8_t *)b.p, b.n, e);
	buf_free(&b);
	return rc;
}

int exchange_line_again(struct view *v, const struct line_again *l, exchange_group_fn *fn, void *ctx, struct err *e)
{
	const struct moving begun = { .v = v, .inc = l->inc, .site = l->site, .after = l->after, .from = l->from, .to = l->to,
		.beside = true };
	struct telling t = { begun, fn, ctx };
	struct moving *m = &t.m;
	begin_moving(m);
	remap_init(&m->remap, m->a, m->inc, m->from, m->to);
	remap_name(&m->remap, l->tag);
	int rc = l->whole ? keep_made(m, m->site, e) : find_line(m, e);
	if (rc == OK)
		rc = l->each(l->ctx, v, tell_group, &t, e);
	end_moving(m);
	return rc;
}

/* ---- a line that isn't here ---------------------------------------------------------------------- */

/* Where the line's other history is folded away nobody could tell which of the two somebody had seen: it was taken for
 * that one. */
static int read_again(struct store *s, const struct given_up *line, struct err *e)
{
	struct moving m = { .s = s, .format = s->format };
	bool seen = false;
	begin_moving(&m);
	int rc = view_begin(s, &m.v, e);
	if (rc == OK)
		rc = lines_are_seen(m.v, line, &seen, e);
	if (rc == OK && seen)
		rc = make_again(&m, line, e);
	view_end(m.v);
	rc = settle(&m, rc, seen, e);
	end_moving(&m);
	return rc == OK && !seen ? lines_put(s, line, e) : rc;
}

int exchange_give_up(struct store *s, const struct seen *left, const uint64_t *tag, size_t n, struct err *e)
{
	const struct given_up line = { left->dot.inc, left->dot.no, left->tag, tag, n };
	struct view *v;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	bool known = lines_has(v, &line);
	view_end(v);
	if (known || s->dry_run)
		return OK;
	if (s->readonly)
		return err_set(e, ERR_READONLY, _("the store was opened for reading only, so nothing can be changed"));
	return read_again(s, &line, e);
}

int exchange_review_lines(struct store *s, bool (*stands)(void *ctx, uint64_t inc, uint64_t tag), void *ctx, struct err *e)
{
	struct standing standing;
	struct moving m = { .s = s, .format = s->format, .stands = standing_counts, .ctx = &standing };
	bool fallen = false;
	if (s->readonly)
		return OK;
	begin_moving(&m);
	standing_begin(&standing, m.a, stands, ctx);
	int rc = view_begin(s, &m.v, e);
	if (rc == OK)
		rc = standing_find(&standing, m.v, &fallen, e);
	const bool made = fallen && !s->dry_run;
	if (rc == OK && made)
		rc = make_again(&m, &(struct given_up){ 0 }, e);
	view_end(m.v);
	rc = settle(&m, rc, made, e);
	end_moving(&m);
	return rc;
}

int exchange_drop_line(struct store *s, uint64_t inc, uint64_t after,
	bool (*file_end)(const struct kept *k, struct seen *out), struct err *e)
{
	assert(inc != s->format.incarnation);
	return give_up(s, inc, ID_NONE, after, 0, file_end, e);
}
