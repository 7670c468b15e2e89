/* sync/losses.c - see meet_priv.h. Owns the guard against one site wiping out the others: when what came would delete a fifth
 * or more of a type, a person is asked. Must not know where it came from. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "sync/meet_priv.h"

enum { LOSSES_FEW = 20, LOSSES_PART = 5, TYPES = 256 };

struct losses { struct meet *m; const struct vector *have; size_t of_type[TYPES]; uint8_t type; struct id *id; size_t n, cap; };

/* With a type: gather which; without: only count, which is nearly always enough. */
static void see_write(struct losses *l, const struct write *w)
{
	if (w->field != FIELD_ALIVE || (w->v.tag == V_INT && w->v.i != 0))
		return;
	assert(w->type);
	l->of_type[w->type]++;
	if (l->type != w->type)
		return;
	l->id = arena_grow(l->m->work, l->id, &l->cap, l->n + 1, sizeof *l->id);
	l->id[l->n++] = w->id;
}

static int see_parcel(struct losses *l, const struct parcel *p, struct err *e)
{
	struct segment_reader *r = NULL;
	struct buf b = {0};
	struct arena *one = arena_new();
	struct group *g;
	uint64_t known = vector_number(l->have, p->head.inc);
	int rc = intake_open(l->m, p, &b, &r, e);
	while (rc == OK && segment_next(r, one, &g)) {
		for (size_t i = 0; g->dot.no > known && g->dot.no <= p->upto && i < g->nwrites; i++)
			see_write(l, &g->writes[i]);
		arena_reset(one);
	}
	segment_close(r);
	buf_free(&b);
	arena_free(one);
	return rc == ERR_CORRUPT || rc == ERR_KEY ? OK : rc;      /* told when it is to be taken */
}

static int see_all(struct losses *l, struct err *e)
{
	int rc = OK;
	memset(l->of_type, 0, sizeof l->of_type);
	for (size_t i = 0; rc == OK && i < l->m->nparcels; i++)
		if (!l->m->parcel[i].settled)
			rc = see_parcel(l, &l->m->parcel[i], e);
	return rc;
}

static bool are_many(size_t n, size_t alive)
{
	return n > LOSSES_FEW && n * LOSSES_PART >= alive;
}

static int compare_ids(const void *x, const void *y)
{
	return id_compare(*(const struct id *)x, *(const struct id *)y);
}

/* How many of them stand here now. */
static int count_standing(struct losses *l, struct view *v, size_t *n, struct err *e)
{
	struct arena *one = arena_new();
	struct rec *r;
	int rc = OK;
	*n = 0;
	if (l->n)
		qsort(l->id, l->n, sizeof *l->id, compare_ids);
	for (size_t i = 0; rc == OK && i < l->n; i++) {
		if (i && id_equal(l->id[i], l->id[i - 1]))
			continue;
		rc = view_get(v, one, l->type, l->id[i], &r, e);
		*n += rc == OK && r && r->alive;
		arena_reset(one);
	}
	arena_free(one);
	return rc;
}

static int check_type(struct losses *l, struct view *v, uint8_t type, struct err *e)
{
	size_t alive, n;
	const struct type *t = schema_type(type);
	int rc = t ? view_count(v, type, &alive, e) : OK;
	if (rc || !t || !are_many(l->of_type[type], alive))
		return rc;
	l->type = type;
	l->n = 0;
	rc = see_all(l, e);
	if (rc == OK)
		rc = count_standing(l, v, &n, e);
	if (rc || !are_many(n, alive))
		return rc;
	l->m->out->loses = true;
	return err_set(e, ERR_REFUSED, _("what came would delete %zu of %zu (%s), so nothing was taken"), n, alive, _(t->plural));
}

int losses_check(struct meet *m, struct err *e)
{
	struct vector have;
	struct losses l = {.m = m, .have = &have};
	struct view *v = NULL;
	if (m->opts.accept_losses)
		return OK;
	int rc = view_begin(m->s, &v, e);
	if (rc == OK)
		rc = exchange_vector(v, m->work, &have, e);
	if (rc == OK)
		rc = see_all(&l, e);
	for (unsigned type = 1; rc == OK && type < TYPES; type++)
		if (l.of_type[type] > LOSSES_FEW)
			rc = check_type(&l, v, (uint8_t)type, e);
	view_end(v);
	return rc;
}
