/* store/plan_authors.c - see plan.h. Owns how far each incarnation goes in a plan, and what its author had seen. Must not
 * know what its groups write (plan.c). */
#include "store/plan.h"

#include <assert.h>
#include <string.h>

#include "store/lines.h"

static int add_author(struct plan *p, size_t at, const struct peer *peer, struct err *e)
{
	struct author fresh = { .p = *peer, .since = peer->no, .tags = { .a = p->a, .item = sizeof(uint64_t) } };
	for (size_t i = 0; i < peer->context.n; i++)
		if (!vector_see(p->a, &fresh.context, peer->context.at[i]))
			return view_nomem(e);
	int rc = pile_add(&p->authors, &fresh, e);
	if (rc != OK)
		return rc;
	struct author *author = (struct author *)p->authors.at + at;
	memmove(author + 1, author, (p->authors.n - 1 - at) * sizeof *author);
	*author = fresh;
	return OK;
}

int plan_read_authors(struct plan *p, struct err *e)
{
	struct peer *peer;
	size_t n;
	int rc = peers_read(p->v, p->a, &peer, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = add_author(p, i, &peer[i], e);
	return rc;
}

int plan_author(struct plan *p, uint64_t inc, struct author **out, struct err *e)
{
	struct author *author = p->authors.at;
	size_t i = 0;
	while (i < p->authors.n && author[i].p.inc < inc)
		i++;
	if (i == p->authors.n || author[i].p.inc != inc) {
		struct peer fresh = { .inc = inc };
		chain_begin(fresh.chain, inc);
		int rc = add_author(p, i, &fresh, e);
		if (rc != OK)
			return rc;
	}
	*out = (struct author *)p->authors.at + i;
	return OK;
}

struct author *plan_known(const struct plan *p, uint64_t inc)
{
	struct author *author = p->authors.at;
	for (size_t i = 0; i < p->authors.n; i++)
		if (author[i].p.inc == inc)
			return &author[i];
	return NULL;
}

int plan_tag(const struct plan *p, const struct author *author, uint64_t no, uint64_t *tag, struct err *e)
{
	*tag = 0;
	if (no == 0 || no > author->p.no)
		return ERR_NOTFOUND;
	if (no == author->p.no)
		*tag = chain_tag(author->p.chain);
	else if (no <= author->p.folded)
		return ERR_NOTFOUND;
	else if (no > author->since)
		*tag = ((const uint64_t *)author->tags.at)[no - author->since - 1];
	else
		return exchange_tag(p->v, (struct dot){ author->p.inc, no }, tag, e);
	return OK;
}

int plan_vector(struct plan *p, struct vector *out, struct err *e)
{
	const struct author *author = p->authors.at;
	struct seen *at = arena_try_alloc(p->a, p->authors.n * sizeof *at);
	if (!at)
		return view_nomem(e);
	*out = (struct vector){ .at = at };
	for (size_t i = 0; i < p->authors.n; i++)
		if (author[i].p.no > 0)
			at[out->n++] = (struct seen){ { author[i].p.inc, author[i].p.no }, chain_tag(author[i].p.chain) };
	return OK;
}

int plan_see(struct plan *p, struct author *author, const struct group *g, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; i < g->nseen && rc == OK; i++) {
		struct seen seen = g->seen[i];
		rc = lines_mean(p->v, &seen, e);
		if (rc == OK && seen.dot.no > 0 && !vector_see(p->a, &author->context, seen))
			rc = view_nomem(e);
	}
	return rc;
}

int plan_see_history(struct plan *p, const struct group *g, struct err *e)
{
	struct author *author = plan_known(p, g->dot.inc);
	if (!author)
		return view_corrupt(p->v, KV_META, e);
	if (author->p.folded > 0)
		return OK;
	if (g->dot.no == 1)
		author->context = (struct growing){ 0 };
	assert(g->dot.no <= author->p.no);
	author->changed = true;
	int rc = plan_see(p, author, g, e);
	return rc == OK && !vector_see(p->a, &author->context, (struct seen){ g->dot, g->tag }) ? view_nomem(e) : rc;
}

int plan_authors(struct plan *p, struct err *e)
{
	struct author *author = p->authors.at;
	uint8_t key[PEER_KEY];
	int rc = OK;
	for (size_t i = 0; i < p->authors.n && rc == OK; i++) {
		if (!author[i].changed)
			continue;
		author[i].p.context = author[i].context.v;
		buf_reset(&p->plain);
		peers_put(&p->plain, &author[i].p);
		rc = p->plain.oom ? view_nomem(e) : plan_add_op(p, KV_META, false, key, peers_key(key, 'p', author[i].p.inc),
			p->plain.p, p->plain.n, e);
	}
	return rc;
}
