/* tests/sim/erased.c - see sim.h. Owns what must hold of whoever was erased. */
#include <stdlib.h>

#include "store/erase.h"
#include "tests/sim/sim.h"

struct looking { struct world *w; struct site *s; struct view *v; };

static void look_at(struct looking *l, int type, struct id id, struct value v, const char *where)
{
	bool names = v.tag == V_ID && !id_is_erased(v.id) && erase_covers(l->v, v.id);
	if (names || (type == TYPE_VOLUNTEER && v.tag != V_NONE && erase_covers(l->v, id)))
		world_wrong(l->w, "%s of site %d still knows who was erased", where, l->s->no);
}

static int look_at_record(void *ctx, const struct rec *r, struct err *e)
{
	(void)e;
	for (size_t i = 0; i < r->n; i++)
		look_at(ctx, r->type, r->id, r->f[i].v, "a record");
	for (size_t i = 0; i < r->nsib; i++)
		look_at(ctx, r->type, r->id, r->sib[i].v, "a record");
	return OK;
}

static int look_at_group(void *ctx, const struct group *g, const uint8_t *p, size_t n, struct err *e)
{
	(void)p, (void)n, (void)e;
	for (size_t i = 0; i < g->nwrites; i++)
		look_at(ctx, g->writes[i].type, g->writes[i].id, g->writes[i].v, "the log");
	for (size_t i = 0; i < 3; i++)
		look_at(ctx, 0, ID_NONE, g->arg[i], "a label");
	return OK;
}

void erased_check(struct world *w, struct site *s)
{
	struct looking l = {w, s, NULL};
	struct arena *a = arena_new();
	struct peer *p;
	size_t n = 0;
	if (view_begin(s->s, &l.v, NULL) == OK) {
		exchange_records(l.v, look_at_record, &l, NULL);
		if (exchange_peers(l.v, a, &p, &n, NULL) != OK)
			n = 0;
		for (size_t i = 0; i < n; i++)
			if (p[i].no > p[i].folded)
				exchange_groups(l.v, p[i].inc, p[i].folded + 1, p[i].no, look_at_group, &l, NULL);
		view_end(l.v);
	}
	arena_free(a);
}
