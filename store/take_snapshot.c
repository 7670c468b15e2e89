/* store/take_snapshot.c - see exchange.h. Owns taking a whole state in: the store is made again beside its place from
 * its own records and those that come, each joined by the merge rule, and then put there; so it is taken whole or not
 * at all, in little memory. Must not know files, nor how a record lies in bytes.
 *
 * Where the state goes further than the log, the log of that incarnation is folded away. How far it went stays as the
 * floor (floor.h) under what comes later. A state that is taken instead of what came before is joined with own changes
 * alone, or nothing, as if its author had seen all the rest. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/floor.h"
#include "store/register.h"
#include "store/remake.h"
#include "store/take_priv.h"

struct snapshot {
	struct arena *a, *one;
	const struct peer *theirs;
	size_t ntheirs;
	struct vector have, comes;       /* what stays of what this store has, and what comes */
	struct vector knows;             /* what of this store the state has the last word on */
	enum take_how how;
	bool nothing;                    /* nothing of it is new, or it is only tried */
	bool erasures;                   /* there are some */
	bool fell;                       /* who took some change back last is in the log no more */
	struct peer *mine, *floor;       /* as they were */
	size_t nmine, nfloor;
	struct view *v;                  /* of the store as it was */
	struct store *fresh;
	struct load *load;
	struct kv_scan scan;             /* over its records; more: it stands on one */
	bool more;
	uint8_t last[STORE_REC_KEY];     /* of what came */
};

void take_snapshot_drop(struct take *t)
{
	struct snapshot *p = t->snapshot;
	if (!p)
		return;
	kv_scan_end(&p->scan);
	load_abandon(p->load);
	view_end(p->v);
	remake_abandon(t->s, p->fresh);
	arena_free(p->a);
	arena_free(p->one);
	free(p);
	t->snapshot = NULL;
}

static int fail(struct take *t, int rc)
{
	if (rc != OK)
		take_snapshot_drop(t);
	return take_fail(t, rc);
}

/* ---- begin --------------------------------------------------------------------------------------- */

static const struct peer *copy_peers(struct arena *a, const struct peer *peer, size_t n)
{
	struct peer *copy = arena_copy(a, peer, n * sizeof *copy);
	for (size_t i = 0; i < n; i++)
		copy[i].context.at = arena_copy(a, peer[i].context.at, peer[i].context.n * sizeof *peer[i].context.at);
	return copy;
}

static struct vector vector_of(struct arena *a, const struct peer *peer, size_t n)
{
	struct seen *at = arena_alloc(a, (n + 1) * sizeof *at);
	struct vector v = { at, 0 };
	for (size_t i = 0; i < n; i++)
		if (peer[i].no > 0)
			at[v.n++] = (struct seen){ { peer[i].inc, peer[i].no }, chain_tag(peer[i].chain) };
	return v;
}

static int refuse(struct err *e)
{
	return err_set(e, ERR_CORRUPT, _("a state of the whole makes no sense"));
}

/* What is taken in stays, so it is looked at first: of nobody's next change can anything be known. */
static int check_peers(const struct peer *peer, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (peer[i].no == UINT64_MAX || !take_is_clock(peer[i].clock) ||
			vector_number(&peer[i].context, peer[i].inc) > peer[i].no)
			return refuse(e);
	return OK;
}

static int refuse_line(struct err *e)
{
	return err_set(e, ERR_CONFLICT, _("a state of the whole is of another history than what is here"));
}

/* Two lines under one name can't be joined. */
static int check_lines(struct take *t, const struct snapshot *p, struct err *e)
{
	for (size_t i = 0; i < p->comes.n; i++) {
		const struct seen *seen = &p->comes.at[i];
		uint64_t tag;
		if (i > 0 && seen->dot.inc <= seen[-1].dot.inc)
			return refuse(e);
		if (p->how == TAKE_JOINED && take_tag(t, seen->dot, &tag, NULL) == OK && tag != seen->tag)
			return refuse_line(e);
	}
	return OK;
}

/* What of each incarnation comes with it. */
static int note_lines(struct take *t, struct snapshot *p, struct err *e)
{
	const struct vector have = take_vector(t, p->a);
	int rc = OK;
	for (size_t i = 0; i < p->comes.n && rc == OK; i++) {
		struct dot dot = p->comes.at[i].dot;
		uint64_t had = vector_number(&have, dot.inc);
		struct merge_range *line;
		if (dot.no <= had)
			continue;
		rc = take_line(t, dot.inc, had, &line, e);
		if (rc != OK)
			break;
		line->upto = dot.no;
		t->told.groups += (size_t)(dot.no - had);
	}
	return rc;
}

/* Only tried: others' groups may still come on top of it. */
static int pretend(struct take *t, const struct snapshot *p, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; i < p->ntheirs && rc == OK; i++) {
		struct author *author;
		rc = plan_author(&t->plan, p->theirs[i].inc, &author, e);
		if (rc != OK || author->p.no >= p->theirs[i].no)
			continue;
		author->p = p->theirs[i];
		author->p.folded = author->since = author->p.no;
		author->tags.n = 0;
	}
	return rc;
}

/* What isn't touched by it. */
static int carry_rest(struct snapshot *p, struct err *e)
{
	static const char kinds[] = { 'v', 'o', 'x', 'k', 'm', 'f', 't' };
	int rc = remake_carry(p->v, p->fresh, KV_SEG, NULL, 0, NULL, NULL, e);
	for (size_t i = 0; i < sizeof kinds && rc == OK; i++)
		rc = remake_carry(p->v, p->fresh, KV_META, &kinds[i], 1, NULL, NULL, e);
	return rc;
}

static int next_own(struct snapshot *p, struct err *e)
{
	int rc = kv_scan_next(&p->scan, e);
	p->more = rc == OK;
	if (rc == OK && p->scan.key.n != STORE_REC_KEY)
		rc = view_corrupt(p->v, KV_REC, e);
	return rc == ERR_NOTFOUND ? OK : rc;
}

/* Of own changes no more than the state has are here when it takes the place of all. Where it takes the place of
 * anything the clock goes by what is here then: what it had gone by may be gone. */
static int put_head(struct take *t, struct snapshot *p, struct err *e)
{
	const uint64_t inc = t->s->format.incarnation;
	uint8_t value[STORE_HEAD];
	struct head h;
	int rc = remake_head(p->v, p->fresh, e);
	if (rc != OK || p->how == TAKE_JOINED)
		return rc;
	rc = view_head(p->v, &h, e);
	h.clock = INT64_MIN;
	if (p->how == TAKE_INSTEAD_OF_ALL)
		h.no = vector_number(&p->comes, inc);
	memset(h.state, 0, sizeof h.state);
	store_put_head(value, inc, &h);
	return rc == OK ? remake_put(p->fresh, "h", 1, value, sizeof value, e) : rc;
}

static int begin_making(struct take *t, struct snapshot *p, struct err *e)
{
	int rc = take_pause(t, e);
	if (rc == OK)
		rc = view_begin(t->s, &p->v, e);
	if (rc == OK)
		rc = peers_read(p->v, p->a, &p->mine, &p->nmine, e);
	if (rc == OK)
		rc = floor_read(p->v, p->a, &p->floor, &p->nfloor, e);
	if (rc == OK)
		rc = remake_begin(t->s, &t->s->format, &p->fresh, e);
	if (rc == OK)
		rc = carry_rest(p, e);
	if (rc == OK)
		rc = put_head(t, p, e);
	if (rc == OK)
		rc = load_begin(p->fresh, &p->load, e);
	if (rc == OK)
		rc = kv_scan_prefix(&p->v->txn, KV_REC, NULL, 0, &p->scan, e);
	return rc == OK ? next_own(p, e) : rc;
}

/* Own changes are in the log from its beginning. */
static bool stays(const struct snapshot *p, const struct peer *mine)
{
	return p->how == TAKE_JOINED || (p->how == TAKE_INSTEAD_OF_OTHERS && mine->folded == 0);
}

static void find_what_stays(struct take *t, struct snapshot *p)
{
	const struct author *author = t->plan.authors.at;
	struct seen *at = arena_alloc(p->a, (t->plan.authors.n + 1) * sizeof *at);
	const struct vector all = take_vector(t, p->a);
	p->have = (struct vector){ at, 0 };
	for (size_t i = 0; i < t->plan.authors.n; i++)
		if (author[i].p.no > 0 && stays(p, &author[i].p))
			at[p->have.n++] = (struct seen){ { author[i].p.inc, author[i].p.no }, chain_tag(author[i].p.chain) };
	p->knows = p->comes;
	for (size_t i = 0; p->how != TAKE_JOINED && i < all.n; i++)
		if (!vector_covers(&p->have, all.at[i].dot))
			p->knows = vector_join(p->a, &p->knows, &(struct vector){ &all.at[i], 1 });
}

int take_snapshot_begin(struct take *t, const struct peer *peers, size_t n, enum take_how how, struct err *e)
{
	assert(!t->snapshot);
	if (t->rc != OK)
		return take_refuse(t, e);
	struct snapshot *p = t->snapshot = calloc(1, sizeof *p);
	if (!p)
		return take_fail(t, view_nomem(e));
	p->a = arena_new();
	p->one = arena_new();
	p->theirs = copy_peers(p->a, peers, n);
	p->ntheirs = n;
	p->how = how;
	p->comes = vector_of(p->a, peers, n);
	find_what_stays(t, p);
	p->nothing = t->s->dry_run || vector_within(&p->comes, &p->have);
	int rc = check_peers(peers, n, e);
	if (rc == OK)
		rc = check_lines(t, p, e);
	if (rc == OK)
		rc = note_lines(t, p, e);
	if (rc == OK && t->s->dry_run)
		rc = pretend(t, p, e);
	if (rc == OK && !p->nothing)
		rc = begin_making(t, p, e);
	return fail(t, rc);
}

/* ---- records ------------------------------------------------------------------------------------- */

static bool same_values(const struct rec *x, const struct rec *y)
{
	bool same = x->n == y->n && x->nsib == y->nsib;
	for (size_t i = 0; i < x->n && same; i++)
		same = x->f[i].no == y->f[i].no && dot_equal(x->f[i].at.dot, y->f[i].at.dot);
	for (size_t i = 0; i < x->nsib && same; i++)
		same = x->sib[i].no == y->sib[i].no && dot_equal(x->sib[i].at.dot, y->sib[i].at.dot);
	return same;
}

/* Does a value that one side lacks, though it knows that change, stand on the other? Whoever wrote over it is known
 * there, too, unless its number belongs to another change: then one name has two histories. */
static bool is_other(struct value x, struct value y)
{
	bool erased = x.tag == V_NONE || y.tag == V_NONE || (x.tag == V_ID && id_is_erased(x.id)) || (y.tag == V_ID && id_is_erased(y.id));
	return !erased && (x.tag != y.tag || (x.tag != V_RAW && !value_equal(x, y)));
}

static bool lacks(const struct rec *r, const struct vector *knows, const struct rec_field *x, const struct vector *other)
{
	struct rec_field value[8];
	size_t n = register_values(r, x->no, value, sizeof value / sizeof *value);
	if (!vector_covers(knows, x->at.dot) || n > sizeof value / sizeof *value)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (dot_equal(value[i].at.dot, x->at.dot))
			return is_other(value[i].v, x->v);
		if (!vector_covers(other, value[i].at.dot))
			return false;
	}
	return true;
}

static bool lacks_any(const struct rec *r, const struct vector *knows, const struct rec *other, const struct vector *others)
{
	bool any = false;
	for (size_t i = 0; i < other->n; i++)
		any = any || lacks(r, knows, &other->f[i], others);
	for (size_t i = 0; i < other->nsib; i++)
		any = any || lacks(r, knows, &other->sib[i], others);
	return any;
}

static size_t keep_covered(const struct vector *v, struct rec_field *f, size_t n)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (vector_covers(v, f[i].at.dot))
			f[kept++] = f[i];
	return kept;
}

/* NULL: there is none on that side. */
static int join(struct take *t, const struct rec *own, const struct rec *other, struct err *e)
{
	struct snapshot *p = t->snapshot;
	const struct rec *any = own ? own : other;
	const struct rec none = { .type = any->type, .id = any->id };
	struct rec now = own ? *own : none;
	if (!other)
		other = &none;
	if (p->how != TAKE_JOINED) {
		now.n = keep_covered(&p->have, now.f, now.n);
		now.nsib = keep_covered(&p->have, now.sib, now.nsib);
	}
	if (p->how == TAKE_JOINED && (lacks_any(&now, &p->have, other, &p->comes) || lacks_any(other, &p->comes, &now, &p->have)))
		return refuse_line(e);
	register_join(p->one, &now, &p->have, other, &p->knows);
	p->erasures = p->erasures || any->type == TYPE_ERASURE;
	t->told.records += !same_values(&now, own ? own : &none);
	for (size_t i = 0; i < now.n && now.nsib > 0; i++)
		t->told.open += register_is_open(&now, now.f[i].no) && !(own && register_is_open(own, now.f[i].no));
	int rc = load_rec(p->load, &now, e);
	arena_reset(p->one);
	return rc;
}

static int join_own(struct take *t, const struct rec *other, struct err *e)
{
	struct snapshot *p = t->snapshot;
	struct rec *own;
	struct id id;
	const uint8_t *key = p->scan.key.p;
	memcpy(id.b, key + 1, sizeof id.b);
	int rc = view_now(p->v, p->one, key[0], id, &own, e);
	if (rc == OK)
		rc = join(t, own, other, e);
	return rc == OK ? next_own(p, e) : rc;
}

static bool all_come(const struct snapshot *p, const struct rec_field *f, size_t n)
{
	bool come = true;
	for (size_t i = 0; i < n; i++)
		come = come && f[i].at.dot.no > 0 && vector_covers(&p->comes, f[i].at.dot) && take_is_clock(f[i].at.clock);
	return come;
}

static int take_rec(struct take *t, const struct rec *r, struct err *e)
{
	struct snapshot *p = t->snapshot;
	uint8_t key[STORE_REC_KEY];
	int rc = OK;
	store_rec_key(key, r->type, r->id);
	if (r->type == 0 || id_is_none(r->id) || memcmp(key, p->last, sizeof key) <= 0 || !all_come(p, r->f, r->n) ||
		!all_come(p, r->sib, r->nsib))
		return refuse(e);
	memcpy(p->last, key, sizeof key);
	while (rc == OK && p->more && memcmp(p->scan.key.p, key, sizeof key) < 0)
		rc = join_own(t, NULL, e);
	if (rc != OK)
		return rc;
	return p->more && memcmp(p->scan.key.p, key, sizeof key) == 0 ? join_own(t, r, e) : join(t, NULL, r, e);
}

int take_snapshot_rec(struct take *t, const struct rec *r, struct err *e)
{
	if (t->rc != OK)
		return take_refuse(t, e);
	assert(t->snapshot);
	return t->snapshot->nothing ? OK : fail(t, take_rec(t, r, e));
}

/* ---- end ----------------------------------------------------------------------------------------- */

static const struct peer *find(const struct peer *peer, size_t n, uint64_t inc)
{
	for (size_t i = 0; i < n; i++)
		if (peer[i].inc == inc)
			return &peer[i];
	return NULL;
}

/* What isn't in the log any more of an incarnation. */
static uint64_t folded(const struct snapshot *p, uint64_t inc)
{
	const struct peer *mine = find(p->mine, p->nmine, inc), *theirs = find(p->theirs, p->ntheirs, inc);
	if (theirs && theirs->no > (mine && stays(p, mine) ? mine->no : 0))
		return theirs->no;
	return mine ? mine->folded : 0;
}

static bool keep_group(void *ctx, struct kv_bytes key, struct kv_bytes value)
{
	const struct snapshot *p = ctx;
	struct dot dot = key.n == STORE_LOG_KEY ? store_read_dot(key.p) : (struct dot){ 0 };
	(void)value;
	return p->how != TAKE_INSTEAD_OF_ALL && dot.no > folded(p, dot.inc);
}

/* ---- what is undone ------------------------------------------------------------------------------ */

static bool keep_undone(void *ctx, struct kv_bytes key, struct kv_bytes value)
{
	struct snapshot *p = ctx;
	bool stays = key.n == STORE_UNDONE_KEY && value.n == STORE_LOG_KEY && keep_group(ctx, value, value);
	p->fell = p->fell || !stays;
	return stays;
}

/* The undos and redos in what stays of the log. */
static int find_undoings(struct snapshot *p, struct pile *out, struct err *e)
{
	struct kv_scan s;
	struct group *g;
	int rc = kv_scan_prefix(&p->v->txn, KV_LOG, NULL, 0, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		if (!keep_group(p, s.key, s.value))
			continue;
		arena_reset(p->one);
		rc = log_get_head(p->v, p->one, store_read_dot(s.key.p), &g, e);
		if (rc == OK && g->undoes.no != 0)
			rc = pile_add(out, &(struct undoing){ g->undoes, { g->dot, g->clock } }, e);
	}
	kv_scan_end(&s);
	return rc == ERR_NOTFOUND ? OK : rc;
}

static int compare_undoings(const void *x, const void *y)
{
	const struct undoing *a = x, *b = y;
	int c = dot_compare(a->of, b->of);
	return c != 0 ? c : stamp_compare(a->by, b->by);
}

/* Who took a change back last may not be in the log any more: then whoever is did it, of several the newest. */
static int put_undone(struct snapshot *p, struct err *e)
{
	struct pile found = { .a = p->a, .item = sizeof(struct undoing) };
	uint8_t key[STORE_UNDONE_KEY], by[STORE_LOG_KEY];
	int rc = remake_carry(p->v, p->fresh, KV_META, "u", 1, keep_undone, p, e);
	if (rc == OK && p->fell)
		rc = find_undoings(p, &found, e);
	pile_sort(&found, compare_undoings);
	const struct undoing *u = found.at;
	for (size_t i = 0; i < found.n && rc == OK; i++)
		if (i + 1 == found.n || !dot_equal(u[i].of, u[i + 1].of))
			rc = remake_put(p->fresh, key, store_undone_key(key, u[i].of), by, store_log_key(by, u[i].by.dot), e);
	return rc;
}

/* ---- how far each goes --------------------------------------------------------------------------- */

/* How far one goes now, and where the floor lies under it. */
static int put_peer(struct take *t, const struct snapshot *p, uint64_t inc, struct err *e)
{
	const struct peer *mine = find(p->mine, p->nmine, inc), *theirs = find(p->theirs, p->ntheirs, inc);
	const struct peer *below = find(p->floor, p->nfloor, inc);
	bool is_mine = mine && (!theirs || mine->no >= theirs->no) && stays(p, mine);
	if (!is_mine && !theirs)
		return OK;
	struct peer now = is_mine ? *mine : *theirs;
	struct peer floor = theirs ? *theirs : (struct peer){ 0 };
	struct buf b = { 0 };
	uint8_t key[PEER_KEY];
	if (below && below->no > floor.no && p->how == TAKE_JOINED)
		floor = *below;
	now.folded = floor.folded = folded(p, inc);
	floor.heard = 0;
	if (!mine || now.no > mine->no)
		now.heard = t->now;
	peers_put(&b, &now);
	int rc = b.oom ? view_nomem(e) : remake_put(p->fresh, key, peers_key(key, 'p', inc), b.p, b.n, e);
	buf_reset(&b);
	if (rc == OK && floor.no > 0) {
		assert(floor.no >= floor.folded);
		peers_put(&b, &floor);
		rc = b.oom ? view_nomem(e) : remake_put(p->fresh, key, peers_key(key, 'b', inc), b.p, b.n, e);
	}
	buf_free(&b);
	return rc;
}

static int put_peers(struct take *t, const struct snapshot *p, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; i < p->nmine && rc == OK; i++)
		rc = put_peer(t, p, p->mine[i].inc, e);
	for (size_t i = 0; i < p->ntheirs && rc == OK; i++)
		if (p->theirs[i].no > 0 && !find(p->mine, p->nmine, p->theirs[i].inc))
			rc = put_peer(t, p, p->theirs[i].inc, e);
	return rc;
}

static int put_merge(struct take *t, const struct snapshot *p, struct err *e)
{
	uint8_t key[MERGE_KEY];
	struct buf b = { 0 };
	if (t->lines.n == 0)
		return OK;               /* it goes less far than what it takes the place of */
	int rc = take_merge_row(t, p->v, key, &b, e);
	if (rc == OK)
		rc = remake_put(p->fresh, key, sizeof key, b.p, b.n, e);
	buf_free(&b);
	return rc;
}

/* What one side had erased the other may have brought. */
static int put_look(const struct snapshot *p, struct err *e)
{
	struct erase_row row;
	struct buf b = { 0 };
	if (!p->erasures)
		return OK;
	int rc = erase_row_read(p->v, p->a, &row, e);
	row.to_do = ERASE_LOOK;
	if (rc == OK)
		erase_row_pack(&b, &row);
	if (rc == OK)
		rc = b.oom ? view_nomem(e) : remake_put(p->fresh, "t", 1, b.p, b.n, e);
	buf_free(&b);
	return rc;
}

static int finish_making(struct take *t, struct snapshot *p, struct err *e)
{
	int rc = OK;
	while (rc == OK && p->more)
		rc = join_own(t, NULL, e);
	if (rc != OK)
		return rc;
	struct load *load = p->load;
	p->load = NULL;
	rc = load_end(load, e);
	if (rc == OK)
		rc = remake_carry(p->v, p->fresh, KV_LOG, NULL, 0, keep_group, p, e);
	if (rc == OK)
		rc = put_undone(p, e);
	if (rc == OK)
		rc = put_peers(t, p, e);
	if (rc == OK)
		rc = put_look(p, e);
	return rc == OK ? put_merge(t, p, e) : rc;
}

/* Ids that came may be this store's own, from before it was put back. */
static int follow_ids(struct store *s, struct err *e)
{
	struct view *v;
	struct head h;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	rc = view_head(v, &h, e);
	view_end(v);
	if (rc == OK && h.next_id > s->next_id)
		s->next_id = h.next_id;
	return rc;
}

static int put_in_place(struct take *t, struct snapshot *p, struct err *e)
{
	struct store *fresh = p->fresh;
	kv_scan_end(&p->scan);
	view_end(p->v);
	p->v = NULL;
	p->fresh = NULL;
	int rc = remake_finish(t->s, fresh, e);
	if (rc == OK)
		rc = follow_ids(t->s, e);
	return rc == OK ? take_resume(t, e) : rc;
}

int take_snapshot_end(struct take *t, struct err *e)
{
	if (t->rc != OK)
		return take_refuse(t, e);
	struct snapshot *p = t->snapshot;
	assert(p);
	int rc = p->nothing ? OK : finish_making(t, p, e);
	if (rc == OK && !p->nothing)
		rc = put_in_place(t, p, e);
	take_snapshot_drop(t);
	return take_fail(t, rc);
}
