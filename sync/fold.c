/* sync/fold.c - see meet_priv.h. Owns when files of an exchange folder have done their work. Only their owner removes
 * them, but for acknowledgements. Must not know what is in them but whose they are and what their heads say. */
#include <assert.h>
#include <string.h>

#include "sync/meet_priv.h"

/* A few files more do no harm, and reading the snapshots for them would cost more. */
enum { FOLD_FROM = 8 };

/* ---- what is over ------------------------------------------------------------------------------------ */

bool fold_have_all(const struct meet *m, struct dot last)
{
	size_t n;
	const struct ring_member *member = ring_members(m->ring, &n);
	for (size_t i = 0; i < n; i++) {
		if (member[i].self || member[i].retired || member[i].role != RING_FULL)
			continue;
		if (!vector_covers(&m->acked[i], last) || lines_tells_less(m, &member[i], last))
			return false;
	}
	return true;
}

static int read_covered(struct meet *m, const struct folder_file *file, struct buf *b, struct err *e)
{
	struct segment_head head;
	uint8_t hash[SEGMENT_HASH];
	enum sync_why why;
	uint64_t whose;
	int rc = folder_read(m->folder, file, b, e);
	if (rc || intake_judge(m, file, b, &head, hash, &why) != VERDICT_FINE || head.kind != SEGMENT_SNAPSHOT ||
		!newest_may_take(m, &head, b, &why, &whose))
		return rc;
	assert(!m->covered_known);
	m->covered[m->ncovered++] = head.vector;
	return OK;
}

static int learn_covered(struct meet *m, struct err *e)
{
	struct folder_file *file;
	struct buf b = {0};
	size_t n;
	int rc = OK;
	if (m->covered_known)
		return OK;
	folder_list(m->folder, m->work, &file, &n);
	m->covered = arena_alloc(m->work, (n + 1) * sizeof *m->covered);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (file[i].kind == FOLDER_SNAPSHOT && !forget_is_stale(m, &file[i]))
			rc = read_covered(m, &file[i], &b, e);
	m->covered_known = rc == OK;
	buf_free(&b);
	return rc;
}

int fold_covers(struct meet *m, const struct vector *all, bool *yes, struct err *e)
{
	*yes = false;
	int rc = m->folder ? learn_covered(m, e) : OK;
	for (size_t i = 0; rc == OK && i < m->ncovered; i++)
		*yes |= vector_within(all, &m->covered[i]);
	return rc;
}

int fold_is_over(struct meet *m, struct dot last, bool *over, struct err *e)
{
	*over = false;
	assert(last.inc && last.no);
	if (!m->folder || !fold_have_all(m, last))
		return OK;
	int rc = learn_covered(m, e);
	for (size_t i = 0; rc == OK && i < m->ncovered; i++)
		*over |= vector_covers(&m->covered[i], last);
	return rc;
}

/* ---- removing ---------------------------------------------------------------------------------------- */

static bool is_own(struct meet *m, const struct folder_file *file)
{
	const struct ring_member *author = ring_author(m->ring, file->inc);
	return author && author->self;
}

/* Of our own only what we have now counts. A newer one of another site's, which we brought, says all that the older ones say. */
static int remove_acks(struct meet *m, const struct folder_file *file, size_t n, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < n; i++) {
		if (file[i].kind != FOLDER_ACK || !file[i].inc)
			continue;
		bool old = is_own(m, &file[i]) ? file[i].first != vector_sum(&m->have)
					       : acks_is_replaced(m, file[i].inc, file[i].first);
		if (old)
			rc = folder_remove(m->folder, &file[i], e);
	}
	return rc;
}

/* Of what nobody may take everybody would be told for ever. Of our own snapshots only the newest is of use; of one of what we have now,
 * nothing else: before a line was given up there may have been more. */
static int remove_older(struct meet *m, const struct folder_file *file, size_t n, enum folder_kind kind, struct err *e)
{
	uint64_t newest = 0;
	int rc = OK;
	for (size_t i = 0; i < n; i++)
		if (file[i].kind == kind && is_own(m, &file[i]) && !newest_is_unfit(m, &file[i]) && newest != vector_sum(&m->have) &&
			(file[i].first > newest || file[i].first == vector_sum(&m->have)))
			newest = file[i].first;
	for (size_t i = 0; rc == OK && i < n; i++) {
		const struct ring_member *author = ring_author(m->ring, file[i].inc);
		bool goes = newest_is_unfit(m, &file[i]) ? author && (author->self || author->retired)
						  : is_own(m, &file[i]) && file[i].first != newest;
		if (file[i].kind == kind && goes)
			rc = folder_remove(m->folder, &file[i], e);
	}
	return rc;
}

static int remove_segments(struct meet *m, const struct folder_file *file, size_t n, struct err *e)
{
	size_t own = 0;
	int rc = OK;
	for (size_t i = 0; i < n; i++)
		own += file[i].kind == FOLDER_SEGMENT && is_own(m, &file[i]);
	for (size_t i = 0; rc == OK && own > FOLD_FROM && i < n; i++) {
		bool over = false;
		if (file[i].kind != FOLDER_SEGMENT || !is_own(m, &file[i]))
			continue;
		rc = fold_is_over(m, (struct dot){file[i].inc, file[i].last}, &over, e);
		if (rc == OK && over)
			rc = folder_remove(m->folder, &file[i], e);
		m->out->folded += rc == OK && over;
	}
	return rc;
}

int fold_own(struct meet *m, struct err *e)
{
	struct folder_file *file;
	size_t n;
	assert(!m->dry);
	folder_list(m->folder, m->work, &file, &n);
	int rc = remove_acks(m, file, n, e);
	if (rc == OK)
		rc = remove_older(m, file, n, FOLDER_SNAPSHOT, e);
	if (rc == OK)
		rc = remove_older(m, file, n, FOLDER_EXTRACT, e);
	if (rc == OK)
		rc = remove_segments(m, file, n, e);
	return rc ? rc : forget_remove(m, e);
}
