/* store/remap.c - see remap.h. Owns the renaming. Must not know where groups come from, nor where they go. */
#include "store/remap.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/lang.h"

void remap_init(struct remap *m, struct arena *a, uint64_t from, uint64_t after, uint64_t to)
{
	assert(from != to);
	*m = (struct remap){ .from = from, .after = after, .to = to, .a = a };
}

/* The 60 bits of an incarnation that is nobody's. */
void remap_name(struct remap *m, uint64_t tag)
{
	uint8_t name[CHAIN];
	chain_begin(name, tag);
	m->maker = chain_tag(name) >> 4 | 1;
	assert(m->maker != m->from);
}

void remap_free(struct remap *m)
{
	idmap_free(&m->old);
	idmap_free(&m->named);
}

static int no_memory(struct err *e)
{
	return err_set(e, ERR_NOMEM, _("out of memory"));
}

int remap_keep(struct remap *m, struct id id, struct err *e)
{
	uint32_t unused;
	bool fresh;
	return idmap_add(&m->old, id, 0, &unused, &fresh) ? OK : no_memory(e);
}

struct dot remap_dot(const struct remap *m, struct dot dot)
{
	if (dot.inc != m->from || dot.no <= m->after)
		return dot;
	return (struct dot){ m->to, dot.no - m->after };
}

struct id remap_id(const struct remap *m, struct id id)
{
	uint64_t inc, counter;
	if (id_made(id, &inc, &counter))
		return inc == m->from && idmap_get(&m->old, id) == IDMAP_NONE ? id_make(m->maker, counter) : id;
	uint32_t at = idmap_get(&m->named, id);
	return at == IDMAP_NONE ? id : m->renamed[at].now;
}

static struct value remap_value(const struct remap *m, struct value v)
{
	return v.tag == V_ID ? value_id(remap_id(m, v.id)) : v;
}

/* ---- ids that follow from others ------------------------------------------------------------------ */

/* The writes of one record in a group. */
struct run { const struct write *w; size_t n; };

static struct value field_of(const struct run *r, int field)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->w[i].field == field)
			return r->w[i].v;
	return value_none();
}

static struct id id_of(const struct run *r, int field)
{
	struct value v = field_of(r, field);
	return v.tag == V_ID ? v.id : ID_NONE;
}

static struct id rename_assignment(const struct remap *m, const struct run *r)
{
	struct id shift = id_of(r, F_ASSIGNMENT_SHIFT), holder = id_of(r, F_ASSIGNMENT_VOLUNTEER);
	if (id_is_none(holder))
		holder = id_of(r, F_ASSIGNMENT_ORGANISATION);
	if (!id_equal(r->w->id, id_assignment(shift, holder)))
		return r->w->id;
	return id_assignment(remap_id(m, shift), remap_id(m, holder));
}

static struct id rename_link(const struct remap *m, const struct run *r)
{
	struct value kind = field_of(r, F_LINK_KIND);
	struct id from = id_of(r, F_LINK_FROM), to = id_of(r, F_LINK_TO);
	bool named = kind.tag == V_INT && kind.i > 0 && kind.i <= UINT8_MAX;
	if (!named || !id_equal(r->w->id, id_link((int)kind.i, from, to)))
		return r->w->id;
	return id_link((int)kind.i, remap_id(m, from), remap_id(m, to));
}

/* A copy says on which day it is, but not of which shift it is one: of those that move, one fits or none. */
static struct id rename_copy(const struct remap *m, const struct run *r)
{
	struct value start = field_of(r, F_SHIFT_START);
	for (size_t i = 0; start.tag == V_INT && i < m->n; i++)
		if (m->renamed[i].type == TYPE_SHIFT &&
			id_equal(r->w->id, id_dated(m->renamed[i].was, cmin_date(start.i))))
			return id_dated(m->renamed[i].now, cmin_date(start.i));
	return r->w->id;
}

static int add_renamed(struct remap *m, const struct run *r, struct id now, struct err *e)
{
	struct renamed fresh = { r->w->id, now, r->w->type };
	uint32_t unused;
	bool is_new;
	struct renamed *grown = arena_try_grow(m->a, m->renamed, &m->cap, m->n + 1, sizeof *grown);
	if (!grown || !idmap_add(&m->named, r->w->id, (uint32_t)m->n, &unused, &is_new))
		return no_memory(e);
	assert(is_new && !id_equal(r->w->id, now));
	m->renamed = grown;
	grown[m->n++] = fresh;
	return OK;
}

/* The first time that a record is written after `after`, it says what it is named after. */
static int rename_run(struct remap *m, const struct run *r, struct err *e)
{
	struct id id = r->w->id, now = remap_id(m, id);
	if (idmap_get(&m->old, id) != IDMAP_NONE || idmap_get(&m->named, id) != IDMAP_NONE)
		return OK;
	if (id_equal(now, id) && r->w->type == TYPE_ASSIGNMENT)
		now = rename_assignment(m, r);
	else if (id_equal(now, id) && r->w->type == TYPE_LINK)
		now = rename_link(m, r);
	else if (id_equal(now, id) && r->w->type == TYPE_SHIFT)
		now = rename_copy(m, r);
	return id_equal(now, id) ? OK : add_renamed(m, r, now, e);
}

/* Types ascend, so what others are named after has come by when they do. */
int remap_learn(struct remap *m, const struct group *g, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; i < g->nwrites && rc == OK;) {
		struct run r = { g->writes + i, 1 };
		while (i + r.n < g->nwrites && r.w[r.n].type == r.w->type && id_equal(r.w[r.n].id, r.w->id))
			r.n++;
		rc = rename_run(m, &r, e);
		i += r.n;
	}
	return rc;
}

/* ---- a group ------------------------------------------------------------------------------------- */

static int compare_writes(const void *x, const void *y)
{
	const struct write *a = x, *b = y;
	if (a->type != b->type)
		return a->type - b->type;
	int order = id_compare(a->id, b->id);
	return order ? order : a->field - b->field;
}

int remap_group(struct remap *m, struct arena *a, const struct group *g, struct group *out, struct err *e)
{
	assert(g->dot.inc == m->from && g->dot.no > m->after);
	int rc = remap_learn(m, g, e);
	if (rc != OK)
		return rc;
	struct write *w = arena_try_alloc(a, (g->nwrites + 1) * sizeof *w);
	if (!w)
		return no_memory(e);
	for (size_t i = 0; i < g->nwrites; i++) {
		w[i] = g->writes[i];
		w[i].id = remap_id(m, w[i].id);
		w[i].v = remap_value(m, w[i].v);
		w[i].before = remap_dot(m, w[i].before);
	}
	qsort(w, g->nwrites, sizeof *w, compare_writes);
	*out = *g;
	out->dot = remap_dot(m, g->dot);
	out->undoes = remap_dot(m, g->undoes);
	for (size_t i = 0; i < sizeof out->arg / sizeof *out->arg; i++)
		out->arg[i] = remap_value(m, g->arg[i]);
	out->writes = w;
	out->aside = NULL;
	out->naside = 0;
	return OK;
}
