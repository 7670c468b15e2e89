/* sync/tails.c - see meet_priv.h. Owns the tags of changes that came within a state of the whole: they are in no log, and
 * whoever goes on from here must tell them, too, so that equal states stay equal. Must not know what is made of them
 * (newest.c). */
#include <assert.h>
#include <string.h>

#include "store/be.h"
#include "sync/meet_priv.h"

/* A row of the vault for each incarnation: its number that a state went to, and the tags of the last changes up to that. */
#define ROW "tail."
enum { NUMBER = 8, TAG = 4 };

static const char *row_name(struct arena *a, uint64_t inc)
{
	return arena_printf(a, "%s%016llx", ROW, (unsigned long long)inc);
}

/* ---- telling ---------------------------------------------------------------------------------------- */

/* No tags where the row is of another number. */
static int read_row(struct meet *m, struct view *v, const struct peer *p, struct tail *out, struct err *e)
{
	const void *row = NULL;
	size_t size = 0;
	*out = (struct tail){.last = p->folded};
	int rc = p->folded ? vault_get(v, m->work, row_name(m->work, p->inc), &row, &size, e) : OK;
	if (rc || !row || size < NUMBER || (size - NUMBER) % TAG || be_get(row, NUMBER) != p->folded)
		return rc;
	*out = (struct tail){p->folded, (const uint8_t *)row + NUMBER, (size - NUMBER) / TAG};
	return OK;
}

int tails_read(struct meet *m, struct view *v, uint64_t inc, struct tail *out, struct err *e)
{
	struct peer *p;
	size_t n = 0;
	*out = (struct tail){0};
	int rc = exchange_peers(v, m->work, &p, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (p[i].inc == inc)
			rc = read_row(m, v, &p[i], out, e);
	return rc;
}

static bool is_told(const struct tail *t, uint64_t no)
{
	return no <= t->last && t->last - no < t->n;
}

static uint32_t tag_at(const struct tail *t, uint64_t no)
{
	assert(is_told(t, no));
	return (uint32_t)be_get(t->tag + (t->n - 1 - (size_t)(t->last - no)) * TAG, TAG);
}

bool tails_differ(const struct tail *t, uint64_t no, uint64_t tag)
{
	return is_told(t, no) && tag_at(t, no) != snapshot_tag(tag);
}

bool tails_have(const struct tail *t, uint64_t no, uint64_t tag)
{
	return is_told(t, no) && tag_at(t, no) == snapshot_tag(tag);
}

/* From the log, and below that from the row, as far as they hang together. */
static int find_tail(struct meet *m, struct view *v, const struct peer *p, struct snapshot_tail *out, struct err *e)
{
	uint32_t *tag = arena_alloc(m->work, SNAPSHOT_TAIL_MOST * sizeof *tag);
	uint64_t no = p->no, whole;
	size_t at = SNAPSHOT_TAIL_MOST;
	struct tail told;
	int rc = read_row(m, v, p, &told, e);
	while (rc == OK && at > 0 && --no > 0) {
		if (no > p->folded) {
			rc = exchange_tag(v, (struct dot){p->inc, no}, &whole, e);
			tag[--at] = snapshot_tag(whole);
		} else if (is_told(&told, no)) {
			tag[--at] = tag_at(&told, no);
		} else {
			break;
		}
	}
	*out = (struct snapshot_tail){tag + at, SNAPSHOT_TAIL_MOST - at};
	return rc;
}

int tails_find(struct meet *m, struct view *v, struct snapshot_tail **out, struct err *e)
{
	int rc = OK;
	struct snapshot_tail *tail = *out = arena_alloc(m->work, (m->npeers + 1) * sizeof *tail);
	for (size_t i = 0; rc == OK && i < m->npeers; i++)
		rc = find_tail(m, v, &m->peers[i], &tail[i], e);
	return rc;
}

/* ---- keeping ---------------------------------------------------------------------------------------- */

/* Several states may be taken, one after the other. */
static struct vault_row *row_for(struct meet *m, const char *name)
{
	for (size_t i = 0; i < m->ntails; i++)
		if (strcmp(m->tail[i].name, name) == 0)
			return &m->tail[i];
	m->tail = arena_grow(m->work, m->tail, &m->tails_cap, m->ntails + 1, sizeof *m->tail);
	return &m->tail[m->ntails++];
}

void tails_note(struct meet *m, const struct peer *p, const struct snapshot_tail *tail)
{
	const size_t size = NUMBER + (tail->n + 1) * TAG;
	uint8_t *row = arena_alloc(m->work, size), *at = be_put(row, p->no, NUMBER);
	for (size_t i = 0; i < tail->n; i++)
		at = be_put(at, tail->tag[i], TAG);
	at = be_put(at, snapshot_tag(chain_tag(p->chain)), TAG);
	assert(at == row + size);
	const char *name = row_name(m->work, p->inc);
	*row_for(m, name) = (struct vault_row){name, row, size};
}

int tails_keep(struct meet *m, struct err *e)
{
	int rc = m->ntails && !m->dry ? vault_put(m->s, m->tail, m->ntails, e) : OK;
	m->ntails = 0;
	return rc;
}
