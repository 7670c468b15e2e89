/* sync/forget.c - see meet_priv.h. Owns what an erasure (store/erase.h) asks of a meeting: that it is carried out before
 * anything is sent or compared, that files which may hold what is gone go, and that who needs them gets a snapshot. Must not
 * know what is erased, nor how.
 *
 * Each removes its own files, so after a meeting of everybody none is left. A folder keeps what anybody could lack: a snapshot takes
 * the place of the files. It can't show whether it goes on from a history that was given up without anybody noticing (a disk put back
 * with all that lies beside the store); files could. Then states differ, which every meeting tells. */
#include <assert.h>
#include <string.h>

#include "sync/meet_priv.h"

int forget_settle(struct meet *m, struct err *e)
{
	size_t n = 0;
	int rc = erase_settle(m->s, ring_takes_part(m->ring), &n, e);
	m->out->erased += n;
	return rc;
}

int forget_begin(struct meet *m, struct err *e)
{
	int rc = m->dry ? OK : ring_share(m->s, m->ring, e);
	if (rc == OK && ring_takes_part(m->ring) && ring_own_role(m->ring) == RING_FULL)
		rc = erase_say_again(m->s, e);
	return rc == OK ? forget_settle(m, e) : rc;
}

static uint64_t cut_of(const struct meet *m, uint64_t inc)
{
	for (size_t i = 0; i < m->npeers; i++)
		if (m->peers[i].inc == inc)
			return m->peers[i].cut;
	return 0;
}

/* Numbers tell of changes; of a snapshot of our own, whether it was written since; of one of a site that has left, nothing. */
bool forget_is_stale(const struct meet *m, const struct folder_file *file)
{
	const struct ring_member *author = m->done.n ? ring_author(m->ring, file->inc) : NULL;
	if (!author)
		return false;
	if (file->kind == FOLDER_SEGMENT)
		return file->first <= cut_of(m, file->inc);
	return file->kind == FOLDER_SNAPSHOT && (author->self ? file->first < vector_sum(&m->done) : author->retired);
}

/* ---- a snapshot for who needs it -------------------------------------------------------------------- */

static bool is_lacked(const struct meet *m, const struct vector *cut)
{
	size_t n;
	const struct ring_member *member = ring_members(m->ring, &n);
	for (size_t i = 0; i < n; i++)
		if (!member[i].self && !member[i].retired && member[i].role == RING_FULL && !vector_within(cut, &m->acked[i]))
			return true;
	return ring_expects(m->ring, RING_FULL, store_today(m->s));
}

/* Our own needn't be read: it was written when all that was here. Whether it is whole is asked when it is needed. */
static bool has_own(struct meet *m, bool needed)
{
	struct folder_file *file;
	size_t n;
	folder_list(m->folder, m->work, &file, &n);
	for (size_t i = 0; i < n; i++) {
		const struct ring_member *author = ring_author(m->ring, file[i].inc);
		if (file[i].kind == FOLDER_SNAPSHOT && author && author->self && !forget_is_stale(m, &file[i]) &&
			(!needed || heal_is_whole(m, &file[i])))
			return true;
	}
	return false;
}

struct reach { struct arena *a; uint64_t no; };

static int reach_on(void *ctx, const struct kept *k, struct err *e)
{
	struct reach *r = ctx;
	struct segment_head head;
	(void)e;
	if (meet_kept_head(r->a, k, &head) && head.count && head.first <= r->no + 1 && head.first + head.count - 1 > r->no)
		r->no = head.first + head.count - 1;
	return OK;
}

/* Is what comes after the cut in files that are kept here? */
static bool is_in_files(const struct meet *m, const struct peer *p)
{
	struct reach r = {m->work, p->cut};
	struct view *v = NULL;
	if (view_begin(m->s, &v, NULL) == OK)
		kept_each(v, &p->inc, reach_on, &r, NULL);
	view_end(v);
	return r.no >= p->no;
}

/* Files that began under what was cut, and went on beyond it, go, too. Their author writes the rest anew when it comes; of a site that has
 * left, or of this one before it came back, nobody can. Until somebody does, who lacks it takes it with a state. */
static bool is_past_mending(const struct meet *m, const struct peer *p)
{
	const struct ring_member *author = ring_author(m->ring, p->inc);
	if (!author || p->no <= p->cut)
		return false;
	return lines_is_disputed(m, p->inc) ||
	       (!author->self && !fold_have_all(m, (struct dot){p->inc, p->no}) && (author->retired || !is_in_files(m, p)));
}

/* As with files of changes, a folder has what anybody could lack: who is known to have it may have been put back. */
int forget_is_due(struct meet *m, bool *due, struct err *e)
{
	struct seen *at = arena_alloc(m->work, (m->npeers + 1) * sizeof *at);
	struct vector cut = {at, 0};
	bool covered = false, more = false;
	for (size_t i = 0; i < m->npeers; i++) {
		const struct peer *p = &m->peers[i];
		const bool all = p->cut && is_past_mending(m, p);
		more |= all;
		if (p->cut)
			at[cut.n++] = (struct seen){{p->inc, all ? p->no : p->cut}, 0};
	}
	*due = false;
	if (cut.n == 0 || (!more && has_own(m, is_lacked(m, &cut))))
		return OK;
	int rc = fold_covers(m, &cut, &covered, e);
	*due = rc == OK && !covered;
	return rc;
}

/* ---- files that go ----------------------------------------------------------------------------------- */

/* One that was given another name is what its head says. */
static struct folder_file look_inside(struct meet *m, const struct folder_file *file)
{
	struct folder_file is = *file;
	struct segment_head head;
	uint8_t hash[SEGMENT_HASH];
	struct buf b = {0};
	enum sync_why why;
	if (folder_read(m->folder, file, &b, NULL) == OK && intake_judge(m, file, &b, &head, hash, &why) == VERDICT_FINE) {
		bool is_state = head.kind == SEGMENT_SNAPSHOT;
		is.inc = head.inc;
		is.first = is_state ? vector_sum(&head.vector) : head.first;
		is.kind = is_state ? FOLDER_SNAPSHOT : head.count ? FOLDER_SEGMENT : FOLDER_UNKNOWN;
	}
	buf_free(&b);
	return is;
}

/* Each removes its own; those of a site that has left, everybody. */
static bool may_remove(const struct meet *m, const struct folder_file *file)
{
	const struct ring_member *author = ring_author(m->ring, file->inc);
	return author && (author->self || author->retired);
}

int forget_remove(struct meet *m, struct err *e)
{
	struct folder_file *file;
	size_t n;
	int rc = OK;
	assert(!m->dry && m->folder);
	/* Of what a site did that is out nobody hears, so its files stay what the others know. */
	if (m->done.n == 0 || !ring_takes_part(m->ring))
		return OK;
	folder_list(m->folder, m->work, &file, &n);
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct folder_file is = file[i].kind == FOLDER_UNKNOWN ? look_inside(m, &file[i]) : file[i];
		if (forget_is_stale(m, &is) && may_remove(m, &is))
			rc = folder_remove(m->folder, &file[i], e);
	}
	return rc;
}
