/* store/log.c - see store.h. Owns reading the log: one group, groups backwards in time, the groups of a record, what
 * is undone. Must not know what a group is called (title.c) nor take anything back (undo.c). */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/change.h"
#include "store/codec.h"
#include "store/floor.h"
#include "store/log_priv.h"
#include "store/peers.h"

/* Undos that lie on each other, followed so far: what other sites say might go in circles. */
enum { ORIGIN_STEPS = 1000 };

/* ---- one group ----------------------------------------------------------------------------------- */

/* What lies in the row, in v->scratch. ERR_NOTFOUND without a sentence. */
static int open_group(struct view *v, struct dot dot, const uint8_t **plain, size_t *n, struct err *e)
{
	uint8_t key[STORE_LOG_KEY];
	struct kv_bytes row;
	size_t nkey = store_log_key(key, dot);
	int rc = view_check_key(v, e);
	if (rc == OK)
		rc = kv_get(&v->txn, KV_LOG, key, nkey, &row, e);
	if (rc != OK)
		return rc;
	arena_reset(v->scratch);
	return seal_get(v->s->seal, KV_LOG, key, nkey, row.p, row.n, v->scratch, plain, n, e);
}

static int read_group(struct view *v, struct arena *a, struct dot dot, bool with_writes, struct group **out,
	struct err *e)
{
	const uint8_t *plain;
	size_t n;
	*out = NULL;
	int rc = open_group(v, dot, &plain, &n, e);
	return rc == OK ? codec_get_group(a, plain, n, dot, with_writes, out, NULL, e) : rc;
}

static int no_group(struct dot dot, struct err *e)
{
	return err_set(e, ERR_NOTFOUND, _("there is no change with number %llu"), (unsigned long long)dot.no);
}

static int get_group(struct view *v, struct arena *a, struct dot dot, bool with_writes, struct group **out,
	struct err *e)
{
	int rc = read_group(v, a, dot, with_writes, out, e);
	return rc == ERR_NOTFOUND ? no_group(dot, e) : rc;
}

int log_get(struct view *v, struct arena *a, struct dot dot, struct group **out, struct err *e)
{
	return get_group(v, a, dot, true, out, e);
}

int log_get_head(struct view *v, struct arena *a, struct dot dot, struct group **out, struct err *e)
{
	return get_group(v, a, dot, false, out, e);
}

/* What isn't there: folded away, which is all right, or lost. */
static int miss(struct view *v, struct dot dot, struct err *e)
{
	struct peer p;
	int rc = peers_find(v, dot.inc, &p, e);
	if (rc != OK)
		return rc;
	return dot.no <= p.folded ? ERR_NOTFOUND : view_corrupt(v, KV_LOG, e);
}

int log_cached(struct view *v, struct dot dot, const struct group **out, struct err *e)
{
	struct group_cache *c = &v->groups;
	size_t oldest = 0;
	c->tick++;
	for (size_t i = 0; i < VIEW_GROUPS; i++) {
		if (c->at[i].g && dot_equal(c->at[i].g->dot, dot)) {
			c->at[i].used = c->tick;
			*out = c->at[i].g;
			return OK;
		}
		if (c->at[i].used < c->at[oldest].used)
			oldest = i;
	}
	c->at[oldest].g = NULL;
	if (!c->at[oldest].a)
		c->at[oldest].a = arena_new();
	arena_reset(c->at[oldest].a);
	int rc = read_group(v, c->at[oldest].a, dot, true, &c->at[oldest].g, e);
	c->at[oldest].used = c->tick;
	*out = c->at[oldest].g;
	return rc == ERR_NOTFOUND ? miss(v, dot, e) : rc;
}

int log_tag(struct view *v, struct dot dot, uint64_t *tag, struct err *e)
{
	const uint8_t *plain;
	size_t n;
	int rc = open_group(v, dot, &plain, &n, e);
	if (rc == OK)
		rc = codec_get_tag(plain, n, tag, e);
	return rc == ERR_NOTFOUND ? miss(v, dot, e) : rc;
}

static int compare_write(const struct write *w, int type, struct id id, int field)
{
	if (w->type != type)
		return w->type - type;
	int order = id_compare(w->id, id);
	return order ? order : w->field - field;
}

const struct write *log_find(const struct group *g, int type, struct id id, int field)
{
	size_t lo = 0, hi = g->nwrites;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = compare_write(&g->writes[mid], type, id, field);
		if (order == 0)
			return &g->writes[mid];
		*(order < 0 ? &lo : &hi) = order < 0 ? mid + 1 : mid;
	}
	return NULL;
}

/* A write of a group that isn't in the log, where it is known; of the group there is no more than that. */
static int write_under_floor(struct view *v, const struct rec *r, int field, struct dot dot, const struct group **g,
	const struct write **out, struct err *e)
{
	const struct rec_field *f;
	struct { struct group g; struct write w; } *made;
	int rc = floor_value(v, r->type, r->id, field, dot, &f, e);
	if (rc != OK || !f)
		return rc;
	made = arena_try_alloc(v->floor, sizeof *made);
	if (!made)
		return view_nomem(e);
	made->w = (struct write){ .type = r->type, .field = (uint8_t)field, .id = r->id, .v = f->v };
	made->g = (struct group){ .dot = dot, .clock = f->at.clock, .writes = &made->w, .nwrites = 1 };
	*g = &made->g;
	*out = &made->w;
	return OK;
}

int log_write_of(struct view *v, const struct rec *r, int field, struct dot dot, const struct group **g,
	const struct write **out, struct err *e)
{
	*out = NULL;
	int rc = log_cached(v, dot, g, e);
	if (rc == ERR_NOTFOUND)
		return write_under_floor(v, r, field, dot, g, out, e);
	if (rc != OK)
		return rc;
	const struct write *w = *out = log_find(*g, r->type, r->id, field);
	/* What a write replaced came earlier; anything else is damage, and who follows the chain might go in
	 * circles. */
	bool right = w && (w->before.inc != dot.inc || w->before.no < dot.no);
	return right ? OK : view_corrupt(v, KV_LOG, e);
}

struct dot log_head(struct view *v)
{
	struct head h;
	if (view_head(v, &h, NULL) != OK)
		h.no = 0;
	return (struct dot){ v->s->format.incarnation, h.no };
}

/* ---- backwards through all incarnations --------------------------------------------------------- */

/* The next group of one incarnation; NULL: no more. */
struct head_of { struct group *g; uint64_t first; };

static struct stamp stamp_of(const struct group *g)
{
	return (struct stamp){ g->dot, g->clock };
}

static int walk_read(struct log_walk *w, struct dot dot, struct group **out, struct err *e)
{
	int rc = read_group(w->v, w->a, dot, w->with_writes, out, e);
	return rc == ERR_NOTFOUND ? view_corrupt(w->v, KV_LOG, e) : rc;
}

/* The number of the last group of an incarnation that is below the limit, by halving: clocks only rise within one. */
static int seek_below(struct log_walk *w, uint64_t inc, uint64_t first, uint64_t last, struct stamp limit,
	uint64_t *out, struct err *e)
{
	assert(first > 0 && first <= last);
	struct arena *a = arena_new();
	uint64_t lo = first, hi = last + 1;
	int rc = OK;
	while (lo < hi && rc == OK) {
		struct dot mid = { inc, lo + (hi - lo) / 2 };
		struct group *g;
		arena_reset(a);
		rc = read_group(w->v, a, mid, false, &g, e);
		if (rc == ERR_NOTFOUND)
			rc = view_corrupt(w->v, KV_LOG, e);
		if (rc == OK && stamp_compare(stamp_of(g), limit) < 0)
			lo = mid.no + 1;
		else
			hi = mid.no;
	}
	arena_free(a);
	*out = lo - 1;
	return rc;
}

static int first_number(struct view *v, uint64_t inc, uint64_t *first, struct err *e)
{
	uint8_t prefix[8];
	struct kv_scan s;
	be_put(prefix, inc, 8);
	int rc = kv_scan_prefix(&v->txn, KV_LOG, prefix, sizeof prefix, &s, e);
	if (rc == OK)
		rc = kv_scan_next(&s, e);
	if (rc == ERR_NOTFOUND || (rc == OK && s.key.n != STORE_LOG_KEY))
		rc = view_corrupt(v, KV_LOG, e);
	if (rc == OK)
		*first = store_read_dot(s.key.p).no;
	kv_scan_end(&s);
	return rc;
}

static int add_head(struct log_walk *w, struct dot last, struct stamp limit, struct err *e)
{
	struct head_of h = { 0 };
	uint64_t no = last.no;
	int rc = first_number(w->v, last.inc, &h.first, e);
	if (rc == OK && (h.first == 0 || h.first > last.no))
		rc = view_corrupt(w->v, KV_LOG, e);
	if (rc == OK && limit.clock != INT64_MAX)
		rc = seek_below(w, last.inc, h.first, last.no, limit, &no, e);
	if (rc != OK || no < h.first)
		return rc;
	rc = walk_read(w, (struct dot){ last.inc, no }, &h.g, e);
	return rc == OK ? pile_add(&w->heads, &h, e) : rc;
}

int log_walk_begin(struct view *v, struct arena *a, struct stamp limit, bool with_writes, struct log_walk *w,
	struct err *e)
{
	uint8_t key[STORE_LOG_KEY];
	struct kv_bytes found, value;
	*w = (struct log_walk){ v, a, with_writes, { .a = a, .item = sizeof(struct head_of) } };
	size_t n = store_log_key(key, (struct dot){ UINT64_MAX, UINT64_MAX });
	int rc;
	while ((rc = kv_before(&v->txn, KV_LOG, key, n, &found, &value, e)) == OK) {
		if (found.n != STORE_LOG_KEY)
			return view_corrupt(v, KV_LOG, e);
		struct dot last = store_read_dot(found.p);
		rc = add_head(w, last, limit, e);
		if (rc != OK)
			return rc;
		store_log_key(key, (struct dot){ last.inc, 0 });
	}
	return rc == ERR_NOTFOUND ? OK : rc;
}

int log_walk_next(struct log_walk *w, const struct group **out, struct err *e)
{
	struct head_of *head = w->heads.at, *best = NULL;
	for (size_t i = 0; i < w->heads.n; i++)
		if (head[i].g && (!best || stamp_compare(stamp_of(head[i].g), stamp_of(best->g)) > 0))
			best = &head[i];
	*out = best ? best->g : NULL;
	if (!best)
		return OK;
	struct dot next = best->g->dot;
	assert(next.no >= best->first);
	best->g = NULL;
	return --next.no >= best->first ? walk_read(w, next, &best->g, e) : OK;
}

int log_back(struct view *v, struct arena *a, struct dot from, size_t max, bool with_writes, struct group **out,
	size_t *n, struct err *e)
{
	struct pile list = { .a = a, .item = sizeof **out };
	struct stamp limit = { from, INT64_MAX };
	struct log_walk w;
	struct group *at;
	const struct group *g = NULL;
	int rc = OK;
	*out = NULL;
	*n = 0;
	if (from.no != 0) {
		rc = log_get_head(v, a, from, &at, e);
		limit.clock = rc == OK ? at->clock : 0;
	}
	if (v->at && limit.clock > v->at)
		limit = (struct stamp){ .clock = v->at + 1 };
	if (rc == OK)
		rc = log_walk_begin(v, a, limit, with_writes, &w, e);
	while (rc == OK && list.n < max && (rc = log_walk_next(&w, &g, e)) == OK && g)
		rc = pile_add(&list, g, e);
	*out = list.at;
	*n = list.n;
	return rc;
}

/* ---- one record's groups ------------------------------------------------------------------------- */

static int compare_stamps(const void *x, const void *y)
{
	return -stamp_compare(*(const struct stamp *)x, *(const struct stamp *)y);
}

/* Dots to be followed; those before `next` have been. */
struct trail { struct pile dots; size_t next; };

static int follow(struct trail *t, struct dot dot, struct err *e)
{
	const struct dot *known = t->dots.at;
	for (size_t i = 0; i < t->dots.n; i++)
		if (dot_equal(known[i], dot))
			return OK;
	return dot.no == 0 ? OK : pile_add(&t->dots, &dot, e);
}

/* What a write replaced: what was shown, and what stood aside. */
static int follow_write(struct trail *t, const struct group *g, const struct write *w, struct err *e)
{
	int rc = follow(t, w->before, e);
	for (size_t i = 0; i < g->naside && rc == OK; i++)
		if (&g->writes[g->aside[i].write] == w)
			rc = follow(t, g->aside[i].dot, e);
	return rc;
}

static int start_trail(struct trail *t, const struct rec *r, int field, struct err *e)
{
	int rc = follow(t, rec_field(r, field)->at.dot, e);
	for (size_t i = 0; i < r->nsib && rc == OK; i++)
		if (r->sib[i].no == field)
			rc = follow(t, r->sib[i].at.dot, e);
	return rc;
}

/* The stamps that a field has had, in no order, not after the view's time. */
static int stamps_of_field(struct view *v, struct arena *a, const struct rec *r, int field, struct pile *stamps,
	struct err *e)
{
	struct trail t = { .dots = { .a = a, .item = sizeof(struct dot) } };
	int rc = start_trail(&t, r, field, e);
	while (rc == OK && t.next < t.dots.n) {
		const struct group *g;
		const struct write *w;
		rc = log_write_of(v, r, field, ((const struct dot *)t.dots.at)[t.next++], &g, &w, e);
		if (rc != OK || !w || !g->person)
			continue;
		struct stamp at = stamp_of(g);
		if (!v->at || at.clock <= v->at)
			rc = pile_add(stamps, &at, e);
		if (rc == OK)
			rc = follow_write(&t, g, w, e);
	}
	return rc;
}

/* A copy of a group that holds its writes of one record. */
static int copy_group(struct view *v, struct arena *a, struct dot dot, const struct rec *r, struct pile *out,
	struct err *e)
{
	const struct group *g;
	int rc = log_cached(v, dot, &g, e);
	if (rc != OK)
		return rc;
	struct group copy = *g;
	struct pile writes = { .a = a, .item = sizeof(struct write) };
	copy.person = arena_strdup(a, g->person);
	for (size_t i = 0; i < sizeof copy.arg / sizeof *copy.arg; i++)
		copy.arg[i] = value_copy(a, g->arg[i]);
	for (int field = 0; field <= UINT8_MAX && rc == OK; field++) {
		const struct write *w = log_find(g, r->type, r->id, field);
		if (!w)
			continue;
		struct write mine = *w;
		mine.v = value_copy(a, w->v);
		rc = pile_add(&writes, &mine, e);
	}
	copy.writes = writes.at;
	copy.nwrites = writes.n;
	return rc == OK ? pile_add(out, &copy, e) : rc;
}

int log_of_record(struct view *v, struct arena *a, struct id id, struct group **out, size_t *n, struct err *e)
{
	struct pile stamps = { .a = a, .item = sizeof(struct stamp) }, groups = { .a = a, .item = sizeof **out };
	struct rec *r;
	int rc = view_find_now(v, a, id, &r, e);
	for (size_t i = 0; rc == OK && r && i < r->n; i++)
		rc = stamps_of_field(v, a, r, r->f[i].no, &stamps, e);
	pile_sort(&stamps, compare_stamps);
	const struct stamp *at = stamps.at;
	for (size_t i = 0; i < stamps.n && rc == OK; i++)
		if (i == 0 || !dot_equal(at[i].dot, at[i - 1].dot))
			rc = copy_group(v, a, at[i].dot, r, &groups, e);
	*out = groups.at;
	*n = groups.n;
	return rc;
}

/* ---- what is undone ------------------------------------------------------------------------------ */

bool log_is_ordinary(const struct group *g)
{
	return g->act != ACT_UNDO && g->act != ACT_REDO;
}

/* Before the last undo or redo of a change, others may have been: in the past, the log is walked. */
static int past_state(struct view *v, struct dot ordinary, bool *undone, struct err *e)
{
	struct arena *a = arena_new();
	struct log_walk w;
	const struct group *g;
	int rc = log_walk_begin(v, a, (struct stamp){ .clock = v->at + 1 }, false, &w, e);
	while (rc == OK && (rc = log_walk_next(&w, &g, e)) == OK && g && !dot_equal(g->dot, ordinary))
		if (dot_equal(g->undoes, ordinary)) {
			*undone = g->act == ACT_UNDO;
			break;
		}
	arena_free(a);
	return rc;
}

int log_state(struct view *v, struct dot ordinary, bool *undone, struct err *e)
{
	uint8_t key[STORE_UNDONE_KEY];
	struct kv_bytes value;
	const struct group *g;
	*undone = false;
	int rc = kv_get(&v->txn, KV_META, key, store_undone_key(key, ordinary), &value, e);
	if (rc == ERR_NOTFOUND)
		return OK;
	if (rc == OK && value.n != STORE_LOG_KEY)
		rc = view_corrupt(v, KV_META, e);
	if (rc == OK)
		rc = log_cached(v, store_read_dot(value.p), &g, e);
	if (rc != OK)
		return rc == ERR_NOTFOUND ? OK : rc;
	*undone = g->act == ACT_UNDO;
	if (!v->at || g->clock <= v->at)
		return OK;
	*undone = false;
	return past_state(v, ordinary, undone, e);
}

int log_is_undone(struct view *v, struct dot dot, bool *undone, struct err *e)
{
	const struct group *g;
	int rc = log_cached(v, dot, &g, e);
	if (rc != OK)
		return rc == ERR_NOTFOUND ? no_group(dot, e) : rc;
	bool is_undo = g->act == ACT_UNDO;
	rc = log_state(v, log_is_ordinary(g) ? dot : g->undoes, undone, e);
	*undone = *undone != is_undo;
	return rc;
}

/* What an undo or redo is about, if it can be what it says: another site may say anything. */
static int find_undone(struct view *v, const struct rec *of, int field, const struct group *by, const struct group **g,
	const struct write **w, struct err *e)
{
	const struct dot undone = by->undoes;
	*w = NULL;
	if (undone.no == 0 || (undone.inc == by->dot.inc && undone.no >= by->dot.no))
		return OK;
	uint8_t key[STORE_LOG_KEY];
	struct kv_bytes row;
	int rc = kv_get(&v->txn, KV_LOG, key, store_log_key(key, undone), &row, e);
	if (rc == OK)
		rc = log_cached(v, undone, g, e);
	if (rc == OK)
		*w = log_find(*g, of->type, of->id, field);
	return rc == ERR_NOTFOUND ? OK : rc;
}

int log_origin(struct view *v, int type, struct id id, int field, struct dot dot, struct dot *out, struct err *e)
{
	const struct rec of = { .type = (uint8_t)type, .id = id };
	*out = dot;
	for (int steps = 0; out->no != 0 && steps < ORIGIN_STEPS; steps++) {
		const struct group *g;
		const struct write *w;
		int rc = log_cached(v, *out, &g, e);
		if (rc != OK || log_is_ordinary(g))
			return rc == ERR_NOTFOUND ? OK : rc;
		bool redo = g->act == ACT_REDO;
		rc = find_undone(v, &of, field, g, &g, &w, e);
		if (rc != OK || !w)
			return rc;
		*out = redo ? g->dot : w->before;
		if (redo)
			return OK;
	}
	return OK;
}
