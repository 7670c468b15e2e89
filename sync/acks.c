/* sync/acks.c - see meet_priv.h. Owns acknowledgements on their way: who writes nothing must still be heard by those whose
 * sticks it never sees, so the newest of each is kept and passed on. Must not know what others make of it. */
#include <assert.h>
#include <string.h>

#include "sync/meet_priv.h"

/* They have no groups, and lie among the kept files under this number. */
enum { ACK_FIRST = 0 };

bool acks_is(const struct kept *k)
{
	return k->first == ACK_FIRST;
}

bool acks_has(struct view *v, uint64_t inc, const uint8_t hash[8])
{
	return kept_has(v, inc, ACK_FIRST, hash);
}

bool acks_is_newest(const struct meet *m, uint64_t inc, uint64_t sum)
{
	for (size_t i = 0; i < m->npeers; i++)
		if (m->peers[i].inc == inc)
			return vector_sum(&m->peers[i].acked) <= sum;
	return true;
}

void acks_note(struct meet *m, const struct segment_head *head, const uint8_t hash[SEGMENT_HASH], const struct buf *b)
{
	const struct ring_member *author = ring_author(m->ring, head->inc);
	assert(head->count == 0);
	if (!author || author->self)
		return;
	struct ack ack = {.inc = head->inc, .p = arena_copy(m->work, b->p, b->n), .n = b->n};
	memcpy(ack.hash, hash, SEGMENT_HASH);
	m->ack = arena_grow(m->work, m->ack, &m->acks_cap, m->nacks + 1, sizeof *m->ack);
	m->ack[m->nacks++] = ack;
}

void acks_put(struct meet *m, uint64_t inc, uint64_t sum)
{
	m->put_ack = arena_grow(m->work, m->put_ack, &m->put_acks_cap, m->nput_acks + 1, sizeof *m->put_ack);
	m->put_ack[m->nput_acks++] = (struct dot){inc, sum};
}

bool acks_is_replaced(const struct meet *m, uint64_t inc, uint64_t sum)
{
	for (size_t i = 0; i < m->nput_acks; i++)
		if (m->put_ack[i].inc == inc && m->put_ack[i].no > sum)
			return true;
	return false;
}

int acks_keep(struct meet *m, struct take *t, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < m->nacks; i++)
		rc = take_keep(t, m->ack[i].inc, ACK_FIRST, m->ack[i].hash, m->ack[i].p, m->ack[i].n, e);
	return rc;
}

struct tidying { struct meet *m; struct { uint64_t inc, sum; uint8_t hash[8]; } *at; size_t n, cap; };

static int see_kept(void *ctx, const struct kept *k, struct err *e)
{
	struct tidying *d = ctx;
	struct segment_head head;
	(void)e;
	if (!acks_is(k))
		return OK;
	bool whole = meet_kept_head(d->m->work, k, &head);
	d->at = arena_grow(d->m->work, d->at, &d->cap, d->n + 1, sizeof *d->at);
	d->at[d->n].inc = k->inc;
	d->at[d->n].sum = whole ? vector_sum(&head.vector) : 0;
	memcpy(d->at[d->n++].hash, k->hash, sizeof k->hash);
	return OK;
}

/* They stand by incarnation. */
static bool is_older(const struct tidying *d, size_t i)
{
	for (size_t j = 0; j < d->n; j++)
		if (d->at[j].inc == d->at[i].inc && (d->at[j].sum > d->at[i].sum || (d->at[j].sum == d->at[i].sum && j < i)))
			return true;
	return false;
}

int acks_tidy(struct meet *m, struct err *e)
{
	struct tidying d = {.m = m};
	struct view *v = NULL;
	if (m->nacks == 0)
		return OK;
	int rc = view_begin(m->s, &v, e);
	if (rc == OK)
		rc = kept_each(v, NULL, see_kept, &d, e);
	view_end(v);
	for (size_t i = 0; rc == OK && i < d.n; i++)
		if (is_older(&d, i))
			rc = kept_drop(m->s, d.at[i].inc, ACK_FIRST, d.at[i].hash, e);
	return rc;
}
