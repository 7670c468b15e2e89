/* sync/authors.c - see authors_priv.h. Owns the way from an incarnation to a site's name. Must not know what is told about
 * it. */
#include "sync/authors_priv.h"

int authors_begin(struct authors *n, struct view *v, struct arena *a, struct err *e)
{
	*n = (struct authors){ .v = v, .a = a };
	int rc = ring_load(view_store(v), &n->ring, e);
	return rc == OK ? view_all(v, a, TYPE_SITE, &n->site, &n->nsites, e) : rc;
}

void authors_end(struct authors *n)
{
	ring_free(n->ring);
	n->ring = NULL;
}

static const struct rec *site_record(const struct authors *n, struct id id)
{
	for (size_t i = 0; i < n->nsites; i++)
		if (id_equal(n->site[i]->id, id))
			return n->site[i];
	return NULL;
}

/* The record that a site makes of itself in its first change has an id of that incarnation. */
static const struct rec *site_made_by(const struct authors *n, uint64_t inc)
{
	uint64_t maker, counter;
	for (size_t i = 0; i < n->nsites; i++)
		if (id_made(n->site[i]->id, &maker, &counter) && maker == inc)
			return n->site[i];
	return NULL;
}

static struct author look_up(const struct authors *n, uint64_t inc)
{
	struct store *s = view_store(n->v);
	const struct ring_member *m = n->ring ? ring_author(n->ring, inc) : NULL;
	const struct rec *made = site_made_by(n, inc), *r = m ? site_record(n, m->site) : made;
	bool mine = inc == store_incarnation(s) || (m && m->self) || (made && id_equal(made->id, store_site(s)));
	if (mine)
		r = site_record(n, store_site(s));
	const char *name = r ? rec_text(r, F_SITE_NAME) : m ? m->name : "";
	return (struct author){ inc, *name ? arena_strdup(n->a, name) : "?", mine };
}

const struct author *authors_of(struct authors *n, uint64_t inc)
{
	for (size_t i = 0; i < n->n; i++)
		if (n->at[i].inc == inc)
			return &n->at[i];
	n->at = arena_grow(n->a, n->at, &n->cap, n->n + 1, sizeof *n->at);
	n->at[n->n] = look_up(n, inc);
	return &n->at[n->n++];
}

const char *authors_person(struct authors *n, struct dot dot)
{
	struct group *g = NULL;
	return log_get_head(n->v, n->a, dot, &g, NULL) == OK && g ? g->person : "";
}
