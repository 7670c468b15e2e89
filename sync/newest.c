/* sync/newest.c - see meet_priv.h. Owns beginning from a snapshot: for a new site, and where the files between are gone. Must
 * not know how its records are joined with ours.
 *
 * A region member sees parts of records, and which parts follows from what else its author knew: two of them can't be
 * joined. So it takes one in the place of the other, whole. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/register.h"
#include "sync/meet_priv.h"

/* The newest first; of equals any, but always the same one. */
static int compare_newest(const void *x, const void *y)
{
	const struct folder_file *p = x, *q = y;
	if (p->first != q->first)
		return p->first > q->first ? -1 : 1;
	return memcmp(p->hash, q->hash, sizeof p->hash);
}

static bool follows(const struct meet *m)
{
	return ring_own_role(m->ring) != RING_FULL;
}

static size_t list_snapshots(struct meet *m, struct folder_file **out)
{
	struct folder_file *file;
	size_t n, kept = 0;
	enum folder_kind kind = ring_own_role(m->ring) == RING_FULL ? FOLDER_SNAPSHOT : FOLDER_EXTRACT;
	folder_list(m->folder, m->work, &file, &n);
	for (size_t i = 0; i < n; i++) {
		const struct ring_member *by = ring_author(m->ring, file[i].inc);
		if (file[i].kind == kind && !(follows(m) && by && by->retired))
			file[kept++] = file[i];
	}
	if (kept)
		qsort(file, kept, sizeof *file, compare_newest);
	*out = file;
	return kept;
}

static bool is_shunned(const struct meet *m, const char *path)
{
	for (size_t i = 0; i < m->nshunned; i++)
		if (strcmp(m->shunned[i], path) == 0)
			return true;
	return false;
}

/* Does its head say what is in it? Else it would be taken again and again. */
static bool says_what_comes(struct meet *m, const struct segment_head *head, const struct peer *peers, size_t n)
{
	struct seen *at = arena_alloc(m->work, (n + 1) * sizeof *at);
	struct vector comes = {at, 0};
	for (size_t i = 0; i < n; i++)
		if (peers[i].no)
			at[comes.n++] = (struct seen){{peers[i].inc, peers[i].no}, chain_tag(peers[i].chain)};
	return vector_equal(&comes, &head->vector);
}

bool newest_may_have(const struct meet *m, const struct vector *v, const struct ring_member *by, enum sync_why *why, uint64_t *whose)
{
	size_t n;
	const struct ring_given_up *line = ring_given_up_lines(m->ring, &n);
	for (size_t k = 0; k < v->n; k++) {
		const struct dot dot = v->at[k].dot;
		*whose = dot.inc;
		*why = SYNC_RETIRED;
		const struct ring_member *author = ring_author(m->ring, dot.inc);
		if (author ? dot.no > ring_last_number(m->ring, dot.inc) : by && by->retired)
			return false;
		*why = SYNC_FORKED;
		for (size_t i = 0; i < n; i++)
			if (line[i].inc == dot.inc && dot.no > line[i].after && dot.no - line[i].after <= line[i].ntag &&
				v->at[k].tag == line[i].tag[dot.no - line[i].after - 1])
				return false;
	}
	return true;
}

/* What this store has itself, and nobody told it to give up, doesn't. */
bool newest_may_go_on(struct meet *m, struct view *v, const struct seen *s)
{
	size_t n;
	uint64_t tag;
	bool any = false;
	const struct ring_given_up *line = ring_given_up_lines(m->ring, &n);
	for (size_t i = 0; i < n; i++)
		any |= line[i].inc == s->dot.inc && s->dot.no > line[i].after;
	return any && (m->astray || exchange_tag(v, s->dot, &tag, NULL) != OK || tag != s->tag);
}

/* Has it anything of that line? */
static bool goes_on(const struct peer *p, const struct snapshot_tail *tail, const struct ring_given_up *line)
{
	const uint64_t first = p->no - tail->n;
	bool any = false;
	for (size_t i = 0; i < tail->n && p->inc == line->inc; i++) {
		const uint64_t *told = lines_tag(line, first + i);
		any |= told && tail->tag[i] == snapshot_tag(*told);
	}
	return any;
}

/* Whose it goes on from, of those that this site may settle. */
static uint64_t find_given_up(const struct meet *m, const struct snapshot_reader *r)
{
	size_t n, npeers;
	const struct peer *p = snapshot_peers(r, &npeers);
	const struct snapshot_tail *tail = snapshot_tails(r);
	const struct ring_given_up *line = ring_given_up_lines(m->ring, &n);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < npeers; k++)
			if (lines_may_settle(m, line[i].inc) && goes_on(&p[k], &tail[k], &line[i]))
				return line[i].inc;
	return 0;
}

bool newest_may_take(struct meet *m, const struct segment_head *head, const struct buf *b, enum sync_why *why, uint64_t *whose)
{
	struct snapshot_reader *r = NULL;
	struct view *v = NULL;
	bool asks = false;
	if (!newest_may_have(m, &head->vector, ring_author(m->ring, head->inc), why, whose))
		return false;
	if (view_begin(m->s, &v, NULL) == OK)
		for (size_t i = 0; i < head->vector.n; i++)
			asks |= newest_may_go_on(m, v, &head->vector.at[i]);
	view_end(v);
	if (!asks || snapshot_open(b->p, b->n, head, ring_key(m->ring, head->partition, head->epoch), &r, NULL))
		return true;
	*whose = find_given_up(m, r);
	snapshot_close(r);
	return *whose == 0;
}

/* ---- for who follows --------------------------------------------------------------------------------- */

/* What is here of others: all that a state of the whole brought. */
static struct vector of_others(struct meet *m, struct take *t)
{
	const struct vector have = take_vector(t, m->work);
	struct seen *at = arena_alloc(m->work, (have.n + 1) * sizeof *at);
	struct vector v = {at, 0};
	for (size_t i = 0; i < have.n; i++) {
		const struct ring_member *author = ring_author(m->ring, have.at[i].dot.inc);
		if (have.at[i].dot.inc != store_incarnation(m->s) && !(author && author->self))
			at[v.n++] = have.at[i];
	}
	return v;
}

/* Does a state of the whole come that goes further? Or does what stands here hold what nobody may have? Of what all the others forgot,
 * with their disks put back, nothing tells: the next state that goes further takes its place. */
static bool is_further(struct meet *m, struct take *t, const struct vector *comes)
{
	enum sync_why why;
	uint64_t whose;
	if (m->renews)
		return life_may_begin_from(m, comes);
	const struct vector has = of_others(m, t);
	if (!follows(m)) {
		const struct vector have = take_vector(t, m->work);
		return !vector_within(comes, &have) || lines_are_ours_to_settle(m, t, comes);
	}
	bool stands = newest_may_have(m, &has, NULL, &why, &whose);
	return stands ? vector_sum(comes) > vector_sum(&has) : !vector_equal(comes, &has);
}

/* ---- may it come ------------------------------------------------------------------------------------- */

/* Has a file of this meeting another history of that incarnation than is here? */
static bool is_forked(const struct meet *m, uint64_t inc)
{
	for (size_t i = 0; i < m->nparcels; i++)
		if (m->parcel[i].forked && m->parcel[i].head.inc == inc)
			return true;
	return false;
}

/* So that it begins there, and is to be settled first: where a state went over ours nobody could any more. */
static bool holds_up(struct meet *m, uint64_t inc)
{
	bool any = false;
	for (size_t i = 0; i < m->nparcels; i++)
		if (m->parcel[i].parts && m->parcel[i].head.inc == inc)
			any = m->parcel[i].holds_up = true;
	return any;
}

/* A state of the whole that may come. */
struct coming {
	const struct segment_head *head;
	const struct buf *bytes;
	const struct peer *peers;
	const struct snapshot_tail *tails;        /* of each of them */
	size_t n;
};

/* One history that is here up to `had`, and what the tags tell of it: all that both have is alike; or they part, and where, if
 * that shows. */
enum kin { KIN_UNTOLD, KIN_ALIKE, KIN_PARTS, KIN_PARTED };

static enum kin find_kin(struct take *t, const struct peer *p, const struct snapshot_tail *tail, uint64_t had, uint64_t *common)
{
	const uint64_t first = p->no - tail->n, both = had < p->no ? had : p->no;
	uint64_t no = both, tag;
	assert(first > 0 || p->no == 0);
	for (; no > 0 && no >= first; no--) {
		if (take_tag(t, (struct dot){p->inc, no}, &tag, NULL))
			return no < both ? KIN_PARTED : KIN_UNTOLD;
		if (no == p->no ? tag == chain_tag(p->chain) : snapshot_tag(tag) == tail->tag[no - first])
			break;
	}
	*common = no;
	if (no == both)
		return no < first ? KIN_UNTOLD : KIN_ALIKE;
	return no >= first || no == 0 ? KIN_PARTS : KIN_PARTED;
}

static void raise_to(struct take *t, const struct vector *says, uint64_t inc, uint64_t *no)
{
	uint64_t tag;
	for (size_t i = 0; i < says->n; i++) {
		const struct seen *s = &says->at[i];
		if (s->dot.inc == inc && s->dot.no > *no && take_tag(t, s->dot, &tag, NULL) == OK && tag == s->tag)
			*no = s->dot.no;
	}
}

/* Up to where it surely holds our own history: what somebody in it had seen, and what its author said to have. What we have with a
 * state of the whole ourselves came from others. */
static uint64_t ours_in(struct meet *m, struct take *t, const struct coming *c)
{
	const uint64_t inc = store_incarnation(m->s);
	const struct ring_member *by = ring_author(m->ring, c->head->inc);
	struct view *v = NULL;
	struct peer *own = NULL;
	struct vector said;
	size_t nown = 0;
	uint64_t no = 0;
	if (view_begin(m->s, &v, NULL) != OK)
		return 0;
	if (exchange_peers(v, m->work, &own, &nown, NULL) == OK)
		for (size_t i = 0; i < nown; i++)
			no = own[i].inc == inc ? own[i].folded : no;
	for (size_t i = 0; by && i < by->ninc; i++)
		if (exchange_acked(v, m->work, by->inc[i], &said, NULL) == OK)
			raise_to(t, &said, inc, &no);
	view_end(v);
	for (size_t i = 0; i < c->n; i++)
		raise_to(t, &c->peers[i].context, inc, &no);
	return no;
}

/* A value of ours that stands in it with its number and its second is that very change, and what came before it ours, too. */
static void raise_by(const struct rec *ours, const struct rec *other, uint64_t inc, uint64_t *no)
{
	struct rec_field x[8];
	for (size_t i = 0; i < ours->n + ours->nsib; i++) {
		const struct rec_field *f = i < ours->n ? &ours->f[i] : &ours->sib[i - ours->n];
		if (f->at.dot.inc != inc || f->at.dot.no <= *no || f->v.tag == V_RAW)
			continue;
		size_t n = register_values(other, f->no, x, sizeof x / sizeof *x);
		for (size_t k = 0; k < n && n <= sizeof x / sizeof *x; k++)
			if (dot_equal(x[k].at.dot, f->at.dot) && x[k].at.clock == f->at.clock && value_equal(x[k].v, f->v))
				*no = f->at.dot.no;
	}
}

static uint64_t ours_by_values(struct meet *m, const struct coming *c, uint64_t no)
{
	struct snapshot_reader *r = NULL;
	struct arena *one = arena_new();
	struct view *v = NULL;
	struct rec *rec, *ours;
	if (view_begin(m->s, &v, NULL) == OK &&
		snapshot_open(c->bytes->p, c->bytes->n, c->head, ring_key(m->ring, c->head->partition, c->head->epoch), &r, NULL) == OK)
		for (; snapshot_next(r, one, &rec); arena_reset(one))
			if (view_get(v, one, rec->type, rec->id, &ours, NULL) == OK && ours)
				raise_by(ours, rec, store_incarnation(m->s), &no);
	snapshot_close(r);
	view_end(v);
	arena_free(one);
	return no;
}

/* Where its tags don't reach so far, it may still be seen that all of ours is in it. Else the files that tell must come first, and
 * others send them when they hear what we have. */
static bool is_ours(struct meet *m, struct take *t, const struct coming *c, uint64_t own)
{
	uint64_t ours = ours_in(m, t, c);
	if (ours < own)
		ours = ours_by_values(m, c, ours);
	assert(ours <= own);
	return ours == own;
}

/* Does it fit what is here of one history? Where the two part it may be up to us to settle that. */
static bool fits_one(struct meet *m, struct take *t, const struct coming *c, size_t i, uint64_t had, enum sync_why *why)
{
	const struct peer *p = &c->peers[i];
	const bool own = p->inc == store_incarnation(m->s), further = p->no > had;
	const bool settles = !m->dry && (own || lines_may_settle(m, p->inc));
	uint64_t common = 0;
	enum kin kin = find_kin(t, p, &c->tails[i], had, &common);
	*why = SYNC_FORKED;
	if (kin == KIN_PARTS && settles)
		m->parted = (struct dot){p->inc, common};
	if (kin == KIN_PARTS || kin == KIN_PARTED || (further && kin == KIN_UNTOLD && is_forked(m, p->inc)))
		return false;
	if (settles && ring_takes_part(m->ring) && holds_up(m, p->inc))
		return false;
	*why = SYNC_EARLY;
	m->ahead |= own && further && (kin == KIN_ALIKE || is_ours(m, t, c, had));
	return !own || !further || m->ahead;
}

/* Does it go on from the histories that are here? *whose isn't here else; of what only comes too early, its author's. */
static bool fits(struct meet *m, struct take *t, const struct coming *c, enum sync_why *why, uint64_t *whose)
{
	struct vector have = take_vector(t, m->work);
	for (size_t i = 0; i < c->n; i++)
		if (!fits_one(m, t, c, i, vector_number(&have, c->peers[i].inc), why)) {
			*whose = *why == SYNC_FORKED ? c->peers[i].inc : c->head->inc;
			return false;
		}
	return true;
}

/* What it tells of changes that aren't in the log then. */
static void note_tails(struct meet *m, struct take *t, const struct coming *c)
{
	struct vector have = take_vector(t, m->work);
	for (size_t i = 0; i < c->n && !follows(m); i++)
		if (m->renews || c->peers[i].no > vector_number(&have, c->peers[i].inc))
			tails_note(m, &c->peers[i], &c->tails[i]);
}

static int join(struct meet *m, struct take *t, struct snapshot_reader *r, size_t of, struct err *e)
{
	struct arena *one = arena_new();
	struct rec *rec;
	size_t n, done = 0;
	const struct peer *peers = snapshot_peers(r, &n);
	enum take_how how = m->renews ? TAKE_INSTEAD_OF_ALL : follows(m) ? TAKE_INSTEAD_OF_OTHERS : TAKE_JOINED;
	int rc = take_snapshot_begin(t, peers, n, how, e);
	while (rc == OK && snapshot_next(r, one, &rec)) {
		rc = take_snapshot_rec(t, rec, e);
		if (rc == OK)
			rc = meet_step(m, SYNC_MERGING, ++done, of, e);
		arena_reset(one);
	}
	if (rc == OK)
		rc = take_snapshot_end(t, e);
	arena_free(one);
	return rc;
}

bool newest_is_unfit(const struct meet *m, const struct folder_file *file)
{
	for (size_t i = 0; i < m->nunfit; i++)
		if (strcmp(m->unfit[i], file->path) == 0)
			return true;
	return false;
}

/* Its author may remove it. */
static bool may_take(struct meet *m, const struct segment_head *head, const struct buf *b, const char *path, enum sync_why *why,
	uint64_t *whose)
{
	if (newest_may_take(m, head, b, why, whose))
		return true;
	m->unfit = arena_grow(m->work, m->unfit, &m->unfit_cap, m->nunfit + 1, sizeof *m->unfit);
	m->unfit[m->nunfit++] = path;
	return false;
}

/* *taken stays false for one that has nothing new, or can't be used. */
static int take_one(struct meet *m, struct take *t, const struct folder_file *file, bool *taken, struct err *e)
{
	struct segment_head head;
	uint8_t hash[SEGMENT_HASH];
	struct buf b = {0};
	struct snapshot_reader *r = NULL;
	struct coming c = {.head = &head, .bytes = &b};
	enum sync_why why = SYNC_ALTERED;
	uint64_t whose;
	int rc = OK;
	if (is_shunned(m, file->path) || folder_read(m->folder, file, &b, NULL))
		goto out;
	m->out->files_read++;
	m->out->bytes_read += b.n;
	enum verdict verdict = intake_judge(m, file, &b, &head, hash, &why);
	whose = head.inc;
	if (verdict == VERDICT_FINE && (head.kind != SEGMENT_SNAPSHOT || !is_further(m, t, &head.vector)))
		goto out;
	if (verdict == VERDICT_FINE &&
		snapshot_open(b.p, b.n, &head, ring_key(m->ring, head.partition, head.epoch), &r, NULL))
		verdict = VERDICT_TROUBLE;
	if (verdict == VERDICT_FINE) {
		c.peers = snapshot_peers(r, &c.n);
		c.tails = snapshot_tails(r);
		why = SYNC_NONSENSE;
		*taken = says_what_comes(m, &head, c.peers, c.n) && may_take(m, &head, &b, file->path, &why, &whose) &&
			(follows(m) || m->renews || fits(m, t, &c, &why, &whose));
	}
	m->ahead = m->ahead && *taken;
	m->out->minted |= m->ahead;
	if (m->parted.inc || (m->ahead && !m->dry)) {
		rc = err_set(e, ERR_CONFLICT, _("others know changes under this store's name that it doesn't know"));
	} else if (*taken) {
		note_tails(m, t, &c);
		rc = join(m, t, r, (size_t)head.count, e);
	} else if (verdict != VERDICT_NOTHING) {
		meet_trouble(m, why, file->path, whose ? meet_site(m, whose) : "");
	}
	m->bad_forks = rc == ERR_CONFLICT && !m->ahead ? (m->parted.inc ? m->parted.inc : head.inc) : 0;
	if (rc == ERR_CORRUPT || m->bad_forks)
		m->bad_state = file;
out:
	snapshot_close(r);
	buf_free(&b);
	return rc;
}

int newest_take(struct meet *m, struct take *t, bool *found, struct err *e)
{
	struct folder_file *file;
	size_t n = list_snapshots(m, &file);
	int rc = OK;
	*found = false;
	assert(m->snapshots_seen <= n);
	if (follows(m) && m->out->from_snapshot)
		return OK;
	for (; rc == OK && !*found && m->snapshots_seen < n; m->snapshots_seen++)
		rc = take_one(m, t, &file[m->snapshots_seen], found, e);
	m->out->from_snapshot |= rc == OK && *found;
	return rc;
}

void newest_review(struct meet *m)
{
	struct folder_file *file;
	struct segment_head head;
	struct buf b = {0};
	uint8_t hash[SEGMENT_HASH];
	enum sync_why why;
	uint64_t whose;
	size_t n, nlines;
	folder_list(m->folder, m->work, &file, &n);
	ring_given_up_lines(m->ring, &nlines);
	for (size_t i = 0; nlines && i < n; i++) {
		const struct ring_member *author = ring_author(m->ring, file[i].inc);
		bool ours = author && author->self && (file[i].kind == FOLDER_SNAPSHOT || file[i].kind == FOLDER_EXTRACT);
		if (ours && !newest_is_unfit(m, &file[i]) && folder_read(m->folder, &file[i], &b, NULL) == OK &&
			intake_judge(m, &file[i], &b, &head, hash, &why) == VERDICT_FINE)
			may_take(m, &head, &b, file[i].path, &why, &whose);
	}
	buf_free(&b);
}
