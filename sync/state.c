/* sync/state.c - see meet_priv.h. Owns snapshots: when a folder needs one, and what is in it; of what the region may
 * see, no persons. Must not know how a snapshot is written down. */
#include <assert.h>
#include <string.h>

#include "sync/meet_priv.h"

/* A record takes some ten bytes of a snapshot (measured on a region's store); changes that take four times as much are
 * better replaced by one. */
enum { BYTES_A_RECORD = 10, BYTES_LEAST = 4096, WORTH_IT = 4 };

/* ---- when -------------------------------------------------------------------------------------------- */

static int count_kept(void *ctx, const struct kept *k, struct err *e)
{
	(void)e;
	*(size_t *)ctx += k->n;
	return OK;
}

/* Will somebody read a state of that sum, as far as is known here? Whoever has changes needs none but the region, which
 * gets no changes. */
static bool is_awaited(struct meet *m, enum folder_kind kind, uint64_t sum)
{
	enum ring_role role = kind == FOLDER_EXTRACT ? RING_REGION : RING_FULL;
	size_t n;
	const struct ring_member *member = ring_members(m->ring, &n);
	for (size_t i = 0; i < n; i++) {
		uint64_t has = vector_sum(&m->acked[i]);
		if (!member[i].self && !member[i].retired && member[i].role == role &&
			(role == RING_REGION ? has < sum : has == 0))
			return true;
	}
	return ring_expects(m->ring, role, store_today(m->s));
}

/* Whoever has left may have written one since that nobody takes; and one of our own of what was given up since, or of more than we have,
 * is of what we had before. */
static bool is_of_use(struct meet *m, const struct folder_file *file)
{
	const struct ring_member *author = ring_author(m->ring, file->inc);
	return author && !author->retired && !forget_is_stale(m, file) && !newest_is_unfit(m, file) &&
	       (!author->self || file->first <= vector_sum(&m->have));
}

static struct folder_file *greatest(struct meet *m, struct folder_file *file, size_t n, enum folder_kind kind)
{
	struct folder_file *best = NULL;
	for (size_t i = 0; i < n; i++)
		if (file[i].kind == kind && (!best || file[i].first > best->first) && is_of_use(m, &file[i]))
			best = &file[i];
	return best;
}

/* The greatest sum in a name; of those that somebody is going to read, a damaged one counts for nothing. */
static uint64_t newest_in(struct meet *m, enum folder_kind kind)
{
	struct folder_file *file, *best;
	size_t n;
	folder_list(m->folder, m->work, &file, &n);
	while ((best = greatest(m, file, n, kind))) {
		if (!is_awaited(m, kind, best->first) || heal_is_whole(m, best))
			return best->first;
		best->kind = FOLDER_UNKNOWN;
	}
	return 0;
}

/* Without the history we can't leave it to others. */
static bool began_from_one(const struct meet *m)
{
	for (size_t i = 0; i < m->npeers; i++)
		if (m->peers[i].folded)
			return true;
	return false;
}

/* Has somebody less, as far as is known; or does the meeting show that its own site doesn't know all of it? */
static bool is_lacked(const struct meet *m, struct dot dot)
{
	return lines_is_disputed(m, dot.inc) || !fold_have_all(m, dot);
}

/* Changes that we have with a state alone come to whoever lacks them with a state alone. */
static int is_missed(struct meet *m, bool *due, struct err *e)
{
	struct seen *at = arena_alloc(m->work, (m->npeers + 1) * sizeof *at);
	struct vector floor = {at, 0};
	bool covered = false;
	for (size_t i = 0; i < m->npeers; i++) {
		const struct dot dot = {m->peers[i].inc, m->peers[i].folded};
		if (dot.no && is_lacked(m, dot))
			at[floor.n++] = (struct seen){dot, 0};
	}
	*due = false;
	int rc = floor.n ? fold_covers(m, &floor, &covered, e) : OK;
	*due = rc == OK && floor.n && !covered;
	return rc;
}

/* Has it what goes on from what was given up, as far as may be, and can't keep it, for it may settle that? */
static bool may_be_astray(struct meet *m, struct view *v, const struct told *told, const struct ring_member *by)
{
	for (size_t i = 0; i < told->vector.n; i++) {
		const struct seen *s = &told->vector.at[i];
		const struct ring_member *author = ring_author(m->ring, s->dot.inc);
		if (author && (author->retired || id_equal(author->site, by->site)) && newest_may_go_on(m, v, s))
			return true;
	}
	return false;
}

/* Does somebody hold what nobody may have? It begins anew from a snapshot, see life.c. */
static int is_astray(struct meet *m, struct view *v, bool *due, struct err *e)
{
	enum sync_why why;
	uint64_t whose;
	bool any = false, covered = false;
	for (size_t i = 0; i < m->ntold; i++) {
		const struct told *told = &m->told[i];
		const struct ring_member *by = ring_author(m->ring, told->inc);
		any |= by && !by->retired && !by->self && by->role == RING_FULL &&
			(!newest_may_have(m, &told->vector, by, &why, &whose) || may_be_astray(m, v, told, by));
	}
	int rc = any ? fold_covers(m, &m->have, &covered, e) : OK;
	*due = any && !covered;
	return rc;
}

/* Whoever is invited begins from a snapshot as soon as that is less to read; the others know most of the changes. */
static size_t worth_it(const struct meet *m)
{
	return ring_expects(m->ring, RING_FULL, store_today(m->s)) ? 1 : WORTH_IT;
}

/* The changes of the folder are at most those that are kept here: what is there and not here is told next time. */
static int is_due(struct meet *m, struct view *v, bool *due, struct err *e)
{
	size_t bytes = 0, records = 0, worth = worth_it(m);
	int rc = forget_is_due(m, due, e);
	if (rc == OK && !*due)
		rc = is_missed(m, due, e);
	if (rc == OK && !*due)
		rc = is_astray(m, v, due, e);
	if (rc || *due)
		return rc;
	uint64_t newest = newest_in(m, FOLDER_SNAPSHOT), now = vector_sum(&m->have);
	*due = newest == 0 && began_from_one(m);
	if (*due || (newest && newest >= now - now / 3))
		return OK;
	rc = kept_each(v, NULL, count_kept, &bytes, e);
	if (rc == OK && bytes > BYTES_LEAST * worth)
		rc = exchange_count(v, &records, e);
	*due = rc == OK && bytes > worth * (BYTES_LEAST + records * BYTES_A_RECORD);
	return rc;
}

/* What nobody may take helps nobody, and everybody is told of it. Who begins anew (life.c) gets rid of it; who is out can't,
 * and would write it anew at each meeting. */
static bool may_be_taken(struct meet *m)
{
	enum sync_why why;
	uint64_t whose;
	return newest_may_have(m, &m->have, ring_author(m->ring, store_incarnation(m->s)), &why, &whose) && !lines_hold_given_up(m);
}

/* ---- what ------------------------------------------------------------------------------------------- */

/* Records of persons, and those that name them by what they are. */
static bool is_of_persons(const struct rec *r)
{
	switch (r->type) {
	case TYPE_SITE:
	case TYPE_UNIT:
	case TYPE_ORGANISATION:
	case TYPE_ROLE:
	case TYPE_SHIFT:
	case TYPE_SETTING: return false;
	case TYPE_ASSIGNMENT: return rec_get(r, F_ASSIGNMENT_VOLUNTEER).tag != V_NONE || rec_get(r, F_ASSIGNMENT_ORGANISATION).tag == V_NONE;
	default: return true;      /* also what this version doesn't know */
	}
}

static bool may_be_seen(int type, int field)
{
	const struct field *f = schema_field(type, field);
	return field == FIELD_ALIVE || (f && !(f->flags & FIELD_PERS));
}

static size_t without_persons(int type, struct rec_field *f, size_t n)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (may_be_seen(type, f[i].no))
			f[kept++] = f[i];
	return kept;
}

struct adding { struct snapshot_writer *w; struct arena *a; uint32_t partition; };

static int add_record(void *ctx, const struct rec *r, struct err *e)
{
	struct adding *d = ctx;
	if (d->partition == 0)
		return snapshot_add(d->w, r, e);
	if (is_of_persons(r))
		return OK;
	struct rec seen = *r;
	arena_reset(d->a);
	seen.f = arena_copy(d->a, r->f, r->n * sizeof *r->f);
	seen.sib = arena_copy(d->a, r->sib, r->nsib * sizeof *r->sib);
	seen.n = without_persons(r->type, seen.f, r->n);
	seen.nsib = without_persons(r->type, seen.sib, r->nsib);
	return seen.n ? snapshot_add(d->w, &seen, e) : OK;
}

static int write_snapshot(struct meet *m, struct view *v, uint32_t partition, struct err *e)
{
	struct segment_head head;
	struct buf b = {0};
	struct snapshot_tail *tail;
	struct adding d = {.w = snapshot_begin(m->peers, m->npeers), .a = arena_new(), .partition = partition};
	assert(!m->dry && partition <= 1);
	send_head(m, partition, &head);
	head.kind = SEGMENT_SNAPSHOT;
	int rc = partition == 0 ? tails_find(m, v, &tail, e) : OK;
	if (rc == OK && partition == 0 && snapshot_add_tails(d.w, tail, m->npeers))
		head.needed = SEGMENT_SCHEMA;
	if (rc == OK)
		rc = exchange_records(v, add_record, &d, e);
	if (rc == OK)
		rc = snapshot_end(d.w, &head, m->opts.level, ring_key(m->ring, partition, head.epoch), ring_secret(m->ring), &b, e);
	else
		snapshot_abandon(d.w);
	if (rc == OK)
		rc = send_file(m, &head, &b, e);
	buf_free(&b);
	arena_free(d.a);
	return rc;
}

/* ---- for the region --------------------------------------------------------------------------------- */

static bool has_region(struct meet *m)
{
	size_t n;
	const struct ring_member *member = ring_members(m->ring, &n);
	for (size_t i = 0; i < n; i++)
		if (member[i].role == RING_REGION && !member[i].retired)
			return true;
	return ring_expects(m->ring, RING_REGION, store_today(m->s));
}

int state_send(struct meet *m, struct err *e)
{
	struct view *v = NULL;
	bool due = false;
	if (!may_be_taken(m))
		return OK;
	int rc = view_begin(m->s, &v, e);
	if (rc == OK)
		rc = is_due(m, v, &due, e);
	if (rc == OK && due)
		rc = write_snapshot(m, v, 0, e);
	bool stale = newest_in(m, FOLDER_EXTRACT) < vector_sum(&m->have);
	if (rc == OK && stale && has_region(m) && ring_epoch(m->ring, 1))
		rc = write_snapshot(m, v, 1, e);
	view_end(v);
	return rc;
}
