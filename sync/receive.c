/* sync/receive.c - see meet_priv.h. Owns the order in which a meeting takes things in: statements, whose numbers, groups,
 * snapshots where the rest is gone, and last whether equal sites are equal. Must not know how any of it is done. */
#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "sync/meet_priv.h"

/* One who has nobody's changes but his own is new, and begins from a snapshot if there is one. But who was put back may find that it wrote
 * more, in files and otherwise in a state: those come first. */
static bool is_new_site(struct meet *m, struct take *t)
{
	struct vector have = take_vector(t, m->work);
	for (size_t i = 0; i < m->nparcels; i++)
		if (!m->parcel[i].settled && lines_is_own(m, m->parcel[i].head.inc))
			return false;
	for (size_t i = 0; i < have.n; i++) {
		const struct ring_member *author = ring_author(m->ring, have.at[i].dot.inc);
		if (have.at[i].dot.inc != store_incarnation(m->s) && !(author && author->self))
			return false;
	}
	return true;
}

/* Have others more than is here, as was told now or before, or another history of ours? What no file brings may be in a state alone:
 * where somebody was erased, or a store was put back. */
static bool others_have_more(struct meet *m, struct take *t)
{
	const struct vector have = take_vector(t, m->work);
	struct vector said = {0};
	struct view *v = NULL;
	size_t n;
	const struct ring_member *member = ring_members(m->ring, &n);
	bool more = false;
	for (size_t i = 0; i < m->ntold; i++) {
		const struct ring_member *by = ring_author(m->ring, m->told[i].inc);
		more = more || (by && !by->retired &&
			(!vector_within(&m->told[i].vector, &have) || lines_are_ours_to_settle(m, t, &m->told[i].vector)));
	}
	if (more || view_begin(m->s, &v, NULL) != OK)
		return more;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < member[i].ninc && !more && !member[i].retired; k++)
			more = exchange_acked(v, m->work, member[i].inc[k], &said, NULL) == OK && !vector_within(&said, &have);
	view_end(v);
	return more;
}

static int take_all(struct meet *m, struct take *t, struct err *e)
{
	size_t waiting = 0;
	bool found = false;
	bool at_once = is_new_site(m, t) || ring_own_role(m->ring) != RING_FULL;
	int rc = at_once ? newest_take(m, t, &found, e) : OK;
	if (rc == OK)
		rc = queue_run(m, t, &waiting, e);
	while (rc == OK && (waiting || others_have_more(m, t))) {
		rc = newest_take(m, t, &found, e);
		if (rc || !found)
			break;
		rc = queue_run(m, t, &waiting, e);
	}
	return rc;
}

/* Whatever has to wait is kept, so that it is tried again and passed on even when the stick doesn't come back. */
static int keep(struct meet *m, struct take *t, struct err *e)
{
	struct buf b = {0};
	int rc = OK;
	assert(t);
	for (size_t i = 0; rc == OK && i < m->nparcels; i++) {
		struct parcel *p = &m->parcel[i];
		if (!p->settled) {
			meet_trouble(m, meet_why_waits(m, p), p->path, p->site);
			p->keep = true;
		}
		if (!p->keep || !p->file || intake_read(m, p, &b, NULL))
			continue;
		rc = take_keep(t, p->head.inc, p->head.first, p->hash, b.p, b.n, e);
	}
	buf_free(&b);
	return rc;
}

/* What a site says it has, it has under all its names: also under those that it wrote changes with. */
static int note_told(struct meet *m, struct take *t, const struct told *told, struct err *e)
{
	const struct ring_member *author = ring_author(m->ring, told->inc);
	int rc = OK;
	for (size_t i = 0; rc == OK && author && i < author->ninc; i++)
		rc = take_acked(t, author->inc[i], &told->vector, e);
	return rc;
}

static int take_once(struct meet *m, struct err *e)
{
	struct take *t = NULL;
	int rc = take_begin(m->s, m->from, &t, e);
	if (rc)
		return rc;
	rc = take_all(m, t, e);
	if (rc == OK)
		rc = keep(m, t, e);
	for (size_t i = 0; rc == OK && i < m->ntold; i++)
		rc = note_told(m, t, &m->told[i], e);
	if (rc == OK)
		rc = acks_keep(m, t, e);
	if (rc) {
		take_abandon(t);
		return rc;
	}
	rc = take_end(t, &m->out->taken, e);
	if (rc == OK)
		rc = tails_keep(m, e);
	return rc ? rc : acks_tidy(m, e);
}

static void shun(struct meet *m, const struct folder_file *state)
{
	m->shunned = arena_grow(m->work, m->shunned, &m->shunned_cap, m->nshunned + 1, sizeof *m->shunned);
	m->shunned[m->nshunned++] = state->path;
	meet_trouble(m, m->bad_forks ? SYNC_FORKED : SYNC_NONSENSE, state->path, meet_site(m, m->bad_forks ? m->bad_forks : state->inc));
}

/* What a meeting had told before it took anything in. */
struct before { size_t ntrouble, once; };

/* As before the first try, but for what was in its way. */
static void begin_again(struct meet *m, const struct before *before)
{
	m->out->ntrouble = before->ntrouble;
	m->once.n = before->once;
	m->out->nfrom = 0;
	m->snapshots_seen = 0;
	m->ntails = 0;
	for (size_t i = 0; i < m->nparcels; i++) {
		struct parcel *p = &m->parcel[i];
		p->settled = p->closed;
		p->keep &= p->closed;
		p->forked = p->parts = p->holds_up = false;
	}
}

static int clear_the_way(struct meet *m, struct err *e)
{
	bool parted;
	if (m->ahead) {
		m->ahead = false;
		return lines_leave(m, e);
	}
	if (m->parted.inc) {
		int rc = lines_part(m, m->parted, &parted, e);
		m->parted = (struct dot){0};
		if (rc || parted) {
			m->bad_state = NULL;
			return rc;
		}
	}
	if (m->bad) {
		m->bad->closed = m->bad->settled = true;
		meet_trouble(m, SYNC_NONSENSE, m->bad->path, m->bad->site);
	} else {
		shun(m, m->bad_state);
	}
	m->bad = NULL;
	m->bad_state = NULL;
	return OK;
}

/* One member's program that has gone wrong must not keep the others' changes out: its file is left, and the rest is taken. */
static int take_in(struct meet *m, struct err *e)
{
	for (;;) {
		struct before before = {m->out->ntrouble, m->once.n};
		int rc = take_once(m, e);
		bool helps = (rc == ERR_CONFLICT && (m->ahead || m->bad_state)) || (rc == ERR_CORRUPT && (m->bad || m->bad_state));
		if (!helps)
			return rc;
		begin_again(m, &before);
		if ((rc = clear_the_way(m, e)))
			return rc;
	}
}

/* Who has seen the same must have the same: else one of the two is wrong, and nobody can tell which, so nothing of it goes on to others.
 * In a trial nothing of it is in the store. */
static int compare_states(struct meet *m, struct err *e)
{
	struct view *v = NULL;
	struct vector have;
	uint8_t state[32], digest[32];
	if (m->dry || ring_own_role(m->ring) != RING_FULL)
		return OK;
	int rc = view_begin(m->s, &v, e);
	if (rc == OK)
		rc = exchange_vector(v, m->work, &have, e);
	if (rc == OK)
		rc = exchange_state(v, state, e);
	view_end(v);
	if (rc)
		return rc;
	ring_digest(m->ring, state, digest);
	for (size_t i = 0; i < m->ntold; i++) {
		const struct told *told = &m->told[i];
		if (told->partition || !vector_equal(&told->vector, &have) || memcmp(told->digest, digest, sizeof digest) == 0)
			continue;
		m->out->diverged = true;
		m->out->diverged_site = arena_strdup(m->a, told->site);
		return err_set(e, ERR_CORRUPT, _("%s has seen the same changes and yet holds something else, so nothing was sent. Run "
			"\"samvagt doctor\" at both places"), told->site);
	}
	return OK;
}

int receive(struct meet *m, struct err *e)
{
	int rc = intake_statements(m, e);
	if (rc == OK)
		rc = lines_give_up(m, e);
	if (rc == OK)
		rc = intake_parcels(m, e);
	if (rc == OK)
		rc = lines_own(m, e);
	if (rc == OK)
		rc = losses_check(m, e);
	if (rc == OK)
		rc = take_in(m, e);
	m->out->received = rc == OK;
	if (rc == OK)
		rc = lines_settle(m, e);
	if (rc == OK)
		rc = lines_review(m, e);
	if (rc == OK)
		rc = forget_settle(m, e);
	if (rc == OK)
		rc = compare_states(m, e);
	if (rc == OK)
		rc = lines_dispute(m, e);
	if (rc == OK)
		rc = sites_hear(m, e);
	if (rc == OK && m->unread) {
		rc = m->unread;
		if (e)
			*e = m->unread_why;
	}
	return rc;
}
