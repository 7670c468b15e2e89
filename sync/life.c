/* sync/life.c - see meet_priv.h. Owns the new life of a store that holds what can't be taken out of it again: changes that their author
 * gave up since, or that came of one who had left, within a state of the whole. Must not know how a state is read, nor how a line
 * came to be given up.
 *
 * All that it wrote is in files, which it keeps. So it takes a state of the whole that was made without those changes in the place of all
 * that it has, goes on under a fresh name, and what of its files and others' isn't in that state comes in as it does anywhere. */
#include <assert.h>
#include <string.h>

#include "sync/meet_priv.h"

/* Up to where changes of an incarnation still count. */
static uint64_t counts_to(const struct meet *m, const struct seen *s)
{
	size_t n;
	uint64_t last = ring_last_number(m->ring, s->dot.inc);
	const struct ring_given_up *line = ring_given_up_lines(m->ring, &n);
	for (size_t i = 0; i < n; i++)
		if (line[i].inc == s->dot.inc && s->dot.no > line[i].after && line[i].after < last)
			last = line[i].after;
	return last;
}

/* What isn't in files that are kept here: of others what came with a state or lost values since; of our own likewise, and all that
 * was written on top of a state. */
static uint64_t needed(const struct meet *m, const struct peer *p)
{
	const struct ring_member *author = ring_author(m->ring, p->inc);
	const struct seen s = {{p->inc, p->no}, chain_tag(p->chain)};
	uint64_t no = p->folded > p->cut ? p->folded : p->cut, most = counts_to(m, &s);
	if (author && author->self && p->folded)
		no = p->no;
	return no < most ? no : most;
}

bool life_may_begin_from(struct meet *m, const struct vector *state)
{
	struct view *v = NULL;
	struct peer *p = NULL;
	size_t n = 0;
	bool has = view_begin(m->s, &v, NULL) == OK && exchange_peers(v, m->work, &p, &n, NULL) == OK;
	for (size_t i = 0; i < n; i++)
		has = has && vector_number(state, p[i].inc) >= needed(m, &p[i]);
	view_end(v);
	return has;
}

/* A state that makes no sense is told of when it is looked at again. */
static int begin_anew(struct meet *m, bool *found, struct err *e)
{
	struct take *t = NULL;
	int rc = take_begin(m->s, m->from, &t, e);
	m->renews = true;
	if (rc == OK)
		rc = newest_take(m, t, found, e);
	m->renews = false;
	m->snapshots_seen = 0;
	if (rc == OK && *found) {
		rc = take_end(t, NULL, e);
		return rc ? rc : tails_keep(m, e);
	}
	take_abandon(t);
	m->ntails = 0;
	*found = false;
	rc = rc == ERR_CORRUPT && m->bad_state ? OK : rc;
	m->bad_state = NULL;
	return rc;
}

int life_renew(struct meet *m, struct err *e)
{
	bool found = false;
	if (m->dry || !ring_takes_part(m->ring))
		return OK;
	int rc = ring_claim(m->s, m->ring, NULL, e);
	if (rc == OK)
		rc = send_seal(m->s, m->ring, e);
	if (rc == OK)
		rc = begin_anew(m, &found, e);
	if (rc || !found)
		return rc;
	m->astray = false;
	m->out->minted = true;
	return exchange_mint(m->s, e);
}
